//! What a meaning is worth once its anchor is known: a TIMEX3 type, a value, an interval.
//!
//! Every resolution is monotone in its anchor, so that an anchor known only as a stretch of days is
//! resolved at both ends: where they agree the value stands, else it is underspecified and the
//! interval covers both.

use chancery_text::Interval;
use jiff::civil::{Date, Weekday};

use super::TimexType;
use super::calendar::{self, add_days, add_months};
use super::meaning::*;
use super::value::*;
use crate::figure::Bound;

/// What an expression is worth.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Worth {
    pub timex: TimexType,
    pub value: String,
    pub interval: Interval,
}

/// Which way the clause of an expression looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    /// "met", "has met".
    Past,
    /// "begins", "is": of days near by, those to come.
    Present,
    /// "will", "scheduled for".
    Future,
    /// Nothing tells.
    Open,
}

/// From where an expression is counted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Anchor {
    /// The day of speaking.
    pub now: Interval,
    /// The time last told of.
    pub told: Option<Interval>,
    /// The month or quarter last told of.
    pub period: Option<Interval>,
    /// The first day of the range that the expression ends: "from January 23 through March 9".
    pub since: Option<Date>,
    /// Which way its clause looks.
    pub tense: Tense,
}

/// Resolves a meaning.
pub(super) fn worth(meaning: &Meaning, anchor: Anchor) -> Worth {
    let at = |now: Option<Date>| {
        let Anchor { told, period, since, tense, .. } = anchor;
        At { now, told, period, since, tense }.worth(meaning)
    };
    match (anchor.now.first, anchor.now.last) {
        (Some(first), Some(last)) if first == last => at(Some(first)),
        (None, None) => at(None),
        (first, last) => {
            let (low, high) = (first.map(|day| at(Some(day))), last.map(|day| at(Some(day))));
            if let (Some(low), Some(high)) = (&low, &high)
                && low.value == high.value
            {
                return Worth { interval: cover(low.interval, high.interval), ..low.clone() };
            }
            let open = at(None);
            let interval = Interval {
                first: low.and_then(|worth| worth.interval.first),
                last: high.and_then(|worth| worth.interval.last),
            };
            let known = if open.interval.is_open() { interval } else { open.interval };
            Worth { interval: known, ..open }
        }
    }
}

fn cover(a: Interval, b: Interval) -> Interval {
    Interval {
        first: a.first.zip(b.first).map(|(a, b)| a.min(b)),
        last: a.last.zip(b.last).map(|(a, b)| a.max(b)),
    }
}

#[derive(Clone, Copy)]
struct At {
    now: Option<Date>,
    told: Option<Interval>,
    period: Option<Interval>,
    since: Option<Date>,
    tense: Tense,
}

impl At {
    fn worth(&self, meaning: &Meaning) -> Worth {
        match meaning {
            Meaning::Day { date, daytime, .. } => on_day(*date, *daytime),
            Meaning::MonthDay { month, day, weekday, daytime, direction } => {
                let tense = match direction {
                    Direction::Last => Tense::Past,
                    Direction::Next => Tense::Future,
                    Direction::Bare | Direction::This | Direction::Week(_) => self.tense,
                };
                Self { tense, ..*self }.month_day(*month, *day, *weekday, *daytime)
            }
            Meaning::Month { month, year, direction, part } => {
                self.month(*month, *year, *direction, *part)
            }
            Meaning::Year { year, part } => {
                let days = calendar::years(*year, 1).unwrap_or_default();
                dated(format!("{year:04}"), calendar::part(days, *part, self.now))
            }
            Meaning::YearPart { number, of, year } => self.year_part(*number, *of, *year),
            Meaning::Ancient { number, unit } => before_christ(*number, *unit),
            Meaning::InYear { step, of } => self.in_year(*step, of),
            Meaning::Fiscal { year, step } => self.fiscal(*year, *step),
            Meaning::Counterpart { unit, year } => self.counterpart(*unit, *year),
            Meaning::WeekOfMonth { nth, month, year } => self.week_of_month(*nth, *month, *year),
            Meaning::Around { unit, day } => self.around(*unit, day),
            Meaning::Season { season, year, direction } => self.season(*season, *year, *direction),
            Meaning::Decade { first, part } => {
                let days = calendar::years(*first, 10).unwrap_or_default();
                dated(format!("{:03}", first / 10), calendar::part(days, *part, None))
            }
            Meaning::Century { number, part } => {
                let days = calendar::years((number - 1) * 100, 100).unwrap_or_default();
                dated(format!("{:02}", number - 1), calendar::part(days, *part, None))
            }
            Meaning::Weekday { weekday, direction, daytime } => {
                self.weekday(*weekday, *direction, *daytime)
            }
            Meaning::Deictic { days, daytime } => {
                match self.now.and_then(|now| add_days(now, i64::from(*days))) {
                    Some(date) => on_day(date, *daytime),
                    None => open_day("XXXX-XX-XX".to_owned(), *daytime),
                }
            }
            Meaning::Relative { unit, step, part, narrated } => {
                self.relative(*unit, *step, *part, *narrated)
            }
            Meaning::Offset { amount, unit, toward, narrated } => {
                self.offset(*amount, *unit, *toward, *narrated)
            }
            Meaning::Stretch { amount, unit, toward } => self.stretch(*amount, *unit, *toward),
            Meaning::Duration { amount, unit } => Worth {
                timex: TimexType::Duration,
                value: period(*amount, *unit),
                interval: Interval::OPEN,
            },
            Meaning::Set { every, unit, weekday } => recurring(*every, *unit, *weekday),
            Meaning::Clock { daytime, day } => self.clock(*daytime, day.as_deref()),
            Meaning::Named { feast, year, direction } => self.named(*feast, *year, *direction),
            Meaning::Reference(reference) => self.reference(*reference),
            Meaning::Same { unit } => self.same(*unit),
            Meaning::OtherCalendar { calendar, year, month, day } => {
                other_calendar(*calendar, *year, *month, *day)
            }
        }
    }

    fn month_day(
        &self,
        month: i8,
        day: i8,
        weekday: Option<Weekday>,
        daytime: Option<Daytime>,
    ) -> Worth {
        let on = |year: i16| Date::new(year, month, day).ok();
        let found = self.reference_day().and_then(|now| {
            let near =
                (now.year().saturating_sub(6)..=now.year().saturating_add(1)).rev().filter_map(on);
            match weekday {
                Some(weekday) => near
                    .filter(|date| date.weekday() == weekday)
                    .min_by_key(|date| days_between(now, *date).abs()),
                None => self.pick(now, near),
            }
        });
        let found = self.after_since(on).or(found);
        match found {
            Some(date) => on_day(date, daytime),
            None => open_day(format!("XXXX-{month:02}-{day:02}"), daytime),
        }
    }

    /// The first of the same day or month in several years that is not before the range starts.
    fn after_since(&self, on: impl Fn(i16) -> Option<Date>) -> Option<Date> {
        let since = self.since?;
        (since.year()..=since.year().saturating_add(1)).filter_map(on).find(|date| since <= *date)
    }

    /// The year of a date without one is read from the time told of only where the report's own
    /// date is not known.
    fn reference_day(&self) -> Option<Date> {
        self.now.or_else(|| self.told.and_then(|told| told.last.or(told.first)))
    }

    /// Of the same day in several years, the one that the tense asks for. A past within the next
    /// few days is a plan without "will" (headlines, programmes); a far future is a past. Where the
    /// tense does not tell, it is the nearest.
    fn pick(&self, now: Date, dates: impl Iterator<Item = Date> + Clone) -> Option<Date> {
        let ahead = |date: &Date| days_between(now, *date);
        let nearest = || dates.clone().min_by_key(|date| ahead(date).abs());
        match self.tense {
            Tense::Future => {
                dates.clone().find(|date| (0..=330).contains(&ahead(date))).or_else(nearest)
            }
            Tense::Past => dates.clone().filter(|date| ahead(date) <= 3).max(),
            Tense::Present | Tense::Open => nearest(),
        }
    }

    fn month(&self, month: i8, year: Option<i16>, direction: Direction, part: Part) -> Worth {
        let ranged = || Some(self.after_since(|year| last_day(year, month))?.year());
        let year = year.or_else(ranged).or_else(|| self.month_year(month, direction));
        match year {
            Some(year) => {
                let days = calendar::month(year, month).unwrap_or_default();
                dated(format!("{year:04}-{month:02}"), calendar::part(days, part, self.now))
            }
            None => dated(format!("XXXX-{month:02}"), Interval::OPEN),
        }
    }

    fn month_year(&self, month: i8, direction: Direction) -> Option<i16> {
        let now = self.reference_day()?;
        let (year, this) = (now.year(), now.month());
        Some(match direction {
            Direction::This | Direction::Week(_) => year,
            Direction::Last => year - i16::from(this <= month),
            Direction::Next => year + i16::from(month <= this),
            Direction::Bare => year + i16::from(self.year_step(this, month)),
        })
    }

    /// The years from now to the month that a bare name means. Where the tense does not tell, a month
    /// within the next four is still to come, and within eight where it is the present.
    fn year_step(&self, this: i8, month: i8) -> i8 {
        let ahead = (month - this).rem_euclid(12);
        let to_come = match self.tense {
            Tense::Future => true,
            Tense::Past => false,
            Tense::Present => ahead <= 8,
            Tense::Open => ahead <= 4,
        };
        if to_come { i8::from(month < this) } else { -i8::from(this < month) }
    }

    fn year_part(&self, number: i8, of: i8, year: Option<i16>) -> Worth {
        let length = 12 / i64::from(of.max(1));
        let skip = i64::from(number - 1) * length;
        let year = year.or_else(|| {
            let now = self.reference_day()?;
            let ahead = skip + 1 - i64::from(now.month());
            let to_come = self.tense == Tense::Future || (self.tense != Tense::Past && ahead <= 4);
            Some(now.year() - i16::from(0 < ahead && !to_come))
        });
        let name = if of == 4 { 'Q' } else { 'H' };
        match year {
            Some(year) => dated(
                format!("{year:04}-{name}{number}"),
                calendar::months(year, skip, length).unwrap_or_default(),
            ),
            None => dated(format!("XXXX-{name}{number}"), Interval::OPEN),
        }
    }

    /// What lies in a year that is counted from now.
    fn in_year(&self, step: i16, of: &Meaning) -> Worth {
        let year = self.reference_day().and_then(|now| now.year().checked_add(step));
        let Some(year) = year else { return self.worth(of) };
        match *of {
            Meaning::YearPart { number, of, .. } => self.year_part(number, of, Some(year)),
            Meaning::Month { month, part, .. } => {
                self.month(month, Some(year), Direction::Bare, part)
            }
            Meaning::Season { season, .. } => self.season(season, Some(year), Direction::Bare),
            Meaning::Named { feast, .. } => self.named(feast, Some(year), Direction::Bare),
            Meaning::MonthDay { month, day, weekday, daytime, .. } => {
                match Date::new(year, month, day) {
                    Ok(date) => on_day(date, daytime),
                    Err(_) => self.month_day(month, day, weekday, daytime),
                }
            }
            _ => self.worth(of),
        }
    }

    /// A year of accounts is told by the year it is named for; when it starts differs by house.
    fn fiscal(&self, year: Option<i16>, step: i16) -> Worth {
        let year = year.or_else(|| self.reference_day()?.year().checked_add(step));
        match year {
            Some(year) => {
                dated(format!("FY{year:04}"), calendar::years(year, 1).unwrap_or_default())
            }
            None => dated("FYXXXX".to_owned(), Interval::OPEN),
        }
    }

    fn counterpart(&self, unit: Option<Unit>, year: Option<i16>) -> Worth {
        let told = self.period.or(self.told);
        let now = self.reference_day();
        let grain = unit.or_else(|| told.and_then(grain)).unwrap_or(Unit::Year);
        let start = match (told.and_then(|told| told.first), now) {
            (Some(first), _) => Some(first),
            (None, Some(now)) if unit == Some(Unit::Quarter) => add_months(now, -3),
            (None, now) => now,
        };
        let years = |first: Date| year.map_or(-1, |year| i64::from(year) - i64::from(first.year()));
        match start.and_then(|first| add_months(first, years(first) * 12)) {
            Some(day) => {
                let (value, days) = holding(day, grain);
                dated(value, days)
            }
            None => dated(unknown(grain), Interval::OPEN),
        }
    }

    /// Weeks belong to the month that has most of their days.
    fn week_of_month(&self, nth: i8, month: i8, year: Option<i16>) -> Worth {
        let thursday = year
            .or_else(|| self.month_year(month, Direction::Bare))
            .and_then(|year| Date::new(year, month, 1).ok())
            .and_then(|first| first.nth_weekday_of_month(nth, Weekday::Thursday).ok());
        match thursday {
            Some(day) => {
                let (value, days) = holding(day, Unit::Week);
                dated(value, days)
            }
            None => dated(unknown(Unit::Week), Interval::OPEN),
        }
    }

    fn around(&self, unit: Unit, day: &Meaning) -> Worth {
        match self.worth(day).interval.single_day() {
            Some(day) => {
                let (value, days) = holding(day, unit);
                dated(value, days)
            }
            None => dated(unknown(unit), Interval::OPEN),
        }
    }

    fn season(&self, season: Season, year: Option<i16>, direction: Direction) -> Worth {
        let name = match season {
            Season::Spring => "SP",
            Season::Summer => "SU",
            Season::Autumn => "FA",
            Season::Winter => "WI",
        };
        let year = year.or_else(|| {
            let now = self.reference_day()?;
            let start = calendar::season(now.year(), season)?.first?;
            let begun = start <= now;
            let year = now.year();
            Some(match direction {
                Direction::This | Direction::Week(_) => year,
                Direction::Last => {
                    let over = calendar::season(year, season)?.last? < now;
                    year - i16::from(!over)
                }
                Direction::Next => year + i16::from(begun),
                Direction::Bare if matches!(self.tense, Tense::Future | Tense::Present) => year,
                Direction::Bare => year - i16::from(!begun),
            })
        });
        match year {
            Some(year) => dated(
                format!("{year:04}-{name}"),
                calendar::season(year, season).unwrap_or_default(),
            ),
            None => dated(format!("XXXX-{name}"), Interval::OPEN),
        }
    }

    fn weekday(&self, weekday: Weekday, direction: Direction, daytime: Option<Daytime>) -> Worth {
        let found = self.now.and_then(|now| match direction {
            Direction::Bare if self.since.is_some() => {
                calendar::weekday_after(self.since?, weekday, true)
            }
            Direction::Last => calendar::weekday_before(now, weekday, false),
            Direction::Next => calendar::weekday_after(now, weekday, false),
            Direction::This => self.weekday_of_week(now, weekday, 0),
            Direction::Week(weeks) => self.weekday_of_week(now, weekday, weeks),
            Direction::Bare if matches!(self.tense, Tense::Future | Tense::Present) => {
                calendar::weekday_after(now, weekday, true)
            }
            Direction::Bare => calendar::weekday_before(now, weekday, true),
        });
        match found {
            Some(date) => on_day(date, daytime),
            None => open_day(format!("XXXX-WXX-{}", weekday.to_monday_one_offset()), daytime),
        }
    }

    fn weekday_of_week(&self, now: Date, weekday: Weekday, weeks: i8) -> Option<Date> {
        let days = i64::from(weekday.to_monday_zero_offset()) + 7 * i64::from(weeks);
        add_days(calendar::week(now)?.first?, days)
    }

    fn relative(&self, unit: Unit, step: i16, part: Part, narrated: bool) -> Worth {
        let fits = |told: &Interval| narrated && (unit != Unit::Day || told.single_day().is_some());
        let told = self.told.filter(fits).and_then(|told| told.first);
        let Some(base) = told.or(self.now) else { return dated(unknown(unit), Interval::OPEN) };
        let step = i64::from(step);
        let stepped = match unit {
            Unit::Month => add_months(base, step),
            Unit::Quarter => add_months(base, step * 3),
            Unit::Year => add_months(base, step * 12),
            Unit::Decade => add_months(base, step * 120),
            Unit::Century => add_months(base, step * 1200),
            Unit::Weekend if step == 0 => self.weekend_near(base),
            Unit::Fortnight => add_days(base, step * 14),
            Unit::Week | Unit::Weekend => add_days(base, step * 7),
            _ => add_days(base, step),
        };
        match stepped {
            Some(day) => {
                let (value, days) = holding(day, unit);
                dated(value, calendar::part(days, part, self.now))
            }
            None => dated(unknown(unit), Interval::OPEN),
        }
    }

    /// A day of the weekend that "the weekend" means.
    fn weekend_near(&self, base: Date) -> Option<Date> {
        match self.tense {
            Tense::Future => calendar::weekday_after(base, Weekday::Sunday, true),
            _ => calendar::weekday_before(base, Weekday::Saturday, true),
        }
    }

    fn offset(&self, amount: Amount, unit: Unit, toward: Toward, narrated: bool) -> Worth {
        if narrated && self.is_year_before(amount, unit, toward) {
            return self.counterpart(None, None);
        }
        let told = self.told.filter(|_| narrated).and_then(|told| told.first);
        let Some(base) = told.or(self.now) else {
            return match toward {
                Toward::Past if !narrated => referring("PAST_REF", Interval::OPEN),
                Toward::Future if !narrated => referring("FUTURE_REF", Interval::OPEN),
                _ => dated(unknown(unit), Interval::OPEN),
            };
        };
        let sign = if toward == Toward::Past { -1.0 } else { 1.0 };
        let Some(number) = amount.number.filter(|number| *number < 1e6) else {
            return match toward {
                Toward::Past => referring("PAST_REF", Interval { first: None, last: Some(base) }),
                Toward::Future => {
                    referring("FUTURE_REF", Interval { first: Some(base), last: None })
                }
            };
        };
        let hours = number * calendar::days_of(unit) < 1.0;
        if hours && matches!(unit, Unit::Hour | Unit::Minute | Unit::Second) {
            let value = format!("{base}TXX:XX");
            return Worth { timex: TimexType::Time, value, interval: Interval::day(base) };
        }
        let Some(day) = moved(base, unit, number * sign) else {
            return dated(unknown(unit), Interval::OPEN);
        };
        let whole = number.fract() == 0.0 || !matches!(unit, Unit::Decade | Unit::Century);
        let (value, days) = holding(day, if whole { unit } else { Unit::Year });
        let days = spread(days, base, day, unit, amount, toward);
        let hours = number * calendar::days_of(unit) < 1.0;
        if hours && matches!(unit, Unit::Hour | Unit::Minute | Unit::Second) {
            return Worth {
                timex: TimexType::Time,
                value: format!("{value}TXX:XX"),
                interval: days,
            };
        }
        dated(value, days)
    }

    /// "a year earlier" said of a month or quarter is that month or quarter a year before.
    fn is_year_before(&self, amount: Amount, unit: Unit, toward: Toward) -> bool {
        unit == Unit::Year
            && amount.number == Some(1.0)
            && amount.bound == Bound::Exact
            && toward == Toward::Past
            && self.period.is_some()
    }

    fn stretch(&self, amount: Amount, unit: Unit, toward: Toward) -> Worth {
        let sign = if toward == Toward::Past { -1.0 } else { 1.0 };
        let far =
            self.now.zip(amount.number).and_then(|(now, number)| moved(now, unit, number * sign));
        let interval = match toward {
            Toward::Past => Interval { first: far, last: self.now },
            Toward::Future => Interval { first: self.now, last: far },
        };
        Worth { timex: TimexType::Duration, value: period(amount, unit), interval }
    }

    fn clock(&self, daytime: Daytime, day: Option<&Meaning>) -> Worth {
        let on = match day {
            Some(day) => self.worth(day),
            None => match self.told.and_then(Interval::single_day).or(self.now) {
                Some(now) => on_day(now, None),
                None => open_day("XXXX-XX-XX".to_owned(), None),
            },
        };
        Worth {
            timex: TimexType::Time,
            value: format!("{}{}", on.value, suffix(daytime)),
            interval: on.interval,
        }
    }

    fn named(&self, feast: Feast, year: Option<i16>, direction: Direction) -> Worth {
        match feast {
            Feast::Once(date) => return on_day(date, None),
            Feast::Era { first, last } => {
                let value = format!("{:04}/{:04}", first.year(), last.year());
                return dated(value, Interval::between(first, last));
            }
            _ => {}
        }
        let days = match (year, self.reference_day()) {
            (Some(year), _) => calendar::feast(feast, year),
            (None, Some(now)) => self.feast_near(feast, now, direction),
            (None, None) => None,
        };
        match days {
            Some(days) => match days.single_day() {
                Some(day) => on_day(day, None),
                None => dated(days.first.map_or(String::new(), month_value), days),
            },
            None => {
                let value = match (feast, year) {
                    (Feast::Fixed { month, day }, _) => format!("XXXX-{month:02}-{day:02}"),
                    (_, Some(year)) => format!("{year:04}-XX-XX"),
                    _ => "XXXX-XX-XX".to_owned(),
                };
                let interval = year.and_then(|year| calendar::years(year, 1)).unwrap_or_default();
                dated(value, interval)
            }
        }
    }

    fn feast_near(&self, feast: Feast, now: Date, direction: Direction) -> Option<Interval> {
        let mut near: Vec<_> = (-2..=2)
            .filter_map(|step| calendar::feast(feast, now.year().checked_add(step)?))
            .collect();
        near.sort();
        let past = |days: &&Interval| days.first.is_some_and(|first| first <= now);
        let ahead = |days: &&Interval| days.last.is_some_and(|last| now <= last);
        match (direction, self.tense) {
            (Direction::Next, _) | (Direction::Bare, Tense::Future) => {
                near.iter().find(ahead).copied()
            }
            (Direction::This, _) => {
                near.iter().find(|days| days.first.is_some_and(|f| f.year() == now.year())).copied()
            }
            _ => near.iter().rev().find(past).copied(),
        }
    }

    fn reference(&self, reference: Reference) -> Worth {
        match reference {
            Reference::Present => {
                referring("PRESENT_REF", self.now.map(Interval::day).unwrap_or_default())
            }
            Reference::Past => referring("PAST_REF", Interval { first: None, last: self.now }),
            Reference::Future => referring("FUTURE_REF", Interval { first: self.now, last: None }),
        }
    }

    fn same(&self, unit: Unit) -> Worth {
        let told = if unit == Unit::Quarter { self.period } else { self.told };
        let told = told.and_then(|told| Some((told, told.first?)));
        match told {
            Some((told, first)) => {
                let (value, days) = holding(first, unit);
                match told.last {
                    Some(last) if days.holds(last) => {
                        let value = if unit == Unit::Night { format!("{value}TNI") } else { value };
                        let timex =
                            if unit == Unit::Night { TimexType::Time } else { TimexType::Date };
                        Worth { timex, value, interval: days }
                    }
                    _ => dated(unknown(unit), told),
                }
            }
            None => dated(unknown(unit), Interval::OPEN),
        }
    }
}

fn last_day(year: i16, month: i8) -> Option<Date> {
    calendar::month(year, month)?.last
}

/// A time of day on a day that stands beside it.
pub(super) fn on(day: &super::Time, daytime: Daytime) -> Worth {
    Worth {
        timex: TimexType::Time,
        value: format!("{}{}", day.value, suffix(daytime)),
        interval: day.interval,
    }
}
