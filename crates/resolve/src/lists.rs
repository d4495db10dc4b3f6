//! The word lists of `data/resolve/lists.tsv`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use chancery_annotate::lexicon::{LexiconFault, Table};

const FILE: &str = "resolve/lists.tsv";

/// A word list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum List {
    /// Words before a number that make it a part of another one, or one beside it.
    Part,
    /// Nouns of what lasts for years: what it has killed is no toll of a day.
    Lasting,
    /// Phrases that make a number the sum over a time.
    Sum,
    /// Words by which a sentence says how rare its news is: "the worst in years".
    Rank,
    /// Nouns for a count: "toll".
    Toll,
    /// Verbs that give a count: "put", of a toll.
    Gives,
    /// Words that set one count against another: "higher", "however".
    Contrast,
    /// Phrases of one who had no part in something.
    NoPart,
    /// What one denies who denies his part in something: "any role in".
    OwnPart,
    /// Nouns of those who saw it or its victims: "residents", "a doctor".
    Witness,
    /// Nouns for an organisation that says nothing of which: "a monitor".
    Body,
}

impl List {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "part" => Self::Part,
            "lasting" => Self::Lasting,
            "sum" => Self::Sum,
            "rank" => Self::Rank,
            "toll" => Self::Toll,
            "gives" => Self::Gives,
            "contrast" => Self::Contrast,
            "no part" => Self::NoPart,
            "own part" => Self::OwnPart,
            "witness" => Self::Witness,
            "body" => Self::Body,
            _ => return None,
        })
    }

    pub(crate) fn has(self, word: &str) -> bool {
        lists().words.get(&self).is_some_and(|words| words.contains(word))
    }

    /// Whether one of its phrases stands in a text in lower case, with blanks around it.
    pub(crate) fn is_in(self, text: &str) -> bool {
        let padded = format!(" {text} ");
        let phrases = lists().words.get(&self).into_iter().flatten();
        phrases.into_iter().any(|phrase| padded.contains(&format!(" {phrase} ")))
    }
}

/// What a counted noun, given itself and its stem, is counted as: what one outlet calls militants another
/// calls terrorists.
pub(crate) fn counted_as(noun: &str, stem: &str) -> Option<&'static str> {
    let counted = &lists().counted;
    counted.get(noun).or_else(|| counted.get(stem)).copied()
}

/// Whether a class of counted nouns is one of people.
pub(crate) fn is_of_people(class: &str) -> bool {
    lists().counted.values().any(|known| *known == class)
}

/// What a word says became of the counted: `kill`, `wound`, `hold`.
pub(crate) fn harm(word: &str) -> Option<&'static str> {
    lists().states.get(word).copied()
}

#[derive(Debug, Default)]
struct Lists {
    words: BTreeMap<List, BTreeSet<&'static str>>,
    counted: BTreeMap<&'static str, &'static str>,
    states: BTreeMap<&'static str, &'static str>,
}

fn lists() -> &'static Lists {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    LISTS.get_or_init(|| Lists::read().expect("the shipped lists are checked by a test"))
}

fn table() -> Result<Table, LexiconFault> {
    Table::parse(FILE, include_str!("../../../data/resolve/lists.tsv"))
}

impl Lists {
    fn read() -> Result<Self, LexiconFault> {
        let table = table()?;
        let (list, word) = (table.column("list")?, table.column("word")?);
        let meaning = table.column("meaning")?;
        let mut lists = Self::default();
        for row in &table.rows {
            match row.cell(list) {
                "counted" => drop(lists.counted.insert(row.cell(word), row.cell(meaning))),
                "state" => drop(lists.states.insert(row.cell(word), row.cell(meaning))),
                name => {
                    let list = List::named(name).ok_or_else(|| {
                        table.fault(row, format!("has the list `{name}`, which is none"))
                    })?;
                    lists.words.entry(list).or_default().insert(row.cell(word));
                }
            }
        }
        Ok(lists)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        assert_eq!(table().unwrap().check_form(), []);
        let lists = Lists::read().unwrap();
        assert_eq!(lists.words.len(), 11);
        assert_eq!(counted_as("militants", "militant"), Some("fighter"));
        assert_eq!(harm("slain"), Some("kill"));
        assert!(List::Sum.is_in("it has killed forty people since spring"));
        assert!(!List::Sum.is_in("a thousand sincere men"));
    }
}
