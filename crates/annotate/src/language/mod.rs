//! Which language the prose is in.

use chancery_text::{Report, Span};

/// The language of a report.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Language {
    /// ISO 639-1 code, or `und`.
    pub code: String,
    /// Whether the identification can be relied on.
    pub reliable: bool,
    /// Whether the report is read beyond its words (today: English).
    pub read: bool,
}

/// Identifies the language of the prose.
pub fn identify(_report: &Report, _prose: &[Span]) -> Language {
    Language { code: "en".to_owned(), reliable: false, read: true }
}
