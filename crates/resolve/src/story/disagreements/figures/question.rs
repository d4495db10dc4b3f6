//! Whether two counts answer one question, and are no change over time.

use chancery_annotate::mention::ActorKind;
use chancery_text::Interval;

use super::{Count, harmed};
use crate::story::Case;
use crate::story::disagreements::row::apart;

/// Telling words that sentences about one thing share.
const SHARED: usize = 3;
/// Sentences of one report within which two voices speak of one thing.
const CLOSE: usize = 3;
/// Days within which reports tell one deadly thing; of others a change is likelier.
const DAYS: i32 = 3;

/// Whether two numbers answer one question: two voices of one report in neighbouring sentences, or two
/// origins that tell one thing, on days too near for a change. The dead do not grow fewer.
pub(super) fn one_count(case: Case<'_>, left: &Count, right: &Count) -> bool {
    let voices = left.voice.is_some() && right.voice.is_some();
    if voices && left.voice == right.voice || !left.day.meets(right.day) || !one_town(left, right) {
        return false;
    }
    if left.report == right.report {
        let one_sentence = left.sentence == right.sentence;
        let close = left.row.abs_diff(right.row) <= CLOSE && two_voices(case, left, right);
        return voices && (one_sentence || (close && !part_of(case, left, right)));
    }
    let far = if matches!(left.about.1.as_str(), "kill" | "wound") { DAYS } else { 1 };
    let days = days_between(case.told[left.report].date, case.told[right.report].date);
    together(left, right)
        && days.is_some_and(|days| days <= far)
        && (voices || apart(case, left.report, right.report))
        && !grew(case, left, right)
        && !tells_both(case, left, right)
}

/// Whether one of the reports gives the number of the other too.
fn tells_both(case: Case<'_>, left: &Count, right: &Count) -> bool {
    let figure = |count: &Count| &case.told[count.report].reading.observed.figures[count.figure];
    harmed(case, left.report, figure(right)) || harmed(case, right.report, figure(left))
}

/// Whether the two voices are surely two: "the monitor" may be anybody.
fn two_voices(case: Case<'_>, left: &Count, right: &Count) -> bool {
    let both = left.voice.as_ref().zip(right.voice.as_ref());
    let named = |key: &str| case.names.who(key).is_some_and(|who| who.kind != ActorKind::Role);
    both.is_some_and(|(a, b)| !case.names.compatible(a, b) && named(a) && named(b))
}

/// Whether the smaller number is told with another town, or is one of several that make up the larger.
fn part_of(case: Case<'_>, left: &Count, right: &Count) -> bool {
    let (smaller, larger) = if left.high < right.low { (left, right) } else { (right, left) };
    let told = &case.told[left.report];
    let figures = told.reading.observed.figures.iter().enumerate();
    let rest = larger.low - smaller.low;
    // One more or less is a slip as often as a part.
    let apart = 2.0 <= rest;
    let complements = figures.filter(|(at, _)| ![smaller.figure, larger.figure].contains(at));
    let given = complements.into_iter().any(|(_, figure)| figure.low == Some(rest));
    (apart && given) || !smaller.towns.is_subset(&larger.towns)
}

/// Whether two counts of two reports are of one happening: told as one, or in sentences about the same
/// things, or both the news of their reports, from one town.
pub(in crate::story::disagreements) fn together(left: &Count, right: &Count) -> bool {
    let shared = left.context.intersection(&right.context).count();
    let town = !left.towns.is_disjoint(&right.towns);
    !left.events.is_disjoint(&right.events)
        || SHARED <= shared
        || (left.leads && right.leads && town)
}

/// Whether the two name no towns that are apart.
fn one_town(left: &Count, right: &Count) -> bool {
    left.towns.is_empty() || right.towns.is_empty() || !left.towns.is_disjoint(&right.towns)
}

/// Days between two intervals, none if they meet; `None` where an end is open.
pub(in crate::story::disagreements) fn days_between(
    left: Interval,
    right: Interval,
) -> Option<i32> {
    let ((a, b), (c, d)) = (left.first.zip(left.last)?, right.first.zip(right.last)?);
    let gap = if b < c { b.until(c) } else { d.until(a) };
    Some(gap.ok()?.get_days().max(0))
}

/// Whether the later report has the higher number: a toll that rose.
fn grew(case: Case<'_>, left: &Count, right: &Count) -> bool {
    let (lower, higher) = if left.high < right.low { (left, right) } else { (right, left) };
    let (before, after) = (case.told[lower.report].date, case.told[higher.report].date);
    match (before.first, after.last) {
        (Some(before), Some(after)) => before < after,
        // Without dates nobody can tell a change from a clash.
        _ => true,
    }
}
