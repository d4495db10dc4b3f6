//! Clusters of words: spherical k-means (Dhillon and Modha 2001) of their vectors, each cluster divided
//! again, so that a cluster's number begins with those of the clusters that hold it.

use crate::random::Random;
use crate::vectors::WordVectors;

/// Into how many a cluster is divided.
pub const FAN: usize = 8;
/// How often it is divided.
pub const LEVELS: usize = 4;
/// Rounds of one division.
const ROUNDS: usize = 12;

/// Numbers in a vector.
pub const WIDTH: usize = 100;

/// A vector of length one.
pub type Row = [f32; WIDTH];

/// In a fixed order of additions, so that every machine gives the same sum.
fn dot(one: &Row, other: &Row) -> f32 {
    const LANES: usize = 4;
    let mut lanes = [0.0f32; LANES];
    for (one, other) in one.chunks_exact(LANES).zip(other.chunks_exact(LANES)) {
        for lane in 0..LANES {
            lanes[lane] += one[lane] * other[lane];
        }
    }
    lanes[0] + lanes[1] + (lanes[2] + lanes[3])
}

/// The vectors, each of length one.
pub fn rows(vectors: &WordVectors) -> Vec<Row> {
    let row = |word: usize| std::array::from_fn(|at| vectors.row(word)[at]);
    (0..vectors.words.len()).map(|word| unit(row(word))).collect()
}

/// A vector of the same direction and of length one.
fn unit(row: Row) -> Row {
    let length = row.iter().map(|number| number * number).sum::<f32>().sqrt();
    if length == 0.0 { row } else { row.map(|number| number / length) }
}

/// The number of each word's cluster: a digit to the base [`FAN`] for each level, the first level
/// highest.
pub fn divide(rows: &[Row], seed: u64) -> Vec<u32> {
    let mut numbers = vec![0; rows.len()];
    let mut random = Random::new(seed);
    let mut groups = vec![(0..rows.len() as u32).collect::<Vec<_>>()];
    for _ in 0..LEVELS {
        let mut next = Vec::new();
        for group in groups {
            let parts = split(&group, rows, &mut random);
            let mut divided = vec![Vec::new(); FAN];
            for (word, part) in group.into_iter().zip(parts) {
                let number = &mut numbers[word as usize];
                *number = *number * FAN as u32 + part as u32;
                divided[part].push(word);
            }
            next.extend(divided);
        }
        groups = next;
    }
    numbers
}

/// The part that each word of a group falls to.
fn split(group: &[u32], rows: &[Row], random: &mut Random) -> Vec<usize> {
    if group.len() <= FAN {
        return (0..group.len()).collect();
    }
    let mut centres = begin(group, rows, random);
    let mut parts = vec![0; group.len()];
    for _ in 0..ROUNDS {
        let mut sums = vec![[0.0f32; WIDTH]; FAN];
        for (word, part) in group.iter().zip(&mut parts) {
            let row = &rows[*word as usize];
            *part = nearest(row, &centres);
            sums[*part].iter_mut().zip(row).for_each(|(sum, number)| *sum += number);
        }
        for (centre, sum) in centres.iter_mut().zip(sums) {
            if sum.iter().any(|number| *number != 0.0) {
                *centre = unit(sum);
            }
        }
    }
    parts
}

/// Centres to begin with: words far from those taken before, of a few that are drawn.
fn begin(group: &[u32], rows: &[Row], random: &mut Random) -> Vec<Row> {
    const DRAWN: usize = 20;
    // The most frequent words have the vectors that say the most.
    let pool = group.len().min(2000);
    let mut draw = || rows[group[random.below(pool)] as usize];
    let mut centres = vec![draw()];
    while centres.len() < FAN {
        let near =
            |row: &Row| centres.iter().map(|centre| dot(row, centre)).fold(f32::MIN, f32::max);
        let drawn: Vec<Row> = (0..DRAWN).map(|_| draw()).collect();
        let mut order: Vec<_> = drawn.iter().map(|row| (near(row), row)).collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        // Neither the farthest, which is often odd, nor one near by.
        let chosen = *order[DRAWN / 5].1;
        centres.push(chosen);
    }
    centres
}

fn nearest(row: &Row, centres: &[Row]) -> usize {
    let mut best = (f32::MIN, 0);
    for (at, centre) in centres.iter().enumerate() {
        let likeness = dot(row, centre);
        if best.0 < likeness {
            best = (likeness, at);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of two kinds, which point two ways, with a little of their own.
    fn rows() -> Vec<Row> {
        let mut random = Random::new(3);
        let row = |word: usize, own: usize| {
            let mut row = [0.0; WIDTH];
            (row[word % 2], row[2 + own]) = (1.0, 0.2);
            unit(row)
        };
        (0..400).map(|word| row(word, random.below(WIDTH - 2))).collect()
    }

    #[test]
    fn words_of_two_kinds_share_no_cluster() {
        let numbers = divide(&rows(), 1);
        let first = |kind: usize| -> Vec<u32> {
            let of = numbers.iter().skip(kind).step_by(2);
            of.map(|number| number / (FAN as u32).pow(LEVELS as u32 - 1)).collect()
        };
        let (even, odd) = (first(0), first(1));
        assert!(even.iter().all(|number| !odd.contains(number)));
        assert!(numbers.iter().all(|number| *number < (FAN as u32).pow(LEVELS as u32)));
    }

    #[test]
    fn the_same_seed_gives_the_same_clusters() {
        assert_eq!(divide(&rows(), 1), divide(&rows(), 1));
        assert_ne!(divide(&rows(), 1), divide(&rows(), 2));
    }
}
