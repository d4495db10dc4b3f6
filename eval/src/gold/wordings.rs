//! Pairs of quotations, marked as one saying or two, with the kinds of their differences:
//! `eval/gold/README.md` says what is one saying. Invented pairs carry their texts; pairs of the
//! corpora are places in them, with a hash of the words.

use std::collections::BTreeMap;
use std::path::Path;

use chancery_resolve::record::Change;
use chancery_text::{Report, Span};
use serde_json::Value;

use super::find;
use super::re3d::{Offsets, parse, rows};
use crate::EvalError;
use crate::line::read_reports;

/// Two quotations.
#[derive(Debug, Clone)]
pub struct Pair {
    /// Which pair.
    pub id: String,
    /// How the second was made of the first, for invented ones: `synonyms`, `days`.
    pub style: String,
    /// Whether its verdict was seen while the merger was written.
    pub seen: bool,
    /// Whether both are one saying.
    pub same: bool,
    /// The quotations.
    pub sides: [Side; 2],
    /// Some of the differences, for one saying.
    pub differences: Vec<Marked>,
}

/// A quotation in its report.
#[derive(Debug, Clone)]
pub struct Side {
    /// The report.
    pub report: Report,
    /// Its words, in one stretch or several.
    pub spans: Vec<Span>,
}

/// A difference: what kind, and the words on each side, of which one may be empty.
#[derive(Debug, Clone, Copy)]
pub struct Marked {
    /// The kind, with the first quotation as the better one.
    pub change: Change,
    /// Words of each side.
    pub words: [Option<Span>; 2],
}

/// Pairs of the corpora for tuning.
const MARKED: &str = include_str!("../../gold/wordings/marked.jsonl");

/// The pairs of a set: our marks on it if it is a corpus of the gold collection, else the invented
/// pairs in it.
pub fn read(set: &Path) -> Result<Vec<Pair>, EvalError> {
    let marked = of_corpus(set)?;
    if !marked.is_empty() {
        return Ok(marked);
    }
    let mut pairs = Vec::new();
    for file in find::files(set, |file| find::ends(file, &["jsonl"]))? {
        let texts = rows(&file)?.into_iter().filter(|row| row["left"]["text"].is_string());
        for (number, row) in (1..).zip(texts) {
            let pair = invented(&row).map_err(|what| EvalError::form(&file, number, what))?;
            pairs.push(pair);
        }
    }
    Ok(pairs)
}

fn of_corpus(set: &Path) -> Result<Vec<Pair>, EvalError> {
    let name = set.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let Some(gold) = set.parent() else { return Ok(Vec::new()) };
    let file = Path::new("eval/gold/wordings/marked.jsonl");
    let rows = parse(file, MARKED)?;
    let of_set = |row: &&Value| {
        row["left"]["corpus"].as_str().is_some_and(|corpus| Path::new(corpus).starts_with(name))
    };
    let mut corpora = Corpora::default();
    let mut pairs = Vec::new();
    for row in rows.iter().filter(of_set) {
        let sides = [corpora.side(gold, &row["left"])?, corpora.side(gold, &row["right"])?];
        pairs.push(
            pair(row, sides, |value, side| {
                let end = |at: usize| value[at].as_u64().map(|at| at as usize);
                let (start, end) = end(0).zip(end(1))?;
                Offsets::new(&side.report.text).span(start, end)
            })
            .map_err(|what| EvalError::form(file, 0, what))?,
        );
    }
    Ok(pairs)
}

/// Files that were read, by their reports' ids.
#[derive(Default)]
struct Corpora(BTreeMap<String, BTreeMap<String, Report>>);

impl Corpora {
    fn side(&mut self, gold: &Path, row: &Value) -> Result<Side, EvalError> {
        let corpus = row["corpus"].as_str().unwrap_or_default();
        let file = gold.join(corpus);
        if !self.0.contains_key(corpus) {
            let reports = read_reports(&file)?.into_iter();
            let by_id = reports.map(|report| (report.id.to_string(), report)).collect();
            self.0.insert(corpus.to_owned(), by_id);
        }
        let id = row["report"].as_str().unwrap_or_default();
        let report = self.0[corpus].get(id);
        let report =
            report.ok_or_else(|| EvalError::form(&file, 0, format!("has no report `{id}`")))?;
        marked_side(report, row).map_err(|what| EvalError::form(&file, 0, what))
    }
}

fn marked_side(report: &Report, row: &Value) -> Result<Side, String> {
    let offsets = Offsets::new(&report.text);
    let span = |value: &Value| {
        let end = |at: usize| value[at].as_u64().map(|at| at as usize);
        end(0).zip(end(1)).and_then(|(start, end)| offsets.span(start, end))
    };
    let spans = row["spans"].as_array().map_or(&[][..], Vec::as_slice).iter().map(span);
    let spans: Vec<Span> = spans.collect::<Option<_>>().ok_or("has a place outside its text")?;
    let words: Vec<_> = spans.iter().map(|span| span.slice(&report.text)).collect();
    let found = fingerprint(words.join(" ").as_bytes());
    let wanted = row["hash"].as_str().unwrap_or_default();
    if found != wanted {
        return Err(format!("has other words at a marked place: {found}, not {wanted}"));
    }
    Ok(Side { report: report.clone(), spans })
}

/// FNV-1a, 64 bits, in hexadecimal.
fn fingerprint(bytes: &[u8]) -> String {
    let fold = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", bytes.iter().fold(0xcbf2_9ce4_8422_2325, fold))
}

fn invented(row: &Value) -> Result<Pair, String> {
    let side = |name: &str| -> Result<Side, String> {
        let row = &row[name];
        let text = row["text"].as_str().ok_or("has a side without `text`")?;
        let mut report = Report::from_text(&format!("{name}.txt"), text);
        report.metadata.published = row["day"].as_str().map(str::to_owned);
        let spans = vec![place(text, row["words"].as_str().unwrap_or_default())?];
        Ok(Side { report, spans })
    };
    pair(row, [side("left")?, side("right")?], |words, side| {
        let words = words.as_str().filter(|words| !words.is_empty())?;
        let whole = side.spans[0];
        let inside = place(whole.slice(&side.report.text), words).ok()?;
        Some(Span::new(whole.start + inside.start, whole.start + inside.end))
    })
}

fn place(text: &str, words: &str) -> Result<Span, String> {
    let start = text.find(words).filter(|_| !words.is_empty());
    let start = start.ok_or_else(|| format!("has no `{words}` in its text"))?;
    Ok(Span::of(start..start + words.len()))
}

fn pair(
    row: &Value,
    sides: [Side; 2],
    span: impl Fn(&Value, &Side) -> Option<Span>,
) -> Result<Pair, String> {
    let listed = row["differences"].as_array().map_or(&[][..], Vec::as_slice);
    let differences = listed.iter().map(|one| {
        let change = one[0].as_str().unwrap_or_default().parse::<Change>()?;
        let words = [span(&one[1], &sides[0]), span(&one[2], &sides[1])];
        if words == [None, None] {
            Err("has a difference without words".to_owned())
        } else {
            Ok(Marked { change, words })
        }
    });
    let differences = differences.collect::<Result<_, String>>()?;
    let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let same = row["same"].as_bool().ok_or("has no `same`")?;
    Ok(Pair {
        id: text("id"),
        style: text("style"),
        seen: text("half") == "tune",
        same,
        sides,
        differences,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invented_pair_is_read_with_its_differences() {
        let row = serde_json::json!({
            "id": "a", "half": "held", "style": "synonyms", "same": true,
            "left": {"day": "2031-05-04", "text": "Kolm said Pelm must cut ties.", "words": "Pelm must cut ties"},
            "right": {"day": "2031-05-04", "text": "Pelm must sever ties, Kolm said.", "words": "Pelm must sever ties"},
            "differences": [["synonym", "cut", "sever"], ["omission", "ties", ""]],
        });
        let pair = invented(&row).unwrap();
        assert_eq!((pair.same, pair.seen, pair.differences.len()), (true, false, 2));
        let words = pair.differences[0].words[1].unwrap();
        assert_eq!(words.slice(&pair.sides[1].report.text), "sever");
        assert_eq!(pair.differences[1].words[1], None);
    }

    #[test]
    fn marks_on_changed_words_are_refused() {
        let report = Report::from_text("a.txt", "Kolm said Pelm must go.");
        let row = serde_json::json!({"spans": [[10, 14]], "hash": fingerprint(b"Pelm")});
        assert!(marked_side(&report, &row).is_ok());
        let row = serde_json::json!({"spans": [[10, 14]], "hash": fingerprint(b"Tarn")});
        assert!(marked_side(&report, &row).unwrap_err().contains("other words"));
    }

    #[test]
    fn our_own_pairs_have_no_faults() {
        let set = Path::new(env!("CARGO_MANIFEST_DIR")).join("gold/wordings");
        let pairs = read(&set).unwrap();
        let same = pairs.iter().filter(|pair| pair.same).count();
        assert!(100 <= pairs.len() && pairs.len() <= 2 * same + 10, "{} of {}", same, pairs.len());
    }
}
