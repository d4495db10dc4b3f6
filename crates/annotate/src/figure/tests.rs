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
