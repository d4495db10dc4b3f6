//! Places named in the prose, resolved to coordinates.

use chancery_text::{RowId, Span};

use crate::Read;
use crate::lexicon::LexiconFault;
use crate::mention::Mention;

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
    /// Latitude and longitude in degrees, WGS 84.
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
pub struct PlaceKit {}

impl PlaceKit {
    /// The kit made of `data/places`.
    pub fn embedded() -> Self {
        Self {}
    }
}

/// Finds and resolves places, in the order of the text.
pub fn find(_text: Read<'_>, _mentions: &[Mention], _kit: &PlaceKit) -> Vec<Place> {
    Vec::new()
}

/// Faults in `data/places`.
pub fn check() -> Vec<LexiconFault> {
    Vec::new()
}
