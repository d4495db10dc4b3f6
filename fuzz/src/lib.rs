//! What is fuzzed: each target takes any bytes and panics if a law is broken.

use std::ops::ControlFlow;

use chancery_annotate::{Kit, annotate, clean};
use chancery_ingest::{Options, Report, read_bytes};
use chancery_text::Span;

/// A target: its name, what it does, and what its inputs begin from.
pub struct Target {
    pub name: &'static str,
    pub run: fn(&[u8]),
    pub seeds: &'static [&'static [u8]],
}

/// Every target. One line each.
pub const TARGETS: &[Target] = &[
    Target { name: "read_html", run: read_html, seeds: HTML },
    Target { name: "read_jsonl", run: read_jsonl, seeds: JSON },
    Target { name: "read_csv", run: read_csv, seeds: CSV },
    Target { name: "read_feed", run: read_feed, seeds: FEED },
    Target { name: "read_warc", run: read_warc, seeds: WARC },
    Target { name: "read_any", run: read_any, seeds: ANY },
    Target { name: "clean", run: clean_text, seeds: PAGES },
    Target { name: "annotate", run: annotate_text, seeds: PAGES },
];

pub fn read_html(bytes: &[u8]) {
    read("a.html", bytes);
}

pub fn read_jsonl(bytes: &[u8]) {
    read("a.jsonl", bytes);
}

pub fn read_csv(bytes: &[u8]) {
    read("a.csv", bytes);
}

pub fn read_feed(bytes: &[u8]) {
    read("a.xml", &[b"<rss>", bytes].concat());
}

pub fn read_warc(bytes: &[u8]) {
    read("a.warc", &[b"WARC/1.0\r\n", bytes].concat());
}

/// The first byte picks a name, so that every reader is reached.
pub fn read_any(bytes: &[u8]) {
    const NAMES: [&str; 10] =
        ["a", "a.txt", "a.md", "a.html", "a.json", "a.tsv", "a.eml", "a.mbox", "a.gz", "a.wacz"];
    let Some((first, rest)) = bytes.split_first() else { return };
    read(NAMES[*first as usize % NAMES.len()], rest);
}

/// The cleaner: prose and residue are apart, in order, and slice the text.
pub fn clean_text(bytes: &[u8]) {
    let report = Report::from_text("a.txt", &String::from_utf8_lossy(bytes));
    let cleaned = clean::clean(&report, &Kit::embedded().clean);
    let sound = |span: Span| assert!(report.text.get(span.range()).is_some(), "{span:?}");
    cleaned.prose.iter().copied().for_each(sound);
    assert!(cleaned.prose.windows(2).all(|pair| pair[0].end <= pair[1].start), "prose is in order");
    for row in &cleaned.residue {
        sound(row.span);
        let apart = cleaned.prose.iter().all(|span| !span.overlaps(row.span));
        assert!(apart, "residue {:?} lies in prose", row.span);
    }
    for row in &cleaned.credits {
        sound(row.span);
        assert!(row.span.contains(row.name_span), "a credit holds its name");
    }
}

/// Every stage: spans of every layer slice the text.
pub fn annotate_text(bytes: &[u8]) {
    let report = Report::from_text("a.txt", &String::from_utf8_lossy(bytes));
    let annotations = annotate(&report, Kit::embedded());
    let sound = |span: Span| assert!(report.text.get(span.range()).is_some(), "{span:?}");
    annotations.tokens.iter().for_each(|token| sound(token.span));
    assert_eq!(annotations.tokens.len(), annotations.syntax.words.len());
    let observed = &annotations.observed;
    observed.mentions.iter().for_each(|row| sound(row.span));
    observed.times.iter().for_each(|row| sound(row.span));
    observed.figures.iter().for_each(|row| sound(row.span));
    observed.quotations.iter().flat_map(|row| &row.contents).for_each(|span| sound(*span));
    observed.events.iter().for_each(|row| sound(row.span));
    observed.undertakings.iter().for_each(|row| sound(row.span));
    observed.relations.iter().for_each(|row| sound(row.span));
}

/// Small limits, so that what lies beyond them is reached too.
fn read(path: &str, bytes: &[u8]) {
    let options =
        Options { max_report_bytes: 4096, max_record_bytes: 1 << 20, ..Options::default() };
    let mut left = 1000;
    read_bytes(path, bytes, &options, &mut |read| {
        if let Ok(report) = read {
            check(&report);
        }
        left -= 1;
        if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
}

fn check(report: &Report) {
    let sound = |span: Span| assert!(report.text.get(span.range()).is_some(), "{span:?}");
    report.furniture.iter().for_each(|furniture| sound(furniture.span));
    report.parts.iter().for_each(|part| sound(part.span));
    report.alignment.repairs().iter().for_each(|repair| sound(repair.span));
    report.metadata.title_span.into_iter().for_each(sound);
    assert!(!report.text.trim().is_empty(), "an empty report is a fault");
    // Control characters become spaces and mojibake only shrinks, but a sign may grow by a byte.
    assert!(report.text.len() <= 3 * 4096, "the limit holds");
    let _ = report.alignment.source(&report.text);
}

const HTML: &[&[u8]] = &[
    include_bytes!("../../crates/ingest/tests/pages/wordpress/page.html"),
    include_bytes!("../../crates/ingest/tests/pages/table-layout/page.html"),
    include_bytes!("../../crates/ingest/tests/pages/cyrillic/page.html"),
    include_bytes!("../../crates/ingest/tests/pages/amp/page.html"),
    "<p>It\u{e2}\u{20ac}\u{2122}s on<table><tr><td>a<td>b</table><pre>x\n\ny</pre><svg><a>"
        .as_bytes(),
];
const JSON: &[&[u8]] = &[
    b"{\"title\": \"Talks\", \"text\": \"<p>Envoys met.</p>\", \"authors\": [\"A. Bell\"]}\n{\"body\": \"\\ud83d\\ude00\"}\n",
    b"[{\"headline\": {\"rendered\": \"A\"}, \"content\": \"Envoys met.\", \"source\": {\"name\": \"P\"}},\n {\"text\": NaN}]",
    b"{\"articles\": [{\"title\": \"a\", \"description\": \"Envoys met\"}, 3]}",
];
const CSV: &[&[u8]] = &[
    b"title,text,date\nTalks,\"Envoys, \"\"met\"\"\n\",2031\nx,y,z\n",
    b"id;headline;body;authors\n1;A;Envoys met;['A. Bell', 'C. Dorn']\n",
];
const FEED: &[&[u8]] = &[
    b"<channel><title>P</title><item><title>A &amp; B</title><description><![CDATA[<p>Envoys met</p>]]></description><link>http://x.example</link><pubDate>x</pubDate></item></channel></rss>",
    b"</rss><feed xml:lang='en'><entry><title type='html'>A &amp;amp; B</title><link href='x' rel='alternate'/><content type='xhtml'><div><p>Envoys &nbsp; met</p></div></content><author><name>A</name></author></entry></feed>",
];
const WARC: &[&[u8]] = &[
    b"WARC-Type: response\r\nWARC-Target-URI: http://x.example/\r\nContent-Length: 82\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>Hi\r\n0\r\n\r\n\r\n\r\n",
    b"WARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nHello\r\n\r\nWARC/1.0\r\n",
];
const ANY: &[&[u8]] = &[
    b"\x02---\ntitle: Talks\nauthors: [A, B]\n---\n# Talks **began**\n\n> [Arlen](http://x) `code`\n\n![c](d)\n",
    b"\x06From: A <a@x.example>\r\nSubject: =?utf-8?b?VGFsa3M=?=\r\nDate: Fri, 02 May 2031 10:00:00 +0200\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Hi\r\n--b--\r\n",
    b"\x07From a@b Fri May  2 10:00:00 2031\nFrom: a@b\nSubject: x\nMessage-ID: 1\n\nEnvoys met\n\nFrom a@b Fri\nSubject: y\n\nThey left\n",
    b"\x08\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x73\xcd\x2b\xcb\xaf\x2c\x56\xc8\x4d\x2d\xd1\x03\x00\x07\x0d\x09\x6c\x0c\x00\x00\x00",
    b"\x09PK\x03\x04\x14\x00\x00\x00\x00\x00\x00\x00!\x00",
    b"\x01It\xe2\x80\x99s \xc3\xa2\xe2\x82\xac\xe2\x84\xa2 caf\xe9 \x00 \xff",
    b"\x01\xff\xfeT\x00a\x00l\x00k\x00s\x00",
];

const PAGES: &[&[u8]] = &[
    include_bytes!("../../examples/reports/grain-03-harbour-courier.txt"),
    include_bytes!("../../examples/reports/grain-06-cafe-atlantic.txt"),
    include_bytes!("../../examples/reports/saudi-iran-02-daily-lantern.txt"),
    include_bytes!("../../examples/reports/sorvia-02-marlowes-window.txt"),
    include_bytes!("../../examples/reports/sorvia-07-world-brief-hub.txt"),
];
