//! The second half: reports into stories, and what is concluded about each story, into the record.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};

use chancery_resolve::Reading;
use chancery_resolve::block::Sketch;
use chancery_resolve::link::{Components, Link, LinkKind, cut, links};
use chancery_resolve::record::Story;
use chancery_resolve::story;
use chancery_store::Record;
use chancery_text::ReportId;
use crossbeam_channel::bounded;
use rayon::prelude::*;

use crate::{EngineError, OnStep, ReadOptions, Step};

/// Reports whose readings are held at once, but for a single story that has more.
const HELD: usize = 48;

/// Brings the record's conclusions up to its reports: links what is new, resolves the stories that
/// are new or have changed, drops those that are no more. Returns how many were resolved.
///
/// A story's id is made of its reports, so a story that did not change is known by its id and left
/// as it is. Does nothing where nothing is new.
pub fn conclude(
    record: &mut Record,
    options: &ReadOptions,
    stop: &AtomicBool,
    on_step: OnStep<'_>,
) -> Result<usize, EngineError> {
    if record.is_finished()? {
        return Ok(0);
    }
    on_step(Step::Linking);
    record.link_blocks(|members| {
        let sketches: Vec<_> =
            members.iter().filter_map(|member| Sketch::from_bytes(&member.sketch)).collect();
        let row = |link: Link| (link.left, link.right, link.kind.name(), link.strength);
        links(&sketches).into_iter().map(row).collect()
    })?;
    let wanted = wanted_stories(record)?;
    let had = record.stories()?;
    let gone: Vec<_> = had.iter().filter(|id| !wanted.contains_key(*id)).cloned().collect();
    record.drop_stories(&gone)?;
    let new: Vec<_> = wanted.into_iter().filter(|(id, _)| !had.contains(id)).collect();
    let done = resolve_all(record, &new, options, stop, on_step)?;
    if !stop.load(Ordering::Relaxed) {
        on_step(Step::Finishing);
        record.finish()?;
    }
    Ok(done)
}

/// The stories that the links make, by id.
fn wanted_stories(record: &Record) -> Result<BTreeMap<String, Vec<ReportId>>, EngineError> {
    let mut components = Components::new();
    let mut fault = None;
    record.for_each_link(|left, right, kind, strength| match kind.parse::<LinkKind>() {
        Ok(kind) => components.feed(&Link { left, right, kind, strength }),
        Err(problem) => fault = Some(problem),
    })?;
    if let Some(value) = fault {
        return Err(chancery_store::StoreError::Corrupt { what: "a kind of link", value }.into());
    }
    let mut linked = BTreeSet::new();
    let mut stories = BTreeMap::new();
    for component in components.groups() {
        let bytes = record.sketches(&component)?;
        let sketches: Vec<_> = bytes.iter().filter_map(|bytes| Sketch::from_bytes(bytes)).collect();
        for reports in cut(&sketches) {
            linked.extend(reports.iter().copied());
            stories.insert(Story::id_of(&reports).to_string(), reports);
        }
    }
    for report in record.report_ids()? {
        if !linked.contains(&report) {
            stories.insert(Story::id_of(&[report]).to_string(), vec![report]);
        }
    }
    Ok(stories)
}

type StoryReports = (String, Vec<ReportId>);

fn resolve_all(
    record: &mut Record,
    stories: &[StoryReports],
    options: &ReadOptions,
    stop: &AtomicBool,
    on_step: OnStep<'_>,
) -> Result<usize, EngineError> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.threads())
        .build()
        .map_err(|fault| EngineError::Threads(fault.to_string()))?;
    let reader = Record::open(record.path())?;
    let mut done = 0;
    on_step(Step::Resolving { done, total: stories.len() });
    std::thread::scope(|scope| {
        // The next stories are read back while the last ones are resolved and written.
        let (send, batches) = bounded(1);
        scope.spawn(move || {
            for batch in self::batches(stories) {
                let readings: Result<Vec<Vec<Reading>>, _> =
                    batch.iter().map(|(_, reports)| reader.readings(reports)).collect();
                if send.send(readings).is_err() {
                    break;
                }
            }
        });
        for readings in batches {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            let readings = readings?;
            let concluded: Vec<_> = pool
                .install(|| readings.par_iter().map(|readings| story::resolve(readings)).collect());
            record.conclude(&concluded)?;
            done += concluded.len();
            on_step(Step::Resolving { done, total: stories.len() });
        }
        Ok(done)
    })
}

/// Runs of stories with few enough reports to be held at once.
fn batches(stories: &[StoryReports]) -> Vec<&[StoryReports]> {
    let mut batches = Vec::new();
    let (mut start, mut held) = (0, 0);
    for (at, (_, reports)) in stories.iter().enumerate() {
        if start < at && HELD < held + reports.len() {
            batches.push(&stories[start..at]);
            (start, held) = (at, 0);
        }
        held += reports.len();
    }
    if start < stories.len() {
        batches.push(&stories[start..]);
    }
    batches
}
