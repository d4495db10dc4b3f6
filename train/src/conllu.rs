//! CoNLL-U: sentences of words with tags, lemmas and heads, and the raw text they stand in.

use chancery_annotate::syntax::{Features, Relation};

/// A word of a treebank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As written.
    pub form: String,
    /// Its lemma.
    pub lemma: String,
    /// "NOUN|NN".
    pub tag: String,
    /// Its morphological features.
    pub features: Features,
    /// Index of the head in the sentence; `None` for the root.
    pub head: Option<usize>,
    /// Relation to the head.
    pub relation: Relation,
}

/// A sentence of a treebank.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sentence {
    /// The document that it stands in.
    pub document: String,
    /// Whether a paragraph starts here.
    pub paragraph: bool,
    /// The text.
    pub text: String,
    /// The words.
    pub words: Vec<Word>,
    /// Where each word stands, counted in the sentence's characters that are not white space.
    pub places: Vec<(usize, usize)>,
}

/// Reads a file. Lines that are no words are passed over, as are empty nodes.
pub fn read(text: &str) -> Vec<Sentence> {
    let mut document = String::new();
    let read = |block: &str| {
        let mut sentence = read_sentence(block);
        match sentence.document.is_empty() {
            true => sentence.document.clone_from(&document),
            false => document.clone_from(&sentence.document),
        }
        sentence
    };
    text.split("\n\n").map(read).filter(|sentence| !sentence.words.is_empty()).collect()
}

fn read_sentence(block: &str) -> Sentence {
    let mut sentence = Sentence::default();
    let mut place = 0;
    let mut fused = 0..0;
    for line in block.lines() {
        if let Some(comment) = line.strip_prefix('#') {
            let comment = comment.trim_start();
            sentence.paragraph |= comment.starts_with("newpar") || comment.starts_with("newdoc");
            if let Some(id) = comment.strip_prefix("newdoc id = ") {
                sentence.document = id.to_owned();
            }
            if let Some(text) = comment.strip_prefix("text = ") {
                sentence.text = text.to_owned();
            }
            continue;
        }
        let cells: Vec<_> = line.split('\t').collect();
        if cells.len() < 8 || cells[0].contains('.') {
            continue;
        }
        let length = solid(cells[1]);
        if let Some((first, last)) = cells[0].split_once('-') {
            let (first, last): (usize, usize) =
                (first.parse().unwrap_or(0), last.parse().unwrap_or(0));
            fused = first..last + 1;
            place += length;
            sentence.places.push((place - length, place));
            continue;
        }
        let number: usize = cells[0].parse().unwrap_or(0);
        if fused.contains(&number) {
            place_part(&mut sentence.places, length, number + 1 == fused.end);
        } else {
            sentence.places.push((place, place + length));
            place += length;
        }
        sentence.words.push(read_word(&cells));
    }
    sentence
}

/// Cuts a part of `length` off the fused word that stands last.
fn place_part(places: &mut Vec<(usize, usize)>, length: usize, last: bool) {
    let (start, end) = places.pop().expect("a fused word stands before its parts");
    let cut = if last { end } else { (start + length).min(end) };
    places.push((start, cut));
    if !last {
        places.push((cut, end));
    }
}

fn read_word(cells: &[&str]) -> Word {
    let head: usize = cells[6].parse().unwrap_or(0);
    Word {
        form: cells[1].to_owned(),
        lemma: cells[2].to_owned(),
        tag: format!("{}|{}", cells[3], cells[4]),
        features: cells[5].parse().unwrap_or_default(),
        head: head.checked_sub(1),
        relation: relation(cells[7]),
    }
}

/// A relation by its name; an unknown subtype is its base.
pub fn relation(name: &str) -> Relation {
    let base = || name.split(':').next().unwrap_or(name).parse();
    name.parse().or_else(|_| base()).unwrap_or(Relation::Dep)
}

/// The words but for some; `None` if one that stays hangs on one that goes.
pub fn without(words: &[Word], left_out: impl Fn(usize, &Word) -> bool) -> Option<Vec<Word>> {
    let mut places = Vec::with_capacity(words.len());
    let mut kept = 0;
    for (at, word) in words.iter().enumerate() {
        let stays = !left_out(at, word);
        places.push(stays.then_some(kept));
        kept += usize::from(stays);
    }
    let mut left = Vec::with_capacity(kept);
    for (word, _) in words.iter().zip(&places).filter(|(_, place)| place.is_some()) {
        let head = match word.head {
            Some(head) => Some(places[head]?),
            None => None,
        };
        left.push(Word { head, ..word.clone() });
    }
    Some(left)
}

/// How many characters are not white space.
pub fn solid(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// A sentence from words as "form/lemma/UPOS/XPOS/head/relation".
#[cfg(test)]
pub fn compact(words: &str) -> Sentence {
    let rows = words.split(' ').zip(1..).map(|(word, number)| {
        let cells: Vec<_> = word.split('/').collect();
        let [form, lemma, upos, xpos, head, relation] = cells[..] else { panic!("{word}") };
        format!("{number}\t{form}\t{lemma}\t{upos}\t{xpos}\t_\t{head}\t{relation}\t_\t_\n")
    });
    read(&rows.collect::<String>()).remove(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# newpar\n# text = It isn't.\n1\tIt\tit\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n2-3\tisn't\t_\t_\t_\t_\t_\t_\t_\t_\n2\tis\tbe\tAUX\tVBZ\t_\t0\troot\t_\t_\n3\tn't\tnot\tPART\tRB\t_\t2\tadvmod:neg\t_\t_\n4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n";

    #[test]
    fn a_sentence_is_read_with_places() {
        let sentences = read(TEXT);
        let sentence = &sentences[0];
        assert!(sentence.paragraph);
        assert_eq!(sentence.places, [(0, 2), (2, 4), (4, 7), (7, 8)]);
        assert_eq!(sentence.words[2].relation, Relation::Advmod);
        assert_eq!(sentence.words[0].head, Some(1));
        assert_eq!(sentence.words[1].tag, "AUX|VBZ");
    }
}
