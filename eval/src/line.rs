//! Asking the stages: one report, or many through the whole line, in memory.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use chancery_annotate::clean::Cleaned;
use chancery_annotate::{Annotations, Kit, annotate, annotate_cleaned};
use chancery_ingest::{Options, read_bytes};
use chancery_resolve::record::Conclusions;
use chancery_resolve::{Reading, block, link, story};
use chancery_text::{Report, ReportId};

use crate::EvalError;
use crate::gold::Document;

/// Reads a document of a corpus: all of it is prose.
pub fn read_document(document: &Document, kit: &Kit) -> Annotations {
    let cleaned = Cleaned { prose: document.blocks.clone(), ..Cleaned::default() };
    annotate_cleaned(&document.report, cleaned, kit)
}

/// The reports of a file, as ingest reads it.
pub fn read_reports(path: &Path) -> Result<Vec<Report>, EvalError> {
    let name = path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
    let bytes = std::fs::read(path)
        .map_err(|source| EvalError::Read { path: path.display().to_string(), source })?;
    let mut reports = Vec::new();
    let mut faults = Vec::new();
    read_bytes(&name, &bytes, &Options::default(), &mut |read| {
        match read {
            Ok(report) => reports.push(report),
            Err(fault) => faults.push(fault.reason),
        }
        ControlFlow::Continue(())
    });
    match faults.into_iter().next() {
        Some(reason) if reports.is_empty() => Err(EvalError::form(path, 0, reason)),
        _ => Ok(reports),
    }
}

/// What is read and concluded of many reports: a pair for each story.
pub type Stories = Vec<(Vec<Reading>, Conclusions)>;

/// Reads reports and resolves them, story by story, as the engine does. The same for any order of
/// `reports`; a report given twice is read once.
pub fn conclude(reports: Vec<Report>, kit: &Kit) -> Stories {
    resolve(&read(reports, kit))
}

/// What is read in each of some reports, sorted by report; a report given twice is read once.
pub fn read(reports: Vec<Report>, kit: &Kit) -> Vec<Reading> {
    let mut readings: BTreeMap<ReportId, Reading> = BTreeMap::new();
    for report in reports {
        readings.entry(report.id).or_insert_with(|| {
            let observed = annotate(&report, kit).observed;
            Reading { report, observed }
        });
    }
    readings.into_values().collect()
}

/// Resolves what was read, story by story.
pub fn resolve(readings: &[Reading]) -> Stories {
    let by_report: BTreeMap<_, _> = readings.iter().map(|one| (one.report.id, one)).collect();
    let resolved = |reports: Vec<ReportId>| {
        let readings: Vec<_> =
            reports.iter().filter_map(|id| by_report.get(id).copied().cloned()).collect();
        let conclusions = story::resolve(&readings);
        (readings, conclusions)
    };
    let sketches: Vec<_> = readings.iter().map(block::sketch).collect();
    link::stories(&sketches).into_iter().map(resolved).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_report_is_in_one_story_in_any_order() {
        let reports: Vec<_> = ["Envoys met in Arlen.", "A storm hit Pelm.", "Envoys met in Arlen."]
            .iter()
            .map(|text| Report::from_text("a.txt", text))
            .collect();
        let stories = conclude(reports.clone(), Kit::embedded());
        assert_eq!(stories.iter().map(|(readings, _)| readings.len()).sum::<usize>(), 2);
        let backwards = conclude(reports.into_iter().rev().collect(), Kit::embedded());
        assert_eq!(stories, backwards);
    }
}
