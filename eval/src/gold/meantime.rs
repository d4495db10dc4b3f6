//! MEANTIME's stand-off XML: a list of words with numbers, and marks that point at them.
//!
//! The headline and the date are lines of their own. Each report is there twice: what is marked within the
//! report is read from the copies annotated within the report.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chancery_text::Span;

use super::xml::Element;
use super::{Document, Draft};

/// One report: its words as text, and its marks.
pub struct Meantime<'a> {
    draft: Draft,
    places: BTreeMap<&'a str, (Span, u32)>,
    numbered: Vec<(Span, u32)>,
    marks: Vec<&'a Element>,
}

impl<'a> Meantime<'a> {
    /// Reads `<Document>`.
    pub fn read(document: &'a Element) -> Self {
        let mut tokens = Vec::new();
        document.all("token", &mut tokens);
        let mut draft = Draft::default();
        let (mut places, mut numbered) = (BTreeMap::new(), Vec::new());
        let mut sentence = 0;
        for token in tokens {
            let number =
                token.attribute("sentence").and_then(|n| n.parse().ok()).unwrap_or(sentence);
            if number != sentence && number <= 2 {
                draft.end_block();
            }
            sentence = number;
            let span = draft.push(token.text().trim());
            places.insert(token.attribute("t_id").unwrap_or_default(), (span, number));
            numbered.push((span, number));
        }
        let marks = document.child(&["Markables"]).into_iter().flat_map(Element::elements);
        Self { draft, places, numbered, marks: marks.collect() }
    }

    /// The text, with the day it was written on.
    pub fn document(&self, id: &str) -> Document {
        let created = self.marks("TIMEX3").find(|mark| is_created(mark));
        let document = Document::from_text(id, self.draft.text());
        document.dated(created.map(|mark| mark.attribute("value").unwrap_or_default()))
    }

    /// The words in order, with the numbers of their sentences.
    pub fn numbered(&self) -> Vec<(Span, u32)> {
        self.numbered.clone()
    }

    /// The marks of one kind, in the order of the file.
    pub fn marks(&self, name: &str) -> impl Iterator<Item = &'a Element> {
        self.marks.iter().copied().filter(move |mark| mark.name == name)
    }

    /// The words that a mark points at.
    pub fn words(&self, mark: &Element) -> Vec<Span> {
        self.anchors(mark).map(|(span, _)| span).collect()
    }

    /// The sentences up to a number.
    pub fn first(&self, last: u32) -> Span {
        let within = self.numbered.iter().filter(|(_, number)| *number <= last);
        within.map(|(span, _)| *span).reduce(Span::cover).unwrap_or_default()
    }

    /// The stretch that was annotated: the first sentences, up to the last that has a mark.
    pub fn annotated(&self) -> Span {
        let last = self.marks.iter().flat_map(|mark| self.anchors(mark)).map(|at| at.1).max();
        let within = self.places.values().filter(|(_, number)| Some(*number) <= last);
        within.map(|(span, _)| *span).reduce(Span::cover).unwrap_or_default()
    }

    fn anchors(&self, mark: &Element) -> impl Iterator<Item = (Span, u32)> {
        let anchors = mark.elements().filter(|child| child.name == "token_anchor");
        anchors.filter_map(|anchor| self.places.get(anchor.attribute("t_id")?).copied())
    }
}

/// Whether a time is the stated date of the report.
pub fn is_created(mark: &Element) -> bool {
    mark.attribute("functionInDocument") == Some("CREATION_TIME")
}

/// The copies annotated within the report; all files where none are.
pub fn within(files: Vec<PathBuf>) -> Vec<PathBuf> {
    let is_within = |file: &Path| file.to_string_lossy().contains("intra-doc_annotation");
    let some: Vec<_> = files.iter().filter(|file| is_within(file)).cloned().collect();
    if some.is_empty() { files } else { some }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_annotated_within_the_report_are_preferred() {
        let files = ["a/intra-doc_annotation/1.xml", "a/intra_cross-doc_annotation/1.xml"];
        let files: Vec<_> = files.iter().map(PathBuf::from).collect();
        assert_eq!(within(files.clone()), files[..1]);
        assert_eq!(within(files[1..].to_vec()), files[1..]);
    }
}
