use std::process::ExitCode;

use chancery_store::{Filter, Record};

use crate::Failure;
use crate::arguments::Show;
use crate::output::{self, DIM, line};

pub fn run(arguments: &Show) -> Result<ExitCode, Failure> {
    let filter = arguments.condition.as_deref().map_or(Ok(Filter::ALL), Filter::parse)?;
    let record = Record::open(&arguments.record)?;
    if arguments.json {
        return print_json(arguments, &record, &filter);
    }
    if arguments.csv {
        return print_csv(arguments, &record, &filter);
    }
    let limit = Some(arguments.limit).filter(|&limit| limit != 0);
    let listing = record.list(arguments.table, &filter, limit)?;
    let columns = columns(arguments, &listing.columns)?;
    let mut out = output::stdout();
    if listing.rows.is_empty() {
        let why = match (&arguments.condition, record.count(arguments.table)?) {
            (Some(_), total @ 1..) => format!("none of {total} meets the condition"),
            _ => format!("the record has no {}", arguments.table),
        };
        line(&mut out, format!("{DIM}No rows: {why}.{DIM:#}"))?;
        return Ok(ExitCode::SUCCESS);
    }
    line(&mut out, output::table(&listing, &columns))?;
    if listing.rows.len() < listing.total {
        let (shown, total) = (listing.rows.len(), listing.total);
        line(&mut out, format!("{DIM}{shown} of {total}; --limit 0 shows all.{DIM:#}"))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn columns(arguments: &Show, all: &[String]) -> Result<Vec<usize>, Failure> {
    let find = |name: &str| all.iter().position(|column| column == name);
    let named: Vec<&str> = match arguments.columns.as_slice() {
        // A record of an older schema may lack some.
        [] => {
            let telling = arguments.table.telling_columns().iter();
            return Ok(telling.filter_map(|name| find(name)).collect());
        }
        [one] if one == "all" => return Ok((0..all.len()).collect()),
        some => some.iter().map(String::as_str).collect(),
    };
    let found = named.into_iter().map(|name| {
        find(name).ok_or_else(|| {
            let table = arguments.table;
            format!("{table} have no column `{name}`: they have {}", all.join(", ")).into()
        })
    });
    found.collect()
}

fn print_json(arguments: &Show, record: &Record, filter: &Filter) -> Result<ExitCode, Failure> {
    let columns = record.columns(arguments.table)?;
    let mut out = output::stdout();
    let mut printed = Ok(());
    record.for_each_row(arguments.table, filter, |row| {
        if printed.is_ok() {
            printed = line(&mut out, output::json_object(&columns, &row));
        }
    })?;
    printed?;
    Ok(ExitCode::SUCCESS)
}

fn print_csv(arguments: &Show, record: &Record, filter: &Filter) -> Result<ExitCode, Failure> {
    let mut writer = csv::Writer::from_writer(output::stdout());
    let mut written = writer.write_record(record.columns(arguments.table)?);
    record.for_each_row(arguments.table, filter, |row| {
        if written.is_ok() {
            written = writer.write_record(row.iter().map(output::plain));
        }
    })?;
    written.map_err(unwrap_io)?;
    writer.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// The input or output fault inside a CSV fault, so that a closed pipe is known for one.
fn unwrap_io(fault: csv::Error) -> Failure {
    match fault.into_kind() {
        csv::ErrorKind::Io(fault) => fault.into(),
        other => format!("CSV: {other:?}").into(),
    }
}
