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

/// Rows that are worked on at once.
pub(super) const ROWS: usize = 4;

/// For each row of `input` and each row of `weights`, both `depth` wide, a multiple of 32:
/// `given(row, column, sum)`.
#[inline(always)]
pub fn products(
    input: &[i16],
    weights: &[i16],
    depth: usize,
    mut given: impl FnMut(usize, usize, i32),
) {
    let rows = input.len() / depth;
    let eight = Eight::here();
    for (at, both) in weights.chunks(2 * depth).enumerate() {
        let (first, second) = both.split_at(depth);
        let (second, two) =
            if second.is_empty() { (first, false) } else { (second, true) };
        for row in (0..rows).step_by(ROWS) {
            // Past the last row the last is worked on again, and what comes of it dropped.
            let lines = std::array::from_fn(|n| &input[(row + n).min(rows - 1) * depth..][..depth]);
            let [sums, others] = eight.products(lines, first, second);
            (row..rows).zip(sums).for_each(|(row, sum)| given(row, 2 * at, sum));
            if two {
                (row..rows).zip(others).for_each(|(row, sum)| given(row, 2 * at + 1, sum));
            }
        }
    }
}

/// Makes eight products at once.
#[derive(Clone, Copy)]
struct Eight {
    #[cfg(target_arch = "x86_64")]
    vectors: Vectors,
    seal: i32,
}

impl Eight {
    fn here() -> Self {
        Self {
            #[cfg(target_arch = "x86_64")]
            vectors: Vectors::here(),
            seal: std::hint::black_box(0),
        }
    }

    #[inline(always)]
    fn products(self, lines: [&[i16]; ROWS], x: &[i16], y: &[i16]) -> [[i32; ROWS]; 2] {
        #[cfg(target_arch = "x86_64")]
        if let Some(sums) = self.vectors.eight(lines, x, y) {
            return sums;
        }
        let pairs = |line: &'_ [i16]| line.as_chunks::<2>().0;
        eight(lines.map(pairs), pairs(x), pairs(y), self.seal)
    }
}

/// Two products at once. `seal` is always 0, but the compiler cannot know: it would pull the sum of the
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
    fn sums_are_rounded_and_stay_in_sixteen_bits() {
        assert_eq!(
            [settle(2047), settle(2048), settle(-2049), settle(i32::MAX / 2)],
            [0, 1, -1, i16::MAX]
        );
    }
}
