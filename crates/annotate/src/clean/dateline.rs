//! The dateline at the start of the body: "ISLAMABAD –", "Kabul:", "GENEVA, March 3 (Xinhua) --".

use std::collections::HashSet;

use chancery_text::Span;

use super::draft::{Draft, Found};
use super::outlet::Outlets;
use super::{CreditKind, ResidueReason};
use crate::date::notation::{Value, find_dates};
use crate::lexicon::{LexiconFault, Table};

const TEXT: &str = include_str!("../../../../data/clean/datelines.tsv");

/// A dateline is no longer than this.
const LONGEST: usize = 90;

/// Words in capitals before a dash that name no place.
const LABELS: [&str; 22] = [
    "UPDATE",
    "BREAKING",
    "EXCLUSIVE",
    "WATCH",
    "LIVE",
    "VIDEO",
    "PHOTOS",
    "ANALYSIS",
    "OPINION",
    "FACTBOX",
    "EXPLAINER",
    "CORRECTED",
    "CORRECTION",
    "ROUNDUP",
    "FEATURE",
    "NEWS",
    "EDITORIAL",
    "INTERVIEW",
    "TIMELINE",
    "URGENT",
    "ALSO",
    "READ",
];

/// Places that stand in datelines.
#[derive(Debug)]
pub(super) struct Places(HashSet<String>);

impl Places {
    pub fn read() -> Result<Self, LexiconFault> {
        let table = Table::parse("clean/datelines.tsv", TEXT)?;
        let name = table.column("name")?;
        Ok(Self(table.rows.iter().map(|row| row.cell(name).to_lowercase()).collect()))
    }

    fn holds(&self, name: &str) -> bool {
        self.0.contains(&name.trim().to_lowercase())
    }
}

pub(super) fn check() -> Vec<LexiconFault> {
    match Table::parse("clean/datelines.tsv", TEXT) {
        Ok(table) => table.check_form(),
        Err(fault) => vec![fault],
    }
}

/// What was read at the start of a body: byte ranges of the place, of the agency in brackets, and
/// of the whole.
#[derive(Debug, PartialEq)]
struct Dateline {
    place: Option<(usize, usize)>,
    agency: Option<(usize, usize)>,
    end: usize,
}

/// Marks the dateline of the body and harvests it.
pub(super) fn mark(draft: &mut Draft<'_>, places: &Places, outlets: &Outlets) {
    let bodies: Vec<_> = draft
        .open()
        .filter(|line| Some(*line) != draft.title_line || draft.lines.len() == 1)
        .take(3)
        .collect();
    for line in bodies {
        let start = draft.start_of(line) as usize;
        let words = &draft.text[start..draft.lines[line].span.end as usize];
        if let Some(dateline) = parse(words, places, outlets) {
            take(draft, start, &dateline, outlets);
            return;
        }
        if 200 < words.len() {
            mark_inside(draft, start, words.len(), places, outlets);
            return;
        }
    }
}

/// In a text whose lines were run together, the dateline follows the summary: "… the monitor says.
/// MOSCOW October 18 (RIA Novosti) - The monitor …". Only with an agency in brackets.
fn mark_inside(
    draft: &mut Draft<'_>,
    start: usize,
    length: usize,
    places: &Places,
    outlets: &Outlets,
) {
    let words = &draft.text[start..start + length];
    let ends = words.match_indices(". ").take_while(|(at, _)| *at < 600).map(|(at, _)| at + 2);
    let found = ends.filter_map(|at| Some((at, parse(&words[at..], places, outlets)?)));
    let found = found
        .into_iter()
        .find(|(_, dateline)| dateline.agency.is_some() && dateline.place.is_some());
    if let Some((at, dateline)) = found {
        take(draft, start + at, &dateline, outlets);
    }
}

fn take(draft: &mut Draft<'_>, start: usize, dateline: &Dateline, outlets: &Outlets) {
    let at = |(from, to): (usize, usize)| Span::of(start + from..start + to).trim(draft.text);
    let span = at((0, dateline.end));
    if let Some(place) = dateline.place.map(at) {
        let name = cased(place.slice(draft.text));
        for written in find_dates(span.slice(draft.text)) {
            if let Value::Full(interval) = written.value {
                let shift = span.start as usize;
                draft.stamps.push((
                    Span::of(shift + written.range.start..shift + written.range.end),
                    interval,
                ));
            }
        }
        draft.credits.push(Found { span, name_span: place, kind: CreditKind::Dateline, name });
    }
    if let Some(name_span) = dateline.agency.map(at) {
        let named = super::credit::named(draft.text, name_span, outlets);
        for (name_span, name, _) in named {
            let kind = match outlets.find(&name) {
                Some(outlet) if !outlet.is_agency() => CreditKind::Outlet,
                _ => CreditKind::Agency,
            };
            draft.credits.push(Found { span, name_span, kind, name });
        }
    }
    draft.cut(span, ResidueReason::CreditLine);
}

fn parse(words: &str, places: &Places, outlets: &Outlets) -> Option<Dateline> {
    let mut end = words.len().min(LONGEST);
    while !words.is_char_boundary(end) {
        end -= 1;
    }
    let head = &words[..end];
    if !head.starts_with(|c: char| c.is_uppercase() || c == '(') {
        return None;
    }
    bracketed(head, places, outlets).or_else(|| dashed(head, places)).filter(|dateline| {
        let rest = words[dateline.end..].trim_start();
        rest.chars()
            .next()
            .is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || "\"“‘'’[$€£".contains(c))
    })
}

/// "GENEVA, March 3 (Xinhua) --", "DAMASCUS (AFP) -", "(CNN) ".
fn bracketed(head: &str, places: &Places, outlets: &Outlets) -> Option<Dateline> {
    let open = head.find('(')?;
    let close = open + head[open..].find(')')?;
    let inner = (open + 1, close);
    let agency = head[inner.0..inner.1].split('/').all(|name| outlets.find(name).is_some());
    let place = place_of(&head[..open], places);
    let (end, dashed) = past_dash(head, close + 1);
    // "Kabul (Reuters) staff" is no dateline; "KABUL (Reuters) staff" still is one.
    let loud = place.is_some_and(|(from, to)| is_loud(&head[from..to]));
    // Between a place in capitals and a dash an outlet need not be known.
    let may_be = loud && dashed && is_titled(&head[inner.0..inner.1]);
    let fits = match place {
        Some(_) => agency || may_be,
        None => open == 0 && agency,
    };
    (fits && (dashed || loud || open == 0)).then_some(Dateline { place, agency: Some(inner), end })
}

/// "ISLAMABAD –", "Kabul:", "CAPE HARBOUR, Fla. —".
fn dashed(head: &str, places: &Places) -> Option<Dateline> {
    let dash = [" – ", " — ", " -- ", " - ", "— ", "—", ": ", "– "]
        .iter()
        .filter_map(|mark| head.find(mark).map(|at| (at, mark.len(), *mark)))
        .min_by_key(|(at, len, _)| (*at, usize::MAX - len))?;
    let (at, len, mark) = dash;
    let (from, to) = place_of(&head[..at], places)?;
    let base = &head[from..to];
    let known = places.holds(base.split(['/', ',']).next().unwrap_or(base));
    let quiet_mark = mark == ": ";
    let fits = if quiet_mark { known && head[..at].len() < 50 } else { known || is_loud(base) };
    fits.then_some(Dateline { place: Some((from, to)), agency: None, end: at + len })
}

/// The place at the start of a dateline, if what stands before its dash is place, region and date.
fn place_of(before: &str, places: &Places) -> Option<(usize, usize)> {
    let base = before.split(',').next()?.trim_end();
    let base = base.split(|c: char| c.is_ascii_digit()).next()?.trim_end();
    let base = strip_month(base);
    let words: Vec<_> = base.split([' ', '/', '-']).filter(|word| !word.is_empty()).collect();
    let name = |word: &&str| {
        word.starts_with(char::is_uppercase)
            || matches!(*word, "el" | "al" | "of" | "de" | "the" | "and" | "i")
    };
    let label = words.first().is_some_and(|word| LABELS.contains(word));
    let fits = (1..=5).contains(&words.len()) && words.iter().all(name) && !label;
    let region = before[base.len()..].split([' ', ',', '.']).filter(|word| !word.is_empty());
    let region = region.clone().count() <= 5
        && region
            .clone()
            .all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    let first = base.split('/').next().unwrap_or(base);
    (fits && region && 3 <= base.len() && (is_loud(base) || places.holds(first)))
        .then_some((0, base.len()))
}

fn strip_month(base: &str) -> &str {
    match base.rsplit_once(' ') {
        Some((place, month))
            if crate::date::notation::month_named(month.trim_end_matches('.').as_bytes())
                .is_some() =>
        {
            place.trim_end()
        }
        _ => base,
    }
}

/// One to five words, each with a capital.
fn is_titled(name: &str) -> bool {
    let capital = |word: &str| word.starts_with(char::is_uppercase) || matches!(word, "of" | "the");
    name.split(' ').count() <= 5
        && name.starts_with(char::is_uppercase)
        && name.split(' ').all(capital)
}

/// In capitals, as wires set the place.
fn is_loud(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let low = name.chars().filter(|c| c.is_lowercase()).count();
    3 <= letters && low * 4 <= letters && !name.split_whitespace().all(|word| word.len() <= 2)
}

fn past_dash(head: &str, at: usize) -> (usize, bool) {
    let rest = &head[at..];
    let trimmed = rest.trim_start_matches([' ', '-', '–', '—', ':', '.']);
    let end = at + rest.len() - trimmed.len();
    (end, rest[..rest.len() - trimmed.len()].contains(['-', '–', '—', ':']))
}

/// "ISLAMABAD" as "Islamabad".
fn cased(place: &str) -> String {
    if !is_loud(place) {
        return place.to_owned();
    }
    let mut cased = String::with_capacity(place.len());
    let mut inside = false;
    for c in place.chars() {
        if inside {
            cased.extend(c.to_lowercase())
        } else {
            cased.push(c)
        }
        inside = c.is_alphabetic() || c == '\'' || c == '’';
    }
    cased
}
