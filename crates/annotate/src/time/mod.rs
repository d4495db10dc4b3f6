//! Time expressions, by TIMEX3: first found, then resolved once the report's date is known.
//!
//! [`expressions`] reads the sentences' characters by a grammar over atoms (runs of letters, runs of
//! digits, marks), so that no tokenizer's habits matter. [`resolve`] gives each a TIMEX3 value and
//! the days that it may mean.
//!
//! ```text
//! "The envoys met on Wednesday", written on 30 July 2021
//!   Wednesday   DATE   2021-07-28   2021-07-28
//! ```

use chancery_text::{Interval, Kind, Report, RowId, Span};

use crate::Read;
use crate::date::ReportDate;
use crate::lexicon::{LexiconFault, Table};
use crate::quotation::Quotation;
use crate::segment::{Sentence, Token};

pub(crate) mod atom;
mod calendar;
mod grammar;
pub mod meaning;
mod resolve;
mod tense;
mod value;
mod words;

pub use meaning::Meaning;
pub use words::TimeKit;

use meaning::{Toward, Unit};
use resolve::{Anchor, worth};

/// A time expression before its anchor is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// Its characters.
    pub span: Span,
    /// What it means, relative to an anchor still unknown.
    pub meaning: Meaning,
}

/// A time expression, resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct Time {
    /// Identity.
    pub id: RowId,
    /// Its characters: "last month".
    pub span: Span,
    /// TIMEX3 type.
    pub timex: TimexType,
    /// TIMEX3 value: `2021-07`, `P10D`, `PAST_REF`, `XXXX-WXX-3`.
    pub value: String,
    /// The days that it may mean; open for durations and sets without anchor.
    pub interval: Interval,
}

chancery_text::named_enum! {
    /// TIMEX3 types.
    pub enum TimexType {
        /// A day or longer.
        Date = "DATE",
        /// A time of day.
        Time = "TIME",
        /// A length of time.
        Duration = "DURATION",
        /// Something that recurs.
        Set = "SET",
    }
}

/// Finds time expressions, in the order of the text and apart.
pub fn expressions(
    report: &Report,
    sentences: &[Sentence],
    _tokens: &[Token],
    kit: &TimeKit,
) -> Vec<Expression> {
    let spans = sentences.iter().map(|sentence| sentence.span);
    expressions_in(&report.text, spans, kit)
}

fn expressions_in(
    text: &str,
    sentences: impl Iterator<Item = Span>,
    kit: &TimeKit,
) -> Vec<Expression> {
    let may_is_a_person = grammar::names_a_may(text, kit);
    let (mut found, mut atoms) = (Vec::new(), Vec::new());
    for span in sentences {
        atom::read_atoms(text, span, |word| kit.number(word), &mut atoms);
        let mut here = Vec::new();
        grammar::Grammar { text, atoms: &atoms, kit, may_is_a_person }.read(&mut here);
        found.append(&mut here);
    }
    found
}

/// Resolves expressions against the report's date; inside a quotation, against the day it was said.
pub fn resolve(
    text: Read<'_>,
    expressions: &[Expression],
    date: &ReportDate,
    quotations: &[Quotation],
) -> Vec<Time> {
    let looks = tense::Tenses::of(text);
    let speech = tense::SpeechDays::of(text, expressions, quotations);
    let mut told = Told::default();
    let mut anchors = Vec::with_capacity(expressions.len());
    let mut times: Vec<Time> = Vec::with_capacity(expressions.len());
    for (number, expression) in expressions.iter().enumerate() {
        let sentence = looks.sentence_of(expression.span);
        let anchor = Anchor {
            now: date.interval,
            told: told.at(sentence),
            period: told.period_at(sentence),
            since: range_start(text.report, expressions, &times, number),
            tense: looks.of_expression(expression.span),
        };
        let worth = match (&expression.meaning, neighbour(expressions, &times, number)) {
            (Meaning::Clock { day: None, daytime }, Some(day)) => resolve::on(day, *daytime),
            _ => worth(&expression.meaning, anchor),
        };
        told.tell(sentence, &expression.meaning, worth.interval);
        anchors.push(anchor);
        times.push(time(text.report, expression.span, worth));
    }
    for number in 0..expressions.len() {
        if let Some(worth) = clock_before_day(text.report, expressions, &times, number) {
            times[number] = time(text.report, expressions[number].span, worth);
        }
    }
    for (number, expression) in expressions.iter().enumerate() {
        let said = speech.saying(number).map(|said| times[said].interval);
        if let Some(now) = said.filter(|said| said.single_day().is_some()) {
            let worth = worth(&expression.meaning, Anchor { now, ..anchors[number] });
            times[number] = time(text.report, expression.span, worth);
        }
    }
    times
}

fn time(report: &Report, span: Span, worth: resolve::Worth) -> Time {
    Time {
        id: RowId::observed(Kind::Time, report.id, span, worth.timex.name()),
        span,
        timex: worth.timex,
        value: worth.value,
        interval: worth.interval,
    }
}

/// The day that stands right before a time of day: "on Wednesday at 5 pm".
fn neighbour<'a>(expressions: &[Expression], times: &'a [Time], number: usize) -> Option<&'a Time> {
    let before = number.checked_sub(1)?;
    let gap = expressions[number].span.start.checked_sub(expressions[before].span.end)?;
    let time = &times[before];
    let day = time.timex == TimexType::Date && time.interval.single_day().is_some();
    (gap <= 5 && day).then_some(time)
}

/// A time of day whose day stands right after it: "10:30 p.m. local time on Wednesday".
fn clock_before_day(
    report: &Report,
    expressions: &[Expression],
    times: &[Time],
    number: usize,
) -> Option<resolve::Worth> {
    let Meaning::Clock { day: None, daytime } = expressions[number].meaning else { return None };
    let day = times.get(number + 1)?;
    let between = Span::new(times[number].span.end, day.span.start.max(times[number].span.end));
    let joined = matches!(report.slice(between), " " | ", " | " on ");
    let dated = day.timex == TimexType::Date && day.interval.single_day().is_some();
    (joined && dated && neighbour(expressions, times, number).is_none())
        .then(|| resolve::on(day, daytime))
}

/// The first day of the range that an expression ends.
fn range_start(
    report: &Report,
    expressions: &[Expression],
    times: &[Time],
    number: usize,
) -> Option<jiff::civil::Date> {
    let before = number.checked_sub(1)?;
    let (first, last) = (expressions[before].span, expressions[number].span);
    let between = Span::new(first.end, last.start.max(first.end));
    let joint = report.slice(between).trim();
    let lead = report.text[..first.start as usize].trim_end();
    let ranged = matches!(joint, "to" | "through" | "until" | "till" | "-" | "–")
        || (joint == "and" && lead.ends_with("between"));
    let short = matches!(
        expressions[before].meaning,
        Meaning::Day { .. }
            | Meaning::MonthDay { .. }
            | Meaning::Month { .. }
            | Meaning::Weekday { .. }
            | Meaning::Deictic { .. }
    );
    times[before].interval.first.filter(|_| ranged && short && !between.is_empty())
}

/// The time last told of, and in which sentence.
#[derive(Debug, Default)]
struct Told {
    last: Option<(usize, Interval)>,
    period: Option<(usize, Interval)>,
}

impl Told {
    /// The time told of within this sentence or the five before it.
    fn at(&self, sentence: usize) -> Option<Interval> {
        self.last.filter(|(told, _)| sentence <= told + 5).map(|(_, interval)| interval)
    }

    /// The month or quarter told of within this sentence or the one before it.
    fn period_at(&self, sentence: usize) -> Option<Interval> {
        self.period.filter(|(told, _)| sentence <= told + 1).map(|(_, interval)| interval)
    }

    fn tell(&mut self, sentence: usize, meaning: &Meaning, interval: Interval) {
        let point = !matches!(
            meaning,
            Meaning::Duration { .. }
                | Meaning::Set { .. }
                | Meaning::Reference(_)
                | Meaning::Stretch { .. }
                | Meaning::Decade { .. }
                | Meaning::Century { .. }
                | Meaning::Counterpart { .. }
                | Meaning::Offset { unit: Unit::Year, toward: Toward::Past, narrated: true, .. }
        );
        if point && interval.first.is_some() {
            self.last = Some((sentence, interval));
        }
        if point && matches!(value::grain(interval), Some(Unit::Month | Unit::Quarter)) {
            self.period = Some((sentence, interval));
        }
    }
}

/// Faults in `data/time`.
pub fn check() -> Vec<LexiconFault> {
    let mut faults: Vec<_> = [("time/words.tsv", words::WORDS), ("time/named.tsv", words::NAMED)]
        .into_iter()
        .flat_map(|(file, text)| match Table::parse(file, text) {
            Ok(table) => table.check_form(),
            Err(fault) => vec![fault],
        })
        .collect();
    match TimeKit::read() {
        Ok(kit) => faults.extend(tense::check().into_iter().chain(check_grammar(&kit))),
        Err(fault) => faults.push(fault),
    }
    faults
}

const GRAMMAR: &str = include_str!("../../../../data/time/grammar.tsv");

/// Reads the sentences of `grammar.tsv`: each kind of expression must be read with its value where
/// it is meant, and must not be read where it is not.
fn check_grammar(kit: &TimeKit) -> Vec<LexiconFault> {
    let table = match Table::parse("time/grammar.tsv", GRAMMAR) {
        Ok(table) => table,
        Err(fault) => return vec![fault],
    };
    let mut faults = table.check_form();
    let columns = ["words", "value", "match", "miss"].map(|name| table.column(name));
    let [Ok(words), Ok(value), Ok(hit), Ok(miss)] = columns else {
        return columns.into_iter().filter_map(Result::err).collect();
    };
    for row in &table.rows {
        let (words, value) = (row.cell(words), row.cell(value));
        if !read_alone(row.cell(hit), kit).iter().any(|(w, v)| w == words && v == value) {
            let read = read_alone(row.cell(hit), kit);
            faults.push(table.fault(row, format!("is not read from its `match`: {read:?}")));
        }
        if read_alone(row.cell(miss), kit).iter().any(|(_, v)| v == value) {
            faults.push(table.fault(row, "is read from its `miss` too"));
        }
    }
    faults
}

/// The expressions of a sentence of 28 July 2021, a Wednesday, and their values.
fn read_alone(text: &str, kit: &TimeKit) -> Vec<(String, String)> {
    let now = Interval::day(jiff::civil::date(2021, 7, 28));
    let span = Span::of(0..text.len());
    expressions_in(text, std::iter::once(span), kit)
        .into_iter()
        .map(|expression| {
            let start = expression.span.start as usize;
            let tense = tense::by_words(start, text).unwrap_or(resolve::Tense::Past);
            let anchor = Anchor { now, told: None, period: None, since: None, tense };
            let worth = worth(&expression.meaning, anchor);
            (expression.span.slice(text).to_owned(), worth.value)
        })
        .collect()
}

#[cfg(test)]
mod tests;
