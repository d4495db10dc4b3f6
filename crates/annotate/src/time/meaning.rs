//! What a time expression means before its anchor is known.

use jiff::civil::{Date, Weekday};

use crate::figure::Bound;

/// What a time expression means, relative to an anchor still unknown.
///
/// Months and days are 1-based; years may be years before ours only as far as they are written.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    /// A full date: "July 28, 2021", "2021-07-28", "Wednesday, 28 July 2021".
    Day {
        /// The day.
        date: Date,
        /// The weekday, where it is written beside the date.
        weekday: Option<Weekday>,
        /// The time of day, where it is written.
        daytime: Option<Daytime>,
    },
    /// A day without its year: "28 July", "Sept. 11".
    MonthDay {
        /// From 1 to 12.
        month: i8,
        /// From 1 to 31.
        day: i8,
        /// The weekday, where it is written beside the date: it tells the year.
        weekday: Option<Weekday>,
        /// The time of day, where it is written.
        daytime: Option<Daytime>,
        /// "last", "next": "12 October last".
        direction: Direction,
    },
    /// A month: "May", "last May", "February 2020", "early August", "the end of August".
    Month {
        /// From 1 to 12.
        month: i8,
        /// The year, where it is written.
        year: Option<i16>,
        /// "last", "this", "next".
        direction: Direction,
        /// "early", "mid-", "the end of".
        part: Part,
    },
    /// A year: "2016", "mid-2014".
    Year {
        /// The year.
        year: i16,
        /// "early", "mid-", "late".
        part: Part,
    },
    /// A year or century before Christ: "508 BC", "the 7th century BC".
    Ancient {
        /// The number as it is written.
        number: i16,
        /// [`Unit::Year`] or [`Unit::Century`].
        unit: Unit,
    },
    /// A quarter or half of a year: "the first quarter of 2015", "Q3".
    YearPart {
        /// Quarters are 1 to 4.
        number: i8,
        /// 4 for quarters, 2 for halves.
        of: i8,
        /// The year, where it is written.
        year: Option<i16>,
    },
    /// A month, day, season, quarter or feast of a year that is counted from now: "November last
    /// year" -1, "the third quarter of this year" 0.
    InYear {
        /// Years after the present one.
        step: i16,
        /// What lies in that year.
        of: Box<Meaning>,
    },
    /// A year of accounts: "fiscal 2013", "the current fiscal year".
    Fiscal {
        /// The year, where it is written.
        year: Option<i16>,
        /// Years after the present one, where it is not.
        step: i16,
    },
    /// The stretch told of, some years before: "the same period last year", "the year-ago quarter",
    /// "a year earlier".
    Counterpart {
        /// "quarter", "month"; `None` for "period".
        unit: Option<Unit>,
        /// The year, where it is written; else the year before the one told of.
        year: Option<i16>,
    },
    /// A week of a month: "the first week of May" 1, "the last week of March" -1.
    WeekOfMonth {
        /// Which; -1 for the last.
        nth: i8,
        /// From 1 to 12.
        month: i8,
        /// The year, where it is written.
        year: Option<i16>,
    },
    /// The week or weekend around a day: "the week of May 4".
    Around {
        /// [`Unit::Week`] or [`Unit::Weekend`].
        unit: Unit,
        /// The day.
        day: Box<Meaning>,
    },
    /// A season: "the summer of 2014", "last winter".
    Season {
        /// Which.
        season: Season,
        /// The year, where it is written.
        year: Option<i16>,
        /// "last", "this", "next".
        direction: Direction,
    },
    /// A decade: "the 1980s", "the late '90s".
    Decade {
        /// Its first year: 1980.
        first: i16,
        /// "early", "mid-", "late".
        part: Part,
    },
    /// A century: "the 20th century".
    Century {
        /// 20 for the twentieth.
        number: i16,
        /// "early", "mid-", "late".
        part: Part,
    },
    /// A day of the week: "Wednesday", "last Wednesday", "Wednesday night".
    Weekday {
        /// Which.
        weekday: Weekday,
        /// "last", "this", "next"; bare if none.
        direction: Direction,
        /// The time of day, where it is written.
        daytime: Option<Daytime>,
    },
    /// A day counted from the day of speaking: "today" 0, "tomorrow" 1, "last night" -1.
    Deictic {
        /// Days after the day of speaking.
        days: i16,
        /// The time of day, where it is written.
        daytime: Option<Daytime>,
    },
    /// The week, month, year … some steps from the one that holds the day of speaking: "last
    /// month" -1, "this year" 0, "next week" 1, "earlier this month" 0 with a part.
    Relative {
        /// The unit stepped in.
        unit: Unit,
        /// Steps after the present one.
        step: i16,
        /// "earlier", "the end of".
        part: Part,
        /// Whether the steps start from the time told of: "the following week".
        narrated: bool,
    },
    /// A point some way from now, or from the time told of: "three years ago", "two days later".
    Offset {
        /// How far.
        amount: Amount,
        /// In what unit.
        unit: Unit,
        /// Before or after.
        toward: Toward,
        /// Whether it is counted from the time told of ("two days later") and not from now.
        narrated: bool,
    },
    /// A stretch that ends or starts now: "the past 10 days", "recent years", "the next week".
    Stretch {
        /// How long.
        amount: Amount,
        /// In what unit.
        unit: Unit,
        /// Before or after now.
        toward: Toward,
    },
    /// A length of time: "a two-day visit", "40 years".
    Duration {
        /// How long.
        amount: Amount,
        /// In what unit.
        unit: Unit,
    },
    /// What recurs: "every day", "weekly", "Mondays".
    Set {
        /// Each so many units.
        every: Amount,
        /// Of this unit.
        unit: Unit,
        /// On this weekday.
        weekday: Option<Weekday>,
    },
    /// A time of day with or without its day: "at 5:49 pm", "noon on Wednesday", "morning".
    Clock {
        /// The time of day.
        daytime: Daytime,
        /// The day, where it is written right beside.
        day: Option<Box<Meaning>>,
    },
    /// A feast, fast or memorial day: "Ramadan", "Christmas Day", "9/11".
    Named {
        /// What it is.
        feast: Feast,
        /// The year, where it is written.
        year: Option<i16>,
        /// "last", "this", "next".
        direction: Direction,
    },
    /// The present, past or future as such: "now", "recently", "soon".
    Reference(Reference),
    /// The time told of: "that day", "the same year".
    Same {
        /// The unit.
        unit: Unit,
    },
    /// A date of another calendar: "12 Rajab 1442", "1400 AH", "ROC year 110".
    OtherCalendar {
        /// Which.
        calendar: Calendar,
        /// The year in it.
        year: Option<i16>,
        /// The month in it.
        month: Option<i8>,
        /// The day in it.
        day: Option<i8>,
    },
}

/// How a weekday, month or season is pointed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Not at all: tense decides.
    Bare,
    /// "last", "previous", "past".
    Last,
    /// "this".
    This,
    /// "next", "coming".
    Next,
    /// "Thursday last week" -1, "Thursday next week" 1.
    Week(i8),
}

/// Which part of a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// "early", "the beginning of".
    Start,
    /// "mid-", "the middle of".
    Middle,
    /// "late".
    Late,
    /// "the end of".
    End,
    /// "earlier this month": before the day of speaking.
    Earlier,
    /// "later this month": after the day of speaking.
    Later,
}

/// Before or after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toward {
    /// Before.
    Past,
    /// After.
    Future,
}

/// How many units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Amount {
    /// The number; `None` for "several", "recent".
    pub number: Option<f64>,
    /// "more than", "at least", "about".
    pub bound: Bound,
}

/// Units of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days.
    Day,
    /// Nights.
    Night,
    /// Weekends.
    Weekend,
    /// Weeks.
    Week,
    /// Fourteen days.
    Fortnight,
    /// Months.
    Month,
    /// Quarters of a year.
    Quarter,
    /// Years.
    Year,
    /// Decades.
    Decade,
    /// Centuries.
    Century,
}

/// Seasons, as in the northern half of the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Season {
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to November.
    Autumn,
    /// December to February.
    Winter,
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Daytime {
    /// Hour and minute, 24 hours, and whether the zone written is UTC.
    Clock {
        /// From 0 to 24.
        hour: i8,
        /// From 0 to 59; `None` where only the hour is given.
        minute: Option<i8>,
        /// Whether UTC or GMT stands beside it.
        utc: bool,
    },
    /// "morning", "dawn".
    Morning,
    /// "noon", "midday".
    Noon,
    /// "afternoon".
    Afternoon,
    /// "evening", "dusk".
    Evening,
    /// "night", "overnight".
    Night,
    /// "midnight".
    Midnight,
}

/// The present, past or future as such.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reference {
    /// "now", "currently".
    Present,
    /// "recently", "in the past".
    Past,
    /// "soon", "the near future".
    Future,
}

/// A named day, season of the year or era.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feast {
    /// The same month and day each year.
    Fixed {
        /// From 1 to 12.
        month: i8,
        /// From 1 to 31.
        day: i8,
    },
    /// One day of one year: "9/11".
    Once(Date),
    /// A day or a month of the Islamic calendar.
    Islamic {
        /// From 1 to 12.
        month: i8,
        /// The day; `None` for the whole month.
        day: Option<i8>,
    },
    /// Some days after Easter Sunday of the Western churches.
    Easter(i16),
    /// The n-th weekday of a month; -1 for the last.
    Nth {
        /// Which in the month.
        nth: i8,
        /// Which weekday.
        weekday: Weekday,
        /// From 1 to 12.
        month: i8,
    },
    /// Years that have a name: "World War II", "the Cold War".
    Era {
        /// Its first day.
        first: Date,
        /// Its last day.
        last: Date,
    },
    /// Its date is not computed here.
    Movable,
}

/// Calendars other than the Gregorian.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calendar {
    /// The Islamic lunar calendar (AH), reckoned by the tabular rule: a day's error is possible.
    Islamic,
    /// The Solar Hijri calendar of Iran and Afghanistan.
    SolarHijri,
    /// Years of the Republic of China.
    Roc,
}
