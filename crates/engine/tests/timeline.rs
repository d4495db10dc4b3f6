//! The timeline of an actor has what no event codes, by day; the attributes of an event say whether its
//! mentions agree.

use std::fs;
use std::sync::atomic::AtomicBool;

use chancery_annotate::Kit;
use chancery_engine::{ReadOptions, read, timeline};
use chancery_store::{Cell, Filter, Record, TableName};
use tempfile::TempDir;

const REPORTS: [&str; 2] = [
    "Published: 5 July 2021

Orlen Air launched a route to Lyon in March 2019, its chairman said on Monday.

Orlen Air will buy nine planes in August.

French troops attacked German rebels near Lyon on Sunday.
",
    "Published: 6 July 2021

Orlen Air lost four million euros in 2020.

French troops attacked German rebels near Lyon on Sunday, witnesses said.
",
];

fn record() -> (TempDir, Record) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("r.db");
    let mut inputs = Vec::new();
    for (at, text) in REPORTS.iter().enumerate() {
        let report = folder.path().join(format!("{at}.txt"));
        fs::write(&report, text).expect("a report can be written");
        inputs.push(report.to_string_lossy().into_owned());
    }
    let (options, stop) = (ReadOptions::default(), AtomicBool::new(false));
    read(&inputs, &path, &options, Kit::embedded(), &stop, &mut |_| {}).expect("the read ends");
    let record = Record::open(&path).expect("the record is there");
    (folder, record)
}

#[test]
fn a_timeline_has_what_no_event_codes_by_day() {
    let (_folder, record) = record();
    let rows = timeline(&record, "Orlen Air", Kit::embedded()).expect("the record is read");
    let told: Vec<_> =
        rows.iter().map(|row| format!("{} {} {}", row.when, row.told, row.words)).collect();
    assert_eq!(
        told,
        [
            "2019-03-01/2019-03-31 happened launched",
            "2020-01-01/2020-12-31 happened lost",
            "2021-08-01/2021-08-31 planned buy"
        ]
    );
}

#[test]
fn what_two_mentions_of_an_event_give_is_agreed() {
    let (_folder, record) = record();
    let listing =
        record.list(TableName::EventAttributes, &Filter::ALL, None).expect("the view is there");
    let at = |name: &str| listing.columns.iter().position(|column| column == name).expect("it has");
    let (attribute, value, standing) = (at("attribute"), at("value"), at("standing"));
    let text = |cell: &Cell| match cell {
        Cell::Text(text) => text.clone(),
        _ => String::new(),
    };
    let days: Vec<_> = listing
        .rows
        .iter()
        .filter(|row| text(&row[attribute]) == "days" && row.contains(&Cell::Integer(2)))
        .map(|row| (text(&row[value]), text(&row[standing])))
        .collect();
    assert_eq!(days, [("2021-07-04".to_owned(), "agreed".to_owned())]);
}
