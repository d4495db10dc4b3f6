//! Names and words that the stages know, in one trie over folded words: actors, states, roles and
//! places. Made once; a look-up costs one hash per word.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

use super::fold::fold_name;
use super::{ActorKind, Sector};
use crate::lexicon::{LexiconFault, Table};
use crate::place::PlaceKind;

/// A word that no lexicon has.
pub(crate) const NO_WORD: u32 = u32::MAX;

/// What a single word can be, as bits.
pub(crate) mod class {
    pub const COMMON: u32 = 1;
    pub const FIRST_NAME: u32 = 2;
    pub const HEAD: u32 = 4;
    pub const DETERMINER: u32 = 8;
    pub const MODIFIER: u32 = 16;
    pub const SAY: u32 = 32;
    pub const VERB: u32 = 64;
    pub const PREPOSITION: u32 = 128;
    pub const LOCATIVE: u32 = 256;
    pub const PARTICLE: u32 = 512;
    pub const AND: u32 = 1024;
    pub const OF: u32 = 2048;
    pub const THE: u32 = 4096;
    pub const CALENDAR: u32 = 8192;
    pub const FUNCTION: u32 = 16384;
    pub const SUFFIX: u32 = 32768;
    pub const FEMALE: u32 = 65536;
    /// Last word of a place's name: "River".
    pub const PLACE_HEAD: u32 = 1 << 17;
    /// First word of a place's name: "Mount".
    pub const PLACE_PREFIX: u32 = 1 << 18;
    /// A role that says little alone: "member".
    pub const WEAK: u32 = 1 << 19;
    /// First word of some person's name of several words; the next bit: its last word. The two after
    /// say the same of organisations and groups, and the two after these of places.
    pub const FIRST_OF: u32 = 1 << 20;
}

/// What a word says of a seat of power beside it, as bits.
pub(crate) mod seat {
    /// A verb that is done to governments: "informed Kabul".
    pub const TOLD: u8 = 1;
    /// A verb after which "to", "at" or "on" names a government: "appealed to Moscow".
    pub const ADDRESSED: u8 = 2;
    /// A noun to which a government is a party: "ties with Tehran".
    pub const RELATION: u8 = 4;
    /// What a city has or is: "Beijing's mayor".
    pub const CIVIC: u8 = 8;
    /// What a city does: "Kabul fell".
    pub const BEFALLS: u8 = 16;
    /// What follows a hyphen: "Tehran-backed".
    pub const BACKED: u8 = 32;
}

/// What a name in the trie means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sense {
    /// An actor, and whether by a short name that needs care.
    Actor(u32),
    /// A state by name.
    State(u32),
    /// A state's adjective: "Chinese".
    Adjective(u32),
    /// A state's people: "Afghans".
    People(u32),
    /// A seat of power: "Beijing".
    Seat(u32),
    /// A role, and whether in the plural.
    Role(u32, bool),
    /// A place of the gazetteer.
    Place(u32),
}

/// A sense, and the case it needs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub sense: Sense,
    /// All letters must be capitals: an acronym.
    pub capitals: bool,
    next: u32,
}

/// An actor of the lexicon.
#[derive(Debug, Clone)]
pub(crate) struct KnownActor {
    pub key: &'static str,
    pub name: &'static str,
    pub kind: ActorKind,
    pub country: &'static str,
    pub sectors: Vec<Sector>,
    pub female: Option<bool>,
    pub offices: Vec<Office>,
    /// Whether the file is one of ours, not PETRARCH's.
    pub ours: bool,
}

/// A role that somebody held.
#[derive(Debug, Clone)]
pub(crate) struct Office {
    pub role: &'static str,
    pub country: &'static str,
    pub sectors: Vec<Sector>,
    /// ISO dates; empty for open.
    pub from: &'static str,
    pub to: &'static str,
}

/// A state.
#[derive(Debug, Clone)]
pub(crate) struct State {
    pub code: &'static str,
    pub name: &'static str,
    pub adjective: &'static str,
}

/// A role noun.
#[derive(Debug, Clone)]
pub(crate) struct Role {
    pub phrase: &'static str,
    pub collective: bool,
    /// Only before a name: "Gen.".
    pub only_title: bool,
    /// May stand before a name.
    pub title: bool,
    pub plural: bool,
    pub female: Option<bool>,
    pub sectors: Vec<Sector>,
}

/// A place of the gazetteer.
#[derive(Debug, Clone)]
pub(crate) struct KnownPlace {
    pub id: &'static str,
    pub name: &'static str,
    pub kind: PlaceKind,
    pub country: &'static str,
    pub latitude: f64,
    pub longitude: f64,
    pub population: u32,
    /// Capital of a state, or seat of a first-level division.
    pub capital: bool,
    /// Whether it is GeoNames's.
    pub geonames: bool,
    /// 1 for a first-level division by GeoNames, 2 for a second-level one, 0 for any other place.
    pub level: u8,
}

/// A quick hash of short words (FNV-1a); the words are ours, so no adversary picks the table.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct WordHasher(u64);

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0 ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 ^= self.0 >> 32;
    }
}

type Words = HashMap<Box<str>, u32, BuildHasherDefault<WordHasher>>;
type Edges = HashMap<u64, u32, BuildHasherDefault<WordHasher>>;

/// Everything the stage knows about names.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    words: Words,
    classes: Vec<u32>,
    heads: HashMap<u32, Vec<Sector>>,
    seats: HashMap<&'static str, u8>,
    edges: Edges,
    first_entry: Vec<u32>,
    entries: Vec<Entry>,
    pub actors: Vec<KnownActor>,
    pub states: Vec<State>,
    pub roles: Vec<Role>,
    pub places: Vec<KnownPlace>,
    by_country: HashMap<&'static str, Vec<u32>>,
    state_of: HashMap<&'static str, u32>,
}

const NONE: u32 = u32::MAX;

macro_rules! data {
    ($name:literal) => {
        ($name, include_str!(concat!("../../../../data/", $name)))
    };
}

const STATES: (&str, &str) = data!("actors/states.tsv");
const ORGANISATIONS: (&str, &str) = data!("actors/organisations.tsv");
const GROUPS: (&str, &str) = data!("actors/petrarch-groups.tsv");
const PEOPLE: (&str, &str) = data!("actors/people.tsv");
const MORE_PEOPLE: (&str, &str) = data!("actors/petrarch-people.tsv");
const ROLES: (&str, &str) = data!("actors/roles.tsv");
const HEADS: (&str, &str) = data!("actors/heads.tsv");
/// What a name is that has such a word as its head.
pub(crate) const NAME_HEADS: (&str, &str) = data!("actors/name-heads.tsv");
const CUES: (&str, &str) = data!("actors/cues.tsv");
const SEATS: (&str, &str) = data!("actors/seats.tsv");
const COMMON: (&str, &str) = data!("actors/common-words.tsv");
const FIRST_NAMES: (&str, &str) = data!("actors/first-names.tsv");
const COUNTRIES: (&str, &str) = data!("places/countries.tsv");
const EXTRA: (&str, &str) = data!("places/extra.tsv");
const GAZETTEER: (&str, &str) = data!("places/gazetteer.tsv");

/// The files below `data/actors`.
pub(crate) const ACTOR_FILES: [(&str, &str); 12] = [
    STATES,
    ORGANISATIONS,
    GROUPS,
    PEOPLE,
    MORE_PEOPLE,
    ROLES,
    HEADS,
    NAME_HEADS,
    CUES,
    SEATS,
    COMMON,
    FIRST_NAMES,
];
/// The files below `data/places`.
pub(crate) const PLACE_FILES: [(&str, &str); 3] = [COUNTRIES, EXTRA, GAZETTEER];

impl Lexicon {
    /// The lexicon carried in the binary, made once.
    pub fn embedded() -> &'static Lexicon {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| Lexicon::read().expect("a test reads every file that is carried"))
    }

    /// Reads the files carried in the binary.
    pub fn read() -> Result<Self, LexiconFault> {
        let mut lexicon = Lexicon { first_entry: vec![NONE], ..Lexicon::default() };
        lexicon.words.reserve(160_000);
        lexicon.edges.reserve(260_000);
        lexicon.read_words()?;
        lexicon.read_states()?;
        lexicon.read_actors(ORGANISATIONS, true)?;
        lexicon.read_people(PEOPLE, true)?;
        lexicon.read_actors(GROUPS, false)?;
        lexicon.read_people(MORE_PEOPLE, false)?;
        lexicon.read_roles()?;
        lexicon.read_places()?;
        Ok(lexicon)
    }

    /// The number of a folded word.
    pub fn word(&self, folded: &str) -> u32 {
        self.words.get(folded).copied().unwrap_or(NO_WORD)
    }

    /// Whether a word is a name that has lost the apostrophe of its possessive: "Syrias".
    pub fn is_lost_possessive(&self, folded: &str, bare: &str) -> bool {
        let named = |word: &str| self.step(0, self.word(word));
        let sure = |node: u32| {
            self.entries(node).any(|entry| matches!(entry.sense, Sense::State(_) | Sense::Actor(_)))
        };
        bare.len() > 3 && named(folded).is_none() && named(bare).is_some_and(sure)
    }

    /// What a word can be.
    pub fn class(&self, word: u32) -> u32 {
        self.classes.get(word as usize).copied().unwrap_or(0)
    }

    /// Sectors of an organisation with this head word.
    pub fn head_sectors(&self, word: u32) -> &[Sector] {
        self.heads.get(&word).map_or(&[], Vec::as_slice)
    }

    /// What a lemma says of a seat of power beside it, as bits of [`seat`].
    pub fn seat_senses(&self, lemma: &str) -> u8 {
        self.seats.get(lemma).copied().unwrap_or(0)
    }

    /// The node after `node` by `word`; the root is 0.
    pub fn step(&self, node: u32, word: u32) -> Option<u32> {
        self.edges.get(&edge(node, word)).copied()
    }

    /// What ends at a node.
    pub fn entries(&self, node: u32) -> impl Iterator<Item = Entry> + '_ {
        let mut at = self.first_entry[node as usize];
        std::iter::from_fn(move || {
            let entry = *self.entries.get(at as usize)?;
            at = entry.next;
            Some(entry)
        })
    }

    /// What a name means, whatever its case.
    pub fn senses(&self, name: &str) -> Vec<Sense> {
        let mut node = 0;
        for word in fold_name(name).split(' ') {
            match self.step(node, self.word(word)) {
                Some(next) => node = next,
                None => return Vec::new(),
            }
        }
        self.entries(node).map(|entry| entry.sense).collect()
    }

    /// People who held an office in a country.
    pub fn people_of(&self, country: &str) -> impl Iterator<Item = u32> + '_ {
        self.by_country.get(country).map_or(&[][..], Vec::as_slice).iter().copied()
    }

    /// The state of a country code.
    pub fn state(&self, code: &str) -> Option<u32> {
        self.state_of.get(code).copied()
    }

    fn intern(&mut self, folded: &str) -> u32 {
        if let Some(&word) = self.words.get(folded) {
            return word;
        }
        let word = self.classes.len() as u32;
        self.words.insert(folded.into(), word);
        self.classes.push(0);
        word
    }

    fn mark(&mut self, folded: &str, class: u32) -> u32 {
        let word = self.intern(folded);
        self.classes[word as usize] |= class;
        word
    }

    fn add(&mut self, name: &str, sense: Sense) {
        let capitals = is_acronym(name);
        let folded = fold_name(name);
        self.add_folded(&folded, sense, capitals);
        for article in ["the ", "al "] {
            if let Some(rest) = folded.strip_prefix(article)
                && rest.contains(' ')
            {
                self.add_folded(rest, sense, capitals);
            }
        }
        if folded.contains(" al ") && folded.split(' ').count() > 3 {
            self.add_folded(&folded.replace(" al ", " "), sense, capitals);
        }
    }

    fn add_folded(&mut self, folded: &str, sense: Sense, capitals: bool) {
        if folded.is_empty() {
            return;
        }
        self.mark_ends(folded, sense);
        let mut node = 0;
        for word in folded.split(' ') {
            let word = self.intern(word);
            let next = self.first_entry.len() as u32;
            node = *self.edges.entry(edge(node, word)).or_insert(next);
            if node == next {
                self.first_entry.push(NONE);
            }
        }
        if self.entries(node).any(|entry| entry.sense == sense) {
            return;
        }
        let next = self.first_entry[node as usize];
        self.first_entry[node as usize] = self.entries.len() as u32;
        self.entries.push(Entry { sense, capitals, next });
    }

    /// Marks the first and the last word of a name of several words.
    fn mark_ends(&mut self, folded: &str, sense: Sense) {
        let kind = match sense {
            Sense::Actor(actor) if self.actors[actor as usize].kind == ActorKind::Person => 0,
            Sense::Actor(_) => 1,
            Sense::Place(_) | Sense::State(_) => 2,
            _ => return,
        };
        let first = class::FIRST_OF << (2 * kind);
        if let Some((start, _)) = folded.split_once(' ') {
            self.mark(start, first);
        }
        if let Some((_, end)) = folded.rsplit_once(' ') {
            self.mark(end, first << 1);
        }
    }

    fn read_words(&mut self) -> Result<(), LexiconFault> {
        for (file, class) in [(COMMON, class::COMMON), (FIRST_NAMES, class::FIRST_NAME)] {
            let table = Table::parse(file.0, file.1)?;
            let word = table.column("word")?;
            for row in &table.rows {
                self.mark(row.cell(word), class);
            }
        }
        let table = Table::parse(HEADS.0, HEADS.1)?;
        let (word, sectors) = (table.column("word")?, table.column("sectors")?);
        for row in &table.rows {
            let sectors = parse_sectors(&table, row.line, row.cell(sectors))?;
            let word = self.mark(row.cell(word), class::HEAD);
            self.heads.insert(word, sectors);
        }
        let table = Table::parse(CUES.0, CUES.1)?;
        let (word, class) = (table.column("word")?, table.column("class")?);
        for row in &table.rows {
            let class = parse_class(row.cell(class))
                .ok_or_else(|| table.fault(row, "names no class of words"))?;
            self.mark(row.cell(word), class);
        }
        self.read_seats()
    }

    fn read_seats(&mut self) -> Result<(), LexiconFault> {
        let table = Table::parse(SEATS.0, SEATS.1)?;
        let (word, senses) = (table.column("word")?, table.column("senses")?);
        for row in &table.rows {
            for sense in row.cell(senses).split('|') {
                let sense = match sense {
                    "told" => seat::TOLD,
                    "addressed" => seat::ADDRESSED,
                    "relation" => seat::RELATION,
                    "civic" => seat::CIVIC,
                    "befalls" => seat::BEFALLS,
                    "backed" => seat::BACKED,
                    _ => return Err(table.fault(row, "names no sense of a word beside a seat")),
                };
                *self.seats.entry(row.cell(word)).or_default() |= sense;
            }
        }
        Ok(())
    }

    fn read_states(&mut self) -> Result<(), LexiconFault> {
        let table = Table::parse(STATES.0, STATES.1)?;
        let column = |name| table.column(name);
        let (code, name, names) = (column("code")?, column("name")?, column("names")?);
        let (adjectives, peoples) = (column("adjectives")?, column("peoples")?);
        let (seats, capital) = (column("metonyms")?, column("capital")?);
        for row in &table.rows {
            let state = self.states.len() as u32;
            self.states.push(State {
                code: row.cell(code),
                name: row.cell(name),
                adjective: row.cell(adjectives).split('|').next().unwrap_or_default(),
            });
            self.state_of.insert(row.cell(code), state);
            self.add(row.cell(name), Sense::State(state));
            for (cell, sense) in [
                (names, Sense::State(state)),
                (adjectives, Sense::Adjective(state)),
                (peoples, Sense::People(state)),
                (seats, Sense::Seat(state)),
                (capital, Sense::Seat(state)),
            ] {
                for form in row.cell(cell).split('|') {
                    self.add(form, sense);
                }
            }
        }
        Ok(())
    }

    fn read_actors(
        &mut self,
        (file, text): (&'static str, &'static str),
        ours: bool,
    ) -> Result<(), LexiconFault> {
        let table = Table::parse(file, text)?;
        let column = |name| table.column(name);
        let (key, name, aliases) = (column("key")?, column("name")?, column("aliases")?);
        let (kind, country, sectors) = (column("kind")?, column("country")?, column("sectors")?);
        for row in &table.rows {
            let actor = self.actors.len() as u32;
            self.actors.push(KnownActor {
                key: row.cell(key),
                name: row.cell(name),
                kind: row.cell(kind).parse().map_err(|e: String| table.fault(row, e))?,
                country: row.cell(country),
                sectors: parse_sectors(&table, row.line, row.cell(sectors))?,
                female: None,
                offices: Vec::new(),
                ours,
            });
            self.add(row.cell(name), Sense::Actor(actor));
            for alias in row.cell(aliases).split('|') {
                self.add(alias, Sense::Actor(actor));
            }
        }
        Ok(())
    }

    fn read_people(
        &mut self,
        (file, text): (&'static str, &'static str),
        ours: bool,
    ) -> Result<(), LexiconFault> {
        let table = Table::parse(file, text)?;
        let column = |name| table.column(name);
        let (key, name, aliases) = (column("key")?, column("name")?, column("aliases")?);
        let (gender, country, sectors) =
            (column("gender")?, column("country")?, column("sectors")?);
        let (role, from, to) = (column("role")?, column("from")?, column("to")?);
        for row in &table.rows {
            let same = self.actors.last().is_some_and(|last| last.key == row.cell(key));
            let sectors = parse_sectors(&table, row.line, row.cell(sectors))?;
            if !same {
                self.actors.push(KnownActor {
                    key: row.cell(key),
                    name: row.cell(name),
                    kind: ActorKind::Person,
                    country: row.cell(country),
                    sectors: sectors.clone(),
                    female: parse_gender(row.cell(gender)),
                    offices: Vec::new(),
                    ours,
                });
                if ours {
                    let actor = self.actors.len() as u32 - 1;
                    self.by_country.entry(row.cell(country)).or_default().push(actor);
                }
            }
            let actor = self.actors.len() as u32 - 1;
            self.actors[actor as usize].offices.push(Office {
                role: row.cell(role),
                country: row.cell(country),
                sectors,
                from: row.cell(from),
                to: row.cell(to),
            });
            self.add(row.cell(name), Sense::Actor(actor));
            for alias in row.cell(aliases).split('|') {
                self.add(alias, Sense::Actor(actor));
            }
        }
        Ok(())
    }

    fn read_roles(&mut self) -> Result<(), LexiconFault> {
        let table = Table::parse(ROLES.0, ROLES.1)?;
        let column = |name| table.column(name);
        let (phrase, kind, sectors) = (column("phrase")?, column("kind")?, column("sectors")?);
        let (title, gender, number) = (column("title")?, column("gender")?, column("number")?);
        for row in &table.rows {
            let role = self.roles.len() as u32;
            let plural = row.cell(number) == "plural";
            self.roles.push(Role {
                phrase: row.cell(phrase),
                collective: row.cell(kind) == "collective",
                only_title: row.cell(kind) == "title",
                title: row.cell(title) == "yes",
                plural,
                female: parse_gender(row.cell(gender)),
                sectors: parse_sectors(&table, row.line, row.cell(sectors))?,
            });
            let folded = fold_name(row.cell(phrase));
            self.add_folded(&folded, Sense::Role(role, plural), false);
            if !plural && row.cell(kind) != "title" {
                for form in plurals(&folded) {
                    self.add_folded(&form, Sense::Role(role, true), false);
                }
            }
        }
        Ok(())
    }

    fn read_places(&mut self) -> Result<(), LexiconFault> {
        self.read_countries()?;
        self.read_extra()?;
        self.read_gazetteer()
    }

    fn read_countries(&mut self) -> Result<(), LexiconFault> {
        let table = Table::parse(COUNTRIES.0, COUNTRIES.1)?;
        let column = |name| table.column(name);
        let (code, name) = (column("code")?, column("name")?);
        let (latitude, longitude) = (column("latitude")?, column("longitude")?);
        for row in &table.rows {
            self.places.push(KnownPlace {
                id: row.cell(code),
                name: row.cell(name),
                kind: PlaceKind::Country,
                country: row.cell(code),
                latitude: parse_number(&table, row.line, row.cell(latitude))?,
                longitude: parse_number(&table, row.line, row.cell(longitude))?,
                population: 0,
                capital: false,
                geonames: false,
                level: 0,
            });
        }
        Ok(())
    }

    fn read_extra(&mut self) -> Result<(), LexiconFault> {
        let table = Table::parse(EXTRA.0, EXTRA.1)?;
        let column = |name| table.column(name);
        let (key, name, aliases) = (column("key")?, column("name")?, column("aliases")?);
        let (kind, country) = (column("kind")?, column("country")?);
        let (latitude, longitude) = (column("latitude")?, column("longitude")?);
        for row in &table.rows {
            let place = self.places.len() as u32;
            self.places.push(KnownPlace {
                id: row.cell(key),
                name: row.cell(name),
                kind: row.cell(kind).parse().map_err(|e: String| table.fault(row, e))?,
                country: row.cell(country),
                latitude: parse_number(&table, row.line, row.cell(latitude))?,
                longitude: parse_number(&table, row.line, row.cell(longitude))?,
                population: 400_000,
                capital: false,
                geonames: false,
                level: 0,
            });
            self.add(row.cell(name), Sense::Place(place));
            for alias in row.cell(aliases).split('|') {
                self.add(alias, Sense::Place(place));
            }
        }
        Ok(())
    }

    fn read_gazetteer(&mut self) -> Result<(), LexiconFault> {
        let table = Table::parse(GAZETTEER.0, GAZETTEER.1)?;
        let column = |name| table.column(name);
        let (id, name, alternates) = (column("id")?, column("name")?, column("alternates")?);
        let (latitude, longitude) = (column("latitude")?, column("longitude")?);
        let (country, population) = (column("country")?, column("population")?);
        let rank = column("rank")?;
        for row in &table.rows {
            let place = self.places.len() as u32;
            self.places.push(KnownPlace {
                id: row.cell(id),
                name: row.cell(name),
                kind: PlaceKind::Settlement,
                country: row.cell(country),
                latitude: parse_number(&table, row.line, row.cell(latitude))?,
                longitude: parse_number(&table, row.line, row.cell(longitude))?,
                population: parse_number(&table, row.line, row.cell(population))? as u32,
                capital: !row.cell(rank).is_empty(),
                geonames: true,
                level: 0,
            });
            self.add_folded(&fold_name(row.cell(name)), Sense::Place(place), false);
            for alternate in row.cell(alternates).split('|') {
                self.add_folded(alternate, Sense::Place(place), false);
            }
        }
        Ok(())
    }
}

fn edge(node: u32, word: u32) -> u64 {
    u64::from(node) << 32 | u64::from(word)
}

fn is_acronym(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic());
    let count = letters.clone().count();
    (2..=7).contains(&count) && letters.clone().all(char::is_uppercase) && !name.contains(' ')
}

fn plurals(folded: &str) -> Vec<String> {
    let (first, rest) = match folded.split_once(" of ") {
        Some((first, rest)) => (first, format!(" of {rest}")),
        None => (folded, String::new()),
    };
    let plural = match first {
        _ if first.ends_with("man") => format!("{}men", &first[..first.len() - 3]),
        _ if first.ends_with("child") => format!("{first}ren"),
        _ if first.ends_with("person") => format!("{}people", &first[..first.len() - 6]),
        _ if first.ends_with('y') && !first.ends_with("ey") => {
            format!("{}ies", &first[..first.len() - 1])
        }
        _ if first.ends_with("ch") || first.ends_with("ss") || first.ends_with('x') => {
            format!("{first}es")
        }
        _ => format!("{first}s"),
    };
    vec![plural + &rest]
}

fn parse_gender(cell: &str) -> Option<bool> {
    match cell {
        "f" => Some(true),
        "m" => Some(false),
        _ => None,
    }
}

fn parse_sectors(table: &Table, line: u32, cell: &str) -> Result<Vec<Sector>, LexiconFault> {
    let parse = |text: &str| text.parse();
    let sectors = cell.split('|').filter(|text| !text.is_empty()).map(parse);
    sectors.collect::<Result<_, String>>().map_err(|problem| LexiconFault {
        file: table.file,
        line,
        problem,
    })
}

fn parse_number(table: &Table, line: u32, cell: &str) -> Result<f64, LexiconFault> {
    cell.parse().map_err(|_| LexiconFault {
        file: table.file,
        line,
        problem: format!("has `{cell}` where a number belongs"),
    })
}

fn parse_class(cell: &str) -> Option<u32> {
    Some(match cell {
        "det" => class::DETERMINER,
        "modifier" => class::MODIFIER,
        "say" => class::SAY,
        "verb" => class::VERB,
        "prep" => class::PREPOSITION,
        "locative" => class::LOCATIVE,
        "particle" => class::PARTICLE,
        "and" => class::AND,
        "of" => class::OF,
        "the" => class::THE,
        "weekday" => class::CALENDAR,
        "function" => class::FUNCTION,
        "suffix" => class::SUFFIX,
        "female" => class::FEMALE,
        "place-head" => class::PLACE_HEAD,
        "place-prefix" => class::PLACE_PREFIX,
        "weak" => class::WEAK,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_files_are_read() {
        let lexicon = Lexicon::read().unwrap();
        assert!(lexicon.senses("Wang Yi").iter().any(|s| matches!(s, Sense::Actor(_))));
        assert!(lexicon.senses("Chinese").iter().any(|s| matches!(s, Sense::Adjective(_))));
        assert!(
            lexicon.senses("foreign ministers").iter().any(|s| matches!(s, Sense::Role(_, true)))
        );
        assert!(lexicon.senses("Tianjin").iter().any(|s| matches!(s, Sense::Place(_))));
    }
}
