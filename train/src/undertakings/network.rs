//! Trains the network of undertakings, forwards and backwards by hand.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use chancery_annotate::syntax::neural::layer::Layer;
use chancery_annotate::syntax::neural::map::Affine;
use chancery_annotate::syntax::neural::network::{bias, row, turned, value, weight};
use chancery_annotate::undertaking::judge::network::{
    NAMING, NetworkParts, OUT, PAIR_CLASSES, PAIR_KEYS, Sizes, WORD_KEYS, row_key,
};
use chancery_annotate::undertaking::judge::{KIND_LABELS, SIDE_LABELS};

use crate::neural::adam::Adam;
use crate::neural::encoder::{self, Gates, Memory};
use crate::neural::leave_out::{apply, chance, mask};
use crate::neural::matrix::{View, add, add_product, add_rows, through, weigh};
use crate::neural::network::{Gradients, soften, spread, uniform};
use crate::neural::shards;
use crate::neural::sight::batches;
use crate::random::Random;

/// How to train.
#[derive(Debug, Clone, Copy)]
pub struct NetworkSettings {
    /// The seed of all that is drawn.
    pub seed: u64,
    /// Rounds over the texts.
    pub rounds: usize,
    /// Words learned from in one step.
    pub batch: usize,
    /// How far the longest step goes.
    pub rate: f32,
    /// Numbers that stand for a word.
    pub width: usize,
    /// Recurrent layers.
    pub layers: usize,
    /// Numbers of a site or a side.
    pub hidden: usize,
}

impl Default for NetworkSettings {
    fn default() -> Self {
        Self { seed: 1, rounds: 9, batch: 1200, rate: 2e-3, width: 192, layers: 2, hidden: 96 }
    }
}

/// How many words are left nameless while learning.
const NAMELESS: f32 = 0.3;
/// Left out of what stands for a word, of what goes into a layer, and before the answers.
const DROPOUT: [f32; 3] = [0.2, 0.3, 0.3];
/// How much a side counts beside a site.
const SIDES: f32 = 0.5;
/// A key must be met so often to have a row.
const LEAST: u32 = 10;
/// Steps until the rate is full.
const WARM: f32 = 200.0;

/// What one text teaches the network.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// Keys of each word.
    pub words: Vec<[u64; WORD_KEYS]>,
    /// What the parser's network has of each word, in whole numbers.
    pub seen: Vec<i16>,
    /// Its sentences.
    pub sentences: Vec<Range<usize>>,
    /// Word, its head, kind from 1.
    pub sites: Vec<(u32, Option<u32>, u8)>,
    /// Site, word, what is told of both, side from 1.
    pub sides: Vec<(u32, u32, [u8; PAIR_KEYS], u8)>,
}

/// Where the weights lie in one long row.
#[derive(Debug, Clone)]
struct Plan {
    sizes: Sizes,
    word: [Range<usize>; 2],
    layers: Vec<[Range<usize>; 3]>,
    site: [Range<usize>; 2],
    kind: [Range<usize>; 2],
    pair: [Range<usize>; 2],
    classes: Range<usize>,
    side: [Range<usize>; 2],
    total: usize,
}

impl Plan {
    fn new(sizes: Sizes) -> Self {
        let Sizes { seen, width, layers, hidden } = sizes;
        let mut total = 0;
        let mut take = |count: usize| {
            total += count;
            total - count..total
        };
        let mut map = |from: usize, to: usize| [take(from * to), take(to)];
        let word = map(seen, width);
        let (site, kind) = (map(width, 2 * hidden), map(hidden, OUT));
        let (pair, side) = (map(width, 2 * hidden), map(hidden, OUT));
        let classes = take(PAIR_KEYS * PAIR_CLASSES * hidden);
        let layer = |_| [take(width * width * 3), take(width * 2), take(width * 2)];
        let layers = (0..layers).map(layer).collect();
        Self { sizes, word, layers, site, kind, pair, classes, side, total }
    }
}

/// A network while it is trained.
pub struct Trainee {
    plan: Plan,
    dense: Vec<f32>,
    known: HashMap<u32, u32>,
    keys: Vec<u32>,
    rows: Vec<f32>,
}

/// A text with its rows found.
struct Example<'a> {
    reading: &'a Reading,
    rows: Vec<Vec<u32>>,
    /// How many of a word's rows name it.
    naming: Vec<usize>,
}

#[derive(Default)]
struct LayerTrace {
    input: Vec<f32>,
    mask: Vec<f32>,
    masked: Vec<f32>,
    products: Vec<f32>,
    memory: Memory,
}

/// Learns from all readings.
pub fn train(
    readings: &[&Reading],
    settings: NetworkSettings,
    told: &mut dyn FnMut(&str),
) -> NetworkParts {
    let mut trainee = Trainee::draw(readings, settings);
    let examples: Vec<_> = readings.iter().map(|reading| trainee.example(reading)).collect();
    let mut adam = Adam::new(trainee.dense.len(), trainee.rows.len());
    let mut random = Random::new(settings.seed);
    let words: usize = readings.iter().map(|reading| reading.words.len()).sum();
    let steps = (words * settings.rounds) as f32 / settings.batch as f32;
    let mut step = 0u64;
    for round in 1..=settings.rounds {
        let (mut loss, mut count) = ([0.0; 2], 0);
        for batch in batches(&examples, |it| it.reading.words.len(), settings.batch, &mut random) {
            step += 1;
            let far = step as f32;
            let rate = settings.rate * (far / WARM).min(1.0) * (1.0 - far / steps).max(0.02);
            let learn = |half: &[&Example<'_>], random| trainee.learn(half, Some(random));
            let shards = shards(&batch, settings.seed << 32 | step, learn);
            let width = settings.width;
            adam.step(&mut trainee.dense, &mut trainee.rows, width, &shards, rate);
            for shard in &shards {
                loss.iter_mut().zip(shard.loss.0).for_each(|(sum, loss)| *sum += loss);
                count += shard.words;
            }
        }
        let [sites, sides] = loss.map(|loss| loss / count as f64);
        told(&format!("network, round {round}: loss of sites {sites:.4}, of sides {sides:.4}"));
    }
    trainee.parts()
}

impl Trainee {
    /// With weights drawn at random, and rows for the keys that are not rare.
    fn draw(readings: &[&Reading], settings: NetworkSettings) -> Self {
        let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
        for key in readings.iter().flat_map(|reading| reading.words.iter().flatten()) {
            *counts.entry(row_key(*key)).or_default() += 1;
        }
        let keys: Vec<u32> = counts.iter().filter(|it| LEAST <= *it.1).map(|it| *it.0).collect();
        let known = keys.iter().copied().zip(0..).collect();
        let seen = readings.iter().find(|it| !it.words.is_empty());
        let seen = seen.map_or(32, |it| it.seen.len() / it.words.len());
        let NetworkSettings { width, layers, hidden, .. } = settings;
        let plan = Plan::new(Sizes { seen, width, layers, hidden });
        let mut random = Random::new(settings.seed ^ 0xD4A3);
        let mut dense = vec![0.0; plan.total];
        let mut fill = |range: &Range<usize>, bound: f32| {
            dense[range.clone()]
                .iter_mut()
                .for_each(|cell| *cell = (uniform(&mut random) * 2.0 - 1.0) * bound);
        };
        let glorot = |from: usize, to: usize| (6.0 / (from + to) as f32).sqrt();
        fill(&plan.word[0], glorot(seen, width));
        for [weights, peep, _] in &plan.layers {
            fill(weights, (3.0 / width as f32).sqrt());
            fill(peep, 0.5);
        }
        fill(&plan.site[0], glorot(width, hidden));
        fill(&plan.kind[0], glorot(hidden, OUT));
        fill(&plan.pair[0], glorot(width, hidden));
        fill(&plan.classes, 0.1);
        fill(&plan.side[0], glorot(hidden, OUT));
        let rows =
            (0..keys.len() * width).map(|_| (uniform(&mut random) * 2.0 - 1.0) * 0.2).collect();
        Self { plan, dense, known, keys, rows }
    }

    fn example<'a>(&self, reading: &'a Reading) -> Example<'a> {
        let found = |keys: &[u64]| -> Vec<u32> {
            keys.iter().filter_map(|key| self.known.get(&row_key(*key)).copied()).collect()
        };
        Example {
            reading,
            rows: reading.words.iter().map(|keys| found(keys)).collect(),
            naming: reading.words.iter().map(|keys| found(&keys[NAMING]).len()).collect(),
        }
    }

    fn part(&self, range: &Range<usize>) -> &[f32] {
        &self.dense[range.clone()]
    }

    fn affine(&self, input: &[f32], depth: usize, map: &[Range<usize>; 2]) -> Vec<f32> {
        let mut sum = self.part(&map[1]).repeat(input.len() / depth);
        let columns = map[1].len();
        add_product(View::rows(input, depth), self.part(&map[0]), depth, &mut sum, columns);
        sum
    }

    /// The gradients of some texts; without `random` nothing is left out.
    fn learn(&self, examples: &[&Example<'_>], mut random: Option<Random>) -> Gradients {
        let Sizes { seen: depth, width, hidden, .. } = self.plan.sizes;
        let mut gradients = Gradients { dense: vec![0.0; self.plan.total], ..Gradients::default() };
        let (mut spans, mut starts, mut at) = (Vec::new(), Vec::new(), 0);
        for example in examples {
            starts.push(at);
            let sentences = &example.reading.sentences;
            spans.extend(sentences.iter().map(|it| at + it.start..at + it.end));
            at += example.reading.words.len();
        }
        gradients.words = at;
        if at == 0 {
            return gradients;
        }
        // Words.
        let seen = examples.iter().flat_map(|example| &example.reading.seen);
        let seen: Vec<f32> = seen.map(|cell| f32::from(*cell) / 2048.0).collect();
        let mut values = self.affine(&seen, depth, &self.plan.word);
        let (mut used, mut ends) = (Vec::new(), vec![0]);
        let words = examples.iter().flat_map(|it| it.rows.iter().zip(&it.naming));
        for ((rows, naming), sum) in words.zip(values.chunks_exact_mut(width)) {
            let nameless = random.as_mut().is_some_and(|random| chance(random, NAMELESS));
            let rows = if nameless { &rows[*naming..] } else { &rows[..] };
            for row in rows {
                add(&self.rows[*row as usize * width..][..width], sum);
            }
            used.extend_from_slice(rows);
            ends.push(used.len());
        }
        let word_mask = mask(&spans, width, DROPOUT[0], &mut random);
        apply(&mut values, &word_mask);
        // Sentences.
        let mut traces = Vec::new();
        for [weights, peep, lean] in &self.plan.layers {
            let mask = mask(&spans, width, DROPOUT[1], &mut random);
            let mut masked = values.clone();
            apply(&mut masked, &mask);
            let mut products = vec![0.0; values.len() * 3];
            let rows = View::rows(&masked, width);
            add_product(rows, self.part(weights), width, &mut products, width * 3);
            let gates = Gates { peep: self.part(peep), bias: self.part(lean) };
            let (read, memory) = encoder::read(&gates, &products, &values, &spans, width);
            let input = std::mem::replace(&mut values, read);
            traces.push(LayerTrace { input, mask, masked, products, memory });
        }
        let top_mask = mask(&spans, width, DROPOUT[1], &mut random);
        let mut top = values;
        apply(&mut top, &top_mask);
        // Answers.
        let mut by_top = vec![0.0; top.len()];
        let mut sites = Joints::default();
        let mut sides = Joints::default();
        for (example, start) in examples.iter().zip(&starts) {
            let place = |token: u32| start + token as usize;
            for (token, head, label) in &example.reading.sites {
                sites.add(place(*token), head.map(place), None, *label);
            }
            for (site, word, pair, label) in &example.reading.sides {
                sides.add(place(*site), Some(place(*word)), Some(*pair), *label);
            }
        }
        let plan = &self.plan;
        let heads = [
            (&sites, &plan.site, &plan.kind, KIND_LABELS, 1.0),
            (&sides, &plan.pair, &plan.side, SIDE_LABELS, SIDES),
        ];
        for (at, (joints, map, out, labels, share)) in heads.into_iter().enumerate() {
            let halves = self.affine(&top, width, map);
            let mut join = self.join(joints, &halves);
            let each: Vec<_> = (0..joints.labels.len()).map(|at| at..at + 1).collect();
            let kept = mask(&each, hidden, DROPOUT[2], &mut random);
            join.iter_mut().for_each(|cell| *cell = cell.max(0.0));
            apply(&mut join, &kept);
            let mut scores = self.affine(&join, hidden, out);
            for (scores, label) in scores.chunks_exact_mut(OUT).zip(&joints.labels) {
                let loss = soften(&mut scores[..labels], usize::from(*label));
                scores[labels..].fill(0.0);
                scores.iter_mut().for_each(|cell| *cell *= share);
                gradients.loss.0[at] += loss;
            }
            weigh(&join, hidden, &scores, &mut gradients.dense[out[0].clone()]);
            add_rows(&scores, &mut gradients.dense[out[1].clone()]);
            let mut by = through(&scores, hidden, self.part(&out[0]));
            apply(&mut by, &kept);
            by.iter_mut().zip(&join).for_each(|(by, value)| {
                if *value <= 0.0 {
                    *by = 0.0;
                }
            });
            let spread = self.part_again(joints, &by, top.len() / width, &mut gradients.dense);
            weigh(&top, width, &spread, &mut gradients.dense[map[0].clone()]);
            add_rows(&spread, &mut gradients.dense[map[1].clone()]);
            add(&through(&spread, width, self.part(&map[0])), &mut by_top);
        }
        // Back through the sentences.
        let mut by = by_top;
        apply(&mut by, &top_mask);
        for ([weights, peep, lean], kept) in self.plan.layers.iter().zip(&traces).rev() {
            let gates = Gates { peep: self.part(peep), bias: self.part(lean) };
            let back = encoder::unread(
                &gates,
                &kept.products,
                &kept.input,
                &kept.memory,
                &spans,
                width,
                &by,
            );
            add(&back.peep, &mut gradients.dense[peep.clone()]);
            add(&back.bias, &mut gradients.dense[lean.clone()]);
            weigh(&kept.masked, width, &back.products, &mut gradients.dense[weights.clone()]);
            by = through(&back.products, width, self.part(weights));
            apply(&mut by, &kept.mask);
            add(&back.inputs, &mut by);
        }
        apply(&mut by, &word_mask);
        weigh(&seen, depth, &by, &mut gradients.dense[self.plan.word[0].clone()]);
        add_rows(&by, &mut gradients.dense[self.plan.word[1].clone()]);
        spread(&by, width, &used, &ends, &mut gradients);
        gradients
    }

    /// The sums of what a site and another word are, before the curve.
    fn join(&self, joints: &Joints, halves: &[f32]) -> Vec<f32> {
        let hidden = self.plan.sizes.hidden;
        let half = |word: usize, which: usize| &halves[(word * 2 + which) * hidden..][..hidden];
        let mut joined = vec![0.0; joints.labels.len() * hidden];
        for ((sum, (own, other)), pair) in
            joined.chunks_exact_mut(hidden).zip(&joints.words).zip(&joints.pairs)
        {
            add(half(*own, 0), sum);
            other.iter().for_each(|other| add(half(*other, 1), sum));
            for (key, class) in pair.iter().flatten().enumerate() {
                add(&self.dense[self.class(key, *class)], sum);
            }
        }
        joined
    }

    fn class(&self, key: usize, class: u8) -> Range<usize> {
        let hidden = self.plan.sizes.hidden;
        let start = self.plan.classes.start + (key * PAIR_CLASSES + usize::from(class)) * hidden;
        start..start + hidden
    }

    /// Hands the gradients of sums to what was summed.
    fn part_again(&self, joints: &Joints, by: &[f32], words: usize, dense: &mut [f32]) -> Vec<f32> {
        let hidden = self.plan.sizes.hidden;
        let mut spread = vec![0.0; words * 2 * hidden];
        for ((by, (own, other)), pair) in
            by.chunks_exact(hidden).zip(&joints.words).zip(&joints.pairs)
        {
            add(by, &mut spread[own * 2 * hidden..][..hidden]);
            if let Some(other) = other {
                add(by, &mut spread[(other * 2 + 1) * hidden..][..hidden]);
            }
            for (key, class) in pair.iter().flatten().enumerate() {
                add(by, &mut dense[self.class(key, *class)]);
            }
        }
        spread
    }

    /// The weights in whole numbers.
    fn parts(self) -> NetworkParts {
        let width = self.plan.sizes.width;
        let map = |[weights, lean]: &[Range<usize>; 2]| Affine {
            weights: turned(&self.dense, weights, lean.len()),
            bias: self.dense[lean.clone()].iter().map(|cell| bias(*cell)).collect(),
        };
        let whole = |range: &Range<usize>, of: fn(f32) -> i16| -> Vec<i16> {
            self.dense[range.clone()].iter().map(|cell| of(*cell)).collect()
        };
        let layer = |[weights, peep, lean]: &[Range<usize>; 3]| Layer {
            weights: turned(&self.dense, weights, width * 3),
            peep: whole(peep, weight),
            bias: whole(lean, value),
        };
        let rows: Vec<_> = self.rows.chunks_exact(width).map(row).collect();
        NetworkParts {
            sizes: self.plan.sizes,
            shifts: rows.iter().map(|row| row.0).collect(),
            rows: rows.iter().flat_map(|row| row.1.iter().map(|cell| *cell as u8)).collect(),
            word: map(&self.plan.word),
            layers: self.plan.layers.iter().map(layer).collect(),
            site: map(&self.plan.site),
            kind: map(&self.plan.kind),
            pair: map(&self.plan.pair),
            classes: whole(&self.plan.classes, value),
            side: map(&self.plan.side),
            keys: self.keys,
        }
    }
}

/// Pairs of words that are judged together.
#[derive(Default)]
struct Joints {
    words: Vec<(usize, Option<usize>)>,
    pairs: Vec<Option<[u8; PAIR_KEYS]>>,
    labels: Vec<u8>,
}

impl Joints {
    fn add(&mut self, own: usize, other: Option<usize>, pair: Option<[u8; PAIR_KEYS]>, label: u8) {
        self.words.push((own, other));
        self.pairs.push(pair);
        self.labels.push(label);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two sentences of three words; the first word is a site of kind 2, with the third as its side.
    fn reading() -> Reading {
        let word = |at: u64| std::array::from_fn(|key| at * 100 + key as u64 % 7);
        Reading {
            words: (0..6).map(word).collect(),
            seen: (0..6 * 32).map(|at| (at * 37 % 501 - 250) as i16 * 8).collect(),
            sentences: vec![0..3, 3..6],
            sites: vec![(0, Some(1), 2), (4, None, 0)],
            sides: vec![(0, 2, [1, 2, 3, 0, 5, 1], 1), (0, 5, [1, 0, 0, 0, 9, 0], 0)],
        }
    }

    fn small() -> NetworkSettings {
        let plain = NetworkSettings::default();
        NetworkSettings { rounds: 1, batch: 60, width: 32, layers: 2, hidden: 32, ..plain }
    }

    #[test]
    fn gradients_are_the_slopes_of_the_loss() {
        let reading = reading();
        let readings = vec![&reading; 5];
        let mut trainee = Trainee::draw(&readings, small());
        let loss = |trainee: &Trainee| {
            let example = trainee.example(&reading);
            let [sites, sides, _] = trainee.learn(&[&example], None).loss.0;
            sites + f64::from(SIDES) * sides
        };
        let gradients = trainee.learn(&[&trainee.example(&reading)], None);
        let plan = trainee.plan.clone();
        let places = [
            plan.word[0].start + 5,
            plan.word[1].start + 3,
            plan.layers[0][0].start + 40,
            plan.layers[1][1].start + 2,
            plan.site[0].start + 11,
            plan.kind[1].start + 2,
            plan.pair[0].start + 7,
            plan.classes.start + 33,
            plan.side[0].start + 1,
        ];
        for at in places {
            let step = 1e-2;
            let own = trainee.dense[at];
            trainee.dense[at] = own + step;
            let more = loss(&trainee);
            trainee.dense[at] = own - step;
            let less = loss(&trainee);
            trainee.dense[at] = own;
            let slope = (more - less) / f64::from(2.0 * step);
            let given = f64::from(gradients.dense[at]);
            assert!((slope - given).abs() < 2e-2 * (1.0 + slope.abs()), "{at}: {slope} {given}");
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_weights() {
        let reading = reading();
        let readings = vec![&reading; 6];
        let rows = |seed| train(&readings, NetworkSettings { seed, ..small() }, &mut |_| ()).rows;
        assert_eq!(rows(3), rows(3));
        assert_ne!(rows(3), rows(4));
    }
}
