//! One quotation as comparison sees it: its words, its sentences, its speaker.

use chancery_annotate::quotation::{Quotation, QuotationKind};
use chancery_annotate::time::{Time, TimexType};
use chancery_text::{Interval, RowId, Span};

use crate::frequency;
use crate::story::actors::Names;
use crate::story::alignment::{Unit, units};
use crate::story::told::{Told, content_of};
use crate::story::word::sayer;
use crate::words::{hash, stem, words};

/// Words of a quotation that says something: two in quotation marks are a label.
const LEAST_WORDS: usize = 3;
/// Sentences of a quotation that are compared.
const PIECES: usize = 12;

/// One quotation, with what comparison looks at.
#[derive(Debug, Clone)]
pub(in crate::story) struct Said {
    /// Index of the report.
    pub report: usize,
    pub id: RowId,
    /// The words, without quotation marks at the ends.
    pub text: String,
    /// From the first to the last of its words.
    pub span: Span,
    /// The story's key of the speaker.
    pub speaker: Option<String>,
    /// The speaker as written.
    pub source: String,
    pub addressee: Option<String>,
    /// The story's key of the one who tells of the saying, where that is not the report itself.
    pub word: Option<String>,
    pub kind: QuotationKind,
    /// Stretches that it was given in.
    pub parts: usize,
    pub denied: bool,
    /// Stems of its content words, in order.
    pub content: Vec<u64>,
    /// Stretches in quotation marks inside it: stems of their content words.
    pub quoted: Vec<Vec<u64>>,
    /// Its words, as wordings are aligned.
    pub units: Vec<Unit>,
    /// The day named beside it.
    pub day: Option<Interval>,
    /// Where the speaker stands.
    pub source_span: Option<Span>,
    /// Its sentences.
    pub pieces: Vec<Piece>,
}

/// A sentence of a quotation, or the part of it that stands in one stretch.
#[derive(Debug, Clone)]
pub(in crate::story) struct Piece {
    pub span: Span,
    /// Whether it is given word for word, in quotation marks.
    pub direct: bool,
    /// Whether it is a stretch of another piece: what a mixed quotation has in quotation marks.
    pub part: bool,
    /// Stems of all its words, in order.
    pub stems: Vec<u64>,
    /// How telling each is, in bits.
    pub bits: Vec<f64>,
}

impl Said {
    pub fn length(&self) -> usize {
        let whole = self.pieces.iter().filter(|piece| !piece.part);
        whole.map(|piece| piece.stems.len()).sum()
    }
}

/// Every quotation of the story that says something, sorted by id.
pub(in crate::story) fn all(told: &[Told<'_>], names: &Names) -> Vec<Said> {
    let mut said: Vec<_> = (0..told.len())
        .flat_map(|report| {
            let quotations = &told[report].reading.observed.quotations;
            let said = quotations.iter().filter(|quotation| quotation.is_said());
            said.filter_map(move |q| one(&told[report], names, report, q))
        })
        .collect();
    said.sort_by_key(|said| said.id);
    said
}

fn one(told: &Told<'_>, names: &Names, report: usize, quotation: &Quotation) -> Option<Said> {
    let text = &told.reading.report.text;
    let span = quotation.contents.iter().copied().reduce(Span::cover)?;
    let parts: Vec<_> = quotation.contents.iter().map(|span| bare(told.slice(*span))).collect();
    let key = |id: RowId| Some(names.key(told.mention(id)?.actor.as_deref()?).to_owned());
    let words = parts.iter().flat_map(|part| part.split_whitespace()).count();
    (LEAST_WORDS <= words).then(|| Said {
        day: beside(told, span),
        report,
        id: quotation.id,
        text: parts.join(" "),
        span,
        speaker: quotation.speaker.and_then(key),
        source: quotation.source.map_or("", |span| told.slice(span)).to_owned(),
        addressee: quotation.addressee.and_then(key),
        word: word(told, names, quotation),
        kind: quotation.kind,
        parts: parts.len(),
        denied: quotation.denied,
        content: quotation.contents.iter().flat_map(|span| content_of(text, *span)).collect(),
        quoted: quotation.contents.iter().flat_map(|span| quoted(told.slice(*span))).collect(),
        units: units(text, &quotation.contents),
        source_span: quotation.source,
        pieces: pieces(told, quotation),
    })
}

/// Who tells of a saying: the speaker of the quotation that it stands within, if that is another.
fn word(told: &Told<'_>, names: &Names, quotation: &Quotation) -> Option<String> {
    let outer =
        told.reading.observed.quotations.iter().find(|one| Some(one.id) == quotation.within)?;
    sayer(told, names, outer).filter(|outer| sayer(told, names, quotation).as_ref() != Some(outer))
}

/// A content without the quotation marks, commas and white space at its ends.
fn bare(content: &str) -> String {
    let mark = |c: char| c.is_whitespace() || "\"“”‘’'«»„,".contains(c);
    content.trim_matches(mark).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Content words of each stretch in quotation marks that begins and ends inside `content`.
fn quoted(content: &str) -> Vec<Vec<u64>> {
    let stretches = marked(content, Span::of(0..content.len())).into_iter();
    let mut found: Vec<_> = stretches.map(|span| content_of(content, span)).collect();
    found.retain(|content| 2 <= content.len());
    found
}

/// The stretches in quotation marks that begin and end inside `content`, which stands at `span`.
pub(super) fn marked(content: &str, span: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = content[at..].find(['“', '"', '«']) {
        let from = at + open + letter(&content[at + open..]);
        let Some(close) = content[from..].find(['”', '"', '»']) else { break };
        let start = span.start as usize;
        found.push(Span::of(start + from..start + from + close));
        at = from + close + letter(&content[from + close..]);
    }
    found
}

fn letter(rest: &str) -> usize {
    rest.chars().next().map_or(0, char::len_utf8)
}

fn pieces(told: &Told<'_>, quotation: &Quotation) -> Vec<Piece> {
    let sentences = &told.reading.observed.sentences;
    let in_each = |content: &Span| {
        let content = *content;
        let first = sentences.partition_point(|sentence| sentence.end <= content.start);
        let near = sentences[first..].iter().take_while(move |s| s.start < content.end);
        let parts: Vec<_> = near.filter_map(|sentence| sentence.intersection(content)).collect();
        if parts.is_empty() { vec![content] } else { parts }
    };
    let direct = matches!(quotation.kind, QuotationKind::Direct | QuotationKind::Post);
    let spans = quotation.contents.iter().flat_map(in_each).take(PIECES);
    let mut pieces: Vec<_> = spans.map(|span| piece(told, span, direct, false)).collect();
    if quotation.kind == QuotationKind::Mixed {
        let parts = quotation.contents.iter().flat_map(|span| marked(told.slice(*span), *span));
        pieces.extend(parts.take(PIECES).map(|span| piece(told, span, true, true)));
    }
    pieces
}

fn piece(told: &Told<'_>, span: Span, direct: bool, part: bool) -> Piece {
    let words = words(&told.reading.report.text, span);
    Piece {
        span,
        direct,
        part,
        stems: words.iter().map(|word| hash(stem(&word.norm).as_bytes())).collect(),
        bits: words.iter().map(|word| frequency::rarity(&word.norm)).collect(),
    }
}

/// A day named in the sentence of a quotation, outside its words and not after the report.
fn beside(told: &Told<'_>, words: Span) -> Option<Interval> {
    let sentence = told.sentence(words);
    let times = told.reading.observed.times.iter();
    let near = times.filter(|time| sentence.contains(time.span) && !words.overlaps(time.span));
    let days = near.filter(|time| {
        matches!(time.timex, TimexType::Date | TimexType::Time)
            && time.interval.single_day().is_some()
            && time.interval.first <= told.date.last.or(time.interval.first)
    });
    // What stands last before the words goes with them: "although on Monday he said".
    let nearest = |time: &&Time| {
        let before = time.span.end <= words.start;
        let gap = if before { words.start - time.span.end } else { time.span.start - words.end };
        (!before, gap)
    };
    days.min_by_key(nearest).map(|time| time.interval)
}
