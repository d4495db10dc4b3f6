use chancery_text::Report;

use super::{Event, EventType, Status};
use crate::{Annotations, Kit, annotate};

fn read(text: &str) -> (Report, Annotations) {
    let report = Report::from_text("test", text);
    let annotations = annotate(&report, Kit::embedded());
    (report, annotations)
}

fn events(text: &str) -> Vec<Event> {
    read(text).1.observed.events
}

fn told(text: &str) -> Vec<(EventType, Status)> {
    events(text).iter().map(|event| (event.plover, event.status)).collect()
}

#[test]
fn a_meeting_has_both_sides() {
    let (report, annotations) = read("French officials met with German officials in Geneva.");
    let events = annotations.observed.events;
    assert_eq!(events.len(), 1, "{events:?}");
    assert_eq!(events[0].plover, EventType::Consult);
    assert_eq!(report.slice(events[0].trigger), "met");
    assert!(!events[0].sources.is_empty() && !events[0].targets.is_empty());
}

#[test]
fn a_passive_turns_the_sides() {
    let events = events("The French minister was praised by German officials.");
    assert_eq!(events[0].plover, EventType::Support);
    assert!(events[0].sources[0] != events[0].targets[0]);
}

#[test]
fn a_verb_that_goes_on_with_a_passive_is_one_though_it_looks_like_an_adjective() {
    for text in [
        "Twelve German soldiers were killed and 20 wounded in the raid.",
        "Twelve German soldiers were killed and around 20 were injured on Friday.",
    ] {
        let events = events(text);
        assert_eq!(events.len(), 2, "{events:?}");
        assert!(events.iter().all(|event| event.plover == EventType::Assault), "{events:?}");
        assert!(events.iter().all(|event| event.sources.is_empty()), "{events:?}");
    }
}

#[test]
fn a_will_makes_a_plan() {
    let told = told("The French minister will visit Germany.");
    assert_eq!(told, [(EventType::Consult, Status::Planned)]);
}

#[test]
fn a_refusal_is_a_reject_and_a_negated_act() {
    let told = told("Germany has refused to release the prisoners.");
    assert!(told.contains(&(EventType::Reject, Status::Happened)), "{told:?}");
    assert!(told.contains(&(EventType::Retreat, Status::Negated)), "{told:?}");
}

#[test]
fn what_is_urged_is_only_called_for() {
    let told = told("Germany urged France to withdraw its troops.");
    assert!(told.contains(&(EventType::Request, Status::Happened)), "{told:?}");
    assert!(told.contains(&(EventType::Retreat, Status::CalledFor)), "{told:?}");
}

#[test]
fn a_storm_is_no_actor() {
    assert_eq!(told("The storm killed twelve Germans."), []);
}

#[test]
fn saying_is_no_event() {
    assert_eq!(told("The German minister said that the weather was fine."), []);
}

#[test]
fn any_text_is_read_without_a_panic() {
    for text in
        ["", "\u{0}", "“will", "must must must", "🦀 met 🦀.", "to to to attack of of of", ")))((("]
    {
        events(text);
    }
}

#[test]
fn spans_hold_their_triggers() {
    let text = "France, which had broken off talks, agreed on Monday to send aid to Mali. It called off the visit.";
    for event in events(text) {
        assert!(event.span.contains(event.trigger), "{event:?}");
    }
}

/// The words of the first event's sources and targets.
fn sides_of(text: &str) -> (Vec<String>, Vec<String>) {
    sides_where(text, |_| true)
}

/// The same of the first event of a type.
fn parties(text: &str, plover: EventType) -> (Vec<String>, Vec<String>) {
    sides_where(text, |event| event.plover == plover)
}

fn sides_where(text: &str, wanted: impl Fn(&Event) -> bool) -> (Vec<String>, Vec<String>) {
    let (report, annotations) = read(text);
    let observed = annotations.observed;
    let words = |ids: &[chancery_text::RowId]| {
        let mentions = observed.mentions.iter().filter(|mention| ids.contains(&mention.id));
        mentions.map(|mention| report.slice(mention.span).to_owned()).collect()
    };
    let event = observed.events.iter().find(|event| wanted(event));
    let event = event.unwrap_or_else(|| panic!("no such event in {text}"));
    (words(&event.sources), words(&event.targets))
}

fn sides(sources: &[&str], targets: &[&str]) -> (Vec<String>, Vec<String>) {
    let own = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    (own(sources), own(targets))
}

#[test]
fn an_act_reaches_beyond_its_own_phrases() {
    let text = "France sent troops to help the German army.";
    assert_eq!(sides_of(text), sides(&["France"], &["German army"]));
    let text = "France declared a ceasefire in Mali on Monday.";
    assert_eq!(sides_of(text), sides(&["France"], &["Mali"]));
}

#[test]
fn the_forces_that_are_sent_are_no_target() {
    let text = "France deployed 300 soldiers to Mali.";
    assert_eq!(sides_of(text), sides(&["France"], &["Mali"]));
    let text = "France withdrew its troops from Mali.";
    assert_eq!(sides_of(text), sides(&["France"], &["Mali"]));
}

#[test]
fn whoever_answers_for_an_attack_did_it() {
    let text = "The Taliban claimed responsibility for the attack on German soldiers.";
    assert_eq!(sides_of(text), sides(&["Taliban"], &["German soldiers"]));
}

#[test]
fn a_town_before_a_bombing_did_not_do_it() {
    assert!(sides_of("A Damascus car bomb killed twelve Germans.").0.is_empty());
}

#[test]
fn nobody_says_nothing() {
    assert_eq!(told("The offensive aims to protect Mali."), []);
    let told = told("Germany was accused of bombing Mali.");
    assert!(told.contains(&(EventType::Accuse, Status::Happened)), "{told:?}");
}

#[test]
fn a_plan_is_an_agreement_or_a_threat_to_coders_without_statuses() {
    let coded = |text: &str| events(text)[0].coded_type();
    assert_eq!(coded("The French minister will visit Germany."), EventType::Agree);
    assert_eq!(coded("France will impose sanctions on Germany."), EventType::Threaten);
    assert_eq!(coded("France imposed sanctions on Germany."), EventType::Sanction);
}

#[test]
fn a_clause_after_a_conjunction_that_looks_like_a_preposition_has_its_subjects() {
    let text = "Prices fell in Lagos on Friday after France and Poland signed a treaty in Oslo.";
    assert_eq!(parties(text, EventType::Support).0, ["France", "Poland"]);
}

#[test]
fn thanks_by_telephone_are_given_by_who_gives_them() {
    let text = "Torek Farhadi thanked Ilmar Sundvik by telephone on Wednesday.";
    let told = sides(&["Torek Farhadi"], &["Ilmar Sundvik"]);
    assert_eq!(parties(text, EventType::Support), told);
}

#[test]
fn who_tells_of_a_deed_is_not_its_target() {
    let text =
        "French President Torek Farhadi condemned the strikes, his spokesman, Ilmar Sundvik, said.";
    assert_eq!(parties(text, EventType::Accuse).1, [""; 0]);
}

#[test]
fn a_statement_that_urges_is_its_authors() {
    let text = "French officials issued a statement urging Poland to withdraw its troops.";
    assert_eq!(parties(text, EventType::Request), sides(&["French officials"], &["Poland"]));
}

#[test]
fn an_army_post_is_the_armys() {
    let targets =
        parties("Rebels attacked an army post near Oslo on Monday.", EventType::Assault).1;
    assert_eq!(targets, ["army"]);
}

#[test]
fn an_inverted_should_demands_nothing() {
    let text = "Torek Farhadi said France would leave should Poland break its word.";
    assert!(told(text).iter().all(|(plover, _)| *plover != EventType::Request));
}

#[test]
fn hosts_of_talks_are_no_parties() {
    let text = "Oman hosted several rounds of talks between France and Poland in 2021.";
    let events = read(text).1.observed.events;
    assert!(events.iter().all(|event| event.plover == EventType::Consult), "{events:?}");
    let both = ["France", "Poland"];
    assert_eq!(parties(text, EventType::Consult), sides(&both, &both));
}
