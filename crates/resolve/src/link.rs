//! Linking: which reports of one block belong to one story.
//!
//! Three steps, each a pure function, so that the same code runs in one process and in a shuffle:
//! [`links`] compares the sketches of one block, [`Components`] joins the links of all blocks, and
//! [`cut`] looks at one component and takes apart what only chains of weak links held together.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};

use chancery_text::{Interval, ReportId};

use crate::block::{BINS, EMPTY, Sketch};

/// Members of a block that are all compared with each other.
pub const LIMIT: usize = 256;
/// Neighbours that a report of a larger block is compared with, in each of two orders.
const WINDOW: usize = 32;
/// Least likeness of two reports of one story.
const STORY: f64 = 0.18;
/// Least mean likeness of two halves of a story.
const TOGETHER: f64 = 0.18;
/// Least resemblance of a copy.
const COPY: f64 = 0.4;
/// Days within which reports of one happening appear.
const CLOSE: f64 = 3.0;

/// Two reports that belong together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// The lesser report.
    pub left: ReportId,
    /// The other.
    pub right: ReportId,
    /// What holds them together.
    pub kind: LinkKind,
    /// How strongly, from 0 to 1.
    pub strength: f64,
}

chancery_text::named_enum! {
    /// What holds two reports together.
    pub enum LinkKind {
        /// They tell one happening: telling terms, close dates.
        Story = "story",
        /// One is largely a copy of the other.
        Copy = "copy",
        /// They share a passage or a quotation.
        Passage = "passage",
    }
}

/// Which reports of one block belong together: sorted, each pair once. Pure, and the same for any
/// order of `sketches`.
///
/// A block over [`LIMIT`] is sorted once by date and once by MinHash, and each report is compared
/// with its neighbours only: the cost is linear in a large block.
pub fn links(sketches: &[Sketch]) -> Vec<Link> {
    let mut links: Vec<_> = pairs(sketches)
        .into_iter()
        .filter_map(|(left, right)| link(&sketches[left], &sketches[right]))
        .collect();
    links.sort_by_key(|link| (link.left, link.right));
    links
}

/// The pairs of one block that are compared, as indices, sorted, each once.
fn pairs(sketches: &[Sketch]) -> Vec<(usize, usize)> {
    let mut order: Vec<_> = (0..sketches.len()).collect();
    order.sort_by_key(|&at| (sketches[at].interval.first, sketches[at].report));
    order.dedup_by_key(|at| sketches[*at].report);
    let mut pairs = Vec::new();
    if order.len() <= LIMIT {
        neighbours(&order, order.len(), &mut pairs);
    } else {
        neighbours(&order, WINDOW, &mut pairs);
        order.sort_by_key(|&at| (sketches[at].minhash, sketches[at].report));
        neighbours(&order, WINDOW, &mut pairs);
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn neighbours(order: &[usize], window: usize, pairs: &mut Vec<(usize, usize)>) {
    for (at, &left) in order.iter().enumerate() {
        let near = order[at + 1..].iter().take(window);
        pairs.extend(near.map(|&right| (left.min(right), left.max(right))));
    }
}

fn link(left: &Sketch, right: &Sketch) -> Option<Link> {
    let (kind, strength) = judge(left, right)?;
    let (left, right) = (left.report.min(right.report), left.report.max(right.report));
    Some(Link { left, right, kind, strength })
}

fn judge(left: &Sketch, right: &Sketch) -> Option<(LinkKind, f64)> {
    let evidence = Evidence::of(left, right);
    if COPY <= evidence.copy {
        return Some((LinkKind::Copy, evidence.copy));
    }
    let likeness = evidence.likeness();
    if likeness < STORY {
        return None;
    }
    let kind = if evidence.passages < 2 { LinkKind::Story } else { LinkKind::Passage };
    Some((kind, likeness))
}

/// What two sketches share.
#[derive(Debug, Clone, Copy)]
struct Evidence {
    /// Estimated share of the smaller report that the other has too.
    copy: f64,
    /// Cosine of the terms.
    terms: f64,
    /// Terms in both.
    shared: usize,
    /// Passage keys and quotation signatures in both.
    passages: usize,
    /// Quotation signatures in both.
    quotations: usize,
    /// Days between the two; `None` if a date is open.
    days: Option<f64>,
}

impl Evidence {
    fn of(left: &Sketch, right: &Sketch) -> Self {
        let (terms, shared) = cosine(left, right);
        let passages = common(&left.passages, &right.passages);
        let quotations = common(&left.quotations, &right.quotations);
        Self {
            copy: resemblance(left, right).max(containment(left, right)),
            terms,
            shared,
            passages,
            quotations,
            days: days_between(left.interval, right.interval),
        }
    }

    /// How much the two tell of one happening, from 0 to 1.
    fn likeness(&self) -> f64 {
        let quoted = 0.06 * (self.quotations.min(4) as f64);
        let shared = 0.02 * (self.passages.min(5) as f64);
        let few = (self.shared as f64 / 4.0).min(1.0);
        let near = ((self.terms * few + quoted + shared) * self.closeness()).min(1.0);
        if COPY <= self.copy { near.max(self.copy) } else { near }
    }

    fn closeness(&self) -> f64 {
        match self.days {
            None => 0.95,
            Some(days) if days <= CLOSE => 1.0,
            Some(days) => (1.0 - (days / CLOSE).ln() * 0.2).max(0.45),
        }
    }
}

/// Cosine of the weighted terms, and how many are shared.
fn cosine(left: &Sketch, right: &Sketch) -> (f64, usize) {
    let norm = |sketch: &Sketch| {
        sketch.terms.iter().map(|term| f64::from(term.weight).powi(2)).sum::<f64>().sqrt()
    };
    let (mut dot, mut shared) = (0.0, 0);
    merge(
        &left.terms,
        &right.terms,
        |term| term.hash,
        |left, right| {
            dot += f64::from(left.weight) * f64::from(right.weight);
            shared += 1;
        },
    );
    let norms = norm(left) * norm(right);
    if norms == 0.0 { (0.0, 0) } else { (dot / norms, shared) }
}

/// Calls `both` for the entries of two sorted lists that agree in their key.
fn merge<T>(left: &[T], right: &[T], key: impl Fn(&T) -> u32, mut both: impl FnMut(&T, &T)) {
    let (mut i, mut j) = (0, 0);
    while let (Some(a), Some(b)) = (left.get(i), right.get(j)) {
        match key(a).cmp(&key(b)) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                both(a, b);
                i += 1;
                j += 1;
            }
        }
    }
}

fn common(left: &[u32], right: &[u32]) -> usize {
    let mut count = 0;
    merge(left, right, |hash| *hash, |_, _| count += 1);
    count
}

/// Estimated Jaccard resemblance of the masked shingles.
fn resemblance(left: &Sketch, right: &Sketch) -> f64 {
    let bins = || left.minhash.iter().zip(&right.minhash);
    let filled = bins().filter(|(a, b)| **a != EMPTY || **b != EMPTY).count();
    let equal = bins().filter(|(a, b)| a == b && **a != EMPTY).count();
    if filled < BINS / 2 { 0.0 } else { equal as f64 / filled as f64 }
}

/// Estimated share of the smaller report's passage keys that the larger one has: both lists hold
/// the lowest hashes, so below the lesser of their ends either knows all.
fn containment(left: &Sketch, right: &Sketch) -> f64 {
    let (Some(&a), Some(&b)) = (left.passages.last(), right.passages.last()) else { return 0.0 };
    let end = a.min(b);
    let below = |list: &[u32]| list.partition_point(|hash| *hash <= end);
    let (a, b) = (below(&left.passages), below(&right.passages));
    let shared = common(&left.passages[..a], &right.passages[..b]);
    if shared < 4 { 0.0 } else { shared as f64 / a.min(b) as f64 }
}

/// Days that must lie between the two at least; `None` if one has no date.
fn days_between(left: Interval, right: Interval) -> Option<f64> {
    if left.meets(right) {
        let known = !left.is_open() && !right.is_open();
        return known.then_some(0.0);
    }
    let gap = |last: Option<jiff::civil::Date>, first: Option<jiff::civil::Date>| {
        Some(f64::from(first?.since(last?).ok()?.get_days()))
    };
    gap(left.last, right.first).into_iter().chain(gap(right.last, left.first)).reduce(f64::max)
}

/// Connected components over links: a union-find that is fed link by link.
///
/// Keeps each report's id once and eight bytes beside it. The groups do not depend on the order of
/// the links.
#[derive(Debug, Clone, Default)]
pub struct Components {
    numbers: HashMap<ReportId, u32>,
    parents: Vec<u32>,
}

impl Components {
    /// No links yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Joins the two reports of a link.
    pub fn feed(&mut self, link: &Link) {
        let left = self.number(link.left);
        let right = self.number(link.right);
        let (left, right) = (self.root(left), self.root(right));
        self.parents[left.max(right) as usize] = left.min(right);
    }

    fn number(&mut self, report: ReportId) -> u32 {
        let next = u32::try_from(self.parents.len()).expect("fewer than four billion reports");
        let number = *self.numbers.entry(report).or_insert(next);
        if number == next {
            self.parents.push(next);
        }
        number
    }

    fn root(&mut self, mut at: u32) -> u32 {
        while self.parents[at as usize] != at {
            let parent = self.parents[at as usize];
            self.parents[at as usize] = self.parents[parent as usize];
            at = parent;
        }
        at
    }

    /// The groups of linked reports, each sorted, sorted by their first. Reports that no link names
    /// are in none.
    pub fn groups(mut self) -> Vec<Vec<ReportId>> {
        let reports: BTreeMap<ReportId, u32> =
            std::mem::take(&mut self.numbers).into_iter().collect();
        let mut groups: BTreeMap<u32, Vec<ReportId>> = BTreeMap::new();
        for (report, number) in reports {
            groups.entry(self.root(number)).or_default().push(report);
        }
        let mut groups: Vec<_> = groups.into_values().collect();
        groups.sort();
        groups
    }
}

/// Takes one component apart into stories: merges greedily by mean likeness and stops where two
/// halves are not alike on the whole, so that a chain of weak links does not hold. Sorted groups of
/// sorted reports; every report is in one. Pure, and the same for any order of `sketches`.
///
/// Terms that recur all through a component that spans weeks are its topic, not its news, and
/// weigh less.
pub fn cut(sketches: &[Sketch]) -> Vec<Vec<ReportId>> {
    let mut sorted: Vec<_> = sketches.to_vec();
    sorted.sort_by_key(|sketch| sketch.report);
    sorted.dedup_by_key(|sketch| sketch.report);
    let sketches = without_topic(sorted);
    let mut groups = agglomerate(sketches.len(), &likenesses(&sketches));
    groups.iter_mut().for_each(|group| group.sort_unstable());
    let name = |group: Vec<usize>| group.into_iter().map(|at| sketches[at].report).collect();
    let mut groups: Vec<Vec<ReportId>> = groups.into_iter().map(name).collect();
    groups.sort();
    groups
}

/// The sketches with the weight of topical terms lowered: those that recur in many weeks.
fn without_topic(mut sketches: Vec<Sketch>) -> Vec<Sketch> {
    let mut weeks: HashMap<u32, BTreeSet<i32>> = HashMap::new();
    for sketch in &sketches {
        if let Some(day) = sketch.interval.first.or(sketch.interval.last) {
            let week =
                day.since(jiff::civil::date(1970, 1, 1)).map_or(0, |span| span.get_days()) / 5;
            sketch.terms.iter().for_each(|term| {
                weeks.entry(term.hash).or_default().insert(week);
            });
        }
    }
    for term in sketches.iter_mut().flat_map(|sketch| &mut sketch.terms) {
        let spread = weeks.get(&term.hash).map_or(0, BTreeSet::len).saturating_sub(3);
        let factor = 1.0 / (1.0 + 0.25 * (spread as f64));
        term.weight = (f64::from(term.weight) * factor) as u16;
    }
    sketches
}

/// Likeness of the pairs that may belong together, by index.
fn likenesses(sketches: &[Sketch]) -> BTreeMap<(usize, usize), f64> {
    let near =
        if sketches.len() <= 2 * LIMIT { pairs_of_all(sketches) } else { pairs_by_key(sketches) };
    let like = |(left, right): (usize, usize)| {
        let likeness = Evidence::of(&sketches[left], &sketches[right]).likeness();
        (0.05 <= likeness).then_some(((left, right), likeness))
    };
    near.into_iter().filter_map(like).collect()
}

fn pairs_of_all(sketches: &[Sketch]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    neighbours(&(0..sketches.len()).collect::<Vec<_>>(), sketches.len(), &mut pairs);
    pairs
}

fn pairs_by_key(sketches: &[Sketch]) -> Vec<(usize, usize)> {
    let mut blocks: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, sketch) in sketches.iter().enumerate() {
        sketch.keys().into_iter().for_each(|key| blocks.entry(key).or_default().push(at));
    }
    let mut all = Vec::new();
    for members in blocks.into_values() {
        let block: Vec<_> = members.iter().map(|&at| sketches[at].clone()).collect();
        all.extend(pairs(&block).into_iter().map(|(i, j)| (members[i], members[j])));
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// Average-linkage clustering of a sparse graph: pairs without an entry are not alike at all.
fn agglomerate(count: usize, likenesses: &BTreeMap<(usize, usize), f64>) -> Vec<Vec<usize>> {
    let mut clusters: Vec<Option<Vec<usize>>> = (0..count).map(|at| Some(vec![at])).collect();
    let mut sums: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); count];
    let mut queue = BinaryHeap::new();
    for (&(left, right), &likeness) in likenesses {
        sums[left].insert(right, likeness);
        sums[right].insert(left, likeness);
        queue.push(Candidate::new(likeness, left, right));
    }
    while let Some(Candidate { mean, left, right }) = queue.pop() {
        if f64::from_bits(mean) < TOGETHER {
            break;
        }
        let (Some(a), Some(b)) = (&clusters[left], &clusters[right]) else { continue };
        let joined: Vec<_> = a.iter().chain(b).copied().collect();
        let new = clusters.len();
        (clusters[left], clusters[right]) = (None, None);
        let mut merged = std::mem::take(&mut sums[left]);
        for (other, sum) in std::mem::take(&mut sums[right]) {
            *merged.entry(other).or_default() += sum;
        }
        merged.retain(|&other, _| clusters[other].is_some());
        for (&other, &sum) in &merged {
            let size = joined.len() * clusters[other].as_ref().map_or(1, Vec::len);
            queue.push(Candidate::new(sum / size as f64, other, new));
            sums[other].insert(new, sum);
        }
        clusters.push(Some(joined));
        sums.push(merged);
    }
    clusters.into_iter().flatten().collect()
}

/// Two clusters that may be merged. Greater is merged first: by mean, then by index.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    /// The bits of a mean, which order like the number as it is not negative.
    mean: u64,
    left: usize,
    right: usize,
}

impl Candidate {
    fn new(mean: f64, left: usize, right: usize) -> Self {
        Self { mean: mean.to_bits(), left, right }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Reading;
    use crate::block::sketch;
    use chancery_annotate::Observed;
    use chancery_text::Report;
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
    fn reports_of_one_flood_share_a_key() {
        let (left, right) = (told(FLOOD, 3).keys(), told(FLOOD_TOO, 4).keys());
        assert!(left.iter().any(|key| right.contains(key)));
    }

    #[test]
    fn a_cut_component_keeps_every_report_once() {
        let sketches = [told(FLOOD, 3), told(FLOOD_TOO, 4), told(STRIKE, 4)];
        let groups = cut(&sketches);
        assert_eq!(groups.iter().map(Vec::len).sum::<usize>(), 3);
        assert_eq!(groups.len(), 2);
    }

    #[test]
    fn a_large_block_is_compared_in_linear_time() {
        let sketches: Vec<_> =
            (0..1000).map(|at| told(&format!("{FLOOD} Serial {at}."), 3)).collect();
        assert!(pairs(&sketches).len() <= 2 * WINDOW * sketches.len());
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
            let (before, cut_before) = (links(&sketches), cut(&sketches));
            sketches.sort_by_key(|s| crate::words::mix(s.report.integer() as u64 ^ seed));
            let mut components = Components::new();
            let mut shuffled = links(&sketches);
            prop_assert_eq!(&before, &shuffled);
            shuffled.sort_by_key(|l| crate::words::mix(l.left.integer() as u64 ^ seed));
            shuffled.iter().for_each(|link| components.feed(link));
            let mut ordered = Components::new();
            before.iter().for_each(|link| ordered.feed(link));
            prop_assert_eq!(components.groups(), ordered.groups());
            prop_assert_eq!(cut(&sketches), cut_before);
        }
    }
}
