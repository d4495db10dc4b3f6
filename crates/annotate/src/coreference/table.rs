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

/// What an empty slot says instead of the place of a row.
const EMPTY: u32 = u32::MAX;

impl Table {
    /// A table of rows by rising keys.
    pub fn new(width: usize, keys: Vec<u32>, cells: Vec<i8>) -> Self {
        let bits = (keys.len() * 2).max(16).next_power_of_two().trailing_zeros();
        let (shift, mut slots) = (32 - bits, vec![(0, EMPTY); 1 << bits]);
        let mask = slots.len() - 1;
        for (row, &key) in (0u32..).zip(&keys) {
            let mut slot = (key >> shift) as usize;
            while slots[slot].1 != EMPTY {
                slot = (slot + 1) & mask;
            }
            slots[slot] = (key, row);
        }
        Self { width, shift, slots, keys, cells }
    }

    #[inline]
    fn find(&self, key: u32) -> Option<usize> {
        let mask = self.slots.len() - 1;
        let mut slot = (key >> self.shift) as usize;
        loop {
            match self.slots[slot] {
                (_, EMPTY) => return None,
                (found, row) if found == key => return Some(row as usize * self.width),
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    /// Adds the rows of features to a sum of the table's width.
    #[inline]
    pub fn add<const WIDTH: usize>(&self, keys: &[u32], sum: &mut [i16; WIDTH]) {
        for start in keys.iter().filter_map(|&key| self.find(key)) {
            let row: &[i8; WIDTH] = self.cells[start..start + WIDTH]
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
        writer.bytes(self.cells.iter().map(|cell| *cell as u8));
    }

    /// Reads a table of a width from a bundle.
    pub fn read(width: usize, reader: &mut Reader<'_>) -> Result<Self, BundleFault> {
        let keys = reader.keys()?;
        let count = keys.len().checked_mul(width).ok_or(reader.damaged())?;
        let cells = reader.bytes(count)?.iter().map(|cell| *cell as i8).collect();
        Ok(Self::new(width, keys, cells))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_added_and_unknown_keys_add_nothing() {
        let table = Table::new(2, vec![3, 4, u32::MAX], vec![1, -1, 5, 6, 100, 7]);
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
