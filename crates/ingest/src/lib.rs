//! Bytes to [`Report`]s: plain text, Markdown, HTML, JSONL, CSV, feeds, mail, WARC and WACZ, each
//! of them compressed or not.
//!
//! What comes in is hostile: any bytes, any size. What goes out is, for every report found, a
//! [`Report`] whose spans slice its text, and for everything that could not be read a [`Fault`]
//! that says why. Nothing here panics or stops a batch, and a container is read record by record.
//!
//! ```
//! use std::ops::ControlFlow;
//! use chancery_ingest::{Options, read_bytes};
//!
//! let page = b"<title>Talks begin</title><h1>Talks begin</h1><p>Envoys met in Arlen on Monday.";
//! let mut reports = Vec::new();
//! read_bytes("page.html", page, &Options::default(), &mut |read| {
//!     reports.extend(read);
//!     ControlFlow::Continue(())
//! });
//! assert_eq!(reports[0].text, "Talks begin\n\nEnvoys met in Arlen on Monday.");
//! ```

mod charset;
mod draft;
mod fault;
mod feed;
mod fields;
mod front;
mod html;
mod input;
mod json;
mod mail;
mod markdown;
mod mend;
mod options;
mod plain;
mod read;
mod records;
mod sniff;
mod table;
mod unpack;
mod wacz;
mod warc;

pub use fault::Fault;
pub use input::{Input, find_inputs};
pub use options::{FieldMap, Options};
pub use read::{read_bytes, read_input};

#[doc(no_inline)]
pub use chancery_text::Report;
