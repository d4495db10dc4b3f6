//! What the offices say that a report gives to people: a text that speaks of "President Norrin" was
//! written while he was president, or later.

use chancery_text::{Interval, Span};
use jiff::civil::Date;

use super::relative::shift;
use super::{DateBasis, DateReason, ReportDate};

/// Days after the end of an office in which a report may still give it.
const AFTERGLOW: i16 = 45;

/// Days before an office in which a report may give it already: "President Norrin" once he is elected.
const EAGER: i16 = -80;

/// An office that a report gives to somebody, and when he held it.
#[derive(Debug, Clone, PartialEq)]
pub struct Tenure {
    /// The name and office in the text.
    pub span: Span,
    /// Who.
    pub name: String,
    /// The office.
    pub office: String,
    /// The days in office.
    pub days: Interval,
}

/// The date with what the offices add; `None` if they add nothing.
///
/// Nobody is called by an office long before it: the latest beginning bounds the first day. Former holders
/// are spoken of too, so an end counts only where the lead gives the office (before `lead_end`) and nobody
/// is called by an office that begins about then or later.
pub(crate) fn narrow(date: &ReportDate, tenures: &[Tenure], lead_end: u32) -> Option<ReportDate> {
    let known = matches!(date.basis, DateBasis::Inferred | DateBasis::Unknown);
    let latest = tenures
        .iter()
        .filter(|_| known)
        .filter_map(|tenure| Some((tenure.days.first?, tenure)))
        .max_by_key(|(first, tenure)| (*first, u32::MAX - tenure.span.start))?;
    let (begun, of_first) = latest;
    let first = shift(begun, EAGER).unwrap_or(begun);
    let earliest = tenures
        .iter()
        .filter(|tenure| tenure.span.start < lead_end)
        .filter_map(|tenure| Some((tenure.days.last?, tenure)))
        .filter(|(left, _)| shift(begun, AFTERGLOW).is_some_and(|begun| begun < *left))
        .filter_map(|(left, tenure)| Some((shift(left, AFTERGLOW)?, tenure)))
        .min_by_key(|(last, tenure)| (*last, tenure.span.start));
    let offices = Interval { first: Some(first), last: earliest.map(|(last, _)| last) };
    let interval = date.interval.intersection(offices).filter(|both| *both != date.interval)?;
    let mut reasons = date.reasons.clone();
    if interval.first == Some(first) && date.interval.first != Some(first) {
        reasons.push(reason(of_first, format!("since {begun}")));
    }
    if let Some((last, of_last)) = earliest.filter(|(last, _)| interval.last == Some(*last)) {
        let left: Date = of_last.days.last.unwrap_or(last);
        reasons.push(reason(of_last, format!("until {left}")));
    }
    Some(ReportDate { interval, basis: DateBasis::Inferred, stated: date.stated, reasons })
}

fn reason(tenure: &Tenure, when: String) -> DateReason {
    let Tenure { name, office, span, .. } = tenure;
    DateReason {
        span: Some(*span),
        text: format!("{name} is called {office}, an office held {when}"),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn tenure(start: u32, first: i16, last: i16) -> Tenure {
        Tenure {
            span: Span::new(start, start + 5),
            name: "Norrin".into(),
            office: "president".into(),
            days: Interval::between(date(first, 1, 20), date(last, 1, 20)),
        }
    }

    #[test]
    fn the_latest_beginning_and_the_first_end_of_the_lead_bound_the_date() {
        let open = ReportDate::default();
        let found = narrow(&open, &[tenure(10, 2009, 2017), tenure(90, 2001, 2009)], 50).unwrap();
        assert_eq!(found.interval, Interval::between(date(2008, 11, 1), date(2017, 3, 6)));
        assert_eq!(found.reasons.len(), 2);
    }

    #[test]
    fn an_end_outside_the_lead_bounds_nothing() {
        let found = narrow(&ReportDate::default(), &[tenure(90, 2001, 2009)], 50).unwrap();
        assert_eq!((found.interval.first, found.interval.last), (Some(date(2000, 11, 1)), None));
    }

    #[test]
    fn who_was_followed_in_office_bounds_no_end() {
        let both = [tenure(10, 2001, 2009), tenure(30, 2009, 2017)];
        let found = narrow(&ReportDate::default(), &both, 20).unwrap();
        assert_eq!(found.interval.last, None);
    }

    #[test]
    fn a_stated_date_stays() {
        let stated = ReportDate { basis: DateBasis::Stated, ..ReportDate::default() };
        assert_eq!(narrow(&stated, &[tenure(10, 2009, 2017)], 50), None);
    }
}
