//! What a page says about itself: JSON-LD, OpenGraph and other meta tags, times, bylines.

use chancery_text::Metadata;
use dom_query::{Document, Element, NodeData, NodeRef};
use serde_json::{Map, Value};

use super::render::Page;
use crate::draft::{collapsed, line};
use crate::fields::{host, people};

/// Everything the page says, from most to least trustworthy: JSON-LD, meta tags, the body's marks.
pub(super) fn metadata(document: &Document, page: &Page) -> Metadata {
    let found = Found::of(document);
    let linked = Linked::of(&found.scripts);
    let meta = |names: &[&str]| found.meta(names);
    let url = found.canonical.clone().or_else(|| meta(URL)).or_else(|| linked.url.clone());
    let url = url.filter(|url| url.starts_with("http"));
    let outlet = linked.outlet.clone().or_else(|| meta(OUTLET));
    let authors = [linked.authors.clone(), found.metas(AUTHOR), found.bylines.clone()];
    let authors = authors.into_iter().find(|authors| !authors.is_empty()).unwrap_or_default();
    let title =
        linked.title.clone().or_else(|| meta(TITLE)).or_else(|| {
            found.title.as_deref().map(|title| own_title(title, outlet.as_deref(), page))
        });
    Metadata {
        title,
        title_span: None,
        authors: authors.iter().flat_map(|text| people(text)).collect(),
        outlet: outlet.or_else(|| url.as_deref().and_then(host)),
        url,
        published: linked.published.or_else(|| meta(PUBLISHED)).or_else(|| found.time.clone()),
        modified: linked.modified.or_else(|| meta(MODIFIED)),
        language: found
            .language
            .clone()
            .or_else(|| linked.language.clone())
            .or_else(|| found.meta(LANGUAGE)),
    }
}

const TITLE: &[&str] = &[
    "og:title",
    "twitter:title",
    "parsely-title",
    "sailthru.title",
    "headline",
    "dc.title",
    "dcterms.title",
    "citation_title",
    "title",
];
const URL: &[&str] = &["og:url", "parsely-link", "twitter:url", "dc.identifier"];
const OUTLET: &[&str] = &[
    "og:site_name",
    "application-name",
    "al:android:app_name",
    "dc.publisher",
    "publisher",
    "citation_journal_title",
    "apple-mobile-web-app-title",
];
const AUTHOR: &[&str] = &[
    "author",
    "article:author",
    "byl",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "dc.contributor",
];
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "publish-date",
    "publish_date",
    "publishdate",
    "published_time",
    "pubdate",
    "publication_date",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "dc.date.created",
    "citation_publication_date",
    "citation_date",
    "date",
    "ptime",
    "article_date_original",
    "og:pubdate",
    "created",
    "date.created",
];
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "article:modified",
    "datemodified",
    "lastmod",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "revised",
    "article:updated",
];
const LANGUAGE: &[&str] = &["content-language", "og:locale", "dc.language", "language"];

/// The raw marks of the document.
#[derive(Debug, Default)]
struct Found {
    scripts: Vec<String>,
    metas: Vec<(String, String)>,
    canonical: Option<String>,
    title: Option<String>,
    language: Option<String>,
    time: Option<String>,
    time_rank: u8,
    bylines: Vec<String>,
}

impl Found {
    fn of(document: &Document) -> Self {
        let mut found = Self::default();
        for node in document.root().descendants_it() {
            node.query(|tree_node| {
                if let NodeData::Element(element) = &tree_node.data {
                    found.element(&node, element);
                }
            });
        }
        found
    }

    fn element(&mut self, node: &NodeRef, element: &Element) {
        let attribute = |name: &str| attribute(element, name);
        match &*element.name.local {
            "html" => self.language = attribute("lang").or_else(|| attribute("xml:lang")),
            "title" if self.title.is_none() => self.title = line(&node.text()),
            "link" if attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                self.canonical = self.canonical.take().or_else(|| attribute("href"));
            }
            "meta" => self.meta_tag(element),
            "script" => {
                let kind = attribute("type").unwrap_or_default().to_ascii_lowercase();
                if kind.starts_with("application/ld+json") && self.scripts.len() < 32 {
                    self.scripts.push(node.text().to_string());
                }
            }
            "time" => self.time(node, element),
            "abbr" if attribute("class").is_some_and(|class| class.contains("published")) => {
                if self.time_rank < 2 {
                    (self.time, self.time_rank) = (attribute("title"), 2);
                }
            }
            _ => self.mark(node, element),
        }
    }

    fn meta_tag(&mut self, element: &Element) {
        let name = ["property", "name", "itemprop", "http-equiv"]
            .iter()
            .find_map(|name| attribute(element, name));
        if let (Some(name), Some(content)) = (name, attribute(element, "content"))
            && self.metas.len() < 1000
        {
            self.metas.push((name.to_ascii_lowercase(), content));
        }
    }

    /// The first time wins, unless a later one says that it is the time of publication.
    fn time(&mut self, node: &NodeRef, element: &Element) {
        let marks = [attribute(element, "itemprop"), attribute(element, "class")];
        let marks = marks.into_iter().flatten().collect::<Vec<_>>().join(" ").to_ascii_lowercase();
        let published = marks.contains("publish") || has(element, "pubdate");
        let rank = if published {
            2
        } else {
            u8::from(!marks.contains("updated") && !marks.contains("modif"))
        };
        if self.time_rank < rank {
            let stated = attribute(element, "datetime").or_else(|| attribute(element, "content"));
            let stated = stated.or_else(|| line(&node.text()));
            if let Some(stated) = stated.filter(|stated| stated.bytes().any(|b| b.is_ascii_digit()))
            {
                (self.time, self.time_rank) = (Some(stated), rank);
            }
        }
    }

    /// Elements of the body that mark a date or a byline.
    fn mark(&mut self, node: &NodeRef, element: &Element) {
        let prop = attribute(element, "itemprop").unwrap_or_default().to_ascii_lowercase();
        if prop == "datepublished" && self.time_rank < 2 {
            let stated = attribute(element, "content").or_else(|| line(&node.text()));
            (self.time, self.time_rank) = (stated, 2);
        }
        let rel = attribute(element, "rel").unwrap_or_default().to_ascii_lowercase();
        let class = attribute(element, "class").unwrap_or_default().to_ascii_lowercase();
        let named = prop == "author"
            || rel == "author"
            || class.split_ascii_whitespace().any(|class| {
                matches!(
                    class,
                    "byline"
                        | "author"
                        | "author-name"
                        | "byline-name"
                        | "article-author"
                        | "byline__name"
                        | "fn"
                        | "author__name"
                        | "entry-author"
                )
            });
        // Pages list the authors of other articles further down.
        if named && self.bylines.is_empty() {
            let text = collapsed(&node.text());
            if text.len() < 100 && looks_like_people(&text) {
                self.bylines.push(text);
            }
        }
    }

    fn meta(&self, names: &[&str]) -> Option<String> {
        self.metas(names).into_iter().next()
    }

    /// The values of the best of these names.
    fn metas(&self, names: &[&str]) -> Vec<String> {
        let of = |name: &&str| -> Vec<String> {
            let values = self.metas.iter().filter(|(known, _)| known == name);
            let values = values.map(|(_, value)| super::unescaped(value));
            values.filter(|value| *name != "article:author" || !value.starts_with("http")).collect()
        };
        names.iter().map(of).find(|values| !values.is_empty()).unwrap_or_default()
    }
}

/// A byline has few words, and names begin with capitals.
fn looks_like_people(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let capital = |word: &&str| word.starts_with(char::is_uppercase);
    (1..=12).contains(&words.len())
        && words.len() <= 2 * words.iter().filter(|w| capital(w)).count()
        && !text.bytes().any(|byte| byte.is_ascii_digit())
}

fn attribute(element: &Element, name: &str) -> Option<String> {
    let found = element.attrs.iter().find(|attribute| &*attribute.name.local == name)?;
    let value = found.value.trim();
    (!value.is_empty() && value.len() < 8192).then(|| value.to_owned())
}

fn has(element: &Element, name: &str) -> bool {
    element.attrs.iter().any(|attribute| &*attribute.name.local == name)
}

/// What JSON-LD says of the article.
#[derive(Debug, Default)]
struct Linked {
    title: Option<String>,
    authors: Vec<String>,
    outlet: Option<String>,
    url: Option<String>,
    published: Option<String>,
    modified: Option<String>,
    language: Option<String>,
}

impl Linked {
    fn of(scripts: &[String]) -> Self {
        let values: Vec<Value> = scripts.iter().filter_map(|script| parse(script)).collect();
        let mut objects = Vec::new();
        values.iter().for_each(|value| flatten(value, 0, &mut objects));
        // The first article wins: later ones are often teasers.
        let best = objects
            .iter()
            .enumerate()
            .map(|(at, object)| (rank(object), std::cmp::Reverse(at), *object))
            .filter(|(rank, ..)| 0 < *rank)
            .max_by_key(|(rank, at, _)| (*rank, *at));
        best.map(|(_, _, object)| Self::article(object, &objects)).unwrap_or_default()
    }

    fn article(object: &Map<String, Value>, objects: &[&Map<String, Value>]) -> Self {
        let text = |name: &str| object.get(name).and_then(|value| names(value, objects).pop());
        let first = |name: &str| {
            object.get(name).and_then(|value| names(value, objects).into_iter().next())
        };
        Self {
            title: text("headline").or_else(|| text("name")).map(|title| super::unescaped(&title)),
            authors: object.get("author").map(|value| names(value, objects)).unwrap_or_default(),
            outlet: first("publisher"),
            url: text("url"),
            published: text("datePublished").or_else(|| text("dateCreated")),
            modified: text("dateModified"),
            language: text("inLanguage"),
        }
    }
}

fn parse(script: &str) -> Option<Value> {
    let script = script.trim();
    let script = script.strip_prefix("<![CDATA[").unwrap_or(script);
    let script = script.trim_start_matches("//<![CDATA[").trim_end_matches("//]]>");
    let script = script.trim().trim_end_matches("]]>").trim_end_matches(';').trim();
    let strict = serde_json::from_str(script);
    // Editors paste line breaks into JSON strings; they are the fault of most broken blocks.
    strict.or_else(|_| serde_json::from_str(&script.replace(['\n', '\r', '\t'], " "))).ok()
}

fn flatten<'v>(value: &'v Value, depth: usize, objects: &mut Vec<&'v Map<String, Value>>) {
    if 4 < depth || 200 < objects.len() {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| flatten(item, depth + 1, objects)),
        Value::Object(object) => {
            objects.push(object);
            for inner in ["@graph", "mainEntity", "mainEntityOfPage", "hasPart"] {
                if let Some(value) = object.get(inner) {
                    flatten(value, depth + 1, objects);
                }
            }
        }
        _ => {}
    }
}

/// How surely an object is the page's article.
fn rank(object: &Map<String, Value>) -> u8 {
    let kinds: Vec<&str> = match object.get("@type") {
        Some(Value::String(kind)) => vec![kind.as_str()],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => return 0,
    };
    let rank = |kind: &&str| match *kind {
        kind if kind.ends_with("NewsArticle") => 3,
        kind if kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report" => 2,
        "WebPage" | "ItemPage" => u8::from(object.contains_key("datePublished")),
        _ => 0,
    };
    kinds.iter().map(rank).max().unwrap_or(0)
}

/// The names that a value gives: itself, its `name`, that of what its `@id` points to.
fn names(value: &Value, objects: &[&Map<String, Value>]) -> Vec<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => vec![text.clone()],
        Value::Array(items) => items
            .iter()
            .take(32)
            .flat_map(|item| names(item, &[]))
            .chain(
                items
                    .iter()
                    .take(32)
                    .filter(|item| own_name(item).is_none())
                    .flat_map(|item| pointed(item, objects)),
            )
            .collect(),
        Value::Object(_) => match own_name(value) {
            Some(name) => vec![name],
            None => pointed(value, objects),
        },
        _ => Vec::new(),
    }
}

fn own_name(value: &Value) -> Option<String> {
    let name = value.get("name").or_else(|| value.get("@value"))?;
    name.as_str().or_else(|| name.get(0)?.as_str()).map(str::to_owned)
}

fn pointed(value: &Value, objects: &[&Map<String, Value>]) -> Vec<String> {
    let Some(id) = value.get("@id").and_then(Value::as_str) else { return Vec::new() };
    let target = objects.iter().find(|object| {
        object.get("@id").and_then(Value::as_str) == Some(id) && object.contains_key("name")
    });
    target.and_then(|object| object.get("name")?.as_str()).map(str::to_owned).into_iter().collect()
}

/// The title without the outlet's name that page titles carry.
fn own_title(title: &str, outlet: Option<&str>, page: &Page) -> String {
    let parts = |separator: &'static str| title.split(separator).map(str::trim).collect::<Vec<_>>();
    for separator in [" | ", " – ", " — ", " - ", " :: ", " » ", " « ", " · ", ": "] {
        let parts = parts(separator);
        if !(2..=8).contains(&parts.len()) {
            continue;
        }
        // A heading that says one of the parts, or the outlet's name, tells which part is which.
        let headings = || page.headings.iter().take(500).map(|h| page.text[h.range.clone()].trim());
        let lines = || page.text.split(['\n', '\t']).map(str::trim);
        let said =
            |part: &&&str| 3 < part.split_whitespace().count() && lines().any(|l| l == **part);
        let headed = parts.iter().find(|part| {
            Some(**part) != outlet
                && 1 < part.split_whitespace().count()
                && headings().rev().any(|h| h == **part)
        });
        let headed = parts.iter().find(said).or(headed);
        if let Some(part) = headed {
            return (*part).to_owned();
        }
        if separator == ": " {
            continue;
        }
        let rest: Vec<&str> = parts.iter().copied().filter(|part| Some(*part) != outlet).collect();
        if rest.len() < parts.len() && !rest.is_empty() {
            return rest.join(separator);
        }
        let words = |part: &str| part.split_whitespace().count();
        let (first, last) = (parts[0], parts[parts.len() - 1]);
        if 4 <= words(first) && words(last) <= 4 {
            return title[..title.rfind(separator).unwrap_or(title.len())].trim().to_owned();
        }
    }
    title.to_owned()
}
