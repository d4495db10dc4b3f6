//! Facts that a careful reader takes from reports, a JSON object a line: those of the seeds, whose
//! places are offsets, and those of the example corpus, whose places are words.

use std::path::{Path, PathBuf};

use chancery_text::{Interval, Report, Span};
use serde_json::Value;

use super::find;
use super::re3d::{Offsets, rows};
use crate::EvalError;
use crate::score::when;

/// One fact.
#[derive(Debug, Clone, Default)]
pub struct Fact {
    /// Its id.
    pub id: String,
    /// Its kind: `event`, `statement`, `not_copy`.
    pub kind: String,
    /// Where it stands: one place, or, for a fact across reports, several.
    pub sites: Vec<Site>,
    /// Reports that a fact across reports is about.
    pub docs: Vec<String>,
    /// Names of one actor.
    pub names: Vec<String>,
    /// Who does, says, promises; several parted by `;`.
    pub who: Option<String>,
    /// To or with whom.
    pub whom: Option<String>,
    /// When.
    pub when: Option<Interval>,
    /// By when.
    pub deadline: Option<Interval>,
    /// Where.
    pub place: Option<String>,
    /// What it says in the analyst's words.
    pub normalized: Option<String>,
    /// A number, its unit and bound.
    pub value: Option<f64>,
    /// Its unit.
    pub unit: Option<String>,
    /// Its bound.
    pub bound: Option<String>,
    /// How a date is known.
    pub basis: Option<String>,
    /// What a disagreement is about.
    pub topic: Option<String>,
    /// How many origins.
    pub origins: Option<usize>,
    /// Whether the fact comes with the fields of the example corpus, where `when` of a commitment is
    /// its deadline.
    pub example: bool,
}

/// Where a fact stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The report: a file name, with `#2` for one inside a container.
    pub doc: String,
    /// The words.
    pub text: Option<String>,
    /// Their place in the raw report, in code points.
    pub offsets: Option<(usize, usize)>,
}

/// A file of facts and where its reports lie.
#[derive(Debug, Clone)]
pub struct FactFile {
    /// The facts.
    pub facts: Vec<Fact>,
    /// The files of the reports, sorted: the whole folder, as the record is one of all of them.
    pub reports: Vec<PathBuf>,
}

/// Reads the fact files at or below a path.
pub fn read(path: &Path) -> Result<Vec<FactFile>, EvalError> {
    let names = |file: &Path| {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        find::ends(file, &["jsonl"])
            && !file.components().any(|part| part.as_os_str() == "reports")
            && !name.is_empty()
    };
    find::files(path, names)?.iter().map(|file| read_file(file)).collect()
}

fn read_file(file: &Path) -> Result<FactFile, EvalError> {
    let facts: Vec<_> = rows(file)?.iter().map(fact).collect();
    if let Some(at) = facts.iter().position(|fact| fact.kind.is_empty()) {
        return Err(EvalError::form(file, at + 1, "has no `kind`; each line is a fact"));
    }
    let docs: Vec<String> = facts
        .iter()
        .flat_map(|fact| fact.sites.iter().map(|site| &site.doc).chain(&fact.docs).cloned())
        .collect();
    let first = docs.first().ok_or_else(|| EvalError::form(file, 0, "names no report"))?;
    let folder = folder_of(file, first).ok_or_else(|| {
        let problem =
            format!("`{first}` lies neither beside it nor in seeds/ or reports/ above it");
        EvalError::form(file, 1, problem)
    })?;
    let beside = file.parent() == Some(folder.as_path());
    let wanted = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let named = docs.iter().any(|doc| doc.split('#').next() == Some(&*name));
        path != file && if beside { named } else { !name.starts_with('.') }
    };
    Ok(FactFile { facts, reports: find::files(&folder, wanted)? })
}

/// The folder that holds a report: beside the gold, or `reports/` or `seeds/` there or further up.
fn folder_of(file: &Path, doc: &str) -> Option<PathBuf> {
    let name = doc.split('#').next()?;
    let absolute = std::path::absolute(file).ok()?;
    let up = absolute.ancestors().skip(1);
    let folders =
        up.flat_map(|folder| [folder.to_owned(), folder.join("reports"), folder.join("seeds")]);
    let folder = folders.into_iter().find(|folder| folder.join(name).is_file())?;
    // Keep the path as it was given where it is the gold's own folder.
    Some(if file.parent().is_some_and(|own| own.join(name).is_file()) {
        file.parent()?.to_owned()
    } else {
        folder
    })
}

fn fact(row: &Value) -> Fact {
    let text = |key: &str| row[key].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let list = |key: &str| -> Vec<String> {
        row[key]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|v| v.as_str().map(str::to_owned))
            .collect()
    };
    let days = |key: &str| text(key).as_deref().and_then(when::days);
    let mut kind = text("kind").unwrap_or_default();
    if let Some(level) = text("level") {
        kind = format!("{kind}_{level}");
    }
    let several: Vec<Site> =
        row["spans"].as_array().into_iter().flatten().filter_map(site).collect();
    Fact {
        id: text("id").unwrap_or_default(),
        kind,
        sites: site(row).into_iter().chain(several).collect(),
        docs: list("docs"),
        names: list("names"),
        who: text("who"),
        whom: text("whom"),
        when: days("when"),
        deadline: days("deadline"),
        place: text("where"),
        normalized: text("normalized"),
        value: row["value"].as_f64(),
        unit: text("unit"),
        bound: text("bound"),
        basis: text("basis"),
        topic: text("topic"),
        origins: row["origins"].as_u64().map(|n| n as usize),
        example: row.get("start").is_none(),
    }
}

fn site(row: &Value) -> Option<Site> {
    let number = |key: &str| row[key].as_u64().map(|n| n as usize);
    Some(Site {
        doc: row["doc"].as_str()?.to_owned(),
        text: row["text_span"].as_str().map(str::to_owned),
        offsets: number("start").zip(number("end")),
    })
}

/// Where a site stands in its report's text: at its offsets if its words stand there, else wherever
/// they do, white space aside. Empty if nowhere.
pub fn locate(site: &Site, report: &Report) -> Vec<Span> {
    let words = site.text.as_deref();
    if let Some(span) = site.offsets.and_then(|offsets| at_offsets(offsets, report))
        && words.is_none_or(|words| words == report.slice(span))
    {
        return vec![span];
    }
    words.map(|words| occurrences(&report.text, words)).unwrap_or_default()
}

/// Offsets in code points of the decoded source, as a span of the text.
fn at_offsets((start, end): (usize, usize), report: &Report) -> Option<Span> {
    let source = report.alignment.source(&report.text);
    let span = Offsets::new(&source).span(start, end)?;
    let mut shift = 0i64;
    let (mut first, mut last) = (i64::from(span.start), i64::from(span.end));
    for repair in report.alignment.repairs() {
        let change = i64::from(repair.span.len()) - repair.was.len() as i64;
        let was_end = i64::from(repair.span.start) - shift + repair.was.len() as i64;
        if was_end <= i64::from(span.start) {
            first += change;
        }
        if was_end <= i64::from(span.end) {
            last += change;
        }
        shift += change;
    }
    let fits = 0 <= first && first <= last && last as usize <= report.text.len();
    let span = fits.then(|| Span::of(first as usize..last as usize))?;
    let on_border = |at: u32| report.text.is_char_boundary(at as usize);
    (on_border(span.start) && on_border(span.end)).then_some(span)
}

/// Every place of `words` in `text`, where any white space matches any.
pub fn occurrences(text: &str, words: &str) -> Vec<Span> {
    let squeeze = |text: &str| {
        let mut squeezed = String::with_capacity(text.len());
        let mut places = Vec::with_capacity(text.len());
        for (at, letter) in text.char_indices() {
            let space = letter.is_whitespace();
            if !space || !squeezed.ends_with(' ') {
                let letter = if space { ' ' } else { letter };
                places.extend(std::iter::repeat_n(at, letter.len_utf8()));
                squeezed.push(letter);
            }
        }
        places.push(text.len());
        (squeezed, places)
    };
    let (needle, _) = squeeze(words.trim());
    if needle.is_empty() {
        return Vec::new();
    }
    let (hay, places) = squeeze(text);
    hay.match_indices(&needle)
        .map(|(at, _)| {
            let last = places[at + needle.len() - 1];
            let letter = text[last..].chars().next().map_or(0, char::len_utf8);
            Span::of(places[at]..last + letter)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_text::{Alignment, Repair};

    #[test]
    fn words_are_found_whatever_their_white_space() {
        let text = "Talks “began  in\nDoha” and began in Doha.";
        let found: Vec<_> =
            occurrences(text, "began in Doha").iter().map(|s| s.slice(text)).collect();
        assert_eq!(found, ["began  in\nDoha", "began in Doha"]);
    }

    #[test]
    fn offsets_of_the_raw_report_are_found_after_a_repair() {
        let mut report = Report::from_text("a", "It’s on");
        let repair = Repair { span: Span::new(2, 5), was: "â€™".into(), reason: "mojibake" };
        report.alignment = Alignment::new(vec![repair]);
        let site = Site { doc: "a".into(), text: Some("on".into()), offsets: Some((7, 9)) };
        let found = locate(&site, &report);
        assert_eq!(found.iter().map(|s| report.slice(*s)).collect::<Vec<_>>(), ["on"]);
    }

    #[test]
    fn reports_are_found_beside_and_above_the_gold() {
        let folder = tempfile::tempdir().unwrap();
        let gold = folder.path().join("gold/seeds");
        std::fs::create_dir_all(&gold).unwrap();
        std::fs::create_dir_all(folder.path().join("seeds")).unwrap();
        std::fs::write(folder.path().join("seeds/a.txt"), "Talks began.").unwrap();
        std::fs::write(folder.path().join("seeds/b.txt"), "Talks ended.").unwrap();
        let row =
            r#"{"id":"g1","doc":"a.txt","kind":"event","text_span":"Talks","start":0,"end":5}"#;
        std::fs::write(gold.join("gold.jsonl"), row).unwrap();
        let read = read(&gold).unwrap();
        assert_eq!(read[0].reports.len(), 2);
        assert_eq!(read[0].facts[0].sites[0].offsets, Some((0, 5)));
    }
}
