//! Reports of a known day, with that day hidden: FA-KES's lines and news-please's files.

use std::path::Path;

use chancery_annotate::date::notation::{Value, find_dates};
use chancery_text::{Interval, Report, Span};
use jiff::civil::Date;
use serde_json::Value as Json;

use super::find;
use super::re3d::rows;
use crate::EvalError;
use crate::error::read_text;

/// A report that no longer states its day, and that day.
#[derive(Debug, Clone)]
pub struct HiddenReport {
    /// Which report.
    pub id: String,
    /// Headline and text without the day, and no metadata that would tell it.
    pub report: Report,
    /// The same as it was, with its day as metadata.
    pub stated: Report,
    /// The day it was published on.
    pub day: Date,
}

/// A yearless date that is hidden stands so near the top, in bytes: a dateline or a stamp.
const TOP: usize = 400;

/// Days beside the true one that a page also states as its own: another zone, the next morning.
const NEAR: i32 = 1;

/// Reads every dated report at or below a path, sorted by file.
pub fn read(path: &Path) -> Result<Vec<HiddenReport>, EvalError> {
    let mut reports = Vec::new();
    for file in find::files(path, |file| find::ends(file, &["json", "jsonl"]))? {
        let objects = if find::ends(&file, &["jsonl"]) {
            rows(&file)?
        } else {
            let object = serde_json::from_str(&read_text(&file)?)
                .map_err(|e| EvalError::form(&file, e.line(), format!("is no JSON: {e}")))?;
            vec![object]
        };
        let stem = find::stem(&file);
        reports.extend(objects.iter().filter_map(|object| hidden(&stem, object)));
    }
    Ok(reports)
}

fn hidden(stem: &str, object: &Json) -> Option<HiddenReport> {
    let text = |key: &str| object[key].as_str();
    let published = text("published").or_else(|| text("date_publish"))?;
    let published: Date = published.get(..10)?.parse().ok()?;
    let id = text("id").unwrap_or(stem).to_owned();
    let parts = [text("title"), text("text")];
    let whole = parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n");
    // FA-KES's containers hold the day of the happening for some; the page's own stamp is surer.
    let day = stamp(&whole).unwrap_or(published);
    let mut stated = Report::from_text(&id, &whole);
    let mut report = Report::from_text(&id, &hide(&hide(&whole, published), day));
    for report in [&mut stated, &mut report] {
        report.metadata.language = Some("en".to_owned());
        title_of(report, text("title"));
    }
    stated.metadata.published = Some(day.to_string());
    Some(HiddenReport { id, report, stated, day })
}

/// Marks the headline that a text opens with.
fn title_of(report: &mut Report, title: Option<&str>) {
    let title = title.filter(|title| report.text.starts_with(title));
    report.metadata.title_span = title.map(|title| Span::of(0..title.len()));
    report.metadata.title = title.map(str::to_owned);
}

/// The day of a full date near the top that no preposition makes a part of a sentence.
fn stamp(text: &str) -> Option<Date> {
    const WITHIN: &[&str] =
        &["on", "in", "since", "from", "until", "by", "of", "before", "after", "dated", "to"];
    let dates = find_dates(text).into_iter().take_while(|written| written.range.start < TOP);
    let alone = |start: usize| {
        let word = text[..start].split_whitespace().next_back().unwrap_or_default();
        let word = word.trim_end_matches(',').to_lowercase();
        !WITHIN.contains(&word.as_str())
    };
    dates.filter(|written| alone(written.range.start)).find_map(|written| written.value.day())
}

/// The text without the dates that state the day: full ones wherever they stand, yearless ones near the
/// top, and the day in numbers in addresses.
fn hide(text: &str, day: Date) -> String {
    let near = |date: Date| (date.until(day).map_or(i32::MAX, |gap| gap.get_days())).abs() <= NEAR;
    let tells = |value: &Value, at: usize| match value {
        Value::Full(days) => holds_near(*days, &near),
        Value::Yearless { month, day: of_month } => {
            at < TOP && Date::new(day.year(), *month, *of_month).is_ok_and(near)
        }
        Value::Month(_) => false,
    };
    let mut left = String::with_capacity(text.len());
    let mut at = 0;
    for written in find_dates(text) {
        if written.range.start < at || !tells(&written.value, written.range.start) {
            continue;
        }
        left.push_str(&text[at..written.range.start]);
        at = written.range.end;
    }
    left.push_str(&text[at..]);
    ["%Y/%m/%d", "%Y-%m-%d", "%Y%m%d"]
        .iter()
        .fold(left, |text, form| text.replace(&day.strftime(form).to_string(), ""))
}

fn holds_near(days: Interval, near: &dyn Fn(Date) -> bool) -> bool {
    days.first.is_some_and(near) || days.last.is_some_and(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_hidden_and_other_days_stay() {
        let day = jiff::civil::date(2019, 5, 7);
        let text = "PELM, May 7 – Envoys met on 7 May 2019. They had met on 3 April 2019. See a.org/2019/05/07/x";
        let left = hide(text, day);
        assert!(!left.contains("May") && !left.contains("2019/05"), "{left}");
        assert!(left.contains("3 April 2019"), "{left}");
    }

    #[test]
    fn the_stamp_of_the_page_is_believed_before_the_container() {
        let object = serde_json::json!({
            "title": "Envoys meet", "published": "2019-05-02",
            "text": "Envoys meet AFP Tuesday 7 May 2019 Envoys met in Pelm on 6 May 2019.",
        });
        let hidden = hidden("a", &object).unwrap();
        assert_eq!(hidden.day, jiff::civil::date(2019, 5, 7));
        assert!(!hidden.report.text.contains("May"));
    }

    #[test]
    fn a_report_without_a_day_is_left_out() {
        let object = serde_json::json!({"title": "Talks", "text": "They met."});
        assert!(hidden("a", &object).is_none());
    }
}
