use std::process::ExitCode;

use clap::CommandFactory;

use crate::Failure;
use crate::arguments::Arguments;
use crate::output;

pub fn run(shell: clap_complete::Shell) -> Result<ExitCode, Failure> {
    clap_complete::generate(shell, &mut Arguments::command(), "chancery", &mut output::stdout());
    Ok(ExitCode::SUCCESS)
}
