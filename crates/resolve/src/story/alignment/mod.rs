//! Word alignment of two wordings, and what one changes in the other.

mod closed;
mod difference;
mod overlap;
mod unit;

pub(super) use difference::differences;
pub(super) use overlap::{Overlap, overlap};
pub(super) use unit::{Class, Unit, units};

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

/// The pairs of positions, in order on both sides, whose weights together are greatest. A weight of 0
/// makes no pair.
fn heaviest(
    (left, right): (usize, usize),
    weight: impl Fn(usize, usize) -> u32,
) -> Vec<(usize, usize)> {
    let width = right + 1;
    let mut table = vec![0u32; (left + 1) * width];
    let mut weights = vec![0u32; left * right];
    for i in (0..left).rev() {
        for j in (0..right).rev() {
            let pair = weight(i, j);
            weights[i * right + j] = pair;
            let both = if 0 < pair { table[(i + 1) * width + j + 1] + pair } else { 0 };
            let one = table[(i + 1) * width + j].max(table[i * width + j + 1]);
            table[i * width + j] = both.max(one);
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < left && j < right {
        let (pair, here) = (weights[i * right + j], table[i * width + j]);
        if 0 < pair && here == table[(i + 1) * width + j + 1] + pair {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if here == table[(i + 1) * width + j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
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

    #[test]
    fn words_that_agree_in_order_are_counted_for_the_shorter_list() {
        let found = agreement(&[1, 2, 3, 4], &[9, 1, 3, 4, 8, 7]);
        assert_eq!(found, Agreement { words: 3, share: 0.75 });
    }
}
