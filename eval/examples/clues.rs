//! Learns `data/occurrence/clues.tsv` from MEANTIME: what each clue weighs when two mentions of one deed
//! are compared. A logistic regression over pairs of marked mentions of a report, by gradient descent. The
//! corpus about Apple is left out, so that the model can be scored on it.
//!
//! ```text
//! cargo run --release -p chancery-eval --example clues -- ../shared/gold/meantime > data/occurrence/clues.tsv
//! ```

#![expect(clippy::print_stdout, reason = "the table goes to standard output")]

use std::collections::BTreeMap;
use std::path::Path;

use chancery_annotate::occurrence::{Clue, pairs};
use chancery_annotate::{Kit, annotate};
use chancery_eval::EvalError;
use chancery_eval::gold::instances::{Marked, read};

const LEFT_OUT: &str = "corpus_apple";
/// What the evidence counts beside the squares of the weights.
const EVIDENCE: f64 = 0.1;
/// What is added to every sum: pairs are joined below even odds, at the best score of folds of the training
/// reports.
const LENIENCE: f64 = 0.7;
const ROUNDS: usize = 3_000;
const RATE: f64 = 0.005;
/// Of the part that every pair has.
const ANY: Clue = ["any", "", "", ""];

const HEAD: &str = "\
# origin: weights of a logistic regression over pairs of mentions of one deed in NewsReader MEANTIME (Minard et al. 2016): the 60 reports about Airbus and General Motors
# licence: CC BY 4.0
# date: 2026-11-28
# rebuild: cargo run --release -p chancery-eval --example clues -- GOLD/meantime
clue\tlast\tnext\tvalue\tweight";

/// The clues of two mentions, and whether they are of one event.
type Example = (Vec<Clue>, bool);

fn main() -> Result<(), EvalError> {
    let folder = std::env::args().nth(1).unwrap_or_default();
    let kit = Kit::embedded();
    let corpora = read(Path::new(&folder))?;
    let used = corpora.iter().filter(|corpus| corpus.name != LEFT_OUT);
    let reports = used.flat_map(|corpus| &corpus.reports);
    let examples: Vec<_> = reports.flat_map(|report| examples(report, kit)).collect();
    println!("{HEAD}");
    for (clue, weight) in weights(&examples) {
        let weight = if clue == ANY { weight + LENIENCE } else { weight };
        if 0.005 <= weight.abs() {
            println!("{}\t{weight:.2}", clue.join("\t"));
        }
    }
    Ok(())
}

fn examples(marked: &Marked, kit: &Kit) -> Vec<Example> {
    let report = &marked.document.report;
    let annotations = annotate(report, kit);
    let spans: Vec<_> = marked.mentions.iter().map(|(span, _)| *span).collect();
    let told = chancery_annotate::occurrence::at(report, &annotations, kit, &spans);
    let instances: BTreeMap<_, _> = marked.mentions.iter().cloned().collect();
    let instance = |at: usize| &instances[&told[at].trigger];
    let example = |pair: chancery_annotate::occurrence::Pair| {
        (pair.clues, instance(pair.last) == instance(pair.next))
    };
    pairs(report, &annotations, kit, &spans).into_iter().map(example).collect()
}

fn weights(examples: &[Example]) -> BTreeMap<Clue, f64> {
    let clues = examples.iter().flat_map(|(clues, _)| clues);
    let mut weights: BTreeMap<Clue, f64> = clues.map(|clue| (*clue, 0.0)).collect();
    for _ in 0..ROUNDS {
        let kept =
            |(clue, weight): (&Clue, &f64)| (*clue, if *clue == ANY { 0.0 } else { *weight });
        let mut slopes: BTreeMap<Clue, f64> = weights.iter().map(kept).collect();
        for (clues, one) in examples {
            let sum: f64 = clues.iter().map(|clue| weights[clue]).sum();
            let miss = 1.0 / (1.0 + (-sum).exp()) - f64::from(u8::from(*one));
            for clue in clues {
                *slopes.get_mut(clue).expect("each clue has a weight") += EVIDENCE * miss;
            }
        }
        for (clue, weight) in &mut weights {
            *weight -= RATE * slopes[clue];
        }
    }
    weights
}
