//! Tag, lemma, head and relation of each token, in Universal Dependencies.

pub mod bundle;
pub mod features;
pub mod lemma;
pub mod neural;
pub mod parser;
pub mod tagger;
pub mod transition;
mod tree;
pub mod weights;

use chancery_text::Report;

use self::bundle::{BundleFault, Reader};
pub use self::features::Features;
use self::features::{Clue, FeatureTable};
use self::lemma::Lemmas;
use self::neural::network::{Network, Reading};
use self::parser::{Atom, Parser};
use self::tagger::{Letters, Tagger};
use self::transition::State;
pub use self::tree::{Oblique, Tense, Tree, VerbForm};
use crate::segment::{Sentence, Token};

chancery_text::named_enum! {
    /// Universal part-of-speech tags.
    pub enum Upos {
        /// Adjective.
        Adj = "ADJ", /// Adposition.
        Adp = "ADP", /// Adverb.
        Adv = "ADV", /// Auxiliary.
        Aux = "AUX", /// Coordinating conjunction.
        Cconj = "CCONJ", /// Determiner.
        Det = "DET", /// Interjection.
        Intj = "INTJ", /// Noun.
        Noun = "NOUN", /// Numeral.
        Num = "NUM", /// Particle.
        Part = "PART", /// Pronoun.
        Pron = "PRON", /// Proper noun.
        Propn = "PROPN", /// Punctuation.
        Punct = "PUNCT", /// Subordinating conjunction.
        Sconj = "SCONJ", /// Symbol.
        Sym = "SYM", /// Verb.
        Verb = "VERB", /// Other, or not read.
        X = "X",
    }
}

chancery_text::named_enum! {
    /// Universal dependency relations of English, with their subtypes.
    pub enum Relation {
        /// Adjectival clause.
        Acl = "acl", /// Relative clause.
        AclRelcl = "acl:relcl", /// Adverbial clause.
        Advcl = "advcl", /// Adverbial relative clause.
        AdvclRelcl = "advcl:relcl", /// Adverb.
        Advmod = "advmod", /// Adjective.
        Amod = "amod", /// Apposition.
        Appos = "appos", /// Auxiliary.
        Aux = "aux", /// Passive auxiliary.
        AuxPass = "aux:pass", /// Preposition or possessive mark.
        Case = "case", /// Coordinating conjunction.
        Cc = "cc", /// "both", "either".
        CcPreconj = "cc:preconj", /// Clausal complement.
        Ccomp = "ccomp", /// Compound noun.
        Compound = "compound", /// Verb particle.
        CompoundPrt = "compound:prt", /// Conjunct.
        Conj = "conj", /// Copula.
        Cop = "cop", /// Clausal subject.
        Csubj = "csubj", /// Clausal subject of a passive.
        CsubjPass = "csubj:pass", /// Outer clausal subject.
        CsubjOuter = "csubj:outer", /// Unknown.
        Dep = "dep", /// Determiner.
        Det = "det", /// "all", "both" before the determiner.
        DetPredet = "det:predet", /// Discourse element.
        Discourse = "discourse", /// Dislocated.
        Dislocated = "dislocated", /// Expletive.
        Expl = "expl", /// Fixed expression.
        Fixed = "fixed", /// Name or flat expression.
        Flat = "flat", /// Goes with.
        Goeswith = "goeswith", /// Indirect object.
        Iobj = "iobj", /// List item.
        List = "list", /// Marker.
        Mark = "mark", /// Nominal modifier.
        Nmod = "nmod", /// Bare noun as modifier.
        NmodUnmarked = "nmod:unmarked", /// Description before or after a name.
        NmodDesc = "nmod:desc", /// Possessor.
        NmodPoss = "nmod:poss", /// Subject.
        Nsubj = "nsubj", /// Subject of a passive.
        NsubjPass = "nsubj:pass", /// Outer subject.
        NsubjOuter = "nsubj:outer", /// Numeral.
        Nummod = "nummod", /// Object.
        Obj = "obj", /// Oblique.
        Obl = "obl", /// Agent of a passive.
        OblAgent = "obl:agent", /// Bare noun of time or measure.
        OblUnmarked = "obl:unmarked", /// Orphan.
        Orphan = "orphan", /// Parataxis.
        Parataxis = "parataxis", /// Punctuation.
        Punct = "punct", /// Overridden disfluency.
        Reparandum = "reparandum", /// Root.
        Root = "root", /// Vocative.
        Vocative = "vocative", /// Open clausal complement.
        Xcomp = "xcomp",
    }
}

/// Tag, lemma, head and relation of one token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Universal tag.
    pub upos: Upos,
    /// Penn Treebank tag; `_` if not known.
    pub xpos: &'static str,
    /// Morphological features.
    pub features: Features,
    /// Dictionary form, in lower case unless a name.
    pub lemma: String,
    /// Index (into the report's tokens) of the head; `None` for the root of a sentence.
    pub head: Option<u32>,
    /// Relation to the head.
    pub relation: Relation,
}

/// The words of a report, one per token.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Syntax {
    /// One per token, in order.
    pub words: Vec<Word>,
    /// What the network made of each word in its sentence.
    pub context: Context,
}

/// What a network makes of each word in its sentence, for other networks to go on from: a row of whole
/// numbers, 11 bits of them a fraction. Empty if no network has read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Context {
    /// Numbers in a row.
    pub width: usize,
    /// A row for each token.
    pub values: Vec<i16>,
}

impl Context {
    /// The rows of tokens.
    pub fn rows(&self, tokens: std::ops::Range<usize>) -> &[i16] {
        &self.values[tokens.start * self.width..tokens.end * self.width]
    }
}

impl Syntax {
    /// The syntax of a report that is not read: every tag `X`, every token a root.
    pub fn unread(tokens: &[Token]) -> Self {
        let word = Word {
            upos: Upos::X,
            xpos: "_",
            features: Features::default(),
            lemma: String::new(),
            head: None,
            relation: Relation::Dep,
        };
        Self { words: vec![word; tokens.len()], context: Context::default() }
    }
}

/// Models of tags, lemmas and trees.
#[derive(Debug)]
pub struct SyntaxKit {
    tags: Vec<(Upos, &'static str)>,
    core: Core,
    lemmas: Lemmas,
    features: FeatureTable,
}

/// What tags and parses.
#[derive(Debug)]
enum Core {
    /// Averaged perceptrons, one after the other.
    Linear(Box<(Tagger, Parser)>),
    /// A network that does both.
    Network(Box<Network>),
}

impl SyntaxKit {
    /// The kit made of `data/models`.
    pub fn embedded() -> Self {
        let bundle = include_bytes!("../../../../data/models/english.syntax");
        Self::read(bundle).expect("a test reads the shipped bundle")
    }

    /// The kit that a bundle holds, which goes on reading the bundle's own bytes. Fails where the
    /// bundle is another file, another version, or damaged.
    pub fn read(bundle: &'static [u8]) -> Result<Self, BundleFault> {
        let mut reader = Reader::open(bundle)?;
        if reader.peek() == Some(NETWORK) {
            reader.number()?;
            let network = Network::read(&mut reader)?;
            let lemmas = Lemmas::read(&mut reader)?;
            return Ok(Self::with_network(network, lemmas, FeatureTable::read(&mut reader)?));
        }
        let tagger = Tagger::read(&mut reader)?;
        let lemmas = Lemmas::read(&mut reader)?;
        let parser = Parser::read(&mut reader)?;
        Ok(Self::new(tagger, lemmas, parser, FeatureTable::read(&mut reader)?))
    }

    /// A kit from a linear model's parts.
    pub fn new(tagger: Tagger, lemmas: Lemmas, parser: Parser, features: FeatureTable) -> Self {
        let tags = tagger.names.iter().map(|name| read_tag(name)).collect();
        Self { tags, core: Core::Linear(Box::new((tagger, parser))), lemmas, features }
    }

    /// A kit from a network.
    pub fn with_network(network: Network, lemmas: Lemmas, features: FeatureTable) -> Self {
        let tags = network.names.iter().map(|name| read_tag(name)).collect();
        Self { tags, core: Core::Network(Box::new(network)), lemmas, features }
    }
}

/// What a bundle begins with that holds a network; a linear model's number of tags is never nought.
pub const NETWORK: u8 = 0;

impl SyntaxKit {
    /// The universal tags alone, one per token: what tagging costs without lemmas and trees.
    pub fn tag(&self, report: &Report, sentences: &[Sentence], tokens: &[Token]) -> Vec<Upos> {
        let mut room = Room::default();
        let mut found = Vec::with_capacity(tokens.len());
        for sentence in sentences {
            self.tag_sentence(&report.text, &tokens[sentence.indices()], &mut room);
            found.extend(room.tags.iter().map(|&tag| self.tags[usize::from(tag)].0));
        }
        found
    }

    /// Numbers in a row of [`Context`].
    pub fn width(&self) -> usize {
        match &self.core {
            Core::Linear(_) => 0,
            Core::Network(network) => network.width(),
        }
    }

    /// What the network has of each word by itself, a row of [`SyntaxKit::width`]; as [`Context`], without
    /// the sentence.
    pub fn looks(&self, report: &Report, tokens: &[Token]) -> Vec<i16> {
        let Core::Network(network) = &self.core else { return Vec::new() };
        let mut lower = String::new();
        let letters = |token: &Token| network.letters(report.slice(token.span), &mut lower);
        network.looks(&tokens.iter().map(letters).collect::<Vec<_>>())
    }

    /// Tags one sentence; a network parses it in the same breath.
    fn tag_sentence(&self, text: &str, tokens: &[Token], room: &mut Room) {
        let Room { lower, letters, tags, network, reading, .. } = room;
        letters.clear();
        let words = tokens.iter().map(|token| token.span.slice(text));
        match &self.core {
            Core::Linear(linear) => {
                let tagger = &linear.0;
                letters.extend(words.map(|word| tagger.letters(word, lower)));
                tagger.tag(letters, tags);
            }
            Core::Network(core) => {
                letters.extend(words.map(|word| core.letters(word, lower)));
                core.parse(letters, network, reading);
                tags.clone_from(&reading.tags);
            }
        }
    }
}

/// A tag by its name in a model, "NOUN|NN".
pub fn read_tag(name: &str) -> (Upos, &'static str) {
    let (upos, xpos) = name.split_once('|').unwrap_or((name, "_"));
    let xpos = XPOS.iter().find(|known| **known == xpos).unwrap_or(&"_");
    (upos.parse().unwrap_or(Upos::X), xpos)
}

/// The Penn Treebank tags as Universal Dependencies English has them.
const XPOS: [&str; 50] = [
    "$", "''", ",", "-LRB-", "-RRB-", ".", ":", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW", "GW",
    "HYPH", "IN", "JJ", "JJR", "JJS", "LS", "MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT", "POS",
    "PRP", "PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP",
    "VBZ", "WDT", "WP", "WP$", "WRB", "XX", "``",
];

/// Tags and parses each sentence. One word per token. Linear in the number of tokens.
pub fn parse(report: &Report, sentences: &[Sentence], tokens: &[Token], kit: &SyntaxKit) -> Syntax {
    let mut words = Vec::with_capacity(tokens.len());
    let mut context = Context { width: kit.width(), values: Vec::new() };
    context.values.reserve(tokens.len() * context.width);
    let mut room = Room::default();
    for sentence in sentences {
        let tokens = &tokens[sentence.indices()];
        parse_sentence(&report.text, tokens, sentence.tokens.start, kit, &mut room, &mut words);
        context.values.extend_from_slice(&room.reading.context);
    }
    Syntax { words, context }
}

/// What one sentence needs while it is read, kept from sentence to sentence.
#[derive(Debug, Default)]
struct Room {
    lower: String,
    letters: Vec<Letters>,
    tags: Vec<u8>,
    lemmas: Vec<String>,
    atoms: Vec<Atom>,
    state: State,
    network: neural::network::Room,
    reading: Reading,
    clues: Vec<Clue>,
    features: features::Room,
}

fn parse_sentence(
    text: &str,
    tokens: &[Token],
    first: u32,
    kit: &SyntaxKit,
    room: &mut Room,
    words: &mut Vec<Word>,
) {
    kit.tag_sentence(text, tokens, room);
    let Room { lower, letters, tags, lemmas, atoms, state, reading, clues, features, .. } = room;
    lemmas.clear();
    for (token, &tag) in tokens.iter().zip(&*tags) {
        let word = token.span.slice(text);
        lower_into(word, lower);
        lemmas.push(kit.lemmas.lemma(word, lower, tag));
    }
    if let Core::Linear(linear) = &kit.core {
        atoms.clear();
        let seen = letters.iter().zip(&*tags);
        atoms.extend(seen.map(|(letters, &tag)| Atom { word: letters.lower, tag: u64::from(tag) }));
        linear.1.parse(atoms, state);
        reading.take(state);
    }
    let arcs = reading.heads.iter().zip(&reading.relations);
    for ((lemma, &tag), (head, &relation)) in lemmas.drain(..).zip(&*tags).zip(arcs) {
        let (upos, xpos) = kit.tags[usize::from(tag)];
        let head = head.checked_sub(1).map(|head| first + head as u32);
        words.push(Word { upos, xpos, features: Features::default(), lemma, head, relation });
    }
    clues.clear();
    let seen = words[words.len() - tokens.len()..].iter().zip(&*letters).zip(&*tags);
    clues.extend(seen.map(|((word, letters), &tag)| Clue {
        tag,
        upos: word.upos,
        plural: is_plural(word.xpos),
        letters: *letters,
        head: word.head.map(|head| (head - first) as usize),
        relation: word.relation,
    }));
    let from = words.len() - tokens.len();
    features::each_keys(clues, features, &mut |at, keys| {
        words[from + at].features = kit.features.told(keys);
    });
}

/// Whether a Penn tag is that of a plural noun or name.
pub fn is_plural(xpos: &str) -> bool {
    matches!(xpos, "NNS" | "NNPS")
}

fn lower_into(word: &str, lower: &mut String) {
    lower.clear();
    if word.is_ascii() {
        lower.push_str(word);
        lower.make_ascii_lowercase();
    } else {
        lower.extend(word.chars().flat_map(char::to_lowercase));
    }
}
