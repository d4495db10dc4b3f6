//! What is no undertaking whatever the models say: words whose grammar rules one out.

use crate::event::{Index, Mask};
use crate::syntax::{Relation, Upos};

use super::super::UndertakingKind;
use super::super::search::{Draft, Search};

impl Search<'_> {
    /// An undertaking without what its grammar rules out; `None` where that is all of it.
    pub(super) fn admitted(&self, mut draft: Draft) -> Option<Draft> {
        use UndertakingKind::{Offer, Promise, Threat};
        let hostile = draft.what.is_some_and(|what| self.is(what, self.kit.known.hostile));
        if draft.kind == Threat && draft.negated && hostile {
            // "vowed not to attack" threatens nobody.
            draft.kind = Promise;
        }
        let act = draft.what.unwrap_or(draft.head);
        if draft.kind == UndertakingKind::Refusal && self.is_spared(act) {
            (draft.kind, draft.negated) = (Promise, true);
        }
        let given = matches!(draft.kind, Promise | Offer | Threat);
        if given && (self.is_ungiven(draft.head) || self.is_left_open(draft.head)) {
            return None;
        }
        let known = &self.kit.known;
        let barred = match draft.kind {
            UndertakingKind::Refusal => {
                self.is_denial(&draft)
                    || self.is_comment(&draft)
                    || self.is_done_by_a_thing(&draft)
                    || self.is_beside(draft.head, "oppose")
            }
            UndertakingKind::Promise => {
                self.is_committed(draft.head) || self.is_done_by_a_thing(&draft)
            }
            UndertakingKind::Offer => self.gives(draft.head, known.opinion | known.assertion),
            UndertakingKind::Threat => {
                self.is_dreaded(draft.head)
                    || self.is_done_by_a_thing(&draft)
                    || self.warns_of(draft.head, known.peril)
            }
            UndertakingKind::Expectation => draft.by.is_empty() || self.is_reckoned(&draft),
            UndertakingKind::Demand => {
                self.is_sought(&draft)
                    || self.is_comment(&draft)
                    || self.is(draft.head, known.letting)
                    || self.is_asserted(draft.head)
                    || self.is_own_wish(&draft)
            }
            UndertakingKind::Condition => self.is_burdened(draft.head),
        };
        let draft = (!barred).then_some(draft)?;
        if draft.kind == UndertakingKind::Demand { self.of_another(draft) } else { Some(draft) }
    }

    /// "will not attack the ports", "would not hinder deliveries": harm that is not to be done.
    fn is_spared(&self, act: Index) -> bool {
        let grammar = self.grammar;
        let advantage = |object: Index| grammar.word(object).lemma == "advantage";
        let exploits = grammar.word(act).lemma == "take"
            && grammar.kid(act, &[Relation::Obj]).is_some_and(advantage);
        (self.is(act, self.kit.known.spare) || exploits)
            && grammar.kids(act).iter().any(|kid| grammar.word(*kid).xpos == "MD")
            && self.kit.status.is_negated(grammar, act)
    }

    /// "has not agreed to leave"; "will not leave" may be a promise.
    fn is_ungiven(&self, verb: Index) -> bool {
        let kids = self.grammar.kids(verb);
        let ahead = |kid: &Index| matches!(self.grammar.word(*kid).xpos, "MD" | "TO");
        self.grammar.is_verbal(verb)
            && !kids.iter().any(ahead)
            && self.kit.status.is_negated(self.grammar, verb)
    }

    /// "over what it had promised", "whatever it offers": nobody says what.
    fn is_left_open(&self, verb: Index) -> bool {
        self.grammar.kids(verb).iter().any(|kid| {
            let object = self.grammar.relation(*kid) == Relation::Obj;
            let open = ["what", "whatever"].contains(&self.grammar.word(*kid).lemma.as_str());
            object && open && *kid < verb
        })
    }

    /// "rejected the claim", "dismissed his criticism": what is said of the speaker is denied, and nobody
    /// is refused anything.
    fn is_denial(&self, draft: &Draft) -> bool {
        let object = self.grammar.kid(draft.head, &[Relation::Obj, Relation::NsubjPass]);
        let said = |token: Option<Index>| {
            token.is_some_and(|token| self.is(token, self.kit.known.assertion))
        };
        let imputed = object.is_some_and(|object| self.is(object, self.kit.known.imputed));
        said(object) || said(draft.what) || imputed && self.lemma(draft.head) == "deny"
    }

    /// "committed a massacre": a deed, not a commitment.
    fn is_committed(&self, verb: Index) -> bool {
        let object = self.grammar.kid(verb, &[Relation::Obj, Relation::NsubjPass]);
        let own = |token: Index| self.grammar.word(token).lemma.ends_with("self");
        let to = |kid: &Index| self.has_case(*kid, &["to"]);
        self.grammar.word(verb).lemma == "commit"
            && object.is_some_and(|object| !own(object))
            && self.grammar.kid(verb, &[Relation::Xcomp, Relation::Advcl]).is_none()
            && !self.grammar.kids(verb).iter().any(to)
    }

    /// "concern that they would be attacked", "fears": nobody threatens.
    fn is_dreaded(&self, verb: Index) -> bool {
        let content = matches!(self.grammar.relation(verb), Relation::Ccomp | Relation::Acl);
        let over = self.grammar.head(verb).filter(|_| content);
        over.is_some_and(|over| {
            let object = self.grammar.kid(over, &[Relation::Obj]);
            let dread = self.kit.known.dread;
            self.is(over, dread) || object.is_some_and(|object| self.is(object, dread))
        })
    }

    /// "expects a loss": nobody who is to act.
    fn is_reckoned(&self, draft: &Draft) -> bool {
        let noun = draft.what.is_some_and(|what| self.grammar.is_nominal(what));
        self.lemma(draft.head) == "expect" && draft.to.is_empty() && noun
    }

    fn lemma(&self, token: Index) -> &str {
        &self.grammar.word(token).lemma
    }

    /// "his ire will not abate", "measures that threaten peace": what is somebody's does it, not he.
    fn is_done_by_a_thing(&self, draft: &Draft) -> bool {
        let grammar = self.grammar;
        let relative = grammar.relation(draft.head) == Relation::AclRelcl;
        let noun = grammar.head(draft.head).filter(|_| relative);
        let Some(subject) = self.own_subject(draft.head) else { return false };
        let subject = match grammar.word(subject).xpos {
            "WDT" | "WP" => noun.unwrap_or(subject),
            _ => subject,
        };
        let thing = grammar.word(subject).upos == Upos::Noun
            && self.heads[subject as usize].is_none()
            && !self.is_person_noun(subject);
        if !thing || draft.by.is_empty() {
            return false;
        }
        let doers = self.doers(subject);
        draft.by.iter().all(|party| doers.contains(party))
    }

    /// "asked to comment", "a request for comment", "declined to comment": left to the press.
    fn is_comment(&self, draft: &Draft) -> bool {
        draft.what.is_some_and(|what| self.lemma(what) == "comment")
    }

    /// "the opposing camp", "a group opposed to him": which one it is, and nothing that was refused.
    fn is_beside(&self, head: Index, lemma: &str) -> bool {
        let beside = match self.grammar.relation(head) {
            Relation::Amod => true,
            Relation::Acl => self.grammar.kid(head, &[Relation::Obj]).is_none(),
            _ => false,
        };
        beside && self.lemma(head) == lemma
    }

    fn gives(&self, verb: Index, what: Mask) -> bool {
        let object = self.grammar.kid(verb, &[Relation::Obj, Relation::NsubjPass]);
        self.grammar.is_verbal(verb) && object.is_some_and(|object| self.is(object, what))
    }

    /// "warned of a shortage".
    fn warns_of(&self, verb: Index, what: Mask) -> bool {
        let of = |kid: &Index| self.has_case(*kid, &["of", "about"]) && self.is(*kid, what);
        self.lemma(verb) == "warn" && self.grammar.kids(verb).iter().any(of)
    }

    /// "insisted that it was in compliance": said to be so, and nobody is to make it so.
    fn is_asserted(&self, verb: Index) -> bool {
        let grammar = self.grammar;
        let Some(content) = grammar.kid(verb, &[Relation::Ccomp]) else { return false };
        let tense = |token: Index| matches!(grammar.word(token).xpos, "VBD" | "VBZ");
        let helps = |kid: &&Index| {
            matches!(grammar.relation(**kid), Relation::Aux | Relation::AuxPass | Relation::Cop)
        };
        let mut verbs = grammar.kids(content).iter().filter(helps).copied();
        let due = verbs.clone().any(|kid| grammar.word(kid).xpos == "MD");
        self.lemma(verb) == "insist" && !due && (tense(content) || verbs.any(tense))
    }

    /// "wants to land": what one would do oneself.
    fn is_own_wish(&self, draft: &Draft) -> bool {
        let grammar = self.grammar;
        let done = grammar.kid(draft.head, &[Relation::Xcomp]);
        self.lemma(draft.head) == "want"
            && draft.to.is_empty()
            && grammar.kid(draft.head, &[Relation::Obj]).is_none()
            && done.is_some_and(|done| grammar.is_verbal(done) && !grammar.is_passive(done))
    }

    /// "subject to a tax", "subjected to torture".
    fn is_burdened(&self, head: Index) -> bool {
        let to = |kid: &Index| self.has_case(*kid, &["to"]);
        let burden = |kid: &Index| to(kid) && self.is(*kid, self.kit.known.burden);
        self.lemma(head) == "subject"
            && (self.grammar.is_verbal(head) || self.grammar.kids(head).iter().any(burden))
    }

    /// "sought shelter", "asked for anonymity": what one takes or keeps, and asks of nobody.
    fn is_sought(&self, draft: &Draft) -> bool {
        let known = &self.kit.known;
        let haven = |token: Index| self.is(token, known.haven) || self.is_of_anonymity(token);
        draft.what.is_some_and(haven) && draft.to.is_empty()
    }

    /// Who must do a thing does not demand it: "Arlen should leave" is a demand of whoever says so.
    fn of_another(&self, mut draft: Draft) -> Option<Draft> {
        let duty = |kid: &Index| {
            self.grammar.relation(*kid) == Relation::Aux
                && matches!(self.grammar.word(*kid).lemma.as_str(), "must" | "should" | "ought")
        };
        if !self.grammar.kids(draft.head).iter().any(duty) {
            return Some(draft);
        }
        let subject = self.own_subject(draft.head);
        let bound = subject.map_or_else(Vec::new, |subject| self.doers(subject));
        if !draft.by.iter().all(|party| bound.contains(party)) {
            return Some(draft);
        }
        let mut by = self.speech(draft.head).map_or_else(Vec::new, |speech| speech.speakers);
        by.retain(|party| !bound.contains(party));
        if draft.to.is_empty() {
            draft.to = bound;
        }
        draft.by = by;
        let said = self.cast.moments.quotation(draft.head).is_some();
        (said || !draft.by.is_empty()).then_some(draft)
    }
}
