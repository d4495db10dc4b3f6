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

/// Most lines of one cell; the rest is in `--json`, `--csv` and `why`.
const LINES: usize = 3;

/// A listing as a table of some of its columns, that fits the width. Long texts are cut.
pub fn table(listing: &Listing, columns: &[usize]) -> String {
    let cells: Vec<Vec<String>> = listing
        .rows
        .iter()
        .map(|row| columns.iter().map(|&at| plain(&row[at])).collect())
        .collect();
    let heads: Vec<_> = columns.iter().map(|&at| listing.columns[at].replace('_', " ")).collect();
    let widths = widths(&heads, &cells, usize::from(width()));
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    let wrapped = |texts: &[String], lines| {
        let cells = texts.iter().zip(&widths).map(|(text, width)| wrap(text, *width, lines));
        cells.collect::<Vec<_>>()
    };
    table.set_header(wrapped(&heads, 2));
    for row in &cells {
        table.add_row(wrapped(row, LINES));
    }
    for (shown, &at) in columns.iter().enumerate() {
        let Some(column) = table.column_mut(shown) else { continue };
        column.set_padding((0, if shown + 1 < columns.len() { GAP as u16 } else { 0 }));
        if listing.rows.iter().all(|row| !matches!(row[at], Cell::Text(_))) {
            column.set_cell_alignment(comfy_table::CellAlignment::Right);
        }
    }
    let lines: Vec<_> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    lines.join("\n")
}

/// Spaces between columns.
const GAP: usize = 2;

/// Longest word that keeps its column from being narrower: an id and an interval have 20 and 21.
const WORD: usize = 21;

/// How wide each column is: as wide as its longest word, and what is left is shared by those that
/// have more to say.
fn widths(heads: &[String], cells: &[Vec<String>], width: usize) -> Vec<usize> {
    let texts = |at: usize| cells.iter().map(move |row| row[at].as_str());
    let words = |text: &str| text.split(' ').map(|word| word.chars().count()).max().unwrap_or(0);
    let mut widths = Vec::new();
    let mut wanted = Vec::new();
    for (at, head) in heads.iter().enumerate() {
        let word = texts(at).map(words).max().unwrap_or(0).min(WORD).max(words(head)).max(1);
        let longest = texts(at).map(|text| text.chars().count()).max().unwrap_or(0);
        widths.push(word);
        wanted.push(longest.max(word));
    }
    let room = width.saturating_sub(GAP * heads.len().saturating_sub(1));
    while room < widths.iter().sum() {
        // Too many columns: the widest gives way, and its words break.
        let widest = (0..widths.len()).max_by_key(|&at| widths[at]).unwrap_or(0);
        if widths[widest] <= 1 {
            break;
        }
        widths[widest] -= 1;
    }
    let mut left = room.saturating_sub(widths.iter().sum());
    let mut order: Vec<usize> = (0..heads.len()).collect();
    order.sort_by_key(|&at| wanted[at] - widths[at].min(wanted[at]));
    for (done, &at) in order.iter().enumerate() {
        let more = wanted[at].saturating_sub(widths[at]).min(left / (heads.len() - done));
        widths[at] += more;
        left -= more;
    }
    widths
}

/// Breaks a text at spaces, and words that are too long anywhere; marks where it is cut.
fn wrap(text: &str, width: usize, most: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        let mut word: Vec<char> = word.chars().collect();
        let room = width.saturating_sub(line.chars().count() + usize::from(!line.is_empty()));
        if room < word.len() && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        while width < word.len() {
            lines.push(word.drain(..width).collect());
        }
        if !line.is_empty() && !word.is_empty() {
            line.push(' ');
        }
        line.extend(word);
    }
    lines.push(line);
    if most < lines.len() {
        lines.truncate(most);
        let last = &mut lines[most - 1];
        let kept: String = last.chars().take(width.saturating_sub(1)).collect();
        *last = format!("{}…", kept.trim_end());
    }
    lines.join("\n")
}

/// Writes one line; a closed pipe is an error that [`is_closed_pipe`] knows.
pub fn line(to: &mut impl Write, text: impl std::fmt::Display) -> io::Result<()> {
    writeln!(to, "{text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_cell_breaks_at_spaces_and_is_cut_with_a_mark() {
        assert_eq!(wrap("one two three four", 7, 2), "one two\nthree…");
        assert_eq!(wrap("abcdefghij", 4, 9), "abcd\nefgh\nij");
    }

    #[test]
    fn short_columns_keep_their_width_and_long_ones_share() {
        let heads = ["id".to_owned(), "text".to_owned()];
        let cells = vec![vec!["1234".to_owned(), "x".repeat(200)]];
        assert_eq!(widths(&heads, &cells, 50), [4, 44]);
    }
}
