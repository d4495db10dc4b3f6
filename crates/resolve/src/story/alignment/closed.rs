//! Words of the closed classes that can turn a saying: negations, modals, numbers in words.

use std::sync::OnceLock;

use chancery_annotate::lexicon::{LexiconFault, Table};
use rustc_hash::FxHashMap;

/// Words that deny.
const NEGATIONS: &[&str] =
    &["neither", "never", "no", "nobody", "none", "nor", "not", "nothing", "nowhere", "without"];

/// Words that only say where: "the north" and "the south" are two places, no denial.
const DIRECTIONS: &[&str] = &[
    "east", "eastern", "left", "north", "northern", "right", "south", "southern", "west", "western",
];

/// Pronouns and words for the parts of speech that carry no content.
const PRONOUNS: &[&str] = &[
    "he", "her", "him", "his", "i", "it", "its", "me", "my", "our", "she", "their", "them", "they",
    "this", "that", "those", "these", "us", "we", "you", "your", "which", "who", "whom", "whose",
];

/// Prepositions, conjunctions, auxiliaries and words that hang clauses together.
const FUNCTION: &[&str] = &[
    "about", "above", "after", "against", "all", "along", "also", "although", "among", "are",
    "around", "because", "been", "before", "being", "between", "both", "but", "did", "does",
    "doing", "done", "during", "each", "either", "else", "every", "for", "from", "had", "has",
    "have", "having", "into", "just", "more", "most", "much", "near", "off", "once", "only",
    "other", "out", "over", "per", "said", "say", "saying", "says", "since", "some", "such",
    "than", "that", "the", "then", "there", "through", "too", "toward", "towards", "under",
    "until", "upon", "very", "was", "were", "when", "where", "while", "with", "within", "yet",
];

/// What a modal says, as bits: duty, advice, future, chance, power, wish.
const MODALS: &[(&str, u8)] = &[
    ("can", 0b01_0000),
    ("could", 0b01_1000),
    ("hope", 0b10_0000),
    ("may", 0b00_1000),
    ("maybe", 0b00_1000),
    ("might", 0b00_1000),
    ("must", 0b00_0001),
    ("ought", 0b00_0010),
    ("perhaps", 0b00_1000),
    ("possibly", 0b00_1000),
    ("shall", 0b00_0101),
    ("should", 0b00_0010),
    ("will", 0b00_0100),
    ("would", 0b00_0100),
];

/// The bits of "have to" and of "will".
pub(super) const DUTY: u8 = 0b00_0001;
pub(super) const FUTURE: u8 = 0b00_0100;

pub(super) fn denies(norm: &str) -> bool {
    NEGATIONS.binary_search(&norm).is_ok()
}

pub(super) fn direction(norm: &str) -> bool {
    DIRECTIONS.binary_search(&norm).is_ok()
}

/// Whether a word carries no content by itself.
pub(super) fn function(norm: &str) -> bool {
    FUNCTION.binary_search(&norm).is_ok() || pronoun(norm)
}

pub(super) fn pronoun(norm: &str) -> bool {
    PRONOUNS.contains(&norm)
}

/// What a modal says; `None` for other words.
pub(super) fn modal(norm: &str) -> Option<u8> {
    MODALS.iter().find(|(word, _)| *word == norm).map(|(_, says)| *says)
}

const NUMBERS: &str = "figure/numbers.tsv";

fn numbers() -> Result<Table, LexiconFault> {
    Table::parse(NUMBERS, include_str!("../../../../../data/figure/numbers.tsv"))
}

fn values() -> &'static FxHashMap<&'static str, &'static str> {
    static VALUES: OnceLock<FxHashMap<&'static str, &'static str>> = OnceLock::new();
    VALUES.get_or_init(|| read().expect("the shipped list is checked by a test"))
}

fn read() -> Result<FxHashMap<&'static str, &'static str>, LexiconFault> {
    let table = numbers()?;
    let [word, kind, value] = ["word", "kind", "value"].map(|name| table.column(name));
    let (word, kind, value) = (word?, kind?, value?);
    let counts = |kind: &str| matches!(kind, "small" | "tens" | "scale" | "group");
    let rows = table.rows.iter().filter(|row| counts(row.cell(kind)));
    Ok(rows.map(|row| (row.cell(word), row.cell(value))).collect())
}

/// The digits of a number, which may be in words; `None` for other words.
pub(super) fn digits(norm: &str) -> Option<&str> {
    let written = norm.starts_with(|c: char| c.is_ascii_digit()).then_some(norm);
    // "one" is mostly no number: "one of them", "the one".
    written.or_else(|| values().get(norm).copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_and_read() {
        assert!(FUNCTION.is_sorted() && NEGATIONS.is_sorted() && DIRECTIONS.is_sorted());
        assert!(MODALS.is_sorted_by_key(|(word, _)| *word));
        assert!(read().is_ok());
    }

    #[test]
    fn a_number_in_words_is_its_digits() {
        assert_eq!(
            (digits("nine"), digits("4000"), digits("nine-pins")),
            (Some("9"), Some("4000"), None)
        );
    }
}
