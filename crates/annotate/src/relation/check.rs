//! Every rule against its own two sentences.

use crate::event::{Grammar, columns, owner, reported, with_trees};
use crate::lexicon::{LexiconFault, Table};
use crate::{Kit, Observed, Read, mention, name};

use super::kit::{RelationKit, classes, compounds, rules};
use super::search::{Search, Stated};

/// Faults of form, of meaning, and rules that do not do what their sentences say.
pub(super) fn check() -> Vec<LexiconFault> {
    let mut faults = Vec::new();
    match classes() {
        Ok(table) => faults.extend(table.check_form()),
        Err(fault) => faults.push(fault),
    }
    match RelationKit::read() {
        Ok(kit) => {
            faults.extend(check_table(rules(), &kit, Stated::Rule));
            faults.extend(check_table(compounds(), &kit, Stated::Compound));
        }
        Err(fault) => faults.push(fault),
    }
    faults
}

fn check_table(
    table: Result<Table, LexiconFault>,
    kit: &RelationKit,
    by: fn(u32) -> Stated,
) -> Vec<LexiconFault> {
    match table {
        Ok(table) => {
            let mut faults = table.check_form();
            faults.extend(check_rows(&table, kit, by));
            faults
        }
        Err(fault) => vec![fault],
    }
}

fn check_rows(table: &Table, kit: &RelationKit, by: fn(u32) -> Stated) -> Vec<LexiconFault> {
    let Ok([matching, missing]) = columns(table, ["match", "miss"]) else { return Vec::new() };
    let sentences = |column: usize| table.rows.iter().map(move |row| row.cell(column).to_owned());
    let matched = fired(&sentences(matching).collect::<Vec<_>>(), kit);
    let missed = fired(&sentences(missing).collect::<Vec<_>>(), kit);
    let reported: Vec<_> = sentences(matching).map(|sentence| reported(&sentence)).collect();
    let reported = fired(&reported, kit);
    let mut faults = Vec::new();
    for (at, row) in table.rows.iter().enumerate() {
        let rule = by(row.line);
        if !matched[at].contains(&rule) && !reported[at].contains(&rule) {
            faults.push(table.fault(row, format!("does not fire on “{}”", row.cell(matching))));
        }
        if missed[at].contains(&rule) {
            faults.push(table.fault(row, format!("fires on “{}”", row.cell(missing))));
        }
    }
    faults
}

/// For each sentence, the rules that fire in it.
fn fired(sentences: &[String], kit: &RelationKit) -> Vec<Vec<Stated>> {
    let sentences: Vec<&str> = sentences.iter().map(String::as_str).collect();
    with_trees(&sentences, |text, starts| {
        let observed = named(text);
        let grammar = Grammar::new(text, &kit.words);
        let mut fired = vec![Vec::new(); sentences.len()];
        for draft in Search::new(&grammar, &observed, kit).drafts() {
            fired[owner(&grammar, starts, draft.head)].push(draft.by);
        }
        fired
    })
}

/// Who is named in the sentences.
fn named(text: Read<'_>) -> Observed {
    let kit = Kit::embedded();
    let names = name::find(text, &kit.names, None);
    let mut observed = Observed::default();
    let found = mention::find(text, &names, &observed.date, &kit.actors);
    (observed.actors, observed.mentions) = (found.actors, found.mentions);
    observed
}
