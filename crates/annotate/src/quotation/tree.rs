//! One sentence's tree, asked for subtrees and children.

use std::ops::Range;

use chancery_text::Span;

use crate::Read;
use crate::syntax::{Relation, Upos, Word};

/// A sentence with, for each token, the stretch that its subtree covers.
pub(super) struct Tree<'a> {
    pub text: Read<'a>,
    /// The sentence's tokens.
    pub tokens: Range<usize>,
    extents: Vec<(usize, usize)>,
    /// The children of all tokens, those of one after those of another.
    children: Vec<u32>,
    /// Where the children of each token start; and where the last ones end.
    starts: Vec<u32>,
    /// Whether the words are tagged at all.
    pub read: bool,
}

impl<'a> Tree<'a> {
    /// Time and room in proportion to the sentence.
    pub fn of(text: Read<'a>, tokens: Range<usize>) -> Self {
        let first = tokens.start;
        let mut extents: Vec<_> = tokens.clone().map(|at| (at, at)).collect();
        let head_of = |at: usize| {
            let head = text.syntax.words.get(at)?.head? as usize;
            (tokens.contains(&head) && head != at).then_some(head)
        };
        let mut waiting = vec![0u32; tokens.len()];
        for head in tokens.clone().filter_map(head_of) {
            waiting[head - first] += 1;
        }
        let (children, starts) = children_of(tokens.clone(), &waiting, head_of);
        let mut ready: Vec<usize> = tokens.clone().filter(|at| waiting[at - first] == 0).collect();
        while let Some(at) = ready.pop() {
            if let Some(head) = head_of(at) {
                let (low, high) = extents[at - first];
                let extent = &mut extents[head - first];
                *extent = (extent.0.min(low), extent.1.max(high));
                waiting[head - first] -= 1;
                if waiting[head - first] == 0 {
                    ready.push(head);
                }
            }
        }
        let read =
            tokens.clone().any(|at| text.syntax.words.get(at).is_some_and(|w| w.upos != Upos::X));
        Self { text, tokens, extents, children, starts, read }
    }

    pub fn word(&self, at: usize) -> Option<&'a Word> {
        self.text.syntax.words.get(at).filter(|_| self.tokens.contains(&at))
    }

    pub fn relation(&self, at: usize) -> Relation {
        self.word(at).map_or(Relation::Dep, |word| word.relation)
    }

    pub fn tag(&self, at: usize) -> Upos {
        self.word(at).map_or(Upos::X, |word| word.upos)
    }

    /// Whether the token is a verb with a tense, or a modal.
    pub fn is_finite(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| matches!(word.xpos, "VBD" | "VBZ" | "VBP" | "MD"))
    }

    /// The Penn tag, "_" if there is none.
    pub fn form(&self, at: usize) -> &'static str {
        self.word(at).map_or("_", |word| word.xpos)
    }

    pub fn head(&self, at: usize) -> Option<usize> {
        let head = self.word(at)?.head? as usize;
        self.tokens.contains(&head).then_some(head)
    }

    pub fn slice(&self, at: usize) -> &'a str {
        self.text.tokens.get(at).map_or("", |token| token.span.slice(&self.text.report.text))
    }

    pub fn says(&self, at: usize, word: &str) -> bool {
        self.tokens.contains(&at) && self.slice(at).eq_ignore_ascii_case(word)
    }

    /// Whether a phrase that starts at a token starts with a comma or follows one.
    pub fn is_set_off(&self, low: usize) -> bool {
        self.says(low, ",") || low.checked_sub(1).is_some_and(|before| self.says(before, ","))
    }

    /// First and last token of the subtree.
    pub fn extent(&self, at: usize) -> (usize, usize) {
        self.extents[at - self.tokens.start]
    }

    pub fn children(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let row = at - self.tokens.start;
        let range = self.starts[row] as usize..self.starts[row + 1] as usize;
        self.children[range].iter().map(|child| *child as usize)
    }

    pub fn child(&self, at: usize, relation: Relation) -> Option<usize> {
        self.children(at).find(|child| self.relation(*child) == relation)
    }

    /// The characters from token `low` to token `high`, without punctuation at the ends that is no
    /// quotation mark.
    pub fn span(&self, low: usize, high: usize) -> Option<Span> {
        let loose = |at: usize| {
            matches!(
                self.slice(at),
                "," | "." | ";" | ":" | "—" | "–" | "-" | "--" | "…" | "?!" | ""
            )
        };
        let (mut low, mut high) = (low, high);
        while low < high && loose(low) {
            low += 1;
        }
        while low < high && loose(high) {
            high -= 1;
        }
        if loose(low) {
            return None;
        }
        Some(self.text.tokens[low].span.cover(self.text.tokens[high].span))
    }
}

/// The children of all tokens in one row, and where those of each start.
fn children_of(
    tokens: Range<usize>,
    counts: &[u32],
    head_of: impl Fn(usize) -> Option<usize>,
) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0];
    starts.extend(counts.iter().scan(0, |sum, count| {
        *sum += count;
        Some(*sum)
    }));
    let mut next = starts.clone();
    let mut children = vec![0; starts.last().map_or(0, |all| *all as usize)];
    for at in tokens.clone() {
        if let Some(head) = head_of(at) {
            let slot = &mut next[head - tokens.start];
            children[*slot as usize] = at as u32;
            *slot += 1;
        }
    }
    (children, starts)
}
