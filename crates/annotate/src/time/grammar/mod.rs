//! The grammar of time expressions, over the atoms of one sentence.
//!
//! Each `*_at` function reads one kind of expression that starts at an atom and gives what it means
//! and the atom after it.

mod amount;
mod clock;
mod counterpart;
mod day;
mod named;
mod period;
mod relative;
mod year;

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
                    found.extend(self.length_before(at, &meaning));
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

    /// The longest expression that starts at `at`; of equal ones the first in this order.
    fn expression_at(&self, at: usize) -> Read {
        let readers: [fn(&Self, usize) -> Read; 26] = [
            Self::named_at,
            Self::other_calendar_at,
            Self::full_date_at,
            Self::clock_at,
            Self::week_of_month_at,
            Self::part_at,
            Self::year_part_read,
            Self::fiscal_at,
            Self::counterpart_at,
            Self::around_at,
            Self::relative_at,
            Self::set_at,
            Self::length_at,
            Self::determined_length_at,
            Self::bare_length_at,
            Self::deictic_read,
            Self::reference_at,
            Self::decade_read,
            Self::month_read,
            Self::season_read,
            Self::the_daytime_at,
            Self::year_end_at,
            Self::ancient_at,
            Self::year_of_era_at,
            Self::ahead_at,
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

    /// "the day before yesterday", "the day after", "the year before".
    fn deictic_read(&self, at: usize) -> Read {
        let (unit, plural) = match self.entry(at + 1).and_then(|entry| entry.unit) {
            Some(unit) if self.key(at) == "the" => unit,
            _ => return self.deictic_at(at),
        };
        let side = match self.key(at + 2) {
            "before" | "previous" | "earlier" => -1,
            "after" => 1,
            _ => return None,
        };
        let days = self.entry(at + 3).and_then(|entry| entry.deictic).map(|deictic| deictic.0);
        if let Some(days) = days.filter(|days| *days == side && unit == Unit::Day) {
            return Some((Meaning::Deictic { days: days + side, daytime: None }, at + 4));
        }
        let ends = !self.atoms.get(at + 3).is_some_and(|a| a.is_word() || a.is_digits());
        let stepped = matches!(unit, Unit::Day | Unit::Week | Unit::Month | Unit::Year);
        let meaning = Meaning::Relative { unit, step: side, part: Part::Whole, narrated: true };
        (ends && stepped && !plural).then_some((meaning, at + 3))
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
            let (direction, end) = self.week_after(end);
            let any = self.key_before(at) == "a" && self.key(at.wrapping_sub(2)) == "on";
            let meaning = match any {
                true => any_weekday(weekday),
                false => Meaning::Weekday { weekday, direction, daytime },
            };
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

    /// The week that a weekday is told of: "Thursday night last week", "Monday of next week".
    fn week_after(&self, at: usize) -> (Direction, usize) {
        let next = self.skip_key(at, "of");
        let weeks = match self.key(next) {
            "last" => -1,
            "this" => 0,
            "next" => 1,
            _ => return (Direction::Bare, at),
        };
        match self.entry(next + 1).and_then(|entry| entry.unit) {
            Some((Unit::Week, false)) => (Direction::Week(weeks), next + 2),
            _ => (Direction::Bare, at),
        }
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

/// "on a Monday" is no certain one.
fn any_weekday(weekday: Weekday) -> Meaning {
    let every = Amount { number: Some(1.0), bound: Bound::Exact };
    Meaning::Set { every, unit: Unit::Week, weekday: Some(weekday) }
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
        "last" | "past" | "recent" | "latest" => Some(Direction::Last),
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
        Meaning::InYear { step, of } => {
            Meaning::InYear { step, of: Box::new(with_part(*of, new)?) }
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
