//! Sentences in five classes (0 neutral, 1 and 2 verbal and material cooperation, 3 and 4 verbal and
//! material conflict), and sentences with the spans of source (`S`), target (`T`) and related (`R`).

use std::path::Path;

use chancery_annotate::event::Quad;

use super::{Document, find};
use crate::EvalError;
use crate::error::read_text;

/// A sentence and its class; `None` is neutral.
#[derive(Debug, Clone)]
pub struct ClassedSentence {
    /// The sentence.
    pub document: Document,
    /// Its quad class.
    pub quad: Option<Quad>,
}

/// Reads a `.tsv` file of sentences and class numbers.
pub fn read(path: &Path) -> Result<Vec<ClassedSentence>, EvalError> {
    let text = read_text(path)?;
    let mut sentences = Vec::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let fault =
            || EvalError::form(path, number, "is no `sentence TAB class` with a class of 0 to 4");
        let (sentence, class) = line.rsplit_once('\t').ok_or_else(fault)?;
        let quad = match class.trim() {
            "0" => None,
            "1" => Some(Quad::VerbalCooperation),
            "2" => Some(Quad::MaterialCooperation),
            "3" => Some(Quad::VerbalConflict),
            "4" => Some(Quad::MaterialConflict),
            _ => return Err(fault()),
        };
        let id = format!("{}#{number}", find::stem(path));
        sentences.push(ClassedSentence { document: Document::from_text(&id, sentence), quad });
    }
    Ok(sentences)
}
