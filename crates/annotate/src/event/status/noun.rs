//! Whether what a noun names happened: "talks are planned", "a planned attack", "the end of the strike".

use crate::event::Status;
use crate::event::grammar::{Grammar, Index};
use crate::event::words::{Mask, Symbol};
use crate::syntax::{Relation, Upos};

use super::kit::{Cases, StatusKit};
use super::shape::{
    antecedent, changes, comprises, foretells, is_acted_on, is_definite, is_purpose, mask_of_form,
    predicate_of, unreal,
};

impl StatusKit {
    pub(super) fn of_noun(
        &self,
        grammar: &Grammar<'_>,
        noun: Index,
        verb: Option<Index>,
        depth: u32,
    ) -> Status {
        if let Some(noun) = antecedent(grammar, noun).filter(|_| depth != 0) {
            return self.of_noun(grammar, noun, None, depth - 1);
        }
        let held = verb.is_some_and(|verb| {
            grammar.is(verb, self.light | self.occur)
                && !grammar.is(verb, self.plan | self.cancel)
                && self.of_verb(grammar, verb, depth) == Status::Happened
        });
        match self.of_modifiers(grammar, noun) {
            Some(Status::Planned) if held => {}
            Some(status) => return status,
            None => {}
        }
        match verb {
            Some(verb) if self.is_cancelled(grammar, noun, verb) => Status::Negated,
            Some(verb)
                if grammar.is(verb, self.presuppose) && grammar.relation(noun) == Relation::Obj =>
            {
                Status::Happened
            }
            Some(verb)
                if self.plans_object(grammar, verb) && !self.is_told_of(grammar, noun, verb) =>
            {
                Status::Planned
            }
            Some(verb) => {
                let subject =
                    grammar.head(noun) == Some(verb) && grammar.relation(noun) != Relation::Obj;
                let begun = self.begun(grammar, verb).filter(|_| subject);
                self.of_verb(grammar, begun.unwrap_or(verb), depth)
            }
            None => self.of_loose_noun(grammar, noun, depth),
        }
    }

    pub(super) fn of_modifiers(&self, grammar: &Grammar<'_>, noun: Index) -> Option<Status> {
        let not = |kid: &Index| {
            grammar.relation(*kid) == Relation::Advmod && grammar.word(*kid).lemma == "not"
        };
        if grammar.kids(noun).iter().any(not) {
            return Some(Status::Negated);
        }
        let kids = grammar.kids(noun).iter().copied();
        // A failed attack was made, as failed talks were held.
        let made = |kid: Index| {
            matches!(grammar.word(kid).lemma.as_str(), "fail" | "failed" | "unsuccessful")
                && grammar.is(noun, self.violence | self.talks)
        };
        let mut modifiers = kids.filter(|kid| {
            !made(*kid)
                && matches!(
                    grammar.relation(*kid),
                    Relation::Amod | Relation::Det | Relation::Compound
                )
        });
        modifiers.find_map(|kid| self.of_modifier(grammar.mask(kid) | mask_of_form(grammar, kid)))
    }

    /// What an adjective, or a participle by its form ("planned" is not "plan"), says of its noun.
    fn of_modifier(&self, mask: Mask) -> Option<Status> {
        if mask & self.amod_fail != 0 {
            Some(Status::Negated)
        } else if mask & self.amod_plan != 0 {
            Some(Status::Planned)
        } else {
            (mask & self.amod_hypothetical != 0).then_some(Status::Hypothetical)
        }
    }

    /// What an adjective says of its subject: "a deal is likely", "war became possible".
    fn of_predicate(&self, grammar: &Grammar<'_>, head: Index, depth: u32) -> Option<Status> {
        let complement = grammar.kid(head, &[Relation::Xcomp]).unwrap_or(head);
        let adjective =
            [head, complement].into_iter().find(|it| grammar.word(*it).upos == Upos::Adj)?;
        let unsure = self.amod_hypothetical | self.hypothetical;
        let told = self.of_modifier(grammar.mask(adjective) | mask_of_form(grammar, adjective));
        let told = told.or(grammar.is(adjective, unsure).then_some(Status::Hypothetical))?;
        let negated = self.of_verb(grammar, head, depth) == Status::Negated;
        Some(if negated { Status::Negated } else { told })
    }

    /// "a plan that includes cuts", "the deal provides for a withdrawal": what a plan holds is planned.
    fn of_content_of_noun(&self, grammar: &Grammar<'_>, head: Index) -> Option<Status> {
        let subject = grammar.subject(head).filter(|_| comprises(grammar, head))?;
        let holds = grammar.is(subject, self.noun_plan | self.noun_call);
        holds.then(|| self.of_noun_complement(grammar, subject))
    }

    /// "announced cuts" and "planned an attack", but not "committed an attack" or "resolved a dispute".
    pub(super) fn plans_object(&self, grammar: &Grammar<'_>, verb: Index) -> bool {
        grammar.is(verb, self.plan) && !grammar.is(verb, self.to_act)
    }

    /// A plan or a demand that is announced is there.
    pub(super) fn is_told_of(&self, grammar: &Grammar<'_>, noun: Index, verb: Index) -> bool {
        grammar.is(noun, self.noun_plan | self.noun_call) && grammar.is(verb, self.say)
    }

    /// A noun that no light verb carries: what governs it?
    pub(super) fn of_loose_noun(&self, grammar: &Grammar<'_>, noun: Index, depth: u32) -> Status {
        let scheduled = |kid: &Index| {
            grammar.relation(*kid) == Relation::Acl
                && grammar.word(*kid).xpos == "VBN"
                && grammar.is(*kid, self.plan | self.cancel)
                && !self.is_told_of(grammar, noun, *kid)
                && grammar.kid(*kid, &[Relation::Obj]).is_none()
        };
        if depth == 0 {
            return Status::Happened;
        }
        if let Some(kid) = grammar.kids(noun).iter().find(|kid| scheduled(kid)) {
            let off = grammar.is(*kid, self.cancel);
            return if off { Status::Negated } else { Status::Planned };
        }
        let Some(head) = grammar.head(noun) else { return Status::Happened };
        if predicate_of(grammar, noun).is_some() {
            return self.of_verb(grammar, noun, depth - 1);
        }
        let subject = matches!(grammar.relation(noun), Relation::Nsubj | Relation::NsubjPass);
        if grammar.is_nominal(head) && !subject {
            return self.of_governing_noun(grammar, noun, head, depth);
        }
        let told = if subject {
            self.of_predicate(grammar, head, depth - 1)
        } else {
            self.of_content_of_noun(grammar, head)
        };
        if let Some(told) = told {
            return told;
        }
        match grammar.relation(noun) {
            Relation::Nsubj => self.of_governing_verb(grammar, noun, head, depth),
            Relation::Obj | Relation::NsubjPass
                if self.is_told_of(grammar, noun, head)
                    || self.is_answered(grammar, noun, head) =>
            {
                Status::Happened
            }
            Relation::Obj | Relation::NsubjPass => self
                .of_object(grammar, head)
                .unwrap_or_else(|| self.of_governing_verb(grammar, noun, head, depth)),
            Relation::Obl => self.of_oblique(grammar, noun, head, depth),
            Relation::Xcomp if grammar.is_verbal(head) => {
                unreal(self.of_verb(grammar, head, depth - 1))
            }
            _ => Status::Happened,
        }
    }

    /// What a verb says of its object.
    pub(super) fn of_object(&self, grammar: &Grammar<'_>, head: Index) -> Option<Status> {
        let content = [Relation::Xcomp, Relation::Ccomp];
        if grammar.is(head, self.deny) {
            Some(Status::Denied)
        } else if grammar.is(head, self.cancel) {
            Some(Status::Negated)
        } else if foretells(grammar, head) {
            Some(Status::Planned)
        } else if grammar.is(head, self.address) || grammar.kid(head, &content).is_some() {
            None
        } else if grammar.is(head, self.call) {
            Some(Status::CalledFor)
        } else if self.plans_object(grammar, head) {
            Some(Status::Planned)
        } else {
            grammar.is(head, self.hypothetical).then_some(Status::Hypothetical)
        }
    }

    /// A noun of a clause that is not real is not real either, unless it is there before.
    pub(super) fn of_governing_verb(
        &self,
        grammar: &Grammar<'_>,
        noun: Index,
        head: Index,
        depth: u32,
    ) -> Status {
        if self.is_before(grammar, noun, head)
            || !grammar.is_verbal(head) && predicate_of(grammar, head).is_none()
        {
            return Status::Happened;
        }
        let begun = self.begun(grammar, head).filter(|_| grammar.relation(noun) != Relation::Obj);
        match self.of_verb(grammar, begun.unwrap_or(head), depth - 1) {
            Status::Negated if !grammar.is(head, self.light) => Status::Happened,
            status => unreal(status),
        }
    }

    /// What the subject of a verb is said to do in its infinitive: "the trial is set to begin".
    pub(super) fn begun(&self, grammar: &Grammar<'_>, head: Index) -> Option<Index> {
        let purpose = |kid: &Index| {
            grammar.relation(*kid) == Relation::Advcl
                && grammar.is(head, self.plan | self.to_act)
                && self.is_infinitive(grammar, *kid)
        };
        let mut kids = grammar.kids(head).iter().copied();
        grammar.kid(head, &[Relation::Xcomp]).or_else(|| kids.find(purpose))
    }

    /// What acts on something is there before, and so are the objects of some verbs.
    pub(super) fn is_before(&self, grammar: &Grammar<'_>, noun: Index, head: Index) -> bool {
        if grammar.relation(noun) == Relation::Nsubj {
            let acts =
                grammar.kid(head, &[Relation::Obj]).is_some() && !grammar.is(head, self.occur);
            acts || changes(grammar, head) && is_definite(grammar, noun)
        } else {
            grammar.is(head, self.presuppose)
        }
    }

    /// "called for a ceasefire", "filed for bankruptcy"; "will be used for a search".
    pub(super) fn of_oblique(
        &self,
        grammar: &Grammar<'_>,
        noun: Index,
        head: Index,
        depth: u32,
    ) -> Status {
        let wanted = |case: Symbol| Cases::among(&[self.aim.r#for, self.aim.on], case);
        let mut cases = grammar.cases(noun);
        if cases.any(wanted) && grammar.is(head, self.call | self.plan) {
            return self.of_object(grammar, head).unwrap_or(Status::CalledFor);
        }
        if grammar.cases(noun).any(|case| Cases::among(&[self.aim.r#for], case))
            && grammar.is(head, self.await_for)
        {
            return Status::CalledFor;
        }
        if is_purpose(grammar, noun, head) {
            return self.of_purpose_noun(grammar, head, depth);
        }
        let takes_part = grammar.cases(noun).any(|case| Cases::among(&self.aim.part, case));
        if is_definite(grammar, noun) || !takes_part {
            return Status::Happened;
        }
        self.of_governing_verb(grammar, noun, head, depth)
    }

    /// "half of those cuts" are cuts.
    fn is_quantity(&self, grammar: &Grammar<'_>, noun: Index) -> bool {
        grammar.is(noun, self.container) || grammar.word(noun).upos == Upos::Num
    }

    /// "rejected the demand": it was made.
    fn is_answered(&self, grammar: &Grammar<'_>, noun: Index, verb: Index) -> bool {
        let made = grammar.is(noun, self.noun_call | self.noun_say)
            || matches!(grammar.word(noun).lemma.as_str(), "offer" | "proposal" | "suggestion");
        made && matches!(grammar.word(verb).lemma.as_str(), "oppose" | "reject")
    }

    /// Whether a verb says that what a noun names does not take place. One kills a deal, but an attack that is
    /// the subject of "killed" kills.
    fn is_cancelled(&self, grammar: &Grammar<'_>, noun: Index, verb: Index) -> bool {
        let killed =
            grammar.word(verb).lemma == "kill" && grammar.is(noun, self.noun_plan | self.noun_call);
        (killed || grammar.is(verb, self.cancel))
            && is_acted_on(grammar, noun, verb)
            && !self.is_answered(grammar, noun, verb)
    }

    /// What one aims at is wanted; what something is used for is as real as the use.
    fn of_purpose_noun(&self, grammar: &Grammar<'_>, verb: Index, depth: u32) -> Status {
        if grammar.word(verb).lemma == "aim" {
            return Status::CalledFor;
        }
        unreal(self.of_verb(grammar, verb, depth - 1))
    }

    pub(super) fn of_governing_noun(
        &self,
        grammar: &Grammar<'_>,
        noun: Index,
        head: Index,
        depth: u32,
    ) -> Status {
        let including = grammar.cases(noun).any(|case| Cases::among(&[self.aim.including], case));
        if grammar.relation(noun) == Relation::Conj || including && !grammar.is(head, self.nouns())
        {
            return self.of_noun(grammar, head, None, depth - 1);
        }
        if grammar.relation(noun) == Relation::Compound {
            return if grammar.is(head, self.noun_plan | self.noun_call) {
                self.of_noun_complement(grammar, head)
            } else {
                self.of_loose_noun(grammar, head, depth - 1)
            };
        }
        let tied = |ties: &[Symbol]| grammar.cases(noun).any(|case| Cases::among(ties, case));
        if (including || tied(&self.aim.content)) && grammar.is(head, self.nouns())
            || tied(&[self.aim.r#in]) && grammar.is(head, self.noun_fail)
        {
            self.of_noun_complement(grammar, head)
        } else if tied(&[self.aim.of])
            && (!is_definite(grammar, noun) || self.is_quantity(grammar, head))
        {
            self.of_loose_noun(grammar, head, depth - 1)
        } else {
            Status::Happened
        }
    }
}
