//! `event_coreference`: which mentions of events are of one, within a report and across (MEANTIME's layer
//! across reports).
//!
//! The gold marks events of all kinds, so it is asked of occurrences: their groups by `timeline::merge`.
//! Who may use the gold's mentions decides much, so there are three settings:
//!
//! - no prefix, the hardest for us: we read the text, and each mention of the gold stands for the occurrence
//!   whose trigger it touches; one that touches none is alone, right or wrong. The trivial answer has the
//!   gold's mentions.
//! - `given`: both have the gold's mentions.
//! - `read`: both have what the program finds in the sentences that are marked in full. Each stands for one
//!   mention of the gold at most; one that touches none is wrong where it is joined to others.
//!
//! `conll_f1` leaves chains of one mention out on both sides, as CoNLL does; `b3_f1` has them.
//! `across_conll_f1` looks only at what joins reports: chains with mentions of one report are left out on
//! both sides. `coded_conll_f1` asks the same of the record's merged events, on those mentions that
//! PLOVER's types cover.
//!
//! The trivial answer is one chain for each lemma on each day that reports were written on. Beside it stand
//! one chain for each lemma of a report, and one for each lemma.

mod coded;
mod labels;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use chancery_annotate::{Kit, annotate, occurrence};

use self::labels::{Labels, Mention, across, chains};
use crate::gold::instances::{Corpus, read};
use crate::outcome::{Case, percent};
use crate::score::{CoreferenceCounts, b_cubed, coreference};
use crate::{EvalError, Outcome, Task};

pub fn run(sets: &[PathBuf], kit: &Kit) -> Result<Outcome, EvalError> {
    let mut total = Total::default();
    for set in sets {
        for corpus in read(set)? {
            total.add(&corpus, kit);
        }
    }
    Ok(total.outcome())
}

/// The mentions of all corpora, and what each answer joins.
#[derive(Default)]
struct Total {
    gold: Labels,
    /// By what is read, on the gold's mentions.
    found: Labels,
    /// By the gold's mentions.
    given: Labels,
    lemmas: Labels,
    /// By what is read, on the mentions that are read.
    read: Labels,
    read_lemmas: Labels,
    /// By the record's merged events: only mentions that have one.
    coded: Labels,
    places: BTreeMap<Mention, String>,
}

impl Total {
    fn add(&mut self, corpus: &Corpus, kit: &Kit) {
        let reports = || corpus.reports.iter().map(|it| &it.document.report);
        let annotated: Vec<_> = reports().map(|report| annotate(report, kit)).collect();
        let read: Vec<_> = reports()
            .zip(&annotated)
            .map(|(report, it)| occurrence::find(report, it, kit))
            .collect();
        let given: Vec<_> = corpus
            .reports
            .iter()
            .zip(&annotated)
            .map(|(marked, it)| {
                let spans: Vec<_> = marked.mentions.iter().map(|(span, _)| *span).collect();
                occurrence::at(&marked.document.report, it, kit, &spans)
            })
            .collect();
        let gold = labels::of_gold(corpus);
        self.coded.extend(coded::of_coded(corpus, &gold, kit));
        self.gold.extend(gold);
        self.found.extend(labels::of_found(corpus, &read));
        self.given.extend(labels::of_given(corpus, &given));
        self.lemmas.extend(labels::of_lemmas(corpus, &annotated));
        let (read, lemmas) = labels::of_read(corpus, &annotated, &read);
        self.read.extend(read);
        self.read_lemmas.extend(lemmas);
        for marked in &corpus.reports {
            let report = &marked.document.report;
            let place =
                |span| format!("{}:{}", marked.document.id, super::place(&report.text, span));
            let mentions = marked.mentions.iter();
            self.places.extend(mentions.map(|(span, _)| ((report.id, *span), place(*span))));
        }
    }

    fn outcome(&self) -> Outcome {
        let mut outcome = Outcome::new(Task::EventCoreference, self.gold.len());
        let settings = [
            ("", &self.found, &self.lemmas),
            ("given_", &self.given, &self.lemmas),
            ("read_", &self.read, &self.read_lemmas),
        ];
        for (prefix, ours, theirs) in settings {
            let scores = self.scores(ours).into_iter().zip(self.scores(theirs));
            for ((name, share), (_, other)) in scores {
                outcome.add(&format!("{prefix}{name}"), share, other);
            }
        }
        for (name, ours) in [("b3_f1", &self.found), ("given_b3_f1", &self.given)] {
            outcome.add(name, self.with_singletons(ours), self.with_singletons(&self.lemmas));
        }
        for (name, share) in self.lemma_scores() {
            outcome.baseline.insert(name, percent(share));
        }
        let gold = chains(&self.covered(&self.gold));
        let conll = |labels: &Labels| coreference(&gold, &chains(labels)).conll();
        outcome.add("coded_conll_f1", conll(&self.coded), conll(&self.covered(&self.lemmas)));
        outcome.cases = self.cases();
        outcome
    }

    /// The labels of the mentions that the record has an event for.
    fn covered(&self, labels: &Labels) -> Labels {
        let kept = labels.iter().filter(|(mention, _)| self.coded.contains_key(*mention));
        kept.map(|(mention, label)| (*mention, label.clone())).collect()
    }

    fn scores(&self, labels: &Labels) -> [(&'static str, f64); 5] {
        let (gold, found) = (chains(&self.gold), chains(labels));
        let all = coreference(&gold, &found);
        let across = coreference(&across(&gold), &across(&found));
        [
            ("conll_f1", all.conll()),
            ("muc_f1", all.muc.f1()),
            ("ceafe_f1", all.ceaf_e.f1()),
            ("across_conll_f1", across.conll()),
            ("across_links_precision", precision(across)),
        ]
    }

    /// B³ of all mentions of the gold, also those that are alone.
    fn with_singletons(&self, labels: &Labels) -> f64 {
        let pair = |(it, label): (&Mention, &String)| (label.clone(), labels[it].clone());
        b_cubed(&self.gold.iter().map(pair).collect::<Vec<_>>(), &[]).f1()
    }

    /// What chains of a lemma reach, within a report and over all.
    fn lemma_scores(&self) -> Vec<(String, f64)> {
        let by_lemma = |in_report: bool| -> Labels {
            let label = |(mention, day_and_lemma): (&Mention, &String)| {
                let mut parts = day_and_lemma.splitn(3, ' ');
                let (corpus, lemma) = (parts.next().unwrap_or(""), parts.nth(1).unwrap_or(""));
                let report = if in_report { mention.0.to_string() } else { String::new() };
                (*mention, format!("{corpus} {report} {lemma}"))
            };
            self.lemmas.iter().map(label).collect()
        };
        let mut scores = Vec::new();
        for (which, labels) in [("in report", by_lemma(true)), ("anywhere", by_lemma(false))] {
            let named =
                self.scores(&labels).into_iter().filter(|(name, _)| name.ends_with("conll_f1"));
            scores.extend(named.map(|(name, share)| (format!("{name} {which}"), share)));
        }
        scores
    }

    /// One case for each chain of the gold that has several mentions: into how many chains it fell, by what
    /// is read.
    fn cases(&self) -> Vec<Case> {
        let gold = chains(&self.gold);
        let joined: BTreeSet<_> = across(&gold).into_iter().collect();
        let case = |chain: &BTreeSet<Mention>| {
            let labels: BTreeSet<_> = chain.iter().map(|mention| &self.found[mention]).collect();
            let first = chain.first().expect("a chain is made of mentions");
            let aspect = if joined.contains(chain) { "across" } else { "within" };
            Case {
                id: self.places[first].clone(),
                aspect: aspect.to_owned(),
                expected: format!("{} mentions", chain.len()),
                found: format!("{} chains", labels.len()),
                score: (chain.len() - labels.len()) as f64 / (chain.len() - 1) as f64,
            }
        };
        gold.iter().filter(|chain| 1 < chain.len()).map(case).collect()
    }
}

fn precision(counts: CoreferenceCounts) -> f64 {
    counts.muc.precision()
}
