//! Whether a word tells of a woman or of a man: given names, titles, nouns (`data/actors/genders.tsv`).

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::lexicon::{LexiconFault, Table};
use crate::syntax::weights::hash;

/// What a word or phrase tells of whom it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Gender {
    /// Nothing.
    #[default]
    Unknown,
    /// A man.
    Man,
    /// A woman.
    Woman,
    /// A thing.
    Thing,
}

/// Words that tell, by their hash in lower case.
#[derive(Debug)]
pub struct Genders(FxHashMap<u64, Gender>);

impl Genders {
    /// The words of `data/actors/genders.tsv`, read on first use.
    pub fn embedded() -> &'static Self {
        static GENDERS: OnceLock<Genders> = OnceLock::new();
        GENDERS.get_or_init(|| Self::read().expect("a test reads the shipped table"))
    }

    fn read() -> Result<Self, LexiconFault> {
        let text = include_str!("../../../../data/actors/genders.tsv");
        let table = Table::parse("actors/genders.tsv", text)?;
        let (word, gender) = (table.column("word")?, table.column("gender")?);
        let mut words = FxHashMap::default();
        for row in &table.rows {
            let gender = match row.cell(gender) {
                "m" => Gender::Man,
                "f" => Gender::Woman,
                _ => return Err(table.fault(row, "has another gender than m and f".to_owned())),
            };
            words.insert(hash(row.cell(word).as_bytes()), gender);
        }
        Ok(Self(words))
    }

    /// What a word tells, by its hash in lower case.
    pub fn of(&self, word: u64) -> Gender {
        self.0.get(&word).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_nouns_tell() {
        let of = |word: &str| Genders::embedded().of(hash(word.as_bytes()));
        assert_eq!(["mary", "john"].map(of), [Gender::Woman, Gender::Man]);
        assert_eq!(
            ["spokeswoman", "king", "stone"].map(of),
            [Gender::Woman, Gender::Man, Gender::Unknown]
        );
    }
}
