//! The search: from cues to undertakings.

use std::collections::HashSet;

use chancery_text::{Kind, RowId, Span};

use crate::event::{
    Cast, Clause, Grammar, Index, Mask, NONE, Part, Slot, follow, head_of, is_first_person,
};
use crate::syntax::{Relation, Upos};
use crate::{Kit, Observed, Read};

use super::condition::{Bearing, Opener, Proviso, is_anonymity, openers};
use super::kit::{Cue, UndertakingKit};
use super::party::{Made, Party};
use super::{Found, Undertaking, UndertakingKind, spoken};

/// A cue and the clause it fires in.
pub(super) struct Firing<'k> {
    pub(super) cue: &'k Cue,
    pub(super) clause: Clause,
}

/// Everything that one report's search looks at.
pub(super) struct Search<'a> {
    pub(super) grammar: &'a Grammar<'a>,
    pub(super) kit: &'a UndertakingKit,
    pub(super) observed: &'a Observed,
    pub(super) cast: Cast<'a>,
    /// The mention headed by each token, of whatever kind.
    pub(super) heads: Vec<Option<u32>>,
    /// Whether a token is of a time expression.
    pub(super) timed: Vec<bool>,
    /// The classes of each token.
    senses: Vec<Mask>,
    pub(super) openers: Vec<Opener>,
}

/// An undertaking before its ids and spans are made.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) kind: UndertakingKind,
    /// The verb or noun whose clause it is.
    pub(super) head: Index,
    /// First and last token of the cue.
    pub(super) cue: (Index, Index),
    pub(super) by: Vec<Party>,
    pub(super) to: Vec<Party>,
    /// The head of what is undertaken; `None` for the clause as a whole.
    pub(super) what: Option<Index>,
    pub(super) negated: bool,
    pub(super) condition: Option<Span>,
}

pub(super) fn find(text: Read<'_>, observed: &Observed, all: &Kit) -> Found {
    let kit = &all.undertakings;
    let grammar = Grammar::new(text, &kit.words);
    let search = Search::new(&grammar, observed, kit);
    let drafts = spoken::find(&search, by_cues(&search));
    let drafts = kit.judge.judge(&search, drafts, all);
    let mut made = Made::new();
    let mut undertakings: Vec<Undertaking> =
        drafts.into_iter().map(|draft| search.finish(draft, &mut made)).collect();
    undertakings.sort_by_key(|it| (it.cue, it.span, it.kind));
    undertakings.dedup_by(|next, last| next.cue.overlaps(last.cue) && next.kind == last.kind);
    let parties: HashSet<RowId> =
        undertakings.iter().flat_map(|one| one.by.iter().chain(&one.to)).copied().collect();
    let mentions = made.into_values().filter(|mention| parties.contains(&mention.id)).collect();
    Found { undertakings, mentions }
}

/// What the cues and idioms of a report make.
pub(super) fn by_cues(search: &Search<'_>) -> Vec<Draft> {
    let firings = fire(search.grammar, search.kit);
    let consumed = consumed(search.grammar, &firings);
    let idioms = search.idioms();
    let mut covered = vec![false; search.grammar.len()];
    idioms.iter().for_each(|(_, from, end)| covered[*from as usize..*end as usize].fill(true));
    let made = |(idiom, from, end)| search.idiom_draft(idiom, from, end);
    let mut drafts: Vec<Draft> = idioms.into_iter().filter_map(made).collect();
    let free = firings.into_iter().filter(|(firing, _)| {
        let head = firing.clause.head as usize;
        !consumed[head] && !covered[head]
    });
    drafts.extend(free.filter_map(|(firing, _)| search.draft(firing)));
    outermost(drafts)
}

/// Without promises that another one is about: "offered to vouch for them" is one offer.
fn outermost(drafts: Vec<Draft>) -> Vec<Draft> {
    let gives =
        |draft: &Draft| matches!(draft.kind, UndertakingKind::Promise | UndertakingKind::Offer);
    let about: HashSet<Index> =
        drafts.iter().filter(|it| gives(it)).filter_map(|draft| draft.what).collect();
    drafts.into_iter().filter(|draft| !gives(draft) || !about.contains(&draft.head)).collect()
}

/// The mention at each token that heads one; of several the longest, which comes first.
fn heads(grammar: &Grammar<'_>, observed: &Observed) -> Vec<Option<u32>> {
    let mut heads = vec![None; grammar.len()];
    for (number, mention) in (0..).zip(&observed.mentions) {
        if let Some(head) = head_of(grammar, mention.span) {
            let slot: &mut Option<u32> = &mut heads[head as usize];
            *slot = slot.or(Some(number));
        }
    }
    heads
}

fn senses(grammar: &Grammar<'_>, kit: &UndertakingKit) -> Vec<Mask> {
    let sense = |token: Index| match kit.senses.symbol(&grammar.word(token).lemma) {
        NONE => {
            let span = grammar.text.tokens[token as usize].span;
            kit.senses.mask(kit.senses.symbol_of_form(grammar.text.report.slice(span)))
        }
        symbol => kit.senses.mask(symbol),
    };
    (0..grammar.len() as Index).map(sense).collect()
}

fn timed(grammar: &Grammar<'_>, observed: &Observed) -> Vec<bool> {
    let mut timed = vec![false; grammar.len()];
    let tokens = grammar.text.tokens;
    for time in &observed.times {
        let from = tokens.partition_point(|token| token.span.end <= time.span.start);
        let inside = tokens[from..].iter().take_while(|token| token.span.start < time.span.end);
        let count = inside.count();
        timed[from..from + count].fill(true);
    }
    timed
}

/// Nouns that only complete another cue: the "promise" of "made a promise".
fn consumed(grammar: &Grammar<'_>, firings: &[(Firing<'_>, Upos)]) -> Vec<bool> {
    let mut consumed = vec![false; grammar.len()];
    let whole = |firing: &&(Firing<'_>, Upos)| {
        // "an undertaking given in May": the noun is what counts.
        grammar.relation(firing.0.clause.head) != Relation::Acl
    };
    for (Firing { cue, clause }, _) in firings.iter().filter(whole) {
        for token in cue.frame.completed(grammar, clause) {
            consumed[token as usize] = token != clause.head;
        }
    }
    consumed
}

/// The best cue of every token, with its part of speech.
pub(super) fn fire<'k>(grammar: &Grammar<'_>, kit: &'k UndertakingKit) -> Vec<(Firing<'k>, Upos)> {
    let mut firings = Vec::new();
    let mut clause = Clause::default();
    for head in 0..grammar.len() as Index {
        let cues = kit.cues_of(grammar.symbol(head));
        if cues.is_empty() || grammar.relation(head) == Relation::Amod {
            continue;
        }
        let hidden = grammar.is_hidden_verb(head);
        let upos = if hidden { Upos::Verb } else { grammar.word(head).upos };
        let admitted = |upos: Upos| cues.iter().any(|cue| cue.part.admits(upos));
        let like_adjective = !admitted(upos) && grammar.is_bare_predicate(head);
        let upos = if like_adjective { Upos::Adj } else { upos };
        if !admitted(upos) {
            continue;
        }
        grammar.read_clause(head, &mut clause);
        straighten(grammar, kit, &mut clause);
        let best = cues
            .iter()
            .filter(|cue| cue.part.admits(upos) && cue.frame.fits(grammar, &clause))
            .max_by_key(|cue| (cue.frame.weight, std::cmp::Reverse(cue.line)));
        if let Some(cue) = best {
            firings.push((Firing { cue, clause: std::mem::take(&mut clause) }, upos));
        }
    }
    firings
}

/// What parsers hang elsewhere is put where it belongs.
fn straighten(grammar: &Grammar<'_>, kit: &UndertakingKit, clause: &mut Clause) {
    straighten_participle(grammar, clause);
    straighten_voice(grammar, kit, clause);
    straighten_content(grammar, clause);
}

/// "promised on Thursday to leave": who controls an infinitive is no object, although the past is read
/// as a passive that has no auxiliary.
fn straighten_voice(grammar: &Grammar<'_>, kit: &UndertakingKit, clause: &mut Clause) {
    let verb = clause.head;
    let passive = [Relation::AuxPass, Relation::OblAgent, Relation::Obj];
    let control = grammar.is(verb, kit.control);
    let prepared = clause.xcomp.is_some() && grammar.word(verb).lemma == "prepare";
    let bare = control && grammar.kid(verb, &passive).is_none();
    if (bare || prepared) && clause.subjects.is_empty() {
        std::mem::swap(&mut clause.objects, &mut clause.subjects);
    }
}

/// The infinitive or "that" clause of a cue that has none: one that the tree takes for an object
/// clause, one that hangs on a word in between, one of the verb over a noun.
fn straighten_content(grammar: &Grammar<'_>, clause: &mut Clause) {
    let to = |verb: Index| {
        grammar.word(verb).xpos == "VB"
            && grammar.kids(verb).iter().any(|kid| grammar.word(*kid).lemma == "to")
    };
    if clause.xcomp.is_none() {
        clause.xcomp = clause.ccomp.filter(|content| to(*content));
    }
    if clause.xcomp.or(clause.ccomp).is_some() {
        return;
    }
    if let Some(agent) = grammar.kid(clause.head, &[Relation::OblAgent]) {
        // "was told by the court to pay"
        clause.xcomp = grammar.kids(agent).iter().copied().find(|kid| to(*kid));
    }
    if clause.xcomp.is_some() {
        return;
    }
    let that = |kid: &Index| {
        let kids = grammar.kids(*kid);
        kids.iter().any(|mark| {
            grammar.word(*mark).lemma == "that"
                && (grammar.relation(*mark) == Relation::Mark
                    || kids.iter().any(|aux| grammar.word(*aux).xpos == "MD"))
        })
    };
    if clause.nominal {
        let mine = grammar.kids(clause.head).iter().copied();
        let over = grammar.head(clause.head).filter(|head| grammar.is_verbal(*head));
        let above = over.into_iter().flat_map(|verb| grammar.kids(verb).iter().copied());
        let under = clause.preps.iter().flat_map(|prep| grammar.kids(prep.1).iter().copied());
        let content = [Relation::Ccomp, Relation::Acl, Relation::AclRelcl, Relation::Advcl];
        let clausal = |kid: &Index| clause.head < *kid && content.contains(&grammar.relation(*kid));
        let outer = grammar.relation(clause.head) == Relation::NsubjOuter;
        clause.ccomp = grammar.head(clause.head).filter(|_| outer);
        if clause.ccomp.is_some() {
            return;
        }
        clause.ccomp = mine.chain(under).chain(above).filter(clausal).find(that);
    }
    if !clause.nominal && clause.objects.is_empty() {
        // "ruled out ceding it"
        let gerund = |kid: &Index| {
            clause.head < *kid
                && *kid < clause.head + 4
                && grammar.word(*kid).xpos == "VBG"
                && grammar.relation(*kid) == Relation::Advcl
        };
        clause.xcomp = grammar.kids(clause.head).iter().copied().find(gerund);
    }
    if clause.xcomp.or(clause.ccomp).is_none() && !follows_as(grammar, clause.head) {
        clause.xcomp = stranded_infinitive(grammar, clause.head, &to);
    }
}

/// "as agreed", "as promised": the deed is done.
fn follows_as(grammar: &Grammar<'_>, head: Index) -> bool {
    head.checked_sub(1).is_some_and(|at| grammar.word(at).lemma == "as")
}

/// "ordered on Monday by the guard, which cited a storm, to stay": the infinitive after an aside.
fn stranded_infinitive(
    grammar: &Grammar<'_>,
    head: Index,
    to: &dyn Fn(Index) -> bool,
) -> Option<Index> {
    let end = (grammar.len() as Index).min(head + 45);
    let form = |at: Index| grammar.text.report.slice(grammar.text.tokens[at as usize].span);
    for at in head + 1..end {
        if matches!(form(at), "." | "?" | "!" | ";") {
            return None;
        }
        let before = at.checked_sub(2).map(form).unwrap_or_default();
        let aside = before == "," || matches!(before, "not" | "never" | "again" | "”" | "more");
        if to(at) && form(at - 1) == "to" && aside {
            return Some(at);
        }
    }
    None
}

fn opens_sentence(grammar: &Grammar<'_>, token: Index) -> bool {
    grammar.text.sentences.binary_search_by_key(&token, |it| it.tokens.start).is_ok()
}

/// "Ordered by the court to pay, the firm …": who is ordered stands in the clause above.
fn straighten_participle(grammar: &Grammar<'_>, clause: &mut Clause) {
    let verb = clause.head;
    let loose = matches!(grammar.relation(verb), Relation::Advcl | Relation::Parataxis);
    let bare = [Relation::Aux, Relation::AuxPass, Relation::Nsubj, Relation::NsubjPass];
    if clause.nominal
        || !loose
        || !matches!(grammar.word(verb).xpos, "VBN" | "VBD")
        || grammar.word(verb).xpos == "VBD" && !opens_sentence(grammar, verb)
        || grammar.kid(verb, &bare).is_some()
        || !clause.objects.is_empty()
    {
        return;
    }
    match grammar.kid(verb, &[Relation::OblAgent]) {
        Some(_) => clause.objects.extend(grammar.subject(verb)),
        None => std::mem::swap(&mut clause.objects, &mut clause.subjects),
    }
}

impl<'a> Search<'a> {
    pub(super) fn new(
        grammar: &'a Grammar<'a>,
        observed: &'a Observed,
        kit: &'a UndertakingKit,
    ) -> Self {
        Self {
            grammar,
            kit,
            observed,
            cast: Cast::new(grammar, observed, &kit.words),
            heads: heads(grammar, observed),
            timed: timed(grammar, observed),
            senses: senses(grammar, kit),
            openers: openers(grammar),
        }
    }
}

impl Search<'_> {
    /// Whether a token's lemma is in one of the classes of `classes.tsv`.
    pub(super) fn is(&self, token: Index, classes: Mask) -> bool {
        self.senses[token as usize] & classes != 0
    }

    fn draft(&self, firing: Firing<'_>) -> Option<Draft> {
        let Firing { cue, clause } = firing;
        let head = clause.head;
        let unready = self.is_unready(&clause, cue);
        let kind = if unready { UndertakingKind::Refusal } else { cue.kind };
        if !unready && self.is_idle(head, clause.verb, kind) || self.is_of_no_party(&clause, kind) {
            return None;
        }
        let what = self.first_token(&clause, &cue.what).filter(|what| *what != head);
        if self.asks_whether(&clause) || self.dwindles(&clause) {
            return None;
        }
        if let Some(bound) = self.bound(&clause, cue) {
            return Some(bound);
        }
        if follows_as(self.grammar, head) && !clause.nominal {
            return None;
        }
        if self.is_of_trade(&clause, what) || self.is_idle_lean(&clause, cue) {
            return None;
        }
        if self.is(head, self.kit.known.warn) && kind == UndertakingKind::Threat {
            self.menaces(&clause)?;
        }
        let (by, what) = match kind {
            UndertakingKind::Condition => self.at_stake(&clause, cue, what),
            _ => (self.sources(&clause, cue), what),
        };
        let mut to = self.targets(&clause, cue);
        let asks = matches!(kind, UndertakingKind::Demand | UndertakingKind::Expectation);
        if to.is_empty() && !asks {
            to = self.partners(head);
        }
        if to.is_empty() {
            to = self.counterparts(&clause, kind, what);
        }
        if to.is_empty() && asks {
            to = self.partners(head);
        }
        let proviso = self.proviso(head, what);
        if to.is_empty() {
            to = self.on_whom(proviso, kind);
        }
        to.retain(|party| !by.contains(party));
        let only = proviso.is_some_and(|it| it.bearing == Bearing::Only);
        let kind = match kind {
            UndertakingKind::Demand if only => UndertakingKind::Condition,
            kind => kind,
        };
        let condition = match kind {
            UndertakingKind::Condition if !only => self.ground(&clause, &cue.what),
            _ => None,
        };
        let condition = condition.or(proviso.map(|it| it.span));
        if !self.is_enough(&clause, kind, &by, &to, what, condition) {
            return None;
        }
        let yields = matches!(kind, UndertakingKind::Refusal | UndertakingKind::Condition);
        let negated = !yields && what.is_some_and(|what| self.is_not_to_be(what)) || cue.against;
        let words = cue.frame.completed(self.grammar, &clause);
        let last = words.into_iter().filter(|it| head < *it && *it < head + 8).max();
        let cue = (head, last.unwrap_or(head));
        Some(Draft { kind, head, cue, by, to, what, negated, condition })
    }

    /// Whether there is enough of it: somebody who undertakes, or somebody addressed in a passive or by
    /// a noun.
    fn is_enough(
        &self,
        clause: &Clause,
        kind: UndertakingKind,
        by: &[Party],
        to: &[Party],
        what: Option<Index>,
        condition: Option<Span>,
    ) -> bool {
        let told = clause.xcomp.or(clause.ccomp).is_some() || !clause.preps.is_empty();
        match kind {
            UndertakingKind::Condition => condition.is_some() || !by.is_empty() && what.is_some(),
            _ if !by.is_empty() => true,
            UndertakingKind::Expectation => false,
            _ if clause.nominal => !to.is_empty() && told,
            // What a law requires is no demand of anybody.
            _ if self.grammar.word(clause.head).lemma == "require" => false,
            _ => !to.is_empty() && (self.is_passive(clause) || clause.xcomp.is_some()),
        }
    }

    /// "is not ready to", "are not prepared to": an offer that is not made is a refusal.
    fn is_unready(&self, clause: &Clause, cue: &Cue) -> bool {
        cue.kind == UndertakingKind::Offer
            && cue.part == Part::Adjective
            && clause.xcomp.is_some()
            && self.kit.status.is_negated(self.grammar, clause.head)
            && !self.is_asked(clause.head)
            && !self.is_supposed(clause.head)
    }

    /// "the pact obliges both navies to free them": whom a treaty binds has promised it.
    fn bound(&self, clause: &Clause, cue: &Cue) -> Option<Draft> {
        let binds = matches!(
            self.grammar.word(clause.head).lemma.as_str(),
            "bind" | "oblige" | "require" | "commit" | "compel"
        );
        let accord = |subject: &Index| self.is(*subject, self.kit.known.accord);
        if !binds || !clause.subjects.iter().any(accord) {
            return None;
        }
        let what = self.first_token(clause, &cue.what)?;
        let by: Vec<Party> = clause.objects.iter().flat_map(|it| self.doers(*it)).collect();
        let mut to = self.touched(what);
        to.retain(|party| !by.contains(party));
        let (kind, head, negated) =
            (UndertakingKind::Promise, clause.head, self.is_not_to_be(what));
        let condition = self.proviso(head, Some(what)).map(|it| it.span);
        (!by.is_empty() && Some(what) != clause.objects.first().copied()).then_some(Draft {
            kind,
            head,
            cue: (head, head),
            by,
            to,
            what: Some(what),
            negated,
            condition,
        })
    }

    /// "sales declined": what declines nothing is a person who refuses, or a thing that shrinks.
    fn dwindles(&self, clause: &Clause) -> bool {
        let alone = clause.objects.is_empty() && clause.xcomp.is_none() && !clause.nominal;
        let person = |subject: &Index| {
            self.is_person_noun(*subject)
                || matches!(self.grammar.word(*subject).upos, Upos::Propn | Upos::Pron)
        };
        self.grammar.word(clause.head).lemma == "decline"
            && alone
            && !clause.subjects.iter().any(person)
    }

    /// "asked whether he would leave": a question, not a demand.
    fn asks_whether(&self, clause: &Clause) -> bool {
        let question = |kid: &Index| {
            matches!(
                self.form(*kid).to_lowercase().as_str(),
                "whether" | "if" | "why" | "how" | "when" | "where" | "what" | "who"
            )
        };
        clause.ccomp.is_some_and(|content| self.grammar.kids(content).iter().any(question))
            && self.grammar.word(clause.head).lemma == "ask"
    }

    /// "demand for beef rose", "a call for papers", "on condition of anonymity": nobody is asked anything.
    fn is_of_trade(&self, clause: &Clause, what: Option<Index>) -> bool {
        let known = &self.kit.known;
        let papers = what.is_some_and(|what| {
            self.is(what, known.papers) || is_anonymity(&self.grammar.word(what).lemma)
        });
        let head = self.grammar.head(clause.head);
        clause.nominal && (papers || head.is_some_and(|head| self.is(head, known.market)))
    }

    /// "turned on the light", "rests on a shelf", "the asking price of the house": verbs and nouns that
    /// speak of a condition only where the matter at stake is one.
    fn is_idle_lean(&self, clause: &Clause, cue: &Cue) -> bool {
        let grammar = self.grammar;
        if cue.kind != UndertakingKind::Condition || !self.is(clause.head, self.kit.known.lean) {
            return false;
        }
        if clause.nominal {
            let predicate = grammar.head(clause.head);
            return predicate.is_none_or(|it| grammar.kid(it, &[Relation::Cop]).is_none());
        }
        let matter = self.matter(clause.head).is_some()
            || clause.subjects.iter().any(|it| self.is(*it, self.kit.known.stake));
        !matter
    }

    /// The clause that is a verb's subject, however the tree calls it: "whether they leave hinges on".
    fn matter(&self, verb: Index) -> Option<Index> {
        let clausal = [Relation::Csubj, Relation::CsubjPass, Relation::Advcl, Relation::Ccomp];
        let whether = |kid: Index| {
            self.grammar.kids(kid).iter().any(|mark| {
                matches!(
                    self.form(*mark).to_lowercase().as_str(),
                    "whether" | "that" | "how" | "when" | "if"
                )
            })
        };
        let kids = self.grammar.kids(verb).iter().copied();
        kids.filter(|kid| *kid < verb && clausal.contains(&self.grammar.relation(*kid)))
            .find(|kid| whether(*kid))
    }

    /// Whether what is warned of is something done: "warned that it would attack", and not "warned that
    /// prices would rise".
    fn menaces(&self, clause: &Clause) -> Option<()> {
        let Some(content) = clause.ccomp else { return Some(()) };
        let known = &self.kit.known;
        let modal = |kid: &Index| {
            self.grammar.relation(*kid) == Relation::Aux && self.is(*kid, known.own_will)
        };
        let ahead = self.grammar.kids(content).iter().any(modal);
        let harms = self.is(content, known.hostile | known.harm);
        let conditional = self.proviso(content, Some(content)).is_some();
        let thing = self.own_subject(content).is_some_and(|it| self.is_forecaster(it));
        (ahead && !thing && (harms || conditional)).then_some(())
    }

    /// For a cue of condition: whose matter it is, and the matter: "whether Arlen lifts the ban hinges
    /// on", "recognition by Pelm depends on".
    fn at_stake(
        &self,
        clause: &Clause,
        cue: &Cue,
        what: Option<Index>,
    ) -> (Vec<Party>, Option<Index>) {
        if let Some(matter) = self.matter(clause.head)
            && let Some(subject) = self.own_subject(matter)
        {
            return (self.doers(subject), Some(matter));
        }
        let owner = what.map_or_else(Vec::new, |what| self.owners(what));
        if !owner.is_empty() {
            return (owner, what);
        }
        let thing = |token: &Index| what == Some(*token) || self.is(*token, self.kit.known.thing);
        let doers: Vec<Party> = match clause.subjects.iter().any(thing) {
            true => Vec::new(),
            false => self.sources(clause, cue),
        };
        if !doers.is_empty() {
            return (doers, what);
        }
        (self.speech(clause.head).map_or_else(Vec::new, |speech| speech.speakers), what)
    }

    /// Whose a thing is: "its aid", "recognition by Arlen".
    fn owners(&self, noun: Index) -> Vec<Party> {
        let grammar = self.grammar;
        let owns = |kid: &Index| {
            grammar.relation(*kid) == Relation::NmodPoss || self.has_case(*kid, &["by", "from"])
        };
        let owner = grammar.kids(noun).iter().copied().find(owns);
        owner.map_or_else(Vec::new, |owner| self.doers(owner))
    }

    /// Clouds that threaten, analysts who expect.
    fn is_of_no_party(&self, clause: &Clause, kind: UndertakingKind) -> bool {
        let forecast = matches!(kind, UndertakingKind::Expectation | UndertakingKind::Threat);
        let nobody = kind == UndertakingKind::Expectation
            && clause.subjects.is_empty()
            && self.is_passive(clause);
        nobody
            || clause.subjects.iter().any(|subject| {
                self.is_no_party(*subject) || forecast && self.is_forecaster(*subject)
            })
    }

    pub(super) fn is_passive(&self, clause: &Clause) -> bool {
        !clause.nominal && self.grammar.is_passive(clause.head)
            || self.grammar.word(clause.head).xpos == "VBN" && clause.subjects.is_empty()
    }

    /// Whether a proposition is one not to be done: "not to leave", "that no fee be raised".
    pub(super) fn is_not_to_be(&self, what: Index) -> bool {
        let grammar = self.grammar;
        let never = |kid: &Index| {
            matches!(self.form(*kid).to_lowercase().as_str(), "not" | "never" | "n't" | "no")
        };
        let no_object = |kid: &Index| {
            let core = [Relation::Obj, Relation::Nsubj, Relation::NsubjPass];
            core.contains(&grammar.relation(*kid))
                && (matches!(
                    grammar.word(*kid).lemma.to_lowercase().as_str(),
                    "nobody" | "none" | "nothing" | "no-one"
                ) || grammar.kids(*kid).iter().any(|it| *it < *kid && never(it)))
        };
        self.kit.status.is_negated(grammar, what)
            || grammar.is_verbal(what) && grammar.kids(what).iter().any(no_object)
            || grammar.is_verbal(what) && self.is_at_no_point(what)
            || what > 0 && grammar.kids(what).iter().any(|kid| *kid < what && never(kid))
    }

    fn sources(&self, clause: &Clause, cue: &Cue) -> Vec<Party> {
        let found = self.follow(clause, &cue.roles.sources, &|token| self.doers(token));
        if !found.is_empty() || cue.roles.sources.is_empty() {
            return found;
        }
        if clause.nominal {
            return self.holders(clause);
        }
        if self.is_passive(clause) {
            // "were promised meals by the council": the agent hangs on the meals.
            let kids = clause.objects.iter().flat_map(|object| self.grammar.kids(*object));
            let agent = kids.copied().find(|kid| self.has_case(*kid, &["by"]));
            return agent.map_or_else(Vec::new, |agent| self.doers(agent));
        }
        let quoted = self.cast.moments.quotation(clause.head).is_some();
        let anonymous = clause.subjects.is_empty() && !self.is_passive(clause) && quoted;
        let speech = self.speech(clause.head).filter(|_| anonymous);
        speech.map_or_else(Vec::new, |speech| speech.speakers)
    }

    /// Whose a noun is where neither "of" nor "by" says it: a modifier ("an EU plea"), else whoever
    /// makes it ("renewed its call", "put an offer").
    fn holders(&self, clause: &Clause) -> Vec<Party> {
        let modifiers = clause.modifiers.iter();
        let found: Vec<Party> = modifiers
            .filter(|token| self.grammar.word(**token).upos != Upos::Noun)
            .flat_map(|token| self.named(*token))
            .collect();
        if !found.is_empty() {
            return found;
        }
        self.maker(clause.head).map_or_else(Vec::new, |maker| self.doers(maker))
    }

    /// A modifier counts only where it is a mention: "French" in "a French request".
    fn named(&self, token: Index) -> Vec<Party> {
        let mut numbers = Vec::new();
        self.cast.of(self.grammar, token, &mut numbers);
        numbers.into_iter().map(Party::Mention).collect()
    }

    /// The subject of the verb whose object a noun is, unless that verb only receives it.
    fn maker(&self, noun: Index) -> Option<Index> {
        let verb = self.grammar.head(noun).filter(|head| self.grammar.is_verbal(*head))?;
        let object = self.grammar.relation(noun) == Relation::Obj;
        let held = self.is(verb, self.kit.known.hold);
        let made = object && !self.is(verb, self.kit.known.receive) || held;
        made.then(|| self.grammar.subject(verb)).flatten()
    }

    /// The subject of the verb that only receives what a noun offers: "ignored the plea".
    fn receiver(&self, noun: Index) -> Option<Index> {
        let verb = self.grammar.head(noun).filter(|head| self.grammar.is_verbal(*head))?;
        let received = self.is(verb, self.kit.known.receive)
            && matches!(self.grammar.relation(noun), Relation::Obj | Relation::Obl);
        received.then(|| self.grammar.subject(verb)).flatten()
    }

    fn targets(&self, clause: &Clause, cue: &Cue) -> Vec<Party> {
        let active = matches!(cue.kind, UndertakingKind::Demand | UndertakingKind::Expectation);
        let found = if active {
            self.follow(clause, &cue.roles.targets, &|token| self.doers(token))
        } else {
            self.follow(clause, &cue.roles.targets, &|token| self.persons(token))
        };
        if !found.is_empty() || !clause.nominal {
            return found;
        }
        if let Some(receiver) = self.receiver(clause.head) {
            return self.doers(receiver);
        }
        let towards = self.addressed(clause.head, &["towards", "toward"]);
        let over = self.grammar.head(clause.head).filter(|head| self.grammar.is_verbal(*head));
        match over {
            Some(verb) if towards.is_empty() => self.addressed(verb, &["to"]),
            _ => towards,
        }
    }

    /// Whom a verb or noun is addressed to: its indirect object, or after one of these prepositions.
    pub(super) fn addressed(&self, head: Index, cases: &[&str]) -> Vec<Party> {
        let grammar = self.grammar;
        let to = |kid: &Index| {
            grammar.relation(*kid) == Relation::Iobj
                || matches!(grammar.relation(*kid), Relation::Obl | Relation::Nmod)
                    && self.has_case(*kid, cases)
        };
        let kids = grammar.kids(head).iter().copied().filter(to);
        kids.filter(|kid| !is_first_person(grammar, *kid))
            .flat_map(|kid| self.persons(kid))
            .collect()
    }

    /// Who has to act for it to be: the subject of the condition.
    pub(super) fn on_whom(&self, proviso: Option<Proviso>, kind: UndertakingKind) -> Vec<Party> {
        let asks = matches!(
            kind,
            UndertakingKind::Threat | UndertakingKind::Condition | UndertakingKind::Offer
        );
        let subject = proviso.filter(|_| asks).and_then(|it| self.own_subject(it.head));
        subject.map_or_else(Vec::new, |subject| self.doers(subject))
    }

    /// Whom a thing done is done to or for, where the cue has no addressee: "promised to pay the
    /// fishermen", "refused to meet the envoy".
    pub(super) fn counterparts(
        &self,
        clause: &Clause,
        kind: UndertakingKind,
        what: Option<Index>,
    ) -> Vec<Party> {
        if matches!(kind, UndertakingKind::Demand | UndertakingKind::Expectation) {
            let subject = clause.ccomp.and_then(|content| self.own_subject(content));
            return subject.map_or_else(Vec::new, |subject| self.doers(subject));
        }
        if kind == UndertakingKind::Condition {
            return Vec::new();
        }
        if self.is_passive(clause) {
            let addressed = clause.objects.iter().map(|object| self.persons(*object));
            return addressed.into_iter().find(|it| !it.is_empty()).unwrap_or_default();
        }
        what.map_or_else(Vec::new, |what| self.touched(what))
    }

    /// The parties that an act touches: its object, then "to", "for", "with", then whose its object is.
    pub(super) fn touched(&self, act: Index) -> Vec<Party> {
        let grammar = self.grammar;
        let kids = grammar.kids(act);
        let objects = || {
            let core = [Relation::Obj, Relation::Iobj, Relation::NsubjPass];
            kids.iter().copied().filter(move |kid| core.contains(&grammar.relation(*kid)))
        };
        let near = |token: Index| {
            let cases = ["to", "for", "with", "against", "on", "of", "from", "towards", "upon"];
            let owner = |kid: &Index| {
                grammar.relation(*kid) == Relation::NmodPoss || self.has_case(*kid, &cases)
            };
            grammar.kids(token).iter().copied().filter(owner).collect::<Vec<_>>()
        };
        let mut tokens: Vec<Index> = objects().collect();
        tokens.extend(near(act));
        tokens.extend(objects().flat_map(near));
        let found = tokens.into_iter().map(|token| self.persons(token));
        found.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
    }

    fn follow(
        &self,
        clause: &Clause,
        paths: &[Vec<Slot>],
        read: &dyn Fn(Index) -> Vec<Party>,
    ) -> Vec<Party> {
        let mut tokens = Vec::new();
        for path in paths {
            tokens.clear();
            follow(self.grammar, clause, path, &mut tokens);
            let mut found: Vec<Party> = Vec::new();
            for party in tokens.iter().take(8).flat_map(|token| read(*token)) {
                if !found.contains(&party) {
                    found.push(party);
                }
            }
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    fn first_token(&self, clause: &Clause, paths: &[Vec<Slot>]) -> Option<Index> {
        let mut tokens = Vec::new();
        for path in paths {
            follow(self.grammar, clause, path, &mut tokens);
            if !tokens.is_empty() {
                break;
            }
        }
        tokens.first().copied()
    }

    /// What a cue of condition says that the matter leans on: "hinges on the vote", "the condition is
    /// that they leave".
    fn ground(&self, clause: &Clause, what: &[Vec<Slot>]) -> Option<Span> {
        let cases = ["on", "upon", "to", "in", "without"];
        let names: Vec<u32> = cases.iter().map(|name| self.kit.words.symbol(name)).collect();
        let taken = self.first_token(clause, what);
        let free = |token: Index| Some(token) != taken && token > clause.head;
        let prep = clause.preps.iter().find(|prep| names.contains(&prep.0) && free(prep.1));
        let head = prep.map(|prep| prep.1).or(clause.ccomp.filter(|it| free(*it)));
        head.or(clause.xcomp.filter(|it| free(*it))).map(|head| self.whole(head))
    }

    /// The bearing of the condition of a clause, with its span.
    pub(super) fn condition(&self, head: Index, what: Index) -> Option<(Span, Bearing)> {
        self.proviso(head, Some(what)).map(|it| (it.span, it.bearing))
    }

    /// Everything under a head.
    pub(super) fn whole(&self, head: Index) -> Span {
        let (low, high) = self.grammar.reach(head);
        self.span(low).cover(self.span(high))
    }

    pub(super) fn span(&self, token: Index) -> Span {
        self.grammar.text.tokens[token as usize].span
    }

    fn finish(&self, mut draft: Draft, made: &mut Made) -> Undertaking {
        // Nobody undertakes to himself, by whatever name, but several may to one another.
        let own: Vec<&str> = draft.by.iter().filter_map(|party| self.actor_of(party)).collect();
        if draft.to != draft.by {
            draft.to.retain(|party| self.actor_of(party).is_none_or(|actor| !own.contains(&actor)));
        }
        let cue = self.span(draft.cue.0).cover(self.span(draft.cue.1));
        let clause = self.whole(draft.head).cover(cue);
        let what =
            draft.what.map_or(clause, |what| self.without(self.whole(what), draft.condition));
        let span = clause.cover(what);
        let mut ids = |parties: &[Party]| {
            parties.iter().map(|party| self.mention_of(*party, made)).collect::<Vec<_>>()
        };
        let (by, to) = (ids(&draft.by), ids(&draft.to));
        let detail = format!("{} {}", draft.kind, cue.start);
        Undertaking {
            id: RowId::observed(
                Kind::UndertakingMention,
                self.grammar.text.report.id,
                span,
                &detail,
            ),
            span,
            cue,
            kind: draft.kind,
            by,
            to,
            what,
            negated: draft.negated,
            condition: draft.condition,
            deadline: self.deadline(span),
            quotation: self.cast.moments.quotation(draft.cue.0).map(|quotation| quotation.id),
        }
    }

    /// The key of the actor that a party is.
    fn actor_of(&self, party: &Party) -> Option<&str> {
        match party {
            Party::Mention(number) => self.cast.actors.mention(*number).actor.as_deref(),
            Party::Phrase(_) => None,
        }
    }

    /// `what` without the condition at its end or start.
    fn without(&self, what: Span, condition: Option<Span>) -> Span {
        let text = &self.grammar.text.report.text;
        match condition {
            Some(it) if what.start < it.start && what.end <= it.end && it.start < what.end => {
                let kept = Span::new(what.start, it.start).trim(text);
                Span::of(
                    kept.start as usize
                        ..kept.start as usize + kept.slice(text).trim_end_matches([',', ' ']).len(),
                )
            }
            Some(it) if it.start <= what.start && it.end < what.end && what.start < it.end => {
                let slice = &text[it.end as usize..what.end as usize];
                let lead = slice.len() - slice.trim_start_matches([',', ' ']).len();
                Span::new(it.end + lead as u32, what.end)
            }
            _ => what,
        }
    }

    /// A time in the clause under "by", "within", "before" or "until".
    fn deadline(&self, span: Span) -> Option<RowId> {
        let times = &self.observed.times;
        let from = times.partition_point(|time| time.span.start < span.start);
        let inside = times[from..].iter().take_while(|time| time.span.end <= span.end).take(16);
        inside.into_iter().find(|time| self.is_deadline(time.span)).map(|time| time.id)
    }

    fn is_deadline(&self, time: Span) -> bool {
        let Some(head) = head_of(self.grammar, time) else { return false };
        self.grammar.kids(head).iter().any(|kid| {
            matches!(self.grammar.relation(*kid), Relation::Case | Relation::Mark)
                && self.is(*kid, self.kit.known.deadline)
        })
    }
}
