use std::sync::OnceLock;

use chancery_text::Report;

use super::*;
use crate::clean::{CleanKit, clean};
use crate::{Kit, annotate};

fn of(report: &Report) -> ReportDate {
    static KIT: OnceLock<CleanKit> = OnceLock::new();
    infer(report, &clean(report, KIT.get_or_init(CleanKit::embedded)), &[])
}

fn dated(text: &str) -> (String, DateBasis) {
    let date = of(&Report::from_text("a.txt", text));
    (date.interval.to_string(), date.basis)
}

const BODY: &str = "The envoy of the coast left the capital on Wednesday, the ministry said, and the talks in the \
                    harbour were put off for the rest of the year.";

#[test]
fn a_stamp_that_nothing_speaks_against_is_the_date() {
    assert_eq!(
        dated(&format!("January 25, 2022, 5:49\n\nEnvoy leaves after talks\n\n{BODY}")),
        ("2022-01-25".into(), DateBasis::Stated)
    );
    assert_eq!(dated(&format!("Sun 05 Jul 2015 {BODY}")), ("2015-07-05".into(), DateBasis::Stated));
}

#[test]
fn metadata_and_address_state_dates() {
    let mut report = Report::from_text("a.txt", BODY);
    report.metadata.url = Some("https://x.example/2021/08/16/talks".into());
    assert_eq!(of(&report).interval.to_string(), "2021-08-16");
    report.metadata.published = Some("Mon, 16 Aug 2021 10:00:00 +0000".into());
    assert_eq!(of(&report).reasons.len(), 2);
}

#[test]
fn a_stamp_older_than_what_the_text_narrates_is_contradicted() {
    let text =
        format!("Published 1 March 2021\n\n{BODY} The bridge fell on 18 August 2021, he said.");
    let date = of(&Report::from_text("a.txt", &text));
    assert_eq!(date.basis, DateBasis::Contradicted);
    assert_eq!(date.stated.map(|day| day.to_string()).as_deref(), Some("2021-03-01"));
    assert!(date.interval.holds("2021-08-20".parse().unwrap()));
    assert!(!date.interval.holds("2021-03-01".parse().unwrap()));
}

#[test]
fn a_stamp_months_after_what_the_text_calls_this_month_is_contradicted() {
    let text =
        format!("January 25, 2022, 5:49\n\n{BODY} The Taliban took over Kabul earlier this month.");
    let date = of(&Report::from_text("a.txt", &text));
    assert_eq!(date.basis, DateBasis::Contradicted);
    assert!(
        date.interval.holds("2021-08-25".parse().unwrap())
            && !date.interval.holds("2022-01-25".parse().unwrap())
    );
    assert!(date.reasons.iter().all(|reason| !reason.text.is_empty()));
}

#[test]
fn a_stamp_on_another_weekday_than_the_text_says_is_contradicted() {
    let text = format!("Published 3 March 2023\n\n{BODY} He spoke today, Wednesday.");
    assert_eq!(dated(&text).1, DateBasis::Contradicted);
}

#[test]
fn a_credited_post_dates_the_report_whose_lead_names_its_weekday() {
    let text = format!("{BODY}\n— Coast Ministry (@coastmin) July 28, 2021");
    assert_eq!(dated(&text), ("2021-07-28".into(), DateBasis::Stated));
}

#[test]
fn a_text_bounds_its_own_date() {
    let (interval, basis) =
        dated("The envoy left on 3 May 2021, the ministry said in the capital of the coast.");
    assert_eq!((interval.as_str(), basis), ("2021-05-03/..", DateBasis::Inferred));
    let (interval, _) = dated(
        "The vote is scheduled for 9 June 2021, the ministry said. The law is of May 2020 at best.",
    );
    assert_eq!(interval, "2020-05-01/2021-06-09");
}

#[test]
fn a_text_that_says_nothing_of_its_day_is_undated() {
    assert_eq!(dated("The envoy left."), ("../..".into(), DateBasis::Unknown));
}

#[test]
fn a_dateline_takes_its_year_from_the_text() {
    let text = "GENEVA, March 3 (Xinhua) -- The envoy left on Wednesday, the ministry said. The talks began on February 20, 2021, he said.";
    assert_eq!(dated(text).0, "2021-03-03");
}

#[test]
fn who_is_called_president_bounds_the_days_of_an_undated_report() {
    let text = "US President Barack Obama said strikes would go on. \
                Secretary of State John Kerry met the envoys.";
    let found = annotate(&Report::from_text("a.txt", text), Kit::embedded()).observed.date;
    assert_eq!(found.interval.to_string(), "2012-11-13/2017-03-06");
    assert_eq!(found.basis, DateBasis::Inferred);
    assert_eq!(found.reasons.len(), 2);
}

#[test]
fn a_former_president_bounds_nothing() {
    let text = "Former US President Barack Obama said strikes would go on.";
    let found = annotate(&Report::from_text("a.txt", text), Kit::embedded()).observed.date;
    assert!(found.interval.is_open(), "{found:?}");
}
