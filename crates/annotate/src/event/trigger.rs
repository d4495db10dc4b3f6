//! The search: from triggers to events.

use chancery_text::{Kind, RowId, Span};

use crate::mention::{MentionForm, MentionKind};
use crate::role::{Predicate, Role};
use crate::syntax::{Relation, Upos};
use crate::{Observed, Read};

use super::kit::{Act, EventKit, Rule};
use super::ontology::Turn;
use super::{
    Cast, Clause, Event, EventType, Frame, Grammar, Index, Quad, Slot, Status, follow, verb_above,
};

/// How far a turn ("refused calls to allow") is followed inwards.
const DEPTH: u32 = 3;

/// Relations that lead on to whom an act reaches.
const REACHING: [Relation; 9] = [
    Relation::Obj,
    Relation::Iobj,
    Relation::Obl,
    Relation::OblAgent,
    Relation::Nmod,
    Relation::NmodPoss,
    Relation::Xcomp,
    Relation::Acl,
    Relation::Advcl,
];

/// A trigger with the rule that fits it best.
pub(super) struct Firing<'k> {
    pub(super) head: Index,
    pub(super) rule: &'k Rule,
    clause: Clause,
}

/// Everything that one report's search looks at.
struct Search<'a> {
    grammar: &'a Grammar<'a>,
    kit: &'a EventKit,
    predicates: &'a [Predicate],
    observed: &'a Observed,
    cast: Cast<'a>,
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
}

impl<'a> Search<'a> {
    fn events(&self) -> Vec<Event> {
        let mut events: Vec<Event> = Vec::new();
        let consumed = self.consumed();
        for firing in self.firings {
            if !consumed[firing.head as usize] {
                events.extend(self.event(firing));
            }
        }
        events.extend(self.demands());
        events.sort_by_key(|event| (event.trigger, event.span, event.cameo.clone()));
        events.dedup_by(|next, last| next.trigger == last.trigger && next.cameo == last.cameo);
        events
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

    fn event(&self, firing: &Firing<'_>) -> Option<Event> {
        let act = firing.rule.act?;
        let code = self.code(firing, DEPTH);
        let status = self.kit.status.of(self.grammar, firing.head, firing.clause.verb);
        let refused = self.refusal(firing, code, status);
        let (code, act, status) = match refused {
            Some(code) => {
                (code, Act { code, turn: None, mode: None, plover: None }, Status::Happened)
            }
            None => (code, act, status),
        };
        let (sources, targets) = self.sides(firing);
        let event = self.assemble(firing, act, code, status, &sources, &targets)?;
        self.is_told(firing, &event).then_some(event)
    }

    /// Whether there is anybody in it: an act of nobody on nobody is kept only where it is violent
    /// and a clause or a place tells it; and what is said must be said by somebody, but for "was accused".
    fn is_told(&self, firing: &Firing<'_>, event: &Event) -> bool {
        use EventType::{Accuse, Agree, Reject, Request, Threaten};
        let passive = !firing.clause.nominal && self.grammar.is_passive(firing.head);
        let said = matches!(event.plover, Accuse | Agree | Reject | Request | Threaten);
        if said && event.sources.is_empty() && !passive {
            return false;
        }
        let someone = !event.sources.is_empty() || !event.targets.is_empty();
        let violent = event.plover.quad() == Quad::MaterialConflict;
        someone
            || violent
                && (event.place.is_some()
                    || !firing.clause.nominal && event.plover == EventType::Assault)
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
    fn code(&self, firing: &Firing<'_>, depth: u32) -> &'static str {
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
    fn inner(&self, firing: &Firing<'_>) -> Option<&'a Firing<'a>> {
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

    /// The mentions on both sides.
    fn sides(&self, firing: &Firing<'_>) -> (Vec<u32>, Vec<u32>) {
        let roles = &firing.rule.roles;
        let mut sources = self.first(firing, &roles.sources);
        let mut targets = self.first(firing, &roles.targets);
        if sources.is_empty() && firing.clause.nominal {
            self.owners(firing, &mut sources);
        }
        if let Some(answerable) = self.answerable(firing).filter(|_| sources.is_empty()) {
            self.cast.of(self.grammar, answerable, &mut sources);
        }
        if sources.is_empty() && starts_with(&roles.sources, Slot::Subject) {
            self.in_role(firing, &[Role::Arg0], &mut sources);
        }
        if targets.is_empty() && starts_with(&roles.targets, Slot::Object) {
            self.in_role(firing, &[Role::Arg1, Role::Arg2], &mut targets);
        }
        targets.retain(|number| !self.is_owner(*number));
        let code = self.code(firing, DEPTH);
        if self.moves_its_own(code) {
            targets.retain(|number| !self.is_force(firing, *number));
        }
        if targets.is_empty() && !roles.targets.is_empty() {
            targets = self.beyond(firing, code, &sources);
            targets.retain(|number| !self.is_owner(*number));
        }
        if roles.mutual {
            self.part(&mut sources);
            balance(&mut sources, &mut targets);
        } else {
            targets.retain(|it| !sources.iter().any(|source| self.cast.is_same(*source, *it)));
        }
        (sources, targets)
    }

    /// The states inside one party that is many: "the navies of Torvia and Sallet".
    fn part(&self, parties: &mut Vec<u32>) {
        let [only] = parties[..] else { return };
        let whole = self.cast.actors.mention(only).span;
        let text = self.grammar.text.report;
        if !text.slice(whole).contains(" and ") {
            return;
        }
        let inner = (only + 1..).take(8).take_while(|number| {
            let mentions = &self.observed.mentions;
            mentions.get(*number as usize).is_some_and(|mention| whole.contains(mention.span))
        });
        let inner: Vec<u32> = inner.collect();
        if 1 < inner.len() {
            *parties = inner;
        }
    }

    /// Whom the act reaches where no path of its rule leads to anybody: the nearest party in its objects,
    /// phrases and infinitives ("sent troops to help Torvia's army"), none of its sources; for acts of
    /// substance, else the place they are done in ("declared a truce in Halmet").
    fn beyond(&self, firing: &Firing<'_>, code: &str, sources: &[u32]) -> Vec<u32> {
        let own = self.moves_its_own(code);
        let party = self.reached(firing, sources, own, false);
        let placed = |root: &str| matches!(root, "07" | "08") || "14" <= root;
        if party.is_empty() && code != "0831" && code.get(..2).is_some_and(placed) {
            return self.reached(firing, sources, own, true);
        }
        party
    }

    /// "its troops", "their homes": whose they are is as a rule who acts.
    fn is_owner(&self, number: u32) -> bool {
        let mention = self.cast.actors.mention(number);
        let owns = |token| self.grammar.relation(token) == Relation::NmodPoss;
        mention.form == MentionForm::Pronoun
            && self.grammar.head_of_mention(mention).is_some_and(owns)
    }

    /// Whether an act moves, offers or withholds the actor's own forces: whoever is sent is no target.
    fn moves_its_own(&self, code: &str) -> bool {
        matches!(code, "074" | "0874" | "0873") || matches!(code.get(..2), Some("03" | "12" | "15"))
    }

    /// Whether a mention is the troops, named by no state of their own, that the clause has as object.
    fn is_force(&self, firing: &Firing<'_>, number: u32) -> bool {
        let mention = self.cast.actors.mention(number);
        let head = self.grammar.head_of_mention(mention);
        mention.form == MentionForm::Nominal
            && head.is_some_and(|head| {
                self.grammar.is(head, self.kit.asides.troops)
                    && firing
                        .clause
                        .objects
                        .iter()
                        .chain(&firing.clause.xcomp)
                        .any(|token| *token == head || self.grammar.head(head) == Some(*token))
            })
    }

    /// The nearest party, or the nearest place that something happens in or at.
    fn reached(&self, firing: &Firing<'_>, sources: &[u32], own: bool, in_place: bool) -> Vec<u32> {
        let grammar = self.grammar;
        let clause = &firing.clause;
        let around = |token: Index| {
            let in_reply = grammar.is(token, self.kit.asides.reply);
            !in_reply
                && grammar
                    .cases(token)
                    .any(|case| self.kit.words.mask(case) & self.kit.asides.around != 0)
        };
        let reaches = |token: &Index| in_place || !around(*token);
        let preps = clause.preps.iter().map(|prep| prep.1);
        let near = clause.objects.iter().chain(&clause.indirect).copied();
        let mut open: Vec<(Index, u32)> =
            near.chain(preps).chain(clause.xcomp).filter(reaches).map(|token| (token, 0)).collect();
        let mut at = 0;
        while let Some((token, depth)) = open.get(at).copied().filter(|_| at < 40) {
            at += 1;
            let mut found = Vec::new();
            if !in_place || around(token) {
                self.cast.of(grammar, token, &mut found);
            }
            let place = |number: &u32| self.cast.actors.mention(*number).kind == MentionKind::Place;
            found.retain(|it| {
                let elsewhere = in_place && !place(it);
                let forced = own && self.is_force(firing, *it);
                let named = sources.iter().any(|source| self.cast.is_same(*source, *it));
                !(elsewhere || forced || named)
            });
            if !found.is_empty() {
                return found;
            }
            if depth < 3 {
                let kids = grammar.kids(token).iter().copied();
                let inner = kids.filter(|kid| REACHING.contains(&grammar.relation(*kid)));
                open.extend(inner.filter(reaches).map(|kid| (kid, depth + 1)));
            }
        }
        Vec::new()
    }

    /// The mentions of the first of these roles that the predicate of a firing has: what its clause
    /// does not show where it stands, a trained model may know by the company it keeps.
    fn in_role(&self, firing: &Firing<'_>, roles: &[Role], found: &mut Vec<u32>) {
        let at = self.predicates.binary_search_by_key(&firing.head, |predicate| predicate.token);
        let Ok(at) = at else { return };
        for role in roles {
            let arguments = self.predicates[at].arguments.iter();
            for argument in arguments.filter(|argument| argument.role == *role) {
                self.cast.of(self.grammar, argument.head, found);
            }
            if !found.is_empty() {
                return;
            }
        }
    }

    /// "the Torvan attack": a modifier that names an actor.
    fn owners(&self, firing: &Firing<'_>, sources: &mut Vec<u32>) {
        for modifier in &firing.clause.modifiers {
            self.cast.actors.of(self.grammar, *modifier, sources);
        }
        // A town before the noun is where it was: "the Halmet car bomb".
        sources.retain(|number| self.cast.actors.mention(*number).actor.is_some());
    }

    /// Who answers for an act that a noun names: "claimed responsibility for the attack", "is
    /// responsible for the killings".
    fn answerable(&self, firing: &Firing<'_>) -> Option<Index> {
        let grammar = self.grammar;
        let lemma = |token: Index| grammar.word(token).lemma.as_str();
        let noun = Some(firing.head).filter(|_| firing.clause.nominal)?;
        grammar.kids(noun).iter().find(|kid| lemma(**kid) == "for")?;
        let head = grammar.head(noun)?;
        if lemma(head) == "responsible" {
            return grammar.subject(head);
        }
        let verb = if lemma(head) == "responsibility" { grammar.head(head)? } else { head };
        let object = grammar.kid(verb, &[Relation::Obj])?;
        let takes = matches!(
            lemma(verb),
            "accept" | "acknowledge" | "admit" | "assume" | "bear" | "claim" | "take"
        );
        (takes && lemma(object) == "responsibility").then(|| grammar.subject(verb)).flatten()
    }

    /// The mentions that the first fruitful path leads to.
    fn first(&self, firing: &Firing<'_>, paths: &[Vec<Slot>]) -> Vec<u32> {
        let mut tokens = Vec::new();
        let mut found = Vec::new();
        for path in paths {
            tokens.clear();
            follow(self.grammar, &firing.clause, path, &mut tokens);
            for token in tokens.iter().take(8) {
                self.cast.of(self.grammar, *token, &mut found);
            }
            if !found.is_empty() || is_final(path, &tokens) {
                break;
            }
        }
        found
    }

    fn assemble(
        &self,
        firing: &Firing<'_>,
        act: Act,
        code: &str,
        status: Status,
        sources: &[u32],
        targets: &[u32],
    ) -> Option<Event> {
        let entry = self.kit.ontology.code(code)?;
        let plover = act.plover.or(entry.plover)?;
        let own_mode = act.mode.filter(|_| act.turn.is_none());
        let mode = own_mode.or(entry.mode.filter(|_| act.plover.is_none()));
        let verb = firing.clause.verb.unwrap_or(firing.head);
        let (low, high) = self.grammar.extent(verb);
        let span = self.token_span(low).cover(self.token_span(high));
        let sentence = self.sentence(firing.head);
        let place = self.cast.moments.place(self.grammar, firing.head, verb, sentence);
        let time =
            self.cast.moments.time(self.grammar, firing.head, verb, sentence, self.kit.asides.say);
        let (status, when) = self.dated(status, time, firing.clause.nominal);
        let trigger =
            self.trigger(firing).intersection(span).unwrap_or(self.token_span(firing.head));
        let detail = format!("{code} {}", trigger.start);
        let ids =
            |numbers: &[u32]| numbers.iter().map(|at| self.cast.actors.mention(*at).id).collect();
        Some(Event {
            id: RowId::observed(Kind::EventMention, self.grammar.text.report.id, span, &detail),
            span,
            trigger,
            plover,
            mode: mode.map(str::to_owned),
            contexts: self.contexts(&entry.contexts, low, high),
            cameo: code.to_owned(),
            status,
            sources: ids(sources),
            targets: ids(targets),
            place: place.and_then(|at| self.observed.places.get(at as usize)).map(|place| place.id),
            time: time.and_then(|at| self.observed.times.get(at as usize)).map(|time| time.id),
            when,
            quotation: self.cast.moments.quotation(firing.head).map(|quotation| quotation.id),
        })
    }

    /// The days, and what they say about the status.
    fn dated(
        &self,
        status: Status,
        time: Option<u32>,
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
    fn demands(&self) -> Vec<Event> {
        let deontic = |token: &Index| {
            self.grammar.relation(*token) == Relation::Aux
                && matches!(self.grammar.word(*token).lemma.as_str(), "must" | "should")
        };
        let all = 0..self.grammar.len() as Index;
        all.filter(deontic).filter_map(|token| self.demand(self.grammar.head(token)?)).collect()
    }

    fn demand(&self, verb: Index) -> Option<Event> {
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
        let inner = self.firing(verb).map(|firing| self.code(firing, DEPTH));
        let code =
            inner.and_then(|code| self.kit.ontology.turn(Turn::Demand, code)).unwrap_or("100");
        let rule = self.kit.demand();
        let act = Act { code: "100", turn: None, mode: None, plover: None };
        self.assemble(
            &Firing { head: verb, rule, clause },
            act,
            code,
            Status::Happened,
            &sources,
            &targets,
        )
    }
}

/// Whether the first path begins at a slot.
fn starts_with(paths: &[Vec<Slot>], slot: Slot) -> bool {
    paths.first().and_then(|path| path.first()) == Some(&slot)
}

/// Whether a path decides although it leads to nobody: "against" an unknown group is not "in" the
/// country that comes after.
fn is_final(path: &[Slot], tokens: &[Index]) -> bool {
    matches!(path, [Slot::Preposition(_)]) && !tokens.is_empty()
}

/// Two sides that do one thing: where only one is told and it is many, they did it together.
fn balance(sources: &mut Vec<u32>, targets: &mut Vec<u32>) {
    if targets.iter().all(|target| sources.contains(target)) && 1 < sources.len() {
        *targets = sources.clone();
    } else {
        targets.retain(|number| !sources.contains(number));
    }
    if sources.is_empty() && 1 < targets.len() {
        *sources = targets.clone();
    }
}
