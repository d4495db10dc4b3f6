//! Sayings whose clause the parser hung elsewhere, and verbs that it took for nouns.

use chancery_text::Span;

use super::draft::Draft;
use super::source::Source;
use super::verb::cue_span;
use crate::quotation::cue::{Cue, QuotationKit};
use crate::quotation::tree::Tree;
use crate::syntax::{Relation, Upos};

/// "has not said when it will open", "said where he was", where the question counts as telling when
/// or where it was said.
pub(super) fn question(tree: &Tree<'_>, at: usize) -> Option<(usize, usize)> {
    let next = at + 1;
    let asked = ["when", "where", "why", "how"].iter().any(|word| tree.says(next, word));
    let negated = || {
        tree.children(at).any(|child| matches!(tree.slice(child), "not" | "n't" | "n’t" | "never"))
    };
    let clause = tree
        .children(at)
        .find(|child| tree.relation(*child) == Relation::Advcl && tree.extent(*child).0 == next)?;
    (asked && (negated() || !tree.says(next, "when"))).then(|| tree.extent(clause))
}

/// The clause that starts right after the verb, with a subject of its own.
pub(super) fn clause_after(tree: &Tree<'_>, at: usize) -> Option<(usize, usize)> {
    let next = at + 1;
    let start = next + usize::from(tree.says(next, "that"));
    let subject = (start..tree.tokens.end.min(start + 8)).find(|subject| {
        matches!(tree.relation(*subject), Relation::Nsubj | Relation::NsubjPass)
            && tree.extent(*subject).0 == start
            && !tree.says(*subject, "who")
            && !tree.says(*subject, "which")
    })?;
    let verb = tree.head(subject).filter(|verb| subject < *verb)?;
    let told = (start..=verb).any(|at| tree.is_finite(at));
    let (low, high) = tree.extent(verb);
    let high = if low <= at { tree.tokens.end - 1 } else { high };
    told.then_some((next, high))
}

/// "The road is closed, said a handful of drivers", "The road, said a driver, is closed": a clause
/// around a verb of saying whose subject follows and was taken for its object. Gives the source and
/// the clause.
pub(super) fn inverted(tree: &Tree<'_>, at: usize, cue: &Cue) -> Option<(Source, Vec<Span>)> {
    let start = tree.tokens.start;
    let comma = at.checked_sub(1).filter(|comma| start < *comma && tree.says(*comma, ","))?;
    let sayer = [Relation::Obj, Relation::Nsubj]
        .into_iter()
        .flat_map(|relation| {
            tree.children(at).filter(move |child| tree.relation(*child) == relation)
        })
        .find(|sayer| at < *sayer && tree.extent(*sayer).0 == at + 1)?;
    let (low, high) = tree.extent(sayer);
    let source = Source { span: tree.span(low, high), token: Some(sayer), ..Source::NONE };
    let before = tree.span(start, comma - 1)?;
    let clause = (start..comma).any(|at| tree.is_finite(at));
    let contents = match resumed(tree, high) {
        Some(after) => vec![before, after],
        None if clause && is_misread(tree, at) => vec![before],
        None => return None,
    };
    let form = matches!(tree.form(at), "VBD" | "VBZ" | "VBP" | "VB");
    (cue.frames.that && cue.frames.quote && form).then_some((source, contents))
}

/// Whether a verb of saying has an object for its subject, and no clause after it.
fn is_misread(tree: &Tree<'_>, at: usize) -> bool {
    let own = [Relation::Ccomp, Relation::Xcomp, Relation::Aux];
    let alone = own.iter().all(|relation| tree.child(at, *relation).is_none_or(|own| own < at));
    alone && tree.child(at, Relation::Nsubj).is_none()
}

/// What goes on after the source and a comma with a verb that has its subject before the attribution.
fn resumed(tree: &Tree<'_>, high: usize) -> Option<Span> {
    let verb = high + 2;
    let goes_on = tree.says(high + 1, ",") && tree.tokens.contains(&verb) && tree.is_finite(verb);
    if goes_on { tree.span(verb, tree.tokens.end - 1) } else { None }
}

/// "Video shows that it fell", "A third say they agree", where the verb was taken for a noun: what
/// stands before it is the source.
pub(super) fn noun_that_says(tree: &Tree<'_>, at: usize, kit: &QuotationKit) -> Option<Draft> {
    let noun = kit.noun(tree.slice(at)).is_some() && tree.child(at, Relation::Nsubj).is_none();
    let cue = kit.verb(tree.slice(at)).filter(|cue| cue.frames.that && !noun)?;
    let clause = tree.child(at, Relation::Ccomp).filter(|clause| at < *clause)?;
    let (low, high) = tree.extent(clause);
    let subject = tree.child(clause, Relation::Nsubj).is_some();
    let (first, _) = tree.extent(at);
    let source = if first < at { tree.span(first, at - 1) } else { None }?;
    let verbless = (first..at).all(|at| !matches!(tree.tag(at), Upos::Verb | Upos::Aux));
    let content = tree.span(low, high)?;
    (subject && verbless && low == at + 1).then(|| Draft {
        source: Some(source),
        cue: cue_span(tree, at, at),
        contents: vec![content],
        denied: cue.denies,
        attitude: cue.attitude,
        by_tree: true,
        ..Draft::default()
    })
}
