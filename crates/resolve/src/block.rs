//! Blocking: cheap keys, so that reports that may belong together meet.
//!
//! A [`Reading`] goes in, a [`Sketch`] of at most one KiB comes out: everything that linking needs,
//! in a stable byte form that can lie in a table or cross a shuffle. Reports whose sketches share
//! one of their [`Sketch::keys`] must meet in [`crate::link::links`].
//!
//! ```
//! use chancery_annotate::Observed;
//! use chancery_resolve::{Reading, block};
//! use chancery_text::Report;
//! let report = Report::from_text("a.txt", "The envoys of Ruvania and Sallet met in Tarn.");
//! let sketch = block::sketch(&Reading { report, observed: Observed::default() });
//! assert_eq!(block::Sketch::from_bytes(&sketch.to_bytes()), Some(sketch));
//! ```

use std::collections::{BTreeMap, BTreeSet};

use chancery_annotate::place::{PlaceKind, PlaceRole};
use chancery_text::{Interval, ReportId, Span};
use jiff::civil::Date;

use crate::Reading;
use crate::frequency;
use crate::lists::harm;
use crate::words::{Word, combine, hash, mix, stem, words};

/// Most terms of a sketch.
const TERMS: usize = 48;
/// Bins of the one-permutation MinHash.
pub(crate) const BINS: usize = 32;
/// Most passage keys of a sketch.
const PASSAGES: usize = 40;
/// Most quotation signatures of a sketch.
const QUOTATIONS: usize = 24;
/// Words of a masked shingle whose key marks a shared passage.
const PASSAGE_WORDS: usize = 8;
/// Words of a masked shingle of the MinHash: short, so that a respun copy keeps some.
const SHINGLE_WORDS: usize = 4;
/// Strongest terms that are paired to keys.
const PAIRED: usize = 8;
/// Most deeds of a sketch.
const DEEDS: usize = 8;
/// Sentences after the headline that tell what a report is about.
const LEADING: usize = 3;
/// The lowest toll that tells which deed is meant: many kill one or two.
const TOLL: f64 = 4.0;
const VERSION: u8 = 2;
/// The version before deeds, still read.
const WITHOUT_DEEDS: u8 = 1;
/// A bin of the MinHash that no shingle fell into.
pub(crate) const EMPTY: u32 = u32::MAX;

/// What linking needs of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    /// The report.
    pub report: ReportId,
    /// The days it may have been written on.
    pub interval: Interval,
    /// First two letters of the language tag.
    pub language: [u8; 2],
    /// Words of the prose.
    pub words: u32,
    /// The most telling terms, sorted by hash.
    pub terms: Vec<Term>,
    /// One-permutation MinHash over masked shingles of four words.
    pub minhash: [u32; BINS],
    /// Lowest hashes of masked shingles of eight words, sorted.
    pub passages: Vec<u32>,
    /// Signatures of quotations, sorted.
    pub quotations: Vec<u32>,
    /// Signatures of what its first sentences tell: so many killed or wounded in such a town; sorted.
    pub deeds: Vec<u32>,
}

/// A weighted term of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term {
    /// Hash of the word, name or number.
    pub hash: u32,
    /// How telling it is in this report: frequency, place and rarity.
    pub weight: u16,
}

/// The sketch of one report. Pure; linear in its length.
pub fn sketch(reading: &Reading) -> Sketch {
    let observed = &reading.observed;
    let text = &reading.report.text;
    let prose = prose_words(reading);
    let shingled = masked(&prose);
    let mut language = [b'-'; 2];
    language.iter_mut().zip(observed.language.code.bytes()).for_each(|(to, from)| *to = from);
    Sketch {
        report: reading.report.id,
        interval: observed.date.interval,
        language,
        words: u32::try_from(prose.len()).unwrap_or(u32::MAX),
        terms: telling_terms(reading, &prose),
        minhash: minhash(&shingled),
        passages: lowest(shingles(&shingled, PASSAGE_WORDS).into_iter().map(low), PASSAGES),
        quotations: quotation_signatures(text, observed),
        deeds: deeds(reading),
    }
}

/// Signatures of the towns and tolls that the headline and the first sentences name together.
fn deeds(reading: &Reading) -> Vec<u32> {
    lowest(telling_deeds(reading).into_iter().map(|(_, deed)| deed), DEEDS)
}

/// A signature for each town and each toll that the headline and the first sentences name together, with
/// the place of the toll.
pub(crate) fn telling_deeds(reading: &Reading) -> Vec<(Span, u32)> {
    let observed = &reading.observed;
    let title = observed.title;
    let below = observed
        .sentences
        .iter()
        .filter(|sentence| title.is_none_or(|title| title.end <= sentence.start));
    let Some(end) = below.take(LEADING).last().map(|sentence| sentence.end) else {
        return Vec::new();
    };
    let towns = observed.places.iter().filter(|place| {
        place.span.end <= end
            && place.kind == PlaceKind::Settlement
            && place.role == PlaceRole::Location
    });
    let towns: BTreeSet<u64> =
        towns.map(|place| hash(place.name.to_lowercase().as_bytes())).collect();
    let tolls = observed.figures.iter().filter(|figure| figure.span.end <= end);
    let tolls = tolls.filter_map(|figure| {
        let harm = harm(figure.state.as_deref()?).filter(|harm| *harm != "hold")?;
        let number = figure.low.filter(|low| TOLL <= *low)?;
        Some((figure.span, hash(harm.as_bytes()), number.to_bits()))
    });
    let of_towns = tolls.flat_map(|(span, harm, number)| {
        towns.iter().map(move |town| (span, low(combine([*town, harm, number]))))
    });
    of_towns.collect()
}

/// The words of everything that is read; of the whole text if nothing was cleaned.
pub(crate) fn prose_words(reading: &Reading) -> Vec<Word> {
    words_of(&reading.report.text, &reading.observed.prose)
}

/// The words of some stretches of a text; of the whole text if there are none.
pub(crate) fn words_of(text: &str, prose: &[Span]) -> Vec<Word> {
    if prose.is_empty() {
        return words(text, Span::of(0..text.len()));
    }
    prose.iter().flat_map(|span| words(text, *span)).collect()
}

/// The most telling terms of a report with these words, sorted by hash.
pub(crate) fn telling_terms(reading: &Reading, prose: &[Word]) -> Vec<Term> {
    let title = reading.observed.title.or(reading.report.metadata.title_span);
    terms(prose, title_words(reading, title))
}

fn title_words(reading: &Reading, title: Option<Span>) -> Vec<Word> {
    let stated = reading.report.metadata.title.as_deref();
    match (title, stated) {
        (Some(span), _) => words(&reading.report.text, span),
        (None, Some(stated)) => words(stated, Span::of(0..stated.len())),
        (None, None) => Vec::new(),
    }
}

const fn low(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// Words that open a report carry its news; later ones its background.
const LEAD: usize = 120;

fn terms(prose: &[Word], title: Vec<Word>) -> Vec<Term> {
    let mut weights: BTreeMap<u64, (f64, f64)> = BTreeMap::new();
    let titled = title.iter().map(|word| (word, 3.0));
    let told = prose.iter().enumerate().map(|(at, word)| (word, if at < LEAD { 1.6 } else { 1.0 }));
    each_term(titled.chain(told), |term, place| {
        weights.entry(term.key).or_insert((term.rarity, 0.0)).1 += place;
    });
    let weigh = |(rarity, tf): (f64, f64)| (rarity * (1.0 + tf).ln() * 100.0).min(65_000.0) as u16;
    let mut terms: Vec<_> =
        weights.into_iter().map(|(key, w)| Term { hash: low(key), weight: weigh(w) }).collect();
    terms.sort_by_key(|term| (std::cmp::Reverse(term.weight), term.hash));
    terms.truncate(TERMS);
    terms.sort();
    terms.dedup_by_key(|term| term.hash);
    terms
}

/// Where words stand for a term: one of them, or two capitals side by side.
struct TermPlace {
    key: u64,
    rarity: f64,
    span: Span,
}

/// Tells each place of a term among words, each with how much its place counts.
fn each_term<'a>(
    words: impl Iterator<Item = (&'a Word, f64)>,
    mut tell: impl FnMut(TermPlace, f64),
) {
    let mut previous: Option<(&Word, u64)> = None;
    for (word, place) in words {
        let Some(rarity) = telling(word) else {
            previous = None;
            continue;
        };
        let key = hash(stem(&word.norm).as_bytes());
        tell(TermPlace { key, rarity, span: word.span }, place);
        if let Some((before, first)) = previous.filter(|_| word.capital)
            && before.capital
            && before.span.end + 2 >= word.span.start
        {
            let (key, span) = (combine([first, key]), before.span.cover(word.span));
            tell(TermPlace { key, rarity: frequency::RARE, span }, place * 0.5);
        }
        previous = Some((word, key));
    }
}

/// The stretches of a report's prose that stand for a term, with its [`Term::hash`].
pub(crate) fn term_places(prose: &[Word]) -> Vec<(u32, Span)> {
    let mut places = Vec::with_capacity(prose.len());
    each_term(prose.iter().map(|word| (word, 1.0)), |term, _| {
        places.push((low(term.key), term.span));
    });
    places
}

/// How telling a word is as a term, in bits; `None` for words that carry no content.
fn telling(word: &Word) -> Option<f64> {
    if word.number {
        let digits = word.norm.len();
        let year = digits == 4 && (word.norm.starts_with("19") || word.norm.starts_with("20"));
        return (1 < digits && !year).then(|| (3.0 + digits as f64).min(7.0));
    }
    if !frequency::content(&word.norm) {
        return None;
    }
    let rarity = frequency::rarity(&word.norm);
    let name = word.capital && !word.opening;
    let common = rarity == frequency::RARE && !word.capital;
    Some(if name {
        rarity * 1.2
    } else if common {
        rarity * 0.8
    } else {
        rarity * 0.9
    })
}

/// The words as hashes, names and numbers masked, so that a copy with changed or respelt names
/// still matches; `None` for a masked word.
fn masked(prose: &[Word]) -> Vec<Option<u64>> {
    let mask = |word: &Word| {
        let name = word.capital && (!word.opening || 6.0 <= frequency::rarity(&word.norm));
        (!name && !word.number).then(|| hash(word.norm.as_bytes()))
    };
    prose.iter().map(mask).collect()
}

/// Hashes of the runs of `length` words, without those that are mostly masked.
fn shingles(masked: &[Option<u64>], length: usize) -> Vec<u64> {
    let telling =
        |run: &&[Option<u64>]| length <= run.iter().filter(|word| word.is_some()).count() * 3 / 2;
    masked
        .windows(length)
        .filter(telling)
        .map(|run| combine(run.iter().map(|w| w.unwrap_or(1))))
        .collect()
}

fn minhash(masked: &[Option<u64>]) -> [u32; BINS] {
    let mut bins = [EMPTY; BINS];
    for hash in shingles(masked, SHINGLE_WORDS) {
        let bin = &mut bins[(hash % BINS as u64) as usize];
        *bin = (*bin).min(low(hash));
    }
    bins
}

fn lowest(hashes: impl Iterator<Item = u32>, most: usize) -> Vec<u32> {
    let mut hashes: Vec<_> = hashes.collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(most);
    hashes
}

/// Two signatures for each quotation of some length: the lowest hashes of its pairs of neighbouring
/// content words, which survive most respinning.
fn quotation_signatures(text: &str, observed: &chancery_annotate::Observed) -> Vec<u32> {
    let said = observed.quotations.iter().filter(|quotation| quotation.is_said());
    let contents = said.map(|quotation| &quotation.contents);
    let signatures = contents.flat_map(|spans| {
        let content: Vec<_> = spans
            .iter()
            .flat_map(|span| words(text, *span))
            .filter(|word| frequency::content(&word.norm))
            .map(|word| hash(stem(&word.norm).as_bytes()))
            .collect();
        let pairs = content.windows(2).map(|pair| low(combine(pair.iter().copied())));
        if content.len() < 5 { Vec::new() } else { lowest(pairs, 3) }
    });
    lowest(signatures, QUOTATIONS)
}

impl Sketch {
    /// The first day it may have been written on, since 1970; 0 if its date is open.
    pub fn day(&self) -> i64 {
        day_of(self.interval)
    }

    /// Keys under which the report must meet others: at most forty-eight, sorted, each once.
    pub fn keys(&self) -> Vec<u64> {
        let tagged = |tag: u64, parts: &[u32]| {
            combine(std::iter::once(tag).chain(parts.iter().map(|part| u64::from(*part))))
        };
        let mut keys = Vec::with_capacity(48);
        let strongest = self.strongest(PAIRED);
        for (at, left) in strongest.iter().enumerate() {
            keys.extend(
                strongest[at + 1..]
                    .iter()
                    .map(|right| tagged(1, &[(*left).min(*right), (*left).max(*right)])),
            );
        }
        keys.extend(self.passages.iter().take(4).map(|key| tagged(2, &[*key])));
        keys.extend(self.quotations.iter().take(4).map(|key| tagged(3, &[*key])));
        keys.extend(self.deeds.iter().map(|key| tagged(5, &[*key])));
        let bands = self.minhash.chunks_exact(3).enumerate().take(4);
        keys.extend(
            bands
                .filter(|(_, band)| !band.contains(&EMPTY))
                .map(|(at, band)| mix(tagged(4, band) ^ at as u64)),
        );
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    fn strongest(&self, most: usize) -> Vec<u32> {
        let mut terms: Vec<_> = self.terms.iter().collect();
        terms.sort_by_key(|term| (std::cmp::Reverse(term.weight), term.hash));
        terms.into_iter().take(most).map(|term| term.hash).collect()
    }

    /// The stable byte form.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![VERSION];
        bytes.extend(self.report.to_string().bytes());
        bytes.extend(date_bytes(self.interval.first));
        bytes.extend(date_bytes(self.interval.last));
        bytes.extend(self.language);
        bytes.extend(self.words.to_le_bytes());
        let counts =
            [self.terms.len(), self.passages.len(), self.quotations.len(), self.deeds.len()];
        bytes.extend(counts.map(|count| count as u8));
        for term in &self.terms {
            bytes.extend(term.hash.to_le_bytes());
            bytes.extend(term.weight.to_le_bytes());
        }
        let hashes = self.minhash.iter().chain(&self.passages);
        let hashes = hashes.chain(&self.quotations).chain(&self.deeds);
        hashes.for_each(|hash| bytes.extend(hash.to_le_bytes()));
        bytes
    }

    /// Reads [`Sketch::to_bytes`]; `None` for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut bytes = Bytes(bytes);
        let [version] = bytes.take::<1>()?;
        matches!(version, VERSION | WITHOUT_DEEDS).then_some(())?;
        let report = std::str::from_utf8(&bytes.take::<20>()?).ok()?.parse().ok()?;
        let interval = Interval { first: bytes.date()?, last: bytes.date()? };
        let language = bytes.take::<2>()?;
        let words = bytes.number()?;
        let counts = bytes.take::<3>()?.map(usize::from);
        let deeds = if version == WITHOUT_DEEDS { 0 } else { bytes.take::<1>()?[0].into() };
        let term = |bytes: &mut Bytes<'_>| {
            Some(Term { hash: bytes.number()?, weight: u16::from_le_bytes(bytes.take()?) })
        };
        let terms = (0..counts[0]).map(|_| term(&mut bytes)).collect::<Option<_>>()?;
        let mut minhash = [EMPTY; BINS];
        for bin in &mut minhash {
            *bin = bytes.number()?;
        }
        let passages = bytes.numbers(counts[1])?;
        let quotations = bytes.numbers(counts[2])?;
        let deeds = bytes.numbers(deeds)?;
        let sketch =
            Self { report, interval, language, words, terms, minhash, passages, quotations, deeds };
        bytes.0.is_empty().then_some(sketch)
    }
}

/// The first day of an interval, since 1970; 0 if it is open.
pub(crate) fn day_of(interval: Interval) -> i64 {
    let day = interval.first.or(interval.last);
    let epoch = jiff::civil::date(1970, 1, 1);
    day.and_then(|day| day.since(epoch).ok()).map_or(0, |span| span.get_days().into())
}

/// A day as year, month and day; zeros for an open end.
fn date_bytes(date: Option<Date>) -> [u8; 4] {
    let Some(date) = date else { return [0; 4] };
    let [low, high] = date.year().to_le_bytes();
    [low, high, date.month().unsigned_abs(), date.day().unsigned_abs()]
}

struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, tail) = self.0.split_first_chunk::<N>()?;
        self.0 = tail;
        Some(*head)
    }

    fn number(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take()?))
    }

    fn numbers(&mut self, count: usize) -> Option<Vec<u32>> {
        (0..count).map(|_| self.number()).collect()
    }

    fn date(&mut self) -> Option<Option<Date>> {
        let [low, high, month, day] = self.take()?;
        if [low, high, month, day] == [0; 4] {
            return Some(None);
        }
        let year = i16::from_le_bytes([low, high]);
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_annotate::Observed;
    use chancery_text::Report;
    use proptest::prelude::*;

    fn sketch_of(text: &str) -> Sketch {
        let report = Report::from_text("a.txt", text);
        sketch(&Reading { report, observed: Observed::default() })
    }

    #[test]
    fn a_copy_with_another_name_keeps_its_minhash() {
        let text = |name: &str| {
            format!(
                "The envoy {name} said that the talks on the border would go on until both sides had agreed to pull their guns back from the river."
            )
        };
        assert_eq!(sketch_of(&text("Orlen")).minhash, sketch_of(&text("Tavish")).minhash);
    }

    #[test]
    fn a_sketch_of_the_version_before_deeds_is_read() {
        let sketch = sketch_of("The envoys of Ruvania and Sallet met in Tarn.");
        let mut bytes = sketch.to_bytes();
        bytes[0] = WITHOUT_DEEDS;
        // Version, id, two days, language, words, three counts.
        bytes.remove(1 + 20 + 8 + 2 + 4 + 3);
        assert_eq!(Sketch::from_bytes(&bytes), Some(sketch));
    }

    proptest! {
        #[test]
        fn a_sketch_reads_back_as_written(text: String, year in 1i16..9999) {
            let mut sketch = sketch_of(&text);
            sketch.interval = Interval::day(jiff::civil::date(year, 2, 3));
            let bytes = sketch.to_bytes();
            prop_assert!(bytes.len() <= 1024);
            prop_assert_eq!(Sketch::from_bytes(&bytes), Some(sketch));
        }

        #[test]
        fn other_bytes_are_no_sketch_and_no_panic(bytes: Vec<u8>) {
            let _ = Sketch::from_bytes(&bytes);
        }

        #[test]
        fn keys_are_few(text: String) {
            prop_assert!(sketch_of(&text).keys().len() <= 48);
        }
    }
}
