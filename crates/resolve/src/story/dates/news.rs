//! The day of a report's news, by the company that it is told in.
//!
//! News names its day by the bare weekday, and is written on that day or the morning after. Which week's
//! weekday it is say the dated reports that tell the same news: each is as good a witness as its terms are
//! alike. Only what all good witnesses agree on is taken.

use chancery_annotate::date::DateReason;
use chancery_annotate::time::Time;
use chancery_text::{Interval, ReportId, Span};
use jiff::civil::{Date, Weekday};

use super::super::told::{Told, shortened};
use super::loose;
use crate::block::{Term, telling_terms};

/// Words of prose that tell the news.
const LEAD: usize = 60;
/// Least likeness of a witness. Bombings of one town, weeks apart, are told with terms up to 0.45 alike.
const ALIKE: f64 = 0.5;
/// Likeness of one text printed twice, maybe a day or two late by both.
const COPY: f64 = 0.85;
/// Share of the best witness's likeness that another must have to be heard.
const BESIDE: f64 = 0.8;
/// Days from the day of the news to the day of a witness.
const NEAR: i64 = 3;

/// What the story's reports look like to one another: terms and lead weekdays.
pub(super) struct News {
    terms: Vec<Vec<Term>>,
    days: Vec<Vec<(Span, Weekday)>>,
}

/// The day of the news of a report, and why.
pub(super) type Found = (Interval, Vec<(ReportId, DateReason)>);

impl News {
    pub(super) fn of(told: &[Told<'_>]) -> Self {
        // A story whose dates are all known needs no witnesses.
        if told.iter().all(|told| !loose(told.date)) {
            return Self { terms: Vec::new(), days: Vec::new() };
        }
        Self {
            terms: told.iter().map(|told| telling_terms(told.reading, &told.words)).collect(),
            days: told.iter().map(lead_days).collect(),
        }
    }

    /// The days on which the report `at` was written, if its news has dated witnesses who agree.
    pub(super) fn date(&self, told: &[Told<'_>], at: usize) -> Option<Found> {
        let named = self.days.get(at)?;
        let witnesses = self.witnesses(told, at);
        let best = witnesses.first()?;
        let heard = witnesses.iter().take_while(|witness| BESIDE * best.alike <= witness.alike);
        let days: Vec<_> = heard.map(|witness| self.latest(told, named, witness)).collect();
        let (span, weekday, day) = days.first().copied().flatten()?;
        let agreed = days.iter().flatten().all(|(_, _, other)| *other == day);
        if !agreed {
            return None;
        }
        let here = &told[at];
        let other = &told[best.report];
        let quote = shortened(here.slice(span), 40);
        let mut last = day.tomorrow().ok()?;
        if COPY <= best.alike {
            last = last.max(best.day);
        }
        let reasons = vec![
            (
                here.report(),
                DateReason {
                    span: Some(span),
                    text: format!(
                        "its news is of “{quote}”, which is {day} as {} tells it",
                        other.name()
                    ),
                },
            ),
            (
                other.report(),
                DateReason { span: self.span_of(best.report, weekday), text: told_on(other) },
            ),
        ];
        Some((Interval::between(day, last), reasons))
    }

    /// The dated reports that tell the same news, the most alike first.
    fn witnesses(&self, told: &[Told<'_>], at: usize) -> Vec<Witness> {
        let others = (0..told.len()).filter(|&other| other != at && !loose(told[other].date));
        let mut witnesses: Vec<_> = others
            .filter_map(|report| {
                let alike = cosine(&self.terms[at], &self.terms[report]);
                let day = told[report].date.last?;
                (ALIKE <= alike).then_some(Witness { report, alike, day })
            })
            .collect();
        witnesses.sort_by(|a, b| b.alike.total_cmp(&a.alike).then(a.report.cmp(&b.report)));
        witnesses
    }

    /// The latest of the weekdays that the news names, as a witness dates them.
    fn latest(
        &self,
        told: &[Told<'_>],
        named: &[(Span, Weekday)],
        witness: &Witness,
    ) -> Option<(Span, Weekday, Date)> {
        let own: Vec<Date> = lead_times(&told[witness.report])
            .filter_map(|time| time.interval.single_day())
            .filter(|day| (0..=NEAR).contains(&days(*day, witness.day)))
            .collect();
        let dated = named.iter().filter_map(|&(span, weekday)| {
            let day = own.iter().filter(|day| day.weekday() == weekday).max()?;
            Some((span, weekday, *day))
        });
        dated.max_by_key(|(_, _, day)| *day)
    }

    fn span_of(&self, at: usize, weekday: Weekday) -> Option<Span> {
        self.days[at].iter().find(|(_, day)| *day == weekday).map(|(span, _)| *span)
    }
}

struct Witness {
    report: usize,
    alike: f64,
    day: Date,
}

fn told_on(told: &Told<'_>) -> String {
    format!("{} of {} tells the same news", told.name(), told.date)
}

/// The weekdays that the news names, without a date.
fn lead_days(told: &Told<'_>) -> Vec<(Span, Weekday)> {
    lead_times(told).filter_map(|time| Some((time.span, weekday_of(told, time)?))).collect()
}

/// The times that the headline and the first sentences name.
fn lead_times<'a>(told: &Told<'a>) -> impl Iterator<Item = &'a Time> {
    let end = told.words.get(LEAD).map_or(u32::MAX, |word| word.span.start);
    told.reading.observed.times.iter().take_while(move |time| time.span.end <= end)
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

fn days(from: Date, to: Date) -> i64 {
    from.until(to).map_or(i64::MAX, |span| i64::from(span.get_days()))
}

/// Cosine of two lists of weighted terms, sorted by hash.
fn cosine(left: &[Term], right: &[Term]) -> f64 {
    let square = |terms: &[Term]| terms.iter().map(|t| f64::from(t.weight).powi(2)).sum::<f64>();
    let dot: f64 = left
        .iter()
        .filter_map(|term| {
            let at = right.binary_search_by_key(&term.hash, |other| other.hash).ok()?;
            Some(f64::from(term.weight) * f64::from(right[at].weight))
        })
        .sum();
    let norms = (square(left) * square(right)).sqrt();
    if norms == 0.0 { 0.0 } else { dot / norms }
}

#[cfg(test)]
mod tests {
    use super::super::super::{resolve, sample::Sample};

    const NEWS: &str = "A car bomb killed nine farmers at the cattle market of Tavish";

    fn interval(undated: &str, dated: &[(&str, &str, &str)]) -> String {
        let dated = dated.iter().map(|(text, day, weekday)| {
            Sample::new(text).dated(day).time("Monday", weekday).reading()
        });
        let hidden = Sample::new(undated).time("Monday", "XXXX-WXX-1").reading();
        let id = hidden.report.id;
        let readings: Vec<_> = dated.chain([hidden]).collect();
        let record = resolve(&readings);
        record.dates.iter().find(|row| row.report == id).unwrap().interval.to_string()
    }

    #[test]
    fn the_weekday_of_news_is_that_of_who_tells_it_with_a_date() {
        let undated = format!("{NEWS} on Monday, doctors of the town said. Two more were hurt.");
        let witness = format!("{NEWS} on Monday morning, police said. Nobody claimed it.");
        let dated = [(witness.as_str(), "2021-07-06", "2021-07-05")];
        assert_eq!(interval(&undated, &dated), "2021-07-05/2021-07-06");
    }

    #[test]
    fn witnesses_who_name_different_weeks_are_not_believed() {
        let undated = format!("{NEWS} on Monday, doctors of the town said. Two more were hurt.");
        let witness = format!("{NEWS} on Monday morning, police said. Nobody claimed it.");
        let other = format!("{NEWS} on Monday morning, police said. Someone claimed it.");
        let dated = [
            (witness.as_str(), "2021-07-06", "2021-07-05"),
            (other.as_str(), "2021-07-13", "2021-07-12"),
        ];
        assert_eq!(interval(&undated, &dated), "../..");
    }
}
