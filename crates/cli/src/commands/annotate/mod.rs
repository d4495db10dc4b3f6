mod conllu;
mod layers;

use std::io::Write;
use std::ops::ControlFlow;
use std::process::ExitCode;

use chancery_annotate::Kit;
use chancery_ingest::{Options, find_inputs, read_input};
use chancery_text::Report;

use crate::Failure;
use crate::arguments::{Annotate, Layers};
use crate::output::{self, RED};

pub fn run(arguments: &Annotate) -> Result<ExitCode, Failure> {
    let mut out = output::stdout();
    let mut faults = 0;
    let mut failure = None;
    for input in find_inputs(std::slice::from_ref(&arguments.report)) {
        read_input(&input, &Options::default(), &mut |found| {
            let written = match found {
                Ok(report) => write(&mut out, &report, arguments.to),
                Err(fault) => {
                    faults += 1;
                    anstream::eprintln!("{RED}not read:{RED:#} {fault}");
                    Ok(())
                }
            };
            match written {
                Ok(()) => ControlFlow::Continue(()),
                Err(fault) => {
                    failure = Some(fault);
                    ControlFlow::Break(())
                }
            }
        });
    }
    match failure {
        Some(fault) => Err(fault.into()),
        None => Ok(ExitCode::from(u8::from(0 < faults))),
    }
}

fn write(out: &mut impl Write, report: &Report, layers: Layers) -> std::io::Result<()> {
    let annotations = chancery_annotate::annotate(report, Kit::embedded());
    match layers {
        Layers::Conllu => out.write_all(conllu::document(report, &annotations).as_bytes()),
        Layers::Json => writeln!(out, "{}", layers::document(report, &annotations)),
    }
}
