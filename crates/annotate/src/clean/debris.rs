//! Stray marks at the end of a line: "… of the country. . ."

use chancery_text::Span;

use super::ResidueReason;
use super::draft::Draft;

/// Cuts the dots that stand alone after a sentence's end, and the code with which a desk signs.
pub(super) fn mark(draft: &mut Draft<'_>) {
    for line in 0..draft.lines.len() {
        let span = draft.lines[line].span;
        if let Some(kept) = stray_dots(span.slice(draft.text)) {
            draft.cut(Span::new(span.start + kept as u32, span.end), ResidueReason::Debris);
        }
    }
    let Some(line) = draft.open().last() else { return };
    let span = draft.lines[line].span;
    if let Some(kept) = desk_code(span.slice(draft.text)) {
        draft.cut(Span::new(span.start + kept as u32, span.end), ResidueReason::Debris);
    }
}

/// How much of a line is left without the lone dots at its end, if there are any. An ellipsis that
/// is written ". . ." after a word stays.
fn stray_dots(words: &str) -> Option<usize> {
    let lone = |c: char| c.is_whitespace() || matches!(c, '.' | '…' | '·' | '•' | '|');
    let bare = words.trim_end_matches(lone);
    let tail = &words[bare.len()..];
    let stop = tail.chars().next().filter(|c| matches!(c, '.' | '…'));
    let full = bare.len() + stop.map_or(0, char::len_utf8);
    let ended = full > bare.len() || bare.ends_with(['!', '?', '"', '”', '’', ')']);
    let rest = &words[full..];
    let stray = rest.starts_with(char::is_whitespace) && !rest.trim().is_empty();
    (!bare.is_empty() && ended && stray).then_some(full)
}

/// "… over the past two years. MRKDBA": capitals alone after the last sentence of a long text.
fn desk_code(words: &str) -> Option<usize> {
    let (before, code) = words.rsplit_once(' ')?;
    let capitals =
        (4..=8).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_uppercase());
    let vowels = code.bytes().filter(|byte| b"AEIOU".contains(byte)).count();
    let ended = before.ends_with(['.', '"', '”']) && 300 < before.len();
    (capitals && ended && vowels * 3 <= code.len()).then_some(before.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lone_dots_are_cut_and_the_full_stop_stays() {
        let kept = |words: &str| stray_dots(words).map(|kept| words[..kept].to_owned());
        assert_eq!(kept("They left. . .").as_deref(), Some("They left."));
        assert_eq!(kept("“They left.” .").as_deref(), Some("“They left.”"));
        assert_eq!(kept("They left."), None);
        assert_eq!(kept("They left..."), None);
        assert_eq!(kept("Take a look…"), None);
        assert_eq!(kept("."), None);
    }
}
