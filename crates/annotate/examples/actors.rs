//! Prints the mentions, actors and places of text files, or of the standard input, to read by eye.

use std::io::Read as _;

use chancery_annotate::{Kit, annotate};
use chancery_text::Report;

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let mut texts = Vec::new();
    for path in &paths {
        let bytes = std::fs::read(path)?;
        texts.push((path.clone(), String::from_utf8_lossy(&bytes).into_owned()));
    }
    if paths.is_empty() {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        texts.push(("-".to_owned(), text));
    }
    for (path, text) in texts {
        show(&path, &text, &mut out)?;
    }
    Ok(())
}

fn show(path: &str, text: &str, out: &mut impl std::io::Write) -> std::io::Result<()> {
    let report = Report::from_text(path, text);
    let observed = annotate(&report, Kit::embedded()).observed;
    writeln!(out, "=== {path}")?;
    for actor in &observed.actors {
        let sectors: Vec<_> = actor.sectors.iter().map(|sector| sector.name()).collect();
        writeln!(
            out,
            "{} | {} | {} | {} | {} | {:?}{}",
            actor.key,
            actor.name,
            actor.kind,
            actor.country.as_deref().unwrap_or("-"),
            sectors.join(" "),
            actor.roles,
            if actor.known { "" } else { " own" }
        )?;
    }
    for mention in &observed.mentions {
        let flat = |span| report.slice(span).replace('\n', "⏎");
        writeln!(
            out,
            "{:>6} {:9} {:12} {:10} [{}] head [{}] -> {}",
            mention.span.start,
            mention.form.name(),
            mention.kind.name(),
            mention.basis,
            flat(mention.span),
            flat(mention.head_span),
            mention.actor.as_deref().unwrap_or("-")
        )?;
    }
    for place in &observed.places {
        writeln!(
            out,
            "       place {:10} {:10} [{}] {} {:?} {}",
            place.kind.name(),
            place.role.name(),
            report.slice(place.span),
            place.key.as_deref().unwrap_or("-"),
            place.coordinates,
            place.country.as_deref().unwrap_or("-")
        )?;
    }
    Ok(())
}
