//! How much of each report another has, word by word or in other words.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use chancery_text::ReportId;

use super::parallels::{self, Lines, Parallel};
use super::passages;
use super::told::Told;
use crate::record::Passage;

/// Reports of a story that are all compared with each other sentence by sentence; in a larger one each is
/// with those that share most of its rare words.
const SMALL: usize = 24;
/// Reports that one is compared with in a larger story.
const NEAREST: usize = 12;
/// Reports with one word that are all counted as sharing it; in more, neighbours are.
const CROWD: usize = 32;
/// Share of a sentence that a passage has already, for it to be looked for in other words no more.
const TOLD: f64 = 0.5;

/// What one report has of another.
#[derive(Debug, Clone, Default)]
pub(super) struct Share {
    /// Stretches of its words that the other has too, sorted, apart.
    pub covered: Vec<Range<usize>>,
    /// Words in those of them that passages have.
    pub passages: usize,
    /// Its words that stand in the other as they are, in order.
    pub agreeing: usize,
    /// Its stretches that the other has in other words, with the other's.
    pub parallels: Vec<Parallel>,
}

/// What each report has of each other.
#[derive(Debug, Default)]
pub(super) struct Kinship {
    shares: BTreeMap<(usize, usize), Share>,
    lengths: Vec<usize>,
}

impl Kinship {
    pub(super) fn of(told: &[Told<'_>], passages: &[Passage]) -> Self {
        let lengths = told.iter().map(|told| told.words.len()).collect();
        let mut kinship = Self { shares: BTreeMap::new(), lengths };
        kinship.add_passages(told, passages);
        for share in kinship.shares.values_mut() {
            share.covered = union(std::mem::take(&mut share.covered));
            share.passages = length(&share.covered);
        }
        let lines: Vec<_> = told.iter().map(Lines::of).collect();
        for (left, right) in meeting(&lines) {
            let found = parallels::find(&lines[left], &lines[right]);
            kinship.add_parallels((left, right), found);
        }
        for share in kinship.shares.values_mut() {
            share.covered = union(std::mem::take(&mut share.covered));
        }
        kinship
    }

    fn add_passages(&mut self, told: &[Told<'_>], passages: &[Passage]) {
        let index: BTreeMap<ReportId, usize> =
            told.iter().enumerate().map(|(at, told)| (told.report(), at)).collect();
        for passage in passages {
            let sides = [passage.left, passage.right].map(|(report, span)| (index[&report], span));
            for (side, (at, span)) in sides.into_iter().enumerate() {
                let share = self.shares.entry((at, sides[1 - side].0)).or_default();
                share.covered.push(told[at].range(span));
                share.agreeing += passage.words as usize;
            }
        }
    }

    /// Adds sentences in other words, where no passage has them.
    fn add_parallels(&mut self, (left, right): (usize, usize), found: [Vec<Parallel>; 2]) {
        if found.iter().all(Vec::is_empty) {
            return;
        }
        let pairs = [(left, right), (right, left)];
        for ((side, pair), parallels) in pairs.into_iter().enumerate().zip(found) {
            let share = self.shares.entry(pair).or_default();
            let passages = share.covered.clone();
            for parallel in parallels {
                let own = if side == 0 { &parallel.left } else { &parallel.right };
                let told = within(&passages, own);
                if (told as f64) < TOLD * own.len() as f64 {
                    share.covered.push(own.clone());
                    share.agreeing += parallel.words.saturating_sub(told);
                    share.parallels.push(parallel);
                }
            }
        }
    }

    /// Pairs of reports that share something, the lesser first.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let pairs: BTreeSet<_> = self.shares.keys().map(|&(a, b)| (a.min(b), a.max(b))).collect();
        pairs.into_iter()
    }

    /// Pairs of some reports that share something, the lesser first.
    pub(super) fn pairs_of(&self, reports: &BTreeSet<usize>) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        for &left in reports {
            let near = self.shares.range((left, left + 1)..(left + 1, 0)).map(|(pair, _)| *pair);
            pairs.extend(near.filter(|(_, right)| reports.contains(right)));
        }
        pairs
    }

    pub(super) fn get(&self, of: usize, by: usize) -> Option<&Share> {
        self.shares.get(&(of, by))
    }

    /// Words of a report.
    pub(super) fn words(&self, of: usize) -> usize {
        self.lengths[of]
    }

    /// Share of `of`'s words that lie in what `by` has too, as it is or in other words.
    pub(super) fn coverage(&self, of: usize, by: usize) -> f64 {
        let covered = self.get(of, by).map_or(0, |share| length(&share.covered));
        covered as f64 / self.lengths[of].max(1) as f64
    }

    /// Share of `of`'s words that lie in passages that `by` has too.
    pub(super) fn verbatim(&self, of: usize, by: usize) -> f64 {
        let covered = self.get(of, by).map_or(0, |share| share.passages);
        covered as f64 / self.lengths[of].max(1) as f64
    }

    /// Share of `of`'s words that stand in `by` as they are.
    pub(super) fn agreement(&self, of: usize, by: usize) -> f64 {
        // What is said twice in the other agrees once.
        let agreeing =
            self.get(of, by).map_or(0, |share| share.agreeing.min(length(&share.covered)));
        agreeing as f64 / self.lengths[of].max(1) as f64
    }

    /// The sentences that two reports have in other words, as passages.
    pub(super) fn reworded(
        &self,
        told: &[Told<'_>],
        (left, right): (usize, usize),
    ) -> Vec<Passage> {
        let shares = [self.get(left, right), self.get(right, left)];
        let parallels = shares.into_iter().flatten().flat_map(|share| &share.parallels);
        let pairs: BTreeSet<_> = parallels
            .map(|one| (one.left.start, one.left.end, one.right.start, one.right.end, one.words))
            .collect();
        let passage = |(a, b, c, d, words)| {
            passages::row(told[left].worded(), told[right].worded(), a..b, c..d, words)
        };
        pairs.into_iter().map(passage).collect()
    }
}

/// Stretches joined where they overlap, sorted.
pub(super) fn union(mut stretches: Vec<Range<usize>>) -> Vec<Range<usize>> {
    stretches.sort_by_key(|stretch| (stretch.start, stretch.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for stretch in stretches {
        match joined.last_mut().filter(|last| stretch.start <= last.end) {
            Some(last) => last.end = last.end.max(stretch.end),
            None => joined.push(stretch),
        }
    }
    joined
}

/// Words in stretches that are apart.
pub(super) fn length(stretches: &[Range<usize>]) -> usize {
    stretches.iter().map(ExactSizeIterator::len).sum()
}

/// Words of a stretch that lie in stretches that are sorted and apart.
pub(super) fn within(stretches: &[Range<usize>], stretch: &Range<usize>) -> usize {
    let first = stretches.partition_point(|one| one.end <= stretch.start);
    let near = stretches[first..].iter().take_while(|one| one.start < stretch.end);
    near.map(|one| one.end.min(stretch.end) - one.start.max(stretch.start)).sum()
}

/// Pairs of reports whose sentences are compared, the lesser first.
fn meeting(lines: &[Lines]) -> BTreeSet<(usize, usize)> {
    if lines.len() <= SMALL {
        return (0..lines.len()).flat_map(|at| (0..at).map(move |one| (one, at))).collect();
    }
    let mut holders: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, lines) in lines.iter().enumerate() {
        lines.keys().into_iter().for_each(|key| holders.entry(key).or_default().push(at));
    }
    let mut shared: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); lines.len()];
    for holders in holders.values() {
        let near = if holders.len() <= CROWD { holders.len() } else { CROWD / 2 };
        let telling = (lines.len() as f64 / holders.len() as f64).ln();
        for (at, &left) in holders.iter().enumerate() {
            for &right in holders[at + 1..].iter().take(near) {
                *shared[left].entry(right).or_default() += telling;
                *shared[right].entry(left).or_default() += telling;
            }
        }
    }
    let pairs = shared.into_iter().enumerate().flat_map(|(at, shared)| nearest(at, shared));
    pairs.collect()
}

fn nearest(at: usize, shared: BTreeMap<usize, f64>) -> Vec<(usize, usize)> {
    let mut near: Vec<_> = shared.into_iter().collect();
    near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    near.truncate(NEAREST);
    near.into_iter().map(|(other, _)| (at.min(other), at.max(other))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_stretches_are_one() {
        assert_eq!(union(vec![5..9, 0..3, 2..6]), std::slice::from_ref(&(0..9)));
        assert_eq!(union(vec![5..9, 0..3]), [0..3, 5..9]);
        assert_eq!(length(&[0..3, 5..9]), 7);
    }

    #[test]
    fn words_within_stretches_are_counted() {
        assert_eq!(within(&[0..3, 5..9], &(2..7)), 3);
        assert_eq!(within(std::slice::from_ref(&(0..3)), &(3..7)), 0);
    }
}
