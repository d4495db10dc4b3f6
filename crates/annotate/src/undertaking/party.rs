//! Who a noun phrase is: a mention, or a party that only the undertaking makes one.
//!
//! The strikers, the landlord and the widow of a ranger demand as well as states do, though no lexicon
//! names them. Whoever undertakes or demands is somebody, so that any noun phrase in that place that is
//! no thing is a party; whom it is addressed to must be a mention or a noun of persons.

use std::collections::BTreeMap;

use chancery_text::{Kind, RowId, Span};

use crate::event::{Index, is_first_person};
use crate::mention::{Mention, MentionForm, MentionKind};
use crate::syntax::{Relation, Upos};

use super::search::Search;

/// One side of an undertaking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Party {
    /// A mention, by its number.
    Mention(u32),
    /// A noun phrase that is no mention yet, by its head.
    Phrase(Index),
}

/// New mentions by their heads.
pub(super) type Made = BTreeMap<Index, Mention>;

/// Endings of nouns of persons that word lists lack: "bondholder", "haulier".
const PERSONAL: [&str; 17] = [
    "holder", "picker", "worker", "owner", "keeper", "driver", "dweller", "goer", "seeker",
    "fighter", "farer", "grower", "ier", "eer", "ist", "lifter", "runner",
];

/// How far up the tree the name behind a pronoun is looked for.
const CLIMB: usize = 8;

impl Search<'_> {
    /// Who acts: anybody named, and any noun phrase that is no thing.
    pub(super) fn doers(&self, token: Index) -> Vec<Party> {
        self.sides(token, &|token| self.may_act(token))
    }

    /// Who is spoken to or acted on: anybody named, and persons by their noun.
    pub(super) fn persons(&self, token: Index) -> Vec<Party> {
        self.sides(token, &|token| self.is_person(token))
    }

    fn sides(&self, token: Index, admits: &dyn Fn(Index) -> bool) -> Vec<Party> {
        if is_first_person(self.grammar, token) {
            return self.speech(token).map_or_else(Vec::new, |speech| speech.speakers);
        }
        let token = self.antecedent(token).unwrap_or(token);
        let mut found = Vec::new();
        self.side(token, admits, &mut found);
        let mut at = token;
        for _ in 0..4 {
            let conjuncts = self.grammar.kids(at).iter().copied();
            let nominal = |kid: &Index| {
                self.grammar.relation(*kid) == Relation::Conj && !self.grammar.is_verbal(*kid)
            };
            let Some(next) = conjuncts.clone().find(nominal) else { break };
            conjuncts.filter(nominal).for_each(|kid| self.side(kid, admits, &mut found));
            at = next;
        }
        found
    }

    /// One noun phrase without its conjuncts.
    fn side(&self, token: Index, admits: &dyn Fn(Index) -> bool, found: &mut Vec<Party>) {
        let token = self.name_beside(token).unwrap_or(token);
        let mut mentions = Vec::new();
        self.cast.of(self.grammar, token, &mut mentions);
        let (low, high) = self.phrase(token);
        mentions.retain(|number| {
            let tokens = &self.cast.actors.mention(*number).tokens;
            let owner = self.cast.actors.mention(*number).form == MentionForm::Pronoun;
            // "his word" is no party, though he is.
            let other = owner && !(tokens.start <= token && token < tokens.end);
            tokens.start <= high && low < tokens.end && !other
        });
        if mentions.is_empty() && admits(token) {
            found.push(Party::Phrase(token));
        }
        let mentions = mentions.into_iter().map(Party::Mention);
        found.extend(mentions.filter(|party| !found.contains(party)).collect::<Vec<_>>());
        if found.is_empty() && self.is(token, self.kit.known.thing) {
            self.issuers(token, found);
        }
    }

    /// "its foreign minister, Ana Pelm": the name tells more than the noun.
    fn name_beside(&self, token: Index) -> Option<Index> {
        let grammar = self.grammar;
        let name = grammar.kid(token, &[Relation::Appos])?;
        let noun = grammar.word(token).upos == Upos::Noun;
        (noun && token < name && grammar.word(name).upos == Upos::Propn).then_some(name)
    }

    /// Who a document is of: "a letter signed by the bishops", "the statement of the council".
    fn issuers(&self, document: Index, found: &mut Vec<Party>) {
        for &kid in self.grammar.kids(document) {
            let by = |token: Index| {
                self.has_case(token, &["by", "of", "from"]) && !is_first_person(self.grammar, token)
            };
            let signed = self.grammar.relation(kid) == Relation::Acl;
            let agents = self.grammar.kids(kid).iter().copied().filter(|agent| by(*agent));
            if signed {
                agents.for_each(|agent| found.extend(self.doers(agent)));
            } else if self.grammar.relation(kid) == Relation::Nmod && by(kid) {
                found.extend(self.persons(kid));
            }
        }
    }

    /// Whether one of these prepositions stands before a noun.
    pub(super) fn has_case(&self, token: Index, cases: &[&str]) -> bool {
        self.grammar.kids(token).iter().any(|kid| {
            matches!(self.grammar.relation(*kid), Relation::Case | Relation::Mark)
                && cases.contains(&self.grammar.word(*kid).lemma.to_lowercase().as_str())
        })
    }

    /// Whether a noun phrase may undertake something: it is no thing, no time and no empty pronoun.
    pub(super) fn may_act(&self, token: Index) -> bool {
        let word = self.grammar.word(token);
        let known = &self.kit.known;
        match word.upos {
            Upos::Propn => !self.timed[token as usize],
            Upos::Noun => {
                (!self.is(token, known.thing | known.weather) || self.is(token, known.body))
                    && !self.grammar.is(token, self.grammar.time())
            }
            Upos::Pron => is_somebody(&word.lemma),
            Upos::Adj | Upos::Verb | Upos::Num => {
                self.has_article(token) && !self.is(token, known.thing)
            }
            _ => false,
        }
    }

    /// Whether something may be spoken to or acted on by the undertaking of a word: who is no person, no
    /// body and nobody known must be told by that word itself, or do something; and a town is no place in
    /// which something is.
    pub(super) fn may_be_addressed(&self, party: Party, anchor: Index) -> bool {
        const WITHIN: [&str; 7] = ["in", "at", "near", "outside", "inside", "around", "into"];
        let Some(head) = self.head_of(party) else { return true };
        let (form, known, kind) = match party {
            Party::Mention(number) => {
                let mention = self.cast.actors.mention(number);
                (mention.form, mention.actor.is_some(), mention.kind)
            }
            Party::Phrase(_) => (MentionForm::Nominal, false, MentionKind::Other),
        };
        if known || form == MentionForm::Pronoun {
            return true;
        }
        let place = kind == MentionKind::Place && self.grammar.word(head).upos != Upos::Noun;
        let first = self.first_conjunct(head);
        if place && self.has_case(first, &WITHIN) {
            return false;
        }
        let over = self.grammar.head(first);
        if over == Some(anchor) || self.is_person_noun(head) {
            return true;
        }
        match self.grammar.relation(first) {
            Relation::Nsubj | Relation::NsubjPass => self.may_act(head),
            _ if place => {
                let of_persons = over.is_some_and(|over| self.is_person_noun(over));
                !self.has_case(first, &["from", "of"]) || of_persons
            }
            _ => self.grammar.word(head).upos != Upos::Noun,
        }
    }

    /// Whom a deed would harm: "not to use its ports against Torvia".
    pub(super) fn harmed(&self, deed: Index) -> Vec<Party> {
        let (first, last) = self.grammar.reach(deed);
        let against = (first..=last).filter(|token| self.has_case(*token, &["against"]));
        against.flat_map(|token| self.doers(token)).filter(|it| self.is_known(*it)).collect()
    }

    /// Whether a party is an actor that the report names.
    pub(super) fn is_known(&self, party: Party) -> bool {
        match party {
            Party::Mention(number) => self.cast.actors.mention(number).actor.is_some(),
            Party::Phrase(_) => false,
        }
    }

    /// Whether a deed is done to one another: "respect each other's borders".
    pub(super) fn is_mutual(&self, deed: Index) -> bool {
        let (first, last) = self.grammar.reach(deed);
        let lemma = |token: Index| self.grammar.word(token).lemma.to_lowercase();
        (first..last).any(|token| {
            matches!((&*lemma(token), &*lemma(token + 1)), ("each", "other") | ("one", "another"))
        })
    }

    fn is_person(&self, token: Index) -> bool {
        let word = self.grammar.word(token);
        match word.upos {
            Upos::Noun => self.is_person_noun(token),
            Upos::Propn => self.kit.persons.contains(word.lemma.to_lowercase().as_str()),
            Upos::Pron => is_somebody(&word.lemma),
            Upos::Adj | Upos::Verb | Upos::Num => {
                self.has_article(token) && !self.is(token, self.kit.known.thing)
            }
            _ => false,
        }
    }

    /// "strikers", "villagers", "widows"; and bodies of them: "union", "court".
    pub(super) fn is_person_noun(&self, token: Index) -> bool {
        let lemma = self.grammar.word(token).lemma.to_lowercase();
        self.is(token, self.kit.known.body)
            || !self.is(token, self.kit.known.thing)
                && (self.kit.persons.contains(lemma.as_str())
                    || PERSONAL.iter().any(|ending| lemma.ends_with(ending))
                    || self.is(token, self.kit.known.body))
    }

    /// "the displaced", "the accused".
    fn has_article(&self, token: Index) -> bool {
        let kids = self.grammar.kids(token).iter();
        kids.filter(|kid| self.grammar.relation(**kid) == Relation::Det)
            .any(|kid| self.grammar.word(*kid).lemma == "the")
    }

    /// First and last token of a noun phrase, with its "of" and without what else hangs on it.
    pub(super) fn phrase(&self, head: Index) -> (Index, Index) {
        let grammar = self.grammar;
        let (mut low, mut high) = (head, head);
        for &kid in grammar.kids(head) {
            let close = matches!(
                grammar.relation(kid),
                Relation::Compound
                    | Relation::Amod
                    | Relation::NmodPoss
                    | Relation::NmodDesc
                    | Relation::NmodUnmarked
                    | Relation::Nummod
                    | Relation::Flat
            );
            let of = kid > head && grammar.relation(kid) == Relation::Nmod && kid < head + 9;
            if close || of && self.has_case(kid, &["of"]) {
                let (first, last) = grammar.reach(kid);
                (low, high) = (low.min(first), high.max(last));
            }
        }
        (low.max(head.saturating_sub(12)), high.min(head + 12))
    }

    /// The noun that a third-person pronoun stands for, where mentions do not say: the subject of a
    /// clause around it, else that of the sentence before.
    pub(super) fn antecedent(&self, pronoun: Index) -> Option<Index> {
        let grammar = self.grammar;
        if !is_third_person(&grammar.word(pronoun).lemma) {
            return None;
        }
        if let Some(number) = self.heads[pronoun as usize] {
            // Mentions are resolved to whom the text names.
            if self.observed.mentions[number as usize].actor.is_some() {
                return None;
            }
        }
        self.subject_around(pronoun).or_else(|| self.subject_before(pronoun))
    }

    fn subject_around(&self, pronoun: Index) -> Option<Index> {
        let mut at = pronoun;
        for _ in 0..CLIMB {
            let head = self.grammar.head(at)?;
            let subject = self.own_subject(head).filter(|it| *it != at && *it != pronoun);
            let named = |it: &Index| self.may_act(*it) && !self.is_under(*it, at);
            if let Some(subject) = subject.filter(named) {
                return Some(subject);
            }
            at = head;
        }
        None
    }

    /// The subject of the sentence before.
    pub(super) fn subject_before(&self, token: Index) -> Option<Index> {
        let here = self.sentence(token);
        let before = self.sentence(here.0.checked_sub(1)?);
        let root = (before.0..before.1).find(|it| self.grammar.head(*it).is_none())?;
        self.own_subject(root).filter(|it| self.may_act(*it))
    }

    pub(super) fn own_subject(&self, verb: Index) -> Option<Index> {
        self.grammar.kid(verb, &[Relation::Nsubj, Relation::NsubjPass, Relation::NsubjOuter])
    }

    /// Whether a token hangs somewhere under another.
    pub(super) fn is_under(&self, token: Index, above: Index) -> bool {
        let mut at = token;
        for _ in 0..16 {
            if at == above {
                return true;
            }
            match self.grammar.head(at) {
                Some(head) => at = head,
                None => return false,
            }
        }
        false
    }

    /// First token of the sentence around a token, and the one after its last.
    pub(super) fn sentence(&self, token: Index) -> (Index, Index) {
        let sentences = self.grammar.text.sentences;
        let after = sentences.partition_point(|sentence| sentence.tokens.end <= token);
        sentences.get(after).map_or((token, token + 1), |it| (it.tokens.start, it.tokens.end))
    }

    /// The mention of a party: one that is there, else a new one, noted in `made`.
    pub(super) fn mention_of(&self, party: Party, made: &mut Made) -> RowId {
        let head = match party {
            Party::Mention(number) => return self.cast.actors.mention(number).id,
            Party::Phrase(head) => head,
        };
        if let Some(number) = self.heads[head as usize] {
            return self.observed.mentions[number as usize].id;
        }
        made.entry(head).or_insert_with(|| self.make(head)).id
    }

    /// The token that heads what names a party.
    pub(super) fn head_of(&self, party: Party) -> Option<Index> {
        match party {
            Party::Phrase(head) => Some(head),
            Party::Mention(number) => {
                self.grammar.head_of_mention(self.cast.actors.mention(number))
            }
        }
    }

    /// The first noun phrase of those that a token's is coordinated with.
    pub(super) fn first_conjunct(&self, token: Index) -> Index {
        let mut at = token;
        for _ in 0..CLIMB {
            match self.grammar.head(at) {
                Some(head)
                    if self.grammar.relation(at) == Relation::Conj
                        && !self.grammar.is_verbal(head) =>
                {
                    at = head;
                }
                _ => break,
            }
        }
        at
    }

    /// The characters that name a party.
    pub(super) fn extent_of(&self, party: Party) -> Span {
        match party {
            Party::Mention(number) => self.cast.actors.mention(number).span,
            Party::Phrase(head) => {
                let (low, high) = self.phrase(head);
                self.span(low).cover(self.span(high))
            }
        }
    }

    pub(super) fn is_pronoun(&self, party: Party) -> bool {
        match party {
            Party::Mention(number) => self.cast.actors.mention(number).form == MentionForm::Pronoun,
            Party::Phrase(head) => self.grammar.word(head).upos == Upos::Pron,
        }
    }

    /// Where a party is named: for a pronoun, wherever its actor is.
    pub(super) fn places(&self, party: Party) -> Vec<Span> {
        let number = match party {
            Party::Mention(number) => number,
            Party::Phrase(head) => match self.heads[head as usize] {
                Some(number) => number,
                None => {
                    let (low, high) = self.phrase(head);
                    return vec![self.span(low).cover(self.span(high))];
                }
            },
        };
        let mentions = &self.observed.mentions;
        let mention = &mentions[number as usize];
        let pronoun = mention.form == MentionForm::Pronoun && mention.actor.is_some();
        let same = mentions.iter().filter(|other| pronoun && other.actor == mention.actor);
        std::iter::once(mention.span).chain(same.map(|other| other.span)).collect()
    }

    fn make(&self, head: Index) -> Mention {
        let (low, high) = self.phrase(head);
        let span = self.span(low).cover(self.span(high));
        let person = self.kit.persons.contains(self.grammar.word(head).lemma.as_str());
        let form = match self.grammar.word(head).upos {
            Upos::Propn => MentionForm::Name,
            Upos::Pron => MentionForm::Pronoun,
            _ => MentionForm::Nominal,
        };
        Mention {
            id: RowId::observed(Kind::Mention, self.grammar.text.report.id, span, "party"),
            span,
            head_span: self.span(head),
            tokens: low..high + 1,
            form,
            kind: if person { MentionKind::Person } else { MentionKind::Organisation },
            actor: None,
            basis: "party",
        }
    }
}

fn is_somebody(lemma: &str) -> bool {
    const SOMEBODY: [&str; 12] = [
        "everyone",
        "everybody",
        "anyone",
        "anybody",
        "someone",
        "somebody",
        "whoever",
        "those",
        "others",
        "both",
        "all",
        "he",
    ];
    SOMEBODY.contains(&lemma.to_lowercase().as_str()) || is_third_person(lemma)
}

fn is_third_person(lemma: &str) -> bool {
    let lemma = lemma.to_lowercase();
    matches!(
        lemma.as_str(),
        "he" | "she"
            | "it"
            | "they"
            | "his"
            | "her"
            | "its"
            | "their"
            | "him"
            | "them"
            | "himself"
            | "herself"
            | "itself"
            | "themselves"
    )
}
