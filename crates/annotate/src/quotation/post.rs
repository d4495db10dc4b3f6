//! Posts of social networks that a page embeds: the words before a line "— Name (@handle) Month day, year".

use chancery_text::Span;

use super::attribute::Draft;
use crate::Read;

/// Finds embedded posts.
pub(super) fn find(text: Read<'_>) -> Vec<Draft> {
    let all = &text.report.text;
    let mut found = Vec::new();
    let mut before: Option<Span> = None;
    let mut at = 0;
    for line in all.split_inclusive('\n') {
        let span = Span::of(at..at + line.len()).trim(all);
        at += line.len();
        if span.is_empty() {
            continue;
        }
        match stamp(all, span) {
            Some((start, name)) => {
                let same_line = Span { start: span.start, end: start }.trim(all);
                let words = if same_line.is_empty() { before } else { Some(same_line) };
                let content = words.and_then(|words| content(text, words));
                found.extend(content.map(|content| Draft {
                    source: Some(name),
                    contents: vec![content],
                    post: true,
                    ..Draft::default()
                }));
                before = None;
            }
            None => before = Some(span),
        }
    }
    found
}

/// Where the stamp starts on the line, and the name in it.
fn stamp(text: &str, line: Span) -> Option<(u32, Span)> {
    let slice = line.slice(text);
    let handle = slice.find("(@")?;
    let close = handle + slice[handle..].find(')')?;
    let handle_fits =
        slice[handle + 2..close].chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let dash = slice[..handle].rfind(['—', '―', '–'])?;
    let dash_end = dash + slice[dash..].chars().next()?.len_utf8();
    let name = Span::of(line.start as usize + dash_end..line.start as usize + handle).trim(text);
    let tail = &slice[close + 1..];
    let dated =
        tail.len() < 40 && (tail.chars().any(|c| c.is_ascii_digit()) || tail.trim().is_empty());
    (handle_fits && dated && !name.is_empty() && name.len() < 120)
        .then_some((line.start + dash as u32, name))
}

/// The post's words without the links at its end, if any of them is read as prose.
fn content(text: Read<'_>, words: Span) -> Option<Span> {
    let all = &text.report.text;
    let mut slice = words.slice(all).trim_end();
    while let Some(last) = slice.rsplit(char::is_whitespace).next() {
        let link = last.starts_with("pic.twitter.com")
            || last.starts_with("http")
            || last.starts_with("t.co/");
        if !link || last.len() == slice.len() {
            break;
        }
        slice = slice[..slice.len() - last.len()].trim_end();
    }
    let span = Span::of(words.start as usize..words.start as usize + slice.len());
    let first = text.sentences.partition_point(|sentence| sentence.span.end <= span.start);
    let read = text.sentences.get(first).is_some_and(|sentence| sentence.span.overlaps(span));
    (read && 3 <= slice.split_whitespace().count()).then_some(span)
}
