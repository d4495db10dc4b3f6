//! "according to X".

use chancery_text::Span;

use super::draft::Draft;
use crate::quotation::tree::Tree;
use crate::syntax::Upos;

/// "according to X": the sentence's other words are X's.
pub(super) fn according(tree: &Tree<'_>, at: usize) -> Option<Draft> {
    let first = at + 2;
    let leads = at < tree.tokens.start + 3;
    let end = source_end(tree, at, first, leads)?;
    let source = tree.span(first, end)?;
    let contents = if leads { contents_after(tree, end) } else { contents_around(tree, at, end) };
    (!contents.is_empty()).then(|| Draft {
        source: Some(source),
        cue: tree.span(at, at + 1),
        contents,
        takes_quote: true,
        by_tree: true,
        ..Draft::default()
    })
}

fn contents_after(tree: &Tree<'_>, end: usize) -> Vec<Span> {
    let last = tree.tokens.end - 1;
    let after = if end < last { tree.span(end + 1, last) } else { None };
    after.into_iter().collect()
}

/// What stands before, and what goes on after a comma if it does not describe the source.
fn contents_around(tree: &Tree<'_>, at: usize, end: usize) -> Vec<Span> {
    let last = tree.tokens.end - 1;
    let goes_on = end + 6 < last && tree.says(end + 1, ",") && !describes(tree, end + 2);
    let after = if goes_on { tree.span(end + 1, last) } else { None };
    tree.span(past_opening_word(tree), at - 1).into_iter().chain(after).collect()
}

/// Past the "and" or "but" that joins the sentence to the one before.
fn past_opening_word(tree: &Tree<'_>) -> usize {
    let start = tree.tokens.start;
    start + usize::from(tree.tag(start) == Upos::Cconj)
}

/// "according to Olmo, a lawyer", "according to the paper, which had it first".
fn describes(tree: &Tree<'_>, first: usize) -> bool {
    matches!(tree.tag(first), Upos::Det | Upos::Noun | Upos::Propn)
        || ["who", "which", "where", "whose"].iter().any(|word| tree.says(first, word))
}

/// The last token of the phrase that starts at `first`: by the tree, else up to a comma. A phrase
/// that opens the sentence has a comma after it, so that a participle in it is no end: "According to
/// polls conducted in May, …".
fn source_end(tree: &Tree<'_>, at: usize, first: usize, leads: bool) -> Option<usize> {
    if tree.tokens.end <= first {
        return None;
    }
    let ends = tree.tokens.end;
    let breaks = |at: usize| matches!(tree.slice(at), "." | ";" | "“" | "”" | "\"" | "—" | ":");
    let until = (first + 1..ends).find(|at| breaks(*at)).unwrap_or(ends);
    let closed = leads && (first + 1..until).any(|at| tree.says(at, ","));
    let stops = |at: usize| {
        let dated = tree.says(at, "on") && tree.slice(at + 1).starts_with(char::is_uppercase);
        tree.says(at, ",") || dated
    };
    let finite = (first + 1..until).find(|at| !closed && tree.is_finite(*at)).unwrap_or(until);
    let comma = (first + 1..finite).find(|at| stops(*at)).unwrap_or(finite);
    let head = tree.head(at).filter(|head| first <= *head);
    let high = head.map(|head| tree.extent(head).1).filter(|high| first <= *high && *high < finite);
    Some(match high {
        Some(high) if high < comma + 12 => high,
        _ => comma - 1,
    })
}
