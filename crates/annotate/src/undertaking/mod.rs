//! The ledger: who promised, offered, demanded, threatened or made conditional what.
//!
//! Cues are rules over clauses, as triggers of events are ([`crate::event`]): "vowed to", "called
//! on … to", "its commitment to". What a party says of itself in a quotation ("we will not allow"),
//! what it says that another must do, and what is made to depend on something need no cue word
//! ([`spoken`]).

mod check;
mod condition;
mod idiom;
mod idle;
pub mod judge;
mod kit;
mod partner;
mod party;
mod search;
mod speech;
mod spoken;

pub use kit::UndertakingKit;

use chancery_text::{RowId, Span};

use crate::lexicon::LexiconFault;
use crate::mention::Mention;
use crate::{Kit, Observed, Read};

/// One undertaking as one clause tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct Undertaking {
    /// Identity.
    pub id: RowId,
    /// The clause.
    pub span: Span,
    /// The words that make it one: "vowed", "will not allow".
    pub cue: Span,
    /// What sort.
    pub kind: UndertakingKind,
    /// Mentions that undertake or demand.
    pub by: Vec<RowId>,
    /// Mentions that it is addressed to.
    pub to: Vec<RowId>,
    /// What is undertaken or demanded.
    pub what: Span,
    /// Whether `what` is a thing not to be done.
    pub negated: bool,
    /// On what condition.
    pub condition: Option<Span>,
    /// The time expression of the deadline.
    pub deadline: Option<RowId>,
    /// The quotation it was said in; `None` for the report's own voice.
    pub quotation: Option<RowId>,
}

chancery_text::named_enum! {
    /// What sort of undertaking.
    pub enum UndertakingKind {
        /// Promise, commitment, guarantee.
        Promise = "promise",
        /// Offer.
        Offer = "offer",
        /// Demand, request, call.
        Demand = "demand",
        /// Expectation, hope.
        Expectation = "expectation",
        /// Threat.
        Threat = "threat",
        /// Something made to depend on something.
        Condition = "condition",
        /// Refusal.
        Refusal = "refusal",
    }
}

/// What [`find`] found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    /// The undertakings, in the order of the text.
    pub undertakings: Vec<Undertaking>,
    /// Their parties that no mention names yet, as "the strikers": mentions of no known actor.
    pub mentions: Vec<Mention>,
}

/// Finds undertakings, and mentions for those of their parties that had none.
pub fn find(text: Read<'_>, observed: &Observed, kit: &Kit) -> Found {
    search::find(text, observed, kit)
}

/// For each sentence, the lines of `data/undertaking/cues.tsv` that fire in it.
pub fn fired(sentences: &[&str]) -> Vec<Vec<u32>> {
    check::fired_lines(sentences, &crate::Kit::embedded().undertakings)
}

/// Faults in `data/undertaking`.
pub fn check() -> Vec<LexiconFault> {
    check::check()
}

#[cfg(test)]
mod tests;
