use chancery_text::Report;

use super::*;
use crate::{Kit, annotate};

/// What a text states: `subject kind object`, with `(ended)`, `(not)`, `(said)` and the days it held.
fn stated(text: &str) -> Vec<String> {
    let report = Report::from_text("a.txt", text);
    let observed = annotate(&report, Kit::embedded()).observed;
    let name = |id: RowId| {
        let mention = observed.mentions.iter().find(|mention| mention.id == id).unwrap();
        report.slice(mention.head_span)
    };
    let line = |row: &Relation| {
        let mut line = format!("{} {} {}", name(row.subject), row.kind, name(row.object));
        for (mark, is) in
            [("ended", row.ended), ("not", row.negated), ("said", row.quotation.is_some())]
        {
            line += &if is { format!(" ({mark})") } else { String::new() };
        }
        if !row.held.is_open() {
            line += &format!(" {}", row.held);
        }
        assert!(row.span.contains(row.trigger));
        line
    };
    observed.relations.iter().map(line).collect()
}

#[test]
fn an_apposition_says_who_heads_what() {
    let found = stated("Pavel Norrin, the leader of the Tesk Liberation Front, met the envoy.");
    assert_eq!(found, ["Pavel Norrin heads Tesk Liberation Front"]);
}

#[test]
fn a_title_before_a_name_says_it_too() {
    assert_eq!(stated("Hezbollah leader Pavel Norrin left."), ["Pavel Norrin heads Hezbollah"]);
    assert_eq!(stated("Polish President Pavel Norrin left."), ["Pavel Norrin heads Polish"]);
}

#[test]
fn a_minister_serves_his_state_and_does_not_head_it() {
    let found = stated("Polish Foreign Minister Pavel Norrin left the town.");
    assert_eq!(found, ["Pavel Norrin serves Polish"]);
}

#[test]
fn a_deputy_serves_and_one_of_many_leaders_belongs() {
    assert_eq!(stated("Hamas deputy leader Pavel Norrin left."), ["Pavel Norrin serves Hamas"]);
    let found = stated("Pavel Norrin, a senior leader of Hamas, left the town.");
    assert_eq!(found, ["Pavel Norrin belongs-to Hamas"]);
}

#[test]
fn who_leads_the_opposition_does_not_lead_the_state() {
    let found = stated("Polish opposition leader Pavel Norrin left the town.");
    assert!(!found.iter().any(|row| row.contains("heads Polish")), "{found:?}");
}

#[test]
fn what_was_is_ended_and_what_is_denied_is_negated() {
    let found = stated("Pavel Norrin, the former head of the African Union, left the town.");
    assert_eq!(found, ["Pavel Norrin heads African Union (ended)"]);
    let found = stated("Pavel Norrin is not a member of Hezbollah.");
    assert_eq!(found, ["Pavel Norrin belongs-to Hezbollah (not)"]);
}

#[test]
fn what_may_come_is_no_relation() {
    assert_eq!(stated("Pavel Norrin wants to join Hezbollah."), Vec::<String>::new());
    assert_eq!(stated("Norway could become a member of NATO."), Vec::<String>::new());
    let found = stated("Pavel Norrin, an alleged member of Hezbollah, left the town.");
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn since_opens_and_until_closes_the_days_it_held() {
    let found = stated("Pavel Norrin has led Hamas since 2014.");
    assert_eq!(found, ["Pavel Norrin heads Hamas 2014-01-01/.."]);
    let found = stated("Pavel Norrin headed the African Union from 2006 to 2014.");
    assert_eq!(found, ["Pavel Norrin heads African Union 2006-01-01/2014-12-31"]);
}

#[test]
fn a_designation_begins_in_the_year_it_names() {
    let found = stated("Norway designated Hezbollah as a terrorist organisation in 2018.");
    assert_eq!(found, ["Hezbollah designated-by Norway 2018-01-01/.."]);
    assert_eq!(stated("Norway designated Hezbollah as a partner."), Vec::<String>::new());
}

#[test]
fn a_hyphen_ties_a_backer_to_those_it_backs() {
    let found = stated("The Norway-backed Houthis attacked the town.");
    assert_eq!(found, ["Norway backs Houthis"]);
    let found = stated("Norway-led coalition forces struck the town.");
    assert_eq!(found, ["Norway heads coalition forces"]);
}

#[test]
fn brackets_hold_another_name() {
    let found = stated("The Tesk Liberation Front (TLF) attacked the town.");
    assert_eq!(found, ["Tesk Liberation Front same-as TLF"]);
}

#[test]
fn allies_members_and_parts_are_told_by_nouns() {
    let found = stated("Norway, a close ally of the United States, sent aid.");
    assert_eq!(found, ["Norway allied-with United States"]);
    assert_eq!(stated("Norway, a NATO member, sent aid."), ["Norway belongs-to NATO"]);
}

#[test]
fn two_ministers_of_two_states_serve_each_his_own() {
    let text = "Polish Foreign Minister Pavel Norrin and Russian Defence Minister Odo Brandt met.";
    assert_eq!(stated(text), ["Pavel Norrin serves Polish", "Odo Brandt serves Russian"]);
}

#[test]
fn a_mark_between_a_country_and_a_title_parts_them() {
    let found = stated("“They will go into Iraq,” spokesman Pavel Norrin said.");
    assert!(!found.iter().any(|row| row.contains("Iraq")), "{found:?}");
}

#[test]
fn an_organisation_that_only_lends_its_name_to_a_thing_is_no_side() {
    let found = stated("A Hezbollah-affiliated Facebook page showed it.");
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_relation_in_a_quotation_is_on_its_speakers_word() {
    let found = stated("“Norway supports Hezbollah,” the general of Poland said.");
    assert_eq!(found, ["Norway backs Hezbollah (said)"]);
}

#[test]
fn every_rule_fires_where_it_must_and_nowhere_else() {
    assert_eq!(check(), []);
}
