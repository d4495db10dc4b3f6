//! Happenings: event mentions of one act, from all reports, merged.
//!
//! Mentions with a key in common meet ([`cluster`]); whether two tell one act is decided in [`one`]; a cluster
//! becomes a row in [`row`], with a sentence for people ([`summary`]).

mod cluster;
mod footing;
mod one;
mod row;
mod summary;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chancery_annotate::event::{Event as Told1, EventType, Status};
use chancery_annotate::mention::ActorKind;
use chancery_annotate::occurrence::deed_of;
use chancery_annotate::place::PlaceKind;
use chancery_text::{Interval, RowId};

use super::Case;
use super::actors::Names;
use super::told::Told;
use crate::record::Event;
use crate::words::stem;
use cluster::clusters;
use row::happening;

pub(super) use one::one_act;

/// An event and the mentions it was made of.
pub(super) struct Happening {
    pub row: Event,
    pub members: Vec<Member>,
}

/// One mention, with what comparison looks at.
#[derive(Debug, Clone)]
pub(super) struct Member {
    /// Index of the report.
    pub report: usize,
    /// Index of the event among the report's.
    pub event: usize,
    pub id: RowId,
    pub plover: EventType,
    /// CAMEO code.
    cameo: String,
    pub status: Status,
    pub sources: Vec<String>,
    pub targets: Vec<String>,
    pub place: Option<(String, String)>,
    place_kind: Option<PlaceKind>,
    pub when: Interval,
    /// What the trigger's first word tells to be done: the same for "resigned" and "resignation".
    pub trigger: String,
    /// Stems of the clause's content words.
    pub content: BTreeSet<u64>,
}

impl Member {
    fn same_trigger(&self, other: &Self) -> bool {
        !self.trigger.is_empty() && self.trigger == other.trigger
    }

    /// Words of content in both clauses, and their share of the shorter one.
    pub(super) fn shares(&self, other: &Member) -> (usize, f64) {
        let shared = self.content.intersection(&other.content).count();
        let shorter = self.content.len().min(other.content.len()).max(1);
        (shared, shared as f64 / shorter as f64)
    }
}

/// Events, sorted by id.
pub(super) fn find(case: Case<'_>) -> Vec<Happening> {
    let members = members(case.told, case.names);
    let mut happenings: Vec<_> =
        clusters(case, members).into_iter().map(|members| happening(case, members)).collect();
    happenings.sort_by_key(|happening| happening.row.id);
    happenings
}

/// Every event mention of the story, the fullest first.
pub(super) fn members(told: &[Told<'_>], names: &Names) -> Vec<Member> {
    let mut members: Vec<_> = (0..told.len())
        .flat_map(|report| {
            let events = 0..told[report].reading.observed.events.len();
            events.map(move |event| member(&told[report], names, report, event))
        })
        .collect();
    members.sort_by_key(|member| (std::cmp::Reverse(specificity(member)), member.id));
    members
}

/// How much a mention says: the fullest are the seeds of clusters.
fn specificity(member: &Member) -> usize {
    2 * usize::from(!member.sources.is_empty())
        + 2 * usize::from(!member.targets.is_empty())
        + usize::from(member.place.is_some())
        + usize::from(member.when.single_day().is_some())
}

fn member(told: &Told<'_>, names: &Names, report: usize, event: usize) -> Member {
    let mention = &told.reading.observed.events[event];
    let sources = names.keys(told, &mention.sources);
    let targets = names.keys(told, &mention.targets);
    let place = mention.place.and_then(|id| told.place(id)).filter(|place| {
        let acts = |key: &String| names.who(key).is_some_and(|who| who.kind == ActorKind::State);
        let country = |key: &&String| acts(key) && names.name(key) == place.name;
        !sources.iter().chain(&targets).any(|key| country(&key))
    });
    let place_kind = place.map(|place| place.kind);
    let place = place.map(|place| {
        let key = place.key.clone().unwrap_or_else(|| place.name.to_lowercase());
        (key, place.name.clone())
    });
    Member {
        report,
        event,
        id: mention.id,
        plover: mention.plover,
        cameo: mention.cameo.clone(),
        status: mention.status,
        sources,
        targets,
        place,
        place_kind,
        when: when(told, mention),
        trigger: trigger(told, mention),
        content: told.content(mention.span).into_iter().collect(),
    }
}

/// The days of the mention; what the report tells first, as done and without a time, is its news.
fn when(told: &Told<'_>, mention: &Told1) -> Interval {
    let done = matches!(mention.status, Status::Happened | Status::UnderWay);
    let open = mention.when.first.is_none() && mention.time.is_none();
    let news = || told.news().filter(|_| told.leads(mention.trigger));
    if done && open { news().unwrap_or(mention.when) } else { mention.when }
}

fn trigger(told: &Told<'_>, mention: &Told1) -> String {
    let word = told.slice(mention.trigger).split_whitespace().next().unwrap_or("").to_lowercase();
    let stem = stem(&word);
    let cut = ["ing", "ed"].iter().find_map(|end| stem.strip_suffix(end)).filter(|s| 2 < s.len());
    let cut = cut.unwrap_or(stem);
    match cut {
        "met" | "meet" => "meet".to_owned(),
        _ => deed_of(cut),
    }
}
