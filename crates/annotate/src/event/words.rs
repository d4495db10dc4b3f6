//! Symbols for the lemmas that rules speak of, and the classes they belong to.

use std::collections::HashMap;

use crate::lexicon::{LexiconFault, Table};

/// A lemma that some rule or class names. [`NONE`] for every other.
pub(crate) type Symbol = u32;

/// The symbol of a lemma that no rule names.
pub(crate) const NONE: Symbol = 0;

/// Classes of a lemma, one bit each.
pub(crate) type Mask = u128;

/// Every lemma that rules name, with its classes.
#[derive(Debug, Default)]
pub(crate) struct Words {
    symbols: HashMap<&'static str, Symbol>,
    classes: HashMap<&'static str, Mask>,
    masks: Vec<Mask>,
    sizes: Vec<u32>,
}

impl Words {
    /// No words yet; symbol 0 is taken by [`NONE`].
    pub(crate) fn new() -> Self {
        Self { masks: vec![0], ..Self::default() }
    }

    /// Reads a table of `class` and `lemma`. At most 128 classes.
    pub(crate) fn read_classes(&mut self, table: &Table) -> Result<(), LexiconFault> {
        let (class, lemma) = (table.column("class")?, table.column("lemma")?);
        for row in &table.rows {
            let next = self.classes.len();
            if next == 128 && !self.classes.contains_key(row.cell(class)) {
                return Err(table.fault(row, "is the 129th class; merge two"));
            }
            let bit = *self.classes.entry(row.cell(class)).or_insert(1 << next.min(127));
            if bit.trailing_zeros() as usize >= self.sizes.len() {
                self.sizes.push(0);
            }
            self.sizes[bit.trailing_zeros() as usize] += 1;
            let symbol = self.intern(row.cell(lemma));
            self.masks[symbol as usize] |= bit;
        }
        Ok(())
    }

    /// The symbol of a lemma that a rule names, made if new.
    pub(crate) fn intern(&mut self, lemma: &'static str) -> Symbol {
        let next = self.masks.len() as Symbol;
        let symbol = *self.symbols.entry(lemma).or_insert(next);
        if symbol == next {
            self.masks.push(0);
        }
        symbol
    }

    /// The symbol of a token's lemma, in lower case if the lemma is a name.
    pub(crate) fn symbol(&self, lemma: &str) -> Symbol {
        if let Some(symbol) = self.symbols.get(lemma) {
            return *symbol;
        }
        let mut lower = [0; 24];
        let bytes = lemma.as_bytes();
        if bytes.len() > lower.len() || !bytes.iter().any(u8::is_ascii_uppercase) {
            return NONE;
        }
        lower[..bytes.len()].copy_from_slice(bytes);
        lower[..bytes.len()].make_ascii_lowercase();
        let lower = std::str::from_utf8(&lower[..bytes.len()]).unwrap_or("");
        self.symbols.get(lower).copied().unwrap_or(NONE)
    }

    /// The bit of a class; 0 if there is none of that name.
    pub(crate) fn class(&self, name: &str) -> Mask {
        self.classes.get(name).copied().unwrap_or(0)
    }

    /// The classes of a symbol.
    pub(crate) fn mask(&self, symbol: Symbol) -> Mask {
        self.masks[symbol as usize]
    }

    /// How many symbols there are.
    pub(crate) fn len(&self) -> usize {
        self.masks.len()
    }

    /// How many lemmas a class has.
    fn size(&self, class: Mask) -> u32 {
        self.sizes.get(class.trailing_zeros() as usize).copied().unwrap_or(0)
    }
}

/// Some words: any of some classes, or any of some lemmas.
#[derive(Debug, Default, Clone)]
pub(crate) struct WordSet {
    mask: Mask,
    symbols: Vec<Symbol>,
    /// How many lemmas the set holds: the fewer, the more telling.
    pub(crate) size: u32,
}

impl WordSet {
    /// Reads `@class|lemma|lemma`. Fails on a class that no table has.
    pub(crate) fn parse(text: &'static str, words: &mut Words) -> Result<Self, String> {
        let mut set = Self::default();
        for item in text.split('|') {
            if let Some(class) = item.strip_prefix('@') {
                let bit = words.class(class);
                if bit == 0 {
                    return Err(format!("names the class `{class}`, which classes.tsv has not"));
                }
                set.mask |= bit;
                set.size += words.size(bit);
            } else {
                set.symbols.push(words.intern(item));
                set.size += 1;
            }
        }
        Ok(set)
    }

    /// Whether the set holds a word.
    pub(crate) fn holds(&self, symbol: Symbol, mask: Mask) -> bool {
        symbol != NONE && (self.mask & mask != 0 || self.symbols.contains(&symbol))
    }
}
