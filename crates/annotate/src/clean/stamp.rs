//! Stamps of the page: lines that hold a date or a time and nothing else, and dates that a scraper
//! has run into the text's first words.

use chancery_text::{Interval, Span};

use super::draft::{Draft, Found};
use super::outlet::Outlets;
use super::{CreditKind, ResidueReason};
use crate::date::notation::{Value, Written, find_dates, month_named, weekday_named};

/// Words that may stand on a line of a stamp.
const LABELS: [&str; 48] = [
    "published",
    "posted",
    "updated",
    "update",
    "modified",
    "last",
    "on",
    "at",
    "date",
    "of",
    "publication",
    "issued",
    "created",
    "first",
    "time",
    "edited",
    "release",
    "released",
    "and",
    "the",
    "am",
    "pm",
    "a",
    "p",
    "m",
    "noon",
    "gmt",
    "utc",
    "est",
    "edt",
    "et",
    "pt",
    "pst",
    "pdt",
    "cst",
    "cdt",
    "bst",
    "cet",
    "cest",
    "ist",
    "msk",
    "eet",
    "jst",
    "hkt",
    "ksa",
    "z",
    "t",
    "th",
];

/// Marks stamps, and keeps their dates.
pub(super) fn mark(draft: &mut Draft<'_>, outlets: &Outlets) {
    for line in 0..draft.lines.len() {
        if draft.reasons[line].is_none() && draft.lines[line].span.len() <= 160 {
            mark_line(draft, line, outlets);
        }
    }
    mark_lead(draft, outlets);
    mark_tail(draft);
}

fn mark_line(draft: &mut Draft<'_>, line: usize, outlets: &Outlets) {
    let span = draft.lines[line].span;
    let words = span.slice(draft.text);
    if !words.bytes().any(|byte| byte.is_ascii_digit()) {
        return;
    }
    let dates = full_dates(words);
    let others = others(words, &dates);
    let labelled = words.get(..6).is_some_and(|head| {
        ["publis", "posted", "update", "last u", "modifi"]
            .iter()
            .any(|label| head.eq_ignore_ascii_case(label))
    });
    let clock = words.contains(':') && words.bytes().filter(u8::is_ascii_digit).count() < 9;
    if others.is_empty() && (!dates.is_empty() || labelled || clock) && !is_count(words, &dates) {
        draft.mark(line, ResidueReason::Stamp);
    } else if !dates.is_empty() && !words.ends_with(['.', '?', '!']) {
        if !mark_signed(draft, line, words, &others, outlets) {
            return;
        }
    } else {
        return;
    }
    keep(draft, span.start, &dates);
}

/// "10:15" alone is a stamp; "12" or "5-4" is not.
fn is_count(words: &str, dates: &[(Written, Interval)]) -> bool {
    dates.is_empty() && !words.contains(':')
}

/// A stamp beside an outlet's or a writer's name: "Xinhua | Updated: 2021-08-16 10:00".
fn mark_signed(
    draft: &mut Draft<'_>,
    line: usize,
    words: &str,
    others: &[&str],
    outlets: &Outlets,
) -> bool {
    let span = draft.lines[line].span;
    let parted =
        words.contains(['|', '·', '•']) || words.starts_with("By ") || words.starts_with("BY ");
    let capital = |word: &&str| {
        word.chars().next().is_some_and(char::is_uppercase) || matches!(*word, "by" | "By")
    };
    if let Some((start, end, outlet)) = outlets.names_in(words).next() {
        let name = &words[start..end];
        let rest = others.iter().filter(|word| !name.contains(**word)).count();
        if rest == 0 || parted && rest <= 4 && others.iter().all(capital) {
            let name_span = Span::of(span.start as usize + start..span.start as usize + end);
            let kind = if outlet.is_agency() { CreditKind::Agency } else { CreditKind::Outlet };
            draft.credits.push(Found { span, name_span, kind, name: outlet.canonical.to_owned() });
            draft.mark(line, ResidueReason::Stamp);
            return true;
        }
    }
    if !parted || 6 < others.len() || !others.iter().all(capital) {
        return false;
    }
    if let Some(rest) = words.strip_prefix("By ").or_else(|| words.strip_prefix("BY ")) {
        let name = rest.split(['|', '·', '•', '—', '–', ',']).next().unwrap_or(rest).trim();
        let start = span.start + 3;
        let name_span = Span::of(start as usize..start as usize + name.len()).trim(draft.text);
        draft.credits.push(Found {
            span,
            name_span,
            kind: CreditKind::Byline,
            name: name.to_owned(),
        });
    }
    draft.mark(line, ResidueReason::Stamp);
    true
}

fn full_dates(words: &str) -> Vec<(Written, Interval)> {
    find_dates(words)
        .into_iter()
        .filter_map(|written| match written.value {
            Value::Full(interval) => Some((written, interval)),
            _ => None,
        })
        .collect()
}

/// The words of a line that no stamp holds.
fn others<'a>(words: &'a str, dates: &[(Written, Interval)]) -> Vec<&'a str> {
    let mut rest = Vec::new();
    let mut at = 0;
    for (written, _) in dates {
        rest.extend(words_of(&words[at..written.range.start]));
        at = written.range.end;
    }
    rest.extend(words_of(&words[at..]));
    rest
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).filter(|word| {
        let lower = word.to_lowercase();
        let known = LABELS.contains(&lower.as_str());
        !known && weekday_named(word.as_bytes()).is_none() && month_named(word.as_bytes()).is_none()
    })
}

fn keep(draft: &mut Draft<'_>, shift: u32, dates: &[(Written, Interval)]) {
    for (written, interval) in dates {
        let span =
            Span::of(shift as usize + written.range.start..shift as usize + written.range.end);
        draft.stamps.push((span, *interval));
    }
}

/// A date at the very start of a text whose lines were run together: "Sun 05 Jul 2015 At least 22
/// people …", "Syria rebel rocket kills five AFP Sunday 26 Jul 2015 Rebel rocket fire …".
fn mark_lead(draft: &mut Draft<'_>, outlets: &Outlets) {
    let Some(line) = draft.open().next().filter(|line| *line < 6) else { return };
    let span = draft.lines[line].span;
    if span.len() < 120 {
        return;
    }
    let head = head(span.slice(draft.text), 400);
    let dates = full_dates(head);
    let Some((written, interval)) = dates.into_iter().next() else { return };
    let before = &head[..written.range.start];
    let end = after_clock(head, written.range.end);
    if !begins_sentence(&head[end..]) {
        return;
    }
    let start = match words_of(before).next() {
        None => 0,
        Some(_) if written.weekday.is_some() => match agency_before(before, outlets) {
            Some(start) => start,
            None => return,
        },
        Some(_) => return,
    };
    let at =
        |from: usize, to: usize| Span::of(span.start as usize + from..span.start as usize + to);
    if let Some(outlet) = outlets.find(&before[start..]) {
        let kind = if outlet.is_agency() { CreditKind::Agency } else { CreditKind::Outlet };
        let name_span = at(start, before.len()).trim(draft.text);
        draft.credits.push(Found {
            span: name_span,
            name_span,
            kind,
            name: outlet.canonical.to_owned(),
        });
    }
    draft.cut(at(start, end), ResidueReason::Stamp);
    draft.stamps.push((at(written.range.start, written.range.end), interval));
    if 0 < start {
        draft.title = Some(at(0, start).trim(draft.text));
        draft.title_line = Some(line);
    }
}

fn agency_before(before: &str, outlets: &Outlets) -> Option<usize> {
    let trimmed = before.trim_end();
    let (start, end, _) = outlets.names_in(trimmed).last()?;
    (end == trimmed.len() && 10 <= start).then_some(start)
}

/// Past a clock time and the counters of share buttons that follow a date.
fn after_clock(head: &str, mut end: usize) -> usize {
    loop {
        let rest = &head[end..];
        let gap = rest.len() - rest.trim_start_matches([' ', ',', '|', '-', '–', '\t']).len();
        let word: &str = rest[gap..].split([' ', '\t']).next().unwrap_or("");
        let zone = matches!(
            word,
            "GMT"
                | "UTC"
                | "EST"
                | "EDT"
                | "BST"
                | "KSA"
                | "IST"
                | "am"
                | "pm"
                | "AM"
                | "PM"
                | "at"
                | "Video"
        );
        let clock =
            word.contains(':') && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
        let button = rest[gap..].starts_with("Get short URL").then_some(13);
        let len = button.or((zone || clock).then_some(word.len()));
        match len {
            Some(len) if 0 < len => end += gap + len,
            _ => break,
        }
    }
    let counters = head[end..].len() - head[end..].trim_start_matches([' ', '0']).len();
    if 3 <= counters { end + counters } else { end }
}

/// Whether what follows a stamp begins a sentence of its own.
fn begins_sentence(rest: &str) -> bool {
    let gap = rest.trim_start();
    let parted = gap.len() < rest.len() || gap.starts_with(char::is_uppercase);
    let first = gap.chars().next();
    parted && first.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || "\"“‘'[".contains(c))
}

fn head(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// "Last Update: Thursday 22 August 2013 KSA 01:41 - GMT 22:41 99" at the end of a run-on text.
fn mark_tail(draft: &mut Draft<'_>) {
    let Some(line) = draft.open().last() else { return };
    let span = draft.lines[line].span;
    let words = span.slice(draft.text);
    let Some(label) = ["Last Update", "Last update", "Last Modified", "Last modified"]
        .iter()
        .filter_map(|label| words.rfind(label))
        .max()
        .filter(|at| words.len() < at + 120 && 0 < *at)
    else {
        return;
    };
    let tail = &words[label..];
    let dates = full_dates(tail);
    let left = others(tail, &dates)
        .into_iter()
        .filter(|word| !matches!(*word, "Update" | "Updated" | "Modified"))
        .count();
    if !dates.is_empty() && left == 0 {
        let start = span.start + label as u32;
        draft.cut(Span::new(start, span.end), ResidueReason::Stamp);
        keep(draft, start, &dates);
    }
}
