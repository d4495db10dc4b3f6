use std::collections::BTreeSet;
use std::process::ExitCode;

use chancery_annotate::Kit;
use chancery_engine::{TimelineRow, timeline};
use chancery_store::{Cell, Listing, Record};
use serde_json::json;

use crate::Failure;
use crate::arguments::Timeline;
use crate::output::{self, DIM, line};

pub fn run(arguments: &Timeline) -> Result<ExitCode, Failure> {
    let record = Record::open(&arguments.record)?;
    let mut rows = timeline(&record, &arguments.name, Kit::embedded())?;
    rows.retain(|row| !arguments.done || row.told.is_done());
    let mut out = output::stdout();
    if arguments.json {
        for row in &rows {
            line(&mut out, view(row))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    if rows.is_empty() {
        line(&mut out, format!("{DIM}No rows: no report tells of {}.{DIM:#}", arguments.name))?;
        return Ok(ExitCode::SUCCESS);
    }
    let total = rows.len();
    if arguments.limit != 0 {
        rows.truncate(arguments.limit);
    }
    let listing = listing(&rows, total);
    let columns: Vec<_> = (0..listing.columns.len()).collect();
    line(&mut out, output::table(&listing, &columns))?;
    if rows.len() < total {
        line(&mut out, format!("{DIM}{} of {total}; --limit 0 shows all.{DIM:#}", rows.len()))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn listing(rows: &[TimelineRow], total: usize) -> Listing {
    let cells = |row: &TimelineRow| {
        let texts = [when(row), row.told.name().to_owned(), row.words.clone(), row.text.clone()];
        let reports = reports(row).len() as i64;
        texts.into_iter().map(Cell::Text).chain([Cell::Integer(reports)]).collect()
    };
    let columns = ["when", "told", "what", "text", "reports"];
    Listing {
        columns: columns.map(str::to_owned).to_vec(),
        rows: rows.iter().map(cells).collect(),
        total,
    }
}

/// The days, or nothing where no report says.
fn when(row: &TimelineRow) -> String {
    if row.when.is_open() { String::new() } else { row.when.to_string() }
}

fn reports(row: &TimelineRow) -> BTreeSet<String> {
    row.mentions.iter().map(|(report, _)| report.to_string()).collect()
}

fn view(row: &TimelineRow) -> serde_json::Value {
    let mentions = row.mentions.iter().map(|(report, span)| {
        json!({ "report": report.to_string(), "start": span.start, "end": span.end })
    });
    json!({
        "first_day": row.when.first.map(|day| day.to_string()),
        "last_day": row.when.last.map(|day| day.to_string()),
        "basis": row.basis.name(), "told": row.told.name(), "what": row.words, "text": row.text,
        "reports": reports(row), "mentions": mentions.collect::<Vec<_>>(),
    })
}
