//! `dates`: the day of a report whose own dates are hidden.
//!
//! A report's date is sure where it is one day. `sure_right`: of the sure ones, the share within a day of
//! the true one. `rest_holds`: of the rest, the share whose interval holds the true day. An open interval
//! holds every day, so `sure`, `bounded` and `begun` tell how much was said: the shares of all reports that
//! have a single day, an interval of at most a year, and a first day at most a year before the true one.

use std::path::PathBuf;

use chancery_annotate::date::ReportDate;
use chancery_annotate::{Kit, annotate};
use chancery_text::Interval;
use jiff::civil::Date;

use crate::gold::dated;
use crate::outcome::{Case, percent};
use crate::{EvalError, Outcome, Task};

/// Days that a bounded interval has at most.
const YEAR: i64 = 366;

#[derive(Default)]
struct Tally {
    right: usize,
    all: usize,
}

impl Tally {
    fn add(&mut self, right: bool) {
        self.all += 1;
        self.right += usize::from(right);
    }

    fn share(&self) -> f64 {
        self.right as f64 / self.all.max(1) as f64
    }
}

pub fn run(sets: &[PathBuf], kit: &Kit) -> Result<Outcome, EvalError> {
    let [mut right, mut holds] = [const { Tally { right: 0, all: 0 } }; 2];
    let [mut sure, mut bounded, mut begun] = [const { Tally { right: 0, all: 0 } }; 3];
    let mut cases = Vec::new();
    for set in sets {
        for gold in dated::read(set)? {
            let date = annotate(&gold.report, kit).observed.date;
            let single = date.interval.single_day();
            let good = match single {
                Some(day) => days_between(day, gold.day).abs() <= 1,
                None => date.interval.holds(gold.day),
            };
            if single.is_some() {
                right.add(good)
            } else {
                holds.add(good)
            }
            sure.add(single.is_some());
            bounded.add(length(date.interval).is_some_and(|days| days <= YEAR));
            let since = date.interval.first.map(|first| days_between(first, gold.day));
            begun.add(since.is_some_and(|days| (-1..=YEAR).contains(&days)));
            cases.push(case(&gold.id, gold.day, &date, good));
        }
    }
    let mut outcome = Outcome::new(Task::Dates, cases.len());
    // Who says nothing is never wrong.
    outcome.add("sure_right", right.share(), 0.0);
    outcome.add("rest_holds", holds.share(), 1.0);
    for (name, tally) in [("sure", sure), ("bounded", bounded), ("begun", begun)] {
        outcome.metrics.insert(name.to_owned(), percent(tally.share()));
        outcome.baseline.insert(name.to_owned(), 0.0);
    }
    outcome.cases = cases;
    Ok(outcome)
}

fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(i64::MAX, |gap| i64::from(gap.get_days()))
}

fn length(interval: Interval) -> Option<i64> {
    Some(days_between(interval.first?, interval.last?))
}

fn case(id: &str, day: Date, date: &ReportDate, good: bool) -> Case {
    Case {
        id: id.to_owned(),
        aspect: if date.interval.single_day().is_some() { "sure" } else { "rest" }.into(),
        expected: day.to_string(),
        found: format!("{} {}", date.basis, date.interval),
        score: f64::from(u8::from(good)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_year_is_bounded_and_an_open_interval_is_not() {
        let year = Interval::between(date(2020, 1, 1), date(2020, 12, 31));
        assert_eq!((length(year), length(Interval::OPEN)), (Some(365), None));
    }
}
