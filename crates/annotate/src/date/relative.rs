//! Expressions that tie a report's day to something else: "last week", "on Sunday", "earlier this
//! month", "more than a week ago"; and the days that a report may be of, if they are said of a day
//! that is known.

use std::ops::Range;

use chancery_text::Interval;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::notation::{weekday_named, whole_year};

/// A relative expression and its bytes in the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relative {
    pub range: Range<usize>,
    pub sense: Sense,
}

/// How far back the thing lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    Today,
    Yesterday,
    On(Weekday),
    ThisWeek,
    LastWeek,
    ThisMonth,
    LastMonth,
    ThisYear,
    LastYear,
    /// Between so many days before the report.
    Ago(i16, i16),
}

const PHRASES: [(&str, Sense); 20] = [
    ("earlier today", Sense::Today),
    ("today", Sense::Today),
    ("yesterday", Sense::Yesterday),
    ("overnight", Sense::Today),
    ("earlier this week", Sense::ThisWeek),
    ("this week", Sense::ThisWeek),
    ("last week", Sense::LastWeek),
    ("last weekend", Sense::LastWeek),
    ("at the weekend", Sense::ThisWeek),
    ("over the weekend", Sense::ThisWeek),
    ("earlier this month", Sense::ThisMonth),
    ("this month", Sense::ThisMonth),
    ("last month", Sense::LastMonth),
    ("earlier this year", Sense::ThisYear),
    ("this year", Sense::ThisYear),
    ("last year", Sense::LastYear),
    ("a week ago", Sense::Ago(5, 10)),
    ("a fortnight ago", Sense::Ago(11, 18)),
    ("a month ago", Sense::Ago(24, 40)),
    ("a year ago", Sense::Ago(330, 400)),
];

/// Relative expressions of one sentence, in order of their place.
pub(super) fn find(sentence: &str) -> Vec<Relative> {
    let mut found: Vec<Relative> = PHRASES
        .iter()
        .flat_map(|(phrase, sense)| {
            sentence.match_indices(phrase).map(move |(at, phrase)| (at, phrase.len(), *sense))
        })
        .filter(|(at, len, _)| word_borders(sentence, *at, at + len))
        .map(|(at, len, sense)| Relative {
            range: at..at + len,
            sense: widened(sentence, at, sense),
        })
        .collect();
    found.extend(
        weekdays(sentence)
            .into_iter()
            .map(|(range, weekday)| Relative { range, sense: Sense::On(weekday) }),
    );
    found.extend(counted(sentence));
    found.sort_by_key(|relative| (relative.range.start, usize::MAX - relative.range.end));
    let mut free = 0;
    found.retain(|relative| {
        let stays = free <= relative.range.start;
        if stays {
            free = relative.range.end;
        }
        stays
    });
    found
}

/// "More than a week ago" lies further back than "a week ago".
fn widened(sentence: &str, at: usize, sense: Sense) -> Sense {
    match sense {
        Sense::Ago(least, most)
            if ["more than ", "over "].iter().any(|more| sentence[..at].ends_with(more)) =>
        {
            Sense::Ago(least + (most - least) / 3, most * 3 / 2)
        }
        sense => sense,
    }
}

fn word_borders(sentence: &str, start: usize, end: usize) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !letter(sentence[..start].chars().next_back()) && !letter(sentence[end..].chars().next())
}

/// Weekdays that no date stands beside: "on Sunday", "a Wednesday phone call", "Monday’s". Past ones
/// only; "next Sunday", "last Sunday" and days of things to come are left out.
pub(super) fn weekdays(sentence: &str) -> Vec<(Range<usize>, Weekday)> {
    named_days(sentence)
        .filter(|(range, _)| {
            !is_future(sentence, range.start)
                && !sentence[..range.start].ends_with("last ")
                && !sentence[..range.start].ends_with("every ")
        })
        .collect()
}

/// Weekdays of things to come: "will meet on Tuesday", "scheduled for Tuesday".
pub(super) fn coming_weekdays(sentence: &str) -> Vec<(Range<usize>, Weekday)> {
    named_days(sentence).filter(|(range, _)| is_future(sentence, range.start)).collect()
}

fn named_days(sentence: &str) -> impl Iterator<Item = (Range<usize>, Weekday)> {
    sentence.match_indices("day").filter_map(|(at, _)| {
        let end = at + 3;
        let from = sentence[..at].rfind(|c: char| !c.is_ascii_alphabetic()).map_or(0, |before| {
            before + sentence[before..].chars().next().map_or(1, char::len_utf8)
        });
        let word = &sentence[from..end];
        let weekday = weekday_named(word.as_bytes())
            .filter(|_| word.starts_with(|c: char| c.is_ascii_uppercase()))?;
        let rest = sentence[end..].trim_start_matches([',', ' ']);
        let dated = rest.starts_with(|c: char| c.is_ascii_digit())
            || super::notation::month_named(rest.split([' ', '.']).next().unwrap_or("").as_bytes())
                .is_some();
        (word_borders(sentence, from, end) && !dated).then_some((from..end, weekday))
    })
}

/// Whether the clause before `at` speaks of what is to come.
pub(super) fn is_future(sentence: &str, at: usize) -> bool {
    const CUES: [&str; 17] = [
        " will ",
        "’ll ",
        "'ll ",
        "scheduled",
        "due to",
        " due ",
        "expected",
        "next ",
        "planned",
        "plans to",
        "is set to",
        "are set to",
        "set for",
        " until ",
        "upcoming",
        "to be held",
        "ahead of",
    ];
    let mut floor = at.saturating_sub(110);
    while !sentence.is_char_boundary(floor) {
        floor += 1;
    }
    let clause = &sentence[floor..at];
    let clause = clause.rfind(['"', '”', ';', '—']).map_or(clause, |cut| &clause[cut..]);
    let near = clause.len().saturating_sub(12);
    let near = (near..clause.len()).find(|at| clause.is_char_boundary(*at)).unwrap_or(clause.len());
    let said = [" said on ", " told ", " announced on ", " added on ", " warned on ", " said "]
        .iter()
        .any(|cue| clause[near..].ends_with(cue));
    // "by Friday", and not "hit by air strikes on Friday"
    let deadline = [" by ", " by the end of ", " by early ", " by late "];
    let deadline = deadline.iter().any(|cue| clause.ends_with(cue));
    !said && (deadline || CUES.iter().any(|cue| clause.contains(cue)))
}

/// "Three days ago", "two weeks ago", "10 days ago".
fn counted(sentence: &str) -> Vec<Relative> {
    let units =
        [("day", 1i16), ("days", 1), ("week", 7), ("weeks", 7), ("month", 30), ("months", 30)];
    sentence
        .match_indices(" ago")
        .filter_map(|(at, ago)| {
            let mut words = sentence[..at].rsplit(' ');
            let (unit, count) = (words.next()?, words.next()?);
            let days = units.iter().find(|(name, _)| *name == unit)?.1;
            let number = count_of(count)?;
            let middle = days.checked_mul(number)?;
            let slack = if days == 1 { 1 } else { days * 2 / 3 };
            let start = at - unit.len() - 1 - count.len();
            let more = ["more than ", "over "].iter().any(|more| sentence[..start].ends_with(more));
            let sense = if more {
                Sense::Ago(middle, middle + days + slack)
            } else {
                Sense::Ago(middle - slack, middle + slack)
            };
            Some(Relative { range: start..at + ago.len(), sense })
        })
        .collect()
}

fn count_of(word: &str) -> Option<i16> {
    const WORDS: [&str; 11] =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let named = WORDS.iter().position(|known| known.eq_ignore_ascii_case(word)).map(|n| n as i16);
    named.or_else(|| word.parse().ok()).filter(|n| (1..400).contains(n))
}

/// The days that a report may be of, if it says `sense` of something that happened in `known`.
/// `None` if it cannot say so: "on Sunday" of a Tuesday.
pub(super) fn report_days(known: Interval, sense: Sense) -> Option<Interval> {
    let (first, last) = (known.first?, known.last?);
    let between =
        |from: i16, to: i16| Some(Interval::between(shift(first, from)?, shift(last, to)?));
    match sense {
        Sense::Today => between(0, 0),
        Sense::Yesterday => between(1, 1),
        Sense::On(weekday) => {
            (first.weekday() == weekday || last.weekday() == weekday).then(|| between(0, 6))?
        }
        Sense::ThisWeek => between(0, 6),
        Sense::LastWeek => between(1, 13),
        Sense::ThisMonth => Some(Interval::between(first, last.last_of_month())),
        Sense::LastMonth => {
            let next = shift(first.last_of_month(), 1)?;
            Some(Interval::between(next, next.last_of_month()))
        }
        Sense::ThisYear => Some(Interval::between(first, whole_year(last.year()).last?)),
        Sense::LastYear => {
            Some(whole_year(last.year().checked_add(1).filter(|year| *year < 9000)?))
        }
        Sense::Ago(least, most) => between(least, most),
    }
}

/// The day so many days later.
pub(super) fn shift(day: Date, days: i16) -> Option<Date> {
    day.checked_add(i64::from(days).days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn past_weekdays_stand_alone_and_coming_ones_apart() {
        let days = |text: &str| weekdays(text).into_iter().map(|(_, day)| day).collect::<Vec<_>>();
        assert_eq!(
            days("In a Wednesday phone call he said so on Monday"),
            [Weekday::Wednesday, Weekday::Monday]
        );
        assert!(days("The council will meet on Tuesday").is_empty());
        assert!(days("on Wednesday, July 28, and last Sunday, in broad daylight").is_empty());
        assert_eq!(coming_weekdays("A session scheduled for Tuesday").len(), 1);
    }

    #[test]
    fn a_relative_expression_bounds_the_day_of_its_report() {
        let sunday = Interval::day(date(2021, 8, 15));
        let days = |sense| report_days(sunday, sense).map(|interval| interval.to_string());
        assert_eq!(days(Sense::On(Weekday::Sunday)).as_deref(), Some("2021-08-15/2021-08-21"));
        assert_eq!(days(Sense::On(Weekday::Monday)), None);
        assert_eq!(days(Sense::ThisMonth).as_deref(), Some("2021-08-15/2021-08-31"));
        assert_eq!(days(Sense::LastMonth).as_deref(), Some("2021-09-01/2021-09-30"));
    }

    #[test]
    fn counted_and_widened_expressions_are_read() {
        let senses =
            |text: &str| find(text).into_iter().map(|relative| relative.sense).collect::<Vec<_>>();
        assert_eq!(senses("It fell three days ago"), [Sense::Ago(2, 4)]);
        assert_eq!(senses("It fell more than a week ago"), [Sense::Ago(6, 15)]);
        assert_eq!(senses("earlier this month"), [Sense::ThisMonth]);
    }
}
