//! Measures events and undertakings on the gold data, and prints what is found for reading by eye.
//!
//! ```text
//! cargo run --release --example events -- gsr GOLD/plover-gsr/dev.json
//! cargo run --release --example events -- class GOLD/cameo_class/train.tsv
//! cargo run --release --example events -- seeds GOLD/seeds/gold.jsonl SEEDS
//! cargo run --release --example events -- show FILE.txt…
//! cargo run --release --example events -- reports GOLD/fa-kes/reports.jsonl FIRST COUNT
//! cargo run --release --example events -- speed FILE.txt…
//! cargo run --release --example events -- check
//! cargo run --release --example events -- fired event|undertaking SENTENCES.txt
//! ```
#![expect(clippy::print_stdout, reason = "a program that prints")]
#![expect(clippy::unwrap_used, reason = "a tool for developers: a fault should stop it")]

use std::collections::BTreeMap;
use std::fs;
use std::time::Instant;

use chancery_annotate::event::{Event, EventType, Quad, Status, Turn};
use chancery_annotate::{Annotations, Kit, annotate};
use chancery_text::{Report, RowId, Span};
use serde_json::Value;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let rest: Vec<&str> = arguments.iter().skip(1).map(String::as_str).collect();
    match arguments.first().map(String::as_str) {
        Some("gsr") => gsr(rest[0], rest.contains(&"-v")),
        Some("class") => class(rest[0], rest.contains(&"-v")),
        Some("seeds") => seeds(rest[0], rest[1]),
        Some("show") => rest.iter().for_each(|path| show(&fs::read_to_string(path).unwrap())),
        Some("reports") => reports(rest[0], rest[1].parse().unwrap(), rest[2].parse().unwrap()),
        Some("speed") => speed(&rest),
        Some("check") => check(),
        Some("fired") => fired(rest[0], rest[1]),
        Some("text") => rest.iter().for_each(|text| {
            trees(text);
            show(text);
        }),
        _ => println!("say gsr, class, seeds, show, reports, speed, check or text"),
    }
}

fn read(text: &str) -> (Report, Annotations) {
    let report = Report::from_text("measured", text);
    let annotations = annotate(&report, Kit::embedded());
    (report, annotations)
}

/// What PLOVER calls an act that is only intended or refused.
fn projected(event: &Event) -> EventType {
    let ontology = &Kit::embedded().events.ontology;
    let cooperative =
        matches!(event.plover.quad(), Quad::VerbalCooperation | Quad::MaterialCooperation);
    let turn = match event.status {
        Status::Planned if cooperative => Turn::Agree,
        Status::Planned => Turn::Threaten,
        Status::Negated if cooperative => Turn::Reject,
        _ => return event.plover,
    };
    let code = ontology.turn(turn, &event.cameo).and_then(|code| ontology.code(code));
    code.and_then(|code| code.plover).unwrap_or(event.plover)
}

/// The event that a sentence is about: the one told as a fact, highest in the tree.
fn main_event(annotations: &Annotations) -> Option<&Event> {
    let rank = |status: Status| match status {
        Status::Happened | Status::UnderWay | Status::Historical => 0,
        Status::Planned | Status::Negated => 1,
        Status::CalledFor => 2,
        Status::Hypothetical | Status::Denied => 3,
    };
    let depth = |event: &Event| {
        let tokens = &annotations.tokens;
        let mut at = tokens.partition_point(|token| token.span.end <= event.trigger.start);
        let mut depth = 0;
        while let (Some(head), true) =
            (annotations.syntax.words.get(at).and_then(|word| word.head), depth < 50)
        {
            at = head as usize;
            depth += 1;
        }
        depth
    };
    annotations
        .observed
        .events
        .iter()
        .min_by_key(|event| (rank(event.status), depth(event), event.trigger.start))
}

fn modern(label: &str) -> &str {
    match label {
        "DEMAND" => "REQUEST",
        "DISAPPROVE" | "INVESTIGATE" => "ACCUSE",
        "FIGHT" => "ASSAULT",
        other => other,
    }
}

fn gsr(path: &str, verbose: bool) {
    let rows: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let (mut all, mut found, mut types, mut quads, mut any) = (0, 0, 0, 0, 0);
    let mut sides = [(0, 0, 0); 2];
    let mut missed: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows.as_array().unwrap() {
        let (Some(label), Some(text)) = (row["event"].as_str(), row["text"].as_str()) else {
            continue;
        };
        let Ok(gold) = modern(label).parse::<EventType>() else { continue };
        all += 1;
        let (report, annotations) = read(text);
        let best = main_event(&annotations);
        let told = best.map(projected);
        found += usize::from(best.is_some());
        types += usize::from(told == Some(gold));
        quads += usize::from(told.map(EventType::quad) == Some(gold.quad()));
        any += usize::from(
            annotations
                .observed
                .events
                .iter()
                .any(|event| projected(event) == gold || event.plover == gold),
        );
        for (side, name) in ["source", "target"].into_iter().enumerate() {
            count_side(&mut sides[side], row, name, best, &report, &annotations);
        }
        if told != Some(gold) {
            let seen = told.map_or("none".to_owned(), |it| it.to_string());
            *missed.entry(format!("{gold} as {seen}")).or_default() += 1;
            if verbose {
                println!("{gold} as {seen}: {text}");
                print_events(&report, &annotations);
            }
        }
    }
    let percent = |part: usize| 100.0 * part as f64 / all as f64;
    println!("sentences {all}  with an event {:.1}", percent(found));
    println!(
        "type {:.1}  quad {:.1}  type among all events {:.1}",
        percent(types),
        percent(quads),
        percent(any)
    );
    for ((hit, gold, guessed), name) in sides.into_iter().zip(["source", "target"]) {
        println!(
            "{name}: recall {:.1} of {gold}, precision {:.1} of {guessed}",
            100.0 * hit as f64 / gold as f64,
            100.0 * hit as f64 / guessed.max(1) as f64
        );
    }
    let mut missed: Vec<_> = missed.into_iter().collect();
    missed.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), name.clone()));
    println!(
        "{}",
        missed
            .iter()
            .take(24)
            .map(|(name, count)| format!("{name} {count}"))
            .collect::<Vec<_>>()
            .join(", ")
    );
}

fn count_side(
    side: &mut (usize, usize, usize),
    row: &Value,
    name: &str,
    best: Option<&Event>,
    report: &Report,
    annotations: &Annotations,
) {
    let golds: Vec<&str> = row[name]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|actor| actor["actorText"].as_str())
        .collect();
    let ids = best.map(|event| if name == "source" { &event.sources } else { &event.targets });
    let texts: Vec<String> =
        ids.into_iter().flatten().map(|id| mention_text(report, annotations, *id)).collect();
    side.1 += golds.len();
    side.2 += texts.len();
    let shares = |gold: &&&str| {
        texts.iter().any(|text| text.contains(**gold) || gold.contains(text.as_str()))
    };
    side.0 += golds.iter().filter(shares).count();
}

fn mention_text(report: &Report, annotations: &Annotations, id: RowId) -> String {
    let mention = annotations.observed.mentions.iter().find(|mention| mention.id == id);
    mention.map_or(String::new(), |mention| report.slice(mention.span).to_owned())
}

/// The five classes of `cameo_class`, where sanctions count as verbal and appeals are no event.
fn five(event: Option<&Event>) -> usize {
    let Some(event) = event.filter(|event| !event.cameo.starts_with("02")) else { return 0 };
    if matches!(event.status, Status::Denied | Status::CalledFor | Status::Hypothetical) {
        return 0;
    }
    let plover = projected(event);
    match (plover, plover.quad()) {
        (EventType::Sanction, _) => 3,
        (EventType::Concede, _) => 2,
        (_, Quad::VerbalCooperation) => 1,
        (_, Quad::MaterialCooperation) => 2,
        (_, Quad::VerbalConflict) => 3,
        (_, Quad::MaterialConflict) => 4,
    }
}

fn class(path: &str, verbose: bool) {
    let mut table = [[0usize; 5]; 5];
    for line in fs::read_to_string(path).unwrap().lines() {
        let Some((text, label)) = line.rsplit_once('\t') else { continue };
        let Ok(gold) = label.trim().parse::<usize>() else { continue };
        let (report, annotations) = read(text);
        let told = five(main_event(&annotations));
        table[gold][told] += 1;
        if verbose && told != gold {
            println!("{gold} as {told}: {text}");
            print_events(&report, &annotations);
        }
    }
    let all: usize = table.iter().flatten().sum();
    let right: usize = (0..5).map(|at| table[at][at]).sum();
    println!("five classes: {:.1} of {all}", 100.0 * right as f64 / all as f64);
    for (gold, row) in table.iter().enumerate() {
        println!("{gold}: {row:?}");
    }
}

fn seeds(gold: &str, folder: &str) {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut read_docs: BTreeMap<String, (Report, Annotations)> = BTreeMap::new();
    for line in fs::read_to_string(gold).unwrap().lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let kind = match row["kind"].as_str().unwrap() {
            "event" => "event",
            "event_planned" => "event_planned",
            "background_event" => "background_event",
            "commitment" => "commitment",
            "demand" => "demand",
            "condition" => "condition",
            _ => continue,
        };
        let doc = row["doc"].as_str().unwrap().to_owned();
        let path = format!("{folder}/{doc}");
        let (report, annotations) =
            read_docs.entry(doc).or_insert_with(|| read(&fs::read_to_string(path).unwrap()));
        let starts: Vec<usize> =
            report.text.char_indices().map(|(at, _)| at).chain([report.text.len()]).collect();
        let at = |name: &str| starts[row[name].as_u64().unwrap() as usize];
        let span = Span::of(at("start")..at("end"));
        let hit = match kind {
            "event" | "event_planned" | "background_event" => {
                annotations.observed.events.iter().any(|event| event.span.overlaps(span))
            }
            _ => annotations.observed.undertakings.iter().any(|it| it.span.overlaps(span)),
        };
        let count = counts.entry(kind).or_default();
        count.0 += usize::from(hit);
        count.1 += 1;
        if !hit {
            println!("missed {kind}: {}", row["text_span"].as_str().unwrap());
        }
    }
    for (kind, (hit, all)) in counts {
        println!("{kind}: {hit} of {all}");
    }
}

fn show(text: &str) {
    let (report, annotations) = read(text);
    print_events(&report, &annotations);
    print_undertakings(&report, &annotations);
}

fn reports(path: &str, first: usize, count: usize) {
    let text = fs::read_to_string(path).unwrap();
    for line in text.lines().skip(first).take(count) {
        let row: Value = serde_json::from_str(line).unwrap();
        let body = ["text", "body", "content", "article_content"]
            .iter()
            .find_map(|key| row[*key].as_str())
            .unwrap();
        println!("==== {}", body.chars().take(100).collect::<String>().replace('\n', " "));
        show(body);
    }
}

fn print_events(report: &Report, annotations: &Annotations) {
    let one = |id: &RowId| mention_text(report, annotations, *id).replace('\n', " ");
    let names = |ids: &[RowId]| ids.iter().map(one).collect::<Vec<_>>().join(" + ");
    for event in &annotations.observed.events {
        println!(
            "  {} {}{} {} | {} > {} | {} | {}{}{}",
            event.plover,
            event.cameo,
            event.mode.as_deref().map(|mode| format!(" {mode}")).unwrap_or_default(),
            event.status,
            names(&event.sources),
            names(&event.targets),
            report.slice(event.trigger).replace('\n', " "),
            report.slice(event.span).replace('\n', " "),
            if event.when.is_open() { String::new() } else { format!(" [{}]", event.when) },
            event
                .place
                .and_then(|id| annotations.observed.places.iter().find(|place| place.id == id))
                .map(|place| format!(" @{}", place.name))
                .unwrap_or_default(),
        );
    }
}

fn print_undertakings(report: &Report, annotations: &Annotations) {
    let one = |id: &RowId| mention_text(report, annotations, *id).replace('\n', " ");
    let names = |ids: &[RowId]| ids.iter().map(one).collect::<Vec<_>>().join(" + ");
    for it in &annotations.observed.undertakings {
        println!(
            "  * {}{} | {} > {} | {} | {}{}",
            it.kind,
            if it.negated { " not" } else { "" },
            names(&it.by),
            names(&it.to),
            report.slice(it.cue).replace('\n', " "),
            report.slice(it.what).replace('\n', " "),
            it.condition
                .map(|span| format!(" IF {}", report.slice(span).replace('\n', " ")))
                .unwrap_or_default(),
        );
    }
}

fn speed(paths: &[&str]) {
    let kit = Kit::embedded();
    let texts: Vec<String> = paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let mut reports: Vec<(Report, Annotations)> = texts.iter().map(|text| read(text)).collect();
    let words: usize = reports.iter().map(|(_, annotations)| annotations.tokens.len()).sum();
    let mut spent = [0.0; 2];
    for _ in 0..20 {
        for (report, annotations) in &mut reports {
            let text = chancery_annotate::Read {
                report,
                sentences: &annotations.sentences,
                tokens: &annotations.tokens,
                syntax: &annotations.syntax,
            };
            let start = Instant::now();
            std::hint::black_box(chancery_annotate::event::find(
                text,
                &annotations.predicates,
                &annotations.observed,
                &kit.events,
            ));
            spent[0] += start.elapsed().as_secs_f64();
            let start = Instant::now();
            std::hint::black_box(chancery_annotate::undertaking::find(
                text,
                &annotations.observed,
                &kit.undertakings,
            ));
            spent[1] += start.elapsed().as_secs_f64();
        }
    }
    let each = |seconds: f64| seconds * 1e6 / (20 * words) as f64;
    println!(
        "{words} words: events {:.2} µs a word, undertakings {:.2} µs a word",
        each(spent[0]),
        each(spent[1])
    );
}

fn check() {
    let start = Instant::now();
    let faults = chancery_annotate::event::check();
    println!("events: {} faults in {:.1} s", faults.len(), start.elapsed().as_secs_f64());
    let more = chancery_annotate::undertaking::check();
    for fault in faults.iter().chain(&more) {
        println!("{fault}");
    }
    println!("undertakings: {} faults", more.len());
}

fn trees(text: &str) {
    let (report, annotations) = read(text);
    for (at, (token, word)) in annotations.tokens.iter().zip(&annotations.syntax.words).enumerate()
    {
        let head = word.head.map_or("-".to_owned(), |head| head.to_string());
        println!(
            "{at:3} {:16} {:16} {:5} {:5} {head:3} {}",
            report.slice(token.span),
            word.lemma,
            word.upos,
            word.xpos,
            word.relation
        );
    }
    for mention in &annotations.observed.mentions {
        println!(
            "  mention {} {} {} {:?}",
            report.slice(mention.span),
            mention.form,
            mention.kind,
            mention.actor
        );
    }
}

/// Which rules fire in each line of a file.
fn fired(stage: &str, path: &str) {
    let text = fs::read_to_string(path).unwrap();
    let sentences: Vec<&str> = text.lines().collect();
    let lines = match stage {
        "event" => chancery_annotate::event::fired(&sentences),
        _ => chancery_annotate::undertaking::fired(&sentences),
    };
    for (sentence, lines) in sentences.iter().zip(lines) {
        println!("{sentence}\t{lines:?}");
    }
}
