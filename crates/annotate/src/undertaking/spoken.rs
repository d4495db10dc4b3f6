//! Undertakings without a cue word: what a party says that it will do or that another must, and
//! what is made to depend on something.

use crate::event::{Clause, Index, is_first_person, verb_above};
use crate::syntax::{Relation, Upos};

use super::UndertakingKind;
use super::search::{Draft, Search};

/// Looks at every modal verb, imperative and "based on" of a report.
pub(super) fn find(search: &Search<'_>, drafts: &mut Vec<Draft>) {
    let grammar = search.grammar;
    for token in 0..grammar.len() as Index {
        let Some(verb) = grammar.head(token) else {
            drafts.extend(search.imperative(token));
            continue;
        };
        let modal = grammar.relation(token) == Relation::Aux && grammar.word(token).xpos == "MD";
        if modal {
            drafts.extend(search.modal(token, verb));
        } else if grammar.is(token, search.kit.known.based) {
            drafts.extend(search.based(token));
        }
    }
}

impl Search<'_> {
    fn modal(&self, aux: Index, verb: Index) -> Option<Draft> {
        let will = self.grammar.is(aux, self.kit.known.own_will);
        let must = matches!(self.grammar.word(aux).lemma.as_str(), "must" | "should");
        if !will && !must {
            return None;
        }
        let mut clause = Clause::default();
        self.grammar.read_clause(verb, &mut clause);
        let subject = *clause.subjects.first().or(clause.objects.first())?;
        let speaker = self.speaker(verb);
        if must {
            self.duty(aux, verb, subject, speaker?)
        } else {
            self.intent(aux, verb, subject, speaker)
        }
    }

    /// Who says the clause that a verb heads.
    fn speaker(&self, verb: Index) -> Option<u32> {
        let said = verb_above(self.grammar, verb);
        let said = said.filter(|above| self.grammar.is(*above, self.kit.known.say));
        let mut found = Vec::new();
        if let Some(subject) = said.and_then(|above| self.grammar.subject(above)) {
            self.cast.of(self.grammar, subject, &mut found);
        }
        let quotation = self.cast.moments.quotation(verb);
        found.first().copied().or_else(|| quotation.and_then(|it| self.cast.speaker(it)))
    }

    /// "Torvia must withdraw", said by another.
    fn duty(&self, aux: Index, verb: Index, subject: Index, speaker: u32) -> Option<Draft> {
        let mut to = Vec::new();
        self.cast.of(self.grammar, subject, &mut to);
        if to.iter().any(|number| self.cast.is_same(*number, speaker))
            || is_first_person(self.grammar, subject)
        {
            return None;
        }
        let negated = self.kit.status.is_negated(self.grammar, verb);
        let condition = self.proviso(verb);
        let kind = UndertakingKind::Demand;
        Some(Draft {
            kind,
            head: verb,
            cue: (aux, aux),
            by: vec![speaker],
            to,
            what: Some(verb),
            negated,
            condition,
        })
    }

    /// "we will not allow", said of oneself; and "if they leave, the king will follow".
    fn intent(
        &self,
        aux: Index,
        verb: Index,
        subject: Index,
        speaker: Option<u32>,
    ) -> Option<Draft> {
        let mut by = Vec::new();
        self.cast.of(self.grammar, subject, &mut by);
        let condition = self.proviso(verb);
        let own = speaker.is_some_and(|speaker| self.is_own(subject, &by, speaker));
        if !own && (condition.is_none() || by.is_empty()) {
            return None;
        }
        let negated = self.kit.status.is_negated(self.grammar, verb);
        let kind = if own { self.kind(verb, negated) } else { UndertakingKind::Condition };
        let to = Vec::new();
        Some(Draft {
            kind,
            head: verb,
            cue: (aux, aux.max(verb.min(aux + 3))),
            by,
            to,
            what: Some(verb),
            negated,
            condition,
        })
    }

    /// Whether a subject is the one who speaks: "we", the same actor, or a part of it.
    fn is_own(&self, subject: Index, by: &[u32], speaker: u32) -> bool {
        is_first_person(self.grammar, subject)
            || by.iter().any(|number| self.cast.is_same(*number, speaker))
            || self.is_country_of(by, speaker)
    }

    /// A minister speaks for the state, a leader for the group.
    fn is_country_of(&self, by: &[u32], speaker: u32) -> bool {
        let actor = |number: u32| {
            let key = self.cast.actors.mention(number).actor.as_ref()?;
            let actors = &self.observed.actors;
            actors.binary_search_by(|actor| actor.key.cmp(key)).ok().map(|at| &actors[at])
        };
        let Some(speaker) = actor(speaker) else { return false };
        by.iter().filter_map(|number| actor(*number)).any(|party| {
            let state = party.country.is_some() && party.country == speaker.country;
            let named = speaker.roles.iter().any(|role| role.contains(&party.name));
            named || state && party.key.starts_with("state:")
        })
    }

    fn kind(&self, verb: Index, negated: bool) -> UndertakingKind {
        let known = &self.kit.known;
        if negated && !self.grammar.is(verb, known.allow) && self.grammar.is(verb, known.refuse) {
            UndertakingKind::Refusal
        } else if !negated && self.grammar.is(verb, known.hostile) {
            UndertakingKind::Threat
        } else {
            UndertakingKind::Promise
        }
    }

    /// "Release them," said by somebody.
    fn imperative(&self, root: Index) -> Option<Draft> {
        let word = self.grammar.word(root);
        if word.upos != Upos::Verb || word.xpos != "VB" || word.lemma == "let" {
            return None;
        }
        let quotation = self.cast.moments.quotation(root)?;
        let dependents = [
            Relation::Nsubj,
            Relation::NsubjPass,
            Relation::Expl,
            Relation::Aux,
            Relation::AuxPass,
            Relation::Mark,
            Relation::Cop,
            Relation::Csubj,
        ];
        let starts = quotation.contents.iter().any(|content| {
            let start = self.span(root).start;
            content.start <= start && start <= content.start + 12
        });
        if !starts || self.grammar.kid(root, &dependents).is_some() {
            return None;
        }
        let speaker = self.cast.speaker(quotation)?;
        let to = Vec::new();
        let negated = self.kit.status.is_negated(self.grammar, root);
        let condition = self.proviso(root);
        let kind = UndertakingKind::Demand;
        Some(Draft {
            kind,
            head: root,
            cue: (root, root),
            by: vec![speaker],
            to,
            what: Some(root),
            negated,
            condition,
        })
    }

    /// "will decide on the basis of its conduct".
    fn based(&self, token: Index) -> Option<Draft> {
        let (verb, basis) = self.basis(token)?;
        let mut clause = Clause::default();
        self.grammar.read_clause(verb, &mut clause);
        let mut by = Vec::new();
        for subject in &clause.subjects {
            self.cast.of(self.grammar, *subject, &mut by);
        }
        let decides = matches!(
            self.grammar.word(verb).lemma.as_str(),
            "decide"
                | "determine"
                | "judge"
                | "depend"
                | "draw"
                | "recognise"
                | "recognize"
                | "act"
                | "proceed"
        );
        if by.is_empty() || !decides {
            return None;
        }
        let condition = Some(self.whole(basis));
        let kind = UndertakingKind::Condition;
        Some(Draft {
            kind,
            head: verb,
            cue: (verb, verb),
            by,
            to: Vec::new(),
            what: Some(verb),
            negated: false,
            condition,
        })
    }

    /// The verb over "based on …" or "on the basis of …", and the phrase.
    fn basis(&self, token: Index) -> Option<(Index, Index)> {
        let mut at = token;
        for _ in 0..4 {
            let head = self.grammar.head(at)?;
            if self.grammar.is_verbal(head) && head != token {
                return Some((head, at));
            }
            at = head;
        }
        None
    }
}
