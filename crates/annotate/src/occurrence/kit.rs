use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::Clue;
use crate::lexicon::{LexiconFault, Row, Table};
use crate::syntax::Upos;

/// Verbs by what they tell, nouns of happening, and the verbs behind nouns.
#[derive(Debug, Default)]
pub struct OccurrenceKit {
    say: HashSet<&'static str>,
    state: HashSet<&'static str>,
    light: HashSet<&'static str>,
    act: HashSet<&'static str>,
    other: HashSet<&'static str>,
    add: HashSet<&'static str>,
    nouns: HashSet<&'static str>,
    nominals: HashMap<&'static str, &'static str>,
    weights: HashMap<Clue, f32>,
    rarity: HashMap<&'static str, f32>,
}

/// Endings by which English makes nouns of verbs, and inflections, the longest first.
const ENDINGS: [&str; 24] = [
    "isation", "ization", "ation", "ement", "ition", "ance", "ence", "ings", "ment", "sion",
    "tion", "ate", "ery", "ing", "ion", "ure", "al", "ed", "er", "es", "or", "e", "s", "y",
];

/// The rarity of a word that no counted document has.
const UNKNOWN: f32 = 9.0;

/// Letters that are left of a word at least.
const STEM: usize = 4;

impl OccurrenceKit {
    /// The kit made of `data/occurrence`. A file that cannot be understood leaves an empty kit;
    /// [`super::check`] says why.
    pub fn embedded() -> Self {
        Self::read().unwrap_or_default()
    }

    fn read() -> Result<Self, LexiconFault> {
        let [words, nominals, clues, frequency] = tables()?;
        let (class, lemma) = (words.column("class")?, words.column("lemma")?);
        let mut kit = Self::default();
        for row in &words.rows {
            match row.cell(class) {
                "say" => kit.say.insert(row.cell(lemma)),
                "state" => kit.state.insert(row.cell(lemma)),
                "light" => kit.light.insert(row.cell(lemma)),
                "noun" => kit.nouns.insert(row.cell(lemma)),
                "act" => kit.act.insert(row.cell(lemma)),
                "other" => kit.other.insert(row.cell(lemma)),
                "add" => kit.add.insert(row.cell(lemma)),
                class => {
                    let known = "use say, state, light, noun, act, other or add";
                    let problem = format!("`{class}` is no class: {known}");
                    return Err(words.fault(row, problem));
                }
            };
        }
        let (noun, verb) = (nominals.column("noun")?, nominals.column("verb")?);
        kit.nominals = nominals.rows.iter().map(|row| (row.cell(noun), row.cell(verb))).collect();
        let names = ["clue", "last", "next", "value"].map(|name| clues.column(name));
        let [clue, last, next, value] = names;
        let columns = [clue?, last?, next?, value?];
        let weight = clues.column("weight")?;
        for row in &clues.rows {
            kit.weights
                .insert(columns.map(|column| row.cell(column)), number(&clues, row, weight)?);
        }
        let (word, class) = (frequency.column("word")?, frequency.column("class")?);
        for row in &frequency.rows {
            kit.rarity.insert(row.cell(word), number(&frequency, row, class)?);
        }
        Ok(kit)
    }

    /// How much a clue speaks for two tellings being one, or against it.
    pub(super) fn weight(&self, clue: &Clue) -> f32 {
        self.weights.get(clue).copied().unwrap_or_default()
    }

    /// How few documents have a word: the binary logarithm of how many have one that has it.
    pub(super) fn rarity(&self, lemma: &str) -> f32 {
        self.rarity.get(lemma).copied().unwrap_or(UNKNOWN)
    }

    /// Whether a verb says something.
    pub(super) fn says(&self, lemma: &str) -> bool {
        self.say.contains(lemma)
    }

    /// Whether a verb tells how things are or what somebody has in mind, not what happens.
    pub(super) fn is_state(&self, lemma: &str) -> bool {
        self.state.contains(lemma)
    }

    /// Whether a verb may leave it to its object what happens: "made a landing".
    pub(super) fn is_light(&self, lemma: &str) -> bool {
        self.light.contains(lemma)
    }

    /// Whether a noun stands for any act that was told: "the move".
    pub(super) fn is_act(&self, lemma: &str) -> bool {
        self.act.contains(lemma)
    }

    /// Whether a word before a noun says that it is not the one told before: "another deal".
    pub(super) fn is_of_another(&self, lemma: &str) -> bool {
        self.other.contains(lemma)
    }

    /// Whether a word beside a verb says that it tells of one more: "also ordered".
    pub(super) fn adds(&self, lemma: &str) -> bool {
        self.add.contains(lemma)
    }

    /// The verb behind a noun, where the list has it.
    pub(super) fn verb(&self, noun: &str) -> Option<&'static str> {
        self.nominals.get(noun).copied()
    }

    /// Whether a noun is known to be of what happens.
    pub(super) fn is_happening(&self, lemma: &str) -> bool {
        self.nominals.contains_key(lemma) || self.nouns.contains(lemma)
    }

    /// What is done, the same for a verb and the noun made of it: "announc" for "announce" and
    /// "announcement", "buy" for "purchase".
    pub fn deed(&self, lemma: &str, upos: Upos) -> String {
        let lower = lemma.to_lowercase().replace('-', "");
        let noun = matches!(upos, Upos::Noun | Upos::Propn);
        let singular = lower.strip_suffix('s').filter(|_| noun);
        let base = [Some(lower.as_str()), singular]
            .into_iter()
            .flatten()
            .find_map(|word| self.nominals.get(word).copied());
        stem(base.unwrap_or(&lower)).to_owned()
    }
}

/// What a word tells to be done, whatever its form: the same for "resigned" and "resignation".
pub fn deed_of(word: &str) -> String {
    static KIT: OnceLock<OccurrenceKit> = OnceLock::new();
    KIT.get_or_init(OccurrenceKit::embedded).deed(word, Upos::Noun)
}

/// A word without the ending that makes it a noun or inflects it.
fn stem(word: &str) -> &str {
    let long = |stem: &&str| STEM <= stem.chars().count();
    let cut = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending).filter(long));
    without_double(cut.unwrap_or(word).trim_end_matches('e'))
}

/// "cancell" of "cancellation" as "cancel".
fn without_double(stem: &str) -> &str {
    let mut letters = stem.chars().rev();
    match (letters.next(), letters.next()) {
        (Some(last), Some(before)) if last == before => &stem[..stem.len() - last.len_utf8()],
        _ => stem,
    }
}

fn number(table: &Table, row: &Row, column: usize) -> Result<f32, LexiconFault> {
    let fault = |_| table.fault(row, format!("has `{}`, which is no number", row.cell(column)));
    row.cell(column).parse().map_err(fault)
}

fn tables() -> Result<[Table; 4], LexiconFault> {
    let words = include_str!("../../../../data/occurrence/words.tsv");
    let nominals = include_str!("../../../../data/occurrence/nominals.tsv");
    let clues = include_str!("../../../../data/occurrence/clues.tsv");
    let frequency = include_str!("../../../../data/resolve/frequency.tsv");
    Ok([
        Table::parse("occurrence/words.tsv", words)?,
        Table::parse("occurrence/nominals.tsv", nominals)?,
        Table::parse("occurrence/clues.tsv", clues)?,
        Table::parse("resolve/frequency.tsv", frequency)?,
    ])
}

/// Faults in `data/occurrence`.
pub fn check() -> Vec<LexiconFault> {
    let faults = match tables() {
        Ok(tables) => tables.iter().flat_map(Table::check_form).collect(),
        Err(fault) => vec![fault],
    };
    faults.into_iter().chain(OccurrenceKit::read().err()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verb_and_the_noun_made_of_it_are_one_deed() {
        let kit = OccurrenceKit::embedded();
        for (verb, noun) in [
            ("announce", "announcement"),
            ("buy", "purchase"),
            ("lose", "loss"),
            ("deliver", "delivery"),
            ("negotiate", "negotiation"),
            ("suspend", "suspension"),
            ("cancel", "cancellation"),
            ("rerun", "re-run"),
        ] {
            assert_eq!(kit.deed(verb, Upos::Verb), kit.deed(noun, Upos::Noun), "{noun}");
        }
        assert_ne!(kit.deed("land", Upos::Verb), kit.deed("launch", Upos::Noun));
    }

    #[test]
    fn the_files_are_in_form() {
        assert_eq!(check(), []);
    }
}
