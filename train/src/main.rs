//! Makes the models in `data/models`.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chancery_annotate::Read;
use chancery_annotate::name::{self, Convention, NameKit};
use chancery_annotate::segment;
use chancery_annotate::syntax::{self, SyntaxKit};
use chancery_text::{Report, Span};
use chancery_train::conllu::{self, Sentence};
use chancery_train::inputs::{Input, inputs, read_input};
use chancery_train::syntax::headline::with_headlines;
use chancery_train::syntax::score::{score_raw, score_tokenised};
use chancery_train::syntax::{Settings, train};
use chancery_train::{names, roles};

const USAGE: &str = "usage:
  chancery-train syntax --gold FOLDER --out FILE [--seed N] [--iterations N]
      makes the syntax bundle and its card
  chancery-train roles --gold FOLDER --out FILE [--seed N] [--iterations N]
      makes the bundle of predicates and roles and its card
  chancery-train names --gold FOLDER --out FILE [--seed N] [--iterations N]
      makes the bundle of names and its card
  chancery-train names --gold FOLDER --folds [--seed N] [--iterations N]
      scores names on the corpora that are trained on whole, fifth by fifth
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
        Some("roles") => make_roles(&Options(arguments)),
        Some("syntax") => make_syntax(&Options(arguments)),
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

fn make_syntax(options: &Options<'_>) -> Result<(), Box<dyn Error>> {
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
    let scores = scores(&gold, &SyntaxKit::read(&bundle)?)?;
    say(&format!("{scores}{:.1} MB", bundle.len() as f64 / 1e6));
    let mut card = out.clone().into_os_string();
    card.push(".md");
    fs::write(card, write_card(settings, &scores, bundle.len())?)?;
    Ok(())
}

fn make_names(options: &Options<'_>) -> Result<(), Box<dyn Error>> {
    let gold = options.path("--gold")?;
    let settings = names::Settings {
        seed: options.number("--seed", names::Settings::default().seed)?,
        iterations: options.number("--iterations", names::Settings::default().iterations as u64)?
            as usize,
        ..names::Settings::default()
    };
    let start = Instant::now();
    let told = |line: &str| say(&format!("{:4.0} s  {line}", start.elapsed().as_secs_f64()));
    let kit = SyntaxKit::embedded();
    let examples = names::examples(&gold, true, &kit)?;
    told(&format!("{} reports", examples.len()));
    if options.0.iter().any(|option| option == "--folds") {
        for corpus in [Convention::Wikigold, Convention::Re3d] {
            let score = names::folds(&examples, corpus, settings, &mut |line| told(line));
            told(&format!("{corpus}: {}", names::say_score(&score)));
        }
        return Ok(());
    }
    let out = options.path("--out")?;
    let rows = names::train(&examples.iter().collect::<Vec<_>>(), settings, &mut |line| told(line));
    let bundle = name::write(&rows);
    fs::write(&out, &bundle)?;
    let unseen = names::examples(&gold, false, &kit)?;
    let scores = names::say_scores(&NameKit::new(&rows), &unseen);
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

fn scores(gold: &Path, kit: &SyntaxKit) -> Result<String, Box<dyn Error>> {
    let mut scores = String::new();
    for (input, sentences) in read_all(gold, "dev")? {
        writeln!(scores, "{} from raw text:  {}", input.path, score_raw(&sentences, kit))?;
        writeln!(scores, "{} gold words:     {}", input.path, score_tokenised(&sentences, kit))?;
    }
    Ok(scores)
}

fn write_card(settings: Settings, scores: &str, size: usize) -> Result<String, Box<dyn Error>> {
    let mut card = include_str!("syntax/card.md").to_owned();
    let mut rows = String::new();
    for input in inputs()?.into_iter().filter(|input| input.usage != "roles") {
        let Input { path, sha256, usage, licence, about } = input;
        writeln!(rows, "| `{path}` | {usage} | {about} | {licence} | `{sha256}` |")?;
    }
    for (mark, value) in [
        ("{inputs}", rows),
        ("{seed}", settings.seed.to_string()),
        ("{iterations}", settings.iterations.to_string()),
        ("{scores}", scores.to_owned()),
        ("{size}", size.to_string()),
    ] {
        card = card.replace(mark, &value);
    }
    Ok(card)
}

fn score(options: &Options<'_>) -> Result<(), Box<dyn Error>> {
    let kit = SyntaxKit::read(&fs::read(options.path("--bundle")?)?)?;
    say(&scores(&options.path("--gold")?, &kit)?);
    Ok(())
}

fn read_text(options: &Options<'_>) -> Result<(), Box<dyn Error>> {
    let kit = SyntaxKit::read(&fs::read(options.path("--bundle")?)?)?;
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
                "{number}\t{form}\t{lemma}\t{upos}\t{xpos}\t_\t{head}\t{relation}\t_\t_"
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
    let kit = SyntaxKit::read(&fs::read(options.path("--bundle")?)?)?;
    let (report, prose) = blocks(&fs::read_to_string(options.path("--text")?)?);
    let names = NameKit::embedded();
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
        let found = name::find(text, &names, None);
        let named = processor_time();
        assert!(tags.len() == tokens.len() && syntax.words.len() == tokens.len());
        let named = named - parsed;
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
