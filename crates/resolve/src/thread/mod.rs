//! Threads: the stories of one affair, as it goes on over weeks.
//!
//! A story is one happening; what came of it is another story, told by other reports in other words. What the
//! two have in common is what they are about: names and telling words ([`Subject::terms`]), of which those that the
//! record tells month after month count for less: they are its field, not an affair. Stories that share
//! the strongest of these meet, and those whose terms are alike on the whole make a thread (average linkage, so
//! that a chain of weak likenesses does not hold). Each story of a thread but the first follows the earlier one
//! that it is most like, and the terms that both have say why.
//!
//! ```
//! use chancery_resolve::thread::{Subject, find};
//! use chancery_text::{Interval, Kind, RowId};
//! let subject = |name: &str, day, terms: &[u32]| Subject {
//!     story: RowId::of(Kind::Story, [name]),
//!     interval: Interval::day(jiff::civil::date(2021, 7, day)),
//!     reports: 1,
//!     terms: terms.iter().map(|key| (*key, 500)).collect(),
//! };
//! let talks = subject("talks", 3, &[1, 2, 3, 4, 5, 6]);
//! let truce = subject("truce", 9, &[1, 2, 3, 4, 5, 7]);
//! let flood = subject("flood", 9, &[1, 11, 12, 13, 14, 15]);
//! let threads = find(&[talks.clone(), flood, truce.clone()]);
//! assert_eq!(threads.len(), 1);
//! let followed = threads[0].stories.iter().map(|one| (one.story, one.after)).collect::<Vec<_>>();
//! assert_eq!(followed, [(talks.story, None), (truce.story, Some(talks.story))]);
//! ```

mod likeness;

use std::collections::{BTreeMap, HashMap};

use chancery_text::{Interval, Kind, RowId};

use crate::across::{CROWD, NEAR};
use crate::block::day_of;
use crate::link::{Components, agglomerate};
use crate::record::Story;
use crate::words::{combine, mix};
use likeness::{Prepared, likeness, shared};

/// Strongest terms of a story that are paired to the keys under which it meets others.
const PAIRED: usize = 6;
/// Least likeness of two stories that are linked.
const LINKED: f64 = 0.13;
/// Least mean likeness of two parts of a thread.
const TOGETHER: f64 = 0.1;
/// Most stories of a component whose pairs are all compared; of more, those that meet under a key.
const ALL: usize = 512;
/// Days of a month, as months are counted here.
const MONTH: i64 = 30;
/// Most terms that say why a story follows another.
const REASONS: usize = 6;

/// What a story is about, as threads look at it.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    /// The story.
    pub story: RowId,
    /// The days that its reports were written on.
    pub interval: Interval,
    /// How many reports it has.
    pub reports: u32,
    /// Keys and weights of its terms, in any order: see [`crate::record::StoryTerm`].
    pub terms: Vec<(u32, u32)>,
}

impl Subject {
    /// What a story is about.
    pub fn of(story: &Story) -> Self {
        Self {
            story: story.id,
            interval: story.interval,
            reports: u32::try_from(story.reports.len()).unwrap_or(u32::MAX),
            terms: story.terms.iter().map(|term| (term.key, term.weight)).collect(),
        }
    }
}

/// Stories of one affair: at least two.
#[derive(Debug, Clone, PartialEq)]
pub struct Thread {
    /// Identity: of its stories.
    pub id: RowId,
    /// The story whose headline stands for it: that of the most reports, the earliest of these.
    pub named_by: RowId,
    /// From the first day of the first to the last of the last.
    pub interval: Interval,
    /// Its stories in the order of time.
    pub stories: Vec<Follows>,
}

/// A story of a thread.
#[derive(Debug, Clone, PartialEq)]
pub struct Follows {
    /// The story.
    pub story: RowId,
    /// The earlier story of the thread that it is most like; none for the first.
    pub after: Option<RowId>,
    /// How much alike these two are, from 0 to 1; 0 for the first.
    pub likeness: f64,
    /// Keys of the terms that weigh most in both.
    pub shared: Vec<u32>,
}

/// The threads of some stories, sorted by id. Pure, and the same for any order of `subjects`; holds them all, and
/// compares each with a bounded number of others.
pub fn find(subjects: &[Subject]) -> Vec<Thread> {
    let months = months_of_terms(subjects);
    let mut subjects: Vec<_> =
        subjects.iter().map(|subject| Prepared::new(subject, |key| months[&key])).collect();
    subjects.sort_by_key(|subject| (subject.day, subject.story));
    subjects.dedup_by_key(|subject| subject.story);
    let mut components = Components::new();
    for (left, right, _) in links(&subjects) {
        components.join(left, right);
    }
    let parts = components.groups().into_iter().flat_map(|component| parts(&subjects, &component));
    let mut threads: Vec<_> = parts.map(|part| thread(&subjects, &part)).collect();
    threads.sort_by_key(|thread| thread.id);
    threads
}

/// In how many months each term is told.
fn months_of_terms(subjects: &[Subject]) -> HashMap<u32, u32> {
    let mut told: Vec<(u32, i64)> = Vec::new();
    for subject in subjects {
        let month = day_of(subject.interval).div_euclid(MONTH);
        told.extend(subject.terms.iter().map(|(key, _)| (*key, month)));
    }
    told.sort_unstable();
    told.dedup();
    let mut months = HashMap::new();
    for (key, _) in told {
        *months.entry(key).or_default() += 1;
    }
    months
}

/// Linked stories by index, the most alike first.
fn links(subjects: &[Prepared]) -> Vec<(usize, usize, f64)> {
    let mut links: Vec<_> = meeting(subjects)
        .into_iter()
        .map(|(left, right)| (left, right, likeness(&subjects[left], &subjects[right])))
        .filter(|(_, _, likeness)| LINKED <= *likeness)
        .collect();
    links.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
    links
}

/// Pairs of stories that share two of their strongest terms, by index, which goes with time. In a crowd each
/// meets those that come next.
fn meeting(subjects: &[Prepared]) -> Vec<(usize, usize)> {
    let mut holders: Vec<(u64, usize)> = Vec::new();
    for (at, subject) in subjects.iter().enumerate() {
        let strongest = &subject.strongest[..subject.strongest.len().min(PAIRED)];
        for (place, left) in strongest.iter().enumerate() {
            for right in &strongest[place + 1..] {
                let pair = [*left.min(right), *left.max(right)].map(u64::from);
                holders.push((mix(combine(pair)), at));
            }
        }
    }
    holders.sort_unstable();
    let mut pairs = Vec::new();
    for of_key in holders.chunk_by(|a, b| a.0 == b.0) {
        let reach = if of_key.len() <= CROWD { CROWD } else { NEAR };
        for (place, (_, left)) in of_key.iter().enumerate() {
            pairs.extend(of_key[place + 1..].iter().take(reach).map(|(_, right)| (*left, *right)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Takes one component apart into groups of stories that are alike on the whole, of two or more each.
fn parts(subjects: &[Prepared], component: &[usize]) -> Vec<Vec<usize>> {
    let pairs: Vec<_> = if component.len() <= ALL {
        (0..component.len())
            .flat_map(|left| (left + 1..component.len()).map(move |right| (left, right)))
            .collect()
    } else {
        let members: Vec<_> = component.iter().map(|at| subjects[*at].clone()).collect();
        meeting(&members)
    };
    let of_pair = |(left, right): (usize, usize)| {
        likeness(&subjects[component[left]], &subjects[component[right]])
    };
    let likenesses: BTreeMap<_, _> = pairs
        .into_iter()
        .map(|pair| (pair, of_pair(pair)))
        .filter(|(_, likeness)| 0.05 <= *likeness)
        .collect();
    let groups = agglomerate(component.len(), &likenesses, TOGETHER).into_iter();
    let groups = groups.filter(|group| 1 < group.len());
    groups.map(|group| group.into_iter().map(|at| component[at]).collect()).collect()
}

fn thread(subjects: &[Prepared], part: &[usize]) -> Thread {
    let mut part = part.to_vec();
    part.sort_unstable();
    let members: Vec<_> = part.iter().map(|at| &subjects[*at]).collect();
    let most =
        members.iter().enumerate().max_by_key(|(at, one)| (one.reports, std::cmp::Reverse(*at)));
    let mut ids: Vec<_> = members.iter().map(|one| one.story).collect();
    ids.sort_unstable();
    Thread {
        id: RowId::of(Kind::Thread, ids.iter().map(|id| id.to_string())),
        named_by: most.map_or(ids[0], |(_, one)| one.story),
        interval: days(&members),
        stories: (0..members.len()).map(|at| follows(&members, at)).collect(),
    }
}

fn follows(members: &[&Prepared], at: usize) -> Follows {
    let story = members[at].story;
    let earlier = members[..at].iter().map(|one| (likeness(one, members[at]), *one));
    let most = earlier.max_by(|a, b| a.0.total_cmp(&b.0));
    match most {
        None => Follows { story, after: None, likeness: 0.0, shared: Vec::new() },
        Some((likeness, after)) => {
            let mut shared = shared(after, members[at]);
            shared.truncate(REASONS);
            Follows { story, after: Some(after.story), likeness, shared }
        }
    }
}

fn days(members: &[&Prepared]) -> Interval {
    let firsts = members.iter().filter_map(|one| one.interval.first);
    let lasts = members.iter().filter_map(|one| one.interval.last);
    Interval { first: firsts.min(), last: lasts.max() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Months apart, so that only what is about one affair is told together.
    fn subject(name: &str, day: i64, terms: &[u32]) -> Subject {
        let first = jiff::civil::date(2021, 1, 1);
        Subject {
            story: RowId::of(Kind::Story, [name]),
            interval: Interval::day(first.checked_add(jiff::Span::new().days(day)).unwrap()),
            reports: 1,
            terms: terms.iter().map(|key| (*key, 500)).collect(),
        }
    }

    fn names(threads: &[Thread], subjects: &[(&'static str, Subject)]) -> Vec<Vec<&'static str>> {
        let name = |story: RowId| subjects.iter().find(|(_, one)| one.story == story).unwrap().0;
        let mut names: Vec<Vec<_>> = threads
            .iter()
            .map(|thread| thread.stories.iter().map(|one| name(one.story)).collect())
            .collect();
        names.sort();
        names
    }

    fn named(subjects: &[(&'static str, i64, &[u32])]) -> Vec<(&'static str, Subject)> {
        subjects.iter().map(|(name, day, terms)| (*name, subject(name, *day, terms))).collect()
    }

    fn threads(subjects: &[(&'static str, Subject)]) -> Vec<Thread> {
        find(&subjects.iter().map(|(_, subject)| subject.clone()).collect::<Vec<_>>())
    }

    #[test]
    fn what_the_record_tells_all_the_time_makes_no_thread() {
        // Six terms of eight are common: of every month, or of these two only.
        let war = [1, 2, 3, 4, 5, 6];
        let with = |own: u32| [&war[..], &[100 + own, 200 + own]].concat();
        let mut told: Vec<(String, i64, Vec<u32>)> = (0..24)
            .map(|month| (format!("m{month}"), 30 * i64::from(month), with(month)))
            .collect();
        let pair = &told[..2].to_vec();
        let find_of = |told: &[(String, i64, Vec<u32>)]| {
            find(
                &told
                    .iter()
                    .map(|(name, day, terms)| subject(name, *day, terms))
                    .collect::<Vec<_>>(),
            )
        };
        assert_eq!(find_of(pair).len(), 1);
        told.push(("siege".into(), 300, [&war[..], &[7, 8, 9, 10, 11]].concat()));
        told.push(("relief".into(), 310, [&war[..], &[7, 8, 9, 10, 12]].concat()));
        let threads = find_of(&told);
        let siege = subject("siege", 300, &[]).story;
        let of_siege = threads.iter().find(|one| one.stories.iter().any(|two| two.story == siege));
        let of_siege = of_siege.expect("a thread of the siege");
        assert_eq!(of_siege.stories.len(), 2);
        assert!(of_siege.stories[1].shared.iter().all(|key| 7 <= *key && *key <= 10 || *key <= 6));
        assert!(of_siege.stories[1].shared[..4].iter().all(|key| 7 <= *key));
    }

    #[test]
    fn a_story_follows_the_earlier_one_that_it_is_most_like() {
        let subjects = named(&[
            ("talks", 0, &[1, 2, 3, 4, 5, 6]),
            ("walkout", 10, &[1, 2, 3, 4, 7, 8]),
            ("return", 20, &[1, 2, 3, 4, 7, 8]),
        ]);
        let threads = threads(&subjects);
        assert_eq!(names(&threads, &subjects), [["talks", "walkout", "return"]]);
        assert_eq!(threads[0].stories[2].after, Some(subjects[1].1.story));
        assert_eq!(threads[0].interval.to_string(), "2021-01-01/2021-01-21");
    }

    #[test]
    fn a_chain_of_weak_likenesses_does_not_hold() {
        // Each shares four of its terms with the next, and none with the one after that.
        let chain: Vec<Vec<u32>> = (0..8).map(|at| (4 * at..4 * at + 8).collect()).collect();
        let told: Vec<_> = chain
            .iter()
            .enumerate()
            .map(|(at, terms)| subject(&at.to_string(), at as i64, terms))
            .collect();
        assert!(find(&told).iter().all(|thread| thread.stories.len() < 5));
    }

    #[test]
    fn the_story_of_the_most_reports_names_the_thread() {
        let mut subjects = named(&[("few", 0, &[1, 2, 3, 4, 5]), ("many", 3, &[1, 2, 3, 4, 6])]);
        subjects[1].1.reports = 9;
        assert_eq!(threads(&subjects)[0].named_by, subjects[1].1.story);
    }

    proptest! {
        #[test]
        fn any_order_gives_the_same_threads(
            told in prop::collection::vec((0i64..400, prop::collection::vec(0u32..40, 0..12)), 0..60),
            order in any::<prop::sample::Index>(),
        ) {
            let subjects: Vec<_> = told
                .iter()
                .enumerate()
                .map(|(at, (day, terms))| subject(&at.to_string(), *day, terms))
                .collect();
            let mut turned = subjects.clone();
            turned.rotate_left(order.index(subjects.len().max(1)));
            let threads = find(&subjects);
            prop_assert_eq!(&threads, &find(&turned));
            let mut stories: Vec<_> =
                threads.iter().flat_map(|thread| &thread.stories).map(|one| one.story).collect();
            let all = stories.len();
            stories.sort_unstable();
            stories.dedup();
            prop_assert_eq!(stories.len(), all, "a story is in one thread");
            for thread in &threads {
                prop_assert!(1 < thread.stories.len());
                prop_assert_eq!(thread.stories.iter().filter(|one| one.after.is_none()).count(), 1);
            }
        }
    }
}
