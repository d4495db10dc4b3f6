//! Annotations of many reports to one record: a folder per question, each a pure function.
//!
//! Every question across reports is asked in two steps. *Blocking* ([`block`]) gives each report
//! cheap keys; reports that share a key meet. *Linking* ([`link`]) looks at one such group and says
//! which reports belong together. What is linked forms a story, and [`story::resolve`] decides
//! everything about one story from its reports alone. So the same functions run in one process and
//! in a cluster's shuffle, and nothing needs all reports in memory.
//!
//! No I/O here, so nothing can fail.

pub mod across;
pub mod block;
mod frequency;
pub mod link;
mod lists;
pub mod record;
mod spelling;
pub mod story;
pub mod thread;
pub mod timeline;
pub mod words;

use chancery_annotate::Observed;
use chancery_text::Report;

/// One report and what was read in it: what resolution looks at.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The report.
    pub report: Report,
    /// What was read in it.
    pub observed: Observed,
}
