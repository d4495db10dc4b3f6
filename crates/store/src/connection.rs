use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::error::StoreError;

/// Marks a SQLite file as a Chancery record: "Chcy".
const APPLICATION_ID: i32 = 0x4368_6379;

/// Each migration takes a record from the schema before it to the next.
const MIGRATIONS: [&str; 6] = [
    include_str!("schema/0001.sql"),
    include_str!("schema/0002.sql"),
    include_str!("schema/0003.sql"),
    include_str!("schema/0004.sql"),
    include_str!("schema/0005.sql"),
    include_str!("schema/0006.sql"),
];

/// The views that people browse, made anew whenever a newer Chancery opens the record to write.
const VIEWS: &str = include_str!("schema/views.sql");

/// The latest schema, which this Chancery writes.
pub const SCHEMA_VERSION: u32 = MIGRATIONS.len() as u32;

/// Pages of the file that a connection keeps in memory.
const CACHE_KIB: i64 = 48 * 1024;

const FOLD_EVERY: Duration = Duration::from_millis(500);

/// An open record.
#[derive(Debug)]
pub struct Record {
    pub(crate) connection: Connection,
    path: PathBuf,
}

impl Record {
    /// Opens a record to write, and makes it if there is no such file. An older schema is migrated.
    ///
    /// Fails where the file is no record, is of a newer schema, or is being written by another
    /// program.
    pub fn open_or_create(path: &Path) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let record = Self::connect(path, flags)?;
        record.prepare_to_write().map_err(|fault| fault.at(path))?;
        Ok(record)
    }

    /// Opens a record to read. Fails as [`Record::open_or_create`] does, and where there is no file.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if !path.is_file() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        let record = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        match record.schema().map_err(|fault| fault.at(path))? {
            0 => Err(StoreError::NoRecord(path.to_owned())),
            _ => record.tune().map(|()| record),
        }
    }

    /// A record in memory, for tests and for one look at a few reports.
    pub fn in_memory() -> Result<Self, StoreError> {
        let record = Self { connection: Connection::open_in_memory()?, path: ":memory:".into() };
        record.prepare_to_write()?;
        Ok(record)
    }

    /// Folds the log into the file as far as it goes without making anyone wait, every so often until
    /// `done`, so that the connection that writes need not wait for the disk. For a thread beside it.
    pub fn fold_beside(path: &Path, done: &Receiver<()>) -> Result<(), StoreError> {
        let beside = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        while done.recv_timeout(FOLD_EVERY) == Err(RecvTimeoutError::Timeout) {
            beside.connection.execute_batch("PRAGMA wal_checkpoint(PASSIVE)")?;
        }
        Ok(())
    }

    /// Where the record is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Self, StoreError> {
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(Duration::from_secs(2))?;
        connection.set_prepared_statement_cache_capacity(128);
        // Without this, SQLite plans a statement anew for every value that is bound to it.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        Ok(Self { connection, path: path.to_owned() })
    }

    /// The schema of the file: 0 if it is empty. Fails where it is no record or a newer one.
    pub(crate) fn schema(&self) -> Result<u32, StoreError> {
        let no_record = |_| StoreError::NoRecord(self.path.clone());
        let pragma = |name| self.connection.pragma_query_value(None, name, |row| row.get(0));
        let found: u32 = pragma("user_version").map_err(|fault| self.not_a_database(fault))?;
        let application: i32 =
            pragma("application_id").map(|id: u32| id as i32).map_err(no_record)?;
        let tables: u32 = self
            .connection
            .query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))
            .map_err(|fault| self.not_a_database(fault))?;
        if application != APPLICATION_ID && (found, tables) != (0, 0) {
            return Err(StoreError::NoRecord(self.path.clone()));
        }
        if SCHEMA_VERSION < found {
            return Err(StoreError::Newer {
                path: self.path.clone(),
                found,
                known: SCHEMA_VERSION,
            });
        }
        Ok(found)
    }

    fn not_a_database(&self, fault: rusqlite::Error) -> StoreError {
        match fault.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) => StoreError::NoRecord(self.path.clone()),
            _ => StoreError::Sqlite(fault).at(&self.path),
        }
    }

    fn tune(&self) -> Result<(), StoreError> {
        Ok(self.connection.pragma_update(None, "cache_size", -CACHE_KIB)?)
    }

    fn prepare_to_write(&self) -> Result<(), StoreError> {
        let schema = self.schema()?;
        self.tune()?;
        // WAL lets readers look while a read goes on, and makes each commit one append. NORMAL may
        // lose the last commits in a power cut, never the file; a lost batch is read again.
        self.connection.execute_batch(
            "PRAGMA journal_mode = wal; PRAGMA synchronous = normal; PRAGMA foreign_keys = off;
             PRAGMA wal_autocheckpoint = 32768;",
        )?;
        if schema < SCHEMA_VERSION {
            self.migrate(schema)?;
        }
        // A lock that cannot be had should be said now, not after an hour of reading.
        self.connection.execute_batch("BEGIN IMMEDIATE; ROLLBACK;")?;
        Ok(())
    }

    fn migrate(&self, from: u32) -> Result<(), StoreError> {
        let steps = MIGRATIONS[from as usize..].join("\n");
        let old = self.views()?.iter().map(|view| format!("DROP VIEW {view};")).collect::<String>();
        self.connection.execute_batch(&format!(
            "BEGIN IMMEDIATE; {old} {steps} {VIEWS}
             INSERT OR REPLACE INTO meta VALUES ('schema_version', '{SCHEMA_VERSION}');
             PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
        ))?;
        Ok(())
    }

    fn views(&self) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT name FROM sqlite_master WHERE type = 'view'";
        let mut query = self.connection.prepare(sql)?;
        Ok(query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_record_opens_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r.db");
        drop(Record::open_or_create(&path).unwrap());
        assert_eq!(Record::open(&path).unwrap().schema().unwrap(), SCHEMA_VERSION);
        assert!(Record::open_or_create(&path).is_ok());
    }

    #[test]
    fn a_record_of_the_first_schema_is_migrated() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old.db");
        let old = Connection::open(&path).unwrap();
        let marks = format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = 1;");
        old.execute_batch(MIGRATIONS[0]).unwrap();
        old.execute_batch(&format!("CREATE VIEW reports AS SELECT id FROM report; {marks}"))
            .unwrap();
        drop(old);
        let record = Record::open_or_create(&path).unwrap();
        assert_eq!(record.schema().unwrap(), SCHEMA_VERSION);
        for &table in crate::TableName::ALL {
            assert_eq!(record.count(table).unwrap(), 0, "{table}");
        }
    }

    #[test]
    fn wordings_of_the_second_schema_keep_their_differences() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old.db");
        let old = Connection::open(&path).unwrap();
        let marks = format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = 2;");
        old.execute_batch(&format!("{} {} {marks}", MIGRATIONS[0], MIGRATIONS[1])).unwrap();
        old.execute_batch(
            "PRAGMA foreign_keys = off;
             INSERT INTO statement VALUES ('sta_a', 'sto_a', NULL, '', NULL, 0, 'go', NULL, NULL);
             INSERT INTO wording VALUES ('sta_a', 'quo_a', 1, 'go now', '+now');",
        )
        .unwrap();
        drop(old);
        let record = Record::open_or_create(&path).unwrap();
        let kept: String = record
            .connection
            .query_row("SELECT difference FROM wording", [], |row| row.get(0))
            .unwrap();
        assert_eq!((kept.as_str(), record.schema().unwrap()), ("+now", SCHEMA_VERSION));
        assert_eq!(record.count(crate::TableName::Statements).unwrap(), 1);
    }

    #[test]
    fn passages_of_the_fourth_schema_keep_their_story_and_all_reports_meet_anew() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old.db");
        let old = Connection::open(&path).unwrap();
        let marks = format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = 4;");
        old.execute_batch(&format!("{} {marks}", MIGRATIONS[..4].join(" "))).unwrap();
        old.execute_batch(
            "PRAGMA foreign_keys = off;
             INSERT INTO passage VALUES ('pas_a', 'sto_a', 1, 2, 9, 1.0);
             INSERT INTO report VALUES (1,'rep_a','',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'','','',1,1,
                                        NULL,NULL,'',NULL,NULL,NULL,NULL,0,'');
             INSERT OR REPLACE INTO meta VALUES ('finished', 'yes');",
        )
        .unwrap();
        drop(old);
        let record = Record::open_or_create(&path).unwrap();
        let story: String = record
            .connection
            .query_row("SELECT story FROM passage WHERE id = 'pas_a'", [], |row| row.get(0))
            .unwrap();
        assert_eq!((story.as_str(), record.unmet().unwrap()), ("sto_a", vec![1]));
        assert!(!record.is_finished().unwrap());
    }

    #[test]
    fn a_text_file_is_no_record() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.txt");
        std::fs::write(&path, "These are notes, long enough to be looked at. ".repeat(100))
            .unwrap();
        assert!(matches!(Record::open(&path), Err(StoreError::NoRecord(_))));
        assert!(matches!(Record::open_or_create(&path), Err(StoreError::NoRecord(_))));
    }

    #[test]
    fn another_database_is_no_record() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("other.db");
        Connection::open(&path).unwrap().execute_batch("CREATE TABLE t(a)").unwrap();
        assert!(matches!(Record::open(&path), Err(StoreError::NoRecord(_))));
        assert!(matches!(Record::open_or_create(&path), Err(StoreError::NoRecord(_))));
    }

    #[test]
    fn a_newer_schema_is_named_with_both_versions() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r.db");
        drop(Record::open_or_create(&path).unwrap());
        Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
        let fault = Record::open_or_create(&path).unwrap_err().to_string();
        assert!(fault.contains("99") && fault.contains(&SCHEMA_VERSION.to_string()), "{fault}");
    }

    #[test]
    fn a_locked_file_is_said_to_be_locked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r.db");
        drop(Record::open_or_create(&path).unwrap());
        let other = Connection::open(&path).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        assert!(matches!(Record::open_or_create(&path), Err(StoreError::Locked(_))));
    }

    #[test]
    fn a_record_that_is_not_there_is_missing() {
        let fault = Record::open(Path::new("/nowhere/r.db")).unwrap_err();
        assert!(matches!(fault, StoreError::Missing(_)));
    }
}
