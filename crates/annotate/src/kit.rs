use std::sync::OnceLock;

use crate::{
    clean, coreference, event, figure, mention, name, occurrence, place, quotation, relation, role,
    syntax, time, undertaking,
};

/// Everything the stages know: lexicons, rules, models. Immutable once made, shared by all threads.
#[derive(Debug)]
pub struct Kit {
    /// Residue patterns, agencies, outlets.
    pub clean: clean::CleanKit,
    /// Tags, lemmas, trees.
    pub syntax: syntax::SyntaxKit,
    /// What names look like.
    pub names: name::NameKit,
    /// Predicates and their arguments.
    pub roles: role::RoleKit,
    /// Which mentions mean the same.
    pub coreference: coreference::CoreferenceKit,
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
    /// Verbs of happening, saying and being, and the verbs behind nouns.
    pub occurrences: occurrence::OccurrenceKit,
    /// Words that state relations.
    pub relations: relation::RelationKit,
    /// Cues of undertaking.
    pub undertakings: undertaking::UndertakingKit,
}

impl Kit {
    /// The kit carried in the binary, made once on first use.
    pub fn embedded() -> &'static Kit {
        static KIT: OnceLock<Kit> = OnceLock::new();
        KIT.get_or_init(Kit::read)
    }

    /// The kit carried in the binary with other models of undertakings.
    pub fn with_judge(judge: undertaking::judge::Judge) -> Kit {
        let mut kit = Kit::read();
        kit.undertakings = kit.undertakings.with_judge(judge);
        kit
    }

    /// The two largest parts are read beside the others.
    fn read() -> Kit {
        std::thread::scope(|scope| {
            let syntax = scope.spawn(syntax::SyntaxKit::embedded);
            let actors = scope.spawn(mention::ActorKit::embedded);
            let coreference = coreference::CoreferenceKit::embedded();
            let (clean, times) = (clean::CleanKit::embedded(), time::TimeKit::embedded());
            let (figures, quotations) =
                (figure::FigureKit::embedded(), quotation::QuotationKit::embedded());
            let (events, undertakings) =
                (event::EventKit::embedded(), undertaking::UndertakingKit::embedded());
            let (relations, occurrences) =
                (relation::RelationKit::embedded(), occurrence::OccurrenceKit::embedded());
            let actors = actors.join().expect("a test reads the lexicon");
            let (names, roles) = (name::NameKit::embedded(), role::RoleKit::embedded());
            let places = place::PlaceKit::embedded();
            let syntax = syntax.join().expect("a test reads the shipped bundle");
            Kit {
                clean,
                syntax,
                names,
                roles,
                coreference,
                actors,
                places,
                times,
                figures,
                quotations,
                events,
                occurrences,
                relations,
                undertakings,
            }
        })
    }
}
