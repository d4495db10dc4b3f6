//! Makes the models in `data/models`.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use chancery_annotate::coreference::{self, CoreferenceKit};
use chancery_annotate::name::{self, Convention, NameKit};
use chancery_annotate::segment;
use chancery_annotate::syntax::{self, SyntaxKit};
use chancery_annotate::undertaking::judge::Lean;
use chancery_annotate::{Kit, Read};
use chancery_text::{Report, Span};
use chancery_train::conllu::{self, Sentence};
use chancery_train::inputs::{Input, inputs, read_input};
use chancery_train::lexemes::Lexemes;
use chancery_train::neural::runon::with_runons;
use chancery_train::neural::{self, checkpoint};
use chancery_train::syntax::acronym::with_acronyms;
use chancery_train::syntax::headline::with_headlines;
use chancery_train::syntax::score::{
    score_raw, score_raw_with, score_tokenised, score_tokenised_with,
};
use chancery_train::syntax::unmarked::with_unmarked;
use chancery_train::syntax::{Settings, train};
use chancery_train::vectors::{self, WordVectors};
use chancery_train::{chains, names, roles, undertakings};

const USAGE: &str = "usage:
  chancery-train syntax --gold FOLDER --vectors FILE --out FILE [--seed N] [--rounds N]
      makes a syntax bundle, a network, and its card; tools/fetch-vectors gets the word vectors
  chancery-train linear --gold FOLDER --out FILE [--seed N] [--iterations N]
      makes a syntax bundle of averaged perceptrons, and its card
  chancery-train neural --gold FOLDER --out FILE [--vectors FILE] [--seed N] [--rounds N] [--batch N]
      [--rate N] [--layers N] [--width N] [--from CHECKPOINT] [--only FOLDER]
      tries settings: a checkpoint of the network after each round, with its scores on the dev files
      (features, which are no part of the network, are not read)
  chancery-train whole --gold FOLDER [--vectors FILE] --checkpoint FILE --out FILE
      the bundle of a checkpoint and its card
  chancery-train roles --gold FOLDER --out FILE [--seed N] [--iterations N]
      makes the bundle of predicates and roles and its card
  chancery-train undertakings --gold FOLDER (--out FILE | --folds) [--texts FOLDER] [--seed N] [--rounds N] [--rate N] [--decay N]
      [--rare N] [--lean N] [--lean-ruled N] [--lean-side N] [--repeat N] [--share N] [--network-rounds N]
      [--width N] [--layers N] [--from FILE] [--score FOLDERS] [--leans LIST]
      makes the bundle of undertakings and its card, from train/undertakings; --rate is in thousandths,
      --lean is how many thousandths are taken from the score of none, --repeat how often passages of
      corpora count; --folds scores each file by models of the others, --score the new model on marked
      texts, also with other leans (ruled:unruled:side:share,…); --from FILE scores a bundle that is there
  chancery-train passages --gold FOLDER --corpus PATH --out FILE
      cuts the texts of a corpus, a file or folder below the gold folder, into passages to be marked
  chancery-train names --gold FOLDER --vectors FILE --lexemes FOLDER --out FILE [--seed N]
      [--iterations N] [--rounds N] [--errors FILE]
      makes the bundle of names and its card; tools/fetch-vectors gets the word vectors and
      tools/fetch-lexemes the forms of words; --errors lists the names of the dev files that are read
      wrongly
  chancery-train names --gold FOLDER --vectors FILE --lexemes FOLDER --folds [--corpus NAME] [--seed N]
      [--iterations N] [--rounds N]
      scores names on the corpora that are trained on whole, wikigold and re3d, fifth by fifth
  chancery-train coreference --gold FOLDER --vectors FILE --out FILE [--seed N] [--rounds N]
      [--words N] [--rare N] [--rare-pair N] [--width N] [--bias N] [--rate N] [--false-link N]
      [--false-new N] [--wrong-link N] [--dropout N] [--hide N] [--decay N] [--start N]
      makes the bundle of coreference and its card; --words to --width are counts, --bias and what
      follows are thousandths
  chancery-train score --gold FOLDER --bundle FILE
      scores a syntax bundle on the dev files
  chancery-train read --bundle FILE --text FILE
      prints the trees of a text, a line for each word, a block for each line of the text
  chancery-train speed --bundle FILE --text FILE
      words a second of segmenting, of tagging and parsing, and of finding names, on one core
";

fn main() {
    if let Err(fault) = run(&std::env::args().skip(1).collect::<Vec<_>>()) {
        let _ = writeln!(std::io::stderr(), "chancery-train: {fault}");
        std::process::exit(1);
    }
}

fn run(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    match arguments.first().map(String::as_str) {
        Some("names") => make_names(&Options(arguments)),
        Some("coreference") => make_coreference(&Options(arguments)),
        Some("roles") => make_roles(&Options(arguments)),
        Some("undertakings") => make_undertakings(&Options(arguments)),
        Some("passages") => cut_passages(&Options(arguments)),
        Some("syntax") => make_syntax(&Options(arguments)),
        Some("linear") => make_linear(&Options(arguments)),
        Some("neural") => make_neural(&Options(arguments)),
        Some("whole") => make_whole(&Options(arguments)),
        Some("score") => score(&Options(arguments)),
        Some("read") => read_text(&Options(arguments)),
        Some("speed") => speed(&Options(arguments)),
        _ => Err(USAGE.into()),
    }
}

/// `--name value` pairs.
struct Options<'a>(&'a [String]);

impl Options<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        let at = self.0.iter().position(|argument| argument == name)?;
        self.0.get(at + 1).map(String::as_str)
    }

    fn path(&self, name: &str) -> Result<PathBuf, String> {
        self.get(name).map(PathBuf::from).ok_or_else(|| format!("give {name}\n{USAGE}"))
    }

    fn number(&self, name: &str, default: u64) -> Result<u64, String> {
        let read =
            |text: &str| text.parse().map_err(|_| format!("{name} takes a number, not `{text}`"));
        self.get(name).map_or(Ok(default), read)
    }
}

fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

type Treebank = (Input, Vec<Sentence>);

fn read_all(gold: &Path, usage: &str) -> Result<Vec<Treebank>, Box<dyn Error>> {
    let wanted = inputs()?.into_iter().filter(|input| input.usage == usage);
    wanted.map(|input| Ok((input.clone(), conllu::read(&read_input(gold, &input)?)))).collect()
}

/// The sentences, and what is made of them so that raw text is read well.
fn told_anew(sentences: Vec<Sentence>, seed: u64) -> Vec<Sentence> {
    with_acronyms(with_unmarked(with_headlines(with_runons(sentences))), seed)
}

/// Where sentences are most like news.
const NEWSLIKE: &str = "ud-ewt";

fn newslike(treebanks: &[Treebank]) -> Vec<Sentence> {
    let newslike = treebanks.iter().filter(|(input, _)| input.path.starts_with(NEWSLIKE));
    newslike.flat_map(|(_, sentences)| sentences.clone()).collect()
}

/// The word vectors that are given; none if none are.
fn word_vectors(options: &Options<'_>) -> Result<Arc<WordVectors>, Box<dyn Error>> {
    let read = |path| WordVectors::read(Path::new(path), neural::VECTORS);
    Ok(Arc::new(options.get("--vectors").map(read).transpose()?.unwrap_or_default()))
}

fn make_syntax(options: &Options<'_>) -> Result<(), Box<dyn Error>> {
    options.path("--vectors")?;
    let vectors = word_vectors(options)?;
    let (gold, out) = (options.path("--gold")?, options.path("--out")?);
    let plain = neural::Settings::default();
    let settings = neural::Settings {
        seed: options.number("--seed", plain.seed)?,
        rounds: options.number("--rounds", plain.rounds as u64)? as usize,
        ..plain
    };
    let start = Instant::now();
    let read = read_all(&gold, "train")?;
    let newslike = newslike(&read);
    let all: Vec<_> = read.into_iter().flat_map(|(_, sentences)| sentences).collect();
    let parts = neural::prepare(&all, &newslike, &vectors);
    let seen = |sentences| told_anew(sentences, settings.seed);
    let network =
        neural::make(&parts.sight, &vectors, &seen(all), &seen(newslike), settings, &mut |line| {
            say(&format!("{:4.0} s  {line}", start.elapsed().as_secs_f64()));
        });
    write_network(&gold, &out, &neural::bundle(&network, &parts.sight, &parts), settings)
}

/// The bundle of a network, its scores and its card.
fn write_network(
    gold: &Path,
    out: &Path,
    bundle: &[u8],
    settings: neural::Settings,
) -> Result<(), Box<dyn Error>> {
    fs::write(out, bundle)?;
    let scores = scores(gold, &SyntaxKit::read(bundle.to_vec().leak())?)?;
    say(&format!("{scores}{:.1} MB", bundle.len() as f64 / 1e6));
    let neural::Settings { seed, rounds, .. } = settings;
    let marks = [
        ("{seed}", seed.to_string()),
        ("{rounds}", rounds.to_string()),
        ("{vectors}", vectors::SHA256.to_owned()),
    ];
    write_card(out, include_str!("neural/card.md"), &marks, &scores, bundle.len())
}

fn make_linear(options: &Options<'_>) -> Result<(), Box<dyn Error>> {
    let (gold, out) = (options.path("--gold")?, options.path("--out")?);
    let settings = Settings {
        seed: options.number("--seed", Settings::default().seed)?,
        iterations: options.number("--iterations", Settings::default().iterations as u64)? as usize,
        ..Settings::default()
    };
    let start = Instant::now();
    let read = read_all(&gold, "train")?;
    let sentences: Vec<_> = read.into_iter().flat_map(|(_, sentences)| sentences).collect();
    let count = sentences.len();
    let sentences = with_headlines(sentences);
    say(&format!("{count} sentences, {} headlines made of them", sentences.len() - count));
    let model = train(&sentences, settings, &mut |line| {
        say(&format!("{:4.0} s  {line}", start.elapsed().as_secs_f64()));
    });
    let bundle = model.bundle();
    fs::write(&out, &bundle)?;
    let scores = scores(&gold, &SyntaxKit::read(bundle.clone().leak())?)?;
    say(&format!("{scores}{:.1} MB", bundle.len() as f64 / 1e6));
    let Settings { seed, iterations, .. } = settings;
    let marks = [("{seed}", seed.to_string()), ("{iterations}", iterations.to_string())];
    write_card(&out, include_str!("syntax/linear.md"), &marks, &scores, bundle.len())
}

fn make_neural(options: &Options<'_>) -> Result<(), Box<dyn Error>> {
    let vectors = word_vectors(options)?;
    let (gold, out) = (options.path("--gold")?, options.path("--out")?);
    let plain = neural::Settings::default();
    let settings = neural::Settings {
        seed: options.number("--seed", plain.seed)?,
        rounds: options.number("--rounds", plain.rounds as u64)? as usize,
        batch: options.number("--batch", plain.batch as u64)? as usize,
        layers: options.number("--layers", plain.layers as u64)? as usize,
        width: options.number("--width", plain.width as u64)? as usize,
        rate: options.number("--rate", (plain.rate * 1e6) as u64)? as f32 * 1e-6,
        ..plain
    };
    let start = Instant::now();
    let read = read_all(&gold, "train")?;
    let dev = read_all(&gold, "dev")?;
    let only = options.get("--only").unwrap_or_default();
    let chosen = read.iter().filter(|(input, _)| input.path.starts_with(only));
    let chosen: Vec<_> = chosen.flat_map(|(_, sentences)| sentences.clone()).collect();
    let newslike = newslike(&read);
    let sentences: Vec<_> = read.into_iter().flat_map(|(_, sentences)| sentences).collect();
    let parts = neural::prepare(&sentences, &newslike, &vectors);
    let lemmas = parts.lemmas.build();
    let sentences = told_anew(chosen, plain.seed);
    let begun = match options.get("--from") {
        Some(path) => checkpoint::read(&fs::read(path)?, &vectors).map(|(network, _)| network),
        None => None,
    };
    say(&format!("{settings:?}; {} rows", parts.sight.known.len()));
    neural::train(&parts.sight, &vectors, &sentences, settings, begun, &mut |network, line| {
        say(&format!("{:4.0} s  {line}", start.elapsed().as_secs_f64()));
        if let Err(fault) = fs::write(&out, checkpoint::write(network, &parts.sight)) {
            say(&format!("cannot write {}: {fault}", out.display()));
        }
        for (input, sentences) in &dev {
            let parse = |report: &Report, all: &[segment::Sentence], tokens: &[segment::Token]| {
                neural::parse(network, &parts.sight, &lemmas, report, all, tokens)
            };
            let raw = score_raw_with(sentences, &parse);
            say(&format!("        {} raw   {raw}", input.path));
            let own = score_tokenised_with(sentences, &parse);
            say(&format!("        {} words {own}", input.path));
        }
    });
    Ok(())
}

fn make_whole(options: &Options<'_>) -> Result<(), Box<dyn Error>> {
    let vectors = word_vectors(options)?;
    let (gold, out) = (options.path("--gold")?, options.path("--out")?);
    let checkpoint = checkpoint::read(&fs::read(options.path("--checkpoint")?)?, &vectors);
    let (network, sight) = checkpoint.ok_or("this is no checkpoint of a network")?;
    let read = read_all(&gold, "train")?;
    let newslike = newslike(&read);
    let sentences: Vec<_> = read.into_iter().flat_map(|(_, sentences)| sentences).collect();
    let parts = neural::prepare(&sentences, &newslike, &vectors);
    let bundle = neural::bundle(&network, &sight, &parts);
    write_network(&gold, &out, &bundle, neural::Settings::default())
}

fn make_names(options: &Options<'_>) -> Result<(), Box<dyn Error>> {
    let gold = options.path("--gold")?;
    let plain = names::Settings::default();
    let seed = options.number("--seed", plain.seed)?;
    let settings = names::Settings {
        seed,
        iterations: options.number("--iterations", plain.iterations as u64)? as usize,
        reader: names::reader::Settings {
            seed,
            rounds: options.number("--rounds", plain.reader.rounds as u64)? as usize,
            ..plain.reader
        },
        ..plain
    };
    let start = Instant::now();
    let told = |line: &str| say(&format!("{:4.0} s  {line}", start.elapsed().as_secs_f64()));
    let vectors = WordVectors::read(&options.path("--vectors")?, names::VECTORS)?;
    let lexemes = Lexemes::read(&options.path("--lexemes")?)?;
    let clusters = names::clusters(&vectors, &lexemes, settings.seed);
    let known = names::reader::Known::new(&vectors, settings.reader.words);
    told("clusters");
    let syntax = SyntaxKit::embedded();
    let workshop = names::Workshop { syntax: &syntax, clusters: &clusters, known: &known };
    let examples = names::examples(&gold, true, workshop)?;
    told(&format!("{} reports", examples.len()));
    if options.0.iter().any(|option| option == "--folds") {
        let mut errors = String::new();
        let corpora = [Convention::Wikigold, Convention::Re3d];
        let asked = options.get("--corpus");
        let known = |asked: &str| corpora.iter().any(|corpus| corpus.to_string() == asked);
        if let Some(other) = asked.filter(|asked| !known(asked)) {
            return Err(format!("--corpus {other}: give wikigold or re3d").into());
        }
        for corpus in corpora.into_iter().filter(|c| asked.is_none_or(|a| a == c.to_string())) {
            let (score, wrong) =
                names::folds(&examples, corpus, workshop, settings, &mut |line| told(line));
            errors += &wrong;
            told(&format!("{corpus}: {}", names::say_score(&score)));
        }
        if let Some(path) = options.get("--errors") {
            fs::write(path, errors)?;
        }
        return Ok(());
    }
    let out = options.path("--out")?;
    let examples: Vec<_> = examples.iter().collect();
    let (rows, mut weights) = names::train(&examples, workshop, settings, &mut |line| told(line));
    let bundle = name::write(&clusters, &mut weights, &rows);
    fs::write(&out, &bundle)?;
    let unseen = names::examples(&gold, false, workshop)?;
    let kit = NameKit::read(&bundle)?;
    if let Some(path) = options.get("--errors") {
        fs::write(path, names::errors(&kit, &unseen.iter().collect::<Vec<_>>()))?;
    }
    let scores = names::say_scores(&kit, &unseen);
    say(&format!("{scores}{:.1} MB", bundle.len() as f64 / 1e6));
    let mut card = out.clone().into_os_string();
    card.push(".md");
    fs::write(card, names::card(settings, bundle.len(), &scores)?)?;
    Ok(())
}

fn make_roles(options: &Options<'_>) -> Result<(), Box<dyn Error>> {
    let (gold, out) = (options.path("--gold")?, options.path("--out")?);
    let settings = roles::Settings {
        seed: options.number("--seed", roles::Settings::default().seed)?,
        iterations: options.number("--iterations", roles::Settings::default().iterations as u64)?
            as usize,
    };
    let start = Instant::now();
    let examples = roles::examples(&gold, &SyntaxKit::embedded())?;
    say(&format!("{:4.0} s  {} sentences", start.elapsed().as_secs_f64(), examples.len()));
    let parts = roles::train(examples, settings, &mut |line| {
        say(&format!("{:4.0} s  {line}", start.elapsed().as_secs_f64()));
    });
    let bundle = parts.write();
    fs::write(&out, &bundle)?;
    let mut card = out.clone().into_os_string();
    card.push(".md");
    fs::write(card, roles::card(settings, bundle.len())?)?;
    say(&format!("{:.1} MB; score it with `chancery eval roles`", bundle.len() as f64 / 1e6));
    Ok(())
}

fn cut_passages(options: &Options<'_>) -> Result<(), Box<dyn Error>> {
    let (gold, corpus, out) =
        (options.path("--gold")?, options.path("--corpus")?, options.path("--out")?);
    let rows = undertakings::passages::passages_of(&gold, &corpus, Kit::embedded())?;
    let lines: String = rows.iter().map(|row| format!("{row}\n")).collect();
    fs::write(&out, lines)?;
    say(&format!("{} passages", rows.len()));
    Ok(())
}

fn make_undertakings(options: &Options<'_>) -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(options.get("--texts").unwrap_or("train/undertakings"));
    let plain = undertakings::Settings::default();
    let part = |name: &str, default: f32, parts: f32| -> Result<f32, String> {
        Ok(options.number(name, (default * parts) as u64)? as f32 / parts)
    };
    let lean = Lean {
        ruled: -part("--lean-ruled", -plain.lean.ruled, 1e3)?,
        unruled: -part("--lean", -plain.lean.unruled, 1e3)?,
        side: -part("--lean-side", -plain.lean.side, 1e3)?,
        share: part("--share", plain.lean.share, 1e3)?,
    };
    let settings = undertakings::Settings {
        seed: options.number("--seed", plain.seed)?,
        rounds: options.number("--rounds", plain.rounds as u64)? as usize,
        rate: part("--rate", plain.rate, 1e3)?,
        decay: part("--decay", plain.decay, 1e0)?,
        rare: options.number("--rare", plain.rare.into())? as u32,
        lean,
        network: undertakings::network::NetworkSettings {
            seed: options.number("--seed", plain.network.seed)?,
            rounds: options.number("--network-rounds", plain.network.rounds as u64)? as usize,
            width: options.number("--width", plain.network.width as u64)? as usize,
            layers: options.number("--layers", plain.network.layers as u64)? as usize,
            ..plain.network
        },
    };
    let start = Instant::now();
    let mut told = |line: &str| say(&format!("{:4.0} s  {line}", start.elapsed().as_secs_f64()));
    if let Some(bundle) = options.get("--from") {
        return score_undertakings(options, &fs::read(bundle)?, lean);
    }
    let files = undertakings::texts(&folder, Kit::embedded())?;
    let (gold, marks) = (options.path("--gold")?, undertakings::marks(&folder)?);
    undertakings::background::check(&marks, &gold)?;
    let mut background = undertakings::background::taught(&gold, &marks, Kit::embedded())?;
    let passages = undertakings::of_passages(&marks, &gold, Kit::embedded())?;
    for _ in 0..options.number("--repeat", 2)? {
        background.extend(passages.iter().cloned());
    }
    if options.0.iter().any(|option| option == "--folds") {
        let scores = undertakings::folds(&folder, &files, &background, settings, &mut told)?;
        say(&scores);
        return Ok(());
    }
    let out = options.path("--out")?;
    let marked = files.iter().flat_map(|(_, taught)| taught);
    let taught: Vec<_> = marked.chain(&background).collect();
    told(&format!("{} texts, {} of them of corpora", taught.len(), background.len()));
    let bundle = undertakings::train(&taught, settings, &mut told).write();
    fs::write(&out, &bundle)?;
    let mut card = out.into_os_string();
    card.push(".md");
    fs::write(card, undertakings::card(&folder, settings, bundle.len())?)?;
    told(&format!("{:.1} MB", bundle.len() as f64 / 1e6));
    score_undertakings(options, &bundle, settings.lean)
}

/// Scores a bundle on marked texts, also with other leans.
fn score_undertakings(
    options: &Options<'_>,
    bundle: &[u8],
    own: Lean<f32>,
) -> Result<(), Box<dyn Error>> {
    let mut leans = vec![own];
    for lean in options.get("--leans").iter().flat_map(|list| list.split(',')) {
        let mut parts = lean.split(':').map(str::parse);
        let mut next = || parts.next().unwrap_or(Ok(0.0));
        leans.push(Lean { ruled: next()?, unruled: next()?, side: next()?, share: next()? });
    }
    for gold in options.get("--score").iter().flat_map(|list| list.split(',')) {
        for lean in &leans {
            let Lean { ruled, unruled, side, share } = lean;
            let scores = undertakings::score(bundle, *lean, Path::new(gold))?;
            say(&format!("{gold} {ruled}:{unruled}:{side}:{share}: {scores}"));
        }
    }
    Ok(())
}

fn make_coreference(options: &Options<'_>) -> Result<(), Box<dyn Error>> {
    let (gold, vectors) = (options.path("--gold")?, options.path("--vectors")?);
    let plain = chains::Settings::default();
    let part = |name: &str, default: f32| -> Result<f32, String> {
        Ok(options.number(name, (default * 1000.0) as u64)? as f32 / 1000.0)
    };
    let settings = chains::Settings {
        seed: options.number("--seed", plain.seed)?,
        bias: -part("--bias", -plain.bias)?,
        rounds: options.number("--rounds", plain.rounds as u64)? as usize,
        words: options.number("--words", plain.words as u64)? as usize,
        rare: options.number("--rare", plain.rare as u64)? as u32,
        rare_pair: options.number("--rare-pair", plain.rare_pair as u64)? as u32,
        width: options.number("--width", plain.width as u64)? as usize,
        pace: chains::Pace {
            rate: part("--rate", plain.pace.rate)?,
            false_link: part("--false-link", plain.pace.false_link)?,
            false_new: part("--false-new", plain.pace.false_new)?,
            wrong_link: part("--wrong-link", plain.pace.wrong_link)?,
            dropout: part("--dropout", plain.pace.dropout)?,
            hide: part("--hide", plain.pace.hide)?,
            decay: part("--decay", plain.pace.decay)?,
            start: part("--start", plain.pace.start)?,
        },
    };
    let start = Instant::now();
    let mut told = |line: &str| say(&format!("{:4.0} s  {line}", start.elapsed().as_secs_f64()));
    let out = options.path("--out")?;
    let (bundle, scores) =
        chains::make(&gold, &vectors, &SyntaxKit::embedded(), settings, &mut told)?;
    fs::write(&out, &bundle)?;
    told(&format!("{scores}; {:.1} MB", bundle.len() as f64 / 1e6));
    let mut card = out.into_os_string();
    card.push(".md");
    fs::write(card, chains::card(settings, bundle.len(), &scores)?)?;
    Ok(())
}

fn scores(gold: &Path, kit: &SyntaxKit) -> Result<String, Box<dyn Error>> {
    let mut scores = String::new();
    for (input, sentences) in read_all(gold, "dev")? {
        writeln!(scores, "{} from raw text:  {}", input.path, score_raw(&sentences, kit))?;
        writeln!(scores, "{} gold words:     {}", input.path, score_tokenised(&sentences, kit))?;
    }
    Ok(scores)
}

/// A card beside the bundle, of a template and what stands for its marks.
fn write_card(
    out: &Path,
    template: &str,
    marks: &[(&str, String)],
    scores: &str,
    size: usize,
) -> Result<(), Box<dyn Error>> {
    let mut rows = String::new();
    for input in inputs()?.into_iter().filter(|input| matches!(input.usage, "train" | "dev")) {
        let Input { path, sha256, usage, licence, about } = input;
        writeln!(rows, "| `{path}` | {usage} | {about} | {licence} | `{sha256}` |")?;
    }
    let mut card = template.to_owned();
    let shared =
        [("{inputs}", rows), ("{scores}", scores.to_owned()), ("{size}", size.to_string())];
    for (mark, value) in shared.iter().chain(marks) {
        card = card.replace(mark, value);
    }
    let mut path = out.as_os_str().to_owned();
    path.push(".md");
    fs::write(path, card)?;
    Ok(())
}

fn score(options: &Options<'_>) -> Result<(), Box<dyn Error>> {
    let kit = SyntaxKit::read(fs::read(options.path("--bundle")?)?.leak())?;
    say(&scores(&options.path("--gold")?, &kit)?);
    Ok(())
}

fn read_text(options: &Options<'_>) -> Result<(), Box<dyn Error>> {
    let kit = SyntaxKit::read(fs::read(options.path("--bundle")?)?.leak())?;
    let (report, prose) = blocks(&fs::read_to_string(options.path("--text")?)?);
    let sentences = segment::sentences(&report, &prose);
    let tokens = segment::tokens(&report, &sentences);
    let syntax = syntax::parse(&report, &sentences, &tokens, &kit);
    for sentence in &sentences {
        let mut block = format!("# text = {}\n", report.slice(sentence.span).replace('\n', " "));
        for (number, token) in (1..).zip(sentence.indices()) {
            let (word, form) = (&syntax.words[token], report.slice(tokens[token].span));
            let head = word.head.map_or(0, |head| head - sentence.tokens.start + 1);
            let (lemma, upos, xpos, relation) = (&word.lemma, word.upos, word.xpos, word.relation);
            writeln!(
                block,
                "{number}\t{form}\t{lemma}\t{upos}\t{xpos}\t{}\t{head}\t{relation}\t_\t_",
                word.features
            )?;
        }
        say(&block);
    }
    Ok(())
}

/// Each line of the text is a block.
fn blocks(text: &str) -> (Report, Vec<Span>) {
    let mut at = 0;
    let mut prose = Vec::new();
    for line in text.split_inclusive('\n') {
        prose.push(Span::of(at..at + line.len()).trim(text));
        at += line.len();
    }
    (Report::from_text("text", text), prose)
}

fn speed(options: &Options<'_>) -> Result<(), Box<dyn Error>> {
    let kit = SyntaxKit::read(fs::read(options.path("--bundle")?)?.leak())?;
    let (report, prose) = blocks(&fs::read_to_string(options.path("--text")?)?);
    let kits = (NameKit::embedded(), CoreferenceKit::embedded());
    for _ in 0..3 {
        let start = processor_time();
        let sentences = segment::sentences(&report, &prose);
        let tokens = segment::tokens(&report, &sentences);
        let segmented = processor_time();
        let tags = kit.tag(&report, &sentences, &tokens);
        let tagged = processor_time();
        let syntax = syntax::parse(&report, &sentences, &tokens, &kit);
        let parsed = processor_time();
        let text =
            Read { report: &report, sentences: &sentences, tokens: &tokens, syntax: &syntax };
        let found = name::find(text, &kits.0, None);
        let named = processor_time();
        let chains = coreference::find(text, &kits.1);
        let chained = processor_time();
        assert!(tags.len() == tokens.len() && syntax.words.len() == tokens.len());
        let (named, chained) = (named - parsed, chained - named);
        let (segmented, tagged, parsed) = (segmented - start, tagged - segmented, parsed - tagged);
        let rate = |time: Duration| tokens.len() as f64 / time.as_secs_f64();
        say(&format!(
            "{} words: segment {:.0}/s, tag {:.0}/s, tag and lemma and parse {:.0}/s, all {:.0}/s",
            tokens.len(),
            rate(segmented),
            rate(tagged),
            rate(parsed),
            rate(segmented + parsed)
        ));
        say(&format!("{} names: {:.0} words/s", found.len(), rate(named)));
        let each = chained.as_secs_f64() * 1e6 / tokens.len() as f64;
        say(&format!("{} chains: {each:.2} µs a word", chains.len()));
    }
    Ok(())
}

/// Time on a processor, where the system tells it: other programs on the machine do not count.
fn processor_time() -> Duration {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|line| line.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| EPOCH.with(Instant::elapsed), Duration::from_nanos)
}

thread_local! {
    static EPOCH: Instant = Instant::now();
}
