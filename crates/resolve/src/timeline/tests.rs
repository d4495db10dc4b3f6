use chancery_annotate::event::Status;
use chancery_annotate::occurrence::{Occurrence, Party, WhenBasis};
use chancery_text::{Interval, ReportId, Span};
use proptest::prelude::*;

use super::{Entry, Source, Telling, of_actor};

fn days(text: &str) -> Interval {
    if text.is_empty() { Interval::OPEN } else { text.parse().expect("days") }
}

/// "deed", who, days: in the order of the text.
fn told(rows: &[(&str, &str, &str)]) -> Vec<Occurrence> {
    let occurrence = |(at, (deed, who, when)): (usize, &(&str, &str, &str))| Occurrence {
        trigger: Span::new(10 * at as u32, 10 * at as u32 + 5),
        sentence: at as u32,
        deed: (*deed).to_owned(),
        nominal: false,
        refers: false,
        said: *deed == "say",
        status: Status::Happened,
        parties: vec![Party {
            span: Span::new(0, 5),
            names: vec![(*who).to_owned()],
            kinds: Vec::new(),
            person: false,
            chain: None,
        }],
        when: days(when),
        basis: if when.is_empty() { WhenBasis::Open } else { WhenBasis::Stated },
        one: at as u32,
    };
    rows.iter().enumerate().map(occurrence).collect()
}

fn timeline(reports: &[Vec<Occurrence>]) -> Vec<Entry> {
    let source = |(at, occurrences)| Source { report: ReportId::of(&[at as u8]), occurrences };
    let numbered = (0usize..).zip(reports.iter().map(Vec::as_slice));
    let sources: Vec<_> = numbered.map(source).collect();
    of_actor("Orlen Air", &sources)
}

#[test]
fn happenings_stand_in_the_order_of_their_days_and_those_without_last() {
    let report = told(&[
        ("sell", "Orlen Air", ""),
        ("land", "Orlen Air", "2021-07-02"),
        ("buy", "Orlen Air", "2020-01-01/2020-12-31"),
        ("buy", "Sallet Air", "2020-01-01"),
    ]);
    let whens: Vec<_> = timeline(&[report]).iter().map(|entry| entry.when.to_string()).collect();
    assert_eq!(whens, ["2020-01-01/2020-12-31", "2021-07-02", "../.."]);
}

#[test]
fn a_month_and_a_day_of_two_reports_are_the_day() {
    let vague = told(&[("land", "Orlen Air", "2021-07-01/2021-07-31")]);
    let exact = told(&[("land", "Orlen Air", "2021-07-02")]);
    let entries = timeline(&[vague, exact]);
    assert_eq!((entries.len(), entries[0].when), (1, days("2021-07-02")));
    assert_eq!((entries[0].mentions.len(), entries[0].told), (2, Telling::Happened));
}

#[test]
fn two_days_are_two_happenings() {
    let one = told(&[("land", "Orlen Air", "2021-07-02")]);
    let other = told(&[("land", "Orlen Air", "2021-07-03")]);
    assert_eq!(timeline(&[one, other]).len(), 2);
}

#[test]
fn what_two_do_is_two_happenings() {
    let one = told(&[("land", "Orlen Air", "2021-07-02")]);
    let other = told(&[("land", "Sallet Air", "2021-07-02")]);
    assert_eq!(timeline(&[one, other])[0].mentions.len(), 1);
}

#[test]
fn sayings_of_two_reports_are_two() {
    let report = || told(&[("say", "Orlen Air", "2021-07-02")]);
    let entries = timeline(&[report(), report()]);
    assert_eq!((entries.len(), entries[0].told), (2, Telling::Stated));
}

proptest! {
    #[test]
    fn the_order_of_the_reports_does_not_matter(order in Just([0usize, 1, 2]).prop_shuffle()) {
        let reports = [
            told(&[("land", "Orlen Air", "2021-07-01/2021-07-31"), ("buy", "Orlen Air", "")]),
            told(&[("land", "Orlen Air", "2021-07-02")]),
            told(&[("land", "Orlen Air", "2021-07-03")]),
        ];
        let sources = |order: &[usize]| -> Vec<Source<'_>> {
            let source =
                |at: &usize| Source { report: ReportId::of(&[*at as u8]), occurrences: &reports[*at] };
            order.iter().map(source).collect()
        };
        prop_assert_eq!(
            of_actor("Orlen Air", &sources(&[0, 1, 2])),
            of_actor("Orlen Air", &sources(&order))
        );
    }
}
