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
pub use same::Clue;

use chancery_text::{Interval, Report, Span};

use crate::event::{Status, statuses};
use crate::kin::Lexeme;
use crate::syntax::{Relation, Tree, Upos};
use crate::{Annotations, Kit, Read};
use anchor::Calendar;
use party::Cast;
use same::Page;

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
    /// Whether its words only refer to what others tell: "which", "the move".
    pub refers: bool,
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

/// Finds occurrences, in the order of the text, and the words that refer to one. Linear in the words, but
/// for how many occurrences of one deed a report has.
pub fn find(report: &Report, annotations: &Annotations, kit: &Kit) -> Vec<Occurrence> {
    let scene = Scene::new(report, annotations, kit);
    let trees = scene.trees();
    let page = scene.page(&trees);
    let tells = |place: &Place| {
        let tree = &trees[place.sentence as usize];
        scene.tells(tree, place.head) || page.may_refer(place.sentence, place.head)
    };
    let places: Vec<_> = places(&trees).filter(tells).collect();
    let mut found = scene.occurrences(&page, &places, kit);
    let mut at = 0..;
    found.retain(|it| at.next() != Some(it.one) || !it.refers);
    found
}

/// The occurrences that given words tell, whether they are of happening or not: who knows the mentions asks
/// which are one. Each has its words as trigger; spans without a word are left out. In the order of the
/// text.
pub fn at(
    report: &Report,
    annotations: &Annotations,
    kit: &Kit,
    spans: &[Span],
) -> Vec<Occurrence> {
    let scene = Scene::new(report, annotations, kit);
    let trees = scene.trees();
    let named = scene.named(spans);
    let places: Vec<_> = named.iter().map(|(place, _)| *place).collect();
    let mut found = scene.occurrences(&scene.page(&trees), &places, kit);
    for (occurrence, (_, span)) in found.iter_mut().zip(named) {
        occurrence.trigger = span;
    }
    found
}

/// Two of the occurrences that [`at`] tells, by number, and the clues whether they are one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The later one.
    pub next: usize,
    /// An earlier one of the same deed.
    pub last: usize,
    /// The rows of `data/occurrence/clues.tsv` that speak.
    pub clues: Vec<Clue>,
}

/// The pairs that [`at`] compares by their clues, for who learns the weights.
pub fn pairs(report: &Report, annotations: &Annotations, kit: &Kit, spans: &[Span]) -> Vec<Pair> {
    let scene = Scene::new(report, annotations, kit);
    let trees = scene.trees();
    let places: Vec<_> = scene.named(spans).into_iter().map(|(place, _)| place).collect();
    let page = scene.page(&trees);
    let found = scene.occurrences(&page, &places, kit);
    let heads: Vec<_> = places.iter().map(|place| place.head).collect();
    let pairs = same::pairs(&page, &heads, &found).into_iter();
    pairs.map(|(next, last, clues)| Pair { next, last, clues }).collect()
}

/// A word of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    head: u32,
    sentence: u32,
}

fn places<'t>(trees: &'t [Tree<'_>]) -> impl Iterator<Item = Place> + 't {
    let numbered = (0..).zip(trees);
    numbered.flat_map(|(sentence, tree)| tree.tokens().map(move |head| Place { head, sentence }))
}

/// What the search looks at.
struct Scene<'a> {
    text: Read<'a>,
    annotations: &'a Annotations,
    kit: &'a OccurrenceKit,
}

impl<'a> Scene<'a> {
    fn new(report: &'a Report, annotations: &'a Annotations, kit: &'a Kit) -> Self {
        let Annotations { sentences, tokens, syntax, .. } = annotations;
        let text = Read { report, sentences, tokens, syntax };
        Self { text, annotations, kit: &kit.occurrences }
    }

    fn trees(&self) -> Vec<Tree<'a>> {
        self.text.sentences.iter().map(|sentence| Tree::new(self.text.syntax, sentence)).collect()
    }

    fn page<'p>(&'p self, trees: &'p [Tree<'a>]) -> Page<'p> {
        let title = anchor::title(self.text, self.annotations);
        Page::new(self.text, trees, self.kit, title)
    }

    /// The words that head given spans, in the order of the text.
    fn named(&self, spans: &[Span]) -> Vec<(Place, Span)> {
        let place = |span: &Span| Some((self.place(*span)?, *span));
        let mut named: Vec<_> = spans.iter().filter_map(place).collect();
        named.sort_unstable();
        named
    }

    /// The word of a span that the others hang on.
    fn place(&self, span: Span) -> Option<Place> {
        let Read { tokens, sentences, syntax, .. } = self.text;
        let from = tokens.partition_point(|token| token.span.end <= span.start);
        let to = tokens.partition_point(|token| token.span.start < span.end);
        let outside = |token: &usize| {
            syntax.words[*token].head.is_none_or(|head| !(from..to).contains(&(head as usize)))
        };
        let head = (from..to).find(outside)? as u32;
        let sentence = sentences.partition_point(|it| it.tokens.end <= head) as u32;
        sentences.get(sentence as usize)?.tokens.contains(&head).then_some(Place { head, sentence })
    }

    /// What the words at some places tell, with the numbers of those that are one.
    fn occurrences(&self, page: &Page<'_>, places: &[Place], kit: &Kit) -> Vec<Occurrence> {
        let cast = Cast::new(self.text, self.annotations);
        let calendar = Calendar::new(self.text, self.annotations);
        let heads: Vec<_> = places.iter().map(|place| place.head).collect();
        let word = |head: &u32| vec![self.text.tokens[*head as usize].span];
        let named: Vec<Vec<Span>> = heads.iter().map(word).collect();
        let statuses = statuses(self.text, &named, &kit.events);
        let tell = |(place, status): (&Place, Option<Status>)| {
            let tree = &page.trees[place.sentence as usize];
            let mut told = self.occurrence(tree, place.sentence, place.head, &cast, &calendar);
            told.status = status.unwrap_or(told.status);
            told.refers =
                !self.tells(tree, place.head) && page.may_refer(place.sentence, place.head);
            told
        };
        let mut found: Vec<_> = places.iter().zip(statuses).map(tell).collect();
        same::number(page, &heads, &mut found);
        found
    }

    /// Whether a word tells that something happens: a verb that is no auxiliary and no state, or a noun
    /// that has arguments or is known to be of what happens.
    fn tells(&self, tree: &Tree<'_>, head: u32) -> bool {
        use Relation::{Aux, AuxPass, Cop};
        let word = tree.word(head);
        if matches!(word.relation, Aux | AuxPass | Cop) {
            return false;
        }
        match word.upos {
            Upos::Verb => {
                !self.kit.is_state(&word.lemma)
                    && !self.is_carried(tree, head)
                    && !self.is_of_name(tree, head)
            }
            Upos::Noun => self.happens(tree, head) && !tree.negated(head),
            _ => false,
        }
    }

    fn happens(&self, tree: &Tree<'_>, noun: u32) -> bool {
        self.is_predicate(noun) || self.kit.is_happening(&tree.word(noun).lemma.to_lowercase())
    }

    /// Whether a verb is none, but a word of a name that no list of words has: "Snecing said".
    fn is_of_name(&self, tree: &Tree<'_>, verb: u32) -> bool {
        let names = &self.annotations.names;
        let after = names.partition_point(|name| name.tokens.end <= verb);
        names.get(after).is_some_and(|name| name.tokens.contains(&verb))
            && Lexeme::new(&tree.word(verb).lemma.to_lowercase()).part().is_none()
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
            refers: false,
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
