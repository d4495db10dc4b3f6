//! Sets what the page states against what its text says.

use chancery_text::{Interval, Span};
use jiff::civil::{Date, Weekday};

use super::evidence::Evidence;
use super::relative::shift;
use super::stated::Stated;
use super::{DateBasis, DateReason, ReportDate};

/// A text may be printed so many days after the last day it narrates, and be called news.
const NEWS: i16 = 31;

/// A post is shown by reports of so many days after it.
const SHOWN: i16 = 60;

/// Days by which a page's clock and a text's may differ.
const SLACK: i16 = 2;

pub(super) fn decide(stated: &[Stated], evidence: &Evidence) -> ReportDate {
    let own = stated.iter().find(|stated| !stated.post);
    match own {
        Some(own) => judge(own, stated, evidence),
        None => match stated.iter().find(|stated| stated.post) {
            Some(post) => of_post(post, evidence),
            None => concluded(evidence),
        },
    }
}

/// The page states a date: is there anything in the text that it cannot have been written with?
fn judge(own: &Stated, stated: &[Stated], evidence: &Evidence) -> ReportDate {
    let mut against = objections(own.interval, stated, evidence);
    let others = stated.iter().filter(|other| *other != own && !other.post);
    let agreeing = others.clone().filter(|other| near(other.interval, own.interval));
    if against.is_empty() {
        let mut reasons = vec![own.reason.clone()];
        reasons.extend(agreeing.map(|other| other.reason.clone()));
        let differing = others.filter(|other| !near(other.interval, own.interval));
        reasons.extend(differing.map(|other| DateReason {
            span: other.reason.span,
            text: format!("{}, which differs", other.reason.text),
        }));
        return ReportDate {
            interval: own.interval,
            basis: DateBasis::Stated,
            stated: Some(own.interval),
            reasons,
        };
    }
    // Another stated date that nothing speaks against is better than a conclusion.
    let other = stated
        .iter()
        .find(|other| !other.post && objections(other.interval, stated, evidence).is_empty());
    let supported = match other {
        Some(other) => {
            against.push(other.reason.clone());
            other.interval
        }
        None => {
            let concluded = concluded(evidence);
            against.extend(
                concluded
                    .reasons
                    .into_iter()
                    .filter(|reason| !against.contains(reason))
                    .collect::<Vec<_>>(),
            );
            concluded.interval
        }
    };
    against.push(own.reason.clone());
    ReportDate {
        interval: supported,
        basis: DateBasis::Contradicted,
        stated: Some(own.interval),
        reasons: against,
    }
}

/// What in the text speaks against a day.
fn objections(day: Interval, stated: &[Stated], evidence: &Evidence) -> Vec<DateReason> {
    let (Some(first), Some(last)) = (day.first, day.last) else { return Vec::new() };
    let latest_stated =
        stated.iter().filter_map(|stated| stated.interval.last).max().unwrap_or(last);
    let mut against = Vec::new();
    let too_late = later(
        last.max(if near_days(last, latest_stated, 10) { latest_stated } else { last }),
        SLACK,
    );
    for (date, span) in evidence.past.iter().filter(|(date, _)| too_late < *date).take(1) {
        against.push(reason(
            *span,
            format!("the text narrates {date} as past, which is later than {day}"),
        ));
    }
    if let Some(tied) = evidence.tied().filter(|tied| !meets(*tied, first, last)) {
        for (tie, span) in &evidence.ties {
            let text = format!(
                "the text ties itself to “{}” of {}, so it is of {}",
                tie.name, tie.days, tie.report
            );
            against.push(reason(*span, text));
        }
        if 1 < evidence.ties.len() {
            let span = evidence.ties[0].1;
            against.push(reason(span, format!("together these leave {tied}")));
        }
    }
    if let Some((weekday, span)) =
        evidence.today.filter(|(weekday, _)| first == last && first.weekday() != *weekday)
    {
        let text = format!(
            "the text says that today is {}, and {first} is a {}",
            name(weekday),
            name(first.weekday())
        );
        against.push(reason(span, text));
    }
    for post in stated.iter().filter(|stated| {
        stated.post && stated.interval.first.is_some_and(|posted| later(last, SLACK) < posted)
    }) {
        against.push(DateReason {
            span: post.reason.span,
            text: format!("{}, which is later than {day}", post.reason.text),
        });
    }
    against
}

/// Only a credited post is dated: the report is of its day or later, and of its day if the lead
/// names that weekday.
fn of_post(post: &Stated, evidence: &Evidence) -> ReportDate {
    let day = post.interval.first;
    let mut reasons = vec![post.reason.clone()];
    let lead = evidence
        .weekdays
        .first()
        .filter(|(weekday, _)| day.is_some_and(|day| day.weekday() == *weekday));
    let interval = match (day, lead) {
        (Some(day), Some((weekday, span))) => {
            reasons.push(reason(
                *span,
                format!("the lead names {}, the weekday of {day}", name(*weekday)),
            ));
            Interval::day(day)
        }
        (Some(day), None) => Interval::between(day, later(day, SHOWN)),
        (None, _) => Interval::OPEN,
    };
    if objections(interval, std::slice::from_ref(post), evidence).is_empty() {
        return ReportDate {
            interval,
            basis: DateBasis::Stated,
            stated: Some(post.interval),
            reasons,
        };
    }
    // The post is older than what the report narrates.
    let mut concluded = concluded(evidence);
    concluded.reasons.push(post.reason.clone());
    concluded
}

/// No date is stated: what the text supports.
fn concluded(evidence: &Evidence) -> ReportDate {
    let mut reasons = Vec::new();
    let interval = match evidence.tied() {
        Some(tied) => of_ties(tied, evidence, &mut reasons),
        None => of_dates(evidence, &mut reasons),
    };
    let basis = if interval.is_open() { DateBasis::Unknown } else { DateBasis::Inferred };
    ReportDate { interval, basis, stated: None, reasons }
}

fn of_ties(tied: Interval, evidence: &Evidence, reasons: &mut Vec<DateReason>) -> Interval {
    for (tie, span) in &evidence.ties {
        let text = format!(
            "the text ties itself to “{}” of {}, so it is of {}",
            tie.name, tie.days, tie.report
        );
        reasons.push(reason(*span, text));
    }
    let narrowed = evidence.narrowed(tied);
    if let Some((weekday, span)) = evidence.weekdays.first().filter(|_| narrowed != tied) {
        reasons.push(reason(
            *span,
            format!("the lead names {}, which leaves {narrowed}", name(*weekday)),
        ));
    }
    let coming = evidence.coming_weekdays.first().filter(|_| narrowed != tied);
    if let Some((weekday, span)) = coming {
        reasons.push(reason(*span, format!("{} is still to come", name(*weekday))));
    }
    let floor = evidence.latest().filter(|(day, _)| narrowed.holds(*day));
    match (floor, narrowed.last) {
        (Some((day, span)), Some(last)) if narrowed.first != Some(day) => {
            reasons.push(reason(span, format!("the text narrates {day} as past")));
            Interval::between(day, last)
        }
        _ => narrowed,
    }
}

fn of_dates(evidence: &Evidence, reasons: &mut Vec<DateReason>) -> Interval {
    let mut interval = Interval::OPEN;
    if let Some((day, span)) = evidence.latest() {
        reasons
            .push(reason(span, format!("the latest day that the text narrates as past is {day}")));
        interval.first = Some(day);
        if evidence.is_in_lead(span) && !evidence.weekdays.is_empty() {
            interval.last = Some(later(day, NEWS));
        }
    } else if let Some((day, span)) = evidence.since {
        reasons.push(reason(
            span,
            format!(
                "the text speaks of {} as past or begun",
                day.strftime(if day.month() == 1 && day.day() == 1 && span.len() == 4 {
                    "%Y"
                } else {
                    "%B %Y"
                })
            ),
        ));
        interval.first = Some(day);
    }
    let coming = evidence.coming.iter().min_by_key(|(day, _)| *day);
    if let Some((day, span)) =
        coming.filter(|(day, _)| interval.first.is_none_or(|first| first <= *day))
    {
        reasons.push(reason(*span, format!("{day} is still to come")));
        interval.last = Some(interval.last.map_or(*day, |last| last.min(*day)));
    }
    interval
}

fn reason(span: Span, text: String) -> DateReason {
    DateReason { span: Some(span), text }
}

fn later(day: Date, days: i16) -> Date {
    shift(day, days).unwrap_or(day)
}

fn near(one: Interval, other: Interval) -> bool {
    match (one.first, one.last) {
        (Some(first), Some(last)) => meets(other, first, last),
        _ => true,
    }
}

fn near_days(one: Date, other: Date, days: i16) -> bool {
    one.max(other) <= later(one.min(other), days)
}

/// Whether an interval comes within [`SLACK`] days of `first..=last`.
fn meets(interval: Interval, first: Date, last: Date) -> bool {
    interval.meets(Interval::between(later(first, -SLACK), later(last, SLACK)))
}

fn name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}
