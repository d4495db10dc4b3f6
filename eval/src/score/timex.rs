use chancery_text::Span;

use super::Counts;

/// A time expression, of the gold or found.
#[derive(Debug, Clone, PartialEq)]
pub struct Timex {
    /// Its characters.
    pub span: Span,
    /// TIMEX3 type, if the gold has types.
    pub timex: Option<String>,
    /// What it means, in a form that can be compared with `==`.
    pub value: String,
}

/// TempEval-3's four counts.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct TimexCounts {
    /// Spans that overlap.
    pub relaxed: Counts,
    /// Spans that are the same.
    pub strict: Counts,
    /// Overlapping spans with the right type; only gold with types counts.
    pub timex: Counts,
    /// Overlapping spans with the right value.
    pub value: Counts,
}

impl TimexCounts {
    /// The sum of two.
    pub fn plus(self, other: Self) -> Self {
        Self {
            relaxed: self.relaxed.plus(other.relaxed),
            strict: self.strict.plus(other.strict),
            timex: self.timex.plus(other.timex),
            value: self.value.plus(other.value),
        }
    }
}

/// Scores the time expressions of one text as TempEval-3 does (UzZaman et al. 2013): each gold one is
/// paired with at most one found one that overlaps it, the same span before others. Gives the counts
/// and the pairs, as `(gold, found)` indices. Both lists must be sorted by span.
pub fn score_times(gold: &[Timex], found: &[Timex]) -> (TimexCounts, Vec<(usize, usize)>) {
    let pairs = pair(gold, found);
    let typed = gold.iter().any(|timex| timex.timex.is_some());
    let count = |right: &dyn Fn(&Timex, &Timex) -> bool| {
        let right = pairs.iter().filter(|(g, f)| right(&gold[*g], &found[*f])).count() as f64;
        Counts { right, recalled: right, found: found.len() as f64, gold: gold.len() as f64 }
    };
    let counts = TimexCounts {
        relaxed: count(&|_, _| true),
        strict: count(&|g, f| g.span == f.span),
        timex: if typed { count(&|g, f| g.timex == f.timex) } else { Counts::default() },
        value: count(&|g, f| g.value == f.value),
    };
    (counts, pairs)
}

fn pair(gold: &[Timex], found: &[Timex]) -> Vec<(usize, usize)> {
    let mut candidates: Vec<_> = gold
        .iter()
        .enumerate()
        .flat_map(|(g, timex)| {
            let near =
                found.iter().enumerate().filter(move |(_, other)| other.span.overlaps(timex.span));
            near.map(move |(f, other)| {
                let shared = timex.span.intersection(other.span).map_or(0, Span::len);
                (timex.span != other.span, std::cmp::Reverse(shared), g, f)
            })
        })
        .collect();
    candidates.sort_unstable();
    let mut taken = (vec![false; gold.len()], vec![false; found.len()]);
    let mut pairs = Vec::new();
    for (_, _, g, f) in candidates {
        if !taken.0[g] && !taken.1[f] {
            (taken.0[g], taken.1[f]) = (true, true);
            pairs.push((g, f));
        }
    }
    pairs.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timex(start: u32, end: u32, kind: &str, value: &str) -> Timex {
        Timex { span: Span::new(start, end), timex: Some(kind.into()), value: value.into() }
    }

    #[test]
    fn the_four_counts_of_a_case_by_hand() {
        let gold = [
            timex(0, 6, "DATE", "2021-07-28"),
            timex(10, 20, "DURATION", "P2D"),
            timex(30, 34, "DATE", "2020"),
        ];
        let found = [
            timex(0, 6, "DATE", "2021-07-28"),
            timex(14, 20, "DATE", "P2D"),
            timex(40, 44, "DATE", "2019"),
            timex(50, 54, "DATE", "2018"),
        ];
        let (counts, pairs) = score_times(&gold, &found);
        assert_eq!(pairs, [(0, 0), (1, 1)]);
        let f1 = |right: f64| 2.0 * right / (3.0 + 4.0);
        assert!((counts.relaxed.f1() - f1(2.0)).abs() < 1e-12);
        assert!((counts.strict.f1() - f1(1.0)).abs() < 1e-12);
        assert!((counts.timex.f1() - f1(1.0)).abs() < 1e-12);
        assert!((counts.value.f1() - f1(2.0)).abs() < 1e-12);
    }

    #[test]
    fn the_same_span_is_paired_before_a_longer_one() {
        let gold = [timex(5, 9, "DATE", "2020")];
        let found = [timex(0, 9, "DATE", "2020"), timex(5, 9, "DATE", "2020")];
        assert_eq!(score_times(&gold, &found).1, [(0, 1)]);
    }
}
