//! Readers of annotated corpora, one file a format. Each gives documents of plain text with spans, so
//! that scoring never sees a format.

pub mod brat;
pub mod cameo;
pub mod conllu;
pub mod dated;
mod document;
pub mod facts;
pub mod figures;
pub mod find;
pub mod geovirus;
pub mod instances;
pub mod iob;
pub mod meantime;
pub mod names;
pub mod newsplease;
pub mod newswcl;
pub mod passages;
pub mod plover;
pub mod propbank;
pub mod re3d;
pub mod status;
pub mod timelines;
pub mod timex;
pub mod undertakings;
pub mod xml;

pub use document::{Document, Draft};
