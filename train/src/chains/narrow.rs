//! Word vectors of fewer numbers.

/// Words with their numbers.
pub type Words = Vec<(String, Vec<f32>)>;

/// Vectors of fewer numbers: without their mean, along the axes on which they differ most (found by
/// orthogonal iteration).
pub fn narrow(words: &mut Words, width: usize) {
    let depth = words.first().map_or(0, |(_, vector)| vector.len());
    let count = words.len().max(1) as f64;
    let mut mean = vec![0.0f64; depth];
    for (_, vector) in &*words {
        mean.iter_mut().zip(vector).for_each(|(mean, number)| *mean += f64::from(*number) / count);
    }
    let mut spread = vec![vec![0.0f64; depth]; depth];
    for (_, vector) in &mut *words {
        let centred: Vec<f64> =
            vector.iter().zip(&mean).map(|(n, mean)| f64::from(*n) - mean).collect();
        for (row, one) in spread.iter_mut().zip(&centred) {
            row.iter_mut().zip(&centred).for_each(|(cell, other)| *cell += one * other / count);
        }
        *vector = centred.into_iter().map(|number| number as f32).collect();
    }
    let unit = |at: usize| (0..depth).map(|i| f64::from(u8::from(i == at))).collect();
    let mut axes: Vec<Vec<f64>> = (0..width).map(unit).collect();
    for _ in 0..60 {
        for axis in &mut axes {
            *axis = spread.iter().map(|row| dot(row, axis)).collect();
        }
        orthogonal(&mut axes);
    }
    for (_, vector) in words {
        let whole: Vec<f64> = vector.iter().map(|number| f64::from(*number)).collect();
        *vector = axes.iter().map(|axis| dot(axis, &whole) as f32).collect();
    }
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

/// Makes axes of length one that stand upright on those before (Gram and Schmidt).
fn orthogonal(axes: &mut [Vec<f64>]) {
    for at in 0..axes.len() {
        let (before, rest) = axes.split_at_mut(at);
        let axis = &mut rest[0];
        for other in &*before {
            let shared = dot(axis, other);
            axis.iter_mut().zip(other).for_each(|(number, other)| *number -= shared * other);
        }
        let length = dot(axis, axis).sqrt().max(1e-12);
        axis.iter_mut().for_each(|number| *number /= length);
    }
}
