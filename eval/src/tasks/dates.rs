//! `dates`: the day of a report whose own dates are hidden.
//!
//! A report's date is sure where it is one day. `sure_right`: of the sure ones, the share within a day of
//! the true one. `rest_holds`: of the rest, the share whose interval holds the true day. An open interval
//! holds every day, so the others tell how much was said, as shares of all reports: `sure` has a single day,
//! `since` a first day, `between` a first and a last one, `bounded` an interval of at most a year, `begun` a
//! first day at most a year before the true one.

use std::path::PathBuf;

use chancery_annotate::date::ReportDate;
use chancery_annotate::{Kit, annotate};
use chancery_text::Interval;
use jiff::civil::Date;

use crate::gold::dated;
use crate::outcome::{Case, percent};
use crate::score::Share;
use crate::{EvalError, Outcome, Task};

/// Days that a bounded interval has at most.
const YEAR: i64 = 366;

pub fn run(sets: &[PathBuf], kit: &Kit) -> Result<Outcome, EvalError> {
    let [mut right, mut holds] = [Share::default(); 2];
    let [mut sure, mut since, mut between, mut bounded, mut begun] = [Share::default(); 5];
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
            since.add(date.interval.first.is_some());
            between.add(length(date.interval).is_some());
            let before = date.interval.first.map(|first| days_between(first, gold.day));
            begun.add(before.is_some_and(|days| (-1..=YEAR).contains(&days)));
            cases.push(case(&gold.id, gold.day, &date, good));
        }
    }
    let mut outcome = Outcome::new(Task::Dates, cases.len());
    // Who says nothing is never wrong.
    outcome.add("sure_right", right.value(), 0.0);
    outcome.add("rest_holds", holds.value(), 1.0);
    let said = [
        ("sure", sure),
        ("since", since),
        ("between", between),
        ("bounded", bounded),
        ("begun", begun),
    ];
    for (name, share) in said {
        outcome.metrics.insert(name.to_owned(), percent(share.value()));
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
