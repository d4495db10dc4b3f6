//! Which place a name means, on sentences written for this.

use chancery_text::Report;

use crate::{Kit, annotate};

/// Countries and keys of the places of a text that have a name.
fn keys(text: &str, name: &str) -> Vec<String> {
    let report = Report::from_text("a.txt", text);
    let places = annotate(&report, Kit::embedded()).observed.places;
    let named = places.into_iter().filter(|place| report.slice(place.span) == name);
    named.map(|place| place.key.unwrap_or_default()).collect()
}

#[test]
fn a_small_place_is_known_by_the_country_around_it() {
    let found = keys("Fighters left Sangin in Afghanistan on Monday.", "Sangin");
    assert_eq!(found, ["geonames:1127547"]);
}

#[test]
fn a_district_is_that_of_the_division_it_is_said_to_lie_in() {
    let found = keys("Farms in Scott County, Indiana, were closed.", "Scott County");
    assert_eq!(found, ["division:USA:indiana:scott-county"]);
    let found = keys("Farms in Scott County, Minnesota, were closed.", "Scott County");
    assert_eq!(found, ["division:USA:minnesota:scott-county"]);
}

#[test]
fn parts_of_a_state_are_not_the_state() {
    let found = keys("Farms in Scotland and Wales were closed.", "Scotland");
    assert_eq!(found, ["place:scotland"]);
}

#[test]
fn states_in_a_row_hold_none_of_each_other() {
    let text =
        "The envoy saw schools in Colorado, New Mexico, Missouri and Oregon in the United States.";
    assert_eq!(keys(text, "New Mexico"), ["place:new-mexico"]);
    assert_eq!(keys(text, "Oregon"), ["place:oregon"]);
}

#[test]
fn a_name_of_many_places_is_the_one_near_the_others() {
    let text = "Crews from Geelong, Ballarat and Bendigo reached Hamilton in Australia.";
    let report = Report::from_text("a.txt", text);
    let places = annotate(&report, Kit::embedded()).observed.places;
    let found = places.iter().find(|place| report.slice(place.span) == "Hamilton").unwrap();
    let (latitude, longitude) = found.coordinates.unwrap();
    assert!((latitude + 37.7).abs() < 1.0 && (longitude - 142.0).abs() < 1.0, "{found:?}");
}

#[test]
fn an_embassy_in_a_capital_does_not_make_it_a_region() {
    let text = "The United States heard the Saudi embassy in Washington.";
    assert_eq!(keys(text, "Washington"), ["geonames:4140963"]);
    let text = "Crews left Seattle, Washington, on Monday.";
    assert_ne!(keys(text, "Washington"), ["geonames:4140963"]);
}

#[test]
fn the_first_word_of_a_longer_name_is_no_place() {
    let text = "Fighters loyal to Abu Hassan Karim left the village of Tal Antar near Damascus on Friday, the monitor said.";
    let report = Report::from_text("a.txt", text);
    let places = annotate(&report, Kit::embedded()).observed.places;
    let found: Vec<_> = places.iter().map(|place| report.slice(place.span)).collect();
    assert_eq!(found, ["Tal Antar", "Damascus"]);
    assert_eq!(places[0].coordinates, None);
}

#[test]
fn what_a_name_is_called_tells_the_division_from_the_city() {
    for text in [
        "New York state closed its parks on Monday.",
        "The plant in the state of New York was shut.",
        "Farms in the states of Ohio and New York were shut.",
    ] {
        assert_eq!(keys(text, "New York"), ["division:USA:new-york"], "{text}");
    }
    let text = "Plants in the states of Texas and Georgia were shut.";
    assert_eq!(keys(text, "Georgia"), ["place:georgia-u-s-state"]);
}

#[test]
fn a_small_town_that_is_said_to_lie_elsewhere_is_not_known() {
    let text = "Police in Stroud, Ontario, Canada, stopped a truck.";
    assert_eq!(keys(text, "Stroud"), [""]);
    assert_eq!(
        keys("Police in Warwick in Queensland stopped it.", "Warwick"),
        ["geonames:2144502"]
    );
}

#[test]
fn an_unknown_part_of_a_town_lies_where_the_town_is() {
    let text = "Shells hit Zarvela, a suburb located east of Harare, on Friday.";
    let report = Report::from_text("a.txt", text);
    let places = annotate(&report, Kit::embedded()).observed.places;
    let found = places.iter().find(|place| report.slice(place.span) == "Zarvela").unwrap();
    let (latitude, longitude) = found.coordinates.unwrap();
    assert!((latitude + 17.8).abs() < 0.3 && (longitude - 31.0).abs() < 0.3, "{found:?}");
    assert_eq!((found.key.as_deref(), found.country.as_deref()), (None, Some("ZWE")));
}

#[test]
fn a_point_of_the_compass_belongs_to_the_name_of_a_division() {
    let found = keys("A cholera ward opened in West Java, Indonesia.", "West Java");
    assert!(found[0].starts_with("division:IDN:"), "{found:?}");
}

#[test]
fn the_old_name_of_a_state_is_a_city_today() {
    let found = keys("A surfer from Gold Coast in Australia was fined.", "Gold Coast");
    assert_eq!(found, ["geonames:2165087"]);
}

#[test]
fn another_name_of_a_far_town_is_no_place_of_this_report() {
    let text = "Syrian troops cut the Castello road north of Aleppo, Syria, on Friday. \
                Syrian rebels held Castello in May.";
    assert_eq!(keys(text, "Castello"), ["", ""]);
}
