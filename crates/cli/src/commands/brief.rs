use std::fs;
use std::process::ExitCode;

use chancery_store::Record;

use crate::Failure;
use crate::arguments::Brief;
use crate::output::{self, line};

pub fn run(arguments: &Brief) -> Result<ExitCode, Failure> {
    let record = Record::open(&arguments.record)?;
    let title = arguments.title.as_deref().unwrap_or("Record of reports");
    let page = chancery_brief::page(&record, title)?;
    let output = &arguments.output;
    if output.as_os_str() == "-" {
        line(&mut output::stdout(), page)?;
        return Ok(ExitCode::SUCCESS);
    }
    fs::write(output, &page)
        .map_err(|fault| format!("cannot write {}: {fault}", output.display()))?;
    let size = page.len().div_ceil(1024);
    line(&mut output::stdout(), format!("Wrote {} ({size} KiB).", output.display()))?;
    Ok(ExitCode::SUCCESS)
}
