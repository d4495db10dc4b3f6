//! What ordinary text teaches: that most of its words make no undertaking.
//!
//! Half of the invented texts hold one; of ordinary text next to none does. Words of open corpora on
//! which no rule fires count as making none. A few do, which the model bears.

use std::collections::{BTreeSet, HashSet};
use std::error::Error;
use std::path::Path;

use chancery_annotate::Kit;
use chancery_eval::gold::passages::Marks;
use chancery_eval::gold::{Document, conllu, names};

use super::lesson::{Taught, unmarked};
use crate::inputs::{Input, inputs, read_folder, read_input};
use crate::parallel;

/// The corpora, by the start of their path.
pub const CORPORA: [&str; 3] = ["gum/train.conllu", "re3d/", "wikigold/"];

/// The pinned files that are read.
pub fn files() -> Result<Vec<Input>, Box<dyn Error>> {
    let read = |path: &str| {
        CORPORA.iter().any(|corpus| path.starts_with(corpus)) && !path.ends_with("entities.jsonl")
    };
    Ok(inputs()?.into_iter().filter(|input| read(input.path)).collect())
}

/// The pinned files and folders of passages that are marked. Fails where one is not pinned.
pub fn marked(marks: &[Marks]) -> Result<Vec<Input>, Box<dyn Error>> {
    let corpora: BTreeSet<&str> = marks.iter().map(|marks| marks.corpus.as_str()).collect();
    let pinned = inputs()?;
    let mut found: Vec<Input> = Vec::new();
    for corpus in corpora {
        let input = pinned.iter().find(|input| Path::new(corpus).starts_with(input.path));
        let input = input.ok_or_else(|| format!("train/inputs.tsv does not pin {corpus}"))?;
        if found.iter().all(|other| other.path != input.path) {
            found.push(input.clone());
        }
    }
    Ok(found)
}

/// Checks the corpora of passages against their pins.
pub fn check(marks: &[Marks], gold: &Path) -> Result<(), Box<dyn Error>> {
    for input in marked(marks)? {
        if gold.join(input.path).is_dir() {
            read_folder(gold, &input)?;
        } else {
            read_input(gold, &input)?;
        }
    }
    Ok(())
}

/// What the documents of the corpora below a folder teach of which no passage is marked.
pub fn taught(gold: &Path, marks: &[Marks], kit: &Kit) -> Result<Vec<Taught>, Box<dyn Error>> {
    let marked: HashSet<(&str, &str)> =
        marks.iter().map(|marks| (marks.corpus.as_str(), marks.document.as_str())).collect();
    let mut taught = Vec::new();
    for input in files()? {
        read_input(gold, &input)?;
        let documents = documents(&gold.join(input.path))?;
        let free = |it: &&Document| !marked.contains(&(input.path, it.id.as_str()));
        let free: Vec<&Document> = documents.iter().filter(free).collect();
        taught.extend(parallel::map(&free, |document| unmarked(document, kit)));
    }
    Ok(taught)
}

fn documents(file: &Path) -> Result<Vec<Document>, Box<dyn Error>> {
    if file.extension().is_some_and(|ending| ending == "conllu") {
        return Ok(conllu::read(file)?.into_iter().map(|one| one.document).collect());
    }
    Ok(names::read(file)?.into_iter().map(|one| one.document).collect())
}
