//! A folder for each page: `page.html`, the article as it must be read, and what the page says of
//! itself. `CHANCERY_BLESS=1 cargo test -p chancery-ingest --test pages` writes what was read, to
//! be compared by eye before it is committed.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use chancery_ingest::{Options, Report, read_bytes};

fn folders() -> Vec<PathBuf> {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut folders: Vec<_> =
        std::fs::read_dir(pages).unwrap().map(|e| e.unwrap().path()).collect();
    folders.sort();
    folders
}

fn read(folder: &Path) -> Report {
    let bytes = std::fs::read(folder.join("page.html")).unwrap();
    let mut reports = Vec::new();
    read_bytes("page.html", &bytes, &Options::default(), &mut |read| {
        reports.push(read.unwrap());
        ControlFlow::Continue(())
    });
    reports.pop().unwrap()
}

/// The whole visible text, each stretch of furniture in brackets with its reason.
fn marked(report: &Report) -> String {
    let (mut out, mut at) = (String::new(), 0);
    for furniture in &report.furniture {
        let range = furniture.span.range();
        write!(
            out,
            "{}⟦{}: {}⟧",
            &report.text[at..range.start],
            furniture.reason,
            report.slice(furniture.span)
        )
        .unwrap();
        at = range.end;
    }
    out.push_str(&report.text[at..]);
    out.push('\n');
    out
}

fn said(report: &Report) -> String {
    let metadata = &report.metadata;
    let mut out = String::new();
    let mut line = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            writeln!(out, "{name} = {value:?}").unwrap();
        }
    };
    line("title", metadata.title.as_deref());
    line("title_in_text", metadata.title_span.map(|span| report.slice(span)));
    for author in &metadata.authors {
        line("author", Some(author));
    }
    line("outlet", metadata.outlet.as_deref());
    line("url", metadata.url.as_deref());
    line("published", metadata.published.as_deref());
    line("modified", metadata.modified.as_deref());
    line("language", metadata.language.as_deref());
    line("charset", Some(&report.source.charset));
    for notice in &report.notices {
        line("notice", Some(&notice.code));
    }
    out
}

fn check(path: &Path, found: &str) {
    if std::env::var_os("CHANCERY_BLESS").is_some() {
        std::fs::write(path, found).unwrap();
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(found, expected, "{} differs", path.display());
}

#[test]
fn pages_are_read_as_expected() {
    for folder in folders() {
        let report = read(&folder);
        check(&folder.join("expected.txt"), &marked(&report));
        check(&folder.join("expected.toml"), &said(&report));
    }
}
