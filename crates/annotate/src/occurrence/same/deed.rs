//! Whether two occurrences of one deed are one: nothing that is told of them speaks against it.

use super::told::{Part, Told};
use crate::occurrence::{Occurrence, OccurrenceKit, Party};

/// Sentences over which a deed is the same without a word in common.
const FAR: u32 = 8;
/// Sentences from a noun to a verb that tells the same.
const NEXT: u32 = 1;

/// An occurrence and the words that tell it.
pub(super) type Telling<'a> = (&'a Told, &'a Occurrence);

/// Whether `next` tells once more what `last` told, whose deed it has. A headline is told again by the
/// sentence under it in whatever form; elsewhere two sayings are two, and what differs in its
/// numbers or modifiers, or is called another one, is another one.
pub(super) fn is_retold(last: Telling<'_>, next: Telling<'_>, kit: &OccurrenceKit) -> bool {
    let ((old, was), (new, is)) = (last, next);
    if is_empty(old, kit) || is_empty(new, kit) {
        return false;
    }
    if opens(old, new) {
        return true;
    }
    let beside = was.sentence == is.sentence;
    let speaks_against = match (old.is_verb(), new.is_verb()) {
        (true, true) => {
            let says = was.said && is.said;
            beside || says || kit.is_state(&old.lemma) || is_denied(was) != is_denied(is)
        }
        (false, false) => is_another(old, new, kit) || are_apart(&was.parties, &is.parties),
        _ => beside,
    };
    let differs = is_added(new, kit) || is_apart(&old.numbers, &new.numbers);
    !(speaks_against || differs) && (is_near(last, next) || is_shared(last, next))
}

/// Whether one is near enough to the other to need no word in common. A noun with an article looks back over
/// any distance, and to the headline all do; but a verb seldom tells again what a noun told.
fn is_near(last: Telling<'_>, next: Telling<'_>) -> bool {
    let ((old, was), (new, is)) = (last, next);
    let sentences = is.sentence - was.sentence;
    if new.is_verb() && !old.is_verb() {
        return sentences <= NEXT;
    }
    sentences <= FAR || new.definite || old.part == Part::Headline
}

/// Whether a verb comes with "also" or "again": it tells of one more.
fn is_added(told: &Told, kit: &OccurrenceKit) -> bool {
    told.is_verb() && told.modifiers.iter().any(|word| kit.adds(word))
}

/// Whether one is told in the headline and the other in the sentence under it.
pub(super) fn opens(old: &Told, new: &Told) -> bool {
    old.part == Part::Headline && new.part == Part::Lead
}

/// Verbs that tell nothing by themselves: "is", "made".
pub(super) fn is_empty(told: &Told, kit: &OccurrenceKit) -> bool {
    told.is_verb() && (told.lemma == "be" || kit.is_light(&told.lemma))
}

fn is_denied(it: &Occurrence) -> bool {
    use crate::event::Status::{Denied, Negated};
    matches!(it.status, Negated | Denied)
}

/// Whether a noun with other words before it, or with "another", is of something else.
fn is_another(old: &Told, new: &Told, kit: &OccurrenceKit) -> bool {
    let added = || new.modifiers.iter().filter(|word| !old.modifiers.contains(word));
    !new.definite && is_apart(&old.modifiers, &new.modifiers)
        || added().any(|word| kit.is_of_another(word))
}

/// Whether something beside both is the same.
fn is_shared(last: Telling<'_>, next: Telling<'_>) -> bool {
    let ((old, was), (new, is)) = (last, next);
    old.beside.iter().any(|word| new.beside.contains(word))
        || was.parties.iter().any(|a| is.parties.iter().any(|b| a.can_be(b)))
}

/// Whether both have words and none in common.
fn is_apart(some: &[String], others: &[String]) -> bool {
    !some.is_empty() && !others.is_empty() && !some.iter().any(|word| others.contains(word))
}

/// Whether both name parties and none is the other's: the sales of one firm are not those of another.
fn are_apart(some: &[Party], others: &[Party]) -> bool {
    let named = |parties: &[Party]| parties.iter().any(Party::is_named);
    let shared = || some.iter().any(|a| others.iter().any(|b| a.can_be(b)));
    named(some) && named(others) && !shared()
}
