//! A network as it was at some point of its training, in a file: names, keys, and weights as `f32`.
//! Word vectors are not in it.

use std::sync::Arc;

use chancery_annotate::syntax::neural::shape::{Plan, Shape};

use super::network::Network;
use super::sight::Sight;
use crate::vectors::WordVectors;

const MAGIC: &[u8; 8] = b"CHNEURL2";

/// The file of a network.
pub fn write(network: &Network, sight: &Sight) -> Vec<u8> {
    let mut file = MAGIC.to_vec();
    let mut number = |value: usize| file.extend((value as u32).to_le_bytes());
    let Shape { width, layers, tag, arc, relation, tags, relations } = network.plan.shape;
    let depth = network.vectors.depth;
    [width, layers, tag, arc, relation, tags, relations, depth].into_iter().for_each(&mut number);
    let names = sight.names.join("\n");
    number(names.len());
    for list in [&sight.classes, &sight.known] {
        number(list.len());
        for (key, value) in list {
            number(*key as usize);
            number(*value as usize);
        }
    }
    file.extend(names.as_bytes());
    for weight in network.dense.iter().chain(&network.rows) {
        file.extend(weight.to_le_bytes());
    }
    file
}

struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn number(&mut self) -> Option<u32> {
        let (four, rest) = self.0.split_first_chunk::<4>()?;
        self.0 = rest;
        Some(u32::from_le_bytes(*four))
    }

    fn list(&mut self) -> Option<Vec<(u32, u32)>> {
        let count = self.number()?;
        (0..count).map(|_| Some((self.number()?, self.number()?))).collect()
    }

    fn weights(&mut self, count: usize) -> Option<Vec<f32>> {
        (0..count).map(|_| self.number().map(f32::from_bits)).collect()
    }
}

/// Reads a file; `None` if it is another one or cut, or was trained with other vectors.
pub fn read(file: &[u8], vectors: &Arc<WordVectors>) -> Option<(Network, Sight)> {
    let mut bytes = Bytes(file.strip_prefix(MAGIC)?);
    let mut sizes = [0; 8];
    for size in &mut sizes {
        *size = bytes.number()? as usize;
    }
    let [width, layers, tag, arc, relation, tags, relations, depth] = sizes;
    if depth != vectors.depth {
        return None;
    }
    let plan = Plan::new(Shape { width, layers, tag, arc, relation, tags, relations });
    let length = bytes.number()? as usize;
    let (classes, known) = (bytes.list()?, bytes.list()?);
    let (names, rest) = bytes.0.split_at_checked(length)?;
    let names = std::str::from_utf8(names).ok()?.split('\n').map(str::to_owned).collect();
    bytes.0 = rest;
    let dense = bytes.weights(plan.total + depth * width)?;
    let rows = bytes.weights(known.len() * width)?;
    let sight = Sight::new(names, classes, known).with_vectors(vectors);
    Some((Network { plan, dense, rows, vectors: Arc::clone(vectors) }, sight))
}
