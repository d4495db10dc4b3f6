//! A record: one SQLite file that opens in Datasette, DuckDB and pandas. The only SQL of Chancery.
//!
//! What one report says is written by [`Record::add`] and read back, the same, by
//! [`Record::readings`]. What is concluded about a story is written by [`Record::conclude`]. What
//! reports of different stories share is written by [`Record::tell`]. What is the same across stories is
//! made anew by [`Record::finish`]. Each is one transaction, and none
//! stores when or in what order it ran, so a read that is killed and run again gives the same file.

mod across;
mod concluded;
mod connection;
mod context;
mod dump;
mod error;
mod finish;
mod link;
mod observed;
mod page;
mod query;
mod relations;
mod table;
mod threads;

pub use across::{Prose, Told};
pub use connection::{Record, SCHEMA_VERSION};
pub use context::{Context, Marked};
pub use error::StoreError;
pub use finish::Reach;
pub use observed::Known;
pub use page::{OriginPage, PageMark, ReportPage, StoryPage, Wording};
pub use query::{Filter, FilterError};
pub use table::{Cell, Column, Listing, Rows, TableName};
