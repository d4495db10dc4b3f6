//! RSS (0.9x, 1.0, 2.0) and Atom: a report per item.
//!
//! Feeds are often no XML: entities that nobody declared, bare ampersands, tags never closed. So
//! the reader takes what it can of each item, and a fault of the markup ends only the item it is in.

use quick_xml::Reader;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::charset;
use crate::draft::{Draft, line, notice};
use crate::fields::{host, people};
use crate::html;
use crate::read::{Flow, Out};
use crate::unpack::{Stream, read_whole};

/// Elements deeper than this are no feed.
const MAX_DEPTH: usize = 256;

pub(crate) fn read(mut stream: Stream<'_>, out: &mut Out) -> Flow {
    let (bytes, damage) = read_whole(&mut stream, out.options.max_record_bytes);
    let decoded = charset::decode(&bytes, declared(&bytes));
    let mut walk = Walk { charset: decoded.charset.name().to_owned(), ..Walk::default() };
    let mut reader = Reader::from_str(&decoded.text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(event) => {
                if let Some(item) = walk.event(&event) {
                    walk.report(&item, out)?;
                }
            }
            Err(error) => {
                let told =
                    format!("is broken XML from here on ({error}): what came before was read");
                out.fault(Some(walk.items.saturating_add(1)), told)?;
                break;
            }
        }
    }
    match (damage, walk.items) {
        (Some(reason), _) => out.fault(None, reason),
        (None, 0) => out.fault(None, "is a feed without items: there is nothing to read"),
        (None, _) => Flow::Continue(()),
    }
}

/// The charset that the XML declaration names.
fn declared(bytes: &[u8]) -> Option<&str> {
    let end = memchr::memchr(b'>', &bytes[..bytes.len().min(400)])?;
    let line = std::str::from_utf8(&bytes[..end]).ok()?;
    let rest = line[line.find("encoding")? + 8..].trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest[1..].split(quote).next()
}

/// What an item, or the feed itself, says.
#[derive(Debug, Clone, Default)]
struct Item {
    title: String,
    link: String,
    published: String,
    updated: String,
    authors: Vec<String>,
    content: String,
    summary: String,
    language: String,
    source: String,
}

/// Where in the feed the reader is.
#[derive(Default)]
struct Walk {
    charset: String,
    feed: Item,
    item: Option<Item>,
    items: u32,
    path: Vec<String>,
    text: String,
    /// The open elements of the markup inside an Atom text of type `xhtml`.
    inner: Vec<String>,
}

impl Walk {
    /// Takes one event; gives the item that it ends.
    fn event(&mut self, event: &Event) -> Option<Item> {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::Empty(tag) => {
                self.start(tag);
                return self.end();
            }
            Event::End(_) => return self.end(),
            Event::Text(text) => self.text.push_str(text),
            Event::CData(text) => self.text.push_str(text),
            Event::GeneralRef(entity) => self.entity(entity),
            _ => {}
        }
        None
    }

    fn entity(&mut self, entity: &BytesRef) {
        let char = entity.resolve_char_ref().ok().flatten();
        let name: &str = entity;
        match (char, resolve_html5_entity(name)) {
            (Some(char), _) => self.push_char(char),
            (None, Some(text)) => text.chars().for_each(|char| self.push_char(char)),
            (None, None) => {
                self.text.push('&');
                self.text.push_str(name);
                self.text.push(';');
            }
        }
    }

    /// Inside markup that is kept as such, a resolved `<` must stay escaped.
    fn push_char(&mut self, char: char) {
        match char {
            '<' if !self.inner.is_empty() => self.text.push_str("&lt;"),
            '&' if !self.inner.is_empty() => self.text.push_str("&amp;"),
            char => self.text.push(char),
        }
    }

    fn start(&mut self, tag: &BytesStart) {
        let name = local_name(tag);
        if MAX_DEPTH < self.path.len() + self.inner.len() {
            return;
        }
        if !self.inner.is_empty() || self.is_markup(&name) {
            self.text.push_str(&format!("<{name}>"));
            self.inner.push(name);
            return;
        }
        match name.as_str() {
            "item" | "entry" => self.item = Some(Item::default()),
            "link" => self.link(tag),
            _ => {}
        }
        if let Some(language) = attribute(tag, "lang") {
            self.target().language = language;
        }
        self.text.clear();
        self.path.push(name);
    }

    /// Whether an element stands inside a text and is part of it.
    fn is_markup(&self, name: &str) -> bool {
        let holder = self.path.last().map(String::as_str).unwrap_or_default();
        matches!(holder, "content" | "encoded" | "summary" | "description" | "title")
            && !matches!(
                name,
                "item"
                    | "entry"
                    | "link"
                    | "channel"
                    | "feed"
                    | "thumbnail"
                    | "title"
                    | "description"
                    | "credit"
                    | "text"
                    | "player"
                    | "keywords"
                    | "category"
                    | "copyright"
                    | "content"
                    | "group"
                    | "rating"
                    | "hash"
                    | "status"
                    | "location"
            )
    }

    fn link(&mut self, tag: &BytesStart) {
        let relation = attribute(tag, "rel").unwrap_or_else(|| "alternate".to_owned());
        if let Some(href) = attribute(tag, "href").filter(|_| relation == "alternate") {
            self.target().link = href;
        }
    }

    fn target(&mut self) -> &mut Item {
        self.item.as_mut().unwrap_or(&mut self.feed)
    }

    fn end(&mut self) -> Option<Item> {
        if let Some(name) = self.inner.pop() {
            self.text.push_str(&format!("</{name}>"));
            return None;
        }
        let name = self.path.pop()?;
        let text = std::mem::take(&mut self.text);
        if matches!(name.as_str(), "item" | "entry") {
            return self.item.take();
        }
        let parent = self.path.last().cloned().unwrap_or_default();
        self.keep(&name, &parent, text);
        None
    }

    fn keep(&mut self, name: &str, parent: &str, text: String) {
        if text.trim().is_empty() {
            return;
        }
        let own = matches!(parent, "item" | "entry" | "channel" | "feed");
        let item = self.target();
        match (name, parent) {
            ("encoded" | "content", _) if own && item.content.len() < text.len() => {
                item.content = text
            }
            ("description" | "summary", _) if own && item.summary.len() < text.len() => {
                item.summary = text;
            }
            ("title", "source") => item.source = text,
            ("source", _) if own => item.source = text,
            ("title", _) if own && item.title.is_empty() => item.title = text,
            ("link" | "origLink", _) if own => item.link = text,
            ("guid" | "id", _) if own && item.link.is_empty() && text.starts_with("http") => {
                item.link = text;
            }
            ("pubDate" | "published" | "issued" | "date" | "created", _) if own => {
                item.published = text;
            }
            ("updated" | "modified", _) if own => item.updated = text,
            ("creator", _) if own => item.authors.push(text),
            ("author", _) if own => item.authors.push(text),
            ("name", "author") => item.authors.push(text),
            ("language", _) if own => item.language = text,
            _ => {}
        }
    }

    fn report(&mut self, item: &Item, out: &mut Out) -> Flow {
        self.items = self.items.saturating_add(1);
        let (body, summary) = match item.content.trim().is_empty() {
            true => (&item.summary, true),
            false => (&item.content, false),
        };
        let date = if item.published.is_empty() { &item.updated } else { &item.published };
        let raw = [item.title.trim(), date.trim(), item.link.trim(), body.trim()].join("\0");
        let mut draft = Draft::new(raw.as_bytes(), "feed", String::new());
        draft.charset = self.charset.clone();
        let own = |text: &str, feed: &str| line(if text.trim().is_empty() { feed } else { text });
        let metadata = &mut draft.metadata;
        metadata.title = line(&html::unescaped(&item.title));
        metadata.url = line(&item.link);
        metadata.outlet = own(&html::unescaped(&item.source), &html::unescaped(&self.feed.title))
            .or_else(|| host(&item.link));
        metadata.published = line(date);
        metadata.modified = line(&item.updated).filter(|updated| updated != date.trim());
        metadata.language = own(&item.language, &self.feed.language);
        metadata.authors = item.authors.iter().flat_map(|text| people(named(text))).collect();
        if body.trim().is_empty() {
            let told = "has no text: the feed gives only titles; fetch the pages that it links to";
            return out.fault(Some(self.items), told);
        }
        if summary {
            draft
                .notices
                .push(notice("summary-only", "The feed gives a summary, not the full text"));
        }
        draft.set_words(html::text_of(body));
        out.report(Some(self.items), draft)
    }
}

/// RSS writes an author as `desk@outlet.example (Ada Dorn)`.
fn named(author: &str) -> &str {
    let inner = author.split_once('(').and_then(|(_, rest)| rest.split_once(')'));
    match (author.contains('@'), inner) {
        (true, Some((name, _))) => name,
        (true, None) => "",
        (false, _) => author,
    }
}

fn local_name(tag: &BytesStart) -> String {
    tag.local_name().as_ref().to_owned()
}

fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = tag.html_attributes();
    let found = attributes.with_checks(false).take(64).flatten();
    let mut found = found.filter(|attribute| attribute.key.local_name().as_ref() == name);
    found.next().map(|attribute| html::unescaped(&attribute.value))
}
