use chancery_text::Report;

use super::{Undertaking, UndertakingKind};
use crate::{Kit, annotate};

fn read(text: &str) -> (Report, Vec<Undertaking>) {
    let report = Report::from_text("test", text);
    let annotations = annotate(&report, Kit::embedded());
    (report, annotations.observed.undertakings)
}

#[test]
fn a_vow_is_a_promise_of_its_complement() {
    let (report, found) = read("Germany has vowed to send aid to Mali.");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].kind, UndertakingKind::Promise);
    assert_eq!(report.slice(found[0].cue), "vowed");
    assert_eq!(report.slice(found[0].what), "to send aid to Mali");
}

#[test]
fn an_urging_is_a_demand_on_somebody() {
    let (_, found) = read("Germany urged France to withdraw its troops.");
    assert_eq!(found[0].kind, UndertakingKind::Demand);
    assert!(!found[0].by.is_empty() && !found[0].to.is_empty());
}

#[test]
fn a_promise_that_was_not_made_is_none() {
    assert_eq!(read("Germany did not promise to send aid.").1, []);
}

#[test]
fn rain_that_is_expected_is_no_expectation_of_anybody() {
    assert_eq!(read("The promising harvest pleased them.").1, []);
}

#[test]
fn any_text_is_read_without_a_panic() {
    for text in ["", "if", "unless unless will", "“We will”", "based on on", "🦀 vowed to 🦀."]
    {
        read(text);
    }
}
