//! Reckoning of days: steps by units, feasts, other calendars.

use chancery_text::Interval;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::meaning::{Calendar, Feast, Part, Season, Unit};

/// The date `days` later; `None` where the calendar ends.
pub(super) fn add_days(date: Date, days: i64) -> Option<Date> {
    date.checked_add(days.clamp(-4_000_000, 4_000_000).days()).ok()
}

/// The date `months` later, on the last day of the month if it is shorter.
pub(super) fn add_months(date: Date, months: i64) -> Option<Date> {
    date.checked_add(months.clamp(-200_000, 200_000).months()).ok()
}

/// From `first` until the day before `after`.
fn until(first: Date, after: Option<Date>) -> Interval {
    let last = after.and_then(|after| add_days(after, -1)).unwrap_or(Date::MAX);
    Interval::between(first, last)
}

/// The days of a month.
pub(super) fn month(year: i16, month: i8) -> Option<Interval> {
    let first = Date::new(year, month, 1).ok()?;
    Some(until(first, add_months(first, 1)))
}

/// The days of `months` months from January of `year` plus `skip` months.
pub(super) fn months(year: i16, skip: i64, months: i64) -> Option<Interval> {
    let first = add_months(Date::new(year, 1, 1).ok()?, skip)?;
    Some(until(first, add_months(first, months)))
}

/// The days of `count` years from `first`.
pub(super) fn years(first: i16, count: i16) -> Option<Interval> {
    let start = Date::new(first, 1, 1).ok()?;
    let last = Date::new(first.checked_add(count)?.checked_sub(1)?, 12, 31).ok()?;
    Some(Interval::between(start, last))
}

/// Monday to Sunday of the week that holds `date`.
pub(super) fn week(date: Date) -> Option<Interval> {
    let monday = add_days(date, -i64::from(date.weekday().to_monday_zero_offset()))?;
    Some(Interval::between(monday, add_days(monday, 6)?))
}

/// The days of a season, by the months of the northern half of the world.
pub(super) fn season(year: i16, season: Season) -> Option<Interval> {
    let skip = match season {
        Season::Spring => 2,
        Season::Summer => 5,
        Season::Autumn => 8,
        Season::Winter => 11,
    };
    months(year, skip, 3)
}

/// The part of a stretch of days.
pub(super) fn part(interval: Interval, part: Part, now: Option<Date>) -> Interval {
    let (Some(first), Some(last)) = (interval.first, interval.last) else { return interval };
    let days = first.until(last).map_or(0, |span| i64::from(span.get_days())) + 1;
    let cut = |from: i64, to: i64| {
        let start = add_days(first, from).unwrap_or(first);
        let end = add_days(first, to - 1).unwrap_or(last);
        Interval::between(start, end.max(start).min(last))
    };
    let now = now.filter(|now| first <= *now && *now <= last);
    match part {
        Part::Whole => interval,
        Part::Start => cut(0, (days + 2) / 3),
        Part::Middle => cut(days / 3, (days * 2 + 2) / 3),
        Part::Late => cut(days * 2 / 3, days),
        Part::End => cut(days * 5 / 6, days),
        Part::Earlier => now.map_or(interval, |now| Interval::between(first, now)),
        Part::Later => now.map_or(interval, |now| Interval::between(now, last)),
    }
}

/// About how many days a unit has.
pub(super) const fn days_of(unit: Unit) -> f64 {
    match unit {
        Unit::Second | Unit::Minute => 0.0,
        Unit::Hour => 1.0 / 24.0,
        Unit::Day | Unit::Night => 1.0,
        Unit::Weekend => 2.0,
        Unit::Week => 7.0,
        Unit::Fortnight => 14.0,
        Unit::Month => 30.44,
        Unit::Quarter => 91.3,
        Unit::Year => 365.25,
        Unit::Decade => 3652.5,
        Unit::Century => 36525.0,
    }
}

/// The day nearest before (or on, if `same`) or after `from` that is `weekday`.
pub(super) fn weekday_before(from: Date, weekday: Weekday, same: bool) -> Option<Date> {
    let back = from.weekday().since(weekday);
    add_days(from, -i64::from(if back == 0 && !same { 7 } else { back }))
}

/// The day nearest after (or on, if `same`) `from` that is `weekday`.
pub(super) fn weekday_after(from: Date, weekday: Weekday, same: bool) -> Option<Date> {
    let ahead = from.weekday().until(weekday);
    add_days(from, i64::from(if ahead == 0 && !same { 7 } else { ahead }))
}

/// The days of a feast in a year, where they are reckoned here.
pub(super) fn feast(feast: Feast, year: i16) -> Option<Interval> {
    match feast {
        Feast::Fixed { month, day } => Date::new(year, month, day).ok().map(Interval::day),
        Feast::Era { first, last } => Some(Interval::between(first, last)),
        Feast::Once(date) => Some(Interval::day(date)),
        Feast::Easter(days) => add_days(easter(year)?, i64::from(days)).map(Interval::day),
        Feast::Nth { nth, weekday, month } => {
            let first = Date::new(year, month, 1).ok()?;
            first.nth_weekday_of_month(nth, weekday).ok().map(Interval::day)
        }
        Feast::Islamic { month, day } => islamic_in(year, month, day),
        Feast::Movable => None,
    }
}

/// Easter Sunday by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8).
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year as i16, (n / 31) as i8, (n % 31 + 1) as i8).ok()
}

/// Days from the epoch of the tabular Islamic calendar (16 July 622, Julian) to a date in it, by
/// the civil rule with leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26 and 29 of thirty.
fn islamic_day(year: i64, month: i64, day: i64) -> Option<Date> {
    let days = day + (59 * (month - 1) + 1) / 2 + (year - 1) * 354 + (3 + 11 * year).div_euclid(30);
    // Day 1 of year 1 is 19 July 622 in the proleptic Gregorian calendar.
    add_days(Date::new(622, 7, 18).ok()?, days)
}

fn islamic_in(year: i16, month: i8, day: Option<i8>) -> Option<Interval> {
    let guess = (i64::from(year) - 622) * 33 / 32;
    (guess..guess + 3).find_map(|islamic| {
        let interval = islamic_interval(islamic, i64::from(month), day)?;
        (interval.first?.year() == year).then_some(interval)
    })
}

fn islamic_interval(year: i64, month: i64, day: Option<i8>) -> Option<Interval> {
    let first = islamic_day(year, month, i64::from(day.unwrap_or(1)))?;
    match day {
        Some(_) => Some(Interval::day(first)),
        None => Some(until(first, islamic_day(year, month + 1, 1))),
    }
}

/// The days of a date of another calendar, with a day on each side where its reckoning is not
/// certain to the day.
pub(super) fn other(
    calendar: Calendar,
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
) -> Option<Interval> {
    match calendar {
        Calendar::Roc => years(year.checked_add(1911)?, 1),
        Calendar::Islamic => {
            let exact = match month {
                Some(month) => islamic_interval(i64::from(year), i64::from(month), day)?,
                None => {
                    let first = islamic_day(i64::from(year), 1, 1)?;
                    until(first, islamic_day(i64::from(year) + 1, 1, 1))
                }
            };
            Some(widened(exact))
        }
        Calendar::SolarHijri => {
            let start = Date::new(year.checked_add(621)?, 3, 21).ok()?;
            let skip = |month: i8| {
                let before = i64::from(month - 1);
                if before <= 6 { before * 31 } else { 186 + (before - 6) * 30 }
            };
            let exact = match (month, day) {
                (Some(month), Some(day)) => {
                    Interval::day(add_days(start, skip(month) + i64::from(day) - 1)?)
                }
                (Some(month), None) => {
                    until(add_days(start, skip(month))?, add_days(start, skip(month + 1)))
                }
                _ => until(start, add_days(start, 365)),
            };
            Some(widened(exact))
        }
    }
}

fn widened(interval: Interval) -> Interval {
    Interval {
        first: interval.first.and_then(|first| add_days(first, -1)),
        last: interval.last.and_then(|last| add_days(last, 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn easter_falls_where_the_tables_say() {
        assert_eq!(easter(2021), Some(date(2021, 4, 4)));
        assert_eq!(easter(2000), Some(date(2000, 4, 23)));
    }

    #[test]
    fn ramadan_is_within_two_days_of_the_sighting() {
        let found = islamic_in(2021, 9, None).and_then(|days| days.first).unwrap();
        let gap = date(2021, 4, 13).until(found).unwrap().get_days();
        assert!(gap.abs() <= 2, "{found}");
    }

    #[test]
    fn a_solar_hijri_day_is_near_its_gregorian_one() {
        // The coup of 7 Saur 1357 was on 27 April 1978.
        let days = other(Calendar::SolarHijri, 1357, Some(2), Some(7)).unwrap();
        assert!(days.holds(date(1978, 4, 27)), "{days}");
    }

    #[test]
    fn the_week_runs_from_monday_to_sunday() {
        let days = week(date(2021, 7, 28)).unwrap();
        assert_eq!(days.to_string(), "2021-07-26/2021-08-01");
    }
}
