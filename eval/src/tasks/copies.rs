//! `copies`: which reports are copies, and of what.
//!
//! Copies of known descent are made of the reports of a set ([`crate::copies`]) and read among all of
//! them. Two reports are *called* copies where the record has them in one family.
//!
//! `MAKING_f1`: the pairs of a copy made in that way and each text that it goes back to are to be called;
//! any report that shares no origin with the copy is not to be. `respun_f1` pools the three strengths.
//! `parent`: the share of all copies whose direct parent is right. `false_rate`: the share of pairs of
//! reports of one happening that are no copies, and are called so. `passages`: the share of all runs of
//! fifteen words or more that two of the set's own reports share, by exact search, that lie in a passage of
//! the record, of one story or of two ([`chancery_resolve::across`]); `passages_in_story` counts those of
//! reports of one story.
//!
//! The baseline calls two reports copies whose sets of runs of five words have a Jaccard resemblance of at
//! least a half: what datasketch's MinHash estimates, here computed exactly. `gram8` calls those of which
//! half the words of the shorter lie in runs of eight words that both have.

mod found;
mod passages;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use chancery_annotate::Kit;
use chancery_text::ReportId;

use crate::copies::{Copy, Making, Pool, alike, families};
use crate::line;
use crate::outcome::{Case, percent};
use crate::score::{Counts, Share};
use crate::{EvalError, Outcome, Task};
use found::Found;

/// Reports that copies are made of.
const FAMILIES: usize = 60;

pub fn run(sets: &[PathBuf], kit: &Kit) -> Result<Outcome, EvalError> {
    let pool = Pool::read(sets)?;
    let copies = families(&pool, FAMILIES);
    let own = pool.sources.iter().map(|source| source.report.clone());
    let readings = line::read(own.collect(), kit);
    let mut all = readings.clone();
    all.extend(line::read(copies.iter().map(|copy| copy.report.clone()).collect(), kit));
    all.sort_by_key(|reading| reading.report.id);
    let test = Test::new(&pool, &copies);
    let ours = Found::of(&line::resolve(&all));
    let mut outcome = Outcome::new(Task::Copies, copies.len());
    test.score_kinds(&mut outcome, &ours);
    test.add_cases(&mut outcome, &ours);
    test.score_parents(&mut outcome, &ours);
    test.score_apart(&mut outcome, &ours);
    passages::score(&mut outcome, &readings);
    Ok(outcome)
}

/// The gold, and what the baselines call copies.
struct Test<'a> {
    pool: &'a Pool,
    copies: &'a [Copy],
    /// The reports of the pool that each report goes back to.
    roots: BTreeMap<ReportId, Vec<usize>>,
    kin: BTreeSet<(usize, usize)>,
    resembling: BTreeSet<(ReportId, ReportId)>,
    contained: BTreeSet<(ReportId, ReportId)>,
}

fn ordered<T: Ord>(a: T, b: T) -> (T, T) {
    if a <= b { (a, b) } else { (b, a) }
}

impl<'a> Test<'a> {
    fn new(pool: &'a Pool, copies: &'a [Copy]) -> Self {
        let own = pool.sources.iter().enumerate().map(|(at, one)| (&one.report, vec![at]));
        let made = copies.iter().map(|copy| (&copy.report, copy.roots.clone()));
        let reports: Vec<_> = own.chain(made).collect();
        let texts: Vec<_> = reports.iter().map(|(report, _)| &*report.text).collect();
        let eight = alike(&texts, 8, |a, b| a.containment(b));
        let half = |shares: BTreeMap<(usize, usize), f64>| -> BTreeSet<(ReportId, ReportId)> {
            let half = shares.into_iter().filter(|(_, share)| 0.5 <= *share);
            half.map(|((a, b), _)| ordered(reports[a].0.id, reports[b].0.id)).collect()
        };
        Self {
            pool,
            copies,
            kin: pool.kin(),
            resembling: half(alike(&texts, 5, |a, b| a.resemblance(b))),
            contained: half(eight),
            roots: reports.into_iter().map(|(report, roots)| (report.id, roots)).collect(),
        }
    }

    /// Whether two reports go back to one text, as far as anybody can know.
    fn related(&self, a: ReportId, b: ReportId) -> bool {
        let (left, right) = (&self.roots[&a], &self.roots[&b]);
        left.iter().any(|&a| right.iter().any(|&b| a == b || self.kin.contains(&ordered(a, b))))
    }

    /// Right and wrong pairs of the copies made in one way.
    fn counts(&self, making: Making, called: &Called) -> Counts {
        let mut counts = Counts::default();
        for copy in self.copies.iter().filter(|copy| copy.making == making) {
            let id = copy.report.id;
            let others = called.of(id);
            for ancestor in &copy.ancestors {
                let found = others.contains(ancestor);
                counts.add(true, found, found);
            }
            let wrong = others.iter().filter(|&&other| !self.related(id, other));
            wrong.for_each(|_| counts.add(false, true, false));
        }
        counts
    }

    fn score_kinds(&self, outcome: &mut Outcome, ours: &Found) {
        let ways = [&ours.pairs, &self.resembling, &self.contained].map(Called::new);
        let mut respun = [Counts::default(); 3];
        for &making in Making::ALL {
            let counts = [0, 1, 2].map(|way| self.counts(making, &ways[way]));
            add(outcome, making.name(), counts);
            if matches!(making, Making::Light | Making::Medium | Making::Strong) {
                respun = [0, 1, 2].map(|way| respun[way].plus(counts[way]));
            }
        }
        add(outcome, "respun", respun);
        outcome.metrics.insert("respun_precision".into(), percent(respun[0].precision()));
        outcome.metrics.insert("respun_recall".into(), percent(respun[0].recall()));
    }

    /// A case for each text that a copy goes back to, and for each wrong pair.
    fn add_cases(&self, outcome: &mut Outcome, ours: &Found) {
        let called = Called::new(&ours.pairs);
        for copy in self.copies {
            let others = called.of(copy.report.id);
            let wrong: Vec<_> =
                others.iter().filter(|other| !self.related(copy.report.id, **other)).collect();
            let right = copy.ancestors.iter();
            let right = right.map(|id| (true, others.contains(id), *id));
            let wrong = wrong.into_iter().map(|id| (false, true, *id));
            for (copied, found, other) in right.chain(wrong) {
                let together = ours.stories[&copy.report.id] == ours.stories[&other];
                let word = |yes: bool| if yes { "copies" } else { "" };
                let missed = if together { "" } else { "in another story" };
                outcome.cases.push(Case {
                    id: format!("{} {}", self.name(copy.report.id), self.name(other)),
                    aspect: copy.making.name().into(),
                    expected: word(copied).into(),
                    found: if found { word(true) } else { missed }.into(),
                    score: f64::from(u8::from(copied == found)),
                });
            }
        }
    }

    fn score_parents(&self, outcome: &mut Outcome, ours: &Found) {
        let mut all = Share::default();
        for copy in self.copies {
            let found = ours.parents.get(&copy.report.id);
            let right = found.is_some_and(|found| found.iter().any(|id| copy.parents.contains(id)));
            all.add(right);
            let name = |ids: Vec<&ReportId>| {
                ids.into_iter().map(|id| self.name(*id)).collect::<Vec<_>>().join(" ")
            };
            outcome.cases.push(Case {
                id: self.name(copy.report.id),
                aspect: format!("parent {}", copy.making),
                expected: name(copy.parents.iter().collect()),
                found: name(found.into_iter().flatten().collect()),
                score: f64::from(u8::from(right)),
            });
        }
        outcome.metrics.insert("parent".into(), percent(all.value()));
    }

    /// What a reader of the cases finds a report by: its path, or the way a copy was made.
    fn name(&self, id: ReportId) -> String {
        let own = self.pool.sources.iter().find(|source| source.report.id == id);
        let made = || self.copies.iter().find(|copy| copy.report.id == id);
        match own {
            Some(source) => source.report.source.label(),
            None => made().map_or(String::new(), |copy| copy.report.source.path.clone()),
        }
    }

    fn score_apart(&self, outcome: &mut Outcome, ours: &Found) {
        let [mut mine, mut theirs] = [Share::default(); 2];
        for (left, right) in self.pool.apart() {
            let ids = [left, right].map(|at| self.pool.sources[at].report.id);
            let pair = ordered(ids[0], ids[1]);
            mine.add(ours.pairs.contains(&pair));
            theirs.add(self.resembling.contains(&pair));
            outcome.cases.push(Case {
                id: format!("{} {}", self.name(pair.0), self.name(pair.1)),
                aspect: "apart".into(),
                expected: "apart".into(),
                found: if ours.pairs.contains(&pair) { "copies".into() } else { "apart".into() },
                score: f64::from(u8::from(!ours.pairs.contains(&pair))),
            });
        }
        if 0 < mine.all {
            outcome.add("false_rate", mine.value(), theirs.value());
        }
        let marked = self.pool.marked_copies.iter().map(|&(a, b)| {
            let [a, b] = [a, b].map(|at| self.pool.sources[at].report.id);
            ordered(a, b)
        });
        let [mut mine, mut theirs] = [Share::default(); 2];
        for pair in marked {
            mine.add(ours.pairs.contains(&pair));
            theirs.add(self.resembling.contains(&pair));
        }
        if 0 < mine.all {
            outcome.add("marked_found", mine.value(), theirs.value());
        }
    }
}

fn add(outcome: &mut Outcome, name: &str, [ours, jaccard, gram8]: [Counts; 3]) {
    let metric = format!("{name}_f1");
    outcome.add(&metric, ours.f1(), jaccard.f1());
    outcome.baseline.insert(format!("{metric} gram8"), percent(gram8.f1()));
}

/// Pairs that are called copies, by report.
struct Called {
    by_report: BTreeMap<ReportId, BTreeSet<ReportId>>,
}

impl Called {
    fn new(pairs: &BTreeSet<(ReportId, ReportId)>) -> Self {
        let mut by_report: BTreeMap<ReportId, BTreeSet<ReportId>> = BTreeMap::new();
        for &(a, b) in pairs {
            by_report.entry(a).or_default().insert(b);
            by_report.entry(b).or_default().insert(a);
        }
        Self { by_report }
    }

    fn of(&self, id: ReportId) -> BTreeSet<ReportId> {
        self.by_report.get(&id).cloned().unwrap_or_default()
    }
}
