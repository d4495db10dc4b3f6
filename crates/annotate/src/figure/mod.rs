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

use crate::lexicon::{LexiconFault, Table};
use crate::mention::MentionKind;
use crate::time::Time;
use crate::time::atom::{Atom, read_atoms};
use crate::{Observed, Read};

mod amount;
mod counted;
mod money;
pub(crate) mod number;
mod people;
mod words;

pub(crate) use words::PERSONS;

pub use words::FigureKit;

use amount::{Amount, Numbers, may_start};
use counted::{Around, Counted};
use money::States;
use number::Form;
use people::Count;

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
pub fn find(text: Read<'_>, observed: &Observed, kit: &FigureKit) -> Vec<Figure> {
    let times = &observed.times[..];
    let (mut found, mut atoms) = (Vec::new(), Vec::new());
    let states = States::of(&observed.mentions, &observed.places);
    let of_people = observed.mentions.iter().filter(|mention| mention.kind == MentionKind::People);
    let peoples: Vec<_> = of_people.map(|mention| mention.head_span).collect();
    let around = Around { text, kit, peoples: &peoples };
    for sentence in text.sentences {
        read_atoms(&text.report.text, sentence.span, |word| kit.number(word), &mut atoms);
        let first = times.partition_point(|time| time.span.end <= sentence.span.start);
        let mut finder = Finder {
            around,
            states: &states,
            sentence: sentence.span,
            from: found.len(),
            times: &times[first..],
            numbers: Numbers { text: &text.report.text, atoms: &atoms, kit },
            tokens: sentence.indices(),
        };
        finder.find(&mut found);
    }
    found
}

struct Finder<'a> {
    around: Around<'a>,
    states: &'a States<'a>,
    sentence: Span,
    /// The first figure of the sentence among those found.
    from: usize,
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
            let starts = may_start(&atoms[at], &self.around.text.report.text, self.around.kit);
            let amount = if starts { self.numbers.amount_at(at) } else { None };
            match amount.filter(|amount| !self.meets_time(amount)) {
                Some(mut amount) => {
                    at = amount.end.max(at + 1);
                    found.extend(self.figure(&mut amount, &found[self.from..]));
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
        // "three-quarters of the vote" is no time.
        let share = |time: &Time| amount.form == Form::Fraction && span.contains(time.span);
        self.times.first().is_some_and(|time| time.span.overlaps(span) && !share(time))
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let atoms = self.numbers.atoms;
        atoms[start].span.cover(atoms[end - 1].span)
    }

    fn figure(&self, amount: &mut Amount, before: &[Figure]) -> Option<Figure> {
        self.numbers.add_age(amount);
        // "14 Leopard 2 tanks"
        let last = before.last().and_then(|last| last.counted);
        let number = self.span(amount.number, amount.end);
        let inside = |counted: Span| counted.start < number.start && counted.contains(number);
        let name = amount.bare && last.is_some_and(inside);
        if self.numbers.says_nothing(amount) || name {
            return None;
        }
        let around = self.around;
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
            None => around
                .counted(after, self.limit(number_span), of, is_money(amount))
                .map(|counted| around.ending_with_people(counted)),
        };
        let state = if amount.age || amount.tied.is_some() {
            None
        } else {
            // "18 people, including four women, three of them nurses"
            let part = self.numbers.says(amount.end, &["of", "them"])
                || self.numbers.says(amount.end, &["of", "whom"])
                || self.numbers.says(amount.start.wrapping_sub(1), &["including"]);
            let theirs = before.last().filter(|_| part).and_then(|last| last.state.clone());
            theirs.or_else(|| around.state(number_span, counted, self.tokens.clone()))
        };
        let strong = self.force_of(amount);
        let counted = counted.or(strong);
        let tied = amount.tied.filter(|_| strong.is_none());
        let tied_span = tied.map(|tied| self.numbers.atoms[tied].span);
        let counted_span = tied_span.or_else(|| counted.map(|counted| around.span(counted)));
        if self.is_name(amount, counted_span, state.as_deref()) {
            return None;
        }
        let tied = tied_span.map(|span| around.token_at(span.start + 1).saturating_sub(1));
        let state_word = state.as_deref();
        let count = Count { amount, span: number_span, counted, tied, state: state_word, before };
        let points = || counted.is_some_and(|counted| self.are_percentage_points(amount, counted));
        let unit = match amount.unit {
            Some(unit) => Some(self.money(amount, unit).to_owned()),
            None if strong.is_some() => Some("person".to_owned()),
            None if points() => Some("pp".to_owned()),
            None if self.is_age_too(&count, after) => Some("year".to_owned()),
            None => self
                .unit_left_out(&count, after)
                .or_else(|| around.is_of_people(&count, &self.tokens).then(|| "person".to_owned())),
        };
        let span = counted_span.map_or(number_span, |counted| number_span.cover(counted));
        Some(Figure {
            id: RowId::observed(Kind::Figure, around.text.report.id, span, amount.bound.name()),
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

    /// "a 100,000-strong force": what is so strong.
    fn force_of(&self, amount: &Amount) -> Option<Counted> {
        let strong = self.numbers.says(amount.tied?, &["strong"]);
        let after = self.around.token_at(self.span(amount.start, amount.end).end);
        strong.then(|| self.around.counted(after, self.tokens.end, false, false)).flatten()
    }

    /// "aged 34 and 51"
    fn is_age_too(&self, count: &Count<'_>, after: usize) -> bool {
        let last = count.before.last().filter(|last| last.unit.as_deref() == Some("year"));
        let gap = last.map(|last| Span::new(last.span.end, count.span.start.max(last.span.end)));
        let gap = gap.map(|gap| gap.slice(&self.around.text.report.text).trim());
        count.counted.is_none()
            && matches!(gap, Some("and" | "," | "or"))
            && (self.around.looks(after, |entry| entry.stop || entry.more)
                || self.around.is_mark(after))
    }

    /// "up three points" in a sentence that tells of percentages.
    fn are_percentage_points(&self, amount: &Amount, counted: Counted) -> bool {
        let sentence = self.sentence.slice(&self.around.text.report.text);
        let percent =
            ["%", "percent", "per cent", "pct"].iter().any(|word| sentence.contains(word));
        let few = amount.high.is_some_and(|high| high < 25.0);
        few && percent && matches!(self.around.slice(counted.head), "point" | "points")
    }

    /// The currency of an amount, where several states use its word.
    fn money(&self, amount: &Amount, unit: &'static str) -> &'static str {
        let by_state = self.around.kit.shared.get(unit).filter(|_| amount.shared);
        by_state.and_then(|by_state| self.states.whose(by_state, self.sentence)).unwrap_or(unit)
    }

    /// The unit of the figure before, where millions are told without one: "€1.2 billion, and returned
    /// 890 million", or of the one after: "from 38 to 45 percent".
    fn unit_left_out(&self, count: &Count<'_>, after: usize) -> Option<String> {
        if count.counted.is_some()
            || count.tied.is_some()
            || count.state.is_some_and(|state| self.around.kit.is_of_persons(state))
        {
            return None;
        }
        let amount = count.amount;
        let scaled = amount.low.is_some_and(|value| 1e5 <= value) && !amount.bare;
        let money = |figure: &&Figure| figure.unit.as_deref().is_some_and(is_currency);
        let last = count.before.iter().rev().find(money).filter(|_| scaled);
        let changes = matches!(self.around.slice(after), "to" | "and")
            && amount.start > 0
            && self.numbers.says(amount.start - 1, &["from"])
            || self.around.slice(after) == "from"
                && self.numbers.says(amount.start.saturating_sub(1), &["to"]);
        let next =
            || self.numbers.amount_at(amount.end + 1).and_then(|next| Some(next.unit?.to_owned()));
        let compared = ["against", "with", "from", "versus"]
            .iter()
            .any(|word| scaled && self.numbers.says(amount.start.saturating_sub(1), &[word]));
        let other = count.before.last().filter(|_| compared).and_then(|last| last.unit.clone());
        let last = last.and_then(|figure| figure.unit.clone());
        last.or_else(|| changes.then(next).flatten()).or(other)
    }

    /// "hundreds of us", "tens of thousands marched"
    fn is_people_alone(&self, amount: &Amount) -> bool {
        let span = self.span(amount.start, amount.end);
        self.around.is_of_pronoun(span) || self.around.is_subject(span)
    }

    /// One past the last token that may be counted: times are not.
    fn limit(&self, number: Span) -> usize {
        let after = self.times.partition_point(|time| time.span.start < number.end);
        let time = self.times.get(after).map(|time| time.span.start);
        time.map_or(self.tokens.end, |time| self.around.token_at(time).min(self.tokens.end))
    }

    /// A bare number that counts nothing and has no state, after a name: "Rossiya 24 said".
    fn is_name(&self, amount: &Amount, counted: Option<Span>, state: Option<&str>) -> bool {
        let after_name = amount.number > 1
            && self.numbers.atoms[amount.number - 1].is_word()
            && self.numbers.atoms[amount.number - 1].capital;
        let plain = amount.unit.is_none() && counted.is_none() && amount.start == amount.number;
        (plain && amount.bare && after_name)
            || (plain
                && state.is_none()
                && amount.bound == Bound::Vague
                && !self.is_people_alone(amount))
            || (plain
                && state.is_none()
                && amount.form == Form::Words
                && amount.low.is_some_and(|low| low < 3.0))
    }
}

fn is_money(amount: &Amount) -> bool {
    amount.unit.is_some_and(is_currency)
}

fn is_currency(unit: &str) -> bool {
    unit.len() == 3 && unit.bytes().all(|byte| byte.is_ascii_uppercase())
}

const AMOUNTS: &str = include_str!("../../../../data/figure/amounts.tsv");

/// Faults in `data/figure`.
pub fn check() -> Vec<LexiconFault> {
    let mut faults = number::check();
    for (file, text) in [
        ("figure/words.tsv", words::WORDS),
        ("figure/states.tsv", words::STATES),
        ("figure/persons.tsv", words::PERSONS),
        ("figure/currencies.tsv", money::CURRENCIES),
    ] {
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
        let amount = if may_start(&atoms[at], text, kit) { numbers.amount_at(at) } else { None };
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
