//! Attribution by word order, for texts without trees.

use chancery_text::Span;

use super::draft::Draft;
use crate::quotation::cue::Cue;
use crate::quotation::tree::Tree;

/// Most words of a source.
const LONGEST: usize = 12;

/// Words and marks that no source reaches over.
const BORDERS: [&str; 16] = [
    ",", ";", ":", ".", "”", "“", "\"", "?", "!", "and", "but", "that", "when", "while", "as",
    "after",
];

/// Words between a source and its verb.
const LIGHT: [&str; 14] = [
    "has",
    "have",
    "had",
    "also",
    "later",
    "on",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "not",
];

/// "X said that …", "…, said X", by word order.
pub(super) fn flat(tree: &Tree<'_>, at: usize, cue: &Cue) -> Option<Draft> {
    let attributes = cue.frames.that || cue.frames.quote;
    let opens = tree.tokens.start == at && tree.slice(at) == "says";
    if !is_finite(tree.slice(at)) || !attributes || opens {
        return None;
    }
    let before = source_before(tree, at);
    let inverted = before.is_none() && tree.tokens.start < at && closes(tree, at - 1);
    let (source, rest) = if inverted { source_after(tree, at) } else { (before, at + 1) };
    let contents = if inverted { None } else { content_from(tree, rest, cue) };
    let draft = Draft {
        source,
        cue: tree.span(at, at),
        denied: cue.denies,
        takes_quote: cue.frames.quote,
        dropped: source.is_none() && at == tree.tokens.start,
        by_tree: contents.is_some(),
        contents: contents.into_iter().collect(),
        ..Draft::default()
    };
    (draft.by_tree || draft.takes_quote).then_some(draft)
}

/// By the look of the word.
fn is_finite(word: &str) -> bool {
    word.ends_with("ed")
        || word.ends_with('s')
        || matches!(word, "said" | "told" | "wrote" | "say" | "swore" | "spoke")
}

fn is_border(tree: &Tree<'_>, at: usize) -> bool {
    BORDERS.contains(&tree.slice(at)) || matches!(tree.slice(at), "who" | "which")
}

fn is_light(tree: &Tree<'_>, at: usize) -> bool {
    LIGHT.contains(&tree.slice(at)) || tree.slice(at) == "then"
}

/// Whether a quotation may end with the token.
fn closes(tree: &Tree<'_>, at: usize) -> bool {
    matches!(tree.slice(at), "”" | "\"" | "," | "’")
}

/// The words before the verb.
fn source_before(tree: &Tree<'_>, at: usize) -> Option<Span> {
    let start = tree.tokens.start;
    let high = (start..at).rev().find(|at| !is_light(tree, *at))? + 1;
    let first = start.max(high.saturating_sub(LONGEST));
    let low = (first..high).rev().find(|at| is_border(tree, *at)).map_or(first, |at| at + 1);
    if low < high { tree.span(low, high - 1) } else { None }
}

/// The words after the verb, and where they end.
fn source_after(tree: &Tree<'_>, at: usize) -> (Option<Span>, usize) {
    let limit = tree.tokens.end.min(at + LONGEST + 2);
    let end =
        (at + 1..limit).find(|at| is_border(tree, *at) || is_light(tree, *at)).unwrap_or(limit);
    (if at + 1 < end { tree.span(at + 1, end - 1) } else { None }, end)
}

/// The rest of the sentence, from its "that" if one is near.
fn content_from(tree: &Tree<'_>, rest: usize, cue: &Cue) -> Option<Span> {
    let end = tree.tokens.end;
    let goes_on = rest < end && !matches!(tree.slice(rest), "." | "," | "by" | "of");
    if !(cue.frames.that && goes_on) {
        return None;
    }
    let that = (rest..end.min(rest + 8)).find(|at| tree.slice(*at) == "that");
    tree.span(that.unwrap_or(rest), end - 1)
}
