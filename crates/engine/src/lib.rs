//! The pipeline on one page: reports in, one record out.
//!
//! ```text
//! bytes ─ingest→ Report ─annotate→ Observed ─store→ record      (one report at a time, in parallel)
//! record ─block→ sketches ─link→ stories ─resolve→ Conclusions ─store→ record    (story by story)
//! record ─across→ keys ─meet→ pairs ─across→ Passages ─store→ record     (pair by pair of two stories)
//! ```
//!
//! All write in transactions that do not depend on order, so a read that is interrupted and
//! run again gives the same record; see [`read`].

mod across;
mod conclude;
mod observe;
mod pipeline;
mod timeline;

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

use chancery_annotate::Kit;
use chancery_ingest::{Fault, Options};
use chancery_store::{Record, StoreError};

pub use across::tell_across;
pub use conclude::conclude;
pub use timeline::{TimelineRow, timeline};

/// How to read.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// What ingest may take.
    pub ingest: Options,
    /// Threads that annotate and resolve; 0 for as many as there are cores.
    pub threads: usize,
}

impl ReadOptions {
    fn threads(&self) -> usize {
        match self.threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            threads => threads,
        }
    }
}

/// How far a read has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// So many inputs were found.
    Found {
        /// Files.
        inputs: usize,
    },
    /// Reports are being read.
    Reading {
        /// Inputs done.
        inputs: usize,
        /// Reports read, known ones among them.
        reports: usize,
        /// Words of prose annotated.
        words: u64,
    },
    /// Reports are being linked into stories.
    Linking,
    /// Stories are being resolved.
    Resolving {
        /// Stories done.
        done: usize,
        /// Stories to do.
        total: usize,
    },
    /// Reports of different stories that share text are being compared.
    Comparing {
        /// Pairs of reports done.
        done: usize,
        /// Pairs to do.
        total: usize,
    },
    /// Actors and the index of words are being made.
    Finishing,
}

/// What a read did.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// Reports that are new to the record.
    pub new: usize,
    /// Reports that the record had already.
    pub known: usize,
    /// Words of prose in the new reports.
    pub words: u64,
    /// What could not be read, and why.
    pub faults: Vec<Fault>,
    /// How often each notice was given: mended mojibake, cut texts.
    pub notices: std::collections::BTreeMap<String, usize>,
    /// New reports in languages that are not read.
    pub unread: usize,
    /// Stories resolved anew.
    pub stories: usize,
    /// Whether it was stopped before its end. Run again, it goes on.
    pub interrupted: bool,
}

/// Why a read could not go on.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The record could not be used.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Told of each step; called from the thread that called [`read`].
pub type OnStep<'a> = &'a mut dyn FnMut(Step);

/// Reads files, folders and globs into the record at `path`, which is made if need be; what it holds
/// stays. When `stop` is set, what was read so far is kept and the read ends early.
///
/// The same reports give the same record, byte for byte in an SQL dump: in any order, on any number
/// of threads, in one go or in several, interrupted or not.
pub fn read(
    inputs: &[String],
    path: &Path,
    options: &ReadOptions,
    kit: &Kit,
    stop: &AtomicBool,
    on_step: OnStep<'_>,
) -> Result<Summary, EngineError> {
    let mut record = Record::open_or_create(path)?;
    let (done, until) = mpsc::channel::<()>();
    let mut summary = std::thread::scope(|scope| {
        // A fold that fails is made up for when the record is finished or closed.
        scope.spawn(move || Record::fold_beside(path, &until));
        let _done = done;
        let mut summary = observe::observe(inputs, &mut record, options, kit, stop, on_step)?;
        if !stop.load(Ordering::Relaxed) {
            summary.stories = conclude(&mut record, options, stop, on_step)?;
        }
        Ok::<_, EngineError>(summary)
    })?;
    summary.interrupted = stop.load(Ordering::Relaxed) && !record.is_finished()?;
    Ok(summary)
}
