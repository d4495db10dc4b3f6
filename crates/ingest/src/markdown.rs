//! Markdown: the report's text is the file's, and its markup is furniture.

use std::ops::Range;

use chancery_text::Metadata;
use pulldown_cmark::{Event, Options as Dialect, Parser, Tag, TagEnd};

use crate::draft::Draft;
use crate::fields::{Fields, Target};
use crate::{front, plain};

const MARKUP: &str = "markup";

pub(crate) fn draft(raw: &[u8]) -> Draft {
    let mut draft = plain::draft(raw, None, "markdown");
    let read = Read::of(&draft.text);
    draft.furniture = gaps(&draft.text, &read.words);
    draft.furniture.extend(read.captions.into_iter().map(|range| (range, "caption")));
    draft.metadata = metadata(&read.front);
    draft.title = read.title;
    if let (None, Some(title)) = (&draft.metadata.title, &draft.title) {
        draft.metadata.title = Some(draft.text[title.clone()].to_owned());
    }
    draft
}

/// What a parse of the file says of its stretches.
#[derive(Default)]
struct Read {
    /// What a reader of the rendered page reads, and captions.
    words: Vec<Range<usize>>,
    captions: Vec<Range<usize>>,
    title: Option<Range<usize>>,
    front: String,
}

impl Read {
    fn of(text: &str) -> Self {
        let dialect = Dialect::ENABLE_YAML_STYLE_METADATA_BLOCKS
            | Dialect::ENABLE_TABLES
            | Dialect::ENABLE_FOOTNOTES
            | Dialect::ENABLE_STRIKETHROUGH;
        let (mut read, mut front, mut image, mut heading) = (Self::default(), false, 0, false);
        for (event, range) in Parser::new_ext(text, dialect).into_offset_iter() {
            match event {
                Event::Start(Tag::MetadataBlock(_)) => front = true,
                Event::End(TagEnd::MetadataBlock(_)) => front = false,
                Event::Start(Tag::Image { .. }) => image += 1,
                Event::End(TagEnd::Image) => image -= 1,
                Event::Start(Tag::Heading { .. }) => heading = read.title.is_none(),
                Event::End(TagEnd::Heading(_)) => heading = false,
                Event::Text(words) if front => read.front.push_str(&words),
                Event::Text(_) => {
                    if 0 < image {
                        read.captions.push(range.clone());
                    } else if heading {
                        let start = read.title.as_ref().map_or(range.start, |title| title.start);
                        read.title = Some(start..range.end);
                    }
                    read.words.push(range);
                }
                Event::Code(words) => read.words.push(within(text, range, &words)),
                _ => {}
            }
        }
        read
    }
}

/// Where `words` stand in `range`, inside the marks around them.
fn within(text: &str, range: Range<usize>, words: &str) -> Range<usize> {
    match text[range.clone()].find(words) {
        Some(at) => range.start + at..range.start + at + words.len(),
        None => range,
    }
}

/// What lies between the words and is more than white space.
fn gaps(text: &str, words: &[Range<usize>]) -> Vec<(Range<usize>, &'static str)> {
    let mut words: Vec<_> = words.to_vec();
    words.sort_by_key(|range| (range.start, range.end));
    let mut gaps = Vec::new();
    let mut at = 0;
    for word in words.iter().chain([&(text.len()..text.len())]) {
        if at < word.start {
            gaps.extend(lines(text, at..word.start).map(|range| (range, MARKUP)));
        }
        at = at.max(word.end);
    }
    gaps
}

/// The parts of a range that stand on one line each and are more than white space.
fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = range.start;
    text[range].split_inclusive('\n').filter_map(move |line| {
        let at = start;
        start += line.len();
        (!line.trim().is_empty()).then(|| at..at + line.len())
    })
}

fn metadata(block: &str) -> Metadata {
    let mut fields = Fields::default();
    for (name, values) in front::parse(block) {
        values.into_iter().for_each(|value| fields.add(&name, value));
    }
    fields.metadata(|target| target != Target::Text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_furniture_and_the_text_stays() {
        let file = "---\ntitle: Talks\nauthor: A. Bell\ndate: 2031-05-02\n---\n\n# Talks *begin*\n\nThe [envoy](http://x.example) \
                    said **no**.\n\n![Arlen](a.png)\n\n> `yes`\n";
        let draft = draft(file.as_bytes());
        assert_eq!(draft.text, file);
        let mut kept = file.to_owned();
        let mut furniture = draft.furniture.clone();
        furniture.sort_by_key(|(range, _)| range.start);
        for (range, _) in furniture.iter().rev() {
            kept.replace_range(range.clone(), "");
        }
        let kept: Vec<_> = kept.split_whitespace().collect();
        assert_eq!(kept.join(" "), "Talks begin The envoy said no. yes");
        assert_eq!(draft.metadata.authors, ["A. Bell"]);
        assert_eq!(draft.metadata.published.as_deref(), Some("2031-05-02"));
        assert_eq!(&file[draft.title.clone().unwrap()], "Talks *begin");
    }
}
