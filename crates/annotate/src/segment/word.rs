//! One stretch without white space to the words in it.

use super::words::Words;

/// Splits chunks of one sentence into words. Remembers whether a single quotation mark is open, so
/// that the mark after "the allies’" is told from the one that closes a quotation.
#[derive(Debug)]
pub(super) struct Splitter {
    words: &'static Words,
    quoted: bool,
}

/// A word: first byte, one past the last, and whether it is written together with the word before.
pub(super) type Piece = (usize, usize, bool);

/// How far anything looks ahead, in bytes, so that no chunk costs more than its length.
const LOOK: usize = 200;

impl Splitter {
    pub(super) fn new() -> Self {
        Self { words: Words::embedded(), quoted: false }
    }

    /// Gives the words of `text[start..end]`, in order, to `sink`. `last` says that the chunk ends
    /// its sentence.
    pub(super) fn split(
        &mut self,
        text: &str,
        start: usize,
        end: usize,
        last: bool,
        sink: &mut impl FnMut(Piece),
    ) {
        let mut at = start;
        while at < end {
            let rest = &text[at..end];
            let before = &text[start..at];
            at += self.piece(rest, before, last, &mut |(from, to, joined)| {
                sink((at + from, at + to, joined))
            });
        }
    }

    /// Splits what `rest` begins with; gives its length.
    fn piece(
        &mut self,
        rest: &str,
        before: &str,
        last: bool,
        sink: &mut impl FnMut(Piece),
    ) -> usize {
        let first = rest.chars().next().unwrap_or(' ');
        let fresh = before.chars().next_back().is_none_or(|c| !is_letter(c));
        let length = if is_letter(first) {
            if let Some(length) = fresh.then(|| self.address(rest)).flatten() {
                length
            } else if first.is_ascii_digit() {
                number(rest, self.words)
            } else {
                return self.word(rest, last, sink);
            }
        } else {
            return self.mark(rest, first, before, sink);
        };
        sink((0, length, false));
        length
    }

    fn mark(
        &mut self,
        rest: &str,
        first: char,
        before: &str,
        sink: &mut impl FnMut(Piece),
    ) -> usize {
        let (length, joined) = match first {
            '@' | '#' => (tag(rest), false),
            '.' if before.is_empty() && digit_at(rest, 1) => {
                (1 + number(&rest[1..], self.words), false)
            }
            '\'' | '’' | '‘' | '`' => self.apostrophe(rest, first, before),
            '.' | '-' | '*' | '=' | '_' | '~' | '—' | '–' | '+' | '<' | '>' => {
                (run(rest, |c| c == first), false)
            }
            '!' | '?' => (run(rest, |c| matches!(c, '!' | '?')), false),
            ':' | ';' if before.is_empty() && is_face(rest) => (rest.len(), false),
            _ => (first.len_utf8() + run(&rest[first.len_utf8()..], clings), false),
        };
        sink((0, length, joined));
        length
    }

    fn apostrophe(&mut self, rest: &str, first: char, before: &str) -> (usize, bool) {
        let width = first.len_utf8();
        let tail = &rest[width..];
        let letters = run(tail, is_letter);
        if first != '‘' && is_clitic(&tail[..letters]) {
            return (width + letters, !before.is_empty());
        }
        let year = tail.bytes().take_while(u8::is_ascii_digit).count();
        if before.is_empty() && year == 2 && matches!(&tail[2..letters], "" | "s") {
            return (width + letters, false);
        }
        let after_word = before.chars().next_back().is_some_and(|c| c.is_alphanumeric());
        let possessive =
            after_word && letters == 0 && !self.quoted && first != '‘' && ends_in_s(before);
        if !possessive && first != '`' {
            self.quoted = !after_word && (letters > 0 || first == '‘');
        }
        (width, possessive)
    }

    fn word(&mut self, rest: &str, last: bool, sink: &mut impl FnMut(Piece)) -> usize {
        let length = run_of_word(rest);
        let word = &rest[..length];
        let next = rest[length..].chars().next().unwrap_or(' ');
        let dotted = if next == '.' { self.dotted(rest, length, last) } else { None };
        let whole = match next {
            '.' => dotted,
            '-' => self.prefixed(rest, length),
            '/' => short_slash(rest),
            '$' if length <= 3 && word.bytes().all(|b| b.is_ascii_uppercase()) => Some(length + 1),
            _ => None,
        };
        if let Some(whole) = whole {
            return possessed(&rest[..whole + clitic_after(&rest[whole..])], whole, sink);
        }
        self.contraction(word, sink);
        length
    }

    /// The length of an abbreviation with its dot, or of letters with dots: "U.S.", "p.m".
    fn dotted(&self, rest: &str, length: usize, last: bool) -> Option<usize> {
        let after = rest[length + 1..].chars().next();
        if rest[..length].chars().count() == 1 {
            return initials(rest).filter(|_| rest.starts_with(char::is_alphabetic));
        }
        if let Some(entry) = self.words.abbreviations.get(&rest[..length]) {
            let ends = last && after.is_none_or(|c| !is_letter(c));
            return (!(entry.ordinary && ends)).then_some(length + 1);
        }
        let inner = length + 1 + run(&rest[length + 1..], is_letter);
        (inner < LOOK
            && self.words.abbreviations.contains_key(&rest[..inner])
            && rest[inner..].starts_with('.'))
        .then_some(inner + 1)
    }

    /// The length of a word with a prefix: "anti-war".
    fn prefixed(&self, rest: &str, length: usize) -> Option<usize> {
        let tail = run(&rest[length + 1..], |c| c.is_alphanumeric());
        let prefix = lower(&rest[..length])?;
        (tail > 1 && self.words.prefixes.contains(prefix.as_str())).then_some(length + 1 + tail)
    }

    /// A web address, e-mail address or host name that `rest` begins with.
    fn address(&self, rest: &str) -> Option<usize> {
        let bytes = rest.as_bytes();
        let scheme = ["http://", "https://", "ftp://", "www.", "mailto:", "HTTP://", "Http://"];
        if scheme.iter().any(|scheme| rest.starts_with(scheme)) {
            return Some(trim_address(rest));
        }
        let host = bytes.iter().take(LOOK).take_while(|b| is_host(**b)).count();
        if bytes.get(host) == Some(&b'@') && host < LOOK {
            let domain = bytes[host + 1..].iter().take(LOOK).take_while(|b| is_host(**b)).count();
            let whole = host + 1 + domain;
            let kept = rest[..whole].trim_end_matches(['.', '-', '_']).len();
            return (domain > 0 && host + 1 < kept).then_some(kept);
        }
        let name = rest[..host].trim_end_matches(['.', '-', '_', '+', '%']);
        let (stem, ending) = name.rsplit_once('.')?;
        let known = self.words.endings.contains(ending)
            || (!name.bytes().any(|b| b.is_ascii_lowercase())
                && lower(ending).is_some_and(|e| self.words.endings.contains(e.as_str())));
        let sound =
            1 < stem.len() && !stem.ends_with('.') && stem.bytes().any(|b| b.is_ascii_alphabetic());
        if !known || !sound {
            return None;
        }
        let path = bytes.get(name.len()) == Some(&b'/')
            || (bytes.get(name.len()) == Some(&b':') && digit_at(rest, name.len() + 1));
        Some(if path { trim_address(rest) } else { name.len() })
    }

    fn contraction(&self, word: &str, sink: &mut impl FnMut(Piece)) {
        if let Some(cut) = clitic_cut(word) {
            // "wouldn't've" has two.
            match clitic_cut(&word[..cut]) {
                Some(first) => {
                    sink((0, first, false));
                    sink((first, cut, true));
                }
                None => sink((0, cut, false)),
            }
            return sink((cut, word.len(), true));
        }
        let fused =
            lower(word).and_then(|word| self.words.contractions.get(word.as_str()).copied());
        match fused.filter(|_| word.len() < 9) {
            Some(cut) => {
                sink((0, cut, false));
                sink((cut, word.len(), true));
            }
            None => sink((0, word.len(), false)),
        }
    }
}

/// Lower case of a short ASCII word, without allocating.
struct Lower([u8; 12], usize);

impl Lower {
    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0[..self.1]).unwrap_or("")
    }
}

fn lower(word: &str) -> Option<Lower> {
    let mut lower = Lower([0; 12], word.len());
    let room = lower.0.get_mut(..word.len())?;
    room.copy_from_slice(word.as_bytes());
    room.make_ascii_lowercase();
    word.is_ascii().then_some(lower)
}

fn possessed(word: &str, whole: usize, sink: &mut impl FnMut(Piece)) -> usize {
    sink((0, whole, false));
    if whole < word.len() {
        sink((whole, word.len(), true));
    }
    word.len()
}

/// Letters, digits, and what is written inside words without being seen.
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || clings(c) || c == '\u{ad}'
}

/// Marks that belong to the character before them.
fn clings(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200c}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}')
}

fn run(text: &str, is: impl Fn(char) -> bool) -> usize {
    text.char_indices().find(|&(_, c)| !is(c)).map_or(text.len(), |(at, _)| at)
}

fn digit_at(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).is_some_and(u8::is_ascii_digit)
}

fn is_host(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+' | b'%')
}

/// Letters with apostrophes, ampersands and underscores inside.
fn run_of_word(rest: &str) -> usize {
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inside = matches!(c, '\'' | '’' | '`' | '_' | '&')
            && chars
                .peek()
                .is_some_and(|&(_, next)| next.is_alphabetic() || (c == '_' && is_letter(next)));
        if !is_letter(c) && !inside {
            return at;
        }
    }
    rest.len()
}

/// Where a clitic begins: "does|n't", "ally|’s".
fn clitic_cut(word: &str) -> Option<usize> {
    let (at, mark) =
        word.char_indices().rev().take(4).find(|&(_, c)| matches!(c, '\'' | '’' | '`'))?;
    let tail = &word[at + mark.len_utf8()..];
    if matches!(tail, "t" | "T") {
        let cut = at.checked_sub(1).filter(|&cut| 0 < cut && word.is_char_boundary(cut))?;
        return matches!(&word[cut..at], "n" | "N").then_some(cut);
    }
    (0 < at && is_clitic(tail)).then_some(at)
}

fn is_clitic(tail: &str) -> bool {
    ["s", "m", "d", "re", "ve", "ll"].iter().any(|clitic| tail.eq_ignore_ascii_case(clitic))
}

/// The length of a clitic that follows a word with a dot or hyphen: "U.S.’s".
fn clitic_after(rest: &str) -> usize {
    let Some(mark) = rest.chars().next().filter(|c| matches!(c, '\'' | '’')) else { return 0 };
    let letters = run(&rest[mark.len_utf8()..], is_letter);
    let tail = &rest[mark.len_utf8()..][..letters];
    if is_clitic(tail) { mark.len_utf8() + letters } else { 0 }
}

fn ends_in_s(before: &str) -> bool {
    before.ends_with(['s', 'S', 'x', 'z'])
}

/// "U.S.", "a.k.a", "J.": letters with dots. A dot before a longer word ends them: "J.Smith".
fn initials(rest: &str) -> Option<usize> {
    let mut end = 0;
    let mut letters = 0;
    let mut at = 0;
    while let Some(c) = rest[at..].chars().next().filter(|c| c.is_alphabetic()) {
        let after = at + c.len_utf8();
        let next = rest[after..].chars().next();
        if next == Some('.') {
            letters += 1;
            at = after + 1;
            end = at;
        } else {
            if next.is_none_or(|c| !is_letter(c)) && 0 < letters {
                end = after;
            }
            break;
        }
    }
    (0 < end).then_some(end)
}

/// "w/o", "s/he": a slash between letters of which one side is single.
fn short_slash(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let single = bytes.first()?.is_ascii_alphabetic()
        && bytes.get(1) == Some(&b'/')
        && bytes.get(2)?.is_ascii_alphabetic();
    (single && bytes.get(3).is_none_or(|b| !b.is_ascii_alphanumeric() && b.is_ascii())).then_some(3)
}

/// A figure with its separators, ordinal ending or letters: "82,000", "5:49", "20th", "747s".
fn number(rest: &str, words: &Words) -> usize {
    let bytes = rest.as_bytes();
    let mut end = 0;
    while end < bytes.len() {
        let separates = matches!(bytes[end], b'.' | b',' | b':' | b'/') && digit_at(rest, end + 1);
        if !bytes[end].is_ascii_digit() && !separates {
            break;
        }
        end += 1;
    }
    if let Some(whole) = dialled(rest) {
        return whole;
    }
    let letters = run(&rest[end..], is_letter);
    if letters == 0 {
        let decade = rest[..end].ends_with('0') && matches!(end, 2 | 4);
        return end + if decade { clitic_s(&rest[end..]) } else { 0 };
    }
    let tail = &rest[end..end + letters];
    if words.units.contains(tail) || lower(tail).is_some_and(|t| matches!(t.as_str(), "am" | "pm"))
    {
        return end;
    }
    end + letters
}

fn clitic_s(rest: &str) -> usize {
    ["'s", "’s"]
        .into_iter()
        .find(|s| rest.starts_with(s) && run(&rest[s.len()..], is_letter) == 0)
        .map_or(0, str::len)
}

/// The length of a telephone number or dashed date: "555-0134", "11-20-2000". A range ("2002-2003") is none.
fn dialled(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let length = bytes.iter().take(24).take_while(|b| b.is_ascii_digit() || **b == b'-').count();
    let groups: (usize, usize, usize) =
        rest[..length].split('-').fold((0, 0, 9), |(count, most, least), group| {
            (count + 1, most.max(group.len()), least.min(group.len()))
        });
    let (count, most, least) = groups;
    let two = count == 2 && length == 8 && bytes.get(3) == Some(&b'-');
    let many = 2 < count && most <= 4 && 0 < least;
    (length < 24 && (two || many) && run(&rest[length..], is_letter) == 0).then_some(length)
}

/// "@envoy_x", "#talks": one word; a lone mark, or one before a figure, is itself.
fn tag(rest: &str) -> usize {
    let letters = run(&rest[1..], |c| is_letter(c) || c == '_');
    let word = rest[1..1 + letters].chars().any(|c| c.is_alphabetic());
    1 + if word { letters } else { 0 }
}

fn is_face(rest: &str) -> bool {
    matches!(rest, ":)" | ":-)" | ":(" | ":-(" | ";)" | ";-)" | ":D" | ":P" | ":/")
}

/// An address runs to the end of the chunk, without the marks that close its sentence.
fn trim_address(rest: &str) -> usize {
    let opened = rest.contains('(');
    rest.trim_end_matches(|c: char| {
        matches!(
            c,
            '.' | ',' | ';' | ':' | '!' | '?' | '"' | '\'' | '”' | '’' | ']' | '}' | '>' | '»'
        ) || (c == ')' && !opened)
    })
    .len()
    .max(1)
}
