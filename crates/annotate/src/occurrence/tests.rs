use chancery_text::{Report, Span};

use super::{Occurrence, WhenBasis, at, find, pairs};
use crate::{Kit, annotate};

/// What a report of Monday, 5 July 2021 tells: the words, who takes part, the days and their basis.
fn told(body: &str) -> Vec<(String, Occurrence)> {
    under("Orlen Air grows", body)
}

/// The same with a headline of its own.
fn under(headline: &str, body: &str) -> Vec<(String, Occurrence)> {
    let text = format!("{headline}\n\nTARN, July 5, 2021 – {body}");
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

/// Whether two words of a report are found to tell one happening.
fn are_one(all: &[(String, Occurrence)], first: &str, second: &str) -> bool {
    let number = |words: &str| all.iter().find(|it| it.0 == words).map(|it| it.1.one);
    let pair = number(first).zip(number(second));
    pair.unwrap_or_else(|| panic!("{first} or {second} is not found: {all:?}")).0
        == pair.expect("both").1
}

#[test]
fn the_first_sentence_tells_the_headline_in_other_words() {
    let body = "Orlen Air said on Friday that it would cut 300 jobs in the north of the country.";
    assert!(are_one(&under("Orlen Air eliminates 300 jobs", body), "eliminates", "cut"));
    assert!(!are_one(&under("Orlen Air welcomes 300 guests", body), "welcomes", "cut"));
}

#[test]
fn a_relative_pronoun_means_the_noun_before_it() {
    let all = told("Orlen Air signed an order, which is worth nine million dollars, on Friday.");
    assert!(are_one(&all, "order", "which"));
    assert!(all.iter().any(|(words, it)| words == "which" && it.refers));
}

#[test]
fn this_means_what_the_sentence_before_leads_to() {
    let all = told("Orlen Air agreed on Friday to buy nine planes. This angered the pilots.");
    assert!(are_one(&all, "buy", "This"));
    let all = told("The pilots are angry. This annoys the chairman of the airline.");
    assert!(all.iter().all(|(words, _)| words != "This"), "{all:?}");
}

#[test]
fn the_move_means_the_act_that_is_the_news() {
    let body = "Orlen Air will close nine offices in the north of the country. The move angered \
                the pilots.";
    assert!(are_one(&told(body), "close", "move"));
    let body = "Orlen Air will close nine offices in the north of the country. A move angered \
                the pilots.";
    assert!(!told(body).iter().any(|(words, it)| words == "move" && it.refers));
}

#[test]
fn a_noun_with_an_article_looks_back_by_another_word() {
    let body = "The profits of the airline rose in June. The increase pleased the chairman.";
    assert!(are_one(&told(body), "rose", "increase"));
}

#[test]
fn what_also_happens_is_another() {
    let body = "The airline closed nine offices in the north. It closed them on Friday.";
    let all: Vec<_> = told(body).into_iter().filter(|it| it.0 == "closed").collect();
    assert_eq!(all[0].1.one, all[1].1.one);
    let body = "The airline closed nine offices in the north. It also closed a school.";
    let all: Vec<_> = told(body).into_iter().filter(|it| it.0 == "closed").collect();
    assert_ne!(all[0].1.one, all[1].1.one);
}

#[test]
fn the_deal_of_one_is_not_that_of_another() {
    let body = "The Orlen deal is worth nine millions. A Sallet deal is worth ten.";
    let all: Vec<_> = told(body).into_iter().filter(|it| it.0 == "deal").collect();
    assert_ne!(all[0].1.one, all[1].1.one);
}

#[test]
fn a_verb_is_told_again_in_its_own_sentence() {
    let body = "The court rejected the protest of the pilots, and most of their claims were \
                rejected.";
    let all: Vec<_> = told(body).into_iter().filter(|it| it.0 == "rejected").collect();
    assert_eq!(all.len(), 2, "{all:?}");
    assert_eq!(all[0].1.one, all[1].1.one);
}

#[test]
fn a_common_verb_of_others_tells_another_thing() {
    let body = "The chairman of the airline spoke in Merrow for an hour. Orlen Air used planes. The \
                weather was fine. The route is long. Sallet used ships.";
    let all: Vec<_> = told(body).into_iter().filter(|it| it.0 == "used").collect();
    assert_eq!(all.len(), 2, "{all:?}");
    assert_ne!(all[0].1.one, all[1].1.one);
}

#[test]
fn a_noun_looks_back_at_another_noun() {
    let body = "Orlen Air and Sallet Air signed a deal in Merrow last week. The agreement pleased \
                the pilots.";
    assert!(are_one(&told(body), "deal", "agreement"));
}

#[test]
fn a_word_of_a_name_is_no_verb() {
    let all = told("Snecing and Orlen Air opened a school for pilots in the north of the country.");
    assert!(all.iter().all(|(words, _)| words != "Snecing"), "{all:?}");
}

#[test]
fn pairs_have_the_clues_of_what_is_compared() {
    let text = "Orlen Air bought nine planes. The purchase has a price.";
    let report = Report::from_text("a.txt", text);
    let kit = Kit::embedded();
    let spans = [Span::new(10, 16), Span::new(34, 42), Span::new(43, 46)];
    let found = pairs(&report, &annotate(&report, kit), kit, &spans);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].last, found[0].next), (0, 1));
    for clue in [
        ["article", "", "noun", "definite"],
        ["count", "", "", "2"],
        ["distance", "verb", "noun", "1"],
        ["quoted", "outside", "outside", ""],
    ] {
        assert!(found[0].clues.contains(&clue), "{:?}", found[0].clues);
    }
}

#[test]
fn given_words_tell_what_they_stand_for() {
    let text = "Orlen Air bought nine planes. The purchase has a price.";
    let report = Report::from_text("a.txt", text);
    let kit = Kit::embedded();
    let spans = [Span::new(10, 16), Span::new(34, 42), Span::new(43, 46)];
    let found = at(&report, &annotate(&report, kit), kit, &spans);
    let ones: Vec<_> = found.iter().map(|it| (report.slice(it.trigger), it.one)).collect();
    assert_eq!(ones, [("bought", 0), ("purchase", 0), ("has", 2)]);
}
