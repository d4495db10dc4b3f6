//! Reports that descend from one text, and which was copied from which.

use std::collections::BTreeMap;

use chancery_annotate::clean::CreditKind;
use chancery_text::{Kind, ReportId, Span};

use super::components::Groups;
use super::made_of;
use super::origins::{named, same_source};
use super::told::Told;
use crate::record::{Family, FamilyMember, Passage};

/// Least share of the smaller report's words that a copy has.
const DESCENT: f64 = 0.5;
/// Least words of a report that can be in a family.
const LEAST_WORDS: usize = 20;

/// Said where only length and id put one member before another.
const UNDECIDED: &str = "neither dates nor credits say which came first";

/// Families, sorted by id. A report that shares its text with no other is in none.
pub(super) fn find(told: &[Told<'_>], passages: &[Passage]) -> Vec<Family> {
    let coverage = Coverage::of(told, passages);
    let mut groups = Groups::new(told.len());
    for &(left, right) in coverage.shares.keys().filter(|(left, right)| left < right) {
        let smaller = if told[left].words.len() < told[right].words.len() { left } else { right };
        let long = LEAST_WORDS <= told[smaller].words.len();
        let share = coverage.share(left, right).max(coverage.share(right, left));
        if long && DESCENT <= share {
            groups.join(left, right);
        }
    }
    let families = groups.groups().into_iter().filter(|group| 1 < group.len());
    let mut families: Vec<_> = families.map(|group| family(told, &coverage, group)).collect();
    families.sort_by_key(|family| family.id);
    families
}

/// Shares of one report's words that another has too.
struct Coverage {
    shares: BTreeMap<(usize, usize), f64>,
}

impl Coverage {
    fn of(told: &[Told<'_>], passages: &[Passage]) -> Self {
        let index: BTreeMap<ReportId, usize> =
            told.iter().enumerate().map(|(at, told)| (told.report(), at)).collect();
        let mut spans: BTreeMap<(usize, usize), Vec<Span>> = BTreeMap::new();
        for passage in passages {
            let (left, right) = (index[&passage.left.0], index[&passage.right.0]);
            spans.entry((left, right)).or_default().push(passage.left.1);
            spans.entry((right, left)).or_default().push(passage.right.1);
        }
        let share = |((of, by), spans): ((usize, usize), Vec<Span>)| {
            let words = &told[of].words;
            ((of, by), covered(words, spans) as f64 / words.len().max(1) as f64)
        };
        Self { shares: spans.into_iter().map(share).collect() }
    }

    /// Share of `of`'s words that `by` has.
    fn share(&self, of: usize, by: usize) -> f64 {
        self.shares.get(&(of, by)).copied().unwrap_or(0.0)
    }
}

fn covered(words: &[crate::words::Word], mut spans: Vec<Span>) -> usize {
    spans.sort_unstable();
    let (mut count, mut from) = (0, 0);
    for span in spans {
        let start = words.partition_point(|word| word.span.start < span.start).max(from);
        let end = words.partition_point(|word| word.span.end <= span.end).max(start);
        count += end - start;
        from = end;
    }
    count
}

fn family(told: &[Told<'_>], coverage: &Coverage, mut group: Vec<usize>) -> Family {
    let all = group.clone();
    group.sort_by_key(|&at| age(told, &all, at));
    let mut members: Vec<_> =
        (0..group.len()).map(|rank| member(told, coverage, &group, rank)).collect();
    members.sort_by_key(|member| member.report);
    let id = made_of(Kind::Family, members[0].report, members.iter().map(|member| member.report));
    Family { id, members }
}

/// What puts one member before another: who is credited, then who is earlier, then who has more.
fn age(
    told: &[Told<'_>],
    group: &[usize],
    at: usize,
) -> (bool, Option<jiff::civil::Date>, bool, std::cmp::Reverse<usize>, ReportId) {
    let credits =
        group.iter().any(|&other| other != at && credits(&told[at], &told[other]).is_some());
    let first = told[at].date.first.or(told[at].date.last);
    let borrowed = borrowed(&told[at]);
    let day = first.or(Some(jiff::civil::Date::MAX));
    (credits, day, borrowed, std::cmp::Reverse(told[at].words.len()), told[at].report())
}

/// Whether a report credits an agency or outlet for its text.
fn borrowed(told: &Told<'_>) -> bool {
    let kinds = [CreditKind::Agency, CreditKind::Outlet];
    told.reading.observed.credits.iter().any(|credit| kinds.contains(&credit.kind))
}

/// The credit by which one report names another's outlet.
fn credits<'a>(told: &Told<'a>, other: &Told<'_>) -> Option<&'a str> {
    let outlet = named(other)?;
    let credits = &told.reading.observed.credits;
    let kinds = [CreditKind::Agency, CreditKind::Outlet, CreditKind::Quoting];
    let credit = credits
        .iter()
        .find(|credit| kinds.contains(&credit.kind) && same_source(&credit.name, &outlet));
    credit.map(|credit| credit.name.as_str())
}

fn member(told: &[Told<'_>], coverage: &Coverage, group: &[usize], rank: usize) -> FamilyMember {
    let at = group[rank];
    let share = |other: &usize| coverage.share(at, *other);
    let best = |others: &[usize]| {
        others
            .iter()
            .copied()
            .reduce(|best, other| if share(&best) + 0.02 < share(&other) { other } else { best })
    };
    let elder = best(&group[..rank]).filter(|other| 0.0 < share(other));
    match elder {
        Some(parent) => FamilyMember {
            report: told[at].report(),
            parent: Some(told[parent].report()),
            coverage: share(&parent),
            reasons: reasons(told, coverage, at, parent),
        },
        None => FamilyMember {
            report: told[at].report(),
            parent: None,
            coverage: group.iter().map(share).fold(0.0, f64::max),
            reasons: source_reasons(told, group, at),
        },
    }
}

fn percent(share: f64) -> u32 {
    (share * 100.0).round() as u32
}

fn reasons(told: &[Told<'_>], coverage: &Coverage, at: usize, parent: usize) -> Vec<String> {
    let (copy, source) = (&told[at], &told[parent]);
    let mut reasons = Vec::new();
    if let Some(name) = credits(copy, source) {
        reasons.push(format!("it credits {name}, where the other appeared"));
    }
    if let (Some(mine), Some(theirs)) = (copy.date.first, source.date.last)
        && theirs < mine
    {
        reasons.push(format!("it is dated {}, the other {}", copy.date, source.date));
    }
    if reasons.is_empty() {
        reasons.push(UNDECIDED.to_owned());
    }
    let share = percent(coverage.share(at, parent));
    reasons.push(format!("{share} % of its words stand in the other in the same order"));
    let back = percent(coverage.share(parent, at));
    let dropped = source.words.len() as f64 * (1.0 - coverage.share(parent, at));
    if 20.0 <= dropped && back < share {
        reasons.push(format!("the other has about {dropped:.0} words more that it leaves out"));
    }
    reasons
}

fn source_reasons(told: &[Told<'_>], group: &[usize], at: usize) -> Vec<String> {
    let mut reasons = Vec::new();
    let others = || group.iter().filter(|&&other| other != at);
    if others().any(|&other| credits(&told[other], &told[at]).is_some()) {
        reasons.push("another member credits it".to_owned());
    }
    let last = told[at].date.last;
    if last.is_some() && others().all(|&other| last < told[other].date.first) {
        reasons.push(format!("it is the earliest, dated {}", told[at].date));
    }
    if others().all(|&other| told[other].words.len() < told[at].words.len()) {
        reasons.push("it has the most text".to_owned());
    }
    if reasons.is_empty() {
        reasons.push(UNDECIDED.to_owned());
    }
    reasons
}

#[cfg(test)]
mod tests {
    use super::super::{resolve, sample::Sample};
    use chancery_annotate::clean::CreditKind;

    const TEXT: &str = "The envoys of Ruvania and Sallet met in Tarn on Monday to end the quarrel \
        over the Orlen bridge. Farmers on both banks have waited for two years to bring their \
        grain to market. The talks go on until the end of the week, a spokesman said.";

    #[test]
    fn a_later_copy_that_credits_the_first_descends_from_it() {
        let first = Sample::new(TEXT).outlet("Merrow Post").dated("2021-07-05").reading();
        let copied = format!("{TEXT} Source: Merrow Post.");
        let copy = Sample::new(&copied)
            .outlet("Tarn Times")
            .dated("2021-07-06")
            .credit("Source: Merrow Post", CreditKind::Outlet, "Merrow Post")
            .reading();
        let record = resolve(&[copy.clone(), first.clone()]);
        assert_eq!(record.families.len(), 1);
        let members = &record.families[0].members;
        let member = members.iter().find(|m| m.report == copy.report.id).unwrap();
        assert_eq!(member.parent, Some(first.report.id));
        assert!(member.reasons.iter().any(|r| r.contains("credits Merrow Post")));
        assert_eq!(record.origins.len(), 1);
        assert_eq!(record.origins[0].name, "Merrow Post");
    }

    #[test]
    fn a_brief_that_stands_in_a_long_report_is_family() {
        let brief = &TEXT[..TEXT.find(" The talks").unwrap()];
        let other = "Elsewhere the harvest failed again and prices rose in every town. ".repeat(9);
        let long = format!("{other}{TEXT}");
        let readings = [Sample::new(brief).reading(), Sample::new(&long).reading()];
        assert_eq!(resolve(&readings).families.len(), 1);
    }
}
