//! Headlines of the form "Name: what the name says".

use chancery_text::Span;

use super::attribute::Draft;
use crate::Read;
use crate::mention::{Mention, MentionForm, MentionKind};
use crate::segment::Sentence;

/// Most tokens of a headline.
const LONGEST: usize = 24;

/// What may tell something in a headline though it is nobody: "Poll: Olmo leads in Dorn".
const WORKS: [&str; 8] =
    ["Analysis", "Analysts", "Experts", "Officials", "Poll", "Report", "Study", "Survey"];

/// Finds sayings in headlines. A headline is a line of its own without a full stop.
pub(super) fn find(text: Read<'_>, mentions: &[Mention]) -> Vec<Draft> {
    text.sentences.iter().filter_map(|sentence| saying(text, mentions, sentence)).collect()
}

fn saying(text: Read<'_>, mentions: &[Mention], sentence: &Sentence) -> Option<Draft> {
    let here = sentence.indices();
    if LONGEST < here.len() || here.len() < 5 || !is_heading(text, sentence.span) {
        return None;
    }
    let colon = here.clone().take(7).find(|at| slice(text, *at) == ":")?;
    let rest = here.end - colon - 1;
    if colon == here.start || rest < 3 {
        return None;
    }
    let source = span(text, here.start, colon - 1);
    let named = mentions.iter().any(|mention| {
        let who = matches!(mention.kind, MentionKind::Person | MentionKind::Organisation);
        who && mention.form == MentionForm::Name
            && is_title(text, source, mention.span)
            && source.end <= mention.span.end + 1
    });
    let works = WORKS.iter().any(|work| source.slice(&text.report.text) == *work);
    (named || works).then(|| Draft {
        source: Some(source),
        cue: Some(text.tokens[colon].span),
        contents: vec![span(text, colon + 1, here.end - 1)],
        ..Draft::default()
    })
}

/// Whether nothing or a title stands before the name: "Prime Minister Olmo".
fn is_title(text: Read<'_>, source: Span, name: Span) -> bool {
    let title = Span::new(source.start, name.start.max(source.start));
    let mut words = title.slice(&text.report.text).split_whitespace();
    source.overlaps(name) && words.all(|word| word.starts_with(char::is_uppercase))
}

fn slice<'a>(text: Read<'a>, at: usize) -> &'a str {
    text.tokens.get(at).map_or("", |token| token.span.slice(&text.report.text))
}

fn span(text: Read<'_>, first: usize, last: usize) -> Span {
    text.tokens[first].span.cover(text.tokens[last].span)
}

/// Whether the sentence is a line of its own and does not end like a sentence. Some publishers set a
/// full stop after their headlines too: those are known by their capitals, or stand at the top.
fn is_heading(text: Read<'_>, sentence: Span) -> bool {
    let all = &text.report.text;
    let slice = sentence.slice(all);
    let before = all[..sentence.start as usize].trim_end_matches([' ', '\t']);
    let stopped = slice.ends_with('.') && !before.trim().is_empty() && !is_title_case(slice);
    let ends = stopped || slice.ends_with(['!', ',', ';', ':']);
    let after = all[sentence.end as usize..].trim_start_matches([' ', '\t', '\r']);
    !ends
        && (before.is_empty() || before.ends_with('\n'))
        && (after.is_empty() || after.starts_with('\n'))
}

/// Whether nearly all long words start with a capital.
fn is_title_case(slice: &str) -> bool {
    let words =
        slice.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let long: Vec<&str> = words.filter(|word| 4 <= word.chars().count()).collect();
    let capitals = long.iter().filter(|word| !word.starts_with(char::is_lowercase)).count();
    3 <= long.len() && long.len() * 4 <= capitals * 5
}
