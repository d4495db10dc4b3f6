//! Takes the traps out of a page before it is parsed.
//!
//! The parsing rules of HTML cost time in the square of the nesting, of the attributes of a tag and
//! of the formatting left open, so a small page could hold a reader for hours. No page made for
//! people comes near these bounds; one that does loses the tags beyond them, never its words.

use std::borrow::Cow;

/// Elements are nested no deeper.
const MAX_DEPTH: usize = 250;
/// Tags with more attributes, or longer ones outside quotes, are dropped.
const MAX_ATTRIBUTES: usize = 256;
/// What stands after so many tags is left out.
const MAX_TAGS: usize = 300_000;
/// Formatting left open is opened again in each later block; the product is bounded.
const MAX_OPEN_FORMATS: usize = 64;
const MAX_REOPENED: usize = 2_000_000;

/// The page without its traps, and whether its end was left out: what is beyond `limit` bytes, and
/// beyond the number of tags.
pub(super) fn tame(html: &str, limit: u64) -> (Cow<'_, str>, bool) {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let end = html.floor_char_boundary(limit);
    let mut scan = Scan { html: &html[..end], ..Scan::default() };
    let cut = scan.run();
    let kept = &html[..cut.unwrap_or(end)];
    let strip = MAX_OPEN_FORMATS < scan.most_formats
        || MAX_REOPENED < scan.most_formats.saturating_mul(scan.tags);
    let drops = match strip {
        true => merged(scan.drops, scan.formats),
        false => scan.drops,
    };
    (without(kept, &drops), kept.len() < html.len())
}

fn merged(a: Vec<(usize, usize)>, b: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let mut all = [a, b].concat();
    all.sort_unstable();
    all.dedup();
    all
}

fn without<'h>(html: &'h str, drops: &[(usize, usize)]) -> Cow<'h, str> {
    if drops.is_empty() {
        return Cow::Borrowed(html);
    }
    let mut out = String::with_capacity(html.len());
    let mut at = 0;
    for &(start, end) in drops.iter().filter(|(_, end)| *end <= html.len()) {
        out.push_str(&html[at..start]);
        // Words that the tag parted stay apart.
        out.push(' ');
        at = end;
    }
    out.push_str(&html[at..]);
    Cow::Owned(out)
}

#[derive(Default)]
struct Scan<'h> {
    html: &'h str,
    tags: usize,
    /// The elements that are open, as the parser will have them, nearly.
    open: Vec<&'h str>,
    /// How many of `open` have each name; names are few, as depth is bounded.
    foreign: usize,
    open_formats: usize,
    most_formats: usize,
    /// Tags to drop, and tags of formatting, in order.
    drops: Vec<(usize, usize)>,
    formats: Vec<(usize, usize)>,
}

impl<'h> Scan<'h> {
    /// Scans all tags; gives where to cut, if there are too many.
    fn run(&mut self) -> Option<usize> {
        let bytes = self.html.as_bytes();
        let mut at = 0;
        while let Some(skip) = memchr::memchr(b'<', &bytes[at..]) {
            let start = at + skip;
            at = match bytes.get(start + 1) {
                Some(b'!') if bytes[start..].starts_with(b"<!--") => self.comment_end(start),
                Some(b'/') if bytes.get(start + 2).is_some_and(u8::is_ascii_alphabetic) => {
                    self.tag(start, start + 2)
                }
                Some(byte) if byte.is_ascii_alphabetic() => self.tag(start, start + 1),
                _ => start + 1,
            };
            if MAX_TAGS < self.tags {
                return Some(start);
            }
        }
        None
    }

    fn comment_end(&self, start: usize) -> usize {
        let rest = &self.html.as_bytes()[start + 2..];
        // A comment without an end takes the rest of the page.
        memchr::memmem::find(rest, b"-->").map_or(self.html.len(), |at| start + 2 + at + 3)
    }

    /// Takes the tag that starts at `start` and whose name starts at `named`; gives where it ends.
    fn tag(&mut self, start: usize, named: usize) -> usize {
        let html: &'h str = self.html;
        let bytes = html.as_bytes();
        let name_end = bytes[named..]
            .iter()
            .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
            .map_or(bytes.len(), |at| named + at);
        let name = &html[named..name_end];
        let (end, attributes, closed) = attributes(bytes, name_end);
        self.tags += 1;
        if MAX_ATTRIBUTES < attributes || 64 < name.len() {
            self.drops.push((start, end));
            return end;
        }
        match named == start + 2 {
            true => self.close(name, start, end),
            false => {
                self.open_tag(name, start, end, closed);
                if let Some(end) = raw_text_end(html, name, end) {
                    self.open.pop_if(|open| open.eq_ignore_ascii_case(name));
                    return end;
                }
            }
        }
        end
    }

    fn open_tag(&mut self, name: &'h str, start: usize, end: usize, closed: bool) {
        let is = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
        if is(FORMATS) {
            self.formats.push((start, end));
            self.open_formats += 1;
            self.most_formats = self.most_formats.max(self.open_formats);
            return;
        }
        let foreign = 0 < self.foreign;
        if is(VOID) || (foreign && closed) || (!foreign && is(CLOSED_BY_NEXT)) {
            return;
        }
        if MAX_DEPTH <= self.open.len() {
            self.drops.push((start, end));
            return;
        }
        self.foreign += usize::from(is(&["svg", "math"]));
        self.open.push(name);
    }

    fn close(&mut self, name: &str, start: usize, end: usize) {
        let is = |open: &&str| open.eq_ignore_ascii_case(name);
        if FORMATS.iter().any(is) {
            self.formats.push((start, end));
            self.open_formats = self.open_formats.saturating_sub(1);
            return;
        }
        // A table, a button or the like keeps an end tag from closing what is around it.
        let walls = |open: &&str| {
            ["table", "template", "object", "button", "marquee", "applet", "select"]
                .iter()
                .any(|wall| wall.eq_ignore_ascii_case(open))
        };
        let found = self.open.iter().rposition(|open| is(open) || walls(open));
        if let Some(found) = found.filter(|&found| is(&self.open[found])) {
            for open in self.open.drain(found..) {
                let foreign = ["svg", "math"].iter().any(|name| name.eq_ignore_ascii_case(open));
                self.foreign -= usize::from(foreign);
            }
        }
    }
}

const FORMATS: &[&str] =
    &["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "html", "head", "body",
];
/// Elements that the next of their kind closes, so that they do not nest.
const CLOSED_BY_NEXT: &[&str] = &[
    "p", "li", "dd", "dt", "option", "optgroup", "tr", "td", "th", "tbody", "thead", "tfoot",
    "colgroup", "a",
];

/// Where the tag ends, how many attributes it has, and whether it closes itself.
fn attributes(bytes: &[u8], from: usize) -> (usize, usize, bool) {
    let (mut at, mut count, mut inside) = (from, 0, false);
    while at < bytes.len() {
        match bytes[at] {
            b'>' => return (at + 1, count, bytes[at - 1] == b'/'),
            b'=' if inside => {
                at += 1;
                at += bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
                let quote = bytes.get(at).copied().filter(|byte| matches!(byte, b'"' | b'\''));
                match quote {
                    Some(quote) => {
                        let end = memchr::memchr(quote, &bytes[at + 1..]);
                        at = end.map_or(bytes.len(), |end| at + 1 + end + 1);
                    }
                    None => {
                        at += bytes[at..]
                            .iter()
                            .take_while(|byte| !byte.is_ascii_whitespace() && **byte != b'>')
                            .count();
                    }
                }
                inside = false;
            }
            byte if byte.is_ascii_whitespace() || byte == b'/' => {
                inside = false;
                at += 1;
            }
            _ => {
                count += usize::from(!inside);
                inside = true;
                at += 1;
            }
        }
    }
    (bytes.len(), count, false)
}

/// Where the end tag of an element begins whose content is no markup.
fn raw_text_end(html: &str, name: &str, from: usize) -> Option<usize> {
    const RAW: [&str; 8] =
        ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];
    if !RAW.iter().any(|raw| raw.eq_ignore_ascii_case(name)) {
        return None;
    }
    let bytes = html.as_bytes();
    let end = memchr::memmem::find_iter(&bytes[from..], b"</").find(|at| {
        let start = from + at + 2;
        html.get(start..start + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
    });
    // Without an end the parser takes all the rest for its content, and so does the scan.
    Some(end.map_or(bytes.len(), |at| from + at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ordinary_page_is_not_copied() {
        let html = "<div a='>' b=c><p>x<script>if (a < b) '<div>'</script></div>".repeat(1000);
        assert!(matches!(tame(&html, u64::MAX), (Cow::Borrowed(_), false)));
    }

    #[test]
    fn deep_nesting_is_cut_off_and_the_words_stay() {
        let html = format!("{}x{}", "<div>".repeat(10_000), "</div>".repeat(10_000));
        let (tamed, _) = tame(&html, u64::MAX);
        assert_eq!(tamed.matches("<div>").count(), MAX_DEPTH);
        assert!(tamed.contains('x'));
    }

    #[test]
    fn formatting_that_is_never_closed_is_dropped() {
        let html = "<b id=1><p>x".repeat(200);
        assert!(!tame(&html, u64::MAX).0.contains("<b"));
    }
}
