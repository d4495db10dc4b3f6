//! Which occurrences of several reports are one: the same deed, on days that can be one, of which one is exact
//! and a time states some, by nobody that speaks against it. A group that tells an act in several words has
//! several deeds.

use std::collections::{BTreeMap, BTreeSet};

use chancery_annotate::occurrence::{Occurrence, WhenBasis};
use chancery_text::Interval;

use super::Source;

/// Groups of one deed that another is compared with.
const NEAR: usize = 48;

/// An occurrence of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Index of the report among the sources.
    pub source: usize,
    /// Index of the occurrence in it.
    pub occurrence: usize,
}

/// Tellings of one happening, of one report or more.
#[derive(Default)]
struct Group<'a> {
    places: Vec<Place>,
    deeds: BTreeSet<&'a str>,
    days: Option<(WhenBasis, Interval)>,
    names: BTreeSet<&'a str>,
    said: bool,
}

/// Occurrences by what they tell: each is in one group, and groups of one report come first as that
/// report numbers them. Sorted; the same for any order of reports up to the indices.
pub fn merge(sources: &[Source<'_>]) -> Vec<Vec<Place>> {
    let mut merged: Vec<Group<'_>> = Vec::new();
    let mut by_deed: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut order: Vec<usize> = (0..sources.len()).collect();
    order.sort_by_key(|at| sources[*at].report);
    for source in order {
        for group in groups(source, sources[source].occurrences) {
            let deeds = group.deeds.clone();
            let earlier = deeds.iter().filter_map(|deed| by_deed.get(deed));
            let near = earlier.flat_map(|groups| groups.iter().rev().take(NEAR)).copied();
            let at = match near.filter(|at| is_one(&merged[*at], &group)).max() {
                Some(at) => {
                    merged[at].take(group);
                    at
                }
                None => {
                    merged.push(group);
                    merged.len() - 1
                }
            };
            for deed in deeds {
                let groups = by_deed.entry(deed).or_default();
                if !groups.contains(&at) {
                    groups.push(at);
                }
            }
        }
    }
    let mut merged: Vec<_> = merged.into_iter().map(|group| group.places).collect();
    merged.iter_mut().for_each(|places| places.sort_unstable());
    merged.sort_unstable();
    merged
}

/// The groups of one report.
fn groups(source: usize, occurrences: &[Occurrence]) -> Vec<Group<'_>> {
    let mut by_number: BTreeMap<u32, Group<'_>> = BTreeMap::new();
    for (occurrence, it) in occurrences.iter().enumerate() {
        by_number.entry(it.one).or_default().take(Group {
            places: vec![Place { source, occurrence }],
            deeds: (!it.refers).then_some(it.deed.as_str()).into_iter().collect(),
            days: (it.basis != WhenBasis::Open).then_some((it.basis, it.when)),
            names: it.parties.iter().flat_map(|party| &party.names).map(String::as_str).collect(),
            said: it.said,
        });
    }
    by_number.into_values().collect()
}

impl<'a> Group<'a> {
    fn take(&mut self, other: Group<'a>) {
        self.places.extend(other.places);
        self.deeds.extend(other.deeds);
        self.names.extend(other.names);
        self.said |= other.said;
        self.days = match (self.days, other.days) {
            (Some(one), Some(two)) => {
                let days = one.1.intersection(two.1).unwrap_or(one.min(two).1);
                Some((one.0.min(two.0), days))
            }
            (one, two) => one.or(two),
        };
    }
}

/// Whether groups of two reports tell one happening: both have days, of which one is exact and a time states
/// some, and they share a name, or the days are all the same and one names nobody.
fn is_one(one: &Group<'_>, other: &Group<'_>) -> bool {
    let (Some((basis, days)), Some((other_basis, other_days))) = (one.days, other.days) else {
        return false;
    };
    let elsewhere =
        other.places.iter().all(|at| one.places.iter().all(|it| it.source != at.source));
    let stated = basis == WhenBasis::Stated || other_basis == WhenBasis::Stated;
    let exact = days.single_day().is_some() || other_days.single_day().is_some();
    let shared = one.names.intersection(&other.names).next().is_some();
    let silent = one.names.is_empty() || other.names.is_empty();
    elsewhere
        && !(one.said || other.said)
        && stated
        && exact
        && days.meets(other_days)
        && (shared || silent && days == other_days)
}
