//! Word vectors in eight bits: which words are used alike.

use rustc_hash::FxHashMap;

use crate::syntax::bundle::{BundleFault, Reader, Writer};

/// Vectors of words, by the hash of the word in lower case.
#[derive(Debug, Clone, Default)]
pub struct Vectors {
    width: usize,
    index: FxHashMap<u32, u32>,
    cells: Vec<i8>,
    lengths: Vec<f32>,
}

/// What a word is found by.
pub fn key(hash: u64) -> u32 {
    (hash ^ hash >> 32) as u32
}

impl Vectors {
    /// Vectors of one width by their words' hashes. Of two words with one key the first is kept.
    /// Each is scaled so that its largest number is 127. Indices are in the order of keys, so that they
    /// are the same once read from a bundle.
    pub fn new(width: usize, words: &[(u64, Vec<f32>)]) -> Self {
        let mut vectors = Self { width, ..Self::default() };
        let mut sorted: Vec<_> = words.iter().collect();
        sorted.sort_by_key(|(hash, _)| key(*hash));
        for (hash, numbers) in sorted {
            if vectors.index.contains_key(&key(*hash)) {
                continue;
            }
            vectors.index.insert(key(*hash), vectors.index.len() as u32);
            let most = numbers.iter().fold(1e-9f32, |most, number| most.max(number.abs()));
            vectors.cells.extend(numbers.iter().map(|number| (number / most * 127.0) as i8));
        }
        vectors.measured()
    }

    /// How many numbers a vector has.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The index of a word by its hash.
    pub fn find(&self, hash: u64) -> Option<u32> {
        self.index.get(&key(hash)).copied()
    }

    /// The numbers of a word by its index.
    pub fn cells(&self, index: u32) -> &[i8] {
        let start = index as usize * self.width;
        &self.cells[start..start + self.width]
    }

    /// The cosine of the angle between two words' vectors.
    pub fn cosine(&self, one: u32, other: u32) -> f32 {
        let pairs = self.cells(one).iter().zip(self.cells(other));
        let dot: i32 = pairs.map(|(&a, &b)| i32::from(a) * i32::from(b)).sum();
        dot as f32 / (self.lengths[one as usize] * self.lengths[other as usize])
    }

    /// With the lengths of the vectors, one at least.
    fn measured(mut self) -> Self {
        let square = |cell: &i8| f32::from(*cell) * f32::from(*cell);
        let length = |cells: &[i8]| cells.iter().map(square).sum::<f32>().sqrt().max(1.0);
        self.lengths = self.cells.chunks(self.width.max(1)).map(length).collect();
        self
    }

    /// Writes them into a bundle.
    pub fn write(&self, writer: &mut Writer) {
        let mut keys: Vec<_> = self.index.iter().map(|(key, index)| (*key, *index)).collect();
        keys.sort_unstable();
        writer.number(self.width as u64);
        writer.keys(keys.iter().map(|(key, _)| *key));
        let cells = keys.iter().flat_map(|(_, index)| self.cells(*index));
        writer.bytes(cells.map(|cell| *cell as u8));
    }

    /// Reads them from a bundle.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, BundleFault> {
        let width = reader.number()? as usize;
        let keys = reader.keys()?;
        let count = keys.len().checked_mul(width).ok_or(reader.damaged())?;
        let cells = reader.bytes(count)?.iter().map(|cell| *cell as i8).collect();
        let index = keys.into_iter().zip(0..).collect();
        Ok(Self { width, index, cells, lengths: Vec::new() }.measured())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_is_of_direction_and_survives_the_bundle() {
        let words = [(9, vec![1.0, 0.0]), (3, vec![0.5, 0.0]), (5, vec![0.0, -2.0])];
        let vectors = Vectors::new(2, &words);
        let mut writer = Writer::default();
        vectors.write(&mut writer);
        let bytes = writer.finish();
        let read = Vectors::read(&mut Reader::open(&bytes).unwrap()).unwrap();
        for vectors in [vectors, read] {
            let of = |word| vectors.find(word).unwrap();
            assert!((vectors.cosine(of(9), of(3)) - 1.0).abs() < 1e-6);
            assert!(vectors.cosine(of(9), of(5)).abs() < 1e-6);
            assert_eq!(vectors.find(4), None);
            assert_eq!([3, 5, 9].map(|word| vectors.find(word)), [Some(0), Some(1), Some(2)]);
        }
    }
}
