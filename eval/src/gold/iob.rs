//! IOB text: a word and its label a line, an empty line between sentences.

use std::path::Path;

use chancery_text::Span;

use super::{Document, Draft};
use crate::EvalError;
use crate::error::read_text;

/// A labelled document.
#[derive(Debug, Clone)]
pub struct LabelledDocument {
    /// Its text; a sentence a line.
    pub document: Document,
    /// Labelled stretches: label and span, in the order of the text.
    pub labels: Vec<(Span, String)>,
}

/// Reads a file: a document for each `-DOCSTART-`, or, where there is none, for each sentence.
/// Labels may be IOB1 or IOB2; words and labels are parted by white space.
pub fn read(path: &Path) -> Result<Vec<LabelledDocument>, EvalError> {
    parse(path, &read_text(path)?)
}

/// Whether a text looks like IOB: its first lines end in a label.
pub fn looks_like(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).take(20).peekable();
    lines.peek().is_some()
        && lines.all(|line| cells(line).is_some_and(|(_, label)| is_label(label)))
}

fn is_label(label: &str) -> bool {
    label == "O" || label.starts_with("B-") || label.starts_with("I-")
}

fn cells(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_end();
    let (rest, label) = line.rsplit_once(['\t', ' '])?;
    Some((rest.split(['\t', ' ']).next().unwrap_or(rest), label))
}

fn parse(path: &Path, text: &str) -> Result<Vec<LabelledDocument>, EvalError> {
    let whole = text.lines().any(|line| line.starts_with("-DOCSTART-"));
    let mut documents = Vec::new();
    let mut writing = Writing::default();
    for (number, line) in (1..).zip(text.lines()) {
        let starts = line.starts_with("-DOCSTART-");
        if line.trim().is_empty() || starts {
            writing.text.end_block();
            writing.last = None;
            if starts || !whole {
                documents.extend(std::mem::take(&mut writing).finish(path, documents.len()));
            }
        } else {
            let (word, label) = cells(line)
                .filter(|(_, label)| is_label(label))
                .ok_or_else(|| EvalError::form(path, number, "is no `word label` of IOB text"))?;
            writing.row(word, label);
        }
    }
    documents.extend(writing.finish(path, documents.len()));
    Ok(documents)
}

#[derive(Default)]
struct Writing {
    text: Draft,
    labels: Vec<(Span, String)>,
    last: Option<String>,
}

impl Writing {
    fn row(&mut self, word: &str, label: &str) {
        let word = match word {
            "-LRB-" => "(",
            "-RRB-" => ")",
            word => word,
        };
        let span = self.text.push(word);
        let Some((mark, kind)) = label.split_once('-') else {
            self.last = None;
            return;
        };
        let goes_on = mark == "I" && self.last.as_deref() == Some(kind);
        match self.labels.last_mut().filter(|_| goes_on) {
            Some((before, _)) => *before = before.cover(span),
            None => self.labels.push((span, kind.to_owned())),
        }
        self.last = Some(kind.to_owned());
    }

    fn finish(self, path: &Path, number: usize) -> Option<LabelledDocument> {
        let id = format!("{}#{}", super::find::stem(path), number + 1);
        let empty = self.text.text().trim().is_empty();
        let document = Document::from_text(&id, self.text.text());
        (!empty).then_some(LabelledDocument { document, labels: self.labels })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<Vec<(String, String)>> {
        let read = parse(Path::new("a.txt"), text).unwrap();
        let slice = |d: &LabelledDocument| {
            let name = |(span, kind): &(Span, String)| {
                (span.slice(&d.document.report.text).to_owned(), kind.clone())
            };
            d.labels.iter().map(name).collect()
        };
        read.iter().map(slice).collect()
    }

    #[test]
    fn touching_names_are_told_apart_by_b_and_by_type() {
        let text = "Ana\tB-PER\nLo\tI-PER\nEva\tB-PER\nDoha\tI-LOC\n";
        let pair = |name: &str, kind: &str| (name.to_owned(), kind.to_owned());
        assert_eq!(names(text), [[pair("Ana Lo", "PER"), pair("Eva", "PER"), pair("Doha", "LOC")]]);
    }

    #[test]
    fn documents_hold_their_sentences_where_they_are_marked() {
        let text = "-DOCSTART- O\n\nAna I-PER\n\nDoha I-LOC\n\n-DOCSTART- O\n\nEva I-PER\n";
        assert_eq!(names(text).iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(names("Ana O\n\nEva O\n").len(), 2);
    }
}
