//! Taking one component apart into stories.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chancery_text::ReportId;

use super::agglomerate::agglomerate;
use super::evidence::{Prepared, likeness};
use crate::block::Sketch;

/// Least mean likeness of two halves of a story.
const TOGETHER: f64 = 0.17;
/// Most reports of a component whose pairs are all compared; of more, those that share a key.
const ALL: usize = 512;
/// Neighbours in time that a report is compared with under one key.
const NEIGHBOURS: usize = 64;
/// Days of a stretch of time: what is told in many stretches is topic, not news.
const STRETCH: i64 = 5;
/// Stretches in which news may be told.
const NEWS: usize = 3;
/// Stretches of time after which words that are repeated to the letter are no news.
const STANDING: usize = 12;

/// Takes one component apart into stories: merges greedily by mean likeness and stops where two
/// halves are not alike on the whole, so that a chain of weak links does not hold. Sorted groups of
/// sorted reports; every report is in one. Pure, and the same for any order of `sketches`.
///
/// What recurs all through a component that spans weeks is its topic, not its news, and weighs less.
pub fn cut(sketches: &[Sketch]) -> Vec<Vec<ReportId>> {
    let mut sorted: Vec<_> = sketches.to_vec();
    sorted.sort_by_key(|sketch| sketch.report);
    sorted.dedup_by_key(|sketch| sketch.report);
    let sketches: Vec<_> = without_topic(sorted).into_iter().map(Prepared::from).collect();
    let mut groups = agglomerate(sketches.len(), &likenesses(&sketches), TOGETHER);
    groups.iter_mut().for_each(|group| group.sort_unstable());
    let name = |group: Vec<usize>| group.into_iter().map(|at| sketches[at].sketch.report).collect();
    let mut groups: Vec<Vec<ReportId>> = groups.into_iter().map(name).collect();
    groups.sort();
    groups
}

/// The sketches without what is no news: the weight of terms that recur in many stretches of time is
/// lowered, and passages and quotations that do are dropped.
fn without_topic(mut sketches: Vec<Sketch>) -> Vec<Sketch> {
    let spread = |hashes: &dyn Fn(&Sketch) -> Vec<u32>| {
        let mut stretches: HashMap<u32, BTreeSet<i64>> = HashMap::new();
        for sketch in sketches.iter().filter(|sketch| !sketch.interval.is_open()) {
            for hash in hashes(sketch) {
                stretches.entry(hash).or_default().insert(sketch.day() / STRETCH);
            }
        }
        stretches.into_iter().map(|(hash, set)| (hash, set.len())).collect::<HashMap<_, _>>()
    };
    let terms = spread(&|sketch| sketch.terms.iter().map(|term| term.hash).collect());
    let passages = spread(&|sketch| sketch.passages.clone());
    let quotations = spread(&|sketch| sketch.quotations.clone());
    for sketch in &mut sketches {
        for term in &mut sketch.terms {
            let beyond = terms.get(&term.hash).map_or(0, |spread| spread.saturating_sub(NEWS));
            term.weight = (f64::from(term.weight) / (1.0 + 0.25 * beyond as f64)) as u16;
        }
        sketch.passages.retain(|hash| passages.get(hash).is_none_or(|spread| *spread < STANDING));
        sketch
            .quotations
            .retain(|hash| quotations.get(hash).is_none_or(|spread| *spread < STANDING));
    }
    sketches
}

/// Likeness of the pairs that may belong together, by index.
fn likenesses(sketches: &[Prepared]) -> BTreeMap<(usize, usize), f64> {
    let near = if sketches.len() <= ALL { all_pairs(sketches.len()) } else { near_pairs(sketches) };
    let like = |(left, right): (usize, usize)| {
        let likeness = likeness(&sketches[left], &sketches[right]);
        (0.05 <= likeness).then_some(((left, right), likeness))
    };
    near.into_iter().filter_map(like).collect()
}

fn all_pairs(count: usize) -> Vec<(usize, usize)> {
    (0..count).flat_map(|left| (left + 1..count).map(move |right| (left, right))).collect()
}

/// The pairs that share a key and are near each other in time among those that have it.
fn near_pairs(sketches: &[Prepared]) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..sketches.len()).collect();
    order.sort_by_key(|&at| (sketches[at].sketch.day(), at));
    let mut blocks: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for at in order {
        for key in sketches[at].sketch.keys() {
            blocks.entry(key).or_default().push(at);
        }
    }
    let mut pairs = Vec::new();
    for members in blocks.values() {
        for (at, &left) in members.iter().enumerate() {
            let near = members[at + 1..].iter().take(NEIGHBOURS);
            pairs.extend(near.map(|&right| (left.min(right), left.max(right))));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}
