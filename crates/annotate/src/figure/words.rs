//! The lexicon of the figure stage: units, words beside numbers, states.

use std::collections::HashMap;

use crate::lexicon::{LexiconFault, Table};
use crate::time::atom::with_lower_case;

pub(super) const WORDS: &str = include_str!("../../../../data/figure/words.tsv");
pub(super) const STATES: &str = include_str!("../../../../data/figure/states.tsv");

/// Everything that one word can do beside a number.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    /// "kilometres": `km`.
    pub unit: Option<&'static str>,
    /// After "square": `km2`.
    pub square: Option<&'static str>,
    /// "dollars": `USD`.
    pub currency: Option<&'static str>,
    /// "Canadian": `CAD`.
    pub currency_of: Option<&'static str>,
    /// "percent".
    pub percent: bool,
    /// "civilians".
    pub person: bool,
    /// "member" in "nine-member".
    pub hyphened: bool,
    /// "Resolution": the number after it is a name.
    pub label: bool,
    /// Ends what is counted.
    pub stop: bool,
    /// "more", "other".
    pub more: bool,
    /// "the", "these".
    pub determiner: bool,
    /// "killed", "dead": the state.
    pub state: Option<&'static str>,
}

/// Units and number words.
#[derive(Debug)]
pub struct FigureKit {
    entries: Vec<Entry>,
    words: HashMap<&'static str, u16>,
}

impl FigureKit {
    /// The kit made of `data/figure`.
    pub fn embedded() -> Self {
        Self::read().expect("the tests read the shipped tables")
    }

    pub(super) fn read() -> Result<Self, LexiconFault> {
        let mut kit = Self { entries: Vec::new(), words: HashMap::new() };
        let table = Table::parse("figure/words.tsv", WORDS)?;
        let (word, role, value) =
            (table.column("word")?, table.column("role")?, table.column("value")?);
        for row in &table.rows {
            let entry = kit.entry_of(row.cell(word));
            fill(entry, row.cell(role), row.cell(value))
                .ok_or_else(|| table.fault(row, "has a role that is not on top"))?;
        }
        let table = Table::parse("figure/states.tsv", STATES)?;
        let (word, state) = (table.column("word")?, table.column("state")?);
        for row in &table.rows {
            kit.entry_of(row.cell(word)).state = Some(row.cell(state));
        }
        Ok(kit)
    }

    fn entry_of(&mut self, word: &'static str) -> &mut Entry {
        let next = u16::try_from(self.entries.len()).expect("the lexicon has few words");
        let number = *self.words.entry(word).or_insert(next);
        if number == next {
            self.entries.push(Entry::default());
        }
        &mut self.entries[number as usize]
    }

    /// The state that a word tells of: "killed", "dead" and "fatalities" are one.
    pub fn state(&self, word: &str) -> Option<&'static str> {
        self.look(word)?.state
    }

    /// The number of the lower-case word's entry.
    pub(super) fn number(&self, word: &str) -> Option<u16> {
        self.words.get(word).copied()
    }

    /// The entry of that number.
    pub(super) fn entry(&self, number: u16) -> &Entry {
        &self.entries[number as usize]
    }

    /// The entry of a word in any case.
    pub(super) fn look(&self, word: &str) -> Option<&Entry> {
        let mut number = None;
        with_lower_case(word, |lower| number = self.number(lower));
        number.map(|number| self.entry(number))
    }
}

fn fill(entry: &mut Entry, role: &str, value: &'static str) -> Option<()> {
    match role {
        "unit" => entry.unit = Some(value),
        "square" => entry.square = Some(value),
        "currency" => entry.currency = Some(value),
        "currency-of" => entry.currency_of = Some(value),
        "percent" => entry.percent = true,
        "person" => entry.person = true,
        "hyphen" => entry.hyphened = true,
        "label" => entry.label = true,
        "stop" => entry.stop = true,
        "more" => entry.more = true,
        "determiner" => (entry.determiner, entry.stop) = (true, true),
        _ => return None,
    }
    Some(())
}
