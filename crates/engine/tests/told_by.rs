//! On whose word an event is told is kept: the report's own, a named source, an unnamed one, a chain.

use std::fs;
use std::sync::atomic::AtomicBool;

use chancery_annotate::Kit;
use chancery_engine::{ReadOptions, read};
use chancery_store::{Cell, Filter, Record, TableName};

const TEXT: &str = "The weather in the hills was bad for the whole of the week.

French troops attacked German rebels near Lyon on Sunday.

Witnesses said that French troops killed nine German rebels on Monday.

Anna Keller said the minister had told her that French troops attacked German rebels on Tuesday.
";

/// Day, step, kind of source and its words, for every event of the text.
fn told_by() -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let (report, path) = (folder.path().join("a.txt"), folder.path().join("r.db"));
    fs::write(&report, format!("Published: 10 March 2016\n\n{TEXT}")).unwrap();
    let inputs = [report.to_string_lossy().into_owned()];
    let stop = AtomicBool::new(false);
    let options = ReadOptions::default();
    read(&inputs, &path, &options, Kit::embedded(), &stop, &mut |_| {}).expect("the read ends");
    let record = Record::open(&path).unwrap();
    let listing = record.list(TableName::ToldBy, &Filter::ALL, None).unwrap();
    let text = |row: &[Cell], name: &str| {
        let at = listing.columns.iter().position(|column| column == name).expect("a column");
        match &row[at] {
            Cell::Text(text) => text.clone(),
            Cell::Integer(number) => number.to_string(),
            _ => String::new(),
        }
    };
    let columns = ["step", "source", "words"];
    let shown = |row: &Vec<Cell>| columns.map(|name| text(row, name)).join(" ").trim().to_owned();
    let mut rows: Vec<_> = listing.rows.iter().map(shown).collect();
    rows.sort();
    rows
}

#[test]
fn the_word_of_an_event_is_kept_with_its_chain() {
    assert_eq!(
        told_by(),
        ["0 report", "0 unnamed Witnesses", "0 unnamed the minister", "1 named Anna Keller"]
    );
}
