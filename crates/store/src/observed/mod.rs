//! What was observed in each report: written once, read back the same.

mod interned;
pub(crate) mod offsets;
mod read;
mod write;

use chancery_text::ReportId;

/// What the record already has of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// Nothing.
    New,
    /// The report, read from this very source.
    Same,
    /// The report, read from elsewhere.
    Elsewhere,
}

/// The first and the last possible id of a row of one kind that was observed in this report, but for
/// reports that share half a hash: ids begin with half of their report's.
pub(crate) fn id_range(kind: chancery_text::Kind, report: ReportId) -> (String, String) {
    let prefix = format!("{}_{}", kind.name(), &report.to_string()[4..12]);
    (prefix.clone(), format!("{prefix}~"))
}
