//! Place names with what the words around them say: what they are called, what they lie in.

use std::collections::HashMap;

use chancery_text::Span;

use super::PlaceKind;
use super::smaller;
use crate::Read;
use crate::mention::fold::fold_name;
use crate::mention::lexicon::{KnownPlace, Lexicon, Sense};
use crate::mention::{Mention, MentionForm, MentionKind};
use crate::name::{Name, NameKind};

/// A place name in the text, with what it may be.
pub(super) struct Named {
    pub span: Span,
    pub folded: String,
    /// How often the report has this very name.
    pub repeated: f64,
    pub candidates: Vec<KnownPlace>,
    /// The cities of the name that it opens with, where it has no place of its own: "Seoul City Hall".
    pub cities: Vec<KnownPlace>,
    /// Whether the lexicon has one place of that name, which then tells of the report's countries.
    pub sure: bool,
    /// What the words beside it call it: "New York state", "the city of Aleppo".
    pub called: Option<PlaceKind>,
    /// Whether what it is called is said of a row of names.
    is_one_of_many: bool,
    /// Whether the report says "on Mars" or "the Delta" somewhere, which is not said of a town.
    pub unlike_town: bool,
    /// The longer name that it opens: "Tal Antar", "Abu Hassan".
    pub fragment: Option<Fragment>,
    pub metonym: bool,
    pub dateline: bool,
    /// The place right behind it: "Kabul, Afghanistan".
    pub within: Option<usize>,
    /// Whether the place right before is written as a part of it: "Seattle, Washington", and not "the
    /// Saudi embassy in Washington".
    pub holds: bool,
}

/// The longer name that a name opens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fragment {
    pub whole: Span,
    /// Whether it is a place's, and no person's.
    pub place: bool,
}

/// The place names of a report, in the order of the text.
pub(super) fn named(
    text: Read<'_>,
    read: &[Name],
    mentions: &[Mention],
    lexicon: &Lexicon,
) -> Vec<Named> {
    let mut names: Vec<Named> = Vec::new();
    for mention in mentions {
        if mention.kind != MentionKind::Place || mention.form != MentionForm::Name {
            continue;
        }
        let span = with_compass(text, mention.head_span, lexicon);
        if names.last().is_some_and(|last| last.span.overlaps(span)) {
            continue;
        }
        let name = text.report.slice(span);
        let (candidates, sure) = candidates(name, lexicon);
        let seat = mention.actor.is_some()
            && !candidates.iter().any(|place| place.kind == PlaceKind::Country);
        let dateline = is_dateline(text, span);
        let folded = fold_name(name);
        let fragment = fragment(text, read, span);
        let whole = fragment.map_or(span, |fragment| fragment.whole);
        let (called, is_one_of_many) = called(text, span);
        names.push(Named {
            span,
            called,
            is_one_of_many,
            folded,
            repeated: 0.0,
            candidates,
            sure,
            unlike_town: is_unlike_town(text, span),
            cities: cities(text.report.slice(whole), lexicon),
            fragment,
            metonym: seat,
            dateline,
            within: None,
            holds: false,
        });
    }
    let mut counts: HashMap<String, (f64, bool)> = HashMap::new();
    for named in &names {
        let (count, unlike_town) = counts.entry(named.folded.clone()).or_default();
        *count += 1.0;
        *unlike_town |= named.unlike_town;
    }
    for named in &mut names {
        (named.repeated, named.unlike_town) = counts[&named.folded];
    }
    link(text, &mut names);
    names
}

/// Which name lies in the next, and what a row of names is called.
fn link(text: Read<'_>, names: &mut [Named]) {
    for number in 1..names.len() {
        let (start, end) = (names[number - 1].span.end, names[number].span.start);
        let gap = text.report.slice(Span::new(start, end.max(start)));
        let joined = matches!(gap.trim(), "," | "(") && gap.len() <= 3;
        if joined || matches!(gap, " province of " | " in " | ", in ") || says_where(gap) {
            names[number - 1].within = Some(number);
            names[number].holds = joined;
        }
        // "the states of Texas and Georgia"
        if matches!(gap, " and " | " or " | ", " | ", and ") && names[number].called.is_none() {
            let row = names[number - 1].called.filter(|_| names[number - 1].is_one_of_many);
            (names[number].called, names[number].is_one_of_many) = (row, row.is_some());
        }
    }
}

/// The cities of the longest name that a name opens with.
fn cities(name: &str, lexicon: &Lexicon) -> Vec<KnownPlace> {
    let ends = name.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at);
    let openings = ends.collect::<Vec<_>>().into_iter().rev().map(|end| &name[..end]);
    let city = |place: &KnownPlace| {
        place.kind == PlaceKind::Settlement && (100_000 <= place.population || place.capital)
    };
    let of = |name: &str| -> Vec<_> {
        candidates(name, lexicon).0.into_iter().filter(|place| city(place)).collect()
    };
    openings.map(of).find(|found| !found.is_empty()).unwrap_or_default()
}

/// The name of a person or a place that goes on right behind `span`.
fn fragment(text: Read<'_>, read: &[Name], span: Span) -> Option<Fragment> {
    let longer = |name: &&Name| name.span.start == span.start && span.end < name.span.end;
    let whole = read.iter().filter(longer).find(|name| {
        matches!(name.kind, NameKind::Person | NameKind::Place | NameKind::Facility)
    })?;
    let rest = text.report.slice(Span::new(span.end, whole.span.end)).trim_start();
    let goes_on = rest.starts_with(char::is_uppercase) || rest.starts_with("al-");
    let place = whole.kind != NameKind::Person;
    goes_on.then_some(Fragment { whole: whole.span, place })
}

/// Whether the words between two names say that one lies in or near the other: "the Norrin district of",
/// "Norrin, a suburb located east of".
fn says_where(gap: &str) -> bool {
    const PARTS: &[&str] = &[
        "area",
        "borough",
        "camp",
        "commune",
        "community",
        "county",
        "district",
        "hamlet",
        "island",
        "neighborhood",
        "neighbourhood",
        "parish",
        "park",
        "port",
        "quarter",
        "settlement",
        "slum",
        "street",
        "suburb",
        "town",
        "township",
        "village",
        "ward",
    ];
    const WHERE: &[&str] = &["in", "near", "of", "outside"];
    let sentence = gap.contains(['.', ';', ':', '"', '”', '\n']) || 60 < gap.len();
    let lower = gap.to_lowercase();
    let words: Vec<_> =
        lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let part = words.iter().position(|word| PARTS.contains(word));
    let last = words.last().is_some_and(|last| WHERE.contains(last));
    let told = gap.starts_with(", a ") || gap.starts_with(", an ") || part == Some(0);
    !sentence && last && told && part.is_some() && words.len() <= 9
}

/// A name with the point of the compass before it or the division behind it, where that is the name of a
/// place: "West Java", "Jefferson Parish".
fn with_compass(text: Read<'_>, span: Span, lexicon: &Lexicon) -> Span {
    const COMPASS: &[&str] = &[
        "Central", "East", "Eastern", "North", "Northern", "South", "Southern", "Upper", "Lower",
        "West", "Western",
    ];
    let (before, after) = text.report.text.split_at(span.start as usize);
    let word = before.strip_suffix(' ').unwrap_or_default();
    let word = word.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let start = if COMPASS.contains(&word) {
        span.start as usize - word.len() - 1
    } else {
        span.start as usize
    };
    let next = after[span.len() as usize..].strip_prefix(' ').unwrap_or_default();
    let next = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let end = if ["County", "Parish"].contains(&next) {
        span.end as usize + 1 + next.len()
    } else {
        span.end as usize
    };
    let longer = [
        Span::of(start..end),
        Span::of(start..span.end as usize),
        Span::of(span.start as usize..end),
    ];
    let known = |longer: &&Span| {
        **longer != span && !candidates(text.report.slice(**longer), lexicon).0.is_empty()
    };
    longer.iter().find(known).copied().unwrap_or(span)
}

/// What the words beside a name call it, and whether they do so of more names than one.
fn called(text: Read<'_>, span: Span) -> (Option<PlaceKind>, bool) {
    const DIVISIONS: &[&str] =
        &["county", "governorate", "oblast", "prefecture", "province", "state"];
    const SETTLEMENTS: &[&str] = &["city", "town", "village"];
    let kind = |word: &str| match word.to_lowercase() {
        word if DIVISIONS.contains(&word.as_str()) => Some(PlaceKind::Region),
        word if SETTLEMENTS.contains(&word.as_str()) => Some(PlaceKind::Settlement),
        _ => None,
    };
    let (before, after) = text.report.text.split_at(span.start as usize);
    let after = &after[span.len() as usize..];
    let next = after.strip_prefix(' ').unwrap_or_default();
    let next = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    // "New York Governor Norrin": towns have none.
    let governed = next.eq_ignore_ascii_case("governor") || next.eq_ignore_ascii_case("gov");
    if let Some(kind) = kind(next).or_else(|| governed.then_some(PlaceKind::Region)) {
        return (Some(kind), false);
    }
    let Some(before) = before.strip_suffix(" of ") else { return (None, false) };
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let one = word.strip_suffix('s').filter(|_| kind(word).is_none());
    (one.map_or_else(|| kind(word), kind), one.is_some())
}

fn is_unlike_town(text: Read<'_>, span: Span) -> bool {
    let before = text.report.text[..span.start as usize].trim_end();
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    before.len() < span.start as usize
        && ["on", "onto", "the"].iter().any(|other| word.eq_ignore_ascii_case(other))
}

/// The places of a name, and whether the lexicon has just one.
fn candidates(name: &str, lexicon: &Lexicon) -> (Vec<KnownPlace>, bool) {
    let senses = lexicon.senses(name);
    let mut places: Vec<u32> = senses
        .iter()
        .filter_map(|sense| match sense {
            Sense::Place(place) => Some(*place),
            Sense::State(state) => Some(*state),
            _ => None,
        })
        .collect();
    places.sort_unstable();
    places.dedup();
    let mut found: Vec<_> =
        places.iter().map(|place| lexicon.places[*place as usize].clone()).collect();
    let known = found.len();
    // "Queen Anne's" is "queen annes" there.
    let folded = fold_name(&name.replace("'s ", "s ").replace("’s ", "s "));
    for place in smaller::places(&folded).chain(smaller::divisions(&folded)) {
        // A town and the division around it are one place to point at, and so is a division told twice.
        let told = |other: &KnownPlace| {
            other.country == place.country
                && (place.level == 1 && other.kind == PlaceKind::Region
                    || (other.latitude - place.latitude).abs() < 2.0
                        && (other.longitude - place.longitude).abs() < 2.0)
        };
        if place.level == 0 || !found[..known].iter().any(told) {
            found.push(place);
        }
    }
    (found, known == 1)
}

fn is_dateline(text: Read<'_>, span: Span) -> bool {
    let line = text.report.text[..span.start as usize].rfind('\n').map_or(0, |at| at + 1);
    if span.start as usize - line > 40 {
        return false;
    }
    let rest = text.report.text[span.end as usize..].trim_start();
    let lead = text.report.text[line..span.start as usize].trim();
    lead.is_empty()
        && (rest.starts_with(['–', '—', '-', ':'])
            || rest.starts_with("(Reuters)")
            || rest.starts_with("(AP)")
            || rest.starts_with("(AFP)"))
}
