//! The dates that a page states of itself.

use chancery_text::{Interval, Report, Span};

use super::DateReason;
use super::evidence::Evidence;
use super::notation::{Value, find_dates, parse_stated, parse_url};
use crate::clean::{Cleaned, CreditKind};

/// A stated date, with the sentence that says where it is stated.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stated {
    pub interval: Interval,
    pub reason: DateReason,
    /// A post is written before the report that shows it: its day is the first that the report may
    /// be of.
    pub post: bool,
}

/// What the page states, the most trusted first.
pub(super) fn find(report: &Report, cleaned: &Cleaned, evidence: &Evidence) -> Vec<Stated> {
    let mut found: Vec<Stated> = metadata(report).into_iter().collect();
    found.extend(stamps(report, cleaned, evidence));
    found.extend(datelines(report, cleaned, evidence));
    found.extend(address(report));
    found.extend(posts(report, cleaned));
    found
}

fn metadata(report: &Report) -> Option<Stated> {
    let metadata = &report.metadata;
    let published = metadata.published.as_deref().and_then(parse_stated);
    let modified = metadata.modified.as_deref().and_then(parse_stated);
    let (interval, text) = match (published, modified) {
        (Some(day), _) => (day, format!("the container says that it was published on {day}")),
        (None, Some(day)) => (day, format!("the container says that it was last changed on {day}")),
        (None, None) => return None,
    };
    Some(Stated { interval, reason: DateReason { span: None, text }, post: false })
}

/// Stamps near the top or the end of the page. Of two, the earlier is the day of publication.
fn stamps(report: &Report, cleaned: &Cleaned, evidence: &Evidence) -> Option<Stated> {
    let posts: Vec<_> = post_spans(cleaned).collect();
    let own =
        cleaned.stamps.iter().filter(|(span, _)| !posts.iter().any(|post| post.overlaps(*span)));
    let (span, interval) = own.min_by_key(|(span, interval)| (interval.first, span.start))?;
    let interval = evidence.likelier_day(*interval);
    let text = format!("the stamp “{}” says {interval}", report.slice(*span));
    Some(Stated { interval, reason: DateReason { span: Some(*span), text }, post: false })
}

/// "GENEVA, March 3 (Xinhua)": the year is that of the latest full date or year in the text, where
/// there is just one that fits.
fn datelines(report: &Report, cleaned: &Cleaned, evidence: &Evidence) -> Option<Stated> {
    let dateline = cleaned.credits.iter().find(|credit| credit.kind == CreditKind::Dateline)?;
    let written = find_dates(report.slice(dateline.span)).into_iter().next()?;
    let interval = match written.value {
        Value::Full(interval) => interval,
        Value::Yearless { month, day } => evidence.with_year(month, day)?,
        Value::Month(_) => return None,
    };
    let text = format!("the dateline “{}” says {interval}", report.slice(dateline.span));
    Some(Stated { interval, reason: DateReason { span: Some(dateline.span), text }, post: false })
}

fn address(report: &Report) -> Option<Stated> {
    let interval = parse_url(report.metadata.url.as_deref()?)?;
    let text = format!("the address of the page says {interval}");
    Some(Stated { interval, reason: DateReason { span: None, text }, post: false })
}

fn post_spans(cleaned: &Cleaned) -> impl Iterator<Item = Span> {
    cleaned
        .credits
        .iter()
        .filter(|credit| credit.kind == CreditKind::Post)
        .map(|credit| credit.span)
}

/// The latest of the credited posts.
fn posts(report: &Report, cleaned: &Cleaned) -> Option<Stated> {
    let dated = post_spans(cleaned).filter_map(|span| {
        let day =
            find_dates(report.slice(span)).into_iter().find_map(|written| written.value.day())?;
        Some((day, span))
    });
    let (day, span) = dated.max_by_key(|(day, span)| (*day, u32::MAX - span.start))?;
    let text = format!("a credited post is stamped {day}");
    let reason = DateReason { span: Some(span), text };
    Some(Stated { interval: Interval::day(day), reason, post: true })
}
