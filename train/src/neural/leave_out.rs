//! What is left out at random while learning (Srivastava et al. 2014): for a sentence the same of each word
//! (Gal and Ghahramani 2016).

use std::ops::Range;

use crate::random::Random;

/// A mask for each sentence; empty where nothing is left out.
pub fn mask(
    spans: &[Range<usize>],
    width: usize,
    rate: f32,
    random: &mut Option<Random>,
) -> Vec<f32> {
    let words = spans.last().map_or(0, |span| span.end);
    let Some(random) = random.as_mut().filter(|_| 0.0 < rate) else { return Vec::new() };
    let mut mask = vec![0.0; words * width];
    let kept = 1.0 / (1.0 - rate);
    for span in spans {
        let line: Vec<f32> =
            (0..width).map(|_| if chance(random, rate) { 0.0 } else { kept }).collect();
        for word in span.clone() {
            mask[word * width..][..width].copy_from_slice(&line);
        }
    }
    mask
}

/// Whether what happens at a rate happens.
pub fn chance(random: &mut Random, rate: f32) -> bool {
    ((random.draw() >> 40) as f32) < rate * (1 << 24) as f32
}

/// Multiplies numbers by a mask; an empty one leaves them.
pub fn apply(values: &mut [f32], mask: &[f32]) {
    values.iter_mut().zip(mask).for_each(|(value, mask)| *value *= mask);
}
