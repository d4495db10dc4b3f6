//! Transcripts: paragraphs that start with who speaks, "OLMO: I have no doubt."

use chancery_text::Span;

use super::attribute::Draft;
use crate::Read;

/// Fewest paragraphs with a speaker that make a transcript: a dateline ("DORN: The mayor …") stands
/// once.
const FEWEST: usize = 3;

/// Most words of a speaker.
const LONGEST: usize = 5;

/// Finds what is said in a transcript, a paragraph each.
pub(super) fn find(text: Read<'_>) -> Vec<Draft> {
    let all = &text.report.text;
    let mut found = Vec::new();
    let mut at = 0;
    for line in all.split_inclusive('\n') {
        let span = Span::of(at..at + line.len()).trim(all);
        at += line.len();
        found.extend(turn(all, span));
    }
    found.retain(|draft: &Draft| draft.contents.iter().all(|content| is_read(text, *content)));
    let mut speakers: Vec<&str> =
        found.iter().filter_map(|draft| Some(draft.source?.slice(all))).collect();
    speakers.sort_unstable();
    speakers.dedup();
    if found.len() < FEWEST || speakers.len() < 2 { Vec::new() } else { found }
}

/// A paragraph's speaker in capitals, the colon, and what is said.
fn turn(text: &str, line: Span) -> Option<Draft> {
    let slice = line.slice(text);
    let colon = slice.find(": ")?;
    let label = slice[..colon].trim_start_matches(['"', '“', '\'']);
    let capitals = label.chars().filter(|c| c.is_uppercase()).count();
    let speaks = 3 <= capitals
        && !label.contains(char::is_lowercase)
        && label.split_whitespace().count() <= LONGEST;
    let start = line.start as usize + colon;
    let source = Span::of(start - label.len()..start);
    let content = Span::of(start + 1..line.end as usize).trim(text);
    (speaks && !content.is_empty()).then(|| Draft {
        source: Some(source),
        cue: Some(Span::of(start..start + 1)),
        contents: vec![content],
        verbatim: true,
        ..Draft::default()
    })
}

/// Whether a stretch is read as prose.
fn is_read(text: Read<'_>, span: Span) -> bool {
    let first = text.sentences.partition_point(|sentence| sentence.span.end <= span.start);
    text.sentences.get(first).is_some_and(|sentence| sentence.span.overlaps(span))
}
