//! Everything that is decided about one story.
//!
//! The readings of one story go in, its [`Conclusions`] come out. Each question has a file of its
//! own; what they all look at is [`told::Told`], a reading with its words, and [`actors::Names`],
//! the actors of the whole story under one key each.

mod actors;
mod alignment;
mod bearings;
mod components;
mod dates;
mod descent;
mod disagreements;
mod events;
mod families;
mod kinship;
mod marks;
mod origins;
mod parallels;
pub(crate) mod passages;
mod quantities;
mod statements;
mod story_row;
mod told;
mod undertakings;
mod word;

#[cfg(test)]
pub(crate) mod sample;

use chancery_text::{Kind, ReportId, RowId};

use crate::Reading;
use crate::record::Conclusions;
use kinship::Kinship;
use told::Told;

/// Resolves one story. Pure, and the same for any order of `readings`.
///
/// Cost: near-linear in the words of the story; what is compared pair by pair first shares a key,
/// and keys that very many reports share compare neighbours only.
pub fn resolve(readings: &[Reading]) -> Conclusions {
    let mut told: Vec<Told<'_>> = readings.iter().map(Told::new).collect();
    told.sort_by_key(|told| told.report());
    told.dedup_by_key(|told| told.report());
    if told.is_empty() {
        return Conclusions::default();
    }
    let mut passages = passages::find(&told);
    let (names, merges) = actors::find(&told);
    let dates = dates::find(&mut told, &passages, &names);
    let kinship = Kinship::of(&told, &passages);
    let families = families::find(&told, &kinship);
    passages::add_reworded(&mut passages, &told, &kinship, &families);
    let origins = origins::find(&told, &passages, &families);
    let origin_of = origins::of_each(&told, &origins);
    let case = Case { told: &told, names: &names, origins: &origin_of };
    let events = events::find(case);
    let (statements, sayings) = statements::find(case);
    let undertakings = undertakings::find(case, &events, &statements);
    let counts = disagreements::figures::counts(case, &events);
    let quantities = quantities::find(case, &events, &counts);
    let disagreements = disagreements::find(case, &events, &sayings, &counts);
    Conclusions {
        story: Some(story_row::find(&told)),
        dates,
        merges,
        passages,
        families,
        origins,
        events: events.into_iter().map(|event| event.row).collect(),
        statements,
        undertakings,
        quantities,
        disagreements,
    }
}

/// What the later questions look at: the reports, the actors and the origins of one story.
#[derive(Clone, Copy)]
struct Case<'a> {
    told: &'a [Told<'a>],
    names: &'a actors::Names,
    /// The origin of each report.
    origins: &'a [RowId],
}

impl Case<'_> {
    /// The origins of some reports (indices into `told`), sorted, each once.
    fn origins_of(&self, reports: impl IntoIterator<Item = usize>) -> Vec<RowId> {
        let mut origins: Vec<_> = reports.into_iter().map(|at| self.origins[at]).collect();
        origins.sort_unstable();
        origins.dedup();
        origins
    }
}

/// The id of a row that is made of other rows or reports, the least of them of report `first`.
fn made_of<T: std::fmt::Display>(
    kind: Kind,
    first: ReportId,
    parts: impl IntoIterator<Item = T>,
) -> RowId {
    RowId::of(kind, parts.into_iter().map(|part| part.to_string())).beside(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_annotate::clean::CreditKind;
    use chancery_annotate::event::{EventType, Status};
    use proptest::prelude::*;
    use sample::Sample;

    #[test]
    fn no_readings_give_no_story() {
        assert_eq!(resolve(&[]), Conclusions::default());
    }

    /// Reports of one bombing with everything in them that is compared.
    fn readings() -> Vec<Reading> {
        let names = ["Pavel Norrin", "Pawel Lorrin", "Pavel Norrin", "Odo Brandt"];
        let tolls = ["nine", "four", "nine", "twelve"];
        let report = |at: usize| {
            let (name, toll) = (names[at], tolls[at]);
            let clause = format!("a rebel bomb killed {toll} people in Tavish market");
            let saying = "the rebels of the north must make a clean start with all smugglers";
            let text = format!(
                "On Monday {clause}. Minister {name} said {saying}. Serial {at}. (Orlenpress)"
            );
            let key = format!("name:{}", name.to_lowercase());
            let sample = Sample::new(&text)
                .outlet(["Merrow Post", "Tarn Times"][at % 2])
                .dated("2021-07-05")
                .person("rebel", "group:rebels", "", "")
                .person(name, &key, "RUV", "Ruvanian foreign minister")
                .says(name, saying)
                .event(
                    &clause,
                    "killed",
                    EventType::Assault,
                    ("rebel", ""),
                    "2021-07-05",
                    Status::Happened,
                )
                .bounded(
                    &format!("{toll} people"),
                    [9.0, 4.0, 9.0, 12.0][at],
                    "people",
                    "kill",
                    chancery_annotate::figure::Bound::Exact,
                );
            let sample = if at == 3 {
                sample
            } else {
                sample.credit("(Orlenpress)", CreditKind::Agency, "Orlenpress")
            };
            sample.reading()
        };
        (0..4).map(report).collect()
    }

    proptest! {
        #[test]
        fn the_order_of_the_readings_does_not_matter(order in Just([0, 1, 2, 3]).prop_shuffle()) {
            let readings = readings();
            let shuffled: Vec<_> = order.iter().map(|&at| readings[at].clone()).collect();
            prop_assert_eq!(resolve(&readings), resolve(&shuffled));
        }

        #[test]
        fn any_text_can_be_resolved(left: String, right: String) {
            let readings = [Sample::new(&left).reading(), Sample::new(&right).reading()];
            let record = resolve(&readings);
            prop_assert!(record.story.is_some());
        }
    }

    #[test]
    fn every_list_is_sorted_by_id() {
        let record = resolve(&readings());
        assert!(record.passages.is_sorted_by_key(|row| row.id));
        assert!(record.origins.is_sorted_by_key(|row| row.id));
        assert!(record.events.is_sorted_by_key(|row| row.id));
        assert!(record.statements.is_sorted_by_key(|row| row.id));
        assert!(record.disagreements.is_sorted_by_key(|row| row.id));
        assert!(record.dates.is_sorted_by_key(|row| row.report));
        assert!(!record.merges.is_empty() && !record.families.is_empty());
    }
}
