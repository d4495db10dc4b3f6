use super::super::{resolve, sample::Sample};
use super::*;

fn met(
    text: &str,
    clause: &str,
    trigger: &str,
    date: &str,
    day: &str,
    status: Status,
) -> crate::Reading {
    Sample::new(text)
        .dated(date)
        .person("Ruta Kolm", "person:ruta-kolm", "RUV", "foreign minister")
        .state("Sallet", "SAL")
        .event(clause, trigger, EventType::Consult, ("Ruta Kolm", "Sallet"), day, status)
        .reading()
}

#[test]
fn a_planned_and_a_later_held_meeting_are_one_that_happened() {
    let planned = met(
        "Ruta Kolm will meet envoys of Sallet on Friday.",
        "Ruta Kolm will meet envoys of Sallet",
        "meet",
        "2021-07-01",
        "2021-07-02",
        Status::Planned,
    );
    let held = met(
        "Ruta Kolm met the envoys of Sallet in Tarn.",
        "Ruta Kolm met the envoys of Sallet",
        "met",
        "2021-07-03",
        "2021-07-02",
        Status::Happened,
    );
    let events = resolve(&[planned, held]).events;
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].status, Status::Happened);
    assert_eq!(events[0].reports.len(), 2);
}

#[test]
fn meetings_of_two_days_are_two() {
    let text = ["Ruta Kolm met envoys of Sallet.", "Ruta Kolm met envoys of Sallet again."];
    let on = |text: &str, day: &str| {
        met(text, "Ruta Kolm met envoys of Sallet", "met", day, day, Status::Happened)
    };
    let readings = [on(text[0], "2021-07-02"), on(text[1], "2021-07-03")];
    assert_eq!(resolve(&readings).events.len(), 2);
}

#[test]
fn the_noun_of_an_act_tells_it_too() {
    let quit = |text: &str, clause: &str, trigger: &str| {
        Sample::new(text)
            .dated("2021-07-02")
            .person("Ruta Kolm", "person:ruta-kolm", "RUV", "foreign minister")
            .event(
                clause,
                trigger,
                EventType::Concede,
                ("Ruta Kolm", ""),
                "2021-07-02",
                Status::Happened,
            )
            .reading()
    };
    let verb = quit("Ruta Kolm resigned on Friday.", "Ruta Kolm resigned", "resigned");
    let noun = quit(
        "Few had seen the resignation of Ruta Kolm coming.",
        "the resignation of Ruta Kolm",
        "resignation",
    );
    assert_eq!(resolve(&[verb, noun]).events.len(), 1);
}

/// Ruvania breaks with Sallet, or with nobody who is named.
fn breaks(text: &str, clause: &str, trigger: &str, with: &str, days: &str) -> crate::Reading {
    Sample::new(text)
        .dated("2021-07-02")
        .state("Ruvania", "RUV")
        .state("Sallet", "SAL")
        .event(clause, trigger, EventType::Sanction, ("Ruvania", with), days, Status::Historical)
        .coded("161")
        .reading()
}

#[test]
fn what_is_done_once_in_a_month_is_one_act_in_other_words() {
    let month = "2016-01-01/2016-01-31";
    let cut = "Ruvania cut ties with Sallet in January 2016";
    let broke = "the relations that Ruvania had broken off";
    let one = breaks(&format!("{cut}. Sallet rued it."), cut, "cut ties", "Sallet", month);
    let other = breaks(&format!("Envoys of Sallet mend {broke}."), broke, "broken off", "", month);
    assert_eq!(resolve(&[one.clone(), other]).events.len(), 1);
    let later = breaks(
        &format!("Envoys of Sallet mend {broke}."),
        broke,
        "broken off",
        "",
        "2018-03-01/2018-03-31",
    );
    assert_eq!(resolve(&[one, later]).events.len(), 2);
}

/// On whose word an attack is told that these say.
fn told_by(speakers: &[&str]) -> (crate::record::Footing, Vec<String>) {
    let clause = "Sallet shelled Orlen near the bridge of Tavish on Monday";
    let tells = |speaker: &&str| {
        let sample = Sample::new(&format!("{speaker} said that {clause}."))
            .outlet(speaker)
            .dated("2021-07-05")
            .state("Sallet", "SAL")
            .state("Orlen", "ORL");
        let known = ["Sallet", "Orlen"].contains(speaker);
        let sample = if known { sample } else { sample.group(speaker, "org:monitor") };
        sample
            .says(speaker, clause)
            .event(
                clause,
                "shelled",
                EventType::Assault,
                ("Sallet", "Orlen"),
                "2021-07-05",
                Status::Happened,
            )
            .quoted()
            .reading()
    };
    let readings: Vec<_> = speakers.iter().map(tells).collect();
    let mut events = resolve(&readings).events;
    assert_eq!(events.len(), 1);
    let event = events.remove(0);
    (event.footing, event.on_word_of)
}

#[test]
fn two_sides_of_an_act_are_no_eyewitness_of_it() {
    use crate::record::Footing;
    let names = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(told_by(&["Sallet", "Orlen"]), (Footing::BothSides, names(&["Orlen", "Sallet"])));
    assert_eq!(told_by(&["Orlen"]), (Footing::OneSide, names(&["Orlen"])));
    let monitor = "the Tarn Monitor";
    assert_eq!(told_by(&["Orlen", monitor]), (Footing::ThirdParty, names(&[monitor])));
    let seen = "residents of Tavish";
    assert_eq!(told_by(&["Orlen", monitor, seen]), (Footing::Eyewitness, names(&[seen])));
}
