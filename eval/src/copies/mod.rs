//! Copies of known descent, made of reports: what `chancery eval copies` is measured on.
//!
//! A [`Pool`] of reports goes in; [`families`] makes copies of some of them, each with the way it was made
//! and the text it was made of. The same pool makes the same copies. What makes them shares no code and no
//! list with what finds them.

mod chance;
mod family;
mod overlap;
mod page;
mod pool;
mod prose;
mod reorder;
mod respin;
mod thesaurus;

pub use family::{Copy, Making, families};
pub use overlap::{Grams, Placed, SharedRun, alike, exact_passages};
pub use pool::{Pool, Source};
