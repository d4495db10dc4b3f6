//! PolNeAR's brat files: attributions with source, cue and content, offsets in code points.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::{Path, PathBuf};

use chancery_text::Span;

use super::re3d::Offsets;
use super::{Document, find};
use crate::EvalError;
use crate::error::read_text;

/// One attribution.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Attribution {
    /// Who says it; empty where the text gives nobody.
    pub source: Vec<Span>,
    /// The words that attribute.
    pub cue: Vec<Span>,
    /// What is said, perhaps interrupted.
    pub content: Vec<Span>,
}

/// A text and its attributions, in order.
#[derive(Debug, Clone)]
pub struct AttributedDocument {
    /// The text.
    pub document: Document,
    /// The attributions.
    pub attributions: Vec<Attribution>,
}

/// Reads every `.ann` file at or below a path, with the text that it is about: in the folder `text`
/// beside the `.ann` file's folder, or beside the file. Where several annotators read one text, the
/// first by file name counts.
pub fn read(path: &Path) -> Result<Vec<AttributedDocument>, EvalError> {
    let mut documents = BTreeMap::new();
    for file in find::files(path, |file| find::ends(file, &["ann"]))? {
        let text = text_of(&file).ok_or_else(|| {
            EvalError::form(&file, 0, "has no text in ../text or beside it; keep both folders")
        })?;
        if let Entry::Vacant(free) = documents.entry(text) {
            let text = free.key();
            let document = parse(&file, &find::stem(text), &read_text(text)?)?;
            free.insert(document);
        }
    }
    Ok(documents.into_values().collect())
}

/// PolNeAR names an annotation `NAME_annotator.ann` and its text `NAME.txt`.
fn text_of(ann: &Path) -> Option<PathBuf> {
    let stem = find::stem(ann);
    let plain = stem.rsplit_once('_').map_or(stem.as_str(), |(name, _)| name);
    let beside = ann.parent()?;
    let folders = [beside.parent().map(|folder| folder.join("text")), Some(beside.to_owned())];
    let names = [plain, &stem].map(|name| format!("{name}.txt"));
    let candidates = folders.into_iter().flatten().flat_map(|f| names.clone().map(|n| f.join(n)));
    candidates.into_iter().find(|path| path.is_file())
}

fn parse(path: &Path, id: &str, text: &str) -> Result<AttributedDocument, EvalError> {
    let annotations = read_text(path)?;
    let offsets = Offsets::new(text);
    let mut spans: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    let mut attributions = Vec::new();
    for (number, line) in (1..).zip(annotations.lines()) {
        let mut cells = line.split('\t');
        let (key, body) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        if key.starts_with('T') {
            let places = body.split_once(' ').map_or("", |(_, places)| places);
            let read = places.split(';').map(|place| {
                let (start, end) = place.trim().split_once(' ')?;
                offsets.span(start.parse().ok()?, end.parse().ok()?)
            });
            let read: Option<Vec<_>> = read.collect();
            let read =
                read.ok_or_else(|| EvalError::form(path, number, "has offsets outside its text"))?;
            spans.insert(key, read);
        } else if key.starts_with('E') {
            attributions.push(body);
        }
    }
    let mut attributions: Vec<_> =
        attributions.iter().map(|body| attribution(body, &spans)).collect();
    attributions.retain(|attribution| !attribution.content.is_empty());
    attributions.sort_by_key(|attribution| attribution.content.clone());
    Ok(AttributedDocument { document: Document::from_text(id, text), attributions })
}

fn attribution(body: &str, spans: &BTreeMap<&str, Vec<Span>>) -> Attribution {
    let mut attribution = Attribution::default();
    for (role, key) in body.split(' ').filter_map(|pair| pair.split_once(':')) {
        let role = role.trim_end_matches(|c: char| c.is_ascii_digit());
        let place = match role {
            "Source" => &mut attribution.source,
            "Cue" => &mut attribution.cue,
            "Content" => &mut attribution.content,
            _ => continue,
        };
        place.extend(spans.get(key).into_iter().flatten());
        place.sort();
    }
    attribution
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interrupted_content_is_one_attribution() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir_all(at("text")).unwrap();
        std::fs::create_dir_all(at("attributions")).unwrap();
        std::fs::write(at("text/a_b.txt"), "“Yes”, she said, “now”.").unwrap();
        let ann = "T1\tSource 7 10\tshe\nT2\tCue 11 15\tsaid\nT3\tContent 0 5;17 22\tx\n\
                   E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n";
        std::fs::write(at("attributions/a_b_0001.ann"), ann).unwrap();
        std::fs::write(at("attributions/a_b_0002.ann"), "").unwrap();
        let read = read(folder.path()).unwrap();
        assert_eq!(read.len(), 1);
        let text = &read[0].document.report.text;
        let content: Vec<_> =
            read[0].attributions[0].content.iter().map(|span| span.slice(text)).collect();
        assert_eq!(content, ["“Yes”", "“now”"]);
    }
}
