//! From words to the rows of a network: which keys are known, and the examples made with them.

use std::collections::{BTreeMap, BTreeSet};

use chancery_annotate::syntax::neural::look::{self, KEYS, LOWER};
use chancery_annotate::syntax::tagger::{Classes, Letters, class_key};
use rustc_hash::FxHashMap;

use super::matrix::{View, add_product};
use super::network::{Example, Network};
use crate::conllu::Sentence;
use crate::random::Random;
use crate::vectors::WordVectors;

/// Known words and keys.
#[derive(Debug)]
pub struct Sight {
    /// Tags, in order.
    pub names: Vec<String>,
    /// Words' keys and classes, by key.
    pub classes: Vec<(u32, u32)>,
    /// Keys and their rows, counted from 1, by key.
    pub known: Vec<(u32, u32)>,
    class_table: Classes,
    row_table: Classes,
    counts: BTreeMap<u64, u32>,
    /// The place of each word's vector, counted from 1, by the hash of the word in lower case.
    vectors: FxHashMap<u64, u32>,
}

/// How many times a key must be seen to get a row.
const LEAST: usize = 2;

/// How readily naming keys are left out: of a word seen so often, half the time.
const ALPHA: f32 = 0.5;

impl Sight {
    /// From its parts.
    pub fn new(names: Vec<String>, classes: Vec<(u32, u32)>, known: Vec<(u32, u32)>) -> Self {
        let (class_table, row_table) = (Classes::new(&classes), Classes::new(&known));
        let (counts, vectors) = (BTreeMap::new(), FxHashMap::default());
        Self { names, classes, known, class_table, row_table, counts, vectors }
    }

    /// The same, that knows which words have vectors.
    pub fn with_vectors(mut self, vectors: &WordVectors) -> Self {
        let mut lower = String::new();
        for (word, place) in vectors.words.iter().zip(1..) {
            self.vectors.entry(Letters::of(word, &mut lower).lower).or_insert(place);
        }
        self
    }

    /// Keys and rows of a network that needs no vectors any more: what comes of a word's vector is
    /// part of the row of its key in lower case. Gives the rows, and the keys with their places.
    pub fn fold(&self, network: &Network) -> (Vec<(u32, u32)>, Vec<f32>) {
        let width = network.plan.shape.width;
        let (vectors, weights) = (&network.vectors, &network.dense[network.projection()]);
        let mut known: BTreeMap<u32, u32> = self.known.iter().copied().collect();
        let mut rows = network.rows.clone();
        let mut lower = String::new();
        let mut folded = BTreeSet::new();
        for (at, word) in vectors.words.iter().enumerate() {
            let letters = Letters::of(word, &mut lower);
            let key = class_key(look::keys(&letters)[LOWER]);
            if !folded.insert(key) {
                continue;
            }
            let new = (rows.len() / width) as u32 + 1;
            let row = *known.entry(key).or_insert(new);
            if row == new {
                rows.resize(rows.len() + width, 0.0);
            }
            let row = &mut rows[(row as usize - 1) * width..][..width];
            add_product(
                View::rows(vectors.row(at), vectors.depth),
                weights,
                vectors.depth,
                row,
                width,
            );
        }
        // Rows lie in the order of their keys.
        let sorted = known.values().flat_map(|row| &rows[(*row as usize - 1) * width..][..width]);
        let sorted = sorted.copied().collect();
        (known.into_keys().zip(1..).collect(), sorted)
    }

    /// Learns which keys there are.
    pub fn learn(names: Vec<String>, classes: Vec<(u32, u32)>, sentences: &[Sentence]) -> Self {
        let mut sight = Self::new(names, classes, Vec::new());
        let mut lower = String::new();
        let mut seen = BTreeMap::<u32, usize>::new();
        for word in sentences.iter().flat_map(|sentence| &sentence.words) {
            let letters = sight.letters(&word.form, &mut lower);
            *sight.counts.entry(letters.lower).or_default() += 1;
            for key in look::keys(&letters) {
                *seen.entry(class_key(key)).or_default() += 1;
            }
        }
        let often = seen.into_iter().filter(|(_, count)| LEAST <= *count);
        sight.known = (1..).zip(often).map(|(row, (key, _))| (key, row)).collect();
        sight.row_table = Classes::new(&sight.known);
        sight
    }

    fn letters(&self, word: &str, lower: &mut String) -> Letters {
        let letters = Letters::of(word, lower);
        Letters { class: u64::from(self.class_table.given(letters.lower)), ..letters }
    }

    /// An example without gold.
    pub fn see<'a>(&self, words: impl Iterator<Item = &'a str>) -> Example {
        let mut lower = String::new();
        let mut example = Example::default();
        for word in words {
            let letters = self.letters(word, &mut lower);
            let count = self.counts.get(&letters.lower).copied().unwrap_or(0);
            let rows: [u32; KEYS] = look::keys(&letters).map(|key| self.row_table.given(key));
            example.keys.push(rows);
            example.vectors.push(self.vectors.get(&letters.lower).copied().unwrap_or(0));
            example.rare.push(0.01 + 0.99 * ALPHA / (ALPHA + count as f32));
        }
        example
    }

    /// An example with gold.
    pub fn example(&self, sentence: &Sentence) -> Example {
        let words = &sentence.words;
        let tag = |tag: &String| self.names.binary_search(tag).ok().map(|at| at as u8);
        Example {
            tags: words.iter().map(|word| tag(&word.tag)).collect(),
            heads: words.iter().map(|word| word.head.map_or(0, |head| head + 1)).collect(),
            relations: words.iter().map(|word| word.relation as u8).collect(),
            ..self.see(words.iter().map(|word| word.form.as_str()))
        }
    }
}

/// Puts examples in batches of about so many words each, in an order that is drawn.
pub fn batches<'a, T>(
    examples: &'a [T],
    length: impl Fn(&T) -> usize,
    words: usize,
    random: &mut Random,
) -> Vec<Vec<&'a T>> {
    let mut order: Vec<_> = examples.iter().collect();
    random.shuffle(&mut order);
    let mut batches = vec![Vec::new()];
    let mut held = 0;
    for example in order {
        if words <= held {
            batches.push(Vec::new());
            held = 0;
        }
        held += length(example);
        batches.last_mut().expect("there is one from the start").push(example);
    }
    batches
}
