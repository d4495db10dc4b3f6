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
/// Products that are summed in one strand before they are added up.
const STRANDS: usize = 8;

/// For each row of `input` and each row of `weights`, both `depth` wide: `given(row, column, sum)`.
#[inline(always)]
pub fn products(
    input: &[i16],
    weights: &[i16],
    depth: usize,
    mut given: impl FnMut(usize, usize, i32),
) {
    let rows = input.len() / depth;
    for (column, weights) in weights.chunks_exact(depth).enumerate() {
        let mut row = 0;
        while row + ROWS <= rows {
            let lines: [&[i16]; ROWS] =
                std::array::from_fn(|n| &input[(row + n) * depth..][..depth]);
            for (n, sum) in several(lines, weights).into_iter().enumerate() {
                given(row + n, column, sum);
            }
            row += ROWS;
        }
        for row in row..rows {
            given(row, column, several([&input[row * depth..][..depth]], weights)[0]);
        }
    }
}

#[inline(always)]
fn several<const N: usize>(lines: [&[i16]; N], weights: &[i16]) -> [i32; N] {
    let mut strands = [[0i32; STRANDS / 2]; N];
    let lines = lines.map(|line| line.as_chunks::<STRANDS>().0);
    for (at, weights) in weights.as_chunks::<STRANDS>().0.iter().enumerate() {
        for n in 0..N {
            let line = &lines[n][at];
            for s in 0..STRANDS / 2 {
                let even = i32::from(line[2 * s]) * i32::from(weights[2 * s]);
                let odd = i32::from(line[2 * s + 1]) * i32::from(weights[2 * s + 1]);
                strands[n][s] = strands[n][s].wrapping_add(even.wrapping_add(odd));
            }
        }
    }
    strands.map(|strands| strands.into_iter().fold(0, i32::wrapping_add))
}

/// The sum of products of two rows.
pub fn dot(a: &[i16], b: &[i16]) -> i32 {
    several([a], b)[0]
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
        assert_eq!([settle(2047), settle(2048), settle(-2049), settle(i32::MAX / 2)], [0, 1, -1, i16::MAX]);
    }
}
