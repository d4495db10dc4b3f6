//! Time and peak memory of `chancery read` over few and over many synthetic reports in stories of ten, side
//! by side, and of adding 100 more to each record: `scale [FEW] [MANY]`, 2,000 and 200,000 by default.
//! Needs Linux (`/proc`) and a built `chancery` beside this program.
#![expect(clippy::print_stdout, reason = "a program that prints what it measured")]

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

struct Run {
    reports: usize,
    seconds: f64,
    peak_mib: f64,
    record_mib: f64,
    /// Seconds to add [`MORE`] reports.
    adding: f64,
}

/// Reports that are added to a record.
const MORE: usize = 100;
/// Reports of a story.
const STORY: usize = 10;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut numbers = std::env::args().skip(1).filter_map(|text| text.parse().ok());
    let (few, many) = (numbers.next().unwrap_or(2_000), numbers.next().unwrap_or(200_000));
    let folder = tempfile::tempdir()?;
    println!(
        "{:>9} {:>9} {:>12} {:>10} {:>11} {:>14}",
        "reports", "seconds", "ms a report", "peak MiB", "record MiB", "s to add 100"
    );
    let mut runs = Vec::new();
    for reports in [few, many] {
        let run = measure(folder.path(), reports)?;
        let each = 1000.0 * run.seconds / reports as f64;
        println!(
            "{:>9} {:>9.1} {each:>12.3} {:>10.0} {:>11.0} {:>14.2}",
            run.reports, run.seconds, run.peak_mib, run.record_mib, run.adding
        );
        runs.push(run);
    }
    if let [small, large] = runs.as_slice() {
        let each = |run: &Run| run.seconds / run.reports as f64;
        println!(
            "time a report: {:.2} times; peak memory: {:.2} times",
            each(large) / each(small),
            large.peak_mib / small.peak_mib
        );
    }
    Ok(())
}

fn measure(folder: &Path, reports: usize) -> Result<Run, Box<dyn std::error::Error>> {
    let record = folder.join(format!("{reports}.db"));
    // Every second of the added reports joins a story that the record has.
    let (first, last) = (0..reports, reports..reports + MORE);
    let late = |number: &usize| number.is_multiple_of((reports / MORE).max(2 * STORY));
    let (seconds, peak_mib) = read(folder, &record, first.clone().filter(|number| !late(number)))?;
    let joining = first.filter(late).take(MORE / 2);
    let (adding, _) = read(folder, &record, joining.chain(last.take(MORE / 2)))?;
    let record_mib = fs::metadata(&record)?.len() as f64 / 1_048_576.0;
    fs::remove_file(&record)?;
    Ok(Run { reports, seconds, peak_mib, record_mib, adding })
}

/// Reads the reports of these numbers into a record; the seconds and the peak memory in MiB.
fn read(
    folder: &Path,
    record: &Path,
    numbers: impl Iterator<Item = usize>,
) -> Result<(f64, f64), Box<dyn std::error::Error>> {
    let input = folder.join("reports.jsonl");
    let mut file = BufWriter::new(File::create(&input)?);
    for number in numbers {
        writeln!(file, "{}", chancery_benches::report(number, STORY).to_json_line())?;
    }
    file.flush()?;
    let program = std::env::current_exe()?.with_file_name("chancery");
    let start = Instant::now();
    let mut child = Command::new(program)
        .arg("read")
        .arg(&input)
        .arg("--into")
        .arg(record)
        .arg("--quiet")
        .stdin(Stdio::null())
        .spawn()?;
    let mut peak_mib = 0.0_f64;
    let status = loop {
        peak_mib = peak_mib.max(peak(child.id()).unwrap_or(0.0));
        match child.try_wait()? {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(20)),
        }
    };
    let seconds = start.elapsed().as_secs_f64();
    if !status.success() {
        return Err(format!("chancery read ended with {status}").into());
    }
    fs::remove_file(&input)?;
    Ok((seconds, peak_mib))
}

/// Peak resident memory of a running process in MiB.
fn peak(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024.0)
}
