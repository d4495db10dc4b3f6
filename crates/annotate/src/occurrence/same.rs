//! Which occurrences of a report are one: the same deed, near each other or referred to, by parties and on
//! days that can be one.

use std::collections::HashMap;

use chancery_text::Interval;

use super::{Occurrence, Party, WhenBasis};

/// Sentences between two tellings of one.
const NEAR: u32 = 4;
/// Earlier happenings of one deed that are looked at.
const BACK: usize = 12;

/// A happening as far as it is told.
struct Group {
    number: u32,
    /// Index of its last telling.
    last: usize,
    parties: Vec<Party>,
    /// The days that times state.
    stated: Interval,
}

/// Numbers occurrences that are one alike, and lends them their days. `known` says of each whether its words
/// refer to something told before.
pub(super) fn number(occurrences: &mut [Occurrence], known: &[bool]) {
    let mut told: HashMap<String, Vec<Group>> = HashMap::new();
    for at in 0..occurrences.len() {
        let occurrence = &occurrences[at];
        let groups = told.entry(occurrence.deed.clone()).or_default();
        let one = |group: &&mut Group| group.takes(&occurrences[group.last], occurrence, known[at]);
        let number = match groups.iter_mut().rev().take(BACK).find(one) {
            Some(group) => group.take(at, occurrence),
            None => {
                let (number, parties) = (at as u32, occurrence.parties.clone());
                groups.push(Group { number, last: at, parties, stated: stated(occurrence) });
                number
            }
        };
        occurrences[at].one = number;
    }
    lend(occurrences);
}

impl Group {
    /// Whether an occurrence is another telling; `last` is the one before.
    fn takes(&self, last: &Occurrence, next: &Occurrence, known: bool) -> bool {
        let saying = last.said || next.said;
        let far = NEAR < next.sentence - last.sentence && !known;
        let beside = last.sentence == next.sentence && !(last.nominal && next.nominal);
        !saying
            && !far
            && !beside
            && (last.nominal || next.nominal || is_done(last) == is_done(next))
            && self.stated.meets(stated(next))
            && !(last.nominal && next.nominal && are_apart(&self.parties, &next.parties))
    }

    fn take(&mut self, at: usize, occurrence: &Occurrence) -> u32 {
        self.last = at;
        self.parties.extend(occurrence.parties.iter().cloned());
        self.stated = self.stated.intersection(stated(occurrence)).unwrap_or(self.stated);
        self.number
    }
}

/// The days of an occurrence, if a time states them: that it is told as news may be wrong.
fn stated(it: &Occurrence) -> Interval {
    if it.basis == WhenBasis::Stated { it.when } else { Interval::OPEN }
}

/// Whether it lies behind the report.
fn is_done(it: &Occurrence) -> bool {
    use crate::event::Status::{Happened, Historical, UnderWay};
    matches!(it.status, Happened | UnderWay | Historical)
}

/// Whether both name parties and none is the other's: the sales of one firm are not those of another.
fn are_apart(some: &[Party], others: &[Party]) -> bool {
    let named = |parties: &[Party]| parties.iter().any(Party::is_named);
    let shared = || some.iter().any(|a| others.iter().any(|b| a.can_be(b)));
    named(some) && named(others) && !shared()
}

/// What is told without a time has the days of another telling.
fn lend(occurrences: &mut [Occurrence]) {
    let mut days = HashMap::new();
    for it in occurrences.iter().filter(|it| it.basis != WhenBasis::Open) {
        let best = days.entry(it.one).or_insert((it.basis, it.when));
        *best = (*best).min((it.basis, it.when));
    }
    for it in occurrences.iter_mut().filter(|it| it.basis == WhenBasis::Open) {
        if let Some((_, when)) = days.get(&it.one).filter(|_| it.nominal) {
            (it.when, it.basis) = (*when, WhenBasis::Retold);
        }
    }
}
