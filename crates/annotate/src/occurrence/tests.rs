use chancery_text::Report;

use super::{Occurrence, WhenBasis, find};
use crate::{Kit, annotate};

/// What a report of Monday, 5 July 2021 tells: the words, who takes part, the days and their basis.
fn told(body: &str) -> Vec<(String, Occurrence)> {
    let text = format!("Orlen Air grows\n\nTARN, July 5, 2021 – {body}");
    let mut report = Report::from_text("a.txt", &text);
    report.metadata.published = Some("2021-07-05".to_owned());
    let kit = Kit::embedded();
    let found = find(&report, &annotate(&report, kit), kit);
    found.into_iter().map(|it| (report.slice(it.trigger).to_owned(), it)).collect()
}

fn one(body: &str, trigger: &str) -> Occurrence {
    let all = told(body);
    let words: Vec<_> = all.iter().map(|(words, _)| words.clone()).collect();
    let found = all.into_iter().find(|(words, _)| words == trigger);
    found.unwrap_or_else(|| panic!("{trigger} is not among {words:?}")).1
}

fn names(occurrence: &Occurrence) -> Vec<&str> {
    occurrence.parties.iter().flat_map(|party| &party.names).map(String::as_str).collect()
}

#[test]
fn a_time_by_the_clause_dates_it() {
    let launched = one("Orlen Air launched a new route to Merrow in March 2019.", "launched");
    assert_eq!(launched.when.to_string(), "2019-03-01/2019-03-31");
    assert_eq!((launched.basis, names(&launched)), (WhenBasis::Stated, vec!["Orlen Air"]));
}

#[test]
fn a_past_without_a_time_is_the_news() {
    let opened = one("Orlen Air opened a school for pilots in the north of the country.", "opened");
    assert_eq!((opened.when.to_string().as_str(), opened.basis), ("2021-07-05", WhenBasis::News));
}

#[test]
fn the_day_that_the_first_sentences_tell_is_that_of_the_news() {
    let body = "Orlen Air opened a school for pilots on Sunday. It hired forty teachers.";
    assert_eq!(one(body, "hired").when.to_string(), "2021-07-04");
}

#[test]
fn what_a_time_only_bounds_has_no_day() {
    let flown = one("The airline has flown to Merrow since March 2019.", "flown");
    assert_eq!(flown.basis, WhenBasis::News);
    let to_fly = one("Orlen Air plans to fly to Merrow next summer or later.", "fly");
    assert!(!matches!(to_fly.basis, WhenBasis::News));
}

#[test]
fn states_and_wishes_are_no_occurrences() {
    let all = told("Orlen Air owns nine planes and wants a tenth.");
    assert!(all.iter().all(|(words, _)| words != "owns" && words != "wants"), "{all:?}");
}

#[test]
fn a_light_verb_leaves_it_to_its_noun() {
    let all = told("The new plane made its first flight on Friday.");
    let words: Vec<_> = all.iter().map(|(words, _)| words.as_str()).collect();
    // "grows" is the headline's.
    assert_eq!(words, ["grows", "flight"]);
    assert_eq!(all[1].1.when.to_string(), "2021-07-02");
}

#[test]
fn a_noun_and_its_verb_nearby_are_one() {
    let body = "Orlen Air bought nine planes on Friday. The purchase of the planes cost millions.";
    let all = told(body);
    let find = |trigger: &str| &all.iter().find(|(words, _)| words == trigger).unwrap().1;
    assert_eq!(find("bought").one, find("purchase").one);
    assert_eq!(find("purchase").when.to_string(), "2021-07-02");
}

#[test]
fn two_sayings_are_two() {
    let body = "The chairman said the route was safe. The chairman said the planes were new.";
    let all = told(body);
    let said: Vec<_> =
        all.iter().filter(|(words, _)| words == "said").map(|(_, it)| (it.one, it.said)).collect();
    assert!(matches!(said[..], [(one, true), (other, true)] if one != other), "{said:?}");
}

#[test]
fn a_pronoun_has_the_names_of_its_chain() {
    let body = "Anna Keller opened the school on Sunday, and she praised the teachers.";
    assert_eq!(names(&one(body, "praised")), ["Anna Keller"]);
}

#[test]
fn a_model_before_a_noun_says_which_it_is() {
    let landed = one("The first O320 airliner landed in Merrow on Friday.", "landed");
    assert!(landed.parties.iter().any(|party| party.kinds.contains(&"O320".to_owned())));
}
