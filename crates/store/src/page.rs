//! Everything about one story, as a page shows it.

use std::collections::BTreeMap;

use chancery_text::Span;
use rusqlite::{Row, params};

use crate::connection::Record;
use crate::error::StoreError;
use crate::query::Filter;
use crate::table::{Cell, Listing, TableName};

/// One story with its rows and its reports.
#[derive(Debug, Clone, PartialEq)]
pub struct StoryPage {
    /// Its row of `stories`.
    pub id: String,
    /// Headline of its most central report.
    pub title: String,
    /// Its interval as ISO 8601; empty if open.
    pub when: String,
    /// Its rows of the table of that name.
    pub events: Listing,
    /// Statements.
    pub statements: Listing,
    /// Wordings by statement: report key, words, difference.
    pub wordings: BTreeMap<String, Vec<Wording>>,
    /// Undertakings.
    pub undertakings: Listing,
    /// Disagreements.
    pub disagreements: Listing,
    /// Copies.
    pub copies: Listing,
    /// Origins, with the keys of their reports.
    pub origins: Vec<OriginPage>,
    /// Reports, by date.
    pub reports: Vec<ReportPage>,
}

/// The first schema that lists each difference of a wording.
const WITH_DIFFERENCES: u32 = 3;

/// One wording of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// Key of its report.
    pub report: i64,
    /// The words.
    pub text: String,
    /// How it differs from the best-supported wording, as a list for a person.
    pub difference: String,
    /// The same, one by one: the kind of change, the words dropped and those put in. Empty in a
    /// record of an older schema.
    pub differences: Vec<(String, String, String)>,
}

/// An independent origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginPage {
    /// Its id.
    pub id: String,
    /// What it goes back to.
    pub name: String,
    /// `agency`, `outlet`, `readout`, `post`, `text`.
    pub kind: String,
    /// Why its reports are one origin, one per line.
    pub reasons: String,
    /// Keys of its reports.
    pub reports: Vec<i64>,
}

/// A report with its marked spans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportPage {
    /// Row key.
    pub key: i64,
    /// Its id.
    pub id: String,
    /// Headline.
    pub title: String,
    /// Outlet, else the file it was read from.
    pub outlet: String,
    /// Address, if stated.
    pub url: Option<String>,
    /// Its interval as ISO 8601; empty if open.
    pub when: String,
    /// How the date is known.
    pub basis: String,
    /// Why, one sentence each.
    pub date_reasons: Vec<String>,
    /// ISO 639-1.
    pub language: String,
    /// The text.
    pub text: String,
    /// Rows that were read from it.
    pub marks: Vec<PageMark>,
}

/// A span of a report's text and the row read from it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageMark {
    /// The characters, in bytes.
    pub span: Span,
    /// `event`, `statement`, `undertaking`, `figure`, `disagreement`, `credit`, `residue`.
    pub kind: &'static str,
    /// The row's id.
    pub row: String,
    /// The role, or the reason of residue, or the source that a credit names.
    pub note: String,
}

impl Record {
    /// Everything about one story.
    pub fn story_page(&self, story: &str) -> Result<StoryPage, StoreError> {
        let of_story = Filter::equals("story", story);
        let list = |table| self.list(table, &of_story, None);
        let head = self.list(TableName::Stories, &Filter::equals("id", story), None)?;
        let row = head.rows.first().ok_or_else(|| StoreError::NoRow(story.to_owned()))?;
        let text = |name: &str| head.text(row, name);
        Ok(StoryPage {
            id: story.to_owned(),
            title: text("title"),
            when: text("when"),
            events: list(TableName::Events)?,
            statements: list(TableName::Statements)?,
            wordings: self.wordings(story)?,
            undertakings: list(TableName::Undertakings)?,
            disagreements: list(TableName::Disagreements)?,
            copies: list(TableName::Copies)?,
            origins: self.origins(story)?,
            reports: self.report_pages(story)?,
        })
    }

    fn wordings(&self, story: &str) -> Result<BTreeMap<String, Vec<Wording>>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT w.statement, w.report, w.text, w.difference, w.quotation FROM wording w
             JOIN statement s ON s.id = w.statement WHERE s.story = ?1
             ORDER BY w.statement, w.difference <> '', w.quotation",
        )?;
        let mut wordings: BTreeMap<String, Vec<Wording>> = BTreeMap::new();
        let mut rows = query.query([story])?;
        while let Some(row) = rows.next()? {
            let (statement, quotation): (String, String) = (row.get(0)?, row.get(4)?);
            let wording = Wording {
                report: row.get(1)?,
                text: row.get(2)?,
                difference: row.get(3)?,
                differences: self.differences(&statement, &quotation)?,
            };
            wordings.entry(statement).or_default().push(wording);
        }
        Ok(wordings)
    }

    fn differences(
        &self,
        statement: &str,
        quotation: &str,
    ) -> Result<Vec<(String, String, String)>, StoreError> {
        if self.schema()? < WITH_DIFFERENCES {
            return Ok(Vec::new());
        }
        let mut query = self.connection.prepare_cached(
            "SELECT change, dropped, added FROM wording_difference
             WHERE statement = ?1 AND quotation = ?2 ORDER BY position",
        )?;
        let rows = query
            .query_map([statement, quotation], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn origins(&self, story: &str) -> Result<Vec<OriginPage>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT id, name, kind, reasons FROM origin o WHERE story = ?1
             ORDER BY (SELECT count(*) FROM origin_report WHERE origin = o.id) DESC, name, id",
        )?;
        let mut reports = self
            .connection
            .prepare_cached("SELECT report FROM origin_report WHERE origin = ?1 ORDER BY report")?;
        let mut origins = Vec::new();
        let mut rows = query.query([story])?;
        while let Some(row) = rows.next()? {
            let id: String = row.get(0)?;
            let keys = reports.query_map([&id], |row| row.get(0))?.collect::<Result<_, _>>()?;
            let (name, kind, reasons) = (row.get(1)?, row.get(2)?, row.get(3)?);
            origins.push(OriginPage { id, name, kind, reasons, reports: keys });
        }
        Ok(origins)
    }

    fn report_pages(&self, story: &str) -> Result<Vec<ReportPage>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT r.key, r.id, r.title,
                    coalesce(r.outlet, (SELECT min(path) FROM source WHERE report = r.key), ''),
                    r.url, s.first_day, s.last_day, s.date_basis, r.language, r.text
             FROM story_report s JOIN report r ON r.key = s.report
             WHERE s.story = ?1 ORDER BY s.first_day IS NULL, s.first_day, s.last_day, r.id",
        )?;
        let page = |row: &Row<'_>| {
            let (first, last): (Option<String>, Option<String>) = (row.get(5)?, row.get(6)?);
            Ok(ReportPage {
                key: row.get(0)?,
                id: row.get(1)?,
                title: row.get(2)?,
                outlet: row.get(3)?,
                url: row.get(4)?,
                when: crate::table::interval_text(first.as_deref(), last.as_deref()),
                basis: row.get(7)?,
                date_reasons: Vec::new(),
                language: row.get(8)?,
                text: row.get(9)?,
                marks: Vec::new(),
            })
        };
        let mut pages: Vec<ReportPage> =
            query.query_map([story], page)?.collect::<Result<_, _>>()?;
        for page in &mut pages {
            page.date_reasons = self.date_reasons(story, page.key)?;
            page.marks = self.page_marks(story, page)?;
        }
        Ok(pages)
    }

    fn date_reasons(&self, story: &str, report: i64) -> Result<Vec<String>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT text FROM story_date_reason WHERE story = ?1 AND report = ?2 ORDER BY position",
        )?;
        Ok(query.query_map(params![story, report], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    fn page_marks(&self, story: &str, page: &ReportPage) -> Result<Vec<PageMark>, StoreError> {
        let concluded = "SELECT 'event', x.id, o.start_byte, o.end_byte, o.role
                FROM event x JOIN evidence e ON e.row = x.id AND e.report = ?2
                JOIN evidence o ON o.row = e.observed AND o.role = 'trigger' WHERE x.story = ?1
            UNION SELECT 'statement', x.id, o.start_byte, o.end_byte, o.role
                FROM statement x JOIN evidence e ON e.row = x.id AND e.report = ?2
                JOIN evidence o ON o.row = e.observed AND o.role = 'content' WHERE x.story = ?1
            UNION SELECT 'undertaking', x.id, o.start_byte, o.end_byte, o.role
                FROM undertaking x JOIN evidence e ON e.row = x.id AND e.report = ?2
                JOIN evidence o ON o.row = e.observed AND o.role IN ('cue', 'what') WHERE x.story = ?1
            UNION SELECT 'disagreement', x.id, e.start_byte, e.end_byte, e.role
                FROM disagreement x JOIN evidence e ON e.row = x.id AND e.report = ?2
                WHERE x.story = ?1";
        // Rows of one report: their ids begin with half of its hash.
        let observed = "SELECT 'figure', f.id, e.start_byte, e.end_byte, e.role
                FROM figure f JOIN evidence e ON e.row = f.id AND e.role = 'span'
                WHERE f.id BETWEEN 'fig_' || ?1 AND 'fig_' || ?1 || '~' AND f.report = ?2
            UNION SELECT 'residue', x.id, e.start_byte, e.end_byte, x.reason
                FROM residue x JOIN evidence e ON e.row = x.id
                WHERE x.id BETWEEN 'res_' || ?1 AND 'res_' || ?1 || '~' AND x.report = ?2
            UNION SELECT 'credit', c.id, e.start_byte, e.end_byte, c.kind || ': ' || c.name
                FROM credit c JOIN evidence e ON e.row = c.id AND e.role = 'span'
                WHERE c.id BETWEEN 'cre_' || ?1 AND 'cre_' || ?1 || '~' AND c.report = ?2";
        let mut marks = self.marks_of(concluded, story, page.key)?;
        marks.extend(self.marks_of(observed, &page.id[4..12], page.key)?);
        marks.sort();
        Ok(marks)
    }

    fn marks_of(&self, sql: &str, first: &str, key: i64) -> Result<Vec<PageMark>, StoreError> {
        let mut query = self.connection.prepare_cached(sql)?;
        let mark = |row: &Row<'_>| {
            let kind: String = row.get(0)?;
            let kind = KINDS.into_iter().find(|known| *known == kind).unwrap_or("event");
            let span = Span::new(row.get(2)?, row.get(3)?);
            Ok(PageMark { span, kind, row: row.get(1)?, note: row.get(4)? })
        };
        Ok(query.query_map(params![first, key], mark)?.collect::<Result<_, _>>()?)
    }
}

const KINDS: [&str; 7] =
    ["event", "statement", "undertaking", "figure", "disagreement", "credit", "residue"];

impl Listing {
    /// A cell of one of its rows as text; empty if there is no such column or value.
    pub fn text(&self, row: &[Cell], column: &str) -> String {
        let at = self.columns.iter().position(|name| name == column);
        match at.map(|at| &row[at]) {
            Some(Cell::Text(text)) => text.clone(),
            Some(Cell::Integer(number)) => number.to_string(),
            Some(Cell::Real(number)) => number.to_string(),
            Some(Cell::Empty) | None => String::new(),
        }
    }

    /// A cell of one of its rows as a whole number; 0 if there is none.
    pub fn number(&self, row: &[Cell], column: &str) -> i64 {
        let at = self.columns.iter().position(|name| name == column);
        match at.map(|at| &row[at]) {
            Some(Cell::Integer(number)) => *number,
            _ => 0,
        }
    }
}
