//! Sentences that run on: two of the treebank's read as one. Raw text often hides where a sentence
//! ends, so the network must read both halves well where the split was missed.

use chancery_annotate::syntax::Relation;

use crate::conllu::Sentence;

/// Every so many sentences, one runs on.
const EVERY: usize = 12;
/// The longest half.
const LONGEST: usize = 25;

/// The sentences, some of them joined to the one before in the same paragraph.
pub fn with_runons(sentences: Vec<Sentence>) -> Vec<Sentence> {
    let mut all: Vec<Sentence> = Vec::with_capacity(sentences.len());
    for (at, sentence) in sentences.into_iter().enumerate() {
        let short = |sentence: &Sentence| sentence.words.len() <= LONGEST;
        match all.last_mut() {
            Some(last)
                if at % EVERY == 0 && !sentence.paragraph && short(last) && short(&sentence) =>
            {
                join(last, sentence);
            }
            _ => all.push(sentence),
        }
    }
    all
}

/// The second root hangs on the first as a parataxis, as treebanks have it within a sentence.
fn join(first: &mut Sentence, second: Sentence) {
    let shift = first.words.len();
    let root = first.words.iter().position(|word| word.head.is_none());
    first.words.extend(second.words.into_iter().map(|mut word| {
        match word.head {
            Some(head) => word.head = Some(head + shift),
            None => (word.head, word.relation) = (root, Relation::Parataxis),
        }
        word
    }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu;

    #[test]
    fn the_second_root_hangs_on_the_first() {
        let line = "1\tOlm\tOlm\tPROPN\tNNP\t_\t2\tnsubj\t_\t_\n2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_\n\n";
        let sentences = conllu::read(&line.repeat(EVERY + 1));
        let joined = with_runons(sentences);
        assert_eq!(joined.len(), EVERY);
        let last = &joined[EVERY - 1].words;
        let heads: Vec<_> = last.iter().map(|word| word.head).collect();
        assert_eq!(heads, [Some(1), None, Some(3), Some(1)]);
        assert_eq!(last[3].relation, Relation::Parataxis);
    }
}
