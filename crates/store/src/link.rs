//! Sketches, blocks and links: what brings reports together into stories.

use chancery_text::ReportId;
use rusqlite::params;

use crate::connection::Record;
use crate::error::StoreError;

/// A report of a block, with its sketch as bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockMember {
    /// Its row key.
    pub report: i64,
    /// Its sketch.
    pub sketch: Vec<u8>,
}

/// A link as it is stored: two report keys, a kind and a strength.
type LinkRow = (ReportId, ReportId, &'static str, f64);

impl Record {
    /// Links anew every block that holds a report added since the last time, by `links`, which must
    /// be a pure function of the block's sketches. One transaction.
    pub fn link_blocks(
        &mut self,
        mut links: impl FnMut(&[BlockMember]) -> Vec<LinkRow>,
    ) -> Result<usize, StoreError> {
        let transaction = self.connection.transaction()?;
        let blocks: Vec<i64> = {
            // Most keys are met by one report only: those blocks need no look.
            let mut query = transaction.prepare(
                "SELECT key FROM block WHERE key IN
                   (SELECT b.key FROM sketch s JOIN block b ON b.report = s.report WHERE s.linked = 0)
                 GROUP BY key HAVING 1 < count(*) ORDER BY key",
            )?;
            query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?
        };
        for &block in &blocks {
            transaction.prepare_cached("DELETE FROM link WHERE block = ?1")?.execute([block])?;
            let mut insert = transaction
                .prepare_cached("INSERT OR IGNORE INTO link VALUES (?1, ?2, ?3, ?4, ?5)")?;
            for_each_window(&transaction, block, |members| {
                for (left, right, kind, strength) in links(members) {
                    insert.execute(params![
                        block,
                        left.integer(),
                        right.integer(),
                        kind,
                        strength
                    ])?;
                }
                Ok(())
            })?;
        }
        transaction.execute("UPDATE sketch SET linked = 1 WHERE linked = 0", [])?;
        transaction.commit()?;
        Ok(blocks.len())
    }

    /// Hands every link to `take`: two reports, the name of its kind, its strength. A pair that is
    /// linked in several blocks comes several times.
    pub fn for_each_link(
        &self,
        mut take: impl FnMut(ReportId, ReportId, &str, f64),
    ) -> Result<(), StoreError> {
        let mut query = self.connection.prepare(
            "SELECT l.id, r.id, kind, strength FROM link
             JOIN report l ON l.key = left_report JOIN report r ON r.key = right_report",
        )?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let kind: String = row.get(2)?;
            take(report_id(row, 0)?, report_id(row, 1)?, &kind, row.get(3)?);
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

    /// The sketches of these reports, as bytes.
    pub fn sketches(&self, reports: &[ReportId]) -> Result<Vec<Vec<u8>>, StoreError> {
        let mut query =
            self.connection.prepare_cached("SELECT bytes FROM sketch WHERE report = ?1")?;
        let mut bytes = Vec::with_capacity(reports.len());
        for report in reports {
            bytes.push(query.query_row([report.integer()], |row| row.get(0))?);
        }
        Ok(bytes)
    }
}

fn report_id(row: &rusqlite::Row<'_>, at: usize) -> Result<ReportId, StoreError> {
    let text: String = row.get(at)?;
    text.parse().map_err(|_| StoreError::corrupt("a report id", text))
}

/// Most members that are held, and handed to linking, at once.
const WINDOW: usize = 64;

/// Hands the members of a block to `take`, in windows by day that overlap by half, so that a block
/// of any size is linked in bounded memory and each report still meets its neighbours in time.
fn for_each_window(
    connection: &rusqlite::Connection,
    block: i64,
    mut take: impl FnMut(&[BlockMember]) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut query = connection.prepare_cached(
        "SELECT s.report, s.bytes FROM block b JOIN sketch s ON s.report = b.report
         WHERE b.key = ?1 ORDER BY b.day, b.report",
    )?;
    let mut rows = query.query([block])?;
    let mut window = Vec::new();
    let mut seen = 0;
    while let Some(row) = rows.next()? {
        if window.len() == WINDOW {
            take(&window)?;
            window.drain(..WINDOW / 2);
            seen = window.len();
        }
        window.push(BlockMember { report: row.get(0)?, sketch: row.get(1)? });
    }
    if 1 < window.len() && seen < window.len() { take(&window) } else { Ok(()) }
}
