use std::process::ExitCode;

use crate::Failure;
use crate::arguments::{Lexicon, LexiconCommand};
use crate::output::{self, line};

pub fn run(arguments: &Lexicon) -> Result<ExitCode, Failure> {
    let LexiconCommand::Check { json } = arguments.command;
    let faults = chancery_annotate::lexicon::check();
    let mut out = output::stdout();
    for fault in &faults {
        if json {
            let object = serde_json::json!({
                "file": format!("data/{}", fault.file), "line": fault.line, "problem": fault.problem,
            });
            line(&mut out, object)?;
        } else {
            line(&mut out, fault)?;
        }
    }
    if faults.is_empty() && !json {
        line(&mut out, "Every data file is in form, and every rule fires where it must.")?;
    }
    Ok(ExitCode::from(u8::from(!faults.is_empty())))
}
