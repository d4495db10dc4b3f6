//! The search: from words that state relations to rows.

use std::collections::HashMap;

use chancery_text::{Kind, RowId, Span};

use crate::event::{Clause, Grammar, Index, Mask, Moments, follow};
use crate::mention::{Actor, Mention, MentionForm, MentionKind};
use crate::quotation::Quotation;
use crate::syntax::{Relation as Dependency, Upos};
use crate::{Observed, Read};

use super::kit::RelationKit;
use super::rule::{Phase, Rule, Side, Sorts};
use super::{Relation, RelationKind, alias, compound, described};

/// How many mentions one side may have.
const MOST: usize = 12;

/// How many conjuncts deep a side goes: "X, Y and Z".
const CONJUNCTS: u32 = 3;

/// How many words before a noun are looked at.
pub(super) const WINDOW: Index = 8;

/// Everything that one report's search looks at.
pub(super) struct Search<'a> {
    pub(super) grammar: &'a Grammar<'a>,
    pub(super) kit: &'a RelationKit,
    pub(super) observed: &'a Observed,
    moments: Moments<'a>,
    /// The mention headed by each token.
    heads: Vec<Option<u32>>,
    /// The mention by name that each token stands in before the name: "minister" in "Minister Brandt".
    titled: Vec<Option<u32>>,
    senses: Vec<Mask>,
    actors: HashMap<&'a str, &'a Actor>,
}

/// What a side asks of a mention.
#[derive(Debug, Clone, Copy)]
struct Wanted {
    sorts: Sorts,
    /// Whether a body that no name tells apart will do.
    anybody: bool,
}

/// What states a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stated {
    /// The rule on this line of `rules.tsv`.
    Rule(u32),
    /// The word on this line of `compounds.tsv`.
    Compound(u32),
    /// Brackets.
    Brackets,
}

/// A relation before its ids and spans are made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Draft {
    pub(super) by: Stated,
    pub(super) kind: RelationKind,
    pub(super) phase: Phase,
    pub(super) subject: u32,
    pub(super) object: u32,
    /// The word that it hangs on.
    pub(super) head: Index,
    /// First and last token of the words that state it.
    pub(super) trigger: (Index, Index),
    pub(super) negated: bool,
    pub(super) ended: bool,
}

pub(super) fn find(text: Read<'_>, observed: &Observed, kit: &RelationKit) -> Vec<Relation> {
    let grammar = Grammar::new(text, &kit.words);
    let search = Search::new(&grammar, observed, kit);
    let mut rows: Vec<Relation> =
        search.drafts().iter().map(|draft| search.finish(draft)).collect();
    rows.sort_by_key(|row| (row.span.start, std::cmp::Reverse(row.span.end), row.id));
    rows.dedup_by_key(|row| row.id);
    rows
}

impl<'a> Search<'a> {
    pub(super) fn new(
        grammar: &'a Grammar<'a>,
        observed: &'a Observed,
        kit: &'a RelationKit,
    ) -> Self {
        let count = grammar.len() as Index;
        let form = |at: Index| grammar.text.report.slice(grammar.text.tokens[at as usize].span);
        let sense = |at: Index| kit.senses(&grammar.word(at).lemma) | kit.senses(form(at));
        let senses = (0..count).map(sense).collect();
        let actors = observed.actors.iter().map(|actor| (actor.key.as_str(), actor)).collect();
        let moments = Moments::new(grammar, observed);
        let (heads, titled) = (heads(grammar, observed), titled(grammar, observed));
        Self { grammar, kit, observed, moments, heads, titled, senses, actors }
    }

    /// Every relation of the report, each pair and kind once.
    pub(super) fn drafts(&self) -> Vec<Draft> {
        let mut drafts = alias::find(self);
        drafts.extend(compound::find(self));
        let mut clause = Clause::default();
        for head in 0..self.grammar.len() as Index {
            let rules = self.kit.rules_of(self.grammar.symbol(head));
            if rules.is_empty() || self.follows_hyphen(head) {
                continue;
            }
            let upos = self.part(head, rules);
            let idle = upos == Upos::Verb && self.grammar.relation(head) == Dependency::Amod;
            if idle || !rules.iter().any(|rule| rule.part.admits(upos)) {
                continue;
            }
            self.grammar.read_clause(head, &mut clause);
            let fitting = rules
                .iter()
                .filter(|rule| rule.part.admits(upos) && rule.frame.fits(self.grammar, &clause));
            let stated = fitting.map(|rule| self.stated(rule, &clause)).find(|it| !it.is_empty());
            drafts.extend(stated.into_iter().flatten());
        }
        self.once(drafts)
    }

    /// Without what states the same of the same mentions again.
    fn once(&self, mut drafts: Vec<Draft>) -> Vec<Draft> {
        let mut seen = std::collections::HashSet::new();
        drafts.retain(|draft| seen.insert((draft.kind, draft.subject, draft.object)));
        drafts
    }

    /// What a token is: titles before names are nouns, whatever the tagger says ("General Brandt"), and
    /// so is what some rule knows for one ("its arm").
    fn part(&self, token: Index, rules: &[Rule]) -> Upos {
        let upos = self.grammar.word(token).upos;
        let noun = upos == Upos::Noun && rules.iter().any(|rule| rule.part.admits(upos));
        let title = self.grammar.relation(token) == Dependency::NmodDesc;
        match upos {
            Upos::Adj if title && self.titled[token as usize].is_some() => Upos::Noun,
            _ if !noun && self.grammar.is_hidden_verb(token) => Upos::Verb,
            upos => upos,
        }
    }

    /// "Saudi-led": what hangs on a hyphen is no verb.
    fn follows_hyphen(&self, token: Index) -> bool {
        token.checked_sub(1).is_some_and(|before| self.grammar.word(before).xpos == "HYPH")
    }

    fn stated(&self, rule: &Rule, clause: &Clause) -> Vec<Draft> {
        let Some(negated) = self.polarity(clause, rule) else { return Vec::new() };
        if rule.kind == RelationKind::DesignatedBy && !self.speaks_of_terror(clause.head) {
            return Vec::new();
        }
        let subjects = self.side(clause, rule, &rule.sides.subject, rule.types.subject);
        let mut objects = self.side(clause, rule, &rule.sides.object, rule.types.object);
        if rule.sides.subject == rule.sides.object {
            objects.retain(|object| subjects.first() != Some(object));
        }
        let pairs = subjects.iter().take(if subjects == objects { 1 } else { MOST });
        let pairs = pairs.flat_map(|one| objects.iter().map(move |other| (*one, *other)));
        pairs.filter_map(|pair| self.draft(rule, clause, pair, negated)).collect()
    }

    fn draft(
        &self,
        rule: &Rule,
        clause: &Clause,
        (subject, object): (u32, u32),
        negated: bool,
    ) -> Option<Draft> {
        let titled = clause.nominal && rule.sides.subject.described;
        if !self.are_two(rule.kind, subject, object)
            || titled && self.is_parted(object, clause.head)
        {
            return None;
        }
        let kind = if titled { self.post(rule.kind, clause, object)? } else { rule.kind };
        let head = clause.head;
        let trigger = (self.title_start(head, [subject, object]), head);
        let phase = self.phase(rule, head);
        let ended = phase == Phase::Ends || self.is_over(head);
        let by = Stated::Rule(rule.line);
        Some(Draft { by, kind, phase, subject, object, head, trigger, negated, ended })
    }

    /// Whether a mark other than a hyphen stands between a name and the title after it.
    fn is_parted(&self, name: u32, title: Index) -> bool {
        let between = self.mention(name).tokens.end..title;
        between.into_iter().any(|at| {
            let word = self.grammar.word(at);
            word.upos == Upos::Punct && word.xpos != "HYPH"
        })
    }

    /// The mentions of a side: those that its first path with any leads to.
    fn side(&self, clause: &Clause, rule: &Rule, side: &Side, sorts: Sorts) -> Vec<u32> {
        let wanted = Wanted { sorts, anybody: rule.kind.is_of_forces() };
        let mut found = Vec::new();
        if side.described {
            // One minister is one of two people, two ministers may be both.
            let depth =
                if self.grammar.word(clause.head).xpos.ends_with('S') { CONJUNCTS } else { 0 };
            let tokens = described::find(self, clause.head);
            tokens.iter().for_each(|token| self.collect(*token, wanted, depth, &mut found));
        }
        let mut tokens = Vec::new();
        for path in &side.paths {
            if !found.is_empty() {
                return found;
            }
            tokens.clear();
            follow(self.grammar, clause, path, &mut tokens);
            tokens.iter().for_each(|token| self.collect(*token, wanted, CONJUNCTS, &mut found));
        }
        if found.is_empty() && rule.describes() && !side.described {
            for token in described::around_title(self, clause.head) {
                self.collect(token, wanted, 0, &mut found);
            }
        }
        found
    }

    /// The mention of a token and those of its conjuncts, where they are of a sort.
    fn collect(&self, token: Index, wanted: Wanted, depth: u32, found: &mut Vec<u32>) {
        if let Some(number) = self.heads[token as usize]
            && (self.is_somebody(number) || wanted.anybody && self.is_body(number))
            && wanted.sorts.meets(self.sorts(number))
            && !found.contains(&number)
            && found.len() < MOST
        {
            found.push(number);
        }
        for kid in self.grammar.kids(token) {
            if depth > 0 && self.grammar.relation(*kid) == Dependency::Conj {
                self.collect(*kid, wanted, depth - 1, found);
            }
        }
    }

    /// The mention headed by a token.
    pub(super) fn headed(&self, token: Index) -> Option<u32> {
        self.heads[token as usize]
    }

    /// Whether a token heads a mention by name.
    pub(super) fn is_name(&self, token: Index) -> bool {
        self.headed(token).is_some_and(|number| self.mention(number).form == MentionForm::Name)
    }

    /// Whether a token heads a mention by role alone: "founder".
    pub(super) fn headed_by_role(&self, token: Index) -> bool {
        self.headed(token).is_some_and(|number| self.mention(number).form == MentionForm::Nominal)
    }

    /// The name that a title stands before, in one phrase with it.
    pub(super) fn name_of_title(&self, token: Index) -> Option<u32> {
        self.titled[token as usize]
    }

    /// The mention with this number.
    pub(super) fn mention(&self, number: u32) -> &'a Mention {
        &self.observed.mentions[number as usize]
    }

    /// What a mention can be a side of.
    pub(super) fn sorts(&self, number: u32) -> Sorts {
        let mention = self.mention(number);
        let actor = mention.actor.as_deref().and_then(|key| self.actors.get(key).copied());
        Sorts::of(mention, actor)
    }

    /// Whether a mention is more than a role of nobody said: "leaders", "forces".
    pub(super) fn is_somebody(&self, number: u32) -> bool {
        let mention = self.mention(number);
        match &mention.actor {
            Some(key) => !key.starts_with("role::"),
            None => mention.form == MentionForm::Name,
        }
    }

    /// "the coalition", "the army": a body that the report names by its role alone.
    fn is_body(&self, number: u32) -> bool {
        let mention = self.mention(number);
        mention.kind == MentionKind::Organisation && mention.actor.is_some()
    }

    /// Whether two mentions can be the two sides: of two actors, neither inside the words of the other.
    pub(super) fn are_two(&self, kind: RelationKind, subject: u32, object: u32) -> bool {
        let (one, other) = (self.mention(subject), self.mention(object));
        let same = one.actor.is_some() && one.actor == other.actor;
        subject != object
            && (!same || kind == RelationKind::SameAs)
            && !one.head_span.overlaps(other.head_span)
    }

    /// The classes of a token's word.
    pub(super) fn sense(&self, token: Index) -> Mask {
        self.senses[token as usize]
    }

    /// Whether a token's word is of a class.
    pub(super) fn is(&self, token: Index, classes: Mask) -> bool {
        self.sense(token) & classes != 0
    }

    /// Where a title starts: "foreign minister" before the name or after the country.
    fn title_start(&self, head: Index, sides: [u32; 2]) -> Index {
        if !self.grammar.is_nominal(head) {
            return head;
        }
        let free = |at: &Index| {
            let named = |number: &u32| {
                let tokens = self.grammar.text.tokens;
                self.mention(*number).head_span.contains(tokens[*at as usize].span)
            };
            let close = [Dependency::Compound, Dependency::Amod];
            self.grammar.head(*at) == Some(head)
                && close.contains(&self.grammar.relation(*at))
                && !sides.iter().any(named)
        };
        (head.saturating_sub(WINDOW)..head).rev().take_while(free).last().unwrap_or(head)
    }

    /// The characters of a token.
    pub(super) fn span(&self, token: Index) -> Span {
        self.grammar.text.tokens[token as usize].span
    }

    /// Whether the quotation that states it is denied; a name in brackets is nobody's claim.
    fn is_denied(&self, draft: &Draft, quotation: Option<&Quotation>) -> bool {
        draft.by != Stated::Brackets && quotation.is_some_and(|quotation| quotation.denied)
    }

    fn finish(&self, draft: &Draft) -> Relation {
        let (subject, object) = (self.mention(draft.subject), self.mention(draft.object));
        let trigger = self.span(draft.trigger.0).cover(self.span(draft.trigger.1));
        let span = trigger.cover(subject.head_span).cover(object.head_span);
        let quotation = self.moments.quotation(draft.head);
        let (time, held) = self.held(draft);
        let over = held.last.zip(self.observed.date.interval.first);
        let detail = format!("{} {} {}", draft.kind, subject.id, object.id);
        Relation {
            id: RowId::observed(Kind::RelationMention, self.grammar.text.report.id, span, &detail),
            span,
            trigger,
            kind: draft.kind,
            subject: subject.id,
            object: object.id,
            time,
            held,
            ended: draft.ended || over.is_some_and(|(last, written)| last < written),
            negated: draft.negated != self.is_denied(draft, quotation),
            quotation: quotation.map(|quotation| quotation.id),
        }
    }
}

/// The mention by name whose phrase holds each token before its name.
fn titled(grammar: &Grammar<'_>, observed: &Observed) -> Vec<Option<u32>> {
    let mut titled = vec![None; grammar.len()];
    let tokens = grammar.text.tokens;
    for (number, mention) in (0..).zip(&observed.mentions) {
        let before = mention.tokens.clone().take_while(|at| {
            tokens.get(*at as usize).is_some_and(|token| token.span.end <= mention.head_span.start)
        });
        if mention.form == MentionForm::Name {
            before.for_each(|at| titled[at as usize] = Some(number));
        }
    }
    titled
}

/// The mention headed by each token: of several the one of a known actor, then the longest.
fn heads(grammar: &Grammar<'_>, observed: &Observed) -> Vec<Option<u32>> {
    let mut heads: Vec<Option<u32>> = vec![None; grammar.len()];
    let known = |number: u32| observed.mentions[number as usize].actor.is_some();
    for (number, mention) in (0..).zip(&observed.mentions) {
        let Some(head) = grammar.head_of_mention(mention) else { continue };
        let slot = &mut heads[head as usize];
        if slot.is_none_or(|other| !known(other) && known(number)) {
            *slot = Some(number);
        }
    }
    heads
}
