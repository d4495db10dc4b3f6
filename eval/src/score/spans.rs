//! Comparing two lists of stretches of one text.
//!
//! A [`Stretch`] is a sorted list of word numbers, so that an answer may be interrupted and white
//! space and punctuation at the ends do not matter.

use chancery_text::Span;

use super::Counts;

/// The words that an answer covers, by number, sorted.
pub type Stretch = Vec<usize>;

/// Words of a text: runs of letters and digits.
pub fn words(text: &str) -> Vec<Span> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices() {
        match (letter.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(first)) => {
                words.push(Span::of(first..at));
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|first| Span::of(first..text.len())));
    words
}

/// The words that the spans touch.
pub fn stretch(words: &[Span], spans: &[Span]) -> Stretch {
    let mut numbers = Vec::new();
    for span in spans {
        let first = words.partition_point(|word| word.end <= span.start);
        numbers.extend((first..words.len()).take_while(|&at| words[at].start < span.end));
    }
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// How many words two stretches share. Linear in their lengths.
pub fn shared(left: &[usize], right: &[usize]) -> usize {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < left.len() && j < right.len() {
        match left[i].cmp(&right[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (shared, i, j) = (shared + 1, i + 1, j + 1),
        }
    }
    shared
}

/// Pairs gold and answers one to one, those that share most words first; as `(gold, found)` indices,
/// sorted.
pub fn align(gold: &[Stretch], found: &[Stretch]) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (g, left) in gold.iter().enumerate() {
        for (f, right) in found.iter().enumerate() {
            let words = shared(left, right);
            let apart = left.len() + right.len() - 2 * words;
            if 0 < words {
                candidates.push((std::cmp::Reverse(words), apart, g, f));
            }
        }
    }
    candidates.sort_unstable();
    let mut taken = (vec![false; gold.len()], vec![false; found.len()]);
    let mut pairs = Vec::new();
    for (_, _, g, f) in candidates {
        if !taken.0[g] && !taken.1[f] {
            (taken.0[g], taken.1[f]) = (true, true);
            pairs.push((g, f));
        }
    }
    pairs.sort_unstable();
    pairs
}

/// Answers that cover the very words of a gold item.
pub fn exact(gold: &[Stretch], found: &[Stretch]) -> Counts {
    let right = align(gold, found).iter().filter(|(g, f)| gold[*g] == found[*f]).count() as f64;
    Counts { right, recalled: right, found: found.len() as f64, gold: gold.len() as f64 }
}

/// Soft overlap by words, as Johansson and Moschitti (2013) and Pareti (2013) score attribution:
/// precision is the mean share of an answer's words that its best gold item has, recall the mean
/// share of a gold item's words that its best answer has.
pub fn soft(gold: &[Stretch], found: &[Stretch]) -> Counts {
    let best = |one: &Stretch, others: &[Stretch]| {
        let most = others.iter().map(|other| shared(one, other)).max().unwrap_or(0);
        if one.is_empty() { 0.0 } else { most as f64 / one.len() as f64 }
    };
    Counts {
        right: found.iter().map(|one| best(one, gold)).sum(),
        recalled: gold.iter().map(|one| best(one, found)).sum(),
        found: found.len() as f64,
        gold: gold.len() as f64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_leave_punctuation_out() {
        let text = "“Yes,” Ana said";
        let all: Vec<_> = words(text).iter().map(|word| word.slice(text)).collect();
        assert_eq!(all, ["Yes", "Ana", "said"]);
    }

    #[test]
    fn soft_overlap_counts_shares_of_words() {
        // Gold covers words 0..4 and 6..8; the answers 2..4 and 9.
        let gold = vec![vec![0, 1, 2, 3], vec![6, 7]];
        let found = vec![vec![2, 3], vec![9]];
        let counts = soft(&gold, &found);
        assert_eq!((counts.precision(), counts.recall()), (0.5, 0.25));
        assert_eq!(exact(&gold, &found).f1(), 0.0);
    }

    #[test]
    fn the_closest_answer_is_paired_first() {
        let gold = vec![vec![0, 1, 2]];
        let found = vec![vec![0, 1, 2, 3, 4], vec![0, 1, 2]];
        assert_eq!(align(&gold, &found), [(0, 1)]);
    }
}
