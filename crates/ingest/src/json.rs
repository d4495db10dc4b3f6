//! JSONL, JSON arrays, and files of one JSON object: a report per object.

use std::io::BufRead;

use encoding_rs::Encoding;
use serde_json::Value;

use crate::charset;
use crate::draft::{Draft, notice};
use crate::fields::Fields;
use crate::read::{Flow, Out};
use crate::records::{self, JsonValues, Lines, Next, Scanner};
use crate::unpack::{Stream, too_large};

/// How the objects stand in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// One on each line.
    Lines,
    /// One after another, over any number of lines.
    Values,
    /// In one list.
    Array,
}

pub(crate) fn read(mut stream: Stream<'_>, head: &[u8], layout: Layout, out: &mut Out) -> Flow {
    if head.starts_with(b"\xef\xbb\xbf") {
        stream.consume(3);
    }
    let fallback = charset::of_records(head);
    match layout {
        Layout::Lines => each(&mut stream, &mut Lines, fallback, out),
        Layout::Values => each(&mut stream, &mut JsonValues::default(), fallback, out),
        Layout::Array => {
            skip_bracket(&mut stream);
            each(&mut stream, &mut JsonValues::default(), fallback, out)
        }
    }
}

/// Passes over the bracket that opens the list; it stands in the head, so reading cannot fail yet.
fn skip_bracket(stream: &mut Stream<'_>) {
    while let Some(byte) = stream.fill_buf().ok().and_then(|chunk| chunk.first().copied()) {
        stream.consume(1);
        if byte == b'[' {
            return;
        }
    }
}

fn each(
    stream: &mut dyn BufRead,
    scanner: &mut impl Scanner,
    fallback: Option<&'static Encoding>,
    out: &mut Out,
) -> Flow {
    let limit = out.options.max_record_bytes;
    // The first record waits until it is known whether it is the only one: then it is the file.
    let (mut first, mut member) = (None, 0u32);
    loop {
        let next = records::next(stream, scanner, limit);
        member = member.saturating_add(1);
        if matches!(&next, Next::Record(record) if is_blank(record)) {
            continue;
        }
        if let Some((record, at)) = first.take() {
            object(record, (next != Next::End).then_some(at), fallback, out)?;
        }
        match next {
            Next::Record(record) if member == 1 => first = Some((record, member)),
            Next::Record(record) => object(record, Some(member), fallback, out)?,
            Next::Unfinished(_) => {
                return out.fault(Some(member), "ends inside a record: fetch the file again");
            }
            Next::TooLong => out.fault(Some(member), too_large(limit))?,
            Next::Broken(reason) => return out.fault(Some(member), reason),
            Next::End => return Flow::Continue(()),
        }
    }
}

/// White space, the commas between records and the bracket that closes their list.
fn is_blank(record: &[u8]) -> bool {
    record.iter().all(|byte| byte.is_ascii_whitespace() || matches!(byte, b',' | b']'))
}

fn object(
    record: Vec<u8>,
    member: Option<u32>,
    fallback: Option<&'static Encoding>,
    out: &mut Out,
) -> Flow {
    let decoded = charset::decode_record(&record, fallback);
    let text = decoded.text.trim().trim_start_matches(',').trim_end_matches(',').trim();
    let (value, mended) = match parse(text) {
        Ok(parsed) => parsed,
        Err(error) => return out.fault(member, format!("is no JSON ({error}): mend or drop it")),
    };
    let Value::Object(object) = value else {
        return out.fault(member, "is no JSON object: a report is an object with a field for text");
    };
    let raw = record.trim_ascii();
    match Fields::of_json(&object, &out.options.fields).draft(trimmed(raw), "jsonl") {
        Ok(mut draft) => {
            draft.charset = decoded.charset.name().to_owned();
            draft.notices.extend(decoded.notices);
            if mended {
                let told = "The record is JSON only nearly: broken escapes, NaN or raw line breaks";
                draft.notices.push(notice("json", told));
            }
            out.report(member, draft)
        }
        Err(reason) => listed(&object, member, reason, out),
    }
}

/// The bytes of a record without the comma that a list puts after it.
fn trimmed(raw: &[u8]) -> &[u8] {
    let raw = raw.strip_prefix(b",").unwrap_or(raw).trim_ascii();
    raw.strip_suffix(b",").unwrap_or(raw).trim_ascii()
}

/// An answer of a news service: an object that holds the list of reports.
fn listed(
    object: &serde_json::Map<String, Value>,
    member: Option<u32>,
    reason: String,
    out: &mut Out,
) -> Flow {
    const LISTS: [&str; 11] = [
        "articles",
        "items",
        "results",
        "stories",
        "docs",
        "documents",
        "data",
        "news",
        "entries",
        "posts",
        "hits",
    ];
    let list = LISTS.iter().find_map(|name| object.get(*name)?.as_array());
    let Some(list) = list.filter(|list| list.iter().any(Value::is_object)) else {
        return out.fault(member, reason);
    };
    for (item, number) in list.iter().zip(1u32..) {
        let number = member.or(Some(number));
        match item.as_object().map(|item| item_draft(item, out)) {
            Some(Ok(draft)) => out.report(number, draft)?,
            Some(Err(reason)) => out.fault(number, reason)?,
            None => out.fault(number, "is no JSON object")?,
        }
    }
    Flow::Continue(())
}

fn item_draft(item: &serde_json::Map<String, Value>, out: &Out) -> Result<Draft, String> {
    let raw = serde_json::to_vec(item).unwrap_or_default();
    Fields::of_json(item, &out.options.fields).draft(&raw, "jsonl")
}

/// The value, and whether it had to be mended to be JSON.
fn parse(text: &str) -> Result<(Value, bool), serde_json::Error> {
    match serde_json::from_str(text) {
        Ok(value) => Ok((value, false)),
        Err(error) => match serde_json::from_str(&mend(text)) {
            Ok(value) => Ok((value, true)),
            Err(_) => Err(error),
        },
    }
}

/// Writes as JSON what exporters write instead of it: `NaN`, halves of surrogate pairs, line
/// breaks and controls inside strings.
fn mend(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let (mut quoted, mut rest) = (false, text);
    while let Some(char) = rest.chars().next() {
        let mut taken = char.len_utf8();
        match char {
            '"' => {
                quoted = !quoted;
                out.push('"');
            }
            '\\' if quoted => taken = mend_escape(rest, &mut out),
            '\n' if quoted => out.push_str("\\n"),
            '\r' if quoted => out.push_str("\\r"),
            '\t' if quoted => out.push_str("\\t"),
            '\0'..='\x1f' if quoted => out.push(' '),
            _ => match ["NaN", "-Infinity", "Infinity"].iter().find(|n| rest.starts_with(**n)) {
                Some(name) if !quoted => {
                    taken = name.len();
                    out.push_str("null");
                }
                _ => out.push(char),
            },
        }
        rest = &rest[taken..];
    }
    out
}

/// Writes one escape, and returns the bytes that it took of `rest`.
fn mend_escape(rest: &str, out: &mut String) -> usize {
    let unit = |at: usize| -> Option<u32> {
        let digits = rest.get(at..at + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(digits, 16).ok()
    };
    let pair = |at| matches!(unit(at), Some(0xdc00..=0xdfff));
    match (unit(0), rest.chars().nth(1)) {
        (Some(0xd800..=0xdbff), _) if pair(6) => {
            out.push_str(&rest[..12]);
            12
        }
        (Some(0xd800..=0xdfff), _) => {
            out.push_str("\\ufffd");
            6
        }
        (Some(_), _) => {
            out.push_str(&rest[..6]);
            6
        }
        (None, Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't')) => {
            out.push_str(&rest[..2]);
            2
        }
        // A lone backslash was meant as one.
        _ => {
            out.push_str("\\\\");
            1
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nearly_json_is_read() {
        let text = "{\"a\": NaN, \"b\": \"x\ny \\ud800 \\d \\ud83d\\ude00 NaN\"}";
        let (value, mended) = parse(text).unwrap();
        assert!(mended);
        assert_eq!(value["b"], "x\ny \u{fffd} \\d 😀 NaN");
        assert!(parse("{\"a\": }").is_err());
    }
}
