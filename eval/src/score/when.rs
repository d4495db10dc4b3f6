//! Days as the gold writes them, and whether an answer's days agree with them.

use chancery_text::Interval;
use jiff::civil::Date;

/// The days of a date, month, year, decade ("1980s") or an interval of two of these, `..` for an open
/// end; a time of day is left out. `None` where the text is none of these.
pub fn days(text: &str) -> Option<Interval> {
    let (first, last) = text.split_once('/').unwrap_or((text, text));
    let (first, last) = (end(first.trim())?, end(last.trim())?);
    Some(Interval { first: first.first, last: last.last })
}

fn end(text: &str) -> Option<Interval> {
    let text = text.split('T').next().unwrap_or(text);
    if text == ".." {
        return Some(Interval::OPEN);
    }
    if let Some(decade) = text.strip_suffix("0s") {
        let year = decade.parse::<i16>().ok()?.checked_mul(10)?;
        return Some(Interval::between(date(year, 1, 1)?, date(year.checked_add(9)?, 12, 31)?));
    }
    if let Some(before_christ) = text.strip_prefix('-') {
        // TEI has no year nought: -0508 is 508 before Christ.
        let digits = before_christ.len() == 4 && before_christ.bytes().all(|c| c.is_ascii_digit());
        let year = 1 - before_christ.parse::<i16>().ok().filter(|_| digits)?;
        return Some(Interval::between(date(year, 1, 1)?, date(year, 12, 31)?));
    }
    let parts: Vec<_> = text.split('-').collect();
    let year = parts.first().filter(|year| year.len() == 4)?.parse().ok()?;
    let number = |n: usize| parts.get(n).map(|part| part.parse::<i8>().ok());
    match (number(1), number(2), parts.len()) {
        (None, None, 1) => Some(Interval::between(date(year, 1, 1)?, date(year, 12, 31)?)),
        (Some(Some(month)), None, 2) => {
            let first = date(year, month, 1)?;
            Some(Interval::between(first, first.last_of_month()))
        }
        (Some(Some(month)), Some(Some(day)), 3) => Some(Interval::day(date(year, month, day)?)),
        _ => None,
    }
}

fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

/// How many days an interval has; `None` where an end is open.
pub fn length(interval: Interval) -> Option<i64> {
    let (first, last) = interval.first.zip(interval.last)?;
    let days = first.until(last).ok()?.get_days();
    Some(i64::from(days) + 1)
}

/// Whether an answer agrees with the gold: they meet, and the answer is not vaguer than the gold.
pub fn agrees(gold: Interval, found: Interval) -> bool {
    let as_sharp = match (length(gold), length(found)) {
        (Some(gold), Some(found)) => found <= gold,
        (Some(_), None) => false,
        (None, _) => !found.is_open(),
    };
    as_sharp && gold.meets(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        days(text).map_or("none".into(), |interval| interval.to_string())
    }

    #[test]
    fn dates_of_every_precision_are_read() {
        assert_eq!(read("2021-07-28"), "2021-07-28");
        assert_eq!(read("2021-07"), "2021-07-01/2021-07-31");
        assert_eq!(read("2021"), "2021-01-01/2021-12-31");
        assert_eq!(read("1980s"), "1980-01-01/1989-12-31");
        assert_eq!(read("2021-05/2021-07-28"), "2021-05-01/2021-07-28");
        assert_eq!(read("../2021-07-28"), "../2021-07-28");
        assert_eq!(read("2022-07-23T04:00"), "2022-07-23");
        assert_eq!(read("-0508"), "-000507-01-01/-000507-12-31");
        assert_eq!(read("--12"), "none");
    }

    #[test]
    fn an_answer_must_meet_the_gold_and_be_as_sharp() {
        let agree = |gold: &str, found: &str| agrees(days(gold).unwrap(), days(found).unwrap());
        assert!(agree("2021-07", "2021-07-28"));
        assert!(!agree("2021-07-28", "2021-07"));
        assert!(!agree("2021-07-28", "2021-07-29"));
        assert!(agree("../2021-07-28", "2021-05/2021-06"));
        assert!(!agree("../2021-07-28", "../.."));
    }
}
