//! Quotations that meet, and those of them that are one utterance.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::likeness::{SHORT, Speakers, likeness, speakers};
use super::said::{Piece, Said};
use crate::frequency::rarity;
use crate::story::Case;
use crate::story::components::Groups;
use crate::words::{combine, hash, stem};

/// Quotations with one key that are all compared; in more, neighbours are.
const CROWD: usize = 48;

/// Groups of quotations of one utterance: joined pair by pair, best pairs first, never so that two
/// speakers come together whose own words are not near-identical.
pub(super) fn groups(case: Case<'_>, said: &[Said]) -> Vec<Vec<usize>> {
    let mut likenesses = Likenesses { case, said, known: FxHashMap::default() };
    let mut pairs: Vec<_> = candidates(said)
        .into_iter()
        .filter_map(|(i, j)| Some((likenesses.of(i, j)?, i, j)))
        .collect();
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut groups = Groups::new(said.len());
    let mut members: BTreeMap<usize, Vec<usize>> =
        (0..said.len()).map(|at| (at, vec![at])).collect();
    for (_, i, j) in pairs {
        let (a, b) = (groups.root(i), groups.root(j));
        if a == b || !likenesses.may_join(&members[&a], &members[&b]) {
            continue;
        }
        groups.join(a, b);
        let mut joined = members.remove(&a).unwrap_or_default();
        joined.extend(members.remove(&b).unwrap_or_default());
        members.insert(groups.root(a), joined);
    }
    groups.groups()
}

/// Members of a group that another is compared with.
const COMPARED: usize = 24;

/// How alike pairs are, each asked once.
struct Likenesses<'a> {
    case: Case<'a>,
    said: &'a [Said],
    known: FxHashMap<(usize, usize), Option<f64>>,
}

impl Likenesses<'_> {
    fn of(&mut self, i: usize, j: usize) -> Option<f64> {
        let (names, said) = (self.case.names, self.said);
        let pair = (i.min(j), i.max(j));
        *self.known.entry(pair).or_insert_with(|| likeness(names, &said[pair.0], &said[pair.1]))
    }

    /// Whether two groups are one utterance on the whole: at least half of the pairs are alike, and
    /// none are sayings of different people in different words. A short one needs one like it, as it
    /// gives only a part.
    fn may_join(&mut self, left: &[usize], right: &[usize]) -> bool {
        let (mut pairs, mut alike) = (0, 0);
        for &a in left.iter().take(COMPARED) {
            for &b in right.iter().take(COMPARED) {
                pairs += 1;
                let (one, other) = (&self.said[a], &self.said[b]);
                match self.of(a, b) {
                    Some(_) => alike += 1,
                    None if speakers(self.case.names, one, other) == Speakers::Different => {
                        return false;
                    }
                    None => {}
                }
            }
        }
        let said = self.said;
        let short = |group: &[usize]| group.len() == 1 && said[group[0]].content.len() <= SHORT;
        pairs <= 2 * alike || short(left) || short(right)
    }
}

/// Pairs that share a key: two neighbouring content words, or any rare one by one speaker.
pub(in crate::story) fn candidates<S: Borrow<Said>>(said: &[S]) -> BTreeSet<(usize, usize)> {
    let mut blocks: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, said) in said.iter().map(Borrow::borrow).enumerate() {
        let pairs = said.content.windows(2).map(|pair| combine(pair.iter().copied()));
        let gapped = said.content.windows(3).map(|run| combine([run[0], run[2]]));
        let runs = said.pieces.iter().flat_map(runs);
        let keys: BTreeSet<_> = pairs.chain(gapped).chain(runs).chain(rare(said)).collect();
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

/// Rare words by which sayings of one speaker meet.
const RARE: usize = 3;

/// Keys of the speaker with each of the rarest words of his saying: respun, it may share no two words
/// in a row with another wording.
fn rare(said: &Said) -> Vec<u64> {
    let Some(speaker) = &said.speaker else { return Vec::new() };
    let mut words: Vec<_> = said.units.iter().filter(|unit| unit.full()).collect();
    words
        .sort_by(|a, b| rarity(b.norm()).total_cmp(&rarity(a.norm())).then(a.norm().cmp(b.norm())));
    words.dedup_by(|a, b| a.norm() == b.norm());
    let key = |norm: &str| combine([hash(speaker.as_bytes()), hash(stem(norm).as_bytes())]);
    words.iter().take(RARE).map(|unit| key(unit.norm())).collect()
}

/// Keys of the runs of three words, small ones too, that are together telling.
fn runs(piece: &Piece) -> impl Iterator<Item = u64> + '_ {
    let telling = |bits: &[f64]| 5.0 <= bits.iter().sum::<f64>();
    let runs = piece.stems.windows(3).zip(piece.bits.windows(3));
    runs.filter(move |(_, bits)| telling(bits)).map(|(run, _)| combine(run.iter().copied()))
}
