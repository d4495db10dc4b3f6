//! What a number counts, and what happened to it.

use chancery_text::Span;

use super::words::{Entry, FigureKit};
use crate::Read;
use crate::syntax::{Relation, Upos, Word};

/// The tokens of one report, asked around a number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around<'a> {
    pub text: Read<'a>,
    pub kit: &'a FigureKit,
    /// Names of peoples: "Afghans".
    pub peoples: &'a [Span],
}

/// What is counted, as tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counted {
    /// First token.
    pub first: usize,
    /// Its head: the last token.
    pub head: usize,
}

/// Most tokens that a counted phrase has.
const LONGEST: usize = 7;

impl Around<'_> {
    /// The first token that starts at or after `at`.
    pub fn token_at(&self, at: u32) -> usize {
        self.text.tokens.partition_point(|token| token.span.start < at)
    }

    /// The characters from the first to the last token.
    pub fn span(&self, counted: Counted) -> Span {
        self.text.tokens[counted.first].span.cover(self.text.tokens[counted.head].span)
    }

    pub fn looks(&self, at: usize, is: impl Fn(&Entry) -> bool) -> bool {
        self.kit.look(self.slice(at)).is_some_and(is)
    }

    pub fn slice(&self, at: usize) -> &str {
        self.text.tokens.get(at).map_or("", |token| self.text.report.slice(token.span))
    }

    pub fn is_mark(&self, at: usize) -> bool {
        self.slice(at).chars().all(|c| !c.is_alphanumeric())
    }

    fn tag(&self, at: usize) -> Upos {
        self.word(at).map_or(Upos::X, |word| word.upos)
    }

    fn word(&self, at: usize) -> Option<&Word> {
        self.text.syntax.words.get(at)
    }

    /// What is counted by a number that ends before token `first`, in a sentence that ends before
    /// token `end`. `of` where "of" may stand between: "hundreds of", "a third of";
    /// `money` where "in" may: "millions of dollars in revenue".
    pub fn counted(&self, first: usize, end: usize, of: bool, money: bool) -> Option<Counted> {
        let mut at = first;
        let of_or_in = |word: &str| word.eq_ignore_ascii_case("of") || (money && word == "in");
        let one_of = self.slice(at).eq_ignore_ascii_case("of")
            && matches!(self.slice(at + 1), "them" | "whom" | "those" | "these" | "us");
        let part_of = self.slice(at).eq_ignore_ascii_case("of")
            && (self.determines(at + 1) || self.tag(at + 1) == Upos::Num);
        if one_of {
            // "eight of them children"
            at += 2;
        } else if part_of {
            // "six of the nine climbers", "23 of 31 drones"
            at += 1;
            let skip =
                |at: usize| self.determines(at) || matches!(self.tag(at), Upos::Num | Upos::Adv);
            at += (at..end.min(at + 3)).take_while(|at| skip(*at)).count();
        } else if of && of_or_in(self.slice(at)) {
            at += 1;
            at += usize::from(at < end && self.determines(at));
        } else if of && at < end && self.determines(at) {
            at += 1;
        }
        while at < end && self.kit.look(self.slice(at)).is_some_and(|entry| entry.more) {
            at += 1;
        }
        let limit = end.min(at + LONGEST);
        let start = at;
        let mut head = None;
        while at < limit {
            match self.part(at, limit, head.is_none()) {
                Part::Noun => head = Some(at),
                Part::Modifier => {}
                Part::No => break,
            }
            at += 1;
        }
        head.map(|head| Counted { first: start, head })
    }

    fn determines(&self, at: usize) -> bool {
        self.kit.look(self.slice(at)).is_some_and(|entry| entry.determiner)
    }

    fn part(&self, at: usize, limit: usize, first: bool) -> Part {
        let slice = self.slice(at);
        let stops = || {
            self.kit
                .look(slice)
                .is_some_and(|entry| entry.stop && !slice.starts_with(char::is_uppercase))
        };
        let letter = slice.chars().any(char::is_alphabetic);
        // "Soviet-made", "T-72"
        let hyphened = !first && matches!(self.slice(at - 1), "-" | "–" | "‐");
        if self.tag(at) != Upos::X && stops() && !hyphened {
            return Part::No;
        }
        match self.tag(at) {
            Upos::Noun | Upos::Propn if letter => {
                if self
                    .kit
                    .look(slice)
                    .is_some_and(|entry| entry.state.is_some() && slice == "dead")
                {
                    Part::No
                } else {
                    Part::Noun
                }
            }
            Upos::Adj if self.kit.look(slice).is_some_and(|entry| entry.state.is_some()) => {
                self.before_noun(at, limit)
            }
            Upos::Adj => Part::Modifier,
            Upos::Verb => self.before_noun(at, limit),
            // "14 Leopard 2 tanks"
            Upos::Num
                if !first
                    && at + 1 < limit
                    && (self.tag(at - 1) == Upos::Propn || hyphened)
                    && self.tag(at + 1) == Upos::Noun
                    && slice.len() <= 3 =>
            {
                Part::Modifier
            }
            Upos::Num | Upos::Adv if first && at + 1 < limit => match self.tag(at + 1) {
                Upos::Noun | Upos::Adj | Upos::Propn => Part::Modifier,
                _ => Part::No,
            },
            // "Russian and Belarusian troops"
            Upos::Cconj
                if at + 1 < limit
                    && first
                    && at > 0
                    && self.tag(at - 1) == Upos::Adj
                    && self.tag(at + 1) == Upos::Adj =>
            {
                Part::Modifier
            }
            Upos::Punct if matches!(slice, "-" | "–" | "‐") => Part::Modifier,
            Upos::Part if matches!(slice, "'s" | "’s" | "'" | "’") => {
                self.before_noun(at, limit)
            }
            Upos::X if letter && !stops() => {
                let state = self.kit.look(slice).is_some_and(|entry| entry.state.is_some());
                if state { Part::No } else { Part::Noun }
            }
            _ => Part::No,
        }
    }

    /// A participle or possessive mark that a noun follows: "14 wounded soldiers".
    fn before_noun(&self, at: usize, limit: usize) -> Part {
        let noun =
            at + 1 < limit && matches!(self.tag(at + 1), Upos::Noun | Upos::Propn | Upos::Adj);
        let state = self.kit.look(self.slice(at)).is_some_and(|entry| entry.state.is_some());
        let hangs = self.word(at).is_some_and(|word| {
            let participle = matches!(word.xpos, "VBG" | "VBN") && !state;
            self.tag(at) != Upos::Verb || word.relation == Relation::Amod || participle
        });
        if noun && hangs { Part::Modifier } else { Part::No }
    }

    /// What happened to what is counted: by its own noun, the word beside it, the verb over it.
    pub fn state(
        &self,
        number: Span,
        counted: Option<Counted>,
        sentence: std::ops::Range<usize>,
    ) -> Option<String> {
        let after = counted.map_or_else(|| self.token_at(number.end), |counted| counted.head + 1);
        let known = |at: usize| {
            if !sentence.contains(&at) {
                return None;
            }
            self.kit.look(self.slice(at)).and_then(|entry| entry.state)
        };
        let inside = counted.and_then(|c| (c.first..=c.head).rev().find_map(known));
        if let Some(state) = inside.or_else(|| self.state_after(after, &sentence)) {
            return Some(state.to_owned());
        }
        let first = self.text.tokens.partition_point(|token| token.span.end <= number.start);
        let last = first.max(self.token_at(number.end).saturating_sub(1));
        let head = counted.map_or(last, |counted| counted.head);
        // "Rocket fire kills 45 in Homs": headlines have odd trees.
        let verb = first.checked_sub(1).filter(|at| self.tag(*at) != Upos::Adj).and_then(known);
        if let Some(state) = verb.filter(|state| self.kit.is_of_persons(state)) {
            return Some(state.to_owned());
        }
        self.participle_after(head, &sentence)
            .or_else(|| self.governing(head, number, &sentence))
            .or_else(|| self.governing(last, number, &sentence))
            .or_else(|| {
                // "deaths of 22 people", "killed 14", "killing at least 14"
                (1..=3)
                    .filter_map(|back| first.checked_sub(back))
                    .take_while(|at| sentence.contains(at))
                    .find_map(known)
                    .filter(|_| self.tag(head) == Upos::X)
                    .map(str::to_owned)
            })
    }

    /// "killed", "were killed", "have been wounded", "dead" right after.
    fn state_after(&self, at: usize, sentence: &std::ops::Range<usize>) -> Option<&'static str> {
        for at in at..(at + 4).min(sentence.end) {
            let slice = self.slice(at);
            if let Some(state) = self.kit.look(slice).and_then(|entry| entry.state) {
                let active = self.word(at).is_some_and(|word| {
                    matches!(word.xpos, "VBD" | "VBZ" | "VBP" | "VBG")
                        && self.has_object(at, sentence)
                });
                let noun = self.tag(at) == Upos::Noun;
                return (!active && !noun).then_some(state);
            }
            let passes = matches!(
                slice,
                "were"
                    | "was"
                    | "are"
                    | "is"
                    | "have"
                    | "had"
                    | "has"
                    | "been"
                    | "being"
                    | "also"
                    | "still"
                    | "reported"
                    | "feared"
                    | "presumed"
                    | "confirmed"
                    | "found"
                    | "left"
                    | "declared"
                    | "pronounced"
                    | "reportedly"
                    | "believed"
                    | "people"
                    | "more"
                    | "other"
                    | "others"
                    | "seriously"
                    | "critically"
            );
            if !passes {
                return None;
            }
        }
        None
    }

    fn has_object(&self, verb: usize, sentence: &std::ops::Range<usize>) -> bool {
        (verb + 1..sentence.end.min(verb + 10)).any(|at| {
            self.word(at).is_some_and(|word| {
                word.head == Some(verb as u32) && word.relation == Relation::Obj
            })
        })
    }

    /// "31 drones launched from there": a participle that hangs on what is counted.
    fn participle_after(&self, head: usize, sentence: &std::ops::Range<usize>) -> Option<String> {
        let word = self.word(head + 1).filter(|_| head + 1 < sentence.end)?;
        let hangs =
            word.head == Some(head as u32) && word.relation == Relation::Acl && word.xpos == "VBN";
        hangs.then(|| self.verb_state(head + 1, Relation::Obj)).flatten()
    }

    /// The state by the tree: the verb that what is counted is subject or object of.
    fn governing(
        &self,
        head: usize,
        number: Span,
        sentence: &std::ops::Range<usize>,
    ) -> Option<String> {
        let mut at = head;
        for _ in 0..4 {
            let word = self.word(at)?;
            let over = word.head? as usize;
            if !sentence.contains(&over) {
                return None;
            }
            match word.relation {
                Relation::Nummod | Relation::Conj | Relation::Compound | Relation::Appos => {
                    at = over
                }
                Relation::Nmod if self.state_noun(over).is_some() => return self.state_noun(over),
                Relation::Nmod if self.tag(at) == Upos::Num || self.is_quantity(over) => at = over,
                // "sold 150,000 barrels of oil", "a third of the town was flooded"
                Relation::Nmod if self.text.tokens[over].span.overlaps(number) => at = over,
                Relation::NsubjPass | Relation::Obj | Relation::Nsubj | Relation::OblAgent => {
                    return self.verb_state(over, word.relation);
                }
                Relation::Xcomp | Relation::Obl => return self.state_noun(over),
                _ => return None,
            }
        }
        None
    }

    fn is_quantity(&self, at: usize) -> bool {
        matches!(
            self.slice(at),
            "number"
                | "total"
                | "group"
                | "dozens"
                | "hundreds"
                | "thousands"
                | "millions"
                | "scores"
                | "tens"
        )
    }

    fn state_noun(&self, at: usize) -> Option<String> {
        self.kit.look(self.slice(at)).and_then(|entry| entry.state).map(str::to_owned)
    }

    fn verb_state(&self, verb: usize, relation: Relation) -> Option<String> {
        let word = self.word(verb)?;
        let state = self.kit.look(self.slice(verb)).and_then(|entry| entry.state);
        let acts = relation == Relation::OblAgent
            || (relation == Relation::Nsubj
                && matches!(state, Some(s) if !matches!(s, "flee" | "surrender" | "withdraw"))
                && !matches!(word.lemma.as_str(), "die" | "perish"));
        if acts {
            return None;
        }
        if let Some(state) = state {
            return Some(state.to_owned());
        }
        let plain = matches!(
            word.lemma.as_str(),
            "be" | "have" | "say" | "include" | "do" | "make" | "take" | "get" | ""
        );
        (word.upos == Upos::Verb && !plain).then(|| word.lemma.clone())
    }
}

enum Part {
    Noun,
    Modifier,
    No,
}
