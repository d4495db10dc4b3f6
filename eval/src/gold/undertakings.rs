//! Sentences with every undertaking marked, a JSON object a line. `eval/gold/README.md` says what is one.

use std::path::Path;

use chancery_annotate::undertaking::UndertakingKind;
use chancery_text::Span;
use serde_json::Value;

use super::Document;
use super::re3d::rows;
use crate::EvalError;

/// A marked undertaking.
#[derive(Debug, Clone, PartialEq)]
pub struct Undertaken {
    /// What sort.
    pub kind: UndertakingKind,
    /// The words that make it one.
    pub cue: Span,
    /// Who undertakes or demands.
    pub by: Vec<Span>,
    /// Whom it is addressed to; empty where nobody is named or the annotator left it open.
    pub to: Vec<Span>,
    /// The proposition; `None` where the text does not say.
    pub what: Option<Span>,
    /// Whether `what` is a thing not to be done.
    pub negated: bool,
    /// On what condition.
    pub condition: Option<Span>,
}

/// One to three sentences and all their undertakings.
#[derive(Debug, Clone)]
pub struct PledgedDocument {
    /// The text.
    pub document: Document,
    /// All its undertakings, as the annotator listed them.
    pub undertakings: Vec<Undertaken>,
    /// For a text without any, what may be mistaken for one: `weather`, `adjective`.
    pub trap: String,
}

/// Reads a file.
pub fn read(path: &Path) -> Result<Vec<PledgedDocument>, EvalError> {
    let read = |(number, row): (usize, &Value)| {
        document(row).map_err(|problem| EvalError::form(path, number, problem))
    };
    (1..).zip(&rows(path)?).map(read).collect()
}

fn document(row: &Value) -> Result<PledgedDocument, String> {
    let text = row["text"].as_str().ok_or("has no `text`")?;
    let id = row["id"].as_str().ok_or("has no `id`")?;
    let listed = row["undertakings"].as_array().ok_or("has no `undertakings`")?;
    let undertakings: Result<_, _> = listed.iter().map(|one| undertaken(one, text)).collect();
    Ok(PledgedDocument {
        document: Document::from_text(id, text),
        undertakings: undertakings?,
        trap: row["trap"].as_str().unwrap_or("plain").to_owned(),
    })
}

fn undertaken(row: &Value, text: &str) -> Result<Undertaken, String> {
    let one = |key: &str| row[key].as_str().map(|words| place(words, text)).transpose();
    let many = |key: &str| -> Result<Vec<Span>, String> {
        let words = row[key].as_array().map_or(&[][..], Vec::as_slice);
        words.iter().filter_map(Value::as_str).map(|words| place(words, text)).collect()
    };
    Ok(Undertaken {
        kind: row["kind"].as_str().unwrap_or_default().parse()?,
        cue: one("cue")?.ok_or("has an undertaking without `cue`")?,
        by: many("by")?,
        to: many("to")?,
        what: one("what")?,
        negated: row["negated"].as_bool().unwrap_or_default(),
        condition: one("condition")?,
    })
}

/// Where words stand: `hope` at its first place, `hope@2` at its second. A place that begins and ends
/// with whole words goes before one that does not.
fn place(words: &str, text: &str) -> Result<Span, String> {
    let numbered = words.rsplit_once('@').and_then(|(words, nth)| Some((words, nth.parse().ok()?)));
    let (words, nth): (&str, usize) = numbered.unwrap_or((words, 1));
    let edge = |at: Option<char>| at.is_none_or(|letter| !letter.is_alphanumeric());
    let whole = |at: usize| {
        edge(text[..at].chars().next_back()) && edge(text[at + words.len()..].chars().next())
    };
    let places: Vec<usize> = text.match_indices(words).map(|(at, _)| at).collect();
    let apart: Vec<usize> = places.iter().copied().filter(|at| whole(*at)).collect();
    let among = if nth <= apart.len() { &apart } else { &places };
    let at = nth.checked_sub(1).and_then(|at| among.get(at));
    let at = at.ok_or_else(|| format!("has no `{words}` in its text"))?;
    Ok(Span::of(*at..*at + words.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_go_before_parts_of_words() {
        let text = "Kelstan seemed hopeless, yet they hope and hope.";
        assert_eq!(place("hope", text).unwrap().start, 34);
        assert_eq!(place("hope@2", text).unwrap().start, 43);
        assert!(place("despair", text).is_err());
        assert_eq!(place("@pelm", "Asked @pelm to wait.").unwrap().start, 6);
    }

    #[test]
    fn an_undertaking_is_read_with_its_parties() {
        let row = serde_json::json!({
            "id": "a", "text": "Arlen urged Pelm not to leave.", "trap": null,
            "undertakings": [{
                "kind": "demand", "cue": "urged", "by": ["Arlen"], "to": ["Pelm"], "what": "leave",
                "negated": true, "condition": null,
            }],
        });
        let read = document(&row).unwrap();
        let one = &read.undertakings[0];
        assert_eq!((one.by.len(), one.to[0].start, one.negated), (1, 12, true));
        assert_eq!(read.trap, "plain");
    }
}
