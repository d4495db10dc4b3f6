//! HTML: the page's visible text, with everything outside the article marked as furniture.
//!
//! What the page says about itself goes to the metadata. Nothing visible is dropped: the main text
//! is found by an extractor (Readability's method) that may be wrong, and a reader can look.

mod article;
mod head;
mod render;
mod tame;

use std::ops::Range;

use chancery_text::Metadata;
use dom_query::Document;

use crate::draft::{Draft, notice};
use crate::{Options, charset};

use render::{Page, Place};

/// The draft of a page, which its container says is in the charset `declared`.
pub(crate) fn draft(raw: &[u8], declared: Option<&str>, options: &Options) -> Draft {
    let own = declared_inside(raw);
    let decoded = charset::decode(raw, declared.or(own.as_deref()));
    let (tamed, cut) = tame::tame(&decoded.text, options.max_report_bytes);
    let document = Document::from(tamed.as_ref());
    let page = render::render(&document);
    let mut draft = Draft::new(raw, "html", String::new());
    draft.charset = decoded.charset.name().to_owned();
    draft.notices = decoded.notices;
    if cut {
        draft.notices.push(notice("truncated", "The page is very large: its beginning was read"));
    }
    draft.metadata = head::metadata(&document, &page);
    draft.title = title(&page, &mut draft.metadata);
    let article = article::find(&document, &page);
    if article.is_none() && !page.text.trim().is_empty() {
        let told = "No main text was found: only menus, footers, asides and forms are left out";
        draft.notices.push(notice("no-article", told));
    }
    draft.furniture = article::furniture(&page, article.as_ref(), draft.title.as_ref());
    draft.text = page.text;
    draft
}

/// The text of a piece of HTML, as a reader sees it.
pub(crate) fn text_of(html: &str) -> String {
    let (tamed, _) = tame::tame(html, u64::MAX);
    render::render(&Document::from(tamed.as_ref())).text
}

/// Whether a text is HTML: it has tags that nobody writes in prose.
pub(crate) fn is_markup(text: &str) -> bool {
    const TAGS: [&str; 20] = [
        "p",
        "/p",
        "br",
        "br/",
        "div",
        "/div",
        "/a",
        "h1",
        "h2",
        "h3",
        "/li",
        "ul",
        "/ul",
        "/span",
        "/strong",
        "/em",
        "/b",
        "/i",
        "img",
        "blockquote",
    ];
    memchr::memchr_iter(b'<', text.as_bytes()).take(1000).any(|at| {
        let rest = &text.as_bytes()[at + 1..];
        let end = rest.iter().take(16).position(|byte| matches!(byte, b'>' | b' ' | b'\n'));
        let name = end.and_then(|end| std::str::from_utf8(&rest[..end]).ok());
        name.is_some_and(|name| TAGS.contains(&name.to_ascii_lowercase().as_str()))
    })
}

/// The text with its character references resolved and its tags gone: for titles and the like.
pub(crate) fn unescaped(text: &str) -> String {
    let escaped = text.contains('&') || (text.contains('<') && text.contains('>'));
    if escaped { text_of(text) } else { text.to_owned() }
}

/// The charset that the page's own head declares.
fn declared_inside(raw: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&raw[..raw.len().min(8192)]).to_ascii_lowercase();
    let meta = head.match_indices("charset").find_map(|(at, word)| {
        let inside = head[..at].rfind('<').is_some_and(|open| head[open..].starts_with("<meta"));
        inside.then(|| label(&head[at + word.len()..])).flatten()
    });
    let xml = || {
        let end = head.starts_with("<?xml").then(|| head.find('>')).flatten()?;
        label(&head[head[..end].find("encoding")? + 8..])
    };
    meta.or_else(xml)
}

fn label(rest: &str) -> Option<String> {
    let rest = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end = rest.find(['"', '\'', ';', '>', ' ', '/', '?']).unwrap_or(rest.len());
    (0 < end).then(|| rest[..end].to_owned())
}

/// Where the title stands in the visible text: the heading that says what the page's head says,
/// else the one first-level heading. What stands there is the title, if the head gives none.
fn title(page: &Page, metadata: &mut Metadata) -> Option<Range<usize>> {
    let text = |range: &Range<usize>| &page.text[range.clone()];
    let shown = |level: u8| {
        page.headings
            .iter()
            .take(500)
            .filter(move |heading| heading.level <= level && !heading.in_menu)
    };
    let Some(title) = metadata.title.clone() else {
        let heading = shown(1).next().or_else(|| shown(2).next())?;
        metadata.title = Some(text(&heading.range).to_owned());
        return Some(heading.range.clone());
    };
    let alike = |level: u8| {
        let scored = shown(level).map(|heading| (likeness(&title, text(&heading.range)), heading));
        scored
            .filter(|(score, _)| 0.6 <= *score)
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.range.start.cmp(&a.1.range.start)))
            .map(|(_, heading)| heading.range.clone())
    };
    let only = || match shown(1).collect::<Vec<_>>()[..] {
        // A heading of one or two words is the outlet's name, or a section's.
        [heading] if 3 < text(&heading.range).split_whitespace().count() => {
            Some(heading.range.clone())
        }
        _ => None,
    };
    let found = alike(1).or_else(|| alike(6)).or_else(|| printed(page, &title));
    // A page that has one title for all its articles names this one's somewhere in its body.
    found
        .or_else(|| {
            page.titled.clone().inspect(|range| metadata.title = Some(text(range).to_owned()))
        })
        .or_else(only)
}

/// The block that says just the title.
fn printed(page: &Page, title: &str) -> Option<Range<usize>> {
    let mut at = 0;
    page.text.split_inclusive('\n').take(5000).find_map(|block| {
        let start = at;
        at += block.len();
        let said = block.trim_end();
        let near = title.len() / 2 <= said.len() && said.len() <= 2 * title.len();
        (near && 0.9 <= likeness(title, said)).then(|| start..start + said.len())
    })
}

/// How alike two titles are, from 0 to 1: the share of words that they have in common.
fn likeness(a: &str, b: &str) -> f64 {
    let words = |text: &str| -> std::collections::BTreeSet<String> {
        let split = text.split(|char: char| !char.is_alphanumeric());
        split.filter(|word| !word.is_empty()).take(80).map(str::to_lowercase).collect()
    };
    let (a, b) = (words(a), words(b));
    let shared = a.intersection(&b).count() as f64;
    match a.len().max(b.len()) {
        0 => 0.0,
        longest => shared / longest as f64,
    }
}

impl Place {
    /// The reason that furniture at this place has.
    fn reason(self) -> &'static str {
        match self {
            Place::Plain => "outside-article",
            Place::Navigation => "navigation",
            Place::Footer => "footer",
            Place::Aside => "aside",
            Place::Form => "form",
            Place::Caption => "caption",
        }
    }
}
