//! One says that it happened, another that it did not, or that he had no part in it.

use chancery_annotate::event::{EventType, Status};

use super::row::{Side, apart, shown, side};
use crate::lists::List;
use crate::record::{Disagreement, Topic};
use crate::story::Case;
use crate::story::events::{Happening, Member};
use crate::story::statements::{Said, Saying};
use crate::story::told::shortened;

/// Some reports say that it happened, others that it did not.
pub(super) fn polarity(case: Case<'_>, happening: &Happening) -> Option<Disagreement> {
    let yes = |member: &&Member| matches!(member.status, Status::Happened | Status::UnderWay);
    let no = |member: &&Member| {
        matches!(member.status, Status::Negated | Status::Denied)
            && !is_of_undertaking(case, member)
    };
    let affirmed: Vec<_> = happening.members.iter().filter(yes).collect();
    let denied: Vec<_> = happening.members.iter().filter(no).collect();
    let far = |a: &Member, b: &Member| apart(case, a.report, b.report);
    let against = |one: &&&Member, others: &[&Member]| others.iter().any(|other| far(one, other));
    let affirmed: Vec<_> = affirmed.iter().filter(|one| against(one, &denied)).copied().collect();
    let denied: Vec<_> = denied.iter().filter(|one| against(one, &affirmed)).copied().collect();
    (!affirmed.is_empty() && !denied.is_empty())
        .then(|| polarity_row(case, happening, &affirmed, &denied))
}

/// Whether a mention is what somebody undertakes not to do, or stands in "not to do": that denies nothing.
fn is_of_undertaking(case: Case<'_>, member: &Member) -> bool {
    let told = &case.told[member.report];
    let observed = &told.reading.observed;
    let trigger = observed.events[member.event].trigger;
    if told.is_infinitive(trigger) {
        return true;
    }
    observed.undertakings.iter().any(|undertaking| undertaking.what.contains(trigger))
}

fn polarity_row(
    case: Case<'_>,
    happening: &Happening,
    yes: &[&Member],
    no: &[&Member],
) -> Disagreement {
    let clause = |member: &Member| {
        let told = &case.told[member.report];
        shortened(told.slice(told.reading.observed.events[member.event].span), 120)
    };
    let sentence = format!(
        "{} says that it happened: “{}”; {} says that it did not: “{}”",
        case.told[yes[0].report].name(),
        clause(yes[0]),
        case.told[no[0].report].name(),
        clause(no[0])
    );
    let side = |member: &&Member| {
        let event = &case.told[member.report].reading.observed.events[member.event];
        Side { report: member.report, span: event.span, row: Some(event.id) }
    };
    let sides = [yes, no].map(|members| members.iter().map(side).collect());
    shown(case, Topic::Polarity, Some(happening.row.id), sides, sentence)
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
    let of_saying = |saying: &Saying| {
        let denying: Vec<_> = saying.members.iter().filter(|said| washes_hands(said)).collect();
        let acts = happenings.iter().filter(|happening| force(happening.row.plover));
        // One who later owns up speaks best against his denial.
        let against = acts.filter_map(|happening| denied_act(case, happening, &denying));
        let best = against.max_by_key(|(_, member)| {
            let event = &case.told[member.report].reading.observed.events[member.event];
            (event.quotation.is_some(), std::cmp::Reverse(member.id))
        });
        best.and_then(|(happening, member)| denial(case, happening, member, &denying))
    };
    sayings.iter().filter_map(of_saying).collect()
}

fn washes_hands(said: &Said) -> bool {
    let text = said.text.to_lowercase();
    List::NoPart.is_in(&text) || (said.denied && List::OwnPart.is_in(&text))
}

/// Whether the speaker of a denial is one of these parties.
fn speaks_for(case: Case<'_>, said: &Said, keys: &[String]) -> bool {
    let speaker = said.speaker.as_ref();
    speaker.is_some_and(|who| keys.iter().any(|key| case.names.compatible(who, key)))
}

/// The mention of an act, by another origin, that gives it to one who denies his part in it.
fn denied_act<'a>(
    case: Case<'_>,
    happening: &'a Happening,
    denying: &[&Said],
) -> Option<(&'a Happening, &'a Member)> {
    let members = &happening.members;
    let meant = denying.iter().filter(|said| members.iter().any(|m| m.report == said.report));
    let meant: Vec<_> = meant.collect();
    let done = members.iter().filter(|member| member.status == Status::Happened);
    let by = |member: &&Member| {
        meant.iter().any(|said| {
            speaks_for(case, said, &member.sources) && apart(case, said.report, member.report)
        })
    };
    let admits = |member: &Member| {
        let event = &case.told[member.report].reading.observed.events[member.event];
        event.quotation.is_some()
    };
    let other = done.filter(by).max_by_key(|m| (admits(m), std::cmp::Reverse(m.id)))?;
    Some((happening, other))
}

fn denial(
    case: Case<'_>,
    happening: &Happening,
    other: &Member,
    denying: &[&Said],
) -> Option<Disagreement> {
    let far = |said: &&&Said| {
        speaks_for(case, said, &other.sources) && apart(case, said.report, other.report)
    };
    let meant: Vec<_> = denying.iter().filter(far).collect();
    let first = meant.first()?;
    let event = &case.told[other.report].reading.observed.events[other.event];
    let sentence = format!(
        "{}: {} {} “{}”; {}: “{}”",
        case.told[first.report].name(),
        case.names.name(first.speaker.as_deref()?),
        if first.denied { "denies" } else { "says" },
        shortened(&first.text, 120),
        case.told[other.report].name(),
        shortened(case.told[other.report].slice(event.span), 120)
    );
    let against = Side { report: other.report, span: event.span, row: Some(event.id) };
    let sides = [meant.iter().map(|said| side(said)).collect(), vec![against]];
    Some(shown(case, Topic::Polarity, Some(happening.row.id), sides, sentence))
}
