//! A small network beside the linear model: it sees words by what they mean rather than by their
//! letters, and so knows rare names by their likeness to others (after Collobert et al. 2011).
//!
//! Each word is a sum of rows: one of its vector, and one for each of its facets. Five words in a row
//! give a hidden layer, and this a score for each label.

use super::Convention;
use super::clusters::key;
use super::label::{LABELS, Row, Steps};
use super::sight::Sight;
use crate::syntax::bundle::{BundleFault, Reader, Writer};
use crate::syntax::weights::{keys, pair};

/// Numbers of a word.
pub const WORD: usize = 48;
/// Numbers of the hidden layer.
pub const HIDDEN: usize = 64;
/// How many words to each side are seen.
pub const REACH: usize = 2;
/// Words that are seen at once.
pub const SEEN: usize = 2 * REACH + 1;
/// Facets of a word.
pub const FACETS: usize = 24;
/// Rows that facets share; a facet's row is the first bits of its hash.
pub const ROWS: usize = 1 << ROW_BITS;
const ROW_BITS: u32 = 14;
/// The conventions, and what the corpora share.
pub const WAYS: usize = Convention::ALL.len() + 1;
/// Whole steps of score for one unit. The linear model has 256: the network counts half.
const SCALE: f32 = 128.0;
/// Whole steps for one unit of a vector.
const FINE: f32 = 256.0;
/// Whole steps for one unit of a weight.
const STEPS: f32 = 2048.0;

/// What the network is told of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// Key of its vector.
    pub word: u32,
    /// Rows of its facets.
    pub facets: [u16; FACETS],
}

/// The view of a word in a sentence of a style.
pub fn view(sight: &Sight, how: u64, stretched: [u64; 6]) -> View {
    let facets = keys([
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
    ]);
    View { word: key(sight.lower), facets: facets.map(|key| (key >> (32 - ROW_BITS)) as u16) }
}

/// Which way of marking names is asked for.
pub fn way(as_in: Option<Convention>) -> usize {
    as_in.map_or(0, |convention| convention as usize + 1)
}

/// The numbers of a word.
pub type Word = [f32; WORD];
/// The numbers of the hidden layer.
pub type Hidden = [f32; HIDDEN];

/// The trained numbers, but for those of words.
#[derive(Debug, Clone)]
pub struct Layers {
    /// A row for each facet.
    pub facets: Vec<Word>,
    /// For each word in sight and each of its numbers, what it adds to the hidden layer.
    pub hidden: Vec<Hidden>,
    /// What is in the hidden layer before, by way.
    pub before: [Hidden; WAYS],
    /// What each number of the hidden layer adds to the labels, by way; all add the first too.
    pub labels: Vec<[f32; HIDDEN]>,
    /// Scores of each label after each.
    pub steps: [[f32; LABELS]; LABELS],
}

impl Layers {
    /// With every number as given.
    pub fn of(mut number: impl FnMut(f32) -> f32) -> Self {
        let mut row = |spread: f32| std::array::from_fn(|_| number(spread));
        let facets = (0..ROWS).map(|_| row(0.0)).collect();
        let mut wide = |spread: f32| std::array::from_fn(|_| number(spread));
        let hidden = (0..SEEN * WORD).map(|_| wide(0.1)).collect();
        let before = std::array::from_fn(|_| wide(0.0));
        let labels =
            (0..WAYS * LABELS).map(|at| wide(if at < LABELS { 0.1 } else { 0.0 })).collect();
        let steps = std::array::from_fn(|_| std::array::from_fn(|_| 0.0));
        Self { facets, hidden, before, labels, steps }
    }

    /// All numbers in a fixed order.
    pub fn numbers(&mut self) -> impl Iterator<Item = &mut f32> {
        let Self { facets, hidden, before, labels, steps } = self;
        let small = facets.iter_mut().flatten();
        let wide = hidden.iter_mut().flatten().chain(before.iter_mut().flatten());
        small.chain(wide).chain(labels.iter_mut().flatten()).chain(steps.iter_mut().flatten())
    }

    /// What five words make of the hidden layer, before what is negative is cut.
    pub fn hide(&self, words: &[Word], way: usize) -> Hidden {
        let mut sum = self.before[way];
        for (row, number) in self.hidden.iter().zip(words.iter().flatten()) {
            for (sum, weight) in sum.iter_mut().zip(row) {
                *sum += weight * number;
            }
        }
        sum
    }

    /// The score of each label by the hidden layer.
    pub fn label(&self, hidden: &Hidden, way: usize) -> [f32; LABELS] {
        let sum = |label: usize, way: usize| dot(&self.labels[way * LABELS + label], hidden);
        std::array::from_fn(|label| sum(label, 0) + if way == 0 { 0.0 } else { sum(label, way) })
    }
}

/// In a fixed order of additions, so that every machine gives the same sum.
pub fn dot<const N: usize>(one: &[f32; N], other: &[f32; N]) -> f32 {
    const LANES: usize = 4;
    let mut lanes = [0.0f32; LANES];
    for (one, other) in one.chunks_exact(LANES).zip(other.chunks_exact(LANES)) {
        for lane in 0..LANES {
            lanes[lane] += one[lane] * other[lane];
        }
    }
    lanes[0] + lanes[1] + (lanes[2] + lanes[3])
}

fn whole(score: f32) -> i32 {
    (score * SCALE).round() as i32
}

/// The trained network.
#[derive(Debug, Clone)]
pub struct Net {
    layers: Layers,
    shift: u32,
    /// Key of a word and the place of its vector, 0 for none.
    slots: Vec<(u32, u32)>,
    words: Vec<(u32, [i8; WORD])>,
}

impl Net {
    /// Of layers and the numbers of words by key. Of words with one key the first counts.
    pub fn new(mut layers: Layers, words: impl Iterator<Item = (u32, Word)>) -> Self {
        layers.numbers().for_each(|number| *number = (*number * STEPS).round() / STEPS);
        let small =
            |row: Word| row.map(|number| (number * FINE).round().clamp(-127.0, 127.0) as i8);
        let mut words: Vec<_> = words.map(|(key, row)| (key, small(row))).collect();
        words.sort_by_key(|(key, _)| *key);
        words.dedup_by_key(|row| row.0);
        Self::of(layers, words)
    }

    fn of(layers: Layers, words: Vec<(u32, [i8; WORD])>) -> Self {
        let bits = (words.len() * 3 / 2).max(16).next_power_of_two().trailing_zeros();
        let mut slots = vec![(0, 0); 1 << bits];
        let shift = 32 - bits;
        for (place, (key, _)) in (1..).zip(&words) {
            let mut slot = (key >> shift) as usize;
            while slots[slot].1 != 0 {
                slot = (slot + 1) & (slots.len() - 1);
            }
            slots[slot] = (*key, place);
        }
        Self { layers, shift, slots, words }
    }

    fn vector(&self, key: u32) -> Option<&[i8; WORD]> {
        let mut slot = (key >> self.shift) as usize;
        loop {
            let (found, place) = self.slots[slot];
            if place == 0 {
                return None;
            }
            if found == key {
                return Some(&self.words[place as usize - 1].1);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    /// The numbers of a word.
    fn word(&self, view: &View) -> Word {
        let mut sum = [0.0; WORD];
        if let Some(vector) = self.vector(view.word) {
            sum.iter_mut().zip(vector).for_each(|(sum, n)| *sum = f32::from(*n) / FINE);
        }
        for row in &view.facets {
            let row = &self.layers.facets[usize::from(*row)];
            sum.iter_mut().zip(row).for_each(|(sum, number)| *sum += number);
        }
        sum
    }

    /// Adds the scores of the words of a run. The views are those of the run and of [`REACH`] words
    /// to each side of it.
    pub fn add(&self, views: &[View], as_in: Option<Convention>, rows: &mut [Row]) {
        let words: Vec<Word> = views.iter().map(|view| self.word(view)).collect();
        let way = way(as_in);
        for (seen, row) in words.windows(SEEN).zip(rows) {
            let hidden = self.layers.hide(seen, way).map(|number| number.max(0.0));
            for (sum, score) in row.iter_mut().zip(self.layers.label(&hidden, way)) {
                *sum += whole(score);
            }
        }
    }

    /// Adds the score of each label after each.
    pub fn add_steps(&self, steps: &mut Steps) {
        for (row, scores) in steps.iter_mut().zip(&self.layers.steps) {
            row.iter_mut().zip(scores).for_each(|(sum, score)| *sum += whole(*score));
        }
    }

    /// Writes it.
    pub fn write(&self, writer: &mut Writer) {
        let mut layers = self.layers.clone();
        layers.numbers().for_each(|number| writer.signed((*number * STEPS).round() as i32));
        writer.keys(self.words.iter().map(|(key, _)| *key));
        writer.bytes(self.words.iter().flat_map(|(_, row)| row.map(|number| number as u8)));
    }

    /// Reads what [`Net::write`] wrote.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, BundleFault> {
        let mut layers = Layers::of(|_| 0.0);
        for number in layers.numbers() {
            *number = reader.signed()? as f32 / STEPS;
        }
        let keys = reader.keys()?;
        let bytes = reader.bytes(keys.len() * WORD)?;
        let rows = bytes.chunks_exact(WORD).map(|row| std::array::from_fn(|at| row[at] as i8));
        Ok(Self::of(layers, keys.into_iter().zip(rows).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A network whose label 3 is scored by the first number of the word in the middle.
    fn net() -> Net {
        let mut layers = Layers::of(|_| 0.0);
        layers.hidden[REACH * WORD][0] = 2.0;
        layers.labels[3][0] = 1.5;
        layers.labels[way(Some(Convention::Gum)) * LABELS + 3][0] = 1.0;
        layers.steps[0][3] = -1.0;
        let mut vector = [0.0; WORD];
        vector[0] = 0.25;
        Net::new(layers, [(77, vector), (78, vector.map(|number| -number))].into_iter())
    }

    fn views(middle: u32) -> [View; SEEN] {
        let view = |word: u32| View { word, facets: [0; FACETS] };
        std::array::from_fn(|at| view(if at == REACH { middle } else { 5 }))
    }

    fn score(net: &Net, middle: u32, as_in: Option<Convention>) -> i32 {
        let mut rows = [[0; LABELS]];
        net.add(&views(middle), as_in, &mut rows);
        rows[0][3]
    }

    #[test]
    fn a_vector_scores_a_label_where_it_is_positive() {
        assert_eq!(score(&net(), 77, None), whole(0.75));
        assert_eq!(score(&net(), 78, None), 0);
        assert_eq!(score(&net(), 79, None), 0);
    }

    #[test]
    fn a_convention_adds_to_what_the_corpora_share() {
        assert_eq!(score(&net(), 77, Some(Convention::Gum)), whole(1.25));
        assert_eq!(score(&net(), 77, Some(Convention::Re3d)), whole(0.75));
    }

    #[test]
    fn a_network_comes_back_from_a_bundle() {
        let mut writer = Writer::default();
        net().write(&mut writer);
        let bytes = writer.finish();
        let read = Net::read(&mut Reader::open(&bytes).unwrap()).unwrap();
        assert_eq!(score(&read, 77, Some(Convention::Gum)), whole(1.25));
        let mut steps = [[0; LABELS]; LABELS];
        read.add_steps(&mut steps);
        assert_eq!((steps[0][3], steps[0][2]), (whole(-1.0), 0));
        assert!(Net::read(&mut Reader::open(&Writer::default().finish()).unwrap()).is_err());
    }
}
