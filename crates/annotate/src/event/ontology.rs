//! PLOVER and CAMEO as data: types, modes, contexts, scores, and how a code turns into another
//! when an act is only promised, demanded, refused or threatened.

use std::collections::HashMap;

use crate::lexicon::{LexiconFault, Table};

use super::words::{Symbol, Words};
use super::{EventType, Quad};

/// A CAMEO code.
#[derive(Debug, Clone, PartialEq)]
pub struct Code {
    /// The code: `036`, `0871`.
    pub code: &'static str,
    /// Its name, in plain words.
    pub name: &'static str,
    /// PLOVER type; `None` for the mere statements of root 01.
    pub plover: Option<EventType>,
    /// PLOVER mode, if the code implies one.
    pub mode: Option<&'static str>,
    /// PLOVER contexts that the code implies.
    pub contexts: Vec<&'static str>,
    /// Goldstein's score; `None` if not known.
    pub goldstein: Option<f64>,
}

chancery_text::named_enum! {
    /// What is done to an act by speaking of it: each turns its CAMEO code into another.
    pub enum Turn {
        /// Agreed to, promised, intended.
        Agree = "agree",
        /// Demanded, ordered.
        Demand = "demand",
        /// Asked for, appealed for.
        Appeal = "appeal",
        /// Refused, rejected.
        Reject = "reject",
        /// Threatened.
        Threaten = "threaten",
    }
}

/// A PLOVER type's row.
#[derive(Debug, Clone, PartialEq)]
struct TypeRow {
    plover: EventType,
    modes: Vec<&'static str>,
    score: f64,
}

/// PLOVER and CAMEO.
#[derive(Debug, Default)]
pub struct Ontology {
    codes: HashMap<&'static str, Code>,
    types: Vec<TypeRow>,
    derived: HashMap<(Turn, &'static str), &'static str>,
    contexts: Vec<&'static str>,
    context_of: Vec<u64>,
    context_pairs: HashMap<(Symbol, Symbol), u64>,
}

impl Ontology {
    pub(super) fn read(tables: &super::Tables, words: &mut Words) -> Result<Self, LexiconFault> {
        let mut ontology = Self::default();
        ontology.read_types(&tables.plover)?;
        ontology.read_codes(&tables.cameo)?;
        ontology.read_derived(&tables.derived)?;
        ontology.read_contexts(&tables.contexts, words)?;
        Ok(ontology)
    }

    fn read_types(&mut self, table: &Table) -> Result<(), LexiconFault> {
        let [name, modes, quad, score] = columns(table, ["type", "modes", "quad", "score"])?;
        for row in &table.rows {
            let plover: EventType =
                row.cell(name).parse().map_err(|e: String| table.fault(row, e))?;
            let stated: Quad = row.cell(quad).parse().map_err(|e: String| table.fault(row, e))?;
            if stated != plover.quad() {
                return Err(table.fault(row, format!("has another quad than {}", plover.quad())));
            }
            let score = row.cell(score).parse().map_err(|_| table.fault(row, "has no score"))?;
            let modes = row.cell(modes).split_whitespace().collect();
            self.types.push(TypeRow { plover, modes, score });
        }
        Ok(())
    }

    fn read_codes(&mut self, table: &Table) -> Result<(), LexiconFault> {
        let [code, name, plover, mode, contexts, goldstein] =
            columns(table, ["code", "name", "type", "mode", "contexts", "goldstein"])?;
        for row in &table.rows {
            let plover = match row.cell(plover) {
                "" => None,
                text => Some(text.parse().map_err(|e: String| table.fault(row, e))?),
            };
            let mode = Some(row.cell(mode)).filter(|mode| !mode.is_empty());
            if let (Some(plover), Some(mode)) = (plover, mode) {
                self.check_mode(plover, mode).map_err(|problem| table.fault(row, problem))?;
            }
            let entry = Code {
                code: row.cell(code),
                name: row.cell(name),
                plover,
                mode,
                contexts: row.cell(contexts).split_whitespace().collect(),
                goldstein: row.cell(goldstein).parse().ok(),
            };
            self.codes.insert(entry.code, entry);
        }
        Ok(())
    }

    fn read_derived(&mut self, table: &Table) -> Result<(), LexiconFault> {
        let [op, inner, code] = columns(table, ["op", "inner", "code"])?;
        for row in &table.rows {
            let turn: Turn = row.cell(op).parse().map_err(|e: String| table.fault(row, e))?;
            if self.code(row.cell(code)).is_none() {
                return Err(table.fault(row, "names a code that cameo.tsv has not"));
            }
            self.derived.insert((turn, row.cell(inner)), row.cell(code));
        }
        Ok(())
    }

    fn read_contexts(&mut self, table: &Table, words: &mut Words) -> Result<(), LexiconFault> {
        let [context, lemma] = columns(table, ["context", "lemma"])?;
        for row in &table.rows {
            let name = row.cell(context);
            if self.contexts.last() != Some(&name) {
                self.contexts.push(name);
            }
            let bit = 1u64 << (self.contexts.len() - 1).min(63);
            if let Some((one, two)) = row.cell(lemma).split_once('+') {
                let pair = (words.intern(one), words.intern(two));
                *self.context_pairs.entry(pair).or_default() |= bit;
            } else {
                let symbol = words.intern(row.cell(lemma)) as usize;
                self.context_of.resize(self.context_of.len().max(symbol + 1), 0);
                self.context_of[symbol] |= bit;
            }
        }
        Ok(())
    }

    /// Fails on a mode that the type has not.
    pub(super) fn check_mode(&self, plover: EventType, mode: &str) -> Result<(), String> {
        let row = self.types.iter().find(|row| row.plover == plover);
        match row {
            Some(row) if row.modes.contains(&mode) => Ok(()),
            Some(row) => {
                Err(format!("{plover} has no mode `{mode}`: it has {}", row.modes.join(", ")))
            }
            None => Err(format!("{plover} stands not in plover.tsv")),
        }
    }

    /// A CAMEO code's entry.
    pub fn code(&self, code: &str) -> Option<&Code> {
        self.codes.get(code)
    }

    /// How cooperative a type is, from -10 to 10, by PLOVER.
    pub fn score(&self, plover: EventType) -> f64 {
        self.types.iter().find(|row| row.plover == plover).map_or(0.0, |row| row.score)
    }

    /// The code of an act that is only promised, demanded, refused or threatened: `agree` and
    /// `0841` give `0353`. By the longest prefix of the act's code.
    pub fn turn(&self, turn: Turn, code: &str) -> Option<&'static str> {
        (2..=code.len()).rev().find_map(|end| self.derived.get(&(turn, code.get(..end)?)).copied())
    }

    /// The names of the contexts, by bit.
    pub(super) fn context_names(&self, bits: u64) -> impl Iterator<Item = &'static str> + '_ {
        let names = self.contexts.iter().enumerate();
        names.filter(move |(bit, _)| bits >> bit & 1 == 1).map(|(_, name)| *name)
    }

    /// The contexts that one word, or it and the next, speak of.
    pub(super) fn contexts_of(&self, symbol: Symbol, next: Symbol) -> u64 {
        let one = self.context_of.get(symbol as usize).copied().unwrap_or(0);
        if symbol == 0 || next == 0 {
            return one;
        }
        one | self.context_pairs.get(&(symbol, next)).copied().unwrap_or(0)
    }
}

/// The columns of a table, by name.
pub(crate) fn columns<const N: usize>(
    table: &Table,
    names: [&str; N],
) -> Result<[usize; N], LexiconFault> {
    let mut found = [0; N];
    for (slot, name) in found.iter_mut().zip(names) {
        *slot = table.column(name)?;
    }
    Ok(found)
}
