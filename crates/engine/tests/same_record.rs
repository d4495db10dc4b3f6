//! The same reports give the same record: any order, any number of threads, in one go or several.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use chancery_annotate::Kit;
use chancery_engine::{ReadOptions, Summary, read, tell_across};
use chancery_store::{Reach, Record};

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/reports")
}

fn files() -> Vec<String> {
    let mut files: Vec<_> = fs::read_dir(examples())
        .expect("the example corpus is part of the project")
        .map(|entry| entry.expect("a file").path().to_string_lossy().into_owned())
        .collect();
    files.sort();
    files
}

fn read_into(record: &Path, inputs: &[String], threads: usize) -> Summary {
    let options = ReadOptions { threads, ..ReadOptions::default() };
    let stop = AtomicBool::new(false);
    read(inputs, record, &options, Kit::embedded(), &stop, &mut |_| {}).expect("the read ends")
}

fn dump(record: &Path) -> String {
    Record::open(record).expect("a record").dump().expect("a dump")
}

#[test]
fn order_threads_and_repetition_do_not_matter() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("one.db"), folder.path().join("two.db"));
    let files = files();
    let summary = read_into(&one, &files, 1);
    assert!(summary.faults.is_empty(), "{:?}", summary.faults);
    assert!(24 <= summary.new, "{} reports", summary.new);

    // In two halves, the second first, on two threads, and once more.
    let (first, second) = files.split_at(files.len() / 2);
    read_into(&two, second, 2);
    read_into(&two, first, 2);
    let again = read_into(&two, &files, 2);
    assert_eq!((again.new, again.known), (0, summary.new));
    let (one, two) = (dump(&one), dump(&two));
    if let Some((left, right)) = one.lines().zip(two.lines()).find(|(left, right)| left != right) {
        panic!("the records differ:\n{left}\n{right}");
    }
    assert_eq!(one.len(), two.len());
}

#[test]
fn what_a_changed_story_touches_is_made_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.db");
    read_into(&path, &files(), 2);
    let before = dump(&path);
    let mut record = Record::open_or_create(&path).unwrap();
    let readings = record.readings(&record.report_ids().unwrap()).unwrap();
    let sketches: Vec<_> = readings.iter().map(chancery_resolve::block::sketch).collect();
    for story in chancery_resolve::link::stories(&sketches).iter().step_by(2) {
        let conclusions = chancery_resolve::story::resolve(&record.readings(story).unwrap());
        let id = conclusions.story.as_ref().unwrap().id.to_string();
        record.drop_stories(&[id]).unwrap();
        record.conclude(&[conclusions]).unwrap();
    }
    let stop = AtomicBool::new(false);
    tell_across(&mut record, &ReadOptions::default(), &stop, &mut |_| {}).unwrap();
    record.finish_within(Reach::Changed).unwrap();
    drop(record);
    let after = dump(&path);
    if let Some((left, right)) = before.lines().zip(after.lines()).find(|(a, b)| a != b) {
        panic!("the records differ:\n{left}\n{right}");
    }
    assert_eq!(before.len(), after.len());
}

#[test]
fn what_is_stored_is_read_back_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.db");
    read_into(&path, &files(), 2);
    let record = Record::open(&path).unwrap();
    for reading in record.readings(&record.report_ids().unwrap()).unwrap() {
        let annotations = chancery_annotate::annotate(&reading.report, Kit::embedded());
        // Furniture is not stored: the residue holds it. So only pages without any can be compared.
        if reading.report.source.format == "text" {
            let mut fresh = annotations.observed;
            sort(&mut fresh);
            let mut stored = reading.observed;
            sort(&mut stored);
            assert_eq!(fresh, stored, "{}", reading.report.source.label());
        }
    }
}

fn sort(observed: &mut chancery_annotate::Observed) {
    observed.residue.sort_by_key(|row| row.id);
    observed.credits.sort_by_key(|row| row.id);
    observed.mentions.sort_by_key(|row| row.id);
    observed.places.sort_by_key(|row| row.id);
    observed.times.sort_by_key(|row| row.id);
    observed.figures.sort_by_key(|row| row.id);
    observed.quotations.sort_by_key(|row| row.id);
    observed.events.sort_by_key(|row| row.id);
    observed.undertakings.sort_by_key(|row| row.id);
    observed.relations.sort_by_key(|row| row.id);
}

#[test]
fn every_span_of_evidence_slices_its_report() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.db");
    read_into(&path, &files(), 2);
    let record = Record::open(&path).unwrap();
    let faults = record.evidence_faults().unwrap();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_report_read_from_two_places_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let text = "TARN, 3 March 2024 - Envoys of Ruvania met rebel leaders in Tarn on Sunday.\n";
    for name in ["a.txt", "b.txt"] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let record = folder.path().join("r.db");
    let input = format!("{}/*.txt", folder.path().display());
    let summary = read_into(&record, &[input], 2);
    assert_eq!((summary.new, summary.known), (1, 1));
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_read() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("good.txt"), "Envoys met in Tarn on Monday.").unwrap();
    fs::write(folder.path().join("bad.png"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01").unwrap();
    let record = folder.path().join("r.db");
    let inputs = [folder.path().to_string_lossy().into_owned(), "no/such/file.txt".to_owned()];
    let summary = read_into(&record, &inputs, 1);
    assert_eq!(summary.new, 1);
    assert!(summary.faults.iter().any(|fault| fault.path.ends_with("bad.png")));
    assert!(summary.faults.iter().any(|fault| fault.path.contains("no/such")));
}

#[test]
fn a_read_that_is_stopped_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let (stopped, whole) = (folder.path().join("stopped.db"), folder.path().join("whole.db"));
    let files = files();
    let stop = AtomicBool::new(false);
    let summary =
        read(&files, &stopped, &ReadOptions::default(), Kit::embedded(), &stop, &mut |_| {
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
        })
        .unwrap();
    assert!(summary.interrupted);
    read_into(&stopped, &files, 2);
    read_into(&whole, &files, 2);
    assert_eq!(dump(&stopped), dump(&whole));
}
