//! Numbers that several reports give of one thing: what they agree on, and how many independent origins do.

use std::collections::{BTreeMap, BTreeSet};

use chancery_annotate::mention::ActorKind;
use chancery_text::{Interval, Kind, RowId};

use super::disagreements::figures::{
    Count, Counts, DAYS, days_between, one_town, together, two_doers,
};
use super::events::Happening;
use super::told::shortened;
use super::word::Telling;
use super::{Case, made_of};
use crate::record::Quantity;

/// Groups of one number of one thing that each count is compared with.
const NEAR: usize = 16;
/// Members of a group that it is compared with.
const MEMBERS: usize = 8;

/// Counts of one number of one thing.
type Group<'a> = Vec<&'a Count>;

/// Numbers given by two reports or more, sorted by id.
pub(super) fn find(case: Case<'_>, happenings: &[Happening], counts: &Counts) -> Vec<Quantity> {
    let mut alike: BTreeMap<_, Vec<Group<'_>>> = BTreeMap::new();
    for count in &counts.all {
        let groups = alike.entry((&count.about, count.low.to_bits())).or_default();
        let fits = |group: &&mut Group<'_>| {
            let near = group.iter().take(MEMBERS);
            near.into_iter().any(|other| one_number(case, happenings, other, count))
        };
        match groups.iter_mut().rev().take(NEAR).find(fits) {
            Some(group) => group.push(count),
            None => groups.push(vec![count]),
        }
    }
    let groups = alike.into_values().flatten();
    let mut rows: Vec<_> = groups.filter_map(|group| quantity(case, &group)).collect();
    rows.sort_by_key(|row| row.id);
    rows
}

/// Whether two equal counts are of one thing: in one report said twice, or in two of nearly the same days.
fn one_number(case: Case<'_>, happenings: &[Happening], left: &Count, right: &Count) -> bool {
    let days = days_between(case.told[left.report].date, case.told[right.report].date);
    left.sum == right.sum
        && left.part == right.part
        && left.day.meets(right.day)
        && one_town(left, right)
        && together(left, right)
        && (left.sum || days.is_none_or(|days| days <= DAYS))
        && !two_doers(case, happenings, left, right)
}

fn quantity(case: Case<'_>, group: &[&Count]) -> Option<Quantity> {
    let reports: BTreeSet<_> = group.iter().map(|count| count.report).collect();
    if reports.len() < 2 {
        return None;
    }
    let figure = |count: &Count| &case.told[count.report].reading.observed.figures[count.figure];
    let mut figures: Vec<RowId> = group.iter().map(|count| figure(count).id).collect();
    figures.sort_unstable();
    let mut evidence: Vec<_> = group
        .iter()
        .map(|count| {
            let row = figure(count);
            case.told[count.report].evidence(row.span, "mention", Some(row.id))
        })
        .collect();
    evidence.sort();
    let first = group.iter().min_by_key(|count| figure(count).id)?;
    let words = |count: &Count| case.told[count.report].slice(figure(count).span);
    let high = group.iter().map(|count| count.high).fold(f64::INFINITY, f64::min);
    // A voice that is no actor is as often a phrase misread.
    let voices = group.iter().filter_map(|count| count.voice.as_ref());
    let names: BTreeSet<_> =
        voices.filter_map(|voice| Some(case.names.name(voice.actor.as_deref()?))).collect();
    let days = |day: Interval, count: &&Count| day.intersection(count.day).unwrap_or(day);
    Some(Quantity {
        id: made_of(Kind::Quantity, case.told[first.report].report(), &figures),
        text: shortened(words(first), 80),
        low: first.low,
        high: high.is_finite().then_some(high),
        counted: first.about.0.clone(),
        state: first.about.1.clone(),
        when: group.iter().fold(Interval::OPEN, days),
        on_word_of: names.into_iter().collect(),
        origins: case.behind(group.iter().map(|one| telling(case, one))).into_values().collect(),
        reports: reports.iter().map(|at| case.told[*at].report()).collect(),
        figures,
        evidence,
    })
}

/// The report of a count, and the actor on whose word it gives it.
fn telling(case: Case<'_>, count: &Count) -> Telling {
    let key = count.voice.as_ref().and_then(|voice| voice.actor.clone());
    let named = |kind| !matches!(kind, ActorKind::Role | ActorKind::People);
    let of_name = |key: &String| case.names.who(key).is_some_and(|who| named(who.kind));
    (count.report, key.filter(of_name))
}

#[cfg(test)]
mod tests {
    use chancery_annotate::figure::Bound;

    use super::super::{resolve, sample::Sample};
    use crate::record::Quantity;

    /// Reports of one day, each with its outlet, its text, the words of its number and the number.
    fn quantities(reports: &[(&str, &str, &str, f64)]) -> Vec<Quantity> {
        let reading = |(outlet, text, words, number): &(&str, &str, &str, f64)| {
            let sample = Sample::new(text).outlet(outlet).dated("2021-07-05").town("Tavish");
            sample.bounded(words, *number, "people", "kill", Bound::Exact).reading()
        };
        resolve(&reports.iter().map(reading).collect::<Vec<_>>()).quantities
    }

    const POST: &str =
        "A bomb killed nine people in the cattle market of Tavish, doctors there said.";
    const TIMES: &str =
        "In Tavish nine people were killed when a bomb went off at the cattle market.";

    #[test]
    fn a_number_that_two_reports_give_is_one_quantity() {
        let found = quantities(&[
            ("Merrow Post", POST, "nine people", 9.0),
            ("Tarn Times", TIMES, "nine people", 9.0),
        ]);
        let [one] = &found[..] else { panic!("{found:?}") };
        assert_eq!((one.low, one.state.as_str(), one.reports.len()), (9.0, "kill", 2));
        assert_eq!(one.figures.len(), 2);
        assert_ne!(one.origins[0], one.origins[1]);
    }

    #[test]
    fn other_numbers_and_other_towns_are_none() {
        let twelve = TIMES.replace("nine", "twelve");
        let other = [
            ("Merrow Post", POST, "nine people", 9.0),
            ("Tarn Times", &twelve, "twelve people", 12.0),
        ];
        assert_eq!(quantities(&other), []);
        let alone = [("Merrow Post", POST, "nine people", 9.0)];
        assert_eq!(quantities(&alone), []);
    }
}
