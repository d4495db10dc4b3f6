//! The ranking network while it is trained: numbers in full, steps by AdaGrad (Duchi et al. 2011).

use chancery_annotate::coreference::cluster::Clusters;
use chancery_annotate::coreference::features::OF_PAIR;
use chancery_annotate::coreference::model::Model;
pub use chancery_annotate::coreference::model::{THREE, WIDTH};
use chancery_annotate::coreference::scene::Scene;
use chancery_annotate::coreference::table::{ONE, Table};
use chancery_annotate::coreference::vectors::Vectors;
use rustc_hash::FxHashMap;

use crate::random::Random;

/// Rows whose numbers are all smaller are not shipped.
const LEAST: i8 = 2;

/// Rows of numbers by feature, with the squares of their steps.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    /// The row of each feature.
    pub index: FxHashMap<u32, u32>,
    /// Numbers in a row.
    pub width: usize,
    /// The numbers.
    pub cells: Vec<f32>,
    squares: Vec<f32>,
}

impl Rows {
    /// Rows for features, with small numbers to begin with.
    pub fn new(mut keys: Vec<u32>, width: usize, random: &mut Random) -> Self {
        keys.sort_unstable();
        let index: FxHashMap<u32, u32> = keys.into_iter().zip(0..).collect();
        let count = index.len() * width;
        let mut cells: Vec<f32> = (0..count).map(|_| uniform(random) * 0.05).collect();
        for (at, cell) in cells.iter_mut().enumerate() {
            if (at % width).is_multiple_of(WIDTH) {
                *cell = 0.0;
            }
        }
        Self { index, width, cells, squares: vec![0.0; count] }
    }

    /// The rows of keys.
    pub fn find(&self, keys: &[u32], found: &mut Vec<u32>) {
        found.extend(keys.iter().filter_map(|key| self.index.get(key)));
    }

    /// The rows in small numbers, without those that say next to nothing.
    fn table(&self) -> Table {
        let mut rows: Vec<_> = self.index.iter().map(|(key, row)| (*key, *row)).collect();
        rows.sort_unstable();
        let (mut keys, mut small) = (Vec::new(), Vec::new());
        for (key, row) in rows {
            let start = row as usize * self.width;
            let cells = &self.cells[start..start + self.width];
            let row = cells.iter().map(|cell| (cell * ONE).round().clamp(-127.0, 127.0) as i8);
            let row: Vec<i8> = row.collect();
            if row.iter().any(|cell| LEAST <= cell.abs()) {
                keys.push(key);
                small.extend(row);
            }
        }
        Table::new(self.width, keys, &small)
    }

    fn add(&self, rows: &[u32], sum: &mut [f32]) {
        for &row in rows {
            let start = row as usize * self.width;
            let cells = &self.cells[start..start + self.width];
            for (sum, cell) in sum.iter_mut().zip(cells) {
                *sum += cell;
            }
        }
    }

    fn step(&mut self, rows: &[u32], slope: &[f32], pace: Pace) {
        for &row in rows {
            let start = row as usize * self.width;
            let cells = &mut self.cells[start..start + self.width];
            adagrad(cells, &mut self.squares[start..start + slope.len()], slope, pace);
        }
    }
}

fn uniform(random: &mut Random) -> f32 {
    (random.draw() >> 40) as f32 / (1u64 << 23) as f32 - 1.0
}

fn adagrad(cells: &mut [f32], squares: &mut [f32], slope: &[f32], pace: Pace) {
    for ((cell, square), slope) in cells.iter_mut().zip(squares).zip(slope) {
        *square += slope * slope;
        *cell -= pace.rate * (slope / (*square + pace.start).sqrt() + pace.decay * *cell);
    }
}

/// A matrix or vector with the squares of its steps.
#[derive(Debug, Clone, Default)]
pub struct Dense {
    /// The numbers.
    pub cells: Vec<f32>,
    squares: Vec<f32>,
}

impl Dense {
    fn new(count: usize, scale: f32, random: &mut Random) -> Self {
        let cells = (0..count).map(|_| uniform(random) * scale).collect();
        Self { cells, squares: vec![0.0; count] }
    }

    fn step(&mut self, slope: &[f32], pace: Pace) {
        adagrad(&mut self.cells, &mut self.squares, slope, pace);
    }
}

/// The network.
#[derive(Debug, Clone, Default)]
pub struct Net {
    /// Of mentions: as what refers, as what is referred to, as what is new.
    pub mention: Rows,
    /// Of being new.
    pub fresh: Rows,
    /// Of pairs.
    pub pair: Rows,
    /// From the vectors of head and governor to the three: a row of `3 * WIDTH` for each number.
    pub vectors: Dense,
    /// What the hidden units of a pair weigh.
    pub linked: Dense,
    /// What the hidden units of a new mention weigh.
    pub opened: Dense,
}

/// A report as rows.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// For each mention: its rows, its rows of being new, its vectors.
    pub mentions: Vec<SheetMention>,
    /// The chain of each mention, none for what is of none.
    pub gold: Vec<Option<u32>>,
}

/// A mention as rows.
#[derive(Debug, Clone, Default)]
pub struct SheetMention {
    rows: Vec<u32>,
    fresh: Vec<u32>,
    vectors: [Option<Vec<f32>>; 2],
    /// Its earlier mentions, each with the rows of the pair.
    pub pairs: Vec<(u32, Vec<u32>)>,
}

impl Sheet {
    /// Without a share of the features.
    fn thinned(&self, hide: f32, random: &mut Random) -> Self {
        let mut thin = self.clone();
        let limit = (hide * (1 << 24) as f32) as u64;
        let mut keep = |_: &u32| limit <= random.draw() >> 40;
        for mention in &mut thin.mentions {
            mention.rows.retain(&mut keep);
            mention.fresh.retain(&mut keep);
            mention.pairs.iter_mut().for_each(|(_, rows)| rows.retain(&mut keep));
        }
        thin
    }
}

impl Net {
    /// A network for features, of vectors of a width.
    pub fn new(keys: [Vec<u32>; 3], width: usize, random: &mut Random) -> Self {
        let [mention, fresh, pair] = keys;
        Self {
            mention: Rows::new(mention, THREE, random),
            fresh: Rows::new(fresh, WIDTH, random),
            pair: Rows::new(pair, WIDTH, random),
            vectors: Dense::new(2 * width * THREE, 0.05, random),
            linked: Dense::new(WIDTH, 0.3, random),
            opened: Dense::new(WIDTH, 0.3, random),
        }
    }

    /// A report's mentions as rows.
    pub fn sheet(&self, scene: &Scene<'_>, gold: Vec<Option<u32>>) -> Sheet {
        let vector = |index: Option<u32>| {
            let cells = scene.vectors.cells(index?).iter();
            Some(cells.map(|cell| f32::from(*cell) / 127.0).collect())
        };
        let mention = |at: usize| {
            let look = &scene.looks[at];
            let mut mention = SheetMention {
                vectors: [vector(look.vector), vector(look.governor_vector)],
                ..SheetMention::default()
            };
            self.mention.find(&scene.mention_keys(at), &mut mention.rows);
            self.fresh.find(&scene.new_keys(at), &mut mention.fresh);
            for before in scene.antecedents(at) {
                let mut rows = Vec::with_capacity(OF_PAIR);
                self.pair.find(&scene.pair_keys(before, at), &mut rows);
                mention.pairs.push((before as u32, rows));
            }
            mention
        };
        Sheet { mentions: (0..scene.mentions.len()).map(mention).collect(), gold }
    }

    fn hidden(&self, mention: &SheetMention) -> Vec<f32> {
        let mut hidden = vec![0.0; THREE];
        self.mention.add(&mention.rows, &mut hidden);
        for (side, vector) in mention.vectors.iter().enumerate() {
            let Some(vector) = vector else { continue };
            let start = side * vector.len() * THREE;
            for (number, row) in vector.iter().zip(self.vectors.cells[start..].chunks(THREE)) {
                for (sum, cell) in hidden.iter_mut().zip(row) {
                    *sum += number * cell;
                }
            }
        }
        hidden
    }

    /// The clusters of a report: each mention joins the earlier one that scores most, where that scores
    /// more than `bias` over being new.
    pub fn clusters(&self, sheet: &Sheet, bias: f32) -> Clusters {
        let hidden: Vec<_> = sheet.mentions.iter().map(|mention| self.hidden(mention)).collect();
        let mut clusters = Clusters::default();
        let mut units = Vec::new();
        for (at, mention) in sheet.mentions.iter().enumerate() {
            self.score(sheet, &hidden, at, &mut units);
            let last = units.len() - 1;
            let mut best = (None, out(&units[last], &self.opened.cells) + bias);
            for (units, (before, _)) in units.iter().zip(&mention.pairs) {
                let score = out(units, &self.linked.cells);
                if best.1 < score {
                    best = (Some(*before as usize), score);
                }
            }
            clusters.add(best.0);
        }
        clusters
    }

    fn score(&self, sheet: &Sheet, hidden: &[Vec<f32>], at: usize, units: &mut Vec<[f32; WIDTH]>) {
        let mention = &sheet.mentions[at];
        units.clear();
        for (before, rows) in &mention.pairs {
            let mut sum = [0.0; WIDTH];
            let theirs = &hidden[*before as usize][WIDTH..2 * WIDTH];
            for ((sum, mine), theirs) in sum.iter_mut().zip(&hidden[at]).zip(theirs) {
                *sum = mine + theirs;
            }
            self.pair.add(rows, &mut sum);
            units.push(sum);
        }
        let mut sum = [0.0; WIDTH];
        sum.copy_from_slice(&hidden[at][2 * WIDTH..]);
        self.fresh.add(&mention.fresh, &mut sum);
        units.push(sum);
    }
}

fn out(units: &[f32; WIDTH], weights: &[f32]) -> f32 {
    let bent: f32 = units[1..].iter().zip(&weights[1..]).map(|(unit, w)| unit.max(0.0) * w).sum();
    units[0] + bent
}

/// What mistakes cost, and how steps are taken.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// The rate of AdaGrad.
    pub rate: f32,
    /// Of linking what is new.
    pub false_link: f32,
    /// Of opening what is not.
    pub false_new: f32,
    /// Of a link to another.
    pub wrong_link: f32,
    /// The share of hidden units left out.
    pub dropout: f32,
    /// The share of features left out.
    pub hide: f32,
    /// What the sum of squares begins with: makes the first steps on what is rare small.
    pub start: f32,
    /// How much of each number is lost at each step on it.
    pub decay: f32,
}

impl Net {
    /// One step on a report: gives the loss.
    pub fn learn(&mut self, sheet: &Sheet, pace: Pace, random: &mut Random) -> f64 {
        let sheet = &sheet.thinned(pace.hide, random);
        let hidden: Vec<_> = sheet.mentions.iter().map(|mention| self.hidden(mention)).collect();
        let mut slopes = vec![[0.0f32; THREE]; hidden.len()];
        let mut units = Vec::new();
        let mut loss = 0.0;
        let (mut linked, mut opened) = ([0.0f32; WIDTH], [0.0f32; WIDTH]);
        for at in 0..sheet.mentions.len() {
            let mention = &sheet.mentions[at];
            self.score(sheet, &hidden, at, &mut units);
            // Units that are left out, the others made larger for them.
            let mut mask = [1.0f32; WIDTH];
            for mask in &mut mask[1..] {
                let out = (random.draw() >> 40) as f32 / (1u64 << 24) as f32;
                *mask = if out < pace.dropout { 0.0 } else { 1.0 / (1.0 - pace.dropout) };
            }
            let last = units.len() - 1;
            let mut scores: Vec<f32> = Vec::with_capacity(units.len());
            for (number, units) in units.iter().enumerate() {
                let weights = if number == last { &self.opened } else { &self.linked };
                let bent = units[1..].iter().zip(&weights.cells[1..]).zip(&mask[1..]);
                let bent: f32 = bent.map(|((unit, w), mask)| unit.max(0.0) * w * mask).sum();
                scores.push(units[0] + bent);
            }
            let chain = sheet.gold[at];
            let right: Vec<bool> = mention
                .pairs
                .iter()
                .map(|(before, _)| chain.is_some() && sheet.gold[*before as usize] == chain)
                .collect();
            let any = right.iter().any(|right| *right);
            for (number, score) in scores.iter_mut().enumerate() {
                let is_right = if number == last { !any } else { right[number] };
                *score += match (is_right, number == last, any) {
                    (true, _, _) => 0.0,
                    (false, true, _) => pace.false_new,
                    (false, false, true) => pace.wrong_link,
                    (false, false, false) => pace.false_link,
                };
            }
            let good = |number: usize| if number == last { !any } else { right[number] };
            let most = scores.iter().copied().fold(f32::MIN, f32::max);
            let exps: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
            let all: f32 = exps.iter().sum();
            let ours: f32 = exps.iter().enumerate().filter(|(n, _)| good(*n)).map(|(_, e)| e).sum();
            let ours = ours.max(1e-20);
            loss -= f64::from((ours / all).ln());
            for (number, exp) in exps.iter().enumerate() {
                let slope = exp / all - if good(number) { exp / ours } else { 0.0 };
                if slope.abs() < 1e-4 {
                    continue;
                }
                let units = &units[number];
                let (weights, sums) = if number == last {
                    (&self.opened.cells, &mut opened)
                } else {
                    (&self.linked.cells, &mut linked)
                };
                let mut back = [0.0f32; WIDTH];
                back[0] = slope;
                for unit in 1..WIDTH {
                    if 0.0 < units[unit] {
                        sums[unit] += slope * mask[unit] * units[unit];
                        back[unit] = slope * mask[unit] * weights[unit];
                    }
                }
                if number == last {
                    for (sum, back) in slopes[at][2 * WIDTH..].iter_mut().zip(&back) {
                        *sum += back;
                    }
                    self.fresh.step(&mention.fresh, &back, pace);
                } else {
                    let (before, rows) = &mention.pairs[number];
                    for (sum, back) in slopes[at].iter_mut().zip(&back) {
                        *sum += back;
                    }
                    let theirs = &mut slopes[*before as usize][WIDTH..2 * WIDTH];
                    for (sum, back) in theirs.iter_mut().zip(&back) {
                        *sum += back;
                    }
                    self.pair.step(rows, &back, pace);
                }
            }
        }
        self.linked.step(&linked, pace);
        self.opened.step(&opened, pace);
        let mut vectors = vec![0.0f32; self.vectors.cells.len()];
        for (mention, slope) in sheet.mentions.iter().zip(&slopes) {
            self.mention.step(&mention.rows, slope, pace);
            for (side, vector) in mention.vectors.iter().enumerate() {
                let Some(vector) = vector else { continue };
                let start = side * vector.len() * THREE;
                for (number, row) in vector.iter().zip(vectors[start..].chunks_mut(THREE)) {
                    for (sum, slope) in row.iter_mut().zip(slope) {
                        *sum += number * slope;
                    }
                }
            }
        }
        self.vectors.step(&vectors, pace);
        loss
    }

    /// The model to ship, in small numbers.
    pub fn model(&self, vectors: Vectors, bias: f32) -> Model {
        Model {
            mention: self.mention.table(),
            fresh: self.fresh.table(),
            pair: self.pair.table(),
            vectors,
            projection: self.vectors.cells.clone(),
            linked: self.linked.cells.clone(),
            opened: self.opened.cells.clone(),
            bias,
        }
    }

    /// The mean of networks of the same features.
    pub fn mean(nets: Vec<Net>) -> Net {
        let count = nets.len().max(1) as f32;
        let add = |mut sum: Net, mut net: Net| {
            for (sum, part) in sum.parts().into_iter().zip(net.parts()) {
                sum.iter_mut().zip(part).for_each(|(sum, cell)| *sum += *cell);
            }
            sum
        };
        let mut mean = nets.into_iter().reduce(add).unwrap_or_default();
        for part in mean.parts() {
            part.iter_mut().for_each(|cell| *cell /= count);
        }
        mean
    }

    fn parts(&mut self) -> [&mut Vec<f32>; 6] {
        [
            &mut self.mention.cells,
            &mut self.fresh.cells,
            &mut self.pair.cells,
            &mut self.vectors.cells,
            &mut self.linked.cells,
            &mut self.opened.cells,
        ]
    }
}
