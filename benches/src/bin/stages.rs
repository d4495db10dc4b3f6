//! Words a second of each stage on one core, over the reports of a folder or file:
//! `stages [PATH] [ROUNDS]`, the example corpus by default.
#![expect(clippy::print_stdout, reason = "a program that prints what it measured")]

use std::hint::black_box;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use chancery_annotate::{
    Kit, Read, clean, coreference, date, event, figure, language, mention, name, place, quotation,
    relation, role, segment, syntax, time, undertaking,
};
use chancery_ingest::{Options, find_inputs, read_input};
use chancery_resolve::{Reading, block};
use chancery_text::Report;

struct Clock {
    stages: Vec<(&'static str, Duration)>,
}

impl Clock {
    fn time<T>(&mut self, stage: &'static str, run: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let value = black_box(run());
        let took = start.elapsed();
        match self.stages.iter_mut().find(|(name, _)| *name == stage) {
            Some((_, sum)) => *sum += took,
            None => self.stages.push((stage, took)),
        }
        value
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().unwrap_or_else(|| "examples/reports".to_owned());
    let rounds: usize = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(3);
    let start = Instant::now();
    let kit = Kit::embedded();
    println!("kit made in {:.0} ms", start.elapsed().as_secs_f64() * 1000.0);
    let start = Instant::now();
    let reports = reports(&path);
    println!("{} reports ingested in {:.2} s", reports.len(), start.elapsed().as_secs_f64());
    let mut clock = Clock { stages: Vec::new() };
    let mut words = 0;
    for _ in 0..rounds {
        for report in &reports {
            words += read(report, kit, &mut clock);
        }
    }
    let total: Duration = clock.stages.iter().map(|stage| stage.1).sum();
    println!("{:<14} {:>12} {:>14} {:>7}", "stage", "µs a word", "words a second", "share");
    for (stage, took) in clock.stages.iter().chain(&[("all", total)]) {
        let each = took.as_secs_f64() / words as f64;
        let share = 100.0 * took.as_secs_f64() / total.as_secs_f64();
        println!("{stage:<14} {:>12.3} {:>14.0} {share:>6.1}%", each * 1e6, 1.0 / each);
    }
}

fn reports(path: &str) -> Vec<Report> {
    let mut reports = Vec::new();
    for input in find_inputs(&[path.to_owned()]) {
        read_input(&input, &Options::default(), &mut |found| {
            reports.extend(found);
            ControlFlow::Continue(())
        });
    }
    reports
}

/// What `annotate` does, stage by stage.
fn read(report: &Report, kit: &Kit, clock: &mut Clock) -> usize {
    let cleaned = clock.time("clean", || clean::clean(report, &kit.clean));
    let language = clock.time("language", || language::identify(report, &cleaned.prose));
    let sentences = clock.time("sentences", || segment::sentences(report, &cleaned.prose));
    let tokens = clock.time("tokens", || segment::tokens(report, &sentences));
    if !language.read {
        return 0;
    }
    let mut observed = chancery_annotate::Observed::default();
    let expressions =
        clock.time("time", || time::expressions(report, &sentences, &tokens, &kit.times));
    observed.date = clock.time("date", || date::infer(report, &cleaned, &expressions));
    let syntax = clock.time("syntax", || syntax::parse(report, &sentences, &tokens, &kit.syntax));
    let text = Read { report, sentences: &sentences, tokens: &tokens, syntax: &syntax };
    let names = clock.time("name", || name::find(text, &kit.names, None));
    clock.time("coreference", || coreference::find(text, &kit.coreference));
    let predicates = clock.time("role", || role::find(&sentences, &syntax, &kit.roles));
    let found = clock.time("mention", || mention::find(text, &names, &observed.date, &kit.actors));
    observed.actors = found.actors;
    observed.mentions = found.mentions;
    observed.places =
        clock.time("place", || place::find(text, &names, &observed.mentions, &kit.places));
    observed.quotations =
        clock.time("quotation", || quotation::find(text, &observed.mentions, &kit.quotations));
    observed.times = clock.time("resolve time", || {
        time::resolve(text, &expressions, &observed.date, &observed.quotations)
    });
    observed.figures = clock.time("figure", || figure::find(text, &observed, &kit.figures));
    observed.events =
        clock.time("event", || event::find(text, &predicates, &observed, &kit.events));
    observed.relations = clock.time("relation", || relation::find(text, &observed, &kit.relations));
    let found = clock.time("undertaking", || undertaking::find(text, &observed, kit));
    observed.undertakings = found.undertakings;
    let reading = Reading { report: report.clone(), observed };
    clock.time("sketch", || block::sketch(&reading));
    tokens.len()
}
