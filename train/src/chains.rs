//! Makes `data/models/english.coreference`: which mentions of a report mean the same, from GUM, on the
//! trees that the parser makes of its raw text.

mod narrow;
mod net;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use chancery_annotate::Read;
use chancery_annotate::coreference::cluster::Clusters;
use chancery_annotate::coreference::model::Model;
use chancery_annotate::coreference::scene::Scene;
use chancery_annotate::coreference::vectors::Vectors;
use chancery_annotate::segment;
use chancery_annotate::syntax::weights::hash;
use chancery_annotate::syntax::{self, SyntaxKit};
use chancery_eval::gold::conllu;
use chancery_eval::score::{CoreferenceCounts, Counts, coreference, pronouns};
use chancery_text::Span;
use rustc_hash::FxHashMap;

pub use self::net::Pace;
use self::net::{Net, Sheet};
use crate::inputs::{Input, inputs, read_input};
use crate::random::Random;
use crate::vectors::{self, WordVectors};

/// How to train.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The seed of every order and of the first numbers.
    pub seed: u64,
    /// Rounds over the reports.
    pub rounds: usize,
    /// How many words have vectors.
    pub words: usize,
    /// How many numbers a vector has.
    pub width: usize,
    /// Features that fewer mentions have are forgotten.
    pub rare: u32,
    /// Features that fewer pairs have are forgotten.
    pub rare_pair: u32,
    /// What is added to the score of being new.
    pub bias: f32,
    /// Costs and rate.
    pub pace: Pace,
}

impl Default for Settings {
    fn default() -> Self {
        let pace = Pace {
            rate: 0.06,
            false_link: 0.1,
            false_new: 2.0,
            wrong_link: 0.6,
            dropout: 0.3,
            hide: 0.1,
            start: 1.0,
            decay: 0.0,
        };
        Self {
            seed: 1,
            rounds: 8,
            words: 12_000,
            width: 50,
            rare: 5,
            rare_pair: 50,
            bias: -0.5,
            pace,
        }
    }
}

type Chains = Vec<BTreeSet<Span>>;

/// A report of a corpus.
struct Example<'a> {
    text: String,
    scene: Scene<'a>,
    gold: Chains,
    sheet: Sheet,
}

fn examples<'a>(
    gold: &Path,
    path: &str,
    kit: &SyntaxKit,
    vectors: &'a Vectors,
) -> Result<Vec<Example<'a>>, Box<dyn Error>> {
    let all = inputs()?;
    let input: &Input = all
        .iter()
        .find(|input| input.path == path)
        .ok_or_else(|| format!("train/inputs.tsv does not pin {path}"))?;
    read_input(gold, input)?;
    let documents = conllu::read(&gold.join(path))?;
    let example = |document: &conllu::TreebankDocument| {
        let report = &document.document.report;
        let sentences = segment::sentences(report, &document.document.blocks);
        let tokens = segment::tokens(report, &sentences);
        let syntax = syntax::parse(report, &sentences, &tokens, kit);
        let text = Read { report, sentences: &sentences, tokens: &tokens, syntax: &syntax };
        let scene = Scene::of(text, vectors);
        let text = report.text.clone();
        Example { text, scene, gold: document.chains(), sheet: Sheet::default() }
    };
    Ok(documents.iter().map(example).collect())
}

/// Makes the bundle, and gives its scores on the reports that are not trained on. `told` hears how it
/// goes. Fails where an input cannot be read or is another one.
pub fn make(
    gold: &Path,
    vectors: &Path,
    kit: &SyntaxKit,
    settings: Settings,
    told: &mut dyn FnMut(&str),
) -> Result<(Vec<u8>, String), Box<dyn Error>> {
    let vectors = read_vectors(vectors, settings)?;
    let mut train = examples(gold, "gum/train.conllu", kit, &vectors)?;
    let mut dev = examples(gold, "gum/dev.conllu", kit, &vectors)?;
    told(&format!("{} reports, {settings:?}", train.len()));
    let mut random = Random::new(settings.seed);
    let keys = telling(&train, settings);
    told(&format!(
        "{:?} features of mentions, of being new, of pairs",
        keys.each_ref().map(Vec::len)
    ));
    let mut net = Net::new(keys, vectors.width(), &mut random);
    for example in train.iter_mut().chain(&mut dev) {
        example.sheet = net.sheet(&example.scene, example.entities());
    }
    let net = learn(&mut net, &train, &dev, settings, &mut random, told);
    let bundle = net.model(vectors.clone(), settings.bias).write();
    let model = Model::read(&bundle)?;
    let scores = score(&dev, &|example| model.clusters(&example.scene));
    told(&errors(&dev, &model));
    Ok((bundle, scores))
}

fn read_vectors(path: &Path, settings: Settings) -> Result<Vectors, Box<dyn Error>> {
    let read = WordVectors::read(path, settings.words)?;
    let mut words: narrow::Words = Vec::with_capacity(read.words.len());
    words.extend(
        read.words.iter().cloned().zip(read.values.chunks_exact(read.depth).map(<[f32]>::to_vec)),
    );
    narrow::narrow(&mut words, settings.width);
    let hashed = words.into_iter().map(|(word, numbers)| (hash(word.as_bytes()), numbers));
    Ok(Vectors::new(settings.width, &hashed.collect::<Vec<_>>()))
}

/// The features that are often enough in the reports: of mentions, of being new, of pairs.
fn telling(train: &[Example<'_>], settings: Settings) -> [Vec<u32>; 3] {
    let [mut mention, mut fresh, mut pair] =
        [const { Vec::new() }; 3].map(|_: Vec<u32>| FxHashMap::<u32, u32>::default());
    let count = |counts: &mut FxHashMap<u32, u32>, keys: &[u32]| {
        keys.iter().for_each(|key| *counts.entry(*key).or_default() += 1);
    };
    for Example { scene, .. } in train {
        for at in 0..scene.mentions.len() {
            count(&mut mention, &scene.mention_keys(at));
            count(&mut fresh, &scene.new_keys(at));
            scene.antecedents(at).for_each(|before| count(&mut pair, &scene.pair_keys(before, at)));
        }
    }
    let often = |counts: FxHashMap<u32, u32>, least: u32| {
        counts.into_iter().filter(|(_, count)| least <= *count).map(|(key, _)| key).collect()
    };
    [often(mention, settings.rare), often(fresh, settings.rare), often(pair, settings.rare_pair)]
}

/// Trains, with a rate that falls to nought. Gives the mean of the second half's rounds.
fn learn(
    net: &mut Net,
    train: &[Example<'_>],
    dev: &[Example<'_>],
    settings: Settings,
    random: &mut Random,
    told: &mut dyn FnMut(&str),
) -> Net {
    let mut order: Vec<usize> = (0..train.len()).collect();
    let mut rounds = Vec::new();
    let steps = (settings.rounds * order.len()) as f32;
    let mut done = 0;
    for round in 0..settings.rounds {
        random.shuffle(&mut order);
        let mut loss = 0.0;
        for &at in &order {
            let rate = settings.pace.rate * (1.0 - done as f32 / steps);
            loss += net.learn(&train[at].sheet, Pace { rate, ..settings.pace }, random);
            done += 1;
        }
        let scores = score(dev, &|example| net.clusters(&example.sheet, settings.bias));
        told(&format!("round {}: loss {loss:.0}, {scores}", round + 1));
        if settings.rounds <= 2 * round + 2 {
            rounds.push(net.clone());
        }
    }
    Net::mean(rounds)
}

impl Example<'_> {
    /// The chain of each mention, none for what is mentioned once.
    fn entities(&self) -> Vec<Option<u32>> {
        let mut index = BTreeMap::new();
        for (number, chain) in (0u32..).zip(self.gold.iter().filter(|chain| 1 < chain.len())) {
            index.extend(chain.iter().map(|span| (*span, number)));
        }
        self.scene.mentions.iter().map(|mention| index.get(&mention.span).copied()).collect()
    }

    fn spans(&self, clusters: &Clusters) -> Chains {
        let span = |at: &u32| self.scene.mentions[*at as usize].span;
        let chains = clusters.members().map(|members| members.iter().map(span).collect());
        chains.filter(|chain: &BTreeSet<Span>| 1 < chain.len()).collect()
    }
}

type Answer<'a> = &'a dyn Fn(&Example<'_>) -> Clusters;

/// The scores of clusters, as `chancery eval coreference` has them.
fn score(set: &[Example<'_>], answer: Answer<'_>) -> String {
    let (mut all, mut right) = (CoreferenceCounts::default(), Counts::default());
    for example in set {
        let found = example.spans(&answer(example));
        all = all.plus(coreference(&example.gold, &found));
        right = right.plus(pronouns(&example.text, &example.gold, &found));
    }
    let shares = [
        ("CoNLL", all.conll()),
        ("MUC", all.muc.f1()),
        ("B³", all.b_cubed.f1()),
        ("CEAFe", all.ceaf_e.f1()),
        ("mentions", all.mentions.f1()),
        ("precision", all.mentions.precision()),
        ("recall", all.mentions.recall()),
        ("pronouns", right.recall()),
    ];
    shares.map(|(name, share)| format!("{name} {:.2}", 100.0 * share)).join(", ")
}

/// How the mentions of each kind fare: linked right, wrongly, not, though they should be; linked,
/// though they should not; rightly new.
fn errors(set: &[Example<'_>], model: &Model) -> String {
    let mut table: BTreeMap<String, [usize; 5]> = BTreeMap::new();
    for example in set {
        let gold = example.entities();
        let (scene, clusters) = (&example.scene, model.clusters(&example.scene));
        for members in clusters.members() {
            for (place, &at) in members.iter().enumerate() {
                let at = at as usize;
                let known = gold[at].is_some() && gold[..at].contains(&gold[at]);
                let link = place.checked_sub(1).map(|place| members[place] as usize);
                let column = match (known, link) {
                    (true, Some(before)) if gold[before] == gold[at] => 0,
                    (true, Some(_)) => 1,
                    (true, None) => 2,
                    (false, Some(_)) => 3,
                    (false, None) => 4,
                };
                table.entry(format!("{:?}", scene.looks[at].kind)).or_default()[column] += 1;
            }
        }
    }
    let lines = table.iter().map(|(kind, row)| format!("{kind:>10} {row:4?}\n"));
    format!("right, wrong, missed, made up, new\n{}", lines.collect::<String>())
}

/// The card of the bundle.
pub fn card(settings: Settings, size: usize, scores: &str) -> Result<String, Box<dyn Error>> {
    let mut rows = String::new();
    let used = ["gum/train.conllu", "gum/dev.conllu"];
    for input in inputs()?.into_iter().filter(|input| used.contains(&input.path)) {
        let Input { path, sha256, licence, about, .. } = input;
        writeln!(rows, "| `{path}` | {about} | {licence} | `{sha256}` |")?;
    }
    Ok(include_str!("chains/card.md")
        .replace("{inputs}", &rows)
        .replace("{vectors}", vectors::SHA256)
        .replace("{words}", &settings.words.to_string())
        .replace("{numbers}", &settings.width.to_string())
        .replace("{seed}", &settings.seed.to_string())
        .replace("{rounds}", &settings.rounds.to_string())
        .replace("{scores}", scores)
        .replace("{size}", &size.to_string()))
}
