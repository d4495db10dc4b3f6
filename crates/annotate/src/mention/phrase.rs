//! Units to phrases: "Chinese Foreign Minister Wang Yi" is one, its role and its state found.

use std::ops::Range;

use super::atom::{before, shape};
use super::lexicon::class;
use super::scan::{Scan, Shape, Unit, What};
use super::{ActorKind, Sector, seat};
use crate::syntax::{Relation, Upos};

/// Whom a role belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    State(u32),
    Actor(u32),
}

/// Pronouns by what they can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pronoun {
    He,
    She,
    It,
    They,
}

/// What a phrase names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Naming {
    Actor(u32),
    State(u32),
    Adjective(u32),
    People(u32),
    /// A seat of power, and whether it acts here.
    Seat(u32, bool),
    Place,
    Shape(Shape),
    Role,
    Pronoun(Pronoun),
}

/// A phrase before its actor is known.
#[derive(Debug, Clone)]
pub(crate) struct Phrase {
    pub atoms: Range<usize>,
    pub head: Range<usize>,
    pub sentence: usize,
    pub naming: Naming,
    /// Role nouns of the lexicon in it, in order.
    pub roles: Vec<u32>,
    /// The words of the role, without the name and its determiner.
    pub role_words: Option<Range<usize>>,
    pub owners: Vec<Owner>,
    /// Role nouns of the body that the role belongs to: "member of the parliament".
    pub body: Vec<u32>,
    /// "the", "this", "its".
    pub definite: bool,
    /// A possessive pronoun before it: "his counterpart".
    pub possessed: bool,
    pub plural: bool,
    /// The phrase of the person that this role is in apposition to.
    pub same_as: Option<usize>,
    /// Whether it is likely the subject of its clause.
    pub subject: bool,
}

#[derive(Default)]
struct Before {
    start: Option<usize>,
    definite: bool,
    possessed: bool,
    owners: Vec<Owner>,
    /// End of the last unit taken in.
    reach: usize,
    /// A state or group stands last.
    name_last: bool,
}

/// The phrases of one sentence, in order of their starts, the longer first.
pub(crate) fn phrases(
    scan: Scan<'_>,
    sentence: usize,
    range: Range<usize>,
    units: &[Unit],
    out: &mut Vec<Phrase>,
) {
    let first = out.len();
    let mut at = range.start;
    let mut next = 0;
    let mut pre = Before::default();
    while at < range.end {
        let atom = &scan.atoms[at];
        if atom.after(before::BREAK & !before::POSSESSIVE & !before::FIRST)
            || atom.after(before::POSSESSIVE) && pre.reach != at
        {
            pre = Before::default();
        }
        while next < units.len() && units[next].start < at {
            next += 1;
        }
        let Some(unit) = units.get(next).copied().filter(|unit| unit.start == at) else {
            let compound = pre.start.is_some()
                && matches!(scan.upos(at), Upos::Noun | Upos::Propn)
                && units.get(next).is_some_and(|unit| {
                    unit.start == at + 1
                        && scan.joins(at + 1)
                        && matches!(unit.what, What::Role(..))
                });
            word(scan, at, compound, &mut pre);
            pronoun(scan, sentence, at, out);
            at += 1;
            continue;
        };
        let inner = units.get(next + 1).is_some_and(|after| after.start == unit.start);
        if inner {
            out.push(named(scan, sentence, unit));
            pre.start.get_or_insert(unit.start);
            pre.owners.extend(owner_of(unit.what));
            next += 1;
            continue;
        }
        at = match unit.what {
            What::Role(..) => role(
                scan,
                sentence,
                range.end,
                &units[next..],
                std::mem::take(&mut pre),
                first,
                out,
            )
            .unwrap_or_else(|skip| {
                pre = skip;
                unit.end
            }),
            _ => {
                let phrase = named(scan, sentence, unit);
                let person = is_person(scan, unit.what) && !governs(scan, unit, &units[next + 1..]);
                let owner = owner_of(unit.what);
                let adjective = matches!(unit.what, What::Adjective(_));
                push_name(scan, phrase, first, out);
                if person {
                    pre = Before::default();
                } else {
                    if pre.start.is_none() || !adjective && !pre.definite && pre.owners.is_empty() {
                        pre.start.get_or_insert(unit.start);
                    }
                    if !is_opposed(scan, unit.start) {
                        pre.owners.extend(owner);
                    }
                    pre.reach = unit.end;
                    pre.name_last = true;
                }
                unit.end
            }
        };
    }
    // Nested phrases may have been pushed after the one that holds them.
    out[first..].iter_mut().for_each(|phrase| phrase.subject = is_subject(scan, phrase));
    remap_sorted(first, out);
}

/// Sorts the new phrases by start, the longer first, and keeps `same_as` right.
fn remap_sorted(first: usize, out: &mut Vec<Phrase>) {
    let mut order: Vec<usize> = (first..out.len()).collect();
    order.sort_by_key(|&i| (out[i].atoms.start, std::cmp::Reverse(out[i].atoms.end), i));
    let mut place = vec![0; order.len()];
    for (new, &old) in order.iter().enumerate() {
        place[old - first] = first + new;
    }
    let mut sorted: Vec<Phrase> = order.iter().map(|&i| out[i].clone()).collect();
    for phrase in &mut sorted {
        phrase.same_as = phrase.same_as.map(|i| if i >= first { place[i - first] } else { i });
    }
    out.truncate(first);
    out.append(&mut sorted);
}

/// "anti-Soviet", "pro-Russian": whom it is about, not whose it is.
fn is_opposed(scan: Scan<'_>, at: usize) -> bool {
    at > 0
        && scan.atoms[at].after(before::HYPHEN)
        && matches!(scan.slice(at - 1..at), "anti" | "Anti" | "pro" | "Pro" | "non" | "intra")
}

/// "Norway-based": where somebody is, and not who.
fn is_base(scan: Scan<'_>, end: usize) -> bool {
    let hyphen = scan.atoms.get(end).is_some_and(|atom| atom.after(before::HYPHEN));
    hyphen && matches!(scan.slice(end..end + 1), "based" | "born" | "registered" | "wide")
}

/// "US-backed": the backer is not whose it is.
fn is_backing(word: &str) -> bool {
    matches!(
        word,
        "backed"
            | "funded"
            | "trained"
            | "brokered"
            | "occupied"
            | "held"
            | "controlled"
            | "allied"
            | "linked"
            | "sponsored"
            | "armed"
            | "supported"
            | "aligned"
            | "friendly"
            | "mediated"
    )
}

fn word(scan: Scan<'_>, at: usize, compound: bool, pre: &mut Before) {
    if scan.atoms[at].after(before::HYPHEN) && is_backing(scan.slice(at..at + 1)) {
        pre.owners.pop();
    }
    if scan.is(at, class::DETERMINER) {
        let possessed = ["his", "her", "its", "their", "our"]
            .iter()
            .any(|owner| scan.slice(at..at + 1).eq_ignore_ascii_case(owner));
        let definite = possessed
            || scan.slice(at..at + 1).eq_ignore_ascii_case("the")
            || matches!(scan.slice(at..at + 1), "this" | "these" | "This" | "These");
        *pre = Before { definite, possessed, reach: at + 1, ..Before::default() };
        return;
    }
    let adjective = matches!(scan.upos(at), Upos::Adj | Upos::Num)
        || scan.is(at, class::MODIFIER)
        || scan.atoms[at].is(shape::DIGIT)
        || pre.start.is_some() && scan.atoms[at].after(before::HYPHEN);
    if (adjective || compound) && !scan.is(at, class::PREPOSITION) {
        pre.start.get_or_insert(at);
        pre.reach = at + 1;
        pre.name_last = false;
    } else {
        *pre = Before::default();
    }
}

fn is_person(scan: Scan<'_>, what: What) -> bool {
    match what {
        What::Actor(actor) => scan.lexicon.actors[actor as usize].kind == ActorKind::Person,
        What::Shape(shape) => matches!(shape, Shape::Person | Shape::Unknown),
        _ => false,
    }
}

/// "the Norrin administration", "Norrin's government": whose the government is.
fn governs(scan: Scan<'_>, unit: Unit, rest: &[Unit]) -> bool {
    let known = matches!(unit.what, What::Actor(_));
    let next = rest.iter().find(|next| next.start == unit.end);
    let adjoins = scan
        .atoms
        .get(unit.end)
        .is_some_and(|atom| !atom.after(before::BREAK & !before::POSSESSIVE));
    known
        && adjoins
        && next.is_some_and(|next| match next.what {
            What::Role(role, _) => is_government(scan.lexicon.roles[role as usize].phrase),
            _ => false,
        })
}

/// What the government of a state is called.
pub(crate) fn is_government(role: &str) -> bool {
    matches!(role, "government" | "regime" | "administration")
}

fn owner_of(what: What) -> Option<Owner> {
    match what {
        What::Actor(actor) => Some(Owner::Actor(actor)),
        What::State(state) | What::Adjective(state) | What::Seat(state) => {
            Some(Owner::State(state))
        }
        _ => None,
    }
}

fn named(scan: Scan<'_>, sentence: usize, unit: Unit) -> Phrase {
    let naming = match unit.what {
        What::Actor(actor) => Naming::Actor(actor),
        What::State(_) if is_base(scan, unit.end) => Naming::Place,
        What::State(state) => Naming::State(state),
        What::Adjective(state) => Naming::Adjective(state),
        What::People(state) => Naming::People(state),
        What::Seat(state) => Naming::Seat(state, seat::acts(scan, unit.start, unit.end)),
        What::Place => Naming::Place,
        What::Shape(shape) => Naming::Shape(shape),
        What::Role(..) => Naming::Role,
    };
    Phrase {
        atoms: unit.start..unit.end,
        head: unit.start..unit.end,
        sentence,
        naming,
        roles: Vec::new(),
        role_words: None,
        owners: Vec::new(),
        body: Vec::new(),
        definite: false,
        possessed: false,
        plural: matches!(unit.what, What::People(_)),
        same_as: None,
        subject: false,
    }
}

fn push_name(scan: Scan<'_>, mut phrase: Phrase, first: usize, out: &mut Vec<Phrase>) {
    let start = phrase.atoms.start;
    let person = match phrase.naming {
        Naming::Actor(actor) => scan.lexicon.actors[actor as usize].kind == ActorKind::Person,
        Naming::Shape(shape) => matches!(shape, Shape::Person | Shape::Unknown),
        _ => false,
    };
    let closes = scan.atoms.get(phrase.atoms.end).is_none_or(|atom| atom.after(before::BREAK));
    let index = out.len();
    if person && scan.atoms[start].before & before::BREAK == before::COMMA && closes {
        let role = out[first..].iter_mut().rev().find(|role| role.atoms.end == start);
        if let Some(role) = role
            && role.naming == Naming::Role
            && !role.plural
            && role.same_as.is_none()
        {
            role.same_as = Some(index);
            phrase.roles.clone_from(&role.roles);
            phrase.role_words.clone_from(&role.role_words);
            phrase.owners.clone_from(&role.owners);
            if matches!(phrase.naming, Naming::Shape(Shape::Unknown)) {
                phrase.naming = Naming::Shape(Shape::Person);
            }
        }
    }
    out.push(phrase);
}

/// A phrase around a role noun; gives where to go on, or what was collected if the noun only
/// modifies another: "government policy".
fn role(
    scan: Scan<'_>,
    sentence: usize,
    limit: usize,
    units: &[Unit],
    pre: Before,
    first: usize,
    out: &mut Vec<Phrase>,
) -> Result<usize, Before> {
    let What::Role(number, plural) = units[0].what else { return Ok(units[0].end) };
    let start = pre.start.unwrap_or(units[0].start);
    let mut phrase = Phrase {
        atoms: start..units[0].end,
        head: units[0].start..units[0].end,
        sentence,
        naming: Naming::Role,
        roles: vec![number],
        role_words: Some(start..units[0].end),
        owners: pre.owners.clone(),
        body: Vec::new(),
        definite: pre.definite,
        possessed: pre.possessed,
        plural,
        same_as: None,
        subject: false,
    };
    let mut inner = Vec::new();
    let mut rest = &units[1..];
    let mut named_after = None;
    let mut complemented = false;
    for _ in 0..6 {
        let end = phrase.atoms.end;
        rest = &rest[rest.iter().take_while(|unit| unit.start < end).count()..];
        let Some(unit) = rest.first().copied() else { break };
        let adjacent = unit.start == end && end < limit;
        let joined = adjacent
            && (scan.joins(end)
                || scan.atoms[end].before & before::BREAK == before::POSSESSIVE
                    && scan.lexicon.roles[phrase.roles[phrase.roles.len() - 1] as usize]
                        .collective);
        match unit.what {
            What::Role(role, plural)
                if joined && (!complemented || scan.lexicon.roles[role as usize].title) =>
            {
                phrase.roles.push(role);
                phrase.plural = plural;
                phrase.head = unit.start..unit.end;
                phrase.atoms.end = unit.end;
                if !scan.lexicon.roles[role as usize].only_title {
                    phrase.role_words = Some(start..unit.end);
                }
            }
            _ if joined && takes_name(scan, &phrase, unit.what) => {
                named_after = Some(unit);
                break;
            }
            _ => match complement(scan, end, unit, limit, rest) {
                Some(found) => {
                    complemented = true;
                    let serves = scan.slice(end..end + 1) == "to"
                        && matches!(
                            scan.slice(end - 1..end),
                            "adviser" | "advisor" | "aide" | "assistant"
                        );
                    if serves || matches!(scan.slice(end..end + 1), "of" | "for" | "at") {
                        let inside = rest.iter().take_while(|u| u.start < found.end);
                        let inside = inside.filter_map(|u| owner_of(u.what)).next();
                        phrase.owners.extend(owner_of(found.what).or(inside));
                    }
                    for unit in rest.iter().take_while(|u| u.end <= found.end).copied() {
                        match unit.what {
                            What::Role(role, _) => phrase.body.push(role),
                            _ => inner.push(unit),
                        }
                    }
                    phrase.atoms.end = found.end;
                    phrase.role_words = Some(start..found.end);
                }
                None => break,
            },
        }
    }
    let only_title = phrase.roles.iter().all(|&role| scan.lexicon.roles[role as usize].only_title);
    if named_after.is_none() && modifies(scan, &phrase, limit) {
        if owns_what_follows(scan, &phrase) {
            out.push(phrase);
        }
        let mut skip = pre;
        skip.start = Some(start);
        skip.reach = units[0].end;
        return Err(skip);
    }
    let end = phrase.atoms.end;
    for unit in inner {
        out.push(named(scan, sentence, unit));
    }
    match named_after {
        Some(unit) => {
            let mut whole = named(scan, sentence, unit);
            whole.atoms = start..unit.end;
            whole.roles = phrase.roles;
            whole.role_words = phrase.role_words;
            whole.owners = phrase.owners;
            if matches!(whole.naming, Naming::Shape(Shape::Unknown)) {
                whole.naming = Naming::Shape(Shape::Person);
            }
            whole.head = unit.start..unit.end;
            link_before(scan, &mut whole, first, out);
            out.push(whole);
            Ok(unit.end)
        }
        None if only_title => Ok(end),
        None => {
            appose(scan, &mut phrase, first, out);
            share(scan, &phrase, first, out);
            out.push(phrase);
            Ok(end)
        }
    }
}

/// "the deputy political chief of the Taliban, Mullah Abdul Ghani Baradar, …"
fn link_before(scan: Scan<'_>, whole: &mut Phrase, first: usize, out: &mut [Phrase]) {
    let start = whole.atoms.start;
    let index = out.len();
    if scan.atoms[start].before & before::BREAK != before::COMMA {
        return;
    }
    let role = out[first..].iter_mut().rev().find(|role| role.atoms.end == start);
    if let Some(role) = role
        && role.naming == Naming::Role
        && !role.plural
        && role.same_as.is_none()
    {
        role.same_as = Some(index);
        let titles = std::mem::take(&mut whole.roles);
        whole.roles.clone_from(&role.roles);
        whole.roles.extend(titles);
        whole.role_words.clone_from(&role.role_words);
        if whole.owners.is_empty() {
            whole.owners.clone_from(&role.owners);
        }
    }
}

/// "Wang Yi, the Chinese foreign minister, …"
fn appose(scan: Scan<'_>, phrase: &mut Phrase, first: usize, out: &mut [Phrase]) {
    let from = (phrase.atoms.start.saturating_sub(1)..=phrase.atoms.start)
        .find(|&at| scan.atoms[at].after(before::COMMA | before::OPEN));
    let collective = phrase.roles.iter().any(|&r| scan.lexicon.roles[r as usize].collective);
    let (Some(from), false, false) = (from, phrase.plural, collective) else { return };
    if from < phrase.atoms.start && !scan.is(from, class::DETERMINER) {
        return;
    }
    let person = (first..out.len()).rev().find(|&i| out[i].atoms.end == from);
    let Some(person) = person else { return };
    let fits = match out[person].naming {
        Naming::Actor(actor) => scan.lexicon.actors[actor as usize].kind == ActorKind::Person,
        Naming::Shape(shape) => matches!(shape, Shape::Person | Shape::Unknown),
        _ => false,
    };
    let closes = scan.atoms.get(phrase.atoms.end).is_none_or(|atom| {
        atom.after(before::BREAK) || !scan.is(phrase.atoms.end, class::SAY | class::VERB)
    });
    if fits && closes {
        phrase.same_as = Some(person);
        let name = &mut out[person];
        name.roles.extend(&phrase.roles);
        name.owners.extend(&phrase.owners);
        name.role_words = name.role_words.clone().or_else(|| phrase.role_words.clone());
        if matches!(name.naming, Naming::Shape(Shape::Unknown)) {
            name.naming = Naming::Shape(Shape::Person);
        }
    }
}

/// "the Ruvanian army base", "a Ruvanian refugee camp": whose they are is named too.
fn owns_what_follows(scan: Scan<'_>, phrase: &Phrase) -> bool {
    let named = |&role: &u32| {
        let sectors = &scan.lexicon.roles[role as usize].sectors;
        sectors.iter().any(|sector| NAMED_WITHIN.contains(sector))
    };
    let whose = || {
        let next = scan.slice(phrase.atoms.end..phrase.atoms.end + 1);
        let next = next.strip_suffix('s').unwrap_or(next);
        !phrase.owners.is_empty() || FACILITIES.contains(&next)
    };
    phrase.roles.len() == 1 && phrase.roles.iter().any(named) && whose()
}

/// What an army, the police or rebels have, in the singular: whoever attacks it attacks them.
const FACILITIES: &[&str] = &[
    "barrack",
    "base",
    "camp",
    "checkpoint",
    "column",
    "compound",
    "convoy",
    "garrison",
    "headquarter",
    "helicopter",
    "hideout",
    "jet",
    "outpost",
    "patrol",
    "plane",
    "position",
    "post",
    "station",
    "stronghold",
    "tank",
    "truck",
    "vehicle",
];

/// Sectors whose nouns name somebody before another noun too; "the Ruvanian government policy" names
/// Ruvania as it stands.
const NAMED_WITHIN: &[Sector] =
    &[Sector::Mil, Sector::Cop, Sector::Reb, Sector::Uaf, Sector::Rad, Sector::Ref];

/// "Ruvanian and Salletan troops": the troops of both.
fn share(scan: Scan<'_>, phrase: &Phrase, first: usize, out: &mut [Phrase]) {
    let start = phrase.atoms.start;
    let owned = phrase.plural && matches!(phrase.owners.first(), Some(Owner::State(_)));
    if !owned || start < 2 || !scan.is(start - 1, class::AND) || !scan.joins(start) {
        return;
    }
    let before = out[first..].iter_mut().rev().find(|before| before.atoms.end == start - 1);
    let Some(before) = before.filter(|_| scan.joins(start - 1)) else { return };
    let state = match before.naming {
        Naming::Adjective(state) => state,
        Naming::State(state) if scan.atoms[start - 2].is(shape::ALL_CAPITALS) => state,
        _ => return,
    };
    before.naming = Naming::Role;
    before.roles.clone_from(&phrase.roles);
    before.owners.push(Owner::State(state));
    before.plural = true;
}

fn takes_name(scan: Scan<'_>, phrase: &Phrase, what: What) -> bool {
    let role = &scan.lexicon.roles[phrase.roles[phrase.roles.len() - 1] as usize];
    match what {
        What::Actor(actor) => {
            let kind = scan.lexicon.actors[actor as usize].kind;
            (kind == ActorKind::Person) != role.collective
        }
        What::Shape(Shape::Person | Shape::Unknown) => !role.collective && !phrase.plural,
        What::Shape(Shape::Organisation) => role.collective,
        _ => false,
    }
}

/// "of the Taliban", "to Afghanistan", "for the Chinese Ministry of Commerce".
fn complement(scan: Scan<'_>, at: usize, unit: Unit, limit: usize, rest: &[Unit]) -> Option<Unit> {
    if at >= limit || !scan.joins(at) || scan.atoms[at].is(shape::CAPITAL) {
        return None;
    }
    if !matches!(scan.slice(at..at + 1), "of" | "for" | "to" | "at" | "in") {
        return None;
    }
    let article = at + 1 < limit && scan.joins(at + 1) && scan.is(at + 1, class::THE);
    let from = at + 1 + usize::from(article);
    if unit.start != from || from >= limit || !scan.joins(from) {
        return None;
    }
    let located = matches!(scan.slice(at..at + 1), "in" | "at");
    let mut last = unit;
    for next in rest.iter().skip(1).take(3) {
        let adjective = matches!(last.what, What::Adjective(_));
        if next.start == last.start && next.end > last.end
            || adjective && next.start == last.end && scan.joins(next.start)
            || next.start == last.end && scan.joins(next.start) && is_collective(scan, next.what)
        {
            last = *next;
        }
    }
    if last.end < limit && scan.atoms[last.end].after(before::POSSESSIVE) {
        return None;
    }
    let fits = match last.what {
        What::State(_) | What::Seat(_) => true,
        What::Actor(actor) => scan.lexicon.actors[actor as usize].kind != ActorKind::Person,
        What::Shape(Shape::Organisation) => true,
        What::Role(role, _) => scan.lexicon.roles[role as usize].collective && !located,
        What::Place => located,
        _ => false,
    };
    (fits && !located).then_some(last)
}

fn is_collective(scan: Scan<'_>, what: What) -> bool {
    matches!(what, What::Role(role, _) if scan.lexicon.roles[role as usize].collective)
}

/// Whether the role noun only modifies the noun after it: "army base", "general election".
fn modifies(scan: Scan<'_>, phrase: &Phrase, limit: usize) -> bool {
    let at = phrase.atoms.end;
    if at >= limit || !scan.joins(at) || scan.atoms[at].is(shape::CAPITAL) {
        return false;
    }
    if phrase.plural && phrase.head.len() == 1 {
        return false;
    }
    match scan.upos(at) {
        Upos::Noun => !scan.is(at, class::PREPOSITION),
        Upos::X => {
            scan.is(at, class::COMMON)
                && scan.is(phrase.head.start, class::WEAK)
                && !scan.is(at, class::SAY | class::VERB | class::PREPOSITION | class::FUNCTION)
        }
        _ => false,
    }
}

fn pronoun(scan: Scan<'_>, sentence: usize, at: usize, out: &mut Vec<Phrase>) {
    let atom = &scan.atoms[at];
    if atom.end - atom.start > 5 {
        return;
    }
    let mut text = [0u8; 5];
    let word = scan.slice(at..at + 1);
    let Some(lower) = text.get_mut(..word.len()) else { return };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    let pronoun = match &*lower {
        b"he" | b"him" | b"his" => Pronoun::He,
        b"she" | b"her" => Pronoun::She,
        b"it" | b"its" => Pronoun::It,
        b"they" | b"them" | b"their" => Pronoun::They,
        _ => return,
    };
    if word.len() == 2 && word == "IT" {
        return;
    }
    let unit = Unit { start: at, end: at + 1, what: What::Place };
    out.push(Phrase { naming: Naming::Pronoun(pronoun), ..named(scan, sentence, unit) });
}

fn is_subject(scan: Scan<'_>, phrase: &Phrase) -> bool {
    let token = scan.atoms[phrase.head.end - 1].token as usize;
    if let Some(word) = scan.text.syntax.words.get(token)
        && word.upos != Upos::X
    {
        return matches!(
            word.relation,
            Relation::Nsubj | Relation::NsubjPass | Relation::NsubjOuter
        );
    }
    let end = phrase.atoms.end;
    let Some(after) = scan.atoms.get(end) else { return false };
    if after.after(before::FIRST | before::POSSESSIVE) {
        return false;
    }
    !after.after(before::BREAK) && scan.is(end, class::SAY | class::VERB)
        || phrase.atoms.start > 0
            && scan.atoms[phrase.atoms.start].after(before::QUOTE | before::COMMA)
            && scan.is(end, class::SAY)
}
