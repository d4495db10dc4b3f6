//! Scores names, places and actors against gold that lies outside the repository:
//! `names conll FILE`, `names plover FILE`, `names geovirus FILE`, `names speed FILE` (tab-separated, made by
//! `train/knowledge/gold.py`). Each line is one document: its text with `\n` escaped, then spans.

use std::collections::BTreeMap;
use std::io::Write as _;

use chancery_annotate::mention::{MentionForm, MentionKind};
use chancery_annotate::{Kit, Observed, annotate};
use chancery_text::{Report, Span};

#[derive(Default, Clone, Copy)]
struct Score {
    right: u32,
    found: u32,
    gold: u32,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (task, path) = (arguments.next().unwrap_or_default(), arguments.next().unwrap_or_default());
    let verbose = arguments.next().is_some();
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    let mut out = std::io::stdout().lock();
    if task == "speed" {
        return speed(&path, &mut out);
    }
    for line in std::fs::read_to_string(path)?.lines() {
        let mut cells = line.split('\t');
        let text = cells.next().unwrap_or_default().replace("\\n", "\n");
        let report = Report::from_text("-", &text);
        let observed = annotate(&report, Kit::embedded()).observed;
        let gold: Vec<Vec<&str>> = cells.map(|cell| cell.split('|').collect()).collect();
        let mut show = |label: &str, what: &str| {
            if verbose {
                writeln!(out, "{label}\t{what}\t{}", text.replace('\n', " ")).ok();
            }
        };
        match task.as_str() {
            "plover" => plover(&report, &observed, &gold, &mut scores, &mut show),
            "geovirus" => geovirus(&report, &observed, &gold, &mut scores, &mut show),
            _ => conll(&report, &observed, &gold, &mut scores, &mut show),
        }
    }
    for (name, score) in scores {
        let of = |of: u32| f64::from(score.right) / f64::from(of.max(1));
        let (precision, recall) = (of(score.found), of(score.gold));
        let f1 = 2.0 * precision * recall / (precision + recall).max(1e-9);
        writeln!(
            out,
            "{name}: precision {:.1} recall {:.1} F1 {:.1} ({} of {} found, {} gold)",
            100.0 * precision,
            100.0 * recall,
            100.0 * f1,
            score.right,
            score.found,
            score.gold
        )?;
    }
    Ok(())
}

/// Microseconds a word that the two stages take, and what making the kit takes.
fn speed(path: &str, out: &mut impl std::io::Write) -> Result<(), Box<dyn std::error::Error>> {
    use chancery_annotate::{Read, date::ReportDate, mention, place, segment, syntax};
    let start = std::time::Instant::now();
    let actors = mention::ActorKit::embedded();
    let places = place::PlaceKit::embedded();
    writeln!(out, "kit: {:.1} ms", 1e3 * start.elapsed().as_secs_f64())?;
    let (mut words, mut spent) = (0usize, [0f64; 2]);
    for line in std::fs::read_to_string(path)?.lines() {
        let report = Report::from_text("-", line.split('\t').next().unwrap_or_default());
        let whole = [Span::of(0..report.text.len())];
        let sentences = segment::sentences(&report, &whole);
        let tokens = segment::tokens(&report, &sentences);
        let syntax = syntax::parse(&report, &sentences, &tokens, &Kit::embedded().syntax);
        let text =
            Read { report: &report, sentences: &sentences, tokens: &tokens, syntax: &syntax };
        words += tokens.len();
        for _ in 0..10 {
            let start = std::time::Instant::now();
            let found = mention::find(text, &[], &ReportDate::default(), &actors);
            spent[0] += start.elapsed().as_secs_f64() / 10.0;
            let start = std::time::Instant::now();
            std::hint::black_box(place::find(text, &[], &found.mentions, &places));
            spent[1] += start.elapsed().as_secs_f64() / 10.0;
        }
    }
    let each = |seconds: f64| 1e6 * seconds / words.max(1) as f64;
    writeln!(
        out,
        "{words} words: mentions {:.2} us a word, places {:.2}",
        each(spent[0]),
        each(spent[1])
    )?;
    Ok(())
}

fn span(cells: &[&str]) -> Span {
    let number = |i: usize| cells.get(i).and_then(|cell| cell.parse().ok()).unwrap_or(0u32);
    Span::new(number(0), number(1).max(number(0)))
}

fn conll(
    report: &Report,
    observed: &Observed,
    gold: &[Vec<&str>],
    scores: &mut BTreeMap<String, Score>,
    show: &mut dyn FnMut(&str, &str),
) {
    let names: Vec<(Span, &str)> = observed
        .mentions
        .iter()
        .filter(|m| m.form == MentionForm::Name)
        .filter(|m| {
            matches!(m.kind, MentionKind::Person | MentionKind::Organisation | MentionKind::Place)
        })
        .map(|m| (m.head_span, m.kind.name()))
        .collect();
    // Nested names are not in these golds: keep the longest.
    let outer: Vec<_> = names
        .iter()
        .filter(|(span, _)| !names.iter().any(|(other, _)| other != span && other.contains(*span)))
        .collect();
    for (span, kind) in &outer {
        scores.entry((*kind).to_owned()).or_default().found += 1;
        let right = gold.iter().any(|g| self::span(g) == *span && g.get(2) == Some(kind));
        if !right {
            show("wrong", &format!("{kind} {}", report.slice(*span)));
        }
    }
    for cells in gold {
        let Some(kind) = cells.get(2) else { continue };
        let score = scores.entry((*kind).to_owned()).or_default();
        score.gold += 1;
        let right = outer.iter().any(|(span, other)| *span == self::span(cells) && other == kind);
        score.right += u32::from(right);
        if !right {
            show("missed", &format!("{kind} {}", report.slice(self::span(cells))));
        }
    }
}

fn plover(
    report: &Report,
    observed: &Observed,
    gold: &[Vec<&str>],
    scores: &mut BTreeMap<String, Score>,
    show: &mut dyn FnMut(&str, &str),
) {
    for cells in gold {
        let (span, country, sector) =
            (span(cells), cells.get(2).copied().unwrap_or(""), cells.get(3).copied().unwrap_or(""));
        let near = observed.mentions.iter().filter(|m| m.span.overlaps(span) && m.actor.is_some());
        let actors: Vec<_> = near
            .filter_map(|m| observed.actors.iter().find(|a| Some(&a.key) == m.actor.as_ref()))
            .collect();
        let mut tally = |name: &str, right: bool| {
            let score = scores.entry(name.to_owned()).or_default();
            score.gold += 1;
            score.found += u32::from(!actors.is_empty());
            score.right += u32::from(right);
            if !right {
                let found: Vec<_> = actors
                    .iter()
                    .map(|a| format!("{} {:?} {:?}", a.key, a.country, a.sectors))
                    .collect();
                show(
                    name,
                    &format!("[{}] {country} {sector}: {}", report.slice(span), found.join("; ")),
                );
            }
        };
        tally("actor", !actors.is_empty());
        if country.len() == 3 && !matches!(country, "---" | "IGO" | "NGO" | "MNC") {
            tally("country", actors.iter().any(|a| a.country.as_deref() == Some(country)));
        }
        if sector.len() == 3 {
            tally("sector", actors.iter().any(|a| a.sectors.iter().any(|s| s.name() == sector)));
        }
    }
}

fn geovirus(
    report: &Report,
    observed: &Observed,
    gold: &[Vec<&str>],
    scores: &mut BTreeMap<String, Score>,
    show: &mut dyn FnMut(&str, &str),
) {
    let score = scores.entry("names".to_owned()).or_default();
    score.found += observed.places.len() as u32;
    for place in &observed.places {
        if !gold.iter().any(|g| span(g) == place.span) {
            show("extra", report.slice(place.span));
        }
    }
    for cells in gold {
        let at = |i: usize| cells.get(i).and_then(|cell| cell.parse::<f64>().ok()).unwrap_or(0.0);
        let name = span(cells);
        let found = observed.places.iter().find(|place| place.span.overlaps(name));
        let score = scores.entry("names".to_owned()).or_default();
        score.gold += 1;
        score.right += u32::from(found.is_some_and(|place| place.span == name));
        let near =
            found.and_then(|place| place.coordinates).map(|to| kilometres((at(2), at(3)), to));
        if found.is_none() {
            show("missed", report.slice(name));
        }
        for (label, counted) in [
            ("161 km of all", true),
            ("161 km of found", found.is_some()),
            ("161 km of resolved", near.is_some()),
        ] {
            if counted {
                let score = scores.entry(label.to_owned()).or_default();
                score.gold += 1;
                score.found += 1;
                score.right += u32::from(near.is_some_and(|km| km <= 161.0));
            }
        }
        if near.is_some_and(|km| km > 161.0) {
            let key = found.and_then(|place| place.key.clone()).unwrap_or_default();
            show("far", &format!("{} {key} {:.0} km", report.slice(name), near.unwrap_or(0.0)));
        } else if near.is_none() && found.is_some() {
            show("unresolved", report.slice(name));
        }
    }
}

fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (la, lb) = (a.0.to_radians(), b.0.to_radians());
    let (dl, dg) = ((lb - la) / 2.0, (b.1 - a.1).to_radians() / 2.0);
    let h = dl.sin().powi(2) + la.cos() * lb.cos() * dg.sin().powi(2);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}
