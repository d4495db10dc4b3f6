//! Units of a sentence: names by lexicon, names by shape, demonyms and role nouns.

use std::collections::HashSet;
use std::ops::Range;

use super::ActorKind;
use super::atom::{Atom, before, shape};
use super::lexicon::{Entry, Lexicon, NO_WORD, Sense, class};
use crate::Read;
use crate::name::{Name, NameClass};
use crate::syntax::{Upos, Word};

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Actor(u32),
    State(u32),
    Adjective(u32),
    People(u32),
    Seat(u32),
    Role(u32, bool),
    Place,
    Shape(Shape),
}

/// What a name that no lexicon has looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Person,
    Organisation,
    Place,
    Unknown,
    Other,
}

/// A stretch of atoms that means something here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unit {
    pub start: usize,
    pub end: usize,
    pub what: What,
}

/// What the scan looks at.
#[derive(Clone, Copy)]
pub(crate) struct Scan<'a> {
    pub text: Read<'a>,
    pub atoms: &'a [Atom],
    pub lexicon: &'a Lexicon,
    /// The names that the model found and that lie in no other, in the order of the text.
    pub names: &'a [&'a Name],
    /// Words in "-s" that the report writes in lower case: "memos" is nobody's surname then.
    pub things: &'a HashSet<&'a str>,
}

const LONGEST: usize = 12;

impl Scan<'_> {
    pub fn class(&self, at: usize) -> u32 {
        self.atoms.get(at).map_or(0, |atom| self.lexicon.class(atom.word))
    }

    pub fn is(&self, at: usize, class: u32) -> bool {
        self.class(at) & class != 0
    }

    fn word(&self, at: usize) -> Option<&Word> {
        self.text.syntax.words.get(self.atoms.get(at)?.token as usize)
    }

    pub fn upos(&self, at: usize) -> Upos {
        self.word(at).map_or(Upos::X, |word| word.upos)
    }

    /// Whether a word is a verb that is no participle.
    fn is_finite(&self, at: usize) -> bool {
        let finite = |word: &Word| word.upos == Upos::Verb && !["VBN", "VBG"].contains(&word.xpos);
        self.word(at).is_some_and(finite)
    }

    pub fn slice(&self, atoms: Range<usize>) -> &str {
        let text = &self.text.report.text;
        match (
            self.atoms.get(atoms.start),
            atoms.end.checked_sub(1).and_then(|i| self.atoms.get(i)),
        ) {
            (Some(first), Some(last)) => &text[first.start as usize..last.end as usize],
            _ => "",
        }
    }

    fn capital(&self, at: usize) -> bool {
        self.atoms[at].is(shape::CAPITAL) || self.atoms[at].is(shape::TAGGED)
    }

    /// The name that the model found at an atom.
    pub fn name(&self, at: usize) -> Option<&Name> {
        let token = self.atoms[at].token;
        let next = self.names.partition_point(|name| name.tokens.end <= token);
        self.names.get(next).filter(|name| name.tokens.start <= token).copied()
    }

    /// Whether `at` goes on with the words before it, nothing but a hyphen between.
    pub fn joins(&self, at: usize) -> bool {
        !self.atoms[at].after(before::BREAK)
    }
}

/// The words in "-s" that a report writes in lower case.
pub(crate) fn things<'a>(text: Read<'a>, atoms: &[Atom]) -> HashSet<&'a str> {
    let text = &text.report.text;
    let words = atoms.iter().filter(|atom| !atom.is(shape::CAPITAL));
    let words = words.map(|atom| &text[atom.start as usize..atom.end as usize]);
    words.filter(|word| 4 < word.len() && word.ends_with('s')).collect()
}

/// The units of a sentence, in order; an adjective inside an organisation's name comes first.
pub(crate) fn units(scan: Scan<'_>, sentence: Range<usize>, out: &mut Vec<Unit>) {
    let mut at = sentence.start;
    while at < sentence.end {
        at = unit(scan, at, sentence.end, out);
    }
}

fn unit(scan: Scan<'_>, at: usize, end: usize, out: &mut Vec<Unit>) -> usize {
    let role = role_hit(scan, at, end);
    let name = name_hit(scan, at, end).filter(|hit| !breaks_a_name(scan, at, hit.0, end));
    if !scan.capital(at) && name.is_none() {
        return push_role(scan, at, role, out);
    }
    let reach = name.map_or(0, |hit| hit.0).max(at);
    if let Some((role_end, ..)) = role
        && role_end >= reach
        && !(name.is_some() && role_end == reach)
        && organisation(scan, at, end).is_none_or(|to| to <= role_end)
    {
        return push_role(scan, at, role, out);
    }
    let Some((to, what)) = name else { return by_shape(scan, at, end, out) };
    if let Some(beyond) = beyond(scan, at, to, what, end) {
        let part =
            matches!(what, What::Actor(_)) && to < end && !scan.is(to, class::OF | class::SUFFIX);
        if part || matches!(what, What::State(_) | What::Adjective(_)) {
            out.push(Unit { start: at, end: to, what });
        }
        out.push(beyond);
        return beyond.end;
    }
    out.push(Unit { start: at, end: to, what });
    to
}

/// "The North Salletan", "the North Line": what begins after the article goes on.
fn breaks_a_name(scan: Scan<'_>, at: usize, to: usize, end: usize) -> bool {
    let goes_on = || to < end && scan.joins(to) && scan.capital(to);
    let longer = |(reach, _): (usize, What)| to < reach;
    scan.is(at, class::THE) && (goes_on() || name_hit(scan, at + 1, end).is_some_and(longer))
}

fn push_role(
    scan: Scan<'_>,
    at: usize,
    role: Option<(usize, u32, bool)>,
    out: &mut Vec<Unit>,
) -> usize {
    let Some((end, role, plural)) = role else { return at + 1 };
    if end == at + 1 && is_no_noun(scan, at, role) {
        return end;
    }
    out.push(Unit { start: at, end, what: What::Role(role, plural) });
    end
}

/// Whether a role word is a verb or adjective here, or part of "nine-member".
fn is_no_noun(scan: Scan<'_>, at: usize, role: u32) -> bool {
    let collective = scan.lexicon.roles[role as usize].collective;
    match scan.upos(at) {
        Upos::Verb | Upos::Aux | Upos::Adv | Upos::Adp => true,
        Upos::Adj => collective,
        _ => scan.atoms[at].after(before::HYPHEN) && scan.is(at, class::WEAK),
    }
}

/// A longer name that begins with the one found: an organisation, a place, a person.
fn beyond(scan: Scan<'_>, at: usize, to: usize, what: What, end: usize) -> Option<Unit> {
    if scan.atoms[at].is(shape::HEADLINE) {
        return None;
    }
    if let Some(organisation) = organisation(scan, at, end)
        && organisation > to
        && !scan.atoms[at].after(before::HYPHEN)
        && !(matches!(what, What::Actor(_)) && names_a_body_after_of(scan, to, organisation, end))
        && !(at + 1..organisation).any(|later| {
            matches!(name_hit(scan, later, end), Some((reach, What::Actor(_))) if reach >= organisation)
        })
    {
        return Some(Unit { start: at, end: organisation, what: What::Shape(Shape::Organisation) });
    }
    if what == What::Place
        && let Some(to) = named_body(scan, at, end).filter(|longer| to < *longer)
    {
        return Some(Unit { start: at, end: to, what: What::Shape(Shape::Organisation) });
    }
    let next = to < end && scan.joins(to) && scan.capital(to);
    if next && scan.is(to, class::SUFFIX) && is_person(scan, what) {
        return Some(Unit { start: at, end: to + 1, what: What::Shape(Shape::Person) });
    }
    if next && scan.is(to, class::PLACE_HEAD) && role_hit(scan, to, end).is_none() {
        let what = What::Shape(Shape::Place);
        return Some(Unit { start: at, end: to + 1, what });
    }
    let first_name = to == at + 1 && scan.is(at, class::FIRST_NAME);
    let weak = matches!(what, What::State(_) | What::Seat(_) | What::Place);
    let person = next && weak && first_name && is_surname(scan, to, end);
    person.then(|| {
        let end = person_end(scan, to, end);
        Unit { start: at, end, what: What::Shape(Shape::Person) }
    })
}

/// The end of the organisation's name that the model finds from an atom on: "Black Sea Fleet".
fn named_body(scan: Scan<'_>, at: usize, end: usize) -> Option<usize> {
    let name = scan.name(at).filter(|name| name.class == NameClass::Organisation)?;
    let begins = name.tokens.start == scan.atoms[at].token;
    let inside = |to: &usize| scan.atoms[*to].token < name.tokens.end;
    (begins && name.tokens.len() < LONGEST).then(|| (at..end).take_while(inside).count() + at)
}

fn is_person(scan: Scan<'_>, what: What) -> bool {
    matches!(what, What::Actor(actor) if scan.lexicon.actors[actor as usize].kind == ActorKind::Person)
}

/// "Security Council of the Collective …": another body follows, not a country.
fn names_a_body_after_of(scan: Scan<'_>, from: usize, to: usize, end: usize) -> bool {
    (from..to).any(|of| {
        let after = of + 1 + usize::from(scan.is(of + 1, class::THE));
        scan.is(of, class::OF)
            && !matches!(
                (after < end).then(|| name_hit(scan, after, end)).flatten(),
                Some((_, What::State(_) | What::Place | What::Adjective(_)))
            )
    })
}

fn is_surname(scan: Scan<'_>, at: usize, end: usize) -> bool {
    let known = name_hit(scan, at, end);
    !scan.lexicon.is_common(scan.atoms[at].word)
        && !scan.atoms[at].is(shape::ALL_CAPITALS)
        && role_hit(scan, at, end).is_none()
        && !matches!(known, Some((_, What::State(_) | What::Adjective(_) | What::People(_))))
}

/// The longest name of the lexicon that starts at an atom.
fn name_hit(scan: Scan<'_>, at: usize, end: usize) -> Option<(usize, What)> {
    let mut best = None;
    let mut node = 0;
    for to in at..end.min(at + LONGEST) {
        let atom = &scan.atoms[to];
        let apart = before::BREAK & !before::POSSESSIVE;
        if atom.word == NO_WORD || (to > at && atom.after(apart)) {
            break;
        }
        match scan.lexicon.step(node, atom.word) {
            Some(next) => node = next,
            None => break,
        }
        if let Some(what) = choose(scan, at, to + 1, node) {
            best = Some((to + 1, what));
        }
    }
    best
}

fn choose(scan: Scan<'_>, at: usize, end: usize, node: u32) -> Option<What> {
    let mut best: Option<(u8, What)> = None;
    for entry in scan.lexicon.entries(node) {
        let Some((rank, what)) = rank(scan, entry) else { continue };
        if best.is_none_or(|(other, _)| rank < other) && cased(scan, at, end, entry, what) {
            best = Some((rank, what));
        }
    }
    best.map(|(_, what)| what)
}

fn rank(scan: Scan<'_>, entry: Entry) -> Option<(u8, What)> {
    Some(match entry.sense {
        Sense::Actor(actor) if scan.lexicon.actors[actor as usize].ours => (0, What::Actor(actor)),
        Sense::State(state) => (1, What::State(state)),
        Sense::Seat(state) => (2, What::Seat(state)),
        Sense::Adjective(state) => (3, What::Adjective(state)),
        Sense::People(state) => (4, What::People(state)),
        Sense::Place(_) => (5, What::Place),
        Sense::Actor(actor) => (6, What::Actor(actor)),
        Sense::Role(..) => return None,
    })
}

fn cased(scan: Scan<'_>, at: usize, end: usize, entry: Entry, what: What) -> bool {
    let atoms = &scan.atoms[at..end];
    let first = &atoms[0];
    if first.is(shape::TAGGED) && atoms.len() == 1 {
        return true;
    }
    if entry.capitals {
        return atoms.iter().all(|atom| atom.is(shape::ALL_CAPITALS | shape::DIGIT))
            && !(first.is(shape::HEADLINE) && scan.is(at, class::FUNCTION));
    }
    let last = &atoms[atoms.len() - 1];
    let syllable = atoms.len() > 2 && last.after(before::HYPHEN);
    if !(last.is(shape::CAPITAL | shape::DIGIT) || syllable)
        || !(first.is(shape::CAPITAL)
            || scan.is(at, class::PARTICLE) && atoms.len() > 1
            || scan.is(at, class::THE) && matches!(what, What::State(_)))
    {
        return false;
    }
    atoms.len() > 1 || single_is_safe(scan, at, what)
}

fn single_is_safe(scan: Scan<'_>, at: usize, what: What) -> bool {
    let atom = &scan.atoms[at];
    if scan.is(at, class::FUNCTION | class::CALENDAR) || atom.is(shape::LETTER) {
        return false;
    }
    let common = scan.is(at, class::COMMON) && !scan.is(at, class::FIRST_NAME);
    let located = at > 0 && scan.is(at - 1, class::LOCATIVE) && scan.joins(at);
    match what {
        What::Place => {
            !atom.is(shape::ALL_CAPITALS | shape::HEADLINE) && !common
                || located && (!common || !atom.is(shape::HEADLINE))
                || atom.is(shape::ALL_CAPITALS) && !common && atom.end - atom.start > 4
        }
        // "Rocket Shell Hits Market" is no company's.
        What::Actor(_) => {
            let named = scan.name(at).is_some_and(|name| name.class == NameClass::Organisation);
            !common || named && !atom.is(shape::INITIAL | shape::HEADLINE)
        }
        _ => true,
    }
}

fn role_hit(scan: Scan<'_>, at: usize, end: usize) -> Option<(usize, u32, bool)> {
    let mut best = None;
    let mut node = 0;
    for to in at..end.min(at + LONGEST) {
        let atom = &scan.atoms[to];
        if atom.word == NO_WORD || (to > at && atom.after(before::BREAK)) {
            break;
        }
        match scan.lexicon.step(node, atom.word) {
            Some(next) => node = next,
            None => break,
        }
        for entry in scan.lexicon.entries(node) {
            if let Sense::Role(role, plural) = entry.sense {
                best = Some((to + 1, role, plural));
            }
        }
    }
    best
}

/// The end of an organisation's name that starts at `at`: a run of capitalised words with a head
/// word in it, and what follows by "of" or "for".
fn organisation(scan: Scan<'_>, at: usize, end: usize) -> Option<usize> {
    if scan.atoms[at].is(shape::HEADLINE) {
        return None;
    }
    let mut last = None;
    let mut to = at;
    while to < end && to < at + LONGEST && (to == at || joins_body(scan, to)) {
        if !scan.capital(to) || scan.is(to, class::CALENDAR) {
            let listed = scan.atoms[to - 1].is(shape::ALL_CAPITALS) || scan.is(to - 1, class::HEAD);
            if !scan.is(to, class::AND) || listed || !next_is_capital(scan, to, end) {
                break;
            }
        } else if scan.is(to, class::HEAD) {
            last = Some(to + 1);
        } else if to > at && stops_organisation(scan, to, end) {
            break;
        }
        if to > at && last.is_some() && is_body(scan, to, end) {
            break;
        }
        to += 1;
    }
    let head = last?;
    let bare = head == at + 1;
    let whole = of_phrase(scan, head, end);
    if bare && whole == head {
        return None;
    }
    Some(whole)
}

/// "People's Council": a possessive of a common word goes on.
fn joins_body(scan: Scan<'_>, at: usize) -> bool {
    let possessive = scan.atoms[at].before & before::BREAK == before::POSSESSIVE;
    scan.joins(at) || possessive && scan.is(at - 1, class::COMMON)
}

fn is_body(scan: Scan<'_>, at: usize, end: usize) -> bool {
    matches!(name_hit(scan, at, end), Some((_, What::Actor(actor)))
        if scan.lexicon.actors[actor as usize].ours)
}

fn stops_organisation(scan: Scan<'_>, at: usize, end: usize) -> bool {
    match role_hit(scan, at, end) {
        Some((role_end, role, _)) => {
            let role = &scan.lexicon.roles[role as usize];
            !role.collective && !(role_end..end.min(role_end + 2)).any(|i| scan.is(i, class::HEAD))
        }
        None => false,
    }
}

fn of_phrase(scan: Scan<'_>, head: usize, end: usize) -> usize {
    let mut whole = head;
    for _ in 0..3 {
        let mut at = whole;
        if at >= end || !scan.joins(at) || !scan.is(at, class::OF) || scan.capital(at) {
            break;
        }
        at += 1;
        if at < end && scan.joins(at) && scan.is(at, class::THE) {
            at += 1;
        }
        let from = at;
        // "the Ministry of Health of the People's Republic of China" ends with the state.
        if let Some((to, What::State(_))) =
            (from < end).then(|| name_hit(scan, from, end)).flatten()
            && from + 1 < to
        {
            whole = to;
            continue;
        }
        while at < end
            && scan.joins(at)
            && (scan.capital(at) && !scan.is(at, class::CALENDAR)
                || scan.is(at, class::AND) && at > from && next_is_capital(scan, at, end))
        {
            if at > from && stops_organisation(scan, at, end) {
                break;
            }
            at += 1;
        }
        if at == from {
            break;
        }
        whole = at;
    }
    whole
}

fn next_is_capital(scan: Scan<'_>, at: usize, end: usize) -> bool {
    at + 1 < end && scan.joins(at + 1) && scan.atoms[at + 1].is(shape::CAPITAL)
}

fn by_shape(scan: Scan<'_>, at: usize, end: usize, out: &mut Vec<Unit>) -> usize {
    let atom = &scan.atoms[at];
    if scan.is(at, class::CALENDAR) || !atom.is(shape::CAPITAL) || atom.is(shape::TAGGED) {
        return at + 1;
    }
    let common = scan.is(at, class::COMMON) && !scan.is(at, class::FIRST_NAME);
    let no_name =
        !matches!(scan.upos(at), Upos::X | Upos::Propn | Upos::Noun | Upos::Adj | Upos::Intj);
    let act = scan.is(at, class::SAY | class::VERB) && !scan.is(at, class::FIRST_NAME);
    if scan.is(at, class::FUNCTION) || no_name && (common || atom.is(shape::INITIAL)) {
        return at + 1;
    }
    if let Some(unit) = by_model(scan, at, end) {
        out.push(unit);
        return unit.end;
    }
    if let Some(to) = organisation(scan, at, end) {
        out.push(Unit { start: at, end: to, what: What::Shape(Shape::Organisation) });
        return to;
    }
    if let Some(to) = place_by_shape(scan, at, end) {
        out.push(Unit { start: at, end: to, what: What::Shape(Shape::Place) });
        return to;
    }
    if act || scan.is(at, class::MODIFIER) && common && !next_is_capital(scan, at, end) {
        return at + 1;
    }
    if common
        && (atom.is(shape::INITIAL | shape::HEADLINE)
            || scan.upos(at) != Upos::Propn && scan.upos(at) != Upos::X)
    {
        return at + 1;
    }
    let to = person_end(scan, at, end);
    // "Heavy Bombardment Pavel Norrin": the name begins later.
    let begins = |i: &usize| scan.name(*i).is_some_and(|name| name.class == NameClass::Person);
    let to = match (at + 1..to).find(begins) {
        Some(later) if scan.name(at).is_none() => later,
        _ => to,
    };
    if to == at + 1 && is_code(scan.slice(at..to)) {
        return to;
    }
    out.push(Unit { start: at, end: to, what: What::Shape(classify(scan, at, to, end)) });
    to
}

/// What the model takes for a name: the rest of it from this word on. Where a place ends in one that the
/// lexicon has ("Eastern China", "the City of Leeds"), that one is named; a person's name does not begin
/// with a common word ("the Minister for Interior Ana Lo"), an organisation's not with a headline's verb
/// ("Kills Two Officers").
fn by_model(scan: Scan<'_>, at: usize, end: usize) -> Option<Unit> {
    let name = scan.name(at)?;
    let common = scan.is(at, class::COMMON) && !scan.is(at, class::FIRST_NAME);
    let last = scan.atoms.partition_point(|atom| atom.token < name.tokens.end).max(at + 1) - 1;
    let shape = match name.class {
        // "the Norrin Brigade" is no man.
        NameClass::Person
            if at < last && scan.is(last, class::HEAD) && !scan.is(at, class::FIRST_NAME) =>
        {
            Shape::Organisation
        }
        _ if common && scan.atoms[at].is(shape::HEADLINE) => return None,
        NameClass::Person if common => return None,
        NameClass::Person => Shape::Person,
        NameClass::Organisation if scan.is_finite(at) => return None,
        NameClass::Organisation => Shape::Organisation,
        NameClass::Place => Shape::Place,
        NameClass::Other => return None,
    };
    let mut to = at + 1;
    while to < end.min(at + 2 * LONGEST) && scan.atoms[to].token < name.tokens.end {
        if shape == Shape::Person && ends_person(scan, to, end) {
            break;
        }
        to += 1;
    }
    while at + 1 < to && !scan.capital(to - 1) && !is_syllable(scan, at, to - 1) {
        to -= 1;
    }
    // The model stops at "the People" of "the People's Republic of Norrin".
    let state = |later: usize| match name_hit(scan, later, end) {
        Some((reach, What::State(_))) if to < reach => Some(reach),
        _ => None,
    };
    if shape == Shape::Organisation
        && let Some(reach) = (at + 1..to).find_map(state)
    {
        to = reach;
    }
    let ends_known = || {
        (at + 1..to).any(|later| {
            matches!(name_hit(scan, later, end), Some((reach, What::State(_) | What::Place | What::Seat(_)))
                if reach == to)
        })
    };
    if shape == Shape::Place && ends_known() {
        return None;
    }
    // One word is most often short for a longer name of the report, which resolution finds.
    if to == at + 1 && shape != Shape::Place {
        let common = scan.is(at, class::COMMON | class::HEAD | class::SAY | class::VERB);
        if common || shape == Shape::Person {
            return None;
        }
    }
    Some(Unit { start: at, end: to, what: What::Shape(shape) })
}

/// Letters and digits mixed, as in links.
fn is_code(word: &str) -> bool {
    word.bytes().any(|b| b.is_ascii_digit()) && word.bytes().any(|b| b.is_ascii_lowercase())
}

fn place_by_shape(scan: Scan<'_>, at: usize, end: usize) -> Option<usize> {
    let next = |to: usize| to < end && scan.joins(to) && scan.atoms[to].is(shape::CAPITAL);
    if scan.is(at, class::PLACE_PREFIX) && next(at + 1) && !scan.is(at + 1, class::FUNCTION) {
        return Some(at + 2);
    }
    (at + 1..=at + 2)
        .take_while(|&to| next(to))
        .find(|&to| scan.is(to, class::PLACE_HEAD) && role_hit(scan, to, end).is_none())
        .map(|to| to + 1)
}

/// The end of a run that could be a person's name.
fn person_end(scan: Scan<'_>, at: usize, end: usize) -> usize {
    let mut to = at + 1;
    while to < end && to < at + 6 && scan.joins(to) && !scan.atoms[to].after(before::AMPERSAND) {
        let atom = &scan.atoms[to];
        if scan.is(to, class::PARTICLE) && !atom.is(shape::CAPITAL) {
            let next = (to + 1..end.min(to + 3))
                .find(|&i| !scan.is(i, class::PARTICLE) || scan.capital(i));
            match next {
                Some(next)
                    if scan.joins(next)
                        && scan.atoms[next].is(shape::CAPITAL)
                        && !scan.is(to, class::PREPOSITION | class::DETERMINER) =>
                {
                    to = next + 1;
                    continue;
                }
                _ => break,
            }
        }
        let syllable = is_syllable(scan, at, to);
        if !syllable
            && (!atom.is(shape::CAPITAL)
                || scan.is(to, class::CALENDAR)
                || ends_person(scan, to, end))
        {
            break;
        }
        to += 1;
    }
    to
}

/// "Han Mi-rel": the second half of a given name.
fn is_syllable(scan: Scan<'_>, at: usize, to: usize) -> bool {
    let word = scan.slice(to..to + 1);
    at + 1 < to
        && scan.atoms[to].after(before::HYPHEN)
        && !scan.capital(to)
        && word.len() <= 5
        && !word.ends_with("ed")
        && word != "era"
}

fn ends_person(scan: Scan<'_>, at: usize, end: usize) -> bool {
    if scan.atoms[at].is(shape::HEADLINE) && scan.is(at, class::COMMON | class::SAY | class::VERB) {
        return true;
    }
    if role_hit(scan, at, end).is_some() && scan.is(at, class::COMMON) || is_things(scan, at) {
        return true;
    }
    match name_hit(scan, at, end) {
        Some((to, What::Actor(actor))) => {
            let kind = scan.lexicon.actors[actor as usize].kind;
            kind != ActorKind::Person && to > at || to > at + 1
        }
        Some((_, What::State(_) | What::Adjective(_) | What::People(_))) => true,
        _ => false,
    }
}

/// "the Norrin Memos": things called after a person.
fn is_things(scan: Scan<'_>, at: usize) -> bool {
    let word = scan.slice(at..at + 1);
    word.ends_with('s') && scan.things.contains(word.to_lowercase().as_str())
}

/// "the town of X", "X district".
pub(crate) fn is_called_a_place(scan: Scan<'_>, at: usize, to: usize) -> bool {
    let after =
        scan.atoms.get(to).is_some_and(|_| scan.joins(to)) && scan.is(to, class::PLACE_HEAD);
    let before = at > 1
        && scan.joins(at)
        && scan.is(at - 1, class::OF)
        && scan.is(at - 2, class::PLACE_HEAD);
    after || before
}

fn classify(scan: Scan<'_>, at: usize, to: usize, end: usize) -> Shape {
    let atoms = &scan.atoms[at..to];
    let titled = at > 0
        && scan.joins(at)
        && (0..3usize).filter(|back| at > *back).any(|back| {
            let from = at - 1 - back;
            role_hit(scan, from, at).is_some_and(|(hit, role, plural)| {
                let role = &scan.lexicon.roles[role as usize];
                hit == at && !plural && !role.collective
            })
        });
    if titled {
        return Shape::Person;
    }
    let located =
        at > 0 && scan.joins(at) && scan.is(at - 1, class::LOCATIVE) && !scan.is(at - 1, class::OF);
    if atoms.len() == 1 {
        let acronym = atoms[0].is(shape::ALL_CAPITALS)
            && !atoms[0].is(shape::HEADLINE)
            && !scan.is(at, class::COMMON)
            && atoms[0].end - atoms[0].start > 2;
        return if acronym { Shape::Organisation } else { Shape::Unknown };
    }
    if (located || is_called_a_place(scan, at, to)) && !scan.is(at, class::FIRST_NAME) {
        return Shape::Place;
    }
    if scan.is(at, class::FIRST_NAME)
        || (at + 1..to).any(|i| {
            scan.is(i, class::PARTICLE) && !scan.is(i, class::PREPOSITION | class::DETERMINER)
        })
    {
        return Shape::Person;
    }
    let common = (at..to).filter(|&i| scan.is(i, class::COMMON)).count();
    if scan.atoms[at].is(shape::HEADLINE) && common > 0 {
        return Shape::Other;
    }
    let acts = to < end && scan.joins(to) && scan.is(to, class::SAY);
    let person = scan.name(at).is_some_and(|name| name.class == NameClass::Person);
    match () {
        _ if acts && common < atoms.len() => Shape::Person,
        _ if located && common == 0 => Shape::Place,
        _ if !person => Shape::Other,
        _ if common == 0 && atoms.len() <= 4 && !atoms.iter().any(|a| a.is(shape::DIGIT)) => {
            Shape::Person
        }
        _ => Shape::Other,
    }
}
