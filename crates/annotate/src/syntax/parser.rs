//! Finds a tree, greedily: at each step the action that the weights like best.

use super::Relation;
use super::bundle::{BundleFault, Reader};
use super::transition::{ACTIONS, Action, NONE, State};
use super::weights::{LABELS, Scores, Weights, keys, pair, triple};

/// How many features a state has.
pub const FEATURES: usize = 104;

/// What the parser sees of one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Atom {
    /// The word, in lower case.
    pub word: u64,
    /// Its tag.
    pub tag: u64,
}

const ABSENT: Atom = Atom { word: 2, tag: 300 };
const ROOT: Atom = Atom { word: 3, tag: 301 };

fn distance(from: u32, to: u32) -> u64 {
    if from == NONE || to == NONE {
        return 0;
    }
    match to.abs_diff(from) {
        near @ 0..=4 => u64::from(near) + 1,
        5..=6 => 6,
        7..=10 => 7,
        11..=20 => 8,
        _ => 9,
    }
}

/// The features of a state, after Zhang and Nivre (2011) for the arc-hybrid system.
pub fn features(state: &State, atoms: &[Atom]) -> [u32; FEATURES] {
    let (s0, s1, s2, n0) = (state.stacked(0), state.stacked(1), state.stacked(2), state.next);
    let atom = |word: u32| match atoms.get(word as usize) {
        Some(atom) => *atom,
        None if word == state.len() => ROOT,
        None => ABSENT,
    };
    let node = |word: u32| state.nodes.get(word as usize);
    let left = |word: u32, rank: usize| node(word).map_or(NONE, |node| node.left[rank]);
    let right = |word: u32, rank: usize| node(word).map_or(NONE, |node| node.right[rank]);
    let relation = |word: u32| node(word).map_or(99, |node| node.relation as u64);
    let count =
        |word: u32, side: usize| node(word).map_or(9, |node| u64::from(node.counts[side].min(5)));
    let set = |word: u32, side: usize| node(word).map_or(1, |node| node.relations[side]);
    let (a, b, c, d, e, f) = (atom(s0), atom(s1), atom(s2), atom(n0), atom(n0 + 1), atom(n0 + 2));
    let both = |atom: Atom| pair(atom.word, atom.tag);
    let (aa, bb, dd, ee) = (both(a), both(b), both(d), both(e));
    let (s0l, s0r, s1l, s1r, n0l) =
        (left(s0, 0), right(s0, 0), left(s1, 0), right(s1, 0), left(n0, 0));
    let (al, ar, bl, br, dl) = (atom(s0l), atom(s0r), atom(s1l), atom(s1r), atom(n0l));
    let (al2, ar2, br2) = (atom(left(s0, 1)), atom(right(s0, 1)), atom(right(s1, 1)));
    let (rl, rr, r1l, r1r, rn) =
        (relation(s0l), relation(s0r), relation(s1l), relation(s1r), relation(n0l));
    let (near, far) = (distance(s0, n0), distance(s1, s0));
    keys([
        0,
        // Single words.
        a.word,
        a.tag,
        aa,
        b.word,
        b.tag,
        bb,
        c.tag,
        d.word,
        d.tag,
        dd,
        e.word,
        e.tag,
        ee,
        f.tag,
        f.word,
        both(c),
        // Top of the stack and buffer.
        pair(aa, dd),
        pair(aa, d.word),
        pair(a.word, dd),
        pair(aa, d.tag),
        pair(a.tag, dd),
        pair(a.word, d.word),
        pair(a.tag, d.tag),
        pair(d.tag, e.tag),
        pair(d.word, e.tag),
        pair(d.tag, e.word),
        // The two top words of the stack.
        pair(bb, aa),
        pair(bb, a.tag),
        pair(b.tag, aa),
        pair(b.word, a.word),
        pair(b.tag, a.tag),
        pair(bb, a.word),
        pair(b.word, aa),
        pair(b.tag, d.tag),
        pair(b.word, d.word),
        pair(b.tag, d.word),
        pair(b.word, d.tag),
        // Three tags.
        triple(a.tag, d.tag, e.tag),
        triple(b.tag, a.tag, d.tag),
        triple(c.tag, b.tag, a.tag),
        triple(d.tag, e.tag, f.tag),
        triple(a.word, d.tag, e.tag),
        triple(a.tag, d.word, e.tag),
        triple(b.word, a.tag, d.tag),
        triple(b.tag, a.word, d.tag),
        triple(b.tag, a.tag, d.word),
        triple(a.tag, d.tag, e.word),
        pair(triple(b.tag, a.tag, d.tag), e.tag),
        triple(c.tag, a.tag, d.tag),
        pair(triple(c.tag, b.tag, a.tag), d.tag),
        // A preposition ahead: where will its noun hang?
        triple(a.tag, d.word, e.word),
        triple(b.word, d.word, a.tag),
        pair(triple(b.tag, a.tag, d.word), e.tag),
        // With dependents; the leftmost of a noun is often its preposition.
        triple(b.word, al.word, a.tag),
        triple(b.tag, al.word, a.word),
        triple(a.tag, al.tag, d.tag),
        triple(a.tag, ar.tag, d.tag),
        triple(b.tag, br.tag, a.tag),
        triple(b.tag, bl.tag, a.tag),
        triple(a.tag, d.tag, dl.tag),
        triple(b.tag, a.tag, al.tag),
        triple(b.tag, a.tag, ar.tag),
        triple(a.tag, al.tag, al2.tag),
        triple(a.tag, ar.tag, ar2.tag),
        triple(b.tag, br.tag, br2.tag),
        triple(a.word, al.tag, d.tag),
        triple(b.tag, br.word, a.tag),
        triple(a.tag, ar.word, d.tag),
        triple(b.word, br.tag, a.tag),
        al.word,
        ar.word,
        br.word,
        dl.word,
        al.tag,
        ar.tag,
        br.tag,
        dl.tag,
        // Distances.
        pair(a.word, near),
        pair(a.tag, near),
        pair(d.word, near),
        pair(d.tag, near),
        triple(a.tag, d.tag, near),
        pair(b.word, far),
        pair(b.tag, far),
        triple(b.tag, a.tag, far),
        // Numbers of dependents.
        pair(a.word, count(s0, 1)),
        pair(a.tag, count(s0, 1)),
        pair(d.word, count(n0, 0)),
        pair(d.tag, count(n0, 0)),
        pair(b.tag, count(s1, 1)),
        // Relations of dependents.
        pair(rl, a.tag),
        pair(rr, a.tag),
        pair(r1r, b.tag),
        triple(r1l, b.tag, a.tag),
        pair(rn, d.tag),
        pair(a.word, set(s0, 0)),
        pair(a.tag, set(s0, 0)),
        pair(a.word, set(s0, 1)),
        pair(a.tag, set(s0, 1)),
        triple(b.tag, set(s1, 1), a.tag),
        pair(b.word, set(s1, 1)),
        pair(d.tag, set(n0, 0)),
        pair(d.word, set(n0, 0)),
    ])
}

/// The best action that can be taken.
pub fn choose(state: &State, scores: &Scores) -> Action {
    let mut best = (i32::MIN, Action::Shift.index());
    let mut offer = |index: u8| {
        let score = scores[usize::from(index)];
        if best.0 < score {
            best = (score, index);
        }
    };
    if state.can_shift() {
        offer(Action::Shift.index());
    }
    let (left, right) = (state.can_left(), state.can_right());
    for relation in Relation::ALL {
        if *relation == Relation::Root {
            continue;
        }
        if left {
            offer(Action::Left(*relation).index());
        }
        if right {
            offer(Action::Right(*relation).index());
        }
    }
    Action::of(best.1)
}

/// A trained parser.
#[derive(Debug)]
pub struct Parser {
    weights: Weights,
}

impl Parser {
    /// A parser with these weights.
    pub fn new(weights: Weights) -> Self {
        Self { weights }
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, BundleFault> {
        if reader.count()? != ACTIONS {
            return Err(reader.damaged());
        }
        Ok(Self { weights: Weights::read(reader)? })
    }

    /// Parses one sentence. Twice as many steps as words.
    pub fn parse(&self, atoms: &[Atom], state: &mut State) {
        state.reset(atoms.len());
        while !state.done() {
            let action =
                if state.stack.is_empty() { Action::Shift } else { self.next(state, atoms) };
            state.apply(action);
        }
    }

    fn next(&self, state: &State, atoms: &[Atom]) -> Action {
        let mut scores: Scores = [0; LABELS];
        self.weights.add(&features(state, atoms), &mut scores);
        choose(state, &scores)
    }
}
