//! Captions of photos and videos by the credit that they end with.

use chancery_text::Span;

use super::credit::named;
use super::draft::{Draft, Found};
use super::line::{ends_sentence, is_prose};
use super::outlet::{Outlet, Outlets};
use super::{CreditKind, ResidueReason};

/// Words that tell a picture's caption from a sentence of the report.
const PICTURED: [&str; 22] = [
    "is seen",
    "are seen",
    "seen in",
    "seen here",
    "pictured",
    "file photo",
    "this photo",
    "this picture",
    "this image",
    "looks on",
    "look on",
    "poses",
    "pose for",
    "shakes hands",
    "shake hands",
    "video grab",
    "screen grab",
    "screengrab",
    "still from",
    "photo taken",
    "image taken",
    "image from",
];

/// Words of saying: a line that holds one is no caption, unless it is pictured too.
const SAYING: [&str; 8] =
    [" said", " told ", " says", " reported", " according to", " announced", " added ", " claimed"];

/// Marks captions, and harvests the credits of photos; a wire's name after a sentence is cut off
/// and harvested as the agency's.
pub(super) fn mark(draft: &mut Draft<'_>, outlets: &Outlets) {
    for line in 0..draft.lines.len() {
        let span = draft.lines[line].span;
        if draft.reasons[line] == Some(ResidueReason::Caption) {
            harvest_marked(draft, line, outlets);
        } else if draft.reasons[line].is_none()
            && draft.title_line != Some(line)
            && span.len() <= 700
        {
            if let Some(credit) = bracketed(draft.text, span) {
                judge(draft, line, credit, outlets);
            } else if span.len() <= 90 {
                signature(draft, line, outlets);
            }
        }
    }
}

/// The brackets that a line ends with, and what stands in them.
fn bracketed(text: &str, line: Span) -> Option<(Span, Span)> {
    let words = line.slice(text).trim_end_matches('.');
    let close = match words.chars().next_back()? {
        ')' => '(',
        ']' => '[',
        _ => return None,
    };
    let from = words.rfind(close).filter(|from| words.len() < from + 90)?;
    let start = line.start as usize;
    let inner = Span::of(start + from + 1..start + words.len() - 1).trim(text);
    (!inner.is_empty()).then(|| (Span::of(start + from..start + words.len()), inner))
}

fn judge(draft: &mut Draft<'_>, line: usize, (brackets, inner): (Span, Span), outlets: &Outlets) {
    let words = inner.slice(draft.text);
    let named = named(draft.text, strip_label(draft.text, inner), outlets);
    let known = named.iter().any(|(_, _, known)| *known);
    if !known && !labelled(words) {
        return;
    }
    let body = Span::new(draft.lines[line].span.start, brackets.start).trim(draft.text);
    let body_words = body.slice(draft.text);
    let photo = labelled(words)
        || words.contains('/')
        || named.iter().any(|(_, name, _)| is_photo(outlets.find(name)));
    match verdict(body_words, photo) {
        Verdict::Caption => {
            draft.mark(line, ResidueReason::Caption);
            credit(draft, draft.lines[line].span, &named, CreditKind::Photo);
        }
        Verdict::Wire if known => {
            draft.cut(brackets, ResidueReason::CreditLine);
            credit(draft, brackets, &named, CreditKind::Agency);
        }
        Verdict::Wire => {}
    }
}

enum Verdict {
    Caption,
    Wire,
}

fn verdict(body: &str, photo: bool) -> Verdict {
    let pictured = PICTURED.iter().any(|cue| body.contains(cue));
    let saying = SAYING.iter().any(|cue| body.contains(cue));
    let sentence = ends_sentence(body);
    match (sentence, photo) {
        _ if pictured => Verdict::Caption,
        (_, true) if body.len() < 400 => Verdict::Caption,
        (false, _) if !saying && body.len() < 400 && 2 <= body.split_whitespace().count() => {
            Verdict::Caption
        }
        _ => Verdict::Wire,
    }
}

fn is_photo(outlet: Option<&Outlet>) -> bool {
    outlet.is_some_and(|outlet| outlet.kind == "photo")
}

/// "Photo: …", "File", "Courtesy of …" in brackets.
fn labelled(words: &str) -> bool {
    const LABELS: [&str; 10] = [
        "photo",
        "courtesy",
        "handout",
        "file photo",
        "image:",
        "picture:",
        "credit:",
        "screenshot",
        "file)",
        "pic:",
    ];
    let lower = words.to_lowercase();
    LABELS.iter().any(|label| lower.starts_with(label))
        || lower.ends_with(" photo")
        || lower == "file"
}

fn strip_label(text: &str, inner: Span) -> Span {
    let words = inner.slice(text);
    let lower = words.to_ascii_lowercase();
    let label = [
        "photo by ",
        "photo: ",
        "photo ",
        "courtesy of ",
        "courtesy ",
        "image: ",
        "picture: ",
        "credit: ",
        "file photo/",
        "© ",
        "source: ",
    ]
    .iter()
    .filter(|label| lower.starts_with(**label))
    .map(|label| label.len())
    .max()
    .unwrap_or(0);
    let tail = if lower.ends_with(" photo") { 6 } else { 0 };
    let (start, end) = (inner.start + label as u32, inner.end - tail);
    if start < end && text.is_char_boundary(start as usize) {
        Span::new(start, end).trim(text)
    } else {
        inner
    }
}

fn credit(draft: &mut Draft<'_>, span: Span, named: &[(Span, String, bool)], kind: CreditKind) {
    for (name_span, name, _) in named {
        draft.credits.push(Found { span, name_span: *name_span, kind, name: name.clone() });
    }
}

/// A line that is only a photographer's and an agency's names: "Ola Brenn/Coast Press".
fn signature(draft: &mut Draft<'_>, line: usize, outlets: &Outlets) {
    let span = draft.lines[line].span;
    let words = span.slice(draft.text);
    let Some((_, agency)) = words.rsplit_once('/').or_else(|| words.rsplit_once(" via ")) else {
        return signed_alone(draft, line, outlets);
    };
    let capitals = words
        .split(['/', ' '])
        .filter(|word| !word.is_empty() && *word != "via")
        .all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    if capitals && words.split_whitespace().count() <= 8 && outlets.find(agency.trim()).is_some() {
        let named = named(draft.text, span, outlets);
        draft.mark(line, ResidueReason::Caption);
        credit(draft, span, &named, CreditKind::Photo);
    }
}

/// A line that is only an outlet's name: "Reuters", "By Xinhua News Agency".
fn signed_alone(draft: &mut Draft<'_>, line: usize, outlets: &Outlets) {
    let span = draft.lines[line].span;
    let words = span.slice(draft.text).trim_matches(['(', ')', '[', ']', '-', '–', '—', '.', ' ']);
    let Some(outlet) = outlets.find(words).filter(|_| words.len() <= 60) else { return };
    let kind = if outlet.is_agency() { CreditKind::Agency } else { CreditKind::Outlet };
    draft.mark(line, ResidueReason::CreditLine);
    draft.credits.push(Found { span, name_span: span, kind, name: outlet.canonical.to_owned() });
}

/// The credit in a caption that a rule has found.
fn harvest_marked(draft: &mut Draft<'_>, line: usize, outlets: &Outlets) {
    let span = draft.lines[line].span;
    if draft
        .credits
        .iter()
        .any(|found| found.kind == CreditKind::Photo && found.span.overlaps(span))
    {
        return;
    }
    let words = span.slice(draft.text);
    let shift = span.start as usize;
    let found = outlets.names_in(words).last().map(|(start, end, outlet)| Found {
        span,
        name_span: Span::of(shift + start..shift + end),
        kind: CreditKind::Photo,
        name: outlet.canonical.to_owned(),
    });
    draft.credits.extend(found);
}

/// A caption run into the first words of a text: everything up to "(AFP Photo)", when no sentence
/// has ended before it.
pub(super) fn mark_lead(draft: &mut Draft<'_>, outlets: &Outlets) {
    let Some(line) =
        draft.open().find(|line| Some(*line) != draft.title_line || 1 == draft.lines.len())
    else {
        return;
    };
    let end = draft.lines[line].span.end;
    let start = draft.start_of(line);
    let words = &draft.text[start as usize..end as usize];
    if words.len() < 300 {
        return;
    }
    let Some((open, close)) =
        words.find('(').and_then(|open| Some((open, open + words[open..].find(')')?)))
    else {
        return;
    };
    let body = words[..open].trim_end();
    let inner = Span::of(start as usize + open + 1..start as usize + close);
    let photo = strip_label(draft.text, inner);
    let known = outlets.find(photo.slice(draft.text)).is_some();
    let follows = words[close + 1..].trim_start().starts_with(char::is_uppercase);
    let whole = (40..400).contains(&body.len())
        && !body.contains(". ")
        && !is_prose(body)
        && !SAYING.iter().any(|cue| body.contains(cue));
    if known && follows && whole {
        let span = Span::of(start as usize..start as usize + close + 1);
        let named = named(draft.text, photo, outlets);
        draft.cut(span, ResidueReason::Caption);
        credit(draft, span, &named, CreditKind::Photo);
    }
}
