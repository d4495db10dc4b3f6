//! Numbers in digits and words, and the phrases that bound them. Shared with the time stage.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::figure::Bound;
use crate::lexicon::{LexiconFault, Table};
use crate::time::atom::{Atom, AtomKind};

/// What a word does in a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum NumberWord {
    /// 0 to 19.
    Small(f64),
    /// 20 to 90.
    Tens(f64),
    /// Multiplies what stands before.
    Scale(f64),
    /// A scale only right after digits.
    Letter(f64),
    /// "dozen".
    Group(f64),
    /// "couple".
    Pair(f64),
    /// "dozens".
    Vague,
    /// "several".
    Few,
    /// "half", "thirds".
    Fraction(f64),
    /// "fifth": a fraction after a number, else an ordinal.
    OrdinalFraction(f64),
    /// "first".
    Ordinal(f64),
}

#[derive(Debug)]
struct BoundPhrase {
    words: Vec<&'static str>,
    before: bool,
    bound: Bound,
}

/// Number words and bounding phrases, read once.
#[derive(Debug)]
pub(crate) struct NumberTable {
    words: HashMap<&'static str, NumberWord>,
    starts: HashMap<&'static str, ()>,
    phrases: Vec<BoundPhrase>,
}

const NUMBERS: &str = include_str!("../../../../data/figure/numbers.tsv");
const BOUNDS: &str = include_str!("../../../../data/figure/bounds.tsv");

impl NumberTable {
    /// The table carried in the binary.
    pub fn shared() -> &'static Self {
        static TABLE: OnceLock<NumberTable> = OnceLock::new();
        TABLE.get_or_init(|| Self::read().expect("the tests read the shipped tables"))
    }

    fn read() -> Result<Self, LexiconFault> {
        let phrases = read_bounds()?;
        let starts = phrases.iter().map(|phrase| (phrase.words[0], ())).collect();
        Ok(Self { words: read_words()?, starts, phrases })
    }

    /// What the lower-case word does in a number.
    pub fn word(&self, word: &str) -> Option<NumberWord> {
        self.words.get(word).copied()
    }

    /// Whether a bounding phrase starts with the lower-case word.
    pub fn starts_bound(&self, word: &str) -> bool {
        self.starts.contains_key(word)
    }

    /// The longest bounding phrase at `at`, and the atom after it.
    pub fn bound_at(
        &self,
        text: &str,
        atoms: &[Atom],
        at: usize,
        before: bool,
    ) -> Option<(Bound, usize)> {
        if !atoms.get(at)?.bounds {
            return None;
        }
        self.phrases
            .iter()
            .filter(|phrase| phrase.before == before && says(text, atoms, at, &phrase.words))
            .map(|phrase| (phrase.bound, at + phrase.words.len()))
            .max_by_key(|(_, end)| *end)
    }
}

/// Whether the atoms at `at` are these lower-case words.
pub(crate) fn says(text: &str, atoms: &[Atom], at: usize, words: &[&str]) -> bool {
    words.iter().enumerate().all(|(i, word)| {
        atoms
            .get(at + i)
            .is_some_and(|atom| atom.is_word() && atom.span.slice(text).eq_ignore_ascii_case(word))
    })
}

fn read_words() -> Result<HashMap<&'static str, NumberWord>, LexiconFault> {
    let table = Table::parse("figure/numbers.tsv", NUMBERS)?;
    let (word, kind, value) =
        (table.column("word")?, table.column("kind")?, table.column("value")?);
    let mut words = HashMap::new();
    for row in &table.rows {
        let number = row.cell(value).parse::<f64>().ok();
        let read = match (row.cell(kind), number) {
            ("small", Some(n)) => NumberWord::Small(n),
            ("tens", Some(n)) => NumberWord::Tens(n),
            ("scale", Some(n)) => NumberWord::Scale(n),
            ("letter", Some(n)) => NumberWord::Letter(n),
            ("group", Some(n)) => NumberWord::Group(n),
            ("pair", Some(n)) => NumberWord::Pair(n),
            ("vague", None) => NumberWord::Vague,
            ("few", None) => NumberWord::Few,
            ("fraction", Some(n)) => NumberWord::Fraction(n),
            ("ordinal-fraction", Some(n)) => NumberWord::OrdinalFraction(n),
            ("ordinal", Some(n)) => NumberWord::Ordinal(n),
            _ => return Err(table.fault(row, "is no number word; see the kinds on top")),
        };
        words.insert(row.cell(word), read);
    }
    Ok(words)
}

fn read_bounds() -> Result<Vec<BoundPhrase>, LexiconFault> {
    let table = Table::parse("figure/bounds.tsv", BOUNDS)?;
    let (phrase, place, bound) =
        (table.column("phrase")?, table.column("place")?, table.column("bound")?);
    table
        .rows
        .iter()
        .map(|row| {
            Ok(BoundPhrase {
                words: row.cell(phrase).split(' ').collect(),
                before: match row.cell(place) {
                    "before" => true,
                    "after" => false,
                    other => {
                        let problem = format!("is placed `{other}`; say before or after");
                        return Err(table.fault(row, problem));
                    }
                },
                bound: row.cell(bound).parse().map_err(|e: String| table.fault(row, e))?,
            })
        })
        .collect()
}

/// Faults in the tables of numbers and bounds.
pub(crate) fn check() -> Vec<LexiconFault> {
    let mut faults: Vec<_> = [("figure/numbers.tsv", NUMBERS), ("figure/bounds.tsv", BOUNDS)]
        .into_iter()
        .flat_map(|(file, text)| match Table::parse(file, text) {
            Ok(table) => table.check_form(),
            Err(fault) => vec![fault],
        })
        .collect();
    faults.extend(NumberTable::read().err());
    faults
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// In digits, with or without a scale word.
    Digits,
    /// In words.
    Words,
    /// With an article: "a million", "a dozen".
    Article,
    /// A fraction: "two thirds", "half".
    Fraction,
    /// A magnitude only: "dozens", "tens of thousands", "several".
    Vague,
    /// "3rd", "third".
    Ordinal,
}

/// A number read from atoms.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Number {
    /// Its value; `None` for a magnitude.
    pub value: Option<f64>,
    /// How it is written.
    pub form: Form,
    /// One past its last atom.
    pub end: usize,
    /// Whether the digits have a separator or a decimal: no year looks so.
    pub grouped: bool,
    /// The factor of a scale word that ends it ("two million"), else 1.
    pub scale: f64,
}

/// Reads the longest number that starts at `at`.
pub(crate) fn read_number(text: &str, atoms: &[Atom], at: usize) -> Option<Number> {
    let atom = atoms.get(at)?;
    match atom.kind {
        AtomKind::Digits => read_digits(text, atoms, at),
        AtomKind::Word => read_words_at(text, atoms, at),
        AtomKind::Mark(mark) => read_vulgar(mark, at),
    }
}

fn read_vulgar(mark: char, at: usize) -> Option<Number> {
    let value = match mark {
        '½' => 0.5,
        '¼' => 0.25,
        '¾' => 0.75,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        _ => return None,
    };
    let form = Form::Fraction;
    Some(Number { value: Some(value), form, end: at + 1, grouped: true, scale: 1.0 })
}

fn glued(atoms: &[Atom], at: usize) -> Option<&Atom> {
    atoms.get(at).filter(|atom| !atom.spaced)
}

fn digits<'a>(text: &'a str, atoms: &[Atom], at: usize) -> Option<&'a str> {
    let atom = atoms.get(at)?;
    atom.is_digits().then(|| atom.span.slice(text))
}

fn read_digits(text: &str, atoms: &[Atom], at: usize) -> Option<Number> {
    let first = digits(text, atoms, at)?;
    if first.len() > 15 {
        return None;
    }
    let mut value: f64 = first.parse().ok()?;
    let (mut end, mut grouped) = (at + 1, false);
    if first.len() <= 3 {
        let (lakhs, after) = lakh_groups(text, atoms, end);
        (value, end, grouped) = (value * 100f64.powi(lakhs), after, 0 < lakhs);
        for at in (0..lakhs as usize).rev() {
            let group: f64 = digits(text, atoms, after - 1 - 2 * at)?.parse().ok()?;
            value += group * 100f64.powi(at as i32);
        }
        while let Some(group) = grouped_digits(text, atoms, end) {
            value = value * 1000.0 + group.parse::<f64>().ok()?;
            (end, grouped) = (end + 2, true);
        }
        while let Some(group) =
            spaced_digits(text, atoms, end).filter(|_| end < at + 3 && !first.starts_with('0'))
        {
            value = value * 1000.0 + group.parse::<f64>().ok()?;
            (end, grouped) = (end + 1, true);
        }
    }
    if let Some(decimals) = decimals(text, atoms, end) {
        let places = i32::try_from(decimals.len()).ok()?;
        value += decimals.parse::<f64>().ok()? / 10f64.powi(places);
        value = round_to(value, places);
        (end, grouped) = (end + 2, true);
    }
    let mut number = Number { value: Some(value), form: Form::Digits, end, grouped, scale: 1.0 };
    if let Some(next) = glued(atoms, end).filter(|next| next.is_word()) {
        let letters = next.span.slice(text);
        if is_ordinal_suffix(letters) && !grouped {
            return Some(Number { form: Form::Ordinal, end: end + 1, ..number });
        }
        let Some(NumberWord::Letter(scale) | NumberWord::Scale(scale)) = next.number else {
            return Some(number);
        };
        return Some(Number { value: Some(value * scale), end: end + 1, scale, ..number });
    }
    number = vulgar_after(atoms, number);
    Some(scaled(atoms, number))
}

/// How many groups of two digits stand before one of three, as in "3,40,000", and the atom after them.
fn lakh_groups(text: &str, atoms: &[Atom], at: usize) -> (i32, usize) {
    let pair = |at: usize| {
        let comma =
            glued(atoms, at).is_some_and(|mark| mark.is(',')) && glued(atoms, at + 1).is_some();
        comma && digits(text, atoms, at + 1).is_some_and(|group| group.len() == 2)
    };
    let count = (0..3).take_while(|nth| pair(at + 2 * nth)).count();
    let end = at + 2 * count;
    match grouped_digits(text, atoms, end) {
        Some(_) => (count as i32, end),
        None => (0, at),
    }
}

fn grouped_digits<'a>(text: &'a str, atoms: &[Atom], at: usize) -> Option<&'a str> {
    glued(atoms, at).filter(|mark| mark.is(','))?;
    glued(atoms, at + 1)?;
    digits(text, atoms, at + 1).filter(|group| group.len() == 3)
}

/// "14 000": a group after one blank that nothing else hangs on.
fn spaced_digits<'a>(text: &'a str, atoms: &[Atom], at: usize) -> Option<&'a str> {
    let (before, atom) = (atoms.get(at.checked_sub(1)?)?, atoms.get(at)?);
    let blank = atom.span.start == before.span.end + 1 && before.is_digits();
    let next = atoms.get(at + 1);
    let free =
        next.is_none_or(|next| next.spaced || matches!(next.kind, AtomKind::Mark('.' | ',' | ')')));
    digits(text, atoms, at).filter(|group| blank && free && group.len() == 3)
}

fn decimals<'a>(text: &'a str, atoms: &[Atom], at: usize) -> Option<&'a str> {
    // "4,7bn" as the continent writes it
    let scale = |atom: &Atom| atom.is('%') || matches!(atom.number, Some(NumberWord::Letter(_)));
    let comma = glued(atoms, at + 2).is_some_and(scale)
        && digits(text, atoms, at + 1).is_some_and(|group| group.len() < 3);
    glued(atoms, at).filter(|mark| mark.is('.') || comma && mark.is(','))?;
    glued(atoms, at + 1)?;
    digits(text, atoms, at + 1).filter(|group| group.len() < 10)
}

fn round_to(value: f64, places: i32) -> f64 {
    let factor = 10f64.powi(places);
    (value * factor).round() / factor
}

fn is_ordinal_suffix(letters: &str) -> bool {
    ["st", "nd", "rd", "th"].iter().any(|suffix| letters.eq_ignore_ascii_case(suffix))
}

fn vulgar_after(atoms: &[Atom], number: Number) -> Number {
    let fraction = glued(atoms, number.end).and_then(|atom| match atom.kind {
        AtomKind::Mark(mark) => read_vulgar(mark, number.end),
        _ => None,
    });
    match (fraction.and_then(|f| f.value), number.value) {
        (Some(part), Some(whole)) => {
            Number { value: Some(whole + part), end: number.end + 1, ..number }
        }
        _ => number,
    }
}

/// The number times the scale words after it: "4.4 million", "two hundred thousand", "3-million".
fn scaled(atoms: &[Atom], mut number: Number) -> Number {
    loop {
        let hyphen = glued(atoms, number.end).is_some_and(Atom::is_hyphen);
        let at = number.end + usize::from(hyphen);
        let Some(Atom { number: Some(NumberWord::Scale(scale)), .. }) = atoms.get(at) else {
            return number;
        };
        number.value = number.value.map(|value| value * scale);
        number.scale = *scale;
        number.end = at + 1;
    }
}

fn read_words_at(text: &str, atoms: &[Atom], at: usize) -> Option<Number> {
    let article = says(text, atoms, at, &["a"]) || says(text, atoms, at, &["an"]);
    if article {
        return read_article(text, atoms, at);
    }
    match atoms[at].number? {
        NumberWord::Small(_) | NumberWord::Tens(_) => read_cardinal(text, atoms, at),
        NumberWord::Vague => Some(read_vague(text, atoms, at)),
        NumberWord::Few => {
            let tail = several_scale(atoms, at + 1);
            Some(Number { value: None, form: Form::Vague, end: tail, grouped: true, scale: 1.0 })
        }
        NumberWord::Fraction(value) => read_half(text, atoms, at, value),
        NumberWord::Ordinal(value) | NumberWord::OrdinalFraction(value) => Some(Number {
            value: Some(value),
            form: Form::Ordinal,
            end: at + 1,
            grouped: true,
            scale: 1.0,
        }),
        NumberWord::Scale(_)
        | NumberWord::Letter(_)
        | NumberWord::Group(_)
        | NumberWord::Pair(_) => None,
    }
}

fn several_scale(atoms: &[Atom], at: usize) -> usize {
    match atoms.get(at).and_then(|atom| atom.number) {
        Some(NumberWord::Scale(_) | NumberWord::Group(_)) => at + 1,
        _ => at,
    }
}

fn read_article(text: &str, atoms: &[Atom], at: usize) -> Option<Number> {
    let next = atoms.get(at + 1).filter(|next| next.is_word())?;
    let start =
        Number { value: Some(1.0), form: Form::Article, end: at + 1, grouped: true, scale: 1.0 };
    if says(text, atoms, at + 1, &["few"]) {
        let end = several_scale(atoms, at + 2);
        let vague = Number { value: None, form: Form::Vague, end, ..start };
        return (at + 2 < end).then_some(vague);
    }
    match next.number? {
        NumberWord::Scale(_) => Some(cardinal_after(text, atoms, scaled(atoms, start))),
        NumberWord::Group(value) => Some(Number { value: Some(value), end: at + 2, ..start }),
        NumberWord::Pair(value) => {
            let of = says(text, atoms, at + 2, &["of"]);
            let end = at + 2 + usize::from(of);
            let scaled = scaled(atoms, Number { value: Some(value), end, ..start });
            Some(if scaled.end == end {
                Number { end: at + 2 + usize::from(of), ..scaled }
            } else {
                scaled
            })
        }
        NumberWord::Fraction(value) if value < 0.5 => {
            let part = Number { value: Some(value), form: Form::Fraction, end: at + 2, ..start };
            Some(of_a_scale(text, atoms, part))
        }
        NumberWord::OrdinalFraction(value) if ends_share(text, atoms, at + 2) => {
            Some(Number { value: Some(1.0 / value), form: Form::Fraction, end: at + 2, ..start })
        }
        NumberWord::Fraction(value) => {
            let half = Number { value: Some(value), end: at + 2, ..start };
            let end = scaled(atoms, half);
            (end.end > at + 2).then_some(end)
        }
        _ => None,
    }
}

/// "a quarter of a million" is no share, but a number.
fn of_a_scale(text: &str, atoms: &[Atom], part: Number) -> Number {
    let of = says(text, atoms, part.end, &["of"]) && says(text, atoms, part.end + 1, &["a"]);
    match atoms.get(part.end + 2).and_then(|atom| atom.number) {
        Some(NumberWord::Scale(_)) if of => {
            scaled(atoms, Number { form: Form::Words, end: part.end + 2, ..part })
        }
        _ => part,
    }
}

/// "a third of", "plunged by a third to 212": no third of a row.
fn ends_share(text: &str, atoms: &[Atom], at: usize) -> bool {
    let words = ["of", "to", "from", "in", "since", "on"];
    !atoms.get(at).is_some_and(Atom::is_word)
        || words.iter().any(|word| says(text, atoms, at, &[word]))
}

fn read_vague(text: &str, atoms: &[Atom], at: usize) -> Number {
    let mut end = at + 1;
    // "hundreds of thousands", "tens of millions", "thousands upon thousands"
    while says(text, atoms, end, &["of"])
        || says(text, atoms, end, &["and"])
        || says(text, atoms, end, &["upon"])
    {
        match atoms.get(end + 1).and_then(|atom| atom.number) {
            Some(NumberWord::Vague) => end += 2,
            _ => break,
        }
    }
    Number { value: None, form: Form::Vague, end, grouped: true, scale: 1.0 }
}

fn read_half(text: &str, atoms: &[Atom], at: usize, value: f64) -> Option<Number> {
    if value != 0.5 {
        return None;
    }
    let half =
        Number { value: Some(value), form: Form::Fraction, end: at + 1, grouped: true, scale: 1.0 };
    if says(text, atoms, at + 1, &["a"]) {
        match atoms.get(at + 2).and_then(|atom| atom.number) {
            Some(NumberWord::Scale(_)) => {
                let start = Number { form: Form::Words, end: at + 2, ..half };
                return Some(scaled(atoms, start));
            }
            Some(NumberWord::Group(group)) => {
                let value = Some(value * group);
                return Some(Number { value, form: Form::Words, end: at + 3, ..half });
            }
            // "half a kilometre"; what is no unit there is half of no figure.
            _ => return Some(Number { form: Form::Words, end: at + 2, ..half }),
        }
    }
    Some(half)
}

fn read_cardinal(text: &str, atoms: &[Atom], at: usize) -> Option<Number> {
    let mut end = at;
    let (mut total, mut current) = (0.0, 0.0);
    let (mut last, mut scale) = (Step::Start, 1.0);
    while let Some((word_at, word)) = next_word(text, atoms, end, last, current) {
        match word {
            NumberWord::Small(n) => {
                current += n;
                last = Step::Small;
            }
            NumberWord::Tens(n) => {
                current += n;
                last = Step::Tens;
            }
            NumberWord::Scale(factor) if factor < 1000.0 => {
                current *= factor;
                last = Step::Hundred;
            }
            NumberWord::Scale(factor) => {
                total += current * factor;
                (current, scale) = (0.0, factor);
                last = Step::Scale;
            }
            _ => break,
        }
        end = word_at + 1;
    }
    let number = Number {
        value: Some(total + current),
        form: Form::Words,
        end,
        grouped: true,
        scale: if current == 0.0 { scale } else { 1.0 },
    };
    Some(fraction_after(text, atoms, number))
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Step {
    Start,
    Small,
    Tens,
    Hundred,
    Scale,
}

/// The next word that may stand in the number: "forty-|two", "hundred and |fifty".
fn next_word(
    text: &str,
    atoms: &[Atom],
    end: usize,
    last: Step,
    current: f64,
) -> Option<(usize, NumberWord)> {
    let joined = last != Step::Start && atoms.get(end)?.is_hyphen() && !atoms[end].spaced;
    let and = matches!(last, Step::Hundred | Step::Scale) && says(text, atoms, end, &["and"]);
    let at = end + usize::from(joined || and);
    let word = atoms.get(at)?.number?;
    let fits = match word {
        NumberWord::Small(n) => match last {
            Step::Start | Step::Hundred => true,
            Step::Scale => !and || n < 100.0,
            Step::Tens => 0.0 < n && n < 10.0,
            Step::Small => false,
        },
        NumberWord::Tens(_) => matches!(last, Step::Start | Step::Hundred | Step::Scale),
        NumberWord::Scale(_) => {
            !and && last != Step::Start && (current != 0.0 || last == Step::Scale)
        }
        _ => false,
    };
    (fits && !(last == Step::Scale && matches!(word, NumberWord::Scale(_)))).then_some((at, word))
}

/// "two thirds", "three-quarters", "one and a half", "two dozen", "2 and a half million".
fn fraction_after(text: &str, atoms: &[Atom], number: Number) -> Number {
    let Some(value) = number.value else { return number };
    let hyphen = glued(atoms, number.end).is_some_and(Atom::is_hyphen);
    let at = number.end + usize::from(hyphen);
    let of = says(text, atoms, at + 1, &["of"]) || says(text, atoms, at + 1, &["the"]);
    let fraction = |part: f64| Number {
        value: Some(value * part),
        form: Form::Fraction,
        end: at + 1,
        ..number
    };
    match atoms.get(at).and_then(|atom| atom.number) {
        Some(NumberWord::Fraction(part)) if value < 10.0 && (part != 0.5 || value == 1.0) => {
            of_a_scale(text, atoms, fraction(part))
        }
        Some(NumberWord::OrdinalFraction(part)) if value == 1.0 && (of || hyphen) => {
            fraction(1.0 / part)
        }
        Some(NumberWord::Group(group)) => {
            Number { value: Some(value * group), end: at + 1, ..number }
        }
        _ => and_a_half(text, atoms, number),
    }
}

fn and_a_half(text: &str, atoms: &[Atom], number: Number) -> Number {
    let hyphens = ["and", "a", "half"];
    let mut at = number.end;
    for word in hyphens {
        at += usize::from(glued(atoms, at).is_some_and(Atom::is_hyphen));
        if !says(text, atoms, at, &[word]) {
            return number;
        }
        at += 1;
    }
    scaled(atoms, Number { value: number.value.map(|v| v + 0.5), end: at, ..number })
}

fn cardinal_after(text: &str, atoms: &[Atom], number: Number) -> Number {
    let and = says(text, atoms, number.end, &["and"]);
    let at = number.end + usize::from(and);
    let below = |rest: &Number| rest.value < Some(number.scale) && rest.form == Form::Words;
    let starts = matches!(
        atoms.get(at).and_then(|atom| atom.number),
        Some(NumberWord::Small(_) | NumberWord::Tens(_))
    );
    match starts.then(|| read_cardinal(text, atoms, at)).flatten().filter(below) {
        Some(rest) => Number {
            value: number.value.zip(rest.value).map(|(a, b)| a + b),
            end: rest.end,
            form: Form::Words,
            scale: rest.scale,
            ..number
        },
        None => number,
    }
}
