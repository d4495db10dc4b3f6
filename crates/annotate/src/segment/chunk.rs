//! Stretches between white space: what both the sentence and the word splitter walk over.

/// A stretch of a block without white space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chunk {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Line breaks between the chunk before and this one.
    pub(super) lines: u8,
}

/// Whether a character parts words: white space, controls, and the invisible space.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}')
}

/// The chunks of `text[start..end]`, in order.
pub(super) struct Chunks<'a> {
    text: &'a str,
    at: usize,
    end: usize,
}

impl<'a> Chunks<'a> {
    pub(super) fn new(text: &'a str, start: usize, end: usize) -> Self {
        Self { text, at: start, end }
    }

    fn skip_blanks(&mut self) -> u8 {
        let mut lines = 0u8;
        let mut returned = false;
        for (at, c) in self.text[self.at..self.end].char_indices() {
            if !is_blank(c) {
                self.at += at;
                return lines;
            }
            let breaks = matches!(c, '\r' | '\u{2028}') || (c == '\n' && !returned);
            lines = lines.saturating_add(u8::from(breaks) + 2 * u8::from(c == '\u{2029}'));
            returned = c == '\r';
        }
        self.at = self.end;
        lines
    }
}

impl Iterator for Chunks<'_> {
    type Item = Chunk;

    fn next(&mut self) -> Option<Chunk> {
        let lines = self.skip_blanks();
        let start = self.at;
        let rest = &self.text[start..self.end];
        let length = rest
            .bytes()
            .position(|b| b <= b' ' || b >= 0x7f)
            .map_or(rest.len(), |ascii| ascii + blank(&rest[ascii..]));
        self.at = start + length;
        (length > 0).then_some(Chunk { start, end: self.at, lines })
    }
}

fn blank(rest: &str) -> usize {
    rest.char_indices().find(|&(_, c)| is_blank(c)).map_or(rest.len(), |(at, _)| at)
}
