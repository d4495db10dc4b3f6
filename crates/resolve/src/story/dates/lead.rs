//! What the lead of a report says of its news: the weekdays and days that it names, its towns and tolls.
//!
//! The lead is the headline and the first full sentences below it; what is named later is background.

use chancery_annotate::event::Status;
use chancery_annotate::time::Time;
use chancery_text::Span;
use jiff::civil::{Date, Weekday};

use super::super::told::Told;
use crate::block::telling_deeds;

/// Full sentences below the headline that tell the news.
const SENTENCES: usize = 4;
/// Words of a full sentence: a stamp or a list of tags has fewer.
const WORDS: usize = 8;
/// Days from the day of the news to the day of the report.
const NEAR: i64 = 3;

/// What the lead of a report says of its news.
pub(super) struct Lead {
    /// Weekdays of something done that are named without a date.
    pub weekdays: Vec<(Span, Weekday)>,
    /// Days that are named, up to a few before the report's own, if that is known.
    pub days: Vec<(Span, Date)>,
    /// Towns with tolls, as signatures, and where the tolls stand.
    pub deeds: Vec<(Span, u32)>,
    /// The headline, or the first sentence.
    pub opening: Option<Span>,
}

impl Lead {
    pub(super) fn of(told: &Told<'_>) -> Self {
        let times: Vec<_> = lead_times(told).collect();
        let done = times.iter().filter(|time| !is_to_come(told, time));
        let weekdays = done.filter_map(|time| Some((time.span, weekday_of(told, time)?)));
        let observed = &told.reading.observed;
        Self {
            weekdays: weekdays.collect(),
            days: times
                .iter()
                .filter_map(|time| Some((time.span, news_day(told, time)?)))
                .collect(),
            deeds: telling_deeds(told.reading),
            opening: observed.title.or_else(|| observed.sentences.first().copied()),
        }
    }

    /// The last day that the lead names.
    pub(super) fn last_day(&self) -> Option<Date> {
        self.days.iter().map(|(_, day)| *day).max()
    }
}

/// The times that the headline and the first sentences name.
fn lead_times<'a>(told: &'a Told<'_>) -> impl Iterator<Item = &'a Time> {
    let observed = &told.reading.observed;
    let full = observed.sentences.iter().filter(|sentence| {
        observed.title.is_none_or(|title| title.end <= sentence.start)
            && WORDS <= told.range(**sentence).len()
    });
    let end = full.take(SENTENCES).last().map_or(u32::MAX, |sentence| sentence.end);
    observed.times.iter().take_while(move |time| time.span.end <= end)
}

/// Whether the time is that of an act still to come.
fn is_to_come(told: &Told<'_>, time: &Time) -> bool {
    let mut events =
        told.reading.observed.events.iter().filter(|event| event.time == Some(time.id));
    let planned =
        |status| matches!(status, Status::Planned | Status::Hypothetical | Status::CalledFor);
    events.any(|event| planned(event.status))
}

/// The day that a time names, if the news may be of it. A date in figures that is the report's own is its
/// stamp, and says nothing of the news.
fn news_day(told: &Told<'_>, time: &Time) -> Option<Date> {
    let (day, own) = (time.interval.single_day()?, told.date.last?);
    let stamp = told.slice(time.span).contains(|c: char| c.is_ascii_digit()) && day == own;
    (!stamp && (0..=NEAR).contains(&days_between(day, own))).then_some(day)
}

fn weekday_of(told: &Told<'_>, time: &Time) -> Option<Weekday> {
    let words = told.slice(time.span).to_lowercase();
    if ["last", "next", "every", "each"].iter().any(|other| words.starts_with(other)) {
        return None;
    }
    let written = time.value.strip_prefix("XXXX-WXX-").and_then(|rest| rest.get(..1));
    let number = match written {
        Some(digit) => digit.parse().ok()?,
        None if words.contains("day") && !words.contains(|c: char| c.is_ascii_digit()) => {
            return time.interval.single_day().map(Date::weekday).filter(|day| names(&words, *day));
        }
        None => return None,
    };
    Weekday::from_monday_one_offset(number).ok()
}

/// Whether the words name the weekday.
fn names(words: &str, day: Weekday) -> bool {
    let name = ["mon", "tues", "wednes", "thurs", "fri", "satur", "sun"]
        [day.to_monday_zero_offset() as usize];
    words.contains(&format!("{name}day"))
}

pub(super) fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(i64::MAX, |span| i64::from(span.get_days()))
}
