//! Each format, whole and damaged.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::Write;
use std::ops::ControlFlow;

use chancery_ingest::{Fault, FieldMap, Input, Options, Report, read_bytes, read_input};

fn read_with(path: &str, bytes: &[u8], options: &Options) -> (Vec<Report>, Vec<Fault>) {
    let (mut reports, mut faults) = (Vec::new(), Vec::new());
    read_bytes(path, bytes, options, &mut |read| {
        match read {
            Ok(report) => reports.push(report),
            Err(fault) => faults.push(fault),
        }
        ControlFlow::Continue(())
    });
    (reports, faults)
}

fn read(path: &str, bytes: impl AsRef<[u8]>) -> (Vec<Report>, Vec<Fault>) {
    read_with(path, bytes.as_ref(), &Options::default())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn plain_text_keeps_its_line_breaks() {
    let (reports, faults) = read("a.txt", "Talks began.\r\n\r\nEnvoys met.\r\n");
    assert_eq!(reports[0].text, "Talks began.\r\n\r\nEnvoys met.\r\n");
    assert_eq!(reports[0].source.label(), "a.txt");
    assert!(faults.is_empty() && reports[0].furniture.is_empty());
}

#[test]
fn an_empty_or_blank_file_is_a_fault() {
    assert_eq!(read("a.txt", "").1[0].reason, "is empty: nothing was read from it");
    assert!(read("a.txt", " \n\0 ").1[0].reason.starts_with("holds no text"));
}

#[test]
fn an_input_that_is_not_there_is_a_fault() {
    let mut faults = Vec::new();
    read_input(&Input::file("nowhere.txt"), &Options::default(), &mut |read| {
        faults.extend(read.err());
        ControlFlow::Continue(())
    });
    assert!(faults[0].to_string().starts_with("nowhere.txt: cannot be opened"));
}

#[test]
fn jsonl_gives_a_report_a_line() {
    let lines = concat!(
        r#"{"title": "Talks begin", "maintext": "Envoys met.", "authors": ["Ada Dorn", "Bo Lind"], "date_publish": "2031-05-02 10:00:00", "source_domain": "arlen.example", "url": "https://arlen.example/a", "language": "en"}"#,
        "\n\n",
        r#"{"headline": "Talks end", "body": "Talks end\nEnvoys left.", "source": {"name": "The Arlen Post"}, "publishedAt": "2031-05-03T00:00:00Z", "author": null}"#,
        "\n",
        r#"{"title": "half a li"#,
    );
    let (reports, faults) = read("a.jsonl", lines);
    let [first, second] = &reports[..] else { panic!("two reports") };
    assert_eq!(first.text, "Talks begin\n\nEnvoys met.");
    assert_eq!(first.slice(first.metadata.title_span.unwrap()), "Talks begin");
    assert_eq!(
        first.parts.iter().map(|p| (p.field.as_str(), first.slice(p.span))).collect::<Vec<_>>(),
        [("title", "Talks begin"), ("body", "Envoys met.")]
    );
    assert_eq!(first.metadata.authors, ["Ada Dorn", "Bo Lind"]);
    assert_eq!(first.metadata.outlet.as_deref(), Some("arlen.example"));
    assert_eq!(first.source.member, Some(1));
    assert_eq!(second.text, "Talks end\nEnvoys left.");
    assert_eq!(second.slice(second.metadata.title_span.unwrap()), "Talks end");
    assert_eq!(second.metadata.outlet.as_deref(), Some("The Arlen Post"));
    assert_eq!((second.source.member, faults[0].member), (Some(3), Some(4)));
}

#[test]
fn a_json_file_is_one_object_or_a_list_of_them() {
    let one = "{\n \"title\": \"Talks\",\n \"text\": \"Envoys met.\"\n}\n";
    let (reports, _) = read("a.json", one);
    assert_eq!(
        (reports[0].text.as_str(), reports[0].source.member),
        ("Talks\n\nEnvoys met.", None)
    );
    let (list, faults) = read("a.json", format!("[{one}, {{\"x\": 1}},\n{one}]\n"));
    assert_eq!(list.iter().map(|r| r.source.member).collect::<Vec<_>>(), [Some(1), Some(3)]);
    assert!(faults[0].reason.contains("--field text="), "{}", faults[0]);
    assert_eq!(list[0].id, reports[0].id);
    let (answer, _) = read("a.json", format!("{{\"status\": \"ok\", \"articles\": [{one}]}}"));
    assert_eq!(answer[0].text, reports[0].text);
}

#[test]
fn html_inside_a_record_is_rendered() {
    let wordpress = r#"{"title": {"rendered": "Talks &#8217;31"}, "content": {"rendered": "<p>Envoys met.</p>\n<p>They left.</p>"}}"#;
    let (reports, _) = read("a.jsonl", wordpress);
    assert_eq!(reports[0].text, "Talks ’31\n\nEnvoys met.\n\nThey left.");
}

#[test]
fn fields_of_other_names_are_mapped() {
    let options = Options {
        fields: FieldMap::parse(["text=story.words", "title=h"]).unwrap(),
        ..Options::default()
    };
    let record = br#"{"h": "Talks", "story": {"words": "Envoys met."}, "text": "other"}"#;
    assert_eq!(read_with("a.jsonl", record, &options).0[0].text, "Talks\n\nEnvoys met.");
}

#[test]
fn a_table_gives_a_report_a_row() {
    let csv = "id,Title,Text,Date,Source\n1,Talks,\"Envoys met,\nand left.\",2031-05-02,Post\n\
               2,short\n3,More,Envoys came.,2031-05-03,Post\n";
    let (reports, faults) = read("a.csv", csv);
    assert_eq!(reports[0].text, "Talks\n\nEnvoys met,\nand left.");
    assert_eq!(reports[0].metadata.published.as_deref(), Some("2031-05-02"));
    assert_eq!(reports[1].source.member, Some(3));
    assert!(faults[0].to_string().starts_with("a.csv#2: has 2 fields where the head has 5"));
    let tsv = csv.replace(',', "\t");
    assert_eq!(read("a.tsv", tsv).0.len(), 2);
}

#[test]
fn a_table_without_text_says_which_columns_there_are() {
    let (_, faults) = read("a.csv", "id,colour\n1,red\n2,blue\n");
    assert_eq!(faults.len(), 1);
    assert!(faults[0].reason.contains("there are id, colour"));
}

#[test]
fn a_quote_that_is_never_closed_costs_one_row() {
    let (reports, faults) = read("a.csv", "title,text\n\"open,x\nTalks,Envoys met.\n");
    assert_eq!((reports.len(), faults.len()), (1, 1));
    assert_eq!(reports[0].text, "Talks\n\nEnvoys met.");
}

#[test]
fn rss_items_are_reports() {
    let rss = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>The Arlen Post</title><link>https://arlen.example/</link><language>en</language>
<image><title>Logo</title></image>
<item><title>Talks &amp; trade</title><link>https://arlen.example/a</link><pubDate>Fri, 02 May 2031 10:00:00 GMT</pubDate><dc:creator>Ada Dorn</dc:creator>
<description>Short.</description><content:encoded><![CDATA[<p>Envoys met.</p><p>They left &nbsp;early.</p>]]></content:encoded>
<media:content url="x.jpg"><media:title>Photo</media:title></media:content></item>
<item><title>Only a summary</title><guid>https://arlen.example/b</guid><description>Envoys &lt;b&gt;came&lt;/b&gt; &mdash; late & tired.</description></item>
<item><title>Nothing</title></item>
</channel></rss>"#;
    let (reports, faults) = read("feed.xml", rss);
    assert_eq!(reports[0].text, "Talks & trade\n\nEnvoys met.\n\nThey left early.");
    assert_eq!(reports[0].metadata.outlet.as_deref(), Some("The Arlen Post"));
    assert_eq!(reports[0].metadata.authors, ["Ada Dorn"]);
    assert_eq!(reports[0].metadata.url.as_deref(), Some("https://arlen.example/a"));
    assert_eq!(reports[1].text, "Only a summary\n\nEnvoys came — late & tired.");
    assert_eq!(reports[1].notices[0].code, "summary-only");
    assert_eq!(faults[0].member, Some(3));
}

#[test]
fn atom_entries_are_reports() {
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Arlen Wire</title>
<entry><title type="html">Talks &amp;amp; trade</title><link rel="edit" href="x"/><link href="https://arlen.example/a?b=1&amp;c=2"/>
<published>2031-05-02T10:00:00Z</published><updated>2031-05-02T11:00:00Z</updated><author><name>Bo Lind</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Envoys met.</p><p>They <b>left</b> 1 &lt; 2.</p></div></content></entry></feed>"#;
    let (reports, faults) = read("feed", atom);
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(reports[0].text, "Talks & trade\n\nEnvoys met.\n\nThey left 1 < 2.");
    assert_eq!(reports[0].metadata.url.as_deref(), Some("https://arlen.example/a?b=1&c=2"));
    assert_eq!(reports[0].metadata.authors, ["Bo Lind"]);
    assert_eq!(reports[0].metadata.modified.as_deref(), Some("2031-05-02T11:00:00Z"));
}

#[test]
fn a_feed_cut_short_gives_its_first_items() {
    let rss = "<rss><channel><item><title>A</title><description>Envoys met.</description></item><item><title>B";
    let (reports, _) = read("feed.xml", rss);
    assert_eq!(reports[0].text, "A\n\nEnvoys met.");
}

const PAGE: &str = "<!DOCTYPE html><html lang=en><head><title>Talks begin in Arlen today | Post</title></head>\
    <body><nav><a href=/>Home</a></nav><h1>Talks begin in Arlen today</h1><p>Envoys of both sides met in \
    Arlen on Monday, officials said, and agreed to meet again.</p><p>Neither side gave any details, \
    but both called the talks useful, frank, and long overdue.</p><footer>About us</footer></body></html>";

fn warc(body: &[u8], head: &str) -> Vec<u8> {
    let http = [format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n").as_bytes(), body].concat();
    let record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://arlen.example/a\r\n\
         Content-Type: application/http;msgtype=response\r\nContent-Length: {}\r\n\r\n",
        http.len()
    );
    [record.as_bytes(), &http, b"\r\n\r\n"].concat()
}

#[test]
fn a_page_has_one_id_wherever_it_is_read_from() {
    let (from_file, _) = read("a.html", PAGE);
    let chunked = format!("{:x}\r\n{PAGE}\r\n0\r\n\r\n", PAGE.len());
    let packed = gzip(PAGE.as_bytes());
    for archive in [
        warc(PAGE.as_bytes(), "Content-Type: text/html"),
        warc(chunked.as_bytes(), "Content-Type: text/html\r\nTransfer-Encoding: chunked"),
        warc(&packed, "Content-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip"),
    ] {
        let (reports, faults) = read("a.warc", &archive);
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!((reports[0].id, &reports[0].text), (from_file[0].id, &from_file[0].text));
        assert_eq!(reports[0].metadata.url.as_deref(), Some("https://arlen.example/a"));
        assert_eq!(reports[0].source.format, "warc");
    }
    let (from_gzip, _) = read("a.html.gz", gzip(PAGE.as_bytes()));
    assert_eq!(from_gzip[0].id, from_file[0].id);
    let zstd = zstd::encode_all(PAGE.as_bytes(), 1).unwrap();
    assert_eq!(read("a.html.zst", zstd).0[0].id, from_file[0].id);
}

#[test]
fn furniture_lies_around_the_article_and_the_title_is_none() {
    let report = &read("a.html", PAGE).0[0];
    let furniture: Vec<_> =
        report.furniture.iter().map(|f| (report.slice(f.span), f.reason.as_str())).collect();
    assert_eq!(furniture, [("Home", "navigation"), ("About us", "footer")]);
    assert_eq!(report.slice(report.metadata.title_span.unwrap()), "Talks begin in Arlen today");
    assert_eq!(report.metadata.title.as_deref(), Some("Talks begin in Arlen today"));
}

#[test]
fn a_warc_is_read_record_by_record() {
    let image = warc(b"\x89PNG", "Content-Type: image/png");
    let page = warc(PAGE.as_bytes(), "Content-Type: text/html");
    let text = "Envoys met.";
    let wet = format!(
        "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://arlen.example/b\r\n\
         Content-Type: text/plain\r\nContent-Length: {}\r\n\r\n{text}\r\n\r\n",
        text.len()
    );
    let members = [gzip(&image), gzip(&page), gzip(wet.as_bytes()), gzip(&page)];
    let mut archive = members.concat();
    let (reports, faults) = read("a.warc.gz", &archive);
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(
        reports.iter().map(|r| r.source.member).collect::<Vec<_>>(),
        [Some(2), Some(3), Some(4)]
    );
    archive.truncate(archive.len() - 40);
    let (reports, faults) = read("a.warc.gz", &archive);
    assert_eq!((reports.len(), faults.len()), (2, 1));
    assert!(faults[0].reason.contains("came before was read"), "{}", faults[0]);
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_wacz_is_a_zip_of_warcs() {
    let page = gzip(&warc(PAGE.as_bytes(), "Content-Type: text/html"));
    let archive = zip(&[("archive/data.warc.gz", &page), ("datapackage.json", b"{}")]);
    assert_eq!(read("a.wacz", &archive).0.len(), 1);
    let (_, faults) = read("a.docx", zip(&[("word/document.xml", b"<x/>")]));
    assert!(faults[0].reason.contains("Word"));
}

#[test]
fn mail_is_read_by_its_text() {
    let mail = "From: =?utf-8?q?Arlen_Post?= <digest@arlen.example>\r\nSubject: Morning =?utf-8?b?ZGlnZXN0?=\r\n\
                Date: Fri, 02 May 2031 10:00:00 +0200\r\nMIME-Version: 1.0\r\nMessage-ID: <1@x>\r\n\
                Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
                The caf=E9 talks began.\r\n";
    let (reports, faults) = read("a.eml", mail);
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(reports[0].text, "Morning digest\n\nThe café talks began.\r\n");
    assert_eq!(reports[0].metadata.published.as_deref(), Some("2031-05-02T10:00:00+02:00"));
    assert_eq!(reports[0].metadata.outlet.as_deref(), Some("arlen.example"));
    let mbox = format!(
        "From a@b Fri May  2 10:00:00 2031\n{mail}\nFrom a@b Fri May  2 11:00:00 2031\n{mail}"
    );
    assert_eq!(read("a.mbox", mbox).0.len(), 2);
}

#[test]
fn what_cannot_be_read_is_a_fault_with_advice() {
    for (bytes, told) in [
        (&b"%PDF-1.7\n..."[..], "convert it"),
        (b"\x89PNG\r\n\x1a\n\0", "image"),
        (b"\x00\x01\x02\x03\x04\x05binary\x06\x07\0\0\0\0", "binary"),
        (b"<?xml version='1.0'?><root/>", "unknown kind"),
    ] {
        let (reports, faults) = read("a.bin", bytes);
        assert!(reports.is_empty() && faults[0].reason.contains(told), "{faults:?}");
    }
}

#[test]
fn a_bad_gzip_tail_keeps_what_came_before() {
    let lines = "{\"text\": \"Envoys met again.\"}\n".repeat(20_000);
    let mut packed = gzip(lines.as_bytes());
    packed.truncate(packed.len() / 2);
    let (reports, faults) = read("a.jsonl.gz", packed);
    assert!(1000 < reports.len() && faults.len() == 1);
    let mut packed = gzip("Envoys met. ".repeat(50_000).as_bytes());
    packed.truncate(packed.len() / 2);
    let (reports, faults) = read("a.txt.gz", packed);
    assert_eq!((reports.len(), faults.len()), (1, 1));
    assert_eq!(reports[0].notices[0].code, "truncated");
}

#[test]
fn decompression_bombs_are_faults() {
    let zeros = gzip(&vec![b' '; 100 << 20]);
    let (reports, faults) = read("a.txt.gz", &zeros);
    assert!(reports.is_empty() && !faults.is_empty());
    assert!(
        faults.iter().any(|f| f.reason.contains("bomb") || f.reason.contains("larger")),
        "{faults:?}"
    );
    let nested = gzip(&gzip(&gzip(&gzip(&zeros))));
    let (reports, faults) = read("a.txt.gz", nested);
    assert!(reports.is_empty() && faults.len() == 1, "{faults:?}");
    let wacz = zip(&[("archive/a.warc.gz", &zeros)]);
    let (reports, faults) = read("a.wacz", wacz);
    assert!(reports.is_empty() && faults.len() == 1, "{faults:?}");
}

#[test]
fn a_huge_line_is_cut_and_a_huger_one_is_a_fault() {
    let long = format!("{{\"text\": \"{}\"}}\n{{\"text\": \"next\"}}\n", "word ".repeat(2 << 20));
    let (reports, faults) = read("a.jsonl", &long);
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!((reports[0].text.len(), reports[1].text.as_str()), (8 << 20, "next"));
    assert_eq!(reports[0].notices[0].code, "truncated");
    let options = Options { max_record_bytes: 1 << 20, ..Options::default() };
    let (reports, faults) = read_with("a.jsonl", long.as_bytes(), &options);
    assert_eq!((reports.len(), faults[0].member), (1, Some(1)));
}

#[test]
fn pages_made_to_break_parsers_are_read_in_time() {
    let start = std::time::Instant::now();
    let many = 100_000;
    let pages = [
        format!("<html>{}deep words{}", "<div>".repeat(many), "</div>".repeat(many)),
        format!("<html>deep words{}", "<div><table><tr><td></div>".repeat(many)),
        format!("<html>{}deep words", (0..many).map(|n| format!("<b a{n}>")).collect::<String>()),
        format!("<html><p {}>deep words", (0..many).map(|n| format!("a{n} ")).collect::<String>()),
        format!("<html>{}deep words", "<p><b><i><u><font color=x>x".repeat(many)),
        format!("<html>{}deep words", "<svg><td>".repeat(many)),
        format!("<html>deep words{}", "<!--".repeat(many)),
        format!("<html>deep words{}", "<script>".repeat(many)),
        format!("<html>deep words{}", "<select><option>x<button>".repeat(many)),
        format!("<html>deep words{}", "<a href=x><table>".repeat(many)),
        format!("<html>deep words{}", "<ruby><rt>".repeat(many)),
        format!("<html>deep words{}", "<br>".repeat(many)),
        format!("<html>deep words{}", "<p>a, b, c".repeat(many)),
        format!("<html>{}deep words", "<div hidden><span>".repeat(many)),
    ];
    for (at, page) in pages.iter().enumerate() {
        let one = std::time::Instant::now();
        let (reports, faults) = read("a.html", page);
        assert_eq!(reports.len() + faults.len(), 1);
        assert!(one.elapsed().as_secs() < 20, "page {at} took {:?}", one.elapsed());
        println!("page {at}: {:?}", one.elapsed());
    }
    assert!(start.elapsed().as_secs() < 120);
}

#[test]
fn a_reader_may_stop_at_any_report() {
    let lines = "{\"text\": \"Envoys met.\"}\n".repeat(10);
    let mut count = 0;
    read_bytes("a.jsonl", lines.as_bytes(), &Options::default(), &mut |_| {
        count += 1;
        if count == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(count, 3);
}

#[test]
fn utf16_is_read_with_and_without_its_mark() {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    let text = "Talks began in Arlen – the envoys said.";
    let marked = [b"\xff\xfe".to_vec(), wide(text)].concat();
    for bytes in [wide(text), marked] {
        let (reports, faults) = read("a.txt", bytes);
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(
            (reports[0].text.as_str(), reports[0].source.charset.as_str()),
            (text, "UTF-16LE")
        );
    }
    let csv = [b"\xff\xfe".to_vec(), wide("title,text\nTalks,Envoys met.\n")].concat();
    assert_eq!(read("a.csv", csv).0[0].text, "Talks\n\nEnvoys met.");
}
