//! re3d: documents, entities and relations as JSON lines, offsets in code points.

use std::collections::BTreeMap;
use std::path::Path;

use chancery_text::Span;
use serde_json::Value;

use super::Document;
use super::iob::LabelledDocument;
use crate::EvalError;
use crate::error::read_text;

/// Reads `documents.jsonl` and the `entities.jsonl` beside it.
pub fn read(documents: &Path) -> Result<Vec<LabelledDocument>, EvalError> {
    let entities = documents.with_file_name("entities.jsonl");
    let mut labels: BTreeMap<String, Vec<(usize, usize, String)>> = BTreeMap::new();
    for row in rows(&entities)? {
        let number = |key: &str| row[key].as_u64().unwrap_or_default() as usize;
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        let entity = (number("begin"), number("end"), text("type"));
        labels.entry(text("documentId")).or_default().push(entity);
    }
    let document = |row: &Value| {
        let id = row["_id"].as_str().unwrap_or_default();
        let text = row["text"].as_str().unwrap_or_default();
        let offsets = Offsets::new(text);
        let mut labels: Vec<_> = labels
            .remove(id)
            .unwrap_or_default()
            .into_iter()
            .filter_map(|(start, end, kind)| Some((offsets.span(start, end)?, kind)))
            .collect();
        labels.sort();
        LabelledDocument { document: Document::from_text(id, text), labels }
    };
    Ok(rows(documents)?.iter().map(document).collect())
}

/// A relation between two entities.
#[derive(Debug, Clone, PartialEq)]
pub struct Related {
    /// `FightingAgainst`, `BelongsTo` …
    pub label: String,
    /// Who fights, belongs …
    pub source: Span,
    /// Whom, to what.
    pub target: Span,
    /// Share of the annotators who agree, from 0 to 1.
    pub confidence: f64,
}

/// Reads the `relations.jsonl` beside `documents.jsonl`: those of a document by its id.
pub fn read_relations(
    documents: &Path,
    read: &[LabelledDocument],
) -> Result<BTreeMap<String, Vec<Related>>, EvalError> {
    let mut relations: BTreeMap<String, Vec<Related>> = BTreeMap::new();
    let offsets: BTreeMap<&str, Offsets> = read
        .iter()
        .map(|one| (one.document.id.as_str(), Offsets::new(&one.document.report.text)))
        .collect();
    for row in rows(&documents.with_file_name("relations.jsonl"))? {
        let document = row["documentId"].as_str().unwrap_or_default();
        let number = |key: &str| row[key].as_u64().unwrap_or_default() as usize;
        let span = |begin: &str, end: &str| offsets.get(document)?.span(number(begin), number(end));
        let ends = span("sourceBegin", "sourceEnd").zip(span("targetBegin", "targetEnd"));
        let Some((source, target)) = ends else { continue };
        let label = row["type"].as_str().unwrap_or_default().to_owned();
        let confidence = row["confidence"].as_f64().unwrap_or_default();
        let related = Related { label, source, target, confidence };
        relations.entry(document.to_owned()).or_default().push(related);
    }
    Ok(relations)
}

/// The JSON objects of a file, one a line.
pub fn rows(path: &Path) -> Result<Vec<Value>, EvalError> {
    parse(path, &read_text(path)?)
}

/// The JSON objects of a text, one a line.
pub fn parse(path: &Path, text: &str) -> Result<Vec<Value>, EvalError> {
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            serde_json::from_str(line)
                .map_err(|e| EvalError::form(path, number, format!("is no JSON: {e}")))
        })
        .collect()
}

/// Bytes of a text's code points.
#[derive(Debug)]
pub struct Offsets {
    bytes: Vec<u32>,
}

impl Offsets {
    /// Of a text. Linear in its length.
    pub fn new(text: &str) -> Self {
        let ends = std::iter::once(text.len());
        Self {
            bytes: text.char_indices().map(|(at, _)| at).chain(ends).map(|at| at as u32).collect(),
        }
    }

    /// The span from one code point to another; `None` outside the text.
    pub fn span(&self, start: usize, end: usize) -> Option<Span> {
        let (start, end) = (*self.bytes.get(start)?, *self.bytes.get(end)?);
        (start <= end).then(|| Span::new(start, end))
    }
}
