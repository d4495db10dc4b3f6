//! Documents whose names are marked, whatever the format, and what of a name counts.

use std::path::{Path, PathBuf};

use chancery_annotate::name::Convention;
use chancery_text::Span;

use super::iob::{self, LabelledDocument};
use super::{conllu, find, re3d};
use crate::EvalError;
use crate::error::read_text;
use crate::score::Counts;

/// The kinds that are measured.
pub const KINDS: [&str; 3] = ["person", "organisation", "place"];

/// Ours for a corpus's type; `None` for what is not measured.
pub fn kind(label: &str) -> Option<&'static str> {
    match label.to_lowercase().as_str() {
        // CrossNER; CoNLL and WikiGold; GUM and re3d.
        "politician" | "person" | "per" => Some("person"),
        "organisation" | "politicalparty" | "org" | "organization" => Some("organisation"),
        "country" | "location" | "loc" | "gpe" | "place" => Some("place"),
        _ => None,
    }
}

/// How many of the names of a kind were found, by exact span and kind.
pub fn count(gold: &Named, found: &Named, kind: &str) -> Counts {
    let of = |names: &Named| names.iter().filter(|(_, k)| *k == kind).count() as f64;
    let right = found.iter().filter(|name| name.1 == kind && gold.contains(name)).count() as f64;
    Counts { right, recalled: right, found: of(found), gold: of(gold) }
}

/// Names by span and kind, in the order of the text.
pub type Named = Vec<(Span, &'static str)>;

/// The documents of sets whose names are marked, and how their corpus marks them.
pub fn documents(
    sets: &[PathBuf],
) -> Result<Vec<(LabelledDocument, Option<Convention>)>, EvalError> {
    let mut documents = Vec::new();
    for set in sets {
        for file in find::files(set, |file| {
            find::ends(file, &["conllu", "txt", "jsonl", "conll", "iob", "tsv"])
        })? {
            let convention = convention(&file);
            documents.extend(read(&file)?.into_iter().map(|document| (document, convention)));
        }
    }
    Ok(documents)
}

/// The convention of a file, by its form or its folder.
fn convention(file: &Path) -> Option<Convention> {
    let within = |name: &str| file.components().any(|part| part.as_os_str() == name);
    match file.extension()?.to_str()? {
        "conllu" => Some(Convention::Gum),
        "jsonl" => Some(Convention::Re3d),
        _ if within("crossner-politics") => Some(Convention::Crossner),
        _ if within("wikigold") => Some(Convention::Wikigold),
        _ => None,
    }
}

/// The documents of a file, none where it marks no names.
pub fn read(file: &Path) -> Result<Vec<LabelledDocument>, EvalError> {
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

/// Trims each name and keeps the longest of those that overlap.
pub fn longest(text: &str, names: impl Iterator<Item = (Span, &'static str)>) -> Named {
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

/// A name without the article before and the possessive mark after it.
pub fn without_article(text: &str, span: Span) -> Span {
    let slice = span.slice(text);
    let lead = ["the ", "The ", "THE "].iter().find(|lead| slice.starts_with(**lead));
    let tail = ["'s", "’s", "'", "’"].iter().find(|tail| slice.ends_with(**tail));
    let start = span.start + lead.map_or(0, |lead| lead.len() as u32);
    let end = span.end - tail.map_or(0, |tail| tail.len() as u32);
    if start < end { Span::new(start, end).trim(text) } else { span }
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
    fn a_wrong_type_counts_against_both_types() {
        let gold = vec![(Span::new(0, 4), "place")];
        let found = vec![(Span::new(0, 4), "person")];
        assert_eq!(count(&gold, &found, "place").gold, 1.0);
        assert_eq!(count(&gold, &found, "person").found, 1.0);
        assert_eq!(count(&gold, &found, "place").f1(), 0.0);
    }

    #[test]
    fn the_longest_of_nested_names_counts() {
        let text = "Bank of Ruvania";
        let names = [(Span::new(8, 15), "place"), (Span::new(0, 15), "organisation")];
        assert_eq!(longest(text, names.into_iter()), [(Span::new(0, 15), "organisation")]);
    }
}
