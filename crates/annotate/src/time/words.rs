//! The lexicon of the time stage: what each word does in a time expression.

use std::collections::HashMap;

use jiff::civil::{Date, Weekday};

use super::meaning::{Daytime, Feast, Reference, Season, Unit};
use crate::lexicon::{LexiconFault, Row, Table};

pub(super) const WORDS: &str = include_str!("../../../../data/time/words.tsv");
pub(super) const NAMED: &str = include_str!("../../../../data/time/named.tsv");

/// How surely a word is a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Surety {
    /// "February".
    Sure,
    /// "May", "March".
    Homonym,
    /// "Feb", "Mar".
    Short,
}

/// Everything that one word can do.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    /// Month and how surely.
    pub month: Option<(i8, Surety)>,
    /// Weekday, and whether the form is short.
    pub weekday: Option<(Weekday, bool)>,
    /// "Mondays".
    pub weekdays: Option<Weekday>,
    /// Unit, and whether plural.
    pub unit: Option<(Unit, bool)>,
    /// "morning", and whether plural.
    pub daytime: Option<(Daytime, bool)>,
    /// "summer".
    pub season: Option<Season>,
    /// "tomorrow", and whether it is a night.
    pub deictic: Option<(i16, bool)>,
    /// "now".
    pub reference: Option<Reference>,
    /// "daily".
    pub set: Option<Unit>,
    /// Month of the Islamic calendar.
    pub islamic_month: Option<i8>,
    /// Month of the Solar Hijri calendar.
    pub solar_month: Option<i8>,
    /// "EST": whether it is UTC.
    pub zone: Option<bool>,
    /// "sixties": the first year of the decade.
    pub decade: Option<i16>,
    /// "yearlong".
    pub length: Option<Unit>,
    /// The word itself, where the grammar asks for it.
    pub key: &'static str,
    /// A number after it is a label.
    pub label: bool,
    /// A date before it is a name.
    pub body: bool,
    /// A number before it is a count.
    pub counted: bool,
    /// "May" after it is a person.
    pub title: bool,
}

/// A named day and the pieces of its name.
#[derive(Debug)]
pub(super) struct Named {
    /// Words, digits and marks, in lower case.
    pub pieces: Vec<String>,
    /// What it is.
    pub feast: Feast,
}

/// Words of time.
#[derive(Debug)]
pub struct TimeKit {
    entries: Vec<Entry>,
    words: HashMap<&'static str, u16>,
    named: HashMap<String, Vec<Named>>,
}

impl TimeKit {
    /// The kit made of `data/time`.
    pub fn embedded() -> Self {
        Self::read().expect("the tests read the shipped tables")
    }

    pub(super) fn read() -> Result<Self, LexiconFault> {
        let mut kit = Self { entries: Vec::new(), words: HashMap::new(), named: HashMap::new() };
        kit.read_words()?;
        kit.read_named()?;
        Ok(kit)
    }

    /// The number of the lower-case word's entry.
    pub(super) fn number(&self, word: &str) -> Option<u16> {
        self.words.get(word).copied()
    }

    /// The entry of that number.
    pub(super) fn entry(&self, number: u16) -> &Entry {
        &self.entries[number as usize]
    }

    /// Named days whose name starts with this piece, the longest first.
    pub(super) fn named(&self, piece: &str) -> &[Named] {
        self.named.get(piece).map_or(&[], Vec::as_slice)
    }

    fn read_words(&mut self) -> Result<(), LexiconFault> {
        let table = Table::parse("time/words.tsv", WORDS)?;
        let (word, role) = (table.column("word")?, table.column("role")?);
        let value = table.column("value")?;
        for row in &table.rows {
            let number = match self.words.get(row.cell(word)) {
                Some(number) => *number,
                None => {
                    let number = u16::try_from(self.entries.len())
                        .map_err(|_| table.fault(row, "is one word too many; make ids wider"))?;
                    self.words.insert(row.cell(word), number);
                    self.entries.push(Entry::default());
                    number
                }
            };
            let entry = &mut self.entries[number as usize];
            fill(entry, row.cell(role), row.cell(value))
                .ok_or_else(|| table.fault(row, "has a role or value that no grammar knows"))?;
        }
        Ok(())
    }

    fn read_named(&mut self) -> Result<(), LexiconFault> {
        let table = Table::parse("time/named.tsv", NAMED)?;
        let (name, value) = (table.column("name")?, table.column("value")?);
        for row in &table.rows {
            let pieces = pieces(row.cell(name));
            let feast = read_feast(row, value)
                .ok_or_else(|| table.fault(row, "has no value as the head describes"))?;
            let named = Named { pieces, feast };
            self.named.entry(named.pieces[0].clone()).or_default().push(named);
        }
        for list in self.named.values_mut() {
            list.sort_by_key(|named| std::cmp::Reverse(named.pieces.len()));
        }
        Ok(())
    }
}

fn read_feast(row: &Row, value: usize) -> Option<Feast> {
    let words: Vec<_> = row.cell(value).split(' ').collect();
    let number = |at: usize| words.get(at).and_then(|word| word.parse::<i8>().ok());
    match words[0] {
        "movable" => Some(Feast::Movable),
        "easter" => Some(Feast::Easter(i16::from(number(1)?))),
        "era" => Some(Feast::Era {
            first: words.get(1)?.parse().ok()?,
            last: words.get(2)?.parse().ok()?,
        }),
        "once" => words.get(1)?.parse::<Date>().ok().map(Feast::Once),
        "islamic" => Some(Feast::Islamic { month: number(1)?, day: number(2) }),
        "nth" => Some(Feast::Nth {
            nth: number(1)?,
            weekday: Weekday::from_monday_one_offset(number(2)?).ok()?,
            month: number(3)?,
        }),
        fixed => {
            let (month, day) = fixed.split_once('-')?;
            Some(Feast::Fixed { month: month.parse().ok()?, day: day.parse().ok()? })
        }
    }
}

/// Splits a name as sentences are split into atoms, in lower case.
fn pieces(name: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut joins = false;
    for c in name.chars() {
        match pieces.last_mut() {
            Some(last) if joins && c.is_alphanumeric() => last.push(c),
            _ if c == ' ' => {}
            _ => pieces.push(c.to_string()),
        }
        joins = c.is_alphanumeric();
    }
    pieces
}

fn fill(entry: &mut Entry, role: &str, value: &'static str) -> Option<()> {
    let number = || value.parse::<i8>().ok();
    let weekday = || Weekday::from_monday_one_offset(number()?).ok();
    match role {
        "month" => entry.month = Some((number()?, Surety::Sure)),
        "month-homonym" => entry.month = Some((number()?, Surety::Homonym)),
        "month-short" => entry.month = Some((number()?, Surety::Short)),
        "weekday" => entry.weekday = Some((weekday()?, false)),
        "weekday-short" => entry.weekday = Some((weekday()?, true)),
        "weekday-plural" => entry.weekdays = Some(weekday()?),
        "unit" => entry.unit = Some((read_unit(value)?, false)),
        "unit-plural" => entry.unit = Some((read_unit(value)?, true)),
        "daytime" => entry.daytime = Some((read_daytime(value)?, false)),
        "daytime-plural" => entry.daytime = Some((read_daytime(value)?, true)),
        "season" => entry.season = Some(read_season(value)?),
        "deictic" => entry.deictic = Some((i16::from(number()?), false)),
        "deictic-night" => entry.deictic = Some((i16::from(number()?), true)),
        "reference" => entry.reference = Some(read_reference(value)?),
        "set" => entry.set = Some(read_unit(value)?),
        "islamic-month" => entry.islamic_month = Some(number()?),
        "solar-month" => entry.solar_month = Some(number()?),
        "zone" => entry.zone = Some(value == "utc"),
        "decade" => entry.decade = Some(value.parse().ok()?),
        "length" => entry.length = Some(read_unit(value)?),
        "key" => entry.key = value,
        "label" => entry.label = true,
        "body" => entry.body = true,
        "counted" => entry.counted = true,
        "title" => entry.title = true,
        _ => return None,
    }
    Some(())
}

fn read_unit(value: &str) -> Option<Unit> {
    Some(match value {
        "second" => Unit::Second,
        "minute" => Unit::Minute,
        "hour" => Unit::Hour,
        "day" => Unit::Day,
        "night" => Unit::Night,
        "weekend" => Unit::Weekend,
        "week" => Unit::Week,
        "fortnight" => Unit::Fortnight,
        "month" => Unit::Month,
        "quarter" => Unit::Quarter,
        "year" => Unit::Year,
        "decade" => Unit::Decade,
        "century" => Unit::Century,
        _ => return None,
    })
}

fn read_daytime(value: &str) -> Option<Daytime> {
    Some(match value {
        "morning" => Daytime::Morning,
        "noon" => Daytime::Noon,
        "afternoon" => Daytime::Afternoon,
        "evening" => Daytime::Evening,
        "night" => Daytime::Night,
        "midnight" => Daytime::Midnight,
        _ => return None,
    })
}

fn read_season(value: &str) -> Option<Season> {
    Some(match value {
        "spring" => Season::Spring,
        "summer" => Season::Summer,
        "autumn" => Season::Autumn,
        "winter" => Season::Winter,
        _ => return None,
    })
}

fn read_reference(value: &str) -> Option<Reference> {
    Some(match value {
        "present" => Reference::Present,
        "past" => Reference::Past,
        "future" => Reference::Future,
        _ => return None,
    })
}
