//! Logical lines: what one block of the page was, before its words are judged.

use chancery_text::Span;

/// A line with words on it, or the lines of a hard-wrapped paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    /// Its characters, without surrounding white space.
    pub span: Span,
    /// Whether an empty line stands before it.
    pub gap: bool,
}

/// Splits `text` into lines, and joins those that only a fixed width has parted.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let physical = physical_lines(text);
    let wrapped = width(text, &physical);
    let mut joined: Vec<Line> = Vec::with_capacity(physical.len());
    let mut last = Span::default();
    for line in physical {
        let parted =
            joined.last().is_some_and(|_| !line.gap && belongs(text, last, line.span, wrapped));
        last = line.span;
        match joined.last_mut() {
            Some(before) if parted => before.span = before.span.cover(line.span),
            _ => joined.push(line),
        }
    }
    joined
}

fn physical_lines(text: &str) -> Vec<Line> {
    let (mut lines, mut at, mut gap) = (Vec::new(), 0, false);
    for piece in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let span = Span::of(at..at + piece.len()).trim(text);
        at += piece.len();
        if !span.is_empty() {
            lines.push(Line { span, gap });
            gap = false;
        } else if piece != "\n" || !text[..at].ends_with("\r\n") {
            gap = true;
        }
    }
    lines
}

/// The width that a text is wrapped at, if it is: no line is longer than 100, and most lines that
/// another follows directly come close to the longest.
fn width(text: &str, lines: &[Line]) -> Option<u32> {
    let length = |line: &Line| line.span.slice(text).chars().count() as u32;
    let longest = lines.iter().map(length).max().filter(|longest| (50..=100).contains(longest))?;
    let followed: Vec<_> =
        lines.windows(2).filter(|pair| !pair[1].gap).map(|pair| length(&pair[0])).collect();
    let full = followed.iter().filter(|length| longest * 3 / 4 <= **length).count();
    (3 <= full && followed.len() * 3 <= full * 5).then_some(longest)
}

fn belongs(text: &str, last: Span, next: Span, wrapped: Option<u32>) -> bool {
    let (last, next) = (last.slice(text), next.slice(text));
    let long = |least: u32| least <= last.chars().take(200).count() as u32;
    let lower = next.chars().next().is_some_and(char::is_lowercase);
    match wrapped {
        Some(width) => {
            long(width * 3 / 5) && (lower || !ends_sentence(last) || long(width * 3 / 4))
        }
        None => lower && long(40) && !ends_sentence(last) && last.len() < 200,
    }
}

/// Whether `text` ends as a sentence does: a full stop, question or exclamation mark, past closing
/// quotation marks and brackets.
pub(super) fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', '*']);
    bare.ends_with(['.', '!', '?', '…', '。', '؟'])
}

/// Whether `text` reads as running prose: long enough, ending as a sentence does, and with words
/// that headlines leave out.
pub(super) fn is_prose(text: &str) -> bool {
    const GLUE: [&str; 20] = [
        "the", "of", "a", "an", "to", "in", "and", "that", "was", "is", "were", "said", "has",
        "had", "for", "on", "with", "by", "it", "he",
    ];
    if text.len() < 60 || !ends_sentence(text) {
        return false;
    }
    text.split_whitespace().take(60).filter(|word| GLUE.contains(word)).take(3).count() == 3
}

/// Whether `text` may be a headline: short, and without the full stop of a sentence.
pub(super) fn is_headline(text: &str) -> bool {
    let words = text.split_whitespace().take(32).count();
    let stop = text.ends_with(['.', ',', ';', ':']) && !text.ends_with("...");
    (2..=30).contains(&words) && text.len() <= 220 && !stop
}

/// Letters and digits in lower case, with single spaces between words: equal for two printings of
/// one headline.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            folded.extend(c.to_lowercase());
        } else if c.is_whitespace() && !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<&str> {
        lines(text).iter().map(|line| line.span.slice(text)).collect()
    }

    #[test]
    fn each_line_stands_alone_and_empty_ones_leave_a_gap() {
        assert_eq!(
            of("Talks resume\n\n  They met. \r\nIt rained."),
            ["Talks resume", "They met.", "It rained."]
        );
        assert!(lines("a\r\nb")[1..].iter().all(|line| !line.gap));
        assert!(lines("a\r\n\r\nb")[1].gap);
    }

    #[test]
    fn hard_wrapped_paragraphs_are_joined() {
        let text = "The envoy of the coast left the capital on Monday after two days\n\
                    of talks with the ministers of the three states that share the\n\
                    lake, and said that he would be back before the end of the year.\n\n\
                    Talks will go on in the summer, the ministry of the coast said in\n\
                    a note that it sent to the press.";
        assert_eq!(of(text).len(), 2);
    }

    #[test]
    fn a_line_that_goes_on_in_lower_case_is_joined() {
        assert_eq!(of("The envoy of the coast left the capital on\nMonday").len(), 2);
        assert_eq!(of("The envoy of the coast left the capital with\nhis two aides.").len(), 1);
    }

    #[test]
    fn a_headline_and_prose_are_told_apart() {
        assert!(is_headline("Envoy leaves capital after talks"));
        assert!(!is_headline("The envoy left."));
        assert!(is_prose("The envoy left the capital of the coast on Monday, the ministry said."));
        assert!(!is_prose("Envoy leaves capital"));
    }
}
