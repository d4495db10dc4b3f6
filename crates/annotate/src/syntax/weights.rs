//! Scores of labels by feature: a sparse row for each feature that training found telling.

use super::bundle::{BundleFault, Reader, Writer};

/// The scores of up to 256 labels.
pub type Scores = [i32; 256];

/// Averaged perceptron weights, in whole numbers. A feature is the hash of its template and values;
/// the hash finds a slot, the slot a row of (label, weight). Lookups are told apart by all 32 bits,
/// so a feature that was never seen takes another's row about once in five thousand times.
#[derive(Debug)]
pub struct Weights {
    shift: u32,
    /// Key and start of the row; a start of 0 is an empty slot.
    slots: Vec<(u32, u32)>,
    /// For each row: its length, then `weight << 8 | label` each.
    rows: Vec<i32>,
}

/// A feature's key and its label weights, as training hands them over.
pub type Row = (u32, Vec<(u8, i16)>);

impl Weights {
    /// Weights from rows with different keys.
    pub fn new(rows: &[Row]) -> Self {
        let mut weights = Self::with_room(rows.len());
        for (key, cells) in rows {
            weights.push(*key, cells.iter().copied());
        }
        weights
    }

    fn with_room(count: usize) -> Self {
        let bits = (count * 5 / 2).max(16).next_power_of_two().trailing_zeros();
        Self { shift: 32 - bits, slots: vec![(0, 0); 1 << bits], rows: vec![0] }
    }

    fn push(&mut self, key: u32, cells: impl ExactSizeIterator<Item = (u8, i16)>) {
        let mask = self.slots.len() - 1;
        let mut slot = self.slot(key);
        while self.slots[slot].1 != 0 {
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = (key, self.rows.len() as u32);
        self.rows.push(cells.len() as i32);
        self.rows.extend(cells.map(|(label, weight)| i32::from(weight) << 8 | i32::from(label)));
    }

    fn slot(&self, key: u32) -> usize {
        (key.wrapping_mul(0x9E37_79B1) >> self.shift) as usize
    }

    /// Adds the rows of `keys` to `scores`. The table does not fit the near caches, so what counts is
    /// how many of its loads are under way at once: first all slots are loaded, then all lengths,
    /// with no branch that waits for one of them.
    pub fn add<const N: usize>(&self, keys: &[u32; N], scores: &mut Scores) {
        let slots = keys.map(|key| self.slots[self.slot(key)]);
        let mut starts = [0; N];
        for at in 0..N {
            let (found, row) = slots[at];
            let here = found == keys[at] || row == 0;
            starts[at] = if here { row } else { self.probe(keys[at]) };
        }
        let counts = starts.map(|start| self.rows[start as usize]);
        for (start, count) in starts.into_iter().zip(counts) {
            let start = start as usize + 1;
            for cell in &self.rows[start..start + count as usize] {
                scores[usize::from(*cell as u8)] += cell >> 8;
            }
        }
    }

    /// The row of a key that is not in its first slot.
    #[cold]
    fn probe(&self, key: u32) -> u32 {
        let mask = self.slots.len() - 1;
        let mut slot = self.slot(key);
        loop {
            slot = (slot + 1) & mask;
            let (found, row) = self.slots[slot];
            if found == key || row == 0 {
                return row;
            }
        }
    }

    /// Writes rows, which must be sorted by key.
    pub fn write(rows: &[Row], writer: &mut Writer) {
        writer.keys(rows.iter().map(|(key, _)| *key));
        for (_, cells) in rows {
            writer.number(cells.len() as u64);
            for (label, weight) in cells {
                writer.number(u64::from(*label));
                writer.signed(i32::from(*weight));
            }
        }
    }

    /// Reads what [`Weights::write`] wrote.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, BundleFault> {
        let keys = reader.keys()?;
        let mut weights = Self::with_room(keys.len());
        let mut cells = Vec::new();
        for key in keys {
            cells.clear();
            for _ in 0..reader.count()? {
                let label = u8::try_from(reader.number()?).map_err(|_| reader.damaged())?;
                let weight = i16::try_from(reader.signed()?).map_err(|_| reader.damaged())?;
                cells.push((label, weight));
            }
            weights.push(key, cells.iter().copied());
        }
        Ok(weights)
    }
}

/// Mixes the values of one template; the template's number goes in with [`keys`].
#[inline]
pub fn pair(first: u64, second: u64) -> u64 {
    first
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
        .wrapping_add(second.wrapping_mul(0xC2B2_AE3D_27D4_EB4F))
}

/// Mixes three values.
#[inline]
pub fn triple(first: u64, second: u64, third: u64) -> u64 {
    pair(first, second).wrapping_add(third.wrapping_mul(0x1656_67B1_9E37_79F9))
}

/// Makes keys of mixed values, one template each: the same values under two templates differ.
#[inline]
pub fn keys<const N: usize>(mixed: [u64; N]) -> [u32; N] {
    let mut template = 0u64;
    mixed.map(|value| {
        template = template.wrapping_add(0xD6E8_FEB8_6659_FD93);
        let folded = value ^ template;
        let folded = (folded ^ folded >> 32).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        ((folded ^ folded >> 29).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32
    })
}

/// The hash of a stretch of text.
#[inline]
pub fn hash(bytes: &[u8]) -> u64 {
    let mut sum = bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        let mut eight = [0; 8];
        eight[..chunk.len()].copy_from_slice(chunk);
        sum = (sum.rotate_left(5) ^ u64::from_le_bytes(eight)).wrapping_mul(0x517C_C1B7_2722_0A95);
        sum ^= sum >> 32;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_summed_and_unknown_keys_add_nothing() {
        let rows = [(7, vec![(1, -5), (255, 300)]), (9, vec![(1, 2)])];
        let mut writer = Writer::default();
        Weights::write(&rows, &mut writer);
        let bytes = writer.finish();
        let read = Weights::read(&mut Reader::open(&bytes).unwrap()).unwrap();
        for weights in [Weights::new(&rows), read] {
            let mut scores = [0; 256];
            weights.add(&[7, 9, 9, 1234], &mut scores);
            assert_eq!((scores[1], scores[255], scores[0]), (-1, 300, 0));
        }
    }

    #[test]
    fn the_same_values_under_two_templates_differ() {
        let [first, second] = keys([pair(1, 2), pair(1, 2)]);
        assert_ne!(first, second);
    }
}
