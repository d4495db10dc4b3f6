//! Sayings: quotations of one utterance, merged, their wordings aligned.

mod groups;
mod likeness;
mod said;
mod sentence;

use std::collections::{BTreeMap, BTreeSet};

use chancery_annotate::quotation::QuotationKind;
use chancery_text::{Interval, Kind, RowId};

pub(super) use groups::candidates;
use groups::groups;
pub(super) use likeness::likeness;
pub(super) use said::{Said, all};
pub(super) use sentence::Match;

use super::alignment::{agreement, differences};
use super::told::shortened;
use super::{Case, made_of};
use crate::record::{Statement, Wording};

/// A statement's quotations, for those who ask who said it and how.
pub(super) struct Saying {
    pub id: RowId,
    pub members: Vec<Said>,
}

/// Statements, sorted by id, and their quotations in the same order.
pub(super) fn find(case: Case<'_>) -> (Vec<Statement>, Vec<Saying>) {
    let said = all(case.told, case.names);
    let mut both: Vec<_> = groups(case, &said)
        .into_iter()
        .map(|group| {
            let members: Vec<_> = group.into_iter().map(|at| said[at].clone()).collect();
            let statement = statement(case, &members);
            let saying = Saying { id: statement.id, members };
            (statement, saying)
        })
        .collect();
    both.sort_by_key(|(statement, _)| statement.id);
    both.into_iter().unzip()
}

fn statement(case: Case<'_>, members: &[Said]) -> Statement {
    let best = &members[best(case, members)];
    let speaker = speaker(case, members);
    let reports: BTreeSet<_> = members.iter().map(|said| said.report).collect();
    let mut wordings: Vec<_> = members.iter().map(|said| wording(case, best, said)).collect();
    wordings.sort_by_key(|wording| wording.quotation);
    let mut evidence: Vec<_> = members
        .iter()
        .map(|said| case.told[said.report].evidence(said.span, "wording", Some(said.id)))
        .collect();
    evidence.sort();
    let sources = members.iter().filter(|said| said.speaker == speaker && said.source.len() <= 100);
    let text = sources.map(|said| said.source.as_str()).max_by_key(|text| (text.len(), *text));
    Statement {
        id: made_of(
            Kind::Statement,
            wordings[0].report,
            wordings.iter().map(|wording| wording.quotation),
        ),
        speaker,
        speaker_text: shortened(text.unwrap_or(&best.source), 120),
        addressee: members.iter().find_map(|said| said.addressee.clone()),
        when: when(case, members),
        denied: best.denied,
        text: best.text.clone(),
        best: best.id,
        wordings,
        origins: case
            .behind(members.iter().map(|said| (said.report, said.word.clone())))
            .into_values()
            .collect(),
        reports: reports.iter().map(|&at| case.told[at].report()).collect(),
        evidence,
    }
}

/// The wording that most origins have; then one given in quotation marks; then the one most like
/// the others; then the longest.
fn best(case: Case<'_>, members: &[Said]) -> usize {
    let mut origins: BTreeMap<&[u64], BTreeSet<RowId>> = BTreeMap::new();
    for said in members {
        origins.entry(&said.content).or_default().extend(case.origins_of([said.report]));
    }
    let rank = |said: &Said| {
        let direct = matches!(said.kind, QuotationKind::Direct | QuotationKind::Post);
        let alike = members.iter().take(40).map(|other| agreement(&said.content, &other.content));
        let alike: usize = alike.map(|agreement| agreement.words).sum();
        (origins[&said.content[..]].len(), direct, alike, said.content.len())
    };
    let order = |at: &usize| (rank(&members[*at]), std::cmp::Reverse(members[*at].id));
    (0..members.len()).max_by_key(order).unwrap_or(0)
}

/// The speaker that most origins name; a person before the body he speaks for.
fn speaker(case: Case<'_>, members: &[Said]) -> Option<String> {
    let mut voices: BTreeMap<&String, BTreeSet<RowId>> = BTreeMap::new();
    for said in members {
        if let Some(speaker) = &said.speaker {
            voices.entry(speaker).or_default().extend(case.origins_of([said.report]));
        }
    }
    let person = |key: &String| {
        case.names
            .who(key)
            .is_some_and(|who| who.kind == chancery_annotate::mention::ActorKind::Person)
    };
    let order = |(key, origins): &(&String, BTreeSet<RowId>)| {
        (origins.len(), person(key), std::cmp::Reverse((*key).clone()))
    };
    voices.into_iter().max_by_key(order).map(|(key, _)| key.clone())
}

fn wording(case: Case<'_>, best: &Said, said: &Said) -> Wording {
    Wording {
        quotation: said.id,
        report: case.told[said.report].report(),
        text: said.text.clone(),
        differences: differences(&best.units, &said.units),
    }
}

/// The days that all members allow: the day named beside the quotation, else those of its report,
/// of which what it quotes is news.
fn when(case: Case<'_>, members: &[Said]) -> Interval {
    let days = members.iter().map(|said| {
        let report = case.told[said.report].date;
        (said.day.is_none(), said.day.unwrap_or(report))
    });
    let mut days: Vec<_> = days.collect();
    days.sort_unstable_by_key(|(own, days)| (*own, days.last.is_none(), days.last, days.first));
    let days: Vec<_> = days.into_iter().map(|(_, days)| days).collect();
    let narrow = |when: Interval, next: &Interval| when.intersection(*next).unwrap_or(when);
    days.iter().skip(1).fold(days.first().copied().unwrap_or(Interval::OPEN), narrow)
}

#[cfg(test)]
mod tests {
    use super::super::{resolve, sample::Sample};
    use super::said::marked;
    use super::sentence::{closest_run, reach};
    use crate::record::Change;

    const FIRST: &str = "We hope the Orlen rebels will remove all obstacles and create enabling conditions for trade";
    const SECOND: &str =
        "We hope the Orlen rebels remove all barriers and create conditions that enable trade";

    fn kolm(text: &str) -> Sample {
        Sample::new(text).person("Ruta Kolm", "person:ruta-kolm", "RUV", "foreign minister")
    }

    #[test]
    fn only_whole_stretches_in_quotation_marks_are_marked() {
        let text = "that “the old bridge” and the road are “safe";
        let found = marked(text, chancery_text::Span::of(0..text.len()));
        assert_eq!(
            found.iter().map(|span| span.slice(text)).collect::<Vec<_>>(),
            ["the old bridge"]
        );
    }

    #[test]
    fn two_wordings_of_one_speaker_are_one_statement_with_their_difference() {
        let one = kolm(&format!("“{FIRST},” Ruta Kolm said.")).says("Ruta Kolm", FIRST);
        let two = kolm(&format!("“{SECOND},” Ruta Kolm said.")).says("Ruta Kolm", SECOND);
        let statements = resolve(&[one.reading(), two.reading()]).statements;
        assert_eq!(statements.len(), 1);
        let changes: Vec<_> =
            statements[0].wordings.iter().flat_map(|w| &w.differences).map(|d| d.change).collect();
        assert!(changes.contains(&Change::Synonym), "{changes:?}");
        assert_eq!(statements[0].wordings.iter().filter(|w| w.differences.is_empty()).count(), 1);
    }

    #[test]
    fn two_speakers_who_share_a_phrase_made_two_statements() {
        let framework = "to establish a political framework for open interaction with all parties";
        let other = "ready to establish a political framework that protects women and children";
        let one = kolm(&format!("Ruta Kolm intends {framework}.")).says("Ruta Kolm", framework);
        let two = Sample::new(&format!("Odo Brandt is {other}."))
            .person("Odo Brandt", "person:odo-brandt", "SAL", "rebel leader")
            .says("Odo Brandt", other);
        assert_eq!(resolve(&[one.reading(), two.reading()]).statements.len(), 2);
    }

    #[test]
    fn a_fragment_in_quotation_marks_belongs_to_the_whole() {
        let whole = "the rebels must make a clean start with all armed groups of the north";
        let part = "make “a clean start” with the smugglers";
        let one = kolm(&format!("Ruta Kolm said {whole}.")).says("Ruta Kolm", whole);
        let two = kolm(&format!("Ruta Kolm told them to {part}.")).says("Ruta Kolm", part);
        assert_eq!(resolve(&[one.reading(), two.reading()]).statements.len(), 1);
    }

    #[test]
    fn a_saying_without_a_day_is_of_the_day_of_its_report() {
        let one = kolm(&format!("“{FIRST},” Ruta Kolm said.")).says("Ruta Kolm", FIRST);
        let statements = resolve(&[one.dated("2021-07-05").reading()]).statements;
        assert_eq!(statements[0].when.to_string(), "2021-07-05");
    }

    #[test]
    fn a_short_sentence_given_again_with_respun_words_is_one_statement() {
        let first = "it remained to be seen whether Sallet would honour its side of the deal";
        let other = "it stayed to be seen whether Sallet would respect its side of the pact";
        let one = kolm(&format!("Ruta Kolm said {first}.")).says("Ruta Kolm", first);
        let two = kolm(&format!("Ruta Kolm said {other}.")).says("Ruta Kolm", other);
        assert_eq!(resolve(&[one.reading(), two.reading()]).statements.len(), 1);
    }

    #[test]
    fn a_small_word_far_from_the_rest_does_not_hide_a_shared_sentence() {
        // "of … the" stands early in the long one and could be aligned in place of "failure of".
        let (short, long) = ([1, 2, 3, 4, 5, 6], [9, 2, 4, 8, 7, 6, 9, 8, 3, 1, 2, 4, 5, 6]);
        let pairs = closest_run(&short, &long);
        assert_eq!((pairs.len(), reach(&pairs)), (5, 5));
    }
}
