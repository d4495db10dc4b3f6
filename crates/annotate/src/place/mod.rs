//! Places named in the prose, resolved to coordinates.

mod choice;
mod named;
mod resolve;
mod smaller;
#[cfg(test)]
mod tests;

use chancery_text::{RowId, Span};

use crate::Read;
use crate::lexicon::LexiconFault;
use crate::mention::lexicon::Lexicon;
use crate::mention::{self, Mention};
use crate::name::Name;

/// A place named in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Identity.
    pub id: RowId,
    /// The name in the text.
    pub span: Span,
    /// Canonical name.
    pub name: String,
    /// `geonames:1138958`, `country:AFG`; `None` if the gazetteer does not have it.
    pub key: Option<String>,
    /// Latitude and longitude in degrees, WGS 84; of a place without a key those of the town that the
    /// report says it is in.
    pub coordinates: Option<(f64, f64)>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// What sort of place.
    pub kind: PlaceKind,
    /// What it does in its sentence.
    pub role: PlaceRole,
}

chancery_text::named_enum! {
    /// What sort of place.
    pub enum PlaceKind {
        /// A sovereign state or territory.
        Country = "country",
        /// A first-level division, a region.
        Region = "region",
        /// A city, town or village.
        Settlement = "settlement",
        /// A river, strait, mountain, island, valley.
        Natural = "natural",
        /// A camp, base, crossing, airport, port, building.
        Facility = "facility",
        /// Not known to the gazetteer.
        Unknown = "unknown",
    }
}

chancery_text::named_enum! {
    /// What a place name does in its sentence.
    pub enum PlaceRole {
        /// Something is or happens there.
        Location = "location",
        /// The report was filed there.
        Dateline = "dateline",
        /// It stands for its government: "Beijing said".
        Metonym = "metonym",
    }
}

/// The gazetteer.
#[derive(Debug)]
pub struct PlaceKit {
    lexicon: &'static Lexicon,
}

impl PlaceKit {
    /// The kit made of `data/places`.
    pub fn embedded() -> Self {
        Self { lexicon: Lexicon::embedded() }
    }
}

/// Finds and resolves places, in the order of the text.
pub fn find(text: Read<'_>, names: &[Name], mentions: &[Mention], kit: &PlaceKit) -> Vec<Place> {
    resolve::places(text, names, mentions, kit.lexicon)
}

/// Faults in `data/places`.
pub fn check() -> Vec<LexiconFault> {
    let [countries, extra, gazetteer] = mention::lexicon::PLACE_FILES;
    mention::check_files(&[countries, extra, gazetteer, smaller::FILE])
}
