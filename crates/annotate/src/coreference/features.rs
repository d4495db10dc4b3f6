//! What the model looks at: keys of a mention, of its being new, and of a pair.

use super::look::{Kind, Look};
use super::scene::Scene;
use crate::syntax::Relation;
use crate::syntax::weights::{keys, keys_after, pair, triple};

/// How many features a mention has.
pub const OF_MENTION: usize = 29;
/// How many features say that a mention is new.
pub const OF_NEW: usize = 8;
/// How many features a pair has.
pub const OF_PAIR: usize = 30;

/// A number as one of few: exact when small, by doubling when large.
fn few(number: u32) -> u64 {
    match number {
        0..=4 => u64::from(number),
        5..=7 => 5,
        8..=15 => 6,
        16..=31 => 7,
        32..=63 => 8,
        _ => 9,
    }
}

fn inside_quotes(look: &Look) -> u64 {
    u64::from(look.quotes % 2)
}

impl Scene<'_> {
    /// The features of a mention.
    pub fn mention_keys(&self, at: usize) -> [u32; OF_MENTION] {
        let (mention, look, standing) = (&self.mentions[at], &self.looks[at], self.standings[at]);
        let kind = look.kind as u64;
        let relation = look.relation as u64;
        let predicate = u64::from(look.subject.is_some());
        keys([
            0,
            kind,
            pair(kind, look.lemma),
            look.head,
            pair(kind, look.first),
            look.last,
            look.before,
            look.after,
            pair(look.governor, relation),
            pair(relation, kind),
            triple(look.governor_tag, relation, kind),
            pair(look.case, kind),
            pair(look.tag, kind),
            pair(few(look.length), kind),
            pair(look.number, kind),
            pair(u64::from(mention.coordinated), kind),
            pair(few(standing.order), kind),
            pair(few(look.sentence), kind),
            pair(inside_quotes(look), kind),
            pair(look.governor, kind),
            triple(predicate, relation, kind),
            pair(few(standing.depth), kind),
            pair(look.before, kind),
            pair(look.after, kind),
            pair(few(standing.heads), kind),
            pair(few(standing.heads_before), kind),
            triple(few(standing.heads), few(standing.heads_before), kind),
            pair(u64::from(look.capitals), kind),
            pair(look.gender as u64, kind),
        ])
    }

    /// The features of a mention's being new, beside those of the mention.
    pub fn new_keys(&self, at: usize) -> [u32; OF_NEW] {
        let (look, standing) = (&self.looks[at], self.standings[at]);
        let kind = look.kind as u64;
        let back = |other: Option<u32>| match other {
            Some(other) => 1 + few(look.sentence - self.looks[other as usize].sentence),
            None => 0,
        };
        let (text, head) = (back(standing.last_text), back(standing.last_head));
        let same = match standing.last_head {
            Some(other) => self.looks[other as usize].kind as u64 + 1,
            None => 0,
        };
        keys_after(
            OF_MENTION,
            [
                pair(kind, text),
                pair(kind, head),
                triple(kind, text, head),
                pair(kind, few(standing.texts_before)),
                pair(kind, same),
                triple(kind, look.first, head),
                triple(kind, look.first, text),
                triple(kind, few(look.length), text),
            ],
        )
    }

    /// The features of a mention's meaning what an earlier one means.
    pub fn pair_keys(&self, before: usize, at: usize) -> [u32; OF_PAIR] {
        let (a, m) = (&self.looks[before], &self.looks[at]);
        let (first, second) = (&self.mentions[before], &self.mentions[at]);
        let (before_standing, standing) = (self.standings[before], self.standings[at]);
        let (mine, theirs) = (m.kind as u64, a.kind as u64);
        let kinds = mine << 5 | theirs;
        let text = u64::from(a.text == m.text && m.text != 0);
        let head = u64::from(a.lemma == m.lemma);
        let form = u64::from(a.head == m.head);
        let words = overlap(&a.words, &m.words);
        let contained =
            u64::from(a.words.contains(&m.lemma)) | u64::from(m.words.contains(&a.lemma)) << 1;
        let sentences = few(m.sentence - a.sentence);
        let mentions = few((at - before) as u32);
        let nested = if second.tokens.start < first.tokens.end {
            if second.tokens.end <= first.tokens.end { 1 } else { 2 }
        } else {
            0
        };
        let numbers = m.number << 2 | a.number;
        let relations = (m.relation as u64) << 8 | a.relation as u64;
        let governor = u64::from(a.governor == m.governor)
            | u64::from(a.relation == m.relation) << 1
            | u64::from(a.above == m.above && a.above.is_some()) << 2
            | u64::from(a.above == Some(second.head)) << 3
            | u64::from(m.above == Some(first.head)) << 4;
        let alike = self.cosine(a.vector, m.vector);
        let governors = self.cosine(a.governor_vector, m.governor_vector);
        let (mine_quoted, theirs_quoted) = (inside_quotes(m), inside_quotes(a));
        let quotes = mine_quoted | theirs_quoted << 1 | u64::from(a.quotes == m.quotes) << 2;
        let nearest = u64::from(standing.last_head == Some(before as u32))
            | u64::from(standing.last_text == Some(before as u32)) << 1;
        let stated = u64::from(m.relation == Relation::Appos && m.above == Some(first.head))
            | u64::from(m.subject == Some(first.head)) << 1
            | u64::from(a.subject == Some(second.head)) << 2;
        let apart = match m.paragraph - a.paragraph {
            0 => u64::from(a.quotes == m.quotes) << 4,
            far @ 1..=6 => u64::from(far),
            far => 8 + u64::from(far % 2),
        };
        let shortened = u64::from(short_for(m, a)) | u64::from(short_for(a, m)) << 1;
        let subject = u64::from(is_subject(a)) | u64::from(is_subject(m)) << 1;
        keys([
            kinds,
            pair(kinds, text),
            pair(kinds, head),
            triple(kinds, form, numbers),
            pair(kinds, words),
            triple(kinds, contained, head),
            pair(kinds, sentences),
            pair(kinds, mentions),
            pair(kinds, nested),
            pair(mine, a.lemma),
            pair(kinds, numbers),
            pair(kinds, relations),
            pair(kinds, governor),
            triple(kinds, governor, sentences),
            pair(kinds, alike),
            pair(kinds, governors),
            pair(kinds, shortened),
            pair(kinds, quotes),
            pair(kinds, nearest),
            pair(kinds, stated),
            triple(kinds, sentences, subject),
            triple(kinds, head, sentences),
            pair(kinds, u64::from(first.coordinated) | u64::from(second.coordinated) << 1),
            triple(kinds, apart, text),
            pair(mine, a.first),
            triple(mine, a.relation as u64, sentences),
            triple(kinds, few(before_standing.heads_before), few(before_standing.heads)),
            triple(kinds, alike, head),
            triple(mine, m.relation as u64, a.kind as u64),
            pair(kinds, (m.gender as u64) << 2 | a.gender as u64),
        ])
    }

    fn cosine(&self, one: Option<u32>, other: Option<u32>) -> u64 {
        match (one, other) {
            (Some(one), Some(other)) => {
                1 + (self.vectors.cosine(one, other).clamp(-0.2, 0.999) * 10.0 + 2.0) as u64
            }
            _ => 0,
        }
    }
}

fn is_subject(look: &Look) -> bool {
    matches!(look.relation, Relation::Nsubj | Relation::NsubjPass)
}

/// How two sorted lists of words overlap.
fn overlap(theirs: &[u64], mine: &[u64]) -> u64 {
    if mine.is_empty() || theirs.is_empty() {
        return 0;
    }
    let shared = mine.iter().filter(|word| theirs.contains(word)).count();
    match (shared == mine.len(), shared == theirs.len(), shared) {
        (true, true, _) => 1,
        (true, false, _) => 2,
        (false, true, _) => 3,
        (_, _, 0) => 4,
        _ => 5,
    }
}

/// Whether one is written with the first letters of the other.
pub(super) fn short_for(short: &Look, long: &Look) -> bool {
    short.capitals && short.kind >= Kind::Name && 1 < long.length && short.letters == long.initials
}
