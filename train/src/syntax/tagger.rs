//! Trains the tagger.

use std::collections::{BTreeMap, BTreeSet};

use chancery_annotate::syntax::tagger::{
    Classes, Letters, Tagger, best, class_key, features, style,
};
use chancery_annotate::syntax::weights::{LABELS, Row, Weights};

use super::perceptron::{Keep, Perceptron};
use crate::conllu::Sentence;
use crate::random::Random;

/// Features that moved fewer times in the first rounds are forgotten.
const RARE: u32 = 2;

/// How many weights are kept.
const MOST: usize = 600_000;

/// What the bundle holds of the tagger.
#[derive(Debug, Clone)]
pub struct TaggerParts {
    /// The tags.
    pub names: Vec<String>,
    /// Words' keys and classes, by key.
    pub classes: Vec<(u32, u32)>,
    /// The weights.
    pub rows: Vec<Row>,
}

impl TaggerParts {
    /// The tagger that these are parts of.
    pub fn build(&self) -> Tagger {
        Tagger::new(self.names.clone(), Classes::new(&self.classes), Weights::new(&self.rows))
    }
}

/// The tags of a treebank, each seen often enough to be learned.
pub fn tag_names(sentences: &[Sentence], least: usize) -> Vec<String> {
    let mut counts = BTreeMap::<&str, usize>::new();
    for word in sentences.iter().flat_map(|sentence| &sentence.words) {
        *counts.entry(&word.tag).or_default() += 1;
    }
    let often = counts.into_iter().filter(|(_, count)| least <= *count);
    often.map(|(tag, _)| tag.to_owned()).collect()
}

/// A word seen so often, with one tag all but once in so many, has only that tag.
const SURE: usize = 20;
const SLIP: usize = 200;

/// The tags that each frequent word was seen with, as a number for each set of tags.
pub(crate) fn classes(sentences: &[&Sentence], names: &[String]) -> Vec<(u32, u32)> {
    let mut seen = BTreeMap::<u32, BTreeMap<usize, usize>>::new();
    let mut lower = String::new();
    for word in sentences.iter().flat_map(|sentence| &sentence.words) {
        if let Some(tag) = index(names, &word.tag) {
            let key = class_key(Letters::of(&word.form, &mut lower).lower);
            *seen.entry(key).or_default().entry(usize::from(tag)).or_default() += 1;
        }
    }
    let mut sets = BTreeMap::<BTreeSet<usize>, u32>::new();
    let mut classes = Vec::new();
    for (key, tags) in seen {
        let total: usize = tags.values().sum();
        if total < 3 {
            continue;
        }
        let only = tags.iter().find(|(_, n)| SURE <= total && (total - *n) * SLIP <= total);
        let only = only.map(|(tag, _)| *tag as u8);
        let set: BTreeSet<_> =
            tags.into_iter().filter(|(_, n)| total <= n * 20).map(|(tag, _)| tag).collect();
        let next = sets.len() as u32 + 1;
        classes.push((key, Classes::value(*sets.entry(set).or_insert(next), only)));
    }
    classes
}

fn index(names: &[String], tag: &str) -> Option<u8> {
    names.binary_search_by(|name| name.as_str().cmp(tag)).ok().map(|at| at as u8)
}

struct Example {
    letters: Vec<Letters>,
    tags: Vec<Option<u8>>,
    style: u64,
}

/// Trains on the sentences, in an order that the seed gives.
pub fn train(
    sentences: &[&Sentence],
    names: &[String],
    iterations: usize,
    seed: u64,
) -> TaggerParts {
    let known = classes(sentences, names);
    let reader = Tagger::new(names.to_vec(), Classes::new(&known), Weights::new(&[]));
    let mut lower = String::new();
    let mut examples: Vec<_> = sentences
        .iter()
        .map(|sentence| {
            let letters: Vec<_> =
                sentence.words.iter().map(|word| reader.letters(&word.form, &mut lower)).collect();
            let tags = sentence.words.iter().map(|word| index(names, &word.tag)).collect();
            Example { style: style(&letters), letters, tags }
        })
        .collect();
    let mut perceptron = Perceptron::default();
    let mut random = Random::new(seed);
    for round in 0..iterations {
        if round == 2 {
            perceptron.close(RARE);
        }
        random.shuffle(&mut examples);
        for example in &examples {
            learn(example, names.len(), &mut perceptron);
        }
    }
    let rows = perceptron.rows(Keep { scale: 8.0, most: MOST, least: 1 });
    TaggerParts { names: names.to_vec(), classes: known, rows }
}

/// Tags a sentence as the tagger would, with its own mistakes before each word.
fn learn(example: &Example, count: usize, perceptron: &mut Perceptron) {
    let mut tags = Vec::with_capacity(example.letters.len());
    for (at, gold) in example.tags.iter().enumerate() {
        if let Some(tag) = example.letters[at].only.checked_sub(1) {
            tags.push(tag);
            continue;
        }
        let keys = features(&example.letters, &tags, at, example.style);
        let mut scores = [0; LABELS];
        perceptron.score(&keys, &mut scores);
        let guess = best(&scores[..count]);
        if let Some(gold) = *gold {
            perceptron.tick();
            if guess != gold {
                perceptron.update(&keys, gold, 1);
                perceptron.update(&keys, guess, -1);
            }
        }
        tags.push(guess);
    }
}
