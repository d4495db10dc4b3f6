//! Credits by the rules of `data/clean/credits.tsv`. They are harvested whether or not the line
//! that holds them is residue, because they are provenance.

use chancery_text::Span;
use regex::Captures;

use super::draft::{Draft, Found};
use super::needle::Needles;
use super::outlet::{Outlets, domain};
use super::residue::Late;
use super::{CreditKind, ResidueReason};
use crate::lexicon::{LexiconFault, Row, Table};

const TEXT: &str = include_str!("../../../../data/clean/credits.tsv");

/// How much of a line's end is looked at for an agency's name.
const TAIL: usize = 90;

/// The rules, compiled.
#[derive(Debug)]
pub(super) struct Rules {
    rules: Vec<Rule>,
    /// Rules that look at the end of every line.
    ends: Vec<usize>,
    needles: Needles,
}

#[derive(Debug)]
struct Rule {
    place: Place,
    kind: CreditKind,
    residue: Option<ResidueReason>,
    known: bool,
    late: Late,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Line,
    Inline,
    End,
}

impl Rules {
    pub fn read() -> Result<Self, LexiconFault> {
        let table = Table::parse("clean/credits.tsv", TEXT)?;
        let rules: Vec<_> =
            table.rows.iter().map(|row| rule(&table, row)).collect::<Result<_, _>>()?;
        let needle = table.column("needle")?;
        let ends = (0..rules.len()).filter(|rule| rules[*rule].place == Place::End).collect();
        // Rules for line ends need no word: an impossible one keeps them out of the other pass.
        let list = |(row, rule): (&Row, &Rule)| match rule.place {
            Place::End => "\u{0}",
            _ => row.cell(needle),
        };
        let needles = Needles::new(table.rows.iter().zip(&rules).map(list));
        Ok(Self { rules, ends, needles })
    }

    pub fn harvest(&self, draft: &mut Draft<'_>, outlets: &Outlets) {
        for candidate in self.needles.candidates(draft.text, &draft.lines) {
            let rule = &self.rules[candidate.rule as usize];
            let within = match rule.place {
                Place::Line => draft.lines[candidate.line].span,
                _ => candidate.window,
            };
            if rule.place != Place::End {
                rule.harvest(draft, candidate.line, within, outlets);
            }
        }
        for line in 0..draft.lines.len() {
            let tail = tail(draft.text, draft.lines[line].span);
            for rule in &self.ends {
                self.rules[*rule].harvest(draft, line, tail, outlets);
            }
        }
    }
}

fn tail(text: &str, line: Span) -> Span {
    let mut start = (line.end as usize).saturating_sub(TAIL).max(line.start as usize);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    Span::of(start..line.end as usize)
}

impl Rule {
    fn harvest(&self, draft: &mut Draft<'_>, line: usize, within: Span, outlets: &Outlets) {
        let words = within.slice(draft.text);
        if self.place == Place::Line && 400 < words.len() && self.kind != CreditKind::Copyright {
            return;
        }
        if !self.late.regex().is_match(words) {
            return;
        }
        let found: Vec<_> = self.late.regex().captures_iter(words).take(50).collect();
        for captures in found {
            self.take(draft, line, within.start, &captures, outlets);
        }
    }

    fn take(
        &self,
        draft: &mut Draft<'_>,
        line: usize,
        shift: u32,
        captures: &Captures<'_>,
        outlets: &Outlets,
    ) {
        let at = |m: regex::Match<'_>| {
            Span::of(shift as usize + m.start()..shift as usize + m.end()).trim(draft.text)
        };
        let Some(whole) = captures.name("span").or_else(|| captures.get(0)).map(at) else { return };
        let Some(name) = captures.name("name").or_else(|| captures.name("name2")).map(at) else {
            return;
        };
        let named = named(draft.text, name, outlets);
        if named.is_empty() || self.known && !named.iter().any(|(_, _, known)| *known) {
            return;
        }
        if self.place == Place::Line
            && self.kind == CreditKind::Byline
            && !byline_stands(draft, line, name)
        {
            return;
        }
        let known = named.iter().any(|(_, _, known)| *known);
        let sentence = 8 < name.slice(draft.text).split_whitespace().count();
        if self.place == Place::Line && self.kind == CreditKind::Outlet && !known && sentence {
            return;
        }
        let kind = self.kind_of(&named, name.slice(draft.text));
        if let Some(reason) = self.residue {
            match self.place {
                Place::Line => draft.mark(line, reason),
                _ => draft.cut(whole, reason),
            }
        }
        let credits = named.into_iter().map(|(name_span, name, _)| {
            let name = if kind == CreditKind::Readout { issuer(&name) } else { name };
            Found { span: whole, name_span, kind, name }
        });
        let credits: Vec<_> = credits.collect();
        draft.credits.extend(credits);
    }

    /// People who "contributed to this report" are no agency.
    fn kind_of(&self, named: &[(Span, String, bool)], written: &str) -> CreditKind {
        let lower = written.to_lowercase();
        let press = ["agenc", "news", "press", "media", "wire", "input", "report"]
            .iter()
            .any(|word| lower.contains(word));
        let known = named.iter().any(|(_, _, known)| *known);
        match self.kind {
            CreditKind::Agency if !known && !press => CreditKind::Byline,
            kind => kind,
        }
    }
}

/// One name for the ways a readout is named: "a Coastal foreign ministry readout" and "the Coastal
/// Foreign Ministry" are of the Coastal Foreign Ministry.
fn issuer(written: &str) -> String {
    let mut words: Vec<_> = written.split_whitespace().collect();
    while words
        .first()
        .is_some_and(|word| matches!(*word, "the" | "The" | "a" | "A" | "an" | "its"))
    {
        words.remove(0);
    }
    let office = words.iter().rposition(|word| {
        ["ministry", "embassy", "office", "kremlin", "presidency", "department"]
            .contains(&word.to_lowercase().as_str())
    });
    let of = words.iter().any(|word| *word == "of");
    let kept = office.filter(|office| !of && 0 < *office).map_or(words.len(), |office| office + 1);
    let named = kept < words.len() || office.is_some();
    let cased = words[..kept].iter().map(|word| match word.chars().next() {
        Some(first)
            if named && first.is_lowercase() && !matches!(*word, "of" | "the" | "and" | "for") =>
        {
            first.to_uppercase().chain(word.chars().skip(1)).collect()
        }
        _ => (*word).to_owned(),
    });
    cased.collect::<Vec<String>>().join(" ")
}

/// A byline stands near the top, or right above or below the body; never as part of a sentence.
fn byline_stands(draft: &Draft<'_>, line: usize, name: Span) -> bool {
    let words = draft.words(line);
    let last = draft.lines.len() - 1;
    let edge = line < 14 || last < line + 6;
    let dateish = crate::date::notation::find_dates(name.slice(draft.text)).is_empty();
    let weekday = name.slice(draft.text).split_whitespace().next().is_some_and(|word| {
        let word = word.trim_matches(',').as_bytes();
        crate::date::notation::weekday_named(word).is_some()
            || crate::date::notation::month_named(word).is_some()
    });
    edge && words.len() <= 160 && dateish && !weekday && !words.ends_with(['.', '?', '!'])
}

/// The names in a list of names, each with its canonical form and whether the lexicon knows it.
pub(super) fn named(text: &str, span: Span, outlets: &Outlets) -> Vec<(Span, String, bool)> {
    if let Some(one) = one_name(text, span, outlets).filter(|(_, _, known)| *known) {
        return vec![one];
    }
    let parts = split_names(text, span);
    let named: Vec<_> =
        parts.into_iter().filter_map(|part| one_name(text, part, outlets)).collect();
    if named.iter().any(|(_, _, known)| *known) {
        return named.into_iter().filter(|(_, _, known)| *known).collect();
    }
    one_name(text, span, outlets).into_iter().collect()
}

fn one_name(text: &str, span: Span, outlets: &Outlets) -> Option<(Span, String, bool)> {
    let marks = |c: char| c.is_whitespace() || ".,:;|-–—()[]\"“”".contains(c);
    let words = span.slice(text);
    let lead = words.len() - words.trim_start_matches(marks).len();
    let bare = words.trim_matches(marks);
    if !bare.chars().any(char::is_alphanumeric) {
        return None;
    }
    let start = span.start as usize + lead;
    let span = Span::of(start..start + bare.len());
    Some(match outlets.find(bare) {
        Some(outlet) => (span, outlet.canonical.to_owned(), true),
        None => (span, domain(bare).unwrap_or_else(|| bare.to_owned()), false),
    })
}

fn split_names(text: &str, span: Span) -> Vec<Span> {
    let words = span.slice(text);
    let (mut parts, mut at) = (Vec::new(), 0);
    for (start, len) in separators(words) {
        if at <= start {
            parts.push((at, start));
            at = start + len;
        }
    }
    parts.push((at, words.len()));
    let shift = span.start as usize;
    parts
        .into_iter()
        .filter(|(a, b)| a < b)
        .map(|(a, b)| Span::of(shift + a..shift + b).trim(text))
        .collect()
}

/// Where `, `, ` and `, ` & `, `/`, `;`, ` via `, ` in ` stand, in order.
fn separators(words: &str) -> Vec<(usize, usize)> {
    const MARKS: [&str; 8] = [" and ", " & ", " via ", " in ", ", ", "/", ";", " | "];
    let mut found: Vec<_> = MARKS
        .iter()
        .flat_map(|mark| words.match_indices(mark).map(|(at, mark)| (at, mark.len())))
        .collect();
    found.sort_unstable();
    found
}

fn rule(table: &Table, row: &Row) -> Result<Rule, LexiconFault> {
    let cell = |name| table.column(name).map(|column| row.cell(column));
    let place = match cell("place")? {
        "line" => Place::Line,
        "inline" => Place::Inline,
        "end" => Place::End,
        other => {
            return Err(table.fault(row, format!("`{other}` is no place: use line, inline or end")));
        }
    };
    let kind = cell("kind")?.parse().map_err(|fault: String| table.fault(row, fault))?;
    let residue = match cell("residue")? {
        "" => None,
        reason => Some(reason.parse().map_err(|fault: String| table.fault(row, fault))?),
    };
    let pattern = match place {
        Place::End => format!("(?:{})$", cell("pattern")?),
        _ => cell("pattern")?.to_owned(),
    };
    let late = Late::new(pattern, place == Place::Line);
    Ok(Rule { place, kind, residue, known: cell("known")? == "yes", late })
}

/// Every rule against its own two sentences.
pub(super) fn check(outlets: &Outlets) -> Vec<LexiconFault> {
    let table = match Table::parse("clean/credits.tsv", TEXT) {
        Ok(table) => table,
        Err(fault) => return vec![fault],
    };
    let mut faults = table.check_form();
    for row in &table.rows {
        match check_row(&table, row, outlets) {
            Ok(found) => faults.extend(found),
            Err(fault) => faults.push(fault),
        }
    }
    faults
}

fn check_row(
    table: &Table,
    row: &Row,
    outlets: &Outlets,
) -> Result<Vec<LexiconFault>, LexiconFault> {
    let needle = row.cell(table.column("needle")?);
    rule(table, row)?.late.check().map_err(|fault| table.fault(row, fault.to_string()))?;
    let fires = |sentence: &str| {
        let rule = rule(table, row)?;
        let ends = if rule.place == Place::End { vec![0] } else { Vec::new() };
        let needle = if ends.is_empty() { needle } else { "\u{0}" };
        let rules =
            Rules { rules: vec![rule], ends, needles: Needles::new(std::iter::once(needle)) };
        let report = chancery_text::Report::from_text("rule", sentence);
        let mut draft = Draft::new(&report);
        rules.harvest(&mut draft, outlets);
        Ok(!draft.credits.is_empty())
    };
    let mut faults = Vec::new();
    if !fires(row.cell(table.column("match")?))? {
        faults.push(
            table.fault(
                row,
                "does not fire on its match; change the pattern, the needle or the match",
            ),
        );
    }
    if fires(row.cell(table.column("miss")?))? {
        faults.push(table.fault(row, "fires on its miss; narrow the pattern"));
    }
    Ok(faults)
}
