use std::collections::HashMap;

use chancery_annotate::Observed;
use chancery_resolve::Reading;
use chancery_resolve::block::Sketch;
use chancery_text::{Interval, Report, ReportId, RowId, Source, Span};
use rusqlite::{Connection, OptionalExtension, params};

use super::Known;
use super::offsets::CharOffsets;
use crate::connection::Record;
use crate::error::StoreError;

impl Record {
    /// What the record has of this report.
    pub fn knows(&self, report: ReportId, source: &Source) -> Result<Known, StoreError> {
        let mut query = self.connection.prepare_cached("SELECT 1 FROM report WHERE key = ?1")?;
        if query.query_row([report.integer()], |_| Ok(())).optional()?.is_none() {
            return Ok(Known::New);
        }
        let mut query = self.connection.prepare_cached(
            "SELECT 1 FROM source WHERE report = ?1 AND path = ?2 AND member = ?3",
        )?;
        let key = params![report.integer(), source.path, source.member.unwrap_or(0)];
        let same = query.query_row(key, |_| Ok(())).optional()?.is_some();
        Ok(if same { Known::Same } else { Known::Elsewhere })
    }

    /// Writes what was read in these reports, in one transaction. A report that the record has
    /// already only gains the place it was read from. Returns how many were new.
    pub fn add(
        &mut self,
        readings: &[(Reading, u32, Sketch)],
        again: &[(ReportId, Source)],
    ) -> Result<usize, StoreError> {
        let transaction = self.connection.transaction()?;
        let mut new = 0;
        for (reading, words, sketch) in readings {
            if insert_report(&transaction, &reading.report, &reading.observed, *words)? {
                new += 1;
                insert_details(&transaction, &reading.report, &reading.observed)?;
                insert_rows(&transaction, &reading.report, &reading.observed)?;
                insert_sketch(&transaction, sketch)?;
            }
            insert_source(&transaction, reading.report.id, &reading.report.source)?;
        }
        for (report, source) in again {
            insert_source(&transaction, *report, source)?;
        }
        transaction.execute("INSERT OR REPLACE INTO meta VALUES ('finished', 'no')", [])?;
        transaction.commit()?;
        Ok(new)
    }
}

fn insert_source(to: &Connection, report: ReportId, source: &Source) -> Result<(), StoreError> {
    to.prepare_cached("INSERT OR IGNORE INTO source VALUES (?1, ?2, ?3)")?.execute(params![
        report.integer(),
        source.path,
        source.member.unwrap_or(0)
    ])?;
    Ok(())
}

/// Its blocks are made of it later, many reports at once.
fn insert_sketch(to: &Connection, sketch: &Sketch) -> Result<(), StoreError> {
    let report = sketch.report.integer();
    to.prepare_cached("INSERT INTO sketch VALUES (?1, 0, ?2)")?
        .execute(params![report, sketch.to_bytes()])?;
    to.prepare_cached("INSERT INTO changed VALUES (?1, 1, 0)")?.execute([report])?;
    Ok(())
}

/// An end of an interval as it is stored.
fn day(date: Option<jiff::civil::Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

fn text_id(id: Option<RowId>) -> Option<String> {
    id.map(|id| id.to_string())
}

fn insert_report(
    to: &Connection,
    report: &Report,
    observed: &Observed,
    words: u32,
) -> Result<bool, StoreError> {
    let metadata = &report.metadata;
    let authors = (!metadata.authors.is_empty()).then(|| metadata.authors.join("\n"));
    let stated = observed.date.stated.unwrap_or_default();
    let inserted = to
        .prepare_cached(
            "INSERT OR IGNORE INTO report VALUES
             (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21,?22,?23,?24)",
        )?
        .execute(params![
            report.id.integer(),
            report.id.to_string(),
            title(report, observed),
            metadata.outlet,
            authors,
            metadata.url,
            metadata.published,
            metadata.modified,
            metadata.title,
            metadata.language,
            report.source.format,
            report.source.charset,
            observed.language.code,
            observed.language.reliable,
            observed.language.read,
            day(observed.date.interval.first),
            day(observed.date.interval.last),
            observed.date.basis.name(),
            day(stated.first),
            day(stated.last),
            observed.title.map(|span| span.start),
            observed.title.map(|span| span.end),
            words,
            report.text,
        ])?;
    Ok(inserted == 1)
}

/// The headline, what the container calls it, or how the prose begins.
fn title(report: &Report, observed: &Observed) -> String {
    let line = |span: &Span| one_line(report.slice(*span));
    observed
        .title
        .as_ref()
        .map(line)
        .or_else(|| report.metadata.title.clone())
        .or_else(|| observed.prose.first().map(line).map(|text| shorten(&text, 100)))
        .unwrap_or_else(|| shorten(&one_line(&report.text), 100))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// At most `limit` characters, cut at a word and marked.
fn shorten(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        None => text.to_owned(),
        Some((at, _)) => {
            let end = text[..at].rfind(' ').unwrap_or(at);
            format!("{} …", &text[..end])
        }
    }
}

fn insert_details(to: &Connection, report: &Report, observed: &Observed) -> Result<(), StoreError> {
    let key = report.id.integer();
    let mut stretch = to.prepare_cached("INSERT OR IGNORE INTO stretch VALUES (?1, ?2, ?3, ?4)")?;
    for span in &observed.prose {
        stretch.execute(params![key, "prose", span.start, span.end])?;
    }
    for span in &observed.sentences {
        stretch.execute(params![key, "sentence", span.start, span.end])?;
    }
    for part in &report.parts {
        let kind = format!("part:{}", part.field);
        stretch.execute(params![key, kind, part.span.start, part.span.end])?;
    }
    let mut notice = to.prepare_cached("INSERT OR IGNORE INTO notice VALUES (?1, ?2, ?3)")?;
    for row in &report.notices {
        notice.execute(params![key, row.code, row.text])?;
    }
    let mut repair = to.prepare_cached("INSERT INTO repair VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for row in report.alignment.repairs() {
        repair.execute(params![key, row.span.start, row.span.end, row.was, row.reason])?;
    }
    let mut reason = to.prepare_cached("INSERT INTO date_reason VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (position, row) in (0i64..).zip(&observed.date.reasons) {
        let (start, end) = (row.span.map(|s| s.start), row.span.map(|s| s.end));
        reason.execute(params![key, position, row.text, start, end])?;
    }
    let mut actor =
        to.prepare_cached("INSERT INTO report_actor VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
    for row in &observed.actors {
        let sectors: Vec<_> = row.sectors.iter().map(|sector| sector.name()).collect();
        actor.execute(params![
            key,
            row.key,
            row.name,
            row.kind.name(),
            row.country,
            sectors.join(" "),
            row.roles.join("\n"),
            row.known
        ])?;
    }
    Ok(())
}

/// Writes the places in the text of rows of one report.
struct EvidenceWriter<'a> {
    to: &'a Connection,
    report: i64,
    offsets: CharOffsets<'a>,
}

impl EvidenceWriter<'_> {
    fn put(&self, row: RowId, role: &str, span: Span) -> Result<(), StoreError> {
        self.to
            .prepare_cached("INSERT OR IGNORE INTO evidence VALUES (?1,?2,?3,?4,?5,?6,?7,'')")?
            .execute(params![
                row.to_string(),
                role,
                self.report,
                span.start,
                span.end,
                self.offsets.chars(span.start),
                self.offsets.chars(span.end)
            ])?;
        Ok(())
    }

    fn put_all<'s>(
        &self,
        row: RowId,
        role: &str,
        spans: impl IntoIterator<Item = &'s Span>,
    ) -> Result<(), StoreError> {
        spans.into_iter().try_for_each(|span| self.put(row, role, *span))
    }
}

fn insert_rows(to: &Connection, report: &Report, observed: &Observed) -> Result<(), StoreError> {
    let key = report.id.integer();
    let evidence = EvidenceWriter { to, report: key, offsets: CharOffsets::new(&report.text) };
    let mut insert = to.prepare_cached("INSERT OR IGNORE INTO residue VALUES (?1, ?2, ?3)")?;
    for row in &observed.residue {
        insert.execute(params![row.id.to_string(), key, row.reason.name()])?;
        evidence.put(row.id, "span", row.span)?;
    }
    let mut insert = to.prepare_cached("INSERT OR IGNORE INTO credit VALUES (?1, ?2, ?3, ?4)")?;
    for row in &observed.credits {
        insert.execute(params![row.id.to_string(), key, row.kind.name(), row.name])?;
        evidence.put(row.id, "span", row.span)?;
        evidence.put(row.id, "name", row.name_span)?;
    }
    insert_mentions(to, report, observed, &evidence)?;
    insert_values(to, key, observed, &evidence)?;
    insert_clauses(to, key, observed, &evidence)
}

fn insert_mentions(
    to: &Connection,
    report: &Report,
    observed: &Observed,
    evidence: &EvidenceWriter<'_>,
) -> Result<(), StoreError> {
    let key = report.id.integer();
    let mut insert =
        to.prepare_cached("INSERT OR IGNORE INTO mention VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9)")?;
    for row in &observed.mentions {
        insert.execute(params![
            row.id.to_string(),
            key,
            row.actor,
            row.form.name(),
            row.head_span.slice(&report.text).replace('\n', " "),
            row.kind.name(),
            row.basis,
            row.tokens.start,
            row.tokens.end
        ])?;
        evidence.put(row.id, "span", row.span)?;
        if row.head_span != row.span {
            evidence.put(row.id, "head", row.head_span)?;
        }
    }
    let mut insert =
        to.prepare_cached("INSERT OR IGNORE INTO place VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9)")?;
    for row in &observed.places {
        insert.execute(params![
            row.id.to_string(),
            key,
            row.name,
            row.key,
            row.coordinates.map(|c| c.0),
            row.coordinates.map(|c| c.1),
            row.country,
            row.kind.name(),
            row.role.name()
        ])?;
        evidence.put(row.id, "span", row.span)?;
    }
    Ok(())
}

fn insert_values(
    to: &Connection,
    key: i64,
    observed: &Observed,
    evidence: &EvidenceWriter<'_>,
) -> Result<(), StoreError> {
    let mut insert = to.prepare_cached("INSERT OR IGNORE INTO time VALUES (?1,?2,?3,?4,?5,?6)")?;
    for row in &observed.times {
        let Interval { first, last } = row.interval;
        let id = row.id.to_string();
        insert.execute(params![id, key, row.timex.name(), row.value, day(first), day(last)])?;
        evidence.put(row.id, "span", row.span)?;
    }
    let mut insert =
        to.prepare_cached("INSERT OR IGNORE INTO figure VALUES (?1,?2,?3,?4,?5,?6,?7)")?;
    for row in &observed.figures {
        insert.execute(params![
            row.id.to_string(),
            key,
            row.low,
            row.high,
            row.bound.name(),
            row.unit,
            row.state
        ])?;
        evidence.put(row.id, "span", row.span)?;
        evidence.put(row.id, "number", row.number_span)?;
        evidence.put_all(row.id, "counted", &row.counted)?;
    }
    Ok(())
}

fn insert_clauses(
    to: &Connection,
    key: i64,
    observed: &Observed,
    evidence: &EvidenceWriter<'_>,
) -> Result<(), StoreError> {
    let mut insert =
        to.prepare_cached("INSERT OR IGNORE INTO quotation VALUES (?1,?2,?3,?4,?5,?6,?7)")?;
    for row in &observed.quotations {
        insert.execute(params![
            row.id.to_string(),
            key,
            row.kind.name(),
            text_id(row.speaker),
            text_id(row.addressee),
            row.denied,
            text_id(row.within)
        ])?;
        evidence.put_all(row.id, "content", &row.contents)?;
        evidence.put_all(row.id, "source", &row.source)?;
        evidence.put_all(row.id, "cue", &row.cue)?;
    }
    let mut insert = to.prepare_cached(
        "INSERT OR IGNORE INTO event_mention VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)",
    )?;
    for row in &observed.events {
        insert.execute(params![
            row.id.to_string(),
            key,
            row.plover.name(),
            row.mode,
            row.contexts.join(" "),
            row.cameo,
            row.status.name(),
            text_id(row.place),
            text_id(row.time),
            day(row.when.first),
            day(row.when.last),
            text_id(row.quotation)
        ])?;
        evidence.put(row.id, "span", row.span)?;
        evidence.put(row.id, "trigger", row.trigger)?;
        insert_arguments(to, row.id, "source", &row.sources)?;
        insert_arguments(to, row.id, "target", &row.targets)?;
    }
    insert_relations(to, key, observed, evidence)?;
    let mut insert =
        to.prepare_cached("INSERT OR IGNORE INTO undertaking_mention VALUES (?1,?2,?3,?4,?5,?6)")?;
    for row in &observed.undertakings {
        insert.execute(params![
            row.id.to_string(),
            key,
            row.kind.name(),
            row.negated,
            text_id(row.deadline),
            text_id(row.quotation)
        ])?;
        evidence.put(row.id, "span", row.span)?;
        evidence.put(row.id, "cue", row.cue)?;
        evidence.put(row.id, "what", row.what)?;
        evidence.put_all(row.id, "condition", &row.condition)?;
        insert_arguments(to, row.id, "by", &row.by)?;
        insert_arguments(to, row.id, "to", &row.to)?;
    }
    Ok(())
}

fn insert_relations(
    to: &Connection,
    key: i64,
    observed: &Observed,
    evidence: &EvidenceWriter<'_>,
) -> Result<(), StoreError> {
    let mut insert = to.prepare_cached(
        "INSERT OR IGNORE INTO relation_mention VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9)",
    )?;
    let names: HashMap<RowId, Span> =
        observed.mentions.iter().map(|mention| (mention.id, mention.head_span)).collect();
    for row in &observed.relations {
        insert.execute(params![
            row.id.to_string(),
            key,
            row.kind.name(),
            row.ended,
            row.negated,
            text_id(row.time),
            day(row.held.first),
            day(row.held.last),
            text_id(row.quotation)
        ])?;
        evidence.put(row.id, "span", row.span)?;
        evidence.put(row.id, "trigger", row.trigger)?;
        for (role, mention) in [("subject", row.subject), ("object", row.object)] {
            evidence.put_all(row.id, role, names.get(&mention))?;
            insert_arguments(to, row.id, role, &[mention])?;
        }
    }
    Ok(())
}

fn insert_arguments(
    to: &Connection,
    row: RowId,
    role: &str,
    mentions: &[RowId],
) -> Result<(), StoreError> {
    let mut insert = to.prepare_cached("INSERT OR IGNORE INTO argument VALUES (?1, ?2, ?3, ?4)")?;
    for (position, mention) in (0i64..).zip(mentions) {
        insert.execute(params![row.to_string(), role, position, mention.to_string()])?;
    }
    Ok(())
}
