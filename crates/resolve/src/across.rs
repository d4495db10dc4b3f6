//! Text that reports of different stories share: a background paragraph that an agency carries on, a stale
//! quotation.
//!
//! The words of a report give keys ([`Words::keys`]), reports that share a key meet ([`changes`]), and each
//! pair is looked at alone ([`passages`]). The keys are those of winnowing (Schleimer, Wilkerson and Aiken
//! 2003): of each [`WINDOW`] neighbouring runs of [`RUN`] words the least hash, so that whoever shares
//! [`LEAST`] words in a row shares a key. There are about two keys for nine words.
//!
//! ```
//! use chancery_resolve::across::{Words, passages};
//! use chancery_text::ReportId;
//! let said = "the envoys of Sallet will not cross the bridge near Tavish before the end of winter";
//! let words = |text: String| Words::new(ReportId::of(text.as_bytes()), &text, &[]);
//! let (left, right) = (words(format!("Rain. {said}. Fog.")), words(format!("Then {said}.")));
//! assert!(left.keys().iter().any(|key| right.keys().contains(key)));
//! assert_eq!(passages(&left, &right).len(), 1);
//! ```

mod crowd;

use std::collections::BTreeMap;

use chancery_text::{ReportId, Span};

pub use crowd::{CROWD, Holder, NEAR, Pair, changes};

use crate::Reading;
use crate::block::{day_of, words_of};
use crate::record::Passage;
use crate::story::passages::{Worded, shared};
use crate::words::{Word, combine, hash, mix};

/// Words of a run whose hash may be a key.
pub const RUN: usize = 8;
/// Neighbouring runs of which one is a key.
pub const WINDOW: usize = 8;
/// Words in a row that two reports cannot share without sharing a key; fewer are not told across stories.
pub const LEAST: usize = RUN + WINDOW - 1;

/// The words of one report's prose, as they are compared with those of another.
#[derive(Debug, Clone)]
pub struct Words {
    report: ReportId,
    words: Vec<Word>,
    hashes: Vec<u64>,
}

impl Words {
    /// The words of these stretches of a report's text; of all of it if there are none.
    pub fn new(report: ReportId, text: &str, prose: &[Span]) -> Self {
        let words = words_of(text, prose);
        let hashes = words.iter().map(|word| hash(word.norm.as_bytes())).collect();
        Self { report, words, hashes }
    }

    /// The words of what was read in a report.
    pub fn of(reading: &Reading) -> Self {
        Self::new(reading.report.id, &reading.report.text, &reading.observed.prose)
    }

    /// The report.
    pub const fn report(&self) -> ReportId {
        self.report
    }

    /// Keys under which the report must meet others, sorted, each once. Linear in its words.
    pub fn keys(&self) -> Vec<u64> {
        let runs: Vec<_> =
            self.hashes.windows(RUN).map(|run| mix(combine(run.iter().copied()))).collect();
        let least = |window: &[u64]| window.iter().min().copied();
        let mut keys: Vec<_> = match runs.len() {
            0..WINDOW => least(&runs).into_iter().collect(),
            _ => runs.windows(WINDOW).filter_map(least).collect(),
        };
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    fn worded(&self) -> Worded<'_> {
        Worded { report: self.report, words: &self.words, keys: &self.hashes }
    }
}

/// The passages of at least [`LEAST`] words that two reports share, sorted by id; the same for either order.
pub fn passages(left: &Words, right: &Words) -> Vec<Passage> {
    let mut sides = [left.worded(), right.worded()];
    sides.sort_by_key(|side| side.report);
    let mut passages = shared(&sides);
    passages.retain(|passage| LEAST <= passage.words as usize);
    passages
}

/// The passages that reports of different stories share, sorted by id: what a record of these reports tells
/// beside the conclusions of its stories. All in memory; the same for any order of `readings`.
pub fn find<S: Eq>(readings: &[Reading], story_of: impl Fn(ReportId) -> S) -> Vec<Passage> {
    let words: BTreeMap<_, _> =
        readings.iter().map(|one| (one.report.id.integer(), Words::of(one))).collect();
    let mut pairs = meeting(readings, &words);
    pairs.retain(|(left, right)| story_of(words[left].report) != story_of(words[right].report));
    let mut passages: Vec<_> =
        pairs.iter().flat_map(|(left, right)| passages(&words[left], &words[right])).collect();
    passages.sort_by_key(|passage| passage.id);
    passages
}

/// Pairs of reports that meet under a key, each once.
fn meeting(readings: &[Reading], words: &BTreeMap<i64, Words>) -> Vec<Pair> {
    let mut holders: Vec<(u64, Holder)> = Vec::new();
    for reading in readings {
        let report = reading.report.id.integer();
        let holder = Holder { day: day_of(reading.observed.date.interval), report, new: true };
        holders.extend(words[&report].keys().into_iter().map(|key| (key, holder)));
    }
    holders.sort_unstable();
    holders.dedup();
    let mut pairs = Vec::new();
    for of_key in holders.chunk_by(|a, b| a.0 == b.0) {
        let of_key: Vec<_> = of_key.iter().map(|(_, holder)| *holder).collect();
        pairs.extend(changes(&of_key, 0, of_key.len()).into_iter().map(|(pair, _)| pair));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_annotate::Observed;
    use chancery_text::Report;
    use proptest::prelude::*;

    fn reading(text: &str) -> Reading {
        Reading { report: Report::from_text("a.txt", text), observed: Observed::default() }
    }

    fn share(left: &str, right: &str) -> bool {
        let [left, right] = [left, right].map(|text| Words::of(&reading(text)).keys());
        left.iter().any(|key| right.contains(key))
    }

    proptest! {
        #[test]
        fn fifteen_shared_words_share_a_key(
            shared in prop::collection::vec("[a-z]{2,6}", LEAST),
            around in prop::collection::vec(prop::collection::vec("[a-z]{2,6}", 0..20), 4),
        ) {
            let text = |before: &Vec<String>, after: &Vec<String>| {
                [before.as_slice(), &shared, after].concat().join(" ")
            };
            prop_assert!(share(&text(&around[0], &around[1]), &text(&around[2], &around[3])));
        }
    }

    #[test]
    fn there_are_few_keys() {
        let text: Vec<_> = (0..900).map(|at| format!("word{at}")).collect();
        let count = Words::of(&reading(&text.join(" "))).keys().len();
        assert!((150..300).contains(&count), "{count}");
    }

    const BACKGROUND: &str = "The river ports of Ruvania have been closed to Orlen grain barges since the \
        customs treaty of Tavish lapsed in spring.";

    #[test]
    fn only_reports_of_different_stories_share_a_passage_across() {
        let texts = ["A ferry sank off Merrow.", "Miners struck in Pelm.", "Sallet chose a mayor."];
        let readings = texts.map(|text| reading(&format!("{text} {BACKGROUND}")));
        let story = |report| usize::from(report == readings[2].report.id);
        let found = find(&readings, story);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found.iter().all(|passage| passage.words == 21), "{found:?}");
        let backwards: Vec<_> = readings.iter().rev().cloned().collect();
        assert_eq!(find(&backwards, story), found);
        assert_eq!(find(&readings, |_| 0), []);
    }

    #[test]
    fn fourteen_words_are_not_told_across_stories() {
        let said = "the envoys of Sallet will cross no bridge near Tavish before the cold winter";
        let readings = [format!("Rain. {said} ends."), format!("Fog. {said} comes.")];
        let words = readings.map(|text| Words::of(&reading(&text)));
        assert_eq!(passages(&words[0], &words[1]), []);
    }
}
