//! What is seen of each word, whatever its label: hashes of its letters, its tags, what the lexicon
//! knows of it, and how the report writes it elsewhere.

use rustc_hash::FxHashMap;

use super::clusters::{Cluster, Clusters, Entry, Usage};
use super::gazetteer::Known;
use crate::Read;
use crate::segment::Sentence;
use crate::syntax::Upos;
use crate::syntax::weights::hash;

/// Stands for a word that is not there.
pub const NOTHING: u64 = 7;

/// What is seen of one word.
#[derive(Debug, Clone, Copy)]
pub struct Sight {
    /// The word as written.
    pub form: u64,
    /// In lower case, every digit as 0.
    pub lower: u64,
    /// Its first two to four letters.
    pub prefixes: [u64; 3],
    /// Its last one to four letters.
    pub suffixes: [u64; 4],
    /// Capitals, small letters, digits and marks, letter by letter.
    pub shape: u64,
    /// The same with each kind once.
    pub brief: u64,
    /// Whether a capital starts it or stands in it.
    pub capital: bool,
    /// Whether it has a digit.
    pub digit: bool,
    /// Universal tag.
    pub upos: u64,
    /// Penn tag.
    pub xpos: u64,
    /// Relation to its head.
    pub relation: u64,
    /// Lemma of its head.
    pub head: u64,
    /// Cluster of its head.
    pub head_cluster: Cluster,
    /// Its cluster.
    pub cluster: Cluster,
    /// Its cluster by another division.
    pub other: Cluster,
    /// What other texts show of it.
    pub usage: Usage,
    /// What the lexicon knows.
    pub known: Known,
    /// Whether it is an acronym in brackets after its words, or one of these.
    pub acronym: u64,
    /// How the report writes it elsewhere: with a capital within a sentence, in lower case.
    pub elsewhere: u64,
}

impl Sight {
    /// What stands before the first and after the last word.
    pub const EDGE: Self = Self {
        form: NOTHING,
        lower: NOTHING,
        prefixes: [NOTHING; 3],
        suffixes: [NOTHING; 4],
        shape: NOTHING,
        brief: NOTHING,
        capital: false,
        digit: false,
        upos: NOTHING << 8,
        xpos: NOTHING,
        relation: NOTHING << 8,
        head: NOTHING,
        head_cluster: Cluster::NONE,
        cluster: Cluster::NONE,
        other: Cluster::NONE,
        usage: Entry::NONE.usage,
        known: Known { marks: [0; 9], all: 0, class: 1 << 40, sectors: 0, within: 0 },
        acronym: 0,
        elsewhere: 0,
    };

    /// Whether it is a noun, a verb or an adjective in small letters.
    pub fn is_plain_content(&self) -> bool {
        let content = [Upos::Noun, Upos::Verb, Upos::Adj];
        !self.capital && !self.digit && content.contains(&upos_of(self.upos))
    }

    /// Whether it is a hyphen or a dash.
    pub fn is_hyphen(&self) -> bool {
        self.brief == shapes("-").1
    }

    /// Sees a word by its letters alone.
    pub fn of(word: &str, lower: &mut String) -> Self {
        lower.clear();
        let plain = |c: char| if c.is_ascii_digit() { '0' } else { c };
        lower.extend(word.chars().map(plain).flat_map(char::to_lowercase));
        let bytes = lower.as_bytes();
        let start =
            |length: usize| lower.char_indices().nth(length).map_or(lower.len(), |(at, _)| at);
        let end =
            |length: usize| lower.char_indices().rev().nth(length - 1).map_or(0, |(at, _)| at);
        let (shape, brief) = shapes(word);
        Self {
            form: hash(word.as_bytes()),
            lower: hash(bytes),
            prefixes: [2, 3, 4].map(|length| hash(&bytes[..start(length)])),
            suffixes: [1, 2, 3, 4].map(|length| hash(&bytes[end(length)..])),
            shape,
            brief,
            capital: word.contains(char::is_uppercase),
            digit: word.contains(|c: char| c.is_numeric()),
            ..Self::EDGE
        }
    }
}

/// The kinds of a word's letters in a row, three bits each: all, and without repeats.
fn shapes(word: &str) -> (u64, u64) {
    let (mut long, mut brief, mut before) = (1u64, 1u64, 0);
    for c in word.chars() {
        let kind = match c {
            _ if c.is_uppercase() => 1,
            _ if c.is_lowercase() => 2,
            _ if c.is_numeric() => 3,
            '.' => 4,
            '-' | '–' => 5,
            '\'' | '’' | '‘' | '`' => 6,
            _ => 7,
        };
        if long < 1 << 36 {
            long = long << 3 | kind;
        }
        if kind != before && brief < 1 << 36 {
            brief = brief << 3 | kind;
        }
        before = kind;
    }
    (long, brief)
}

/// Sees the words of a sentence: `known` holds what the lexicon knows of each.
pub fn see(
    text: Read<'_>,
    sentence: usize,
    known: &[Known],
    clusters: &Clusters,
    lower: &mut String,
    sights: &mut Vec<Sight>,
) {
    let sentence = &text.sentences[sentence];
    let lemma = |head: Option<u32>| {
        head.map_or(NOTHING, |head| hash(text.syntax.words[head as usize].lemma.as_bytes()))
    };
    sights.clear();
    for (index, known) in sentence.indices().zip(known) {
        let word = &text.syntax.words[index];
        let mut sight = Sight::of(text.report.slice(text.tokens[index].span), lower);
        sight.upos = word.upos as u64;
        sight.xpos = hash(word.xpos.as_bytes());
        sight.relation = word.relation as u64;
        sight.head = lemma(word.head);
        let entry = clusters.get(sight.lower);
        [sight.cluster, sight.other] = entry.clusters;
        sight.usage = entry.usage;
        sight.known = *known;
        sights.push(sight);
    }
    for at in 0..sights.len() {
        let head = text.syntax.words[sentence.indices().start + at].head;
        let head = head.and_then(|head| (head as usize).checked_sub(sentence.indices().start));
        if let Some(head) = head.and_then(|head| sights.get(head)) {
            sights[at].head_cluster = head.cluster;
        }
    }
    mark_acronyms(text, sentence, sights);
}

/// Marks acronyms in brackets, and the words before whose first letters they are made of.
fn mark_acronyms(text: Read<'_>, sentence: &Sentence, sights: &mut [Sight]) {
    let word = |at: usize| text.report.slice(text.tokens[sentence.indices().start + at].span);
    for at in 2..sights.len() {
        let acronym = word(at);
        let capitals = 1 < acronym.len() && acronym.chars().all(char::is_uppercase);
        if !capitals || word(at - 1) != "(" {
            continue;
        }
        if let Some(start) = spelled_out(acronym, at - 1, word) {
            sights[at].acronym = 1;
            sights[start..at - 1].iter_mut().for_each(|sight| sight.acronym = 2);
            sights[start].acronym = 3;
        }
    }
}

/// Where the words start that end before `end` and whose first letters make an acronym. Small words
/// need not have a letter in it.
fn spelled_out<'a>(acronym: &str, end: usize, word: impl Fn(usize) -> &'a str) -> Option<usize> {
    const SMALL: [&str; 6] = ["of", "the", "and", "for", "in", "on"];
    let mut letters = acronym.chars().rev().peekable();
    for at in (0..end).rev() {
        let first = word(at).chars().next()?.to_uppercase().next()?;
        if letters.next_if_eq(&first).is_none() && !SMALL.contains(&word(at)) {
            return None;
        }
        if letters.peek().is_none() {
            return Some(at);
        }
    }
    None
}

/// How a sentence is written: in headlines words have capitals that have none in prose.
pub fn style(sights: &[Sight]) -> u64 {
    let content = |upos: u64| {
        [Upos::Noun, Upos::Verb, Upos::Adj, Upos::Adv, Upos::Propn].contains(&upos_of(upos))
    };
    let words = || sights.iter().filter(|sight| content(sight.upos));
    let (all, small) = (words().count(), words().filter(|sight| !sight.capital).count());
    match all {
        0..3 => 0,
        _ if small * 5 < all => 1,
        _ if small * 2 < all => 2,
        _ => 3,
    }
}

fn upos_of(number: u64) -> Upos {
    Upos::ALL.get(number as usize).copied().unwrap_or(Upos::X)
}

/// How often a report writes each word with a capital within a sentence, and in lower case.
#[derive(Debug, Default)]
pub struct Spellings(FxHashMap<u64, (u32, u32)>);

impl Spellings {
    /// Counts the words of a sentence. Those of headlines and first words tell nothing.
    pub fn count(&mut self, sights: &[Sight]) {
        let headline = style(sights) == 1;
        for (at, sight) in sights.iter().enumerate() {
            if !sight.capital {
                self.0.entry(sight.lower).or_default().1 += 1;
            } else if 0 < at && !headline {
                self.0.entry(sight.lower).or_default().0 += 1;
            }
        }
    }

    /// What is told of a word by the others that are written the same but for capitals.
    pub fn elsewhere(&self, sight: &Sight, at: usize, headline: bool) -> u64 {
        let (mut capital, mut small) = self.0.get(&sight.lower).copied().unwrap_or_default();
        if !sight.capital {
            small = small.saturating_sub(1);
        } else if 0 < at && !headline {
            capital = capital.saturating_sub(1);
        }
        u64::from(0 < capital) | u64::from(0 < small) << 1
    }
}
