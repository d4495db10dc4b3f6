//! Makes `data/resolve/frequency.tsv` from the training texts: the share of documents that have
//! each word. Usage: `cargo run --release -p chancery-resolve --example frequency -- GOLD > FILE`.
#![expect(clippy::print_stdout, reason = "the table goes to standard output")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use chancery_resolve::words::words;
use chancery_text::Span;

const KEPT: usize = 8000;

/// Documents of a CoNLL-U file, cut at `# newdoc` and at 40 sentences.
fn conllu(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).expect("the gold folder has the file");
    let mut documents = vec![String::new()];
    let mut sentences = 0;
    for line in text.lines() {
        if line.starts_with("# newdoc") || sentences == 40 {
            documents.push(String::new());
            sentences = 0;
        }
        if let (Some(sentence), Some(document)) =
            (line.strip_prefix("# text = "), documents.last_mut())
        {
            document.push_str(sentence);
            document.push('\n');
            sentences += 1;
        }
    }
    documents
}

/// Documents of MEANTIME: the raw text is in a CDATA section or in tokens.
fn meantime(folder: &Path) -> Vec<String> {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("the gold folder has the corpora")
        .flat_map(|corpus| fs::read_dir(corpus.expect("readable").path()).expect("a corpus"))
        .map(|file| file.expect("readable").path())
        .collect();
    paths.sort();
    paths.iter().map(|path| tokens(&fs::read_to_string(path).expect("readable"))).collect()
}

fn tokens(xml: &str) -> String {
    let token = |part: &str| {
        let (_, rest) = part.split_once('>')?;
        rest.split_once("</token>").map(|(word, _)| word.to_owned())
    };
    xml.split("<token ").skip(1).filter_map(token).collect::<Vec<_>>().join(" ")
}

fn re3d(folder: &Path) -> Vec<String> {
    let mut sources: Vec<_> = fs::read_dir(folder)
        .expect("the gold folder has re3d")
        .map(|source| source.expect("readable").path().join("documents.jsonl"))
        .filter(|path| path.exists())
        .collect();
    sources.sort();
    let read = |path: &std::path::PathBuf| fs::read_to_string(path).expect("readable");
    let text = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).ok()?;
        value["text"].as_str().map(str::to_owned)
    };
    sources.iter().flat_map(|p| read(p).lines().filter_map(text).collect::<Vec<_>>()).collect()
}

fn main() {
    let gold = std::env::args().nth(1).expect("usage: frequency GOLD");
    let gold = Path::new(&gold);
    let mut documents = conllu(&gold.join("ud-ewt/train.conllu"));
    documents.extend(conllu(&gold.join("gum/train.conllu")));
    documents.extend(meantime(&gold.join("meantime/intra_cross-doc_annotation")));
    documents.extend(re3d(&gold.join("re3d")));
    documents.retain(|document| 200 < document.len());
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for document in &documents {
        let all = words(document, Span::of(0..document.len()));
        let distinct: BTreeSet<_> = all.into_iter().map(|word| word.norm).collect();
        for word in distinct.into_iter().filter(|word| word.chars().all(char::is_alphabetic)) {
            *counts.entry(word).or_default() += 1;
        }
    }
    let mut ranked: Vec<_> = counts.into_iter().filter(|(_, count)| 3 <= *count).collect();
    ranked.sort_by_key(|(word, count)| (std::cmp::Reverse(*count), word.clone()));
    ranked.truncate(KEPT);
    ranked.sort();
    println!(
        "# origin: document frequencies of words in Universal Dependencies English EWT (train), GUM (train, open genres), NewsReader MEANTIME and re3d: {} documents",
        documents.len()
    );
    println!(
        "# licence: CC BY-SA 4.0 (EWT), CC BY 4.0 (GUM, MEANTIME), re3d by source: OGL v3, US public domain, CC BY 3.0 AU, EU notice, CC BY-SA 3.0"
    );
    println!("# date: 2026-11-22");
    println!("# rebuild: cargo run --release -p chancery-resolve --example frequency -- GOLD");
    println!("word\tclass");
    for (word, count) in ranked {
        println!("{word}\t{:.1}", -(f64::from(count) / documents.len() as f64).log2());
    }
}
