//! What a text carries of how it was made, and hands on to its copies: odd words, spellings of names, lines
//! of residue and credits.

use std::collections::{BTreeMap, BTreeSet};

use super::told::Told;
use crate::frequency;
use crate::spelling::skeleton;
use crate::words::hash;

/// Letters of a name whose spelling is compared.
const LONG: usize = 5;

/// The marks of one report.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Share of its content words, names left out, that are rare.
    pub odd: f64,
    /// Spellings of its names by their consonants.
    names: BTreeMap<String, BTreeSet<String>>,
    /// Its lines of residue and the names that it credits.
    lines: BTreeSet<u64>,
}

impl Marks {
    pub(super) fn of(told: &Told<'_>) -> Self {
        Self { odd: odd(told), names: names(told), lines: lines(told) }
    }

    /// Names that both have and never spell alike.
    pub(super) fn spelt_otherwise(&self, other: &Self) -> usize {
        let apart = |(bare, spellings): &(&String, &BTreeSet<String>)| {
            other.names.get(*bare).is_some_and(|theirs| theirs.is_disjoint(spellings))
        };
        self.names.iter().filter(apart).count()
    }

    /// Lines of residue and credits that both have.
    pub(super) fn carried(&self, other: &Self) -> usize {
        self.lines.intersection(&other.lines).count()
    }
}

fn odd(told: &Told<'_>) -> f64 {
    let plain = || {
        let words = told.words.iter();
        words.filter(|word| !word.capital && !word.number && frequency::content(&word.norm))
    };
    let rare = plain().filter(|word| frequency::RARE <= frequency::rarity(&word.norm)).count();
    rare as f64 / plain().count().max(1) as f64
}

fn names(told: &Told<'_>) -> BTreeMap<String, BTreeSet<String>> {
    let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let named = told.words.iter().filter(|word| word.capital && !word.opening);
    for word in named.filter(|word| LONG <= word.norm.chars().count()) {
        names.entry(skeleton(&word.norm)).or_default().insert(word.norm.clone());
    }
    names
}

fn lines(told: &Told<'_>) -> BTreeSet<u64> {
    let observed = &told.reading.observed;
    let residue = observed.residue.iter().map(|residue| told.slice(residue.span).trim());
    let credits = observed.credits.iter().map(|credit| credit.name.trim());
    residue.chain(credits).map(|line| hash(line.to_lowercase().as_bytes())).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    fn marks(text: &str) -> Marks {
        Marks::of(&Told::new(&Sample::new(text).reading()))
    }

    #[test]
    fn a_name_in_another_spelling_is_counted_once() {
        let first = marks("The mayor Kolmin met Brandt, and Kolmin left.");
        let second = marks("The mayor Kolmyn met Brandt.");
        assert_eq!(first.spelt_otherwise(&second), 1);
        assert_eq!(first.spelt_otherwise(&first), 0);
    }

    #[test]
    fn rare_words_are_odd() {
        assert!(marks("the people met").odd < marks("the populace foregathered").odd);
    }
}
