//! Names of days and other calendars.

use super::*;

impl Grammar<'_> {
    pub(super) fn named_at(&self, at: usize) -> Read {
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
            crate::time::atom::with_lower_case(first.span.slice(self.text), look);
        }
        let (feast, end) = read?;
        if matches!(feast, Feast::Era { .. }) {
            return self.asks_for_an_era(at).then_some((named(feast, None), end));
        }
        if digits && (self.is(end, '/') || (self.glued(end) && self.atoms[end].is_digits())) {
            return None;
        }
        let (year, end) = self.year_after(end);
        let meaning = named(feast, year);
        let stepped = self.in_stepped_year(&meaning, end).filter(|_| year.is_none());
        stepped.or(Some((meaning, end)))
    }

    /// "since World War II", "in the Middle Ages"; a "World War II veteran" tells no time.
    fn asks_for_an_era(&self, at: usize) -> bool {
        let before = if self.key_before(at) == "the" { at - 1 } else { at };
        let asked = "after before during from in of since through to until till";
        let key = self.key_before(before);
        !key.is_empty() && asked.split(' ').any(|word| word == key)
    }

    /// "12 Rajab 1442", "1400 AH", "ROC year 110", "Saur 1357".
    pub(super) fn other_calendar_at(&self, at: usize) -> Read {
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

    pub(super) fn era_at(&self, at: usize) -> Read {
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
}

fn named(feast: Feast, year: Option<i16>) -> Meaning {
    Meaning::Named { feast, year, direction: Direction::Bare }
}
