//! Who says a clause: in its own sentence, by the quotation around it, or in the sentence before.

use crate::event::{Clause, Index, head_of, is_first_person};
use crate::syntax::{Relation, Upos};

use super::party::Party;
use super::search::Search;

/// Who says something, and to whom.
#[derive(Debug, Default)]
pub(super) struct Speech {
    pub(super) speakers: Vec<Party>,
    pub(super) addressees: Vec<Party>,
    /// The head of the noun phrase that names the speaker.
    pub(super) source: Option<Index>,
    /// The verb of saying.
    pub(super) verb: Option<Index>,
}

/// How far a clause is from the verb that says it.
const CLIMB: usize = 6;

impl Search<'_> {
    /// Who says the clause around a token; `None` where the report itself does.
    pub(super) fn speech(&self, token: Index) -> Option<Speech> {
        if let Some(verb) = self.saying_verb(token)
            && let Some(source) = self.sayer(verb)
        {
            let speech = self.speech_of(source, Some(verb));
            if !speech.speakers.is_empty() {
                return Some(speech);
            }
        }
        self.quoted(token).or_else(|| self.said_after(token)).or_else(|| self.headed(token))
    }

    /// The verb of saying over a clause ("said that …"), or beside it ("…, they said").
    pub(super) fn saying_verb(&self, token: Index) -> Option<Index> {
        let mut at = token;
        for _ in 0..CLIMB {
            let beside =
                self.grammar.kids(at).iter().copied().find(|kid| {
                    self.grammar.relation(*kid) == Relation::Parataxis && self.says(*kid)
                });
            if beside.is_some() {
                return beside;
            }
            let head = self.grammar.head(at)?;
            let content = matches!(
                self.grammar.relation(at),
                Relation::Ccomp
                    | Relation::Parataxis
                    | Relation::Obj
                    | Relation::CsubjPass
                    | Relation::Csubj
            );
            if content && self.says(head) {
                return Some(head);
            }
            at = head;
        }
        None
    }

    /// "said", "made clear", "let it be known".
    fn says(&self, verb: Index) -> bool {
        self.grammar.is_verbal(verb) && self.is(verb, self.kit.known.speech)
            || self.idiom_of_saying(verb).is_some()
    }

    /// "made clear", "made it plain", "let it be known", "let the owners know": the word that says.
    fn idiom_of_saying(&self, token: Index) -> Option<Index> {
        let lemma = |at: Index| self.grammar.word(at).lemma.as_str();
        let verb = match lemma(token) {
            "clear" | "plain" | "known" | "know" | "understand" | "understood" => {
                self.grammar.head(token)?
            }
            "make" | "let" => return self.has_saying_word(token).then_some(token),
            _ => return None,
        };
        matches!(lemma(verb), "make" | "let").then_some(verb)
    }

    fn has_saying_word(&self, verb: Index) -> bool {
        self.grammar.kids(verb).iter().any(|kid| {
            let lemma = self.grammar.word(*kid).lemma.as_str();
            matches!(lemma, "clear" | "plain" | "known" | "know" | "understand" | "understood")
        })
    }

    /// Whose saying a verb is: its subject, or its agent.
    fn sayer(&self, verb: Index) -> Option<Index> {
        let verb = self.idiom_of_saying(verb).unwrap_or(verb);
        if self.grammar.is_passive(verb)
            && let Some(agent) = self.grammar.kid(verb, &[Relation::OblAgent])
        {
            return Some(agent);
        }
        let mut clause = Clause::default();
        self.grammar.read_clause(verb, &mut clause);
        let subjects = clause.subjects.iter().copied();
        let nearest = subjects.filter(|it| self.may_act(*it)).min_by_key(|it| it.abs_diff(verb));
        let near = nearest.filter(|it| self.own_subject(verb).is_some() || it.abs_diff(verb) < 12);
        near.or_else(|| self.inverted_sayer(verb))
    }

    /// "said the minister": a subject that the tree has as an object.
    fn inverted_sayer(&self, verb: Index) -> Option<Index> {
        let kids = self.grammar.kids(verb).iter().copied();
        let object = |kid: &Index| {
            matches!(self.grammar.relation(*kid), Relation::Obj | Relation::Iobj | Relation::Nsubj)
        };
        kids.filter(object).find(|kid| verb < *kid && self.may_act(*kid))
    }

    /// "…, the widow wrote": a verb of saying after a clause and a comma, wherever it hangs.
    fn said_after(&self, token: Index) -> Option<Speech> {
        let (_, end) = self.sentence(token);
        let mut parted = false;
        for at in token + 1..end.min(token + 60) {
            let form = self.form(at);
            parted |= matches!(form, "," | "”" | "\"" | "’" | "'");
            if form == ":" {
                return None;
            }
            let finite = matches!(self.grammar.word(at).xpos, "VBD" | "VBZ" | "VBP");
            if !parted || !finite || !self.is(at, self.kit.known.speech) {
                continue;
            }
            let source = self.sayer(at).filter(|source| token < *source)?;
            return Some(self.speech_of(source, Some(at))).filter(|it| !it.speakers.is_empty());
        }
        None
    }

    fn speech_of(&self, source: Index, verb: Option<Index>) -> Speech {
        if is_first_person(self.grammar, source) {
            // "we said": whoever that is, this clause does not tell.
            return Speech::default();
        }
        let speakers = self.doers(source);
        let mut addressees = verb.map_or_else(Vec::new, |verb| self.spoken_to(verb));
        addressees.retain(|party| !speakers.contains(party));
        Speech { speakers, addressees, source: Some(source), verb }
    }

    /// "told the envoys", "said to the crowd".
    fn spoken_to(&self, verb: Index) -> Vec<Party> {
        let grammar = self.grammar;
        let verb = self.idiom_of_saying(verb).unwrap_or(verb);
        let to = |kid: &Index| match grammar.relation(*kid) {
            Relation::Obj | Relation::Iobj => self.sayer(verb) != Some(*kid),
            Relation::Obl | Relation::Nmod => self.has_case(*kid, &["to", "at", "of"]),
            _ => false,
        };
        // "told us": whom the speaker means, this clause does not tell.
        let known = |kid: &Index| !is_first_person(grammar, *kid);
        let kids = grammar.kids(verb).iter().copied().filter(to).filter(known);
        kids.flat_map(|kid| self.persons(kid)).collect()
    }

    /// By the quotation around a token; where that has no source, by the sentence before it.
    fn quoted(&self, token: Index) -> Option<Speech> {
        let quotation = self.cast.moments.quotation(token)?;
        if let Some(source) = quotation.source.and_then(|span| head_of(self.grammar, span)) {
            let verb = quotation.cue.and_then(|span| head_of(self.grammar, span));
            let verb = verb.filter(|verb| self.grammar.word(*verb).upos == Upos::Verb);
            return Some(self.speech_of(source, verb)).filter(|it| !it.speakers.is_empty());
        }
        if let Some(number) = self.cast.speaker(quotation) {
            return Some(Speech { speakers: vec![Party::Mention(number)], ..Speech::default() });
        }
        let direct = quotation.kind != crate::quotation::QuotationKind::Indirect;
        let before = self.subject_before(token).filter(|_| direct)?;
        Some(self.speech_of(before, None)).filter(|it| !it.speakers.is_empty())
    }

    /// "EU: will drop the duty", the words before the colon of a headline.
    fn headed(&self, token: Index) -> Option<Speech> {
        let (first, end) = self.sentence(token);
        let colon = (first..end.min(first + 8)).find(|at| self.form(*at) == ":")?;
        let named = |at: &Index| self.grammar.is_nominal(*at) || colon == first + 1;
        let source = (first..colon)
            .filter(named)
            .find(|at| self.grammar.head(*at).is_none_or(|head| head < first || colon <= head))?;
        let nouns = (first..colon).all(|at| !self.grammar.is_verbal(at));
        (nouns && colon < token).then(|| self.speech_of(source, None))
    }

    /// The letters of a token.
    pub(super) fn form(&self, token: Index) -> &str {
        self.grammar.text.report.slice(self.span(token))
    }
}
