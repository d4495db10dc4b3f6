//! Whether what a number counts is people, said or left out: "212 tourists", "nine killed", "a town of 900".

use chancery_text::Span;

use super::Figure;
use super::amount::Amount;
use super::counted::{Around, Counted};
use crate::syntax::Relation;

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

const PERSON: &str = "person";

impl Around<'_> {
    /// Whether the count is of people.
    pub fn is_of_people(&self, count: &Count<'_>, sentence: std::ops::Range<usize>) -> bool {
        let head = count.counted.map(|counted| counted.head).or(count.tied);
        if let Some(head) = head.filter(|head| self.slice(*head) != "others") {
            return self.is_person(head);
        }
        let first = self.text.tokens.partition_point(|token| token.span.end <= count.span.start);
        let after = self.token_at(count.span.end);
        if self.looks(after, |entry| entry.stop) && self.is_pronoun_after_of(after) {
            return count.before.iter().any(is_person_figure);
        }
        let of_things =
            |figure: &Figure| figure.state.as_deref() == count.state && !is_person_figure(figure);
        let suffers = count.state.is_some_and(|state| self.kit.is_of_persons(state));
        suffers && !count.before.iter().any(of_things)
            || self.is_of_peopled(first, &sentence)
            || self.is_tally_of_people(first, &sentence)
            || self.continues(first, after, count, &sentence)
    }

    fn is_person(&self, at: usize) -> bool {
        let people = || {
            let span = self.text.tokens[at].span;
            self.peoples.iter().any(|people| people.overlaps(span))
        };
        let word = &self.text.syntax.words[at];
        self.looks(at, |entry| entry.person)
            || self.kit.is_person(&word.lemma)
            || word.xpos.ends_with('S') && people()
    }

    fn is_pronoun_after_of(&self, at: usize) -> bool {
        self.slice(at).eq_ignore_ascii_case("of")
            && matches!(self.slice(at + 1), "them" | "whom" | "those" | "us" | "these")
    }

    /// "a town of 900", "a staff of four".
    fn is_of_peopled(&self, first: usize, sentence: &std::ops::Range<usize>) -> bool {
        first >= sentence.start + 2
            && self.slice(first - 1).eq_ignore_ascii_case("of")
            && self.looks(first - 2, |entry| entry.peopled)
    }

    /// "the number of people held stood at 900", "casualties have passed 90": a verb between the two.
    fn is_tally_of_people(&self, first: usize, sentence: &std::ops::Range<usize>) -> bool {
        let nouns = || sentence.start..first;
        let toll = nouns()
            .any(|at| matches!(self.slice(at), "toll" | "Toll" | "casualties" | "Casualties"));
        let tally = nouns().find(|at| self.looks(*at, |entry| entry.tally));
        let verb = matches!(
            self.slice(first.saturating_sub(1)),
            "to" | "at" | "passed" | "reached" | "hit" | "topped" | "exceeded" | "against" | "from"
        );
        let of_people = |at: usize| (at + 1..first.min(at + 6)).any(|at| self.is_person(at));
        verb && (toll || tally.is_some_and(of_people))
    }

    /// "Two men were killed in Basra and two in Nasiriya": coordinated with a figure of people, nothing
    /// counted.
    fn continues(
        &self,
        first: usize,
        after: usize,
        count: &Count<'_>,
        sentence: &std::ops::Range<usize>,
    ) -> bool {
        let small = count.amount.unit.is_none() && after <= sentence.end;
        let Some(last) = count.before.last().filter(|last| small && is_person_figure(last)) else {
            return false;
        };
        let joined = (first..after).any(|at| {
            let word = &self.text.syntax.words[at];
            let over = word.head.map_or(at, |head| head as usize);
            let coordinated = matches!(word.relation, Relation::Conj | Relation::Appos);
            coordinated
                && self
                    .text
                    .tokens
                    .get(over)
                    .is_some_and(|token| token.span.start < count.span.start)
        });
        let comes = self.slice(first.saturating_sub(1));
        joined
            || (matches!(comes, "and" | "," | ";")
                && last.state.is_some()
                && last.state.as_deref() == count.state)
    }
}

fn is_person_figure(figure: &Figure) -> bool {
    figure.unit.as_deref() == Some(PERSON)
}
