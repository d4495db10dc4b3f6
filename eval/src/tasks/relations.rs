//! `relations`: who heads, belongs to, is allied with or fights whom, and names of one party.
//!
//! Scored are re3d's relations that mean what ours do, between persons and organisations, where most
//! annotators agree: FightingAgainst, AlliesOf, BelongsTo, InChargeOf, and IsSynonymOf of organisations
//! (that of a person is nearly always an office beside a name, which is no other name). An answer is
//! right if its two mentions overlap with the two of one relation of its group, whichever way round
//! where the group has no direction. What is said inside the words of one entity ("Syrian army
//! commander Brandt") is left out, since re3d marks no entities inside entities, and so are answers of
//! which a side is no person or organisation of the gold, and those that are negated.

use std::path::PathBuf;

use chancery_annotate::relation::{Relation, RelationKind};
use chancery_annotate::{Kit, Observed};
use chancery_text::{RowId, Span};

use super::place;
use crate::gold::find;
use crate::gold::iob::LabelledDocument;
use crate::gold::re3d::{self, Related};
use crate::line::read_document;
use crate::outcome::Case;
use crate::score::Counts;
use crate::{EvalError, Outcome, Task};

/// Relations that fewer annotators agree on are no gold.
const AGREED: f64 = 0.5;

/// Kinds that are one in re3d: its label, our name for the group, whether it has a direction, our kinds.
struct Group {
    label: &'static str,
    name: &'static str,
    directed: bool,
    kinds: &'static [RelationKind],
}

const GROUPS: [Group; 5] = [
    Group {
        label: "AlliesOf",
        name: "allied",
        directed: false,
        kinds: &[RelationKind::AlliedWith, RelationKind::Backs],
    },
    Group {
        label: "BelongsTo",
        name: "belongs",
        directed: true,
        kinds: &[RelationKind::BelongsTo, RelationKind::Serves],
    },
    Group {
        label: "FightingAgainst",
        name: "fights",
        directed: true,
        kinds: &[RelationKind::Fights],
    },
    Group { label: "InChargeOf", name: "heads", directed: true, kinds: &[RelationKind::Heads] },
    Group { label: "IsSynonymOf", name: "same", directed: false, kinds: &[RelationKind::SameAs] },
];

pub fn run(sets: &[PathBuf], kit: &Kit) -> Result<Outcome, EvalError> {
    let [mut ours, mut theirs] = [[Counts::default(); GROUPS.len()]; 2];
    let mut cases = Vec::new();
    for set in sets {
        for file in find::files(set, |file| file.ends_with("documents.jsonl"))? {
            let documents = re3d::read(&file)?;
            let mut relations = re3d::read_relations(&file, &documents)?;
            for labelled in &documents {
                let related = relations.remove(&labelled.document.id).unwrap_or_default();
                let gold = gold(labelled, &related);
                let observed = read_document(&labelled.document, kit).observed;
                let found = answers(labelled, &observed);
                add(&mut ours, &gold, &found);
                add(&mut theirs, &gold, &trivial(labelled, &observed));
                cases.extend(document_cases(labelled, &gold, &found));
            }
        }
    }
    let sum = |all: &[Counts]| all.iter().copied().fold(Counts::default(), Counts::plus);
    let mut outcome = Outcome::new(Task::Relations, sum(&ours).gold as usize);
    for (at, group) in GROUPS.iter().enumerate() {
        report(&mut outcome, group.name, ours[at], theirs[at]);
    }
    report(&mut outcome, "micro", sum(&ours), sum(&theirs));
    outcome.cases = cases;
    Ok(outcome)
}

fn report(outcome: &mut Outcome, name: &str, ours: Counts, theirs: Counts) {
    outcome.add(&format!("{name}_precision"), ours.precision(), theirs.precision());
    outcome.add(&format!("{name}_recall"), ours.recall(), theirs.recall());
    outcome.add(&format!("{name}_f1"), ours.f1(), theirs.f1());
}

/// A pair of stretches and the index of its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pair {
    group: usize,
    source: Span,
    target: Span,
}

impl Pair {
    fn meets(&self, other: &Self) -> bool {
        let along = self.source.overlaps(other.source) && self.target.overlaps(other.target);
        let across = self.source.overlaps(other.target) && self.target.overlaps(other.source);
        self.group == other.group && (along || across && !GROUPS[self.group].directed)
    }
}

/// The relations of a document that are scored, each pair once.
fn gold(labelled: &LabelledDocument, related: &[Related]) -> Vec<Pair> {
    let kind = |span: Span| {
        let label = labelled.labels.iter().find(|(other, _)| *other == span);
        label.map_or("", |(_, label)| label.as_str())
    };
    let mut pairs: Vec<Pair> = Vec::new();
    for one in related.iter().filter(|one| AGREED <= one.confidence) {
        let Some(group) = GROUPS.iter().position(|group| group.label == one.label) else {
            continue;
        };
        let organisations =
            [one.source, one.target].iter().all(|span| kind(*span) == "Organisation");
        let parties = [one.source, one.target].iter().all(|span| is_party(kind(*span)));
        let scored = if one.label == "IsSynonymOf" { organisations } else { parties };
        let pair = Pair { group, source: one.source, target: one.target };
        let same = |other: &Pair| other.meets(&pair) && !GROUPS[group].directed || *other == pair;
        if scored && one.source != one.target && !pairs.iter().any(same) {
            pairs.push(pair);
        }
    }
    pairs
}

fn is_party(label: &str) -> bool {
    matches!(label, "Person" | "Organisation")
}

/// What is found that can be right or wrong by the gold.
fn answers(labelled: &LabelledDocument, observed: &Observed) -> Vec<Pair> {
    let span = |id: RowId| {
        observed.mentions.iter().find(|mention| mention.id == id).map(|mention| mention.head_span)
    };
    let pair = |row: &Relation| {
        let group = GROUPS.iter().position(|group| group.kinds.contains(&row.kind))?;
        Some(Pair { group, source: span(row.subject)?, target: span(row.object)? })
    };
    let stated = observed.relations.iter().filter(|row| !row.negated);
    stated.filter_map(pair).filter(|pair| is_scored(labelled, pair)).collect()
}

/// Whether both sides are parties of the gold, and two.
fn is_scored(labelled: &LabelledDocument, pair: &Pair) -> bool {
    let parties = |span: Span| {
        let labels = labelled.labels.iter();
        labels.filter(move |(other, label)| other.overlaps(span) && is_party(label))
    };
    let within_one = parties(pair.source).any(|(other, _)| other.overlaps(pair.target));
    let organisations = [pair.source, pair.target]
        .iter()
        .all(|span| parties(*span).any(|(_, label)| label == "Organisation"));
    let named = parties(pair.source).next().is_some() && parties(pair.target).next().is_some();
    named && !within_one && (GROUPS[pair.group].name != "same" || organisations)
}

/// Every two mentions of a sentence, by the commonest relation: the first fights the second.
fn trivial(labelled: &LabelledDocument, observed: &Observed) -> Vec<Pair> {
    let group = GROUPS.iter().position(|group| group.name == "fights").unwrap_or_default();
    let mut pairs = Vec::new();
    for sentence in &observed.sentences {
        let inside = observed.mentions.iter().filter(|mention| sentence.contains(mention.span));
        let inside: Vec<Span> = inside.map(|mention| mention.head_span).collect();
        for (at, &source) in inside.iter().enumerate() {
            pairs.extend(inside[at + 1..].iter().map(|&target| Pair { group, source, target }));
        }
    }
    pairs.retain(|pair| is_scored(labelled, pair));
    pairs
}

fn add(counts: &mut [Counts; GROUPS.len()], gold: &[Pair], found: &[Pair]) {
    for pair in found {
        let right = gold.iter().any(|other| other.meets(pair));
        counts[pair.group].found += 1.0;
        counts[pair.group].right += f64::from(u8::from(right));
    }
    for pair in gold {
        let recalled = found.iter().any(|other| other.meets(pair));
        counts[pair.group].gold += 1.0;
        counts[pair.group].recalled += f64::from(u8::from(recalled));
    }
}

fn document_cases(labelled: &LabelledDocument, gold: &[Pair], found: &[Pair]) -> Vec<Case> {
    let text = &labelled.document.report.text;
    let label = |pair: &Pair| format!("{}>{}", place(text, pair.source), place(text, pair.target));
    let case = |pair: &Pair, expected: String, found: String, score: f64| Case {
        id: format!("{}:{}", labelled.document.id, label(pair)),
        aspect: GROUPS[pair.group].name.to_owned(),
        expected,
        found,
        score,
    };
    let mut cases = Vec::new();
    for pair in gold {
        let answer = found.iter().find(|other| other.meets(pair));
        let score = f64::from(u8::from(answer.is_some()));
        cases.push(case(pair, label(pair), answer.map_or_else(String::new, label), score));
    }
    let beside = found.iter().filter(|pair| !gold.iter().any(|other| other.meets(pair)));
    cases.extend(beside.map(|pair| case(pair, String::new(), label(pair), 0.0)));
    cases
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(group: &str, source: (u32, u32), target: (u32, u32)) -> Pair {
        let group = GROUPS.iter().position(|one| one.name == group).unwrap();
        let span = |(start, end)| Span::new(start, end);
        Pair { group, source: span(source), target: span(target) }
    }

    #[test]
    fn allies_have_no_direction_and_fighters_do() {
        let turned = |name| pair(name, (0, 4), (10, 14)).meets(&pair(name, (9, 12), (0, 6)));
        assert!(turned("allied"));
        assert!(!turned("fights"));
    }

    #[test]
    fn one_answer_counts_once_for_precision_and_each_of_the_gold_for_recall() {
        let gold = [pair("heads", (0, 4), (10, 14)), pair("heads", (0, 4), (20, 24))];
        let mut counts = [Counts::default(); GROUPS.len()];
        add(&mut counts, &gold, &[gold[0], pair("fights", (0, 4), (10, 14))]);
        let sum = counts.iter().copied().fold(Counts::default(), Counts::plus);
        assert_eq!((sum.precision(), sum.recall()), (0.5, 0.5));
    }
}
