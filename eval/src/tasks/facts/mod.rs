//! `seeds` and `examples`: facts that a careful reader takes from reports, against the record.
//!
//! A fact is *found* when a row of its kind has evidence that overlaps its words; *strictly*, when who,
//! whom and when agree too, or what else the kind states: value, unit and bound of a figure, the topic
//! of a disagreement, the basis of a date. Kinds that begin with `not_` are found when the record does
//! not say what they deny.
//!
//! `trap_KIND` is for events that did not happen: the share for which no event of the record that
//! is told in these very words is said to have happened.

mod across;
mod judge;
mod parties;
mod trivial;
mod world;

use std::collections::BTreeMap;
use std::path::PathBuf;

use chancery_annotate::Kit;

pub use world::World;

use crate::gold::facts::{self, Fact};
use crate::line::{conclude, read_reports};
use crate::outcome::{Case, percent};
use crate::score::spans;
use crate::{EvalError, Outcome, Task};
use judge::Verdict;

/// Reads all reports that a fact file is about.
pub fn reports(file: &facts::FactFile) -> Result<Vec<chancery_text::Report>, EvalError> {
    let mut reports = Vec::new();
    for path in &file.reports {
        reports.extend(read_reports(path)?);
    }
    Ok(reports)
}

pub fn run(task: Task, sets: &[PathBuf], kit: &Kit) -> Result<Outcome, EvalError> {
    let mut sums = Sums::default();
    let mut lost = (0, 0);
    for set in sets {
        for file in facts::read(set)? {
            let stories = conclude(reports(&file)?, kit);
            let world = World::new(&stories, kit);
            for fact in &file.facts {
                sums.add(fact, &judge::judge(fact, &world), &trivial::judge(fact, &world), &world);
            }
            let (in_residue, prose) = super::residue::prose_lost(&file.facts, &world);
            lost = (lost.0 + in_residue, lost.1 + prose);
        }
    }
    let mut outcome = sums.outcome(task);
    outcome.add("prose_lost", lost.0 as f64 / f64::max(lost.1 as f64, 1.0), 0.0);
    Ok(outcome)
}

#[derive(Default, Clone, Copy)]
struct Sum {
    all: usize,
    found: usize,
    strict: usize,
}

impl Sum {
    fn add(&mut self, verdict: &Verdict) {
        self.all += 1;
        self.found += usize::from(verdict.found);
        self.strict += usize::from(verdict.found && verdict.strict);
    }

    fn shares(self) -> [(&'static str, f64); 2] {
        let share = |n: usize| n as f64 / self.all.max(1) as f64;
        [("found", share(self.found)), ("strict", share(self.strict))]
    }
}

#[derive(Default)]
struct Sums {
    kinds: BTreeMap<String, (Sum, Sum)>,
    traps: BTreeMap<String, (usize, usize)>,
    cases: Vec<Case>,
}

impl Sums {
    fn add(&mut self, fact: &Fact, ours: &Verdict, theirs: &Verdict, world: &World<'_>) {
        for kind in [fact.kind.as_str(), "all"] {
            let (sum, trivial) = self.kinds.entry(kind.to_owned()).or_default();
            sum.add(ours);
            trivial.add(theirs);
        }
        if let Some(sprung) = ours.sprung {
            let (held, all) = self.traps.entry(fact.kind.clone()).or_default();
            (*held, *all) = (*held + usize::from(!sprung), *all + 1);
        }
        self.cases.push(Case {
            id: fact.id.clone(),
            aspect: fact.kind.clone(),
            expected: world.label(fact),
            found: ours.label(),
            score: match (ours.found, ours.strict) {
                (true, true) => 1.0,
                (true, false) => 0.5,
                _ => 0.0,
            },
        });
    }

    fn outcome(self, task: Task) -> Outcome {
        let mut outcome = Outcome::new(task, self.cases.len());
        for (kind, (ours, theirs)) in &self.kinds {
            for ((grade, share), (_, trivial)) in ours.shares().into_iter().zip(theirs.shares()) {
                outcome.add(&format!("{grade}_{kind}"), share, trivial);
            }
        }
        for (kind, (held, all)) in &self.traps {
            outcome.metrics.insert(format!("trap_{kind}"), percent(*held as f64 / *all as f64));
        }
        outcome.cases = self.cases;
        outcome
    }
}

/// Words folded for comparing: lower case, no accents, no marks.
pub fn fold(text: &str) -> Vec<String> {
    use unicode_normalization::UnicodeNormalization;
    let plain: String = text
        .nfkd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .map(|c| if matches!(c, '’' | '‘' | 'ʼ') { '\'' } else { c })
        .collect();
    let plain = plain.replace("'s ", " ").replace('-', " ").to_lowercase();
    spans::words(&plain).iter().map(|word| word.slice(&plain).to_owned()).collect()
}
