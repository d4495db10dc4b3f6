//! Finds a tree, greedily: at each step the action that the weights like best.

use super::Relation;
use super::bundle::{BundleFault, Reader};
use super::transition::{ACTIONS, Action, NONE, State};
use super::weights::{LABELS, Scores, Weights, keys, keys_after, pair, triple};

/// How many features a state has in the first group.
pub const FIRST: usize = 48;
/// How many it has in the second.
pub const SECOND: usize = 56;

/// How far the best action must lead by the first group to be taken without the second.
pub const LEAD: i32 = 250;

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

/// What a state's features are made of: the two top words of the stack (a, b), the next three of the
/// buffer (d, e, f), and their outermost dependents.
#[derive(Debug, Clone, Copy)]
pub struct View {
    a: Atom,
    b: Atom,
    c: Atom,
    d: Atom,
    e: Atom,
    f: Atom,
    al: Atom,
    al2: Atom,
    ar: Atom,
    ar2: Atom,
    bl: Atom,
    br: Atom,
    br2: Atom,
    dl: Atom,
    /// Relations of the outermost dependents.
    rl: u64,
    rr: u64,
    r1l: u64,
    r1r: u64,
    rn: u64,
    /// Numbers of dependents.
    right_of_a: u64,
    right_of_b: u64,
    left_of_d: u64,
    /// Relations of all dependents, as sets.
    lefts_of_a: u64,
    rights_of_a: u64,
    rights_of_b: u64,
    lefts_of_d: u64,
    /// Distances from a to d, and from b to a.
    near: u64,
    far: u64,
}

impl View {
    /// Looks at a state.
    pub fn of(state: &State, atoms: &[Atom]) -> Self {
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
        let count = |word: u32, side: usize| {
            node(word).map_or(9, |node| u64::from(node.counts[side].min(5)))
        };
        let set = |word: u32, side: usize| node(word).map_or(1, |node| node.relations[side]);
        let (s0l, s0r, s1l, s1r, n0l) =
            (left(s0, 0), right(s0, 0), left(s1, 0), right(s1, 0), left(n0, 0));
        Self {
            a: atom(s0),
            b: atom(s1),
            c: atom(s2),
            d: atom(n0),
            e: atom(n0 + 1),
            f: atom(n0 + 2),
            al: atom(s0l),
            al2: atom(left(s0, 1)),
            ar: atom(s0r),
            ar2: atom(right(s0, 1)),
            bl: atom(s1l),
            br: atom(s1r),
            br2: atom(right(s1, 1)),
            dl: atom(n0l),
            rl: relation(s0l),
            rr: relation(s0r),
            r1l: relation(s1l),
            r1r: relation(s1r),
            rn: relation(n0l),
            right_of_a: count(s0, 1),
            right_of_b: count(s1, 1),
            left_of_d: count(n0, 0),
            lefts_of_a: set(s0, 0),
            rights_of_a: set(s0, 1),
            rights_of_b: set(s1, 1),
            lefts_of_d: set(n0, 0),
            near: distance(s0, n0),
            far: distance(s1, s0),
        }
    }

    /// The first group of features, after Zhang and Nivre (2011) for the arc-hybrid system: those
    /// that decide most. They were found by how far each moves the best action from the next.
    pub fn first(&self) -> [u32; FIRST] {
        let Self { a, b, c, d, e, f, al, al2, ar, ar2, dl, rl, rr, r1r, rn, near, far, .. } = *self;
        let Self { right_of_a, right_of_b, left_of_d, lefts_of_a, rights_of_a, .. } = *self;
        let (aa, lefts_of_d) = (both(a), self.lefts_of_d);
        keys([
            0,
            // Single words.
            a.word,
            a.tag,
            aa,
            b.tag,
            c.tag,
            d.word,
            d.tag,
            e.word,
            e.tag,
            f.tag,
            // Top of the stack and buffer.
            pair(a.tag, d.tag),
            pair(d.tag, e.tag),
            pair(d.word, e.tag),
            // The two top words of the stack.
            pair(b.tag, a.tag),
            pair(b.tag, d.tag),
            // Three tags.
            triple(a.tag, d.tag, e.tag),
            triple(b.tag, a.tag, d.tag),
            triple(d.tag, e.tag, f.tag),
            // With dependents; the leftmost of a noun is often its preposition.
            triple(a.tag, al.tag, d.tag),
            triple(a.tag, ar.tag, d.tag),
            triple(a.tag, d.tag, dl.tag),
            triple(b.tag, a.tag, al.tag),
            triple(b.tag, a.tag, ar.tag),
            triple(a.tag, al.tag, al2.tag),
            triple(a.tag, ar.tag, ar2.tag),
            al.word,
            ar.word,
            dl.word,
            al.tag,
            ar.tag,
            dl.tag,
            // Distances.
            pair(a.tag, near),
            pair(d.tag, near),
            triple(a.tag, d.tag, near),
            pair(b.tag, far),
            // Numbers of dependents.
            pair(a.word, right_of_a),
            pair(a.tag, right_of_a),
            pair(d.tag, left_of_d),
            pair(b.tag, right_of_b),
            // Relations of dependents.
            pair(rl, a.tag),
            pair(rr, a.tag),
            pair(r1r, b.tag),
            pair(rn, d.tag),
            pair(a.tag, lefts_of_a),
            pair(a.word, rights_of_a),
            pair(a.tag, rights_of_a),
            pair(d.tag, lefts_of_d),
        ])
    }

    /// The second group: pairs and triples of words above all.
    pub fn second(&self) -> [u32; SECOND] {
        let Self { a, b, c, d, e, f, al, ar, bl, br, br2, r1l, near, far, .. } = *self;
        let Self { left_of_d, lefts_of_a, rights_of_b, lefts_of_d, .. } = *self;
        let (aa, bb, dd, ee) = (both(a), both(b), both(d), both(e));
        keys_after(
            FIRST,
            [
                // Single words.
                b.word,
                bb,
                dd,
                ee,
                f.word,
                both(c),
                // Top of the stack and buffer.
                pair(aa, dd),
                pair(aa, d.word),
                pair(a.word, dd),
                pair(aa, d.tag),
                pair(a.tag, dd),
                pair(a.word, d.word),
                pair(d.tag, e.word),
                // The two top words of the stack.
                pair(bb, aa),
                pair(bb, a.tag),
                pair(b.tag, aa),
                pair(b.word, a.word),
                pair(bb, a.word),
                pair(b.word, aa),
                pair(b.word, d.word),
                pair(b.tag, d.word),
                pair(b.word, d.tag),
                // Three tags.
                triple(c.tag, b.tag, a.tag),
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
                triple(b.tag, br.tag, a.tag),
                triple(b.tag, bl.tag, a.tag),
                triple(b.tag, br.tag, br2.tag),
                triple(a.word, al.tag, d.tag),
                triple(b.tag, br.word, a.tag),
                triple(a.tag, ar.word, d.tag),
                triple(b.word, br.tag, a.tag),
                br.word,
                br.tag,
                // Distances.
                pair(a.word, near),
                pair(d.word, near),
                pair(b.word, far),
                triple(b.tag, a.tag, far),
                // Numbers of dependents.
                pair(d.word, left_of_d),
                // Relations of dependents.
                triple(r1l, b.tag, a.tag),
                pair(a.word, lefts_of_a),
                triple(b.tag, rights_of_b, a.tag),
                pair(b.word, rights_of_b),
                pair(d.word, lefts_of_d),
            ],
        )
    }
}

fn both(atom: Atom) -> u64 {
    pair(atom.word, atom.tag)
}

/// The best action that can be taken, and how far it leads before the next.
pub fn choose(state: &State, scores: &Scores) -> (Action, i32) {
    let (mut best, mut next) = ((i32::MIN, Action::Shift.index()), i32::MIN);
    let mut offer = |index: u8| {
        let score = scores[usize::from(index)];
        if best.0 < score {
            next = best.0;
            best = (score, index);
        } else {
            next = next.max(score);
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
    (Action::of(best.1), best.0.saturating_sub(next))
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

    /// Greedy parsers are sure of most steps, and can be trained to be so by few features (Strubell,
    /// Vilnis, Silverstein and McCallum 2015): the second group is asked only where they are not.
    fn next(&self, state: &State, atoms: &[Atom]) -> Action {
        let mut scores: Scores = [0; LABELS];
        let view = View::of(state, atoms);
        self.weights.add(&view.first(), &mut scores);
        let (action, lead) = choose(state, &scores);
        if LEAD <= lead {
            return action;
        }
        self.weights.add(&view.second(), &mut scores);
        choose(state, &scores).0
    }
}
