//! What is concluded about each story: written and dropped as a whole.

use std::collections::{BTreeMap, BTreeSet};

use chancery_resolve::record::{Conclusions, Difference, Evidence, Passage, Statement};
use chancery_text::{Interval, Kind, ReportId, RowId, Span};
use rusqlite::{Connection, params};

use crate::across;
use crate::connection::{Record, SCHEMA_VERSION};
use crate::error::StoreError;
use crate::observed::offsets::CharOffsets;

impl Record {
    /// The ids of the stories that the record holds conclusions of.
    pub fn stories(&self) -> Result<BTreeSet<String>, StoreError> {
        let mut query = self.connection.prepare("SELECT id FROM story")?;
        Ok(query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// The ids of those that were resolved under an older schema, and are to be resolved again.
    pub fn stale_stories(&self) -> Result<BTreeSet<String>, StoreError> {
        let mut query = self.connection.prepare("SELECT id FROM story WHERE resolved_by < ?1")?;
        Ok(query.query_map([SCHEMA_VERSION], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// Drops stories that no longer are, with all that was concluded about them. One transaction.
    pub fn drop_stories(&mut self, stories: &[String]) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        for story in stories {
            drop_story(&transaction, story)?;
        }
        transaction.execute("INSERT OR REPLACE INTO meta VALUES ('finished', 'no')", [])?;
        transaction.commit()?;
        Ok(())
    }

    /// Writes what was concluded about these stories. One transaction.
    pub fn conclude(&mut self, stories: &[Conclusions]) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        for conclusions in stories {
            Writer::new(&transaction, conclusions)?.write(conclusions)?;
        }
        transaction.execute("INSERT OR REPLACE INTO meta VALUES ('finished', 'no')", [])?;
        transaction.commit()?;
        Ok(())
    }
}

/// Tables of rows that belong to a story and that evidence, parties and support point to.
const OWNED: [&str; 8] = [
    "passage",
    "family",
    "origin",
    "event",
    "statement",
    "undertaking",
    "quantity",
    "disagreement",
];

fn drop_story(from: &Connection, story: &str) -> Result<(), StoreError> {
    across::forget(from, story)?;
    from.prepare_cached(
        "INSERT OR IGNORE INTO changed SELECT report, 0, 1 FROM story_report WHERE story = ?1",
    )?
    .execute([story])?;
    for table in OWNED {
        let ids = format!("SELECT id FROM {table} WHERE story = ?1");
        for pointing in ["evidence", "party", "support"] {
            let sql = format!("DELETE FROM {pointing} WHERE row IN ({ids})");
            from.prepare_cached(&sql)?.execute([story])?;
        }
    }
    from.prepare_cached(
        "DELETE FROM evidence WHERE row IN (SELECT id FROM actor_merge WHERE story = ?1)",
    )?
    .execute([story])?;
    let owned = [
        ("family_member", "family"),
        ("origin_report", "origin"),
        ("wording", "statement"),
        ("wording_difference", "statement"),
        ("bearing", "undertaking"),
        ("quantity_figure", "quantity"),
    ];
    for (table, owner) in owned {
        let sql = format!(
            "DELETE FROM {table} WHERE {owner} IN (SELECT id FROM {owner} WHERE story = ?1)"
        );
        from.prepare_cached(&sql)?.execute([story])?;
    }
    for table in
        OWNED.iter().chain(&["story_term", "story_report", "story_date_reason", "actor_merge"])
    {
        from.prepare_cached(&format!("DELETE FROM {table} WHERE story = ?1"))?.execute([story])?;
    }
    from.prepare_cached("DELETE FROM story WHERE id = ?1")?.execute([story])?;
    Ok(())
}

/// Start and end of a span in bytes, then in code points.
fn places(text: &str, span: Option<Span>) -> [Option<u32>; 4] {
    let Some(span) = span else { return [None; 4] };
    let offsets = CharOffsets::new(text);
    let chars = [span.start, span.end].map(|at| Some(offsets.chars(at)));
    [Some(span.start), Some(span.end), chars[0], chars[1]]
}

/// Writes what is concluded from some reports.
pub(crate) struct Writer<'a> {
    to: &'a Connection,
    /// Their story; `None` where they are of several.
    story: Option<String>,
    texts: BTreeMap<ReportId, String>,
}

fn first(interval: Interval) -> Option<String> {
    interval.first.map(|day| day.to_string())
}

fn last(interval: Interval) -> Option<String> {
    interval.last.map(|day| day.to_string())
}

impl<'a> Writer<'a> {
    fn new(to: &'a Connection, conclusions: &Conclusions) -> Result<Self, StoreError> {
        let story = conclusions.story.as_ref();
        let story =
            story.ok_or_else(|| StoreError::corrupt("a story", "conclusions without one"))?;
        Ok(Self { story: Some(story.id.to_string()), ..Self::across(to, &story.reports)? })
    }

    /// For what reports of different stories share.
    pub(crate) fn across(to: &'a Connection, reports: &[ReportId]) -> Result<Self, StoreError> {
        let mut texts = BTreeMap::new();
        let mut query = to.prepare_cached("SELECT text FROM report WHERE key = ?1")?;
        for &report in reports {
            texts.insert(report, query.query_row([report.integer()], |row| row.get(0))?);
        }
        Ok(Self { to, story: None, texts })
    }

    fn run(&self, sql: &str, values: impl rusqlite::Params) -> Result<(), StoreError> {
        self.to.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }

    fn write(&self, conclusions: &Conclusions) -> Result<(), StoreError> {
        self.write_story(conclusions)?;
        self.write_copies(conclusions)?;
        self.write_events(conclusions)?;
        self.write_statements(conclusions)?;
        self.write_undertakings(conclusions)?;
        self.write_quantities(conclusions)?;
        for row in &conclusions.disagreements {
            let (id, about) = (row.id.to_string(), row.about.map(|about| about.to_string()));
            let sql = "INSERT INTO disagreement VALUES (?1, ?2, ?3, ?4, ?5)";
            self.run(sql, params![id, self.story, row.topic.name(), row.sentence, about])?;
            self.evidence(row.id, &row.evidence)?;
        }
        Ok(())
    }

    fn write_story(&self, conclusions: &Conclusions) -> Result<(), StoreError> {
        let Some(story) = &conclusions.story else { return Ok(()) };
        let days = (first(story.interval), last(story.interval));
        let sql = "INSERT OR REPLACE INTO story VALUES (?1, ?2, ?3, ?4, ?5)";
        self.run(sql, params![self.story, story.title, days.0, days.1, SCHEMA_VERSION])?;
        for (position, term) in (0i64..).zip(&story.terms) {
            let sql = "INSERT INTO story_term VALUES (?1, ?2, ?3, ?4, ?5)";
            self.run(sql, params![self.story, position, term.key, term.text, term.weight])?;
        }
        for row in &conclusions.dates {
            let (key, basis) = (row.report.integer(), row.basis.name());
            let days = (first(row.interval), last(row.interval));
            self.run("INSERT OR IGNORE INTO changed VALUES (?1, 0, 1)", [key])?;
            let sql = "INSERT INTO story_report VALUES (?1, ?2, ?3, ?4, ?5)";
            self.run(sql, params![self.story, key, days.0, days.1, basis])?;
            let sql = "INSERT INTO story_date_reason VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            for (position, (seen_in, reason)) in (0i64..).zip(&row.reasons) {
                let (start, end) = (reason.span.map(|s| s.start), reason.span.map(|s| s.end));
                let seen_in = seen_in.integer();
                self.run(
                    sql,
                    params![self.story, key, position, reason.text, seen_in, start, end],
                )?;
            }
        }
        for row in &conclusions.merges {
            let id = RowId::of(Kind::Actor, [&story.id.to_string(), &row.from, &row.into]);
            let sql = "INSERT OR IGNORE INTO actor_merge VALUES (?1, ?2, ?3, ?4, ?5)";
            self.run(sql, params![self.story, row.from, row.into, id.to_string(), row.reason])?;
            self.evidence(id, &row.evidence)?;
        }
        Ok(())
    }

    pub(crate) fn write_passages(&self, passages: &[Passage]) -> Result<(), StoreError> {
        for row in passages {
            let (left, right) = (row.left.0.integer(), row.right.0.integer());
            let sql = "INSERT OR IGNORE INTO passage VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            let id = row.id.to_string();
            self.run(sql, params![id, self.story, left, right, row.words, row.identity])?;
            let side = |(report, span), role| Evidence { report, span, role, row: None };
            self.evidence(row.id, &[side(row.left, "left"), side(row.right, "right")])?;
        }
        Ok(())
    }

    fn write_copies(&self, conclusions: &Conclusions) -> Result<(), StoreError> {
        self.write_passages(&conclusions.passages)?;
        for row in &conclusions.families {
            let id = row.id.to_string();
            self.run("INSERT OR IGNORE INTO family VALUES (?1, ?2)", params![id, self.story])?;
            for member in &row.members {
                let sql = "INSERT OR IGNORE INTO family_member VALUES (?1, ?2, ?3, ?4, ?5)";
                let parent = member.parent.map(ReportId::integer);
                let (key, reasons) = (member.report.integer(), member.reasons.join("\n"));
                self.run(sql, params![id, key, parent, member.coverage, reasons])?;
            }
        }
        for row in &conclusions.origins {
            let (id, reasons) = (row.id.to_string(), row.reasons.join("\n"));
            let sql = "INSERT OR IGNORE INTO origin VALUES (?1, ?2, ?3, ?4, ?5)";
            self.run(sql, params![id, self.story, row.name, row.kind, reasons])?;
            for report in &row.reports {
                let sql = "INSERT OR IGNORE INTO origin_report VALUES (?1, ?2)";
                self.run(sql, params![id, report.integer()])?;
            }
            self.evidence(row.id, &row.evidence)?;
        }
        Ok(())
    }

    fn write_events(&self, conclusions: &Conclusions) -> Result<(), StoreError> {
        for row in &conclusions.events {
            let sql = "INSERT OR IGNORE INTO event VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15)";
            self.run(
                sql,
                params![
                    row.id.to_string(),
                    self.story,
                    row.summary,
                    row.plover.name(),
                    row.mode,
                    row.contexts.join(" "),
                    row.cameo,
                    row.quad.name(),
                    row.score,
                    row.status.name(),
                    row.place,
                    first(row.when),
                    last(row.when),
                    row.footing.name(),
                    row.on_word_of.join("; ")
                ],
            )?;
            self.parties(row.id, "source", &row.sources)?;
            self.parties(row.id, "target", &row.targets)?;
            self.support(row.id, &row.reports, &row.origins)?;
            self.evidence(row.id, &row.evidence)?;
        }
        Ok(())
    }

    fn write_statements(&self, conclusions: &Conclusions) -> Result<(), StoreError> {
        for row in &conclusions.statements {
            let id = row.id.to_string();
            let sql = "INSERT OR IGNORE INTO statement VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)";
            self.run(
                sql,
                params![
                    id,
                    self.story,
                    row.speaker,
                    row.speaker_text,
                    row.addressee,
                    row.denied,
                    row.text,
                    first(row.when),
                    last(row.when),
                    row.best.to_string()
                ],
            )?;
            self.write_wordings(row)?;
            self.support(row.id, &row.reports, &row.origins)?;
            self.evidence(row.id, &row.evidence)?;
        }
        Ok(())
    }

    fn write_wordings(&self, statement: &Statement) -> Result<(), StoreError> {
        let id = statement.id.to_string();
        let best = statement.wordings.iter().find(|one| one.quotation == statement.best);
        for wording in &statement.wordings {
            let (quotation, key) = (wording.quotation.to_string(), wording.report.integer());
            let texts = (
                self.text(best.map_or(wording.report, |best| best.report))?,
                self.text(wording.report)?,
            );
            let readable = Difference::list(&wording.differences, texts.0, texts.1);
            let sql = "INSERT OR IGNORE INTO wording VALUES (?1, ?2, ?3, ?4, ?5)";
            self.run(sql, params![id, quotation, key, wording.text, readable])?;
            for (position, difference) in (0i64..).zip(&wording.differences) {
                self.write_difference([&id, &quotation], position, difference, texts)?;
            }
        }
        Ok(())
    }

    fn write_difference(
        &self,
        of: [&str; 2],
        position: i64,
        difference: &Difference,
        texts: (&str, &str),
    ) -> Result<(), StoreError> {
        let [dropped, added] = difference.words(texts.0, texts.1);
        let [a, b, c, d] = places(texts.0, difference.best);
        let [e, f, g, h] = places(texts.1, difference.own);
        let change = difference.change.name();
        self.run(
            "INSERT OR IGNORE INTO wording_difference
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            params![of[0], of[1], position, change, dropped, added, a, b, c, d, e, f, g, h],
        )
    }

    fn text(&self, report: ReportId) -> Result<&str, StoreError> {
        let text = self.texts.get(&report);
        text.map(String::as_str).ok_or_else(|| {
            StoreError::corrupt("evidence from the story's reports", report.to_string())
        })
    }

    fn write_undertakings(&self, conclusions: &Conclusions) -> Result<(), StoreError> {
        for row in &conclusions.undertakings {
            let id = row.id.to_string();
            let deadline = row.deadline.unwrap_or_default();
            let sql = "INSERT OR IGNORE INTO undertaking VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9)";
            self.run(
                sql,
                params![
                    id,
                    self.story,
                    row.kind.name(),
                    row.what,
                    row.condition,
                    first(deadline),
                    last(deadline),
                    first(row.when),
                    last(row.when)
                ],
            )?;
            for bearing in &row.bearings {
                let (about, kind) = (bearing.row.to_string(), bearing.kind.name());
                let sql = "INSERT OR IGNORE INTO bearing VALUES (?1, ?2, ?3, ?4)";
                self.run(sql, params![id, about, bearing.text, kind])?;
            }
            self.parties(row.id, "by", &row.by)?;
            self.parties(row.id, "to", &row.to)?;
            self.support(row.id, &row.reports, &row.origins)?;
            self.evidence(row.id, &row.evidence)?;
        }
        Ok(())
    }

    fn write_quantities(&self, conclusions: &Conclusions) -> Result<(), StoreError> {
        for row in &conclusions.quantities {
            let sql = "INSERT OR IGNORE INTO quantity VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)";
            self.run(
                sql,
                params![
                    row.id.to_string(),
                    self.story,
                    row.text,
                    row.low,
                    row.high,
                    row.counted,
                    row.state,
                    first(row.when),
                    last(row.when),
                    row.on_word_of.join("; ")
                ],
            )?;
            for figure in &row.figures {
                let sql = "INSERT OR IGNORE INTO quantity_figure VALUES (?1, ?2)";
                self.run(sql, params![figure.to_string(), row.id.to_string()])?;
            }
            self.support(row.id, &row.reports, &row.origins)?;
            self.evidence(row.id, &row.evidence)?;
        }
        Ok(())
    }

    fn parties(&self, row: RowId, role: &str, actors: &[String]) -> Result<(), StoreError> {
        (0i64..).zip(actors).try_for_each(|(position, actor)| {
            let sql = "INSERT OR IGNORE INTO party VALUES (?1, ?2, ?3, ?4)";
            self.run(sql, params![row.to_string(), role, position, actor])
        })
    }

    fn support(
        &self,
        row: RowId,
        reports: &[ReportId],
        origins: &[RowId],
    ) -> Result<(), StoreError> {
        let sql = "INSERT OR IGNORE INTO support VALUES (?1, ?2, ?3)";
        reports.iter().zip(origins).try_for_each(|(report, origin)| {
            self.run(sql, params![row.to_string(), origin.to_string(), report.integer()])
        })
    }

    fn evidence(&self, row: RowId, evidence: &[Evidence]) -> Result<(), StoreError> {
        let sql = "INSERT OR IGNORE INTO evidence VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        for place in evidence {
            let text = self.text(place.report)?;
            let offsets = CharOffsets::new(text);
            self.run(
                sql,
                params![
                    row.to_string(),
                    place.role,
                    place.report.integer(),
                    place.span.start,
                    place.span.end,
                    offsets.chars(place.span.start),
                    offsets.chars(place.span.end),
                    place.row.map_or_else(String::new, |row| row.to_string())
                ],
            )?;
        }
        Ok(())
    }
}
