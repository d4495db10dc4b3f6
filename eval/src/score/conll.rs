//! The scorer of the CoNLL-2018 shared task (Zeman et al. 2018), from raw text.
//!
//! Words are aligned by their place in the text. Inside a multi-word token, whose words have no place
//! of their own, they are aligned by the longest common subsequence of their forms. A tag, a lemma, a
//! head or a relation counts for an aligned word, as precision over the system's words and recall
//! over the gold's. Relations are compared without their subtypes, as the task did.

use chancery_text::Span;

use super::Counts;

/// A syntactic word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its characters; those of the whole token, if that holds several words.
    pub span: Span,
    /// The word.
    pub form: String,
    /// Whether its token holds several words.
    pub multiword: bool,
    /// Universal tag.
    pub upos: String,
    /// Morphological features as CoNLL-U has them.
    pub features: String,
    /// Dictionary form; `_` in the gold counts as right.
    pub lemma: String,
    /// Index of the head; `None` for a root.
    pub head: Option<usize>,
    /// Relation to the head.
    pub relation: String,
}

/// The words of a text and its sentences.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Analysis {
    /// The sentences, from the first character of the first word to the last of the last.
    pub sentences: Vec<Span>,
    /// The words, in order.
    pub words: Vec<Word>,
}

/// The counts of one text.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Scores {
    /// Words that were segmented right.
    pub words: Counts,
    /// Sentences that were.
    pub sentences: Counts,
    /// Words with the right tag.
    pub upos: Counts,
    /// Words with all features right.
    pub features: Counts,
    /// Words with the right lemma.
    pub lemmas: Counts,
    /// Words with the right head.
    pub uas: Counts,
    /// Words with the right head and relation.
    pub las: Counts,
}

impl Scores {
    /// The sum of two.
    pub fn plus(self, other: Self) -> Self {
        Self {
            words: self.words.plus(other.words),
            sentences: self.sentences.plus(other.sentences),
            upos: self.upos.plus(other.upos),
            features: self.features.plus(other.features),
            lemmas: self.lemmas.plus(other.lemmas),
            uas: self.uas.plus(other.uas),
            las: self.las.plus(other.las),
        }
    }

    /// Each metric's name and its F1, from 0 to 1.
    pub fn named(&self) -> [(&'static str, f64); 7] {
        [
            ("words_f1", self.words.f1()),
            ("sentences_f1", self.sentences.f1()),
            ("upos_f1", self.upos.f1()),
            ("features_f1", self.features.f1()),
            ("lemmas_f1", self.lemmas.f1()),
            ("uas_f1", self.uas.f1()),
            ("las_f1", self.las.f1()),
        ]
    }
}

/// Scores an analysis of one text against the gold's.
pub fn score(gold: &Analysis, system: &Analysis) -> Scores {
    let pairs = align(&gold.words, &system.words);
    let mut partner = vec![None; system.words.len()];
    pairs.iter().for_each(|&(g, s)| partner[s] = Some(g));
    let count = |right: &dyn Fn(&Word, &Word) -> bool| {
        let right =
            pairs.iter().filter(|(g, s)| right(&gold.words[*g], &system.words[*s])).count() as f64;
        let (found, gold) = (system.words.len() as f64, gold.words.len() as f64);
        Counts { right, recalled: right, found, gold }
    };
    let same_head = |g: &Word, s: &Word| match (g.head, s.head) {
        (None, None) => true,
        (Some(g), Some(s)) => partner[s] == Some(g),
        _ => false,
    };
    let relation = |word: &Word| word.relation.split(':').next().unwrap_or_default().to_owned();
    Scores {
        words: count(&|_, _| true),
        sentences: same_spans(&gold.sentences, &system.sentences),
        upos: count(&|g, s| g.upos == s.upos),
        features: count(&|g, s| g.features == s.features),
        lemmas: count(&|g, s| g.lemma == "_" || g.lemma == s.lemma),
        uas: count(&same_head),
        las: count(&|g, s| same_head(g, s) && relation(g) == relation(s)),
    }
}

fn same_spans(gold: &[Span], system: &[Span]) -> Counts {
    let right = gold.iter().filter(|span| system.binary_search(span).is_ok()).count() as f64;
    Counts { right, recalled: right, found: system.len() as f64, gold: gold.len() as f64 }
}

/// Pairs of words that stand at one place, as `(gold, system)` indices, in order.
pub fn align(gold: &[Word], system: &[Word]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let (mut g, mut s) = (0, 0);
    while g < gold.len() && s < system.len() {
        let (left, right) = (&gold[g], &system[s]);
        if left.multiword || right.multiword {
            let region = region(gold, system, g, s);
            (g, s) = (region.gold.end, region.system.end);
            align_by_form(gold, system, &region, &mut pairs);
        } else if left.span == right.span {
            pairs.push((g, s));
            (g, s) = (g + 1, s + 1);
        } else if left.span.start <= right.span.start {
            g += 1;
        } else {
            s += 1;
        }
    }
    pairs
}

struct Region {
    gold: std::ops::Range<usize>,
    system: std::ops::Range<usize>,
}

/// The words around a multi-word token that must be aligned together.
fn region(gold: &[Word], system: &[Word], mut g: usize, mut s: usize) -> Region {
    let mut end;
    if gold[g].multiword {
        end = gold[g].span.end;
        if !system[s].multiword && system[s].span.start < gold[g].span.start {
            s += 1;
        }
    } else {
        end = system[s].span.end;
        if !gold[g].multiword && gold[g].span.start < system[s].span.start {
            g += 1;
        }
    }
    let (first_g, first_s) = (g, s);
    while !beyond(gold, g, end) || !beyond(system, s, end) {
        let take_gold =
            g < gold.len() && (system.len() <= s || gold[g].span.start <= system[s].span.start);
        let word = if take_gold { &gold[g] } else { &system[s] };
        if word.multiword {
            end = end.max(word.span.end);
        }
        if take_gold { g += 1 } else { s += 1 }
    }
    Region { gold: first_g..g, system: first_s..s }
}

fn beyond(words: &[Word], at: usize, end: u32) -> bool {
    words.get(at).is_none_or(|word| {
        if word.multiword { end <= word.span.start } else { end < word.span.end }
    })
}

fn align_by_form(gold: &[Word], system: &[Word], region: &Region, pairs: &mut Vec<(usize, usize)>) {
    let forms = |words: &[Word]| words.iter().map(|w| w.form.to_lowercase()).collect::<Vec<_>>();
    let left = forms(&gold[region.gold.clone()]);
    let right = forms(&system[region.system.clone()]);
    let lcs = common(&left, &right);
    let (mut g, mut s) = (0, 0);
    while g < left.len() && s < right.len() {
        if left[g] == right[s] {
            pairs.push((region.gold.start + g, region.system.start + s));
            (g, s) = (g + 1, s + 1);
        } else if lcs[g][s] == lcs[g + 1][s] {
            g += 1;
        } else {
            s += 1;
        }
    }
}

/// Lengths of the longest common subsequences of every pair of tails.
fn common(left: &[String], right: &[String]) -> Vec<Vec<usize>> {
    let mut lcs = vec![vec![0; right.len() + 1]; left.len() + 1];
    for g in (0..left.len()).rev() {
        for s in (0..right.len()).rev() {
            lcs[g][s] = if left[g] == right[s] {
                1 + lcs[g + 1][s + 1]
            } else {
                lcs[g + 1][s].max(lcs[g][s + 1])
            };
        }
    }
    lcs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(start: u32, end: u32, form: &str, head: Option<usize>, relation: &str) -> Word {
        Word {
            span: Span::new(start, end),
            form: form.into(),
            multiword: false,
            upos: "X".into(),
            features: "_".into(),
            lemma: form.to_lowercase(),
            head,
            relation: relation.into(),
        }
    }

    /// "Envoys don't wait", with "don't" as one token of two words.
    fn gold() -> Analysis {
        let mut words = vec![
            word(0, 6, "Envoys", Some(3), "nsubj"),
            word(7, 12, "do", Some(3), "aux"),
            word(7, 12, "n't", Some(3), "advmod"),
            word(13, 17, "wait", None, "root"),
        ];
        (words[1].multiword, words[2].multiword) = (true, true);
        Analysis { sentences: vec![Span::new(0, 17)], words }
    }

    #[test]
    fn the_gold_scores_full_marks() {
        for (_, f1) in score(&gold(), &gold()).named() {
            assert_eq!(f1, 1.0);
        }
    }

    #[test]
    fn a_split_without_a_multiword_token_is_aligned_by_form() {
        let mut system = gold();
        system.words[1] = word(7, 9, "do", Some(3), "aux");
        system.words[2] = word(9, 12, "n't", Some(3), "advmod");
        assert_eq!(align(&gold().words, &system.words), [(0, 0), (1, 1), (2, 2), (3, 3)]);
    }

    #[test]
    fn a_wrong_split_loses_words_and_their_relations() {
        // The system reads "don't" as one word and hangs everything on the root.
        let system = Analysis {
            sentences: vec![Span::new(0, 6), Span::new(7, 17)],
            words: vec![
                word(0, 6, "Envoys", None, "root"),
                word(7, 12, "don't", Some(2), "aux"),
                word(13, 17, "wait", None, "root"),
            ],
        };
        let scores = score(&gold(), &system);
        assert!((scores.words.f1() - 2.0 * 2.0 / 7.0).abs() < 1e-12);
        assert!((scores.las.f1() - 2.0 * 1.0 / 7.0).abs() < 1e-12);
        assert_eq!(scores.sentences.f1(), 0.0);
    }

    #[test]
    fn subtypes_of_relations_do_not_count() {
        let mut system = gold();
        system.words[0].relation = "nsubj:pass".into();
        system.words[2].relation = "mark".into();
        let scores = score(&gold(), &system);
        assert_eq!((scores.uas.right, scores.las.right), (4.0, 3.0));
    }
}
