//! Text that two reports share: seeds on shared runs of words, extended and chained over small
//! edits.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use chancery_text::{Kind, ReportId, RowId, Span};

use super::alignment::aligned;
use super::kinship::Kinship;
use super::told::Told;
use crate::frequency;
use crate::record::{Family, Passage};
use crate::words::{Word, combine};

/// Words of a seed.
const SEED: usize = 5;
/// Words that may be changed between two stretches of one passage.
const GAP: usize = 8;
/// Least words that agree.
const LEAST: usize = 8;
/// Least content words that agree, so that no stock phrase is a passage.
const LEAST_CONTENT: usize = 3;
/// Least share of the longer side's words that agree.
const LEAST_IDENTITY: f64 = 0.6;
/// Words of a run that is told though one of its sides is told already.
const AGAIN: usize = 12;
/// Places of one seed in one report that are looked at: more is a refrain.
const REFRAIN: usize = 4;
/// Reports with one seed that are all compared; in more, neighbours are.
const CROWD: usize = 32;

/// What passages are found in: a report's words and their hashes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Worded<'a> {
    pub report: ReportId,
    pub words: &'a [Word],
    pub keys: &'a [u64],
}

/// Shared passages of all pairs of the reports of a story, sorted by id.
pub(super) fn find(told: &[Told<'_>]) -> Vec<Passage> {
    shared(&told.iter().map(Told::worded).collect::<Vec<_>>())
}

/// Shared passages of all pairs of reports, which are sorted; sorted by id.
pub(crate) fn shared(reports: &[Worded<'_>]) -> Vec<Passage> {
    let mut passages: Vec<_> = seeds(reports)
        .into_iter()
        .flat_map(|((left, right), seeds)| pair_passages(reports[left], reports[right], seeds))
        .collect();
    passages.sort_by_key(|passage| passage.id);
    passages.dedup_by_key(|passage| passage.id);
    passages
}

type Seeds = BTreeMap<(usize, usize), Vec<(usize, usize)>>;

/// Positions of shared seeds, by pair of reports.
fn seeds(reports: &[Worded<'_>]) -> Seeds {
    let mut places: Vec<(u64, usize, usize)> = Vec::new();
    for (report, worded) in reports.iter().enumerate() {
        let runs = worded.keys.windows(SEED).enumerate();
        let varied = runs.filter(|(_, run)| run.iter().any(|key| *key != run[0]));
        places.extend(varied.map(|(at, run)| (combine(run.iter().copied()), report, at)));
    }
    places.sort_unstable();
    let mut seeds = Seeds::new();
    for shared in places.chunk_by(|a, b| a.0 == b.0).filter(|shared| 1 < shared.len()) {
        let by_report: Vec<_> = shared.chunk_by(|a, b| a.1 == b.1).collect();
        let near = if by_report.len() <= CROWD { by_report.len() } else { CROWD / 2 };
        for (at, left) in by_report.iter().enumerate() {
            for right in by_report[at + 1..].iter().take(near) {
                let pair = seeds.entry((left[0].1, right[0].1)).or_default();
                for a in left.iter().take(REFRAIN) {
                    pair.extend(right.iter().take(REFRAIN).map(|b| (a.2, b.2)));
                }
            }
        }
    }
    seeds
}

/// A stretch of words that agree one by one: starts on both sides, and length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    left: usize,
    right: usize,
    length: usize,
}

fn pair_passages(left: Worded<'_>, right: Worded<'_>, seeds: Vec<(usize, usize)>) -> Vec<Passage> {
    let found = |chain: Vec<Run>| match passage(left, right, &chain) {
        Some(passage) => vec![passage],
        // Too much lies between its runs: each stands for itself.
        None => chain.iter().filter_map(|run| passage(left, right, &[*run])).collect(),
    };
    chains(apart(runs(left, right, seeds))).into_iter().flat_map(found).collect()
}

/// Maximal runs over the seeds, by diagonal.
fn runs(left: Worded<'_>, right: Worded<'_>, mut seeds: Vec<(usize, usize)>) -> Vec<Run> {
    seeds.sort_unstable_by_key(|&(l, r)| (l as i64 - r as i64, l));
    let mut runs: Vec<Run> = Vec::new();
    for (l, r) in seeds {
        if let Some(last) = runs.last_mut()
            && l + last.right == r + last.left
            && l < last.left + last.length
        {
            continue;
        }
        runs.push(grown(left.keys, right.keys, l, r));
    }
    runs
}

fn grown(left: &[u64], right: &[u64], l: usize, r: usize) -> Run {
    let agree = |a: &[u64], b: &[u64]| a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let back =
        left[..l].iter().rev().zip(right[..r].iter().rev()).take_while(|(a, b)| a == b).count();
    let forth = agree(&left[l..], &right[r..]);
    Run { left: l - back, right: r - back, length: back + forth }
}

/// Runs that share no word on either side, in the order of the left text: the longest whole, others
/// without what a longer one has.
fn apart(mut runs: Vec<Run>) -> Vec<Run> {
    runs.sort_by_key(|run| (std::cmp::Reverse(run.length), run.left, run.right));
    runs.dedup();
    let (mut left, mut right) = (BTreeMap::new(), BTreeMap::new());
    let mut kept = Vec::new();
    for run in runs {
        match trimmed(run, &left, &right) {
            Some(run) => {
                left.insert(run.left, run.length);
                right.insert(run.right, run.length);
                kept.push(run);
            }
            // Said twice in one report, once in the other.
            None if AGAIN <= run.length && !within(&left, &right, run) => kept.push(run),
            None => {}
        }
    }
    kept.sort_by_key(|run| run.left);
    kept
}

/// Whether both sides of a run are taken in part.
fn within(left: &Taken, right: &Taken, run: Run) -> bool {
    overlap(left, run.left, run.length).is_some() && overlap(right, run.right, run.length).is_some()
}

/// Starts of taken stretches, and their lengths.
type Taken = BTreeMap<usize, usize>;

/// What of a run is not taken yet, if that is still a run.
fn trimmed(mut run: Run, left: &Taken, right: &Taken) -> Option<Run> {
    while SEED <= run.length {
        let before = overlap(left, run.left, run.length);
        let (start, end) = match before.or_else(|| overlap(right, run.right, run.length)) {
            Some(taken) => taken,
            None => return Some(run),
        };
        if start == 0 {
            run = Run { left: run.left + end, right: run.right + end, ..run };
            run.length = run.length.saturating_sub(end);
        } else {
            run.length = start;
        }
    }
    None
}

/// Where the last taken stretch lies that overlaps `start..start + length`, counted from `start`.
fn overlap(taken: &Taken, start: usize, length: usize) -> Option<(usize, usize)> {
    let (&from, &long) = taken.range(..start + length).next_back()?;
    (start < from + long).then(|| (from.saturating_sub(start), from + long - start))
}

/// Runs that follow each other on both sides with at most [`GAP`] words between.
fn chains(runs: Vec<Run>) -> Vec<Vec<Run>> {
    let mut chains: Vec<Vec<Run>> = Vec::new();
    for run in runs {
        let follows = |last: &Run| {
            let near = |from: usize, to: usize| from <= to && to - from <= GAP;
            near(last.left + last.length, run.left) && near(last.right + last.length, run.right)
        };
        let open = chains.iter_mut().rev().take(4);
        match open.into_iter().find(|chain| chain.last().is_some_and(follows)) {
            Some(chain) => chain.push(run),
            None => chains.push(vec![run]),
        }
    }
    chains
}

fn passage(left: Worded<'_>, right: Worded<'_>, chain: &[Run]) -> Option<Passage> {
    let (first, last) = (chain.first()?, chain.last()?);
    let between = chain.windows(2).map(|pair| {
        let l = pair[0].left + pair[0].length..pair[1].left;
        let r = pair[0].right + pair[0].length..pair[1].right;
        aligned(&left.keys[l], &right.keys[r]).len()
    });
    let agreeing = chain.iter().map(|run| run.length).sum::<usize>() + between.sum::<usize>();
    let longer = (last.left + last.length - first.left).max(last.right + last.length - first.right);
    let identity = agreeing as f64 / longer as f64;
    let telling = chain
        .iter()
        .flat_map(|run| &left.words[run.left..run.left + run.length])
        .filter(|word| frequency::content(&word.norm))
        .take(LEAST_CONTENT)
        .count();
    if agreeing < LEAST || telling < LEAST_CONTENT || identity < LEAST_IDENTITY {
        return None;
    }
    let (l, r) = (first.left..last.left + last.length, first.right..last.right + last.length);
    Some(row(left, right, l, r, agreeing))
}

/// The row of two stretches of words of which so many agree.
pub(super) fn row(
    left: Worded<'_>,
    right: Worded<'_>,
    l: Range<usize>,
    r: Range<usize>,
    agreeing: usize,
) -> Passage {
    let identity = agreeing as f64 / l.len().max(r.len()).max(1) as f64;
    let side = |worded: Worded<'_>, range: Range<usize>| {
        let (first, last) = (&worded.words[range.start], &worded.words[range.end - 1]);
        (worded.report, first.span.cover(last.span))
    };
    let (left, right) = (side(left, l), side(right, r));
    Passage { id: id(left, right), left, right, words: agreeing as u32, identity }
}

/// Adds, for the reports of one family, the sentences that they have in other words.
pub(super) fn add_reworded(
    passages: &mut Vec<Passage>,
    told: &[Told<'_>],
    kinship: &Kinship,
    families: &[Family],
) {
    let mut family_of: BTreeMap<ReportId, BTreeSet<RowId>> = BTreeMap::new();
    for family in families {
        for member in &family.members {
            family_of.entry(member.report).or_default().insert(family.id);
        }
    }
    let of = |at: usize| family_of.get(&told[at].report());
    let together = |&(left, right): &(usize, usize)| {
        of(left).zip(of(right)).is_some_and(|(left, right)| !left.is_disjoint(right))
    };
    passages.extend(kinship.pairs().filter(together).flat_map(|pair| kinship.reworded(told, pair)));
    passages.sort_by_key(|passage| passage.id);
    passages.dedup_by_key(|passage| passage.id);
}

fn id(left: (ReportId, Span), right: (ReportId, Span)) -> RowId {
    let side = |(report, span): (ReportId, Span)| format!("{report}:{}-{}", span.start, span.end);
    RowId::of(Kind::Passage, [side(left), side(right)]).beside(left.0)
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    fn passages(left: &str, right: &str) -> Vec<(String, String)> {
        let readings = [Sample::new(left).reading(), Sample::new(right).reading()];
        let mut told: Vec<_> = readings.iter().map(Told::new).collect();
        told.sort_by_key(Told::report);
        let slice = |(report, span): (chancery_text::ReportId, Span)| {
            let told = told.iter().find(|told| told.report() == report).unwrap();
            told.slice(span).to_owned()
        };
        find(&told).iter().map(|p| (slice(p.left), slice(p.right))).collect()
    }

    #[test]
    fn a_sentence_copied_with_two_words_changed_is_one_passage() {
        let passages = passages(
            "Early on Monday. The envoy hopes that both sides will remove the barriers on the Orlen bridge before the winter comes to Tavish.",
            "He was late. The envoy hopes that both sides will remove all obstacles on the Orlen bridge before the winter comes to Merrow.",
        );
        assert_eq!(passages.len(), 1);
        assert!(passages[0].0.starts_with("The envoy hopes"), "{passages:?}");
        assert!(passages[0].0.ends_with("comes to"), "{passages:?}");
    }

    #[test]
    fn a_sentence_said_twice_is_found_in_both_places() {
        let said = "The envoy hopes that both sides will remove the barriers on the Orlen bridge \
            before winter";
        let passages = passages(&format!("He was late. {said}. Rain fell. {said}."), said);
        assert_eq!(passages.len(), 2, "{passages:?}");
    }

    #[test]
    fn a_stock_phrase_is_no_passage() {
        let passages = passages(
            "He said that on the other hand it would be up to us all to see to it.",
            "She said that on the other hand it would be up to us all to bake bread.",
        );
        assert_eq!(passages, []);
    }

    #[test]
    fn a_refrain_costs_no_square() {
        let refrain = "the drum the bell ".repeat(5000);
        assert!(passages(&refrain, &format!("{refrain} again")).len() <= 2);
    }
}
