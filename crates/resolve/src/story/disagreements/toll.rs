//! One toll in one town, and two who are said to have caused it, or two days on which it is said to have
//! been.

use std::collections::BTreeSet;

use chancery_annotate::mention::ActorKind;

use super::SHOWN;
use super::figures::{Count, Counts, days_between, said, side_of, together};
use super::row::{apart, shown};
use crate::record::{Disagreement, Topic};
use crate::story::Case;
use crate::story::events::{Happening, Member};

/// The lowest number that is telling: many attacks kill one or two.
const TELLING: f64 = 4.0;
/// Counts with one number that each is compared with.
const NEAR: usize = 16;

/// Reports that give one number of dead in one town on one day, but to two doers.
pub(super) fn doers(
    case: Case<'_>,
    happenings: &[Happening],
    counts: &Counts,
) -> Vec<Disagreement> {
    let mut rows = Vec::new();
    let harm =
        counts.of_one.iter().filter(|((_, state), _)| matches!(state.as_str(), "kill" | "wound"));
    for counts in harm.map(|(_, counts)| counts) {
        let mut seen = BTreeSet::new();
        for (at, left) in counts.iter().enumerate() {
            let near = counts[at + 1..].iter().filter(|right| one_toll(case, left, right));
            for right in near.take(NEAR) {
                let Some(pair) = two_doers(case, happenings, left, right) else { continue };
                if seen.len() < SHOWN && seen.insert(pair.clone()) {
                    rows.push(doer_row(case, [left, right], &pair));
                }
            }
        }
    }
    rows
}

/// Reports that give one number of dead of one happening, but two days for it.
pub(super) fn days(case: Case<'_>, counts: &Counts) -> Vec<Disagreement> {
    let mut rows = Vec::new();
    let harm =
        counts.of_one.iter().filter(|((_, state), _)| matches!(state.as_str(), "kill" | "wound"));
    for counts in harm.map(|(_, counts)| counts) {
        let mut seen = BTreeSet::new();
        for (at, left) in counts.iter().enumerate() {
            let near = counts[at + 1..].iter().filter(|right| two_days(case, left, right));
            for right in near.take(NEAR) {
                let days = left.day.single_day().min(right.day.single_day());
                if seen.len() < SHOWN && seen.insert((days, left.low.to_bits())) {
                    rows.push(day_row(case, [left, right]));
                }
            }
        }
    }
    rows
}

/// Telling words that sentences of one happening share, where no day holds them together.
const ONE_HAPPENING: usize = 5;
/// Days by which two accounts of one happening may differ.
const DAYS: i32 = 3;

fn two_days(case: Case<'_>, left: &Count, right: &Count) -> bool {
    let days = left.day.single_day().zip(right.day.single_day());
    let gap = days.and_then(|(a, b)| a.until(b).ok()).map(|gap| gap.get_days().abs());
    let shared = left.context.intersection(&right.context).count();
    left.report != right.report
        && TELLING < left.low
        && (left.low, left.high) == (right.low, right.high)
        && gap.is_some_and(|gap| (1..=DAYS).contains(&gap))
        && left.shares_a_town(right)
        && ONE_HAPPENING <= shared
        && apart(case, left.report, right.report)
}

fn day_row(case: Case<'_>, counts: [&Count; 2]) -> Disagreement {
    let [left, right] = counts.map(|count| said(case, count));
    let [a, b] = counts.map(|count| count.day.to_string());
    let sentence = format!("on which day, {a} or {b}? {left}; {right}");
    let sides = counts.map(|count| vec![side_of(case, count.report, count.figure)]);
    shown(case, Topic::Date, None, sides, sentence)
}

fn one_toll(case: Case<'_>, left: &Count, right: &Count) -> bool {
    let days = days_between(case.told[left.report].date, case.told[right.report].date);
    left.report != right.report
        && TELLING <= left.low
        && (left.low, left.high) == (right.low, right.high)
        && left.shares_a_town(right)
        && left.day.meets(right.day)
        && days.is_some_and(|days| days <= 1)
        && together(left, right)
        && apart(case, left.report, right.report)
}

/// The two who did it, by the events that the counts stand in, if they cannot be one.
fn two_doers(
    case: Case<'_>,
    happenings: &[Happening],
    left: &Count,
    right: &Count,
) -> Option<[String; 2]> {
    let [a, b] = [left, right].map(|count| doers_of(case, happenings, count));
    let one = |a: &String, b: &String| case.names.compatible(a, b) || case.names.compatriots(a, b);
    if a.iter().any(|a| b.iter().any(|b| one(a, b))) {
        return None;
    }
    let mut pair = [a.first()?.clone(), b.first()?.clone()];
    pair.sort();
    Some(pair)
}

/// Parties that the events of a count's clause name as having done it.
pub(super) fn doers_of(case: Case<'_>, happenings: &[Happening], count: &Count) -> Vec<String> {
    let own = |member: &&Member| member.report == count.report;
    let members = count.events.iter().flat_map(|at| happenings[*at].members.iter().filter(own));
    let keys = members.flat_map(|member| member.sources.iter());
    let party = |key: &&String| {
        let who = case.names.who(key);
        who.is_some_and(|who| !matches!(who.kind, ActorKind::Role | ActorKind::People))
    };
    let keys: BTreeSet<_> = keys.filter(party).cloned().collect();
    keys.into_iter().collect()
}

fn doer_row(case: Case<'_>, counts: [&Count; 2], pair: &[String; 2]) -> Disagreement {
    let [left, right] = counts.map(|count| said(case, count));
    let [a, b] = [0, 1].map(|at| case.names.name(&pair[at]));
    let sentence = format!("who did it, {a} or {b}? {left}; {right}");
    let sides = counts.map(|count| vec![side_of(case, count.report, count.figure)]);
    shown(case, Topic::Actor, None, sides, sentence)
}
