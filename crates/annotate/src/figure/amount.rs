//! The number of a figure with its bound, range and unit, from the atoms of one sentence.

use super::Bound;
use super::money;
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
    /// Whether the unit is money by a word that several states use.
    pub shared: bool,
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

    pub fn says(&self, at: usize, words: &[&str]) -> bool {
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
        let dash = self.is_hyphen(at) && !self.glued(at) && self.glued(at + 1);
        if dash || self.says(at, &["minus"]) {
            return self.amount_below_zero(at);
        }
        let (mut bound, next) = self.bound_before(at);
        if self.says(at, &["up", "to"]) && self.entry(at.wrapping_sub(1)).is_some_and(|e| e.moves) {
            // "goes up to"
            bound = Bound::Exact;
        }
        // "below the 95 percent that doctors want": that number itself is known.
        if at < next && self.says(next, &["the"]) {
            return None;
        }
        let mut amount = self.bounded_amount(at, bound, next)?;
        // "under 52 metres of water"
        let spatial = at < next && self.may_place(at) && amount.unit.is_some_and(is_length);
        if spatial && self.says(amount.end, &["of"]) {
            amount.bound = Bound::Exact;
        }
        Some(amount)
    }

    /// "minus 34C", "-0.5 percent".
    fn amount_below_zero(&self, at: usize) -> Option<Amount> {
        let digits = self.atoms.get(at + 1).is_some_and(Atom::is_digits);
        let above = digits.then(|| self.bounded_amount(at, Bound::Exact, at + 1))??;
        let signed = matches!(above.unit, Some("degree" | "%")) && above.bound == Bound::Exact;
        let below = |value: Option<f64>| value.map(|value| -value);
        let (low, high) = (below(above.high), below(above.low));
        signed.then_some(Amount { low, high, bare: false, ..above })
    }

    /// The phrase that bounds the number after it, and the atom after the phrase.
    fn bound_before(&self, at: usize) -> (Bound, usize) {
        let table = NumberTable::shared();
        let Some((bound, next)) = table.bound_at(self.text, self.atoms, at, true) else {
            return (Bound::Exact, at);
        };
        match table.bound_at(self.text, self.atoms, next, true) {
            // "just under", "at least some": the one that says more.
            Some((inner, after)) if bound == Bound::Exact => (inner, after),
            Some((_, after)) => (bound, after),
            None => (bound, next),
        }
    }

    /// The amount whose bounding phrase starts at `at` and ends before `next`.
    fn bounded_amount(&self, at: usize, bound: Bound, mut next: usize) -> Option<Amount> {
        let between = at == next && self.says(at, &["between"]);
        next += usize::from(between);
        let (currency, number_at) = self.currency_before(next);
        let mut number = self.number_at(number_at, currency.is_some())?;
        if let Some(NumberWord::Letter(scale)) = self.atoms.get(number.end).and_then(|a| a.number)
            && currency.is_some()
            && number.form == Form::Digits
            && number.scale == 1.0
        {
            // "US$4 m"
            let value = number.value.map(|value| value * scale);
            number = Number { value, scale, end: number.end + 1, ..number };
        }
        if self.is_letter(number_at.saturating_sub(1))
            && currency.is_some()
            && number.value < Some(1000.0)
        {
            // "R4" is a road, "R4,000" is money.
            return None;
        }
        let mut amount = Amount {
            shared: self.entry(next).is_some_and(|entry| entry.prefix.is_some()),
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
        if !self.add_share(&mut amount) {
            self.add_unit(&mut amount);
        }
        Some(amount)
    }

    /// "one in five", "nine out of ten", "one in every three": a share, as "a fifth" is.
    fn add_share(&self, amount: &mut Amount) -> bool {
        let (at, end) = (amount.end, amount.end + 1);
        let of = match () {
            _ if self.says(at, &["in", "every"]) => end + 1,
            _ if self.says(at, &["out", "of", "every"]) => end + 2,
            _ if self.says(at, &["out", "of"]) => end + 1,
            _ if self.says(at, &["in"]) => end,
            _ => return false,
        };
        let one = amount.form == Form::Digits && amount.low == Some(1.0) && amount.bare;
        let form = if one { Form::Digits } else { Form::Words };
        let Some(whole) = self.number_at(of, false).filter(|whole| whole.form == form) else {
            return false;
        };
        let counted = self.entry(whole.end).is_some_and(|entry| entry.unit.is_some());
        let shares = (one || amount.form == Form::Words)
            && amount.low == amount.high
            && amount.unit.is_none();
        let (Some(part), Some(all)) = (amount.low, whole.value) else { return false };
        if !shares || counted || all <= part || 100.0 < all {
            return false;
        }
        let percent = Some((part / all * 10_000.0).round() / 100.0);
        (amount.low, amount.high, amount.unit) = (percent, percent, Some("%"));
        (amount.end, amount.form, amount.bare) = (whole.end, Form::Words, false);
        true
    }

    fn starts_number(&self, at: usize) -> bool {
        self.atoms.get(at).is_some_and(|atom| atom.is_digits() || atom.number.is_some())
    }

    /// Whether the bounding word at `at` may also place something: "below the limit", "above the river".
    fn may_place(&self, at: usize) -> bool {
        ["above", "below", "under", "over", "near"].iter().any(|word| self.says(at, &[word]))
    }

    /// "2,900m" without money is metres, as "20m high" is.
    fn in_metres(&self, number: Number) -> Number {
        let letter = number.scale == 1e6 && self.word(number.end - 1) == "m";
        let first = self.atoms[..number.end].iter().rposition(|atom| atom.spaced).unwrap_or(0);
        let falls =
            (first.saturating_sub(2)..first).any(|at| self.entry(at).is_some_and(|e| e.moves));
        let stands = self.atoms.get(number.end).is_none_or(|atom| {
            !atom.is_word() || self.entry(number.end).is_some_and(|entry| entry.stop)
        });
        let deep =
            ["water", "snow", "mud", "rock", "ice", "cable", "wire", "fence", "road", "track"];
        let of = self.says(number.end, &["of"])
            && deep.iter().any(|word| self.says(number.end + 1, &[word]));
        let measured =
            self.entry(number.end).is_some_and(|entry| entry.measured) || of || falls && stands;
        match number.value.map(|value| value / number.scale) {
            Some(value) if letter && (1000.0 <= value || measured) => {
                Number { value: Some(value), scale: 1.0, end: number.end - 1, ..number }
            }
            _ => number,
        }
    }

    /// A number that is no ordinal and hangs on nothing before it.
    fn number_at(&self, at: usize, money: bool) -> Option<Number> {
        let atom = self.atoms.get(at)?;
        // "0800 555 111"
        let dialled = atom.is_digits()
            && at > 0
            && self.atoms[at - 1].is_digits()
            && !matches!(self.word(at - 1).len(), 4 if self.word(at - 1).starts_with(['1', '2']));
        if dialled {
            return None;
        }
        let dash = at > 0 && self.atoms[at - 1].is_hyphen() && self.atoms[at - 1].spaced;
        // "killing12 villagers", "14 civilians,7 of them": a blank was lost.
        let verb = |entry: &Entry| entry.state.is_some() || entry.stop;
        let lost = at > 1
            && (self.word(at - 1).len() > 2
                && !self.atoms[at - 1].capital
                && self.entry(at - 1).is_some_and(verb)
                || self.atoms[at - 1].is(',') && self.atoms[at - 2].is_word());
        let hangs = at > 0
            && !atom.spaced
            && !dash
            && !lost
            && !money
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
        let number = if money { number } else { self.in_metres(number) };
        let letters = number.form == Form::Digits
            && self.glued(number.end)
            && self.atoms[number.end].is_word()
            && self.entry(number.end).is_none_or(|entry| entry.unit.is_none() && !entry.percent)
            && self.degrees(number.end).is_none();
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

    /// Whether the atom is one capital letter.
    fn is_letter(&self, at: usize) -> bool {
        self.atoms.get(at).is_some_and(|atom| atom.is_word() && atom.capital)
            && self.word(at).len() == 1
    }

    /// "$", "US$", "USD": the currency, and the atom after it.
    fn currency_before(&self, at: usize) -> (Option<&'static str>, usize) {
        let sign = |at: usize| match self.atoms.get(at)?.kind {
            AtomKind::Mark(mark) => money::of_sign(mark),
            _ => None,
        };
        if let Some(currency) = sign(at) {
            return (Some(currency), at + 1);
        }
        if self.glued(at + 1) && sign(at + 1) == Some("USD") {
            let whose = self.entry(at).and_then(|entry| entry.currency_of);
            return (Some(whose.unwrap_or("USD")), at + 2);
        }
        if let Some(currency) = self.entry(at).and_then(|entry| entry.prefix) {
            let mark = self.atoms.get(at + 1).is_some_and(|atom| atom.is('.') || atom.is('¢'));
            let next = at + 1 + usize::from(mark);
            let digits = self.atoms.get(next).is_some_and(Atom::is_digits);
            let tied = self.glued(next) || !self.is_letter(at);
            if digits && tied && self.atoms[at].capital {
                return (Some(currency), next);
            }
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
            .filter(|n| !matches!(n.form, Form::Ordinal | Form::Vague))
            .filter(|n| (n.form == Form::Fraction) == (first.form == Form::Fraction));
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

    /// "rose from 10 to 15" is a change and not a range, as "rose by 10 to 15" is.
    fn changes_before(&self, at: usize) -> bool {
        at > 0 && (self.says(at - 1, &["from"]) || self.says(at - 1, &["by"]))
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
        // "70-odd", "80-plus"
        let after = amount.end + usize::from(self.is_hyphen(amount.end) && self.glued(amount.end));
        if let Some((bound, end)) = table.bound_at(self.text, self.atoms, after, false) {
            let sign = |atom: &Atom| matches!(atom.kind, AtomKind::Mark(mark) if money::of_sign(mark).is_some());
            let number_follows = self.starts_number(end) || self.atoms.get(end).is_some_and(sign);
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

    /// "Ali Noor, 34, said", "aged 18 to 24", "a woman of 83": the number is an age.
    pub fn add_age(&self, amount: &mut Amount) {
        let (number, end) = (amount.number, amount.end);
        let years = amount.unit.is_none()
            && amount.tied.is_none()
            && amount.high.is_some_and(|high| high <= 110.0);
        if !years || number == 0 || amount.form == Form::Vague {
            return;
        }
        let mark = |at: usize, marks: &[char]| {
            self.atoms.get(at).is_some_and(|atom| marks.iter().any(|mark| atom.is(*mark)))
        };
        let name = number > 1 && self.atoms[number - 2].is_word() && self.atoms[number - 2].capital;
        let person = |at: usize| self.kit.is_person(&self.word(at).to_lowercase());
        let apposed = amount.bare
            && (name || number > 1 && person(number - 2))
            && 3.0 < amount.low.unwrap_or(0.0)
            && (mark(number - 1, &[',']) && mark(end, &[',', '.', ';'])
                || mark(number - 1, &['(']) && mark(end, &[')']));
        let aged =
            ["aged", "age"].iter().any(|word| self.says(amount.start.saturating_sub(1), &[word]))
                || self.says(amount.start.saturating_sub(2), &["age", "of"])
                || self.says(amount.start.saturating_sub(2), &["ages", "of"]);
        let counts = self
            .atoms
            .get(end)
            .is_some_and(|atom| atom.is_word() && self.entry(end).is_none_or(|e| !e.stop));
        let of = number > 1
            && self.says(number - 1, &["of"])
            && amount.low.is_some_and(|low| 12.0 < low)
            && !counts
            && person(number - 2);
        let range = self.says(amount.start.saturating_sub(2), &["age", "from"])
            || self.says(amount.start.saturating_sub(4), &["age", "from"])
                && self.says(amount.start - 1, &["to"]);
        let range = range && amount.low.is_some_and(|low| 12.0 < low);
        if apposed || aged || of || range {
            (amount.unit, amount.age) = (Some("year"), true);
        }
    }

    fn add_unit_word(&self, amount: &mut Amount, at: usize) {
        let of = usize::from(amount.form == Form::Vague && self.says(at, &["of"]));
        let at = at + of;
        let unit = |unit, end| Some((unit, end));
        let found = if self.says(at, &["per", "cent"]) {
            unit("%", at + 2)
        } else if self.says(at, &["percentage", "points"])
            || self.says(at, &["percentage", "point"])
        {
            unit("pp", at + 2)
        } else if self.says(at, &["square"]) || self.says(at, &["sq"]) {
            self.entry(at + 1).and_then(|e| e.square).and_then(|square| unit(square, at + 2))
        } else if let Some(powered) = self.powered(at) {
            Some(powered)
        } else if self.says(at, &["cubic"]) {
            self.entry(at + 1).and_then(|e| e.cubic).and_then(|cubic| unit(cubic, at + 2))
        } else if self.says(at, &["nautical"]) && self.says(at + 1, &["miles"]) {
            unit("nmi", at + 2)
        } else if let Some(end) = self.degrees(at) {
            unit("degree", end)
        } else if self.is_american(at) {
            self.entry(at + 4).and_then(|e| e.currency).and_then(|_| unit("USD", at + 5))
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
                let weight = unit == "GBP" && self.weighs(at, amount);
                amount.shared = self.entry(at).is_some_and(|e| e.currency == Some(unit)) && !weight;
                (amount.unit, amount.end) = (Some(if weight { "lb" } else { unit }), end);
            }
        }
    }

    /// "200 pounds of explosives", "a 500-pound bomb", "weighing 12 pounds".
    fn weighs(&self, at: usize, amount: &Amount) -> bool {
        let light = amount.low.is_some_and(|value| value < 100_000.0);
        let verbs = ["weigh", "weighs", "weighed", "weighing"];
        let mut back = amount.start.saturating_sub(3)..amount.start;
        light && (self.says(at + 1, &["of"]) || self.is_hyphen(at - 1))
            || back.any(|at| verbs.iter().any(|verb| self.says(at, &[verb])))
    }

    /// "km2", "km²", "km/h": a unit with what is glued to it.
    fn powered(&self, at: usize) -> Option<(&'static str, usize)> {
        let entry = self.entry(at)?;
        let next = self.atoms.get(at + 1).filter(|next| !next.spaced)?;
        let two = next.is('²') || next.is_digits() && self.word(at + 1) == "2";
        let three = next.is('³') || next.is_digits() && self.word(at + 1) == "3";
        if two || three {
            let unit = if two { entry.square } else { entry.cubic };
            return unit.map(|unit| (unit, at + 2));
        }
        let hour = ["h", "hr", "hour"].iter().any(|hour| self.says(at + 2, &[hour]));
        (entry.unit == Some("km") && next.is('/') && hour).then_some(("km/h", at + 3))
    }

    /// "U.S." before "dollars".
    fn is_american(&self, at: usize) -> bool {
        let dot = |at: usize| self.atoms.get(at).is_some_and(|atom| atom.is('.'));
        self.word(at) == "U" && dot(at + 1) && self.word(at + 2) == "S" && dot(at + 3)
    }

    /// "34C", "34°C", "34 °F".
    fn degrees(&self, at: usize) -> Option<usize> {
        let letter = |at: usize| self.glued(at) && matches!(self.word(at), "C" | "F");
        match self.atoms.get(at)? {
            atom if atom.is('°') => Some(at + 1 + usize::from(letter(at + 1))),
            _ => letter(at).then_some(at + 1),
        }
    }

    /// Whether the amount is a name, a label, a score, a list number, a year or a pronoun.
    pub fn says_nothing(&self, amount: &Amount) -> bool {
        let (start, number, end) = (amount.start, amount.number, amount.end);
        let ordinal = |at: usize| {
            matches!(
                self.atoms[at].number,
                Some(NumberWord::Ordinal(_) | NumberWord::OrdinalFraction(_))
            ) || ["other", "latter", "final", "last"].iter().any(|word| self.says(at, &[word]))
        };
        let share = amount.form == Form::Fraction && amount.unit == Some("%");
        if share && (!self.has_whole(amount) || 0 < start && ordinal(start - 1)) {
            return true;
        }
        // "the Twelve Apostles", "the Group of Seventy"
        let capital = amount.form == Form::Words && 0 < number && self.atoms[number].capital;
        if capital && amount.unit.is_none() && self.atoms[number - 1].is_word() {
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
            && !["his", "her"].iter().any(|word| self.says(start - 1, &[word]))
        {
            return true;
        }
        if amount.low == Some(1.0) && amount.form == Form::Words && self.is_pronoun(start, end) {
            return true;
        }
        if amount.low == Some(0.5) && amount.form == Form::Words {
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
        // "the Group of 20"
        let in_name =
            number > 2 && self.says(number - 1, &["of"]) && self.atoms[number - 2].capital;
        let year = (1800.0..2100.0).contains(&value) && !next_counts && !bounded;
        listed
            || long
            || year
            || bracketed
            || in_commas
            || self.is_score(amount)
            || ((after_name || in_name) && !next_counts && !bounded)
    }

    fn labels(&self, at: usize, large: bool) -> bool {
        if self.says(at, &["number"]) && self.atoms.get(at + 1).is_some_and(Atom::is_digits) {
            return true;
        }
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

    /// "half of", "a third the": of what. Or how much: "fell by a third", "nearly half were".
    fn has_whole(&self, amount: &Amount) -> bool {
        let after = [
            "of", "the", "its", "their", "his", "her", "all", "our", "were", "are", "was", "is",
            "have", "had",
        ];
        let before = ["by", "to", "than", "from", "or"];
        amount.start < amount.number
            || after.iter().any(|word| self.says(amount.end, &[word]))
            || amount.start > 0 && before.iter().any(|word| self.says(amount.start - 1, &[word]))
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

fn is_length(unit: &str) -> bool {
    matches!(unit, "m" | "km" | "cm" | "ft" | "mi" | "yd" | "in")
}

/// Whether a number may start at this atom.
pub(super) fn may_start(atom: &Atom, text: &str, kit: &FigureKit) -> bool {
    let prefixes = atom.entry.map(|entry| kit.entry(entry)).is_some_and(|entry| {
        entry.prefix.is_some() || entry.currency.is_some() || entry.currency_of.is_some()
    });
    atom.is_digits()
        || atom.bounds
        || atom.is_hyphen() && atom.spaced
        || matches!(atom.number, Some(n) if !matches!(n, NumberWord::Letter(_)))
        || matches!(atom.kind, AtomKind::Mark(mark) if mark == '½' || mark == '¼' || mark == '¾' || money::of_sign(mark).is_some())
        || prefixes
        || (atom.is_word()
            && matches!(
                atom.span.slice(text),
                "a" | "A" | "minus" | "Minus" | "an" | "An" | "between" | "Between"
            ))
}
