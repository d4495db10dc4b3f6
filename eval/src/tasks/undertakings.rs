//! `undertakings`: who promised, demanded, threatened what.
//!
//! An undertaking found is right if one of the gold has its kind and their cues overlap, or, where no
//! cue does, their propositions; each of the gold counts once. Parties, conditions and propositions are
//! right where they overlap with those of that one; what belongs to an undertaking that is missing or
//! beside the gold counts as missing or wrong.

use std::path::{Path, PathBuf};

use chancery_annotate::mention::{Mention, MentionForm};
use chancery_annotate::undertaking::{Undertaking, UndertakingKind};
use chancery_annotate::{Kit, Observed};
use chancery_text::{RowId, Span};

use super::place;
use crate::gold::undertakings::{self, PledgedDocument, Undertaken};
use crate::gold::{find, passages};
use crate::line::read_document;
use crate::outcome::Case;
use crate::score::{Counts, Share};
use crate::{EvalError, Outcome, Task, baseline};

pub fn run(sets: &[PathBuf], kit: &Kit) -> Result<Outcome, EvalError> {
    let [mut ours, mut theirs] = [Tally::default(), Tally::default()];
    let mut cases = Vec::new();
    for set in sets {
        for gold in marked(set)? {
            let found = answers(&read_document(&gold.document, kit).observed);
            ours.add(&gold, &found);
            theirs.add(&gold, &trivial(&gold.document.report.text));
            cases.extend(Cases { gold: &gold, found: &found }.list());
        }
    }
    let mut outcome = Outcome::new(Task::Undertakings, ours.kind.gold as usize);
    for ((name, share), (_, baseline)) in ours.metrics().iter().zip(theirs.metrics()) {
        outcome.add(name, *share, baseline);
    }
    outcome.cases = cases;
    Ok(outcome)
}

/// The marked texts of a set: passages of it that we marked, else files of marked sentences.
fn marked(set: &Path) -> Result<Vec<PledgedDocument>, EvalError> {
    let mut texts = passages::of_set(set)?;
    if texts.is_empty() {
        for file in find::files(set, |file| find::ends(file, &["jsonl"]))? {
            texts.extend(undertakings::read(&file)?);
        }
    }
    Ok(texts)
}

/// An undertaking as it was found.
#[derive(Default)]
struct Answer {
    kind: Option<UndertakingKind>,
    cue: Span,
    by: Vec<Party>,
    to: Vec<Party>,
    what: Option<Span>,
    negated: bool,
    condition: Option<Span>,
}

/// A party that was found: the places at which its actor is named, the one that was meant first.
struct Party {
    places: Vec<Span>,
    pronoun: bool,
}

fn answers(observed: &Observed) -> Vec<Answer> {
    let parties = |ids: &[RowId]| {
        let mut parties: Vec<Party> = ids.iter().filter_map(|id| party(observed, *id)).collect();
        // "both sides" is one phrase, whomever it means.
        parties.dedup_by_key(|party| party.places[0]);
        parties
    };
    let answer = |one: &Undertaking| Answer {
        kind: Some(one.kind),
        cue: one.cue,
        by: parties(&one.by),
        to: parties(&one.to),
        what: Some(one.what),
        negated: one.negated,
        condition: one.condition,
    };
    observed.undertakings.iter().map(answer).collect()
}

/// A pronoun counts by the other mentions of its actor, any other mention by itself.
fn party(observed: &Observed, id: RowId) -> Option<Party> {
    let mention = observed.mentions.iter().find(|mention| mention.id == id)?;
    let pronoun = mention.form == MentionForm::Pronoun;
    let same = |other: &&Mention| pronoun && other.actor.is_some() && other.actor == mention.actor;
    let others = observed.mentions.iter().filter(same).map(|other| other.span);
    Some(Party { places: std::iter::once(mention.span).chain(others).collect(), pronoun })
}

/// Words that alone would tell the kind, with nobody who said them.
fn trivial(text: &str) -> Vec<Answer> {
    let answer =
        |(cue, kind)| Answer { kind: Some(kind), cue, what: Some(cue), ..Answer::default() };
    baseline::pledges(text).into_iter().map(answer).collect()
}

/// Whether an answer may be the answer to one of the gold.
type Meets<'a> = &'a dyn Fn(&Undertaken, &Answer) -> bool;

/// For each of the gold, the answer to it.
fn matched(gold: &[Undertaken], found: &[Answer]) -> Vec<Option<usize>> {
    let mut answers = vec![None; gold.len()];
    let mut free = vec![true; found.len()];
    let by_cue = |one: &Undertaken, answer: &Answer| one.cue.overlaps(answer.cue);
    let by_what = |one: &Undertaken, answer: &Answer| overlaps(one.what, answer.what);
    let steps: [Meets<'_>; 2] = [&by_cue, &by_what];
    for meets in steps {
        for (one, slot) in gold.iter().zip(&mut answers).filter(|(_, slot)| slot.is_none()) {
            let fits = |at: &usize| {
                free[*at] && found[*at].kind == Some(one.kind) && meets(one, &found[*at])
            };
            *slot = (0..found.len()).find(fits);
            if let Some(at) = *slot {
                free[at] = false;
            }
        }
    }
    answers
}

fn overlaps(one: Option<Span>, other: Option<Span>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one.overlaps(other))
}

/// The sums over all texts.
#[derive(Default)]
struct Tally {
    kind: Counts,
    kinds: [Counts; UndertakingKind::ALL.len()],
    by: Counts,
    to: Counts,
    condition: Counts,
    what: Counts,
    negated: Share,
    without: usize,
    false_ones: usize,
}

impl Tally {
    fn add(&mut self, gold: &PledgedDocument, found: &[Answer]) {
        if gold.undertakings.is_empty() {
            self.without += 1;
            self.false_ones += found.len();
        }
        let answers = matched(&gold.undertakings, found);
        for (one, answer) in gold.undertakings.iter().zip(&answers) {
            self.compare(Some(one), answer.map(|at| &found[at]));
        }
        for (at, answer) in found.iter().enumerate() {
            if !answers.contains(&Some(at)) {
                self.compare(None, Some(answer));
            }
        }
    }

    /// One of the gold, one answer or both.
    fn compare(&mut self, gold: Option<&Undertaken>, found: Option<&Answer>) {
        let (asked, given) = (gold.is_some(), found.is_some());
        let right = asked && given;
        self.kind.add(asked, given, right);
        let kind = gold.map(|one| one.kind).or(found.and_then(|answer| answer.kind));
        if let Some(at) = UndertakingKind::ALL.iter().position(|one| Some(*one) == kind) {
            self.kinds[at].add(asked, given, right);
        }
        self.by = self.by.plus(parties(gold.map(|one| &one.by[..]), found.map(|one| &one.by[..])));
        let open = gold.is_some_and(|one| one.to.is_empty());
        let to = found.map(|one| &one.to[..]).filter(|_| !open);
        self.to = self.to.plus(parties(gold.map(|one| &one.to[..]), to));
        let spans = |counts: &mut Counts, ours: Option<Span>, theirs: Option<Span>| {
            counts.add(ours.is_some(), theirs.is_some(), overlaps(ours, theirs));
        };
        let condition = found.and_then(|answer| answer.condition);
        spans(&mut self.condition, gold.and_then(|one| one.condition), condition);
        let what = found.and_then(|answer| answer.what);
        spans(&mut self.what, gold.and_then(|one| one.what), what);
        if let Some((one, answer)) = gold.zip(found) {
            self.negated.add(one.negated == answer.negated);
        }
    }

    fn metrics(&self) -> Vec<(String, f64)> {
        let named = |name: &str, share: f64| (name.to_owned(), share);
        let mut metrics = vec![
            named("kind_f1", self.kind.f1()),
            named("kind_precision", self.kind.precision()),
            named("kind_recall", self.kind.recall()),
            named("by_f1", self.by.f1()),
            named("to_f1", self.to.f1()),
            named("condition_f1", self.condition.f1()),
            named("what_f1", self.what.f1()),
            named("negated", self.negated.value()),
            named("false_rate", self.false_ones as f64 / self.without.max(1) as f64),
        ];
        let kinds = UndertakingKind::ALL.iter().zip(&self.kinds);
        metrics.extend(kinds.map(|(kind, counts)| named(&format!("kind_{kind}"), counts.f1())));
        metrics
    }
}

/// Parties of one undertaking. A pronoun that stands for nobody whom the text names is no party.
fn parties(gold: Option<&[Span]>, found: Option<&[Party]>) -> Counts {
    let (gold, found) = (gold.unwrap_or_default(), found.unwrap_or_default());
    let meets = |party: &Party, span: &Span| party.places.iter().any(|it| it.overlaps(*span));
    let counted = found.iter().filter(|party| !(gold.is_empty() && party.pronoun)).count();
    let right = found.iter().filter(|party| gold.iter().any(|span| meets(party, span))).count();
    let recalled = gold.iter().filter(|span| found.iter().any(|party| meets(party, span))).count();
    Counts {
        right: right as f64,
        recalled: recalled as f64,
        found: counted as f64,
        gold: gold.len() as f64,
    }
}

/// The cases of one text.
struct Cases<'a> {
    gold: &'a PledgedDocument,
    found: &'a [Answer],
}

impl Cases<'_> {
    fn list(&self) -> Vec<Case> {
        if self.gold.undertakings.is_empty() {
            return vec![self.trap()];
        }
        let answers = matched(&self.gold.undertakings, self.found);
        let mut cases = Vec::new();
        for (one, answer) in self.gold.undertakings.iter().zip(&answers) {
            self.compare(one, answer.map(|at| &self.found[at]), &mut cases);
        }
        let beside = (0..self.found.len()).filter(|at| !answers.contains(&Some(*at)));
        cases.extend(beside.map(|at| self.beside(&self.found[at])));
        cases
    }

    /// A text without undertakings, under the name of its trap.
    fn trap(&self) -> Case {
        let found: Vec<_> = self.found.iter().map(|answer| self.label(answer)).collect();
        Case {
            id: self.gold.document.id.clone(),
            aspect: format!("trap {}", self.gold.trap),
            expected: String::new(),
            score: f64::from(u8::from(found.is_empty())),
            found: found.join("; "),
        }
    }

    fn beside(&self, answer: &Answer) -> Case {
        let kind = answer.kind.map_or("", UndertakingKind::name);
        self.case(answer.cue, kind, String::new(), self.label(answer), 0.0)
    }

    fn compare(&self, one: &Undertaken, answer: Option<&Answer>, cases: &mut Vec<Case>) {
        let score = f64::from(u8::from(answer.is_some()));
        let found = answer.map_or(String::new(), |answer| self.label(answer));
        cases.push(self.case(one.cue, one.kind.name(), one.kind.to_string(), found, score));
        let Some(answer) = answer else { return };
        let sides = [("by", &one.by, &answer.by), ("to", &one.to, &answer.to)];
        for (aspect, gold, found) in sides {
            if aspect == "by" && !found.is_empty() || !gold.is_empty() {
                let score = parties(Some(gold), Some(found)).f1();
                let found = self.places(found.iter().map(|party| party.places[0]));
                let gold = self.places(gold.iter().copied());
                cases.push(self.case(one.cue, aspect, gold, found, score));
            }
        }
        let spans = [("if", one.condition, answer.condition), ("what", one.what, answer.what)];
        for (aspect, gold, found) in spans {
            if gold.is_some() || found.is_some() {
                let score = f64::from(u8::from(overlaps(gold, found)));
                let [gold, found] = [gold, found].map(|span| self.places(span.into_iter()));
                cases.push(self.case(one.cue, aspect, gold, found, score));
            }
        }
        let polarity = |negated: bool| if negated { "not" } else { "" }.to_owned();
        let [gold, found] = [one.negated, answer.negated].map(polarity);
        let score = f64::from(u8::from(gold == found));
        cases.push(self.case(one.cue, "negated", gold, found, score));
    }

    fn case(&self, at: Span, aspect: &str, expected: String, found: String, score: f64) -> Case {
        let id = format!("{}:{}", self.gold.document.id, self.place(at));
        Case { id, aspect: aspect.to_owned(), expected, found, score }
    }

    fn label(&self, answer: &Answer) -> String {
        let kind = answer.kind.map_or("", UndertakingKind::name);
        format!("{kind} {}", self.place(answer.cue))
    }

    fn places(&self, spans: impl Iterator<Item = Span>) -> String {
        spans.map(|span| self.place(span)).collect::<Vec<_>>().join(" ")
    }

    fn place(&self, span: Span) -> String {
        place(&self.gold.document.report.text, span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn undertaken(kind: UndertakingKind, cue: Span, by: Vec<Span>) -> Undertaken {
        Undertaken { kind, cue, by, to: Vec::new(), what: None, negated: false, condition: None }
    }

    fn answer(kind: UndertakingKind, cue: Span) -> Answer {
        Answer { kind: Some(kind), cue, ..Answer::default() }
    }

    #[test]
    fn one_answer_stands_for_one_of_the_gold() {
        let kind = UndertakingKind::Promise;
        let cue = Span::new(4, 9);
        let gold = [undertaken(kind, cue, vec![]), undertaken(kind, cue, vec![])];
        assert_eq!(matched(&gold, &[answer(kind, cue)]), [Some(0), None]);
        assert_eq!(matched(&gold[..1], &[answer(UndertakingKind::Offer, cue)]), [None]);
    }

    #[test]
    fn a_resolved_pronoun_counts_by_the_name_it_stands_for() {
        let party = Party { places: vec![Span::new(30, 32), Span::new(0, 5)], pronoun: true };
        let counts = parties(Some(&[Span::new(0, 5)]), Some(&[party]));
        assert_eq!((counts.right, counts.recalled, counts.found), (1.0, 1.0, 1.0));
    }

    #[test]
    fn a_pronoun_for_nobody_named_is_no_wrong_party() {
        let party = Party { places: vec![Span::new(30, 32)], pronoun: true };
        assert_eq!(parties(Some(&[]), Some(&[party])).found, 0.0);
    }
}
