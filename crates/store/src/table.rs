//! The record as tables that people browse: one view per kind of row.

use rusqlite::params_from_iter;
use rusqlite::types::ValueRef;

use crate::connection::Record;
use crate::error::StoreError;
use crate::query::Filter;

chancery_text::named_enum! {
    /// What can be listed.
    pub enum TableName {
        /// What was read.
        Reports = "reports",
        /// Reports of one happening.
        Stories = "stories",
        /// Stories of one affair, as it goes on over weeks.
        Threads = "threads",
        /// How each thread went on from story to story, and what says so.
        ThreadStories = "thread_stories",
        /// Who there is.
        Actors = "actors",
        /// Who did what to whom.
        Events = "events",
        /// Who said what.
        Statements = "statements",
        /// Who promised, offered, demanded, threatened what.
        Undertakings = "undertakings",
        /// Who heads, belongs to, backs, fights whom.
        Relations = "relations",
        /// Numbers and what they count.
        Figures = "figures",
        /// Numbers that several reports of a story give alike, and how many independent origins do.
        Quantities = "quantities",
        /// Places and where they are.
        Places = "places",
        /// Reports that descend from one text, or share a passage.
        Copies = "copies",
        /// Text that two reports share, of one story or of two.
        Passages = "passages",
        /// Independent origins.
        Origins = "origins",
        /// What the origins disagree on.
        Disagreements = "disagreements",
        /// What happened, was planned, said and undertaken, by day.
        Timeline = "timeline",
        /// Where reports credit other sources.
        Credits = "credits",
        /// What was not read as prose, and why.
        Residues = "residues",
        /// What the mentions of each event give, and whether they agree.
        EventAttributes = "event_attributes",
        /// On whose word each report tells an event.
        ToldBy = "told_by",
    }
}

impl TableName {
    /// The columns that fit a terminal; the others are in `--json` and `--csv`. A record of an older schema may
    /// lack some.
    pub const fn telling_columns(self) -> &'static [&'static str] {
        match self {
            Self::Reports => &["id", "when", "basis", "title", "origin", "source"],
            Self::Stories => &["id", "when", "title", "reports", "origins", "events", "statements"],
            Self::Threads => &["id", "when", "title", "stories", "reports", "about"],
            Self::ThreadStories => &["thread", "when", "title", "reports", "after", "shared"],
            Self::Actors => {
                &["name", "kind", "country", "sector", "roles", "spellings", "mentions"]
            }
            Self::Events => {
                &["id", "when", "status", "type", "summary", "footing", "reports", "origins"]
            }
            Self::Statements => {
                &["id", "when", "speaker", "text", "wordings", "reports", "origins"]
            }
            Self::Undertakings => &["id", "when", "kind", "by", "to", "what", "origins"],
            Self::Relations => {
                &["id", "subject", "kind", "object", "status", "since", "reports", "origins"]
            }
            Self::Figures => &["id", "text", "low", "high", "bound", "unit", "counted", "state"],
            Self::Quantities => {
                &["id", "when", "text", "counted", "state", "on_word_of", "reports", "origins"]
            }
            Self::Places => {
                &["name", "kind", "country", "latitude", "longitude", "mentions", "reports"]
            }
            Self::Copies => &["id", "kind", "report", "copied_from", "coverage", "reasons"],
            Self::Passages => {
                &["id", "words", "stories", "left_report", "right_report", "older", "left_text"]
            }
            Self::Origins => &["id", "name", "kind", "reports", "reasons"],
            Self::Disagreements => &["id", "topic", "sentence"],
            Self::Timeline => &["id", "when", "told", "what", "text", "origins"],
            Self::Credits => &["kind", "name", "text", "report"],
            Self::Residues => &["reason", "text", "report"],
            Self::EventAttributes => {
                &["event", "attribute", "value", "standing", "mentions", "reports", "origins"]
            }
            Self::ToldBy => &["event", "step", "source", "words", "actor", "report"],
        }
    }
}

/// One value of a listing.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Characters.
    Text(String),
}

/// A column of a listing.
pub type Column = String;

/// The rows of a listing, each as long as its columns.
pub type Rows = Vec<Vec<Cell>>;

/// A table's rows, those that a filter lets through.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing {
    /// Their columns. `when` (an interval as ISO 8601) stands before `first_day` and `last_day`.
    pub columns: Vec<Column>,
    /// Their values.
    pub rows: Rows,
    /// How many rows there are in all, where a limit cut them.
    pub total: usize,
}

impl Record {
    /// Lists a table's rows, in the view's order, at most `limit`.
    ///
    /// Fails where the filter names a column that the table does not have.
    pub fn list(
        &self,
        table: TableName,
        filter: &Filter,
        limit: Option<usize>,
    ) -> Result<Listing, StoreError> {
        let mut listing = Listing { columns: self.columns(table)?, rows: Vec::new(), total: 0 };
        self.for_each_row(table, filter, |row| {
            if limit.is_none_or(|limit| listing.rows.len() < limit) {
                listing.rows.push(row);
            }
            listing.total += 1;
        })?;
        Ok(listing)
    }

    /// Hands a table's rows to `take`, one by one, so that any number fits.
    pub fn for_each_row(
        &self,
        table: TableName,
        filter: &Filter,
        mut take: impl FnMut(Vec<Cell>),
    ) -> Result<(), StoreError> {
        let plain = self.plain_columns(table)?;
        let (condition, values) = filter.to_sql(table, &plain)?;
        let sql = format!("SELECT * FROM {} WHERE {condition}", table.name());
        let mut query = self.connection.prepare(&sql)?;
        let at = plain.iter().position(|column| column == "first_day");
        let mut rows = query.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            let mut cells = Vec::with_capacity(plain.len() + 1);
            for column in 0..plain.len() {
                cells.push(cell(row.get_ref(column)?));
            }
            if let Some(at) = at {
                cells.insert(at, when(&cells[at], &cells[at + 1]));
            }
            take(cells);
        }
        Ok(())
    }

    /// The columns of a table, `when` among them.
    pub fn columns(&self, table: TableName) -> Result<Vec<Column>, StoreError> {
        let mut columns = self.plain_columns(table)?;
        if let Some(at) = columns.iter().position(|column| column == "first_day") {
            columns.insert(at, "when".to_owned());
        }
        Ok(columns)
    }

    fn plain_columns(&self, table: TableName) -> Result<Vec<Column>, StoreError> {
        let query = self.connection.prepare(&format!("SELECT * FROM {} LIMIT 0", table.name()))?;
        Ok(query.column_names().map(str::to_owned).collect())
    }

    /// How many rows a table has.
    pub fn count(&self, table: TableName) -> Result<usize, StoreError> {
        let base = match table {
            TableName::Reports => "report",
            TableName::Stories => "story",
            TableName::Threads => "thread",
            TableName::ThreadStories => "thread_story",
            TableName::Actors => "actor",
            TableName::Events => "event",
            TableName::Statements => "statement",
            TableName::Undertakings => "undertaking",
            TableName::Relations => "relation",
            TableName::Figures => "figure",
            TableName::Quantities => "quantity",
            TableName::Copies => "family_member",
            TableName::Passages => "passage",
            TableName::Origins => "origin",
            TableName::Disagreements => "disagreement",
            TableName::Credits => "credit",
            TableName::Residues => "residue",
            TableName::Places
            | TableName::Timeline
            | TableName::EventAttributes
            | TableName::ToldBy => table.name(),
        };
        let sql = format!("SELECT count(*) FROM {base}");
        let count: i64 = self.connection.query_row(&sql, [], |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null | ValueRef::Blob(_) => Cell::Empty,
        ValueRef::Integer(value) => Cell::Integer(value),
        ValueRef::Real(value) => Cell::Real(value),
        ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
    }
}

/// The interval of two days, as ISO 8601.
fn when(first: &Cell, last: &Cell) -> Cell {
    let day = |cell: &Cell| match cell {
        Cell::Text(day) => Some(day.clone()),
        _ => None,
    };
    match interval_text(day(first).as_deref(), day(last).as_deref()) {
        open if open.is_empty() => Cell::Empty,
        text => Cell::Text(text),
    }
}

/// The interval of two days, as ISO 8601; empty if both are open.
pub(crate) fn interval_text(first: Option<&str>, last: Option<&str>) -> String {
    match (first, last) {
        (None, None) => String::new(),
        (Some(first), Some(last)) if first == last => first.to_owned(),
        (first, last) => format!("{}/{}", first.unwrap_or(".."), last.unwrap_or("..")),
    }
}
