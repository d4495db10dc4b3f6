//! Relative pronouns before a source: "which, she said, is closed", "what he called “a trap”".

use chancery_text::Span;

use super::source::Source;
use crate::quotation::tree::Tree;
use crate::syntax::Upos;

/// The source without a relative pronoun in front of it, and the pronoun, which stands for a part of
/// what is said.
pub(super) fn extracted(tree: &Tree<'_>, at: usize, source: Source) -> (Source, Option<Span>) {
    let Some(span) = source.span else { return (source, None) };
    let Some(first) = (tree.tokens.start..at).find(|at| tree.text.tokens[*at].span.start == span.start)
    else {
        return (source, None);
    };
    if stands_for_content(tree, first) && first + 1 < at {
        let rest = Span { start: tree.text.tokens[first + 1].span.start, ..span };
        let source = Source { span: (rest.start < rest.end).then_some(rest), ..source };
        return (source, tree.span(first, first));
    }
    let before = first.checked_sub(1).filter(|before| tree.tokens.contains(before));
    let before = before.map(|before| before - usize::from(tree.says(before, ",")));
    let pronoun = before.filter(|at| tree.tokens.contains(at) && stands_for_content(tree, *at));
    (source, pronoun.and_then(|at| tree.span(at, at)))
}

fn stands_for_content(tree: &Tree<'_>, at: usize) -> bool {
    match tree.slice(at).to_ascii_lowercase().as_str() {
        "which" | "what" | "whom" => true,
        "that" | "who" => tree.tag(at) == Upos::Pron && matches!(tree.form(at), "WDT" | "WP"),
        _ => false,
    }
}
