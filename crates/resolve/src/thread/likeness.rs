//! How much two stories are about one affair.

use chancery_text::{Interval, RowId};

use super::{Subject, day_of};
use crate::link::days_between;

/// Days within which what goes on is told again.
const SOON: f64 = 7.0;
/// How much a later story is less likely to go on with an earlier one, for each time that the days between
/// them grow by a factor of e.
const FADING: f64 = 0.2;
/// What is left of it after years.
const LEAST: f64 = 0.25;
/// Months for which an affair may be told before its terms count for less.
const AFFAIR: f64 = 3.0;
/// How much less, for each time that the months double.
const BEYOND: f64 = 0.7;
/// Terms that two stories share at least, for their likeness to count in full.
const ENOUGH: f64 = 4.0;

/// A story with what every comparison of it needs.
#[derive(Debug, Clone)]
pub(super) struct Prepared {
    pub story: RowId,
    pub interval: Interval,
    pub day: i64,
    pub reports: u32,
    /// Sorted by key.
    terms: Vec<(u32, u32)>,
    /// Keys, the strongest first.
    pub strongest: Vec<u32>,
    norm: f64,
}

impl Prepared {
    /// `months`: in how many months of the record a term is told.
    pub(super) fn new(subject: &Subject, months: impl Fn(u32) -> u32) -> Self {
        let weigh = |&(key, weight): &(u32, u32)| {
            let beyond = (f64::from(months(key)) / AFFAIR).log2().max(0.0);
            (key, (f64::from(weight) / (1.0 + BEYOND * beyond)) as u32)
        };
        let mut terms: Vec<_> = subject.terms.iter().map(weigh).collect();
        terms.sort_unstable();
        terms.dedup_by_key(|term| term.0);
        let mut strongest = terms.clone();
        strongest.sort_by_key(|(key, weight)| (std::cmp::Reverse(*weight), *key));
        let norm = terms.iter().map(|(_, weight)| f64::from(*weight).powi(2)).sum::<f64>().sqrt();
        Self {
            story: subject.story,
            interval: subject.interval,
            day: day_of(subject.interval),
            reports: subject.reports,
            terms,
            strongest: strongest.into_iter().map(|(key, _)| key).collect(),
            norm,
        }
    }
}

/// How much the two are about one affair, from 0 to 1.
pub(super) fn likeness(left: &Prepared, right: &Prepared) -> f64 {
    let shared = products(left, right);
    let norms = left.norm * right.norm;
    if shared.is_empty() || norms == 0.0 {
        return 0.0;
    }
    let dot: f64 = shared.iter().map(|(_, product)| product).sum();
    let few = (shared.len() as f64 / ENOUGH).min(1.0);
    dot / norms * few * closeness(days_between(left.interval, right.interval))
}

/// Keys of the terms that both have, those that weigh most in both first.
pub(super) fn shared(left: &Prepared, right: &Prepared) -> Vec<u32> {
    let mut products = products(left, right);
    products.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    products.into_iter().map(|(key, _)| key).collect()
}

/// The terms that both have, with the product of their weights.
fn products(left: &Prepared, right: &Prepared) -> Vec<(u32, f64)> {
    let of_term = |(key, weight): &(u32, u32)| {
        let at = right.terms.binary_search_by_key(key, |term| term.0).ok()?;
        Some((*key, f64::from(*weight) * f64::from(right.terms[at].1)))
    };
    left.terms.iter().filter_map(of_term).collect()
}

fn closeness(days: Option<f64>) -> f64 {
    match days {
        None => 0.9,
        Some(days) if days <= SOON => 1.0,
        Some(days) => (1.0 - FADING * (days / SOON).ln()).max(LEAST),
    }
}
