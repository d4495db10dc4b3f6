//! Makes `data/models/english.roles`: predicates and the roles of their arguments, from PropBank over
//! EWT, on the treebank's own trees and on those that the parser makes of its words.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use chancery_annotate::role::tree::Tree;
use chancery_annotate::role::{
    ROLE_LABELS, Role, RoleParts, argument, candidates, may_be_predicate, predicate,
};
use chancery_annotate::segment;
use chancery_annotate::syntax::weights::LABELS;
use chancery_annotate::syntax::{self, SyntaxKit, Upos};
use chancery_eval::gold::propbank::{self, Skeleton};
use chancery_text::{Report, Span};

use crate::conllu::{self, Sentence};
use crate::inputs::{Input, inputs, read_folder, read_input};
use crate::random::Random;
use crate::syntax::perceptron::{Keep, Perceptron};

/// Paths that fewer arguments have are forgotten.
const RARE_PATH: usize = 3;
/// Features that moved fewer times in the first rounds are forgotten.
const RARE: u32 = 2;
/// How many weights of arguments are kept.
const MOST: usize = 700_000;
/// How many weights of predicates are kept.
const MOST_OF_PREDICATES: usize = 150_000;

/// How to train.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The seed of every order.
    pub seed: u64,
    /// Rounds over the sentences.
    pub iterations: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { seed: 1, iterations: 8 }
    }
}

/// A sentence with a tree, and what its predicates and arguments are.
#[derive(Debug, Clone)]
pub struct Example {
    tree: Tree,
    /// Predicates, and their arguments by head and label.
    frames: Vec<(usize, Vec<(usize, u8)>)>,
}

/// The sentences of the pinned treebank that the pinned skeletons fit, each with its own tree and with
/// the one that the kit reads.
pub fn examples(gold: &Path, kit: &SyntaxKit) -> Result<Vec<Example>, Box<dyn Error>> {
    let all = inputs()?;
    let find = |path: &str| -> Result<Input, String> {
        let found = all.iter().find(|input| input.path == path).cloned();
        found.ok_or_else(|| format!("train/inputs.tsv does not pin {path}"))
    };
    let sentences = conllu::read(&read_input(gold, &find("ud-ewt/train.conllu")?)?);
    let mut skeletons = BTreeMap::new();
    for (name, (path, text)) in read_folder(gold, &find("propbank-ewt/train")?)? {
        let name = name.split(".xml").next().unwrap_or(&name).to_owned();
        skeletons.insert(name, propbank::parse(&path, &text)?);
    }
    let mut examples = Vec::new();
    let mut number = 0;
    for (at, sentence) in sentences.iter().enumerate() {
        let same = 0 < at && sentences[at - 1].document == sentence.document;
        number = if same { number + 1 } else { 0 };
        let name = sentence.document.split_once('-').map_or("", |(_, name)| name);
        let skeleton = skeletons.get(name).and_then(|sentences| sentences.get(&number));
        if let Some(skeleton) = skeleton.filter(|s| s.words == sentence.words.len()) {
            let frames = frames(sentence, skeleton);
            examples.push(Example { tree: gold_tree(sentence), frames: frames.clone() });
            examples.push(Example { tree: read_tree(sentence, kit), frames });
        }
    }
    Ok(examples)
}

fn frames(sentence: &Sentence, skeleton: &Skeleton) -> Vec<(usize, Vec<(usize, u8)>)> {
    let arguments = |frame: &propbank::Frame| {
        let read = frame.arguments.iter().filter_map(|(role, first, last)| {
            let role: Role = role.parse().ok()?;
            Some((propbank::head(*first, *last, |word| sentence.words[word].head), role.label()))
        });
        read.collect()
    };
    skeleton.frames.iter().map(|frame| (frame.predicate, arguments(frame))).collect()
}

fn gold_tree(sentence: &Sentence) -> Tree {
    let word = |word: &conllu::Word| {
        let (upos, xpos) = word.tag.split_once('|').unwrap_or((&word.tag, "_"));
        let (lemma, head) = (word.lemma.clone(), word.head.map(|head| head as u32));
        let upos = upos.parse().unwrap_or(Upos::X);
        // Only the hash of the tag is looked at, so it need not live on.
        let features = word.features;
        let relation = word.relation;
        (syntax::Word { upos, xpos: "_", features, lemma, head, relation }, xpos.to_owned())
    };
    let (words, tags): (Vec<_>, Vec<_>) = sentence.words.iter().map(word).unzip();
    let mut tree = Tree::new(&words, 0);
    for (node, tag) in tree.words.iter_mut().zip(tags) {
        node.xpos = syntax::weights::hash(tag.as_bytes());
    }
    tree
}

/// The tree that the kit reads in the sentence's own words.
fn read_tree(sentence: &Sentence, kit: &SyntaxKit) -> Tree {
    let (mut text, mut tokens) = (String::new(), Vec::new());
    for word in &sentence.words {
        let at = text.len();
        text.push_str(&word.form);
        tokens.push(segment::Token { span: Span::of(at..text.len()), joined: false });
        text.push(' ');
    }
    let span = Span::of(0..text.trim_end().len());
    let sentences = [segment::Sentence { span, tokens: 0..tokens.len() as u32 }];
    let report = Report::from_text("gold", &text);
    Tree::new(&syntax::parse(&report, &sentences, &tokens, kit).words, 0)
}

/// Trains on the examples, in an order that the seed gives. `told` hears how it goes.
pub fn train(
    mut examples: Vec<Example>,
    settings: Settings,
    told: &mut dyn FnMut(&str),
) -> RoleParts {
    let paths = paths(&examples);
    told(&format!("{} paths", paths.len()));
    let (mut predicates, mut arguments) = (Perceptron::default(), Perceptron::default());
    let mut random = Random::new(settings.seed);
    for round in 0..settings.iterations {
        if round == 2 {
            predicates.close(RARE);
            arguments.close(RARE);
        }
        random.shuffle(&mut examples);
        let mut seen = Seen::default();
        for example in &examples {
            learn_predicates(example, &mut predicates, &mut seen);
            learn_arguments(example, &paths, &mut arguments, &mut seen);
        }
        told(&format!("round {}: {seen}", round + 1));
    }
    RoleParts {
        predicates: predicates.rows(Keep { scale: 8.0, most: MOST_OF_PREDICATES, least: 1 }),
        arguments: arguments.rows(Keep { scale: 8.0, most: MOST, least: 1 }),
        paths,
    }
}

/// How many decisions were right.
#[derive(Debug, Default)]
struct Seen {
    predicates: [usize; 2],
    arguments: [usize; 2],
}

impl std::fmt::Display for Seen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |[right, all]: [usize; 2]| 100.0 * right as f64 / all.max(1) as f64;
        let (predicates, arguments) = (share(self.predicates), share(self.arguments));
        write!(f, "{predicates:.2} % of predicates, {arguments:.2} % of candidates right")
    }
}

/// The paths that arguments have often, sorted.
fn paths(examples: &[Example]) -> Vec<u32> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for example in examples {
        for (predicate, arguments) in &example.frames {
            let paths =
                arguments.iter().filter_map(|(head, _)| example.tree.path(*predicate, *head));
            paths.for_each(|path| *counts.entry(path.key).or_default() += 1);
        }
    }
    counts.into_iter().filter(|(_, count)| RARE_PATH <= *count).map(|(path, _)| path).collect()
}

fn learn_predicates(example: &Example, perceptron: &mut Perceptron, seen: &mut Seen) {
    for at in 0..example.tree.words.len() {
        if !may_be_predicate(example.tree.words[at].upos) {
            continue;
        }
        let gold = u8::from(example.frames.iter().any(|(predicate, _)| *predicate == at));
        let right = learn(&predicate(&example.tree, at), gold, 2, perceptron);
        seen.predicates[0] += usize::from(right);
        seen.predicates[1] += 1;
    }
}

fn learn_arguments(example: &Example, paths: &[u32], perceptron: &mut Perceptron, seen: &mut Seen) {
    for (predicate, arguments) in &example.frames {
        let known = |path: u32| paths.binary_search(&path).is_ok();
        for word in candidates(&example.tree, *predicate, known) {
            let gold =
                arguments.iter().find(|(head, _)| *head == word).map_or(0, |(_, role)| *role);
            let keys = argument(&example.tree, *predicate, word);
            let right = learn(&keys, gold, ROLE_LABELS, perceptron);
            seen.arguments[0] += usize::from(right);
            seen.arguments[1] += 1;
        }
    }
}

/// One step of the perceptron: says whether the label was right before it.
fn learn(keys: &[u32], gold: u8, labels: usize, perceptron: &mut Perceptron) -> bool {
    let mut scores = [0; LABELS];
    perceptron.score(keys, &mut scores);
    let guess = syntax::tagger::best(&scores[..labels]);
    perceptron.tick();
    if guess != gold {
        perceptron.update(keys, gold, 1);
        perceptron.update(keys, guess, -1);
    }
    guess == gold
}

/// The card of the bundle.
pub fn card(settings: Settings, size: usize) -> Result<String, Box<dyn Error>> {
    let mut rows = String::new();
    let used = ["propbank-ewt/train", "ud-ewt/train.conllu"];
    for input in inputs()?.into_iter().filter(|input| used.contains(&input.path)) {
        let Input { path, sha256, licence, about, .. } = input;
        writeln!(rows, "| `{path}` | {about} | {licence} | `{sha256}` |")?;
    }
    Ok(include_str!("roles/card.md")
        .replace("{inputs}", &rows)
        .replace("{seed}", &settings.seed.to_string())
        .replace("{iterations}", &settings.iterations.to_string())
        .replace("{size}", &size.to_string()))
}
