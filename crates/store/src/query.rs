//! `--where`: conditions as people write them, made into SQL with bound values.
//!
//! ```text
//! actor=Taliban and after=2021-08-01
//! (type=CONSULT or type=AGREE) and not status=planned
//! text~"clean break" and origins>=2
//! ```

use crate::error::StoreError;
use crate::table::TableName;

/// Which rows to list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    condition: Option<Condition>,
}

/// A filter that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "cannot read the condition {at}: {problem}. Write it like \
     'actor=Taliban and after=2021-08-01', with =, !=, ~ (contains), <, <=, >, >= and and, or, not, ( )"
)]
pub struct FilterError {
    /// Where: `at "…"`.
    at: String,
    /// What is wrong.
    problem: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Condition {
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
    Not(Box<Condition>),
    Compare(Comparison),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Comparison {
    field: String,
    operator: &'static str,
    value: String,
}

const OPERATORS: [&str; 7] = ["!=", "<=", ">=", "=", "~", "<", ">"];

impl Filter {
    /// Lets every row through.
    pub const ALL: Self = Self { condition: None };

    /// Reads a condition. Fails with the place where it cannot be understood.
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        let words = split(text)?;
        let mut parser = Parser { words: &words, at: 0, depth: 0 };
        if words.is_empty() {
            return Ok(Self::ALL);
        }
        let condition = parser.either()?;
        match words.get(parser.at) {
            None => Ok(Self { condition: Some(condition) }),
            Some(word) => Err(fault(&word.text, "expected `and` or `or` before it")),
        }
    }

    /// Rows of one story or other row by a column.
    pub fn equals(field: &str, value: &str) -> Self {
        let comparison =
            Comparison { field: field.to_owned(), operator: "=", value: value.to_owned() };
        Self { condition: Some(Condition::Compare(comparison)) }
    }

    pub(crate) fn to_sql(
        &self,
        table: TableName,
        columns: &[String],
    ) -> Result<(String, Vec<String>), StoreError> {
        let mut values = Vec::new();
        let sql = match &self.condition {
            None => "1".to_owned(),
            Some(condition) => sql(condition, table, columns, &mut values)?,
        };
        Ok((sql, values))
    }
}

fn fault(at: &str, problem: impl Into<String>) -> FilterError {
    let at = if at.is_empty() { "at its end".to_owned() } else { format!("at `{at}`") };
    FilterError { at, problem: problem.into() }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    text: String,
    quoted: bool,
}

/// Splits into parentheses, operators, quoted strings and words.
fn split(text: &str) -> Result<Vec<Word>, FilterError> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (word, length) = if first == '"' || first == '\'' {
            let inside = &rest[1..];
            let end =
                inside.find(first).ok_or_else(|| fault(rest, "the quotation is not closed"))?;
            (Word { text: inside[..end].to_owned(), quoted: true }, end + 2)
        } else {
            let length = mark(rest).unwrap_or_else(|| word_length(rest));
            (Word { text: rest[..length].to_owned(), quoted: false }, length)
        };
        words.push(word);
        rest = rest[length..].trim_start();
    }
    Ok(words)
}

fn mark(rest: &str) -> Option<usize> {
    let marks = OPERATORS.iter().chain(&["(", ")"]);
    marks.into_iter().find(|mark| rest.starts_with(**mark)).map(|mark| mark.len())
}

fn word_length(rest: &str) -> usize {
    rest.char_indices()
        .find(|(at, c)| c.is_whitespace() || (0 < *at && mark(&rest[*at..]).is_some()))
        .map_or(rest.len(), |(at, _)| at)
}

struct Parser<'a> {
    words: &'a [Word],
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Word> {
        self.words.get(self.at)
    }

    fn is(&self, text: &str) -> bool {
        self.peek().is_some_and(|word| !word.quoted && word.text.eq_ignore_ascii_case(text))
    }

    fn take(&mut self, text: &str) -> bool {
        let found = self.is(text);
        self.at += usize::from(found);
        found
    }

    fn either(&mut self) -> Result<Condition, FilterError> {
        let mut left = self.both()?;
        while self.take("or") {
            left = Condition::Or(Box::new(left), Box::new(self.both()?));
        }
        Ok(left)
    }

    fn both(&mut self) -> Result<Condition, FilterError> {
        let mut left = self.one()?;
        while self.take("and") {
            left = Condition::And(Box::new(left), Box::new(self.one()?));
        }
        Ok(left)
    }

    fn one(&mut self) -> Result<Condition, FilterError> {
        self.depth += 1;
        if 64 < self.depth {
            return Err(fault("(", "it is nested too deeply"));
        }
        let condition = if self.take("not") {
            Condition::Not(Box::new(self.one()?))
        } else if self.take("(") {
            let inside = self.either()?;
            if !self.take(")") {
                return Err(fault("", "a `)` is missing"));
            }
            inside
        } else {
            Condition::Compare(self.comparison()?)
        };
        self.depth -= 1;
        Ok(condition)
    }

    fn comparison(&mut self) -> Result<Comparison, FilterError> {
        let field = self.peek().ok_or_else(|| fault("", "a condition is missing"))?.text.clone();
        self.at += 1;
        let operator = self.peek().map_or("", |word| word.text.as_str());
        let operator = OPERATORS.into_iter().find(|known| *known == operator);
        let operator = operator.ok_or_else(|| fault(&field, "an operator must follow"))?;
        self.at += 1;
        let mut value: Vec<String> = Vec::new();
        while let Some(word) = self.peek() {
            let ends = ["and", "or", ")", "("].iter().any(|end| self.is(end));
            if ends || (word.quoted && !value.is_empty()) {
                break;
            }
            value.push(word.text.clone());
            let quoted = word.quoted;
            self.at += 1;
            if quoted {
                break;
            }
        }
        if value.is_empty() {
            return Err(fault(&field, format!("a value must follow `{operator}`")));
        }
        Ok(Comparison { field: field.to_lowercase(), operator, value: value.join(" ") })
    }
}

fn sql(
    condition: &Condition,
    table: TableName,
    columns: &[String],
    values: &mut Vec<String>,
) -> Result<String, StoreError> {
    Ok(match condition {
        Condition::And(a, b) => {
            format!("({} AND {})", sql(a, table, columns, values)?, sql(b, table, columns, values)?)
        }
        Condition::Or(a, b) => {
            format!("({} OR {})", sql(a, table, columns, values)?, sql(b, table, columns, values)?)
        }
        Condition::Not(a) => format!("(NOT {})", sql(a, table, columns, values)?),
        Condition::Compare(comparison) => compare(comparison, table, columns, values)?,
    })
}

fn compare(
    comparison: &Comparison,
    table: TableName,
    columns: &[String],
    values: &mut Vec<String>,
) -> Result<String, StoreError> {
    let Comparison { field, operator, value } = comparison;
    let has = |name: &str| columns.iter().any(|column| column == name);
    let negated = if *operator == "!=" { "NOT " } else { "" };
    let mut bind = |value: String| {
        values.push(value);
        format!("?{}", values.len())
    };
    let contains = |value: &str| format!("%{}%", escape(value));
    Ok(match field.as_str() {
        "actor" if has("id") => {
            let (like, exact) = (bind(contains(value)), bind(value.clone()));
            let actors = format!(
                "SELECT key FROM actor WHERE name LIKE {like} ESCAPE '\\' \
                 OR spellings LIKE {like} ESCAPE '\\' OR key = {exact} OR id = {exact}"
            );
            format!("{negated}{}", of_actors(table, columns, &actors))
        }
        "country" if !has("country") => {
            let exact = bind(value.to_uppercase());
            let actors = format!("SELECT key FROM actor WHERE country = {exact}");
            format!("{negated}{}", of_actors(table, columns, &actors))
        }
        "after" if has("last_day") => {
            format!("coalesce(last_day, first_day) >= {}", bind(value.clone()))
        }
        "before" if has("first_day") => {
            format!("coalesce(first_day, last_day) <= {}", bind(value.clone()))
        }
        "when" if has("first_day") => {
            let day = bind(value.clone());
            format!("{negated}({day} BETWEEN coalesce(first_day, '') AND coalesce(last_day, '~'))")
        }
        "text" if table == TableName::Reports => {
            let words = bind(format!("\"{}\"", value.replace('"', " ")));
            format!(
                "{negated}id IN (SELECT id FROM report WHERE key IN \
                 (SELECT rowid FROM report_text WHERE report_text MATCH {words}))"
            )
        }
        name if has(name) => {
            let column = format!("\"{name}\"");
            match *operator {
                "~" => format!("{column} LIKE {} ESCAPE '\\'", bind(contains(value))),
                "=" | "!=" => {
                    let sign = if negated.is_empty() { "=" } else { "<>" };
                    format!("lower(CAST({column} AS TEXT)) {sign} lower({})", bind(value.clone()))
                }
                sign if value.parse::<f64>().is_ok() => {
                    format!("CAST({column} AS REAL) {sign} CAST({} AS REAL)", bind(value.clone()))
                }
                sign => format!("CAST({column} AS TEXT) {sign} {}", bind(value.clone())),
            }
        }
        name => return Err(no_field(name, table, columns).into()),
    })
}

/// Rows in which one of these actors takes part.
fn of_actors(table: TableName, columns: &[String], actors: &str) -> String {
    let rows = format!("IN (SELECT row FROM row_actor WHERE actor IN ({actors}))");
    let known = row_columns(table, columns).iter().map(|column| format!("{column} {rows}"));
    format!("({})", known.collect::<Vec<_>>().join(" OR "))
}

/// The columns by which rows of a table are known to `row_actor`.
fn row_columns(table: TableName, columns: &[String]) -> &'static [&'static str] {
    match table {
        // In a record of an older schema a passage is of one story.
        TableName::Passages if columns.iter().any(|column| column == "left_story") => {
            &["left_story", "right_story"]
        }
        TableName::Figures | TableName::Copies | TableName::Passages => &["story"],
        TableName::Origins | TableName::Disagreements => &["story"],
        _ => &["id"],
    }
}

fn no_field(name: &str, table: TableName, columns: &[String]) -> FilterError {
    let special = ["actor", "country", "after", "before", "when"];
    let known: Vec<_> = special.iter().copied().chain(columns.iter().map(String::as_str)).collect();
    fault(name, format!("{table} have no such field; they have {}", known.join(", ")))
}

fn escape(value: &str) -> String {
    value.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn values_are_bound_and_never_pasted() {
        let filter = Filter::parse("status=\"x' OR 1=1\"").unwrap();
        let (sql, values) = filter.to_sql(TableName::Events, &columns(&["id", "status"])).unwrap();
        assert!(!sql.contains("1=1"), "{sql}");
        assert_eq!(values, ["x' OR 1=1"]);
    }

    #[test]
    fn a_value_of_several_words_ends_at_and() {
        let filter = Filter::parse("actor=Wang Yi and after=2021-08-01").unwrap();
        let columns = columns(&["id", "first_day", "last_day"]);
        let (_, values) = filter.to_sql(TableName::Events, &columns).unwrap();
        assert_eq!(values, ["%Wang Yi%", "Wang Yi", "2021-08-01"]);
    }

    #[test]
    fn and_binds_closer_than_or() {
        let filter = Filter::parse("id=a or id=b and not (id=c)").unwrap();
        let (sql, _) = filter.to_sql(TableName::Events, &columns(&["id"])).unwrap();
        assert!(sql.starts_with("(lower") && sql.contains("OR (lower"), "{sql}");
    }

    #[test]
    fn a_passage_of_two_stories_is_found_by_the_actors_of_either() {
        let filter = Filter::parse("actor=Ruvania").unwrap();
        let columns = columns(&["id", "story", "left_story", "right_story"]);
        let (sql, _) = filter.to_sql(TableName::Passages, &columns).unwrap();
        assert!(sql.contains("left_story IN") && sql.contains("OR right_story IN"), "{sql}");
        let (sql, _) = filter.to_sql(TableName::Passages, &columns[..2]).unwrap();
        assert!(!sql.contains("left_story"), "{sql}");
    }

    #[test]
    fn faults_name_their_place() {
        for (text, part) in
            [("actor", "operator"), ("a=", "value"), ("(a=b", "`)`"), ("a='b", "closed")]
        {
            let fault = Filter::parse(text).unwrap_err().to_string();
            assert!(fault.contains(part), "{fault}");
        }
        let filter = Filter::parse("colour=red").unwrap();
        let fault = filter.to_sql(TableName::Events, &columns(&["id"])).unwrap_err().to_string();
        assert!(fault.contains("colour") && fault.contains("actor"), "{fault}");
    }
}
