//! Linking: which reports of one block belong to one story.
//!
//! Three steps, each a pure function, so that the same code runs in one process and in a shuffle:
//! [`BlockLinks`] compares the sketches of one block, [`Components`] joins the links of all blocks,
//! and [`cut`] looks at one component and takes apart what only chains of weak links held together.
//! [`stories`] does all three in memory.

mod agglomerate;
mod components;
mod cut;
mod evidence;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use chancery_text::ReportId;

use crate::block::Sketch;
use components::Forest;
use evidence::{Prepared, likeness};

pub(crate) use agglomerate::agglomerate;
pub use components::{Components, LARGEST};
pub use cut::cut;
pub(crate) use evidence::days_between;

/// Levels of likeness. Two reports that are less alike than the first are not linked, and those that
/// stronger links hold together at one level need no weaker link to say so again.
const LEVELS: [f64; 3] = [0.18, 0.28, 0.4];
/// Members of a block that are all compared with each other.
const SMALL: usize = 64;
/// Comparisons, over its size, that a member of a larger block is worth.
const WORTH: usize = 4096;
/// Neighbours in time that every member is compared with, however large its block.
pub const LEAST: usize = 8;
/// Most members of a narrow block. In a wider one a member is linked with each of its [`LEAST`] neighbours
/// that it is like, whatever else is linked: so a new member changes the links of its neighbours only.
pub const NARROW: usize = WORTH / LEAST;

/// Two reports that belong together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// The report with the lesser [`ReportId::integer`].
    pub left: ReportId,
    /// The other.
    pub right: ReportId,
    /// How alike they are, from 0 to 1.
    pub strength: f64,
}

/// Finds the links of one block, fed its members one by one.
///
/// Members come by [`Sketch::day`], then by [`ReportId::integer`], and each is compared with those shortly before
/// it: with all in a small block, with fewer the larger the block, for what many reports share tells
/// little. So a block of any size is linked in linear time, with only the last members held. In a block of
/// at most [`NARROW`] not every pair is told, but enough to join whatever the comparisons join, at each
/// level of likeness.
#[derive(Debug)]
pub struct BlockLinks {
    reach: usize,
    /// The last members, with their numbers.
    near: VecDeque<(u32, Prepared)>,
    /// What is joined already, at each of the levels; `None` in a wide block.
    joined: Option<Joined>,
}

#[derive(Debug, Default)]
struct Joined([Forest; LEVELS.len()]);

impl Joined {
    fn grow(&mut self) {
        self.0.iter_mut().for_each(|forest| {
            forest.grow();
        });
    }

    /// Whether nothing more can be told of two members.
    fn are_joined(&mut self, left: u32, right: u32) -> bool {
        self.0[LEVELS.len() - 1].are_joined(left, right)
    }

    /// Joins two members at a level and all below; says whether they were apart at it.
    fn join(&mut self, left: u32, right: u32, level: usize) -> bool {
        let news = self.0[level].join(left, right, u32::MAX);
        for forest in &mut self.0[..level] {
            forest.join(left, right, u32::MAX);
        }
        news
    }
}

impl BlockLinks {
    /// For a block of so many members.
    pub fn new(members: usize) -> Self {
        let reach = if members <= SMALL { SMALL } else { (WORTH / members).max(LEAST) };
        let joined = (members <= NARROW).then(Joined::default);
        Self { reach, near: VecDeque::new(), joined }
    }

    /// The links of the next member with those before it.
    pub fn next(&mut self, sketch: Sketch) -> Vec<Link> {
        let member = Prepared::from(sketch);
        let number = self.near.back().map_or(0, |(last, _)| last + 1);
        self.joined.iter_mut().for_each(Joined::grow);
        let mut links = Vec::new();
        for (other, near) in self.near.iter().rev() {
            if self.joined.as_mut().is_some_and(|joined| joined.are_joined(*other, number)) {
                continue;
            }
            let strength = likeness(near, &member);
            let Some(level) = LEVELS.iter().rposition(|least| *least <= strength) else { continue };
            if self.joined.as_mut().is_none_or(|joined| joined.join(*other, number, level)) {
                let mut pair = [near.sketch.report, member.sketch.report];
                pair.sort_by_key(|report| report.integer());
                links.push(Link { left: pair[0], right: pair[1], strength });
            }
        }
        if self.near.len() == self.reach {
            self.near.pop_front();
        }
        self.near.push_back((number, member));
        links
    }
}

/// The links of one block, the same for any order of `block`. A report given twice is taken once.
pub fn links(block: &[Sketch]) -> Vec<Link> {
    let mut order: Vec<_> = block.iter().collect();
    order.sort_by_key(|sketch| (sketch.day(), sketch.report.integer()));
    order.dedup_by_key(|sketch| sketch.report);
    let mut links = BlockLinks::new(order.len());
    order.into_iter().flat_map(|sketch| links.next(sketch.clone())).collect()
}

/// The reports of each story, sorted; a report that is linked to none is a story of its own. Pure,
/// and the same for any order of `sketches`, which are all held.
pub fn stories(sketches: &[Sketch]) -> Vec<Vec<ReportId>> {
    let by_report: BTreeMap<ReportId, &Sketch> = sketches.iter().map(|s| (s.report, s)).collect();
    let mut blocks: BTreeMap<u64, Vec<Sketch>> = BTreeMap::new();
    for sketch in by_report.values() {
        for key in sketch.keys() {
            blocks.entry(key).or_default().push((*sketch).clone());
        }
    }
    let blocks = blocks.values().filter(|block| 1 < block.len());
    let mut found: Vec<_> = blocks.flat_map(|block| links(block)).collect();
    // As the record's tables have it, so that both make the same stories.
    let pair = |link: &Link| (link.left.integer(), link.right.integer());
    found.sort_by(|a, b| b.strength.total_cmp(&a.strength).then(pair(a).cmp(&pair(b))));
    let mut components = Components::new();
    found.iter().for_each(|link| components.join(link.left, link.right));
    let mut stories = Vec::new();
    for component in components.groups() {
        let sketches: Vec<_> =
            component.iter().map(|report| (*by_report[report]).clone()).collect();
        stories.extend(cut(&sketches));
    }
    let linked: BTreeSet<ReportId> = stories.iter().flatten().copied().collect();
    let alone = by_report.keys().filter(|report| !linked.contains(report));
    stories.extend(alone.map(|report| vec![*report]));
    stories.sort();
    stories
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Reading;
    use crate::block::sketch;
    use chancery_annotate::Observed;
    use chancery_text::{Interval, Report};
    use proptest::prelude::*;

    fn told(text: &str, day: i8) -> Sketch {
        let report = Report::from_text("a.txt", text);
        let mut observed = Observed::default();
        observed.date.interval = Interval::day(jiff::civil::date(2021, 7, day));
        sketch(&Reading { report, observed })
    }

    const FLOOD: &str = "The river Orlen burst its banks near Tavish and drowned nine farmers, \
        the mayor of Tavish, Ruta Kolm, said after the flood.";
    const FLOOD_TOO: &str = "Nine farmers drowned near Tavish when the Orlen flooded. Mayor Ruta \
        Kolm said the river rose in an hour.";
    const STRIKE: &str = "Dockers at the port of Sallet went on strike over pay, their union \
        said, and ships bound for Merrow were turned away.";

    #[test]
    fn two_reports_of_one_flood_are_linked_and_a_strike_is_not() {
        let sketches = [told(FLOOD, 3), told(FLOOD_TOO, 4), told(STRIKE, 4)];
        let links = links(&sketches);
        assert_eq!(links.len(), 1);
        let linked = [links[0].left, links[0].right];
        assert!(linked.contains(&sketches[0].report) && linked.contains(&sketches[1].report));
    }

    #[test]
    fn one_toll_in_one_town_links_reports_in_other_words() {
        use crate::story::sample::Sample;
        use chancery_annotate::figure::Bound;
        let toll = |text: &str, phrase: &str, number: f64, day: &str| {
            let sample = Sample::new(text).dated(day).town("Tavish");
            sketch(&sample.bounded(phrase, number, "people", "kill", Bound::Exact).reading())
        };
        let first =
            toll("A bus blew up in Tavish and six people died.", "six people", 6.0, "2021-07-03");
        let text =
            "Officials blame smugglers: in Tavish the blast of Monday took six people from us.";
        let again = toll(text, "six people", 6.0, "2021-07-04");
        assert_eq!(links(&[first.clone(), again]).len(), 1);
        let later = toll(text, "six people", 6.0, "2021-08-04");
        assert_eq!(links(&[first.clone(), later]), []);
        let other = toll(&text.replace("six", "nine"), "nine people", 9.0, "2021-07-04");
        assert_eq!(links(&[first, other]), []);
    }

    #[test]
    fn reports_of_one_flood_share_a_key() {
        let (left, right) = (told(FLOOD, 3).keys(), told(FLOOD_TOO, 4).keys());
        assert!(left.iter().any(|key| right.contains(key)));
    }

    #[test]
    fn every_report_is_in_one_story() {
        let sketches = [told(FLOOD, 3), told(FLOOD_TOO, 4), told(STRIKE, 4)];
        for groups in [cut(&sketches), stories(&sketches)] {
            assert_eq!(groups.iter().map(Vec::len).sum::<usize>(), 3);
            assert_eq!(groups.len(), 2);
        }
    }

    #[test]
    fn a_standing_line_under_two_headlines_makes_no_story() {
        let page = |title: &str| {
            let line = "Write to us on our own channel and learn what goes on as it unfolds.";
            let mut report = Report::from_text("a.txt", &format!("{title}\n\n{line}"));
            report.metadata.title = Some(title.to_owned());
            report.metadata.title_span = Some(chancery_text::Span::of(0..title.len()));
            sketch(&Reading { report, observed: Observed::default() })
        };
        let pages = [page("Dockers strike in Sallet"), page("Flood drowns farmers near Tavish")];
        assert_eq!(links(&pages), []);
    }

    fn links_of(sketches: &[Sketch]) -> Vec<Link> {
        let mut block = BlockLinks::new(sketches.len());
        let links = sketches.iter().flat_map(|sketch| block.next(sketch.clone())).collect();
        assert!(block.near.len() <= SMALL);
        links
    }

    #[test]
    fn a_block_is_joined_by_few_links() {
        let serial = |at| told(&format!("{FLOOD} Serial {at}."), 3);
        let sketches: Vec<_> = (0..1000).map(serial).collect();
        assert_eq!(links_of(&sketches[..NARROW]).len(), NARROW - 1);
        assert!(links_of(&sketches).len() <= LEAST * sketches.len());
    }

    #[test]
    fn a_new_member_of_a_wide_block_changes_the_links_of_its_neighbours_only() {
        let serial = |at| told(&format!("{FLOOD} Serial {at}."), 3);
        let all: Vec<_> = (0..700).map(serial).collect();
        let mut without = all.clone();
        without.remove(350);
        let near: Vec<_> = all[350 - LEAST..=350 + LEAST].iter().map(|one| one.report).collect();
        let pairs = |sketches: &[Sketch]| -> BTreeSet<_> {
            let links = links_of(sketches);
            links.iter().map(|link| (link.left, link.right)).collect()
        };
        let (with, before) = (pairs(&all), pairs(&without));
        let mut changed = with.symmetric_difference(&before);
        assert!(changed.all(|(left, right)| near.contains(left) && near.contains(right)));
        assert_ne!(with, before);
    }

    proptest! {
        #[test]
        fn order_does_not_matter(seed: u64) {
            let mut sketches: Vec<_> = (0..12)
                .map(|at| told([FLOOD, FLOOD_TOO, STRIKE][at % 3], 1 + at as i8))
                .enumerate()
                .map(|(at, mut sketch)| {
                    sketch.report = ReportId::of(&[at as u8]);
                    sketch
                })
                .collect();
            let before = (links(&sketches), cut(&sketches), stories(&sketches));
            sketches.sort_by_key(|s| crate::words::mix(s.report.integer() as u64 ^ seed));
            prop_assert_eq!((links(&sketches), cut(&sketches), stories(&sketches)), before);
        }
    }
}
