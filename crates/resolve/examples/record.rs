//! Prints what is concluded about one story, for reading. Usage: `record FILE…` (text files), or
//! `record --jsonl FILE ID…` (objects with id, title, text, outlet, published).
#![expect(clippy::print_stdout, reason = "this example exists to print")]

use std::collections::BTreeMap;
use std::fs;
use std::time::Instant;

use chancery_annotate::{Kit, annotate};
use chancery_resolve::block::sketch;
use chancery_resolve::link::{cut, links};
use chancery_resolve::record::{Conclusions, Difference, Evidence, Statement, Wording};
use chancery_resolve::{Reading, story};
use chancery_text::{Report, ReportId};

fn reading(report: Report) -> Reading {
    let observed = annotate(&report, Kit::embedded()).observed;
    Reading { report, observed }
}

fn text_file(path: &str) -> Reading {
    let name = path.rsplit('/').next().unwrap_or(path);
    reading(Report::from_text(name, &fs::read_to_string(path).expect("a readable file")))
}

fn jsonl(path: &str, ids: &[String]) -> Vec<Reading> {
    let file = fs::read_to_string(path).expect("a readable file");
    let rows = file
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("an object a line"));
    rows.filter(|row| ids.iter().any(|id| row["id"] == id.as_str()))
        .map(|row| {
            let field = |key: &str| row[key].as_str().unwrap_or("").to_owned();
            let mut report = Report::from_text(&field("id"), &field("text"));
            report.metadata.title = Some(field("title"));
            report.metadata.outlet = Some(field("outlet"));
            report.metadata.published = Some(field("published"));
            reading(report)
        })
        .collect()
}

struct Print<'a>(BTreeMap<ReportId, &'a Reading>);

impl Print<'_> {
    fn name(&self, report: &ReportId) -> String {
        let path = &self.0[report].report.source.path;
        path.get(..12).unwrap_or(path).to_owned()
    }

    fn names(&self, reports: &[ReportId]) -> String {
        reports.iter().map(|report| self.name(report)).collect::<Vec<_>>().join(" ")
    }

    fn differences(&self, of: &Statement, wording: &Wording) -> String {
        let best = of.wordings.iter().find(|one| one.quotation == of.best);
        let text = |report: ReportId| self.0[&report].report.text.as_str();
        let best = text(best.map_or(wording.report, |best| best.report));
        Difference::list(&wording.differences, best, text(wording.report))
    }

    fn slice(&self, e: &Evidence) -> String {
        let text = e.span.slice(&self.0[&e.report].report.text).replace('\n', " ");
        format!("[{} {}] {}", e.role, self.name(&e.report), text)
    }

    fn all(&self, c: &Conclusions) {
        if let Some(story) = &c.story {
            println!(
                "STORY {} | {} | {} reports",
                story.title,
                story.interval,
                story.reports.len()
            );
        }
        for date in &c.dates {
            println!("DATE {} {} {}", self.name(&date.report), date.interval, date.basis);
            for (report, reason) in &date.reasons {
                println!("    {}: {}", self.name(report), reason.text);
            }
        }
        for merge in &c.merges {
            println!("MERGE {} -> {}: {}", merge.from, merge.into, merge.reason);
        }
        for passage in &c.passages {
            let (left, right) = (passage.left, passage.right);
            println!("PASSAGE {} words {:.2}", passage.words, passage.identity);
            for (report, span) in [left, right] {
                let text = span.slice(&self.0[&report].report.text).replace('\n', " ");
                println!("    {} {}", self.name(&report), text);
            }
        }
        for family in &c.families {
            println!("FAMILY");
            for member in &family.members {
                let parent = member.parent.map(|parent| self.name(&parent));
                println!(
                    "    {} <- {:?} {:.2} {:?}",
                    self.name(&member.report),
                    parent,
                    member.coverage,
                    member.reasons
                );
            }
        }
        for origin in &c.origins {
            println!(
                "ORIGIN {} ({}) {} {:?}",
                origin.name,
                origin.kind,
                self.names(&origin.reports),
                origin.reasons
            );
        }
        for event in &c.events {
            println!(
                "EVENT {} {} {} | {:?} -> {:?} | {:?} {} | {} origins",
                event.plover,
                event.status,
                event.summary,
                event.sources,
                event.targets,
                event.place,
                event.when,
                distinct(&event.origins)
            );
            if 1 < event.mentions.len() {
                event.evidence.iter().for_each(|e| println!("    {}", self.slice(e)));
            }
        }
        for statement in &c.statements {
            println!(
                "STATEMENT {:?} ({}) {} | {} | {} origins",
                statement.speaker,
                statement.speaker_text,
                statement.when,
                statement.text,
                distinct(&statement.origins)
            );
            if 1 < statement.wordings.len() {
                for wording in &statement.wordings {
                    println!(
                        "    {} {} | {}",
                        self.name(&wording.report),
                        wording.text,
                        self.differences(statement, wording)
                    );
                }
            }
        }
        for row in &c.undertakings {
            println!(
                "UNDERTAKING {} {:?} -> {:?} {} | if {:?} by {:?} ({} mentions)",
                row.kind,
                row.by,
                row.to,
                row.what,
                row.condition,
                row.deadline.map(|d| d.to_string()),
                row.mentions.len()
            );
            row.bearings
                .iter()
                .for_each(|one| println!("    {} {} {}", one.kind, one.row, one.text));
        }
        for row in &c.disagreements {
            println!("DISAGREEMENT {} {}", row.topic, row.sentence);
            row.evidence.iter().for_each(|e| println!("    {}", self.slice(e)));
        }
    }
}

fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let readings = match arguments.split_first() {
        Some((flag, rest)) if flag == "--jsonl" => jsonl(&rest[0], &rest[1..]),
        _ => arguments.iter().map(|path| text_file(path)).collect(),
    };
    let sketches: Vec<_> = readings.iter().map(sketch).collect();
    for link in links(&sketches) {
        let name =
            |id| readings.iter().find(|r| r.report.id == id).map(|r| r.report.source.path.clone());
        println!("LINK {:.2} {:?} {:?}", link.strength, name(link.left), name(link.right));
    }
    println!("CUT {:?}", cut(&sketches));
    let start = Instant::now();
    let conclusions = story::resolve(&readings);
    let took = start.elapsed();
    Print(readings.iter().map(|reading| (reading.report.id, reading)).collect()).all(&conclusions);
    println!("resolved in {took:?}");
}

/// How many origins there are: reports that have a thing from one actor alone have one between them.
fn distinct(origins: &[chancery_text::RowId]) -> usize {
    origins.iter().collect::<std::collections::BTreeSet<_>>().len()
}
