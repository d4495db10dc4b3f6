//! A count as comparison sees it: how many of what, what became of them, who says so, where and when.

use std::collections::{BTreeMap, BTreeSet};

use chancery_annotate::event::Event;
use chancery_annotate::figure::{Bound, Figure};
use chancery_annotate::place::{Place, PlaceKind, PlaceRole};
use chancery_annotate::time::TimexType;
use chancery_text::{Interval, Span};

use crate::frequency::rarity;
use crate::story::Case;
use crate::story::events::Happening;
use crate::story::told::Told;
use crate::words::{hash, stem, words};

/// A count in one report.
#[derive(Debug, Clone)]
pub(in crate::story::disagreements) struct Count {
    /// Index of the report.
    pub report: usize,
    /// Index of the figure among the report's.
    pub figure: usize,
    pub low: f64,
    pub high: f64,
    /// What is counted and what became of it.
    pub about: (String, String),
    /// The happenings that it stands in.
    pub events: BTreeSet<usize>,
    /// Telling words of its sentence and its neighbours.
    pub context: BTreeSet<u64>,
    pub sentence: Span,
    /// Index of its sentence among the report's.
    pub row: usize,
    /// Who gives it, if it stands in a quotation.
    pub voice: Option<String>,
    /// Towns of its sentence; those of the headline and the first sentence if it leads.
    pub towns: BTreeSet<String>,
    /// The day that its sentence names, or that of the news if it leads.
    pub day: Interval,
    /// Whether it stands in the headline or the first sentence.
    pub leads: bool,
}

/// The counts of all reports by what they count and what became of it.
pub(super) fn counts(
    case: Case<'_>,
    happenings: &[Happening],
) -> BTreeMap<(String, String), Vec<Count>> {
    let mut told_in: BTreeMap<usize, Vec<(Span, usize)>> = BTreeMap::new();
    for (at, happening) in happenings.iter().enumerate() {
        for member in &happening.members {
            let event: &Event = &case.told[member.report].reading.observed.events[member.event];
            told_in.entry(member.report).or_default().push((event.span, at));
        }
    }
    let mut counts: BTreeMap<(String, String), Vec<Count>> = BTreeMap::new();
    for (report, told) in case.told.iter().enumerate() {
        let events = told_in.remove(&report).unwrap_or_default();
        let all = 0..told.reading.observed.figures.len();
        for count in all.filter_map(|figure| count(case, report, figure, &events)) {
            counts.entry(count.about.clone()).or_default().push(count);
        }
    }
    counts
}

fn count(case: Case<'_>, report: usize, figure: usize, told_in: &[(Span, usize)]) -> Option<Count> {
    let told = &case.told[report];
    let row = &told.reading.observed.figures[figure];
    let (low, high) = bounds(row)?;
    let about = (noun_of(told, figure)?, state(told, row)?);
    let sentence = told.sentence(row.span);
    if !total(told, row, sentence) {
        return None;
    }
    let leads = leads(told, row.span);
    let named = days(told, sentence);
    Some(Count {
        report,
        figure,
        low,
        high,
        about,
        events: events_at(told_in, row.span),
        context: context(told, row.span),
        sentence,
        row: row_of(told, row.span),
        voice: voice(case, told, row.span),
        towns: towns(told, sentence, leads),
        day: named.or_else(|| told.news().filter(|_| leads)).unwrap_or(Interval::OPEN),
        leads,
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

/// Words before a number that make it a part of another one, or one beside it.
const PARTS: &[&str] =
    &["additional", "along", "among", "another", "further", "including", "mostly", "other", "them"];
/// Nouns of what lasts for years: what it has killed is no toll of a day.
const LASTING: &[&str] =
    &["campaign", "conflict", "crisis", "insurgency", "revolt", "revolution", "uprising", "war"];
/// Words that make a number the sum over a time.
const SUMS: &[&str] = &["since", "so far", "in total", "overall", "altogether", "each", "a day"];
/// Days that one happening may last.
const ONE_HAPPENING: i32 = 2;

/// Whether a number is the whole count of one happening: no part of another, and no sum over months.
fn total(told: &Told<'_>, figure: &Figure, sentence: Span) -> bool {
    let text = &told.reading.report.text;
    let before = words(text, Span::new(sentence.start.min(figure.span.start), figure.span.start));
    let part = before.iter().rev().take(2).any(|word| PARTS.contains(&word.norm.as_str()));
    let own = words(text, figure.span);
    let more = own.iter().any(|word| matches!(word.norm.as_str(), "other" | "others" | "another"));
    let all = words(text, sentence);
    let lasting = all.iter().any(|word| LASTING.contains(&stem(&word.norm)));
    let flat = all.iter().map(|word| word.norm.as_str()).collect::<Vec<_>>().join(" ");
    let padded = format!(" {flat} ");
    let summed = SUMS.iter().any(|sum| padded.contains(&format!(" {sum} ")));
    let of_years = lasting && figure.low.is_some_and(|low| 1000.0 <= low);
    let other = part || more || summed || of_years;
    !other && brief(told, sentence)
}

/// Words of a sentence that names a length of time to say how rare its news is: "the worst in years".
const RANKS: &[&str] = &["biggest", "deadliest", "first", "heaviest", "second", "third", "worst"];

/// Whether a sentence names no time that is longer than one happening.
fn brief(told: &Told<'_>, sentence: Span) -> bool {
    let times = told.reading.observed.times.iter().filter(|time| sentence.contains(time.span));
    let long = |days: Interval| {
        let ends = days.first.zip(days.last);
        ends.and_then(|(first, last)| first.until(last).ok())
            .is_some_and(|span| ONE_HAPPENING < span.get_days().abs())
    };
    let all = words(&told.reading.report.text, sentence);
    let ranked = all.iter().any(|word| RANKS.contains(&word.norm.as_str()));
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

/// Towns that a sentence names; one that leads is about those of the headline too.
fn towns(told: &Told<'_>, sentence: Span, leads: bool) -> BTreeSet<String> {
    let places = told.reading.observed.places.iter();
    let near =
        places.filter(|place| sentence.contains(place.span) || (leads && told.leads(place.span)));
    near.filter(|place| town(place)).map(|place| place.name.to_lowercase()).collect()
}

fn town(place: &Place) -> bool {
    place.role == PlaceRole::Location
        && !matches!(place.kind, PlaceKind::Country | PlaceKind::Natural)
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

pub(in crate::story::disagreements) fn counted(told: &Told<'_>, figure: &Figure) -> Option<String> {
    let span = figure.counted?;
    let noun = words(&told.reading.report.text, span).pop()?;
    Some(class(&noun.norm))
}

/// Nouns that are counted alike: what one outlet calls militants another calls terrorists.
fn class(noun: &str) -> String {
    const PEOPLE: &[&str] =
        &["people", "person", "dead", "victim", "live", "life", "martyr", "bod", "casualt"];
    const FIGHTERS: &[&str] = &[
        "rebel",
        "fighter",
        "attacker",
        "militant",
        "insurgent",
        "gunman",
        "gunmen",
        "terrorist",
        "jihadist",
        "extremist",
    ];
    const SOLDIERS: &[&str] = &["soldier", "troop", "serviceman", "servicemen"];
    const CIVILIANS: &[&str] = &["civilian", "citizen", "resident"];
    let stemmed = stem(noun);
    let known =
        [(PEOPLE, "people"), (FIGHTERS, "fighter"), (SOLDIERS, "soldier"), (CIVILIANS, "civilian")];
    let found = known.iter().find(|(all, _)| all.contains(&noun) || all.contains(&stemmed));
    found.map_or(stemmed, |(_, name)| *name).to_owned()
}

/// What happened to what is counted: by the word before the figure if that says it.
fn state(told: &Told<'_>, figure: &Figure) -> Option<String> {
    let text = &told.reading.report.text;
    let sentence = told.sentence(figure.span);
    let before = text.get(sentence.start as usize..figure.span.start as usize).unwrap_or("");
    let last = before.split_whitespace().next_back().unwrap_or("").to_lowercase();
    harm(&last).map(str::to_owned).or_else(|| {
        let state = figure.state.as_deref()?;
        Some(harm(state).unwrap_or(state).to_owned())
    })
}

/// Words for death, wounds and prison that say the same of a count.
fn harm(word: &str) -> Option<&'static str> {
    Some(match word {
        "kill" | "killed" | "killing" | "kills" | "die" | "died" | "dead" | "lose" | "loses"
        | "lost" | "losing" | "slay" | "slain" | "martyr" | "martyred" | "execute" | "executed" => {
            "kill"
        }
        "wound" | "wounded" | "wounding" | "injure" | "injured" | "injuring" | "hurt" => "wound",
        "hold" | "holds" | "held" | "holding" | "detain" | "detained" | "jailed" | "arrested"
        | "arrest" => "hold",
        _ => return None,
    })
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

/// Who says it: the speaker of the narrowest quotation around it.
fn voice(case: Case<'_>, told: &Told<'_>, span: Span) -> Option<String> {
    let said = told.reading.observed.quotations.iter().filter(|quotation| quotation.is_said());
    let around = said.filter_map(|quotation| {
        let content = quotation.contents.iter().find(|content| content.contains(span))?;
        Some((content.len(), quotation))
    });
    let (_, narrowest) = around.min_by_key(|(length, quotation)| (*length, quotation.id))?;
    let key = told.mention(narrowest.speaker?)?.actor.as_deref()?;
    Some(case.names.key(key).to_owned())
}

/// The lowest and highest number that a figure allows; a rounded number allows its rounding.
pub(in crate::story::disagreements) fn bounds(figure: &Figure) -> Option<(f64, f64)> {
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
pub(in crate::story::disagreements) fn harmed(
    case: Case<'_>,
    report: usize,
    figure: &Figure,
) -> bool {
    let told = &case.told[report];
    let Some((low, high)) = bounds(figure) else { return false };
    let own = figure.state.as_deref().map(|state| harm(state).unwrap_or(state));
    told.reading.observed.figures.iter().any(|other| {
        let state = state(told, other);
        let meets = other.low.is_some_and(|value| low <= value && value <= high);
        meets && leads(told, other.span) && own.is_some() && state.as_deref() == own
    })
}
