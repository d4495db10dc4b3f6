//! How fast reports are read: `cargo run --release -p chancery-ingest --example throughput`.
#![expect(clippy::print_stdout, reason = "a measurement is for a person")]

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use chancery_ingest::{Options, read_bytes};

fn main() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pages");
    let pages: Vec<Vec<u8>> = std::fs::read_dir(folder)
        .expect("the test pages are in the tree")
        .filter_map(|entry| std::fs::read(entry.ok()?.path().join("page.html")).ok())
        .collect();
    let bytes: usize = pages.iter().map(Vec::len).sum();
    let (rounds, time) = repeated(|| pages.iter().for_each(|page| read("a.html", page)));
    let rate = rounds as f64 / time.as_secs_f64();
    println!("HTML: {:.0} pages/s, {:.1} MB/s", rate * pages.len() as f64, mega(rate, bytes));

    // The same page made as long as pages of the web are.
    let long = [b"<body>".to_vec(), pages.concat()].concat();
    let (rounds, time) = repeated(|| read("a.html", &long));
    let rate = rounds as f64 / time.as_secs_f64();
    println!(
        "HTML, {} KiB a page: {rate:.0} pages/s, {:.1} MB/s",
        long.len() >> 10,
        mega(rate, long.len())
    );

    let text =
        "Envoys of both sides met in Arlen on Monday and agreed to meet again, officials said. ";
    let record = |n: usize| {
        let body = text.repeat(40);
        format!(
            "{{\"title\": \"Talks {n}\", \"text\": \"{body}\", \"date_publish\": \"2031-05-02\", \"url\": \"https://arlen.example/{n}\"}}\n"
        )
    };
    let lines: String = (0..1000).map(record).collect();
    let (rounds, time) = repeated(|| read("a.jsonl", lines.as_bytes()));
    let rate = rounds as f64 / time.as_secs_f64();
    println!("JSONL: {:.0} records/s, {:.0} MB/s", rate * 1000.0, mega(rate, lines.len()));
}

fn mega(rate: f64, bytes: usize) -> f64 {
    rate * bytes as f64 / 1e6
}

fn repeated(mut job: impl FnMut()) -> (usize, Duration) {
    let start = Instant::now();
    let mut rounds = 0;
    while start.elapsed() < Duration::from_secs(3) {
        job();
        rounds += 1;
    }
    (rounds, start.elapsed())
}

fn read(path: &str, bytes: &[u8]) {
    read_bytes(path, bytes, &Options::default(), &mut |read| {
        std::hint::black_box(&read);
        ControlFlow::Continue(())
    });
}
