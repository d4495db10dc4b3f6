//! What the links of all blocks join.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

/// Most reports of one component. A component is cut into stories as a whole, so this bounds what
/// that holds in memory; a story of more reports than this is told in parts.
pub const LARGEST: u32 = 1024;

/// Connected components over links: a union-find that is fed link by link, strongest first.
///
/// A link that would join more than [`LARGEST`] reports is not followed, nor is any weaker one of what it would
/// have joined: so what has been told for years, and hangs together by weak links, falls apart at the weakest.
/// These are the largest clusters of single linkage (Sibson 1973) that are small enough, so that a new report
/// changes the component that it joins and no other. Keeps each report's key once and nine bytes beside it.
#[derive(Debug, Clone)]
pub struct Components<K> {
    numbers: HashMap<K, u32>,
    forest: Forest,
}

impl<K> Default for Components<K> {
    fn default() -> Self {
        Self { numbers: HashMap::new(), forest: Forest::default() }
    }
}

impl<K: Copy + Ord + Hash> Components<K> {
    /// No links yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Joins the two reports of a link, unless they would be too many.
    pub fn join(&mut self, left: K, right: K) {
        let (left, right) = (self.number(left), self.number(right));
        self.forest.join(left, right, LARGEST);
    }

    fn number(&mut self, report: K) -> u32 {
        *self.numbers.entry(report).or_insert_with(|| self.forest.grow())
    }

    /// The groups of linked reports, each sorted, sorted by their first. Reports that no link names
    /// are in none.
    pub fn groups(mut self) -> Vec<Vec<K>> {
        let mut reports: Vec<(K, u32)> = self.numbers.into_iter().collect();
        reports.sort_unstable();
        let mut groups: BTreeMap<u32, Vec<K>> = BTreeMap::new();
        for (report, number) in reports {
            groups.entry(self.forest.root(number)).or_default().push(report);
        }
        let mut groups: Vec<_> = groups.into_values().filter(|group| 1 < group.len()).collect();
        groups.sort_unstable();
        groups
    }
}

/// Trees of numbers: a union-find by size.
#[derive(Debug, Clone, Default)]
pub(super) struct Forest {
    parents: Vec<u32>,
    sizes: Vec<u32>,
    /// Of a root: whether what its tree would have been joined with was too large.
    full: Vec<bool>,
}

impl Forest {
    /// A new number, joined to none.
    pub(super) fn grow(&mut self) -> u32 {
        let next = u32::try_from(self.parents.len()).expect("fewer than four billion reports");
        self.parents.push(next);
        self.sizes.push(1);
        self.full.push(false);
        next
    }

    pub(super) fn root(&mut self, mut at: u32) -> u32 {
        while self.parents[at as usize] != at {
            let parent = self.parents[at as usize];
            self.parents[at as usize] = self.parents[parent as usize];
            at = self.parents[at as usize];
        }
        at
    }

    /// Whether two numbers are in one tree.
    pub(super) fn are_joined(&mut self, left: u32, right: u32) -> bool {
        self.root(left) == self.root(right)
    }

    /// Joins two trees if they are two and hold at most `most` numbers together; says whether it did. Trees that
    /// would hold more stay as they are for good.
    pub(super) fn join(&mut self, left: u32, right: u32, most: u32) -> bool {
        let (left, right) = (self.root(left), self.root(right));
        if left == right {
            return false;
        }
        let size = self.sizes[left as usize].saturating_add(self.sizes[right as usize]);
        let (under, over) = (left.max(right), left.min(right));
        if most < size || self.full[under as usize] || self.full[over as usize] {
            (self.full[under as usize], self.full[over as usize]) = (true, true);
            return false;
        }
        self.parents[under as usize] = over;
        self.sizes[over as usize] = size;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_component_that_grows_too_large_keeps_its_strongest_links() {
        let mut components = Components::new();
        (0..LARGEST).for_each(|at| components.join(2 * at, 2 * at + 1));
        (1..2 * LARGEST).for_each(|at| components.join(at - 1, at));
        let groups = components.groups();
        assert!(groups.iter().all(|group| group.len() <= LARGEST as usize));
        assert!(groups.iter().all(|group| group.len() % 2 == 0), "pairs stay together");
    }

    /// Chains of links of falling strength, each of which would hold twice as many reports as are allowed, and
    /// hang together by the weakest.
    fn chains(count: u32, without: Option<u32>) -> Vec<Vec<u32>> {
        let mut components = Components::new();
        let length = 2 * LARGEST;
        for step in 1..length {
            for chain in 0..count {
                let at = chain * length + step;
                // Every third link of a chain is weaker than all others.
                if !step.is_multiple_of(3) && without != Some(at) {
                    components.join(at - 1, at);
                }
            }
        }
        for at in (1..count * length).filter(|at| (at % length).is_multiple_of(3)) {
            components.join(at - 1, at);
        }
        components.groups()
    }

    #[test]
    fn a_change_in_what_is_too_large_leaves_the_rest_as_it_was() {
        let (before, after) = (chains(4, None), chains(4, Some(5)));
        assert!(before.iter().all(|group| group.len() <= LARGEST as usize));
        let same = before.iter().filter(|group| after.contains(group)).count();
        assert!(before.len() <= same + 4, "{same} of {} are as they were", before.len());
    }

    #[test]
    fn links_of_different_blocks_join() {
        let mut components = Components::new();
        components.join("b", "c");
        components.join("e", "d");
        components.join("a", "b");
        assert_eq!(components.groups(), [vec!["a", "b", "c"], vec!["d", "e"]]);
    }
}
