/// What precision and recall are made of. The numbers may be fractions, where answers are half right.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Counts {
    /// Sum of the scores of the answers, seen from the answers: what precision counts.
    pub right: f64,
    /// Sum of the scores of the gold items, seen from the gold: what recall counts.
    pub recalled: f64,
    /// Answers given.
    pub found: f64,
    /// Gold items.
    pub gold: f64,
}

impl Counts {
    /// One item of gold, one answer or both, right or not.
    pub fn add(&mut self, gold: bool, found: bool, right: bool) {
        let one = |yes: bool| f64::from(u8::from(yes));
        self.gold += one(gold);
        self.found += one(found);
        self.right += one(gold && found && right);
        self.recalled += one(gold && found && right);
    }

    /// The sum of two counts.
    pub fn plus(self, other: Self) -> Self {
        Self {
            right: self.right + other.right,
            recalled: self.recalled + other.recalled,
            found: self.found + other.found,
            gold: self.gold + other.gold,
        }
    }

    /// Share of the answers that are right, from 0 to 1; 0 if there are none.
    pub fn precision(self) -> f64 {
        if 0.0 < self.found { self.right / self.found } else { 0.0 }
    }

    /// Share of the gold that was found, from 0 to 1; 0 if there is none.
    pub fn recall(self) -> f64 {
        if 0.0 < self.gold { self.recalled / self.gold } else { 0.0 }
    }

    /// The harmonic mean of the two, from 0 to 1.
    pub fn f1(self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if 0.0 < precision + recall { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
    }
}

/// Right ones of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// Right answers.
    pub right: usize,
    /// All that were asked.
    pub all: usize,
}

impl Share {
    /// One more, right or not.
    pub fn add(&mut self, right: bool) {
        self.all += 1;
        self.right += usize::from(right);
    }

    /// From 0 to 1; 0 if there are none.
    pub fn value(self) -> f64 {
        self.right as f64 / self.all.max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_of_three_answers_right_for_four_items() {
        let mut counts = Counts::default();
        counts.add(true, true, true);
        counts.add(true, true, true);
        counts.add(true, false, false);
        counts.add(true, false, false);
        counts.add(false, true, false);
        assert_eq!((counts.precision(), counts.recall()), (2.0 / 3.0, 0.5));
        assert!((counts.f1() - 4.0 / 7.0).abs() < 1e-12);
    }

    #[test]
    fn nothing_found_is_nought_and_no_division_by_nought() {
        assert_eq!(Counts::default().f1(), 0.0);
    }
}
