//! The merged events of the record, on the gold's mentions.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chancery_annotate::Kit;
use chancery_text::{RowId, Span};

use super::labels::{Labels, Mention};
use crate::gold::instances::Corpus;
use crate::line::conclude;

/// The merged event of each mention of the gold that has one.
pub(super) fn of_coded(corpus: &Corpus, gold: &Labels, kit: &Kit) -> Labels {
    let reports = corpus.reports.iter().map(|it| it.document.report.clone()).collect();
    let mut coded = Labels::new();
    for (readings, conclusions) in conclude(reports, kit) {
        let rows = conclusions.events.iter();
        let event_of: BTreeMap<RowId, RowId> =
            rows.flat_map(|row| row.mentions.iter().map(|it| (*it, row.id))).collect();
        for reading in &readings {
            for event in &reading.observed.events {
                let Some(row) = event_of.get(&event.id) else { continue };
                // "signed a deal" tells the signing: one mention for each event.
                let shared = |mention: &Mention| {
                    let both = mention.1.intersection(event.trigger);
                    both.filter(|_| mention.0 == reading.report.id).map_or(0, Span::len)
                };
                let best = gold.keys().max_by_key(|it| (shared(it), Reverse(**it)));
                if let Some(mention) = best.filter(|mention| 0 < shared(mention)) {
                    coded.entry(*mention).or_insert_with(|| row.to_string());
                }
            }
        }
    }
    coded
}
