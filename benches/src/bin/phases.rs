//! Where the time of a read goes, phase by phase: `phases INPUT…`, into a record that is not kept.
#![expect(clippy::print_stdout, reason = "a program that prints what it measured")]

use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use chancery_annotate::Kit;
use chancery_engine::{ReadOptions, Step, read};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let inputs: Vec<String> = std::env::args().skip(1).collect();
    let folder = tempfile::tempdir()?;
    let mut last = Instant::now();
    let kit = Kit::embedded();
    println!("{:>10} {:8.3} s", "start", last.elapsed().as_secs_f64());
    last = Instant::now();
    let mut phases: Vec<(&str, Duration)> = Vec::new();
    let mut on_step = |step: Step| {
        let name = match step {
            Step::Found { .. } | Step::Reading { .. } => "reading",
            Step::Linking => "linking",
            Step::Resolving { .. } => "resolving",
            Step::Comparing { .. } => "comparing",
            Step::Finishing => "finishing",
        };
        // What was done before a step began belongs to the step before it.
        let took = last.elapsed();
        last = Instant::now();
        match phases.last_mut() {
            Some((_, time)) => *time += took,
            None => phases.push((name, took)),
        }
        if phases.last().is_some_and(|(last, _)| *last != name) {
            phases.push((name, Duration::ZERO));
        }
    };
    let path = folder.path().join("record.db");
    let stop = AtomicBool::new(false);
    let summary = read(&inputs, &path, &ReadOptions::default(), kit, &stop, &mut on_step)?;
    if let Some((_, time)) = phases.last_mut() {
        *time += last.elapsed();
    }
    let total: Duration = phases.iter().map(|(_, time)| *time).sum();
    for (name, time) in phases {
        println!("{name:>10} {:8.3} s", time.as_secs_f64());
    }
    println!(
        "{} words, {} words/s",
        summary.words,
        (summary.words as f64 / total.as_secs_f64()) as u64
    );
    Ok(())
}
