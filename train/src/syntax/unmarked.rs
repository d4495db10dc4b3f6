//! Sentences that have lost their commas and apostrophes: "Olmias army withdrew the group said". Some
//! collections of reports come so, and treebanks hold next to none. So some sentences are told again
//! without.

use crate::conllu::{Sentence, Word, without};

/// Every so many sentences that have commas or apostrophes, one is told again without them.
const EVERY: usize = 6;

/// The sentences, and at their end those that are told again.
pub fn with_unmarked(mut sentences: Vec<Sentence>) -> Vec<Sentence> {
    let told: Vec<_> = sentences.iter().filter_map(unmarked).step_by(EVERY).collect();
    sentences.extend(told);
    sentences
}

/// The sentence without commas and apostrophes; `None` if it has none, or if more than they would go.
fn unmarked(sentence: &Sentence) -> Option<Sentence> {
    let marked = |word: &Word| word.form.contains([',', '\'', '’']);
    if !sentence.words.iter().any(marked) {
        return None;
    }
    let mut words = sentence.words.clone();
    for at in 0..words.len() {
        // "It's" and "let's" would be other words.
        if marked(&words[at]) && words[at].form.ends_with('s') && !is_possessive(&words, at) {
            return None;
        }
        if is_possessive(&words, at) {
            let end = letters(&words[at].form);
            words[at - 1].form += &end;
        }
        if words[at].tag != "PUNCT|," {
            words[at].form = letters(&words[at].form);
        }
    }
    let gone = |at: usize, word: &Word| {
        word.form.is_empty() || word.form == "," || is_possessive(&words, at)
    };
    let words = without(&words, gone)?;
    (!words.is_empty()).then(|| Sentence { words, ..Sentence::default() })
}

/// Whether a word is the "'s" of the word before.
fn is_possessive(words: &[Word], at: usize) -> bool {
    words[at].tag == "PART|POS" && 0 < at && words[at].head == Some(at - 1)
}

/// A word without its commas and apostrophes.
fn letters(form: &str) -> String {
    form.replace([',', '\'', '’'], "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu::compact;

    const SENTENCE: &str = "In/in/ADP/IN/4/case Olmia/Olmia/PROPN/NNP/4/nmod:poss 's/'s/PART/POS/2/case army/army/NOUN/NN/9/obl ,/,/PUNCT/,/9/punct 1,000/1000/NUM/CD/7/nummod men/man/NOUN/NNS/9/nsubj:pass were/be/AUX/VBD/9/aux:pass hurt/hurt/VERB/VBN/0/root ././PUNCT/./9/punct";

    fn told(sentence: &Sentence) -> String {
        sentence.words.iter().map(|word| word.form.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn commas_go_and_a_possessive_joins_its_noun() {
        let unmarked = unmarked(&compact(SENTENCE)).unwrap();
        assert_eq!(told(&unmarked), "In Olmias army 1000 men were hurt .");
        let heads: Vec<_> = unmarked.words.iter().map(|word| word.head).collect();
        let root = 6;
        assert_eq!(
            heads,
            [Some(2), Some(2), Some(root), Some(4), Some(root), Some(root), None, Some(root)]
        );
        assert_eq!(unmarked.words[1].tag, "PROPN|NNP");
    }

    #[test]
    fn sentences_without_marks_are_not_told_again() {
        let plain = compact("Olm/Olm/PROPN/NNP/2/nsubj left/leave/VERB/VBD/0/root");
        assert_eq!(with_unmarked(vec![plain; EVERY]).len(), EVERY);
        assert_eq!(with_unmarked(vec![compact(SENTENCE); EVERY]).len(), EVERY + 1);
    }

    #[test]
    fn what_would_become_another_word_is_left_alone() {
        let sentence = compact(
            "It/it/PRON/PRP/4/nsubj 's/be/AUX/VBZ/4/cop no/no/DET/DT/4/det use/use/NOUN/NN/0/root",
        );
        assert!(unmarked(&sentence).is_none());
    }
}
