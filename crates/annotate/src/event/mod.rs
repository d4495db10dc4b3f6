//! Who did what to whom: events by the PLOVER ontology, each from one clause.
//!
//! In come the trees and what the earlier stages found; out go [`Event`]s. Each token whose lemma
//! is a trigger is read as a clause ([`grammar`]), the most telling rule that fits it is taken
//! ([`rule`]), its roles are followed to mentions ([`actors`]), and the grammar around it says
//! whether the act happened ([`status`]). "The army withdrew from Torvia" is a RETREAT by the army;
//! "the army refused to withdraw" is a REJECT, and a withdrawal that is negated.

mod actors;
mod again;
mod cast;
mod check;
mod dating;
mod grammar;
mod kit;
mod mend;
mod moment;
mod ontology;
mod rule;
mod sides;
mod status;
mod trigger;
mod words;

pub use kit::EventKit;
pub use ontology::{Code, Ontology, Turn};

pub(crate) use actors::Actors;
pub(crate) use cast::{Cast, is_first_person};
pub(crate) use check::{owner, reported, with_trees};
pub(crate) use grammar::{Clause, Grammar, Index};
pub(crate) use kit::{Part, Tables};
pub(crate) use moment::{Moments, head_of, verb_above};
pub(crate) use ontology::columns;
pub(crate) use rule::{Frame, Roles, Slot, follow, parse_paths};
pub(crate) use status::StatusKit;
pub(crate) use words::{BySymbol, Mask, NONE, Symbol, Words};

use chancery_text::{Interval, RowId, Span};

use crate::lexicon::LexiconFault;
use crate::role::Predicate;
use crate::{Observed, Read};

/// One event as one clause tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Identity.
    pub id: RowId,
    /// The clause.
    pub span: Span,
    /// The words that name the act.
    pub trigger: Span,
    /// PLOVER type.
    pub plover: EventType,
    /// PLOVER mode, if the type has modes and the words give one.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// CAMEO code, as specific as the words allow: `036`, `0871`.
    pub cameo: String,
    /// Whether it happened.
    pub status: Status,
    /// Mentions that did it.
    pub sources: Vec<RowId>,
    /// Mentions it was done to or with.
    pub targets: Vec<RowId>,
    /// The place, from the same clause or sentence.
    pub place: Option<RowId>,
    /// The time expression that dates it.
    pub time: Option<RowId>,
    /// The days it may have happened on.
    pub when: Interval,
    /// The quotation that tells it; `None` for the report's own voice.
    pub quotation: Option<RowId>,
}

chancery_text::named_enum! {
    /// The 16 event types of PLOVER.
    pub enum EventType {
        /// Agree to, offer or promise.
        Agree = "AGREE",
        /// Meet, visit, telephone.
        Consult = "CONSULT",
        /// Support by diplomacy: recognise, defend, sign.
        Support = "SUPPORT",
        /// Yield: release, ease, resign.
        Concede = "CONCEDE",
        /// Cooperate in substance.
        Cooperate = "COOPERATE",
        /// Give aid.
        Aid = "AID",
        /// Withdraw, surrender, cease fire.
        Retreat = "RETREAT",
        /// Request, demand, order.
        Request = "REQUEST",
        /// Accuse, criticise, investigate.
        Accuse = "ACCUSE",
        /// Reject, refuse, deny.
        Reject = "REJECT",
        /// Threaten, warn.
        Threaten = "THREATEN",
        /// Protest.
        Protest = "PROTEST",
        /// Sanction, cut relations.
        Sanction = "SANCTION",
        /// Mobilise forces.
        Mobilize = "MOBILIZE",
        /// Coerce: arrest, seize, expel, attack by means short of force.
        Coerce = "COERCE",
        /// Use armed force.
        Assault = "ASSAULT",
    }
}

chancery_text::named_enum! {
    /// PLOVER's quad classes.
    pub enum Quad {
        /// Verbal cooperation.
        VerbalCooperation = "verbal-cooperation",
        /// Material cooperation.
        MaterialCooperation = "material-cooperation",
        /// Verbal conflict.
        VerbalConflict = "verbal-conflict",
        /// Material conflict.
        MaterialConflict = "material-conflict",
    }
}

chancery_text::named_enum! {
    /// Whether an event happened.
    pub enum Status {
        /// It happened.
        Happened = "happened",
        /// It goes on.
        UnderWay = "under-way",
        /// It is planned or scheduled.
        Planned = "planned",
        /// It may happen, or would if.
        Hypothetical = "hypothetical",
        /// Somebody wants it to happen.
        CalledFor = "called-for",
        /// It did not happen.
        Negated = "negated",
        /// Somebody says it did not happen.
        Denied = "denied",
        /// It is older than the story.
        Historical = "historical",
    }
}

impl EventType {
    /// The quad class of the type.
    pub const fn quad(self) -> Quad {
        match self {
            Self::Agree | Self::Consult | Self::Support | Self::Concede => Quad::VerbalCooperation,
            Self::Cooperate | Self::Aid | Self::Retreat => Quad::MaterialCooperation,
            Self::Request | Self::Accuse | Self::Reject | Self::Threaten => Quad::VerbalConflict,
            Self::Protest | Self::Sanction | Self::Mobilize | Self::Coerce | Self::Assault => {
                Quad::MaterialConflict
            }
        }
    }
}

impl Event {
    /// The type that a coder without statuses gives, as PLOVER's own coded sentences do: an act of
    /// cooperation that its source plans is an AGREE, a hostile one a THREATEN.
    pub fn coded_type(&self) -> EventType {
        match (self.status, self.plover.quad()) {
            (Status::Planned, Quad::VerbalCooperation | Quad::MaterialCooperation) => {
                EventType::Agree
            }
            (Status::Planned, Quad::MaterialConflict) => EventType::Threaten,
            _ => self.plover,
        }
    }

    /// Whether the report tells it as a fact, past or going on.
    pub const fn is_asserted(&self) -> bool {
        matches!(self.status, Status::Happened | Status::UnderWay | Status::Historical)
    }
}

/// Finds events, in the order of the text. Reads the mentions, places, times and quotations, and
/// the roles of `predicates` where the clause leaves a side open.
pub fn find(
    text: Read<'_>,
    predicates: &[Predicate],
    observed: &Observed,
    kit: &EventKit,
) -> Vec<Event> {
    trigger::find(text, predicates, observed, kit)
}

/// The status of what given words name, one of each list of words: of any verb, noun or adjective,
/// whether a rule knows it or not. `None` where no word of the report is meant.
pub fn statuses(text: Read<'_>, named: &[Vec<Span>], kit: &EventKit) -> Vec<Option<Status>> {
    let grammar = Grammar::new(text, &kit.words);
    let status = |words: &Vec<Span>| {
        let head = grammar.head_among(words)?;
        let mut clause = Clause::default();
        grammar.read_clause(head, &mut clause);
        Some(kit.status.of(&grammar, head, clause.verb))
    };
    named.iter().map(status).collect()
}

/// For each sentence, the lines of `data/event/triggers.tsv` that fire in it: for whoever writes a
/// rule and wants to see what it does.
pub fn fired(sentences: &[&str]) -> Vec<Vec<u32>> {
    check::fired_lines(sentences, &crate::Kit::embedded().events)
}

/// Faults in `data/ontology` and `data/event`.
pub fn check() -> Vec<LexiconFault> {
    check::check()
}

#[cfg(test)]
mod dating_tests;
#[cfg(test)]
mod tests;
