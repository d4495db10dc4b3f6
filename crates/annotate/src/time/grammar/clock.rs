//! Times of day.

use super::*;

impl Grammar<'_> {
    /// "5:49 pm", "10 p.m.", "0530 GMT", "16:00 UTC today".
    pub(super) fn clock_at(&self, at: usize) -> Read {
        let (daytime, end) = self.hour_at(at).or_else(|| self.hour_in_words_at(at))?;
        Some(match self.day_beside(end) {
            Some((day, end)) => (Meaning::Clock { daytime, day: Some(Box::new(day)) }, end),
            None => (Meaning::Clock { daytime, day: None }, end),
        })
    }

    /// "eight o'clock".
    fn hour_in_words_at(&self, at: usize) -> Option<(Daytime, usize)> {
        let Some(NumberWord::Small(hour)) = self.atoms.get(at)?.number else { return None };
        let end = self.after_o_clock(at + 1)?;
        clock(hour as i8, None, false, None).map(|daytime| (daytime, end))
    }

    fn after_o_clock(&self, at: usize) -> Option<usize> {
        let mark = self.atoms.get(at + 1).is_some_and(Atom::is_apostrophe);
        (self.says(at, "o") && mark && self.says(at + 2, "clock")).then_some(at + 3)
    }

    pub(super) fn day_beside(&self, at: usize) -> Read {
        self.full_date_at(at).or_else(|| self.deictic_at(at)).or_else(|| {
            let (weekday, end, short) = self.weekday_at(at)?;
            let meaning = Meaning::Weekday { weekday, direction: Direction::Bare, daytime: None };
            (!short).then_some((meaning, end))
        })
    }

    pub(super) fn hour_at(&self, at: usize) -> Option<(Daytime, usize)> {
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
        } else if let Some(after) = self.after_o_clock(end) {
            end = after;
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
    pub(super) fn half_of_day(&self, at: usize) -> Option<(bool, usize)> {
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

    /// "GMT", "EST", "local time", "Moscow time": whether it is UTC.
    pub(super) fn zone_at(&self, at: usize) -> Option<(Option<bool>, usize)> {
        let zone = self.entry(at).and_then(|entry| entry.zone);
        if zone.is_some() && self.word(at).bytes().all(|letter| letter.is_ascii_uppercase()) {
            return Some((zone, at + 1));
        }
        let place = self.key(at) == "local" || self.atoms.get(at).is_some_and(|a| a.capital);
        (place && self.says(at + 1, "time")).then_some((Some(false), at + 2))
    }

    /// "noon", "midnight", "dawn", "the morning".
    pub(super) fn daytime_alone_at(&self, at: usize) -> Read {
        let (daytime, plural) = self.entry(at)?.daytime?;
        if plural || self.atoms[at].capital {
            return None;
        }
        let exact = matches!(daytime, Daytime::Noon | Daytime::Midnight);
        let alone = exact
            || matches!(
                self.key_before(at),
                "at" | "by" | "since" | "until" | "before" | "after" | "early" | "late" | "mid"
            );
        let after = self.zone_at(at + 1).filter(|_| exact).map_or(at + 1, |(_, end)| end);
        let (end, day) = match self.day_beside(self.skip_key(after, "on")) {
            Some((day, end)) => (end, Some(Box::new(day))),
            None => (after, None),
        };
        (alone || day.is_some()).then_some((Meaning::Clock { daytime, day }, end))
    }

    /// "the evening of March 3", "the early morning hours of Tuesday", "in the morning".
    pub(super) fn the_daytime_at(&self, at: usize) -> Read {
        if self.key(at) != "the" {
            return None;
        }
        let early = matches!(self.key(at + 1), "early" | "late");
        let next = at + 1 + usize::from(early);
        let (daytime, plural) = self.entry(next)?.daytime?;
        let of = next + 1 + usize::from(self.says(next + 1, "hours"));
        if let Some((day, end)) = self.day_beside(of + 1).filter(|_| self.key(of) == "of") {
            return Some((Meaning::Clock { daytime, day: Some(Box::new(day)) }, end));
        }
        let alone = self.key_before(at) == "in" && !plural && !self.atoms[next].capital;
        alone.then_some((Meaning::Clock { daytime, day: None }, next + 1))
    }
}
