//! Tags and trees by a small recurrent network in whole numbers: hashed rows for what a word looks
//! like, light recurrent layers that read the sentence both ways, then tags, arcs and relations.

pub mod look;
pub mod shape;
pub mod tree;
