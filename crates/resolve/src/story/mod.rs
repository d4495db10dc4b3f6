//! Everything that is decided about one story.

use crate::Reading;
use crate::record::Conclusions;

/// Resolves one story. Pure, and the same for any order of `readings`.
pub fn resolve(_readings: &[Reading]) -> Conclusions {
    Conclusions::default()
}
