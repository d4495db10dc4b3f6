//! The network: from a sentence's words to tags, heads and relations.

use std::borrow::Cow;
use std::mem::take;
use std::ops::Range;

use super::dots::{Packed, SUM_BITS, VALUE_BITS, products, settle};
use super::layer::{Layer, LayerRoom};
use super::look;
pub use super::map::Affine;
use super::map::Map;
use super::shape::{DISTANCES, LANES, Shape, distance};
use super::tree::{self, ArcScore};
use crate::syntax::bundle::{BundleFault, Reader, Writer};
use crate::syntax::tagger::{Classes, Letters, best};
use crate::syntax::transition::{NONE, Node, State};
use crate::syntax::{Relation, Upos, read_tag};

/// Fraction bits of the rows' bytes before they are shifted.
const ROW_BITS: u32 = 11;

/// All weights in whole numbers: 11 fraction bits for rows, roots and distances, 12 for weights, 23
/// for biases.
#[derive(Debug)]
pub struct Weights {
    /// The sizes.
    pub shape: Shape,
    /// A shift for each row.
    pub shifts: Vec<u8>,
    /// A row of `width` signed bytes for each known key. Most of the model; of the shipped bundle they
    /// are read where they lie in the program's file, which the system maps into memory page by page.
    pub rows: Cow<'static, [u8]>,
    /// Mixes what stands for a word.
    pub word: Affine,
    /// Reads the sentence.
    pub layers: Vec<Layer>,
    /// From the encoder to what tags are told by.
    pub tag: Affine,
    /// To the tags.
    pub tag_out: Affine,
    /// From the encoder: as head, then as dependent.
    pub arc: Affine,
    /// What a dependent looks for.
    pub arc_query: Affine,
    /// The root as a head.
    pub arc_root: Vec<i16>,
    /// Each distance.
    pub arc_distance: Vec<i16>,
    /// From the encoder: as head, then as dependent; the bias is with the dependent.
    pub relation: Affine,
    /// The root as a head.
    pub relation_root: Vec<i16>,
    /// Each distance.
    pub relation_distance: Vec<i16>,
    /// To the relations.
    pub relation_out: Affine,
}

impl Weights {
    fn lists(&mut self) -> Vec<&mut Vec<i16>> {
        let mut lists = vec![&mut self.word.weights];
        for layer in &mut self.layers {
            lists.extend([&mut layer.weights, &mut layer.peep, &mut layer.bias]);
        }
        lists.extend([
            &mut self.tag.weights,
            &mut self.tag_out.weights,
            &mut self.arc.weights,
            &mut self.arc_query.weights,
            &mut self.arc_root,
            &mut self.arc_distance,
            &mut self.relation.weights,
            &mut self.relation_root,
            &mut self.relation_distance,
            &mut self.relation_out.weights,
        ]);
        lists
    }

    fn biases(&mut self) -> [&mut Vec<i32>; 7] {
        [
            &mut self.word.bias,
            &mut self.tag.bias,
            &mut self.tag_out.bias,
            &mut self.arc.bias,
            &mut self.arc_query.bias,
            &mut self.relation.bias,
            &mut self.relation_out.bias,
        ]
    }

    /// Weights of this shape, all nought.
    pub fn zeros(shape: Shape, rows: usize) -> Self {
        let Shape { width, layers, tag, arc, relation, tags, relations } = shape;
        let affine =
            |from: usize, to: usize| Affine { weights: vec![0; from * to], bias: vec![0; to] };
        let layer = || Layer {
            weights: vec![0; width * width * 3],
            peep: vec![0; width * 2],
            bias: vec![0; width * 2],
        };
        Self {
            shape,
            shifts: vec![0; rows],
            rows: vec![0; rows * width].into(),
            word: affine(width, width),
            layers: (0..layers).map(|_| layer()).collect(),
            tag: affine(width, tag),
            tag_out: affine(tag, tags),
            arc: affine(width, 2 * arc),
            arc_query: affine(arc, arc),
            arc_root: vec![0; arc],
            arc_distance: vec![0; DISTANCES * arc],
            relation: affine(width, 2 * relation),
            relation_root: vec![0; relation],
            relation_distance: vec![0; DISTANCES * relation],
            relation_out: affine(relation, relations),
        }
    }

    /// Writes sizes and weights.
    pub fn write(&mut self, writer: &mut Writer) {
        let Shape { width, layers, tag, arc, relation, tags, relations } = self.shape;
        for size in [width, layers, tag, arc, relation, tags, relations, self.shifts.len()] {
            writer.number(size as u64);
        }
        writer.bytes(self.shifts.iter().copied());
        writer.bytes(self.rows.iter().copied());
        self.lists().into_iter().for_each(|list| writer.shorts(list));
        self.biases().into_iter().for_each(|list| writer.longs(list));
    }

    fn read(reader: &mut Reader<'static>) -> Result<Self, BundleFault> {
        let mut sizes = [0; 8];
        for size in &mut sizes {
            *size = reader.count()?;
        }
        let [width, layers, tag, arc, relation, tags, relations, rows] = sizes;
        let small = |size: usize| size.is_multiple_of(LANES) && (1..=1024).contains(&size);
        if ![width, tag, arc, relation, tags, relations].into_iter().all(small) || 16 < layers {
            return Err(reader.damaged());
        }
        let shape = Shape { width, layers, tag, arc, relation, tags, relations };
        // The rows are most of the file: a count that it cannot hold must not be made room for.
        let shifts = reader.bytes(rows)?.to_vec();
        let cells = Cow::Borrowed(reader.bytes(rows.saturating_mul(width))?);
        let mut weights = Self { shifts, rows: cells, ..Self::zeros(shape, 0) };
        for list in weights.lists() {
            reader.shorts(list)?;
        }
        for list in weights.biases() {
            reader.longs(list)?;
        }
        if weights.shifts.iter().any(|shift| 8 < *shift) {
            return Err(reader.damaged());
        }
        Ok(weights)
    }
}

/// How likely a tag is that is so many sixteenths behind the best, in 65,536ths of how likely that is.
const LIKELY: [u32; 128] = {
    let mut table = [1 << 16; 128];
    let mut at = 1;
    while at < table.len() {
        // e^(-1/16)
        table[at] = ((table[at - 1] as u64 * 61_565) >> 16) as u32;
        at += 1;
    }
    table
};

/// A trained network.
#[derive(Debug)]
pub struct Network {
    /// The tags' names: "NOUN|NN".
    pub names: Vec<String>,
    /// The part of speech of each.
    parts: Vec<u8>,
    classes: Classes,
    known: Classes,
    weights: Weights,
    maps: Maps,
}

/// The maps, in the order in which they are used. They are taken out of the weights.
#[derive(Debug)]
struct Maps {
    word: Map,
    layers: Vec<Packed>,
    tag: Map,
    tag_out: Map,
    arc: Map,
    arc_query: Map,
    relation: Map,
    relation_out: Map,
}

impl Maps {
    fn take(weights: &mut Weights) -> Self {
        let Shape { width, tag, arc, relation, .. } = weights.shape;
        let packed = |layer: &mut Layer| Packed::new(&take(&mut layer.weights), width);
        Self {
            word: Map::take(&mut weights.word, width),
            layers: weights.layers.iter_mut().map(packed).collect(),
            tag: Map::take(&mut weights.tag, width),
            tag_out: Map::take(&mut weights.tag_out, tag),
            arc: Map::take(&mut weights.arc, width),
            arc_query: Map::take(&mut weights.arc_query, arc),
            relation: Map::take(&mut weights.relation, width),
            relation_out: Map::take(&mut weights.relation_out, relation),
        }
    }
}

/// What one sentence needs while it is read, kept from sentence to sentence.
#[derive(Debug, Default)]
pub struct Room {
    values: Vec<i16>,
    mixed: Vec<i16>,
    hidden: Vec<i16>,
    heads: Vec<i16>,
    dependents: Vec<i16>,
    query: Vec<i16>,
    far: Vec<i32>,
    scores: Vec<ArcScore>,
    layer: LayerRoom,
}

/// What was found of a sentence.
#[derive(Debug, Default)]
pub struct Reading {
    /// The index of each word's tag.
    pub tags: Vec<u8>,
    /// The head of each word: 0 for the root, else 1 + its index.
    pub heads: Vec<usize>,
    /// The relation of each word.
    pub relations: Vec<Relation>,
    /// A row of [`crate::syntax::Context`] for each word.
    pub context: Vec<i16>,
}

impl Reading {
    /// Takes the tree of a parse that is done.
    pub fn take(&mut self, state: &State) {
        let head = |node: &Node| if node.head == NONE { 0 } else { node.head as usize + 1 };
        self.heads.clear();
        self.heads.extend(state.nodes.iter().map(head));
        self.relations.clear();
        self.relations.extend(state.nodes.iter().map(|node| node.relation));
    }
}

impl Network {
    /// A network from its parts. `known` has the row of each key, counted from 1.
    pub fn new(names: Vec<String>, classes: Classes, known: Classes, mut weights: Weights) -> Self {
        let maps = Maps::take(&mut weights);
        let parts = names.iter().map(|name| read_tag(name).0 as u8).collect();
        Self { names, parts, classes, known, weights, maps }
    }

    /// Reads a network.
    pub fn read(reader: &mut Reader<'static>) -> Result<Self, BundleFault> {
        let count = reader.count()?;
        let mut names = Vec::with_capacity(count);
        for _ in 0..count {
            names.push(reader.text()?.to_owned());
        }
        let classes = Classes::read(reader)?;
        let keys = reader.keys()?;
        let rows = keys.len();
        let known = Classes::new(&keys.into_iter().zip(1..).collect::<Vec<_>>());
        let weights = Weights::read(reader)?;
        if weights.shifts.len() != rows || names.is_empty() || weights.shape.tags < names.len() {
            return Err(reader.damaged());
        }
        Ok(Self::new(names, classes, known, weights))
    }

    /// Numbers that stand for a word.
    pub fn width(&self) -> usize {
        self.weights.shape.width
    }

    /// What the network sees of a word.
    pub fn letters(&self, word: &str, lower: &mut String) -> Letters {
        let letters = Letters::of(word, lower);
        Letters { class: u64::from(self.classes.given(letters.lower)), ..letters }
    }

    /// Tags and parses one sentence. Each word costs the same, and a little for each other word.
    pub fn parse(&self, letters: &[Letters], room: &mut Room, reading: &mut Reading) {
        let width = self.weights.shape.width;
        self.look(letters, room);
        self.mix(room);
        for (layer, weights) in self.weights.layers.iter().zip(&self.maps.layers) {
            layer.read(weights, &mut room.values, width, &mut room.layer);
        }
        reading.context.clone_from(&room.values);
        self.find_tags(room, &mut reading.tags);
        self.find_heads(letters.len(), room, &mut reading.heads);
        self.find_relations(room, reading);
    }

    /// What stands for each word by itself, before its sentence is read.
    pub fn looks(&self, letters: &[Letters]) -> Vec<i16> {
        let mut room = Room::default();
        self.look(letters, &mut room);
        room.values
    }

    fn look(&self, letters: &[Letters], room: &mut Room) {
        let width = self.weights.shape.width;
        room.values.clear();
        room.values.resize(letters.len() * width, 0);
        for (letters, sum) in letters.iter().zip(room.values.chunks_exact_mut(width)) {
            let rows = look::keys(letters).map(|key| self.known.given(key) as usize);
            for row in rows.into_iter().filter_map(|row| row.checked_sub(1)) {
                let shift = self.weights.shifts[row];
                let cells = &self.weights.rows[row * width..][..width];
                for (sum, cell) in sum.iter_mut().zip(cells) {
                    *sum = sum.wrapping_add(i16::from(*cell as i8) << shift);
                }
            }
        }
    }

    fn mix(&self, room: &mut Room) {
        self.maps.word.hidden(&room.values, &mut room.mixed);
        let sums = room.values.iter_mut().zip(&room.mixed);
        sums.for_each(|(value, mixed)| *value = value.saturating_add(*mixed));
    }

    /// The part of speech that is likeliest in all its tags together, and of these the best.
    fn find_tags(&self, room: &mut Room, tags: &mut Vec<u8>) {
        self.maps.tag.hidden(&room.values, &mut room.hidden);
        self.maps.tag_out.scores(&room.hidden, self.names.len(), &mut room.far);
        tags.clear();
        tags.extend(room.far.chunks_exact(self.names.len()).map(|scores| self.likeliest(scores)));
    }

    fn likeliest(&self, scores: &[i32]) -> u8 {
        let most = scores.iter().copied().max().unwrap_or_default();
        let mut sums = [0u32; Upos::ALL.len()];
        for (score, upos) in scores.iter().zip(&self.parts) {
            let behind = (i64::from(most) - i64::from(*score)) >> (SUM_BITS - 4);
            sums[usize::from(*upos)] += LIKELY.get(behind as usize).copied().unwrap_or(0);
        }
        let most = sums.iter().copied().max().unwrap_or_default();
        let mut best = (i32::MIN, 0);
        for ((tag, score), upos) in (0..).zip(scores).zip(&self.parts) {
            if sums[usize::from(*upos)] == most && best.0 < *score {
                best = (*score, tag);
            }
        }
        best.1
    }

    fn find_heads(&self, count: usize, room: &mut Room, found: &mut Vec<usize>) {
        let arc = self.weights.shape.arc;
        self.maps.arc.hidden(&room.values, &mut room.hidden);
        let Room { hidden, heads, dependents, query, far, scores, .. } = room;
        heads.clear();
        dependents.clear();
        heads.extend_from_slice(&self.weights.arc_root);
        for line in hidden.chunks_exact(2 * arc) {
            heads.extend_from_slice(&line[..arc]);
            dependents.extend_from_slice(&line[arc..]);
        }
        self.maps.arc_query.apply(dependents, query, settle);
        let nodes = count + 1;
        scores.clear();
        scores.resize(count * nodes, 0);
        products(query, heads, arc, |word, head, sum| {
            scores[word * nodes + head] = ArcScore::from(sum);
        });
        far.clear();
        far.resize(count * DISTANCES, 0);
        products(query, &self.weights.arc_distance, arc, |word, distance, sum| {
            far[word * DISTANCES + distance] = sum;
        });
        for (word, far) in far.chunks_exact(DISTANCES).enumerate() {
            for (head, score) in scores[word * nodes..][..nodes].iter_mut().enumerate() {
                *score += ArcScore::from(far[distance(word, head.checked_sub(1))]);
            }
        }
        *found = tree::heads(scores, count);
    }

    fn find_relations(&self, room: &mut Room, reading: &mut Reading) {
        let relation = self.weights.shape.relation;
        let Room { values, hidden, mixed, far: scores, .. } = room;
        self.maps.relation.apply(values, hidden, settle);
        mixed.clear();
        for (word, head) in reading.heads.iter().enumerate() {
            let far = distance(word, head.checked_sub(1));
            let as_head = match head.checked_sub(1) {
                Some(head) => &hidden[head * 2 * relation..][..relation],
                None => &self.weights.relation_root[..],
            };
            let as_dependent = &hidden[(word * 2 + 1) * relation..][..relation];
            let far = &self.weights.relation_distance[far * relation..][..relation];
            let sums = as_head.iter().zip(as_dependent).zip(far);
            mixed.extend(sums.map(|((a, b), c)| a.saturating_add(*b).saturating_add(*c).max(0)));
        }
        let count = Relation::ALL.len();
        self.maps.relation_out.scores(mixed, count, scores);
        reading.relations.clear();
        let found = reading.heads.iter().zip(scores.chunks_exact(count));
        reading.relations.extend(found.map(|(head, scores)| match head {
            0 => Relation::Root,
            _ => Relation::ALL[usize::from(best(scores))],
        }));
    }
}

/// A number as a value.
pub fn value(number: f32) -> i16 {
    whole(number, VALUE_BITS)
}

/// A number as a weight.
pub fn weight(number: f32) -> i16 {
    whole(number, super::dots::WEIGHT_BITS)
}

/// A number as a bias.
pub fn bias(number: f32) -> i32 {
    (number * (1u32 << SUM_BITS) as f32).round() as i32
}

fn whole(number: f32, bits: u32) -> i16 {
    (number * (1u32 << bits) as f32).round() as i16
}

/// Numbers as a row: bytes, and how far they are shifted.
pub fn row(numbers: &[f32]) -> (u8, Vec<i8>) {
    let most = numbers.iter().fold(0f32, |most, number| most.max(number.abs()));
    let fits = |shift: u8| most * (1u32 << (ROW_BITS - u32::from(shift))) as f32 <= 127.0;
    let shift = (0..8).find(|&shift| fits(shift)).unwrap_or(8);
    let scale = (1u32 << (ROW_BITS - u32::from(shift))) as f32;
    (shift, numbers.iter().map(|number| (number * scale).round() as i8).collect())
}

/// The whole numbers that `range` of a list of `f32` stands for, with rows and columns changed:
/// trainers keep a row for each number that goes in.
pub fn turned(dense: &[f32], range: &Range<usize>, columns: usize) -> Vec<i16> {
    let cells = &dense[range.clone()];
    let rows = cells.len() / columns;
    let at = |n: usize| cells[n % rows * columns + n / rows];
    (0..cells.len()).map(|n| weight(at(n))).collect()
}
