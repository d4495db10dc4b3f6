//! Nouns and adjectives that attribute: "the claim that …", "Olmo is confident that …".

use chancery_text::Span;

use super::draft::Draft;
use super::source::subject;
use crate::quotation::cue::Cue;
use crate::quotation::tree::Tree;
use crate::syntax::Relation;

/// "the claim that …", "her call for …", with whose they are.
pub(super) fn noun(tree: &Tree<'_>, at: usize, cue: &Cue) -> Option<Draft> {
    let (low, high) = carried(tree, at, cue)?;
    let source = match owner(tree, at, low) {
        Some(owner) => possessor(tree, owner),
        None => verb_over(tree, at),
    };
    let content = tree.span(low.max(at + 1), high)?;
    Some(Draft {
        source,
        cue: tree.span(at, at),
        contents: vec![content],
        denied: cue.denies,
        attitude: cue.attitude,
        by_tree: true,
        ..Draft::default()
    })
}

/// "Olmo is confident that …", "they are critical of …".
pub(super) fn adjective(tree: &Tree<'_>, at: usize, cue: &Cue) -> Option<Draft> {
    let copula = tree.child(at, Relation::Cop).filter(|copula| *copula < at)?;
    let (low, high) = complement(tree, at, cue)?;
    let source = subject(tree, at);
    let content = tree.span(low, high)?;
    Some(Draft {
        source: source.span.filter(|_| !source.token.is_some_and(|token| tree.says(token, "it"))),
        cue: tree.span(copula, at),
        contents: vec![content],
        denied: cue.denies,
        attitude: cue.attitude,
        shared: source.shared,
        by_tree: true,
        ..Draft::default()
    })
}

/// What a noun or an adjective carries: a clause with "that", an infinitive, or what follows one of
/// its prepositions.
pub(super) fn complement(tree: &Tree<'_>, at: usize, cue: &Cue) -> Option<(usize, usize)> {
    tree.children(at).filter(|child| at < *child).find_map(|child| {
        let (low, high) = tree.extent(child);
        let marked = |word: &str| {
            tree.children(child)
                .any(|mark| tree.relation(mark) == Relation::Mark && tree.says(mark, word))
        };
        let carried = |word: &&str| tree.says(low, word) && low < high;
        match tree.relation(child) {
            Relation::Acl
            | Relation::Ccomp
            | Relation::AclRelcl
            | Relation::Advcl
            | Relation::Xcomp
                if (cue.frames.that && marked("that")) || (cue.frames.inf && marked("to")) =>
            {
                Some((low, high))
            }
            Relation::Ccomp if cue.frames.that => Some((low, high)),
            Relation::Nmod | Relation::Obl | Relation::Acl | Relation::Advcl => {
                cue.frames.prepositions.iter().find(|word| carried(word)).map(|_| (low + 1, high))
            }
            _ => None,
        }
    })
}

/// What a noun carries, its own or what the parser hung on the verb that has it: "voiced support for
/// the plan".
pub(super) fn carried(tree: &Tree<'_>, at: usize, cue: &Cue) -> Option<(usize, usize)> {
    let had = tree.relation(at) == Relation::Obj;
    complement(tree, at, cue).or_else(|| {
        let verb = tree.head(at).filter(|verb| had && *verb < at)?;
        complement(tree, verb, cue).filter(|(low, _)| at < *low && *low <= at + 2)
    })
}

/// The token of whose it is: "Olmo's claim", "claims by Olmo".
fn owner(tree: &Tree<'_>, at: usize, content: usize) -> Option<usize> {
    let by = |child: &usize| {
        tree.relation(*child) == Relation::Nmod
            && (*child < content || tree.extent(*child).0 + 1 != content)
            && tree.children(*child).any(|case| tree.says(case, "by") || tree.says(case, "from"))
    };
    tree.child(at, Relation::NmodPoss).or_else(|| tree.children(at).find(by))
}

/// The owner's phrase without "by" and "'s".
fn possessor(tree: &Tree<'_>, owner: usize) -> Option<Span> {
    let (low, high) = tree.extent(owner);
    let case = ["by", "from"].iter().any(|word| tree.says(low, word));
    let ends = high > owner && matches!(tree.slice(high), "'s" | "’s" | "'" | "’");
    tree.span(low + usize::from(case), high - usize::from(ends))
}

/// Whose claim it is where a verb has it: "they voiced concern that …", "they spoke in support of …".
fn verb_over(tree: &Tree<'_>, at: usize) -> Option<Span> {
    let had = matches!(tree.relation(at), Relation::Obj | Relation::Obl);
    let verb = tree.head(at).filter(|_| had)?;
    subject(tree, verb).span
}
