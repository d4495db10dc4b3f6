//! What the lead of a report says of its news: the weekdays and days that it names, its towns and tolls.
//!
//! The lead is the headline and the first full sentences below it; what is named later is background.

use std::collections::BTreeSet;

use chancery_annotate::event::Status;
use chancery_annotate::place::{PlaceKind, PlaceRole};
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
/// Lowest number that tells one happening from another: many have one dead or two.
const TOLL: f64 = 4.0;
/// What stands before a weekday on which something began or ended that is not the news.
const BOUNDS: [&str; 5] = ["since", "from", "until", "before", "after"];

/// What the lead of a report says of its news.
pub(super) struct Lead {
    /// Weekdays that are named without a date, of something done.
    pub weekdays: Vec<(Span, Weekday)>,
    /// Those of the first sentence that names any.
    pub of_news: Vec<(Span, Weekday)>,
    /// Days that are named, up to a few before the report's own, if that is known.
    pub days: Vec<(Span, Date)>,
    /// Days that are named and still to come.
    pub ahead: Vec<Date>,
    /// Towns with tolls, as signatures, and where the tolls stand.
    pub deeds: Vec<(Span, u32)>,
    /// The headline, or the first sentence.
    pub opening: Option<Span>,
    towns: BTreeSet<String>,
    tolls: BTreeSet<(String, u64)>,
}

impl Lead {
    pub(super) fn of(told: &Told<'_>) -> Self {
        let end = end(told);
        let observed = &told.reading.observed;
        let named = observed.times.iter().take_while(|time| time.span.end <= end);
        let times: Vec<_> = named.filter(|time| !is_bound(told, time.span)).collect();
        let done = times.iter().filter(|time| !is_to_come(told, time));
        let weekdays: Vec<_> =
            done.filter_map(|time| Some((time.span, weekday_of(told, time)?))).collect();
        let first = weekdays.first().map(|(span, _)| told.sentence(*span));
        let in_first = |span: &Span| first.is_some_and(|sentence| sentence.contains(*span));
        let news = times.iter().filter_map(|time| Some((time.span, news_day(told, time)?)));
        Self {
            of_news: weekdays.iter().filter(|(span, _)| in_first(span)).copied().collect(),
            weekdays,
            days: news.collect(),
            ahead: times.iter().filter_map(|time| day_ahead(told, time)).collect(),
            deeds: telling_deeds(told.reading),
            opening: observed.title.or_else(|| observed.sentences.first().copied()),
            towns: towns(told, end),
            tolls: tolls(told, end),
        }
    }

    /// The last day that the lead names.
    pub(super) fn last_day(&self) -> Option<Date> {
        self.days.iter().map(|(_, day)| *day).max()
    }

    /// Whether both name one town, or one number of what something happened to.
    pub(super) fn meets(&self, other: &Self) -> bool {
        !self.towns.is_disjoint(&other.towns) || !self.tolls.is_disjoint(&other.tolls)
    }
}

fn towns(told: &Told<'_>, end: u32) -> BTreeSet<String> {
    let places = told.reading.observed.places.iter().filter(|place| place.span.end <= end);
    let towns = places
        .filter(|place| place.kind == PlaceKind::Settlement && place.role == PlaceRole::Location);
    towns.map(|place| place.name.to_lowercase()).collect()
}

fn tolls(told: &Told<'_>, end: u32) -> BTreeSet<(String, u64)> {
    let figures = told.reading.observed.figures.iter().filter(|figure| figure.span.end <= end);
    let tolls = figures.filter_map(|figure| {
        let number = figure.low.filter(|low| TOLL <= *low)?;
        Some((figure.state.clone().unwrap_or_default(), number.to_bits()))
    });
    tolls.collect()
}

/// Where the lead ends.
fn end(told: &Told<'_>) -> u32 {
    let observed = &told.reading.observed;
    let full = observed.sentences.iter().filter(|sentence| {
        observed.title.is_none_or(|title| title.end <= sentence.start)
            && WORDS <= told.range(**sentence).len()
    });
    full.take(SENTENCES).last().map_or(u32::MAX, |sentence| sentence.end)
}

/// Whether "since" or the like stands before a time, which is then not that of the news.
fn is_bound(told: &Told<'_>, time: Span) -> bool {
    let before = told.slice(Span::new(told.sentence(time).start.min(time.start), time.start));
    let word = before.split_whitespace().next_back().unwrap_or_default();
    BOUNDS.iter().any(|bound| word.eq_ignore_ascii_case(bound))
}

/// Whether the time is that of an act still to come. Before "to do" stands the time of who agreed to it.
fn is_to_come(told: &Told<'_>, time: &Time) -> bool {
    let mut events =
        told.reading.observed.events.iter().filter(|event| event.time == Some(time.id));
    let planned =
        |status| matches!(status, Status::Planned | Status::Hypothetical | Status::CalledFor);
    let of_main = |trigger: Span| time.span.end <= trigger.start && told.is_infinitive(trigger);
    events.any(|event| planned(event.status) && !of_main(event.trigger))
}

/// The day that a time names, if the news may be of it. A date in figures that is the report's own is its
/// stamp, and says nothing of the news.
fn news_day(told: &Told<'_>, time: &Time) -> Option<Date> {
    let (day, own) = (time.interval.single_day()?, told.date.last?);
    let stamp = told.slice(time.span).contains(|c: char| c.is_ascii_digit()) && day == own;
    (!stamp && (0..=NEAR).contains(&days_between(day, own))).then_some(day)
}

/// The day that a time names, if it lies after the report's own.
fn day_ahead(told: &Told<'_>, time: &Time) -> Option<Date> {
    let (day, own) = (time.interval.single_day()?, told.date.last?);
    (own < day).then_some(day)
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
