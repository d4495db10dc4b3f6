//! Scores of coreference: MUC (Vilain et al. 1995), B³ (Bagga and Baldwin 1998) and CEAF by entity (Luo
//! 2005), whose mean is the CoNLL score (Pradhan et al. 2014). Mentions match by their exact spans;
//! chains of one mention are left out on both sides.

use std::collections::{BTreeMap, BTreeSet};

use chancery_text::Span;
use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;

use super::Counts;

/// Entities, each as the set of its mentions.
pub type Chains<M> = [BTreeSet<M>];

/// The counts of one text.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct CoreferenceCounts {
    /// Links.
    pub muc: Counts,
    /// Mentions.
    pub b_cubed: Counts,
    /// Entities, one to one.
    pub ceaf_e: Counts,
    /// Mentions that are of chains at all.
    pub mentions: Counts,
}

impl CoreferenceCounts {
    /// The sum of two.
    pub fn plus(self, other: Self) -> Self {
        Self {
            muc: self.muc.plus(other.muc),
            b_cubed: self.b_cubed.plus(other.b_cubed),
            ceaf_e: self.ceaf_e.plus(other.ceaf_e),
            mentions: self.mentions.plus(other.mentions),
        }
    }

    /// The mean of the three F1, from 0 to 1.
    pub fn conll(self) -> f64 {
        (self.muc.f1() + self.b_cubed.f1() + self.ceaf_e.f1()) / 3.0
    }
}

/// Scores the chains found in one text against the gold's.
pub fn coreference<M: Ord + Clone>(gold: &Chains<M>, found: &Chains<M>) -> CoreferenceCounts {
    let gold: Vec<_> = gold.iter().filter(|chain| 1 < chain.len()).collect();
    let found: Vec<_> = found.iter().filter(|chain| 1 < chain.len()).collect();
    let (in_gold, in_found) = (index(&gold), index(&found));
    let mut counts = CoreferenceCounts {
        ceaf_e: ceaf_e(&gold, &found, &in_found),
        ..CoreferenceCounts::default()
    };
    (counts.muc.recalled, counts.muc.gold) = links(&gold, &in_found);
    (counts.muc.right, counts.muc.found) = links(&found, &in_gold);
    (counts.b_cubed.recalled, counts.b_cubed.gold) = shares(&gold, &in_found);
    (counts.b_cubed.right, counts.b_cubed.found) = shares(&found, &in_gold);
    let both = in_gold.keys().filter(|mention| in_found.contains_key(*mention)).count() as f64;
    counts.mentions = Counts {
        right: both,
        recalled: both,
        found: in_found.len() as f64,
        gold: in_gold.len() as f64,
    };
    counts
}

/// Pronouns of the third person, in any case.
const PRONOUNS: [&str; 19] = [
    "he",
    "him",
    "his",
    "himself",
    "she",
    "her",
    "hers",
    "herself",
    "it",
    "its",
    "itself",
    "they",
    "them",
    "their",
    "theirs",
    "themselves",
    "themself",
    "’em",
    "'em",
];

/// The third person's pronouns of one text that have an earlier mention in the gold: found, those that
/// were given one; right, those whose nearest one is of the same entity.
pub fn pronouns(text: &str, gold: &Chains<Span>, found: &Chains<Span>) -> Counts {
    let mut counts = Counts::default();
    for chain in gold {
        for mention in chain {
            let word = mention.slice(text).to_lowercase();
            let earlier = chain.iter().any(|other| other.end <= mention.start);
            if !earlier || !PRONOUNS.contains(&word.as_str()) {
                continue;
            }
            let given = found.iter().find(|chain| chain.contains(mention));
            let near = given.and_then(|chain| {
                chain
                    .iter()
                    .filter(|other| other.end <= mention.start)
                    .max_by_key(|other| other.end)
            });
            counts.add(true, near.is_some(), near.is_some_and(|near| chain.contains(near)));
        }
    }
    counts
}

/// The chain of each mention.
fn index<'a, M: Ord>(chains: &[&'a BTreeSet<M>]) -> BTreeMap<&'a M, usize> {
    let mentions = |(at, chain): (usize, &&'a BTreeSet<M>)| {
        chain.iter().map(move |mention| (mention, at)).collect::<Vec<_>>()
    };
    chains.iter().enumerate().flat_map(mentions).collect()
}

/// How each chain's mentions are spread over the other side's chains: how many in each, and how many
/// in none.
fn spread<M: Ord>(
    chain: &BTreeSet<M>,
    other: &BTreeMap<&M, usize>,
) -> (BTreeMap<usize, usize>, usize) {
    let (mut parts, mut apart) = (BTreeMap::new(), 0);
    for mention in chain {
        match other.get(mention) {
            Some(at) => *parts.entry(*at).or_default() += 1,
            None => apart += 1,
        }
    }
    (parts, apart)
}

/// MUC: the links of the chains that the other side has too, and how many links there are.
fn links<M: Ord>(chains: &[&BTreeSet<M>], other: &BTreeMap<&M, usize>) -> (f64, f64) {
    let (mut right, mut all) = (0, 0);
    for chain in chains {
        let (parts, apart) = spread(chain, other);
        right += chain.len() - (parts.len() + apart);
        all += chain.len() - 1;
    }
    (right as f64, all as f64)
}

/// B³: the sum over mentions of the share of their chain that is in their chain of the other side.
fn shares<M: Ord>(chains: &[&BTreeSet<M>], other: &BTreeMap<&M, usize>) -> (f64, f64) {
    let share = |chain: &&BTreeSet<M>| {
        let (parts, _) = spread(chain, other);
        parts.values().map(|part| (part * part) as f64).sum::<f64>() / chain.len() as f64
    };
    (chains.iter().map(share).sum(), chains.iter().map(|chain| chain.len()).sum::<usize>() as f64)
}

/// Parts of one that likeness is counted in, so that the best matching is of whole numbers.
const FINE: f64 = 1e9;

/// CEAF: the likeness of the best one-to-one matching of entities, by φ4.
fn ceaf_e<M: Ord>(
    gold: &[&BTreeSet<M>],
    found: &[&BTreeSet<M>],
    in_found: &BTreeMap<&M, usize>,
) -> Counts {
    let mut counts =
        Counts { found: found.len() as f64, gold: gold.len() as f64, ..Counts::default() };
    if gold.is_empty() || found.is_empty() {
        return counts;
    }
    let side = gold.len().max(found.len());
    let mut likeness = Matrix::new(side, side, 0i64);
    for (row, chain) in gold.iter().enumerate() {
        for (column, shared) in spread(chain, in_found).0 {
            let sizes = chain.len() + found[column].len();
            likeness[(row, column)] = (2.0 * shared as f64 / sizes as f64 * FINE) as i64;
        }
    }
    let (total, _) = kuhn_munkres(&likeness);
    counts.right = total as f64 / FINE;
    counts.recalled = counts.right;
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chains(chains: &[&str]) -> Vec<BTreeSet<char>> {
        chains.iter().map(|chain| chain.chars().collect()).collect()
    }

    /// Gold {a b c} {d e f g}; found {a b} {c d} {f g h i}: the example of Pradhan et al. (2014).
    fn example() -> CoreferenceCounts {
        coreference(&chains(&["abc", "defg"]), &chains(&["ab", "cd", "fghi"]))
    }

    #[test]
    fn links_as_worked_by_hand() {
        let muc = example().muc;
        // Recall (1 + 1) / (2 + 3), precision (1 + 0 + 1) / (1 + 1 + 3).
        assert!((muc.recall() - 0.4).abs() < 1e-9 && (muc.precision() - 0.4).abs() < 1e-9);
    }

    #[test]
    fn mentions_as_worked_by_hand() {
        let b_cubed = example().b_cubed;
        // Recall (4/3 + 1/3 + 1/4 + 4/4) / 7, precision (4/2 + 1/2 + 1/2 + 4/4) / 8.
        let recall = (4.0 / 3.0 + 1.0 / 3.0 + 1.0 / 4.0 + 1.0) / 7.0;
        assert!((b_cubed.recall() - recall).abs() < 1e-9);
        assert!((b_cubed.precision() - 0.5).abs() < 1e-9);
    }

    #[test]
    fn entities_as_worked_by_hand() {
        let ceaf = example().ceaf_e;
        // {a b c} with {a b}: 4/5; {d e f g} with {f g h i}: 4/8.
        assert!((ceaf.recall() - 0.65).abs() < 1e-6);
        assert!((ceaf.precision() - 1.3 / 3.0).abs() < 1e-6);
    }

    #[test]
    fn chains_of_one_are_left_out() {
        let counts = coreference(&chains(&["ab", "c"]), &chains(&["ab", "d"]));
        assert_eq!(counts.conll(), 1.0);
        assert_eq!(coreference(&chains(&["a"]), &chains(&["a"])).mentions.gold, 0.0);
    }

    #[test]
    fn a_pronoun_is_right_where_its_nearest_antecedent_is() {
        let text = "Ana met Bo. She left.";
        let (ana, bo, she) = (Span::new(0, 3), Span::new(8, 10), Span::new(12, 15));
        let gold = vec![BTreeSet::from([ana, she]), BTreeSet::from([bo])];
        let right = pronouns(text, &gold, &gold.clone());
        assert_eq!((right.gold, right.recall()), (1.0, 1.0));
        let wrong = pronouns(text, &gold, &[BTreeSet::from([bo, she])]);
        assert_eq!((wrong.gold, wrong.recall()), (1.0, 0.0));
    }
}
