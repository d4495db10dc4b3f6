//! What the network sees of one word: a key for the word, each of its ends, its shape and class.

use crate::syntax::tagger::Letters;
use crate::syntax::weights::pair;

/// How many keys a word has.
pub const KEYS: usize = 13;

/// The keys that name the word itself, which training leaves out now and then.
pub const NAMING: std::ops::Range<usize> = 0..3;

/// The key that names the word in lower case.
pub const LOWER: usize = 1;

/// The keys of a word, naming ones first.
pub fn keys(letters: &Letters) -> [u64; KEYS] {
    let [first, second, third] = letters.prefixes;
    let [one, two, three, four, five] = letters.suffixes;
    let values = [
        letters.form,
        letters.lower,
        letters.class,
        five,
        four,
        three,
        two,
        one,
        third,
        second,
        first,
        letters.shape,
        pair(letters.shape, three),
    ];
    let mut keys = [0; KEYS];
    for ((template, value), key) in (1..).zip(values).zip(&mut keys) {
        *key = pair(template, value);
    }
    keys
}
