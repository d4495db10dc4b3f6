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
    /// "agree", "order": as a plan, but its own day is past: "agreed on Sunday to meet".
    Deed,
    /// "say", "report": what hangs on them is past, even in the present.
    Account,
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
                "deed" => Ahead::Deed,
                "account" => Ahead::Account,
                _ => return Err(table.fault(row, "has no kind that the head describes")),
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
            return Tense::Open;
        };
        match self.governor(span) {
            Some(head) if self.is_day_of_planning(head, span) => Tense::Past,
            Some(head) => self.of_verb(head),
            None => {
                let start = span.start.saturating_sub(sentence.span.start) as usize;
                let sentence = sentence.span.slice(&self.text.report.text);
                by_words(start, sentence).unwrap_or(Tense::Open)
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

    /// "agreed on Sunday", "was set on Sunday": the day of the plan itself, as "agreed a truce until
    /// Sunday" is not.
    fn is_day_of_planning(&self, head: usize, span: Span) -> bool {
        let before = self.text.report.text[..span.start as usize].trim_end();
        let ahead = ["for", "by", "until", "till", "to", "from", "before", "after"];
        let last = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let done = self.word(head).is_some_and(|word| {
            word.xpos == "VBD" || (word.xpos == "VBN" && look(&word.lemma) == Some(Ahead::Deed))
        });
        done && !ahead.contains(&last)
    }

    fn word(&self, at: usize) -> Option<&Word> {
        self.text.syntax.words.get(at)
    }

    /// Climbs from `at` to the verb, and from an infinitive to what it hangs on.
    fn of_verb(&self, mut at: usize) -> Tense {
        let (mut infinitive, mut of_noun) = (false, false);
        for _ in 0..6 {
            let Some(word) = self.word(at) else { return Tense::Open };
            match self.told_by(at, word) {
                // "said … to open on 3 May": before or after, what hangs on the infinitive is open.
                Some(Tense::Past) if infinitive => return Tense::Open,
                // "Friday's report shows": the noun's day is not the verb's.
                Some(Tense::Present) if of_noun => return Tense::Open,
                Some(tense) => return tense,
                None => infinitive |= self.is_infinitive(at, word),
            }
            of_noun |= matches!(word.upos, Upos::Noun | Upos::Propn);
            match word.head {
                Some(head) => at = head as usize,
                None => return Tense::Open,
            }
        }
        Tense::Open
    }

    /// What one word on the way up tells of the tense.
    fn told_by(&self, at: usize, word: &Word) -> Option<Tense> {
        if matches!(look(&word.lemma), Some(Ahead::Plan | Ahead::Deed)) {
            return Some(Tense::Future);
        }
        if self.is_to_come(at, word) {
            return Some(Tense::Future);
        }
        if let Some(tense) = self.of_auxiliaries(at) {
            // "is to be held", where the participle is the head.
            let to_come = tense == Tense::Present && self.is_infinitive(at, word);
            return Some(if to_come { Tense::Future } else { tense });
        }
        match word.xpos {
            "VBN" if matches!(word.relation, Relation::Acl | Relation::AclRelcl) => {
                Some(Tense::Past)
            }
            "VBD" => Some(Tense::Past),
            "VBZ" | "VBP" if look(&word.lemma) == Some(Ahead::Account) => Some(Tense::Past),
            "VBZ" | "VBP" => Some(Tense::Present),
            _ => None,
        }
    }

    fn is_infinitive(&self, at: usize, word: &Word) -> bool {
        let mark = |child: &Word| {
            child.head == Some(at as u32) && child.relation == Relation::Mark && child.xpos == "TO"
        };
        word.xpos == "VB"
            || (at.saturating_sub(3)..at).filter_map(|child| self.word(child)).any(mark)
    }

    /// "a meeting to be held", "is to leave".
    fn is_to_come(&self, at: usize, word: &Word) -> bool {
        let hangs_on = |lemma: &str| {
            word.head.and_then(|head| self.word(head as usize)).is_some_and(|h| h.lemma == lemma)
        };
        self.is_infinitive(at, word)
            && match word.relation {
                Relation::Acl | Relation::AclRelcl => true,
                Relation::Xcomp => hangs_on("be"),
                _ => false,
            }
    }

    /// What the auxiliaries of `at` tell; `None` if there are none.
    fn of_auxiliaries(&self, at: usize) -> Option<Tense> {
        let sentence = self.text.sentences.get(self.sentence_of(self.text.tokens.get(at)?.span))?;
        let reach = sentence.indices();
        let window = reach.start.max(at.saturating_sub(8))..reach.end.min(at + 2);
        let helpers: Vec<_> = window.filter_map(|child| self.helper(child, at)).collect();
        let has = |helper: Helper| helpers.contains(&helper);
        let undone = has(Helper::Could) && has(Helper::Denied);
        if has(Helper::Have) || has(Helper::Past) || undone {
            return Some(Tense::Past);
        }
        if has(Helper::Modal) || has(Helper::Could) {
            return Some(Tense::Future);
        }
        has(Helper::Present).then_some(Tense::Present)
    }

    /// How the token `child` helps the verb `at`.
    fn helper(&self, child: usize, at: usize) -> Option<Helper> {
        let word = self.word(child).filter(|word| word.head == Some(at as u32))?;
        let text = self.text.report.slice(self.text.tokens[child].span);
        if matches!(word.lemma.as_str(), "not" | "n't") {
            return Some(Helper::Denied);
        }
        let auxiliary = matches!(word.relation, Relation::Aux | Relation::AuxPass | Relation::Cop)
            || word.upos == Upos::Aux;
        if !auxiliary {
            return None;
        }
        if look(text) == Some(Ahead::Modal) || look(&word.lemma) == Some(Ahead::Modal) {
            return Some(if word.lemma == "could" { Helper::Could } else { Helper::Modal });
        }
        match (word.lemma.as_str(), word.xpos) {
            ("have", _) => Some(Helper::Have),
            (_, "VBD") => Some(Helper::Past),
            (_, "VBZ" | "VBP") => Some(Helper::Present),
            _ => None,
        }
    }
}

/// A word that goes with a verb and tells its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Helper {
    /// "will", "may".
    Modal,
    /// "could".
    Could,
    /// "has", "had", "having": the deed is done.
    Have,
    /// "was", "did".
    Past,
    /// "is", "do".
    Present,
    /// "not".
    Denied,
}

/// The tense by the words of the clause alone, for an expression at `start` of `sentence`; `None`
/// where none of them tells.
pub(super) fn by_words(start: usize, sentence: &str) -> Option<Tense> {
    let before = sentence.get(..start)?;
    let boundary = |c: char| matches!(c, ';' | ':' | '"' | '“' | '”' | '.' | '!' | '?');
    let clause = before.rsplit(boundary).next().unwrap_or(before);
    for word in words_of(clause).rev().take(14) {
        match look(word) {
            Some(Ahead::Stop | Ahead::Account) => return Some(Tense::Past),
            Some(_) => return Some(Tense::Future),
            None => {}
        }
    }
    let after = &sentence[start..];
    let clause = after.split(|c: char| boundary(c) || c == ',').next().unwrap_or(after);
    for word in words_of(clause).take(8) {
        match look(word) {
            Some(Ahead::Modal) => return Some(Tense::Future),
            Some(Ahead::Stop) => return Some(Tense::Past),
            _ => {}
        }
    }
    None
}

/// The words of a clause; the month of May is no modal.
fn words_of(clause: &str) -> impl DoubleEndedIterator<Item = &str> {
    clause.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty() && *word != "May")
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
