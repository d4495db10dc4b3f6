//! `docs/commands.md` is the program's own help: stale documentation fails here.
//! `UPDATE_DOCS=1 cargo test -p chancery-cli --test documentation` writes it anew.

use std::path::Path;
use std::process::Command;

const COMMANDS: &[&[&str]] = &[
    &[],
    &["read"],
    &["brief"],
    &["show"],
    &["why"],
    &["timeline"],
    &["export"],
    &["annotate"],
    &["eval"],
    &["lexicon"],
    &["lexicon", "check"],
    &["completions"],
];

fn help(command: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(command)
        .arg("--help")
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{command:?} has no help");
    String::from_utf8(output.stdout).expect("help is UTF-8")
}

fn document() -> String {
    let mut text = String::from(
        "# Commands\n\nThe program's own help, written here by\n\
         `UPDATE_DOCS=1 cargo test -p chancery-cli --test documentation`.\n",
    );
    for command in COMMANDS {
        let name = std::iter::once("chancery").chain(command.iter().copied());
        let name = name.collect::<Vec<_>>().join(" ");
        let help = help(command);
        let help: Vec<_> = help.lines().map(str::trim_end).collect();
        text.push_str(&format!("\n## {name}\n\n```\n{}\n```\n", help.join("\n").trim_end()));
    }
    text
}

#[test]
fn the_commands_page_is_the_programs_help() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/commands.md");
    let document = document();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &document).expect("docs can be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(written, document, "docs/commands.md is stale: run with UPDATE_DOCS=1");
}

#[test]
fn every_command_is_documented() {
    let help = help(&[]);
    let listed = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help");
    for name in listed {
        assert!(
            COMMANDS.iter().any(|command| command.first() == Some(&name)),
            "{name} has no page"
        );
    }
}
