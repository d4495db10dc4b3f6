//! A cluster of mentions as a row.

use std::collections::{BTreeMap, BTreeSet};

use chancery_annotate::event::{EventType, Status};
use chancery_text::{Kind, RowId};

use super::super::word::{Telling, sayer};
use super::super::{Case, made_of};
use super::footing::footing;
use super::one::{actors_agree, crossed};
use super::summary::summary;
use super::{Happening, Member, specificity};
use crate::record::Event;

pub(super) fn happening(case: Case<'_>, mut members: Vec<Member>) -> Happening {
    members.sort_by_key(|member| member.id);
    let told = case.told;
    let best = fullest(&members);
    let mention = &told[best.report].reading.observed.events[best.event];
    let reports: BTreeSet<_> = members.iter().map(|member| member.report).collect();
    let when = members.iter().fold(best.when, |when, m| when.intersection(m.when).unwrap_or(when));
    let (sources, targets) = sides(case, best, &members);
    let place = best.place.clone().or_else(|| members.iter().find_map(|m| m.place.clone()));
    let status = status(case, &members);
    let mut evidence: Vec<_> = members
        .iter()
        .map(|m| {
            let span = told[m.report].reading.observed.events[m.event].span;
            told[m.report].evidence(span, "mention", Some(m.id))
        })
        .collect();
    evidence.sort();
    let contexts: BTreeSet<_> = members
        .iter()
        .flat_map(|m| &told[m.report].reading.observed.events[m.event].contexts)
        .cloned()
        .collect();
    let first = told[members[0].report].report();
    let behind = case.behind(members.iter().map(|member| telling(case, member)));
    let (footing, on_word_of) = footing(case, &members, (&sources, &targets));
    let row = Event {
        id: made_of(Kind::Event, first, members.iter().map(|member| member.id)),
        summary: summary(case, best, (&sources, &targets), status),
        plover: mention.plover,
        mode: mention.mode.clone(),
        contexts: contexts.into_iter().collect(),
        cameo: mention.cameo.clone(),
        quad: mention.plover.quad(),
        score: score(mention.plover),
        status,
        sources,
        targets,
        place: place.map(|(_, name)| name),
        footing,
        on_word_of,
        when,
        mentions: members.iter().map(|member| member.id).collect(),
        origins: behind.into_values().collect(),
        reports: reports.iter().map(|&at| told[at].report()).collect(),
        evidence,
    };
    Happening { row, members }
}

/// The report of a mention, and on whose word it tells it.
fn telling(case: Case<'_>, member: &Member) -> Telling {
    let told = &case.told[member.report];
    let observed = &told.reading.observed;
    let within = observed.events[member.event].quotation;
    let quotation = observed.quotations.iter().find(|one| Some(one.id) == within);
    (member.report, quotation.and_then(|quotation| sayer(told, case.names, quotation)))
}

/// The mention that says most; among equals the lesser id.
fn fullest(members: &[Member]) -> &Member {
    members
        .iter()
        .min_by_key(|member| (std::cmp::Reverse(specificity(member)), member.id))
        .expect("a cluster holds the mention it was made for")
}

/// Who acted and on whom, by all mentions, turned as the best one has them: of a meeting, one
/// report may name the guest first and another the host.
fn sides(case: Case<'_>, best: &Member, members: &[Member]) -> (Vec<String>, Vec<String>) {
    let (mut sources, mut targets) = (Vec::new(), Vec::new());
    for member in members {
        let straight = actors_agree(case.names, best, member);
        let (from, to) = if straight || !crossed(case.names, best, member) {
            (&member.sources, &member.targets)
        } else {
            (&member.targets, &member.sources)
        };
        sources.extend(from);
        targets.extend(to);
    }
    let sources = specific(case, sources.into_iter());
    let mut targets = specific(case, targets.into_iter());
    let same = |a: &str, b: &str| case.names.compatible(a, b);
    targets.retain(|key| !sources.contains(key));
    let kind = |key: &str| case.names.who(key).map(|who| who.kind);
    let doubled =
        |key: &String| targets.iter().any(|target| same(key, target) && kind(target) < kind(key));
    let kept: Vec<_> = sources.iter().filter(|key| !doubled(key)).cloned().collect();
    (if kept.is_empty() { sources } else { kept }, targets)
}

/// The keys, without a state or group for which a named one of them acts.
fn specific<'a>(case: Case<'_>, keys: impl Iterator<Item = &'a String>) -> Vec<String> {
    let keys: BTreeSet<_> = keys.cloned().collect();
    let rank = |key: &String| case.names.who(key).map(|who| who.kind);
    let covered = |key: &&String| {
        keys.iter().any(|other| {
            other != *key && case.names.compatible(key, other) && rank(other) < rank(key)
        })
    };
    keys.iter().filter(|key| !covered(key)).cloned().collect()
}

/// What the latest report says; among reports of one day, what most origins say.
fn status(case: Case<'_>, members: &[Member]) -> Status {
    let day = |member: &Member| {
        let date = case.told[member.report].date;
        date.last.or(date.first)
    };
    let latest = members.iter().map(day).max().flatten();
    let mut voices: BTreeMap<Status, BTreeSet<RowId>> = BTreeMap::new();
    for member in members.iter().filter(|member| latest.is_none() || day(member) == latest) {
        voices.entry(member.status).or_default().extend(case.origins_of([member.report]));
    }
    let loudest =
        voices.iter().max_by_key(|(status, origins)| (origins.len(), std::cmp::Reverse(**status)));
    loudest.map_or(Status::Happened, |(status, _)| *status)
}

/// A type's score on PLOVER's conflict–cooperation scale.
const fn score(plover: EventType) -> f64 {
    match plover {
        EventType::Agree => 3.0,
        EventType::Consult => 1.0,
        EventType::Support => 4.0,
        EventType::Concede => 5.0,
        EventType::Cooperate => 6.0,
        EventType::Aid => 7.0,
        EventType::Retreat => 5.0,
        EventType::Request => -1.0,
        EventType::Accuse => -2.0,
        EventType::Reject => -4.0,
        EventType::Threaten => -5.0,
        EventType::Protest => -6.0,
        EventType::Sanction => -4.0,
        EventType::Mobilize => -7.0,
        EventType::Coerce => -7.0,
        EventType::Assault => -10.0,
    }
}
