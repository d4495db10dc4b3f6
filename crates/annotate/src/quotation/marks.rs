//! Stretches in quotation marks: all kinds of marks, over paragraphs, unclosed and misplaced.

use chancery_text::Span;

use crate::Read;

/// A stretch in quotation marks, the marks inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marked {
    /// The characters.
    pub span: Span,
    /// Whether its closing mark is missing.
    pub unclosed: bool,
    /// Whether it goes on from the stretch before, in a paragraph of its own.
    pub continues: bool,
}

/// Which marks close which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Curly,
    Straight,
    Guillemet,
    Ticks,
    Single,
}

/// Longest stretch between single quotation marks, which apostrophes make uncertain.
const LONGEST_SINGLE: usize = 700;

/// Finds the stretches of the prose, in order and apart. Nested ones are part of the outer.
pub(super) fn find(text: Read<'_>) -> Vec<Marked> {
    let all = &text.report.text;
    let mut found: Vec<Marked> = Vec::new();
    for line in lines(text) {
        let from = found.len();
        let opened =
            found.last().is_some_and(|last| last.unclosed && ends_paragraph(all, last.span, line));
        scan_line(all, line, &mut found);
        if opened && from < found.len() && found[from].span.start == line.start {
            found[from].continues = true;
        }
    }
    found
}

/// Whether only white space lies between a stretch and the next paragraph.
fn ends_paragraph(text: &str, span: Span, line: Span) -> bool {
    span.end <= line.start && text[span.end as usize..line.start as usize].trim().is_empty()
}

/// The lines that sentences stand in, each cut to its sentences.
fn lines(text: Read<'_>) -> Vec<Span> {
    let mut lines: Vec<Span> = Vec::new();
    for sentence in text.sentences {
        match lines.last_mut() {
            Some(line)
                if !breaks(&text.report.text[line.end as usize..sentence.span.start as usize]) =>
            {
                *line = line.cover(sentence.span);
            }
            _ => lines.push(sentence.span),
        }
    }
    lines
}

fn breaks(gap: &str) -> bool {
    gap.contains('\n') || 40 < gap.len()
}

struct Open {
    start: usize,
    style: Style,
}

fn scan_line(text: &str, line: Span, found: &mut Vec<Marked>) {
    let first = found.len();
    let mut open: Option<Open> = None;
    let slice = line.slice(text);
    let mut chars = slice.char_indices().peekable();
    let mut before = ' ';
    let mut skip_until = 0;
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map_or(' ', |(_, c)| *c);
        let here = line.start as usize + at;
        let doubled = slice[at..].starts_with("''");
        let end = here + if doubled { 2 } else { c.len_utf8() };
        if here < skip_until {
            before = c;
            continue;
        }
        let then = slice[at..].chars().nth(2).unwrap_or(' ');
        match mark(c, before, after, then) {
            Some((Role::Open, style)) => {
                if style == Style::Single && open.is_none() {
                    if let Some(close) = close_of_single(text, end, line.end as usize) {
                        found.push(closed(here, close));
                        skip_until = close;
                    }
                } else if style != Style::Single {
                    open_or_close(text, &mut open, here, end, style, after, found);
                }
            }
            Some((Role::Close, style)) if style != Style::Single => match open.take() {
                Some(opened) => found.push(closed(opened.start, end)),
                None => stray_close(text, end, first, found),
            },
            Some((Role::Either, style)) => match open.take() {
                Some(opened) => found.push(closed(opened.start, end)),
                None => open = Some(Open { start: here, style }),
            },
            _ => {}
        }
        before = c;
    }
    if let Some(opened) = open {
        let span = Span::of(opened.start..line.end as usize);
        found.push(Marked { span, unclosed: true, continues: false });
    }
}

fn closed(start: usize, end: usize) -> Marked {
    Marked { span: Span::of(start..end), unclosed: false, continues: false }
}

/// An opening mark while one is open: at the end of a sentence it was meant to close ("peace. “");
/// else the first was never closed, and ends before the new one.
fn open_or_close(
    text: &str,
    open: &mut Option<Open>,
    here: usize,
    end: usize,
    style: Style,
    after: char,
    found: &mut Vec<Marked>,
) {
    let Some(opened) = open.take() else {
        *open = Some(Open { start: here, style });
        return;
    };
    if after.is_whitespace() {
        found.push(closed(opened.start, end));
    } else if opened.style != style {
        *open = Some(opened);
    } else {
        let kept = text[opened.start..here].trim_end();
        let span = Span::of(opened.start..opened.start + kept.len());
        found.push(Marked { span, unclosed: true, continues: false });
        *open = Some(Open { start: here, style });
    }
}

/// A closing mark with none open: translation moved the first close, and the quotation runs on.
fn stray_close(text: &str, end: usize, first: usize, found: &mut [Marked]) {
    if let [.., last] = &mut found[first..] {
        let gap = &text[last.span.end as usize..end];
        if gap.len() < 300 && !gap.contains(['“', '"', '«']) {
            last.span = Span::of(last.span.start as usize..end);
        }
    }
}

enum Role {
    Open,
    Close,
    Either,
}

/// What a character opens or closes, by the one before it and the two after it.
fn mark(c: char, before: char, after: char, then: char) -> Option<(Role, Style)> {
    let outside = |c: char| {
        c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '-' | '…' | '/' | '“' | '"')
    };
    match c {
        '“' if !before.is_whitespace()
            && !outside(before)
            && (after.is_whitespace() || after.is_ascii_punctuation()) =>
        {
            Some((Role::Close, Style::Curly))
        }
        '“' | '„' => Some((Role::Open, Style::Curly)),
        '”' | '‟' if outside(before) && after.is_alphanumeric() => {
            Some((Role::Open, Style::Curly))
        }
        '”' | '‟' => Some((Role::Close, Style::Curly)),
        '«' => Some((Role::Open, Style::Guillemet)),
        '»' => Some((Role::Close, Style::Guillemet)),
        '"' if outside(before) && !after.is_whitespace() => Some((Role::Open, Style::Straight)),
        '"' if outside(before) => Some((Role::Either, Style::Straight)),
        '"' => Some((Role::Close, Style::Straight)),
        '`' if before == '`' || after == '`' => {
            (after == '`').then_some((Role::Open, Style::Ticks))
        }
        '\'' if after == '\'' && outside(before) && !outside(then) => {
            Some((Role::Open, Style::Ticks))
        }
        '\'' if after == '\'' => Some((Role::Close, Style::Ticks)),
        '‘' if outside(before) && !after.is_whitespace() && !after.is_ascii_digit() => {
            Some((Role::Open, Style::Single))
        }
        '\'' if (before.is_whitespace() || before == '(') && after.is_alphabetic() => {
            Some((Role::Open, Style::Single))
        }
        _ => None,
    }
}

/// Where a single quotation mark closes: not inside a word; where several could, the first after
/// punctuation, else the first.
fn close_of_single(text: &str, from: usize, end: usize) -> Option<usize> {
    let mut limit = end.min(from + LONGEST_SINGLE);
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let slice = &text[from..limit];
    let mut first = None;
    for (at, mark) in slice.char_indices().filter(|(_, c)| matches!(c, '’' | '\'')) {
        let before = slice[..at].chars().next_back()?;
        let close = at + mark.len_utf8();
        let after = slice[close..].chars().next().unwrap_or(' ');
        if after.is_alphanumeric() || before.is_whitespace() {
            continue;
        }
        if matches!(before, ',' | '.' | '!' | '?') {
            return Some(from + close);
        }
        if before != 's' && first.is_none() {
            first = Some(from + close);
        }
    }
    first.filter(|close| close - from < 120)
}
