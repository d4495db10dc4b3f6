//! The number of a figure with its bound, range and unit, from the atoms of one sentence.

use super::Bound;
use super::number::{Form, Number, NumberTable, NumberWord, read_number, says};
use super::words::{Entry, FigureKit};
use crate::time::atom::{Atom, AtomKind};

/// A number with its bound and unit, and the atoms it takes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Amount {
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub bound: Bound,
    pub unit: Option<&'static str>,
    /// First atom, that of the bound.
    pub start: usize,
    /// First atom of the number itself.
    pub number: usize,
    /// One past the last atom.
    pub end: usize,
    /// How the number is written.
    pub form: Form,
    /// A plain run of digits: it may be a name, a year or a score.
    pub bare: bool,
    /// An age: nothing is counted.
    pub age: bool,
    /// What a hyphen ties to the number: the atom of "member" in "nine-member".
    pub tied: Option<usize>,
}

/// One sentence being read.
pub(super) struct Numbers<'a> {
    pub text: &'a str,
    pub atoms: &'a [Atom],
    pub kit: &'a FigureKit,
}

impl Numbers<'_> {
    pub fn entry(&self, at: usize) -> Option<&Entry> {
        self.atoms.get(at)?.entry.map(|number| self.kit.entry(number))
    }

    pub fn word(&self, at: usize) -> &str {
        self.atoms.get(at).map_or("", |atom| atom.span.slice(self.text))
    }

    fn says(&self, at: usize, words: &[&str]) -> bool {
        says(self.text, self.atoms, at, words)
    }

    fn glued(&self, at: usize) -> bool {
        self.atoms.get(at).is_some_and(|atom| !atom.spaced)
    }

    fn is_hyphen(&self, at: usize) -> bool {
        self.atoms.get(at).is_some_and(Atom::is_hyphen)
    }

    /// The amount that starts at `at`.
    pub fn amount_at(&self, at: usize) -> Option<Amount> {
        let table = NumberTable::shared();
        let (bound, mut next) =
            table.bound_at(self.text, self.atoms, at, true).unwrap_or((Bound::Exact, at));
        if let Some((_, after)) =
            table.bound_at(self.text, self.atoms, next, true).filter(|_| at < next)
        {
            next = after;
        }
        let between = at == next && self.says(at, &["between"]);
        next += usize::from(between);
        next += usize::from(at < next && self.says(next, &["the"]) && self.starts_number(next + 1));
        let (currency, number_at) = self.currency_before(next);
        let number = self.number_at(number_at)?;
        let mut amount = Amount {
            low: number.value,
            high: number.value,
            bound,
            unit: currency,
            start: at,
            number: next,
            end: number.end,
            form: number.form,
            bare: number.form == Form::Digits
                && !number.grouped
                && number.scale == 1.0
                && number.end == number_at + 1,
            age: false,
            tied: None,
        };
        if number.form == Form::Vague {
            amount.bound = Bound::Vague;
        }
        self.add_range(&mut amount, number, between);
        if between && amount.bound != Bound::Range {
            return None;
        }
        self.add_bound_after(&mut amount);
        self.add_unit(&mut amount);
        Some(amount)
    }

    fn starts_number(&self, at: usize) -> bool {
        self.atoms.get(at).is_some_and(|atom| atom.is_digits() || atom.number.is_some())
    }

    /// A number that is no ordinal and hangs on nothing before it.
    fn number_at(&self, at: usize) -> Option<Number> {
        let atom = self.atoms.get(at)?;
        let hangs = at > 0
            && !atom.spaced
            && matches!(
                self.atoms[at - 1].kind,
                AtomKind::Word
                    | AtomKind::Digits
                    | AtomKind::Mark(
                        '-' | '–'
                            | '.'
                            | '_'
                            | '#'
                            | '@'
                            | '/'
                            | ':'
                            | ','
                            | '\''
                            | '’'
                            | '+'
                            | '&'
                            | '='
                    )
            );
        if hangs {
            return None;
        }
        let number = read_number(self.text, self.atoms, at).filter(|n| n.form != Form::Ordinal)?;
        let letters = number.form == Form::Digits
            && self.glued(number.end)
            && self.atoms[number.end].is_word()
            && self.entry(number.end).is_none_or(|entry| entry.unit.is_none());
        let part = self.glued(number.end)
            && match self.atoms[number.end].kind {
                AtomKind::Mark(':' | '/' | '.' | ',') => {
                    self.glued(number.end + 1) && self.atoms[number.end + 1].is_digits()
                }
                AtomKind::Mark('@' | '_') => true,
                _ => false,
            };
        (!letters && !part).then_some(number)
    }

    /// "$", "US$", "USD": the currency, and the atom after it.
    fn currency_before(&self, at: usize) -> (Option<&'static str>, usize) {
        let sign = |at: usize| match self.atoms.get(at).map(|atom| atom.kind) {
            Some(AtomKind::Mark('$')) => Some("USD"),
            Some(AtomKind::Mark('£')) => Some("GBP"),
            Some(AtomKind::Mark('€')) => Some("EUR"),
            Some(AtomKind::Mark('¥')) => Some("JPY"),
            Some(AtomKind::Mark('₹')) => Some("INR"),
            Some(AtomKind::Mark('₽')) => Some("RUB"),
            Some(AtomKind::Mark('₪')) => Some("ILS"),
            Some(AtomKind::Mark('₺')) => Some("TRY"),
            Some(AtomKind::Mark('₩')) => Some("KRW"),
            Some(AtomKind::Mark('₴')) => Some("UAH"),
            _ => None,
        };
        if let Some(currency) = sign(at) {
            return (Some(currency), at + 1);
        }
        if self.glued(at + 1) && sign(at + 1) == Some("USD") {
            let whose = self.entry(at).and_then(|entry| entry.currency_of);
            return (Some(whose.unwrap_or("USD")), at + 2);
        }
        let word = self.word(at);
        let code = word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        match self.entry(at).and_then(|entry| entry.currency).filter(|_| code) {
            Some(currency) if self.starts_number(at + 1) => (Some(currency), at + 1),
            _ => (None, at),
        }
    }

    /// "10 to 15", "10-15", "between 5 and 7 million".
    fn add_range(&self, amount: &mut Amount, first: Number, between: bool) {
        let Some(low) = first.value else { return };
        let at = first.end;
        let joins = if between {
            self.says(at, &["and"])
        } else {
            (self.is_hyphen(at) && (self.glued(at) == self.glued(at + 1)))
                || self.says(at, &["to"])
                || (self.says(at, &["or"]) && first.value.is_some_and(|v| v < 100.0))
        };
        if !joins {
            return;
        }
        let (currency, next) = self.currency_before(at + 1);
        let second = read_number(self.text, self.atoms, next)
            .filter(|n| !matches!(n.form, Form::Ordinal | Form::Fraction | Form::Vague));
        let Some(second) = second else { return };
        let Some(high) = second.value else { return };
        let low = if first.scale == 1.0 && 1.0 < second.scale && low < 1000.0 {
            low * second.scale
        } else {
            low
        };
        if high <= low || (self.says(at, &["to"]) && at >= 2 && self.changes_before(amount.start)) {
            return;
        }
        amount.low = Some(low);
        amount.high = Some(high);
        amount.bound = Bound::Range;
        amount.unit = amount.unit.or(currency);
        amount.end = second.end;
        amount.bare = false;
    }

    /// "rose from 10 to 15" is a change and not a range.
    fn changes_before(&self, at: usize) -> bool {
        at > 0 && self.says(at - 1, &["from"])
    }

    fn add_bound_after(&self, amount: &mut Amount) {
        if amount.bound != Bound::Exact {
            return;
        }
        if self.glued(amount.end) && self.atoms[amount.end].is('+') {
            (amount.bound, amount.end) = (Bound::AtLeast, amount.end + 1);
            return;
        }
        let table = NumberTable::shared();
        if let Some((bound, end)) = table.bound_at(self.text, self.atoms, amount.end, false) {
            let number_follows =
                self.starts_number(end) || self.atoms.get(end).is_some_and(|a| a.is('$'));
            if !number_follows {
                (amount.bound, amount.end) = (bound, end);
            }
        }
    }

    fn add_unit(&self, amount: &mut Amount) {
        if amount.form == Form::Fraction && amount.low.is_some_and(|share| share < 1.0) {
            let percent = |share: Option<f64>| share.map(|share| (share * 10000.0).round() / 100.0);
            (amount.low, amount.high) = (percent(amount.low), percent(amount.high));
            amount.unit = Some("%");
            return;
        }
        let mut at = amount.end;
        if self.atoms.get(at).is_some_and(|atom| atom.is('%')) {
            (amount.unit, amount.end) = (Some("%"), at + 1);
            return;
        }
        if self.is_hyphen(at) && self.glued(at) {
            at += 1;
            if self.age_at(at, amount) {
                return;
            }
            if self.entry(at).is_some_and(|entry| entry.hyphened)
                && self.entry(at).is_some_and(|e| e.unit.is_none())
            {
                (amount.tied, amount.end) = (Some(at), at + 1);
                return;
            }
        } else if self.age_at(at, amount) {
            return;
        }
        if amount.unit.is_none() {
            self.add_unit_word(amount, at);
        }
    }

    /// "34-year-old", "34 years old".
    fn age_at(&self, at: usize, amount: &mut Amount) -> bool {
        if !["year", "years", "month", "months"].iter().any(|unit| self.says(at, &[unit])) {
            return false;
        }
        let next = at + 1 + usize::from(self.is_hyphen(at + 1));
        if !self.says(next, &["old"]) {
            return false;
        }
        amount.unit = Some(if self.word(at).starts_with(['y', 'Y']) { "year" } else { "month" });
        (amount.end, amount.age) = (next + 1, true);
        true
    }

    fn add_unit_word(&self, amount: &mut Amount, at: usize) {
        let of = usize::from(amount.form == Form::Vague && self.says(at, &["of"]));
        let at = at + of;
        let unit = |unit, end| Some((unit, end));
        let found = if [["per", "cent"], ["percentage", "points"], ["percentage", "point"]]
            .iter()
            .any(|words| self.says(at, words))
        {
            unit("%", at + 2)
        } else if self.says(at, &["square"]) || self.says(at, &["sq"]) {
            self.entry(at + 1).and_then(|e| e.square).and_then(|square| unit(square, at + 2))
        } else if self.says(at, &["metric"]) {
            self.entry(at + 1).and_then(|e| e.unit).and_then(|found| unit(found, at + 2))
        } else if let Some(whose) = self.entry(at).and_then(|e| e.currency_of) {
            self.entry(at + 1).and_then(|e| e.currency).and_then(|_| unit(whose, at + 2))
        } else {
            self.entry(at).and_then(|e| {
                if e.percent {
                    return unit("%", at + 1);
                }
                e.unit.or(e.currency).and_then(|found| unit(found, at + 1))
            })
        };
        if let Some((unit, end)) = found {
            let short = end == at + 1 && self.word(at).len() <= 2 && amount.form != Form::Digits;
            if !short {
                (amount.unit, amount.end) = (Some(unit), end);
            }
        }
    }

    /// Whether the amount is a name, a label, a score, a list number, a year or a pronoun.
    pub fn says_nothing(&self, amount: &Amount) -> bool {
        let (start, number, end) = (amount.start, amount.number, amount.end);
        if amount.form == Form::Fraction && !self.has_whole(end) {
            return true;
        }
        if amount.unit.is_some() || amount.tied.is_some() {
            return amount.age && amount.low.is_none();
        }
        let large = amount.bare && amount.low.is_some_and(|low| 100.0 <= low);
        if start > 0 && self.labels(start - 1, large) {
            return true;
        }
        if self.is_small_word(amount)
            && start > 0
            && self.entry(start - 1).is_some_and(|e| e.determiner)
        {
            return true;
        }
        if amount.low == Some(1.0) && amount.form == Form::Words && self.is_pronoun(start, end) {
            return true;
        }
        if !amount.bare {
            return amount.bound == Bound::Range && self.is_score(amount);
        }
        let value = amount.low.unwrap_or(0.0);
        let listed =
            number == 0 && self.atoms.get(end).is_some_and(|a| a.is('.') || a.is(')') || a.is(':'));
        let long = self.word(number).len() > 6
            || (self.word(number).starts_with('0') && self.word(number).len() > 1);
        let bounded = start < number;
        let next_counts = self.atoms.get(end).is_some_and(|a| {
            a.is_word()
                && !a.capital
                && self.entry(end).is_none_or(|e| !e.stop || e.state.is_some())
        });
        let after_name = number > 0
            && self.atoms[number - 1].is_word()
            && self.atoms[number - 1].capital
            && number > 1;
        let in_commas = number > 0
            && self.atoms[number - 1].is(',')
            && self.atoms.get(end).is_some_and(|a| a.is(',') || a.is('.') || a.is(';'))
            && value < 120.0;
        let bracketed = number > 0
            && self.atoms[number - 1].is('(')
            && self.atoms.get(end).is_some_and(|a| a.is(')'));
        let year = (1800.0..2100.0).contains(&value) && !next_counts && !bounded;
        listed
            || long
            || year
            || bracketed
            || in_commas
            || self.is_score(amount)
            || (after_name && !next_counts && !bounded)
    }

    fn labels(&self, at: usize, large: bool) -> bool {
        let dot = self.atoms[at].is('.') || self.atoms[at].is('#');
        let at = if dot && at > 0 { at - 1 } else { at };
        let capital = large || self.atoms[at].capital || self.word(at) == "no" && dot;
        self.atoms[at].is('#') || (capital && self.entry(at).is_some_and(|entry| entry.label))
    }

    fn is_small_word(&self, amount: &Amount) -> bool {
        amount.form == Form::Words
            && amount.low.is_some_and(|value| value < 10.0)
            && amount.bound == Bound::Exact
    }

    fn is_pronoun(&self, start: usize, end: usize) -> bool {
        let follows = [
            "of", "another", "day", "who", "that", "is", "was", "can", "could", "would", "might",
            "should", "must", "has", "by", "or", "and", "more", "where", "which", "side", "hand",
            "thing", "way", "time", "point",
        ];
        let before = [
            "no", "any", "each", "every", "this", "that", "which", "some", "only", "not", "as",
            "another", "day",
        ];
        let last = !self.atoms.get(end).is_some_and(|a| a.is_word() || a.is_hyphen());
        last || follows.iter().any(|word| self.says(end, &[word]))
            || (start > 0 && before.iter().any(|word| self.says(start - 1, &[word])))
    }

    /// "half of", "a third the": of what.
    fn has_whole(&self, end: usize) -> bool {
        ["of", "the", "its", "their", "his", "her", "all", "our"]
            .iter()
            .any(|word| self.says(end, &[word]))
    }

    /// "2-1", "3–0" and nothing counted after it.
    fn is_score(&self, amount: &Amount) -> bool {
        let end = amount.end;
        let hyphen = |at: usize| self.is_hyphen(at) && self.glued(at);
        let tied =
            hyphen(end) && self.atoms.get(end + 1).is_some_and(|a| a.is_digits() && !a.spaced);
        let counts = self
            .atoms
            .get(end)
            .is_some_and(|a| a.is_word() && self.entry(end).is_none_or(|entry| !entry.stop));
        let joined = (amount.number..end).any(hyphen);
        tied || (joined && !counts && amount.high.is_some_and(|high| high < 20.0))
    }
}

/// Whether a number may start at this atom.
pub(super) fn may_start(atom: &Atom, text: &str) -> bool {
    atom.is_digits()
        || atom.bounds
        || matches!(atom.number, Some(n) if !matches!(n, NumberWord::Letter(_)))
        || matches!(
            atom.kind,
            AtomKind::Mark(
                '$' | '£' | '€' | '¥' | '₹' | '₽' | '₪' | '₺' | '₩' | '₴' | '½' | '¼' | '¾'
            )
        )
        || (atom.is_word()
            && matches!(
                atom.span.slice(text),
                "a" | "A"
                    | "an"
                    | "An"
                    | "between"
                    | "Between"
                    | "US"
                    | "USD"
                    | "EUR"
                    | "GBP"
                    | "C"
                    | "HK"
                    | "CHF"
                    | "CNY"
                    | "RMB"
            ))
}
