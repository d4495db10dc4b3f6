//! What the origins disagree on. Both sides are shown and no verdict is given; a change over time,
//! a rounding and a spelling are no disagreements.

mod circumstances;
mod figures;
mod headline;
mod polarity;
mod row;
mod speakers;
mod wording;

use super::Case;
use super::events::Happening;
use super::statements::Saying;
use crate::record::Disagreement;
use circumstances::circumstances;
use figures::figures;
use headline::headlines;
use polarity::{denials, polarity};
use speakers::speakers_of_one;
use wording::wording;

/// Disagreements shown for one row and topic.
const SHOWN: usize = 4;
/// Mentions with one key that each is compared with.
const NEAR: usize = 16;

/// Disagreements, sorted by id.
pub(super) fn find(
    case: Case<'_>,
    happenings: &[Happening],
    sayings: &[Saying],
) -> Vec<Disagreement> {
    let mut rows = figures(case, happenings);
    for happening in happenings {
        rows.extend(polarity(case, happening));
    }
    rows.extend(denials(case, happenings, sayings));
    rows.extend(speakers_of_one(case, sayings));
    rows.extend(circumstances(case, happenings));
    for saying in sayings {
        rows.extend(wording(case, saying));
    }
    rows.extend(headlines(case));
    rows.sort_by_key(|row| row.id);
    rows.dedup_by_key(|row| row.id);
    rows
}

#[cfg(test)]
mod tests {
    use super::super::{resolve, sample::Sample};
    use super::*;

    fn blast(outlet: &str, date: &str, number: &str, value: f64, bound: Bound) -> crate::Reading {
        let phrase = format!("{number} people");
        let clause = format!("a rebel bomb killed {phrase} in Tavish market");
        Sample::new(&format!("On Monday {clause}, {outlet} reports."))
            .outlet(outlet)
            .dated(date)
            .person("rebel", "group:orlen-rebels", "", "")
            .event(
                &clause,
                "killed",
                EventType::Assault,
                ("rebel", ""),
                "2021-07-05",
                Status::Happened,
            )
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
        let readings = outlets.map(|(outlet, number, value)| {
            blast(outlet, "2021-07-05", number, value, Bound::Exact)
        });
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
        let words =
            "the hasty withdrawal of Sallet troops marks the failure of its northern policy";
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
}
