//! "according to X".

use chancery_text::Span;

use super::draft::Draft;
use crate::quotation::tree::Tree;

/// "according to X": the sentence's other words are X's.
pub(super) fn according(tree: &Tree<'_>, at: usize) -> Option<Draft> {
    let first = at + 2;
    let end = source_end(tree, at, first)?;
    let source = tree.span(first, end)?;
    let (from, to) = (tree.tokens.start, tree.tokens.end - 1);
    let before = if from < at { tree.span(from, at - 1) } else { None };
    let leads = before.is_none() || at < from + 3;
    let content = if leads { if end < to { tree.span(end + 1, to) } else { None } } else { before };
    let mut contents: Vec<Span> = content.into_iter().collect();
    if !leads && end < to && tree.says(end + 1, ",") && end + 6 < to {
        contents.extend(tree.span(end + 1, to));
    }
    (!contents.is_empty()).then(|| Draft {
        source: Some(source),
        cue: tree.span(at, at + 1),
        contents,
        takes_quote: true,
        by_tree: true,
        ..Draft::default()
    })
}

/// The last token of the phrase that starts at `first`: by the tree, else up to a comma.
fn source_end(tree: &Tree<'_>, at: usize, first: usize) -> Option<usize> {
    if tree.tokens.end <= first {
        return None;
    }
    let stops = |at: usize| {
        matches!(tree.slice(at), "." | ";" | "“" | "”" | "\"" | "—" | ":")
            || (tree.says(at, "on") && tree.slice(at + 1).starts_with(char::is_uppercase))
            || (at > first
                && tree
                    .word(at)
                    .is_some_and(|word| matches!(word.xpos, "VBD" | "VBZ" | "VBP" | "MD")))
    };
    let stop = (first + 1..tree.tokens.end).find(|at| stops(*at)).unwrap_or(tree.tokens.end);
    let comma = (first + 1..stop).find(|at| tree.slice(*at) == ",").unwrap_or(stop);
    let head = tree.head(at).filter(|head| first <= *head);
    let high = head.map(|head| tree.extent(head).1).filter(|high| first <= *high && *high < stop);
    Some(match high {
        Some(high) if high < comma + 12 => high,
        _ => comma - 1,
    })
}
