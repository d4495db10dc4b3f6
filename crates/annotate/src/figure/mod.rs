//! Numbers, with their bounds and units and what they count.
//!
//! ```text
//! "More than 14,000 Soviet soldiers were killed"
//!   low 14000, high 14000, more-than, counted "Soviet soldiers", state "kill"
//! ```
//!
//! Left out, because they say nothing that reports could differ on: ordinals, years, "one of", "the
//! two", list numbers, scores, numbers in names ("MiG-29", "Resolution 2254") and in times. A share
//! in words ("a third of") is given in percent.

use chancery_text::{Kind, RowId, Span};

use crate::Read;
use crate::lexicon::{LexiconFault, Table};
use crate::time::Time;
use crate::time::atom::{Atom, read_atoms};

mod amount;
mod counted;
pub(crate) mod number;
mod words;

pub use words::FigureKit;

use amount::{Amount, Numbers, may_start};
use counted::Around;
use number::Form;

/// A number in the text. Numbers inside time expressions are no figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Identity.
    pub id: RowId,
    /// The whole phrase: "more than 14,000 Soviet soldiers".
    pub span: Span,
    /// The number with its bound: "more than 14,000".
    pub number_span: Span,
    /// Lowest value meant; `None` if the number is only a magnitude ("millions").
    pub low: Option<f64>,
    /// Highest value meant; the same as `low` unless a range.
    pub high: Option<f64>,
    /// How the number is bounded.
    pub bound: Bound,
    /// `USD`, `km`, `t`, `%`, `person`; `None` for a plain count.
    pub unit: Option<String>,
    /// What is counted: "Soviet soldiers".
    pub counted: Option<Span>,
    /// What happened to what is counted, as a lemma: "kill", "displace".
    pub state: Option<String>,
}

chancery_text::named_enum! {
    /// How a number is bounded.
    pub enum Bound {
        /// As it stands.
        Exact = "exact",
        /// "at least", "or more".
        AtLeast = "at-least",
        /// "more than", "over".
        MoreThan = "more-than",
        /// "up to", "at most".
        AtMost = "at-most",
        /// "fewer than", "under".
        LessThan = "less-than",
        /// "some", "about", "nearly".
        About = "about",
        /// From one value to another.
        Range = "range",
        /// A magnitude only: "dozens", "millions".
        Vague = "vague",
    }
}

/// Finds figures, in the order of the text and apart.
pub fn find(text: Read<'_>, times: &[Time], kit: &FigureKit) -> Vec<Figure> {
    let (mut found, mut atoms) = (Vec::new(), Vec::new());
    for sentence in text.sentences {
        read_atoms(&text.report.text, sentence.span, |word| kit.number(word), &mut atoms);
        let first = times.partition_point(|time| time.span.end <= sentence.span.start);
        let mut finder = Finder {
            text,
            kit,
            times: &times[first..],
            numbers: Numbers { text: &text.report.text, atoms: &atoms, kit },
            tokens: sentence.indices(),
        };
        finder.find(&mut found);
    }
    found
}

struct Finder<'a> {
    text: Read<'a>,
    kit: &'a FigureKit,
    times: &'a [Time],
    numbers: Numbers<'a>,
    tokens: std::ops::Range<usize>,
}

impl Finder<'_> {
    fn find(&mut self, found: &mut Vec<Figure>) {
        let atoms = self.numbers.atoms;
        let mut at = 0;
        while at < atoms.len() {
            if let Some(end) = self.time_end(&atoms[at], at) {
                at = end;
                continue;
            }
            let starts = may_start(&atoms[at], &self.text.report.text);
            let amount = if starts { self.numbers.amount_at(at) } else { None };
            match amount.filter(|amount| !self.meets_time(amount)) {
                Some(amount) => {
                    at = amount.end.max(at + 1);
                    found.extend(self.figure(&amount));
                }
                None => at += 1,
            }
        }
    }

    /// The atom after the time expression that this atom stands in.
    fn time_end(&mut self, atom: &Atom, at: usize) -> Option<usize> {
        while let [first, rest @ ..] = self.times {
            if atom.span.start < first.span.end {
                break;
            }
            self.times = rest;
        }
        let time = self.times.first().filter(|time| time.span.start <= atom.span.start)?;
        let rest = &self.numbers.atoms[at..];
        Some(at + rest.iter().take_while(|atom| atom.span.start < time.span.end).count().max(1))
    }

    fn meets_time(&self, amount: &Amount) -> bool {
        let span = self.span(amount.start, amount.end);
        self.times.first().is_some_and(|time| time.span.overlaps(span))
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let atoms = self.numbers.atoms;
        atoms[start].span.cover(atoms[end - 1].span)
    }

    fn figure(&self, amount: &Amount) -> Option<Figure> {
        if self.numbers.says_nothing(amount) {
            return None;
        }
        let around = Around { text: self.text, kit: self.kit };
        let number_span = match amount.tied {
            Some(tied) => self.span(amount.start, tied - 1),
            None => self.span(amount.start, amount.end),
        };
        let after = around.token_at(number_span.end);
        let share = amount.form == Form::Fraction || amount.unit == Some("%");
        let of = amount.form == Form::Vague || share || amount.unit.is_some();
        let counted = match amount.tied {
            _ if amount.age => None,
            Some(_) => None,
            None => around.counted(after, self.limit(number_span), of, is_money(amount)),
        };
        let state = if amount.age || amount.tied.is_some() {
            None
        } else {
            around.state(number_span, counted, self.tokens.clone())
        };
        let counted_span = match amount.tied {
            Some(tied) => Some(self.numbers.atoms[tied].span),
            None => counted.map(|counted| around.span(counted)),
        };
        if self.is_name(amount, counted_span, state.as_deref()) {
            return None;
        }
        let unit = amount.unit.map(str::to_owned).or_else(|| self.person(counted_span));
        let span = counted_span.map_or(number_span, |counted| number_span.cover(counted));
        Some(Figure {
            id: RowId::observed(Kind::Figure, self.text.report.id, span, amount.bound.name()),
            span,
            number_span,
            low: amount.low,
            high: amount.high,
            bound: amount.bound,
            unit,
            counted: counted_span,
            state,
        })
    }

    /// One past the last token that may be counted: times are not.
    fn limit(&self, number: Span) -> usize {
        let after = self.times.partition_point(|time| time.span.start < number.end);
        let time = self.times.get(after).map(|time| time.span.start);
        let around = Around { text: self.text, kit: self.kit };
        time.map_or(self.tokens.end, |time| around.token_at(time).min(self.tokens.end))
    }

    /// A bare number that counts nothing and has no state, after a name: "Rossiya 24 said".
    fn is_name(&self, amount: &Amount, counted: Option<Span>, state: Option<&str>) -> bool {
        let after_name = amount.number > 1
            && self.numbers.atoms[amount.number - 1].is_word()
            && self.numbers.atoms[amount.number - 1].capital;
        let plain = amount.unit.is_none() && counted.is_none() && amount.start == amount.number;
        (plain && amount.bare && after_name)
            || (plain && state.is_none() && amount.bound == Bound::Vague)
            || (plain
                && state.is_none()
                && amount.form == Form::Words
                && amount.low.is_some_and(|low| low < 3.0))
    }

    fn person(&self, counted: Option<Span>) -> Option<String> {
        let phrase = counted?.slice(&self.text.report.text);
        let head = phrase.rsplit(|c: char| !c.is_alphabetic()).next()?;
        self.kit.look(head).filter(|entry| entry.person).map(|_| "person".to_owned())
    }
}

fn is_money(amount: &Amount) -> bool {
    amount
        .unit
        .is_some_and(|unit| unit.len() == 3 && unit.bytes().all(|byte| byte.is_ascii_uppercase()))
}

const AMOUNTS: &str = include_str!("../../../../data/figure/amounts.tsv");

/// Faults in `data/figure`.
pub fn check() -> Vec<LexiconFault> {
    let mut faults = number::check();
    for (file, text) in [("figure/words.tsv", words::WORDS), ("figure/states.tsv", words::STATES)] {
        match Table::parse(file, text) {
            Ok(table) => faults.extend(table.check_form()),
            Err(fault) => faults.push(fault),
        }
    }
    match FigureKit::read() {
        Ok(kit) => faults.extend(check_amounts(&kit)),
        Err(fault) => faults.push(fault),
    }
    faults
}

/// Reads the sentences of `amounts.tsv`: `match` must give the words with the reading, `miss` must
/// not give the reading.
fn check_amounts(kit: &FigureKit) -> Vec<LexiconFault> {
    let table = match Table::parse("figure/amounts.tsv", AMOUNTS) {
        Ok(table) => table,
        Err(fault) => return vec![fault],
    };
    let mut faults = table.check_form();
    let columns = ["words", "reading", "match", "miss"].map(|name| table.column(name));
    let [Ok(words), Ok(reading), Ok(hit), Ok(miss)] = columns else {
        return columns.into_iter().filter_map(Result::err).collect();
    };
    for row in &table.rows {
        let (words, reading) = (row.cell(words), row.cell(reading));
        let read = read_alone(row.cell(hit), kit);
        if !read.iter().any(|(w, r)| w == words && r == reading) {
            faults.push(table.fault(row, format!("is not read from its `match`: {read:?}")));
        }
        if read_alone(row.cell(miss), kit).iter().any(|(_, r)| r == reading) {
            faults.push(table.fault(row, "is read from its `miss` too"));
        }
    }
    faults
}

/// The amounts of a sentence, without times and what is counted: words, and `low high bound unit`.
fn read_alone(text: &str, kit: &FigureKit) -> Vec<(String, String)> {
    let mut atoms = Vec::new();
    read_atoms(text, Span::of(0..text.len()), |word| kit.number(word), &mut atoms);
    let numbers = Numbers { text, atoms: &atoms, kit };
    let (mut read, mut at) = (Vec::new(), 0);
    while at < atoms.len() {
        let amount = if may_start(&atoms[at], text) { numbers.amount_at(at) } else { None };
        let Some(amount) = amount else {
            at += 1;
            continue;
        };
        at = amount.end.max(at + 1);
        if !numbers.says_nothing(&amount) {
            let span = atoms[amount.start].span.cover(atoms[amount.end - 1].span);
            let end = |value: Option<f64>| value.map_or("-".to_owned(), |value| value.to_string());
            let unit = amount.unit.unwrap_or("-");
            let reading =
                format!("{} {} {} {unit}", end(amount.low), end(amount.high), amount.bound);
            read.push((span.slice(text).to_owned(), reading));
        }
    }
    read
}

#[cfg(test)]
mod tests;
