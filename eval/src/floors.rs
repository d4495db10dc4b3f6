//! Floors: scores that must not fall. `eval/floors.toml` holds a table for each task and set:
//!
//! ```toml
//! [times.meantime]
//! strict_f1 = 70.0
//! ```
//!
//! The set's name is a part of the gold's path: `../shared/gold/meantime` is `meantime`.
//!
//! ```
//! use chancery_eval::floors::Floors;
//! let floors: Floors = "[times.meantime]\nstrict_f1 = 70.5".parse()?;
//! assert!(floors.check(&[]).is_empty());
//! assert!("strict_f1 = 70".parse::<Floors>().is_err());
//! # Ok::<(), String>(())
//! ```

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::str::FromStr;

use crate::error::read_text;
use crate::{EvalError, Outcome, Task};

/// Least scores by task, set and metric. For `prose_lost` and `false_rate`, which are better the
/// lower they are, the number is the most that is allowed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Floors {
    floors: BTreeMap<(Task, String), BTreeMap<String, f64>>,
}

/// A score that does not reach its floor.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    /// The task.
    pub task: Task,
    /// The gold, as its path was given.
    pub gold: String,
    /// The metric.
    pub metric: String,
    /// The floor.
    pub floor: f64,
    /// The score; `None` if the metric was not measured.
    pub score: Option<f64>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { task, gold, metric, floor, score } = self;
        match score {
            Some(score) => write!(f, "{task} on {gold}: {metric} is {score}, its floor is {floor}"),
            None => write!(f, "{task} on {gold}: {metric} was not measured, its floor is {floor}"),
        }
    }
}

/// Whether a metric is better the lower it is.
pub fn lower_is_better(metric: &str) -> bool {
    matches!(metric, "prose_lost" | "false_rate")
}

impl Floors {
    /// Reads a file of floors.
    pub fn read(path: &Path) -> Result<Self, EvalError> {
        read_text(path)?.parse().map_err(|problem: String| EvalError::form(path, 0, problem))
    }

    /// The floors that the outcomes do not reach. A floor of a set that was not scored says nothing.
    pub fn check(&self, outcomes: &[Outcome]) -> Vec<Failure> {
        let mut failures = Vec::new();
        for ((task, set), floors) in &self.floors {
            for outcome in outcomes.iter().filter(|o| o.task == *task && names(&o.gold, set)) {
                failures.extend(
                    floors.iter().filter_map(|(metric, floor)| fails(outcome, metric, *floor)),
                );
            }
        }
        failures
    }
}

fn fails(outcome: &Outcome, metric: &str, floor: f64) -> Option<Failure> {
    let score = outcome.metrics.get(metric).copied();
    let holds = match score {
        Some(score) if lower_is_better(metric) => score <= floor,
        Some(score) => floor <= score,
        None => false,
    };
    (!holds).then(|| Failure {
        task: outcome.task,
        gold: outcome.gold.clone(),
        metric: metric.to_owned(),
        floor,
        score,
    })
}

/// Whether `set` is a part of the path `gold`, with or without the extension.
fn names(gold: &str, set: &str) -> bool {
    Path::new(gold).components().any(|part| {
        let part = part.as_os_str().to_string_lossy();
        part == set || part.rsplit_once('.').is_some_and(|(stem, _)| stem == set)
    })
}

impl FromStr for Floors {
    type Err = String;

    /// Reads the part of TOML that floors need: tables of two names, numbers, comments.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut floors = Self::default();
        let mut table = None;
        for (number, line) in (1..).zip(text.lines()) {
            let fault = |problem: &str| format!("line {number}: {problem}");
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
            } else if let Some(head) =
                line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'))
            {
                let (task, set) =
                    head.split_once('.').ok_or_else(|| fault("a table is [task.set]"))?;
                let task: Task = task.trim().parse().map_err(|e: String| fault(&e))?;
                table = Some((task, set.trim().trim_matches('"').to_owned()));
            } else {
                let (name, floor) =
                    line.split_once('=').ok_or_else(|| fault("a floor is `metric = number`"))?;
                let floor =
                    floor.trim().parse().map_err(|_| fault("a floor is a number, as 70.5"))?;
                let table =
                    table.clone().ok_or_else(|| fault("a floor stands below [task.set]"))?;
                floors.floors.entry(table).or_default().insert(name.trim().to_owned(), floor);
            }
        }
        Ok(floors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(metric: &str, share: f64) -> Outcome {
        let mut outcome = Outcome::new(Task::Residue, 1);
        outcome.gold = "../shared/gold/seeds/gold.jsonl".into();
        outcome.add(metric, share, 0.0);
        outcome
    }

    #[test]
    fn a_score_below_its_floor_fails() {
        let floors: Floors = "[residue.seeds]\nf1 = 90 # of 100\nprose_lost = 1.5".parse().unwrap();
        let mut low = outcome("f1", 0.89);
        low.add("prose_lost", 0.01, 0.0);
        assert_eq!(floors.check(&[low]).iter().map(|f| &f.metric).collect::<Vec<_>>(), ["f1"]);
    }

    #[test]
    fn a_metric_that_is_gone_fails() {
        let floors: Floors = "[residue.gold]\nf2 = 90".parse().unwrap();
        assert_eq!(floors.check(&[outcome("f1", 1.0)])[0].score, None);
    }
}
