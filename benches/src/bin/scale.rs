//! Time and peak memory of `chancery read` over few and over many synthetic reports, side by side:
//! `scale [FEW] [MANY]`, 1,000 and 100,000 by default. Needs Linux (`/proc`) and a built `chancery`
//! beside this program.
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
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut numbers = std::env::args().skip(1).filter_map(|text| text.parse().ok());
    let (few, many) = (numbers.next().unwrap_or(1_000), numbers.next().unwrap_or(100_000));
    let folder = tempfile::tempdir()?;
    println!(
        "{:>9} {:>9} {:>12} {:>10} {:>11}",
        "reports", "seconds", "ms a report", "peak MiB", "record MiB"
    );
    let mut runs = Vec::new();
    for reports in [few, many] {
        let run = measure(folder.path(), reports)?;
        let each = 1000.0 * run.seconds / reports as f64;
        println!(
            "{:>9} {:>9.1} {each:>12.3} {:>10.0} {:>11.0}",
            run.reports, run.seconds, run.peak_mib, run.record_mib
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
    let (input, record) =
        (folder.join(format!("{reports}.jsonl")), folder.join(format!("{reports}.db")));
    let mut file = BufWriter::new(File::create(&input)?);
    for number in 0..reports {
        writeln!(file, "{}", chancery_benches::report(number, 10).to_json_line())?;
    }
    file.flush()?;
    let program = std::env::current_exe()?.with_file_name("chancery");
    let start = Instant::now();
    let mut child = Command::new(program)
        .arg("read")
        .arg(&input)
        .arg("--into")
        .arg(&record)
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
    let record_mib = fs::metadata(&record)?.len() as f64 / 1_048_576.0;
    fs::remove_file(&input)?;
    fs::remove_file(&record)?;
    Ok(Run { reports, seconds, peak_mib, record_mib })
}

/// Peak resident memory of a running process in MiB.
fn peak(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024.0)
}
