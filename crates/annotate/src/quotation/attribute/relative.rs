//! Relative pronouns before a source: "which, she said, is closed", "what he called “a trap”".

use chancery_text::Span;

use super::source::Source;
use crate::quotation::cue::Cue;
use crate::quotation::tree::Tree;
use crate::syntax::{Relation, Upos};

/// The source without a relative pronoun in front of it, and the pronoun, which stands for a part of
/// what is said.
pub(super) fn extracted(
    tree: &Tree<'_>,
    at: usize,
    cue: &Cue,
    source: Source,
) -> (Source, Option<Span>) {
    let Some(span) = source.span else { return (source, None) };
    let Some(first) =
        (tree.tokens.start..at).find(|at| tree.text.tokens[*at].span.start == span.start)
    else {
        return (source, None);
    };
    let verbless = !matches!(tree.tag(first + 1), Upos::Verb | Upos::Aux);
    if stands_for_content(tree, first) && first + 1 < at && verbless {
        let rest = Span { start: tree.text.tokens[first + 1].span.start, ..span };
        let source = Source { span: (rest.start < rest.end).then_some(rest), ..source };
        return (source, pronoun(tree, at, cue, first));
    }
    if let Some(noun) = described(tree, at, first) {
        return (source, pronoun(tree, at, cue, first).and(tree.span(noun.0, noun.1)));
    }
    let before = first.checked_sub(1).filter(|before| tree.tokens.contains(before));
    let before = before.map(|before| before - usize::from(tree.says(before, ",")));
    let before = before.filter(|at| tree.tokens.contains(at) && stands_for_content(tree, *at));
    (source, before.and_then(|before| pronoun(tree, at, cue, before)))
}

/// "a fight he expects to last": the noun right before the source, which the clause describes without
/// a pronoun.
fn described(tree: &Tree<'_>, at: usize, first: usize) -> Option<(usize, usize)> {
    let noun =
        tree.head(at).filter(|noun| *noun < first && tree.relation(at) == Relation::AclRelcl)?;
    let end = first.checked_sub(1).filter(|end| tree.tokens.contains(end))?;
    let nominal = matches!(tree.tag(end), Upos::Noun | Upos::Propn | Upos::Num);
    let (low, _) = tree.extent(noun);
    let whole = (low..=end).all(|at| !matches!(tree.tag(at), Upos::Verb | Upos::Aux | Upos::Punct));
    let low = low + usize::from(tree.tag(low) == Upos::Adp);
    (nominal && whole && low <= end).then_some((low, end))
}

/// The pronoun if what follows the verb lacks what it stands for.
fn pronoun(tree: &Tree<'_>, at: usize, cue: &Cue, pronoun: usize) -> Option<Span> {
    let what = tree.says(pronoun, "what");
    let whole = tree.says(at + 1, "that")
        || tree.child(at, Relation::Obj).is_some_and(|object| at < object && !cue.frames.of_as);
    let led = pronoun
        .checked_sub(1)
        .is_some_and(|before| tree.tokens.contains(&before) && tree.tag(before) == Upos::Adp);
    let says = cue.frames.that || cue.frames.obj || cue.frames.of_as;
    (says && (what || !(whole || led))).then(|| tree.span(pronoun, pronoun)).flatten()
}

fn stands_for_content(tree: &Tree<'_>, at: usize) -> bool {
    match tree.slice(at).to_ascii_lowercase().as_str() {
        "which" | "what" | "whom" => true,
        "that" | "who" => tree.tag(at) == Upos::Pron && matches!(tree.form(at), "WDT" | "WP"),
        _ => false,
    }
}
