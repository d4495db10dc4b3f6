use std::collections::HashMap;
use std::ops::Range;

use chancery_annotate::mention::Mention;
use chancery_annotate::place::Place;
use chancery_annotate::time::Time;
use chancery_text::{Interval, ReportId, RowId, Span};

use super::passages::Worded;
use crate::Reading;
use crate::block::prose_words;
use crate::frequency;
use crate::record::Evidence;
use crate::words::{Word, hash, stem, words};

/// A reading with its words and its date in the light of the story.
pub(super) struct Told<'a> {
    pub reading: &'a Reading,
    /// The words of its prose.
    pub words: Vec<Word>,
    /// Their hashes.
    pub keys: Vec<u64>,
    /// The days it may have been written on.
    pub date: Interval,
    mentions: HashMap<RowId, usize>,
}

impl<'a> Told<'a> {
    pub(super) fn new(reading: &'a Reading) -> Self {
        let words = prose_words(reading);
        let keys = words.iter().map(|word| hash(word.norm.as_bytes())).collect();
        let mentions =
            reading.observed.mentions.iter().enumerate().map(|(at, m)| (m.id, at)).collect();
        Self { reading, words, keys, date: reading.observed.date.interval, mentions }
    }

    pub(super) fn report(&self) -> ReportId {
        self.reading.report.id
    }

    pub(super) fn worded(&self) -> Worded<'_> {
        Worded { report: self.report(), words: &self.words, keys: &self.keys }
    }

    pub(super) fn slice(&self, span: Span) -> &'a str {
        self.reading.report.slice(span)
    }

    /// The words of a stretch, as indices into `words`.
    pub(super) fn range(&self, span: Span) -> Range<usize> {
        let start = self.words.partition_point(|word| word.span.start < span.start);
        let end = self.words.partition_point(|word| word.span.end <= span.end);
        start..end.max(start)
    }

    pub(super) fn mention(&self, id: RowId) -> Option<&'a Mention> {
        self.mentions.get(&id).map(|at| &self.reading.observed.mentions[*at])
    }

    pub(super) fn place(&self, id: RowId) -> Option<&'a Place> {
        self.reading.observed.places.iter().find(|place| place.id == id)
    }

    pub(super) fn time(&self, id: RowId) -> Option<&'a Time> {
        self.reading.observed.times.iter().find(|time| time.id == id)
    }

    /// The headline as it stands in the text or in the metadata.
    pub(super) fn title(&self) -> &'a str {
        let metadata = &self.reading.report.metadata;
        match self.reading.observed.title.or(metadata.title_span) {
            Some(span) => self.slice(span),
            None => metadata.title.as_deref().unwrap_or(""),
        }
    }

    /// What a reader would call the report: its outlet, its title or how it begins.
    pub(super) fn name(&self) -> String {
        let report = &self.reading.report;
        let outlet = report.metadata.outlet.clone().filter(|outlet| !outlet.is_empty());
        outlet.unwrap_or_else(|| match self.title() {
            "" => self.beginning(),
            title => format!("“{}”", shortened(title, 70)),
        })
    }

    /// The first words of its prose, in quotation marks. No path is ever shown: it says where a file
    /// lay, not whose words they are.
    fn beginning(&self) -> String {
        let prose = &self.reading.observed.prose;
        let words = prose.iter().map(|span| self.slice(*span).trim()).find(|text| !text.is_empty());
        words.map_or_else(
            || "a report without prose".to_owned(),
            |text| format!("“{}”", shortened(text.trim_matches(['“', '”', '"']), 60)),
        )
    }

    /// Whether a stretch is told as the news of the report: its headline or its first sentence.
    pub(super) fn leads(&self, span: Span) -> bool {
        let title = self.reading.observed.title;
        let headline = title.is_some_and(|title| title.contains(span));
        let below = |sentence: &&Span| {
            title.is_none_or(|title| title.end <= sentence.start)
                && 8 <= self.slice(**sentence).split_whitespace().count()
        };
        let first = self.reading.observed.sentences.iter().find(below);
        headline || first.is_some_and(|first| first.contains(span))
    }

    /// The days on which the news of the report happened, if it names none: its own or the one
    /// before.
    pub(super) fn news(&self) -> Option<Interval> {
        let first = self.date.first?.yesterday().ok()?;
        Some(Interval { first: Some(first), last: self.date.last })
    }

    pub(super) fn evidence(&self, span: Span, role: &'static str, row: Option<RowId>) -> Evidence {
        Evidence { report: self.report(), span, role, row }
    }

    /// The sentence that holds the start of `span`; `span` itself if none does.
    pub(super) fn sentence(&self, span: Span) -> Span {
        let sentences = &self.reading.observed.sentences;
        let at = sentences.partition_point(|sentence| sentence.end <= span.start);
        sentences.get(at).copied().filter(|sentence| sentence.start <= span.start).unwrap_or(span)
    }

    /// Whether a verb stands in "to do" or "not to do", which tells of no deed.
    pub(super) fn is_infinitive(&self, verb: Span) -> bool {
        let sentence = self.sentence(verb);
        let before = self.slice(Span::new(sentence.start.min(verb.start), verb.start));
        before.split_whitespace().next_back().is_some_and(|word| word.eq_ignore_ascii_case("to"))
    }

    /// Stems of the content words of a stretch, in order.
    pub(super) fn content(&self, span: Span) -> Vec<u64> {
        content_of(&self.reading.report.text, span)
    }
}

/// Stems of the content words of a stretch of text, in order.
pub(super) fn content_of(text: &str, span: Span) -> Vec<u64> {
    words(text, span)
        .iter()
        .filter(|word| frequency::content(&word.norm))
        .map(|word| hash(stem(&word.norm).as_bytes()))
        .collect()
}

/// At most `most` characters on one line, cut at a word and marked.
pub(super) fn shortened(text: &str, most: usize) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = flat.char_indices().nth(most) else { return flat };
    let cut = flat[..end].rfind(' ').unwrap_or(end);
    format!("{} …", flat[..cut].trim_end_matches([',', ';', '.']))
}

/// "a", "a and b", "a, b and c".
pub(super) fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}
