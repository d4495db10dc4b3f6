use std::collections::BTreeMap;

use chancery_text::{Interval, Span};

use super::told::Told;
use crate::block::{Term, telling_terms, term_places};
use crate::record::{Story, StoryTerm};

/// Reports that a title and terms are chosen from; in a larger story the first by id speak for the rest.
const ELECTORS: usize = 200;
/// Most terms of a story.
const TERMS: usize = 32;

/// The story itself: its reports, its days, the headline of its most central report, and what it is about.
pub(super) fn find(told: &[Told<'_>]) -> Story {
    let reports: Vec<_> = told.iter().map(Told::report).collect();
    let electors = &told[..told.len().min(ELECTORS)];
    let terms: Vec<_> =
        electors.iter().map(|told| telling_terms(told.reading, &told.words)).collect();
    Story {
        id: Story::id_of(&reports),
        title: title(electors, &terms),
        interval: told.iter().map(|told| told.date).reduce(cover).unwrap_or(Interval::OPEN),
        reports,
        terms: story_terms(electors, &terms),
    }
}

/// The terms of most weight in the reports together, spelt as they mostly are; without those that mostly stand
/// aside of what is told, or in the metadata only.
fn story_terms(told: &[Told<'_>], terms: &[Vec<Term>]) -> Vec<StoryTerm> {
    let mut weights: Vec<_> = totals(terms).into_iter().collect();
    weights.sort_by_key(|(hash, weight)| (std::cmp::Reverse(*weight), *hash));
    weights.truncate(TERMS);
    let mut spelt: BTreeMap<u32, Spellings<'_>> =
        weights.iter().map(|(hash, _)| (*hash, BTreeMap::new())).collect();
    let mut aside: BTreeMap<u32, u32> = BTreeMap::new();
    for told in told {
        for (hash, span) in term_places(&told.words) {
            let Some(spellings) = spelt.get_mut(&hash) else { continue };
            *spellings.entry(told.slice(span)).or_default() += 1;
            if is_aside(told, span) {
                *aside.entry(hash).or_default() += 1;
            }
        }
    }
    spelt.retain(|hash, spellings| {
        2 * aside.get(hash).copied().unwrap_or(0) < spellings.values().sum::<u32>()
    });
    drop_parts(&mut spelt);
    let spelling = |hash: u32| {
        let most = spelt
            .get(&hash)?
            .iter()
            .max_by_key(|(text, count)| (**count, std::cmp::Reverse(**text)));
        most.map(|(text, _)| super::told::shortened(text, 60))
    };
    let of_each = |weight: u64| u32::try_from(weight / told.len() as u64).unwrap_or(u32::MAX);
    weights
        .into_iter()
        .filter_map(|(key, weight)| {
            Some(StoryTerm { key, text: spelling(key)?, weight: of_each(weight) })
        })
        .collect()
}

type Spellings<'a> = BTreeMap<&'a str, u32>;

/// Drops a word that mostly stands in a longer term, as "Korea" in "North Korea".
fn drop_parts(spelt: &mut BTreeMap<u32, Spellings<'_>>) {
    let mut within: BTreeMap<&str, u32> = BTreeMap::new();
    for (text, count) in spelt.values().flatten() {
        let words: Vec<_> = text.split_whitespace().collect();
        if 1 < words.len() {
            words.into_iter().for_each(|word| *within.entry(word).or_default() += count);
        }
    }
    spelt.retain(|_, spellings| {
        let all: u32 = spellings.values().sum();
        let parts = spellings.keys().filter_map(|text| within.get(text)).max();
        parts.is_none_or(|parts| 2 * parts < all)
    });
}

/// Whether the words say when it was or who reports it, and not what it is about.
fn is_aside(told: &Told<'_>, span: Span) -> bool {
    let observed = &told.reading.observed;
    observed.times.iter().any(|time| time.span.overlaps(span))
        || observed.credits.iter().any(|credit| credit.name_span.overlaps(span))
}

fn totals(terms: &[Vec<Term>]) -> BTreeMap<u32, u64> {
    let mut totals = BTreeMap::new();
    for term in terms.iter().flatten() {
        *totals.entry(term.hash).or_default() += u64::from(term.weight);
    }
    totals
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

fn title(told: &[Told<'_>], terms: &[Vec<Term>]) -> String {
    let totals = totals(terms);
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

#[cfg(test)]
mod tests {
    use super::super::{resolve, sample::Sample};

    fn terms(readings: &[crate::Reading]) -> Vec<String> {
        let story = resolve(readings).story.unwrap();
        story.terms.into_iter().map(|term| term.text).collect()
    }

    #[test]
    fn a_story_is_about_its_names_and_not_about_days_or_agencies() {
        use chancery_annotate::clean::CreditKind;
        let text = "Envoys of North Sallet reached Tavish on Thursday. Envoys of North Sallet then left \
                    Tavish. (Orlenpress)";
        let reading = Sample::new(text)
            .time("Thursday", "XXXX-WXX-4")
            .credit("(Orlenpress)", CreditKind::Agency, "Orlenpress")
            .reading();
        let terms = terms(&[reading]);
        assert!(terms.contains(&"North Sallet".to_owned()), "{terms:?}");
        assert!(terms.contains(&"Tavish".to_owned()), "{terms:?}");
        for other in ["Thursday", "Orlenpress", "North", "Sallet"] {
            assert!(!terms.contains(&other.to_owned()), "{other} in {terms:?}");
        }
    }
}
