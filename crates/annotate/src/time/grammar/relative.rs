//! What is relative to now or to what was told.

use super::*;

impl Grammar<'_> {
    /// "today", "tomorrow morning", "tonight"; not "USA Today".
    pub(super) fn deictic_at(&self, at: usize) -> Read {
        let (days, night) = self.entry(at)?.deictic?;
        let before = at.checked_sub(1).map(|before| &self.atoms[before]);
        let named =
            before.is_some_and(|atom| atom.is_word() && atom.capital && atom.entry.is_none());
        if named && self.atoms[at].capital && self.word(at).bytes().any(|b| b.is_ascii_lowercase())
        {
            return None;
        }
        let (daytime, end) = self.daytime_after(at + 1);
        let daytime = if night { Some(Daytime::Night) } else { daytime };
        Some((Meaning::Deictic { days, daytime }, end))
    }

    /// "now", "very soon", "recently", "at the moment", "in the near future".
    pub(super) fn reference_at(&self, at: usize) -> Read {
        let degree = matches!(self.key(at), "very" | "more" | "most" | "only" | "quite");
        let (reference, end) = self
            .reference_word_at(at + usize::from(degree))
            .or_else(|| if degree { None } else { self.reference_phrase_at(at) })?;
        let hyphened = self.is_hyphen(end) && self.glued(end + 1);
        (!hyphened).then_some((Meaning::Reference(reference), end))
    }

    fn reference_word_at(&self, at: usize) -> Option<(Reference, usize)> {
        let entry = self.entry(at)?;
        if let Some(reference) = entry.reference {
            let that = self.says(at + 1, "that") && reference == Reference::Present;
            let as_soon_as = self.says(at + 1, "as") || (at > 0 && self.says(at - 1, "as"));
            let misses = (reference != Reference::Present && as_soon_as) || that;
            return (!misses).then_some((reference, at + 1));
        }
        let noun_follows = self.atoms.get(at + 1).is_some_and(|atom| atom.is_word() && atom.spaced);
        match entry.key {
            "recent" if noun_follows && self.key_before(at) != "most" => {
                Some((Reference::Past, at + 1))
            }
            "current" if noun_follows && self.is_determined(at) => {
                let affairs = ["account", "accounts", "affairs"];
                let other = affairs.iter().any(|word| self.says(at + 1, word));
                (!other).then_some((Reference::Present, at + 1))
            }
            _ => None,
        }
    }

    /// Whether an article or possessive stands before: "the current" and not "ocean current".
    fn is_determined(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        let owners = ["its", "his", "her", "their", "our", "my", "s"];
        matches!(self.key(before), "the" | "a" | "this" | "that" | "these" | "those")
            || owners.iter().any(|word| self.says(before, word))
    }

    fn reference_phrase_at(&self, at: usize) -> Option<(Reference, usize)> {
        let ends = |at: usize| !self.atoms.get(at).is_some_and(|a| a.is_word() || a.is_digits());
        match self.key(at) {
            "right" if self.says(at + 1, "now") => Some((Reference::Present, at + 2)),
            "these" if self.says(at + 1, "days") => Some((Reference::Present, at + 2)),
            "present" if self.key_before(at) == "at" => Some((Reference::Present, at + 1)),
            "the" => {
                let near = matches!(self.key(at + 1), "near" | "immediate" | "distant" | "recent");
                let next = at + 1 + usize::from(near);
                let asked = near || self.key_before(at) == "in" || ends(next + 1);
                match self.word(next) {
                    "future" if asked && self.key(next + 1) != "of" => {
                        Some((Reference::Future, next + 1))
                    }
                    "past" if ends(next + 1) => Some((Reference::Past, next + 1)),
                    "moment" if matches!(self.key_before(at), "at" | "for") => {
                        Some((Reference::Present, next + 1))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// "year-end", "the year's end".
    pub(super) fn year_end_at(&self, at: usize) -> Read {
        let next = self.skip_key(at, "the");
        let end = if self.key(next) == "yearend" {
            next + 1
        } else {
            let unit = self.is_unit(next, Unit::Year) || self.is_unit(next, Unit::Month);
            let joint = self.skip_possessive(next + 1).max(self.skip_hyphen(next + 1));
            let asked = matches!(self.key_before(at), "by" | "at" | "before" | "until");
            if !unit || (joint == next + 1 && !asked) || self.key(joint) != "end" {
                return None;
            }
            joint + 1
        };
        let unit = if self.is_unit(next, Unit::Month) { Unit::Month } else { Unit::Year };
        Some((Meaning::Relative { unit, step: 0, part: Part::End, narrated: false }, end))
    }

    /// "the months ahead", "the weeks to come".
    pub(super) fn ahead_at(&self, at: usize) -> Read {
        let (unit, plural) = self.entry(at + 1).filter(|_| self.key(at) == "the")?.unit?;
        let end = match self.key(at + 2) {
            "ahead" => at + 3,
            "to" if self.says(at + 3, "come") => at + 4,
            _ => return None,
        };
        let (number, bound) = if plural { (None, Bound::Vague) } else { (Some(1.0), Bound::Exact) };
        let amount = Amount { number, bound };
        Some((Meaning::Stretch { amount, unit, toward: Toward::Future }, end))
    }

    /// "last month", "the past 10 days", "next Tuesday", "this morning", "the following day".
    pub(super) fn relative_at(&self, at: usize) -> Read {
        let definite = self.key(at) == "the";
        let adjective = at + usize::from(definite);
        let mut key = self.key(adjective);
        let mut next = adjective + 1;
        if matches!(key, "this" | "these") && matches!(self.key(next), "past" | "last" | "coming") {
            if let Some(read) = self.relative_unit(next + 1, self.key(next), false) {
                return Some(read);
            }
            (key, next) = (self.key(next), next + 1);
        }
        if key == "that" && !definite {
            return self.same_at(self.skip_key(next, "same"));
        }
        if key == "same" {
            return self.same_at(next);
        }
        if definite && matches!(key, "entire" | "whole" | "full") {
            let (Meaning::Same { unit }, end) = self.same_at(next)? else { return None };
            let whole = Meaning::Relative { unit, step: 0, part: Part::Whole, narrated: true };
            return (unit != Unit::Night).then_some((whole, end));
        }
        if definite && self.is_unit(adjective, Unit::Quarter) {
            return Some((Meaning::Same { unit: Unit::Quarter }, next));
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
                | Unit::Quarter
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
        if night && key != "last" {
            return None;
        }
        let meaning = match key {
            "last" if night => Meaning::Deictic { days: -1, daytime: Some(Daytime::Night) },
            "last" if definite && !matches!(unit, Unit::Weekend | Unit::Quarter | Unit::Day) => {
                Meaning::Stretch { amount: one, unit, toward: Toward::Past }
            }
            "last" if unit == Unit::Day => return None,
            "last" | "past" => relative(-1, false),
            "previous" | "prior" | "preceding" if unit == Unit::Day => offset(Toward::Past),
            "previous" | "prior" | "preceding" => relative(-1, true),
            "next" | "following" if definite && unit == Unit::Day => offset(Toward::Future),
            "next" if unit == Unit::Day => offset(Toward::Future),
            "next" => relative(1, definite),
            "following" => relative(1, true),
            "coming" | "upcoming" => relative(1, false),
            "this" | "current" => relative(0, false),
            "latest" if unit == Unit::Quarter => relative(-1, false),
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
        let step = match direction {
            Direction::This => 0,
            Direction::Last => -1,
            Direction::Next => 1,
            Direction::Bare | Direction::Week(_) => return None,
        };
        let meaning = if definite {
            let part = Part::Whole;
            let day = Meaning::Relative { unit: Unit::Day, step, part, narrated: true };
            Meaning::Clock { daytime, day: Some(Box::new(day)) }
        } else {
            Meaning::Deictic { days: step, daytime: Some(daytime) }
        };
        (!plural).then_some((meaning, at + 1))
    }

    /// "early August", "mid-2014", "late last year", "the end of August", "earlier this month".
    pub(super) fn part_at(&self, at: usize) -> Read {
        let definite = self.key(at) == "the";
        let at = self.skip_key(at + usize::from(definite), "very");
        let key = self.key(at);
        let (part, next) = match key {
            "early" | "late" if self.key(at + 1) == "in" && self.key(at + 2) == "the" => {
                (if key == "early" { Part::Start } else { Part::Late }, at + 2)
            }
            "early" => (Part::Start, self.skip_hyphen(at + 1)),
            "mid" => (Part::Middle, self.skip_hyphen(at + 1)),
            "late" => (Part::Late, self.skip_hyphen(at + 1)),
            "earlier" => (Part::Earlier, self.skip_key(at + 1, "in")),
            "later" => (Part::Later, self.skip_key(at + 1, "in")),
            "end" | "close" if self.key(at + 1) == "of" => (Part::End, at + 2),
            "end" if self.is_hyphen(at + 1) => (Part::End, at + 2),
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
        let told =
            hyphened && matches!(part, Part::Earlier | Part::Later) && self.key(next) == "the";
        let meaning = match meaning {
            Meaning::Relative { unit, step, part, .. } if told => {
                Meaning::Relative { unit, step, part, narrated: true }
            }
            other => other,
        };
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
