//! Prints the tree of each sentence of the files given, one token a line.
#![expect(clippy::print_stdout, reason = "an example prints")]

use chancery_annotate::{Kit, annotate};
use chancery_text::Report;

fn main() {
    for path in std::env::args().skip(1) {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let report = Report::from_text(&path, &text);
        let annotations = annotate(&report, Kit::embedded());
        for sentence in &annotations.sentences {
            for at in sentence.indices() {
                let word = &annotations.syntax.words[at];
                let slice = report.slice(annotations.tokens[at].span);
                let head = word.head.map_or(-1, i64::from);
                println!("{at}\t{slice}\t{}\t{}\t{head}\t{}", word.upos, word.xpos, word.relation);
            }
            println!();
        }
    }
}
