//! On whose word a happening is told: an eyewitness's, a third party's, that of those who took part in it.

use std::collections::{BTreeMap, BTreeSet};

use chancery_annotate::event::Event as Mention;
use chancery_annotate::mention::ActorKind;
use chancery_annotate::quotation::Quotation;

use super::Member;
use crate::lists::List;
use crate::record::Footing;
use crate::story::Case;
use crate::words::words;

/// One who tells a happening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Teller {
    Witness,
    Outsider,
    Doer,
    Target,
    Unnamed,
    /// The report itself.
    Report,
}

/// The best word that a happening is told on, and who gives it. Pure in `members` and parties.
pub(super) fn footing(
    case: Case<'_>,
    members: &[Member],
    parties: (&[String], &[String]),
) -> (Footing, Vec<String>) {
    let mut names: BTreeMap<Teller, BTreeSet<String>> = BTreeMap::new();
    for member in members {
        let (teller, name) = teller(case, member, parties);
        names.entry(teller).or_default().insert(name);
    }
    let (doer, target) = (names.remove(&Teller::Doer), names.remove(&Teller::Target));
    let (footing, names) = match (names.pop_first(), doer, target) {
        (Some((Teller::Witness, names)), ..) => (Footing::Eyewitness, names),
        (Some((Teller::Outsider, names)), ..) => (Footing::ThirdParty, names),
        (_, Some(doer), Some(target)) => (Footing::BothSides, &doer | &target),
        (_, Some(side), None) | (_, None, Some(side)) => (Footing::OneSide, side),
        (Some((Teller::Unnamed, names)), ..) => (Footing::Unnamed, names),
        _ => (Footing::Report, BTreeSet::new()),
    };
    (footing, names.into_iter().filter(|name| !name.is_empty()).collect())
}

/// Who tells a mention, and as whom.
fn teller(case: Case<'_>, member: &Member, parties: (&[String], &[String])) -> (Teller, String) {
    let told = &case.told[member.report];
    let mention: &Mention = &told.reading.observed.events[member.event];
    let quotations = &told.reading.observed.quotations;
    let around = |quotation: &&Quotation| Some(quotation.id) == mention.quotation;
    let Some(quotation) = quotations.iter().find(around).filter(|q| q.is_said()) else {
        return (Teller::Report, String::new());
    };
    let source = quotation.source.map_or("", |span| told.slice(span)).trim().to_owned();
    let text = &told.reading.report.text;
    let seen = quotation.source.map(|span| words(text, span)).unwrap_or_default();
    if seen.iter().any(|word| List::Witness.has(&word.norm)) {
        return (Teller::Witness, source);
    }
    let speaker = quotation.speaker.and_then(|id| told.mention(id)?.actor.as_deref());
    let Some(key) = speaker.map(|key| case.names.key(key)) else {
        return (Teller::Unnamed, source);
    };
    let name = case.names.name(key);
    let who = case.names.who(key);
    let office = who.is_some_and(|who| who.official || who.kind == ActorKind::State);
    let one_of = |keys: &[String]| {
        keys.iter().any(|party| {
            case.names.compatible(key, party) || (office && case.names.compatriots(key, party))
        })
    };
    let bare = who.is_none_or(|who| who.kind == ActorKind::Role && who.country.is_none());
    match (one_of(parties.0), one_of(parties.1)) {
        (true, _) => (Teller::Doer, name),
        (_, true) => (Teller::Target, name),
        _ if bare => (Teller::Unnamed, source),
        _ => (Teller::Outsider, name),
    }
}
