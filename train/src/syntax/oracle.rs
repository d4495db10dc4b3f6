//! The dynamic oracle of the arc-hybrid system (Goldberg and Nivre 2013): what each action costs, in
//! heads that can no longer be found, from any state, right or wrong.

use chancery_annotate::syntax::Relation;
use chancery_annotate::syntax::transition::{Action, NONE, State};

/// The right tree of a sentence.
#[derive(Debug, Clone, Default)]
pub struct Gold {
    heads: Vec<u32>,
    relations: Vec<Relation>,
    dependents: Vec<Vec<u32>>,
}

impl Gold {
    /// From heads (`None` for the root) and relations.
    pub fn new(words: impl IntoIterator<Item = (Option<usize>, Relation)>) -> Self {
        let (heads, relations): (Vec<_>, Vec<_>) = words
            .into_iter()
            .map(|(head, relation)| (head.map_or(NONE, |head| head as u32), relation))
            .unzip();
        let mut dependents = vec![Vec::new(); heads.len()];
        for (word, head) in (0..).zip(&heads) {
            if let Some(dependents) = dependents.get_mut(*head as usize) {
                dependents.push(word);
            }
        }
        Self { heads, relations, dependents }
    }

    /// The actions that can be taken, with the relation that the right tree gives, and their costs.
    pub fn costs(&self, state: &State) -> [Option<(Action, u32)>; 3] {
        [
            state.can_shift().then(|| (Action::Shift, self.shift_cost(state))),
            state.can_left().then(|| {
                let word = state.stacked(0);
                let lost = state.stacked(1) != NONE && self.head(word) == state.stacked(1);
                let later = self.head(word) != state.next && self.ahead(word, state);
                (
                    Action::Left(self.relation(word)),
                    u32::from(lost || later) + self.orphans(word, state),
                )
            }),
            state.can_right().then(|| {
                let word = state.stacked(0);
                (
                    Action::Right(self.relation(word)),
                    u32::from(self.ahead(word, state)) + self.orphans(word, state),
                )
            }),
        ]
    }

    fn head(&self, word: u32) -> u32 {
        self.heads[word as usize]
    }

    /// No word hangs on another as the root.
    fn relation(&self, word: u32) -> Relation {
        match self.relations[word as usize] {
            Relation::Root => Relation::Parataxis,
            relation => relation,
        }
    }

    /// Whether the word's head is in the buffer, where the root stands too.
    fn ahead(&self, word: u32, state: &State) -> bool {
        state.next <= self.head(word)
    }

    /// Dependents of the word in the buffer.
    fn orphans(&self, word: u32, state: &State) -> u32 {
        self.dependents[word as usize].iter().filter(|dependent| state.next <= **dependent).count()
            as u32
    }

    fn shift_cost(&self, state: &State) -> u32 {
        let word = state.next;
        let waiting = |other: u32| other < word && state.nodes[other as usize].head == NONE;
        let head = self.head(word);
        let buried = head != NONE && waiting(head) && head != state.stacked(0);
        let lost =
            self.dependents[word as usize].iter().filter(|dependent| waiting(**dependent)).count();
        u32::from(buried) + lost as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // "Envoys met ministers today": met is the root.
    fn gold() -> Gold {
        Gold::new([
            (Some(1), Relation::Nsubj),
            (None, Relation::Root),
            (Some(1), Relation::Obj),
            (Some(1), Relation::OblUnmarked),
        ])
    }

    fn cheapest(gold: &Gold, state: &State) -> Vec<Action> {
        let costs: Vec<_> = gold.costs(state).into_iter().flatten().collect();
        let least = costs.iter().map(|(_, cost)| *cost).min().unwrap();
        costs.into_iter().filter(|(_, cost)| *cost == least).map(|(action, _)| action).collect()
    }

    #[test]
    fn following_the_oracle_builds_the_tree() {
        let gold = gold();
        let mut state = State::default();
        state.reset(4);
        while !state.done() {
            let action = cheapest(&gold, &state)[0];
            state.apply(action);
        }
        let heads: Vec<_> = state.nodes.iter().map(|node| node.head).collect();
        assert_eq!(heads, gold.heads);
    }

    #[test]
    fn a_wrong_state_still_has_a_best_action() {
        let gold = gold();
        let mut state = State::default();
        state.reset(4);
        // "Envoys" is buried under "met": its head is lost, the rest is not.
        state.apply(Action::Shift);
        assert_eq!(gold.costs(&state)[0], Some((Action::Shift, 1)));
        state.apply(Action::Shift);
        let costs = gold.costs(&state);
        assert_eq!(costs[0], Some((Action::Shift, 0)));
        assert_eq!(costs[1], Some((Action::Left(Relation::Parataxis), 3)));
    }
}
