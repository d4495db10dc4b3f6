//! Text that reports of different stories share: a background paragraph that an agency carries on, a stale
//! quotation.
//!
//! A report gives keys, reports that share one meet, and each pair is looked at alone
//! ([`crate::story::passages_between`]). The keys are those of winnowing (Schleimer, Wilkerson and Aiken
//! 2003): of each [`WINDOW`] neighbouring runs of [`RUN`] words the least hash, so that whoever shares
//! [`LEAST`] words in a row shares a key. There are about two keys for nine words.
//!
//! ```
//! use chancery_annotate::Observed;
//! use chancery_resolve::{Reading, across};
//! use chancery_text::Report;
//! let reading = |text: &str| Reading {
//!     report: Report::from_text("a.txt", text),
//!     observed: Observed::default(),
//! };
//! let said = "the envoys of Sallet will not cross the bridge near Tavish before the end of winter";
//! let (left, right) = (reading(&format!("Rain. {said}. Fog.")), reading(&format!("Then {said}.")));
//! let keyed = [&left, &right].map(|one| (one.report.id, across::keys(one)));
//! assert_eq!(across::pairs(&keyed).len(), 1);
//! ```

use std::collections::BTreeSet;

use chancery_text::ReportId;

use crate::Reading;
use crate::block::prose_words;
use crate::words::{combine, hash, mix};

/// Words of a run whose hash may be a key.
pub const RUN: usize = 8;
/// Neighbouring runs of which one is a key.
pub const WINDOW: usize = 8;
/// Words in a row that two reports cannot share without sharing a key.
pub const LEAST: usize = RUN + WINDOW - 1;
/// Reports with one key that all meet; in more, each meets the next ones.
const CROWD: usize = 64;

/// Keys under which a report must meet others, sorted, each once. Linear in its words.
pub fn keys(reading: &Reading) -> Vec<u64> {
    let words: Vec<_> =
        prose_words(reading).iter().map(|word| hash(word.norm.as_bytes())).collect();
    let runs: Vec<_> = words.windows(RUN).map(|run| mix(combine(run.iter().copied()))).collect();
    let least = |window: &[u64]| window.iter().min().copied();
    let mut keys: Vec<_> = match runs.len() {
        0..WINDOW => least(&runs).into_iter().collect(),
        _ => runs.windows(WINDOW).filter_map(least).collect(),
    };
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Pairs of reports that share a key, the lesser first; the same for any order of `keyed`. At most
/// [`CROWD`] pairs for each report and key.
pub fn pairs(keyed: &[(ReportId, Vec<u64>)]) -> BTreeSet<(ReportId, ReportId)> {
    let mut rows: Vec<(u64, ReportId)> =
        keyed.iter().flat_map(|(report, keys)| keys.iter().map(|key| (*key, *report))).collect();
    rows.sort_unstable();
    rows.dedup();
    let mut pairs = BTreeSet::new();
    for holders in rows.chunk_by(|a, b| a.0 == b.0) {
        for (at, (_, left)) in holders.iter().enumerate() {
            pairs.extend(holders[at + 1..].iter().take(CROWD).map(|(_, right)| (*left, *right)));
        }
    }
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
        let (left, right) = (keys(&reading(left)), keys(&reading(right)));
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
        let count = keys(&reading(&text.join(" "))).len();
        assert!((150..300).contains(&count), "{count}");
    }
}
