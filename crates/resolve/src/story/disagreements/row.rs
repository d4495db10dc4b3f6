//! A row with its two sides.

use chancery_text::{Kind, RowId, Span};

use crate::record::{Disagreement, Evidence, Topic};
use crate::story::statements::Said;
use crate::story::{Case, made_of};

/// One side of a disagreement.
pub(super) struct Side {
    /// Index of the report.
    pub report: usize,
    pub span: Span,
    pub row: Option<RowId>,
}

pub(super) fn row(
    case: Case<'_>,
    topic: Topic,
    about: Option<RowId>,
    sides: [Side; 2],
    sentence: String,
) -> Disagreement {
    shown(case, topic, about, sides.map(|side| vec![side]), sentence)
}

/// A disagreement with all that stands on either side.
pub(super) fn shown(
    case: Case<'_>,
    topic: Topic,
    about: Option<RowId>,
    sides: [Vec<Side>; 2],
    sentence: String,
) -> Disagreement {
    let roles = ["side-a", "side-b"];
    let evidence: Vec<Evidence> = sides
        .iter()
        .zip(roles)
        .flat_map(|(sides, role)| sides.iter().map(move |side| (side, role)))
        .map(|(side, role)| case.told[side.report].evidence(side.span, role, side.row))
        .collect();
    let place = |e: &Evidence| format!("{} {}-{}", e.report, e.span.start, e.span.end);
    let mut places: Vec<_> = evidence.iter().map(place).collect();
    places.sort();
    places.push(topic.name().to_owned());
    let first = evidence.iter().map(|e| e.report).min().expect("each side stands somewhere");
    let id = made_of(Kind::Disagreement, first, places);
    Disagreement { id, topic, sentence, about, evidence }
}

/// Whether two reports are of different origins.
pub(super) fn apart(case: Case<'_>, left: usize, right: usize) -> bool {
    case.origins[left] != case.origins[right]
}

/// The whole words of a quotation as a side.
pub(super) fn side(said: &Said) -> Side {
    Side { report: said.report, span: said.span, row: Some(said.id) }
}
