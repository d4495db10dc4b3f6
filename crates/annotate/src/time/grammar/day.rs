//! Days and months, with their years.

use super::*;

impl Grammar<'_> {
    /// "28", "28th", "first" before "of".
    pub(super) fn day_at(&self, at: usize) -> Option<(i8, usize)> {
        let atom = self.atoms.get(at)?;
        if atom.is_word() {
            let Some(NumberWord::Ordinal(n) | NumberWord::OrdinalFraction(n)) = atom.number else {
                return None;
            };
            return (self.key(at + 1) == "of").then_some((n as i8, at + 1));
        }
        let suffix = self.glued(at + 1) && is_suffix(self.word(at + 1));
        let digits = if suffix { atom.span.slice(self.text) } else { self.plain_digits(at)? };
        let day: i8 = if digits.len() <= 2 { digits.parse().ok()? } else { return None };
        (1..=31).contains(&day).then_some((day, at + 1 + usize::from(suffix)))
    }

    pub(super) fn year_at(&self, at: usize) -> Option<(i16, usize)> {
        let digits = self.plain_digits(at)?;
        let year: i16 = if digits.len() == 4 { digits.parse().ok()? } else { return None };
        let counted = self.entry(at + 1).is_some_and(|entry| entry.counted);
        ((1000..2200).contains(&year) && !counted).then_some((year, at + 1))
    }

    /// A month's name with its dot, and how surely it is one.
    pub(super) fn month_at(&self, at: usize) -> Option<(i8, usize, Surety)> {
        let (month, surety) = self.entry(at)?.month?;
        if !self.atoms[at].capital {
            return None;
        }
        let dot = surety == Surety::Short && self.glued(at + 1) && self.is(at + 1, '.');
        Some((month, at + 1 + usize::from(dot), surety))
    }

    pub(super) fn weekday_at(&self, at: usize) -> Option<(Weekday, usize, bool)> {
        let (weekday, short) = self.entry(at)?.weekday?;
        if short && !self.atoms[at].capital {
            return None;
        }
        let dot = short && self.glued(at + 1) && self.is(at + 1, '.');
        Some((weekday, at + 1 + usize::from(dot), short))
    }

    /// A date with a day in it, without weekday: year, month, day, end.
    pub(super) fn date_at(&self, at: usize) -> Option<(Option<i16>, i8, i8, usize)> {
        let read =
            self.numeric_date(at).or_else(|| self.day_month(at)).or_else(|| self.month_day(at))?;
        let (year, month, day, end) = read;
        let fits = date_of(year.unwrap_or(2000), month, day).is_some();
        let body = year.is_none()
            && self.entry(end).is_some_and(|entry| entry.body)
            && self.atoms[end].is_word();
        (fits && !body).then_some((year, month, day, end))
    }

    /// "28 July 2021", "28th of July", "the 28th day of July".
    pub(super) fn day_month(&self, at: usize) -> Option<(Option<i16>, i8, i8, usize)> {
        let (day, next) = self.day_at(at)?;
        let counted = self.is_unit(next, Unit::Day) && self.key(next + 1) == "of";
        let next = self.skip_key(self.skip_hyphen(next + usize::from(counted)), "of");
        let (month, end, _) = self.month_at(next)?;
        if self.entry(next).is_some_and(|e| e.month.is_some_and(|m| m.1 == Surety::Short))
            && self.atoms[next].span.len() > 4
        {
            return None;
        }
        let (year, end) = self.year_after(end);
        Some((year, month, day, end))
    }

    /// "July 28, 2021", "Sept. 11", "July the 28th".
    pub(super) fn month_day(&self, at: usize) -> Option<(Option<i16>, i8, i8, usize)> {
        let (month, next, _) = self.month_at(at)?;
        let next = self.skip_key(next, "the");
        let (day, end) = self.day_at(next)?;
        let counted = self.entry(end).is_some_and(|entry| entry.counted || entry.month.is_some());
        if counted && self.atoms[end].is_word() && !self.atoms[end].capital {
            return None;
        }
        match self.year_after(end) {
            (None, _) => Some((self.year_past_days(end), month, day, end)),
            (year, end) => Some((year, month, day, end)),
        }
    }

    /// The year at the end of a list of days: "July 26-27, 2021".
    pub(super) fn year_past_days(&self, end: usize) -> Option<i16> {
        let mut next = end;
        while let Some((_, after)) = self.next_day(next) {
            next = after;
        }
        if next == end { None } else { self.year_after(next).0 }
    }

    pub(super) fn year_after(&self, at: usize) -> (Option<i16>, usize) {
        let next = self.skip_hyphen(self.skip_key(self.skip_comma(at), "of"));
        match self.year_at(next) {
            Some((year, end)) if !self.counts_things(end) => (Some(year), end),
            _ => (None, at),
        }
    }

    pub(super) fn counts_things(&self, at: usize) -> bool {
        self.atoms.get(at).is_some_and(|atom| atom.is_word() && !atom.capital)
            && self.entry(at).is_some_and(|entry| entry.counted || entry.unit.is_some())
    }

    /// "2021-07-28", "07/28/2021", "28.7.2021".
    pub(super) fn numeric_date(&self, at: usize) -> Option<(Option<i16>, i8, i8, usize)> {
        let first = self.atoms.get(at).filter(|atom| atom.is_digits())?.span.slice(self.text);
        let separator = self.atoms.get(at + 1).filter(|mark| !mark.spaced)?.kind;
        let AtomKind::Mark('-' | '/' | '.') = separator else { return None };
        let part = |at: usize| {
            self.atoms
                .get(at)
                .filter(|a| a.is_digits() && !a.spaced)
                .map(|a| a.span.slice(self.text))
        };
        let (second, third) = (part(at + 2)?, part(at + 4)?);
        if self.atoms.get(at + 3).filter(|mark| !mark.spaced)?.kind != separator
            || (at > 0 && !self.atoms[at].spaced && !self.is(at - 1, '('))
            || (self.glued(at + 5)
                && self.atoms[at + 5].kind == separator
                && self.atoms.get(at + 6).is_some_and(|a| !a.spaced && a.is_digits()))
        {
            return None;
        }
        let number = |digits: &str| digits.parse::<i16>().ok();
        let (a, b, c) = (number(first)?, number(second)?, number(third)?);
        if first.len() == 4 {
            return small(b).zip(small(c)).map(|(month, day)| (Some(a), month, day, at + 5));
        }
        let year = match third.len() {
            4 => c,
            2 if separator != AtomKind::Mark('.') && c < 70 => 2000 + c,
            2 if separator != AtomKind::Mark('.') => 1900 + c,
            _ => return None,
        };
        let day_first = 12 < a || (separator != AtomKind::Mark('/') && b <= 12);
        let (month, day) = if day_first { (b, a) } else { (a, b) };
        small(month).zip(small(day)).map(|(month, day)| (Some(year), month, day, at + 5))
    }

    /// A date, with its weekday before or right after it, and a time of day.
    pub(super) fn full_date_at(&self, at: usize) -> Read {
        let (weekday, next) = match self.weekday_at(at) {
            Some((weekday, next, _)) => {
                let next = self.skip_key(self.skip_comma(next), "the");
                (Some(weekday), self.skip_key(next, "on"))
            }
            None => (None, at),
        };
        let (year, month, day, end) = self.date_at(next)?;
        let end = self.iso_time(end).unwrap_or(end);
        let (daytime, end) = self.daytime_after(end);
        let year = year.or_else(|| self.year_of_attacks(month, day, end));
        match year.and_then(|year| date_of(year, month, day)) {
            Some(date) => Some((Meaning::Day { date, weekday, daytime }, end)),
            None => {
                let (direction, end) = self.direction_after(end);
                let meaning = Meaning::MonthDay { month, day, weekday, daytime, direction };
                let stepped = self.in_stepped_year(&meaning, end).map(|(meaning, _)| meaning);
                Some((stepped.unwrap_or(meaning), end))
            }
        }
    }

    /// The "last" of "12 October last", "in March last": what follows it must be no noun.
    fn direction_after(&self, end: usize) -> (Direction, usize) {
        let direction = match self.key(end) {
            "last" => Direction::Last,
            "next" => Direction::Next,
            _ => return (Direction::Bare, end),
        };
        let ends = !self.atoms.get(end + 1).is_some_and(|atom| atom.is_word() || atom.is_digits());
        if ends { (direction, end + 1) } else { (Direction::Bare, end) }
    }

    /// "the Sept. 11 attacks" are those of 2001.
    fn year_of_attacks(&self, month: i8, day: i8, end: usize) -> Option<i16> {
        let told = ["attack", "attacks", "terror", "terrorist", "hijackers", "hijackings"];
        let names = told.iter().any(|word| self.says(end, word));
        ((month, day) == (9, 11) && names).then_some(2001)
    }

    /// The "T17:49:00Z" of an ISO stamp.
    pub(super) fn iso_time(&self, at: usize) -> Option<usize> {
        if !(self.glued(at) && self.word(at) == "T" && self.glued(at + 1)) {
            return None;
        }
        let mut end = at + 1;
        while self.glued(end)
            && (self.atoms[end].is_digits()
                || matches!(self.atoms[end].kind, AtomKind::Mark(':' | '.' | '+' | '-'))
                || self.word(end) == "Z")
        {
            end += 1;
        }
        (at + 1 < end).then_some(end)
    }

    /// "night" right after a day.
    pub(super) fn daytime_after(&self, at: usize) -> (Option<Daytime>, usize) {
        let early = matches!(self.key(at), "early" | "late");
        let next = at + usize::from(early);
        match self.entry(next).and_then(|entry| entry.daytime) {
            Some((daytime, false)) if !self.atoms[next].capital => (Some(daytime), next + 1),
            _ => (None, at),
        }
    }

    /// Where a list of days goes on after `end`: "28-29 July" has its first day before, "July 28,
    /// 29 and 30" its others after. Those are expressions of their own.
    pub(super) fn more_days(
        &self,
        at: usize,
        end: usize,
        meaning: &Meaning,
        found: &mut Vec<Expression>,
    ) {
        let with_day = |day: i8| match meaning {
            Meaning::Day { date, .. } => date_of(date.year(), date.month(), day)
                .map(|date| Meaning::Day { date, weekday: None, daytime: None }),
            Meaning::MonthDay { month, .. } => {
                date_of(2000, *month, day)?;
                let (weekday, daytime, direction) = (None, None, Direction::Bare);
                Some(Meaning::MonthDay { month: *month, day, weekday, daytime, direction })
            }
            _ => None,
        };
        let first = at.checked_sub(2).filter(|first| {
            self.atoms[at].is_digits() && self.joins_days(at - 1) && self.atoms[*first].is_digits()
        });
        let day = first.and_then(|first| self.day_at(first)).filter(|(_, end)| end + 1 == at);
        if let Some(meaning) = day.and_then(|(day, _)| with_day(day)) {
            found.push(Expression { span: self.span(at - 2, at - 1), meaning });
        }
        if self.ends_with_day(at, end) {
            let mut next = end;
            while let Some((day, after)) = self.next_day(next) {
                let (_, end) = self.year_after(after);
                if let Some(meaning) = with_day(day) {
                    found.push(Expression { span: self.span(after - 1, end), meaning });
                }
                next = after;
            }
        }
    }

    pub(super) fn ends_with_day(&self, at: usize, end: usize) -> bool {
        self.entry(at).is_some_and(|e| e.month.is_some())
            && self.atoms[end - 1].is_digits()
            && self.word(end - 1).len() <= 2
    }

    pub(super) fn joins_days(&self, at: usize) -> bool {
        self.atoms[at].is_hyphen() || matches!(self.key(at), "and" | "to") || self.is(at, '/')
    }

    pub(super) fn next_day(&self, at: usize) -> Option<(i8, usize)> {
        self.atoms.get(at)?;
        let next = if self.joins_days(at) { at + 1 } else { return None };
        let (day, end) = self.day_at(next).filter(|_| self.atoms[next].is_digits())?;
        let counts = self.atoms.get(end).is_some_and(|atom| {
            atom.is_word()
                && !atom.capital
                && !matches!(
                    self.key(end),
                    "in" | "at"
                        | "on"
                        | "to"
                        | "and"
                        | "by"
                        | "for"
                        | "with"
                        | "after"
                        | "before"
                        | "of"
                        | "during"
                )
        });
        (end == next + 1 && !counts).then_some((day, end))
    }

    pub(super) fn after_more_days(&self, end: usize) -> usize {
        if end < 2 || !self.atoms[end - 1].is_digits() || self.word(end - 1).len() > 2 {
            return end;
        }
        let mut next = end;
        while let Some((_, after)) = self.next_day(next) {
            next = after;
        }
        if next == end { end } else { self.year_after(next).1 }
    }

    /// "February 2020", "May", where it is no modal, person or march.
    pub(super) fn month_expression_at(&self, at: usize, asked: bool) -> Read {
        let (month, name_end, surety) = self.month_at(at)?;
        let (year, end) = self.year_after(name_end);
        let year = year.or_else(|| self.year_past_month(name_end));
        let (direction, end) =
            if year.is_none() { self.direction_after(end) } else { (Direction::Bare, end) };
        let month = Meaning::Month { month, year, direction, part: Part::Whole };
        if let Some(read) = self.in_stepped_year(&month, end).filter(|_| year.is_none()) {
            return Some(read);
        }
        let fits = year.is_some()
            || asked
            || match surety {
                Surety::Sure => !self.is_a_name(at, end),
                Surety::Homonym => self.asks_for_month(at),
                Surety::Short => self.asks_for_month(at) && self.is(end - 1, '.'),
            };
        fits.then_some((month, end))
    }

    /// The year of the second month is that of the first too: "May and June 2011".
    fn year_past_month(&self, end: usize) -> Option<i16> {
        let joined = self.is_hyphen(end)
            || matches!(self.key(end), "and" | "to" | "through")
            || self.says(end, "or");
        let (_, next, _) = self.month_at(end + 1).filter(|_| joined)?;
        self.year_after(next).0
    }

    /// "November last year" as one expression, the November of "November of last year".
    pub(super) fn in_stepped_year(&self, meaning: &Meaning, end: usize) -> Read {
        let named = |step| Meaning::InYear { step, of: Box::new(meaning.clone()) };
        if self.key(end) == "of" {
            return self.stepped_year_at(end + 1).map(|(step, _)| (named(step), end));
        }
        let pointed = matches!(self.key(end), "last" | "this" | "next");
        let (step, after) = self.stepped_year_at(end).filter(|_| pointed)?;
        Some((named(step), after))
    }

    /// "the first week of May", "the last week of March 2009".
    pub(super) fn week_of_month_at(&self, at: usize) -> Read {
        let at = self.skip_key(at, "the");
        let (nth, next) = match self.key(at) {
            "last" | "final" => (-1, at + 1),
            _ => {
                let number = read_number(self.text, self.atoms, at)?;
                let value = number.value.filter(|n| number.form == Form::Ordinal && *n <= 4.0)?;
                (value as i8, number.end)
            }
        };
        if !(self.is_unit(next, Unit::Week) && self.key(next + 1) == "of") {
            return None;
        }
        let (month, end, _) = self.month_at(next + 2)?;
        let (year, end) = self.year_after(end);
        Some((Meaning::WeekOfMonth { nth, month, year }, end))
    }

    /// "the week of May 4", "the weekend of July 4, 2012".
    pub(super) fn around_at(&self, at: usize) -> Read {
        let at = self.skip_key(at, "the");
        let unit = match self.entry(at)?.unit? {
            (unit @ (Unit::Week | Unit::Weekend), false) => unit,
            _ => return None,
        };
        let (day, end) = self.full_date_at(at + 2).filter(|_| self.key(at + 1) == "of")?;
        Some((Meaning::Around { unit, day: Box::new(day) }, end))
    }

    /// "June Allyson", "August Wilson": between or before capitals that are no time.
    pub(super) fn is_a_name(&self, at: usize, end: usize) -> bool {
        let capital = |at: usize| {
            self.atoms.get(at).is_some_and(|atom| {
                atom.is_word()
                    && atom.capital
                    && self.entry(at).is_none_or(|entry| entry.key.is_empty())
            })
        };
        let titled = at > 0 && self.entry(at - 1).is_some_and(|entry| entry.title);
        let before =
            at > 1 && capital(at - 1) && self.atoms[at - 1].span.len() > 3 && !capital(end);
        let known = |at: usize| {
            self.entry(at)
                .is_some_and(|e| e.weekday.is_some() || e.month.is_some() || e.season.is_some())
        };
        let first_name = matches!(self.word(at), "June" | "April" | "August")
            && capital(end)
            && self.key_before(at).is_empty();
        titled || first_name || (before && at > 0 && !known(at - 1) && self.is_hyphen(end))
    }

    pub(super) fn asks_for_month(&self, at: usize) -> bool {
        if at > 0 && self.entry(at - 1).is_some_and(|entry| entry.title) {
            return false;
        }
        let month = |at: usize| self.entry(at).is_some_and(|entry| entry.month.is_some());
        if at > 1 && self.atoms[at - 1].is_hyphen() && month(at - 2) {
            return true;
        }
        let verb_follows = self
            .atoms
            .get(at + 1)
            .is_some_and(|a| a.is_word() && !a.capital && self.entry(at + 1).is_none());
        match self.key_before(at) {
            "in" | "since" | "during" | "early" | "mid" | "late" | "last" | "next" | "this"
            | "until" | "till" => true,
            "by" | "from" | "before" | "after" | "through" | "between" => {
                !self.may_is_a_person && (!verb_follows || self.key_before(at) != "before")
            }
            "to" => at >= 3 && self.entry(at - 2).is_some_and(|entry| entry.month.is_some()),
            "and" | "or" => {
                self.entry(at.saturating_sub(2)).is_some_and(|entry| entry.month.is_some())
            }
            "of" => {
                matches!(self.key(at.saturating_sub(2)), "end" | "beginning" | "start" | "middle")
                    || self.says(at.saturating_sub(2), "month")
            }
            _ => false,
        }
    }
}
