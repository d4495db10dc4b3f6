//! One recurrent layer both ways, in whole numbers (after Lei et al. 2018).

use std::ops::Range;

use super::dots::{COLUMNS, Packed, VALUE_BITS, WEIGHT_BITS, multiply, settle};
#[cfg(target_arch = "x86_64")]
use super::vectors::Vectors;

/// Fraction bits of a gate.
const GATE_BITS: u32 = 14;
const OPEN: i32 = 1 << GATE_BITS;

/// What the layer's own input is scaled by where it passes by the gate, in quarters.
const PASS: i32 = 7;

/// The weights of a layer.
#[derive(Debug)]
pub struct Layer {
    /// A row of `width` for each of 6 halves: candidate, forget and output gate forwards, then
    /// backwards.
    pub weights: Vec<i16>,
    /// What the gates see of the last state: forget and output forwards, then backwards.
    pub peep: Vec<i16>,
    /// Biases of the same gates, as values.
    pub bias: Vec<i16>,
}

/// A curve like the logistic one, of two parabolas: 0.5 + x/4 − x|x|/32 from −4 to 4.
#[inline(always)]
fn gate(x: i32) -> i32 {
    const END: i32 = 4 << VALUE_BITS;
    let x = x.clamp(-END, END);
    OPEN / 2 + (x << (GATE_BITS - VALUE_BITS - 2))
        - ((x * x.abs()) >> (2 * VALUE_BITS + 5 - GATE_BITS))
}

#[inline(always)]
fn narrow(x: i32) -> i16 {
    x.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16
}

impl Layer {
    /// Reads one sentence: replaces `values` by what the layer makes of them. `weights` are its own,
    /// packed.
    pub fn read(
        &self,
        weights: &Packed,
        values: &mut Vec<i16>,
        width: usize,
        room: &mut LayerRoom,
    ) {
        let words = values.len() / width;
        let LayerRoom { sums, output, state } = room;
        sums.clear();
        sums.resize(words * width * 3, 0);
        multiply(values, weights, |row, column, given| {
            let sums = &mut sums[row * width * 3 + column..][..COLUMNS];
            sums.iter_mut().zip(given).for_each(|(sum, given)| *sum = settle(*given));
        });
        output.clear();
        output.resize(values.len(), 0);
        let half = width / 2;
        for word in 0..words {
            self.step(word, 0, word == 0, &*sums, values, state, output, half);
        }
        for word in (0..words).rev() {
            self.step(word, 1, word + 1 == words, &*sums, values, state, output, half);
        }
        std::mem::swap(values, output);
    }

    #[inline]
    fn step(
        &self,
        word: usize,
        side: usize,
        first: bool,
        sums: &[i16],
        values: &[i16],
        state: &mut Vec<i16>,
        output: &mut [i16],
        half: usize,
    ) {
        if first {
            state.clear();
            state.resize(half, 0);
        }
        let own = span((word * 2 + side) * half, half);
        let cell = Cell {
            sums: cut(&sums[(word * 2 + side) * 3 * half..], half),
            peep: cut(&self.peep[side * 2 * half..], half),
            bias: cut(&self.bias[side * 2 * half..], half),
            input: &values[own.clone()],
            output: &mut output[own],
            state: &mut state[..half],
        };
        #[cfg(target_arch = "x86_64")]
        Vectors::here().advance(cell);
        #[cfg(not(target_arch = "x86_64"))]
        advance(cell);
    }
}

/// One word of one side of a layer.
#[derive(Debug)]
pub struct Cell<'a> {
    /// What the word's numbers give for candidate, forget and output gate.
    sums: [&'a [i16]; 3],
    /// What forget and output gate see of the last state.
    peep: [&'a [i16]; 2],
    /// Their biases.
    bias: [&'a [i16]; 2],
    input: &'a [i16],
    output: &'a mut [i16],
    state: &'a mut [i16],
}

/// Goes on by a word: the state, and what comes out.
#[inline(always)]
pub fn advance(cell: Cell<'_>) {
    let Cell { sums, peep, bias, input, output, state } = cell;
    let [candidate, to_forget, to_out] = sums;
    let ([peep_forget, peep_out], [bias_forget, bias_out]) = (peep, bias);
    let half = state.len();
    let (candidate, to_forget, to_out) = (&candidate[..half], &to_forget[..half], &to_out[..half]);
    let (peep_forget, peep_out) = (&peep_forget[..half], &peep_out[..half]);
    let (bias_forget, bias_out) = (&bias_forget[..half], &bias_out[..half]);
    let (input, output) = (&input[..half], &mut output[..half]);
    for h in 0..half {
        let last = i32::from(state[h]);
        let seen = |peep: i16| (last * i32::from(peep)) >> WEIGHT_BITS;
        let forget =
            gate(i32::from(to_forget[h]) + seen(peep_forget[h]) + i32::from(bias_forget[h]));
        let out = gate(i32::from(to_out[h]) + seen(peep_out[h]) + i32::from(bias_out[h]));
        let new = i32::from(candidate[h]);
        let held = (forget * last + (OPEN - forget) * new + OPEN / 2) >> GATE_BITS;
        state[h] = narrow(held);
        let passed = (i32::from(input[h]) * PASS) >> 2;
        let passed = passed.clamp(i32::from(i16::MIN), i32::from(i16::MAX));
        output[h] = narrow((out * held + (OPEN - out) * passed + OPEN / 2) >> GATE_BITS);
    }
}

fn span(start: usize, length: usize) -> Range<usize> {
    start..start + length
}

fn cut<const N: usize>(row: &[i16], half: usize) -> [&[i16]; N] {
    std::array::from_fn(|n| &row[n * half..][..half])
}

/// What a layer needs while it reads.
#[derive(Debug, Default)]
pub struct LayerRoom {
    sums: Vec<i16>,
    output: Vec<i16>,
    state: Vec<i16>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What some words make of the state and give out, by `advance` as given.
    fn run(advance: impl Fn(Cell<'_>)) -> Vec<i16> {
        let half = 48;
        let numbers = |seed: i32, count: usize| -> Vec<i16> {
            (0..count as i32).map(|n| (n * (seed * 37 + 11) % 9001 - 4500) as i16).collect()
        };
        let (peep, bias) = (numbers(1, 2 * half), numbers(2, 2 * half));
        let (mut state, mut output) = (vec![0; half], vec![0; half]);
        let mut given = Vec::new();
        for word in 0..6 {
            let (sums, input) = (numbers(3 + word, 3 * half), numbers(9 + word, half));
            advance(Cell {
                sums: cut(&sums, half),
                peep: cut(&peep, half),
                bias: cut(&bias, half),
                input: &input,
                output: &mut output,
                state: &mut state,
            });
            given.extend_from_slice(&output);
        }
        given.extend(state);
        given
    }

    #[cfg(target_arch = "x86_64")]
    #[test]
    fn every_processor_reads_the_same() {
        assert_eq!(run(|cell| Vectors::here().advance(cell)), run(advance));
    }

    #[test]
    fn the_gate_is_closed_at_one_end_and_open_at_the_other() {
        assert_eq!([gate(-99_999), gate(0), gate(99_999)], [0, OPEN / 2, OPEN]);
        let rises = (-9000..9000).all(|x| gate(x) <= gate(x + 1));
        assert!(rises);
    }
}
