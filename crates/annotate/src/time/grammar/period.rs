//! Decades, centuries, parts of a year, seasons.

use super::*;

impl Grammar<'_> {
    /// "the 1980s", "'80s", "80s".
    pub(super) fn decade_at(&self, at: usize) -> Option<(i16, usize)> {
        let quoted = self.atoms.get(at)?.is_apostrophe();
        let at = at + usize::from(quoted);
        let atom = self.atoms.get(at).filter(|atom| atom.is_digits())?;
        let digits = atom.span.slice(self.text);
        let mut end = at + 1;
        end += usize::from(self.glued(end) && self.atoms[end].is_apostrophe());
        if !self.glued(end) || self.word(end) != "s" || !digits.ends_with('0') {
            return None;
        }
        let number: i16 = digits.parse().ok()?;
        let first = match digits.len() {
            4 if (1000..2100).contains(&number) => number,
            2 if quoted || self.decade_context(at) => 1900 + number,
            _ => return None,
        };
        Some((first, end + 1))
    }

    pub(super) fn decade_context(&self, at: usize) -> bool {
        let key = self.key_before(at);
        matches!(key, "the" | "early" | "late" | "mid")
            || (at > 1 && self.atoms[at - 1].is_hyphen() && self.key(at - 2) == "mid")
    }

    /// "20th century", "nineteenth century".
    pub(super) fn century_at(&self, at: usize) -> Option<(i16, usize)> {
        let number = read_number(self.text, self.atoms, at).filter(|n| n.form == Form::Ordinal)?;
        let end = self.skip_hyphen(number.end);
        let unit = self.entry(end)?.unit?.0;
        let value = number.value.filter(|n| (1.0..=30.0).contains(n))?;
        (unit == Unit::Century).then_some((value as i16, end + 1))
    }

    /// "first quarter of 2015", "Q3", "second half of last year".
    pub(super) fn year_part_at(&self, at: usize) -> Read {
        let (number, of, end) = self.quarter_at(at)?;
        let (year, year_step, tail) = self.year_part_tail(end);
        if of == 2 && tail == end {
            return None;
        }
        Some((Meaning::YearPart { number, of, year, year_step }, tail))
    }

    pub(super) fn quarter_at(&self, at: usize) -> Option<(i8, i8, usize)> {
        if self.word(at) == "Q" && self.glued(at + 1) {
            let number = self.plain_digits_after_letter(at + 1)?;
            return (1..=4).contains(&number).then_some((number, 4, at + 2));
        }
        let ordinal = read_number(self.text, self.atoms, at).filter(|n| n.form == Form::Ordinal)?;
        let number = ordinal.value? as i8;
        let next = self.skip_hyphen(ordinal.end);
        let quarter =
            self.entry(next).is_some_and(|e| e.unit.is_some_and(|u| u.0 == Unit::Quarter));
        if quarter && number <= 4 {
            return Some((number, 4, next + 1));
        }
        (self.key(next) == "half" && number <= 2).then_some((number, 2, next + 1))
    }

    pub(super) fn plain_digits_after_letter(&self, at: usize) -> Option<i8> {
        let atom = self.atoms.get(at).filter(|atom| atom.is_digits())?;
        atom.span.slice(self.text).parse().ok()
    }

    pub(super) fn year_part_tail(&self, end: usize) -> (Option<i16>, i16, usize) {
        let next = self.skip_key(end, "of");
        if let Some((year, end)) = self.year_at(next) {
            return (Some(year), 0, end);
        }
        let year_word =
            |at: usize| self.entry(at).is_some_and(|e| e.unit == Some((Unit::Year, false)));
        match self.key(next) {
            "last" if year_word(next + 1) => (None, -1, next + 2),
            "this" | "the" if next != end && year_word(next + 1) => (None, 0, next + 2),
            "next" if year_word(next + 1) => (None, 1, next + 2),
            _ => (None, 0, end),
        }
    }

    /// "summer of 2014", "spring 2020".
    pub(super) fn season_at(&self, at: usize, asked: bool) -> Read {
        let season = self.entry(at)?.season?;
        let (year, end) = self.year_after(at + 1);
        let asks = matches!(
            self.key_before(at),
            "in" | "this"
                | "last"
                | "next"
                | "early"
                | "late"
                | "mid"
                | "by"
                | "since"
                | "during"
                | "until"
                | "every"
        ) || (self.key_before(at) == "the" && !matches!(self.key(end), "of"));
        let fall = matches!(self.word(at).to_ascii_lowercase().as_str(), "fall" | "spring");
        let fits = year.is_some()
            || asked
            || (asks
                && !(fall
                    && (self.key_before(at) == "the"
                        || self.key_before(at) == "to"
                        || self.key(end) == "of")));
        let name = self.atoms[at].capital
            && at > 0
            && self.atoms[at - 1].capital
            && self.atoms[at - 1].is_word()
            && self.key_before(at).is_empty();
        (fits && !name)
            .then_some((Meaning::Season { season, year, direction: Direction::Bare }, end))
    }
}
