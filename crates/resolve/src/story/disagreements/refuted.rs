//! What somebody denies, and who tells it all the same: "Syria denied the reports of a chemical attack".
//!
//! A sentence tells what is denied if it shares enough telling words with the denied content, one of them
//! that of an act, and names the one who denies or his side.

use std::collections::{BTreeMap, BTreeSet};

use chancery_annotate::kin::Lexeme;
use chancery_annotate::quotation::Quotation;
use chancery_text::{RowId, Span};

use super::row::{Side, row, side};
use crate::frequency::{content, rarity};
use crate::record::{Disagreement, Topic};
use crate::story::Case;
use crate::story::statements::{Said, Saying};
use crate::story::told::shortened;
use crate::words::{hash, stem, words};

/// Content words that a sentence shares with what is denied.
const SHARED: usize = 3;
/// What they tell, in bits.
const BITS: f64 = 18.0;
/// Share of what is denied that these are.
const SHARE: f64 = 0.5;
/// Bits of a word for an act that tells which.
const ACT: f64 = 4.5;
/// Sentences of a story that are looked at for one telling word.
const NEAR: usize = 64;

/// A sentence of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    report: usize,
    span: Span,
}

/// Rows of what is denied, and the quotations that deny it.
pub(super) fn refuted(case: Case<'_>, sayings: &[Saying]) -> (Vec<Disagreement>, BTreeSet<RowId>) {
    let members = sayings.iter().flat_map(|saying| saying.members.iter().map(|m| (m, saying.id)));
    let denials: Vec<_> = members.filter(|(m, _)| m.denied && m.speaker.is_some()).collect();
    let wanted: BTreeSet<u64> = denials
        .iter()
        .flat_map(|(denial, _)| telling(case, denial.report, denial.span))
        .map(|(stem, _)| stem)
        .collect();
    let sentences = sentences(case, &wanted);
    let mut rows = Vec::new();
    let mut answered = BTreeSet::new();
    for (denial, saying) in denials {
        if let Some(claim) = claim(case, denial, &sentences) {
            answered.insert(denial.id);
            rows.push(refuted_row(case, claim, (denial, saying)));
        }
    }
    (rows, answered)
}

/// Sentences before "they denied it" in which it is said.
const BEFORE: usize = 1;
/// Words of a denial that only points back.
const POINTS: usize = 2;

/// Rows of what one says of another, who "denied it" in the next words.
pub(super) fn denied_it(case: Case<'_>) -> Vec<Disagreement> {
    (0..case.told.len()).flat_map(|report| denied_it_in(case, report)).collect()
}

fn denied_it_in(case: Case<'_>, report: usize) -> Vec<Disagreement> {
    let told = &case.told[report];
    let observed = &told.reading.observed;
    let key = |quotation: &Quotation| {
        let mention = told.mention(quotation.speaker?)?;
        Some(case.names.key(mention.actor.as_deref()?).to_owned())
    };
    let row_of = |span: Span| observed.sentences.partition_point(|one| one.end <= span.start);
    let mut rows = Vec::new();
    for denial in observed.quotations.iter().filter(|quotation| quotation.denied) {
        let (Some(denier), Some(&it)) = (key(denial), denial.contents.first()) else { continue };
        let said = |quotation: &&Quotation| {
            let Some(&content) = quotation.contents.first() else { return false };
            let speaker = key(quotation);
            let other = speaker.is_some_and(|speaker| !case.names.compatible(&speaker, &denier));
            quotation.is_said()
                && !quotation.denied
                && !points_back(told.slice(content))
                && other
                && content.end <= it.start
                && row_of(it) - row_of(content) <= BEFORE
                && quotation.contents.iter().any(|content| names(case, report, *content, &denier))
        };
        let claim = observed.quotations.iter().filter(said).max_by_key(|claim| claim.contents[0]);
        if let Some(claim) = claim.filter(|_| points_back(told.slice(it))) {
            let who = [claim, denial]
                .map(|one| key(one).map_or(String::new(), |key| case.names.name(&key)));
            let sentence = format!(
                "{} has {} say “{}” and {} deny it",
                told.name(),
                who[0],
                shortened(told.slice(claim.contents[0]), 160),
                who[1]
            );
            let side = |one: &Quotation| Side { report, span: one.contents[0], row: Some(one.id) };
            rows.push(row(case, Topic::Polarity, None, [side(claim), side(denial)], sentence));
        }
    }
    rows
}

/// Whether words say no more than "it".
fn points_back(text: &str) -> bool {
    let text = text.to_lowercase();
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let first = words.next().unwrap_or("");
    matches!(first, "it" | "that" | "them" | "they" | "this" | "which") && words.count() < POINTS
}

/// Whether a stretch names an actor or one who acts for it.
fn names(case: Case<'_>, report: usize, stretch: Span, actor: &str) -> bool {
    let mentions = case.told[report].reading.observed.mentions.iter();
    let mut keys = mentions
        .filter(|mention| stretch.contains(mention.span))
        .filter_map(|mention| Some(case.names.key(mention.actor.as_deref()?)));
    keys.any(|key| case.names.compatible(key, actor) || case.names.compatriots(key, actor))
}

/// Stems of the content words of a stretch, and what each tells.
fn telling(case: Case<'_>, report: usize, span: Span) -> BTreeMap<u64, f64> {
    let all = words(&case.told[report].reading.report.text, span).into_iter();
    let telling = all.filter(|word| content(&word.norm) && !word.number);
    telling.map(|word| (hash(stem(&word.norm).as_bytes()), rarity(&word.norm))).collect()
}

/// The sentences that have each of some stems, those that deny something left out.
fn sentences(case: Case<'_>, wanted: &BTreeSet<u64>) -> BTreeMap<u64, Vec<Place>> {
    let mut places: BTreeMap<u64, Vec<Place>> = BTreeMap::new();
    if wanted.is_empty() {
        return places;
    }
    for (report, told) in case.told.iter().enumerate() {
        let observed = &told.reading.observed;
        for span in &observed.sentences {
            let denies = observed
                .quotations
                .iter()
                .any(|q| q.denied && q.contents.iter().any(|content| content.overlaps(*span)));
            let stems = telling(case, report, *span).into_keys().filter(|_| !denies);
            for stem in stems.filter(|stem| wanted.contains(stem)) {
                places.entry(stem).or_default().push(Place { report, span: *span });
            }
        }
    }
    places
}

/// The sentence that says most of what is denied, of the same report if it can be, and the first.
fn claim(case: Case<'_>, denial: &Said, sentences: &BTreeMap<u64, Vec<Place>>) -> Option<Place> {
    let denied = telling(case, denial.report, denial.span);
    let mut shared: BTreeMap<Place, (usize, f64)> = BTreeMap::new();
    for (stem, bits) in &denied {
        for place in sentences.get(stem).into_iter().flatten().take(NEAR) {
            let (count, sum) = shared.entry(*place).or_default();
            (*count, *sum) = (*count + 1, *sum + bits);
        }
    }
    let fits = |(place, (count, bits)): &(Place, (usize, f64))| {
        SHARED <= *count
            && SHARE * denied.len() as f64 <= *count as f64
            && BITS <= *bits
            && tells_of(case, *place, denial)
            && has_act(case, *place, &denied)
    };
    let own = |place: &Place| place.report == denial.report;
    shared
        .into_iter()
        .filter(fits)
        .max_by(|(a, (_, x)), (b, (_, y))| own(a).cmp(&own(b)).then(x.total_cmp(y)).then(b.cmp(a)))
        .map(|(place, _)| place)
}

/// Whether a sentence names the one who denies or his side, and is not his own word.
fn tells_of(case: Case<'_>, place: Place, denial: &Said) -> bool {
    let Some(denier) = denial.speaker.as_deref() else { return false };
    let told = &case.told[place.report];
    let observed = &told.reading.observed;
    let key = |id: &RowId| Some(case.names.key(told.mention(*id)?.actor.as_deref()?));
    let side =
        |key: &str| case.names.compatible(key, denier) || case.names.compatriots(key, denier);
    let named = observed.mentions.iter().any(|mention| {
        let actor = mention.actor.as_deref().map(|key| case.names.key(key));
        place.span.contains(mention.span) && actor.is_some_and(side)
    });
    let own = observed.quotations.iter().any(|quotation| {
        let speaker = quotation.speaker.as_ref().and_then(key);
        quotation.contents.iter().any(|content| content.overlaps(place.span))
            && speaker.is_some_and(|key| case.names.compatible(key, denier))
    });
    named && !own
}

/// Whether a telling word for an act stands in the sentence and in what is denied: two sentences about one
/// town need not tell one thing.
fn has_act(case: Case<'_>, place: Place, denied: &BTreeMap<u64, f64>) -> bool {
    let text = &case.told[place.report].reading.report.text;
    words(text, place.span).iter().any(|word| {
        ACT <= rarity(&word.norm)
            && denied.contains_key(&hash(stem(&word.norm).as_bytes()))
            && Lexeme::new(&word.norm).may_be_act()
    })
}

fn refuted_row(case: Case<'_>, claim: Place, (denial, saying): (&Said, RowId)) -> Disagreement {
    let who = denial.speaker.as_deref().map_or(String::new(), |key| case.names.name(key));
    let told = &case.told[claim.report];
    let sentence = format!(
        "{} has {who} deny “{}”; {}: “{}”",
        case.told[denial.report].name(),
        shortened(&denial.text, 140),
        told.name(),
        shortened(told.slice(claim.span), 160)
    );
    let against = Side { report: claim.report, span: claim.span, row: None };
    row(case, Topic::Polarity, Some(saying), [against, side(denial)], sentence)
}
