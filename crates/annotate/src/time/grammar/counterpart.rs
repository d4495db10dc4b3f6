//! The stretch told of, in an earlier year.

use super::*;

impl Grammar<'_> {
    /// "the same period last year", "the same month of 2012", "the year-ago quarter".
    pub(super) fn counterpart_at(&self, at: usize) -> Read {
        let next = self.skip_key(at, "the");
        self.same_stretch_at(next).or_else(|| self.year_ago_stretch_at(next))
    }

    /// "same period" or "corresponding quarter", and the year it lies in.
    fn same_stretch_at(&self, at: usize) -> Read {
        if !matches!(self.key(at), "same" | "corresponding" | "comparable") {
            return None;
        }
        let (unit, end) = self.stretch_word(at + 1)?;
        let next = match self.key(end) {
            "of" | "in" | "from" => end + 1,
            _ => end,
        };
        let (year, end) = self.earlier_year_at(next)?;
        Some((Meaning::Counterpart { unit, year }, end))
    }

    /// "2012", "last year", "a year ago", "the year before".
    fn earlier_year_at(&self, at: usize) -> Option<(Option<i16>, usize)> {
        if let Some((year, end)) = self.year_at(at) {
            return Some((Some(year), end));
        }
        if let Some((-1, end)) = self.stepped_year_at(at) {
            return Some((None, end));
        }
        let one = matches!(self.key(at), "a" | "the") || self.says(at, "one");
        let back = matches!(self.key(at + 2), "ago" | "earlier" | "before" | "previous");
        (one && back && self.is_unit(at + 1, Unit::Year)).then_some((None, at + 3))
    }

    /// "year-ago quarter", "year-earlier period", "prior-year month".
    fn year_ago_stretch_at(&self, at: usize) -> Read {
        let back = |at: usize| matches!(self.key(at), "ago" | "earlier" | "previous" | "prior");
        let (first, third) = (at, self.skip_hyphen(at + 1));
        let year_ago = self.is_unit(first, Unit::Year) && back(third);
        let prior_year = third == at + 2 && back(first) && self.is_unit(third, Unit::Year);
        if !(year_ago || prior_year) {
            return None;
        }
        let (unit, end) = self.stretch_word(third + 1)?;
        Some((Meaning::Counterpart { unit, year: None }, end))
    }

    /// "period", "quarter", "month", "week".
    fn stretch_word(&self, at: usize) -> Option<(Option<Unit>, usize)> {
        if self.says(at, "period") {
            return Some((None, at + 1));
        }
        match self.entry(at)?.unit? {
            (unit @ (Unit::Quarter | Unit::Month | Unit::Week), false) => {
                Some((Some(unit), at + 1))
            }
            _ => None,
        }
    }
}
