//! The other side of an undertaking that is addressed to nobody: whoever was met, written to, dealt with
//! or answered in giving it.

use crate::event::Index;
use crate::syntax::Relation;

use super::party::Party;
use super::search::Search;

/// How many clauses may lie between a meeting and what is undertaken in it.
const CLIMB: usize = 4;

impl Search<'_> {
    /// The other side of the deal, the meeting or the exchange that a clause belongs to.
    pub(super) fn partners(&self, head: Index) -> Vec<Party> {
        let steps: [&dyn Fn(Index) -> Vec<Party>; 3] =
            [&|head| self.dealt_with(head), &|head| self.met(head), &|head| self.answered(head)];
        steps.iter().map(|step| step(head)).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// "in their deal with Arlen the rebels undertook", "its letter to Pelm offered".
    fn dealt_with(&self, head: Index) -> Vec<Party> {
        let grammar = self.grammar;
        let subject = self.own_subject(head);
        let kids = grammar.kids(head).iter();
        let under = subject.into_iter().flat_map(|subject| grammar.kids(subject));
        let occasion =
            |token: &Index| self.is(*token, self.kit.known.accord | self.kit.known.talks);
        let nouns = subject.into_iter().chain(kids.chain(under).copied());
        let found = nouns.filter(occasion).map(|noun| self.addressed(noun, &["with", "to"]));
        found.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// "met the envoys, promising that …", "was received by Pelm and offered".
    fn met(&self, head: Index) -> Vec<Party> {
        let grammar = self.grammar;
        let mut at = head;
        for _ in 0..CLIMB {
            let joined = matches!(
                grammar.relation(at),
                Relation::Advcl | Relation::Acl | Relation::Conj | Relation::Xcomp
            );
            let Some(verb) = grammar.head(at).filter(|_| joined) else { break };
            let other = self.own_subject(at).is_some_and(|it| self.own_subject(verb) != Some(it));
            if other || !grammar.is_verbal(verb) {
                break;
            }
            if self.is(verb, self.kit.known.meet) {
                return self.met_by(verb);
            }
            at = verb;
        }
        Vec::new()
    }

    fn met_by(&self, verb: Index) -> Vec<Party> {
        let grammar = self.grammar;
        if grammar.is_passive(verb) {
            let agent = grammar.kid(verb, &[Relation::OblAgent]);
            return agent.map_or_else(Vec::new, |agent| self.doers(agent));
        }
        let object = grammar.kid(verb, &[Relation::Obj]);
        let met = object.map_or_else(Vec::new, |object| self.persons(object));
        if met.is_empty() { self.addressed(verb, &["with", "to"]) } else { met }
    }

    /// "In return, Arlen offered …", "Pelm responded with an offer": who acted in the sentence before.
    fn answered(&self, head: Index) -> Vec<Party> {
        let grammar = self.grammar;
        let lemma = |token: Index| grammar.word(token).lemma.as_str();
        let returned = grammar.kids(head).iter().any(|kid| {
            matches!(lemma(*kid), "return" | "exchange" | "response" | "turn" | "reply")
                && self.has_case(*kid, &["in"])
                && !grammar.kids(*kid).iter().any(|it| grammar.relation(*it) == Relation::Nmod)
        });
        let replies = grammar.head(head).is_some_and(|verb| {
            matches!(lemma(verb), "respond" | "reply" | "answer" | "counter")
                && grammar.relation(head) == Relation::Obl
        });
        let before = self.subject_before(head).filter(|_| returned || replies);
        before.map_or_else(Vec::new, |before| self.doers(before))
    }
}
