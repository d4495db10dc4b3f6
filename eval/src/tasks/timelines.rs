//! `timelines`: what happens with an actor, by day, from raw text (SemEval-2015 task 4, track A).
//!
//! The reports of a corpus are read as any report is, without the gold's words; for each actor that the
//! task names, `timeline::of_actor` is asked. What has no day, and what is not told as done, is left out
//! of the timeline: it has no place in the order, and the task leaves it out of the score too. The score
//! is that of the corpora that systems were scored on, pooled; that of the trial corpus stands beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use chancery_annotate::{Kit, annotate, occurrence};
use chancery_resolve::timeline::{self, Source};
use chancery_text::{Interval, ReportId};

use crate::gold::timelines::{Corpus, Numbered, read};
use crate::outcome::{Case, percent};
use crate::score::Counts;
use crate::score::timelines::{Entry, score_timeline};
use crate::{EvalError, Outcome, Task};

pub fn run(sets: &[PathBuf], kit: &Kit) -> Result<Outcome, EvalError> {
    let (mut test, mut trial) = (Scores::default(), Scores::default());
    let mut cases = Vec::new();
    for set in sets {
        for corpus in read(set)? {
            let scores = if corpus.test { &mut test } else { &mut trial };
            score(&corpus, kit, scores, &mut cases);
        }
    }
    let mut outcome = Outcome::new(Task::Timelines, (test.ours.gold + trial.ours.gold) as usize);
    outcome.add("micro_f1", test.ours.f1(), test.theirs.f1());
    outcome.add("micro_precision", test.ours.precision(), test.theirs.precision());
    outcome.add("micro_recall", test.ours.recall(), test.theirs.recall());
    outcome.add("order_micro_f1", test.order.f1(), test.their_order.f1());
    outcome.add("trial_micro_f1", trial.ours.f1(), trial.theirs.f1());
    outcome.add("mentions_f1", test.mentions.f1(), test.their_mentions.f1());
    let dated = test.dated.0 as f64 / test.dated.1.max(1) as f64;
    outcome.metrics.insert("days_right".to_owned(), percent(dated));
    outcome.cases = cases;
    Ok(outcome)
}

#[derive(Default)]
struct Scores {
    ours: Counts,
    theirs: Counts,
    order: Counts,
    their_order: Counts,
    /// Mentions that are of the timeline at all, with a day or without.
    mentions: Counts,
    their_mentions: Counts,
    /// Of mentions that both have with a day: those with the same, and all.
    dated: (usize, usize),
}

fn score(corpus: &Corpus, kit: &Kit, scores: &mut Scores, cases: &mut Vec<Case>) {
    let by_id: BTreeMap<ReportId, &Numbered> =
        corpus.reports.iter().map(|report| (report.document.report.id, report)).collect();
    let told: Vec<_> = by_id
        .iter()
        .map(|(id, numbered)| {
            let report = &numbered.document.report;
            (*id, occurrence::find(report, &annotate(report, kit), kit))
        })
        .collect();
    let sources: Vec<_> =
        told.iter().map(|(report, it)| Source { report: *report, occurrences: it }).collect();
    for (actor, gold) in &corpus.timelines {
        let found = entries(&timeline::of_actor(actor, &sources), &by_id);
        let trivial = trivial(actor, &corpus.reports);
        let ours = score_timeline(gold, &found, true);
        scores.ours = scores.ours.plus(ours);
        scores.theirs = scores.theirs.plus(score_timeline(gold, &trivial, true));
        scores.order = scores.order.plus(score_timeline(gold, &found, false));
        scores.their_order = scores.their_order.plus(score_timeline(gold, &trivial, false));
        scores.mentions = scores.mentions.plus(mentions(gold, &found));
        scores.their_mentions = scores.their_mentions.plus(mentions(gold, &trivial));
        compare(&corpus.name, actor, gold, &found, scores, cases);
    }
}

/// The timeline as the task writes it: a cell for each day.
fn entries(found: &[timeline::Entry], by_id: &BTreeMap<ReportId, &Numbered>) -> Vec<Entry> {
    let mut rows: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for entry in found.iter().filter(|entry| entry.told.is_done()) {
        let Some(day) = day(entry.when) else { continue };
        let mention = |(report, span): &(ReportId, _)| by_id.get(report)?.mention(*span);
        let order = day.replace('X', "9");
        rows.entry((order, day)).or_default().extend(entry.mentions.iter().filter_map(mention));
    }
    let rows = (1..).zip(rows);
    rows.map(|(cell, ((_, day), mentions))| Entry { cell, day, mentions }).collect()
}

/// `2007-10-15`, `2007-10-XX` or `2007-XX-XX`; `None` for days that are no day, month or year.
fn day(when: Interval) -> Option<String> {
    let (first, last) = when.first.zip(when.last)?;
    if first == last {
        return Some(first.to_string());
    }
    let (year, month) = (first.year(), first.month());
    if first == first.first_of_month() && last == first.last_of_month() {
        return Some(format!("{year}-{month:02}-XX"));
    }
    (first == first.first_of_year() && last == first.last_of_year())
        .then(|| format!("{year}-XX-XX"))
}

/// Every word that looks like a verb of the past, in a sentence that has the actor's name, on the day of
/// the report.
fn trivial(actor: &str, reports: &[Numbered]) -> Vec<Entry> {
    let mut rows: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for report in reports {
        let text = report.document.report.text.as_str();
        let Some(day) = report.document.report.metadata.published.clone() else { continue };
        for words in report.sentences().values() {
            let sentence: Vec<_> = words.iter().map(|word| word.slice(text)).collect();
            if !sentence.join(" ").contains(actor) {
                continue;
            }
            let past = |word: &str| word.ends_with("ed") || word == "said";
            let verbs = words.iter().filter(|word| past(word.slice(text)));
            rows.entry(day.clone()).or_default().extend(verbs.filter_map(|at| report.mention(*at)));
        }
    }
    let rows = (1..).zip(rows);
    rows.map(|(cell, (day, mentions))| Entry { cell, day, mentions }).collect()
}

fn mentions(gold: &[Entry], found: &[Entry]) -> Counts {
    let all = |entries: &[Entry]| -> BTreeSet<String> {
        entries.iter().flat_map(|entry| entry.mentions.clone()).collect()
    };
    let (gold, found) = (all(gold), all(found));
    let both = gold.intersection(&found).count() as f64;
    Counts { right: both, recalled: both, found: found.len() as f64, gold: gold.len() as f64 }
}

/// A case for each mention that the gold or the answer has with a day.
fn compare(
    corpus: &str,
    actor: &str,
    gold: &[Entry],
    found: &[Entry],
    scores: &mut Scores,
    cases: &mut Vec<Case>,
) {
    let by_mention = |entries: &[Entry]| -> BTreeMap<String, String> {
        let dated = entries.iter().flat_map(|entry| {
            entry.mentions.iter().map(move |mention| (mention.clone(), entry.day.clone()))
        });
        dated.collect()
    };
    let (gold, found) = (by_mention(gold), by_mention(found));
    let nothing = String::new();
    for mention in gold.keys().chain(found.keys().filter(|mention| !gold.contains_key(*mention))) {
        let expected = gold.get(mention).unwrap_or(&nothing);
        let found = found.get(mention).unwrap_or(&nothing);
        let undated = expected.starts_with('X');
        if undated && found.is_empty() {
            continue;
        }
        if !expected.is_empty() && !undated && !found.is_empty() {
            scores.dated.0 += usize::from(expected == found);
            scores.dated.1 += 1;
        }
        cases.push(Case {
            id: format!("{corpus}/{actor}/{}", place(mention)),
            aspect: "day".to_owned(),
            expected: expected.clone(),
            found: found.clone(),
            score: f64::from(u8::from(expected == found)),
        });
    }
}

/// Report and sentence of a mention: cases carry places, never words.
fn place(mention: &str) -> String {
    mention.splitn(3, '-').take(2).collect::<Vec<_>>().join("-")
}
