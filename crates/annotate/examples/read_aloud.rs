//! Prints what times, figures and quotations read from the files given, for a person to judge.
#![expect(clippy::print_stdout, reason = "an example prints")]

use std::time::Instant;

use chancery_annotate::{Annotations, Kit, annotate};
use chancery_text::{Report, Span};

fn main() {
    let kit = Kit::embedded();
    for path in std::env::args().skip(1) {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let report = Report::from_text(&path, &text);
        let start = Instant::now();
        let annotations = annotate(&report, kit);
        println!("=== {path} {:?} {} tokens", start.elapsed(), annotations.tokens.len());
        show(&report, &annotations);
    }
}

fn show(report: &Report, annotations: &Annotations) {
    let words = |span: Span| report.slice(span).replace('\n', " ⏎ ");
    let maybe = |span: Option<Span>| span.map_or("-".to_owned(), words);
    let observed = &annotations.observed;
    println!("date {} {}", observed.date.interval, observed.date.basis);
    for time in &observed.times {
        println!(
            "T {:<24} {:<8} {:<14} {}",
            words(time.span),
            time.timex,
            time.value,
            time.interval
        );
    }
    for figure in &observed.figures {
        println!(
            "F {} | {:?} {:?} {} {} | {} | {}",
            words(figure.span),
            figure.low,
            figure.high,
            figure.bound,
            figure.unit.as_deref().unwrap_or("-"),
            maybe(figure.counted),
            figure.state.as_deref().unwrap_or("-"),
        );
    }
    for q in &observed.quotations {
        let contents: Vec<_> = q.contents.iter().map(|content| words(*content)).collect();
        println!(
            "Q {}{}{} | {} | {} | {}{}",
            q.kind,
            if q.denied { " denied" } else { "" },
            if q.within.is_some() { " within" } else { "" },
            maybe(q.source),
            maybe(q.cue),
            contents.join(" ⁂ "),
            if q.speaker.is_some() { " | speaker" } else { "" },
        );
    }
}
