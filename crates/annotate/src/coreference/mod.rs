//! Which mentions of a report mean the same.
//!
//! In come the words and trees; out come chains of mentions. [`mention`] finds the phrases that may
//! refer, [`scene`] which earlier ones each may mean, [`model`] ranks these and "something new", and
//! [`cluster`] joins what is linked. What is mentioned once has no chain.
//!
//! ```
//! use chancery_annotate::coreference::{self, CoreferenceKit};
//! use chancery_annotate::{Kit, Read, segment, syntax};
//! use chancery_text::{Report, Span};
//!
//! let report = Report::from_text("a.txt", "Ana Lo left Pelm. She flew to Arlen.");
//! let sentences = segment::sentences(&report, &[Span::of(0..report.text.len())]);
//! let tokens = segment::tokens(&report, &sentences);
//! let syntax = syntax::parse(&report, &sentences, &tokens, &Kit::embedded().syntax);
//! let text = Read { report: &report, sentences: &sentences, tokens: &tokens, syntax: &syntax };
//! let chains = coreference::find(text, &CoreferenceKit::embedded());
//! let words: Vec<_> = chains[0].mentions.iter().map(|m| report.slice(m.span)).collect();
//! assert_eq!(words, ["Ana Lo", "She"]);
//! ```

pub mod cluster;
pub mod features;
pub mod gender;
pub mod look;
pub mod mention;
pub mod model;
pub mod scene;
pub mod table;
#[cfg(test)]
mod tests;
pub mod vectors;

use self::mention::Mention;
use self::model::Model;
use self::scene::Scene;
use crate::Read;
use crate::syntax::bundle::BundleFault;

/// Mentions that mean the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The mentions, in the order of the text; two at least.
    pub mentions: Vec<Mention>,
}

/// The model of coreference.
#[derive(Debug)]
pub struct CoreferenceKit(Model);

impl CoreferenceKit {
    /// The kit made of `data/models`.
    pub fn embedded() -> Self {
        let bundle = include_bytes!("../../../../data/models/english.coreference");
        Self::read(bundle).expect("a test reads the shipped bundle")
    }

    /// The kit that a bundle holds. Fails where it is another file, another version, or damaged.
    pub fn read(bundle: &[u8]) -> Result<Self, BundleFault> {
        Model::read(bundle).map(Self)
    }
}

/// The chains of a report, in the order of their first mentions. Linear in the words: each mention is
/// compared with a bounded number of earlier ones.
pub fn find(text: Read<'_>, kit: &CoreferenceKit) -> Vec<Chain> {
    let scene = Scene::of(text, &kit.0.vectors);
    let clusters = kit.0.clusters(&scene);
    let chains = clusters.members().filter(|members| 1 < members.len());
    let mention = |at: &u32| scene.mentions[*at as usize].clone();
    chains.map(|members| Chain { mentions: members.iter().map(mention).collect() }).collect()
}
