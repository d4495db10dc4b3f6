use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

/// The days that something may have happened on: both ends included, either may be open.
///
/// Written as ISO 8601 with `..` for an open end: `2021-07-28`, `2021-07-01/2021-07-31`,
/// `../2021-07-28`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Interval {
    /// First possible day; `None` if unknown.
    pub first: Option<Date>,
    /// Last possible day; `None` if unknown.
    pub last: Option<Date>,
}

impl Interval {
    /// Nothing is known.
    pub const OPEN: Self = Self { first: None, last: None };

    /// One day.
    pub const fn day(date: Date) -> Self {
        Self { first: Some(date), last: Some(date) }
    }

    /// From `first` to `last`, in either order given.
    pub fn between(first: Date, last: Date) -> Self {
        Self { first: Some(first.min(last)), last: Some(first.max(last)) }
    }

    /// The day, if there is just one.
    pub fn single_day(self) -> Option<Date> {
        self.first.filter(|_| self.first == self.last)
    }

    /// Whether nothing is known.
    pub const fn is_open(self) -> bool {
        self.first.is_none() && self.last.is_none()
    }

    /// Whether some day can be in both.
    pub fn meets(self, other: Interval) -> bool {
        let before = |last: Option<Date>, first: Option<Date>| match (last, first) {
            (Some(last), Some(first)) => last < first,
            _ => false,
        };
        !before(self.last, other.first) && !before(other.last, self.first)
    }

    /// The days in both; `None` if there are none.
    pub fn intersection(self, other: Interval) -> Option<Interval> {
        let pick = |a: Option<Date>, b: Option<Date>, choose: fn(Date, Date) -> Date| match (a, b) {
            (Some(a), Some(b)) => Some(choose(a, b)),
            (a, b) => a.or(b),
        };
        self.meets(other).then(|| Interval {
            first: pick(self.first, other.first, Ord::max),
            last: pick(self.last, other.last, Ord::min),
        })
    }

    /// Whether `date` is one of the days.
    pub fn holds(self, date: Date) -> bool {
        self.meets(Interval::day(date))
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |date: Option<Date>| date.map_or("..".to_owned(), |date| date.to_string());
        match self.single_day() {
            Some(day) => write!(f, "{day}"),
            None => write!(f, "{}/{}", end(self.first), end(self.last)),
        }
    }
}

impl FromStr for Interval {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let end = |part: &str| match part {
            ".." => Ok(None),
            day => {
                day.parse::<Date>().map(Some).map_err(|e| format!("`{text}` is no interval: {e}"))
            }
        };
        let (first, last) = text.split_once('/').unwrap_or((text, text));
        Ok(Self { first: end(first)?, last: end(last)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_read_back_as_written() {
        for text in ["2021-07-28", "2021-07-01/2021-07-31", "../2021-07-28", "../.."] {
            assert_eq!(text.parse::<Interval>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn an_open_end_meets_everything_before_it() {
        let until: Interval = "../2021-07-28".parse().unwrap();
        assert!(until.meets("2001-01-01".parse().unwrap()));
        assert!(!until.meets("2021-07-29".parse().unwrap()));
    }
}
