//! `actors`: the country and sector of the actors that PLOVER's coders marked.

use std::path::PathBuf;

use chancery_annotate::mention::Actor;
use chancery_annotate::{Kit, Observed};
use chancery_text::Span;

use crate::gold::plover::{self, CodedSentence, Party};
use crate::line::read_document;
use crate::outcome::Case;
use crate::score::Share;
use crate::tasks::place;
use crate::{EvalError, Outcome, Task};

/// A trivial coder knows no country and calls everybody a government, the most frequent sector.
pub fn run(sets: &[PathBuf], kit: &Kit) -> Result<Outcome, EvalError> {
    let [mut country, mut sector, mut government] = [Share::default(); 3];
    let (mut cases, mut items) = (Vec::new(), 0);
    for set in sets {
        for gold in plover::read(set)? {
            let observed = read_document(&gold.document, kit).observed;
            for party in parties(&gold) {
                items += 1;
                let actors = actors_at(&observed, party.span);
                if let Some(expected) = &party.country {
                    let found: Vec<_> =
                        actors.iter().filter_map(|actor| actor.country.clone()).collect();
                    country.add(found.first() == Some(expected));
                    cases.push(case(&gold, party, "country", expected, &found));
                }
                if let Some(expected) = &party.sector {
                    let found: Vec<_> = actors
                        .iter()
                        .flat_map(|actor| {
                            actor.sectors.iter().map(|sector| sector.name().to_owned())
                        })
                        .collect();
                    sector.add(found.contains(expected));
                    government.add(expected == "GOV");
                    cases.push(case(&gold, party, "sector", expected, &found));
                }
            }
        }
    }
    let mut outcome = Outcome::new(Task::Actors, items);
    outcome.add("country", country.value(), 0.0);
    outcome.add("sector", sector.value(), government.value());
    outcome.cases = cases;
    Ok(outcome)
}

/// Each marked party once.
fn parties(gold: &CodedSentence) -> Vec<&Party> {
    let mut parties: Vec<&Party> = gold.sources.iter().chain(&gold.targets).collect();
    parties.sort_by_key(|party| party.span);
    parties.dedup_by_key(|party| party.span);
    parties
}

/// The actors named on a stretch, those of the mention that shares most with it first.
pub fn actors_at(observed: &Observed, span: Span) -> Vec<&Actor> {
    let mut near: Vec<_> = observed
        .mentions
        .iter()
        .filter_map(|mention| {
            let shared = mention.span.intersection(span)?.len();
            let apart = mention.span.len() + span.len() - 2 * shared;
            Some((apart, mention.span, mention.actor.as_deref()?))
        })
        .collect();
    near.sort();
    near.iter()
        .filter_map(|(_, _, key)| observed.actors.iter().find(|actor| actor.key == *key))
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
