//! Headlines made of the treebanks' sentences. Treebanks hold few headlines, and news begins with
//! one: capitals on every word, present tense for past, no articles, no "was" before a participle.

use chancery_annotate::syntax::Relation;

use crate::conllu::{Sentence, Word, without};

/// The sentences, each that can be told as a headline followed by that headline.
pub fn with_headlines(sentences: Vec<Sentence>) -> Vec<Sentence> {
    let mut all = Vec::with_capacity(sentences.len() * 5 / 4);
    let mut made = 0;
    for sentence in sentences {
        let headline = headline(&sentence, made);
        all.push(sentence);
        if let Some(headline) = headline {
            all.push(headline);
            made += 1;
        }
    }
    all
}

/// How a headline writes its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    /// "Envoys Meet In Olmia".
    Every,
    /// "Envoys Meet in Olmia".
    Content,
    /// "Envoys meet in Olmia".
    Sentence,
}

/// The sentence as a headline; `None` if it is not of the kind.
fn headline(sentence: &Sentence, made: usize) -> Option<Sentence> {
    let words = &sentence.words;
    if !(4..=18).contains(&words.len()) {
        return None;
    }
    let root = words.iter().position(|word| word.head.is_none())?;
    let subject = words.iter().find(|word| word.head == Some(root) && is_subject(word.relation))?;
    let plural = match subject.tag.split_once('|')?.1 {
        "NNS" | "NNPS" => true,
        "NN" | "NNP" => false,
        _ => return None,
    };
    let mut told = words.clone();
    match words[root].tag.as_str() {
        "VERB|VBD" => tell_in_present(&mut told[root], plural)?,
        "VERB|VBN" if subject.relation == Relation::NsubjPass => {}
        "VERB|VBZ" | "VERB|VBP" => {}
        _ => return None,
    }
    let case = [Case::Every, Case::Content, Case::Sentence, Case::Content][made % 4];
    told.iter_mut().enumerate().for_each(|(at, word)| write(word, at, case));
    Some(Sentence { words: short(&told, root)?, ..Sentence::default() })
}

fn is_subject(relation: Relation) -> bool {
    matches!(relation, Relation::Nsubj | Relation::NsubjPass)
}

fn tell_in_present(verb: &mut Word, plural: bool) -> Option<()> {
    if !verb.lemma.bytes().all(|b| b.is_ascii_lowercase()) || verb.lemma == "be" {
        return None;
    }
    verb.form = if plural { verb.lemma.clone() } else { third_person(&verb.lemma) };
    verb.tag = if plural { "VERB|VBP" } else { "VERB|VBZ" }.to_owned();
    Some(())
}

fn third_person(lemma: &str) -> String {
    if lemma == "have" {
        return "has".to_owned();
    }
    match lemma.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        Some(stem) => format!("{stem}ies"),
        None if lemma.ends_with(['s', 'x', 'z', 'o'])
            || lemma.ends_with("sh")
            || lemma.ends_with("ch") =>
        {
            format!("{lemma}es")
        }
        None => format!("{lemma}s"),
    }
}

fn write(word: &mut Word, at: usize, case: Case) {
    let small =
        ["ADP|", "DET|", "CCONJ|", "PART|", "SCONJ|"].iter().any(|tag| word.tag.starts_with(tag));
    let capital = match case {
        Case::Every => true,
        Case::Content => !small || 5 < word.form.len(),
        Case::Sentence => false,
    };
    if capital || at == 0 {
        let mut letters = word.form.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        word.form = first.chain(letters).collect();
    }
}

/// Leaves out articles, "was" before the root, and the full stop, if nothing hangs on them.
fn short(words: &[Word], root: usize) -> Option<Vec<Word>> {
    without(words, |at, word| {
        let article = word.relation == Relation::Det && matches!(word.lemma.as_str(), "a" | "the");
        let passive = word.relation == Relation::AuxPass
            && word.head == Some(root)
            && matches!(word.tag.as_str(), "AUX|VBD" | "AUX|VBZ" | "AUX|VBP");
        let stop = at + 1 == words.len() && word.form == ".";
        article || passive || stop
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu::compact;

    fn told(sentence: &Sentence, made: usize) -> String {
        let headline = headline(sentence, made).unwrap();
        headline.words.iter().map(|word| word.form.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_past_sentence_is_told_in_the_present() {
        let sentence = compact(
            "The/the/DET/DT/2/det envoy/envoy/NOUN/NN/3/nsubj carried/carry/VERB/VBD/0/root bread/bread/NOUN/NN/3/obj to/to/ADP/IN/6/case Olm/Olm/PROPN/NNP/3/obl ././PUNCT/./3/punct",
        );
        assert_eq!(told(&sentence, 0), "Envoy Carries Bread To Olm");
        assert_eq!(told(&sentence, 1), "Envoy Carries Bread to Olm");
        let heads: Vec<_> = headline(&sentence, 0).unwrap().words.iter().map(|w| w.head).collect();
        assert_eq!(heads, [Some(1), None, Some(1), Some(4), Some(1)]);
    }

    #[test]
    fn a_passive_loses_its_auxiliary() {
        let sentence = compact(
            "Two/two/NUM/CD/2/nummod envoys/envoy/NOUN/NNS/4/nsubj:pass were/be/AUX/VBD/4/aux:pass hurt/hurt/VERB/VBN/0/root in/in/ADP/IN/6/case Olm/Olm/PROPN/NNP/4/obl ././PUNCT/./4/punct",
        );
        assert_eq!(told(&sentence, 2), "Two envoys hurt in Olm");
    }
}
