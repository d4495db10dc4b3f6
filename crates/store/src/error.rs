use std::path::PathBuf;

/// Why a record could not be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no file there.
    #[error("there is no record at {0}: make one with `chancery read REPORTS --into {0}`")]
    Missing(PathBuf),
    /// The file is something else.
    #[error("{0} is no Chancery record: name another file, or a new one")]
    NoRecord(PathBuf),
    /// The file was made by a later Chancery.
    #[error(
        "{path} has record schema {found}, and this Chancery reads up to {known}: use a newer Chancery"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: u32,
        /// The latest schema known here.
        known: u32,
    },
    /// Another program is writing to it.
    #[error("{0} is locked by another program: wait until it is done, or close it")]
    Locked(PathBuf),
    /// The file has a value that this Chancery does not know.
    #[error("the record holds `{value}` where {what} belongs: read the reports into a new record")]
    Corrupt {
        /// What should stand there.
        what: &'static str,
        /// What does.
        value: String,
    },
    /// No row has this id.
    #[error("the record has no row {0}: `chancery show RECORD events` lists ids")]
    NoRow(String),
    /// Anything else that SQLite says.
    #[error("SQLite: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The filter cannot be understood.
    #[error("{0}")]
    Filter(#[from] crate::query::FilterError),
}

impl StoreError {
    /// The same fault, named by its file where SQLite says that the file is locked.
    pub(crate) fn at(self, path: &std::path::Path) -> Self {
        match self {
            Self::Sqlite(fault) if is_busy(&fault) => Self::Locked(path.to_owned()),
            other => other,
        }
    }

    pub(crate) fn corrupt(what: &'static str, value: impl Into<String>) -> Self {
        Self::Corrupt { what, value: value.into() }
    }
}

fn is_busy(fault: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked};
    matches!(fault.sqlite_error_code(), Some(DatabaseBusy | DatabaseLocked))
}
