//! A headline against its body.

use chancery_annotate::figure::Figure;

use super::figures::{bounds, counted};
use super::row::{Side, row};
use crate::record::{Disagreement, Topic};
use crate::story::Case;
use crate::story::told::shortened;

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
    let (low, high) = bounds(head)?;
    let noun = counted(told, head)?;
    let below = |figure: &&Figure| !title.overlaps(figure.span) && figure.unit == head.unit;
    let same = |figure: &&Figure| {
        figure.state == head.state && counted(told, figure).as_ref() == Some(&noun)
    };
    let all: Vec<_> = figures.iter().filter(below).collect();
    let body: Vec<_> = all.iter().copied().filter(same).collect();
    let fits = |figure: &Figure| bounds(figure).is_none_or(|(l, h)| low <= h && l <= high);
    // A headline may add up what the body counts apart.
    let sum: f64 = body.iter().filter_map(|figure| figure.low).sum();
    let first = *body.first()?;
    if all.iter().any(|figure| fits(figure)) || (low <= sum && sum <= high) {
        return None;
    }
    let name = told.name();
    let sentence = format!(
        "the headline of {name} says {}, its body says {}",
        shortened(told.slice(head.span), 80),
        shortened(told.slice(first.span), 80)
    );
    let side = |figure: &Figure| Side { report: at, span: figure.span, row: Some(figure.id) };
    Some(row(case, Topic::Headline, None, [side(head), side(first)], sentence))
}
