//! What the container's structure marks as no part of the report.

use chancery_text::Furniture;

use super::ResidueReason;
use super::draft::Draft;
use super::line::is_prose;

/// Marks the furniture that ingest found. Where it would leave no prose at all, "outside the
/// article" is not believed.
pub(super) fn mark(draft: &mut Draft<'_>) {
    let report = draft.report;
    let kept: Vec<_> = report
        .furniture
        .iter()
        .filter(|piece| draft.text.get(piece.span.range()).is_some())
        .collect();
    let outside = |piece: &&&Furniture| piece.reason == "outside-article";
    let believed = leaves_prose(draft, &kept);
    for piece in kept.iter().filter(|piece| believed || !outside(piece)) {
        mark_piece(draft, piece);
    }
}

fn leaves_prose(draft: &Draft<'_>, pieces: &[&Furniture]) -> bool {
    let covered =
        |line: usize| pieces.iter().any(|piece| piece.span.overlaps(draft.lines[line].span));
    pieces.is_empty()
        || (0..draft.lines.len()).any(|line| is_prose(draft.words(line)) && !covered(line))
}

fn mark_piece(draft: &mut Draft<'_>, piece: &Furniture) {
    let reason = reason(&piece.reason);
    let first = draft.lines.partition_point(|line| line.span.end <= piece.span.start);
    for line in first..draft.lines.len() {
        let span = draft.lines[line].span;
        if piece.span.end <= span.start {
            break;
        }
        if piece.span.contains(span) {
            draft.mark(line, reason);
        } else if let Some(part) = piece.span.intersection(span) {
            draft.cut(part, reason);
        }
    }
}

fn reason(name: &str) -> ResidueReason {
    match name {
        "navigation" => ResidueReason::Navigation,
        "caption" => ResidueReason::Caption,
        "form" | "comments" => ResidueReason::Comments,
        "advertisement" => ResidueReason::Advertisement,
        "share" => ResidueReason::Share,
        "related" => ResidueReason::Related,
        _ => ResidueReason::Structure,
    }
}
