//! An averaged perceptron over sparse rows: what training changes, and what the bundle keeps of it.

use chancery_annotate::syntax::weights::{Row, Scores};

/// Weights that can be trained.
#[derive(Debug)]
pub struct Perceptron {
    slots: Vec<(u32, u32)>,
    rows: Vec<Vec<Cell>>,
    now: u32,
    /// How often each row was moved.
    moves: Vec<u32>,
    /// Whether features that have no row are left without.
    closed: bool,
}

#[derive(Debug, Clone, Copy)]
struct Cell {
    label: u8,
    weight: i32,
    total: i64,
    since: u32,
}

/// What the bundle keeps of a perceptron.
#[derive(Debug, Clone, Copy)]
pub struct Keep {
    /// Whole steps for one unit of averaged weight.
    pub scale: f64,
    /// How many weights are kept, the largest first.
    pub most: usize,
    /// Features with fewer of these weights are left out.
    pub least: usize,
}

impl Default for Perceptron {
    fn default() -> Self {
        Self {
            slots: vec![(0, 0); 1 << 16],
            rows: vec![Vec::new()],
            now: 0,
            moves: vec![0],
            closed: false,
        }
    }
}

impl Perceptron {
    fn slot(&self, key: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = (u64::from(key).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & mask;
        while self.slots[slot].1 != 0 && self.slots[slot].0 != key {
            slot = (slot + 1) & mask;
        }
        slot
    }

    /// Adds the weights of the features to the scores.
    pub fn score(&self, keys: &[u32], scores: &mut Scores) {
        for key in keys {
            let row = self.slots[self.slot(*key)].1;
            for cell in &self.rows[row as usize] {
                scores[usize::from(cell.label)] += cell.weight;
            }
        }
    }

    /// One more example was seen.
    pub fn tick(&mut self) {
        self.now += 1;
    }

    /// Moves the weights of the features for one label.
    pub fn update(&mut self, keys: &[u32], label: u8, change: i32) {
        let now = self.now;
        for key in keys {
            let Some(row) = self.row(*key) else { continue };
            self.moves[row] += 1;
            let cells = &mut self.rows[row];
            let at = cells.iter().position(|cell| cell.label == label).unwrap_or_else(|| {
                cells.push(Cell { label, weight: 0, total: 0, since: now });
                cells.len() - 1
            });
            let cell = &mut cells[at];
            cell.total += i64::from(cell.weight) * i64::from(now - cell.since);
            cell.weight += change;
            cell.since = now;
        }
    }

    /// Forgets features that were moved fewer times than this, and takes up no new ones: rare
    /// features are noise, and most of the size.
    pub fn close(&mut self, least: u32) {
        let old = std::mem::take(&mut self.slots);
        self.slots = vec![(0, 0); old.len()];
        for (key, row) in old {
            if row != 0 && least <= self.moves[row as usize] {
                let slot = self.slot(key);
                self.slots[slot] = (key, row);
            }
        }
        self.closed = true;
    }

    fn row(&mut self, key: u32) -> Option<usize> {
        let slot = self.slot(key);
        if self.slots[slot].1 == 0 {
            if self.closed {
                return None;
            }
            self.moves.push(0);
            self.slots[slot] = (key, self.rows.len() as u32);
            self.rows.push(Vec::new());
            if self.slots.len() < self.rows.len() * 2 {
                self.grow();
            }
            return Some(self.rows.len() - 1);
        }
        Some(self.slots[slot].1 as usize)
    }

    fn grow(&mut self) {
        let room = vec![(0, 0); self.slots.len() * 2];
        for (key, row) in std::mem::replace(&mut self.slots, room) {
            if row != 0 {
                let slot = self.slot(key);
                self.slots[slot] = (key, row);
            }
        }
    }

    /// The averaged weights in whole numbers, sorted by key.
    pub fn rows(&self, keep: Keep) -> Vec<Row> {
        let average = |cell: &Cell| {
            let total = cell.total + i64::from(cell.weight) * i64::from(self.now - cell.since);
            (total as f64 / f64::from(self.now.max(1)) * keep.scale).round() as i32
        };
        let kept: Vec<_> = self.slots.iter().filter(|(_, row)| *row != 0).collect();
        let cells =
            |row: u32| self.rows[row as usize].iter().map(|cell| (cell.label, average(cell)));
        let sizes = kept.iter().flat_map(|(_, row)| cells(*row)).map(|(_, weight)| weight.abs());
        let least = threshold(sizes, keep.most);
        let read = |row: u32| {
            let mut cells: Vec<_> = cells(row)
                .filter(|(_, weight)| least <= weight.abs())
                .map(|(label, weight)| (label, weight.clamp(-32_000, 32_000) as i16))
                .collect();
            cells.sort_unstable();
            cells
        };
        let mut rows: Vec<_> = kept
            .into_iter()
            .map(|&(key, row)| (key, read(row)))
            .filter(|(_, cells)| keep.least <= cells.len())
            .collect();
        rows.sort_unstable();
        rows
    }
}

/// The least size that no more than `most` of the sizes reach; at least 1.
fn threshold(sizes: impl Iterator<Item = i32>, most: usize) -> i32 {
    let mut counts = vec![0usize; 4096];
    for size in sizes {
        counts[size.clamp(0, 4095) as usize] += 1;
    }
    let mut kept = 0;
    let large = (1..4096).rev().take_while(|size| {
        kept += counts[*size];
        kept <= most
    });
    large.last().unwrap_or(4095) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_weights_are_dropped() {
        assert_eq!(threshold([5, 1, 3, 3].into_iter(), 1), 4);
        assert_eq!(threshold([5, 1, 3, 3].into_iter(), 3), 2);
        assert_eq!(threshold([5, 0].into_iter(), 9), 1);
    }

    #[test]
    fn a_late_change_weighs_less_than_an_early_one() {
        let mut perceptron = Perceptron::default();
        perceptron.update(&[1], 3, 1);
        for _ in 0..8 {
            perceptron.tick();
        }
        perceptron.update(&[2], 3, 1);
        for _ in 0..2 {
            perceptron.tick();
        }
        let rows = perceptron.rows(Keep { scale: 10.0, most: 9, least: 1 });
        assert_eq!(rows, [(1, vec![(3, 10)]), (2, vec![(3, 2)])]);
    }
}
