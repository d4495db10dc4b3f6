use std::collections::BTreeMap;

use super::Counts;

/// Items with their gold label and the label found for each.
pub type Clustering = [(String, String)];

fn sizes<'a>(labels: impl Iterator<Item = &'a (String, String)>) -> [BTreeMap<String, usize>; 3] {
    let mut sizes = [BTreeMap::new(), BTreeMap::new(), BTreeMap::new()];
    for (gold, found) in labels {
        for (table, key) in sizes.iter_mut().zip([gold, found, &format!("{gold}\u{1f}{found}")]) {
            *table.entry(key.clone()).or_insert(0) += 1;
        }
    }
    sizes
}

/// B³ (Bagga and Baldwin 1998): for each item, the share of its found cluster that is of its gold
/// cluster, and the other way round; the means are precision and recall.
///
/// `strangers` are labels found for items without gold: they are none of any gold cluster, so they cost
/// precision where they stand in a cluster with items, and are not asked themselves.
pub fn b_cubed(items: &Clustering, strangers: &[String]) -> Counts {
    let [gold, mut found, both] = sizes(items.iter());
    for label in strangers {
        found.entry(label.clone()).and_modify(|size| *size += 1);
    }
    let mut counts = Counts::default();
    for (g, f) in items {
        let same = both[&format!("{g}\u{1f}{f}")] as f64;
        counts.right += same / found[f] as f64;
        counts.recalled += same / gold[g] as f64;
    }
    (counts.found, counts.gold) = (items.len() as f64, items.len() as f64);
    counts
}

/// Pairs of items that stand together: found together, together in the gold, and both. A pair of an item
/// and a stranger (see [`b_cubed`]) that are found together is wrong; two strangers are not asked.
pub fn pairwise(items: &Clustering, strangers: &[String]) -> Counts {
    let pairs = |table: &BTreeMap<String, usize>| {
        table.values().map(|&n| (n * (n - 1) / 2) as f64).sum::<f64>()
    };
    let [gold, found, both] = sizes(items.iter());
    let right = pairs(&both);
    let with_strangers =
        strangers.iter().filter_map(|label| found.get(label)).map(|&size| size as f64).sum::<f64>();
    Counts { right, recalled: right, found: pairs(&found) + with_strangers, gold: pairs(&gold) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(labels: &[(&str, &str)]) -> Vec<(String, String)> {
        labels.iter().map(|(g, f)| ((*g).to_owned(), (*f).to_owned())).collect()
    }

    /// Gold {a b c} {d e}; found {a b} {c d e}.
    const FIVE: &[(&str, &str)] = &[("1", "x"), ("1", "x"), ("1", "y"), ("2", "y"), ("2", "y")];

    #[test]
    fn b_cubed_of_a_case_by_hand() {
        // Precision: 1 + 1 + 1/3 + 2/3 + 2/3; recall: 2/3 + 2/3 + 1/3 + 1 + 1; of 5.
        let counts = b_cubed(&items(FIVE), &[]);
        assert!((counts.precision() - (11.0 / 3.0) / 5.0).abs() < 1e-12);
        assert!((counts.recall() - (11.0 / 3.0) / 5.0).abs() < 1e-12);
    }

    #[test]
    fn pairs_of_a_case_by_hand() {
        // Gold ab ac bc de; found ab cd ce de; both ab de.
        assert!((pairwise(&items(FIVE), &[]).f1() - 0.5).abs() < 1e-12);
    }

    #[test]
    fn singletons_have_no_pairs_and_full_precision() {
        let apart = items(&[("1", "x"), ("1", "y")]);
        assert_eq!((b_cubed(&apart, &[]).precision(), b_cubed(&apart, &[]).recall()), (1.0, 0.5));
        assert_eq!(pairwise(&apart, &[]).f1(), 0.0);
    }

    #[test]
    fn a_stranger_costs_precision_only() {
        // {a b s} {c d e}: precision 2/3 + 2/3 + 1/3 + 2/3 + 2/3 of 5; two wrong pairs more.
        let strangers = ["x".to_owned(), "z".to_owned()];
        let counts = b_cubed(&items(FIVE), &strangers);
        assert!((counts.precision() - 3.0 / 5.0).abs() < 1e-12);
        assert!((counts.recall() - (11.0 / 3.0) / 5.0).abs() < 1e-12);
        assert!((pairwise(&items(FIVE), &strangers).precision() - 2.0 / 6.0).abs() < 1e-12);
    }
}
