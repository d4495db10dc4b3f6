//! Which stretches of the page are the article, as Readability's method decides it.
//!
//! The extractor works on a copy of the tree and only moves and removes nodes, so the text nodes
//! that it keeps are those of the page: nothing has to be found again by its wording.

use std::collections::BTreeSet;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::{Document, NodeId};
use dom_smoothie::{Config, Readability};

use super::render::{Page, Piece, Place};

/// A document beyond these would take the extractor seconds; news pages stay far below.
const MAX_NODES: usize = 100_000;
const MAX_DEPTH: usize = 600;
const MAX_COST: u64 = 64 << 20;

/// Fewer characters are no article.
const MIN_ARTICLE: usize = 60;

/// The text nodes of the article; `None` if no article was found.
pub(super) fn find(document: &Document, page: &Page) -> Option<BTreeSet<NodeId>> {
    if MAX_NODES < page.nodes || MAX_DEPTH < page.depth || MAX_COST < page.cost {
        return None;
    }
    // The extractor indexes and unwraps; should a page break it, the page is read without it.
    let found = catch_unwind(AssertUnwindSafe(|| extract(document))).ok().flatten()?;
    let length: usize = page
        .pieces
        .iter()
        .filter(|piece| found.contains(&piece.node))
        .map(|piece| piece.range.len())
        .sum();
    (MIN_ARTICLE <= length).then_some(found)
}

fn extract(document: &Document) -> Option<BTreeSet<NodeId>> {
    let config = Config { disable_json_ld: true, ..Config::default() };
    let mut readability = Readability::with_document(document.clone(), None, Some(config)).ok()?;
    readability.parse().ok()?;
    let content = readability.doc.select("#readability-page-1");
    let root = content.nodes().first()?;
    Some(root.descendants_it().filter(|node| node.is_text()).map(|node| node.id).collect())
}

/// The page's furniture: what is outside the article, and captions. The title is none.
pub(super) fn furniture(
    page: &Page,
    article: Option<&BTreeSet<NodeId>>,
    title: Option<&Range<usize>>,
) -> Vec<(Range<usize>, &'static str)> {
    let reasons = reasons(page, article, title);
    let mut furniture: Vec<(Range<usize>, &'static str)> = Vec::new();
    let mut open = false;
    for (piece, reason) in page.pieces.iter().zip(reasons) {
        match (reason, furniture.last_mut()) {
            (Some(reason), Some((range, last))) if open && *last == reason => {
                range.end = piece.range.end;
            }
            (Some(reason), _) => furniture.push((piece.range.clone(), reason)),
            (None, _) => {}
        }
        open = reason.is_some();
    }
    furniture
}

/// Why each piece is furniture, if it is. A line is kept or left out as a whole, as the larger part
/// of it is: an extractor that drops a link must not tear a sentence.
fn reasons(
    page: &Page,
    article: Option<&BTreeSet<NodeId>>,
    title: Option<&Range<usize>>,
) -> Vec<Option<&'static str>> {
    let framed = form_of_page(page);
    page.pieces
        .chunk_by(|a, b| a.block == b.block)
        .flat_map(|line| {
            let length = |pieces: &mut dyn Iterator<Item = &Piece>| -> usize {
                pieces.map(|piece| piece.range.len()).sum()
            };
            let all = length(&mut line.iter());
            let inside = |piece: &&Piece| article.is_some_and(|nodes| nodes.contains(&piece.node));
            let kept = all <= 2 * length(&mut line.iter().filter(inside));
            line.iter().map(move |piece| {
                let titled = title.is_some_and(|title| {
                    title.start <= piece.range.start && piece.range.end <= title.end
                });
                match (article, piece.place) {
                    _ if titled => None,
                    (_, Place::Caption) => Some("caption"),
                    // What the page itself calls its frame is none of the article, whatever the
                    // extractor, which takes whole short pages, says.
                    (_, place @ (Place::Navigation | Place::Footer)) => Some(place.reason()),
                    (_, Place::Form) if !framed => Some(Place::Form.reason()),
                    (Some(_), _) if kept => None,
                    (Some(_), Place::Form) => Some(Place::Plain.reason()),
                    (Some(_), place) => Some(place.reason()),
                    (None, Place::Plain | Place::Form) => None,
                    (None, place) => Some(place.reason()),
                }
            })
        })
        .collect()
}

/// Whether the page stands inside a form as a whole, as ASP.NET writes it.
fn form_of_page(page: &Page) -> bool {
    let formed = page.pieces.iter().filter(|piece| piece.place == Place::Form);
    page.text.len() < 2 * formed.map(|piece| piece.range.len()).sum::<usize>()
}
