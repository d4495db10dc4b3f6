//! What two sketches share, and how much that tells.

use chancery_text::Interval;

use crate::block::{BINS, EMPTY, Sketch, Term};

/// Least resemblance of a copy.
const COPY: f64 = 0.4;
/// Least likeness of the terms of two copies that are very short.
const COPIED_TERMS: f64 = 0.7;
/// Words of prose that a copy has at least. Fewer may be a standing line of the page under two headlines:
/// those are told apart by their terms.
const PROSE: u32 = 40;
/// Days within which reports of one happening appear.
const CLOSE: f64 = 3.0;

/// Days within which one toll in one town is that of one deed.
const SOON: f64 = 2.0;
/// What such a toll adds to the likeness.
const DEED: f64 = 0.2;

/// A sketch with what every comparison of it needs.
#[derive(Debug, Clone)]
pub(super) struct Prepared {
    pub(super) sketch: Sketch,
    /// Length of the vector of term weights.
    norm: f64,
}

impl From<Sketch> for Prepared {
    fn from(sketch: Sketch) -> Self {
        let norm = sketch.terms.iter().map(|term| f64::from(term.weight).powi(2)).sum::<f64>();
        Self { sketch, norm: norm.sqrt() }
    }
}

/// How much the two tell of one happening, from 0 to 1.
pub(super) fn likeness(left: &Prepared, right: &Prepared) -> f64 {
    let (terms, shared) = cosine(left, right);
    let (left, right) = (&left.sketch, &right.sketch);
    let passages = common(&left.passages, &right.passages).min(5) as f64;
    let quotations = common(&left.quotations, &right.quotations).min(4) as f64;
    let few = (shared as f64 / 4.0).min(1.0);
    let days = days_between(left.interval, right.interval);
    let soon = days.is_none_or(|days| days <= SOON);
    let deeds = if soon { common(&left.deeds, &right.deeds).min(2) as f64 } else { 0.0 };
    let told = terms * few + 0.06 * quotations + 0.02 * passages + DEED * deeds;
    let near = (told * closeness(days)).min(1.0);
    let copied = resemblance(left, right).max(containment(left, right));
    match COPY <= copied {
        true if left.words.min(right.words) < PROSE && terms < COPIED_TERMS => 0.0,
        true => near.max(copied),
        false => near,
    }
}

fn closeness(days: Option<f64>) -> f64 {
    match days {
        None => 0.95,
        Some(days) if days <= CLOSE => 1.0,
        Some(days) => (1.0 - (days / CLOSE).ln() * 0.2).max(0.45),
    }
}

/// Cosine of the weighted terms, and how many are shared.
fn cosine(left: &Prepared, right: &Prepared) -> (f64, usize) {
    let (mut dot, mut shared) = (0, 0);
    let hash = |term: &Term| term.hash;
    merge(&left.sketch.terms, &right.sketch.terms, hash, |left, right, same| {
        dot += u64::from(same) * u64::from(left.weight) * u64::from(right.weight);
        shared += usize::from(same);
    });
    let norms = left.norm * right.norm;
    if norms == 0.0 { (0.0, 0) } else { (dot as f64 / norms, shared) }
}

/// Walks two lists that are sorted by their key, and says of each step whether the keys agree. What
/// is next is hard to foresee, so there is no branch on it.
fn merge<T>(left: &[T], right: &[T], key: impl Fn(&T) -> u32, mut step: impl FnMut(&T, &T, bool)) {
    let (mut i, mut j) = (0, 0);
    while let (Some(a), Some(b)) = (left.get(i), right.get(j)) {
        let (first, second) = (key(a), key(b));
        step(a, b, first == second);
        i += usize::from(first <= second);
        j += usize::from(second <= first);
    }
}

fn common(left: &[u32], right: &[u32]) -> usize {
    let mut count = 0;
    merge(left, right, |hash| *hash, |_, _, same| count += usize::from(same));
    count
}

/// Estimated Jaccard resemblance of the masked shingles.
fn resemblance(left: &Sketch, right: &Sketch) -> f64 {
    let bins = || left.minhash.iter().zip(&right.minhash);
    let filled = bins().filter(|(a, b)| **a != EMPTY || **b != EMPTY).count();
    let equal = bins().filter(|(a, b)| a == b && **a != EMPTY).count();
    if filled < BINS / 2 { 0.0 } else { equal as f64 / filled as f64 }
}

/// Estimated share of the smaller report's passage keys that the larger one has: both lists hold
/// the lowest hashes, so below the lesser of their ends either knows all.
fn containment(left: &Sketch, right: &Sketch) -> f64 {
    let (Some(&a), Some(&b)) = (left.passages.last(), right.passages.last()) else { return 0.0 };
    let end = a.min(b);
    let below = |list: &[u32]| list.partition_point(|hash| *hash <= end);
    let (a, b) = (below(&left.passages), below(&right.passages));
    let shared = common(&left.passages[..a], &right.passages[..b]);
    if shared < 4 { 0.0 } else { shared as f64 / a.min(b) as f64 }
}

/// Days that must lie between the two at least; `None` if one has no date.
pub(crate) fn days_between(left: Interval, right: Interval) -> Option<f64> {
    if left.meets(right) {
        let known = !left.is_open() && !right.is_open();
        return known.then_some(0.0);
    }
    let gap = |last: Option<jiff::civil::Date>, first: Option<jiff::civil::Date>| {
        Some(f64::from(first?.since(last?).ok()?.get_days()))
    };
    gap(left.last, right.first).into_iter().chain(gap(right.last, left.first)).reduce(f64::max)
}
