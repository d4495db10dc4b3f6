use chancery_annotate::event::{EventType, Status};
use chancery_annotate::figure::Bound;

use super::super::{resolve, sample::Sample};
use crate::record::Topic;

fn blast(outlet: &str, date: &str, number: &str, value: f64, bound: Bound) -> crate::Reading {
    let phrase = format!("{number} people");
    let clause = format!("a rebel bomb killed {phrase} in Tavish market");
    Sample::new(&format!("On Monday {clause}, {outlet} reports."))
        .outlet(outlet)
        .dated(date)
        .person("rebel", "group:orlen-rebels", "", "")
        .event(&clause, "killed", EventType::Assault, ("rebel", ""), "2021-07-05", Status::Happened)
        .bounded(&phrase, value, "people", "kill", bound)
        .reading()
}

fn topics(readings: &[crate::Reading]) -> Vec<Topic> {
    resolve(readings).disagreements.into_iter().map(|row| row.topic).collect()
}

#[test]
fn two_tolls_of_one_day_disagree() {
    let left = blast("Merrow Post", "2021-07-05", "nine", 9.0, Bound::Exact);
    let right = blast("Tarn Times", "2021-07-05", "four", 4.0, Bound::Exact);
    assert_eq!(topics(&[left, right]), [Topic::Figure]);
}

#[test]
fn who_says_the_same_two_numbers_stands_in_one_row() {
    let outlets =
        [("Merrow Post", "nine", 9.0), ("Tarn Times", "four", 4.0), ("Pelm", "four", 4.0)];
    let readings = outlets
        .map(|(outlet, number, value)| blast(outlet, "2021-07-05", number, value, Bound::Exact));
    let rows = resolve(&readings).disagreements;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].evidence.len(), 3);
}

#[test]
fn a_toll_that_rises_is_a_change_over_time() {
    let left = blast("Merrow Post", "2021-07-05", "four", 4.0, Bound::Exact);
    let right = blast("Tarn Times", "2021-07-06", "nine", 9.0, Bound::Exact);
    assert_eq!(topics(&[left, right]), []);
}

#[test]
fn a_toll_of_at_least_so_many_may_rise_too() {
    let report = |speaker: &str, phrase: &str, value: f64, bound: Bound, day: &str| {
        // Not the news of the report: what opens it may tell one number within the other.
        let opening = match value {
            9.0 => "The envoys of the two towns spoke for an hour about grain and salt. ",
            _ => "Snow lay on the passes so that no post came down to the coast. ",
        };
        let toll =
            format!("howitzers that shelled the Tavish granary and its orchard killed {phrase}");
        Sample::new(&format!("{}{speaker} said {toll}.", opening.repeat(4)))
            .dated(day)
            .person(speaker, &format!("person:{speaker}"), "", "")
            .says(speaker, &toll)
            .bounded(phrase, value, "people", "kill", bound)
            .reading()
    };
    let of_19 = |day: &str| report("Odo Brandt", "19 people", 19.0, Bound::Exact, day);
    let of_9 = |day: &str| report("Ruta Kolm", "at least 9 people", 9.0, Bound::AtLeast, day);
    let figures = |readings: &[crate::Reading]| {
        topics(readings).into_iter().filter(|topic| *topic == Topic::Figure).count()
    };
    assert_eq!(figures(&[of_9("2021-07-05"), of_19("2021-07-06")]), 0);
    assert_eq!(figures(&[of_9("2021-07-06"), of_19("2021-07-05")]), 1);
}

#[test]
fn at_least_four_and_nine_agree() {
    let left = blast("Merrow Post", "2021-07-05", "at least four", 4.0, Bound::AtLeast);
    let right = blast("Tarn Times", "2021-07-05", "nine", 9.0, Bound::Exact);
    assert_eq!(topics(&[left, right]), []);
}

#[test]
fn a_rounded_number_agrees_with_what_it_was_rounded_from() {
    let left = blast("Merrow Post", "2021-07-05", "14,000", 14_000.0, Bound::Exact);
    let right = blast("Tarn Times", "2021-07-05", "14,453", 14_453.0, Bound::Exact);
    assert_eq!(topics(&[left, right]), []);
}

#[test]
fn two_speakers_of_one_sentence_disagree() {
    let words = "the hasty withdrawal of Sallet troops marks the failure of its northern policy";
    let by = |name: &str, key: &str| {
        Sample::new(&format!("{name} said {words}."))
            .person(name, key, "", "")
            .says(name, words)
            .reading()
    };
    let readings = [by("Ruta Kolm", "person:ruta-kolm"), by("Odo Brandt", "person:odo-brandt")];
    let record = resolve(&readings);
    assert_eq!(record.statements.len(), 1);
    let topics: Vec<_> = record.disagreements.iter().map(|row| row.topic).collect();
    assert_eq!(topics, [Topic::Speaker]);
}

#[test]
fn one_sentence_within_two_longer_sayings_has_two_speakers() {
    let shared = "the failure of the northern policy of Sallet towards Orlen is plain";
    let long = "We have always kept out of the affairs of Orlen and of all its neighbours. ";
    let by = |name: &str, key: &str, before: &str| {
        let words = format!("{before}{shared}");
        Sample::new(&format!("“{words}.” That is what {name} said."))
            .person(name, key, "", "")
            .says(name, &words)
            .reading()
    };
    let left = by("Ruta Kolm", "person:ruta-kolm", "");
    let right = by("Odo Brandt", "person:odo-brandt", &long.repeat(2));
    let record = resolve(&[left, right]);
    let rows = &record.disagreements;
    assert_eq!(rows.iter().map(|row| row.topic).collect::<Vec<_>>(), [Topic::Speaker]);
    assert!(!rows[0].sentence.contains("sample.txt"), "{}", rows[0].sentence);
}

#[test]
fn words_that_a_mixed_saying_gives_in_marks_have_two_speakers() {
    let shared = "failure of the northern policy of Sallet towards Orlen";
    let whole = format!("The hasty retreat marks the {shared}");
    let part = format!("that the retreat stood in contrast to the “{shared}”");
    let left = Sample::new(&format!("“{whole},” Ruta Kolm said."))
        .person("Ruta Kolm", "person:ruta-kolm", "", "")
        .says("Ruta Kolm", &whole);
    let right = Sample::new(&format!("Odo Brandt added {part}."))
        .person("Odo Brandt", "person:odo-brandt", "", "")
        .says("Odo Brandt", &part)
        .mixed();
    let rows = resolve(&[left.reading(), right.reading()]).disagreements;
    assert_eq!(rows.iter().map(|row| row.topic).collect::<Vec<_>>(), [Topic::Speaker]);
}

#[test]
fn two_voices_of_one_report_disagree() {
    let (one, other) = ("nine people were killed in Tavish", "four people were killed in Tavish");
    let sample = Sample::new(&format!("Ruta Kolm said {one}. Odo Brandt said {other}."))
        .dated("2021-07-05")
        .person("Ruta Kolm", "person:ruta-kolm", "", "")
        .person("Odo Brandt", "person:odo-brandt", "", "")
        .says("Ruta Kolm", one)
        .says("Odo Brandt", other)
        .bounded("nine people", 9.0, "people", "kill", Bound::Exact)
        .bounded("four people", 4.0, "people", "kill", Bound::Exact);
    assert_eq!(topics(&[sample.reading()]), [Topic::Figure]);
}

/// A monitor's count of dead in a market, then a sentence that names another.
fn two_counts(second: &str, phrase: &str, value: f64, bound: Bound) -> crate::Reading {
    let said = "at least nine people were killed in Tavish market";
    let (speaker, agency) = ("the Orlen Rights Monitor", "RUVPRESS");
    Sample::new(&format!("According to {speaker} {said}. {second}"))
        .dated("2021-07-05")
        .group(speaker, "org:orlen-monitor")
        .group(agency, "org:ruvpress")
        .says(speaker, said)
        .bounded("at least nine people", 9.0, "people", "kill", Bound::AtLeast)
        .bounded(phrase, value, "dead", "kill", bound)
        .reading()
}

#[test]
fn an_agency_that_gives_another_toll_disagrees_though_both_say_at_least() {
    let reading = two_counts(
        "RUVPRESS gave a toll of at least four dead.",
        "at least four dead",
        4.0,
        Bound::AtLeast,
    );
    let rows = resolve(&[reading]).disagreements;
    assert_eq!(rows.iter().map(|row| row.topic).collect::<Vec<_>>(), [Topic::Figure]);
    assert!(rows[0].sentence.contains("on the word of RUVPRESS"), "{}", rows[0].sentence);
}

#[test]
fn a_toll_within_what_at_least_allows_is_no_other_one() {
    let reading = two_counts("RUVPRESS gave a toll of ten dead.", "ten dead", 10.0, Bound::Exact);
    assert_eq!(topics(&[reading]), []);
}

#[test]
fn numbers_that_make_up_a_toll_are_its_parts() {
    let said = "four fighters and five farmers were killed in the blast";
    let reading =
        Sample::new(&format!("A blast killed nine people, Ruta Kolm said. RUVPRESS said {said}."))
            .dated("2021-07-05")
            .person("Ruta Kolm", "person:ruta-kolm", "", "")
            .group("RUVPRESS", "org:ruvpress")
            .says("Ruta Kolm", "A blast killed nine people")
            .says("RUVPRESS", said)
            .bounded("nine people", 9.0, "people", "kill", Bound::Exact)
            .bounded("four fighters", 4.0, "people", "kill", Bound::Exact)
            .bounded("five farmers", 5.0, "people", "kill", Bound::Exact)
            .reading();
    assert_eq!(topics(&[reading]), []);
}

#[test]
fn fighters_and_soldiers_are_two_sides_dead() {
    let report = |outlet: &str, phrase: &str, value: f64| {
        Sample::new(&format!(
            "On Monday the battle for the bridge of Tavish killed {phrase} by noon."
        ))
        .outlet(outlet)
        .dated("2021-07-05")
        .town("Tavish")
        .bounded(phrase, value, phrase.split(' ').next_back().unwrap_or(""), "kill", Bound::Exact)
        .reading()
    };
    let soldiers = report("Merrow Post", "11 soldiers", 11.0);
    assert_eq!(topics(&[soldiers.clone(), report("Tarn Times", "40 rebels", 40.0)]), []);
    let more = report("Tarn Times", "40 soldiers", 40.0);
    assert_eq!(topics(&[soldiers, more]), [Topic::Figure]);
}

#[test]
fn what_is_denied_and_told_all_the_same_is_a_disagreement() {
    let told = "The shelling of the Tavish hospital by the army of Sallet burned its pharmacy.";
    let denial = "the reports of a shelling of the Tavish hospital";
    let reading = Sample::new(&format!("{told} Sallet denied {denial}."))
        .dated("2021-07-05")
        .state("Sallet", "SAL")
        .says("Sallet", denial)
        .denied()
        .reading();
    assert_eq!(topics(&[reading]), [Topic::Polarity]);
    let elsewhere =
        "The army of Sallet keeps a barracks beside the Tavish hospital and a pharmacy.";
    let reading = Sample::new(&format!("{elsewhere} Sallet denied {denial}."))
        .dated("2021-07-05")
        .state("Sallet", "SAL")
        .says("Sallet", denial)
        .denied()
        .reading();
    assert_eq!(topics(&[reading]), []);
}

#[test]
fn one_who_denies_it_disagrees_with_who_said_it_of_him() {
    let said = "the navy of Sallet had laid mines off Tavish";
    let report = |between: &str| {
        Sample::new(&format!("Ruta Kolm said {said}. {between}The admirals in Tarn denied it."))
            .dated("2021-07-05")
            .person("Ruta Kolm", "person:ruta-kolm", "", "")
            .group("navy of Sallet", "role:SAL:navy")
            .group("admirals in Tarn", "role:SAL:navy")
            .says("Ruta Kolm", said)
            .says("admirals in Tarn", " it.")
            .denied()
            .reading()
    };
    assert_eq!(topics(&[report("")]), [Topic::Polarity]);
    assert_eq!(topics(&[report("Snow fell. ")]), []);
}

#[test]
fn a_pledge_not_to_act_does_not_deny_that_it_was_done() {
    let strike = |outlet: &str, text: &str, clause: &str, status: Status| {
        let sample = Sample::new(text).outlet(outlet).dated("2021-07-05").state("Sallet", "SAL");
        let between = ("Sallet", "Orlen");
        let sample = sample.state("Orlen", "ORL");
        sample.event(clause, "attack", EventType::Assault, between, "2021-07-05", status)
    };
    let done = || {
        let text = "Ships of Sallet were seen to attack Orlen at the port of Tavish.";
        strike("Merrow Post", text, "attack Orlen at the port of Tavish", Status::Happened)
    };
    let not = |before: &str, clause: &str| {
        strike("Tarn Times", &format!("{before} {clause}."), clause, Status::Negated)
    };
    let flat = "did not attack Orlen at the port of Tavish";
    let denial = not("The ships of Sallet that lay off the coast for a week", flat);
    assert_eq!(topics(&[done().reading(), denial.reading()]), [Topic::Polarity]);
    let clause = "not to attack Orlen at the port of Tavish";
    let before = "In spring, before the envoys had gone home by train, Sallet gave its word";
    let pledge = not(before, clause);
    assert_eq!(topics(&[done().reading(), pledge.reading()]), []);
    let kind = chancery_annotate::undertaking::UndertakingKind::Promise;
    let vow = "Sallet gave its word in spring that its ships would never attack Orlen at the port";
    let vow = strike("Tarn Times", &format!("{vow}."), vow, Status::Negated);
    let vow = vow.undertakes("Sallet", "never attack Orlen at the port", kind);
    assert_eq!(topics(&[done().reading(), vow.reading()]), []);
}

#[test]
fn a_part_of_a_toll_is_no_other_toll() {
    let part = |text: &str, phrase: &str, value: f64| {
        Sample::new(text)
            .dated("2021-07-05")
            .bounded(phrase, value, "people", "kill", Bound::Exact)
            .reading()
    };
    let left = part("On Monday a blast in Tavish market killed nine people.", "nine people", 9.0);
    let text = "On Monday a blast in Tavish market killed many, including four people from Pelm.";
    assert_eq!(topics(&[left, part(text, "four people", 4.0)]), []);
}

#[test]
fn a_sum_over_months_is_no_toll_of_a_day() {
    let toll = |text: &str, phrase: &str, value: f64| {
        Sample::new(text)
            .dated("2021-07-05")
            .bounded(phrase, value, "people", "kill", Bound::Exact)
            .reading()
    };
    let left = toll("Shelling of Tavish market killed nine people.", "nine people", 9.0);
    let right =
        toll("Shelling of Tavish market has killed 94 people since spring.", "94 people", 94.0);
    assert_eq!(topics(&[left, right]), []);
}

#[test]
fn one_toll_with_two_doers_is_a_disagreement() {
    let report = |doer: &str, key: &str| {
        let clause = format!("{doer} killed 14 people in Tavish market");
        Sample::new(&format!("On Monday {clause}, residents of the town told reporters."))
            .dated("2021-07-05")
            .outlet(doer)
            .group(doer, key)
            .town("Tavish")
            .event(
                &clause,
                "killed",
                EventType::Assault,
                (doer, ""),
                "2021-07-05",
                Status::Happened,
            )
            .bounded("14 people", 14.0, "people", "kill", Bound::Exact)
            .reading()
    };
    let readings =
        [report("the Grey Army", "group:grey-army"), report("the Pelm Front", "group:pelm-front")];
    assert_eq!(topics(&readings), [Topic::Actor]);
}

#[test]
fn a_headline_with_another_number_than_its_body_disagrees_and_a_sum_does_not() {
    let report = |head: &str, value: f64| {
        let text = format!(
            "{head} people dead in Tavish. Four people died in Pelm. Two people died in Tarn."
        );
        Sample::new(&text)
            .headline(&format!("{head} people dead in Tavish."))
            .bounded(&format!("{head} people"), value, "people", "kill", Bound::Exact)
            .bounded("Four people", 4.0, "people", "kill", Bound::Exact)
            .bounded("Two people", 2.0, "people", "kill", Bound::Exact)
            .reading()
    };
    assert_eq!(topics(&[report("Three", 3.0)]), [Topic::Headline]);
    assert_eq!(topics(&[report("Six", 6.0)]), []);
}

#[test]
fn what_one_says_and_another_denies_is_a_disagreement() {
    let act = "the army of Sallet shelled the market of Tavish at noon";
    let says = |name: &str, key: &str| {
        Sample::new(&format!("{name} spoke of it: {act}."))
            .person(name, key, "", "")
            .says(name, act)
    };
    let left = says("Ruta Kolm", "person:ruta-kolm").reading();
    let right = says("Odo Brandt", "person:odo-brandt").denied().reading();
    assert!(topics(&[left, right]).contains(&Topic::Polarity));
}

#[test]
fn one_who_goes_back_on_his_words_disagrees_with_himself() {
    let (no, yes) =
        ("there were no plans to evacuate the embassy", "half of the staff would be evacuated");
    let sample = Sample::new(&format!("Ruta Kolm said {no}, although later she said {yes}."))
        .person("Ruta Kolm", "person:ruta-kolm", "", "")
        .says("Ruta Kolm", no)
        .says("Ruta Kolm", yes);
    assert_eq!(topics(&[sample.reading()]), [Topic::Polarity]);
}

#[test]
fn a_paraphrase_with_another_object_than_the_quotation_disagrees() {
    let (mixed, full) = (
        "she wants “friendly relations” with the junta",
        "Ruvania hopes to keep friendly and open relations with Sallet",
    );
    let sample = Sample::new(&format!("Ruta Kolm said {mixed}. “{full},” Ruta Kolm said."))
        .person("Ruta Kolm", "person:ruta-kolm", "", "")
        .says("Ruta Kolm", mixed)
        .mixed()
        .says("Ruta Kolm", full);
    assert_eq!(topics(&[sample.reading()]), [Topic::Wording]);
}
