//! WARC: a report per response that is a page or plain text.

use std::io::{self, BufRead, Read};
use std::mem::MaybeUninit;

use crate::draft::Draft;
use crate::fields::host;
use crate::read::{Flow, Out};
use crate::unpack::{Stream, told, too_large};
use crate::{html, plain};

/// A longer line of a record's head is no head.
const MAX_LINE: u64 = 64 << 10;
const MAX_HEAD: usize = 200;

/// Reads the records; `member` counts them, over several files of one archive.
pub(crate) fn read(mut stream: Stream<'_>, member: &mut u32, out: &mut Out) -> Flow {
    loop {
        let head = match next_head(&mut stream) {
            Ok(Some(head)) => head,
            Ok(None) => return Flow::Continue(()),
            Err(reason) => return out.fault(Some(member.saturating_add(1)), reason),
        };
        *member = member.saturating_add(1);
        let limit = out.options.max_record_bytes;
        let wanted = head.is_wanted() && head.length <= limit;
        if head.is_wanted() && limit < head.length {
            out.fault(Some(*member), too_large(limit))?;
        }
        let block = match take_block(&mut stream, head.length, wanted) {
            Ok(block) => block,
            Err(reason) => return out.fault(Some(*member), reason),
        };
        if wanted {
            record(&head, &block, *member, out)?;
        }
    }
}

/// What a record's head says.
#[derive(Debug, Default, PartialEq, Eq)]
struct Head {
    kind: String,
    url: Option<String>,
    content: String,
    length: u64,
}

impl Head {
    /// Requests, revisits, crawl notes are no reports, nor are answers of a name server.
    fn is_wanted(&self) -> bool {
        let web = self.url.as_deref().is_none_or(|url| !url.starts_with("dns:"));
        let robots = self.url.as_deref().is_some_and(|url| url.ends_with("/robots.txt"));
        match self.kind.as_str() {
            "response" => web && !robots,
            "resource" | "conversion" => web && !robots && is_text(&self.content),
            _ => false,
        }
    }
}

fn next_head(stream: &mut Stream<'_>) -> Result<Option<Head>, String> {
    let mut line = next_line(stream)?;
    while line.as_ref().is_some_and(|line| line.trim().is_empty()) {
        line = next_line(stream)?;
    }
    match line {
        None => return Ok(None),
        Some(line) if line.starts_with("WARC/") => {}
        Some(_) => {
            return Err("is no WARC record where one must begin: the rest is left out".into());
        }
    }
    let mut head = Head::default();
    let mut length = None;
    for _ in 0..MAX_HEAD {
        let line = next_line(stream)?.ok_or("ends inside the head of a record")?;
        if line.trim().is_empty() {
            head.length = length.ok_or("has a record without a length: the rest is left out")?;
            return Ok(Some(head));
        }
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim().to_owned();
        match name.trim().to_ascii_lowercase().as_str() {
            "warc-type" => head.kind = value.to_ascii_lowercase(),
            "warc-target-uri" => head.url = Some(value.trim_matches(['<', '>']).to_owned()),
            "content-type" => head.content = value.to_ascii_lowercase(),
            "content-length" => length = value.parse().ok(),
            _ => {}
        }
    }
    Err("has a record whose head does not end: the rest is left out".into())
}

fn next_line(stream: &mut Stream<'_>) -> Result<Option<String>, String> {
    let mut line = Vec::new();
    let count = stream.take(MAX_LINE).read_until(b'\n', &mut line).map_err(|e| told(&e))?;
    Ok((0 < count).then(|| String::from_utf8_lossy(&line).into_owned()))
}

fn take_block(stream: &mut Stream<'_>, length: u64, wanted: bool) -> Result<Vec<u8>, String> {
    let mut block = Vec::new();
    let mut limited = stream.take(length);
    let read = match wanted {
        true => limited.read_to_end(&mut block).map(|count| count as u64),
        false => io::copy(&mut limited, &mut io::sink()),
    };
    match read {
        Err(error) => Err(told(&error)),
        Ok(count) if count < length => Err("ends inside a record: fetch the file again".into()),
        Ok(_) => Ok(block),
    }
}

fn record(head: &Head, block: &[u8], member: u32, out: &mut Out) -> Flow {
    let answer = match head.kind.as_str() {
        "response" => match Answer::parse(block) {
            Ok(answer) => answer,
            Err(reason) => return out.fault(Some(member), reason),
        },
        _ => Answer { status: 200, content: head.content.clone(), ..Answer::of(block) },
    };
    let page = is_page(&answer.content);
    if !(200..300).contains(&answer.status) || !(page || is_text(&answer.content)) {
        return Flow::Continue(());
    }
    let payload = match answer.payload(out.options.max_record_bytes) {
        Ok(payload) => payload,
        Err(reason) => return out.fault(Some(member), reason),
    };
    let declared = charset_of(&answer.content);
    let mut draft = match page {
        true => html::draft(&payload, declared, out.options),
        false => plain::draft(&payload, declared, "warc"),
    };
    located(&mut draft, head.url.as_deref());
    out.report(Some(member), draft)
}

fn located(draft: &mut Draft, url: Option<&str>) {
    draft.format = "warc";
    let metadata = &mut draft.metadata;
    metadata.url = metadata.url.take().or_else(|| url.map(str::to_owned));
    metadata.outlet = metadata.outlet.take().or_else(|| url.and_then(host));
}

fn is_page(content: &str) -> bool {
    content.starts_with("text/html") || content.starts_with("application/xhtml")
}

fn is_text(content: &str) -> bool {
    is_page(content) || content.starts_with("text/plain")
}

/// The charset that a content type declares.
pub(crate) fn charset_of(content: &str) -> Option<&str> {
    let rest = &content[content.find("charset=")? + 8..];
    rest.split(';').next().map(|label| label.trim().trim_matches(['"', '\'']))
}

/// An answer of a web server.
#[derive(Default)]
struct Answer<'b> {
    status: u16,
    content: String,
    transfer: String,
    coding: String,
    body: &'b [u8],
}

impl<'b> Answer<'b> {
    fn of(body: &'b [u8]) -> Self {
        Self { body, ..Self::default() }
    }

    fn parse(block: &'b [u8]) -> Result<Self, String> {
        let mut headers = [MaybeUninit::<httparse::Header>::uninit(); MAX_HEAD];
        let mut response = httparse::Response::new(&mut []);
        let config = {
            let mut config = httparse::ParserConfig::default();
            config.allow_spaces_after_header_name_in_responses(true);
            config.allow_obsolete_multiline_headers_in_responses(true);
            config.ignore_invalid_headers_in_responses(true);
            config
        };
        let parsed = config.parse_response_with_uninit_headers(&mut response, block, &mut headers);
        let length = match parsed {
            Ok(httparse::Status::Complete(length)) => length,
            Ok(httparse::Status::Partial) => return Err("ends inside its HTTP head".into()),
            Err(error) => return Err(format!("has an HTTP head that cannot be read: {error}")),
        };
        let mut answer = Self { status: response.code.unwrap_or(0), ..Self::of(&block[length..]) };
        for header in response.headers.iter() {
            let value = || String::from_utf8_lossy(header.value).to_ascii_lowercase();
            match header.name.to_ascii_lowercase().as_str() {
                "content-type" => answer.content = value(),
                "transfer-encoding" => answer.transfer = value(),
                "content-encoding" => answer.coding = value(),
                _ => {}
            }
        }
        Ok(answer)
    }

    /// The page's own bytes: chunks joined, compression taken off. Many archives store a body that
    /// is neither, whatever its head says, so each step is taken only where the bytes agree.
    fn payload(&self, limit: u64) -> Result<Vec<u8>, String> {
        let joined = match self.transfer.contains("chunked") {
            true => dechunked(self.body),
            false => None,
        };
        let body = joined.unwrap_or_else(|| self.body.to_vec());
        let body_start = body.get(..2).unwrap_or_default();
        let decoder: Box<dyn Read> = match (self.coding.trim(), body_start) {
            (_, [0x1f, 0x8b]) => Box::new(flate2::read::MultiGzDecoder::new(&body[..])),
            ("deflate", [0x78, _]) => Box::new(flate2::read::ZlibDecoder::new(&body[..])),
            ("zstd", [0x28, 0xb5]) => {
                Box::new(zstd::stream::read::Decoder::new(&body[..]).map_err(|e| told(&e))?)
            }
            ("br", _) if std::str::from_utf8(&body[..body.len().min(64)]).is_err() => {
                return Err("is compressed with Brotli: store it unpacked".into());
            }
            _ => return Ok(body),
        };
        let mut payload = Vec::new();
        let read = decoder.take(limit + 1).read_to_end(&mut payload);
        match read {
            Ok(_) if limit < payload.len() as u64 => Err(too_large(limit)),
            Err(error) if payload.is_empty() => Err(told(&error)),
            // A page cut short is still most of a page.
            _ => Ok(payload),
        }
    }
}

/// The chunks joined; `None` if the body does not begin with a chunk. A body cut short gives what
/// it has.
fn dechunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::new();
    loop {
        let end = memchr::memchr(b'\n', body);
        let line = end.and_then(|end| std::str::from_utf8(&body[..end]).ok());
        let size = line.and_then(|line| {
            usize::from_str_radix(line.split(';').next().unwrap_or_default().trim(), 16).ok()
        });
        match (size, end) {
            (Some(0), _) => return Some(joined),
            (Some(size), Some(end)) => {
                let start = end + 1;
                let stop = start.saturating_add(size).min(body.len());
                joined.extend_from_slice(&body[start..stop]);
                body = body[stop..].strip_prefix(b"\r\n").unwrap_or(&body[stop..]);
            }
            _ => return (!joined.is_empty()).then_some(joined),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined_and_a_plain_body_is_left() {
        assert_eq!(dechunked(b"4\r\nWiki\r\n3;x\r\nped\r\n0\r\n\r\n").unwrap(), b"Wikiped");
        assert_eq!(dechunked(b"4\r\nWiki\r\nff\r\nped").unwrap(), b"Wikiped");
        assert_eq!(dechunked(b"<html>"), None);
    }
}
