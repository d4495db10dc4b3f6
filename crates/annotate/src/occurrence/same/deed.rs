//! Whether two occurrences of one deed are one: clues for and against, each with its weight.
//!
//! The weights are those of a logistic regression over pairs of mentions of one deed in MEANTIME
//! (Minard et al. 2016), a mention-pair model (Soon et al. 2001). They are in `data/occurrence/clues.tsv`;
//! `eval/examples/clues.rs` makes them.

use super::told::{Article, Form, Part, Told};
use crate::event::Status;
use crate::occurrence::{Occurrence, OccurrenceKit, Party};

/// An occurrence and the words that tell it.
pub(super) type Telling<'a> = (&'a Told, &'a Occurrence);

/// What is looked at, what it is of the earlier and of the later telling, and what between them.
pub type Clue = [&'static str; 4];

/// How much speaks for `next` telling once more what `last` told, whose deed it has: one if above zero.
/// `count` is how many words of the report tell the deed. A headline is told again by the sentence under
/// it; elsewhere two sayings are two, and what is said to be another one is another one, whatever speaks
/// for it.
pub(super) fn weigh(
    last: Telling<'_>,
    next: Telling<'_>,
    count: usize,
    kit: &OccurrenceKit,
) -> f32 {
    let ((old, was), (new, is)) = (last, next);
    let apart = was.said && is.said || is_another(old, new, kit) || are_of_others(last, next);
    if apart && !opens(old, new) {
        return f32::NEG_INFINITY;
    }
    clues(last, next, count).iter().map(|clue| kit.weight(clue)).sum()
}

/// Whether a verb comes with "also", or a noun with "another" or "a" and other words.
fn is_another(old: &Told, new: &Told, kit: &OccurrenceKit) -> bool {
    let mut added = new.modifiers.iter().filter(|word| !old.modifiers.contains(word));
    let is_new = new.article == Article::Indefinite && is_apart(&old.modifiers, &new.modifiers);
    is_new
        || new.is_verb() && new.modifiers.iter().any(|word| kit.adds(word))
        || added.any(|word| kit.is_of_another(word))
}

/// Whether two nouns come with names that are not of one: "the Orlen deal" and "the Sallet deal".
fn are_of_others(last: Telling<'_>, next: Telling<'_>) -> bool {
    let ((old, was), (new, is)) = (last, next);
    !old.is_verb()
        && !new.is_verb()
        && is_apart(&old.names, &new.names)
        && shared(&was.parties, &is.parties) != "shared"
}

/// Whether both have words and none in common.
fn is_apart(some: &[String], others: &[String]) -> bool {
    let common = || some.iter().any(|word| others.contains(word));
    !some.is_empty() && !others.is_empty() && !common()
}

/// The clues of two tellings.
pub(super) fn clues(last: Telling<'_>, next: Telling<'_>, count: usize) -> Vec<Clue> {
    let ((old, was), (new, is)) = (last, next);
    let kinds = (kind(old), kind(new));
    let mut clues = vec![
        ["any", "", "", ""],
        ["count", "", "", at_most_four(count)],
        ["distance", kinds.0, kinds.1, distance(is.sentence - was.sentence)],
        ["parties", kinds.0, kinds.1, shared(&was.parties, &is.parties)],
        ["place", place(old.part), place(new.part), ""],
        ["quoted", side(old.quoted), side(new.quoted), ""],
    ];
    if new.is_verb() {
        clues.push(["rarity", "", "", rarity(old.rarity.min(new.rarity))]);
    } else {
        clues.push(["article", "", kinds.1, article(new.article)]);
    }
    if old.is_verb() && new.is_verb() {
        clues.push(["tense", old.tense, new.tense, ""]);
    }
    if is_denied(was) != is_denied(is) {
        clues.push(["denial", "", "", "differs"]);
    }
    clues
}

const fn kind(told: &Told) -> &'static str {
    match told.form {
        Form::Verb => "verb",
        _ => "noun",
    }
}

const fn at_most_four(count: usize) -> &'static str {
    match count {
        0..=2 => "2",
        3 => "3",
        _ => "4",
    }
}

const fn distance(sentences: u32) -> &'static str {
    match sentences {
        0 => "0",
        1 => "1",
        2..=3 => "2",
        4..=8 => "4",
        _ => "9",
    }
}

fn shared(some: &[Party], others: &[Party]) -> &'static str {
    let named = |parties: &[Party]| parties.iter().any(Party::is_named);
    if some.iter().any(|a| others.iter().any(|b| a.can_be(b))) {
        "shared"
    } else if named(some) && named(others) {
        "apart"
    } else {
        "none"
    }
}

const fn place(part: Part) -> &'static str {
    match part {
        Part::Headline => "headline",
        Part::Lead => "lead",
        Part::Body => "body",
    }
}

const fn side(quoted: bool) -> &'static str {
    if quoted { "inside" } else { "outside" }
}

/// From "say" to "exacerbate".
fn rarity(class: f32) -> &'static str {
    match class {
        ..2.0 => "0",
        ..4.0 => "2",
        ..6.0 => "4",
        ..8.0 => "6",
        _ => "8",
    }
}

const fn article(article: Article) -> &'static str {
    match article {
        Article::Definite => "definite",
        Article::Indefinite => "indefinite",
        Article::None => "none",
    }
}

const fn is_denied(it: &Occurrence) -> bool {
    matches!(it.status, Status::Negated | Status::Denied)
}

/// Whether one is told in the headline and the other in the sentence under it.
pub(super) fn opens(old: &Told, new: &Told) -> bool {
    old.part == Part::Headline && new.part == Part::Lead
}

/// Verbs that tell nothing by themselves: "is", "made".
pub(super) fn is_empty(told: &Told, kit: &OccurrenceKit) -> bool {
    told.is_verb() && (told.lemma == "be" || kit.is_light(&told.lemma))
}
