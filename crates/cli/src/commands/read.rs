use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use chancery_annotate::Kit;
use chancery_engine::{ReadOptions, Step, Summary, read};
use chancery_ingest::{FieldMap, Options};
use chancery_store::{Record, TableName};
use indicatif::{ProgressBar, ProgressStyle};

use crate::Failure;
use crate::arguments::Read;
use crate::output::{self, BOLD, DIM, RED, line};

/// Faults that are printed one by one; the rest is counted.
const FAULTS: usize = 20;

pub fn run(arguments: &Read) -> Result<ExitCode, Failure> {
    let options = options(arguments)?;
    let stop = stop_on_interrupt()?;
    let start = Instant::now();
    let bar = progress_bar(arguments);
    let mut phases = Phases::default();
    let summary =
        read(&arguments.inputs, &arguments.into, &options, Kit::embedded(), &stop, &mut |step| {
            phases.enter(step);
            show_step(&bar, step);
        })?;
    phases.end();
    bar.finish_and_clear();
    let seconds = start.elapsed().as_secs_f64();
    if arguments.json {
        line(&mut output::stdout(), json(&summary, seconds, &phases))?;
    } else {
        print_faults(&summary);
        if !arguments.quiet {
            print_summary(&summary, seconds, &arguments.into)?;
        }
    }
    Ok(ExitCode::from(match (summary.interrupted, summary.faults.is_empty()) {
        (true, _) => 130,
        (false, true) => 0,
        (false, false) => 1,
    }))
}

fn options(arguments: &Read) -> Result<ReadOptions, Failure> {
    let mut ingest = Options { fields: FieldMap::parse(&arguments.fields)?, ..Options::default() };
    if let Some(bytes) = arguments.max_report_bytes {
        ingest.max_report_bytes = bytes;
    }
    Ok(ReadOptions { ingest, threads: arguments.threads })
}

/// The first Ctrl-C asks for an orderly end; the second ends at once (the record stays whole: what
/// is being written is dropped, and read again next time).
fn stop_on_interrupt() -> Result<Arc<AtomicBool>, Failure> {
    let stop = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&stop);
    ctrlc::set_handler(move || {
        if set.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    })?;
    Ok(stop)
}

fn progress_bar(arguments: &Read) -> ProgressBar {
    if arguments.quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len}  {elapsed}  {msg}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

fn show_step(bar: &ProgressBar, step: Step) {
    match step {
        Step::Found { inputs } => bar.set_length(inputs as u64),
        Step::Reading { inputs, reports, words } => {
            bar.set_position(inputs as u64);
            bar.set_message(format!("reading: {reports} reports, {words} words"));
        }
        Step::Linking => bar.set_message("linking reports into stories"),
        Step::Resolving { done, total } => {
            bar.set_length(total as u64);
            bar.set_position(done as u64);
            bar.set_message("resolving stories");
        }
        Step::Comparing { done, total } => {
            bar.set_length(total as u64);
            bar.set_position(done as u64);
            bar.set_message("comparing reports of different stories");
        }
        Step::Finishing => bar.set_message("making the index"),
    }
}

fn print_faults(summary: &Summary) {
    for fault in summary.faults.iter().take(FAULTS) {
        anstream::eprintln!("{RED}not read:{RED:#} {fault}");
    }
    if FAULTS < summary.faults.len() {
        let more = summary.faults.len() - FAULTS;
        anstream::eprintln!("{RED}not read:{RED:#} {more} more; --json lists all");
    }
}

fn print_summary(summary: &Summary, seconds: f64, path: &Path) -> Result<(), Failure> {
    let mut out = output::stdout();
    let many = |count: usize, noun: &str| match count {
        1 => format!("1 {noun}"),
        _ => format!(
            "{count} {}",
            noun.strip_suffix('y').map_or(format!("{noun}s"), |n| format!("{n}ies"))
        ),
    };
    let speed = summary.words as f64 / seconds.max(0.001);
    line(
        &mut out,
        format!(
            "{BOLD}Read {}{BOLD:#} ({} words) in {seconds:.1} s, {speed:.0} words a second; \
             {} known before, {} not read.",
            many(summary.new, "new report"),
            summary.words,
            summary.known,
            summary.faults.len()
        ),
    )?;
    if 0 < summary.unread {
        let unread = many(summary.unread, "report");
        line(&mut out, format!("{unread} not in English: kept, dated and compared as text."))?;
    }
    for (notice, count) in &summary.notices {
        line(&mut out, format!("Notice `{notice}`: {}.", many(*count, "report")))?;
    }
    if summary.interrupted {
        line(&mut out, "Stopped. What was read is kept; run the same command again to go on.")?;
        return Ok(());
    }
    let record = Record::open(path)?;
    let counts = [
        (TableName::Reports, "report"),
        (TableName::Stories, "story"),
        (TableName::Origins, "origin"),
        (TableName::Actors, "actor"),
        (TableName::Events, "event"),
        (TableName::Statements, "statement"),
        (TableName::Undertakings, "undertaking"),
        (TableName::Relations, "relation"),
        (TableName::Figures, "figure"),
        (TableName::Disagreements, "disagreement"),
    ];
    let counts = counts
        .into_iter()
        .map(|(table, noun)| Ok(many(record.count(table)?, noun)))
        .collect::<Result<Vec<_>, Failure>>()?;
    line(&mut out, format!("The record {} now holds {}.", path.display(), counts.join(", ")))?;
    let path = path.display();
    line(
        &mut out,
        format!(
            "{DIM}Next: chancery show {path} stories; chancery brief {path} -o brief.html{DIM:#}"
        ),
    )?;
    Ok(())
}

/// How long each phase of a read took.
#[derive(Default)]
struct Phases {
    done: Vec<(&'static str, f64)>,
    running: Option<(&'static str, Instant)>,
}

impl Phases {
    fn enter(&mut self, step: Step) {
        let name = match step {
            Step::Found { .. } | Step::Reading { .. } => "reading",
            Step::Linking => "linking",
            Step::Resolving { .. } => "resolving",
            Step::Comparing { .. } => "comparing",
            Step::Finishing => "finishing",
        };
        if self.running.is_none_or(|(running, _)| running != name) {
            self.end();
            self.running = Some((name, Instant::now()));
        }
    }

    fn end(&mut self) {
        let ended = self.running.take();
        self.done.extend(ended.map(|(name, start)| (name, start.elapsed().as_secs_f64())));
    }
}

fn json(summary: &Summary, seconds: f64, phases: &Phases) -> serde_json::Value {
    let rounded = |seconds: f64| (seconds * 1000.0).round() / 1000.0;
    let phases: serde_json::Map<_, _> = phases
        .done
        .iter()
        .map(|(name, took)| ((*name).to_owned(), rounded(*took).into()))
        .collect();
    let fault = |fault: &chancery_ingest::Fault| serde_json::json!({ "path": fault.path, "member": fault.member, "reason": fault.reason });
    serde_json::json!({
        "new": summary.new, "known": summary.known, "words": summary.words,
        "not_in_english": summary.unread, "stories_resolved": summary.stories,
        "notices": summary.notices, "interrupted": summary.interrupted,
        "seconds": rounded(seconds), "phases": phases,
        "faults": summary.faults.iter().map(fault).collect::<Vec<_>>(),
    })
}
