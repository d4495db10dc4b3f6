//! `coreference`: mentions of one entity within a text, from raw text (GUM's entities).

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use chancery_annotate::Kit;
use chancery_annotate::coreference::Chain;
use chancery_text::Span;

use crate::gold::conllu;
use crate::gold::find;
use crate::line::read_document;
use crate::outcome::Case;
use crate::score::{CoreferenceCounts, Counts, coreference, pronouns};
use crate::{EvalError, Outcome, Task, baseline};

type Chains = Vec<BTreeSet<Span>>;

pub fn run(sets: &[PathBuf], kit: &Kit) -> Result<Outcome, EvalError> {
    let (mut ours, mut theirs) = (Scores::default(), Scores::default());
    let (mut cases, mut items) = (Vec::new(), 0);
    for set in sets {
        for file in find::files(set, |file| find::ends(file, &["conllu"]))? {
            for document in conllu::read(&file)?.into_iter().filter(|d| d.has_entities) {
                let gold = document.chains();
                let text = document.document.report.text.as_str();
                let found = found(&read_document(&document.document, kit).chains);
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

fn found(chains: &[Chain]) -> Chains {
    let spans = |chain: &Chain| chain.mentions.iter().map(|mention| mention.span).collect();
    chains.iter().map(spans).collect()
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

fn case(id: &str, scores: &Scores) -> Case {
    Case {
        id: id.to_owned(),
        aspect: "conll_f1".to_owned(),
        expected: format!("{:.0} mentions", scores.all.mentions.gold),
        found: format!("{:.2}", 100.0 * scores.all.conll()),
        score: scores.all.conll(),
    }
}
