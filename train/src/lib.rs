//! How each model in `data/models` is made from its corpora: pinned inputs, seed, command.
//!
//! ```text
//! cargo run --release -p chancery-train -- linear --gold ../shared/gold --out data/models/english.syntax
//! ```

pub mod chains;
pub mod conllu;
pub mod inputs;
pub mod lexemes;
pub mod names;
pub mod neural;
pub mod parallel;
pub mod random;
pub mod roles;
pub mod syntax;
pub mod undertakings;
pub mod vectors;
