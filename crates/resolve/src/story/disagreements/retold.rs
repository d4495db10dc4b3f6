//! One sentence told again with one thing changed: a number, a day, a place, a doer, a negation.

use std::collections::{BTreeMap, BTreeSet};

use chancery_annotate::figure::Figure;
use chancery_annotate::kin::{Kin, Lexeme};
use chancery_annotate::mention::{ActorKind, Mention, MentionForm};
use chancery_annotate::place::{Place, PlaceKind};
use chancery_text::Span;

use super::SHOWN;
use super::figures::{bounds, counted, days_between, harmed};
use super::row::{Side, row};
use crate::frequency::rarity;
use crate::record::{Change, Difference, Disagreement, Topic};
use crate::story::Case;
use crate::story::alignment::{Unit, differences, overlap, units};
use crate::story::told::{Told, shortened};
use crate::words::{combine, hash, stem, words};

/// Sentences with one key that each is compared with.
const NEAR: usize = 12;
/// Keys that two sentences share before they are compared word by word.
const KEYS: usize = 2;
/// Bits of two neighbouring words that make a key.
const TELLING: f64 = 11.0;
/// Share of the shorter sentence that is told again.
const AGAIN: f64 = 0.75;
/// The same of what either says.
const OF_BOTH: f64 = 0.55;
/// Content words of a sentence that says enough to be known again.
const WORDS: usize = 5;
/// Differences in meaning of two sentences that still are one.
const CHANGES: usize = 3;
/// Days by which two tellings of one happening may differ.
const DAYS: i32 = 3;
/// Share of what either says, of sentences that a day, a place or a doer may tell apart.
const NEARLY: f64 = 0.75;
/// Share of what either says that makes one sentence a copy of the other.
const COPIED: f64 = 0.85;
/// Days after which nobody tells a rise in the same words.
const LATER: i32 = 14;
/// Kilometres between two places that are surely two.
const APART: f64 = 25.0;

/// A sentence of a report.
struct Sentence {
    report: usize,
    span: Span,
}

/// Disagreements of sentences that two reports share but for one thing.
pub(super) fn retold(case: Case<'_>) -> Vec<Disagreement> {
    let sentences: Vec<Sentence> = (0..case.told.len())
        .flat_map(|report| {
            let all = &case.told[report].reading.observed.sentences;
            all.iter().map(move |span| Sentence { report, span: *span })
        })
        .collect();
    let mut read: BTreeMap<usize, Vec<Unit>> = BTreeMap::new();
    let mut rows = Vec::new();
    let mut shown: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (i, j) in pairs(case, &sentences) {
        for at in [i, j] {
            let one = &sentences[at];
            let text = &case.told[one.report].reading.report.text;
            read.entry(at).or_insert_with(|| units(text, &[one.span]));
        }
        let found = changed(case, [&sentences[i], &sentences[j]], [&read[&i], &read[&j]]);
        let of_pair = shown.entry((sentences[i].report, sentences[j].report)).or_default();
        if let Some(found) = found.filter(|_| *of_pair < SHOWN) {
            *of_pair += 1;
            rows.push(found);
        }
    }
    rows
}

/// Pairs of sentences of two reports that share keys.
fn pairs(case: Case<'_>, sentences: &[Sentence]) -> Vec<(usize, usize)> {
    let mut blocks: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, sentence) in sentences.iter().enumerate() {
        for key in keys(case.told, sentence) {
            blocks.entry(key).or_default().push(at);
        }
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for members in blocks.values() {
        for (at, &i) in members.iter().enumerate() {
            for &j in members[at + 1..].iter().take(NEAR) {
                if sentences[i].report != sentences[j].report {
                    *shared.entry((i, j)).or_default() += 1;
                }
            }
        }
    }
    shared.into_iter().filter(|(_, keys)| KEYS <= *keys).map(|(pair, _)| pair).collect()
}

/// Pairs of neighbouring content words, numbers left out, that are telling together.
fn keys(told: &[Told<'_>], sentence: &Sentence) -> BTreeSet<u64> {
    let all = words(&told[sentence.report].reading.report.text, sentence.span);
    let content: Vec<(u64, f64)> = all
        .iter()
        .filter(|word| !word.number && 3.0 <= rarity(&word.norm) && 2 < word.norm.len())
        .map(|word| (hash(stem(&word.norm).as_bytes()), rarity(&word.norm)))
        .collect();
    let telling = |pair: &&[(u64, f64)]| TELLING <= pair[0].1 + pair[1].1;
    content.windows(2).filter(telling).map(|pair| combine([pair[0].0, pair[1].0])).collect()
}

/// The one thing that differs, if the sentences are one otherwise.
fn changed(case: Case<'_>, of: [&Sentence; 2], units: [&[Unit]; 2]) -> Option<Disagreement> {
    let found = overlap(units[0], units[1]);
    if found.share < AGAIN || found.of_both < OF_BOTH || found.words < WORDS {
        return None;
    }
    let changes: Vec<Difference> = differences(units[0], units[1]);
    let open = |one: &&Difference| one.change.turns() || one.change == Change::Rephrasing;
    let changes: Vec<&Difference> = changes.iter().filter(open).collect();
    if CHANGES < changes.len() {
        return None;
    }
    let told = of.map(|sentence| &case.told[sentence.report]);
    changes.iter().find_map(|change| one_change(case, told, of, change, found.of_both))
}

fn one_change(
    case: Case<'_>,
    told: [&Told<'_>; 2],
    of: [&Sentence; 2],
    change: &Difference,
    of_both: f64,
) -> Option<Disagreement> {
    if change.change == Change::Polarity {
        let spans = of.map(|sentence| sentence.span);
        return Some(shown(case, of, Topic::Polarity, spans, "whether it is so"));
    }
    let spans = [change.best?, change.own?];
    if let Some(figures) = other_number(case, told, of, spans, COPIED <= of_both) {
        return Some(shown(case, of, Topic::Figure, figures, "how many"));
    }
    if of_both < NEARLY {
        return None;
    }
    if other_day(told, spans) {
        return Some(shown(case, of, Topic::Date, spans, "on which day"));
    }
    if other_place(told, spans) {
        return Some(shown(case, of, Topic::Place, spans, "where"));
    }
    other_party(case, told, spans).then(|| shown(case, of, Topic::Actor, spans, "who"))
}

fn shown(
    case: Case<'_>,
    of: [&Sentence; 2],
    topic: Topic,
    spans: [Span; 2],
    question: &str,
) -> Disagreement {
    let told = of.map(|sentence| &case.told[sentence.report]);
    let [left, right] = [0, 1].map(|at| shortened(told[at].slice(of[at].span), 160));
    let [a, b] = [0, 1].map(|at| told[at].slice(spans[at]));
    let names = told.map(Told::name);
    let against = if topic == Topic::Polarity { String::new() } else { format!(", {a} or {b}") };
    let sentence = format!(
        "{} and {} tell one thing and differ on {question}{against}: “{left}” against “{right}”",
        names[0], names[1]
    );
    let side = |at: usize| Side { report: of[at].report, span: spans[at], row: None };
    row(case, topic, None, [side(0), side(1)], sentence)
}

fn figure_at<'a>(told: &Told<'a>, span: Span) -> Option<&'a Figure> {
    let figures = &told.reading.observed.figures;
    figures.iter().find(|figure| figure.number_span.overlaps(span))
}

/// The two figures, if they count one thing, cannot both be right, and the later one is no rise.
fn other_number(
    case: Case<'_>,
    told: [&Told<'_>; 2],
    of: [&Sentence; 2],
    spans: [Span; 2],
    copied: bool,
) -> Option<[Span; 2]> {
    let (a, b) = (figure_at(told[0], spans[0])?, figure_at(told[1], spans[1])?);
    let ((low, high), (other_low, other_high)) = (bounds(a)?, bounds(b)?);
    let apart = high < other_low || other_high < low;
    let one = counted(told[0], a) == counted(told[1], b) && a.unit == b.unit;
    let days = days_between(told[0].date, told[1].date);
    let (before, after) = if high < other_low { (told[0], told[1]) } else { (told[1], told[0]) };
    let rose = before.date.first < after.date.last && before.date != after.date;
    let near = days.is_none_or(|days| days <= DAYS);
    // The same words of another month are no later news, but an old text under a new date.
    let old = copied && days.is_some_and(|days| LATER < days);
    let given = |count: &Figure, there: usize| harmed(case, of[there].report, count);
    (apart && one && (old || (near && !rose)) && !given(a, 1) && !given(b, 0))
        .then_some([a.span, b.span])
}

/// Whether the two spans are two days, a little apart.
fn other_day(told: [&Told<'_>; 2], spans: [Span; 2]) -> bool {
    let day = |at: usize| {
        let times = &told[at].reading.observed.times;
        times.iter().find(|time| time.span.overlaps(spans[at]))?.interval.single_day()
    };
    let gap = day(0).zip(day(1)).and_then(|(a, b)| a.until(b).ok()).map(|gap| gap.get_days().abs());
    gap.is_some_and(|gap| (1..=DAYS).contains(&gap))
}

/// Whether the two spans name two towns that are apart.
fn other_place(told: [&Told<'_>; 2], spans: [Span; 2]) -> bool {
    let place = |at: usize| -> Option<&Place> {
        let places = told[at].reading.observed.places.iter();
        let mut near = places.filter(|place| place.span.overlaps(spans[at]));
        near.find(|place| !matches!(place.kind, PlaceKind::Country | PlaceKind::Region))
    };
    let Some((a, b)) = place(0).zip(place(1)) else { return false };
    let far = a.coordinates.zip(b.coordinates).is_some_and(|(a, b)| APART < kilometres(a, b));
    a.key != b.key && far && !spelt_alike(&a.name, &b.name)
}

fn spelt_alike(left: &str, right: &str) -> bool {
    let [left, right] = [left, right].map(|name| Lexeme::new(&name.to_lowercase()));
    left.kin(&right) <= Kin::Spelling
}

/// Kilometres between two places, near enough for places of one region.
pub(super) fn kilometres(left: (f64, f64), right: (f64, f64)) -> f64 {
    let (north, east) = (right.0 - left.0, (right.1 - left.1) * left.0.to_radians().cos());
    111.0 * north.hypot(east)
}

/// Whether the two spans name two parties that cannot be one, none of them the speaker of the sentence.
fn other_party(case: Case<'_>, told: [&Told<'_>; 2], spans: [Span; 2]) -> bool {
    let party = |at: usize| -> Option<String> {
        let observed = &told[at].reading.observed;
        let speaks =
            observed.quotations.iter().any(|q| q.source.is_some_and(|s| s.overlaps(spans[at])));
        let named = |mention: &&Mention| {
            mention.form == MentionForm::Name && mention.head_span.overlaps(spans[at])
        };
        let mention = observed.mentions.iter().find(named).filter(|_| !speaks)?;
        let key = case.names.key(mention.actor.as_deref()?);
        let who = case.names.who(key)?;
        let acts = !matches!(who.kind, ActorKind::People | ActorKind::Role);
        acts.then(|| key.to_owned())
    };
    let Some((a, b)) = party(0).zip(party(1)) else { return false };
    let one = case.names.compatible(&a, &b) || case.names.compatriots(&a, &b);
    !one && !spelt_alike(&case.names.name(&a), &case.names.name(&b))
}
