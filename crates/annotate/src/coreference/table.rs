//! Rows of small numbers by feature.

use crate::syntax::bundle::{BundleFault, Reader, Writer};

/// What one is in the numbers of a row.
pub const ONE: f32 = 48.0;

/// Rows of one width, found by the key of a feature. A key is a hash: its first bits are its slot.
#[derive(Debug, Clone, Default)]
pub struct Table {
    width: usize,
    shift: u32,
    slots: Vec<(u32, u32)>,
    keys: Vec<u32>,
    cells: Vec<i8>,
}

/// The row of a feature that is not known: nothing but noughts.
const UNKNOWN: u32 = 0;

impl Table {
    /// A table of rows by rising keys.
    pub fn new(width: usize, keys: Vec<u32>, rows: &[i8]) -> Self {
        let bits = (keys.len() * 2).max(16).next_power_of_two().trailing_zeros();
        let (shift, mut slots) = (32 - bits, vec![(0, UNKNOWN); 1 << bits]);
        let mask = slots.len() - 1;
        for (row, &key) in (1u32..).zip(&keys) {
            let mut slot = (key >> shift) as usize;
            while slots[slot].1 != UNKNOWN {
                slot = (slot + 1) & mask;
            }
            slots[slot] = (key, row);
        }
        let mut cells = vec![0; width];
        cells.extend_from_slice(rows);
        Self { width, shift, slots, keys, cells }
    }

    /// The row of a key. Most keys are in their first two slots; without a branch between these, the
    /// processor waits for the slots of many keys at once.
    #[inline]
    fn find(&self, key: u32) -> u32 {
        let slot = (key >> self.shift) as usize;
        let (first, second) = (self.slots[slot], self.slots[(slot + 1) & (self.slots.len() - 1)]);
        let near = if second.0 == key { second.1 } else { UNKNOWN };
        let row = if first.0 == key { first.1 } else { near };
        if row == UNKNOWN && first.1 != UNKNOWN && second.1 != UNKNOWN {
            self.probe(key, slot)
        } else {
            row
        }
    }

    #[cold]
    fn probe(&self, key: u32, mut slot: usize) -> u32 {
        loop {
            slot = (slot + 1) & (self.slots.len() - 1);
            let (found, row) = self.slots[slot];
            if found == key || row == UNKNOWN {
                return row;
            }
        }
    }

    /// Adds the rows of features to a sum of the table's width.
    #[inline]
    pub fn add<const KEYS: usize, const WIDTH: usize>(
        &self,
        keys: &[u32; KEYS],
        sum: &mut [i16; WIDTH],
    ) {
        for row in keys.map(|key| self.find(key)) {
            let row: &[i8; WIDTH] = self.cells[row as usize * WIDTH..][..WIDTH]
                .try_into()
                .expect("a table is made and read with one width");
            for (sum, &cell) in sum.iter_mut().zip(row) {
                *sum += i16::from(cell);
            }
        }
    }

    /// Writes it into a bundle.
    pub fn write(&self, writer: &mut Writer) {
        writer.keys(self.keys.iter().copied());
        writer.bytes(self.cells.iter().skip(self.width).map(|cell| *cell as u8));
    }

    /// Reads a table of a width from a bundle.
    pub fn read(width: usize, reader: &mut Reader<'_>) -> Result<Self, BundleFault> {
        let keys = reader.keys()?;
        let count = keys.len().checked_mul(width).ok_or(reader.damaged())?;
        let rows: Vec<i8> = reader.bytes(count)?.iter().map(|cell| *cell as i8).collect();
        Ok(Self::new(width, keys, &rows))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_added_and_unknown_keys_add_nothing() {
        let table = Table::new(2, vec![3, 4, u32::MAX], &[1, -1, 5, 6, 100, 7]);
        let mut writer = Writer::default();
        table.write(&mut writer);
        let bytes = writer.finish();
        let read = Table::read(2, &mut Reader::open(&bytes).unwrap()).unwrap();
        for table in [table, read] {
            let mut sum = [0i16; 2];
            table.add(&[4, 3, 77, u32::MAX, u32::MAX], &mut sum);
            assert_eq!(sum, [206, 19]);
        }
    }
}
