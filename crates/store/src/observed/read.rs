use std::collections::HashMap;
use std::str::FromStr;

use chancery_annotate::Observed;
use chancery_annotate::clean::{Credit, Residue};
use chancery_annotate::date::{DateReason, ReportDate};
use chancery_annotate::event::Event;
use chancery_annotate::figure::Figure;
use chancery_annotate::language::Language;
use chancery_annotate::mention::{Actor, Mention};
use chancery_annotate::place::Place;
use chancery_annotate::quotation::Quotation;
use chancery_annotate::relation::Relation;
use chancery_annotate::time::Time;
use chancery_annotate::undertaking::Undertaking;
use chancery_resolve::Reading;
use chancery_text::{
    Alignment, Interval, Kind, Metadata, Notice, Part, Repair, Report, ReportId, RowId, Source,
    Span,
};
use rusqlite::{Connection, Row, params};

use super::id_range;
use super::interned::interned;
use crate::connection::Record;
use crate::error::StoreError;

impl Record {
    /// What was read in these reports, as [`Record::add`] wrote it, but for `Report::furniture`,
    /// which the residue holds. Order of rows within a layer is that of the text.
    pub fn readings(&self, reports: &[ReportId]) -> Result<Vec<Reading>, StoreError> {
        reports.iter().map(|report| reading(&self.connection, report.integer())).collect()
    }
}

fn reading(from: &Connection, key: i64) -> Result<Reading, StoreError> {
    let (report, mut observed) = read_report(from, key)?;
    let rows = Rows { from, key, places: read_evidence(from, &report, key)?, id: report.id };
    observed.actors = read_actors(from, key)?;
    rows.fill(&mut observed)?;
    Ok(Reading { report, observed })
}

fn parse<T: FromStr>(what: &'static str, text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::corrupt(what, text))
}

fn interval(row: &Row<'_>, first: usize) -> Result<Interval, StoreError> {
    let end = |at| -> Result<_, StoreError> {
        let text: Option<String> = row.get(at)?;
        text.map(|text| parse("a day", &text)).transpose()
    };
    Ok(Interval { first: end(first)?, last: end(first + 1)? })
}

fn optional_span(row: &Row<'_>, first: usize) -> Result<Option<Span>, StoreError> {
    let (start, end): (Option<u32>, Option<u32>) = (row.get(first)?, row.get(first + 1)?);
    Ok(start.zip(end).map(|(start, end)| Span::new(start, end)))
}

fn row_id(row: &Row<'_>, at: usize) -> Result<RowId, StoreError> {
    parse("a row id", row.get_ref(at)?.as_str().map_err(rusqlite::Error::from)?)
}

fn optional_id(row: &Row<'_>, at: usize) -> Result<Option<RowId>, StoreError> {
    let text: Option<String> = row.get(at)?;
    text.map(|text| parse("a row id", &text)).transpose()
}

/// Runs a query over one report and makes a value of each row.
fn collect<T>(
    from: &Connection,
    sql: &str,
    key: i64,
    make: impl Fn(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut query = from.prepare_cached(sql)?;
    let mut rows = query.query([key])?;
    let mut values = Vec::new();
    while let Some(row) = rows.next()? {
        values.push(make(row)?);
    }
    Ok(values)
}

fn read_report(from: &Connection, key: i64) -> Result<(Report, Observed), StoreError> {
    let mut found = collect(from, "SELECT * FROM report WHERE key = ?1", key, report_row)?;
    let (mut report, mut observed) =
        found.pop().ok_or_else(|| StoreError::NoRow(format!("with report key {key}")))?;
    let sources = "SELECT path, member FROM source WHERE report = ?1 ORDER BY path, member LIMIT 1";
    for (path, member) in collect(from, sources, key, |row| Ok((row.get(0)?, row.get(1)?)))? {
        report.source.path = path;
        report.source.member = Some(member).filter(|&member: &u32| member != 0);
    }
    report.notices =
        collect(from, "SELECT code, text FROM notice WHERE report = ?1", key, |row| {
            Ok(Notice { code: row.get(0)?, text: row.get(1)? })
        })?;
    let repairs = "SELECT start_byte, end_byte, was, reason FROM repair WHERE report = ?1";
    report.alignment = Alignment::new(collect(from, repairs, key, repair_row)?);
    let stretches = "SELECT kind, start_byte, end_byte FROM stretch WHERE report = ?1 ORDER BY start_byte, kind";
    let stretch =
        |row: &Row<'_>| Ok((row.get::<_, String>(0)?, Span::new(row.get(1)?, row.get(2)?)));
    for (kind, span) in collect(from, stretches, key, stretch)? {
        match kind.as_str() {
            "prose" => observed.prose.push(span),
            "sentence" => observed.sentences.push(span),
            part => {
                let field = part.trim_start_matches("part:").to_owned();
                report.parts.push(Part { field, span });
            }
        }
    }
    let reasons = "SELECT text, start_byte, end_byte FROM date_reason WHERE report = ?1";
    observed.date.reasons = collect(from, reasons, key, |row| {
        Ok(DateReason { text: row.get(0)?, span: optional_span(row, 1)? })
    })?;
    Ok((report, observed))
}

fn repair_row(row: &Row<'_>) -> Result<Repair, StoreError> {
    let reason: String = row.get(3)?;
    let span = Span::new(row.get(0)?, row.get(1)?);
    Ok(Repair { span, was: row.get(2)?, reason: interned(&reason) })
}

fn report_row(row: &Row<'_>) -> Result<(Report, Observed), StoreError> {
    let id: String = row.get("id")?;
    let id: ReportId = parse("a report id", &id)?;
    let authors: Option<String> = row.get("authors")?;
    let basis: String = row.get("date_basis")?;
    let stated_column = row.as_ref().column_index("stated_first_day")?;
    let stated = interval(row, stated_column)?;
    let title = optional_span(row, row.as_ref().column_index("title_start")?)?;
    let report = Report {
        id,
        text: row.get("text")?,
        alignment: Alignment::default(),
        source: Source {
            path: String::new(),
            member: None,
            format: row.get("format")?,
            charset: row.get("charset")?,
        },
        metadata: Metadata {
            title: row.get("stated_title")?,
            title_span: None,
            authors: authors.map_or_else(Vec::new, |a| a.lines().map(str::to_owned).collect()),
            outlet: row.get("outlet")?,
            url: row.get("url")?,
            published: row.get("published")?,
            modified: row.get("modified")?,
            language: row.get("stated_language")?,
        },
        parts: Vec::new(),
        furniture: Vec::new(),
        notices: Vec::new(),
    };
    let observed = Observed {
        title,
        language: Language {
            code: row.get("language")?,
            reliable: row.get("language_reliable")?,
            read: row.get("was_read")?,
        },
        date: ReportDate {
            interval: interval(row, row.as_ref().column_index("first_day")?)?,
            basis: parse("a basis of a date", &basis)?,
            stated: Some(stated).filter(|stated| !stated.is_open()),
            reasons: Vec::new(),
        },
        ..Observed::default()
    };
    Ok((report, observed))
}

fn read_actors(from: &Connection, key: i64) -> Result<Vec<Actor>, StoreError> {
    let sql = "SELECT actor, name, kind, country, sectors, roles, known FROM report_actor
               WHERE report = ?1 ORDER BY actor";
    collect(from, sql, key, |row| {
        let (kind, sectors, roles): (String, String, String) =
            (row.get(2)?, row.get(4)?, row.get(5)?);
        Ok(Actor {
            key: row.get(0)?,
            name: row.get(1)?,
            kind: parse("a kind of actor", &kind)?,
            country: row.get(3)?,
            sectors: sectors
                .split_whitespace()
                .map(|sector| parse("a sector", sector))
                .collect::<Result<_, _>>()?,
            roles: roles.lines().map(str::to_owned).collect(),
            known: row.get(6)?,
        })
    })
}

/// Places in the text of the rows observed in one report: `(role, span)` by row.
type Places = HashMap<RowId, Vec<(String, Span)>>;

fn read_evidence(from: &Connection, report: &Report, key: i64) -> Result<Places, StoreError> {
    let mut places = Places::new();
    let mut query = from.prepare_cached(
        "SELECT row, role, start_byte, end_byte FROM evidence
         WHERE row >= ?1 AND row < ?2 AND report = ?3 AND observed = ''
         ORDER BY row, start_byte",
    )?;
    for &kind in OBSERVED {
        let (first, last) = id_range(kind, report.id);
        let mut rows = query.query(params![first, last, key])?;
        while let Some(row) = rows.next()? {
            let span = Span::new(row.get(2)?, row.get(3)?);
            places.entry(row_id(row, 0)?).or_default().push((row.get(1)?, span));
        }
    }
    Ok(places)
}

/// The kinds of row that are observed.
const OBSERVED: &[Kind] = &[
    Kind::Residue,
    Kind::Credit,
    Kind::Mention,
    Kind::Place,
    Kind::Time,
    Kind::Figure,
    Kind::Quotation,
    Kind::EventMention,
    Kind::UndertakingMention,
    Kind::RelationMention,
];

struct Rows<'a> {
    from: &'a Connection,
    key: i64,
    id: ReportId,
    places: Places,
}

impl Rows<'_> {
    fn spans(&self, row: RowId, role: &str) -> Vec<Span> {
        let all = self.places.get(&row).map_or(&[][..], Vec::as_slice);
        all.iter().filter(|place| place.0 == role).map(|place| place.1).collect()
    }

    fn optional(&self, row: RowId, role: &str) -> Option<Span> {
        self.spans(row, role).first().copied()
    }

    fn span(&self, row: RowId, role: &'static str) -> Result<Span, StoreError> {
        self.optional(row, role).ok_or_else(|| StoreError::corrupt(role, row.to_string()))
    }

    fn collect<T>(
        &self,
        kind: Kind,
        columns: &str,
        make: impl Fn(RowId, &Row<'_>) -> Result<T, StoreError>,
        place: impl Fn(&T) -> (Span, RowId),
    ) -> Result<Vec<T>, StoreError> {
        let table = table(kind);
        let sql =
            format!("SELECT id, {columns} FROM {table} WHERE id >= ?1 AND id < ?2 AND report = ?3");
        let (first, last) = id_range(kind, self.id);
        let mut query = self.from.prepare_cached(&sql)?;
        let mut rows = query.query(params![first, last, self.key])?;
        let mut values = Vec::new();
        while let Some(row) = rows.next()? {
            values.push(make(row_id(row, 0)?, row)?);
        }
        values.sort_by_key(|value| {
            let (span, id) = place(value);
            (span.start, std::cmp::Reverse(span.end), id)
        });
        Ok(values)
    }

    fn arguments(&self, row: RowId, role: &str) -> Result<Vec<RowId>, StoreError> {
        let mut query = self.from.prepare_cached(
            "SELECT mention FROM argument WHERE row = ?1 AND role = ?2 ORDER BY position",
        )?;
        let mut rows = query.query(params![row.to_string(), role])?;
        let mut mentions = Vec::new();
        while let Some(row) = rows.next()? {
            mentions.push(row_id(row, 0)?);
        }
        Ok(mentions)
    }

    fn fill(&self, observed: &mut Observed) -> Result<(), StoreError> {
        observed.residue = self.residue()?;
        observed.credits = self.credits()?;
        observed.mentions = self.mentions()?;
        observed.places = self.read_places()?;
        observed.times = self.times()?;
        observed.figures = self.figures()?;
        observed.quotations = self.quotations()?;
        observed.events = self.events()?;
        observed.undertakings = self.undertakings()?;
        observed.relations = self.relations()?;
        Ok(())
    }

    fn residue(&self) -> Result<Vec<Residue>, StoreError> {
        let make = |id, row: &Row<'_>| {
            let reason: String = row.get(1)?;
            Ok(Residue { id, span: self.span(id, "span")?, reason: parse("a reason", &reason)? })
        };
        self.collect(Kind::Residue, "reason", make, |row| (row.span, row.id))
    }

    fn credits(&self) -> Result<Vec<Credit>, StoreError> {
        let make = |id, row: &Row<'_>| {
            let kind: String = row.get(1)?;
            Ok(Credit {
                id,
                span: self.span(id, "span")?,
                name_span: self.span(id, "name")?,
                kind: parse("a kind of credit", &kind)?,
                name: row.get(2)?,
            })
        };
        self.collect(Kind::Credit, "kind, name", make, |row| (row.span, row.id))
    }

    fn mentions(&self) -> Result<Vec<Mention>, StoreError> {
        let make = |id, row: &Row<'_>| {
            let (form, kind, basis): (String, String, String) =
                (row.get(2)?, row.get(3)?, row.get(4)?);
            let span = self.span(id, "span")?;
            Ok(Mention {
                id,
                span,
                head_span: self.optional(id, "head").unwrap_or(span),
                tokens: row.get(5)?..row.get(6)?,
                form: parse("a form of mention", &form)?,
                kind: parse("a kind of mention", &kind)?,
                actor: row.get(1)?,
                basis: interned(&basis),
            })
        };
        let columns = "actor, form, kind, basis, first_token, last_token";
        self.collect(Kind::Mention, columns, make, |row| (row.span, row.id))
    }

    fn read_places(&self) -> Result<Vec<Place>, StoreError> {
        let make = |id, row: &Row<'_>| {
            let (latitude, longitude): (Option<f64>, Option<f64>) = (row.get(3)?, row.get(4)?);
            let (kind, role): (String, String) = (row.get(6)?, row.get(7)?);
            Ok(Place {
                id,
                span: self.span(id, "span")?,
                name: row.get(1)?,
                key: row.get(2)?,
                coordinates: latitude.zip(longitude),
                country: row.get(5)?,
                kind: parse("a kind of place", &kind)?,
                role: parse("a role of a place", &role)?,
            })
        };
        let columns = "name, key, latitude, longitude, country, kind, role";
        self.collect(Kind::Place, columns, make, |row| (row.span, row.id))
    }

    fn times(&self) -> Result<Vec<Time>, StoreError> {
        let make = |id, row: &Row<'_>| {
            let timex: String = row.get(1)?;
            Ok(Time {
                id,
                span: self.span(id, "span")?,
                timex: parse("a TIMEX3 type", &timex)?,
                value: row.get(2)?,
                interval: interval(row, 3)?,
            })
        };
        let columns = "timex, value, first_day, last_day";
        self.collect(Kind::Time, columns, make, |row| (row.span, row.id))
    }

    fn figures(&self) -> Result<Vec<Figure>, StoreError> {
        let make = |id, row: &Row<'_>| {
            let bound: String = row.get(3)?;
            Ok(Figure {
                id,
                span: self.span(id, "span")?,
                number_span: self.span(id, "number")?,
                low: row.get(1)?,
                high: row.get(2)?,
                bound: parse("a bound", &bound)?,
                unit: row.get(4)?,
                counted: self.optional(id, "counted"),
                state: row.get(5)?,
            })
        };
        let columns = "low, high, bound, unit, state";
        self.collect(Kind::Figure, columns, make, |row| (row.span, row.id))
    }

    fn quotations(&self) -> Result<Vec<Quotation>, StoreError> {
        let make = |id, row: &Row<'_>| {
            let kind: String = row.get(1)?;
            Ok(Quotation {
                id,
                source: self.optional(id, "source"),
                cue: self.optional(id, "cue"),
                contents: self.spans(id, "content"),
                kind: parse("a kind of quotation", &kind)?,
                speaker: optional_id(row, 2)?,
                addressee: optional_id(row, 3)?,
                denied: row.get(4)?,
                within: optional_id(row, 5)?,
            })
        };
        let columns = "kind, speaker, addressee, denied, within";
        let place = |row: &Quotation| (row.contents.first().copied().unwrap_or_default(), row.id);
        self.collect(Kind::Quotation, columns, make, place)
    }

    fn events(&self) -> Result<Vec<Event>, StoreError> {
        let make = |id, row: &Row<'_>| {
            let (plover, contexts, status): (String, String, String) =
                (row.get(1)?, row.get(3)?, row.get(5)?);
            Ok(Event {
                id,
                span: self.span(id, "span")?,
                trigger: self.span(id, "trigger")?,
                plover: parse("a PLOVER type", &plover)?,
                mode: row.get(2)?,
                contexts: contexts.split_whitespace().map(str::to_owned).collect(),
                cameo: row.get(4)?,
                status: parse("a status", &status)?,
                sources: self.arguments(id, "source")?,
                targets: self.arguments(id, "target")?,
                place: optional_id(row, 6)?,
                time: optional_id(row, 7)?,
                when: interval(row, 8)?,
                quotation: optional_id(row, 10)?,
            })
        };
        let columns =
            "plover, mode, contexts, cameo, status, place, time, first_day, last_day, quotation";
        self.collect(Kind::EventMention, columns, make, |row| (row.span, row.id))
    }

    fn undertakings(&self) -> Result<Vec<Undertaking>, StoreError> {
        let make = |id, row: &Row<'_>| {
            let kind: String = row.get(1)?;
            Ok(Undertaking {
                id,
                span: self.span(id, "span")?,
                cue: self.span(id, "cue")?,
                kind: parse("a kind of undertaking", &kind)?,
                by: self.arguments(id, "by")?,
                to: self.arguments(id, "to")?,
                what: self.span(id, "what")?,
                negated: row.get(2)?,
                condition: self.optional(id, "condition"),
                deadline: optional_id(row, 3)?,
                quotation: optional_id(row, 4)?,
            })
        };
        let columns = "kind, negated, deadline, quotation";
        self.collect(Kind::UndertakingMention, columns, make, |row| (row.span, row.id))
    }

    fn relations(&self) -> Result<Vec<Relation>, StoreError> {
        let make = |id, row: &Row<'_>| {
            let kind: String = row.get(1)?;
            Ok(Relation {
                id,
                span: self.span(id, "span")?,
                trigger: self.span(id, "trigger")?,
                kind: parse("a kind of relation", &kind)?,
                subject: self.argument(id, "subject")?,
                object: self.argument(id, "object")?,
                time: optional_id(row, 4)?,
                held: interval(row, 5)?,
                ended: row.get(2)?,
                negated: row.get(3)?,
                quotation: optional_id(row, 7)?,
            })
        };
        let columns = "kind, ended, negated, time, first_day, last_day, quotation";
        self.collect(Kind::RelationMention, columns, make, |row| (row.span, row.id))
    }

    fn argument(&self, row: RowId, role: &'static str) -> Result<RowId, StoreError> {
        let mention = self.arguments(row, role)?.first().copied();
        mention.ok_or_else(|| StoreError::corrupt(role, row.to_string()))
    }
}

fn table(kind: Kind) -> &'static str {
    match kind {
        Kind::Residue => "residue",
        Kind::Credit => "credit",
        Kind::Mention => "mention",
        Kind::Place => "place",
        Kind::Time => "time",
        Kind::Figure => "figure",
        Kind::Quotation => "quotation",
        Kind::EventMention => "event_mention",
        Kind::UndertakingMention => "undertaking_mention",
        Kind::RelationMention => "relation_mention",
        _ => unreachable!("only observed kinds are read back"),
    }
}
