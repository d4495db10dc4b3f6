//! `coreference`: mentions of one entity within a text, from raw text (GUM's entities).

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use chancery_annotate::{Kit, Observed};
use chancery_text::Span;

use crate::gold::conllu::{self, TreebankDocument};
use crate::gold::find;
use crate::line::read_document;
use crate::outcome::Case;
use crate::score::{CoreferenceCounts, Counts, coreference};
use crate::{EvalError, Outcome, Task, baseline};

/// Pronouns of the third person, in any case.
const PRONOUNS: [&str; 19] = [
    "he",
    "him",
    "his",
    "himself",
    "she",
    "her",
    "hers",
    "herself",
    "it",
    "its",
    "itself",
    "they",
    "them",
    "their",
    "theirs",
    "themselves",
    "themself",
    "’em",
    "'em",
];

type Chains = Vec<BTreeSet<Span>>;

pub fn run(sets: &[PathBuf], kit: &Kit) -> Result<Outcome, EvalError> {
    let (mut ours, mut theirs) = (Scores::default(), Scores::default());
    let (mut cases, mut items) = (Vec::new(), 0);
    for set in sets {
        for file in find::files(set, |file| find::ends(file, &["conllu"]))? {
            for document in conllu::read(&file)?.into_iter().filter(|d| d.has_entities) {
                let gold = gold(&document);
                let text = document.document.report.text.as_str();
                let found = found(&read_document(&document.document, kit).observed);
                let scores = Scores::of(text, &gold, &found);
                ours = ours.plus(scores);
                theirs = theirs.plus(Scores::of(text, &gold, &trivial(text)));
                items += scores.all.mentions.gold as usize;
                cases.push(case(&document.document.id, &scores));
            }
        }
    }
    let mut outcome = Outcome::new(Task::Coreference, items);
    for ((name, share), (_, other)) in ours.named().into_iter().zip(theirs.named()) {
        outcome.add(name, share, other);
    }
    outcome.cases = cases;
    Ok(outcome)
}

fn gold(document: &TreebankDocument) -> Chains {
    let words = &document.analysis.words;
    let span = |(first, last): &(usize, usize)| words[*first].span.cover(words[*last].span);
    document.entities.values().map(|mentions| mentions.iter().map(span).collect()).collect()
}

/// The mentions of each actor.
fn found(observed: &Observed) -> Chains {
    let mut chains: BTreeMap<&str, BTreeSet<Span>> = BTreeMap::new();
    for mention in &observed.mentions {
        if let Some(actor) = &mention.actor {
            chains.entry(actor).or_default().insert(mention.span);
        }
    }
    chains.into_values().collect()
}

/// Runs of capitalised words that are written alike.
fn trivial(text: &str) -> Chains {
    let mut chains: BTreeMap<&str, BTreeSet<Span>> = BTreeMap::new();
    for span in baseline::capitalised(text) {
        chains.entry(span.slice(text)).or_default().insert(span);
    }
    chains.into_values().collect()
}

#[derive(Debug, Default, Clone, Copy)]
struct Scores {
    all: CoreferenceCounts,
    /// Pronouns that have an earlier mention in the gold; found, those that were given one; right,
    /// those whose nearest one is of the same entity.
    pronouns: Counts,
}

impl Scores {
    fn of(text: &str, gold: &Chains, found: &Chains) -> Self {
        Self { all: coreference(gold, found), pronouns: pronouns(text, gold, found) }
    }

    fn plus(self, other: Self) -> Self {
        Self { all: self.all.plus(other.all), pronouns: self.pronouns.plus(other.pronouns) }
    }

    fn named(&self) -> [(&'static str, f64); 6] {
        [
            ("conll_f1", self.all.conll()),
            ("muc_f1", self.all.muc.f1()),
            ("b3_f1", self.all.b_cubed.f1()),
            ("ceafe_f1", self.all.ceaf_e.f1()),
            ("mentions_f1", self.all.mentions.f1()),
            ("pronouns", self.pronouns.recall()),
        ]
    }
}

fn pronouns(text: &str, gold: &Chains, found: &Chains) -> Counts {
    let mut counts = Counts::default();
    for chain in gold {
        for mention in chain {
            let word = mention.slice(text).to_lowercase();
            let earlier = chain.iter().any(|other| other.end <= mention.start);
            if !earlier || !PRONOUNS.contains(&word.as_str()) {
                continue;
            }
            let given = found.iter().find(|chain| chain.contains(mention));
            let near = given.and_then(|chain| {
                chain
                    .iter()
                    .filter(|other| other.end <= mention.start)
                    .max_by_key(|other| other.end)
            });
            counts.add(true, near.is_some(), near.is_some_and(|near| chain.contains(near)));
        }
    }
    counts
}

fn case(id: &str, scores: &Scores) -> Case {
    Case {
        id: id.to_owned(),
        aspect: "conll_f1".to_owned(),
        expected: format!("{:.0} mentions", scores.all.mentions.gold),
        found: format!("{:.2}", 100.0 * scores.all.conll()),
        score: scores.all.conll(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pronoun_is_right_where_its_nearest_antecedent_is() {
        let text = "Ana met Bo. She left.";
        let (ana, bo, she) = (Span::new(0, 3), Span::new(8, 10), Span::new(12, 15));
        let gold = vec![BTreeSet::from([ana, she]), BTreeSet::from([bo])];
        let right = pronouns(text, &gold, &gold.clone());
        assert_eq!((right.gold, right.recall()), (1.0, 1.0));
        let wrong = pronouns(text, &gold, &vec![BTreeSet::from([bo, she])]);
        assert_eq!((wrong.gold, wrong.recall()), (1.0, 0.0));
    }
}
