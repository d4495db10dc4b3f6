//! Two speakers of one sentence.

use std::collections::BTreeSet;

use chancery_text::{RowId, Span};

use super::row::{Side, shown};
use crate::record::{Disagreement, Topic};
use crate::story::Case;
use crate::story::statements::{Match, Said, Saying, candidates};
use crate::story::told::shortened;

/// Two speakers of one sentence: of one saying, or of a sentence that both quote word for word.
pub(super) fn speakers_of_one(case: Case<'_>, sayings: &[Saying]) -> Vec<Disagreement> {
    let all: Vec<(&Said, RowId)> =
        sayings.iter().flat_map(|saying| saying.members.iter().map(|m| (m, saying.id))).collect();
    let said: Vec<&Said> = all.iter().map(|(said, _)| *said).collect();
    let mut seen = BTreeSet::new();
    let mut rows = Vec::new();
    for (i, j) in candidates(&said) {
        let ((left, saying), (right, other)) = (all[i], all[j]);
        let (Some(a), Some(b)) = (&left.speaker, &right.speaker) else { continue };
        if left.report == right.report || !case.names.rivals(a, b) {
            continue;
        }
        let sentence = left.closest_marked(right).filter(Match::identical);
        if (saying == other || sentence.is_some())
            && seen.insert((saying.min(other), a.min(b).clone(), a.max(b).clone()))
        {
            let words = sentence.map_or((left.span, right.span), |f| (f.left.span, f.right.span));
            rows.push(speaker_row(case, saying, (left, words.0), (right, words.1)));
        }
    }
    rows
}

fn speaker_row(
    case: Case<'_>,
    saying: RowId,
    left: (&Said, Span),
    right: (&Said, Span),
) -> Disagreement {
    let who = |said: &Said| {
        said.speaker.as_deref().map_or(said.source.clone(), |key| case.names.name(key))
    };
    let told = [left.0, right.0].map(|said| &case.told[said.report]);
    let marks = |c: char| c.is_whitespace() || "“”\",.".contains(c);
    let shorter = if left.1.len() <= right.1.len() { (0, left.1) } else { (1, right.1) };
    let words = told[shorter.0].slice(shorter.1).trim_matches(marks);
    let sentence = format!(
        "{} has {} say “{}”, {} has {} say it",
        told[0].name(),
        who(left.0),
        shortened(words, 120),
        told[1].name(),
        who(right.0)
    );
    let sides = [left, right].map(|(said, words)| {
        let source = said.source_span.map(|span| Side { report: said.report, span, row: None });
        let words = Side { report: said.report, span: words, row: Some(said.id) };
        [words].into_iter().chain(source).collect()
    });
    shown(case, Topic::Speaker, Some(saying), sides, sentence)
}
