use std::collections::BTreeMap;

use chancery_annotate::occurrence::{self, Occurrence, WhenBasis};
use chancery_annotate::{Kit, annotate};
use chancery_resolve::timeline::{Entry, Source, Telling, of_actor};
use chancery_store::{Cell, Filter, Record, TableName};
use chancery_text::{Interval, ReportId, Span};

use crate::EngineError;

/// Reports that are in memory at once.
const BATCH: usize = 64;

/// One happening in the timeline of an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineRow {
    /// The days it may have happened on; open if no report says.
    pub when: Interval,
    /// How they are known.
    pub basis: WhenBasis,
    /// Whether it happened, was stated, is planned.
    pub told: Telling,
    /// A sentence that tells it, on one line.
    pub text: String,
    /// The words that name it.
    pub words: String,
    /// Where these stand, and where others tell the same, sorted.
    pub mentions: Vec<(ReportId, Span)>,
}

/// What reports tell of whoever is called `name`, by day: everything that happens with it, not only the
/// acts that the record's events code. Vague days are intervals.
///
/// Reads the reports that name it again, so the cost is that of annotating these.
pub fn timeline(record: &Record, name: &str, kit: &Kit) -> Result<Vec<TimelineRow>, EngineError> {
    let mut read: BTreeMap<ReportId, Read> = BTreeMap::new();
    for batch in naming(record, name)?.chunks(BATCH) {
        for reading in record.readings(batch)? {
            let annotations = annotate(&reading.report, kit);
            let occurrences = occurrence::find(&reading.report, &annotations, kit);
            let sentences = annotations.observed.sentences;
            let text = reading.report.text;
            read.insert(reading.report.id, Read { text, sentences, occurrences });
        }
    }
    let sources: Vec<_> = read
        .iter()
        .map(|(report, read)| Source { report: *report, occurrences: &read.occurrences })
        .collect();
    Ok(of_actor(name, &sources).into_iter().map(|entry| row(&read, entry)).collect())
}

/// What is kept of a report until the timeline is made.
struct Read {
    text: String,
    sentences: Vec<Span>,
    occurrences: Vec<Occurrence>,
}

/// The reports in which an actor is found or that have the name, sorted.
fn naming(record: &Record, name: &str) -> Result<Vec<ReportId>, EngineError> {
    let name = name.replace('"', " ");
    let condition = format!("actor=\"{name}\" or text=\"{name}\"");
    let filter = Filter::parse(&condition).map_err(chancery_store::StoreError::from)?;
    let listing = record.list(TableName::Reports, &filter, None)?;
    let column = listing.columns.iter().position(|column| column == "id");
    let id = |row: &Vec<Cell>| match row.get(column?)? {
        Cell::Text(id) => id.parse().ok(),
        _ => None,
    };
    let mut reports: Vec<ReportId> = listing.rows.iter().filter_map(id).collect();
    reports.sort_unstable();
    Ok(reports)
}

fn row(read: &BTreeMap<ReportId, Read>, entry: Entry) -> TimelineRow {
    let (text, words) = entry.mentions.first().map_or_else(Default::default, |(report, span)| {
        let Read { text, sentences, .. } = &read[report];
        let holds = |sentence: &&Span| sentence.contains(*span);
        let sentence = sentences.iter().find(holds).unwrap_or(span);
        let line = sentence.slice(text).split_whitespace().collect::<Vec<_>>().join(" ");
        (line, span.slice(text).to_owned())
    });
    let Entry { when, basis, told, mentions } = entry;
    TimelineRow { when, basis, told, text, words, mentions }
}
