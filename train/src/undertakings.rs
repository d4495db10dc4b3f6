//! Makes `data/models/english.undertakings`: which words make an undertaking and what belongs to it, from
//! the invented sentences of `train/undertakings`, as the rules and the other models read them.

pub mod background;
mod lesson;
mod logistic;
pub mod network;
pub mod passages;

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chancery_annotate::Kit;
use chancery_annotate::undertaking::judge::{Judge, JudgeParts, KIND_LABELS, Lean, SIDE_LABELS};
use chancery_eval::Task;
use chancery_eval::gold::passages::Marks;
use sha2::{Digest, Sha256};

pub use lesson::{Example, Taught, of_passages, read};
use logistic::Logistic;
use network::NetworkSettings;

use crate::inputs::Input;

/// How to train.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The seed of every order.
    pub seed: u64,
    /// Rounds over the sentences.
    pub rounds: usize,
    /// The longest step.
    pub rate: f32,
    /// How fast weights fall back to nothing: the inverse of the usual C.
    pub decay: f32,
    /// Features met in fewer examples are left out.
    pub rare: u32,
    /// What is added to the scores of none.
    pub lean: Lean<f32>,
    /// How to train the network.
    pub network: NetworkSettings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 1,
            rounds: 12,
            rate: 0.08,
            decay: 5.0,
            rare: 2,
            lean: Lean { ruled: -1.0, unruled: -0.5, side: -0.5, share: 0.6 },
            network: NetworkSettings::default(),
        }
    }
}

/// Whole steps for one unit of a weight.
const SCALE: f32 = 512.0;

/// Trains both models.
pub fn train(taught: &[&Taught], settings: Settings, told: &mut dyn FnMut(&str)) -> JudgeParts {
    let all = |of: fn(&Taught) -> &[Example]| -> Vec<&Example> {
        taught.iter().flat_map(|taught| of(taught)).collect()
    };
    let (sites, choices) = (all(|taught| &taught.sites), all(|taught| &taught.choices));
    let (kinds, sides) = std::thread::scope(|scope| {
        let sides = scope.spawn(|| fit(&choices, SIDE_LABELS, settings));
        (fit(&sites, KIND_LABELS, settings), sides.join().expect("training does not panic"))
    });
    for (name, examples, (_, loss)) in
        [("sites", sites.len(), &kinds), ("words beside them", choices.len(), &sides)]
    {
        told(&format!("{examples} {name}: loss {loss:.4}"));
    }
    let lean = whole(settings.lean);
    let readings: Vec<_> = taught.iter().map(|taught| &taught.reading).collect();
    let network = Some(network::train(&readings, settings.network, told));
    JudgeParts { kinds: kinds.0.rows(SCALE), sides: sides.0.rows(SCALE), network, lean }
}

fn whole(Lean { ruled, unruled, side, share }: Lean<f32>) -> Lean<i32> {
    let whole = |lean: f32| (lean * SCALE).round() as i32;
    Lean { ruled: whole(ruled), unruled: whole(unruled), side: whole(side), share: whole(share) }
}

/// A model, and its last mean loss.
fn fit(examples: &[&Example], labels: usize, settings: Settings) -> (Logistic, f32) {
    let mut model = Logistic::new(examples, labels, settings);
    let losses = (1..=settings.rounds).map(|round| model.round(examples, round));
    let loss = losses.last().unwrap_or_default();
    (model, loss)
}

/// The scores on each file by models that are trained on the others.
pub fn folds(
    folder: &Path,
    files: &[File],
    background: &[Taught],
    settings: Settings,
    told: &mut dyn FnMut(&str),
) -> Result<String, Box<dyn Error>> {
    let mut sums: Vec<(String, f64)> = Vec::new();
    for (name, _) in files {
        let others = files.iter().filter(|(other, _)| other != name);
        let marked = others.flat_map(|(_, taught)| taught);
        let taught: Vec<_> = marked.chain(background).collect();
        let judge = Judge::new(train(&taught, settings, &mut |_| ()));
        let gold = folder.join(format!("{name}.jsonl"));
        let outcome = chancery_eval::run(Task::Undertakings, &gold, &Kit::with_judge(judge))?;
        let scores = outcome.metrics.iter().map(|(name, value)| (name.clone(), *value));
        let scores: Vec<(String, f64)> = scores.collect();
        told(&format!("{name}: {}", say(&scores)));
        sums.resize_with(scores.len().max(sums.len()), Default::default);
        for (sum, (name, value)) in sums.iter_mut().zip(scores) {
            *sum = (name, sum.1 + value / files.len() as f64);
        }
    }
    Ok(format!("mean: {}", say(&sums)))
}

/// The scores of a bundle on marked texts that nothing was learned from, with a lean.
pub fn score(bundle: &[u8], lean: Lean<f32>, gold: &Path) -> Result<String, Box<dyn Error>> {
    let kit = Kit::with_judge(Judge::read(bundle)?.leaning(whole(lean)));
    let outcome = chancery_eval::run(Task::Undertakings, gold, &kit)?;
    let scores: Vec<_> =
        outcome.metrics.iter().map(|(name, value)| (name.clone(), *value)).collect();
    Ok(say(&scores))
}

fn say(scores: &[(String, f64)]) -> String {
    let one = |(name, value): &(String, f64)| format!("{name} {value:.1}");
    scores.iter().map(one).collect::<Vec<_>>().join("  ")
}

/// What a file of training texts teaches, with its name.
pub type File = (String, Vec<Taught>);

/// The training texts, file by file.
pub fn texts(folder: &Path, kit: &Kit) -> Result<Vec<File>, Box<dyn Error>> {
    let named = |file: PathBuf| {
        let name = file.file_stem().map_or(String::new(), |it| it.to_string_lossy().into_owned());
        Ok((name, read(&file, kit)?))
    };
    jsonl(folder)?.into_iter().map(named).collect()
}

/// The marks on passages of open corpora.
pub fn marks(folder: &Path) -> Result<Vec<Marks>, Box<dyn Error>> {
    let mut all = Vec::new();
    for file in jsonl(&folder.join("passages"))? {
        all.extend(chancery_eval::gold::passages::marks(&file)?);
    }
    Ok(all)
}

fn jsonl(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut files: Vec<_> = entries.collect::<std::io::Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|ending| ending == "jsonl"));
    files.sort();
    Ok(files)
}

/// The card of the bundle.
pub fn card(folder: &Path, settings: Settings, size: usize) -> Result<String, Box<dyn Error>> {
    let mut rows = String::new();
    for file in jsonl(folder)?.into_iter().chain(jsonl(&folder.join("passages"))?) {
        let bytes = std::fs::read(&file)?;
        let hash: String =
            Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let texts = bytes.iter().filter(|byte| **byte == b'\n').count();
        let name = file.strip_prefix(folder)?.display();
        writeln!(rows, "| `{name}` | {texts} | `{hash}` |")?;
    }
    let mut corpora = String::new();
    let mut inputs = background::files()?;
    for input in background::marked(&marks(folder)?)? {
        if inputs.iter().all(|other| other.path != input.path) {
            inputs.push(input);
        }
    }
    for Input { path, sha256, licence, about, .. } in inputs {
        writeln!(corpora, "| `{path}` | {about} | {licence} | `{sha256}` |")?;
    }
    Ok(include_str!("undertakings/card.md")
        .replace("{inputs}", &rows)
        .replace("{corpora}", &corpora)
        .replace("{seed}", &settings.seed.to_string())
        .replace("{rounds}", &settings.rounds.to_string())
        .replace("{layers}", &settings.network.layers.to_string())
        .replace("{width}", &settings.network.width.to_string())
        .replace("{network}", &settings.network.rounds.to_string())
        .replace("{share}", &format!("{:.0}", settings.lean.share * 100.0))
        .replace("{size}", &size.to_string()))
}
