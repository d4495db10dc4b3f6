//! How telling a word is: a fixed inverse document frequency, the same in every batch, so that a
//! report's sketch never depends on the reports beside it.

use std::sync::OnceLock;

use chancery_annotate::lexicon::{LexiconFault, Table};
use rustc_hash::FxHashMap;

/// Class of words that the list does not have. A class is minus the binary logarithm of the share
/// of documents that have the word.
pub(crate) const RARE: f64 = 9.5;

const FILE: &str = "resolve/frequency.tsv";

fn table() -> Result<Table, LexiconFault> {
    Table::parse(FILE, include_str!("../../../data/resolve/frequency.tsv"))
}

fn classes() -> &'static FxHashMap<&'static str, f64> {
    static CLASSES: OnceLock<FxHashMap<&'static str, f64>> = OnceLock::new();
    CLASSES.get_or_init(|| read().expect("the shipped list is checked by a test"))
}

fn read() -> Result<FxHashMap<&'static str, f64>, LexiconFault> {
    let table = table()?;
    let (word, class) = (table.column("word")?, table.column("class")?);
    let number = |row: &chancery_annotate::lexicon::Row| {
        row.cell(class).parse().map_err(|_| table.fault(row, "has no number as class"))
    };
    table.rows.iter().map(|row| Ok((row.cell(word), number(row)?))).collect()
}

/// How rare a word in lower case is, in bits; [`RARE`] if it is not in the list.
pub(crate) fn rarity(norm: &str) -> f64 {
    classes().get(norm).copied().unwrap_or(RARE)
}

/// Whether a word carries content: no closed class, not everywhere.
pub(crate) fn content(norm: &str) -> bool {
    3.0 <= rarity(norm) && (2 < norm.len() || norm.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_list_has_no_faults() {
        assert_eq!(table().unwrap().check_form(), []);
        assert!(read().is_ok());
    }

    #[test]
    fn common_words_are_less_telling_than_names() {
        assert!(rarity("the") < 1.0);
        assert!(!content("which"));
        assert!(rarity("government") < rarity("zelmark"));
    }
}
