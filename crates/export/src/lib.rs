//! A record as files, one per table, for those who do not open SQLite: JSON Lines, CSV, Parquet.
//!
//! The tables and columns are those of `chancery show --json`. Rows are streamed; Parquet is written
//! in row groups, so memory does not grow with the record.

mod parquet_file;

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use chancery_store::{Cell, Filter, Record, StoreError, TableName};

/// Format of the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line.
    Jsonl,
    /// Comma-separated values with a header; no value is an empty cell.
    Csv,
    /// Apache Parquet, compressed with zstd.
    Parquet,
}

impl Format {
    const fn extension(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// Where it is.
    pub path: PathBuf,
    /// How many rows it has.
    pub rows: usize,
}

/// Why an export failed.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The record could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file could not be written.
    #[error("cannot write {path}: {problem}")]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        problem: String,
    },
}

/// Takes rows one by one.
trait RowWriter {
    fn write(&mut self, row: Vec<Cell>) -> Result<(), String>;
    fn close(self: Box<Self>) -> Result<(), String>;
}

/// Writes every table of the record into `folder`, which is made if need be.
pub fn export(
    record: &Record,
    format: Format,
    folder: &Path,
) -> Result<Vec<Exported>, ExportError> {
    let fault = |path: &Path| {
        let path = path.to_owned();
        move |problem: String| ExportError::Write { path: path.clone(), problem }
    };
    fs::create_dir_all(folder).map_err(|error| fault(folder)(error.to_string()))?;
    let tables = TableName::ALL.iter();
    tables
        .map(|&table| {
            let path = folder.join(format!("{table}.{}", format.extension()));
            let rows = export_table(record, table, format, &path, fault(&path))?;
            Ok(Exported { path, rows })
        })
        .collect()
}

fn export_table(
    record: &Record,
    table: TableName,
    format: Format,
    path: &Path,
    fault: impl Fn(String) -> ExportError,
) -> Result<usize, ExportError> {
    let columns = record.columns(table)?;
    let file = File::create(path).map_err(|error| fault(error.to_string()))?;
    let file = BufWriter::new(file);
    let mut writer: Box<dyn RowWriter> = match format {
        Format::Jsonl => Box::new(JsonWriter { columns, file }),
        Format::Csv => Box::new(CsvWriter::new(&columns, file).map_err(&fault)?),
        Format::Parquet => Box::new(parquet_file::ParquetWriter::new(columns, file)),
    };
    let mut rows = 0;
    let mut written = Ok(());
    record.for_each_row(table, &Filter::ALL, |row| {
        if written.is_ok() {
            written = writer.write(row);
            rows += 1;
        }
    })?;
    written.and_then(|()| writer.close()).map_err(fault)?;
    Ok(rows)
}

struct JsonWriter {
    columns: Vec<String>,
    file: BufWriter<File>,
}

impl RowWriter for JsonWriter {
    fn write(&mut self, row: Vec<Cell>) -> Result<(), String> {
        let pairs = self.columns.iter().cloned().zip(row.into_iter().map(json));
        let object = serde_json::Value::Object(pairs.collect());
        writeln!(self.file, "{object}").map_err(|error| error.to_string())
    }

    fn close(mut self: Box<Self>) -> Result<(), String> {
        self.file.flush().map_err(|error| error.to_string())
    }
}

fn json(cell: Cell) -> serde_json::Value {
    match cell {
        Cell::Empty => serde_json::Value::Null,
        Cell::Integer(number) => number.into(),
        Cell::Real(number) => number.into(),
        Cell::Text(text) => text.into(),
    }
}

struct CsvWriter {
    writer: csv::Writer<BufWriter<File>>,
}

impl CsvWriter {
    fn new(columns: &[String], file: BufWriter<File>) -> Result<Self, String> {
        let mut writer = csv::Writer::from_writer(file);
        writer.write_record(columns).map_err(|error| error.to_string())?;
        Ok(Self { writer })
    }
}

impl RowWriter for CsvWriter {
    fn write(&mut self, row: Vec<Cell>) -> Result<(), String> {
        let fields = row.into_iter().map(|cell| match cell {
            Cell::Empty => String::new(),
            Cell::Integer(number) => number.to_string(),
            Cell::Real(number) => number.to_string(),
            Cell::Text(text) => text,
        });
        self.writer.write_record(fields).map_err(|error| error.to_string())
    }

    fn close(mut self: Box<Self>) -> Result<(), String> {
        self.writer.flush().map_err(|error| error.to_string())
    }
}
