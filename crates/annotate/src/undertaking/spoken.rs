//! Undertakings without a cue word: what a party says that it will do or that another must, and
//! what is made to depend on something.

use crate::event::{Clause, Index, is_first_person};
use crate::syntax::{Relation, Upos};

use super::UndertakingKind;
use super::condition::Bearing;
use super::party::Party;
use super::search::{Draft, Search};
use super::speech::Speech;

/// Looks at every modal verb, imperative and "based on" of a report.
pub(super) fn find(search: &Search<'_>, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut ledger = Ledger::new(search, drafts);
    for token in 0..search.grammar.len() as Index {
        ledger.add(search.worded(token, &ledger));
    }
    for token in 0..search.grammar.len() as Index {
        ledger.add(search.imperative(token, &ledger));
        ledger.add(search.nothing_before(token, &ledger));
    }
    let or_else: Vec<Draft> = ledger.drafts.iter().filter_map(|it| search.or_else(it)).collect();
    ledger.drafts.extend(or_else);
    ledger.drafts
}

/// What is found so far, by token.
pub(super) struct Ledger {
    drafts: Vec<Draft>,
    /// What some undertaking is about.
    told: Vec<bool>,
    /// What heads some undertaking.
    heads: Vec<bool>,
}

impl Ledger {
    fn new(search: &Search<'_>, drafts: Vec<Draft>) -> Self {
        let count = search.grammar.len();
        let mut ledger =
            Self { drafts: Vec::new(), told: vec![false; count], heads: vec![false; count] };
        drafts.into_iter().for_each(|draft| ledger.add(Some(draft)));
        ledger
    }

    fn add(&mut self, draft: Option<Draft>) {
        let Some(draft) = draft else { return };
        self.heads[draft.head as usize] = true;
        if let Some(what) = draft.what {
            self.told[what as usize] = true;
        }
        self.drafts.push(draft);
    }
}

/// A clause under a modal verb, with who says it.
struct Spoken {
    aux: Index,
    verb: Index,
    subject: Index,
    clause: Clause,
    speech: Option<Speech>,
}

impl Search<'_> {
    /// What one token says without a cue word.
    fn worded(&self, token: Index, ledger: &Ledger) -> Option<Draft> {
        let grammar = self.grammar;
        let gives = self.is(token, self.kit.known.grant_time) && !ledger.heads[token as usize];
        if let Some(draft) = gives.then(|| self.time_given(token)).flatten() {
            return Some(draft);
        }
        if self.form(token).eq_ignore_ascii_case("going")
            && let Some(verb) = grammar.kid(token, &[Relation::Xcomp])
        {
            return self.going_to(token, verb).filter(|_| !self.is_told_already(verb, ledger));
        }
        if matches!(grammar.word(token).lemma.as_str(), "have" | "need")
            && let Some(act) = grammar.kid(token, &[Relation::Xcomp])
            && grammar.word(act).xpos == "VB"
        {
            return self.need(token, act).filter(|_| !self.is_told_already(act, ledger));
        }
        let Some(head) = grammar.head(token) else { return self.headline(token, ledger) };
        if grammar.word(token).xpos == "TO" && !self.is_told_already(head, ledger) {
            return self.is_to(token);
        }
        let modal = grammar.relation(token) == Relation::Aux && grammar.word(token).xpos == "MD";
        if modal {
            return self.modal(token, head).filter(|_| !self.is_told_already(head, ledger));
        }
        self.is(token, self.kit.known.based).then(|| self.based(token)).flatten()
    }

    /// Whether a verb is already what another undertaking is about: "pledged that it would leave".
    fn is_told_already(&self, verb: Index, ledger: &Ledger) -> bool {
        let mut at = verb;
        for _ in 0..4 {
            if ledger.told[at as usize] {
                return true;
            }
            match (self.grammar.relation(at), self.grammar.head(at)) {
                (Relation::Conj, Some(head)) if self.own_subject(at).is_none() => at = head,
                _ => return false,
            }
        }
        false
    }

    fn modal(&self, aux: Index, verb: Index) -> Option<Draft> {
        let subject = self.own_subject(verb);
        // "would have to close": what one has to do is what one will do.
        let forced = self.grammar.kid(verb, &[Relation::Xcomp]);
        let forced = forced.filter(|_| self.grammar.word(verb).lemma == "have");
        let spoken = self.spoken(aux, forced.unwrap_or(verb), subject)?;
        let lemma = self.grammar.word(aux).lemma.to_lowercase();
        let form = self.form(aux).to_lowercase();
        if self.is(aux, self.kit.known.own_will) || matches!(form.as_str(), "will" | "shall") {
            return self.intent(spoken);
        }
        match lemma.as_str() {
            "must" | "ought" => self.duty(spoken),
            "should" if spoken.subject < aux => self.duty(spoken),
            "can" | "could" | "may" | "might" => self.leave(spoken),
            _ => None,
        }
    }

    /// "is to pay the villagers": said of what was agreed or decided.
    fn is_to(&self, to: Index) -> Option<Draft> {
        let grammar = self.grammar;
        let be = to.checked_sub(1).filter(|at| matches!(self.form(*at), "is" | "are"))?;
        let verb =
            grammar.head(to).filter(|verb| grammar.word(*verb).xpos == "VB" && to < *verb)?;
        let subject = self.own_subject(verb).or_else(|| self.own_subject(be));
        let subject = subject.or_else(|| grammar.head(be).and_then(|it| self.own_subject(it)));
        let spoken = self.spoken(be, verb, subject)?;
        let by = self.doers(spoken.subject);
        let condition = self.condition(verb, verb);
        let kind = self.own_kind(&spoken, false, condition.map(|it| it.1), &by)?;
        if by.is_empty() || self.is_no_party(spoken.subject) {
            return None;
        }
        let mut to_whom = self.touched(verb);
        to_whom.retain(|party| !by.contains(party));
        let condition = condition.map(|it| it.0);
        let (cue, what, negated) = ((be, verb.min(be + 3)), Some(verb), self.is_not_to_be(verb));
        Some(Draft { kind, head: verb, cue, by, to: to_whom, what, negated, condition })
    }

    /// "is going to leave".
    fn going_to(&self, going: Index, verb: Index) -> Option<Draft> {
        let spoken = self.spoken(going, verb, self.own_subject(going))?;
        spoken.speech.as_ref()?;
        self.intent(spoken)
    }

    fn spoken(&self, aux: Index, verb: Index, subject: Option<Index>) -> Option<Spoken> {
        if self.is_asked(verb) || self.is_supposed(verb) || self.is_thought(verb) {
            return None;
        }
        let mut clause = Clause::default();
        self.grammar.read_clause(verb, &mut clause);
        let speech = self.speech(verb);
        let subject = subject.or(clause.subjects.first().copied());
        // "EU: will drop the duty" has its subject before the colon.
        let subject = subject.or(speech.as_ref().and_then(|speech| speech.source))?;
        Some(Spoken { aux, verb, subject, clause, speech })
    }

    /// "may return only if they pay" makes it depend on that; "could resume if they leave" offers it.
    fn leave(&self, spoken: Spoken) -> Option<Draft> {
        let speech = spoken.speech?;
        let (condition, bearing) = self.condition(spoken.verb, spoken.verb)?;
        let kind = match bearing {
            Bearing::Only => UndertakingKind::Condition,
            Bearing::Open => UndertakingKind::Offer,
            _ => return None,
        };
        let foretold = speech.source.is_some_and(|source| self.is_forecaster(source));
        if foretold || speech.speakers.is_empty() || self.is_no_party(spoken.subject) {
            return None;
        }
        let subject = self.doers(spoken.subject);
        let mut to = if speech.addressees.is_empty() { subject } else { speech.addressees };
        to.retain(|party| !speech.speakers.contains(party));
        let cue = (spoken.aux, spoken.aux);
        Some(Draft {
            kind,
            head: spoken.verb,
            cue,
            by: speech.speakers,
            to,
            what: Some(spoken.verb),
            negated: self.is_not_to_be(spoken.verb),
            condition: Some(condition),
        })
    }

    /// "gave them until Friday to leave": a deadline is a demand.
    fn time_given(&self, verb: Index) -> Option<Draft> {
        let grammar = self.grammar;
        let mut clause = Clause::default();
        grammar.read_clause(verb, &mut clause);
        let what = clause.xcomp?;
        let kids = grammar.kids(verb);
        let until = |kid: &Index| {
            self.has_case(*kid, &["until", "till"])
                || (grammar.is(*kid, grammar.time()) || self.timed[*kid as usize])
                    && matches!(
                        grammar.relation(*kid),
                        Relation::Obj | Relation::Obl | Relation::OblUnmarked | Relation::NsubjPass
                    )
        };
        let timed = kids.iter().any(until)
            || kids.iter().any(|kid| {
                grammar.kids(*kid).iter().any(|it| self.has_case(*it, &["until", "till"]))
            });
        if !timed || self.is_idle(verb, Some(verb), UndertakingKind::Demand) {
            return None;
        }
        let all = |tokens: &[Index]| -> Vec<Party> {
            tokens.iter().flat_map(|token| self.doers(*token)).collect()
        };
        let (by, mut to) = (all(&clause.subjects), all(&clause.indirect));
        to.extend(all(&clause.objects));
        to.retain(|party| !by.contains(party));
        if by.is_empty() || to.is_empty() {
            return None;
        }
        let (kind, condition) = (UndertakingKind::Demand, None);
        let negated = self.is_not_to_be(what);
        Some(Draft {
            kind,
            head: verb,
            cue: (verb, verb),
            by,
            to,
            what: Some(what),
            negated,
            condition,
        })
    }

    /// "no talks before the guns fall silent", said by somebody.
    fn nothing_before(&self, token: Index, ledger: &Ledger) -> Option<Draft> {
        let grammar = self.grammar;
        let no = |kid: &Index| {
            *kid < token
                && matches!(self.form(*kid).to_lowercase().as_str(), "no" | "not" | "n't" | "never")
        };
        let predicate = grammar.kid(token, &[Relation::Cop]).is_some();
        let verbal = grammar.is_verbal(token) || predicate;
        if !verbal && !grammar.is_nominal(token) || self.is_told_already(token, ledger) {
            return None;
        }
        let denied = if verbal {
            (self.is_not_to_be(token)
                || self.own_subject(token).is_some_and(|subject| self.is_nobody(subject)))
                && grammar.word(token).xpos != "VBD"
        } else {
            grammar.kids(token).iter().any(no)
        };
        if !denied || self.is_asked(token) || self.is_supposed(token) {
            return None;
        }
        let (condition, bearing) = self.condition(token, token)?;
        let speech = self.speech(token).filter(|speech| !speech.speakers.is_empty())?;
        let known = grammar.head(token).is_some_and(|head| ledger.told[head as usize]);
        let none = self.own_subject(token).is_some_and(|subject| self.is_nobody(subject));
        let holds = bearing == Bearing::Negative || bearing == Bearing::Open && none;
        if !holds || ledger.heads[token as usize] || known {
            return None;
        }
        Some(Draft {
            kind: UndertakingKind::Condition,
            head: token,
            cue: (token, token),
            by: speech.speakers,
            to: match speech.addressees {
                named if named.is_empty() => {
                    self.on_whom(self.proviso(token, Some(token)), UndertakingKind::Condition)
                }
                named => named,
            },
            what: Some(token),
            negated: false,
            condition: Some(condition),
        })
    }

    /// "they have to leave", "you need to pay".
    fn need(&self, verb: Index, act: Index) -> Option<Draft> {
        let spoken = self.spoken(verb, act, self.own_subject(verb))?;
        let modal = |kid: &Index| {
            self.grammar.word(*kid).xpos == "MD" && !self.is(*kid, self.kit.known.own_will)
                || self.grammar.word(*kid).lemma == "would"
        };
        let supposed = self.grammar.kids(verb).iter().any(modal);
        let denied = self.kit.status.is_negated(self.grammar, verb);
        if supposed || denied || self.grammar.word(verb).xpos == "VBD" {
            return None;
        }
        self.duty(spoken)
    }

    /// "Torvia must withdraw", said by another.
    fn duty(&self, spoken: Spoken) -> Option<Draft> {
        let Spoken { aux, verb, subject, clause, speech } = spoken;
        let speech = speech?;
        let mut to = self.doers(subject);
        if is_first_person(self.grammar, subject)
            || to.iter().any(|it| speech.speakers.contains(it))
        {
            return None;
        }
        if self.is_passive(&clause) || to.is_empty() {
            to = speech.addressees;
        }
        let condition = self.condition(verb, verb).map(|it| it.0);
        let negated = self.is_not_to_be(verb);
        let (kind, by) = (UndertakingKind::Demand, speech.speakers);
        Some(Draft {
            kind,
            head: verb,
            cue: (aux, aux),
            by,
            to,
            what: Some(verb),
            negated,
            condition,
        })
    }

    /// "we will not allow", said of oneself; "you will pay", said to another; and "if they leave, the
    /// king will follow".
    fn intent(&self, spoken: Spoken) -> Option<Draft> {
        let (verb, subject) = (spoken.verb, spoken.subject);
        if self.is_no_party(subject) || self.is_forecast(&spoken) {
            return None;
        }
        let condition = self.condition(verb, verb);
        let negated =
            self.is_not_to_be(verb) || self.kit.status.is_negated(self.grammar, spoken.aux);
        let by = self.doers(subject);
        let own = spoken.speech.as_ref().is_some_and(|speech| self.is_own(subject, &by, speech));
        let kind = if own {
            self.own_kind(&spoken, negated, condition.map(|it| it.1), &by)
        } else {
            self.other_kind(&spoken, negated, condition.map(|it| it.1), &by)
        }?;
        let negated =
            negated && kind != UndertakingKind::Refusal && kind != UndertakingKind::Condition;
        let named = self.is_state_or_body(subject, &by);
        let theirs = !own && !named && kind != UndertakingKind::Condition;
        let (speakers, addressees) = match spoken.speech {
            Some(speech) => (speech.speakers, speech.addressees),
            None => (Vec::new(), Vec::new()),
        };
        let to_you = self.grammar.word(subject).lemma.eq_ignore_ascii_case("you");
        let by = if theirs && !speakers.is_empty() || by.is_empty() { speakers } else { by };
        if by.is_empty() {
            return None;
        }
        let mut to = addressees;
        if to.is_empty() && !to_you {
            to = self.touched(verb);
        }
        let on_whom = self.on_whom(self.proviso(verb, Some(verb)), kind);
        if to.is_empty() || kind == UndertakingKind::Condition && !on_whom.is_empty() {
            to = on_whom;
        }
        if to.is_empty() && kind == UndertakingKind::Threat && theirs {
            to = self.doers(subject);
        }
        to.retain(|party| !by.contains(party));
        let cue = (spoken.aux, spoken.aux.max(verb.min(spoken.aux + 3)));
        let condition = condition.map(|it| it.0);
        Some(Draft { kind, head: verb, cue, by, to, what: Some(verb), negated, condition })
    }

    /// What forecasters and the weather service say will be.
    fn is_forecast(&self, spoken: &Spoken) -> bool {
        let source = spoken.speech.as_ref().and_then(|speech| speech.source);
        source.is_some_and(|source| self.is_forecaster(source))
            || spoken
                .speech
                .as_ref()
                .and_then(|speech| speech.verb)
                .is_some_and(|verb| self.is(verb, self.kit.known.belief))
    }

    /// Whether a subject is the one who speaks: "we", the same actor, or a part of it.
    fn is_own(&self, subject: Index, by: &[Party], speech: &Speech) -> bool {
        let same = |one: Party, other: Party| match (one, other) {
            (Party::Mention(one), Party::Mention(other)) => self.cast.is_same(one, other),
            _ => one == other,
        };
        is_first_person(self.grammar, subject)
            || by.iter().any(|one| speech.speakers.iter().any(|other| same(*one, *other)))
            || speech.speakers.iter().any(|speaker| self.is_country_of(by, *speaker))
            || speech.source.is_some_and(|source| self.is_mouthpiece(source, subject))
    }

    /// A spokesman, leader or minister speaks for a body that is named as the subject.
    fn is_mouthpiece(&self, source: Index, subject: Index) -> bool {
        let speaks_for = |token: Index| self.is(token, self.kit.known.mouthpiece);
        let named = self.grammar.word(subject).upos == Upos::Propn || self.is_person_noun(subject);
        let (low, high) = self.phrase(source);
        let near = (low..=high).chain(self.apposed(source));
        named && near.into_iter().any(speaks_for)
    }

    fn apposed(&self, token: Index) -> Vec<Index> {
        let kids = self.grammar.kids(token).iter().copied();
        kids.filter(|kid| self.grammar.relation(*kid) == Relation::Appos).collect()
    }

    /// Whether a subject is a state or body by name, which undertakes what others say of it.
    fn is_state_or_body(&self, subject: Index, by: &[Party]) -> bool {
        let known = |party: &Party| match party {
            Party::Mention(number) => self.cast.actors.mention(*number).actor.is_some(),
            Party::Phrase(_) => false,
        };
        self.grammar.word(subject).upos == Upos::Propn && by.iter().any(known)
    }

    /// A minister speaks for the state, a leader for the group.
    fn is_country_of(&self, by: &[Party], speaker: Party) -> bool {
        let actor = |party: Party| {
            let Party::Mention(number) = party else { return None };
            let key = self.cast.actors.mention(number).actor.as_ref()?;
            let actors = &self.observed.actors;
            actors.binary_search_by(|actor| actor.key.cmp(key)).ok().map(|at| &actors[at])
        };
        let Some(speaker) = actor(speaker) else { return false };
        by.iter().filter_map(|party| actor(*party)).any(|party| {
            let state = party.country.is_some() && party.country == speaker.country;
            let named = speaker.roles.iter().any(|role| role.contains(&party.name));
            named || state && party.key.starts_with("state:")
        })
    }

    /// What it is to say what one will do oneself.
    fn own_kind(
        &self,
        spoken: &Spoken,
        negated: bool,
        bearing: Option<Bearing>,
        by: &[Party],
    ) -> Option<UndertakingKind> {
        let (known, verb) = (&self.kit.known, spoken.verb);
        let is = |class| self.is(verb, class);
        let passive = self.is_passive(&spoken.clause);
        if bearing == Some(Bearing::Only) {
            return Some(UndertakingKind::Condition);
        }
        if negated && bearing == Some(Bearing::Negative) {
            return Some(UndertakingKind::Condition);
        }
        if negated {
            let kept = is(known.allow) || passive;
            let kind = if kept { UndertakingKind::Promise } else { UndertakingKind::Refusal };
            return Some(kind).filter(|_| !is(known.mental));
        }
        if is(known.hostile)
            || self.takes_away(verb)
            || self.is_unless(bearing, verb) && !is(known.benefit)
        {
            return Some(UndertakingKind::Threat);
        }
        let direct = is_first_person(self.grammar, spoken.subject)
            && self
                .cast
                .moments
                .quotation(verb)
                .is_some_and(|it| it.kind == crate::quotation::QuotationKind::Direct);
        let counts = is(known.benefit)
            || direct && !is(known.routine)
            || bearing == Some(Bearing::Open)
            || self.has_counterpart(verb, by) && !is(known.routine);
        (counts && !is(known.mental)).then_some(UndertakingKind::Promise)
    }

    /// "withdraw the licence", "end cooperation": what is taken away helps those who have it.
    fn takes_away(&self, verb: Index) -> bool {
        let favour = |kid: &Index| {
            self.grammar.relation(*kid) == Relation::Obj && self.is(*kid, self.kit.known.favour)
        };
        self.is(verb, self.kit.known.take) && self.grammar.kids(verb).iter().any(favour)
    }

    /// "will strike unless they pay": what follows if another does not do as he should.
    fn is_unless(&self, bearing: Option<Bearing>, verb: Index) -> bool {
        bearing == Some(Bearing::Open)
            && self.condition(verb, verb).is_some_and(|(span, _)| {
                let words = span.slice(&self.grammar.text.report.text).to_lowercase();
                words.starts_with("unless") || words.starts_with("if not")
            })
    }

    /// Whether an act reaches somebody else.
    fn has_counterpart(&self, verb: Index, by: &[Party]) -> bool {
        self.touched(verb).iter().any(|party| !by.contains(party))
    }

    /// What it is to say what others will do, or what will be.
    fn other_kind(
        &self,
        spoken: &Spoken,
        negated: bool,
        bearing: Option<Bearing>,
        by: &[Party],
    ) -> Option<UndertakingKind> {
        let (known, verb) = (&self.kit.known, spoken.verb);
        let hostile = self.is(verb, known.hostile | known.harm);
        let you = self.grammar.word(spoken.subject).lemma.eq_ignore_ascii_case("you");
        if self.is_by_accord(spoken) && !by.is_empty() {
            return Some(UndertakingKind::Promise);
        }
        let Some(speech) = &spoken.speech else {
            return self.told_kind(spoken, negated, bearing, by);
        };
        if speech.speakers.is_empty() {
            return None;
        }
        match (bearing, negated) {
            (Some(Bearing::Only), _) | (Some(Bearing::Negative), true) => {
                Some(UndertakingKind::Condition)
            }
            _ if hostile && !negated => {
                (you || bearing.is_some() || self.is_passive(&spoken.clause))
                    .then_some(UndertakingKind::Threat)
            }
            _ if you && !negated && self.is_received(spoken) => Some(UndertakingKind::Promise),
            _ if you => Some(UndertakingKind::Demand),
            (Some(Bearing::Open), _) if negated || self.is_deed(spoken) => {
                Some(UndertakingKind::Promise)
            }
            (None, true) if self.is_nobody(spoken.subject) => Some(UndertakingKind::Promise),
            (None, false) if self.is_bestowed(spoken) => Some(UndertakingKind::Promise),
            _ => None,
        }
    }

    /// "you will get your money", "you will be paid".
    fn is_received(&self, spoken: &Spoken) -> bool {
        matches!(self.grammar.word(spoken.verb).lemma.as_str(), "get" | "receive" | "have" | "be")
            || self.is_passive(&spoken.clause)
    }

    /// Something that is done, and does not just happen: by somebody, to something, or for the good of all.
    fn is_deed(&self, spoken: &Spoken) -> bool {
        self.is_passive(&spoken.clause)
            || self.is(spoken.verb, self.kit.known.benefit)
            || self.is_person_like(spoken.subject)
    }

    /// "the pensions will be paid in full, the minister said".
    fn is_bestowed(&self, spoken: &Spoken) -> bool {
        let known = &self.kit.known;
        self.is(spoken.verb, known.benefit)
            && !self.is(spoken.verb, known.routine)
            && self.is_passive(&spoken.clause)
    }

    fn is_nobody(&self, subject: Index) -> bool {
        let lemma = self.grammar.word(subject).lemma.to_lowercase();
        matches!(lemma.as_str(), "nobody" | "no-one" | "none")
            || self.grammar.kids(subject).iter().any(|kid| {
                matches!(self.grammar.word(*kid).lemma.to_lowercase().as_str(), "no" | "not")
            })
    }

    fn is_person_like(&self, subject: Index) -> bool {
        self.grammar.word(subject).upos == Upos::Propn || self.is_person_noun(subject)
    }

    /// "Under the deal, Arlen will free the prisoners".
    fn is_by_accord(&self, spoken: &Spoken) -> bool {
        let grammar = self.grammar;
        grammar
            .kids(spoken.verb)
            .iter()
            .any(|kid| self.has_case(*kid, &["under"]) && self.is(*kid, self.kit.known.accord))
    }

    /// What the report itself says that somebody will do.
    fn told_kind(
        &self,
        spoken: &Spoken,
        negated: bool,
        bearing: Option<Bearing>,
        by: &[Party],
    ) -> Option<UndertakingKind> {
        let would = self.grammar.word(spoken.aux).lemma == "would";
        let refuses = negated
            && self.is(spoken.verb, self.kit.known.refuse)
            && (!would || bearing.is_none() && self.is_person_like(spoken.subject))
            && !self.is_nobody(spoken.subject);
        if by.is_empty() {
            return None;
        }
        if self.form(spoken.aux).eq_ignore_ascii_case("shall") {
            // The language of treaties.
            return Some(UndertakingKind::Promise);
        }
        if negated && bearing == Some(Bearing::Negative) && !would {
            return Some(UndertakingKind::Condition);
        }
        if refuses {
            return Some(UndertakingKind::Refusal);
        }
        (bearing.is_some() && !would).then_some(UndertakingKind::Condition)
    }

    /// "Iceland to shelter judges": the infinitive that a headline has for "will".
    fn headline(&self, root: Index, ledger: &Ledger) -> Option<Draft> {
        let (first, _) = self.sentence(root);
        let verb = self.headline_verb(root)?;
        let to = verb.checked_sub(1).filter(|at| self.form(*at).eq_ignore_ascii_case("to"))?;
        let subject = self.own_subject(verb).filter(|it| *it < to).unwrap_or(to - 1);
        let fresh = first < to && !ledger.told[verb as usize];
        let by = if fresh { self.doers(subject) } else { Vec::new() };
        let mut clause = Clause::default();
        self.grammar.read_clause(verb, &mut clause);
        let condition = self.condition(verb, verb);
        let speech = None;
        let spoken = Spoken { aux: to, verb, subject, clause, speech };
        let kind = self.own_kind(&spoken, false, condition.map(|it| it.1), &by)?;
        if by.is_empty() || self.is_no_party(subject) || self.is_asked(verb) {
            return None;
        }
        let mut to_whom = self.touched(verb);
        to_whom.retain(|party| !by.contains(party));
        let condition = condition.map(|it| it.0);
        let (cue, what) = ((to, verb), Some(verb));
        Some(Draft { kind, head: verb, cue, by, to: to_whom, what, negated: false, condition })
    }

    /// The infinitive of a headline: only names and nouns go before its "to".
    fn headline_verb(&self, root: Index) -> Option<Index> {
        let grammar = self.grammar;
        let (first, end) = self.sentence(root);
        let to =
            (first + 1..end.min(first + 9)).find(|at| self.form(*at).eq_ignore_ascii_case("to"))?;
        let nominal = |at: Index| {
            matches!(
                grammar.word(at).upos,
                Upos::Noun
                    | Upos::Propn
                    | Upos::Adj
                    | Upos::Num
                    | Upos::Punct
                    | Upos::Cconj
                    | Upos::Det
            ) && !matches!(grammar.word(at).xpos, "VBD" | "VBZ" | "VBP")
                || self.form(at) == "'s"
        };
        let verb = (to + 1 < end && grammar.word(to + 1).xpos == "VB").then_some(to + 1)?;
        // "Railway plans to lay a track": a verb that is read as a noun.
        let cue = !self.kit.cues_of(grammar.symbol(to - 1)).is_empty();
        let party = self.may_act(to - 1) && !cue;
        ((first..to).all(nominal) && party).then_some(verb)
    }

    /// "Release them," said by somebody: an infinitive without a subject at the start of what is said.
    fn imperative(&self, verb: Index, ledger: &Ledger) -> Option<Draft> {
        let word = self.grammar.word(verb);
        if word.upos != Upos::Verb || word.xpos != "VB" || self.is_told_already(verb, ledger) {
            return None;
        }
        if !self.is_commanding(verb) || !self.is_at_start(verb) || self.is_asked(verb) {
            return None;
        }
        let speech = self.speech(verb).filter(|speech| !speech.speakers.is_empty())?;
        if speech.verb.is_some_and(|verb| ledger.heads[verb as usize]) {
            return None;
        }
        let mut to = speech.addressees;
        to.extend(self.called(verb));
        to.retain(|party| !speech.speakers.contains(party));
        let negated = self.is_not_to_be(verb);
        let condition = self.condition(verb, verb).map(|it| it.0);
        let (kind, by) = (UndertakingKind::Demand, speech.speakers);
        Some(Draft {
            kind,
            head: verb,
            cue: (verb, verb),
            by,
            to,
            what: Some(verb),
            negated,
            condition,
        })
    }

    /// Whether a bare verb commands: no subject, no "to", no modal; "do not" and "please" may stand
    /// before it.
    fn is_commanding(&self, verb: Index) -> bool {
        let grammar = self.grammar;
        let loose = matches!(
            grammar.relation(verb),
            Relation::Root
                | Relation::Ccomp
                | Relation::Parataxis
                | Relation::Obj
                | Relation::Dep
                | Relation::Advcl
        ) || grammar.head(verb).is_none();
        let blocks = |kid: &Index| match grammar.relation(*kid) {
            // "Mr President, do not sign": a name called is read as a subject.
            Relation::Nsubj => !self.between_commas(*kid, verb),
            Relation::NsubjPass
            | Relation::Expl
            | Relation::AuxPass
            | Relation::Cop
            | Relation::Csubj => true,
            Relation::Mark => true,
            Relation::Aux => !matches!(grammar.word(*kid).lemma.as_str(), "do" | "let"),
            _ => false,
        };
        loose && !grammar.kids(verb).iter().any(blocks) && !self.is_for_us(verb)
    }

    /// "let us go" is no demand on another; nor is "let it be known".
    fn is_for_us(&self, verb: Index) -> bool {
        self.grammar.word(verb).lemma == "let"
            && self.grammar.kids(verb).iter().any(|kid| is_first_person(self.grammar, *kid))
    }

    /// Whether a verb opens its sentence or quotation, but for "please", "do not" and a name called.
    fn is_at_start(&self, verb: Index) -> bool {
        let (first, _) = self.sentence(verb);
        let polite = |at: Index| {
            let form = self.form(at).to_lowercase();
            !self.grammar.is_nominal(at) && form.chars().all(|letter| !letter.is_alphanumeric())
                || matches!(
                    form.as_str(),
                    "please" | "do" | "not" | "n't" | "never" | "just" | "now"
                )
        };
        let opens = |at: Index| matches!(self.form(at), "“" | "\"" | "‘" | "'" | ":" | "—");
        let mut at = verb;
        while first < at {
            let before = at - 1;
            if opens(before) {
                return true;
            }
            let called = self.grammar.is_nominal(before)
                || matches!(self.grammar.relation(before), Relation::Vocative | Relation::Flat);
            let spaced = called && verb - before < 8 && self.between_commas(before, verb);
            if !polite(before) && !spaced {
                return false;
            }
            at = before;
        }
        true
    }

    fn between_commas(&self, name: Index, verb: Index) -> bool {
        (name + 1..verb).any(|at| self.form(at) == ",")
    }

    /// "Mr President, do not sign": the name called.
    fn called(&self, verb: Index) -> Vec<Party> {
        let kids = self.grammar.kids(verb).iter().copied();
        let vocative = |kid: &Index| {
            matches!(self.grammar.relation(*kid), Relation::Vocative | Relation::Nsubj)
        };
        let called = kids.filter(vocative);
        called.flat_map(|kid| self.doers(kid)).collect()
    }

    /// "must hand him over or face a blockade": what follows if a demand is not met.
    fn or_else(&self, draft: &Draft) -> Option<Draft> {
        let what = draft.what.filter(|_| draft.kind == UndertakingKind::Demand)?;
        let grammar = self.grammar;
        let or = |kid: &Index| {
            grammar.relation(*kid) == Relation::Cc && grammar.word(*kid).lemma == "or"
        };
        let verb = grammar.kids(what).iter().copied().find(|kid| {
            grammar.relation(*kid) == Relation::Conj
                && grammar.is_verbal(*kid)
                && grammar.kids(*kid).iter().any(or)
        })?;
        let cc = grammar.kids(verb).iter().copied().find(or)?;
        let own = self.own_subject(verb).is_some();
        let grim = own || self.is(verb, self.kit.known.hostile | self.kit.known.harm);
        grim.then(|| Draft {
            kind: UndertakingKind::Threat,
            head: verb,
            cue: (cc, verb.min(cc + 4)),
            by: draft.by.clone(),
            to: draft.to.clone(),
            what: Some(verb),
            negated: false,
            condition: None,
        })
    }

    /// "will decide on the basis of its conduct".
    fn based(&self, token: Index) -> Option<Draft> {
        let (verb, basis) = self.basis(token)?;
        let mut clause = Clause::default();
        self.grammar.read_clause(verb, &mut clause);
        let by: Vec<Party> =
            clause.subjects.iter().flat_map(|subject| self.doers(*subject)).collect();
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
        let (cue, what, negated) = ((verb, verb), Some(verb), false);
        Some(Draft { kind, head: verb, cue, by, to: Vec::new(), what, negated, condition })
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
