//! Whether a relation is said to hold, to begin, to be over or not to be.

use crate::event::{Clause, Index, Status};
use crate::syntax::{Relation as Dependency, Upos};

use super::rule::{Phase, Rule};
use super::search::{Search, WINDOW};
use super::{RelationKind, described};

/// How far up a charge is looked for.
const CLIMB: usize = 5;

impl Search<'_> {
    /// "was elected leader" begins, "resigned as leader" ends what "leader" says to hold.
    pub(super) fn phase(&self, rule: &Rule, head: Index) -> Phase {
        let known = &self.kit.known;
        match described::verb_over(self, head).filter(|_| rule.sides.subject.described) {
            Some(verb) if self.is(verb, known.resign) => Phase::Ends,
            Some(verb) if self.is(verb, known.begin) => Phase::Begins,
            _ => rule.phase,
        }
    }

    /// Whether a relation is negated; `None` where nobody says that it is or is not.
    pub(super) fn polarity(&self, clause: &Clause, rule: &Rule) -> Option<bool> {
        let head = clause.head;
        let doubted = self.before(head).any(|at| self.is(at, self.kit.known.doubt));
        if clause.nominal && (doubted || self.modifies_title(head)) || self.is_charge(head) {
            return None;
        }
        let copula = self.grammar.kid(head, &[Dependency::Cop]);
        let apposed = clause.nominal && rule.describes() && copula.is_none();
        let anchor = match copula.filter(|_| clause.nominal) {
            Some(copula) => Some(copula),
            None if apposed => described::verb_over(self, head),
            None => Some(head),
        };
        let Some(anchor) = anchor else { return Some(false) };
        let verb = if anchor == head { clause.verb.or(Some(head)) } else { Some(anchor) };
        match self.kit.status.of(self.grammar, anchor, verb) {
            Status::Happened | Status::UnderWay | Status::Historical => Some(false),
            Status::Negated | Status::Denied => Some(true),
            Status::Planned if rule.kind == RelationKind::Fights && !clause.nominal => Some(false),
            Status::Planned | Status::Hypothetical | Status::CalledFor => None,
        }
    }

    /// "chief" in "chief operating officer Brandt".
    fn modifies_title(&self, noun: Index) -> bool {
        let grammar = self.grammar;
        let over = grammar.head(noun).filter(|over| noun < *over && grammar.is_nominal(*over));
        let modifies = matches!(grammar.relation(noun), Dependency::Compound | Dependency::Amod);
        modifies && over.is_some_and(|over| self.name_of_title(over).is_some())
    }

    /// "accuses them of arming rebels": what somebody is charged with.
    fn is_charge(&self, token: Index) -> bool {
        let above = std::iter::successors(Some(token), |at| self.grammar.head(*at));
        let mut verbs = above.take(CLIMB).skip(1).take_while(|at| self.grammar.is_verbal(*at));
        self.grammar.word(token).xpos == "VBG" && verbs.any(|at| self.is(at, self.kit.known.charge))
    }

    pub(super) fn speaks_of_terror(&self, head: Index) -> bool {
        let (first, last) = self.grammar.extent(head);
        (first..=last).any(|at| self.is(at, self.kit.known.terrorist))
    }

    /// "former", "ex-", "used to": whether the words say that it is over.
    pub(super) fn is_over(&self, head: Index) -> bool {
        let ended = self.kit.known.ended;
        let used = || {
            let over = self
                .grammar
                .head(head)
                .filter(|_| self.grammar.relation(head) == Dependency::Xcomp);
            over.is_some_and(|over| self.grammar.word(over).lemma == "use")
        };
        let nominal = self.grammar.is_nominal(head);
        nominal && self.before(head).any(|at| self.is(at, ended) || self.is_former(at))
            || self.grammar.kids(head).iter().any(|kid| self.is(*kid, ended))
            || used()
    }

    /// "Ex-Facebook" in one token.
    fn is_former(&self, token: Index) -> bool {
        let text = self.grammar.text.report.slice(self.span(token));
        text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("ex-"))
    }

    /// The words of the phrase before a noun, the nearest first.
    pub(super) fn before(&self, noun: Index) -> impl Iterator<Item = Index> + '_ {
        let inside = |at: &Index| {
            let word = self.grammar.word(*at);
            matches!(word.upos, Upos::Adj | Upos::Noun | Upos::Propn | Upos::Det | Upos::Num)
                || matches!(word.xpos, "HYPH" | "POS" | "VBN" | "VBG" | "JJ")
        };
        (noun.saturating_sub(WINDOW)..noun).rev().take_while(inside)
    }
}
