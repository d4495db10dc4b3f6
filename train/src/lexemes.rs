//! How other texts write a word, an input of training: how frequent its forms are, and their Brown
//! clusters (Brown et al. 1992), as the PyPI package spacy-lookups-data 1.0.5 holds them of a million
//! forms. Capitals tell more of a name where the word has them in other texts too (Lita et al. 2003).

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use chancery_annotate::name::Usage;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::inputs::{InputFault, check_hash};

/// The file of clusters and its SHA-256.
pub const CLUSTERS: (&str, &str) =
    ("en_lexeme_cluster.json", "cd54d2b85abca2bb1def0d28081ef4f526940c424484b57e371751eba7023c39");
/// The file of the logarithms of forms' frequencies and its SHA-256.
pub const FREQUENCIES: (&str, &str) =
    ("en_lexeme_prob.json", "3760c83a27e340415fc65c5d0b48fcd1c2e963f76a1a81cffadb518004b1cd4f");

/// The logarithm of a form's frequency where the package has none: a little below its smallest.
const UNSEEN: f64 = -20.0;

/// The forms.
#[derive(Debug, Clone, Default)]
pub struct Lexemes {
    /// Bits of the path to the cluster, the first lowest; 0 for none.
    clusters: HashMap<String, u16>,
    /// Natural logarithms of frequencies.
    frequencies: HashMap<String, f64>,
}

impl Lexemes {
    /// Those of the package's files. Fails where these are not the pinned ones.
    pub fn read(folder: &Path) -> Result<Self, InputFault> {
        let clusters: HashMap<String, u32> = read(folder, CLUSTERS)?;
        // A few hundred forms lie deeper than the bits that are kept.
        let clusters = clusters.into_iter().map(|(form, bits)| (form, bits as u16)).collect();
        Ok(Self { clusters, frequencies: read(folder, FREQUENCIES)? })
    }

    /// What the forms of a word with a capital show.
    pub fn usage(&self, lower: &str) -> Usage {
        let mut letters = lower.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        let title: String = first.chain(letters).collect();
        let upper = lower.to_uppercase();
        let brown = |form: &String| self.clusters.get(form).copied().filter(|bits| *bits != 0);
        let frequency = |form: &str| self.frequencies.get(form).copied().unwrap_or(UNSEEN);
        Usage {
            brown: brown(&title).or_else(|| brown(&upper)).unwrap_or(0),
            case: case([lower, &title, &upper].map(frequency)),
        }
    }
}

fn read<T: DeserializeOwned>(
    folder: &Path,
    (name, sha256): (&str, &'static str),
) -> Result<T, InputFault> {
    let path = folder.join(name);
    let unread = |cause| InputFault::Unread { path: path.clone(), cause };
    let file = fs::read(&path).map_err(unread)?;
    check_hash(path.clone(), sha256, Sha256::digest(&file).as_slice())?;
    serde_json::from_slice(&file).map_err(|fault| unread(fault.into()))
}

/// In a byte: how much more frequent a word is with a capital, how frequent it is at all, and whether it
/// is mostly written in capitals. Of the logarithms of its frequencies in small letters, with a first
/// capital, and in capitals.
fn case([lower, title, upper]: [f64; 3]) -> u8 {
    const LEANS: f64 = 4.0;
    let most = lower.max(title).max(upper);
    if most <= UNSEEN {
        return 0;
    }
    let lean = ((title.max(upper) - lower) / 1.5).round().clamp(-LEANS, LEANS) + LEANS;
    let frequency = ((most - UNSEEN) / 3.0).clamp(0.0, 5.0);
    let capitals = title < upper && lower < upper;
    16 + 16 * lean as u8 + 2 * frequency as u8 + u8::from(capitals)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexemes() -> Lexemes {
        let clusters = [("Olm", 0b1011), ("NEWT", 0b110), ("Of", 0), ("of", 9)];
        let frequencies = [
            ("Olm", -9.0),
            ("olm", -15.0),
            ("NEWT", -8.0),
            ("newt", -12.0),
            ("of", -4.0),
            ("Of", -9.0),
        ];
        Lexemes {
            clusters: clusters.map(|(form, bits)| (form.to_owned(), bits)).into(),
            frequencies: frequencies.map(|(form, by)| (form.to_owned(), by)).into(),
        }
    }

    #[test]
    fn a_word_has_the_cluster_of_its_form_with_a_capital() {
        let lexemes = lexemes();
        let brown = |word: &str| lexemes.usage(word).brown;
        assert_eq!(["olm", "newt", "of", "eft"].map(brown), [0b1011, 0b110, 0, 0]);
    }

    #[test]
    fn names_are_told_from_words_by_their_case() {
        let lexemes = lexemes();
        let case = |word: &str| lexemes.usage(word).case;
        let lean = |word: &str| (case(word) - 16) / 16;
        assert_eq!(["olm", "newt", "of"].map(lean), [8, 7, 1]);
        assert_eq!(["olm", "newt", "of"].map(|word| case(word) % 2), [0, 1, 0]);
        assert_eq!(case("eft"), 0);
    }

    #[test]
    fn other_files_are_refused() {
        let folder = std::env::temp_dir().join(format!("chancery-lexemes-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(CLUSTERS.0), "{}").unwrap();
        let fault = Lexemes::read(&folder).unwrap_err().to_string();
        fs::remove_dir_all(&folder).unwrap();
        assert!(fault.contains(CLUSTERS.1), "{fault}");
    }
}
