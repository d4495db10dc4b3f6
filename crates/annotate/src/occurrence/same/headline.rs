//! What the headline tells, told again in other words by the sentence under it.
//!
//! A headline of news sums up the first sentence (van Dijk 1988, *News as Discourse*), so an act that it
//! names and that sentence does not name by the same word is there in another: "Orlen axes 300 jobs",
//! "Orlen said it would cut 300 jobs".

use super::deed::{Telling, is_empty, opens};
use super::told::Told;
use crate::kin::{Kin, Lexeme};
use crate::occurrence::OccurrenceKit;

/// Of the occurrences that the headline tells, the one that `next` tells in other words: by words that may
/// mean the same, else by verbs that are done to the same. Neither may be there a second time by
/// its own word.
pub(super) fn told_by(
    tellings: &[Telling<'_>],
    next: Telling<'_>,
    kit: &OccurrenceKit,
) -> Option<usize> {
    if is_empty(next.0, kit) || is_named(tellings, next, |old| opens(old, next.0)) {
        return None;
    }
    let fits = |at: &usize| {
        let old = tellings[*at];
        opens(old.0, next.0)
            && !old.0.is_pronoun()
            && !is_empty(old.0, kit)
            && !is_named(tellings, old, |new| opens(old.0, new))
    };
    let open: Vec<_> = (0..tellings.len()).filter(fits).collect();
    let kin = |at: &&usize| are_kin(&tellings[**at].0.lemma, &next.0.lemma, kit);
    let shared = |at: &&usize| is_done_to_one(tellings[**at], next);
    open.iter().rev().find(kin).or_else(|| open.iter().rev().find(shared)).copied()
}

/// Whether some other telling that `stands` where it should has the deed.
fn is_named(tellings: &[Telling<'_>], own: Telling<'_>, stands: impl Fn(&Told) -> bool) -> bool {
    tellings.iter().any(|it| stands(it.0) && it.1.deed == own.1.deed)
}

/// Whether two words, or the verbs behind them, may mean the same.
pub(super) fn are_kin(one: &str, other: &str, kit: &OccurrenceKit) -> bool {
    let words = |word: &str| [Some(Lexeme::new(word)), kit.verb(word).map(Lexeme::new)];
    let others = words(other);
    let near = |a: &Lexeme| others.iter().flatten().any(|b| a.kin(b) <= Kin::Synonym);
    words(one).iter().flatten().any(near)
}

fn is_done_to_one(old: Telling<'_>, new: Telling<'_>) -> bool {
    old.0.is_verb() == new.0.is_verb()
        && old.1.said == new.1.said
        && old.0.objects.iter().any(|word| new.0.objects.contains(word))
}
