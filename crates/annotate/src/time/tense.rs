//! Which way the clause of an expression looks, and on which day a quotation was said.

use std::collections::HashMap;
use std::sync::OnceLock;

use chancery_text::Span;

use super::Expression;
use super::atom::with_lower_case;
use super::meaning::Meaning;
use super::resolve::Tense;
use crate::Read;
use crate::lexicon::{LexiconFault, Table};
use crate::quotation::Quotation;
use crate::syntax::{Relation, Upos, Word};

const FUTURE: &str = include_str!("../../../../data/time/future.tsv");

/// How a word looks ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ahead {
    /// "will".
    Modal,
    /// "plan", "schedule", "due": what hangs on them is still to come.
    Plan,
    /// Ends the search: "said", "told".
    Stop,
}

fn ahead() -> &'static HashMap<&'static str, Ahead> {
    static WORDS: OnceLock<HashMap<&'static str, Ahead>> = OnceLock::new();
    WORDS.get_or_init(|| read().expect("the tests read the shipped table"))
}

fn read() -> Result<HashMap<&'static str, Ahead>, LexiconFault> {
    let table = Table::parse("time/future.tsv", FUTURE)?;
    let (word, kind) = (table.column("word")?, table.column("kind")?);
    table
        .rows
        .iter()
        .map(|row| {
            let kind = match row.cell(kind) {
                "modal" => Ahead::Modal,
                "plan" => Ahead::Plan,
                "stop" => Ahead::Stop,
                _ => return Err(table.fault(row, "has no kind; say modal, plan or stop")),
            };
            Ok((row.cell(word), kind))
        })
        .collect()
}

pub(super) fn check() -> Vec<LexiconFault> {
    match Table::parse("time/future.tsv", FUTURE) {
        Ok(table) => table.check_form().into_iter().chain(read().err()).collect(),
        Err(fault) => vec![fault],
    }
}

fn look(word: &str) -> Option<Ahead> {
    let mut found = None;
    with_lower_case(word, |lower| found = ahead().get(lower).copied());
    found
}

/// Looks for the tense of any expression of a report.
pub(super) struct Tenses<'a> {
    text: Read<'a>,
}

impl<'a> Tenses<'a> {
    pub fn of(text: Read<'a>) -> Self {
        Self { text }
    }

    /// The number of the sentence that holds `span`.
    pub fn sentence_of(&self, span: Span) -> usize {
        let after = self.text.sentences.partition_point(|s| s.span.start <= span.start);
        after.saturating_sub(1)
    }

    /// The tense that governs the expression at `span`.
    pub fn of_expression(&self, span: Span) -> Tense {
        let Some(sentence) = self.text.sentences.get(self.sentence_of(span)) else {
            return Tense::Past;
        };
        match self.governor(span) {
            Some(head) => self.of_verb(head),
            None => {
                let start = span.start.saturating_sub(sentence.span.start) as usize;
                by_words(start, sentence.span.slice(&self.text.report.text))
            }
        }
    }

    /// The token outside `span` that the expression hangs on; `None` without trees.
    fn governor(&self, span: Span) -> Option<usize> {
        let tokens = self.text.tokens;
        let first = tokens.partition_point(|token| token.span.end <= span.start);
        (first..tokens.len())
            .take_while(|at| tokens[*at].span.start < span.end)
            .filter_map(|at| self.word(at)?.head)
            .map(|head| head as usize)
            .find(|head| tokens.get(*head).is_some_and(|token| !token.span.overlaps(span)))
    }

    fn word(&self, at: usize) -> Option<&Word> {
        self.text.syntax.words.get(at)
    }

    /// Climbs from `at` to the verb, and from an infinitive to what it hangs on.
    fn of_verb(&self, mut at: usize) -> Tense {
        for _ in 0..6 {
            let Some(word) = self.word(at) else { return Tense::Past };
            if look(&word.lemma) == Some(Ahead::Plan) || self.looks_ahead(at) == Some(true) {
                return Tense::Future;
            }
            if word.xpos == "VB" && matches!(word.relation, Relation::Acl | Relation::AclRelcl) {
                return Tense::Future;
            }
            let finite = matches!(word.xpos, "VBD" | "VBZ" | "VBP");
            if finite || self.looks_ahead(at) == Some(false) {
                return Tense::Past;
            }
            match word.head {
                Some(head) => at = head as usize,
                None => return Tense::Past,
            }
        }
        Tense::Past
    }

    /// Whether the auxiliaries of `at` say that it is still to come; `None` if there are none.
    fn looks_ahead(&self, at: usize) -> Option<bool> {
        let sentence = self.text.sentences.get(self.sentence_of(self.text.tokens.get(at)?.span))?;
        let reach = sentence.indices();
        let window = reach.start.max(at.saturating_sub(8))..reach.end.min(at + 2);
        let mut found = None;
        for child in window {
            let Some(word) = self.word(child).filter(|word| word.head == Some(at as u32)) else {
                continue;
            };
            let auxiliary =
                matches!(word.relation, Relation::Aux | Relation::AuxPass | Relation::Cop)
                    || word.upos == Upos::Aux;
            let bare = matches!(word.xpos, "VB" | "VBN" | "VBG");
            if auxiliary && !bare {
                let text = self.text.report.slice(self.text.tokens[child].span);
                let modal =
                    look(text) == Some(Ahead::Modal) || look(&word.lemma) == Some(Ahead::Modal);
                found = Some(found.unwrap_or(false) || modal);
            }
        }
        found
    }
}

/// The tense by the words of the clause alone, for an expression at `start` of `sentence`.
pub(super) fn by_words(start: usize, sentence: &str) -> Tense {
    let Some(before) = sentence.get(..start) else { return Tense::Past };
    let boundary = |c: char| matches!(c, ';' | ':' | '"' | '“' | '”' | '.' | '!' | '?');
    let clause = before.rsplit(boundary).next().unwrap_or(before);
    for word in clause.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).rev().take(14)
    {
        match look(word) {
            Some(Ahead::Stop) => return Tense::Past,
            Some(_) => return Tense::Future,
            None => {}
        }
    }
    let after = &sentence[start..];
    let clause = after.split(|c: char| boundary(c) || c == ',').next().unwrap_or(after);
    for word in clause.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).take(8) {
        match look(word) {
            Some(Ahead::Modal) => return Tense::Future,
            Some(Ahead::Stop) => return Tense::Past,
            _ => {}
        }
    }
    Tense::Past
}

/// For each expression inside a quotation, the expression that tells when it was said.
pub(super) struct SpeechDays {
    said: HashMap<usize, usize>,
}

impl SpeechDays {
    pub fn of(text: Read<'_>, expressions: &[Expression], quotations: &[Quotation]) -> Self {
        let mut said = HashMap::new();
        for quotation in quotations {
            let Some(day) = day_of(text, expressions, quotation) else { continue };
            for content in &quotation.contents {
                let first = expressions.partition_point(|e| e.span.start < content.start);
                let inside = expressions[first..].iter().take_while(|e| e.span.end <= content.end);
                for (step, _) in inside.enumerate() {
                    said.insert(first + step, day);
                }
            }
        }
        Self { said }
    }

    /// The expression that dates the quotation that this one stands in.
    pub fn saying(&self, number: usize) -> Option<usize> {
        self.said.get(&number).copied()
    }
}

/// The day expression nearest to the cue, in the same sentence and outside the content.
fn day_of(text: Read<'_>, expressions: &[Expression], quotation: &Quotation) -> Option<usize> {
    let cue = quotation.cue?;
    let after = text.sentences.partition_point(|sentence| sentence.span.start <= cue.start);
    let sentence = text.sentences.get(after.checked_sub(1)?)?.span;
    let first = expressions.partition_point(|e| e.span.start < sentence.start);
    expressions[first..]
        .iter()
        .enumerate()
        .take_while(|(_, e)| e.span.end <= sentence.end)
        .filter(|(_, e)| is_day(&e.meaning))
        .filter(|(_, e)| !quotation.contents.iter().any(|content| content.overlaps(e.span)))
        .map(|(step, e)| (gap(cue, e.span), first + step))
        .filter(|(gap, _)| *gap < 60)
        .min()
        .map(|(_, number)| number)
}

fn gap(a: Span, b: Span) -> u32 {
    if a.end <= b.start { b.start - a.end } else { a.start.saturating_sub(b.end) }
}

fn is_day(meaning: &Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Day { .. }
            | Meaning::MonthDay { .. }
            | Meaning::Weekday { .. }
            | Meaning::Deictic { .. }
    )
}
