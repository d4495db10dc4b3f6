//! Groups reports into stories and scores them against `newsCluster.EventId`: B³ and pairs.
//! Usage: `stories GOLD [--with-fakes]`.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "an evaluation prints and may stop")]

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use chancery_annotate::{Kit, annotate};
use chancery_resolve::Reading;
use chancery_resolve::block::sketch;
use chancery_resolve::link::stories;
use chancery_text::{Interval, Report, ReportId};

fn reading(name: &str, title: &str, text: &str, published: &str, outlet: &str) -> Reading {
    let mut report = Report::from_text(name, text);
    report.id = ReportId::of(name.as_bytes());
    report.metadata.title = Some(title.to_owned());
    report.metadata.published = Some(published.to_owned());
    report.metadata.outlet = Some(outlet.to_owned());
    let read = std::panic::catch_unwind(|| annotate(&report, Kit::embedded()).observed);
    let mut observed = read.unwrap_or_default();
    if observed.date.interval.is_open()
        && let Some(day) = published.get(..10).and_then(|day| day.parse().ok())
    {
        observed.date.interval = Interval::day(day);
    }
    Reading { report, observed }
}

fn clustered(folder: &Path) -> Vec<(Reading, Option<i64>)> {
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path: std::path::PathBuf| {
        let json: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let text = |key: &str| json[key].as_str().unwrap_or("").to_owned();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let reading = reading(
            &name,
            &text("title"),
            &text("text"),
            &text("date_publish"),
            &text("source_domain"),
        );
        (reading, json["newsCluster"]["EventId"].as_i64())
    };
    paths.into_iter().map(read).collect()
}

fn fakes(path: &Path) -> Vec<(Reading, Option<i64>)> {
    let read = |line: &str| {
        let json: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| json[key].as_str().unwrap_or("").to_owned();
        let reading = reading(
            &text("id"),
            &text("title"),
            &text("text"),
            &text("published"),
            &text("outlet"),
        );
        (reading, None)
    };
    fs::read_to_string(path).unwrap().lines().map(read).collect()
}

fn score(stories: &[Vec<ReportId>], gold: &BTreeMap<ReportId, i64>) {
    let mut found: BTreeMap<ReportId, usize> = BTreeMap::new();
    for (at, story) in stories.iter().enumerate() {
        story.iter().for_each(|report| {
            found.insert(*report, at);
        });
    }
    let singles = stories.len();
    let label = |at: usize, report: &ReportId| found.get(report).copied().unwrap_or(singles + at);
    let rows: Vec<(usize, i64)> =
        gold.iter().enumerate().map(|(at, (r, g))| (label(at, r), *g)).collect();
    let (mut precision, mut recall, mut both, mut same, mut truly) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (i, a) in rows.iter().enumerate() {
        let count =
            |test: &dyn Fn(&(usize, i64)) -> bool| rows.iter().filter(|b| test(b)).count() as f64;
        let hit = count(&|b| b.0 == a.0 && b.1 == a.1);
        precision += hit / count(&|b| b.0 == a.0);
        recall += hit / count(&|b| b.1 == a.1);
        for b in &rows[i + 1..] {
            same += f64::from(a.0 == b.0);
            truly += f64::from(a.1 == b.1);
            both += f64::from(a.0 == b.0 && a.1 == b.1);
        }
    }
    let n = rows.len() as f64;
    let f1 = |p: f64, r: f64| 200.0 * p * r / (p + r);
    println!(
        "B3 P {:.1} R {:.1} F1 {:.1}; pairs P {:.1} R {:.1} F1 {:.1}",
        100.0 * precision / n,
        100.0 * recall / n,
        f1(precision / n, recall / n),
        100.0 * both / same,
        100.0 * both / truly,
        f1(both / same, both / truly)
    );
}

fn main() {
    let gold = std::env::args().nth(1).expect("usage: stories GOLD [--with-fakes]");
    let mut readings = clustered(&Path::new(&gold).join("news-cluster"));
    if std::env::args().any(|argument| argument == "--with-fakes") {
        readings.extend(fakes(&Path::new(&gold).join("fa-kes/reports.jsonl")));
    }
    let sketches: Vec<_> = readings.iter().map(|(reading, _)| sketch(reading)).collect();
    let labels: BTreeMap<ReportId, i64> =
        readings.iter().filter_map(|(r, label)| Some((r.report.id, (*label)?))).collect();
    let found = stories(&sketches);
    score(&found, &labels);
    let titles: HashMap<ReportId, String> = readings
        .iter()
        .map(|(r, label)| {
            let m = &r.report.metadata;
            (
                r.report.id,
                format!(
                    "{:>3} {} {} | {}",
                    label.unwrap_or(-1),
                    m.published.as_deref().unwrap_or("").get(..10).unwrap_or(""),
                    m.outlet.as_deref().unwrap_or(""),
                    m.title.as_deref().unwrap_or("")
                ),
            )
        })
        .collect();
    for story in found.iter().filter(|story| 1 < story.len()) {
        println!("--- {}", story.len());
        story.iter().for_each(|report| println!("{}", titles[report]));
    }
}
