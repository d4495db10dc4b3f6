//! `residue`: characters that are not prose, and prose lost to them.
//!
//! Only characters that the gold speaks of count: those of its residue are to be marked, those of its
//! `not_` kinds and of facts that prose tells are not. Residue that is not in the report's text at all,
//! because ingest left it out with the page's structure, counts as marked. `prose_lost` is the share of
//! the prose facts' characters that is marked.

use std::path::PathBuf;

use chancery_annotate::Kit;
use chancery_text::Span;

use super::facts::{World, reports};
use crate::gold::facts::{self, Fact, locate};
use crate::line::conclude;
use crate::outcome::Case;
use crate::score::Counts;
use crate::{EvalError, Outcome, Task, baseline};

pub fn run(sets: &[PathBuf], kit: &Kit) -> Result<Outcome, EvalError> {
    let [mut ours, mut theirs] = [Counts::default(); 2];
    let [mut lost, mut trivially] = [(0, 0); 2];
    let (mut cases, mut items) = (Vec::new(), 0);
    for set in sets {
        for file in facts::read(set)? {
            let stories = conclude(reports(&file)?, kit);
            let world = World::new(&stories, kit);
            for fact in file.facts.iter().filter(|fact| is_residue(fact) || is_prose(fact)) {
                let (counts, case) = score(fact, &file.facts, &world, marked);
                ours = ours.plus(counts);
                theirs = theirs.plus(score(fact, &file.facts, &world, short_lines).0);
                items += usize::from(case.is_some());
                cases.extend(case);
            }
            let add = |sum: (usize, usize), more: (usize, usize)| (sum.0 + more.0, sum.1 + more.1);
            lost = add(lost, lost_to(&file.facts, &world, marked));
            trivially = add(trivially, lost_to(&file.facts, &world, short_lines));
        }
    }
    let mut outcome = Outcome::new(Task::Residue, items);
    let share = |(lost, all): (usize, usize)| lost as f64 / all.max(1) as f64;
    outcome.add("f1", ours.f1(), theirs.f1());
    outcome.add("precision", ours.precision(), theirs.precision());
    outcome.add("recall", ours.recall(), theirs.recall());
    outcome.add("prose_lost", share(lost), share(trivially));
    outcome.cases = cases;
    Ok(outcome)
}

fn is_residue(fact: &Fact) -> bool {
    matches!(fact.kind.as_str(), "boilerplate" | "residue")
}

fn is_kept(fact: &Fact) -> bool {
    matches!(fact.kind.as_str(), "not_boilerplate" | "not_residue")
}

/// Facts that prose tells.
fn is_prose(fact: &Fact) -> bool {
    const KINDS: &[&str] = &[
        "event",
        "background_event",
        "event_planned",
        "event_negated",
        "event_hypothetical",
        "statement",
        "denial",
        "commitment",
        "demand",
        "condition",
        "threat",
        "expectation",
        "figure",
    ];
    is_kept(fact) || KINDS.contains(&fact.kind.as_str())
}

/// What marks residue: the record, or the baseline.
type Marks = fn(&World<'_>, &str) -> Vec<Span>;

fn marked(world: &World<'_>, doc: &str) -> Vec<Span> {
    let rows = world.doc(doc).map(|found| &found.reading.observed.residue);
    rows.into_iter().flatten().map(|row| row.span).collect()
}

fn short_lines(world: &World<'_>, doc: &str) -> Vec<Span> {
    world.doc(doc).map_or(Vec::new(), |found| baseline::short_lines(&found.reading.report.text))
}

/// How many bytes of `spans` are marked.
fn covered(spans: &[Span], marks: &[Span]) -> usize {
    let in_one = |span: &Span| {
        marks.iter().filter_map(|mark| mark.intersection(*span)).map(Span::len).sum::<u32>()
    };
    spans.iter().map(|span| in_one(span) as usize).sum()
}

fn score(fact: &Fact, all: &[Fact], world: &World<'_>, marks: Marks) -> (Counts, Option<Case>) {
    let Some(site) = fact.sites.first() else { return Default::default() };
    let Some(found) = world.doc(&site.doc) else { return Default::default() };
    let report = &found.reading.report;
    let mut spans = locate(site, report);
    let length = |spans: &[Span]| spans.iter().map(|span| span.len() as usize).sum::<usize>();
    let mut counts = Counts::default();
    let score;
    if is_residue(fact) {
        // Words that stand in prose too are residue once.
        if let Some(most) =
            spans.iter().copied().max_by_key(|span| covered(&[*span], &marks(world, &site.doc)))
        {
            spans = vec![most];
        }
        let gone = spans.is_empty();
        let size = if gone { site.text.as_ref().map_or(0, String::len) } else { length(&spans) };
        let right = if gone { size } else { covered(&spans, &marks(world, &site.doc)) };
        counts = Counts {
            right: right as f64,
            recalled: right as f64,
            found: right as f64,
            gold: size as f64,
        };
        score = right as f64 / size.max(1) as f64;
    } else {
        spans.retain(|span| !in_residue(*span, &site.doc, all, world));
        let wrong = covered(&spans, &marks(world, &site.doc));
        counts.found = wrong as f64;
        score = 1.0 - wrong as f64 / length(&spans).max(1) as f64;
    }
    let case = Case {
        id: fact.id.clone(),
        aspect: fact.kind.clone(),
        expected: world.label(fact),
        found: format!(
            "{:.0} % {}",
            100.0 * score,
            if is_residue(fact) { "marked" } else { "kept" }
        ),
        score,
    };
    (counts, Some(case))
}

/// Whether the gold itself calls a stretch residue.
fn in_residue(span: Span, doc: &str, all: &[Fact], world: &World<'_>) -> bool {
    let residue = all.iter().filter(|fact| is_residue(fact)).flat_map(|fact| &fact.sites);
    let here = residue.filter(|site| site.doc == doc).filter_map(|site| world.standing(site));
    here.into_iter().any(|standing| standing.meets(span))
}

/// Bytes of the prose facts that are marked, and all of them.
fn lost_to(all: &[Fact], world: &World<'_>, marks: Marks) -> (usize, usize) {
    let mut sum = (0, 0);
    for fact in all.iter().filter(|fact| is_prose(fact)) {
        for site in &fact.sites {
            let Some(standing) = world.standing(site) else { continue };
            let spans: Vec<_> = standing
                .spans
                .into_iter()
                .filter(|span| !in_residue(*span, &site.doc, all, world))
                .collect();
            let length: usize = spans.iter().map(|span| span.len() as usize).sum();
            sum = (sum.0 + covered(&spans, &marks(world, &site.doc)), sum.1 + length);
        }
    }
    sum
}

/// Bytes of prose facts that the record marks as residue, and all of them.
pub fn prose_lost(all: &[Fact], world: &World<'_>) -> (usize, usize) {
    lost_to(all, world, marked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_cover_bytes_of_several_spans() {
        let spans = [Span::new(0, 10), Span::new(20, 30)];
        assert_eq!(covered(&spans, &[Span::new(5, 22), Span::new(28, 40)]), 9);
    }
}
