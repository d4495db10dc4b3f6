//! Words hyphenated to a name: "Iran-backed Houthis", "pro-Assad forces".

use chancery_text::Span;

use crate::event::{Index, columns};
use crate::lexicon::{LexiconFault, Table};
use crate::mention::MentionForm;
use crate::syntax::Upos;

use super::RelationKind;
use super::rule::{Phase, Types, parted};
use super::search::{Draft, Search, Stated};

/// How many words after the compound the noun may stand.
const REACH: Index = 6;

/// One row of `compounds.tsv`.
#[derive(Debug)]
pub(super) struct Compound {
    pub(super) line: u32,
    word: &'static str,
    /// Whether the word stands before the name: "pro-Assad".
    before: bool,
    kind: RelationKind,
    /// Whether the name is the subject and what follows the object.
    forward: bool,
    types: Types,
}

/// Reads `compounds.tsv`.
pub(super) fn read_compounds(table: &Table) -> Result<Vec<Compound>, LexiconFault> {
    let [word, kind, sides, types] = columns(table, ["word", "kind", "sides", "types"])?;
    let mut compounds = Vec::new();
    for row in &table.rows {
        let fault = |problem: String| table.fault(row, problem);
        let written = row.cell(word);
        let (subject, _) = parted(row.cell(sides)).map_err(fault)?;
        compounds.push(Compound {
            line: row.line,
            word: written.trim_matches('-'),
            before: written.ends_with('-'),
            kind: row.cell(kind).parse().map_err(fault)?,
            forward: subject == "name",
            types: Types::parse(row.cell(types)).map_err(fault)?,
        });
    }
    Ok(compounds)
}

/// What compounds state.
pub(super) fn find(search: &Search<'_>) -> Vec<Draft> {
    let count = search.grammar.len() as Index;
    (0..count)
        .filter_map(|at| after_hyphen(search, at).or_else(|| before_hyphen(search, at)))
        .collect()
}

/// "Iran-backed": the word is a token of its own.
fn after_hyphen(search: &Search<'_>, word: Index) -> Option<Draft> {
    let hyphen = word.checked_sub(1).filter(|at| search.grammar.word(*at).xpos == "HYPH")?;
    let form = form(search, word).to_lowercase();
    let row = search.kit.compounds.iter().find(|row| !row.before && row.word == form)?;
    let name = named_to(search, search.span(hyphen.checked_sub(1)?))?;
    draft(search, row, word, (name, noun_after(search, word + 1)?))
}

/// "pro-Assad": the word and the name are one token, or three.
fn before_hyphen(search: &Search<'_>, word: Index) -> Option<Draft> {
    let text = form(search, word);
    let starts = |row: &&Compound| {
        let head =
            text.get(..row.word.len()).is_some_and(|head| head.eq_ignore_ascii_case(row.word));
        row.before && head && text[row.word.len()..].chars().next().is_none_or(|next| next == '-')
    };
    let row = search.kit.compounds.iter().find(starts)?;
    let apart = text.len() == row.word.len();
    let last = if apart { word + 2 } else { word };
    let hyphened = !apart
        || search.grammar.text.tokens.get(word as usize + 2).is_some()
            && search.grammar.word(word + 1).xpos == "HYPH";
    let name = named_to(search, search.span(if hyphened { last } else { return None }))?;
    draft(search, row, word, (name, noun_after(search, last + 1)?))
}

fn form<'a>(search: &Search<'a>, token: Index) -> &'a str {
    search.grammar.text.report.slice(search.span(token))
}

fn draft(
    search: &Search<'_>,
    row: &Compound,
    word: Index,
    (name, noun): (u32, u32),
) -> Option<Draft> {
    let (subject, object) = if row.forward { (name, noun) } else { (noun, name) };
    let sorted = row.types.subject.meets(search.sorts(subject))
        && row.types.object.meets(search.sorts(object));
    let (by, kind) = (Stated::Compound(row.line), row.kind);
    (sorted && search.are_two(kind, subject, object)).then_some(Draft {
        by,
        kind,
        phase: Phase::Holds,
        subject,
        object,
        head: word,
        trigger: (word, word),
        negated: false,
        ended: search.is_over(word),
    })
}

/// The name that ends where a token does.
fn named_to(search: &Search<'_>, span: Span) -> Option<u32> {
    let mentions = &search.observed.mentions;
    let from = mentions.partition_point(|mention| mention.span.start + 200 < span.start);
    let near = (from..mentions.len()).take_while(|at| mentions[*at].span.start < span.end);
    let ends = |at: &usize| mentions[*at].head_span.end == span.end;
    let named = |at: &usize| matches!(mentions[*at].form, MentionForm::Name | MentionForm::Demonym);
    near.filter(ends).filter(named).map(|at| at as u32).find(|number| search.is_somebody(*number))
}

/// The mention that the compound describes.
fn noun_after(search: &Search<'_>, from: Index) -> Option<u32> {
    let grammar = search.grammar;
    let end = (grammar.len() as Index).min(from + REACH);
    let phrase = (from..end).take_while(|at| {
        let word = grammar.word(*at);
        matches!(word.upos, Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num) || word.xpos == "HYPH"
    });
    let phrase: Vec<Index> = phrase.collect();
    // "an ISIS-affiliated Facebook page" says nothing of Facebook.
    let last = phrase.iter().copied().rev().find(|at| grammar.is_nominal(*at))?;
    let found = phrase.iter().filter_map(|at| search.headed(*at));
    let whole = |number: &u32| {
        let mention = search.mention(*number);
        mention.form != MentionForm::Demonym && last < mention.tokens.end
    };
    found.filter(whole).find(|number| search.is_somebody(*number))
}
