//! A conditional random field over runs of words (Lafferty, McCallum and Pereira 2001), trained by
//! stochastic gradient descent with all weights held back (Bottou 2010).

use chancery_annotate::name::{BEFORE, Convention, LABELS, OUTSIDE, copy, is_open, step};
use chancery_annotate::syntax::weights::Row;
use rustc_hash::FxHashMap;

use super::Settings;
use crate::random::Random;

/// Features that fewer words have are left out.
const RARE: u32 = 2;
/// How many weights are kept, the largest first.
const MOST: usize = 450_000;
/// Of how many readings of a run one is made with what the corpora share alone.
pub const SHARED: usize = 4;
/// How often a round reads the lessons of the corpus on politics: it is the nearest to the news that is
/// read, and by far the smallest.
pub const POLITICS: usize = 3;
/// Whole steps for one unit of weight.
const SCALE: f32 = 256.0;

pub type Scores = [f32; LABELS];

/// A run of words, and the corpus that it stands in.
#[derive(Debug)]
pub struct Lesson {
    /// How the corpus marks names.
    pub convention: Convention,
    /// The words.
    pub words: Vec<Word>,
}

/// A word, by its features, and its label.
#[derive(Debug)]
pub struct Word {
    /// Keys of its features.
    pub keys: Vec<u32>,
    /// Its label.
    pub gold: u8,
}

/// Trains on lessons, in an order that the seed gives: the rows of the weights in whole numbers.
pub fn train(lessons: &[Lesson], settings: Settings, told: &mut dyn FnMut(&str)) -> Vec<Row> {
    let mut model = Model::of(lessons);
    let read: Vec<_> = lessons.iter().map(|lesson| model.read(lesson)).collect();
    let mut order = order(lessons);
    let mut random = Random::new(settings.seed);
    let hold = settings.hold / lessons.len().max(1) as f32;
    let (mut lattice, mut done) = (Lattice::default(), 0);
    let all = (order.len() * settings.iterations) as f32;
    for round in 0..settings.iterations {
        random.shuffle(&mut order);
        let mut loss = 0.0;
        for &at in &order {
            let rate = settings.rate * (1.0 - done as f32 / all);
            let copies = 1 + usize::from(0 < random.below(SHARED));
            let reading = read[at].without(settings.dropped, &mut random);
            lattice.fill(&model, &reading, copies);
            loss += f64::from(lattice.infer(&reading.gold));
            model.scale *= 1.0 - rate * hold;
            model.learn(&lattice, &reading, copies, rate);
            done += 1;
        }
        told(&format!("round {}: loss {:.4} a run", round + 1, loss / order.len() as f64));
    }
    model.rows(1.0 - settings.dropped as f32 / 256.0)
}

pub fn order(lessons: &[Lesson]) -> Vec<usize> {
    let times = |at: usize| match lessons[at].convention {
        Convention::Crossner => POLITICS,
        _ => 1,
    };
    (0..lessons.len()).flat_map(|at| std::iter::repeat_n(at, times(at))).collect()
}

/// A lesson by its rows: those of what the corpora share and those of the corpus's own copies.
struct Reading {
    words: Vec<[Vec<u32>; 2]>,
    gold: Vec<u8>,
    /// The rows of the label before.
    steps: [[u32; LABELS]; 2],
}

impl Reading {
    /// The reading without features that are drawn, so that none is relied on alone (Hinton et al. 2012).
    /// Of 256 features `dropped` are left out.
    fn without(&self, dropped: u8, random: &mut Random) -> Self {
        let mut left = (0u64, 0);
        let mut keep = |_: &u32| {
            if left.1 == 0 {
                left = (random.draw(), 8);
            }
            let byte = left.0 as u8;
            left = (left.0 >> 8, left.1 - 1);
            dropped <= byte
        };
        let words = self.words.iter().map(|rows| {
            [0, 1].map(|at: usize| rows[at].iter().filter(|row| keep(row)).copied().collect())
        });
        Self { words: words.collect(), gold: self.gold.clone(), steps: self.steps }
    }
}

/// Rows of weights, found by feature.
struct Model {
    keys: FxHashMap<u32, u32>,
    weights: Vec<Scores>,
    /// What every weight is to be multiplied by.
    scale: f32,
}

impl Model {
    fn of(lessons: &[Lesson]) -> Self {
        let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
        for lesson in lessons {
            for key in lesson.words.iter().flat_map(|word| &word.keys) {
                *counts.entry(*key).or_default() += 1;
                *counts.entry(copy(*key, lesson.convention)).or_default() += 1;
            }
        }
        for from in 0..LABELS as u8 {
            counts.insert(step(from), RARE);
            for convention in Convention::ALL {
                counts.insert(copy(step(from), *convention), RARE);
            }
        }
        let mut kept: Vec<_> =
            counts.into_iter().filter(|(_, count)| RARE <= *count).map(|(key, _)| key).collect();
        kept.sort_unstable();
        let weights = vec![[0.0; LABELS]; kept.len()];
        Self { keys: kept.into_iter().zip(0..).collect(), weights, scale: 1.0 }
    }

    fn read(&self, lesson: &Lesson) -> Reading {
        let own = |key: u32| copy(key, lesson.convention);
        let word = |word: &Word| {
            let find = |key: u32| self.keys.get(&key).copied();
            let shared = word.keys.iter().filter_map(|key| find(*key));
            let copies = word.keys.iter().filter_map(|key| find(own(*key)));
            [shared.collect(), copies.collect()]
        };
        let step = |from: usize| step(from as u8);
        Reading {
            words: lesson.words.iter().map(word).collect(),
            gold: lesson.words.iter().map(|word| word.gold).collect(),
            steps: [
                std::array::from_fn(|from| self.keys[&step(from)]),
                std::array::from_fn(|from| self.keys[&own(step(from))]),
            ],
        }
    }

    fn add(&self, rows: &[u32], sum: &mut Scores) {
        for row in rows {
            for (sum, weight) in sum.iter_mut().zip(&self.weights[*row as usize]) {
                *sum += weight * self.scale;
            }
        }
    }

    fn change(&mut self, rows: &[u32], change: &Scores) {
        for row in rows {
            for (weight, change) in self.weights[*row as usize].iter_mut().zip(change) {
                *weight += change;
            }
        }
    }

    /// Moves the weights towards the labels that are right and from those that were likely.
    fn learn(&mut self, lattice: &Lattice, reading: &Reading, copies: usize, rate: f32) {
        let size = rate / self.scale;
        for ((rows, gold), likely) in reading.words.iter().zip(&reading.gold).zip(&lattice.likely) {
            let mut change = likely.map(|share| -share * size);
            change[usize::from(*gold)] += size;
            rows[..copies].iter().for_each(|rows| self.change(rows, &change));
        }
        let mut change = lattice.stepped.map(|row| row.map(|share| -share * size));
        let befores = std::iter::once(&OUTSIDE).chain(&reading.gold);
        for (before, gold) in befores.zip(reading.gold.iter().chain(std::iter::once(&OUTSIDE))) {
            change[usize::from(*before)][usize::from(*gold)] += size;
        }
        for rows in &reading.steps[..copies] {
            for (row, change) in rows.iter().zip(&change) {
                self.change(&[*row], change);
            }
        }
    }

    fn rows(&self, kept: f32) -> Vec<Row> {
        let whole = |weight: &f32| (weight * self.scale * kept * SCALE).round() as i32;
        let mut sizes: Vec<_> = self.weights.iter().flatten().map(|w| whole(w).abs()).collect();
        sizes.sort_unstable_by_key(|size| std::cmp::Reverse(*size));
        let least = sizes.get(MOST).copied().unwrap_or(0).max(1);
        let cells = |row: &Scores| -> Vec<(u8, i16)> {
            let cells = (0..).zip(row).map(|(label, weight)| (label, whole(weight)));
            cells
                .filter(|(_, weight)| least <= weight.abs())
                .map(|(label, weight)| (label, weight.clamp(-32_000, 32_000) as i16))
                .collect()
        };
        let rows = self.keys.iter().map(|(key, row)| (*key, cells(&self.weights[*row as usize])));
        let mut rows: Vec<_> = rows.filter(|(_, cells)| !cells.is_empty()).collect();
        rows.sort_unstable();
        rows
    }
}

/// How likely each label of each word of a run is, and each step from label to label.
#[derive(Default)]
pub struct Lattice {
    /// Scores of the labels of each word.
    pub words: Vec<Scores>,
    /// Weight of each step.
    pub steps: [Scores; LABELS],
    forward: Vec<Scores>,
    /// How likely each label of each word is.
    pub likely: Vec<Scores>,
    /// How often each step is taken.
    pub stepped: [Scores; LABELS],
}

impl Lattice {
    fn fill(&mut self, model: &Model, reading: &Reading, copies: usize) {
        self.words.clear();
        for rows in &reading.words {
            let mut sum = [0.0; LABELS];
            rows[..copies].iter().for_each(|rows| model.add(rows, &mut sum));
            self.words.push(sum);
        }
        for (from, row) in self.steps.iter_mut().enumerate() {
            let mut sum = [0.0; LABELS];
            reading.steps[..copies].iter().for_each(|rows| model.add(&[rows[from]], &mut sum));
            *row = sum.map(f32::exp);
        }
    }

    /// Forward and backward; gives how unlikely the right labels were, as a logarithm.
    pub fn infer(&mut self, gold: &[u8]) -> f32 {
        let mut loss = 0.0;
        for (word, gold) in self.words.iter_mut().zip(gold) {
            let most = word.iter().copied().fold(f32::MIN, f32::max);
            loss -= word[usize::from(*gold)] - most;
            // What is less likely than this is as good as never: sums of it would come to nought.
            *word = word.map(|score| (score - most).max(-30.0).exp());
        }
        self.forward.clear();
        let mut last = [0.0; LABELS];
        last[usize::from(OUTSIDE)] = 1.0;
        for word in &self.words {
            let mut now = [0.0; LABELS];
            for (label, before) in BEFORE.iter().enumerate() {
                let sum: f32 =
                    before.iter().map(|&from| last[from] * self.steps[from][label]).sum();
                now[label] = sum * word[label];
            }
            let all: f32 = now.iter().sum();
            loss += all.ln();
            last = now.map(|share| share / all);
            self.forward.push(last);
        }
        let end = |label: usize| if is_open(label) { 0.0 } else { self.steps[label][0] };
        let all: f32 = (0..LABELS).map(|label| last[label] * end(label)).sum();
        loss += all.ln();
        let befores = std::iter::once(&OUTSIDE).chain(gold);
        for (before, gold) in befores.zip(gold.iter().chain(std::iter::once(&OUTSIDE))) {
            loss -= self.steps[usize::from(*before)][usize::from(*gold)].ln();
        }
        self.backward();
        loss
    }

    fn backward(&mut self) {
        self.stepped = [[0.0; LABELS]; LABELS];
        self.likely.clear();
        self.likely.resize(self.words.len(), [0.0; LABELS]);
        let mut after: Scores = [0.0; LABELS];
        for (label, after) in after.iter_mut().enumerate() {
            *after = if is_open(label) { 0.0 } else { self.steps[label][0] };
        }
        for at in (0..self.words.len()).rev() {
            let here = &self.forward[at];
            let all: f32 = here.iter().zip(&after).map(|(a, b)| a * b).sum();
            let shares: Scores = std::array::from_fn(|label| here[label] * after[label] / all);
            if at + 1 == self.words.len() {
                (0..LABELS).for_each(|label| self.stepped[label][0] += shares[label]);
            }
            self.likely[at] = shares;
            after = self.back(at, &after, &shares);
        }
    }

    /// What the words from `at` on make of each label before; counts the steps to `at`.
    fn back(&mut self, at: usize, after: &Scores, shares: &Scores) -> Scores {
        let mut start = [0.0; LABELS];
        start[usize::from(OUTSIDE)] = 1.0;
        let last = if at == 0 { start } else { self.forward[at - 1] };
        let mut before = [0.0; LABELS];
        for (label, froms) in BEFORE.iter().enumerate() {
            let ahead = self.words[at][label] * after[label];
            let into: f32 = froms.iter().map(|&from| last[from] * self.steps[from][label]).sum();
            for &from in *froms {
                before[from] += self.steps[from][label] * ahead;
                if 0.0 < into {
                    let share = last[from] * self.steps[from][label] / into;
                    self.stepped[from][label] += shares[label] * share;
                }
            }
        }
        let most = before.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
        before.map(|share| share / most)
    }
}
