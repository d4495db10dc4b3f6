//! Cues whose subject is part of what is said: "Dorn seems to gain", "she was praised for it".

use chancery_text::Span;

use super::content::with_rest;
use crate::quotation::cue::{Cue, QuotationKit};
use crate::quotation::tree::Tree;
use crate::syntax::{Relation, Upos};

/// "Olmo is expected to resign", "Dorn seems to gain", "she was praised for it": what is said is the
/// subject with what follows the cue.
pub(super) fn raised(tree: &Tree<'_>, at: usize, cue: &Cue, passive: bool) -> Option<Vec<Span>> {
    let frames = &cue.frames;
    let subject = match (passive, frames.raise) {
        (true, _) => tree.child(at, Relation::NsubjPass).or_else(|| named_so(tree, at, cue))?,
        (false, true) => tree.child(at, Relation::Nsubj)?,
        _ => return None,
    };
    let quoted_as = tree.says(at + 1, "as") && tree.word(at + 2).is_some_and(|w| w.xpos == "VBG");
    let clause = quoted_as || tree.child(at, Relation::Ccomp).is_some();
    if clause || at < subject || tree.says(subject, "it") {
        return None;
    }
    let rest = match tree.child(at, Relation::Xcomp).filter(|rest| at < *rest) {
        Some(rest)
            if frames.raise || frames.inf || frames.obj || (frames.that && !frames.clause) =>
        {
            Some(tree.extent(rest))
        }
        _ if frames.raise => likeness(tree, at),
        _ => after_passive(tree, at, cue).filter(|_| frames.obj || frames.of_as),
    };
    if rest.is_none() && !(passive && frames.obj && !frames.to_whom) {
        return None;
    }
    if cue.lemma == "know" && is_renamed(tree, at, subject) {
        return rest.and_then(|(low, high)| tree.span(low, high)).map(|rest| vec![rest]);
    }
    let (low, high) = nominal(tree, at, subject);
    let high = high.min(at - 1);
    let light = (low..=high).rev().take_while(|at| tree.tag(*at) == Upos::Adv).count();
    let subject = tree.span(low, high.max(low + light) - light);
    let rest =
        rest.map(|rest| without_agent(tree, at, rest)).and_then(|(low, high)| tree.span(low, high));
    Some(subject.into_iter().chain(rest).collect())
}

/// "seems to show that …", "is expected to argue that …", "appears to back the plan": the infinitive
/// attributes.
pub(super) fn over_saying(
    tree: &Tree<'_>,
    at: usize,
    cue: &Cue,
    passive: bool,
    kit: &QuotationKit,
) -> bool {
    let fits = cue.frames.raise || (passive && !cue.frames.to_whom && !cue.frames.urge);
    let Some(verb) = tree.child(at, Relation::Xcomp).filter(|verb| at < *verb) else {
        return false;
    };
    let after = |relation| tree.child(verb, relation).is_some_and(|child| verb < child);
    let says = |inner: &Cue| {
        (inner.frames.that && after(Relation::Ccomp))
            || (cue.frames.raise && inner.frames.obj && after(Relation::Obj))
    };
    fits && kit.verb(tree.slice(verb)).is_some_and(says)
}

/// "seems like a good plan".
fn likeness(tree: &Tree<'_>, at: usize) -> Option<(usize, usize)> {
    let like =
        tree.children(at).find(|child| at < *child && tree.says(tree.extent(*child).0, "like"));
    like.map(|like| tree.extent(like))
}

/// "was called a fool by Olmo": without who called it so.
fn without_agent(tree: &Tree<'_>, at: usize, (low, high): (usize, usize)) -> (usize, usize) {
    let over = |agent: usize| {
        tree.head(agent)
            .is_some_and(|over| over == at || (at < over && tree.tag(over) == Upos::Noun))
    };
    let agent = |by: &usize| tree.says(*by, "by") && tree.head(*by).is_some_and(over);
    (low, (low + 1..high).rev().find(agent).map_or(high, |by| by - 1))
}

/// "was accused of theft", "is seen as weak": what follows the participle, without the preposition
/// that it must have.
fn after_passive(tree: &Tree<'_>, at: usize, cue: &Cue) -> Option<(usize, usize)> {
    let high = with_rest(tree, at, at);
    let needs = match cue.lemma {
        "know" => "for",
        "accuse" => "of",
        "charge" => "with",
        _ => "as",
    };
    let next = tree.says(at + 1, "as") || tree.says(at + 1, needs);
    let low = at + 1 + usize::from(next);
    (low <= high).then_some((low, high))
}

/// "the isle, also known as Olmo": only another name of the noun before the comma.
fn is_renamed(tree: &Tree<'_>, at: usize, subject: usize) -> bool {
    let first = (subject..at).rev().find(|at| tree.tag(*at) != Upos::Adv).unwrap_or(subject);
    tree.relation(at) == Relation::Acl && tree.says(first, ",") && tree.says(at + 1, "as")
}

/// The noun phrase before a participle, out of the preposition that it hangs on: "at a place known as
/// …", "the row of isles known as …".
fn nominal(tree: &Tree<'_>, at: usize, subject: usize) -> (usize, usize) {
    let (low, high) = tree.extent(subject);
    if tree.relation(at) != Relation::Acl || tree.tag(low) != Upos::Adp {
        return (low, high);
    }
    let whole = tree.head(subject).filter(|head| tree.says(low, "of") && head + 1 == low);
    let low = whole.map_or(low + 1, |whole| tree.extent(whole).0);
    (low + usize::from(tree.tag(low) == Upos::Adp), high)
}

/// "the movement, also known as Olmoism": the noun before a participle that tells its name.
fn named_so(tree: &Tree<'_>, at: usize, cue: &Cue) -> Option<usize> {
    let noun = tree.head(at).filter(|head| *head < at && tree.relation(at) == Relation::Acl)?;
    (cue.frames.of_as && tree.says(at + 1, "as")).then_some(noun)
}
