//! Time expressions, by TIMEX3: first found, then resolved once the report's date is known.

use chancery_text::{Interval, Report, RowId, Span};

use crate::Read;
use crate::date::ReportDate;
use crate::lexicon::LexiconFault;
use crate::quotation::Quotation;
use crate::segment::{Sentence, Token};

/// A time expression before its anchor is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// Its characters.
    pub span: Span,
    /// What it means, relative to an anchor still unknown.
    pub meaning: Meaning,
}

/// What a time expression means, to be resolved against an anchor. The time stage's own grammar.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {}

/// A time expression, resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct Time {
    /// Identity.
    pub id: RowId,
    /// Its characters: "last month".
    pub span: Span,
    /// TIMEX3 type.
    pub timex: TimexType,
    /// TIMEX3 value: `2021-07`, `P10D`, `PAST_REF`, `XXXX-WXX-3`.
    pub value: String,
    /// The days that it may mean; open for durations and sets without anchor.
    pub interval: Interval,
}

chancery_text::named_enum! {
    /// TIMEX3 types.
    pub enum TimexType {
        /// A day or longer.
        Date = "DATE",
        /// A time of day.
        Time = "TIME",
        /// A length of time.
        Duration = "DURATION",
        /// Something that recurs.
        Set = "SET",
    }
}

/// Words of time.
#[derive(Debug)]
pub struct TimeKit {}

impl TimeKit {
    /// The kit made of `data/time`.
    pub fn embedded() -> Self {
        Self {}
    }
}

/// Finds time expressions, in the order of the text.
pub fn expressions(
    _report: &Report,
    _sentences: &[Sentence],
    _tokens: &[Token],
    _kit: &TimeKit,
) -> Vec<Expression> {
    Vec::new()
}

/// Resolves expressions against the report's date; inside a quotation, against the day it was said.
pub fn resolve(
    _text: Read<'_>,
    _expressions: &[Expression],
    _date: &ReportDate,
    _quotations: &[Quotation],
) -> Vec<Time> {
    Vec::new()
}

/// Faults in `data/time`.
pub fn check() -> Vec<LexiconFault> {
    Vec::new()
}
