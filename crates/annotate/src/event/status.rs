//! Whether an act happened, read from the grammar around it.

use crate::syntax::Relation;

use super::Status;
use super::grammar::{Grammar, Index};
use super::words::{Mask, Symbol, Words};

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
    wanted: (Symbol, Symbol),
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
            wanted: (words.symbol("for"), words.symbol("on")),
        }
    }

    /// The status of an act whose trigger is `head`; `verb` carries its tense, if any does.
    pub(crate) fn of(&self, grammar: &Grammar<'_>, head: Index, verb: Option<Index>) -> Status {
        if grammar.is_nominal(head) {
            self.of_noun(grammar, head, verb)
        } else {
            self.of_verb(grammar, head, DEPTH)
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
            adverb && grammar.is(*kid, self.negation)
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
        let mut status = Status::Happened;
        let (mut present_be, mut progressive) = (false, grammar.word(verb).xpos == "VBG");
        for aux in self.auxiliaries(grammar, verb) {
            if grammar.is(aux, self.intent) {
                status = Status::Planned;
            } else if grammar.is(aux, self.deontic) {
                status = Status::CalledFor;
            } else if grammar.word(aux).lemma == "would" {
                status = self.would(grammar, verb);
            } else if grammar.word(aux).xpos == "MD" {
                status = Status::Hypothetical;
            }
            present_be |= matches!(grammar.word(aux).xpos, "VBZ" | "VBP" | "VBN")
                && grammar.word(aux).lemma == "be";
        }
        progressive &= present_be;
        let marked = |kid: &Index| {
            grammar.relation(*kid) == Relation::Mark && grammar.is(*kid, self.subordinator)
        };
        if grammar.kids(verb).iter().any(marked) {
            return Status::Hypothetical;
        }
        if status == Status::Happened && progressive { Status::UnderWay } else { status }
    }

    /// "said it would leave" is a plan; any other "would" is a supposition.
    fn would(&self, grammar: &Grammar<'_>, verb: Index) -> Status {
        let said = grammar.relation(verb) == Relation::Ccomp
            && grammar.head(verb).is_some_and(|head| grammar.is(head, self.say | self.plan));
        if said { Status::Planned } else { Status::Hypothetical }
    }

    /// What the governor of a verb says.
    fn governed(&self, grammar: &Grammar<'_>, verb: Index, depth: u32) -> Status {
        let Some(head) = grammar.head(verb) else { return Status::Happened };
        let infinitive = self.is_infinitive(grammar, verb);
        match grammar.relation(verb) {
            Relation::Xcomp => self.of_complement(grammar, head, depth),
            Relation::Ccomp => self.of_content(grammar, head, verb),
            Relation::Acl if infinitive => self.of_acl(grammar, head, depth),
            Relation::Advcl
                if infinitive && grammar.is(head, self.call | self.plan | self.hypothetical) =>
            {
                self.of_complement(grammar, head, depth)
            }
            Relation::Advcl if infinitive => Status::Hypothetical,
            Relation::Conj if self.shares_auxiliary(grammar, verb, head) => {
                self.of_verb(grammar, head, depth - 1)
            }
            _ => Status::Happened,
        }
    }

    fn is_infinitive(&self, grammar: &Grammar<'_>, verb: Index) -> bool {
        let to = |kid: &Index| {
            grammar.relation(*kid) == Relation::Mark && grammar.word(*kid).lemma == "to"
        };
        grammar.word(verb).xpos == "VB" || grammar.kids(verb).iter().any(to)
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
            Status::Negated
        } else if grammar.is(head, self.call) {
            Status::CalledFor
        } else if grammar.is(head, self.plan) {
            Status::Planned
        } else if grammar.is(head, self.hypothetical) {
            Status::Hypothetical
        } else if grammar.is(head, self.go_on) && governor == Status::Happened {
            Status::UnderWay
        } else {
            return governor;
        };
        match governor {
            Status::Negated | Status::Denied if told != Status::Negated => Status::Negated,
            Status::Hypothetical => Status::Hypothetical,
            _ => told,
        }
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
    /// the noun is the object of ("asked the rebels to leave").
    fn of_acl(&self, grammar: &Grammar<'_>, noun: Index, depth: u32) -> Status {
        let nouns = self.noun_fail | self.noun_call | self.noun_plan | self.noun_hypothetical;
        let verb = grammar.head(noun).filter(|_| grammar.relation(noun) == Relation::Obj);
        match verb {
            Some(verb) if !grammar.is(noun, nouns) => self.of_complement(grammar, verb, depth),
            _ => self.of_noun_complement(grammar, noun),
        }
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

    fn of_noun(&self, grammar: &Grammar<'_>, noun: Index, verb: Option<Index>) -> Status {
        let kids = grammar.kids(noun).iter().copied();
        for kid in kids.filter(|kid| {
            matches!(grammar.relation(*kid), Relation::Amod | Relation::Det | Relation::Compound)
        }) {
            if grammar.is(kid, self.amod_fail) {
                return Status::Negated;
            } else if grammar.is(kid, self.amod_plan) {
                return Status::Planned;
            } else if grammar.is(kid, self.amod_hypothetical) {
                return Status::Hypothetical;
            }
        }
        match verb {
            Some(verb) if grammar.is(verb, self.cancel) => Status::Negated,
            Some(verb) if grammar.is(verb, self.plan) => Status::Planned,
            Some(verb) => self.of_verb(grammar, verb, DEPTH),
            None => self.of_loose_noun(grammar, noun),
        }
    }

    /// A noun that no light verb carries: what governs it?
    fn of_loose_noun(&self, grammar: &Grammar<'_>, noun: Index) -> Status {
        let scheduled = |kid: &Index| {
            grammar.relation(*kid) == Relation::Acl && grammar.is(*kid, self.plan | self.cancel)
        };
        if let Some(kid) = grammar.kids(noun).iter().find(|kid| scheduled(kid)) {
            let off = grammar.is(*kid, self.cancel);
            return if off { Status::Negated } else { Status::Planned };
        }
        let Some(head) = grammar.head(noun) else { return Status::Happened };
        if grammar.is_nominal(head) {
            return self.of_governing_noun(grammar, noun, head);
        }
        let relation = grammar.relation(noun);
        let core = matches!(relation, Relation::Obj | Relation::Nsubj | Relation::NsubjPass);
        let mut cases = grammar.cases(noun);
        let asked = relation == Relation::Obl
            && cases.any(|case| case == self.wanted.0 || case == self.wanted.1)
            && grammar.is(head, self.call | self.plan);
        if !core && !asked {
            return Status::Happened;
        }
        self.of_governing_verb(grammar, relation, head)
    }

    fn of_governing_verb(&self, grammar: &Grammar<'_>, relation: Relation, head: Index) -> Status {
        let object = relation != Relation::Nsubj;
        if object && grammar.is(head, self.cancel | self.deny) {
            Status::Negated
        } else if object && grammar.is(head, self.call) {
            Status::CalledFor
        } else if object && grammar.is(head, self.plan) {
            Status::Planned
        } else if object && grammar.is(head, self.hypothetical) {
            Status::Hypothetical
        } else {
            match self.own(grammar, head) {
                Status::UnderWay => Status::Happened,
                Status::Negated if !grammar.is(head, self.light) => Status::Happened,
                status => status,
            }
        }
    }

    fn of_governing_noun(&self, grammar: &Grammar<'_>, noun: Index, head: Index) -> Status {
        if grammar.relation(noun) == Relation::Conj {
            return Status::Happened;
        }
        if grammar.cases(noun).next().is_none() {
            return Status::Happened;
        }
        if grammar.is(head, self.noun_fail) {
            Status::Negated
        } else if grammar.is(head, self.noun_call) {
            Status::CalledFor
        } else if grammar.is(head, self.noun_hypothetical) {
            Status::Hypothetical
        } else if grammar.is(head, self.noun_plan) {
            Status::Planned
        } else {
            Status::Happened
        }
    }
}
