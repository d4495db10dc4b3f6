//! `names`: persons, organisations and places, by exact span and type.
//!
//! A leading article and a trailing possessive mark count on neither side, since corpora differ on
//! them. Of names within names the longest counts. Gold types that are none of the three (elections,
//! works, nationalities) are left out on both sides: an answer that lies on one is no mistake of ours
//! unless it has one of the three types.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chancery_annotate::mention::{MentionForm, MentionKind};
use chancery_annotate::{Kit, Observed};
use chancery_text::Span;

use crate::error::read_text;
use crate::gold::iob::{self, LabelledDocument};
use crate::gold::{conllu, find, re3d};
use crate::line::read_document;
use crate::outcome::Case;
use crate::score::Counts;
use crate::tasks::place;
use crate::{EvalError, Outcome, Task, baseline};

const KINDS: [&str; 3] = ["person", "organisation", "place"];

/// Ours for a corpus's type; `None` for what is not measured.
fn kind(label: &str) -> Option<&'static str> {
    match label.to_lowercase().as_str() {
        // CrossNER; CoNLL and WikiGold; GUM and re3d.
        "politician" | "person" | "per" => Some("person"),
        "organisation" | "politicalparty" | "org" | "organization" => Some("organisation"),
        "country" | "location" | "loc" | "gpe" | "place" => Some("place"),
        _ => None,
    }
}

type Named = Vec<(Span, &'static str)>;

pub fn run(sets: &[PathBuf], kit: &Kit) -> Result<Outcome, EvalError> {
    let mut ours: BTreeMap<&str, Counts> = BTreeMap::new();
    let mut theirs: BTreeMap<&str, Counts> = BTreeMap::new();
    let (mut cases, mut items) = (Vec::new(), 0);
    for labelled in documents(sets)? {
        let text = &labelled.document.report.text;
        let gold = longest(
            text,
            labelled.labels.iter().filter_map(|(span, label)| Some((*span, kind(label)?))),
        );
        let observed = read_document(&labelled.document, kit).observed;
        let found = longest(text, answers(&observed).into_iter());
        let runs = baseline::capitalised(text).into_iter().map(|span| (span, "person"));
        let trivial = longest(text, runs);
        items += gold.len();
        for kind in KINDS {
            let add = |counts: &mut BTreeMap<&'static str, Counts>, found: &Named| {
                let sum = counts.entry(kind).or_default();
                *sum = sum.plus(count(&gold, found, kind));
            };
            add(&mut ours, &found);
            add(&mut theirs, &trivial);
        }
        cases.extend(document_cases(&labelled, &gold, &found));
    }
    let mut outcome = Outcome::new(Task::Names, items);
    for kind in KINDS {
        let f1 = |counts: &BTreeMap<&str, Counts>| counts.get(kind).map_or(0.0, |c| c.f1());
        outcome.add(&format!("{kind}_f1"), f1(&ours), f1(&theirs));
    }
    let micro = |counts: &BTreeMap<&str, Counts>| {
        counts.values().copied().reduce(Counts::plus).unwrap_or_default().f1()
    };
    outcome.add("micro_f1", micro(&ours), micro(&theirs));
    outcome.cases = cases;
    Ok(outcome)
}

fn documents(sets: &[PathBuf]) -> Result<Vec<LabelledDocument>, EvalError> {
    let mut documents = Vec::new();
    for set in sets {
        for file in find::files(set, |file| {
            find::ends(file, &["conllu", "txt", "jsonl", "conll", "iob", "tsv"])
        })? {
            documents.extend(read(&file)?);
        }
    }
    Ok(documents)
}

fn read(file: &Path) -> Result<Vec<LabelledDocument>, EvalError> {
    if find::ends(file, &["conllu"]) {
        let read = conllu::read(file)?.into_iter().filter(|document| document.has_entities);
        return Ok(read
            .map(|d| LabelledDocument { document: d.document, labels: d.names })
            .collect());
    }
    if find::ends(file, &["jsonl"]) {
        let documents = file.file_name().is_some_and(|name| name == "documents.jsonl");
        return if documents { proper(re3d::read(file)?) } else { Ok(Vec::new()) };
    }
    if iob::looks_like(&read_text(file)?) { iob::read(file) } else { Ok(Vec::new()) }
}

/// re3d marks roles ("Foreign Office Minister") and common nouns too; a name is what has a capital at
/// both ends.
fn proper(mut documents: Vec<LabelledDocument>) -> Result<Vec<LabelledDocument>, EvalError> {
    for LabelledDocument { document, labels } in &mut documents {
        let text = &document.report.text;
        labels.retain(|(span, _)| {
            let name = without_article(text, *span).slice(text);
            let capital = |word: Option<&str>| {
                word.is_some_and(|word| {
                    word.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
                })
            };
            capital(name.split_whitespace().next()) && capital(name.split_whitespace().last())
        });
    }
    Ok(documents)
}

/// Named mentions of the three types, and places that no mention holds.
fn answers(observed: &Observed) -> Named {
    let named = observed.mentions.iter().filter(|mention| mention.form == MentionForm::Name);
    let mut answers: Named = named
        .filter_map(|mention| {
            let kind = match mention.kind {
                MentionKind::Person => "person",
                MentionKind::Organisation => "organisation",
                MentionKind::Place => "place",
                MentionKind::People | MentionKind::Other => return None,
            };
            Some((mention.head_span, kind))
        })
        .collect();
    let held = |span: Span| {
        let named = |form: MentionForm| matches!(form, MentionForm::Name | MentionForm::Demonym);
        observed.mentions.iter().any(|m| named(m.form) && m.span.overlaps(span))
    };
    let places = observed.places.iter().filter(|place| !held(place.span));
    answers.extend(places.map(|place| (place.span, "place")));
    answers
}

/// Trims each name and keeps the longest of those that overlap.
fn longest(text: &str, names: impl Iterator<Item = (Span, &'static str)>) -> Named {
    let mut names: Vec<_> = names.map(|(span, kind)| (without_article(text, span), kind)).collect();
    names.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    let mut kept: Named = Vec::new();
    for (span, kind) in names {
        match kept.last_mut() {
            Some((last, _)) if last.overlaps(span) && last.len() < span.len() => {
                *kept.last_mut().expect("there is a last one") = (span, kind);
            }
            Some((last, _)) if last.overlaps(span) => {}
            _ => kept.push((span, kind)),
        }
    }
    kept
}

fn without_article(text: &str, span: Span) -> Span {
    let slice = span.slice(text);
    let lead = ["the ", "The ", "THE "].iter().find(|lead| slice.starts_with(**lead));
    let tail = ["'s", "’s", "'", "’"].iter().find(|tail| slice.ends_with(**tail));
    let start = span.start + lead.map_or(0, |lead| lead.len() as u32);
    let end = span.end - tail.map_or(0, |tail| tail.len() as u32);
    if start < end { Span::new(start, end).trim(text) } else { span }
}

fn count(gold: &Named, found: &Named, kind: &str) -> Counts {
    let of = |names: &Named| names.iter().filter(|(_, k)| *k == kind).count() as f64;
    let right = found.iter().filter(|name| name.1 == kind && gold.contains(name)).count() as f64;
    Counts { right, recalled: right, found: of(found), gold: of(gold) }
}

fn document_cases(labelled: &LabelledDocument, gold: &Named, found: &Named) -> Vec<Case> {
    let text = &labelled.document.report.text;
    let case = |span: Span, expected: &str, found: &str| Case {
        id: format!("{}:{}", labelled.document.id, place(text, span)),
        aspect: "name".into(),
        expected: expected.into(),
        found: found.into(),
        score: f64::from(u8::from(expected == found)),
    };
    let kind_at = |names: &Named, span: Span| {
        names.iter().find(|(other, _)| *other == span).map_or("", |(_, kind)| kind)
    };
    let expected = gold.iter().map(|(span, kind)| case(*span, kind, kind_at(found, *span)));
    let extra = found.iter().filter(|(span, _)| kind_at(gold, *span).is_empty());
    expected.chain(extra.map(|(span, kind)| case(*span, "", kind))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_and_possessives_do_not_count() {
        let text = "the Sallet Party's vote";
        assert_eq!(without_article(text, Span::new(0, 18)).slice(text), "Sallet Party");
    }

    #[test]
    fn the_longest_of_nested_names_counts() {
        let text = "Bank of Ruvania";
        let names = [(Span::new(8, 15), "place"), (Span::new(0, 15), "organisation")];
        assert_eq!(longest(text, names.into_iter()), [(Span::new(0, 15), "organisation")]);
    }

    #[test]
    fn a_wrong_type_counts_against_both_types() {
        let gold = vec![(Span::new(0, 4), "place")];
        let found = vec![(Span::new(0, 4), "person")];
        assert_eq!(count(&gold, &found, "place").gold, 1.0);
        assert_eq!(count(&gold, &found, "person").found, 1.0);
        assert_eq!(count(&gold, &found, "place").f1(), 0.0);
    }
}
