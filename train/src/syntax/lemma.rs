//! Learns lemmas: the edit of each known word, and of each ending that edits share.

use std::collections::{BTreeMap, BTreeSet};

use chancery_annotate::syntax::bundle::Writer;
use chancery_annotate::syntax::lemma::{Edit, LONGEST, Lemmas, ending, ending_key, word_key};

use crate::conllu::Sentence;

/// What the bundle holds of the lemmas.
#[derive(Debug, Clone, Default)]
pub struct LemmaParts {
    /// The edits.
    pub edits: Vec<Edit>,
    /// Keys and the index of the edit of each, by key.
    pub known: Vec<(u32, u32)>,
}

impl LemmaParts {
    /// The lemmas that these are parts of.
    pub fn build(&self) -> Lemmas {
        Lemmas::new(self.edits.clone(), &self.known)
    }

    /// Writes what a bundle holds of the lemmas.
    pub fn write(&self, writer: &mut Writer) {
        writer.number(self.edits.len() as u64);
        for edit in &self.edits {
            writer.number(u64::from(edit.lower));
            writer.number(u64::from(edit.strip));
            writer.text(&edit.add);
        }
        super::write_known(&self.known, writer);
    }
}

type Votes = BTreeMap<Edit, usize>;

fn winner(votes: &Votes) -> Option<(&Edit, usize)> {
    votes.iter().map(|(edit, count)| (edit, *count)).max_by_key(|(_, count)| *count)
}

/// Learns from the words of the sentences.
pub fn train(sentences: &[Sentence], names: &[String]) -> LemmaParts {
    let words = words(sentences, names);
    let endings = endings(&words);
    let mut known = BTreeMap::<u32, &Edit>::new();
    let mut rules = BTreeMap::<(&str, u8), &Edit>::new();
    for (key @ (_, tag), edit) in &endings {
        // An ending that does what a shorter one does adds nothing.
        let shorter = (1..=key.0.len()).find_map(|cut| rules.get(&(key.0.get(cut..)?, *tag)));
        if shorter != Some(&edit) {
            rules.insert(*key, edit);
            known.insert(ending_key(key.0, *tag), edit);
        }
    }
    for ((word, tag), votes) in &words {
        let Some((edit, count)) = winner(votes) else { continue };
        let by_ending = (0..=LONGEST).rev().find_map(|n| rules.get(&(ending(word, n)?, *tag)));
        if by_ending != Some(&edit) && 0 < count {
            known.insert(word_key(word, *tag), edit);
        }
    }
    number(known)
}

fn words(sentences: &[Sentence], names: &[String]) -> BTreeMap<(String, u8), Votes> {
    let mut words = BTreeMap::<(String, u8), Votes>::new();
    for word in sentences.iter().flat_map(|sentence| &sentence.words) {
        let Ok(tag) = names.binary_search(&word.tag) else { continue };
        if word.lemma == "_" && word.form != "_" {
            continue;
        }
        let edit = Edit::between(&word.form, &word.lemma);
        let votes = words.entry((word.form.to_lowercase(), tag as u8)).or_default();
        *votes.entry(edit).or_default() += 1;
    }
    words
}

/// The edit that most words with an ending share, shorter endings first.
fn endings(words: &BTreeMap<(String, u8), Votes>) -> Vec<((&str, u8), Edit)> {
    let mut votes = BTreeMap::<(usize, &str, u8), Votes>::new();
    for ((word, tag), edits) in words {
        let Some((edit, _)) = winner(edits) else { continue };
        for ending in (0..=LONGEST).filter_map(|length| ending(word, length)) {
            *votes
                .entry((ending.len(), ending, *tag))
                .or_default()
                .entry(edit.clone())
                .or_default() += 1;
        }
    }
    votes
        .iter()
        .filter_map(|((length, ending, tag), votes)| {
            let (edit, count) = winner(votes)?;
            (*length == 0 || 1 < count).then(|| ((*ending, *tag), edit.clone()))
        })
        .collect()
}

fn number(known: BTreeMap<u32, &Edit>) -> LemmaParts {
    let edits: BTreeSet<_> = known.values().copied().collect();
    let edits: Vec<Edit> = edits.into_iter().cloned().collect();
    let at = |edit: &Edit| edits.binary_search(edit).expect("the edits were gathered above") as u32;
    LemmaParts { known: known.iter().map(|(key, edit)| (*key, at(edit))).collect(), edits }
}
