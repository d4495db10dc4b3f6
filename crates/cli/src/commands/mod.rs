//! One file per command.

pub mod annotate;
pub mod brief;
pub mod completions;
pub mod eval;
pub mod export;
pub mod lexicon;
pub mod read;
pub mod show;
pub mod timeline;
pub mod why;
