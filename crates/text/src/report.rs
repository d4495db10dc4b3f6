use crate::{Alignment, ReportId, Span};

/// One report as it was read: its text, and what its container said about it.
///
/// Every span of every layer slices `text`. `text` is the decoded source with its repairs made;
/// [`Report::alignment`] gives the source back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Hash of the raw bytes.
    pub id: ReportId,
    /// What spans slice.
    pub text: String,
    /// How `text` differs from the decoded source.
    pub alignment: Alignment,
    /// Where it was read from.
    pub source: Source,
    /// What its container says about it.
    pub metadata: Metadata,
    /// Which field of the container each stretch of text was read from. Empty for plain text.
    pub parts: Vec<Part>,
    /// Stretches that the container's structure marks as no part of the report.
    pub furniture: Vec<Furniture>,
    /// What went wrong, in sentences for a person.
    pub notices: Vec<Notice>,
}

/// Where a report was read from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Source {
    /// The path as given, with `/` between folders, or `-` for standard input.
    pub path: String,
    /// Which record of a container file: 1-based line, row, item; `None` if the file is the report.
    pub member: Option<u32>,
    /// `text`, `markdown`, `html`, `jsonl`, `csv`, `feed`, `warc`, `mail`.
    pub format: String,
    /// The charset it was decoded from, by its WHATWG name.
    pub charset: String,
}

impl Source {
    /// `path`, or `path#member`.
    pub fn label(&self) -> String {
        match self.member {
            Some(member) => format!("{}#{member}", self.path),
            None => self.path.clone(),
        }
    }
}

/// What a container (page head, feed item, table row) says about a report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Metadata {
    /// The title as the container states it, whether or not it stands in the text.
    pub title: Option<String>,
    /// Where the title stands in the text.
    pub title_span: Option<Span>,
    /// Authors, one string each.
    pub authors: Vec<String>,
    /// The outlet's name, or its domain.
    pub outlet: Option<String>,
    /// Canonical address.
    pub url: Option<String>,
    /// When it was published, as stated: any notation.
    pub published: Option<String>,
    /// When it was last changed, as stated.
    pub modified: Option<String>,
    /// Language tag as stated.
    pub language: Option<String>,
}

/// A field of the container that a stretch of text was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The field: `title`, `body`.
    pub field: String,
    /// The stretch.
    pub span: Span,
}

/// A stretch of text that the page's structure marks as no part of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Furniture {
    /// The stretch.
    pub span: Span,
    /// What it is: `navigation`, `footer`, `aside`, `caption`, `form`, `outside-article`.
    pub reason: String,
}

/// Something that a person should know about how a report was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Notice {
    /// A short name that can be counted: `mojibake`, `truncated`, `charset`.
    pub code: String,
    /// What, where and what follows, for a person.
    pub text: String,
}

impl Report {
    /// A report of plain text, with nothing known about it.
    pub fn from_text(path: &str, text: &str) -> Self {
        Self {
            id: ReportId::of(text.as_bytes()),
            text: text.to_owned(),
            alignment: Alignment::default(),
            source: Source {
                path: path.to_owned(),
                member: None,
                format: "text".to_owned(),
                charset: "UTF-8".to_owned(),
            },
            metadata: Metadata::default(),
            parts: Vec::new(),
            furniture: Vec::new(),
            notices: Vec::new(),
        }
    }

    /// The characters that `span` covers.
    pub fn slice(&self, span: Span) -> &str {
        span.slice(&self.text)
    }
}
