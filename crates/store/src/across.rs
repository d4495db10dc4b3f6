//! Passages that reports of different stories share: who meets, and what a pair that meets has in common.

use std::collections::BTreeMap;

use chancery_resolve::across::{CROWD, Holder, NEAR, Pair, Words, changes};
use chancery_resolve::record::Passage;
use chancery_text::{ReportId, Span};
use rusqlite::Connection;

use crate::concluded::Writer;
use crate::connection::Record;
use crate::error::StoreError;
use crate::link::{report_id, sketch};

/// Pairs whose meeting changed, before they are written.
const WAITING: usize = 1 << 19;

/// A report's text, and what of it is prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prose {
    /// The report.
    pub report: ReportId,
    /// All of its text.
    pub text: String,
    /// The stretches of it that are read.
    pub stretches: Vec<Span>,
}

impl Prose {
    /// Its words, as they are compared.
    pub fn words(&self) -> Words {
        Words::new(self.report, &self.text, &self.stretches)
    }
}

/// A pair of reports of different stories that was looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The two.
    pub pair: Pair,
    /// The passages that they share.
    pub passages: Vec<Passage>,
}

impl Record {
    /// The keys of the reports that have not met those before them, sorted.
    pub fn unmet(&self) -> Result<Vec<i64>, StoreError> {
        let mut query = self.connection.prepare("SELECT report FROM changed WHERE met = 0")?;
        Ok(query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// The prose of the report with this key, and nothing else of what was read in it.
    pub fn prose(&self, report: i64) -> Result<Prose, StoreError> {
        let mut query =
            self.connection.prepare_cached("SELECT id, text FROM report WHERE key = ?1")?;
        let mut rows = query.query([report])?;
        let row = rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        let mut stretches = self.connection.prepare_cached(
            "SELECT start_byte, end_byte FROM stretch WHERE report = ?1 AND kind = 'prose'
             ORDER BY start_byte",
        )?;
        let spans = stretches.query_map([report], |row| Ok(Span::new(row.get(0)?, row.get(1)?)))?;
        Ok(Prose {
            report: report_id(row, 0)?,
            text: row.get(1)?,
            stretches: spans.collect::<Result<_, _>>()?,
        })
    }

    /// Lets reports that have not met others meet all that share a key with them. Where new ones make a crowd
    /// of a key, old ones may part: what they share is dropped. One transaction; the same meetings in
    /// whatever portions the reports come.
    pub fn meet(
        &mut self,
        keyed: impl IntoIterator<Item = Result<(ReportId, Vec<u64>), StoreError>>,
    ) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        collect_keys(&transaction, keyed)?;
        meet_new(&transaction)?;
        // In the order of the table, so that it grows at its end and not all over.
        transaction.execute_batch(
            "INSERT INTO fingerprint SELECT key, day, report FROM temp.new_holder ORDER BY 1, 2, 3;
             DROP TABLE temp.new_holder;",
        )?;
        transaction.commit()?;
        Ok(())
    }

    /// The pairs of reports of different stories that are to be looked at, sorted. Those of one story, whose
    /// passages the story tells, are marked as told. One transaction.
    pub fn untold(&mut self) -> Result<Vec<Pair>, StoreError> {
        let transaction = self.connection.transaction()?;
        transaction.execute(
            "UPDATE meeting SET told = 1 WHERE told = 0 AND EXISTS
             (SELECT 1 FROM story_report a JOIN story_report b ON b.story = a.story
               WHERE a.report = left_report AND b.report = right_report)",
            [],
        )?;
        transaction.commit()?;
        let mut query = self.connection.prepare(
            "SELECT left_report, right_report FROM meeting WHERE told = 0 ORDER BY 1, 2",
        )?;
        let pairs = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(pairs.collect::<Result<_, _>>()?)
    }

    /// Writes what pairs of reports of different stories share. One transaction.
    pub fn tell(&mut self, told: &[Told]) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        for Told { pair, passages } in told {
            if let Some(one) = passages.first() {
                let writer = Writer::across(&transaction, &[one.left.0, one.right.0])?;
                writer.write_passages(passages)?;
            }
            let sql = "UPDATE meeting SET told = 1 WHERE left_report = ?1 AND right_report = ?2";
            transaction.prepare_cached(sql)?.execute(*pair)?;
        }
        transaction.commit()?;
        Ok(())
    }
}

/// Forgets what the reports of a story share with those of others: it is looked at again.
pub(crate) fn forget(from: &Connection, story: &str) -> Result<(), StoreError> {
    for side in ["left_report", "right_report"] {
        let touched =
            format!("{side} IN (SELECT report FROM story_report WHERE story_report.story = ?1)");
        let gone = format!("story IS NULL AND {touched}");
        for sql in [
            format!("UPDATE meeting SET told = 0 WHERE told = 1 AND {touched}"),
            format!("DELETE FROM evidence WHERE row IN (SELECT id FROM passage WHERE {gone})"),
            format!("DELETE FROM passage WHERE {gone}"),
        ] {
            from.prepare_cached(&sql)?.execute([story])?;
        }
    }
    Ok(())
}

/// Makes `temp.new_holder`: the keys of reports with their days, and marks the reports as met.
fn collect_keys(
    to: &Connection,
    keyed: impl IntoIterator<Item = Result<(ReportId, Vec<u64>), StoreError>>,
) -> Result<(), StoreError> {
    to.execute_batch(
        "CREATE TEMP TABLE new_holder (key INTEGER NOT NULL, day INTEGER NOT NULL, report INTEGER NOT NULL)",
    )?;
    let mut insert = to.prepare("INSERT INTO temp.new_holder VALUES (?1, ?2, ?3)")?;
    let mut day = to.prepare("SELECT bytes FROM sketch WHERE report = ?1")?;
    let mut met = to.prepare("UPDATE changed SET met = 1 WHERE report = ?1")?;
    for one in keyed {
        let (report, keys) = one?;
        let report = report.integer();
        let day = day.query_row([report], |row| Ok(sketch(row).map(|sketch| sketch.day())))??;
        for key in keys {
            insert.execute((key as i64, day, report))?;
        }
        met.execute([report])?;
    }
    Ok(())
}

fn meet_new(connection: &Connection) -> Result<(), StoreError> {
    let mut query =
        connection.prepare("SELECT key, day, report FROM temp.new_holder ORDER BY 1, 2, 3")?;
    let mut rows = query.query([])?;
    let mut meeter = Meeter { connection, changes: BTreeMap::new() };
    let mut joining = Joining { key: 0, new: Vec::new() };
    while let Some(row) = rows.next()? {
        let key = row.get(0)?;
        if joining.key != key {
            meeter.meet(&joining)?;
            joining = Joining { key, new: Vec::new() };
        }
        joining.new.push(Holder { day: row.get(1)?, report: row.get(2)?, new: true });
    }
    meeter.meet(&joining)?;
    meeter.write()
}

/// Reports that come to hold a key, sorted.
struct Joining {
    key: i64,
    new: Vec<Holder>,
}

/// Under how many keys more or fewer each pair meets.
struct Meeter<'a> {
    connection: &'a Connection,
    changes: BTreeMap<Pair, i64>,
}

impl Meeter<'_> {
    fn meet(&mut self, joining: &Joining) -> Result<(), StoreError> {
        let held = self.held(joining.key)?;
        let now = held + joining.new.len();
        // Most keys are held by one report only.
        if now < 2 {
            return Ok(());
        }
        let stretches = if held <= CROWD { self.all(joining)? } else { self.around(joining)? };
        for stretch in stretches {
            for (pair, by) in changes(&stretch, held, now) {
                *self.changes.entry(pair).or_default() += by;
            }
        }
        if WAITING < self.changes.len() { self.write() } else { Ok(()) }
    }

    /// How many hold a key, at most one more than a crowd begins with.
    fn held(&self, key: i64) -> Result<usize, StoreError> {
        let sql = "SELECT count(*) FROM (SELECT 1 FROM fingerprint WHERE key = ?1 LIMIT ?2)";
        let mut query = self.connection.prepare_cached(sql)?;
        let held: u32 = query.query_row((key, CROWD as i64 + 1), |row| row.get(0))?;
        Ok(held as usize)
    }

    /// All holders of a key that was held by no crowd.
    fn all(&self, joining: &Joining) -> Result<Vec<Vec<Holder>>, StoreError> {
        let sql = "SELECT day, report FROM fingerprint WHERE key = ?1";
        let mut query = self.connection.prepare_cached(sql)?;
        let old = query.query_map([joining.key], old_holder)?;
        let mut all = old.collect::<Result<Vec<_>, _>>()?;
        all.extend(&joining.new);
        all.sort_unstable();
        Ok(vec![all])
    }

    /// The new holders with their nearest old ones, joined where these are the same.
    fn around(&self, joining: &Joining) -> Result<Vec<Vec<Holder>>, StoreError> {
        let mut stretches: Vec<Vec<Holder>> = Vec::new();
        for new in &joining.new {
            let before = self.near(joining.key, new, false)?;
            let after = self.near(joining.key, new, true)?;
            let joins = |last: &&mut Vec<Holder>| {
                before.is_empty() || before.iter().any(|old| last.contains(old))
            };
            match stretches.last_mut().filter(joins) {
                Some(last) => last.extend(before.into_iter().chain([*new]).chain(after)),
                None => stretches.push(before.into_iter().chain([*new]).chain(after).collect()),
            }
        }
        for stretch in &mut stretches {
            stretch.sort_unstable();
            stretch.dedup();
        }
        Ok(stretches)
    }

    /// The nearest old holders of a key before or after a new one.
    fn near(&self, key: i64, new: &Holder, after: bool) -> Result<Vec<Holder>, StoreError> {
        let (compare, order) = if after { (">", "ASC") } else { ("<", "DESC") };
        let mut query = self.connection.prepare_cached(&format!(
            "SELECT day, report FROM fingerprint WHERE key = ?1 AND (day, report) {compare} (?2, ?3)
             ORDER BY day {order}, report {order} LIMIT ?4"
        ))?;
        let old = query.query_map((key, new.day, new.report, NEAR as i64), old_holder)?;
        Ok(old.collect::<Result<_, _>>()?)
    }

    fn write(&mut self) -> Result<(), StoreError> {
        let mut add = self.connection.prepare_cached(
            "INSERT INTO meeting VALUES (?1, ?2, ?3, 0)
             ON CONFLICT DO UPDATE SET keys = keys + excluded.keys",
        )?;
        for ((left, right), by) in std::mem::take(&mut self.changes) {
            if by != 0 {
                add.execute((left, right, by))?;
            }
            if by < 0 {
                self.part(left, right)?;
            }
        }
        Ok(())
    }

    /// Drops a pair that meets no more, and what it shares.
    fn part(&self, left: i64, right: i64) -> Result<(), StoreError> {
        let shared = "story IS NULL AND left_report IN (?1, ?2) AND right_report IN (?1, ?2)";
        let run = |sql: &str| self.connection.prepare_cached(sql)?.execute((left, right));
        let pair = "DELETE FROM meeting WHERE left_report = ?1 AND right_report = ?2 AND keys = 0";
        if run(pair)? == 1 {
            let rows = format!("SELECT id FROM passage WHERE {shared}");
            run(&format!("DELETE FROM evidence WHERE row IN ({rows})"))?;
            run(&format!("DELETE FROM passage WHERE {shared}"))?;
        }
        Ok(())
    }
}

fn old_holder(row: &rusqlite::Row<'_>) -> rusqlite::Result<Holder> {
    Ok(Holder { day: row.get(0)?, report: row.get(1)?, new: false })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_annotate::Observed;
    use chancery_resolve::across::passages;
    use chancery_resolve::{Reading, block, story};
    use chancery_text::Report;

    fn reading(text: &str) -> Reading {
        Reading { report: Report::from_text("a.txt", text), observed: Observed::default() }
    }

    fn add(record: &mut Record, readings: &[Reading]) {
        let new: Vec<_> = readings.iter().map(|one| (one.clone(), 0, block::sketch(one))).collect();
        record.add(&new, &[]).unwrap();
    }

    fn conclude(record: &mut Record, stories: &[&[Reading]]) {
        let gone: Vec<_> = record.stories().unwrap().into_iter().collect();
        record.drop_stories(&gone).unwrap();
        let conclusions: Vec<_> = stories.iter().map(|readings| story::resolve(readings)).collect();
        record.conclude(&conclusions).unwrap();
    }

    /// Does as the engine does, and returns how many pairs were looked at.
    fn tell(record: &mut Record) -> usize {
        let keyed = |key: &i64| {
            let prose = record.prose(*key).unwrap();
            Ok((prose.report, prose.words().keys()))
        };
        let keyed: Vec<_> = record.unmet().unwrap().iter().map(keyed).collect();
        record.meet(keyed).unwrap();
        let pairs = record.untold().unwrap();
        let look = |pair: &Pair| {
            let [left, right] = [pair.0, pair.1].map(|key| record.prose(key).unwrap().words());
            Told { pair: *pair, passages: passages(&left, &right) }
        };
        let told: Vec<_> = pairs.iter().map(look).collect();
        record.tell(&told).unwrap();
        told.len()
    }

    fn lines(record: &Record, table: &str) -> Vec<String> {
        let dump = record.dump().unwrap();
        let start = format!("{table}\t");
        dump.lines().filter(|line| line.starts_with(&start)).map(str::to_owned).collect()
    }

    /// Passages of two stories, and of one.
    fn passages_told(record: &Record) -> (usize, usize) {
        let passages = lines(record, "passage");
        let across = passages.iter().filter(|line| line.contains("\t\t")).count();
        (across, passages.len() - across)
    }

    const BACKGROUND: &str = "The river ports of Ruvania have been closed to Orlen grain barges since the \
        customs treaty of Tavish lapsed in spring.";

    #[test]
    fn passages_across_come_and_go_with_the_stories() {
        let mut record = Record::in_memory().unwrap();
        let readings =
            ["A ferry sank.", "Miners struck."].map(|one| reading(&format!("{one} {BACKGROUND}")));
        let apart: [&[Reading]; 2] = [&readings[..1], &readings[1..]];
        add(&mut record, &readings);
        conclude(&mut record, &apart);
        assert_eq!((tell(&mut record), passages_told(&record)), (1, (1, 0)));
        assert!(record.evidence_faults().unwrap().is_empty());
        let (before, evidence) = (lines(&record, "passage"), lines(&record, "evidence"));
        conclude(&mut record, &[&readings]);
        assert_eq!((tell(&mut record), passages_told(&record)), (0, (0, 1)));
        conclude(&mut record, &apart);
        assert_eq!((tell(&mut record), passages_told(&record)), (1, (1, 0)));
        assert_eq!((before, evidence), (lines(&record, "passage"), lines(&record, "evidence")));
        assert_eq!(tell(&mut record), 0);
    }

    #[test]
    fn a_new_report_makes_only_those_it_meets_be_looked_at() {
        let mut record = Record::in_memory().unwrap();
        let old: Vec<_> = (0..20).map(|at| reading(&format!("Rain {at}. {BACKGROUND}"))).collect();
        add(&mut record, &old);
        let alone: Vec<_> = old.chunks(1).collect();
        conclude(&mut record, &alone);
        assert_eq!(tell(&mut record), 20 * 19 / 2);
        let new = reading(&format!("A ferry sank. {BACKGROUND}"));
        add(&mut record, std::slice::from_ref(&new));
        record.conclude(&[story::resolve(&[new])]).unwrap();
        assert_eq!((tell(&mut record), passages_told(&record).0), (20, 21 * 20 / 2));
    }

    #[test]
    fn a_crowd_that_comes_in_portions_meets_as_one_that_comes_at_once() {
        let readings: Vec<_> =
            (0..150).map(|at| reading(&format!("Rain {at}. {BACKGROUND}"))).collect();
        let read = |cuts: &[usize]| {
            let mut record = Record::in_memory().unwrap();
            for ends in cuts.windows(2) {
                let new = &readings[ends[0]..ends[1]];
                add(&mut record, new);
                let conclusions: Vec<_> =
                    new.chunks(1).map(chancery_resolve::story::resolve).collect();
                record.conclude(&conclusions).unwrap();
                tell(&mut record);
            }
            ["fingerprint", "meeting", "passage", "evidence"].map(|table| lines(&record, table))
        };
        let once = read(&[0, 150]);
        assert_eq!(once[2].len(), NEAR * 150 - NEAR * (NEAR + 1) / 2);
        for cuts in [vec![0, CROWD, CROWD + 1, 150], vec![0, 1, 100, 150]] {
            assert_eq!(read(&cuts), once, "{cuts:?}");
        }
    }
}
