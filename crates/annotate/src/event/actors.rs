//! Which mentions an argument of a clause is.

use std::collections::BTreeMap;

use crate::mention::{Mention, MentionForm, MentionKind, joint};
use crate::syntax::{Relation, Upos};

use super::grammar::{Grammar, Index};
use super::words::{Mask, Words};

/// The mentions of a report, by token.
pub(crate) struct Actors<'a> {
    mentions: &'a [Mention],
    headed: Vec<u32>,
    covered: Vec<u32>,
    /// The mentions of phrases that mean several, by each of their tokens.
    joint: BTreeMap<Index, Vec<u32>>,
    group: Mask,
    emergency: Mask,
}

const NOBODY: u32 = u32::MAX;

/// How many mentions one argument may have.
const MOST: usize = 12;

impl<'a> Actors<'a> {
    /// Finds the head token of each mention.
    pub(crate) fn new(grammar: &Grammar<'_>, mentions: &'a [Mention], words: &Words) -> Self {
        let mut actors = Self {
            mentions,
            headed: vec![NOBODY; grammar.len()],
            covered: vec![NOBODY; grammar.len()],
            joint: BTreeMap::new(),
            group: words.class("group"),
            emergency: words.class("emergency"),
        };
        for (number, mention) in mentions.iter().enumerate() {
            if counts(mention) {
                actors.place(grammar, number as u32, mention);
            }
        }
        actors
    }

    fn place(&mut self, grammar: &Grammar<'_>, number: u32, mention: &Mention) {
        let Some(head) = grammar.head_of_mention(mention) else { return };
        if mention.form == MentionForm::Nominal && self.is_no_party(grammar, head) {
            return;
        }
        self.prefer(head, number);
        let count = grammar.len() as u32;
        for token in (mention.tokens.start.min(count)..mention.tokens.end.min(count)).take(40) {
            if mention.basis == joint::BASIS {
                self.joint.entry(token).or_default().push(number);
            }
            let slot = &mut self.covered[token as usize];
            if *slot == NOBODY {
                *slot = number;
            }
        }
    }

    /// A verb that looks like a noun ("to institute a curfew"); the state of a "state of emergency".
    fn is_no_party(&self, grammar: &Grammar<'_>, head: Index) -> bool {
        let emergency = |kid: &Index| grammar.is(*kid, self.emergency);
        grammar.word(head).upos == Upos::Verb
            || grammar.word(head).lemma == "state" && grammar.kids(head).iter().any(emergency)
    }

    /// Of two mentions with one head, the one that names an actor, else the longer (the first).
    fn prefer(&mut self, head: Index, number: u32) {
        let slot = &mut self.headed[head as usize];
        let known = |number: u32| self.mentions[number as usize].actor.is_some();
        if *slot == NOBODY || !known(*slot) && known(number) {
            *slot = number;
        }
    }

    /// The mention with this number.
    pub(crate) fn mention(&self, number: u32) -> &'a Mention {
        &self.mentions[number as usize]
    }

    /// The mentions that an argument with this head is: its own, its conjuncts', else the one
    /// nested in it ("Chinese officials"), each once.
    pub(crate) fn of(&self, grammar: &Grammar<'_>, token: Index, found: &mut Vec<u32>) {
        self.collect(grammar, token, 4, found);
    }

    fn collect(&self, grammar: &Grammar<'_>, token: Index, depth: u32, found: &mut Vec<u32>) {
        if depth == 0 || found.len() >= MOST {
            return;
        }
        let before = found.len();
        found.extend(self.joint.get(&token).into_iter().flatten());
        let own = self.own(token).filter(|_| found.len() == before);
        if found.len() == before && self.named_after(grammar, token, depth, found) {
            return;
        }
        if found.len() == before && own.is_none_or(|own| self.is_anybody(own)) {
            self.nested(grammar, token, depth, found);
        }
        if found.len() == before {
            found.extend(own);
        }
        if found.len() == before {
            self.weak(token, found);
        }
        for kid in grammar.kids(token) {
            if grammar.relation(*kid) == Relation::Conj && grammar.word(*kid).upos != Upos::Verb {
                self.collect(grammar, *kid, depth - 1, found);
            }
        }
    }

    /// "the foreign ministers, Ana Lo and Petra Vohl": those who are named after a noun of several persons.
    fn named_after(
        &self,
        grammar: &Grammar<'_>,
        token: Index,
        depth: u32,
        found: &mut Vec<u32>,
    ) -> bool {
        let before = found.len();
        if grammar.word(token).xpos != "NNS" {
            return false;
        }
        let mut names = grammar.kids(token).iter().copied().filter(|kid| {
            matches!(grammar.relation(*kid), Relation::Appos | Relation::Conj)
                && token < *kid
                && grammar.word(*kid).upos == Upos::Propn
        });
        let comma = |kid: &Index| {
            grammar.kids(*kid).iter().chain(grammar.kids(token)).any(|it| *it == token + 1)
                && grammar.word(token + 1).upos == Upos::Punct
        };
        if let Some(first) = names.next().filter(comma) {
            std::iter::once(first)
                .chain(names)
                .for_each(|name| self.collect(grammar, name, depth - 1, found));
            let person = |number: &u32| self.mention(*number).kind == MentionKind::Person;
            if before + 1 < found.len() && found[before..].iter().all(person) {
                return true;
            }
            found.truncate(before);
        }
        false
    }

    /// The mention headed by a token, if it names an actor.
    fn own(&self, token: Index) -> Option<u32> {
        let number = self.headed[token as usize];
        (number != NOBODY && self.mention(number).actor.is_some()).then_some(number)
    }

    /// Whether a mention is only a role of nobody said: "leaders", "forces".
    pub(crate) fn is_anybody(&self, number: u32) -> bool {
        let mention = self.mention(number);
        let role = mention.actor.as_ref().is_some_and(|key| key.to_string().starts_with("role::"));
        role && mention.form == MentionForm::Nominal
    }

    /// "Chinese officials", "the government of Torvia", "Haiti's efforts".
    fn nested(&self, grammar: &Grammar<'_>, token: Index, depth: u32, found: &mut Vec<u32>) {
        let close = [
            Relation::Amod,
            Relation::Compound,
            Relation::NmodPoss,
            Relation::NmodDesc,
            Relation::NmodUnmarked,
            Relation::Flat,
            Relation::Appos,
        ];
        let before = found.len();
        // One person is no apposition to several: "22 of the attackers, his spokesman, Ana Lo, said".
        let one = |kid: Index| {
            grammar.relation(kid) == Relation::Appos
                && grammar.word(token).xpos == "NNS"
                && matches!(grammar.word(kid).xpos, "NN" | "NNP")
                && grammar.kid(kid, &[Relation::Conj]).is_none()
                && self.person_at(grammar, kid)
        };
        for kid in grammar.kids(token) {
            if close.contains(&grammar.relation(*kid)) && !one(*kid) {
                self.collect(grammar, *kid, depth - 1, found);
            }
        }
        let by = |kid: &Index| grammar.cases(*kid).any(|case| case == grammar.by());
        if let Some(agent) = grammar.kids(token).iter().copied().find(by)
            && found.len() == before
        {
            self.collect(grammar, agent, depth - 1, found);
        }
        if found.len() > before
            || !(grammar.is(token, self.group) || grammar.word(token).upos == Upos::Num)
        {
            return;
        }
        for kid in grammar.kids(token) {
            let of = || {
                grammar.kids(*kid).iter().any(|case| {
                    grammar.word(*case).lemma == "of" || grammar.word(*case).lemma == "from"
                })
            };
            if grammar.relation(*kid) == Relation::Nmod && of() {
                self.collect(grammar, *kid, depth - 1, found);
            }
        }
    }

    /// Whether a token, or a name beside it, is a person's.
    fn person_at(&self, grammar: &Grammar<'_>, token: Index) -> bool {
        let person = |token: Index| {
            let number = self.headed[token as usize];
            number != NOBODY && self.mention(number).kind == MentionKind::Person
        };
        person(token) || grammar.kid(token, &[Relation::Appos]).is_some_and(person)
    }

    /// A mention that names nobody known, or one that merely covers the token.
    fn weak(&self, token: Index, found: &mut Vec<u32>) {
        let number = self.headed[token as usize];
        if number != NOBODY {
            return add(found, number);
        }
        let number = self.covered[token as usize];
        if number != NOBODY && self.mention(number).actor.is_some() {
            add(found, number);
        }
    }
}

fn add(found: &mut Vec<u32>, number: u32) {
    if !found.contains(&number) {
        found.push(number);
    }
}

/// Whether a mention can do something or have something done to it.
fn counts(mention: &Mention) -> bool {
    let silent = mention.form == MentionForm::Pronoun && mention.actor.is_none();
    mention.kind != MentionKind::Other && !silent
}
