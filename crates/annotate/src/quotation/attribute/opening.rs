//! Where what is said may start in a sentence: past its dateline, and past the word that joins it to the
//! sentence before.

use chancery_text::Span;

use crate::quotation::tree::Tree;
use crate::syntax::Upos;

/// Most tokens of a dateline: "ZADAR, Dorn, Dec. 11 (Dornpress) —".
const LONGEST: usize = 14;

/// Words that join a sentence to the one before, where a comma follows, sorted.
const JOINING: [&str; 9] = [
    "also",
    "besides",
    "conversely",
    "furthermore",
    "however",
    "likewise",
    "meanwhile",
    "moreover",
    "still",
];

/// The contents, those before their cue without the opening of the sentence.
pub(super) fn without_opening(tree: &Tree<'_>, cue: Option<Span>, contents: &mut Vec<Span>) {
    let start = tree.tokens.start;
    let first = tree.text.tokens[start].span.start;
    let opens =
        |content: &Span| content.start == first && cue.is_none_or(|cue| content.end <= cue.start);
    if !contents.iter().any(opens) {
        return;
    }
    let past = past_dateline(tree);
    let past = if contents.len() == 1 { past_joining(tree, past) } else { past };
    let past = tree.text.tokens[past.min(tree.tokens.end - 1)].span.start;
    for content in contents.iter_mut().filter(|content| opens(content)) {
        content.start = past.min(content.end);
    }
    contents.retain(|content| content.start < content.end);
}

/// "ZADAR (Dornpress) — ", "ZADAR, Dec. 11 —": capitals or an agency, then a dash.
fn past_dateline(tree: &Tree<'_>) -> usize {
    let start = tree.tokens.start;
    let end = tree.tokens.end.min(start + LONGEST);
    let dash = |at: usize| matches!(tree.slice(at), "–" | "—" | "-" | "--" | "―");
    let apart = |at: usize| {
        let (before, here) = (tree.text.tokens[at - 1].span, tree.text.tokens[at].span);
        before.end < here.start || tree.says(at - 1, ")")
    };
    let Some(dash) = (start + 1..end).find(|at| dash(*at) && apart(*at)) else { return start };
    let word = tree.slice(start);
    let capitals = word.chars().count() > 2 && word.chars().all(|c| !c.is_lowercase());
    let agency = tree.says(dash - 1, ")") && word.starts_with(char::is_uppercase);
    let verbless = (start..dash).all(|at| !tree.is_finite(at));
    if verbless && (capitals || agency) { dash + 1 } else { start }
}

/// "But …", "However, …".
fn past_joining(tree: &Tree<'_>, start: usize) -> usize {
    let word = tree.slice(start).to_ascii_lowercase();
    let comma = usize::from(tree.says(start + 1, ","));
    let joins = tree.tag(start) == Upos::Cconj && matches!(word.as_str(), "but" | "and" | "yet")
        || comma == 1 && JOINING.binary_search(&word.as_str()).is_ok();
    if joins { start + 1 + comma } else { start }
}
