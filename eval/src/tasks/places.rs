//! `places`: names of places found, and resolved to within 161 km.
//!
//! `within_161km` is of the gold places that have coordinates and whose name was found as a place:
//! resolution, given the name. `f1` is of the names: the same or nearly the same span. `resolved_f1`
//! asks for both.

use std::path::PathBuf;

use chancery_annotate::Kit;
use chancery_annotate::place::Place;
use chancery_text::Span;

use crate::gold::find;
use crate::gold::geovirus::{self, PlacedDocument, Toponym};
use crate::line::read_document;
use crate::outcome::Case;
use crate::score::{Counts, NEAR_KM, kilometres};
use crate::tasks::place;
use crate::{EvalError, Outcome, Task, baseline};

#[derive(Default)]
struct Tally {
    named: Counts,
    resolved: Counts,
    near: usize,
    located: usize,
}

pub fn run(sets: &[PathBuf], kit: &Kit) -> Result<Outcome, EvalError> {
    let (mut ours, mut theirs) = (Tally::default(), Tally::default());
    let (mut cases, mut items) = (Vec::new(), 0);
    for set in sets {
        for file in find::files(set, |file| find::ends(file, &["xml"]))? {
            for gold in geovirus::read(&file)? {
                let found = read_document(&gold.document, kit).observed.places;
                let answers: Vec<_> = found.iter().map(answer).collect();
                ours.add(&gold.places, &answers);
                let runs = baseline::capitalised(&gold.document.report.text);
                theirs.add(
                    &gold.places,
                    &runs.into_iter().map(|run| (run, None)).collect::<Vec<_>>(),
                );
                items += gold.places.len();
                cases.extend(document_cases(&gold, &answers));
            }
        }
    }
    let mut outcome = Outcome::new(Task::Places, items);
    outcome.add("f1", ours.named.f1(), theirs.named.f1());
    outcome.add("resolved_f1", ours.resolved.f1(), theirs.resolved.f1());
    outcome.add("within_161km", ours.within(), theirs.within());
    outcome.cases = cases;
    Ok(outcome)
}

type Answer = (Span, Option<(f64, f64)>);

fn answer(place: &Place) -> Answer {
    (place.span, place.coordinates)
}

/// The answer on a gold name: its very span before one that overlaps it.
fn find_answer<'a>(gold: &Toponym, answers: &'a [Answer]) -> Option<&'a Answer> {
    let exact = answers.iter().find(|(span, _)| *span == gold.span);
    exact.or_else(|| answers.iter().find(|(span, _)| span.overlaps(gold.span)))
}

fn near(gold: &Toponym, answer: &Answer) -> bool {
    gold.coordinates.zip(answer.1).is_some_and(|(a, b)| kilometres(a, b) <= NEAR_KM)
}

impl Tally {
    fn add(&mut self, gold: &[Toponym], answers: &[Answer]) {
        let (mut named, mut resolved) = (0.0, 0.0);
        for toponym in gold {
            let Some(answer) = find_answer(toponym, answers) else { continue };
            named += 1.0;
            if toponym.coordinates.is_some() {
                self.located += 1;
                self.near += usize::from(near(toponym, answer));
                resolved += f64::from(u8::from(near(toponym, answer)));
            }
        }
        let counts = |right: f64| Counts {
            right: right.min(answers.len() as f64),
            recalled: right,
            found: answers.len() as f64,
            gold: gold.len() as f64,
        };
        self.named = self.named.plus(counts(named));
        self.resolved = self.resolved.plus(counts(resolved));
    }

    fn within(&self) -> f64 {
        self.near as f64 / self.located.max(1) as f64
    }
}

fn document_cases(gold: &PlacedDocument, answers: &[Answer]) -> Vec<Case> {
    let text = &gold.document.report.text;
    let degrees = |at: Option<(f64, f64)>| {
        at.map_or(String::new(), |(lat, lon)| format!("{lat:.2} {lon:.2}"))
    };
    let case = |toponym: &Toponym| {
        let answer = find_answer(toponym, answers);
        Case {
            id: format!("{}:{}", gold.document.id, place(text, toponym.span)),
            aspect: "place".into(),
            expected: degrees(toponym.coordinates),
            found: answer.map_or("not found".into(), |answer| degrees(answer.1)),
            score: match answer {
                Some(answer) if near(toponym, answer) => 1.0,
                Some(_) => 0.5,
                None => 0.0,
            },
        }
    };
    gold.places.iter().map(case).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolution_is_measured_on_the_names_that_were_found() {
        let gold = [
            Toponym { span: Span::new(0, 4), coordinates: Some((25.3, 51.5)) },
            Toponym { span: Span::new(10, 14), coordinates: Some((0.0, 0.0)) },
            Toponym { span: Span::new(20, 24), coordinates: Some((1.0, 1.0)) },
        ];
        let mut tally = Tally::default();
        tally.add(
            &gold,
            &[(Span::new(0, 4), Some((25.0, 51.0))), (Span::new(10, 14), Some((9.0, 9.0)))],
        );
        assert_eq!(tally.within(), 0.5);
        assert_eq!((tally.named.precision(), tally.named.recall()), (1.0, 2.0 / 3.0));
    }
}
