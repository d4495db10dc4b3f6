//! The network beside the linear model. It goes on from what the network of syntax made of each word
//! in its sentence, adds the word's vector and what names are told by, reads the sentence both ways,
//! and scores the labels of the words that may be in names. In whole numbers, as the network of syntax.

use super::Convention;
use super::elsewhere::{OTHERS, Others, TOLD};
use super::label::{LABELS, Row, Steps, UNIT};
use super::sight::Sight;
use super::{Candidates, Scene};
use crate::syntax::Context;
use crate::syntax::bundle::{self, BundleFault, Writer};
use crate::syntax::neural::dots::{Packed, SUM_BITS};
use crate::syntax::neural::layer::{Layer, LayerRoom};
use crate::syntax::neural::map::{Affine, Map};
use crate::syntax::weights::{keys, keys_after, pair};

/// Facets of a word.
pub const FACETS: usize = OWN + OTHERS * TOLD;
/// Those that the word's own sentence tells; the rest are told by where it stands elsewhere.
const OWN: usize = 28;
/// Stands for a facet that a word does not have.
pub const NO_ROW: u16 = u16::MAX;
/// Rows that facets share; a facet's row is the first bits of its hash.
pub const ROWS: usize = 1 << ROW_BITS;
const ROW_BITS: u32 = 14;
/// Numbers that are kept of a word's vector.
pub const NARROW: usize = 32;
/// What the mean vector of a report is multiplied by: it is short beside those of words.
pub const TOPIC: i64 = 2;
/// How far a number of a vector is shifted to be a value: bytes count 64ths.
const VECTOR_SHIFT: u32 = 5;
/// Labels, rounded up.
pub const WIDE: usize = 32;
/// The conventions, and what the corpora share.
pub const WAYS: usize = Convention::ALL.len() + 1;
/// Whole steps of score for one unit.
const SCALE: i64 = UNIT as i64;

/// Rows of the facets of a word in a sentence of a style.
pub fn facets(sight: &Sight, how: u64, stretched: [u64; 6], others: Others) -> [u16; FACETS] {
    let own = keys([
        sight.brief,
        sight.shape,
        sight.lower,
        sight.suffixes[1],
        sight.suffixes[2],
        sight.prefixes[1],
        sight.known.all,
        sight.known.class,
        sight.known.within,
        sight.known.sectors,
        pair(sight.elsewhere, sight.brief),
        pair(how, sight.brief),
        sight.acronym,
        sight.xpos,
        sight.relation,
        sight.cluster.at(12),
        sight.other.at(12),
        pair(sight.cluster.rank.into(), sight.brief),
        stretched[0],
        stretched[1],
        stretched[2],
        stretched[3],
        stretched[4],
        stretched[5],
        pair(sight.usage.case.into(), sight.brief),
        sight.usage.brown_at(7),
        sight.usage.brown_at(10),
        sight.usage.brown_at(16),
    ]);
    let row = |key: u32| (key >> (32 - ROW_BITS)) as u16;
    let mut facets = [NO_ROW; FACETS];
    facets.iter_mut().zip(own).for_each(|(facet, key)| *facet = row(key));
    for (rows, told) in facets[OWN..].chunks_exact_mut(TOLD).zip(others.into_iter().flatten()) {
        let keys = keys_after(OWN, told);
        rows.iter_mut().zip(keys).for_each(|(facet, key)| *facet = row(key));
    }
    facets
}

/// Which way of marking names is asked for.
pub fn way(as_in: Option<Convention>) -> usize {
    as_in.map_or(0, |convention| convention as usize + 1)
}

/// The weights in whole numbers, as a bundle has them.
#[derive(Debug)]
pub struct Weights {
    /// Numbers that the network of syntax gives of a word.
    pub depth: usize,
    /// Numbers of a word.
    pub width: usize,
    /// Numbers between the layers and the labels.
    pub hidden: usize,
    /// Keys of vectors, rising.
    pub keys: Vec<u32>,
    /// A row of [`NARROW`] for each key.
    pub vectors: Vec<i8>,
    /// A shift for each row of facets.
    pub shifts: Vec<u8>,
    /// A row of `width` for each row of facets.
    pub facets: Vec<i8>,
    /// A row of `width` for each way.
    pub ways: Vec<i16>,
    /// From `depth`, the word's [`NARROW`] and as many of the report's topic to `width`.
    pub input: Affine,
    /// What reads the sentence.
    pub layers: Vec<Layer>,
    /// From `width` to `hidden`.
    pub last: Affine,
    /// From `hidden` to [`WIDE`] labels for each way.
    pub out: Affine,
    /// Scores of each label after each, in steps of the sum.
    pub steps: [[i32; LABELS]; LABELS],
}

impl Weights {
    /// Of these sizes, all nought, without vectors.
    pub fn zeros(depth: usize, width: usize, hidden: usize, layers: usize) -> Self {
        let affine =
            |from: usize, to: usize| Affine { weights: vec![0; from * to], bias: vec![0; to] };
        let layer = || Layer {
            weights: vec![0; width * width * 3],
            peep: vec![0; width * 2],
            bias: vec![0; width * 2],
        };
        Self {
            depth,
            width,
            hidden,
            keys: Vec::new(),
            vectors: Vec::new(),
            shifts: vec![0; ROWS],
            facets: vec![0; ROWS * width],
            ways: vec![0; WAYS * width],
            input: affine(depth + 2 * NARROW, width),
            layers: (0..layers).map(|_| layer()).collect(),
            last: affine(width, hidden),
            out: affine(hidden, WIDE * WAYS),
            steps: [[0; LABELS]; LABELS],
        }
    }

    fn lists(&mut self) -> Vec<&mut Vec<i16>> {
        let mut lists = vec![&mut self.ways, &mut self.input.weights];
        for layer in &mut self.layers {
            lists.extend([&mut layer.weights, &mut layer.peep, &mut layer.bias]);
        }
        lists.extend([&mut self.last.weights, &mut self.out.weights]);
        lists
    }

    fn biases(&mut self) -> [&mut Vec<i32>; 3] {
        [&mut self.input.bias, &mut self.last.bias, &mut self.out.bias]
    }

    /// Writes them.
    pub fn write(&mut self, writer: &mut Writer) {
        for size in [self.depth, self.width, self.hidden, self.layers.len()] {
            writer.number(size as u64);
        }
        writer.keys(self.keys.iter().copied());
        writer.bytes(self.vectors.iter().map(|cell| *cell as u8));
        writer.bytes(self.shifts.iter().copied());
        writer.bytes(self.facets.iter().map(|cell| *cell as u8));
        self.lists().into_iter().for_each(|list| writer.shorts(list));
        self.biases().into_iter().for_each(|list| writer.longs(list));
        self.steps.iter().flatten().for_each(|step| writer.signed(*step));
    }

    /// Reads what [`Weights::write`] wrote.
    pub fn read(reader: &mut bundle::Reader<'_>) -> Result<Self, BundleFault> {
        let mut sizes = [0; 4];
        for size in &mut sizes {
            *size = reader.count()?;
        }
        let [depth, width, hidden, layers] = sizes;
        let small = |size: usize| size.is_multiple_of(32) && (1..=1024).contains(&size);
        if ![depth, width, hidden].into_iter().all(small) || 16 < layers {
            return Err(reader.damaged());
        }
        let mut weights = Self::zeros(depth, width, hidden, layers);
        weights.keys = reader.keys()?;
        let cells = reader.bytes(weights.keys.len() * NARROW)?;
        weights.vectors = cells.iter().map(|cell| *cell as i8).collect();
        weights.shifts = reader.bytes(ROWS)?.to_vec();
        if weights.shifts.iter().any(|shift| 8 < *shift) {
            return Err(reader.damaged());
        }
        let cells = reader.bytes(ROWS * width)?;
        weights.facets = cells.iter().map(|cell| *cell as i8).collect();
        for list in weights.lists() {
            reader.shorts(list)?;
        }
        for list in weights.biases() {
            reader.longs(list)?;
        }
        for step in weights.steps.iter_mut().flatten() {
            *step = reader.signed()?;
        }
        Ok(weights)
    }
}

/// The trained network.
#[derive(Debug)]
pub struct Reader {
    depth: usize,
    width: usize,
    shift: u32,
    /// Key of a word and the place of its vector, counted from 1; 0 for none.
    slots: Vec<(u32, u32)>,
    vectors: Vec<i8>,
    shifts: Vec<u8>,
    facets: Vec<i8>,
    ways: Vec<i16>,
    input: Map,
    layers: Vec<(Layer, Packed)>,
    last: Map,
    /// For each way.
    outs: Vec<Map>,
    steps: Steps,
}

/// What one sentence needs while it is read, kept from sentence to sentence.
#[derive(Debug, Default)]
struct Room {
    topic: [i16; NARROW],
    input: Vec<i16>,
    values: Vec<i16>,
    hidden: Vec<i16>,
    scores: Vec<i32>,
    own: Vec<i32>,
    layer: LayerRoom,
}

/// A sum as whole steps of score.
fn whole(sum: i32) -> i32 {
    ((i64::from(sum) * SCALE + (1 << (SUM_BITS - 1))) >> SUM_BITS) as i32
}

impl Reader {
    /// From its weights.
    pub fn new(mut weights: Weights) -> Self {
        let Weights { depth, width, hidden, .. } = weights;
        let bits = (weights.keys.len() * 3 / 2).max(16).next_power_of_two().trailing_zeros();
        let (mut slots, shift) = (vec![(0, 0); 1 << bits], 32 - bits);
        for (place, key) in (1..).zip(&weights.keys) {
            let mut slot = (key >> shift) as usize;
            while slots[slot].1 != 0 {
                slot = (slot + 1) & (slots.len() - 1);
            }
            slots[slot] = (*key, place);
        }
        let rows = weights.out.weights.chunks_exact(WIDE * hidden);
        let rows = rows.zip(weights.out.bias.chunks_exact(WIDE));
        let affine =
            rows.map(|(weights, bias)| Affine { weights: weights.to_vec(), bias: bias.to_vec() });
        let outs = affine.map(|mut affine| Map::take(&mut affine, hidden)).collect();
        let pack = |mut layer: Layer| {
            let packed = Packed::new(&std::mem::take(&mut layer.weights), width);
            (layer, packed)
        };
        Self {
            depth,
            width,
            shift,
            slots,
            vectors: weights.vectors,
            shifts: weights.shifts,
            facets: weights.facets,
            ways: weights.ways,
            input: Map::take(&mut weights.input, depth + 2 * NARROW),
            layers: weights.layers.into_iter().map(pack).collect(),
            last: Map::take(&mut weights.last, width),
            outs,
            steps: weights.steps.map(|row| row.map(whole)),
        }
    }

    fn vector(&self, key: u32) -> Option<&[i8]> {
        let mut slot = (key >> self.shift) as usize;
        loop {
            let (found, place) = self.slots[slot];
            let place = (place as usize).checked_sub(1)?;
            if found == key {
                return Some(&self.vectors[place * NARROW..][..NARROW]);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    /// The mean vector of words, [`TOPIC`] times.
    fn topic(&self, words: &[u32]) -> [i16; NARROW] {
        let (mut sums, mut count) = ([0i64; NARROW], 0);
        for vector in words.iter().filter_map(|key| self.vector(*key)) {
            count += 1;
            sums.iter_mut().zip(vector).for_each(|(sum, cell)| *sum += i64::from(*cell));
        }
        // A mean of bytes, shifted and times TOPIC, is far from the ends of an i16.
        sums.map(|sum| ((sum << VECTOR_SHIFT) * TOPIC / count.max(1)) as i16)
    }

    /// Adds the scores of the labels of candidates to their rows. Linear in the words of their sentences.
    pub fn add(
        &self,
        candidates: &Candidates,
        context: &Context,
        as_in: Option<Convention>,
        rows: &mut [Row],
    ) {
        let mut room = Room { topic: self.topic(&candidates.topic), ..Room::default() };
        for scene in &candidates.scenes {
            self.read(candidates, scene, context, as_in, &mut room);
            for run in &candidates.runs[scene.runs.clone()] {
                for (word, row) in candidates.words[run.clone()].iter().zip(&mut rows[run.clone()])
                {
                    let at = word.token as usize - scene.tokens.start;
                    let scores = &room.scores[at * LABELS..][..LABELS];
                    row.iter_mut().zip(scores).for_each(|(sum, score)| *sum += whole(*score));
                }
            }
        }
    }

    fn read(
        &self,
        candidates: &Candidates,
        scene: &Scene,
        context: &Context,
        as_in: Option<Convention>,
        room: &mut Room,
    ) {
        let (width, wide) = (self.width, self.depth + 2 * NARROW);
        let Room { topic, input, values, hidden, scores, own, layer } = room;
        input.clear();
        input.resize(scene.words.len() * wide, 0);
        let known = context.width == self.depth;
        for (at, (row, key)) in input.chunks_exact_mut(wide).zip(&scene.words).enumerate() {
            if known {
                let token = scene.tokens.start + at;
                row[..self.depth].copy_from_slice(context.rows(token..token + 1));
            }
            let (own, report) = row[self.depth..].split_at_mut(NARROW);
            if let Some(vector) = self.vector(*key) {
                let cells = own.iter_mut().zip(vector);
                cells.for_each(|(cell, number)| *cell = i16::from(*number) << VECTOR_SHIFT);
            }
            report.copy_from_slice(topic);
        }
        self.input.apply(input, values, crate::syntax::neural::dots::settle);
        let row = &self.ways[way(as_in) * width..][..width];
        for value in values.chunks_exact_mut(width) {
            value.iter_mut().zip(row).for_each(|(value, way)| *value = value.saturating_add(*way));
        }
        let words = candidates.runs[scene.runs.clone()].iter().flat_map(|run| run.clone());
        for word in words.map(|word| &candidates.words[word]) {
            let value = &mut values[(word.token as usize - scene.tokens.start) * width..][..width];
            for &facet in word.facets.iter().filter(|row| **row != NO_ROW) {
                let facet = usize::from(facet);
                let shift = self.shifts[facet];
                let cells = &self.facets[facet * width..][..width];
                for (value, cell) in value.iter_mut().zip(cells) {
                    *value = value.wrapping_add(i16::from(*cell) << shift);
                }
            }
        }
        for (own, weights) in &self.layers {
            own.read(weights, values, width, layer);
        }
        self.last.hidden(values, hidden);
        self.outs[0].scores(hidden, LABELS, scores);
        if let Some(convention) = as_in {
            self.outs[way(Some(convention))].scores(hidden, LABELS, own);
            scores.iter_mut().zip(own).for_each(|(sum, own)| *sum += *own);
        }
    }

    /// Adds the score of each label after each.
    pub fn add_steps(&self, steps: &mut Steps) {
        for (sum, step) in steps.iter_mut().flatten().zip(self.steps.iter().flatten()) {
            *sum += step;
        }
    }
}

/// A number of a vector as a byte.
pub fn vector_cell(number: f32) -> i8 {
    (number * 64.0).round().clamp(-127.0, 127.0) as i8
}
