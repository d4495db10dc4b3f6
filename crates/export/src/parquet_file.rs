use std::fs::File;
use std::io::BufWriter;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use chancery_store::Cell;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use crate::RowWriter;

/// Rows of one row group.
const GROUP: usize = 16_384;

/// Columns that hold numbers, by name: the same in every table, so that a column has one type
/// whether or not its first rows hold values.
const REALS: &[&str] = &["low", "high", "latitude", "longitude", "score", "coverage", "identity"];
const INTEGERS: &[&str] = &[
    "words",
    "reports",
    "origins",
    "events",
    "statements",
    "undertakings",
    "disagreements",
    "mentions",
    "known",
    "denied",
    "wordings",
    "was_read",
    "locations",
    "datelines",
    "metonyms",
];

pub(crate) struct ParquetWriter {
    columns: Vec<String>,
    file: Option<BufWriter<File>>,
    writer: Option<ArrowWriter<BufWriter<File>>>,
    rows: Vec<Vec<Cell>>,
}

impl ParquetWriter {
    pub(crate) fn new(columns: Vec<String>, file: BufWriter<File>) -> Self {
        Self { columns, file: Some(file), writer: None, rows: Vec::new() }
    }

    fn schema(&self) -> Arc<Schema> {
        let fields = self.columns.iter().map(|name| {
            let kind = match name.as_str() {
                name if REALS.contains(&name) => DataType::Float64,
                name if INTEGERS.contains(&name) => DataType::Int64,
                _ => DataType::Utf8,
            };
            Field::new(name, kind, true)
        });
        Arc::new(Schema::new(fields.collect::<Vec<_>>()))
    }

    fn flush(&mut self) -> Result<(), String> {
        if self.writer.is_none() {
            let file = self.file.take().ok_or("the file is closed")?;
            let level = ZstdLevel::try_new(3).map_err(|error| error.to_string())?;
            let properties =
                WriterProperties::builder().set_compression(Compression::ZSTD(level)).build();
            let writer = ArrowWriter::try_new(file, self.schema(), Some(properties));
            self.writer = Some(writer.map_err(|error| error.to_string())?);
        }
        let schema = self.schema();
        let writer = self.writer.as_mut().ok_or("the file is closed")?;
        let arrays = schema
            .fields()
            .iter()
            .enumerate()
            .map(|(at, field)| array(field.data_type(), self.rows.iter().map(|row| &row[at])));
        let batch = RecordBatch::try_new(Arc::clone(&schema), arrays.collect())
            .map_err(|error| error.to_string())?;
        writer.write(&batch).map_err(|error| error.to_string())?;
        writer.flush().map_err(|error| error.to_string())?;
        self.rows.clear();
        Ok(())
    }
}

fn array<'a>(kind: &DataType, cells: impl Iterator<Item = &'a Cell>) -> ArrayRef {
    match kind {
        DataType::Float64 => Arc::new(cells.map(real).collect::<Float64Array>()),
        DataType::Int64 => Arc::new(cells.map(integer).collect::<Int64Array>()),
        _ => Arc::new(cells.map(text).collect::<StringArray>()),
    }
}

fn real(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Real(number) => Some(*number),
        Cell::Integer(number) => Some(*number as f64),
        Cell::Empty | Cell::Text(_) => None,
    }
}

fn integer(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Integer(number) => Some(*number),
        Cell::Empty | Cell::Real(_) | Cell::Text(_) => None,
    }
}

fn text(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Text(text) => Some(text.clone()),
        Cell::Integer(number) => Some(number.to_string()),
        Cell::Real(number) => Some(number.to_string()),
        Cell::Empty => None,
    }
}

impl RowWriter for ParquetWriter {
    fn write(&mut self, row: Vec<Cell>) -> Result<(), String> {
        self.rows.push(row);
        if self.rows.len() < GROUP { Ok(()) } else { self.flush() }
    }

    fn close(mut self: Box<Self>) -> Result<(), String> {
        // A table without rows is a file too: readers find its columns.
        if !self.rows.is_empty() || self.writer.is_none() {
            self.flush()?;
        }
        let writer = self.writer.take().ok_or("the file is closed")?;
        writer.close().map(|_| ()).map_err(|error| error.to_string())
    }
}
