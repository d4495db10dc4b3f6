//! Makes `data/models/english.names`: names by class, from four corpora that each mark them their own
//! way, and from open word vectors.

pub mod clusters;
mod crf;
pub mod reader;
mod swap;

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

use chancery_annotate::Read;
use chancery_annotate::name::reader::{Reader, Weights};
use chancery_annotate::name::{
    Candidates, Clusters, Convention, NameClass, NameKit, OUTSIDE, Part, Vote, ballot, candidates,
    label, lower_hash, names, tells, vote_keys,
};
use chancery_annotate::segment::{self, Token};
use chancery_annotate::syntax::weights::Row;
use chancery_annotate::syntax::{self, Context, SyntaxKit};
use chancery_eval::gold::iob::LabelledDocument;
use chancery_eval::gold::names::{self as gold_names, KINDS, Named};
use chancery_eval::score::Counts;
use chancery_text::Report;

use self::crf::Lesson;
use crate::inputs::{Input, inputs, read_input};
use crate::lexemes::{self, Lexemes};
use crate::random::Random;
use crate::vectors::{self, WordVectors};

/// How many words are clustered: all that the pinned file has.
pub const VECTORS: usize = 400_000;

/// How to train.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The seed of every order.
    pub seed: u64,
    /// Rounds over the reports.
    pub iterations: usize,
    /// How far a weight moves at most in the first step.
    pub rate: f32,
    /// How much all weights are held back.
    pub hold: f32,
    /// How many of 256 features of a word are left out each time it is read.
    pub dropped: u8,
    /// Whether reports are read twice.
    pub twice: bool,
    /// How the network is trained.
    pub reader: reader::Settings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 1,
            iterations: 20,
            rate: 0.005,
            hold: 20.0,
            dropped: 64,
            twice: true,
            reader: reader::Settings::default(),
        }
    }
}

/// The clusters of words that have vectors, and how other texts write these.
pub fn clusters(vectors: &WordVectors, lexemes: &Lexemes, seed: u64) -> Clusters {
    let rows = clusters::rows(vectors);
    let numbers = clusters::divide(&rows, seed).into_iter().zip(clusters::divide(&rows, seed + 1));
    let word = |(word, (first, second)): (&String, _)| {
        (lower_hash(word), [first, second], lexemes.usage(word))
    };
    Clusters::new(vectors.words.iter().zip(numbers).map(word))
}

/// A report whose names are known.
#[derive(Debug)]
pub struct Example {
    /// How its corpus marks names.
    pub convention: Convention,
    report: Report,
    tokens: Vec<Token>,
    candidates: Candidates,
    labels: Vec<u8>,
    gold: Named,
    sentences: Vec<reader::Sentence>,
    context: Context,
    source: LabelledDocument,
}

/// What names are learned with.
#[derive(Debug, Clone, Copy)]
pub struct Workshop<'a> {
    /// Reads the reports.
    pub syntax: &'a SyntaxKit,
    /// Clusters of words.
    pub clusters: &'a Clusters,
    /// Vectors of words.
    pub known: &'a reader::Known,
}

/// Whether names use a pinned input, and whether to learn from.
fn usage(input: &Input) -> Option<bool> {
    match (input.path, input.usage) {
        ("gum/train.conllu", _) | (_, "names") => Some(true),
        ("gum/dev.conllu", _) | (_, "names-dev") => Some(false),
        _ => None,
    }
}

/// The reports of the pinned corpora, read by the kit: those to learn from, or those to score on.
pub fn examples(
    gold: &Path,
    learn: bool,
    workshop: Workshop<'_>,
) -> Result<Vec<Example>, Box<dyn Error>> {
    let mut paths = Vec::new();
    for input in inputs()?.iter().filter(|input| usage(input) == Some(learn)) {
        read_input(gold, input)?;
        // The entities of re3d are read with the documents beside them.
        if !input.path.ends_with("entities.jsonl") {
            paths.push(gold.join(input.path));
        }
    }
    let documents = gold_names::documents(&paths)?.into_iter();
    let known = documents.filter_map(|(document, convention)| Some((document, convention?)));
    Ok(known.map(|(document, convention)| example(document, convention, workshop)).collect())
}

fn example(labelled: LabelledDocument, convention: Convention, workshop: Workshop<'_>) -> Example {
    let source = labelled.clone();
    let LabelledDocument { document, labels: marked } = labelled;
    let report = document.report;
    let sentences = segment::sentences(&report, &document.blocks);
    let tokens = segment::tokens(&report, &sentences);
    let syntax = syntax::parse(&report, &sentences, &tokens, workshop.syntax);
    let text = Read { report: &report, sentences: &sentences, tokens: &tokens, syntax: &syntax };
    let candidates = candidates(text, workshop.clusters);
    let kinds = marked.iter().filter_map(|(span, kind)| Some((*span, gold_names::kind(kind)?)));
    let gold = gold_names::longest(&report.text, kinds);
    let all = marked.iter().filter_map(|(span, kind)| Some((*span, class(kind)?.name())));
    let all = gold_names::longest(&report.text, all);
    let labels = labels(&all, &tokens, &candidates);
    let sentences =
        reader::sentences(convention, &syntax.context, &candidates, &labels, workshop.known);
    let context = syntax.context;
    Example { convention, report, tokens, candidates, labels, gold, sentences, context, source }
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
        let within = |run: &&Range<usize>| {
            span(run.start).start <= name.start && name.end <= span(run.end - 1).end
        };
        let Some(run) = candidates.runs.iter().find(within) else { continue };
        let words: Vec<_> = run.clone().filter(|at| span(*at).overlaps(*name)).collect();
        let (Some(&first), Some(&last)) = (words.first(), words.last()) else { continue };
        for (at, slot) in labels.iter_mut().enumerate().take(last + 1).skip(first) {
            *slot = match (at == first, at == last) {
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

/// A line for each name that was missed or made up, with the words around it.
pub fn errors(kit: &NameKit, examples: &[&Example]) -> String {
    let mut lines = String::new();
    for example in examples {
        let found = found(kit, example, Some(example.convention));
        lines += &wrong(example, &found);
    }
    lines
}

fn wrong(example: &Example, found: &Named) -> String {
    let mut lines = String::new();
    {
        let mut wrong: Vec<_> = Vec::new();
        let missed = example.gold.iter().filter(|name| !found.contains(name));
        wrong.extend(missed.map(|(span, kind)| (*span, "missed", *kind)));
        let made_up = found.iter().filter(|name| !example.gold.contains(name));
        wrong.extend(made_up.map(|(span, kind)| (*span, "made up", *kind)));
        wrong.sort_unstable();
        for (span, what, kind) in wrong {
            let text = &example.report.text;
            let line = |at: char| at == '\n';
            let start = text[..span.start as usize].rfind(line).map_or(0, |at| at + 1);
            let end = text[span.end as usize..]
                .find(line)
                .map_or(text.len(), |at| span.end as usize + at);
            let (before, after) =
                (&text[start..span.start as usize], &text[span.end as usize..end]);
            let before: String =
                before.chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
            let after: String = after.chars().take(60).collect();
            let _ = writeln!(
                lines,
                "{}\t{what}\t{kind}\t{before}[{}]{after}",
                example.convention,
                span.slice(text)
            );
        }
    }
    lines
}

fn found(kit: &NameKit, example: &Example, as_in: Option<Convention>) -> Named {
    let labels = kit.labels(&example.candidates, &example.context, as_in);
    let names = names(&example.tokens, &example.candidates, &labels).into_iter();
    let measured = names.filter(|name| name.class != NameClass::Other);
    gold_names::longest(&example.report.text, measured.map(|name| (name.span, name.class.name())))
}

/// The reports again, with other names.
fn swapped(examples: &[&Example], workshop: Workshop<'_>, seed: u64) -> Vec<Example> {
    let mut random = Random::new(seed);
    let mut all = Vec::new();
    for convention in Convention::ALL {
        let of: Vec<_> = examples.iter().filter(|e| e.convention == *convention).collect();
        let names = swap::Names::of(of.iter().map(|example| &example.source));
        let told = of.iter().map(|example| swap::swap(&example.source, &names, &mut random));
        all.extend(told.map(|told| example(told, *convention, workshop)));
    }
    all
}

/// A line for each convention of the reports, and one for what the corpora share.
pub fn say_scores(kit: &NameKit, examples: &[Example]) -> String {
    let mut lines = String::new();
    for convention in Convention::ALL {
        let of: Vec<_> = examples.iter().filter(|e| e.convention == *convention).collect();
        if !of.is_empty() {
            let (own, shared) = (score(kit, &of, true), score(kit, &of, false));
            let _ = writeln!(lines, "{convention}: {}", say_score(&own));
            let _ = writeln!(lines, "{convention}, shared: {}", say_score(&shared));
        }
    }
    lines
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

/// Trains the rows and the network on reports, side by side, in orders that the seeds give.
pub fn train(
    examples: &[&Example],
    workshop: Workshop<'_>,
    settings: Settings,
    told: &mut dyn FnMut(&str),
) -> (Vec<Row>, Weights) {
    std::thread::scope(|scope| {
        let rows = scope.spawn(|| {
            let swapped = swapped(examples, workshop, settings.seed);
            let examples: Vec<_> = examples.iter().copied().chain(&swapped).collect();
            train_rows(&examples, settings, &mut |_| ())
        });
        let reader = train_reader(examples, workshop, settings.reader, told);
        (rows.join().expect("learning does not panic"), reader.whole(workshop.known))
    })
}

/// Trains the network, each round on the reports and on as many with other names.
fn train_reader(
    examples: &[&Example],
    workshop: Workshop<'_>,
    settings: reader::Settings,
    told: &mut dyn FnMut(&str),
) -> reader::Reader {
    let sentences: Vec<_> = examples.iter().flat_map(|example| example.sentences.clone()).collect();
    let mut more = |round: usize| {
        let swapped = swapped(examples, workshop, (settings.seed << 16) + round as u64);
        swapped.into_iter().flat_map(|example| example.sentences).collect()
    };
    reader::train(&sentences, &mut more, workshop.known, settings, told)
}

/// Trains the linear model. Where reports are read twice, the first readings that the second learns
/// from are those of models that have not seen the report.
pub fn train_rows(
    examples: &[&Example],
    settings: Settings,
    told: &mut dyn FnMut(&str),
) -> Vec<Row> {
    if !settings.twice {
        return learn(examples, &[], settings, told);
    }
    let mut ballots = vec![Vec::new(); examples.len()];
    const PARTS: usize = 3;
    let first = Settings { iterations: settings.iterations / 2, ..settings };
    for part in 0..PARTS {
        let (held, seen): (Vec<usize>, Vec<usize>) =
            (0..examples.len()).partition(|at| at % PARTS == part);
        let seen: Vec<_> = seen.into_iter().map(|at| examples[at]).collect();
        let kit = NameKit::new(&learn(&seen, &[], first, told));
        for at in held {
            let example = examples[at];
            let convention = Some(example.convention);
            let labels = kit.first_labels(&example.candidates, &example.context, convention);
            ballots[at] = ballot(&example.candidates, &labels);
        }
    }
    learn(examples, &ballots, settings, told)
}

/// What is learned from: each run of each report, and once more with the votes where they tell.
fn lessons(examples: &[&Example], ballots: &[Vec<Vote>]) -> Vec<Lesson> {
    let mut lessons = Vec::new();
    for (at, example) in examples.iter().enumerate() {
        for (number, run) in example.candidates.runs.iter().enumerate() {
            lessons.push(lesson(example, number, None));
            let ballot =
                ballots.get(at).filter(|votes| votes[run.clone()].iter().any(|v| tells(*v)));
            if let Some(ballot) = ballot {
                lessons.push(lesson(example, number, Some(ballot)));
            }
        }
    }
    lessons
}

fn lesson(example: &Example, number: usize, ballot: Option<&[Vote]>) -> Lesson {
    let run = &example.candidates.runs[number];
    let word = |at: usize| {
        let mut keys = example.candidates.words[at].keys.to_vec();
        if let Some(ballot) = ballot {
            keys.extend(vote_keys(&example.candidates, ballot, run, at));
        }
        crf::Word { keys, gold: example.labels[at] }
    };
    Lesson { convention: example.convention, words: run.clone().map(word).collect() }
}

fn learn(
    examples: &[&Example],
    ballots: &[Vec<Vote>],
    settings: Settings,
    told: &mut dyn FnMut(&str),
) -> Vec<Row> {
    crf::train(&lessons(examples, ballots), settings, told)
}

/// The card of the bundle.
pub fn card(settings: Settings, size: usize, scores: &str) -> Result<String, Box<dyn Error>> {
    let mut rows = String::new();
    for input in inputs()?.iter().filter(|input| usage(input) == Some(true)) {
        let Input { path, sha256, licence, about, .. } = input;
        writeln!(rows, "| `{path}` | {about} | {licence} | `{sha256}` |")?;
    }
    Ok(include_str!("names/card.md")
        .replace("{inputs}", &rows)
        .replace("{scores}", scores)
        .replace("{vectors}", vectors::SHA256)
        .replace("{brown}", lexemes::CLUSTERS.1)
        .replace("{frequencies}", lexemes::FREQUENCIES.1)
        .replace("{seed}", &settings.seed.to_string())
        .replace("{iterations}", &settings.iterations.to_string())
        .replace("{rounds}", &settings.reader.rounds.to_string())
        .replace("{size}", &size.to_string()))
}

/// What a corpus scores when each fifth of its reports, dealt out in turn, is read by what all else
/// teaches; and a line for each name that was read wrongly.
pub fn folds(
    examples: &[Example],
    convention: Convention,
    workshop: Workshop<'_>,
    settings: Settings,
    told: &mut dyn FnMut(&str),
) -> (Score, String) {
    const FOLDS: usize = 5;
    let mut wrong = String::new();
    let (corpus, rest): (Vec<_>, Vec<_>) =
        examples.iter().partition(|example| example.convention == convention);
    let mut sum = Score::new();
    for fold in 0..FOLDS {
        let held: Vec<_> = corpus.iter().copied().skip(fold).step_by(FOLDS).collect();
        let seen = corpus.iter().enumerate().filter(|(at, _)| at % FOLDS != fold);
        let seen: Vec<_> = rest.iter().copied().chain(seen.map(|(_, example)| *example)).collect();
        let (rows, weights) = train(&seen, workshop, settings, &mut |_| ());
        let linear = score(&NameKit::new(&rows), &held, true);
        told(&format!("fold {}, linear model alone: {}", fold + 1, say_score(&linear)));
        let kit = NameKit::new(&rows).with_reader(Reader::new(weights));
        wrong += &errors(&kit, &held);
        let score = score(&kit, &held, true);
        told(&format!("fold {}: {}", fold + 1, say_score(&score)));
        for (kind, counts) in score {
            let all = sum.entry(kind).or_default();
            *all = all.plus(counts);
        }
    }
    (sum, wrong)
}
