//! The day of a report's news, by the company that it is told in.
//!
//! News is written on its day or the morning after. Most reports name that day by the bare weekday: which
//! week's it is say the dated reports that tell the same news, each heard the louder the more its terms are
//! alike. A weekday that both name is good evidence even between accounts that share little else, as the
//! weekdays of two weeks' news agree once in seven times. News that names no weekday has the day of dated
//! reports that count the same dead in the same town, that are the same text, or that are many.

use std::collections::BTreeMap;

use chancery_annotate::date::DateReason;
use chancery_text::{Interval, ReportId, Span};
use jiff::civil::{Date, Weekday};

use super::super::told::{Told, shortened};
use super::lead::Lead;
use super::loose;
use crate::block::{Term, telling_terms};

/// Least likeness of a witness. Less alike are reports that a common third holds in one story.
const ALIKE: f64 = 0.2;
/// Likeness of one text printed twice.
const COPY: f64 = 0.9;
/// Likeness of the many who date news that names neither a day nor a toll.
const CROWD: f64 = 0.45;
/// How many they are at least.
const MANY: usize = 3;
/// Share of the best witness's likeness that the others in a crowd have.
const BESIDE: f64 = 0.7;
/// Share of the voices that must agree on the week's weekday. Even voices for two weeks say nothing.
const WEEK_SHARE: f64 = 0.6;
/// Share of the voices that must agree on a day and the next.
const DAY_SHARE: f64 = 0.8;
/// Witnesses who are named as reasons.
const NAMED: usize = 3;

/// What the story's reports look like to one another: terms and leads.
pub(super) struct News {
    terms: Vec<Vec<Term>>,
    leads: Vec<Lead>,
}

/// The day of the news of a report, and why.
pub(super) type Found = (Interval, Vec<(ReportId, DateReason)>);

impl News {
    pub(super) fn of(told: &[Told<'_>]) -> Self {
        // A story whose dates are all known needs no witnesses.
        if told.iter().all(|told| !loose(told.date)) {
            return Self { terms: Vec::new(), leads: Vec::new() };
        }
        Self {
            terms: told.iter().map(|told| telling_terms(told.reading, &told.words)).collect(),
            leads: told.iter().map(Lead::of).collect(),
        }
    }

    /// The days on which the report `at` was written, if its news has dated witnesses who agree.
    ///
    /// Cost: as many comparisons of terms as the story has dated reports.
    pub(super) fn date(&self, told: &[Told<'_>], at: usize) -> Option<Found> {
        let lead = self.leads.get(at)?;
        let witnesses = self.witnesses(told, at);
        if !lead.weekdays.is_empty() {
            return self.by_weekday(told, at, &witnesses);
        }
        self.by_deed(told, at, &witnesses)
            .or_else(|| self.by_copy(told, at, &witnesses))
            .or_else(|| self.by_many(told, at, &witnesses))
    }

    /// The dated reports that may tell the same news, the most alike first.
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

    /// The day of the weekday that the news names, and the morning after.
    fn by_weekday(&self, told: &[Told<'_>], at: usize, witnesses: &[Witness]) -> Option<Found> {
        let named = &self.leads[at].weekdays;
        let voices: Vec<_> = witnesses.iter().filter_map(|one| self.voice(named, one)).collect();
        let day = agreed(&voices)?;
        let first = voices.iter().find(|voice| voice.day == day)?;
        let mut last = day.tomorrow().ok()?;
        // News that all witnesses tell days late may be told as late here.
        let of_day = voices.iter().filter(|voice| voice.day == day);
        last = last.max(of_day.map(|voice| voice.witness.day).min()?);
        let (here, other) = (&told[at], &told[first.witness.report]);
        let quote = shortened(here.slice(first.span), 40);
        let text = format!("its news is of “{quote}”, which is {day} as {} tells it", other.name());
        let there = DateReason { span: first.there, text: told_on(other) };
        let here_says = DateReason { span: Some(first.span), text };
        let reasons = vec![(here.report(), here_says), (other.report(), there)];
        Some((Interval::between(day, last), reasons))
    }

    /// The latest of the weekdays that the news names, as a witness dates them: by the days that it names, or
    /// by its own if it names none.
    fn voice<'a>(&self, named: &[(Span, Weekday)], witness: &'a Witness) -> Option<Voice<'a>> {
        let lead = &self.leads[witness.report];
        let own = [(lead.opening, witness.day)];
        let days: Vec<_> = lead.days.iter().map(|(span, day)| (Some(*span), *day)).collect();
        let days = if days.is_empty() { &own[..] } else { &days[..] };
        let dated = named.iter().flat_map(|&(span, weekday)| {
            let same = days.iter().filter(move |(_, day)| day.weekday() == weekday);
            same.map(move |&(there, day)| Voice { witness, span, there, day })
        });
        dated.max_by_key(|voice| (voice.day, std::cmp::Reverse(voice.span)))
    }

    /// The day of those who count the same harmed in the same town.
    fn by_deed(&self, told: &[Told<'_>], at: usize, witnesses: &[Witness]) -> Option<Found> {
        let mine = &self.leads[at].deeds;
        let tellers: Vec<_> = witnesses
            .iter()
            .filter_map(|witness| {
                let theirs = &self.leads[witness.report].deeds;
                let shared = mine.iter().find_map(|(span, deed)| {
                    let (there, _) = theirs.iter().find(|(_, other)| other == deed)?;
                    Some((*span, *there))
                });
                shared.map(|(span, there)| Teller { witness, here: Some(span), there: Some(there) })
            })
            .collect();
        self.same_day(told, at, &tellers, "it counts the same harmed in the same town as")
    }

    /// The day of those who print the same text.
    fn by_copy(&self, told: &[Told<'_>], at: usize, witnesses: &[Witness]) -> Option<Found> {
        let copies = witnesses.iter().take_while(|witness| COPY <= witness.alike);
        let tellers: Vec<_> = copies.map(|witness| self.teller(at, witness)).collect();
        self.same_day(told, at, &tellers, "it has nearly the words of")
    }

    /// The day of the many who tell the same news.
    fn by_many(&self, told: &[Told<'_>], at: usize, witnesses: &[Witness]) -> Option<Found> {
        let best = witnesses.first()?.alike;
        let least = CROWD.max(BESIDE * best);
        let alike = witnesses.iter().take_while(|witness| least <= witness.alike);
        let tellers: Vec<_> = alike.map(|witness| self.teller(at, witness)).collect();
        if tellers.len() < MANY {
            return None;
        }
        self.same_day(told, at, &tellers, "it tells the same news as")
    }

    fn teller<'a>(&self, at: usize, witness: &'a Witness) -> Teller<'a> {
        let there = self.leads[witness.report].opening;
        Teller { witness, here: self.leads[at].opening, there }
    }

    /// A day and the next that tellers of one thing agree on.
    fn same_day(
        &self,
        told: &[Told<'_>],
        at: usize,
        tellers: &[Teller<'_>],
        says: &str,
    ) -> Option<Found> {
        // What was told this morning of yesterday evening is of yesterday.
        let day_of = |teller: &Teller<'_>| {
            let named = self.leads[teller.witness.report].last_day();
            let yesterday = teller.witness.day.yesterday().ok();
            named.filter(|day| yesterday <= Some(*day)).unwrap_or(teller.witness.day)
        };
        let days: Vec<_> = tellers.iter().map(|one| (day_of(one), one.witness.alike)).collect();
        let day = two_days(&days)?;
        let next = day.tomorrow().ok()?;
        let good = tellers.iter().filter(|one| (day..=next).contains(&day_of(one)));
        let mut reasons = Vec::new();
        for teller in good.take(NAMED) {
            let (here, other) = (&told[at], &told[teller.witness.report]);
            let text = format!("{says} {}, which tells of {}", other.name(), day_of(teller));
            reasons.push((here.report(), DateReason { span: teller.here, text }));
            let there = DateReason { span: teller.there, text: told_on(other) };
            reasons.push((other.report(), there));
        }
        Some((Interval::between(day, next), reasons))
    }
}

struct Witness {
    report: usize,
    alike: f64,
    day: Date,
}

/// A witness who dates a weekday that the report names.
struct Voice<'a> {
    witness: &'a Witness,
    /// The weekday in the report.
    span: Span,
    /// The day in the witness's text.
    there: Option<Span>,
    day: Date,
}

/// A witness who tells the same, and the places of it in both texts.
struct Teller<'a> {
    witness: &'a Witness,
    here: Option<Span>,
    there: Option<Span>,
}

fn told_on(told: &Told<'_>) -> String {
    format!("{} of {} tells the same news", told.name(), told.date)
}

/// The day that most voices give. The third power lets one near copy outweigh many that are half alike.
fn agreed(voices: &[Voice<'_>]) -> Option<Date> {
    let mut weights: BTreeMap<Date, f64> = BTreeMap::new();
    for voice in voices {
        *weights.entry(voice.day).or_default() += voice.witness.alike.powi(3);
    }
    let all: f64 = weights.values().sum();
    let (day, most) = weights.into_iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    (WEEK_SHARE * all <= most).then_some(day)
}

/// The first of two days in a row that hold nearly all of the weight.
fn two_days(days: &[(Date, f64)]) -> Option<Date> {
    let all: f64 = days.iter().map(|(_, weight)| weight).sum();
    let within = |first: Date| -> f64 {
        let both = first..=first.tomorrow().unwrap_or(first);
        days.iter().filter(|(day, _)| both.contains(day)).map(|(_, weight)| weight).sum()
    };
    let firsts = days.iter().map(|(day, _)| (*day, within(*day)));
    let (day, most) = firsts.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
    (DAY_SHARE * all <= most).then_some(day)
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
