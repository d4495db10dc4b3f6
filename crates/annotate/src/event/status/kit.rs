//! The words that decide a status: classes of `data/event/classes.tsv`, and prepositions.

use crate::event::words::{Mask, NONE, Symbol, Words};

/// The classes of words that decide a status.
#[derive(Debug)]
pub(crate) struct StatusKit {
    pub(super) plan: Mask,
    pub(super) hypothetical: Mask,
    pub(super) call: Mask,
    pub(super) fail: Mask,
    pub(super) deny: Mask,
    pub(super) go_on: Mask,
    pub(super) cancel: Mask,
    pub(super) noun_plan: Mask,
    pub(super) noun_hypothetical: Mask,
    pub(super) noun_call: Mask,
    pub(super) noun_fail: Mask,
    pub(super) amod_plan: Mask,
    pub(super) amod_hypothetical: Mask,
    pub(super) amod_fail: Mask,
    pub(super) negation: Mask,
    pub(super) intent: Mask,
    pub(super) deontic: Mask,
    pub(super) subordinator: Mask,
    pub(super) say: Mask,
    pub(super) light: Mask,
    /// Verbs that only let somebody act.
    pub(super) enable: Mask,
    /// Verbs and adjectives that plan what their infinitive says and nothing else.
    pub(super) to_act: Mask,
    /// Verbs whose object is whom they speak to.
    pub(super) address: Mask,
    /// Verbs of what comes with "for": "filed for", "waited for".
    pub(super) await_for: Mask,
    /// Verbs whose object is there before: "cut jobs", "end a dispute".
    pub(super) presuppose: Mask,
    /// Nouns that report: "a memo that he would leave".
    pub(super) noun_say: Mask,
    /// Nouns of quantity: "half of the cuts".
    pub(super) container: Mask,
    /// Nouns of violence, and of talks.
    pub(super) violence: Mask,
    pub(super) talks: Mask,
    /// Verbs that say that something takes place.
    pub(super) occur: Mask,
    /// Conjunctions of time.
    pub(super) until: Mask,
    pub(super) aim: Cases,
}

/// Prepositions that rules ask for.
#[derive(Debug)]
pub(super) struct Cases {
    pub(super) including: Symbol,
    pub(super) on: Symbol,
    pub(super) r#in: Symbol,
    pub(super) of: Symbol,
    pub(super) r#for: Symbol,
    /// What ties a noun to the plan, call or fear that it is of.
    pub(super) content: [Symbol; 8],
    /// What ties a noun to a verb as a part of what is done, not as its ground or its time.
    pub(super) part: [Symbol; 7],
}

impl Cases {
    /// Whether a preposition is one of some; one that no rule names is none of them.
    pub(super) fn among(some: &[Symbol], case: Symbol) -> bool {
        case != NONE && some.contains(&case)
    }
}

impl StatusKit {
    pub(crate) fn new(words: &Words) -> Self {
        Self {
            plan: words.class("status-plan"),
            hypothetical: words.class("status-hypothetical"),
            call: words.class("status-call"),
            fail: words.class("status-fail"),
            deny: words.class("status-deny"),
            go_on: words.class("status-go-on"),
            cancel: words.class("status-cancel"),
            noun_plan: words.class("noun-plan"),
            noun_hypothetical: words.class("noun-hypothetical"),
            noun_call: words.class("noun-call"),
            noun_fail: words.class("noun-fail"),
            amod_plan: words.class("amod-plan"),
            amod_hypothetical: words.class("amod-hypothetical"),
            amod_fail: words.class("amod-fail"),
            negation: words.class("negation"),
            intent: words.class("intent"),
            deontic: words.class("deontic"),
            subordinator: words.class("subordinator"),
            say: words.class("say"),
            light: words.class("light"),
            enable: words.class("status-enable"),
            to_act: words.class("status-to-act"),
            address: words.class("status-address"),
            await_for: words.class("status-await"),
            presuppose: words.class("status-presuppose"),
            noun_say: words.class("noun-say"),
            container: words.class("container"),
            violence: words.class("violence"),
            talks: words.class("talks"),
            occur: words.class("occur"),
            until: words.class("until"),
            aim: Cases {
                including: words.symbol("include"),
                on: words.symbol("on"),
                r#in: words.symbol("in"),
                of: words.symbol("of"),
                r#for: words.symbol("for"),
                content: ["of", "for", "to", "on", "against", "about", "over", "with"]
                    .map(|case| words.symbol(case)),
                part: ["at", "for", "in", "into", "on", "to", "with"]
                    .map(|case| words.symbol(case)),
            },
        }
    }
}
