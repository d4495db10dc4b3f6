//! Makes `data/models/english.syntax`: tagger, lemmas and parser, from UD treebanks.

pub mod acronym;
pub mod features;
pub mod headline;
pub mod lemma;
pub mod oracle;
pub mod parser;
pub mod perceptron;
pub mod score;
pub mod tagger;
pub mod unmarked;

use chancery_annotate::syntax::SyntaxKit;
use chancery_annotate::syntax::bundle::Writer;
use chancery_annotate::syntax::parser::{Atom, Parser};
use chancery_annotate::syntax::tagger::Tagger;
use chancery_annotate::syntax::transition::ACTIONS;
use chancery_annotate::syntax::weights::{Row, Weights};

use self::features::FeatureParts;
use self::lemma::LemmaParts;
use self::oracle::Gold;
use self::tagger::TaggerParts;
use crate::conllu::Sentence;

/// How to train.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The seed of every order.
    pub seed: u64,
    /// Rounds over the sentences for the parser.
    pub iterations: usize,
    /// Rounds for the tagger.
    pub tagger_iterations: usize,
    /// Parts that the sentences are cut into, so that each is tagged by a tagger that did not see it.
    pub folds: usize,
    /// How often a tag must be seen to be learned.
    pub least: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { seed: 1, iterations: 9, tagger_iterations: 7, folds: 4, least: 5 }
    }
}

/// A trained model.
#[derive(Debug)]
pub struct Model {
    tagger: TaggerParts,
    lemmas: LemmaParts,
    parser: Vec<Row>,
    features: FeatureParts,
}

impl Model {
    /// The model as a stage uses it.
    pub fn kit(&self) -> SyntaxKit {
        let parser = Parser::new(Weights::new(&self.parser));
        SyntaxKit::new(self.tagger.build(), self.lemmas.build(), parser, self.features.build())
    }

    /// The model as a file.
    pub fn bundle(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.number(self.tagger.names.len() as u64);
        self.tagger.names.iter().for_each(|name| writer.text(name));
        write_known(&self.tagger.classes, &mut writer);
        Weights::write(&self.tagger.rows, &mut writer);
        self.lemmas.write(&mut writer);
        writer.number(ACTIONS as u64);
        Weights::write(&self.parser, &mut writer);
        self.features.write(&mut writer);
        writer.finish()
    }
}

pub(crate) fn write_known(known: &[(u32, u32)], writer: &mut Writer) {
    writer.keys(known.iter().map(|(key, _)| *key));
    known.iter().for_each(|(_, value)| writer.number(u64::from(*value)));
}

/// Trains a model on sentences. `told` hears how it goes.
pub fn train(sentences: &[Sentence], settings: Settings, told: &mut dyn FnMut(&str)) -> Model {
    let names = tagger::tag_names(sentences, settings.least);
    let lemmas = lemma::train(sentences, &names);
    let guessed = guess_tags(sentences, &names, settings);
    told("tagged the sentences, each part by a tagger trained on the others");
    let all: Vec<_> = sentences.iter().collect();
    let tagger = tagger::train(&all, &names, settings.tagger_iterations, settings.seed);
    told("trained the tagger");
    let examples: Vec<_> = sentences
        .iter()
        .zip(guessed)
        .map(|(sentence, atoms)| {
            let words = sentence.words.iter().map(|word| (word.head, word.relation));
            parser::Example { atoms, gold: Gold::new(words) }
        })
        .collect();
    let parser =
        parser::train(&examples, settings.iterations, settings.seed, &mut |round, right| {
            told(&format!("parser, round {}: {:.2} % of steps right", round + 1, right * 100.0));
        });
    let features = features::train(sentences, &names);
    Model { tagger, lemmas, parser, features }
}

/// Tags each part of the sentences with a tagger trained on the other parts: the parser must learn
/// from tags as wrong as those that it will meet.
fn guess_tags(sentences: &[Sentence], names: &[String], settings: Settings) -> Vec<Vec<Atom>> {
    let mut guessed = vec![Vec::new(); sentences.len()];
    let part = |at: usize| at * settings.folds / sentences.len();
    for fold in 0..settings.folds {
        let others: Vec<_> = sentences
            .iter()
            .enumerate()
            .filter(|(at, _)| settings.folds == 1 || part(*at) != fold)
            .map(|(_, sentence)| sentence)
            .collect();
        let parts = tagger::train(&others, names, settings.tagger_iterations, settings.seed);
        let tagger = parts.build();
        for (at, sentence) in sentences.iter().enumerate().filter(|(at, _)| part(*at) == fold) {
            guessed[at] = atoms(sentence, &tagger);
        }
    }
    guessed
}

fn atoms(sentence: &Sentence, tagger: &Tagger) -> Vec<Atom> {
    let mut lower = String::new();
    let letters: Vec<_> =
        sentence.words.iter().map(|word| tagger.letters(&word.form, &mut lower)).collect();
    let mut tags = Vec::new();
    tagger.tag(&letters, &mut tags);
    letters.iter().zip(&tags).map(|(l, tag)| Atom { word: l.lower, tag: u64::from(*tag) }).collect()
}
