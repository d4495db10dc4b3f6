use std::collections::BTreeMap;

use chancery_resolve::record::Passage;
use chancery_resolve::{Reading, across};
use chancery_text::{ReportId, Span};

use crate::Outcome;
use crate::copies::{Placed, SharedRun, exact_passages};
use crate::line;
use crate::outcome::{Case, percent};
use crate::score::Share;

/// Words of a passage that must be found.
const WORDS: usize = 15;
/// Share of its words that must lie in passages of the record, on both sides.
const COVERED: f64 = 0.9;

/// Compares the record's passages, of one story and of two, with exact search over all pairs of reports.
pub fn score(outcome: &mut Outcome, readings: &[Reading]) {
    let stories = line::resolve(readings);
    let story_of: BTreeMap<ReportId, usize> = stories
        .iter()
        .enumerate()
        .flat_map(|(at, (readings, _))| readings.iter().map(move |one| (one.report.id, at)))
        .collect();
    let across = across::find(readings, |report| story_of[&report]);
    let of_stories = stories.iter().flat_map(|(_, conclusions)| &conclusions.passages);
    let passages = by_pair(of_stories.chain(&across));
    let placed: Vec<_> =
        readings.iter().map(|one| Placed::of(&one.report.text, &one.observed.prose)).collect();
    let [mut all, mut within] = [Share::default(); 2];
    for run in exact_passages(&placed, WORDS) {
        let pair = [run.texts.0, run.texts.1].map(|at| readings[at].report.id);
        let found = passages.get(&(pair[0], pair[1])).is_some_and(|sides| covers(sides, &run));
        let together = story_of[&pair[0]] == story_of[&pair[1]];
        all.add(found);
        if together {
            within.add(found);
        }
        outcome.cases.push(case(readings, &run, together, found));
    }
    if 0 < all.all {
        outcome.metrics.insert("passages".into(), percent(all.value()));
        outcome.metrics.insert("passages_in_story".into(), percent(within.value()));
        outcome.metrics.insert("passages_exact".into(), all.all as f64);
        outcome.metrics.insert("passages_exact_in_story".into(), within.all as f64);
    }
}

type Sides = [Vec<Span>; 2];

fn by_pair<'a>(
    passages: impl IntoIterator<Item = &'a Passage>,
) -> BTreeMap<(ReportId, ReportId), Sides> {
    let mut sides: BTreeMap<(ReportId, ReportId), Sides> = BTreeMap::new();
    for passage in passages {
        let pair = sides.entry((passage.left.0, passage.right.0)).or_default();
        pair[0].push(passage.left.1);
        pair[1].push(passage.right.1);
    }
    sides
}

fn covers(sides: &Sides, run: &SharedRun) -> bool {
    sides.iter().zip(&run.words).all(|(spans, words)| {
        let inside = words.iter().filter(|word| spans.iter().any(|span| span.contains(**word)));
        COVERED * words.len() as f64 <= inside.count() as f64
    })
}

fn case(readings: &[Reading], run: &SharedRun, together: bool, found: bool) -> Case {
    let report = |at: usize| &readings[at].report;
    let side = |at: usize, words: &[Span]| {
        let first = words.first().map_or(0, |word| word.start);
        format!("{}:{first}", report(at).source.label())
    };
    let names = [(run.texts.0, &run.words[0]), (run.texts.1, &run.words[1])];
    Case {
        id: names.map(|(at, words)| side(at, words)).join(" "),
        aspect: if together { "passage".into() } else { "passage across stories".into() },
        expected: format!("{} words", run.words[0].len()),
        found: if found { "found".into() } else { String::new() },
        score: f64::from(u8::from(found)),
    }
}
