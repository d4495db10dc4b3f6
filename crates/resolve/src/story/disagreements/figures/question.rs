//! Whether two counts of two reports answer one question, and are no change over time.

use chancery_text::Interval;

use super::{Count, harmed};
use crate::story::Case;
use crate::story::disagreements::row::apart;
use crate::story::disagreements::toll::doers_of;
use crate::story::events::Happening;

/// Telling words that sentences about one thing share.
const SHARED: usize = 3;
/// Days within which reports tell one deadly thing; of others a change is likelier.
pub(in crate::story) const DAYS: i32 = 3;

/// Whether two numbers of two origins answer one question, on days too near for a change. The dead do not
/// grow fewer.
pub(super) fn one_count(
    case: Case<'_>,
    happenings: &[Happening],
    left: &Count,
    right: &Count,
) -> bool {
    let voices = left.voice.as_ref().zip(right.voice.as_ref());
    let one_voice = voices.is_some_and(|(a, b)| a == b);
    let [a, b] = [left, right].map(|count| count.about.0.as_str());
    // Fighters and civilians are two sides' dead.
    let one_sort = a == b || a == "people" || b == "people";
    if one_voice || !one_sort || !left.day.meets(right.day) || !one_town(left, right) {
        return false;
    }
    let far = if matches!(left.about.1.as_str(), "kill" | "wound") { DAYS } else { 1 };
    let days = days_between(case.told[left.report].date, case.told[right.report].date);
    let two_voices = voices.is_some_and(|(a, b)| a.differs(b, case));
    left.report != right.report
        && together(left, right)
        && days.is_some_and(|days| days <= far)
        && (two_voices || apart(case, left.report, right.report))
        && !grew(case, left, right)
        && !tells_both(case, left, right)
        && !two_doers(case, happenings, left, right)
}

/// Whether two counts are told as done by two who cannot be one.
pub(in crate::story) fn two_doers(
    case: Case<'_>,
    happenings: &[Happening],
    left: &Count,
    right: &Count,
) -> bool {
    let [a, b] = [left, right].map(|count| doers_of(case, happenings, count));
    let one = |a: &String, b: &String| case.names.compatible(a, b) || case.names.compatriots(a, b);
    !a.is_empty() && !b.is_empty() && !a.iter().any(|a| b.iter().any(|b| one(a, b)))
}

/// Whether one of the reports gives the number of the other too.
fn tells_both(case: Case<'_>, left: &Count, right: &Count) -> bool {
    let figure = |count: &Count| &case.told[count.report].reading.observed.figures[count.figure];
    harmed(case, left.report, figure(right)) || harmed(case, right.report, figure(left))
}

/// Whether two counts of two reports are of one happening: told as one, or in sentences about the same
/// things, or both opening their reports, from one town.
pub(in crate::story) fn together(left: &Count, right: &Count) -> bool {
    let shared = left.context.intersection(&right.context).count();
    let town = left.shares_a_town(right);
    !left.events.is_disjoint(&right.events)
        || SHARED <= shared
        || (left.opens && right.opens && town)
}

/// Whether the two name no towns that are apart.
pub(in crate::story) fn one_town(left: &Count, right: &Count) -> bool {
    left.towns.is_empty() || right.towns.is_empty() || left.shares_a_town(right)
}

/// Days between two intervals, none if they meet; `None` where an end is open.
pub(in crate::story) fn days_between(left: Interval, right: Interval) -> Option<i32> {
    let ((a, b), (c, d)) = (left.first.zip(left.last)?, right.first.zip(right.last)?);
    let gap = if b < c { b.until(c) } else { d.until(a) };
    Some(gap.ok()?.get_days().max(0))
}

/// Whether the later report has the higher number: a toll that rose.
fn grew(case: Case<'_>, left: &Count, right: &Count) -> bool {
    // By the lower ends: "at least four" has no upper one.
    let (lower, higher) = if left.low < right.low { (left, right) } else { (right, left) };
    let (before, after) = (case.told[lower.report].date, case.told[higher.report].date);
    match (before.first, after.last) {
        (Some(before), Some(after)) => before < after,
        // Without dates nobody can tell a change from a clash.
        _ => true,
    }
}
