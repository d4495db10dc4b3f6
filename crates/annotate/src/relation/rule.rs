//! A rule: which word in which clause states which relation, and where its two sides stand.
//!
//! Frames and paths are those of events ([`crate::event::Frame`]). A side reads `of,poss,mod`: the
//! first path that leads to a fitting mention wins; `self` is whoever the noun describes. `>` parts the
//! subject from the object, `<>` the two of a mutual relation. What each side may be reads
//! `person>body|state`.

use crate::event::{Frame, Part, Slot, Symbol, Words, parse_paths};
use crate::mention::{Actor, ActorKind, Mention, MentionKind};

use super::RelationKind;

/// One row of `rules.tsv`.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) line: u32,
    pub(super) symbol: Symbol,
    pub(super) part: Part,
    pub(super) frame: Frame,
    pub(super) kind: RelationKind,
    pub(super) phase: Phase,
    pub(super) sides: Sides,
    pub(super) types: Types,
}

impl Rule {
    /// Whether one of the sides is whoever the noun describes.
    pub(super) fn describes(&self) -> bool {
        self.sides.subject.described || self.sides.object.described
    }
}

chancery_text::named_enum! {
    /// What a word says of a relation in time.
    pub enum Phase {
        /// It holds: "leads".
        Holds = "holds",
        /// It begins: "joined".
        Begins = "begins",
        /// It ends: "quit".
        Ends = "ends",
    }
}

/// Where the two sides stand.
#[derive(Debug)]
pub(super) struct Sides {
    pub(super) subject: Side,
    pub(super) object: Side,
}

/// Where one side stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Side {
    /// Whoever the noun describes.
    pub(super) described: bool,
    pub(super) paths: Vec<Vec<Slot>>,
}

impl Sides {
    /// Reads `self>of,poss` or `self<>with`.
    pub(super) fn parse(text: &'static str, words: &mut Words) -> Result<Self, String> {
        let (subject, object) = parted(text)?;
        Ok(Self { subject: Side::parse(subject, words), object: Side::parse(object, words) })
    }
}

/// The two ends of `a>b` or `a<>b`.
pub(super) fn parted(text: &'static str) -> Result<(&'static str, &'static str), String> {
    let parted = text.split_once("<>").or_else(|| text.split_once('>'));
    parted.ok_or_else(|| format!("`{text}` has no two sides: write subject>object"))
}

impl Side {
    fn parse(text: &'static str, words: &mut Words) -> Self {
        let rest = text.strip_prefix("self");
        let paths = rest.unwrap_or(text).trim_start_matches(',');
        Self { described: rest.is_some(), paths: parse_paths(paths, words) }
    }
}

/// What the two sides may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Types {
    pub(super) subject: Sorts,
    pub(super) object: Sorts,
}

impl Types {
    /// Reads `person>body|state`.
    pub(super) fn parse(text: &'static str) -> Result<Self, String> {
        let (subject, object) = parted(text)?;
        Ok(Self { subject: Sorts::parse(subject)?, object: Sorts::parse(object)? })
    }
}

/// A set of sorts of mentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sorts(u8);

const PERSON: u8 = 1;
const STATE: u8 = 2;
const BODY: u8 = 4;
const PLACE: u8 = 8;
const PEOPLE: u8 = 16;

impl Sorts {
    fn parse(text: &'static str) -> Result<Self, String> {
        text.split('|').try_fold(Self(0), |sorts, name| {
            let sort = match name {
                "person" => PERSON,
                "state" => STATE,
                "body" => BODY,
                "place" => PLACE,
                "people" => PEOPLE,
                _ => {
                    return Err(format!(
                        "`{name}` is no sort: use person, state, body, place, people"
                    ));
                }
            };
            Ok(Self(sorts.0 | sort))
        })
    }

    /// What a mention is, whose actor is known or not.
    pub(super) fn of(mention: &Mention, actor: Option<&Actor>) -> Self {
        let by_kind = || match mention.kind {
            MentionKind::Person => PERSON,
            MentionKind::Organisation => BODY,
            MentionKind::Place => PLACE,
            MentionKind::People => PEOPLE,
            MentionKind::Other => 0,
        };
        Self(match actor.map(|actor| actor.kind) {
            Some(ActorKind::Person) => PERSON,
            Some(ActorKind::State) => STATE,
            Some(ActorKind::Organisation | ActorKind::Group) => BODY,
            Some(ActorKind::People) => PEOPLE,
            Some(ActorKind::Role) | None => by_kind(),
        })
    }

    /// Whether something of the other sorts can be one of these.
    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether it is a state or place, which has many leaders beside its head.
    pub(super) const fn is_state(self) -> bool {
        self.0 & (STATE | PLACE) != 0
    }
}
