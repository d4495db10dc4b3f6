//! Predicates and their arguments, by PropBank conventions: who does what to whom, whatever the order
//! of the words.
//!
//! Two linear models over the tree of a sentence (after Johansson and Nugues 2008): one says which
//! words are predicates, the other what role a word has for a predicate. What may have a role is told
//! by its path to the predicate through the tree. A role that a predicate has once at most goes to
//! the word that it is surest of.

mod features;
pub mod tree;

use rustc_hash::FxHashSet;

use crate::segment::Sentence;
use crate::syntax::bundle::{BundleFault, Reader, Writer};
use crate::syntax::weights::{LABELS, Row, Scores, Weights};
use crate::syntax::{Syntax, Upos};
use tree::Tree;

pub use features::{argument, predicate};

chancery_text::named_enum! {
    /// Roles, by PropBank's names. A relative pronoun that stands for an argument has its role with R-.
    pub enum Role {
        /// Who does it: the proto-agent.
        Arg0 = "ARG0", /// What it is done to: the proto-patient.
        Arg1 = "ARG1", /// Instrument, benefactive, attribute; by the predicate.
        Arg2 = "ARG2", /// Starting point, benefactive, attribute; by the predicate.
        Arg3 = "ARG3", /// Ending point; by the predicate.
        Arg4 = "ARG4", /// By the predicate.
        Arg5 = "ARG5", /// Of an adjective.
        Adjectival = "ARGM-ADJ", /// Adverbial of another kind.
        Adverbial = "ARGM-ADV", /// Cause.
        Cause = "ARGM-CAU", /// With whom.
        Comitative = "ARGM-COM", /// Of a construction: "so … that".
        Construction = "ARGM-CXN", /// Direction.
        Direction = "ARGM-DIR", /// Discourse.
        Discourse = "ARGM-DIS", /// Extent.
        Extent = "ARGM-EXT", /// Goal.
        Goal = "ARGM-GOL", /// Place.
        Place = "ARGM-LOC", /// Light verb: "make" of "make a decision".
        LightVerb = "ARGM-LVB", /// Manner.
        Manner = "ARGM-MNR", /// Modality.
        Modality = "ARGM-MOD", /// Negation.
        Negation = "ARGM-NEG", /// Secondary predication.
        Predication = "ARGM-PRD", /// Purpose.
        Purpose = "ARGM-PRP", /// Relation of a light verb to its noun.
        Relation = "ARGM-PRR", /// Reciprocal.
        Reciprocal = "ARGM-REC", /// Time.
        Time = "ARGM-TMP", /// Who, as a pronoun.
        RelativeArg0 = "R-ARG0", /// What, as a pronoun.
        RelativeArg1 = "R-ARG1", /// As a pronoun.
        RelativeArg2 = "R-ARG2", /// As a pronoun.
        RelativeArg3 = "R-ARG3", /// As a pronoun.
        RelativeArg4 = "R-ARG4", /// "as".
        RelativeAdverbial = "R-ARGM-ADV", /// "why".
        RelativeCause = "R-ARGM-CAU", /// "where".
        RelativePlace = "R-ARGM-LOC", /// "how".
        RelativeManner = "R-ARGM-MNR", /// "when".
        RelativeTime = "R-ARGM-TMP",
    }
}

impl Role {
    /// Whether a predicate has it once at most.
    pub const fn is_core(self) -> bool {
        matches!(self, Self::Arg0 | Self::Arg1 | Self::Arg2 | Self::Arg3 | Self::Arg4 | Self::Arg5)
    }

    /// Its label: 0 is no role.
    pub const fn label(self) -> u8 {
        self as u8 + 1
    }
}

/// Labels of arguments: no role, and the roles.
pub const ROLE_LABELS: usize = Role::ALL.len() + 1;

/// A predicate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Predicate {
    /// Index of its token.
    pub token: u32,
    /// Its arguments, in the order of the text.
    pub arguments: Vec<Argument>,
}

/// An argument of a predicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Argument {
    /// Index of the token that heads it.
    pub head: u32,
    /// Its role.
    pub role: Role,
}

/// The models of predicates and arguments.
#[derive(Debug)]
pub struct RoleKit {
    predicates: Weights,
    arguments: Weights,
    paths: FxHashSet<u32>,
}

/// What training makes of roles.
#[derive(Debug, Clone, Default)]
pub struct RoleParts {
    /// Weights of predicates: label 1 is one.
    pub predicates: Vec<Row>,
    /// Weights of arguments, by [`Role::label`].
    pub arguments: Vec<Row>,
    /// Paths from a predicate to what may have a role, sorted.
    pub paths: Vec<u32>,
}

impl RoleParts {
    /// The bundle.
    pub fn write(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.text(MARK);
        writer.keys(self.paths.iter().copied());
        Weights::write(&self.predicates, &mut writer);
        Weights::write(&self.arguments, &mut writer);
        writer.finish()
    }
}

/// What stands first in a bundle of roles.
const MARK: &str = "roles";

impl RoleKit {
    /// The kit made of `data/models`.
    pub fn embedded() -> Self {
        let bundle = include_bytes!("../../../../data/models/english.roles");
        Self::read(bundle).expect("a test reads the shipped bundle")
    }

    /// The kit that a bundle holds. Fails where it is another file, another version, or damaged.
    pub fn read(bundle: &[u8]) -> Result<Self, BundleFault> {
        let mut reader = Reader::open(bundle)?;
        if reader.text()? != MARK {
            return Err(reader.damaged());
        }
        let paths = reader.keys()?.into_iter().collect();
        Ok(Self {
            paths,
            predicates: Weights::read(&mut reader)?,
            arguments: Weights::read(&mut reader)?,
        })
    }

    /// A kit from its parts.
    pub fn new(parts: &RoleParts) -> Self {
        Self {
            predicates: Weights::new(&parts.predicates),
            arguments: Weights::new(&parts.arguments),
            paths: parts.paths.iter().copied().collect(),
        }
    }

    fn is_predicate(&self, tree: &Tree, word: usize) -> bool {
        let mut scores: Scores = [0; LABELS];
        self.predicates.add(&predicate(tree, word), &mut scores);
        scores[0] < scores[1]
    }

    /// The arguments of a predicate: indices of words of the sentence, and roles.
    pub fn arguments(&self, tree: &Tree, of: usize) -> Vec<(usize, Role)> {
        let mut options = Vec::new();
        for word in candidates(tree, of, |path| self.paths.contains(&path)) {
            let mut scores: Scores = [0; LABELS];
            self.arguments.add(&argument(tree, of, word), &mut scores);
            let offers = Role::ALL.iter().map(|role| (scores[usize::from(role.label())], *role));
            let over = offers.filter(|(score, _)| scores[0] < *score);
            options.extend(over.map(|(score, role)| (score - scores[0], word, role)));
        }
        options.sort_by_key(|(score, word, role)| (std::cmp::Reverse(*score), *word, *role));
        let mut taken: Vec<(usize, Role)> = Vec::new();
        for (_, word, role) in options {
            let clash =
                |(other, had): &(usize, Role)| *other == word || (role.is_core() && *had == role);
            if !taken.iter().any(clash) {
                taken.push((word, role));
            }
        }
        taken.sort_unstable();
        taken
    }
}

/// Words that may have a role for a predicate: those to which the path is known, by [`Tree::path`].
pub fn candidates<'a>(
    tree: &'a Tree,
    of: usize,
    known: impl Fn(u32) -> bool + 'a,
) -> impl Iterator<Item = usize> + 'a {
    (0..tree.words.len()).filter(move |&word| {
        word != of
            && tree.words[word].upos != Upos::Punct
            && tree.path(of, word).is_some_and(|path| known(path.key))
    })
}

/// Whether a word can be a predicate at all.
pub fn may_be_predicate(upos: Upos) -> bool {
    matches!(upos, Upos::Verb | Upos::Aux | Upos::Noun | Upos::Adj)
}

/// The predicates of all sentences with their arguments, in the order of the text.
pub fn find(sentences: &[Sentence], syntax: &Syntax, kit: &RoleKit) -> Vec<Predicate> {
    let mut found = Vec::new();
    for sentence in sentences {
        let first = sentence.tokens.start;
        let tree = Tree::new(&syntax.words[sentence.indices()], first);
        for word in 0..tree.words.len() {
            if !may_be_predicate(tree.words[word].upos) || !kit.is_predicate(&tree, word) {
                continue;
            }
            let argument =
                |(head, role): (usize, Role)| Argument { head: first + head as u32, role };
            let arguments = kit.arguments(&tree, word).into_iter().map(argument).collect();
            found.push(Predicate { token: first + word as u32, arguments });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kit;
    use crate::segment;
    use crate::syntax::parse;
    use chancery_text::{Report, Span};

    /// What is told in one sentence: `predicate(ROLE head, …)`.
    fn told(text: &str) -> Vec<String> {
        let report = Report::from_text("a.txt", text);
        let sentences = segment::sentences(&report, &[Span::of(0..text.len())]);
        let tokens = segment::tokens(&report, &sentences);
        let syntax = parse(&report, &sentences, &tokens, &Kit::embedded().syntax);
        let word = |token: u32| report.slice(tokens[token as usize].span);
        let frame = |predicate: Predicate| {
            let argument = |a: &Argument| format!("{} {}", a.role, word(a.head));
            let arguments: Vec<_> = predicate.arguments.iter().map(argument).collect();
            format!("{}({})", word(predicate.token), arguments.join(", "))
        };
        find(&sentences, &syntax, &RoleKit::embedded()).into_iter().map(frame).collect()
    }

    #[test]
    fn roles_do_not_follow_the_order_of_the_words() {
        assert_eq!(told("The army shelled the town."), ["shelled(ARG0 army, ARG1 town)"]);
        let passive = told("The town was shelled by the army.");
        assert!(passive.iter().any(|told| told == "shelled(ARG1 town, ARG0 army)"), "{passive:?}");
    }

    #[test]
    fn nouns_have_roles_too() {
        let attack = told("The army's attack on the town failed.");
        assert!(attack.iter().any(|told| told == "attack(ARG0 army, ARG1 town)"), "{attack:?}");
    }

    #[test]
    fn a_bundle_of_another_kind_is_refused() {
        let syntax = include_bytes!("../../../../data/models/english.syntax");
        assert!(RoleKit::read(syntax).is_err());
        assert!(RoleKit::read(&[]).is_err());
    }

    #[test]
    fn parts_read_back_as_written() {
        let parts = RoleParts {
            predicates: vec![(3, vec![(1, 5)])],
            arguments: vec![(9, vec![(2, -4), (7, 11)])],
            paths: vec![5, 8],
        };
        let kit = RoleKit::read(&parts.write()).unwrap();
        assert!(kit.paths.contains(&8) && !kit.paths.contains(&9));
    }
}
