//! `event_coreference`: which mentions of events are of one, within a report and across (MEANTIME's layer
//! across reports).
//!
//! The gold marks events of all kinds, so it is asked of occurrences: their groups by `timeline::merge`.
//! The mentions are the gold's: each stands for the occurrence whose trigger it touches, and one that
//! touches none is alone, right or wrong. `conll_f1` leaves chains of one mention out on both sides, as
//! CoNLL does; `b3_f1` has them. `across_conll_f1` looks only at what joins reports: chains with mentions of
//! one report are left out on both sides. `coded_conll_f1` asks the same of the record's merged events, on
//! those mentions that PLOVER's types cover.
//!
//! The trivial answer is one chain for each lemma on each day that reports were written on. Beside it stand
//! one chain for each lemma of a report, and one for each lemma.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use chancery_annotate::{Annotations, Kit, annotate, occurrence};
use chancery_resolve::timeline::{Source, merge};
use chancery_text::{ReportId, RowId, Span};

use crate::gold::instances::{Corpus, read};
use crate::line::conclude;
use crate::outcome::{Case, percent};
use crate::score::{CoreferenceCounts, b_cubed, coreference};
use crate::{EvalError, Outcome, Task};

/// A mention: its report and characters.
type Mention = (ReportId, Span);
/// The chain of each mention.
type Labels = BTreeMap<Mention, String>;

pub fn run(sets: &[PathBuf], kit: &Kit) -> Result<Outcome, EvalError> {
    let mut total = Total::default();
    for set in sets {
        for corpus in read(set)? {
            total.add(&corpus, kit);
        }
    }
    let mut outcome = Outcome::new(Task::EventCoreference, total.gold.len());
    let (ours, theirs) = (total.scores(&total.found), total.scores(&total.lemmas));
    for ((name, share), (_, other)) in ours.into_iter().zip(theirs) {
        outcome.add(name, share, other);
    }
    for (name, share) in total.lemma_scores() {
        outcome.baseline.insert(name, percent(share));
    }
    let gold = total.covered(&total.gold);
    let conll =
        |labels: &Labels| coreference(&chains(&gold), &chains(&total.covered(labels))).conll();
    outcome.add("coded_conll_f1", conll(&total.coded), conll(&total.lemmas));
    outcome.cases = total.cases();
    Ok(outcome)
}

/// The mentions of all corpora, and what each answer joins.
#[derive(Default)]
struct Total {
    gold: Labels,
    found: Labels,
    lemmas: Labels,
    /// By the record's merged events: only mentions that have one.
    coded: Labels,
    places: BTreeMap<Mention, String>,
}

impl Total {
    fn add(&mut self, corpus: &Corpus, kit: &Kit) {
        let read: Vec<_> = corpus
            .reports
            .iter()
            .map(|report| (report, annotate(&report.document.report, kit)))
            .collect();
        let told: Vec<_> = read
            .iter()
            .map(|(report, it)| occurrence::find(&report.document.report, it, kit))
            .collect();
        let sources: Vec<_> = read
            .iter()
            .zip(&told)
            .map(|((report, _), it)| Source { report: report.document.report.id, occurrences: it })
            .collect();
        let mut group_of = BTreeMap::new();
        for (number, group) in merge(&sources).into_iter().enumerate() {
            for place in group {
                group_of.insert((place.source, place.occurrence), number);
            }
        }
        for (at, (report, annotations)) in read.iter().enumerate() {
            let (id, text) = (report.document.report.id, &report.document.report.text);
            for (span, instance) in &report.mentions {
                let mention = (id, *span);
                let touches = |it: &occurrence::Occurrence| meets(it.trigger, *span);
                let own = told[at].iter().position(touches);
                let group = own.map(|own| group_of[&(at, own)]);
                let alone = || format!("{id} {}", span.start);
                let label = group.map_or_else(alone, |group| group.to_string());
                let day = report.document.report.metadata.published.as_deref().unwrap_or("");
                let lemma = lemma(annotations, *span);
                self.gold.insert(mention, format!("{} {instance}", corpus.name));
                self.found.insert(mention, format!("{} {label}", corpus.name));
                self.lemmas.insert(mention, format!("{} {day} {lemma}", corpus.name));
                let place = super::place(text, *span);
                self.places.insert(mention, format!("{}:{place}", report.document.id));
            }
        }
        self.code(corpus, kit);
    }

    /// The merged events of the record of a corpus.
    fn code(&mut self, corpus: &Corpus, kit: &Kit) {
        let reports = corpus.reports.iter().map(|it| it.document.report.clone()).collect();
        for (readings, conclusions) in conclude(reports, kit) {
            let rows = conclusions.events.iter();
            let event_of: BTreeMap<RowId, RowId> =
                rows.flat_map(|row| row.mentions.iter().map(|it| (*it, row.id))).collect();
            for reading in &readings {
                for event in &reading.observed.events {
                    let Some(row) = event_of.get(&event.id) else { continue };
                    // "signed a deal" tells the signing: one mention for each event.
                    let shared = |mention: &Mention| {
                        let both = mention.1.intersection(event.trigger);
                        both.filter(|_| mention.0 == reading.report.id).map_or(0, Span::len)
                    };
                    let best = self.gold.keys().max_by_key(|it| (shared(it), Reverse(**it)));
                    if let Some(mention) = best.filter(|mention| 0 < shared(mention)) {
                        self.coded.entry(*mention).or_insert_with(|| row.to_string());
                    }
                }
            }
        }
    }

    /// The labels of the mentions that the record has an event for.
    fn covered(&self, labels: &Labels) -> Labels {
        let kept = labels.iter().filter(|(mention, _)| self.coded.contains_key(*mention));
        kept.map(|(mention, label)| (*mention, label.clone())).collect()
    }

    fn scores(&self, labels: &Labels) -> [(&'static str, f64); 6] {
        let (gold, found) = (chains(&self.gold), chains(labels));
        let all = coreference(&gold, &found);
        let across = coreference(&across(&gold), &across(&found));
        let with_singletons: Vec<_> =
            self.gold.iter().map(|(it, label)| (label.clone(), labels[it].clone())).collect();
        [
            ("conll_f1", all.conll()),
            ("muc_f1", all.muc.f1()),
            ("ceafe_f1", all.ceaf_e.f1()),
            ("b3_f1", b_cubed(&with_singletons, &[]).f1()),
            ("across_conll_f1", across.conll()),
            ("across_links_precision", precision(across)),
        ]
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

    /// One case for each chain of the gold that joins reports: into how many chains it fell.
    fn cases(&self) -> Vec<Case> {
        let case = |chain: &BTreeSet<Mention>| {
            let labels: BTreeSet<_> = chain.iter().map(|mention| &self.found[mention]).collect();
            let first = chain.first().expect("a chain is made of mentions");
            Case {
                id: self.places[first].clone(),
                aspect: "across".to_owned(),
                expected: format!("{} mentions", chain.len()),
                found: format!("{} chains", labels.len()),
                score: (chain.len() - labels.len()) as f64 / (chain.len() - 1) as f64,
            }
        };
        across(&chains(&self.gold)).iter().map(case).collect()
    }
}

fn precision(counts: CoreferenceCounts) -> f64 {
    counts.muc.precision()
}

fn meets(one: Span, other: Span) -> bool {
    one.intersection(other).is_some_and(|both| !both.is_empty())
}

fn chains(labels: &Labels) -> Vec<BTreeSet<Mention>> {
    let mut chains: BTreeMap<&str, BTreeSet<Mention>> = BTreeMap::new();
    for (mention, label) in labels {
        chains.entry(label).or_default().insert(*mention);
    }
    chains.into_values().collect()
}

/// Chains with mentions of more than one report.
fn across(chains: &[BTreeSet<Mention>]) -> Vec<BTreeSet<Mention>> {
    let joins = |chain: &&BTreeSet<Mention>| {
        chain.iter().map(|(report, _)| report).collect::<BTreeSet<_>>().len() > 1
    };
    chains.iter().filter(joins).cloned().collect()
}

/// The lemmas of a mention's words.
fn lemma(annotations: &Annotations, span: Span) -> String {
    let tokens = annotations.tokens.iter().zip(&annotations.syntax.words);
    let touched = tokens.filter(|(token, _)| meets(token.span, span));
    touched.map(|(_, word)| word.lemma.to_lowercase()).collect::<Vec<_>>().join(" ")
}
