//! The corpora that models are made of, pinned by their hashes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use chancery_annotate::lexicon::{LexiconFault, Table};
use sha2::{Digest, Sha256};

/// A pinned file.
#[derive(Debug, Clone)]
pub struct Input {
    /// Path below the gold folder.
    pub path: &'static str,
    /// SHA-256 of its bytes.
    pub sha256: &'static str,
    /// `train` or `dev`.
    pub usage: &'static str,
    /// The licence of the corpus.
    pub licence: &'static str,
    /// What it is.
    pub about: &'static str,
}

/// Why an input cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum InputFault {
    /// The list of inputs is at fault.
    #[error(transparent)]
    List(#[from] LexiconFault),
    /// The file cannot be read.
    #[error(
        "cannot read {path}: {cause}; --gold is the folder of the corpora, and tools/fetch-vectors and tools/fetch-lexemes get the rest"
    )]
    Unread {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The file is another one.
    #[error(
        "{path} has the SHA-256 {found}, train/inputs.tsv pins {pinned}; get the pinned file, or pin this one and say so in the card"
    )]
    Other {
        /// The file.
        path: PathBuf,
        /// Its hash.
        found: String,
        /// The pinned hash.
        pinned: &'static str,
    },
}

/// The pinned files.
pub fn inputs() -> Result<Vec<Input>, LexiconFault> {
    let table = Table::parse("../train/inputs.tsv", include_str!("../inputs.tsv"))?;
    let column = |name| table.column(name);
    let (path, sha256, usage) = (column("path")?, column("sha256")?, column("use")?);
    let (licence, about) = (column("licence")?, column("about")?);
    let read = |row: &chancery_annotate::lexicon::Row| Input {
        path: row.cell(path),
        sha256: row.cell(sha256),
        usage: row.cell(usage),
        licence: row.cell(licence),
        about: row.cell(about),
    };
    Ok(table.rows.iter().map(read).collect())
}

/// Reads a pinned file and checks its hash.
pub fn read_input(gold: &Path, input: &Input) -> Result<String, InputFault> {
    let path = gold.join(input.path);
    let text = read_file(&path)?;
    check(path, input, Sha256::digest(text.as_bytes()).as_slice())?;
    Ok(text)
}

/// Reads the files of a pinned folder, by name, and checks the hash of all: that of their texts in
/// the order of their names.
pub fn read_folder(
    gold: &Path,
    input: &Input,
) -> Result<BTreeMap<String, (PathBuf, String)>, InputFault> {
    let path = gold.join(input.path);
    let unread = |cause| InputFault::Unread { path: path.clone(), cause };
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(&path).map_err(unread)? {
        let entry = entry.map_err(unread)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        files.insert(name, (entry.path(), read_file(&entry.path())?));
    }
    let mut hasher = Sha256::new();
    files.values().for_each(|(_, text)| hasher.update(text.as_bytes()));
    check(path, input, hasher.finalize().as_slice())?;
    Ok(files)
}

fn read_file(path: &Path) -> Result<String, InputFault> {
    let unread = |cause| InputFault::Unread { path: path.to_owned(), cause };
    fs::read_to_string(path).map_err(unread)
}

fn check(path: PathBuf, input: &Input, digest: &[u8]) -> Result<(), InputFault> {
    check_hash(path, input.sha256, digest)
}

/// Refuses a file whose hash is not the pinned one.
pub(crate) fn check_hash(
    path: PathBuf,
    pinned: &'static str,
    digest: &[u8],
) -> Result<(), InputFault> {
    let found: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    if found == pinned {
        return Ok(());
    }
    Err(InputFault::Other { path, found, pinned })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_input_is_refused_with_both_hashes() {
        let folder = std::env::temp_dir().join(format!("chancery-inputs-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("a.conllu"), "changed").unwrap();
        let input =
            Input { path: "a.conllu", sha256: "00ff", usage: "dev", licence: "", about: "" };
        let fault = read_input(&folder, &input).unwrap_err().to_string();
        fs::remove_dir_all(&folder).unwrap();
        assert!(fault.contains("00ff") && fault.contains("a.conllu"), "{fault}");
    }

    #[test]
    fn every_input_has_a_licence() {
        assert!(inputs().unwrap().iter().all(|input| !input.licence.is_empty()));
    }
}
