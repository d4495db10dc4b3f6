//! What the origins disagree on. Both sides are shown and no verdict is given; a change over time,
//! a rounding and a spelling are no disagreements.

mod circumstances;
mod claims;
mod figures;
mod headline;
mod polarity;
mod retold;
mod row;
mod speakers;
mod toll;
mod wording;

use super::Case;
use super::events::Happening;
use super::statements::Saying;
use crate::record::Disagreement;
use circumstances::circumstances;
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
) -> Vec<Disagreement> {
    let counts = figures::counts(case, happenings);
    let mut rows = figures::figures(case, happenings, &counts);
    rows.extend(toll::doers(case, happenings, &counts));
    rows.extend(toll::days(case, &counts));
    for happening in happenings {
        rows.extend(polarity(case, happening));
    }
    rows.extend(denials(case, happenings, sayings));
    rows.extend(retold::retold(case));
    rows.extend(claims::claims(case, sayings));
    rows.extend(speakers_of_one(case, sayings));
    rows.extend(circumstances(case, happenings));
    for saying in sayings {
        rows.extend(wording(case, saying));
    }
    rows.extend(headlines(case));
    rows.sort_by_key(|row| row.id);
    rows.dedup_by_key(|row| row.id);
    rows
}

#[cfg(test)]
mod tests;
