//! Sentences of two reports that say one thing in other words, as respun copies do.
//!
//! A respinner changes words one by one and moves clauses, but leaves names, numbers and the small words
//! between them mostly where they were; another reporter writes other sentences. So two sentences are
//! parallel where the words that agree weigh much *and* stand in one order. Names alone are no evidence:
//! they weigh less than other words, and are compared by their consonants, since respinners misspell
//! them.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::told::Told;
use crate::frequency;
use crate::spelling::skeleton;
use crate::words::{Word, hash, stem};

/// Words of the shortest sentence that is compared.
const SHORT: usize = 6;
/// Words of a sentence that are compared; a longer one is read in pieces.
const LONG: usize = 60;
/// Least likeness of parallel sentences.
const ALIKE: f64 = 0.45;
/// Least share of a sentence's weight that another must have for their order to be compared.
const PROMISING: f64 = 0.2;
/// Sentences of the other report that are compared with one.
const NEAREST: usize = 4;
/// What a name weighs beside another word as rare.
const NAME: f64 = 0.6;
/// What a number weighs.
const NUMBER: f64 = 4.0;

/// A word as sentences are compared.
#[derive(Debug, Clone, Copy)]
struct Token {
    /// Alike for one word in two forms, one name in two spellings, one number in two notations.
    key: u64,
    /// The word as it is.
    exact: u64,
    /// 0 for words that carry no content.
    weight: f64,
}

/// A sentence of a report, or a piece of a very long one.
#[derive(Debug)]
struct Line {
    /// Its words, as indices into [`Told::words`].
    words: Range<usize>,
    tokens: Vec<Token>,
    weight: f64,
}

/// The sentences of a report, made once and compared with those of many.
#[derive(Debug)]
pub(super) struct Lines {
    lines: Vec<Line>,
    /// Where each key with weight stands, by line.
    holders: FxHashMap<u64, Vec<usize>>,
}

/// A sentence of one report and the one of another that says the same.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Parallel {
    /// Words of the one report.
    pub left: Range<usize>,
    /// Words of the other.
    pub right: Range<usize>,
    /// Words that are the same, in order.
    pub words: usize,
}

impl Lines {
    pub(super) fn of(told: &Told<'_>) -> Self {
        let mut lines = Vec::new();
        for sentence in &told.reading.observed.sentences {
            let start = told.words.partition_point(|word| word.span.start < sentence.start);
            let end = told.words.partition_point(|word| word.span.end <= sentence.end);
            let pieces = (start..end).step_by(LONG).map(|at| at..end.min(at + LONG));
            let long = pieces.filter(|piece| SHORT <= piece.len());
            lines.extend(long.map(|piece| line(&told.words, piece)));
        }
        let mut holders: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
        for (at, line) in lines.iter().enumerate() {
            for token in line.tokens.iter().filter(|token| 0.0 < token.weight) {
                let list = holders.entry(token.key).or_default();
                if list.last() != Some(&at) {
                    list.push(at);
                }
            }
        }
        Self { lines, holders }
    }

    /// Keys of the words with content, each once, sorted.
    pub(super) fn keys(&self) -> Vec<u64> {
        let mut keys: Vec<_> = self.holders.keys().copied().collect();
        keys.sort_unstable();
        keys
    }
}

fn line(words: &[Word], range: Range<usize>) -> Line {
    let tokens: Vec<_> = words[range.clone()].iter().map(token).collect();
    let weight = tokens.iter().map(|token| token.weight).sum();
    Line { words: range, tokens, weight }
}

fn token(word: &Word) -> Token {
    let exact = hash(word.norm.as_bytes());
    if let Some(number) = number(word) {
        return Token { key: hash(number.as_bytes()) ^ 1, exact, weight: NUMBER };
    }
    let weight = if frequency::content(&word.norm) { frequency::rarity(&word.norm) } else { 0.0 };
    let name = word.capital && !word.opening;
    if !name {
        return Token { key: hash(stem(&word.norm).as_bytes()), exact, weight };
    }
    let bare = skeleton(&word.norm);
    let spelt = if bare.len() < 2 { word.norm.clone() } else { bare };
    Token { key: hash(spelt.as_bytes()) ^ 2, exact, weight: weight * NAME }
}

const NUMBERS: [&str; 20] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// A number in digits, however it is written.
fn number(word: &Word) -> Option<String> {
    if word.number {
        return Some(word.norm.clone());
    }
    // "One" is more often a pronoun.
    let at = NUMBERS.iter().skip(1).position(|number| *number == word.norm)?;
    Some((at + 2).to_string())
}

/// The sentences of each report that the other says in other words: for each of the left ones its
/// best, then for each of the right ones.
pub(super) fn find(left: &Lines, right: &Lines) -> [Vec<Parallel>; 2] {
    let mut best: [BTreeMap<usize, (f64, usize)>; 2] = Default::default();
    for at in 0..left.lines.len() {
        for other in nearest(left, at, right) {
            let (a, b) = (&left.lines[at], &right.lines[other]);
            let words = longest(&a.tokens, &b.tokens, |token| token.key);
            let weight = common_weight(&a.tokens, &b.tokens);
            keep(&mut best[0], at, likeness(a, words, weight), other);
            keep(&mut best[1], other, likeness(b, words, weight), at);
        }
    }
    let [of_left, of_right] = best;
    let pair = |at: usize, other: usize| {
        let (a, b) = (&left.lines[at], &right.lines[other]);
        let words = longest(&a.tokens, &b.tokens, |token| token.exact);
        Parallel { left: a.words.clone(), right: b.words.clone(), words }
    };
    let forth = of_left.into_iter().map(|(at, (_, other))| pair(at, other)).collect();
    [forth, of_right.into_iter().map(|(other, (_, at))| pair(at, other)).collect()]
}

fn keep(best: &mut BTreeMap<usize, (f64, usize)>, at: usize, likeness: f64, other: usize) {
    let better = best.get(&at).is_none_or(|(before, _)| *before < likeness);
    if ALIKE <= likeness && better {
        best.insert(at, (likeness, other));
    }
}

/// The lines of the other report that share most of a line's weight, or have most of theirs in it.
fn nearest(left: &Lines, at: usize, right: &Lines) -> Vec<usize> {
    let line = &left.lines[at];
    let mut shared: BTreeMap<usize, f64> = BTreeMap::new();
    for token in line.tokens.iter().filter(|token| 0.0 < token.weight) {
        for &other in right.holders.get(&token.key).into_iter().flatten() {
            *shared.entry(other).or_default() += token.weight;
        }
    }
    let share = |(other, weight): (usize, f64)| {
        (weight / line.weight.min(right.lines[other].weight), other)
    };
    let mut near: Vec<_> = shared.into_iter().map(share).collect();
    near.retain(|(share, _)| PROMISING <= *share);
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    near.into_iter().take(NEAREST).map(|(_, other)| other).collect()
}

/// How much of a sentence another has: its weight, and its words in their order.
fn likeness(line: &Line, words: usize, weight: f64) -> f64 {
    let heavy = if line.weight == 0.0 { 0.0 } else { weight / line.weight };
    (heavy + words as f64 / line.words.len() as f64) / 2.0
}

/// Length of the longest common subsequence.
fn longest(left: &[Token], right: &[Token], key: impl Fn(&Token) -> u64) -> usize {
    let mut row = [0u8; LONG + 1];
    for a in left {
        let mut diagonal = 0;
        for (at, b) in right.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if key(a) == key(b) { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    usize::from(row[right.len()])
}

/// Weight of the words that both have, each as often as both have it.
fn common_weight(left: &[Token], right: &[Token]) -> f64 {
    let heavy = |tokens: &[Token]| -> Vec<(u64, f64)> {
        let mut keys: Vec<_> =
            tokens.iter().filter(|t| 0.0 < t.weight).map(|t| (t.key, t.weight)).collect();
        keys.sort_by_key(|(key, _)| *key);
        keys
    };
    let (left, right) = (heavy(left), heavy(right));
    let (mut i, mut j, mut weight) = (0, 0, 0.0);
    while let (Some(a), Some(b)) = (left.get(i), right.get(j)) {
        weight += if a.0 == b.0 { a.1.min(b.1) } else { 0.0 };
        (i, j) = (i + usize::from(a.0 <= b.0), j + usize::from(b.0 <= a.0));
    }
    weight
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    fn parallel(left: &str, right: &str) -> usize {
        let readings = [Sample::new(left).reading(), Sample::new(right).reading()];
        let lines = readings.each_ref().map(|reading| Lines::of(&Told::new(reading)));
        find(&lines[0], &lines[1])[0].len()
    }

    const SENTENCE: &str = "Rebels of the Northern Front seized the bridge near Tavish on Monday, \
        killing nine soldiers of the garrison, the mayor of Merrow said";

    #[test]
    fn a_sentence_with_other_words_for_most_is_parallel() {
        let respun = "Insurgents of the Northern Front grabbed the span near Tavysh on Monday, \
            slaying 9 troops of the garrison, the alderman of Merrow stated";
        assert_eq!(parallel(SENTENCE, respun), 1);
    }

    #[test]
    fn another_sentence_of_one_happening_is_not() {
        let other = "The Northern Front said its men had taken Tavish, a town of farmers, after a \
            night in which shells fell on Merrow and soldiers left their posts on the river";
        assert_eq!(parallel(SENTENCE, other), 0);
    }

    #[test]
    fn names_alone_make_no_parallel() {
        let left = "Ruta Kolm, Pavel Norrin and Odo Brandt met in Tavish near Merrow for lunch";
        let right = "Tavish and Merrow will send help, Odo Brandt told Ruta Kolm after Pavel Norrin \
            had called off a visit that many people in both towns were looking forward to";
        assert_eq!(parallel(left, right), 0);
    }
}
