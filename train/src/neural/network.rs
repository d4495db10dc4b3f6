//! The network forwards and backwards over some sentences at once.

use std::ops::Range;
use std::sync::Arc;

use chancery_annotate::syntax::neural::look::{KEYS, NAMING};
use chancery_annotate::syntax::neural::shape::{Plan, distance};
use chancery_annotate::syntax::neural::tree::ArcScore;

use super::encoder::{self, Gates, Memory};
use super::leave_out::{apply, chance, mask};
use super::matrix::{View, add, add_product, add_rows, add_scaled, dot, through, weigh};
use crate::random::Random;
use crate::vectors::WordVectors;

/// All weights.
#[derive(Debug, Clone)]
pub struct Network {
    /// Where what lies.
    pub plan: Plan,
    /// The weights of [`Plan`], and after them `depth` × `width`: from a word's vector to what
    /// stands for it.
    pub dense: Vec<f32>,
    /// A row of `width` for each known key.
    pub rows: Vec<f32>,
    /// Vectors that were made elsewhere; they are not trained.
    pub vectors: Arc<WordVectors>,
}

/// One sentence, ready to be learned.
#[derive(Debug, Clone, Default)]
pub struct Example {
    /// The rows of each word's keys, counted from 1; 0 for an unknown one.
    pub keys: Vec<[u32; KEYS]>,
    /// The vector of each word, counted from 1; 0 if it has none.
    pub vectors: Vec<u32>,
    /// How often each word's own keys are left out.
    pub rare: Vec<f32>,
    /// Gold tags.
    pub tags: Vec<Option<u8>>,
    /// Gold heads, 0 for the root.
    pub heads: Vec<usize>,
    /// Gold relations.
    pub relations: Vec<u8>,
}

/// How much is left out at random while learning.
#[derive(Debug, Clone, Copy)]
pub struct Dropout {
    /// Of what stands for a word.
    pub words: f32,
    /// Of what goes into each layer.
    pub layers: f32,
    /// Of what lies between the encoder and the answers.
    pub heads: f32,
}

/// What the network said of some sentences, and all that the way back needs.
#[derive(Debug, Default)]
struct Trace {
    spans: Vec<Range<usize>>,
    rows: Vec<u32>,
    starts: Vec<usize>,
    vectors: Vec<f32>,
    word_mask: Vec<f32>,
    summed: Vec<f32>,
    mixed: Vec<f32>,
    layers: Vec<LayerTrace>,
    top_mask: Vec<f32>,
    top: Vec<f32>,
    tag: Hidden,
    arc: Hidden,
    relation: Vec<f32>,
}

#[derive(Debug, Default)]
struct LayerTrace {
    input: Vec<f32>,
    mask: Vec<f32>,
    masked: Vec<f32>,
    products: Vec<f32>,
    memory: Memory,
}

/// A hidden layer after its curve, with what was left out.
#[derive(Debug, Default)]
struct Hidden {
    mask: Vec<f32>,
    values: Vec<f32>,
}

/// Losses in nats a word: tags, arcs, relations.
#[derive(Debug, Clone, Copy, Default)]
pub struct Loss(pub [f64; 3]);

/// Gradients.
#[derive(Debug, Default)]
pub struct Gradients {
    /// Of the dense weights.
    pub dense: Vec<f32>,
    /// Rows touched, each once, in rising order.
    pub touched: Vec<u32>,
    /// Of these rows.
    pub rows: Vec<f32>,
    /// Losses, summed over words.
    pub loss: Loss,
    /// Words.
    pub words: usize,
}

/// What the network says of one sentence.
#[derive(Debug, Default)]
pub struct Answer {
    /// A score for each tag of each word.
    pub tags: Vec<f32>,
    /// A row for each word, with a score for each head.
    pub arcs: Vec<f32>,
    relation: Vec<f32>,
}

impl Answer {
    /// The arcs in whole numbers, as trees are made of.
    pub fn arc_scores(&self) -> Vec<ArcScore> {
        self.arcs.iter().map(|score| (score * 65_536.0) as ArcScore).collect()
    }
}

fn curve(x: f32) -> f32 {
    x.max(0.0)
}

fn masked(values: &[f32], mask: &[f32]) -> Vec<f32> {
    if mask.is_empty() {
        return values.to_vec();
    }
    values.iter().zip(mask).map(|(value, mask)| value * mask).collect()
}

impl Network {
    /// Where the weights lie that a word's vector goes through.
    pub fn projection(&self) -> Range<usize> {
        self.plan.total..self.dense.len()
    }

    fn part(&self, range: &Range<usize>) -> &[f32] {
        &self.dense[range.clone()]
    }

    /// `input` × weights + bias, with rows of the bias' width.
    fn affine(
        &self,
        input: &[f32],
        depth: usize,
        weights: &Range<usize>,
        bias: &Range<usize>,
    ) -> Vec<f32> {
        let words = input.len() / depth;
        let mut sum = self.part(bias).repeat(words);
        add_product(View::rows(input, depth), self.part(weights), depth, &mut sum, bias.len());
        sum
    }

    fn hidden(
        &self,
        trace: &Trace,
        weights: &Range<usize>,
        bias: &Range<usize>,
        mask: Vec<f32>,
    ) -> Hidden {
        let mut values = self.affine(&trace.top, self.plan.shape.width, weights, bias);
        values.iter_mut().for_each(|value| *value = curve(*value));
        apply(&mut values, &mask);
        Hidden { mask, values }
    }

    fn run(&self, examples: &[&Example], dropout: Dropout, mut random: Option<Random>) -> Trace {
        let mut trace = Trace::default();
        let shape = self.plan.shape;
        let width = shape.width;
        self.look(examples, &mut trace, &mut random);
        let spans = trace.spans.clone();
        let mut draw = |width, rate| mask(&spans, width, rate, &mut random);
        trace.word_mask = draw(width, dropout.words);
        apply(&mut trace.summed, &trace.word_mask);
        trace.mixed =
            self.affine(&trace.summed, width, &self.plan.word_weights, &self.plan.word_bias);
        trace.mixed.iter_mut().for_each(|value| *value = curve(*value));
        let mut values = trace.summed.clone();
        add(&trace.mixed, &mut values);
        for layer in &self.plan.layers {
            let mask = draw(width, dropout.layers);
            let masked = masked(&values, &mask);
            let mut products = vec![0.0; values.len() * 3];
            let weights = self.part(&layer.weights);
            add_product(View::rows(&masked, width), weights, width, &mut products, width * 3);
            let gates = Gates { peep: self.part(&layer.peep), bias: self.part(&layer.bias) };
            let (read, memory) = encoder::read(&gates, &products, &values, &spans, width);
            let input = std::mem::replace(&mut values, read);
            trace.layers.push(LayerTrace { input, mask, masked, products, memory });
        }
        trace.top_mask = draw(width, dropout.layers);
        trace.top = masked(&values, &trace.top_mask);
        let mask = draw(shape.tag, dropout.heads);
        trace.tag = self.hidden(&trace, &self.plan.tag_weights, &self.plan.tag_bias, mask);
        let mask = draw(2 * shape.arc, dropout.heads);
        trace.arc = self.hidden(&trace, &self.plan.arc_weights, &self.plan.arc_bias, mask);
        let words = trace.top.len() / width;
        trace.relation = vec![0.0; words * 2 * shape.relation];
        let weights = self.part(&self.plan.relation_weights);
        add_product(
            View::rows(&trace.top, width),
            weights,
            width,
            &mut trace.relation,
            2 * shape.relation,
        );
        trace
    }

    /// Sums the rows of each word's keys.
    fn look(&self, examples: &[&Example], trace: &mut Trace, random: &mut Option<Random>) {
        let width = self.plan.shape.width;
        let mut at = 0;
        for example in examples {
            trace.spans.push(at..at + example.keys.len());
            at += example.keys.len();
            for (keys, rare) in example.keys.iter().zip(&example.rare) {
                trace.starts.push(trace.rows.len());
                let nameless = random.as_mut().is_some_and(|random| chance(random, *rare));
                let from = if nameless { NAMING.end } else { 0 };
                trace.rows.extend(keys[from..].iter().filter_map(|key| key.checked_sub(1)));
            }
        }
        trace.starts.push(trace.rows.len());
        trace.summed = vec![0.0; at * width];
        for (sum, ends) in trace.summed.chunks_exact_mut(width).zip(trace.starts.windows(2)) {
            for row in &trace.rows[ends[0]..ends[1]] {
                add(&self.rows[*row as usize * width..][..width], sum);
            }
        }
        let depth = self.vectors.depth;
        if depth == 0 {
            return;
        }
        trace.vectors = vec![0.0; at * depth];
        let vectors = examples.iter().flat_map(|example| &example.vectors);
        for (values, vector) in trace.vectors.chunks_exact_mut(depth).zip(vectors) {
            if let Some(vector) = vector.checked_sub(1) {
                values.copy_from_slice(self.vectors.row(vector as usize));
            }
        }
        let weights = self.part(&self.projection());
        let rows = View::rows(&trace.vectors, depth);
        add_product(rows, weights, depth, &mut trace.summed, width);
    }

    /// What the words of one sentence look for in a head, and are as heads, the root last.
    fn arcs(&self, values: &[f32]) -> (Vec<f32>, Vec<f32>, Vec<f32>) {
        let arc = self.plan.shape.arc;
        let mut heads = Vec::with_capacity(values.len() / 2 + arc);
        let mut dependents = Vec::with_capacity(values.len() / 2);
        heads.extend_from_slice(self.part(&self.plan.arc_root));
        for line in values.chunks_exact(2 * arc) {
            heads.extend_from_slice(&line[..arc]);
            dependents.extend_from_slice(&line[arc..]);
        }
        let query = self.affine(&dependents, arc, &self.plan.arc_query, &self.plan.arc_query_bias);
        (heads, dependents, query)
    }

    /// A row for each word with a score for each head.
    fn score_arcs(&self, heads: &[f32], query: &[f32]) -> Vec<f32> {
        let arc = self.plan.shape.arc;
        let nodes = heads.len() / arc;
        let far = self.part(&self.plan.arc_distance);
        let mut scores = Vec::with_capacity(nodes * (nodes - 1));
        for (word, query) in query.chunks_exact(arc).enumerate() {
            let far: Vec<f32> = far.chunks_exact(arc).map(|row| dot(row, query)).collect();
            for (head, values) in heads.chunks_exact(arc).enumerate() {
                scores.push(dot(values, query) + far[distance(word, head.checked_sub(1))]);
            }
        }
        scores
    }

    /// The relation's hidden layer for a word with a head (0 is the root). `relation` is of the
    /// sentence only.
    fn join(&self, relation: &[f32], word: usize, head: usize, sum: &mut [f32]) {
        let wide = sum.len();
        let as_head = match head.checked_sub(1) {
            Some(head) => &relation[head * 2 * wide..][..wide],
            None => self.part(&self.plan.relation_root),
        };
        let far = distance(word, head.checked_sub(1));
        sum.copy_from_slice(self.part(&self.plan.relation_bias));
        add(as_head, sum);
        add(&relation[(word * 2 + 1) * wide..][..wide], sum);
        add(&self.part(&self.plan.relation_distance)[far * wide..][..wide], sum);
        sum.iter_mut().for_each(|value| *value = curve(*value));
    }

    /// What the network says of sentences.
    pub fn answer(&self, examples: &[&Example]) -> Vec<Answer> {
        let shape = self.plan.shape;
        let none = Dropout { words: 0.0, layers: 0.0, heads: 0.0 };
        let trace = self.run(examples, none, None);
        let tags =
            self.affine(&trace.tag.values, shape.tag, &self.plan.tag_out, &self.plan.tag_out_bias);
        let answer = |span: &Range<usize>| {
            let cut =
                |values: &[f32], wide: usize| values[span.start * wide..span.end * wide].to_vec();
            let (heads, _, query) = self.arcs(&cut(&trace.arc.values, 2 * shape.arc));
            Answer {
                tags: cut(&tags, shape.tags),
                arcs: self.score_arcs(&heads, &query),
                relation: cut(&trace.relation, 2 * shape.relation),
            }
        };
        trace.spans.iter().map(answer).collect()
    }

    /// A row for each word with a score for each relation to its head.
    pub fn relations(&self, answer: &Answer, heads: &[usize]) -> Vec<f32> {
        let wide = self.plan.shape.relation;
        let mut joined = vec![0.0; heads.len() * wide];
        for ((word, head), sum) in heads.iter().enumerate().zip(joined.chunks_exact_mut(wide)) {
            self.join(&answer.relation, word, *head, sum);
        }
        self.affine(&joined, wide, &self.plan.relation_out, &self.plan.relation_out_bias)
    }

    /// Losses and gradients of some sentences.
    pub fn learn(&self, examples: &[&Example], dropout: Dropout, random: Random) -> Gradients {
        let mut later = random.clone();
        later.draw();
        let trace = self.run(examples, dropout, Some(random));
        let mut back = BackPass::new(self, &trace);
        back.tags(examples);
        back.arcs(examples);
        back.relations(examples, dropout.heads, &mut later);
        back.encoder();
        back.gradients
    }
}

/// The way back.
struct BackPass<'a> {
    network: &'a Network,
    trace: &'a Trace,
    top: Vec<f32>,
    gradients: Gradients,
}

/// Turns scores into the gradient of the loss; gives the loss.
pub(crate) fn soften(scores: &mut [f32], gold: usize) -> f64 {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut total = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - most).exp();
        total += *score;
    }
    scores.iter_mut().for_each(|score| *score /= total);
    let loss = -f64::from(scores[gold].max(1e-9)).ln();
    scores[gold] -= 1.0;
    loss
}

impl<'a> BackPass<'a> {
    fn new(network: &'a Network, trace: &'a Trace) -> Self {
        let gradients = Gradients {
            dense: vec![0.0; network.dense.len()],
            words: trace.spans.last().map_or(0, |span| span.end),
            ..Gradients::default()
        };
        Self { network, trace, top: vec![0.0; trace.top.len()], gradients }
    }

    /// Back through an affine map: adds to the gradients of weights and bias.
    fn weigh(
        &mut self,
        input: &[f32],
        depth: usize,
        by: &[f32],
        weights: &Range<usize>,
        bias: Option<&Range<usize>>,
    ) {
        weigh(input, depth, by, &mut self.gradients.dense[weights.clone()]);
        if let Some(bias) = bias {
            add_rows(by, &mut self.gradients.dense[bias.clone()]);
        }
    }

    /// The gradient of an affine map's input.
    fn through(&self, by: &[f32], depth: usize, weights: &Range<usize>) -> Vec<f32> {
        through(by, depth, self.network.part(weights))
    }

    /// Back through a hidden layer to the top of the encoder.
    fn unhide(
        &mut self,
        hidden: &Hidden,
        mut by: Vec<f32>,
        weights: &Range<usize>,
        bias: &Range<usize>,
    ) {
        apply(&mut by, &hidden.mask);
        by.iter_mut().zip(&hidden.values).for_each(|(by, value)| {
            if *value <= 0.0 {
                *by = 0.0;
            }
        });
        let width = self.network.plan.shape.width;
        self.weigh(&self.trace.top, width, &by, weights, Some(bias));
        let through = self.through(&by, width, weights);
        add(&through, &mut self.top);
    }

    fn tags(&mut self, examples: &[&Example]) {
        let (plan, tag) = (&self.network.plan, self.network.plan.shape.tag);
        let values = &self.trace.tag.values;
        let mut by = self.network.affine(values, tag, &plan.tag_out, &plan.tag_out_bias);
        let gold = examples.iter().flat_map(|example| &example.tags);
        for (scores, gold) in by.chunks_exact_mut(plan.shape.tags).zip(gold) {
            match gold {
                Some(gold) => self.gradients.loss.0[0] += soften(scores, usize::from(*gold)),
                None => scores.fill(0.0),
            }
        }
        self.weigh(values, tag, &by, &plan.tag_out, Some(&plan.tag_out_bias));
        let through = self.through(&by, tag, &plan.tag_out);
        self.unhide(&self.trace.tag, through, &plan.tag_weights, &plan.tag_bias);
    }

    fn arcs(&mut self, examples: &[&Example]) {
        let (plan, arc) = (&self.network.plan, self.network.plan.shape.arc);
        let values = &self.trace.arc.values;
        let mut by = vec![0.0; values.len()];
        for (span, example) in self.trace.spans.iter().zip(examples) {
            let range = span.start * 2 * arc..span.end * 2 * arc;
            let (heads, dependents, query) = self.network.arcs(&values[range.clone()]);
            let mut scores = self.network.score_arcs(&heads, &query);
            let nodes = example.heads.len() + 1;
            let mut by_heads = vec![0.0; heads.len()];
            let mut by_query = vec![0.0; query.len()];
            for (word, scores) in scores.chunks_exact_mut(nodes).enumerate() {
                // No word is its own head.
                scores[word + 1] = -1e9;
                self.gradients.loss.0[1] += soften(scores, example.heads[word]);
                let asked = &query[word * arc..][..arc];
                let by_asked = &mut by_query[word * arc..][..arc];
                for (head, by) in scores.iter().enumerate() {
                    if by.abs() < 1e-6 {
                        continue;
                    }
                    let far = distance(word, head.checked_sub(1)) * arc;
                    let far = plan.arc_distance.start + far..plan.arc_distance.start + far + arc;
                    add_scaled(&heads[head * arc..][..arc], *by, by_asked);
                    add_scaled(&self.network.dense[far.clone()], *by, by_asked);
                    add_scaled(asked, *by, &mut by_heads[head * arc..][..arc]);
                    add_scaled(asked, *by, &mut self.gradients.dense[far]);
                }
            }
            self.weigh(&dependents, arc, &by_query, &plan.arc_query, Some(&plan.arc_query_bias));
            let by_dependents = self.through(&by_query, arc, &plan.arc_query);
            add(&by_heads[..arc], &mut self.gradients.dense[plan.arc_root.clone()]);
            let lines = by[range].chunks_exact_mut(2 * arc);
            for (word, line) in lines.enumerate() {
                line[..arc].copy_from_slice(&by_heads[(word + 1) * arc..][..arc]);
                line[arc..].copy_from_slice(&by_dependents[word * arc..][..arc]);
            }
        }
        self.unhide(&self.trace.arc, by, &plan.arc_weights, &plan.arc_bias);
    }

    fn relations(&mut self, examples: &[&Example], rate: f32, random: &mut Random) {
        let (plan, wide) = (&self.network.plan, self.network.plan.shape.relation);
        let words = self.gradients.words;
        let cut = |span: &Range<usize>| span.start * 2 * wide..span.end * 2 * wide;
        let mut joined = vec![0.0; words * wide];
        for (span, example) in self.trace.spans.iter().zip(examples) {
            let relation = &self.trace.relation[cut(span)];
            for (word, head) in example.heads.iter().enumerate() {
                let sum = &mut joined[(span.start + word) * wide..][..wide];
                self.network.join(relation, word, *head, sum);
            }
        }
        let mut keep = Some(random.clone());
        let dropped = mask(&self.trace.spans, wide, rate, &mut keep);
        apply(&mut joined, &dropped);
        let mut scores =
            self.network.affine(&joined, wide, &plan.relation_out, &plan.relation_out_bias);
        let gold = examples.iter().flat_map(|example| &example.relations);
        for (scores, gold) in scores.chunks_exact_mut(plan.shape.relations).zip(gold) {
            self.gradients.loss.0[2] += soften(scores, usize::from(*gold));
        }
        self.weigh(&joined, wide, &scores, &plan.relation_out, Some(&plan.relation_out_bias));
        let mut by = self.through(&scores, wide, &plan.relation_out);
        apply(&mut by, &dropped);
        by.iter_mut().zip(&joined).for_each(|(by, value)| {
            if *value <= 0.0 {
                *by = 0.0;
            }
        });
        add_rows(&by, &mut self.gradients.dense[plan.relation_bias.clone()]);
        let mut spread = vec![0.0; words * 2 * wide];
        for (span, example) in self.trace.spans.iter().zip(examples) {
            let spread = &mut spread[cut(span)];
            for (word, head) in example.heads.iter().enumerate() {
                let by = &by[(span.start + word) * wide..][..wide];
                let far = plan.relation_distance.start + distance(word, head.checked_sub(1)) * wide;
                add(by, &mut self.gradients.dense[far..far + wide]);
                add(by, &mut spread[(word * 2 + 1) * wide..][..wide]);
                match head.checked_sub(1) {
                    Some(head) => add(by, &mut spread[head * 2 * wide..][..wide]),
                    None => add(by, &mut self.gradients.dense[plan.relation_root.clone()]),
                }
            }
        }
        let width = plan.shape.width;
        self.weigh(&self.trace.top, width, &spread, &plan.relation_weights, None);
        let through = self.through(&spread, width, &plan.relation_weights);
        add(&through, &mut self.top);
    }

    fn encoder(&mut self) {
        let (trace, plan) = (self.trace, &self.network.plan);
        let width = plan.shape.width;
        let mut by = std::mem::take(&mut self.top);
        apply(&mut by, &trace.top_mask);
        for (layer, kept) in plan.layers.iter().zip(&trace.layers).rev() {
            let gates = Gates {
                peep: self.network.part(&layer.peep),
                bias: self.network.part(&layer.bias),
            };
            let back = encoder::unread(
                &gates,
                &kept.products,
                &kept.input,
                &kept.memory,
                &trace.spans,
                width,
                &by,
            );
            add(&back.peep, &mut self.gradients.dense[layer.peep.clone()]);
            add(&back.bias, &mut self.gradients.dense[layer.bias.clone()]);
            self.weigh(&kept.masked, width, &back.products, &layer.weights, None);
            by = self.through(&back.products, width, &layer.weights);
            apply(&mut by, &kept.mask);
            add(&back.inputs, &mut by);
        }
        let mut mixed = by.clone();
        mixed.iter_mut().zip(&trace.mixed).for_each(|(by, value)| {
            if *value <= 0.0 {
                *by = 0.0;
            }
        });
        self.weigh(&trace.summed, width, &mixed, &plan.word_weights, Some(&plan.word_bias));
        let through = self.through(&mixed, width, &plan.word_weights);
        add(&through, &mut by);
        apply(&mut by, &trace.word_mask);
        if !trace.vectors.is_empty() {
            let projection = self.network.projection();
            self.weigh(&trace.vectors, self.network.vectors.depth, &by, &projection, None);
        }
        spread(&by, width, &trace.rows, &trace.starts, &mut self.gradients);
    }
}

/// Hands each word's gradient to its rows; a word's lie in `rows` from one of `starts` to the next.
pub(crate) fn spread(
    by: &[f32],
    width: usize,
    rows: &[u32],
    starts: &[usize],
    gradients: &mut Gradients,
) {
    let mut touched = rows.to_vec();
    touched.sort_unstable();
    touched.dedup();
    let mut sums = vec![0.0; touched.len() * width];
    for (by, ends) in by.chunks_exact(width).zip(starts.windows(2)) {
        for row in &rows[ends[0]..ends[1]] {
            let at = touched.binary_search(row).expect("it was gathered above");
            add(by, &mut sums[at * width..][..width]);
        }
    }
    (gradients.touched, gradients.rows) = (touched, sums);
}

/// A network with weights drawn at random; rows are drawn by [`Network::rows`]' owner.
pub fn draw(
    plan: Plan,
    row_count: usize,
    vectors: Arc<WordVectors>,
    random: &mut Random,
) -> Network {
    let shape = plan.shape;
    let mut dense = vec![0.0; plan.total + vectors.depth * shape.width];
    let mut fill = |range: &Range<usize>, bound: f32| {
        for weight in &mut dense[range.clone()] {
            *weight = (uniform(random) * 2.0 - 1.0) * bound;
        }
    };
    let glorot = |from: usize, to: usize| (6.0 / (from + to) as f32).sqrt();
    fill(&plan.word_weights, glorot(shape.width, shape.width));
    for layer in &plan.layers {
        fill(&layer.weights, (3.0 / shape.width as f32).sqrt());
        fill(&layer.peep, 0.5);
    }
    fill(&plan.tag_weights, glorot(shape.width, shape.tag));
    fill(&plan.tag_out, glorot(shape.tag, shape.tags));
    fill(&plan.arc_weights, glorot(shape.width, shape.arc));
    fill(&plan.arc_query, glorot(shape.arc, shape.arc));
    fill(&plan.arc_root, 0.1);
    fill(&plan.relation_weights, glorot(shape.width, shape.relation));
    fill(&plan.relation_root, 0.1);
    fill(&plan.relation_out, glorot(shape.relation, shape.relations));
    // What comes of a vector is about half as large as what comes of all keys.
    fill(
        &(plan.total..plan.total + vectors.depth * shape.width),
        (1.5 / vectors.depth.max(1) as f32).sqrt(),
    );
    let bound = (3.0f32 / KEYS as f32).sqrt();
    let rows = (0..row_count * shape.width).map(|_| (uniform(random) * 2.0 - 1.0) * bound);
    let rows = rows.collect();
    Network { plan, dense, rows, vectors }
}

/// A number from 0 to 1.
pub(crate) fn uniform(random: &mut Random) -> f32 {
    (random.draw() >> 40) as f32 / (1 << 24) as f32
}

#[cfg(test)]
mod tests {
    use chancery_annotate::syntax::neural::shape::Shape;

    use super::*;

    fn tiny() -> (Network, Example) {
        let shape =
            Shape { width: 64, layers: 2, tag: 32, arc: 32, relation: 32, tags: 32, relations: 32 };
        let words = vec!["olm".to_owned(), "newt".to_owned()];
        let values = (0..8).map(|n| n as f32 * 0.3 - 1.0).collect();
        let vectors = Arc::new(WordVectors { words, depth: 4, values });
        let network = draw(Plan::new(shape), 20, vectors, &mut Random::new(3));
        let key = |n: u32| std::array::from_fn(|k| (n * 5 + k as u32 * 3) % 21);
        let example = Example {
            keys: (0..4).map(key).collect(),
            vectors: vec![1, 0, 2, 2],
            rare: vec![0.0; 4],
            tags: vec![Some(3), None, Some(0), Some(1)],
            heads: vec![2, 0, 2, 3],
            relations: vec![1, 2, 3, 4],
        };
        (network, example)
    }

    const NONE: Dropout = Dropout { words: 0.0, layers: 0.0, heads: 0.0 };

    fn loss(network: &Network, example: &Example) -> f64 {
        let other = Example { heads: vec![2, 0], ..example.clone() };
        let other = Example {
            keys: other.keys[1..3].to_vec(),
            vectors: other.vectors[1..3].to_vec(),
            rare: vec![0.0; 2],
            tags: vec![Some(5); 2],
            relations: vec![7; 2],
            ..other
        };
        network.learn(&[example, &other], NONE, Random::new(1)).loss.0.iter().sum()
    }

    fn gradients(network: &Network, example: &Example) -> Gradients {
        let other = Example {
            keys: example.keys[1..3].to_vec(),
            vectors: example.vectors[1..3].to_vec(),
            rare: vec![0.0; 2],
            tags: vec![Some(5); 2],
            heads: vec![2, 0],
            relations: vec![7; 2],
        };
        network.learn(&[example, &other], NONE, Random::new(1))
    }

    #[test]
    fn gradients_are_what_small_steps_show() {
        let (network, example) = tiny();
        let found = gradients(&network, &example);
        let plan = &network.plan;
        let mut parts = vec![
            &plan.word_weights,
            &plan.word_bias,
            &plan.tag_weights,
            &plan.tag_bias,
            &plan.tag_out,
            &plan.tag_out_bias,
            &plan.arc_weights,
            &plan.arc_bias,
            &plan.arc_query,
            &plan.arc_query_bias,
            &plan.arc_root,
            &plan.arc_distance,
            &plan.relation_weights,
            &plan.relation_bias,
            &plan.relation_root,
            &plan.relation_distance,
            &plan.relation_out,
            &plan.relation_out_bias,
        ];
        for layer in &plan.layers {
            parts.extend([&layer.weights, &layer.peep, &layer.bias]);
        }
        let projection = network.projection();
        parts.push(&projection);
        for part in parts {
            // The direction of the part's own gradient shows an error in any of its cells.
            let square: f64 = found.dense[part.clone()].iter().map(|g| f64::from(*g).powi(2)).sum();
            let step = 1e-3 / square.sqrt().max(1e-9);
            let moved = |sign: f64| {
                let mut network = network.clone();
                for at in part.clone() {
                    network.dense[at] += (sign * step * f64::from(found.dense[at])) as f32;
                }
                loss(&network, &example)
            };
            let slope = (moved(1.0) - moved(-1.0)) / (2.0 * step);
            assert!((slope - square).abs() < 0.03 * square + 1e-3, "{part:?}: {slope} {square}");
        }
        let width = plan.shape.width;
        let square: f64 = found.rows.iter().map(|g| f64::from(*g).powi(2)).sum();
        let step = 1e-3 / square.sqrt();
        let moved = |sign: f64| {
            let mut network = network.clone();
            for (row, by) in found.touched.iter().zip(found.rows.chunks(width)) {
                for (cell, by) in network.rows[*row as usize * width..].iter_mut().zip(by) {
                    *cell += (sign * step * f64::from(*by)) as f32;
                }
            }
            loss(&network, &example)
        };
        let slope = (moved(1.0) - moved(-1.0)) / (2.0 * step);
        assert!((slope - square).abs() < 0.03 * square, "{slope} {square}");
    }
}
