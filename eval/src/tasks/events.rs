//! `events`: type, quad class and parties of coded sentences.
//!
//! A coded sentence holds one event. Where several were found, the one is scored whose trigger shares
//! most words with the coded act, see [`closest`]. The types are those of [`Event::coded_type`].
//!
//! - `type`, `quad`: share of the sentences with the right one; the five classes of cameo_class by [`class`].
//! - `source_f1`, `target_f1`: parties whose mention overlaps a marked one. A symmetric event has its
//!   parties on both sides.
//! - A party told by a pronoun counts where the text names the actor.
//! - `direction`: of the sentences with different source and target whose two sides were both found
//!   as parties, in whatever role: share with both in the right role.
//! - `parties_found`: how many sentences that is, of those with different source and target.
//! - `country` and `sector`: of the coded ones, those that the event's mentions on that side have.

use std::path::{Path, PathBuf};

use chancery_annotate::event::{Event, EventType, Quad, Status};
use chancery_annotate::mention::{Mention, MentionForm};
use chancery_annotate::{Kit, Observed};
use chancery_text::{RowId, Span};

use crate::error::read_text;
use crate::gold::cameo::{self, ClassedSentence};
use crate::gold::iob::{self, LabelledDocument};
use crate::gold::plover::{self, CodedSentence, Party};
use crate::gold::{Document, find};
use crate::line::read_document;
use crate::outcome::{Case, percent};
use crate::score::{Counts, Share};
use crate::tasks::{mentions, place};
use crate::{EvalError, Outcome, Task, baseline};

pub fn run(sets: &[PathBuf], kit: &Kit) -> Result<Outcome, EvalError> {
    let mut tally = Tally::default();
    for set in sets {
        for file in find::files(set, |file| find::ends(file, &["json", "tsv", "txt"]))? {
            tally.file(&file, kit)?;
        }
    }
    Ok(tally.outcome())
}

#[derive(Default)]
struct Tally {
    items: usize,
    types: Vec<EventType>,
    classes: Vec<String>,
    plover: Share,
    quad: Share,
    parties: [Counts; 2],
    trivial: [Counts; 2],
    direction: Share,
    trivial_direction: Share,
    both: Share,
    country: Share,
    sector: Share,
    cases: Vec<Case>,
}

impl Tally {
    fn file(&mut self, file: &Path, kit: &Kit) -> Result<(), EvalError> {
        if find::ends(file, &["json"]) {
            plover::read(file)?.iter().for_each(|gold| self.coded(gold, kit));
        } else if find::ends(file, &["tsv"]) {
            cameo::read(file)?.iter().for_each(|gold| self.classed(gold, kit));
        } else if iob::looks_like(&read_text(file)?) {
            iob::read(file)?.iter().for_each(|gold| self.labelled(gold, kit));
        }
        Ok(())
    }

    fn coded(&mut self, gold: &CodedSentence, kit: &Kit) {
        let observed = read_document(&gold.document, kit).observed;
        let event = closest(&observed, &gold.act);
        self.items += 1;
        self.types.push(gold.plover);
        self.classes.push(gold.plover.quad().name().to_owned());
        let found = event.map(Event::coded_type);
        self.plover.add(found == Some(gold.plover));
        self.quad.add(found.map(EventType::quad) == Some(gold.plover.quad()));
        let sides = sides(&observed, event);
        let marked = [spans(&gold.sources), spans(&gold.targets)];
        self.sides(&gold.document, &marked, &sides);
        self.codes(&observed, event, gold);
        self.cases.extend(coded_cases(gold, event, &marked, &sides));
    }

    fn classed(&mut self, gold: &ClassedSentence, kit: &Kit) {
        let observed = read_document(&gold.document, kit).observed;
        let found = main(&observed).and_then(class);
        let name = |quad: Option<Quad>| quad.map_or("neutral", |quad| quad.name());
        self.items += 1;
        self.classes.push(name(gold.quad).to_owned());
        self.quad.add(found == gold.quad);
        self.cases.push(Case {
            id: gold.document.id.clone(),
            aspect: "quad".into(),
            expected: name(gold.quad).into(),
            found: name(found).into(),
            score: f64::from(u8::from(found == gold.quad)),
        });
    }

    fn labelled(&mut self, gold: &LabelledDocument, kit: &Kit) {
        let of = |label: &str| -> Vec<Span> {
            gold.labels.iter().filter(|(_, l)| l == label).map(|(span, _)| *span).collect()
        };
        // Parties of an act that both sides do are marked as related.
        let both = of("R");
        let marked = [of("S"), of("T")].map(|side| [side, both.clone()].concat());
        let observed = read_document(&gold.document, kit).observed;
        let overlap = |event: &&Event| {
            sides(&observed, Some(event))
                .iter()
                .zip(&marked)
                .map(|(found, gold)| matched(gold, found).right as usize)
                .sum::<usize>()
        };
        // No act is marked here: the first event, unless none of its parties and some of another's fit.
        let first = observed.events.first();
        let event = first
            .filter(|event| 0 < overlap(event))
            .or_else(|| observed.events.iter().find(|event| 0 < overlap(event)).or(first));
        self.items += 1;
        let mut sides = sides(&observed, event);
        for (found, marked) in sides.iter_mut().zip(&marked) {
            // Many sentences have only their source marked, whatever the act was done to.
            if marked.is_empty() {
                found.clear();
            }
        }
        self.sides(&gold.document, &marked, &sides);
        self.cases.extend(side_cases(&gold.document, &marked, &sides));
    }

    fn sides(&mut self, document: &Document, marked: &[Vec<Span>; 2], found: &[Vec<Span>; 2]) {
        let runs = baseline::capitalised(&document.report.text);
        let trivial = [0, 1].map(|at| runs.get(at).copied().into_iter().collect::<Vec<_>>());
        for side in 0..2 {
            self.parties[side] = self.parties[side].plus(matched(&marked[side], &found[side]));
            self.trivial[side] = self.trivial[side].plus(matched(&marked[side], &trivial[side]));
        }
        if marked.iter().any(Vec::is_empty) || marked[0] == marked[1] {
            return;
        }
        for (found, share, ours) in
            [(found, &mut self.direction, true), (&trivial, &mut self.trivial_direction, false)]
        {
            let all: Vec<Span> = found.concat();
            let both = marked.iter().all(|spans| meets(spans, &all));
            if ours {
                self.both.add(both);
            }
            if both {
                share.add(marked.iter().zip(found).all(|(gold, found)| meets(gold, found)));
            }
        }
    }

    fn codes(&mut self, observed: &Observed, event: Option<&Event>, gold: &CodedSentence) {
        let none = Vec::new();
        let ids = event.map_or([&none, &none], |event| [&event.sources, &event.targets]);
        for (parties, ids) in [&gold.sources, &gold.targets].into_iter().zip(ids) {
            let actors: Vec<_> = mentions(observed, ids)
                .iter()
                .filter_map(|mention| mention.actor.as_ref())
                .filter_map(|key| observed.actors.iter().find(|actor| actor.key == *key))
                .collect();
            for Party { country, sector, .. } in parties {
                if let Some(country) = country {
                    self.country.add(actors.iter().any(|a| a.country.as_ref() == Some(country)));
                }
                if let Some(sector) = sector {
                    let has = |s: &chancery_annotate::mention::Sector| s.name() == sector;
                    self.sector.add(actors.iter().any(|actor| actor.sectors.iter().any(has)));
                }
            }
        }
    }

    fn outcome(self) -> Outcome {
        let mut outcome = Outcome::new(Task::Events, self.items);
        if 0 < self.plover.all {
            let names: Vec<_> = self.types.iter().map(|plover| plover.name().to_owned()).collect();
            outcome.add("type", self.plover.value(), most_frequent(&names));
        }
        if 0 < self.quad.all {
            outcome.add("quad", self.quad.value(), most_frequent(&self.classes));
        }
        if 0.0 < self.parties[0].gold + self.parties[1].gold {
            outcome.add("source_f1", self.parties[0].f1(), self.trivial[0].f1());
            outcome.add("target_f1", self.parties[1].f1(), self.trivial[1].f1());
            outcome.add("direction", self.direction.value(), self.trivial_direction.value());
            outcome.metrics.insert("parties_found".into(), percent(self.both.value()));
        }
        if 0 < self.country.all {
            outcome.add("country", self.country.value(), 0.0);
            outcome.add("sector", self.sector.value(), 0.0);
        }
        outcome.cases = self.cases;
        outcome
    }
}

/// Share of the most frequent label.
fn most_frequent(labels: &[String]) -> f64 {
    let most =
        labels.iter().map(|label| labels.iter().filter(|other| *other == label).count()).max();
    most.unwrap_or(0) as f64 / labels.len().max(1) as f64
}

fn spans(parties: &[Party]) -> Vec<Span> {
    parties.iter().map(|party| party.span).collect()
}

fn meets(left: &[Span], right: &[Span]) -> bool {
    left.iter().any(|a| right.iter().any(|b| a.overlaps(*b)))
}

/// Of the events whose trigger shares words with the act, the first that is told as a fact, and of none
/// such the one that shares most; the main one if none shares any. What is only agreed to, asked for or
/// threatened is an event of its own in a record, and part of the agreement, demand or threat here.
fn closest<'a>(observed: &'a Observed, act: &[Span]) -> Option<&'a Event> {
    let shared = |event: &Event| -> u32 {
        act.iter().filter_map(|span| span.intersection(event.trigger)).map(Span::len).sum()
    };
    let touching = || observed.events.iter().filter(|event| 0 < shared(event));
    let told = touching().find(|event| event.is_asserted());
    let most = || {
        let most = touching().map(shared).max()?;
        touching().find(|event| shared(event) == most)
    };
    told.or_else(most).or_else(|| main(observed))
}

/// The class by the root of the CAMEO code, as this set has them: statements and appeals (01, 02) are
/// neutral, yielding (08) is material, and so is what CAMEO counts as conflict from 14 on but for
/// reduced relations (16), which are verbal. What is only planned is verbal; what is only supposed, denied
/// or wanted is none.
fn class(event: &Event) -> Option<Quad> {
    let planned = event.status == Status::Planned;
    if !planned && !event.is_asserted() {
        return None;
    }
    let quad = match event.cameo.get(..2)? {
        "01" | "02" => return None,
        "03" | "04" | "05" => Quad::VerbalCooperation,
        "06" | "07" | "08" => Quad::MaterialCooperation,
        "09" | "10" | "11" | "12" | "13" | "16" => Quad::VerbalConflict,
        _ => Quad::MaterialConflict,
    };
    Some(match quad {
        Quad::MaterialCooperation if planned => Quad::VerbalCooperation,
        Quad::MaterialConflict if planned => Quad::VerbalConflict,
        quad => quad,
    })
}

/// The first event that is told as a fact, or the first.
fn main(observed: &Observed) -> Option<&Event> {
    let told = observed.events.iter().find(|event| event.is_asserted());
    told.or(observed.events.first())
}

/// The spans of the event's sources and of its targets; of a pronoun, where the text names the actor.
fn sides(observed: &Observed, event: Option<&Event>) -> [Vec<Span>; 2] {
    let of = |ids: &Vec<RowId>| {
        mentions(observed, ids).iter().map(|mention| named(observed, mention).span).collect()
    };
    event.map_or([Vec::new(), Vec::new()], |event| [of(&event.sources), of(&event.targets)])
}

/// For a pronoun, the last mention before it that names the same actor.
fn named<'a>(observed: &'a Observed, mention: &'a Mention) -> &'a Mention {
    if mention.form != MentionForm::Pronoun || mention.actor.is_none() {
        return mention;
    }
    let same = |other: &&Mention| {
        other.form != MentionForm::Pronoun
            && other.actor == mention.actor
            && other.span.start < mention.span.start
    };
    observed.mentions.iter().rfind(same).unwrap_or(mention)
}

/// Parties that overlap, each counted once.
fn matched(gold: &[Span], found: &[Span]) -> Counts {
    let hit = |one: &Span, others: &[Span]| others.iter().any(|other| other.overlaps(*one));
    Counts {
        right: found.iter().filter(|span| hit(span, gold)).count() as f64,
        recalled: gold.iter().filter(|span| hit(span, found)).count() as f64,
        found: found.len() as f64,
        gold: gold.len() as f64,
    }
}

fn coded_cases(
    gold: &CodedSentence,
    event: Option<&Event>,
    marked: &[Vec<Span>; 2],
    found: &[Vec<Span>; 2],
) -> Vec<Case> {
    let right = event.is_some_and(|event| event.coded_type() == gold.plover);
    let mut cases = vec![Case {
        id: gold.document.id.clone(),
        aspect: "type".into(),
        expected: gold.plover.name().into(),
        found: event.map_or(String::new(), |event| event.coded_type().name().into()),
        score: f64::from(u8::from(right)),
    }];
    cases.extend(side_cases(&gold.document, marked, found));
    cases
}

fn side_cases(document: &Document, marked: &[Vec<Span>; 2], found: &[Vec<Span>; 2]) -> Vec<Case> {
    let places = |spans: &[Span]| {
        spans.iter().map(|span| place(&document.report.text, *span)).collect::<Vec<_>>().join(" ")
    };
    let case = |(aspect, (gold, found)): (&str, (&Vec<Span>, &Vec<Span>))| {
        let none = gold.is_empty() && found.is_empty();
        Case {
            id: document.id.clone(),
            aspect: aspect.into(),
            expected: places(gold),
            found: places(found),
            score: if none { 1.0 } else { matched(gold, found).f1() },
        }
    };
    ["source", "target"].into_iter().zip(marked.iter().zip(found)).map(case).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_long_party_may_hold_two_marked_ones() {
        let gold = [Span::new(0, 5), Span::new(9, 12)];
        let counts = matched(&gold, &[Span::new(0, 12), Span::new(20, 22)]);
        assert_eq!((counts.precision(), counts.recall()), (0.5, 1.0));
    }

    #[test]
    fn swapped_parties_are_found_and_in_the_wrong_direction() {
        let document = Document::from_text("a", "Ruvania shelled Sallet.");
        let (ruvania, sallet) = (vec![Span::new(0, 7)], vec![Span::new(16, 22)]);
        let mut tally = Tally::default();
        tally.sides(&document, &[ruvania.clone(), sallet.clone()], &[sallet, ruvania]);
        assert_eq!((tally.both.right, tally.direction.all, tally.direction.right), (1, 1, 0));
    }

    #[test]
    fn the_most_frequent_label_is_the_baseline() {
        let labels = ["a", "b", "a", "c"].map(str::to_owned);
        assert_eq!(most_frequent(&labels), 0.5);
    }
}
