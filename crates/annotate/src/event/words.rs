//! Symbols for the lemmas that rules speak of, and the classes they belong to.

use std::collections::{HashMap, HashSet};

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
    forms: HashMap<String, Symbol>,
    past: HashSet<String>,
    /// Past forms that are lemmas too ("wounded"), with the symbols of their verbs.
    past_too: HashMap<String, Symbol>,
}

/// Where the rules of each lemma stand among rules that are sorted by it.
#[derive(Debug, Default)]
pub(crate) struct BySymbol(Vec<(u32, u32)>);

impl BySymbol {
    /// Of rules whose lemmas are these, in their order.
    pub(crate) fn new(words: &Words, symbols: impl Iterator<Item = Symbol>) -> Self {
        let mut ranges = vec![(0, 0); words.len()];
        for (at, symbol) in (0..).zip(symbols) {
            let range = &mut ranges[symbol as usize];
            *range = (if range.1 == 0 { at } else { range.0 }, at + 1);
        }
        Self(ranges)
    }

    /// The rules of a lemma.
    pub(crate) fn of<'r, T>(&self, rules: &'r [T], symbol: Symbol) -> &'r [T] {
        let (from, to) = self.0[symbol as usize];
        &rules[from as usize..to as usize]
    }
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

    /// Learns the inflected forms of every lemma so far, so that a token whose lemma was guessed
    /// wrong is still known by its form. Irregular forms come from a table of `lemma` and `form`.
    pub(crate) fn learn_forms(&mut self, irregular: &Table) -> Result<(), LexiconFault> {
        let (lemma, form) = (irregular.column("lemma")?, irregular.column("form")?);
        for row in &irregular.rows {
            if let Some(symbol) = self.symbols.get(row.cell(lemma)) {
                self.forms.insert(row.cell(form).to_owned(), *symbol);
                self.past.insert(row.cell(form).to_owned());
            }
        }
        let mut lemmas: Vec<(&'static str, Symbol)> =
            self.symbols.iter().map(|(a, b)| (*a, *b)).collect();
        lemmas.sort_unstable();
        for (lemma, symbol) in lemmas {
            for form in regular_forms(lemma) {
                if !self.symbols.contains_key(form.as_str()) {
                    self.forms.entry(form).or_insert(symbol);
                } else if form.ends_with("ed") {
                    self.past_too.entry(form).or_insert(symbol);
                }
            }
        }
        Ok(())
    }

    /// The symbol of a lemma, in lower case if the lemma is a name.
    pub(crate) fn symbol(&self, lemma: &str) -> Symbol {
        if let Some(symbol) = self.symbols.get(lemma) {
            return *symbol;
        }
        lowered(lemma, |lower| self.symbols.get(lower).copied().unwrap_or(NONE))
    }

    /// Whether a form is the past tense of a lemma that a rule names, and not a lemma itself.
    pub(crate) fn is_past(&self, form: &str) -> bool {
        self.past.contains(form)
            || form.ends_with("ed")
                && !self.symbols.contains_key(form)
                && self.forms.contains_key(form)
    }

    /// The symbol of the verb that a form is the past of, for where the tree has it as another word.
    pub(crate) fn verb_of_past(&self, form: &str) -> Option<Symbol> {
        let known = |form: &str| match self.past_too.get(form) {
            None if self.is_past(form) => self.forms.get(form).copied().unwrap_or(NONE),
            symbol => symbol.copied().unwrap_or(NONE),
        };
        let symbol = match known(form) {
            NONE => lowered(form, known),
            symbol => symbol,
        };
        (symbol != NONE).then_some(symbol)
    }

    /// The symbol of a token by its form, for where the lemma is of no use.
    pub(crate) fn symbol_of_form(&self, form: &str) -> Symbol {
        if form.len() < 4 {
            return NONE;
        }
        let known = |form: &str| self.forms.get(form).copied().unwrap_or(NONE);
        match known(form) {
            NONE => lowered(form, known),
            symbol => symbol,
        }
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

/// Calls with the text in lower case, if it is short and has upper case.
fn lowered(text: &str, look: impl Fn(&str) -> Symbol) -> Symbol {
    let mut lower = [0; 24];
    let bytes = text.as_bytes();
    if lower.len() < bytes.len() || !bytes.iter().any(u8::is_ascii_uppercase) {
        return NONE;
    }
    lower[..bytes.len()].copy_from_slice(bytes);
    lower[..bytes.len()].make_ascii_lowercase();
    std::str::from_utf8(&lower[..bytes.len()]).map_or(NONE, look)
}

/// The regular forms of a lemma as a verb or noun.
fn regular_forms(lemma: &str) -> Vec<String> {
    let stem = |cut: usize, ending: &str| format!("{}{ending}", &lemma[..lemma.len() - cut]);
    let mut forms = match lemma.as_bytes() {
        [] => return Vec::new(),
        [.., b'e'] => vec![stem(0, "s"), stem(0, "d"), stem(1, "ing")],
        [.., before, b'y'] if !b"aeiou".contains(before) => {
            vec![stem(1, "ies"), stem(1, "ied"), stem(0, "ing")]
        }
        [.., b's' | b'x' | b'h' | b'z'] => vec![stem(0, "es"), stem(0, "ed"), stem(0, "ing")],
        _ => vec![stem(0, "s"), stem(0, "ed"), stem(0, "ing")],
    };
    if let [.., vowel, last] = lemma.as_bytes()
        && b"aeiou".contains(vowel)
        && b"bdglmnprt".contains(last)
    {
        let last = *last as char;
        forms.extend([stem(0, &format!("{last}ed")), stem(0, &format!("{last}ing"))]);
    }
    forms
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
