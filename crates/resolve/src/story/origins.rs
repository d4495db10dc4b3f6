//! Independent origins: reports that cannot vouch for each other, because they share a text, an
//! agency, a readout or a post.

use std::collections::{BTreeMap, BTreeSet};

use chancery_annotate::clean::{Credit, CreditKind};
use chancery_text::{Kind, ReportId, RowId};

use super::components::Groups;
use super::made_of;
use super::told::Told;
use crate::record::{Evidence, Family, Origin, Passage};

/// Origins, sorted by id; every report is in one.
pub(super) fn find(told: &[Told<'_>], passages: &[Passage], families: &[Family]) -> Vec<Origin> {
    let mut joins = family_joins(told, families);
    joins.extend(credit_joins(told, &sharing(told, passages)));
    let mut groups = Groups::new(told.len());
    joins.iter().for_each(|join| groups.join(join.left, join.right));
    let mut origins: Vec<_> =
        groups.groups().into_iter().map(|group| origin(told, families, &joins, &group)).collect();
    origins.sort_by_key(|origin| origin.id);
    origins
}

/// The origin of each report, in the order of `told`.
pub(super) fn of_each(told: &[Told<'_>], origins: &[Origin]) -> Vec<RowId> {
    let of: BTreeMap<ReportId, RowId> = origins
        .iter()
        .flat_map(|origin| origin.reports.iter().map(|report| (*report, origin.id)))
        .collect();
    told.iter().map(|told| of[&told.report()]).collect()
}

/// Two reports of one origin, and why.
struct Join {
    left: usize,
    right: usize,
    reason: String,
    evidence: Vec<Evidence>,
}

fn family_joins(told: &[Told<'_>], families: &[Family]) -> Vec<Join> {
    let index = index(told);
    let main = main_families(families);
    let mut joins = Vec::new();
    let members = families.iter().flat_map(|family| {
        family.members.iter().filter(|member| main[&member.report] == family.id)
    });
    for member in members {
        let Some(parent) = member.parent else { continue };
        let (left, right) = (index[&member.report], index[&parent]);
        let share = (member.coverage * 100.0).round();
        let names = (told[left].name(), told[right].name());
        joins.push(Join {
            left,
            right,
            reason: format!("{share} % of the words of {} stand in {}", names.0, names.1),
            evidence: Vec::new(),
        });
    }
    // A family is one origin even where its members were joined by text that goes the other way.
    for family in families {
        let members = family.members.iter().map(|member| member.report);
        let own: Vec<_> = members.filter(|report| main[report] == family.id).collect();
        for pair in own.windows(2) {
            let (left, right) = (index[&pair[0]], index[&pair[1]]);
            joins.push(Join { left, right, reason: String::new(), evidence: Vec::new() });
        }
    }
    joins
}

/// The family that each report has most of its words from: what was made of two texts does not make these
/// one origin.
fn main_families(families: &[Family]) -> BTreeMap<ReportId, RowId> {
    let mut main: BTreeMap<ReportId, (f64, RowId)> = BTreeMap::new();
    for family in families {
        for member in &family.members {
            let best = main.entry(member.report).or_insert((member.coverage, family.id));
            if best.0 < member.coverage {
                *best = (member.coverage, family.id);
            }
        }
    }
    main.into_iter().map(|(report, (_, family))| (report, family)).collect()
}

fn index(told: &[Told<'_>]) -> BTreeMap<ReportId, usize> {
    told.iter().enumerate().map(|(at, told)| (told.report(), at)).collect()
}

/// Pairs of reports, lesser index first, that share a passage.
fn sharing(told: &[Told<'_>], passages: &[Passage]) -> BTreeSet<(usize, usize)> {
    let index = index(told);
    passages
        .iter()
        .map(|passage| {
            let (left, right) = (index[&passage.left.0], index[&passage.right.0]);
            (left.min(right), left.max(right))
        })
        .collect()
}

/// How one report leans on a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Lean {
    /// It appeared there.
    Is,
    /// It is that source's text, in whole.
    Whole,
    /// It takes something from it.
    Part,
}

const fn lean(kind: CreditKind) -> Option<Lean> {
    match kind {
        CreditKind::Agency | CreditKind::Outlet => Some(Lean::Whole),
        CreditKind::Quoting | CreditKind::Post | CreditKind::Readout => Some(Lean::Part),
        CreditKind::Dateline | CreditKind::Byline | CreditKind::Copyright | CreditKind::Photo => {
            None
        }
    }
}

/// Joins by source: those whose text is the source's are one origin; those that only take
/// something from it are joined where they also share words.
fn credit_joins(told: &[Told<'_>], sharing: &BTreeSet<(usize, usize)>) -> Vec<Join> {
    let mut joins = Vec::new();
    for (_, leaning) in sources(told) {
        for (at, (left, how, credit)) in leaning.iter().enumerate() {
            for (right, also, other) in &leaning[at + 1..] {
                let pair = (*left.min(right), *left.max(right));
                let whole = *how != Lean::Part && *also != Lean::Part;
                if left == right || !(whole || sharing.contains(&pair)) {
                    continue;
                }
                joins.push(credit_join(told, (*left, *credit), (*right, *other)));
                if whole {
                    break;
                }
            }
        }
    }
    joins
}

type Leaning<'a> = Vec<(usize, Lean, Option<&'a Credit>)>;

fn sources<'a>(told: &[Told<'a>]) -> BTreeMap<String, Leaning<'a>> {
    let mut sources: BTreeMap<String, Leaning<'a>> = BTreeMap::new();
    for (at, told) in told.iter().enumerate() {
        if let Some(outlet) = named(told) {
            sources.entry(source_key(&outlet)).or_default().push((at, Lean::Is, None));
        }
        for credit in &told.reading.observed.credits {
            if let Some(lean) = lean(credit.kind) {
                let entry = sources.entry(source_key(&credit.name)).or_default();
                entry.push((at, lean, Some(credit)));
            }
        }
    }
    for leaning in sources.values_mut() {
        leaning.sort_by_key(|(at, lean, credit)| (*lean, *at, credit.map(|credit| credit.span)));
        let mut seen = BTreeSet::new();
        leaning.retain(|(at, _, _)| seen.insert(*at));
    }
    sources.remove("");
    sources
}

fn credit_join(
    told: &[Told<'_>],
    left: (usize, Option<&Credit>),
    right: (usize, Option<&Credit>),
) -> Join {
    let names = (told[left.0].name(), told[right.0].name());
    let reason = match (left.1, right.1) {
        (Some(credit), Some(_)) => {
            format!("{} and {} both credit {}", names.0, names.1, credit.name)
        }
        (Some(credit), None) => {
            format!("{} credits {}, which is {}", names.0, credit.name, names.1)
        }
        (None, Some(credit)) => {
            format!("{} credits {}, which is {}", names.1, credit.name, names.0)
        }
        (None, None) => format!("both appeared in {}", names.0),
    };
    let evidence = [left, right]
        .into_iter()
        .filter_map(|(at, credit)| {
            credit.map(|credit| told[at].evidence(credit.span, "credit", Some(credit.id)))
        })
        .collect();
    Join { left: left.0, right: right.0, reason, evidence }
}

fn origin(told: &[Told<'_>], families: &[Family], joins: &[Join], group: &[usize]) -> Origin {
    let reports: Vec<_> = group.iter().map(|&at| told[at].report()).collect();
    let within = || joins.iter().filter(|join| group.contains(&join.left));
    let reasons: BTreeSet<_> =
        within().map(|join| join.reason.clone()).filter(|reason| !reason.is_empty()).collect();
    let evidence: BTreeSet<_> = within().flat_map(|join| join.evidence.clone()).collect();
    let (name, kind) = title(told, families, group);
    Origin {
        id: made_of(Kind::Origin, reports[0], &reports),
        name,
        kind: kind.to_owned(),
        reports,
        reasons: reasons.into_iter().collect(),
        evidence: evidence.into_iter().collect(),
    }
}

/// What the origin goes back to: the source most of its reports credit, else the outlet or the
/// title of the report that the rest was copied from.
fn title(told: &[Told<'_>], families: &[Family], group: &[usize]) -> (String, &'static str) {
    let kinds = [
        (CreditKind::Agency, "agency"),
        (CreditKind::Outlet, "outlet"),
        (CreditKind::Readout, "readout"),
        (CreditKind::Post, "post"),
    ];
    for (kind, name) in kinds {
        let shared_only = matches!(kind, CreditKind::Readout | CreditKind::Post);
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for &at in group {
            let credits = told[at].reading.observed.credits.iter();
            let names: BTreeSet<_> =
                credits.filter(|credit| credit.kind == kind).map(|c| c.name.as_str()).collect();
            names.into_iter().for_each(|name| *counts.entry(name).or_default() += 1);
        }
        let most = counts.into_iter().max_by_key(|(name, n)| (*n, std::cmp::Reverse(*name)));
        if let Some((source, count)) = most
            && (!shared_only || (1 < group.len() && count == group.len()))
        {
            return (source.to_owned(), name);
        }
    }
    let source = |at: &&usize| {
        let report = told[**at].report();
        let mut members = families.iter().flat_map(|family| &family.members);
        members.any(|member| member.report == report && member.parent.is_none())
    };
    let head = group.iter().find(source).or(group.first()).copied().unwrap_or(0);
    match named(&told[head]) {
        Some(outlet) => (outlet, "outlet"),
        None => (told[head].name(), "text"),
    }
}

/// The outlet that a report appeared in, if its container says.
pub(super) fn named(told: &Told<'_>) -> Option<String> {
    told.reading.report.metadata.outlet.clone().filter(|outlet| !outlet.trim().is_empty())
}

/// Whether two names are one source: "Sputnik" and "sputniknews.com".
pub(super) fn same_source(left: &str, right: &str) -> bool {
    let (left, right) = (source_key(left), source_key(right));
    !left.is_empty() && left == right
}

/// A source's name without domain, article and "news".
fn source_key(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    let host = lower.trim_start_matches("https://").trim_start_matches("http://");
    let host = host.split('/').next().unwrap_or("");
    let host = ["www.", "edition.", "en.", "english.", "the "]
        .iter()
        .fold(host, |host, prefix| host.strip_prefix(prefix).unwrap_or(host));
    let dotted = host.contains('.') && !host.contains(' ');
    let label = if dotted { host.split('.').next().unwrap_or("") } else { host };
    let key: String = label.chars().filter(|c| c.is_alphanumeric()).collect();
    match key.strip_suffix("news") {
        Some(rest) if 2 < rest.len() => rest.to_owned(),
        _ => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_reports_that_credit_one_agency_are_one_origin_and_a_third_is_not() {
        use super::super::{resolve, sample::Sample};
        let by = |text: &str| {
            Sample::new(text).credit("(Orlenpress)", CreditKind::Agency, "Orlenpress").reading()
        };
        let readings = [
            by("Floods near Tavish drowned nine. (Orlenpress)"),
            by("Rivers rose in the north, farms were lost. (Orlenpress)"),
            Sample::new("A mayor speaks of the flood.").reading(),
        ];
        let origins = resolve(&readings).origins;
        assert_eq!(origins.len(), 2);
        let agency = origins.iter().find(|origin| origin.reports.len() == 2).unwrap();
        assert_eq!((agency.name.as_str(), agency.kind.as_str()), ("Orlenpress", "agency"));
        assert_eq!(agency.evidence.len(), 2);
    }

    #[test]
    fn a_domain_and_a_name_are_one_source() {
        assert!(same_source("Morrow", "www.morrownews.com"));
        assert!(same_source("The Sallet Post", "Sallet Post"));
        assert!(!same_source("Morrow", "Tavish"));
    }
}
