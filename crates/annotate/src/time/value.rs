//! TIMEX3 values as they are written, and the days of units.

use std::fmt::Write;

use chancery_text::Interval;
use jiff::civil::{Date, Weekday};

use super::TimexType;
use super::calendar::{self, add_days, add_months};
use super::meaning::*;
use super::resolve::Worth;
use crate::figure::Bound;

pub(super) fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

pub(super) fn dated(value: String, interval: Interval) -> Worth {
    Worth { timex: TimexType::Date, value, interval }
}

pub(super) fn referring(value: &str, interval: Interval) -> Worth {
    dated(value.to_owned(), interval)
}

pub(super) fn on_day(date: Date, daytime: Option<Daytime>) -> Worth {
    with_daytime(date.to_string(), Interval::day(date), daytime)
}

pub(super) fn open_day(value: String, daytime: Option<Daytime>) -> Worth {
    with_daytime(value, Interval::OPEN, daytime)
}

pub(super) fn with_daytime(
    mut value: String,
    interval: Interval,
    daytime: Option<Daytime>,
) -> Worth {
    let timex = if daytime.is_some() { TimexType::Time } else { TimexType::Date };
    if let Some(daytime) = daytime {
        value.push_str(&suffix(daytime));
    }
    Worth { timex, value, interval }
}

pub(super) fn suffix(daytime: Daytime) -> String {
    match daytime {
        Daytime::Clock { hour, minute, utc } => {
            let mut suffix = format!("T{hour:02}");
            suffix.push_str(&format!(":{:02}", minute.unwrap_or(0)));
            if utc {
                suffix.push('Z');
            }
            suffix
        }
        Daytime::Morning => "TMO".to_owned(),
        Daytime::Noon => "T12:00".to_owned(),
        Daytime::Afternoon => "TAF".to_owned(),
        Daytime::Evening => "TEV".to_owned(),
        Daytime::Night => "TNI".to_owned(),
        Daytime::Midnight => "T24:00".to_owned(),
    }
}

pub(super) fn month_value(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

/// The value and the days of the unit that holds `day`.
pub(super) fn holding(day: Date, unit: Unit) -> (String, Interval) {
    let year = day.year();
    let quarter = (day.month() - 1) / 3;
    let in_week = || {
        let week = day.iso_week_date();
        format!("{:04}-W{:02}", week.year(), week.week())
    };
    let (value, days) = match unit {
        Unit::Week | Unit::Fortnight => (in_week(), calendar::week(day)),
        Unit::Weekend => {
            let days = calendar::week(day)
                .and_then(|week| Some(Interval::between(add_days(week.last?, -1)?, week.last?)));
            (format!("{}-WE", in_week()), days)
        }
        Unit::Month => (month_value(day), calendar::month(year, day.month())),
        Unit::Quarter => (
            format!("{year:04}-Q{}", quarter + 1),
            calendar::months(year, i64::from(quarter) * 3, 3),
        ),
        Unit::Year => (format!("{year:04}"), calendar::years(year, 1)),
        Unit::Decade => {
            (format!("{:03}", year.div_euclid(10)), calendar::years(year.div_euclid(10) * 10, 10))
        }
        Unit::Century => {
            let number = year.div_euclid(100);
            (format!("{number:02}"), calendar::years(number * 100, 100))
        }
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Night => {
            (day.to_string(), Some(Interval::day(day)))
        }
    };
    (value, days.unwrap_or_else(|| Interval::day(day)))
}

/// The unit that a stretch of days is one of.
pub(super) fn grain(days: Interval) -> Option<Unit> {
    let first = days.first?;
    [Unit::Month, Unit::Quarter, Unit::Year]
        .into_iter()
        .find(|unit| holding(first, *unit).1 == days)
}

pub(super) fn unknown(unit: Unit) -> String {
    match unit {
        Unit::Week | Unit::Fortnight => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century => "XX",
        _ => "XXXX-XX-XX",
    }
    .to_owned()
}

pub(super) fn moved(base: Date, unit: Unit, number: f64) -> Option<Date> {
    if 1e6 < number.abs() {
        return None;
    }
    let whole = number.fract() == 0.0;
    match unit {
        Unit::Month if whole => add_months(base, number as i64),
        Unit::Quarter if whole => add_months(base, number as i64 * 3),
        Unit::Year if whole => add_months(base, number as i64 * 12),
        Unit::Decade => add_months(base, (number * 120.0) as i64),
        Unit::Century => add_months(base, (number * 1200.0) as i64),
        _ => add_days(base, (number * calendar::days_of(unit)).round() as i64),
    }
}

/// The days that an offset may mean: "more than a week ago" is before that week, "about two months
/// ago" is around them.
pub(super) fn spread(
    days: Interval,
    base: Date,
    day: Date,
    unit: Unit,
    amount: Amount,
    toward: Toward,
) -> Interval {
    let further = |by: f64| {
        let sign = if toward == Toward::Past { -1.0 } else { 1.0 };
        moved(day, unit, by * sign)
    };
    let outer = match amount.bound {
        Bound::MoreThan | Bound::AtLeast => (further(1.0), Some(day)),
        Bound::LessThan | Bound::AtMost => (Some(day), Some(base)),
        Bound::About => (further(1.0), further(-1.0)),
        _ if matches!(unit, Unit::Week | Unit::Fortnight) => (further(0.5), further(-0.5)),
        _ => return days,
    };
    match outer {
        (Some(a), Some(b)) => Interval::between(a, b),
        _ => days,
    }
}

pub(super) fn recurring(every: Amount, unit: Unit, weekday: Option<Weekday>) -> Worth {
    let value = match weekday {
        Some(weekday) => format!("XXXX-WXX-{}", weekday.to_monday_one_offset()),
        None => period(every, unit),
    };
    Worth { timex: TimexType::Set, value, interval: Interval::OPEN }
}

/// `P10D`, `PT5H`, `PXM`.
pub(super) fn period(amount: Amount, unit: Unit) -> String {
    let (letter, time, factor) = match unit {
        Unit::Second => ("S", true, 1.0),
        Unit::Minute => ("M", true, 1.0),
        Unit::Hour => ("H", true, 1.0),
        Unit::Day => ("D", false, 1.0),
        Unit::Night => ("NI", true, 1.0),
        Unit::Weekend => ("WE", false, 1.0),
        Unit::Week => ("W", false, 1.0),
        Unit::Fortnight => ("W", false, 2.0),
        Unit::Month => ("M", false, 1.0),
        Unit::Quarter => ("Q", false, 1.0),
        Unit::Year => ("Y", false, 1.0),
        Unit::Decade if amount.number.is_some() => ("Y", false, 10.0),
        Unit::Decade => ("DE", false, 1.0),
        Unit::Century if amount.number.is_some_and(|number| number.fract() != 0.0) => {
            ("Y", false, 100.0)
        }
        Unit::Century => ("CE", false, 1.0),
    };
    let mut value = if time { "PT".to_owned() } else { "P".to_owned() };
    match amount.number {
        Some(number) => write!(value, "{}", number * factor),
        None => write!(value, "X"),
    }
    .expect("a String takes what is written");
    value.push_str(letter);
    value
}

/// The year before the first of our era is the first before Christ.
pub(super) fn before_christ(number: i16, unit: Unit) -> Worth {
    if unit == Unit::Century {
        let days = calendar::years(number.saturating_mul(-100).saturating_add(1), 100);
        return dated(format!("BC{:02}", number - 1), days.unwrap_or_default());
    }
    let days = calendar::years(1_i16.saturating_sub(number), 1).unwrap_or_default();
    dated(format!("BC{number:04}"), days)
}

pub(super) fn other_calendar(
    calendar: Calendar,
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
) -> Worth {
    let Some(year) = year else { return dated("XXXX-XX-XX".to_owned(), Interval::OPEN) };
    let days = calendar::other(calendar, year, month, day).unwrap_or_default();
    let middle = days
        .first
        .zip(days.last)
        .and_then(|(first, last)| add_days(first, days_between(first, last) / 2));
    let value = match (middle, month, day) {
        (Some(middle), Some(_), Some(_)) => middle.to_string(),
        (Some(middle), Some(_), None) => month_value(middle),
        (Some(middle), ..) => format!("{:04}", middle.year()),
        (None, ..) => "XXXX".to_owned(),
    };
    dated(value, days)
}
