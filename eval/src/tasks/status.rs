//! `status`: whether events happened, whose words are given.
//!
//! The stage is asked for any word that the gold marks, whether a trigger rule knows it or not, so what is
//! scored is the reading of the grammar around it. F1 of each class and their mean; a class that the gold
//! has beside the first is right too (see [`crate::gold::status`]), except in `strict_macro_f1`.

use std::path::PathBuf;

use chancery_annotate::event::{self, Status};
use chancery_annotate::{Kit, Read};

use crate::gold::status::{self, Judged, JudgedDocument, Told};
use crate::line::read_document;
use crate::outcome::Case;
use crate::score::{Counts, Share};
use crate::tasks::place;
use crate::{EvalError, Outcome, Task};

/// An event of the gold and the answer.
type Answer = (Judged, Option<Told>);

pub fn run(sets: &[PathBuf], kit: &Kit) -> Result<Outcome, EvalError> {
    let (mut answers, mut cases) = (Vec::new(), Vec::new());
    for set in sets {
        for gold in status::read(set)? {
            let found = answer(&gold, kit);
            cases.extend(found.iter().map(|answer| case(&gold, answer)));
            answers.extend(found);
        }
    }
    let trivial: Vec<Answer> =
        answers.iter().map(|(gold, _)| (gold.clone(), Some(Told::Happened))).collect();
    let mut outcome = Outcome::new(Task::Status, answers.len());
    for told in Told::ALL {
        let f1 = |answers: &[Answer]| counts(answers, *told, Judged::admits).f1();
        outcome.add(&format!("{told}_f1"), f1(&answers), f1(&trivial));
    }
    outcome.add("macro_f1", mean(&answers, Judged::admits), mean(&trivial, Judged::admits));
    outcome.add("right", right(&answers), right(&trivial));
    outcome.add("strict_macro_f1", mean(&answers, is_first), mean(&trivial, is_first));
    outcome.cases = cases;
    Ok(outcome)
}

/// What the record's statuses are in the gold: what goes on or is older than the story happened, what
/// somebody wants is to come, what somebody denies did not happen.
fn coarse(status: Status) -> Told {
    match status {
        Status::Happened | Status::UnderWay | Status::Historical => Told::Happened,
        Status::Planned | Status::CalledFor => Told::Future,
        Status::Hypothetical => Told::Uncertain,
        Status::Negated | Status::Denied => Told::Negated,
    }
}

fn answer(gold: &JudgedDocument, kit: &Kit) -> Vec<Answer> {
    let read = read_document(&gold.document, kit);
    let report = &gold.document.report;
    let text =
        Read { report, sentences: &read.sentences, tokens: &read.tokens, syntax: &read.syntax };
    let words: Vec<_> = gold.events.iter().map(|event| event.words.clone()).collect();
    let found = event::statuses(text, &words, &kit.events);
    let found = found.into_iter().map(|status| status.map(coarse));
    gold.events.iter().cloned().zip(found).collect()
}

fn case(gold: &JudgedDocument, (event, found): &Answer) -> Case {
    let score = found.is_some_and(|found| event.admits(found));
    Case {
        id: format!("{}:{}", gold.document.id, place(&gold.document.report.text, event.words[0])),
        aspect: "status".into(),
        expected: event.told.name().into(),
        found: found.map_or("", Told::name).into(),
        score: f64::from(u8::from(score)),
    }
}

/// Whether the class is the one that the gold has first.
fn is_first(event: &Judged, told: Told) -> bool {
    event.told == told
}

/// One class: an event is of the class that was answered if the gold `admits` it, else of its first.
fn counts(answers: &[Answer], told: Told, admits: impl Fn(&Judged, Told) -> bool) -> Counts {
    let mut counts = Counts::default();
    for (event, found) in answers {
        let gold = found.filter(|found| admits(event, *found)).unwrap_or(event.told);
        counts.add(gold == told, *found == Some(told), true);
    }
    counts
}

/// The mean F1 of the classes.
fn mean(answers: &[Answer], admits: impl Fn(&Judged, Told) -> bool) -> f64 {
    let sum: f64 = Told::ALL.iter().map(|told| counts(answers, *told, &admits).f1()).sum();
    sum / Told::ALL.len() as f64
}

fn right(answers: &[Answer]) -> f64 {
    let mut share = Share::default();
    for (event, found) in answers {
        share.add(found.is_some_and(|found| event.admits(found)));
    }
    share.value()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(told: Told, also: Option<Told>) -> Judged {
        Judged { words: Vec::new(), told, also }
    }

    #[test]
    fn either_of_two_classes_is_right() {
        let doubtful = event(Told::Uncertain, Some(Told::Future));
        let answers = [(doubtful.clone(), Some(Told::Future)), (doubtful, Some(Told::Happened))];
        assert_eq!(right(&answers), 0.5);
        assert_eq!(counts(&answers, Told::Future, Judged::admits).f1(), 1.0);
        assert_eq!(counts(&answers, Told::Uncertain, Judged::admits).recall(), 0.0);
        assert_eq!(counts(&answers, Told::Future, is_first).precision(), 0.0);
    }

    #[test]
    fn no_answer_is_wrong() {
        let answers = [(event(Told::Happened, None), None)];
        assert_eq!((right(&answers), mean(&answers, is_first)), (0.0, 0.0));
    }
}
