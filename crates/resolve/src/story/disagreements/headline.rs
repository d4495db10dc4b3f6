//! A headline against its body.

use chancery_annotate::figure::Figure;
use chancery_text::Span;

use super::figures::{bounds, counted};
use super::row::{Side, row};
use crate::record::{Disagreement, Topic};
use crate::story::Case;
use crate::story::told::{Told, shortened};

/// A headline with a number that its body does not have.
pub(super) fn headlines(case: Case<'_>) -> Vec<Disagreement> {
    (0..case.told.len()).filter_map(|at| headline(case, at)).collect()
}

fn headline(case: Case<'_>, at: usize) -> Option<Disagreement> {
    let told = &case.told[at];
    let title = told.reading.observed.title?;
    let figures = &told.reading.observed.figures;
    let head =
        figures.iter().find(|figure| title.contains(figure.span) && figure.state.is_some())?;
    let bounds_of_head = bounds(head)?;
    let noun = counted(told, head)?;
    let again = again(told, title);
    let below = |figure: &&Figure| {
        let repeated = again.iter().any(|span| span.overlaps(figure.span));
        !title.overlaps(figure.span) && !repeated && figure.unit == head.unit
    };
    let same = |figure: &&Figure| {
        figure.state == head.state && counted(told, figure).as_ref() == Some(&noun)
    };
    let all: Vec<_> = figures.iter().filter(below).collect();
    let first = all.iter().copied().find(same)?;
    let harmed: Vec<_> = all.iter().copied().filter(|figure| figure.state == head.state).collect();
    // A headline may add up what the body tells apart, some of it in words: "a farmer was killed".
    let sum = first.low < head.low && 1 < harmed.len();
    if sum || fit(&all, bounds_of_head) || adds_up(&harmed, bounds_of_head) {
        return None;
    }
    let name = told.name();
    let sentence = format!(
        "the headline of {name} says {}, its body says {} (“{}”)",
        shortened(told.slice(head.span), 80),
        shortened(told.slice(first.span), 80),
        shortened(told.slice(told.sentence(first.span)), 140)
    );
    let side = |figure: &Figure| Side { report: at, span: figure.span, row: Some(figure.id) };
    Some(row(case, Topic::Headline, None, [side(head), side(first)], sentence))
}

/// Where the text gives the headline again, as scraped pages do.
fn again(told: &Told<'_>, title: Span) -> Vec<Span> {
    let text = &told.reading.report.text;
    let words = told.slice(title).trim_matches(|c: char| !c.is_alphanumeric());
    let from = title.end as usize;
    let found = text[from..].match_indices(words).filter(|_| !words.is_empty());
    found.map(|(at, _)| Span::of(from + at..from + at + words.len())).collect()
}

fn fit(figures: &[&Figure], (low, high): (f64, f64)) -> bool {
    figures.iter().any(|figure| bounds(figure).is_none_or(|(l, h)| low <= h && l <= high))
}

/// Numbers of which some are added up; of more, the first.
const ADDED: usize = 14;

/// Whether the headline adds up some of what the body counts apart, whatever it calls the people.
fn adds_up(body: &[&Figure], (low, high): (f64, f64)) -> bool {
    let numbers: Vec<f64> = body.iter().filter_map(|figure| figure.low).take(ADDED).collect();
    (1u32..1 << numbers.len()).any(|chosen| {
        let some = numbers.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1);
        let sum: f64 = some.map(|(_, number)| number).sum();
        low <= sum && sum <= high
    })
}
