//! Decades, centuries, parts of a year, seasons.

use super::*;

impl Grammar<'_> {
    /// "the 1980s", "'80s", "80s".
    pub(super) fn decade_at(&self, at: usize) -> Option<(i16, usize)> {
        if let Some(first) = self.entry(at).and_then(|entry| entry.decade) {
            return self.decade_context(at).then_some((first, at + 1));
        }
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
        let listed = at > 3 && key == "and" && self.word(at - 2) == "s" && self.glued(at - 2);
        matches!(key, "the" | "early" | "late" | "mid")
            || listed
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

    /// "508 BC", "3000 B.C.", "the 7th century BC".
    pub(super) fn ancient_at(&self, at: usize) -> Read {
        let ancient = |number, unit, end| Some((Meaning::Ancient { number, unit }, end));
        if let Some((number, end)) = self.century_at(self.skip_key(at, "the")) {
            return ancient(number, Unit::Century, self.before_christ(end)?);
        }
        let year: i16 = self.plain_digits(at)?.parse().ok()?;
        ancient(year, Unit::Year, self.before_christ(at + 1)?)
    }

    /// "AD 394", "394 AD", "394 CE".
    pub(super) fn year_of_era_at(&self, at: usize) -> Read {
        let era = |at: usize| matches!(self.word(at), "AD" | "CE");
        let first = usize::from(era(at));
        let year: i16 = self.plain_digits(at + first)?.parse().ok()?;
        let end = at + 1 + first.max(usize::from(era(at + 1)));
        (at + 1 < end).then_some((Meaning::Year { year, part: Part::Whole }, end))
    }

    /// The end of "BC", "BCE", "B.C.".
    fn before_christ(&self, at: usize) -> Option<usize> {
        if matches!(self.word(at), "BC" | "BCE") {
            return Some(at + 1);
        }
        let dotted = self.word(at) == "B" && self.is(at + 1, '.') && self.word(at + 2) == "C";
        (dotted && self.is(at + 3, '.')).then_some(at + 4)
    }

    /// "first quarter of 2015", "Q3", "second half of last year", "this year's third quarter".
    pub(super) fn year_part_at(&self, at: usize) -> Read {
        if let Some(read) = self.year_before_part(at) {
            return Some(read);
        }
        let (number, of, end) = self.quarter_at(at).or_else(|| self.last_quarter_at(at))?;
        let part = |year| Meaning::YearPart { number, of, year };
        let next = self.skip_key(end, "of");
        if let Some((year, end)) = self.year_at(next) {
            return Some((part(Some(year)), end));
        }
        if let Some((step, end)) = self.stepped_year_at(next) {
            return Some((Meaning::InYear { step, of: Box::new(part(None)) }, end));
        }
        (of == 4).then(|| (part(None), end))
    }

    /// "last year's third quarter", "the 2012 fourth quarter".
    fn year_before_part(&self, at: usize) -> Read {
        let part = |end: usize, year| {
            let (number, of, end) = self.quarter_at(self.skip_possessive(end))?;
            Some((Meaning::YearPart { number, of, year }, end))
        };
        if let Some((year, end)) = self.year_at(at) {
            return part(end, Some(year));
        }
        let (step, end) = self.stepped_year_at(at)?;
        let (part, end) = part(end, None)?;
        Some((Meaning::InYear { step, of: Box::new(part) }, end))
    }

    pub(super) fn skip_possessive(&self, at: usize) -> usize {
        let possessive = self.glued(at)
            && self.atoms[at].is_apostrophe()
            && self.glued(at + 1)
            && self.says(at + 1, "s");
        at + if possessive { 2 } else { 0 }
    }

    pub(super) fn quarter_at(&self, at: usize) -> Option<(i8, i8, usize)> {
        if let (of @ (2 | 4), true) = (parts_of(self.word(at)), self.glued(at + 1)) {
            let number = self.plain_digits_after_letter(at + 1)?;
            return (1..=of).contains(&number).then_some((number, of, at + 2));
        }
        let at = self.skip_key(at, "fiscal");
        let ordinal = read_number(self.text, self.atoms, at).filter(|n| n.form == Form::Ordinal)?;
        let number = ordinal.value? as i8;
        let next = self.skip_hyphen(ordinal.end);
        let quarter = self.is_unit(next, Unit::Quarter);
        if quarter && number <= 4 {
            return Some((number, 4, next + 1));
        }
        (self.key(next) == "half" && number <= 2).then_some((number, 2, next + 1))
    }

    /// "final quarter", "last quarter of 2009", where "last quarter" alone is the one before now.
    fn last_quarter_at(&self, at: usize) -> Option<(i8, i8, usize)> {
        let dated = |end| {
            let next = self.skip_key(end, "of");
            self.year_at(next).is_some() || self.stepped_year_at(next).is_some()
        };
        let last = self.key(at) == "final" || (self.key(at) == "last" && dated(at + 2));
        (last && self.is_unit(at + 1, Unit::Quarter)).then_some((4, 4, at + 2))
    }

    /// Whether the word is this unit, in the singular.
    pub(super) fn is_unit(&self, at: usize, unit: Unit) -> bool {
        self.entry(at).is_some_and(|entry| entry.unit == Some((unit, false)))
    }

    pub(super) fn plain_digits_after_letter(&self, at: usize) -> Option<i8> {
        let atom = self.atoms.get(at).filter(|atom| atom.is_digits())?;
        atom.span.slice(self.text).parse().ok()
    }

    /// "last year", "this year", "the year": years after the present one.
    pub(super) fn stepped_year_at(&self, at: usize) -> Option<(i16, usize)> {
        let next = self.skip_key(at, "the");
        let (step, next) = match self.key(next) {
            "last" | "previous" | "prior" => (-1, next + 1),
            "this" => (0, next + 1),
            "next" => (1, next + 1),
            _ if at < next && self.key_before(at) == "of" => (0, next),
            _ => return None,
        };
        self.is_unit(next, Unit::Year).then_some((step, next + 1))
    }

    /// "fiscal 2013", "fiscal year 2013", "the current fiscal year", "the 2013 fiscal year".
    pub(super) fn fiscal_at(&self, at: usize) -> Read {
        let at = self.skip_key(at, "the");
        if self.word(at) == "FY" {
            let (year, end) = self.year_at(at + 1)?;
            return Some((Meaning::Fiscal { year: Some(year), step: 0 }, end));
        }
        let written = self.year_at(at).map(|(year, end)| (Some(year), 0, end));
        let pointed = || {
            let step = match self.key(at) {
                "last" | "previous" | "prior" | "past" => -1,
                "this" | "current" => 0,
                "next" | "coming" => 1,
                _ => return None,
            };
            Some((None, step, at + 1))
        };
        let (year, step, next) = written.or_else(pointed).unwrap_or((None, 0, at));
        if self.key(next) != "fiscal" {
            return None;
        }
        let word = self.is_unit(next + 1, Unit::Year);
        let end = next + 1 + usize::from(word);
        match self.year_at(end).filter(|_| year.is_none()) {
            Some((year, end)) => Some((Meaning::Fiscal { year: Some(year), step: 0 }, end)),
            None => word.then_some((Meaning::Fiscal { year, step }, end)),
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
        let plain =
            !fall && !self.is_hyphen(end) && !self.atoms.get(end).is_some_and(|a| a.capital);
        let fits = year.is_some()
            || asked
            || plain
            || (asks
                && !(fall
                    && (self.is_definite_fall(at)
                        || self.key_before(at) == "to"
                        || self.key(end) == "of")));
        let name = self.atoms[at].capital
            && at > 0
            && self.atoms[at - 1].capital
            && self.atoms[at - 1].is_word()
            && self.key_before(at).is_empty();
        let palace = self.atoms[at].capital
            && year.is_none()
            && self.atoms.get(end).is_some_and(|next| next.is_word() && next.capital);
        (fits && !name && !palace)
            .then_some((Meaning::Season { season, year, direction: Direction::Bare }, end))
    }

    /// "the fall" is a season only after "in" and its like.
    fn is_definite_fall(&self, at: usize) -> bool {
        let asked =
            at > 1 && matches!(self.key(at - 2), "in" | "by" | "since" | "until" | "during");
        self.key_before(at) == "the" && !asked
    }
}

/// How many parts of a year the letter counts: "Q3", "H1".
fn parts_of(letter: &str) -> i8 {
    match letter {
        "Q" => 4,
        "H" => 2,
        _ => 0,
    }
}
