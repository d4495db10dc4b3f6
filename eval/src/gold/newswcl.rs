//! NewsWCL50: events that five outlets report, with the words that each has for the same actors.
//!
//! A report is `EVENT_OUTLET_sent.txt`, a sentence a line; its codings are `EVENT_OUTLET_annotations.csv`
//! beside it: `code_type`, `code_name`, the words coded, the sentence and the first and last token there.

use std::collections::BTreeMap;
use std::path::Path;

use chancery_text::Span;

use super::{Document, find};
use crate::EvalError;
use crate::error::read_text;

/// One outlet's report of an event, and the actors that its words name.
#[derive(Debug, Clone)]
pub struct NamedReport {
    /// Number of the event.
    pub event: String,
    /// The report.
    pub document: Document,
    /// Where actors are named, sorted, each stretch once.
    pub mentions: Vec<Named>,
}

/// Words that name an actor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// The words.
    pub span: Span,
    /// The gold's name of the actor.
    pub actor: String,
    /// Whether the words name the actor itself. The codes of countries and groups also hold whoever is of
    /// them: ministers, ministries, banks, a campaign's lawyers, who are actors of their own.
    pub itself: bool,
}

/// A row of codings: cells by column.
type Row = BTreeMap<String, String>;

/// Reads the reports of a path that have codings beside them.
pub fn read(path: &Path) -> Result<Vec<NamedReport>, EvalError> {
    let mut reports = Vec::new();
    for file in find::files(path, |file| find::stem(file).ends_with("_sent"))? {
        let stem = find::stem(&file);
        let Some(name) = stem.strip_suffix("_sent") else { continue };
        let codings = file.with_file_name(format!("{name}_annotations.csv"));
        if codings.is_file() {
            reports.push(report(name, &read_text(&file)?, &codings)?);
        }
    }
    Ok(reports)
}

fn report(name: &str, text: &str, codings: &Path) -> Result<NamedReport, EvalError> {
    let event = name.split_once('_').map_or(name, |(event, _)| event).to_owned();
    let document = Document::from_text(name, text);
    let mut mentions = Vec::new();
    for (number, row) in
        csv::Reader::from_reader(read_text(codings)?.as_bytes()).deserialize::<Row>().enumerate()
    {
        let row = row.map_err(|e| EvalError::form(codings, number + 2, e.to_string()))?;
        mentions.extend(named(&row, &document.report.text));
    }
    mentions.sort();
    let mentions = once(mentions);
    Ok(NamedReport { event, document, mentions })
}

/// Words on which two codes stand name more than one actor: "the two countries". They are left out.
fn once(mut mentions: Vec<Named>) -> Vec<Named> {
    mentions.dedup();
    let alone = |at: usize| {
        let span = mentions[at].span;
        !mentions.iter().enumerate().any(|(other, named)| other != at && named.span == span)
    };
    (0..mentions.len()).filter(|&at| alone(at)).map(|at| mentions[at].clone()).collect()
}

/// The mention that a row codes, if its code is an actor's.
fn named(row: &Row, text: &str) -> Option<Named> {
    let cell = |name: &str| row.get(name).map(String::as_str);
    let (code, words) = (cell("code_name")?, cell("code_mention")?);
    let itself = match cell("code_type")? {
        "ACTOR" => true,
        "COUNTRY" => names_country(code, words),
        "GROUP" => names_group(code, words),
        _ => return None,
    };
    let number = |name: &str| cell(name)?.parse().ok();
    let span = place(text, number("sentence")?, number("start")?, words)?;
    Some(Named { span, actor: code.to_owned(), itself })
}

/// Whether words are a name of the state with this code, its people or its seat, or of its government.
fn names_country(code: &str, words: &str) -> bool {
    const STATES: &str = include_str!("../../../data/actors/states.tsv");
    let name = plain(words).join(" ");
    let state = STATES.lines().find(|row| row.split('\t').next() == Some(code));
    let names = state.into_iter().flat_map(|row| row.split(['\t', '|']).skip(1));
    names.map(|known| plain(known).join(" ")).any(|known| known == name)
}

/// Whether words are the name of a group that the last part of its code gives: "Reformists", "the
/// Reformist Party".
fn names_group(code: &str, words: &str) -> bool {
    let name = code.rsplit('\\').next().unwrap_or(code).to_lowercase();
    let words = plain(words);
    let alike = |word: &String| word.chars().take(6).eq(name.chars().take(6));
    !words.is_empty() && words.iter().all(alike)
}

/// The words in lower case, without marks, articles and what a government or party is called.
fn plain(words: &str) -> Vec<String> {
    const LIGHT: &[&str] = &["the", "a", "government", "regime", "nation", "of", "party", ""];
    let plain = |word: &str| {
        let lower = word.to_lowercase().replace(['.', ','], "");
        lower.trim_end_matches("'s").trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
    };
    words.split_whitespace().map(plain).filter(|word| !LIGHT.contains(&word.as_str())).collect()
}

/// Where words stand in a sentence: of several places the one nearest to their first token.
fn place(text: &str, sentence: usize, token: usize, words: &str) -> Option<Span> {
    let before: usize = text.split_inclusive('\n').take(sentence).map(str::len).sum();
    let line = text.get(before..)?.lines().next()?;
    let words = words.trim();
    let places = line.match_indices(words).map(|(at, _)| at).filter(|_| !words.is_empty());
    let nearest = places.min_by_key(|&at| tokens(&line[..at]).abs_diff(token))?;
    Some(Span::of(before + nearest..before + nearest + words.len()))
}

/// About how many tokens a text has, where marks and a possessive count as tokens of their own.
fn tokens(text: &str) -> usize {
    let of_word = |word: &str| {
        let marks = word.matches([',', '"', ';', ':', '(', ')', '?', '!']).count();
        1 + marks + usize::from(word.contains("'s"))
    };
    text.split_whitespace().map(of_word).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_placed_at_their_token_of_their_sentence() {
        let text = "Norrin spoke.\nNorrin's aide said Norrin left, and Norrin waved.\n";
        let span = place(text, 1, 8, "Norrin").unwrap();
        assert_eq!(&text[span.start as usize..], "Norrin waved.\n");
    }

    #[test]
    fn words_with_two_codes_are_left_out() {
        let named = |start, actor: &str| Named {
            span: Span::of(start..9),
            actor: actor.into(),
            itself: true,
        };
        assert_eq!(
            once(vec![named(0, "RUV"), named(0, "SAL"), named(4, "RUV")]),
            [named(4, "RUV")]
        );
    }

    #[test]
    fn a_country_is_named_by_its_names_and_government_not_by_its_officials() {
        let names = ["the French", "France's", "the French government", "Paris"];
        assert!(names.iter().all(|words| names_country("FRA", words)));
        assert!(
            !["French officials", "Mr. Norrin"].iter().any(|words| names_country("FRA", words))
        );
    }

    #[test]
    fn a_group_is_named_by_its_own_name_not_by_its_members() {
        assert!(names_group("RUV\\Reformists", "the Reformist Party"));
        assert!(!names_group("RUV\\Reformists", "a Reformist lawyer"));
    }

    #[test]
    fn codes_of_acts_name_nobody() {
        let row = |code_type: &str| {
            let cells =
                [("code_type", code_type), ("code_name", "FRA"), ("code_mention", "France")]
                    .into_iter()
                    .chain([("sentence", "0"), ("start", "0")]);
            cells.map(|(name, cell)| (name.to_owned(), cell.to_owned())).collect::<Row>()
        };
        assert_eq!(named(&row("ACTION"), "France talked."), None);
        assert!(named(&row("COUNTRY"), "France talked.").is_some());
    }
}
