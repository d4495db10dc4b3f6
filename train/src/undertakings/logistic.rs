//! Multinomial logistic regression over sparse features, by steps that shrink for features that moved
//! much (AdaGrad: Duchi, Hazan and Singer 2011).

use std::collections::HashMap;

use chancery_annotate::syntax::weights::Row;

use super::Settings;
use super::lesson::Example;
use crate::random::Random;

/// A model while it is trained.
pub struct Logistic {
    labels: usize,
    settings: Settings,
    rows: HashMap<u32, usize>,
    /// How fast the weights of each row fall back to nothing where it is met: as much over a round for
    /// every feature.
    falls: Vec<f32>,
    weights: Vec<f32>,
    /// Sums of squares of what moved each weight.
    moved: Vec<f32>,
    random: Random,
}

impl Logistic {
    /// With no weights yet, for the features that are not rare.
    pub fn new(examples: &[&Example], labels: usize, settings: Settings) -> Self {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        for key in examples.iter().flat_map(|example| &example.keys) {
            *counts.entry(*key).or_default() += 1;
        }
        let mut keys: Vec<u32> =
            counts.iter().filter(|it| settings.rare <= *it.1).map(|it| *it.0).collect();
        keys.sort_unstable();
        let falls = keys.iter().map(|key| settings.decay / counts[key] as f32).collect();
        let rows: HashMap<u32, usize> = keys.into_iter().zip(0..).collect();
        let cells = rows.len() * labels;
        let random = Random::new(settings.seed);
        let (weights, moved) = (vec![0.0; cells], vec![1e-6; cells]);
        Self { labels, settings, rows, falls, weights, moved, random }
    }

    /// Learns from every example once; the mean loss.
    pub fn round(&mut self, examples: &[&Example], round: usize) -> f32 {
        let mut order: Vec<usize> = (0..examples.len()).collect();
        self.random.shuffle(&mut order);
        let share = 1.0 - (round - 1) as f32 / self.settings.rounds as f32;
        let mut loss = 0.0;
        for at in order {
            loss += self.learn(examples[at], self.settings.rate * share.max(0.1));
        }
        loss / examples.len().max(1) as f32
    }

    fn learn(&mut self, example: &Example, rate: f32) -> f32 {
        let rows: Vec<usize> =
            example.keys.iter().filter_map(|key| self.rows.get(key).copied()).collect();
        let mut chances = vec![0.0f32; self.labels];
        for row in &rows {
            let start = row * self.labels;
            let cells = &self.weights[start..start + self.labels];
            chances.iter_mut().zip(cells).for_each(|(sum, weight)| *sum += weight);
        }
        let most = chances.iter().copied().fold(f32::MIN, f32::max);
        chances.iter_mut().for_each(|chance| *chance = (*chance - most).exp());
        let sum: f32 = chances.iter().sum();
        chances.iter_mut().for_each(|chance| *chance /= sum);
        let right = usize::from(example.label);
        let loss = -chances[right].max(1e-9).ln();
        chances[right] -= 1.0;
        for row in rows {
            for (label, slope) in chances.iter().enumerate() {
                let cell = row * self.labels + label;
                let slope = slope + self.falls[row] * self.weights[cell];
                self.moved[cell] += slope * slope;
                self.weights[cell] -= rate * slope / self.moved[cell].sqrt();
            }
        }
        loss
    }

    /// The weights in whole numbers, sorted by key.
    pub fn rows(&self, scale: f32) -> Vec<Row> {
        let cells = |row: usize| {
            let start = row * self.labels;
            let cells = (0u8..).zip(&self.weights[start..start + self.labels]);
            let whole = cells.map(|(label, weight)| (label, (weight * scale).round()));
            whole
                .filter(|(_, weight)| *weight != 0.0)
                .map(|(label, weight)| (label, weight.clamp(-32_000.0, 32_000.0) as i16))
                .collect::<Vec<_>>()
        };
        let mut rows: Vec<Row> = self.rows.iter().map(|(key, row)| (*key, cells(*row))).collect();
        rows.retain(|(_, cells)| !cells.is_empty());
        rows.sort_unstable();
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_the_labels_apart_gets_the_weight() {
        let example = |keys: &[u32], label| Example { keys: keys.to_vec(), label };
        let examples =
            [example(&[1, 5], 1), example(&[2, 5], 0), example(&[1, 6], 1), example(&[2, 6], 0)];
        let examples: Vec<&Example> = examples.iter().collect();
        let mut model = Logistic::new(&examples, 2, Settings { decay: 0.1, ..Settings::default() });
        let first = model.round(&examples, 1);
        let last = (2..=12).map(|round| model.round(&examples, round)).last().unwrap();
        assert!(last < first, "{first} {last}");
        let rows = model.rows(100.0);
        let weight = |key: u32, label: u8| {
            let row = &rows.iter().find(|row| row.0 == key).unwrap().1;
            row.iter().find(|cell| cell.0 == label).map_or(0, |cell| cell.1)
        };
        assert!(weight(5, 1) < weight(1, 1) && weight(2, 1) < weight(5, 1), "{rows:?}");
    }
}
