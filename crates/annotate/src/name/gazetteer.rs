//! What the lexicon knows of the words: the longest known names that they are in, and what each can
//! be alone.

use crate::Read;
use crate::mention::ActorKind;
use crate::mention::fold::{fold_into, is_border};
use crate::mention::lexicon::{Lexicon, NO_WORD, Sense, class};
use crate::syntax::weights::hash;

/// How many senses are told apart.
pub const GROUPS: usize = 9;

/// Classes of words that tell of names; how words stand in known names is told apart.
const TELLING: u32 = class::COMMON
    | class::FIRST_NAME
    | class::HEAD
    | class::SAY
    | class::LOCATIVE
    | class::PARTICLE
    | class::CALENDAR
    | class::FUNCTION
    | class::SUFFIX
    | class::PLACE_HEAD
    | class::PLACE_PREFIX
    | class::MODIFIER;

/// What the lexicon knows of a word.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known {
    /// For each group of senses: 0 for none, or begin, inside, last, unit of the longest name.
    pub marks: [u8; GROUPS],
    /// All marks in one number.
    pub all: u64,
    /// What the word can be, as bits.
    pub class: u64,
    /// Sectors that a head word tells, 0 if it is none.
    pub sectors: u64,
    /// In which places of which names the word stands anywhere in the lexicon, as bits.
    pub within: u64,
}

fn group(sense: Sense, lexicon: &Lexicon) -> usize {
    match sense {
        Sense::State(_) => 0,
        Sense::Adjective(_) => 1,
        Sense::People(_) => 2,
        Sense::Seat(_) => 3,
        Sense::Place(_) => 4,
        Sense::Role(..) => 5,
        Sense::Actor(actor) => match lexicon.actors[actor as usize].kind {
            ActorKind::Person => 6,
            ActorKind::Organisation => 7,
            _ => 8,
        },
    }
}

/// Roles are the one sense whose names need no capital.
const ROLE: usize = 5;

/// A word between hyphens, as the trie has it.
#[derive(Debug, Clone, Copy)]
struct Atom {
    token: u32,
    word: u32,
    capital: bool,
    capitals: bool,
    /// Whether a mark that no name goes across stands before it.
    apart: bool,
}

/// What the words of one sentence need while they are looked up, kept from sentence to sentence.
#[derive(Debug, Default)]
pub struct Room {
    atoms: Vec<Atom>,
    folded: String,
}

/// Looks up the words of a sentence: one [`Known`] a token. Linear in the words, a step of the trie
/// for each word of a name that starts at a word.
pub fn look_up(
    text: Read<'_>,
    sentence: usize,
    lexicon: &Lexicon,
    room: &mut Room,
    known: &mut Vec<Known>,
) {
    let indices = text.sentences[sentence].indices();
    known.clear();
    known.resize(indices.len(), Known::default());
    room.atoms.clear();
    let mut apart = true;
    for (at, token) in text.tokens[indices].iter().enumerate() {
        split(text.report.slice(token.span), at as u32, lexicon, &mut apart, room);
    }
    for atom in &room.atoms {
        describe(atom.word, lexicon, &mut known[atom.token as usize]);
    }
    mark_names(&room.atoms, lexicon, known);
    for known in known {
        known.all = hash(&known.marks);
    }
}

fn split(token: &str, at: u32, lexicon: &Lexicon, apart: &mut bool, room: &mut Room) {
    let Room { atoms, folded } = room;
    let mut found = false;
    for word in token.split(is_border).filter(|word| !word.is_empty()) {
        folded.clear();
        fold_into(word, folded);
        if folded.is_empty() {
            continue;
        }
        let capital = word.starts_with(char::is_uppercase);
        let capitals = capital && !word.contains(char::is_lowercase);
        let word = lexicon.word(folded);
        atoms.push(Atom { token: at, word, capital, capitals, apart: *apart });
        (*apart, found) = (false, true);
    }
    *apart |= !found && !matches!(token, "-" | "–" | "." | "&" | "'" | "’");
}

fn describe(word: u32, lexicon: &Lexicon, known: &mut Known) {
    if word == NO_WORD {
        return;
    }
    let class = lexicon.class(word);
    known.class |= u64::from(class & TELLING);
    known.within |= u64::from(class / class::FIRST_OF);
    let sectors = lexicon.head_sectors(word).iter();
    known.sectors = sectors.fold(known.sectors, |sum, sector| sum | 1 << (*sector as u64 & 63));
}

fn mark_names(atoms: &[Atom], lexicon: &Lexicon, known: &mut [Known]) {
    let mut ends = [0; GROUPS];
    for start in 0..atoms.len() {
        for (group, length) in longest(&atoms[start..], lexicon).into_iter().enumerate() {
            if length == 0 || start + length <= ends[group] {
                continue;
            }
            ends[group] = start + length;
            mark(&atoms[start..start + length], group, known);
        }
    }
}

/// How many atoms the longest name of each group has that starts with the first atom.
fn longest(atoms: &[Atom], lexicon: &Lexicon) -> [usize; GROUPS] {
    let mut lengths = [0; GROUPS];
    let (mut node, mut capital, mut capitals) = (0, false, true);
    for (length, atom) in (1..).zip(atoms) {
        if 1 < length && atom.apart {
            break;
        }
        let Some(next) = lexicon.step(node, atom.word) else { break };
        node = next;
        capital |= atom.capital;
        capitals &= atom.capitals;
        for entry in lexicon.entries(node) {
            let group = group(entry.sense, lexicon);
            if (capital || group == ROLE) && (capitals || !entry.capitals) {
                lengths[group] = length;
            }
        }
    }
    lengths
}

fn mark(atoms: &[Atom], group: usize, known: &mut [Known]) {
    let (first, last) = (atoms[0].token, atoms[atoms.len() - 1].token);
    for token in first..=last {
        known[token as usize].marks[group] = match (token == first, token == last) {
            (true, true) => 4,
            (true, false) => 1,
            (false, false) => 2,
            (false, true) => 3,
        };
    }
}
