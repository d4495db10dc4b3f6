//! GeoVirus and its like: articles with named places, offsets in code points, coordinates in degrees.

use std::path::Path;

use chancery_text::Span;

use super::re3d::Offsets;
use super::{Document, find, xml};
use crate::EvalError;
use crate::error::read_text;

/// A place named in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Toponym {
    /// The name.
    pub span: Span,
    /// Latitude and longitude, where the gold has them.
    pub coordinates: Option<(f64, f64)>,
}

/// A text and its places, in order.
#[derive(Debug, Clone)]
pub struct PlacedDocument {
    /// The text.
    pub document: Document,
    /// The places.
    pub places: Vec<Toponym>,
}

/// Reads a file. Elements may be GeoVirus's (`location`, `name`) or those of TR-News and LGL
/// (`toponym`, `phrase`).
pub fn read(path: &Path) -> Result<Vec<PlacedDocument>, EvalError> {
    let root = xml::parse(path, &read_text(path)?)?;
    let mut articles = Vec::new();
    root.all("article", &mut articles);
    let place = |(number, article): (usize, &xml::Element)| {
        let text = article.child(&["text"]).map(xml::Element::text).unwrap_or_default();
        let offsets = Offsets::new(&text);
        let mut places: Vec<_> = places(article, &text, &offsets);
        places.sort_by_key(|place| place.span);
        places.dedup_by_key(|place| place.span);
        let id = format!("{}#{}", find::stem(path), number + 1);
        PlacedDocument { document: Document::from_text(&id, &text), places }
    };
    Ok(articles.into_iter().enumerate().map(place).collect())
}

fn places(article: &xml::Element, text: &str, offsets: &Offsets) -> Vec<Toponym> {
    let mut elements = Vec::new();
    article.all("location", &mut elements);
    article.all("toponym", &mut elements);
    let place = |element: &&xml::Element| {
        let value =
            |names: &[&str]| element.child(names).map(|child| child.text().trim().to_owned());
        let number = |names: &[&str]| value(names)?.parse::<f64>().ok();
        let span = offsets.span(number(&["start"])? as usize, number(&["end"])? as usize)?;
        let name = value(&["name", "phrase"]).unwrap_or_default();
        let coordinates = number(&["lat"]).zip(number(&["lon"]));
        Some(Toponym { span: mend(span, &name, text), coordinates })
    };
    elements.iter().filter_map(place).collect()
}

/// Some offsets of GeoVirus are a few characters off; the name says where it really stands.
fn mend(span: Span, name: &str, text: &str) -> Span {
    if name.is_empty() || span.slice(text) == name {
        return span;
    }
    let nearest = text
        .match_indices(name)
        .map(|(at, _)| Span::of(at..at + name.len()))
        .min_by_key(|other| other.start.abs_diff(span.start));
    nearest.filter(|other| other.start.abs_diff(span.start) <= 24).unwrap_or(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_have_spans_and_coordinates() {
        let file = tempfile::NamedTempFile::with_suffix(".xml").unwrap();
        let text = "<articles><article><text>In Arlen é Doha.</text><locations><location>\
            <name>Doha</name><start>10</start><end>14</end><lat>25.3</lat><lon>51.5</lon>\
            </location></locations></article></articles>";
        std::fs::write(file.path(), text).unwrap();
        let read = read(file.path()).unwrap();
        let place = &read[0].places[0];
        assert_eq!(place.span.slice(&read[0].document.report.text), "Doha");
        assert_eq!(place.coordinates, Some((25.3, 51.5)));
    }
}
