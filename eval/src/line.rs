//! Asking the stages: one report, or many through the whole line, in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;

use chancery_annotate::clean::Cleaned;
use chancery_annotate::{Annotations, Kit, annotate, annotate_cleaned};
use chancery_ingest::{Options, read_bytes};
use chancery_resolve::link::Components;
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
    let mut readings: BTreeMap<ReportId, Reading> = BTreeMap::new();
    for report in reports {
        readings.entry(report.id).or_insert_with(|| {
            let observed = annotate(&report, kit).observed;
            Reading { report, observed }
        });
    }
    let resolved = |reports: Vec<ReportId>| {
        let readings: Vec<_> = reports.iter().filter_map(|id| readings.get(id).cloned()).collect();
        let conclusions = story::resolve(&readings);
        (readings, conclusions)
    };
    groups(&readings).into_iter().map(resolved).collect()
}

/// The reports of each story, sorted; a report that is linked to none is a story of its own.
fn groups(readings: &BTreeMap<ReportId, Reading>) -> Vec<Vec<ReportId>> {
    let sketches: BTreeMap<ReportId, block::Sketch> =
        readings.iter().map(|(id, reading)| (*id, block::sketch(reading))).collect();
    let mut blocks: BTreeMap<u64, BTreeSet<ReportId>> = BTreeMap::new();
    for (id, sketch) in &sketches {
        for key in sketch.keys() {
            blocks.entry(key).or_default().insert(*id);
        }
    }
    let pick = |ids: &mut dyn Iterator<Item = &ReportId>| -> Vec<block::Sketch> {
        ids.filter_map(|id| sketches.get(id).cloned()).collect()
    };
    let mut components = Components::new();
    for block in blocks.values().filter(|block| 1 < block.len()) {
        link::links(&pick(&mut block.iter())).iter().for_each(|link| components.feed(link));
    }
    let joined = components.groups();
    let mut groups: Vec<_> =
        joined.iter().flat_map(|group| link::cut(&pick(&mut group.iter()))).collect();
    let grouped: BTreeSet<ReportId> = groups.iter().flatten().copied().collect();
    groups.extend(readings.keys().filter(|id| !grouped.contains(id)).map(|id| vec![*id]));
    groups.iter_mut().for_each(|group| group.sort());
    groups.sort();
    groups
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
