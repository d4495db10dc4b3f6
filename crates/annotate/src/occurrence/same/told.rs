//! An occurrence as far as its words and their place say which one it is.

use super::Page;
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

/// The word that tells an occurrence, and those that hang on it.
#[derive(Debug)]
pub(super) struct Told {
    pub head: u32,
    pub lemma: String,
    pub part: Part,
    pub form: Form,
    /// "the purchase", "their meeting".
    pub definite: bool,
    /// Steps up to the root of the sentence.
    pub depth: usize,
    /// Lemmas of what describes it: "large" and "Orlen" of "large Orlen order", "also" of "also ordered".
    pub modifiers: Vec<String>,
    /// Lemmas of what it is done to.
    pub objects: Vec<String>,
    /// Lemmas of whatever names something beside it.
    pub beside: Vec<String>,
    /// Numbers on what is beside it, as written.
    pub numbers: Vec<String>,
}

impl Told {
    pub(super) fn new(page: &Page<'_>, head: u32, occurrence: &Occurrence) -> Self {
        let tree = page.tree(occurrence.sentence);
        let beside = beside(tree, head);
        Self {
            head,
            lemma: lemma(tree, head),
            part: part(page, occurrence.sentence),
            form: form(tree, head),
            definite: is_definite(tree, head),
            depth: tree.head_chain(head).count(),
            modifiers: lemmas(tree, modifiers(tree, head).into_iter()),
            objects: lemmas(tree, objects(tree, head)),
            numbers: numbers(page, tree, &beside),
            beside: lemmas(tree, beside.into_iter().filter(|at| names(tree, *at))),
        }
    }

    pub(super) fn is_verb(&self) -> bool {
        self.form == Form::Verb
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

fn objects<'t>(tree: &'t Tree<'_>, head: u32) -> impl Iterator<Item = u32> + 't {
    use Relation::{Compound, Nmod, NsubjPass, Obj};
    let noun = tree.word(head).upos == Upos::Noun;
    let relations: &[Relation] =
        if noun { &[Obj, NsubjPass, Nmod, Compound] } else { &[Obj, NsubjPass, Nmod] };
    tree.children_by(head, relations)
}

/// What hangs on it, and who does what a light verb gives to a noun.
fn beside(tree: &Tree<'_>, head: u32) -> Vec<u32> {
    use Relation::{Amod, Compound, Nmod, NmodPoss, Nsubj, NsubjPass, Nummod, Obj, Obl};
    let relations = [Nsubj, NsubjPass, Obj, NmodPoss, Compound, Nmod, Obl, Amod, Nummod];
    let mut found: Vec<_> = tree.children_by(head, &relations).collect();
    let word = tree.word(head);
    if let Some(verb) = word.head.filter(|_| word.relation == Obj) {
        found.extend(tree.children_by(verb, &[Nsubj, NsubjPass]));
    }
    found
}

fn names(tree: &Tree<'_>, token: u32) -> bool {
    matches!(tree.word(token).upos, Upos::Noun | Upos::Propn | Upos::Num | Upos::Adj)
}

fn numbers(page: &Page<'_>, tree: &Tree<'_>, beside: &[u32]) -> Vec<String> {
    let each = beside.iter().flat_map(|at| [*at].into_iter().chain(tree.children(*at).to_vec()));
    let numbers = each.filter(|at| tree.word(*at).upos == Upos::Num);
    let written = |at: u32| page.text.report.slice(page.text.tokens[at as usize].span).to_owned();
    numbers.map(written).collect()
}

fn lemma(tree: &Tree<'_>, token: u32) -> String {
    tree.word(token).lemma.to_lowercase()
}

fn lemmas(tree: &Tree<'_>, tokens: impl Iterator<Item = u32>) -> Vec<String> {
    tokens.map(|token| lemma(tree, token)).collect()
}
