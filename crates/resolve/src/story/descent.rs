//! Which member of a family was copied from which.
//!
//! Every pair of kin is asked two questions: how much of the one stands in the other as it is, for errors
//! and wordings are inherited; and what speaks for one having been there first ([`Sign`]). A member's
//! parent is the one for which most speaks in sum.

use std::collections::{BTreeMap, BTreeSet};

use chancery_annotate::clean::CreditKind;
use chancery_annotate::date::DateBasis;

use super::kinship::Kinship;
use super::marks::Marks;
use super::origins::{named, same_source};
use super::told::Told;
use crate::record::FamilyMember;

/// Said where nothing puts one member before another.
const UNDECIDED: &str = "neither dates nor credits say which came first";
/// What the child's words that stand in the parent as they are weigh beside the signs.
const INHERITED: f64 = 4.0;
/// What the parent's words that stand in the child weigh: a copy of a part is likelier to be of the text
/// that has least beside it.
const PASSED_ON: f64 = 1.5;
/// What being like all others weighs for the source of a family.
const CENTRAL: f64 = 2.0;
/// Most that signs speak for one step more than for another; against it they may say more.
const MOST_EARLIER: f64 = 0.3;
/// What the standing of the parent among all members weighs.
const STANDING: f64 = 0.4;
/// What odd words of a parent weigh against it, beside the source's: a respun text is seldom respun again.
const ODD: f64 = 8.0;
/// What a name that the two spell differently weighs, and how many count: who respins a text again seldom
/// mends its names.
const MISSPELT: f64 = 0.35;
const MOST_MISSPELT: usize = 4;
/// What a line of residue or a credit that both pages carry weighs, and how many count.
const CARRIED: f64 = 0.2;
const MOST_CARRIED: usize = 3;
/// Kin of a member that are looked at as its parents, those with most of its words.
const PARENTS: usize = 16;
/// Words that a text has more than its copy at least, for that to be worth saying.
const DROPPED: f64 = 20.0;

/// The members of a family, each with its parent.
pub(super) fn find(
    told: &[Told<'_>],
    kinship: &Kinship,
    compiled: &BTreeSet<usize>,
    group: &[usize],
) -> Vec<FamilyMember> {
    let marks = group.iter().map(|&at| (at, Marks::of(&told[at]))).collect();
    let look = Look { told, kinship, compiled, marks };
    let mut steps = look.steps(group);
    let standing = look.standing(group, &steps);
    let best = standing.values().copied().fold(f64::MIN, f64::max);
    let root = look.root(&standing);
    for step in &mut steps {
        let odder = (look.marks[&step.parent].odd - look.marks[&root].odd).max(0.0);
        step.weight -= STANDING * (best - standing[&step.parent]).min(1.0) + ODD * odder;
    }
    let parents = tree(root, steps);
    let member = |&at: &usize| match parents.get(&at) {
        Some(&parent) => look.child(at, parent),
        None => look.source(group, at),
    };
    group.iter().map(member).collect()
}

/// What speaks for one report having been there before another.
#[derive(Debug, Clone, PartialEq)]
struct Sign {
    weight: f64,
    /// What it says of the copy.
    reason: String,
}

/// A possible step from a parent to a child.
#[derive(Debug, Clone, Copy)]
struct Step {
    parent: usize,
    child: usize,
    /// How much speaks for it.
    weight: f64,
    /// How much speaks for the parent being the earlier one.
    earlier: f64,
    /// How alike the two are.
    like: f64,
}

struct Look<'a> {
    told: &'a [Told<'a>],
    kinship: &'a Kinship,
    compiled: &'a BTreeSet<usize>,
    marks: BTreeMap<usize, Marks>,
}

impl Look<'_> {
    /// The likeliest steps to each member.
    fn steps(&self, group: &[usize]) -> Vec<Step> {
        let members: BTreeSet<_> = group.iter().copied().collect();
        let mut kin: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (left, right) in self.kinship.pairs_of(&members) {
            kin.entry(left).or_default().push(right);
            kin.entry(right).or_default().push(left);
        }
        let mut steps = Vec::new();
        for (child, mut near) in kin {
            let share = |other: &usize| self.kinship.agreement(child, *other);
            near.sort_by(|a, b| share(b).total_cmp(&share(a)).then(a.cmp(b)));
            let parents = near.into_iter().take(PARENTS);
            steps.extend(parents.map(|parent| self.step(parent, child)));
        }
        steps
    }

    fn step(&self, parent: usize, child: usize) -> Step {
        let earlier = self.earlier(parent, child);
        let inherited = self.kinship.agreement(child, parent);
        let passed_on = self.kinship.agreement(parent, child);
        let (theirs, mine) = (&self.marks[&parent], &self.marks[&child]);
        let weight = INHERITED * inherited + PASSED_ON * passed_on + earlier.min(MOST_EARLIER)
            - MISSPELT * theirs.spelt_otherwise(mine).min(MOST_MISSPELT) as f64
            + CARRIED * theirs.carried(mine).min(MOST_CARRIED) as f64;
        Step { parent, child, weight, earlier, like: (inherited * passed_on).sqrt() }
    }

    /// How much speaks for `parent` having been there before `child`; against it, if below 0.
    fn earlier(&self, parent: usize, child: usize) -> f64 {
        let weigh = |parent, child| -> f64 {
            self.signs(parent, child).iter().map(|sign| sign.weight).sum()
        };
        weigh(parent, child) - weigh(child, parent)
    }

    /// How much speaks, on average over its kin, for each member being the source: the signs, and that all
    /// others are like it, more than they are like each other.
    fn standing(&self, group: &[usize], steps: &[Step]) -> BTreeMap<usize, f64> {
        let mut standing: BTreeMap<usize, (f64, f64)> =
            group.iter().map(|at| (*at, (0.0, 0.0))).collect();
        let mut add = |at: usize, weight: f64| {
            let entry = standing.entry(at).or_default();
            *entry = (entry.0 + weight, entry.1 + 1.0);
        };
        for step in steps {
            add(step.parent, CENTRAL * step.like + step.earlier);
            add(step.child, CENTRAL * step.like - step.earlier);
        }
        standing.into_iter().map(|(at, (sum, count))| (at, sum / f64::max(count, 1.0))).collect()
    }

    /// The member that stands before all others; among equals the longest.
    fn root(&self, standing: &BTreeMap<usize, f64>) -> usize {
        let rank = |at: &usize| (standing[at], self.told[*at].words.len());
        let better = |best: usize, at: usize| {
            let (a, b) = (rank(&best), rank(&at));
            if a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).is_lt() { at } else { best }
        };
        standing.keys().copied().reduce(better).expect("a family has members")
    }

    fn signs(&self, parent: usize, child: usize) -> Vec<Sign> {
        let (source, copy) = (&self.told[parent], &self.told[child]);
        let signs = [
            credited(source, copy),
            borrowed(source, copy).filter(|_| !self.is_part(parent, child)),
            dated(source, copy),
            residue(source, copy).filter(|_| !self.is_part(parent, child)),
            self.odd_words(parent, child),
            self.compiled(parent, child),
            self.dropped(parent, child),
        ];
        signs.into_iter().flatten().collect()
    }

    /// Whether a report stands in another that has more: it may be a cut of it, without its credits.
    fn is_part(&self, part: usize, whole: usize) -> bool {
        let back = self.kinship.coverage(whole, part);
        back + 0.05 < self.kinship.coverage(part, whole)
    }

    fn odd_words(&self, parent: usize, child: usize) -> Option<Sign> {
        let more = self.marks[&child].odd - self.marks[&parent].odd;
        let respun =
            self.kinship.agreement(child, parent) < 0.95 * self.kinship.coverage(child, parent);
        (respun && 0.005 < more).then(|| Sign {
            weight: (10.0 * more).min(1.5),
            reason: "its wording has more rare words, as respun texts do".to_owned(),
        })
    }

    fn compiled(&self, parent: usize, child: usize) -> Option<Sign> {
        let news = self.compiled.contains(&child) && !self.compiled.contains(&parent);
        news.then(|| Sign {
            weight: 3.0,
            reason: "it is put together from this text and another".to_owned(),
        })
    }

    fn inherited(&self, parent: usize, child: usize) -> Vec<String> {
        let (theirs, mine) = (&self.marks[&parent], &self.marks[&child]);
        let carried = theirs.carried(mine);
        let lines =
            format!("it carries {carried} lines of residue or credits that the other has too");
        (0 < carried).then_some(lines).into_iter().collect()
    }

    fn dropped(&self, parent: usize, child: usize) -> Option<Sign> {
        let (mine, theirs) =
            (self.kinship.coverage(child, parent), self.kinship.coverage(parent, child));
        let words = self.kinship.words(parent) as f64 * (1.0 - theirs);
        let less = theirs + 0.05 < mine && DROPPED <= words && !self.compiled.contains(&parent);
        less.then(|| Sign {
            weight: (0.5 * (mine - theirs)).min(0.25),
            reason: format!("the other has about {words:.0} words more that it leaves out"),
        })
    }

    fn child(&self, at: usize, parent: usize) -> FamilyMember {
        let mut signs = self.signs(parent, at);
        signs.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.reason.cmp(&b.reason)));
        let mut reasons: Vec<_> = signs.into_iter().map(|sign| sign.reason).collect();
        reasons.extend(self.inherited(parent, at));
        if reasons.is_empty() {
            reasons.push(UNDECIDED.to_owned());
        }
        let coverage = self.kinship.coverage(at, parent);
        let agreement = self.kinship.agreement(at, parent).min(coverage);
        reasons.push(format!(
            "{} % of its words stand in the other in the same order",
            percent(agreement)
        ));
        if agreement + 0.1 < coverage {
            let share = percent(coverage);
            reasons.push(format!("{share} % lie in sentences that the other has in like words"));
        }
        let (report, parent) = (self.told[at].report(), Some(self.told[parent].report()));
        FamilyMember { report, parent, coverage, reasons }
    }

    fn source(&self, group: &[usize], at: usize) -> FamilyMember {
        let others = || group.iter().copied().filter(move |other| *other != at);
        let mut reasons = Vec::new();
        if others().any(|other| credits(&self.told[other], &self.told[at]).is_some()) {
            reasons.push("another member credits it".to_owned());
        }
        let last = self.told[at].date.last;
        if last.is_some() && others().all(|other| last < self.told[other].date.first) {
            reasons.push(format!("it is the earliest, dated {}", self.told[at].date));
        }
        if others().all(|other| self.told[other].words.len() < self.told[at].words.len()) {
            reasons.push("it has the most text".to_owned());
        }
        if others().all(|other| self.marks[&at].odd + 0.02 < self.marks[&other].odd) {
            reasons.push("its wording has the fewest rare words".to_owned());
        }
        if reasons.is_empty() {
            reasons.push(UNDECIDED.to_owned());
        }
        let coverage = others().map(|other| self.kinship.coverage(at, other)).fold(0.0, f64::max);
        FamilyMember { report: self.told[at].report(), parent: None, coverage, reasons }
    }
}

/// A parent for each member but the root: the steps for which most speaks, as long as none closes a
/// circle.
fn tree(root: usize, mut steps: Vec<Step>) -> BTreeMap<usize, usize> {
    steps.sort_by(|a, b| {
        b.weight.total_cmp(&a.weight).then((a.parent, a.child).cmp(&(b.parent, b.child)))
    });
    let mut parents: BTreeMap<usize, usize> = BTreeMap::new();
    for step in steps.iter().filter(|step| step.child != root) {
        if !parents.contains_key(&step.child) && !descends(&parents, step.parent, step.child) {
            parents.insert(step.child, step.parent);
        }
    }
    parents
}

fn descends(parents: &BTreeMap<usize, usize>, mut from: usize, of: usize) -> bool {
    while from != of {
        match parents.get(&from) {
            Some(&parent) => from = parent,
            None => return false,
        }
    }
    true
}

fn percent(share: f64) -> u32 {
    (share * 100.0).round() as u32
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

fn credited(source: &Told<'_>, copy: &Told<'_>) -> Option<Sign> {
    let own = named(source).zip(named(copy)).is_some_and(|(a, b)| same_source(&a, &b));
    let name = credits(copy, source).filter(|_| !own)?;
    Some(Sign { weight: 3.0, reason: format!("it credits {name}, where the other appeared") })
}

/// Whether a report credits an agency or outlet for its text.
fn borrows(told: &Told<'_>) -> bool {
    let kinds = [CreditKind::Agency, CreditKind::Outlet];
    let own = named(told);
    let foreign = |name: &str| own.as_deref().is_none_or(|own| !same_source(own, name));
    let credits = &told.reading.observed.credits;
    credits.iter().any(|credit| kinds.contains(&credit.kind) && foreign(&credit.name))
}

fn borrowed(source: &Told<'_>, copy: &Told<'_>) -> Option<Sign> {
    let reason = "it credits another for its text, the other does not";
    (borrows(copy) && !borrows(source)).then(|| Sign { weight: 0.7, reason: reason.to_owned() })
}

fn dated(source: &Told<'_>, copy: &Told<'_>) -> Option<Sign> {
    let (theirs, mine) = (source.date.last?, copy.date.first);
    let stated = |told: &Told<'_>| told.reading.observed.date.basis == DateBasis::Stated;
    match mine {
        Some(mine) if theirs < mine => Some(Sign {
            // What was inferred may be the date of what both tell.
            weight: if stated(source) && stated(copy) { 2.0 } else { 0.4 },
            reason: format!("it is dated {}, the other {}", copy.date, source.date),
        }),
        None => Some(Sign { weight: 0.1, reason: "it is undated, the other is not".to_owned() }),
        _ => None,
    }
}

fn residue(source: &Told<'_>, copy: &Told<'_>) -> Option<Sign> {
    let lines = |told: &Told<'_>| told.reading.observed.residue.len();
    let reason = match lines(source) {
        0 => "there is residue of a page around it, none around the other",
        _ => "there is more residue of a page around it than around the other",
    };
    (lines(source) < lines(copy)).then(|| Sign { weight: 0.6, reason: reason.to_owned() })
}
