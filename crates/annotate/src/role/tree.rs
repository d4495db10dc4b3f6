//! A sentence's tree as the features of roles see it: hashes of the words, their children, and the
//! paths between words.

use crate::syntax::weights::{hash, keys, pair};
use crate::syntax::{Relation, Upos, Word};

/// Steps up from a predicate that a path may have.
const UP: usize = 4;
/// Steps down to an argument that a path may have.
const DOWN: usize = 3;

/// A word of a tree.
#[derive(Debug, Clone)]
pub struct Node {
    /// Index of the head in the sentence.
    pub head: Option<usize>,
    /// Relation to the head.
    pub relation: Relation,
    /// Universal tag.
    pub upos: Upos,
    /// Hash of the Penn tag.
    pub xpos: u64,
    /// Hash of the lemma, in lower case.
    pub lemma: u64,
    /// Dependents, in order.
    pub children: Vec<usize>,
}

/// A sentence's tree.
#[derive(Debug, Clone)]
pub struct Tree {
    /// Its words.
    pub words: Vec<Node>,
}

/// A path through a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Path {
    /// Hash of its relations and their directions.
    pub key: u32,
    /// Steps up.
    pub up: usize,
    /// Steps down.
    pub down: usize,
}

impl Tree {
    /// The tree of one sentence's words, whose heads count from `first`.
    pub fn new(words: &[Word], first: u32) -> Self {
        let node = |word: &Word| Node {
            head: word.head.map(|head| (head - first) as usize),
            relation: word.relation,
            upos: word.upos,
            xpos: hash(word.xpos.as_bytes()),
            lemma: hash(word.lemma.to_lowercase().as_bytes()),
            children: Vec::new(),
        };
        let mut tree = Self { words: words.iter().map(node).collect() };
        for word in 0..tree.words.len() {
            if let Some(head) = tree.words[word].head {
                tree.words[head].children.push(word);
            }
        }
        tree
    }

    /// The path from one word to another; `None` if it is longer than paths of roles are.
    pub fn path(&self, from: usize, to: usize) -> Option<Path> {
        let mut downs = [0; DOWN + 1];
        let mut count = 1;
        downs[0] = to;
        while count <= DOWN
            && let Some(head) = self.words[downs[count - 1]].head
        {
            downs[count] = head;
            count += 1;
        }
        let (mut at, mut key) = (from, 0);
        for up in 0..=UP {
            if let Some(down) = downs[..count].iter().position(|word| *word == at) {
                for word in downs[..down].iter().rev() {
                    key = pair(key, 2 * self.words[*word].relation as u64 + 3);
                }
                return Some(Path { key: keys([key])[0], up, down });
            }
            key = pair(key, 2 * self.words[at].relation as u64 + 4);
            at = self.words[at].head?;
        }
        None
    }

    /// The first child with one of these relations.
    pub fn child(&self, of: usize, relations: &[Relation]) -> Option<usize> {
        let mut children = self.words[of].children.iter().copied();
        children.find(|child| relations.contains(&self.words[*child].relation))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Features;

    fn word(head: Option<u32>, relation: Relation) -> Word {
        Word {
            upos: Upos::Noun,
            xpos: "NN",
            features: Features::default(),
            lemma: "a".to_owned(),
            head,
            relation,
        }
    }

    #[test]
    fn a_path_goes_up_and_down() {
        let words = [
            word(Some(1), Relation::Nsubj),
            word(None, Relation::Root),
            word(Some(1), Relation::Xcomp),
            word(Some(2), Relation::Obj),
        ];
        let tree = Tree::new(&words, 0);
        let path = tree.path(2, 0).unwrap();
        assert_eq!((path.up, path.down), (1, 1));
        assert_ne!(path.key, tree.path(2, 3).unwrap().key);
        assert_eq!(tree.path(2, 3), tree.path(2, 3));
    }
}
