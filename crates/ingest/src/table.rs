//! CSV and TSV with a head: a report per row.

use std::io::{BufRead, Cursor, Read};

use encoding_rs::Encoding;

use crate::charset;
use crate::fields::{self, Fields, Target};
use crate::read::{Flow, Out};
use crate::records::{self, Next, Rows};
use crate::unpack::{Stream, too_large};

/// How often reading starts over on the next line after a quote that is never closed.
const RESTARTS: u32 = 16;

pub(crate) fn read(mut stream: Stream<'_>, head: &[u8], delimiter: u8, out: &mut Out) -> Flow {
    if head.starts_with(b"\xef\xbb\xbf") {
        stream.consume(3);
    }
    let limit = out.options.max_record_bytes;
    let mut table = Table { delimiter, names: Vec::new(), fallback: charset::of_records(head) };
    let mut row = 0u32;
    let mut restarts = 0;
    let mut rows = Rows::new(delimiter);
    loop {
        let member = (!table.names.is_empty()).then_some(row);
        match records::next(&mut stream, &mut rows, limit) {
            Next::Record(record) if record.trim_ascii().is_empty() => continue,
            Next::Record(record) if table.names.is_empty() => table.set_head(&record, out)?,
            Next::Record(record) => table.row(&record, row, out)?,
            Next::Unfinished(rest) => {
                restarts += 1;
                let told =
                    "has a quote that is never closed: mend the row; reading went on after it";
                out.fault(member, told)?;
                let next_line = memchr::memchr(b'\n', &rest).map(|at| at + 1);
                match next_line.filter(|_| restarts < RESTARTS) {
                    // All that is left was read while the end of the quote was looked for.
                    Some(at) => stream = Box::new(Cursor::new(rest[at..].to_vec()).take(u64::MAX)),
                    None => return Flow::Continue(()),
                }
                rows = Rows::new(delimiter);
            }
            Next::TooLong => out.fault(member, too_large(limit))?,
            Next::Broken(reason) => return out.fault(member, reason),
            Next::End => return Flow::Continue(()),
        }
        row = row.saturating_add(1);
    }
}

struct Table {
    delimiter: u8,
    names: Vec<String>,
    fallback: Option<&'static Encoding>,
}

impl Table {
    fn set_head(&mut self, record: &[u8], out: &mut Out) -> Flow {
        let text = charset::decode_record(record, self.fallback).text;
        self.names = self.cells(&text);
        let named = |target: &str| out.options.fields.get(target).map(str::to_owned);
        let has_text = match named("text") {
            Some(column) => self.names.contains(&column),
            None => {
                let is_text = |name: &String| {
                    matches!(fields::target(name), Some(Target::Text | Target::Summary))
                };
                self.names.iter().any(is_text)
            }
        };
        if has_text {
            return Flow::Continue(());
        }
        let names = self.names.iter().take(30).cloned().collect::<Vec<_>>().join(", ");
        out.fault(
            None,
            format!(
                "has no column for the text: name it with --field text=COLUMN; there are {names}"
            ),
        )?;
        Flow::Break(())
    }

    fn row(&self, record: &[u8], row: u32, out: &mut Out) -> Flow {
        let decoded = charset::decode_record(record, self.fallback);
        let cells = self.cells(&decoded.text);
        if cells.len() != self.names.len() {
            let told = format!(
                "has {} fields where the head has {}: quote fields that hold the delimiter",
                cells.len(),
                self.names.len()
            );
            return out.fault(Some(row), told);
        }
        let mut fields = Fields::mapped(&out.options.fields);
        for (name, cell) in self.names.iter().zip(cells) {
            fields.add(name, cell);
        }
        match fields.draft(without_break(record), "csv") {
            Ok(mut draft) => {
                draft.charset = decoded.charset.name().to_owned();
                draft.notices.extend(decoded.notices);
                out.report(Some(row), draft)
            }
            Err(reason) => out.fault(Some(row), reason),
        }
    }

    fn cells(&self, text: &str) -> Vec<String> {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(self.delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut record = csv::StringRecord::new();
        match reader.read_record(&mut record) {
            Ok(true) => record.iter().map(str::to_owned).collect(),
            _ => Vec::new(),
        }
    }
}

fn without_break(record: &[u8]) -> &[u8] {
    let record = record.strip_suffix(b"\n").unwrap_or(record);
    record.strip_suffix(b"\r").unwrap_or(record)
}
