//! Which holders of one key meet: all, or, in a crowd, those that are next to each other in time.

/// Most reports with one key that all meet: at most 496 pairs. As within a story.
pub const CROWD: usize = 32;
/// In a crowd each report meets so many of those that come next in time: what is carried on for weeks is
/// told from one report to the next, and a standing line of a site in linear time and room.
pub const NEAR: usize = 2;

/// A report that holds a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holder {
    /// Its day, since 1970: see [`crate::block::Sketch::day`].
    pub day: i64,
    /// Its [`chancery_text::ReportId::integer`].
    pub report: i64,
    /// Whether it did not hold the key before.
    pub new: bool,
}

/// Two reports, the one with the lesser integer first.
pub type Pair = (i64, i64);

/// The pairs that meet under a key now and did not before (`1`), and those that did and do not now (`-1`).
///
/// `holders` are sorted, each once. So many held the key `before` and hold it `now`; they are all there, or,
/// where it was a crowd before, a stretch of them that goes on to the [`NEAR`] old holders before its first
/// new one and after its last. What meets is the same in whatever portions holders come.
///
/// ```
/// use chancery_resolve::across::{Holder, changes};
/// let holder = |report, new| Holder { day: 0, report, new };
/// let holders = [holder(1, false), holder(2, false), holder(3, true)];
/// assert_eq!(changes(&holders, 2, 3), [((1, 3), 1), ((2, 3), 1)]);
/// ```
pub fn changes(holders: &[Holder], before: usize, now: usize) -> Vec<(Pair, i64)> {
    let (reach_before, reach_now) = (reach(before), reach(now));
    let mut changes = Vec::new();
    for (at, left) in holders.iter().enumerate() {
        // How far `right` lies from `left`, counted in all holders and in the old ones.
        let (mut far, mut far_before) = (0, 0);
        for right in &holders[at + 1..] {
            far += 1;
            far_before += usize::from(!right.new);
            let meets = far <= reach_now;
            let within = !left.new && far_before <= reach_before;
            if !meets && !within {
                break;
            }
            let met = within && !right.new;
            if meets != met {
                changes.push((pair(left.report, right.report), if meets { 1 } else { -1 }));
            }
        }
    }
    changes
}

fn reach(holders: usize) -> usize {
    if holders <= CROWD { CROWD } else { NEAR }
}

fn pair(left: i64, right: i64) -> Pair {
    (left.min(right), left.max(right))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    type Place = (i64, i64);

    fn holders(old: &BTreeSet<Place>, new: &BTreeSet<Place>) -> Vec<Holder> {
        let mut holders: Vec<_> = [(old, false), (new, true)]
            .iter()
            .flat_map(|(places, new)| {
                places.iter().map(|&(day, report)| Holder { day, report, new: *new })
            })
            .collect();
        holders.sort();
        holders
    }

    /// The pairs of the places, which come in these portions.
    fn in_portions(portions: &[Vec<Place>]) -> BTreeMap<Pair, i64> {
        let mut held = BTreeSet::new();
        let mut pairs = BTreeMap::new();
        for portion in portions {
            let new: BTreeSet<_> =
                portion.iter().copied().filter(|place| !held.contains(place)).collect();
            let all = holders(&held, &new);
            for (pair, by) in changes(&all, held.len(), all.len()) {
                *pairs.entry(pair).or_insert(0) += by;
            }
            held.extend(new);
        }
        pairs.retain(|_, count| *count != 0);
        pairs
    }

    fn places() -> impl Strategy<Value = Vec<Place>> {
        prop::collection::btree_map(0i64..500, 0i64..9, 0..3 * CROWD)
            .prop_map(|days| days.into_iter().map(|(report, day)| (day, report)).collect())
    }

    proptest! {
        #[test]
        fn the_same_holders_in_any_portions_make_the_same_pairs(
            places in places().prop_shuffle(),
            cuts in prop::collection::vec(0usize..3 * CROWD, 0..6),
        ) {
            let mut cuts: Vec<_> = cuts.into_iter().map(|cut| cut.min(places.len())).collect();
            cuts.extend([0, places.len()]);
            cuts.sort_unstable();
            let portions: Vec<_> =
                cuts.windows(2).map(|ends| places[ends[0]..ends[1]].to_vec()).collect();
            let pairs = in_portions(&portions);
            prop_assert_eq!(&pairs, &in_portions(std::slice::from_ref(&places)));
            prop_assert!(pairs.values().all(|count| *count == 1));
        }
    }

    #[test]
    fn a_crowd_meets_its_neighbours_in_time_only() {
        let places: Vec<Place> = (0..1000).map(|at| (at, (at * 377) % 1000)).collect();
        let pairs = in_portions(&[places]);
        assert_eq!(pairs.len(), NEAR * 1000 - NEAR * (NEAR + 1) / 2);
        assert!(pairs.contains_key(&(0, 377)) && !pairs.contains_key(&(0, 5 * 377 % 1000)));
    }

    #[test]
    fn all_meet_where_there_is_no_crowd() {
        let places: Vec<Place> = (0..CROWD as i64).map(|at| (0, at)).collect();
        assert_eq!(in_portions(&[places]).len(), CROWD * (CROWD - 1) / 2);
    }

    #[test]
    fn a_stretch_of_a_crowd_is_enough() {
        let old: BTreeSet<Place> = (0..200).map(|at| (2 * at, 2 * at)).collect();
        let new = BTreeSet::from([(101, 101), (107, 107)]);
        let all = holders(&old, &new);
        let stretch = &all[51 - NEAR..55 + 1 + NEAR];
        assert!(stretch[NEAR].new && stretch[stretch.len() - 1 - NEAR].new);
        assert_eq!(changes(stretch, 200, 202), changes(&all, 200, 202));
    }
}
