//! Figures in sentences in which the gold marks them all.

use std::path::PathBuf;

use chancery_annotate::figure::{Bound, Figure};
use chancery_annotate::{Annotations, Kit};
use chancery_text::Span;

use super::Stated;
use crate::gold::figures::{self, CountedDocument, Marked};
use crate::line::read_document;
use crate::outcome::Case;
use crate::score::Counts;
use crate::tasks::facts::fold;
use crate::tasks::place;
use crate::{EvalError, Outcome, Task, baseline};

pub fn run(files: &[PathBuf], kit: &Kit) -> Result<Outcome, EvalError> {
    let [mut ours, mut theirs] = [Counts::default(); 2];
    let mut around = Around::default();
    let mut cases = Vec::new();
    let mut sentences = Vec::new();
    for file in files {
        sentences.extend(figures::read(file)?);
    }
    for gold in &sentences {
        let read = read_document(&gold.document, kit);
        let answers = stated(&read.observed.figures);
        ours = ours.plus(counts(gold, &answers));
        theirs = theirs.plus(counts(gold, &trivial(&gold.document.report.text)));
        around.add(gold, &read, kit);
        cases.extend(cases_of(gold, &answers));
    }
    let mut outcome = Outcome::new(Task::Figures, ours.gold as usize);
    outcome.add("f1", ours.f1(), theirs.f1());
    outcome.add("precision", ours.precision(), theirs.precision());
    outcome.add("recall", ours.recall(), theirs.recall());
    outcome.add("counted", around.counted.recall(), 0.0);
    outcome.add("state", around.state.recall(), 0.0);
    cases.append(&mut around.cases);
    outcome.cases = cases;
    Ok(outcome)
}

/// Figures with their places, as they were found or by digits alone.
type Answers = Vec<(Span, Stated)>;

fn stated(found: &[Figure]) -> Answers {
    let stated = |figure: &Figure| {
        let unit = figure.unit.clone();
        (
            figure.number_span,
            Stated { value: figure.low, high: figure.high, unit, bound: Some(figure.bound) },
        )
    };
    found.iter().map(stated).collect()
}

fn trivial(text: &str) -> Answers {
    let bound = Some(Bound::Exact);
    let stated =
        |(span, value)| (span, Stated { value: Some(value), high: Some(value), unit: None, bound });
    baseline::numbers(text).into_iter().map(stated).collect()
}

/// Which answer stands on each gold figure, each answer on one.
fn matched(gold: &[Marked], spans: &[Span]) -> Vec<Option<usize>> {
    let mut next = 0;
    let matched = |figure: &Marked| {
        next += spans[next..].iter().take_while(|span| span.end <= figure.span.start).count();
        let meets = spans.get(next).is_some_and(|span| span.overlaps(figure.span));
        next += usize::from(meets);
        meets.then(|| next - 1)
    };
    gold.iter().map(matched).collect()
}

impl Marked {
    fn stated(&self) -> Stated {
        Stated {
            value: self.low,
            high: self.high,
            unit: self.unit.clone(),
            bound: Some(self.bound),
        }
    }
}

fn counts(gold: &CountedDocument, answers: &Answers) -> Counts {
    let spans: Vec<_> = answers.iter().map(|(span, _)| *span).collect();
    let matched = matched(&gold.figures, &spans);
    let right = |(figure, answer): &(&Marked, Option<usize>)| {
        answer.is_some_and(|answer| figure.stated().equals(&answers[answer].1))
    };
    let right = gold.figures.iter().zip(matched.iter().copied()).filter(right).count() as f64;
    let open = |at: usize| {
        !matched.contains(&Some(at)) && gold.open.iter().any(|open| open.overlaps(spans[at]))
    };
    let open = (0..spans.len()).filter(|at| open(*at)).count();
    let found = (spans.len() - open) as f64;
    Counts { right, recalled: right, found, gold: gold.figures.len() as f64 }
}

fn cases_of(gold: &CountedDocument, answers: &Answers) -> Vec<Case> {
    let text = &gold.document.report.text;
    let spans: Vec<_> = answers.iter().map(|(span, _)| *span).collect();
    let matched = matched(&gold.figures, &spans);
    let case = |span: Span, gold_side: Option<Stated>, answer: Option<&Stated>| Case {
        id: format!("{}:{}", gold.document.id, place(text, span)),
        aspect: "value unit bound".into(),
        score: f64::from(u8::from(
            gold_side.as_ref().zip(answer).is_some_and(|(a, b)| a.equals(b)),
        )),
        expected: gold_side.map_or(String::new(), |stated| stated.to_string()),
        found: answer.map_or(String::new(), ToString::to_string),
    };
    let of_gold = gold.figures.iter().zip(&matched).map(|(figure, answer)| {
        case(figure.span, Some(figure.stated()), answer.map(|answer| &answers[answer].1))
    });
    let beside = (0..spans.len()).filter(|at| {
        !matched.contains(&Some(*at)) && !gold.open.iter().any(|open| open.overlaps(spans[*at]))
    });
    of_gold.chain(beside.map(|at| case(spans[at], None, Some(&answers[at].1)))).collect()
}

/// What is counted and what became of it, where the gold says so.
#[derive(Default)]
struct Around {
    counted: Counts,
    state: Counts,
    cases: Vec<Case>,
}

impl Around {
    fn add(&mut self, gold: &CountedDocument, read: &Annotations, kit: &Kit) {
        let text = &gold.document.report.text;
        let found = &read.observed.figures;
        let spans: Vec<_> = found.iter().map(|figure| figure.number_span).collect();
        for (figure, answer) in gold.figures.iter().zip(matched(&gold.figures, &spans)) {
            let answer = answer.map(|answer| &found[answer]);
            let mut case = |aspect: &str, expected: String, ours: Option<String>| {
                let right = ours.as_ref() == Some(&expected);
                let counts = if aspect == "state" { &mut self.state } else { &mut self.counted };
                counts.add(true, ours.is_some(), right);
                let id = format!("{}:{}", gold.document.id, place(text, figure.span));
                let (found, score) = (ours.unwrap_or_default(), f64::from(u8::from(right)));
                self.cases.push(Case { id, aspect: aspect.to_owned(), expected, found, score });
            };
            if let Some(counted) = &figure.counted {
                let ours = answer.and_then(|answer| answer.counted);
                let ours = ours.map(|span| undetermined(span.slice(text)));
                case("counted", undetermined(counted), ours);
            }
            if let Some(word) = &figure.state {
                let ours = answer.and_then(|answer| answer.state.clone());
                case("state", state(word, read, text, kit), ours);
            }
        }
    }
}

/// The words of a phrase without the determiners that open it.
fn undetermined(phrase: &str) -> String {
    const DETERMINERS: &[&str] = &["the", "a", "an", "its", "their", "his", "her", "our", "all"];
    let words = fold(phrase);
    let open = words.iter().take_while(|word| DETERMINERS.contains(&word.as_str())).count();
    words[open..].join(" ")
}

/// The state that a word of the text tells of, as the stage names it.
fn state(word: &str, read: &Annotations, text: &str, kit: &Kit) -> String {
    let word = word.split(' ').next().unwrap_or_default();
    let token = read.tokens.iter().position(|token| token.span.slice(text) == word);
    let lemma = token.map_or(word, |at| read.syntax.words[at].lemma.as_str());
    kit.figures.state(word).unwrap_or(lemma).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gold::Document;

    fn answer(start: u32, end: u32, value: f64) -> (Span, Stated) {
        let bound = Some(Bound::Exact);
        (Span::new(start, end), Stated { value: Some(value), high: Some(value), unit: None, bound })
    }

    #[test]
    fn an_answer_beside_the_gold_counts_against_it_unless_the_gold_leaves_it_open() {
        let figure = Marked {
            span: Span::new(0, 1),
            low: Some(2.0),
            high: Some(2.0),
            bound: Bound::Exact,
            unit: None,
            counted: None,
            state: None,
        };
        let gold = CountedDocument {
            document: Document::from_text("a", "2 boats, 3 ports, 4-1"),
            figures: vec![figure],
            open: vec![Span::new(18, 21)],
        };
        let answers = vec![answer(0, 1, 2.0), answer(9, 10, 3.0), answer(18, 19, 4.0)];
        let counts = counts(&gold, &answers);
        assert_eq!((counts.precision(), counts.recall()), (0.5, 1.0));
        let beside: Vec<_> = cases_of(&gold, &answers).iter().map(|case| case.score).collect();
        assert_eq!(beside, [1.0, 0.0]);
    }
}
