//! Four rows by some columns, with the vectors that the processor has; see [`super::dots`]. Whole
//! numbers, so all of them give the same sums.
#![expect(unsafe_code, reason = "vectors that not every processor has; it is asked before")]

use std::arch::x86_64::*;

use super::dots::{COLUMNS, Pair, ROWS};
use super::layer::{Cell, advance};

/// What the processor can do beyond what all can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vectors {
    /// No more than all.
    Plain,
    /// Sixteen 16-bit numbers at once.
    Avx2,
    /// Thirty-two, multiplied and summed in one instruction.
    Vnni,
}

impl Vectors {
    /// Asks the processor; the answer is kept.
    pub fn here() -> Self {
        if is_x86_feature_detected!("avx512vnni")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx2")
        {
            Self::Vnni
        } else if is_x86_feature_detected!("avx2") {
            Self::Avx2
        } else {
            Self::Plain
        }
    }

    /// Products of four lines by two, all of one length, a multiple of 32; `None` where the processor
    /// can do no more than all.
    #[inline]
    pub fn eight(self, lines: [&[Pair]; ROWS], x: &[Pair], y: &[Pair]) -> Option<[[i32; ROWS]; 2]> {
        match self {
            Self::Plain => None,
            // SAFETY: `here` makes these only where the processor has the features, and nothing else does.
            Self::Avx2 => Some(unsafe { eight_avx2(lines, x, y) }),
            // SAFETY: as above.
            Self::Vnni => Some(unsafe { eight_vnni(lines, x, y) }),
        }
    }
}

impl Vectors {
    /// Sums of four lines by the columns of a block; says whether the processor can do more than all.
    #[inline]
    pub fn block(
        self,
        lines: [&[Pair]; ROWS],
        block: &[[Pair; COLUMNS]],
        sums: &mut [[i32; COLUMNS]; ROWS],
    ) -> bool {
        match self {
            Self::Plain => return false,
            // SAFETY: `here` makes these only where the processor has the features, and nothing else does.
            Self::Avx2 => unsafe { block_avx2(lines, block, sums) },
            // SAFETY: as above.
            Self::Vnni => unsafe { block_vnni(lines, block, sums) },
        }
        true
    }
}

impl Vectors {
    /// A layer goes on by a word.
    #[inline]
    pub fn advance(self, cell: Cell<'_>) {
        match self {
            Self::Plain => advance(cell),
            // SAFETY: `here` makes these only where the processor has the features, and nothing else does.
            Self::Avx2 | Self::Vnni => unsafe { advance_avx2(cell) },
        }
    }
}

/// The same, as the compiler makes it for wider vectors.
#[target_feature(enable = "avx2")]
fn advance_avx2(cell: Cell<'_>) {
    advance(cell);
}

#[target_feature(enable = "avx2")]
fn block_avx2(
    lines: [&[Pair]; ROWS],
    block: &[[Pair; COLUMNS]],
    sums: &mut [[i32; COLUMNS]; ROWS],
) {
    let [a, b, c, d] = lines;
    for half in 0..2 {
        let mut held = [[_mm256_setzero_si256(); 2]; ROWS];
        for ((((weights, a), b), c), d) in block.iter().zip(a).zip(b).zip(c).zip(d) {
            let eights = weights.as_chunks::<8>().0;
            let (first, second) = (load(&eights[2 * half]), load(&eights[2 * half + 1]));
            for (held, pair) in held.iter_mut().zip([a, b, c, d]) {
                let both = _mm256_set1_epi32(together(*pair));
                held[0] = _mm256_add_epi32(held[0], _mm256_madd_epi16(first, both));
                held[1] = _mm256_add_epi32(held[1], _mm256_madd_epi16(second, both));
            }
        }
        for (held, sums) in held.into_iter().zip(&mut *sums) {
            let eights = &mut sums.as_chunks_mut::<8>().0[2 * half..];
            held.into_iter().zip(eights).for_each(|(held, sums)| store(held, sums));
        }
    }
}

#[target_feature(enable = "avx2,avx512f,avx512bw,avx512vnni")]
fn block_vnni(
    lines: [&[Pair]; ROWS],
    block: &[[Pair; COLUMNS]],
    sums: &mut [[i32; COLUMNS]; ROWS],
) {
    let mut held = [[_mm512_setzero_si512(); 2]; ROWS];
    let [a, b, c, d] = lines;
    for ((((weights, a), b), c), d) in block.iter().zip(a).zip(b).zip(c).zip(d) {
        let halves = weights.as_chunks::<16>().0;
        let (first, second) = (load_wide(&halves[0]), load_wide(&halves[1]));
        for (held, pair) in held.iter_mut().zip([a, b, c, d]) {
            let both = _mm512_set1_epi32(together(*pair));
            held[0] = _mm512_dpwssd_epi32(held[0], first, both);
            held[1] = _mm512_dpwssd_epi32(held[1], second, both);
        }
    }
    for (held, sums) in held.into_iter().zip(sums) {
        let halves = sums.as_chunks_mut::<16>().0;
        held.into_iter().zip(halves).for_each(|(held, sums)| store_wide(held, sums));
    }
}

/// Two 16-bit numbers as the vectors hold them.
#[inline]
fn together([low, high]: Pair) -> i32 {
    i32::from(high) << 16 | i32::from(low as u16)
}

#[target_feature(enable = "avx2")]
fn eight_avx2(lines: [&[Pair]; ROWS], x: &[Pair], y: &[Pair]) -> [[i32; ROWS]; 2] {
    let mut sums = [[_mm256_setzero_si256(); ROWS]; 2];
    let [a, b, c, d] = lines.map(|line| line.as_chunks::<8>().0);
    let (x, y) = (x.as_chunks::<8>().0, y.as_chunks::<8>().0);
    for (((((x, y), a), b), c), d) in x.iter().zip(y).zip(a).zip(b).zip(c).zip(d) {
        let (x, y) = (load(x), load(y));
        for (n, line) in [a, b, c, d].into_iter().enumerate() {
            let line = load(line);
            sums[0][n] = _mm256_add_epi32(sums[0][n], _mm256_madd_epi16(line, x));
            sums[1][n] = _mm256_add_epi32(sums[1][n], _mm256_madd_epi16(line, y));
        }
    }
    [totals(sums[0]), totals(sums[1])]
}

#[target_feature(enable = "avx2,avx512f,avx512bw,avx512vnni")]
fn eight_vnni(lines: [&[Pair]; ROWS], x: &[Pair], y: &[Pair]) -> [[i32; ROWS]; 2] {
    let mut sums = [[_mm512_setzero_si512(); ROWS]; 2];
    let [a, b, c, d] = lines.map(|line| line.as_chunks::<16>().0);
    let (x, y) = (x.as_chunks::<16>().0, y.as_chunks::<16>().0);
    for (((((x, y), a), b), c), d) in x.iter().zip(y).zip(a).zip(b).zip(c).zip(d) {
        let (x, y) = (load_wide(x), load_wide(y));
        for (n, line) in [a, b, c, d].into_iter().enumerate() {
            let line = load_wide(line);
            sums[0][n] = _mm512_dpwssd_epi32(sums[0][n], line, x);
            sums[1][n] = _mm512_dpwssd_epi32(sums[1][n], line, y);
        }
    }
    let [x, y] = sums;
    [totals(x.map(|sum| fold(sum))), totals(y.map(|sum| fold(sum)))]
}

#[inline]
#[target_feature(enable = "avx2")]
fn load(from: &[Pair; 8]) -> __m256i {
    // SAFETY: reads the 32 bytes of the array; no alignment is asked for.
    unsafe { _mm256_loadu_si256(from.as_ptr().cast()) }
}

#[inline]
#[target_feature(enable = "avx2")]
fn store(sums: __m256i, to: &mut [i32; 8]) {
    // SAFETY: writes the 32 bytes of the array; no alignment is asked for.
    unsafe { _mm256_storeu_si256(to.as_mut_ptr().cast(), sums) }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn load_wide(from: &[Pair; 16]) -> __m512i {
    // SAFETY: reads the 64 bytes of the array; no alignment is asked for.
    unsafe { _mm512_loadu_si512(from.as_ptr().cast()) }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn store_wide(sums: __m512i, to: &mut [i32; 16]) {
    // SAFETY: writes the 64 bytes of the array; no alignment is asked for.
    unsafe { _mm512_storeu_si512(to.as_mut_ptr().cast(), sums) }
}

/// Sums of both halves.
#[inline]
#[target_feature(enable = "avx2,avx512f")]
fn fold(sum: __m512i) -> __m256i {
    _mm256_add_epi32(_mm512_castsi512_si256(sum), _mm512_extracti64x4_epi64::<1>(sum))
}

/// The sum of each vector's numbers.
#[inline]
#[target_feature(enable = "avx2")]
fn totals([a, b, c, d]: [__m256i; ROWS]) -> [i32; ROWS] {
    let four = _mm256_hadd_epi32(_mm256_hadd_epi32(a, b), _mm256_hadd_epi32(c, d));
    let sum = _mm_add_epi32(_mm256_castsi256_si128(four), _mm256_extracti128_si256::<1>(four));
    [
        _mm_extract_epi32::<0>(sum),
        _mm_extract_epi32::<1>(sum),
        _mm_extract_epi32::<2>(sum),
        _mm_extract_epi32::<3>(sum),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_vector_gives_the_same_sums() {
        let line = |seed: i32| -> Vec<Pair> {
            let number = |n: i32| ((n * seed * 7919) % 65_536 - 32_768) as i16 / 8;
            (0..48).map(|n| [number(2 * n), number(2 * n + 1)]).collect()
        };
        let lines = [line(3), line(5), line(7), line(11)];
        let lines: [&[Pair]; ROWS] = std::array::from_fn(|n| lines[n].as_slice());
        let columns: Vec<_> = (0..COLUMNS as i32).map(|n| line(13 + 2 * n)).collect();
        let by_hand = |a: &[Pair], b: &[Pair]| -> i32 {
            let pairs = a.as_flattened().iter().zip(b.as_flattened());
            pairs.map(|(a, b)| i32::from(*a) * i32::from(*b)).fold(0, i32::wrapping_add)
        };
        let wanted = lines.map(|a| std::array::from_fn(|n| by_hand(a, &columns[n])));
        let block: Vec<[Pair; COLUMNS]> =
            (0..48).map(|at| std::array::from_fn(|n| columns[n][at])).collect();
        let here = Vectors::here();
        for kind in [Vectors::Avx2, Vectors::Vnni] {
            if here == kind || here == Vectors::Vnni {
                let mut sums = [[0; COLUMNS]; ROWS];
                assert!(kind.block(lines, &block, &mut sums));
                assert_eq!(sums, wanted, "{kind:?}");
                let two = [0, 1].map(|column| wanted.map(|row: [i32; COLUMNS]| row[column]));
                assert_eq!(kind.eight(lines, &columns[0], &columns[1]), Some(two), "{kind:?}");
            }
        }
    }
}
