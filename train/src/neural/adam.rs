//! Adam (Kingma and Ba 2015), for rows only where they were touched.

use super::network::Gradients;

const FIRST: f32 = 0.9;
const SECOND: f32 = 0.98;
const SMALL: f32 = 1e-7;

/// The longest step that gradients may ask for, as their norm.
const NORM: f32 = 2.0;

/// Means of gradients and of their squares.
#[derive(Debug)]
pub struct Adam {
    dense: Vec<[f32; 2]>,
    rows: Vec<[f32; 2]>,
    steps: i32,
}

impl Adam {
    /// For so many weights, and cells of rows.
    pub fn new(dense: usize, rows: usize) -> Self {
        let zeros = |count: usize| vec![[0.0; 2]; count];
        Self { dense: zeros(dense), rows: zeros(rows), steps: 0 }
    }

    /// Takes one step with the gradients of the shards, summed in their order. A row has `width` cells.
    pub fn step(
        &mut self,
        weights: &mut [f32],
        cells: &mut [f32],
        width: usize,
        shards: &[Gradients],
        rate: f32,
    ) {
        let words: usize = shards.iter().map(|shard| shard.words).sum();
        self.steps += 1;
        let mut dense = vec![0.0; weights.len()];
        for shard in shards {
            dense.iter_mut().zip(&shard.dense).for_each(|(sum, by)| *sum += by);
        }
        let (touched, rows) = join(shards, width);
        let square = |values: &[f32]| values.iter().map(|by| f64::from(by * by)).sum::<f64>();
        let norm = (square(&dense) + square(&rows)).sqrt() as f32 / words as f32;
        let scale = (NORM / norm.max(NORM)) / words as f32;
        let warm = |mean: f32| 1.0 - mean.powi(self.steps);
        let (first, second) = (warm(FIRST), warm(SECOND));
        let one = |weight: &mut f32, means: &mut [f32; 2], by: f32| {
            let by = by * scale;
            means[0] = FIRST * means[0] + (1.0 - FIRST) * by;
            means[1] = SECOND * means[1] + (1.0 - SECOND) * by * by;
            *weight -= rate * (means[0] / first) / ((means[1] / second).sqrt() + SMALL);
        };
        for ((weight, means), by) in weights.iter_mut().zip(&mut self.dense).zip(&dense) {
            one(weight, means, *by);
        }
        for (row, by) in touched.iter().zip(rows.chunks_exact(width)) {
            let range = *row as usize * width..(*row as usize + 1) * width;
            let cells = cells[range.clone()].iter_mut().zip(&mut self.rows[range]);
            cells.zip(by).for_each(|((weight, means), by)| one(weight, means, *by));
        }
    }
}

/// The rows that any shard touched, with the sums of their gradients.
fn join(shards: &[Gradients], width: usize) -> (Vec<u32>, Vec<f32>) {
    let mut touched: Vec<u32> = shards.iter().flat_map(|shard| shard.touched.clone()).collect();
    touched.sort_unstable();
    touched.dedup();
    let mut rows = vec![0.0; touched.len() * width];
    for shard in shards {
        for (row, by) in shard.touched.iter().zip(shard.rows.chunks_exact(width)) {
            let at = touched.binary_search(row).expect("it was gathered above");
            rows[at * width..][..width].iter_mut().zip(by).for_each(|(sum, by)| *sum += by);
        }
    }
    (touched, rows)
}
