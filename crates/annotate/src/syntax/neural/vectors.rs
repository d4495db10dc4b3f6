//! Four rows by two, with the vectors that the processor has; see [`super::dots`]. Whole numbers, so
//! all of them give the same sums.
#![expect(unsafe_code, reason = "vectors that not every processor has; it is asked before")]

use std::arch::x86_64::*;

use super::dots::ROWS;

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
    pub fn eight(self, lines: [&[i16]; ROWS], x: &[i16], y: &[i16]) -> Option<[[i32; ROWS]; 2]> {
        match self {
            Self::Plain => None,
            // SAFETY: `here` makes these only where the processor has the features, and nothing else does.
            Self::Avx2 => Some(unsafe { eight_avx2(lines, x, y) }),
            // SAFETY: as above.
            Self::Vnni => Some(unsafe { eight_vnni(lines, x, y) }),
        }
    }
}

#[target_feature(enable = "avx2")]
fn eight_avx2(lines: [&[i16]; ROWS], x: &[i16], y: &[i16]) -> [[i32; ROWS]; 2] {
    let mut sums = [[_mm256_setzero_si256(); ROWS]; 2];
    let [a, b, c, d] = lines.map(|line| line.as_chunks::<16>().0);
    let (x, y) = (x.as_chunks::<16>().0, y.as_chunks::<16>().0);
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
fn eight_vnni(lines: [&[i16]; ROWS], x: &[i16], y: &[i16]) -> [[i32; ROWS]; 2] {
    let mut sums = [[_mm512_setzero_si512(); ROWS]; 2];
    let [a, b, c, d] = lines.map(|line| line.as_chunks::<32>().0);
    let (x, y) = (x.as_chunks::<32>().0, y.as_chunks::<32>().0);
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
fn load(from: &[i16; 16]) -> __m256i {
    // SAFETY: reads the 32 bytes of the array; no alignment is asked for.
    unsafe { _mm256_loadu_si256(from.as_ptr().cast()) }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn load_wide(from: &[i16; 32]) -> __m512i {
    // SAFETY: reads the 64 bytes of the array; no alignment is asked for.
    unsafe { _mm512_loadu_si512(from.as_ptr().cast()) }
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
        let line = |seed: i32| -> Vec<i16> {
            (0..96).map(|n| ((n * seed * 7919) % 65_536 - 32_768) as i16 / 8).collect()
        };
        let lines = [line(3), line(5), line(7), line(11)];
        let (x, y) = (line(13), line(17));
        let by_hand = |a: &[i16], b: &[i16]| -> i32 {
            a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b)).fold(0, i32::wrapping_add)
        };
        let wanted = [&x, &y].map(|other| std::array::from_fn(|n| by_hand(&lines[n], other)));
        let here = Vectors::here();
        let kinds = [Vectors::Avx2, Vectors::Vnni];
        for kind in kinds.into_iter().filter(|kind| here == *kind || here == Vectors::Vnni) {
            let lines = std::array::from_fn(|n| lines[n].as_slice());
            assert_eq!(kind.eight(lines, &x, &y), Some(wanted), "{kind:?}");
        }
    }
}
