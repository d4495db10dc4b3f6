//! SemEval-2015 task 4: reports as numbered words, and for each of some actors a timeline whose rows are
//! `cell⇥day⇥mention⇥mention…`, a mention being `report-sentence-word_word`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chancery_text::Span;

use super::meantime::Meantime;
use super::{Document, find, xml};
use crate::EvalError;
use crate::error::read_text;
use crate::score::timelines::Entry;

/// One corpus: its reports and the timelines of its actors.
pub struct Corpus {
    /// The folder of its timelines.
    pub name: String,
    /// Whether systems were scored on it; the others were given to build them.
    pub test: bool,
    /// Its reports.
    pub reports: Vec<Numbered>,
    /// Actor and timeline, sorted.
    pub timelines: Vec<(String, Vec<Entry>)>,
}

/// A report whose words have numbers.
pub struct Numbered {
    /// The text, with its date.
    pub document: Document,
    /// Its words in order, with their sentences.
    words: Vec<(Span, u32)>,
}

impl Numbered {
    /// What a stretch of the text is called in a timeline: `5-2-rolls_out`.
    pub fn mention(&self, span: Span) -> Option<String> {
        let touched =
            |(word, _): &&(Span, u32)| word.intersection(span).is_some_and(|it| !it.is_empty());
        let words: Vec<_> = self.words.iter().filter(touched).collect();
        let sentence = words.first()?.1;
        let text = |(word, _): &&(Span, u32)| word.slice(&self.document.report.text);
        let joined = words.iter().map(text).collect::<Vec<_>>().join("_");
        Some(format!("{}-{sentence}-{joined}", self.document.id))
    }

    /// The sentences: their numbers and words.
    pub fn sentences(&self) -> BTreeMap<u32, Vec<Span>> {
        let mut sentences: BTreeMap<u32, Vec<Span>> = BTreeMap::new();
        for (span, sentence) in &self.words {
            sentences.entry(*sentence).or_default().push(*span);
        }
        sentences
    }
}

/// The corpora at or below a path. Fails where a file is missing or malformed.
pub fn read(path: &Path) -> Result<Vec<Corpus>, EvalError> {
    let files = find::files(path, |file| find::ends(file, &["txt"]) && is_timeline(file))?;
    let mut folders: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    for file in files {
        let folder = file.parent().unwrap_or(Path::new("")).to_owned();
        folders.entry(folder).or_default().push(file);
    }
    folders.into_iter().map(|(folder, files)| corpus(&folder, &files)).collect()
}

fn is_timeline(file: &Path) -> bool {
    let folder = file.parent().and_then(Path::file_name);
    folder.is_some_and(|folder| folder.to_string_lossy().starts_with("TimeLines"))
}

fn corpus(folder: &Path, files: &[PathBuf]) -> Result<Corpus, EvalError> {
    let beside = folder.parent().unwrap_or(Path::new(""));
    let test = beside.join("corpus_trackA_CAT");
    let is_test = test.is_dir();
    let texts = if is_test { test } else { beside.join("Corpus-trial-data_task4") };
    let name = if is_test { beside } else { folder };
    let name = name.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
    let reports = find::files(&texts, |file| find::ends(file, &["xml"]))?;
    let reports = reports.iter().map(|file| report(file)).collect::<Result<_, _>>()?;
    let timelines = files.iter().map(|file| timeline(file)).collect::<Result<_, _>>()?;
    Ok(Corpus { name, test: is_test, reports, timelines })
}

fn report(file: &Path) -> Result<Numbered, EvalError> {
    let root = xml::parse(file, &read_text(file)?)?;
    let root =
        root.child(&["Document"]).ok_or_else(|| EvalError::form(file, 1, "has no Document"))?;
    let read = Meantime::read(root);
    let id = root.attribute("doc_id").unwrap_or_default();
    Ok(Numbered { document: read.document(id), words: read.numbered() })
}

fn timeline(file: &Path) -> Result<(String, Vec<Entry>), EvalError> {
    let text = read_text(file)?;
    let mut lines = text.lines();
    let actor = lines.next().unwrap_or_default().trim().to_owned();
    Ok((actor, lines.filter_map(entry).collect()))
}

/// A row; `None` for a line without cell, day and mention.
fn entry(line: &str) -> Option<Entry> {
    let mut cells = line.split('\t').map(str::trim);
    let cell = cells.next()?.parse().ok()?;
    let day = day(cells.next()?);
    let mentions: Vec<_> = cells.filter(|cell| !cell.is_empty()).map(str::to_owned).collect();
    (!mentions.is_empty()).then_some(Entry { cell, day, mentions })
}

/// A day as the test corpora write it: months and years of the trial data lack their Xs.
fn day(text: &str) -> String {
    match text.len() {
        4 => format!("{text}-XX-XX"),
        7 => format!("{text}-XX"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_a_cell_a_day_and_mentions() {
        let row = entry("2\t1989\t45-8-file\t45-9-suit ").unwrap();
        assert_eq!((row.cell, row.day.as_str(), row.mentions.len()), (2, "1989-XX-XX", 2));
        assert_eq!(entry("2\t1989"), None);
        assert_eq!(entry("Orlen Air"), None);
    }
}
