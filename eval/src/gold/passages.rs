//! Marks that stand apart from the texts they are made on: passages of corpora by file, document and
//! place, so that what is marked of a text can be kept where the text itself may not be.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;

use chancery_annotate::undertaking::UndertakingKind;
use chancery_text::{Report, Span};
use serde_json::Value;

use super::meantime::Meantime;
use super::re3d::{Offsets, parse, rows};
use super::undertakings::{PledgedDocument, Undertaken};
use super::{Document, conllu, find, newsplease, xml};
use crate::EvalError;
use crate::error::read_text;

/// The documents of a file: a treebank, JSON lines with `text`, a news-please page, MEANTIME's XML.
pub fn documents(file: &Path) -> Result<Vec<Document>, EvalError> {
    if find::ends(file, &["conllu"]) {
        return Ok(conllu::read(file)?.into_iter().map(|one| one.document).collect());
    }
    if find::ends(file, &["xml"]) {
        let root = xml::parse(file, &read_text(file)?)?;
        let document = root.child(&["Document"]);
        let document = document.ok_or_else(|| EvalError::form(file, 0, "has no <Document>"))?;
        return Ok(vec![Meantime::read(document).document(&find::stem(file))]);
    }
    if find::ends(file, &["json"]) {
        let pages = newsplease::read(file)?;
        return Ok(pages.into_iter().map(|page| page_document(page.report)).collect());
    }
    let document = |row: &Value| {
        let id = row["id"].as_str().or(row["_id"].as_str()).unwrap_or_default();
        Document::from_text(id, row["text"].as_str().unwrap_or_default())
    };
    Ok(rows(file)?.iter().map(document).collect())
}

fn page_document(report: Report) -> Document {
    Document::from_text(&report.id.to_string(), &report.text)
}

/// Passages of the sets for tuning, with their undertakings.
const TUNING: &str = include_str!("../../gold/passages/undertakings.jsonl");

/// The passages of a set of the gold collection that our own marks are on; none for other folders.
pub fn of_set(set: &Path) -> Result<Vec<PledgedDocument>, EvalError> {
    let (Some(gold), Some(name)) = (set.parent(), set.file_name().and_then(|name| name.to_str()))
    else {
        return Ok(Vec::new());
    };
    let marks = parse_rows(Path::new("eval/gold/passages/undertakings.jsonl"), TUNING)?;
    read(marks.iter().filter(|marks| Path::new(&marks.corpus).starts_with(name)), gold)
}

/// The marks of one passage.
#[derive(Debug, Clone)]
pub struct Marks {
    /// The file of its document, below the gold folder.
    pub corpus: String,
    /// The document's id.
    pub document: String,
    row: Value,
}

/// The marks of a file, in its order.
pub fn marks(file: &Path) -> Result<Vec<Marks>, EvalError> {
    parse_rows(file, &read_text(file)?)
}

fn parse_rows(file: &Path, text: &str) -> Result<Vec<Marks>, EvalError> {
    let of = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let marks =
        |row: Value| Marks { corpus: of(&row, "corpus"), document: of(&row, "document"), row };
    Ok(parse(file, text)?.into_iter().map(marks).collect())
}

/// The passages that are marked, from the corpora below `gold`, in the order of their marks.
pub fn read<'m>(
    marks: impl Iterator<Item = &'m Marks>,
    gold: &Path,
) -> Result<Vec<PledgedDocument>, EvalError> {
    let mut corpora: BTreeMap<&str, BTreeMap<String, Document>> = BTreeMap::new();
    let mut passages = Vec::new();
    for Marks { corpus, document, row } in marks {
        let file = gold.join(corpus);
        let documents = match corpora.entry(corpus) {
            Entry::Occupied(there) => there.into_mut(),
            Entry::Vacant(free) => {
                let documents = documents(&file)?.into_iter();
                free.insert(documents.map(|document| (document.id.clone(), document)).collect())
            }
        };
        let fault = |problem| EvalError::form(&file, 0, problem);
        let whole = documents.get(document);
        let whole = whole.ok_or_else(|| fault(format!("has no document `{document}`")))?;
        passages.push(passage(row, &whole.report.text).map_err(fault)?);
    }
    Ok(passages)
}

fn passage(row: &Value, text: &str) -> Result<PledgedDocument, String> {
    let offsets = Offsets::new(text);
    let span = |value: &Value| -> Result<Span, String> {
        let end = |at: usize| value[at].as_u64().map(|at| at as usize);
        let ends = end(0).zip(end(1)).ok_or("has a place that is not two numbers")?;
        offsets.span(ends.0, ends.1).ok_or_else(|| format!("{ends:?} is not in the document"))
    };
    let place = span(&row["span"])?;
    let within = |value: &Value| -> Result<Span, String> {
        let span = span(value)?;
        let inside = place.start <= span.start && span.end <= place.end;
        let inside = inside.then(|| Span::new(span.start - place.start, span.end - place.start));
        inside.ok_or_else(|| "has a mark outside its passage".to_owned())
    };
    let one = |value: &Value| (!value.is_null()).then(|| within(value)).transpose();
    let many = |value: &Value| -> Result<Vec<Span>, String> {
        value.as_array().map_or(&[][..], Vec::as_slice).iter().map(&within).collect()
    };
    let undertaken = |row: &Value| -> Result<Undertaken, String> {
        Ok(Undertaken {
            kind: row["kind"].as_str().unwrap_or_default().parse::<UndertakingKind>()?,
            cue: within(&row["cue"])?,
            by: many(&row["by"])?,
            to: many(&row["to"])?,
            what: one(&row["what"])?,
            negated: row["negated"].as_bool().unwrap_or_default(),
            condition: one(&row["condition"])?,
        })
    };
    let listed = row["undertakings"].as_array().ok_or("has no `undertakings`")?;
    let id = format!("{} {}", row["document"].as_str().unwrap_or_default(), place.start);
    Ok(PledgedDocument {
        document: Document::from_text(&id, place.slice(text)),
        undertakings: listed.iter().map(undertaken).collect::<Result<_, _>>()?,
        trap: "real".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_cut_out_with_its_marks() {
        let text = "Ärger. Arlen urged Pelm to leave. Rain fell.";
        let row = serde_json::json!({
            "corpus": "a.jsonl", "document": "a", "span": [7, 33],
            "undertakings": [{
                "kind": "demand", "cue": [13, 18], "by": [[7, 12]], "to": [[19, 23]],
                "what": [27, 32], "negated": false, "condition": null,
            }],
        });
        let read = passage(&row, text).unwrap();
        assert_eq!(read.document.report.text, "Arlen urged Pelm to leave.");
        let one = &read.undertakings[0];
        let words = |span: Span| span.slice(&read.document.report.text);
        assert_eq!((words(one.cue), words(one.by[0])), ("urged", "Arlen"));
        assert_eq!(one.what.map(words), Some("leave"));
    }

    #[test]
    fn marks_outside_their_passage_are_refused() {
        let row = serde_json::json!({
            "document": "a", "span": [0, 5],
            "undertakings": [{"kind": "demand", "cue": [6, 8]}],
        });
        assert!(passage(&row, "Arlen urged.").unwrap_err().contains("outside"));
    }
}
