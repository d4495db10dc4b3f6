//! What is relative to now or to what was told.

use super::*;

impl Grammar<'_> {
    /// "today", "tomorrow morning", "tonight".
    pub(super) fn deictic_at(&self, at: usize) -> Read {
        let (days, night) = self.entry(at)?.deictic?;
        let (daytime, end) = self.daytime_after(at + 1);
        let daytime = if night { Some(Daytime::Night) } else { daytime };
        Some((Meaning::Deictic { days, daytime }, end))
    }

    /// "now", "recently", "at the moment", "in the near future".
    pub(super) fn reference_at(&self, at: usize) -> Read {
        let entry = self.entry(at)?;
        if let Some(reference) = entry.reference {
            let that = self.says(at + 1, "that") && reference == Reference::Present;
            let as_soon_as = self.says(at + 1, "as") || (at > 0 && self.says(at - 1, "as"));
            let misses = (reference == Reference::Future && as_soon_as) || that;
            return (!misses).then_some((Meaning::Reference(reference), at + 1));
        }
        let reference = |reference, end| Some((Meaning::Reference(reference), end));
        match entry.key {
            "right" if self.says(at + 1, "now") => reference(Reference::Present, at + 2),
            "these" if self.says(at + 1, "days") => reference(Reference::Present, at + 2),
            "the" => {
                let near = matches!(self.key(at + 1), "near" | "immediate" | "distant");
                if near && self.says(at + 2, "future") {
                    return reference(Reference::Future, at + 3);
                }
                match self.key_before(at) {
                    "in" if self.says(at + 1, "future") && self.key(at + 2) != "of" => {
                        reference(Reference::Future, at + 2)
                    }
                    "in" if self.says(at + 1, "past")
                        && !self
                            .atoms
                            .get(at + 2)
                            .is_some_and(|a| a.is_word() || a.is_digits()) =>
                    {
                        reference(Reference::Past, at + 2)
                    }
                    "at" | "for" if self.says(at + 1, "moment") => {
                        reference(Reference::Present, at + 2)
                    }
                    _ => None,
                }
            }
            "present" if self.key_before(at) == "at" => reference(Reference::Present, at + 1),
            _ => None,
        }
    }

    /// "last month", "the past 10 days", "next Tuesday", "this morning", "the following day".
    pub(super) fn relative_at(&self, at: usize) -> Read {
        let definite = self.key(at) == "the";
        let adjective = at + usize::from(definite);
        let mut key = self.key(adjective);
        let mut next = adjective + 1;
        if matches!(key, "this" | "these") && matches!(self.key(next), "past" | "last" | "coming") {
            (key, next) = (self.key(next), next + 1);
        }
        if key == "same" || (key == "that" && !definite) {
            return self.same_at(next);
        }
        let direction = direction_of(key, definite)?;
        if let Some(read) = self.stretch_at(next, key, direction) {
            return Some(read);
        }
        self.relative_unit(next, key, definite)
            .or_else(|| self.pointed_at(next, direction, definite))
    }

    pub(super) fn same_at(&self, at: usize) -> Read {
        let unit = match self.entry(at)?.unit? {
            (
                unit @ (Unit::Day
                | Unit::Week
                | Unit::Month
                | Unit::Year
                | Unit::Night
                | Unit::Weekend),
                false,
            ) => unit,
            _ => return None,
        };
        Some((Meaning::Same { unit }, at + 1))
    }

    /// "10 days", "few weeks", "couple of years" after "the past", "the next"; "recent months".
    pub(super) fn stretch_at(&self, at: usize, key: &str, direction: Direction) -> Read {
        let toward = if direction == Direction::Next { Toward::Future } else { Toward::Past };
        if direction == Direction::This {
            return None;
        }
        if let Some((amount, unit, end)) = self.amount_at(at, true) {
            return Some((Meaning::Stretch { amount, unit, toward }, end));
        }
        let (unit, plural) = self.entry(at)?.unit?;
        let vague = Amount { number: None, bound: Bound::Vague };
        let one = Amount { number: Some(1.0), bound: Bound::Exact };
        match (key, plural) {
            ("recent" | "past" | "coming" | "previous" | "last" | "next" | "following", true) => {
                Some((Meaning::Stretch { amount: vague, unit, toward }, at + 1))
            }
            ("past", false) => Some((Meaning::Stretch { amount: one, unit, toward }, at + 1)),
            _ => None,
        }
    }

    pub(super) fn relative_unit(&self, at: usize, key: &str, definite: bool) -> Read {
        let (unit, plural) = self.entry(at)?.unit?;
        if plural || matches!(unit, Unit::Second | Unit::Minute) {
            return None;
        }
        let one = Amount { number: Some(1.0), bound: Bound::Exact };
        let relative =
            |step, narrated| Meaning::Relative { unit, step, part: Part::Whole, narrated };
        let offset =
            |toward| Meaning::Offset { amount: one, unit: Unit::Day, toward, narrated: true };
        let night = unit == Unit::Night;
        let meaning = match key {
            "last" if night => Meaning::Deictic { days: -1, daytime: Some(Daytime::Night) },
            "this" if unit == Unit::Day => return None,
            "last" if definite && !matches!(unit, Unit::Weekend | Unit::Quarter | Unit::Day) => {
                Meaning::Stretch { amount: one, unit, toward: Toward::Past }
            }
            "last" if unit == Unit::Day => return None,
            "last" => relative(-1, false),
            "previous" | "prior" | "preceding" if unit == Unit::Day || night => {
                offset(Toward::Past)
            }
            "previous" | "prior" | "preceding" => relative(-1, true),
            "next" | "following" if definite && (unit == Unit::Day || night) => {
                offset(Toward::Future)
            }
            "next" if unit == Unit::Day => offset(Toward::Future),
            "next" => relative(1, definite),
            "following" => relative(1, true),
            "coming" | "upcoming" => relative(1, false),
            "this" | "current" => relative(0, false),
            _ => return None,
        };
        Some((meaning, at + 1))
    }

    /// A weekday, month, season or time of day after "last", "this", "next".
    pub(super) fn pointed_at(&self, at: usize, direction: Direction, definite: bool) -> Read {
        if let Some((weekday, end, false)) = self.weekday_at(at) {
            let (daytime, end) = self.daytime_after(end);
            return Some((Meaning::Weekday { weekday, direction, daytime }, end));
        }
        if let Some((month, end, surety)) = self.month_at(at).filter(|_| !definite) {
            let (year, end) = self.year_after(end);
            if surety == Surety::Short && !self.is(end - 1, '.') {
                return None;
            }
            if self.day_at(end).is_some() || year.is_some() {
                return None;
            }
            return Some((Meaning::Month { month, year, direction, part: Part::Whole }, end));
        }
        if let Some((Meaning::Season { season, year, .. }, end)) = self.season_at(at, true) {
            return Some((Meaning::Season { season, year, direction }, end));
        }
        if let Some((Meaning::Named { feast, year, .. }, end)) = self.named_at(at) {
            return Some((Meaning::Named { feast, year, direction }, end));
        }
        let (daytime, plural) = self.entry(at)?.daytime?;
        let days = match direction {
            Direction::This => 0,
            Direction::Last if !definite => -1,
            _ => return None,
        };
        (!plural).then_some((Meaning::Deictic { days, daytime: Some(daytime) }, at + 1))
    }

    /// "early August", "mid-2014", "late last year", "the end of August", "earlier this month".
    pub(super) fn part_at(&self, at: usize) -> Read {
        let definite = self.key(at) == "the";
        let at = at + usize::from(definite);
        let key = self.key(at);
        let (part, next) = match key {
            "early" => (Part::Start, self.skip_hyphen(at + 1)),
            "mid" => (Part::Middle, self.skip_hyphen(at + 1)),
            "late" => (Part::Late, self.skip_hyphen(at + 1)),
            "earlier" => (Part::Earlier, self.skip_key(at + 1, "in")),
            "later" => (Part::Later, self.skip_key(at + 1, "in")),
            "end" | "close" if self.key(at + 1) == "of" => (Part::End, at + 2),
            "beginning" | "start" | "outset" if self.key(at + 1) == "of" => (Part::Start, at + 2),
            "middle" if self.key(at + 1) == "of" => (Part::Middle, at + 2),
            "rest" | "remainder" if self.key(at + 1) == "of" => (Part::Later, at + 2),
            "first" | "last" if self.edge_unit(at + 1) => {
                (if key == "first" { Part::Start } else { Part::End }, at + 3)
            }
            _ => return None,
        };
        let hyphened = next > at + 1;
        let (meaning, end) = self.whole_at(next, hyphened)?;
        Some((with_part(meaning, part)?, end))
    }

    /// "week of", "days of".
    pub(super) fn edge_unit(&self, at: usize) -> bool {
        let unit = self.entry(at).and_then(|entry| entry.unit);
        matches!(unit, Some((Unit::Week | Unit::Day, _)))
            && self.key(at + 1) == "of"
            && (self.month_at(at + 2).is_some() || self.year_at(at + 2).is_some())
    }
}
