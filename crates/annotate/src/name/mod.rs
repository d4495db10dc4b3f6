//! Names in the text: persons, organisations, places and others, by exact span.
//!
//! A linear model gives each word a label (begin, inside, last, unit of a class, or outside). It looks
//! at the letters, tags and trees of the words around, at their clusters, and at what the lexicon knows
//! of them; a network that reads the sentence adds its scores. A report is read twice: the second time
//! with what the first reading made of the same word elsewhere (after Krishnan and Manning 2006). Of
//! the second reading the names are taken that are likelier than not.
//!
//! Corpora differ on what a name is: whether "Chinese" is one, whether "the" is in it. The model has
//! learned each corpus's [`Convention`] beside what they share (Daumé 2007), and reads news by what
//! they share.

mod chance;
mod clusters;
mod elsewhere;
mod features;
mod gazetteer;
mod kind;
mod label;
pub mod reader;
mod sight;
#[cfg(test)]
mod tests;

use std::ops::Range;

use chancery_text::Span;
use rustc_hash::FxHashMap;

use crate::Read;
use crate::mention::lexicon::Lexicon;
use crate::segment::Token;
use crate::syntax::Context;
use crate::syntax::bundle::{self, BundleFault, Writer};
use crate::syntax::weights::{self, Row, Scores, Weights};
use chance::Chances;
use elsewhere::Elsewhere;
use features::Line;
use reader::Reader;
use sight::{Sight, Spellings};

pub use clusters::{Cluster, Clusters, Usage, key as cluster_key};
pub use features::{FEATURES, VOTES, Vote, copy, step, tells, votes};
pub use kind::NameKind;
pub use label::{BEFORE, LABELS, OUTSIDE, Part, Room, Steps, best, is_open, label, parts};

chancery_text::named_enum! {
    /// What a name names.
    pub enum NameClass {
        /// A person.
        Person = "person",
        /// An organisation, group, party, company.
        Organisation = "organisation",
        /// A state or other place.
        Place = "place",
        /// A people, event, work, product.
        Other = "other",
    }
}

chancery_text::named_enum! {
    /// How a corpus marks names.
    pub enum Convention {
        /// CrossNER: titles and articles outside; elections are names.
        Crossner = "crossner",
        /// WikiGold, after CoNLL-2003: adjectives of nations are names of another class.
        Wikigold = "wikigold",
        /// GUM: proper nouns around a head.
        Gum = "gum",
        /// re3d: reports on Syria and Iraq.
        Re3d = "re3d",
    }
}

/// A name in a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Its characters.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<u32>,
    /// What it names, as the model tells.
    pub class: NameClass,
    /// What it names, more exactly.
    pub kind: NameKind,
}

/// The model of names.
#[derive(Debug)]
pub struct NameKit {
    lexicon: &'static Lexicon,
    clusters: Clusters,
    /// None while the first models of training read.
    reader: Option<Reader>,
    weights: Weights,
}

/// What stands first in a bundle of names.
const MARK: &str = "names";

/// The bundle of trained rows and network, and of the clusters that they were trained with.
pub fn write(clusters: &Clusters, reader: &mut reader::Weights, rows: &[Row]) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.text(MARK);
    clusters.write(&mut writer);
    reader.write(&mut writer);
    Weights::write(rows, &mut writer);
    writer.finish()
}

impl NameKit {
    /// The kit made of `data/models` and `data/actors`.
    pub fn embedded() -> Self {
        let bundle = include_bytes!("../../../../data/models/english.names");
        Self::read(bundle).expect("a test reads the shipped bundle")
    }

    /// The kit that a bundle holds. Fails where it is another file, another version, or damaged.
    pub fn read(bundle: &[u8]) -> Result<Self, BundleFault> {
        let mut file = bundle::Reader::open(bundle)?;
        if file.text()? != MARK {
            return Err(file.damaged());
        }
        let clusters = Clusters::read(&mut file)?;
        let reader = Some(Reader::new(reader::Weights::read(&mut file)?));
        let weights = Weights::read(&mut file)?;
        Ok(Self { lexicon: Lexicon::embedded(), clusters, reader, weights })
    }

    /// Which words are used alike.
    pub fn clusters(&self) -> &Clusters {
        &self.clusters
    }

    /// A kit from trained rows, to label candidates that were made with clusters; it has none itself.
    pub fn new(rows: &[Row]) -> Self {
        let clusters = Clusters::default();
        Self { lexicon: Lexicon::embedded(), clusters, reader: None, weights: Weights::new(rows) }
    }

    /// With a network beside.
    pub fn with_reader(mut self, reader: Reader) -> Self {
        self.reader = Some(reader);
        self
    }

    fn add<const N: usize>(
        &self,
        keys: &[u32; N],
        as_in: Option<Convention>,
        row: &mut label::Row,
    ) {
        let mut scores: Scores = [0; weights::LABELS];
        self.weights.add(keys, &mut scores);
        if let Some(convention) = as_in {
            self.weights.add(&keys.map(|key| copy(key, convention)), &mut scores);
        }
        for (sum, score) in row.iter_mut().zip(scores) {
            *sum += score;
        }
    }

    fn steps(&self, as_in: Option<Convention>) -> Steps {
        let mut steps = [[0; LABELS]; LABELS];
        for (from, row) in (0..).zip(&mut steps) {
            self.add(&[step(from)], as_in, row);
        }
        if let Some(reader) = &self.reader {
            reader.add_steps(&mut steps);
        }
        steps
    }
}

/// The hash that clusters know a word by.
pub fn lower_hash(word: &str) -> u64 {
    Sight::of(word, &mut String::new()).lower
}

/// A word that may be in a name.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Index of its token.
    pub token: u32,
    /// Hash of it in lower case.
    pub lower: u64,
    /// Its capitals, in short.
    pub brief: u64,
    /// Its features.
    pub keys: [u32; FEATURES],
    /// Rows of its facets.
    pub facets: [u16; reader::FACETS],
    /// Its place in the longest names of the lexicon that hold it.
    pub marks: [u8; gazetteer::GROUPS],
}

/// A sentence with words that may be in names.
#[derive(Debug, Clone)]
pub struct Scene {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its runs, by their places among all.
    pub runs: Range<usize>,
    /// Keys of its words' vectors.
    pub words: Vec<u32>,
}

/// The words of a report that may be in names, in runs that no name leaves.
#[derive(Debug, Clone, Default)]
pub struct Candidates {
    /// The words, in the order of the text.
    pub words: Vec<Candidate>,
    /// The runs.
    pub runs: Vec<Range<usize>>,
    /// The sentences that hold them.
    pub scenes: Vec<Scene>,
    /// Keys of the vectors of the words that tell what the report is about.
    pub topic: Vec<u32>,
}

/// The words of a report that may be in names. Linear in the words.
pub fn candidates(text: Read<'_>, clusters: &Clusters) -> Candidates {
    candidates_with(text, Lexicon::embedded(), clusters)
}

fn candidates_with(text: Read<'_>, lexicon: &Lexicon, clusters: &Clusters) -> Candidates {
    let (mut lower, mut room) = (String::new(), gazetteer::Room::default());
    let (mut known, mut sights) = (Vec::new(), Vec::new());
    let mut seen = Vec::with_capacity(text.sentences.len());
    let mut spellings = Spellings::default();
    for sentence in 0..text.sentences.len() {
        gazetteer::look_up(text, sentence, lexicon, &mut room, &mut known);
        sight::see(text, sentence, &known, clusters, &mut lower, &mut sights);
        spellings.count(&sights);
        seen.push(std::mem::take(&mut sights));
    }
    let mut elsewhere = Elsewhere::default();
    for (sentence, sights) in seen.iter_mut().enumerate() {
        let style = sight::style(sights);
        for (at, sight) in sights.iter_mut().enumerate() {
            sight.elsewhere = spellings.elsewhere(sight, at, style == 1);
        }
        elsewhere.note(sentence, Line { sights, style });
    }
    let mut candidates = Candidates { topic: topic(&seen), ..Candidates::default() };
    for (number, (sentence, sights)) in text.sentences.iter().zip(seen).enumerate() {
        let style = sight::style(&sights);
        let before = candidates.runs.len();
        let line = Line { sights: &sights, style };
        add_runs(line, number, sentence.tokens.start, &elsewhere, &mut candidates);
        if before < candidates.runs.len() {
            candidates.scenes.push(Scene {
                tokens: sentence.indices(),
                runs: before..candidates.runs.len(),
                words: sights.iter().map(|sight| cluster_key(sight.lower)).collect(),
            });
        }
    }
    candidates
}

/// The words that tell what a report is about: its nouns, verbs and adjectives in small letters.
fn topic(sentences: &[Vec<Sight>]) -> Vec<u32> {
    let words = sentences.iter().flatten().filter(|sight| sight.is_plain_content());
    words.map(|sight| cluster_key(sight.lower)).collect()
}

fn add_runs(
    line: Line<'_>,
    sentence: usize,
    first: u32,
    elsewhere: &Elsewhere,
    candidates: &mut Candidates,
) {
    for run in features::runs(line.sights) {
        let start = candidates.words.len();
        candidates.words.extend(run.map(|at| {
            let sight = &line.sights[at];
            Candidate {
                token: first + at as u32,
                lower: sight.lower,
                brief: sight.brief,
                keys: features::features(line, at),
                facets: features::facets(line, at, elsewhere.told(sentence, at, sight)),
                marks: sight.known.marks,
            }
        }));
        candidates.runs.push(start..candidates.words.len());
    }
}

/// The names of a report, in the order of the text, each before those that lie in it. `as_in` asks for a
/// corpus's convention, `None` for what the corpora share. Linear in the words.
pub fn find(text: Read<'_>, kit: &NameKit, as_in: Option<Convention>) -> Vec<Name> {
    let candidates = candidates_with(text, kit.lexicon, &kit.clusters);
    let labels = kit.labels(&candidates, &text.syntax.context, as_in);
    kind::complete(text, &candidates, names(text.tokens, &candidates, &labels))
}

impl NameKit {
    /// The label of each candidate, from what the network of syntax made of the words.
    pub fn labels(
        &self,
        candidates: &Candidates,
        context: &Context,
        as_in: Option<Convention>,
    ) -> Vec<u8> {
        let steps = self.steps(as_in);
        let mut rows = self.rows(candidates, context, as_in);
        let mut labels = best_labels(candidates, &rows, &steps);
        let ballot = ballot(candidates, &labels);
        let models = 1 + i32::from(self.reader.is_some());
        let (mut chances, mut found) = (Chances::new(&steps, models), Vec::new());
        for run in &candidates.runs {
            if ballot[run.clone()].iter().any(|vote| tells(*vote)) {
                for at in run.clone() {
                    self.add(&vote_keys(candidates, &ballot, run, at), as_in, &mut rows[at]);
                }
            }
            chances.likely(&rows[run.clone()], &mut found);
            labels[run.clone()].copy_from_slice(&found);
        }
        labels
    }

    /// The labels of a first reading, whose votes the second hears.
    pub fn first_labels(
        &self,
        candidates: &Candidates,
        context: &Context,
        as_in: Option<Convention>,
    ) -> Vec<u8> {
        best_labels(candidates, &self.rows(candidates, context, as_in), &self.steps(as_in))
    }

    /// The scores of each candidate's labels before there are votes.
    fn rows(
        &self,
        candidates: &Candidates,
        context: &Context,
        as_in: Option<Convention>,
    ) -> Vec<label::Row> {
        let mut rows = vec![[0; LABELS]; candidates.words.len()];
        for (word, row) in candidates.words.iter().zip(&mut rows) {
            self.add(&word.keys, as_in, row);
        }
        if let Some(reader) = &self.reader {
            reader.add(candidates, context, as_in, &mut rows);
        }
        rows
    }
}

fn best_labels(candidates: &Candidates, rows: &[label::Row], steps: &Steps) -> Vec<u8> {
    let mut labels = Vec::with_capacity(rows.len());
    let (mut room, mut found) = (Room::default(), Vec::new());
    for run in &candidates.runs {
        best(&rows[run.clone()], steps, &mut room, &mut found);
        labels.extend_from_slice(&found);
    }
    labels
}

/// The features of a word by the votes around it in its run.
pub fn vote_keys(
    candidates: &Candidates,
    ballot: &[Vote],
    run: &Range<usize>,
    at: usize,
) -> [u32; VOTES] {
    let vote = |at: usize| if run.contains(&at) { ballot[at] } else { Vote::default() };
    votes(vote(at), vote(at.wrapping_sub(1)), vote(at + 1), candidates.words[at].brief)
}

/// The names that lie in no other.
pub fn outermost(names: &[Name]) -> impl Iterator<Item = &Name> {
    let mut end = 0;
    names.iter().filter(move |name| {
        let outer = end <= name.tokens.start;
        end = end.max(name.tokens.end);
        outer
    })
}

/// What the labels of a first reading say of each word by the others that are written the same but
/// for capitals.
pub fn ballot(candidates: &Candidates, labels: &[u8]) -> Vec<Vote> {
    let mut counts: FxHashMap<u64, [u32; LABELS]> = FxHashMap::default();
    for (word, label) in candidates.words.iter().zip(labels) {
        counts.entry(word.lower).or_insert([0; LABELS])[usize::from(*label)] += 1;
    }
    let votes = candidates.words.iter().zip(labels).map(|(word, &own)| {
        let mut others = counts[&word.lower];
        others[usize::from(own)] -= 1;
        let most = (0..LABELS).max_by_key(|&at| (others[at], std::cmp::Reverse(at))).unwrap_or(0);
        let class = |label: usize| parts(label as u8).map(|(_, class)| class);
        let alike: u32 =
            (0..LABELS).filter(|&at| class(at) == class(most)).map(|at| others[at]).sum();
        let all: u32 = others.iter().sum();
        let (count, against) = (all.min(3) as u8, (all - alike).min(3) as u8);
        Vote { own, most: most as u8, count, against }
    });
    votes.collect()
}

/// The names that the labels make of the candidates, their kinds not yet told.
pub fn names(tokens: &[Token], candidates: &Candidates, labels: &[u8]) -> Vec<Name> {
    let mut found: Vec<Name> = Vec::new();
    for (word, label) in candidates.words.iter().zip(labels) {
        let Some((part, class)) = parts(*label) else { continue };
        let span = tokens[word.token as usize].span;
        match (part, found.last_mut()) {
            (Part::Inside | Part::Last, Some(name)) => {
                name.span = name.span.cover(span);
                name.tokens.end = word.token + 1;
            }
            _ => found.push(Name {
                span,
                tokens: word.token..word.token + 1,
                class,
                kind: NameKind::Other,
            }),
        }
    }
    found
}
