use std::process::ExitCode;

use chancery_export::Format;
use chancery_store::Record;

use crate::Failure;
use crate::arguments::{Export, ExportFormat};
use crate::output::{self, line};

pub fn run(arguments: &Export) -> Result<ExitCode, Failure> {
    let record = Record::open(&arguments.record)?;
    let format = match arguments.format {
        ExportFormat::Jsonl => Format::Jsonl,
        ExportFormat::Csv => Format::Csv,
        ExportFormat::Parquet => Format::Parquet,
    };
    let mut out = output::stdout();
    for file in chancery_export::export(&record, format, &arguments.output)? {
        line(&mut out, format!("{} ({} rows)", file.path.display(), file.rows))?;
    }
    Ok(ExitCode::SUCCESS)
}
