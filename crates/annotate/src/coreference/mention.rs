//! Noun phrases and pronouns that may refer, by the conventions of GUM: a phrase is what hangs below
//! its head, with relative clauses, without appositions, predicates and marks at its edges; each
//! possessive and each noun of a compound is a mention of its own; "the mayor and the envoys" is one
//! and holds two.

use std::ops::Range;

use chancery_text::Span;

use crate::Read;
use crate::syntax::{Relation, Tree, Upos};

/// A phrase that may refer to something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Its characters.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<u32>,
    /// Index of the token that heads it.
    pub head: u32,
    /// Index of its sentence.
    pub sentence: u32,
    /// Whether it is of several phrases, "the mayor and the envoys".
    pub coordinated: bool,
}

/// The phrases of a report that may refer, in the order of their first characters, the longer first.
/// No two have the same span. Linear in the words, but for how deep phrases lie in each other.
pub fn mentions(text: Read<'_>) -> Vec<Mention> {
    let mut found = Vec::new();
    for (number, sentence) in (0..).zip(text.sentences) {
        let tree = Tree::new(text.syntax, sentence);
        let first = found.len();
        for head in tree.tokens().filter(|&token| may_head(&tree, token)) {
            let own = phrase(text, &tree, head, false);
            let all = tree.find_child(head, Relation::Conj);
            let whole = all.map(|_| (phrase(text, &tree, head, true), true));
            for (tokens, coordinated) in [(own, false)].into_iter().chain(whole) {
                let span = text.tokens[tokens.start as usize].span;
                let span = span.cover(text.tokens[tokens.end as usize - 1].span);
                found.push(Mention { span, tokens, head, sentence: number, coordinated });
            }
        }
        for clause in tree.tokens().filter_map(|token| meant(&tree, token)) {
            let tokens = tree.clause_span(clause);
            let span = text.tokens[tokens.start as usize].span;
            let span = span.cover(text.tokens[tokens.end as usize - 1].span);
            found.push(Mention {
                span,
                tokens,
                head: clause,
                sentence: number,
                coordinated: false,
            });
        }
        let own = &mut found[first..];
        own.sort_by_key(|mention| {
            let Range { start, end } = mention.tokens;
            (start, std::cmp::Reverse(end), mention.coordinated, mention.head)
        });
        // Of two phrases with one span, that of the higher head: it was found in order of heads.
        let mut last = None;
        let mut at = first;
        while at < found.len() {
            let tokens = Some(found[at].tokens.clone());
            if tokens == last {
                found.remove(at);
            } else {
                last = tokens;
                at += 1;
            }
        }
    }
    found
}

fn may_head(tree: &Tree<'_>, token: u32) -> bool {
    use Relation::{Amod, Det, DetPredet, Fixed, Flat, Goeswith, Nummod};
    let word = tree.word(token);
    let relation = word.relation;
    if matches!(relation, Flat | Fixed | Goeswith) {
        return false;
    }
    match word.upos {
        Upos::Noun | Upos::Propn => true,
        Upos::Pron => !matches!(word.xpos, "EX" | "WP" | "WDT" | "WP$"),
        Upos::Num => !matches!(relation, Nummod),
        Upos::Det => !matches!(relation, Det | DetPredet | Amod) && !word.xpos.starts_with('W'),
        Upos::Adv => matches!(word.lemma.as_str(), "here" | "there"),
        Upos::Adj => is_nominal(relation) && tree.find_child(token, Det).is_some(),
        _ => false,
    }
}

/// The clause that an expletive stands for: "it is hard **to say**".
fn meant(tree: &Tree<'_>, token: u32) -> Option<u32> {
    use Relation::{Ccomp, Csubj, CsubjPass, Expl};
    let word = tree.word(token);
    let head = word.head.filter(|_| word.relation == Expl && word.upos == Upos::Pron)?;
    let clause = tree.children_by(head, &[Csubj, CsubjPass, Ccomp]).find(|clause| token < *clause);
    clause.filter(|clause| matches!(tree.word(*clause).upos, Upos::Verb | Upos::Aux))
}

fn is_nominal(relation: Relation) -> bool {
    use Relation::{Nmod, Nsubj, NsubjPass, Obj, Obl};
    matches!(relation, Nsubj | NsubjPass | Obj | Obl | Nmod)
}

/// The tokens of the phrase of a head, with what is coordinated with it or without.
fn phrase(text: Read<'_>, tree: &Tree<'_>, head: u32, whole: bool) -> Range<u32> {
    let predicate = tree.find_child(head, Relation::Cop).is_some();
    let (mut start, mut end) = (head, head + 1);
    for &child in tree.children(head) {
        if belongs(text, tree, head, child, predicate, whole) {
            let below = tree.subtree_span(child);
            (start, end) = (start.min(below.start), end.max(below.end));
        }
    }
    // What stands before a preposition is not of the phrase: "even by the state".
    let case = |token: &u32| *token < head && tree.word(*token).xpos != "POS";
    if let Some(case) = tree.children_by(head, &[Relation::Case]).filter(case).last() {
        start = start.max(case + 1);
    }
    end = without_aside(text, start..end, head);
    let punct = |token: u32| tree.word(token).upos == Upos::Punct;
    while start < head && punct(start) && !opens(form(text, start)) {
        start += 1;
    }
    while head + 1 < end && punct(end - 1) && !closes(form(text, end - 1)) {
        end -= 1;
    }
    close_quote(text, tree, start..end)
}

/// The end of a phrase without what its end has in brackets.
fn without_aside(text: Read<'_>, tokens: Range<u32>, head: u32) -> u32 {
    let mut depth = 0;
    let closed = matches!(form(text, tokens.end - 1), ")" | "]");
    for token in tokens.clone().rev().take_while(|token| closed && head < *token) {
        match form(text, token) {
            ")" | "]" => depth += 1,
            "(" | "[" if depth == 1 => return token,
            "(" | "[" => depth -= 1,
            _ => {}
        }
    }
    tokens.end
}

/// With the quotation mark after the phrase where the one that opens it lies inside.
fn close_quote(text: Read<'_>, tree: &Tree<'_>, tokens: Range<u32>) -> Range<u32> {
    let marks = tokens.clone().filter(|&token| is_quote(form(text, token))).count();
    let next = tree.tokens().contains(&tokens.end) && is_quote(form(text, tokens.end));
    tokens.start..tokens.end + u32::from(marks % 2 == 1 && next)
}

fn form<'a>(text: Read<'a>, token: u32) -> &'a str {
    text.report.slice(text.tokens[token as usize].span)
}

fn is_quote(form: &str) -> bool {
    matches!(form, "\"" | "“" | "”" | "''" | "``")
}

fn opens(form: &str) -> bool {
    matches!(form, "(" | "[") || is_quote(form)
}

fn closes(form: &str) -> bool {
    matches!(form, ")" | "]") || is_quote(form)
}

/// Whether a child of a head is in its phrase.
fn belongs(
    text: Read<'_>,
    tree: &Tree<'_>,
    head: u32,
    child: u32,
    predicate: bool,
    whole: bool,
) -> bool {
    use Relation::*;
    let word = tree.word(child);
    match word.relation {
        Case => return word.xpos == "POS",
        Conj | Cc => return whole,
        Appos | Punct | Mark | Cop | Nsubj | NsubjPass | NsubjOuter | Csubj | CsubjPass
        | CsubjOuter | Aux | AuxPass | Parataxis | Advcl | Discourse | Orphan | Reparandum
        | Vocative | CcPreconj | Expl | Dislocated | List => return false,
        Obl | OblUnmarked | Ccomp | Xcomp if predicate => return false,
        Advmod if predicate => return false,
        Advmod if child < head => {
            return word.xpos != "WRB";
        }
        _ => {}
    }
    let below = tree.subtree_span(child);
    let before = below.start.checked_sub(1).filter(|before| tree.tokens().contains(before));
    let mark = before.map(|before| form(text, before));
    let aside = matches!(mark, Some("(" | "[")) || opened(text, below);
    let loose = word.relation == Acl && mark == Some(",");
    child < head || !(aside || loose)
}

/// Whether tokens begin with a bracket.
fn opened(text: Read<'_>, tokens: Range<u32>) -> bool {
    matches!(form(text, tokens.start), "(" | "[")
}
