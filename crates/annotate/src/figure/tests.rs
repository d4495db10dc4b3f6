use super::*;

fn words(text: &str) -> Vec<String> {
    read_alone(text, &FigureKit::embedded()).into_iter().map(|(words, _)| words).collect()
}

#[test]
fn the_shipped_data_has_no_faults() {
    let faults: Vec<_> = check().iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn names_with_numbers_are_no_figures() {
    let text = "Under Resolution 2254 the MiG-29 and F-16 of the G7 flew, Rossiya 24 said.";
    assert_eq!(words(text), [""; 0]);
}

#[test]
fn the_two_and_one_of_are_no_figures() {
    assert_eq!(words("One of the two sides told the other one that no one came."), [""; 0]);
}

#[test]
fn ordinals_scores_and_list_numbers_are_no_figures() {
    assert_eq!(words("The 3rd and the fourth team lost 2-1."), [""; 0]);
    assert_eq!(words("1. Talks resume"), [""; 0]);
}

/// Unit and state of each figure of a report.
fn read(text: &str) -> Vec<(String, String)> {
    let mut report = chancery_text::Report::from_text("a.txt", text);
    report.metadata.language = Some("en".to_owned());
    let observed = crate::annotate(&report, crate::Kit::embedded()).observed;
    let cell = |cell: Option<String>| cell.unwrap_or("-".to_owned());
    observed.figures.into_iter().map(|figure| (cell(figure.unit), cell(figure.state))).collect()
}

fn units(text: &str) -> Vec<String> {
    read(text).into_iter().map(|(unit, _)| unit).collect()
}

#[test]
fn people_are_known_by_their_noun_and_where_it_is_left_out() {
    assert_eq!(units("The army moved 40 welders and 30 tanks to the coast."), ["person", "-"]);
    assert_eq!(
        units("The shelling killed nine and wounded 14, four of them nurses."),
        ["person"; 3]
    );
    assert_eq!(units("The mudslide buried a town of 3,100 and 60 trucks."), ["person", "-"]);
    assert_eq!(units("Seven rockets were fired and two were shot down."), ["-", "-"]);
    assert_eq!(units("The death toll from the floods rose to 61 on Friday."), ["person"]);
}

#[test]
fn a_report_tells_whose_rupees_it_counts() {
    let text = "Officials in Karachi, Pakistan, said the dam would cost 300 million rupees.";
    assert_eq!(units(text), ["PKR"]);
    assert_eq!(units("Officials in Mumbai said the dam would cost 300 million rupees."), ["INR"]);
}

#[test]
fn millions_after_money_and_changes_keep_their_unit() {
    let text = "The bank lent the port €12 million and returned a deposit of 9 million.";
    assert_eq!(units(text), ["EUR", "EUR"]);
    assert_eq!(units("Support fell from 44 to 39 percent."), ["%", "%"]);
}

#[test]
fn ages_are_years() {
    assert_eq!(
        units("The pilot, Oren Hale, 52, was freed with a guard aged 34 and a cook."),
        ["year"; 2]
    );
}

#[test]
fn the_state_is_read_through_units_and_parts() {
    let states = |text: &str| read(text).into_iter().map(|(_, state)| state).collect::<Vec<_>>();
    assert_eq!(states("Soldiers seized 90 tonnes of grain."), ["capture"]);
    assert_eq!(states("Gunmen killed six farmers, including two brothers."), ["kill", "kill"]);
}

#[test]
fn no_input_makes_the_numbers_panic() {
    for text in [
        "",
        "$",
        "between",
        "1,",
        "99999999999999999999",
        "½",
        "a",
        "ten-",
        "hundred and",
        "5 to",
        "é5é",
    ] {
        words(text);
    }
}
