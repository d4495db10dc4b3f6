//! Families: each copy with the way it was made and what it was made of.

use std::collections::BTreeSet;

use chancery_text::{Report, ReportId};
use jiff::ToSpan;
use jiff::civil::Date;

use super::chance::Chance;
use super::page::{with_credit, with_residue};
use super::pool::{Pool, Source};
use super::prose::Prose;
use super::respin::{Strength, respin};

chancery_text::named_enum! {
    /// How a copy was made.
    pub enum Making {
        /// Word by word.
        Verbatim = "verbatim",
        /// Paragraphs dropped, or all but the first.
        Cut = "cut",
        /// Of two reports.
        Merged = "merged",
        /// With ad slots, share bars and credits.
        Residue = "residue",
        /// A few other words.
        Light = "light",
        /// Other words, sentences turned.
        Medium = "medium",
        /// Nearly all other words.
        Strong = "strong",
        /// Of a copy, with its errors.
        Chain = "chain",
    }
}

/// A copy of known descent.
#[derive(Debug, Clone)]
pub struct Copy {
    /// The report.
    pub report: Report,
    /// How it was made.
    pub making: Making,
    /// What it was made of directly: one report, or the two that it was merged from.
    pub parents: Vec<ReportId>,
    /// The reports of the pool that it goes back to, by number.
    pub roots: Vec<usize>,
    /// All that it was made of, directly or not.
    pub ancestors: Vec<ReportId>,
}

const SEED: u64 = 20_210_815;
/// Words that a report has which copies are made of.
const LEAST_WORDS: usize = 120;
const OUTLETS: [&str; 8] = [
    "Morning Ledger",
    "Quayside Daily",
    "Northlight News",
    "The Orchard Post",
    "World Brief Hub",
    "Lantern Today",
    "Coastline Herald",
    "Evening Parcel",
];

/// A text in a family, with what a copy of it inherits.
#[derive(Debug, Clone)]
struct Text {
    id: ReportId,
    name: String,
    prose: Prose,
    day: Option<Date>,
    outlet: Option<String>,
    roots: Vec<usize>,
    ancestors: Vec<ReportId>,
}

/// Copies of at most `most` reports of a pool, spread evenly over those that are no kin of others.
pub fn families(pool: &Pool, most: usize) -> Vec<Copy> {
    let kin: BTreeSet<_> = pool.kin().into_iter().flat_map(|(a, b)| [a, b]).collect();
    let texts: Vec<_> = pool.sources.iter().enumerate().map(|(at, one)| text(at, one)).collect();
    let alone = texts.iter().enumerate().filter(|(at, _)| !kin.contains(at)).map(|(_, text)| text);
    let long: Vec<_> = alone.filter(|text| LEAST_WORDS <= text.prose.words()).collect();
    let step = (long.len() / most.max(1)).max(1);
    let chosen = (0..long.len()).step_by(step).take(most);
    chosen.flat_map(|at| family(long[at], companion(&long, at))).collect()
}

/// Texts that lie so near in the pool are looked at as companions.
const NEAR: usize = 40;

/// What a site would merge a report with: another of the same days.
fn companion<'a>(long: &[&'a Text], at: usize) -> &'a Text {
    let others = (1..=NEAR.min(long.len() - 1)).map(|step| long[(at + step) % long.len()]);
    let days = |text: &&Text| {
        let both = text.day.zip(long[at].day);
        both.and_then(|(a, b)| a.until(b).ok()).map_or(i32::MAX, |gap| gap.get_days().abs())
    };
    others.min_by_key(days).unwrap_or(long[at])
}

fn text(at: usize, source: &Source) -> Text {
    let report = &source.report;
    Text {
        id: report.id,
        name: report.source.label(),
        prose: Prose::of(&report.text),
        day: source.day,
        outlet: report.metadata.outlet.clone(),
        roots: vec![at],
        ancestors: vec![report.id],
    }
}

/// One copy of each making; the chain goes on from one of them.
fn family(source: &Text, other: &Text) -> Vec<Copy> {
    let mut chance = Chance::of(SEED, &source.id.to_string());
    let mut made: Vec<(Copy, Text)> = Vec::new();
    for &making in &Making::ALL[..Making::ALL.len() - 1] {
        let parents = if making == Making::Merged { vec![source, other] } else { vec![source] };
        let prose = remade(making, &parents, &mut chance);
        made.push(copy(making, &parents, prose, &mut chance));
    }
    let middle = chance.pick(&made[1..]).map(|(_, text)| text.clone());
    if let Some(middle) = middle {
        let way = [Making::Verbatim, Making::Cut, Making::Residue, Making::Light];
        let way = *chance.pick(&way).unwrap_or(&Making::Verbatim);
        let prose = remade(way, &[&middle], &mut chance);
        made.push(copy(Making::Chain, &[&middle], prose, &mut chance));
    }
    made.into_iter().map(|(copy, _)| copy).collect()
}

fn remade(making: Making, parents: &[&Text], chance: &mut Chance) -> Prose {
    let prose = &parents[0].prose;
    match making {
        Making::Verbatim | Making::Chain => prose.clone(),
        Making::Cut => cut(prose, chance),
        Making::Merged => merged(prose, &parents[1].prose, chance),
        Making::Residue => with_residue(prose, chance),
        Making::Light => respin(prose, Strength::Light, chance),
        Making::Medium => respin(prose, Strength::Medium, chance),
        Making::Strong => respin(prose, Strength::Strong, chance),
    }
}

/// Sentences of a cut text.
const LEAST_SENTENCES: usize = 3;

/// The first sentences, or the text without some of its paragraphs.
fn cut(prose: &Prose, chance: &mut Chance) -> Prose {
    let count = prose.sentences().count();
    if chance.happens(0.4) {
        let kept = (count * (30 + chance.below(30)) / 100).max(LEAST_SENTENCES);
        let lead: Vec<_> = prose.sentences().take(kept).cloned().collect();
        return Prose { paragraphs: vec![lead] };
    }
    let mut left = Prose { paragraphs: prose.paragraphs.clone() };
    let kept = prose.words() * (40 + chance.below(35)) / 100;
    while kept < left.words() && 2 < left.paragraphs.len() {
        left.paragraphs.remove(1 + chance.below(left.paragraphs.len() - 1));
    }
    left
}

/// Most of both texts, a paragraph of one after one of the other.
fn merged(first: &Prose, second: &Prose, chance: &mut Chance) -> Prose {
    let mut some = |prose: &Prose| -> Vec<Vec<String>> {
        let kept = prose.paragraphs.iter().filter(|_| chance.happens(0.75));
        kept.cloned().collect()
    };
    let (first, second) = (some(first), some(second));
    let mut paragraphs = Vec::new();
    for at in 0..first.len().max(second.len()) {
        paragraphs.extend(first.get(at).cloned());
        paragraphs.extend(second.get(at).cloned());
    }
    Prose { paragraphs }
}

fn copy(making: Making, parents: &[&Text], prose: Prose, chance: &mut Chance) -> (Copy, Text) {
    let source = parents[0];
    let credited = source.outlet.as_deref().filter(|_| chance.happens(0.3));
    let prose = credited.map_or(prose.clone(), |outlet| with_credit(prose, outlet, chance));
    let outlet = chance.pick(&OUTLETS).map(|&outlet| outlet.to_owned());
    let day = later(parents.iter().filter_map(|parent| parent.day).max(), chance);
    let name = format!("{}-{making}", source.name);
    let body = prose.text();
    let mut report = Report::from_text(&name, &body);
    report.id = ReportId::of(format!("{name}\n{body}").as_bytes());
    report.metadata.outlet.clone_from(&outlet);
    report.metadata.published = day.map(|day| day.to_string());
    report.metadata.language = Some("en".to_owned());
    let all = |of: fn(&Text) -> &Vec<ReportId>| -> Vec<ReportId> {
        parents.iter().flat_map(|parent| of(parent)).copied().collect()
    };
    let ancestors = all(|text| &text.ancestors);
    let roots: Vec<_> = parents.iter().flat_map(|parent| &parent.roots).copied().collect();
    let mut line = ancestors.clone();
    line.push(report.id);
    let text =
        Text { id: report.id, name, prose, day, outlet, roots: roots.clone(), ancestors: line };
    let parents = parents.iter().map(|parent| parent.id).collect();
    (Copy { report, making, parents, roots, ancestors }, text)
}

/// The same day, some days later, or no day at all.
fn later(day: Option<Date>, chance: &mut Chance) -> Option<Date> {
    let gap = match chance.below(10) {
        0..=3 => 0,
        4..=6 => 1 + chance.below(3) as i64,
        _ => return None,
    };
    day?.checked_add(gap.days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pool() -> Pool {
        let text = |name: &str| {
            let stem = name.to_lowercase();
            let sentence = |at| {
                format!("The {stem}ers of mill {stem}{at} met {stem}ish farmers near bridge {at}. ")
            };
            Report::from_text(name, &(0..20).map(sentence).collect::<String>())
        };
        let source = |name: &str| Source { report: text(name), label: None, day: None };
        Pool { sources: ["Sallet", "Ruvania", "Torvia"].map(source).to_vec(), ..Pool::default() }
    }

    #[test]
    fn a_family_has_a_copy_of_every_making() {
        let copies = families(&pool(), 1);
        let makings: Vec<_> = copies.iter().map(|copy| copy.making).collect();
        assert_eq!(makings, Making::ALL);
        let merged = copies.iter().find(|copy| copy.making == Making::Merged).unwrap();
        assert_eq!((merged.parents.len(), merged.roots.len()), (2, 2));
        let chain = copies.last().unwrap();
        assert!(2 <= chain.ancestors.len() && chain.ancestors.contains(&chain.parents[0]));
    }

    #[test]
    fn one_pool_makes_the_same_copies() {
        let texts = || -> Vec<_> {
            families(&pool(), 3)
                .into_iter()
                .map(|copy| (copy.report.id, copy.report.text))
                .collect()
        };
        assert_eq!(texts(), texts());
    }
}
