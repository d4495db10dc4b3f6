//! The lexicon of the figure stage: units, words beside numbers, states.

use std::collections::{HashMap, HashSet};

use super::money::{self, Shared};
use crate::lexicon::{LexiconFault, Table};
use crate::time::atom::with_lower_case;

pub(super) const WORDS: &str = include_str!("../../../../data/figure/words.tsv");
pub(crate) const PERSONS: &str = include_str!("../../../../data/figure/persons.tsv");
pub(super) const STATES: &str = include_str!("../../../../data/figure/states.tsv");

/// Everything that one word can do beside a number.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    /// "kilometres": `km`.
    pub unit: Option<&'static str>,
    /// After "square": `km2`.
    pub square: Option<&'static str>,
    /// After "cubic": `m3`.
    pub cubic: Option<&'static str>,
    /// "dollars": `USD`.
    pub currency: Option<&'static str>,
    /// "Rs", before a number.
    pub prefix: Option<&'static str>,
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
    /// "high" in "20m high".
    pub measured: bool,
    /// "fall", "go": before "200m" it makes metres, before "up to" no bound.
    pub moves: bool,
    /// "town" in "a town of 900".
    pub peopled: bool,
    /// "number", "total".
    pub tally: bool,
    /// "toll", "turnout": a number of people by itself.
    pub crowd: bool,
    /// "killed", "dead": the state.
    pub state: Option<&'static str>,
}

/// Units and number words.
#[derive(Debug)]
pub struct FigureKit {
    entries: Vec<Entry>,
    words: HashMap<&'static str, u16>,
    persons: HashSet<&'static str>,
    /// States that only people are in.
    suffered: HashSet<&'static str>,
    /// Whose money a word of several states is.
    pub(super) shared: Shared,
}

impl FigureKit {
    /// The kit made of `data/figure`.
    pub fn embedded() -> Self {
        Self::read().expect("the tests read the shipped tables")
    }

    pub(super) fn read() -> Result<Self, LexiconFault> {
        let table = Table::parse("figure/persons.tsv", PERSONS)?;
        let noun = table.column("noun")?;
        let persons = table.rows.iter().map(|row| row.cell(noun)).collect();
        let shared = money::read_shared()?;
        let mut kit = Self {
            entries: Vec::new(),
            words: HashMap::new(),
            persons,
            suffered: HashSet::new(),
            shared,
        };
        let table = Table::parse("figure/words.tsv", WORDS)?;
        let (word, role, value) =
            (table.column("word")?, table.column("role")?, table.column("value")?);
        for row in &table.rows {
            let entry = kit.entry_of(row.cell(word));
            fill(entry, row.cell(role), row.cell(value))
                .ok_or_else(|| table.fault(row, "has a role that is not on top"))?;
        }
        let table = Table::parse("figure/states.tsv", STATES)?;
        let (word, state, who) =
            (table.column("word")?, table.column("state")?, table.column("who")?);
        for row in &table.rows {
            kit.entry_of(row.cell(word)).state = Some(row.cell(state));
            if row.cell(who) == "person" {
                kit.suffered.insert(row.cell(state));
            }
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

    /// Whether the noun, by its lemma, means a person.
    pub(super) fn is_person(&self, lemma: &str) -> bool {
        self.persons.contains(lemma)
    }

    /// Whether the state is one that people suffer: what is killed is a person, unless the text says else.
    pub(super) fn is_of_persons(&self, state: &str) -> bool {
        self.suffered.contains(state)
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
        "cubic" => entry.cubic = Some(value),
        "prefix" => entry.prefix = Some(value),
        "measured" => entry.measured = true,
        "moves" => entry.moves = true,
        "peopled" => entry.peopled = true,
        "tally" => entry.tally = true,
        "crowd" => entry.crowd = true,
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
