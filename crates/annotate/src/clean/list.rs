//! What follows a header: the headlines under "Related posts", the fields under "Leave a reply".

use chancery_text::Span;

use super::ResidueReason;
use super::draft::Draft;
use super::line::{ends_sentence, is_headline, is_prose};

/// Marks the lines that each header heads: headlines up to the next paragraph of prose, and, where
/// no prose is left below, teasers that break off.
pub(super) fn mark(draft: &mut Draft<'_>, heads: &[(usize, ResidueReason)]) {
    let last_prose = (0..draft.lines.len())
        .rev()
        .find(|line| draft.reasons[*line].is_none() && well_formed(draft, *line));
    for (head, reason) in heads {
        if draft.reasons[*head].is_some() && draft.title_line != Some(*head) {
            follow(draft, *head, *reason, last_prose);
        }
    }
}

/// Marks a run of headlines that closes the page without a header: at least [`RUN`] of them, the
/// line above or below them marked as links or sharing.
pub(super) fn mark_run(draft: &mut Draft<'_>) {
    let listed = |line: usize| {
        let words = draft.words(line);
        let bullet = words.starts_with(['•', '-', '*', '–'])
            || words.starts_with(|c: char| c.is_ascii_digit()) && words.contains(". ");
        is_headline(words) && words.len() <= 120 && !bullet && draft.title_line != Some(line)
    };
    let open: Vec<_> = draft.open().collect();
    let run: Vec<_> = open.iter().rev().take_while(|line| listed(**line)).copied().collect();
    let (Some(first), Some(last)) = (run.last(), run.first()) else { return };
    let links = |line: Option<usize>| {
        let reason = line.and_then(|line| draft.reasons.get(line).copied().flatten());
        matches!(
            reason,
            Some(ResidueReason::Related | ResidueReason::Share | ResidueReason::Navigation)
        )
    };
    let beside = (1..=3).any(|step| links(first.checked_sub(step))) || links(Some(last + 1));
    if RUN <= run.len() && beside {
        run.into_iter().for_each(|line| draft.mark(line, ResidueReason::Related));
    }
}

/// Fewer headlines than this in a row may be the report's own list.
const RUN: usize = 6;

fn follow(draft: &mut Draft<'_>, head: usize, reason: ResidueReason, last_prose: Option<usize>) {
    let at_end = last_prose.is_none_or(|last| last < head);
    let mut listed = Vec::new();
    for line in head + 1..draft.lines.len() {
        if draft.reasons[line].is_some() {
            continue;
        }
        let words = draft.words(line);
        let item = is_headline(words) || at_end && (words.len() <= 110 || is_teaser(draft, line));
        if !item || draft.title_line == Some(line) {
            break;
        }
        listed.push(line);
    }
    if !at_end {
        // Right above a paragraph stands that paragraph's own heading, unless the list is closed by it.
        drop_heading(draft, head, &mut listed);
    }
    listed.into_iter().for_each(|line| draft.mark(line, reason));
}

/// Inside the body, the last line of a list that a gap parts from the others heads what follows.
fn drop_heading(draft: &Draft<'_>, head: usize, listed: &mut Vec<usize>) {
    let Some(last) = listed.last().copied() else { return };
    let before = listed.len().checked_sub(2).map_or(head, |index| listed[index]);
    let parted = draft.lines[last].gap && 1 < listed.len() && !draft.lines[before].gap;
    if parted {
        listed.pop();
    }
}

/// A paragraph that the report is made of, and not a teaser that breaks off.
fn well_formed(draft: &Draft<'_>, line: usize) -> bool {
    let words = draft.words(line);
    is_prose(words) && 110 < words.len() && !is_teaser(draft, line)
}

/// The first words of another page: they begin with an ad slot, or break off.
fn is_teaser(draft: &Draft<'_>, line: usize) -> bool {
    let span = draft.lines[line].span;
    let words = draft.words(line);
    let slot = |cut: &(Span, ResidueReason)| {
        cut.0.start == span.start && cut.1 == ResidueReason::Advertisement
    };
    let broken = ["[…]", "[...]", "…", "...", "Read More", "[&hellip;]"]
        .iter()
        .any(|end| words.ends_with(end));
    broken || !ends_sentence(words) || draft.cuts.iter().any(slot)
}
