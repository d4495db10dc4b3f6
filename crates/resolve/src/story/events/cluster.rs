//! Which mentions meet, and which of those that do are one.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Case;
use super::super::actors::Names;
use super::Member;
use super::one::{crossed, kin, one_act, parties, same_days, same_place, sides_agree};

/// Clusters under one key that a mention is compared with.
const NEAR: usize = 64;

/// Clusters of mentions of one act: each mention joins the first that it agrees with as a whole.
pub(super) fn clusters(case: Case<'_>, members: Vec<Member>) -> Vec<Vec<Member>> {
    let mut clusters: Vec<Vec<Member>> = Vec::new();
    let mut under: BTreeMap<(u8, String), Vec<usize>> = BTreeMap::new();
    for member in members {
        let keys = keys(case, &member);
        let near: BTreeSet<usize> = keys
            .iter()
            .filter_map(|key| under.get(key))
            .flat_map(|clusters| clusters.iter().rev().take(NEAR).copied())
            .collect();
        let fits = |at: &&usize| joins(case.names, &clusters[**at], &member);
        let at = match near.iter().find(fits) {
            Some(&at) => {
                clusters[at].push(member);
                at
            }
            None => {
                clusters.push(vec![member]);
                clusters.len() - 1
            }
        };
        for key in keys {
            let list = under.entry(key).or_default();
            if list.last() != Some(&at) {
                list.push(at);
            }
        }
    }
    clusters
}

/// Whether a mention tells the act of a cluster: at least half of the mentions there tell it as one,
/// and none speaks against it.
fn joins(names: &Names, cluster: &[Member], member: &Member) -> bool {
    let near = &cluster[..cluster.len().min(24)];
    let one = near.iter().filter(|other| one_act(names, other, member)).count();
    let against = |other: &Member| {
        let turned = crossed(names, other, member) || parties(names, other, member);
        let sides = sides_agree(names, &other.sources, &member.sources)
            && sides_agree(names, &other.targets, &member.targets);
        !same_days(other, member) || !same_place(other, member) || !(sides || turned)
    };
    near.len() == one || (near.len() <= 2 * one && !near.iter().any(against))
}

/// Keys under which mentions of one act meet: type with each actor, with the actor's country, and
/// with some of the words.
fn keys(case: Case<'_>, member: &Member) -> BTreeSet<(u8, String)> {
    let actors = member.sources.iter().chain(&member.targets);
    let countries = actors.clone().filter_map(|key| case.names.who(key)?.country.clone());
    // The lowest hashes of the clause's words, so that a clause without actors meets its copies.
    let words = member.content.iter().take(4).map(|stem| format!("{stem:x}"));
    // What happens in one town to people of no name meets there.
    let town = member.place.iter().map(|(key, _)| key.clone());
    let keys = actors.cloned().chain(countries).chain(words).chain(town);
    keys.map(|key| (kin(member.plover), key)).collect()
}
