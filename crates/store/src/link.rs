//! Sketches, blocks and links: what brings reports together into stories.

use chancery_resolve::block::Sketch;
use chancery_resolve::link::BlockLinks;
use chancery_text::ReportId;
use rusqlite::{Connection, Row};

use crate::connection::Record;
use crate::error::StoreError;

impl Record {
    /// Links anew every block that holds a report added since the last time. One transaction.
    /// Returns how many blocks those were.
    pub fn link_blocks(&mut self) -> Result<usize, StoreError> {
        let transaction = self.connection.transaction()?;
        let mut linked = 0;
        {
            // Most keys are met by one report only: those blocks need no look.
            let mut blocks = transaction.prepare(
                "SELECT key, count(*) FROM block WHERE key IN
                   (SELECT b.key FROM sketch s JOIN block b ON b.report = s.report WHERE s.linked = 0)
                 GROUP BY key HAVING 1 < count(*) ORDER BY key",
            )?;
            let mut rows = blocks.query([])?;
            while let Some(row) = rows.next()? {
                let members = usize::try_from(row.get::<_, i64>(1)?).unwrap_or(usize::MAX);
                link_block(&transaction, row.get(0)?, members)?;
                linked += 1;
            }
        }
        transaction.execute("UPDATE sketch SET linked = 1 WHERE linked = 0", [])?;
        transaction.commit()?;
        Ok(linked)
    }

    /// Hands every link to `take`, strongest first, as the keys of two reports. A pair that is linked
    /// in several blocks comes several times.
    pub fn for_each_link(&self, mut take: impl FnMut(i64, i64)) -> Result<(), StoreError> {
        let mut query = self.connection.prepare(
            "SELECT left_report, right_report FROM link
             ORDER BY strength DESC, left_report, right_report",
        )?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            take(row.get(0)?, row.get(1)?);
        }
        Ok(())
    }

    /// The ids of all reports, sorted.
    pub fn report_ids(&self) -> Result<Vec<ReportId>, StoreError> {
        let mut query = self.connection.prepare("SELECT id FROM report ORDER BY id")?;
        let mut rows = query.query([])?;
        let mut ids = Vec::new();
        while let Some(row) = rows.next()? {
            ids.push(report_id(row, 0)?);
        }
        Ok(ids)
    }

    /// The sketches of the reports with these keys.
    pub fn sketches(&self, reports: &[i64]) -> Result<Vec<Sketch>, StoreError> {
        let mut query =
            self.connection.prepare_cached("SELECT bytes FROM sketch WHERE report = ?1")?;
        let mut sketches = Vec::with_capacity(reports.len());
        for report in reports {
            let mut rows = query.query([report])?;
            let row = rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
            sketches.push(sketch(row)?);
        }
        Ok(sketches)
    }
}

fn link_block(connection: &Connection, block: i64, members: usize) -> Result<(), StoreError> {
    connection.prepare_cached("DELETE FROM link WHERE block = ?1")?.execute([block])?;
    let mut insert =
        connection.prepare_cached("INSERT OR IGNORE INTO link VALUES (?1, ?2, ?3, ?4)")?;
    let mut query = connection.prepare_cached(
        "SELECT s.bytes FROM block b JOIN sketch s ON s.report = b.report
         WHERE b.key = ?1 ORDER BY b.day, b.report",
    )?;
    let mut rows = query.query([block])?;
    let mut links = BlockLinks::new(members);
    while let Some(row) = rows.next()? {
        for link in links.next(sketch(row)?) {
            let (left, right) = (link.left.integer(), link.right.integer());
            insert.execute((block, left, right, link.strength))?;
        }
    }
    Ok(())
}

fn sketch(row: &Row<'_>) -> Result<Sketch, StoreError> {
    let bytes = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
    Sketch::from_bytes(bytes).ok_or_else(|| StoreError::corrupt("a sketch", "its bytes".to_owned()))
}

fn report_id(row: &Row<'_>, at: usize) -> Result<ReportId, StoreError> {
    let text: String = row.get(at)?;
    text.parse().map_err(|_| StoreError::corrupt("a report id", text))
}
