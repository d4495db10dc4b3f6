//! Learns morphological features: what words with the same key have most often, from the key that
//! tells least to the one that tells most. An entry that a lesser one makes needless is left out.

use std::collections::{BTreeMap, BTreeSet};

use chancery_annotate::syntax::bundle::Writer;
use chancery_annotate::syntax::features::{Clue, FeatureTable, Features, KEYS, Room, each_keys};
use chancery_annotate::syntax::tagger::{Letters, class_key};
use chancery_annotate::syntax::{is_plural, read_tag};

use super::write_known;
use crate::conllu::Sentence;

/// What the bundle holds of the features.
#[derive(Debug, Clone, Default)]
pub struct FeatureParts {
    lists: Vec<Features>,
    entries: Vec<(u32, u32)>,
}

impl FeatureParts {
    /// The table that these are parts of.
    pub fn build(&self) -> FeatureTable {
        FeatureTable::new(self.lists.clone(), &self.entries)
    }

    /// Writes what a bundle holds of the features.
    pub fn write(&self, writer: &mut Writer) {
        writer.number(self.lists.len() as u64);
        self.lists.iter().for_each(|list| writer.number(list.0));
        write_known(&self.entries, writer);
    }
}

/// A word's keys and its features.
type Seen = ([u32; KEYS], Features);

/// Learns from the words of the sentences. `names` are the tags, sorted.
pub fn train(sentences: &[Sentence], names: &[String]) -> FeatureParts {
    let seen: Vec<Seen> = sentences.iter().flat_map(|sentence| see(sentence, names)).collect();
    let mut known = BTreeMap::<u32, Features>::new();
    for level in (0..KEYS).rev() {
        let mut votes = BTreeMap::<u32, BTreeMap<Features, usize>>::new();
        for (keys, features) in &seen {
            *votes.entry(keys[level]).or_default().entry(*features).or_default() += 1;
        }
        let most = |votes: &BTreeMap<Features, usize>| {
            votes.iter().max_by_key(|(_, count)| **count).map(|(features, _)| *features)
        };
        let chosen: BTreeMap<u32, Features> =
            votes.iter().filter_map(|(key, votes)| Some((*key, most(votes)?))).collect();
        let told = |keys: &[u32; KEYS]| keys[level + 1..].iter().find_map(|key| known.get(key));
        let needed = |keys: &[u32; KEYS]| told(keys) != chosen.get(&keys[level]);
        let needed: BTreeSet<u32> =
            seen.iter().filter(|(keys, _)| needed(keys)).map(|(keys, _)| keys[level]).collect();
        known.extend(chosen.into_iter().filter(|(key, _)| needed.contains(key)));
    }
    let lists: BTreeSet<Features> = known.values().copied().collect();
    let lists: Vec<Features> = lists.into_iter().collect();
    let place = |list| lists.binary_search(list).expect("the lists were gathered above") as u32 + 1;
    let entries = known.iter().map(|(key, list)| (*key, place(list))).collect();
    FeatureParts { lists, entries }
}

fn see(sentence: &Sentence, names: &[String]) -> Vec<Seen> {
    let mut lower = String::new();
    let clue = |word: &crate::conllu::Word| {
        let (upos, xpos) = read_tag(&word.tag);
        let tag = names.binary_search(&word.tag).map_or(u8::MAX, |tag| tag as u8);
        let letters = Letters::of(&word.form, &mut lower);
        let (head, relation) = (word.head, word.relation);
        Clue { tag, upos, plural: is_plural(xpos), letters, head, relation }
    };
    let clues: Vec<Clue> = sentence.words.iter().map(clue).collect();
    let mut seen = Vec::with_capacity(clues.len());
    each_keys(&clues, &mut Room::default(), &mut |at, keys| {
        // A tag that is not learned has no entries.
        if clues[at].tag != u8::MAX {
            seen.push((keys.map(class_key), sentence.words[at].features));
        }
    });
    seen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu;

    #[test]
    fn a_verb_is_told_by_its_subject_and_a_noun_by_its_tag() {
        let sentence = |subject: &str, person: u8, noun: &str| {
            format!(
                "1\t{subject}\t{subject}\tPRON\tPRP\tPronType=Prs\t2\tnsubj\t_\t_\n\
                 2\twent\tgo\tVERB\tVBD\tPerson={person}|Tense=Past\t0\troot\t_\t_\n\
                 3\t{noun}\t{noun}\tNOUN\tNN\tNumber=Sing\t2\tobj\t_\t_\n\n"
            )
        };
        let text =
            sentence("I", 1, "home") + &sentence("he", 3, "home") + &sentence("he", 3, "east");
        let sentences = conllu::read(&text);
        let names: Vec<String> =
            ["NOUN|NN", "PRON|PRP", "VERB|VBD"].iter().map(ToString::to_string).collect();
        let parts = train(&sentences, &names);
        let table = parts.build();
        let mut told = Vec::new();
        let unseen = conllu::read(&sentence("I", 1, "west").replace("went", "ran"));
        let mut lower = String::new();
        let clues: Vec<Clue> = unseen[0]
            .words
            .iter()
            .map(|word| {
                let (upos, _) = read_tag(&word.tag);
                let tag = names.binary_search(&word.tag).unwrap() as u8;
                let letters = Letters::of(&word.form, &mut lower);
                let (head, relation) = (word.head, word.relation);
                Clue { tag, upos, plural: false, letters, head, relation }
            })
            .collect();
        each_keys(&clues, &mut Room::default(), &mut |_, keys| {
            told.push(table.told(keys).to_string())
        });
        assert_eq!(told, ["PronType=Prs", "Person=1|Tense=Past", "Number=Sing"]);
        // "home" and "east" are nouns like any other: the tag tells.
        assert_eq!(parts.lists.len(), 4);
        assert!(parts.entries.len() < 6, "{:?}", parts.entries);
    }
}
