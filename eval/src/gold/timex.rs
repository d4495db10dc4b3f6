//! Time expressions in the three forms that gold comes in: MEANTIME's stand-off XML, GUM's words with
//! `<date>` marks, and TimeML's marks in running text.

use std::path::Path;

use chancery_text::{Interval, Span};

use super::meantime::{self, Meantime};
use super::xml::{Element, Node};
use super::{Document, Draft, find, xml};
use crate::EvalError;
use crate::error::read_text;
use crate::score::Timex;

/// A text with its time expressions.
#[derive(Debug, Clone)]
pub struct TimedDocument {
    /// The text, with its date.
    pub document: Document,
    /// The expressions, in order.
    pub times: Vec<Timex>,
    /// The stretch that was annotated: MEANTIME stops after the first sentences.
    pub annotated: Span,
    /// Stretches inside it that do not count: the stated date itself.
    pub ignored: Vec<Span>,
    /// How values are written.
    pub values: Values,
    /// Whether days counted from the day of speaking ("today", "last week") are marked.
    pub marks_today: bool,
}

impl TimedDocument {
    /// Whether the words are a day or stretch counted from the day of speaking.
    pub fn counts_from_today(&self, span: Span) -> bool {
        let words = self.document.report.slice(span).to_lowercase();
        let words: Vec<_> = words.split_whitespace().collect();
        let units =
            ["morning", "afternoon", "evening", "night", "weekend", "week", "month", "year"];
        let is = |word: &str, list: &[&str]| list.contains(&word);
        words.iter().any(|word| is(word, &["today", "tonight", "yesterday", "tomorrow"]))
            || words
                .windows(2)
                .any(|pair| is(pair[0], &["this", "last", "next"]) && is(pair[1], &units))
    }

    /// The words without "the" before them: of "the 1980s" GUM marks as often the number alone (63 of
    /// 134 in its training part).
    pub fn without_article(&self, span: Span) -> Span {
        let words = self.document.report.slice(span);
        let article = words.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("the "));
        if article { Span::new(span.start + 4, span.end) } else { span }
    }
}

/// How the gold writes what an expression means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Values {
    /// As TIMEX3 values.
    Timex,
    /// As the days meant; lengths and recurring times are not marked.
    Days,
}

/// Reads every file of gold at or below a path.
pub fn read(path: &Path) -> Result<Vec<TimedDocument>, EvalError> {
    let mut documents = Vec::new();
    for file in files(path)? {
        let root = xml::parse(&file, &read_text(&file)?)?;
        let id = find::stem(&file);
        if let Some(document) = root.child(&["Document"]) {
            documents.push(stand_off(&id, document));
        } else if let Some(document) = root.child(&["text"]) {
            documents.push(dated_words(&id, document));
        } else if let Some(document) = root.child(&["TimeML"]) {
            documents.push(running(&id, document));
        } else {
            let problem = "is neither MEANTIME (<Document>), GUM (<text>) nor TimeML (<TimeML>)";
            return Err(EvalError::form(&file, 0, problem));
        }
    }
    Ok(documents)
}

fn files(path: &Path) -> Result<Vec<std::path::PathBuf>, EvalError> {
    Ok(meantime::within(find::files(path, |file| find::ends(file, &["xml", "tml"]))?))
}

fn stand_off(id: &str, document: &Element) -> TimedDocument {
    let report = Meantime::read(document);
    let mut timed = TimedDocument {
        document: report.document(id),
        times: Vec::new(),
        annotated: report.annotated(),
        ignored: Vec::new(),
        values: Values::Timex,
        marks_today: true,
    };
    for mark in report.marks("TIMEX3") {
        let Some(span) = report.words(mark).into_iter().reduce(Span::cover) else { continue };
        if meantime::is_created(mark) {
            timed.ignored.push(span);
        } else {
            let value = mark.attribute("value").unwrap_or_default().to_owned();
            let timex = mark.attribute("type").map(str::to_owned);
            timed.times.push(Timex { span, timex, value });
        }
    }
    timed.times.sort_by_key(|timex| timex.span);
    timed
}

fn dated_words(id: &str, root: &Element) -> TimedDocument {
    let mut writing = Words::default();
    writing.read(root);
    let document = Document::from_text(id, writing.text.text());
    let mut times = writing.times;
    times.sort_by_key(|timex| timex.span);
    let mut timed = TimedDocument {
        annotated: Span::of(0..document.report.text.len()),
        document: document.dated(root.attribute("dateCreated")),
        times,
        ignored: Vec::new(),
        values: Values::Days,
        marks_today: false,
    };
    timed.marks_today = timed.times.iter().any(|timex| timed.counts_from_today(timex.span));
    for at in 0..timed.times.len() {
        timed.times[at].span = timed.without_article(timed.times[at].span);
    }
    timed
}

#[derive(Default)]
struct Words {
    text: Draft,
    times: Vec<Timex>,
}

impl Words {
    /// Writes the words below an element; gives the stretch they take.
    fn read(&mut self, element: &Element) -> Option<Span> {
        if matches!(element.name.as_str(), "p" | "head" | "item" | "sp" | "caption" | "cell") {
            self.text.end_block();
        }
        let mut taken: Option<Span> = None;
        for node in &element.children {
            let span = match node {
                Node::Element(inner) => self.read(inner),
                Node::Text(text) => self.lines(text),
            };
            taken = match (taken, span) {
                (Some(a), Some(b)) => Some(a.cover(b)),
                (a, b) => a.or(b),
            };
        }
        if let (Some(span), true) = (taken, matches!(element.name.as_str(), "date" | "time")) {
            let value = days(element).map(|interval| interval.to_string()).unwrap_or_default();
            self.times.push(Timex { span, timex: None, value });
        }
        taken
    }

    /// Each line is a word with its tags.
    fn lines(&mut self, text: &str) -> Option<Span> {
        let words = text.lines().filter_map(|line| line.split_once('\t')).map(|(word, _)| word);
        words.map(|word| self.text.push(word)).reduce(Span::cover)
    }
}

/// The days that a `<date>` means; `None` where it names no year.
fn days(mark: &Element) -> Option<Interval> {
    let read = |name: &str| mark.attribute(name).and_then(crate::score::when::days);
    if let Some(when) = read("when") {
        return Some(when);
    }
    let first = read("from").or_else(|| read("notBefore")).and_then(|interval| interval.first);
    let last = read("to").or_else(|| read("notAfter")).and_then(|interval| interval.last);
    (first.is_some() || last.is_some()).then_some(Interval { first, last })
}

fn running(id: &str, root: &Element) -> TimedDocument {
    let mut writing = Running::default();
    let body = root.child(&["TEXT"]).unwrap_or(root);
    writing.read(body);
    let mut created = Vec::new();
    root.child(&["DCT"]).unwrap_or(&Element::default()).all_times(&mut created);
    let document = Document::from_text(id, &writing.text);
    writing.times.sort_by_key(|timex| timex.span);
    TimedDocument {
        annotated: Span::of(0..document.report.text.len()),
        document: document.dated(created.first().map(String::as_str)),
        times: writing.times,
        ignored: Vec::new(),
        values: Values::Timex,
        marks_today: true,
    }
}

#[derive(Default)]
struct Running {
    text: String,
    times: Vec<Timex>,
}

impl Running {
    fn read(&mut self, element: &Element) {
        let start = self.text.len();
        for node in &element.children {
            match node {
                Node::Text(text) => self.text.push_str(text),
                Node::Element(inner) => self.read(inner),
            }
        }
        let span = Span::of(start..self.text.len()).trim(&self.text);
        if element.name == "TIMEX3" && !span.is_empty() {
            self.times.push(Timex {
                span,
                timex: element.attribute("type").map(str::to_owned),
                value: element.attribute("value").unwrap_or_default().to_owned(),
            });
        }
    }
}

impl Element {
    fn all_times(&self, values: &mut Vec<String>) {
        let mut marks = Vec::new();
        self.all("TIMEX3", &mut marks);
        values.extend(marks.iter().filter_map(|mark| mark.attribute("value")).map(str::to_owned));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(text: &str) -> Element {
        xml::parse(Path::new("a.xml"), text).unwrap()
    }

    #[test]
    fn stand_off_times_lie_in_the_annotated_sentences() {
        let text = "<Document><token sentence='0' t_id='1'>Talks</token>\
            <token sentence='1' t_id='2'>May</token><token sentence='1' t_id='3'>14</token>\
            <token sentence='2' t_id='4'>On</token><token sentence='2' t_id='5'>Friday</token>\
            <token sentence='9' t_id='6'>later</token><Markables>\
            <TIMEX3 type='DATE' value='2009-05-15' functionInDocument='NONE'><token_anchor t_id='5'/></TIMEX3>\
            <TIMEX3 type='DATE' value='2009-05-14' functionInDocument='CREATION_TIME'><token_anchor t_id='2'/><token_anchor t_id='3'/></TIMEX3>\
            </Markables></Document>";
        let timed = stand_off("a", root(text).child(&["Document"]).unwrap());
        let report = &timed.document.report;
        assert_eq!(report.text, "Talks\nMay 14\nOn Friday later");
        assert_eq!(report.slice(timed.times[0].span), "Friday");
        assert_eq!(report.slice(timed.annotated), "Talks\nMay 14\nOn Friday");
        assert_eq!(report.slice(timed.ignored[0]), "May 14");
        assert_eq!(report.metadata.published.as_deref(), Some("2009-05-14"));
    }

    #[test]
    fn dated_words_give_days() {
        let text = "<text dateCreated='2006-02-23'><p><s>\nIn\tIN\tin\n<date from='2006-02-19' to='2006-02-26'>\n\
            this\tDT\tthis\nweek\tNN\tweek\n</date>\n.\tSENT\t.\n</s></p></text>";
        let timed = dated_words("a", root(text).child(&["text"]).unwrap());
        assert_eq!(timed.document.report.text, "In this week.");
        assert_eq!(timed.times[0].value, "2006-02-19/2006-02-26");
    }

    #[test]
    fn time_ml_keeps_the_running_text() {
        let text = "<TimeML><DCT><TIMEX3 value='1998-01-08'>x</TIMEX3></DCT><TEXT>On \
            <TIMEX3 type='DATE' value='1998-01-09'>Friday</TIMEX3> it rained.</TEXT></TimeML>";
        let timed = running("a", root(text).child(&["TimeML"]).unwrap());
        assert_eq!(timed.document.report.slice(timed.times[0].span), "Friday");
        assert_eq!(timed.document.report.metadata.published.as_deref(), Some("1998-01-08"));
    }
}
