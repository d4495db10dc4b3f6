//! Products of matrices of `f32`, written so that the compiler makes vectors of the inner loops.

/// Columns and rows of the block that is held in registers.
const COLUMNS: usize = 32;
const ROWS: usize = 4;

/// A matrix to read: where a row and a column step to.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The numbers.
    pub cells: &'a [f32],
    /// From a row to the next.
    pub row: usize,
    /// From a column to the next.
    pub column: usize,
}

impl<'a> View<'a> {
    /// A matrix whose rows lie one after the other.
    pub fn rows(cells: &'a [f32], width: usize) -> Self {
        Self { cells, row: width, column: 1 }
    }

    /// The same with rows and columns changed.
    pub fn turned(self) -> Self {
        Self { cells: self.cells, row: self.column, column: self.row }
    }
}

/// Adds `left` × `right` to `sum`, which has `columns` columns, a multiple of 32, as has `right`.
/// `left` has `depth` columns, and as many rows as `sum`.
pub fn add_product(left: View<'_>, right: &[f32], depth: usize, sum: &mut [f32], columns: usize) {
    assert!(columns.is_multiple_of(COLUMNS), "shapes are multiples of 32");
    let rows = sum.len() / columns;
    for column in (0..columns).step_by(COLUMNS) {
        let mut row = 0;
        while row < rows {
            if row + ROWS <= rows {
                block::<ROWS>(left, right, depth, sum, columns, row, column);
                row += ROWS;
            } else {
                block::<1>(left, right, depth, sum, columns, row, column);
                row += 1;
            }
        }
    }
}

#[inline(always)]
fn block<const N: usize>(
    left: View<'_>,
    right: &[f32],
    depth: usize,
    sum: &mut [f32],
    columns: usize,
    row: usize,
    column: usize,
) {
    let mut held = [[0f32; COLUMNS]; N];
    let starts: [usize; N] = std::array::from_fn(|n| (row + n) * left.row);
    for k in 0..depth {
        let line: &[f32; COLUMNS] =
            right[k * columns + column..][..COLUMNS].try_into().expect("it has this length");
        let at = k * left.column;
        for n in 0..N {
            let factor = left.cells[starts[n] + at];
            for c in 0..COLUMNS {
                held[n][c] += factor * line[c];
            }
        }
    }
    for (n, held) in held.iter().enumerate() {
        let line = &mut sum[(row + n) * columns + column..][..COLUMNS];
        line.iter_mut().zip(held).for_each(|(sum, held)| *sum += held);
    }
}

/// The matrix with rows and columns changed.
pub fn turn(cells: &[f32], width: usize) -> Vec<f32> {
    let height = cells.len() / width;
    let mut turned = vec![0.0; cells.len()];
    for (row, line) in cells.chunks_exact(width).enumerate() {
        for (column, cell) in line.iter().enumerate() {
            turned[column * height + row] = *cell;
        }
    }
    turned
}

/// Adds the slopes of weights to `sum`: of rows of `depth` numbers that went in, and slopes of what came out.
pub fn weigh(input: &[f32], depth: usize, by: &[f32], sum: &mut [f32]) {
    let columns = sum.len() / depth;
    add_product(View::rows(input, depth).turned(), by, by.len() / columns, sum, columns);
}

/// The slopes of rows of `depth` numbers that went in, from those of what came out.
pub fn through(by: &[f32], depth: usize, weights: &[f32]) -> Vec<f32> {
    let columns = weights.len() / depth;
    let mut sum = vec![0.0; by.len() / columns * depth];
    add_product(View::rows(by, columns), &turn(weights, columns), columns, &mut sum, depth);
    sum
}

/// Adds each row of a matrix to `sum`.
pub fn add_rows(cells: &[f32], sum: &mut [f32]) {
    for row in cells.chunks_exact(sum.len()) {
        add(row, sum);
    }
}

/// Adds numbers to numbers.
pub fn add(from: &[f32], sum: &mut [f32]) {
    sum.iter_mut().zip(from).for_each(|(sum, from)| *sum += from);
}

/// Adds `factor` times numbers to numbers.
pub fn add_scaled(from: &[f32], factor: f32, sum: &mut [f32]) {
    sum.iter_mut().zip(from).for_each(|(sum, from)| *sum += factor * from);
}

/// The sum of products, in sixteen strands.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut strands = [0f32; 16];
    for (a, b) in a.chunks_exact(16).zip(b.chunks_exact(16)) {
        for lane in 0..16 {
            strands[lane] += a[lane] * b[lane];
        }
    }
    strands.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_of_turned_and_plain_matrices_agree() {
        let (rows, depth, columns) = (7, 5, 32);
        let left: Vec<f32> = (0..rows * depth).map(|n| (n % 11) as f32 - 4.0).collect();
        let right: Vec<f32> = (0..depth * columns).map(|n| (n % 7) as f32 - 3.0).collect();
        let mut sum = vec![1.0; rows * columns];
        add_product(View::rows(&left, depth), &right, depth, &mut sum, columns);
        let turned = turn(&left, depth);
        let mut other = vec![1.0; rows * columns];
        add_product(View::rows(&turned, rows).turned(), &right, depth, &mut other, columns);
        assert_eq!(sum, other);
        let by_hand: f32 = (0..depth).map(|k| left[depth + k] * right[k * columns + 3]).sum();
        assert_eq!(sum[columns + 3], by_hand + 1.0);
    }
}
