//! Whether what a report tells happened, as MEANTIME marks it (`EVENT_MENTION`; the guidelines are
//! NewsReader's, Tonelli et al. 2014).
//!
//! The gold has two scales where a status has one value: `time` says whether it is to come, `certainty`
//! whether it is sure. The first row that fits gives the class:
//!
//! | gold | class | also right |
//! |---|---|---|
//! | no marks, or `special_cases` GEN: "the iPod comes in two colours" | left out | |
//! | `polarity` NEG | negated | |
//! | `certainty` POSSIBLE or PROBABLE, or `special_cases` COND_*; `time` FUTURE | uncertain | future |
//! | the same, not FUTURE: "can fly" | uncertain | |
//! | `time` FUTURE, `certainty` CERTAIN: "will sign" | future | |
//! | `time` FUTURE, `certainty` UNDERSPECIFIED: "wants to sign" | future | uncertain |
//! | `time` NON_FUTURE, `certainty` CERTAIN | happened | |
//! | what is left: `time` or `certainty` UNDERSPECIFIED or empty | left out | |
//!
//! "Also right" is what the gold marks too: "may sign on Friday" is both to come and not sure. The annotators
//! did not always tell the two apart ("said it would cut" is PROBABLE, "said it would replace" CERTAIN; "plans
//! to sell" CERTAIN, "plans to buy" UNDERSPECIFIED), so both ways of counting are reported.

use std::path::Path;

use chancery_text::Span;

use super::meantime::{self, Meantime};
use super::xml::Element;
use super::{Document, find, xml};
use crate::EvalError;
use crate::error::read_text;

chancery_text::named_enum! {
    /// Whether something happened, coarsely.
    pub enum Told {
        /// It happened, or goes on.
        Happened = "happened",
        /// It did not happen.
        Negated = "negated",
        /// It is to happen.
        Future = "future",
        /// It may happen or have happened, or would if.
        Uncertain = "uncertain",
    }
}

/// A report with the events that are marked in it.
#[derive(Debug, Clone)]
pub struct JudgedDocument {
    /// The text, with its date.
    pub document: Document,
    /// The events, in order.
    pub events: Vec<Judged>,
}

/// An event that is marked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Judged {
    /// Its words.
    pub words: Vec<Span>,
    /// Whether it happened.
    pub told: Told,
    /// What the gold marks too.
    pub also: Option<Told>,
}

impl Judged {
    /// Whether the gold has it so.
    pub fn admits(&self, told: Told) -> bool {
        self.told == told || self.also == Some(told)
    }
}

/// Reads every report at or below a path.
pub fn read(path: &Path) -> Result<Vec<JudgedDocument>, EvalError> {
    let files = meantime::within(find::files(path, |file| find::ends(file, &["xml"]))?);
    files.iter().map(|file| read_file(file)).collect()
}

fn read_file(file: &Path) -> Result<JudgedDocument, EvalError> {
    parse(file, &read_text(file)?)
}

/// Reads one report. Fails where the text is not MEANTIME's.
pub fn parse(file: &Path, text: &str) -> Result<JudgedDocument, EvalError> {
    let root = xml::parse(file, text)?;
    let document = root
        .child(&["Document"])
        .ok_or_else(|| EvalError::form(file, 0, "is not MEANTIME (<Document>)"))?;
    let report = Meantime::read(document);
    let event = |mark| {
        let (told, also) = told(mark)?;
        Some(Judged { words: report.words(mark), told, also })
    };
    let events = report.marks("EVENT_MENTION").filter_map(event);
    let mut events: Vec<_> = events.filter(|event| !event.words.is_empty()).collect();
    events.sort();
    Ok(JudgedDocument { document: report.document(&find::stem(file)), events })
}

/// The class of an event, and what else is right; `None` where the marks do not tell.
fn told(mark: &Element) -> Option<(Told, Option<Told>)> {
    let of = |name| mark.attribute(name).unwrap_or_default();
    let (special, certainty) = (of("special_cases"), of("certainty"));
    let unsure = matches!(certainty, "POSSIBLE" | "PROBABLE") || special.starts_with("COND");
    let future = of("time") == "FUTURE";
    match (of("polarity"), certainty) {
        _ if special == "GEN" => None,
        ("NEG", _) => Some((Told::Negated, None)),
        _ if unsure => Some((Told::Uncertain, future.then_some(Told::Future))),
        (_, "CERTAIN") if future => Some((Told::Future, None)),
        _ if future => Some((Told::Future, Some(Told::Uncertain))),
        (_, "CERTAIN") if of("time") == "NON_FUTURE" => Some((Told::Happened, None)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classes(marks: &str) -> Vec<(Told, Option<Told>)> {
        let text = format!(
            "<Document><token sentence='0' t_id='1'>Envoys</token><token sentence='0' t_id='2'>met</token>\
             <Markables>{marks}</Markables></Document>"
        );
        let gold = parse(Path::new("a.xml"), &text).unwrap();
        gold.events.iter().map(|event| (event.told, event.also)).collect()
    }

    fn class(
        polarity: &str,
        certainty: &str,
        time: &str,
        special: &str,
    ) -> Vec<(Told, Option<Told>)> {
        classes(&format!(
            "<EVENT_MENTION polarity='{polarity}' certainty='{certainty}' time='{time}' \
             special_cases='{special}'><token_anchor t_id='2'/></EVENT_MENTION>"
        ))
    }

    #[test]
    fn four_marks_make_four_classes() {
        let one = |told, also| vec![(told, also)];
        assert_eq!(class("POS", "CERTAIN", "NON_FUTURE", "NONE"), one(Told::Happened, None));
        assert_eq!(class("NEG", "CERTAIN", "FUTURE", "NONE"), one(Told::Negated, None));
        assert_eq!(class("POS", "CERTAIN", "FUTURE", "NONE"), one(Told::Future, None));
        assert_eq!(class("POS", "POSSIBLE", "NON_FUTURE", "NONE"), one(Told::Uncertain, None));
    }

    #[test]
    fn what_is_to_come_and_not_sure_may_be_called_either() {
        let doubtful = class("POS", "PROBABLE", "FUTURE", "NONE");
        assert_eq!(doubtful, [(Told::Uncertain, Some(Told::Future))]);
        let open = class("UNDERSPECIFIED", "UNDERSPECIFIED", "FUTURE", "NONE");
        assert_eq!(open, [(Told::Future, Some(Told::Uncertain))]);
    }

    #[test]
    fn what_is_generic_or_not_marked_is_left_out() {
        assert_eq!(class("POS", "CERTAIN", "NON_FUTURE", "GEN"), []);
        assert_eq!(class("", "", "", ""), []);
        assert_eq!(class("POS", "CERTAIN", "UNDERSPECIFIED", "NONE"), []);
        assert_eq!(
            classes("<EVENT_MENTION polarity='POS' certainty='CERTAIN' time='FUTURE'/>"),
            []
        );
    }
}
