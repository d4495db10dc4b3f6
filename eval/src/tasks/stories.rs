//! `stories`: reports of one happening, by B³ and by pairs.
//!
//! Where FA-KES lies beside the labelled set, its reports are read among the labelled ones. They have no
//! labels, and are not asked; one that is put into a story of labelled reports costs that story precision.

use std::path::{Path, PathBuf};

use chancery_annotate::Kit;
use chancery_text::{Report, ReportId};

use crate::gold::newsplease::{self, LabelledReport};
use crate::line::{conclude, read_reports};
use crate::outcome::{Case, percent};
use crate::score::{Clustering, b_cubed, pairwise};
use crate::{EvalError, Outcome, Task};

pub fn run(sets: &[PathBuf], kit: &Kit) -> Result<Outcome, EvalError> {
    let (mut gold, mut strangers) = (Vec::new(), Vec::new());
    for set in sets {
        gold.extend(newsplease::read(set)?);
        strangers.extend(beside(set)?);
    }
    let reports = gold.iter().map(|one| &one.report).chain(&strangers).cloned().collect();
    let stories = conclude(reports, kit);
    let story_of = |report: ReportId| {
        stories.iter().position(|(readings, _)| readings.iter().any(|r| r.report.id == report))
    };
    let name = |report: &Report| story_of(report.id).map_or("none".into(), |at| at.to_string());
    let found: Vec<_> = gold.iter().map(|one| name(&one.report)).collect();
    let strange: Vec<_> = strangers.iter().map(name).collect();
    let mut outcome = Outcome::new(Task::Stories, gold.len());
    measure(&mut outcome, &gold, (&found, &strange));
    outcome.cases = gold.iter().zip(&found).map(|(one, found)| case(one, found)).collect();
    name_by_smallest(&mut outcome.cases);
    Ok(outcome)
}

/// The reports of FA-KES, if it lies beside a set.
fn beside(set: &Path) -> Result<Vec<Report>, EvalError> {
    let file = set.with_file_name("fa-kes").join("reports.jsonl");
    if file.is_file() { read_reports(&file) } else { Ok(Vec::new()) }
}

/// B³ and pairs, beside the best of three trivial answers: all apart, all together, a story a day.
/// `strange` are the stories of the strangers.
fn measure(
    outcome: &mut Outcome,
    gold: &[LabelledReport],
    (found, strange): (&[String], &[String]),
) {
    let clustering = |label: &dyn Fn(usize) -> String| -> Vec<(String, String)> {
        gold.iter().enumerate().map(|(at, one)| (one.label.clone(), label(at))).collect()
    };
    let ours = clustering(&|at| found[at].clone());
    let trivial = [
        ("apart", clustering(&|at| at.to_string())),
        ("together", clustering(&|_| String::new())),
        ("same_day", clustering(&|at| gold[at].day.clone())),
    ];
    let best = |score: &dyn Fn(&Clustering) -> f64| {
        trivial.iter().map(|(_, items)| score(items)).fold(0.0, f64::max)
    };
    let score = b_cubed(&ours, strange);
    outcome.add("b3_f1", score.f1(), best(&|items| b_cubed(items, &[]).f1()));
    for (name, share) in [("b3_precision", score.precision()), ("b3_recall", score.recall())] {
        outcome.metrics.insert(name.to_owned(), percent(share));
    }
    let pairs = pairwise(&ours, strange);
    outcome.add("pair_f1", pairs.f1(), best(&|items| pairwise(items, &[]).f1()));
    outcome.metrics.insert("strangers".to_owned(), strange.len() as f64);
    for (name, items) in &trivial {
        outcome.baseline.insert(format!("b3_f1 {name}"), percent(b_cubed(items, &[]).f1()));
    }
}

/// One case a report: its gold happening and the story it was put in.
fn case(one: &LabelledReport, found: &str) -> Case {
    Case {
        id: one.report.source.path.clone(),
        aspect: "story".into(),
        expected: one.label.clone(),
        found: found.to_owned(),
        score: 0.0,
    }
}

/// Names each found story by its first report and scores each case by its share of B³, so that a change in one story
/// leaves the lines of the others alone.
fn name_by_smallest(cases: &mut [Case]) {
    cases.sort_by(|a, b| a.id.cmp(&b.id));
    let labels: Vec<_> =
        cases.iter().map(|case| (case.expected.clone(), case.found.clone())).collect();
    let ids: Vec<_> = cases.iter().map(|case| case.id.clone()).collect();
    for (at, case) in cases.iter_mut().enumerate() {
        let (gold, found) = &labels[at];
        let size = |same: &dyn Fn(&(String, String)) -> bool| {
            labels.iter().filter(|l| same(l)).count() as f64
        };
        let both = size(&|l| l.0 == *gold && l.1 == *found);
        let (precision, recall) = (both / size(&|l| l.1 == *found), both / size(&|l| l.0 == *gold));
        let first = labels.iter().position(|l| l.1 == *found).unwrap_or(at);
        case.found = ids[first].chars().take(16).collect();
        case.score = 2.0 * precision * recall / (precision + recall);
    }
}
