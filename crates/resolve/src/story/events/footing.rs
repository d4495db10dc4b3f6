//! On whose word a happening is told: an eyewitness's, a third party's, that of those who took part in it.

use std::collections::BTreeMap;

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
    let mut names: BTreeMap<Teller, Vec<String>> = BTreeMap::new();
    for member in members {
        let (teller, name) = teller(case, member, parties);
        let names = names.entry(teller).or_default();
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    let mut of = |tellers: &[Teller]| {
        let mut all: Vec<_> =
            tellers.iter().flat_map(|one| names.remove(one).unwrap_or_default()).collect();
        all.sort();
        all
    };
    let has = |teller: Teller| {
        members.iter().any(|member| self::teller(case, member, parties).0 == teller)
    };
    let (doer, target) = (has(Teller::Doer), has(Teller::Target));
    if has(Teller::Witness) {
        (Footing::Eyewitness, of(&[Teller::Witness]))
    } else if has(Teller::Outsider) {
        (Footing::ThirdParty, of(&[Teller::Outsider]))
    } else if doer && target {
        (Footing::BothSides, of(&[Teller::Doer, Teller::Target]))
    } else if doer || target {
        (Footing::OneSide, of(&[Teller::Doer, Teller::Target]))
    } else if has(Teller::Unnamed) {
        (Footing::Unnamed, of(&[Teller::Unnamed]))
    } else {
        (Footing::Report, Vec::new())
    }
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
