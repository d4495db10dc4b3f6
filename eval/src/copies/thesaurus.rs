//! What a respinner puts for a word or a phrase. Its lists are WordNet's and our own; the program reads
//! none of them.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The lists of a respinner.
#[derive(Debug)]
pub struct Thesaurus {
    words: BTreeMap<&'static str, Vec<&'static str>>,
    /// Phrases of small words, by their first word, the longest first.
    phrases: BTreeMap<&'static str, Vec<(Vec<&'static str>, &'static str)>>,
}

impl Thesaurus {
    /// The lists of `eval/data`.
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Thesaurus> = OnceLock::new();
        SHIPPED.get_or_init(|| Self {
            words: words(include_str!("../../data/thesaurus.tsv")),
            phrases: phrases(include_str!("../../data/phrases.tsv")),
        })
    }

    /// What may stand for a word in lower case, the commonest first.
    pub fn instead(&self, word: &str) -> &[&'static str] {
        self.words.get(word).map_or(&[], Vec::as_slice)
    }

    /// How many of the next words (in lower case) a phrase spans, and what may stand for it.
    pub fn phrase(&self, next: &[String]) -> Option<(usize, &'static str)> {
        let starting = self.phrases.get(next.first()?.as_str())?;
        let fits = |from: &&(Vec<&str>, &'static str)| {
            from.0.len() <= next.len() && from.0.iter().zip(next).all(|(a, b)| a == b)
        };
        starting.iter().find(fits).map(|(from, to)| (from.len(), *to))
    }
}

fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.filter_map(|line| line.split_once('\t'))
}

fn words(table: &'static str) -> BTreeMap<&'static str, Vec<&'static str>> {
    rows(table).map(|(word, instead)| (word, instead.split(',').collect())).collect()
}

fn phrases(table: &'static str) -> BTreeMap<&'static str, Vec<(Vec<&'static str>, &'static str)>> {
    let mut phrases: BTreeMap<_, Vec<(Vec<&str>, &str)>> = BTreeMap::new();
    for (from, to) in rows(table) {
        let from: Vec<_> = from.split(' ').collect();
        phrases.entry(from[0]).or_default().push((from, to));
    }
    for list in phrases.values_mut() {
        list.sort_by_key(|(from, to)| (std::cmp::Reverse(from.len()), *to));
    }
    phrases
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_phrases_have_others() {
        let lists = Thesaurus::shipped();
        assert!(lists.instead("troops").contains(&"soldiers"));
        assert!(lists.instead("zelmark").is_empty());
        let next: Vec<_> = ["in", "order", "to", "go"].map(str::to_owned).to_vec();
        assert_eq!(lists.phrase(&next).map(|(length, _)| length), Some(3));
    }
}
