//! Sentences and tokens that keep their offsets, by Universal Dependencies conventions.

use std::ops::Range;

use chancery_text::{Report, Span};

/// A sentence of the prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its characters, without surrounding white space.
    pub span: Span,
    /// Its tokens: indices into the report's tokens.
    pub tokens: Range<u32>,
}

/// A syntactic word. Spans are in order and apart; "don't" is "do" and "n't".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Its characters.
    pub span: Span,
    /// Whether it is written together with the token before as one word: "n't".
    pub joined: bool,
}

impl Sentence {
    /// The indices of its tokens.
    pub fn indices(&self) -> Range<usize> {
        self.tokens.start as usize..self.tokens.end as usize
    }
}

/// Splits prose blocks into sentences. `tokens` of each sentence is filled as [`tokens`] will
/// number them.
pub fn sentences(_report: &Report, _prose: &[Span]) -> Vec<Sentence> {
    Vec::new()
}

/// The tokens of the sentences, in order.
pub fn tokens(_report: &Report, _sentences: &[Sentence]) -> Vec<Token> {
    Vec::new()
}
