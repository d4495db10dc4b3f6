//! The search: from triggers to events.

use chancery_text::{Kind, RowId, Span};

use crate::role::Predicate;
use crate::syntax::{Relation, Upos};
use crate::{Observed, Read};

use super::dating::{Asking, Dated};
use super::kit::{Act, EventKit, Rule};
use super::ontology::Turn;
use super::{Cast, Clause, Event, EventType, Frame, Grammar, Index, Quad, Status, verb_above};

/// How far a turn ("refused calls to allow") is followed inwards.
pub(super) const TURNS: u32 = 3;

/// A trigger with the rule that fits it best.
pub(super) struct Firing<'k> {
    pub(super) head: Index,
    pub(super) rule: &'k Rule,
    pub(super) clause: Clause,
}

/// An event with the words that tell it.
pub(super) struct Telling {
    pub(super) event: Event,
    pub(super) head: Index,
    /// The verb that carries its tense; `head` if none does.
    pub(super) verb: Index,
    pub(super) nominal: bool,
    pub(super) sources: Vec<u32>,
    pub(super) targets: Vec<u32>,
}

/// Everything that one report's search looks at.
pub(super) struct Search<'a> {
    pub(super) grammar: &'a Grammar<'a>,
    pub(super) kit: &'a EventKit,
    pub(super) predicates: &'a [Predicate],
    pub(super) observed: &'a Observed,
    pub(super) cast: Cast<'a>,
    firings: &'a [Firing<'a>],
    at: &'a [u32],
}

pub(super) fn find(
    text: Read<'_>,
    predicates: &[Predicate],
    observed: &Observed,
    kit: &EventKit,
) -> Vec<Event> {
    let grammar = Grammar::new(text, &kit.words).with_mentions(&observed.mentions);
    let firings = fire(&grammar, kit);
    let mut at = vec![u32::MAX; grammar.len()];
    for (number, firing) in (0..).zip(&firings) {
        at[firing.head as usize] = number;
    }
    let search = Search {
        grammar: &grammar,
        kit,
        predicates,
        observed,
        cast: Cast::new(&grammar, observed, &kit.words),
        firings: &firings,
        at: &at,
    };
    search.events()
}

/// The best rule of every trigger, rules that block included.
pub(super) fn fire<'k>(grammar: &Grammar<'_>, kit: &'k EventKit) -> Vec<Firing<'k>> {
    let mut firings = Vec::new();
    let mut clause = Clause::default();
    for head in 0..grammar.len() as Index {
        let rules = kit.rules_of(grammar.symbol(head));
        if rules.is_empty() {
            continue;
        }
        let hidden = grammar.is_hidden_verb(head);
        let upos = if hidden { Upos::Verb } else { grammar.word(head).upos };
        if !rules.iter().any(|rule| rule.part.admits(upos)) {
            continue;
        }
        grammar.read_clause(head, &mut clause);
        let best = rules
            .iter()
            .filter(|rule| rule.part.admits(upos) && fits(grammar, kit, rule, &clause))
            .max_by_key(|rule| (rule.frame.weight, std::cmp::Reverse(rule.line)));
        if let Some(rule) = best {
            firings.push(Firing { head, rule, clause: std::mem::take(&mut clause) });
        }
    }
    firings
}

fn fits(grammar: &Grammar<'_>, kit: &EventKit, rule: &Rule, clause: &Clause) -> bool {
    rule.frame.fits(grammar, clause)
        && (rule.act.is_none() || !is_figurative(grammar, kit, &rule.frame, clause))
}

/// Storms kill and deadlines are met, but nobody did it; a noun alone, or one in another name, is
/// only a word.
fn is_figurative(grammar: &Grammar<'_>, kit: &EventKit, frame: &Frame, clause: &Clause) -> bool {
    let nature =
        |token: &Index| grammar.is(*token, kit.asides.nature) && is_common(grammar, *token);
    let abstracts = |token: &Index| grammar.is(*token, kit.asides.abstracts);
    if !frame.asks_subject && clause.subjects.iter().any(nature) {
        return true;
    }
    if !frame.asks_object && !clause.nominal && clause.objects.iter().any(abstracts) {
        return true;
    }
    clause.nominal && is_bare(grammar, clause)
}

fn is_common(grammar: &Grammar<'_>, token: Index) -> bool {
    grammar.word(token).upos == Upos::Noun
}

fn is_bare(grammar: &Grammar<'_>, clause: &Clause) -> bool {
    let in_name = matches!(
        grammar.relation(clause.head),
        Relation::Compound | Relation::Flat | Relation::Appos | Relation::Goeswith
    );
    in_name
        || clause.subjects.is_empty()
            && clause.preps.is_empty()
            && clause.modifiers.is_empty()
            && clause.verb.is_none()
            && clause.xcomp.is_none()
            && grammar.occasion_of(clause.head).is_none()
}

impl<'a> Search<'a> {
    fn events(&self) -> Vec<Event> {
        let mut tellings: Vec<Telling> = Vec::new();
        let consumed = self.consumed();
        for firing in self.firings {
            if !consumed[firing.head as usize] {
                tellings.extend(self.event(firing));
            }
        }
        tellings.extend(self.demands());
        tellings.sort_by(|one, other| {
            let key = |Telling { event, .. }: &Telling| (event.trigger, event.span);
            key(one).cmp(&key(other)).then_with(|| one.event.cameo.cmp(&other.event.cameo))
        });
        tellings.dedup_by(|next, last| {
            next.event.trigger == last.event.trigger && next.event.cameo == last.event.cameo
        });
        self.date_again(&mut tellings);
        tellings.into_iter().map(|telling| telling.event).collect()
    }

    /// Nouns that only complete the meaning of a verb: the "attack" of "launched an attack".
    fn consumed(&self) -> Vec<bool> {
        let mut consumed = vec![false; self.grammar.len()];
        for firing in self.firings {
            for token in firing.rule.frame.completed(self.grammar, &firing.clause) {
                consumed[token as usize] = token != firing.head;
            }
        }
        consumed
    }

    fn event(&self, firing: &Firing<'_>) -> Option<Telling> {
        let act = firing.rule.act?;
        let code = self.code(firing, TURNS);
        let status = self.kit.status.of(self.grammar, firing.head, firing.clause.verb);
        let status = if self.goes_on(firing, status) { Status::UnderWay } else { status };
        let refused = self.refusal(firing, code, status);
        let (code, act, status) = match refused {
            Some(code) => {
                (code, Act { code, turn: None, mode: None, plover: None }, Status::Happened)
            }
            None => (code, act, status),
        };
        let (sources, targets) = self.sides(firing);
        let telling = self.assemble(firing, act, code, status, (sources, targets))?;
        self.is_told(firing, &telling.event).then_some(telling)
    }

    /// "continues to withdraw", "remains open": told in the present by a verb of going on.
    fn goes_on(&self, firing: &Firing<'_>, status: Status) -> bool {
        let word = self.grammar.word(firing.head);
        status == Status::Happened
            && matches!(word.xpos, "VBP" | "VBZ")
            && matches!(word.lemma.as_str(), "continue" | "keep" | "remain" | "stay")
    }

    /// Whether there is anybody in it: an act of nobody on nobody is kept only where it is violent
    /// and a clause or a place tells it; and what is said must be said by somebody, but for "was accused".
    fn is_told(&self, firing: &Firing<'_>, event: &Event) -> bool {
        use EventType::{Accuse, Agree, Reject, Request, Threaten};
        let passive = !firing.clause.nominal && self.grammar.is_passive(firing.head);
        let said = matches!(event.plover, Accuse | Agree | Reject | Request | Threaten);
        if said && event.sources.is_empty() && !passive || self.is_loose(firing, event) {
            return false;
        }
        let someone = !event.sources.is_empty() || !event.targets.is_empty();
        let violent = event.plover.quad() == Quad::MaterialConflict;
        someone
            || violent
                && (event.place.is_some()
                    || !firing.clause.nominal && event.plover == EventType::Assault)
    }

    /// A decision about nothing that is an act itself ("decided to turn the plane"), violence to what is
    /// nobody's ("hurt the development"), and violence by nobody to nobody that did not happen.
    fn is_loose(&self, firing: &Firing<'_>, event: &Event) -> bool {
        let asides = &self.kit.asides;
        let clause = &firing.clause;
        if self.grammar.is(firing.head, asides.resolve) {
            return event.targets.is_empty() && self.inner(firing).is_none();
        }
        if event.plover != EventType::Assault || !event.targets.is_empty() {
            return false;
        }
        let real = |token: &Index| {
            self.grammar.is(*token, asides.tangible) || self.grammar.word(*token).upos == Upos::Num
        };
        let abstract_object = !clause.nominal
            && !firing.rule.frame.asks_object
            && !clause.objects.is_empty()
            && !clause.objects.iter().any(real);
        abstract_object || event.sources.is_empty() && !event.is_asserted()
    }

    /// "will not release them": refusing an act of cooperation is a REJECT.
    fn refusal(&self, firing: &Firing<'_>, code: &str, status: Status) -> Option<&'static str> {
        let verb = firing.clause.verb?;
        let cooperative = matches!(code.get(..2)?, "03" | "04" | "05" | "06" | "07" | "08");
        let refused = status == Status::Negated
            && cooperative
            && !self.is_about_anybody(&firing.clause)
            && self.kit.status.is_negated(self.grammar, verb)
            && self.kit.status.is_future(self.grammar, verb);
        if refused { self.kit.ontology.turn(Turn::Reject, code) } else { None }
    }

    /// "will not allow any force": that is a promise, whoever it is made to.
    fn is_about_anybody(&self, clause: &Clause) -> bool {
        let any = |token: &Index| {
            matches!(self.grammar.word(*token).lemma.as_str(), "any" | "anyone" | "anybody")
        };
        clause
            .objects
            .iter()
            .any(|object| any(object) || self.grammar.kids(*object).iter().any(any))
    }

    /// The code of a firing, turned by what it is said of.
    pub(super) fn code(&self, firing: &Firing<'_>, depth: u32) -> &'static str {
        let Some(act) = firing.rule.act else { return "" };
        let Some(turn) = act.turn else { return act.code };
        let inner = if depth == 0 { None } else { self.inner(firing) };
        let Some(inner) = inner else { return act.code };
        let code = self.code(inner, depth - 1);
        let calm = self.is_calm(inner, code, turn);
        self.kit.ontology.turn(turn, if calm { "087" } else { code }).unwrap_or(act.code)
    }

    /// "urged them not to attack" asks for calm, not for an attack.
    fn is_calm(&self, inner: &Firing<'_>, code: &str, turn: Turn) -> bool {
        let asked = matches!(turn, Turn::Demand | Turn::Appeal | Turn::Agree);
        let hostile = code.get(..2).is_some_and(|root| "13" <= root);
        asked && hostile && self.kit.status.is_negated(self.grammar, inner.head)
    }

    /// The act that a firing speaks of: in its complement, its object, or a phrase of either.
    pub(super) fn inner(&self, firing: &Firing<'_>) -> Option<&'a Firing<'a>> {
        let clause = &firing.clause;
        let direct = clause.xcomp.into_iter().chain(clause.ccomp);
        let nouns = clause.objects.iter().copied();
        let preps = clause.preps.iter().map(|prep| prep.1);
        let near = direct.chain(nouns).chain(preps);
        near.clone().find_map(|token| self.firing(token)).or_else(|| {
            near.flat_map(|token| self.grammar.kids(token)).find_map(|token| {
                let hangs = [Relation::Nmod, Relation::Acl, Relation::Conj, Relation::Xcomp];
                hangs.contains(&self.grammar.relation(*token)).then(|| self.firing(*token))?
            })
        })
    }

    fn firing(&self, token: Index) -> Option<&'a Firing<'a>> {
        let firing = self.firings.get(self.at[token as usize] as usize)?;
        firing.rule.act.is_some().then_some(firing)
    }

    fn assemble(
        &self,
        firing: &Firing<'_>,
        act: Act,
        code: &str,
        status: Status,
        (sources, targets): (Vec<u32>, Vec<u32>),
    ) -> Option<Telling> {
        let entry = self.kit.ontology.code(code)?;
        let plover = act.plover.or(entry.plover)?;
        let own_mode = act.mode.filter(|_| act.turn.is_none());
        let mode = own_mode.or(entry.mode.filter(|_| act.plover.is_none()));
        let verb = firing.clause.verb.unwrap_or(firing.head);
        let (low, high) = self.grammar.extent(verb);
        let span = self.token_span(low).cover(self.token_span(high));
        let sentence = self.sentence(firing.head);
        let place = self.cast.moments.place(self.grammar, firing.head, verb, sentence);
        let completed = firing.rule.frame.completed(self.grammar, &firing.clause);
        let asking = Asking { head: firing.head, verb, completed: &completed, sentence };
        let asides = &self.kit.asides;
        let dated = self.cast.moments.time(self.grammar, asking, asides.say, asides.occasion);
        let (status, when) = self.dated(status, dated, firing.clause.nominal);
        let dated = dated.filter(|_| !self.cast.moments.is_undated(when));
        let trigger =
            self.trigger(firing).intersection(span).unwrap_or(self.token_span(firing.head));
        let detail = format!("{code} {}", trigger.start);
        let ids =
            |numbers: &[u32]| numbers.iter().map(|at| self.cast.actors.mention(*at).id).collect();
        let event = Event {
            id: RowId::observed(Kind::EventMention, self.grammar.text.report.id, span, &detail),
            span,
            trigger,
            plover,
            mode: mode.map(str::to_owned),
            contexts: self.contexts(&entry.contexts, low, high),
            cameo: code.to_owned(),
            status,
            sources: ids(&sources),
            targets: ids(&targets),
            place: place.and_then(|at| self.observed.places.get(at as usize)).map(|place| place.id),
            time: dated
                .and_then(|it| self.observed.times.get(it.time as usize))
                .map(|time| time.id),
            when,
            quotation: self.cast.moments.quotation(firing.head).map(|quotation| quotation.id),
        };
        let (head, nominal) = (firing.head, firing.clause.nominal);
        Some(Telling { event, head, verb, nominal, sources, targets })
    }

    /// The days, and what they say about the status.
    fn dated(
        &self,
        status: Status,
        time: Option<Dated>,
        nominal: bool,
    ) -> (Status, chancery_text::Interval) {
        let when = self.cast.moments.when(time, status);
        let dated = time.is_some();
        match status {
            Status::Happened if dated && self.cast.moments.is_old(when) => {
                (Status::Historical, when)
            }
            Status::Happened if dated && nominal && self.cast.moments.is_ahead(when) => {
                (Status::Planned, when)
            }
            // "agreed to meet tomorrow": that is when they meet.
            Status::Happened | Status::UnderWay if dated && self.cast.moments.is_ahead(when) => {
                (status, self.cast.moments.when(None, status))
            }
            _ => (status, when),
        }
    }

    /// The trigger with its particle, its light verb, and the object that completes it.
    fn trigger(&self, firing: &Firing<'_>) -> Span {
        let near = |token: Index| token.abs_diff(firing.head) <= 6;
        let head = self.token_span(firing.head);
        let verb = firing.clause.verb.filter(|verb| near(*verb));
        let mut span = verb.map_or(head, |verb| head.cover(self.token_span(verb)));
        for token in firing.rule.frame.completed(self.grammar, &firing.clause) {
            if near(token) {
                span = span.cover(self.token_span(token));
            }
        }
        let particle = [Relation::CompoundPrt];
        match self.grammar.kid(firing.head, &particle).filter(|token| near(*token)) {
            Some(token) => span.cover(self.token_span(token)),
            None => span,
        }
    }

    fn contexts(&self, implied: &[&'static str], low: Index, high: Index) -> Vec<String> {
        let mut bits = 0;
        for token in low..=high.min(low + 60) {
            let next = if token < high { self.grammar.symbol(token + 1) } else { 0 };
            bits |= self.kit.ontology.contexts_of(self.grammar.symbol(token), next);
        }
        let mut names: Vec<&'static str> = self.kit.ontology.context_names(bits).collect();
        names.extend(implied);
        names.sort_unstable();
        names.dedup();
        names.into_iter().map(str::to_owned).collect()
    }

    fn token_span(&self, token: Index) -> Span {
        self.grammar.text.tokens[token as usize].span
    }

    /// The tokens of the sentence around a token.
    fn sentence(&self, token: Index) -> (Index, Index) {
        let sentences = self.grammar.text.sentences;
        let after = sentences.partition_point(|sentence| sentence.tokens.end <= token);
        sentences.get(after).map_or((token, token + 1), |it| (it.tokens.start, it.tokens.end))
    }

    /// "said that Torvia must withdraw": a demand by the one who says so.
    fn demands(&self) -> Vec<Telling> {
        // "should Torvia break its word" is a condition.
        let inverted = |token: Index| {
            let subject = self.grammar.head(token).and_then(|verb| self.grammar.own_subject(verb));
            subject.is_some_and(|subject| token < subject)
        };
        let deontic = |token: &Index| {
            self.grammar.relation(*token) == Relation::Aux
                && matches!(self.grammar.word(*token).lemma.as_str(), "must" | "should")
                && !inverted(*token)
        };
        let all = 0..self.grammar.len() as Index;
        all.filter(deontic).filter_map(|token| self.demand(self.grammar.head(token)?)).collect()
    }

    fn demand(&self, verb: Index) -> Option<Telling> {
        let mut clause = Clause::default();
        self.grammar.read_clause(verb, &mut clause);
        let mut sources = Vec::new();
        let said = verb_above(self.grammar, verb)
            .filter(|above| self.grammar.is(*above, self.kit.asides.say));
        if let Some(speaker) = said.and_then(|above| self.grammar.subject(above)) {
            self.cast.of(self.grammar, speaker, &mut sources);
        }
        if sources.is_empty() {
            let quotation = self.cast.moments.quotation(verb)?;
            sources.extend(self.cast.speaker(quotation));
        }
        let mut targets = Vec::new();
        let asked = if clause.subjects.is_empty() { &clause.objects } else { &clause.subjects };
        for token in asked {
            self.cast.actors.of(self.grammar, *token, &mut targets);
        }
        let speaks = |number: &u32| sources.iter().any(|it| self.cast.is_same(*it, *number));
        targets.retain(|number| !speaks(number));
        if sources.is_empty() || targets.is_empty() {
            return None;
        }
        let inner = self.firing(verb).map(|firing| self.code(firing, TURNS));
        let code =
            inner.and_then(|code| self.kit.ontology.turn(Turn::Demand, code)).unwrap_or("100");
        let rule = self.kit.demand();
        let act = Act { code: "100", turn: None, mode: None, plover: None };
        self.assemble(
            &Firing { head: verb, rule, clause },
            act,
            code,
            Status::Happened,
            (sources, targets),
        )
    }
}
