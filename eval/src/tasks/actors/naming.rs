//! One actor under many names: the mentions of an event's five reports as clusters, by B³.
//!
//! `b3` is over the mentions that NewsWCL50 codes as an actor, and those of its countries and groups that
//! are a name of the country or group. `coded` is over all mentions of its actors, countries and groups,
//! where a minister, an agency or a lawyer of the party is the country or the party. Left out are its
//! actions, events, objects and properties, which are no actors; `ACTOR-I` with its `-I` and `-Misc` codes,
//! which hold whoever is left over; and words with two codes, such as "the two leaders", which name two
//! actors.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chancery_annotate::Kit;
use chancery_annotate::mention::Mention;
use chancery_resolve::Reading;
use chancery_resolve::record::Conclusions;
use chancery_text::ReportId;

use crate::Outcome;
use crate::gold::newswcl::{Named, NamedReport};
use crate::line::{Stories, conclude};
use crate::outcome::Case;
use crate::score::b_cubed;
use crate::tasks::place;

/// Gold's and our cluster of each mention.
type Clusters = Vec<(String, String)>;

/// Adds B³ over the mentions of all events. The trivial answer puts mentions of an event together that
/// end in the same word.
pub(super) fn measure(outcome: &mut Outcome, reports: &[NamedReport], kit: &Kit) {
    let mut events: BTreeMap<&str, Vec<&NamedReport>> = BTreeMap::new();
    for report in reports {
        events.entry(&report.event).or_default().push(report);
    }
    let [mut own, mut coded] = [const { (Clusters::new(), Clusters::new()) }; 2];
    for reports in events.values() {
        let read = reports.iter().map(|report| report.document.report.clone()).collect();
        let stories = conclude(read, kit);
        for report in reports {
            for named in &report.mentions {
                let gold = format!("{} {}", report.event, named.actor);
                let id = format!("{}:{}", report.document.id, words_place(report, named));
                let found = found(&stories, report, named);
                let key = found.clone().unwrap_or_else(|| id.clone());
                let ours = (gold.clone(), format!("{} {key}", report.event));
                let trivial = (gold, format!("{} {}", report.event, last_word(report, named)));
                if named.itself {
                    own.0.push(ours.clone());
                    own.1.push(trivial.clone());
                }
                coded.0.push(ours);
                coded.1.push(trivial);
                outcome.cases.push(case(id, named, found));
            }
        }
    }
    outcome.items += coded.0.len();
    score(outcome, "b3", &own);
    score(outcome, "coded", &coded);
}

/// Adds the scores of our clusters and of the trivial ones.
fn score(outcome: &mut Outcome, name: &str, (ours, trivial): &(Clusters, Clusters)) {
    let (ours, trivial) = (b_cubed(ours, &[]), b_cubed(trivial, &[]));
    outcome.add(&format!("{name}_f1"), ours.f1(), trivial.f1());
    outcome.add(&format!("{name}_precision"), ours.precision(), trivial.precision());
    outcome.add(&format!("{name}_recall"), ours.recall(), trivial.recall());
}

/// The actor of our mention that covers most of the words and least besides, after merging across the
/// reports.
fn found(stories: &Stories, report: &NamedReport, named: &Named) -> Option<String> {
    let (reading, conclusions) = reading(stories, report.document.report.id)?;
    let covers = |mention: &Mention| {
        let shared = mention.span.intersection(named.span)?.len();
        Some((shared, Reverse(mention.span.len()), Reverse(mention.span)))
    };
    let mentions = reading.observed.mentions.iter().filter(|mention| mention.actor.is_some());
    let best = mentions.filter_map(|mention| Some((covers(mention)?, mention)));
    let (_, mention) = best.max_by_key(|(covers, _)| *covers)?;
    Some(merged(conclusions, mention.actor.as_deref()?).to_owned())
}

fn reading(stories: &Stories, id: ReportId) -> Option<(&Reading, &Conclusions)> {
    stories.iter().find_map(|(readings, conclusions)| {
        Some((readings.iter().find(|reading| reading.report.id == id)?, conclusions))
    })
}

/// The key that a key was merged into; merging goes up a chain, which ends.
fn merged<'a>(conclusions: &'a Conclusions, key: &'a str) -> &'a str {
    let next = |key: &&str| {
        let merge = conclusions.merges.iter().find(|merge| merge.from == *key)?;
        Some(merge.into.as_str())
    };
    std::iter::successors(Some(key), next).last().unwrap_or(key)
}

fn words_place(report: &NamedReport, named: &Named) -> String {
    place(&report.document.report.text, named.span)
}

fn last_word(report: &NamedReport, named: &Named) -> String {
    let words = named.span.slice(&report.document.report.text).to_lowercase();
    let last = words.split_whitespace().last().unwrap_or_default();
    last.trim_end_matches("'s").trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

fn case(id: String, named: &Named, found: Option<String>) -> Case {
    let score = f64::from(u8::from(found.is_some()));
    let (expected, found) = (named.actor.clone(), found.unwrap_or_default());
    Case {
        id,
        aspect: if named.itself { "naming" } else { "coding" }.into(),
        expected,
        found,
        score,
    }
}

#[cfg(test)]
mod tests {
    use chancery_resolve::record::ActorMerge;

    use super::*;

    #[test]
    fn a_key_merged_twice_is_the_last() {
        let merge = |from: &str, into: &str| ActorMerge {
            from: from.into(),
            into: into.into(),
            reason: String::new(),
            evidence: Vec::new(),
        };
        let merges = vec![merge("name:a", "name:b"), merge("name:b", "person:c")];
        let conclusions = Conclusions { merges, ..Conclusions::default() };
        assert_eq!(merged(&conclusions, "name:a"), "person:c");
        assert_eq!(merged(&conclusions, "name:d"), "name:d");
    }
}
