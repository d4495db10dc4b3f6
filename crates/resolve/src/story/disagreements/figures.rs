//! Two numbers for one count.

use std::collections::{BTreeMap, BTreeSet};

use chancery_annotate::figure::{Bound, Figure};
use chancery_text::{Interval, Span};

use super::row::{Side, apart, shown};
use super::{NEAR, SHOWN};
use crate::frequency::rarity;
use crate::record::{Disagreement, Topic};
use crate::story::Case;
use crate::story::events::Happening;
use crate::story::told::{Told, shortened};
use crate::words::{hash, stem, words};

/// A count, with what comparison looks at.
#[derive(Debug, Clone)]
struct Count {
    report: usize,
    figure: usize,
    low: f64,
    high: f64,
    /// The events it stands in.
    events: BTreeSet<usize>,
    /// Telling words of its sentence and its neighbours.
    context: BTreeSet<u64>,
    sentence: Span,
    /// Who gives it, if it stands in a quotation.
    voice: Option<String>,
}

/// Two numbers for one count: the same noun and state, in one event or in sentences about one thing
/// in reports of nearly the same days.
pub(super) fn figures(case: Case<'_>, happenings: &[Happening]) -> Vec<Disagreement> {
    let mut told_in: BTreeMap<usize, Vec<(Span, usize)>> = BTreeMap::new();
    for (at, happening) in happenings.iter().enumerate() {
        for member in &happening.members {
            let event = &case.told[member.report].reading.observed.events[member.event];
            told_in.entry(member.report).or_default().push((event.span, at));
        }
    }
    let mut counts: BTreeMap<(String, String), Vec<Count>> = BTreeMap::new();
    for (at, told) in case.told.iter().enumerate() {
        for (figure, row) in told.reading.observed.figures.iter().enumerate() {
            let Some((low, high)) = bounds(row) else { continue };
            let (Some(noun), Some(state)) = (noun_of(told, figure), state(told, row)) else {
                continue;
            };
            let events = events_at(told_in.get(&at), row.span);
            let (context, sentence) = (context(told, row.span), told.sentence(row.span));
            let voice = voice(case, told, row.span);
            let count = Count { report: at, figure, low, high, events, context, sentence, voice };
            counts.entry((noun, state)).or_default().push(count);
        }
    }
    let deadly = |state: &str| matches!(state, "kill" | "wound");
    let all = counts.iter();
    all.flat_map(|((_, state), counts)| clashes(case, happenings, counts, deadly(state))).collect()
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

/// Nouns that are counted alike.
fn class(noun: &str) -> String {
    const PEOPLE: &[&str] =
        &["people", "person", "persons", "civilians", "men", "dead", "others", "victims", "lives"];
    const FIGHTERS: &[&str] =
        &["rebel", "fighter", "attacker", "militant", "insurgent", "gunman", "gunmen"];
    const SOLDIERS: &[&str] = &["soldier", "troop", "serviceman", "servicemen"];
    let stemmed = stem(noun);
    let known = [(PEOPLE, "people"), (FIGHTERS, "fighter"), (SOLDIERS, "soldier")];
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
        | "lost" | "losing" => "kill",
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
pub(super) fn bounds(figure: &Figure) -> Option<(f64, f64)> {
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

pub(super) fn counted(told: &Told<'_>, figure: &Figure) -> Option<String> {
    let span = figure.counted?;
    let noun = words(&told.reading.report.text, span).pop()?;
    Some(class(&noun.norm))
}

/// Events that a report tells in a clause that holds the figure.
fn events_at(told_in: Option<&Vec<(Span, usize)>>, figure: Span) -> BTreeSet<usize> {
    let clauses = told_in.into_iter().flatten();
    clauses.filter(|(clause, _)| clause.contains(figure)).map(|(_, event)| *event).collect()
}

fn clashes(
    case: Case<'_>,
    happenings: &[Happening],
    counts: &[Count],
    deadly: bool,
) -> Vec<Disagreement> {
    // Who says the same two numbers disagrees about the same thing.
    let mut claims: BTreeMap<[(u64, u64); 2], Vec<[&Count; 2]>> = BTreeMap::new();
    for (at, left) in counts.iter().enumerate() {
        for right in counts[at + 1..].iter().take(NEAR) {
            let differ = left.high < right.low || right.high < left.low;
            if differ && one_count(case, left, right, deadly) {
                let pair = if left.low < right.low { [left, right] } else { [right, left] };
                let key = pair.map(|count| (count.low.to_bits(), count.high.to_bits()));
                claims.entry(key).or_default().push(pair);
            }
        }
    }
    claims.values().take(SHOWN).map(|pairs| figure_row(case, happenings, pairs)).collect()
}

/// Whether two numbers answer one question: two voices in one sentence, or two origins in one event
/// or in sentences about one thing, on days too near for a change. The dead do not grow fewer.
fn one_count(case: Case<'_>, left: &Count, right: &Count, deadly: bool) -> bool {
    if left.report == right.report {
        let voices = left.voice.is_some() && right.voice.is_some() && left.voice != right.voice;
        return left.sentence == right.sentence && voices;
    }
    let shared = left.context.intersection(&right.context).count();
    let together = !left.events.is_disjoint(&right.events) || 3 <= shared;
    let days = days_between(case.told[left.report].date, case.told[right.report].date);
    let near = days.is_some_and(|days| days <= if deadly { 3 } else { 1 });
    together && near && apart(case, left.report, right.report) && !grew(case, left, right)
}

/// Days between two intervals, none if they meet; `None` where an end is open.
fn days_between(left: Interval, right: Interval) -> Option<i32> {
    let ((a, b), (c, d)) = (left.first.zip(left.last)?, right.first.zip(right.last)?);
    let gap = if b < c { b.until(c) } else { d.until(a) };
    Some(gap.ok()?.get_days().max(0))
}

/// Whether the later report has the higher number: a toll that rose.
fn grew(case: Case<'_>, left: &Count, right: &Count) -> bool {
    let (lower, higher) = if left.high < right.low { (left, right) } else { (right, left) };
    let (before, after) = (case.told[lower.report].date, case.told[higher.report].date);
    match (before.first, after.last) {
        (Some(before), Some(after)) => before < after,
        // Without dates nobody can tell a change from a clash.
        _ => true,
    }
}

fn figure_row(case: Case<'_>, happenings: &[Happening], pairs: &[[&Count; 2]]) -> Disagreement {
    let [left, right] = pairs[0];
    let phrase = |count: &Count| {
        let told = &case.told[count.report];
        shortened(told.slice(told.reading.observed.figures[count.figure].span), 80)
    };
    let names = (case.told[left.report].name(), case.told[right.report].name());
    let about = left.events.intersection(&right.events).next().map(|event| &happenings[*event].row);
    let own = |count: &Count| shortened(case.told[count.report].slice(count.sentence), 140);
    let sentence = if left.report == right.report {
        format!("{} has {} and {}: “{}”", names.0, phrase(left), phrase(right), own(left))
    } else {
        format!(
            "{} says {} (“{}”), {} says {} (“{}”)",
            names.0,
            phrase(left),
            own(left),
            names.1,
            phrase(right),
            own(right)
        )
    };
    let sides = [0, 1].map(|side| {
        let counts: BTreeSet<_> =
            pairs.iter().map(|pair| (pair[side].report, pair[side].figure)).collect();
        let side = |(report, figure): (usize, usize)| {
            let figure = &case.told[report].reading.observed.figures[figure];
            Side { report, span: figure.span, row: Some(figure.id) }
        };
        counts.into_iter().map(side).collect()
    });
    shown(case, Topic::Figure, about.map(|event| event.id), sides, sentence)
}
