//! Cuts a stream into its records (lines, JSON values, table rows), each within bounds.

use std::io::BufRead;

use memchr::{memchr, memchr2};

use crate::unpack::told;

/// Finds where a record ends, over chunks of any size.
pub(crate) trait Scanner {
    /// How many bytes of `chunk` belong to the record, if it ends in it.
    fn end(&mut self, chunk: &[u8]) -> Option<usize>;

    /// Whether the stream may not end here.
    fn is_open(&self) -> bool {
        false
    }
}

/// What came next in a stream.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// A record.
    Record(Vec<u8>),
    /// The stream ended inside a record, which is this.
    Unfinished(Vec<u8>),
    /// A record beyond the limit; it was passed over.
    TooLong,
    /// The stream cannot be read on, and why.
    Broken(String),
    /// There is no more.
    End,
}

/// The next record of the stream. Holds at most `limit` bytes, and a buffer.
pub(crate) fn next(stream: &mut dyn BufRead, scanner: &mut impl Scanner, limit: u64) -> Next {
    let (mut record, mut length) = (Vec::new(), 0u64);
    loop {
        let chunk = match stream.fill_buf() {
            Ok(chunk) => chunk,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Next::Broken(told(&error)),
        };
        if chunk.is_empty() {
            return match (length, limit < length, scanner.is_open()) {
                (0, ..) => Next::End,
                (_, true, _) => Next::TooLong,
                (_, false, true) => Next::Unfinished(record),
                (_, false, false) => Next::Record(record),
            };
        }
        let end = scanner.end(chunk);
        let taken = end.unwrap_or(chunk.len());
        length += taken as u64;
        if length <= limit {
            record.extend_from_slice(&chunk[..taken]);
        } else {
            record = Vec::new();
        }
        stream.consume(taken);
        if end.is_some() {
            return if limit < length { Next::TooLong } else { Next::Record(record) };
        }
    }
}

/// Records are lines.
pub(crate) struct Lines;

impl Scanner for Lines {
    fn end(&mut self, chunk: &[u8]) -> Option<usize> {
        memchr(b'\n', chunk).map(|at| at + 1)
    }
}

/// Records are JSON values, one after another, with white space and commas between them; stray
/// characters up to the end of their line are a record too.
#[derive(Default)]
pub(crate) struct JsonValues {
    depth: u64,
    quoted: bool,
    escaped: bool,
    stray: bool,
}

impl Scanner for JsonValues {
    fn end(&mut self, chunk: &[u8]) -> Option<usize> {
        let mut at = 0;
        while at < chunk.len() {
            if self.quoted {
                at += self.quoted_end(&chunk[at..]);
                continue;
            }
            let byte = chunk[at];
            at += 1;
            match byte {
                b'"' => self.quoted = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' if 1 < self.depth => self.depth -= 1,
                b'}' | b']' | b'\n' | b',' if self.ends(byte) => {
                    *self = Self::default();
                    return Some(at);
                }
                byte if self.depth == 0 && !byte.is_ascii_whitespace() && byte != b',' => {
                    self.stray = true;
                }
                _ => {}
            }
        }
        None
    }

    fn is_open(&self) -> bool {
        0 < self.depth || self.quoted
    }
}

impl JsonValues {
    fn ends(&self, byte: u8) -> bool {
        match byte {
            b'}' | b']' => self.depth == 1,
            b'\n' => self.depth == 0 && self.stray,
            _ => false,
        }
    }

    /// How many bytes of the chunk are still in the string.
    fn quoted_end(&mut self, chunk: &[u8]) -> usize {
        if self.escaped {
            self.escaped = false;
            return 1;
        }
        match memchr2(b'"', b'\\', chunk) {
            None => chunk.len(),
            Some(at) => {
                self.escaped = chunk[at] == b'\\';
                self.quoted = self.escaped;
                at + 1
            }
        }
    }
}

/// Records are the rows of a table whose fields may be quoted.
pub(crate) struct Rows {
    delimiter: u8,
    state: Field,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Start,
    Bare,
    Quoted,
    QuoteSeen,
}

impl Rows {
    pub fn new(delimiter: u8) -> Self {
        Self { delimiter, state: Field::Start }
    }
}

impl Scanner for Rows {
    fn end(&mut self, chunk: &[u8]) -> Option<usize> {
        let mut at = 0;
        while at < chunk.len() {
            if self.state == Field::Quoted {
                match memchr(b'"', &chunk[at..]) {
                    None => return None,
                    Some(skip) => at += skip,
                }
            }
            let byte = chunk[at];
            at += 1;
            self.state = match (self.state, byte) {
                (Field::Quoted, _) => Field::QuoteSeen,
                (Field::Start | Field::QuoteSeen, b'"') => Field::Quoted,
                (_, b'\n') => {
                    self.state = Field::Start;
                    return Some(at);
                }
                (_, byte) if byte == self.delimiter => Field::Start,
                _ => Field::Bare,
            };
        }
        None
    }

    fn is_open(&self) -> bool {
        self.state == Field::Quoted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    fn all(text: &str, mut scanner: impl Scanner) -> Vec<String> {
        // A tiny buffer, so that records cross its borders.
        let mut stream = BufReader::with_capacity(3, text.as_bytes());
        let mut found = Vec::new();
        loop {
            match next(&mut stream, &mut scanner, 40) {
                Next::Record(record) => found.push(String::from_utf8(record).unwrap()),
                Next::End => return found,
                Next::Unfinished(record) => {
                    found.push(format!("unfinished {}", String::from_utf8(record).unwrap()));
                }
                other => found.push(format!("{other:?}")),
            }
        }
    }

    #[test]
    fn values_end_with_their_last_bracket() {
        let text = "{\"a\": \"}\\\"\"} ,\n[{}]{\"b\"\n:1}\nstray\n{";
        let found = all(text, JsonValues::default());
        assert_eq!(
            found,
            ["{\"a\": \"}\\\"\"}", " ,\n[{}]", "{\"b\"\n:1}", "\nstray\n", "unfinished {"]
        );
    }

    #[test]
    fn rows_end_outside_quotes() {
        let found = all("a,b\n\"x\ny\"\"\",2\n5\" gun,3\n\"open", Rows::new(b','));
        assert_eq!(found, ["a,b\n", "\"x\ny\"\"\",2\n", "5\" gun,3\n", "unfinished \"open"]);
    }

    #[test]
    fn a_long_record_is_passed_over() {
        let text = format!("a\n{}\nb", "x".repeat(100));
        assert_eq!(all(&text, Lines), ["a\n", "TooLong", "b"]);
    }
}
