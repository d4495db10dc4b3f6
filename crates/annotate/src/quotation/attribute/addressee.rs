//! Whom something was said to: "told reporters", "said to the council".

use chancery_text::Span;

use crate::quotation::cue::Cue;
use crate::quotation::tree::Tree;
use crate::syntax::{Relation, Upos};

pub(super) fn addressee(tree: &Tree<'_>, at: usize, cue: &Cue) -> Option<Span> {
    let object = |relation| tree.child(at, relation).filter(|child| tree.tag(*child) != Upos::Verb);
    let spoken_to = if cue.frames.to_whom || cue.frames.urge {
        object(Relation::Iobj).or_else(|| object(Relation::Obj))
    } else {
        None
    };
    let to = || {
        tree.children(at).find(|child| {
            tree.relation(*child) == Relation::Obl
                && at < *child
                && tree
                    .children(*child)
                    .any(|case| tree.relation(case) == Relation::Case && tree.says(case, "to"))
        })
    };
    let token = match spoken_to {
        Some(token) => token,
        None if cue.frames.that => to()?,
        None => return None,
    };
    let (low, high) = tree.extent(token);
    let low = low + usize::from(tree.says(low, "to"));
    let high = clause_start(tree, token, high);
    tree.span(low.min(token), high.max(token))
}

/// The last token of the phrase of `token` before a clause or a quotation in it starts.
fn clause_start(tree: &Tree<'_>, token: usize, high: usize) -> usize {
    let marks = (token + 1..=high).find(|at| {
        matches!(tree.slice(*at), "“" | "\"" | "''" | "``" | "," | ":" | "that")
            || tree.tag(*at) == Upos::Verb
    });
    marks.map_or(high, |at| at - 1)
}
