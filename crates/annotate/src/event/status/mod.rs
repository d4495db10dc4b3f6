//! Whether an act happened, read from the grammar around it.
//!
//! A verb is asked for its own auxiliaries and marks first ([`StatusKit::own`]), then for what governs it
//! ([`clause`]); a noun for its modifiers, then for the verb that carries it, then for what it stands in
//! ([`noun`]).

mod clause;
mod kit;
mod noun;
mod shape;

use crate::syntax::{Relation, Upos};

use super::Status;
use super::grammar::{Grammar, Index};
use shape::{is_dated_ahead, is_scheduled, no_longer, predicate};

pub(crate) use kit::StatusKit;
pub(super) use shape::is_definite;

/// How far up the tree the question is asked.
const DEPTH: u32 = 5;

impl StatusKit {
    /// The status of an act whose trigger is `head`; `verb` carries its tense, if any does.
    pub(crate) fn of(&self, grammar: &Grammar<'_>, head: Index, verb: Option<Index>) -> Status {
        match self.of_cue(grammar, head, verb) {
            Status::Planned if self.is_conditional(grammar, verb.unwrap_or(head)) => {
                Status::Hypothetical
            }
            Status::Happened if self.is_asked_or_told_if(grammar, verb.unwrap_or(head)) => {
                Status::Hypothetical
            }
            status => status,
        }
    }

    /// The same, whatever condition it stands under: "will leave if" is a promise to leave.
    pub(crate) fn of_cue(&self, grammar: &Grammar<'_>, head: Index, verb: Option<Index>) -> Status {
        if let Some(said) = predicate(grammar, head) {
            return self.of_copula(grammar, said);
        }
        let carried = grammar.is_nominal(head) || grammar.word(head).upos == Upos::Pron;
        if carried {
            let verb = verb.filter(|verb| *verb != head);
            self.of_noun(grammar, head, verb, DEPTH)
        } else {
            self.of_verb(grammar, head, DEPTH)
        }
    }

    /// "will be the first" is as real as what it says; of "the plan is to leave" the plan is real.
    pub(super) fn of_copula(&self, grammar: &Grammar<'_>, said: Index) -> Status {
        let mark = grammar.kid(said, &[Relation::Mark]).unwrap_or(said);
        if grammar.word(said).upos != Upos::Verb {
            self.of_verb(grammar, said, DEPTH)
        } else if self.negations(grammar, said).any(|negation| negation < mark) {
            Status::Negated
        } else {
            Status::Happened
        }
    }

    /// Whether the verb is negated itself.
    pub(crate) fn is_negated(&self, grammar: &Grammar<'_>, verb: Index) -> bool {
        self.negations(grammar, verb).next().is_some()
    }

    /// The words that negate a verb.
    fn negations(&self, grammar: &Grammar<'_>, verb: Index) -> impl Iterator<Item = Index> {
        grammar.kids(verb).iter().copied().filter(move |kid| {
            let relation = grammar.relation(*kid);
            let adverb = matches!(
                relation,
                Relation::Advmod | Relation::Aux | Relation::Det | Relation::Dep
            );
            let subject = matches!(relation, Relation::Nsubj | Relation::NsubjPass);
            adverb && (grammar.is(*kid, self.negation) || no_longer(grammar, *kid))
                || subject && (grammar.is(*kid, self.negation) || self.is_no(grammar, *kid))
        })
    }

    pub(super) fn is_no(&self, grammar: &Grammar<'_>, noun: Index) -> bool {
        let no = |kid: &Index| {
            grammar.relation(*kid) == Relation::Det && grammar.word(*kid).lemma == "no"
        };
        grammar.kids(noun).iter().any(no)
    }

    /// Whether a verb stands under "will" or "going to".
    pub(crate) fn is_future(&self, grammar: &Grammar<'_>, verb: Index) -> bool {
        self.auxiliaries(grammar, verb).any(|aux| grammar.is(aux, self.intent))
    }

    pub(super) fn auxiliaries<'g>(
        &self,
        grammar: &'g Grammar<'_>,
        verb: Index,
    ) -> impl Iterator<Item = Index> + 'g {
        let kids = grammar.kids(verb).iter().copied();
        kids.filter(|kid| matches!(grammar.relation(*kid), Relation::Aux | Relation::AuxPass))
    }

    pub(super) fn of_verb(&self, grammar: &Grammar<'_>, verb: Index, depth: u32) -> Status {
        let own = self.own(grammar, verb);
        if own != Status::Happened && own != Status::UnderWay || depth == 0 {
            return own;
        }
        let above = self.governed(grammar, verb, depth);
        if above == Status::Happened { own } else { above }
    }

    /// What the verb's own auxiliaries and marks say.
    pub(super) fn own(&self, grammar: &Grammar<'_>, verb: Index) -> Status {
        if self.is_supposed(grammar, verb) {
            return Status::Hypothetical;
        }
        if self.is_negated(grammar, verb) {
            return Status::Negated;
        }
        let modal =
            self.auxiliaries(grammar, verb).filter_map(|aux| self.modal(grammar, verb, aux));
        if let Some(status) = modal.last() {
            return status;
        }
        if is_scheduled(grammar, verb)
            || grammar.word(verb).xpos == "VBG" && is_dated_ahead(grammar, verb)
        {
            return Status::Planned;
        }
        let present_be = |aux: Index| {
            matches!(grammar.word(aux).xpos, "VBZ" | "VBP" | "VBN")
                && grammar.word(aux).lemma == "be"
        };
        let progressive =
            grammar.word(verb).xpos == "VBG" && self.auxiliaries(grammar, verb).any(present_be);
        if progressive { Status::UnderWay } else { Status::Happened }
    }

    /// Whether a verb stands under "if", negated or not: nobody says that it happened or did not.
    fn is_supposed(&self, grammar: &Grammar<'_>, verb: Index) -> bool {
        let marks = |kid: &Index| {
            grammar.relation(*kid) == Relation::Mark && grammar.is(*kid, self.subordinator)
        };
        grammar.kids(verb).iter().any(marks)
    }

    /// Whether an act to come depends on a condition, its own or one of what governs it: "will be forced to
    /// pay if".
    fn is_conditional(&self, grammar: &Grammar<'_>, token: Index) -> bool {
        let mut at = token;
        for _ in 0..DEPTH {
            if self.has_condition(grammar, at) {
                return true;
            }
            match (grammar.relation(at), grammar.head(at)) {
                (Relation::Xcomp | Relation::Obj | Relation::NsubjPass, Some(head)) => at = head,
                (Relation::Conj, Some(head)) if !self.has_subject(grammar, at) => at = head,
                _ => return false,
            }
        }
        false
    }

    /// "Leave if they attack", "it loses its seat if it attacks": what is neither past nor said already.
    fn is_asked_or_told_if(&self, grammar: &Grammar<'_>, verb: Index) -> bool {
        let said = self.say | self.plan | self.call | self.hypothetical | self.to_act | self.deny;
        matches!(grammar.word(verb).xpos, "VB" | "VBP" | "VBZ")
            && !grammar.is(verb, said)
            && self.auxiliaries(grammar, verb).next().is_none()
            && self.has_condition(grammar, verb)
    }

    /// "even if" and "if necessary" are no conditions, and neither is what one asks ("whether") or fears
    /// ("lest").
    fn has_condition(&self, grammar: &Grammar<'_>, verb: Index) -> bool {
        let idle = |kid: &Index| {
            matches!(grammar.word(*kid).lemma.as_str(), "whether" | "lest" | "even" | "only" | "as")
        };
        let condition = |kid: &Index| {
            grammar.relation(*kid) == Relation::Advcl
                && self.is_supposed(grammar, *kid)
                && (grammar.is_verbal(*kid) || self.has_subject(grammar, *kid))
                && !grammar.kids(*kid).iter().any(idle)
        };
        grammar.kids(verb).iter().any(condition)
    }

    /// What an auxiliary makes of its verb; `None` if it only gives the tense.
    pub(super) fn modal(&self, grammar: &Grammar<'_>, verb: Index, aux: Index) -> Option<Status> {
        if grammar.is(aux, self.intent) {
            Some(Status::Planned)
        } else if grammar.is(aux, self.deontic) {
            let past = self.auxiliaries(grammar, verb).any(|aux| grammar.word(aux).lemma == "have");
            Some(if past { Status::Hypothetical } else { Status::CalledFor })
        } else if grammar.word(aux).lemma == "would" {
            Some(self.would(grammar, verb))
        } else {
            (grammar.word(aux).xpos == "MD").then_some(Status::Hypothetical)
        }
    }

    /// "said it would leave", "would leave, he said", "a memo that he would leave" are plans, told back in the
    /// past; any other "would" is a supposition, and so is that of "says it would".
    pub(super) fn would(&self, grammar: &Grammar<'_>, verb: Index) -> Status {
        let mut at = verb;
        while let (Relation::Conj, Some(head)) = (grammar.relation(at), grammar.head(at)) {
            at = head;
        }
        let content = matches!(
            grammar.relation(at),
            Relation::Ccomp | Relation::Acl | Relation::AclRelcl | Relation::CsubjPass
        );
        let told = |head: Index| {
            let nouns = self.noun_plan | self.noun_say;
            let telling = if grammar.is_nominal(head) { nouns } else { self.say | self.plan };
            grammar.is(head, telling) && !matches!(grammar.word(head).xpos, "VBZ" | "VBP")
        };
        let under = content && grammar.head(at).is_some_and(told);
        let aside = grammar.kid(at, &[Relation::Parataxis, Relation::Ccomp]);
        let beside = aside.is_some_and(|aside| {
            at < aside
                && grammar.is(aside, self.say)
                && !matches!(grammar.word(aside).xpos, "VBZ" | "VBP")
        });
        if under || beside { Status::Planned } else { Status::Hypothetical }
    }
}

#[cfg(test)]
mod tests;
