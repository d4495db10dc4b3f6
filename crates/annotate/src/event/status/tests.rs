use chancery_text::{Report, Span};

use crate::event::{Status, statuses};
use crate::{Kit, Read, annotate};

/// The status of the one word of a text that stands in brackets.
fn status_of(text: &str) -> Status {
    let (before, rest) = text.split_once('[').unwrap();
    let (word, after) = rest.split_once(']').unwrap();
    let report = Report::from_text("test", &format!("{before}{word}{after}"));
    let annotations = annotate(&report, Kit::embedded());
    let read = Read {
        report: &report,
        sentences: &annotations.sentences,
        tokens: &annotations.tokens,
        syntax: &annotations.syntax,
    };
    let named = [vec![Span::of(before.len()..before.len() + word.len())]];
    statuses(read, &named, &Kit::embedded().events)[0].unwrap()
}

#[test]
fn what_one_is_to_do_is_planned() {
    for text in [
        "The talks are to be [held] in Arlen on Friday.",
        "The envoys are going to [meet] in Arlen.",
        "The ministry was selected to [build] the port.",
        "The army signed a contract to [buy] tanks.",
        "The army closed two bases in order to [cut] costs.",
        "The minister said that the army would [leave] Arlen.",
        "The army would [leave] Arlen, the minister said.",
        "The minister will resign when the treaty is [signed].",
    ] {
        assert_eq!(status_of(text), Status::Planned, "{text}");
    }
}

#[test]
fn what_one_wants_is_called_for() {
    assert_eq!(status_of("The rebels want to [leave] the city."), Status::CalledFor);
    assert_eq!(status_of("The bank filed for [protection] on Monday."), Status::CalledFor);
}

#[test]
fn what_one_can_do_is_a_supposition_and_what_one_will_be_able_to_do_a_plan() {
    assert_eq!(status_of("The rebels are able to [leave]."), Status::Hypothetical);
    assert_eq!(status_of("The rebels will be able to [leave]."), Status::Planned);
    assert_eq!(status_of("The rebels seem to [control] the town."), Status::Hypothetical);
}

#[test]
fn what_stops_is_negated_even_if_it_would_stop() {
    for text in [
        "The ministry said that the firm would cease [selling] arms.",
        "The army can no longer [hold] the town.",
        "The parliament rejected a plan to [raise] taxes.",
        "A plan to [raise] taxes failed on Friday.",
    ] {
        assert_eq!(status_of(text), Status::Negated, "{text}");
    }
}

#[test]
fn nouns_of_what_is_to_come_are_to_come() {
    for text in [
        "The government will provide [assistance] to the refugees.",
        "The minister outlined a [reconstruction] plan for Arlen.",
        "The [trial] is set to begin on Wednesday.",
    ] {
        assert_eq!(status_of(text), Status::Planned, "{text}");
    }
    assert_eq!(status_of("The parties will resolve the [dispute]."), Status::Happened);
    assert_eq!(status_of("The government announced a [plan] on Friday."), Status::Happened);
    assert_eq!(status_of("The rebels committed the [attack] on Arlen."), Status::Happened);
}

#[test]
fn a_copula_is_as_real_as_what_it_says() {
    assert_eq!(status_of("Arlen will [be] the capital of the region."), Status::Planned);
    assert_eq!(status_of("The plan [is] to close the port."), Status::Happened);
    assert_eq!(status_of("Arlen [is] the capital of the region."), Status::Happened);
}

#[test]
fn what_accompanies_a_call_is_not_called_for() {
    let text = "The council called for a ceasefire, [citing] the number of victims.";
    assert_eq!(status_of(text), Status::Happened);
}

fn all_are(status: Status, texts: &[&str]) {
    for text in texts {
        assert_eq!(status_of(text), status, "{text}");
    }
}

#[test]
fn what_stands_under_a_condition_is_supposed() {
    let texts = [
        "Ruvania will [withdraw] its troops if the rebels leave Arlen.",
        "Ruvania will be forced to [withdraw] if it is attacked.",
        "[Stop] the convoy if the rebels attack it.",
        "If the rebels do not [leave] Arlen, the army will attack.",
    ];
    all_are(Status::Hypothetical, &texts);
    let texts = [
        "Ruvania will [withdraw] its troops even if the rebels attack.",
        "Ruvania will [withdraw] more troops if necessary.",
    ];
    all_are(Status::Planned, &texts);
    assert_eq!(
        status_of("The minister [threatened] to resign if the bill passes."),
        Status::Happened
    );
}

#[test]
fn would_is_a_plan_where_it_is_told_back_in_the_past() {
    assert_eq!(status_of("The ministry said that it would [close] the port."), Status::Planned);
    assert_eq!(
        status_of("The ministry says that a strike would [close] the port."),
        Status::Hypothetical
    );
    assert_eq!(status_of("The army should have [left] Arlen."), Status::Hypothetical);
}

#[test]
fn what_one_is_accused_of_is_alleged() {
    let texts = [
        "The minister accused the rebels of [using] poison gas.",
        "Two guards were accused of [stealing] blankets.",
        "The guard was charged with [killing] a farmer.",
    ];
    all_are(Status::Hypothetical, &texts);
    assert_eq!(status_of("Ruvania denied [carrying] out the raids."), Status::Denied);
}

#[test]
fn what_one_makes_others_do_is_done() {
    let texts = [
        "The raid forced the rebels to [leave] Arlen.",
        "The raid prompted the rebels to [leave] Arlen.",
        "The army allowed them to [leave] Arlen.",
    ];
    all_are(Status::Happened, &texts);
}

#[test]
fn what_one_fights_for_is_to_come() {
    let texts = [
        "Rebels fighting to [topple] the king took two towns.",
        "The experts are tasked with [investigating] three raids.",
        "The minister will fly to Arlen, [meeting] the king.",
        "The minister is [meeting] the king tomorrow.",
    ];
    all_are(Status::Planned, &texts);
}

#[test]
fn a_participle_says_by_its_form_what_its_noun_is() {
    assert_eq!(status_of("The envoys condemned the planned [attack]."), Status::Planned);
    assert_eq!(status_of("The envoys regretted the cancelled [visit]."), Status::Negated);
    assert_eq!(status_of("The envoys condemned the suspected [raid]."), Status::Hypothetical);
    assert_eq!(status_of("The planned [talks] took place on Friday."), Status::Happened);
    assert_eq!(status_of("Ten rebels died in the failed [offensive] on Arlen."), Status::Happened);
}

#[test]
fn what_a_plan_holds_is_planned() {
    let texts = [
        "The government has a plan that includes [closures] of mines.",
        "The company is aiming at a [takeover].",
    ];
    for text in texts {
        assert!(matches!(status_of(text), Status::Planned | Status::CalledFor), "{text}");
    }
}

#[test]
fn an_adjective_says_what_its_subject_is() {
    let texts = ["A [war] is likely.", "A [deal] became possible on Friday."];
    all_are(Status::Hypothetical, &texts);
}

#[test]
fn an_attack_that_kills_was_made() {
    let texts = [
        "A mortar [attack] on the Arlen opera killed two people on Sunday.",
        "This is not the first village to be [bombed].",
        "This is the first car bomb attack to [hit] Arlen.",
        "The army repelled an [attack] on Arlen.",
        "Parliament rejected the [demand].",
    ];
    all_are(Status::Happened, &texts);
    assert_eq!(status_of("The army foiled an [attack] on Arlen."), Status::Negated);
}

#[test]
fn what_grows_is_there() {
    assert_eq!(status_of("The [loss] could swell further."), Status::Happened);
    assert_eq!(status_of("Ruvania will intensify its [raids]."), Status::Happened);
    assert_eq!(status_of("The council called for a review of the [raid]."), Status::Happened);
}
