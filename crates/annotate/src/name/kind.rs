//! What names name, beyond the classes that are learned, and the names within names: "the [[Chinese]
//! Foreign Ministry]". By the lexicon and by the head words of `data/actors/name-heads.tsv`.

use std::ops::Range;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use chancery_text::Span;

use super::{Candidate, Candidates, Name, NameClass};
use crate::Read;
use crate::lexicon::{LexiconFault, Table};
use crate::mention::fold::fold_name;
use crate::mention::lexicon::{Lexicon, NAME_HEADS, NO_WORD, class};
use crate::segment::Token;
use crate::syntax::Upos;

chancery_text::named_enum! {
    /// What a name names, more exactly than its class.
    pub enum NameKind {
        /// A person.
        Person = "person",
        /// An organisation, group, party, company, agency.
        Organisation = "organisation",
        /// A state.
        State = "state",
        /// Another place.
        Place = "place",
        /// What is built: an airport, a camp, a bridge.
        Facility = "facility",
        /// A people or what belongs to it: "Afghans", "Chinese".
        People = "people",
        /// A war, summit, election, festival.
        Event = "event",
        /// A book, film, newspaper piece, song.
        Work = "work",
        /// A law, treaty, resolution.
        Law = "law",
        /// None of these, or not known.
        Other = "other",
    }
}

/// Groups of the lexicon's senses, by their places in [`super::gazetteer::Known::marks`].
const STATE: usize = 0;
const ADJECTIVE: usize = 1;
const PEOPLE: usize = 2;
const SEAT: usize = 3;
const PLACE: usize = 4;
const ORGANISATION: usize = 7;
const GROUP: usize = 8;

/// Words after which a name tells what the head before them is of.
const LINKS: [&str; 9] = ["of", "on", "for", "against", "between", "with", "at", "in", "to"];

/// The kind of a head word, and whether it also stands first.
type Heads = FxHashMap<&'static str, (NameKind, bool)>;

fn read_heads() -> Result<Heads, LexiconFault> {
    let table = Table::parse(NAME_HEADS.0, NAME_HEADS.1)?;
    let (word, kind, stands) =
        (table.column("word")?, table.column("kind")?, table.column("stands")?);
    let heads = table.rows.iter().map(|row| {
        let kind = row.cell(kind).parse();
        let kind = kind.map_err(|_| table.fault(row, "names no kind of names"))?;
        match row.cell(stands) {
            "" => Ok((row.cell(word), (kind, false))),
            "first" => Ok((row.cell(word), (kind, true))),
            _ => Err(table.fault(row, "says neither \"first\" nor nothing of where it stands")),
        }
    });
    heads.collect()
}

fn heads() -> &'static Heads {
    static HEADS: OnceLock<Heads> = OnceLock::new();
    HEADS.get_or_init(|| read_heads().expect("a test reads every file that is carried"))
}

/// Gives each name its kind, and adds demonyms that are in no name and the names within names. In the
/// order of the text, the longer first of those that start together. Linear in the words.
pub fn complete(text: Read<'_>, candidates: &Candidates, mut found: Vec<Name>) -> Vec<Name> {
    let words = &candidates.words;
    let held = add_dated_events(text, &mut found);
    let outer = found.len();
    found.extend(held);
    let mut taken = vec![false; text.tokens.len()];
    for (at, name) in found.iter_mut().enumerate() {
        let first = words.partition_point(|word| word.token < name.tokens.start);
        let end = words.partition_point(|word| word.token < name.tokens.end);
        // Dated events have theirs.
        if name.kind == NameKind::Other {
            name.kind = kind(text, name, &words[first..end]);
        }
        if outer <= at {
            taken[places(&name.tokens)].fill(true);
        }
    }
    for group in [STATE, ADJECTIVE, PEOPLE, SEAT, PLACE] {
        for marked in stretches(words, group) {
            let tokens = words[marked.start].token..words[marked.end - 1].token + 1;
            let held = meeting(&found[..outer], &tokens).first();
            let held = held.map_or(stands_alone(group), |held| holds(text, held, &tokens, group));
            if !held || taken[places(&tokens)].contains(&true) {
                continue;
            }
            taken[places(&tokens)].fill(true);
            let (class, kind) = match group {
                STATE => (NameClass::Place, NameKind::State),
                ADJECTIVE | PEOPLE => (NameClass::Other, NameKind::People),
                _ => (NameClass::Place, NameKind::Place),
            };
            found.push(Name { span: cover(text, &tokens), tokens, class, kind });
        }
    }
    found.sort_by_key(|name| (name.tokens.start, std::cmp::Reverse(name.tokens.end)));
    found
}

fn places(tokens: &Range<u32>) -> Range<usize> {
    tokens.start as usize..tokens.end as usize
}

fn cover(text: Read<'_>, tokens: &Range<u32>) -> Span {
    text.tokens[tokens.start as usize].span.cover(text.tokens[tokens.end as usize - 1].span)
}

/// Of names in the order of the text, none in another, those that share a token with a stretch.
fn meeting<'a>(names: &'a [Name], tokens: &Range<u32>) -> &'a [Name] {
    let first = names.partition_point(|name| name.tokens.end <= tokens.start);
    let end = names.partition_point(|name| name.tokens.start < tokens.end);
    &names[first..end.max(first)]
}

/// Adds what is an event by a year and a head in small letters: "the 1994 Ruvanian general election".
/// Takes out the names that such events hold, and returns them.
fn add_dated_events(text: Read<'_>, found: &mut Vec<Name>) -> Vec<Name> {
    let mut events = Vec::new();
    for sentence in text.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let end = dated_event(text, at, sentence.tokens.end);
            let tokens = at..end.unwrap_or(at + 1);
            at = tokens.end;
            let cut =
                |name: &Name| name.tokens.start < tokens.start || tokens.end < name.tokens.end;
            let met = meeting(found, &tokens);
            if end.is_some() && !met.iter().any(|name| cut(name) || name.tokens == tokens) {
                let (class, kind) = (NameClass::Other, NameKind::Event);
                events.push(Name { span: cover(text, &tokens), tokens, class, kind });
            }
        }
    }
    let all = std::mem::take(found).into_iter();
    let (held, kept) = all.partition(|name| !meeting(&events, &name.tokens).is_empty());
    *found = kept;
    found.append(&mut events);
    found.sort_by_key(|name| name.tokens.start);
    held
}

/// Where the event ends that the year at a token dates: at a head of events in small letters, after words
/// that describe it.
fn dated_event(text: Read<'_>, at: u32, end: u32) -> Option<u32> {
    const LONGEST: u32 = 8;
    let word = |at: u32| text.report.slice(text.tokens[at as usize].span);
    let year = word(at);
    let is_year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    if !is_year || !(1400..2100).contains(&year.parse().unwrap_or(0)) {
        return None;
    }
    for next in at + 1..end.min(at + 1 + LONGEST) {
        let syntax = &text.syntax.words[next as usize];
        if !matches!(syntax.upos, Upos::Noun | Upos::Propn | Upos::Adj) {
            return None;
        }
        let head = heads().get(word(next)).filter(|(kind, _)| *kind == NameKind::Event);
        let goes_on = syntax.head.is_some_and(|head| next < head && head < at + LONGEST);
        if head.is_some() && !goes_on {
            return Some(next + 1);
        }
    }
    None
}

/// Whether the lexicon alone makes such a word a name where the model finds none.
fn stands_alone(group: usize) -> bool {
    matches!(group, ADJECTIVE | PEOPLE)
}

/// Whether a name holds a shorter one. After a preposition every name does ("President of the [United
/// States]"); else persons do not ("Jordan Brook"), nor places by their last word ("New England"), and
/// what is a place must not be a common word or a first name too ("Liberty Bank").
fn holds(text: Read<'_>, name: &Name, tokens: &Range<u32>, group: usize) -> bool {
    let inside = name.tokens.start <= tokens.start && tokens.end <= name.tokens.end;
    if !inside || name.tokens == *tokens {
        return false;
    }
    let word = |at: u32| text.report.slice(text.tokens[at as usize].span);
    let mut before = (name.tokens.start..tokens.start).rev().map(word);
    let link = before.find(|word| *word != "the");
    if link.is_some_and(|word| LINKS.contains(&word)) {
        return true;
    }
    match name.class {
        NameClass::Person => false,
        NameClass::Place if tokens.end == name.tokens.end => false,
        _ if group != PLACE => true,
        _ => tokens.start == name.tokens.start && is_only_a_place(text, tokens),
    }
}

fn is_only_a_place(text: Read<'_>, tokens: &Range<u32>) -> bool {
    let (lexicon, span) = (Lexicon::embedded(), tokens.start as usize..tokens.end as usize);
    let word = |token: &Token| lexicon.word(&fold_name(text.report.slice(token.span)));
    let other = class::COMMON | class::FIRST_NAME | class::HEAD;
    let plain = |token: &Token| match word(token) {
        NO_WORD => true,
        word => lexicon.class(word) & other == 0,
    };
    1 < tokens.len() || text.tokens[span].iter().all(plain)
}

/// The names of a group that the lexicon marks, as ranges of candidates.
fn stretches(words: &[Candidate], group: usize) -> Vec<Range<usize>> {
    let mut stretches = Vec::new();
    let mut start = None;
    for (at, word) in words.iter().enumerate() {
        let next = 0 < at && words[at - 1].token + 1 == word.token;
        match (word.marks[group], start) {
            (4, _) => (start, _) = (None, stretches.push(at..at + 1)),
            (1, _) => start = Some(at),
            (2, Some(_)) if next => {}
            (3, Some(first)) if next => (start, _) = (None, stretches.push(first..at + 1)),
            _ => start = None,
        }
    }
    stretches
}

fn kind(text: Read<'_>, name: &Name, words: &[Candidate]) -> NameKind {
    let whole = |group: usize| match words {
        [] => false,
        [word] => word.marks[group] == 4,
        [first, inner @ .., last] => {
            first.marks[group] == 1
                && last.marks[group] == 3
                && inner.iter().all(|word| word.marks[group] == 2)
        }
    };
    let known = whole(ORGANISATION) || whole(GROUP);
    let (head, first) = head(text, name).map_or((None, false), |(kind, first)| (Some(kind), first));
    let (class, kind) = match name.class {
        NameClass::Person => (NameKind::Person, head.filter(|_| first)),
        NameClass::Organisation => {
            let kinds = [NameKind::State, NameKind::Law, NameKind::Event];
            (NameKind::Organisation, head.filter(|kind| !known && kinds.contains(kind)))
        }
        NameClass::Place => {
            let kinds = [NameKind::State, NameKind::Facility];
            (NameKind::Place, head.filter(|kind| first || kinds.contains(kind)))
        }
        NameClass::Other if is_quoted(text, name) => (NameKind::Work, head),
        NameClass::Other => (NameKind::Other, head),
    };
    match name.class {
        NameClass::Place | NameClass::Organisation if whole(STATE) => NameKind::State,
        NameClass::Person if whole(PEOPLE) => NameKind::People,
        NameClass::Other if whole(ADJECTIVE) || whole(PEOPLE) => NameKind::People,
        _ => kind.unwrap_or(class),
    }
}

/// What the head of a name makes it, and whether that is its first word: the head is the word before
/// its first preposition, else its last that is no number, else its first.
fn head(text: Read<'_>, name: &Name) -> Option<(NameKind, bool)> {
    let tokens = &text.tokens[name.tokens.start as usize..name.tokens.end as usize];
    let words: Vec<_> =
        tokens.iter().map(|token| fold_name(text.report.slice(token.span))).collect();
    let link = words.iter().position(|word| LINKS.contains(&word.as_str()));
    let heads = heads();
    let of = |word: Option<&String>| word.and_then(|word| heads.get(word.as_str()));
    let before = link.and_then(|link| of(link.checked_sub(1).map(|at| &words[at])));
    let last = || words.iter().rev().find(|word| !is_number(word));
    let found = before.or_else(|| of(last()));
    let first = || of(words.first()).filter(|(_, stands_first)| *stands_first);
    let found = found.map(|(kind, _)| (*kind, false));
    found.or_else(|| first().map(|(kind, _)| (*kind, true)))
}

/// Whether a folded word is a number, Roman ones too: "World War II", "Expo 2020".
fn is_number(word: &str) -> bool {
    let all = |letters: &str| word.chars().all(|c| letters.contains(c));
    all("0123456789") || all("ivx")
}

/// Whether a name alone stands between quotation marks.
fn is_quoted(text: Read<'_>, name: &Name) -> bool {
    const MARKS: [char; 6] = ['"', '“', '”', '«', '»', '„'];
    let (start, end) = (name.span.start as usize, name.span.end as usize);
    text.report.text[..start].ends_with(MARKS) && text.report.text[end..].starts_with(MARKS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heads_of_names_are_read() {
        let heads = read_heads().unwrap();
        assert_eq!(heads["treaty"], (NameKind::Law, false));
        assert_eq!(heads["operation"], (NameKind::Event, true));
    }
}
