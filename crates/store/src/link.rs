//! Sketches, blocks and links: what brings reports together into stories.

use chancery_resolve::block::Sketch;
use chancery_resolve::link::BlockLinks;
use chancery_text::ReportId;
use rusqlite::{Connection, Row};

use crate::connection::Record;
use crate::error::StoreError;

impl Record {
    /// Puts the reports that were added since the last time into their blocks, and links those blocks
    /// anew. One transaction. Returns how many blocks were linked.
    pub fn link_blocks(&mut self) -> Result<usize, StoreError> {
        let transaction = self.connection.transaction()?;
        collect_keys(&transaction)?;
        // In the order of the table, so that it grows at its end and not all over.
        transaction.execute_batch(
            "INSERT INTO block SELECT key, day, report FROM temp.new_key ORDER BY key, day, report",
        )?;
        let mut linked = 0;
        {
            // Most keys are met by one report only: those blocks need no look.
            let mut blocks = transaction.prepare(
                "SELECT key, (SELECT count(*) FROM block WHERE block.key = new.key) AS members
                 FROM (SELECT DISTINCT key FROM temp.new_key ORDER BY key) new WHERE 1 < members",
            )?;
            let mut rows = blocks.query([])?;
            while let Some(row) = rows.next()? {
                let members = usize::try_from(row.get::<_, i64>(1)?).unwrap_or(usize::MAX);
                link_block(&transaction, row.get(0)?, members)?;
                linked += 1;
            }
        }
        transaction.execute_batch(
            "DROP TABLE temp.new_key; UPDATE sketch SET linked = 1 WHERE linked = 0;",
        )?;
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

/// Makes `temp.new_key`: the keys of the reports that are not linked yet.
fn collect_keys(to: &Connection) -> Result<(), StoreError> {
    to.execute_batch(
        "CREATE TEMP TABLE new_key (key INTEGER NOT NULL, day INTEGER NOT NULL, report INTEGER NOT NULL)",
    )?;
    let mut insert = to.prepare("INSERT INTO temp.new_key VALUES (?1, ?2, ?3)")?;
    let mut query = to.prepare("SELECT bytes FROM sketch WHERE linked = 0")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let sketch = sketch(row)?;
        for key in sketch.keys() {
            insert.execute((key as i64, sketch.day(), sketch.report.integer()))?;
        }
    }
    Ok(())
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
