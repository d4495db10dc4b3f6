//! The second half: reports into stories, and what is concluded about each story and between them, into
//! the record.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};

use chancery_resolve::Reading;
use chancery_resolve::link::{Components, cut};
use chancery_resolve::record::{Conclusions, Story};
use chancery_resolve::story;
use chancery_store::Record;
use chancery_text::{Kind, ReportId, RowId};

use crate::across::{meet, tell_across};
use crate::pipeline::pipeline;
use crate::{EngineError, OnStep, ReadOptions, Step};

/// Stories that wait between two threads.
const WAITING: usize = 4;
/// Reports whose stories are written in one transaction, at least.
const BATCH: usize = 64;

/// Brings the record's conclusions up to its reports: links what is new, resolves the stories that
/// are new or have changed, drops those that are no more, and tells what reports of different stories
/// share. Returns how many stories were resolved.
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
    record.link_blocks()?;
    meet(record, options, stop)?;
    let stale = record.stale_stories()?;
    let resolved: BTreeSet<_> = record.stories()?.difference(&stale).cloned().collect();
    let wanted = wanted_stories(record, &resolved)?;
    let gone = resolved.iter().filter(|id| !wanted.stories.contains_key(*id));
    let gone: Vec<_> = gone.chain(&stale).cloned().collect();
    record.drop_stories(&gone)?;
    record.replace_components(&wanted.gone, &wanted.cut)?;
    let new: Vec<_> = wanted
        .stories
        .into_iter()
        .filter(|(id, _)| !resolved.contains(id))
        .filter_map(|(id, reports)| Some((id, reports?)))
        .collect();
    let done = resolve_all(record, &new, options, stop, on_step)?;
    if !stop.load(Ordering::Relaxed) {
        tell_across(record, options, stop, on_step)?;
    }
    if !stop.load(Ordering::Relaxed) {
        on_step(Step::Finishing);
        record.finish()?;
    }
    Ok(done)
}

/// What the links make of the reports.
#[derive(Default)]
struct Wanted {
    /// The stories, by id; `None` for the reports of one whose component is as it was and that is
    /// therefore in the record.
    stories: BTreeMap<String, Option<Vec<ReportId>>>,
    /// Components that are no more.
    gone: Vec<String>,
    /// New components, with each story that they were cut into.
    cut: Vec<(String, String)>,
}

fn wanted_stories(record: &Record, resolved: &BTreeSet<String>) -> Result<Wanted, EngineError> {
    let mut components = Components::new();
    record.for_each_link(|left, right| components.join(left, right))?;
    let mut had = record.components()?;
    let mut linked = BTreeSet::new();
    let mut wanted = Wanted::default();
    for component in components.groups() {
        linked.extend(component.iter().copied());
        let id = RowId::of(Kind::Story, component.iter().map(|key| key.to_le_bytes())).to_string();
        // One that an interrupted read cut, but did not resolve, is cut again.
        let known = had.remove(&id).filter(|stories| stories.iter().all(|s| resolved.contains(s)));
        if let Some(stories) = known {
            wanted.stories.extend(stories.into_iter().map(|story| (story, None)));
            continue;
        }
        for reports in cut(&record.sketches(&component)?) {
            let story = Story::id_of(&reports).to_string();
            wanted.cut.push((id.clone(), story.clone()));
            wanted.stories.insert(story, Some(reports));
        }
    }
    wanted.gone = had.into_keys().collect();
    for report in record.report_ids()? {
        if !linked.contains(&report.integer()) {
            wanted.stories.insert(Story::id_of(&[report]).to_string(), Some(vec![report]));
        }
    }
    Ok(wanted)
}

type StoryReports = (String, Vec<ReportId>);

/// Resolves stories: one thread reads them back, several resolve, and the calling thread writes;
/// bounded channels between them keep memory bounded whatever the number of stories.
fn resolve_all(
    record: &mut Record,
    stories: &[StoryReports],
    options: &ReadOptions,
    stop: &AtomicBool,
    on_step: OnStep<'_>,
) -> Result<usize, EngineError> {
    let reader = Record::open(record.path())?;
    let mut writer = Writer { record, batch: Vec::new(), reports: 0, done: 0 };
    on_step(Step::Resolving { done: 0, total: stories.len() });
    let readings = stories.iter().map(move |(_, reports)| reader.readings(reports));
    let resolve = |readings: Vec<Reading>| story::resolve(&readings);
    pipeline(options.threads(), WAITING, readings, resolve, |concluded| {
        for conclusions in concluded.take_while(|_| !stop.load(Ordering::Relaxed)) {
            writer.take(conclusions?)?;
            on_step(Step::Resolving { done: writer.done, total: stories.len() });
        }
        writer.write()?;
        on_step(Step::Resolving { done: writer.done, total: stories.len() });
        Ok(writer.done)
    })
}

struct Writer<'a> {
    record: &'a mut Record,
    batch: Vec<Conclusions>,
    /// Reports of the batch.
    reports: usize,
    /// Stories written.
    done: usize,
}

impl Writer<'_> {
    fn take(&mut self, conclusions: Conclusions) -> Result<(), EngineError> {
        self.reports += conclusions.story.as_ref().map_or(0, |story| story.reports.len());
        self.batch.push(conclusions);
        if self.reports < BATCH { Ok(()) } else { self.write() }
    }

    fn write(&mut self) -> Result<(), EngineError> {
        self.record.conclude(&self.batch)?;
        self.done += self.batch.len();
        self.batch.clear();
        self.reports = 0;
        Ok(())
    }
}
