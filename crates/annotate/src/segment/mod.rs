//! Sentences and tokens that keep their offsets, by Universal Dependencies conventions.

mod boundary;
mod chunk;
#[cfg(test)]
mod tests;
mod word;
mod words;

use std::ops::Range;

use chancery_text::{Report, Span};

use self::boundary::Boundaries;
use self::chunk::Chunks;
use self::word::Splitter;
use crate::lexicon::LexiconFault;

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

/// Splits prose blocks into sentences. A block is never merged with the next. `tokens` of each
/// sentence is filled as [`tokens`] will number them. Linear in the length of the prose.
///
/// ```
/// use chancery_annotate::segment;
/// use chancery_text::{Report, Span};
/// let report = Report::from_text("a.txt", "Dr. Aru met Sen. Bly in the U.S. on Sept. 11. They spoke.");
/// let sentences = segment::sentences(&report, &[Span::of(0..report.text.len())]);
/// assert_eq!(report.slice(sentences[1].span), "They spoke.");
/// ```
pub fn sentences(report: &Report, prose: &[Span]) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut count = 0u32;
    let mut boundaries = Boundaries::new(&report.text);
    let mut pieces = Vec::new();
    for block in prose {
        boundaries.split(block.range(), &mut |range| {
            pieces.clear();
            split(&report.text, range.clone(), &mut |piece| pieces.push(piece));
            if pieces.len() <= LONGEST {
                let first = count;
                count += pieces.len() as u32;
                sentences.push(Sentence { span: Span::of(range), tokens: first..count });
                return;
            }
            for part in pieces.chunks(LONGEST) {
                let first = count;
                let part = part[0].0..part[part.len() - 1].1;
                // Counted again, since what is cut may be split otherwise at its ends.
                split(&report.text, part.clone(), &mut |_| count += 1);
                sentences.push(Sentence { span: Span::of(part), tokens: first..count });
            }
        });
    }
    sentences
}

/// A sentence of more tokens is cut: it is residue ("<form><form>…"), and stages take time and memory that
/// grow with the square of a sentence.
const LONGEST: usize = 600;

/// The tokens of the sentences, in order. Linear in the length of the sentences.
///
/// ```
/// use chancery_annotate::segment;
/// use chancery_text::{Report, Span};
/// let report = Report::from_text("a.txt", "It doesn't.");
/// let sentences = segment::sentences(&report, &[Span::of(0..report.text.len())]);
/// let tokens = segment::tokens(&report, &sentences);
/// let words: Vec<_> = tokens.iter().map(|token| report.slice(token.span)).collect();
/// assert_eq!(words, ["It", "does", "n't", "."]);
/// ```
pub fn tokens(report: &Report, sentences: &[Sentence]) -> Vec<Token> {
    let count = sentences.last().map_or(0, |sentence| sentence.tokens.end as usize);
    let mut tokens = Vec::with_capacity(count);
    for sentence in sentences {
        split(&report.text, sentence.span.range(), &mut |(start, end, joined)| {
            tokens.push(Token { span: Span::of(start..end), joined });
        });
    }
    tokens
}

fn split(text: &str, sentence: Range<usize>, sink: &mut impl FnMut(word::Piece)) {
    let mut splitter = Splitter::new();
    for chunk in Chunks::new(text, sentence.start, sentence.end) {
        splitter.split(text, chunk.start, chunk.end, chunk.end == sentence.end, sink);
    }
}

/// Faults in `data/segment`.
pub fn check() -> Vec<LexiconFault> {
    words::check()
}
