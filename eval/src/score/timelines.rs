//! Timelines, as SemEval-2015 task 4 scores them (Minard et al. 2015), with temporal awareness (UzZaman and
//! Allen 2011) as the measure.
//!
//! A timeline is made a graph. Each mention is a node and is simultaneous with its day; each is before the
//! next one or, in the same cell, simultaneous with it. What stands in cell 0 has no place in the order and
//! is left out. Of each graph the relations that follow from those before them are dropped; precision is
//! the share of the system's that the gold's graph entails, recall the share of the gold's that the
//! system's does. Counts are summed over timelines: micro-averages.

use std::collections::{BTreeMap, BTreeSet};

use super::Counts;

/// A row of a timeline.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its place in the order; 0 for none.
    pub cell: u32,
    /// `2007-10-15`, `2007-10-XX`, `2007-XX-XX`, `XXXX-XX-XX`.
    pub day: String,
    /// Mentions of what happens.
    pub mentions: Vec<String>,
}

/// Scores one timeline. With `days`, mentions must have their days; without, only the order counts.
pub fn score_timeline(gold: &[Entry], found: &[Entry], days: bool) -> Counts {
    let (gold, found) = (Graph::of(gold, days), Graph::of(found, days));
    let right = found.relations.iter().filter(|relation| gold.entails(relation)).count() as f64;
    let recalled = gold.relations.iter().filter(|relation| found.entails(relation)).count() as f64;
    Counts {
        right,
        recalled,
        found: found.relations.len() as f64,
        gold: gold.relations.len() as f64,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Before,
    Simultaneous,
}

type Relation = (Order, String, String);

/// Nodes that are simultaneous, joined, and what is before what.
#[derive(Debug, Default)]
struct Graph {
    joined: BTreeMap<String, String>,
    before: BTreeMap<String, BTreeSet<String>>,
    relations: Vec<Relation>,
}

impl Graph {
    fn of(entries: &[Entry], days: bool) -> Self {
        let nodes = nodes(entries);
        let mut graph = Self::default();
        for (_, day, node) in nodes.iter().filter(|_| days) {
            graph.add((Order::Simultaneous, node.clone(), format!("day {day}")));
        }
        for pair in nodes.windows(2) {
            let order = if pair[0].0 < pair[1].0 { Order::Before } else { Order::Simultaneous };
            graph.add((order, pair[0].2.clone(), pair[1].2.clone()));
        }
        graph
    }

    /// Adds a relation unless it follows already; one that cannot hold is counted, not drawn.
    fn add(&mut self, relation: Relation) {
        if self.entails(&relation) {
            return;
        }
        let (one, other) = (self.root(&relation.1), self.root(&relation.2));
        let apart = one != other && !self.precedes(&other, &one);
        match relation.0 {
            Order::Before if apart => {
                self.before.entry(one).or_default().insert(other);
            }
            Order::Simultaneous if apart && !self.precedes(&one, &other) => {
                let after = self.before.remove(&one).unwrap_or_default();
                self.before.entry(other.clone()).or_default().extend(after);
                self.joined.insert(one, other);
            }
            _ => {}
        }
        self.relations.push(relation);
    }

    fn root(&self, node: &str) -> String {
        let mut at = node;
        while let Some(next) = self.joined.get(at) {
            at = next;
        }
        at.to_owned()
    }

    fn entails(&self, (order, one, other): &Relation) -> bool {
        let (one, other) = (self.root(one), self.root(other));
        match order {
            Order::Simultaneous => one == other,
            Order::Before => self.precedes(&one, &other),
        }
    }

    /// Whether a path leads from one root to another.
    fn precedes(&self, one: &str, other: &str) -> bool {
        let (mut open, mut seen) = (vec![one.to_owned()], BTreeSet::new());
        while let Some(at) = open.pop() {
            for next in self.before.get(&at).into_iter().flatten() {
                let next = self.root(next);
                if next == other {
                    return true;
                }
                if seen.insert(next.clone()) {
                    open.push(next);
                }
            }
        }
        false
    }
}

/// Cell, day and name of every mention that has a place in the order. One that is there twice has two
/// names, as words that stand twice in a sentence are written alike.
fn nodes(entries: &[Entry]) -> Vec<(u32, &str, String)> {
    let mut entries: Vec<_> = entries.iter().filter(|entry| 0 < entry.cell).collect();
    entries.sort_by_key(|entry| entry.cell);
    let mut times: BTreeMap<&str, u32> = BTreeMap::new();
    let mut nodes = Vec::new();
    for entry in entries {
        for mention in &entry.mentions {
            let time = times.entry(mention).or_insert(0);
            *time += 1;
            nodes.push((entry.cell, entry.day.as_str(), format!("{mention} {time}")));
        }
    }
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timeline(rows: &[(u32, &str, &[&str])]) -> Vec<Entry> {
        let entry = |(cell, day, mentions): &(u32, &str, &[&str])| Entry {
            cell: *cell,
            day: (*day).to_owned(),
            mentions: mentions.iter().map(|mention| (*mention).to_owned()).collect(),
        };
        rows.iter().map(entry).collect()
    }

    #[test]
    fn a_timeline_is_all_right_against_itself() {
        let gold = timeline(&[
            (0, "XXXX-XX-XX", &["9-9-owned"]),
            (1, "2001-01-01", &["1-0-met", "1-2-met"]),
            (2, "2001-01-02", &["1-3-left"]),
        ]);
        let counts = score_timeline(&gold, &gold, true);
        // Three mentions on their days, and one step; the pair of one day follows from its days.
        assert_eq!((counts.gold, counts.found, counts.f1()), (4.0, 4.0, 1.0));
    }

    #[test]
    fn a_wrong_day_loses_the_mention_and_keeps_the_order() {
        let gold = timeline(&[(1, "2001-01-01", &["1-0-met"]), (2, "2001-01-02", &["1-3-left"])]);
        let found = timeline(&[(1, "2001-01-01", &["1-0-met"]), (2, "2001-XX-XX", &["1-3-left"])]);
        let counts = score_timeline(&gold, &found, true);
        assert_eq!((counts.right, counts.recalled, counts.gold), (2.0, 2.0, 3.0));
        assert_eq!(score_timeline(&gold, &found, false).f1(), 1.0);
    }

    #[test]
    fn a_step_over_a_mention_that_the_gold_lacks_is_entailed() {
        let gold = timeline(&[
            (1, "2001-01-01", &["a"]),
            (2, "2001-01-02", &["b"]),
            (3, "2001-01-03", &["c"]),
        ]);
        let found = timeline(&[(1, "2001-01-01", &["a"]), (2, "2001-01-03", &["c"])]);
        let counts = score_timeline(&gold, &found, true);
        // Days of a and c, and a before c, which the gold entails by way of b.
        assert_eq!(
            (counts.right, counts.found, counts.recalled, counts.gold),
            (3.0, 3.0, 2.0, 5.0)
        );
    }

    #[test]
    fn words_that_stand_twice_in_a_sentence_are_two() {
        let gold = timeline(&[(1, "2001-01-01", &["1-4-deal", "1-4-deal"])]);
        let found = timeline(&[(1, "2001-01-01", &["1-4-deal"])]);
        let counts = score_timeline(&gold, &found, true);
        assert_eq!((counts.recalled, counts.gold), (1.0, 2.0));
    }
}
