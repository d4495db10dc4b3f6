//! Tag, lemma, head and relation of each token, in Universal Dependencies.

use chancery_text::Report;

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
}

impl Syntax {
    /// The syntax of a report that is not read: every tag `X`, every token a root.
    pub fn unread(tokens: &[Token]) -> Self {
        let word = Word {
            upos: Upos::X,
            xpos: "_",
            lemma: String::new(),
            head: None,
            relation: Relation::Dep,
        };
        Self { words: vec![word; tokens.len()] }
    }
}

/// Models of tags, lemmas and trees.
#[derive(Debug)]
pub struct SyntaxKit {}

impl SyntaxKit {
    /// The kit made of `data/models`.
    pub fn embedded() -> Self {
        Self {}
    }
}

/// Tags and parses each sentence. One word per token.
pub fn parse(
    _report: &Report,
    _sentences: &[Sentence],
    tokens: &[Token],
    _kit: &SyntaxKit,
) -> Syntax {
    Syntax::unread(tokens)
}
