//! One file a task: gold in, an outcome out.

pub mod actors;
pub mod coreference;
pub mod dates;
pub mod event_coreference;
pub mod events;
pub mod facts;
pub mod figures;
pub mod names;
pub mod places;
pub mod quotations;
pub mod relations;
pub mod residue;
pub mod roles;
pub mod status;
pub mod stories;
pub mod syntax;
pub mod timelines;
pub mod times;
pub mod undertakings;

use chancery_annotate::Observed;
use chancery_annotate::mention::Mention;
use chancery_text::{RowId, Span};

/// The mentions with these ids.
pub fn mentions<'a>(observed: &'a Observed, ids: &[RowId]) -> Vec<&'a Mention> {
    observed.mentions.iter().filter(|mention| ids.contains(&mention.id)).collect()
}

/// A place for a case: `12-20`, in code points of `text`.
pub fn place(text: &str, span: Span) -> String {
    let points = |to: u32| text[..to as usize].chars().count();
    format!("{}-{}", points(span.start), points(span.end))
}
