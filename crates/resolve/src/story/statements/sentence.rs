//! The sentences that two quotations share.

use super::said::{Piece, Said};
use crate::story::alignment::aligned;

/// Two sentences of two quotations, and the words that they share in order.
#[derive(Debug, Clone, Copy)]
pub(in crate::story) struct Match<'a> {
    pub left: &'a Piece,
    pub right: &'a Piece,
    words: usize,
    /// Share of the shorter one's words.
    pub share: f64,
    /// How telling the shared words are together.
    bits: f64,
}

impl Match<'_> {
    /// Whether the two are one sentence, word for word but for a slip.
    pub(in crate::story) fn identical(&self) -> bool {
        5 <= self.words && 0.85 <= self.share && 12.0 <= self.bits
    }

    /// Whether the shared words are more than a formula that two may use.
    pub(super) fn long(&self) -> bool {
        9 <= self.words || (7 <= self.words && 0.95 <= self.share)
    }

    /// Whether the two are one sentence in other words, both in quotation marks.
    pub(super) fn respun(&self) -> bool {
        self.direct() && 9 <= self.words && 0.6 <= self.share && 15.0 <= self.bits
    }

    /// Whether both are given word for word.
    pub(in crate::story) fn direct(&self) -> bool {
        self.left.direct && self.right.direct
    }

    /// Whether one who says both says one thing: most small words are the same too.
    pub(super) fn retold(&self) -> bool {
        7 <= self.words && 0.75 <= self.share && 7.5 <= self.bits
    }

    /// Whether both are at least half of the words of their quotations.
    pub(super) fn is_most(&self, left: &Said, right: &Said) -> bool {
        let half = |piece: &Piece, said: &Said| said.length() <= 2 * piece.stems.len();
        half(self.left, left) && half(self.right, right)
    }
}

impl Said {
    /// The sentences of both that share most, if any do.
    pub(in crate::story) fn closest<'a>(&'a self, other: &'a Self) -> Option<Match<'a>> {
        self.closest_of(other, |piece| !piece.part)
    }

    /// The same of what both give word for word: sentences, or what stands in quotation marks in them.
    pub(in crate::story) fn closest_marked<'a>(&'a self, other: &'a Self) -> Option<Match<'a>> {
        self.closest_of(other, |piece| piece.direct)
    }

    fn closest_of<'a>(
        &'a self,
        other: &'a Self,
        counts: impl Fn(&Piece) -> bool,
    ) -> Option<Match<'a>> {
        let left = self.pieces.iter().filter(|piece| counts(piece));
        let right: Vec<_> = other.pieces.iter().filter(|piece| counts(piece)).collect();
        let pairs = left.flat_map(|left| right.iter().map(move |right| (left, *right)));
        let matches: Vec<_> = pairs.map(|(left, right)| matched(left, right)).collect();
        let matches = matches.into_iter();
        matches.filter(|found| 5 <= found.words).max_by(|a, b| {
            let order = a.bits.mul_add(a.share, 0.0).total_cmp(&b.bits.mul_add(b.share, 0.0));
            order.then((b.left.span, b.right.span).cmp(&(a.left.span, a.right.span)))
        })
    }
}

fn matched<'a>(left: &'a Piece, right: &'a Piece) -> Match<'a> {
    let turned = right.stems.len() < left.stems.len();
    let (short, long) = if turned { (right, left) } else { (left, right) };
    let pairs = closest_run(&short.stems, &long.stems);
    let bits = pairs.iter().map(|(at, _)| short.bits[*at]).sum();
    let shorter = short.stems.len().max(1);
    // Words strewn over a much longer sentence are not the shorter one again.
    let compact = reach(&pairs) <= shorter + shorter / 2 + 1;
    let words = if compact { pairs.len() } else { 0 };
    Match { left, right, words, share: words as f64 / shorter as f64, bits }
}

/// The alignment of two sentences that lies closer together in the long one, of those found from
/// either end: a small word may stand in the long one far from the rest.
pub(super) fn closest_run(short: &[u64], long: &[u64]) -> Vec<(usize, usize)> {
    let forward = aligned(short, long);
    let back = |stems: &[u64]| stems.iter().rev().copied().collect::<Vec<_>>();
    let (ends, last) = (aligned(&back(short), &back(long)), (short.len(), long.len()));
    let turned = ends.into_iter().rev().map(|(i, j)| (last.0 - 1 - i, last.1 - 1 - j));
    let backward: Vec<_> = turned.collect();
    if reach(&backward) < reach(&forward) { backward } else { forward }
}

/// Words of the long sentence from the first to the last that is aligned.
pub(super) fn reach(pairs: &[(usize, usize)]) -> usize {
    pairs.first().zip(pairs.last()).map_or(0, |(first, last)| last.1 + 1 - first.1)
}
