//! Trains the network of names: it goes on from what the network of syntax made of each word, adds what
//! names are told by, reads the sentence both ways, and scores the labels of the words that may be in
//! names. Adam (Kingma and Ba 2015) on the likelihood of the right labels (Lafferty, McCallum and
//! Pereira 2001), with much left out at random (Srivastava et al. 2014).

use std::ops::Range;
use std::sync::Arc;

use chancery_annotate::name::reader::{
    FACETS, NARROW, NO_ROW, ROWS, TOPIC, WAYS, WIDE, Weights, vector_cell, way,
};
use chancery_annotate::name::{
    Candidates, Convention, LABELS, OUTSIDE, Scene, cluster_key, lower_hash,
};
use chancery_annotate::syntax::Context;
use chancery_annotate::syntax::neural::layer::Layer;
use chancery_annotate::syntax::neural::network as whole;
use rustc_hash::FxHashMap;

use super::clusters::{self, Row};
use super::crf::{Lattice, SHARED};
use crate::neural::encoder::{self, Gates, Memory};
use crate::neural::leave_out::{apply, chance, mask};
use crate::neural::matrix::{View, add, add_product, add_rows, through, weigh};
use crate::random::Random;
use crate::vectors::WordVectors;

/// How often a round reads the sentences of WikiGold: they are few beside those of GUM.
const WIKIPEDIA: usize = 2;
/// Numbers of a vector.
const DEPTH: usize = super::clusters::WIDTH;
/// What vectors of length one are multiplied by, so that their numbers are about one.
const LENGTH: f32 = 4.0;

/// How the network is trained.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The seed of all that is drawn.
    pub seed: u64,
    /// Rounds over the sentences.
    pub rounds: usize,
    /// Sentences learned from in one step.
    pub batch: usize,
    /// How far the longest step goes.
    pub rate: f32,
    /// Numbers of a word.
    pub width: usize,
    /// Recurrent layers.
    pub layers: usize,
    /// Numbers between the layers and the labels.
    pub hidden: usize,
    /// Shares left out: of context, of vectors, of topics, of facets, of a word, of layers, of hidden.
    pub left_out: [f32; 7],
    /// How many words have vectors.
    pub words: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 1,
            rounds: 8,
            batch: 8,
            rate: 1e-3,
            width: 128,
            layers: 1,
            hidden: 96,
            left_out: [0.3, 0.2, 0.5, 0.4, 0.15, 0.3, 0.3],
            words: 120_000,
        }
    }
}

/// Vectors of words by key.
#[derive(Debug)]
pub struct Known {
    rows: Vec<Row>,
    places: FxHashMap<u32, u32>,
    keys: Vec<u32>,
}

impl Known {
    /// The first words of the vectors.
    pub fn new(vectors: &WordVectors, words: usize) -> Self {
        let rows = clusters::rows(vectors);
        let mut places = FxHashMap::default();
        for (place, word) in (0..).zip(vectors.words.iter().take(words)) {
            places.entry(cluster_key(lower_hash(word))).or_insert(place);
        }
        let mut keys: Vec<_> = places.keys().copied().collect();
        keys.sort_unstable();
        Self { rows, places, keys }
    }

    fn get(&self, key: u32) -> Option<&Row> {
        self.places.get(&key).map(|place| &self.rows[*place as usize])
    }

    /// The mean vector of words, as the stage takes it.
    fn topic(&self, words: &[u32]) -> Row {
        let (mut sum, mut count) = ([0.0; DEPTH], 0.0f32);
        for vector in words.iter().filter_map(|key| self.get(*key)) {
            count += 1.0;
            add(vector, &mut sum);
        }
        sum.map(|sum| sum * LENGTH * TOPIC as f32 / count.max(1.0))
    }
}

/// A sentence to read.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// How its corpus marks names.
    pub convention: Convention,
    /// What the network of syntax made of each word.
    context: Vec<f32>,
    words: Vec<u32>,
    /// The mean vector of the report, [`TOPIC`] times.
    topic: Arc<Row>,
    facets: Vec<Option<[u16; FACETS]>>,
    /// Where words may be in names, and their labels.
    runs: Vec<(Range<usize>, Vec<u8>)>,
}

/// The sentences of a report that have names or might.
pub fn sentences(
    convention: Convention,
    context: &Context,
    candidates: &Candidates,
    labels: &[u8],
    known: &Known,
) -> Vec<Sentence> {
    let topic = Arc::new(known.topic(&candidates.topic));
    let sentence = |scene: &Scene| {
        let first = scene.tokens.start;
        let mut facets = vec![None; scene.tokens.len()];
        let mut runs = Vec::new();
        for run in &candidates.runs[scene.runs.clone()] {
            let words = &candidates.words[run.clone()];
            for word in words {
                facets[word.token as usize - first] = Some(word.facets);
            }
            let start = words[0].token as usize - first;
            runs.push((start..start + words.len(), labels[run.clone()].to_vec()));
        }
        let context = context.rows(scene.tokens.clone());
        Sentence {
            convention,
            context: context.iter().map(|value| f32::from(*value) / 2048.0).collect(),
            words: scene.words.clone(),
            topic: topic.clone(),
            facets,
            runs,
        }
    };
    candidates.scenes.iter().map(sentence).collect()
}

#[derive(Debug, Clone)]
struct LayerPlan {
    weights: Range<usize>,
    peep: Range<usize>,
    bias: Range<usize>,
}

/// Where all weights lie.
#[derive(Debug, Clone)]
struct Plan {
    depth: usize,
    width: usize,
    hidden: usize,
    context: Range<usize>,
    narrow: Range<usize>,
    vector: Range<usize>,
    topic: Range<usize>,
    ways: Range<usize>,
    layers: Vec<LayerPlan>,
    last: Range<usize>,
    last_bias: Range<usize>,
    out: Range<usize>,
    out_bias: Range<usize>,
    steps: Range<usize>,
    facets: Range<usize>,
    total: usize,
}

impl Plan {
    fn new(depth: usize, settings: Settings) -> Self {
        let Settings { width, layers, hidden, .. } = settings;
        let mut at = 0;
        let mut take = |count: usize| {
            at += count;
            at - count..at
        };
        let mut plan = Self {
            depth,
            width,
            hidden,
            context: take(depth * width),
            narrow: take(DEPTH * NARROW),
            vector: take(NARROW * width),
            topic: take(NARROW * width),
            ways: take(WAYS * width),
            layers: (0..layers)
                .map(|_| LayerPlan {
                    weights: take(width * width * 3),
                    peep: take(width * 2),
                    bias: take(width * 2),
                })
                .collect(),
            last: take(width * hidden),
            last_bias: take(hidden),
            out: take(hidden * WIDE * WAYS),
            out_bias: take(WIDE * WAYS),
            steps: take(LABELS * LABELS),
            facets: take(ROWS * width),
            total: 0,
        };
        plan.total = at;
        plan
    }
}

/// The network in full numbers.
#[derive(Debug, Clone)]
pub struct Reader {
    plan: Plan,
    numbers: Vec<f32>,
}

#[derive(Debug, Default)]
struct Trace {
    spans: Vec<Range<usize>>,
    context: Vec<f32>,
    vectors: Vec<f32>,
    narrow: Vec<f32>,
    /// A row for each sentence, as `vectors` and `narrow` have one for each word.
    topics: Vec<f32>,
    narrow_topics: Vec<f32>,
    /// Rows of facets of each word.
    facets: Vec<Vec<u16>>,
    word_mask: Vec<f32>,
    layers: Vec<LayerTrace>,
    top_mask: Vec<f32>,
    top: Vec<f32>,
    last_mask: Vec<f32>,
    last: Vec<f32>,
    scores: Vec<f32>,
}

#[derive(Debug, Default)]
struct LayerTrace {
    input: Vec<f32>,
    mask: Vec<f32>,
    masked: Vec<f32>,
    products: Vec<f32>,
    memory: Memory,
}

impl Reader {
    fn part(&self, range: &Range<usize>) -> &[f32] {
        &self.numbers[range.clone()]
    }

    fn run(
        &self,
        sentences: &[&Sentence],
        ways: &[usize],
        known: &Known,
        settings: Settings,
        mut random: Option<Random>,
    ) -> Trace {
        let (plan, width) = (&self.plan, self.plan.width);
        let mut trace = Trace::default();
        let mut at = 0;
        for sentence in sentences {
            trace.spans.push(at..at + sentence.words.len());
            at += sentence.words.len();
            trace.context.extend_from_slice(&sentence.context);
        }
        let spans = trace.spans.clone();
        let [context, vector, topic, facet, word, layers, last] = settings.left_out;
        let context_mask = mask(&spans, plan.depth, context, &mut random);
        apply(&mut trace.context, &context_mask);
        trace.vectors = vec![0.0; at * DEPTH];
        let keys = sentences.iter().flat_map(|sentence| &sentence.words);
        for (row, key) in trace.vectors.chunks_exact_mut(DEPTH).zip(keys) {
            let left_out = random.as_mut().is_some_and(|random| chance(random, vector));
            if let Some(vector) = known.get(*key).filter(|_| !left_out) {
                row.iter_mut().zip(vector).for_each(|(cell, number)| *cell = number * LENGTH);
            }
        }
        let mut values = vec![0.0; at * width];
        for (span, way) in spans.iter().zip(ways) {
            let row = &self.part(&plan.ways)[way * width..][..width];
            values[span.start * width..span.end * width]
                .chunks_exact_mut(width)
                .for_each(|value| add(row, value));
        }
        add_product(
            View::rows(&trace.context, plan.depth),
            self.part(&plan.context),
            plan.depth,
            &mut values,
            width,
        );
        trace.narrow = self.narrowed(&trace.vectors);
        add_product(
            View::rows(&trace.narrow, NARROW),
            self.part(&plan.vector),
            NARROW,
            &mut values,
            width,
        );
        trace.topics = vec![0.0; sentences.len() * DEPTH];
        for (row, sentence) in trace.topics.chunks_exact_mut(DEPTH).zip(sentences) {
            if !random.as_mut().is_some_and(|random| chance(random, topic)) {
                row.copy_from_slice(&*sentence.topic);
            }
        }
        trace.narrow_topics = self.narrowed(&trace.topics);
        let mut topics = vec![0.0; sentences.len() * width];
        let view = View::rows(&trace.narrow_topics, NARROW);
        add_product(view, self.part(&plan.topic), NARROW, &mut topics, width);
        for (span, row) in spans.iter().zip(topics.chunks_exact(width)) {
            values[span.start * width..span.end * width]
                .chunks_exact_mut(width)
                .for_each(|value| add(row, value));
        }
        let rows = sentences.iter().flat_map(|sentence| &sentence.facets);
        for (value, facets) in values.chunks_exact_mut(width).zip(rows) {
            let mut kept = Vec::new();
            for row in facets.iter().flatten().filter(|row| **row != NO_ROW) {
                if !random.as_mut().is_some_and(|random| chance(random, facet)) {
                    kept.push(*row);
                    let share = if random.is_some() { 1.0 / (1.0 - facet) } else { 1.0 };
                    let cells = &self.part(&plan.facets)[usize::from(*row) * width..][..width];
                    value.iter_mut().zip(cells).for_each(|(value, cell)| *value += share * cell);
                }
            }
            trace.facets.push(kept);
        }
        trace.word_mask = mask(&spans, width, word, &mut random);
        apply(&mut values, &trace.word_mask);
        for layer in &plan.layers {
            let mask = mask(&spans, width, layers, &mut random);
            let mut masked = values.clone();
            apply(&mut masked, &mask);
            let mut products = vec![0.0; values.len() * 3];
            let weights = self.part(&layer.weights);
            add_product(View::rows(&masked, width), weights, width, &mut products, width * 3);
            let gates = Gates { peep: self.part(&layer.peep), bias: self.part(&layer.bias) };
            let (read, memory) = encoder::read(&gates, &products, &values, &spans, width);
            let input = std::mem::replace(&mut values, read);
            trace.layers.push(LayerTrace { input, mask, masked, products, memory });
        }
        trace.top_mask = mask(&spans, width, layers, &mut random);
        apply(&mut values, &trace.top_mask);
        trace.top = values;
        trace.last = self.part(&plan.last_bias).repeat(at);
        let weights = self.part(&plan.last);
        add_product(View::rows(&trace.top, width), weights, width, &mut trace.last, plan.hidden);
        trace.last.iter_mut().for_each(|value| *value = value.max(0.0));
        trace.last_mask = mask(&spans, plan.hidden, last, &mut random);
        apply(&mut trace.last, &trace.last_mask);
        trace.scores = self.part(&plan.out_bias).repeat(at);
        let weights = self.part(&plan.out);
        let view = View::rows(&trace.last, plan.hidden);
        add_product(view, weights, plan.hidden, &mut trace.scores, WIDE * WAYS);
        trace
    }

    /// What is kept of vectors.
    fn narrowed(&self, vectors: &[f32]) -> Vec<f32> {
        let mut narrow = vec![0.0; vectors.len() / DEPTH * NARROW];
        let weights = self.part(&self.plan.narrow);
        add_product(View::rows(vectors, DEPTH), weights, DEPTH, &mut narrow, NARROW);
        narrow
    }

    fn row(scores: &[f32], way: usize) -> [f32; LABELS] {
        std::array::from_fn(|label| {
            scores[label] + if way == 0 { 0.0 } else { scores[way * WIDE + label] }
        })
    }

    /// Scores of each label after each.
    pub fn steps(&self) -> [[f32; LABELS]; LABELS] {
        let steps = self.part(&self.plan.steps);
        std::array::from_fn(|from| std::array::from_fn(|label| steps[from * LABELS + label]))
    }
}

impl Reader {
    /// The network in whole numbers, with what it makes of each known vector.
    pub fn whole(&self, known: &Known) -> Weights {
        let (plan, numbers) = (&self.plan, &self.numbers[..]);
        let Plan { depth, width, hidden, .. } = *plan;
        let mut weights = Weights::zeros(depth, width, hidden, plan.layers.len());
        let biases = |range: &Range<usize>| self.part(range).iter().map(|n| whole::bias(*n));
        let values = |range: &Range<usize>| self.part(range).iter().map(|n| whole::value(*n));
        let narrow = self.part(&plan.narrow);
        for key in &known.keys {
            let mut row = [0.0; NARROW];
            let cells = known.get(*key).into_iter().flatten().zip(narrow.chunks_exact(NARROW));
            for (number, line) in cells {
                row.iter_mut().zip(line).for_each(|(sum, weight)| *sum += number * LENGTH * weight);
            }
            weights.vectors.extend(row.map(vector_cell));
        }
        weights.keys.clone_from(&known.keys);
        weights.facets.clear();
        weights.shifts.clear();
        for (shift, cells) in self.part(&plan.facets).chunks_exact(width).map(whole::row) {
            weights.shifts.push(shift);
            weights.facets.extend(cells);
        }
        weights.ways = values(&plan.ways).collect();
        let input = [&plan.context, &plan.vector, &plan.topic].map(|part| self.part(part)).concat();
        weights.input.weights = whole::turned(&input, &(0..input.len()), width);
        for (layer, plan) in weights.layers.iter_mut().zip(&plan.layers) {
            *layer = Layer {
                weights: whole::turned(numbers, &plan.weights, 3 * width),
                peep: self.part(&plan.peep).iter().map(|number| whole::weight(*number)).collect(),
                bias: values(&plan.bias).collect(),
            };
        }
        weights.last.weights = whole::turned(numbers, &plan.last, hidden);
        weights.last.bias = biases(&plan.last_bias).collect();
        weights.out.weights = whole::turned(numbers, &plan.out, WIDE * WAYS);
        weights.out.bias = biases(&plan.out_bias).collect();
        weights.steps = self.steps().map(|row| row.map(whole::bias));
        weights
    }
}

/// Gradients of a batch.
#[derive(Debug, Default)]
struct Slopes {
    /// Of all but the rows of facets.
    dense: Vec<f32>,
    touched: Vec<u16>,
    rows: Vec<f32>,
    loss: f64,
    words: usize,
}

struct BackPass<'a> {
    reader: &'a Reader,
    trace: &'a Trace,
    slopes: Slopes,
}

impl BackPass<'_> {
    fn weigh(&mut self, input: &[f32], depth: usize, by: &[f32], weights: &Range<usize>) {
        weigh(input, depth, by, &mut self.slopes.dense[weights.clone()]);
    }

    fn through(&self, by: &[f32], depth: usize, weights: &Range<usize>) -> Vec<f32> {
        through(by, depth, self.reader.part(weights))
    }

    /// The slopes of the scores.
    fn labels(
        &mut self,
        sentences: &[&Sentence],
        ways: &[usize],
        lattice: &mut Lattice,
    ) -> Vec<f32> {
        let mut by = vec![0.0; self.trace.scores.len()];
        let steps = self.reader.steps();
        for (row, steps) in lattice.steps.iter_mut().zip(&steps) {
            *row = steps.map(f32::exp);
        }
        for ((sentence, span), way) in sentences.iter().zip(&self.trace.spans).zip(ways) {
            for (run, gold) in &sentence.runs {
                lattice.words.clear();
                for word in run.clone() {
                    let scores = &self.trace.scores[(span.start + word) * WIDE * WAYS..];
                    lattice.words.push(Reader::row(scores, *way));
                }
                self.slopes.loss += f64::from(lattice.infer(gold));
                self.slopes.words += gold.len();
                let at = self.reader.plan.steps.start;
                for (from, row) in lattice.stepped.iter().enumerate() {
                    for (label, count) in row.iter().enumerate() {
                        self.slopes.dense[at + from * LABELS + label] += count;
                    }
                }
                let befores = std::iter::once(&OUTSIDE).chain(gold);
                let nexts = gold.iter().chain(std::iter::once(&OUTSIDE));
                for (before, gold) in befores.zip(nexts) {
                    let cell = usize::from(*before) * LABELS + usize::from(*gold);
                    self.slopes.dense[at + cell] -= 1.0;
                }
                for ((word, likely), gold) in run.clone().zip(&lattice.likely).zip(gold) {
                    let row = &mut by[(span.start + word) * WIDE * WAYS..][..WIDE * WAYS];
                    let mut slope = *likely;
                    slope[usize::from(*gold)] -= 1.0;
                    row[..LABELS].copy_from_slice(&slope);
                    row[way * WIDE..][..LABELS].copy_from_slice(&slope);
                }
            }
        }
        by
    }

    fn back(&mut self, by: &[f32], ways: &[usize], facet_share: f32) {
        let (plan, trace, width) = (&self.reader.plan, self.trace, self.reader.plan.width);
        self.weigh(&trace.last, plan.hidden, by, &plan.out);
        add_rows(by, &mut self.slopes.dense[plan.out_bias.clone()]);
        let mut by = self.through(by, plan.hidden, &plan.out);
        apply(&mut by, &trace.last_mask);
        by.iter_mut().zip(&trace.last).for_each(|(by, value)| {
            if *value <= 0.0 {
                *by = 0.0;
            }
        });
        self.weigh(&trace.top, width, &by, &plan.last);
        add_rows(&by, &mut self.slopes.dense[plan.last_bias.clone()]);
        let mut by = self.through(&by, width, &plan.last);
        apply(&mut by, &trace.top_mask);
        for (layer, kept) in plan.layers.iter().zip(&trace.layers).rev() {
            let gates =
                Gates { peep: self.reader.part(&layer.peep), bias: self.reader.part(&layer.bias) };
            let back = encoder::unread(
                &gates,
                &kept.products,
                &kept.input,
                &kept.memory,
                &trace.spans,
                width,
                &by,
            );
            add(&back.peep, &mut self.slopes.dense[layer.peep.clone()]);
            add(&back.bias, &mut self.slopes.dense[layer.bias.clone()]);
            self.weigh(&kept.masked, width, &back.products, &layer.weights);
            by = self.through(&back.products, width, &layer.weights);
            apply(&mut by, &kept.mask);
            add(&back.inputs, &mut by);
        }
        apply(&mut by, &trace.word_mask);
        self.weigh(&trace.context, plan.depth, &by, &plan.context);
        self.weigh(&trace.narrow, NARROW, &by, &plan.vector);
        let by_narrow = self.through(&by, NARROW, &plan.vector);
        self.weigh(&trace.vectors, DEPTH, &by_narrow, &plan.narrow);
        let mut by_topics = vec![0.0; trace.spans.len() * width];
        for (span, sum) in trace.spans.iter().zip(by_topics.chunks_exact_mut(width)) {
            add_rows(&by[span.start * width..span.end * width], sum);
        }
        self.weigh(&trace.narrow_topics, NARROW, &by_topics, &plan.topic);
        let by_narrow = self.through(&by_topics, NARROW, &plan.topic);
        self.weigh(&trace.topics, DEPTH, &by_narrow, &plan.narrow);
        for (span, way) in trace.spans.iter().zip(ways) {
            let sum = &mut self.slopes.dense[plan.ways.start + way * width..][..width];
            add_rows(&by[span.start * width..span.end * width], sum);
        }
        let mut touched: Vec<u16> = trace.facets.iter().flatten().copied().collect();
        touched.sort_unstable();
        touched.dedup();
        let mut rows = vec![0.0; touched.len() * width];
        for (by, facets) in by.chunks_exact(width).zip(&trace.facets) {
            for row in facets {
                let at = touched.binary_search(row).expect("it was gathered above");
                let cells = &mut rows[at * width..][..width];
                cells.iter_mut().zip(by).for_each(|(cell, by)| *cell += by * facet_share);
            }
        }
        (self.slopes.touched, self.slopes.rows) = (touched, rows);
    }
}

/// Trains on sentences.
pub fn train(
    originals: &[Sentence],
    more: &mut dyn FnMut(usize) -> Vec<Sentence>,
    known: &Known,
    settings: Settings,
    told: &mut dyn FnMut(&str),
) -> Reader {
    let mut random = Random::new(settings.seed);
    let depth = originals.first().map_or(0, |s| s.context.len() / s.words.len());
    let mut reader = draw(Plan::new(depth, settings), &mut random);
    let mut moments = vec![[0.0f32; 2]; reader.numbers.len()];
    let mut lattice = Lattice::default();
    let mut step = 0i32;
    let mut total = 0.0;
    for round in 0..settings.rounds {
        let mut sentences = originals.to_vec();
        sentences.extend(more(round));
        let times = |at: usize| match sentences[at].convention {
            Convention::Crossner => super::crf::POLITICS,
            Convention::Wikigold => WIKIPEDIA,
            _ => 1,
        };
        let order = (0..sentences.len()).flat_map(|at| std::iter::repeat_n(at, times(at)));
        let mut order: Vec<usize> = order.collect();
        if round == 0 {
            total = (order.len() * settings.rounds / settings.batch) as f32;
        }
        random.shuffle(&mut order);
        let (mut loss, mut words) = (0.0, 0);
        for batch in order.chunks(settings.batch) {
            step += 1;
            let batch: Vec<_> = batch.iter().map(|at| &sentences[*at]).collect();
            let ways: Vec<_> = batch
                .iter()
                .map(|sentence| {
                    let own = 0 < random.below(SHARED);
                    if own { way(Some(sentence.convention)) } else { 0 }
                })
                .collect();
            let seed = random.draw();
            let trace = reader.run(&batch, &ways, known, settings, Some(Random::new(seed)));
            let slopes = Slopes { dense: vec![0.0; reader.plan.facets.start], ..Slopes::default() };
            let mut back = BackPass { reader: &reader, trace: &trace, slopes };
            let by = back.labels(&batch, &ways, &mut lattice);
            back.back(&by, &ways, 1.0 / (1.0 - settings.left_out[3]));
            let slopes = back.slopes;
            loss += slopes.loss;
            words += slopes.words;
            let rate = settings.rate
                * (step as f32 / 200.0).min(1.0)
                * (1.0 - step as f32 / total).max(0.02);
            move_numbers(&mut reader, &mut moments, &slopes, rate, step);
        }
        told(&format!("reader, round {}: loss {:.4} a word", round + 1, loss / words as f64));
    }
    reader
}

fn move_numbers(
    reader: &mut Reader,
    moments: &mut [[f32; 2]],
    slopes: &Slopes,
    rate: f32,
    step: i32,
) {
    const FIRST: f32 = 0.9;
    const SECOND: f32 = 0.999;
    const SMALL: f32 = 1e-6;
    let square = |values: &[f32]| values.iter().map(|by| f64::from(by * by)).sum::<f64>();
    let count = slopes.words.max(1) as f32;
    let norm = (square(&slopes.dense) + square(&slopes.rows)).sqrt() as f32 / count;
    let scale = 1.0 / norm.max(1.0) / count;
    let (first, second) = (1.0 - FIRST.powi(step), 1.0 - SECOND.powi(step));
    let one = |number: &mut f32, means: &mut [f32; 2], by: f32| {
        let by = by * scale;
        means[0] = FIRST * means[0] + (1.0 - FIRST) * by;
        means[1] = SECOND * means[1] + (1.0 - SECOND) * by * by;
        *number -= rate * (means[0] / first) / ((means[1] / second).sqrt() + SMALL);
    };
    let numbers = reader.numbers.iter_mut().zip(moments.iter_mut());
    for ((number, means), by) in numbers.zip(&slopes.dense) {
        one(number, means, *by);
    }
    let (start, width) = (reader.plan.facets.start, reader.plan.width);
    for (row, by) in slopes.touched.iter().zip(slopes.rows.chunks_exact(width)) {
        let from = start + usize::from(*row) * width;
        let cells = reader.numbers[from..][..width].iter_mut().zip(&mut moments[from..][..width]);
        cells.zip(by).for_each(|((number, means), by)| one(number, means, *by));
    }
}

fn draw(plan: Plan, random: &mut Random) -> Reader {
    let mut numbers = vec![0.0; plan.total];
    let mut fill = |range: &Range<usize>, bound: f32| {
        for number in &mut numbers[range.clone()] {
            let uniform = (random.draw() >> 40) as f32 / (1 << 24) as f32;
            *number = (uniform * 2.0 - 1.0) * bound;
        }
    };
    let glorot = |from: usize, to: usize| (6.0 / (from + to) as f32).sqrt();
    fill(&plan.context, glorot(plan.depth, plan.width));
    fill(&plan.narrow, glorot(DEPTH, NARROW));
    fill(&plan.vector, glorot(NARROW, plan.width));
    fill(&plan.topic, glorot(NARROW, plan.width));
    for layer in &plan.layers {
        fill(&layer.weights, (3.0 / plan.width as f32).sqrt());
        fill(&layer.peep, 0.5);
    }
    fill(&plan.last, glorot(plan.width, plan.hidden));
    fill(&(plan.out.clone()), glorot(plan.hidden, WIDE));
    fill(&plan.facets, 0.05);
    Reader { plan, numbers }
}

#[cfg(test)]
mod tests {
    use chancery_annotate::name::reader::Reader as Whole;
    use chancery_annotate::name::{Candidate, FEATURES};

    use super::*;

    const UNIT: u8 = 4;
    const NOTHING_OUT: [f32; 7] = [0.0; 7];

    fn settings(seed: u64) -> Settings {
        Settings {
            seed,
            rounds: 200,
            batch: 2,
            width: 32,
            hidden: 32,
            left_out: NOTHING_OUT,
            ..Settings::default()
        }
    }

    /// Vectors of forty words: those of even keys point one way, the others another.
    fn known() -> Known {
        let row = |word: usize| {
            let mut row = [0.0; DEPTH];
            (row[word % 2], row[2 + word]) = (0.9, 0.4);
            row
        };
        let keys: Vec<u32> = (1..=40).collect();
        let places = keys.iter().map(|key| (*key, *key - 1)).collect();
        Known { rows: (0..40).map(row).collect(), places, keys }
    }

    fn gold(word: u32) -> u8 {
        if word.is_multiple_of(2) { UNIT } else { OUTSIDE }
    }

    /// Words that are names where their vectors point one way.
    fn sentence(words: &[u32]) -> Sentence {
        Sentence {
            convention: Convention::Gum,
            context: (0..words.len() * 32).map(|n| (n % 7) as f32 * 0.1).collect(),
            words: words.to_vec(),
            topic: Arc::new(known().topic(words)),
            facets: vec![Some([9; FACETS]); words.len()],
            runs: vec![(0..words.len(), words.iter().map(|word| gold(*word)).collect())],
        }
    }

    fn trained(seed: u64) -> Reader {
        let sentences: Vec<_> = (1..=15).map(|word| sentence(&[word, 31 - word])).collect();
        train(&sentences, &mut |_| Vec::new(), &known(), settings(seed), &mut |_| ())
    }

    /// Scores of the labels of words that are all of a report, as the stage makes them.
    fn scores(reader: &Reader, words: &[u32]) -> Vec<[i32; LABELS]> {
        scores_about(reader, words, words)
    }

    fn scores_about(reader: &Reader, words: &[u32], topic: &[u32]) -> Vec<[i32; LABELS]> {
        let word = |token: u32| Candidate {
            token,
            lower: 0,
            brief: 0,
            keys: [0; FEATURES],
            facets: [9; FACETS],
            marks: [0; 9],
        };
        let candidates = Candidates {
            words: (0..words.len() as u32).map(word).collect(),
            runs: std::iter::once(0..words.len()).collect(),
            topic: topic.to_vec(),
            scenes: vec![Scene { tokens: 0..words.len(), runs: 0..1, words: words.to_vec() }],
        };
        let values = sentence(words).context.iter().map(|value| (value * 2048.0) as i16).collect();
        let context = Context { width: 32, values };
        let mut rows = vec![[0; LABELS]; words.len()];
        let whole = Whole::new(reader.whole(&known()));
        whole.add(&candidates, &context, Some(Convention::Gum), &mut rows);
        rows
    }

    #[test]
    fn words_that_were_never_read_are_known_by_their_vectors() {
        let reader = trained(1);
        for word in 31..=40 {
            let rows = scores(&reader, &[word, 71 - word]);
            for (row, word) in rows.iter().zip([word, 71 - word]) {
                let is_name = row[usize::from(OUTSIDE)] < row[usize::from(UNIT)];
                assert_eq!(is_name, gold(word) == UNIT, "{word}: {row:?}");
            }
        }
    }

    /// Of two reports with the same sentence, each about something else, one has a name in it.
    #[test]
    fn what_a_report_is_about_counts() {
        let known = known();
        let about = |topic: u32| {
            let mut sentence = sentence(&[1, 3]);
            sentence.topic = Arc::new(known.topic(&[topic]));
            sentence.runs[0].1.fill(gold(topic));
            sentence
        };
        let sentences: Vec<_> = (11..=30).map(about).collect();
        let reader = train(&sentences, &mut |_| Vec::new(), &known, settings(1), &mut |_| ());
        for topic in 31..=34 {
            let row = scores_about(&reader, &[1, 3], &[topic])[0];
            let is_name = row[usize::from(OUTSIDE)] < row[usize::from(UNIT)];
            assert_eq!(is_name, gold(topic) == UNIT, "{topic}: {row:?}");
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_network() {
        assert_eq!(scores(&trained(1), &[31, 32]), scores(&trained(1), &[31, 32]));
        assert_ne!(scores(&trained(1), &[31, 32]), scores(&trained(2), &[31, 32]));
    }

    #[test]
    fn whole_numbers_score_as_numbers_in_full_do() {
        let reader = trained(1);
        let own = way(Some(Convention::Gum));
        let sentence = sentence(&[31, 32, 40]);
        let trace = reader.run(&[&sentence], &[own], &known(), settings(1), None);
        for (row, full) in
            scores(&reader, &[31, 32, 40]).iter().zip(trace.scores.chunks(WIDE * WAYS))
        {
            for (whole, full) in row.iter().zip(Reader::row(full, own)) {
                // 256 whole steps are one unit.
                assert!((*whole as f32 / 256.0 - full).abs() < 0.15, "{whole} {full}");
            }
        }
    }

    #[test]
    fn slopes_are_what_small_steps_show() {
        let reader = draw(Plan::new(32, settings(3)), &mut Random::new(3));
        let sentences = [sentence(&[1, 2, 3, 5]), sentence(&[8, 4])];
        let both: Vec<_> = sentences.iter().collect();
        let (ways, known) = ([0, way(Some(Convention::Gum))], known());
        let slopes = |reader: &Reader| {
            let trace = reader.run(&both, &ways, &known, settings(3), None);
            let slopes = Slopes { dense: vec![0.0; reader.plan.facets.start], ..Slopes::default() };
            let mut back = BackPass { reader, trace: &trace, slopes };
            let by = back.labels(&both, &ways, &mut Lattice::default());
            back.back(&by, &ways, 1.0);
            back.slopes
        };
        let found = slopes(&reader);
        let plan = &reader.plan;
        let mut parts = vec![
            &plan.context,
            &plan.narrow,
            &plan.vector,
            &plan.topic,
            &plan.ways,
            &plan.last,
            &plan.last_bias,
        ];
        parts.extend([&plan.out, &plan.out_bias, &plan.steps]);
        for layer in &plan.layers {
            parts.extend([&layer.weights, &layer.peep, &layer.bias]);
        }
        for part in parts {
            let square: f64 = found.dense[part.clone()].iter().map(|g| f64::from(*g).powi(2)).sum();
            let step = 1e-3 / square.sqrt().max(1e-9);
            let moved = |sign: f64| {
                let mut reader = reader.clone();
                for at in part.clone() {
                    reader.numbers[at] += (sign * step * f64::from(found.dense[at])) as f32;
                }
                slopes(&reader).loss
            };
            let slope = (moved(1.0) - moved(-1.0)) / (2.0 * step);
            assert!((slope - square).abs() < 0.04 * square + 2e-3, "{part:?}: {slope} {square}");
        }
        let (start, width) = (plan.facets.start, plan.width);
        let square: f64 = found.rows.iter().map(|g| f64::from(*g).powi(2)).sum();
        let step = 1e-3 / square.sqrt();
        let moved = |sign: f64| {
            let mut reader = reader.clone();
            for (row, by) in found.touched.iter().zip(found.rows.chunks(width)) {
                let cells = reader.numbers[start + usize::from(*row) * width..].iter_mut();
                cells.zip(by).for_each(|(cell, by)| *cell += (sign * step * f64::from(*by)) as f32);
            }
            slopes(&reader).loss
        };
        let slope = (moved(1.0) - moved(-1.0)) / (2.0 * step);
        assert!((slope - square).abs() < 0.04 * square, "{slope} {square}");
    }
}
