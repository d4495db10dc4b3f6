//! Whether an act happened, read from the grammar around it.

use crate::syntax::{Relation, Upos};

use super::Status;
use super::grammar::{Grammar, Index};
use super::words::{Mask, NONE, Symbol, Words};

/// How far up the tree the question is asked.
const DEPTH: u32 = 5;

/// The classes of words that decide a status.
#[derive(Debug)]
pub(crate) struct StatusKit {
    plan: Mask,
    hypothetical: Mask,
    call: Mask,
    fail: Mask,
    deny: Mask,
    go_on: Mask,
    cancel: Mask,
    noun_plan: Mask,
    noun_hypothetical: Mask,
    noun_call: Mask,
    noun_fail: Mask,
    amod_plan: Mask,
    amod_hypothetical: Mask,
    amod_fail: Mask,
    negation: Mask,
    intent: Mask,
    deontic: Mask,
    subordinator: Mask,
    say: Mask,
    light: Mask,
    /// Verbs that only let somebody act.
    enable: Mask,
    /// Verbs and adjectives that plan what their infinitive says and nothing else.
    to_act: Mask,
    /// Verbs whose object is whom they speak to.
    address: Mask,
    /// Verbs of what comes with "for": "filed for", "waited for".
    await_for: Mask,
    /// Verbs whose object is there before: "cut jobs", "end a dispute".
    presuppose: Mask,
    /// Nouns that report: "a memo that he would leave".
    noun_say: Mask,
    /// Verbs that say that something takes place.
    occur: Mask,
    /// Conjunctions of time.
    until: Mask,
    aim: Cases,
}

/// Prepositions that rules ask for.
#[derive(Debug)]
struct Cases {
    on: Symbol,
    r#in: Symbol,
    of: Symbol,
    r#for: Symbol,
    /// What ties a noun to the plan, call or fear that it is of.
    content: [Symbol; 8],
    /// What ties a noun to a verb as a part of what is done, not as its ground or its time.
    part: [Symbol; 7],
}

impl Cases {
    /// Whether a preposition is one of some; one that no rule names is none of them.
    fn among(some: &[Symbol], case: Symbol) -> bool {
        case != NONE && some.contains(&case)
    }
}

impl StatusKit {
    pub(crate) fn new(words: &Words) -> Self {
        Self {
            plan: words.class("status-plan"),
            hypothetical: words.class("status-hypothetical"),
            call: words.class("status-call"),
            fail: words.class("status-fail"),
            deny: words.class("status-deny"),
            go_on: words.class("status-go-on"),
            cancel: words.class("status-cancel"),
            noun_plan: words.class("noun-plan"),
            noun_hypothetical: words.class("noun-hypothetical"),
            noun_call: words.class("noun-call"),
            noun_fail: words.class("noun-fail"),
            amod_plan: words.class("amod-plan"),
            amod_hypothetical: words.class("amod-hypothetical"),
            amod_fail: words.class("amod-fail"),
            negation: words.class("negation"),
            intent: words.class("intent"),
            deontic: words.class("deontic"),
            subordinator: words.class("subordinator"),
            say: words.class("say"),
            light: words.class("light"),
            enable: words.class("status-enable"),
            to_act: words.class("status-to-act"),
            address: words.class("status-address"),
            await_for: words.class("status-await"),
            presuppose: words.class("status-presuppose"),
            noun_say: words.class("noun-say"),
            occur: words.class("occur"),
            until: words.class("until"),
            aim: Cases {
                on: words.symbol("on"),
                r#in: words.symbol("in"),
                of: words.symbol("of"),
                r#for: words.symbol("for"),
                content: ["of", "for", "to", "on", "against", "about", "over", "with"]
                    .map(|case| words.symbol(case)),
                part: ["at", "for", "in", "into", "on", "to", "with"]
                    .map(|case| words.symbol(case)),
            },
        }
    }

    /// The status of an act whose trigger is `head`; `verb` carries its tense, if any does.
    pub(crate) fn of(&self, grammar: &Grammar<'_>, head: Index, verb: Option<Index>) -> Status {
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
    fn of_copula(&self, grammar: &Grammar<'_>, said: Index) -> Status {
        if grammar.word(said).upos != Upos::Verb {
            self.of_verb(grammar, said, DEPTH)
        } else if self.is_negated(grammar, said) {
            Status::Negated
        } else {
            Status::Happened
        }
    }

    /// Whether the verb is negated itself.
    pub(crate) fn is_negated(&self, grammar: &Grammar<'_>, verb: Index) -> bool {
        grammar.kids(verb).iter().any(|kid| {
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

    fn is_no(&self, grammar: &Grammar<'_>, noun: Index) -> bool {
        let no = |kid: &Index| {
            grammar.relation(*kid) == Relation::Det && grammar.word(*kid).lemma == "no"
        };
        grammar.kids(noun).iter().any(no)
    }

    /// Whether a verb stands under "will" or "going to".
    pub(crate) fn is_future(&self, grammar: &Grammar<'_>, verb: Index) -> bool {
        self.auxiliaries(grammar, verb).any(|aux| grammar.is(aux, self.intent))
    }

    fn auxiliaries<'g>(
        &self,
        grammar: &'g Grammar<'_>,
        verb: Index,
    ) -> impl Iterator<Item = Index> + 'g {
        let kids = grammar.kids(verb).iter().copied();
        kids.filter(|kid| matches!(grammar.relation(*kid), Relation::Aux | Relation::AuxPass))
    }

    fn of_verb(&self, grammar: &Grammar<'_>, verb: Index, depth: u32) -> Status {
        let own = self.own(grammar, verb);
        if own != Status::Happened && own != Status::UnderWay || depth == 0 {
            return own;
        }
        let above = self.governed(grammar, verb, depth);
        if above == Status::Happened { own } else { above }
    }

    /// What the verb's own auxiliaries and marks say.
    fn own(&self, grammar: &Grammar<'_>, verb: Index) -> Status {
        if self.is_negated(grammar, verb) {
            return Status::Negated;
        }
        let marked = |kid: &Index| {
            grammar.relation(*kid) == Relation::Mark && grammar.is(*kid, self.subordinator)
        };
        if grammar.kids(verb).iter().any(marked) {
            return Status::Hypothetical;
        }
        let modal =
            self.auxiliaries(grammar, verb).filter_map(|aux| self.modal(grammar, verb, aux));
        if let Some(status) = modal.last() {
            return status;
        }
        if is_scheduled(grammar, verb) {
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

    /// What an auxiliary makes of its verb; `None` if it only gives the tense.
    fn modal(&self, grammar: &Grammar<'_>, verb: Index, aux: Index) -> Option<Status> {
        if grammar.is(aux, self.intent) {
            Some(Status::Planned)
        } else if grammar.is(aux, self.deontic) {
            Some(Status::CalledFor)
        } else if grammar.word(aux).lemma == "would" {
            Some(self.would(grammar, verb))
        } else {
            (grammar.word(aux).xpos == "MD").then_some(Status::Hypothetical)
        }
    }

    /// "said it would leave", "would leave, he said", "a memo that he would leave" are plans; any other
    /// "would" is a supposition.
    fn would(&self, grammar: &Grammar<'_>, verb: Index) -> Status {
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
            grammar.is(head, telling)
        };
        let under = content && grammar.head(at).is_some_and(told);
        let aside = grammar.kid(at, &[Relation::Parataxis, Relation::Ccomp]);
        let beside = aside.is_some_and(|aside| aside > at && grammar.is(aside, self.say));
        if under || beside { Status::Planned } else { Status::Hypothetical }
    }

    /// What the governor of a verb says.
    fn governed(&self, grammar: &Grammar<'_>, verb: Index, depth: u32) -> Status {
        let infinitive = self.is_infinitive(grammar, verb);
        let Some(head) = grammar.head(verb) else { return of_headline(infinitive, grammar, verb) };
        let willed = self.call | self.plan | self.hypothetical | self.fail;
        match grammar.relation(verb) {
            Relation::Xcomp => self.of_complement(grammar, head, depth),
            Relation::Ccomp if infinitive && !self.has_subject(grammar, verb) => {
                self.of_complement(grammar, head, depth)
            }
            Relation::Ccomp | Relation::CsubjPass => self.of_content(grammar, head, verb),
            Relation::Acl if infinitive => self.of_acl(grammar, head, depth),
            Relation::Acl if grammar.word(verb).xpos == "VBG" => {
                self.of_gerund(grammar, head, verb)
            }
            Relation::Advcl
                if grammar.is(head, willed) && (infinitive || is_gerund(grammar, verb)) =>
            {
                self.of_complement(grammar, head, depth)
            }
            Relation::Advcl if infinitive => self.of_purpose(grammar, head, depth),
            Relation::Advcl if self.is_until(grammar, verb) => {
                self.of_dating(grammar, head, verb, depth)
            }
            Relation::Conj if self.shares_auxiliary(grammar, verb, head) => {
                self.of_verb(grammar, head, depth - 1)
            }
            _ => Status::Happened,
        }
    }

    fn has_subject(&self, grammar: &Grammar<'_>, verb: Index) -> bool {
        grammar.kid(verb, &[Relation::Nsubj, Relation::NsubjPass]).is_some()
    }

    /// What one does something for is meant to be, unless what one does is only supposed.
    fn of_purpose(&self, grammar: &Grammar<'_>, head: Index, depth: u32) -> Status {
        let told = if grammar.is_nominal(head) {
            Status::Happened
        } else {
            self.of_verb(grammar, head, depth - 1)
        };
        match told {
            Status::Hypothetical | Status::Negated => Status::Hypothetical,
            _ => Status::Planned,
        }
    }

    /// "will step down when it is signed": what dates something that is to come is to come, if it is not
    /// told in the past or without a time of its own ("before staging a test").
    fn of_dating(&self, grammar: &Grammar<'_>, head: Index, verb: Index, depth: u32) -> Status {
        let past = |token: Index| grammar.word(token).xpos == "VBD";
        if grammar.word(verb).xpos == "VBG"
            || past(verb)
            || self.auxiliaries(grammar, verb).any(past)
        {
            return Status::Happened;
        }
        match self.of_verb(grammar, head, depth - 1) {
            status @ (Status::Planned | Status::CalledFor | Status::Hypothetical) => status,
            _ => Status::Happened,
        }
    }

    /// "a chance of winning", "means of modernising": what the noun says of the gerund after its "of".
    fn of_gerund(&self, grammar: &Grammar<'_>, noun: Index, verb: Index) -> Status {
        let tied = grammar.cases(verb).any(|case| Cases::among(&self.aim.content, case));
        if tied && grammar.is(noun, self.nouns()) {
            self.of_noun_complement(grammar, noun)
        } else {
            Status::Happened
        }
    }

    /// "when it arrives", "before the tour begins": as real as what it dates.
    fn is_until(&self, grammar: &Grammar<'_>, verb: Index) -> bool {
        grammar.kids(verb).iter().any(|kid| {
            matches!(grammar.relation(*kid), Relation::Mark | Relation::Advmod)
                && grammar.is(*kid, self.until)
        })
    }

    fn is_infinitive(&self, grammar: &Grammar<'_>, verb: Index) -> bool {
        let to = |kid: &Index| {
            grammar.relation(*kid) == Relation::Mark && grammar.word(*kid).lemma == "to"
        };
        let form = grammar.word(verb).xpos;
        form == "VB" || form != "VBG" && grammar.kids(verb).iter().any(to)
    }

    /// "will meet and discuss": the second verb has the first one's auxiliary.
    fn shares_auxiliary(&self, grammar: &Grammar<'_>, verb: Index, head: Index) -> bool {
        let form = grammar.word(verb).xpos;
        let bare = self.auxiliaries(grammar, verb).next().is_none();
        bare && matches!(form, "VB" | "VBN" | "VBG") && form == grammar.word(head).xpos
            || bare && form == "VB"
    }

    fn of_complement(&self, grammar: &Grammar<'_>, head: Index, depth: u32) -> Status {
        let governor = self.of_verb(grammar, head, depth - 1);
        let told = if grammar.is(head, self.fail) {
            return Status::Negated;
        } else if grammar.is(head, self.enable) {
            return self.enabled(grammar, head, governor);
        } else if grammar.is(head, self.call) {
            Status::CalledFor
        } else if grammar.is(head, self.plan | self.to_act) || is_going_to(grammar, head) {
            Status::Planned
        } else if grammar.is(head, self.hypothetical) {
            Status::Hypothetical
        } else if grammar.is(head, self.go_on) && governor == Status::Happened {
            Status::UnderWay
        } else {
            return governor;
        };
        match governor {
            Status::Negated | Status::Denied => Status::Negated,
            Status::Hypothetical => Status::Hypothetical,
            _ => told,
        }
    }

    /// What one is able or allowed to do one may do; what one will be able to do is to come, and what one
    /// was able to do one did.
    fn enabled(&self, grammar: &Grammar<'_>, head: Index, governor: Status) -> Status {
        let was = grammar.kid(head, &[Relation::Cop]);
        let did = was.is_some_and(|cop| grammar.word(cop).xpos == "VBD");
        if governor == Status::Happened && !did { Status::Hypothetical } else { governor }
    }

    fn of_content(&self, grammar: &Grammar<'_>, head: Index, verb: Index) -> Status {
        if grammar.is(head, self.deny) {
            Status::Denied
        } else if grammar.is(head, self.say) {
            Status::Happened
        } else if grammar.is(head, self.call) {
            Status::CalledFor
        } else if grammar.is(head, self.plan) && grammar.word(verb).xpos != "VBD" {
            Status::Planned
        } else if grammar.is(head, self.hypothetical) {
            Status::Hypothetical
        } else {
            Status::Happened
        }
    }

    /// An infinitive under a noun: the noun says what it is ("a plan to leave"), or the verb that
    /// the noun is the object of ("asked the rebels to leave"). "The first woman to lead" leads where the
    /// clause is real.
    fn of_acl(&self, grammar: &Grammar<'_>, noun: Index, depth: u32) -> Status {
        if grammar.is(noun, self.nouns()) {
            let off = has_failed(grammar, noun)
                || depth != 0 && self.of_noun(grammar, noun, None, depth - 1) == Status::Negated;
            return if off { Status::Negated } else { self.of_noun_complement(grammar, noun) };
        }
        let governs =
            self.fail | self.call | self.plan | self.hypothetical | self.enable | self.to_act;
        let verb = grammar.head(noun).filter(|_| grammar.relation(noun) == Relation::Obj);
        match verb {
            Some(verb) if grammar.is(verb, governs) => self.of_complement(grammar, verb, depth),
            _ if is_ranked(grammar, noun) => match predicate_of(grammar, noun) {
                Some(_) => self.of_verb(grammar, noun, depth - 1),
                None => Status::Happened,
            },
            _ => Status::Planned,
        }
    }

    fn nouns(&self) -> Mask {
        self.noun_fail | self.noun_call | self.noun_plan | self.noun_hypothetical
    }

    fn of_noun_complement(&self, grammar: &Grammar<'_>, noun: Index) -> Status {
        if grammar.is(noun, self.noun_fail) {
            Status::Negated
        } else if grammar.is(noun, self.noun_call) {
            Status::CalledFor
        } else if grammar.is(noun, self.noun_plan) {
            Status::Planned
        } else {
            Status::Hypothetical
        }
    }

    fn of_noun(
        &self,
        grammar: &Grammar<'_>,
        noun: Index,
        verb: Option<Index>,
        depth: u32,
    ) -> Status {
        if let Some(status) = self.of_modifiers(grammar, noun) {
            return status;
        }
        match verb {
            Some(verb) if grammar.is(verb, self.cancel) => Status::Negated,
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

    fn of_modifiers(&self, grammar: &Grammar<'_>, noun: Index) -> Option<Status> {
        let not = |kid: &Index| {
            grammar.relation(*kid) == Relation::Advmod && grammar.word(*kid).lemma == "not"
        };
        if grammar.kids(noun).iter().any(not) {
            return Some(Status::Negated);
        }
        let kids = grammar.kids(noun).iter().copied();
        let mut modifiers = kids.filter(|kid| {
            matches!(grammar.relation(*kid), Relation::Amod | Relation::Det | Relation::Compound)
        });
        modifiers.find_map(|kid| {
            if grammar.is(kid, self.amod_fail) {
                Some(Status::Negated)
            } else if grammar.is(kid, self.amod_plan) {
                Some(Status::Planned)
            } else {
                grammar.is(kid, self.amod_hypothetical).then_some(Status::Hypothetical)
            }
        })
    }

    /// "announced cuts" and "planned an attack", but not "committed an attack" or "resolved a dispute".
    fn plans_object(&self, grammar: &Grammar<'_>, verb: Index) -> bool {
        grammar.is(verb, self.plan) && !grammar.is(verb, self.to_act)
    }

    /// A plan or a demand that is announced is there.
    fn is_told_of(&self, grammar: &Grammar<'_>, noun: Index, verb: Index) -> bool {
        grammar.is(noun, self.noun_plan | self.noun_call) && grammar.is(verb, self.say)
    }

    /// A noun that no light verb carries: what governs it?
    fn of_loose_noun(&self, grammar: &Grammar<'_>, noun: Index, depth: u32) -> Status {
        let scheduled = |kid: &Index| {
            grammar.relation(*kid) == Relation::Acl
                && grammar.word(*kid).xpos == "VBN"
                && grammar.is(*kid, self.plan | self.cancel)
                && !self.is_told_of(grammar, noun, *kid)
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
        if grammar.is_nominal(head) {
            return self.of_governing_noun(grammar, noun, head, depth);
        }
        match grammar.relation(noun) {
            Relation::Nsubj => self.of_governing_verb(grammar, noun, head, depth),
            Relation::Obj | Relation::NsubjPass if self.is_told_of(grammar, noun, head) => {
                Status::Happened
            }
            Relation::Obj | Relation::NsubjPass => self
                .of_object(grammar, head)
                .unwrap_or_else(|| self.of_governing_verb(grammar, noun, head, depth)),
            Relation::Obl => self.of_oblique(grammar, noun, head, depth),
            _ => Status::Happened,
        }
    }

    /// What a verb says of its object.
    fn of_object(&self, grammar: &Grammar<'_>, head: Index) -> Option<Status> {
        let content = [Relation::Xcomp, Relation::Ccomp];
        if grammar.is(head, self.cancel | self.deny) {
            Some(Status::Negated)
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
    fn of_governing_verb(
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
    fn begun(&self, grammar: &Grammar<'_>, head: Index) -> Option<Index> {
        let purpose = |kid: &Index| {
            grammar.relation(*kid) == Relation::Advcl
                && grammar.is(head, self.plan | self.to_act)
                && self.is_infinitive(grammar, *kid)
        };
        let mut kids = grammar.kids(head).iter().copied();
        grammar.kid(head, &[Relation::Xcomp]).or_else(|| kids.find(purpose))
    }

    /// What acts on something is there before, and so are the objects of some verbs.
    fn is_before(&self, grammar: &Grammar<'_>, noun: Index, head: Index) -> bool {
        if grammar.relation(noun) == Relation::Nsubj {
            grammar.kid(head, &[Relation::Obj]).is_some() && !grammar.is(head, self.occur)
        } else {
            grammar.is(head, self.presuppose)
        }
    }

    /// "called for a ceasefire", "filed for bankruptcy"; "will be used for a search".
    fn of_oblique(&self, grammar: &Grammar<'_>, noun: Index, head: Index, depth: u32) -> Status {
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
        let takes_part = grammar.cases(noun).any(|case| Cases::among(&self.aim.part, case));
        if is_definite(grammar, noun) || !takes_part {
            return Status::Happened;
        }
        self.of_governing_verb(grammar, noun, head, depth)
    }

    fn of_governing_noun(
        &self,
        grammar: &Grammar<'_>,
        noun: Index,
        head: Index,
        depth: u32,
    ) -> Status {
        if grammar.relation(noun) == Relation::Conj {
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
        if tied(&self.aim.content) && grammar.is(head, self.nouns())
            || tied(&[self.aim.r#in]) && grammar.is(head, self.noun_fail)
        {
            self.of_noun_complement(grammar, head)
        } else if tied(&[self.aim.of]) {
            self.of_loose_noun(grammar, head, depth - 1)
        } else {
            Status::Happened
        }
    }
}

/// The word that a copula speaks of: "be" of "will be the first".
fn predicate(grammar: &Grammar<'_>, copula: Index) -> Option<Index> {
    grammar.head(copula).filter(|_| grammar.relation(copula) == Relation::Cop)
}

/// "a plan to raise taxes failed".
fn has_failed(grammar: &Grammar<'_>, noun: Index) -> bool {
    let failed = |head: Index| {
        matches!(grammar.word(head).lemma.as_str(), "fail" | "collapse" | "falter" | "founder")
    };
    grammar.relation(noun) == Relation::Nsubj && grammar.head(noun).is_some_and(failed)
}

/// The copula of a noun or adjective.
fn predicate_of(grammar: &Grammar<'_>, word: Index) -> Option<Index> {
    grammar.kid(word, &[Relation::Cop])
}

/// "no longer".
fn no_longer(grammar: &Grammar<'_>, adverb: Index) -> bool {
    matches!(grammar.word(adverb).lemma.as_str(), "long" | "longer")
        && grammar.kids(adverb).iter().any(|kid| grammar.word(*kid).lemma == "no")
}

/// "is to be held", and "to be held" as headlines have it.
fn is_scheduled(grammar: &Grammar<'_>, verb: Index) -> bool {
    let (mut to, mut be) = (None, None);
    for kid in grammar.kids(verb) {
        let word = grammar.word(*kid);
        match word.relation {
            Relation::Mark if word.lemma == "to" => to = Some(*kid),
            Relation::Aux | Relation::AuxPass | Relation::Cop
                if word.lemma == "be" && matches!(word.xpos, "VBZ" | "VBP" | "VBD") =>
            {
                be = be.or(Some(*kid));
            }
            _ => {}
        }
    }
    to.zip(be).is_some_and(|(to, be)| be < to)
}

/// "Ruvania to sell bonds": an infinitive over all is a headline's future.
fn of_headline(infinitive: bool, grammar: &Grammar<'_>, verb: Index) -> Status {
    let to = grammar.kids(verb).iter().any(|kid| grammar.word(*kid).lemma == "to");
    if infinitive && to { Status::Planned } else { Status::Happened }
}

/// "are going to take place".
fn is_going_to(grammar: &Grammar<'_>, head: Index) -> bool {
    grammar.word(head).lemma == "go" && grammar.word(head).xpos == "VBG"
}

/// Whether a verb is a gerund after a preposition: "on leaving".
fn is_gerund(grammar: &Grammar<'_>, verb: Index) -> bool {
    let mut kids = grammar.kids(verb).iter();
    grammar.word(verb).xpos == "VBG"
        && kids.any(|kid| {
            matches!(grammar.relation(*kid), Relation::Case | Relation::Mark)
                && matches!(grammar.word(*kid).lemma.as_str(), "on" | "of" | "from" | "to" | "for")
        })
}

/// "the first", "the only", "the latest" of its kind.
fn is_ranked(grammar: &Grammar<'_>, noun: Index) -> bool {
    grammar.kids(noun).iter().any(|kid| {
        let lemma = grammar.word(*kid).lemma.as_str();
        matches!(lemma, "first" | "second" | "third" | "last" | "late" | "latest" | "only" | "next")
    }) || matches!(grammar.word(noun).lemma.as_str(), "first" | "last" | "second" | "third")
}

/// Whether a noun is known already: "the", "this", "their".
fn is_definite(grammar: &Grammar<'_>, noun: Index) -> bool {
    grammar.kids(noun).iter().any(|kid| {
        let word = grammar.word(*kid);
        word.relation == Relation::NmodPoss
            || word.relation == Relation::Det
                && matches!(word.lemma.as_str(), "the" | "this" | "that" | "these" | "those")
    })
}

/// What a noun or a clause takes over from what it stands in: that it is not real.
fn unreal(status: Status) -> Status {
    match status {
        Status::UnderWay | Status::Historical => Status::Happened,
        status => status,
    }
}
