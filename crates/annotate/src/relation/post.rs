//! What post a title gives: "leader" may be the head, a deputy, or one of many.

use crate::event::{Clause, Index};
use crate::syntax::Relation as Dependency;

use super::RelationKind;
use super::search::Search;

impl Search<'_> {
    /// What a title makes of who leads: a deputy serves, one of several leaders belongs, the head of a
    /// state's army serves the state, and who leads something else that is named in between leads that.
    pub(super) fn post(
        &self,
        kind: RelationKind,
        clause: &Clause,
        object: u32,
    ) -> Option<RelationKind> {
        let (head, known) = (clause.head, &self.kit.known);
        if kind == RelationKind::Serves && self.is_general_secretary(head) {
            return Some(RelationKind::Heads);
        }
        if kind != RelationKind::Heads {
            return Some(kind);
        }
        let inside = &self.mention(object).tokens;
        let words = self.before(head).filter(|at| !inside.contains(at));
        let senses = words.fold(0, |senses, at| senses | self.sense(at));
        if senses & (known.deputy | known.organ) != 0 || self.heads_a_part(clause, object) {
            return Some(RelationKind::Serves);
        }
        if self.leads_another(head, object) {
            return None;
        }
        let once = senses & known.ended != 0;
        let several = senses & known.among != 0 || !once && self.is_one_of_many(head);
        match (several, self.sorts(object).is_state()) {
            (false, _) => Some(RelationKind::Heads),
            (true, true) => None,
            (true, false) => Some(RelationKind::BelongsTo),
        }
    }

    /// "Secretary-General": the one secretary who heads his organisation.
    fn is_general_secretary(&self, head: Index) -> bool {
        let form = |at: Index| {
            let token = self.grammar.text.tokens.get(at as usize);
            token.map_or("", |token| self.grammar.text.report.slice(token.span))
        };
        let general = |at: Index| form(at).eq_ignore_ascii_case("general");
        form(head).eq_ignore_ascii_case("secretary")
            && (general(head + 1) || form(head + 1) == "-" && general(head + 2))
    }

    /// "Facebook's head of safety": who heads something of it that is no mention.
    fn heads_a_part(&self, clause: &Clause, object: u32) -> bool {
        let inside = &self.mention(object).tokens;
        clause.preps.iter().any(|(case, token)| {
            *case == self.kit.words.symbol("of")
                && !inside.contains(token)
                && clause.head < *token
                && inside.end <= clause.head
        })
    }

    /// "Syrian opposition leader": a noun between the title and the name that is not in the name.
    fn leads_another(&self, head: Index, object: u32) -> bool {
        let inside = &self.mention(object).tokens;
        self.grammar.kids(head).iter().any(|kid| {
            self.grammar.relation(*kid) == Dependency::Compound
                && *kid < head
                && !inside.contains(kid)
        })
    }

    fn is_one_of_many(&self, head: Index) -> bool {
        let indefinite = |at: Index| {
            matches!(self.grammar.word(at).lemma.as_str(), "a" | "an" | "another" | "some")
        };
        self.grammar.word(head).xpos == "NNS"
            || self
                .grammar
                .kids(head)
                .iter()
                .any(|kid| self.grammar.relation(*kid) == Dependency::Det && indefinite(*kid))
    }
}
