//! Acronyms that are written like small words: "IS", "WHO", "AU". Treebanks hold few, and in them a word
//! in capitals amid others that are not is most often a small word said loudly. So some sentences are
//! told again with another acronym, one that is a small word in lower case.

use std::collections::BTreeMap;

use crate::conllu::{Sentence, Word};
use crate::random::Random;

/// How often each small word is told as an acronym at least.
const TIMES: usize = 15;
/// How often it is for each time that it is met in capitals as the small word.
const AGAINST: usize = 2;

/// The sentences, and at their end those that are told again. Which tells which word comes of the seed.
pub fn with_acronyms(mut sentences: Vec<Sentence>, seed: u64) -> Vec<Sentence> {
    let held = |sentence: &&Sentence| is_mixed(sentence) && sentence.words.iter().any(is_acronym);
    let holders: Vec<_> = sentences.iter().filter(held).cloned().collect();
    let mut random = Random::new(seed);
    let small = small_words(&sentences);
    let loud = |name: &str| {
        let words = sentences.iter().flat_map(|sentence| &sentence.words);
        words.filter(|word| word.form == name && !word.tag.starts_with("PROPN")).count()
    };
    let times = |name: &str| TIMES + AGAINST * loud(name);
    let names = small.iter().flat_map(|name| std::iter::repeat_n(name, times(name)));
    for name in names.collect::<Vec<_>>() {
        let Some(mut told) = holders.get(random.below(holders.len())).cloned() else { continue };
        if let Some(word) = told.words.iter_mut().find(|word| is_acronym(word)) {
            (word.form, word.lemma) = (name.clone(), name.clone());
        }
        sentences.push(told);
    }
    sentences
}

/// A name of two to five capitals.
fn is_acronym(word: &Word) -> bool {
    word.tag == "PROPN|NNP"
        && (2..=5).contains(&word.form.len())
        && word.form.bytes().all(|b| b.is_ascii_uppercase())
}

/// Whether most words have letters that are not capitals.
fn is_mixed(sentence: &Sentence) -> bool {
    let small = |word: &&Word| word.form.contains(char::is_lowercase);
    sentence.words.len() < 2 * sentence.words.iter().filter(small).count()
}

/// The words of closed classes of two or three letters that the sentences hold more than once in lower
/// case, in capitals.
fn small_words(sentences: &[Sentence]) -> Vec<String> {
    let closed = |word: &&Word| {
        let upos = word.tag.split('|').next().unwrap_or_default();
        let class = ["ADP", "AUX", "CCONJ", "DET", "PART", "PRON", "SCONJ"].contains(&upos);
        class
            && (2..=3).contains(&word.form.len())
            && word.form.bytes().all(|b| b.is_ascii_lowercase())
    };
    let words = sentences.iter().flat_map(|sentence| &sentence.words).filter(closed);
    let mut counts = BTreeMap::<String, usize>::new();
    words.for_each(|word| *counts.entry(word.form.to_uppercase()).or_default() += 1);
    counts.into_iter().filter(|(_, count)| 1 < *count).map(|(word, _)| word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu;

    const TEXT: &str = "1\tOLM\tOLM\tPROPN\tNNP\t_\t2\tnsubj\t_\t_\n2\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_\n3\tat\tat\tADP\tIN\t_\t4\tcase\t_\t_\n4\tnoon\tnoon\tNOUN\tNN\t_\t2\tobl\t_\t_\n\n";

    #[test]
    fn an_acronym_becomes_one_that_is_written_like_a_small_word() {
        let all = with_acronyms(conllu::read(&TEXT.repeat(2)), 1);
        let told = &all[2..];
        assert_eq!(told.len(), TIMES);
        for sentence in told {
            let forms: Vec<_> = sentence.words.iter().map(|word| word.form.as_str()).collect();
            assert_eq!(forms, ["AT", "met", "at", "noon"]);
            assert_eq!(sentence.words[0].tag, "PROPN|NNP");
        }
    }

    #[test]
    fn sentences_all_in_capitals_are_left_alone() {
        let loud = TEXT.replace("met\tmeet", "MET\tmeet").replace("noon\tnoon", "NOON\tnoon");
        assert_eq!(with_acronyms(conllu::read(&loud.repeat(2)), 1).len(), 2);
    }
}
