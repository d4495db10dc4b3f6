//! The mention that a source or addressee is.

use chancery_text::{RowId, Span};

use crate::mention::Mention;

/// Mentions looked at for one source: enough for any phrase, and no more in hostile text.
const MOST: usize = 64;

/// The mention that names `source`: one that starts with it before one inside it, the longest
/// first; a name or noun in the phrase before the demonyms and places in it.
pub(super) fn of(mentions: &[Mention], source: Span) -> Option<RowId> {
    let first = mentions.partition_point(|mention| mention.span.start < source.start);
    let around = mentions[first.saturating_sub(4)..first].iter();
    let inside = mentions[first..].iter().take(MOST);
    around
        .chain(inside)
        .filter(|mention| mention.span.overlaps(source))
        .max_by_key(|mention| {
            let leads = mention.span.start <= source.start;
            let head_inside = source.contains(mention.head_span);
            let shared = mention.span.intersection(source).map_or(0, Span::len);
            (head_inside, leads, shared, std::cmp::Reverse(mention.span.start))
        })
        .map(|mention| mention.id)
}
