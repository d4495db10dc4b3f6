//! Tags and trees by a small recurrent network in whole numbers: hashed rows for what a word looks
//! like, light recurrent layers that read the sentence both ways, then tags, arcs and relations.
//!
//! Whole numbers make every machine, and any number of threads, read the same. No float is used in
//! reading; training makes the whole numbers from floats once.

pub mod dots;
pub mod layer;
pub mod look;
pub mod map;
pub mod network;
pub mod shape;
pub mod tree;
#[cfg(target_arch = "x86_64")]
mod vectors;
