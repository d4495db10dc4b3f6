//! news-please JSON with `newsCluster`: reports labelled with the event that they report.

use std::path::Path;

use chancery_text::Report;
use serde_json::Value;

use super::find;
use crate::EvalError;
use crate::error::read_text;

/// A report and the label of its happening.
#[derive(Debug, Clone)]
pub struct LabelledReport {
    /// The report: headline, then text.
    pub report: Report,
    /// Category, topic and event of the gold.
    pub label: String,
    /// The day it was published on, as stated: `2018-02-05`.
    pub day: String,
}

/// Reads every labelled `.json` file at or below a path, sorted by name.
pub fn read(path: &Path) -> Result<Vec<LabelledReport>, EvalError> {
    let mut reports = Vec::new();
    for file in find::files(path, |file| find::ends(file, &["json"]))? {
        let value: Value = serde_json::from_str(&read_text(&file)?)
            .map_err(|e| EvalError::form(&file, e.line(), format!("is no JSON: {e}")))?;
        reports.extend(labelled(&find::stem(&file), &value));
    }
    Ok(reports)
}

fn labelled(id: &str, value: &Value) -> Option<LabelledReport> {
    let cluster = value.get("newsCluster")?;
    let ids = ["CategoryId", "TopicId", "EventId"].map(|key| cluster[key].to_string());
    let text = |key: &str| value[key].as_str().map(str::to_owned);
    let title = text("title");
    let body = text("text").unwrap_or_default();
    let whole = title.iter().chain([&body]).cloned().collect::<Vec<_>>().join("\n\n");
    let mut report = Report::from_text(id, &whole);
    report.metadata.title_span =
        title.as_ref().map(|title| chancery_text::Span::of(0..title.len()));
    report.metadata.title = title;
    report.metadata.outlet = text("source_domain");
    report.metadata.url = text("url");
    report.metadata.published = text("date_publish");
    report.metadata.language = text("language");
    let day = report.metadata.published.as_deref().unwrap_or_default().chars().take(10).collect();
    Some(LabelledReport { report, label: ids.join("."), day })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_label_is_category_topic_and_event() {
        let value = serde_json::json!({
            "title": "Talks", "text": "They met.", "date_publish": "2018-02-05T22:05:03",
            "newsCluster": {"CategoryId": 1, "TopicId": 2, "EventId": 64}
        });
        let read = labelled("a", &value).unwrap();
        assert_eq!((read.label.as_str(), read.day.as_str()), ("1.2.64", "2018-02-05"));
        assert_eq!(read.report.text, "Talks\n\nThey met.");
        assert!(labelled("a", &serde_json::json!({"title": "Talks"})).is_none());
    }
}
