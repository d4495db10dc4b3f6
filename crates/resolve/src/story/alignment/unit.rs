//! The words of a wording as alignment compares them.

use chancery_text::Span;

use super::closed::{DUTY, denies, digits, function, modal, pronoun};
use chancery_annotate::kin::{Lexeme, Part};

use crate::frequency;
use crate::words::{Word, words};

/// A word of a wording: what it is, and where it stands.
#[derive(Debug, Clone)]
pub(in crate::story) struct Unit {
    /// A number in digits; the "n't" of "don't" as "not".
    pub word: Lexeme,
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
    pub(in crate::story) fn full(&self) -> bool {
        matches!(self.class, Class::Number | Class::Name | Class::Content)
    }

    pub(in crate::story) fn norm(&self) -> &str {
        &self.word.norm
    }

    pub(in crate::story) fn pronoun(&self) -> bool {
        pronoun(self.norm())
    }

    pub(super) fn noun(&self) -> bool {
        self.class == Class::Name || self.word.part() == Some(Part::Noun)
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
        let has = matches!(found[at - 1].norm(), "has" | "have" | "had" | "need" | "needs");
        if has && found[at].norm() == "to" {
            found[at - 1].class = Class::Modal(DUTY);
        }
    }
    found
}

fn push(found: &mut Vec<Unit>, word: &Word) {
    let unit = |norm: &str| {
        let lexeme = Lexeme::new(norm);
        Unit { class: class(&lexeme, word), word: lexeme, span: word.span }
    };
    match (word.norm.as_str(), found.last_mut()) {
        ("t", Some(before)) if before.norm().ends_with('n') => {
            before.word = Lexeme::new(positive(before.norm()));
            before.class = modal(before.norm()).map_or(Class::Closed, Class::Modal);
            found.push(unit("not"));
        }
        (norm, _) if run_together(norm).is_some() => {
            found.push(unit(run_together(norm).unwrap_or(norm)));
            found.push(unit("not"));
        }
        ("cannot", _) => {
            found.push(unit("can"));
            found.push(unit("not"));
        }
        (norm, _) => {
            found.push(unit(digits(norm).unwrap_or(norm)));
        }
    }
}

/// "do" of "dont", as pages that lost their apostrophes write it.
fn run_together(norm: &str) -> Option<&str> {
    const VERBS: &[&str] = &[
        "are", "could", "did", "do", "does", "had", "has", "have", "is", "should", "was", "were",
        "would",
    ];
    let verb = norm.strip_suffix("nt").filter(|verb| VERBS.contains(verb));
    verb.or((norm == "wont").then_some("will"))
}

/// "do" of "don".
fn positive(norm: &str) -> &str {
    match norm {
        "won" => "will",
        "can" => "can",
        "shan" => "shall",
        _ => &norm[..norm.len() - 1],
    }
}

fn class(lexeme: &Lexeme, word: &Word) -> Class {
    let norm = lexeme.norm.as_str();
    if norm.starts_with(|c: char| c.is_ascii_digit()) {
        return Class::Number;
    }
    if denies(norm) {
        return Class::Negation;
    }
    if let Some(says) = modal(norm) {
        return Class::Modal(says);
    }
    let known = lexeme.part().is_some();
    if function(norm) {
        Class::Closed
    } else if word.capital && (!word.opening || !known) {
        Class::Name
    } else if !known && !frequency::content(norm) {
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
        units.into_iter().map(|unit| (unit.word.norm, unit.class)).collect()
    }

    #[test]
    fn a_short_negation_is_the_long_one() {
        let norms = |text| read(text).into_iter().map(|(norm, _)| norm).collect::<Vec<_>>();
        assert_eq!(norms("we won't go"), norms("we will not go"));
        assert_eq!(norms("they can't"), norms("they cannot"));
        assert_eq!(norms("they didnt"), norms("they did not"));
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
