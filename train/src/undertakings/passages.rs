//! Passages of corpora, for people to mark.

use std::error::Error;
use std::path::Path;

use chancery_annotate::Kit;
use chancery_eval::gold::{find, passages};
use chancery_eval::line::read_document;
use serde_json::{Value, json};

/// A passage ends with the sentence that makes it so long, in words, or with its paragraph past the
/// half of it.
const WORDS: usize = 90;

/// The passages of a file or folder below the gold folder, in code points.
pub fn passages_of(gold: &Path, corpus: &Path, kit: &Kit) -> Result<Vec<Value>, Box<dyn Error>> {
    let files = find::files(&gold.join(corpus), |file| {
        find::ends(file, &["conllu", "xml", "json", "jsonl"])
    })?;
    let mut rows = Vec::new();
    for file in files {
        rows.extend(of_file(&file, &file.strip_prefix(gold)?.to_string_lossy(), kit)?);
    }
    Ok(rows)
}

fn of_file(file: &Path, corpus: &str, kit: &Kit) -> Result<Vec<Value>, Box<dyn Error>> {
    let mut rows = Vec::new();
    for document in passages::documents(file)? {
        let annotations = read_document(&document, kit);
        let text = &document.report.text;
        let points = |at: u32| text[..at as usize].chars().count();
        let (mut start, mut words) = (None, 0);
        let sentences = &annotations.sentences;
        for (at, sentence) in sentences.iter().enumerate() {
            let from = *start.get_or_insert(sentence.span.start);
            words += sentence.tokens.len();
            let next = sentences.get(at + 1);
            let breaks = next.is_none_or(|next| {
                text[sentence.span.end as usize..next.span.start as usize].contains('\n')
            });
            if next.is_none() || WORDS <= words || breaks && WORDS / 2 <= words {
                let end = sentence.span.end;
                rows.push(json!({
                    "corpus": corpus, "document": document.id, "span": [points(from), points(end)],
                    "text": &text[from as usize..end as usize],
                }));
                (start, words) = (None, 0);
            }
        }
    }
    Ok(rows)
}
