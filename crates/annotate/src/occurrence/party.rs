//! Who takes part in an occurrence, and by which names the report calls them.

use chancery_text::Span;

use crate::coreference::Chain;
use crate::name::NameClass;
use crate::role::Predicate;
use crate::syntax::{Relation, Tree, Upos};
use crate::{Annotations, Read};

/// One that takes part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// The head of the phrase: "company".
    pub span: Span,
    /// Its name, if the phrase is one; else the names that other mentions of the same have, each as often
    /// as it is there.
    pub names: Vec<String>,
    /// Names that say which it is: "A380" of "the A380 airliner".
    pub kinds: Vec<String>,
    /// Whether it is a person.
    pub person: bool,
    /// The number of the chain of mentions that it is of.
    pub chain: Option<u32>,
}

impl Party {
    /// Whether two parties of one report can be one: by a chain, or by names with a word in common or of
    /// which one has the other's initials.
    pub(super) fn can_be(&self, other: &Self) -> bool {
        let others = || other.names.iter().chain(&other.kinds);
        let alike = |name: &String| others().any(|other| are_alike(name, other));
        self.chain.is_some() && self.chain == other.chain
            || self.names.iter().chain(&self.kinds).any(alike)
    }

    /// Whether the report has a name for it.
    pub fn is_named(&self) -> bool {
        !self.names.is_empty() || !self.kinds.is_empty()
    }
}

fn are_alike(one: &str, other: &str) -> bool {
    let words = |name: &str| name.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let (some, others): (Vec<String>, Vec<String>) = (words(one), words(other));
    let initials = |words: &[String]| words.iter().filter_map(|word| word.chars().next()).collect();
    let is_short = |short: &str, long: &[String]| {
        let initials: String = initials(long);
        1 < long.len() && short.to_lowercase() == initials
    };
    some.iter().any(|word| others.contains(word))
        || is_short(one, &others)
        || is_short(other, &some)
}

/// The names of a report by the token that heads them, and what means the same.
pub(super) struct Cast<'a> {
    text: Read<'a>,
    predicates: &'a [Predicate],
    /// The chain of each token that heads a mention.
    chain_of: Vec<u32>,
    /// The names in each chain.
    called: Vec<Vec<String>>,
    /// Whether a name in the chain is a person's.
    persons: Vec<bool>,
    person: Vec<bool>,
    /// The name that each token is of, as the model of names has it.
    named: Vec<Span>,
}

const NONE: u32 = u32::MAX;

impl<'a> Cast<'a> {
    pub(super) fn new(text: Read<'a>, annotations: &'a Annotations) -> Self {
        let chains = &annotations.chains;
        let mut person = vec![false; text.tokens.len()];
        let mut named = vec![Span::default(); text.tokens.len()];
        for name in &annotations.names {
            for token in name.tokens.clone() {
                person[token as usize] = name.class == NameClass::Person;
                named[token as usize] = name.span;
            }
        }
        let predicates = &annotations.predicates[..];
        let (called, persons) = (vec![Vec::new(); chains.len()], vec![false; chains.len()]);
        let chain_of = chain_of(text, chains);
        let mut cast = Self { text, predicates, chain_of, called, persons, person, named };
        cast.call();
        cast
    }

    /// Collects the names of each chain, sentence by sentence.
    fn call(&mut self) {
        for sentence in self.text.sentences {
            let tree = Tree::new(self.text.syntax, sentence);
            for token in tree.tokens() {
                let chain = self.chain_of[token as usize] as usize;
                if let Some(name) = self.name(&tree, token).filter(|_| chain < self.called.len()) {
                    self.called[chain].push(name);
                    self.persons[chain] |= self.person[token as usize];
                }
            }
        }
    }

    /// Who takes part in what a word tells: its arguments, and what the tree has as subject, object,
    /// agent or owner, with those that they are named beside.
    pub(super) fn of(&self, tree: &Tree<'_>, head: u32) -> Vec<Party> {
        let mut tokens = self.arguments(head);
        if tree.word(head).upos == Upos::Verb {
            tokens.extend(tree.subjects(head));
            // "manufacturer Orlen said": either may be found as the subject, or both.
            tokens.extend(tree.children_by(head, &[Relation::Nsubj, Relation::NsubjPass]));
            tokens.extend(tree.objects(head));
            tokens.extend(tree.indirect_objects(head));
            tokens.extend(tree.agent(head));
        } else {
            tokens.extend(tree.possessors(head));
            let parts = tree.children_by(head, &[Relation::Compound]);
            tokens.extend(parts.filter(|part| tree.word(*part).upos == Upos::Propn));
        }
        for at in 0..tokens.len() {
            tokens.extend(tree.children_by(tokens[at], &[Relation::Conj, Relation::Appos]));
        }
        tokens.sort_unstable();
        tokens.dedup();
        tokens.retain(|token| *token != head && tree.tokens().contains(token));
        tokens.into_iter().map(|token| self.party(tree, token)).collect()
    }

    fn arguments(&self, head: u32) -> Vec<u32> {
        let found = self.predicates.binary_search_by_key(&head, |predicate| predicate.token);
        let arguments = found.map_or(&[][..], |at| &self.predicates[at].arguments);
        arguments.iter().filter(|it| it.role.is_core()).map(|it| it.head).collect()
    }

    fn party(&self, tree: &Tree<'_>, token: u32) -> Party {
        let own = self.name(tree, token);
        let (names, kinds) = match own {
            Some(name) => (vec![name], Vec::new()),
            None => (self.names_of_chain(token), self.kinds(tree, token)),
        };
        let span = self.text.tokens[token as usize].span;
        let chain = Some(self.chain_of[token as usize]).filter(|chain| *chain != NONE);
        let of_person = || chain.is_some_and(|chain| self.persons[chain as usize]);
        let person = self.person[token as usize] || names.len() != 1 && of_person();
        Party { span, names, kinds, person, chain }
    }

    /// The name that a token heads: a whole name by the model, that of who is named beside a title, or
    /// the proper nouns around it.
    fn name(&self, tree: &Tree<'_>, head: u32) -> Option<String> {
        let of = |token: u32| {
            let span = self.named[token as usize];
            (!span.is_empty()).then(|| self.text.report.slice(span))
        };
        let beside = [Relation::Flat, Relation::Appos];
        let titled = || tree.children_by(head, &beside).filter(|kid| head < *kid).find_map(of);
        if let Some(name) = of(head).or_else(titled) {
            return Some(name.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        (tree.word(head).upos == Upos::Propn || self.is_model(tree, head))
            .then(|| self.written(tree, head))
    }

    /// "the 787": a number that is a name.
    fn is_model(&self, tree: &Tree<'_>, head: u32) -> bool {
        let word = tree.word(head);
        let form = self.form(head);
        matches!(word.upos, Upos::Num | Upos::Noun)
            && form.contains(|c: char| c.is_ascii_digit())
            && tree.find_child(head, Relation::Det).is_some()
    }

    fn form(&self, token: u32) -> &'a str {
        self.text.report.slice(self.text.tokens[token as usize].span)
    }

    /// The words of a name: its head and those right beside it that hang on it.
    fn written(&self, tree: &Tree<'_>, head: u32) -> String {
        let parts = [Relation::Compound, Relation::Flat, Relation::Nummod, Relation::Amod];
        let is_part = |token: u32| {
            let word = tree.word(token);
            parts.contains(&word.relation) && self.is_of_name(tree, token)
        };
        let tokens = tree.tokens();
        let before = (tokens.start..head).rev().take_while(|token| is_part(*token)).count() as u32;
        let after = (head + 1..tokens.end)
            .take_while(|token| tree.word(*token).relation == Relation::Flat && is_part(*token));
        let end = head + 1 + after.count() as u32;
        let words: Vec<_> = (head - before..end).map(|token| self.form(token)).collect();
        words.join(" ")
    }

    fn is_of_name(&self, tree: &Tree<'_>, token: u32) -> bool {
        let form = self.form(token);
        matches!(tree.word(token).upos, Upos::Propn | Upos::Num)
            || form.starts_with(char::is_uppercase)
    }

    /// Names of other mentions of the same.
    fn names_of_chain(&self, token: u32) -> Vec<String> {
        self.called.get(self.chain_of[token as usize] as usize).cloned().unwrap_or_default()
    }

    /// Names before a common noun.
    fn kinds(&self, tree: &Tree<'_>, noun: u32) -> Vec<String> {
        let parts = [Relation::Compound, Relation::Nummod, Relation::Flat, Relation::Amod];
        let named = |kid: &u32| {
            tree.word(*kid).upos == Upos::Propn
                || self.form(*kid).contains(|c: char| c.is_ascii_digit())
                    && self.form(*kid).contains(char::is_alphabetic)
        };
        let heads = tree.children_by(noun, &parts).filter(named);
        heads.map(|kid| self.written(tree, kid)).collect()
    }
}

fn chain_of(text: Read<'_>, chains: &[Chain]) -> Vec<u32> {
    let mut chain_of = vec![NONE; text.tokens.len()];
    for (number, chain) in (0..).zip(chains) {
        for mention in chain.mentions.iter().filter(|mention| !mention.coordinated) {
            chain_of[mention.head as usize] = number;
        }
    }
    chain_of
}
