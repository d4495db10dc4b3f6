//! Scores of labels by feature: a sparse row for each feature that training found telling.

use super::bundle::{BundleFault, Reader, Writer};

/// How many labels there can be: the actions of the parser and a few more.
pub const LABELS: usize = 112;

/// The score of each label.
pub type Scores = [i32; LABELS];

/// Rows of at least so many cells are kept with a weight for every label.
const FULL: usize = 16;

/// Averaged perceptron weights, in whole numbers. A feature is the hash of its template and values;
/// the hash finds a slot, the slot a row of (label, weight). Lookups are told apart by all 32 bits,
/// so a feature that was never seen takes another's row about once in five thousand times.
///
/// Few rows are long, but these are met at nearly every word. They are kept full, so that adding
/// one is a dozen additions of eight labels each; the others are kept as lists of cells.
#[derive(Debug)]
pub struct Weights {
    shift: u32,
    /// Key and place of the row; a place of [`EMPTY`] is an empty slot. Keys are hashes, so their
    /// first bits are the slot; keys in rising order are written in the order of memory.
    slots: Vec<(u32, Place)>,
    filter: Filter,
    /// `weight << 8 | label`.
    cells: Vec<i32>,
    full: Vec<[i16; LABELS]>,
    /// How many full rows can be added up before a sum leaves 16 bits.
    batch: usize,
}

/// A feature's key and its label weights, as training hands them over.
pub type Row = (u32, Vec<(u8, i16)>);

/// Where a row is: `start << 5 | length` in the cells, `index << 5` of a full row, or the row itself
/// where it is of one cell: `weight << 12 | label << 5 | 30`. Nearly half of the rows are.
type Place = u32;

/// What the places of rows of one cell end with. No list is as long.
const ONE: Place = 30;
/// The place of no row.
const EMPTY: Place = Place::MAX;

/// A bit for each of the first bits that keys have: tells most keys without a row from memory near by,
/// where the slots are too many for it.
#[derive(Debug)]
struct Filter {
    shift: u32,
    bits: Vec<u64>,
}

impl Filter {
    fn with_room(count: usize) -> Self {
        let bits = (count * 8).max(64).next_power_of_two().trailing_zeros();
        Self { shift: 32 - bits, bits: vec![0; 1 << (bits - 6)] }
    }

    fn add(&mut self, key: u32) {
        let bit = key >> self.shift;
        self.bits[bit as usize >> 6] |= 1 << (bit & 63);
    }

    fn has(&self, key: u32) -> bool {
        let bit = key >> self.shift;
        self.bits[bit as usize >> 6] >> (bit & 63) & 1 == 1
    }
}

impl Weights {
    /// Weights from rows with different keys. Labels are below [`LABELS`].
    pub fn new(rows: &[Row]) -> Self {
        let mut weights = Self::with_room(rows.len());
        for (key, cells) in rows {
            weights.push(*key, cells);
        }
        weights
    }

    fn with_room(count: usize) -> Self {
        let bits = (count * 3 / 2).max(16).next_power_of_two().trailing_zeros();
        Self {
            shift: 32 - bits,
            slots: vec![(0, EMPTY); (1 << bits) + 1],
            filter: Filter::with_room(count),
            cells: Vec::with_capacity(count * 2),
            full: Vec::new(),
            batch: usize::MAX,
        }
    }

    fn push(&mut self, key: u32, cells: &[(u8, i16)]) {
        if cells.is_empty() {
            return;
        }
        let mut slot = self.slot(key);
        while self.slots[slot].1 != EMPTY {
            slot = self.after(slot);
        }
        self.filter.add(key);
        let place = match *cells {
            [(label, weight)] => u32::from(weight as u16) << 12 | u32::from(label) << 5 | ONE,
            _ if cells.len() < FULL => self.list(cells),
            _ => self.fill(cells),
        };
        self.slots[slot] = (key, place);
    }

    fn list(&mut self, cells: &[(u8, i16)]) -> Place {
        let start = self.cells.len() as u32;
        self.cells
            .extend(cells.iter().map(|&(label, weight)| i32::from(weight) << 8 | i32::from(label)));
        start << 5 | cells.len() as u32
    }

    fn fill(&mut self, cells: &[(u8, i16)]) -> Place {
        let mut row = [0; LABELS];
        for &(label, weight) in cells {
            row[usize::from(label)] = weight;
            let room = i16::MAX.unsigned_abs() / weight.unsigned_abs().max(1);
            self.batch = self.batch.min(usize::from(room).max(1));
        }
        self.full.push(row);
        (self.full.len() as u32 - 1) << 5
    }

    fn slot(&self, key: u32) -> usize {
        (key >> self.shift) as usize
    }

    /// The last slot is never filled, so that the slot after a slot can be looked at without care.
    fn after(&self, slot: usize) -> usize {
        if slot + 2 < self.slots.len() { slot + 1 } else { 0 }
    }

    /// Adds the rows of `keys` to `scores`. The table does not fit the near caches, so what counts is
    /// how many of its loads are under way at once: keys without a row are sorted out first, then all
    /// slots are loaded, then the first cell of each list, with no branch that waits for one of them.
    pub fn add<const N: usize>(&self, keys: &[u32; N], scores: &mut Scores) {
        let (mut known, mut count) = ([0; N], 0);
        for &key in keys {
            known[count] = key;
            count += usize::from(self.filter.has(key));
        }
        let mut pairs = [[(0, EMPTY); 2]; N];
        for (key, pair) in known[..count].iter().zip(&mut pairs) {
            let slot = self.slot(*key);
            *pair = [self.slots[slot], self.slots[slot + 1]];
        }
        let (mut full, mut fulls) = ([0; N], 0);
        let (mut lists, mut listed) = ([0; N], 0);
        let (mut ones, mut lone) = ([0; N], 0);
        for (key, pair) in known[..count].iter().zip(&pairs) {
            let place = self.find(*key, pair);
            let is_full = place & 31 == 0;
            full[fulls] = place >> 5;
            fulls += usize::from(is_full);
            let is_one = place & 31 == ONE;
            ones[lone] = place;
            lone += usize::from(is_one);
            lists[listed] = place;
            listed += usize::from(!is_full & !is_one & (place != EMPTY));
        }
        let mut firsts = [0; N];
        for (place, first) in lists[..listed].iter().zip(&mut firsts) {
            *first = self.cells[(place >> 5) as usize];
        }
        for (place, first) in lists[..listed].iter().zip(&firsts) {
            scores[usize::from(*first as u8)] += first >> 8;
            let start = (place >> 5) as usize;
            for cell in &self.cells[start + 1..start + (place & 31) as usize] {
                scores[usize::from(*cell as u8)] += cell >> 8;
            }
        }
        for one in &ones[..lone] {
            scores[(one >> 5 & 127) as usize] += i32::from((one >> 12) as u16 as i16);
        }
        for batch in full[..fulls].chunks(self.batch.min(N)) {
            self.add_full(batch, scores);
        }
    }

    fn add_full(&self, rows: &[u32], scores: &mut Scores) {
        let mut sums = [0i16; LABELS];
        for row in rows {
            for (sum, weight) in sums.iter_mut().zip(&self.full[*row as usize]) {
                *sum = sum.wrapping_add(*weight);
            }
        }
        for (score, sum) in scores.iter_mut().zip(sums) {
            *score += i32::from(sum);
        }
    }

    /// The place of a key, given its first slot and the one after.
    #[inline]
    fn find(&self, key: u32, [first, second]: &[(u32, Place); 2]) -> Place {
        let near = if second.0 == key { second.1 } else { EMPTY };
        let sure = first.0 == key || first.1 == EMPTY || second.0 == key || second.1 == EMPTY;
        match sure {
            true if first.0 == key => first.1,
            true => near,
            false => self.probe(key),
        }
    }

    /// The place of a key that is not in its first slot.
    #[cold]
    fn probe(&self, key: u32) -> Place {
        let mut slot = self.slot(key);
        loop {
            slot = self.after(slot);
            let (found, place) = self.slots[slot];
            if found == key || place == EMPTY {
                return place;
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
                let (label, weight) = (reader.number()?, reader.signed()?);
                match i16::try_from(weight) {
                    Ok(weight) if label < LABELS as u64 => cells.push((label as u8, weight)),
                    _ => return Err(reader.damaged()),
                }
            }
            weights.push(key, &cells);
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
    keys_after(0, mixed)
}

/// The keys of the templates that come after the first `before`.
#[inline]
pub fn keys_after<const N: usize>(before: usize, mixed: [u64; N]) -> [u32; N] {
    const STEP: u64 = 0xD6E8_FEB8_6659_FD93;
    let mut template = STEP.wrapping_mul(before as u64);
    mixed.map(|value| {
        template = template.wrapping_add(STEP);
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
        let rows = [(7, vec![(1, -5), (111, 300)]), (9, vec![(1, 2)])];
        let mut writer = Writer::default();
        Weights::write(&rows, &mut writer);
        let bytes = writer.finish();
        let read = Weights::read(&mut Reader::open(&bytes).unwrap()).unwrap();
        for weights in [Weights::new(&rows), read] {
            let mut scores = [0; LABELS];
            weights.add(&[7, 9, 9, 1234], &mut scores);
            assert_eq!((scores[1], scores[111], scores[0]), (-1, 300, 0));
        }
    }

    #[test]
    fn full_rows_are_summed_past_sixteen_bits() {
        let long: Vec<_> = (0..LABELS as u8).map(|label| (label, 30_000)).collect();
        let weights = Weights::new(&[(7, long.clone()), (1 << 31, vec![(1, -5)]), (8, long)]);
        let mut scores = [0; LABELS];
        weights.add(&[7, 1 << 31, 8, 7], &mut scores);
        assert_eq!((scores[0], scores[1]), (90_000, 89_995));
    }

    #[test]
    fn the_same_values_under_two_templates_differ() {
        let [first, second] = keys([pair(1, 2), pair(1, 2)]);
        assert_ne!(first, second);
    }
}
