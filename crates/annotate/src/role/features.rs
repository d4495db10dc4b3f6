//! What the models of roles look at.

use super::tree::Tree;
use crate::syntax::weights::{keys, pair, triple};
use crate::syntax::{Relation, Upos};

/// How many features a predicate has.
pub const PREDICATE: usize = 20;
/// How many features an argument has.
pub const ARGUMENT: usize = 48;

/// Stands for a word that is not there.
const NOTHING: u64 = 7;

/// The features of a word that may be a predicate.
pub fn predicate(tree: &Tree, at: usize) -> [u32; PREDICATE] {
    let word = &tree.words[at];
    let (relation, upos) = (word.relation as u64, word.upos as u64);
    let head = word.head.map(|head| &tree.words[head]);
    let (head_lemma, head_upos) =
        head.map_or((NOTHING, NOTHING), |head| (head.lemma, head.upos as u64));
    let children = relations(tree, at);
    let near = |shift: isize| at.checked_add_signed(shift).and_then(|at| tree.words.get(at));
    let lemma = |shift: isize| near(shift).map_or(NOTHING, |word| word.lemma);
    let case = tree.child(at, &[Relation::Case]).map_or(NOTHING, |case| tree.words[case].lemma);
    let of = tree.child(at, &[Relation::Nmod]).map_or(NOTHING, |of| marker(tree, of));
    keys([
        0,
        word.lemma,
        pair(word.lemma, upos),
        pair(word.lemma, relation),
        triple(word.lemma, upos, relation),
        word.xpos,
        pair(word.xpos, relation),
        pair(upos, relation),
        children,
        pair(word.lemma, children),
        pair(upos, children),
        pair(word.lemma, head_lemma),
        triple(word.lemma, relation, head_upos),
        pair(relation, head_lemma),
        pair(word.lemma, lemma(1)),
        pair(word.lemma, lemma(-1)),
        pair(word.lemma, case),
        pair(word.lemma, of),
        triple(word.lemma, case, of),
        pair(word.xpos, lemma(-1)),
    ])
}

/// The relations of a word's children that tell most, whatever their order.
fn relations(tree: &Tree, at: usize) -> u64 {
    let telling = tree.words[at].children.iter().map(|child| tree.words[*child].relation);
    telling
        .filter(|relation| !matches!(relation, Relation::Punct | Relation::Conj | Relation::Cc))
        .map(|relation| 1u64 << (relation as u64 & 63))
        .fold(0, |all, one| all | one)
}

/// The preposition, conjunction or possessive mark of a word.
fn marker(tree: &Tree, at: usize) -> u64 {
    tree.child(at, &[Relation::Case, Relation::Mark])
        .map_or(NOTHING, |marker| tree.words[marker].lemma)
}

/// Whether a predicate is in the passive, and how else it is used.
fn voice(tree: &Tree, at: usize) -> u64 {
    let passive = tree.child(at, &[Relation::AuxPass, Relation::NsubjPass, Relation::CsubjPass]);
    let participle = tree.words[at].upos == Upos::Verb
        && matches!(tree.words[at].relation, Relation::Acl | Relation::Amod);
    let object = tree.child(at, &[Relation::Obj]).is_some();
    let subject =
        tree.child(at, &[Relation::Nsubj, Relation::NsubjPass, Relation::Csubj]).is_some();
    u64::from(passive.is_some())
        | u64::from(participle) << 1
        | u64::from(object) << 2
        | u64::from(subject) << 3
}

/// The features of a word that may be an argument of a predicate.
pub fn argument(tree: &Tree, of: usize, at: usize) -> [u32; ARGUMENT] {
    let (pred, word) = (&tree.words[of], &tree.words[at]);
    let path = tree.path(of, at);
    let shape = path.map_or(NOTHING, |path| u64::from(path.key));
    let steps = path.map_or(NOTHING, |path| (path.up * 8 + path.down) as u64);
    let (relation, upos) = (word.relation as u64, word.upos as u64);
    let marker = marker(tree, at);
    let voice = voice(tree, of);
    let side = u64::from(at < of);
    let far = match at.abs_diff(of) {
        near @ 0..=3 => near as u64,
        4..=6 => 4,
        7..=12 => 5,
        _ => 6,
    };
    let frame = relations(tree, of);
    let inside = relations(tree, at);
    let (lemma, pred_pos) = (pred.lemma, pred.upos as u64);
    let object = tree.child(at, &[Relation::Obj, Relation::Nmod, Relation::Obl]);
    let object = object.map_or(NOTHING, |object| tree.words[object].lemma);
    // Children of the same relation before it: a second object, a second oblique.
    let rank = word.head.map_or(0, |head| {
        let before = tree.words[head].children.iter().take_while(|child| **child < at);
        before.filter(|child| tree.words[**child].relation == word.relation).count() as u64
    });
    let siblings = word.head.map_or(NOTHING, |head| relations(tree, head));
    let pred_relation = pred.relation as u64;
    keys([
        0,
        shape,
        pair(shape, lemma),
        pair(shape, pred_pos),
        pair(shape, voice),
        triple(shape, voice, lemma),
        pair(shape, marker),
        triple(shape, marker, lemma),
        pair(shape, word.lemma),
        triple(shape, word.lemma, lemma),
        pair(shape, upos),
        pair(shape, word.xpos),
        triple(shape, upos, lemma),
        pair(shape, side),
        triple(shape, side, voice),
        pair(shape, frame),
        triple(shape, frame, lemma),
        triple(shape, pred.xpos, voice),
        pair(relation, lemma),
        triple(relation, lemma, voice),
        pair(relation, marker),
        triple(relation, marker, lemma),
        pair(relation, word.lemma),
        triple(relation, word.lemma, marker),
        word.lemma,
        pair(word.lemma, lemma),
        pair(word.lemma, marker),
        triple(word.lemma, marker, relation),
        marker,
        pair(marker, lemma),
        pair(marker, upos),
        triple(marker, upos, side),
        pair(steps, upos),
        pair(steps, relation),
        triple(steps, relation, lemma),
        pair(side, far),
        triple(shape, far, side),
        triple(shape, rank, lemma),
        pair(shape, rank),
        pair(shape, inside),
        pair(relation, inside),
        pair(shape, object),
        triple(marker, object, relation),
        triple(shape, siblings, voice),
        pair(shape, pred_relation),
        triple(shape, pred_relation, lemma),
        triple(marker, word.lemma, lemma),
        triple(relation, word.xpos, marker),
    ])
}
