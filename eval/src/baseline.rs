//! What needs no reading: capitals, digits, quotation marks, line lengths. Every task is measured with
//! answers made of these too, so that a score can be seen for what it is worth.

use chancery_annotate::undertaking::UndertakingKind;
use chancery_text::Span;

use crate::score::spans::words;

/// Runs of capitalised words with only a space between them. A single one that opens a sentence is no
/// name.
pub fn capitalised(text: &str) -> Vec<Span> {
    let capital = |word: &Span| word.slice(text).starts_with(char::is_uppercase);
    let mut runs: Vec<(Span, bool)> = Vec::new();
    let mut before: Option<Span> = None;
    for word in words(text) {
        let gap = before.map_or("\n", |before| &text[before.end as usize..word.start as usize]);
        let opens = gap.contains(['.', '!', '?', '\n', ':']) || gap.contains(['“', '"']);
        if capital(&word) {
            match runs
                .last_mut()
                .filter(|(run, _)| gap == " " && Some(run.end) == before.map(|b| b.end))
            {
                Some((run, opened)) => (*run, *opened) = (run.cover(word), false),
                None => runs.push((word, opens)),
            }
        }
        before = Some(word);
    }
    runs.into_iter().filter(|(_, opens)| !opens).map(|(run, _)| run).collect()
}

/// Stretches between a mark that ends a sentence and white space, or at line ends.
pub fn sentences(text: &str) -> Vec<Span> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let ends = letter == '\n'
            || matches!(letter, '.' | '!' | '?') && next.is_none_or(char::is_whitespace);
        if ends {
            let end = at + letter.len_utf8();
            sentences.push(Span::of(start..end).trim(text));
            start = end;
        }
    }
    sentences.push(Span::of(start..text.len()).trim(text));
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// Text between quotation marks within a line, the marks included.
pub fn quoted(text: &str) -> Vec<Span> {
    let mut quoted = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, letter) in text.char_indices() {
        match (letter, open) {
            ('\n', _) => open = None,
            ('“', _) => open = Some((at, '”')),
            ('"', None) => open = Some((at, '"')),
            (mark, Some((start, closes))) if mark == closes => {
                quoted.push(Span::of(start..at + mark.len_utf8()));
                open = None;
            }
            _ => {}
        }
    }
    quoted
}

/// The span of `spans` that lies closest to another.
pub fn nearest(spans: &[Span], to: Span) -> Option<Span> {
    let distance = |span: &Span| {
        if span.end <= to.start { to.start - span.end } else { span.start.saturating_sub(to.end) }
    };
    spans.iter().filter(|span| !to.contains(**span)).min_by_key(|span| distance(span)).copied()
}

/// Words that most often undertake or demand, wherever they stand.
pub fn pledges(text: &str) -> Vec<(Span, UndertakingKind)> {
    let kind = |word: &str| {
        Some(match word {
            "promised" | "pledged" | "vowed" | "agreed" => UndertakingKind::Promise,
            "offered" | "proposed" => UndertakingKind::Offer,
            "demanded" | "urged" | "called" | "asked" | "must" => UndertakingKind::Demand,
            "expects" | "hopes" | "hoped" => UndertakingKind::Expectation,
            "threatened" | "warned" => UndertakingKind::Threat,
            "depends" | "conditional" => UndertakingKind::Condition,
            "refused" | "rejected" | "declined" => UndertakingKind::Refusal,
            _ => return None,
        })
    };
    words(text).into_iter().filter_map(|word| Some((word, kind(word.slice(text))?))).collect()
}

/// Numbers of digits that read like years, and names of weekdays.
pub fn dates(text: &str) -> Vec<(Span, String)> {
    const DAYS: [&str; 7] =
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let value = |word: &str| {
        let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
        let day = DAYS.iter().position(|day| *day == word);
        match (year && word.bytes().all(|b| b.is_ascii_digit()), day) {
            (true, _) => Some(word.to_owned()),
            (_, Some(day)) => Some(format!("XXXX-WXX-{}", day + 1)),
            _ => None,
        }
    };
    let dated = |word: Span| Some((word, value(word.slice(text))?));
    words(text).into_iter().filter_map(dated).collect()
}

/// Numbers in digits, with their value.
pub fn numbers(text: &str) -> Vec<(Span, f64)> {
    let mut numbers = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        let digit = letter.is_ascii_digit() || start.is_some() && matches!(letter, ',' | '.');
        match (digit, start) {
            (true, None) => start = Some(at),
            (false, Some(first)) => {
                let run = text[first..at].trim_end_matches([',', '.']);
                let value = run.replace(',', "").parse();
                numbers.extend(value.ok().map(|value| (Span::of(first..first + run.len()), value)));
                start = None;
            }
            _ => {}
        }
    }
    numbers
}

/// Lines of under forty characters.
pub fn short_lines(text: &str) -> Vec<Span> {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::of(at..at + line.len()).trim(text);
        at += line.len();
        if !span.is_empty() && span.slice(text).chars().count() < 40 {
            lines.push(span);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slices<'a>(text: &'a str, spans: &[Span]) -> Vec<&'a str> {
        spans.iter().map(|span| span.slice(text)).collect()
    }

    #[test]
    fn capitalised_runs_leave_sentence_openers_out() {
        let text = "Talks began. Ana Lo met Eva, Minister of Ruvania.";
        assert_eq!(slices(text, &capitalised(text)), ["Ana Lo", "Eva", "Minister", "Ruvania"]);
    }

    #[test]
    fn sentences_quotations_and_short_lines_are_seen() {
        let text = "“Yes,” she said. No.\nShare";
        assert_eq!(slices(text, &sentences(text)), ["“Yes,” she said.", "No.", "Share"]);
        assert_eq!(slices(text, &quoted(text)), ["“Yes,”"]);
        assert_eq!(short_lines(text).len(), 2);
    }

    #[test]
    fn numbers_keep_their_value() {
        let text = "In 2021, 14,000 of 3.5 m.";
        let values: Vec<_> = numbers(text).iter().map(|(_, value)| *value).collect();
        assert_eq!(values, [2021.0, 14_000.0, 3.5]);
        assert_eq!(dates(text)[0].1, "2021");
    }
}
