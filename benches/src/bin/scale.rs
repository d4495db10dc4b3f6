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
    reading: Cost,
    /// Of [`MORE`] reports more
    adding: Cost,
    record_mib: f64,
}

/// What one call of `chancery read` took.
#[derive(Default)]
struct Cost {
    /// By the clock
    seconds: f64,
    /// Of all processors together, in user and in system mode
    processor_seconds: f64,
    /// Resident memory at its peak
    peak_mib: f64,
}

/// Reports that are added to a record.
const MORE: usize = 100;
/// Reports of a story.
const STORY: usize = 10;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut number = |default| arguments.next().map_or(Ok(default), |text| text.parse());
    let (few, many) = (number(2_000)?, number(200_000)?);
    let kept = arguments.next();
    let temporary = tempfile::tempdir()?;
    let folder = kept.as_ref().map_or(temporary.path(), Path::new);
    println!(
        "{:>9} {:>9} {:>9} {:>10} {:>9} {:>9} {:>11} {:>14} {:>9}",
        "reports",
        "s",
        "CPU s",
        "ms each",
        "CPU ms",
        "peak MiB",
        "record MiB",
        "s to add 100",
        "CPU s"
    );
    let mut runs = Vec::new();
    for reports in [few, many] {
        let run = measure(folder, reports, kept.is_some())?;
        println!(
            "{:>9} {:>9.1} {:>9.1} {:>10.3} {:>9.3} {:>9.0} {:>11.0} {:>14.2} {:>9.2}",
            run.reports,
            run.reading.seconds,
            run.reading.processor_seconds,
            1000.0 * run.reading.seconds / reports as f64,
            1000.0 * run.reading.processor_seconds / reports as f64,
            run.reading.peak_mib,
            run.record_mib,
            run.adding.seconds,
            run.adding.processor_seconds,
        );
        runs.push(run);
    }
    if let [small, large] = runs.as_slice() {
        let times = |of: fn(&Cost) -> f64| {
            of(&large.reading) / large.reports as f64 / (of(&small.reading) / small.reports as f64)
        };
        println!(
            "time a report: {:.2} times by the clock, {:.2} times of processors; peak memory: {:.2} times",
            times(|cost| cost.seconds),
            times(|cost| cost.processor_seconds),
            large.reading.peak_mib / small.reading.peak_mib
        );
    }
    Ok(())
}

fn measure(folder: &Path, reports: usize, keep: bool) -> Result<Run, Box<dyn std::error::Error>> {
    let record = folder.join(format!("{reports}.db"));
    // Every second of the added reports joins a story that the record has.
    let (first, last) = (0..reports, reports..reports + MORE);
    let late = |number: &usize| number.is_multiple_of((reports / MORE).max(2 * STORY));
    let reading = read(folder, &record, first.clone().filter(|number| !late(number)))?;
    let joining = first.filter(late).take(MORE / 2);
    let adding = read(folder, &record, joining.chain(last.take(MORE / 2)))?;
    let record_mib = fs::metadata(&record)?.len() as f64 / 1_048_576.0;
    if !keep {
        fs::remove_file(&record)?;
    }
    Ok(Run { reports, reading, adding, record_mib })
}

/// Reads the reports of these numbers into a record.
fn read(
    folder: &Path,
    record: &Path,
    numbers: impl Iterator<Item = usize>,
) -> Result<Cost, Box<dyn std::error::Error>> {
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
    let mut cost = Cost::default();
    let status = loop {
        cost.peak_mib = cost.peak_mib.max(peak(child.id()).unwrap_or(0.0));
        cost.processor_seconds =
            cost.processor_seconds.max(processor_seconds(child.id()).unwrap_or(0.0));
        match child.try_wait()? {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(20)),
        }
    };
    cost.seconds = start.elapsed().as_secs_f64();
    if !status.success() {
        return Err(format!("chancery read ended with {status}").into());
    }
    fs::remove_file(&input)?;
    Ok(cost)
}

/// Seconds that a running process has had of processors, in user and in system mode.
fn processor_seconds(process: u32) -> Option<f64> {
    /// Linux tells these times to programs in hundredths of a second, whatever the kernel's own tick.
    const TICKS_A_SECOND: f64 = 100.0;
    let status = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name of the program, in brackets, may hold spaces; after it, user and system time are 12th and 13th.
    let (_, fields) = status.rsplit_once(')')?;
    let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<f64>);
    Some(ticks.sum::<Result<f64, _>>().ok()? / TICKS_A_SECOND)
}

/// Peak resident memory of a running process in MiB.
fn peak(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024.0)
}
