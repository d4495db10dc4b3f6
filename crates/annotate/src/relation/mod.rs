//! What reports say on the way: who heads what, who belongs to whom, who is allied with or fights whom.
//!
//! In come the trees and what the earlier stages found; out go [`Relation`]s, each between two
//! mentions. They are read from grammar: what a noun describes ("Hassan, the leader of X", "X leader
//! Hassan", "X is a member of Y": [`described`]), verbs with their two sides ("X backs Y"), words
//! hyphenated to a name ("Iran-backed": [`compound`]) and names in brackets ([`alias`]). Which words
//! mean which relation is data (`data/relation`). What is only planned, feared or wanted is none.
//!
//! "Odo Brandt, the former head of the Harbour Guard" gives `heads` between "Odo Brandt" and "Harbour
//! Guard", read from "head", and ended.

mod alias;
mod check;
mod compound;
mod described;
mod held;
mod kit;
mod polarity;
mod post;
mod rule;
mod search;

pub use kit::RelationKit;

use chancery_text::{Interval, RowId, Span};

use crate::lexicon::LexiconFault;
use crate::{Observed, Read};

/// One relation between two mentions, as one phrase or clause states it.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// Identity.
    pub id: RowId,
    /// From the first to the last of the words it was read from.
    pub span: Span,
    /// The words that state it: "foreign minister", "backed".
    pub trigger: Span,
    /// What sort.
    pub kind: RelationKind,
    /// The mention that heads, belongs to, backs …
    pub subject: RowId,
    /// The mention that is headed, belonged to, backed …
    pub object: RowId,
    /// The first time expression that says when it held, began or ended.
    pub time: Option<RowId>,
    /// The days on which it held, as far as the text says: "since 2014" is open at its end.
    pub held: Interval,
    /// Whether it is said to be over: "the former minister".
    pub ended: bool,
    /// Whether it is said not to be: "denies being part of".
    pub negated: bool,
    /// The quotation that states it; `None` for the report's own voice.
    pub quotation: Option<RowId>,
}

chancery_text::named_enum! {
    /// What sort of relation.
    pub enum RelationKind {
        /// Leads, presides over or rules it.
        Heads = "heads",
        /// Holds a post under it or speaks for it: minister, envoy, spokesman.
        Serves = "serves",
        /// Is a member or part of it.
        BelongsTo = "belongs-to",
        /// Each is the other's ally.
        AlliedWith = "allied-with",
        /// Supports, funds or arms it.
        Backs = "backs",
        /// Fights against it.
        Fights = "fights",
        /// Is designated by it as terrorist.
        DesignatedBy = "designated-by",
        /// Recognises it as a state or government.
        Recognises = "recognises",
        /// Each borders on the other.
        Borders = "borders",
        /// Is another name for it.
        SameAs = "same-as",
    }
}

impl RelationKind {
    /// Whether it holds in both directions if it holds in one.
    pub const fn is_mutual(self) -> bool {
        matches!(self, Self::AlliedWith | Self::Borders)
    }

    /// Whether it is told of forces that have no name: "the army is fighting X".
    const fn is_of_forces(self) -> bool {
        matches!(self, Self::AlliedWith | Self::Backs | Self::Fights)
    }
}

/// Finds relations, in the order of the text. Linear in the words of the report.
pub fn find(text: Read<'_>, observed: &Observed, kit: &RelationKit) -> Vec<Relation> {
    search::find(text, observed, kit)
}

/// Faults in `data/relation`.
pub fn check() -> Vec<LexiconFault> {
    check::check()
}

#[cfg(test)]
mod tests;
