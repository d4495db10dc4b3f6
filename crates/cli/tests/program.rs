//! The program as a user and as a script meets it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

fn chancery(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_chancery")).args(arguments).output().expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

fn succeed(arguments: &[&str]) -> String {
    let output = chancery(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

/// A record of the example corpus, read once.
fn record() -> &'static str {
    static RECORD: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = RECORD.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("examples.db");
        let reports = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/reports");
        let output = chancery(&[
            "read",
            reports.to_str().expect("a UTF-8 path"),
            "--into",
            path.to_str().expect("a UTF-8 path"),
        ]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert!(text(&output.stdout).contains("new reports"), "{}", text(&output.stdout));
        (folder, path)
    });
    path.to_str().expect("a UTF-8 path")
}

const TABLES: &[&str] = &[
    "reports",
    "stories",
    "actors",
    "events",
    "statements",
    "undertakings",
    "relations",
    "figures",
    "places",
    "copies",
    "passages",
    "origins",
    "disagreements",
    "timeline",
    "credits",
    "residues",
];

#[test]
fn every_table_has_rows_and_fits_a_hundred_columns() {
    for table in TABLES {
        let shown = succeed(&["show", record(), table]);
        assert!(3 < shown.lines().count(), "{table} is empty:\n{shown}");
        for line in shown.lines() {
            assert!(line.chars().count() <= 100, "{table} is too wide: {line}");
        }
    }
}

#[test]
fn tables_are_plain_where_they_are_piped() {
    assert!(!succeed(&["show", record(), "events"]).contains('\u{1b}'));
}

#[test]
fn json_and_csv_have_every_row_and_column() {
    let json = succeed(&["show", record(), "events", "--json"]);
    let rows: Vec<serde_json::Value> =
        json.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert!(rows.iter().all(|row| row["id"].as_str().is_some_and(|id| id.starts_with("evt_"))));
    let csv = succeed(&["show", record(), "events", "--csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    assert_eq!(reader.records().filter_map(Result::ok).count(), rows.len());
}

#[test]
fn a_condition_lets_only_its_rows_through() {
    let condition = "actor=Iran and after=2023-03-01 and before=2023-12-31";
    let json = succeed(&["show", record(), "events", "--where", condition, "--json"]);
    assert!(!json.is_empty());
    for line in json.lines() {
        let row: serde_json::Value = serde_json::from_str(line).expect("JSON");
        assert!(row["last_day"].as_str().unwrap_or("9") >= "2023-03-01", "{line}");
    }
}

#[test]
fn why_shows_the_sentence_of_every_kind_of_row() {
    for table in ["events", "statements", "undertakings", "relations", "figures", "disagreements"] {
        let json = succeed(&["show", record(), table, "--json"]);
        let first = json.lines().next().unwrap_or_else(|| panic!("{table} is empty"));
        let row: serde_json::Value = serde_json::from_str(first).expect("JSON");
        let id = row["id"].as_str().expect("an id");
        assert!(succeed(&["why", record(), id]).contains('['), "{table} {id}");
    }
}

#[test]
fn the_brief_is_one_page_that_needs_no_network() {
    let page = succeed(&["brief", record(), "-o", "-"]);
    assert!(page.starts_with("<!doctype html>"));
    for outside in ["<script src", "<link", "<img", "@import", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
    for heading in ["Origins", "Timeline", "Undertakings", "Statements", "Disagreements", "Reports"]
    {
        assert!(page.contains(&format!(">{heading}</h3>")), "{heading}");
    }
}

#[test]
fn every_link_of_the_brief_has_its_target() {
    let page = succeed(&["brief", record(), "-o", "-"]);
    let ids: std::collections::BTreeSet<&str> =
        page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    for target in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(ids.contains(target), "nothing has the id {target}");
    }
}

#[test]
fn exports_have_a_file_for_each_table() {
    for format in ["jsonl", "csv", "parquet"] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().to_str().expect("a UTF-8 path");
        succeed(&["export", record(), "--format", format, "-o", path]);
        for table in TABLES {
            let file = folder.path().join(format!("{table}.{format}"));
            assert!(0 < file.metadata().expect("a file").len(), "{}", file.display());
        }
    }
}

#[test]
fn annotate_gives_conllu_that_slices_the_report() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.txt");
    let report = "Envoys of Ruvania didn’t meet in Tarn. They left on Monday.";
    std::fs::write(&path, report).expect("written");
    let path = path.to_str().expect("a UTF-8 path");
    let conllu = succeed(&["annotate", path, "--to", "conllu"]);
    for line in conllu.lines().filter(|line| line.contains("Span=")) {
        let cells: Vec<_> = line.split('\t').collect();
        let (start, end) =
            cells[9].rsplit("Span=").next().and_then(|span| span.split_once(':')).expect("a span");
        let span = start.parse::<usize>().expect("bytes")..end.parse::<usize>().expect("bytes");
        assert_eq!(&report[span], cells[1], "{line}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&succeed(&["annotate", path])).expect("JSON");
    assert_eq!(json["sentences"].as_array().map(Vec::len), Some(2));
}

#[test]
fn faults_say_what_and_what_to_do_and_exit_with_two() {
    let missing = chancery(&["show", "/nowhere/r.db", "events"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(text(&missing.stderr).contains("chancery read"), "{}", text(&missing.stderr));
    let condition = chancery(&["show", record(), "events", "--where", "colour=red"]);
    assert_eq!(condition.status.code(), Some(2));
    assert!(text(&condition.stderr).contains("colour"));
    let row = chancery(&["why", record(), "evt_aaaaaaaaaaaaaaaa"]);
    assert_eq!(row.status.code(), Some(2));
}

#[test]
fn an_input_that_cannot_be_read_is_named_and_exits_with_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = folder.path().join("good.txt");
    std::fs::write(&good, "Envoys met in Tarn on Monday.").expect("written");
    let record = folder.path().join("r.db");
    let output = chancery(&[
        "read",
        good.to_str().expect("UTF-8"),
        "/nowhere/at/all.txt",
        "--into",
        record.to_str().expect("UTF-8"),
    ]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("/nowhere/at/all.txt"));
    assert!(text(&output.stdout).contains("1 new report"));
}

#[test]
fn standard_input_is_read() {
    use std::io::Write;
    use std::process::Stdio;
    let folder = tempfile::tempdir().expect("a folder");
    let record = folder.path().join("r.db");
    let mut child = Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(["read", "-", "--into", record.to_str().expect("UTF-8"), "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    child
        .stdin
        .take()
        .expect("a pipe")
        .write_all(b"Envoys of two states met in Tarn on Monday.")
        .expect("written");
    let output = child.wait_with_output().expect("it ends");
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(summary["new"], 1);
}

#[test]
fn the_lexicons_are_sound() {
    succeed(&["lexicon", "check"]);
}
