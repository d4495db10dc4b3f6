//! From marked sentences to what the models learn of them.

use std::path::Path;

use chancery_annotate::syntax::Relation;
use chancery_annotate::undertaking::UndertakingKind;
use chancery_annotate::undertaking::judge::network::WORD_KEYS;
use chancery_annotate::undertaking::judge::{self, Choice, Side, Site};
use chancery_annotate::{Annotations, Kit, Read};
use chancery_eval::EvalError;
use chancery_eval::gold::Document;
use chancery_eval::gold::passages::{self, Marks};
use chancery_eval::gold::undertakings::{self, PledgedDocument, Undertaken};
use chancery_eval::line::read_document;
use chancery_text::Span;

use super::network::Reading;
use crate::parallel;

/// Features and the label that is right.
#[derive(Debug, Clone)]
pub struct Example {
    /// Features.
    pub keys: Vec<u32>,
    /// 0 for none.
    pub label: u8,
}

/// What one text teaches.
#[derive(Debug, Clone, Default)]
pub struct Taught {
    /// Words that may make an undertaking, by kind.
    pub sites: Vec<Example>,
    /// Words that may be a side of one, by side.
    pub choices: Vec<Example>,
    /// The same as the network reads it.
    pub reading: Reading,
}

/// Reads a file of marked sentences.
pub fn read(file: &Path, kit: &Kit) -> Result<Vec<Taught>, EvalError> {
    Ok(parallel::map(&undertakings::read(file)?, |text| taught(text, kit)))
}

/// What marked passages of corpora teach.
pub fn of_passages(marks: &[Marks], gold: &Path, kit: &Kit) -> Result<Vec<Taught>, EvalError> {
    let passages = passages::read(marks.iter(), gold)?;
    Ok(parallel::map(&passages, |text| taught(text, kit)))
}

/// What a text teaches in which nothing is marked: that words on which no rule fires make nothing.
pub fn unmarked(document: &Document, kit: &Kit) -> Taught {
    let annotations = annotations(document, kit);
    let text = reading(document, &annotations);
    let none = |sites: &[Site]| vec![None; sites.len()];
    let lesson = judge::lesson(text, &annotations.observed, kit, none);
    let free = || lesson.sites.iter().filter(|site| site.ruled.is_none());
    let sites = free().map(|site| Example { keys: site.keys.to_vec(), label: 0 }).collect();
    let asked = free().map(|site| (site.token, site.over, 0)).collect();
    let reading = reading_of(text, lesson.words, lesson.seen, asked);
    Taught { sites, choices: Vec::new(), reading }
}

fn reading_of(
    text: Read<'_>,
    words: Vec<[u64; WORD_KEYS]>,
    seen: Vec<i16>,
    sites: Vec<(u32, Option<u32>, u8)>,
) -> Reading {
    let sentences: Vec<_> = text.sentences.iter().map(|sentence| sentence.indices()).collect();
    if seen.is_empty() || sentences.last().is_none_or(|last| last.end < words.len()) {
        // A text that the parser does not read.
        return Reading::default();
    }
    Reading { words, seen, sentences, sites, sides: Vec::new() }
}

/// A text as the stages read it. What the shipped model found is no part of what it is to find.
fn annotations(document: &Document, kit: &Kit) -> Annotations {
    let mut annotations = read_document(document, kit);
    annotations.observed.mentions.retain(|mention| mention.basis != "party");
    annotations
}

fn reading<'a>(document: &'a Document, annotations: &'a Annotations) -> Read<'a> {
    Read {
        report: &document.report,
        sentences: &annotations.sentences,
        tokens: &annotations.tokens,
        syntax: &annotations.syntax,
    }
}

fn taught(gold: &PledgedDocument, kit: &Kit) -> Taught {
    let annotations = annotations(&gold.document, kit);
    let text = reading(&gold.document, &annotations);
    let head = |span: Span| head(text, span);
    let mut meant = Vec::new();
    let lesson = judge::lesson(text, &annotations.observed, kit, |sites| {
        meant = of_sites(sites, &gold.undertakings, &head);
        let kind = |one: &Option<usize>| one.map(|one| gold.undertakings[one].kind);
        meant.iter().map(kind).collect()
    });
    let site = |(site, one): (&Site, &Option<usize>)| Example {
        keys: site.keys.to_vec(),
        label: one.map_or(0, |one| gold.undertakings[one].kind as u8 + 1),
    };
    let sites: Vec<Example> = lesson.sites.iter().zip(&meant).map(site).collect();
    let asked = lesson.sites.iter().zip(&sites).map(|(it, one)| (it.token, it.over, one.label));
    let mut reading = reading_of(text, lesson.words, lesson.seen, asked.collect());
    let mut choices = Vec::new();
    for (site, offered) in &lesson.choices {
        let Some(one) = meant[*site].map(|one| &gold.undertakings[one]) else { continue };
        let (what, condition) = (one.what.and_then(head), one.condition.and_then(head));
        for (choice, places) in offered {
            let label = side(text, choice, places, one, (what, condition));
            choices.push(Example { keys: choice.keys.to_vec(), label });
            if reading.words.is_empty() {
                continue;
            }
            reading.sides.push((lesson.sites[*site].token, choice.token, choice.pair, label));
        }
    }
    Taught { sites, choices, reading }
}

/// For each site the undertaking that it makes.
fn of_sites(
    sites: &[Site],
    gold: &[Undertaken],
    head: &dyn Fn(Span) -> Option<u32>,
) -> Vec<Option<usize>> {
    let mut meant = vec![None; sites.len()];
    let mut free = vec![true; gold.len()];
    type Fits<'a> = &'a dyn Fn(&Site, &Undertaken) -> bool;
    let same = |kind: UndertakingKind, site: &Site| site.ruled.is_some_and(|it| it.0 == kind);
    let about = |site: &Site, one: &Undertaken| {
        let ruled = site.ruled.and_then(|it| it.1);
        ruled.zip(one.what).is_some_and(|(ruled, what)| ruled.overlaps(what))
    };
    let steps: [Fits<'_>; 4] = [
        &|site, one| same(one.kind, site) && site.cue.overlaps(one.cue),
        &|site, one| same(one.kind, site) && about(site, one),
        &|site, one| site.ruled.is_some() && site.cue.overlaps(one.cue),
        &|site, one| site.ruled.is_none() && head(one.cue) == Some(site.token),
    ];
    for fits in steps {
        for (at, one) in gold.iter().enumerate() {
            let site = (0..sites.len()).find(|it| meant[*it].is_none() && fits(&sites[*it], one));
            if let Some(site) = site.filter(|_| free[at]) {
                meant[site] = Some(at);
                free[at] = false;
            }
        }
    }
    meant
}

fn side(
    text: Read<'_>,
    choice: &Choice,
    places: &[Span],
    one: &Undertaken,
    (what, condition): (Option<u32>, Option<u32>),
) -> u8 {
    // "Chinese" is no side where "Chinese ministers" is one.
    let part = matches!(
        text.syntax.words[choice.token as usize].relation,
        Relation::Amod | Relation::Compound | Relation::NmodPoss
    );
    let names = |spans: &[Span]| {
        let telling = |span: &Span| {
            if part {
                head(text, *span).map(|it| text.tokens[it as usize].span)
            } else {
                Some(*span)
            }
        };
        let mut telling = spans.iter().filter_map(telling);
        telling.any(|span| places.iter().any(|place| place.overlaps(span)))
    };
    let label = |side: Side| side as u8 + 1;
    if what == Some(choice.token) {
        return label(Side::What);
    }
    if condition == Some(choice.token) {
        return label(Side::Condition);
    }
    match (names(&one.by), names(&one.to)) {
        (true, _) => label(Side::By),
        (_, true) => label(Side::To),
        _ => 0,
    }
}

/// The token of a span that heads the others: of a cue with its modal verb or its light verb, the word
/// that they serve.
fn head(text: Read<'_>, span: Span) -> Option<u32> {
    let from = text.tokens.partition_point(|token| token.span.end <= span.start);
    let count = text.tokens[from..].iter().take_while(|token| token.span.start < span.end).count();
    let inside = from as u32..(from + count) as u32;
    let words = &text.syntax.words;
    let top = inside.clone().find(|at| {
        let head = words[*at as usize].head;
        words[*at as usize].relation != Relation::Punct
            && head.is_none_or(|head| !inside.contains(&head))
    })?;
    match words[top as usize].relation {
        Relation::Aux | Relation::AuxPass | Relation::Mark | Relation::Advmod => {
            words[top as usize].head
        }
        _ => Some(top),
    }
}
