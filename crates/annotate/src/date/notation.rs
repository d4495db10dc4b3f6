//! Explicit dates in text, whatever their notation: text in, [`Written`] dates out, in order.
//!
//! Read are `2021-07-28`, `2021/07/28`, `28.07.2021`, `7/28/2021`, `28 July 2021`, `28th of July`,
//! `Wed, July 28, 2021`, `July 2021`, each with its weekday if it has one. A date without a year
//! keeps its month and day. `01/02/2021` may be two days, so it is the interval that holds both.

use std::ops::Range;

use chancery_text::Interval;
use jiff::civil::{Date, Weekday, date};

/// A date as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its bytes in the text that was searched, weekday included.
    pub range: Range<usize>,
    /// The weekday written with it.
    pub weekday: Option<Weekday>,
    /// What is written.
    pub value: Value,
}

/// How much of a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// A day of a year, or the two days that `01/02/2021` may mean.
    Full(Interval),
    /// A month of a year.
    Month(Interval),
    /// A day of some year.
    Yearless {
        /// 1 to 12.
        month: i8,
        /// 1 to 31.
        day: i8,
    },
}

impl Value {
    /// The day, where a single day of a year is written.
    pub fn day(self) -> Option<Date> {
        match self {
            Value::Full(interval) => interval.single_day(),
            _ => None,
        }
    }
}

/// The dates in `text`, in order and apart. One pass over its digits.
pub fn find_dates(text: &str) -> Vec<Written> {
    let bytes = text.as_bytes();
    let (mut found, mut at) = (Vec::<Written>::new(), 0);
    while let Some(start) = next_digit(bytes, at) {
        let end = digits_end(bytes, start);
        let free = found.last().map_or(0, |written| written.range.end);
        at = match date_at(bytes, start, end, free) {
            Some(written) => {
                let next = written.range.end.max(end);
                found.push(written);
                next
            }
            None => end,
        };
    }
    found
}

/// Reads a date that a container states: any notation of [`find_dates`], RFC 2822, or seconds or
/// milliseconds since 1970.
pub fn parse_stated(text: &str) -> Option<Interval> {
    let text = text.trim();
    if text.len() >= 9 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return compact(text).or_else(|| epoch(text));
    }
    find_dates(text)
        .into_iter()
        .find_map(|written| match written.value {
            Value::Full(interval) | Value::Month(interval) => Some(interval),
            Value::Yearless { .. } => None,
        })
        .or_else(|| text.get(..8).filter(|_| text.len() == 8).and_then(compact))
}

/// The date in a web address: `/2021/08/16/`, `/2021-08-16-`, `/20210816`.
pub fn parse_url(url: &str) -> Option<Interval> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let slashed = find_dates(path).into_iter().find_map(|written| match written.value {
        Value::Full(interval) => Some(interval),
        _ => None,
    });
    slashed.or_else(|| runs(path).find_map(compact)).or_else(|| year_month(path)).or_else(|| {
        let months =
            ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        let parts: Vec<_> = path.split('/').collect();
        parts.windows(3).find_map(|three| {
            let month = months.iter().position(|month| *month == three[1])? as i8 + 1;
            day(three[0].parse().ok()?, month, three[2].parse().ok()?).map(Interval::day)
        })
    })
}

fn runs(path: &str) -> impl Iterator<Item = &str> {
    path.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 8)
}

fn year_month(path: &str) -> Option<Interval> {
    let parts: Vec<_> = path.split(['/', '-']).collect();
    let two = |part: &str| part.parse().ok().filter(|_| part.len() == 2);
    let day = parts.windows(3).find_map(|three| {
        let year = three[0].parse().ok().filter(|year| plausible(*year))?;
        day(year, two(three[1])?, two(three[2])?).map(Interval::day)
    });
    day.or_else(|| {
        parts.windows(2).find_map(|pair| {
            let (year, month) = (pair[0], pair[1]);
            let fits = year.len() == 4 && month.len() == 2;
            let (year, month) = (year.parse().ok()?, month.parse().ok()?);
            (fits && plausible(year)).then(|| whole_month(year, month))?
        })
    })
}

fn compact(run: &str) -> Option<Interval> {
    if run.len() != 8 || !run.is_ascii() {
        return None;
    }
    let year = run[..4].parse().ok().filter(|year| plausible(*year))?;
    day(year, run[4..6].parse().ok()?, run[6..].parse().ok()?).map(Interval::day)
}

fn epoch(run: &str) -> Option<Interval> {
    let number: i64 = run.parse().ok()?;
    let seconds = match run.len() {
        9 | 10 => number,
        13 => number / 1000,
        _ => return None,
    };
    let moment = jiff::Timestamp::from_second(seconds).ok()?;
    Some(Interval::day(moment.to_zoned(jiff::tz::TimeZone::UTC).date()))
}

fn next_digit(bytes: &[u8], from: usize) -> Option<usize> {
    bytes[from..].iter().position(u8::is_ascii_digit).map(|offset| from + offset)
}

fn digits_end(bytes: &[u8], start: usize) -> usize {
    bytes[start..].iter().position(|byte| !byte.is_ascii_digit()).map_or(bytes.len(), |n| start + n)
}

fn date_at(bytes: &[u8], start: usize, end: usize, free: usize) -> Option<Written> {
    let glued =
        start > free && (bytes[start - 1].is_ascii_alphabetic() || bytes[start - 1] == b'$');
    match end - start {
        _ if glued => None,
        4 => iso(bytes, start, end, free).or_else(|| month_year(bytes, start, end, free)),
        1 | 2 => numeric(bytes, start, end, free)
            .or_else(|| day_first(bytes, start, end, free))
            .or_else(|| month_first(bytes, start, end, free)),
        _ => None,
    }
}

fn iso(bytes: &[u8], start: usize, end: usize, free: usize) -> Option<Written> {
    let (month, day_of, stop) = two_more(bytes, end, b"-/.")?;
    let year = number(&bytes[start..end]).filter(|year| plausible(*year))?;
    let day = day(year, month, day_of)?;
    Some(written(bytes, start..stop, free, Value::Full(Interval::day(day))))
}

fn numeric(bytes: &[u8], start: usize, end: usize, free: usize) -> Option<Written> {
    let separator = *bytes.get(end)?;
    if !b"./-".contains(&separator) {
        return None;
    }
    let middle = digits_end(bytes, end + 1);
    if bytes.get(middle) != Some(&separator) || middle == end + 1 || end + 3 < middle {
        return None;
    }
    let stop = digits_end(bytes, middle + 1);
    if stop != middle + 5 {
        return None;
    }
    let year = number(&bytes[middle + 1..stop]).filter(|year| plausible(*year))?;
    let (a, b) = (number(&bytes[start..end])? as i8, number(&bytes[end + 1..middle])? as i8);
    let (day_first, month_first) = (day(year, b, a), day(year, a, b));
    let interval = match (day_first, month_first) {
        (Some(day), _) if separator == b'.' => Interval::day(day),
        (Some(one), Some(other)) => Interval::between(one, other),
        (one, other) => Interval::day(one.or(other)?),
    };
    Some(written(bytes, start..stop, free, Value::Full(interval)))
}

fn two_more(bytes: &[u8], end: usize, separators: &[u8]) -> Option<(i8, i8, usize)> {
    let separator = *bytes.get(end)?;
    if !separators.contains(&separator) {
        return None;
    }
    let middle = digits_end(bytes, end + 1);
    if bytes.get(middle) != Some(&separator) {
        return None;
    }
    let stop = digits_end(bytes, middle + 1);
    let short = |from: usize, to: usize| from < to && to <= from + 2;
    (short(end + 1, middle) && short(middle + 1, stop)).then_some(())?;
    let value = |from: usize, to: usize| number(&bytes[from..to]).map(|n| n as i8);
    Some((value(end + 1, middle)?, value(middle + 1, stop)?, stop))
}

fn day_first(bytes: &[u8], start: usize, end: usize, free: usize) -> Option<Written> {
    let day_of = number(&bytes[start..end])? as i8;
    let mut at = skip_ordinal(bytes, end);
    at = skip_spaces(bytes, at)?;
    if let Some(after) =
        word_end(bytes, at).filter(|after| bytes[at..*after].eq_ignore_ascii_case(b"of"))
    {
        at = skip_spaces(bytes, after)?;
    }
    let stop = word_end(bytes, at)?;
    let month = month_named(&bytes[at..stop])?;
    with_year(bytes, start..stop, free, month, day_of)
}

fn month_first(bytes: &[u8], start: usize, end: usize, free: usize) -> Option<Written> {
    let (month, month_start) = month_before(bytes, start, free)?;
    let day_of = number(&bytes[start..end])? as i8;
    let stop = skip_ordinal(bytes, end);
    // "March 20,000 strong" and "May 5%" hold no dates.
    let grouped = bytes.get(stop) == Some(&b',') && digits_end(bytes, stop + 1) == stop + 4;
    let joined = bytes.get(stop).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'%')
        || grouped;
    (!joined).then(|| with_year(bytes, month_start..stop, free, month, day_of))?
}

fn month_year(bytes: &[u8], start: usize, end: usize, free: usize) -> Option<Written> {
    let (month, month_start) = month_before(bytes, start, free)?;
    let year = number(&bytes[start..end]).filter(|year| plausible(*year))?;
    let interval = whole_month(year, month)?;
    Some(Written { range: month_start..end, weekday: None, value: Value::Month(interval) })
}

/// A day and month with the year that may follow: `, 2021`, ` 2021`.
fn with_year(
    bytes: &[u8],
    range: Range<usize>,
    free: usize,
    month: i8,
    day_of: i8,
) -> Option<Written> {
    day(2000, month, day_of)?;
    let yearless = Value::Yearless { month, day: day_of };
    let Some((year, stop)) = year_after(bytes, range.end) else {
        return Some(written(bytes, range, free, yearless));
    };
    let full = Value::Full(Interval::day(day(year, month, day_of)?));
    Some(written(bytes, range.start..stop, free, full))
}

fn year_after(bytes: &[u8], end: usize) -> Option<(i16, usize)> {
    let mut at = end;
    while at < end + 4 && matches!(bytes.get(at), Some(b' ' | b',' | b'.' | b'-' | b'\t')) {
        at += 1;
    }
    let stop = digits_end(bytes, at.min(bytes.len()));
    let year = number(bytes.get(at..stop)?).filter(|year| plausible(*year))?;
    (stop == at + 4 && at != end).then_some((year, stop))
}

fn written(bytes: &[u8], range: Range<usize>, free: usize, value: Value) -> Written {
    let (weekday, start) = match weekday_before(bytes, range.start, free) {
        Some((weekday, start)) => (Some(weekday), start),
        None => (None, range.start),
    };
    Written { range: start..range.end, weekday, value }
}

fn weekday_before(bytes: &[u8], start: usize, free: usize) -> Option<(Weekday, usize)> {
    let (word, from) = word_before(bytes, start, free)?;
    Some((weekday_named(word)?, from))
}

fn month_before(bytes: &[u8], start: usize, free: usize) -> Option<(i8, usize)> {
    let (word, from) = word_before(bytes, start, free)?;
    Some((month_named(word)?, from))
}

/// The word that ends before `start`, past a few spaces, commas and dots.
fn word_before(bytes: &[u8], start: usize, free: usize) -> Option<(&[u8], usize)> {
    let gap = bytes[free..start].iter().rev().take(3).take_while(|b| b" ,.\t-".contains(b)).count();
    let end = start - gap;
    let len =
        bytes[free..end].iter().rev().take(12).take_while(|b| b.is_ascii_alphabetic()).count();
    let from = end - len;
    (3 <= len && 0 < gap).then(|| (&bytes[from..end], from))
}

fn skip_ordinal(bytes: &[u8], end: usize) -> usize {
    let ordinal = bytes.get(end..end + 2).is_some_and(|two| {
        [b"st", b"nd", b"rd", b"th"].iter().any(|suffix| two.eq_ignore_ascii_case(*suffix))
    });
    if ordinal { end + 2 } else { end }
}

fn skip_spaces(bytes: &[u8], at: usize) -> Option<usize> {
    let gap = bytes.get(at..)?.iter().take(3).take_while(|b| b" -\t,".contains(b)).count();
    (0 < gap).then_some(at + gap)
}

fn word_end(bytes: &[u8], at: usize) -> Option<usize> {
    let len = bytes.get(at..)?.iter().take(12).take_while(|b| b.is_ascii_alphabetic()).count();
    (2 <= len).then_some(at + len)
}

fn number(digits: &[u8]) -> Option<i16> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

fn plausible(year: i16) -> bool {
    (1900..2100).contains(&year)
}

fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

/// The days of a month; `None` if `month` is none.
pub fn whole_month(year: i16, month: i8) -> Option<Interval> {
    let first = day(year, month, 1)?;
    Some(Interval::between(first, first.last_of_month()))
}

/// The days of a year that a report may state.
pub fn whole_year(year: i16) -> Interval {
    Interval::between(date(year, 1, 1), date(year, 12, 31))
}

/// The month of an English name or its usual short form, whatever its case. "may", "march", "mar"
/// and the like are months only by their place beside a number.
pub fn month_named(word: &[u8]) -> Option<i8> {
    const NAMES: [&[u8]; 12] = [
        b"january",
        b"february",
        b"march",
        b"april",
        b"may",
        b"june",
        b"july",
        b"august",
        b"september",
        b"october",
        b"november",
        b"december",
    ];
    let short = |name: &[u8]| {
        word.len() == 3 && name[..3].eq_ignore_ascii_case(word)
            || name[0] == b's' && word.eq_ignore_ascii_case(b"sept")
    };
    let fits = |name: &&[u8]| name.eq_ignore_ascii_case(word) || short(name);
    let capital = word.first().is_some_and(u8::is_ascii_uppercase);
    let index = NAMES.iter().position(|name| fits(name))?;
    // "may 3" and "march 5" in lower case are verbs more often than months.
    (capital || ![3, 5].contains(&(index + 1))).then_some(index as i8 + 1)
}

/// The weekday of an English name or its usual short form.
pub fn weekday_named(word: &[u8]) -> Option<Weekday> {
    const NAMES: [(&[u8], Weekday, &[&[u8]]); 7] = [
        (b"monday", Weekday::Monday, &[b"mon"]),
        (b"tuesday", Weekday::Tuesday, &[b"tue", b"tues"]),
        (b"wednesday", Weekday::Wednesday, &[b"wed"]),
        (b"thursday", Weekday::Thursday, &[b"thu", b"thur", b"thurs"]),
        (b"friday", Weekday::Friday, &[b"fri"]),
        (b"saturday", Weekday::Saturday, &[b"sat"]),
        (b"sunday", Weekday::Sunday, &[b"sun"]),
    ];
    let fits = |(name, _, short): &&(&[u8], Weekday, &[&[u8]])| {
        name.eq_ignore_ascii_case(word) || short.iter().any(|s| s.eq_ignore_ascii_case(word))
    };
    NAMES.iter().find(fits).map(|(_, weekday, _)| *weekday)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn days(text: &str) -> Vec<String> {
        let show = |written: Written| match written.value {
            Value::Full(interval) | Value::Month(interval) => interval.to_string(),
            Value::Yearless { month, day } => format!("{month}-{day}"),
        };
        find_dates(text).into_iter().map(show).collect()
    }

    #[test]
    fn every_usual_notation_is_read() {
        for text in [
            "on 2021-07-28.",
            "2021/07/28",
            "28.07.2021",
            "28-07-2021",
            "7/28/2021",
            "28 July 2021",
            "28th of July, 2021",
            "July 28, 2021",
            "JULY 28 2021",
            "Jul. 28, 2021",
            "Wed 28 Jul 2021",
            "Wed, 28 Jul 2021 10:00:00 +0000",
            "Wednesday, July 28th, 2021",
            "2021-07-28T10:00:00Z",
        ] {
            assert_eq!(days(text), ["2021-07-28"], "{text}");
        }
    }

    #[test]
    fn a_date_that_may_be_two_days_holds_both() {
        assert_eq!(days("01/02/2021"), ["2021-01-02/2021-02-01"]);
    }

    #[test]
    fn a_month_and_a_yearless_day_keep_what_is_written() {
        assert_eq!(days("in February 2020 and on August 15"), ["2020-02-01/2020-02-29", "8-15"]);
    }

    #[test]
    fn numbers_that_are_no_dates_are_left() {
        assert!(
            days("may 20 people, march 5 abreast, version 5.50, $2021, 1996 until 2001, 3.14.15")
                .is_empty()
        );
    }

    #[test]
    fn a_weekday_is_read_with_its_date() {
        let found = find_dates("Sun 05 Jul 2015 At least");
        assert_eq!(found[0].weekday, Some(Weekday::Sunday));
        assert_eq!(found[0].range, 0..15);
    }

    #[test]
    fn a_container_may_state_seconds_or_a_compact_day() {
        let day = |text: &str| parse_stated(text).map(|interval| interval.to_string());
        for text in ["1627430400", "1627430400000", "20210728", "2021-07-28 00:00:00+00:00"] {
            assert_eq!(day(text).as_deref(), Some("2021-07-28"), "{text}");
        }
        assert_eq!(day("yesterday"), None);
    }

    #[test]
    fn a_web_address_gives_its_day_or_its_month() {
        let day = |url: &str| parse_url(url).map(|interval| interval.to_string());
        assert_eq!(day("https://x.org/2021/08/16/talks").as_deref(), Some("2021-08-16"));
        assert_eq!(day("https://x.org/world/2021/aug/16/talks").as_deref(), Some("2021-08-16"));
        assert_eq!(day("https://x.org/a/2021-08/16/c_1.htm").as_deref(), Some("2021-08-16"));
        assert_eq!(day("https://x.org/2021/08/talks").as_deref(), Some("2021-08-01/2021-08-31"));
        assert_eq!(day("https://x.org/talks-414380"), None);
    }

    proptest! {
        #[test]
        fn dates_lie_in_the_text_in_order(text in "(\\PC|[0-9./ -]|May |Wed ){0,60}") {
            let found = find_dates(&text);
            prop_assert!(found.iter().all(|w| text.get(w.range.clone()).is_some()));
            prop_assert!(found.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start));
            let _ = (parse_stated(&text), parse_url(&text));
        }
    }
}
