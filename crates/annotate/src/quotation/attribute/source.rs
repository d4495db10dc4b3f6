//! Who says it: the verb's subject, own or shared, or its agent.

use chancery_text::Span;

use super::beside::beside_verb;
use crate::quotation::tree::Tree;
use crate::syntax::{Relation, Upos};

/// A source in the making.
pub(super) struct Source {
    /// Its words.
    pub span: Option<Span>,
    /// The token that heads it.
    pub token: Option<usize>,
    /// Whether the verb has no subject, so that whoever spoke last speaks on.
    pub dropped: bool,
    /// Whether it stands beside another verb that shares it.
    pub shared: bool,
}

impl Source {
    pub const NONE: Self = Self { span: None, token: None, dropped: false, shared: false };

    /// Another source if this one names nobody and carries nobody on.
    pub fn or_else(self, other: impl FnOnce() -> Option<Self>) -> Self {
        if self.span.is_some() || self.dropped { self } else { other().unwrap_or(self) }
    }

    /// The phrase of `token`, kept on its side of the verb `at`.
    pub fn by(tree: &Tree<'_>, at: usize, token: Option<usize>) -> Self {
        let Some(token) = token else { return Self::NONE };
        let (low, high) = tree.extent(token);
        let (low, high) =
            if token < at { (low, high.min(at - 1)) } else { (low.max(at + 1), high) };
        let span = tree.span(low.min(token), high.max(token));
        let span = after_dateline(tree, at, token).or(span);
        Self { span, token: Some(token), ..Self::NONE }
    }
}

/// Where the subject is the dateline ("DORN – Mayor Olmo on Monday said"): the words after its dash.
fn after_dateline(tree: &Tree<'_>, at: usize, token: usize) -> Option<Span> {
    let first = tree.tokens.start;
    let dash = (first + 1..at.min(first + 9))
        .find(|at| matches!(tree.slice(*at), "–" | "—" | "-" | "--"))?;
    let capitals =
        tree.slice(first).len() > 2 && tree.slice(first).chars().all(|c| !c.is_lowercase());
    if !(capitals && token < dash && dash + 1 < at) {
        return None;
    }
    let end = (dash + 2..at).find(|at| tree.says(*at, "on") || tree.says(*at, ",")).unwrap_or(at);
    tree.span(dash + 1, end - 1)
}

/// The subject, own or shared, or the noun that the verb's clause describes.
pub(super) fn subject(tree: &Tree<'_>, at: usize) -> Source {
    let mut verb = at;
    for _ in 0..4 {
        if let Some(own) = own_subject(tree, verb) {
            if is_relative(tree, own) && tree.relation(verb) == Relation::AclRelcl {
                return antecedent(tree, verb, own);
            }
            return Source { shared: verb != at, ..Source::by(tree, verb, Some(own)) };
        }
        match shared_with(tree, at, verb) {
            Shared::Noun(head) => return noun_before(tree, head, verb),
            Shared::Verb(head) => verb = head,
            Shared::LastSpeaker => return Source { dropped: true, ..Source::NONE },
            Shared::Nobody => break,
        }
    }
    let starts = (tree.tokens.start..at).all(|before| {
        matches!(tree.tag(before), Upos::Adv | Upos::Punct | Upos::Cconj | Upos::Aux)
    });
    Source { dropped: starts, ..Source::NONE }
}

/// The subject of a verb; where the parser gave it two, the one set off by a comma: "The difference,
/// he said, is …".
fn own_subject(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    let subject = |child: &usize| {
        matches!(
            tree.relation(*child),
            Relation::Nsubj | Relation::NsubjPass | Relation::NsubjOuter
        ) && !is_time(tree, *child)
    };
    let first = tree.children(verb).find(subject)?;
    let nearer =
        tree.children(verb).filter(subject).filter(|other| first < *other && *other < verb);
    let set_off = |other: &usize| tree.is_set_off(tree.extent(*other).0);
    Some(nearer.filter(set_off).last().unwrap_or(first))
}

/// Whose subject a verb without one of its own has.
enum Shared {
    /// It describes a noun.
    Noun(usize),
    /// Another verb's.
    Verb(usize),
    /// That of the sentence before.
    LastSpeaker,
    Nobody,
}

fn shared_with(tree: &Tree<'_>, at: usize, verb: usize) -> Shared {
    use Relation::{Acl, AclRelcl, Advcl, Ccomp, Conj, Parataxis, Xcomp};
    let Some(head) = tree.head(verb) else { return Shared::Nobody };
    match tree.relation(verb) {
        Acl if head < verb && is_deed(tree, verb) => doer(tree, head),
        Acl if head < verb && is_adjunct(tree, verb) => clause_with(tree, head),
        Acl | AclRelcl if head < verb => Shared::Noun(head),
        Xcomp if tree.form(verb) == "VB" => moved_to(tree, head, verb),
        Ccomp if head < verb && follows_comma(tree, verb) => Shared::Verb(head),
        Conj | Xcomp | Advcl => Shared::Verb(head),
        Parataxis if verb == at => Shared::LastSpeaker,
        _ => Shared::Nobody,
    }
}

/// "a way to say", "a point of saying": what is done, not who does it.
fn is_deed(tree: &Tree<'_>, verb: usize) -> bool {
    let marked = tree.child(verb, Relation::Mark).is_some_and(|mark| mark < verb);
    tree.form(verb) == "VB" || (tree.form(verb) == "VBG" && marked)
}

/// ", arguing that …": a participle after a comma tells what the subject of the clause does.
fn is_adjunct(tree: &Tree<'_>, verb: usize) -> bool {
    tree.form(verb) == "VBG" && tree.tokens.start < verb && tree.says(verb - 1, ",")
}

/// The verb of the clause that a noun stands in, unless the noun is its subject.
fn clause_with(tree: &Tree<'_>, noun: usize) -> Shared {
    let mut at = noun;
    for _ in 0..6 {
        let Some(head) = tree.head(at) else { break };
        if matches!(tree.relation(at), Relation::Nsubj | Relation::NsubjPass) {
            break;
        }
        if own_subject(tree, head).is_some_and(|subject| subject < noun) {
            return Shared::Verb(head);
        }
        at = head;
    }
    let own = own_subject(tree, at).filter(|subject| *subject < noun);
    own.map_or(Shared::Noun(noun), |_| Shared::Verb(at))
}

/// Who does the deed that a noun tells: the subject of the verb that has it.
fn doer(tree: &Tree<'_>, noun: usize) -> Shared {
    let had = matches!(tree.relation(noun), Relation::Obj | Relation::Obl);
    tree.head(noun).filter(|verb| had && *verb < noun).map_or(Shared::Noun(noun), Shared::Verb)
}

/// "allowed Olmo to say": whoever is moved to do it, or the subject if that is nobody.
fn moved_to(tree: &Tree<'_>, head: usize, verb: usize) -> Shared {
    let moved = tree.child(head, Relation::Obj).filter(|object| head < *object && *object < verb);
    moved.map_or(Shared::Verb(head), Shared::Noun)
}

/// "Olmo said, referring to …": a participle that goes on from the verb before it.
fn follows_comma(tree: &Tree<'_>, at: usize) -> bool {
    tree.word(at).is_some_and(|word| word.xpos == "VBG")
        && (at - tree.tokens.start).min(2) == 2
        && (tree.says(at - 1, ",") || tree.says(at - 2, ","))
}

/// "The question, she said, is open": the words between the comma and the cue, where the parser took
/// the subject of the sentence for that of the cue.
pub(super) fn aside_source(tree: &Tree<'_>, at: usize, subject: &Source) -> Option<Source> {
    let wrong = subject.span?;
    let beside = beside_verb(tree, at)?;
    let start = beside.span?.start;
    let first = (tree.tokens.start..at).find(|at| tree.text.tokens[*at].span.start == start)?;
    let opens = |at: usize| matches!(tree.slice(at), "," | "”" | "\"" | "''" | "’");
    let closes = opens(at + 1) || matches!(tree.slice(at + 1), "." | "“" | "``" | "");
    let apart = wrong.end <= start && tree.tokens.start < first && opens(first - 1);
    (apart && closes).then_some(beside)
}

/// Whether a word is a day or another time, which says nothing.
fn is_time(tree: &Tree<'_>, at: usize) -> bool {
    let (low, high) = tree.extent(at);
    let word = tree.slice(at).to_ascii_lowercase();
    let day = low == high && tree.tag(at) == Upos::Propn && word.ends_with("day");
    let pointed = ["this", "last", "next", "every"].iter().any(|first| tree.says(low, first));
    let spell = matches!(word.as_str(), "week" | "month" | "year" | "day" | "weekend");
    day || (low + 1 == high && pointed && (spell || word.ends_with("day")))
}

pub(super) fn is_relative(tree: &Tree<'_>, at: usize) -> bool {
    matches!(tree.slice(at).to_ascii_lowercase().as_str(), "who" | "which" | "that")
}

fn antecedent(tree: &Tree<'_>, verb: usize, relative: usize) -> Source {
    match tree.head(verb) {
        Some(head) if head < relative => noun_before(tree, head, relative),
        _ => Source::by(tree, verb, Some(relative)),
    }
}

/// The phrase of the noun `head`, up to `end`.
fn noun_before(tree: &Tree<'_>, head: usize, end: usize) -> Source {
    let (low, high) = tree.extent(head);
    Source { span: tree.span(low, high.min(end - 1).max(head)), token: Some(head), ..Source::NONE }
}

pub(super) fn agent(tree: &Tree<'_>, at: usize) -> Option<Span> {
    let agent = tree.children(at).find(|child| {
        tree.relation(*child) == Relation::OblAgent
            || (tree.relation(*child) == Relation::Obl
                && tree.children(*child).any(|case| tree.says(case, "by")))
    })?;
    let (low, high) = tree.extent(agent);
    let low = low + usize::from(tree.says(low, "by"));
    tree.span(low, high)
}
