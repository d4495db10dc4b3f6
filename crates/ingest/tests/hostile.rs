//! Laws that hold for any bytes: reading never panics, and what it gives holds together.

use std::ops::ControlFlow;

use chancery_ingest::{Options, Report, read_bytes};
use chancery_text::Span;
use proptest::prelude::*;

const SEEDS: &[(&str, &str)] = &[
    ("a.txt", "Talks began.\r\nItâ€™s on, GarcÃ\u{ad}a said.\0\nEnd"),
    (
        "a.md",
        "---\ntitle: Talks\n---\n# Talks **began**\n\n> [Arlen](http://x) `code`\n\n![c](d)\n\n| a | b |\n|--|--|\n| c | d |\n",
    ),
    (
        "a.html",
        "<html lang=en><title>Talks began in Arlen - Post</title><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Talks\"}</script><nav>Home</nav><h1>Talks began in Arlen</h1><p>Envoys&nbsp;met, itâ€™s said.<table><tr><td>a<td>b</table><figure><figcaption>c</figcaption></figure><footer>x</footer>",
    ),
    (
        "a.jsonl",
        "{\"title\": \"Talks\", \"text\": \"<p>Envoys met.</p>\", \"authors\": [\"A. Bell\"]}\n{\"text\": \"\\ud83d\\ude00 \\u0000\"}\n",
    ),
    ("a.csv", "title,text,date\nTalks,\"Envoys, \"\"met\"\"\n\",2031\nx,y,z\n"),
    (
        "a.xml",
        "<?xml version='1.0' encoding='utf-8'?><rss><channel><title>P</title><item><title>A &amp; B</title><description><![CDATA[<p>Envoys met</p>]]></description><link>http://x.example</link></item></channel></rss>",
    ),
    (
        "a.warc",
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.example/\r\nContent-Length: 82\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>Hi\r\n0\r\n\r\n",
    ),
    (
        "a.eml",
        "From: A <a@x.example>\r\nSubject: =?utf-8?b?VGFsa3M=?=\r\nDate: Fri, 02 May 2031 10:00:00 +0200\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Hi\r\n--b--\r\n",
    ),
];

fn check(report: &Report) {
    let sound =
        |span: Span| assert!(report.text.get(span.range()).is_some(), "{span:?} in {report:?}");
    report.furniture.iter().for_each(|f| sound(f.span));
    report.parts.iter().for_each(|part| sound(part.span));
    report.alignment.repairs().iter().for_each(|repair| sound(repair.span));
    report.metadata.title_span.into_iter().for_each(sound);
    assert!(report.furniture.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
    assert!(!report.text.trim().is_empty());
    let _ = report.alignment.source(&report.text);
}

fn read(path: &str, bytes: &[u8]) -> Vec<Report> {
    let mut reports = Vec::new();
    read_bytes(path, bytes, &Options::default(), &mut |read| {
        reports.extend(read);
        ControlFlow::Continue(())
    });
    reports.iter().for_each(check);
    reports
}

#[test]
fn every_seed_gives_a_report() {
    for (path, text) in SEEDS {
        assert!(!read(path, text.as_bytes()).is_empty(), "{path}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn random_bytes_are_read(bytes: Vec<u8>, seed in 0..SEEDS.len()) {
        read(SEEDS[seed].0, &bytes);
    }

    #[test]
    fn damaged_documents_are_read(
        seed in 0..SEEDS.len(),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), "[<>\"'&;{}\\[\\],\r\n\0/=!âÃ€-]{0,6}"), 1..6),
    ) {
        let (path, text) = SEEDS[seed];
        let mut bytes = text.as_bytes().to_vec();
        for (at, length, with) in cuts {
            let start = at.index(bytes.len() + 1);
            let end = start + length.index(8).min(bytes.len() - start);
            bytes.splice(start..end, with.into_bytes());
        }
        read(path, &bytes);
    }

    #[test]
    fn the_same_bytes_give_the_same_reports(seed in 0..SEEDS.len()) {
        let (path, text) = SEEDS[seed];
        prop_assert_eq!(read(path, text.as_bytes()), read(path, text.as_bytes()));
    }
}
