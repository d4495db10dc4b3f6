use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::Task;

/// What scoring one task on one gold set gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The task.
    pub task: Task,
    /// The gold, as its path was given.
    pub gold: String,
    /// Gold items that were scored.
    pub items: usize,
    /// Percentages from 0 to 100, by name, to two decimals.
    pub metrics: BTreeMap<String, f64>,
    /// What a trivial baseline reaches on the same gold: the same names, and perhaps more.
    pub baseline: BTreeMap<String, f64>,
    /// Every case, sorted by id and aspect.
    pub cases: Vec<Case>,
}

/// One gold item, or one wrong answer, and how it was scored. It carries labels and places, never
/// the words of the gold.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Which item: a gold id, or a document and offsets.
    pub id: String,
    /// What of it was scored: a metric's name or a kind.
    pub aspect: String,
    /// What the gold says; empty where it has nothing.
    pub expected: String,
    /// What was found; empty where nothing was.
    pub found: String,
    /// From 0, wrong, to 1, right.
    pub score: f64,
}

impl Case {
    /// Whether the answer is fully right.
    pub fn right(&self) -> bool {
        1.0 <= self.score
    }
}

/// A percentage to two decimals.
pub(crate) fn percent(share: f64) -> f64 {
    if share.is_finite() { (share * 10_000.0).round() / 100.0 } else { 0.0 }
}

impl Outcome {
    pub(crate) fn new(task: Task, items: usize) -> Self {
        Self {
            task,
            gold: String::new(),
            items,
            metrics: BTreeMap::new(),
            baseline: BTreeMap::new(),
            cases: Vec::new(),
        }
    }

    /// Adds a metric from shares between 0 and 1: the system's and the baseline's.
    pub(crate) fn add(&mut self, name: &str, share: f64, baseline: f64) {
        self.metrics.insert(name.to_owned(), percent(share));
        self.baseline.insert(name.to_owned(), percent(baseline));
    }

    /// One line of JSON: `{"task":…,"gold":…,"items":…,"metrics":{…}}`.
    pub fn to_json_line(&self) -> String {
        let text = |text: &str| serde_json::Value::from(text).to_string();
        let metrics: Vec<_> =
            self.metrics.iter().map(|(name, value)| format!("{}:{value}", text(name))).collect();
        format!(
            "{{\"task\":{},\"gold\":{},\"items\":{},\"metrics\":{{{}}}}}",
            text(self.task.name()),
            text(&self.gold),
            self.items,
            metrics.join(",")
        )
    }

    /// A table for a person, at most 100 columns wide: each metric beside the trivial baseline.
    pub fn to_table(&self) -> String {
        let head = format!("{} on {}, {} items", self.task.name(), self.gold, self.items);
        let mut table = clip(&head, 100);
        let _ = write!(table, "\n  {:<32} {:>8} {:>10}\n", "", "score", "baseline");
        for (name, value) in &self.metrics {
            let baseline =
                self.baseline.get(name).map_or("–".into(), |value| format!("{value:.2}"));
            let _ = writeln!(table, "  {:<32} {value:>8.2} {baseline:>10}", clip(name, 32));
        }
        for (name, value) in
            self.baseline.iter().filter(|(name, _)| !self.metrics.contains_key(*name))
        {
            let _ = writeln!(table, "  {:<32} {:>8} {value:>10.2}", clip(name, 32), "–");
        }
        table
    }

    /// Every case as CSV with a head line: sorted, so that two runs can be compared with `diff`.
    pub fn cases_csv(&self) -> String {
        let mut csv = "id,aspect,expected,found,score\n".to_owned();
        for case in &self.cases {
            let cells =
                [&case.id, &case.aspect, &case.expected, &case.found].map(|cell| quote(cell));
            let _ = writeln!(csv, "{},{:.3}", cells.join(","), case.score);
        }
        csv
    }

    /// The name of the gold set: the last part of its path, without an extension.
    pub fn set(&self) -> String {
        let name = std::path::Path::new(&self.gold).file_stem();
        name.map_or(String::new(), |name| name.to_string_lossy().into_owned())
    }

    /// What the file of the cases is called: `times.meantime.csv`.
    pub fn file_name(&self) -> String {
        format!("{}.{}.csv", self.task, self.set())
    }

    pub(crate) fn sort_cases(&mut self) {
        self.cases.sort_by(|a, b| {
            let key = |case: &Case| {
                (case.id.clone(), case.aspect.clone(), case.expected.clone(), case.found.clone())
            };
            key(a).cmp(&key(b)).then(a.score.total_cmp(&b.score))
        });
    }
}

fn clip(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let tail: Vec<_> = text.chars().rev().take(width - 1).collect();
    format!("…{}", tail.into_iter().rev().collect::<String>())
}

fn quote(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome() -> Outcome {
        let mut outcome = Outcome::new(Task::Times, 3);
        outcome.gold = "gold/a \"b\"".into();
        outcome.add("strict_f1", 2.0 / 3.0, 0.5);
        outcome.cases = vec![Case {
            id: "a,1".into(),
            aspect: "strict".into(),
            expected: "DATE".into(),
            found: String::new(),
            score: 0.0,
        }];
        outcome
    }

    #[test]
    fn the_json_line_reads_back() {
        let value: serde_json::Value = serde_json::from_str(&outcome().to_json_line()).unwrap();
        assert_eq!(value["task"], "times");
        assert_eq!(value["gold"], "gold/a \"b\"");
        assert_eq!(value["metrics"]["strict_f1"], 66.67);
    }

    #[test]
    fn the_table_fits_a_hundred_columns() {
        let mut wide = outcome();
        wide.gold = "long/".repeat(60);
        assert!(wide.to_table().lines().all(|line| line.chars().count() <= 100));
        assert!(wide.to_table().contains("50.00"));
    }

    #[test]
    fn cells_with_commas_are_quoted() {
        assert_eq!(
            outcome().cases_csv(),
            "id,aspect,expected,found,score\n\"a,1\",strict,DATE,,0.000\n"
        );
    }
}
