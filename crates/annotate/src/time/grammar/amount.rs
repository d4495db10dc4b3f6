//! Amounts of time: durations, sets, and what has parts.

use super::*;

impl Grammar<'_> {
    /// What can have a part.
    pub(super) fn whole_at(&self, at: usize, asked: bool) -> Read {
        let inner = self.skip_key(at, "the");
        if let Some((first, end)) = self.decade_at(inner) {
            return Some((Meaning::Decade { first, part: Part::Whole }, end));
        }
        if let Some((number, end)) = self.century_at(inner) {
            return Some((Meaning::Century { number, part: Part::Whole }, end));
        }
        if let Some((year, end)) = self.year_at(at) {
            let stands = asked || !self.counts_follow_word(end);
            return stands.then_some((Meaning::Year { year, part: Part::Whole }, end));
        }
        if let Some(read) = self.fiscal_at(at) {
            return Some(read);
        }
        if inner == at {
            let read = self
                .month_expression_at(at, true)
                .or_else(|| self.season_at(at, true))
                .or_else(|| self.relative_at(at))
                .or_else(|| self.deictic_at(at));
            if read.is_some() {
                return read;
            }
            let (weekday, end, short) = self.weekday_at(at)?;
            let (daytime, end) = self.daytime_after(end);
            let meaning = Meaning::Weekday { weekday, direction: Direction::Bare, daytime };
            return (!short).then_some((meaning, end));
        }
        let (unit, plural) = self.entry(inner)?.unit?;
        let stepped = matches!(
            unit,
            Unit::Day | Unit::Week | Unit::Month | Unit::Year | Unit::Decade | Unit::Century
        );
        let meaning = Meaning::Relative { unit, step: 0, part: Part::Whole, narrated: false };
        (!plural && stepped).then_some((meaning, inner + 1))
    }

    pub(super) fn counts_follow_word(&self, at: usize) -> bool {
        self.atoms.get(at).is_some_and(|a| a.is_word() && !a.capital) && self.counts_follow(at)
    }

    /// "10 days", "two-day", "several years", "a week", "half an hour". `asked` where "the past"
    /// stands before, so that "few weeks" is enough.
    pub(super) fn amount_at(&self, at: usize, asked: bool) -> Option<(Amount, Unit, usize)> {
        let (bound, next) = NumberTable::shared()
            .bound_at(self.text, self.atoms, at, true)
            .filter(|(bound, _)| *bound != Bound::Exact)
            .unwrap_or((Bound::Exact, at));
        let (number, next) = self.count_at(next, asked)?;
        let hyphen = self.is_hyphen(next);
        let mut next = self.skip_hyphen(next);
        if matches!(
            self.word(next),
            "consecutive"
                | "straight"
                | "full"
                | "long"
                | "whole"
                | "more"
                | "additional"
                | "calendar"
                | "business"
                | "trading"
                | "working"
        ) {
            next += 1;
        }
        let (unit, plural) = self.entry(next)?.unit?;
        let singular_ok = hyphen || number.is_none_or(|n| n <= 1.0);
        if !plural && (!singular_ok || unit == Unit::Second) {
            return None;
        }
        let half = self.key(next + 1) == "and"
            && self.key(next + 2) == "a"
            && self.key(next + 3) == "half";
        let number = number.map(|number| if half { number + 0.5 } else { number });
        if let Some((number, unit, end)) = number
            .filter(|_| !half)
            .and_then(|number| self.with_smaller_unit(number, unit, next + 1))
        {
            return Some((Amount { number: Some(number), bound }, unit, end));
        }
        Some((Amount { number, bound }, unit, next + if half { 4 } else { 1 }))
    }

    /// "9 years and 10 months": 118 months.
    fn with_smaller_unit(&self, number: f64, unit: Unit, at: usize) -> Option<(f64, Unit, usize)> {
        let (smaller, times) = match unit {
            Unit::Year => (Unit::Month, 12.0),
            Unit::Week => (Unit::Day, 7.0),
            Unit::Day => (Unit::Hour, 24.0),
            Unit::Hour => (Unit::Minute, 60.0),
            Unit::Minute => (Unit::Second, 60.0),
            _ => return None,
        };
        let next = self.skip_key(self.skip_comma(at), "and");
        let rest = read_number(self.text, self.atoms, next).filter(|_| at < next)?;
        let fits = rest.form != Form::Ordinal && self.entry(rest.end)?.unit?.0 == smaller;
        let rest_number = rest.value.filter(|value| fits && *value < times)?;
        Some((number * times + rest_number, smaller, rest.end + 1))
    }

    pub(super) fn count_at(&self, at: usize, asked: bool) -> Option<(Option<f64>, usize)> {
        if self.atoms.get(at)?.is_word() && matches!(self.key(at), "a" | "an") {
            if self.key(at + 1) == "few" {
                return Some((None, at + 2));
            }
            if self
                .entry(at + 1)
                .is_some_and(|e| e.unit.is_some_and(|u| !u.1 && u.0 != Unit::Quarter))
            {
                return Some((Some(1.0), at + 1));
            }
            let part = self.is_unit(at + 1, Unit::Quarter) || self.key(at + 1) == "half";
            if part && self.is_unit(self.skip_hyphen(at + 2), Unit::Century) {
                return self.count_at(at + 1, asked);
            }
        }
        match self.key(at) {
            "few" if asked => return Some((None, at + 1)),
            "many" if at > 0 && self.says(at - 1, "as") => return None,
            "many" | "few" if self.entry(at + 1).is_some_and(|e| e.unit.is_some_and(|u| u.1)) => {
                return Some((None, at + 1));
            }
            "couple" if asked && self.key(at + 1) == "of" => return Some((Some(2.0), at + 2)),
            "half" if matches!(self.key(at + 1), "a" | "an") => return Some((Some(0.5), at + 2)),
            "half" if self.is_unit(at + 1, Unit::Century) => return Some((Some(0.5), at + 1)),
            "half" if self.is_hyphen(at + 1) => return Some((Some(0.5), at + 1)),
            _ => {}
        }
        if self.is_unit(at, Unit::Quarter) {
            let century = self.is_unit(self.skip_hyphen(at + 1), Unit::Century);
            return century.then_some((Some(0.25), at + 1));
        }
        let number = read_number(self.text, self.atoms, at)?;
        if number.form == Form::Ordinal
            || (number.form == Form::Fraction && number.value.is_some_and(|v| v < 0.5))
        {
            return None;
        }
        let end = number.end + usize::from(number.value.is_none() && self.key(number.end) == "of");
        let hung = at > 0
            && !self.atoms[at].spaced
            && (self.is(at - 1, '.') || self.atoms[at - 1].is_word() || self.is(at - 1, '$'));
        let (value, end) = match self.fraction_after(end).filter(|_| number.form == Form::Digits) {
            Some((part, end)) => (number.value.map(|whole| whole + part), end),
            None => (number.value, end),
        };
        (!hung).then_some((value, end))
    }

    /// The "1/2" of "2 1/2 years".
    fn fraction_after(&self, at: usize) -> Option<(f64, usize)> {
        let digit = |at: usize| self.word(at).parse::<u8>().ok().filter(|n| (1..=9).contains(n));
        let (part, whole) = (digit(at)?, digit(at + 2)?);
        let fraction = self.is(at + 1, '/') && self.glued(at + 1) && self.glued(at + 2);
        (fraction && part < whole).then_some((f64::from(part) / f64::from(whole), at + 3))
    }

    /// "two days ago", "a two-day visit", "$3 a day".
    pub(super) fn length_at(&self, at: usize) -> Read {
        let (amount, unit, mut end) = self.amount_at(at, false)?;
        let hyphen = self.is_hyphen(end);
        let ages = ["old", "olds", "older", "younger"];
        if ages.iter().any(|word| self.says(self.skip_hyphen(end), word)) {
            return None;
        }
        if hyphen && self.says(end + 1, "long") {
            end += 2;
        } else if self.says(end, "period") {
            end += 1;
        }
        let offset =
            |toward, narrated, end| Some((Meaning::Offset { amount, unit, toward, narrated }, end));
        match self.key(end) {
            "ago" => return offset(Toward::Past, false, end + 1),
            "earlier" => return offset(Toward::Past, true, end + 1),
            "later" => return offset(Toward::Future, true, end + 1),
            "hence" => return offset(Toward::Future, false, end + 1),
            "from" if self.says(end + 1, "now") => return offset(Toward::Future, false, end + 2),
            _ => {}
        }
        if let Some(end) = self.time_of_length(end) {
            return offset(Toward::Future, false, end);
        }
        let article = matches!(self.key(at), "a" | "an");
        if article && self.is_rate(at) {
            return Some((Meaning::Set { every: amount, unit, weekday: None }, end));
        }
        if self
            .entry(end - 1)
            .is_some_and(|entry| entry.unit.is_some_and(|u| matches!(u.0, Unit::Weekend)))
        {
            return None;
        }
        Some((Meaning::Duration { amount, unit }, end))
    }

    /// The end of the "time" of "two weeks' time", "a year's time".
    fn time_of_length(&self, end: usize) -> Option<usize> {
        let possessive = self.skip_possessive(end);
        let plural = self.atoms.get(end).is_some_and(|mark| mark.is_apostrophe() && !mark.spaced);
        let next = if possessive == end { end + usize::from(plural) } else { possessive };
        (end < next && self.says(next, "time")).then_some(next + 1)
    }

    /// "the two years", "the first nine months", "a three-year period".
    pub(super) fn determined_length_at(&self, at: usize) -> Read {
        let definite = self.key(at) == "the";
        if !definite && !matches!(self.key(at), "a" | "an") {
            return None;
        }
        let first = definite && self.key(at + 1) == "first";
        let next = at + 1 + usize::from(first);
        let (meaning, end) = self.length_at(next)?;
        let plural = self.entry(end - 1).is_some_and(|e| e.unit.is_some_and(|unit| unit.1));
        let fits = self.says(end - 1, "period") || (definite && plural);
        (matches!(meaning, Meaning::Duration { .. }) && fits).then_some((meaning, end))
    }

    /// The "60" of "60 to 90 days", which is a length of its own.
    pub(super) fn length_before(&self, at: usize, meaning: &Meaning) -> Option<Expression> {
        let Meaning::Duration { amount: Amount { number: Some(most), .. }, unit } = *meaning else {
            return None;
        };
        let joint = at.checked_sub(1)?;
        let joined = matches!(self.key(joint), "to" | "and") || self.says(joint, "or");
        let last = joint - usize::from(joined && 0 < joint && self.is_hyphen(joint - 1));
        let first = last.checked_sub(1).filter(|_| joined || self.atoms[joint].is_hyphen())?;
        let number = read_number(self.text, self.atoms, first).filter(|n| n.end == last)?;
        let ranged = self.key(joint) != "and" || self.key_before(first) == "between";
        let least = number.value.filter(|n| *n < most && number.form != Form::Ordinal && ranged)?;
        let amount = Amount { number: Some(least), bound: Bound::Exact };
        Some(Expression {
            span: self.span(first, last),
            meaning: Meaning::Duration { amount, unit },
        })
    }

    pub(super) fn is_rate(&self, at: usize) -> bool {
        at > 0
            && (self.atoms[at - 1].is_digits()
                || self.is(at - 1, '%')
                || matches!(self.atoms[at - 1].number, Some(NumberWord::Scale(_)))
                || matches!(
                    self.word(at - 1),
                    "times" | "once" | "twice" | "dollars" | "percent" | "barrels"
                ))
    }

    /// "decades", "years ago", "months of talks", "decade-long".
    pub(super) fn bare_length_at(&self, at: usize) -> Read {
        let one = Amount { number: Some(1.0), bound: Bound::Exact };
        if let Some(unit) = self.entry(at)?.length {
            return Some((Meaning::Duration { amount: one, unit }, at + 1));
        }
        let (unit, plural) = self.entry(at)?.unit?;
        if self.is_hyphen(at + 1) && self.says(at + 2, "long") {
            let vague = Amount { number: None, bound: Bound::Vague };
            let amount = if plural { vague } else { one };
            return Some((Meaning::Duration { amount, unit }, at + 3));
        }
        let long = self.says(at + 1, "long") && !plural && !self.glued(at + 1);
        if !plural || long {
            return None;
        }
        let amount = Amount { number: None, bound: Bound::Vague };
        match self.key(at + 1) {
            "ago" => {
                return Some((
                    Meaning::Offset { amount, unit, toward: Toward::Past, narrated: false },
                    at + 2,
                ));
            }
            "earlier" => {
                return Some((
                    Meaning::Offset { amount, unit, toward: Toward::Past, narrated: true },
                    at + 2,
                ));
            }
            "later" => {
                return Some((
                    Meaning::Offset { amount, unit, toward: Toward::Future, narrated: true },
                    at + 2,
                ));
            }
            _ => {}
        }
        let asked = matches!(
            self.key_before(at),
            "for" | "in" | "over" | "within" | "after" | "throughout"
        ) || matches!(self.key(at + 1), "of" | "before" | "after")
            || (unit == Unit::Decade && self.key_before(at) != "the");
        let part_of_day = unit == Unit::Hour && self.day_beside(at + 2).is_some();
        let edge = matches!(self.key_before(at), "early" | "late" | "first" | "last");
        (asked && !part_of_day && !edge).then_some((Meaning::Duration { amount, unit }, at + 1))
    }

    /// "every day", "each Wednesday", "daily", "twice a week", "Mondays".
    pub(super) fn set_at(&self, at: usize) -> Read {
        let one = Amount { number: Some(1.0), bound: Bound::Exact };
        if let Some(read) = self.times_at(at, one) {
            return Some(read);
        }
        let entry = self.entry(at)?;
        let habit =
            self.entry(at + 1).and_then(|next| next.daytime).is_some_and(|daytime| daytime.1);
        if let Some((weekday, _)) = entry.weekday.filter(|_| habit && self.atoms[at].capital) {
            let meaning = Meaning::Set { every: one, unit: Unit::Week, weekday: Some(weekday) };
            return Some((meaning, at + 2));
        }
        if let Some(weekday) = entry.weekdays {
            return Some((
                Meaning::Set { every: one, unit: Unit::Week, weekday: Some(weekday) },
                at + 1,
            ));
        }
        if let Some(unit) = entry.set {
            let name = self.atoms[at].capital
                && self.atoms.get(at + 1).is_some_and(|a| a.is_word() && a.capital);
            return (!name).then_some((Meaning::Set { every: one, unit, weekday: None }, at + 1));
        }
        match entry.key {
            "every" | "each" => self.every_at(at + 1, one),
            "per" => {
                let (unit, plural) = self.entry(at + 1)?.unit?;
                (!plural).then_some((Meaning::Set { every: one, unit, weekday: None }, at + 2))
            }
            "once" | "twice" if matches!(self.key(at + 1), "a" | "per" | "every") => {
                let (unit, plural) = self.entry(at + 2)?.unit?;
                (!plural).then_some((Meaning::Set { every: one, unit, weekday: None }, at + 3))
            }
            _ => None,
        }
    }

    /// "three times a week".
    fn times_at(&self, at: usize, one: Amount) -> Read {
        let end = read_number(self.text, self.atoms, at)?.end;
        let rate = matches!(self.key(end + 1), "a" | "an" | "per" | "each" | "every");
        let unit = self.entry(end + 2)?.unit.filter(|unit| !unit.1)?.0;
        (self.says(end, "times") && rate)
            .then_some((Meaning::Set { every: one, unit, weekday: None }, end + 3))
    }

    pub(super) fn every_at(&self, at: usize, one: Amount) -> Read {
        let set = |every, unit, weekday, end| Some((Meaning::Set { every, unit, weekday }, end));
        if let Some((weekday, end, _)) = self.weekday_at(at) {
            return set(one, Unit::Week, Some(weekday), end);
        }
        if self.key(at) == "other" {
            let two = Amount { number: Some(2.0), bound: Bound::Exact };
            return self.entry(at + 1)?.unit.and_then(|(unit, _)| set(two, unit, None, at + 2));
        }
        if let Some((amount, unit, end)) = self.amount_at(at, true) {
            return set(amount, unit, None, end);
        }
        let entry = self.entry(at)?;
        if let Some((unit, false)) = entry.unit {
            return set(one, unit, None, at + 1);
        }
        if entry.daytime.is_some() {
            return set(one, Unit::Day, None, at + 1);
        }
        (entry.season.is_some() || entry.month.is_some_and(|_| self.atoms[at].capital))
            .then_some((Meaning::Set { every: one, unit: Unit::Year, weekday: None }, at + 1))
    }
}
