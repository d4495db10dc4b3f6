//! What a reader found, on its way to a [`Report`]: repairs made, spans moved along, size bounded.

use std::ops::Range;

use chancery_text::{
    Alignment, Furniture, Metadata, Notice, Part, Repair, Report, ReportId, Source, Span,
};

use crate::Options;
use crate::fault::size;
use crate::mend::{self, Edit};

/// A report before its repairs: ranges slice `text` as it was decoded.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub id: ReportId,
    pub text: String,
    pub format: &'static str,
    pub charset: String,
    pub metadata: Metadata,
    pub title: Option<Range<usize>>,
    pub parts: Vec<(&'static str, Range<usize>)>,
    pub furniture: Vec<(Range<usize>, &'static str)>,
    pub notices: Vec<Notice>,
}

impl Draft {
    pub fn new(raw: &[u8], format: &'static str, text: String) -> Self {
        Self {
            id: ReportId::of(raw),
            text,
            format,
            charset: "UTF-8".to_owned(),
            metadata: Metadata::default(),
            title: None,
            parts: Vec::new(),
            furniture: Vec::new(),
            notices: Vec::new(),
        }
    }

    /// The report; the reason why not, if it holds no text.
    pub fn finish(
        mut self,
        path: &str,
        member: Option<u32>,
        options: &Options,
    ) -> Result<Report, String> {
        self.cut(options.max_report_bytes);
        let edits = mend::edits(&self.text);
        let text = mend::apply(&self.text, &edits);
        if text.trim().is_empty() {
            return Err("holds no text: nothing was read from it".to_owned());
        }
        self.notice_repairs(&edits);
        self.notices.sort();
        let moved = Moved::new(&edits);
        let place = |range: &Range<usize>| moved.span(range).trim(&text);
        let title_span = self.title.as_ref().map(place).filter(|span| !span.is_empty());
        let parts = self
            .parts
            .iter()
            .map(|(field, range)| Part { field: (*field).to_owned(), span: place(range) });
        Ok(Report {
            id: self.id,
            parts: parts.filter(|part| !part.span.is_empty()).collect(),
            furniture: apart(self.furniture.iter().map(|(range, why)| (place(range), *why))),
            alignment: Alignment::new(moved.repairs(&self.text)),
            source: Source {
                path: path.to_owned(),
                member,
                format: self.format.to_owned(),
                charset: self.charset,
            },
            metadata: Metadata { title_span, ..tidy(self.metadata) },
            notices: self.notices,
            text,
        })
    }

    /// Cuts the text to `limit` bytes, with a notice.
    fn cut(&mut self, limit: u64) {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX).min(1 << 30);
        if self.text.len() <= limit {
            return;
        }
        let (had, end) = (self.text.len() as u64, self.text.floor_char_boundary(limit));
        self.text.truncate(end);
        let clip = |range: &mut Range<usize>| {
            *range = range.start.min(end)..range.end.min(end);
        };
        self.title.iter_mut().for_each(clip);
        self.parts.iter_mut().for_each(|(_, range)| clip(range));
        self.furniture.iter_mut().for_each(|(range, _)| clip(range));
        let text =
            format!("The text has {}: only the first {} were read", size(had), size(end as u64));
        self.notices.push(notice("truncated", text));
    }

    fn notice_repairs(&mut self, edits: &[Edit]) {
        for (reason, told) in [
            (mend::MOJIBAKE, "sequences of wrongly decoded characters were mended"),
            (mend::CONTROL, "runs of control characters were replaced by a space"),
        ] {
            let count = edits.iter().filter(|edit| edit.reason == reason).count();
            if 0 < count {
                self.notices.push(notice(reason, format!("{count} {told}")));
            }
        }
    }
}

pub(crate) fn notice(code: &str, text: impl Into<String>) -> Notice {
    Notice { code: code.to_owned(), text: text.into() }
}

/// Where ranges of the decoded text lie once the edits are made.
struct Moved<'e> {
    edits: &'e [Edit],
    /// Where each edit's replacement stands in the new text.
    places: Vec<Range<usize>>,
}

impl<'e> Moved<'e> {
    fn new(edits: &'e [Edit]) -> Self {
        let (mut old, mut new) = (0, 0);
        let place = |edit: &Edit| {
            let start = new + (edit.range.start - old);
            (old, new) = (edit.range.end, start + edit.with.len());
            start..new
        };
        Self { edits, places: edits.iter().map(place).collect() }
    }

    fn at(&self, old: usize) -> usize {
        let before = self.edits.partition_point(|edit| edit.range.start <= old);
        match before.checked_sub(1) {
            None => old,
            Some(last) if self.edits[last].range.end <= old => {
                self.places[last].end + (old - self.edits[last].range.end)
            }
            Some(last) => self.places[last].start,
        }
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::of(self.at(range.start)..self.at(range.end))
    }

    fn repairs(&self, source: &str) -> Vec<Repair> {
        let repair = |(edit, place): (&Edit, &Range<usize>)| Repair {
            span: Span::of(place.clone()),
            was: source[edit.range.clone()].to_owned(),
            reason: edit.reason,
        };
        self.edits.iter().zip(&self.places).map(repair).collect()
    }
}

/// The stretches in order; of two that overlap, the later gives way.
fn apart<'r>(found: impl Iterator<Item = (Span, &'r str)>) -> Vec<Furniture> {
    let mut found: Vec<_> = found.filter(|(span, _)| !span.is_empty()).collect();
    found.sort();
    let mut end = 0;
    found.retain(|(span, _)| {
        let free = end <= span.start;
        end = if free { span.end } else { end };
        free
    });
    let furniture = |(span, reason): (Span, &str)| Furniture { span, reason: reason.to_owned() };
    found.into_iter().map(furniture).collect()
}

/// Metadata for people: mended, on one line each, and nothing empty.
fn tidy(metadata: Metadata) -> Metadata {
    let one = |value: Option<String>| value.and_then(|text| line(&text));
    let mut authors: Vec<String> = Vec::new();
    for author in metadata.authors.iter().filter_map(|author| line(author)) {
        if !authors.contains(&author) && authors.len() < 64 {
            authors.push(author);
        }
    }
    Metadata {
        title: one(metadata.title),
        title_span: None,
        authors,
        outlet: one(metadata.outlet),
        url: one(metadata.url),
        published: one(metadata.published),
        modified: one(metadata.modified),
        language: one(metadata.language),
    }
}

/// The text on one line, mended; `None` if nothing is left.
pub(crate) fn line(text: &str) -> Option<String> {
    let text = collapsed(&mend::mended(text));
    let end = text.floor_char_boundary(4096);
    (!text.is_empty()).then(|| text[..end].to_owned())
}

/// The text with each run of white space made one space, and none at its ends.
pub(crate) fn collapsed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn finished(text: &str) -> Report {
        let mut draft = Draft::new(text.as_bytes(), "text", text.to_owned());
        draft.furniture =
            text.match_indices("it").map(|(at, it)| (at..at + it.len(), "x")).collect();
        draft.finish("a", None, &Options::default()).unwrap()
    }

    #[test]
    fn spans_move_with_the_repairs() {
        let report = finished("Heâ€™s in\0 it, itâ€™s it");
        let slices: Vec<_> = report.furniture.iter().map(|f| report.slice(f.span)).collect();
        assert_eq!(slices, ["it", "it", "it"]);
        assert_eq!(report.notices[1].text, "2 sequences of wrongly decoded characters were mended");
    }

    #[test]
    fn a_long_text_is_cut_at_a_character() {
        let options = Options { max_report_bytes: 4, ..Options::default() };
        let report = Draft::new(b"", "text", "abcé".into()).finish("a", None, &options).unwrap();
        assert_eq!((report.text.as_str(), report.notices[0].code.as_str()), ("abc", "truncated"));
    }

    proptest! {
        #[test]
        fn the_alignment_gives_the_source_back(text in "[a-z ÂÃâ€™“\u{80}-\u{9f}Å¡ðŸ\0\n‚Äôé]{0,60}x") {
            let report = finished(&text);
            prop_assert_eq!(report.alignment.source(&report.text), text);
        }
    }
}
