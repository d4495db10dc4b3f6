//! The `chancery` program. Thin: it reads arguments, calls the library and prints.

mod arguments;
mod commands;
mod output;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};

/// Reading makes and drops many small texts, on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments.command) {
        Ok(code) => code,
        Err(fault) if output::is_closed_pipe(fault.as_ref()) => ExitCode::SUCCESS,
        Err(fault) => {
            anstream::eprintln!("{}error:{} {fault}", output::RED, output::RED.render_reset());
            ExitCode::from(2)
        }
    }
}

/// What went wrong, for a person.
type Failure = Box<dyn std::error::Error>;

fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Read(arguments) => commands::read::run(&arguments),
        Command::Brief(arguments) => commands::brief::run(&arguments),
        Command::Show(arguments) => commands::show::run(&arguments),
        Command::Why(arguments) => commands::why::run(&arguments),
        Command::Timeline(arguments) => commands::timeline::run(&arguments),
        Command::Export(arguments) => commands::export::run(&arguments),
        Command::Annotate(arguments) => commands::annotate::run(&arguments),
        Command::Eval(arguments) => commands::eval::run(&arguments),
        Command::Lexicon(arguments) => commands::lexicon::run(&arguments),
        Command::Completions { shell } => commands::completions::run(shell),
    }
}
