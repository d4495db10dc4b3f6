//! Clusters of words: words that are met in like surroundings are in one cluster, and clusters in
//! clusters.

use crate::syntax::bundle::{BundleFault, Reader, Writer};

/// Bits of a cluster's number: three for each level, the widest first.
pub const BITS: u32 = 12;

/// What is known of a word.
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

/// The cluster of each known word.
#[derive(Debug, Default)]
pub struct Clusters {
    shift: u32,
    /// Key of the word, rank and number. Empty where the rank is 0.
    slots: Vec<(u32, u8, [u16; 2])>,
    rows: Vec<(u32, u8, [u16; 2])>,
}

/// Key of a word by the hash of it in lower case, digits as 0.
pub fn key(lower: u64) -> u32 {
    (lower.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32
}

impl Clusters {
    /// Of words by hash, in the order of how frequent they are, and the number of each.
    pub fn new(words: impl Iterator<Item = (u64, [u32; 2])>) -> Self {
        let mut rows: Vec<_> = (1u32..)
            .zip(words)
            .map(|(place, (word, numbers))| {
                (key(word), (32 - place.leading_zeros()) as u8, numbers.map(|number| number as u16))
            })
            .collect();
        rows.sort_by_key(|(key, rank, _)| (*key, *rank));
        rows.dedup_by_key(|row| row.0);
        Self::of(rows)
    }

    fn of(rows: Vec<(u32, u8, [u16; 2])>) -> Self {
        let bits = (rows.len() * 3 / 2).max(16).next_power_of_two().trailing_zeros();
        let mut slots = vec![(0, 0, [0; 2]); 1 << bits];
        let shift = 32 - bits;
        for row in &rows {
            let mut slot = (row.0 >> shift) as usize;
            while slots[slot].1 != 0 {
                slot = (slot + 1) & (slots.len() - 1);
            }
            slots[slot] = *row;
        }
        Self { shift, slots, rows }
    }

    /// The cluster of a word, by the hash of it.
    pub fn get(&self, lower: u64) -> (Cluster, Cluster) {
        const NONE: (Cluster, Cluster) = (Cluster::NONE, Cluster::NONE);
        if self.slots.is_empty() {
            return NONE;
        }
        let key = key(lower);
        let mut slot = (key >> self.shift) as usize;
        loop {
            let (found, rank, numbers) = self.slots[slot];
            if rank == 0 {
                return NONE;
            }
            if found == key {
                let [first, second] =
                    numbers.map(|number| Cluster { number: number.into(), rank: rank.into() });
                return (first, second);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    /// Writes them.
    pub fn write(&self, writer: &mut Writer) {
        writer.keys(self.rows.iter().map(|row| row.0));
        writer.bytes(self.rows.iter().map(|row| row.1));
        for of in 0..2 {
            writer.bytes(self.rows.iter().map(|row| (row.2[of] >> 8) as u8));
            writer.bytes(self.rows.iter().map(|row| row.2[of] as u8));
        }
    }

    /// Reads what [`Clusters::write`] wrote.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, BundleFault> {
        let keys = reader.keys()?;
        let count = keys.len();
        let ranks = reader.bytes(count)?;
        let mut rows: Vec<_> =
            keys.into_iter().zip(ranks).map(|(key, rank)| (key, *rank, [0; 2])).collect();
        for of in 0..2 {
            let (high, low) = (reader.bytes(count)?, reader.bytes(count)?);
            for (row, bytes) in rows.iter_mut().zip(high.iter().zip(low)) {
                row.2[of] = u16::from_be_bytes([*bytes.0, *bytes.1]);
            }
        }
        Ok(Self::of(rows))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_with_the_clusters_that_hold_theirs() {
        let words = [(11, [0o7123, 5]), (12, [0o7144, 6]), (11, [0, 0])];
        let clusters = Clusters::new(words.into_iter());
        let (first, second) = (clusters.get(11).0, clusters.get(12).0);
        assert_eq!((first.number, first.rank, clusters.get(11).1.number), (0o7123, 1, 5));
        assert_eq!((second.number, second.rank), (0o7144, 2));
        assert_eq!(first.at(6), second.at(6));
        assert_ne!(first.at(9), second.at(9));
        assert_eq!(clusters.get(13), (Cluster::NONE, Cluster::NONE));
        assert_eq!(Clusters::default().get(11).0, Cluster::NONE);
    }

    #[test]
    fn clusters_come_back_from_a_bundle() {
        let clusters = Clusters::new((1..500).map(|word| (word, [word as u32 * 8, 4095])));
        let mut writer = Writer::default();
        clusters.write(&mut writer);
        let bytes = writer.finish();
        let read = Clusters::read(&mut Reader::open(&bytes).unwrap()).unwrap();
        assert!((0..600).all(|word| read.get(word) == clusters.get(word)));
        assert_eq!(read.get(400).0.number, 3200);
    }
}
