//! Prints times and quotations as rows for a scorer. Reads lines `PATH<tab>DATE` from standard
//! input; offsets are code points. The scorers that read gold stand outside the repository.
#![expect(clippy::print_stdout, reason = "an example prints")]

use std::io::BufRead;
use std::time::Instant;

use chancery_annotate::date::ReportDate;
use chancery_annotate::{Kit, Observed, Read, annotate, figure, quotation, time};
use chancery_text::{Interval, Report, Span};

fn main() {
    let kit = Kit::embedded();
    let (mut words, mut spent) = (0, 0.0);
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let (path, day) = line.split_once('\t').unwrap_or((&line, ""));
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        let report = Report::from_text(path, &text);
        let annotations = annotate(&report, kit);
        let read = Read {
            report: &report,
            sentences: &annotations.sentences,
            tokens: &annotations.tokens,
            syntax: &annotations.syntax,
        };
        let interval = day.parse().map(Interval::day).unwrap_or_default();
        let date = ReportDate { interval, ..ReportDate::default() };
        let start = Instant::now();
        let found = time::expressions(&report, read.sentences, read.tokens, &kit.times);
        let quotations = quotation::find(read, &annotations.observed.mentions, &kit.quotations);
        let times = time::resolve(read, &found, &date, &quotations);
        let observed = Observed { times, ..annotations.observed.clone() };
        let figures = figure::find(read, &observed, &kit.figures);
        spent += start.elapsed().as_secs_f64();
        words += annotations.tokens.len();
        println!("FILE\t{path}");
        let points = |span: Span| {
            let at = |byte: u32| text[..byte as usize].chars().count();
            format!("{}-{}", at(span.start), at(span.end))
        };
        for time in &observed.times {
            println!("T\t{}\t{}\t{}", points(time.span), time.timex, time.value);
        }
        for figure in &figures {
            println!("F\t{}", points(figure.span));
        }
        for q in &quotations {
            let contents: Vec<_> = q.contents.iter().map(|content| points(*content)).collect();
            let part = |span: Option<Span>| span.map_or("-".to_owned(), points);
            println!("Q\t{}\t{}\t{}\t{}", contents.join(","), part(q.source), part(q.cue), q.kind);
        }
    }
    println!(
        "SPEED\t{words}\t{:.3} microseconds a word",
        spent * 1e6 / f64::from(words.max(1) as u32)
    );
}
