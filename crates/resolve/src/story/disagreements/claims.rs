//! Sayings that contradict each other: one says what another denies, one speaker goes back on what he said,
//! a paraphrase says more than the words that it quotes.

use std::collections::BTreeSet;

use chancery_annotate::kin::{Kin, Part};
use chancery_annotate::quotation::QuotationKind;
use chancery_text::RowId;

use super::SHOWN;
use super::row::{row, side};
use crate::frequency::rarity;
use crate::record::{Disagreement, Topic};
use crate::story::Case;
use crate::story::alignment::{Class, Unit, agreement};
use crate::story::statements::{Said, Saying, candidates};
use crate::story::told::shortened;

/// Content words that a denial shares with the claim that it denies.
const DENIED: usize = 4;
/// Share of the shorter one's that these are.
const SHARE: f64 = 0.6;
/// Words between a negation and the verb that it denies.
const REACH: usize = 4;
/// Sayings of a report after one in which its speaker may go back on it.
const NEXT: usize = 3;
/// Bits of a verb that says what is done: "have" and "go" say little.
const TELLING: f64 = 5.0;

/// Disagreements of what is said. `answered`: quotations that deny what their own report says.
pub(super) fn claims(
    case: Case<'_>,
    sayings: &[Saying],
    answered: &BTreeSet<RowId>,
) -> Vec<Disagreement> {
    let all: Vec<(&Said, RowId)> =
        sayings.iter().flat_map(|saying| saying.members.iter().map(|m| (m, saying.id))).collect();
    let open: Vec<_> =
        all.iter().filter(|(said, _)| !answered.contains(&said.id)).copied().collect();
    let mut rows = denied(case, &open);
    for in_report in by_report(&all) {
        rows.extend(turned(case, &in_report));
        rows.extend(paraphrased(case, &in_report));
    }
    rows
}

/// The sayings of each report, in the order of the text.
fn by_report<'a>(all: &[(&'a Said, RowId)]) -> Vec<Vec<(&'a Said, RowId)>> {
    let mut sorted = all.to_vec();
    sorted.sort_by_key(|(said, _)| (said.report, said.span, said.id));
    sorted.chunk_by(|a, b| a.0.report == b.0.report).map(<[_]>::to_vec).collect()
}

/// What one says and another denies.
fn denied(case: Case<'_>, all: &[(&Said, RowId)]) -> Vec<Disagreement> {
    let said: Vec<&Said> = all.iter().map(|(said, _)| *said).collect();
    let mut seen = BTreeSet::new();
    let mut rows = Vec::new();
    for (i, j) in candidates(&said) {
        let (yes, no) = if all[i].0.denied { (all[j], all[i]) } else { (all[i], all[j]) };
        if yes.0.denied || !no.0.denied || !contradicts(case, yes.0, no.0) {
            continue;
        }
        if seen.insert((yes.1, no.1)) && rows.len() < SHOWN {
            rows.push(denied_row(case, yes, no.0));
        }
    }
    rows
}

fn contradicts(case: Case<'_>, yes: &Said, no: &Said) -> bool {
    let shared = agreement(&yes.content, &no.content);
    let apart = match (&yes.speaker, &no.speaker) {
        (Some(a), Some(b)) => !case.names.compatible(a, b),
        _ => false,
    };
    let nested = yes.report == no.report && yes.span.overlaps(no.span);
    apart && !nested && DENIED <= shared.words && SHARE <= shared.share
}

fn denied_row(case: Case<'_>, yes: (&Said, RowId), no: &Said) -> Disagreement {
    let told = [yes.0, no].map(|said| case.told[said.report].name());
    let who = [yes.0, no].map(|said| speaker(case, said));
    let sentence = format!(
        "{}: {} says “{}”; {}: {} denies “{}”",
        told[0],
        who[0],
        shortened(&yes.0.text, 120),
        told[1],
        who[1],
        shortened(&no.text, 120)
    );
    row(case, Topic::Polarity, Some(yes.1), [side(yes.0), side(no)], sentence)
}

fn speaker(case: Case<'_>, said: &Said) -> String {
    said.speaker.as_deref().map_or_else(|| said.source.clone(), |key| case.names.name(key))
}

/// One who says in a report what he denied in it just before, or the other way round.
fn turned(case: Case<'_>, said: &[(&Said, RowId)]) -> Vec<Disagreement> {
    let mut rows = Vec::new();
    for (at, (left, saying)) in said.iter().enumerate() {
        for (right, _) in said[at + 1..].iter().take(NEXT) {
            let one = left.speaker.is_some() && left.speaker == right.speaker;
            if one
                && !left.span.overlaps(right.span)
                && against(left, right)
                && hinged(case, left, right)
            {
                rows.push(turned_row(case, (left, *saying), right));
            }
        }
    }
    rows.truncate(SHOWN);
    rows
}

/// Whether one denies the very act that the other affirms.
fn against(left: &Said, right: &Said) -> bool {
    let (a, b) = (acts(left), acts(right));
    let same = |(one, no): &(&Unit, bool), (other, yes): &(&Unit, bool)| {
        no != yes && matches!(one.word.kin(&other.word), Kin::Same | Kin::Form)
    };
    a.iter().any(|a| b.iter().any(|b| same(a, b)))
}

/// The telling verbs of a saying, and whether each is denied.
fn acts(said: &Said) -> Vec<(&Unit, bool)> {
    let denied = |at: usize| {
        let near = &said.units[at.saturating_sub(REACH)..at];
        let from = near.iter().rposition(|unit| unit.class == Class::Negation);
        from.is_some_and(|from| near[from..].iter().all(|unit| !breaks(unit)))
    };
    let verb = |unit: &Unit| {
        unit.class == Class::Content
            && TELLING <= rarity(unit.norm())
            && unit.word.part() == Some(Part::Verb)
    };
    let units = said.units.iter().enumerate().filter(|(_, unit)| verb(unit));
    units.map(|(at, unit)| (unit, denied(at))).collect()
}

/// Whether a word ends the reach of a negation: "no deaths in the attacks" denies no attack.
fn breaks(unit: &Unit) -> bool {
    matches!(unit.norm(), "a" | "an" | "at" | "by" | "from" | "in" | "of" | "the" | "with")
}

/// Whether the report sets the two against each other: "although", "but" stands between them.
fn hinged(case: Case<'_>, left: &Said, right: &Said) -> bool {
    const HINGES: &[&str] = &["although", "but", "however", "though", "while", "yet"];
    let text = &case.told[left.report].reading.report.text;
    let between = text.get(left.span.end as usize..right.span.start as usize).unwrap_or("");
    let mut words = between.split(|c: char| !c.is_alphabetic());
    words.any(|word| HINGES.contains(&word.to_lowercase().as_str()))
}

fn turned_row(case: Case<'_>, left: (&Said, RowId), right: &Said) -> Disagreement {
    let told = &case.told[right.report];
    let days = [left.0, right].map(|said| said.day.map(|days| days.to_string()));
    let day = |at: usize| days[at].as_ref().map_or(String::new(), |day| format!(" ({day})"));
    let sentence = format!(
        "{} has {} go back on his words: “{}”{}, then “{}”{}",
        told.name(),
        speaker(case, right),
        shortened(&left.0.text, 120),
        day(0),
        shortened(&right.text, 120),
        day(1)
    );
    row(case, Topic::Polarity, Some(left.1), [side(left.0), side(right)], sentence)
}

/// What a report puts in its own words around words that it quotes in full elsewhere.
fn paraphrased(case: Case<'_>, said: &[(&Said, RowId)]) -> Vec<Disagreement> {
    let whole = |said: &Said| !matches!(said.kind, QuotationKind::Indirect);
    let mut rows = Vec::new();
    for (mixed, saying) in said.iter().filter(|(said, _)| said.kind == QuotationKind::Mixed) {
        for (full, _) in said.iter().filter(|(said, _)| whole(said)) {
            let speakers = mixed.speaker.as_ref().zip(full.speaker.as_ref());
            let one = speakers.is_some_and(|(a, b)| case.names.compatible(a, b))
                || next_to(case, mixed, full);
            if one
                && mixed.id != full.id
                && !mixed.span.overlaps(full.span)
                && other_object(mixed, full)
            {
                rows.push(paraphrase_row(case, (mixed, *saying), full));
            }
        }
    }
    rows.truncate(SHOWN);
    rows
}

/// Sentences between a paraphrase and the quotation that it sums up.
const BESIDE: usize = 2;

/// Whether two sayings stand in neighbouring sentences of a report.
fn next_to(case: Case<'_>, left: &Said, right: &Said) -> bool {
    let sentences = &case.told[left.report].reading.observed.sentences;
    let at = |said: &Said| sentences.partition_point(|one| one.end <= said.span.start);
    at(left).abs_diff(at(right)) <= BESIDE
}

/// Words that a quotation may have more among those that the other one quotes.
const LOOSE: usize = 3;

/// Whether what stands after the quoted words is another thing than in the full quotation: "friendly
/// relations" with the regime, and with the country.
fn other_object(mixed: &Said, full: &Said) -> bool {
    let parts = mixed.pieces.iter().filter(|piece| piece.part);
    parts.into_iter().any(|piece| {
        let inside = |unit: &&Unit| piece.span.contains(unit.span);
        let quoted: Vec<&Unit> = mixed.units.iter().filter(inside).filter(|u| u.full()).collect();
        let after = mixed.units.iter().position(|unit| piece.span.end <= unit.span.start);
        let Some((link, object)) = after.and_then(|at| object(&mixed.units[at..])) else {
            return false;
        };
        let Some(end) = stands(&quoted, &full.units) else { return false };
        let Some((other_link, other)) = object_after(&full.units, end) else { return false };
        2 <= quoted.len() && link == other_link && object.word.kin(&other.word) == Kin::Apart
    })
}

/// Where quoted words end in a longer quotation, in order and close together.
fn stands(quoted: &[&Unit], units: &[Unit]) -> Option<usize> {
    let starts = units
        .iter()
        .enumerate()
        .filter(|(_, unit)| quoted.first().is_some_and(|first| first.norm() == unit.norm()));
    starts.into_iter().find_map(|(start, _)| {
        let mut at = start;
        for word in quoted {
            at += units[at..].iter().position(|unit| unit.norm() == word.norm())? + 1;
        }
        (at - start <= quoted.len() + LOOSE).then_some(at)
    })
}

fn object_after(units: &[Unit], at: usize) -> Option<(&str, &Unit)> {
    object(units.get(at..)?)
}

/// The preposition that units begin with, and the last word of the noun phrase after it.
fn object(units: &[Unit]) -> Option<(&str, &Unit)> {
    const LINKS: &[&str] = &["against", "for", "from", "in", "of", "on", "to", "towards", "with"];
    let link = units.first().filter(|unit| LINKS.contains(&unit.norm()))?;
    let rest = &units[1..];
    let first = rest.iter().take(3).position(Unit::full)?;
    if rest[..first].iter().any(Unit::pronoun) {
        return None;
    }
    let phrase = rest[first..].iter().take(3).take_while(|unit| unit.full());
    phrase.last().map(|object| (link.norm(), object))
}

fn paraphrase_row(case: Case<'_>, mixed: (&Said, RowId), full: &Said) -> Disagreement {
    let sentence = format!(
        "{} sums up “{}”, where the words that it quotes are “{}”",
        case.told[full.report].name(),
        shortened(&mixed.0.text, 140),
        shortened(&full.text, 180)
    );
    row(case, Topic::Wording, Some(mixed.1), [side(mixed.0), side(full)], sentence)
}
