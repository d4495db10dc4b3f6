//! Every rule against its own two sentences.

use chancery_text::Report;

use crate::lexicon::{LexiconFault, Table};
use crate::{Read, segment, syntax};

use super::kit::Tables;
use super::{EventKit, Grammar, Index, columns, trigger};

/// Faults of form, of meaning, and rules that do not do what their sentences say.
pub(super) fn check() -> Vec<LexiconFault> {
    let tables = match Tables::read() {
        Ok(tables) => tables,
        Err(fault) => return vec![fault],
    };
    let mut faults: Vec<LexiconFault> =
        tables.all().iter().flat_map(|table| table.check_form()).collect();
    match EventKit::read() {
        Ok(kit) => faults.extend(check_rules(&tables.triggers, &kit)),
        Err(fault) => faults.push(fault),
    }
    faults
}

fn check_rules(table: &Table, kit: &EventKit) -> Vec<LexiconFault> {
    let Ok([matching, missing]) = columns(table, ["match", "miss"]) else { return Vec::new() };
    let fired = |column: usize| {
        let sentences: Vec<&str> = table.rows.iter().map(|row| row.cell(column)).collect();
        fired_lines(&sentences, kit)
    };
    let (matched, missed) = (fired(matching), fired(missing));
    let reported: Vec<String> = table.rows.iter().map(|row| reported(row.cell(matching))).collect();
    let reported = fired_lines(&reported.iter().map(String::as_str).collect::<Vec<_>>(), kit);
    let mut faults = Vec::new();
    let outcomes = matched.iter().zip(&reported).zip(&missed);
    for (row, ((matched, reported), missed)) in table.rows.iter().zip(outcomes) {
        if !matched.contains(&row.line) && !reported.contains(&row.line) {
            let problem = format!("does not fire on “{}”", row.cell(matching));
            faults.push(table.fault(row, problem));
        }
        if missed.contains(&row.line) {
            faults.push(table.fault(row, format!("fires on “{}”", row.cell(missing))));
        }
    }
    faults
}

/// A sentence as news would report it. A rule may fire on its sentence alone or in this: parsers
/// stumble over very short sentences, and another model stumbles over others.
pub(crate) fn reported(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
    format!("Two officials said on Monday that {first}{}", letters.as_str())
}

/// For each sentence, the lines of the rules that fire in it.
pub(super) fn fired_lines(sentences: &[&str], kit: &EventKit) -> Vec<Vec<u32>> {
    with_trees(sentences, |grammar, starts| {
        let grammar = Grammar::new(grammar, &kit.words);
        let mut lines = vec![Vec::new(); sentences.len()];
        for firing in trigger::fire(&grammar, kit) {
            lines[owner(&grammar, starts, firing.head)].push(firing.rule.line);
        }
        lines
    })
}

/// Parses sentences as the paragraphs of one report and hands them over, with the offset that
/// each starts at.
pub(crate) fn with_trees<T>(sentences: &[&str], read: impl FnOnce(Read<'_>, &[u32]) -> T) -> T {
    let mut text = String::new();
    let mut prose = Vec::new();
    for sentence in sentences {
        let start = text.len();
        text.push_str(sentence);
        prose.push(chancery_text::Span::of(start..text.len()));
        text.push_str("\n\n");
    }
    let starts: Vec<u32> = prose.iter().map(|span| span.start).collect();
    let report = Report::from_text("check", &text);
    let sentences = segment::sentences(&report, &prose);
    let tokens = segment::tokens(&report, &sentences);
    let syntax = syntax::parse(&report, &sentences, &tokens, &crate::Kit::embedded().syntax);
    let text = Read { report: &report, sentences: &sentences, tokens: &tokens, syntax: &syntax };
    read(text, &starts)
}

/// Which of the sentences a token stands in.
pub(crate) fn owner(grammar: &Grammar<'_>, starts: &[u32], token: Index) -> usize {
    let at = grammar.text.tokens[token as usize].span.start;
    starts.partition_point(|start| *start <= at).saturating_sub(1)
}
