//! What two texts share word by word, by brute force: the baseline, the filter of hard negatives, and the
//! exact search that the program's passages are compared with.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use chancery_text::Span;

/// The runs of so many words of a text.
#[derive(Debug, Clone)]
pub struct Grams {
    length: usize,
    order: Vec<u64>,
    set: HashSet<u64>,
}

impl Grams {
    /// Of a text: words are letters and digits, in lower case.
    pub fn of(text: &str, length: usize) -> Self {
        let words = words(text);
        let order: Vec<_> = words.windows(length).map(hash).collect();
        Self { length, set: order.iter().copied().collect(), order }
    }

    /// Words of the text, if it is as long as a run.
    pub fn words(&self) -> usize {
        if self.order.is_empty() { 0 } else { self.order.len() + self.length - 1 }
    }

    /// The different runs.
    pub fn iter(&self) -> impl Iterator<Item = u64> {
        self.set.iter().copied()
    }

    /// Jaccard resemblance, exactly.
    pub fn resemblance(&self, other: &Self) -> f64 {
        let both = self.set.intersection(&other.set).count();
        both as f64 / (self.set.len() + other.set.len() - both).max(1) as f64
    }

    /// Share of the words of the shorter text that lie in runs that the longer has too.
    pub fn containment(&self, other: &Self) -> f64 {
        let (short, long) =
            if self.order.len() <= other.order.len() { (self, other) } else { (other, self) };
        let (mut covered, mut from) = (0, 0);
        for (at, gram) in short.order.iter().enumerate() {
            if long.set.contains(gram) {
                covered += at + short.length - from.max(at);
                from = at + short.length;
            }
        }
        covered as f64 / short.words().max(1) as f64
    }
}

/// How alike all pairs of texts are that share a run of so many words, by their numbers, lesser first.
pub fn alike(
    texts: &[&str],
    length: usize,
    measure: impl Fn(&Grams, &Grams) -> f64,
) -> BTreeMap<(usize, usize), f64> {
    let grams: Vec<_> = texts.iter().map(|text| Grams::of(text, length)).collect();
    let mut holders: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, grams) in grams.iter().enumerate() {
        grams.iter().for_each(|gram| holders.entry(gram).or_default().push(at));
    }
    let mut meeting = BTreeSet::new();
    for holders in holders.values() {
        for (n, &left) in holders.iter().enumerate() {
            meeting.extend(holders[n + 1..].iter().map(|&right| (left, right)));
        }
    }
    let measured = |pair: (usize, usize)| (pair, measure(&grams[pair.0], &grams[pair.1]));
    meeting.into_iter().map(measured).collect()
}

fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric());
    parts.filter(|part| !part.is_empty()).map(str::to_lowercase).collect()
}

fn hash<T: Hash + ?Sized>(what: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

/// The words of some stretches of a text, with their places.
#[derive(Debug, Clone, Default)]
pub struct Placed {
    keys: Vec<u64>,
    spans: Vec<Span>,
}

impl Placed {
    /// Of stretches of a text, one after the other.
    pub fn of(text: &str, stretches: &[Span]) -> Self {
        let mut placed = Self::default();
        for stretch in stretches {
            let mut start = None;
            let slice = stretch.slice(text);
            for (at, letter) in slice.char_indices().chain([(slice.len(), ' ')]) {
                match (letter.is_alphanumeric(), start) {
                    (true, None) => start = Some(at),
                    (false, Some(first)) => {
                        placed.keys.push(hash(&slice[first..at].to_lowercase()));
                        let from = stretch.start as usize;
                        placed.spans.push(Span::of(from + first..from + at));
                        start = None;
                    }
                    _ => {}
                }
            }
        }
        placed
    }
}

/// Words that two texts share in one order, as many as there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedRun {
    /// Numbers of the texts, the lesser first.
    pub texts: (usize, usize),
    /// The characters in each, word by word.
    pub words: [Vec<Span>; 2],
}

/// Every run of at least `least` words that two texts share, by comparing all texts with all: what the
/// program finds is measured by it. Costs as many steps as there are pairs of places of a run.
pub fn exact_passages(texts: &[Placed], least: usize) -> Vec<SharedRun> {
    let mut places: HashMap<u64, Vec<(usize, usize)>> = HashMap::new();
    for (text, placed) in texts.iter().enumerate() {
        for (at, run) in placed.keys.windows(least).enumerate() {
            places.entry(hash(run)).or_default().push((text, at));
        }
    }
    let mut found = Vec::new();
    for places in places.values().filter(|places| 1 < places.len()) {
        for (n, &left) in places.iter().enumerate() {
            let others = places[n + 1..].iter().filter(|right| right.0 != left.0);
            found.extend(others.filter_map(|&right| whole_run(texts, left, right)));
        }
    }
    found.sort_by_key(|run| {
        (run.texts, run.words[0].first().copied(), run.words[1].first().copied())
    });
    found
}

/// The longest run that begins at two places; `None` if it began before them.
fn whole_run(texts: &[Placed], left: (usize, usize), right: (usize, usize)) -> Option<SharedRun> {
    let (a, b) = (&texts[left.0], &texts[right.0]);
    let before = |placed: &Placed, at: usize| at.checked_sub(1).map(|at| placed.keys[at]);
    if before(a, left.1).is_some() && before(a, left.1) == before(b, right.1) {
        return None;
    }
    let pairs = a.keys[left.1..].iter().zip(&b.keys[right.1..]);
    let length = pairs.take_while(|(a, b)| a == b).count();
    let words = [(a, left.1), (b, right.1)].map(|(p, at)| p.spans[at..at + length].to_vec());
    Some(SharedRun { texts: (left.0, right.0), words })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containment_counts_the_words_of_shared_runs() {
        let long = Grams::of("the envoys of Sallet met in Tarn on Monday", 3);
        let short = Grams::of("Envoys of Sallet met nobody", 3);
        assert!((short.containment(&long) - 0.8).abs() < 1e-9);
        assert!((long.resemblance(&long) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_shared_run_is_found_once_and_whole() {
        let texts =
            ["Rain. The envoys met in Tarn again.", "Then the envoys met in Tarn; it rained."];
        let placed = texts.map(|text| Placed::of(text, &[Span::of(0..text.len())]));
        let runs = exact_passages(&placed, 3);
        assert_eq!(runs.len(), 1);
        let [left, right] = &runs[0].words;
        assert_eq!((left.len(), right.len()), (5, 5));
        assert_eq!(left[1].slice(texts[0]), "envoys");
    }
}
