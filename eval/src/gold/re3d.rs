//! re3d: documents and entities as JSON lines, offsets in code points.

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

/// The JSON objects of a file, one a line.
pub fn rows(path: &Path) -> Result<Vec<Value>, EvalError> {
    let text = read_text(path)?;
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
