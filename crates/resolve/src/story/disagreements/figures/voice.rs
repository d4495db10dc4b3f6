//! On whose word a count is given.

use chancery_annotate::mention::{ActorKind, MentionKind};
use chancery_text::Span;

use crate::lists::List;
use crate::story::Case;
use crate::story::told::Told;
use crate::words::{Word, words};

/// One who gives a count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::story) struct Voice {
    /// The story's key, if it is a known actor.
    pub actor: Option<String>,
    /// As written.
    pub words: String,
}

impl Voice {
    pub fn name(&self, case: Case<'_>) -> String {
        match &self.actor {
            // An office without a name says more as it is written: "local activists".
            Some(key) if !self.bare(case) || self.pronoun() => case.names.name(key),
            _ => self.words.clone(),
        }
    }

    fn pronoun(&self) -> bool {
        matches!(self.words.to_lowercase().as_str(), "he" | "she" | "it" | "they")
    }

    /// Whether it is no more than a role: "a monitor", "the source".
    fn bare(&self, case: Case<'_>) -> bool {
        let who = self.actor.as_deref().and_then(|key| case.names.who(key));
        who.is_none_or(|who| who.kind == ActorKind::Role && who.country.is_none())
    }

    /// Whether it is no more than a role that the other may have: "a monitor" may be an organisation that
    /// the report names elsewhere, "an official" a person. Several, as "local activists", are a voice of
    /// their own.
    fn could_be(&self, other: &Self, case: Case<'_>) -> bool {
        let noun = match &self.actor {
            Some(key) => key.rsplit([':', '-']).next().unwrap_or(""),
            None => self.words.split_whitespace().next_back().unwrap_or(""),
        };
        let body = List::Body.has(&noun.to_lowercase());
        let who = other.actor.as_deref().and_then(|key| case.names.who(key));
        let kind = match who.map(|who| who.kind) {
            Some(ActorKind::Person) => !body,
            Some(ActorKind::Role | ActorKind::People) | None => true,
            Some(_) => body,
        };
        kind && self.bare(case) && !self.words.split_whitespace().next_back().is_some_and(many)
    }

    /// Whether two voices are surely two.
    pub fn differs(&self, other: &Self, case: Case<'_>) -> bool {
        !self.could_be(other, case) && !other.could_be(self, case) && self.may_differ(other, case)
    }

    /// Whether two voices may be two.
    pub fn may_differ(&self, other: &Self, case: Case<'_>) -> bool {
        let of = |role: &str, body: &str| {
            let owner = role.strip_prefix("role:").and_then(|rest| rest.split(':').next());
            owner.is_some_and(|owner| !owner.is_empty() && body.ends_with(&format!(":{owner}")))
        };
        match (&self.actor, &other.actor) {
            (Some(a), Some(b)) => !case.names.compatible(a, b) && !of(a, b) && !of(b, a),
            _ => !self.words.eq_ignore_ascii_case(&other.words),
        }
    }
}

fn many(word: &str) -> bool {
    word.ends_with('s') && !word.ends_with("ss")
}

/// Who gives a count: the speaker of the narrowest quotation around it, or the one who "put the toll at" it.
pub(super) fn voice(case: Case<'_>, told: &Told<'_>, span: Span) -> Option<Voice> {
    quoted(case, told, span).or_else(|| giver(case, told, span))
}

fn quoted(case: Case<'_>, told: &Told<'_>, span: Span) -> Option<Voice> {
    let said = told.reading.observed.quotations.iter().filter(|quotation| quotation.is_said());
    let around = said.filter_map(|quotation| {
        let content = quotation.contents.iter().find(|content| content.contains(span))?;
        Some((content.len(), quotation))
    });
    let (_, narrowest) = around.min_by_key(|(length, quotation)| (*length, quotation.id))?;
    let speaker = narrowest.speaker.and_then(|speaker| told.mention(speaker)?.actor.as_deref());
    let actor = speaker.map(|key| case.names.key(key).to_owned());
    let words = narrowest.source.map_or("", |source| told.slice(source)).to_owned();
    (actor.is_some() || !words.is_empty()).then_some(Voice { actor, words })
}

/// The subject of "gave a toll of", "put the number of dead at", "reported 15 deaths": the first actor of
/// the sentence that stands before the verb.
fn giver(case: Case<'_>, told: &Told<'_>, span: Span) -> Option<Voice> {
    let sentence = told.sentence(span);
    let verb = gives(told, sentence, span)?;
    let mentions = told.reading.observed.mentions.iter();
    let mention = mentions
        .filter(|mention| {
            sentence.contains(mention.span)
                && mention.span.end <= verb.span.start
                && !matches!(mention.kind, MentionKind::Place | MentionKind::People)
        })
        .min_by_key(|mention| (mention.span.start, std::cmp::Reverse(mention.span.end)))?;
    let actor = mention.actor.as_deref().map(|key| case.names.key(key).to_owned());
    Some(Voice { actor, words: told.slice(mention.span).to_owned() })
}

/// The verb that gives the count of a sentence, if it stands right before it or a noun for a count beside it.
fn gives(told: &Told<'_>, sentence: Span, span: Span) -> Option<Word> {
    let all = words(&told.reading.report.text, sentence);
    let toll = all.iter().any(|word| List::Toll.has(&word.norm));
    let before = all.iter().take_while(|word| word.span.end <= span.start).count();
    let at = all[..before].iter().position(|word| List::Gives.has(&word.norm))?;
    (toll || at + 1 == before).then(|| all[at].clone())
}
