//! The sentences that a row was read from, in their reports.

use chancery_text::Span;
use rusqlite::params;

use crate::connection::Record;
use crate::error::StoreError;

/// A stretch of a report's text with marked parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// The report's id.
    pub report: String,
    /// Its headline.
    pub title: String,
    /// Its outlet, or the file it was read from.
    pub outlet: String,
    /// Its date, as ISO 8601; empty if open.
    pub date: String,
    /// The characters: the sentences that hold the marks and one on either side.
    pub text: String,
    /// Code point at which `text` starts in the report.
    pub start_char: u32,
    /// What is marked, in order; spans slice `text`.
    pub marks: Vec<Marked>,
}

/// A marked part of a context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// Its bytes in [`Context::text`].
    pub span: Span,
    /// What it shows: `mention`, `trigger`, `cue`, `side-a` …
    pub role: String,
}

impl Record {
    /// Where a row, observed or concluded, was read. Contexts that are close in one report are one.
    ///
    /// Fails where no row has the id.
    pub fn contexts(&self, row: &str) -> Result<Vec<Context>, StoreError> {
        let marks = self.marks(row)?;
        if marks.is_empty() {
            return Err(StoreError::NoRow(row.to_owned()));
        }
        let mut contexts = Vec::new();
        let mut rest = &marks[..];
        while let Some(((report, _), _)) = rest.split_first() {
            let same = rest.iter().take_while(|mark| mark.0 == *report).count();
            contexts.extend(self.in_report(*report, &rest[..same])?);
            rest = &rest[same..];
        }
        Ok(contexts)
    }

    /// The row's own evidence, and that of the observed rows that it points to; of a story, how each of its
    /// reports opens.
    fn marks(&self, row: &str) -> Result<Vec<(i64, Marked)>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT report, start_byte, end_byte, role FROM evidence WHERE row = ?1
             UNION
             SELECT t.report, min(t.start_byte), t.end_byte, 'opening' FROM story_report s
             JOIN stretch t ON t.report = s.report AND t.kind = 'sentence' WHERE s.story = ?1 GROUP BY 1
             UNION
             SELECT o.report, o.start_byte, o.end_byte, o.role FROM evidence e
             JOIN evidence o ON o.row = e.observed WHERE e.row = ?1 AND o.role <> 'span'
             ORDER BY 1, 2, 3 DESC, 4",
        )?;
        let mark = |row: &rusqlite::Row<'_>| {
            let span = Span::new(row.get(1)?, row.get(2)?);
            Ok((row.get(0)?, Marked { span, role: row.get(3)? }))
        };
        Ok(query.query_map([row], mark)?.collect::<Result<_, _>>()?)
    }

    fn in_report(&self, key: i64, marks: &[(i64, Marked)]) -> Result<Vec<Context>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT r.id, r.title,
                    coalesce(r.outlet, (SELECT min(path) FROM source WHERE report = r.key), ''),
                    coalesce(s.first_day, r.first_day, '..'), coalesce(s.last_day, r.last_day, '..'),
                    r.text
             FROM report r LEFT JOIN story_report s ON s.report = r.key WHERE r.key = ?1",
        )?;
        let (id, title, outlet, first, last, text): (
            String,
            String,
            String,
            String,
            String,
            String,
        ) = query.query_row([key], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
        })?;
        let date = match (first.as_str(), last.as_str()) {
            ("..", "..") => String::new(),
            (first, last) if first == last => first.to_owned(),
            (first, last) => format!("{first}/{last}"),
        };
        let windows = windows(&self.sentences(key)?, marks);
        let context = |(window, marks): (Span, Vec<Marked>)| Context {
            report: id.clone(),
            title: title.clone(),
            outlet: outlet.clone(),
            date: date.clone(),
            text: window.slice(&text).to_owned(),
            start_char: text[..window.start as usize].chars().count() as u32,
            marks,
        };
        Ok(windows.into_iter().map(context).collect())
    }

    fn sentences(&self, key: i64) -> Result<Vec<Span>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT start_byte, end_byte FROM stretch WHERE report = ?1 AND kind = 'sentence'
             ORDER BY start_byte",
        )?;
        let spans = query.query_map(params![key], |row| Ok(Span::new(row.get(0)?, row.get(1)?)))?;
        Ok(spans.collect::<Result<_, _>>()?)
    }
}

/// The sentences around each mark, joined where they meet, with their marks made relative.
fn windows(sentences: &[Span], marks: &[(i64, Marked)]) -> Vec<(Span, Vec<Marked>)> {
    let mut windows: Vec<(Span, Vec<Marked>)> = Vec::new();
    for (_, mark) in marks {
        let window = around(sentences, mark.span);
        match windows.last_mut() {
            Some((last, inside)) if window.start <= last.end => {
                *last = last.cover(window);
                inside.push(mark.clone());
            }
            _ => windows.push((window, vec![mark.clone()])),
        }
    }
    for (window, inside) in &mut windows {
        for mark in inside {
            mark.span = Span::new(mark.span.start - window.start, mark.span.end - window.start);
        }
    }
    windows
}

fn around(sentences: &[Span], span: Span) -> Span {
    let first = sentences.partition_point(|sentence| sentence.end <= span.start);
    let last = sentences.partition_point(|sentence| sentence.start < span.end);
    let near = &sentences[first.saturating_sub(1)..(last + 1).min(sentences.len()).max(first)];
    near.iter().fold(span, |window, sentence| {
        let far = 600;
        let close = sentence.start + far >= span.start && sentence.end <= span.end + far;
        if close || sentence.overlaps(span) { window.cover(*sentence) } else { window }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_in_neighbouring_sentences_share_a_window() {
        let sentences = [Span::new(0, 10), Span::new(11, 20), Span::new(21, 30), Span::new(31, 40)];
        let mark = |start, end| (1, Marked { span: Span::new(start, end), role: "span".into() });
        let windows = windows(&sentences, &[mark(12, 14), mark(33, 35)]);
        assert_eq!(windows.len(), 1);
        assert_eq!(windows[0].0, Span::new(0, 40));
    }
}
