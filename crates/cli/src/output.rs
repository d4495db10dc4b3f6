//! Writing for people and for scripts.

use std::io::{self, IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use chancery_store::{Cell, Listing};
use comfy_table::{ContentArrangement, Table, presets};

/// Faults.
pub const RED: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red))).bold();
/// What is not the main thing.
pub const DIM: Style = Style::new().dimmed();
/// Headings.
pub const BOLD: Style = Style::new().bold();
/// Marked text.
pub const MARK: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Yellow))).bold();

/// Columns that fit where nothing says how wide the page is.
const WIDTH: u16 = 100;

/// Whether a failure is only that the reader of a pipe went away.
pub fn is_closed_pipe(fault: &(dyn std::error::Error + 'static)) -> bool {
    let io_fault = fault.downcast_ref::<io::Error>();
    io_fault.is_some_and(|fault| fault.kind() == io::ErrorKind::BrokenPipe)
}

/// Standard output that colours on a terminal only.
pub fn stdout() -> anstream::AutoStream<io::StdoutLock<'static>> {
    anstream::AutoStream::auto(io::stdout().lock())
}

/// How wide a table may be: the terminal's width, else `COLUMNS`, else 100.
pub fn width() -> u16 {
    let terminal = terminal_size::terminal_size().map(|(width, _)| width.0);
    let stated = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    terminal.filter(|_| io::stdout().is_terminal()).or(stated).unwrap_or(WIDTH).max(40)
}

/// A cell as a person reads it.
pub fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Integer(number) => number.to_string(),
        Cell::Real(number) => format_number(*number),
        Cell::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

fn format_number(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        format!("{number:.0}")
    } else {
        format!("{number:.3}").trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

/// A cell as JSON.
pub fn json(cell: &Cell) -> serde_json::Value {
    match cell {
        Cell::Empty => serde_json::Value::Null,
        Cell::Integer(number) => (*number).into(),
        Cell::Real(number) => (*number).into(),
        Cell::Text(text) => text.as_str().into(),
    }
}

/// A row as one JSON object, columns in order.
pub fn json_object(columns: &[String], row: &[Cell]) -> serde_json::Value {
    let pairs = columns.iter().zip(row).map(|(column, cell)| (column.clone(), json(cell)));
    serde_json::Value::Object(pairs.collect())
}

/// A listing as a table of some of its columns, that fits the width. Long texts are cut.
pub fn table(listing: &Listing, columns: &[usize]) -> String {
    let width = width();
    let mut table = Table::new();
    table.load_preset(presets::UTF8_HORIZONTAL_ONLY);
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    table.set_header(columns.iter().map(|&at| listing.columns[at].replace('_', " ")));
    let longest = usize::from(width) * 2;
    for row in &listing.rows {
        table.add_row(columns.iter().map(|&at| shorten(&plain(&row[at]), longest)));
    }
    for (shown, &at) in columns.iter().enumerate() {
        let ids = listing.columns[at] == "id" || listing.columns[at] == "when";
        if let (true, Some(column)) = (ids, table.column_mut(shown)) {
            column.set_constraint(comfy_table::ColumnConstraint::ContentWidth);
        }
        let numbers = listing.rows.iter().all(|row| !matches!(row[at], Cell::Text(_)));
        if let (true, Some(column)) = (numbers, table.column_mut(shown)) {
            column.set_cell_alignment(comfy_table::CellAlignment::Right);
        }
    }
    table.to_string()
}

/// At most `limit` characters, marked where cut.
pub fn shorten(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", &text[..text[..at].rfind(' ').unwrap_or(at)]),
    }
}

/// Writes one line; a closed pipe is an error that [`is_closed_pipe`] knows.
pub fn line(to: &mut impl Write, text: impl std::fmt::Display) -> io::Result<()> {
    writeln!(to, "{text}")
}
