//! What the origins disagree on. Both sides are shown and no verdict is given; a change over time,
//! a rounding and a spelling are no disagreements.

mod circumstances;
mod claims;
pub(super) mod figures;
mod headline;
mod polarity;
mod refuted;
mod retold;
mod row;
mod speakers;
mod toll;
mod wording;

use std::collections::BTreeSet;

use chancery_text::ReportId;

use super::Case;
use super::events::Happening;
use super::statements::Saying;
use crate::record::{Disagreement, Evidence};
use circumstances::circumstances;
use figures::Counts;
use headline::headlines;
use polarity::{denials, polarity};
use speakers::speakers_of_one;
use wording::wording;

/// Disagreements shown for one row and topic.
const SHOWN: usize = 4;
/// Mentions with one key that each is compared with.
const NEAR: usize = 16;

/// Disagreements, sorted by id.
pub(super) fn find(
    case: Case<'_>,
    happenings: &[Happening],
    sayings: &[Saying],
    counts: &Counts,
) -> Vec<Disagreement> {
    let mut rows = figures::figures(case, happenings, counts);
    rows.extend(toll::doers(case, happenings, counts));
    rows.extend(toll::days(case, counts));
    rows.extend(happenings.iter().filter_map(|happening| polarity(case, happening)));
    rows.extend(denials(case, happenings, sayings));
    rows.extend(retold::retold(case));
    let (refuted, denials) = refuted::refuted(case, sayings);
    rows.extend(refuted);
    rows.extend(refuted::denied_it(case));
    rows.extend(claims::claims(case, sayings, &denials));
    rows.extend(speakers_of_one(case, sayings));
    rows.extend(circumstances(case, happenings));
    for saying in sayings {
        rows.extend(wording(case, saying));
    }
    rows.extend(headlines(case));
    let mut seen = BTreeSet::new();
    rows.retain(|row| seen.insert((row.topic.name(), sentences(case, row))));
    rows.sort_by_key(|row| row.id);
    rows.dedup_by_key(|row| row.id);
    rows
}

/// Where a row's sides stand, by sentences: rows of one topic about the same ones are one disagreement
/// found in several ways.
fn sentences(case: Case<'_>, row: &Disagreement) -> BTreeSet<(ReportId, u32)> {
    let sentence = |evidence: &Evidence| {
        let at = case.told.binary_search_by_key(&evidence.report, |told| told.report());
        let span = at.map_or(evidence.span, |at| case.told[at].sentence(evidence.span));
        (evidence.report, span.start)
    };
    row.evidence.iter().map(sentence).collect()
}

#[cfg(test)]
mod tests;
