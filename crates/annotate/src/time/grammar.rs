//! The grammar of time expressions, over the atoms of one sentence.
//!
//! Each `*_at` function reads one kind of expression that starts at an atom and gives what it means
//! and the atom after it.

use chancery_text::Span;
use jiff::civil::{Date, Weekday};

use super::Expression;
use super::atom::{Atom, AtomKind};
use super::meaning::*;
use super::words::{Entry, Surety, TimeKit};
use crate::figure::Bound;
use crate::figure::number::{Form, NumberTable, NumberWord, read_number};

/// What was read: what it means, and one past its last atom.
type Read = Option<(Meaning, usize)>;

/// One sentence being read.
pub(super) struct Grammar<'a> {
    /// The report's text.
    pub text: &'a str,
    /// The sentence's atoms.
    pub atoms: &'a [Atom],
    /// The lexicon.
    pub kit: &'a TimeKit,
    /// Whether the report names a person called May.
    pub may_is_a_person: bool,
}

impl Grammar<'_> {
    /// Adds the sentence's expressions to `found`.
    pub fn read(&self, found: &mut Vec<Expression>) {
        let mut at = 0;
        while at < self.atoms.len() {
            let read = if self.may_start(at) { self.expression_at(at) } else { None };
            match read {
                Some((meaning, end)) => {
                    let span = self.span(at, end);
                    let dated = matches!(meaning, Meaning::MonthDay { .. } | Meaning::Day { .. });
                    if dated {
                        self.more_days(at, end, &meaning, found);
                    }
                    found.push(Expression { span, meaning });
                    at = if dated { self.after_more_days(end) } else { end };
                }
                None => at += 1,
            }
        }
        found.sort_by_key(|expression| (expression.span.start, expression.span.end));
    }

    fn span(&self, at: usize, end: usize) -> Span {
        self.atoms[at].span.cover(self.atoms[end - 1].span)
    }

    fn may_start(&self, at: usize) -> bool {
        let atom = &self.atoms[at];
        atom.is_digits()
            || atom.entry.is_some()
            || atom.number.is_some()
            || atom.bounds
            || atom.is_apostrophe()
            || (atom.is_word() && atom.capital)
    }

    fn entry(&self, at: usize) -> Option<&Entry> {
        self.atoms.get(at)?.entry.map(|number| self.kit.entry(number))
    }

    fn key(&self, at: usize) -> &'static str {
        self.entry(at).map_or("", |entry| entry.key)
    }

    fn key_before(&self, at: usize) -> &'static str {
        at.checked_sub(1).map_or("", |before| self.key(before))
    }

    fn is(&self, at: usize, mark: char) -> bool {
        self.atoms.get(at).is_some_and(|atom| atom.is(mark))
    }

    fn glued(&self, at: usize) -> bool {
        self.atoms.get(at).is_some_and(|atom| !atom.spaced)
    }

    fn is_hyphen(&self, at: usize) -> bool {
        self.glued(at) && self.atoms[at].is_hyphen()
    }

    fn skip_hyphen(&self, at: usize) -> usize {
        at + usize::from(self.is_hyphen(at))
    }

    fn skip_key(&self, at: usize, key: &str) -> usize {
        at + usize::from(self.key(at) == key)
    }

    fn skip_comma(&self, at: usize) -> usize {
        at + usize::from(self.is(at, ','))
    }

    fn word(&self, at: usize) -> &str {
        self.atoms.get(at).map_or("", |atom| atom.span.slice(self.text))
    }

    fn says(&self, at: usize, word: &str) -> bool {
        self.word(at).eq_ignore_ascii_case(word)
    }

    /// Digits without a decimal, a separator or letters hanging on them.
    fn plain_digits(&self, at: usize) -> Option<&str> {
        let atom = self.atoms.get(at).filter(|atom| atom.is_digits())?;
        let hangs = |next: usize| {
            let Some(mark) = self.atoms.get(next).filter(|mark| !mark.spaced) else { return false };
            let number_follows =
                self.atoms.get(next + 1).is_some_and(|after| !after.spaced && after.is_digits());
            match mark.kind {
                AtomKind::Mark('.' | ':' | ',') => number_follows,
                AtomKind::Mark('%') => true,
                AtomKind::Word => true,
                _ => false,
            }
        };
        let hung = at > 0 && !atom.spaced && {
            let before = &self.atoms[at - 1];
            matches!(
                before.kind,
                AtomKind::Word | AtomKind::Mark('.' | ':' | '$' | '£' | '€' | '#' | '@' | '_')
            ) && !(before.is('.') && at > 1 && self.atoms[at - 2].is_word())
        };
        (!hangs(at + 1) && !hung).then(|| atom.span.slice(self.text))
    }

    // ---- days, months, years -----------------------------------------------------------------

    /// "28", "28th", "first" before "of".
    fn day_at(&self, at: usize) -> Option<(i8, usize)> {
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

    fn year_at(&self, at: usize) -> Option<(i16, usize)> {
        let digits = self.plain_digits(at)?;
        let year: i16 = if digits.len() == 4 { digits.parse().ok()? } else { return None };
        let counted = self.entry(at + 1).is_some_and(|entry| entry.counted);
        ((1000..2200).contains(&year) && !counted).then_some((year, at + 1))
    }

    /// A month's name with its dot, and how surely it is one.
    fn month_at(&self, at: usize) -> Option<(i8, usize, Surety)> {
        let (month, surety) = self.entry(at)?.month?;
        if !self.atoms[at].capital {
            return None;
        }
        let dot = surety == Surety::Short && self.glued(at + 1) && self.is(at + 1, '.');
        Some((month, at + 1 + usize::from(dot), surety))
    }

    fn weekday_at(&self, at: usize) -> Option<(Weekday, usize, bool)> {
        let (weekday, short) = self.entry(at)?.weekday?;
        if short && !self.atoms[at].capital {
            return None;
        }
        let dot = short && self.glued(at + 1) && self.is(at + 1, '.');
        Some((weekday, at + 1 + usize::from(dot), short))
    }

    /// A date with a day in it, without weekday: year, month, day, end.
    fn date_at(&self, at: usize) -> Option<(Option<i16>, i8, i8, usize)> {
        let read =
            self.numeric_date(at).or_else(|| self.day_month(at)).or_else(|| self.month_day(at))?;
        let (year, month, day, end) = read;
        let fits = date_of(year.unwrap_or(2000), month, day).is_some();
        let body = year.is_none()
            && self.entry(end).is_some_and(|entry| entry.body)
            && self.atoms[end].is_word();
        (fits && !body).then_some((year, month, day, end))
    }

    /// "28 July 2021", "28th of July".
    fn day_month(&self, at: usize) -> Option<(Option<i16>, i8, i8, usize)> {
        let (day, next) = self.day_at(at)?;
        let next = self.skip_key(self.skip_hyphen(next), "of");
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
    fn month_day(&self, at: usize) -> Option<(Option<i16>, i8, i8, usize)> {
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
    fn year_past_days(&self, end: usize) -> Option<i16> {
        let mut next = end;
        while let Some((_, after)) = self.next_day(next) {
            next = after;
        }
        if next == end { None } else { self.year_after(next).0 }
    }

    fn year_after(&self, at: usize) -> (Option<i16>, usize) {
        let next = self.skip_hyphen(self.skip_key(self.skip_comma(at), "of"));
        match self.year_at(next) {
            Some((year, end)) if !self.counts_things(end) => (Some(year), end),
            _ => (None, at),
        }
    }

    fn counts_things(&self, at: usize) -> bool {
        self.atoms.get(at).is_some_and(|atom| atom.is_word() && !atom.capital)
            && self.entry(at).is_some_and(|entry| entry.counted || entry.unit.is_some())
    }

    /// "2021-07-28", "07/28/2021", "28.7.2021".
    fn numeric_date(&self, at: usize) -> Option<(Option<i16>, i8, i8, usize)> {
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
    fn full_date_at(&self, at: usize) -> Read {
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
        let meaning = match year.and_then(|year| date_of(year, month, day)) {
            Some(date) => Meaning::Day { date, weekday, daytime },
            None => Meaning::MonthDay { month, day, weekday, daytime },
        };
        Some((meaning, end))
    }

    /// The "T17:49:00Z" of an ISO stamp.
    fn iso_time(&self, at: usize) -> Option<usize> {
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
    fn daytime_after(&self, at: usize) -> (Option<Daytime>, usize) {
        let early = matches!(self.key(at), "early" | "late");
        let next = at + usize::from(early);
        match self.entry(next).and_then(|entry| entry.daytime) {
            Some((daytime, false)) if !self.atoms[next].capital => (Some(daytime), next + 1),
            _ => (None, at),
        }
    }

    /// Where a list of days goes on after `end`: "28-29 July" has its first day before, "July 28,
    /// 29 and 30" its others after. Those are expressions of their own.
    fn more_days(&self, at: usize, end: usize, meaning: &Meaning, found: &mut Vec<Expression>) {
        let with_day = |day: i8| match meaning {
            Meaning::Day { date, .. } => date_of(date.year(), date.month(), day)
                .map(|date| Meaning::Day { date, weekday: None, daytime: None }),
            Meaning::MonthDay { month, .. } => {
                date_of(2000, *month, day)?;
                Some(Meaning::MonthDay { month: *month, day, weekday: None, daytime: None })
            }
            _ => None,
        };
        if 2 <= at && self.atoms[at].is_digits() && self.joins_days(at - 1) {
            if let Some((day, end)) = self.day_at(at - 2).filter(|_| self.atoms[at - 2].is_digits())
            {
                if let Some(meaning) = with_day(day).filter(|_| end == at - 1) {
                    found.push(Expression { span: self.span(at - 2, at - 1), meaning });
                }
            }
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

    fn ends_with_day(&self, at: usize, end: usize) -> bool {
        self.entry(at).is_some_and(|e| e.month.is_some())
            && self.atoms[end - 1].is_digits()
            && self.word(end - 1).len() <= 2
    }

    fn joins_days(&self, at: usize) -> bool {
        self.atoms[at].is_hyphen() || matches!(self.key(at), "and" | "to") || self.is(at, '/')
    }

    fn next_day(&self, at: usize) -> Option<(i8, usize)> {
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

    fn after_more_days(&self, end: usize) -> usize {
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
    fn month_expression_at(&self, at: usize, asked: bool) -> Read {
        let (month, end, surety) = self.month_at(at)?;
        let (year, end) = self.year_after(end);
        let fits = year.is_some()
            || asked
            || match surety {
                Surety::Sure => !self.is_a_name(at, end),
                Surety::Homonym => self.asks_for_month(at),
                Surety::Short => self.asks_for_month(at) && self.is(end - 1, '.'),
            };
        let meaning = Meaning::Month { month, year, direction: Direction::Bare, part: Part::Whole };
        fits.then_some((meaning, end))
    }

    /// "June Allyson", "August Wilson": between or before capitals that are no time.
    fn is_a_name(&self, at: usize, end: usize) -> bool {
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

    fn asks_for_month(&self, at: usize) -> bool {
        if at > 0 && self.entry(at - 1).is_some_and(|entry| entry.title) {
            return false;
        }
        let verb_follows = self
            .atoms
            .get(at + 1)
            .is_some_and(|a| a.is_word() && !a.capital && self.entry(at + 1).is_none());
        match self.key_before(at) {
            "in" | "since" | "during" | "early" | "mid" | "late" | "last" | "next" | "this"
            | "until" | "till" => true,
            "by" | "from" | "before" | "after" | "through" | "between" => {
                !self.may_is_a_person && !(verb_follows && self.key_before(at) == "before")
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

    /// A bare year, where it is no count and no label.
    fn bare_year_at(&self, at: usize) -> Read {
        let (year, end) = self.year_at(at)?;
        if !self.year_stands(at, end, year) {
            return None;
        }
        Some((Meaning::Year { year, part: Part::Whole }, end))
    }

    fn year_stands(&self, at: usize, end: usize, year: i16) -> bool {
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
        match self.key_before(at) {
            "in" | "since" | "until" | "till" | "by" | "during" | "early" | "late" | "mid" => {
                !(counts && !(1900..2036).contains(&year))
            }
            "the" => !counts || ((1900..2036).contains(&year) && year % 100 != 0),
            "from" | "to" | "and" | "between" | "of" | "before" | "after" | "through" => {
                !counts && (1700..2100).contains(&year)
            }
            _ => !counts && (1900..2036).contains(&year),
        }
    }

    fn year_before(&self, at: usize) -> bool {
        at > 0 && self.year_at_loosely(at - 1)
    }

    fn year_at_loosely(&self, at: usize) -> bool {
        self.atoms[at].is_digits() && self.word(at).len() == 4
    }

    /// Whether the word at `at` looks like things counted: "people", "homes", "kilometres".
    fn counts_follow(&self, at: usize) -> bool {
        let word = self.word(at);
        if let Some(entry) = self.entry(at) {
            return entry.counted || (entry.unit.is_some() && entry.key.is_empty());
        }
        (word.ends_with('s')
            && !word.ends_with("ss")
            && word.len() > 3
            && !matches!(
                word,
                "was"
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
            || matches!(word, "km" | "kg" | "m" | "per" | "percent")
    }

    /// "the 1980s", "'80s", "80s".
    fn decade_at(&self, at: usize) -> Option<(i16, usize)> {
        let quoted = self.atoms.get(at)?.is_apostrophe();
        let at = at + usize::from(quoted);
        let atom = self.atoms.get(at).filter(|atom| atom.is_digits())?;
        let digits = atom.span.slice(self.text);
        let mut end = at + 1;
        end += usize::from(self.glued(end) && self.atoms[end].is_apostrophe());
        if !(self.glued(end) && self.word(end) == "s") || !digits.ends_with('0') {
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

    fn decade_context(&self, at: usize) -> bool {
        let key = self.key_before(at);
        matches!(key, "the" | "early" | "late" | "mid")
            || (at > 1 && self.atoms[at - 1].is_hyphen() && self.key(at - 2) == "mid")
    }

    /// "20th century", "nineteenth century".
    fn century_at(&self, at: usize) -> Option<(i16, usize)> {
        let number = read_number(self.text, self.atoms, at).filter(|n| n.form == Form::Ordinal)?;
        let end = self.skip_hyphen(number.end);
        let unit = self.entry(end)?.unit?.0;
        let value = number.value.filter(|n| (1.0..=30.0).contains(n))?;
        (unit == Unit::Century).then_some((value as i16, end + 1))
    }

    /// "first quarter of 2015", "Q3", "second half of last year".
    fn year_part_at(&self, at: usize) -> Read {
        let (number, of, end) = self.quarter_at(at)?;
        let (year, year_step, tail) = self.year_part_tail(end);
        if of == 2 && tail == end {
            return None;
        }
        Some((Meaning::YearPart { number, of, year, year_step }, tail))
    }

    fn quarter_at(&self, at: usize) -> Option<(i8, i8, usize)> {
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

    fn plain_digits_after_letter(&self, at: usize) -> Option<i8> {
        let atom = self.atoms.get(at).filter(|atom| atom.is_digits())?;
        atom.span.slice(self.text).parse().ok()
    }

    fn year_part_tail(&self, end: usize) -> (Option<i16>, i16, usize) {
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
    fn season_at(&self, at: usize, asked: bool) -> Read {
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

    // ---- times of day ------------------------------------------------------------------------

    /// "5:49 pm", "10 p.m.", "0530 GMT", "16:00 UTC today".
    fn clock_at(&self, at: usize) -> Read {
        let (daytime, end) = self.hour_at(at)?;
        Some(match self.day_beside(end) {
            Some((day, end)) => (Meaning::Clock { daytime, day: Some(Box::new(day)) }, end),
            None => (Meaning::Clock { daytime, day: None }, end),
        })
    }

    fn day_beside(&self, at: usize) -> Read {
        self.full_date_at(at).or_else(|| self.deictic_at(at)).or_else(|| {
            let (weekday, end, short) = self.weekday_at(at)?;
            let meaning = Meaning::Weekday { weekday, direction: Direction::Bare, daytime: None };
            (!short).then_some((meaning, end))
        })
    }

    fn hour_at(&self, at: usize) -> Option<(Daytime, usize)> {
        let atom = self.atoms.get(at).filter(|atom| atom.is_digits())?;
        let digits = atom.span.slice(self.text);
        if at > 0 && !atom.spaced && !self.is(at - 1, '(') && !self.atoms[at - 1].is_hyphen() {
            return None;
        }
        if digits.len() == 4 {
            let (hour, minute) = (digits[..2].parse().ok()?, digits[2..].parse().ok()?);
            let (utc, end) = self
                .zone_at(at + 1)
                .filter(|zone| zone.0.is_some())
                .map(|zone| (zone.0 == Some(true), zone.1))?;
            return clock(hour, Some(minute), utc, None).map(|daytime| (daytime, end));
        }
        let hour: i8 = if digits.len() <= 2 { digits.parse().ok()? } else { return None };
        let separator = self.atoms.get(at + 1).filter(|mark| !mark.spaced).map(|mark| mark.kind);
        let minutes =
            self.atoms.get(at + 2).filter(|a| a.is_digits() && !a.spaced && a.span.len() == 2);
        let minute = match (separator, minutes) {
            (Some(AtomKind::Mark(':' | '.')), Some(minutes)) => {
                minutes.span.slice(self.text).parse::<i8>().ok()
            }
            _ => None,
        };
        let mut end = if minute.is_some() { at + 3 } else { at + 1 };
        if minute.is_some()
            && self.glued(end)
            && self.is(end, ':')
            && self.atoms.get(end + 1).is_some_and(|a| a.is_digits() && !a.spaced)
        {
            end += 2;
        }
        let half = self.half_of_day(end);
        let colon = separator == Some(AtomKind::Mark(':')) && minute.is_some();
        if let Some((_, after)) = half {
            end = after;
        } else if self.says(end, "o")
            && self.atoms.get(end + 1).is_some_and(Atom::is_apostrophe)
            && self.says(end + 2, "clock")
        {
            end += 3;
        } else if !colon {
            let zoned = self.zone_at(end).filter(|zone| zone.0.is_some() && minute.is_some())?;
            return clock(hour, minute, zoned.0 == Some(true), None)
                .map(|daytime| (daytime, zoned.1));
        }
        let (zone, end) = self.zone_at(end).unwrap_or((None, end));
        clock(hour, minute, zone == Some(true), half.map(|half| half.0))
            .map(|daytime| (daytime, end))
    }

    /// "am", "p.m.": whether afternoon.
    fn half_of_day(&self, at: usize) -> Option<(bool, usize)> {
        let atom = self.atoms.get(at).filter(|atom| atom.is_word())?;
        let word = atom.span.slice(self.text);
        if word.eq_ignore_ascii_case("am") || word.eq_ignore_ascii_case("pm") {
            return Some((word.eq_ignore_ascii_case("pm"), at + 1));
        }
        let letter = word.eq_ignore_ascii_case("a") || word.eq_ignore_ascii_case("p");
        let dotted = letter
            && self.glued(at + 1)
            && self.is(at + 1, '.')
            && self.glued(at + 2)
            && self.says(at + 2, "m");
        if !dotted {
            return None;
        }
        let dot = self.glued(at + 3) && self.is(at + 3, '.');
        Some((word.eq_ignore_ascii_case("p"), at + 3 + usize::from(dot)))
    }

    /// "GMT", "local time": whether it is UTC.
    fn zone_at(&self, at: usize) -> Option<(Option<bool>, usize)> {
        let zone = match self.key(at) {
            "utc" | "gmt" => Some(true),
            "est" | "edt" | "cet" | "bst" | "ist" | "pst" | "pdt" if self.atoms[at].capital => {
                Some(false)
            }
            "local" if self.says(at + 1, "time") => return Some((Some(false), at + 2)),
            _ => None,
        };
        zone.map(|utc| (Some(utc), at + 1))
    }

    /// "noon", "midnight", "dawn", "the morning".
    fn daytime_alone_at(&self, at: usize) -> Read {
        let (daytime, plural) = self.entry(at)?.daytime?;
        if plural || self.atoms[at].capital {
            return None;
        }
        let definite = matches!(self.key_before(at), "the") && self.key(at.wrapping_sub(2)) == "in";
        let alone = matches!(daytime, Daytime::Noon | Daytime::Midnight)
            || definite
            || matches!(
                self.key_before(at),
                "at" | "by" | "since" | "until" | "before" | "after" | "early" | "late" | "mid"
            );
        let (end, day) = match self.day_beside(self.skip_key(at + 1, "on")) {
            Some((day, end)) => (end, Some(Box::new(day))),
            None => (at + 1, None),
        };
        (alone || day.is_some()).then_some((Meaning::Clock { daytime, day }, end))
    }

    // ---- what is relative to now -------------------------------------------------------------

    /// "today", "tomorrow morning", "tonight".
    fn deictic_at(&self, at: usize) -> Read {
        let (days, night) = self.entry(at)?.deictic?;
        let (daytime, end) = self.daytime_after(at + 1);
        let daytime = if night { Some(Daytime::Night) } else { daytime };
        Some((Meaning::Deictic { days, daytime }, end))
    }

    /// "now", "recently", "at the moment", "in the near future".
    fn reference_at(&self, at: usize) -> Read {
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
    fn relative_at(&self, at: usize) -> Read {
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

    fn same_at(&self, at: usize) -> Read {
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
    fn stretch_at(&self, at: usize, key: &str, direction: Direction) -> Read {
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

    fn relative_unit(&self, at: usize, key: &str, definite: bool) -> Read {
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
    fn pointed_at(&self, at: usize, direction: Direction, definite: bool) -> Read {
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
        if let Some((meaning, end)) = self.named_at(at) {
            if let Meaning::Named { feast, year, .. } = meaning {
                return Some((Meaning::Named { feast, year, direction }, end));
            }
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
    fn part_at(&self, at: usize) -> Read {
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
    fn edge_unit(&self, at: usize) -> bool {
        let unit = self.entry(at).and_then(|entry| entry.unit);
        matches!(unit, Some((Unit::Week | Unit::Day, _)))
            && self.key(at + 1) == "of"
            && (self.month_at(at + 2).is_some() || self.year_at(at + 2).is_some())
    }

    /// What can have a part.
    fn whole_at(&self, at: usize, asked: bool) -> Read {
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

    fn counts_follow_word(&self, at: usize) -> bool {
        self.atoms.get(at).is_some_and(|a| a.is_word() && !a.capital) && self.counts_follow(at)
    }

    // ---- lengths, distances, sets ------------------------------------------------------------

    /// "10 days", "two-day", "several years", "a week", "half an hour". `asked` where "the past"
    /// stands before, so that "few weeks" is enough.
    fn amount_at(&self, at: usize, asked: bool) -> Option<(Amount, Unit, usize)> {
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
                | "working"
        ) {
            next += 1;
        }
        let (unit, plural) = self.entry(next)?.unit?;
        let singular_ok = hyphen || number.is_none_or(|n| n <= 1.0);
        if (!plural && !singular_ok) || (unit == Unit::Second && !plural) {
            return None;
        }
        Some((Amount { number, bound }, unit, next + 1))
    }

    fn count_at(&self, at: usize, asked: bool) -> Option<(Option<f64>, usize)> {
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
        }
        match self.key(at) {
            "few" if asked => return Some((None, at + 1)),
            "many" | "few" if self.entry(at + 1).is_some_and(|e| e.unit.is_some_and(|u| u.1)) => {
                return Some((None, at + 1));
            }
            "couple" if asked && self.key(at + 1) == "of" => return Some((Some(2.0), at + 2)),
            "half" if matches!(self.key(at + 1), "a" | "an") => return Some((Some(0.5), at + 2)),
            "half" if self.is_hyphen(at + 1) => return Some((Some(0.5), at + 1)),
            _ => {}
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
        (!hung).then_some((number.value, end))
    }

    /// "two days ago", "a two-day visit", "$3 a day".
    fn length_at(&self, at: usize) -> Read {
        let (amount, unit, mut end) = self.amount_at(at, false)?;
        let hyphen = self.is_hyphen(end);
        if self.says(self.skip_hyphen(end), "old") || self.says(self.skip_hyphen(end), "olds") {
            return None;
        }
        if hyphen && self.says(end + 1, "long") {
            end += 2;
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

    fn is_rate(&self, at: usize) -> bool {
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
    fn bare_length_at(&self, at: usize) -> Read {
        let (unit, plural) = self.entry(at)?.unit?;
        if self.is_hyphen(at + 1) && self.says(at + 2, "long") && !plural {
            let amount = Amount { number: Some(1.0), bound: Bound::Exact };
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
        asked.then_some((Meaning::Duration { amount, unit }, at + 1))
    }

    /// "every day", "each Wednesday", "daily", "twice a week", "Mondays".
    fn set_at(&self, at: usize) -> Read {
        let entry = self.entry(at)?;
        let one = Amount { number: Some(1.0), bound: Bound::Exact };
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

    fn every_at(&self, at: usize, one: Amount) -> Read {
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

    // ---- names and other calendars -----------------------------------------------------------

    fn named_at(&self, at: usize) -> Read {
        let first = self.atoms.get(at)?;
        let digits = first.is_digits() && self.is(at + 1, '/') && (at == 0 || first.spaced);
        if !(first.capital || digits) {
            return None;
        }
        let mut read = None;
        let mut look = |word: &str| {
            read = self.kit.named(word).iter().find_map(|named| {
                let end = at + named.pieces.len();
                let same = self.atoms.len() >= end
                    && named.pieces.iter().zip(&self.atoms[at..end]).all(|(piece, atom)| {
                        let slice = atom.span.slice(self.text);
                        slice.eq_ignore_ascii_case(piece)
                            || (piece == "'" && slice == "’")
                            || (piece == "-" && atom.is_hyphen())
                    });
                same.then_some((named.feast, end))
            });
        };
        if digits {
            look(first.span.slice(self.text));
        } else {
            super::atom::with_lower_case(first.span.slice(self.text), look);
        }
        let (feast, end) = read?;
        if digits && (self.is(end, '/') || (self.glued(end) && self.atoms[end].is_digits())) {
            return None;
        }
        let (year, end) = self.year_after(end);
        Some((Meaning::Named { feast, year, direction: Direction::Bare }, end))
    }

    /// "12 Rajab 1442", "1400 AH", "ROC year 110", "Saur 1357".
    fn other_calendar_at(&self, at: usize) -> Read {
        let day = self.day_at(at).filter(|_| self.atoms[at].is_digits());
        let month_at = day.map_or(at, |(_, end)| self.skip_key(end, "of"));
        let other = |calendar, year, month, day, end| {
            Some((Meaning::OtherCalendar { calendar, year, month, day }, end))
        };
        if let Some(entry) = self.entry(month_at).filter(|_| self.atoms[month_at].capital) {
            let (calendar, month) = match (entry.islamic_month, entry.solar_month) {
                (Some(month), _) => (Calendar::Islamic, month),
                (_, Some(month)) => (Calendar::SolarHijri, month),
                _ => return self.era_at(at),
            };
            let next = self.skip_comma(month_at + 1);
            let inner_day = if day.is_none() { self.day_at(next) } else { None };
            let after_day = inner_day.map_or(next, |(_, end)| self.skip_comma(end));
            let year = self.year_at(after_day).filter(|(year, _)| (1200..1500).contains(year));
            let day = day.or(inner_day).map(|(day, _)| day);
            let end = year
                .map_or(if inner_day.is_some() { after_day } else { month_at + 1 }, |(_, end)| end);
            if day.is_none() && year.is_none() {
                return None;
            }
            return other(calendar, year.map(|(year, _)| year), Some(month), day, end);
        }
        self.era_at(at)
    }

    fn era_at(&self, at: usize) -> Read {
        let other = |calendar, year, end| {
            Some((
                Meaning::OtherCalendar { calendar, year: Some(year), month: None, day: None },
                end,
            ))
        };
        if let Some((year, end)) = self.year_at(at).filter(|(year, _)| (1200..1500).contains(year))
        {
            return match self.key(end) {
                "ah" | "hijri" => other(Calendar::Islamic, year, end + 1),
                "solar" if self.key(end + 1) == "hijri" => {
                    other(Calendar::SolarHijri, year, end + 2)
                }
                "shamsi" => other(Calendar::SolarHijri, year, end + 1),
                _ => None,
            };
        }
        let roc = match self.key(at) {
            "minguo" => at + 1,
            "roc" if self.says(at + 1, "year") || self.says(at + 1, "era") => at + 2,
            _ => return None,
        };
        let year: i16 = self.plain_digits(roc)?.parse().ok()?;
        (year < 300).then(|| other(Calendar::Roc, year, roc + 1)).flatten()
    }

    // ---- all together ------------------------------------------------------------------------

    /// The longest expression that starts at `at`; of equal ones the first in this order.
    fn expression_at(&self, at: usize) -> Read {
        let readers: [fn(&Self, usize) -> Read; 16] = [
            Self::named_at,
            Self::other_calendar_at,
            Self::full_date_at,
            Self::clock_at,
            Self::part_at,
            Self::year_part_read,
            Self::relative_at,
            Self::set_at,
            Self::length_at,
            Self::bare_length_at,
            Self::deictic_read,
            Self::reference_at,
            Self::decade_read,
            Self::month_read,
            Self::season_read,
            Self::rest_at,
        ];
        let mut best: Read = None;
        for reader in readers {
            let longest = best.as_ref().map_or(0, |(_, end)| *end);
            best = reader(self, at).filter(|(_, end)| longest < *end).or(best);
        }
        best
    }

    fn year_part_read(&self, at: usize) -> Read {
        let inner = self.skip_key(at, "the");
        self.year_part_at(inner)
    }

    fn deictic_read(&self, at: usize) -> Read {
        if self.key(at) == "the" && self.says(at + 1, "day") {
            let days = self.entry(at + 3).and_then(|e| e.deictic).map(|d| d.0);
            match (self.key(at + 2), days) {
                ("before", Some(-1)) => {
                    return Some((Meaning::Deictic { days: -2, daytime: None }, at + 4));
                }
                ("after", Some(1)) => {
                    return Some((Meaning::Deictic { days: 2, daytime: None }, at + 4));
                }
                ("before" | "after", None)
                    if !self.atoms.get(at + 3).is_some_and(|a| a.is_word() || a.is_digits()) =>
                {
                    let amount = Amount { number: Some(1.0), bound: Bound::Exact };
                    let toward =
                        if self.key(at + 2) == "before" { Toward::Past } else { Toward::Future };
                    return Some((
                        Meaning::Offset { amount, unit: Unit::Day, toward, narrated: true },
                        at + 3,
                    ));
                }
                _ => {}
            }
        }
        self.deictic_at(at)
    }

    fn decade_read(&self, at: usize) -> Read {
        let inner = self.skip_key(at, "the");
        if let Some((first, end)) = self.decade_at(inner) {
            return Some((Meaning::Decade { first, part: Part::Whole }, end));
        }
        let (number, end) = self.century_at(inner)?;
        Some((Meaning::Century { number, part: Part::Whole }, end))
    }

    fn month_read(&self, at: usize) -> Read {
        self.month_expression_at(at, false)
    }

    fn season_read(&self, at: usize) -> Read {
        if self.key(at) == "the" && !self.atoms.get(at + 1).is_some_and(|a| a.capital) {
            return self.season_at(at + 1, false);
        }
        self.season_at(at, false)
    }

    fn rest_at(&self, at: usize) -> Read {
        if let Some((weekday, end, short)) = self.weekday_at(at) {
            let (daytime, end) = self.daytime_after(end);
            let name = self.names_a_thing(at, end);
            let meaning = Meaning::Weekday { weekday, direction: Direction::Bare, daytime };
            return (!short && !name && self.atoms[at].capital).then_some((meaning, end));
        }
        if self.key(at) == "the"
            && self.entry(at + 1).is_some_and(|e| e.unit == Some((Unit::Weekend, false)))
        {
            let meaning = Meaning::Relative {
                unit: Unit::Weekend,
                step: 0,
                part: Part::Whole,
                narrated: false,
            };
            return Some((meaning, at + 2));
        }
        self.daytime_alone_at(at).or_else(|| self.bare_year_at(at))
    }

    /// "Bloody Sunday", "Sunday Times", "Black Friday".
    fn names_a_thing(&self, at: usize, end: usize) -> bool {
        let capital = |at: usize| {
            self.atoms.get(at).is_some_and(|a| a.is_word() && a.capital && a.entry.is_none())
        };
        let bloody =
            at > 0 && matches!(self.word(at - 1), "Bloody" | "Black" | "Ash" | "Holy" | "Super");
        let paper = capital(end)
            && matches!(
                self.word(end),
                "Times" | "Mail" | "Telegraph" | "Express" | "Mirror" | "Herald" | "Post"
            );
        bloody || paper
    }
}

fn is_suffix(letters: &str) -> bool {
    matches!(letters, "st" | "nd" | "rd" | "th")
}

fn small(number: i16) -> Option<i8> {
    i8::try_from(number).ok()
}

fn date_of(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

fn clock(hour: i8, minute: Option<i8>, utc: bool, afternoon: Option<bool>) -> Option<Daytime> {
    let hour = match afternoon {
        Some(_) if !(1..=12).contains(&hour) && hour != 0 => hour,
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    let fits = (0..=24).contains(&hour) && minute.is_none_or(|m| (0..60).contains(&m));
    fits.then_some(Daytime::Clock { hour, minute, utc })
}

fn direction_of(key: &str, definite: bool) -> Option<Direction> {
    match key {
        "last" | "past" | "recent" => Some(Direction::Last),
        "previous" | "prior" | "preceding" => Some(Direction::Last),
        "next" | "coming" | "upcoming" => Some(Direction::Next),
        "following" if definite => Some(Direction::Next),
        "this" if !definite => Some(Direction::This),
        "current" if definite => Some(Direction::This),
        _ => None,
    }
}

/// The same meaning, of which only a part is meant; `None` if it can have no such part.
fn with_part(meaning: Meaning, new: Part) -> Option<Meaning> {
    let now = matches!(new, Part::Earlier | Part::Later);
    Some(match meaning {
        Meaning::Month { month, year, direction, .. } if !now => {
            Meaning::Month { month, year, direction, part: new }
        }
        Meaning::Year { year, .. } => Meaning::Year { year, part: new },
        Meaning::Decade { first, .. } if !now => Meaning::Decade { first, part: new },
        Meaning::Century { number, .. } if !now => Meaning::Century { number, part: new },
        Meaning::Relative { unit, step, narrated, .. } => {
            Meaning::Relative { unit, step, part: new, narrated }
        }
        Meaning::Month { .. } | Meaning::Decade { .. } | Meaning::Century { .. } => return None,
        Meaning::Stretch { .. } => return None,
        other => other,
    })
}

/// Whether the text names a person called May: a title or an unknown capitalised word before it.
pub(super) fn names_a_may(text: &str, kit: &TimeKit) -> bool {
    text.match_indices(" May").any(|(at, _)| {
        let before = &text[..at];
        let word = before.rsplit(|c: char| !(c.is_alphabetic() || c == '.')).next().unwrap_or("");
        let name = word.trim_end_matches('.');
        let mut time = false;
        super::atom::with_lower_case(name, |lower| {
            time = kit.number(lower).is_some_and(|number| !kit.entry(number).title);
        });
        2 <= name.len() && name.starts_with(char::is_uppercase) && !time
    })
}
