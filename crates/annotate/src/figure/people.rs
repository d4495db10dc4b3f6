//! Whether what a number counts is people, said or left out: "212 tourists", "nine killed", "a town of 900".

use std::ops::Range;

use chancery_text::Span;

use super::amount::Amount;
use super::counted::{Around, Counted};
use super::{Bound, Figure};
use crate::syntax::{Relation, Upos};

/// A number, what it counts, and what of the sentence stands before it.
pub(super) struct Count<'a> {
    pub amount: &'a Amount,
    pub span: Span,
    pub counted: Option<Counted>,
    /// The word that a hyphen ties to it, as a token.
    pub tied: Option<usize>,
    pub state: Option<&'a str>,
    /// The figures of the sentence before it.
    pub before: &'a [Figure],
}

impl Count<'_> {
    fn follows_people(&self) -> bool {
        self.before.iter().any(is_of_person)
    }
}

fn is_of_person(figure: &Figure) -> bool {
    figure.unit.as_deref() == Some("person")
}

impl Around<'_> {
    /// Whether the count is of people.
    pub fn is_of_people(&self, count: &Count<'_>, sentence: &Range<usize>) -> bool {
        let head = count.counted.map(|counted| counted.head).or(count.tied);
        let others = |head: usize| self.slice(head) == "others";
        if head.is_some_and(others) && count.before.is_empty() {
            return true;
        }
        if let Some(head) = head.filter(|head| !others(*head)) {
            return self.is_person(head);
        }
        let first = self.first_of(count.span);
        let after = self.token_at(count.span.end);
        if self.is_of_pronoun(count.span) {
            return self.slice(after + 1) == "us" || count.follows_people();
        }
        // "17 of the injured"
        let of_persons = self.slice(after).eq_ignore_ascii_case("of")
            && self.looks(after + 2, |entry| entry.person);
        let of_things =
            |figure: &Figure| figure.state.as_deref() == count.state && !is_of_person(figure);
        // "two were shot down": no people are.
        let down = || (sentence.start..sentence.end).any(|at| self.slice(at) == "down");
        let suffers = count.state.is_some_and(|state| self.kit.is_of_persons(state))
            && !(count.state == Some("shoot") && down());
        of_persons
            || suffers && !count.before.iter().any(of_things)
            || count.amount.bound == Bound::Vague && self.is_subject(count.span)
            || self.is_employed(first)
            || matches!(self.slice(after), "aboard" | "survive" | "survived" | "survivors")
            || count.follows_people() && !count.amount.bare && self.is_subject(count.span)
            || self.is_of_peopled(first, sentence)
            || self.is_tally_of_people(first, count, sentence)
            || self.continues(first, after, count, sentence)
    }

    fn first_of(&self, number: Span) -> usize {
        self.text.tokens.partition_point(|token| token.span.end <= number.start)
    }

    /// Without what a lost comma adds: "11 children state media reported".
    pub fn ending_with_people(&self, counted: Counted) -> Counted {
        let plural = |at: &usize| {
            matches!(self.text.syntax.words[*at].xpos, "NNS" | "NNPS") && self.is_person(*at)
        };
        let head = if self.is_person(counted.head) {
            None
        } else {
            (counted.first..counted.head).find(plural)
        };
        Counted { head: head.unwrap_or(counted.head), ..counted }
    }

    fn is_person(&self, at: usize) -> bool {
        let word = &self.text.syntax.words[at];
        let span = self.text.tokens[at].span;
        let people = || self.peoples.iter().any(|people| people.overlaps(span));
        self.looks(at, |entry| entry.person)
            || self.kit.is_person(&word.lemma)
            || matches!(word.xpos, "NNS" | "NNPS" | "NNP") && people()
    }

    /// "eight of them", right after the number.
    pub fn is_of_pronoun(&self, number: Span) -> bool {
        let at = self.token_at(number.end);
        self.slice(at).eq_ignore_ascii_case("of")
            && matches!(self.slice(at + 1), "them" | "whom" | "those" | "us" | "these")
    }

    /// "tens of thousands marched": a number is who acts.
    pub fn is_subject(&self, number: Span) -> bool {
        let words = &self.text.syntax.words;
        (self.first_of(number)..self.token_at(number.end)).any(|at| {
            let verb = words[at].head.and_then(|head| words.get(head as usize));
            words[at].relation == Relation::Nsubj && verb.is_some_and(|v| v.upos == Upos::Verb)
        })
    }

    /// "a plant that will employ 3,000", "built to house 60,000".
    fn is_employed(&self, first: usize) -> bool {
        let verb = first.checked_sub(1).map(|at| self.text.syntax.words[at].lemma.as_str());
        let verbs =
            ["employ", "house", "shelter", "accommodate", "recruit", "hire", "treat", "vaccinate"];
        verb.is_some_and(|verb| verbs.contains(&verb))
    }

    /// "a town of 900", "a staff of four".
    fn is_of_peopled(&self, first: usize, sentence: &Range<usize>) -> bool {
        first >= sentence.start + 2
            && self.slice(first - 1).eq_ignore_ascii_case("of")
            && self.looks(first - 2, |entry| entry.peopled || entry.crowd)
    }

    /// "the number of people held stood at 900", "casualties have passed 90".
    fn is_tally_of_people(&self, first: usize, count: &Count<'_>, sentence: &Range<usize>) -> bool {
        let comes = [
            "to", "at", "from", "is", "was", "passed", "reached", "hit", "topped", "exceeded",
            "against",
        ];
        if first == sentence.start || !comes.contains(&self.slice(first - 1)) {
            return false;
        }
        let mut nouns = sentence.start..first;
        if nouns.clone().any(|at| self.looks(at, |entry| entry.crowd)) {
            return true;
        }
        let tally = nouns.find(|at| self.looks(*at, |entry| entry.tally));
        let of_people = |at: usize| (at + 1..first.min(at + 6)).any(|at| self.is_person(at));
        tally.is_some_and(|at| of_people(at) || count.follows_people())
    }

    /// "Two men were killed in Basra and two in Nasiriya": coordinated with a figure of people, nothing
    /// counted.
    fn continues(
        &self,
        first: usize,
        after: usize,
        count: &Count<'_>,
        sentence: &Range<usize>,
    ) -> bool {
        let Some(last) = count.before.last().filter(|last| is_of_person(last)) else {
            return false;
        };
        let words = &self.text.syntax.words;
        let joined = (first..after.min(sentence.end)).any(|at| {
            let over = words[at].head.map_or(at, |head| head as usize);
            matches!(words[at].relation, Relation::Conj | Relation::Appos)
                && self.text.tokens.get(over).is_some_and(|t| t.span.start < count.span.start)
        });
        let listed = sentence.start < first && matches!(self.slice(first - 1), "and" | "," | ";");
        let same = last.state.is_some() && last.state.as_deref() == count.state;
        joined || listed && same
    }
}
