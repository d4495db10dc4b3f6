//! Everything that is told to happen, political or not: each verb or noun of happening, who takes part,
//! and when.
//!
//! Events ([`crate::event`]) are the acts that PLOVER knows. A reader who asks what became of a company,
//! a person or a ship wants the rest too: what it launched, signed, lost, said. An [`Occurrence`] has no
//! type, only its words; what it shares with others is its deed ([`OccurrenceKit::deed`]).
//!
//! When it happened is read from the times by its clause ([`anchor`]), else from the tense and the day of
//! the news. Which occurrences of a report are one is decided in [`same`].
//!
//! ```
//! use chancery_annotate::{Kit, annotate, occurrence};
//! use chancery_text::Report;
//! let text = "TARN, July 5, 2021 – Orlen Air bought nine planes on Friday, its chairman said.";
//! let report = Report::from_text("a.txt", text);
//! let kit = Kit::embedded();
//! let found = occurrence::find(&report, &annotate(&report, kit), kit);
//! let bought = found.iter().find(|it| report.slice(it.trigger) == "bought").unwrap();
//! assert_eq!(bought.when.to_string(), "2021-07-02");
//! assert_eq!(bought.parties[0].names, ["Orlen Air"]);
//! ```

mod anchor;
mod kit;
mod party;
mod same;
#[cfg(test)]
mod tests;

pub use kit::{OccurrenceKit, check, deed_of};
pub use party::Party;

use chancery_text::{Interval, Report, Span};

use crate::event::{Status, statuses};
use crate::syntax::{Relation, Tree, Upos};
use crate::{Annotations, Kit, Read};
use anchor::Calendar;
use party::Cast;

/// What is told to happen.
#[derive(Debug, Clone, PartialEq)]
pub struct Occurrence {
    /// The words that name it: the verb with its particle, or the noun.
    pub trigger: Span,
    /// The number of its sentence.
    pub sentence: u32,
    /// What is done, the same for "announce" and "announcement".
    pub deed: String,
    /// Whether a noun names it.
    pub nominal: bool,
    /// Whether it is said or written, not done.
    pub said: bool,
    /// Whether it happened.
    pub status: Status,
    /// Who takes part.
    pub parties: Vec<Party>,
    /// The days it may have happened on.
    pub when: Interval,
    /// How they are known.
    pub basis: WhenBasis,
    /// Occurrences of the report with the same number are one.
    pub one: u32,
}

chancery_text::named_enum! {
    /// How the days of an occurrence are known.
    pub enum WhenBasis {
        /// A time by its clause says so.
        Stated = "stated",
        /// It is the news of the report: of the day that the report tells of.
        News = "news",
        /// Another telling of the same says so.
        Retold = "retold",
        /// They are not.
        Open = "open",
    }
}

/// Finds occurrences, in the order of the text. Linear in the words, but for how many occurrences of one
/// deed a report has.
pub fn find(report: &Report, annotations: &Annotations, kit: &Kit) -> Vec<Occurrence> {
    let Annotations { sentences, tokens, syntax, .. } = annotations;
    let text = Read { report, sentences, tokens, syntax };
    let scene = Scene { text, annotations, kit: &kit.occurrences };
    let cast = Cast::new(text, annotations);
    let calendar = Calendar::new(text, annotations);
    let mut found = Vec::new();
    let (mut heads, mut known) = (Vec::new(), Vec::new());
    for number in 0..sentences.len() as u32 {
        let tree = Tree::new(syntax, &sentences[number as usize]);
        for head in tree.tokens().filter(|head| scene.tells(&tree, *head)) {
            found.push(scene.occurrence(&tree, number, head, &cast, &calendar));
            heads.push(head);
            known.push(is_known(&tree, head));
        }
    }
    let named: Vec<Vec<Span>> =
        heads.iter().map(|head| vec![tokens[*head as usize].span]).collect();
    for (occurrence, status) in found.iter_mut().zip(statuses(text, &named, &kit.events)) {
        occurrence.status = status.unwrap_or(occurrence.status);
    }
    same::number(&mut found, &known);
    found
}

/// Whether a noun speaks of something told before: "the purchase", "their meeting".
fn is_known(tree: &Tree<'_>, head: u32) -> bool {
    let definite = |det: u32| {
        matches!(tree.word(det).lemma.as_str(), "the" | "this" | "that" | "these" | "those")
    };
    tree.word(head).upos == Upos::Noun
        && (tree.children_by(head, &[Relation::Det]).any(definite)
            || tree.find_child(head, Relation::NmodPoss).is_some())
}

/// What the search looks at.
struct Scene<'a> {
    text: Read<'a>,
    annotations: &'a Annotations,
    kit: &'a OccurrenceKit,
}

impl Scene<'_> {
    /// Whether a word tells that something happens: a verb that is no auxiliary and no state, or a noun
    /// that has arguments or is known to be of what happens.
    fn tells(&self, tree: &Tree<'_>, head: u32) -> bool {
        use Relation::{Aux, AuxPass, Cop};
        let word = tree.word(head);
        if matches!(word.relation, Aux | AuxPass | Cop) {
            return false;
        }
        match word.upos {
            Upos::Verb => !self.kit.is_state(&word.lemma) && !self.is_carried(tree, head),
            Upos::Noun => self.happens(tree, head) && !tree.negated(head),
            _ => false,
        }
    }

    fn happens(&self, tree: &Tree<'_>, noun: u32) -> bool {
        self.is_predicate(noun) || self.kit.is_happening(&tree.word(noun).lemma.to_lowercase())
    }

    fn is_predicate(&self, token: u32) -> bool {
        let predicates = &self.annotations.predicates;
        predicates.binary_search_by_key(&token, |predicate| predicate.token).is_ok()
    }

    /// Whether a light verb leaves it to its object: "made a landing".
    fn is_carried(&self, tree: &Tree<'_>, verb: u32) -> bool {
        self.kit.is_light(&tree.word(verb).lemma) && self.carried(tree, verb).is_some()
    }

    /// The noun of happening that is the object of a verb.
    fn carried(&self, tree: &Tree<'_>, verb: u32) -> Option<u32> {
        let object = tree.find_child(verb, Relation::Obj)?;
        (tree.word(object).upos == Upos::Noun && self.happens(tree, object)).then_some(object)
    }

    /// The light verb whose object a noun is.
    fn carrier(&self, tree: &Tree<'_>, noun: u32) -> Option<u32> {
        let word = tree.word(noun);
        let verb = word.head.filter(|_| word.relation == Relation::Obj)?;
        (tree.word(verb).upos == Upos::Verb && self.is_carried(tree, verb)).then_some(verb)
    }

    fn occurrence(
        &self,
        tree: &Tree<'_>,
        sentence: u32,
        head: u32,
        cast: &Cast<'_>,
        calendar: &Calendar<'_>,
    ) -> Occurrence {
        let word = tree.word(head);
        let nominal = word.upos != Upos::Verb;
        let carrier = self.carrier(tree, head).filter(|_| nominal);
        let mut parties = cast.of(tree, head);
        if let Some(verb) = carrier {
            parties.extend(cast.of(tree, verb));
            parties.retain(|party| party.span != self.text.tokens[head as usize].span);
            parties.sort_by_key(|party| party.span);
            parties.dedup();
        }
        let said = !nominal && self.kit.says(&word.lemma);
        let (when, basis) = calendar.days(tree, sentence, head, carrier, said);
        Occurrence {
            trigger: self.trigger(tree, head),
            sentence,
            deed: self.kit.deed(&word.lemma, word.upos),
            nominal,
            said,
            status: Status::Happened,
            parties,
            when,
            basis,
            one: 0,
        }
    }

    /// The word with the particle right after it.
    fn trigger(&self, tree: &Tree<'_>, head: u32) -> Span {
        let span = self.text.tokens[head as usize].span;
        let particle = tree.find_child(head, Relation::CompoundPrt).filter(|at| *at == head + 1);
        particle.map_or(span, |at| span.cover(self.text.tokens[at as usize].span))
    }
}
