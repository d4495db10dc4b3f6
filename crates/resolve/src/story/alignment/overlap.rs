//! How much of what two wordings say is the same, synonyms counted.

use super::unit::Unit;
use super::{LONGEST, heaviest};
use chancery_annotate::kin::Kin;

use crate::frequency::rarity;

/// What two wordings share, by how telling their words are.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in crate::story) struct Overlap {
    /// Content words that are shared.
    pub words: usize,
    /// How telling they are together, in bits.
    pub bits: f64,
    /// Their share of the wording that says less, from 0 to 1.
    pub share: f64,
    /// Their share of what either says.
    pub of_both: f64,
    /// Content words of the longer wording from the first to the last shared one, for each of the
    /// shorter wording.
    pub spread: f64,
}

/// Weights are kept as whole numbers, so that they are the same on every machine.
const SCALE: f64 = 64.0;
/// What a word counts that stands in another place.
const MOVED: f64 = 0.6;

pub(in crate::story) fn overlap(left: &[Unit], right: &[Unit]) -> Overlap {
    let full = |units: &'_ [Unit]| -> Vec<usize> {
        (0..units.len().min(LONGEST)).filter(|at| units[*at].full()).collect()
    };
    let (a, b) = (full(left), full(right));
    let weight = |i: usize, j: usize| (shared(&left[a[i]], &right[b[j]]) * SCALE) as u32;
    let pairs = heaviest((a.len(), b.len()), weight);
    let in_order: f64 = pairs.iter().map(|(i, j)| shared(&left[a[*i]], &right[b[*j]])).sum();
    let moved = moved((left, &a), (right, &b), &pairs);
    let bits = in_order + MOVED * moved.iter().sum::<f64>();
    let whole = |units: &[Unit], full: &[usize]| -> f64 {
        full.iter().map(|at| rarity(units[*at].norm())).sum()
    };
    let (of_left, of_right) = (whole(left, &a), whole(right, &b));
    Overlap {
        words: pairs.len() + moved.len(),
        bits,
        share: bits / of_left.min(of_right).max(1.0),
        of_both: bits / (of_left + of_right - bits).max(1.0),
        spread: spread(&pairs, a.len(), b.len()),
    }
}

/// Bits that two words share.
fn shared(left: &Unit, right: &Unit) -> f64 {
    let bits = rarity(left.norm()).min(rarity(right.norm()));
    match left.word.kin(&right.word) {
        Kin::Same | Kin::Form => bits,
        Kin::Spelling => 0.95 * bits,
        Kin::Synonym => 0.7 * bits,
        Kin::Opposite => 0.6 * bits,
        Kin::Apart => 0.0,
    }
}

/// Bits of the words that both have, but not in one order.
fn moved(
    (left, a): (&[Unit], &[usize]),
    (right, b): (&[Unit], &[usize]),
    pairs: &[(usize, usize)],
) -> Vec<f64> {
    let mut free: Vec<usize> =
        (0..b.len()).filter(|j| pairs.iter().all(|pair| pair.1 != *j)).collect();
    let alone = (0..a.len()).filter(|i| pairs.iter().all(|pair| pair.0 != *i));
    let again = |i: usize| {
        let unit = &left[a[i]];
        let same = |j: &usize| unit.word.kin(&right[b[*j]].word) <= Kin::Form;
        let at = free.iter().position(same)?;
        Some(shared(unit, &right[b[free.remove(at)]]))
    };
    alone.filter_map(again).collect()
}

fn spread(pairs: &[(usize, usize)], left: usize, right: usize) -> f64 {
    let Some((first, last)) = pairs.first().zip(pairs.last()) else { return 0.0 };
    let (reach, short) =
        if left < right { (last.1 + 1 - first.1, left) } else { (last.0 + 1 - first.0, right) };
    reach as f64 / short.max(1) as f64
}

#[cfg(test)]
mod tests {
    use chancery_text::Span;

    use super::super::units;
    use super::*;

    fn of(left: &str, right: &str) -> Overlap {
        let all = |text: &str| units(text, &[Span::of(0..text.len())]);
        overlap(&all(left), &all(right))
    }

    #[test]
    fn one_wording_and_its_part_share_all_of_the_part() {
        let found =
            of("the rebels must leave the airport before the talks begin", "leave the airport");
        assert!(0.99 <= found.share && found.of_both < 0.5, "{found:?}");
    }

    #[test]
    fn synonyms_count_nearly_as_much_as_the_word() {
        let found = of("sever every tie with the smugglers", "cut every tie with the smugglers");
        assert!((0.75..1.0).contains(&found.share), "{found:?}");
    }

    #[test]
    fn clauses_in_another_order_share_their_words() {
        let found = of("if it snows the mine will close", "the mine will close if it snows");
        assert!(0.6 <= found.share, "{found:?}");
    }

    #[test]
    fn other_words_on_one_topic_share_little() {
        let found = of("the army doubled the guards on the dam", "the dam was built by prisoners");
        assert!(found.share < 0.5, "{found:?}");
    }
}
