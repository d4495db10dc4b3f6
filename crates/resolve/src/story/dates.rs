//! The reports' dates in the light of each other: an undated copy is no older than its source, and
//! a report that says "on Wednesday" of something another report dates was written in that week.

use std::collections::BTreeMap;

use chancery_annotate::date::{DateBasis, DateReason};
use chancery_text::{Interval, ReportId, Span};
use jiff::civil::{Date, Weekday};

use super::told::{Told, shortened};
use crate::record::{Passage, ReportDated};

/// Days after an event within which a report still calls its day by the bare weekday.
const WEEK: i64 = 6;
/// A date that leaves more days open than this is looked at again.
const LOOSE: i32 = 3;

/// Dates every report, writes what was concluded into `told`, and gives a row for each, sorted by
/// report.
pub(super) fn find(told: &mut [Told<'_>], passages: &[Passage]) -> Vec<ReportDated> {
    let rows: Vec<_> = (0..told.len()).map(|at| dated(told, passages, at)).collect();
    for (told, row) in told.iter_mut().zip(&rows) {
        told.date = row.interval;
    }
    rows
}

fn dated(told: &[Told<'_>], passages: &[Passage], at: usize) -> ReportDated {
    let report = told[at].report();
    let own = &told[at].reading.observed.date;
    let reasons = own.reasons.iter().map(|reason| (report, reason.clone())).collect();
    let row = ReportDated { report, interval: own.interval, basis: own.basis, reasons };
    if !loose(own.interval) || own.basis == DateBasis::Stated {
        return row;
    }
    match weekday(told, passages, at) {
        Some((interval, reasons)) => narrowed(row, interval, reasons),
        None => row,
    }
}

fn loose(interval: Interval) -> bool {
    match (interval.first, interval.last) {
        (Some(first), Some(last)) => LOOSE < first.until(last).map_or(0, |span| span.get_days()),
        _ => true,
    }
}

fn narrowed(
    mut row: ReportDated,
    interval: Interval,
    reasons: Vec<(ReportId, DateReason)>,
) -> ReportDated {
    let Some(both) = row.interval.intersection(interval) else { return row };
    row.interval = both;
    row.reasons.extend(reasons);
    if row.basis == DateBasis::Unknown {
        row.basis = DateBasis::Inferred;
    }
    row
}

/// A bare weekday in a passage or beside a quotation that a dated report tells too.
fn weekday(
    told: &[Told<'_>],
    passages: &[Passage],
    at: usize,
) -> Option<(Interval, Vec<(ReportId, DateReason)>)> {
    let index: BTreeMap<ReportId, usize> =
        told.iter().enumerate().map(|(at, told)| (told.report(), at)).collect();
    let report = told[at].report();
    let sides = passages.iter().filter_map(|passage| {
        if passage.left.0 == report {
            Some((passage.left.1, passage.right))
        } else if passage.right.0 == report {
            Some((passage.right.1, passage.left))
        } else {
            None
        }
    });
    let mut best: Option<(Interval, Vec<(ReportId, DateReason)>)> = None;
    for (mine, (other, theirs)) in sides {
        let other = &told[index[&other]];
        if let Some(found) = same_week(&told[at], mine, other, theirs) {
            let better = best.as_ref().is_none_or(|(interval, _)| found.0 < *interval);
            best = if better { Some(found) } else { best };
        }
    }
    best
}

fn same_week(
    told: &Told<'_>,
    mine: Span,
    other: &Told<'_>,
    theirs: Span,
) -> Option<(Interval, Vec<(ReportId, DateReason)>)> {
    if loose(other.reading.observed.date.interval) {
        return None;
    }
    let (span, weekday) = bare_weekday(told, mine)?;
    let (dating, day) = dated_day(other, theirs, weekday)?;
    let last = day.checked_add(jiff::Span::new().days(WEEK)).ok()?;
    let quote = shortened(told.slice(span), 40);
    let here = DateReason {
        span: Some(span),
        text: format!("it says “{quote}” of what {} dates {day}", other.name()),
    };
    let there = DateReason {
        span: Some(dating),
        text: format!("{} dates the same words {day}", other.name()),
    };
    Some((Interval::between(day, last), vec![(told.report(), here), (other.report(), there)]))
}

/// A weekday named without a date in the sentences of a passage.
fn bare_weekday(told: &Told<'_>, passage: Span) -> Option<(Span, Weekday)> {
    let near = told.sentence(passage).cover(passage);
    let times = told.reading.observed.times.iter().filter(|time| near.contains(time.span));
    times.filter_map(|time| Some((time.span, weekday_of(told.slice(time.span))?))).next()
}

/// The day that another report gives for the same words.
fn dated_day(told: &Told<'_>, passage: Span, weekday: Weekday) -> Option<(Span, Date)> {
    let near = told.sentence(passage).cover(passage);
    let times = told.reading.observed.times.iter().filter(|time| near.contains(time.span));
    let days = times.filter_map(|time| Some((time.span, time.interval.single_day()?)));
    days.filter(|(_, day)| day.weekday() == weekday).min_by_key(|(_, day)| *day)
}

fn weekday_of(text: &str) -> Option<Weekday> {
    let word = text.split_whitespace().last()?.trim_matches(|c: char| !c.is_alphabetic());
    let bare = text.split_whitespace().count() <= 2 && !text.to_lowercase().contains("last");
    let day = match word {
        "Monday" => Weekday::Monday,
        "Tuesday" => Weekday::Tuesday,
        "Wednesday" => Weekday::Wednesday,
        "Thursday" => Weekday::Thursday,
        "Friday" => Weekday::Friday,
        "Saturday" => Weekday::Saturday,
        "Sunday" => Weekday::Sunday,
        _ => return None,
    };
    bare.then_some(day)
}
