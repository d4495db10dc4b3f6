//! Rules and lexicons are data: sorted, tab-separated files under `data/`, each with its origin and
//! licence on top. [`Table`] reads one; [`check`] says what is wrong with all of them.
//!
//! ```text
//! # origin: written for this project
//! # licence: Apache-2.0
//! # date: 2026-11-22
//! # rebuild: edited by hand
//! pattern⇥reason⇥match⇥miss
//! read also:⇥related⇥Read also: Talks resume⇥They read also the annex.
//! ```
//!
//! (⇥ is a tab.) Lines that start with `#` before the column line are the head; later ones are comments. An empty
//! cell is an empty string. A file has a `match` and a `miss` column where its rows are rules: a
//! sentence that the rule must fire on and one that it must not.

use std::fmt;

/// A fault in a data file: where it is and what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub struct LexiconFault {
    /// Path below `data/`.
    pub file: &'static str,
    /// 1-based line; 0 for the file as a whole.
    pub line: u32,
    /// What is wrong and what to do.
    pub problem: String,
}

impl fmt::Display for LexiconFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "data/{}:{}: {}", self.file, self.line, self.problem)
    }
}

/// One data file, read.
#[derive(Debug, Clone)]
pub struct Table {
    /// Path below `data/`.
    pub file: &'static str,
    /// `(key, value)` of the head lines.
    pub head: Vec<(&'static str, &'static str)>,
    columns: Vec<&'static str>,
    /// The rows, in the file's order.
    pub rows: Vec<Row>,
}

/// One row of a [`Table`].
#[derive(Debug, Clone)]
pub struct Row {
    /// 1-based line in the file.
    pub line: u32,
    cells: Vec<&'static str>,
}

impl Table {
    /// Reads a file carried in the binary. Fails where a row has another number of cells than the
    /// column line.
    pub fn parse(file: &'static str, text: &'static str) -> Result<Self, LexiconFault> {
        let fault =
            |line: usize, problem: String| LexiconFault { file, line: line as u32, problem };
        let mut table = Table { file, head: Vec::new(), columns: Vec::new(), rows: Vec::new() };
        for (number, line) in (1..).zip(text.lines()) {
            if let Some(comment) = line.strip_prefix('#') {
                if let (true, Some((key, value))) =
                    (table.columns.is_empty(), comment.split_once(':'))
                {
                    table.head.push((key.trim(), value.trim()));
                }
            } else if line.trim().is_empty() {
            } else if table.columns.is_empty() {
                table.columns = line.split('\t').collect();
            } else {
                let cells: Vec<_> = line.split('\t').collect();
                if cells.len() != table.columns.len() {
                    let (is, want) = (cells.len(), table.columns.len());
                    return Err(fault(
                        number,
                        format!("has {is} cells; give it {want}, as the columns"),
                    ));
                }
                table.rows.push(Row { line: number as u32, cells });
            }
        }
        Ok(table)
    }

    /// The index of a column. Fails where the file has none of that name.
    pub fn column(&self, name: &str) -> Result<usize, LexiconFault> {
        self.columns.iter().position(|column| *column == name).ok_or_else(|| LexiconFault {
            file: self.file,
            line: 0,
            problem: format!("has no column `{name}`: it has {}", self.columns.join(", ")),
        })
    }

    /// A fault at a row of this file.
    pub fn fault(&self, row: &Row, problem: impl Into<String>) -> LexiconFault {
        LexiconFault { file: self.file, line: row.line, problem: problem.into() }
    }

    /// What every data file owes: a head with origin, licence, date and rebuild, and rows sorted by
    /// bytes.
    pub fn check_form(&self) -> Vec<LexiconFault> {
        let whole = |problem: String| LexiconFault { file: self.file, line: 0, problem };
        let mut faults: Vec<_> = ["origin", "licence", "date", "rebuild"]
            .into_iter()
            .filter(|key| !self.head.iter().any(|(have, value)| have == key && !value.is_empty()))
            .map(|key| whole(format!("says no `# {key}:` on top; add it")))
            .collect();
        faults.extend(
            self.rows
                .windows(2)
                .filter(|pair| pair[1].cells < pair[0].cells)
                .map(|pair| self.fault(&pair[1], "stands out of order; sort the rows by bytes")),
        );
        faults
    }
}

impl Row {
    /// The cell of a column got from [`Table::column`].
    pub fn cell(&self, column: usize) -> &'static str {
        self.cells[column]
    }
}

/// Every fault in every data file: its form, and each rule against its own two sentences.
pub fn check() -> Vec<LexiconFault> {
    let mut faults = Vec::new();
    faults.extend(crate::clean::check());
    faults.extend(crate::segment::check());
    faults.extend(crate::mention::check());
    faults.extend(crate::place::check());
    faults.extend(crate::time::check());
    faults.extend(crate::figure::check());
    faults.extend(crate::quotation::check());
    faults.extend(crate::event::check());
    faults.extend(crate::occurrence::check());
    faults.extend(crate::relation::check());
    faults.extend(crate::undertaking::check());
    faults.sort();
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "# origin: us\n# licence: Apache-2.0\n# date: 2026-11-22\n# rebuild: by hand\nword\tkind\na\tx\nb\t\n";

    #[test]
    fn a_good_file_has_no_faults() {
        let table = Table::parse("good.tsv", GOOD).unwrap();
        assert_eq!(table.check_form(), []);
        assert_eq!(table.rows[1].cell(table.column("kind").unwrap()), "");
    }

    #[test]
    fn a_row_out_of_order_is_named_by_line() {
        let text = "# origin: us\n# licence: x\n# date: y\n# rebuild: z\nword\nb\na\n";
        let faults = Table::parse("bad.tsv", text).unwrap().check_form();
        assert_eq!(faults.iter().map(|f| f.line).collect::<Vec<_>>(), [7]);
    }

    #[test]
    fn the_shipped_data_has_no_faults() {
        let faults: Vec<_> = check().iter().map(ToString::to_string).collect();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
