//! Clusters of words: words that are met in like surroundings are in one cluster, and clusters in
//! clusters. Beside them, how much other texts write a word with a capital.

use crate::syntax::bundle::{BundleFault, Reader, Writer};

/// Bits of a cluster's number: three for each level, the widest first.
pub const BITS: u32 = 12;

/// The cluster of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cluster {
    /// Its number; [`Cluster::NONE`] where the word is unknown.
    pub number: u32,
    /// How frequent the word is: the bits of its place among all words.
    pub rank: u32,
}

impl Cluster {
    /// That of words that are not known.
    pub const NONE: Self = Self { number: 1 << 20, rank: 31 };

    /// The cluster of a level that holds it, as a value of a feature.
    pub fn at(self, bits: u32) -> u64 {
        u64::from(self.number >> (BITS - bits) | bits << 24)
    }
}

/// What other texts show of a word where it has a capital.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Its cluster by another method and other texts (Brown et al. 1992), the widest in the lowest bits; 0
    /// where it has none.
    pub brown: u16,
    /// How much more frequent it is than in small letters, and how frequent; 0 where it is not known.
    pub case: u8,
}

impl Usage {
    /// The Brown cluster of a level that holds it, as a value of a feature.
    pub fn brown_at(self, bits: u32) -> u64 {
        u64::from(self.brown) & ((1 << bits) - 1) | u64::from(bits) << 24
    }
}

/// What is known of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Its cluster by one division, and by another.
    pub clusters: [Cluster; 2],
    /// Its usage.
    pub usage: Usage,
}

impl Entry {
    /// That of words that are not known.
    pub const NONE: Self =
        Self { clusters: [Cluster::NONE; 2], usage: Usage { brown: 0, case: 0 } };
}

#[derive(Debug, Clone, Copy, Default)]
struct Row {
    key: u32,
    /// 0 in an empty slot.
    rank: u8,
    numbers: [u16; 2],
    usage: Usage,
}

/// What is known of words.
#[derive(Debug, Default)]
pub struct Clusters {
    shift: u32,
    slots: Vec<Row>,
    rows: Vec<Row>,
}

/// Key of a word by the hash of it in lower case, digits as 0.
pub fn key(lower: u64) -> u32 {
    (lower.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32
}

impl Clusters {
    /// Of words by hash, in the order of how frequent they are, with the number of each and its usage.
    pub fn new(words: impl Iterator<Item = (u64, [u32; 2], Usage)>) -> Self {
        let row = |(place, (word, numbers, usage)): (u32, (u64, [u32; 2], Usage))| Row {
            key: key(word),
            rank: (32 - place.leading_zeros()) as u8,
            numbers: numbers.map(|number| number as u16),
            usage,
        };
        let mut rows: Vec<_> = (1u32..).zip(words).map(row).collect();
        rows.sort_by_key(|row| (row.key, row.rank));
        rows.dedup_by_key(|row| row.key);
        Self::of(rows)
    }

    fn of(rows: Vec<Row>) -> Self {
        let bits = (rows.len() * 3 / 2).max(16).next_power_of_two().trailing_zeros();
        let mut slots = vec![Row::default(); 1 << bits];
        let shift = 32 - bits;
        for row in &rows {
            let mut slot = (row.key >> shift) as usize;
            while slots[slot].rank != 0 {
                slot = (slot + 1) & (slots.len() - 1);
            }
            slots[slot] = *row;
        }
        Self { shift, slots, rows }
    }

    /// What is known of a word, by the hash of it.
    pub fn get(&self, lower: u64) -> Entry {
        if self.slots.is_empty() {
            return Entry::NONE;
        }
        let key = key(lower);
        let mut slot = (key >> self.shift) as usize;
        loop {
            let row = self.slots[slot];
            if row.rank == 0 {
                return Entry::NONE;
            }
            if row.key == key {
                let rank = row.rank.into();
                let clusters = row.numbers.map(|number| Cluster { number: number.into(), rank });
                return Entry { clusters, usage: row.usage };
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    /// Writes them.
    pub fn write(&self, writer: &mut Writer) {
        writer.keys(self.rows.iter().map(|row| row.key));
        writer.bytes(self.rows.iter().map(|row| row.rank));
        writer.bytes(self.rows.iter().map(|row| row.usage.case));
        for number in 0..3 {
            writer.bytes(self.rows.iter().map(|row| row.pairs()[number][0]));
            writer.bytes(self.rows.iter().map(|row| row.pairs()[number][1]));
        }
    }

    /// Reads what [`Clusters::write`] wrote.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, BundleFault> {
        let keys = reader.keys()?;
        let count = keys.len();
        let (ranks, cases) = (reader.bytes(count)?, reader.bytes(count)?);
        let mut pairs = [[&[][..]; 2]; 3];
        for bytes in pairs.iter_mut().flatten() {
            *bytes = reader.bytes(count)?;
        }
        let row = |(at, key): (usize, u32)| {
            let [first, second, brown] =
                pairs.map(|[high, low]| u16::from_be_bytes([high[at], low[at]]));
            let usage = Usage { brown, case: cases[at] };
            Row { key, rank: ranks[at], numbers: [first, second], usage }
        };
        Ok(Self::of(keys.into_iter().enumerate().map(row).collect()))
    }
}

impl Row {
    fn pairs(&self) -> [[u8; 2]; 3] {
        let [first, second] = self.numbers;
        [first, second, self.usage.brown].map(u16::to_be_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Usage = Usage { brown: 0b10_1101, case: 3 };

    #[test]
    fn words_are_found_with_the_clusters_that_hold_theirs() {
        let other = Usage { brown: 0b0_1101, case: 0 };
        let words = [(11, [0o7123, 5], PLAIN), (12, [0o7144, 6], other), (11, [0, 0], other)];
        let clusters = Clusters::new(words.into_iter());
        let [one, two] = [11, 12].map(|word| clusters.get(word));
        let ([first, other], [second, _]) = (one.clusters, two.clusters);
        assert_eq!((first.number, first.rank, other.number), (0o7123, 1, 5));
        assert_eq!((second.number, second.rank), (0o7144, 2));
        assert_eq!(first.at(6), second.at(6));
        assert_ne!(first.at(9), second.at(9));
        assert_eq!(one.usage, PLAIN);
        assert_eq!(one.usage.brown_at(4), two.usage.brown_at(4));
        assert_ne!(one.usage.brown_at(6), two.usage.brown_at(6));
        assert_eq!(clusters.get(13), Entry::NONE);
        assert_eq!(Clusters::default().get(11), Entry::NONE);
    }

    #[test]
    fn clusters_come_back_from_a_bundle() {
        let word = |word: u64| {
            (word, [word as u32 * 8, 4095], Usage { brown: word as u16 * 128, case: word as u8 })
        };
        let clusters = Clusters::new((1..500).map(word));
        let mut writer = Writer::default();
        clusters.write(&mut writer);
        let bytes = writer.finish();
        let read = Clusters::read(&mut Reader::open(&bytes).unwrap()).unwrap();
        assert!((0..600).all(|word| read.get(word) == clusters.get(word)));
        assert_eq!(read.get(400).clusters[0].number, 3200);
        assert_eq!(read.get(400).usage, word(400).2);
    }
}
