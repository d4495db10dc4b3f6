//! One says that it happened, another that it did not, or that he had no part in it.

use chancery_annotate::event::{EventType, Status};

use super::SHOWN;
use super::row::{Side, apart, row, shown, side};
use crate::record::{Disagreement, Topic};
use crate::story::Case;
use crate::story::events::{Happening, Member};
use crate::story::statements::{Said, Saying};
use crate::story::told::shortened;

/// One report says that it happened, another of the same day or later that it did not.
pub(super) fn polarity(case: Case<'_>, happening: &Happening) -> Vec<Disagreement> {
    let yes = |member: &&Member| matches!(member.status, Status::Happened | Status::UnderWay);
    let no = |member: &&Member| matches!(member.status, Status::Negated | Status::Denied);
    let mut rows = Vec::new();
    for left in happening.members.iter().filter(yes) {
        for right in happening.members.iter().filter(no) {
            if rows.len() < SHOWN && apart(case, left.report, right.report) {
                rows.push(polarity_row(case, happening, left, right));
            }
        }
    }
    rows
}

fn polarity_row(case: Case<'_>, happening: &Happening, yes: &Member, no: &Member) -> Disagreement {
    let clause = |member: &Member| {
        let told = &case.told[member.report];
        shortened(told.slice(told.reading.observed.events[member.event].span), 120)
    };
    let names = (case.told[yes.report].name(), case.told[no.report].name());
    let sentence = format!(
        "{} says that it happened: “{}”; {} says that it did not: “{}”",
        names.0,
        clause(yes),
        names.1,
        clause(no)
    );
    let side = |member: &Member| {
        let event = &case.told[member.report].reading.observed.events[member.event];
        Side { report: member.report, span: event.span, row: Some(event.id) }
    };
    row(case, Topic::Polarity, Some(happening.row.id), [side(yes), side(no)], sentence)
}

/// Acts of force that one who did them may deny.
const fn force(plover: EventType) -> bool {
    matches!(plover, EventType::Assault | EventType::Coerce | EventType::Mobilize)
}

/// Somebody says that he had nothing to do with an act that another report gives to him.
pub(super) fn denials(
    case: Case<'_>,
    happenings: &[Happening],
    sayings: &[Saying],
) -> Vec<Disagreement> {
    let mut rows = Vec::new();
    for saying in sayings {
        let denying: Vec<_> = saying.members.iter().filter(|said| washes_hands(said)).collect();
        for happening in happenings.iter().filter(|happening| force(happening.row.plover)) {
            rows.extend(denial(case, happening, &denying));
        }
    }
    rows
}

fn washes_hands(said: &Said) -> bool {
    let text = said.text.to_lowercase();
    ["nothing to do with", "no part in", "no role in", "not behind"]
        .iter()
        .any(|d| text.contains(d))
}

fn denial(case: Case<'_>, happening: &Happening, denying: &[&Said]) -> Option<Disagreement> {
    let members = &happening.members;
    let meant: Vec<_> = denying
        .iter()
        .filter(|said| members.iter().any(|member| member.report == said.report))
        .collect();
    let own = |said: &Said, keys: &[String]| {
        let speaker = said.speaker.as_ref();
        speaker.is_some_and(|who| keys.iter().any(|key| case.names.compatible(who, key)))
    };
    let done = members.iter().filter(|member| member.status == Status::Happened);
    let by = |member: &&Member| {
        meant
            .iter()
            .any(|said| own(said, &member.sources) && apart(case, said.report, member.report))
    };
    // One who later owns up speaks best against his denial.
    let admits = |member: &Member| {
        let event = &case.told[member.report].reading.observed.events[member.event];
        event.quotation.is_some()
    };
    let other = done.filter(by).max_by_key(|m| (admits(m), std::cmp::Reverse(m.id)))?;
    let meant: Vec<_> = meant
        .into_iter()
        .filter(|said| own(said, &other.sources) && apart(case, said.report, other.report))
        .collect();
    let first = meant.first()?;
    let event = &case.told[other.report].reading.observed.events[other.event];
    let sentence = format!(
        "{}: {} says “{}”; {}: “{}”",
        case.told[first.report].name(),
        case.names.name(first.speaker.as_deref()?),
        shortened(&first.text, 120),
        case.told[other.report].name(),
        shortened(case.told[other.report].slice(event.span), 120)
    );
    let against = Side { report: other.report, span: event.span, row: Some(event.id) };
    let sides = [meant.iter().map(|said| side(said)).collect(), vec![against]];
    Some(shown(case, Topic::Polarity, Some(happening.row.id), sides, sentence))
}
