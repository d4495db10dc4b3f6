//! The clusters of mentions that mean the same, while they grow from left to right.

/// Clusters over the first mentions of a report.
#[derive(Debug, Clone, Default)]
pub struct Clusters {
    of: Vec<u32>,
    members: Vec<Vec<u32>>,
}

impl Clusters {
    /// Takes the next mention into the cluster of an earlier one, or into a new one.
    pub fn add(&mut self, antecedent: Option<usize>) {
        let at = self.of.len() as u32;
        let cluster = match antecedent {
            Some(before) => self.of[before],
            None => {
                self.members.push(Vec::new());
                self.members.len() as u32 - 1
            }
        };
        self.of.push(cluster);
        self.members[cluster as usize].push(at);
    }

    /// The mentions of each cluster, in the order of their first.
    pub fn members(&self) -> impl Iterator<Item = &[u32]> {
        self.members.iter().map(Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_join_through_other_links() {
        let mut clusters = Clusters::default();
        for antecedent in [None, None, Some(0), Some(2), Some(1)] {
            clusters.add(antecedent);
        }
        let members: Vec<_> = clusters.members().collect();
        assert_eq!(members, [&[0, 2, 3][..], &[1, 4]]);
    }
}
