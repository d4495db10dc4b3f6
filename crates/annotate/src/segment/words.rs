//! The word lists of segmentation, read from `data/segment`.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

use crate::lexicon::{LexiconFault, Table};

/// What an abbreviation says about the sentence that it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name follows: no sentence ends here.
    Title,
    /// No sentence ends here before a number.
    Number,
    /// A sentence ends here only before a word that opens sentences.
    Inner,
}

/// An abbreviation, without its last dot.
#[derive(Debug, Clone, Copy)]
pub(super) struct Abbreviation {
    pub(super) kind: Kind,
    /// Whether it is also an ordinary word: "no", "sun".
    pub(super) ordinary: bool,
}

type Map<V> = HashMap<&'static str, V, BuildHasherDefault<ShortHasher>>;
type Set = HashSet<&'static str, BuildHasherDefault<ShortHasher>>;

/// The lists, made once.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) abbreviations: Map<Abbreviation>,
    /// Where a contraction without apostrophe is split: "dont" at 2.
    pub(super) contractions: Map<usize>,
    pub(super) prefixes: Set,
    pub(super) openers: Set,
    pub(super) endings: Set,
    pub(super) units: Set,
}

const FILES: [(&str, &str); 6] = [
    ("segment/abbreviations.tsv", include_str!("../../../../data/segment/abbreviations.tsv")),
    ("segment/contractions.tsv", include_str!("../../../../data/segment/contractions.tsv")),
    ("segment/prefixes.tsv", include_str!("../../../../data/segment/prefixes.tsv")),
    ("segment/openers.tsv", include_str!("../../../../data/segment/openers.tsv")),
    ("segment/endings.tsv", include_str!("../../../../data/segment/endings.tsv")),
    ("segment/units.tsv", include_str!("../../../../data/segment/units.tsv")),
];

impl Words {
    /// The lists carried in the binary.
    pub(super) fn embedded() -> &'static Words {
        static WORDS: OnceLock<Words> = OnceLock::new();
        WORDS.get_or_init(|| Words::read().expect("`check` runs over the shipped files in a test"))
    }

    fn read() -> Result<Self, LexiconFault> {
        let [abbreviations, contractions, prefixes, openers, endings, units] = FILES;
        Ok(Self {
            abbreviations: read_abbreviations(abbreviations)?,
            contractions: read_contractions(contractions)?,
            prefixes: read_column(prefixes, "prefix")?,
            openers: read_column(openers, "word")?,
            endings: read_column(endings, "ending")?,
            units: read_column(units, "unit")?,
        })
    }
}

fn read_abbreviations(
    (file, text): (&'static str, &'static str),
) -> Result<Map<Abbreviation>, LexiconFault> {
    let table = Table::parse(file, text)?;
    let (name, kind, word) =
        (table.column("abbreviation")?, table.column("kind")?, table.column("word")?);
    let read = |row: &crate::lexicon::Row| {
        let kind = match row.cell(kind) {
            "title" => Kind::Title,
            "number" => Kind::Number,
            "inner" => Kind::Inner,
            other => {
                return Err(
                    table.fault(row, format!("`{other}` is no kind: use title, number or inner"))
                );
            }
        };
        Ok((row.cell(name), Abbreviation { kind, ordinary: row.cell(word) == "yes" }))
    };
    table.rows.iter().map(read).collect()
}

fn read_contractions(
    (file, text): (&'static str, &'static str),
) -> Result<Map<usize>, LexiconFault> {
    let table = Table::parse(file, text)?;
    let (word, parts) = (table.column("word")?, table.column("parts")?);
    let read = |row: &crate::lexicon::Row| {
        let (first, second) = row.cell(parts).split_once(' ').unwrap_or(("", ""));
        if first.is_empty() || [first, second].concat() != row.cell(word) {
            return Err(table
                .fault(row, "the parts joined are not the word; give both, with a space between"));
        }
        Ok((row.cell(word), first.len()))
    };
    table.rows.iter().map(read).collect()
}

fn read_column(
    (file, text): (&'static str, &'static str),
    column: &str,
) -> Result<Set, LexiconFault> {
    let table = Table::parse(file, text)?;
    let column = table.column(column)?;
    Ok(table.rows.iter().map(|row| row.cell(column)).collect())
}

/// Faults in `data/segment`.
pub(super) fn check() -> Vec<LexiconFault> {
    let mut faults: Vec<_> = Words::read().err().into_iter().collect();
    for (file, text) in FILES {
        match Table::parse(file, text) {
            Ok(table) => faults.extend(table.check_form()),
            Err(fault) => faults.push(fault),
        }
    }
    faults
}

/// A hash for short words: these lists are asked once a word, and the standard one costs as much as
/// the rest of the tokeniser. The keys are ours, so nobody can choose them to collide.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct ShortHasher(u64);

impl Hasher for ShortHasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut eight = [0; 8];
            eight[..chunk.len()].copy_from_slice(chunk);
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(eight))
                .wrapping_mul(0x9E37_79B9_7F4A_7C15);
        }
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
}
