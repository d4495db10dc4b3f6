//! The day of a report whose own dates are hidden, with the other reports of its story present.
//!
//! One report at a time loses its dates; all others keep theirs. Asked are those that the program puts in
//! a story with others while they have their dates: what stands alone has no company to be dated by. A
//! report is dated where at most two days are left, as news is told on its day and on the morning after;
//! it is right where the true day is one of them.

use std::collections::BTreeMap;

use chancery_annotate::{Kit, annotate};
use chancery_resolve::block::Sketch;
use chancery_resolve::record::ReportDated;
use chancery_resolve::{Reading, block, link, story};
use chancery_text::{Report, ReportId};
use jiff::civil::Date;

use crate::Outcome;
use crate::gold::dated::HiddenReport;
use crate::outcome::Case;
use crate::score::Share;

/// Days from the first to the last of a report that counts as dated.
const NEXT: i64 = 1;

/// What was measured.
#[derive(Debug, Default)]
pub struct Company {
    dated: Share,
    right: Share,
    /// How often the day that most of the others have, or the next, is right.
    most: Share,
    /// A case for each report that was asked.
    pub cases: Vec<Case>,
}

type Readings = BTreeMap<ReportId, (Reading, Sketch)>;

impl Company {
    /// Asks every report of a set that has company.
    pub fn ask_all(&mut self, gold: &[HiddenReport], kit: &Kit) {
        let read = |report: &Report| Reading {
            report: report.clone(),
            observed: annotate(report, kit).observed,
        };
        let mut known: Readings =
            gold.iter().map(|one| (one.stated.id, sketched(read(&one.stated)))).collect();
        let days: BTreeMap<ReportId, Date> =
            gold.iter().map(|one| (one.stated.id, one.day)).collect();
        let stories = stories(&known);
        for one in gold {
            let with = stories.iter().find(|story| story.contains(&one.stated.id));
            let others = with.into_iter().flatten().filter(|id| **id != one.stated.id);
            let Some(most) = most_common(others.map(|id| days[id])) else { continue };
            self.most.add((0..=NEXT).contains(&super::days_between(most, one.day)));
            let stated = known.remove(&one.stated.id).expect("every report was read");
            known.insert(one.report.id, sketched(read(&one.report)));
            self.ask(one, &known);
            known.remove(&one.report.id);
            known.insert(one.stated.id, stated);
        }
    }

    fn ask(&mut self, one: &HiddenReport, readings: &Readings) {
        let Some(row) = concluded(one.report.id, readings) else { return };
        let dated = super::length(row.interval).is_some_and(|days| days <= NEXT);
        let good = row.interval.holds(one.day);
        self.dated.add(dated);
        if dated {
            self.right.add(good);
        }
        let reasons: Vec<_> = row.reasons.iter().map(|(_, reason)| reason.text.as_str()).collect();
        self.cases.push(Case {
            id: one.id.clone(),
            aspect: "company".into(),
            expected: one.day.to_string(),
            found: format!("{} {}: {}", row.basis, row.interval, reasons.join("; ")),
            score: f64::from(u8::from(dated && good)),
        });
    }

    /// The scores, beside those of the day that most of the others have.
    pub fn tell(&self, outcome: &mut Outcome) {
        if self.dated.all == 0 {
            return;
        }
        outcome.add("company_dated", self.dated.value(), 1.0);
        outcome.add("company_right", self.right.value(), self.most.value());
        outcome.metrics.insert("company".to_owned(), self.dated.all as f64);
    }
}

fn sketched(reading: Reading) -> (Reading, Sketch) {
    let sketch = block::sketch(&reading);
    (reading, sketch)
}

fn stories(readings: &Readings) -> Vec<Vec<ReportId>> {
    let sketches: Vec<_> = readings.values().map(|(_, sketch)| sketch.clone()).collect();
    link::stories(&sketches)
}

/// The day that most have, the earliest of equals.
fn most_common(days: impl Iterator<Item = Date>) -> Option<Date> {
    let mut counts: BTreeMap<Date, usize> = BTreeMap::new();
    days.for_each(|day| *counts.entry(day).or_default() += 1);
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(day, _)| day)
}

/// The date of a report in the light of the story that it is put in.
fn concluded(report: ReportId, readings: &Readings) -> Option<ReportDated> {
    let story = stories(readings).into_iter().find(|story| story.contains(&report))?;
    let readings: Vec<_> = story.iter().map(|id| readings[id].0.clone()).collect();
    story::resolve(&readings).dates.into_iter().find(|row| row.report == report)
}
