//! The ledger across reports: like undertakings merged, and later rows that bear on them.

use std::collections::{BTreeMap, BTreeSet};

use chancery_annotate::event::{Event, EventType, Status};
use chancery_annotate::undertaking::UndertakingKind;
use chancery_text::{Interval, Kind, RowId, Span};

use super::alignment::agreement;
use super::events::Happening;
use super::told::{Told, shortened};
use super::{Case, bearings, made_of};
use crate::record::{Statement, Undertaking};

/// Share of the shorter wording's content words that must agree.
const ALIKE: f64 = 0.5;
/// Content words that must agree.
const LEAST: usize = 3;

/// One mention, with what comparison looks at.
#[derive(Debug, Clone)]
pub(super) struct Given {
    pub report: usize,
    pub row: usize,
    pub id: RowId,
    pub kind: UndertakingKind,
    pub by: Vec<String>,
    pub to: Vec<String>,
    pub negated: bool,
    pub what: Span,
    pub content: Vec<u64>,
}

/// An undertaking and the mentions it was made of.
pub(super) struct Ledger {
    pub row: Undertaking,
    /// The mention most like the others.
    pub best: Given,
    /// Each mention, and the days on which it was given.
    pub members: Vec<(Given, Interval)>,
}

/// Undertakings, sorted by id.
pub(super) fn find(
    case: Case<'_>,
    happenings: &[Happening],
    statements: &[Statement],
) -> Vec<Undertaking> {
    let mut ledger: Vec<_> = clusters(case, all(case))
        .into_iter()
        .map(|members| undertaking(case, statements, members))
        .collect();
    ledger.sort_by_key(|entry| entry.row.id);
    let bearings = bearings::find(case, &ledger, happenings, statements);
    let rows = ledger.into_iter().zip(bearings);
    rows.map(|(entry, bearings)| Undertaking { bearings, ..entry.row }).collect()
}

fn all(case: Case<'_>) -> Vec<Given> {
    let mut all: Vec<_> = (0..case.told.len())
        .flat_map(|report| {
            let rows = 0..case.told[report].reading.observed.undertakings.len();
            rows.map(move |row| given(case, report, row))
        })
        .collect();
    all.sort_by_key(|given| (std::cmp::Reverse(given.content.len()), given.id));
    all
}

fn given(case: Case<'_>, report: usize, row: usize) -> Given {
    let told = &case.told[report];
    let mention = &told.reading.observed.undertakings[row];
    Given {
        report,
        row,
        id: mention.id,
        kind: mention.kind,
        by: case.names.keys(told, &mention.by),
        to: case.names.keys(told, &mention.to),
        negated: mention.negated,
        what: mention.what,
        content: told.content(mention.what),
    }
}

fn clusters(case: Case<'_>, all: Vec<Given>) -> Vec<Vec<Given>> {
    let mut clusters: Vec<Vec<Given>> = Vec::new();
    let mut under: BTreeMap<(UndertakingKind, u64), Vec<usize>> = BTreeMap::new();
    // Two cues of one clause: "made promises of security" is told once.
    let mut told_once: BTreeMap<(usize, UndertakingKind), Vec<(Span, usize)>> = BTreeMap::new();
    for given in all {
        let keys: BTreeSet<_> = given.content.iter().map(|stem| (given.kind, *stem)).collect();
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for at in keys.iter().filter_map(|key| under.get(key)).flatten().take(4096) {
            *shared.entry(*at).or_default() += 1;
        }
        let likely = shared.into_iter().filter(|(_, count)| LEAST <= *count).map(|(at, _)| at);
        let fits =
            |at: &usize| clusters[*at].iter().take(24).all(|other| same(case, other, &given));
        let (once, what) = ((given.report, given.kind), given.what);
        let again = told_once
            .get(&once)
            .and_then(|list| list.iter().find(|(told, _)| told.overlaps(what)).map(|(_, at)| *at));
        let at = match again.or_else(|| likely.into_iter().find(fits)) {
            Some(at) => {
                clusters[at].push(given);
                at
            }
            None => {
                clusters.push(vec![given]);
                clusters.len() - 1
            }
        };
        told_once.entry(once).or_default().push((what, at));
        for key in keys {
            let list = under.entry(key).or_default();
            if list.last() != Some(&at) {
                list.push(at);
            }
        }
    }
    clusters
}

fn same(case: Case<'_>, left: &Given, right: &Given) -> bool {
    let agreement = agreement(&left.content, &right.content);
    left.kind == right.kind
        && left.negated == right.negated
        && agree(case, &left.by, &right.by)
        && LEAST <= agreement.words
        && ALIKE <= agreement.share
}

/// Whether one side is silent or both name somebody who can be one.
fn agree(case: Case<'_>, left: &[String], right: &[String]) -> bool {
    left.is_empty() || right.is_empty() || meet(case, left, right)
}

pub(super) fn meet(case: Case<'_>, left: &[String], right: &[String]) -> bool {
    left.iter().any(|a| right.iter().any(|b| case.names.compatible(a, b)))
}

fn undertaking(case: Case<'_>, statements: &[Statement], mut members: Vec<Given>) -> Ledger {
    members.sort_by_key(|member| member.id);
    let best = best(case, &members).clone();
    let told = &case.told[best.report];
    let mention = &told.reading.observed.undertakings[best.row];
    let (what, kind) = (shortened(told.slice(mention.what), 300), best.kind);
    let by = keys(members.iter().flat_map(|member| &member.by));
    // Two names of one party may turn out the same only across reports.
    let to = keys(members.iter().flat_map(|member| &member.to).filter(|key| !by.contains(key)));
    let reports: BTreeSet<_> = members.iter().map(|member| member.report).collect();
    let condition =
        first(case, &members, |told, m| m.condition.map(|span| shortened(told.slice(span), 200)));
    let deadline = first(case, &members, |told, m| Some(told.time(m.deadline?)?.interval));
    let when = when(case, statements, &members);
    let mut evidence: Vec<_> = members
        .iter()
        .map(|m| {
            let told = &case.told[m.report];
            let span = told.reading.observed.undertakings[m.row].span;
            told.evidence(span, "mention", Some(m.id))
        })
        .collect();
    evidence.sort();
    let first = case.told[members[0].report].report();
    let row = Undertaking {
        id: made_of(Kind::Undertaking, first, members.iter().map(|member| member.id)),
        kind,
        by,
        to,
        what,
        condition,
        deadline,
        when,
        mentions: members.iter().map(|member| member.id).collect(),
        origins: reports.iter().map(|&at| case.origins[at]).collect(),
        reports: reports.iter().map(|&at| case.told[at].report()).collect(),
        bearings: Vec::new(),
        evidence,
    };
    let days = |member: Given| {
        let days = given_on(case, statements, &member);
        (member, days)
    };
    Ledger { row, best, members: members.into_iter().map(days).collect() }
}

/// The mention most like the others; the fuller one among equals.
fn best<'a>(case: Case<'_>, members: &'a [Given]) -> &'a Given {
    let alike = |given: &Given| -> usize {
        members.iter().take(40).map(|other| agreement(&given.content, &other.content).words).sum()
    };
    let quoted = |given: &Given| {
        let told = &case.told[given.report];
        told.reading.observed.undertakings[given.row].quotation.is_some()
    };
    members
        .iter()
        .max_by_key(|given| (alike(given), quoted(given), std::cmp::Reverse(given.id)))
        .expect("a cluster holds the mention it was made for")
}

fn keys<'a>(keys: impl Iterator<Item = &'a String>) -> Vec<String> {
    keys.cloned().collect::<BTreeSet<_>>().into_iter().collect()
}

fn first<T>(
    case: Case<'_>,
    members: &[Given],
    pick: impl Fn(&Told<'_>, &chancery_annotate::undertaking::Undertaking) -> Option<T>,
) -> Option<T> {
    members.iter().find_map(|member| {
        let told = &case.told[member.report];
        pick(told, &told.reading.observed.undertakings[member.row])
    })
}

/// The days on which it was given: of the mentions the earliest.
fn when(case: Case<'_>, statements: &[Statement], members: &[Given]) -> Interval {
    let days = members.iter().map(|member| given_on(case, statements, member));
    let earliest =
        days.filter(|days| days.last.is_some()).min_by_key(|days| (days.last, days.first));
    earliest.unwrap_or(Interval::OPEN)
}

/// The day that the words date the act of giving it on, else that of the statement it is part of. What
/// names no day is news of its report.
fn given_on(case: Case<'_>, statements: &[Statement], given: &Given) -> Interval {
    let told = &case.told[given.report];
    let observed = &told.reading.observed;
    let mention = &observed.undertakings[given.row];
    let done = |event: &&Event| {
        let real = matches!(event.status, Status::Happened | Status::UnderWay | Status::Historical);
        real && event.when.first.is_some() && event.when.last <= told.date.last
    };
    let act = |event: &&Event| event.trigger.overlaps(mention.cue);
    // "met the envoys last month, promising that …"
    let occasion = |event: &&Event| {
        let meets = matches!(event.plover, EventType::Consult | EventType::Agree);
        meets && event.span.contains(mention.cue) && !mention.what.contains(event.trigger)
    };
    let events = || observed.events.iter().filter(done);
    let nearest = events().filter(occasion).min_by_key(|event| event.span.len());
    if let Some(event) = events().find(act).or(nearest) {
        return event.when;
    }
    let part = |one: &&Statement| {
        one.wordings.iter().any(|wording| Some(wording.quotation) == mention.quotation)
    };
    statements.iter().find(part).map_or(told.date, |one| one.when)
}

#[cfg(test)]
mod tests {
    use super::super::{resolve, sample::Sample};
    use super::*;

    fn promise(text: &str, what: &str) -> crate::Reading {
        Sample::new(text)
            .person("Odo Brandt", "person:odo-brandt", "SAL", "rebel leader")
            .undertakes("Odo Brandt", what, UndertakingKind::Promise)
            .reading()
    }

    #[test]
    fn one_promise_in_two_wordings_is_one_undertaking() {
        let readings = [
            promise(
                "Odo Brandt vowed to open the harbour of Tavish to grain ships.",
                "open the harbour of Tavish to grain ships",
            ),
            promise(
                "Odo Brandt pledged the harbour of Tavish would be open to ships with grain.",
                "harbour of Tavish would be open to ships with grain",
            ),
            promise(
                "Odo Brandt vowed to free all prisoners before the winter.",
                "free all prisoners before the winter",
            ),
        ];
        let rows = resolve(&readings).undertakings;
        assert_eq!(rows.len(), 2);
        assert!(rows.iter().any(|row| row.mentions.len() == 2));
    }

    #[test]
    fn nobody_undertakes_to_himself() {
        let text = "Odo Brandt vowed to open the harbour of Tavish to grain ships.";
        let mut reading = promise(text, "open the harbour of Tavish to grain ships");
        let one = &mut reading.observed.undertakings[0];
        one.to.clone_from(&one.by);
        let rows = resolve(&[reading]).undertakings;
        assert_eq!((rows[0].by.len(), rows[0].to.len()), (1, 0));
    }

    #[test]
    fn what_was_promised_at_a_meeting_was_promised_on_its_day() {
        let text = "Odo Brandt met envoys in May, vowing to open the harbour of Tavish.";
        let reading = Sample::new(text)
            .dated("2021-06-20")
            .person("Odo Brandt", "person:odo-brandt", "SAL", "rebel leader")
            .undertakes("Odo Brandt", "vowing to open the harbour", UndertakingKind::Promise)
            .event(
                text,
                "met",
                EventType::Consult,
                ("Odo Brandt", ""),
                "2021-05-01/2021-05-31",
                Status::Happened,
            )
            .reading();
        assert_eq!(resolve(&[reading]).undertakings[0].when.to_string(), "2021-05-01/2021-05-31");
    }
}
