//! An act told again: "the attack killed twelve" is of the day that the report gave the attack before.
//!
//! What a clause without a time tells gets the days of another telling of the same act, if the words
//! say that it is the same: a definite noun ("the talks"), or a plain past right after it with the same
//! parties. What the report leads with is its news, of its own day or the one before. All else stays
//! open: no day is made up.

use chancery_text::Interval;

use crate::mention::{Actor, ActorKind};
use crate::place::{Place, PlaceKind};
use crate::syntax::Relation;

use super::dating::perfect;
use super::moment::is_bounded;
use super::status::is_definite;
use super::trigger::{Search, Telling};
use super::{EventType, Grammar, Index, Status};

/// Sentences back in which "the attack" finds the attack.
const NAMED: usize = 8;
/// Sentences back in which an act goes on.
const NEXT: usize = 2;
/// Sentences below a headline in which its act is told with its time.
const LEAD: usize = 3;
/// Words of the least sentence that leads.
const WORDS: usize = 8;
/// Days of the longest time that is lent.
const MONTH: i32 = 31;
/// Tellings looked back at.
const BACK: usize = 40;

/// How the words refer to another telling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reference {
    /// By a definite noun: "the attack".
    Named(Index),
    /// By a plain past.
    Next,
}

impl Reference {
    const fn reach(self) -> usize {
        match self {
            Self::Named(_) => NAMED,
            Self::Next => NEXT,
        }
    }
}

impl Search<'_> {
    /// Dates what is told without a time. `tellings` are in the order of the text.
    pub(super) fn date_again(&self, tellings: &mut [Telling]) {
        let lead = self.lead();
        for at in 0..tellings.len() {
            if !is_undated(&tellings[at]) {
                continue;
            }
            let leads = lead.is_some_and(|lead| self.sentence_of(&tellings[at]) <= lead);
            let dated = match leads.then(|| self.below(tellings, at)).flatten() {
                Some(dated) => Some(dated),
                None => self.before(tellings, at),
            };
            match dated {
                Some(other) => self.take_over(tellings, at, other),
                None if leads && self.is_news(&tellings[at]) => {
                    let news = self.cast.moments.news();
                    let event = &mut tellings[at].event;
                    event.when = news.unwrap_or(event.when);
                }
                None => {}
            }
        }
    }

    /// Gives a telling the days of another, and if both tell one act that two do with each other, its
    /// parties: "the rebels" who visited Torvia are the Orlen Front that came there.
    fn take_over(&self, tellings: &mut [Telling], at: usize, other: usize) {
        let (told, other) = (&tellings[at], &tellings[other]);
        let (time, when) = (other.event.time, other.event.when);
        let one = told.event.plover == other.event.plover && self.share(told, other);
        let mut sides = (told.sources.clone(), told.targets.clone());
        if one && is_mutual(told.event.plover) {
            let parties = [&other.sources[..], &other.targets].concat();
            self.complete(&mut sides, &parties);
        }
        let ids = |side: &[u32]| side.iter().map(|it| self.cast.actors.mention(*it).id).collect();
        let told = &mut tellings[at];
        (told.event.time, told.event.when) = (time, when);
        (told.event.sources, told.event.targets) = (ids(&sides.0), ids(&sides.1));
        (told.sources, told.targets) = sides;
    }

    /// Names a party that is only called what it is, and the party that is not told.
    fn complete(&self, (sources, targets): &mut (Vec<u32>, Vec<u32>), parties: &[u32]) {
        let known = |number: u32| self.cast.actor(number).is_some_and(|actor| actor.known);
        for side in [&mut *sources, &mut *targets] {
            let unnamed = side.iter().copied().find(|party| !known(*party));
            let body = |number: u32| {
                self.cast.actor(number).is_some_and(|actor| actor.kind != ActorKind::Person)
            };
            let same = |party: u32| {
                parties.iter().find(|it| {
                    known(**it) && body(**it) && self.cast.alike(party, **it) == Some(true)
                })
            };
            side.extend(unnamed.and_then(same));
        }
        let told = [&sources[..], targets].concat();
        let partner = || parties.iter().copied().filter(|it| !self.meets(&[*it], &told));
        match (sources.is_empty(), targets.is_empty()) {
            (false, true) => targets.extend(partner()),
            (true, false) => sources.extend(partner()),
            _ => {}
        }
    }

    /// The number of the sentence that tells the news: the first below the headline that is no line of
    /// a page.
    fn lead(&self) -> Option<usize> {
        let title = self.observed.title;
        let sentences = self.grammar.text.sentences;
        let tells = |at: &usize| {
            let sentence = &sentences[*at];
            title.is_none_or(|title| title.end <= sentence.span.start)
                && WORDS <= sentence.tokens.len()
        };
        (0..sentences.len().min(12)).find(tells)
    }

    fn sentence_of(&self, telling: &Telling) -> usize {
        let sentences = self.grammar.text.sentences;
        sentences.partition_point(|sentence| sentence.tokens.end <= telling.head)
    }

    /// The dated telling that a headline or lead gives ahead.
    fn below(&self, tellings: &[Telling], at: usize) -> Option<usize> {
        let told = &tellings[at];
        let from = self.sentence_of(told);
        let near = (at + 1..tellings.len()).take(BACK);
        let mut near = near.take_while(|other| self.sentence_of(&tellings[*other]) <= from + LEAD);
        let one = |other: &Telling| {
            is_dated(other) && self.is_one_act(told, other) && self.share(told, other)
        };
        near.find(|other| one(&tellings[*other]))
    }

    /// The dated telling before that the words refer to.
    fn before(&self, tellings: &[Telling], at: usize) -> Option<usize> {
        let told = &tellings[at];
        let reference = self.reference(told)?;
        let from = self.sentence_of(told);
        let meant = |other: &Telling| {
            let close = from <= self.sentence_of(other) + reference.reach();
            is_dated(other)
                && self.is_meant(reference, told, other)
                && (close || reference != Reference::Next && self.share_both(told, other))
        };
        (0..at).rev().take(BACK).find(|other| meant(&tellings[*other]))
    }

    /// Whether a reference is to this telling.
    fn is_meant(&self, reference: Reference, told: &Telling, other: &Telling) -> bool {
        match reference {
            Reference::Named(noun) if told.event.plover == other.event.plover => {
                let met = is_mutual(told.event.plover) && self.share_both(told, other);
                self.is_one_act(told, other) && (met || self.is_kin(noun, other))
            }
            Reference::Named(noun) => {
                noun != told.head && !self.is_apart(told, other) && self.is_kin(noun, other)
            }
            Reference::Next => self.is_one_act(told, other) && self.share(told, other),
        }
    }

    /// Whether a clause speaks of what a noun names: "the raid" of a clause with "airstrike".
    fn is_kin(&self, noun: Index, other: &Telling) -> bool {
        let grammar = self.grammar;
        let kinds = grammar.mask(noun) & self.kit.asides.occasion;
        let (low, high) = grammar.extent(other.verb);
        (low..=high.min(low + 60)).any(|token| {
            grammar.symbol(token) == grammar.symbol(noun) || grammar.mask(token) & kinds != 0
        })
    }

    /// How a telling refers to another; `None` if it does not.
    fn reference(&self, told: &Telling) -> Option<Reference> {
        if self.is_elsewhen(told.head) || self.is_elsewhen(told.verb) {
            return None;
        }
        if told.nominal {
            return self.is_known(told.head).then_some(Reference::Named(told.head));
        }
        if perfect(self.grammar, told.verb).is_some() {
            return None;
        }
        match self.occasion(told) {
            Some(noun) => Some(Reference::Named(noun)),
            None if self.is_new(told.verb) => None,
            None => self.is_plain_past(told.verb).then_some(Reference::Next),
        }
    }

    /// "an attack killed", "an earlier attack killed": one that was not told of before.
    fn is_new(&self, verb: Index) -> bool {
        let new =
            |noun: Index| self.grammar.is(noun, self.kit.asides.occasion) && !self.is_known(noun);
        self.grammar.subject(verb).is_some_and(new)
    }

    /// The occasion on which something is told to have happened: "in the raids", "the raids killed",
    /// "the talks took place when".
    fn occasion(&self, told: &Telling) -> Option<Index> {
        let grammar = self.grammar;
        let known =
            |token: &Index| grammar.is(*token, self.kit.asides.occasion) && self.is_known(*token);
        let subject = |verb: Index| grammar.subject(verb).filter(known);
        let within = |kid: &&Index| {
            let lemma = |case: &Index| grammar.word(*case).lemma.as_str();
            let leads = |case: &Index| {
                grammar.relation(*case) == Relation::Case
                    && matches!(lemma(case), "amid" | "at" | "by" | "during" | "in")
            };
            known(kid) && grammar.kids(**kid).iter().any(leads)
        };
        let own = grammar.kids(told.verb).iter().find(within).copied();
        own.or_else(|| subject(told.verb)).or_else(|| {
            let above = grammar.head(told.verb).filter(|_| self.is_meanwhile(told.verb))?;
            subject(above)
        })
    }

    /// "when the troops left", "as the troops left".
    fn is_meanwhile(&self, verb: Index) -> bool {
        let grammar = self.grammar;
        let at_once = |kid: &Index| {
            matches!(grammar.relation(*kid), Relation::Mark | Relation::Advmod)
                && matches!(grammar.word(*kid).lemma.as_str(), "as" | "when" | "while")
        };
        grammar.relation(verb) == Relation::Advcl && grammar.kids(verb).iter().any(at_once)
    }

    /// "the attack", "their meeting", and nothing that lasts ("the war") or is another ("an earlier one").
    fn is_known(&self, noun: Index) -> bool {
        is_definite(self.grammar, noun)
            && !self.grammar.is(noun, self.kit.asides.lasting)
            && !self.is_elsewhen(noun)
    }

    /// "earlier", "another", "again".
    fn is_elsewhen(&self, token: Index) -> bool {
        let relations =
            [Relation::Advmod, Relation::Amod, Relation::Det, Relation::Nummod, Relation::Compound];
        let other = |kid: &Index| {
            relations.contains(&self.grammar.relation(*kid))
                && self.grammar.is(*kid, self.kit.asides.elsewhen)
        };
        self.grammar.kids(token).iter().any(other)
    }

    /// "met", "were killed"; not "has met", not "had met", not "meets".
    fn is_plain_past(&self, verb: Index) -> bool {
        let grammar = self.grammar;
        let was = |kid: &Index| {
            grammar.relation(*kid) == Relation::AuxPass && grammar.word(*kid).xpos == "VBD"
        };
        let past = grammar.word(verb).xpos == "VBD" || grammar.kids(verb).iter().any(was);
        past && perfect(grammar, verb).is_none() && !is_described(grammar, verb)
    }

    /// Whether a telling is what the report brings: in its main clause or in what that says, not what
    /// came before.
    fn is_news(&self, told: &Telling) -> bool {
        let grammar = self.grammar;
        perfect(grammar, told.verb) != Some("had")
            && !self.is_standing(told.verb)
            && !self.is_elsewhen(told.verb)
            && !self.is_elsewhen(told.head)
            && self.is_main(told.verb)
    }

    /// "are required": how things are, not what happened.
    fn is_standing(&self, verb: Index) -> bool {
        let is = |kid: &Index| {
            self.grammar.relation(*kid) == Relation::AuxPass
                && matches!(self.grammar.word(*kid).xpos, "VBP" | "VBZ")
        };
        self.grammar.kids(verb).iter().any(is)
    }

    fn is_main(&self, verb: Index) -> bool {
        let grammar = self.grammar;
        let mut at = verb;
        for _ in 0..4 {
            let head = grammar.head(at);
            let content = matches!(grammar.relation(at), Relation::Ccomp | Relation::Parataxis);
            match (grammar.relation(at), head) {
                (_, None) => return true,
                (Relation::Conj, Some(head)) => at = head,
                (_, Some(head)) if content && grammar.is(head, self.kit.asides.say) => at = head,
                _ => return false,
            }
        }
        false
    }

    /// Whether two tellings can be of one act: one type, no party that the other cannot have, no other
    /// town.
    fn is_one_act(&self, told: &Telling, other: &Telling) -> bool {
        let real = |telling: &Telling| telling.event.is_asserted();
        if told.event.plover != other.event.plover || real(told) != real(other) {
            return false;
        }
        if self.is_apart(told, other) {
            return false;
        }
        let both = |telling: &Telling| [&telling.sources[..], &telling.targets].concat();
        if is_mutual(told.event.plover) {
            return self.may_be(&both(told), &both(other));
        }
        self.may_be(&told.sources, &other.sources) && self.may_be(&told.targets, &other.targets)
    }

    /// Whether two tellings are of two towns.
    fn is_apart(&self, told: &Telling, other: &Telling) -> bool {
        let place = |telling: &Telling| {
            let places = &self.observed.places;
            telling.event.place.and_then(|id| places.iter().find(|place| place.id == id))
        };
        let apart = |(one, other): (&Place, &Place)| {
            one.kind == other.kind && one.kind != PlaceKind::Country && one.name != other.name
        };
        place(told).zip(place(other)).is_some_and(apart)
    }

    /// Whether each party of one side may be one of the other's, which may be silent.
    fn may_be(&self, parties: &[u32], others: &[u32]) -> bool {
        others.is_empty()
            || parties.iter().all(|party| {
                others.iter().any(|other| self.cast.alike(*party, *other) != Some(false))
            })
    }

    /// Whether two tellings name one party on one side.
    fn share(&self, told: &Telling, other: &Telling) -> bool {
        let straight =
            self.meets(&told.sources, &other.sources) || self.meets(&told.targets, &other.targets);
        let crossed = || {
            self.meets(&told.sources, &other.targets) || self.meets(&told.targets, &other.sources)
        };
        straight || is_mutual(told.event.plover) && crossed()
    }

    /// Whether two tellings of one type name one party on either side.
    fn share_both(&self, told: &Telling, other: &Telling) -> bool {
        let straight =
            self.meets(&told.sources, &other.sources) && self.meets(&told.targets, &other.targets);
        let crossed = || {
            self.meets(&told.sources, &other.targets) && self.meets(&told.targets, &other.sources)
        };
        told.event.plover == other.event.plover
            && (straight || is_mutual(told.event.plover) && crossed())
    }

    fn meets(&self, parties: &[u32], others: &[u32]) -> bool {
        let one = |party: &u32, other: &u32| self.cast.alike(*party, *other) == Some(true);
        parties.iter().any(|party| others.iter().any(|other| one(party, other)))
    }
}

fn is_undated(telling: &Telling) -> bool {
    telling.event.status == Status::Happened
        && telling.event.time.is_none()
        && !is_bounded(telling.event.when)
}

/// Whether a telling has days to lend: not a year, which hardly dates what it states.
fn is_dated(telling: &Telling) -> bool {
    let Interval { first, last } = telling.event.when;
    first.zip(last).is_some_and(|(first, last)| (last - first).get_days() <= MONTH)
}

/// Whether a verb stands in a relative clause: what it tells may be of any time.
fn is_described(grammar: &Grammar<'_>, verb: Index) -> bool {
    grammar.relation(verb) == Relation::AclRelcl
}

/// Acts that both sides do.
const fn is_mutual(plover: EventType) -> bool {
    matches!(plover, EventType::Consult | EventType::Agree | EventType::Cooperate)
}

impl super::Cast<'_> {
    /// Whether two mentions name one actor: a state stands for those who act for it. `None` where the
    /// words leave it open.
    pub(super) fn alike(&self, one: u32, other: u32) -> Option<bool> {
        if self.is_same(one, other) {
            return Some(true);
        }
        let (one, other) = (self.actor(one)?, self.actor(other)?);
        let body = |kind: ActorKind| matches!(kind, ActorKind::State | ActorKind::Role);
        let serves = |one: &Actor, other: &Actor| {
            one.kind == ActorKind::Person && one.roles.iter().any(|role| role.contains(&other.name))
        };
        if serves(one, other) || serves(other, one) {
            return Some(true);
        }
        match (&one.country, &other.country) {
            (Some(a), Some(b)) if a != b => Some(false),
            (Some(_), Some(_)) if body(one.kind) || body(other.kind) => Some(true),
            _ if one.kind == ActorKind::Person && other.kind == ActorKind::Person => Some(false),
            _ => None,
        }
    }
}
