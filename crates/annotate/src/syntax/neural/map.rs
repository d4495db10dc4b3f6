//! Maps from rows of numbers to rows of numbers: a matrix and a bias, in whole numbers.

use std::mem::take;

use super::dots::{COLUMNS, Packed, multiply, settle};

/// A matrix with a bias for each of its rows.
#[derive(Debug)]
pub struct Affine {
    /// A row for each number that comes out.
    pub weights: Vec<i16>,
    /// One for each row.
    pub bias: Vec<i32>,
}

/// A matrix ready to be used.
#[derive(Debug)]
pub struct Map {
    weights: Packed,
    bias: Vec<i32>,
}

impl Map {
    /// Takes the weights, which have a row of `depth` for each number that comes out.
    pub fn take(affine: &mut Affine, depth: usize) -> Self {
        let (weights, bias) = (take(&mut affine.weights), take(&mut affine.bias));
        Self { weights: Packed::new(&weights, depth), bias }
    }

    /// What comes out for each row of `input`, made by `settled` of sums and biases.
    #[inline(always)]
    pub fn apply(&self, input: &[i16], output: &mut Vec<i16>, settled: impl Fn(i32) -> i16) {
        let wide = self.bias.len();
        output.clear();
        output.resize(input.len() / self.weights.depth() * wide, 0);
        multiply(input, &self.weights, |row, column, sums| {
            let output = &mut output[row * wide + column..][..COLUMNS];
            let sums = sums.iter().zip(&self.bias[column..][..COLUMNS]);
            output.iter_mut().zip(sums).for_each(|(out, (sum, bias))| *out = settled(sum + bias));
        });
    }

    /// The same with nought for what is below it.
    pub fn hidden(&self, input: &[i16], output: &mut Vec<i16>) {
        self.apply(input, output, |sum| settle(sum).max(0));
    }

    /// The first `count` sums of each row.
    pub fn scores(&self, input: &[i16], count: usize, scores: &mut Vec<i32>) {
        scores.clear();
        scores.resize(input.len() / self.weights.depth() * count, 0);
        multiply(input, &self.weights, |row, column, sums| {
            let line = &mut scores[row * count..][..count];
            let sums = sums.iter().zip(&self.bias[column..]);
            let line = line.iter_mut().skip(column);
            line.zip(sums).for_each(|(score, (sum, bias))| *score = sum + bias);
        });
    }
}
