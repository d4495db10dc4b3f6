//! Seconds of the language core on one core, as JSON: `language FILE [ROUNDS]`. Each line of the file is a
//! block of prose; an empty line ends a report.
#![expect(clippy::print_stdout, reason = "a program that prints what it measured")]

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use chancery_annotate::coreference::{self, CoreferenceKit};
use chancery_annotate::name::{self, NameKit};
use chancery_annotate::role::{self, RoleKit};
use chancery_annotate::syntax::{self, SyntaxKit};
use chancery_annotate::{Read, segment};
use chancery_text::{Report, Span};
use serde_json::json;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(path) = arguments.next() else {
        eprintln!("usage: language FILE [ROUNDS]");
        return ExitCode::from(2);
    };
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(fault) => {
            eprintln!("cannot read {path}: {fault}");
            return ExitCode::FAILURE;
        }
    };
    let rounds: usize = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(3);
    // The names look into the lexicon of actors, which is no model: it is made by the first.
    black_box(NameKit::embedded());
    let start = Instant::now();
    let (syntax, names) = (SyntaxKit::embedded(), NameKit::embedded());
    let (roles, chains) = (RoleKit::embedded(), CoreferenceKit::embedded());
    let loading = start.elapsed();
    let reports: Vec<_> = text.split("\n\n").map(report).collect();
    let mut words = 0;
    let [mut trees, mut named, mut told, mut linked] = [Duration::ZERO; 4];
    for _ in 0..rounds {
        for (report, prose) in &reports {
            let start = Instant::now();
            let sentences = segment::sentences(report, prose);
            let tokens = segment::tokens(report, &sentences);
            let read = syntax::parse(report, &sentences, &tokens, &syntax);
            trees += start.elapsed();
            let text = Read { report, sentences: &sentences, tokens: &tokens, syntax: &read };
            let start = Instant::now();
            black_box(name::find(text, &names, None));
            named += start.elapsed();
            let start = Instant::now();
            black_box(role::find(&sentences, &read, &roles));
            told += start.elapsed();
            let start = Instant::now();
            black_box(coreference::find(text, &chains));
            linked += start.elapsed();
            words += tokens.len();
        }
    }
    let measured = json!({
        "words": words, "loading_seconds": loading.as_secs_f64(),
        "syntax_seconds": trees.as_secs_f64(), "name_seconds": named.as_secs_f64(),
        "role_seconds": told.as_secs_f64(), "coreference_seconds": linked.as_secs_f64(),
        "core_seconds": (trees + named + told + linked).as_secs_f64(),
    });
    println!("{measured}");
    ExitCode::SUCCESS
}

fn report(block: &str) -> (Report, Vec<Span>) {
    let (mut at, mut prose) = (0, Vec::new());
    for line in block.split_inclusive('\n') {
        prose.push(Span::of(at..at + line.len()).trim(block));
        at += line.len();
    }
    (Report::from_text("text", block), prose)
}
