//! When: what dates an act, and what does not.

use chancery_text::Report;

use super::{Event, EventType};
use crate::{Kit, annotate};

fn events(text: &str) -> Vec<Event> {
    let mut report = Report::from_text("test", text);
    report.metadata.published = Some("2016-03-10".into());
    annotate(&report, Kit::embedded()).observed.events
}

/// The days of the first event of a type whose clause holds some words.
fn when(text: &str, plover: EventType, words: &str) -> String {
    let found = events(text);
    let at = text.find(words).expect("the words stand in the text") as u32;
    let one = found.iter().find(|it| it.plover == plover && it.trigger.start == at);
    one.map_or_else(|| format!("none of {found:?}"), |event| event.when.to_string())
}

const FILLER: &str = "The weather in the hills was bad for the whole of the week. ";

#[test]
fn the_attack_is_of_the_day_that_the_attack_was_told_of() {
    let text = format!(
        "{FILLER}On Tuesday French troops attacked German rebels near Lyon. \
         The attack killed nine German rebels."
    );
    assert_eq!(when(&text, EventType::Assault, "killed nine"), "2016-03-08");
}

#[test]
fn an_earlier_attack_is_of_no_day_that_is_told() {
    let text = format!(
        "{FILLER}On Tuesday French troops attacked German rebels near Lyon. \
         An earlier attack killed nine German soldiers."
    );
    assert_eq!(when(&text, EventType::Assault, "killed nine"), "../2016-03-10");
}

#[test]
fn what_came_after_a_day_lies_between_it_and_the_report() {
    let text = format!("{FILLER}French troops attacked German rebels after the truce of Monday.");
    assert_eq!(when(&text, EventType::Assault, "attacked"), "2016-03-07/2016-03-10");
}

#[test]
fn months_ago_is_within_a_year_and_not_last_month() {
    let text = format!("{FILLER}French troops attacked German rebels months ago.");
    assert_eq!(when(&text, EventType::Assault, "attacked"), "2015-03-10/2016-01-10");
}

#[test]
fn the_day_of_a_telling_is_not_that_of_what_it_tells() {
    let text = format!(
        "{FILLER}On Monday an inquiry found that French troops had attacked German rebels."
    );
    assert_eq!(when(&text, EventType::Assault, "attacked"), "../2016-03-10");
}

#[test]
fn who_condemns_a_raid_does_so_on_its_day_or_later() {
    let text = format!("{FILLER}The French minister condemned the German raid of Monday.");
    assert_eq!(when(&text, EventType::Accuse, "condemned"), "2016-03-07/2016-03-10");
}

#[test]
fn what_leads_is_news_of_the_day_or_the_one_before() {
    let text = "French troops attacked German rebels near the old harbour of Lyon.";
    assert_eq!(when(text, EventType::Assault, "attacked"), "2016-03-09/2016-03-10");
}

#[test]
fn those_who_act_on_each_other_during_a_meeting_met() {
    let text =
        format!("{FILLER}The French minister urged German rebels to leave during a meeting.");
    let found = events(&text);
    let met = found.iter().find(|event| event.plover == EventType::Consult);
    assert!(met.is_some_and(|it| it.sources.len() == 1 && it.targets.len() == 1), "{found:?}");
}

#[test]
fn who_only_speaks_during_a_meeting_met_nobody_named() {
    let text =
        format!("{FILLER}The French minister told reporters during a meeting that she would go.");
    let found = events(&text);
    assert!(found.iter().all(|event| event.plover != EventType::Consult), "{found:?}");
}

#[test]
fn two_that_agree_are_the_parties_of_their_agreement() {
    let text = format!(
        "{FILLER}France and Germany agreed to share news of people missing from Spanish towns."
    );
    let found = events(&text);
    let agreed = found.iter().find(|event| event.plover == EventType::Agree);
    assert!(agreed.is_some_and(|it| it.sources == it.targets), "{found:?}");
}

#[test]
fn who_uses_what_is_taken_is_whom_it_is_taken_from() {
    let text = format!("{FILLER}Rebels took control of two bridges used by Germany.");
    let found = events(&text);
    let taken = found.iter().find(|event| event.plover == EventType::Coerce);
    assert!(taken.is_some_and(|it| it.targets.len() == 1), "{found:?}");
}
