//! `times`: spans, types and values of time expressions, by TempEval-3's measures.

use std::path::PathBuf;

use chancery_annotate::time::{Time, TimexType};
use chancery_annotate::{Kit, Observed};
use chancery_text::Span;

use crate::gold::timex::{self, TimedDocument, Values};
use crate::line::read_document;
use crate::outcome::Case;
use crate::score::{Timex, TimexCounts, score_times, when};
use crate::tasks::place;
use crate::{EvalError, Outcome, Task, baseline};

pub fn run(sets: &[PathBuf], kit: &Kit) -> Result<Outcome, EvalError> {
    let (mut ours, mut theirs) = (TimexCounts::default(), TimexCounts::default());
    let (mut cases, mut items) = (Vec::new(), 0);
    for set in sets {
        for gold in timex::read(set)? {
            let observed = read_document(&gold.document, kit).observed;
            let found = answers(&gold, &observed);
            let (counts, pairs) = score_times(&gold.times, &found);
            ours = ours.plus(counts);
            theirs = theirs.plus(score_times(&gold.times, &trivial(&gold)).0);
            items += gold.times.len();
            cases.extend(document_cases(&gold, &found, &pairs));
        }
    }
    let mut outcome = Outcome::new(Task::Times, items);
    outcome.add("relaxed_f1", ours.relaxed.f1(), theirs.relaxed.f1());
    outcome.add("strict_f1", ours.strict.f1(), theirs.strict.f1());
    outcome.add("value_f1", ours.value.f1(), theirs.value.f1());
    if 0.0 < ours.timex.gold {
        outcome.add("type_f1", ours.timex.f1(), theirs.timex.f1());
    }
    outcome.cases = cases;
    Ok(outcome)
}

/// What counts as an answer to this gold: inside the stretch that was annotated, and of the types that
/// it marks.
fn counts(gold: &TimedDocument, span: Span) -> bool {
    gold.annotated.contains(span) && !gold.ignored.iter().any(|other| other.overlaps(span))
}

/// GUM marks dates by the habits of many annotators. Its training part tells which are counted here:
/// of "now", "currently", "recently", "soon" and "the past" it marks none of 203; of lengths and "that day"
/// those that mean certain days ("the past three years"); "today" and its like in some documents (40 mark 130 of
/// 140) and not in others (22 none of 30); a time of day in one case of three, so that an unmarked one is
/// no error.
fn answers(gold: &TimedDocument, observed: &Observed) -> Vec<Timex> {
    let marked = |time: &Time| match gold.values {
        Values::Timex => true,
        Values::Days if time.value.ends_with("_REF") => false,
        Values::Days if !gold.marks_today && gold.counts_from_today(time.span) => false,
        Values::Days => match time.timex {
            TimexType::Date | TimexType::Duration => !time.interval.is_open(),
            TimexType::Time => gold.times.iter().any(|timex| timex.span.overlaps(time.span)),
            TimexType::Set => false,
        },
    };
    let times = observed.times.iter().filter(|time| counts(gold, time.span) && marked(time));
    times
        .map(|time| Timex {
            span: match gold.values {
                Values::Timex => time.span,
                Values::Days => gold.without_article(time.span),
            },
            timex: (gold.values == Values::Timex).then(|| time.timex.name().to_owned()),
            value: match gold.values {
                Values::Timex => time.value.clone(),
                Values::Days => time.interval.to_string(),
            },
        })
        .collect()
}

fn trivial(gold: &TimedDocument) -> Vec<Timex> {
    let value = |value: String| match gold.values {
        Values::Timex => value,
        Values::Days => when::days(&value).map(|days| days.to_string()).unwrap_or_default(),
    };
    baseline::dates(&gold.document.report.text)
        .into_iter()
        .filter(|(span, _)| counts(gold, *span))
        .map(|(span, text)| Timex {
            span,
            timex: (gold.values == Values::Timex).then(|| "DATE".to_owned()),
            value: value(text),
        })
        .collect()
}

fn document_cases(gold: &TimedDocument, found: &[Timex], pairs: &[(usize, usize)]) -> Vec<Case> {
    let text = &gold.document.report.text;
    let label = |timex: &Timex| {
        [place(text, timex.span), timex.timex.clone().unwrap_or_default(), timex.value.clone()]
            .join(" ")
    };
    let id = |span: Span| format!("{}:{}", gold.document.id, place(text, span));
    let expected = gold.times.iter().enumerate().map(|(at, timex)| {
        let answer = pairs.iter().find(|(g, _)| *g == at).map(|(_, f)| &found[*f]);
        let score = answer.map_or(0.0, |answer| {
            let parts = [
                answer.span == timex.span,
                answer.timex == timex.timex,
                answer.value == timex.value,
            ];
            0.25 + 0.25 * parts.iter().filter(|right| **right).count() as f64
        });
        Case {
            id: id(timex.span),
            aspect: "time".into(),
            expected: label(timex),
            found: answer.map(label).unwrap_or_default(),
            score,
        }
    });
    let extra = found.iter().enumerate().filter(|(at, _)| pairs.iter().all(|(_, f)| f != at));
    let extra = extra.map(|(_, timex)| Case {
        id: id(timex.span),
        aspect: "time".into(),
        expected: String::new(),
        found: label(timex),
        score: 0.0,
    });
    expected.chain(extra).collect()
}
