use chancery_text::Report;

use super::{Undertaking, UndertakingKind};
use crate::{Kit, annotate};

fn read(text: &str) -> (Report, Vec<Undertaking>) {
    let report = Report::from_text("test", text);
    let annotations = annotate(&report, Kit::embedded());
    (report, annotations.observed.undertakings)
}

#[test]
fn a_vow_is_a_promise_of_its_complement() {
    let (report, found) = read("Germany has vowed to send aid to Mali.");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].kind, UndertakingKind::Promise);
    assert_eq!(report.slice(found[0].cue), "vowed");
    assert_eq!(report.slice(found[0].what), "to send aid to Mali");
}

#[test]
fn an_urging_is_a_demand_on_somebody() {
    let (_, found) = read("Germany urged France to withdraw its troops.");
    assert_eq!(found[0].kind, UndertakingKind::Demand);
    assert!(!found[0].by.is_empty() && !found[0].to.is_empty());
}

#[test]
fn a_promise_that_was_not_made_is_none() {
    assert_eq!(read("Germany did not promise to send aid.").1, []);
}

#[test]
fn rain_that_is_expected_is_no_expectation_of_anybody() {
    assert_eq!(read("The promising harvest pleased them.").1, []);
}

/// The words of the parties of the first undertaking.
fn parties(text: &str) -> (Vec<String>, Vec<String>) {
    let report = Report::from_text("test", text);
    let observed = annotate(&report, Kit::embedded()).observed;
    let names = |ids: &[chancery_text::RowId]| {
        let named = observed.mentions.iter().filter(|mention| ids.contains(&mention.id));
        named.map(|mention| report.slice(mention.span).to_owned()).collect()
    };
    let first = observed.undertakings.first().expect("the text has an undertaking");
    (names(&first.by), names(&first.to))
}

#[test]
fn a_party_that_no_mention_names_becomes_one() {
    let (by, to) = parties("The beekeepers urged the landlord to mend the roof.");
    assert_eq!((by, to), (vec!["beekeepers".to_owned()], vec!["landlord".to_owned()]));
}

#[test]
fn what_one_says_that_another_must_do_is_a_demand() {
    let (report, found) = read("“Torvia must withdraw its troops,” President Ana Pelm said.");
    assert_eq!(found[0].kind, UndertakingKind::Demand, "{found:?}");
    assert_eq!(report.slice(found[0].cue), "must");
}

#[test]
fn a_condition_may_open_the_sentence() {
    let (report, found) = read("If the siege ends, Germany will send aid, its chancellor said.");
    let condition = found.iter().find_map(|one| one.condition).expect("it has a condition");
    assert_eq!(report.slice(condition), "If the siege ends");
}

#[test]
fn an_inverted_clause_is_a_condition() {
    let (report, found) = read("France threatened to leave should the boycott go on.");
    assert_eq!(found[0].kind, UndertakingKind::Threat);
    let condition = found[0].condition.expect("it has a condition");
    assert_eq!(report.slice(condition), "should the boycott go on");
}

#[test]
fn what_was_asked_supposed_or_thought_is_no_undertaking() {
    for text in [
        "Did Germany promise to send aid?",
        "If Germany promises to send aid, nobody will believe it.",
        "Diplomats believe that Germany will promise aid to Mali.",
        "At no point has Germany threatened to leave.",
    ] {
        assert_eq!(read(text).1, [], "{text}");
    }
}

#[test]
fn analysts_and_the_weather_undertake_nothing() {
    for text in [
        "Analysts expect the bank to cut rates.",
        "A storm is threatening the coast of Kenya.",
        "Heavy rain is expected to fall on Friday.",
    ] {
        assert_eq!(read(text).1, [], "{text}");
    }
}

#[test]
fn some_words_undertake_nothing_whatever_stands_beside_them() {
    for text in [
        "Kenya rejected claims that its army had shelled the town.",
        "The rebels have committed a massacre in Mali, Germany said.",
        "The villagers sought shelter in a church in Mali.",
        "A resident of Aleppo who asked for anonymity said that the road was closed.",
        "Germany has expressed concern that its embassy in Mali would be attacked.",
        "Germany should leave the union.",
        "Kenya has not agreed to clear all the mines that guard its coast.",
        "Lawyers disagreed on Sunday over what Kenya had promised.",
    ] {
        assert_eq!(read(text).1, [], "{text}");
    }
    assert_eq!(read("France said that Germany should leave the union.").1.len(), 1);
    let never = read("Kenya vowed not to attack Mali.").1;
    assert_eq!((never[0].kind, never[0].negated), (UndertakingKind::Promise, true));
    assert_eq!(read("Kenya rejected the offer of Mali.").1[0].kind, UndertakingKind::Refusal);
}

#[test]
fn anonymity_is_no_condition() {
    let text = "Kenya promised to free the prisoners, an official said on condition of anonymity.";
    let found = read(text).1;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].kind, found[0].condition), (UndertakingKind::Promise, None));
}

#[test]
fn what_is_promised_at_a_meeting_is_promised_to_those_met() {
    let text = "A Norwegian delegation met Iran in Oslo last month, promising that the port would stay open.";
    let report = Report::from_text("test", text);
    let observed = annotate(&report, Kit::embedded()).observed;
    let promise = &observed.undertakings[0];
    let to = observed.mentions.iter().find(|mention| promise.to.contains(&mention.id));
    assert_eq!(to.map(|mention| report.slice(mention.span)), Some("Iran"), "{promise:?}");
}

#[test]
fn several_words_may_refuse() {
    let (report, found) = read("Germany has no intention of leaving the union.");
    assert_eq!(found[0].kind, UndertakingKind::Refusal, "{found:?}");
    assert_eq!(report.slice(found[0].cue), "has no intention of");
}

#[test]
fn any_text_is_read_without_a_panic() {
    for text in [
        "",
        "if",
        "unless unless will",
        "“We will”",
        "based on on",
        "🦀 vowed to 🦀.",
        "we said we",
        ": must",
    ] {
        read(text);
    }
}

#[test]
fn a_text_may_end_with_what_opens_a_condition() {
    for text in [
        "“We will not leave unless",
        "“We will leave if”",
        "“Nobody will leave before”, he said if",
    ] {
        crate::annotate(&chancery_text::Report::from_text("a", text), crate::Kit::embedded());
    }
}

#[test]
fn harm_that_will_not_be_done_is_promised() {
    let (_, found) = read("France said it would not hinder deliveries of Polish grain.");
    assert_eq!((found[0].kind, found[0].negated), (UndertakingKind::Promise, true));
}

#[test]
fn harm_is_promised_to_whom_it_would_be_done() {
    let text = "France promised in writing not to use the corridor or the ports against Poland.";
    assert_eq!(parties(text).1, ["Poland"]);
    let text = "France and Poland pledged to respect each other's borders.";
    assert_eq!(parties(text).1, ["France", "Poland"]);
}

#[test]
fn both_sides_are_two_who_promise() {
    let before = "France and Poland signed a treaty on Monday.";
    for (rest, phrase) in [
        ("Both sides promised to train troops.", "Both sides"),
        ("The two countries agreed to train troops.", "The two countries"),
        ("The two agreed to train troops.", "The two"),
    ] {
        assert_eq!(parties(&format!("{before} {rest}")).0, [phrase; 2], "{rest}");
    }
}

#[test]
fn a_town_that_one_leaves_is_told_nothing() {
    let (by, to) = parties("The rebels promised to withdraw from Lublin within ten days.");
    assert_eq!((by.len(), to.len()), (1, 0), "{by:?} {to:?}");
}

#[test]
fn what_is_given_asked_or_feared_without_a_stake_is_no_undertaking() {
    for text in [
        "Former employees have offered sharp critiques of the bank.",
        "The French ministry did not respond to a request for comment.",
        "France insisted that it was in full compliance with the treaty.",
        "Torek Farhadi wants to land in Oslo on Monday.",
        "The bank expects a heavy loss.",
        "French income would be subject to a 15 percent tax.",
        "Doctors warned of a shortage of beds.",
        "The president’s ire will not go down well with Poland.",
        "The law allowed companies to defer taxes.",
    ] {
        assert_eq!(read(text).1, [], "{text}");
    }
}
