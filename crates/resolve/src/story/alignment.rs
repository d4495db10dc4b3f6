//! Word alignment of two wordings, and what one changes in the other.

/// Words of a wording that are aligned; what is longer is cut, so that an endless quotation costs
/// no more than a long one.
const LONGEST: usize = 300;

/// A longest common subsequence, as pairs of positions.
pub(super) fn aligned<T: PartialEq>(left: &[T], right: &[T]) -> Vec<(usize, usize)> {
    let (left, right) = (&left[..left.len().min(LONGEST)], &right[..right.len().min(LONGEST)]);
    let width = right.len() + 1;
    let mut table = vec![0u16; (left.len() + 1) * width];
    for i in (0..left.len()).rev() {
        for j in (0..right.len()).rev() {
            table[i * width + j] = if left[i] == right[j] {
                table[(i + 1) * width + j + 1] + 1
            } else {
                table[(i + 1) * width + j].max(table[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < left.len() && j < right.len() {
        if left[i] == right[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if table[(i + 1) * width + j] >= table[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// Words dropped at an end that make a wording a part of the other rather than a change of it.
const PART: usize = 4;

/// What `other` changes in `best`: `-dropped +added`, word by word; empty for the same words. Where
/// `other` gives only a part, `…` stands for the words before or after it.
pub(super) fn difference(best: &[String], other: &[String]) -> String {
    let pairs = aligned(best, other);
    let mut changes: Vec<String> = Vec::new();
    let (mut i, mut j) = (0, 0);
    let ends = (best.len(), other.len());
    let last = pairs.len();
    for (at, (to_i, to_j)) in pairs.into_iter().chain([ends]).enumerate() {
        let (dropped, added) = (&best[i..to_i], &other[j..to_j]);
        if (at == 0 || at == last) && PART <= dropped.len() && added.is_empty() {
            changes.push("…".to_owned());
        } else {
            changes.extend(dropped.iter().map(|word| format!("-{word}")));
            changes.extend(added.iter().map(|word| format!("+{word}")));
        }
        (i, j) = (to_i + 1, to_j + 1);
    }
    changes.join(" ")
}

/// How much two lists of content words agree in order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Agreement {
    /// Words that agree.
    pub words: usize,
    /// Share of the shorter list's words that agree.
    pub share: f64,
}

pub(super) fn agreement(left: &[u64], right: &[u64]) -> Agreement {
    let words = aligned(left, right).len();
    let shorter = left.len().min(right.len()).clamp(1, LONGEST);
    Agreement { words, share: words as f64 / shorter as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn a_difference_names_what_was_dropped_and_added() {
        let (best, other) = (words("remove all obstacles now"), words("remove barriers now"));
        assert_eq!(difference(&best, &other), "-all -obstacles +barriers");
        assert_eq!(difference(&best, &best), "");
    }

    #[test]
    fn a_part_of_a_wording_drops_nothing_inside() {
        let best = words("we hope they will make a clean start with the smugglers of the north");
        assert_eq!(difference(&best, &words("make a fresh start")), "… -clean +fresh …");
    }

    #[test]
    fn a_word_added_at_the_end_is_seen() {
        assert_eq!(difference(&words("go"), &words("go now")), "+now");
    }
}
