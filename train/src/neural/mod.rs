//! Trains the network that tags and parses.

pub mod adam;
pub mod checkpoint;
pub mod encoder;
pub mod leave_out;
pub mod matrix;
pub mod network;
pub mod runon;
pub mod sight;
pub mod whole;

use std::sync::Arc;

use chancery_annotate::segment;
use chancery_annotate::syntax::bundle::Writer;
use chancery_annotate::syntax::lemma::Lemmas;
use chancery_annotate::syntax::neural::shape::{LANES, Plan, Shape};
use chancery_annotate::syntax::neural::tree;
use chancery_annotate::syntax::tagger::Classes;
use chancery_annotate::syntax::{Features, NETWORK, Relation, Syntax, Word, read_tag};
use chancery_text::Report;

use self::adam::Adam;
use self::network::{Dropout, Example, Gradients, Network};
use self::sight::{Sight, batches};
use crate::conllu::Sentence;
use crate::random::Random;
use crate::syntax::features::FeatureParts;
use crate::syntax::lemma::LemmaParts;
use crate::vectors::WordVectors;

/// How to train.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The seed of all that is drawn.
    pub seed: u64,
    /// Rounds over the sentences.
    pub rounds: usize,
    /// Words learned from in one step.
    pub batch: usize,
    /// How far the longest step goes.
    pub rate: f32,
    /// What is left out.
    pub dropout: Dropout,
    /// Width and number of layers.
    pub width: usize,
    /// Recurrent layers.
    pub layers: usize,
}

impl Default for Settings {
    fn default() -> Self {
        let dropout = Dropout { words: 0.2, layers: 0.25, heads: 0.3 };
        Self { seed: 1, rounds: 20, batch: 600, rate: 2e-3, dropout, width: 192, layers: 4 }
    }
}

/// Trains on all sentences, then goes on with some of them.
pub fn make(
    sight: &Sight,
    vectors: &Arc<WordVectors>,
    all: &[Sentence],
    some: &[Sentence],
    settings: Settings,
    told: &mut dyn FnMut(&str),
) -> Network {
    let first = train(sight, vectors, all, settings, None, &mut |_, line| told(line));
    let settings = Settings { seed: settings.seed + 1, rounds: 5, rate: 600.0 * 1e-6, ..settings };
    train(sight, vectors, some, settings, Some(first), &mut |_, line| told(line))
}

fn rounded(count: usize) -> usize {
    count.next_multiple_of(LANES)
}

/// The shape for so many tags.
fn shape(settings: Settings, tags: usize) -> Shape {
    Shape {
        width: settings.width,
        layers: settings.layers,
        tag: 96,
        arc: 128,
        relation: 96,
        tags: rounded(tags),
        relations: rounded(Relation::ALL.len()),
    }
}

/// Steps at the start that grow to the full rate.
const WARM: f32 = 400.0;

/// Trains on sentences, from a network that was trained before if there is one. `told` hears the network after each round, with what is to be said of it.
pub fn train(
    sight: &Sight,
    vectors: &Arc<WordVectors>,
    sentences: &[Sentence],
    settings: Settings,
    start: Option<Network>,
    told: &mut dyn FnMut(&Network, &str),
) -> Network {
    let examples: Vec<_> = sentences.iter().map(|sentence| sight.example(sentence)).collect();
    let mut random = Random::new(settings.seed);
    let plan = Plan::new(shape(settings, sight.names.len()));
    let fresh = || network::draw(plan, sight.known.len(), Arc::clone(vectors), &mut random.clone());
    let mut network = start.unwrap_or_else(fresh);
    let mut adam = Adam::new(network.dense.len(), network.rows.len());
    let words: usize = examples.iter().map(|example| example.keys.len()).sum();
    let total = (words * settings.rounds) as f32 / settings.batch as f32;
    let mut step = 0;
    for round in 0..settings.rounds {
        let (mut loss, mut count) = ([0.0; 3], 0);
        for batch in batches(&examples, |it| it.keys.len(), settings.batch, &mut random) {
            step += 1;
            let rate = settings.rate
                * (step as f32 / WARM).min(1.0)
                * (1.0 - step as f32 / total).max(0.02);
            let learn = |half: &[&Example], random| network.learn(half, settings.dropout, random);
            let shards = shards(&batch, settings.seed << 32 | step, learn);
            let width = network.plan.shape.width;
            adam.step(&mut network.dense, &mut network.rows, width, &shards, rate);
            for shard in &shards {
                loss.iter_mut().zip(shard.loss.0).for_each(|(sum, loss)| *sum += loss);
                count += shard.words;
            }
        }
        let [tags, arcs, relations] = loss.map(|loss| loss / count as f64);
        told(
            &network,
            &format!(
                "round {}: loss of tags {tags:.3}, arcs {arcs:.3}, relations {relations:.3}",
                round + 1
            ),
        );
    }
    network
}

/// Gradients of a batch in two halves, side by side. The halves do not depend on the machine, so
/// neither do the gradients.
pub(crate) fn shards<T: Sync>(
    batch: &[&T],
    seed: u64,
    learn: impl Fn(&[&T], Random) -> Gradients + Sync,
) -> Vec<Gradients> {
    let mut halves = [Vec::new(), Vec::new()];
    batch.iter().enumerate().for_each(|(at, example)| halves[at % 2].push(*example));
    let random = |half: u64| Random::new(seed.wrapping_mul(2).wrapping_add(half) ^ 0x5EED_5EED);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| learn(&halves[1], random(1)));
        let first = learn(&halves[0], random(0));
        vec![first, other.join().expect("learning does not panic")]
    })
}

/// Reads a report with a network as it is in training.
pub fn parse(
    network: &Network,
    sight: &Sight,
    lemmas: &Lemmas,
    report: &Report,
    sentences: &[segment::Sentence],
    tokens: &[segment::Token],
) -> Syntax {
    let mut words = Vec::with_capacity(tokens.len());
    for sentence in sentences {
        let forms = || tokens[sentence.indices()].iter().map(|token| report.slice(token.span));
        let example = sight.see(forms());
        let answer = network.answer(&[&example]).remove(0);
        let heads = tree::heads(&answer.arc_scores(), example.keys.len());
        let relations = network.relations(&answer, &heads);
        let shape = network.plan.shape;
        let rows = answer.tags.chunks(shape.tags).zip(relations.chunks(shape.relations));
        for ((form, head), (tags, relations)) in forms().zip(&heads).zip(rows) {
            let tag = best(&tags[..sight.names.len()]) as u8;
            let (upos, xpos) = read_tag(&sight.names[usize::from(tag)]);
            let relation = match head {
                0 => Relation::Root,
                _ => Relation::ALL[best(&relations[..Relation::ALL.len()])],
            };
            words.push(Word {
                upos,
                xpos,
                features: Features::default(),
                lemma: lemmas.lemma(form, &form.to_lowercase(), tag),
                head: head.checked_sub(1).map(|head| sentence.tokens.start + head as u32),
                relation,
            });
        }
    }
    Syntax { words, ..Syntax::default() }
}

fn best(scores: &[f32]) -> usize {
    let mut best = 0;
    for (at, score) in scores.iter().enumerate() {
        if scores[best] < *score {
            best = at;
        }
    }
    best
}

/// What is learned of the sentences before the network is.
#[derive(Debug)]
pub struct Parts {
    /// Tags and keys.
    pub sight: Sight,
    /// Lemmas.
    pub lemmas: LemmaParts,
    /// Morphological features.
    pub features: FeatureParts,
}

/// How often a tag must be seen to be learned.
const LEAST: usize = 5;

/// Words that have vectors: the most frequent ones. More would be felt in the bundle's size.
pub const VECTORS: usize = 60_000;

/// Learns tags, keys and lemmas. Features are learned of `some` of the sentences: treebanks differ on
/// them.
pub fn prepare(sentences: &[Sentence], some: &[Sentence], vectors: &WordVectors) -> Parts {
    let names = crate::syntax::tagger::tag_names(sentences, LEAST);
    let lemmas = crate::syntax::lemma::train(sentences, &names);
    let all: Vec<_> = sentences.iter().collect();
    // The network is told of a word's tags, not that it has only one.
    let classes = crate::syntax::tagger::classes(&all, &names);
    let classes = classes.into_iter().map(|(key, value)| (key, Classes::class(value))).collect();
    let features = crate::syntax::features::train(some, &names);
    Parts { sight: Sight::learn(names, classes, sentences).with_vectors(vectors), lemmas, features }
}

/// The bundle of a network: what [`chancery_annotate::syntax::SyntaxKit::read`] reads.
pub fn bundle(network: &Network, sight: &Sight, parts: &Parts) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.number(u64::from(NETWORK));
    whole::write(network, sight, &mut writer);
    parts.lemmas.write(&mut writer);
    parts.features.write(&mut writer);
    writer.finish()
}
