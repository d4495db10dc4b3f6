//! Every cue against its own two sentences.

use crate::event::{Grammar, columns, owner, reported, with_trees};
use crate::lexicon::{LexiconFault, Table};

use super::kit::{UndertakingKit, classes, cues};
use super::search;

pub(super) fn check() -> Vec<LexiconFault> {
    let mut faults = Vec::new();
    match classes() {
        Ok(table) => faults.extend(table.check_form()),
        Err(fault) => faults.push(fault),
    }
    match (cues(), UndertakingKit::read()) {
        (Ok(table), Ok(kit)) => {
            faults.extend(table.check_form());
            faults.extend(check_cues(&table, &kit));
        }
        (Err(fault), _) | (_, Err(fault)) => faults.push(fault),
    }
    faults
}

fn check_cues(table: &Table, kit: &UndertakingKit) -> Vec<LexiconFault> {
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
            faults.push(table.fault(row, format!("does not fire on “{}”", row.cell(matching))));
        }
        if missed.contains(&row.line) {
            faults.push(table.fault(row, format!("fires on “{}”", row.cell(missing))));
        }
    }
    faults
}

/// For each sentence, the lines of the cues that fire in it.
pub(super) fn fired_lines(sentences: &[&str], kit: &UndertakingKit) -> Vec<Vec<u32>> {
    with_trees(sentences, |text, starts| {
        let grammar = Grammar::new(text, &kit.words);
        let mut lines = vec![Vec::new(); sentences.len()];
        for (firing, _) in search::fire(&grammar, kit) {
            lines[owner(&grammar, starts, firing.clause.head)].push(firing.cue.line);
        }
        lines
    })
}
