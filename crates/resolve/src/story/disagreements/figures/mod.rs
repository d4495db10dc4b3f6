//! Two numbers for one count.

mod count;
mod question;
mod rivals;
mod voice;

use std::collections::{BTreeMap, BTreeSet};

pub(in crate::story) use count::Count;
pub(super) use count::{bounds, counted, harmed};
pub(in crate::story) use question::{DAYS, days_between, one_town, together, two_doers};

use super::SHOWN;
use super::row::{Side, shown};
use crate::lists::is_of_people;
use crate::record::{Disagreement, Topic};
use crate::story::Case;
use crate::story::events::Happening;
use crate::story::told::shortened;
use question::one_count;

/// Counts with one noun and state that each is compared with.
const NEAR: usize = 48;

/// The counts of all reports.
#[derive(Debug)]
pub(in crate::story) struct Counts {
    /// In the order of the reports and their texts.
    pub all: Vec<Count>,
    /// Those of one happening, by what they count and what became of it.
    pub of_one: BTreeMap<(String, String), Vec<Count>>,
}

pub(in crate::story) fn counts(case: Case<'_>, happenings: &[Happening]) -> Counts {
    let all = count::counts(case, happenings);
    let mut of_one: BTreeMap<_, Vec<Count>> = BTreeMap::new();
    for count in all.iter().filter(|count| !count.sum && !count.part) {
        of_one.entry(count.about.clone()).or_default().push(count.clone());
    }
    Counts { all, of_one }
}

/// Two numbers for one count: the same noun and state, in one event or in sentences about one thing
/// in reports of nearly the same days.
pub(super) fn figures(
    case: Case<'_>,
    happenings: &[Happening],
    counts: &Counts,
) -> Vec<Disagreement> {
    let own = counts.of_one.values().flat_map(|counts| clashes(case, happenings, counts));
    let leading = leading(counts);
    let leading = leading.values().flat_map(|counts| clashes(case, happenings, counts));
    let rivals = rivals::rivals(case, happenings, &counts.all);
    let pairs = rivals.iter().map(|pair| figure_row(case, happenings, &[*pair]));
    pairs.chain(own).chain(leading).collect()
}

/// The numbers that lead reports, by what became of the people counted: whom one outlet calls civilians
/// another calls people, or terrorists.
fn leading(counts: &Counts) -> BTreeMap<String, Vec<Count>> {
    let mut leading: BTreeMap<String, Vec<Count>> = BTreeMap::new();
    let people = counts.of_one.iter().filter(|((noun, _), _)| is_of_people(noun));
    for ((_, state), counts) in people {
        let lead = counts.iter().filter(|count| count.leads).cloned();
        leading.entry(state.clone()).or_default().extend(lead);
    }
    leading
}

/// Who says the same two numbers disagrees about the same thing, and stands in one row.
fn clashes(case: Case<'_>, happenings: &[Happening], counts: &[Count]) -> Vec<Disagreement> {
    let mut claims: BTreeMap<[(u64, u64); 2], Vec<[&Count; 2]>> = BTreeMap::new();
    for (at, left) in counts.iter().enumerate() {
        for right in counts[at + 1..].iter().take(NEAR) {
            if left.told_apart(right) && one_count(case, happenings, left, right) {
                let pair = if left.low < right.low { [left, right] } else { [right, left] };
                let key = pair.map(|count| (count.low.to_bits(), count.high.to_bits()));
                claims.entry(key).or_default().push(pair);
            }
        }
    }
    claims.values().take(SHOWN).map(|pairs| figure_row(case, happenings, pairs)).collect()
}

fn figure_row(case: Case<'_>, happenings: &[Happening], pairs: &[[&Count; 2]]) -> Disagreement {
    let [left, right] = pairs[0];
    let about = left.events.intersection(&right.events).next().map(|event| &happenings[*event].row);
    let sentence = if left.report == right.report && left.sentence == right.sentence {
        let name = case.told[left.report].name();
        format!(
            "{name} has {}{} and {}{}: “{}”",
            phrase(case, left),
            on_word_of(case, left),
            phrase(case, right),
            on_word_of(case, right),
            own(case, left)
        )
    } else {
        format!("{}; {}", said(case, left), said(case, right))
    };
    let sides = [0, 1].map(|side| {
        let counts: BTreeSet<_> =
            pairs.iter().map(|pair| (pair[side].report, pair[side].figure)).collect();
        counts.into_iter().map(|(report, figure)| side_of(case, report, figure)).collect()
    });
    shown(case, Topic::Figure, about.map(|event| event.id), sides, sentence)
}

pub(super) fn side_of(case: Case<'_>, report: usize, figure: usize) -> Side {
    let figure = &case.told[report].reading.observed.figures[figure];
    Side { report, span: figure.span, row: Some(figure.id) }
}

fn phrase(case: Case<'_>, count: &Count) -> String {
    let told = &case.told[count.report];
    shortened(told.slice(told.reading.observed.figures[count.figure].span), 80)
}

fn own(case: Case<'_>, count: &Count) -> String {
    shortened(case.told[count.report].slice(count.sentence), 140)
}

/// "Merrow Post says nine people, on the word of the mayor (“…”)".
pub(super) fn said(case: Case<'_>, count: &Count) -> String {
    let name = case.told[count.report].name();
    let voice = on_word_of(case, count);
    format!("{name} says {}{voice} (“{}”)", phrase(case, count), own(case, count))
}

fn on_word_of(case: Case<'_>, count: &Count) -> String {
    let voice = count.voice.as_ref();
    voice.map_or(String::new(), |voice| format!(", on the word of {}", voice.name(case)))
}
