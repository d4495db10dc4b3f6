//! What a word that tells nothing itself refers to: "an order, which …", "This came after …", "the move".

use super::Page;
use super::deed::{Telling, is_empty};
use super::headline::are_kin;
use super::told::{Form, Part};
use crate::syntax::{Relation, Tree, Upos};

/// Steps from a relative pronoun up to the clause that it opens.
const CLIMB: usize = 6;
/// Sentences after a telling in which another word looks back at it.
const NEAR: u32 = 2;

/// The earlier occurrence that a pronoun refers to.
pub(super) fn of_pronoun(
    page: &Page<'_>,
    earlier: &[Telling<'_>],
    own: Telling<'_>,
) -> Option<usize> {
    match own.0.form {
        Form::Relative => of_relative(page, earlier, own),
        Form::Demonstrative => of_demonstrative(page, earlier, own),
        Form::Verb | Form::Noun => None,
    }
}

/// The noun that the clause of "which" or "that" describes.
fn of_relative(page: &Page<'_>, earlier: &[Telling<'_>], own: Telling<'_>) -> Option<usize> {
    let tree = page.tree(own.1.sentence);
    let clause = |token: &u32| {
        use Relation::{Acl, AclRelcl, AdvclRelcl};
        matches!(tree.word(*token).relation, Acl | AclRelcl | AdvclRelcl)
    };
    let clause = tree.head_chain(own.0.head).take(CLIMB).find(clause)?;
    let described = tree.word(clause).head?;
    earlier.iter().rposition(|it| it.0.head == described)
}

/// What the sentence before leads to: its last verb that is the main one or completes it ("agreed to
/// buy").
fn of_demonstrative(page: &Page<'_>, earlier: &[Telling<'_>], own: Telling<'_>) -> Option<usize> {
    let before = own.1.sentence.checked_sub(1)?;
    let tree = page.tree(before);
    let acts = |it: &Telling<'_>| {
        it.1.sentence == before
            && it.0.is_verb()
            && !it.1.said
            && !is_empty(it.0, page.kit)
            && is_of_main(tree, it.0.head)
    };
    earlier.iter().rposition(acts)
}

/// Whether a verb is the main one of its sentence or completes it.
fn is_of_main(tree: &Tree<'_>, verb: u32) -> bool {
    use Relation::{Acl, Advcl, Ccomp, Conj, Xcomp};
    let completes = |token: u32| match tree.word(token).relation {
        Ccomp | Xcomp | Conj => true,
        Acl | Advcl => tree.marks(token).any(|mark| mark == "to"),
        _ => tree.word(token).head.is_none() || tree.word(token).upos == Upos::Noun,
    };
    completes(verb) && tree.head_chain(verb).all(completes)
}

/// The subject of which a noun is said to be: "This was the largest order."
pub(super) fn of_subject(
    page: &Page<'_>,
    earlier: &[Telling<'_>],
    own: Telling<'_>,
) -> Option<usize> {
    let tree = page.tree(own.1.sentence);
    tree.find_child(own.0.head, Relation::Cop)?;
    let subject = tree.find_child(own.0.head, Relation::Nsubj)?;
    earlier.iter().rposition(|it| it.0.head == subject && it.0.is_pronoun())
}

/// What a word shortly before tells, for a noun that looks back at it by another one: "sales rose", "the
/// increase".
pub(super) fn of_synonym(
    page: &Page<'_>,
    earlier: &[Telling<'_>],
    own: Telling<'_>,
) -> Option<usize> {
    let tells = |it: &Telling<'_>| {
        !it.0.is_pronoun()
            && !is_empty(it.0, page.kit)
            && (1..=NEAR).contains(&(own.1.sentence - it.1.sentence))
            && are_kin(&it.0.lemma, &own.0.lemma, page.kit)
    };
    earlier.iter().rposition(|it| own.0.is_definite() && tells(it))
}

/// The act that the first sentence tells, for a noun that stands for any: "the move" (a shell noun, Schmid
/// 2000).
pub(super) fn of_act(page: &Page<'_>, earlier: &[Telling<'_>], own: Telling<'_>) -> Option<usize> {
    if !own.0.is_definite() || !page.kit.is_act(&own.0.lemma) {
        return None;
    }
    let acts = |at: &usize| {
        let (told, it) = earlier[*at];
        told.part == Part::Lead
            && told.is_verb()
            && !it.said
            && !is_empty(told, page.kit)
            && !page.kit.is_state(&told.lemma)
            && (1..=NEAR).contains(&(own.1.sentence - it.sentence))
    };
    (0..earlier.len()).filter(acts).min_by_key(|at| earlier[*at].0.depth)
}
