//! `wordings`: whether two quotations are one saying, and what one wording changes in the other.
//!
//! The two reports are resolved as one story; the pair is found to be one saying if a statement of it has
//! a wording at both places. A difference is right if one is found that touches its words and is of its
//! kind; one of a pair that was not merged is wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use chancery_annotate::{Kit, annotate};
use chancery_resolve::record::{Change, Difference, Statement, Wording};
use chancery_resolve::{Reading, story};
use chancery_text::{ReportId, RowId, Span};

use crate::gold::wordings::{self, Marked, Pair, Side};
use crate::outcome::{Case, percent};
use crate::score::{Counts, Share};
use crate::{EvalError, Outcome, Task};

pub fn run(sets: &[PathBuf], kit: &Kit) -> Result<Outcome, EvalError> {
    let mut tally = Tally::default();
    for set in sets {
        let mut readings = Readings { kit, read: BTreeMap::new() };
        for pair in wordings::read(set)? {
            let statement = readings.statement(&pair);
            tally.add(&pair, statement.as_ref());
        }
    }
    Ok(tally.outcome())
}

/// Reports that were read, so that none is twice.
struct Readings<'k> {
    kit: &'k Kit,
    read: BTreeMap<ReportId, Reading>,
}

impl Readings<'_> {
    fn of(&mut self, side: &Side) -> Reading {
        let read = || {
            let observed = annotate(&side.report, self.kit).observed;
            Reading { report: side.report.clone(), observed }
        };
        self.read.entry(side.report.id).or_insert_with(read).clone()
    }

    /// The statement that has a wording on both sides, and these wordings.
    fn statement(&mut self, pair: &Pair) -> Option<Merged> {
        let readings = [self.of(&pair.sides[0]), self.of(&pair.sides[1])];
        let statements = story::resolve(&readings).statements;
        let at = [0, 1].map(|side| quotations(&readings[side], &pair.sides[side].spans));
        statements.into_iter().find_map(|statement| merged(statement, &at))
    }
}

/// A statement and its wordings on both sides.
struct Merged {
    statement: Statement,
    wordings: [Wording; 2],
}

fn merged(statement: Statement, at: &[BTreeSet<RowId>; 2]) -> Option<Merged> {
    let of = |side: usize| {
        statement.wordings.iter().filter(move |one| at[side].contains(&one.quotation))
    };
    let pairs = of(0).flat_map(|left| of(1).map(move |right| [left, right]));
    let apart = pairs.filter(|[left, right]| left.quotation != right.quotation);
    let with_best = |pair: &[&Wording; 2]| pair.iter().any(|one| one.quotation == statement.best);
    let wordings = apart.max_by_key(with_best).map(|pair| pair.map(Clone::clone))?;
    Some(Merged { statement, wordings })
}

/// Quotations that are at least half of the marked words, or lie at least half in them.
fn quotations(reading: &Reading, spans: &[Span]) -> BTreeSet<RowId> {
    let length = |spans: &[Span]| spans.iter().map(|span| span.len()).sum::<u32>();
    let found = reading.observed.quotations.iter().filter(|quotation| {
        let shared: u32 = quotation
            .contents
            .iter()
            .flat_map(|content| spans.iter().filter_map(|span| span.intersection(*content)))
            .map(Span::len)
            .sum();
        length(spans).min(length(&quotation.contents)) <= 2 * shared
    });
    found.map(|quotation| quotation.id).collect()
}

#[derive(Default)]
struct Tally {
    all: Counts,
    held: Counts,
    exact: Counts,
    alike: Counts,
    kinds: BTreeMap<&'static str, Share>,
    kind: Share,
    kind_of_merged: Share,
    synonyms: Share,
    pairs: usize,
    cases: Vec<Case>,
}

impl Tally {
    fn add(&mut self, pair: &Pair, found: Option<&Merged>) {
        self.pairs += 1;
        let add = |counts: &mut Counts, found: bool| counts.add(pair.same, found, true);
        add(&mut self.all, found.is_some());
        if !pair.seen {
            add(&mut self.held, found.is_some());
        }
        let [left, right] = [0, 1].map(|side| words(&pair.sides[side]));
        add(&mut self.exact, left == right);
        add(&mut self.alike, 0.5 <= jaccard(&left, &right));
        self.cases.push(Case {
            id: pair.id.clone(),
            aspect: ["same", "two"][usize::from(!pair.same)].to_owned(),
            expected: pair.style.clone(),
            found: ["two", "same"][usize::from(found.is_some())].to_owned(),
            score: f64::from(u8::from(found.is_some() == pair.same)),
        });
        for marked in pair.differences.iter().filter(|_| pair.same) {
            self.difference(pair, marked, found);
        }
    }

    fn difference(&mut self, pair: &Pair, marked: &Marked, found: Option<&Merged>) {
        let touching = found.map_or_else(Vec::new, |found| touching(found, marked));
        let right = touching.contains(&marked.change);
        self.kind.add(right);
        self.kinds.entry(marked.change.name()).or_default().add(right);
        self.synonyms.add(marked.change == Change::Synonym);
        if found.is_some() {
            self.kind_of_merged.add(right);
        }
        let names: Vec<_> = touching.iter().map(|change| change.name()).collect();
        self.cases.push(Case {
            id: pair.id.clone(),
            aspect: "difference".to_owned(),
            expected: marked.change.name().to_owned(),
            found: names.join(" "),
            score: f64::from(u8::from(right)),
        });
    }

    fn outcome(self) -> Outcome {
        let mut outcome = Outcome::new(Task::Wordings, self.pairs);
        let best = |measure: fn(Counts) -> f64| measure(self.exact).max(measure(self.alike));
        outcome.add("f1", self.all.f1(), best(Counts::f1));
        outcome.add("precision", self.all.precision(), self.alike.precision());
        outcome.add("recall", self.all.recall(), self.alike.recall());
        outcome.metrics.insert("f1_unseen".to_owned(), percent(self.held.f1()));
        outcome.add("difference", self.kind.value(), self.synonyms.value());
        let merged = percent(self.kind_of_merged.value());
        outcome.metrics.insert("difference_of_merged".to_owned(), merged);
        for (name, share) in &self.kinds {
            outcome.metrics.insert(format!("difference_{name}"), percent(share.value()));
        }
        outcome.baseline.insert("f1 exact".to_owned(), percent(self.exact.f1()));
        outcome.baseline.insert("f1 jaccard 0.5".to_owned(), percent(self.alike.f1()));
        outcome.cases = self.cases;
        outcome
    }
}

/// The kinds of the differences that touch the words of a marked one, with the first wording as the
/// better one.
fn touching(found: &Merged, marked: &Marked) -> Vec<Change> {
    let [left, right] = &found.wordings;
    let best = found.statement.best;
    let (differences, turned) = if best == left.quotation {
        (&right.differences, false)
    } else if best == right.quotation {
        (&left.differences, true)
    } else {
        return Vec::new();
    };
    let touches = |difference: &&Difference| {
        let sides = [difference.best, difference.own];
        let sides = if turned { [sides[1], sides[0]] } else { sides };
        let meets = |(one, other): (Option<Span>, Option<Span>)| {
            one.zip(other).is_some_and(|(one, other)| one.overlaps(other))
        };
        sides.into_iter().zip(marked.words).any(meets)
    };
    let seen = |change: Change| match change {
        Change::Omission if turned => Change::Addition,
        Change::Addition if turned => Change::Omission,
        other => other,
    };
    differences.iter().filter(touches).map(|difference| seen(difference.change)).collect()
}

/// The words of a side, in lower case.
fn words(side: &Side) -> Vec<String> {
    let words = side.spans.iter().flat_map(|span| span.slice(&side.report.text).split_whitespace());
    let bare = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    bare.filter(|word| !word.is_empty()).collect()
}

fn jaccard(left: &[String], right: &[String]) -> f64 {
    let [left, right] = [left, right].map(|words| words.iter().collect::<BTreeSet<_>>());
    let shared = left.intersection(&right).count();
    shared as f64 / left.union(&right).count().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_words_in_common_is_half() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert!((jaccard(&words("a b c"), &words("b c d")) - 0.5).abs() < 1e-9);
    }
}
