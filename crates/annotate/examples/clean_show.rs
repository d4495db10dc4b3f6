//! Prints what cleaning marks in text files: prose plain, residue in `⟦reason: …⟧`, then the
//! credits, the date and the language.
//!
//! ```text
//! cargo run -p chancery-annotate --example clean_show -- report.txt
//! ```
#![expect(clippy::print_stdout, reason = "a program for people to read")]

use chancery_annotate::clean::{CleanKit, Cleaned, clean};
use chancery_annotate::{date, language};
use chancery_text::Report;

fn main() -> std::io::Result<()> {
    let kit = CleanKit::embedded();
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path)?;
        show(&Report::from_text(&path, &text), &kit);
    }
    Ok(())
}

fn show(report: &Report, kit: &CleanKit) {
    let cleaned = clean(report, kit);
    println!("=== {}", report.source.path);
    println!("{}", marked(report, &cleaned));
    if let Some(title) = cleaned.title {
        println!("--- title: {}", report.slice(title));
    }
    for credit in &cleaned.credits {
        println!("--- {}: {} <- {:?}", credit.kind, credit.name, report.slice(credit.span));
    }
    let dated = date::infer(report, &cleaned, &[]);
    println!(
        "--- date: {} {} stated {:?}",
        dated.interval,
        dated.basis,
        dated.stated.map(|day| day.to_string())
    );
    for reason in &dated.reasons {
        println!("    because {}", reason.text);
    }
    let language = language::identify(report, &cleaned.prose);
    println!(
        "--- language: {} reliable {} read {}\n",
        language.code, language.reliable, language.read
    );
}

fn marked(report: &Report, cleaned: &Cleaned) -> String {
    let mut shown = String::new();
    let mut at = 0;
    for residue in &cleaned.residue {
        shown.push_str(&report.text[at..residue.span.start as usize]);
        shown.push_str(&format!("⟦{}: {}⟧", residue.reason, report.slice(residue.span)));
        at = residue.span.end as usize;
    }
    shown.push_str(&report.text[at..]);
    shown
}
