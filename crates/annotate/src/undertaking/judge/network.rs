//! A small recurrent network beside the linear models: it goes on from what the parser's network sees of
//! each word and makes of it in its sentence, so that words which the marked texts never show count by
//! their meaning. In whole numbers, as that one is.

use std::ops::Range;

use crate::syntax::bundle::{BundleFault, Reader, Writer};
use crate::syntax::neural::dots::{Packed, SUM_BITS, settle};
use crate::syntax::neural::layer::{Layer, LayerRoom};
use crate::syntax::neural::map::{Affine, Map};
use crate::syntax::tagger::{Classes, class_key};

use super::{KIND_LABELS, SIDE_LABELS};

/// Features of a word that stand for it beside what the parser has of it.
pub const WORD_KEYS: usize = 15;
/// Of these the ones that name it, which training leaves out now and then.
pub const NAMING: Range<usize> = 0..2;
/// What is told of a word as a side of a site, each in few classes.
pub const PAIR_KEYS: usize = 6;
/// Classes of each.
pub const PAIR_CLASSES: usize = 16;
/// Labels of sites or of sides, rounded up.
pub const OUT: usize = 32;

/// Sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// Numbers of a word that the parser's network gives.
    pub seen: usize,
    /// Numbers that stand for a word.
    pub width: usize,
    /// Recurrent layers.
    pub layers: usize,
    /// Numbers of a site, and of a word beside one.
    pub hidden: usize,
}

/// All weights in whole numbers.
#[derive(Debug)]
pub struct NetworkParts {
    /// The sizes.
    pub sizes: Sizes,
    /// Known word keys, rising.
    pub keys: Vec<u32>,
    /// A row of `width` signed bytes for each.
    pub rows: Vec<u8>,
    /// A shift for each row.
    pub shifts: Vec<u8>,
    /// From what the parser gives.
    pub word: Affine,
    /// Reads the sentence.
    pub layers: Vec<Layer>,
    /// A word as a site, then as the head of one.
    pub site: Affine,
    /// To the kinds.
    pub kind: Affine,
    /// A word as a site, then as a side of one.
    pub pair: Affine,
    /// A row of `hidden` for each class of each pair key.
    pub classes: Vec<i16>,
    /// To the sides.
    pub side: Affine,
}

impl NetworkParts {
    fn zeros(sizes: Sizes, rows: usize) -> Self {
        let Sizes { seen, width, layers, hidden } = sizes;
        let affine =
            |from: usize, to: usize| Affine { weights: vec![0; from * to], bias: vec![0; to] };
        let layer = || Layer {
            weights: vec![0; width * width * 3],
            peep: vec![0; width * 2],
            bias: vec![0; width * 2],
        };
        Self {
            sizes,
            keys: Vec::new(),
            rows: vec![0; rows * width],
            shifts: vec![0; rows],
            word: affine(seen, width),
            layers: (0..layers).map(|_| layer()).collect(),
            site: affine(width, 2 * hidden),
            kind: affine(hidden, OUT),
            pair: affine(width, 2 * hidden),
            classes: vec![0; PAIR_KEYS * PAIR_CLASSES * hidden],
            side: affine(hidden, OUT),
        }
    }

    fn lists(&mut self) -> Vec<&mut Vec<i16>> {
        let mut lists = vec![&mut self.word.weights];
        for layer in &mut self.layers {
            lists.extend([&mut layer.weights, &mut layer.peep, &mut layer.bias]);
        }
        lists.extend([
            &mut self.site.weights,
            &mut self.kind.weights,
            &mut self.pair.weights,
            &mut self.classes,
            &mut self.side.weights,
        ]);
        lists
    }

    fn biases(&mut self) -> [&mut Vec<i32>; 5] {
        let Self { word, site, kind, pair, side, .. } = self;
        [&mut word.bias, &mut site.bias, &mut kind.bias, &mut pair.bias, &mut side.bias]
    }

    pub(super) fn write(&mut self, writer: &mut Writer) {
        let Sizes { seen, width, layers, hidden } = self.sizes;
        [seen, width, layers, hidden].into_iter().for_each(|size| writer.number(size as u64));
        writer.keys(self.keys.iter().copied());
        writer.bytes(self.shifts.iter().copied());
        writer.bytes(self.rows.iter().copied());
        self.lists().into_iter().for_each(|list| writer.shorts(list));
        self.biases().into_iter().for_each(|list| writer.longs(list));
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, BundleFault> {
        let mut sizes = [0; 4];
        for size in &mut sizes {
            *size = reader.count()?;
        }
        let [seen, width, layers, hidden] = sizes;
        let small = |size: usize| size.is_multiple_of(32) && (1..=1024).contains(&size);
        if ![seen, width, hidden].into_iter().all(small) || 8 < layers {
            return Err(reader.damaged());
        }
        let keys = reader.keys()?;
        // The file must hold the rows before room is made for them.
        let shifts = reader.bytes(keys.len())?.to_vec();
        let rows = reader.bytes(keys.len().saturating_mul(width))?.to_vec();
        if shifts.iter().any(|shift| 8 < *shift) {
            return Err(reader.damaged());
        }
        let sizes = Sizes { seen, width, layers, hidden };
        let mut parts = Self { keys, shifts, rows, ..Self::zeros(sizes, 0) };
        for list in parts.lists() {
            reader.shorts(list)?;
        }
        for list in parts.biases() {
            reader.longs(list)?;
        }
        Ok(parts)
    }
}

/// A trained network.
#[derive(Debug)]
pub(super) struct Network {
    sizes: Sizes,
    known: Classes,
    rows: Vec<u8>,
    shifts: Vec<u8>,
    word: Map,
    layers: Vec<(Layer, Packed)>,
    site: Map,
    kind: Map,
    pair: Map,
    classes: Vec<i16>,
    side: Map,
}

/// What a network makes of the words of a sentence.
#[derive(Debug, Default)]
pub(super) struct Sense {
    /// Each word as a site and as the head of one.
    sites: Vec<i16>,
    /// Each word as a site and as a side.
    pairs: Vec<i16>,
}

impl Network {
    pub(super) fn new(mut parts: NetworkParts) -> Self {
        let Sizes { seen, width, hidden, .. } = parts.sizes;
        let known: Vec<_> = parts.keys.iter().copied().zip(1..).collect();
        let packed = |mut layer: Layer| {
            let weights = std::mem::take(&mut layer.weights);
            (layer, Packed::new(&weights, width))
        };
        Self {
            sizes: parts.sizes,
            known: Classes::new(&known),
            rows: parts.rows,
            shifts: parts.shifts,
            word: Map::take(&mut parts.word, seen),
            layers: parts.layers.into_iter().map(packed).collect(),
            site: Map::take(&mut parts.site, width),
            kind: Map::take(&mut parts.kind, hidden),
            pair: Map::take(&mut parts.pair, width),
            classes: parts.classes,
            side: Map::take(&mut parts.side, hidden),
        }
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, BundleFault> {
        NetworkParts::read(reader).map(Self::new)
    }

    /// Reads a sentence: what the parser gives of its words, and their keys.
    pub(super) fn sense(&self, seen: &[i16], keys: &[[u64; WORD_KEYS]]) -> Sense {
        let width = self.sizes.width;
        let mut values = Vec::new();
        self.word.apply(seen, &mut values, settle);
        for (values, keys) in values.chunks_exact_mut(width).zip(keys) {
            let rows = keys.iter().map(|key| self.known.given(*key) as usize);
            for row in rows.filter_map(|row| row.checked_sub(1)) {
                let (shift, row) = (self.shifts[row], &self.rows[row * width..][..width]);
                for (sum, cell) in values.iter_mut().zip(row) {
                    *sum = sum.saturating_add(i16::from(*cell as i8) << shift);
                }
            }
        }
        let mut room = LayerRoom::default();
        for (layer, weights) in &self.layers {
            layer.read(weights, &mut values, width, &mut room);
        }
        let mut sense = Sense::default();
        self.site.apply(&values, &mut sense.sites, settle);
        self.pair.apply(&values, &mut sense.pairs, settle);
        sense
    }

    /// Scores of a site for no kind and each kind, with so many bits of a fraction. Words are counted from
    /// the first of the sentence.
    pub(super) fn kinds(
        &self,
        sense: &Sense,
        (site, head): (usize, Option<usize>),
        bits: u32,
    ) -> [i32; KIND_LABELS] {
        let hidden = self.sizes.hidden;
        let own = half(&sense.sites, site, 0, hidden);
        let head = head.map(|head| half(&sense.sites, head, 1, hidden));
        out(&self.kind, joined(own, head, std::iter::empty()), bits)
    }

    /// Scores of a word for no side and each side of a site, each in its sentence.
    pub(super) fn sides(
        &self,
        (site_sense, site): (&Sense, usize),
        (word_sense, word): (&Sense, usize),
        pair: &[u8; PAIR_KEYS],
        bits: u32,
    ) -> [i32; SIDE_LABELS] {
        let hidden = self.sizes.hidden;
        let own = half(&site_sense.pairs, site, 0, hidden);
        let word = half(&word_sense.pairs, word, 1, hidden);
        let row = |(key, class): (usize, &u8)| {
            &self.classes[(key * PAIR_CLASSES + usize::from(*class)) * hidden..][..hidden]
        };
        out(&self.side, joined(own, Some(word), pair.iter().enumerate().map(row)), bits)
    }
}

fn half(values: &[i16], word: usize, which: usize, hidden: usize) -> &[i16] {
    &values[(word * 2 + which) * hidden..][..hidden]
}

/// The sum of rows, nought for what is below it.
fn joined<'a>(
    own: &[i16],
    other: Option<&'a [i16]>,
    more: impl Iterator<Item = &'a [i16]>,
) -> Vec<i16> {
    let mut sum = own.to_vec();
    for row in other.into_iter().chain(more) {
        sum.iter_mut().zip(row).for_each(|(sum, cell)| *sum = sum.saturating_add(*cell));
    }
    sum.iter_mut().for_each(|value| *value = (*value).max(0));
    sum
}

fn out<const N: usize>(map: &Map, hidden: Vec<i16>, bits: u32) -> [i32; N] {
    let mut scores = Vec::new();
    map.scores(&hidden, OUT, &mut scores);
    std::array::from_fn(|label| scores[label] >> (SUM_BITS - bits))
}

/// The key of a word's feature in a bundle.
pub fn row_key(key: u64) -> u32 {
    class_key(key)
}
