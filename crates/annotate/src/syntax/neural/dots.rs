//! Products of whole numbers: 16 bits times 16 bits, summed in 32. Written so that the compiler makes
//! `pmaddwd` of the inner loop on every x86-64 and its like elsewhere; newer processors have wider
//! vectors. Every machine gets the same sums.

#[cfg(target_arch = "x86_64")]
use super::vectors::Vectors;

/// Fraction bits of what goes from layer to layer.
pub const VALUE_BITS: u32 = 11;
/// Fraction bits of weights.
pub const WEIGHT_BITS: u32 = 12;
/// Fraction bits of sums of their products, and of biases.
pub const SUM_BITS: u32 = VALUE_BITS + WEIGHT_BITS;

/// Two numbers, which vectors multiply and sum in one.
pub type Pair = [i16; 2];

/// Rows that are worked on at once.
pub const ROWS: usize = 4;
/// Columns that are worked on at once.
pub const COLUMNS: usize = 32;

/// Weights in the order in which they are used: for each 32 columns, for each pair of numbers that
/// goes in, the pairs of the columns.
#[derive(Debug)]
pub struct Packed {
    depth: usize,
    blocks: Vec<[Pair; COLUMNS]>,
}

impl Packed {
    /// Packs weights that have a row of `depth` for each column, both multiples of 32.
    pub fn new(weights: &[i16], depth: usize) -> Self {
        let columns: Vec<_> = weights.chunks_exact(depth).map(pairs).collect();
        let block = |columns: &[&[Pair]], at: usize| std::array::from_fn(|n| columns[n][at]);
        let blocks = columns
            .chunks_exact(COLUMNS)
            .flat_map(|columns| (0..depth / 2).map(move |at| block(columns, at)))
            .collect();
        Self { depth, blocks }
    }

    /// How many numbers go in.
    pub fn depth(&self) -> usize {
        self.depth
    }
}

/// For each row of `input` and each 32 columns of the weights: `given(row, first column, sums)`.
#[inline(always)]
pub fn multiply(
    input: &[i16],
    weights: &Packed,
    mut given: impl FnMut(usize, usize, &[i32; COLUMNS]),
) {
    let half = weights.depth / 2;
    let (rows, input) = (input.len() / weights.depth, pairs(input));
    let kernel = Kernel::here();
    let mut sums = [[0; COLUMNS]; ROWS];
    for (at, block) in weights.blocks.chunks_exact(half).enumerate() {
        for row in (0..rows).step_by(ROWS) {
            // Past the last row the last is worked on again, and what comes of it dropped.
            let lines = std::array::from_fn(|n| &input[(row + n).min(rows - 1) * half..][..half]);
            kernel.block(lines, block, &mut sums);
            (row..rows).zip(&sums).for_each(|(row, sums)| given(row, at * COLUMNS, sums));
        }
    }
}

/// For each row of `input` and each row of `others`, both `depth` wide, a multiple of 32:
/// `given(row, other row, sum)`.
#[inline(always)]
pub fn products(
    input: &[i16],
    others: &[i16],
    depth: usize,
    mut given: impl FnMut(usize, usize, i32),
) {
    let half = depth / 2;
    let (rows, input) = (input.len() / depth, pairs(input));
    let kernel = Kernel::here();
    for (at, both) in pairs(others).chunks(2 * half).enumerate() {
        let (first, second) = both.split_at(half);
        let (second, two) = if second.is_empty() { (first, false) } else { (second, true) };
        for row in (0..rows).step_by(ROWS) {
            let lines = std::array::from_fn(|n| &input[(row + n).min(rows - 1) * half..][..half]);
            let [sums, more] = kernel.eight(lines, first, second);
            (row..rows).zip(sums).for_each(|(row, sum)| given(row, 2 * at, sum));
            if two {
                (row..rows).zip(more).for_each(|(row, sum)| given(row, 2 * at + 1, sum));
            }
        }
    }
}

/// How this machine sums products.
#[derive(Clone, Copy)]
struct Kernel {
    #[cfg(target_arch = "x86_64")]
    vectors: Vectors,
    /// Always 0, but the compiler cannot know; see [`pair`].
    seal: i32,
}

impl Kernel {
    fn here() -> Self {
        Self {
            #[cfg(target_arch = "x86_64")]
            vectors: Vectors::here(),
            seal: std::hint::black_box(0),
        }
    }

    #[inline(always)]
    fn eight(self, lines: [&[Pair]; ROWS], x: &[Pair], y: &[Pair]) -> [[i32; ROWS]; 2] {
        #[cfg(target_arch = "x86_64")]
        if let Some(sums) = self.vectors.eight(lines, x, y) {
            return sums;
        }
        eight(lines, x, y, self.seal)
    }

    #[inline(always)]
    fn block(
        self,
        lines: [&[Pair]; ROWS],
        block: &[[Pair; COLUMNS]],
        sums: &mut [[i32; COLUMNS]; ROWS],
    ) {
        #[cfg(target_arch = "x86_64")]
        if self.vectors.block(lines, block, sums) {
            return;
        }
        plain_block(lines, block, sums, self.seal);
    }
}

#[inline(always)]
fn pairs(line: &[i16]) -> &[Pair] {
    line.as_chunks::<2>().0
}

#[inline(never)]
fn plain_block(
    lines: [&[Pair]; ROWS],
    block: &[[Pair; COLUMNS]],
    sums: &mut [[i32; COLUMNS]; ROWS],
    seal: i32,
) {
    for (line, sums) in lines.into_iter().zip(sums) {
        let mut held = [0i32; COLUMNS];
        for (both, weights) in line.iter().zip(block) {
            for (held, weights) in held.iter_mut().zip(weights) {
                *held = held.wrapping_add(pair(both, weights, seal));
            }
        }
        *sums = held;
    }
}

/// Two products at once. Without the seal the compiler would pull the sum of the
/// two apart else, and then `pmaddwd` does half of what it can.
#[inline(always)]
fn pair(a: &[i16; 2], b: &[i16; 2], seal: i32) -> i32 {
    let first = i32::from(a[0]) * i32::from(b[0]);
    first.wrapping_add(i32::from(a[1]) * i32::from(b[1])) ^ seal
}

/// Four rows by two. The sums are plain variables, since of a list of sums the compiler makes no
/// vectors.
#[inline(never)]
fn eight(
    [a, b, c, d]: [&[[i16; 2]]; ROWS],
    x: &[[i16; 2]],
    y: &[[i16; 2]],
    seal: i32,
) -> [[i32; ROWS]; 2] {
    let (mut ax, mut bx, mut cx, mut dx) = (0i32, 0i32, 0i32, 0i32);
    let (mut ay, mut by, mut cy, mut dy) = (0i32, 0i32, 0i32, 0i32);
    for (((((x, y), a), b), c), d) in x.iter().zip(y).zip(a).zip(b).zip(c).zip(d) {
        ax = ax.wrapping_add(pair(a, x, seal));
        bx = bx.wrapping_add(pair(b, x, seal));
        cx = cx.wrapping_add(pair(c, x, seal));
        dx = dx.wrapping_add(pair(d, x, seal));
        ay = ay.wrapping_add(pair(a, y, seal));
        by = by.wrapping_add(pair(b, y, seal));
        cy = cy.wrapping_add(pair(c, y, seal));
        dy = dy.wrapping_add(pair(d, y, seal));
    }
    [[ax, bx, cx, dx], [ay, by, cy, dy]]
}

/// A sum as a value, rounded, no further out than values go.
#[inline]
pub fn settle(sum: i32) -> i16 {
    let value = (sum + (1 << (WEIGHT_BITS - 1))) >> WEIGHT_BITS;
    value.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_those_of_each_row_by_each_row() {
        let input: Vec<i16> = (0..5 * 32).map(|n| n * 7 % 301 - 150).collect();
        let weights: Vec<i16> = (0..3 * 32).map(|n| n * 11 % 207 - 99).collect();
        let mut seen = 0;
        products(&input, &weights, 32, |row, column, sum| {
            let pairs = input[row * 32..][..32].iter().zip(&weights[column * 32..][..32]);
            let by_hand: i32 = pairs.map(|(a, b)| i32::from(*a) * i32::from(*b)).sum();
            assert_eq!(sum, by_hand);
            seen += 1;
        });
        assert_eq!(seen, 15);
    }

    #[test]
    fn packed_weights_give_the_same_sums_with_and_without_vectors() {
        let input: Vec<i16> = (0..6 * 64).map(|n: i32| (n * 13 % 509 - 250) as i16).collect();
        let weights: Vec<i16> = (0..32 * 64).map(|n: i32| (n * 17 % 311 - 155) as i16).collect();
        let packed = Packed::new(&weights, 64);
        let lines: Vec<_> = input.chunks_exact(64).map(pairs).collect();
        let mut plain = [[0; COLUMNS]; ROWS];
        plain_block(std::array::from_fn(|n| lines[n]), &packed.blocks, &mut plain, 0);
        let mut rows = vec![];
        multiply(&input, &packed, |row, column, sums| {
            assert_eq!(column, 0);
            rows.push(*sums);
            for (sum, weights) in sums.iter().zip(weights.chunks_exact(64)) {
                let pairs = input[row * 64..][..64].iter().zip(weights);
                assert_eq!(*sum, pairs.map(|(a, b)| i32::from(*a) * i32::from(*b)).sum::<i32>());
            }
        });
        assert_eq!(rows.len(), 6);
        assert_eq!(rows[..ROWS], plain);
    }

    #[test]
    fn sums_are_rounded_and_stay_in_sixteen_bits() {
        assert_eq!(
            [settle(2047), settle(2048), settle(-2049), settle(i32::MAX / 2)],
            [0, 1, -1, i16::MAX]
        );
    }
}
