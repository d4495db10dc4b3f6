/// A seeded stream of choices (SplitMix64): the same seed makes the same copies everywhere.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// A stream for what `name` names.
    pub fn of(seed: u64, name: &str) -> Self {
        let mixed = name.bytes().fold(seed ^ 0x51ed_270b, |state, byte| {
            (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3).rotate_left(23)
        });
        Self(mixed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number below `end`; 0 if `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// Whether something of this probability happens.
    pub fn happens(&mut self, probability: f64) -> bool {
        ((self.next() >> 11) as f64 / (1u64 << 53) as f64) < probability
    }

    /// One of some; `None` of none.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let at = self.below(from.len());
        from.get(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_seed_and_name_make_the_same_choices() {
        let choices = |name: &str| {
            let mut chance = Chance::of(7, name);
            (0..20).map(|_| chance.below(100)).collect::<Vec<_>>()
        };
        assert_eq!(choices("a"), choices("a"));
        assert_ne!(choices("a"), choices("b"));
    }

    #[test]
    fn what_is_half_likely_happens_about_half_the_time() {
        let mut chance = Chance::of(1, "half");
        let happened = (0..1000).filter(|_| chance.happens(0.5)).count();
        assert!((430..570).contains(&happened), "{happened}");
    }
}
