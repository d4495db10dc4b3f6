//! Who says it by the order of the words, where the parser hung the subject elsewhere.

use super::source::Source;
use crate::quotation::tree::Tree;
use crate::syntax::{Relation, Upos};

/// Most words of a source found so.
const LONGEST: usize = 12;

/// The words right before a finite verb whose subject the parser hung elsewhere: "In interviews,
/// several threatened to leave".
pub(super) fn beside_verb(tree: &Tree<'_>, at: usize) -> Option<Source> {
    if !is_past_or_present(tree, at) {
        return None;
    }
    let end = before_light(tree, at);
    if end == tree.tokens.start {
        return None;
    }
    if tree.says(end - 1, ",") {
        return described(tree, end);
    }
    let low = run_before(tree, end);
    let named = (low..end).any(|at| {
        matches!(tree.tag(at), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Adj)
    });
    let span = tree.span(low, end.max(low + 1) - 1).filter(|_| named)?;
    Some(Source { span: Some(span), token: Some(end - 1), ..Source::NONE })
}

/// "…, his aide, Ana Olmo, said": the phrase between a comma and the verb that the parser took for
/// another name of the noun before.
pub(super) fn renamed(tree: &Tree<'_>, at: usize) -> Option<Source> {
    let end = before_light(tree, at);
    let ends = |high: usize| high + 1 == end || (high + 2 == end && tree.says(high + 1, ","));
    let noun = (tree.tokens.start..end).find(|noun| {
        let (low, high) = tree.extent(*noun);
        let apposed = tree.relation(*noun) == Relation::Appos && tree.is_set_off(low);
        apposed && ends(high) && high < low + LONGEST
    })?;
    let (low, high) = tree.extent(noun);
    let span = tree.span(low, high).filter(|_| is_past_or_present(tree, at))?;
    Some(Source { span: Some(span), token: Some(noun), ..Source::NONE })
}

/// Whether a verb is finite, or a participle that the tagger took a past tense for.
fn is_past_or_present(tree: &Tree<'_>, at: usize) -> bool {
    let alone = || {
        let helped = [Relation::Aux, Relation::AuxPass];
        let describes = matches!(tree.relation(at), Relation::Acl | Relation::Advcl);
        !describes && !helped.iter().any(|relation| tree.child(at, *relation).is_some())
    };
    match tree.form(at) {
        "VBD" | "VBZ" | "VBP" => true,
        "VBN" => alone(),
        _ => false,
    }
}

/// "Olmo, who had come late, said", "On Monday, Olmo, the mayor, said": the name before the comma
/// before, with all that describes it.
fn described(tree: &Tree<'_>, end: usize) -> Option<Source> {
    let start = tree.tokens.start;
    let whole = start + 2 < end && end < start + 40 && is_nominal(tree, start);
    let comma = (start..end - 1).rev().find(|at| tree.says(*at, ","));
    let low = if whole { start } else { run_before(tree, comma?) };
    let named = low + 1 < end && matches!(tree.tag(low), Upos::Propn | Upos::Noun | Upos::Det);
    tree.span(low, end - 1)
        .filter(|_| whole || named)
        .map(|span| Source { span: Some(span), ..Source::NONE })
}

/// Where the adverbs and auxiliaries before a verb start.
fn before_light(tree: &Tree<'_>, at: usize) -> usize {
    let light = |at: usize| matches!(tree.tag(at), Upos::Adv | Upos::Aux | Upos::Part);
    (tree.tokens.start..at).rev().find(|at| !light(*at)).map_or(tree.tokens.start, |at| at + 1)
}

/// Where the nouns before `end` start.
fn run_before(tree: &Tree<'_>, end: usize) -> usize {
    let first = tree.tokens.start.max(end.saturating_sub(LONGEST));
    (first..end).rev().find(|at| !is_nominal(tree, *at)).map_or(first, |at| at + 1)
}

fn is_nominal(tree: &Tree<'_>, at: usize) -> bool {
    matches!(
        tree.tag(at),
        Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Det | Upos::Adj
    ) || matches!(tree.slice(at), "of" | "in" | "for" | "'s" | "’s" | "." | "-")
}
