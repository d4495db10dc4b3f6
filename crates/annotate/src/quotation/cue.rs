//! The lexicon of cues: which words attribute, and where what is said stands beside them.

use rustc_hash::FxHashMap;

use crate::lexicon::{LexiconFault, Table};
use crate::time::atom::with_lower_case;

pub(super) const CUES: &str = include_str!("../../../../data/quotation/cues.tsv");

/// What a cue takes.
#[derive(Debug, Clone, Default)]
pub(super) struct Frames {
    /// A clause: "said that …", "said …".
    pub that: bool,
    /// Words in quotation marks.
    pub quote: bool,
    /// "vowed to …".
    pub inf: bool,
    /// A thing, with what it is said for or as: "denied the report", "praised him for …".
    pub obj: bool,
    /// Its subject is part of what is said: "Dorn seems to …".
    pub raise: bool,
    /// Its object may attribute: "voiced concern that …".
    pub light: bool,
    /// A thing as something: "described it as …".
    pub of_as: bool,
    /// Its object is spoken to: "told reporters".
    pub to_whom: bool,
    /// "urged them to …".
    pub urge: bool,
    /// A thing or a deed alone is nothing said: "added a wing", "proved hard", "is supposed to …".
    pub clause: bool,
    /// Prepositions that carry what is said: "called for …".
    pub prepositions: Vec<&'static str>,
}

/// One cue.
#[derive(Debug, Clone)]
pub(super) struct Cue {
    /// Dictionary form.
    pub lemma: &'static str,
    /// What it takes.
    pub frames: Frames,
    /// Whether the source says that it is not so.
    pub denies: bool,
    /// Whether nobody need have said a word of it: "supports the plan".
    pub attitude: bool,
}

/// Cues of saying.
#[derive(Debug)]
pub struct QuotationKit {
    cues: Vec<Cue>,
    verbs: FxHashMap<String, u16>,
    nouns: FxHashMap<String, u16>,
    adjectives: FxHashMap<String, u16>,
    /// By a form of the first word: the second, and the cue.
    idioms: FxHashMap<String, Vec<(&'static str, u16)>>,
    /// What each word of a cue may be, so that one look tells whether a sentence has any.
    uses: FxHashMap<String, u8>,
}

/// A cue by itself.
const WHOLE: u8 = 1;
/// The first word of an idiom.
const FIRST: u8 = 2;
/// The second word of an idiom.
const SECOND: u8 = 4;

impl QuotationKit {
    /// The kit made of `data/quotation`.
    pub fn embedded() -> Self {
        Self::read().expect("the tests read the shipped tables")
    }

    pub(super) fn read() -> Result<Self, LexiconFault> {
        let table = Table::parse("quotation/cues.tsv", CUES)?;
        let (lemma, class) = (table.column("lemma")?, table.column("class")?);
        let (frames, denies) = (table.column("frames")?, table.column("denies")?);
        let (irregular, means) = (table.column("irregular")?, table.column("means")?);
        let mut kit = Self::empty();
        for row in &table.rows {
            let lemma = row.cell(lemma);
            let mut first = FxHashMap::default();
            let (map, forms) = match row.cell(class) {
                "noun" => (&mut kit.nouns, plurals(lemma)),
                "verb" => (&mut kit.verbs, forms(lemma)),
                "adjective" => (&mut kit.adjectives, vec![lemma.to_owned()]),
                "idiom" => (&mut first, lemma.split(' ').next().map(forms).unwrap_or_default()),
                _ => {
                    return Err(
                        table.fault(row, "has no class; say verb, noun, adjective or idiom")
                    );
                }
            };
            let number = u16::try_from(kit.cues.len())
                .map_err(|_| table.fault(row, "is one cue too many; make ids wider"))?;
            kit.cues.push(Cue {
                lemma,
                frames: read_frames(row.cell(frames)),
                denies: row.cell(denies) == "denies",
                attitude: row.cell(means) == "attitude",
            });
            let irregular = row.cell(irregular).split(' ').filter(|form| !form.is_empty());
            for form in forms.into_iter().chain(irregular.map(str::to_owned)) {
                map.entry(form).or_insert(number);
            }
            for (form, number) in first {
                let second = lemma.split(' ').nth(1).unwrap_or_default();
                kit.idioms.entry(form).or_default().push((second, number));
            }
        }
        kit.uses = kit.all_uses();
        Ok(kit)
    }

    fn all_uses(&self) -> FxHashMap<String, u8> {
        let mut uses: FxHashMap<String, u8> = FxHashMap::default();
        let mut add = |word: &str, which: u8| *uses.entry(word.to_owned()).or_default() |= which;
        let whole =
            [&self.verbs, &self.nouns, &self.adjectives].into_iter().flat_map(|map| map.keys());
        whole.for_each(|word| add(word, WHOLE));
        add("according", WHOLE);
        for (first, seconds) in &self.idioms {
            add(first, FIRST);
            for (second, _) in seconds {
                add(second, SECOND);
                add(&format!("{second}s"), SECOND);
            }
        }
        uses
    }

    /// Whether words have a cue among them, or both words of an idiom.
    pub(super) fn is_cued<'a>(&self, words: impl Iterator<Item = &'a str>) -> bool {
        let mut seen = 0;
        for word in words {
            with_lower_case(word, |lower| seen |= self.uses.get(lower).copied().unwrap_or(0));
            if seen & WHOLE != 0 || seen & (FIRST | SECOND) == FIRST | SECOND {
                return true;
            }
        }
        false
    }

    fn empty() -> Self {
        Self {
            cues: Vec::new(),
            verbs: FxHashMap::default(),
            nouns: FxHashMap::default(),
            adjectives: FxHashMap::default(),
            idioms: FxHashMap::default(),
            uses: FxHashMap::default(),
        }
    }

    /// The cue that a word in any case is a form of.
    pub(super) fn verb(&self, word: &str) -> Option<&Cue> {
        self.look(&self.verbs, word)
    }

    /// The noun cue that a word in any case is a form of.
    pub(super) fn noun(&self, word: &str) -> Option<&Cue> {
        self.look(&self.nouns, word)
    }

    /// The adjective cue that a word in any case is.
    pub(super) fn adjective(&self, word: &str) -> Option<&Cue> {
        self.look(&self.adjectives, word)
    }

    /// Whether a word in any case is a form of the first word of an idiom.
    pub(super) fn starts_idiom(&self, word: &str) -> bool {
        let mut known = false;
        with_lower_case(word, |lower| known = self.idioms.contains_key(lower));
        known
    }

    /// The idiom of two words: a form of its verb, and its second word, which may be a plural.
    pub(super) fn idiom(&self, first: &str, second: &str) -> Option<&Cue> {
        let mut number = None;
        let is_second = |known: &str, word: &str| {
            word == known || word.strip_suffix('s').is_some_and(|word| word == known)
        };
        with_lower_case(first, |first| {
            with_lower_case(second, |second| {
                let all = self.idioms.get(first).into_iter().flatten();
                number = all.clone().find(|(known, _)| is_second(known, second)).map(|(_, at)| *at);
            });
        });
        number.map(|number| &self.cues[number as usize])
    }

    fn look(&self, map: &FxHashMap<String, u16>, word: &str) -> Option<&Cue> {
        let mut number = None;
        with_lower_case(word, |lower| number = map.get(lower).copied());
        number.map(|number| &self.cues[number as usize])
    }
}

fn read_frames(cell: &'static str) -> Frames {
    let mut frames = Frames::default();
    for word in cell.split(' ') {
        match word {
            "that" => frames.that = true,
            "quote" => frames.quote = true,
            "inf" => frames.inf = true,
            "obj" => frames.obj = true,
            "raise" => frames.raise = true,
            "light" => frames.light = true,
            "as" | "obj-as" | "as-name" => frames.of_as = true,
            "to-whom" => frames.to_whom = true,
            "urge" => frames.urge = true,
            "clause" => frames.clause = true,
            preposition => frames.prepositions.push(preposition),
        }
    }
    frames
}

fn is_vowel(c: Option<char>) -> bool {
    matches!(c, Some('a' | 'e' | 'i' | 'o' | 'u'))
}

/// The regular forms of a verb: "say", "says", "sayed", "saying". Wrong ones of irregular verbs do
/// no harm: nobody writes them.
fn forms(lemma: &str) -> Vec<String> {
    let last = lemma.chars().last();
    let before = lemma.chars().rev().nth(1);
    let stem = lemma.strip_suffix('e').unwrap_or(lemma);
    let mut forms = plurals(lemma);
    match last {
        Some('e') => forms.push(format!("{lemma}d")),
        Some('y') if !is_vowel(before) => forms.push(format!("{}ied", &lemma[..lemma.len() - 1])),
        _ => forms.push(format!("{lemma}ed")),
    }
    let keeps_e = lemma.ends_with("ee") || lemma.ends_with("ye") || lemma.ends_with("oe");
    forms.push(format!("{}ing", if keeps_e { lemma } else { stem }));
    forms
}

fn plurals(lemma: &str) -> Vec<String> {
    let before = lemma.chars().rev().nth(1);
    let plural = if lemma.ends_with('y') && !is_vowel(before) {
        format!("{}ies", &lemma[..lemma.len() - 1])
    } else if ["s", "x", "z", "ch", "sh"].iter().any(|end| lemma.ends_with(end)) {
        format!("{lemma}es")
    } else {
        format!("{lemma}s")
    };
    vec![lemma.to_owned(), plural]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_verb_is_known() {
        let kit = QuotationKit::embedded();
        for word in [
            "says", "said", "denies", "denied", "denying", "noting", "Told", "agreeing", "stressed",
        ] {
            assert!(kit.verb(word).is_some(), "{word}");
        }
        assert!(kit.noun("allegations").is_some());
        assert!(kit.verb("table").is_none());
    }
}
