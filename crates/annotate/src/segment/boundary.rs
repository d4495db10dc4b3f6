//! Where sentences end, inside one block of prose.

use std::ops::Range;

use super::chunk::{Chunk, Chunks};
use super::word::is_letter;
use super::words::{Kind, Words};

/// A sentence with more stretches than this is cut, so that no later step meets an endless one.
const LONGEST: usize = 400;

/// Finds the sentences of one block.
pub(super) struct Boundaries<'a> {
    text: &'a str,
    words: &'static Words,
    sentence: Option<Range<usize>>,
    chunks: usize,
    end: End,
    line: usize,
    /// Whether a straight double quotation mark stands open.
    quoted: bool,
}

/// What the text so far says about ending here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    None,
    /// ".", "!" or "?" after an ordinary word, whatever follows.
    Sure,
    /// The same where a word in lower case may go on: after a quotation mark or a short word.
    Full,
    /// "..." or "…".
    Trailing,
    /// After an abbreviation.
    After(Kind),
}

impl<'a> Boundaries<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            words: Words::embedded(),
            sentence: None,
            chunks: 0,
            end: End::None,
            line: 0,
            quoted: false,
        }
    }

    /// Gives each sentence of `block` to `sink`, in order.
    pub(super) fn split(&mut self, block: Range<usize>, sink: &mut impl FnMut(Range<usize>)) {
        self.line = 0;
        for chunk in Chunks::new(self.text, block.start, block.end) {
            self.read(chunk, sink);
        }
        self.close(sink);
    }

    fn close(&mut self, sink: &mut impl FnMut(Range<usize>)) {
        if let Some(sentence) = self.sentence.take() {
            sink(sentence);
        }
        (self.chunks, self.end, self.quoted) = (0, End::None, false);
    }

    fn read(&mut self, chunk: Chunk, sink: &mut impl FnMut(Range<usize>)) {
        if self.sentence.is_some() && (self.breaks_before(chunk) || LONGEST <= self.chunks) {
            self.close(sink);
        }
        self.line = if 0 < chunk.lines { 0 } else { self.line + 1 } + chunk.end - chunk.start;
        let mut start = chunk.start;
        let whole = is_address(&self.text[chunk.start..chunk.end]);
        while let Some(cut) = self.inner_cut(start, chunk).filter(|_| !whole) {
            self.extend(start..cut);
            self.close(sink);
            start = cut;
        }
        self.extend(start..chunk.end);
    }

    fn extend(&mut self, piece: Range<usize>) {
        let first = self.sentence.is_none();
        let text = &self.text[piece.clone()];
        if !self.only_closes(text) || self.end == End::None {
            self.end = self.judge(text, first);
        }
        self.quoted ^= text.bytes().filter(|b| *b == b'"').count() % 2 == 1;
        self.chunks += 1;
        let start = self.sentence.as_ref().map_or(piece.start, |sentence| sentence.start);
        self.sentence = Some(start..piece.end);
    }

    fn breaks_before(&self, chunk: Chunk) -> bool {
        let text = &self.text[chunk.start..chunk.end];
        if 1 < chunk.lines || text.starts_with(['•', '▪', '●', '‣', '■']) {
            return true;
        }
        if chunk.lines == 1 && self.line_ends(text) {
            return true;
        }
        !self.only_closes(text) && self.ends_before(text)
    }

    /// Whether a single line break parts sentences: not inside wrapped text.
    fn line_ends(&self, next: &str) -> bool {
        let so_far = self.sentence.as_ref().map_or("", |sentence| &self.text[sentence.clone()]);
        let open = so_far.ends_with([',', '-', '–']) || next.starts_with(char::is_lowercase);
        let wrapped = (55..=100).contains(&self.line) && self.end == End::None;
        !open && !wrapped
    }

    fn ends_before(&self, next: &str) -> bool {
        if matches!(self.end, End::Full | End::Trailing) && is_link(next) {
            return true;
        }
        let opening = next.trim_start_matches(is_opener);
        let first = opening.chars().next();
        match self.end {
            End::None | End::After(Kind::Title) => false,
            End::Sure => true,
            End::Full => !first.is_some_and(char::is_lowercase),
            End::Trailing => first.is_some_and(char::is_uppercase),
            End::After(Kind::Number) => first.is_some_and(char::is_uppercase),
            End::After(Kind::Inner) => {
                let word = &opening[..word_length(opening)];
                first.is_some_and(char::is_uppercase)
                    && (self.words.openers.contains(word) || opening.len() < next.len())
            }
        }
    }

    fn judge(&self, text: &str, first: bool) -> End {
        let text = without_notes(text);
        let body = text.trim_end_matches(is_closer);
        let quoted = body.len() < text.len();
        if body.ends_with(['!', '?']) {
            return if quoted || self.quoted { End::Full } else { End::Sure };
        }
        if body.ends_with('…') || body.ends_with("..") {
            return End::Trailing;
        }
        let Some(word) = body.strip_suffix('.') else { return End::None };
        let word = word.trim_start_matches(is_opener);
        if word.is_empty() {
            return if self.end == End::None { End::Full } else { End::Trailing };
        }
        if first && word.len() < 3 && word.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return End::None;
        }
        let ordinary = !quoted && 3 < word.len() && word.bytes().all(|b| b.is_ascii_lowercase());
        let end = if ordinary { End::Sure } else { End::Full };
        self.abbreviation(word).map_or(end, End::After)
    }

    fn abbreviation(&self, word: &str) -> Option<Kind> {
        let tail = word.rsplit(['-', '/', '–', '—', '(']).next().unwrap_or(word);
        if let Some(entry) = self.words.abbreviations.get(tail) {
            return Some(entry.kind);
        }
        let letters = tail
            .split('.')
            .all(|part| part.chars().take(2).count() == 1 && part.starts_with(char::is_alphabetic));
        letters.then_some(Kind::Inner)
    }

    /// Whether a stretch holds only marks that belong to the sentence before: `"`, `. .`.
    fn only_closes(&self, text: &str) -> bool {
        let closes = |c: char| match c {
            '"' => self.quoted,
            '\'' => true,
            _ => is_closer(c) || matches!(c, '.' | '!' | '?' | '…'),
        };
        self.end != End::None && text.chars().take(8).all(closes) && text.len() < 8
    }

    /// Where a sentence ends inside a stretch for want of a space: "process.China said".
    fn inner_cut(&self, start: usize, chunk: Chunk) -> Option<usize> {
        let text = &self.text[start..chunk.end];
        let stops = |b: u8| matches!(b, b'.' | b'!' | b'?');
        let first = text.bytes().position(stops).filter(|&at| at + 1 < text.len())?;
        let mut at = first;
        while at + 1 < text.len() {
            let cut = stops(text.as_bytes()[at]).then(|| self.missing_space(text, at)).flatten();
            if let Some(cut) = cut {
                return Some(start + cut);
            }
            at += 1;
        }
        None
    }

    fn missing_space(&self, text: &str, at: usize) -> Option<usize> {
        let before = &text[..at];
        let last = before.chars().next_back()?;
        let word = &before[before.len()
            - before.bytes().rev().take(16).take_while(u8::is_ascii_alphabetic).count()..];
        let sound = (last.is_lowercase() && 1 < word.len())
            || last.is_ascii_digit()
            || matches!(last, ')' | '”' | '’' | ']' | '%');
        if !sound || self.words.abbreviations.contains_key(word) {
            return None;
        }
        let tail = &text[at + 1..];
        let closers = tail.len()
            - tail
                .trim_start_matches(|c| {
                    matches!(c, '”' | '’' | ')' | ']') || (c == '"' && self.quoted)
                })
                .len();
        let opening = tail[closers..].trim_start_matches(is_opener);
        let mut letters = opening.chars();
        let capital = letters.next().is_some_and(char::is_uppercase);
        let follows = letters.next().is_none_or(|c| {
            c.is_lowercase() || c == '’' || c == '\'' || (closers > 0 && c.is_uppercase())
        });
        (capital && follows && 1 < opening.len()).then_some(at + 1 + closers)
    }
}

/// Whether dots in a stretch are no full stops.
fn is_address(text: &str) -> bool {
    text.contains("://") || text.contains('@') || text.starts_with("www.")
}

/// A link that a post ends with: "pic.example.com/Qx", "https://…".
fn is_link(text: &str) -> bool {
    let host = text.split('/').next().unwrap_or(text);
    host.len() < text.len() && (host.ends_with(':') || (host.contains('.') && host.is_ascii()))
}

/// Without the numbers of footnotes at the end: "1805.[6][7]".
fn without_notes(mut text: &str) -> &str {
    while let Some((before, note)) = text.strip_suffix(']').and_then(|t| t.rsplit_once('[')) {
        if note.is_empty() || !note.bytes().all(|b| b.is_ascii_digit()) {
            break;
        }
        text = before;
    }
    text
}

fn word_length(text: &str) -> usize {
    text.char_indices().find(|&(_, c)| !is_letter(c)).map_or(text.len(), |(at, _)| at)
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | ')' | ']' | '}' | '»' | '*' | '_')
}

fn is_opener(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '(' | '[' | '{' | '«' | '*' | '_' | '`')
}
