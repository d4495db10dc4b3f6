//! From a cue to its source and its content, by the tree; by word order where there is no tree.

mod according;
mod addressee;
mod around;
mod asked;
mod beside;
mod border;
mod content;
mod draft;
mod flat;
mod idiom;
mod noun;
mod opening;
mod participle;
mod raised;
mod relative;
mod repair;
mod source;
mod verb;

pub(super) use draft::Draft;

use super::cue::QuotationKit;
use super::tree::Tree;
use crate::syntax::Upos;
use according::according;
use flat::flat;
use idiom::idiom;
use noun::{adjective, noun};
use opening::without_opening;
use repair::noun_that_says;
use verb::verb;

/// The drafts of one sentence, in the order of their cues.
pub(super) fn drafts(tree: &Tree<'_>, kit: &QuotationKit) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    for at in tree.tokens.clone() {
        let mut draft = draft(tree, at, kit);
        let before = drafts.iter().find(|before| before.next == Some(at));
        if let (Some(draft), Some(before)) = (&mut draft, before) {
            (draft.source, draft.shared, draft.dropped) = (before.source, true, false);
            draft.goes_on = true;
        }
        if let Some(draft) = &mut draft {
            without_opening(tree, draft.cue, &mut draft.contents);
        }
        drafts.extend(draft);
    }
    drafts
}

fn draft(tree: &Tree<'_>, at: usize, kit: &QuotationKit) -> Option<Draft> {
    if tree.says(at, "according") && tree.says(at + 1, "to") {
        return according(tree, at);
    }
    let word = tree.slice(at);
    if !tree.read {
        return kit.verb(word).and_then(|cue| flat(tree, at, cue));
    }
    match tree.tag(at) {
        Upos::Verb | Upos::Aux => {
            idiom(tree, at, kit).or_else(|| kit.verb(word).and_then(|cue| verb(tree, at, cue, kit)))
        }
        Upos::Noun => {
            let named = |cue| noun(tree, at, cue);
            noun_that_says(tree, at, kit).or_else(|| kit.noun(word).and_then(named))
        }
        Upos::Adj => kit.adjective(word).and_then(|cue| adjective(tree, at, cue)),
        _ => None,
    }
}
