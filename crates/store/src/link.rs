//! Sketches, blocks and links: what brings reports together into stories.

use std::collections::BTreeMap;

use chancery_resolve::block::Sketch;
use chancery_resolve::link::{BlockLinks, LEAST, Link, NARROW};
use chancery_text::ReportId;
use rusqlite::{Connection, Row};

use crate::connection::Record;
use crate::error::StoreError;

/// Pairs of reports whose links changed, before they are written.
const WAITING: usize = 1 << 19;

impl Record {
    /// Puts the reports that were added since the last time into their blocks, and links those blocks
    /// anew: narrow ones as a whole, wide ones around the new members. One transaction.
    pub fn link_blocks(&mut self) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        collect_keys(&transaction)?;
        // In the order of the table, so that it grows at its end and not all over.
        transaction.execute_batch(
            "INSERT INTO block SELECT key, day, report FROM temp.new_key ORDER BY key, day, report",
        )?;
        {
            let mut query = transaction
                .prepare("SELECT key, day, report FROM temp.new_key ORDER BY key, day, report")?;
            let mut rows = query.query([])?;
            let mut linker = Linker { connection: &transaction, changes: BTreeMap::new() };
            let mut block: (i64, Vec<Place>) = (0, Vec::new());
            while let Some(row) = rows.next()? {
                let key = row.get(0)?;
                if block.0 != key {
                    linker.link(&block)?;
                    block = (key, Vec::new());
                }
                block.1.push((row.get(1)?, row.get(2)?));
            }
            linker.link(&block)?;
            linker.write()?;
        }
        transaction.execute_batch(
            "DROP TABLE temp.new_key; UPDATE sketch SET linked = 1 WHERE linked = 0;",
        )?;
        transaction.commit()?;
        Ok(())
    }

    /// Hands every link to `take`, strongest first, as the keys of two reports.
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

    /// The stories that each component was cut into, by the component's id.
    pub fn components(&self) -> Result<BTreeMap<String, Vec<String>>, StoreError> {
        let mut query = self.connection.prepare("SELECT id, story FROM component ORDER BY 1, 2")?;
        let mut rows = query.query([])?;
        let mut components: BTreeMap<String, Vec<String>> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            components.entry(row.get(0)?).or_default().push(row.get(1)?);
        }
        Ok(components)
    }

    /// Drops components that are no more, and writes what new ones were cut into. One transaction.
    pub fn replace_components(
        &mut self,
        gone: &[String],
        new: &[(String, String)],
    ) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        for id in gone {
            let sql = "DELETE FROM component WHERE id = ?1";
            transaction.prepare_cached(sql)?.execute([id])?;
        }
        for (id, story) in new {
            let sql = "INSERT OR IGNORE INTO component VALUES (?1, ?2)";
            transaction.prepare_cached(sql)?.execute([id, story])?;
        }
        transaction.commit()?;
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

/// Where a report stands in a block: its day and its key.
type Place = (i64, i64);

/// A member of a block, and whether it is new.
struct Member {
    place: Place,
    sketch: Sketch,
    new: bool,
}

/// How many blocks more or fewer link each pair, and how strongly they do.
struct Linker<'a> {
    connection: &'a Connection,
    changes: BTreeMap<(i64, i64), (f64, i64)>,
}

impl Linker<'_> {
    /// Links a block anew, given its key and its new members.
    fn link(&mut self, (key, new): &(i64, Vec<Place>)) -> Result<(), StoreError> {
        let most = NARROW + new.len() + 1;
        let members: usize = self
            .connection
            .prepare_cached("SELECT count(*) FROM (SELECT 1 FROM block WHERE key = ?1 LIMIT ?2)")?
            .query_row((key, most as i64), |row| row.get::<_, i64>(0))?
            .try_into()
            .unwrap_or(usize::MAX);
        // Most keys are met by one report only: those blocks need no look.
        match members - new.len().min(members) {
            _ if members < 2 => {}
            old if NARROW < old => self.around(*key, new)?,
            old => self.whole(*key, members, old)?,
        }
        if WAITING < self.changes.len() { self.write() } else { Ok(()) }
    }

    /// A block that was narrow: what linked its old members goes, what links all comes.
    fn whole(&mut self, key: i64, members: usize, old: usize) -> Result<(), StoreError> {
        let (mut before, mut after) = (BlockLinks::new(old), BlockLinks::new(members));
        let connection = self.connection;
        let mut query = connection.prepare_cached(
            "SELECT s.bytes, s.linked FROM block b JOIN sketch s ON s.report = b.report
             WHERE b.key = ?1 ORDER BY b.day, b.report",
        )?;
        let mut rows = query.query([key])?;
        while let Some(row) = rows.next()? {
            let (sketch, linked) = (sketch(row)?, row.get::<_, bool>(1)?);
            if linked {
                self.change(before.next(sketch.clone()), -1);
            }
            self.change(after.next(sketch), 1);
        }
        Ok(())
    }

    /// A wide block: new members change only what links the neighbours around them.
    fn around(&mut self, key: i64, new: &[Place]) -> Result<(), StoreError> {
        let mut members: BTreeMap<Place, Member> = BTreeMap::new();
        for (at, place) in new.iter().enumerate() {
            let [before, after] = [self.old(key, *place, false)?, self.old(key, *place, true)?];
            let apart = before.iter().all(|member| !members.contains_key(&member.place))
                && (at == 0 || !before.is_empty());
            if apart {
                self.relink(std::mem::take(&mut members));
            }
            let own = Member { place: *place, sketch: self.sketch(place.1)?, new: true };
            let all = before.into_iter().chain([own]).chain(after);
            members.extend(all.map(|member| (member.place, member)));
        }
        self.relink(members);
        Ok(())
    }

    fn relink(&mut self, members: BTreeMap<Place, Member>) {
        let wide = NARROW + 1;
        let (mut before, mut after) = (BlockLinks::new(wide), BlockLinks::new(wide));
        for member in members.into_values() {
            if !member.new {
                self.change(before.next(member.sketch.clone()), -1);
            }
            self.change(after.next(member.sketch), 1);
        }
    }

    /// The nearest old members of a block before or after a place.
    fn old(&self, key: i64, (day, report): Place, after: bool) -> Result<Vec<Member>, StoreError> {
        let (compare, order) = if after { (">", "ASC") } else { ("<", "DESC") };
        let mut query = self.connection.prepare_cached(&format!(
            "SELECT s.bytes, b.day, b.report FROM block b JOIN sketch s ON s.report = b.report
             WHERE b.key = ?1 AND (b.day, b.report) {compare} (?2, ?3) AND s.linked = 1
             ORDER BY b.day {order}, b.report {order} LIMIT ?4"
        ))?;
        let mut rows = query.query((key, day, report, LEAST as i64))?;
        let mut members = Vec::new();
        while let Some(row) = rows.next()? {
            let place = (row.get(1)?, row.get(2)?);
            members.push(Member { place, sketch: sketch(row)?, new: false });
        }
        Ok(members)
    }

    fn sketch(&self, report: i64) -> Result<Sketch, StoreError> {
        let sql = "SELECT bytes FROM sketch WHERE report = ?1";
        let mut query = self.connection.prepare_cached(sql)?;
        let mut rows = query.query([report])?;
        sketch(rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?)
    }

    fn change(&mut self, links: Vec<Link>, by: i64) {
        for link in links {
            let pair = (link.left.integer(), link.right.integer());
            self.changes.entry(pair).or_insert((link.strength, 0)).1 += by;
        }
    }

    fn write(&mut self) -> Result<(), StoreError> {
        let connection = self.connection;
        let mut add = connection.prepare_cached(
            "INSERT INTO link VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET blocks = blocks + excluded.blocks",
        )?;
        let mut drop = connection.prepare_cached(
            "DELETE FROM link WHERE left_report = ?1 AND right_report = ?2 AND blocks = 0",
        )?;
        for ((left, right), (strength, by)) in std::mem::take(&mut self.changes) {
            if by != 0 {
                add.execute((left, right, strength, by))?;
            }
            if by < 0 {
                drop.execute((left, right))?;
            }
        }
        Ok(())
    }
}

pub(crate) fn sketch(row: &Row<'_>) -> Result<Sketch, StoreError> {
    let bytes = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
    Sketch::from_bytes(bytes).ok_or_else(|| StoreError::corrupt("a sketch", "its bytes".to_owned()))
}

pub(crate) fn report_id(row: &Row<'_>, at: usize) -> Result<ReportId, StoreError> {
    let text: String = row.get(at)?;
    text.parse().map_err(|_| StoreError::corrupt("a report id", text))
}
