//! The arc-hybrid transition system (Kuhlmann, Gómez-Rodríguez and Satta 2011): words move from a
//! buffer onto a stack, and lose their place once their head is known. The root stands at the end
//! of the buffer (Ballesteros and Nivre 2013).

use super::Relation;

/// No word.
pub const NONE: u32 = u32::MAX;

/// One step of a parse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Move the first word of the buffer onto the stack.
    Shift,
    /// The first word of the buffer is the head of the top of the stack.
    Left(Relation),
    /// The second word of the stack is the head of the top.
    Right(Relation),
}

/// How many actions there are.
pub const ACTIONS: usize = 1 + 2 * Relation::ALL.len();

impl Action {
    /// The action's number, below [`ACTIONS`].
    pub fn index(self) -> u8 {
        match self {
            Self::Shift => 0,
            Self::Left(relation) => 1 + 2 * relation as u8,
            Self::Right(relation) => 2 + 2 * relation as u8,
        }
    }

    /// The action with this number.
    pub fn of(index: u8) -> Self {
        if index == 0 {
            return Self::Shift;
        }
        let relation = Relation::ALL[usize::from((index - 1) / 2) % Relation::ALL.len()];
        if index % 2 == 1 { Self::Left(relation) } else { Self::Right(relation) }
    }
}

/// What is known of a word while its sentence is parsed.
#[derive(Debug, Clone, Copy)]
pub struct Node {
    /// Its head; [`NONE`] for the root and while unknown.
    pub head: u32,
    /// Its relation to the head.
    pub relation: Relation,
    /// The leftmost dependent, and the one before it was found.
    pub left: [u32; 2],
    /// The rightmost dependent, and the one before.
    pub right: [u32; 2],
    /// Numbers of dependents on each side.
    pub counts: [u8; 2],
    /// Relations of the dependents on each side, as bits.
    pub relations: [u64; 2],
}

const FRESH: Node = Node {
    head: NONE,
    relation: Relation::Root,
    left: [NONE; 2],
    right: [NONE; 2],
    counts: [0; 2],
    relations: [0; 2],
};

/// A parse under way.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Words whose heads are not known yet, the latest last.
    pub stack: Vec<u32>,
    /// The first word of the buffer; the number of words when only the root is left.
    pub next: u32,
    /// The words.
    pub nodes: Vec<Node>,
}

impl State {
    /// Starts a sentence of `count` words anew.
    pub fn reset(&mut self, count: usize) {
        self.stack.clear();
        self.next = 0;
        self.nodes.clear();
        self.nodes.resize(count, FRESH);
    }

    /// The number of words.
    pub fn len(&self) -> u32 {
        self.nodes.len() as u32
    }

    /// Whether the sentence has no words.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Whether every word but the root has its head.
    pub fn done(&self) -> bool {
        self.next == self.len() && self.stack.len() < 2
    }

    /// The word `depth` below the top of the stack.
    pub fn stacked(&self, depth: usize) -> u32 {
        self.stack.len().checked_sub(1 + depth).map_or(NONE, |at| self.stack[at])
    }

    /// Whether [`Action::Shift`] can be taken.
    pub fn can_shift(&self) -> bool {
        self.next < self.len()
    }

    /// Whether [`Action::Left`] can be taken. The root takes its word when all others are done.
    pub fn can_left(&self) -> bool {
        self.next < self.len() && !self.stack.is_empty()
    }

    /// Whether [`Action::Right`] can be taken.
    pub fn can_right(&self) -> bool {
        1 < self.stack.len()
    }

    /// Takes an action that can be taken.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Shift => {
                self.stack.push(self.next);
                self.next += 1;
            }
            Action::Left(relation) => {
                let word = self.stack.pop().expect("`can_left` holds");
                self.attach(word, self.next, relation);
            }
            Action::Right(relation) => {
                let word = self.stack.pop().expect("`can_right` holds");
                self.attach(word, self.stacked(0), relation);
            }
        }
    }

    fn attach(&mut self, word: u32, head: u32, relation: Relation) {
        let node = &mut self.nodes[word as usize];
        (node.head, node.relation) = (head, relation);
        let side = usize::from(head < word);
        let head = &mut self.nodes[head as usize];
        let ends = if side == 0 { &mut head.left } else { &mut head.right };
        *ends = [word, ends[0]];
        head.counts[side] = head.counts[side].saturating_add(1);
        head.relations[side] |= 1 << relation as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_read_back_from_their_numbers() {
        for index in 0..ACTIONS as u8 {
            assert_eq!(Action::of(index).index(), index);
        }
    }

    #[test]
    fn a_small_tree_is_built() {
        let mut state = State::default();
        state.reset(3);
        for action in [
            Action::Shift,
            Action::Left(Relation::Nsubj),
            Action::Shift,
            Action::Shift,
            Action::Right(Relation::Obj),
        ] {
            assert!(!state.done());
            state.apply(action);
        }
        assert!(state.done());
        assert_eq!(state.nodes.iter().map(|n| n.head).collect::<Vec<_>>(), [1, NONE, 1]);
        assert_eq!(state.nodes[1].counts, [1, 1]);
    }
}
