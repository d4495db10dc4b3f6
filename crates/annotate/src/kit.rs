use std::sync::OnceLock;

use crate::{clean, event, figure, mention, place, quotation, syntax, time, undertaking};

/// Everything the stages know: lexicons, rules, models. Immutable once made, shared by all threads.
#[derive(Debug)]
pub struct Kit {
    /// Residue patterns, agencies, outlets.
    pub clean: clean::CleanKit,
    /// Tags, lemmas, trees.
    pub syntax: syntax::SyntaxKit,
    /// Who there is.
    pub actors: mention::ActorKit,
    /// Where things are.
    pub places: place::PlaceKit,
    /// Words of time.
    pub times: time::TimeKit,
    /// Units and number words.
    pub figures: figure::FigureKit,
    /// Cues of saying.
    pub quotations: quotation::QuotationKit,
    /// The ontology and its triggers.
    pub events: event::EventKit,
    /// Cues of undertaking.
    pub undertakings: undertaking::UndertakingKit,
}

impl Kit {
    /// The kit carried in the binary, made once on first use.
    pub fn embedded() -> &'static Kit {
        static KIT: OnceLock<Kit> = OnceLock::new();
        KIT.get_or_init(|| Kit {
            clean: clean::CleanKit::embedded(),
            syntax: syntax::SyntaxKit::embedded(),
            actors: mention::ActorKit::embedded(),
            places: place::PlaceKit::embedded(),
            times: time::TimeKit::embedded(),
            figures: figure::FigureKit::embedded(),
            quotations: quotation::QuotationKit::embedded(),
            events: event::EventKit::embedded(),
            undertakings: undertaking::UndertakingKit::embedded(),
        })
    }
}
