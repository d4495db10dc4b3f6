//! Tags each word, left to right: an averaged perceptron over the word, its letters and neighbours.

use super::bundle::{BundleFault, Reader};
use super::weights::{LABELS, Scores, Weights, hash, keys, pair, triple};

/// How many features a word has.
pub const FEATURES: usize = 44;

/// What the tagger sees of one word: hashes of the word and its ends, and how it is written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Letters {
    /// The word as written.
    pub form: u64,
    /// The word in lower case.
    pub lower: u64,
    /// Its first one, two, three letters, in lower case.
    pub prefixes: [u64; 3],
    /// Its last one to five letters, in lower case.
    pub suffixes: [u64; 5],
    /// Capitals, digits and marks in it.
    pub shape: u64,
    /// The tags that training saw the word with.
    pub class: u64,
    /// The only tag that it has, from 1; 0 if it has several, or was seldom seen.
    pub only: u8,
}

/// The shape bits of a word that starts with a capital, is all capitals, has a digit, has a mark.
const CAPITAL: u64 = 1;
const CAPITALS: u64 = 2;
const DIGIT: u64 = 4;
const MARK: u64 = 8;
const LETTER: u64 = 16;
const LONG: u64 = 32;

impl Letters {
    /// Reads one word. `lower` is room to work in.
    pub fn of(word: &str, lower: &mut String) -> Self {
        lower.clear();
        lower.extend(word.chars().map(plain).flat_map(char::to_lowercase));
        let bytes = lower.as_bytes();
        let mut letters =
            Self { form: hash(word.as_bytes()), lower: hash(bytes), ..Self::default() };
        for (length, slot) in (1..).zip(&mut letters.prefixes) {
            *slot = hash(&bytes[..boundary_after(lower, length)]);
        }
        for (length, slot) in (1..).zip(&mut letters.suffixes) {
            *slot = hash(&bytes[boundary_before(lower, length)..]);
        }
        letters.shape = shape(word);
        letters
    }

    /// Whether the word starts with a capital.
    pub fn capital(&self) -> bool {
        self.shape & CAPITAL != 0
    }
}

/// Curly marks read as straight ones, so that "’s" is known from "'s".
fn plain(c: char) -> char {
    match c {
        '’' | '‘' | '`' => '\'',
        '“' | '”' => '"',
        '–' | '—' => '-',
        _ => c,
    }
}

fn boundary_after(text: &str, length: usize) -> usize {
    (length..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}

fn boundary_before(text: &str, length: usize) -> usize {
    let at = text.len().saturating_sub(length);
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

fn shape(word: &str) -> u64 {
    let mut shape = if word.starts_with(char::is_uppercase) { CAPITAL } else { 0 };
    let (mut lower, mut upper) = (false, 0);
    for c in word.chars() {
        if c.is_uppercase() {
            upper += 1;
        } else if c.is_lowercase() {
            lower = true;
        } else if c.is_numeric() {
            shape |= DIGIT;
        } else if !c.is_alphabetic() {
            shape |= MARK;
        }
    }
    if lower || 0 < upper {
        shape |= LETTER;
    }
    if !lower && 1 < upper {
        shape |= CAPITALS;
    }
    if 3 < word.len() { shape | LONG } else { shape }
}

/// How a sentence is written as a whole: headlines capitalise what prose does not.
pub fn style(letters: &[Letters]) -> u64 {
    let long = letters.iter().filter(|l| l.shape & LETTER != 0 && l.shape & LONG != 0);
    let (all, capital, capitals) = long.fold((0, 0, 0), |(all, capital, capitals), l| {
        (all + 1, capital + (l.shape & 1), capitals + (l.shape >> 1 & 1))
    });
    match all {
        0 => 0,
        _ if all * 7 < capitals * 10 => 2,
        _ if all * 7 < capital * 10 => 1,
        _ => 3,
    }
}

/// The features of word `at`, given the tags of the words before.
pub fn features(letters: &[Letters], tags: &[u8], at: usize, style: u64) -> [u32; FEATURES] {
    const EDGE: Letters = Letters {
        form: 1,
        lower: 1,
        prefixes: [1; 3],
        suffixes: [1; 5],
        shape: 64,
        class: 1,
        only: 0,
    };
    let word =
        |shift: isize| at.checked_add_signed(shift).and_then(|at| letters.get(at)).unwrap_or(&EDGE);
    let tag = |back: usize| at.checked_sub(back).map_or(255, |at| u64::from(tags[at]));
    let (this, before, before2, after, after2) = (word(0), word(-1), word(-2), word(1), word(2));
    let (tag1, tag2) = (tag(1), tag(2));
    let place = pair(this.shape, pair(style, u64::from(at == 0)));
    keys([
        0,
        this.form,
        this.lower,
        this.prefixes[0],
        this.prefixes[1],
        this.prefixes[2],
        this.suffixes[0],
        this.suffixes[1],
        this.suffixes[2],
        this.suffixes[3],
        this.suffixes[4],
        place,
        pair(place, this.suffixes[2]),
        pair(place, this.class),
        this.class,
        tag1,
        pair(tag1, tag2),
        pair(tag1, this.lower),
        pair(tag1, this.class),
        triple(tag1, tag2, this.class),
        pair(tag1, this.suffixes[2]),
        pair(tag1, place),
        before.lower,
        before2.lower,
        after.lower,
        after2.lower,
        before.suffixes[2],
        after.suffixes[2],
        after.class,
        pair(after.class, after2.class),
        triple(tag1, this.class, after.class),
        pair(this.class, after.class),
        pair(this.lower, after.class),
        pair(this.lower, after.lower),
        pair(this.lower, before.lower),
        triple(this.lower, tag1, after.class),
        pair(tag1, after.class),
        pair(tag1, after.lower),
        pair(before.lower, after.lower),
        pair(place, after.shape),
        triple(place, before.shape, style),
        pair(before.class, this.class),
        triple(this.class, after.class, after2.class),
        pair(this.suffixes[1], after.suffixes[1]),
    ])
}

/// A word's key in the table of known words.
pub fn class_key(lower: u64) -> u32 {
    keys([lower])[0]
}

/// A trained tagger.
#[derive(Debug)]
pub struct Tagger {
    /// The tags' names: "NOUN|NN".
    pub names: Vec<String>,
    classes: Classes,
    weights: Weights,
}

/// The tags that training saw each word with, as one number, and which it is if there is only one.
#[derive(Debug, Default)]
pub struct Classes {
    shift: u32,
    slots: Vec<(u32, u32)>,
}

impl Classes {
    /// From words' keys, rising, and what [`Classes::value`] makes of each.
    pub fn new(known: &[(u32, u32)]) -> Self {
        let bits = (known.len() * 2).max(16).next_power_of_two().trailing_zeros();
        let mut classes = Self { shift: 32 - bits, slots: vec![(0, 0); 1 << bits] };
        for &(key, class) in known {
            let slot = classes.find(key);
            classes.slots[slot] = (key, class);
        }
        classes
    }

    /// A word's class, from 1, and its only tag, as one number.
    pub fn value(class: u32, only: Option<u8>) -> u32 {
        class << 7 | only.map_or(0, |tag| u32::from(tag) + 1)
    }

    /// The class in such a number.
    pub fn class(value: u32) -> u32 {
        value >> 7
    }

    fn find(&self, key: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = (key.wrapping_mul(0x9E37_79B1) >> self.shift) as usize & mask;
        while self.slots[slot].1 != 0 && self.slots[slot].0 != key {
            slot = (slot + 1) & mask;
        }
        slot
    }

    /// What a word was given; 0 if training did not see it.
    pub fn given(&self, lower: u64) -> u32 {
        self.slots[self.find(class_key(lower))].1
    }

    /// The class of a word, 0 if training did not see it, and its only tag, from 1.
    fn get(&self, lower: u64) -> (u64, u8) {
        let value = self.given(lower);
        (u64::from(Self::class(value)), (value & 127) as u8)
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, BundleFault> {
        let keys = reader.keys()?;
        let mut known = Vec::with_capacity(keys.len());
        for key in keys {
            known.push((key, reader.number()? as u32));
        }
        Ok(Self::new(&known))
    }
}

impl Tagger {
    /// A tagger from its parts.
    pub fn new(names: Vec<String>, classes: Classes, weights: Weights) -> Self {
        Self { names, classes, weights }
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, BundleFault> {
        let count = reader.count()?;
        let mut names = Vec::with_capacity(count);
        for _ in 0..count {
            names.push(reader.text()?.to_owned());
        }
        if names.is_empty() || LABELS < names.len() {
            return Err(reader.damaged());
        }
        Ok(Self { names, classes: Classes::read(reader)?, weights: Weights::read(reader)? })
    }

    /// What the tagger sees of a word.
    pub fn letters(&self, word: &str, lower: &mut String) -> Letters {
        let letters = Letters::of(word, lower);
        let (class, only) = self.classes.get(letters.lower);
        Letters { class, only, ..letters }
    }

    /// Tags one sentence: an index into the names for each word, onto `tags`.
    pub fn tag(&self, letters: &[Letters], tags: &mut Vec<u8>) {
        tags.clear();
        let style = style(letters);
        for (at, word) in letters.iter().enumerate() {
            // One word in three is "the" or the like.
            if let Some(tag) = word.only.checked_sub(1) {
                tags.push(tag);
                continue;
            }
            let mut scores: Scores = [0; LABELS];
            self.weights.add(&features(letters, tags, at, style), &mut scores);
            tags.push(best(&scores[..self.names.len()]));
        }
    }
}

/// The first of the highest scores.
pub fn best(scores: &[i32]) -> u8 {
    let mut best = 0;
    for (label, score) in scores.iter().enumerate() {
        if scores[best] < *score {
            best = label;
        }
    }
    best as u8
}
