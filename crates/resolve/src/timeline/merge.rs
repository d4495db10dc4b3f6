//! Which occurrences of several reports are one: the same deed, on days that can be one and that a time
//! states, by nobody that speaks against it.

use std::collections::btree_map::Entry;
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
struct Group<'a> {
    places: Vec<Place>,
    days: Option<(WhenBasis, Interval)>,
    names: BTreeSet<&'a str>,
    said: bool,
}

/// Occurrences by what they tell: each is in one group, and groups of one report come first as that
/// report numbers them. Sorted; the same for any order of reports up to the indices.
pub fn merge(sources: &[Source<'_>]) -> Vec<Vec<Place>> {
    let mut by_deed: BTreeMap<&str, Vec<Group<'_>>> = BTreeMap::new();
    let mut order: Vec<usize> = (0..sources.len()).collect();
    order.sort_by_key(|at| sources[*at].report);
    for source in order {
        for (deed, group) in groups(source, sources[source].occurrences) {
            let earlier = by_deed.entry(deed).or_default();
            let fits = |other: &&mut Group<'_>| is_one(other, &group);
            match earlier.iter_mut().rev().take(NEAR).find(fits) {
                Some(other) => other.take(group),
                None => earlier.push(group),
            }
        }
    }
    let mut merged: Vec<_> = by_deed.into_values().flatten().map(|group| group.places).collect();
    merged.iter_mut().for_each(|places| places.sort_unstable());
    merged.sort_unstable();
    merged
}

/// The groups of one report, with their deeds.
fn groups(source: usize, occurrences: &[Occurrence]) -> Vec<(&str, Group<'_>)> {
    let mut by_number: BTreeMap<u32, (&str, Group<'_>)> = BTreeMap::new();
    for (occurrence, it) in occurrences.iter().enumerate() {
        let group = Group {
            places: vec![Place { source, occurrence }],
            days: (it.basis != WhenBasis::Open).then_some((it.basis, it.when)),
            names: it.parties.iter().flat_map(|party| &party.names).map(String::as_str).collect(),
            said: it.said,
        };
        match by_number.entry(it.one) {
            Entry::Occupied(mut whole) => whole.get_mut().1.take(group),
            Entry::Vacant(place) => {
                place.insert((it.deed.as_str(), group));
            }
        }
    }
    by_number.into_values().collect()
}

impl<'a> Group<'a> {
    fn take(&mut self, other: Group<'a>) {
        self.places.extend(other.places);
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

/// Whether groups of two reports tell one happening.
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
        && days.meets(other_days)
        && (shared || silent && exact)
}
