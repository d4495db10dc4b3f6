//! Two words that attribute together: "took issue with …", "made clear that …", "spoke out against …".

use super::draft::Draft;
use super::noun::complement;
use super::source::subject;
use super::verb::{cue_span, is_auxiliary};
use crate::quotation::cue::{Cue, QuotationKit};
use crate::quotation::tree::Tree;
use crate::syntax::Relation;

/// The draft of the idiom that the verb at `at` starts.
pub(super) fn idiom(tree: &Tree<'_>, at: usize, kit: &QuotationKit) -> Option<Draft> {
    if is_auxiliary(tree, at) || !kit.starts_idiom(tree.slice(at)) {
        return None;
    }
    tree.children(at).filter(|second| at < *second && joins(tree, *second)).find_map(|second| {
        let cue = kit.idiom(tree.slice(at), tree.slice(second))?;
        told(tree, at, second, cue)
    })
}

/// Whether a word may be the second of an idiom.
fn joins(tree: &Tree<'_>, second: usize) -> bool {
    matches!(
        tree.relation(second),
        Relation::Obj | Relation::Xcomp | Relation::CompoundPrt | Relation::Advmod
    )
}

fn told(tree: &Tree<'_>, at: usize, second: usize, cue: &Cue) -> Option<Draft> {
    let after = |extent: &(usize, usize)| second < extent.0;
    let (low, high) = complement(tree, second, cue)
        .or_else(|| complement(tree, at, cue))
        .filter(after)
        .or_else(|| object(tree, at, second, cue))?;
    let source = subject(tree, at);
    let content = tree.span(low, high)?;
    (source.span.is_some() || source.dropped).then(|| Draft {
        source: source.span,
        cue: cue_span(tree, at, second),
        contents: vec![content],
        denied: cue.denies,
        attitude: cue.attitude,
        dropped: source.dropped,
        shared: source.shared,
        by_tree: true,
        ..Draft::default()
    })
}

/// "ruled out a deal": the object of verb and particle, on either side of the particle.
fn object(tree: &Tree<'_>, at: usize, second: usize, cue: &Cue) -> Option<(usize, usize)> {
    let object = tree.child(at, Relation::Obj).filter(|object| *object != second && at < *object);
    object.filter(|_| cue.frames.obj).map(|object| tree.extent(object))
}
