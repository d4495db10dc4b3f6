//! Numbers, with their bounds and units and what they count.

use chancery_text::{RowId, Span};

pub(crate) mod number;

use crate::Read;
use crate::lexicon::LexiconFault;
use crate::time::Time;

/// A number in the text. Numbers inside time expressions are no figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Identity.
    pub id: RowId,
    /// The whole phrase: "more than 14,000 Soviet soldiers".
    pub span: Span,
    /// The number with its bound: "more than 14,000".
    pub number_span: Span,
    /// Lowest value meant; `None` if the number is only a magnitude ("millions").
    pub low: Option<f64>,
    /// Highest value meant; the same as `low` unless a range.
    pub high: Option<f64>,
    /// How the number is bounded.
    pub bound: Bound,
    /// `USD`, `km`, `t`, `%`, `person`; `None` for a plain count.
    pub unit: Option<String>,
    /// What is counted: "Soviet soldiers".
    pub counted: Option<Span>,
    /// What happened to what is counted, as a lemma: "kill", "displace".
    pub state: Option<String>,
}

chancery_text::named_enum! {
    /// How a number is bounded.
    pub enum Bound {
        /// As it stands.
        Exact = "exact",
        /// "at least", "or more".
        AtLeast = "at-least",
        /// "more than", "over".
        MoreThan = "more-than",
        /// "up to", "at most".
        AtMost = "at-most",
        /// "fewer than", "under".
        LessThan = "less-than",
        /// "some", "about", "nearly".
        About = "about",
        /// From one value to another.
        Range = "range",
        /// A magnitude only: "dozens", "millions".
        Vague = "vague",
    }
}

/// Units and number words.
#[derive(Debug)]
pub struct FigureKit {}

impl FigureKit {
    /// The kit made of `data/figure`.
    pub fn embedded() -> Self {
        Self {}
    }
}

/// Finds figures, in the order of the text.
pub fn find(_text: Read<'_>, _times: &[Time], _kit: &FigureKit) -> Vec<Figure> {
    Vec::new()
}

/// Faults in `data/figure`.
pub fn check() -> Vec<LexiconFault> {
    number::check()
}
