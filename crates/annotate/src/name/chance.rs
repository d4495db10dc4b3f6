//! How likely labels are by the sum of the models' scores, and the names that are likelier than not.
//! The sum of two models, each a chain of labels with its own shares, says too much: what they say is
//! pooled, each counting half (logarithmic opinion pools; Smith, Cohn and Osborne 2005). Shares of spans
//! come of those of labels (Culotta and McCallum 2004).

use std::sync::OnceLock;

use super::NameClass;
use super::label::{BEFORE, LABELS, OUTSIDE, Part, Row, Steps, UNIT, is_open, label};

const CLASSES: usize = NameClass::ALL.len();

/// As many models are pooled at most.
const MODELS: i32 = 2;
/// Steps of score for one unit of their pool.
const POOLED: i32 = MODELS * UNIT;
/// Scores further below the best than this count as so far below.
const DEEPEST: usize = 30 * POOLED as usize;

/// Shares by how far scores are below the best. Made by products alone, so that they are the same on
/// every machine.
fn shares() -> &'static [f32] {
    static SHARES: OnceLock<Vec<f32>> = OnceLock::new();
    /// The exponential of -1 / [`POOLED`].
    const STEP: f64 = 0.998_048_780_107_475_5;
    SHARES.get_or_init(|| {
        let shares = std::iter::successors(Some(1.0f64), |share| Some(share * STEP));
        shares.take(DEEPEST + 1).map(|share| share as f32).collect()
    })
}

/// Shares of scores, the best of which is given, each step counting `steps` times.
fn shared<const N: usize>(scores: &[i32; N], best: i32, steps: i32) -> [f32; N] {
    let depth = |score: i32| best.saturating_sub(score).saturating_mul(steps) as usize;
    scores.map(|score| shares()[depth(score).min(DEEPEST)])
}

type Shares = [f32; LABELS];

/// How likely labels are, and room to work in, kept from run to run.
#[derive(Debug)]
pub struct Chances {
    /// How often a step of score counts: once in the pool of all models.
    count: i32,
    steps: [Shares; LABELS],
    /// Of each word's labels by its own score.
    own: Vec<Shares>,
    /// By the words up to each.
    ahead: Vec<Shares>,
    /// By the words after each.
    behind: Vec<Shares>,
}

impl Chances {
    /// With the scores of each label after each, summed over one or two models.
    pub fn new(steps: &Steps, models: i32) -> Self {
        let count = MODELS / models;
        let best = steps.iter().flatten().copied().max().unwrap_or_default();
        let steps = steps.map(|row| shared(&row, best, count));
        Self { count, steps, own: Vec::new(), ahead: Vec::new(), behind: Vec::new() }
    }

    /// The labels of the names in a run that are likelier than not. A name that is so only by all classes
    /// together is one of [`NameClass::Other`]. Before and after the words is what is outside. Linear in
    /// the words, but for the length of names.
    pub fn likely(&mut self, rows: &[Row], labels: &mut Vec<u8>) {
        self.weigh(rows);
        labels.clear();
        labels.resize(rows.len(), OUTSIDE);
        for start in 0..rows.len() {
            let shares = whole(std::array::from_fn(|label| {
                self.ahead[start][label] * self.behind[start][label]
            }));
            if 0.5 < shares[usize::from(OUTSIDE)] {
                continue;
            }
            let of = |classes: &[NameClass]| self.end(start, &shares, classes);
            let one = NameClass::ALL.iter().find_map(|class| Some((of(&[*class])?, *class)));
            let any = || Some((of(NameClass::ALL)?, NameClass::Other));
            if let Some((end, class)) = one.or_else(any) {
                write(&mut labels[start..end], class);
            }
        }
    }

    /// Where a name of one of the classes that begins with a word ends, if one end is likelier than not;
    /// `shares` are those of the word's labels.
    fn end(&self, start: usize, shares: &Shares, classes: &[NameClass]) -> Option<usize> {
        let sum = |shares: &[f32; CLASSES]| shares.iter().sum::<f32>();
        let share = |part: Part| {
            let mut found = [0.0; CLASSES];
            for class in classes {
                found[*class as usize] = shares[usize::from(label(part, *class))];
            }
            found
        };
        if 0.5 < sum(&share(Part::Unit)) {
            return Some(start + 1);
        }
        let mut open = share(Part::Begin);
        let mut from = Part::Begin;
        for at in start + 1..self.own.len() {
            if sum(&open) <= 0.5 {
                return None;
            }
            let mut ended = [0.0; CLASSES];
            for class in classes {
                let step = |part: Part| {
                    let (from, to) = (label(from, *class), usize::from(label(part, *class)));
                    self.steps[usize::from(from)][to] * self.own[at][to] * self.behind[at][to]
                };
                let (inside, last) = (step(Part::Inside), step(Part::Last));
                let open = &mut open[*class as usize];
                ended[*class as usize] = *open * last / (inside + last);
                *open *= inside / (inside + last);
            }
            if 0.5 < sum(&ended) {
                return Some(at + 1);
            }
            from = Part::Inside;
        }
        None
    }

    /// Forward and backward.
    fn weigh(&mut self, rows: &[Row]) {
        let best = |row: &Row| row.iter().copied().max().unwrap_or_default();
        self.own.clear();
        self.own.extend(rows.iter().map(|row| shared(row, best(row), self.count)));
        self.ahead.clear();
        let mut ahead = [0.0; LABELS];
        ahead[usize::from(OUTSIDE)] = 1.0;
        for own in &self.own {
            let mut now = [0.0; LABELS];
            for (label, before) in BEFORE.iter().enumerate() {
                let sum: f32 =
                    before.iter().map(|&from| ahead[from] * self.steps[from][label]).sum();
                now[label] = sum * own[label];
            }
            ahead = whole(now);
            self.ahead.push(ahead);
        }
        self.behind.clear();
        let closed = |label: usize| if is_open(label) { 0.0 } else { self.steps[label][0] };
        let mut behind: Shares = std::array::from_fn(closed);
        for own in self.own.iter().rev() {
            self.behind.push(behind);
            let mut now = [0.0; LABELS];
            for (label, before) in BEFORE.iter().enumerate() {
                let after = own[label] * behind[label];
                for &from in *before {
                    now[from] += self.steps[from][label] * after;
                }
            }
            behind = whole(now);
        }
        self.behind.reverse();
    }
}

/// Writes the labels of a name over words.
fn write(words: &mut [u8], class: NameClass) {
    let last = words.len() - 1;
    words.fill(label(Part::Inside, class));
    words[last] = label(Part::Last, class);
    words[0] = label(if last == 0 { Part::Unit } else { Part::Begin }, class);
}

/// The shares as parts of one.
fn whole(shares: Shares) -> Shares {
    let all: f32 = shares.iter().sum();
    shares.map(|share| share / all)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NO_STEPS: Steps = [[0; LABELS]; LABELS];

    fn at(part: Part, class: NameClass) -> usize {
        usize::from(label(part, class))
    }

    fn likely(rows: &[Row]) -> Vec<u8> {
        let mut labels = Vec::new();
        Chances::new(&NO_STEPS, MODELS).likely(rows, &mut labels);
        labels
    }

    /// Every row of whole names of so many words.
    fn all(words: usize) -> Vec<Vec<u8>> {
        let mut rows = vec![Vec::new()];
        for _ in 0..words {
            rows = rows
                .into_iter()
                .flat_map(|row: Vec<u8>| {
                    let before = usize::from(*row.last().unwrap_or(&OUTSIDE));
                    let next = (0..LABELS).filter(move |label| BEFORE[*label].contains(&before));
                    next.map(move |label| [&row[..], &[label as u8]].concat()).collect::<Vec<_>>()
                })
                .collect();
        }
        rows.retain(|row| !is_open(usize::from(row[words - 1])));
        rows
    }

    #[test]
    fn shares_fall_by_e_with_each_unit_of_the_pool() {
        let share = shares()[POOLED as usize];
        assert!((share - (-1.0f32).exp()).abs() < 1e-6, "{share}");
    }

    /// Names are those whose shares, summed over every row of labels, are more than half.
    #[test]
    fn names_are_those_that_sums_over_all_rows_show() {
        const WORDS: usize = 3;
        let mut number = 7u32;
        let mut draw = |most: i32| {
            number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (number >> 16) as i32 % most
        };
        let every = all(WORDS);
        let mut names = 0;
        for _ in 0..200 {
            let rows: [Row; WORDS] = std::array::from_fn(|_| std::array::from_fn(|_| draw(3000)));
            let steps: Steps = std::array::from_fn(|_| std::array::from_fn(|_| draw(1500)));
            let weight = |labels: &Vec<u8>| {
                let befores = std::iter::once(&OUTSIDE).chain(labels);
                let nexts = labels.iter().chain(std::iter::once(&OUTSIDE));
                let steps: i32 =
                    befores.zip(nexts).map(|(a, b)| steps[usize::from(*a)][usize::from(*b)]).sum();
                let own: i32 = rows.iter().zip(labels).map(|(row, l)| row[usize::from(*l)]).sum();
                (f64::from(steps + own) / f64::from(POOLED)).exp()
            };
            let weights: Vec<_> = every.iter().map(weight).collect();
            let sum: f64 = weights.iter().sum();
            let mut found = Vec::new();
            Chances::new(&steps, MODELS).likely(&rows, &mut found);
            for start in 0..WORDS {
                for end in start + 1..=WORDS {
                    let share = |class: NameClass| {
                        let mut name = vec![OUTSIDE; end - start];
                        write(&mut name, class);
                        let has = |labels: &[u8]| labels[start..end] == name;
                        let with = every.iter().zip(&weights).filter(|(labels, _)| has(labels));
                        (has(&found), with.map(|(_, weight)| weight).sum::<f64>() / sum)
                    };
                    let of = NameClass::ALL.iter().map(|class| (*class, share(*class)));
                    let of: Vec<_> = of.collect();
                    let any: f64 = of.iter().map(|(_, (_, share))| share).sum();
                    let one = of.iter().any(|(_, (_, share))| 0.5 < *share);
                    for (class, (has, share)) in of {
                        let share = match class {
                            NameClass::Other if !one => any,
                            _ => share,
                        };
                        if 1e-3 < (share - 0.5).abs() {
                            assert_eq!(has, 0.5 < share, "{class} {share} {found:?}");
                            names += usize::from(has);
                        }
                    }
                }
            }
        }
        assert!(20 < names, "{names}");
    }

    #[test]
    fn one_model_alone_is_heard_in_full() {
        let mut row = [-9000; LABELS];
        row[usize::from(OUTSIDE)] = 0;
        row[at(Part::Unit, NameClass::Person)] = 200;
        row[at(Part::Unit, NameClass::Place)] = -10;
        let heard = |models: i32| {
            let mut labels = Vec::new();
            Chances::new(&NO_STEPS, models).likely(&[row], &mut labels);
            labels
        };
        assert_eq!(heard(1), [label(Part::Unit, NameClass::Person)]);
        assert_eq!(heard(2), [label(Part::Unit, NameClass::Other)]);
    }

    /// The best row of labels has a name, but the others that have none outweigh it.
    #[test]
    fn the_best_row_may_be_less_likely_than_all_others() {
        let mut rows = [[-9000; LABELS]; 2];
        rows[0][usize::from(OUTSIDE)] = 0;
        rows[0][at(Part::Begin, NameClass::Person)] = 0;
        rows[1][usize::from(OUTSIDE)] = 0;
        rows[1][at(Part::Last, NameClass::Person)] = 100;
        rows[1][at(Part::Unit, NameClass::Place)] = 0;
        assert_eq!(likely(&rows), [OUTSIDE; 2]);
        rows[1][at(Part::Last, NameClass::Person)] = 600;
        let [begin, last] = [Part::Begin, Part::Last].map(|part| label(part, NameClass::Person));
        assert_eq!(likely(&rows), [begin, last]);
    }

    #[test]
    fn a_name_whose_class_is_open_is_one_of_another() {
        let mut row = [-9000; LABELS];
        row[usize::from(OUTSIDE)] = 0;
        row[at(Part::Unit, NameClass::Person)] = 10;
        row[at(Part::Unit, NameClass::Place)] = 10;
        assert_eq!(likely(&[row]), [label(Part::Unit, NameClass::Other)]);
        row[at(Part::Unit, NameClass::Place)] = 1200;
        assert_eq!(likely(&[row]), [label(Part::Unit, NameClass::Place)]);
    }
}
