//! The first half: bytes to reports to what each says, into the record. Ingest reads on one thread,
//! annotation runs on several, and the calling thread writes; bounded channels between them keep
//! memory bounded whatever the number of reports.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};

use chancery_annotate::{Kit, annotate};
use chancery_ingest::{Fault, find_inputs, read_input};
use chancery_resolve::Reading;
use chancery_resolve::block::{self, Sketch};
use chancery_store::{Known, Record};
use chancery_text::{Report, ReportId, Source};
use crossbeam_channel::{Receiver, Sender, bounded};

use crate::{EngineError, OnStep, ReadOptions, Step, Summary};

/// Reports that wait between two threads.
const WAITING: usize = 64;
/// Reports in one transaction.
const BATCH: usize = 64;

/// What comes to the writer.
enum Item {
    /// A report, read.
    Read(Box<Reading>, u32, Sketch),
    /// A report that the record had, from another place.
    Again(ReportId, Source),
    /// A report that the record had, from this place.
    Known,
    /// Something that could not be read.
    Fault(Fault),
    /// An input is done.
    InputDone,
}

pub(crate) fn observe(
    inputs: &[String],
    record: &mut Record,
    options: &ReadOptions,
    kit: &Kit,
    stop: &AtomicBool,
    on_step: OnStep<'_>,
) -> Result<Summary, EngineError> {
    let inputs = find_inputs(inputs);
    on_step(Step::Found { inputs: inputs.len() });
    let known = Record::open(record.path())?;
    let (to_annotate, reports) = bounded::<Report>(WAITING);
    let (to_write, items) = bounded::<Item>(2 * WAITING);
    std::thread::scope(|scope| {
        let reading = to_write.clone();
        scope.spawn(move || {
            let mut door = Door { known, to_annotate, to_write: reading, stop };
            for input in &inputs {
                read_input(input, &options.ingest, &mut |found| door.take(found));
                if door.is_closed() || door.to_write.send(Item::InputDone).is_err() {
                    break;
                }
            }
        });
        for _ in 0..options.threads() {
            let (reports, to_write) = (reports.clone(), to_write.clone());
            scope.spawn(move || annotate_all(&reports, &to_write, kit, stop));
        }
        // The channels close when their last sender is gone; these two belong to the threads now.
        drop((to_write, reports));
        write_all(&items, record, stop, on_step)
    })
}

/// Stands between ingest and annotation: lets new reports through.
struct Door<'a> {
    known: Record,
    to_annotate: Sender<Report>,
    to_write: Sender<Item>,
    stop: &'a AtomicBool,
}

impl Door<'_> {
    fn is_closed(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn take(&mut self, found: Result<Report, Fault>) -> ControlFlow<()> {
        let sent = match found {
            Err(fault) => self.to_write.send(Item::Fault(fault)).is_ok(),
            Ok(report) => match self.known.knows(report.id, &report.source) {
                Ok(Known::Same) => self.to_write.send(Item::Known).is_ok(),
                Ok(Known::Elsewhere) => {
                    self.to_write.send(Item::Again(report.id, report.source)).is_ok()
                }
                // The writer meets the same fault, and says it.
                Ok(Known::New) | Err(_) => self.to_annotate.send(report).is_ok(),
            },
        };
        if sent && !self.is_closed() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }
}

fn annotate_all(reports: &Receiver<Report>, to_write: &Sender<Item>, kit: &Kit, stop: &AtomicBool) {
    for report in reports {
        if stop.load(Ordering::Relaxed) || to_write.send(read_one(report, kit)).is_err() {
            break;
        }
    }
}

/// Annotates one report. A panic is a fault of Chancery, and costs this report only.
fn read_one(report: Report, kit: &Kit) -> Item {
    let source = report.source.clone();
    let read = catch_unwind(AssertUnwindSafe(|| {
        let annotations = annotate(&report, kit);
        let words = u32::try_from(annotations.tokens.len()).unwrap_or(u32::MAX);
        let reading = Reading { report, observed: annotations.observed };
        let sketch = block::sketch(&reading);
        Item::Read(Box::new(reading), words, sketch)
    }));
    read.unwrap_or_else(|_| {
        let reason = "Chancery failed on it; please report this with the file".to_owned();
        Item::Fault(Fault { path: source.path, member: source.member, reason })
    })
}

fn write_all(
    items: &Receiver<Item>,
    record: &mut Record,
    stop: &AtomicBool,
    on_step: OnStep<'_>,
) -> Result<Summary, EngineError> {
    let mut writer = Writer { record, batch: Vec::new(), again: Vec::new() };
    let mut summary = Summary::default();
    let (mut inputs, mut reports) = (0, 0);
    for item in items {
        match item {
            Item::Read(reading, words, sketch) => {
                reports += 1;
                count(&mut summary, &reading, words);
                writer.batch.push((*reading, words, sketch));
            }
            Item::Again(report, source) => {
                reports += 1;
                writer.again.push((report, source));
            }
            Item::Known => reports += 1,
            Item::Fault(fault) => summary.faults.push(fault),
            Item::InputDone => inputs += 1,
        }
        if let Err(fault) = writer.write_if_full(&mut summary) {
            // The other threads end when they find the channel closed.
            stop.store(true, Ordering::Relaxed);
            return Err(fault);
        }
        on_step(Step::Reading { inputs, reports, words: summary.words });
    }
    writer.write(&mut summary)?;
    summary.known = reports - summary.new;
    summary.faults.sort_by(|a, b| (&a.path, a.member).cmp(&(&b.path, b.member)));
    Ok(summary)
}

struct Writer<'a> {
    record: &'a mut Record,
    batch: Vec<(Reading, u32, Sketch)>,
    again: Vec<(ReportId, Source)>,
}

impl Writer<'_> {
    fn write_if_full(&mut self, summary: &mut Summary) -> Result<(), EngineError> {
        match self.batch.len() + self.again.len() < BATCH {
            true => Ok(()),
            false => self.write(summary),
        }
    }

    fn write(&mut self, summary: &mut Summary) -> Result<(), EngineError> {
        if self.batch.is_empty() && self.again.is_empty() {
            return Ok(());
        }
        // In the order of their keys, neighbours go to neighbouring pages.
        self.batch.sort_by_key(|(reading, ..)| reading.report.id);
        summary.new += self.record.add(&self.batch, &self.again)?;
        self.batch.clear();
        self.again.clear();
        Ok(())
    }
}

fn count(summary: &mut Summary, reading: &Reading, words: u32) {
    summary.words += u64::from(words);
    summary.unread += usize::from(!reading.observed.language.read);
    for notice in &reading.report.notices {
        *summary.notices.entry(notice.code.clone()).or_default() += 1;
    }
}
