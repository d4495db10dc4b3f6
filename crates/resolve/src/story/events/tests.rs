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
