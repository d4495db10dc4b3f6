//! Average-linkage clustering of a sparse graph.

use std::collections::{BTreeMap, BinaryHeap};

/// Clusters `count` things whose mean likeness is at least `together`: greedily, the most alike first. Pairs
/// without an entry are not alike at all.
pub(crate) fn agglomerate(
    count: usize,
    likenesses: &BTreeMap<(usize, usize), f64>,
    together: f64,
) -> Vec<Vec<usize>> {
    let mut clusters: Vec<Option<Vec<usize>>> = (0..count).map(|at| Some(vec![at])).collect();
    let mut sums: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); count];
    let mut queue = BinaryHeap::new();
    for (&(left, right), &likeness) in likenesses {
        sums[left].insert(right, likeness);
        sums[right].insert(left, likeness);
        queue.push(Candidate::new(likeness, left, right));
    }
    while let Some(Candidate { mean, left, right }) = queue.pop() {
        if f64::from_bits(mean) < together {
            break;
        }
        let (Some(a), Some(b)) = (&clusters[left], &clusters[right]) else { continue };
        let joined: Vec<_> = a.iter().chain(b).copied().collect();
        let new = clusters.len();
        (clusters[left], clusters[right]) = (None, None);
        let mut merged = std::mem::take(&mut sums[left]);
        for (other, sum) in std::mem::take(&mut sums[right]) {
            *merged.entry(other).or_default() += sum;
        }
        merged.retain(|&other, _| clusters[other].is_some());
        for (&other, &sum) in &merged {
            let size = joined.len() * clusters[other].as_ref().map_or(1, Vec::len);
            queue.push(Candidate::new(sum / size as f64, other, new));
            sums[other].insert(new, sum);
        }
        clusters.push(Some(joined));
        sums.push(merged);
    }
    clusters.into_iter().flatten().collect()
}

/// Two clusters that may be merged. Greater is merged first: by mean, then by index.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    /// The bits of a mean, which order like the number as it is not negative.
    mean: u64,
    left: usize,
    right: usize,
}

impl Candidate {
    fn new(mean: f64, left: usize, right: usize) -> Self {
        Self { mean: mean.to_bits(), left, right }
    }
}
