use super::*;

fn read(text: &str) -> Vec<(String, String)> {
    read_alone(text, &TimeKit::embedded())
}

fn values(text: &str) -> Vec<String> {
    read(text).into_iter().map(|(_, value)| value).collect()
}

fn words(text: &str) -> Vec<String> {
    read(text).into_iter().map(|(words, _)| words).collect()
}

#[test]
fn the_shipped_data_has_no_faults() {
    let faults: Vec<_> = check().iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_span_of_years_is_two_years() {
    assert_eq!(values("Their rule from 1996 until 2001 was harsh."), ["1996", "2001"]);
}

#[test]
fn may_the_modal_and_the_person_are_no_months() {
    assert_eq!(words("They may go. Theresa May spoke to May by phone."), [""; 0]);
}

#[test]
fn a_brigade_named_for_a_day_is_no_day() {
    assert_eq!(words("The March 7 Brigade and the March 14 alliance clashed."), [""; 0]);
}

#[test]
fn a_count_is_no_year() {
    assert_eq!(words("Some 2000 people and 1500 troops fled."), [""; 0]);
}

#[test]
fn an_age_is_no_duration() {
    assert_eq!(words("A 34-year-old man died."), [""; 0]);
}

#[test]
fn a_list_of_days_gives_each() {
    assert_eq!(values("Held on July 26-27, 2021."), ["2021-07-26", "2021-07-27"]);
    assert_eq!(words("Held on July 26-27, 2021."), ["July 26", "27, 2021"]);
    assert_eq!(values("Held on 26-27 July 2021."), ["2021-07-26", "2021-07-27"]);
}

#[test]
fn eras_are_times_where_a_time_is_asked_for() {
    assert_eq!(values("The border has been quiet since World War II."), ["1939/1945"]);
    assert_eq!(words("It held firm during the Cold War."), ["Cold War"]);
    assert_eq!(words("A World War II veteran spoke."), [""; 0]);
}

#[test]
fn two_units_are_one_length() {
    assert_eq!(values("He was held for two years and three months."), ["P27M"]);
    assert_eq!(values("It ran for one hour and 40 minutes."), ["PT100M"]);
    assert_eq!(values("They met for two days and three weeks on."), ["P2D", "P3W"]);
}

#[test]
fn a_day_may_be_followed_by_its_direction() {
    let text = "The order of 5 March last, to take force on the 1st day of August next.";
    assert_eq!(values(text), ["2021-03-05", "2021-08-01"]);
    assert_eq!(words("They met on 5 March last week."), ["5 March", "last week"]);
}

#[test]
fn no_input_makes_the_grammar_panic() {
    for text in
        ["", "’", "the", "’80", "last", "28 July 9999", "every", "a few", "1,2,3-4-5/6:7", "é 5 é"]
    {
        read(text);
    }
    for text in
        ["the first week of", "year-", "the same period", "9 o'", "32767 BC", "H1", "FY", "5 to"]
    {
        read(text);
    }
}

#[test]
fn a_weekday_without_a_report_date_stays_open() {
    let anchor = Anchor {
        now: Interval::OPEN,
        told: None,
        period: None,
        since: None,
        tense: resolve::Tense::Past,
    };
    let meaning = Meaning::Weekday {
        weekday: jiff::civil::Weekday::Wednesday,
        direction: meaning::Direction::Bare,
        daytime: None,
    };
    let worth = worth(&meaning, anchor);
    assert_eq!((worth.value.as_str(), worth.interval), ("XXXX-WXX-3", Interval::OPEN));
}

#[test]
fn a_weekday_may_be_of_last_week() {
    assert_eq!(values("It was shelled on Thursday night last week."), ["2021-07-22TNI"]);
    assert_eq!(words("They will meet on Monday of next week."), ["Monday of next week"]);
    assert_eq!(words("They met on Monday, last week’s busiest day."), ["Monday", "last week"]);
}
