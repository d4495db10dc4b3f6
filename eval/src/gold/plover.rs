//! PLOVER's coded sentences: one event each, its words and parties marked in the line.

use std::path::Path;

use chancery_annotate::event::EventType;
use chancery_text::Span;
use serde_json::Value;

use super::{Document, find};
use crate::EvalError;
use crate::error::read_text;

/// A coded sentence.
#[derive(Debug, Clone)]
pub struct CodedSentence {
    /// The sentence.
    pub document: Document,
    /// The type in today's PLOVER.
    pub plover: EventType,
    /// The words of the act.
    pub act: Vec<Span>,
    /// Who did it.
    pub sources: Vec<Party>,
    /// To whom. In a symmetric event, the same as the sources.
    pub targets: Vec<Party>,
}

/// A coded party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Its words.
    pub span: Span,
    /// ISO 3166-1 alpha-3; `None` for international bodies and where the coder gave none.
    pub country: Option<String>,
    /// PLOVER sector, where the coder gave one.
    pub sector: Option<String>,
}

/// Today's type for a label of PLOVER 0.5 or of today: DEMAND is REQUEST, DISAPPROVE and INVESTIGATE
/// are ACCUSE, FIGHT is ASSAULT.
pub fn event_type(label: &str) -> Option<EventType> {
    match label {
        "DEMAND" => Some(EventType::Request),
        "DISAPPROVE" | "INVESTIGATE" => Some(EventType::Accuse),
        "FIGHT" => Some(EventType::Assault),
        other => other.parse().ok(),
    }
}

/// Reads the sentences of a path's `.json` files.
pub fn read(path: &Path) -> Result<Vec<CodedSentence>, EvalError> {
    let mut sentences = Vec::new();
    for file in find::files(path, |file| find::ends(file, &["json"]))? {
        let rows: Vec<Value> = serde_json::from_str(&read_text(&file)?)
            .map_err(|e| EvalError::form(&file, e.line(), format!("is no JSON list: {e}")))?;
        for (number, row) in rows.iter().enumerate() {
            let label = row["event"].as_str().unwrap_or_default();
            let plover = event_type(label).ok_or_else(|| {
                EvalError::form(
                    &file,
                    0,
                    format!("row {}: `{label}` is no PLOVER type", number + 1),
                )
            })?;
            sentences.push(coded(row, plover));
        }
    }
    Ok(sentences)
}

fn coded(row: &Value, plover: EventType) -> CodedSentence {
    let text = row["text"].as_str().unwrap_or_default();
    let marks = marks(row["textInfo"]["markup"].as_str().unwrap_or_default());
    let find = |roles: &[&str]| -> Vec<Span> {
        let of = marks
            .iter()
            .filter(|(labels, _)| labels.split('/').any(|label| roles.contains(&label.trim())));
        of.filter_map(|(_, words)| place(text, words)).collect()
    };
    let id = row["id"].as_str().unwrap_or_default();
    let (sources, targets) = (find(&["SRC"]), find(&["TAR"]));
    CodedSentence {
        document: Document::from_text(id, text).dated(row["date"].as_str()),
        plover,
        act: find(&["EVT"]),
        sources: parties(text, &row["source"], &sources),
        targets: parties(text, &row["target"], &targets),
    }
}

/// Marked stretches as `(SRC/TAR: Jordan)`, with the words as they stand in the line, inner marks
/// taken out. A mark may be closed by a wrong bracket.
fn marks(markup: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open: Vec<(String, String)> = Vec::new();
    let mut plain = 0usize;
    let mut rest = markup;
    while let Some(letter) = rest.chars().next() {
        if let Some((label, after)) = opening(rest) {
            open.push((label, String::new()));
            rest = after;
            continue;
        }
        match letter {
            '(' => plain += 1,
            ')' | '}' if 0 < plain => plain -= 1,
            ')' | '}' if !open.is_empty() => {
                found.extend(open.pop());
                rest = &rest[letter.len_utf8()..];
                continue;
            }
            _ => {}
        }
        open.iter_mut().for_each(|(_, words)| words.push(letter));
        rest = &rest[letter.len_utf8()..];
    }
    found
}

fn opening(rest: &str) -> Option<(String, &str)> {
    let inner = rest.strip_prefix('(')?;
    let (label, after) = inner.split_once(':')?;
    let known = label.split('/').all(|part| matches!(part.trim(), "SRC" | "TAR" | "EVT" | "LOC"));
    known.then(|| (label.to_owned(), after.trim_start()))
}

/// Where words stand in the sentence, whatever its spacing.
fn place(text: &str, words: &str) -> Option<Span> {
    let words = words.trim();
    let at = (!words.is_empty()).then(|| text.find(words)).flatten()?;
    Some(Span::of(at..at + words.len()))
}

/// The coded parties with their places: each code goes to the mark that its words share most with.
fn parties(text: &str, codes: &Value, spans: &[Span]) -> Vec<Party> {
    let codes: Vec<&Value> =
        codes.as_array().into_iter().flatten().filter(|c| c.is_object()).collect();
    let party = |(number, span): (usize, &Span)| {
        let words = span.slice(text);
        let same = |code: &&&Value| {
            let actor = code["actorText"].as_str().unwrap_or_default();
            actor == words || actor.contains(words) || words.contains(actor)
        };
        let code = codes.iter().find(same).or_else(|| codes.get(number));
        let cell = |key: &str| code.and_then(|code| code[key].as_str()).unwrap_or_default();
        Party { span: *span, country: country(cell("code")), sector: sector(cell("sector")) }
    };
    spans.iter().enumerate().map(party).collect()
}

/// The country of a code; two codes of the set are no ISO codes.
fn country(code: &str) -> Option<String> {
    match code {
        "JAP" => Some("JPN".into()),
        "ITL" => Some("ITA".into()),
        "IGO" | "NGO" | "NGM" | "IMG" | "MNC" | "***" => None,
        code if code.len() == 3 => Some(code.to_owned()),
        _ => None,
    }
}

/// The first sector of a code, by today's names.
fn sector(code: &str) -> Option<String> {
    match code.get(..3)? {
        "***" => None,
        "CIV" | "SOC" | "MOS" | "AGR" => Some("CVL".into()),
        "JRN" => Some("MED".into()),
        sector => Some(sector.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_may_nest_and_be_closed_by_a_wrong_bracket() {
        let found = marks("(SRC: Ruvania) (EVT: sent} men (LOC:to (TAR: Sallet)) (now).");
        let labels: Vec<_> =
            found.iter().map(|(label, words)| format!("{label}={words}")).collect();
        assert_eq!(labels, ["SRC=Ruvania", "EVT=sent", "TAR=Sallet", "LOC=to Sallet"]);
    }

    #[test]
    fn old_labels_have_their_types_of_today() {
        assert_eq!(event_type("DEMAND"), Some(EventType::Request));
        assert_eq!(event_type("FIGHT"), Some(EventType::Assault));
        assert_eq!(event_type("AGREE"), Some(EventType::Agree));
        assert_eq!(event_type("DANCE"), None);
    }

    #[test]
    fn a_symmetric_event_has_its_parties_on_both_sides() {
        let row = serde_json::json!({
            "id": "x", "text": "Ruvania and Sallet agreed.", "date": "2000-01-01",
            "source": [{"actorText": "Ruvania", "code": "RUV"}, {"actorText": "Sallet", "code": "SAL", "sector": "GOV"}],
            "target": "",
            "textInfo": {"markup": "(SRC/TAR: Ruvania) and (SRC/TAR: Sallet) (EVT: agreed)."}
        });
        let read = coded(&row, EventType::Agree);
        assert_eq!(read.sources[1].sector.as_deref(), Some("GOV"));
        assert_eq!(
            read.targets.iter().map(|t| t.span).collect::<Vec<_>>(),
            [Span::new(0, 7), Span::new(12, 18)]
        );
    }
}
