//! What a file is, by its first bytes, and by its name where these leave a choice.

use crate::charset;
use crate::fields::{self, Target};
use crate::json::Layout;
use crate::unpack::HEAD;

/// What can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Text,
    Markdown,
    Html,
    Json(Layout),
    /// With its delimiter.
    Table(u8),
    Feed,
    Warc,
    Mail,
    Mbox,
    Zip,
}

/// Whether these bytes begin a zip archive.
pub(crate) fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// The format of the file at `path` that begins with `head`; why it cannot be read.
pub(crate) fn format(head: &[u8], path: &str) -> Result<Format, String> {
    if head.is_empty() {
        return Err("is empty: nothing was read from it".to_owned());
    }
    if is_zip(head) {
        return Ok(Format::Zip);
    }
    if let Some(kind) = foreign(head) {
        return Err(format!("is {kind}, which holds no text that can be read: {}", advice(kind)));
    }
    if head.starts_with(b"WARC/") {
        return Ok(Format::Warc);
    }
    let text = text_of(head);
    let start = text.trim_start();
    let extension = extension(path);
    if let Some(format) = by_content(start, &extension) {
        return Ok(format);
    }
    if start.starts_with("<?xml") && !matches!(extension.as_str(), "html" | "htm" | "xhtml") {
        return Err("is XML of an unknown kind: RSS, Atom and XHTML are read".to_owned());
    }
    if is_binary(&text) {
        return Err(
            "is binary data of an unknown kind: give text, HTML, JSONL, CSV, feeds, mail, \
                    WARC or WACZ"
                .to_owned(),
        );
    }
    Ok(by_name(start, &extension))
}

fn by_content(start: &str, extension: &str) -> Option<Format> {
    if let Some(format) = markup(start) {
        return Some(format);
    }
    let json_named = matches!(extension, "json" | "jsonl" | "ndjson" | "geojson");
    if json_named || is_json(start) {
        return Some(Format::Json(layout(start, extension)));
    }
    if is_mbox(start) {
        return Some(Format::Mbox);
    }
    if is_mail(start, extension) {
        return Some(Format::Mail);
    }
    table(start, extension).map(Format::Table)
}

fn by_name(start: &str, extension: &str) -> Format {
    match extension {
        "html" | "htm" | "xhtml" | "shtml" => Format::Html,
        "md" | "markdown" => Format::Markdown,
        "eml" => Format::Mail,
        "tsv" => Format::Table(b'\t'),
        "csv" => Format::Table(b','),
        _ if start.starts_with("---\n") && has_front_matter(start) => Format::Markdown,
        _ => Format::Text,
    }
}

fn text_of(head: &[u8]) -> String {
    if let Some(charset) = charset::utf16_without_mark(head) {
        return charset.decode_without_bom_handling(head).0.into_owned();
    }
    match encoding_rs::Encoding::for_bom(head) {
        Some((charset, mark)) => charset.decode_without_bom_handling(&head[mark..]).0.into_owned(),
        None => String::from_utf8_lossy(head).into_owned(),
    }
}

/// The last extension that is not that of a compression.
fn extension(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let name = ["gz", "zst", "zstd"].iter().fold(name.as_str(), |name, packed| {
        name.strip_suffix(packed).and_then(|name| name.strip_suffix('.')).unwrap_or(name)
    });
    name.rsplit_once('.').map(|(_, extension)| extension.to_owned()).unwrap_or_default()
}

/// What kind of file begins like this, if it is one that holds no readable text.
fn foreign(head: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF"),
        (b"\x89PNG", "a PNG image"),
        (b"\xff\xd8\xff", "a JPEG image"),
        (b"GIF8", "a GIF image"),
        (b"RIFF", "an image, sound or film"),
        (b"\0\0\0\x18ftyp", "a film"),
        (b"\0\0\0 ftyp", "a film"),
        (b"ID3", "a sound file"),
        (b"OggS", "a sound file"),
        (b"BZh", "a bzip2 archive"),
        (b"\xfd7zXZ\0", "an xz archive"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
        (b"Rar!\x1a", "a RAR archive"),
        (b"\xd0\xcf\x11\xe0", "an old Office document"),
        (b"{\\rtf", "an RTF document"),
        (b"SQLite format 3\0", "a SQLite file"),
        (b"PAR1", "a Parquet file"),
        (b"ARROW1", "an Arrow file"),
        (b"\x7fELF", "a program"),
        (b"MZ\x90", "a program"),
    ];
    MAGIC.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, kind)| *kind)
}

fn advice(kind: &str) -> &'static str {
    match kind {
        kind if kind.ends_with("archive") => "unpack it first",
        "a PDF" | "an RTF document" | "an old Office document" => "convert it to text or HTML",
        "a Parquet file" | "an Arrow file" | "a SQLite file" => "export it as JSONL or CSV",
        _ => "leave it out",
    }
}

fn markup(start: &str) -> Option<Format> {
    if !start.starts_with('<') {
        return None;
    }
    let name = root(start)?.to_ascii_lowercase();
    match name.rsplit(':').next().unwrap_or(&name) {
        "rss" | "feed" | "rdf" => Some(Format::Feed),
        "html" | "head" | "body" | "script" | "iframe" | "div" | "font" | "table" | "style"
        | "title" | "p" | "br" | "h1" | "h2" | "h3" | "a" | "b" | "center" | "article" | "main"
        | "section" | "meta" | "link" | "span" | "ul" | "header" | "nav" => Some(Format::Html),
        _ => None,
    }
}

/// The name of the first element, or of the document type.
fn root(mut start: &str) -> Option<&str> {
    loop {
        start = start.trim_start();
        if let Some(comment) = start.strip_prefix("<!--") {
            start = &comment[comment.find("-->")? + 3..];
        } else if let Some(instruction) = start.strip_prefix("<?") {
            start = &instruction[instruction.find('>')? + 1..];
        } else {
            break;
        }
    }
    let doctype = start.get(..9).is_some_and(|tag| tag.eq_ignore_ascii_case("<!doctype"));
    let name = if doctype { start[9..].trim_start() } else { start.strip_prefix('<')? };
    let end = name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '['))?;
    Some(&name[..end])
}

fn is_json(start: &str) -> bool {
    let after = |open| start.strip_prefix(open).map(str::trim_start);
    after('{').is_some_and(|rest| rest.starts_with(['"', '}']))
        || after('[').is_some_and(|rest| rest.starts_with('{'))
}

/// Lines, if the first line is a whole value or the name says so.
fn layout(start: &str, extension: &str) -> Layout {
    if start.starts_with('[') {
        return Layout::Array;
    }
    let line = start.split('\n').next().unwrap_or_default();
    let whole = serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok();
    // A line longer than the head cannot be judged by it.
    let long = line.len() == start.len() && HEAD / 2 < line.len();
    match extension {
        "jsonl" | "ndjson" => Layout::Lines,
        "json" | "geojson" if !whole => Layout::Values,
        _ if whole || long => Layout::Lines,
        _ => Layout::Values,
    }
}

fn is_mbox(start: &str) -> bool {
    let (first, rest) = start.split_once('\n').unwrap_or((start, ""));
    first.starts_with("From ") && first.contains(':') && header_names(rest).0 > 1
}

fn is_mail(start: &str, extension: &str) -> bool {
    let (known, technical) = header_names(start);
    match extension {
        "eml" => 0 < known,
        _ => 2 < known && technical,
    }
}

/// How many of the lines up to the first empty one are headers that mail has, and whether one is
/// of a kind that only mail has.
fn header_names(start: &str) -> (usize, bool) {
    const KNOWN: [&str; 7] = ["from", "to", "subject", "date", "reply-to", "cc", "sender"];
    const TECHNICAL: [&str; 7] = [
        "message-id",
        "mime-version",
        "received",
        "return-path",
        "delivered-to",
        "dkim-signature",
        "content-type",
    ];
    let (mut known, mut technical) = (0, false);
    for (at, line) in start.lines().take(200).take_while(|line| !line.trim().is_empty()).enumerate()
    {
        let folded = line.starts_with([' ', '\t']);
        let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
        let is_name = name.len() < line.len()
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !folded && !is_name {
            return if at == 0 { (0, false) } else { (known, technical) };
        }
        technical |= TECHNICAL.contains(&name.as_str());
        known += usize::from(KNOWN.contains(&name.as_str()) || TECHNICAL.contains(&name.as_str()));
    }
    (known, technical)
}

/// The delimiter of a table whose head names a text column.
fn table(start: &str, extension: &str) -> Option<u8> {
    let line = start.lines().next()?;
    let named = matches!(extension, "csv" | "tsv");
    let candidates = [b',', b'\t', b';', b'|'].into_iter();
    let best = candidates
        .map(|delimiter| {
            let names = || line.split(delimiter as char).map(|name| name.trim().trim_matches('"'));
            let known = names().filter(|name| fields::target(name).is_some()).count();
            let text = names().any(|name| fields::target(name) == Some(Target::Text));
            (known, names().count(), text, delimiter)
        })
        .max_by_key(|(known, count, ..)| (*known, *count))?;
    let (known, count, text, delimiter) = best;
    (named && 1 < count || 1 < known && text && line.len() < 4096).then_some(delimiter)
}

fn has_front_matter(start: &str) -> bool {
    start.lines().skip(1).take(100).any(|line| line.trim_end() == "---")
}

fn is_binary(text: &str) -> bool {
    let chars = text.chars().take(HEAD).count();
    let odd = |c: &char| {
        c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0c' | '\u{80}'..='\u{9f}')
    };
    let lost = text.chars().filter(|&c| c == '\u{fffd}').count();
    let controls = text.chars().filter(odd).count();
    2 < controls && chars < controls * 10 || (0 < controls && chars < lost * 5)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(head: &str, path: &str) -> Format {
        format(head.as_bytes(), path).unwrap()
    }

    #[test]
    fn content_goes_before_the_name() {
        assert_eq!(of("<!-- x --><!DOCTYPE html><p>", "a.txt"), Format::Html);
        assert_eq!(of("<?xml version='1.0'?>\n<rss version='2.0'>", "a"), Format::Feed);
        assert_eq!(
            of("{\"text\": \"x\"}\n{\"text\": \"y\"}\n", "a.json"),
            Format::Json(Layout::Lines)
        );
        assert_eq!(of("{\n  \"text\": \"x\"\n}", "a.json"), Format::Json(Layout::Values));
        assert_eq!(of("[\n {\"text\": 1}", "-"), Format::Json(Layout::Array));
        assert_eq!(of("title;text\na;b", "-"), Format::Table(b';'));
        assert_eq!(of("WARC/1.0\r\n", "-"), Format::Warc);
        let mail = "Received: by x\nFrom: a@b.example\nSubject: Digest\nDate: x\n\nHi";
        assert_eq!(of(mail, "-"), Format::Mail);
    }

    #[test]
    fn text_that_looks_a_little_like_something_else_stays_text() {
        for text in ["[ad_1]\n\nTalks began", "From: our staff\nTalks", "Text, title and more\nx"] {
            assert_eq!(of(text, "a.txt"), Format::Text, "{text}");
        }
        assert_eq!(of("# Talks", "a.md.gz"), Format::Markdown);
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        assert!(format(b"%PDF-1.7", "a.txt").unwrap_err().starts_with("is a PDF"));
        assert!(format(b"\0\x01\x02\x03abc\0\0\0", "a").unwrap_err().starts_with("is binary"));
    }
}
