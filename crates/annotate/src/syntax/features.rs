//! Morphological features of a word: a table from its tag, its letters and what stands around it in
//! the tree, the most telling entry first.

use std::fmt;
use std::str::FromStr;

use super::bundle::{BundleFault, Reader};
use super::tagger::Letters;
use super::weights::{pair, triple};
use super::{Relation, Upos};

/// Every feature with a value that Universal Dependencies English has, in the order of CoNLL-U.
const ALL: [&str; 64] = [
    "Abbr=Yes",
    "Case=Acc",
    "Case=Gen",
    "Case=Nom",
    "Definite=Def",
    "Definite=Ind",
    "Degree=Cmp",
    "Degree=Pos",
    "Degree=Sup",
    "ExtPos=ADP",
    "ExtPos=ADV",
    "ExtPos=CCONJ",
    "ExtPos=PRON",
    "ExtPos=PROPN",
    "ExtPos=SCONJ",
    "Foreign=Yes",
    "Gender=Fem",
    "Gender=Masc",
    "Gender=Neut",
    "Mood=Imp",
    "Mood=Ind",
    "Mood=Sub",
    "Number=Coll",
    "Number=Plur",
    "Number=Ptan",
    "Number=Sing",
    "NumForm=Combi",
    "NumForm=Digit",
    "NumForm=Roman",
    "NumForm=Word",
    "NumType=Card",
    "NumType=Frac",
    "NumType=Mult",
    "NumType=Ord",
    "Person=1",
    "Person=2",
    "Person=3",
    "Polarity=Neg",
    "Polarity=Pos",
    "Poss=Yes",
    "PronType=Art",
    "PronType=Dem",
    "PronType=Emp",
    "PronType=Ind",
    "PronType=Int",
    "PronType=Neg",
    "PronType=Prs",
    "PronType=Rcp",
    "PronType=Rel",
    "PronType=Tot",
    "Reflex=Yes",
    "Style=Arch",
    "Style=Coll",
    "Style=Expr",
    "Style=Slng",
    "Style=Vrnc",
    "Tense=Past",
    "Tense=Pres",
    "Typo=Yes",
    "VerbForm=Fin",
    "VerbForm=Ger",
    "VerbForm=Inf",
    "VerbForm=Part",
    "Voice=Pass",
];

/// The features of one word, a bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Features(pub u64);

impl Features {
    /// Whether a feature is among them: "Number=Plur".
    pub fn has(self, feature: &str) -> bool {
        ALL.iter().position(|name| *name == feature).is_some_and(|at| self.0 >> at & 1 == 1)
    }
}

/// As CoNLL-U has them: "Number=Plur|Person=3", or "_".
impl fmt::Display for Features {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return f.write_str("_");
        }
        let mut between = "";
        for name in (0..).zip(ALL).filter_map(|(at, name)| (self.0 >> at & 1 == 1).then_some(name))
        {
            write!(f, "{between}{name}")?;
            between = "|";
        }
        Ok(())
    }
}

impl FromStr for Features {
    type Err = std::convert::Infallible;

    /// Features that English does not have are passed over.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bit = |name| ALL.iter().position(|known| *known == name).map(|at| 1u64 << at);
        Ok(Self(text.split('|').filter_map(bit).sum()))
    }
}

/// What is looked at of one word.
#[derive(Debug, Clone, Copy)]
pub struct Clue {
    /// The index of its tag in the model.
    pub tag: u8,
    /// Its part of speech.
    pub upos: Upos,
    /// Whether its tag is that of a plural.
    pub plural: bool,
    /// Its letters.
    pub letters: Letters,
    /// Its head in the sentence.
    pub head: Option<usize>,
    /// Relation to it.
    pub relation: Relation,
}

/// Who a verb agrees with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Subject {
    #[default]
    None,
    First,
    Second,
    Firsts,
    Many,
    One,
    /// "who", "that": whatever the clause is about.
    Relative,
}

/// What a word's dependents say of it.
#[derive(Debug, Clone, Copy, Default)]
struct Around {
    subject: Subject,
    /// Bits of [`TO`], [`AUX`], [`PASSIVE`], [`CASE`], [`CONJUNCTS`], [`MARKED`].
    marks: u64,
}

const TO: u64 = 1;
const AUX: u64 = 2;
const PASSIVE: u64 = 4;
const CASE: u64 = 8;
const CONJUNCTS: u64 = 16;
const MARKED: u64 = 32;

/// How many entries may tell a word's features.
pub const KEYS: usize = 4;

/// Room for the words of one sentence.
#[derive(Debug, Default)]
pub struct Room {
    around: Vec<Around>,
}

/// Hands the keys of each word's entries, the most telling first, to `told`. Linear in the words.
pub fn each_keys(words: &[Clue], room: &mut Room, told: &mut dyn FnMut(usize, [u64; KEYS])) {
    look_around(words, &mut room.around);
    for (at, word) in words.iter().enumerate() {
        let (tag, lower) = (u64::from(word.tag) + 1, word.letters.lower);
        let verbal = matches!(word.upos, Upos::Verb | Upos::Aux);
        let context = if verbal {
            verb_context(words, &room.around, at)
        } else {
            other_context(words, &room.around, at)
        };
        let by_word = triple(1, tag, lower);
        let by_context = triple(2, tag, context);
        let (second, third) = if verbal { (by_context, by_word) } else { (by_word, by_context) };
        told(at, [pair(triple(3, tag, lower), context), second, third, pair(4, tag)]);
    }
}

fn look_around(words: &[Clue], around: &mut Vec<Around>) {
    around.clear();
    around.resize(words.len(), Around::default());
    for word in words {
        let Some(head) = word.head else { continue };
        let marks = match word.relation {
            Relation::Mark if word.upos == Upos::Part => TO,
            Relation::Mark => MARKED,
            Relation::Aux => AUX,
            Relation::AuxPass => PASSIVE,
            Relation::Case => CASE,
            Relation::Conj => CONJUNCTS,
            _ => 0,
        };
        around[head].marks |= marks;
    }
    for (at, word) in words.iter().enumerate() {
        let (Some(head), true) = (word.head, is_subject(word.relation)) else { continue };
        let many = around[at].marks & CONJUNCTS != 0;
        around[head].subject = if many { Subject::Many } else { subject(word) };
    }
}

fn is_subject(relation: Relation) -> bool {
    matches!(
        relation,
        Relation::Nsubj
            | Relation::NsubjPass
            | Relation::NsubjOuter
            | Relation::Csubj
            | Relation::CsubjPass
    )
}

fn subject(word: &Clue) -> Subject {
    let is = |text: &str| word.letters.lower == super::weights::hash(text.as_bytes());
    match word.upos {
        Upos::Pron if is("i") => Subject::First,
        Upos::Pron if is("you") => Subject::Second,
        Upos::Pron if is("we") => Subject::Firsts,
        Upos::Pron if is("they") || is("these") || is("those") => Subject::Many,
        Upos::Pron if is("who") || is("that") || is("which") => Subject::Relative,
        _ if word.plural => Subject::Many,
        _ => Subject::One,
    }
}

/// The clause that a verb belongs to, who does it, and how the verb stands in it.
fn verb_context(words: &[Clue], around: &[Around], at: usize) -> u64 {
    let word = &words[at];
    let helps = matches!(word.relation, Relation::Aux | Relation::AuxPass | Relation::Cop);
    let mut clause = if helps { word.head.unwrap_or(at) } else { at };
    let mut subject = around[clause].subject;
    // "He came and saw": the second verb has the first one's subject.
    for _ in 0..4 {
        let next = words[clause].head;
        match (subject, words[clause].relation, next) {
            (Subject::None, Relation::Conj, Some(head)) => {
                clause = head;
                subject = around[clause].subject;
            }
            (Subject::Relative, Relation::AclRelcl, Some(head)) => {
                let many = around[head].marks & CONJUNCTS != 0;
                subject = if many { Subject::Many } else { self::subject(&words[head]) };
            }
            _ => break,
        }
    }
    let first = helps && helper_before(words, at);
    let marks = around[clause].marks & (TO | AUX | PASSIVE | MARKED);
    let stands = match word.relation {
        Relation::Aux => 1,
        Relation::AuxPass => 2,
        Relation::Cop => 3,
        Relation::Amod => 4,
        Relation::Acl => 5,
        Relation::Advcl => 6,
        Relation::Xcomp => 7,
        Relation::Compound => 8,
        Relation::Root | Relation::Parataxis => 9,
        Relation::Csubj | Relation::CsubjPass | Relation::CsubjOuter => 11,
        Relation::Obj | Relation::Obl | Relation::Nmod | Relation::Nsubj | Relation::NsubjPass => {
            12
        }
        _ if around[at].marks & CASE != 0 => 10,
        _ => 0,
    };
    (subject as u64) << 16 | marks << 8 | stands << 1 | u64::from(first)
}

/// Whether another auxiliary of the same verb stands before: "have been".
fn helper_before(words: &[Clue], at: usize) -> bool {
    let same = |word: &Clue| {
        word.head == words[at].head && matches!(word.relation, Relation::Aux | Relation::AuxPass)
    };
    words[at.saturating_sub(4)..at].iter().any(same)
}

/// What tells "who" that asks from "who" that relates, and "one" from "1".
fn other_context(words: &[Clue], around: &[Around], at: usize) -> u64 {
    let word = &words[at];
    match word.upos {
        Upos::Pron | Upos::Det | Upos::Adv | Upos::Sconj => {
            let mut clause = word.head;
            let relative = loop {
                let Some(head) = clause else { break false };
                match words[head].relation {
                    Relation::AclRelcl | Relation::AdvclRelcl => {
                        break head > at || word.head == Some(head);
                    }
                    Relation::Nsubj
                    | Relation::Obj
                    | Relation::Obl
                    | Relation::Nmod
                    | Relation::NmodPoss
                        if words[head].head != Some(at) =>
                    {
                        clause = words[head].head
                    }
                    _ => break false,
                }
            };
            let subject = is_subject(word.relation);
            1 << 12 | (word.relation as u64) << 2 | u64::from(relative) << 1 | u64::from(subject)
        }
        Upos::Num | Upos::Noun | Upos::Propn | Upos::Adj | Upos::X => {
            2 << 12
                | word.letters.shape << 1
                | u64::from(around[at].marks & CASE != 0 && word.upos == Upos::Num)
        }
        _ => 0,
    }
}

/// The entries.
#[derive(Debug)]
pub struct FeatureTable {
    lists: Vec<Features>,
    entries: super::tagger::Classes,
}

impl FeatureTable {
    /// From lists of features, and keys with the place of the list of each, from 1, by key.
    pub fn new(lists: Vec<Features>, entries: &[(u32, u32)]) -> Self {
        Self { lists, entries: super::tagger::Classes::new(entries) }
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, BundleFault> {
        let count = reader.count()?;
        let mut lists = Vec::with_capacity(count);
        for _ in 0..count {
            lists.push(Features(reader.number()?));
        }
        let keys = reader.keys()?;
        let mut entries = Vec::with_capacity(keys.len());
        for key in keys {
            let list = reader.number()?;
            if (lists.len() as u64) < list {
                return Err(reader.damaged());
            }
            entries.push((key, list as u32));
        }
        Ok(Self::new(lists, &entries))
    }

    /// The features that the first known key tells.
    pub fn told(&self, keys: [u64; KEYS]) -> Features {
        let entry = keys.into_iter().map(|key| self.entries.given(key)).find(|entry| *entry != 0);
        entry.map_or_else(Features::default, |entry| self.lists[entry as usize - 1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_read_back_in_the_order_of_conllu() {
        let features: Features = "VerbForm=Fin|Mood=Ind|Nonesuch=Yes".parse().unwrap();
        assert_eq!(features.to_string(), "Mood=Ind|VerbForm=Fin");
        assert_eq!(Features::default().to_string(), "_");
        assert!(features.has("Mood=Ind") && !features.has("Mood=Imp"));
        let mut sorted = ALL;
        sorted.sort_by_key(|name| name.to_lowercase());
        assert_eq!(sorted, ALL);
    }

    fn clue(word: &str, tag: u8, upos: Upos, head: Option<usize>, relation: Relation) -> Clue {
        let letters = Letters::of(word, &mut String::new());
        Clue { tag, upos, plural: false, letters, head, relation }
    }

    fn keys(words: &[Clue]) -> Vec<[u64; KEYS]> {
        let mut all = Vec::new();
        each_keys(words, &mut Room::default(), &mut |_, keys| all.push(keys));
        all
    }

    #[test]
    fn a_verb_agrees_with_the_subject_of_its_first_conjunct() {
        let said = |subject: &str| {
            keys(&[
                clue(subject, 1, Upos::Pron, Some(1), Relation::Nsubj),
                clue("came", 2, Upos::Verb, None, Relation::Root),
                clue("and", 3, Upos::Cconj, Some(3), Relation::Cc),
                clue("saw", 2, Upos::Verb, Some(1), Relation::Conj),
            ])
        };
        let (we, she) = (said("we"), said("she"));
        assert_ne!(we[3][1], she[3][1]);
        assert_eq!(we[3][2], she[3][2]);
    }

    #[test]
    fn the_most_telling_known_entry_tells() {
        let words = [clue("olm", 1, Upos::Noun, None, Relation::Root)];
        let key = |at: usize| super::super::tagger::class_key(keys(&words)[0][at]);
        let (plain, own) = (Features(1), Features(2));
        let mut entries = vec![(key(3), 1)];
        assert_eq!(FeatureTable::new(vec![plain, own], &entries).told(keys(&words)[0]), plain);
        entries.push((key(0), 2));
        entries.sort_unstable();
        assert_eq!(FeatureTable::new(vec![plain, own], &entries).told(keys(&words)[0]), own);
        let nothing = FeatureTable::new(Vec::new(), &[]);
        assert_eq!(nothing.told(keys(&words)[0]), Features::default());
    }
}
