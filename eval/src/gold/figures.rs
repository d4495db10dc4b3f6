//! Sentences with every figure marked, a JSON object a line. `eval/gold/README.md` says what is one.

use std::path::Path;

use chancery_annotate::figure::Bound;
use chancery_text::Span;
use serde_json::Value;

use super::Document;
use super::re3d::rows;
use crate::EvalError;

/// A marked figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Marked {
    /// The number with its bound and its unit of measure.
    pub span: Span,
    /// Lowest value; `None` for a magnitude only.
    pub low: Option<f64>,
    /// Highest value.
    pub high: Option<f64>,
    /// How it is bounded.
    pub bound: Bound,
    /// `person`, `USD`, `km`; `None` for a count of things.
    pub unit: Option<String>,
    /// What is counted, in words of the sentence.
    pub counted: Option<String>,
    /// The word that says what happened to it.
    pub state: Option<String>,
}

/// A sentence and its figures, in order.
#[derive(Debug, Clone)]
pub struct CountedDocument {
    /// The sentence.
    pub document: Document,
    /// All its figures.
    pub figures: Vec<Marked>,
    /// Words that may be read as a figure or not.
    pub open: Vec<Span>,
}

/// Whether a file of JSON lines is of this form.
pub fn is_marked(path: &Path) -> Result<bool, EvalError> {
    Ok(rows(path)?.first().is_some_and(|row| row.get("figures").is_some()))
}

/// Reads a file.
pub fn read(path: &Path) -> Result<Vec<CountedDocument>, EvalError> {
    let read = |(number, row): (usize, &Value)| {
        document(row).map_err(|problem| EvalError::form(path, number, problem))
    };
    (1..).zip(&rows(path)?).map(read).collect()
}

fn document(row: &Value) -> Result<CountedDocument, String> {
    let word = |row: &Value, key: &str| row[key].as_str().map(str::to_owned);
    let list = |key: &str| row[key].as_array().map_or(&[][..], Vec::as_slice);
    let text = word(row, "text").ok_or("has no `text`")?;
    let id = word(row, "id").ok_or("has no `id`")?;
    let find = |words: &str, nth: usize| {
        let (at, _) = text.match_indices(words).nth(nth)?;
        Some(Span::of(at..at + words.len()))
    };
    let mut figures: Vec<Marked> = Vec::new();
    for figure in list("figures") {
        let words = word(figure, "number").ok_or("has a figure without `number`")?;
        let nth = figure["nth"].as_u64().map(|nth| nth as usize);
        let free = |span: &Span| !figures.iter().any(|before| before.span.overlaps(*span));
        let apart = |span: &Span| {
            let edge = |at: Option<char>| at.is_none_or(|c| !c.is_alphanumeric());
            edge(text[..span.start as usize].chars().next_back())
                && edge(text[span.end as usize..].chars().next())
        };
        let places = || (0..).map_while(|nth| find(&words, nth)).filter(free);
        let first = || places().find(apart).or_else(|| places().next());
        let span = nth.map_or_else(first, |nth| find(&words, nth));
        let span = span.ok_or_else(|| format!("has no `{words}` in its text"))?;
        let bound = word(figure, "bound").unwrap_or_default();
        figures.push(Marked {
            span,
            low: figure["low"].as_f64(),
            high: figure["high"].as_f64(),
            bound: bound.parse()?,
            unit: word(figure, "unit"),
            counted: word(figure, "counted"),
            state: word(figure, "state"),
        });
    }
    let open = list("ignore").iter().filter_map(Value::as_str);
    let open = open.filter_map(|words| find(words, 0)).collect();
    Ok(CountedDocument { document: Document::from_text(&id, &text), figures, open })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_twice_is_two_figures() {
        let row = serde_json::json!({
            "id": "a", "text": "It sank 2 of 22 boats and 2 ferries, or 3-2.", "ignore": ["3-2"],
            "figures": [
                {"number": "2", "low": 2, "high": 2, "bound": "exact"},
                {"number": "22", "low": 22, "high": 22, "bound": "exact", "counted": "boats"},
                {"number": "2", "low": 2, "high": 2, "bound": "exact"},
            ],
        });
        let read = document(&row).unwrap();
        let starts: Vec<_> = read.figures.iter().map(|figure| figure.span.start).collect();
        assert_eq!((starts, read.open.len()), (vec![8, 13, 26], 1));
    }

    #[test]
    fn a_number_that_is_not_in_the_text_is_said() {
        let row = serde_json::json!({
            "id": "a", "text": "It sank 2 boats.",
            "figures": [{"number": "3", "low": 3, "high": 3, "bound": "exact"}],
        });
        assert_eq!(document(&row).unwrap_err(), "has no `3` in its text");
    }
}
