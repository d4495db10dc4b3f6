use std::collections::BTreeSet;

use chancery_text::{ReportId, RowId};

use super::judge::Verdict;
use super::world::{Found, Standing};
use super::{World, fold};
use crate::gold::facts::Fact;

/// Judges a fact across reports; `None` for a fact of one report.
pub fn judge(fact: &Fact, world: &World<'_>) -> Option<Verdict> {
    let kind = fact.kind.as_str();
    let plain = |found: bool| Some(Verdict::plain(found));
    match kind {
        "copy" => plain(copied(fact, world)),
        "not_copy" => plain(read(fact, world) && !copied(fact, world)),
        "not_story" => plain(read(fact, world) && !together(fact, world)),
        "origins" => Some(origins(fact, world)),
        "same_event" => plain(one_event(fact, world)),
        "not_same_event" => plain(!one_event(fact, world)),
        "same_statement" => plain(one_statement(fact, world)),
        "not_same_statement" => plain(!one_statement(fact, world)),
        "disagreement" => Some(disagreement(fact, world)),
        "not_disagreement" => plain(!disagreement(fact, world).found),
        "same_actor" => plain(one_actor(fact, world)),
        "story_arc" => plain(together(fact, world) || one_affair(fact, world)),
        _ if kind == "story" || kind.starts_with("story_") => plain(together(fact, world)),
        _ => None,
    }
}

fn docs<'a>(fact: &Fact, world: &World<'a>) -> Option<Vec<Found<'a>>> {
    fact.docs.iter().map(|doc| world.doc(doc)).collect()
}

fn read(fact: &Fact, world: &World<'_>) -> bool {
    docs(fact, world).is_some()
}

fn together(fact: &Fact, world: &World<'_>) -> bool {
    docs(fact, world).is_some_and(|docs| docs.iter().all(|doc| doc.story == docs[0].story))
}

/// Whether the stories of the reports are of one thread.
fn one_affair(fact: &Fact, world: &World<'_>) -> bool {
    docs(fact, world).is_some_and(|docs| {
        docs.iter().all(|doc| doc.thread.is_some() && doc.thread == docs[0].thread)
    })
}

/// Whether the reports are of one family.
fn copied(fact: &Fact, world: &World<'_>) -> bool {
    let Some(docs) = docs(fact, world).filter(|docs| !docs.is_empty()) else { return false };
    let ids: Vec<ReportId> = docs.iter().map(|doc| doc.reading.report.id).collect();
    docs[0]
        .conclusions
        .families
        .iter()
        .any(|family| ids.iter().all(|id| family.members.iter().any(|member| member.report == *id)))
}

/// Found if the number of origins behind the reports is right.
fn origins(fact: &Fact, world: &World<'_>) -> Verdict {
    let docs = docs(fact, world).unwrap_or_default();
    let mut behind: BTreeSet<RowId> = BTreeSet::new();
    for doc in &docs {
        let own = doc.reading.report.id;
        let origins = doc.conclusions.origins.iter().filter(|origin| origin.reports.contains(&own));
        behind.extend(origins.map(|origin| origin.id));
    }
    let right = !docs.is_empty() && fact.origins == Some(behind.len());
    Verdict { how: format!("{} origins", behind.len()), ..Verdict::plain(right) }
}

fn standings<'a>(fact: &Fact, world: &World<'a>) -> Option<Vec<Standing<'a>>> {
    fact.sites.iter().map(|site| world.standing(site)).collect()
}

fn one_event(fact: &Fact, world: &World<'_>) -> bool {
    let Some(standings) = standings(fact, world).filter(|all| !all.is_empty()) else {
        return false;
    };
    let told = |standing: &Standing<'_>, mentions: &[RowId]| {
        let events = standing.at.reading.observed.events.iter();
        events
            .filter(|event| mentions.contains(&event.id))
            .any(|event| standing.meets(event.trigger))
    };
    let events = &standings[0].at.conclusions.events;
    events.iter().any(|event| standings.iter().all(|standing| told(standing, &event.mentions)))
}

fn one_statement(fact: &Fact, world: &World<'_>) -> bool {
    let Some(standings) = standings(fact, world).filter(|all| !all.is_empty()) else {
        return false;
    };
    let said = |standing: &Standing<'_>, wordings: &[chancery_resolve::record::Wording]| {
        let quotations = standing.at.reading.observed.quotations.iter();
        let of = quotations.filter(|q| wordings.iter().any(|wording| wording.quotation == q.id));
        of.into_iter().any(|quotation| standing.meets_any(quotation.contents.iter().copied()))
    };
    let statements = &standings[0].at.conclusions.statements;
    statements.iter().any(|one| standings.iter().all(|standing| said(standing, &one.wordings)))
}

/// Found if a disagreement has evidence in each of the passages; strictly, if on the right topic.
fn disagreement(fact: &Fact, world: &World<'_>) -> Verdict {
    let standings = standings(fact, world).unwrap_or_default();
    let Some(first) = standings.first() else { return Verdict::default() };
    let all = first.at.conclusions.disagreements.iter();
    let both: Vec<_> = all
        .filter(|one| standings.iter().all(|standing| standing.evidenced(&one.evidence)))
        .collect();
    let topics: Vec<_> = both.iter().map(|one| one.topic.name()).collect();
    let strict = fact.topic.as_deref().is_none_or(|topic| topics.contains(&topic));
    let found = !both.is_empty();
    Verdict { found, strict: found && strict, sprung: None, how: topics.join(" ") }
}

/// Whether every name is one actor wherever it is mentioned, merges made.
fn one_actor(fact: &Fact, world: &World<'_>) -> bool {
    let keys: Vec<BTreeSet<String>> = fact.names.iter().map(|name| keys(name, world)).collect();
    let Some(first) = keys.first() else { return false };
    first.iter().any(|key| keys.iter().all(|others| others.contains(key)))
}

/// The actors that a name is a mention of.
fn keys(name: &str, world: &World<'_>) -> BTreeSet<String> {
    let wanted = fold(name);
    let mut keys = BTreeSet::new();
    for (readings, conclusions) in world.stories {
        let merged = |key: &String| {
            let merge = conclusions.merges.iter().find(|merge| merge.from == *key);
            merge.map_or(key, |merge| &merge.into).clone()
        };
        for reading in readings {
            let named = reading.observed.mentions.iter().filter(|mention| {
                [mention.span, mention.head_span]
                    .iter()
                    .any(|span| fold(reading.report.slice(*span)) == wanted)
            });
            keys.extend(named.filter_map(|mention| mention.actor.as_ref()).map(merged));
        }
    }
    keys
}
