//! Scores from raw text, by the definitions of the CoNLL 2018 shared task (Zeman et al. 2018).

use std::collections::HashMap;
use std::fmt;

use chancery_annotate::segment;
use chancery_annotate::syntax::{self, Features, Relation, Syntax, SyntaxKit};
use chancery_text::{Report, Span};

use crate::conllu::{Sentence, solid};

/// Counts of what is gold, what was found, and what of it is right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    gold: usize,
    found: usize,
    right: usize,
}

impl Score {
    /// The harmonic mean of precision and recall, in per cent.
    pub fn f1(self) -> f64 {
        200.0 * self.right as f64 / (self.gold + self.found).max(1) as f64
    }
}

/// The scores of one treebank.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scores {
    /// Word spans.
    pub words: Score,
    /// Sentence spans.
    pub sentences: Score,
    /// Universal tags.
    pub upos: Score,
    /// Penn tags.
    pub xpos: Score,
    /// Morphological features, all of a word's.
    pub features: Score,
    /// Lemmas.
    pub lemmas: Score,
    /// Heads.
    pub uas: Score,
    /// Heads and relations, without subtypes.
    pub las: Score,
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "words {:.2}  sentences {:.2}  UPOS {:.2}  XPOS {:.2}  features {:.2}  lemmas {:.2}  UAS {:.2}  LAS {:.2}",
            self.words.f1(),
            self.sentences.f1(),
            self.upos.f1(),
            self.xpos.f1(),
            self.features.f1(),
            self.lemmas.f1(),
            self.uas.f1(),
            self.las.f1()
        )
    }
}

/// A word by its place in the treebank's characters.
struct Placed<'a> {
    place: (usize, usize),
    upos: &'a str,
    xpos: &'a str,
    features: Features,
    lemma: &'a str,
    head: Option<(usize, usize)>,
    relation: Relation,
}

/// Reads the raw text of the treebank and scores what comes out.
pub fn score_raw(gold: &[Sentence], kit: &SyntaxKit) -> Scores {
    score_raw_with(gold, &|report, sentences, tokens| syntax::parse(report, sentences, tokens, kit))
}

/// What reads a report whose sentences and tokens are known.
pub type Parse<'a> = dyn Fn(&Report, &[segment::Sentence], &[segment::Token]) -> Syntax + 'a;

/// The same with anything that parses.
pub fn score_raw_with(gold: &[Sentence], parse: &Parse<'_>) -> Scores {
    let (report, prose) = raw(gold);
    let sentences = segment::sentences(&report, &prose);
    let tokens = segment::tokens(&report, &sentences);
    score(gold, &report, &sentences, &tokens, parse)
}

/// Scores with the treebank's own words and sentences.
pub fn score_tokenised(gold: &[Sentence], kit: &SyntaxKit) -> Scores {
    score_tokenised_with(gold, &|report, sentences, tokens| {
        syntax::parse(report, sentences, tokens, kit)
    })
}

/// The same with anything that parses.
pub fn score_tokenised_with(gold: &[Sentence], parse: &Parse<'_>) -> Scores {
    let mut text = String::new();
    let mut sentences = Vec::new();
    let mut tokens = Vec::new();
    for sentence in gold {
        let (start, first) = (text.len(), tokens.len() as u32);
        for word in &sentence.words {
            let at = text.len();
            text.push_str(&word.form);
            tokens.push(segment::Token { span: Span::of(at..text.len()), joined: false });
            text.push(' ');
        }
        let span = Span::of(start..text.len() - 1);
        sentences.push(segment::Sentence { span, tokens: first..tokens.len() as u32 });
        text.push('\n');
    }
    let mut gold = gold.to_vec();
    for sentence in &mut gold {
        let mut at = 0;
        for (word, place) in sentence.words.iter().zip(&mut sentence.places) {
            *place = (at, at + solid(&word.form));
            at = place.1;
        }
    }
    score(&gold, &Report::from_text("gold", &text), &sentences, &tokens, parse)
}

/// The text of a treebank, a block for each paragraph.
pub fn raw(gold: &[Sentence]) -> (Report, Vec<Span>) {
    let mut text = String::new();
    let mut prose: Vec<Span> = Vec::new();
    for sentence in gold {
        let joins = !sentence.paragraph && !prose.is_empty();
        text.push_str(if joins { " " } else { "\n\n" });
        let start = text.len();
        text.push_str(&sentence.text);
        let span = Span::of(start..text.len());
        match prose.last_mut().filter(|_| joins) {
            Some(block) => *block = block.cover(span),
            None => prose.push(span),
        }
    }
    (Report::from_text("gold", &text), prose)
}

fn score(
    gold: &[Sentence],
    report: &Report,
    sentences: &[segment::Sentence],
    tokens: &[segment::Token],
    parse: &Parse<'_>,
) -> Scores {
    let syntax = parse(report, sentences, tokens);
    let places = places(report, tokens);
    let found: Vec<_> = syntax
        .words
        .iter()
        .zip(&places)
        .map(|(word, place)| Placed {
            place: *place,
            upos: word.upos.name(),
            xpos: word.xpos,
            features: word.features,
            lemma: &word.lemma,
            head: word.head.map(|head| places[head as usize]),
            relation: word.relation,
        })
        .collect();
    let mut scores = compare(&gold_words(gold), &found);
    let ends = |sentence: &segment::Sentence| {
        let tokens = sentence.indices();
        (places[tokens.start].0, places[tokens.end - 1].1)
    };
    let found: Vec<_> = sentences.iter().map(ends).collect();
    let mut at = 0;
    let gold: Vec<_> = gold
        .iter()
        .map(|sentence| {
            let length = sentence.places.last().map_or(0, |place| place.1);
            at += length;
            (at - length, at)
        })
        .collect();
    let right = found.iter().filter(|place| gold.binary_search(place).is_ok()).count();
    scores.sentences = Score { gold: gold.len(), found: found.len(), right };
    scores
}

fn gold_words(gold: &[Sentence]) -> Vec<Placed<'_>> {
    let mut words = Vec::new();
    let mut at = 0;
    for sentence in gold {
        let place = |word: usize| {
            let (start, end) = sentence.places[word];
            (at + start, at + end)
        };
        for (number, word) in sentence.words.iter().enumerate() {
            let (upos, xpos) = word.tag.split_once('|').unwrap_or((&word.tag, "_"));
            words.push(Placed {
                place: place(number),
                upos,
                xpos,
                features: word.features,
                lemma: &word.lemma,
                head: word.head.map(place),
                relation: word.relation,
            });
        }
        at += sentence.places.last().map_or(0, |place| place.1);
    }
    words
}

/// Where each token stands, counted in characters that are not white space.
fn places(report: &Report, tokens: &[segment::Token]) -> Vec<(usize, usize)> {
    let (mut at, mut byte) = (0, 0);
    tokens
        .iter()
        .map(|token| {
            at += solid(&report.text[byte..token.span.start as usize]);
            let start = at;
            at += solid(report.slice(token.span));
            byte = token.span.end as usize;
            (start, at)
        })
        .collect()
}

fn base(relation: Relation) -> &'static str {
    relation.name().split(':').next().unwrap_or_default()
}

fn compare(gold: &[Placed<'_>], found: &[Placed<'_>]) -> Scores {
    let by_place: HashMap<_, _> = gold.iter().map(|word| (word.place, word)).collect();
    let mut scores = Scores::default();
    let all = |score: &mut Score, right: bool| {
        *score =
            Score { gold: gold.len(), found: found.len(), right: score.right + usize::from(right) };
    };
    for word in found {
        let same = by_place.get(&word.place);
        let is = |test: &dyn Fn(&Placed<'_>) -> bool| same.is_some_and(|gold| test(gold));
        all(&mut scores.words, same.is_some());
        all(&mut scores.upos, is(&|gold| gold.upos == word.upos));
        all(&mut scores.xpos, is(&|gold| gold.xpos == word.xpos));
        all(&mut scores.features, is(&|gold| gold.features == word.features));
        all(&mut scores.lemmas, is(&|gold| gold.lemma == word.lemma || gold.lemma == "_"));
        all(&mut scores.uas, is(&|gold| gold.head == word.head));
        let labelled = |gold: &Placed<'_>| {
            gold.head == word.head && base(gold.relation) == base(word.relation)
        };
        all(&mut scores.las, is(&labelled));
    }
    scores
}
