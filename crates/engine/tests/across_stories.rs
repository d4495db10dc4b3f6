//! What reports of different stories share is in the record, however it was read.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use chancery_annotate::Kit;
use chancery_engine::{ReadOptions, Step, read};
use chancery_resolve::across;
use chancery_store::{Cell, Filter, Record, TableName};

const BACKGROUND: &str = "The river ports of Ruvania have been closed to Orlen grain barges since the \
    customs treaty of Tavish lapsed in spring, and talks on a new one have not begun.";

/// Words that no two reports have in common, so that each is a story of its own.
fn words(seed: usize, count: usize) -> Vec<String> {
    const PARTS: [&str; 10] =
        ["bel", "cor", "dun", "fas", "gil", "hom", "jur", "kep", "lam", "nov"];
    let word = |at: usize| {
        let number = (seed * 200 + at) * 7919 % 1_000_000;
        let digits = [number / 100_000, number / 10_000, number / 1000, number / 100, number / 10];
        digits.iter().chain([&number]).map(|digit| PARTS[digit % 10]).collect::<String>()
    };
    (0..count).map(word).collect()
}

/// A report of this day of a happening of its own, and what stands below.
fn report(seed: usize, day: usize, below: &str) -> String {
    let told = words(seed, 150)
        .chunks(10)
        .map(|some| format!("The {}.", some.join(" ")))
        .collect::<Vec<_>>();
    format!("Published: {day} March 2016\n\n{}\n\n{below}\n", told.join(" "))
}

fn write(folder: &Path, reports: &[String]) -> Vec<String> {
    let one = |(at, text): (usize, &String)| {
        let path = folder.join(format!("{at:03}.txt"));
        fs::write(&path, text).expect("the folder is ours");
        path.to_string_lossy().into_owned()
    };
    reports.iter().enumerate().map(one).collect()
}

fn read_into(record: &Path, inputs: &[String], threads: usize) {
    let options = ReadOptions { threads, ..ReadOptions::default() };
    let stop = AtomicBool::new(false);
    read(inputs, record, &options, Kit::embedded(), &stop, &mut |_| {}).expect("the read ends");
}

fn assert_same(one: &Path, two: &Path) {
    let dump = |path| Record::open(path).expect("a record").dump().expect("a dump");
    let (one, two) = (dump(one), dump(two));
    if let Some((left, right)) = one.lines().zip(two.lines()).find(|(left, right)| left != right) {
        panic!("the records differ:\n{left}\n{right}");
    }
    assert_eq!(one.len(), two.len());
}

fn column(record: &Record, table: TableName, filter: &str, name: &str) -> Vec<String> {
    let filter = Filter::parse(filter).expect("a filter");
    let listing = record.list(table, &filter, None).expect("a listing");
    let at = listing.columns.iter().position(|column| column == name).expect("a column");
    let text = |row: &Vec<Cell>| match &row[at] {
        Cell::Text(text) => text.clone(),
        Cell::Integer(number) => number.to_string(),
        _ => String::new(),
    };
    listing.rows.iter().map(text).collect()
}

#[test]
fn a_background_paragraph_is_told_across_stories_with_the_older_report() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.db");
    let reports = [report(1, 3, BACKGROUND), report(2, 9, BACKGROUND), report(3, 9, "It rained.")];
    read_into(&path, &write(folder.path(), &reports), 2);
    let record = Record::open(&path).unwrap();
    assert_eq!(record.count(TableName::Stories).unwrap(), 3);
    let shown = |name: &str| column(&record, TableName::Passages, "stories=2", name);
    assert_eq!(shown("left_text"), [BACKGROUND.trim_end_matches('.')]);
    let older = &shown("older")[0];
    let first = column(&record, TableName::Reports, "when=2016-03-03", "title").remove(0);
    assert_eq!(shown(&format!("{older}_report")), [first]);
    assert_eq!(column(&record, TableName::Copies, "kind=\"shared across stories\"", "id").len(), 2);
    assert!(record.evidence_faults().unwrap().is_empty());
    assert_eq!(record.contexts(&shown("id")[0]).unwrap().len(), 2);
}

/// Reports that share a paragraph by twos, threes, and as a crowd; two halves of one story and a
/// report that has both; copies.
fn corpus() -> Vec<String> {
    let below = |at: usize| match at % 10 {
        0..4 => format!("{} {BACKGROUND}", words(900 + at / 20, 24).join(" ")),
        4 => words(900 + at / 30, 24).join(" "),
        _ => BACKGROUND.to_owned(),
    };
    let mut reports: Vec<_> = (0..110).map(|at| report(at, 1 + at % 28, &below(at))).collect();
    for at in (0..110).step_by(15) {
        let both = [at, at + 1].map(|half| words(half, 150).join(" ")).join(". ");
        reports.push(format!("Published: {} March 2016\n\n{both}. {BACKGROUND}\n", 1 + at % 28));
        reports.push(format!("Said again. {}", reports[at]));
    }
    reports
}

#[test]
fn portions_and_order_do_not_matter_across_stories() {
    let folder = tempfile::tempdir().unwrap();
    let [once, parts, stopped] =
        ["once.db", "parts.db", "stopped.db"].map(|n| folder.path().join(n));
    let files = write(folder.path(), &corpus());
    read_into(&once, &files, 2);
    let record = Record::open(&once).unwrap();
    let readings = record.readings(&record.report_ids().unwrap()).unwrap();
    let story_of = |report: chancery_text::ReportId| {
        column(&record, TableName::Reports, &format!("id={report}"), "story")
    };
    let ids: BTreeSet<_> =
        across::find(&readings, story_of).iter().map(|passage| passage.id.to_string()).collect();
    let told = column(&record, TableName::Passages, "stories=2", "id");
    assert!(100 < told.len(), "{} passages", told.len());
    let other: Vec<_> = told.iter().filter(|id| !ids.contains(*id)).collect();
    assert_eq!((told.len(), other), (ids.len(), Vec::new()));

    // In portions, the reports that join stories last, and stopped in the middle of the comparisons.
    for portion in files.chunks(40) {
        read_into(&parts, portion, 1);
    }
    assert_same(&once, &parts);
    let stop = AtomicBool::new(false);
    let options = ReadOptions { threads: 2, ..ReadOptions::default() };
    read_into(&stopped, &files[..60], 2);
    let summary = read(&files, &stopped, &options, Kit::embedded(), &stop, &mut |step| {
        if let Step::Comparing { done: 1.., .. } = step {
            stop.store(true, Ordering::Relaxed);
        }
    });
    assert!(summary.unwrap().interrupted);
    read_into(&stopped, &files, 2);
    assert_same(&once, &stopped);
}
