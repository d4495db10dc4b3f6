//! The words of a wording as alignment compares them.

use chancery_text::Span;

use super::closed::{DUTY, denies, digits, modal, pronoun};
use crate::frequency;
use crate::kin::{Part, part};
use crate::words::{Word, words};

/// A word of a wording: what it is, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::story) struct Unit {
    /// In lower case; a number in digits; the "n't" of "don't" as "not".
    pub norm: String,
    pub span: Span,
    pub class: Class,
}

/// What a word does in a saying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::story) enum Class {
    Number,
    Negation,
    /// With what it says, as bits.
    Modal(u8),
    /// Articles, prepositions, pronouns: the words around the content.
    Closed,
    Name,
    Content,
}

impl Unit {
    /// Whether the word carries content by itself.
    pub(super) fn full(&self) -> bool {
        matches!(self.class, Class::Number | Class::Name | Class::Content)
    }

    pub(super) fn noun(&self) -> bool {
        self.class == Class::Name || part(&self.norm) == Some(Part::Noun)
    }
}

/// The words of the stretches of a wording, in order.
pub(in crate::story) fn units(text: &str, spans: &[Span]) -> Vec<Unit> {
    let mut found: Vec<Unit> = Vec::new();
    for span in spans {
        for word in words(text, *span) {
            push(&mut found, &word);
        }
    }
    for at in 1..found.len() {
        let has = matches!(found[at - 1].norm.as_str(), "has" | "have" | "had" | "need" | "needs");
        if has && found[at].norm == "to" {
            found[at - 1].class = Class::Modal(DUTY);
        }
    }
    found
}

fn push(found: &mut Vec<Unit>, word: &Word) {
    let unit = |norm: &str, class| Unit { norm: norm.to_owned(), span: word.span, class };
    match (word.norm.as_str(), found.last_mut()) {
        ("t", Some(before)) if before.norm.ends_with('n') => {
            let positive = positive(&before.norm);
            before.class = class(&positive, word, true);
            before.norm = positive;
            found.push(unit("not", Class::Negation));
        }
        ("cannot", _) => {
            found.push(unit("can", class("can", word, false)));
            found.push(unit("not", Class::Negation));
        }
        (norm, _) => {
            let norm = digits(norm).unwrap_or(norm);
            found.push(unit(norm, class(norm, word, false)));
        }
    }
}

/// "do" of "don".
fn positive(norm: &str) -> String {
    match norm {
        "won" => "will".to_owned(),
        "can" => "can".to_owned(),
        "shan" => "shall".to_owned(),
        _ => norm[..norm.len() - 1].to_owned(),
    }
}

fn class(norm: &str, word: &Word, verb: bool) -> Class {
    if norm.starts_with(|c: char| c.is_ascii_digit()) {
        return Class::Number;
    }
    if denies(norm) {
        return Class::Negation;
    }
    if let Some(says) = modal(norm) {
        return Class::Modal(says);
    }
    let known = part(norm).is_some();
    if word.capital && !verb && (!word.opening || !known) && !pronoun(norm) {
        Class::Name
    } else if pronoun(norm) || !frequency::content(norm) {
        Class::Closed
    } else {
        Class::Content
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, Class)> {
        let units = units(text, &[Span::of(0..text.len())]);
        units.into_iter().map(|unit| (unit.norm, unit.class)).collect()
    }

    #[test]
    fn a_short_negation_is_the_long_one() {
        let norms = |text| read(text).into_iter().map(|(norm, _)| norm).collect::<Vec<_>>();
        assert_eq!(norms("we won't go"), norms("we will not go"));
        assert_eq!(norms("they can't"), norms("they cannot"));
    }

    #[test]
    fn have_to_is_a_duty_and_have_is_not() {
        assert_eq!(read("it has to end")[1].1, Class::Modal(DUTY));
        assert_eq!(read("it has ended")[1].1, Class::Closed);
    }

    #[test]
    fn names_and_numbers_are_told_from_other_words() {
        let classes: Vec<_> = read("nine farms near Pelm").into_iter().map(|(_, c)| c).collect();
        assert_eq!(classes, [Class::Number, Class::Content, Class::Closed, Class::Name]);
    }
}
