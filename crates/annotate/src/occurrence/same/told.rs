//! An occurrence as far as its words and their place say which one it is.

use super::Page;
use crate::Read;
use crate::occurrence::Occurrence;
use crate::syntax::{Relation, Tree, Upos};

/// Words that a sentence of news has at least: a line with place and date has fewer.
const SENTENCE: usize = 8;

/// Where in a report something is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Headline,
    /// The first sentence under the headline.
    Lead,
    Body,
}

/// What kind of word tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Verb,
    Noun,
    /// "an order, which …".
    Relative,
    /// "This came after …".
    Demonstrative,
}

/// How a noun is introduced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Article {
    /// "the purchase", "their meeting".
    Definite,
    /// "a purchase", "another meeting".
    Indefinite,
    None,
}

/// The word that tells an occurrence, and those that hang on it.
#[derive(Debug)]
pub(super) struct Told {
    pub head: u32,
    pub lemma: String,
    pub part: Part,
    pub form: Form,
    pub article: Article,
    /// The form of a verb: "past".
    pub tense: &'static str,
    /// Whether quotation marks are open before it.
    pub quoted: bool,
    /// How rare the word is, as in [`OccurrenceKit::rarity`](crate::occurrence::OccurrenceKit).
    pub rarity: f32,
    /// Steps up to the root of the sentence.
    pub depth: usize,
    /// Lemmas of what describes a noun, and of the adverbs of a verb.
    pub modifiers: Vec<String>,
    /// Names that hang on it, in lower case: "orlen" of "Orlen order".
    pub names: Vec<String>,
    /// Lemmas of what it is done to.
    pub objects: Vec<String>,
}

impl Told {
    pub(super) fn new(page: &Page<'_>, head: u32, occurrence: &Occurrence) -> Self {
        let tree = page.tree(occurrence.sentence);
        let lemma = lemma(tree, head);
        Self {
            head,
            part: part(page, occurrence.sentence),
            form: form(tree, head),
            article: article(tree, head),
            tense: tense(tree, head),
            quoted: page.quoted[head as usize],
            rarity: page.kit.rarity(&lemma),
            lemma,
            depth: tree.head_chain(head).count(),
            modifiers: lemmas(tree, modifiers(tree, head).into_iter()),
            names: lemmas(tree, names(tree, head)),
            objects: lemmas(tree, objects(tree, head)),
        }
    }

    pub(super) fn is_verb(&self) -> bool {
        self.form == Form::Verb
    }

    /// Whether it is a noun that speaks of something told before.
    pub(super) fn is_definite(&self) -> bool {
        self.article == Article::Definite
    }

    /// Whether it is no more than a pronoun.
    pub(super) fn is_pronoun(&self) -> bool {
        matches!(self.form, Form::Relative | Form::Demonstrative)
    }
}

/// The kind of word that tells something, or refers to what does.
pub(super) fn form(tree: &Tree<'_>, head: u32) -> Form {
    let word = tree.word(head);
    match (word.upos, word.lemma.as_str()) {
        (Upos::Verb | Upos::Aux, _) => Form::Verb,
        (Upos::Pron | Upos::Det | Upos::Sconj, "which" | "that") if word.xpos.starts_with('W') => {
            Form::Relative
        }
        (Upos::Pron | Upos::Det, "this") if word.relation != Relation::Det => Form::Demonstrative,
        _ => Form::Noun,
    }
}

/// Whether a noun speaks of something told before: "the purchase", "their meeting".
pub(super) fn is_definite(tree: &Tree<'_>, head: u32) -> bool {
    let definite = |det: u32| {
        matches!(tree.word(det).lemma.as_str(), "the" | "this" | "that" | "these" | "those")
    };
    tree.word(head).upos == Upos::Noun
        && (tree.children_by(head, &[Relation::Det]).any(definite)
            || tree.find_child(head, Relation::NmodPoss).is_some())
}

fn article(tree: &Tree<'_>, head: u32) -> Article {
    let first = tree.find_child(head, Relation::Det);
    let indefinite = |det: u32| matches!(tree.word(det).lemma.as_str(), "a" | "an" | "another");
    match first {
        _ if is_definite(tree, head) => Article::Definite,
        Some(det) if indefinite(det) => Article::Indefinite,
        _ => Article::None,
    }
}

fn tense(tree: &Tree<'_>, head: u32) -> &'static str {
    match tree.word(head).xpos {
        "VBD" => "past",
        "VBZ" | "VBP" => "present",
        "VBG" => "gerund",
        "VBN" => "participle",
        "VB" => "infinitive",
        _ => "other",
    }
}

/// For each token, whether quotation marks are open before it. Some corpora write a mark as two.
pub(super) fn quoted(text: Read<'_>) -> Vec<bool> {
    let (mut open, mut half) = (false, "");
    let mut quoted = Vec::with_capacity(text.tokens.len());
    for token in text.tokens {
        quoted.push(open);
        match text.report.slice(token.span) {
            "\"" | "“" | "”" | "``" | "''" => (open, half) = (!open, ""),
            mark @ ("`" | "'") if mark == half => (open, half) = (!open, ""),
            other => half = other,
        }
    }
    quoted
}

/// The headline, if the report has one, and the sentence under it.
fn part(page: &Page<'_>, sentence: u32) -> Part {
    let Some(title) = page.title else { return Part::Body };
    let long = |at: &u32| SENTENCE <= page.text.sentences[*at as usize].tokens.len();
    let lead = (title + 1..page.text.sentences.len() as u32).find(long);
    match sentence {
        at if at == title => Part::Headline,
        at if Some(at) == lead => Part::Lead,
        _ => Part::Body,
    }
}

/// What describes a noun; with a verb, its adverbs and those of the verb that it completes.
fn modifiers(tree: &Tree<'_>, head: u32) -> Vec<u32> {
    use Relation::{Advmod, Amod, Compound, NmodPoss, Nummod, Xcomp};
    let word = tree.word(head);
    if word.upos == Upos::Noun {
        return tree.children_by(head, &[Compound, Amod, NmodPoss, Nummod]).collect();
    }
    let above = word.head.filter(|_| word.relation == Xcomp);
    let verbs = [head].into_iter().chain(above);
    verbs.flat_map(|verb| tree.children_by(verb, &[Advmod]).collect::<Vec<_>>()).collect()
}

fn names<'t>(tree: &'t Tree<'_>, head: u32) -> impl Iterator<Item = u32> + 't {
    use Relation::{Compound, Nmod, NmodPoss};
    let kids = tree.children_by(head, &[Compound, NmodPoss, Nmod]);
    kids.filter(|kid| tree.word(*kid).upos == Upos::Propn)
}

fn objects<'t>(tree: &'t Tree<'_>, head: u32) -> impl Iterator<Item = u32> + 't {
    use Relation::{Compound, Nmod, NsubjPass, Obj};
    let noun = tree.word(head).upos == Upos::Noun;
    let relations: &[Relation] =
        if noun { &[Obj, NsubjPass, Nmod, Compound] } else { &[Obj, NsubjPass, Nmod] };
    tree.children_by(head, relations)
}

fn lemma(tree: &Tree<'_>, token: u32) -> String {
    tree.word(token).lemma.to_lowercase()
}

fn lemmas(tree: &Tree<'_>, tokens: impl Iterator<Item = u32>) -> Vec<String> {
    tokens.map(|token| lemma(tree, token)).collect()
}
