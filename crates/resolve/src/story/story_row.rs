use chancery_text::Interval;

use super::told::Told;
use crate::block::telling_terms;
use crate::record::Story;

/// Reports that a title is chosen from; in a larger story the first by id speak for the rest.
const ELECTORS: usize = 200;

/// The story itself: its reports, its days, and the headline of its most central report.
pub(super) fn find(told: &[Told<'_>]) -> Story {
    let reports: Vec<_> = told.iter().map(Told::report).collect();
    Story {
        id: Story::id_of(&reports),
        title: title(told),
        interval: told.iter().map(|told| told.date).reduce(cover).unwrap_or(Interval::OPEN),
        reports,
    }
}

/// The days of both; an end that one does not know is the other's.
fn cover(left: Interval, right: Interval) -> Interval {
    let pick = |a: Option<_>, b: Option<_>, choose: fn(_, _) -> _| match (a, b) {
        (Some(a), Some(b)) => Some(choose(a, b)),
        (a, b) => a.or(b),
    };
    Interval {
        first: pick(left.first, right.first, Ord::min),
        last: pick(left.last, right.last, Ord::max),
    }
}

fn title(told: &[Told<'_>]) -> String {
    let told = &told[..told.len().min(ELECTORS)];
    let mut totals = std::collections::BTreeMap::<u32, u64>::new();
    let terms: Vec<_> = match told {
        [_] => vec![Vec::new()],
        _ => told.iter().map(|told| telling_terms(told.reading, &told.words)).collect(),
    };
    for term in terms.iter().flatten() {
        *totals.entry(term.hash).or_default() += u64::from(term.weight);
    }
    let central = |at: usize| {
        let terms = &terms[at];
        let total: u64 = terms.iter().map(|t| totals[&t.hash] * u64::from(t.weight)).sum();
        total / (1 + terms.iter().map(|term| u64::from(term.weight)).sum::<u64>())
    };
    let titled = (0..told.len()).filter(|&at| !told[at].title().trim().is_empty());
    let best = titled.max_by_key(|&at| (central(at), std::cmp::Reverse(told[at].report())));
    match best {
        Some(at) => super::told::shortened(told[at].title(), 200),
        None => opening(told),
    }
}

/// The first words of the first report, where no report has a headline.
fn opening(told: &[Told<'_>]) -> String {
    let first = told.first().map(|told| {
        let words = &told.words;
        let (Some(start), Some(end)) = (words.first(), words.get(11).or(words.last())) else {
            return "";
        };
        told.slice(start.span.cover(end.span))
    });
    super::told::shortened(first.unwrap_or(""), 80)
}
