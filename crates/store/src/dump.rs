//! A record as SQL text, to compare two records.

use rusqlite::types::ValueRef;

use crate::connection::Record;
use crate::error::StoreError;

impl Record {
    /// Every table's rows in the order of its key, one line each: what `sqlite3 RECORD .dump` holds.
    /// Two records of the same reports give the same text.
    pub fn dump(&self) -> Result<String, StoreError> {
        let mut tables = self
            .connection
            .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")?;
        let names: Vec<String> =
            tables.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let mut text = String::new();
        for name in names {
            self.dump_table(&name, &mut text)?;
        }
        Ok(text)
    }

    fn dump_table(&self, name: &str, text: &mut String) -> Result<(), StoreError> {
        use std::fmt::Write;
        let mut query = self.connection.prepare(&format!("SELECT * FROM \"{name}\""))?;
        let columns = query.column_count();
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            text.push_str(name);
            for column in 0..columns {
                let _ = match row.get_ref(column)? {
                    ValueRef::Null => write!(text, "\t"),
                    ValueRef::Integer(value) => write!(text, "\t{value}"),
                    ValueRef::Real(value) => write!(text, "\t{value:?}"),
                    ValueRef::Text(value) => write!(text, "\t{:?}", String::from_utf8_lossy(value)),
                    ValueRef::Blob(value) => write!(text, "\t{value:02x?}"),
                };
            }
            text.push('\n');
        }
        Ok(())
    }
}

impl Record {
    /// What is wrong with the evidence: spans that do not slice their report, and byte and code-point
    /// offsets that do not agree. Empty in a sound record.
    pub fn evidence_faults(&self) -> Result<Vec<String>, StoreError> {
        let mut query = self.connection.prepare(
            "SELECT e.row, e.role, e.start_byte, e.end_byte, e.start_char, e.end_char, r.text
             FROM evidence e JOIN report r ON r.key = e.report",
        )?;
        let mut rows = query.query([])?;
        let mut faults = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, role): (String, String) = (row.get(0)?, row.get(1)?);
            let at = |column| row.get::<_, u32>(column).map(|offset| offset as usize);
            let bytes = (at(2)?, at(3)?);
            let chars = (at(4)?, at(5)?);
            let text = row.get_ref(6)?.as_str().unwrap_or_default();
            let slice = text.get(bytes.0..bytes.1);
            let agrees = slice.is_some_and(|slice| {
                text[..bytes.0].chars().count() == chars.0
                    && slice.chars().count() == chars.1 - chars.0
            });
            if !agrees {
                faults.push(format!("{id} {role} {bytes:?} {chars:?}"));
            }
        }
        Ok(faults)
    }
}
