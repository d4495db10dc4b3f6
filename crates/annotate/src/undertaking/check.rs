//! Every cue against its own two sentences.

use crate::event::{Grammar, columns, owner, reported, with_trees};
use crate::lexicon::{LexiconFault, Table};

use super::idiom;
use super::kit::{UndertakingKit, classes, cues, idioms};
use super::search::{self, Search};
use crate::Observed;

pub(super) fn check() -> Vec<LexiconFault> {
    let mut faults = Vec::new();
    match classes() {
        Ok(table) => faults.extend(table.check_form()),
        Err(fault) => faults.push(fault),
    }
    match UndertakingKit::read() {
        Ok(kit) => {
            faults.extend(check_table(cues(), &|sentences| fired_lines(sentences, &kit)));
            faults.extend(check_table(idioms(), &|sentences| fired_idioms(sentences, &kit)));
        }
        Err(fault) => faults.push(fault),
    }
    faults
}

/// What fires in each of some sentences, by line.
type Fired<'a> = &'a dyn Fn(&[&str]) -> Vec<Vec<u32>>;

fn check_table(table: Result<Table, LexiconFault>, fired: Fired<'_>) -> Vec<LexiconFault> {
    match table {
        Ok(table) => {
            let mut faults = table.check_form();
            faults.extend(check_rows(&table, fired));
            faults
        }
        Err(fault) => vec![fault],
    }
}

fn check_rows(table: &Table, fires: Fired<'_>) -> Vec<LexiconFault> {
    let Ok([matching, missing]) = columns(table, ["match", "miss"]) else { return Vec::new() };
    let fired = |column: usize| {
        let sentences: Vec<&str> = table.rows.iter().map(|row| row.cell(column)).collect();
        fires(&sentences)
    };
    let (matched, missed) = (fired(matching), fired(missing));
    let reported: Vec<String> = table.rows.iter().map(|row| reported(row.cell(matching))).collect();
    let reported = fires(&reported.iter().map(String::as_str).collect::<Vec<_>>());
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

/// For each sentence, the lines of the idioms that stand in it.
fn fired_idioms(sentences: &[&str], kit: &UndertakingKit) -> Vec<Vec<u32>> {
    let observed = Observed::default();
    with_trees(sentences, |text, starts| {
        let grammar = Grammar::new(text, &kit.words);
        let search = Search::new(&grammar, &observed, kit);
        let mut lines = vec![Vec::new(); sentences.len()];
        for (at, line) in idiom::fired_lines(&search) {
            lines[owner(&grammar, starts, at)].push(line);
        }
        lines
    })
}
