//! One act with another day, place or doer.

use std::collections::{BTreeMap, BTreeSet};

use chancery_annotate::event::{EventType, Status};
use chancery_text::RowId;

use super::NEAR;
use super::row::{Side, apart, row};
use crate::record::{Disagreement, Topic};
use crate::story::Case;
use crate::story::events::{Happening, Member};
use crate::story::told::shortened;

/// Content words that clauses must share to tell one act with another circumstance.
const SAME_WORDS: usize = 5;
/// Share of the shorter clause's content words that must be shared.
const SAME_SHARE: f64 = 0.7;

/// What mentions share that may be told in the same words: type, trigger and a content word.
type Wording<'a> = (EventType, &'a str, u64);

/// Events that are told in the same words but for the day, the place or the one who acted.
pub(super) fn circumstances(case: Case<'_>, happenings: &[Happening]) -> Vec<Disagreement> {
    let mut blocks: BTreeMap<Wording<'_>, Vec<(usize, &Member)>> = BTreeMap::new();
    for (at, happening) in happenings.iter().enumerate() {
        for member in happening.members.iter().filter(|m| m.status == Status::Happened) {
            let rarest = member.content.iter().take(8);
            for stem in rarest {
                let key = (member.plover, member.trigger.as_str(), *stem);
                blocks.entry(key).or_default().push((at, member));
            }
        }
    }
    let mut rows = Vec::new();
    let mut seen = BTreeSet::new();
    for block in blocks.values() {
        for (at, (left, a)) in block.iter().enumerate() {
            for (right, b) in block[at + 1..].iter().take(NEAR) {
                if left != right && apart(case, a.report, b.report) && seen.insert((*left, *right))
                {
                    rows.extend(circumstance(case, happenings[*left].row.id, a, b));
                }
            }
        }
    }
    rows
}

/// The one circumstance that differs between two mentions told in nearly the same words.
fn circumstance(
    case: Case<'_>,
    about: RowId,
    left: &Member,
    right: &Member,
) -> Option<Disagreement> {
    let (shared, share) = left.shares(right);
    if shared < SAME_WORDS || share < SAME_SHARE {
        return None;
    }
    let (day_a, day_b) = (left.when.single_day()?, right.when.single_day()?);
    let apart_days = day_a.until(day_b).map_or(99, |span| span.get_days().abs());
    let meets = |a: &[String], b: &[String]| {
        a.iter().any(|a| b.iter().any(|b| case.names.compatible(a, b)))
    };
    let place = left.place.as_ref().zip(right.place.as_ref()).filter(|(a, b)| a.0 != b.0);
    let acted = !left.sources.is_empty() && !right.sources.is_empty();
    let other_actor = acted && !meets(&left.sources, &right.sources);
    let (topic, sides) = match (apart_days, place, other_actor) {
        (1..=3, None, false) => (Topic::Date, [day_a.to_string(), day_b.to_string()]),
        (0, Some((a, b)), false) if named_apart(a, b) => (Topic::Place, [a.1.clone(), b.1.clone()]),
        (0, None, true) => {
            let name = |keys: &[String]| case.names.name(&keys[0]);
            (Topic::Actor, [name(&left.sources), name(&right.sources)])
        }
        _ => return None,
    };
    let names = (case.told[left.report].name(), case.told[right.report].name());
    let told = &case.told[left.report];
    let clause = shortened(told.slice(told.reading.observed.events[left.event].span), 120);
    let question = match topic {
        Topic::Date => "on which day",
        Topic::Place => "where",
        _ => "who did it",
    };
    let sentence = format!(
        "{} and {} differ on {question}, {} or {}: “{clause}”",
        names.0, names.1, sides[0], sides[1]
    );
    let side = |member: &Member| {
        let event = &case.told[member.report].reading.observed.events[member.event];
        Side { report: member.report, span: event.span, row: Some(event.id) }
    };
    Some(row(case, topic, Some(about), [side(left), side(right)], sentence))
}

/// Whether two places are apart: not a country and a town that may lie in it.
fn named_apart(left: &(String, String), right: &(String, String)) -> bool {
    left.0.starts_with("country:") == right.0.starts_with("country:")
}
