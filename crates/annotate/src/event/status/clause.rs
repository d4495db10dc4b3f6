//! What stands over a verb says whether it happened: "plans to leave", "denied that it left".

use crate::event::Status;
use crate::event::grammar::{Grammar, Index};
use crate::event::words::Mask;
use crate::syntax::Relation;

use super::kit::{Cases, StatusKit};
use super::shape::{
    accuses, causes, has_failed, has_to, is_gerund, is_going_to, is_ranked, is_said_by_saying_so,
    is_told_beside, is_under, of_headline, predicate_of, unreal,
};

impl StatusKit {
    /// What the governor of a verb says.
    pub(super) fn governed(&self, grammar: &Grammar<'_>, verb: Index, depth: u32) -> Status {
        let infinitive = self.is_infinitive(grammar, verb);
        let Some(head) = grammar.head(verb) else { return of_headline(infinitive, grammar, verb) };
        let willed = self.call | self.plan | self.hypothetical | self.fail | self.to_act;
        match grammar.relation(verb) {
            Relation::Xcomp if is_said_by_saying_so(grammar, head, verb) => Status::Happened,
            Relation::Xcomp if is_told_beside(grammar, head, verb) => Status::Happened,
            Relation::Xcomp => self.of_complement(grammar, head, depth),
            Relation::Ccomp if infinitive && !self.has_subject(grammar, verb) => {
                self.of_complement(grammar, head, depth)
            }
            Relation::Ccomp | Relation::CsubjPass => self.of_content(grammar, head, verb),
            Relation::Acl if infinitive && has_to(grammar, verb) => {
                self.of_acl(grammar, head, depth)
            }
            Relation::Acl | Relation::Advcl if self.is_accused_of(grammar, head, verb) => {
                Status::Hypothetical
            }
            Relation::Acl if grammar.word(verb).xpos == "VBG" => {
                self.of_gerund(grammar, head, verb)
            }
            Relation::Advcl
                if grammar.is(head, willed) && (infinitive || is_gerund(grammar, verb)) =>
            {
                self.of_complement(grammar, head, depth)
            }
            Relation::Advcl if grammar.is(head, self.to_act) && is_under(grammar, verb, "with") => {
                Status::Planned
            }
            Relation::Advcl if infinitive && causes(grammar, head) => {
                self.of_verb(grammar, head, depth - 1)
            }
            Relation::Advcl if infinitive => self.of_purpose(grammar, head, depth),
            Relation::Advcl if self.goes_with(grammar, head, verb) => {
                unreal(self.of_verb(grammar, head, depth - 1))
            }
            Relation::Advcl if self.is_until(grammar, verb) => {
                self.of_dating(grammar, head, verb, depth)
            }
            Relation::Conj if self.shares_auxiliary(grammar, verb, head) => {
                self.of_verb(grammar, head, depth - 1)
            }
            _ => Status::Happened,
        }
    }

    pub(super) fn has_subject(&self, grammar: &Grammar<'_>, verb: Index) -> bool {
        grammar.kid(verb, &[Relation::Nsubj, Relation::NsubjPass]).is_some()
    }

    /// What one does something for is meant to be, unless what one does is only supposed.
    pub(super) fn of_purpose(&self, grammar: &Grammar<'_>, head: Index, depth: u32) -> Status {
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
    pub(super) fn of_dating(
        &self,
        grammar: &Grammar<'_>,
        head: Index,
        verb: Index,
        depth: u32,
    ) -> Status {
        if grammar.word(verb).xpos == "VBG" || self.is_past(grammar, verb) {
            return Status::Happened;
        }
        match self.of_verb(grammar, head, depth - 1) {
            status @ (Status::Planned | Status::CalledFor | Status::Hypothetical) => status,
            _ => Status::Happened,
        }
    }

    /// Whether a clause is told in the past.
    fn is_past(&self, grammar: &Grammar<'_>, verb: Index) -> bool {
        let past = |token: Index| grammar.word(token).xpos == "VBD";
        let cop = grammar.kid(verb, &[Relation::Cop]);
        past(verb) || cop.is_some_and(past) || self.auxiliaries(grammar, verb).any(past)
    }

    /// "accused them of stealing", "is suspected of stealing".
    fn is_accused_of(&self, grammar: &Grammar<'_>, head: Index, verb: Index) -> bool {
        let by = if grammar.is_nominal(head) { grammar.head(head) } else { Some(head) };
        grammar.word(verb).xpos == "VBG"
            && (is_gerund(grammar, verb) || is_under(grammar, verb, "with"))
            && by.is_some_and(|by| accuses(grammar, by))
    }

    /// "will fly out, meeting envoys": a bare participle after its clause is as real as that, if it does not
    /// only say on what ground ("will leave, citing reasons").
    fn goes_with(&self, grammar: &Grammar<'_>, head: Index, verb: Index) -> bool {
        let led = [Relation::Mark, Relation::Case, Relation::Advmod];
        head < verb
            && grammar.word(verb).xpos == "VBG"
            && !self.has_subject(grammar, verb)
            && grammar.kid(verb, &led).is_none()
            && !grammar.is(verb, self.say)
            && !grammar.is_nominal(head)
            && !matches!(grammar.word(verb).lemma.as_str(), "accord" | "cite" | "follow" | "quote")
            && self.is_to_come(grammar, head)
    }

    /// Whether a verb's own words say that it is not real yet.
    fn is_to_come(&self, grammar: &Grammar<'_>, verb: Index) -> bool {
        matches!(
            self.own(grammar, verb),
            Status::Planned | Status::CalledFor | Status::Hypothetical
        )
    }

    /// "a chance of winning", "means of modernising": what the noun says of the gerund after its "of".
    pub(super) fn of_gerund(&self, grammar: &Grammar<'_>, noun: Index, verb: Index) -> Status {
        let tied = grammar.cases(verb).any(|case| Cases::among(&self.aim.content, case));
        if tied && grammar.is(noun, self.nouns()) {
            self.of_noun_complement(grammar, noun)
        } else {
            Status::Happened
        }
    }

    /// "when it arrives", "before the tour begins": as real as what it dates.
    pub(super) fn is_until(&self, grammar: &Grammar<'_>, verb: Index) -> bool {
        grammar.kids(verb).iter().any(|kid| {
            matches!(grammar.relation(*kid), Relation::Mark | Relation::Advmod)
                && grammar.is(*kid, self.until)
        })
    }

    pub(super) fn is_infinitive(&self, grammar: &Grammar<'_>, verb: Index) -> bool {
        let form = grammar.word(verb).xpos;
        form == "VB" || form != "VBG" && has_to(grammar, verb)
    }

    /// "will meet and discuss": the second verb has the first one's auxiliary.
    pub(super) fn shares_auxiliary(&self, grammar: &Grammar<'_>, verb: Index, head: Index) -> bool {
        let form = grammar.word(verb).xpos;
        let bare = self.auxiliaries(grammar, verb).next().is_none();
        bare && matches!(form, "VB" | "VBN" | "VBG") && form == grammar.word(head).xpos
            || bare && form == "VB"
    }

    pub(super) fn of_complement(&self, grammar: &Grammar<'_>, head: Index, depth: u32) -> Status {
        let governor = self.of_verb(grammar, head, depth - 1);
        let told = if causes(grammar, head) {
            return governor;
        } else if grammar.is(head, self.deny) {
            return Status::Denied;
        } else if grammar.is(head, self.fail) {
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
    pub(super) fn enabled(&self, grammar: &Grammar<'_>, head: Index, governor: Status) -> Status {
        let was = grammar.kid(head, &[Relation::Cop]);
        let did = was.is_some_and(|cop| grammar.word(cop).xpos == "VBD");
        let let_do = grammar.word(head).xpos == "VBD"
            && matches!(grammar.word(head).lemma.as_str(), "allow" | "enable" | "let");
        if governor == Status::Happened && !did && !let_do {
            Status::Hypothetical
        } else {
            governor
        }
    }

    pub(super) fn of_content(&self, grammar: &Grammar<'_>, head: Index, verb: Index) -> Status {
        if grammar.is(head, self.deny) {
            Status::Denied
        } else if grammar.is(head, self.say) {
            Status::Happened
        } else if grammar.is(head, self.call) && !self.is_perfect(grammar, verb) {
            Status::CalledFor
        } else if grammar.is(head, self.plan) && grammar.word(verb).xpos != "VBD" {
            Status::Planned
        } else if grammar.is(head, self.hypothetical) {
            Status::Hypothetical
        } else {
            Status::Happened
        }
    }

    /// "the aid that it has received", beside the past.
    fn is_perfect(&self, grammar: &Grammar<'_>, verb: Index) -> bool {
        self.is_past(grammar, verb)
            || self.auxiliaries(grammar, verb).any(|aux| grammar.word(aux).lemma == "have")
    }

    /// An infinitive under a noun: the noun says what it is ("a plan to leave"), or the verb that
    /// the noun is the object of ("asked the rebels to leave"). "The first woman to lead" leads where the
    /// clause is real.
    pub(super) fn of_acl(&self, grammar: &Grammar<'_>, noun: Index, depth: u32) -> Status {
        if grammar.is(noun, self.nouns()) {
            let off = has_failed(grammar, noun)
                || depth != 0 && self.of_noun(grammar, noun, None, depth - 1) == Status::Negated;
            return if off { Status::Negated } else { self.of_noun_complement(grammar, noun) };
        }
        let governs =
            self.fail | self.call | self.plan | self.hypothetical | self.enable | self.to_act;
        let verb = grammar.head(noun).filter(|_| grammar.relation(noun) == Relation::Obj);
        match verb {
            Some(verb) if grammar.is(verb, governs) || causes(grammar, verb) => {
                self.of_complement(grammar, verb, depth)
            }
            _ if is_ranked(grammar, noun) => match predicate_of(grammar, noun) {
                // "not the first to leave": others left before.
                Some(_) => match self.of_verb(grammar, noun, depth - 1) {
                    Status::Negated => Status::Happened,
                    status => status,
                },
                None => Status::Happened,
            },
            _ if self.of_modifiers(grammar, noun) == Some(Status::Negated) => Status::Negated,
            _ => Status::Planned,
        }
    }

    pub(super) fn nouns(&self) -> Mask {
        self.noun_fail | self.noun_call | self.noun_plan | self.noun_hypothetical
    }

    pub(super) fn of_noun_complement(&self, grammar: &Grammar<'_>, noun: Index) -> Status {
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
}
