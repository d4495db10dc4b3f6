//! Two counts of one thing in one report: the monitor's and the ministry's.

use std::collections::BTreeSet;

use super::count::{Count, bounds};
use super::question::{one_town, two_doers};
use crate::lists::harm;
use crate::story::Case;
use crate::story::events::Happening;

/// Sentences within which two voices speak of one thing.
const CLOSE: usize = 4;
/// How many times the smaller number two who count one thing may differ by.
const FAR: f64 = 8.0;

/// Pairs of counts of one report that two voices give, the first told first; for each pair of numbers the
/// nearest.
pub(super) fn rivals<'a>(
    case: Case<'_>,
    happenings: &[Happening],
    counts: &'a [Count],
) -> Vec<[&'a Count; 2]> {
    let mut pairs = Vec::new();
    for in_report in counts.chunk_by(|a, b| a.report == b.report) {
        let mut seen = BTreeSet::new();
        for (at, second) in in_report.iter().enumerate().filter(|(_, second)| !second.part) {
            let near = in_report[..at].iter().rev();
            let near = near.take_while(|first| second.row - first.row <= CLOSE);
            let mut fitting = near.filter(|first| rival(case, happenings, first, second));
            // "A lower toll of eight" is lower than one, not than all before it.
            let all = !(second.named && second.set_apart);
            let chosen = fitting.next().into_iter().chain(fitting.filter(|_| all));
            for first in chosen {
                let mut numbers = [first, second].map(|count| count.low.to_bits());
                numbers.sort_unstable();
                if seen.insert((second.about.1.clone(), numbers)) {
                    pairs.push([first, second]);
                }
            }
        }
    }
    pairs
}

fn rival(case: Case<'_>, happenings: &[Happening], first: &Count, second: &Count) -> bool {
    one_state(case, first, second)
        && (!first.part || (second.named && second.set_apart))
        && first.sum == second.sum
        && (!second.sum || second.named)
        && one_class(first, second)
        && first.told_apart(second)
        && first.low.max(second.low) <= FAR * first.low.min(second.low)
        && two_voices(case, first, second)
        && first.day.meets(second.day)
        && one_town(first, second)
        && !part_of(case, first, second)
        && !two_doers(case, happenings, first, second)
}

/// Whether one thing became of the counted. Of a thing that is named in two words, as "suicide bombers", two
/// voices may tell it in two verbs.
fn one_state(case: Case<'_>, first: &Count, second: &Count) -> bool {
    let phrase = |count: &Count| {
        let told = &case.told[count.report];
        let counted = told.reading.observed.figures[count.figure].counted?;
        let phrase = told.slice(counted).to_lowercase();
        phrase.contains(' ').then_some(phrase)
    };
    let harmed = |count: &Count| harm(&count.about.1).is_some();
    let named = || phrase(first).is_some() && phrase(first) == phrase(second);
    first.about.1 == second.about.1 || (!harmed(first) && !harmed(second) && named())
}

/// Whether two counts are of one sort: of people, the one who names no sort counts all.
fn one_class(first: &Count, second: &Count) -> bool {
    let [a, b] = [first, second].map(|count| count.about.0.as_str());
    let all = a == "people" || b == "people";
    a == b || (second.named && all && first.people && second.people)
}

/// Whether two voices give them. Where the second is named as another toll, one who is only called by his
/// role, or nobody, may have given the first.
fn two_voices(case: Case<'_>, first: &Count, second: &Count) -> bool {
    match (&first.voice, &second.voice) {
        (Some(a), Some(b)) if second.named => {
            a.may_differ(b, case) && (second.set_apart || a.differs(b, case))
        }
        (Some(a), Some(b)) => a.differs(b, case),
        (None, Some(_)) => second.named && second.set_apart,
        (_, None) => false,
    }
}

/// Whether the smaller number is told with another town, or is one of several beside it that make up the
/// larger.
fn part_of(case: Case<'_>, first: &Count, second: &Count) -> bool {
    let (smaller, larger) = if first.low < second.low { (first, second) } else { (second, first) };
    let told = &case.told[first.report];
    let figures = told.reading.observed.figures.iter().enumerate();
    let near = |at: usize| {
        let span = told.reading.observed.figures[at].span;
        smaller.sentence.contains(span) || larger.sentence.contains(span)
    };
    let mut rest =
        figures.filter(|(at, _)| ![smaller.figure, larger.figure].contains(at) && near(*at));
    let makes_up = rest.any(|(_, figure)| {
        let other = bounds(figure).map(|(low, _)| low);
        // One more or less is a slip as often as a part.
        other.is_some_and(|other| 2.0 <= other && larger.low == smaller.low + other)
    });
    let open = second.named && larger.towns.is_empty();
    makes_up || !(open || larger.has_towns_of(smaller))
}
