//! The dictionary form of a word, from its letters and tag: known words first, then endings.

use super::bundle::{BundleFault, Reader};
use super::weights::{hash, keys, pair};

/// The longest ending that is looked at, in bytes.
pub const LONGEST: usize = 6;

/// What is done to a word to get its lemma.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Edit {
    /// Whether the word is put in lower case first.
    pub lower: bool,
    /// Bytes taken from its end.
    pub strip: u8,
    /// What is put there.
    pub add: String,
}

impl Edit {
    /// The smallest edit that makes `lemma` of `word`.
    pub fn between(word: &str, lemma: &str) -> Self {
        let kept = Self::from(word, lemma, false);
        let lowered = Self::from(&word.to_lowercase(), lemma, true);
        if lowered.strip <= kept.strip { lowered } else { kept }
    }

    fn from(word: &str, lemma: &str, lower: bool) -> Self {
        let mut shared = word.bytes().zip(lemma.bytes()).take_while(|(a, b)| a == b).count();
        while !word.is_char_boundary(shared) || !lemma.is_char_boundary(shared) {
            shared -= 1;
        }
        let strip = u8::try_from(word.len() - shared).unwrap_or(u8::MAX);
        Self { lower, strip, add: lemma[shared..].to_owned() }
    }

    /// The lemma; `None` if the edit does not fit the word.
    pub fn apply(&self, word: &str, lowered: &str) -> Option<String> {
        let word = if self.lower { lowered } else { word };
        let kept = word.get(..word.len().checked_sub(usize::from(self.strip))?)?;
        let mut lemma = String::with_capacity(kept.len() + self.add.len());
        lemma.push_str(kept);
        lemma.push_str(&self.add);
        (!lemma.is_empty()).then_some(lemma)
    }
}

/// The key of a whole word with its tag.
pub fn word_key(lowered: &str, tag: u8) -> u32 {
    keys([pair(hash(lowered.as_bytes()), 1 << 20 | u64::from(tag))])[0]
}

/// The key of a word's ending with its tag.
pub fn ending_key(ending: &str, tag: u8) -> u32 {
    keys([pair(hash(ending.as_bytes()), u64::from(tag))])[0]
}

/// The last `length` bytes of a word, if they begin a character.
pub fn ending(lowered: &str, length: usize) -> Option<&str> {
    lowered.get(lowered.len().checked_sub(length)?..)
}

/// Known words and endings with their edits.
#[derive(Debug)]
pub struct Lemmas {
    edits: Vec<Edit>,
    shift: u32,
    /// Key and edit, counted from 1; 0 is an empty slot.
    slots: Vec<(u32, u32)>,
}

impl Lemmas {
    /// From keys and the index of the edit of each.
    pub fn new(edits: Vec<Edit>, known: &[(u32, u32)]) -> Self {
        let bits = (known.len() * 2).max(16).next_power_of_two().trailing_zeros();
        let mut lemmas = Self { edits, shift: 32 - bits, slots: vec![(0, 0); 1 << bits] };
        for &(key, edit) in known {
            let slot = lemmas.slot(key);
            lemmas.slots[slot] = (key, edit + 1);
        }
        lemmas
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, BundleFault> {
        let count = reader.count()?;
        let mut edits = Vec::with_capacity(count);
        for _ in 0..count {
            let (lower, strip) = (reader.number()? == 1, reader.number()? as u8);
            edits.push(Edit { lower, strip, add: reader.text()?.to_owned() });
        }
        let keys = reader.keys()?;
        let mut known = Vec::with_capacity(keys.len());
        for key in keys {
            let edit = reader.number()?;
            if edits.len() as u64 <= edit {
                return Err(reader.damaged());
            }
            known.push((key, edit as u32));
        }
        Ok(Self::new(edits, &known))
    }

    fn slot(&self, key: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = (key.wrapping_mul(0x9E37_79B1) >> self.shift) as usize & mask;
        while self.slots[slot].1 != 0 && self.slots[slot].0 != key {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn edit(&self, key: u32) -> Option<&Edit> {
        let edit = self.slots[self.slot(key)].1;
        self.edits.get(edit.checked_sub(1)? as usize)
    }

    /// The lemma of a word. `lowered` is the word in lower case.
    pub fn lemma(&self, word: &str, lowered: &str, tag: u8) -> String {
        let known = self.edit(word_key(lowered, tag)).and_then(|edit| edit.apply(word, lowered));
        known.or_else(|| self.by_ending(word, lowered, tag)).unwrap_or_else(|| word.to_owned())
    }

    fn by_ending(&self, word: &str, lowered: &str, tag: u8) -> Option<String> {
        (0..=LONGEST)
            .rev()
            .filter_map(|length| ending(lowered, length))
            .find_map(|ending| self.edit(ending_key(ending, tag))?.apply(word, lowered))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_makes_the_lemma() {
        for (word, lemma) in [("Went", "go"), ("talks", "talk"), ("Olmians", "Olmian"), ("É", "é")]
        {
            let edit = Edit::between(word, lemma);
            assert_eq!(edit.apply(word, &word.to_lowercase()).as_deref(), Some(lemma));
        }
    }

    #[test]
    fn known_words_come_before_endings() {
        let edits = vec![Edit::between("talks", "talk"), Edit::between("news", "news")];
        let known = [(ending_key("s", 4), 0), (word_key("news", 4), 1)];
        let lemmas = Lemmas::new(edits, &known);
        assert_eq!(lemmas.lemma("Envoys", "envoys", 4), "envoy");
        assert_eq!(lemmas.lemma("news", "news", 4), "news");
        assert_eq!(lemmas.lemma("envoys", "envoys", 5), "envoys");
    }
}
