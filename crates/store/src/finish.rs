//! What is the same across stories: actors, relations, and the index of words. Made anew after each read.

use std::collections::BTreeMap;

use chancery_text::{Kind, RowId};
use rusqlite::{Connection, params};

use crate::connection::Record;
use crate::error::StoreError;
use crate::relations::make_relations;

impl Record {
    /// Whether everything that was read has been concluded and indexed.
    pub fn is_finished(&self) -> Result<bool, StoreError> {
        let mut query =
            self.connection.prepare("SELECT value FROM meta WHERE name = 'finished'")?;
        let values: Vec<String> =
            query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(values == ["yes"])
    }

    /// Makes the actors, the relations and the full-text index anew and marks the record finished. One transaction.
    pub fn finish(&mut self) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        make_actors(&transaction)?;
        make_relations(&transaction)?;
        transaction.execute("INSERT INTO report_text(report_text) VALUES ('rebuild')", [])?;
        transaction.execute("INSERT OR REPLACE INTO meta VALUES ('finished', 'yes')", [])?;
        transaction.commit()?;
        // Folds the log into the file, so that a copied file is whole. No `PRAGMA optimize`: its
        // statistics would tell in what portions the reports came.
        self.connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);")?;
        Ok(())
    }
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

fn make_actors(to: &Connection) -> Result<(), StoreError> {
    to.execute_batch("DELETE FROM actor_alias; DELETE FROM actor;")?;
    let mut insert = to.prepare("INSERT INTO actor_alias VALUES (?1, ?2)")?;
    for (dropped, kept) in aliases(to)? {
        insert.execute(params![dropped, kept])?;
    }
    make_spellings(to)?;
    // The name, kind and country that most reports give; ties go to the longer, then the lesser.
    let mut query = to.prepare(
        "SELECT coalesce(a.kept, r.actor) AS key, r.name, r.kind, r.country, r.sectors,
                group_concat(DISTINCT r.roles), max(r.known), count(*)
         FROM report_actor r LEFT JOIN actor_alias a ON a.dropped = r.actor
         GROUP BY key, r.name, r.kind, r.country, r.sectors
         ORDER BY key, (r.actor = key) DESC, max(r.known) DESC, count(*) DESC, length(r.name) DESC,
                  r.name, r.kind, r.country, r.sectors",
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
    to.execute_batch("DROP TABLE temp.spelling;")?;
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

/// How each actor is named in the texts: `(key, spelling, count)`, pronouns left out.
fn make_spellings(to: &Connection) -> Result<(), StoreError> {
    to.execute_batch(
        "CREATE TEMP TABLE spelling AS
         SELECT coalesce(a.kept, m.actor) AS key, name AS spelling, count(*) AS count
         FROM mention m LEFT JOIN actor_alias a ON a.dropped = m.actor
         WHERE m.actor IS NOT NULL AND m.form = 'name'
         GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2;
         CREATE INDEX temp.spelling_key ON spelling(key);",
    )?;
    Ok(())
}
