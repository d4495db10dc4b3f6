//! Threads: made anew from what the stories are about whenever the record is finished.

use std::collections::HashMap;

use chancery_resolve::thread::{Subject, Thread, find};
use chancery_text::{Interval, RowId, Span};
use rusqlite::{Connection, Row, params};

use crate::connection::Record;
use crate::error::StoreError;
use crate::observed::offsets::CharOffsets;

/// The first schema that has threads.
const WITH_THREADS: u32 = 6;
/// Reports of a story that are looked through for a term.
const SEARCHED: u32 = 8;

impl Record {
    /// Whether the record's schema has threads.
    pub fn has_threads(&self) -> Result<bool, StoreError> {
        Ok(WITH_THREADS <= self.schema()?)
    }
}

/// Makes the threads anew. All stories are looked at, each beside a bounded number of others: what one new story
/// is about can change what counts as telling in any other.
pub(crate) fn make_threads(to: &Connection) -> Result<(), StoreError> {
    let threads = find(&subjects(to)?);
    to.execute_batch(
        "DELETE FROM evidence WHERE 'thr_' < row AND row < 'thr_~';
         DELETE FROM thread_story; DELETE FROM thread;",
    )?;
    threads.iter().try_for_each(|thread| write(to, thread))
}

/// What all stories of the record are about.
fn subjects(from: &Connection) -> Result<Vec<Subject>, StoreError> {
    let mut terms: HashMap<String, Vec<(u32, u32)>> = HashMap::new();
    let mut query = from.prepare("SELECT story, key, weight FROM story_term")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let story = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        let term = (row.get(1)?, row.get(2)?);
        match terms.get_mut(story) {
            Some(terms) => terms.push(term),
            None => drop(terms.insert(story.to_owned(), vec![term])),
        }
    }
    let mut query = from.prepare(
        "SELECT s.id, s.first_day, s.last_day, count(r.report)
           FROM story s LEFT JOIN story_report r ON r.story = s.id GROUP BY s.id",
    )?;
    let mut rows = query.query([])?;
    let mut subjects = Vec::new();
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        subjects.push(Subject {
            terms: terms.remove(&id).unwrap_or_default(),
            story: id.parse().map_err(|_| StoreError::corrupt("a story id", id))?,
            interval: Interval { first: day(row, 1)?, last: day(row, 2)? },
            reports: row.get(3)?,
        });
    }
    Ok(subjects)
}

fn day(row: &Row<'_>, column: usize) -> Result<Option<jiff::civil::Date>, StoreError> {
    let text: Option<String> = row.get(column)?;
    text.map(|text| text.parse().map_err(|_| StoreError::corrupt("a day", text))).transpose()
}

fn write(to: &Connection, thread: &Thread) -> Result<(), StoreError> {
    let id = thread.id.to_string();
    let days = [thread.interval.first, thread.interval.last].map(|day| day.map(|d| d.to_string()));
    to.prepare_cached("INSERT INTO thread VALUES (?1, ?2, ?3, ?4)")?.execute(params![
        id,
        thread.named_by.to_string(),
        days[0],
        days[1]
    ])?;
    let mut insert =
        to.prepare_cached("INSERT INTO thread_story VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for (position, one) in (0i64..).zip(&thread.stories) {
        let after = one.after.map(|after| after.to_string());
        let shared = spelt(to, one.story, &one.shared)?;
        insert.execute(params![
            id,
            position,
            one.story.to_string(),
            after,
            one.likeness,
            shared.join("; ")
        ])?;
        if let Some(earlier) = one.after {
            show(to, &id, one.story, &shared)?;
            show(to, &id, earlier, &spelt(to, earlier, &one.shared)?)?;
        }
    }
    Ok(())
}

/// Terms as a story spells them.
fn spelt(from: &Connection, story: RowId, keys: &[u32]) -> Result<Vec<String>, StoreError> {
    let mut query =
        from.prepare_cached("SELECT term FROM story_term WHERE story = ?1 AND key = ?2")?;
    let term = |key: &u32| query.query_row(params![story.to_string(), key], |row| row.get(0));
    Ok(keys.iter().map(term).collect::<Result<_, _>>()?)
}

/// Keeps as evidence where the first report of a story that has a term has it first.
fn show(to: &Connection, thread: &str, story: RowId, terms: &[String]) -> Result<(), StoreError> {
    let mut query = to.prepare_cached(
        "SELECT r.key, r.text FROM story_report s JOIN report r ON r.key = s.report
          WHERE s.story = ?1 ORDER BY r.id LIMIT ?2",
    )?;
    let mut insert = to.prepare_cached(
        "INSERT OR IGNORE INTO evidence VALUES (?1, 'shared', ?2, ?3, ?4, ?5, ?6, '')",
    )?;
    let mut sought: Vec<&str> = terms.iter().map(String::as_str).collect();
    let mut rows = query.query(params![story.to_string(), SEARCHED])?;
    while let Some(row) = rows.next()?.filter(|_| !sought.is_empty()) {
        let (report, text): (i64, String) = (row.get(0)?, row.get(1)?);
        let offsets = CharOffsets::new(&text);
        let mut missing = Vec::new();
        for term in sought {
            let Some(at) = text.find(term) else {
                missing.push(term);
                continue;
            };
            let span = Span::of(at..at + term.len());
            let chars = [span.start, span.end].map(|at| offsets.chars(at));
            insert.execute(params![thread, report, span.start, span.end, chars[0], chars[1]])?;
        }
        sought = missing;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TableName;
    use crate::query::Filter;
    use chancery_annotate::Observed;
    use chancery_resolve::{Reading, block, story};
    use chancery_text::Report;

    fn told(text: &str, day: i8) -> Reading {
        let mut observed = Observed::default();
        observed.date.interval = Interval::day(jiff::civil::date(2021, 7, day));
        Reading { report: Report::from_text("a.txt", text), observed }
    }

    fn with_stories(readings: &[Reading]) -> Record {
        let mut record = Record::in_memory().unwrap();
        let new: Vec<_> = readings.iter().map(|one| (one.clone(), 0, block::sketch(one))).collect();
        record.add(&new, &[]).unwrap();
        let conclusions: Vec<_> = readings.chunks(1).map(story::resolve).collect();
        record.conclude(&conclusions).unwrap();
        record.finish().unwrap();
        record
    }

    fn column(record: &Record, table: TableName, name: &str) -> Vec<String> {
        let listing = record.list(table, &Filter::ALL, None).unwrap();
        listing.rows.iter().map(|row| listing.text(row, name)).collect()
    }

    #[test]
    fn a_thread_says_how_one_story_follows_another_and_goes_when_a_story_goes() {
        let siege =
            "Orlen troops shelled the besieged fortress of Tavish and its garrison of smugglers.";
        let relief =
            "The besieged fortress of Tavish was relieved: Orlen troops left its garrison alone.";
        let flood =
            "Dykes broke near Merrow after rain, and farmers lost barley, cattle and barns.";
        let mut record = with_stories(&[told(siege, 1), told(flood, 5), told(relief, 20)]);
        assert_eq!(column(&record, TableName::Threads, "stories"), ["2"]);
        assert_eq!(column(&record, TableName::Threads, "when"), ["2021-07-01/2021-07-20"]);
        let after = column(&record, TableName::ThreadStories, "after");
        assert!(after[0].is_empty() && after[1].starts_with("Orlen troops shelled"), "{after:?}");
        assert!(column(&record, TableName::ThreadStories, "shared")[1].contains("Tavish"));
        assert!(record.evidence_faults().unwrap().is_empty());
        let shown = record.contexts(&column(&record, TableName::Threads, "id")[0]).unwrap();
        let texts = shown.iter().flat_map(|one| one.marks.iter().map(|m| m.span.slice(&one.text)));
        assert_eq!(texts.filter(|text| *text == "Tavish").count(), 2);
        let story = column(&record, TableName::ThreadStories, "story").remove(0);
        record.drop_stories(&[story]).unwrap();
        record.finish().unwrap();
        assert_eq!(record.count(TableName::Threads).unwrap(), 0);
        assert_eq!(record.count(TableName::ThreadStories).unwrap(), 0);
        assert!(record.evidence_faults().unwrap().is_empty());
    }

    #[test]
    fn a_story_of_an_older_schema_is_to_be_resolved_again() {
        let record = with_stories(&[told("Orlen troops shelled Tavish.", 1)]);
        assert!(record.stale_stories().unwrap().is_empty());
        record.connection.execute("UPDATE story SET resolved_by = resolved_by - 1", []).unwrap();
        assert_eq!(record.stale_stories().unwrap(), record.stories().unwrap());
    }
}
