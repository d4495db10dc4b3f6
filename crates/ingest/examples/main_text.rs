//! How well the main text of pages is found: `main_text HTML_FOLDER TEXT_FOLDER`, where `a.html` and
//! `a.txt` belong together. Prints precision, recall and F1 of the words, as multisets, of each page
//! and their means, beside those of all visible text.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "an example prints and may stop")]

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::Path;

use chancery_ingest::{Options, Report, read_bytes};

#[derive(Default, Clone, Copy)]
struct Score {
    precision: f64,
    recall: f64,
    f1: f64,
}

fn counts(text: &str) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *counts.entry(word.to_lowercase()).or_default() += 1;
    }
    counts
}

fn score(found: &str, wanted: &str) -> Score {
    let (found, wanted) = (counts(found), counts(wanted));
    let shared: usize =
        found.iter().map(|(word, count)| wanted.get(word).copied().unwrap_or(0).min(*count)).sum();
    let share = |of: &HashMap<String, usize>| {
        let all: usize = of.values().sum();
        if all == 0 { 0.0 } else { 100.0 * shared as f64 / all as f64 }
    };
    let (precision, recall) = (share(&found), share(&wanted));
    let both = precision + recall;
    Score { precision, recall, f1: if both == 0.0 { 0.0 } else { 2.0 * precision * recall / both } }
}

fn read(path: &Path) -> Option<Report> {
    let bytes = std::fs::read(path).unwrap();
    let mut reports = Vec::new();
    read_bytes("page.html", &bytes, &Options::default(), &mut |read| {
        reports.extend(read);
        ControlFlow::Continue(())
    });
    reports.pop()
}

/// The text without what is furniture of the page.
fn main_text(report: &Report) -> String {
    let (mut text, mut at) = (String::new(), 0);
    for furniture in &report.furniture {
        let range = furniture.span.range();
        text.push_str(&report.text[at..range.start]);
        at = range.end;
    }
    text + &report.text[at..]
}

fn main() {
    let folders: Vec<_> = std::env::args().skip(1).collect();
    let [pages, texts] = folders.as_slice() else {
        panic!("usage: main_text HTML_FOLDER TEXT_FOLDER")
    };
    let mut names: Vec<_> =
        std::fs::read_dir(pages).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let (mut all, mut number) = ([Score::default(); 2], 0.0);
    for page in names {
        let text = Path::new(texts).join(page.with_extension("txt").file_name().unwrap());
        let Ok(wanted) = std::fs::read_to_string(text) else { continue };
        let report = read(&page);
        let found = report.as_ref().map_or(String::new(), main_text);
        let visible = report.map_or(String::new(), |report| report.text);
        let scores = [score(&found, &wanted), score(&visible, &wanted)];
        let name = page.file_name().unwrap().to_string_lossy().into_owned();
        println!(
            "{name:30} P {:5.1} R {:5.1} F1 {:5.1}   all visible text: F1 {:5.1}",
            scores[0].precision, scores[0].recall, scores[0].f1, scores[1].f1
        );
        for (sum, score) in all.iter_mut().zip(scores) {
            sum.precision += score.precision;
            sum.recall += score.recall;
            sum.f1 += score.f1;
        }
        number += 1.0;
    }
    for (name, sum) in ["main text", "all visible text"].iter().zip(all) {
        println!(
            "{name}: P {:.1} R {:.1} F1 {:.1}, mean of {number} pages",
            sum.precision / number,
            sum.recall / number,
            sum.f1 / number
        );
    }
}
