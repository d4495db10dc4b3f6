//! Products of whole numbers: 16 bits times 16 bits, summed in 32. Written so that the compiler makes
//! `pmaddwd` of the inner loop on x86-64 and its like elsewhere; every machine gets the same sums.

/// Fraction bits of what goes from layer to layer.
pub const VALUE_BITS: u32 = 11;
/// Fraction bits of weights.
pub const WEIGHT_BITS: u32 = 12;
/// Fraction bits of sums of their products, and of biases.
pub const SUM_BITS: u32 = VALUE_BITS + WEIGHT_BITS;

/// Rows that are worked on at once.
const ROWS: usize = 4;

/// For each row of `input` and each row of `weights`, both `depth` wide, an even number: `given(row, column, sum)`.
#[inline(always)]
pub fn products(
    input: &[i16],
    weights: &[i16],
    depth: usize,
    mut given: impl FnMut(usize, usize, i32),
) {
    let (rows, half) = (input.len() / depth, depth / 2);
    let seal = std::hint::black_box(0);
    let input = input.as_chunks::<2>().0;
    let weights = weights.as_chunks::<2>().0;
    for (at, both) in weights.chunks(2 * half).enumerate() {
        let (first, second) = both.split_at(half);
        let mut row = 0;
        while row + ROWS <= rows {
            let lines = std::array::from_fn(|n| &input[(row + n) * half..][..half]);
            let second = if second.is_empty() { first } else { second };
            let [sums, others] = eight(lines, first, second, seal);
            (row..).zip(sums).for_each(|(row, sum)| given(row, 2 * at, sum));
            if first.len() < both.len() {
                (row..).zip(others).for_each(|(row, sum)| given(row, 2 * at + 1, sum));
            }
            row += ROWS;
        }
        for row in row..rows {
            let line = &input[row * half..][..half];
            for (column, weights) in (2 * at..).zip(both.chunks_exact(half)) {
                given(row, column, one(line, weights, seal));
            }
        }
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

#[inline(never)]
fn one(line: &[[i16; 2]], weights: &[[i16; 2]], seal: i32) -> i32 {
    let pairs = line.iter().zip(weights).map(|(a, b)| pair(a, b, seal));
    pairs.fold(0, i32::wrapping_add)
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
