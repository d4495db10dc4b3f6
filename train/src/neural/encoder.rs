//! A light recurrent layer both ways (after Lei et al. 2018): all products of the layer are made at
//! once, and only numbers by themselves pass from word to word.

use std::ops::Range;

/// What the layer's own input is scaled by where it passes by the gate.
pub const PASS: f32 = 1.75;

/// A curve like the logistic one made of two parabolas: the same in whole numbers everywhere.
#[inline]
pub fn gate(x: f32) -> f32 {
    let x = x.clamp(-4.0, 4.0);
    0.5 + 0.25 * x - 0.03125 * x * x.abs()
}

/// The slope of [`gate`].
#[inline]
fn slope(x: f32) -> f32 {
    (0.25 - 0.0625 * x.abs()).max(0.0)
}

/// Weights of one layer that are no matrix, or the gradients of these.
#[derive(Debug)]
pub struct Gates<'a> {
    /// Of forget and output gate forwards, then backwards.
    pub peep: &'a [f32],
    /// The same for the bias.
    pub bias: &'a [f32],
}

/// States and sums of the gates of one layer, kept for the way back.
#[derive(Debug, Default)]
pub struct Memory {
    /// A row of `width` for each word.
    states: Vec<f32>,
    /// A row of 2 `width` for each word: forget and output, forwards then backwards.
    sums: Vec<f32>,
}

struct Side {
    backwards: bool,
    half: usize,
}

impl Side {
    fn both(width: usize) -> [Self; 2] {
        [false, true].map(|backwards| Self { backwards, half: width / 2 })
    }

    /// The words of a sentence in the order in which this side reads them, each with the one before.
    fn steps(&self, sentence: &Range<usize>) -> Vec<(usize, Option<usize>)> {
        let mut order: Vec<_> = sentence.clone().collect();
        if self.backwards {
            order.reverse();
        }
        order
            .iter()
            .enumerate()
            .map(|(at, &word)| (word, at.checked_sub(1).map(|b| order[b])))
            .collect()
    }

    /// Where this side's part of a row begins, for rows of so many halves.
    fn at(&self, halves: usize) -> usize {
        usize::from(self.backwards) * halves * self.half
    }
}

/// Reads the sentences. `products` has 3 `width` for each word, `inputs` and the result have `width`.
pub fn read(
    gates: &Gates<'_>,
    products: &[f32],
    inputs: &[f32],
    sentences: &[Range<usize>],
    width: usize,
) -> (Vec<f32>, Memory) {
    let words = inputs.len() / width;
    let mut outputs = vec![0.0; inputs.len()];
    let mut memory =
        Memory { states: vec![0.0; words * width], sums: vec![0.0; words * width * 2] };
    let none = vec![0.0; width / 2];
    for side in Side::both(width) {
        let half = side.half;
        let (peep, bias) =
            (&gates.peep[side.at(2)..][..2 * half], &gates.bias[side.at(2)..][..2 * half]);
        for (word, before) in sentences.iter().flat_map(|sentence| side.steps(sentence)) {
            let own = word * width + side.at(1);
            let product = &products[word * width * 3 + side.at(3)..][..3 * half];
            let input = &inputs[own..][..half];
            let (first, second) = match before {
                Some(before) if before < word => {
                    let (first, second) = memory.states.split_at_mut(own);
                    (&first[before * width + side.at(1)..][..half], &mut second[..half])
                }
                Some(before) => {
                    let start = before * width + side.at(1);
                    let (first, second) = memory.states.split_at_mut(start);
                    (&second[..half], &mut first[own..][..half])
                }
                None => (&none[..], &mut memory.states[own..][..half]),
            };
            let sums = &mut memory.sums[word * width * 2 + side.at(2)..][..2 * half];
            let output = &mut outputs[own..][..half];
            let [candidate, to_forget, to_out] = thirds(product);
            let ((peep_forget, peep_out), (bias_forget, bias_out)) =
                (peep.split_at(half), bias.split_at(half));
            let (sum_forget, sum_out) = sums.split_at_mut(half);
            for h in 0..half {
                let last = first[h];
                let forget = to_forget[h] + peep_forget[h] * last + bias_forget[h];
                let out = to_out[h] + peep_out[h] * last + bias_out[h];
                (sum_forget[h], sum_out[h]) = (forget, out);
                let (forget, out) = (gate(forget), gate(out));
                let state = forget * last + (1.0 - forget) * candidate[h];
                second[h] = state;
                output[h] = out * state + (1.0 - out) * PASS * input[h];
            }
        }
    }
    (outputs, memory)
}

fn thirds(row: &[f32]) -> [&[f32]; 3] {
    let third = row.len() / 3;
    let (first, rest) = row.split_at(third);
    let (second, last) = rest.split_at(third);
    [first, second, &last[..third]]
}

fn thirds_mut(row: &mut [f32]) -> [&mut [f32]; 3] {
    let third = row.len() / 3;
    let (first, rest) = row.split_at_mut(third);
    let (second, last) = rest.split_at_mut(third);
    [first, second, &mut last[..third]]
}

/// Gradients that the way back through one layer gives.
#[derive(Debug)]
pub struct Back {
    /// Of the products.
    pub products: Vec<f32>,
    /// Of the inputs, by the way past the gate only.
    pub inputs: Vec<f32>,
    /// Of [`Gates::peep`].
    pub peep: Vec<f32>,
    /// Of [`Gates::bias`].
    pub bias: Vec<f32>,
}

/// The way back through [`read`], from the gradients of its result.
pub fn unread(
    gates: &Gates<'_>,
    products: &[f32],
    inputs: &[f32],
    memory: &Memory,
    sentences: &[Range<usize>],
    width: usize,
    gradients: &[f32],
) -> Back {
    let mut back = Back {
        products: vec![0.0; products.len()],
        inputs: vec![0.0; inputs.len()],
        peep: vec![0.0; width * 2],
        bias: vec![0.0; width * 2],
    };
    let none = vec![0.0; width / 2];
    for side in Side::both(width) {
        let half = side.half;
        let peep = &gates.peep[side.at(2)..][..2 * half];
        let gained = &mut back.peep[side.at(2)..][..2 * half];
        let leaned = &mut back.bias[side.at(2)..][..2 * half];
        for sentence in sentences {
            let mut carried = vec![0.0; half];
            for (word, before) in side.steps(sentence).into_iter().rev() {
                let own = word * width + side.at(1);
                let product = &products[word * width * 3 + side.at(3)..][..3 * half];
                let input = &inputs[own..][..half];
                let last =
                    before.map_or(&none[..], |b| &memory.states[b * width + side.at(1)..][..half]);
                let state = &memory.states[own..][..half];
                let sums = &memory.sums[word * width * 2 + side.at(2)..][..2 * half];
                let gradient = &gradients[own..][..half];
                let by_product = &mut back.products[word * width * 3 + side.at(3)..][..3 * half];
                let by_input = &mut back.inputs[own..][..half];
                let [candidate, ..] = thirds(product);
                let [by_candidate, by_to_forget, by_to_out] = thirds_mut(by_product);
                let ((peep_forget, peep_out), (sum_forget, sum_out)) =
                    (peep.split_at(half), sums.split_at(half));
                let (gained_forget, gained_out) = gained.split_at_mut(half);
                let (leaned_forget, leaned_out) = leaned.split_at_mut(half);
                for h in 0..half {
                    let (forget, out) = (gate(sum_forget[h]), gate(sum_out[h]));
                    let g = gradient[h];
                    by_input[h] = g * (1.0 - out) * PASS;
                    let by_out = g * (state[h] - PASS * input[h]) * slope(sum_out[h]);
                    let by_state = carried[h] + g * out;
                    let by_forget = by_state * (last[h] - candidate[h]) * slope(sum_forget[h]);
                    by_candidate[h] = by_state * (1.0 - forget);
                    by_to_forget[h] = by_forget;
                    by_to_out[h] = by_out;
                    carried[h] =
                        by_state * forget + by_forget * peep_forget[h] + by_out * peep_out[h];
                    gained_forget[h] += by_forget * last[h];
                    gained_out[h] += by_out * last[h];
                    leaned_forget[h] += by_forget;
                    leaned_out[h] += by_out;
                }
            }
        }
    }
    back
}
