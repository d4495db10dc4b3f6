//! Writes synthetic reports as JSON Lines: `synthetic REPORTS [STORY_SIZE] > reports.jsonl`.

use std::io::{BufWriter, Write, stdout};

fn main() -> std::io::Result<()> {
    let mut numbers = std::env::args().skip(1).map(|text| text.parse::<usize>());
    let (Some(Ok(reports)), story_size) = (numbers.next(), numbers.next().and_then(Result::ok))
    else {
        eprintln!("usage: synthetic REPORTS [STORY_SIZE]");
        std::process::exit(2);
    };
    let mut out = BufWriter::new(stdout().lock());
    for number in 0..reports {
        let report = chancery_benches::report(number, story_size.unwrap_or(10));
        writeln!(out, "{}", report.to_json_line())?;
    }
    out.flush()
}
