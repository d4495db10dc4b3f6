//! A count as comparison sees it: how many of what, what became of them, who says so, where and when.

use std::collections::{BTreeMap, BTreeSet};

use chancery_annotate::event::Event;
use chancery_annotate::figure::{Bound, Figure};
use chancery_annotate::place::{Place, PlaceKind, PlaceRole};
use chancery_annotate::time::TimexType;
use chancery_text::{Interval, Span};

use super::voice::{Voice, voice};
use crate::frequency::rarity;
use crate::lists::{List, counted_as, harm, is_of_people};
use crate::story::Case;
use crate::story::disagreements::retold::kilometres;
use crate::story::events::Happening;
use crate::story::told::Told;
use crate::words::{hash, stem, words};

/// A count in one report.
#[derive(Debug, Clone)]
pub(in crate::story) struct Count {
    /// Index of the report.
    pub report: usize,
    /// Index of the figure among the report's.
    pub figure: usize,
    pub low: f64,
    pub high: f64,
    /// What is counted and what became of it.
    pub about: (String, String),
    /// Whether it counts people.
    pub people: bool,
    /// The happenings that it stands in.
    pub events: BTreeSet<usize>,
    /// Telling words of its sentence and its neighbours.
    pub context: BTreeSet<u64>,
    pub sentence: Span,
    /// Index of its sentence among the report's.
    pub row: usize,
    /// Who gives it.
    pub voice: Option<Voice>,
    /// Whether it is given as a part of another count, or as one beside it.
    pub part: bool,
    /// Whether it is named as a count shortly before: "the toll", "the number of dead".
    pub named: bool,
    /// Whether its sentence sets it against another: "a higher toll of".
    pub set_apart: bool,
    /// Whether it is the sum over months or years, no count of one happening.
    pub sum: bool,
    /// Towns of its sentence; those of the headline and the first sentence if it leads.
    pub towns: BTreeMap<String, Town>,
    /// The day that its sentence names, or that of the news if it leads.
    pub day: Interval,
    /// Whether it stands in the headline or the first sentences.
    pub leads: bool,
    /// Whether it stands in the headline or the very first one.
    pub opens: bool,
}

/// How much more than "at least twenty" the one may mean who says so.
const OPEN: f64 = 1.2;

impl Count {
    /// Whether the two name a town in common, or one and its district.
    pub fn shares_a_town(&self, other: &Self) -> bool {
        self.towns.iter().any(|(name, town)| other.has_town(name, *town))
    }

    /// Whether every town of the other is one of its own.
    pub fn has_towns_of(&self, other: &Self) -> bool {
        other.towns.iter().all(|(name, town)| self.has_town(name, *town))
    }

    fn has_town(&self, name: &str, town: Town) -> bool {
        self.towns.contains_key(name) || self.towns.values().any(|own| own.may_be(town))
    }

    /// Whether two who count one thing count differently: "at least twenty" is no other count than 22,
    /// but another than "at least twelve".
    pub fn told_apart(&self, other: &Self) -> bool {
        let high = |count: &Self| count.high.min(OPEN * count.low.max(5.0));
        high(self) < other.low || high(other) < self.low
    }
}

/// The counts of all reports, in the order of the reports and their texts.
pub(super) fn counts(case: Case<'_>, happenings: &[Happening]) -> Vec<Count> {
    let mut told_in: BTreeMap<usize, Vec<(Span, usize)>> = BTreeMap::new();
    for (at, happening) in happenings.iter().enumerate() {
        for member in &happening.members {
            let event: &Event = &case.told[member.report].reading.observed.events[member.event];
            told_in.entry(member.report).or_default().push((event.span, at));
        }
    }
    let of_report = |(report, told): (usize, &Told<'_>)| {
        let events = told_in.remove(&report).unwrap_or_default();
        let all = 0..told.reading.observed.figures.len();
        all.filter_map(|figure| count(case, report, figure, &events)).collect::<Vec<_>>()
    };
    case.told.iter().enumerate().flat_map(of_report).collect()
}

fn count(case: Case<'_>, report: usize, figure: usize, told_in: &[(Span, usize)]) -> Option<Count> {
    let told = &case.told[report];
    let row = &told.reading.observed.figures[figure];
    let (low, high) = bounds(row)?;
    let about = (noun_of(told, figure)?, state(told, row)?);
    let sentence = told.sentence(row.span);
    let leads = leads(told, row.span);
    let stated = days(told, sentence);
    Some(Count {
        report,
        figure,
        low,
        high,
        people: row.unit.as_deref() == Some("person") || is_of_people(&about.0),
        about,
        events: events_at(told_in, row.span),
        context: context(told, row.span),
        sentence,
        row: row_of(told, row.span),
        voice: voice(case, told, row.span),
        part: part(told, row, sentence),
        named: named(told, row, sentence),
        set_apart: words(&told.reading.report.text, sentence)
            .iter()
            .any(|word| List::Contrast.has(&word.norm)),
        sum: sum(told, row, sentence),
        towns: towns(told, sentence, leads),
        day: stated.or_else(|| told.news().filter(|_| leads)).unwrap_or(Interval::OPEN),
        leads,
        opens: told.leads(row.span),
    })
}

/// Sentences after the headline in which a report tells its news.
const NEWS: usize = 3;
/// Words of a sentence that tells something: a dateline has fewer.
const LEAST: usize = 8;

/// Whether a stretch is told as the news of the report: in its headline or its first sentences.
fn leads(told: &Told<'_>, span: Span) -> bool {
    let title = told.reading.observed.title;
    let below = |sentence: &&Span| {
        title.is_none_or(|title| title.end <= sentence.start)
            && LEAST <= told.slice(**sentence).split_whitespace().count()
    };
    let sentences = told.reading.observed.sentences.iter();
    title.is_some_and(|title| title.contains(span))
        || sentences.filter(below).take(NEWS).any(|sentence| sentence.contains(span))
}

fn row_of(told: &Told<'_>, span: Span) -> usize {
    let sentences = &told.reading.observed.sentences;
    sentences.partition_point(|sentence| sentence.end <= span.start)
}

/// Days that one happening may last.
const ONE_HAPPENING: i32 = 2;

/// Whether a number is a part of another one: "including four", "another nine".
fn part(told: &Told<'_>, figure: &Figure, sentence: Span) -> bool {
    let text = &told.reading.report.text;
    let before = words(text, Span::new(sentence.start.min(figure.span.start), figure.span.start));
    let own = words(text, figure.span);
    before.iter().rev().take(2).any(|word| List::Part.has(&word.norm))
        || own.iter().any(|word| matches!(word.norm.as_str(), "other" | "others" | "another"))
}

/// Words between a noun for a count and the count: "put the toll higher, saying that around 32".
const BESIDE: usize = 8;

/// Whether a noun for a count stands shortly before a number, or right after it.
fn named(told: &Told<'_>, figure: &Figure, sentence: Span) -> bool {
    let all = words(&told.reading.report.text, sentence);
    let before = all.iter().take_while(|word| word.span.end <= figure.span.start).count();
    let near = before.saturating_sub(BESIDE)..(before + BESIDE / 2).min(all.len());
    all[near].iter().any(|word| List::Toll.has(&word.norm))
}

/// Whether a number is the sum over months or years.
fn sum(told: &Told<'_>, figure: &Figure, sentence: Span) -> bool {
    let all = words(&told.reading.report.text, sentence);
    let lasting = all.iter().any(|word| List::Lasting.has(stem(&word.norm)));
    let flat = all.iter().map(|word| word.norm.as_str()).collect::<Vec<_>>().join(" ");
    let of_years = lasting && figure.low.is_some_and(|low| 1000.0 <= low);
    List::Sum.is_in(&flat) || of_years || !brief(told, sentence)
}

/// Whether a sentence names no time that is longer than one happening.
fn brief(told: &Told<'_>, sentence: Span) -> bool {
    let times = told.reading.observed.times.iter().filter(|time| sentence.contains(time.span));
    let long = |days: Interval| {
        let ends = days.first.zip(days.last);
        ends.and_then(|(first, last)| first.until(last).ok())
            .is_some_and(|span| ONE_HAPPENING < span.get_days().abs())
    };
    let all = words(&told.reading.report.text, sentence);
    let ranked = all.iter().any(|word| List::Rank.has(&word.norm));
    times.into_iter().all(|time| match time.timex {
        TimexType::Duration => ranked || time.value.contains('T'),
        TimexType::Set => false,
        TimexType::Date | TimexType::Time => ranked || !long(time.interval),
    })
}

/// The one day that a sentence names.
fn days(told: &Told<'_>, sentence: Span) -> Option<Interval> {
    let times = told.reading.observed.times.iter().filter(|time| sentence.contains(time.span));
    let mut days = times.map(|time| time.interval).filter(|days| days.single_day().is_some());
    let first = days.next()?;
    days.all(|other| other == first).then_some(first)
}

/// Towns and districts that a sentence names, by name; one that leads is about those of the headline too.
fn towns(told: &Told<'_>, sentence: Span, leads: bool) -> BTreeMap<String, Town> {
    let places = told.reading.observed.places.iter();
    let near =
        places.filter(|place| sentence.contains(place.span) || (leads && told.leads(place.span)));
    let town = |place: &Place| Town {
        coordinates: place.coordinates,
        wide: place.kind == PlaceKind::Region,
    };
    near.filter(|place| is_town(place))
        .map(|place| (place.name.to_lowercase(), town(place)))
        .collect()
}

fn is_town(place: &Place) -> bool {
    place.role == PlaceRole::Location
        && !matches!(place.kind, PlaceKind::Country | PlaceKind::Natural)
}

/// Where a town or district lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::story) struct Town {
    /// Degrees north and east.
    coordinates: Option<(f64, f64)>,
    /// Whether it is a district with towns in it.
    wide: bool,
}

/// Kilometres between a town and the middle of a district that it may lie in.
const DISTRICT: f64 = 60.0;

impl Town {
    /// Whether one may be the district of the other.
    fn may_be(self, other: Self) -> bool {
        let both = self.coordinates.zip(other.coordinates);
        (self.wide || other.wide) && both.is_some_and(|(a, b)| kilometres(a, b) <= DISTRICT)
    }
}

/// What a figure counts; "it holds 96" counts what the figure before it in the sentence does.
fn noun_of(told: &Told<'_>, at: usize) -> Option<String> {
    let figures = &told.reading.observed.figures;
    let figure = &figures[at];
    if figure.counted.is_some() {
        return counted(told, figure);
    }
    let person = figure.unit.as_deref() == Some("person");
    if figure.unit.is_some() && !person {
        return None;
    }
    let sentence = told.sentence(figure.span);
    let twin = figures.iter().filter(|other| {
        other.span.end <= figure.span.start
            && sentence.contains(other.span)
            && other.state == figure.state
            && figure.state.is_some()
    });
    let last = twin.max_by_key(|other| other.span).and_then(|last| counted(told, last));
    last.or_else(|| person.then(|| class("people")))
}

pub(in crate::story) fn counted(told: &Told<'_>, figure: &Figure) -> Option<String> {
    let span = figure.counted?;
    let noun = words(&told.reading.report.text, span).pop()?;
    Some(class(&noun.norm))
}

/// The class of a noun that is counted.
fn class(noun: &str) -> String {
    let stemmed = stem(noun);
    counted_as(noun, stemmed).unwrap_or(stemmed).to_owned()
}

/// What happened to what is counted: by the word beside the figure if that says it.
fn state(told: &Told<'_>, figure: &Figure) -> Option<String> {
    let text = &told.reading.report.text;
    let sentence = told.sentence(figure.span);
    let all = words(text, sentence);
    let before = all.iter().take_while(|word| word.span.end <= figure.span.start).count();
    let after = all[before..].iter().find(|word| figure.span.end <= word.span.start);
    let last = before.checked_sub(1).map(|at| &all[at]);
    // "15 killed 20 injured": what stands after a number is its own.
    let own = after.and_then(|word| harm(&word.norm));
    let taken = before.checked_sub(2).is_some_and(|at| all[at].number);
    let beside = own.or_else(|| harm(&last.filter(|_| !taken)?.norm));
    let stated = || figure.state.as_deref().map(|state| harm(state).unwrap_or(state));
    // "Placed the death toll at twelve": the noun says what became of them.
    let toll = || {
        let person = figure.unit.as_deref() == Some("person");
        let dead = all.windows(2).any(|two| two[0].norm == "death" && List::Toll.has(&two[1].norm));
        (person && dead).then_some("kill")
    };
    beside.or_else(stated).or_else(toll).map(str::to_owned)
}

/// Telling words of a sentence and the ones beside it.
fn context(told: &Told<'_>, span: Span) -> BTreeSet<u64> {
    let sentences = &told.reading.observed.sentences;
    let at = sentences.partition_point(|sentence| sentence.end <= span.start);
    let near = &sentences[at.saturating_sub(1)..sentences.len().min(at + 2)];
    let text = &told.reading.report.text;
    let all = near.iter().flat_map(|sentence| words(text, *sentence));
    all.filter(|word| 6.0 <= rarity(&word.norm) && 2 < word.norm.len() && !word.number)
        .map(|word| hash(stem(&word.norm).as_bytes()))
        .collect()
}

/// The lowest and highest number that a figure allows; a rounded number allows its rounding.
pub(in crate::story) fn bounds(figure: &Figure) -> Option<(f64, f64)> {
    let (low, high) = (figure.low?, figure.high.or(figure.low)?);
    Some(match figure.bound {
        Bound::Exact => (low - rounding(low), high + rounding(high)),
        Bound::Range => (low, high),
        Bound::AtLeast | Bound::MoreThan => (low, f64::INFINITY),
        Bound::AtMost | Bound::LessThan => (0.0, high),
        Bound::About => (low * 0.85, high * 1.15),
        Bound::Vague => return None,
    })
}

/// Half of the last place that is not zero, for numbers that look rounded.
fn rounding(number: f64) -> f64 {
    let mut place = 1.0;
    while number.fract() == 0.0 && place < 1e12 && 100.0 <= number && number % (place * 10.0) == 0.0
    {
        place *= 10.0;
    }
    if place <= 1.0 { 0.0 } else { place / 2.0 }
}

/// Events that a report tells in a clause that holds the figure.
fn events_at(told_in: &[(Span, usize)], figure: Span) -> BTreeSet<usize> {
    told_in.iter().filter(|(clause, _)| clause.contains(figure)).map(|(_, event)| *event).collect()
}

/// Whether the news of a report gives this number too, for whatever came to harm as this did: then it
/// tells both, and knows which is a part of which.
pub(in crate::story) fn harmed(case: Case<'_>, report: usize, figure: &Figure) -> bool {
    let told = &case.told[report];
    let Some((low, high)) = bounds(figure) else { return false };
    let own = figure.state.as_deref().map(|state| harm(state).unwrap_or(state));
    told.reading.observed.figures.iter().any(|other| {
        let state = state(told, other);
        let meets = other.low.is_some_and(|value| low <= value && value <= high);
        meets && leads(told, other.span) && own.is_some() && state.as_deref() == own
    })
}
