//! What the text says of the day it was written on.

use chancery_text::{Interval, Report, Span};
use jiff::civil::{Date, Weekday};

use super::LEAD;
use super::happening::{Happenings, Tie};
use super::notation::{Value, find_dates, whole_year};
use super::relative::{coming_weekdays, is_future, shift, weekdays};
use crate::clean::{Cleaned, ResidueReason};

/// Clues, each with where it stands.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// Full dates that the prose narrates as past, and days of file photos.
    pub past: Vec<(Date, Span)>,
    /// Full dates of things to come.
    pub coming: Vec<(Date, Span)>,
    /// The latest month or year that the prose names as past: its first day.
    pub since: Option<(Date, Span)>,
    /// Happenings of known days that the text ties itself to.
    pub ties: Vec<(Tie, Span)>,
    /// Where the first sentences of the prose end.
    pub lead_end: u32,
    /// Past weekdays, in order: the first is mostly the lead's.
    pub weekdays: Vec<(Weekday, Span)>,
    /// Weekdays of things to come.
    pub coming_weekdays: Vec<(Weekday, Span)>,
    /// "Today, Wednesday".
    pub today: Option<(Weekday, Span)>,
}

/// Reads the prose sentence by sentence, and the captions for their dates.
pub(super) fn gather(report: &Report, cleaned: &Cleaned) -> Evidence {
    let mut evidence = Evidence::default();
    let happenings = Happenings::embedded();
    let happened = happenings.may_be_in(&report.text);
    evidence.lead_end = cleaned.prose.first().map_or(0, |block| block.start + LEAD);
    for block in &cleaned.prose {
        for sentence in sentences(report.slice(*block)) {
            let span = Span::of(
                block.start as usize + sentence.start..block.start as usize + sentence.end,
            );
            evidence.read(report, span, happened.then_some(happenings));
        }
    }
    for residue in cleaned.residue.iter().filter(|residue| residue.reason == ResidueReason::Caption)
    {
        evidence.read_caption(report, residue.span);
    }
    evidence
}

impl Evidence {
    fn read(&mut self, report: &Report, span: Span, happenings: Option<&Happenings>) {
        let sentence = report.slice(span);
        let at = |range: std::ops::Range<usize>| {
            Span::of(span.start as usize + range.start..span.start as usize + range.end)
        };
        if sentence.bytes().any(|byte| byte.is_ascii_digit()) {
            self.read_dates(sentence, &at);
            self.read_years(sentence, &at);
        }
        if sentence.contains("day") {
            self.weekdays
                .extend(weekdays(sentence).into_iter().map(|(range, day)| (day, at(range))));
            self.coming_weekdays
                .extend(coming_weekdays(sentence).into_iter().map(|(range, day)| (day, at(range))));
            self.read_today(sentence, &at);
        }
        if let Some(happenings) = happenings {
            self.ties.extend(
                happenings
                    .ties(sentence)
                    .into_iter()
                    .map(|tie| (tie.clone(), at(tie.range.clone()))),
            );
        }
    }

    fn read_dates(&mut self, sentence: &str, at: &dyn Fn(std::ops::Range<usize>) -> Span) {
        for written in find_dates(sentence) {
            let (start, span) = (written.range.start, at(written.range));
            match written.value {
                Value::Full(interval) => {
                    let future = is_future(sentence, start);
                    let Some(day) = interval.single_day() else { continue };
                    if stands_alone(sentence, start) {
                        continue;
                    }
                    if future { self.coming.push((day, span)) } else { self.past.push((day, span)) }
                }
                Value::Month(interval) if !is_future(sentence, start) => {
                    self.keep_since(interval.first, span);
                }
                _ => {}
            }
        }
    }

    /// "In 2020": the report is no older than that year.
    fn read_years(&mut self, sentence: &str, at: &dyn Fn(std::ops::Range<usize>) -> Span) {
        for (start, lead) in
            ["in ", "In ", "since ", "Since "].iter().flat_map(|lead| sentence.match_indices(lead))
        {
            let from = start + lead.len();
            let Some(year) = sentence
                .get(from..from + 4)
                .filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()))
            else {
                continue;
            };
            let ends = !sentence[from + 4..]
                .starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '–');
            let year: i16 = year.parse().unwrap_or(0);
            let began = lead.trim().eq_ignore_ascii_case("since") || tells_of_past(sentence);
            if ends && began && (1900..2100).contains(&year) && !is_future(sentence, start) {
                self.keep_since(whole_year(year).first, at(from..from + 4));
            }
        }
    }

    fn keep_since(&mut self, first: Option<Date>, span: Span) {
        if let Some(first) =
            first.filter(|first| self.since.is_none_or(|(known, _)| known < *first))
        {
            self.since = Some((first, span));
        }
    }

    fn read_today(&mut self, sentence: &str, at: &dyn Fn(std::ops::Range<usize>) -> Span) {
        let found = weekdays(sentence).into_iter().find(|(range, _)| {
            let before = sentence[..range.start].trim_end_matches([',', ' ', '(', '–', '-']);
            before.ends_with("today") || before.ends_with("Today")
        });
        if let Some((range, day)) = found {
            self.today.get_or_insert((day, at(range)));
        }
    }

    fn read_caption(&mut self, report: &Report, span: Span) {
        let start = span.start as usize;
        for written in find_dates(report.slice(span)) {
            if let Some(day) = written.value.day() {
                self.past
                    .push((day, Span::of(start + written.range.start..start + written.range.end)));
            }
        }
    }

    /// Whether a clue stands where the report says what is new.
    pub fn is_in_lead(&self, span: Span) -> bool {
        span.start < self.lead_end
    }

    /// The latest full date that is narrated as past.
    pub fn latest(&self) -> Option<(Date, Span)> {
        self.past.iter().copied().max_by_key(|(day, span)| (*day, u32::MAX - span.start))
    }

    /// The days that every happening the text ties itself to leaves; `None` if they contradict one
    /// another or there are none.
    pub fn tied(&self) -> Option<Interval> {
        let mut days = self.ties.iter().map(|(tie, _)| tie.report);
        let first = days.next()?;
        days.try_fold(first, Interval::intersection)
    }

    /// The day with this month and day that lies nearest after the latest evidence, or in the days
    /// that a happening leaves.
    pub fn with_year(&self, month: i8, day: i8) -> Option<Interval> {
        let of = |year: i16| Date::new(year, month, day).ok();
        let tied = self.tied().and_then(|days| Some((days.first?, days.last?)));
        if let Some((first, last)) = tied {
            let slack = |date: Date, days| shift(date, days).unwrap_or(date);
            return (first.year()..=last.year())
                .filter_map(of)
                .find(|date| slack(first, -3) <= *date && *date <= slack(last, 3))
                .map(Interval::day);
        }
        let (latest, _) = self.latest()?;
        let near = [latest.year(), latest.year().saturating_add(1)];
        near.into_iter()
            .filter_map(of)
            .find(|date| latest <= *date && *date <= shift(latest, 60).unwrap_or(latest))
            .map(Interval::day)
    }

    /// Of the two days that "01/06/2016" may mean, the one whose weekday the report's lead names.
    pub fn likelier_day(&self, interval: Interval) -> Interval {
        let (Some(first), Some(last)) = (interval.first, interval.last) else { return interval };
        let fits = |day: Date| {
            let lead = self.weekdays.iter().take(3);
            let before = shift(day, -1).unwrap_or(day).weekday();
            lead.map(|(weekday, _)| {
                i32::from(*weekday == day.weekday()) * 2 + i32::from(*weekday == before)
            })
            .sum::<i32>()
        };
        match fits(first).cmp(&fits(last)) {
            _ if first == last || first.day() == 1 && last == last.last_of_month() => interval,
            std::cmp::Ordering::Greater => Interval::day(first),
            std::cmp::Ordering::Less => Interval::day(last),
            std::cmp::Ordering::Equal => interval,
        }
    }

    /// Days of `interval` that agree with the weekdays: the lead's weekday is the report's or the
    /// day before, and nothing still to come has passed.
    pub fn narrowed(&self, interval: Interval) -> Interval {
        let (Some(first), Some(last)) = (interval.first, interval.last) else { return interval };
        let Some((lead, _)) = self.weekdays.first() else { return interval };
        let days: Vec<_> = std::iter::successors(Some(first), |day| shift(*day, 1))
            .take_while(|day| *day <= last)
            .take(32)
            .collect();
        if days.last() != Some(&last) {
            return interval;
        }
        let next = self.coming_weekdays.first().map(|(weekday, _)| *weekday);
        let fits = |day: &Date| {
            let of_lead = day.weekday() == *lead
                || shift(*day, -1).is_some_and(|before| before.weekday() == *lead);
            of_lead && next.is_none_or(|next| next != day.weekday())
        };
        let kept: Vec<_> = days.iter().filter(|day| fits(day)).copied().collect();
        match (kept.first(), kept.last()) {
            (Some(first), Some(last)) => Interval::between(*first, *last),
            _ => interval,
        }
    }
}

/// A full date that is no part of a clause, as those beside links to other pages: "Riots erupt Wed,
/// November 30, 2016".
fn stands_alone(sentence: &str, start: usize) -> bool {
    const SHORT: [&str; 7] = ["Mon, ", "Tue, ", "Wed, ", "Thu, ", "Fri, ", "Sat, ", "Sun, "];
    SHORT.iter().any(|day| sentence[start..].starts_with(day) || sentence[..start].ends_with(day))
}

/// Whether a sentence with a year tells of what was, and not of plans, forecasts and hopes.
fn tells_of_past(sentence: &str) -> bool {
    const AHEAD: [&str; 14] = [
        "will", "would", "could", "may", "might", "should", "plan", "plans", "planned", "expects",
        "hopes", "aims", "forecast", "target",
    ];
    const PAST: [&str; 8] = ["was", "were", "had", "did", "began", "won", "took", "became"];
    let words = || sentence.split(|c: char| !c.is_alphabetic());
    words().any(|word| PAST.contains(&word) || 4 < word.len() && word.ends_with("ed"))
        && !words().any(|word| AHEAD.contains(&word))
}

/// Sentences, roughly: the dates in them matter here, not their exact borders.
fn sentences(block: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        if block.len() <= at {
            return None;
        }
        let rest = &block[at..];
        let stop = rest
            .match_indices(['.', '?', '!', '\n'])
            .find(|(stop, mark)| *mark == "\n" || ends_here(rest, *stop));
        let end = at + stop.map_or(rest.len(), |(stop, mark)| stop + mark.len());
        let range = at..end;
        at = end;
        Some(range)
    })
}

/// Whether a mark ends a sentence: white space and no small letter follow, and no short word such
/// as "Jan" or an initial stands before.
fn ends_here(rest: &str, stop: usize) -> bool {
    let after = rest[stop + 1..].trim_start_matches(['"', '”', '’', ')']);
    let word = rest[..stop].rsplit([' ', '.']).next().unwrap_or("");
    let month = super::notation::month_named(word.as_bytes()).is_some() && word.len() <= 4;
    let short = word.chars().count() <= 1
        || matches!(word, "Mr" | "Mrs" | "Ms" | "Dr" | "Gen" | "Sen" | "Gov" | "St");
    after.starts_with(char::is_whitespace) && !month && !short
}
