use std::collections::{BTreeMap, BTreeSet};

use chancery_text::ReportId;

use crate::line::Stories;

/// What the record says of copies.
#[derive(Debug, Default)]
pub struct Found {
    /// Pairs of reports of one family, the lesser first.
    pub pairs: BTreeSet<(ReportId, ReportId)>,
    /// The parents of each report, one for each family that it is in.
    pub parents: BTreeMap<ReportId, Vec<ReportId>>,
    /// The story of each report, by number.
    pub stories: BTreeMap<ReportId, usize>,
}

impl Found {
    /// Of all stories.
    pub fn of(stories: &Stories) -> Self {
        let mut found = Self::default();
        for (at, (readings, _)) in stories.iter().enumerate() {
            found.stories.extend(readings.iter().map(|reading| (reading.report.id, at)));
        }
        for family in stories.iter().flat_map(|(_, conclusions)| &conclusions.families) {
            // Members are sorted by report.
            for (at, left) in family.members.iter().enumerate() {
                let rest = family.members[at + 1..].iter();
                found.pairs.extend(rest.map(|right| (left.report, right.report)));
                if let Some(parent) = left.parent {
                    found.parents.entry(left.report).or_default().push(parent);
                }
            }
        }
        found
    }
}
