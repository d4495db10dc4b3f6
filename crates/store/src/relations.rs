//! One relation of two actors from all its mentions: brought up to date after each read, as the actors are.
//!
//! Mentions come sorted by their two actors and kind, so that one relation is in memory at a time.

use std::collections::{BTreeMap, BTreeSet};

use chancery_text::{Kind, RowId};
use rusqlite::{Connection, Row, Statement, params};

use crate::error::StoreError;
use crate::finish::Reach;
use crate::observed::id_range;

/// The two sides of relation mentions `m`, as observed, and the mention.
pub(crate) const SIDES: &str = "
    SELECT coalesce(s.actor, 'text:' || lower(s.name)),
           CASE WHEN m.kind = 'same-as' THEN 'text:' || lower(o.name)
                ELSE coalesce(o.actor, 'text:' || lower(o.name)) END,
           m.id
      FROM relation_mention m
      JOIN argument a ON a.row = m.id AND a.role = 'subject' JOIN mention s ON s.id = a.mention
      JOIN argument b ON b.row = m.id AND b.role = 'object' JOIN mention o ON o.id = b.mention";

/// Mentions of `temp.remade` with the actors under the keys that are kept, without those of forces that no
/// name tells apart ("the army"): they are another's in another report. What holds both ways is told once,
/// the lesser key first; another name of an actor is what it is written as.
const MENTIONS: &str = "
    WITH told AS (
        SELECT m.id, m.kind, m.ended, m.negated, m.first_day, m.last_day, m.quotation, m.report,
               coalesce(sa.kept, s.actor, 'text:' || lower(s.name)) AS subject, s.name AS subject_text,
               CASE WHEN m.kind = 'same-as' THEN 'text:' || lower(o.name)
                    ELSE coalesce(oa.kept, o.actor, 'text:' || lower(o.name)) END AS object,
               o.name AS object_text, m.kind IN ('allied-with', 'borders') AS mutual
          FROM temp.remade x CROSS JOIN relation_mention m ON m.id = x.mention
          JOIN argument a ON a.row = m.id AND a.role = 'subject' JOIN mention s ON s.id = a.mention
          JOIN argument b ON b.row = m.id AND b.role = 'object' JOIN mention o ON o.id = b.mention
          LEFT JOIN actor_alias sa ON sa.dropped = s.actor
          LEFT JOIN actor_alias oa ON oa.dropped = o.actor)
    SELECT t.kind,
           CASE WHEN mutual THEN min(subject, object) ELSE subject END AS one,
           CASE WHEN mutual THEN max(subject, object) ELSE object END AS other,
           CASE WHEN mutual AND object < subject THEN object_text ELSE subject_text END,
           CASE WHEN mutual AND object < subject THEN subject_text ELSE object_text END,
           t.id, t.report, x.origin, t.ended, t.negated, t.first_day, t.last_day,
           coalesce(r.first_day, r.last_day), coalesce(r.last_day, r.first_day),
           CASE WHEN t.quotation IS NULL THEN NULL ELSE coalesce(p.name, v.name, 'open') END
      FROM told t
      LEFT JOIN story_report r ON r.report = t.report
      LEFT JOIN origin_report x ON x.report = t.report
      LEFT JOIN quotation q ON q.id = t.quotation LEFT JOIN mention v ON v.id = q.speaker
      LEFT JOIN actor_alias va ON va.dropped = v.actor
      LEFT JOIN actor p ON p.key = coalesce(va.kept, v.actor)
     WHERE subject <> object AND subject NOT LIKE 'role::%' AND object NOT LIKE 'role::%'
     ORDER BY t.kind, one, other, t.id";

/// The pairs of actors, the lesser key first, that relation mentions of changed reports are of, or that
/// moved to another actor; what these pairs had goes, and all mentions of them are to be read again.
const REMADE: &str = "
    CREATE TEMP TABLE pair (one TEXT, other TEXT, PRIMARY KEY (one, other)) WITHOUT ROWID;
    INSERT OR IGNORE INTO temp.pair
    SELECT min(coalesce(sa.kept, s.subject), coalesce(oa.kept, s.object)),
           max(coalesce(sa.kept, s.subject), coalesce(oa.kept, s.object))
      FROM temp.side s
      LEFT JOIN actor_alias sa ON sa.dropped = s.subject
      LEFT JOIN actor_alias oa ON oa.dropped = s.object;
    INSERT OR IGNORE INTO temp.pair
    SELECT min(subject, object), max(subject, object) FROM relation
     WHERE subject IN (SELECT key FROM temp.moved) OR object IN (SELECT key FROM temp.moved);
    INSERT OR IGNORE INTO temp.pair
    SELECT min(coalesce(sa.kept, s.subject), coalesce(oa.kept, s.object)),
           max(coalesce(sa.kept, s.subject), coalesce(oa.kept, s.object))
      FROM relation_side s
      LEFT JOIN actor_alias sa ON sa.dropped = s.subject
      LEFT JOIN actor_alias oa ON oa.dropped = s.object
     WHERE s.subject IN (SELECT key FROM temp.moved) OR s.object IN (SELECT key FROM temp.moved);

    CREATE TEMP TABLE dropped_relation AS
    SELECT r.id FROM temp.pair p CROSS JOIN relation r ON r.subject = p.one AND r.object = p.other
    UNION
    SELECT r.id FROM temp.pair p CROSS JOIN relation r ON r.subject = p.other AND r.object = p.one;
    DELETE FROM evidence WHERE row IN (SELECT id FROM temp.dropped_relation);
    DELETE FROM relation WHERE id IN (SELECT id FROM temp.dropped_relation);

    CREATE TEMP TABLE stands_for (root TEXT, actor TEXT, PRIMARY KEY (root, actor)) WITHOUT ROWID;
    INSERT OR IGNORE INTO temp.stands_for SELECT one, one FROM temp.pair;
    INSERT OR IGNORE INTO temp.stands_for SELECT other, other FROM temp.pair;
    INSERT OR IGNORE INTO temp.stands_for
    SELECT a.kept, a.dropped FROM temp.stands_for f CROSS JOIN actor_alias a ON a.kept = f.root;
    INSERT OR IGNORE INTO temp.remade
    SELECT s.mention FROM temp.pair p
      CROSS JOIN temp.stands_for a ON a.root = p.one CROSS JOIN temp.stands_for b ON b.root = p.other
      CROSS JOIN relation_side s ON s.subject = a.actor AND s.object = b.actor
    UNION
    SELECT s.mention FROM temp.pair p
      CROSS JOIN temp.stands_for a ON a.root = p.one CROSS JOIN temp.stands_for b ON b.root = p.other
      CROSS JOIN relation_side s ON s.subject = b.actor AND s.object = a.actor;
    DROP TABLE temp.stands_for; DROP TABLE temp.dropped_relation; DROP TABLE temp.pair;";

/// Makes all relations anew, or those that changed reports and moved actors touch. The actors must have
/// been made.
pub(crate) fn make_relations(to: &Connection, reach: Reach) -> Result<(), StoreError> {
    to.execute_batch("CREATE TEMP TABLE remade (mention TEXT PRIMARY KEY) WITHOUT ROWID;")?;
    match reach {
        Reach::All => to.execute_batch(
            "DELETE FROM evidence WHERE row >= 'rel_' AND row < 'rel_~'; DELETE FROM relation;
             INSERT INTO temp.remade SELECT id FROM relation_mention;",
        )?,
        Reach::Changed => {
            collect_sides(to)?;
            to.execute_batch(REMADE)?;
        }
    }
    write_relations(to)?;
    to.execute_batch("DROP TABLE temp.remade; DROP TABLE IF EXISTS temp.side;")?;
    Ok(())
}

/// Makes `temp.side`: the two sides of the relation mentions of changed reports.
fn collect_sides(to: &Connection) -> Result<(), StoreError> {
    to.execute_batch("CREATE TEMP TABLE side (subject TEXT, object TEXT, mention TEXT)")?;
    let mut insert = to.prepare(&format!(
        "INSERT INTO temp.side {SIDES} WHERE ?1 <= m.id AND m.id < ?2 AND m.report = ?3"
    ))?;
    let mut query =
        to.prepare("SELECT r.id, r.key FROM changed c JOIN report r ON r.key = c.report")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (id, key): (String, i64) = (row.get(0)?, row.get(1)?);
        let report = id.parse().map_err(|_| StoreError::corrupt("a report id", id.clone()))?;
        let (first, end) = id_range(Kind::RelationMention, report);
        insert.execute(params![first, end, key])?;
    }
    Ok(())
}

fn write_relations(to: &Connection) -> Result<(), StoreError> {
    let mut writer = Writer {
        relation: to.prepare(
            "INSERT INTO relation VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15)",
        )?,
        evidence: to.prepare(
            "INSERT OR IGNORE INTO evidence
             SELECT ?1, 'mention', report, start_byte, end_byte, start_char, end_char, ?2
               FROM evidence WHERE row = ?2 AND role = 'span'",
        )?,
    };
    let mut query = to.prepare(MENTIONS)?;
    let mut rows = query.query([])?;
    let mut open: Option<Group> = None;
    while let Some(row) = rows.next()? {
        let key = [row.get(0)?, row.get(1)?, row.get(2)?];
        if open.as_ref().is_some_and(|group| group.key != key) {
            open.take().map(|group| writer.write(&group)).transpose()?;
        }
        open.get_or_insert_with(|| Group::new(key)).add(row)?;
    }
    open.map(|group| writer.write(&group)).transpose()?;
    Ok(())
}

/// The mentions of one relation, as far as its row needs them.
struct Group {
    /// Kind, subject, object.
    key: [String; 3],
    names: [BTreeMap<String, usize>; 2],
    mentions: Vec<String>,
    reports: BTreeSet<i64>,
    origins: BTreeSet<String>,
    /// Ends of the days of the reports, and of those that say that it is over.
    days: BTreeSet<String>,
    last_held: String,
    last_ended: String,
    ended: usize,
    negated: usize,
    held: BTreeMap<[Option<String>; 2], usize>,
    /// Who says so; `None` for a report's own voice.
    speakers: BTreeSet<Option<String>>,
}

impl Group {
    fn new(key: [String; 3]) -> Self {
        Self {
            key,
            names: Default::default(),
            mentions: Vec::new(),
            reports: BTreeSet::new(),
            origins: BTreeSet::new(),
            days: BTreeSet::new(),
            last_held: String::new(),
            last_ended: String::new(),
            ended: 0,
            negated: 0,
            held: BTreeMap::new(),
            speakers: BTreeSet::new(),
        }
    }

    fn add(&mut self, row: &Row<'_>) -> Result<(), StoreError> {
        for (side, column) in [(0, 3), (1, 4)] {
            *self.names[side].entry(row.get(column)?).or_default() += 1;
        }
        self.mentions.push(row.get(5)?);
        self.reports.insert(row.get(6)?);
        self.origins.extend(row.get::<_, Option<String>>(7)?);
        let (ended, negated): (bool, bool) = (row.get(8)?, row.get(9)?);
        self.ended += usize::from(ended);
        self.negated += usize::from(negated);
        let held = [row.get(10)?, row.get(11)?];
        if held != [None, None] {
            *self.held.entry(held).or_default() += 1;
        }
        let last: Option<String> = row.get(13)?;
        let latest = if ended { &mut self.last_ended } else { &mut self.last_held };
        *latest = std::mem::take(latest).max(last.clone().unwrap_or_default());
        self.days.extend(row.get::<_, Option<String>>(12)?.into_iter().chain(last));
        self.speakers.insert(row.get(14)?);
        Ok(())
    }

    /// Over where the latest report that tells it says so.
    fn status(&self) -> &'static str {
        match () {
            () if self.negated == self.mentions.len() => "negated",
            () if 0 < self.negated => "disputed",
            () if 0 < self.ended && self.last_held <= self.last_ended => "ended",
            () => "holds",
        }
    }

    /// The name that most mentions give; ties go to the longer, then the lesser.
    fn name(&self, side: usize) -> &str {
        let names = self.names[side].iter().rev();
        names.max_by_key(|(name, count)| (**count, name.len())).map_or("", |(name, _)| name)
    }

    /// The days on which it held that most mentions give; ties go to those with more ends.
    fn held(&self) -> [Option<String>; 2] {
        let ends = |held: &[Option<String>; 2]| held.iter().flatten().count();
        let most = self.held.iter().rev().max_by_key(|(held, count)| (**count, ends(held)));
        most.map_or([None, None], |(held, _)| held.clone())
    }

    fn on_word_of(&self) -> String {
        let speakers: Option<Vec<&str>> =
            self.speakers.iter().map(|speaker| speaker.as_deref()).collect();
        speakers.unwrap_or_default().join("; ")
    }
}

struct Writer<'a> {
    relation: Statement<'a>,
    evidence: Statement<'a>,
}

impl Writer<'_> {
    fn write(&mut self, group: &Group) -> Result<(), StoreError> {
        let id = RowId::of(Kind::Relation, &group.key).to_string();
        let [kind, subject, object] = &group.key;
        let [since, until] = group.held();
        self.relation.execute(params![
            id,
            kind,
            subject,
            group.name(0),
            object,
            group.name(1),
            group.status(),
            since,
            until,
            group.on_word_of(),
            group.days.first(),
            group.days.last(),
            group.mentions.len() as i64,
            group.reports.len() as i64,
            group.origins.len() as i64,
        ])?;
        for mention in &group.mentions {
            self.evidence.execute(params![id, mention])?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A relation told by so many mentions, the last day of those that say it holds, and of those that
    /// say it is over.
    fn told(mentions: usize, negated: usize, held: &str, ended: &str) -> Group {
        let mut group = Group::new(["heads".into(), "a".into(), "b".into()]);
        group.mentions = (0..mentions).map(|at| at.to_string()).collect();
        group.negated = negated;
        group.ended = usize::from(!ended.is_empty());
        (group.last_held, group.last_ended) = (held.into(), ended.into());
        group
    }

    #[test]
    fn the_latest_report_says_whether_it_is_over() {
        assert_eq!(told(2, 0, "2014-03-01", "2016-05-01").status(), "ended");
        assert_eq!(told(2, 0, "2016-05-01", "2014-03-01").status(), "holds");
        assert_eq!(told(1, 0, "", "2014-03-01").status(), "ended");
    }

    #[test]
    fn what_some_deny_is_disputed_and_what_all_deny_is_negated() {
        assert_eq!(told(3, 1, "2014-03-01", "").status(), "disputed");
        assert_eq!(told(2, 2, "2014-03-01", "").status(), "negated");
    }

    #[test]
    fn a_report_in_its_own_voice_needs_no_speaker() {
        let mut group = told(2, 0, "", "");
        group.speakers.insert(Some("Odo Brandt".into()));
        assert_eq!(group.on_word_of(), "Odo Brandt");
        group.speakers.insert(None);
        assert_eq!(group.on_word_of(), "");
    }

    #[test]
    fn the_days_that_most_mentions_give_count() {
        let mut group = told(3, 0, "", "");
        group.held.insert([Some("2014-01-01".into()), None], 2);
        group.held.insert([Some("2012-01-01".into()), Some("2015-12-31".into())], 1);
        assert_eq!(group.held(), [Some("2014-01-01".to_owned()), None]);
    }
}
