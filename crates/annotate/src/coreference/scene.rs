//! The mentions of a report with what is seen of them, and which earlier ones each may refer to.

use rustc_hash::FxHashMap;

use super::features::short_for;
use super::gender::Gender;
use super::look::{Kind, Look, looks};
use super::mention::{Mention, mentions};
use super::vectors::Vectors;
use crate::Read;

/// So many mentions before a pronoun are looked at, whatever they are.
const NEAR: usize = 20;
/// So many before a noun: what it means is rarely told by nearness.
const NEAR_NOUN: usize = 8;
/// So many mentions further back that share its head, its text or a word of its name.
const ALIKE: usize = 4;
/// Words are used alike whose vectors' cosine is more: what names or opens something new, and what
/// is said to be known.
const ALIKE_NEW: f32 = 0.5;
const ALIKE_KNOWN: f32 = 0.2;

/// The mentions of a report.
#[derive(Debug)]
pub struct Scene<'a> {
    /// The mentions, in order.
    pub mentions: Vec<Mention>,
    /// What is seen of each.
    pub looks: Vec<Look>,
    /// Vectors of words.
    pub vectors: &'a Vectors,
    /// Of each, what of the report bears on it.
    pub standings: Vec<Standing>,
    /// Earlier mentions that are alike, further back than the near ones.
    alike: Vec<Vec<u32>>,
}

/// How a mention stands among the others.
#[derive(Debug, Clone, Copy, Default)]
pub struct Standing {
    /// How many earlier mentions have its head.
    pub heads_before: u32,
    /// How many mentions have its head.
    pub heads: u32,
    /// How many earlier mentions have its text.
    pub texts_before: u32,
    /// The last mention with its head, if any.
    pub last_head: Option<u32>,
    /// The last mention with its text, if any.
    pub last_text: Option<u32>,
    /// How many mentions hold it.
    pub depth: u32,
    /// How many mentions of its sentence begin before it.
    pub order: u32,
}

fn near(look: &Look) -> usize {
    if look.kind <= Kind::Other { NEAR } else { NEAR_NOUN }
}

/// What a mention is found again by.
fn head_key(look: &Look) -> u64 {
    if look.kind.is_personal() { look.kind as u64 } else { look.lemma }
}

impl<'a> Scene<'a> {
    /// The mentions of a report. Linear in the words.
    pub fn of(text: Read<'_>, vectors: &'a Vectors) -> Self {
        let mentions = mentions(text);
        let looks = looks(text, &mentions, vectors);
        let mut scene = Self { mentions, looks, vectors, standings: Vec::new(), alike: Vec::new() };
        scene.stand();
        scene
    }

    fn stand(&mut self) {
        let mut heads: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
        let mut texts: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
        let mut words: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
        let mut open: Vec<u32> = Vec::new();
        let (mut sentence, mut order) = (u32::MAX, 0);
        for (at, (mention, look)) in (0u32..).zip(self.mentions.iter().zip(&self.looks)) {
            if look.sentence != sentence {
                (sentence, order) = (look.sentence, 0);
                open.clear();
            }
            open.retain(|&other| mention.tokens.start < self.mentions[other as usize].tokens.end);
            let far = |found: Option<&Vec<u32>>| -> Vec<u32> {
                let found = found.into_iter().flatten().rev();
                let far = found.copied().filter(|other| *other + (near(look) as u32) < at);
                far.take(ALIKE).collect()
            };
            let (head, own) = (heads.get(&head_key(look)), texts.get(&look.text));
            let mut alike = far(head);
            if !look.kind.is_personal() {
                alike.extend(far(own));
            }
            if look.kind == Kind::Name {
                look.words.iter().for_each(|word| alike.extend(far(words.get(word))));
            }
            alike.sort_unstable();
            alike.dedup();
            self.standings.push(Standing {
                heads_before: head.map_or(0, |head| head.len() as u32),
                heads: 0,
                texts_before: own.map_or(0, |own| own.len() as u32),
                last_head: head.and_then(|head| head.last().copied()),
                last_text: own.and_then(|own| own.last().copied()),
                depth: open.len() as u32,
                order,
            });
            self.alike.push(alike);
            heads.entry(head_key(look)).or_default().push(at);
            texts.entry(look.text).or_default().push(at);
            for word in &look.words {
                words.entry(*word).or_default().push(at);
            }
            open.push(at);
            order += 1;
        }
        for (standing, look) in self.standings.iter_mut().zip(&self.looks) {
            standing.heads = heads[&head_key(look)].len() as u32;
        }
    }

    /// The earlier mentions that one may refer to, in order.
    pub fn antecedents(&self, of: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let far = self.alike[of].iter().map(|&other| other as usize);
        let all = far.chain(of.saturating_sub(near(&self.looks[of]))..of);
        all.filter(move |before| self.may_mean(*before, of))
    }

    /// Whether a pair is worth the model's time. A name or a new noun seldom means what an earlier noun
    /// means unless they share a word, are used alike, or one is said to be the other.
    fn may_mean(&self, before: usize, of: usize) -> bool {
        let (earlier, later) = (&self.looks[before], &self.looks[of]);
        let least = match later.kind {
            Kind::Name | Kind::Indefinite | Kind::Bare | Kind::Number => ALIKE_NEW,
            Kind::Definite | Kind::Possessed => ALIKE_KNOWN,
            _ => return self.may_agree(earlier, later),
        };
        if !earlier.kind.is_nominal() {
            return true;
        }
        let said = later.above == Some(self.mentions[before].head)
            || later.subject == Some(self.mentions[before].head)
            || earlier.subject == Some(self.mentions[of].head);
        said || earlier.lemma == later.lemma
            || earlier.text == later.text
            || later.words.iter().any(|word| earlier.words.contains(word))
            || earlier.words.contains(&later.lemma)
            || later.words.contains(&earlier.lemma)
            || short_for(earlier, later)
            || short_for(later, earlier)
            || self.are_alike(earlier, later, least)
    }

    /// Whether the words' vectors are that near; what is said to be known may be a word without one.
    fn are_alike(&self, earlier: &Look, later: &Look, least: f32) -> bool {
        match (earlier.vector, later.vector) {
            (Some(one), Some(other)) => least < self.vectors.cosine(one, other),
            _ => least < ALIKE_NEW,
        }
    }

    /// Whether a pronoun may stand for an earlier mention: "he" is no "she", and neither is "they".
    fn may_agree(&self, earlier: &Look, later: &Look) -> bool {
        let clash = later.gender != Gender::Unknown
            && earlier.gender != Gender::Unknown
            && earlier.gender != later.gender;
        let many = matches!(later.kind, Kind::He | Kind::She) && earlier.number == 2;
        !clash && !many
    }
}
