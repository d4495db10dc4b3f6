//! How large each part of the network is, and where its weights lie in one long row of numbers.

use std::ops::Range;

/// Sizes. All are multiples of [`LANES`], so that no loop has a tail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Numbers that stand for a word; half of them read forwards, half backwards.
    pub width: usize,
    /// Recurrent layers.
    pub layers: usize,
    /// Numbers between the encoder and the tags.
    pub tag: usize,
    /// Numbers of a word as a head, and as a dependent.
    pub arc: usize,
    /// Numbers of a pair of words between the encoder and the relations.
    pub relation: usize,
    /// Tags, rounded up.
    pub tags: usize,
    /// Relations, rounded up.
    pub relations: usize,
}

/// What every size is a multiple of.
pub const LANES: usize = 32;

/// How many ways a head can be far from its dependent.
pub const DISTANCES: usize = 20;

/// The kind of distance from a dependent to its head; the root is as far as nothing else.
pub fn distance(dependent: usize, head: Option<usize>) -> usize {
    let Some(head) = head else { return DISTANCES - 1 };
    let far = match head.abs_diff(dependent) {
        near @ 0..=5 => near.saturating_sub(1),
        6..=7 => 5,
        8..=10 => 6,
        11..=15 => 7,
        _ => 8,
    };
    if head < dependent { far } else { 9 + far }
}

/// Where the weights of one recurrent layer lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerPlan {
    /// `width` × 6 halves: candidate, forget gate and output gate forwards, then backwards.
    pub weights: Range<usize>,
    /// What the gates see of the last state: forget and output forwards, then backwards.
    pub peep: Range<usize>,
    /// Biases of the same gates.
    pub bias: Range<usize>,
}

/// Where all weights lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The sizes.
    pub shape: Shape,
    /// `width` × `width`, from the summed rows of a word.
    pub word_weights: Range<usize>,
    /// Bias of the same.
    pub word_bias: Range<usize>,
    /// The recurrent layers.
    pub layers: Vec<LayerPlan>,
    /// `width` × `tag`.
    pub tag_weights: Range<usize>,
    /// Bias of the same.
    pub tag_bias: Range<usize>,
    /// `tag` × `tags`.
    pub tag_out: Range<usize>,
    /// Bias of the same.
    pub tag_out_bias: Range<usize>,
    /// `width` × 2 `arc`: as head, as dependent.
    pub arc_weights: Range<usize>,
    /// Bias of the same.
    pub arc_bias: Range<usize>,
    /// `arc` × `arc`: what a dependent looks for in a head.
    pub arc_query: Range<usize>,
    /// Bias of the same.
    pub arc_query_bias: Range<usize>,
    /// The root as a head.
    pub arc_root: Range<usize>,
    /// [`DISTANCES`] × `arc`.
    pub arc_distance: Range<usize>,
    /// `width` × 2 `relation`: as head, as dependent.
    pub relation_weights: Range<usize>,
    /// Bias of the sum of both.
    pub relation_bias: Range<usize>,
    /// The root as a head.
    pub relation_root: Range<usize>,
    /// [`DISTANCES`] × `relation`.
    pub relation_distance: Range<usize>,
    /// `relation` × `relations`.
    pub relation_out: Range<usize>,
    /// Bias of the same.
    pub relation_out_bias: Range<usize>,
    /// How many weights there are.
    pub total: usize,
}

impl Plan {
    /// The plan for a shape.
    pub fn new(shape: Shape) -> Self {
        let mut at = 0;
        let mut take = |count: usize| {
            at += count;
            at - count..at
        };
        let Shape { width, layers, tag, arc, relation, tags, relations } = shape;
        let mut plan = Self {
            shape,
            word_weights: take(width * width),
            word_bias: take(width),
            layers: (0..layers)
                .map(|_| LayerPlan {
                    weights: take(width * width * 3),
                    peep: take(width * 2),
                    bias: take(width * 2),
                })
                .collect(),
            tag_weights: take(width * tag),
            tag_bias: take(tag),
            tag_out: take(tag * tags),
            tag_out_bias: take(tags),
            arc_weights: take(width * arc * 2),
            arc_bias: take(arc * 2),
            arc_query: take(arc * arc),
            arc_query_bias: take(arc),
            arc_root: take(arc),
            arc_distance: take(DISTANCES * arc),
            relation_weights: take(width * relation * 2),
            relation_bias: take(relation),
            relation_root: take(relation),
            relation_distance: take(DISTANCES * relation),
            relation_out: take(relation * relations),
            relation_out_bias: take(relations),
            total: 0,
        };
        plan.total = at;
        plan
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_tell_left_from_right_and_from_the_root() {
        assert_eq!(distance(4, Some(3)), 0);
        assert_eq!(distance(4, Some(5)), 9);
        assert_eq!(distance(400, Some(5)), 8);
        assert_eq!(distance(0, Some(500)), 17);
        assert_eq!(distance(4, None), DISTANCES - 1);
    }
}
