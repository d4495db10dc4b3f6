//! MEANTIME's layer across reports: mentions of events, and the instance that each refers to.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chancery_text::Span;

use super::meantime::Meantime;
use super::{Document, find, xml};
use crate::EvalError;
use crate::error::read_text;

/// Sentences in which all events are marked: the headline is 0, the date 1 (Minard et al. 2016).
const WHOLE: u32 = 5;

/// Reports that share instances.
pub struct Corpus {
    /// The name of its folder.
    pub name: String,
    /// Its reports.
    pub reports: Vec<Marked>,
}

/// A report with its mentions of events.
pub struct Marked {
    /// The text, with its date.
    pub document: Document,
    /// Characters and instance of each mention.
    pub mentions: Vec<(Span, String)>,
    /// The first sentences, in which every event is marked. After them only some are: those of
    /// instances that are followed through the report.
    pub whole: Span,
}

/// The corpora at or below a path: its files annotated across reports, by folder.
pub fn read(path: &Path) -> Result<Vec<Corpus>, EvalError> {
    let files = find::files(path, |file| find::ends(file, &["xml"]) && !is_within(file))?;
    let mut folders: BTreeMap<PathBuf, Vec<Marked>> = BTreeMap::new();
    for file in files {
        let folder = file.parent().unwrap_or(Path::new("")).to_owned();
        folders.entry(folder).or_default().push(report(&file)?);
    }
    let name = |folder: &Path| {
        folder.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned())
    };
    let corpora = folders.into_iter();
    Ok(corpora.map(|(folder, reports)| Corpus { name: name(&folder), reports }).collect())
}

fn is_within(file: &Path) -> bool {
    file.to_string_lossy().contains("intra-doc_annotation")
}

fn report(file: &Path) -> Result<Marked, EvalError> {
    let root = xml::parse(file, &read_text(file)?)?;
    let root =
        root.child(&["Document"]).ok_or_else(|| EvalError::form(file, 1, "has no Document"))?;
    let read = Meantime::read(root);
    let id = root.attribute("doc_id").unwrap_or_default();
    let instances = instances(root, id);
    let mut mentions: BTreeMap<Span, String> = BTreeMap::new();
    for mark in read.marks("EVENT_MENTION") {
        let own = mark.attribute("m_id").unwrap_or_default();
        let Some(span) = read.words(mark).into_iter().reduce(Span::cover) else { continue };
        let alone = || format!("{id} mention {own}");
        mentions.entry(span).or_insert_with(|| instances.get(own).cloned().unwrap_or_else(alone));
    }
    let (document, whole) = (read.document(id), read.first(WHOLE));
    Ok(Marked { document, mentions: mentions.into_iter().collect(), whole })
}

/// The instance of each mention, by its id. Instances that other reports share have a name of their own.
fn instances(root: &xml::Element, id: &str) -> BTreeMap<String, String> {
    let marks = root.child(&["Markables"]).into_iter().flat_map(xml::Element::elements);
    let shared: BTreeMap<_, _> = marks
        .filter(|mark| mark.name == "EVENT")
        .map(|mark| (mark.attribute("m_id"), mark.attribute("instance_id").unwrap_or_default()))
        .collect();
    let mut found = BTreeMap::new();
    let relations = root.child(&["Relations"]).into_iter().flat_map(xml::Element::elements);
    for relation in relations.filter(|relation| relation.name == "REFERS_TO") {
        let Some(target) = relation.child(&["target"]) else { continue };
        let target = target.attribute("m_id");
        let Some(shared) = shared.get(&target) else { continue };
        let own = format!("{id} event {}", target.unwrap_or_default());
        let instance = if shared.is_empty() { own } else { (*shared).to_owned() };
        for source in relation.elements().filter(|child| child.name == "source") {
            let mention = source.attribute("m_id").unwrap_or_default().to_owned();
            found.insert(mention, instance.clone());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_of_one_event_have_its_instance() {
        let text = "<Document><Markables><EVENT m_id='9' instance_id='X7'/><EVENT m_id='8'/></Markables>\
                    <Relations><REFERS_TO><source m_id='1'/><source m_id='2'/><target m_id='9'/></REFERS_TO>\
                    <REFERS_TO><source m_id='3'/><target m_id='8'/></REFERS_TO></Relations></Document>";
        let root = xml::parse(Path::new("a.xml"), text).unwrap();
        let found = instances(root.child(&["Document"]).unwrap(), "a");
        assert_eq!(found["1"], found["2"]);
        assert_eq!((found["1"].as_str(), found["3"].as_str()), ("X7", "a event 8"));
    }
}
