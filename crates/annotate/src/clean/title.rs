//! The headline: where it stands, what the outlet has hung on it, and where it is printed again.

use std::collections::HashMap;

use chancery_text::Span;

use super::draft::{Draft, Found};
use super::line::{ends_sentence, folded, is_headline, is_prose};
use super::outlet::{Outlets, domain};
use super::{CreditKind, ResidueReason};

/// Finds the title: where the container says, where the container's title stands, or the first
/// headline above the body.
pub(super) fn find(draft: &mut Draft<'_>, outlets: &Outlets) {
    if draft.title.is_none() {
        draft.title =
            of_container(draft).or_else(|| of_metadata(draft)).or_else(|| first_headline(draft));
    }
    let Some(title) = draft.title else { return };
    draft.title_line = draft.line_at(title.start);
    let Some(line) = draft.title_line else { return };
    draft.reasons[line] = None;
    if let Some(tail) = tail(draft, title, outlets) {
        let outlet = name_in(draft, tail, outlets);
        draft.title = Some(Span::new(title.start, tail.start).trim(draft.text));
        draft.cut(tail, ResidueReason::CreditLine);
        draft.credits.push(outlet);
    }
}

fn of_container(draft: &Draft<'_>) -> Option<Span> {
    let span = draft.report.metadata.title_span?;
    draft.text.get(span.range())?;
    Some(span.trim(draft.text)).filter(|span| !span.is_empty())
}

/// The line that says what the container calls the title, or begins with it.
fn of_metadata(draft: &Draft<'_>) -> Option<Span> {
    let title = folded(draft.report.metadata.title.as_deref()?);
    if title.len() < 8 {
        return None;
    }
    (0..draft.lines.len().min(12)).find_map(|line| {
        let span = draft.lines[line].span;
        let start = draft.start_of(line);
        let end = folds_to(&draft.text[start as usize..span.end as usize], &title)?;
        Some(Span::new(start, start + end as u32))
    })
}

/// How far `words` must be read to have said `title`; `None` if they begin otherwise.
fn folds_to(words: &str, title: &str) -> Option<usize> {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let wanted = letters(title);
    let mut theirs = title.chars().filter(|c| c.is_alphanumeric());
    let mut said = 0;
    for (at, c) in words.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        let expected = theirs.next()?;
        if !c.to_lowercase().eq(expected.to_lowercase()) {
            return None;
        }
        said += 1;
        if said == wanted {
            return Some(at + c.len_utf8());
        }
    }
    None
}

fn first_headline(draft: &Draft<'_>) -> Option<Span> {
    let line = draft.open().next()?;
    let words = draft.words(line);
    let headline = is_headline(words) && 3 <= words.split_whitespace().count();
    let body = draft.open().skip(1).any(|line| {
        let words = draft.words(line);
        is_prose(words) || words.len() >= 120
    });
    (headline && body && line < 12 && !words.starts_with(char::is_lowercase))
        .then(|| draft.lines[line].span)
}

/// What an outlet hangs on its headlines: "… | The Harbour Courier", "… - Reuters".
fn tail(draft: &Draft<'_>, title: Span, outlets: &Outlets) -> Option<Span> {
    let words = title.slice(draft.text);
    let (at, mark) = [" | ", " - ", " – ", " — ", " :: ", " » "]
        .iter()
        .filter_map(|mark| words.rfind(mark).map(|at| (at, *mark)))
        .max()?;
    let name = words[at + mark.len()..].trim();
    let stated = draft
        .report
        .metadata
        .outlet
        .as_deref()
        .is_some_and(|outlet| folded(outlet) == folded(name));
    let known = stated || outlets.find(name).is_some() || domain(name).is_some();
    let barred = mark == " | " && name.split_whitespace().count() <= 6 && !ends_sentence(name);
    let headed = 3 <= words[..at].split_whitespace().count();
    (headed && (known || barred))
        .then(|| Span::new(title.start + at as u32, title.end).trim(draft.text))
}

fn name_in(draft: &Draft<'_>, tail: Span, outlets: &Outlets) -> Found {
    let words = tail.slice(draft.text);
    let lead = words.len() - words.trim_start_matches(['|', '-', '–', '—', ':', '»', ' ']).len();
    let whole = Span::new(tail.start + lead as u32, tail.end);
    let written = whole.slice(draft.text);
    let inside = outlets.names_in(written).next().map(|(start, end, outlet)| {
        let start = whole.start + start as u32;
        (Span::new(start, whole.start + end as u32), outlet.canonical.to_owned())
    });
    let (name_span, name) = match outlets.find(written) {
        Some(outlet) => (whole, outlet.canonical.to_owned()),
        None => inside.unwrap_or((whole, written.to_owned())),
    };
    Found { span: tail, name_span, kind: CreditKind::Outlet, name }
}

/// Marks what is printed again: the headline anywhere, captions beside themselves, paragraphs.
pub(super) fn mark_repeated(draft: &mut Draft<'_>) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let title =
        draft.title.map(|title| folded(title.slice(draft.text))).filter(|title| 8 <= title.len());
    for line in 0..draft.lines.len() {
        let words = draft.words(line);
        if 4000 < words.len() {
            continue;
        }
        let said = folded(words);
        let is_title = Some(line) != draft.title_line && title.as_ref() == Some(&said);
        let before = seen.get(&said).copied();
        if is_title && draft.title_line.is_some_and(|title| title < line) {
            draft.mark(line, ResidueReason::Repeated);
        } else if let Some(before) = before {
            repeat(draft, before, line, said.len());
        }
        if 8 <= said.len() {
            seen.entry(said).or_insert(line);
        }
    }
}

/// The second printing is residue; and so is the first, where a caption stands beside its copy.
fn repeat(draft: &mut Draft<'_>, before: usize, line: usize, length: usize) {
    let beside = line == before + 1;
    let caption = beside
        && is_headline(draft.words(line))
        && draft.title_line != Some(before)
        && 20 <= length;
    if let Some(reason) = draft.reasons[before] {
        draft.mark(line, reason);
    } else if caption && draft.reasons[line].is_none() {
        draft.mark(before, ResidueReason::Caption);
        draft.mark(line, ResidueReason::Repeated);
    } else if beside || 40 <= length {
        draft.mark(line, ResidueReason::Repeated);
    }
}
