//! The model: how likely a mention means what an earlier one means, or something new.
//!
//! A network with one hidden layer ranks the earlier mentions and "new" (mention ranking: Denis and
//! Baldridge 2008; its features: Durrett and Klein 2013; learned joints of features: Wiseman et al.
//! 2015). The layer is a sum of rows, of each mention and of the pair. The first unit goes straight to
//! the score.

use super::cluster::Clusters;
use super::scene::Scene;
use super::table::{ONE, Table};
use super::vectors::Vectors;
use crate::syntax::bundle::{BundleFault, Reader, Writer};

/// Hidden units.
pub const WIDTH: usize = 32;
/// A mention's numbers: as what refers, as what is referred to, and as what is new.
pub const THREE: usize = 3 * WIDTH;

/// The model's parts.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// Rows of mentions, of [`THREE`] numbers.
    pub mention: Table,
    /// Rows of being new.
    pub fresh: Table,
    /// Rows of pairs.
    pub pair: Table,
    /// Vectors of words.
    pub vectors: Vectors,
    /// From the vectors of a mention's head and governor to its numbers: [`THREE`] for each number of
    /// the two.
    pub projection: Vec<f32>,
    /// What the hidden units of a pair weigh.
    pub linked: Vec<f32>,
    /// What the hidden units of being new weigh.
    pub opened: Vec<f32>,
    /// What is added to the score of being new.
    pub bias: f32,
}

/// What stands first in a bundle of coreference.
const MARK: &str = "coreference";
/// Parts of one that a number is written in.
const FINE: f32 = 4096.0;

impl Model {
    /// The bundle.
    pub fn write(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.text(MARK);
        for table in [&self.mention, &self.fresh, &self.pair] {
            table.write(&mut writer);
        }
        self.vectors.write(&mut writer);
        let numbers = self.projection.iter().chain(&self.linked).chain(&self.opened);
        for number in numbers.chain([&self.bias]) {
            writer.signed((number * FINE).round() as i32);
        }
        writer.finish()
    }

    /// The model of a bundle. Fails where it is another file, another version, or damaged.
    pub fn read(bundle: &[u8]) -> Result<Self, BundleFault> {
        let mut reader = Reader::open(bundle)?;
        if reader.text()? != MARK {
            return Err(reader.damaged());
        }
        let mention = Table::read(THREE, &mut reader)?;
        let (fresh, pair) = (Table::read(WIDTH, &mut reader)?, Table::read(WIDTH, &mut reader)?);
        let vectors = Vectors::read(&mut reader)?;
        let mut numbers = |count: usize| -> Result<Vec<f32>, BundleFault> {
            (0..count).map(|_| Ok(reader.signed()? as f32 / FINE)).collect()
        };
        let projection = numbers(2 * vectors.width() * THREE)?;
        let (linked, opened) = (numbers(WIDTH)?, numbers(WIDTH)?);
        let bias = numbers(1)?[0];
        Ok(Self { mention, fresh, pair, vectors, projection, linked, opened, bias })
    }

    /// The clusters of a report's mentions. From left to right, each joins the earlier one that scores
    /// most, where that scores more than being new.
    pub fn clusters(&self, scene: &Scene<'_>) -> Clusters {
        let mut clusters = Clusters::default();
        let mut hidden: Vec<[i16; THREE]> = Vec::with_capacity(scene.mentions.len());
        for at in 0..scene.mentions.len() {
            hidden.push(self.hidden(scene, at));
            let mut sum = part(&hidden[at], 2);
            self.fresh.add(&scene.new_keys(at), &mut sum);
            let mut best = (None, score(&sum, &self.opened) + self.bias);
            let mine = part(&hidden[at], 0);
            for before in scene.antecedents(at) {
                let mut sum = part(&hidden[before], 1);
                for (sum, mine) in sum.iter_mut().zip(&mine) {
                    *sum += mine;
                }
                self.pair.add(&scene.pair_keys(before, at), &mut sum);
                let score = score(&sum, &self.linked);
                if best.1 < score {
                    best = (Some(before), score);
                }
            }
            clusters.add(best.0);
        }
        clusters
    }

    fn hidden(&self, scene: &Scene<'_>, at: usize) -> [i16; THREE] {
        let mut sum = [0; THREE];
        self.mention.add(&scene.mention_keys(at), &mut sum);
        let look = &scene.looks[at];
        let width = self.vectors.width();
        let mut projected = [0f32; THREE];
        for (side, vector) in [look.vector, look.governor_vector].into_iter().enumerate() {
            let Some(vector) = vector else { continue };
            let rows = self.projection[side * width * THREE..].chunks_exact(THREE);
            for (&number, row) in self.vectors.cells(vector).iter().zip(rows) {
                let number = f32::from(number) * (ONE / 127.0);
                for (sum, cell) in projected.iter_mut().zip(row) {
                    *sum += number * cell;
                }
            }
        }
        for (sum, projected) in sum.iter_mut().zip(projected) {
            *sum += projected.clamp(-8000.0, 8000.0) as i16;
        }
        sum
    }
}

fn part(hidden: &[i16; THREE], number: usize) -> [i16; WIDTH] {
    let mut part = [0; WIDTH];
    part.copy_from_slice(&hidden[number * WIDTH..(number + 1) * WIDTH]);
    part
}

fn score(units: &[i16; WIDTH], weights: &[f32]) -> f32 {
    let bent = units.iter().zip(weights).skip(1);
    let bent: f32 = bent.map(|(&unit, weight)| f32::from(unit.max(0)) * weight).sum();
    (f32::from(units[0]) + bent) / ONE
}
