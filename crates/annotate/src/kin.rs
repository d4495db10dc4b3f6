//! How two words are related: one word in another form or spelling, two words for one thing, or
//! opposites. By WordNet's synonyms (`data/resolve/synonyms.tsv`), endings, and letters.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::lexicon::{LexiconFault, Row, Table};

/// How two words are related, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kin {
    /// One word.
    Same,
    /// Two forms of one word: "make" and "made".
    Form,
    /// Two spellings of one word: "defence" and "defense".
    Spelling,
    /// Two words that may mean the same: "cut" and "sever".
    Synonym,
    /// "accept" and "reject".
    Opposite,
    /// Neither.
    Apart,
}

/// What a word mostly is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// "obstacle".
    Noun,
    /// "permit".
    Verb,
    /// "severe".
    Adjective,
    /// "soon".
    Adverb,
}

const SYNONYMS: &str = "resolve/synonyms.tsv";
const IRREGULAR: &str = "event/irregular.tsv";

#[derive(Debug)]
struct Meaning {
    part: Part,
    own: Vec<u32>,
    wider: Vec<u32>,
    opposites: Vec<&'static str>,
}

#[derive(Debug, Default)]
struct Thesaurus {
    words: FxHashMap<&'static str, Meaning>,
    irregular: FxHashMap<&'static str, Vec<&'static str>>,
}

fn thesaurus() -> &'static Thesaurus {
    static THESAURUS: OnceLock<Thesaurus> = OnceLock::new();
    THESAURUS.get_or_init(|| Thesaurus::read().expect("the shipped list is checked by a test"))
}

fn synonyms() -> Result<Table, LexiconFault> {
    Table::parse(SYNONYMS, include_str!("../../../data/resolve/synonyms.tsv"))
}

fn irregular() -> Result<Table, LexiconFault> {
    Table::parse(IRREGULAR, include_str!("../../../data/event/irregular.tsv"))
}

impl Thesaurus {
    fn read() -> Result<Self, LexiconFault> {
        let mut thesaurus = Self::default();
        let table = synonyms()?;
        let [word, part, own, wider, opposites] =
            ["word", "part", "meanings", "wider", "opposites"].map(|name| table.column(name));
        let (word, part, own, wider, opposites) = (word?, part?, own?, wider?, opposites?);
        for row in &table.rows {
            let meaning = Meaning {
                part: part_of(&table, row, part)?,
                own: numbers(&table, row, own)?,
                wider: numbers(&table, row, wider)?,
                opposites: row.cell(opposites).split_whitespace().collect(),
            };
            thesaurus.words.insert(row.cell(word), meaning);
        }
        let forms = irregular()?;
        let (lemma, form) = (forms.column("lemma")?, forms.column("form")?);
        for row in &forms.rows {
            thesaurus.irregular.entry(row.cell(form)).or_default().push(row.cell(lemma));
        }
        Ok(thesaurus)
    }

    /// The words that `norm` may be a form of, itself the first, of those that are known.
    fn bases(&self, norm: &str) -> Vec<&'static str> {
        let known = |word: &str| self.words.get_key_value(word).map(|(word, _)| *word);
        let mut bases: Vec<_> = known(norm).into_iter().collect();
        bases.extend(self.irregular.get(norm).into_iter().flatten().copied());
        bases.extend(stripped(norm).iter().filter_map(|word| known(word)));
        bases
    }
}

fn part_of(table: &Table, row: &Row, column: usize) -> Result<Part, LexiconFault> {
    match row.cell(column) {
        "noun" => Ok(Part::Noun),
        "verb" => Ok(Part::Verb),
        "adj" => Ok(Part::Adjective),
        "adv" => Ok(Part::Adverb),
        other => Err(table.fault(row, format!("has the part `{other}`; use noun, verb, adj, adv"))),
    }
}

fn numbers(table: &Table, row: &Row, column: usize) -> Result<Vec<u32>, LexiconFault> {
    let number = |cell: &str| {
        cell.parse().map_err(|_| table.fault(row, format!("has `{cell}`, which is no number")))
    };
    row.cell(column).split(' ').filter(|cell| !cell.is_empty()).map(number).collect()
}

/// What may be left of a word without the ending of a plural, a tense or a person.
fn stripped(norm: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut add = |word: String| {
        if 2 < word.len() {
            found.push(word);
        }
    };
    for (ending, puts) in [
        ("ies", "y"),
        ("ied", "y"),
        ("es", ""),
        ("s", ""),
        ("ed", "e"),
        ("ed", ""),
        ("ing", "e"),
        ("ing", ""),
    ] {
        let Some(rest) = norm.strip_suffix(ending) else { continue };
        add(format!("{rest}{puts}"));
        let mut letters = rest.chars().rev();
        if matches!(ending, "ed" | "ing") && letters.next() == letters.next() {
            add(rest[..rest.len() - rest.chars().next_back().map_or(0, char::len_utf8)].to_owned());
        }
    }
    found
}

/// A word with what comparison looks at, so that it is looked up once.
#[derive(Debug, Clone)]
pub struct Lexeme {
    /// In lower case.
    pub norm: String,
    /// With the spellings of two countries made one.
    folded: String,
    bases: Vec<&'static str>,
    meanings: Vec<&'static Meaning>,
}

impl Lexeme {
    /// A word in lower case, looked up.
    pub fn new(norm: &str) -> Self {
        let thesaurus = thesaurus();
        let bases = thesaurus.bases(norm);
        let meanings = bases.iter().filter_map(|base| thesaurus.words.get(base)).collect();
        Self { norm: norm.to_owned(), folded: british(norm), bases, meanings }
    }

    /// What the word mostly is; `None` if it is not known.
    pub fn part(&self) -> Option<Part> {
        self.meanings.first().map(|meaning| meaning.part)
    }

    /// Whether the word may tell an act: a verb, or a noun made of a known word, as "shelling".
    pub fn may_be_act(&self) -> bool {
        let made = self.norm.ends_with("ing") && self.bases.iter().any(|base| *base != self.norm);
        made || self.meanings.iter().any(|meaning| meaning.part == Part::Verb)
    }

    /// How two words are related.
    pub fn kin(&self, other: &Self) -> Kin {
        if self.norm == other.norm {
            return Kin::Same;
        }
        if self.bases.iter().any(|word| other.bases.contains(word)) {
            return Kin::Form;
        }
        if self.folded == other.folded || slipped(self, other) {
            return Kin::Spelling;
        }
        let against = |a: &Self, b: &Self| {
            a.meanings.iter().any(|one| one.opposites.iter().any(|word| b.bases.contains(word)))
        };
        if against(self, other) || against(other, self) {
            return Kin::Opposite;
        }
        let mut pairs =
            self.meanings.iter().flat_map(|a| other.meanings.iter().map(move |b| (*a, *b)));
        if pairs.any(|(a, b)| a.near(b)) { Kin::Synonym } else { Kin::Apart }
    }
}

impl Meaning {
    /// Whether two words share a meaning, or one has the wider meaning of the other.
    fn near(&self, other: &Self) -> bool {
        let meet = |a: &[u32], b: &[u32]| a.iter().any(|number| b.contains(number));
        meet(&self.own, &other.own)
            || meet(&self.own, &other.wider)
            || meet(&self.wider, &other.own)
    }
}

/// Words of at least this many letters may differ by a slip.
const SLIP: usize = 5;

/// Whether two words, of which one is not known, differ by a letter or two.
fn slipped(left: &Lexeme, right: &Lexeme) -> bool {
    let (a, b) = (&left.norm, &right.norm);
    let (shorter, longer) = (a.len().min(b.len()), a.len().max(b.len()));
    let letters = |word: &str| word.chars().all(char::is_alphabetic);
    (left.bases.is_empty() || right.bases.is_empty())
        && SLIP <= shorter
        && longer <= shorter + 2
        && letters(a)
        && letters(b)
        && (slips(a, b) <= if 7 <= shorter { 2 } else { 1 } || one_sound(left, right))
}

/// Whether two unknown words have the same consonants: a name put into our letters in two ways. An "h" is
/// often no more than a mark on the letter beside it.
fn one_sound(left: &Lexeme, right: &Lexeme) -> bool {
    let consonants = |word: &str| -> String {
        let mut heard: Vec<char> = word.chars().filter(|c| !"aeiouywh".contains(*c)).collect();
        heard.dedup();
        heard.into_iter().collect()
    };
    let (a, b) = (consonants(&left.norm), consonants(&right.norm));
    let near = 3 <= a.len() || (2 == a.len() && slips(&left.norm, &right.norm) <= 3);
    left.bases.is_empty() && right.bases.is_empty() && near && a == b
}

/// A word with the spellings that differ between countries made one.
fn british(word: &str) -> String {
    let mut folded = word.replace("isation", "ization").replace("ll", "l").replace("our", "or");
    for (from, to) in [
        ("ise", "ize"),
        ("ised", "ized"),
        ("ising", "izing"),
        ("ises", "izes"),
        ("yse", "yze"),
        ("ence", "ense"),
        ("tre", "ter"),
        ("mme", "m"),
        ("ogue", "og"),
        ("mmes", "ms"),
        ("tres", "ters"),
        ("ences", "enses"),
    ] {
        if let Some(rest) = folded.strip_suffix(from) {
            folded = format!("{rest}{to}");
            break;
        }
    }
    folded
}

/// Letters that have to be put in, taken out or changed to make one word of the other.
fn slips(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for (row, a) in left.iter().enumerate() {
        let mut line = vec![row + 1];
        for (at, b) in right.iter().enumerate() {
            let change = above[at] + usize::from(a != b);
            line.push(change.min(above[at + 1] + 1).min(line[at] + 1));
        }
        above = line;
    }
    above[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kin(left: &str, right: &str) -> Kin {
        Lexeme::new(left).kin(&Lexeme::new(right))
    }

    fn part(norm: &str) -> Option<Part> {
        Lexeme::new(norm).part()
    }

    #[test]
    fn the_shipped_list_has_no_faults() {
        assert_eq!(synonyms().unwrap().check_form(), []);
        assert!(Thesaurus::read().is_ok());
    }

    #[test]
    fn forms_of_one_word_are_one() {
        for (left, right) in
            [("make", "made"), ("stopped", "stop"), ("cities", "city"), ("hoping", "hopes")]
        {
            assert_eq!(kin(left, right), Kin::Form, "{left} {right}");
        }
    }

    #[test]
    fn two_spellings_of_a_word_or_a_name_are_one() {
        for (left, right) in [
            ("organised", "organized"),
            ("centre", "center"),
            ("kharvat", "harvat"),
            ("behaviour", "behavior"),
        ] {
            assert_eq!(kin(left, right), Kin::Spelling, "{left} {right}");
        }
        assert_eq!(kin("tarimi", "tareemi"), Kin::Spelling);
        assert_ne!(kin("tarn", "barn"), Kin::Spelling);
    }

    #[test]
    fn two_words_for_one_thing_are_synonyms() {
        for (left, right) in [("obstacles", "barriers"), ("allow", "permitted"), ("severed", "cut")]
        {
            assert_eq!(kin(left, right), Kin::Synonym, "{left} {right}");
        }
        assert_eq!(kin("hospital", "school"), Kin::Apart);
    }

    #[test]
    fn what_one_affirms_its_opposite_denies() {
        assert_eq!(kin("accepted", "rejected"), Kin::Opposite);
    }

    #[test]
    fn a_word_is_known_by_what_it_mostly_is() {
        assert_eq!(part("parliaments"), Some(Part::Noun));
        assert_eq!(part("killed"), Some(Part::Verb));
        assert_eq!(part("zelmark"), None);
    }
}
