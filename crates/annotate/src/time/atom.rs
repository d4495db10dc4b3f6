//! The characters of a sentence as atoms: runs of letters, runs of digits, single marks.
//!
//! Times and figures are read from atoms and not from tokens, because tokenizers differ on
//! "20-year", "$4.4m" and "2021-07-28", and atoms do not.

use chancery_text::Span;

use crate::figure::number::{NumberTable, NumberWord};

/// What an atom is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AtomKind {
    /// Letters.
    Word,
    /// ASCII digits.
    Digits,
    /// One other character.
    Mark(char),
}

/// A run of letters, a run of digits, or one mark.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Atom {
    /// Its characters.
    pub span: Span,
    /// What it is made of.
    pub kind: AtomKind,
    /// Whether white space (or the sentence's start) stands before it.
    pub spaced: bool,
    /// Whether it starts with a capital letter.
    pub capital: bool,
    /// What number word it is.
    pub number: Option<NumberWord>,
    /// Whether a phrase that bounds a number starts with it.
    pub bounds: bool,
    /// The stage's own entry for the word, if it has one.
    pub entry: Option<u16>,
}

impl Atom {
    /// Whether it is the mark `mark`.
    pub fn is(&self, mark: char) -> bool {
        self.kind == AtomKind::Mark(mark)
    }

    /// Whether it is a run of letters.
    pub fn is_word(&self) -> bool {
        self.kind == AtomKind::Word
    }

    /// Whether it is a run of digits.
    pub fn is_digits(&self) -> bool {
        self.kind == AtomKind::Digits
    }

    /// Whether it joins words or numbers: a hyphen or a short dash.
    pub fn is_hyphen(&self) -> bool {
        matches!(self.kind, AtomKind::Mark('-' | '\u{2010}' | '\u{2011}' | '–' | '\u{2212}'))
    }

    /// Whether it is an apostrophe.
    pub fn is_apostrophe(&self) -> bool {
        matches!(self.kind, AtomKind::Mark('\'' | '’' | '‘'))
    }
}

/// Longest word that is looked up; none of the lexicons has a longer one.
const LONGEST: usize = 24;

/// Fills `atoms` with those of `span`. `entry` gives the stage's entry of a lower-case word.
pub(crate) fn read_atoms(
    text: &str,
    span: Span,
    entry: impl Fn(&str) -> Option<u16>,
    atoms: &mut Vec<Atom>,
) {
    atoms.clear();
    let numbers = NumberTable::shared();
    let slice = span.slice(text);
    let mut chars = slice.char_indices().peekable();
    let mut spaced = true;
    while let Some((at, first)) = chars.next() {
        if first.is_whitespace() {
            spaced = true;
            continue;
        }
        let kind = if first.is_ascii_digit() {
            AtomKind::Digits
        } else if first.is_alphabetic() {
            AtomKind::Word
        } else {
            AtomKind::Mark(first)
        };
        let mut end = at + first.len_utf8();
        while let Some(&(next, c)) = chars.peek() {
            let more = match kind {
                AtomKind::Digits => c.is_ascii_digit(),
                AtomKind::Word => c.is_alphabetic() || is_combining(c),
                AtomKind::Mark(_) => false,
            };
            if !more {
                break;
            }
            end = next + c.len_utf8();
            chars.next();
        }
        let start = span.start as usize;
        let mut atom = Atom {
            span: Span::of(start + at..start + end),
            kind,
            spaced,
            capital: first.is_uppercase(),
            number: None,
            bounds: false,
            entry: None,
        };
        if kind == AtomKind::Word {
            with_lower_case(&slice[at..end], |word| {
                atom.number = numbers.word(word);
                atom.bounds = numbers.starts_bound(word);
                atom.entry = entry(word);
            });
        }
        atoms.push(atom);
        spaced = false;
    }
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Hands the word in lower case to `look`, without allocation. Words with letters outside ASCII are
/// in no lexicon here.
pub(crate) fn with_lower_case(word: &str, look: impl FnOnce(&str)) {
    let bytes = word.as_bytes();
    if bytes.len() > LONGEST || !word.is_ascii() {
        return;
    }
    let mut lower = [0; LONGEST];
    lower[..bytes.len()].copy_from_slice(bytes);
    lower[..bytes.len()].make_ascii_lowercase();
    if let Ok(word) = std::str::from_utf8(&lower[..bytes.len()]) {
        look(word);
    }
}
