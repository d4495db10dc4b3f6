//! Puts a trained network into whole numbers, and into a bundle.

use std::ops::Range;

use chancery_annotate::syntax::bundle::Writer;
use chancery_annotate::syntax::neural::layer::Layer;
use chancery_annotate::syntax::neural::network::{self as whole, Affine, Weights};
use chancery_annotate::syntax::neural::shape::LayerPlan;

use super::network::Network;
use super::sight::Sight;

/// The network in whole numbers, with these rows for its keys.
fn weights(network: &Network, rows: &[f32]) -> Weights {
    let (plan, dense) = (&network.plan, &network.dense[..]);
    let rows: Vec<_> = rows.chunks_exact(plan.shape.width).map(whole::row).collect();
    let values =
        |range: &Range<usize>| dense[range.clone()].iter().map(|n| whole::value(*n)).collect();
    let affine = |weights: &Range<usize>, bias: &Range<usize>| Affine {
        weights: whole::turned(dense, weights, bias.len()),
        bias: dense[bias.clone()].iter().map(|number| whole::bias(*number)).collect(),
    };
    let layer = |layer: &LayerPlan| Layer {
        weights: whole::turned(dense, &layer.weights, 3 * plan.shape.width),
        peep: dense[layer.peep.clone()].iter().map(|number| whole::weight(*number)).collect(),
        bias: values(&layer.bias),
    };
    let mut relation_bias = vec![0; plan.shape.relation];
    relation_bias.extend(dense[plan.relation_bias.clone()].iter().map(|n| whole::bias(*n)));
    Weights {
        shape: plan.shape,
        shifts: rows.iter().map(|(shift, _)| *shift).collect(),
        rows: rows.into_iter().flat_map(|(_, cells)| cells).map(|cell| cell as u8).collect(),
        word: affine(&plan.word_weights, &plan.word_bias),
        layers: plan.layers.iter().map(layer).collect(),
        tag: affine(&plan.tag_weights, &plan.tag_bias),
        tag_out: affine(&plan.tag_out, &plan.tag_out_bias),
        arc: affine(&plan.arc_weights, &plan.arc_bias),
        arc_query: affine(&plan.arc_query, &plan.arc_query_bias),
        arc_root: values(&plan.arc_root),
        arc_distance: values(&plan.arc_distance),
        relation: Affine {
            weights: whole::turned(dense, &plan.relation_weights, 2 * plan.shape.relation),
            bias: relation_bias,
        },
        relation_root: values(&plan.relation_root),
        relation_distance: values(&plan.relation_distance),
        relation_out: affine(&plan.relation_out, &plan.relation_out_bias),
    }
}

/// Writes what [`whole::Network::read`] reads.
pub fn write(network: &Network, sight: &Sight, writer: &mut Writer) {
    writer.number(sight.names.len() as u64);
    sight.names.iter().for_each(|name| writer.text(name));
    writer.keys(sight.classes.iter().map(|(key, _)| *key));
    sight.classes.iter().for_each(|(_, class)| writer.number(u64::from(*class)));
    let (known, rows) = sight.fold(network);
    writer.keys(known.iter().map(|(key, _)| *key));
    weights(network, &rows).write(writer);
}
