use chancery_text::Report;

use super::*;
use crate::{Kit, annotate};

/// Kind, source, cue, contents of each quotation.
fn read(text: &str) -> Vec<(QuotationKind, String, String, Vec<String>)> {
    let report = Report::from_text("a.txt", text);
    let annotations = annotate(&report, Kit::embedded());
    let words =
        |span: Option<Span>| span.map_or(String::new(), |span| report.slice(span).to_owned());
    annotations
        .observed
        .quotations
        .iter()
        .map(|q| {
            let contents = q.contents.iter().map(|c| report.slice(*c).to_owned()).collect();
            (q.kind, words(q.source), words(q.cue), contents)
        })
        .collect()
}

fn one(text: &str) -> (QuotationKind, String, String, Vec<String>) {
    let mut read = read(text);
    assert_eq!(read.len(), 1, "{read:?}");
    read.remove(0)
}

#[test]
fn the_shipped_data_has_no_faults() {
    let faults: Vec<_> = check().iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_direct_quotation_has_its_source_behind_it() {
    let (kind, source, cue, contents) =
        one("“We will rebuild the bridge before the winter,” said Tarek Olmo, the mayor of Dorn.");
    assert_eq!(kind, QuotationKind::Direct);
    assert!(source.starts_with("Tarek Olmo"), "{source}");
    assert_eq!((cue.as_str(), contents.len()), ("said", 1));
}

#[test]
fn an_interrupted_quotation_has_two_parts() {
    let (_, source, _, contents) =
        one("“The road is closed,” Olmo said on Monday, “and it will stay closed.”");
    assert_eq!(source, "Olmo");
    assert_eq!(contents, ["“The road is closed,”", "“and it will stay closed.”"]);
}

#[test]
fn an_indirect_saying_is_the_clause() {
    let (kind, source, cue, contents) = one("The minister said that the talks had failed.");
    assert_eq!(kind, QuotationKind::Indirect);
    assert_eq!((source.as_str(), cue.as_str()), ("The minister", "said"));
    assert_eq!(contents, ["that the talks had failed"]);
}

#[test]
fn a_quotation_glued_to_its_source_ends_before_it() {
    let (kind, source, cue, contents) = one(
        "“We will look closely at their conduct. And then we will draw the necessary conclusionsOlmov said.",
    );
    assert_eq!((kind, source.as_str(), cue.as_str()), (QuotationKind::Direct, "Olmov", "said"));
    assert!(contents[0].ends_with("conclusions"), "{contents:?}");
}

#[test]
fn a_post_belongs_to_the_name_in_its_stamp() {
    let (kind, source, _, contents) = one(
        "Dorn wants peace with all its neighbours. pic.example.com/x\n— Dorn Ministry (@dornmin) July 28, 2021\n",
    );
    assert_eq!((kind, source.as_str()), (QuotationKind::Post, "Dorn Ministry"));
    assert!(contents[0].starts_with("Dorn wants peace"), "{contents:?}");
}

#[test]
fn a_denial_is_marked() {
    let report = Report::from_text("a.txt", "Dorn denied that its troops had crossed the border.");
    let quotations = annotate(&report, Kit::embedded()).observed.quotations;
    assert!(quotations.iter().any(|q| q.denied), "{quotations:?}");
}

#[test]
fn according_to_gives_the_rest_of_the_sentence() {
    let (_, source, cue, contents) =
        one("Twelve houses burned down, according to the Dorn fire service.");
    assert_eq!((source.as_str(), cue.as_str()), ("the Dorn fire service", "according to"));
    assert_eq!(contents, ["Twelve houses burned down"]);
}

#[test]
fn hostile_marks_do_not_panic() {
    for text in [
        "“",
        "”",
        "\"\"\"\"",
        "said",
        "“said",
        "‘’‘’",
        "“a“b”c”",
        "according to",
        "— (@x) 1",
        "é“é”é said é.",
    ] {
        read(text);
    }
}
