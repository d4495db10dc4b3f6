//! Respinning: other words for the words of a text, as the web's spinners and translation there and
//! back put them.

use std::collections::BTreeMap;

use super::chance::Chance;
use super::prose::Prose;
use super::reorder;
use super::thesaurus::Thesaurus;

chancery_text::named_enum! {
    /// How much a respinner changes.
    pub enum Strength {
        /// A few synonyms and misspelt names.
        Light = "light",
        /// Synonyms, sentences split, merged and turned, names respelt.
        Medium = "medium",
        /// Nearly every word for which there is another, phrases too, sentences moved.
        Strong = "strong",
    }
}

/// How likely each change is.
#[derive(Debug, Clone, Copy)]
struct Habits {
    synonym: f64,
    /// How far down the list of synonyms it goes.
    depth: usize,
    /// A phrase of several small words, and a single one.
    phrase: [f64; 2],
    /// A name, in all its places.
    name: f64,
    /// A number is written the other way.
    number: f64,
    /// A sentence is turned around.
    turn: f64,
    /// Two are made one, or one is made two.
    join: f64,
    /// A sentence changes places with the next.
    swap: f64,
}

impl Strength {
    const fn habits(self) -> Habits {
        match self {
            Self::Light => Habits {
                synonym: 0.2,
                depth: 1,
                phrase: [0.1, 0.0],
                name: 0.08,
                number: 0.0,
                turn: 0.0,
                join: 0.0,
                swap: 0.0,
            },
            Self::Medium => Habits {
                synonym: 0.5,
                depth: 2,
                phrase: [0.4, 0.05],
                name: 0.12,
                number: 0.3,
                turn: 0.4,
                join: 0.25,
                swap: 0.1,
            },
            Self::Strong => Habits {
                synonym: 0.92,
                depth: 3,
                phrase: [0.8, 0.15],
                name: 0.15,
                number: 0.4,
                turn: 0.7,
                join: 0.35,
                swap: 0.35,
            },
        }
    }
}

/// A respun text.
pub fn respin(prose: &Prose, strength: Strength, chance: &mut Chance) -> Prose {
    let habits = strength.habits();
    let mut names = BTreeMap::new();
    let paragraphs = prose.paragraphs.iter().map(|sentences| {
        let turned = sentences.iter().map(|one| turned(one, habits, chance)).collect();
        let moved = swapped(joined(turned, habits, chance), habits, chance);
        moved.iter().map(|one| reworded(one, habits, &mut names, chance)).collect()
    });
    Prose { paragraphs: paragraphs.collect() }
}

fn turned(sentence: &str, habits: Habits, chance: &mut Chance) -> String {
    let ways = reorder::TURNS;
    let first = chance.below(ways.len());
    let mut turned = sentence.to_owned();
    for at in 0..ways.len() {
        if chance.happens(habits.turn) {
            let way = ways[(first + at) % ways.len()];
            turned = way(&turned).unwrap_or(turned);
        }
    }
    turned
}

fn joined(sentences: Vec<String>, habits: Habits, chance: &mut Chance) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for sentence in sentences {
        let merged = all.last().and_then(|last| reorder::merged(last, &sentence));
        match merged.filter(|_| chance.happens(habits.join)) {
            Some(one) => *all.last_mut().expect("it was merged with the last") = one,
            None if chance.happens(habits.join) => {
                let parts = reorder::parted(&sentence);
                all.extend(parts.unwrap_or_else(|| vec![sentence]));
            }
            None => all.push(sentence),
        }
    }
    all
}

fn swapped(mut sentences: Vec<String>, habits: Habits, chance: &mut Chance) -> Vec<String> {
    for at in 1..sentences.len() {
        if chance.happens(habits.swap) {
            sentences.swap(at - 1, at);
        }
    }
    sentences
}

/// A sentence with other words. `names` remembers how each name is spelt in this report.
fn reworded(
    sentence: &str,
    habits: Habits,
    names: &mut BTreeMap<String, String>,
    chance: &mut Chance,
) -> String {
    let words: Vec<_> = sentence.split(' ').collect();
    let bare: Vec<_> = words.iter().map(|word| word.to_lowercase()).collect();
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let rest = &bare[at..];
        let phrase = Thesaurus::shipped().phrase(rest);
        let likely = |length: usize| habits.phrase[usize::from(length == 1)];
        if let Some((length, instead)) = phrase.filter(|(n, _)| chance.happens(likely(*n))) {
            out.push(as_written(words[at], instead));
            at += length;
            continue;
        }
        out.push(other_word(words[at], at == 0, habits, names, chance));
        at += 1;
    }
    out.join(" ")
}

fn other_word(
    word: &str,
    opens: bool,
    habits: Habits,
    names: &mut BTreeMap<String, String>,
    chance: &mut Chance,
) -> String {
    let (before, core, after) = core(word);
    let lower = core.to_lowercase();
    let capital = core.starts_with(char::is_uppercase);
    if capital && !opens {
        let spelt = names.entry(core.to_owned()).or_insert_with(|| {
            if chance.happens(habits.name) { respelt(core, chance) } else { core.to_owned() }
        });
        return format!("{before}{spelt}{after}");
    }
    if let Some(number) = other_number(&lower).filter(|_| chance.happens(habits.number)) {
        return format!("{before}{}{after}", as_written(core, number));
    }
    let instead = Thesaurus::shipped().instead(&lower);
    let near = &instead[..instead.len().min(habits.depth)];
    match chance.pick(near).filter(|_| chance.happens(habits.synonym)) {
        Some(other) => format!("{before}{}{after}", as_written(core, other)),
        None => word.to_owned(),
    }
}

/// A word without the marks around it, and these.
fn core(word: &str) -> (&str, &str, &str) {
    let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
    let start = word.find(inner).unwrap_or(0);
    let (before, rest) = word.split_at(start);
    let (inner, after) = rest.split_at(inner.len());
    match inner.strip_suffix("'s").or_else(|| inner.strip_suffix("’s")) {
        Some(stem) => (before, stem, &rest[stem.len()..]),
        None => (before, inner, after),
    }
}

fn as_written(model: &str, word: &str) -> String {
    let capital = model.trim_start_matches(|c: char| !c.is_alphanumeric());
    if !capital.starts_with(char::is_uppercase) {
        return word.to_owned();
    }
    reorder::capitalised(word)
}

const NUMBERS: [&str; 10] =
    ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"];
const DIGITS: [&str; 10] = ["2", "3", "4", "5", "6", "7", "8", "9", "10", "11"];

fn other_number(word: &str) -> Option<&'static str> {
    let in_digits = NUMBERS.iter().position(|number| *number == word).map(|at| DIGITS[at]);
    in_digits.or_else(|| DIGITS.iter().position(|digit| *digit == word).map(|at| NUMBERS[at]))
}

const KEPT: [&str; 26] = [
    "January",
    "February",
    "March",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "United",
    "Nations",
    "States",
    "Islamic",
    "State",
    "Minister",
    "President",
    "Foreign",
];

/// A name in another spelling: a letter doubled or single, a vowel or a consonant for a like one.
fn respelt(name: &str, chance: &mut Chance) -> String {
    let letters: Vec<char> = name.chars().collect();
    if letters.len() < 5 || KEPT.contains(&name) || letters.iter().all(|c| c.is_uppercase()) {
        return name.to_owned();
    }
    let at = 1 + chance.below(letters.len() - 2);
    let like = |c: char| match c {
        'a' => "e",
        'e' => "a",
        'i' => "ee",
        'o' => "u",
        'u' => "o",
        'y' => "i",
        'k' => "q",
        'q' => "k",
        'c' => "k",
        's' => "ss",
        'z' => "s",
        'h' => "",
        'j' => "dj",
        'b' => "p",
        'd' => "t",
        't' => "d",
        'v' => "w",
        'w' => "v",
        'm' => "mm",
        'n' => "nn",
        'l' => "ll",
        'r' => "rr",
        _ => "",
    };
    let doubled = letters[at] == letters[at - 1];
    let instead = if doubled { "" } else { like(letters[at]) };
    let (before, after) = (&letters[..at], &letters[at + 1..]);
    before.iter().collect::<String>() + instead + &after.iter().collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Troops of Ruvania seized the bridge near Tavish on Monday, officials said. \
        The rebels said that nine soldiers were killed in the attack. Farmers fled to the border.";

    fn shared(strength: Strength) -> usize {
        let prose = Prose::of(TEXT);
        let respun = respin(&prose, strength, &mut Chance::of(3, "test")).text();
        let words: Vec<_> = TEXT.split_whitespace().collect();
        respun.split_whitespace().filter(|word| words.contains(word)).count()
    }

    #[test]
    fn the_stronger_the_fewer_words_stay() {
        let [light, medium, strong] = [Strength::Light, Strength::Medium, Strength::Strong];
        assert!(shared(strong) < shared(medium) && shared(medium) < shared(light));
    }

    #[test]
    fn marks_stay_around_a_word() {
        assert_eq!(core("“troops,”"), ("“", "troops", ",”"));
        assert_eq!(core("Tavish's"), ("", "Tavish", "'s"));
        assert_eq!(core("—"), ("", "", "—"));
    }

    #[test]
    fn a_name_is_spelt_one_way_in_a_report() {
        let text = "The mayor of Merrowin met Merrowin farmers in Merrowin.";
        let mut names = BTreeMap::new();
        let habits = Habits { name: 1.0, ..Strength::Light.habits() };
        let respun = reworded(text, habits, &mut names, &mut Chance::of(5, "names"));
        assert!(!respun.contains("Merrowin"), "{respun}");
        assert_eq!(names.len(), 1);
    }
}
