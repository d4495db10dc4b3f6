//! Undertakings in several words: "has no intention of", "gave short shrift to", "the door is open".
//!
//! `data/undertaking/idioms.tsv` spells them word by word: alternatives are parted by `|`, `*` stands for
//! up to three words, and `?` after a word makes it one that may be missing. A word is met by its lemma or
//! by its form. Whose it is and what it is about are read from where they stand: `subj` (the subject of
//! the clause) or `said` (whoever says so), and `after` (what follows), `clause` (what follows, if that
//! is a clause) or `subj`.

use std::collections::HashMap;

use crate::event::Index;
use crate::lexicon::{LexiconFault, Table};
use crate::syntax::{Relation, Upos};

use super::UndertakingKind;
use super::party::Party;
use super::search::{Draft, Search};

/// Where a part of an undertaking stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Subject,
    Said,
    After,
    Clause,
}

/// One row of `idioms.tsv`.
#[derive(Debug)]
pub(super) struct Idiom {
    pub(super) line: u32,
    words: Vec<Item>,
    kind: UndertakingKind,
    by: Place,
    what: Place,
    /// Whether the words deny something themselves.
    denies: bool,
}

#[derive(Debug)]
struct Item {
    words: Vec<&'static str>,
    optional: bool,
    gap: bool,
}

/// All idioms, by their first words.
#[derive(Debug, Default)]
pub(super) struct Idioms {
    all: Vec<Idiom>,
    first: HashMap<&'static str, Vec<usize>>,
}

/// How many words a `*` may stand for.
const GAP: Index = 3;

impl Idioms {
    pub(super) fn read(table: &Table) -> Result<Self, LexiconFault> {
        let [phrase, kind, by, what] =
            crate::event::columns(table, ["phrase", "kind", "by", "what"])?;
        let mut idioms = Self::default();
        for row in &table.rows {
            let fault = |problem: String| table.fault(row, problem);
            let place = |cell: &str| {
                parse_place(cell).ok_or_else(|| fault(format!("`{cell}` is no place")))
            };
            let words: Vec<Item> = row.cell(phrase).split(' ').map(item).collect();
            let denying = ["no", "not", "nothing", "none", "never", "nobody"];
            let denies = words.iter().flat_map(|it| &it.words).any(|it| denying.contains(it));
            for word in &words[0].words {
                idioms.first.entry(word).or_default().push(idioms.all.len());
            }
            idioms.all.push(Idiom {
                line: row.line,
                words,
                kind: row.cell(kind).parse().map_err(fault)?,
                by: place(row.cell(by))?,
                what: place(row.cell(what))?,
                denies,
            });
        }
        Ok(idioms)
    }
}

fn parse_place(cell: &str) -> Option<Place> {
    match cell {
        "subj" => Some(Place::Subject),
        "said" => Some(Place::Said),
        "after" => Some(Place::After),
        "clause" => Some(Place::Clause),
        _ => None,
    }
}

fn item(word: &'static str) -> Item {
    let optional = word.ends_with('?');
    let words = word.trim_end_matches('?').split('|').collect();
    Item { words, optional, gap: word == "*" }
}

impl Search<'_> {
    /// The idioms of the report: each with the tokens it covers.
    pub(super) fn idioms(&self) -> Vec<(&Idiom, Index, Index)> {
        let mut found: Vec<(&Idiom, Index, Index)> = Vec::new();
        for token in 0..self.grammar.len() as Index {
            if found.last().is_some_and(|last| token < last.2) {
                continue;
            }
            let longest = self
                .candidates(token)
                .filter_map(|idiom| Some((idiom, token, self.end_of(idiom, token)?)))
                .max_by_key(|it| (it.2, std::cmp::Reverse(it.0.line)));
            found.extend(longest);
        }
        found
    }

    fn candidates(&self, token: Index) -> impl Iterator<Item = &Idiom> {
        let idioms = &self.kit.idioms;
        let lemma = self.grammar.word(token).lemma.to_lowercase();
        let form = self.form(token).to_lowercase();
        let mut numbers = idioms.first.get(lemma.as_str()).cloned().unwrap_or_default();
        if form != lemma {
            numbers.extend(idioms.first.get(form.as_str()).into_iter().flatten());
        }
        numbers.into_iter().map(|number| &idioms.all[number])
    }

    /// The token after an idiom that begins at a token.
    fn end_of(&self, idiom: &Idiom, from: Index) -> Option<Index> {
        let (_, end) = self.sentence(from);
        let mut at = from;
        let mut gap = 0;
        for item in &idiom.words {
            if item.gap {
                gap = GAP;
                continue;
            }
            let reach = (at + gap + 1).min(end);
            match (at..reach).find(|it| self.meets(*it, item)) {
                Some(it) => (at, gap) = (it + 1, 0),
                None if item.optional => {}
                None => return None,
            }
        }
        Some(at)
    }

    fn meets(&self, token: Index, item: &Item) -> bool {
        let lemma = self.grammar.word(token).lemma.to_lowercase();
        let form = self.form(token).to_lowercase();
        item.words.iter().any(|word| *word == lemma || *word == form)
    }

    /// The undertaking that an idiom makes.
    pub(super) fn idiom_draft(&self, idiom: &Idiom, from: Index, end: Index) -> Option<Draft> {
        let verb = self.clause_over(from, end);
        let denied = !idiom.denies && (self.kit.status.is_negated(self.grammar, verb));
        let (first, _) = self.sentence(from);
        let loose = self.is_asked(from) || self.is_supposed(verb) || self.is_thought(verb);
        if denied || loose || !idiom.denies && self.is_denied(verb) || self.is_maybe(verb) {
            return None;
        }
        let subject = self.own_subject(verb).or_else(|| self.grammar.subject(verb));
        let subject = subject.filter(|it| first <= *it);
        let (mut by, mut to) = (Vec::new(), Vec::new());
        if idiom.by == Place::Subject {
            by = subject.map_or_else(Vec::new, |subject| self.doers(subject));
        }
        if by.is_empty()
            && let Some(speech) = self.speech(from)
        {
            (by, to) = (speech.speakers, speech.addressees);
        }
        let what = match idiom.what {
            Place::Subject => subject,
            _ => self.content_after(end, verb),
        };
        let clausal = what.is_some_and(|what| self.grammar.is_verbal(what));
        if idiom.what == Place::Clause && !clausal
            || what.is_some_and(|what| self.is(what, self.kit.known.papers))
        {
            return None;
        }
        if by.is_empty() || subject.is_some_and(|subject| self.is_no_party(subject)) {
            return None;
        }
        if to.is_empty() {
            to = self.addressed(verb, &["to"]);
        }
        if to.is_empty() {
            to = what.map_or_else(Vec::new, |what| self.reached(what, idiom.kind));
        }
        to.retain(|party| !by.contains(party));
        let proviso = self.proviso(verb, what);
        if to.is_empty() {
            to = self.on_whom(proviso, idiom.kind);
        }
        let condition = proviso.map(|it| it.span);
        let yields = matches!(idiom.kind, UndertakingKind::Refusal | UndertakingKind::Condition);
        let negated = !yields && what.is_some_and(|what| self.is_not_to_be(what));
        let (kind, cue, head) = (idiom.kind, (from, end - 1), verb);
        Some(Draft { kind, head, cue, by, to, what, negated, condition })
    }

    fn reached(&self, what: Index, kind: UndertakingKind) -> Vec<Party> {
        let asked = matches!(kind, UndertakingKind::Demand | UndertakingKind::Expectation);
        match self.own_subject(what).filter(|_| asked) {
            Some(subject) => self.doers(subject),
            None if self.grammar.is_verbal(what) => self.touched(what),
            None => self.persons(what).into_iter().chain(self.touched(what)).take(1).collect(),
        }
    }

    fn is_maybe(&self, verb: Index) -> bool {
        self.grammar.kids(verb).iter().any(|kid| {
            self.grammar.relation(*kid) == Relation::Aux
                && matches!(self.grammar.word(*kid).lemma.as_str(), "may" | "might" | "could")
        })
    }

    /// The verb or predicate whose clause an idiom stands in.
    fn clause_over(&self, from: Index, end: Index) -> Index {
        let verbal = (from..end).filter(|at| self.grammar.word(*at).upos == Upos::Verb);
        let subject = |at: &Index| self.own_subject(*at).is_some();
        if let Some(verb) = verbal.clone().find(subject).or(verbal.clone().next()) {
            return verb;
        }
        let mut at = from;
        for _ in 0..6 {
            let predicate = self.grammar.is_verbal(at)
                || self.own_subject(at).is_some()
                || self.grammar.kid(at, &[Relation::Cop]).is_some();
            match self.grammar.head(at) {
                Some(head) if !predicate => at = head,
                _ => return at,
            }
        }
        at
    }

    /// The head of what follows an idiom: an infinitive, a clause, a gerund or a noun phrase.
    fn content_after(&self, end: Index, verb: Index) -> Option<Index> {
        let (_, last) = self.sentence(end.saturating_sub(1));
        let grammar = self.grammar;
        let skipped = |at: &Index| {
            let form = self.form(*at).to_lowercase();
            grammar.word(*at).upos == Upos::Punct
                || matches!(
                    form.as_str(),
                    "to" | "that" | "of" | "the" | "a" | "for" | "not" | "any"
                )
        };
        let mut at = (end..last.min(end + 6)).find(|at| !skipped(at))?;
        for _ in 0..8 {
            match grammar.head(at) {
                Some(head) if end <= head && head != verb && head < last => at = head,
                _ => return Some(at),
            }
        }
        Some(at)
    }
}

/// Every idiom against its own two sentences.
pub(super) fn fired_lines(search: &Search<'_>) -> Vec<(Index, u32)> {
    search.idioms().into_iter().map(|(idiom, from, _)| (from, idiom.line)).collect()
}
