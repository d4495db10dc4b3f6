//! What is seen of a mention alone: its kind, words, number, gender, place.

use chancery_text::Span;

use super::gender::{Gender, Genders};
use super::mention::Mention;
use super::vectors::Vectors;
use crate::Read;
use crate::syntax::weights::hash;
use crate::syntax::{Relation, Upos, Word};

/// How a mention refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// "I", "my".
    I,
    /// "we", "our".
    We,
    /// "you", "your".
    You,
    /// "he", "his".
    He,
    /// "she", "her".
    She,
    /// "it", "its".
    It,
    /// "they", "their".
    They,
    /// "this", "that".
    This,
    /// "these", "those".
    These,
    /// "someone", "all", "one".
    Other,
    /// "here", "there".
    Place,
    /// "Ana Lo".
    Name,
    /// "the mayor", "this mayor".
    Definite,
    /// "a mayor", "some mayors".
    Indefinite,
    /// "mayors".
    Bare,
    /// "her mayor", "Pelm's mayor".
    Possessed,
    /// "2018".
    Number,
    /// "to say" in "it is hard to say".
    Clause,
}

impl Kind {
    /// Whether it is a pronoun of a person or thing.
    pub fn is_personal(self) -> bool {
        self <= Self::They
    }

    /// Whether it is a phrase with a noun.
    pub fn is_nominal(self) -> bool {
        Self::Name <= self && self <= Self::Possessed
    }
}

/// What is seen of a mention.
#[derive(Debug, Clone)]
pub struct Look {
    /// How it refers.
    pub kind: Kind,
    /// Its head in lower case, and its lemma.
    pub head: u64,
    /// The lemma of its head.
    pub lemma: u64,
    /// Its first word, in lower case.
    pub first: u64,
    /// Its last word, in lower case.
    pub last: u64,
    /// The word before it, in lower case.
    pub before: u64,
    /// The word after it, in lower case.
    pub after: u64,
    /// The lemma of what its head hangs on.
    pub governor: u64,
    /// The tag of what its head hangs on.
    pub governor_tag: u64,
    /// Index of the token that its head hangs on.
    pub above: Option<u32>,
    /// Relation of its head.
    pub relation: Relation,
    /// The preposition of its head.
    pub case: u64,
    /// The Penn tag of its head.
    pub tag: u64,
    /// 1 singular, 2 plural, 0 unknown.
    pub number: u64,
    /// Whether it tells of a man, a woman or a thing.
    pub gender: Gender,
    /// All its words but articles and possessive marks, in lower case.
    pub text: u64,
    /// The words that tell it apart, sorted: nouns, names, adjectives, numbers.
    pub words: Vec<u64>,
    /// The first letters of its capitalised words.
    pub initials: u64,
    /// The letters of its head, where it is written in capitals only.
    pub letters: u64,
    /// Whether its head is written in capitals only.
    pub capitals: bool,
    /// How many words it has.
    pub length: u32,
    /// Index of its sentence.
    pub sentence: u32,
    /// Index of its paragraph.
    pub paragraph: u32,
    /// Number of quotation marks before it in the report.
    pub quotes: u32,
    /// Whether a copula makes its head a predicate: the subject's head.
    pub subject: Option<u32>,
    /// Index of its head's vector.
    pub vector: Option<u32>,
    /// Index of its governor's vector.
    pub governor_vector: Option<u32>,
}

/// Stands for a word that is not there.
const NOTHING: u64 = 7;

/// What is seen of each mention. Linear in the words of the mentions.
pub fn looks(text: Read<'_>, mentions: &[Mention], vectors: &Vectors) -> Vec<Look> {
    let words = words(text);
    let (mut at, mut paragraph) = (0, 0);
    let mut sentences = Vec::with_capacity(text.sentences.len());
    for sentence in text.sentences {
        let Span { start, end } = sentence.span;
        let between = &text.report.text[at as usize..start.max(at) as usize];
        paragraph += u32::from(between.contains('\n'));
        sentences.push(paragraph);
        at = end;
    }
    let look = |mention: &Mention| {
        look(text, &words, mention, sentences[mention.sentence as usize], vectors)
    };
    mentions.iter().map(look).collect()
}

/// What is seen of each token once.
struct Seen {
    lower: u64,
    lemma: u64,
    quotes: u32,
    case: u64,
    determiner: Option<Determiner>,
    subject: Option<u32>,
}

/// What makes a noun definite or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Determiner {
    Indefinite,
    Definite,
    Possessor,
}

fn words(text: Read<'_>) -> Vec<Seen> {
    let (mut lower, mut quotes) = (String::new(), 0);
    let mut seen: Vec<Seen> = Vec::with_capacity(text.tokens.len());
    for (token, word) in text.tokens.iter().zip(&text.syntax.words) {
        let form = text.report.slice(token.span);
        quotes += u32::from(matches!(form, "\"" | "“" | "”" | "''" | "``"));
        lower.clear();
        lower.extend(form.chars().flat_map(char::to_lowercase));
        let lemma =
            if word.lemma.is_empty() { hash(lower.as_bytes()) } else { hash_lower(&word.lemma) };
        let lower = hash(lower.as_bytes());
        seen.push(Seen { lower, lemma, quotes, case: NOTHING, determiner: None, subject: None });
    }
    for (token, word) in (0..).zip(&text.syntax.words) {
        let Some(head) = word.head else { continue };
        let head = head as usize;
        match word.relation {
            Relation::Case if word.xpos != "POS" && seen[head].case == NOTHING => {
                seen[head].case = seen[token as usize].lemma;
            }
            Relation::Det => {
                let determiner = match word.lemma.as_str() {
                    "the" | "this" | "that" | "these" | "those" => Determiner::Definite,
                    _ => Determiner::Indefinite,
                };
                seen[head].determiner = seen[head].determiner.max(Some(determiner));
            }
            Relation::NmodPoss => seen[head].determiner = Some(Determiner::Possessor),
            Relation::Nsubj => seen[head].subject = Some(token),
            _ => {}
        }
    }
    // Only a predicate that is no verb is said to be its subject.
    for (seen, word) in seen.iter_mut().zip(&text.syntax.words) {
        if matches!(word.upos, Upos::Verb | Upos::Aux | Upos::Adj) {
            seen.subject = None;
        }
    }
    seen
}

fn add_letter(letters: u64, letter: char) -> u64 {
    letters.rotate_left(8) ^ u64::from(u32::from(letter))
}

fn hash_lower(word: &str) -> u64 {
    if word.chars().any(char::is_uppercase) {
        hash(word.to_lowercase().as_bytes())
    } else {
        hash(word.as_bytes())
    }
}

fn kind(word: &Word, determiner: Option<Determiner>) -> Kind {
    match (word.upos, word.lemma.as_str()) {
        (Upos::Pron | Upos::Det, lemma) => match lemma {
            "i" | "my" | "me" | "mine" | "myself" => Kind::I,
            "we" | "our" | "us" | "ours" | "ourselves" => Kind::We,
            "you" | "your" | "yours" | "yourself" | "yourselves" | "ya" | "y'all" => Kind::You,
            "he" | "his" | "him" | "himself" => Kind::He,
            "she" | "her" | "hers" | "herself" => Kind::She,
            "it" | "its" | "itself" => Kind::It,
            "they" | "their" | "them" | "theirs" | "themselves" | "'em" | "em" => Kind::They,
            "this" | "that" if matches!(word.xpos, "DT") => Kind::This,
            "these" | "those" => Kind::These,
            _ if lemma.eq_ignore_ascii_case("i") => Kind::I,
            _ => Kind::Other,
        },
        (Upos::Adv, _) => Kind::Place,
        (Upos::Num, _) => Kind::Number,
        (Upos::Verb | Upos::Aux, _) => Kind::Clause,
        (Upos::Propn, _) if determiner != Some(Determiner::Possessor) => Kind::Name,
        _ => match determiner {
            Some(Determiner::Possessor) => Kind::Possessed,
            Some(Determiner::Definite) => Kind::Definite,
            Some(Determiner::Indefinite) => Kind::Indefinite,
            None => Kind::Bare,
        },
    }
}

/// 1 singular, 2 plural, 0 unknown.
fn number(kind: Kind, mention: &Mention, word: &Word) -> u64 {
    match kind {
        Kind::I | Kind::He | Kind::She | Kind::It | Kind::This => 1,
        Kind::We | Kind::They | Kind::These => 2,
        Kind::You => 0,
        _ if mention.coordinated => 2,
        _ => match word.xpos {
            "NNS" | "NNPS" => 2,
            "NN" | "NNP" => 1,
            _ => 0,
        },
    }
}

/// What a mention's own words tell: a pronoun; the noun that heads it; in a name, the first word that
/// tells anything.
fn gender(text: Read<'_>, seen: &[Seen], mention: &Mention, kind: Kind) -> Gender {
    let genders = Genders::embedded();
    match kind {
        Kind::He => Gender::Man,
        Kind::She => Gender::Woman,
        Kind::It => Gender::Thing,
        Kind::Name => {
            let name = |at: &u32| text.syntax.words[*at as usize].upos == Upos::Propn;
            let tell = |at: u32| genders.of(seen[at as usize].lower);
            let own = mention.tokens.clone().filter(name).map(tell);
            own.into_iter().find(|gender| *gender != Gender::Unknown).unwrap_or_default()
        }
        _ if kind.is_nominal() && !mention.coordinated => {
            genders.of(seen[mention.head as usize].lemma)
        }
        _ => Gender::Unknown,
    }
}

fn look(
    text: Read<'_>,
    seen: &[Seen],
    mention: &Mention,
    paragraph: u32,
    vectors: &Vectors,
) -> Look {
    let head = mention.head as usize;
    let word = &text.syntax.words[head];
    let kind = kind(word, seen[head].determiner);
    let range = mention.tokens.start as usize..mention.tokens.end as usize;
    let (mut whole, mut words, mut initials) = (0u64, Vec::new(), 0u64);
    for at in range.clone() {
        let word = &text.syntax.words[at];
        let form = text.report.slice(text.tokens[at].span);
        let article = word.upos == Upos::Det || matches!(word.xpos, "POS" | "PRP$");
        if !article && word.upos != Upos::Punct {
            whole = whole.rotate_left(7).wrapping_mul(31) ^ seen[at].lower;
        }
        if matches!(word.upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::X) {
            words.push(seen[at].lemma);
        }
        if let Some(first) = form.chars().next().filter(|first| first.is_uppercase()) {
            initials = add_letter(initials, first);
        }
    }
    words.sort_unstable();
    words.dedup();
    let outside =
        |at: Option<usize>| at.and_then(|at| seen.get(at)).map_or(NOTHING, |seen| seen.lower);
    let above = word.head;
    let governor = above.map(|above| above as usize);
    let form = text.report.slice(text.tokens[head].span);
    Look {
        kind,
        head: seen[head].lower,
        lemma: seen[head].lemma,
        first: seen[range.start].lower,
        last: seen[range.end - 1].lower,
        before: outside(range.start.checked_sub(1)),
        after: outside(Some(range.end)),
        governor: governor.map_or(NOTHING, |at| seen[at].lemma),
        governor_tag: governor.map_or(NOTHING, |at| text.syntax.words[at].upos as u64),
        above,
        relation: word.relation,
        case: seen[head].case,
        tag: hash(word.xpos.as_bytes()),
        number: number(kind, mention, word),
        gender: gender(text, seen, mention, kind),
        text: whole,
        words,
        initials,
        letters: form.chars().fold(0, add_letter),
        capitals: 1 < form.len() && form.chars().all(|letter| letter.is_uppercase()),
        length: mention.tokens.end - mention.tokens.start,
        sentence: mention.sentence,
        paragraph,
        quotes: seen[range.start].quotes,
        subject: seen[head].subject,
        vector: vectors.find(seen[head].lower).or_else(|| vectors.find(seen[head].lemma)),
        governor_vector: governor
            .and_then(|at| vectors.find(seen[at].lower).or_else(|| vectors.find(seen[at].lemma))),
    }
}
