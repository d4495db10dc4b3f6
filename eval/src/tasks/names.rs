//! `names`: persons, organisations and places, by exact span and type.
//!
//! A leading article and a trailing possessive mark count on neither side, since corpora differ on
//! them. Of names within names the longest counts. Gold types that are none of the three (elections,
//! works, nationalities) are left out on both sides: an answer that lies on one is no mistake of ours
//! unless it has one of the three types.
//!
//! Where a corpus marks more, it is scored too, as far as the trained stage answers: kinds (states,
//! events) by exact span and kind, and the persons, organisations and places that lie in longer names.
//!
//! The trained stage of names answers where the scored part of a corpus is new to it, in the corpus's
//! own convention: CrossNER and GUM. Elsewhere the mentions of the record answer, which ask that stage where
//! the lexicon has no name. It has seen the whole of WikiGold and re3d: `chancery-train names --folds`
//! scores it on these as on unseen text.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chancery_annotate::mention::{MentionForm, MentionKind};
use chancery_annotate::name::{self, Convention, Name, NameClass, NameKind, NameKit};
use chancery_annotate::{Annotations, Kit, Observed, Read};
use chancery_text::{Report, Span};

use crate::gold::iob::LabelledDocument;
use crate::gold::names::{KINDS, Named, count, documents, kind, longest, without_article};
use crate::line::read_document;
use crate::outcome::Case;
use crate::score::Counts;
use crate::tasks::place;
use crate::{EvalError, Outcome, Task, baseline};

pub fn run(sets: &[PathBuf], kit: &Kit) -> Result<Outcome, EvalError> {
    let mut ours: BTreeMap<&str, Counts> = BTreeMap::new();
    let mut theirs: BTreeMap<&str, Counts> = BTreeMap::new();
    let mut others: BTreeMap<&str, Counts> = BTreeMap::new();
    let (mut cases, mut items) = (Vec::new(), 0);
    let names = NameKit::embedded();
    for (labelled, convention) in documents(sets)? {
        let text = &labelled.document.report.text;
        let gold = longest(
            text,
            labelled.labels.iter().filter_map(|(span, label)| Some((*span, kind(label)?))),
        );
        let read = read_document(&labelled.document, kit);
        let answers = match convention.filter(|convention| is_unseen(*convention)) {
            Some(convention) => {
                let names = trained(&labelled.document.report, &read, convention, &names);
                for (aspect, counts) in more(&labelled, &names) {
                    let sum = others.entry(aspect).or_default();
                    *sum = sum.plus(counts);
                }
                outermost(&names)
            }
            None => mentioned(&read.observed),
        };
        let found = longest(text, answers.into_iter());
        let runs = baseline::capitalised(text).into_iter().map(|span| (span, "person"));
        let trivial = longest(text, runs);
        items += gold.len();
        for kind in KINDS {
            let add = |counts: &mut BTreeMap<&'static str, Counts>, found: &Named| {
                let sum = counts.entry(kind).or_default();
                *sum = sum.plus(count(&gold, found, kind));
            };
            add(&mut ours, &found);
            add(&mut theirs, &trivial);
        }
        cases.extend(document_cases(&labelled, &gold, &found));
    }
    let mut outcome = Outcome::new(Task::Names, items);
    for kind in KINDS {
        let f1 = |counts: &BTreeMap<&str, Counts>| counts.get(kind).map_or(0.0, |c| c.f1());
        outcome.add(&format!("{kind}_f1"), f1(&ours), f1(&theirs));
    }
    let micro = |counts: &BTreeMap<&str, Counts>| {
        counts.values().copied().reduce(Counts::plus).unwrap_or_default().f1()
    };
    outcome.add("micro_f1", micro(&ours), micro(&theirs));
    for (aspect, counts) in others.iter().filter(|(_, counts)| 0.0 < counts.gold) {
        outcome.add(aspect, counts.f1(), 0.0);
    }
    outcome.cases = cases;
    Ok(outcome)
}

/// Whether the model of names has not seen what is scored of a corpus.
fn is_unseen(convention: Convention) -> bool {
    matches!(convention, Convention::Crossner | Convention::Gum)
}

/// Names by the trained model, in a corpus's own convention.
fn trained(
    report: &Report,
    read: &Annotations,
    convention: Convention,
    kit: &NameKit,
) -> Vec<Name> {
    let Annotations { sentences, tokens, syntax, .. } = read;
    name::find(Read { report, sentences, tokens, syntax }, kit, Some(convention))
}

/// The names of the three types that lie in no other.
fn outermost(names: &[Name]) -> Named {
    let measured = name::outermost(names).filter(|name| name.class != NameClass::Other);
    measured.map(|name| (name.span, name.class.name())).collect()
}

type Spans<T> = Vec<(Span, T)>;

/// Names that lie in no other, and those that do.
fn apart<T>(names: impl Iterator<Item = (Span, T)>) -> (Spans<T>, Spans<T>) {
    let mut names: Vec<_> = names.collect();
    names.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    let mut end = 0;
    names.into_iter().partition(|(span, _)| {
        let outer = end <= span.start;
        end = end.max(span.end);
        outer
    })
}

/// What is scored beside the three types, by aspect.
fn more(labelled: &LabelledDocument, names: &[Name]) -> [(&'static str, Counts); 3] {
    let text = &labelled.document.report.text;
    let trim = |span: Span| without_article(text, span);
    let (outer, inner) = apart(names.iter().map(|name| (name.span, name)));
    let of = |aspect: &'static str, kinds: &[&str], kind: NameKind| {
        let gold = labelled
            .labels
            .iter()
            .filter(|(_, label)| kinds.contains(&label.to_lowercase().as_str()));
        let gold: Named = gold.map(|(span, _)| (trim(*span), aspect)).collect();
        let found = outer.iter().filter(|(_, name)| name.kind == kind);
        let found: Named = found.map(|(span, _)| (trim(*span), aspect)).collect();
        (aspect, count(&gold, &found, aspect))
    };
    let measured = labelled.labels.iter().map(|(span, label)| (*span, kind(label)));
    let (_, within) = apart(measured);
    let gold = within.into_iter().filter_map(|(span, kind)| Some((trim(span), kind?)));
    let gold: Named = gold.collect();
    let found = inner.into_iter().filter(|(_, name)| name.class != NameClass::Other);
    let found: Named = found.map(|(span, name)| (trim(span), name.class.name())).collect();
    let nested = KINDS.map(|kind| count(&gold, &found, kind)).into_iter().reduce(Counts::plus);
    [
        of("state_f1", &["country"], NameKind::State),
        of("event_f1", &["event", "election"], NameKind::Event),
        ("nested_f1", nested.unwrap_or_default()),
    ]
}

/// Named mentions of the three types, and places that no mention holds.
fn mentioned(observed: &Observed) -> Named {
    let named = observed.mentions.iter().filter(|mention| mention.form == MentionForm::Name);
    let mut answers: Named = named
        .filter_map(|mention| {
            let kind = match mention.kind {
                MentionKind::Person => "person",
                MentionKind::Organisation => "organisation",
                MentionKind::Place => "place",
                MentionKind::People | MentionKind::Other => return None,
            };
            Some((mention.head_span, kind))
        })
        .collect();
    let held = |span: Span| {
        let named = |form: MentionForm| matches!(form, MentionForm::Name | MentionForm::Demonym);
        observed.mentions.iter().any(|m| named(m.form) && m.span.overlaps(span))
    };
    let places = observed.places.iter().filter(|place| !held(place.span));
    answers.extend(places.map(|place| (place.span, "place")));
    answers
}

fn document_cases(labelled: &LabelledDocument, gold: &Named, found: &Named) -> Vec<Case> {
    let text = &labelled.document.report.text;
    let case = |span: Span, expected: &str, found: &str| Case {
        id: format!("{}:{}", labelled.document.id, place(text, span)),
        aspect: "name".into(),
        expected: expected.into(),
        found: found.into(),
        score: f64::from(u8::from(expected == found)),
    };
    let kind_at = |names: &Named, span: Span| {
        names.iter().find(|(other, _)| *other == span).map_or("", |(_, kind)| kind)
    };
    let expected = gold.iter().map(|(span, kind)| case(*span, kind, kind_at(found, *span)));
    let extra = found.iter().filter(|(span, _)| kind_at(gold, *span).is_empty());
    expected.chain(extra.map(|(span, kind)| case(*span, "", kind))).collect()
}
