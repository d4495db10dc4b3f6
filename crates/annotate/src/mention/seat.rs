//! Seats of power: whether "Beijing" acts here, as its government, or is where something is.
//!
//! The tree says in which part the name stands: who does something, whom it is done to, with whom and
//! against whom; `data/actors/seats.tsv` says which verbs and nouns have governments there.

use super::atom::{before, shape};
use super::lexicon::{class, seat};
use super::scan::Scan;
use crate::syntax::{Relation, Upos, Word};

/// Prepositions after which a city is meant, whatever it has.
const WITHIN: &[&str] =
    &["in", "at", "near", "inside", "outside", "around", "across", "throughout"];

/// Prepositions after which a noun such as "ties" or "pressure" names its party.
const TOWARDS: &[&str] = &[
    "with", "to", "from", "on", "of", "for", "against", "toward", "towards", "between", "upon",
    "over",
];

/// Whether the seat of power at these atoms acts or speaks here.
pub(super) fn acts(scan: Scan<'_>, start: usize, end: usize) -> bool {
    let follows = |mark| scan.atoms.get(end).is_some_and(|after| after.after(mark));
    let prior = start.checked_sub(1).filter(|_| scan.joins(start));
    let preposition = prior.map_or("", |prior| scan.slice(prior..prior + 1));
    if is_in_a_wider_place(scan, start) {
        return false;
    }
    if follows(before::HYPHEN) {
        return scan.lexicon.seat_senses(&lower(scan.slice(end..end + 1))) & seat::BACKED != 0;
    }
    if follows(before::POSSESSIVE) {
        return owns(scan, end, preposition);
    }
    match scan.text.syntax.words.get(scan.atoms[end - 1].token as usize) {
        Some(word) if word.upos != Upos::X => is_party(scan, start, end, preposition),
        _ => acts_by_words(scan, start, end),
    }
}

/// "Tianjin, China": what stands before the comma is a name too.
fn is_in_a_wider_place(scan: Scan<'_>, start: usize) -> bool {
    let first = &scan.atoms[start];
    0 < start
        && first.after(before::COMMA | before::OPEN)
        && !first.after(before::FIRST)
        && scan.atoms[start - 1].is(shape::CAPITAL)
}

/// "Beijing's claims", and not "Beijing's mayor" or "in Beijing's old town".
fn owns(scan: Scan<'_>, end: usize, preposition: &str) -> bool {
    let owner = &scan.text.syntax.words[scan.atoms[end - 1].token as usize];
    let owned = owner.head.filter(|_| owner.relation == Relation::NmodPoss);
    let senses = owned.map_or(0, |owned| senses(scan, owned));
    let within = WITHIN.contains(&preposition.to_lowercase().as_str());
    senses & seat::CIVIC == 0 && (!within || senses & seat::RELATION != 0)
}

/// What the tree makes of a seat: a party to what is done, or where it is done.
fn is_party(scan: Scan<'_>, start: usize, end: usize, preposition: &str) -> bool {
    let words = &scan.text.syntax.words;
    let tokens = scan.atoms[start].token..scan.atoms[end - 1].token + 1;
    let inside = |head: Option<u32>| head.is_some_and(|head| tokens.contains(&head));
    let Some(at) = tokens.clone().find(|&token| !inside(words[token as usize].head)) else {
        return false;
    };
    let (mut preposition, mut relation) = (lower(preposition), words[at as usize].relation);
    let mut head = words[at as usize].head;
    if let (Relation::Conj, Some(first)) = (relation, head) {
        let before = &words[first as usize];
        // "with Seoul rather than with Moscow" has a preposition of its own; "Seoul and Moscow" share one.
        relation = if case(words, at).is_some() {
            Relation::Obl
        } else {
            preposition = case(words, first).map_or_else(String::new, |case| lower(&case.lemma));
            before.relation
        };
        head = if before.upos == Upos::Verb { Some(first) } else { before.head };
    }
    if matches!(relation, Relation::Compound | Relation::Amod)
        && let Some(verb) = misread_verb(words, at)
    {
        (relation, head) = (Relation::Nsubj, Some(verb));
    }
    let Some(head) = head else { return false };
    let senses = senses(scan, head);
    match relation {
        Relation::Nsubj => match words[head as usize].upos {
            Upos::Verb | Upos::Aux => senses & seat::BEFALLS == 0,
            _ => senses & seat::CIVIC == 0,
        },
        Relation::NsubjPass => senses & seat::TOLD != 0,
        Relation::Obj | Relation::Iobj => {
            senses & seat::TOLD != 0 || has_an_infinitive(words, head)
        }
        Relation::OblAgent => true,
        Relation::Obl | Relation::Nmod => match preposition.as_str() {
            "with" | "between" => true,
            "by" => relation == Relation::Nmod,
            "to" | "at" | "on" if words[head as usize].upos == Upos::Verb => {
                senses & seat::ADDRESSED != 0
            }
            towards => TOWARDS.contains(&towards) && senses & seat::RELATION != 0,
        },
        _ => false,
    }
}

/// The verb after a seat that the tree takes for an adjective of what is done: "since Riyadh severed
/// ties". Nouns do not stand before adjectives.
fn misread_verb(words: &[Word], at: u32) -> Option<u32> {
    let next = words.get(at as usize + 1)?;
    let between = next.relation == Relation::Amod && next.head == words[at as usize].head;
    (between && matches!(next.xpos, "VBN" | "VBD")).then_some(at + 1)
}

/// The preposition of a word.
fn case(words: &[Word], of: u32) -> Option<&Word> {
    let near = of.saturating_sub(6) as usize..of as usize;
    words[near].iter().rev().find(|word| word.head == Some(of) && word.relation == Relation::Case)
}

/// "want Tehran to stop": the object of the verb is who does what follows.
fn has_an_infinitive(words: &[Word], verb: u32) -> bool {
    let after = words.iter().skip(verb as usize + 1).take(12);
    after.into_iter().any(|word| word.head == Some(verb) && word.relation == Relation::Xcomp)
}

fn senses(scan: Scan<'_>, token: u32) -> u8 {
    let word = scan.text.syntax.words.get(token as usize);
    word.map_or(0, |word| scan.lexicon.seat_senses(&lower(&word.lemma)))
}

fn lower(word: &str) -> String {
    word.to_lowercase()
}

/// Without a tree: a verb follows, and no preposition says where.
fn acts_by_words(scan: Scan<'_>, start: usize, end: usize) -> bool {
    let located = scan.joins(start) && scan.is(start.wrapping_sub(1), class::LOCATIVE);
    let Some(after) = scan.atoms.get(end) else { return false };
    !located
        && !after.after(before::FIRST | before::DASH | before::OPEN)
        && (!after.after(before::BREAK)
            && scan.is(end, class::SAY | class::VERB)
            && !scan.is(end, class::PREPOSITION)
            || scan.is(end, class::AND) && scan.is(end + 2, class::SAY | class::VERB))
}
