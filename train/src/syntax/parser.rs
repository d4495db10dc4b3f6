//! Trains the parser, letting it walk into its own mistakes.

use chancery_annotate::syntax::parser::{Atom, FIRST, LEAD, SECOND, View, choose};
use chancery_annotate::syntax::transition::{Action, State};
use chancery_annotate::syntax::weights::{LABELS, Row};

use super::oracle::Gold;
use super::perceptron::{Keep, Perceptron};
use crate::random::Random;

/// A sentence as the parser sees it, with its right tree.
#[derive(Debug, Clone)]
pub struct Example {
    /// Words and tags (guessed ones, as they will be).
    pub atoms: Vec<Atom>,
    /// The tree.
    pub gold: Gold,
}

/// Of ten wrong steps after the first round, how many are taken.
const EXPLORED: usize = 9;

/// Features that moved fewer times in the first rounds are forgotten.
const RARE: u32 = 2;

/// Whole steps of the bundle for one of training.
const SCALE: f64 = 8.0;

/// How many weights are kept.
const MOST: usize = 2_200_000;

/// Trains on the examples, in an order that the seed gives. `told` hears of each round.
pub fn train(
    examples: &[Example],
    iterations: usize,
    seed: u64,
    told: &mut dyn FnMut(usize, f64),
) -> Vec<Row> {
    let mut perceptron = Perceptron::default();
    let mut random = Random::new(seed);
    let mut order: Vec<_> = examples.iter().collect();
    let mut state = State::default();
    for round in 0..iterations {
        random.shuffle(&mut order);
        if round == 2 {
            perceptron.close(RARE);
        }
        let (mut steps, mut right) = (0, 0);
        for example in &order {
            state.reset(example.atoms.len());
            while !state.done() {
                let (action, good) = learn(example, &state, &mut perceptron);
                steps += 1;
                right += usize::from(good.is_none());
                let wander = 0 < round && random.below(10) < EXPLORED;
                state.apply(good.filter(|_| !wander).unwrap_or(action));
            }
        }
        told(round, right as f64 / steps.max(1) as f64);
    }
    perceptron.rows(Keep { scale: SCALE, most: MOST, least: 2 })
}

/// The action that the weights choose, and the best one where that is wrong.
fn learn(
    example: &Example,
    state: &State,
    perceptron: &mut Perceptron,
) -> (Action, Option<Action>) {
    let costs = example.gold.costs(state);
    if state.stack.is_empty() {
        return (Action::Shift, None);
    }
    let view = View::of(state, &example.atoms);
    let mut keys = [0; FIRST + SECOND];
    keys[..FIRST].copy_from_slice(&view.first());
    let mut scores = [0; LABELS];
    perceptron.score(&keys[..FIRST], &mut scores);
    let (mut guess, lead) = choose(state, &scores);
    let mut asked = FIRST;
    if (lead as f64) * SCALE < f64::from(LEAD) {
        keys[FIRST..].copy_from_slice(&view.second());
        perceptron.score(&keys[FIRST..], &mut scores);
        guess = choose(state, &scores).0;
        asked = keys.len();
    }
    let least = costs.iter().flatten().map(|(_, cost)| *cost).min().unwrap_or(0);
    let cheap = costs.into_iter().flatten().filter(|(_, cost)| *cost == least);
    perceptron.tick();
    let mut best: Option<Action> = None;
    for (action, _) in cheap {
        if action == guess {
            return (guess, None);
        }
        let score = |action: Action| scores[usize::from(action.index())];
        if best.is_none_or(|best| score(best) < score(action)) {
            best = Some(action);
        }
    }
    let best = best.unwrap_or(Action::Shift);
    perceptron.update(&keys[..asked], best.index(), 1);
    perceptron.update(&keys[..asked], guess.index(), -1);
    (guess, Some(best))
}
