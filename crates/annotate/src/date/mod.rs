//! When the report was written, and how that is known.
//!
//! What the page states (metadata, stamps, a dateline, a credited post, its address) is set against
//! what the text says of itself: full dates that it narrates, weekdays, and happenings whose day is
//! known. Where the two cannot both be true, the stated date is kept beside what the text supports,
//! as an interval that is right rather than a day that is wrong.

mod evidence;
pub(crate) mod happening;
pub mod notation;
pub mod office;
mod relative;
mod stated;
mod verdict;

use chancery_text::{Interval, Report, Span};

use crate::clean::Cleaned;
use crate::time::Expression;

/// Bytes of prose in which a report says what is new.
pub(crate) const LEAD: u32 = 600;

/// When a report was written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReportDate {
    /// The days it may have been written on.
    pub interval: Interval,
    /// How that is known.
    pub basis: DateBasis,
    /// The date that the page or container states, if it states one.
    pub stated: Option<Interval>,
    /// The evidence, the most telling first.
    pub reasons: Vec<DateReason>,
}

chancery_text::named_enum! {
    /// How a report's date is known.
    #[derive(Default)]
    pub enum DateBasis {
        /// Stated by metadata, dateline, stamp or a credited post, and nothing speaks against it.
        Stated = "stated",
        /// Concluded from what the text says.
        Inferred = "inferred",
        /// Stated, but the text cannot have been written then; the interval is what it supports.
        Contradicted = "contradicted",
        /// Nothing supports a date.
        #[default]
        Unknown = "unknown",
    }
}

/// One reason for a date.
#[derive(Debug, Clone, PartialEq)]
pub struct DateReason {
    /// The evidence, if it stands in the text.
    pub span: Option<Span>,
    /// A plain sentence: "the stamp says 25 January 2022".
    pub text: String,
}

/// Decides when the report was written. Linear in the length of the text.
pub fn infer(report: &Report, cleaned: &Cleaned, _expressions: &[Expression]) -> ReportDate {
    let evidence = evidence::gather(report, cleaned);
    verdict::decide(&stated::find(report, cleaned, &evidence), &evidence)
}

#[cfg(test)]
mod tests;
