//! Tokens as names are made of: split at hyphens, without punctuation, folded and looked up.

use std::ops::Range;

use super::fold;
use super::lexicon::{Lexicon, NO_WORD};
use crate::Read;

/// A word, or a part of one between hyphens.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Atom {
    /// Its token.
    pub token: u32,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Its word in the lexicon, or `NO_WORD`.
    pub word: u32,
    /// What it looks like: [`shape`].
    pub shape: u8,
    /// What stands between it and the atom before: [`before`].
    pub before: u16,
}

/// What an atom looks like.
pub(crate) mod shape {
    pub const CAPITAL: u8 = 1;
    pub const ALL_CAPITALS: u8 = 2;
    pub const DIGIT: u8 = 4;
    pub const TAGGED: u8 = 8;
    /// First word of a sentence or of a quotation.
    pub const INITIAL: u8 = 16;
    /// A single letter, or one with a dot.
    pub const LETTER: u8 = 32;
    /// A word in a line where nearly every word is capitalised.
    pub const HEADLINE: u8 = 64;
    /// Ends with a dot, as abbreviations do.
    pub const DOTTED: u8 = 128;
}

/// What stands before an atom.
pub(crate) mod before {
    pub const HYPHEN: u16 = 1;
    pub const COMMA: u16 = 2;
    pub const QUOTE: u16 = 4;
    pub const OPEN: u16 = 8;
    pub const CLOSE: u16 = 16;
    pub const POSSESSIVE: u16 = 32;
    pub const OTHER: u16 = 64;
    pub const AMPERSAND: u16 = 128;
    pub const SLASH: u16 = 256;
    pub const DASH: u16 = 512;
    /// The atom is the first of its sentence.
    pub const FIRST: u16 = 1024;
    /// Anything that ends a name.
    pub const BREAK: u16 = COMMA | QUOTE | OPEN | CLOSE | POSSESSIVE | OTHER | SLASH | DASH | FIRST;
}

impl Atom {
    pub fn is(&self, shape: u8) -> bool {
        self.shape & shape != 0
    }

    pub fn after(&self, before: u16) -> bool {
        self.before & before != 0
    }
}

/// The atoms of a report, and which of them each sentence has.
#[derive(Debug, Default)]
pub(crate) struct Atoms {
    pub all: Vec<Atom>,
    pub sentences: Vec<Range<usize>>,
}

/// Splits the sentences of a report into atoms.
pub(crate) fn atoms(text: Read<'_>, lexicon: &Lexicon) -> Atoms {
    let mut out = Atoms::default();
    out.all.reserve(text.tokens.len());
    let mut scratch = String::new();
    for sentence in text.sentences {
        let from = out.all.len();
        let mut before = before::FIRST;
        for index in sentence.indices() {
            split(text, index, lexicon, &mut before, &mut scratch, &mut out.all);
        }
        if !text.report.slice(sentence.span).ends_with(['.', '”', '"', '!']) {
            mark_headline(&mut out.all[from..], lexicon);
        }
        out.sentences.push(from..out.all.len());
    }
    out
}

fn split(
    text: Read<'_>,
    index: usize,
    lexicon: &Lexicon,
    before: &mut u16,
    scratch: &mut String,
    out: &mut Vec<Atom>,
) {
    let span = text.tokens[index].span;
    let token = text.report.slice(span);
    if is_possessive(token) {
        *before |= before::POSSESSIVE;
        return;
    }
    let mut at = 0;
    while at < token.len() {
        let rest = &token[at..];
        let Some(char) = rest.chars().next() else { break };
        if !char.is_alphanumeric() {
            *before |= mark(char);
            at += char.len_utf8();
            continue;
        }
        let number = char.is_ascii_digit();
        let border = |c: char| fold::is_border(c) && !(number && c == ',');
        let length = rest.find(border).unwrap_or(rest.len());
        let word = &rest[..length];
        at += length;
        let (word, possessive) = without_possessive(word);
        push(word, span.start as usize + at - length, index, lexicon, before, scratch, out);
        if possessive {
            *before |= before::POSSESSIVE;
        }
    }
}

fn push(
    word: &str,
    start: usize,
    token: usize,
    lexicon: &Lexicon,
    before: &mut u16,
    scratch: &mut String,
    out: &mut Vec<Atom>,
) {
    scratch.clear();
    fold::fold_into(word, scratch);
    let mut shape = shape_of(word);
    let mut end = start + word.len();
    let bare = scratch.strip_suffix('s').filter(|bare| {
        shape & shape::CAPITAL != 0
            && word.ends_with('s')
            && lexicon.is_lost_possessive(scratch, bare)
    });
    let possessive = bare.is_some();
    if let Some(bare) = bare.map(str::len) {
        scratch.truncate(bare);
        end -= 1;
    }
    if *before & (before::FIRST | before::QUOTE | before::OTHER) != 0 {
        shape |= shape::INITIAL;
    }
    if *before & before::AMPERSAND == 0 && *before & TAG != 0 {
        shape |= shape::TAGGED;
    }
    out.push(Atom {
        token: token as u32,
        start: start as u32,
        end: end as u32,
        word: lexicon.word(scratch),
        shape,
        before: *before & !TAG,
    });
    *before = if possessive { before::POSSESSIVE } else { 0 };
}

const TAG: u16 = 1 << 15;

fn mark(char: char) -> u16 {
    match char {
        '-' | '‐' | '‑' => before::HYPHEN,
        ',' => before::COMMA,
        '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '\'' | '`' => before::QUOTE,
        '(' | '[' | '{' => before::OPEN,
        ')' | ']' | '}' => before::CLOSE,
        '&' => before::AMPERSAND,
        '/' => before::SLASH,
        '–' | '—' | '―' => before::DASH,
        '#' | '@' => TAG,
        _ => before::OTHER,
    }
}

fn is_possessive(token: &str) -> bool {
    matches!(token, "'s" | "’s" | "'S" | "’S" | "'" | "’" | "`s" | "´s")
}

fn without_possessive(word: &str) -> (&str, bool) {
    for end in ["'s", "’s", "'S", "’S", "`s"] {
        if let Some(word) = word.strip_suffix(end) {
            return (word, true);
        }
    }
    let bare = word.trim_end_matches(['\'', '’', '‘', '`']);
    (if bare.is_empty() { word } else { bare }, bare.len() < word.len() && !bare.is_empty())
}

fn shape_of(word: &str) -> u8 {
    let mut shape = 0;
    let (mut letters, mut upper) = (0, 0);
    for char in word.chars() {
        if char.is_alphabetic() {
            letters += 1;
            upper += u32::from(char.is_uppercase());
        } else if char.is_numeric() {
            shape |= shape::DIGIT;
        }
    }
    if word.chars().next().is_some_and(char::is_uppercase) || (upper > 0 && letters > 2) {
        shape |= shape::CAPITAL;
    }
    if upper == letters && letters > 1 {
        shape |= shape::ALL_CAPITALS;
    }
    if letters == 1 && shape & shape::DIGIT == 0 {
        shape |= shape::LETTER;
    }
    if word.ends_with('.') {
        shape |= shape::DOTTED;
    }
    shape
}

fn mark_headline(atoms: &mut [Atom], lexicon: &Lexicon) {
    let words = atoms.iter().filter(|a| a.end - a.start > 3 && !a.is(shape::DIGIT));
    let (mut all, mut capitals) = (0, 0);
    for atom in words {
        all += 1;
        capitals += u32::from(atom.is(shape::CAPITAL));
    }
    let common = atoms
        .iter()
        .any(|a| a.is(shape::CAPITAL) && !a.is(shape::INITIAL) && lexicon.is_common(a.word));
    if all >= 3 && capitals * 5 >= all * 4 && common {
        for atom in atoms {
            atom.shape |= shape::HEADLINE;
        }
    }
}

impl Lexicon {
    /// Whether the word is a common one, also written in lower case.
    pub fn is_common(&self, word: u32) -> bool {
        word != NO_WORD && self.class(word) & super::lexicon::class::COMMON != 0
    }
}
