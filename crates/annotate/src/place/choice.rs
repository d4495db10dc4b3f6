//! The choice among the places of one name: what kind it is, what lies around, what the text says of it.

use std::collections::HashMap;

use super::PlaceKind;
use super::named::Named;
use crate::mention::fold::fold_name;
use crate::mention::lexicon::KnownPlace;

/// Places of a report that others are looked for near by.
pub(super) const POINTS: usize = 100;

/// What a report says of where its places are.
pub(super) struct Around<'a> {
    /// How often it names each country.
    pub countries: &'a HashMap<&'static str, f64>,
    /// Latitudes and longitudes of its places, each once; none while they are first looked for.
    pub points: Vec<(f64, f64)>,
    /// How many divisions of each country it names.
    pub divisions: HashMap<&'static str, f64>,
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

/// The place that each name means, if one is likely enough. The last name is first, since a place tells of
/// the one before it that lies in it.
pub(super) fn choose_all<'a>(
    names: &'a [Named],
    around: &Around<'_>,
) -> Vec<Option<&'a KnownPlace>> {
    let mut chosen: Vec<Option<&KnownPlace>> = vec![None; names.len()];
    for number in (0..names.len()).rev() {
        let named = &names[number];
        let within = named.within.and_then(|other| chosen[other]);
        // "Ohio, Texas": a row of places of one kind, none of which holds another.
        let within = within.filter(|other| !named.is_like(other));
        chosen[number] = Choice { named, within, around }.best();
    }
    chosen
}

impl Named {
    /// Whether a place has the name as another name. "Washington" is none of "Washington, D.C.".
    fn is_alias_of(&self, place: &KnownPlace) -> bool {
        let name = fold_name(place.name);
        name.strip_prefix(&self.folded)
            .is_none_or(|rest| !rest.is_empty() && !rest.starts_with(' '))
    }

    /// Whether some place has this very name and is as wanted.
    fn may_be(&self, wanted: impl Fn(&KnownPlace) -> bool) -> bool {
        self.candidates.iter().any(|place| wanted(place) && !self.is_alias_of(place))
    }

    /// Whether the name may mean a country or division as another place is one.
    fn is_like(&self, other: &KnownPlace) -> bool {
        is_big(other) && self.may_be(|place| place.kind == other.kind && place.level < 2)
    }
}

/// One name, and what it is chosen by.
struct Choice<'a, 'b> {
    named: &'a Named,
    /// The place that the text says it is in.
    within: Option<&'b KnownPlace>,
    around: &'b Around<'b>,
}

impl<'a> Choice<'a, '_> {
    fn best(&self) -> Option<&'a KnownPlace> {
        let best = |a: &&KnownPlace, b: &&KnownPlace| {
            self.score(a).total_cmp(&self.score(b)).then(b.id.cmp(a.id))
        };
        self.named.candidates.iter().max_by(best).filter(|place| self.is_likely(place))
    }

    /// How well a place fits, in about the logarithm of people.
    fn score(&self, place: &KnownPlace) -> f64 {
        // Where other states of a federation are told of, "Washington" is one more.
        let division = place.kind == PlaceKind::Region && place.level < 2;
        let others = self.around.divisions.get(place.country).filter(|_| division);
        self.of_kind(place) - self.of_alias(place)
            + self.of_holder(place)
            + 1.8 * weigh(self.context(place), 2.5)
            + 1.2 * weigh(self.around.near(place), 2.0)
            + 0.8 * weigh(others.copied().unwrap_or(0.0), 2.0)
            + if self.named.holds && division { 1.5 } else { 0.0 }
            + if self.named.called == Some(place.kind) { 7.0 } else { 0.0 }
    }

    /// How often the report names the place's country, but for this name where it is the country's own.
    fn context(&self, place: &KnownPlace) -> f64 {
        let own = if place.kind == PlaceKind::Country { self.named.repeated } else { 0.0 };
        self.around.country(place.country) - own
    }

    fn of_kind(&self, place: &KnownPlace) -> f64 {
        let size = f64::from(place.population.max(1)).log10();
        match place.kind {
            PlaceKind::Country if self.is_overshadowed(place) => 5.0,
            PlaceKind::Country => 10.5,
            PlaceKind::Region if place.level == 1 => 5.5,
            PlaceKind::Region if place.level == 2 => 3.8,
            PlaceKind::Region | PlaceKind::Natural => 6.4,
            _ if place.capital && self.named.may_be(is_big) => size + 0.8,
            _ if place.capital => size + 2.0,
            // "Pacific" and "Middle East" are rarely the towns.
            _ if self.named.candidates.iter().any(is_wide) => size - 2.0,
            _ => size,
        }
    }

    /// Whether a country's name means something else here: a region of a country that the report is about;
    /// "Scotland", another name of the state and the name of its part; "Gold Coast", once a name of a state
    /// and today a city's.
    fn is_overshadowed(&self, country: &KnownPlace) -> bool {
        let region = |place: &KnownPlace| place.kind == PlaceKind::Region;
        let rival = |place: &KnownPlace| {
            region(place) && place.level == 0 && 2.0 <= self.around.country(place.country)
        };
        let city =
            |place: &KnownPlace| place.kind == PlaceKind::Settlement && 100_000 <= place.population;
        self.context(country) < 0.5 && self.named.candidates.iter().any(rival)
            || self.named.is_alias_of(country)
                && self.named.may_be(|place| region(place) || city(place))
    }

    /// What another name costs, and more where a larger town has it as its own.
    fn of_alias(&self, place: &KnownPlace) -> f64 {
        let larger = |other: &KnownPlace| {
            other.kind == PlaceKind::Settlement && place.population <= other.population
        };
        match self.named.is_alias_of(place) {
            true if self.named.may_be(larger) => 3.5,
            true => 1.5,
            false => 0.0,
        }
    }

    fn of_holder(&self, place: &KnownPlace) -> f64 {
        match self.within.filter(|other| is_within(place, other)) {
            Some(_) if self.named.is_alias_of(place) => 6.0,
            Some(other) if is_part(place, other) => 13.0,
            Some(_) => 10.0,
            None => 0.0,
        }
    }

    /// Whether the text tells enough for the place to be meant.
    fn is_likely(&self, place: &KnownPlace) -> bool {
        let small = is_small(place);
        let fragment = small && self.named.fragment.is_some();
        if fragment || self.is_elsewhere(place) {
            return false;
        }
        let tiny = place.geonames && place.population < 15_000 || place.level == 2;
        let minor = small || place.level == 1;
        self.is_told_of(place)
            || !self.is_stray(place)
                && ((!tiny || self.is_alone()) && self.is_at_home(place, tiny)
                    || !tiny && (!minor || self.around.countries.is_empty()))
    }

    /// Whether the text says that the place is there: in a place that holds it, of its kind, beside others.
    fn is_told_of(&self, place: &KnownPlace) -> bool {
        self.within.is_some_and(|other| lies_in(place, other))
            || self.named.called == Some(place.kind)
            || 0.0 < self.around.near(place)
    }

    /// Whether the text says that it lies elsewhere: "Norton, Ontario" is not the town of that name on the
    /// other side of the sea.
    fn is_elsewhere(&self, place: &KnownPlace) -> bool {
        let Some(other) = self.within else { return false };
        let division = other.kind == PlaceKind::Region && !other.country.is_empty();
        place.kind != PlaceKind::Country
            && (is_small(place) || division && !place.capital)
            && !lies_in(place, other)
    }

    /// Whether it is a town of a country that the report does not name, and by another name:
    /// "Castello" of a report on Syria is not Castelló.
    fn is_stray(&self, place: &KnownPlace) -> bool {
        place.geonames
            && !place.capital
            && fold_name(place.name) != self.named.folded
            && self.around.country(place.country) == 0.0
            && !self.around.countries.is_empty()
    }

    /// Whether the report names the country, and often enough for its hamlets and divisions.
    fn is_at_home(&self, place: &KnownPlace, tiny: bool) -> bool {
        let most = self.around.countries.values().copied().fold(0.0, f64::max);
        let minor = tiny || 0 < place.level;
        let named = self.around.country(place.country);
        0.0 < named && (!minor || 0.25 * most <= named)
    }

    /// Whether one place of the report's countries has the name, and it is written as towns are: many words
    /// are towns too.
    fn is_alone(&self) -> bool {
        let told = |place: &&KnownPlace| 0.0 < self.around.country(place.country);
        !self.named.unlike_town && self.named.candidates.iter().filter(told).count() == 1
    }
}

/// What a count adds, at most `most`.
fn weigh(count: f64, most: f64) -> f64 {
    (1.0 + count.max(0.0)).ln().min(most)
}

fn is_big(place: &KnownPlace) -> bool {
    matches!(place.kind, PlaceKind::Country | PlaceKind::Region)
}

fn is_small(place: &KnownPlace) -> bool {
    place.geonames && place.population < 60_000 && !place.capital
}

fn is_wide(place: &KnownPlace) -> bool {
    match place.kind {
        PlaceKind::Natural => true,
        PlaceKind::Region => place.country.is_empty(),
        _ => false,
    }
}

/// Whether a place can lie in what is said to hold it: a country, a division, or a town.
fn lies_in(place: &KnownPlace, other: &KnownPlace) -> bool {
    if is_big(other) {
        is_within(place, other)
    } else {
        is_near(place, other.latitude, other.longitude)
    }
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
