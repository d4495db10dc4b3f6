//! The types that every stage shares: a [`Report`] and the [`Span`]s that slice it.
//!
//! No I/O here, so nothing in this crate can fail for reasons outside its arguments.
//!
//! ```
//! use chancery_text::{Report, Span};
//! let report = Report::from_text("a.txt", "Talks began in Doha.");
//! assert_eq!(report.slice(Span::new(15, 19)), "Doha");
//! ```

mod alignment;
mod id;
mod interval;
mod named;
mod report;
mod span;

pub use alignment::{Alignment, Repair};
pub use id::{Kind, ReportId, RowId};
pub use interval::Interval;
pub use report::{Furniture, Metadata, Notice, Part, Report, Source};
pub use span::Span;
