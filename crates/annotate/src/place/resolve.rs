//! Which of the places of a name is meant: by the countries of the report, hierarchy, population.

use std::collections::HashMap;

use chancery_text::{Kind, RowId, Span};

use super::smaller;
use super::{Place, PlaceKind, PlaceRole};
use crate::Read;
use crate::mention::fold::fold_name;
use crate::mention::lexicon::{KnownPlace, Lexicon, Sense};
use crate::mention::{Mention, MentionForm, MentionKind};
use crate::name::{Name, NameKind};

/// A place name in the text, with what it may be.
struct Named {
    span: Span,
    folded: String,
    /// How often the report has this very name.
    repeated: f64,
    candidates: Vec<KnownPlace>,
    /// The cities of the name that it opens with, where it has no place of its own: "Seoul City Hall".
    cities: Vec<KnownPlace>,
    /// Whether the lexicon has one place of that name, which then tells of the report's countries.
    sure: bool,
    /// What the words beside it call it: "New York state", "the city of Aleppo".
    called: Option<PlaceKind>,
    /// Whether what it is called is said of a row of names.
    is_one_of_many: bool,
    /// Whether the report says "on Mars" or "the Delta" somewhere, which is not said of a town.
    unlike_town: bool,
    /// The longer name that it opens: "Tal Antar", "Abu Hassan".
    fragment: Option<Fragment>,
    metonym: bool,
    dateline: bool,
    /// The place right behind it: "Kabul, Afghanistan".
    within: Option<usize>,
    /// Whether the place right before is written as a part of it: "Seattle, Washington", and not "the
    /// Saudi embassy in Washington".
    holds: bool,
}

/// The longer name that a name opens.
#[derive(Debug, Clone, Copy)]
struct Fragment {
    whole: Span,
    /// Whether it is a place's, and no person's.
    place: bool,
}

/// Places of a report that others are looked for near by.
const POINTS: usize = 100;

/// What a report says of where its places are.
struct Around<'a> {
    /// How often it names each country.
    countries: &'a HashMap<&'static str, f64>,
    /// Latitudes and longitudes of its places, each once; none while they are first looked for.
    points: Vec<(f64, f64)>,
    /// How many divisions of each country it names.
    divisions: HashMap<&'static str, f64>,
}

impl Around<'_> {
    fn country(&self, code: &str) -> f64 {
        self.countries.get(code).copied().unwrap_or(0.0)
    }

    /// How many of the report's other places lie near by (Leidner 2007: places told together are close).
    fn near(&self, place: &KnownPlace) -> f64 {
        let near = |&&(latitude, longitude): &&(f64, f64)| is_near(place, latitude, longitude);
        let same = |(latitude, longitude): &(f64, f64)| {
            (latitude - place.latitude).abs() < 1e-6 && (longitude - place.longitude).abs() < 1e-6
        };
        self.points.iter().filter(near).filter(|&point| !same(point)).count() as f64
    }
}

/// Whether a point lies within some two hundred kilometres of a place.
fn is_near(place: &KnownPlace, latitude: f64, longitude: f64) -> bool {
    (latitude - place.latitude).abs() < 2.0 && (longitude - place.longitude).abs() < 2.5
}

/// The places of a report.
pub(crate) fn places(
    text: Read<'_>,
    read: &[Name],
    mentions: &[Mention],
    lexicon: &Lexicon,
) -> Vec<Place> {
    let mut names = named(text, read, mentions, lexicon);
    for number in 1..names.len() {
        let gap = Span::new(
            names[number - 1].span.end,
            names[number].span.start.max(names[number - 1].span.end),
        );
        let gap = text.report.slice(gap);
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
    let countries = countries(&names, mentions, lexicon);
    let unknown = Around { countries: &countries, points: Vec::new(), divisions: HashMap::new() };
    let first = choose_all(&names, &unknown);
    let mut divisions: HashMap<&'static str, f64> = HashMap::new();
    for place in first.iter().flatten().filter(|place| place.kind == PlaceKind::Region) {
        *divisions.entry(place.country).or_default() += 1.0;
    }
    let points = first.iter().flatten().filter(|place| place.kind != PlaceKind::Country);
    let mut points: Vec<_> = points.map(|place| (place.latitude, place.longitude)).collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    points.dedup();
    points.truncate(POINTS);
    let chosen = choose_all(&names, &Around { countries: &countries, points, divisions });
    let mut by_name: HashMap<String, &KnownPlace> = HashMap::new();
    // Where names lie that no gazetteer has: "Norrin Park in Sydney".
    let mut holders: HashMap<&str, &KnownPlace> = HashMap::new();
    let all = &chosen;
    for (named, chosen) in names.iter().zip(all).rev() {
        let Some(holder) = named.within.and_then(|other| all[other]) else { continue };
        match chosen {
            Some(place) => {
                by_name.insert(text.report.slice(named.span).to_lowercase(), place);
            }
            None => {
                holders.insert(&named.folded, holder);
            }
        }
    }
    let place = |(named, chosen): (&Named, Option<&KnownPlace>)| {
        let same = by_name.get(&text.report.slice(named.span).to_lowercase()).copied();
        let free = named.within.is_none() && named.called.is_none();
        let known = same.filter(|_| free).or(chosen);
        // "Abu" of "Abu Hassan" is no place; "Tal" of "Tal Antar" is one that is not known.
        match named.fragment.filter(|_| known.is_none()) {
            Some(Fragment { place: false, .. }) => None,
            Some(Fragment { whole, .. }) => {
                Some(lying_in(unknown_row(text, named, whole), opening_city(named, &countries)))
            }
            None if known.is_none() => {
                let holder = holders
                    .get(named.folded.as_str())
                    .copied()
                    .or_else(|| opening_city(named, &countries));
                Some(lying_in(row(text, named, None), holder))
            }
            None => Some(row(text, named, known)),
        }
    };
    let mut places: Vec<Place> = Vec::new();
    for place in names.iter().zip(chosen.iter().copied()).filter_map(place) {
        if places.last().is_none_or(|last| last.span.end <= place.span.start) {
            places.push(place);
        }
    }
    places
}

fn named(text: Read<'_>, read: &[Name], mentions: &[Mention], lexicon: &Lexicon) -> Vec<Named> {
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
    names
}

/// The largest city of a country that the report names, of those that a name opens with.
fn opening_city<'a>(
    named: &'a Named,
    countries: &HashMap<&'static str, f64>,
) -> Option<&'a KnownPlace> {
    let told = |place: &&KnownPlace| countries.is_empty() || countries.contains_key(place.country);
    named.cities.iter().filter(told).max_by_key(|place| place.population)
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

/// Whether a place is known well enough, and by its own name, to tell which country a report is about.
fn tells_its_country(named: &Named, place: &KnownPlace) -> bool {
    !place.geonames
        || place.capital
        || 60_000 <= place.population && fold_name(place.name) == named.folded
}

/// How often the report names each country, by name, adjective or place.
fn countries(
    names: &[Named],
    mentions: &[Mention],
    lexicon: &Lexicon,
) -> HashMap<&'static str, f64> {
    let mut countries: HashMap<&'static str, f64> = HashMap::new();
    for mention in mentions {
        let code = mention
            .actor
            .as_deref()
            .and_then(|key| key.strip_prefix("state:").or_else(|| key.strip_prefix("people:")));
        let state = code.and_then(|code| lexicon.state(code));
        if let Some(state) = state {
            *countries.entry(lexicon.states[state as usize].code).or_default() += 1.0;
        }
    }
    for named in names {
        if let (true, [only, ..]) = (named.sure, &named.candidates[..])
            && !only.country.is_empty()
            && only.kind != PlaceKind::Country
            && tells_its_country(named, only)
        {
            *countries.entry(only.country).or_default() += 0.5;
        }
    }
    countries
}

/// The last first, since a place tells of the one before it that lies in it.
fn choose_all<'a>(names: &'a [Named], around: &Around<'_>) -> Vec<Option<&'a KnownPlace>> {
    let mut chosen: Vec<Option<&KnownPlace>> = vec![None; names.len()];
    for number in (0..names.len()).rev() {
        let within = names[number].within.and_then(|other| chosen[other]);
        chosen[number] = choose(&names[number], within, around);
    }
    chosen
}

fn choose<'a>(
    named: &'a Named,
    within: Option<&KnownPlace>,
    around: &Around<'_>,
) -> Option<&'a KnownPlace> {
    let of = |country: &str| around.country(country);
    // "Washington" is no other name of "Washington, D.C.".
    let alias = |place: &KnownPlace| {
        let name = fold_name(place.name);
        name.strip_prefix(&named.folded)
            .is_none_or(|rest| !rest.is_empty() && !rest.starts_with(' '))
    };
    // "Ohio, Texas": a row of places of one kind, none of which holds another.
    let within = within.filter(|other| {
        let big = matches!(other.kind, PlaceKind::Country | PlaceKind::Region);
        let like = |place: &KnownPlace| place.kind == other.kind && place.level < 2;
        !(big && named.candidates.iter().any(|place| like(place) && !alias(place)))
    });
    let rival = |place: &KnownPlace| {
        place.kind == PlaceKind::Region && place.level == 0 && of(place.country) >= 2.0
    };
    let part = |place: &KnownPlace| place.kind == PlaceKind::Region && !alias(place);
    let city = |place: &KnownPlace| {
        place.kind == PlaceKind::Settlement && 100_000 <= place.population && !alias(place)
    };
    let larger = |other: &KnownPlace, place: &KnownPlace| {
        other.kind == PlaceKind::Settlement && place.population <= other.population
    };
    let wider = |place: &KnownPlace| {
        matches!(place.kind, PlaceKind::Country | PlaceKind::Region) && !alias(place)
    };
    let is_wide = |place: &KnownPlace| match place.kind {
        PlaceKind::Natural => true,
        PlaceKind::Region => place.country.is_empty(),
        _ => false,
    };
    let wide = named.candidates.iter().any(is_wide);
    let score = |place: &KnownPlace| {
        let country = place.kind == PlaceKind::Country;
        let context = of(place.country) - if country { named.repeated } else { 0.0 };
        let inside = within.is_some_and(|other| is_within(place, other));
        let size = f64::from(place.population.max(1)).log10();
        let kind = match place.kind {
            PlaceKind::Country if context < 0.5 && named.candidates.iter().any(rival) => 5.0,
            // "Scotland" is another name of the state and the name of its part.
            PlaceKind::Country if alias(place) && named.candidates.iter().any(part) => 5.0,
            // What was once another name of the state is a city's today.
            PlaceKind::Country if alias(place) && named.candidates.iter().any(city) => 5.0,
            PlaceKind::Country => 10.5,
            PlaceKind::Region if place.level == 1 => 5.5,
            PlaceKind::Region if place.level == 2 => 3.8,
            PlaceKind::Region | PlaceKind::Natural => 6.4,
            _ if place.capital && named.candidates.iter().any(wider) => size + 0.8,
            _ if place.capital => size + 2.0,
            // "Pacific" and "Middle East" are rarely the towns.
            _ if wide => size - 2.0,
            _ => size,
        };
        let inside = match (inside, alias(place)) {
            (true, false) if within.is_some_and(|other| is_part(place, other)) => 13.0,
            (true, false) => 10.0,
            (true, true) => 6.0,
            _ => 0.0,
        };
        // Where other states of a federation are told of, "Washington" is one more.
        let division = place.kind == PlaceKind::Region && place.level < 2;
        let others = around.divisions.get(place.country).copied().filter(|_| division);
        let holds = named.holds && division;
        let other_name = match alias(place) {
            true if named.candidates.iter().any(|other| !alias(other) && larger(other, place)) => {
                3.5
            }
            true => 1.5,
            false => 0.0,
        };
        kind - other_name
            + 1.8 * (1.0 + context.max(0.0)).ln().min(2.5)
            + 1.2 * (1.0 + around.near(place)).ln().min(2.0)
            + 0.8 * (1.0 + others.unwrap_or(0.0)).ln().min(2.0)
            + inside
            + if holds { 1.5 } else { 0.0 }
            + if named.called == Some(place.kind) { 7.0 } else { 0.0 }
    };
    let best =
        |a: &&KnownPlace, b: &&KnownPlace| score(a).total_cmp(&score(b)).then(b.id.cmp(a.id));
    let inside = |place: &KnownPlace, other: &KnownPlace| match other.kind {
        PlaceKind::Country | PlaceKind::Region => is_within(place, other),
        _ => is_near(place, other.latitude, other.longitude),
    };
    let outside = |place: &KnownPlace| {
        place.kind != PlaceKind::Country && within.is_some_and(|other| !inside(place, other))
    };
    let likely = |place: &&KnownPlace| {
        let small = place.geonames && place.population < 60_000 && !place.capital;
        // Many words are towns too: that the report names their country tells of a tiny place only
        // where no other there has its name, and it is written as towns are.
        let tiny = place.geonames && place.population < 15_000 || place.level == 2;
        let alone = !named.unlike_town
            && named.candidates.iter().filter(|other| 0.0 < of(other.country)).count() == 1;
        let called = named.called == Some(place.kind);
        let held = within.is_some_and(|other| inside(place, other));
        let told = held || called || 0.0 < around.near(place);
        // "Norton, Ontario" is not the town of that name on the other side of the sea.
        let division = within
            .is_some_and(|other| other.kind == PlaceKind::Region && !other.country.is_empty());
        let elsewhere = (small || division && !place.capital) && outside(place);
        let fragment = small && named.fragment.is_some();
        // One mention of a far country is not enough for its hamlets and divisions.
        let much = 0.25 * around.countries.values().copied().fold(0.0, f64::max);
        let minor = tiny || 0 < place.level;
        let at_home = 0.0 < of(place.country) && (!minor || much <= of(place.country));
        let small = small || place.level == 1;
        // "Castello" of a report on Syria is no other name of Castelló.
        let stray = place.geonames
            && !place.capital
            && fold_name(place.name) != named.folded
            && of(place.country) == 0.0
            && !around.countries.is_empty()
            && !told;
        !fragment
            && !stray
            && !elsewhere
            && (told
                || (alone || !tiny) && at_home
                || !tiny && (!small || around.countries.is_empty()))
    };
    named.candidates.iter().max_by(best).filter(likely)
}

/// Whether a division of GeoNames is one of another place's: "Scott County" of Indiana.
fn is_part(place: &KnownPlace, other: &KnownPlace) -> bool {
    let first = place.id.split(':').next().unwrap_or_default();
    place.level == 2 && first.replace('-', " ") == fold_name(other.name)
}

fn is_within(place: &KnownPlace, other: &KnownPlace) -> bool {
    // Divisions of the widest states are wide.
    const WIDE: &[&str] = &["AUS", "BRA", "CAN", "CHN", "RUS"];
    let (north, east) = if WIDE.contains(&other.country) { (10.0, 14.0) } else { (6.0, 8.0) };
    let near = (place.latitude - other.latitude).abs() < north
        && (place.longitude - other.longitude).abs() < east;
    place.country == other.country
        && !place.country.is_empty()
        && (other.kind == PlaceKind::Country || near)
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

fn role(named: &Named) -> PlaceRole {
    match () {
        _ if named.dateline => PlaceRole::Dateline,
        _ if named.metonym => PlaceRole::Metonym,
        _ => PlaceRole::Location,
    }
}

/// A place that the gazetteer does not have, by its whole name.
fn unknown_row(text: Read<'_>, named: &Named, span: Span) -> Place {
    Place {
        id: RowId::observed(Kind::Place, text.report.id, span, ""),
        span,
        name: text.report.slice(span).to_owned(),
        key: None,
        coordinates: None,
        country: None,
        kind: PlaceKind::Unknown,
        role: role(named),
    }
}

/// A place that the gazetteer does not have, in one that it has: of a town, a point near enough; of wider
/// places, the country.
fn lying_in(place: Place, holder: Option<&KnownPlace>) -> Place {
    let Some(holder) = holder else { return place };
    let narrow = holder.kind == PlaceKind::Settlement || holder.level == 2;
    Place {
        coordinates: narrow.then_some((holder.latitude, holder.longitude)),
        country: (!holder.country.is_empty()).then(|| holder.country.to_owned()),
        ..place
    }
}

fn row(text: Read<'_>, named: &Named, place: Option<&KnownPlace>) -> Place {
    let Some(row) = place else { return unknown_row(text, named, named.span) };
    let id = RowId::observed(Kind::Place, text.report.id, named.span, "");
    Place {
        id,
        span: named.span,
        name: row.name.to_owned(),
        key: Some(match (row.kind, row.geonames) {
            (PlaceKind::Country, _) => format!("country:{}", row.id),
            (_, true) => format!("geonames:{}", row.id),
            _ if 0 < row.level => format!("division:{}:{}", row.country, row.id),
            _ => row.id.to_owned(),
        }),
        coordinates: Some((row.latitude, row.longitude)),
        country: (!row.country.is_empty()).then(|| row.country.to_owned()),
        kind: row.kind,
        role: role(named),
    }
}
