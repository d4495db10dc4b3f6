use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chancery_annotate::Kit;
use chancery_eval::floors::Floors;
use chancery_eval::{Outcome, Task, run as score, run_all};

use crate::Failure;
use crate::arguments::Eval;
use crate::output::{self, RED, line};

/// Where the program's own gold lies: it is run in its source tree.
const OWN: &str = "";
const EXAMPLES: &str = "examples";

pub fn run(arguments: &Eval) -> Result<ExitCode, Failure> {
    let floors = arguments.floors.as_deref().map(Floors::read).transpose()?;
    let outcomes = match arguments.task.as_str() {
        "all" => all(arguments)?,
        name => {
            let task: Task = name.parse()?;
            vec![score(task, &gold(task, arguments)?, Kit::embedded())?]
        }
    };
    let mut out = output::stdout();
    for outcome in &outcomes {
        match arguments.json {
            true => line(&mut out, outcome.to_json_line())?,
            false => line(&mut out, outcome.to_table())?,
        }
    }
    if let Some(path) = &arguments.cases {
        write_cases(path, &outcomes)?;
    }
    let failures = floors.map_or_else(Vec::new, |floors| floors.check(&outcomes));
    for failure in &failures {
        anstream::eprintln!("{RED}below its floor:{RED:#} {failure}");
    }
    Ok(ExitCode::from(u8::from(!failures.is_empty())))
}

fn all(arguments: &Eval) -> Result<Vec<Outcome>, Failure> {
    let Some(gold) = &arguments.gold else {
        return Err("`eval all` needs --gold PATH, the folder that holds the sets".into());
    };
    Ok(run_all(gold, Path::new(OWN), Kit::embedded())?)
}

fn gold(task: Task, arguments: &Eval) -> Result<PathBuf, Failure> {
    match &arguments.gold {
        Some(path) => Ok(path.clone()),
        None if task == Task::Examples => Ok(EXAMPLES.into()),
        None => Err(format!("`eval {task}` needs --gold PATH: {}", task.wanted()).into()),
    }
}

/// One file for one outcome; a folder with a file for each where there are several.
fn write_cases(path: &Path, outcomes: &[Outcome]) -> Result<(), Failure> {
    let write = |path: &Path, outcome: &Outcome| {
        fs::write(path, outcome.cases_csv())
            .map_err(|fault| format!("cannot write {}: {fault}", path.display()))
    };
    if let [one] = outcomes {
        return Ok(write(path, one)?);
    }
    fs::create_dir_all(path)?;
    for outcome in outcomes {
        write(&path.join(outcome.file_name()), outcome)?;
    }
    Ok(())
}
