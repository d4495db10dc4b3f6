//! Makes `data/models/english.names`: names by class, from five corpora that each mark them their own
//! way.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

use chancery_annotate::name::{
    Candidates, Convention, LABELS, NameClass, NameKit, OUTSIDE, Part, Room, Steps, Vote, ballot,
    best, candidates, copy, label, names, step, tells, vote_keys,
};
use chancery_annotate::segment::{self, Token};
use chancery_annotate::syntax::weights::{self, Row};
use chancery_annotate::syntax::{self, SyntaxKit};
use chancery_annotate::Read;
use chancery_eval::gold::iob::LabelledDocument;
use chancery_eval::gold::names::{self as gold_names, KINDS, Named};
use chancery_eval::score::Counts;
use chancery_text::{Report, Span};

use crate::random::Random;
use crate::syntax::perceptron::{Keep, Perceptron};

/// Features that moved fewer times in the first rounds are forgotten.
const RARE: u32 = 2;
/// How many weights are kept.
const MOST: usize = 900_000;
/// Of how many readings one is made with what the corpora share alone.
const SHARED: usize = 4;

/// How to train.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The seed of every order.
    pub seed: u64,
    /// Rounds over the reports.
    pub iterations: usize,
    /// How much better than any other the right row of labels must be, for each wrong label.
    pub margin: i32,
    /// Whether reports are read twice.
    pub twice: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { seed: 1, iterations: 10, margin: 2, twice: true }
    }
}

/// A report whose names are known.
#[derive(Debug)]
pub struct Example {
    convention: Convention,
    report: Report,
    tokens: Vec<Token>,
    candidates: Candidates,
    labels: Vec<u8>,
    gold: Named,
}

/// The reports of a corpus's files, read by the kit.
pub fn examples(
    paths: &[std::path::PathBuf],
    convention: Convention,
    kit: &SyntaxKit,
) -> Result<Vec<Example>, Box<dyn Error>> {
    let documents = gold_names::documents(paths)?;
    Ok(documents.into_iter().map(|document| example(document, convention, kit)).collect())
}

fn example(labelled: LabelledDocument, convention: Convention, kit: &SyntaxKit) -> Example {
    let LabelledDocument { document, labels: marked } = labelled;
    let report = document.report;
    let sentences = segment::sentences(&report, &document.blocks);
    let tokens = segment::tokens(&report, &sentences);
    let syntax = syntax::parse(&report, &sentences, &tokens, kit);
    let text = Read { report: &report, sentences: &sentences, tokens: &tokens, syntax: &syntax };
    let candidates = candidates(text);
    let kinds = marked.iter().filter_map(|(span, kind)| Some((*span, gold_names::kind(kind)?)));
    let gold = gold_names::longest(&report.text, kinds);
    let all = marked.iter().filter_map(|(span, kind)| Some((*span, class(kind)?.name())));
    let all = gold_names::longest(&report.text, all);
    let labels = labels(&all, &tokens, &candidates);
    Example { convention, report, tokens, candidates, labels, gold }
}

/// The class of a corpus's kind of name; `None` for what is no name.
fn class(kind: &str) -> Option<NameClass> {
    match gold_names::kind(kind) {
        Some(kind) => kind.parse().ok(),
        None => match kind {
            "Quantity" | "Temporal" | "Money" | "Frequency" | "Coordinate" | "time" => None,
            _ => Some(NameClass::Other),
        },
    }
}

/// The labels of the candidates. A name that no run holds whole is left out.
fn labels(gold: &Named, tokens: &[Token], candidates: &Candidates) -> Vec<u8> {
    let mut labels = vec![OUTSIDE; candidates.words.len()];
    let span = |at: usize| tokens[candidates.words[at].token as usize].span;
    for (name, class) in gold {
        let Ok(class) = class.parse::<NameClass>() else { continue };
        let within = |run: &&Range<usize>| span(run.start).start <= name.start && name.end <= span(run.end - 1).end;
        let Some(run) = candidates.runs.iter().find(within) else { continue };
        let words: Vec<_> = run.clone().filter(|at| span(*at).overlaps(*name)).collect();
        let (Some(&first), Some(&last)) = (words.first(), words.last()) else { continue };
        for at in first..=last {
            labels[at] = match (at == first, at == last) {
                (true, true) => label(Part::Unit, class),
                (true, false) => label(Part::Begin, class),
                (false, true) => label(Part::Last, class),
                (false, false) => label(Part::Inside, class),
            };
        }
    }
    labels
}

/// How much of a corpus was found, by kind.
pub type Score = BTreeMap<&'static str, Counts>;

/// Scores a kit on reports, each by its own convention or by none.
pub fn score(kit: &NameKit, examples: &[&Example], own: bool) -> Score {
    let mut score = Score::new();
    for example in examples {
        let found = found(kit, example, own.then_some(example.convention));
        for kind in KINDS {
            let sum = score.entry(kind).or_default();
            *sum = sum.plus(gold_names::count(&example.gold, &found, kind));
        }
    }
    score
}

fn found(kit: &NameKit, example: &Example, as_in: Option<Convention>) -> Named {
    let labels = kit.labels(&example.candidates, as_in);
    let names = names(&example.tokens, &example.candidates, &labels).into_iter();
    let measured = names.filter(|name| name.class != NameClass::Other);
    gold_names::longest(&example.report.text, measured.map(|name| (name.span, name.class.name())))
}

/// F1 by kind and of all, and precision and recall of all.
pub fn say_score(score: &Score) -> String {
    let all = score.values().copied().reduce(Counts::plus).unwrap_or_default();
    let mut line = format!(
        "F1 {:.1} (precision {:.1}, recall {:.1})",
        100.0 * all.f1(),
        100.0 * all.precision(),
        100.0 * all.recall()
    );
    for (kind, counts) in score {
        let _ = write!(line, ", {kind} {:.1}", 100.0 * counts.f1());
    }
    line
}

/// One word of a training run.
struct Step {
    keys: Vec<u32>,
    gold: u8,
}

/// A run of words to learn from.
#[derive(Debug, Clone)]
struct Lesson {
    example: usize,
    run: Range<usize>,
    voted: bool,
}

/// Trains on reports, in an order that the seed gives. Where they are read twice, the first readings
/// that the second learns from are those of models that have not seen the report.
pub fn train(examples: &[&Example], settings: Settings, told: &mut dyn FnMut(&str)) -> Vec<Row> {
    if !settings.twice {
        return learn(examples, &[], settings, told);
    }
    let mut ballots = vec![Vec::new(); examples.len()];
    const PARTS: usize = 3;
    for part in 0..PARTS {
        let (held, seen): (Vec<usize>, Vec<usize>) =
            (0..examples.len()).partition(|at| at % PARTS == part);
        let seen: Vec<_> = seen.into_iter().map(|at| examples[at]).collect();
        let kit = NameKit::new(&learn(&seen, &[], settings, told));
        for at in held {
            let example = examples[at];
            let labels = kit.labels(&example.candidates, Some(example.convention));
            ballots[at] = ballot(&example.candidates, &labels);
        }
    }
    learn(examples, &ballots, settings, told)
}

fn lessons(examples: &[&Example], ballots: &[Vec<Vote>]) -> Vec<Lesson> {
    let mut lessons = Vec::new();
    for (at, example) in examples.iter().enumerate() {
        for run in &example.candidates.runs {
            lessons.push(Lesson { example: at, run: run.clone(), voted: false });
            let ballot = ballots.get(at).filter(|ballot| ballot[run.clone()].iter().any(|vote| tells(*vote)));
            if ballot.is_some() {
                lessons.push(Lesson { example: at, run: run.clone(), voted: true });
            }
        }
    }
    lessons
}

fn learn(
    examples: &[&Example],
    ballots: &[Vec<Vote>],
    settings: Settings,
    told: &mut dyn FnMut(&str),
) -> Vec<Row> {
    let mut lessons = lessons(examples, ballots);
    let mut perceptron = Perceptron::default();
    let mut random = Random::new(settings.seed);
    let mut pupil = Pupil::default();
    for round in 0..settings.iterations {
        if round == 2 {
            perceptron.close(RARE);
        }
        random.shuffle(&mut lessons);
        let (mut right, mut all) = (0, 0);
        for lesson in &lessons {
            let example = examples[lesson.example];
            let as_in = (0 < random.below(SHARED)).then_some(example.convention);
            let ballot = lesson.voted.then(|| ballots[lesson.example].as_slice());
            pupil.read(example, &lesson.run, ballot, as_in);
            right += usize::from(pupil.learn(&mut perceptron, settings.margin, as_in));
            all += 1;
        }
        told(&format!("round {}: {:.2} % of {all} runs right", round + 1, 100.0 * right as f64 / all as f64));
    }
    perceptron.rows(Keep { scale: 8.0, most: MOST, least: 1 })
}

/// What learning from one run needs, kept from run to run.
#[derive(Default)]
struct Pupil {
    steps: Vec<Step>,
    rows: Vec<[i32; LABELS]>,
    room: Room,
    guess: Vec<u8>,
}

/// The keys by what the corpora share, and by a convention's own copy.
fn with_copies(keys: &[u32], as_in: Option<Convention>, all: &mut Vec<u32>) {
    all.extend_from_slice(keys);
    if let Some(convention) = as_in {
        all.extend(keys.iter().map(|key| copy(*key, convention)));
    }
}

impl Pupil {
    fn read(&mut self, example: &Example, run: &Range<usize>, ballot: Option<&[Vote]>, as_in: Option<Convention>) {
        self.steps.clear();
        for at in run.clone() {
            let mut keys = Vec::with_capacity(256);
            with_copies(&example.candidates.words[at].keys, as_in, &mut keys);
            if let Some(ballot) = ballot {
                with_copies(&vote_keys(&example.candidates, ballot, run, at), as_in, &mut keys);
            }
            self.steps.push(Step { keys, gold: example.labels[at] });
        }
    }

    /// One step of the perceptron: says whether all labels were right.
    fn learn(&mut self, perceptron: &mut Perceptron, margin: i32, as_in: Option<Convention>) -> bool {
        self.rows.clear();
        for step in &self.steps {
            let mut scores = [0; weights::LABELS];
            perceptron.score(&step.keys, &mut scores);
            let mut row = [margin; LABELS];
            row[usize::from(step.gold)] = 0;
            row.iter_mut().zip(scores).for_each(|(sum, score)| *sum += score);
            self.rows.push(row);
        }
        best(&self.rows, &steps(perceptron, as_in), &mut self.room, &mut self.guess);
        perceptron.tick();
        let (mut before, mut guessed_before) = (OUTSIDE, OUTSIDE);
        let mut right = true;
        let mut keys = Vec::new();
        let ends = std::iter::once((OUTSIDE, OUTSIDE));
        let pairs = self.steps.iter().map(|step| step.gold).zip(self.guess.iter().copied());
        for (at, (gold, guess)) in pairs.chain(ends).enumerate() {
            if gold != guess {
                right = false;
                perceptron.update(&self.steps[at].keys, gold, 1);
                perceptron.update(&self.steps[at].keys, guess, -1);
            }
            if (before, gold) != (guessed_before, guess) {
                keys.clear();
                with_copies(&[step(before)], as_in, &mut keys);
                perceptron.update(&keys, gold, 1);
                keys.clear();
                with_copies(&[step(guessed_before)], as_in, &mut keys);
                perceptron.update(&keys, guess, -1);
            }
            (before, guessed_before) = (gold, guess);
        }
        right
    }
}

fn steps(perceptron: &Perceptron, as_in: Option<Convention>) -> Steps {
    let mut steps = [[0; LABELS]; LABELS];
    let mut keys = Vec::new();
    for (from, row) in (0..).zip(&mut steps) {
        keys.clear();
        with_copies(&[step(from)], as_in, &mut keys);
        let mut scores = [0; weights::LABELS];
        perceptron.score(&keys, &mut scores);
        row.copy_from_slice(&scores[..LABELS]);
    }
    steps
}

/// What each fold of a corpus scores when all else is trained on: reports are dealt out in turn.
pub fn folds(
    corpus: &[&Example],
    rest: &[&Example],
    settings: Settings,
    told: &mut dyn FnMut(&str),
) -> Score {
    const FOLDS: usize = 5;
    let mut sum = Score::new();
    for fold in 0..FOLDS {
        let held: Vec<_> = corpus.iter().copied().skip(fold).step_by(FOLDS).collect();
        let seen = corpus.iter().enumerate().filter(|(at, _)| at % FOLDS != fold);
        let seen: Vec<_> = rest.iter().copied().chain(seen.map(|(_, example)| *example)).collect();
        let kit = NameKit::new(&train(&seen, settings, &mut |_| ()));
        let score = score(&kit, &held, true);
        told(&format!("fold {}: {}", fold + 1, say_score(&score)));
        for (kind, counts) in score {
            let all = sum.entry(kind).or_default();
            *all = all.plus(counts);
        }
    }
    sum
}

/// A name that was missed, made up or taken for another kind, with the words around it.
pub fn mistakes(kit: &NameKit, examples: &[&Example]) -> Vec<String> {
    let mut mistakes = Vec::new();
    for example in examples {
        let found = found(kit, example, Some(example.convention));
        let text = &example.report.text;
        let around = |span: Span| {
            let start = text[..span.start as usize].char_indices().rev().nth(40).map_or(0, |(at, _)| at);
            let end = text[span.end as usize..].char_indices().nth(30).map_or(text.len(), |(at, _)| at + span.end as usize);
            format!("{}[{}]{}", &text[start..span.start as usize], span.slice(text), &text[span.end as usize..end]).replace('\n', " ")
        };
        for (span, kind) in example.gold.iter().filter(|name| !found.contains(name)) {
            let other = found.iter().filter(|(other, _)| other.overlaps(*span));
            let other: Vec<_> = other.map(|(span, kind)| format!("{kind} {}", span.slice(text))).collect();
            mistakes.push(format!("{kind}\t{}\t{}", other.join(" | "), around(*span)));
        }
        for (span, kind) in found.iter().filter(|(span, _)| !example.gold.iter().any(|(gold, _)| gold.overlaps(*span))) {
            mistakes.push(format!("none\t{kind}\t{}", around(*span)));
        }
    }
    mistakes
}
