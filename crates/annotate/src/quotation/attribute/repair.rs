//! Sayings whose clause the parser hung elsewhere, and verbs that it took for nouns.

use chancery_text::Span;

use super::draft::Draft;
use super::source::Source;
use super::verb::cue_span;
use crate::quotation::cue::{Cue, QuotationKit};
use crate::quotation::tree::Tree;
use crate::syntax::{Relation, Upos};

/// Words that open an indirect question.
const ASKS: [&str; 7] = ["when", "where", "why", "how", "whether", "if", "what"];

/// "has not said when it will open", "said where he was", where the question counts as telling when
/// or where it was said.
pub(super) fn question(tree: &Tree<'_>, at: usize) -> Option<(usize, usize)> {
    let next = at + 1;
    let asked = ASKS[..4].iter().any(|word| tree.says(next, word));
    let negated = || tree.children(at).any(|child| matches!(tree.slice(child), "not" | "n't" | "n’t" | "never"));
    let clause = tree.children(at).find(|child| {
        tree.relation(*child) == Relation::Advcl && tree.extent(*child).0 == next
    })?;
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

/// "The road is closed, said a handful of drivers": a clause before a verb of saying whose subject
/// follows and was taken for its object. Gives the source and the clause.
pub(super) fn inverted(tree: &Tree<'_>, at: usize, cue: &Cue) -> Option<(Source, Span)> {
    let start = tree.tokens.start;
    let comma = at.checked_sub(1).filter(|comma| start + 2 < *comma && tree.says(*comma, ","))?;
    let form = matches!(tree.form(at), "VBD" | "VBZ" | "VBP" | "VB");
    let sayer = tree.child(at, Relation::Obj).filter(|sayer| at < *sayer)?;
    let (low, high) = tree.extent(sayer);
    let own = [Relation::Nsubj, Relation::Ccomp, Relation::Xcomp, Relation::Aux];
    let alone = own.iter().all(|relation| tree.child(at, *relation).is_none_or(|own| own < at));
    let subject = tree.child(at, Relation::Nsubj).is_some();
    let clause = (start..comma).any(|at| tree.is_finite(at));
    let fits = cue.frames.that && cue.frames.quote && form && alone && !subject && clause;
    let source = Source { span: tree.span(low.max(at + 1), high), token: Some(sayer), ..Source::NONE };
    let content = tree.span(start, comma - 1)?;
    (fits && low == at + 1).then_some((source, content))
}

/// "Video shows that it fell", "A third say they agree", where the verb was taken for a noun: what
/// stands before it is the source.
pub(super) fn noun_that_says(tree: &Tree<'_>, at: usize, kit: &QuotationKit) -> Option<Draft> {
    let cue = kit.verb(tree.slice(at)).filter(|cue| cue.frames.that)?;
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
