//! A small tree of an XML file, for the gold that comes as XML.

use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::EvalError;

/// An element.
#[derive(Debug, Clone, Default)]
pub struct Element {
    /// Its name, with any prefix.
    pub name: String,
    /// Its attributes, in order.
    pub attributes: Vec<(String, String)>,
    /// What stands inside, in order.
    pub children: Vec<Node>,
}

/// An element or the text between elements.
#[derive(Debug, Clone)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Text, entities decoded.
    Text(String),
}

impl Element {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The elements directly inside.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element directly inside with one of these names.
    pub fn child(&self, names: &[&str]) -> Option<&Element> {
        self.elements().find(|element| names.contains(&element.name.as_str()))
    }

    /// This element and all below it with this name, in document order.
    pub fn all<'a>(&'a self, name: &str, found: &mut Vec<&'a Element>) {
        if self.name == name {
            found.push(self);
        }
        self.elements().for_each(|element| element.all(name, found));
    }

    /// All text below.
    pub fn text(&self) -> String {
        let inner = |node: &Node| match node {
            Node::Text(text) => text.clone(),
            Node::Element(element) => element.text(),
        };
        self.children.iter().map(inner).collect()
    }
}

/// Parses a file. The root given has the file's elements as children. Fails where it is no XML.
pub fn parse(path: &Path, text: &str) -> Result<Element, EvalError> {
    let fault = |at: u64, problem: String| {
        let line = text.as_bytes().iter().take(at as usize).filter(|b| **b == b'\n').count() + 1;
        EvalError::form(path, line, format!("is no XML: {problem}"))
    };
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut open = vec![Element::default()];
    loop {
        let event = reader
            .read_event()
            .map_err(|problem| fault(reader.error_position(), problem.to_string()))?;
        let top = open.last_mut().expect("the root is never closed");
        match event {
            Event::Start(start) => open.push(element(&start)),
            Event::Empty(start) => top.children.push(Node::Element(element(&start))),
            Event::Text(text) => push_text(top, &text),
            Event::CData(data) => push_text(top, &data),
            Event::GeneralRef(name) => push_text(top, &reference(&name)),
            Event::End(_) if 1 < open.len() => close(&mut open),
            Event::Eof => break,
            _ => {}
        }
    }
    while 1 < open.len() {
        close(&mut open);
    }
    Ok(open.pop().unwrap_or_default())
}

fn close(open: &mut Vec<Element>) {
    let done = open.pop().expect("more than the root is open");
    open.last_mut().expect("the root stays").children.push(Node::Element(done));
}

fn push_text(top: &mut Element, text: &str) {
    match top.children.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ => top.children.push(Node::Text(text.to_owned())),
    }
}

fn element(start: &BytesStart<'_>) -> Element {
    let attributes = start
        .attributes()
        .with_checks(false)
        .flatten()
        .map(|attribute| (attribute.key.as_ref().to_owned(), references(&attribute.value)))
        .collect();
    Element { name: start.name().as_ref().to_owned(), attributes, children: Vec::new() }
}

/// Text with its references decoded; what is no known reference stays.
fn references(text: &str) -> String {
    let mut parts = text.split('&');
    let mut decoded = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(';') {
            Some((name, rest)) => {
                decoded.push_str(&reference(name));
                decoded.push_str(rest);
            }
            None => {
                decoded.push('&');
                decoded.push_str(part);
            }
        }
    }
    decoded
}

fn reference(name: &str) -> String {
    let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => digits.parse().ok(),
    });
    match (name, number.and_then(char::from_u32)) {
        (_, Some(letter)) => letter.to_string(),
        ("amp", _) => "&".into(),
        ("lt", _) => "<".into(),
        ("gt", _) => ">".into(),
        ("quot", _) => "\"".into(),
        ("apos", _) => "'".into(),
        _ => format!("&{name};"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded_in_text_and_attributes() {
        let root = parse(Path::new("a.xml"), "<a b='R&amp;D'>Tom &amp; <c/>&#233;</a>").unwrap();
        let a = root.child(&["a"]).unwrap();
        assert_eq!((a.attribute("b"), a.text().as_str()), (Some("R&D"), "Tom & é"));
        assert!(a.child(&["c"]).is_some());
    }

    #[test]
    fn a_broken_file_is_named_with_its_line() {
        let error = parse(Path::new("a.xml"), "<a>\n<b c=></a").unwrap_err();
        assert!(error.to_string().starts_with("a.xml:"), "{error}");
    }
}
