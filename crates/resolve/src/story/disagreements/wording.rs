//! Wordings of one saying that cannot both be its words.

use std::collections::BTreeSet;

use chancery_text::Span;

use super::SHOWN;
use super::row::{Side, apart, row, side};
use crate::record::{Change, Disagreement, Topic};
use crate::story::Case;
use crate::story::alignment::{agreement, differences};
use crate::story::statements::{Said, Saying};
use crate::story::told::{Told, shortened};

/// Two wordings of one saying that differ in a negation or in what must or may be.
pub(super) fn wording(case: Case<'_>, saying: &Saying) -> Vec<Disagreement> {
    let mut rows = Vec::new();
    let mut seen = BTreeSet::new();
    for (left, right) in pairs(&saying.members) {
        if left.report == right.report || SHOWN <= rows.len() {
            continue;
        }
        if turned(left, right).is_none()
            && let Some(row) = respun(case, saying, left, right)
            && seen.insert((left.report, right.report))
        {
            rows.push(row);
        } else if let Some(what) = turned(left, right)
            && seen.insert((left.report, right.report))
        {
            let names = (case.told[left.report].name(), case.told[right.report].name());
            let sentence = format!(
                "{} and {} give one saying with {what}: “{}” against “{}”",
                names.0,
                names.1,
                shortened(&left.text, 140),
                shortened(&right.text, 140)
            );
            rows.push(row(
                case,
                Topic::Wording,
                Some(saying.id),
                [side(left), side(right)],
                sentence,
            ));
        }
    }
    rows
}

fn pairs(members: &[Said]) -> impl Iterator<Item = (&Said, &Said)> {
    let members = &members[..members.len().min(60)];
    members
        .iter()
        .enumerate()
        .flat_map(move |(at, left)| members[at + 1..].iter().map(move |r| (left, r)))
}

/// Two wordings in quotation marks of one sentence: they cannot both be its words.
fn respun(case: Case<'_>, saying: &Saying, left: &Said, right: &Said) -> Option<Disagreement> {
    let found = left.closest_marked(right)?;
    let (a, b) = (&case.told[left.report], &case.told[right.report]);
    let number = |told: &Told<'_>, span: Span| told.slice(span).split_whitespace().count();
    let (one, two) = (number(a, found.left.span), number(b, found.right.span));
    let whole = 8 <= one.min(two) && 3 * one.max(two) <= 4 * one.min(two);
    if !whole || 0.8 < found.share || found.share < 0.5 || !apart(case, left.report, right.report) {
        return None;
    }
    let marks = |c: char| c.is_whitespace() || "“”\"".contains(c);
    let quote = |told: &Told<'_>, span| shortened(told.slice(span).trim_matches(marks), 160);
    let sentence = format!(
        "{} and {} quote one saying in different words: “{}” against “{}”",
        a.name(),
        b.name(),
        quote(a, found.left.span),
        quote(b, found.right.span)
    );
    let side = |said: &Said, span| Side { report: said.report, span, row: Some(said.id) };
    let sides = [side(left, found.left.span), side(right, found.right.span)];
    Some(row(case, Topic::Wording, Some(saying.id), sides, sentence))
}

/// What differs in meaning between wordings that are otherwise whole.
fn turned(left: &Said, right: &Said) -> Option<&'static str> {
    let (shorter, longer) =
        (left.content.len().min(right.content.len()), left.content.len().max(right.content.len()));
    let alike = agreement(&left.content, &right.content).share;
    if (shorter as f64) < 0.7 * longer as f64 || alike < 0.7 {
        return None;
    }
    let found = differences(&left.units, &right.units);
    let turns: Vec<_> =
        found.iter().map(|one| one.change).filter(|change| telling(*change)).collect();
    // Many turns are other words for another thing, not slips in one.
    match turns.as_slice() {
        [change] | [change, _] => Some(match change {
            Change::Polarity => "a word that denies what the other affirms",
            _ => "another “must” or “may”",
        }),
        _ => None,
    }
}

/// Changes that two reports of one saying cannot both be right about.
const fn telling(change: Change) -> bool {
    matches!(change, Change::Polarity | Change::Modality)
}
