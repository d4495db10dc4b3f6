//! Text that reports of different stories share: who meets, before there are stories, and what each pair
//! that meets has in common, after.

use std::sync::atomic::{AtomicBool, Ordering};

use chancery_resolve::across::{Pair, passages};
use chancery_store::{Prose, Record, StoreError, Told};

use crate::pipeline::pipeline;
use crate::{EngineError, OnStep, ReadOptions, Step};

/// Pieces of work that wait between two threads.
const WAITING: usize = 16;
/// Pairs that are read back together: one report with so many others.
const TOGETHER: usize = 32;
/// Pairs in one transaction, at least.
const BATCH: usize = 256;

/// Lets the new reports of a record meet those that share a key with them: one thread reads them back,
/// several make keys, and the calling thread writes. Stopped, it keeps the meetings of those that were read.
pub(crate) fn meet(
    record: &mut Record,
    options: &ReadOptions,
    stop: &AtomicBool,
) -> Result<(), EngineError> {
    let unmet = record.unmet()?;
    if unmet.is_empty() {
        return Ok(());
    }
    let reader = Record::open(record.path())?;
    let prose = unmet.into_iter().map(move |report| reader.prose(report));
    let keys = |prose: Prose| (prose.report, prose.words().keys());
    Ok(pipeline(options.threads(), WAITING, prose, keys, |keyed| {
        record.meet(keyed.take_while(|_| !stop.load(Ordering::Relaxed)))
    })?)
}

/// Tells what pairs of reports that meet share, where they are of different stories and were not looked at
/// since either's story changed: one thread reads them back, several compare, and the calling thread writes;
/// bounded channels between them keep memory bounded whatever the number of pairs.
pub fn tell_across(
    record: &mut Record,
    options: &ReadOptions,
    stop: &AtomicBool,
    on_step: OnStep<'_>,
) -> Result<(), EngineError> {
    let pairs = record.untold()?;
    if pairs.is_empty() {
        return Ok(());
    }
    let reader = Record::open(record.path())?;
    let mut writer = Writer { record, batch: Vec::new(), done: 0 };
    on_step(Step::Comparing { done: 0, total: pairs.len() });
    let of_one = pairs.chunk_by(|a, b| a.0 == b.0).flat_map(|of_one| of_one.chunks(TOGETHER));
    let meetings = of_one.map(move |pairs| read_meeting(&reader, pairs));
    let compare = |meeting| compare(&meeting);
    pipeline(options.threads(), WAITING, meetings, compare, |compared| {
        for told in compared.take_while(|_| !stop.load(Ordering::Relaxed)) {
            writer.take(told?)?;
            on_step(Step::Comparing { done: writer.done, total: pairs.len() });
        }
        writer.write()
    })
}

/// A report and others that it meets.
struct Meeting {
    one: Prose,
    others: Vec<(Pair, Prose)>,
}

fn read_meeting(reader: &Record, pairs: &[Pair]) -> Result<Meeting, StoreError> {
    let one = reader.prose(pairs[0].0)?;
    let others = pairs.iter().map(|pair| Ok((*pair, reader.prose(pair.1)?)));
    Ok(Meeting { one, others: others.collect::<Result<_, StoreError>>()? })
}

fn compare(meeting: &Meeting) -> Vec<Told> {
    let words = meeting.one.words();
    let told = |(pair, other): &(Pair, Prose)| Told {
        pair: *pair,
        passages: passages(&words, &other.words()),
    };
    meeting.others.iter().map(told).collect()
}

struct Writer<'a> {
    record: &'a mut Record,
    batch: Vec<Told>,
    /// Pairs written.
    done: usize,
}

impl Writer<'_> {
    fn take(&mut self, told: Vec<Told>) -> Result<(), EngineError> {
        self.batch.extend(told);
        if self.batch.len() < BATCH { Ok(()) } else { self.write() }
    }

    fn write(&mut self) -> Result<(), EngineError> {
        self.record.tell(&self.batch)?;
        self.done += self.batch.len();
        self.batch.clear();
        Ok(())
    }
}
