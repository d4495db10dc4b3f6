//! Scores a task from the command line, before and without the `chancery` program:
//! `cargo run -p chancery-eval --example score -- times ../shared/gold/meantime`, and
//! `… -- all ../shared/gold examples eval/floors.toml eval/results` for everything.

use std::path::Path;
use std::process::ExitCode;

use chancery_annotate::Kit;
use chancery_eval::floors::Floors;
use chancery_eval::{EvalError, Outcome, Task, run, run_all};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match score(&arguments.iter().map(String::as_str).collect::<Vec<_>>()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stdout, reason = "a program for the terminal")]
fn score(arguments: &[&str]) -> Result<bool, Box<dyn std::error::Error>> {
    match arguments {
        ["all", gold, examples, rest @ ..] => {
            let outcomes = run_all(gold.as_ref(), Some(examples.as_ref()), Kit::embedded())?;
            outcomes.iter().for_each(|outcome| println!("{}", outcome.to_table()));
            if let [_, results] = rest {
                keep(&outcomes, results.as_ref())?;
            }
            let Some(floors) = rest.first().filter(|path| Path::new(path).exists()) else {
                println!("{}", Floors::below(&outcomes, 2.0).to_toml());
                return Ok(true);
            };
            let failures = Floors::read(floors.as_ref())?.check(&outcomes);
            failures.iter().for_each(|failure| println!("{failure}"));
            Ok(failures.is_empty())
        }
        [task, gold, rest @ ..] => {
            let outcome = run(task.parse::<Task>()?, gold.as_ref(), Kit::embedded())?;
            println!("{}{}", outcome.to_table(), outcome.to_json_line());
            if let [cases] = rest {
                std::fs::write(cases, outcome.cases_csv())?;
            }
            Ok(true)
        }
        _ => {
            let list = Task::ALL.iter().map(|task| format!("  {task:<12} {}\n", task.describe()));
            println!("score TASK GOLD [CASES.csv] | score all GOLD EXAMPLES [FLOORS [RESULTS]]");
            println!("{}", list.collect::<String>());
            Ok(false)
        }
    }
}

/// A file of cases for each outcome: `times.meantime.csv`.
fn keep(outcomes: &[Outcome], folder: &Path) -> Result<(), EvalError> {
    for outcome in outcomes {
        let path = folder.join(outcome.file_name());
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&path, outcome.cases_csv()))
            .map_err(|source| EvalError::Read { path: path.display().to_string(), source })?;
    }
    Ok(())
}
