//! What is gathered of a quotation before it is one.

use chancery_text::Span;

/// A quotation in the making.
#[derive(Debug, Clone, Default)]
pub(in crate::quotation) struct Draft {
    pub source: Option<Span>,
    pub cue: Option<Span>,
    pub contents: Vec<Span>,
    pub addressee: Option<Span>,
    pub denied: bool,
    /// Whether words in quotation marks may be its content.
    pub takes_quote: bool,
    /// Whether its subject was dropped, so that whoever spoke last speaks on.
    pub dropped: bool,
    /// A post.
    pub post: bool,
    /// A turn of a transcript.
    pub verbatim: bool,
    /// Whether it tells what somebody backs, sees or prefers.
    pub attitude: bool,
    /// Whether its content came by the tree.
    pub by_tree: bool,
    /// Whether the source stands beside another verb that shares it.
    pub shared: bool,
    /// The token of the next cue of the same source, where its content ends: "said …, adding …".
    pub next: Option<usize>,
    /// Whether the words between the cue and words in quotation marks are said too: "called him “a
    /// fool”".
    pub leads_on: bool,
    /// A relative pronoun before the source that stands for a part of what is said: "which, she said,
    /// is …", "what he called “a fool”".
    pub relative: Option<Span>,
    /// Whether it goes on from the cue before, so that words in quotation marks before it are not its
    /// own: "called it “a trap,” adding that …".
    pub goes_on: bool,
    /// Whether only a colon lets words in quotation marks follow: the verb has an object.
    pub needs_colon: bool,
}

impl Draft {
    /// From the first to the last character of source, cue and addressee.
    pub fn group(&self) -> Option<Span> {
        let source = self.source.filter(|_| !self.shared);
        [source, self.cue, self.addressee].into_iter().flatten().reduce(Span::cover)
    }
}
