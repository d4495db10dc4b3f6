//! The fields of a record under the many names that exports give them.

use std::collections::BTreeMap;
use std::ops::Range;

use chancery_text::Metadata;
use serde_json::Value;

use crate::draft::{Draft, line, notice};
use crate::{FieldMap, html};

/// What a field may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    Text,
    Summary,
    Title,
    Author,
    Outlet,
    Url,
    Published,
    Modified,
    Language,
}

/// The names of fields, best first, in lower case without `_`, `-`, `.`, `:` and spaces: those of
/// news-please, Media Cloud, GDELT, Common Crawl exports, NewsAPI, WordPress, schema.org.
const NAMES: &[(Target, &[&str])] = &[
    (
        Target::Text,
        &[
            "maintext",
            "text",
            "body",
            "bodytext",
            "content",
            "contenttext",
            "articletext",
            "articlebody",
            "article",
            "fulltext",
            "story",
            "storytext",
            "plaintext",
            "rawtext",
            "cleantext",
            "cleanedtext",
            "textcontent",
            "contentencoded",
            "contenthtml",
            "bodyhtml",
            "articlehtml",
            "html",
            "transcript",
        ],
    ),
    (
        Target::Summary,
        &["description", "summary", "snippet", "abstract", "excerpt", "lead", "teaser"],
    ),
    (
        Target::Title,
        &["title", "headline", "articletitle", "newstitle", "storytitle", "heading", "subject"],
    ),
    (
        Target::Author,
        &["authors", "author", "byline", "creator", "dccreator", "writers", "writer", "reporter"],
    ),
    (
        Target::Outlet,
        &[
            "outlet",
            "publisher",
            "publication",
            "publicationname",
            "medianame",
            "sourcename",
            "newspaper",
            "sitename",
            "source",
            "site",
            "sourcecommonname",
            "sourcedomain",
            "domain",
            "mediaurl",
        ],
    ),
    (
        Target::Url,
        &[
            "url",
            "link",
            "canonicalurl",
            "articleurl",
            "pageurl",
            "weburl",
            "permalink",
            "href",
            "sourceurl",
            "documentidentifier",
            "uri",
        ],
    ),
    (
        Target::Published,
        &[
            "datepublish",
            "datepublished",
            "published",
            "publishdate",
            "publisheddate",
            "publishedat",
            "publicationdate",
            "pubdate",
            "publishtime",
            "publishedtime",
            "dateissued",
            "date",
            "datetime",
            "articledate",
            "firstpublished",
            "seendate",
            "created",
            "createdat",
            "timestamp",
        ],
    ),
    (
        Target::Modified,
        &[
            "datemodify",
            "datemodified",
            "modified",
            "updated",
            "updatedat",
            "lastmodified",
            "dateupdated",
            "lastupdated",
        ],
    ),
    (Target::Language, &["language", "lang", "languagecode", "inlanguage"]),
];

/// What a field of this name holds.
pub(crate) fn target(name: &str) -> Option<Target> {
    let name = plain_name(name);
    NAMES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(target, _)| *target)
}

fn plain_name(name: &str) -> String {
    name.chars()
        .filter(|char| !matches!(char, '_' | '-' | '.' | ':' | ' ' | '\u{feff}'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The fields of one record.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields {
    /// By plain name.
    values: BTreeMap<String, Vec<String>>,
    /// As written, for `--field`.
    exact: BTreeMap<String, Vec<String>>,
    mapped: FieldMap,
}

impl Fields {
    pub fn mapped(mapped: &FieldMap) -> Self {
        Self { mapped: mapped.clone(), ..Self::default() }
    }

    pub fn of_json(object: &serde_json::Map<String, Value>, mapped: &FieldMap) -> Self {
        let mut fields = Self::mapped(mapped);
        for (name, value) in object {
            fields.add_json(name, value, 0);
        }
        fields
    }

    fn add_json(&mut self, name: &str, value: &Value, depth: usize) {
        match value {
            Value::Null => {}
            Value::String(text) => self.add(name, text.clone()),
            Value::Array(items) if depth < 3 => {
                items.iter().for_each(|item| self.add_json(name, item, depth + 1));
            }
            Value::Object(object) if depth < 3 => {
                // WordPress, schema.org and XML turned to JSON wrap a value in an object.
                let inner = ["rendered", "name", "title", "value", "#text", "$t", "_", "text"];
                if let Some(value) = inner.iter().find_map(|key| object.get(*key)) {
                    self.add_json(name, value, depth + 1);
                }
                for (key, value) in object {
                    self.add_nested(&format!("{name}.{key}"), value, depth + 1);
                }
            }
            Value::Array(_) | Value::Object(_) => {}
            number => self.add(name, number.to_string()),
        }
    }

    /// Inner fields are reached by `--field text=outer.inner` and do not answer to the usual names.
    fn add_nested(&mut self, name: &str, value: &Value, depth: usize) {
        match value {
            Value::String(text) => {
                self.exact.entry(name.to_owned()).or_default().push(text.clone())
            }
            Value::Object(object) if depth < 4 => {
                for (key, value) in object {
                    self.add_nested(&format!("{name}.{key}"), value, depth + 1);
                }
            }
            _ => {}
        }
    }

    pub fn add(&mut self, name: &str, value: String) {
        let nothing = ["null", "none", "nan", "n/a", "undefined"];
        if value.trim().is_empty() || nothing.contains(&value.trim().to_lowercase().as_str()) {
            return;
        }
        if self.mapped != FieldMap::default() {
            self.exact.entry(name.to_owned()).or_default().push(value.clone());
        }
        self.values.entry(plain_name(name)).or_default().push(value);
    }

    /// The values of the best field that holds `target`.
    fn get(&self, target: Target) -> &[String] {
        if let Some(field) = self.mapped.get(target.name()) {
            return self.exact.get(field).map(Vec::as_slice).unwrap_or_default();
        }
        let names = NAMES.iter().find(|(known, _)| *known == target).map_or(&[][..], |(_, n)| n);
        names.iter().find_map(|name| self.values.get(*name)).map(Vec::as_slice).unwrap_or_default()
    }

    fn first(&self, target: Target) -> Option<String> {
        self.get(target).first().cloned()
    }

    /// What the fields say about the report, of the targets that `wanted` takes.
    pub fn metadata(&self, wanted: impl Fn(Target) -> bool) -> Metadata {
        let one = |target| wanted(target).then(|| self.first(target)).flatten();
        let url = one(Target::Url);
        Metadata {
            title: one(Target::Title).map(|title| html::unescaped(&title)),
            title_span: None,
            authors: self.get(Target::Author).iter().flat_map(|text| people(text)).collect(),
            outlet: one(Target::Outlet).map(outlet).or_else(|| url.as_deref().and_then(host)),
            url,
            published: one(Target::Published),
            modified: one(Target::Modified),
            language: one(Target::Language),
        }
    }

    /// The report that the fields make; the reason why not.
    pub fn draft(&self, raw: &[u8], format: &'static str) -> Result<Draft, String> {
        let (body, summary) = match (self.get(Target::Text), self.get(Target::Summary)) {
            ([], []) => return Err(self.no_text()),
            ([], summary) => (summary.join("\n\n"), true),
            (body, _) => (body.join("\n\n"), false),
        };
        let mut draft = Draft::new(raw, format, String::new());
        draft.metadata = self.metadata(|_| true);
        draft.set_text(body);
        if summary {
            draft
                .notices
                .push(notice("summary-only", "The record holds a summary, not the full text"));
        }
        Ok(draft)
    }

    fn no_text(&self) -> String {
        let names: Vec<_> = self.values.keys().take(20).map(String::as_str).collect();
        match self.mapped.get("text") {
            Some(field) => format!("has nothing in its field `{field}`, which is to hold the text"),
            None if names.is_empty() => "has no field with something in it".to_owned(),
            None => format!(
                "has no field that holds the text: name it with --field text=NAME; filled are {}",
                names.join(", ")
            ),
        }
    }
}

impl Target {
    fn name(self) -> &'static str {
        match self {
            Target::Text => "text",
            Target::Summary => "summary",
            Target::Title => "title",
            Target::Author => "author",
            Target::Outlet => "outlet",
            Target::Url => "url",
            Target::Published => "published",
            Target::Modified => "modified",
            Target::Language => "language",
        }
    }
}

impl Draft {
    /// Sets the text to the title (of the metadata) and the body, each a part of its own; to the
    /// body alone if that begins with the title. A body of HTML is rendered.
    pub fn set_text(&mut self, body: String) {
        let body = match html::is_markup(&body) {
            true => html::text_of(&body),
            false => body,
        };
        self.set_words(body);
    }

    /// The same for a body that is no markup, whatever it looks like.
    pub fn set_words(&mut self, body: String) {
        let title = self.metadata.title.as_deref().and_then(line).unwrap_or_default();
        if let Some(printed) = title_at_start(&body, &title) {
            self.title = Some(printed.clone());
            self.parts = vec![("title", printed.clone()), ("body", printed.end..body.len())];
            self.text = body;
        } else if title.is_empty() {
            self.parts = vec![("body", 0..body.len())];
            self.text = body;
        } else {
            // The title is mended by now; the body keeps its damage for the alignment to tell.
            let start = title.len() + 2;
            self.text = format!("{title}\n\n{body}");
            self.title = Some(0..title.len());
            self.parts = vec![("title", 0..title.len()), ("body", start..self.text.len())];
        }
    }
}

/// Where the body prints the title, if it begins with it and the sentence does not run on.
fn title_at_start(body: &str, title: &str) -> Option<Range<usize>> {
    let start = body.len() - body.trim_start().len();
    let mut at = start;
    for word in title.split_whitespace() {
        at += body[at..].len() - body[at..].trim_start().len();
        at += body[at..].strip_prefix(word).map(|_| word.len())?;
    }
    let rest = body[at..].trim_start_matches([' ', '\u{a0}']);
    let ends = rest.is_empty() || rest.starts_with(['\n', '\r']);
    let stops = rest.trim_start_matches(['.', '!', '?', '|', ':', ' ', '-', '–', '—', '"', '”']);
    let parted = stops.len() < rest.len() && !stops.starts_with(char::is_lowercase);
    (start < at && (ends || parted)).then_some(start..at)
}

/// The people that a byline or a list of authors names.
pub(crate) fn people(text: &str) -> Vec<String> {
    let text = text.trim().trim_matches(['[', ']']);
    let split = |text: &str, at: &str| -> Vec<String> {
        let whole = text.split(at).map(|name| name.trim().trim_matches(['"', '\'']).trim());
        whole.filter(|name| !name.is_empty()).map(str::to_owned).collect()
    };
    let mut names = vec![text.to_owned()];
    for separator in [";", "|", " and ", " & "] {
        names = names.iter().flat_map(|name| split(name, separator)).collect();
    }
    let names = names.iter().flat_map(|name| {
        let apart = split(name, ",");
        // "Dorn, Ada" is one person; "Ada Dorn, Bo Lind" are two.
        let whole_names = apart.iter().all(|part| part.contains(' '));
        if 1 < apart.len() && (whole_names || text.contains('\'')) {
            apart
        } else {
            split(name, "\0")
        }
    });
    names.map(|name| without_by(&name).to_owned()).filter(|name| is_name(name)).collect()
}

fn without_by(name: &str) -> &str {
    let by = name.get(..3).filter(|start| start.eq_ignore_ascii_case("by "));
    by.map_or(name, |_| name[3..].trim())
}

fn is_name(name: &str) -> bool {
    name.len() < 120 && !name.starts_with("http") && name.chars().any(char::is_alphabetic)
}

/// An outlet's name, or the domain of its address.
fn outlet(text: String) -> String {
    match text.starts_with("http://") || text.starts_with("https://") {
        true => host(&text).unwrap_or(text),
        false if text.contains(' ') => text,
        false => text.strip_prefix("www.").map(str::to_owned).unwrap_or(text),
    }
}

/// The domain of an address, without `www.`.
pub(crate) fn host(url: &str) -> Option<String> {
    let rest = url.trim().split_once("://")?.1;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (host.contains('.') && host.len() < 254).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_many_exports_are_known() {
        assert_eq!(target("datePublished"), Some(Target::Published));
        assert_eq!(target("publish_date"), Some(Target::Published));
        assert_eq!(target("content:encoded"), Some(Target::Text));
        assert_eq!(target("\u{feff}Main Text"), Some(Target::Text));
        assert_eq!(target("colour"), None);
    }

    #[test]
    fn a_title_that_begins_the_body_is_found_there() {
        assert_eq!(title_at_start("\nTalks  begin\nMore", "Talks begin"), Some(1..13));
        assert_eq!(title_at_start("Talks begin. More", "Talks begin"), Some(0..11));
        assert_eq!(title_at_start("Talks begin in Arlen", "Talks begin"), None);
        assert_eq!(title_at_start("Talks beginning", "Talks begin"), None);
    }

    #[test]
    fn bylines_name_people() {
        assert_eq!(people("By Ada Dorn and Bo Lind"), ["Ada Dorn", "Bo Lind"]);
        assert_eq!(people("['Ada Dorn', 'Bo Lind']"), ["Ada Dorn", "Bo Lind"]);
        assert_eq!(people("Ada Dorn, Bo Lind"), ["Ada Dorn", "Bo Lind"]);
        assert_eq!(people("Dorn, Ada"), ["Dorn, Ada"]);
        assert!(people("https://x.example/ada").is_empty());
    }
}
