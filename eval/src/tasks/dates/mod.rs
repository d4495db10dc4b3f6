//! `dates`: the day of a report whose own dates are hidden.
//!
//! A report's date is sure where it is one day. `sure_right`: of the sure ones, the share within a day of
//! the true one. `rest_holds`: of the rest, the share whose interval holds the true day. An open interval
//! holds every day, so the others tell how much was said, as shares of all reports: `sure` has a single day,
//! `since` a first day, `between` a first and a last one, `bounded` an interval of at most a year, `begun` a
//! first day at most a year before the true one.
//!
//! `company_dated`, `company_right`: see [`company`].

mod company;

use std::path::PathBuf;

use chancery_annotate::date::ReportDate;
use chancery_annotate::{Annotations, Kit, annotate};
use chancery_text::Interval;
use jiff::civil::Date;

use crate::gold::dated::{self, HiddenReport};
use crate::outcome::{Case, percent};
use crate::score::Share;
use crate::{EvalError, Outcome, Task};
use company::Company;

/// Days that a bounded interval has at most.
const YEAR: i64 = 366;

pub fn run(sets: &[PathBuf], kit: &Kit) -> Result<Outcome, EvalError> {
    let hidden = sets.iter().map(|set| dated::read(set)).collect::<Result<Vec<_>, _>>()?;
    let mut alone = Alone::default();
    let mut cases: Vec<_> =
        hidden.iter().flatten().map(|gold| alone.ask(gold, annotate(&gold.report, kit))).collect();
    let mut outcome = Outcome::new(Task::Dates, cases.len());
    alone.tell(&mut outcome);
    let mut company = Company::default();
    hidden.iter().for_each(|set| company.ask_all(set, kit));
    company.tell(&mut outcome);
    cases.extend(company.cases);
    outcome.cases = cases;
    Ok(outcome)
}

/// What reports say of their day without others.
#[derive(Default)]
struct Alone {
    right: Share,
    holds: Share,
    sure: Share,
    since: Share,
    between: Share,
    bounded: Share,
    begun: Share,
}

impl Alone {
    fn ask(&mut self, gold: &HiddenReport, read: Annotations) -> Case {
        let date = read.observed.date;
        let single = date.interval.single_day();
        let good = match single {
            Some(day) => days_between(day, gold.day).abs() <= 1,
            None => date.interval.holds(gold.day),
        };
        let asked = if single.is_some() { &mut self.right } else { &mut self.holds };
        asked.add(good);
        self.sure.add(single.is_some());
        self.bounded.add(length(date.interval).is_some_and(|days| days <= YEAR));
        self.since.add(date.interval.first.is_some());
        self.between.add(length(date.interval).is_some());
        let before = date.interval.first.map(|first| days_between(first, gold.day));
        self.begun.add(before.is_some_and(|days| (-1..=YEAR).contains(&days)));
        case(&gold.id, gold.day, &date, good)
    }

    fn tell(&self, outcome: &mut Outcome) {
        // Who says nothing is never wrong.
        outcome.add("sure_right", self.right.value(), 0.0);
        outcome.add("rest_holds", self.holds.value(), 1.0);
        let said = [
            ("sure", self.sure),
            ("since", self.since),
            ("between", self.between),
            ("bounded", self.bounded),
            ("begun", self.begun),
        ];
        for (name, share) in said {
            outcome.metrics.insert(name.to_owned(), percent(share.value()));
            outcome.baseline.insert(name.to_owned(), 0.0);
        }
    }
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
