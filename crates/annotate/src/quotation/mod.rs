//! Who said what: quotations with their source, cue and content, by PolNeAR's terms.

use chancery_text::{RowId, Span};

use crate::Read;
use crate::lexicon::LexiconFault;
use crate::mention::Mention;

/// One quotation or reported saying.
#[derive(Debug, Clone, PartialEq)]
pub struct Quotation {
    /// Identity.
    pub id: RowId,
    /// Who is said to say it: "Chinese Foreign Minister Wang Yi". `None` if the text gives nobody.
    pub source: Option<Span>,
    /// The words that attribute: "said", "according to".
    pub cue: Option<Span>,
    /// What is said, in order; several if interrupted. Quotation marks are inside.
    pub contents: Vec<Span>,
    /// Direct, indirect or mixed.
    pub kind: QuotationKind,
    /// The mention that the source is, if one was found.
    pub speaker: Option<RowId>,
    /// The mention spoken to, if one was found.
    pub addressee: Option<RowId>,
    /// Whether the cue denies the content: "denied that".
    pub denied: bool,
    /// Quotation that this one stands inside, if any.
    pub within: Option<RowId>,
}

chancery_text::named_enum! {
    /// How a quotation is given.
    pub enum QuotationKind {
        /// In quotation marks.
        Direct = "direct",
        /// In the reporter's words.
        Indirect = "indirect",
        /// In the reporter's words with some in quotation marks.
        Mixed = "mixed",
        /// A post on a social network.
        Post = "post",
    }
}

/// Cues of saying.
#[derive(Debug)]
pub struct QuotationKit {}

impl QuotationKit {
    /// The kit made of `data/quotation`.
    pub fn embedded() -> Self {
        Self {}
    }
}

/// Finds quotations, in the order of the text.
pub fn find(_text: Read<'_>, _mentions: &[Mention], _kit: &QuotationKit) -> Vec<Quotation> {
    Vec::new()
}

/// Faults in `data/quotation`.
pub fn check() -> Vec<LexiconFault> {
    Vec::new()
}
