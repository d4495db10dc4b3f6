//! `actors`: the country and sector of the actors that PLOVER's coders marked, and whether the names
//! that five outlets have for one actor come to one.

mod naming;

use std::cmp::Reverse;
use std::path::PathBuf;

use chancery_annotate::mention::Actor;
use chancery_annotate::{Kit, Observed};
use chancery_text::Span;

use crate::gold::newswcl;
use crate::gold::plover::{self, CodedSentence, Party};
use crate::line::read_document;
use crate::outcome::Case;
use crate::score::Share;
use crate::tasks::place;
use crate::{EvalError, Outcome, Task};

pub fn run(sets: &[PathBuf], kit: &Kit) -> Result<Outcome, EvalError> {
    let (mut sentences, mut reports) = (Vec::new(), Vec::new());
    for set in sets {
        sentences.extend(plover::read(set)?);
        reports.extend(newswcl::read(set)?);
    }
    let mut outcome = Outcome::new(Task::Actors, 0);
    if !sentences.is_empty() {
        code(&mut outcome, &sentences, kit);
    }
    if !reports.is_empty() {
        naming::measure(&mut outcome, &reports, kit);
    }
    Ok(outcome)
}

/// A trivial coder knows no country and calls everybody a government, the most frequent sector.
fn code(outcome: &mut Outcome, sentences: &[CodedSentence], kit: &Kit) {
    let [mut country, mut sector, mut government] = [Share::default(); 3];
    for gold in sentences {
        let observed = read_document(&gold.document, kit).observed;
        for party in parties(gold) {
            outcome.items += 1;
            let actors = actors_at(&observed, party.span);
            if let Some(expected) = &party.country {
                let found: Vec<_> =
                    actors.iter().filter_map(|actor| actor.country.clone()).collect();
                country.add(found.first() == Some(expected));
                outcome.cases.push(case(gold, party, "country", expected, &found));
            }
            if let Some(expected) = &party.sector {
                let found = sectors(&actors);
                sector.add(found.contains(expected));
                government.add(expected == "GOV");
                outcome.cases.push(case(gold, party, "sector", expected, &found));
            }
        }
    }
    outcome.add("country", country.value(), 0.0);
    outcome.add("sector", sector.value(), government.value());
}

/// The sectors of the actor that the words name, and not of those named inside: "Ruvanian rebels".
fn sectors(actors: &[&Actor]) -> Vec<String> {
    let own = actors.iter().find(|actor| !actor.sectors.is_empty());
    own.map_or_else(Vec::new, |actor| {
        actor.sectors.iter().map(|sector| sector.name().to_owned()).collect()
    })
}

/// Each marked party once.
fn parties(gold: &CodedSentence) -> Vec<&Party> {
    let mut parties: Vec<&Party> = gold.sources.iter().chain(&gold.targets).collect();
    parties.sort_by_key(|party| party.span);
    parties.dedup_by_key(|party| party.span);
    parties
}

/// The actors named on a stretch: first those of the mention that covers most of it, and least besides.
pub fn actors_at(observed: &Observed, span: Span) -> Vec<&Actor> {
    let mut near: Vec<_> = observed
        .mentions
        .iter()
        .filter_map(|mention| {
            let shared = mention.span.intersection(span)?.len();
            let order = (Reverse(shared), mention.span.len(), mention.span);
            Some((order, mention.actor.as_deref()?))
        })
        .collect();
    near.sort();
    near.iter()
        .filter_map(|(_, key)| observed.actors.iter().find(|actor| actor.key == *key))
        .collect()
}

fn case(
    gold: &CodedSentence,
    party: &Party,
    aspect: &str,
    expected: &str,
    found: &[String],
) -> Case {
    let right = match aspect {
        "country" => found.first().is_some_and(|first| first == expected),
        _ => found.iter().any(|one| one == expected),
    };
    Case {
        id: format!("{}:{}", gold.document.id, place(&gold.document.report.text, party.span)),
        aspect: aspect.into(),
        expected: expected.into(),
        found: found.join(" "),
        score: f64::from(u8::from(right)),
    }
}
