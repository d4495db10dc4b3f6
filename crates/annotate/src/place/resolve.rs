//! Which of the places of a name is meant: by the countries of the report, hierarchy, population.

use std::collections::HashMap;

use chancery_text::{Kind, RowId, Span};

use super::choice::{Around, POINTS, choose_all};
use super::named::{Fragment, Named, named};
use super::{Place, PlaceKind, PlaceRole};
use crate::Read;
use crate::mention::Mention;
use crate::mention::fold::fold_name;
use crate::mention::lexicon::{KnownPlace, Lexicon};
use crate::name::Name;

/// The places of a report.
pub(crate) fn places(
    text: Read<'_>,
    read: &[Name],
    mentions: &[Mention],
    lexicon: &Lexicon,
) -> Vec<Place> {
    let names = named(text, read, mentions, lexicon);
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

/// The largest city of a country that the report names, of those that a name opens with.
fn opening_city<'a>(
    named: &'a Named,
    countries: &HashMap<&'static str, f64>,
) -> Option<&'a KnownPlace> {
    let told = |place: &&KnownPlace| countries.is_empty() || countries.contains_key(place.country);
    named.cities.iter().filter(told).max_by_key(|place| place.population)
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
