//! The reports that copies are made of, and pairs of reports of one happening that are no copies.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chancery_text::Report;
use jiff::civil::Date;

use super::overlap::{Grams, alike};
use crate::EvalError;
use crate::gold::re3d::rows;
use crate::gold::{facts, find, newsplease};
use crate::line::read_reports;

/// A report of the pool.
#[derive(Debug, Clone)]
pub struct Source {
    /// The report.
    pub report: Report,
    /// What it reports on, where the gold says: reports with one label may be of one happening.
    pub label: Option<String>,
    /// The day it was published on, where its container says.
    pub day: Option<Date>,
}

/// All reports of some sets.
#[derive(Debug, Clone, Default)]
pub struct Pool {
    /// The reports, each once.
    pub sources: Vec<Source>,
    /// Pairs that a person marked as no copies.
    pub marked_apart: Vec<(usize, usize)>,
    /// Pairs that a person marked as copies.
    pub marked_copies: Vec<(usize, usize)>,
}

/// Words of a run that two texts share, for one to be measured by the other.
const RUN: usize = 8;
/// Share of such runs that makes two reports kin.
const KIN: f64 = 0.1;
/// Most that a report of one happening has of another's runs and is still sure to be no copy of it.
const APART: f64 = 0.25;
/// Words that a report of such a pair has at least.
const LEAST_WORDS: usize = 40;

impl Pool {
    /// Reads sets: FA-KES's lines, news-please's files, or a corpus with `expected.jsonl`.
    pub fn read(sets: &[PathBuf]) -> Result<Self, EvalError> {
        let mut pool = Self::default();
        for set in sets {
            pool.add(set)?;
        }
        Ok(pool)
    }

    fn add(&mut self, set: &Path) -> Result<(), EvalError> {
        if set.join("expected.jsonl").is_file() {
            return facts::read(set)?.iter().try_for_each(|file| self.add_marked(file));
        }
        for one in newsplease::read(set)? {
            let day = day(Some(&one.day));
            self.sources.push(Source { report: one.report, label: Some(one.label), day });
        }
        for file in find::files(set, |file| find::ends(file, &["jsonl"]))? {
            let reports = read_reports(&file)?;
            let labels = rows(&file)?;
            let of = |at: usize| labels.get(at).and_then(label);
            let sources = reports.into_iter().enumerate().map(|(at, report)| {
                let day = day(report.metadata.published.as_deref());
                Source { report, label: of(at), day }
            });
            self.sources.extend(sources);
        }
        Ok(())
    }

    fn add_marked(&mut self, file: &facts::FactFile) -> Result<(), EvalError> {
        let mut index = BTreeMap::new();
        for path in &file.reports {
            for report in read_reports(path)? {
                index.insert(report.source.label(), self.sources.len());
                let day = day(report.metadata.published.as_deref());
                self.sources.push(Source { report, label: None, day });
            }
        }
        for fact in &file.facts {
            let docs: Vec<_> = fact.docs.iter().filter_map(|doc| index.get(doc)).collect();
            let &[&left, &right] = docs.as_slice() else { continue };
            match fact.kind.as_str() {
                "copy" => self.marked_copies.push((left, right)),
                "not_copy" => self.marked_apart.push((left, right)),
                _ => {}
            }
        }
        Ok(())
    }

    /// Pairs of reports that share text, or that a person marked as copies, the lesser number first: nobody
    /// knows which of them came first, so copies are made of neither.
    pub fn kin(&self) -> BTreeSet<(usize, usize)> {
        let texts: Vec<_> = self.sources.iter().map(|source| &*source.report.text).collect();
        let shares = alike(&texts, RUN, |a, b| a.containment(b));
        let kin = shares.into_iter().filter(|(_, share)| KIN <= *share).map(|(pair, _)| pair);
        kin.chain(self.marked_copies.iter().map(|&(a, b)| (a.min(b), a.max(b)))).collect()
    }

    /// Hard negatives: pairs that a person marked, and pairs with one label that share little text,
    /// whoever wrote it first.
    pub fn apart(&self) -> Vec<(usize, usize)> {
        let mut by_label: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, source) in self.sources.iter().enumerate() {
            if let Some(label) = &source.label {
                by_label.entry(label).or_default().push(at);
            }
        }
        let grams: Vec<_> =
            self.sources.iter().map(|source| Grams::of(&source.report.text, RUN)).collect();
        let mut pairs = self.marked_apart.clone();
        for group in by_label.values() {
            for (at, &left) in group.iter().enumerate() {
                let different = |right: &&usize| {
                    let (a, b) = (&grams[left], &grams[**right]);
                    LEAST_WORDS <= a.words().min(b.words()) && a.containment(b) < APART
                };
                pairs.extend(group[at + 1..].iter().filter(different).map(|&right| (left, right)));
            }
        }
        pairs
    }
}

fn day(published: Option<&str>) -> Option<Date> {
    published?.get(..10)?.parse().ok()
}

/// The day and the place of a report of FA-KES.
fn label(row: &serde_json::Value) -> Option<String> {
    let (day, place) = (row["published"].as_str()?, row["place"].as_str()?);
    Some(format!("{} {place}", day.get(..10)?))
}
