//! What later rows make of an undertaking: given again, weakened, extended, contradicted, met or broken.
//!
//! No verdict without the record's own words: a deed meets or breaks an undertaking only where its verb is
//! the one that was undertaken, and its doer the one who was to do it. What only tells of the same matter is
//! kept as that.

use std::collections::{BTreeMap, BTreeSet};

use chancery_annotate::event::Status;
use chancery_annotate::undertaking::UndertakingKind;
use chancery_text::{Interval, Span};

use super::Case;
use super::alignment::agreement;
use super::events::{Happening, Member};
use super::told::{content_of, shortened};
use super::undertakings::{Given, Ledger, meet};
use crate::record::{Bearing, BearingKind, Statement};
use crate::words::words;

/// Rows that are kept as bearing on one undertaking, verdicts first.
const MOST: usize = 12;
/// Share of the shorter wording's content words that two givings of one undertaking have in common.
const AGAIN: f64 = 0.5;
/// Share of the shorter clause's content words that an undertaking and what bears on it have in common.
const MATTER: f64 = 0.3;

/// What bears on each undertaking of a ledger.
///
/// Only rows that share a content word are compared.
pub(super) fn find(
    case: Case<'_>,
    ledger: &[Ledger],
    happenings: &[Happening],
    statements: &[Statement],
) -> Vec<Vec<Bearing>> {
    let deeds = Index::of(happenings.iter().map(|happening| {
        let stems = happening.members.iter().flat_map(|member| clause(case, member));
        stems.collect::<BTreeSet<_>>()
    }));
    let sayings = Index::of(statements.iter().map(|one| content(&one.text)));
    let givings =
        Index::of(ledger.iter().map(|entry| entry.best.content.iter().copied().collect()));
    ledger
        .iter()
        .map(|entry| {
            let near = |index: &Index| index.near(&entry.best.content);
            let mut bearings = given_again(case, entry);
            bearings.extend(near(&givings).filter_map(|at| later_giving(case, entry, &ledger[at])));
            bearings.extend(near(&deeds).filter_map(|at| deed(case, entry, &happenings[at])));
            bearings.extend(near(&sayings).filter_map(|at| saying(case, entry, &statements[at])));
            bearings.sort_by(|a, b| {
                (a.kind == BearingKind::BearsOn, a).cmp(&(b.kind == BearingKind::BearsOn, b))
            });
            bearings.dedup_by_key(|bearing| bearing.row);
            bearings.truncate(MOST);
            bearings.sort();
            bearings
        })
        .collect()
}

/// Which rows have a stem.
struct Index(BTreeMap<u64, Vec<usize>>);

/// Rows under one stem that are looked at.
const UNDER: usize = 256;

impl Index {
    fn of(rows: impl Iterator<Item = BTreeSet<u64>>) -> Self {
        let mut index: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for (at, stems) in rows.enumerate() {
            stems.into_iter().for_each(|stem| index.entry(stem).or_default().push(at));
        }
        Self(index)
    }

    /// The rows that share at least two stems.
    fn near(&self, stems: &[u64]) -> impl Iterator<Item = usize> + use<> {
        let stems: BTreeSet<u64> = stems.iter().copied().collect();
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for rows in stems.iter().filter_map(|stem| self.0.get(stem)) {
            rows.iter().take(UNDER).for_each(|at| *shared.entry(*at).or_default() += 1);
        }
        shared.into_iter().filter(|(_, count)| 2 <= *count).map(|(at, _)| at)
    }
}

fn content(text: &str) -> BTreeSet<u64> {
    content_of(text, Span::of(0..text.len())).into_iter().collect()
}

fn clause(case: Case<'_>, member: &Member) -> Vec<u64> {
    let told = &case.told[member.report];
    told.content(told.reading.observed.events[member.event].span)
}

/// Whether days lie wholly after others.
fn after(later: Interval, earlier: Interval) -> bool {
    matches!((earlier.last, later.first), (Some(a), Some(b)) if a < b)
}

/// Mentions of the undertaking itself that were given on a later day.
fn given_again(case: Case<'_>, entry: &Ledger) -> Vec<Bearing> {
    let later = entry.members.iter().filter(|(_, days)| after(*days, entry.row.when));
    let restated = |(given, days): &(Given, Interval)| {
        let told = &case.told[given.report];
        let words = shortened(told.slice(given.what), 160);
        let text = format!("given again: {} ({days}) has “{words}”", told.name());
        Bearing { row: given.id, kind: BearingKind::Restated, text }
    };
    later.map(restated).collect()
}

/// Another undertaking of the same party on the same matter, given later.
fn later_giving(case: Case<'_>, entry: &Ledger, other: &Ledger) -> Option<Bearing> {
    let (earlier, later) = (&entry.row, &other.row);
    let shared = agreement(&entry.best.content, &other.best.content);
    let same_matter = 2 <= shared.words && AGAIN <= shared.share;
    if earlier.id == later.id
        || !after(later.when, earlier.when)
        || !same_matter
        || !meet(case, &earlier.by, &later.by)
    {
        return None;
    }
    let kind = turn(entry, other)?;
    let how = match kind {
        BearingKind::Contradicted => "taken back",
        BearingKind::Weakened => "given with less",
        BearingKind::Extended => "put off",
        _ => "given again",
    };
    let told = &case.told[other.best.report];
    let condition = later.condition.as_ref().filter(|_| kind == BearingKind::Weakened);
    let on = condition.map_or(String::new(), |condition| format!(", {condition}"));
    let text = format!("{how}: {} ({}) has “{}{on}”", told.name(), later.when, later.what);
    Some(Bearing { row: later.id, kind, text })
}

/// What a later giving makes of an earlier one; `None` where the kinds cannot be set against each other.
fn turn(earlier: &Ledger, later: &Ledger) -> Option<BearingKind> {
    use UndertakingKind::{Demand, Expectation, Offer, Promise, Refusal, Threat};
    let (a, b) = (&earlier.row, &later.row);
    let refuses = a.kind != Refusal && b.kind == Refusal || a.kind == Refusal && b.kind == Promise;
    let opposite = earlier.best.negated != later.best.negated;
    let own = |kind| matches!(kind, Promise | Offer | Refusal | Threat);
    let alike = a.kind == b.kind
        || own(a.kind) && own(b.kind)
        || a.kind == Promise && b.kind == Expectation;
    if !alike || a.kind == Demand && b.kind != Demand {
        return None;
    }
    let less = a.kind == Promise && matches!(b.kind, Offer | Expectation);
    let later_end = matches!((a.deadline, b.deadline), (Some(a), Some(b)) if after(b, a));
    Some(match () {
        () if refuses != opposite => BearingKind::Contradicted,
        () if less || a.condition.is_none() && b.condition.is_some() => BearingKind::Weakened,
        () if later_end => BearingKind::Extended,
        () => BearingKind::Restated,
    })
}

/// A later event of who was to act, on the same matter.
fn deed(case: Case<'_>, entry: &Ledger, happening: &Happening) -> Option<Bearing> {
    let row = &entry.row;
    let real =
        matches!(happening.row.status, Status::Happened | Status::UnderWay | Status::Negated);
    let doers = if row.kind == UndertakingKind::Demand { &row.to } else { &row.by };
    if !real || !meet(case, doers, &happening.row.sources) {
        return None;
    }
    let member = happening.members.iter().find(|member| {
        let told = &case.told[member.report];
        let shared = agreement(&entry.best.content, &clause(case, member));
        let later = after(happening.row.when, row.when)
            || (after(told.date, row.when) && happening.row.when.last >= row.when.last);
        member.report != entry.best.report && later && 2 <= shared.words && MATTER <= shared.share
    })?;
    let kind = verdict(case, entry, happening, member);
    let how = match kind {
        BearingKind::Met => "done",
        BearingKind::Broken => "not kept",
        _ => "may bear on it",
    };
    let told = &case.told[member.report];
    let words = shortened(told.slice(told.reading.observed.events[member.event].span), 160);
    let text = format!("{how}: {} ({}) tells “{words}”", told.name(), told.date);
    Some(Bearing { row: happening.row.id, kind, text })
}

fn verdict(case: Case<'_>, entry: &Ledger, happening: &Happening, member: &Member) -> BearingKind {
    let told = &case.told[member.report];
    let trigger = told.reading.observed.events[member.event].trigger;
    let verb = base(told.slice(trigger));
    let best = &case.told[entry.best.report];
    let undertaken = words(&best.reading.report.text, entry.best.what);
    // The verb of what is undertaken stands at its start: "to open the harbour", "the harbour would be opened".
    let same_verb = undertaken.iter().take(8).any(|word| base(&word.norm) == verb);
    let known = matches!(
        entry.row.kind,
        UndertakingKind::Promise | UndertakingKind::Threat | UndertakingKind::Demand
    );
    // On a condition, no deed alone tells whether it was kept.
    if !known || !same_verb || told.is_infinitive(trigger) || entry.row.condition.is_some() {
        return BearingKind::BearsOn;
    }
    let done = happening.row.status != Status::Negated;
    if done == entry.best.negated { BearingKind::Broken } else { BearingKind::Met }
}

/// A verb without the endings of its forms: "opened", "opening" and "opens" are one.
fn base(word: &str) -> String {
    let lower = word.split_whitespace().next().unwrap_or("").to_lowercase();
    let cut = ["ing", "ed", "es", "s"].iter().find_map(|end| lower.strip_suffix(end));
    let cut = cut.filter(|cut| 2 < cut.len()).unwrap_or(&lower);
    cut.trim_end_matches('e').to_owned()
}

/// A later saying on the same matter.
fn saying(case: Case<'_>, entry: &Ledger, statement: &Statement) -> Option<Bearing> {
    let report = case.told[entry.best.report].report();
    if !after(statement.when, entry.row.when) || statement.reports.contains(&report) {
        return None;
    }
    let stems = content_of(&statement.text, Span::of(0..statement.text.len()));
    let shared = agreement(&entry.best.content, &stems);
    if shared.words < 3 || shared.share < AGAIN {
        return None;
    }
    let who = match statement.speaker.as_deref() {
        Some(key) => case.names.name(key),
        None => statement.speaker_text.clone(),
    };
    let text = format!("spoken of later by {who}: “{}”", shortened(&statement.text, 160));
    Some(Bearing { row: statement.id, kind: BearingKind::BearsOn, text })
}

#[cfg(test)]
mod tests {
    use chancery_annotate::event::{EventType, Status};
    use chancery_annotate::undertaking::UndertakingKind;

    use super::super::{resolve, sample::Sample};
    use super::*;

    fn promise(day: &str, what: &str) -> Sample {
        let text = format!("Odo Brandt said he would {what}. Written on {day}.");
        Sample::new(&text)
            .dated(day)
            .person("Odo Brandt", "person:odo-brandt", "SAL", "rebel leader")
            .undertakes("Odo Brandt", what, UndertakingKind::Promise)
    }

    fn deed(status: Status) -> Sample {
        let text = "Odo Brandt opened the harbour of Tavish on Friday.";
        Sample::new(text)
            .dated("2021-07-10")
            .person("Odo Brandt", "person:odo-brandt", "SAL", "rebel leader")
            .event(text, "opened", EventType::Concede, ("Odo Brandt", ""), "2021-07-09", status)
    }

    fn kinds(samples: Vec<Sample>) -> Vec<BearingKind> {
        let readings: Vec<_> = samples.into_iter().map(Sample::reading).collect();
        let rows = resolve(&readings).undertakings;
        rows.iter().flat_map(|row| row.bearings.iter().map(|bearing| bearing.kind)).collect()
    }

    const OPEN: &str = "open the harbour of Tavish to grain ships";

    #[test]
    fn a_deed_with_the_verb_that_was_promised_meets_it() {
        assert_eq!(
            kinds(vec![promise("2021-07-01", OPEN), deed(Status::Happened)]),
            [BearingKind::Met]
        );
    }

    #[test]
    fn a_deed_that_was_not_done_breaks_a_promise() {
        assert_eq!(
            kinds(vec![promise("2021-07-01", OPEN), deed(Status::Negated)]),
            [BearingKind::Broken]
        );
    }

    #[test]
    fn a_deed_before_the_promise_bears_on_nothing() {
        assert_eq!(kinds(vec![promise("2021-08-01", OPEN), deed(Status::Happened)]), []);
    }

    #[test]
    fn a_promise_on_two_days_is_given_again() {
        let again = vec![promise("2021-07-01", OPEN), promise("2021-07-20", OPEN)];
        assert_eq!(kinds(again), [BearingKind::Restated]);
    }

    #[test]
    fn what_is_then_refused_is_contradicted() {
        let text = "Odo Brandt refused to open the harbour of Tavish to grain ships.";
        let refusal = Sample::new(text)
            .dated("2021-07-20")
            .person("Odo Brandt", "person:odo-brandt", "SAL", "rebel leader")
            .undertakes("Odo Brandt", OPEN, UndertakingKind::Refusal);
        assert_eq!(kinds(vec![promise("2021-07-01", OPEN), refusal]), [BearingKind::Contradicted]);
    }
}
