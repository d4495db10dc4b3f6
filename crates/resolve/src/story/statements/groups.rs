//! Quotations that meet, and those of them that are one utterance.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

use super::likeness::{SHORT, Speakers, likeness, speakers};
use super::said::{Piece, Said};
use crate::story::Case;
use crate::story::components::Groups;
use crate::words::combine;

/// Quotations with one key that are all compared; in more, neighbours are.
const CROWD: usize = 48;

/// Groups of quotations of one utterance: joined pair by pair, best pairs first, never so that two
/// speakers come together whose own words are not near-identical.
fn groups(case: Case<'_>, said: &[Said]) -> Vec<Vec<usize>> {
    let mut pairs: Vec<_> = candidates(said)
        .into_iter()
        .filter_map(|(i, j)| Some((likeness(case.names, &said[i], &said[j])?, i, j)))
        .collect();
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut groups = Groups::new(said.len());
    let mut members: BTreeMap<usize, Vec<usize>> =
        (0..said.len()).map(|at| (at, vec![at])).collect();
    for (_, i, j) in pairs {
        let (a, b) = (groups.root(i), groups.root(j));
        if a == b || !may_join(case, said, &members[&a], &members[&b]) {
            continue;
        }
        groups.join(a, b);
        let mut joined = members.remove(&a).unwrap_or_default();
        joined.extend(members.remove(&b).unwrap_or_default());
        members.insert(groups.root(a), joined);
    }
    groups.groups()
}

/// Whether two groups are one utterance on the whole: at least half of the pairs are alike, and
/// none are sayings of different people in different words. A short one needs one like it, as it
/// gives only a part.
fn may_join(case: Case<'_>, said: &[Said], left: &[usize], right: &[usize]) -> bool {
    let (mut pairs, mut alike) = (0, 0);
    for &a in left.iter().take(24) {
        for &b in right.iter().take(24) {
            pairs += 1;
            match likeness(case.names, &said[a], &said[b]) {
                Some(_) => alike += 1,
                None if speakers(case.names, &said[a], &said[b]) == Speakers::Different => {
                    return false;
                }
                None => {}
            }
        }
    }
    let short = |group: &[usize]| group.len() == 1 && said[group[0]].content.len() <= SHORT;
    pairs <= 2 * alike || short(left) || short(right)
}

/// Pairs that share a key: two neighbouring content words, or any rare one by one speaker.
pub(super) fn candidates<S: Borrow<Said>>(said: &[S]) -> BTreeSet<(usize, usize)> {
    let mut blocks: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, said) in said.iter().map(Borrow::borrow).enumerate() {
        let pairs = said.content.windows(2).map(|pair| combine(pair.iter().copied()));
        let gapped = said.content.windows(3).map(|run| combine([run[0], run[2]]));
        let runs = said.pieces.iter().flat_map(runs);
        let keys: BTreeSet<_> = pairs.chain(gapped).chain(runs).collect();
        keys.into_iter().for_each(|key| blocks.entry(key).or_default().push(at));
    }
    let mut found = BTreeSet::new();
    for members in blocks.into_values() {
        let near = if members.len() <= CROWD { members.len() } else { CROWD / 4 };
        for (at, &left) in members.iter().enumerate() {
            found.extend(members[at + 1..].iter().take(near).map(|&right| (left, right)));
        }
    }
    found
}

/// Keys of the runs of three words, small ones too, that are together telling.
fn runs(piece: &Piece) -> impl Iterator<Item = u64> + '_ {
    let telling = |bits: &[f64]| 5.0 <= bits.iter().sum::<f64>();
    let runs = piece.stems.windows(3).zip(piece.bits.windows(3));
    runs.filter(move |(_, bits)| telling(bits)).map(|(run, _)| combine(run.iter().copied()))
}
