//! Years without a month, where they are no counts and no labels.

use super::*;

impl Grammar<'_> {
    /// A bare year, where it is no count and no label; "'92"; the "99" of "1998-99".
    pub(super) fn bare_year_at(&self, at: usize) -> Read {
        if let Some((year, end)) = self.short_year_at(at).or_else(|| self.year_of_range_at(at)) {
            return Some((Meaning::Year { year, part: Part::Whole }, end));
        }
        let (year, end) = self.year_at(at)?;
        if !self.year_stands(at, end, year) {
            return None;
        }
        Some((Meaning::Year { year, part: Part::Whole }, end))
    }

    /// "'92" after a word that asks for a time.
    fn short_year_at(&self, at: usize) -> Option<(i16, usize)> {
        let asked = matches!(
            self.key_before(at),
            "in" | "since" | "until" | "by" | "of" | "early" | "late" | "before" | "after"
        ) || at
            .checked_sub(1)
            .is_some_and(|b| self.entry(b).is_some_and(|e| e.season.is_some()));
        let spaced = self.atoms.get(at).is_some_and(|mark| mark.is_apostrophe() && mark.spaced);
        let digits = self.plain_digits(at + 1).filter(|digits| digits.len() == 2)?;
        let year: i16 = digits.parse().ok()?;
        let century = if year < 40 { 2000 } else { 1900 };
        (asked && spaced && self.glued(at + 1)).then_some((century + year, at + 2))
    }

    /// The second year of a range, where it is written in two digits.
    fn year_of_range_at(&self, at: usize) -> Option<(i16, usize)> {
        let first = at.checked_sub(2).filter(|_| self.is_hyphen(at - 1) && self.glued(at))?;
        let digits = self.plain_digits(at).filter(|digits| digits.len() == 2)?;
        let start = self.atoms[first].is_digits().then(|| self.word(first))?;
        let start: i16 = start.parse().ok().filter(|year| (1800..2100).contains(year))?;
        let year = start / 100 * 100 + digits.parse::<i16>().ok()?;
        (start < year && !self.is_hyphen(at + 1)).then_some((year, at + 1))
    }

    pub(super) fn year_stands(&self, at: usize, end: usize, year: i16) -> bool {
        if at > 0 && self.entry(at - 1).is_some_and(|entry| entry.label) {
            return false;
        }
        if at > 0
            && self.atoms[at - 1].is_hyphen()
            && !self.atoms[at].spaced
            && !self.year_before(at - 1)
        {
            return false;
        }
        let after = self.atoms.get(end);
        if after.is_some_and(|a| !a.spaced && (a.is('/') || a.is_hyphen()))
            && self.atoms.get(end + 1).is_some_and(|a| a.is_word() && !a.spaced)
        {
            return false;
        }
        let word_follows = after.is_some_and(|a| a.is_word() && !a.capital);
        let counts = word_follows && self.counts_follow(end);
        if self.is_dated_aside(at, end) {
            return true;
        }
        match self.key_before(at) {
            "in" | "since" | "until" | "till" | "by" | "during" | "early" | "late" | "mid" => {
                !counts || (1900..2036).contains(&year)
            }
            "the" => !counts || ((1900..2036).contains(&year) && year % 100 != 0),
            "from" | "to" | "and" | "between" | "of" | "before" | "after" | "through" => {
                !counts && (1700..2100).contains(&year)
            }
            _ if self.ends_range_of_years(at) => !counts && (1700..2100).contains(&year),
            _ => !counts && (1900..2036).contains(&year),
        }
    }

    /// "(1871)", "(1704-1787)", "c. 1880": a year of any time before ours.
    fn is_dated_aside(&self, at: usize, end: usize) -> bool {
        let edge = |at: usize| self.is(at, ')') || self.is(at, ',') || self.is(at, ';');
        let dash = |at: usize| self.atoms.get(at).is_some_and(Atom::is_hyphen);
        let opened = at > 0 && self.is(at - 1, '(');
        let ranged = at > 1 && dash(at - 1) && self.year_at_loosely(at - 2) && edge(end);
        let about = self.says(at.wrapping_sub(1), "circa")
            || (self.is(at.wrapping_sub(1), '.') && self.says(at.wrapping_sub(2), "c"));
        (opened && (edge(end) || dash(end))) || ranged || about
    }

    fn ends_range_of_years(&self, at: usize) -> bool {
        at > 1 && self.atoms[at - 1].is_hyphen() && self.year_at_loosely(at - 2)
    }

    pub(super) fn year_before(&self, at: usize) -> bool {
        at > 0 && self.year_at_loosely(at - 1)
    }

    pub(super) fn year_at_loosely(&self, at: usize) -> bool {
        self.atoms[at].is_digits() && self.word(at).len() == 4
    }

    /// Whether the word at `at` looks like things counted: "people", "homes", "kilometres".
    pub(super) fn counts_follow(&self, at: usize) -> bool {
        let word = self.word(at);
        if let Some(entry) = self.entry(at) {
            return entry.counted || entry.unit.is_some_and(|(_, plural)| plural);
        }
        (word.ends_with('s')
            && !word.ends_with("ss")
            && word.len() > 3
            && !matches!(
                word,
                "levels"
                    | "was"
                    | "has"
                    | "is"
                    | "does"
                    | "its"
                    | "this"
                    | "versus"
                    | "thus"
                    | "says"
                    | "perhaps"
            ))
            || self.atoms[at].number.is_some()
            || ["men", "children", "people"].iter().any(|ending| word.ends_with(ending))
            || matches!(word, "km" | "kg" | "m" | "per" | "percent")
    }
}
