use std::path::PathBuf;

use chancery_store::TableName;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Reads many reports of the same events and keeps one sourced record.
///
/// Who did what to whom, when and where; who said what; who promised, demanded or threatened what;
/// who heads, belongs to or fights whom; which reports are copies; how many independent origins stand
/// behind a fact; where the reports disagree. Every row points to the characters it was read from.
/// Works offline.
///
/// Exit codes: 0 all done; 1 done, but some input could not be read or some check failed; 2 not
/// done; 130 stopped by Ctrl-C (what was read is kept; run it again to go on).
#[derive(Debug, Parser)]
#[command(name = "chancery", version, max_term_width = 100, subcommand_required = true)]
#[command(arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read reports into a record
    Read(Read),
    /// Write a record as one self-contained page
    Brief(Brief),
    /// List rows of a record
    Show(Show),
    /// Show the sentences that a row was read from
    Why(Why),
    /// List what happened with an actor, day by day
    Timeline(Timeline),
    /// Write all tables of a record as files
    Export(Export),
    /// Annotate one report and print every layer
    Annotate(Annotate),
    /// Measure against annotated text
    Eval(Eval),
    /// Check the lexicons and rules
    Lexicon(Lexicon),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// Read reports into a record.
///
/// Takes plain text, Markdown, HTML, JSON, JSON Lines, CSV, RSS, Atom, e-mail, WARC and WACZ,
/// compressed with gzip or zstd or not. What the record holds stays; reading the same reports again
/// changes nothing. An input that cannot be read is named in the summary, and the rest is read.
#[derive(Debug, Args)]
pub struct Read {
    /// Files, folders, globs in quotes, or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<String>,
    /// The record: an SQLite file, made if it is not there
    #[arg(long, value_name = "RECORD")]
    pub into: PathBuf,
    /// Take a field of tables and JSON from a column of another name, as in text=body
    #[arg(long = "field", value_name = "OURS=THEIRS")]
    pub fields: Vec<String>,
    /// Threads; 0 for as many as there are cores
    #[arg(long, default_value_t = 0)]
    pub threads: usize,
    /// Cut reports that are longer than so many bytes
    #[arg(long, value_name = "BYTES")]
    pub max_report_bytes: Option<u64>,
    /// Print the summary as one line of JSON
    #[arg(long)]
    pub json: bool,
    /// Print nothing but errors
    #[arg(long, short, conflicts_with = "json")]
    pub quiet: bool,
}

/// Write a record as one self-contained page.
///
/// The page needs no network: stories with their origins, the timeline, the ledger of undertakings,
/// statements with their wordings, disagreements side by side, the reports with marked spans, actors
/// and relations.
#[derive(Debug, Args)]
pub struct Brief {
    /// The record
    pub record: PathBuf,
    /// The page; - for standard output
    #[arg(long, short, value_name = "PAGE")]
    pub output: PathBuf,
    /// Title of the page
    #[arg(long)]
    pub title: Option<String>,
}

/// List rows of a record.
///
/// Conditions: field=value, != ~ (contains) < <= > >=, joined by and, or, not and parentheses.
/// Besides the columns there are actor, country, after, before and when (a day):
///
///   chancery show record.db events --where 'actor=Taliban and after=2021-08-01'
///   chancery show record.db relations --where 'kind=backs and origins>1'
#[derive(Debug, Args)]
pub struct Show {
    /// The record
    pub record: PathBuf,
    /// What to list
    #[arg(value_parser = parse_table, value_name = "TABLE", help = table_help())]
    pub table: TableName,
    /// Only rows that meet a condition
    #[arg(long = "where", value_name = "CONDITION")]
    pub condition: Option<String>,
    /// At most so many rows; 0 for all
    #[arg(long, default_value_t = 50)]
    pub limit: usize,
    /// These columns, separated by commas; `all` for every one
    #[arg(long, value_delimiter = ',')]
    pub columns: Vec<String>,
    /// One JSON object a line, with every column and all rows
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// CSV with every column and all rows
    #[arg(long)]
    pub csv: bool,
}

/// Show the sentences that a row was read from, in their reports, marked.
#[derive(Debug, Args)]
pub struct Why {
    /// The record
    pub record: PathBuf,
    /// Id of any row: of an event, statement, undertaking, relation, figure, disagreement …
    pub id: String,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

/// List what the reports of a record tell of an actor, day by day: everything that it does and that is
/// done to it, not only the acts that events code.
///
/// What was stated, is planned, may happen and did not is told apart. Days that the reports leave vague
/// are given as intervals; what has no day comes last. The actor may be a person, a company, a state, or
/// a thing with a name. The reports that name it are read again, so a name in very many takes its time.
///
///   chancery timeline record.db 'Wang Yi'
#[derive(Debug, Args)]
pub struct Timeline {
    /// The record
    pub record: PathBuf,
    /// The actor's name
    pub name: String,
    /// Only what has happened or was stated
    #[arg(long)]
    pub done: bool,
    /// At most so many rows; 0 for all
    #[arg(long, default_value_t = 50)]
    pub limit: usize,
    /// One JSON object a line, with every mention
    #[arg(long)]
    pub json: bool,
}

/// Write all tables of a record as files, one per table.
#[derive(Debug, Args)]
pub struct Export {
    /// The record
    pub record: PathBuf,
    /// Format of the files
    #[arg(long, value_enum)]
    pub format: ExportFormat,
    /// Folder for the files, made if it is not there
    #[arg(long, short, value_name = "FOLDER")]
    pub output: PathBuf,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ExportFormat {
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values with a header
    Csv,
    /// Apache Parquet, compressed with zstd
    Parquet,
}

/// Annotate one report and print every layer.
#[derive(Debug, Args)]
pub struct Annotate {
    /// A file, or - for standard input; a file of many reports gives each
    pub report: String,
    /// CoNLL-U (words and trees), or JSON (every layer)
    #[arg(long, value_enum, default_value_t = Layers::Json)]
    pub to: Layers,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Layers {
    /// Sentences, words, tags, lemmas and trees
    Conllu,
    /// Every layer, with offsets in bytes and in code points
    Json,
}

/// Measure against annotated text.
///
/// `--gold` is a file or a folder in the layout of the set; a folder that holds several sets serves
/// every task.
#[derive(Debug, Args)]
pub struct Eval {
    /// What to measure, or `all`
    #[arg(help = eval_help())]
    pub task: String,
    /// The annotated text
    #[arg(long, value_name = "PATH")]
    pub gold: Option<PathBuf>,
    /// Print one line of JSON per task
    #[arg(long)]
    pub json: bool,
    /// Write each case, right or wrong, as CSV
    #[arg(long, value_name = "FILE")]
    pub cases: Option<PathBuf>,
    /// Fail where a figure is below its floor in this file
    #[arg(long, value_name = "FILE")]
    pub floors: Option<PathBuf>,
}

/// The lexicons and rules that are carried in the program.
#[derive(Debug, Args)]
pub struct Lexicon {
    #[command(subcommand)]
    pub command: LexiconCommand,
}

#[derive(Debug, Subcommand)]
pub enum LexiconCommand {
    /// Check every data file, and each rule against its own two sentences
    Check {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
}

fn parse_table(name: &str) -> Result<TableName, String> {
    name.parse()
}

fn table_help() -> String {
    let names: Vec<_> = TableName::ALL.iter().map(|table| table.name()).collect();
    format!("What to list: {}", names.join(", "))
}

fn eval_help() -> String {
    let names: Vec<_> = chancery_eval::Task::ALL.iter().map(|task| task.name()).collect();
    format!("What to measure: {}; or `all`", names.join(", "))
}
