//! What is the same across stories: actors, relations, threads, and the index of words. Brought up to date after
//! each read.

use std::collections::BTreeMap;

use chancery_text::{Kind, RowId};
use rusqlite::{Connection, params};

use crate::connection::Record;
use crate::error::StoreError;
use crate::observed::id_range;
use crate::relations::{SIDES, make_relations};
use crate::threads::make_threads;

impl Record {
    /// Whether everything that was read has been concluded and indexed.
    pub fn is_finished(&self) -> Result<bool, StoreError> {
        let mut query =
            self.connection.prepare("SELECT value FROM meta WHERE name = 'finished'")?;
        let values: Vec<String> =
            query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(values == ["yes"])
    }

    /// Brings the actors, the relations, the threads and the full-text index up to the reports and stories that changed
    /// since the last time, and marks the record finished. One transaction.
    pub fn finish(&mut self) -> Result<(), StoreError> {
        self.finish_within(Reach::of(&self.connection)?)
    }

    /// As [`Record::finish`], whatever the share that changed.
    pub fn finish_within(&mut self, reach: Reach) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        count_new(&transaction)?;
        make_aliases(&transaction, reach)?;
        make_actors(&transaction)?;
        make_relations(&transaction, reach)?;
        make_threads(&transaction)?;
        index_words(&transaction, reach)?;
        transaction.execute_batch(
            "DROP TABLE temp.root; DROP TABLE temp.raw; DROP TABLE temp.spelling; DROP TABLE temp.moved;
             DELETE FROM changed;
             INSERT OR REPLACE INTO meta VALUES ('finished', 'yes');",
        )?;
        transaction.commit()?;
        // Folds the log into the file, so that a copied file is whole. No `PRAGMA optimize`: its
        // statistics would tell in what portions the reports came.
        self.connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);")?;
        Ok(())
    }
}

/// How much is made anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Everything: much has changed, or the record is small.
    All,
    /// What the changed reports touch.
    Changed,
}

/// Reports of a record that is made anew as a whole in little time.
const SMALL: i64 = 5_000;
/// Share of the reports, as one in so many, that may have changed where not all is made anew.
const FEW: i64 = 16;

impl Reach {
    fn of(record: &Connection) -> Result<Self, StoreError> {
        let count = |table: &str| -> Result<i64, StoreError> {
            let sql = format!("SELECT count(*) FROM {table}");
            Ok(record.query_row(&sql, [], |row| row.get(0))?)
        };
        let (all, changed) = (count("sketch")?, count("changed")?);
        let few = SMALL < all && changed * FEW < all;
        Ok(if few { Self::Changed } else { Self::All })
    }
}

/// Adds what the new reports say of actors to the counts.
fn count_new(to: &Connection) -> Result<(), StoreError> {
    let mut told = to.prepare(
        "INSERT INTO actor_told
         SELECT actor, name, kind, coalesce(country, ''), sectors, roles, known, 1
           FROM report_actor WHERE report = ?1
         ON CONFLICT DO UPDATE SET reports = reports + 1",
    )?;
    let mut spelt = to.prepare(
        "INSERT INTO actor_spelling
         SELECT actor, name, count(*) FROM mention
          WHERE ?1 <= id AND id < ?2 AND report = ?3 AND actor IS NOT NULL AND form = 'name'
          GROUP BY actor, name
         ON CONFLICT DO UPDATE SET mentions = mentions + excluded.mentions",
    )?;
    let mut sides = to.prepare(&format!(
        "INSERT OR IGNORE INTO relation_side {SIDES} WHERE ?1 <= m.id AND m.id < ?2 AND m.report = ?3"
    ))?;
    let mut query = to.prepare(
        "SELECT r.id, r.key FROM changed c JOIN report r ON r.key = c.report WHERE c.new = 1",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (id, key): (String, i64) = (row.get(0)?, row.get(1)?);
        let report = id.parse().map_err(|_| StoreError::corrupt("a report id", id.clone()))?;
        told.execute([key])?;
        let (first, end) = id_range(Kind::Mention, report);
        spelt.execute(params![first, end, key])?;
        let (first, end) = id_range(Kind::RelationMention, report);
        sides.execute(params![first, end, key])?;
    }
    Ok(())
}

/// Makes `temp.moved`: the keys whose actor is another than before, and what they were under and are now.
const MOVED: &str = "
    CREATE TEMP TABLE moved_alias AS
    SELECT * FROM (SELECT dropped, kept FROM temp.alias_before
                   EXCEPT SELECT dropped, kept FROM actor_alias)
    UNION
    SELECT * FROM (SELECT dropped, kept FROM actor_alias
                   EXCEPT SELECT dropped, kept FROM temp.alias_before);
    CREATE TEMP TABLE moved AS
    SELECT dropped AS key FROM temp.moved_alias UNION SELECT kept FROM temp.moved_alias;
    DROP TABLE temp.moved_alias; DROP TABLE temp.alias_before;";

/// Makes the aliases anew, `temp.root`: the keys of the actors that are to be made anew, and `temp.raw`: the
/// keys that stand for each of these.
fn make_aliases(to: &Connection, reach: Reach) -> Result<(), StoreError> {
    to.execute_batch(
        "CREATE TEMP TABLE root (key TEXT PRIMARY KEY) WITHOUT ROWID;
         CREATE TEMP TABLE raw (actor TEXT PRIMARY KEY, root TEXT NOT NULL) WITHOUT ROWID;
         CREATE TEMP TABLE alias_before AS SELECT dropped, kept FROM actor_alias;
         DELETE FROM actor_alias;",
    )?;
    let mut insert = to.prepare("INSERT INTO actor_alias VALUES (?1, ?2)")?;
    for (dropped, kept) in aliases(to)? {
        insert.execute(params![dropped, kept])?;
    }
    to.execute_batch(MOVED)?;
    match reach {
        Reach::All => to.execute_batch(
            "INSERT OR IGNORE INTO temp.root
             SELECT DISTINCT coalesce(a.kept, t.actor)
               FROM actor_told t LEFT JOIN actor_alias a ON a.dropped = t.actor;
             DELETE FROM actor;",
        )?,
        Reach::Changed => to.execute_batch(
            "INSERT OR IGNORE INTO temp.root
             SELECT DISTINCT coalesce(a.kept, r.actor) FROM changed c
               JOIN report_actor r ON r.report = c.report
               LEFT JOIN actor_alias a ON a.dropped = r.actor;
             INSERT OR IGNORE INTO temp.root SELECT key FROM temp.moved;
             DELETE FROM actor WHERE key IN (SELECT key FROM temp.root);",
        )?,
    }
    to.execute_batch(
        "INSERT INTO temp.raw SELECT key, key FROM temp.root;
         INSERT OR REPLACE INTO temp.raw
         SELECT a.dropped, a.kept FROM temp.root r JOIN actor_alias a ON a.kept = r.key;
",
    )?;
    Ok(())
}

/// The words of titles and texts. An index that is filled in portions finds the same as one that is filled
/// at once, but its inner form differs; so a small record's is always filled at once.
fn index_words(to: &Connection, reach: Reach) -> Result<(), StoreError> {
    let sql = match reach {
        Reach::All => "INSERT INTO report_text(report_text) VALUES ('rebuild')",
        Reach::Changed => {
            "INSERT INTO report_text(rowid, title, text)
             SELECT r.key, r.title, r.text FROM changed c JOIN report r ON r.key = c.report
              WHERE c.new = 1 ORDER BY r.key"
        }
    };
    to.execute(sql, [])?;
    Ok(())
}

/// Follows merges to the key that is kept in the end. A lexicon's key is kept before a made one.
fn aliases(from: &Connection) -> Result<BTreeMap<String, String>, StoreError> {
    let mut query = from.prepare("SELECT DISTINCT dropped, kept FROM actor_merge ORDER BY 1, 2")?;
    let mut rows = query.query([])?;
    let mut groups: BTreeMap<String, String> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let (dropped, kept): (String, String) = (row.get(0)?, row.get(1)?);
        let (a, b) = (root(&groups, &dropped), root(&groups, &kept));
        // Two people of the lexicon are never one, whatever a chain of spellings says.
        if a != b && (is_made(&a) || is_made(&b)) {
            let (under, over) = if is_made(&b) && !is_made(&a) { (b, a) } else { (a, b) };
            groups.insert(under, over);
        }
    }
    Ok(groups.keys().map(|key| (key.clone(), root(&groups, key))).collect())
}

fn is_made(key: &str) -> bool {
    key.starts_with("name:")
}

fn root(groups: &BTreeMap<String, String>, key: &str) -> String {
    let mut at = key;
    while let Some(next) = groups.get(at) {
        at = next;
    }
    at.to_owned()
}

/// Makes the actors of `temp.root`.
fn make_actors(to: &Connection) -> Result<(), StoreError> {
    make_spellings(to)?;
    // The name, kind and country that most reports give; ties go to the longer, then the lesser.
    let mut query = to.prepare(
        "SELECT r.root AS key, t.name, t.kind, nullif(t.country, ''), t.sectors,
                group_concat(DISTINCT t.roles), max(t.known), sum(t.reports)
         FROM temp.raw r JOIN actor_told t ON t.actor = r.actor
         GROUP BY key, t.name, t.kind, t.country, t.sectors
         ORDER BY key, max(t.actor = key) DESC, max(t.known) DESC, sum(t.reports) DESC,
                  length(t.name) DESC, t.name, t.kind, nullif(t.country, ''), t.sectors",
    )?;
    let mut insert = to.prepare(
        "INSERT INTO actor SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7,
           coalesce((SELECT group_concat(spelling, char(10)) FROM
                     (SELECT spelling FROM temp.spelling WHERE key = ?1 ORDER BY count DESC, spelling
                      LIMIT 40)), ''),
           ?8,
           coalesce((SELECT sum(count) FROM temp.spelling WHERE key = ?1), 0),
           ?9",
    )?;
    let mut rows = query.query([])?;
    let mut actor: Option<ActorRow> = None;
    while let Some(row) = rows.next()? {
        let key: String = row.get(0)?;
        if actor.as_ref().is_some_and(|actor| actor.key != key) {
            actor.take().map(|done| done.insert(&mut insert)).transpose()?;
        }
        let roles: String = row.get::<_, Option<String>>(5)?.unwrap_or_default();
        let actor = actor.get_or_insert(ActorRow {
            id: RowId::of(Kind::Actor, [&key]).to_string(),
            key,
            name: row.get(1)?,
            kind: row.get(2)?,
            country: row.get(3)?,
            sectors: row.get(4)?,
            roles: BTreeMap::new(),
            known: false,
            reports: 0,
        });
        actor.country = actor.country.take().or(row.get(3)?);
        for role in roles.split(['\n', ',']).filter(|role| !role.trim().is_empty()) {
            *actor.roles.entry(role.trim().to_owned()).or_default() += 1;
        }
        actor.known |= row.get::<_, bool>(6)?;
        actor.reports += row.get::<_, i64>(7)?;
    }
    actor.map(|done| done.insert(&mut insert)).transpose()?;
    Ok(())
}

struct ActorRow {
    key: String,
    id: String,
    name: String,
    kind: String,
    country: Option<String>,
    sectors: String,
    roles: BTreeMap<String, i64>,
    known: bool,
    reports: i64,
}

impl ActorRow {
    fn insert(self, into: &mut rusqlite::Statement<'_>) -> Result<(), StoreError> {
        let roles: Vec<_> = self.roles.into_keys().collect();
        into.execute(params![
            self.key,
            self.id,
            self.name,
            self.kind,
            self.country,
            self.sectors,
            roles.join("\n"),
            self.known,
            self.reports
        ])?;
        Ok(())
    }
}

/// How each actor of `temp.raw` is named in the texts: `(key, spelling, count)`.
fn make_spellings(to: &Connection) -> Result<(), StoreError> {
    to.execute_batch(
        "CREATE TEMP TABLE spelling AS
         SELECT r.root AS key, s.spelling, sum(s.mentions) AS count
         FROM temp.raw r JOIN actor_spelling s ON s.actor = r.actor
         GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2;
         CREATE INDEX temp.spelling_key ON spelling(key);",
    )?;
    Ok(())
}
