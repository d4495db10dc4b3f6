//! Which mentions are of one chain, by the gold, by what is read, and by lemma and day.

use std::collections::{BTreeMap, BTreeSet};

use chancery_annotate::Annotations;
use chancery_annotate::occurrence::Occurrence;
use chancery_resolve::timeline::{Source, merge};
use chancery_text::{ReportId, Span};

use crate::gold::instances::{Corpus, Marked};

/// A mention: its report and characters.
pub(super) type Mention = (ReportId, Span);
/// The chain of each mention.
pub(super) type Labels = BTreeMap<Mention, String>;

/// The gold's chains.
pub(super) fn of_gold(corpus: &Corpus) -> Labels {
    let each = corpus.reports.iter().flat_map(|report| {
        let mentions = report.mentions.iter();
        mentions.map(|(span, instance)| ((id(report), *span), named(corpus, instance)))
    });
    each.collect()
}

/// The gold's mentions by the occurrences that have them as triggers.
pub(super) fn of_given(corpus: &Corpus, told: &[Vec<Occurrence>]) -> Labels {
    on_gold(corpus, told, |trigger, span| trigger == span)
}

/// The gold's mentions by the first occurrence that each touches.
pub(super) fn of_found(corpus: &Corpus, told: &[Vec<Occurrence>]) -> Labels {
    on_gold(corpus, told, meets)
}

/// The gold's mentions by the occurrence that each `stands` for; one without is alone.
fn on_gold(
    corpus: &Corpus,
    told: &[Vec<Occurrence>],
    stands: impl Fn(Span, Span) -> bool,
) -> Labels {
    let groups = groups(corpus, told);
    let mut labels = Labels::new();
    for (at, report) in corpus.reports.iter().enumerate() {
        for (span, _) in &report.mentions {
            let own = told[at].iter().position(|it| stands(it.trigger, *span));
            let alone = || format!("{} {}", id(report), span.start);
            let label = own.map_or_else(alone, |own| groups[at][own].to_string());
            labels.insert((id(report), *span), named(corpus, &label));
        }
    }
    labels
}

/// What is read in the sentences that are marked in full, or on a mention of the gold, as a mention of its
/// own: in the place of the gold's where it touches one that no earlier one touches. With the chain of
/// each by what is read, and by lemma and day.
pub(super) fn of_read(
    corpus: &Corpus,
    annotated: &[Annotations],
    told: &[Vec<Occurrence>],
) -> (Labels, Labels) {
    let groups = groups(corpus, told);
    let (mut read, mut lemmas) = (Labels::new(), Labels::new());
    for (at, report) in corpus.reports.iter().enumerate() {
        for (own, occurrence) in told[at].iter().enumerate() {
            let trigger = occurrence.trigger;
            let open =
                |span: &&Span| meets(**span, trigger) && !read.contains_key(&(id(report), **span));
            let touched = report.mentions.iter().map(|(span, _)| span).find(open).copied();
            if touched.is_some() || report.whole.contains(trigger) {
                let mention = (id(report), touched.unwrap_or(trigger));
                read.insert(mention, named(corpus, &groups[at][own].to_string()));
                lemmas.insert(mention, by_lemma(corpus, report, &annotated[at], trigger));
            }
        }
    }
    (read, lemmas)
}

/// The gold's mentions, one chain for each lemma on each day that reports were written on.
pub(super) fn of_lemmas(corpus: &Corpus, annotated: &[Annotations]) -> Labels {
    let both = corpus.reports.iter().zip(annotated);
    let each = both.flat_map(|(report, annotations)| {
        let label = move |(span, _): &(Span, String)| {
            ((id(report), *span), by_lemma(corpus, report, annotations, *span))
        };
        report.mentions.iter().map(label)
    });
    each.collect()
}

/// The number of the group of each occurrence of each report.
fn groups(corpus: &Corpus, told: &[Vec<Occurrence>]) -> Vec<Vec<usize>> {
    let both = corpus.reports.iter().zip(told);
    let sources: Vec<_> =
        both.map(|(report, it)| Source { report: id(report), occurrences: it }).collect();
    let mut groups: Vec<Vec<usize>> = told.iter().map(|it| vec![0; it.len()]).collect();
    for (number, group) in merge(&sources).into_iter().enumerate() {
        for place in group {
            groups[place.source][place.occurrence] = number;
        }
    }
    groups
}

fn by_lemma(corpus: &Corpus, report: &Marked, annotations: &Annotations, span: Span) -> String {
    let day = report.document.report.metadata.published.as_deref().unwrap_or("");
    let tokens = annotations.tokens.iter().zip(&annotations.syntax.words);
    let touched = tokens.filter(|(token, _)| meets(token.span, span));
    let lemmas: Vec<_> = touched.map(|(_, word)| word.lemma.to_lowercase()).collect();
    named(corpus, &format!("{day} {}", lemmas.join(" ")))
}

fn named(corpus: &Corpus, label: &str) -> String {
    format!("{} {label}", corpus.name)
}

fn id(report: &Marked) -> ReportId {
    report.document.report.id
}

fn meets(one: Span, other: Span) -> bool {
    one.intersection(other).is_some_and(|both| !both.is_empty())
}

/// The chains that labels make.
pub(super) fn chains(labels: &Labels) -> Vec<BTreeSet<Mention>> {
    let mut chains: BTreeMap<&str, BTreeSet<Mention>> = BTreeMap::new();
    for (mention, label) in labels {
        chains.entry(label).or_default().insert(*mention);
    }
    chains.into_values().collect()
}

/// Chains with mentions of more than one report.
pub(super) fn across(chains: &[BTreeSet<Mention>]) -> Vec<BTreeSet<Mention>> {
    let joins = |chain: &&BTreeSet<Mention>| {
        chain.iter().map(|(report, _)| report).collect::<BTreeSet<_>>().len() > 1
    };
    chains.iter().filter(joins).cloned().collect()
}
