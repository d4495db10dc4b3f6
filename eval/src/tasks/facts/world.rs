use std::collections::BTreeMap;

use chancery_annotate::Kit;
use chancery_resolve::Reading;
use chancery_resolve::record::{Conclusions, Evidence};
use chancery_resolve::thread::{self, Subject, Thread};
use chancery_text::{ReportId, Span};

use super::parties::Parties;
use crate::gold::facts::{Fact, Site, locate};
use crate::line::Stories;
use crate::tasks::place;

/// What was read and concluded, by document.
pub struct World<'a> {
    /// The stories.
    pub stories: &'a Stories,
    /// Names, as the kit knows them.
    pub parties: Parties<'a>,
    by_doc: BTreeMap<String, Found<'a>>,
}

/// A report's reading and its story's conclusions.
#[derive(Clone, Copy)]
pub struct Found<'a> {
    /// The reading.
    pub reading: &'a Reading,
    /// Those of its story.
    pub readings: &'a [Reading],
    /// The story.
    pub conclusions: &'a Conclusions,
    /// Which story.
    pub story: usize,
    /// Which thread, if its story is in one.
    pub thread: Option<usize>,
}

/// A fact's words in one report.
pub struct Standing<'a> {
    /// Where.
    pub at: Found<'a>,
    /// Every place where the words stand.
    pub spans: Vec<Span>,
}

impl Standing<'_> {
    /// Whether a span overlaps the words.
    pub fn meets(&self, span: Span) -> bool {
        self.spans.iter().any(|own| own.overlaps(span))
    }

    /// Whether one of these does.
    pub fn meets_any(&self, spans: impl IntoIterator<Item = Span>) -> bool {
        spans.into_iter().any(|span| self.meets(span))
    }

    /// Whether evidence of a concluded row does.
    pub fn evidenced(&self, evidence: &[Evidence]) -> bool {
        let own = self.report();
        evidence.iter().any(|one| one.report == own && self.meets(one.span))
    }

    /// The report.
    pub fn report(&self) -> ReportId {
        self.at.reading.report.id
    }
}

impl<'a> World<'a> {
    /// Indexes stories by the file names of their reports.
    pub fn new(stories: &'a Stories, kit: &'a Kit) -> Self {
        let mut by_doc = BTreeMap::new();
        let of_story =
            |(_, conclusions): &(_, Conclusions)| conclusions.story.as_ref().map(Subject::of);
        let threads = thread::find(&stories.iter().filter_map(of_story).collect::<Vec<_>>());
        for (story, (readings, conclusions)) in stories.iter().enumerate() {
            let id = conclusions.story.as_ref().map(|story| story.id);
            let holds = |thread: &Thread| thread.stories.iter().any(|one| Some(one.story) == id);
            let thread = threads.iter().position(holds);
            for reading in readings {
                let found = Found { reading, readings, conclusions, story, thread };
                let label = reading.report.source.label();
                let name = label.rsplit('/').next().unwrap_or(&label).to_owned();
                by_doc.insert(name, found);
            }
        }
        Self { stories, parties: Parties::new(kit), by_doc }
    }

    /// The report of this name. A container with one report may be named without its number.
    pub fn doc(&self, doc: &str) -> Option<Found<'a>> {
        let first = || self.by_doc.get(&format!("{doc}#1"));
        self.by_doc.get(doc).or_else(first).copied()
    }

    /// Where a site's words stand; `None` if its report was not read.
    pub fn standing(&self, site: &Site) -> Option<Standing<'a>> {
        let at = self.doc(&site.doc)?;
        Some(Standing { at, spans: locate(site, &at.reading.report) })
    }

    /// For a case: the places of a fact, without its words.
    pub fn label(&self, fact: &Fact) -> String {
        let site = |site: &Site| {
            let spans = self.standing(site).map(|standing| {
                let text = &standing.at.reading.report.text;
                standing.spans.iter().map(|span| place(text, *span)).collect::<Vec<_>>().join(" ")
            });
            let spans = spans.filter(|spans| !spans.is_empty()).unwrap_or("not in the text".into());
            format!("{} {spans}", site.doc)
        };
        let sites = fact.sites.iter().map(site);
        let docs = fact.docs.iter().cloned();
        let names = fact.names.iter().cloned();
        sites.chain(docs).chain(names).collect::<Vec<_>>().join("; ")
    }
}

impl<'a> World<'a> {
    /// What was read in every report of a story.
    pub fn observed(&self, story: usize) -> Vec<&'a chancery_annotate::Observed> {
        self.stories[story].0.iter().map(|reading| &reading.observed).collect()
    }
}
