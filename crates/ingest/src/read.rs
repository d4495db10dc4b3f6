//! One input to its reports and faults: opened, unpacked, recognised, handed to its format's reader.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek};
use std::ops::ControlFlow;

use chancery_text::Report;

use crate::draft::{Draft, notice};
use crate::sniff::{self, Format};
use crate::unpack::{self, Opened, Stream};
use crate::{
    Fault, Input, Options, charset, feed, html, json, mail, markdown, plain, table, wacz, warc,
};

/// Whether to go on. The reader of a batch may stop at any report.
pub(crate) type Flow = ControlFlow<()>;

/// Where reports and faults go.
pub(crate) type Sink<'a> = dyn FnMut(Result<Report, Fault>) -> Flow + 'a;

/// Reads one input and hands each report and each fault to `sink`, in the order of the file, until
/// `sink` breaks. Never panics. Memory is bounded by the limits of one record, however large the
/// file: containers are streamed.
pub fn read_input(
    input: &Input,
    options: &Options,
    sink: &mut dyn FnMut(Result<Report, Fault>) -> ControlFlow<()>,
) {
    let mut out = Out { path: &input.path, options, sink };
    // A break only says that nobody listens any more.
    let _ = match (&input.fault, input.path.as_str()) {
        (Some(reason), _) => out.fault(None, reason.clone()),
        (None, "-") => read_stream(std::io::stdin().lock(), &mut out),
        (None, _) => read_file(input, &mut out),
    };
}

/// Reads bytes already in memory, as if they were the file at `path`.
pub fn read_bytes(
    path: &str,
    bytes: &[u8],
    options: &Options,
    sink: &mut dyn FnMut(Result<Report, Fault>) -> ControlFlow<()>,
) {
    let mut out = Out { path, options, sink };
    let _ = match sniff::is_zip(bytes) {
        true => wacz::read(Cursor::new(bytes), &mut out),
        false => read_stream(bytes, &mut out),
    };
}

/// One file's way out.
pub(crate) struct Out<'a, 's> {
    pub path: &'a str,
    pub options: &'a Options,
    pub sink: &'a mut Sink<'s>,
}

impl Out<'_, '_> {
    pub fn report(&mut self, member: Option<u32>, draft: Draft) -> Flow {
        match draft.finish(self.path, member, self.options) {
            Ok(report) => (self.sink)(Ok(report)),
            Err(reason) => self.fault(member, reason),
        }
    }

    pub fn fault(&mut self, member: Option<u32>, reason: impl Into<String>) -> Flow {
        (self.sink)(Err(Fault { path: self.path.to_owned(), member, reason: reason.into() }))
    }
}

fn read_file(input: &Input, out: &mut Out) -> Flow {
    let mut file = match File::open(&input.file) {
        Ok(file) => file,
        Err(error) => return out.fault(None, format!("cannot be opened: {error}")),
    };
    let mut magic = [0; 4];
    let seen = file.read(&mut magic).unwrap_or(0);
    if sniff::is_zip(&magic[..seen]) {
        return wacz::read(BufReader::new(file), out);
    }
    match file.rewind() {
        Ok(()) => read_stream(file, out),
        // A pipe cannot be rewound, but what was read of it can be put before it.
        Err(_) => read_stream(Cursor::new(magic[..seen].to_vec()).chain(file), out),
    }
}

fn read_stream<'r>(reader: impl Read + 'r, out: &mut Out) -> Flow {
    let opened = match unpack::open(reader, out.options) {
        Ok(opened) => opened,
        Err(reason) => return out.fault(None, reason),
    };
    match sniff::format(&opened.head, out.path) {
        Ok(Format::Zip) => {
            let mut stream = opened.stream;
            match unpack::read_whole(&mut stream, out.options.max_record_bytes) {
                (_, Some(reason)) => out.fault(None, reason),
                (bytes, None) => wacz::read(Cursor::new(bytes), out),
            }
        }
        Ok(format) => read_format(format, opened, out),
        Err(reason) => broken_head(opened, reason, out),
    }
}

/// An unknown head may be the little that a damaged stream gave: then the damage is the reason.
fn broken_head(opened: Opened<'_>, reason: String, out: &mut Out) -> Flow {
    let mut stream = opened.stream;
    match opened.head.len() < unpack::HEAD {
        true => match unpack::read_whole(&mut stream, unpack::HEAD as u64) {
            (_, Some(damage)) => out.fault(None, damage),
            (_, None) => out.fault(None, reason),
        },
        false => out.fault(None, reason),
    }
}

fn read_format(format: Format, opened: Opened<'_>, out: &mut Out) -> Flow {
    let Opened { head, stream } = opened;
    match format {
        Format::Json(_) | Format::Table(_) | Format::Feed => {
            let (head, stream) = match in_utf8(head, stream, out) {
                Ok(opened) => opened,
                Err(reason) => return out.fault(None, reason),
            };
            match format {
                Format::Json(layout) => json::read(stream, &head, layout, out),
                Format::Table(delimiter) => table::read(stream, &head, delimiter, out),
                _ => feed::read(stream, out),
            }
        }
        Format::Warc => warc::read(stream, &mut 0, out),
        Format::Mbox => mail::read_mbox(stream, out),
        Format::Text => read_document(stream, out, |bytes, _| plain::draft(bytes, None, "text")),
        Format::Markdown => read_document(stream, out, |bytes, _| markdown::draft(bytes)),
        Format::Html => {
            read_document(stream, out, |bytes, options| html::draft(bytes, None, options))
        }
        Format::Mail => read_document(stream, out, mail::draft),
        Format::Zip => out.fault(None, "is a zip archive in another: unpack it first"),
    }
}

/// A file that is one report. What a damaged file still gave is a report beside the fault.
fn read_document(
    mut stream: Stream<'_>,
    out: &mut Out,
    draft: impl FnOnce(&[u8], &Options) -> Draft,
) -> Flow {
    let (bytes, damage) = unpack::read_whole(&mut stream, out.options.max_record_bytes);
    if !bytes.is_empty() {
        let mut draft = draft(&bytes, out.options);
        if damage.is_some() {
            draft.notices.push(notice("truncated", "The file is damaged: its beginning was read"));
        }
        out.report(None, draft)?;
    }
    match damage {
        Some(reason) => out.fault(None, reason),
        None => Flow::Continue(()),
    }
}

/// Containers are cut into records by their bytes, so UTF-16 is brought to UTF-8 first.
fn in_utf8<'r>(
    head: Vec<u8>,
    mut stream: Stream<'r>,
    out: &Out,
) -> Result<(Vec<u8>, Stream<'r>), String> {
    let marked = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    if !marked && charset::utf16_without_mark(&head).is_none() {
        return Ok((head, stream));
    }
    match unpack::read_whole(&mut stream, out.options.max_record_bytes) {
        (_, Some(reason)) => Err(reason),
        (bytes, None) => {
            let text = charset::decode_plain(&bytes, None).text;
            let head = text.as_bytes()[..text.len().min(unpack::HEAD)].to_vec();
            Ok((head, Box::new(Cursor::new(text.into_bytes()))))
        }
    }
}
