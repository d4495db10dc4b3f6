//! Who an argument is, with the quotations in mind: "we" is the speaker.

use crate::Observed;
use crate::mention::Actor;
use crate::quotation::Quotation;

use super::words::Words;
use super::{Actors, Grammar, Index, Moments};

/// Mentions and quotations of a report, as clauses ask for them.
pub(crate) struct Cast<'a> {
    observed: &'a Observed,
    /// The mentions by token.
    pub(crate) actors: Actors<'a>,
    /// Places, times and quotations by token.
    pub(crate) moments: Moments<'a>,
}

impl<'a> Cast<'a> {
    pub(crate) fn new(grammar: &Grammar<'_>, observed: &'a Observed, words: &Words) -> Self {
        let actors = Actors::new(grammar, &observed.mentions, words);
        Self { observed, actors, moments: Moments::new(grammar, observed) }
    }

    /// The mentions of an argument; of "we" inside a quotation, the speaker.
    pub(crate) fn of(&self, grammar: &Grammar<'_>, token: Index, found: &mut Vec<u32>) {
        if !is_first_person(grammar, token) {
            return self.actors.of(grammar, token, found);
        }
        let quotation = self.moments.quotation(token);
        let speaker = quotation.and_then(|quotation| self.speaker(quotation));
        found.extend(speaker.filter(|number| !found.contains(number)));
    }

    /// The number of the mention that speaks.
    pub(crate) fn speaker(&self, quotation: &Quotation) -> Option<u32> {
        let (id, source) = (quotation.speaker?, quotation.source?);
        let mentions = &self.observed.mentions;
        let from = mentions.partition_point(|mention| mention.span.start < source.start);
        let from = from.saturating_sub(8);
        let near = mentions[from..].iter().take(40).position(|mention| mention.id == id);
        near.map(|at| (from + at) as u32)
    }

    /// What the report knows of the actor that a mention names.
    pub(super) fn actor(&self, number: u32) -> Option<&'a Actor> {
        let key = self.actors.mention(number).actor.as_ref()?;
        let actors = &self.observed.actors;
        let at = actors.binary_search_by(|actor| actor.key.cmp(key)).ok()?;
        Some(&actors[at])
    }

    /// The mention of a state by its code that stands nearest to a mention.
    pub(super) fn state(&self, code: &str, near: u32) -> Option<u32> {
        let key = format!("state:{code}");
        let mentions = (0u32..).zip(&self.observed.mentions);
        let named = mentions.filter(|(_, mention)| mention.actor.as_deref() == Some(&key));
        named.map(|(number, _)| number).min_by_key(|number| number.abs_diff(near))
    }

    /// Whether two mentions name one actor.
    pub(crate) fn is_same(&self, one: u32, other: u32) -> bool {
        let actor = |number: u32| self.actors.mention(number).actor.as_ref();
        one == other || actor(one).is_some() && actor(one) == actor(other)
    }
}

/// Whether a token is "we", "our" or the like.
pub(crate) fn is_first_person(grammar: &Grammar<'_>, token: Index) -> bool {
    let lemma = grammar.word(token).lemma.as_str();
    matches!(lemma, "I" | "i" | "we" | "my" | "our" | "us" | "me" | "ourselves")
}
