//! Outlets that running prose quotes: "told Reuters", "Xinhua reported", "in an interview with the
//! public broadcaster Coast 24". An outlet is known from the lexicon, or by the noun beside its
//! capitalised name; it counts when a cue of `data/clean/quoting.tsv` stands before or after it.

use aho_corasick::{AhoCorasick, MatchKind};
use chancery_text::Span;
use regex::Regex;

use super::CreditKind;
use super::draft::{Draft, Found};
use super::outlet::{Outlets, domain, whole_words};
use super::residue::cheap;
use crate::lexicon::{LexiconFault, Row, Table};

const TEXT: &str = include_str!("../../../../data/clean/quoting.tsv");

/// How much of the sentence is looked at on either side of a name.
const WINDOW: usize = 120;

/// Nouns that make a capitalised name an outlet's, the longer first where one begins another.
const NOUNS: [&str; 35] = [
    "news agency",
    "News Agency",
    "wire service",
    "radio station",
    "Radio Station",
    "radio",
    "Radio",
    "TV channel",
    "TV station",
    "TV",
    "television channel",
    "television station",
    "television network",
    "television",
    "Television",
    "newspaper",
    "newspapers",
    "daily newspaper",
    "daily",
    "broadcaster",
    "news website",
    "news site",
    "news portal",
    "news channel",
    "news outlet",
    "website",
    "magazine",
    "weekly",
    "tabloid",
    "news network",
    "public broadcaster",
    "state broadcaster",
    "state news agency",
    "state television",
    "state TV",
];

/// What may stand between a cue and the name it quotes.
const MODS: &str = r"(?:(?:the|a|an|its|his|her|their|state|public|private|national|local|regional|official|government|independent|opposition|leading|popular|influential|privately|semi-official|British|French|German|US|U\.S\.|Arab|Arabic|[A-Z][a-z]+(?:ian|ean|an|ese|ish|i|ch|ek|ic)|\w+-(?:run|owned|controlled|linked|backed|based|affiliated|language|funded|aligned|Arab|leaning|government|ruling|opposition)|owned|news|wire|television|TV|radio|satellite|broadcaster|channel|network|agency|newspaper|newspapers|daily|weekly|tabloid|magazine|outlet|website|station|service|portal|site|business|financial|presenter|program|programme|show)['’]?s? )*";

/// What may stand between a name and the cue after it.
const NOUNS_AFTER: &str = r"(?:['’]s)?(?: (?:state|official|public|private|English|Arabic|Persian|\w+-language|news|wire|television|TV|radio|satellite|broadcaster|channel|network|agency|newspaper|daily|weekly|tabloid|magazine|outlet|website|station|service|portal|site|correspondents?|reporters?))*(?: (?:in|from) [A-Z]\w+)?";

/// The cues, compiled.
#[derive(Debug)]
pub(super) struct Cues {
    before: Vec<Regex>,
    after: Vec<Regex>,
    nouns: AhoCorasick,
}

/// A name that may be an outlet's: its bytes, those of the noun beside it included in `whole`.
#[derive(Debug, Clone, Copy)]
struct Named {
    name: Span,
    whole: Span,
}

impl Cues {
    pub fn read() -> Result<Self, LexiconFault> {
        let table = Table::parse("clean/quoting.tsv", TEXT)?;
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for row in &table.rows {
            let (side, regex) = cue(&table, row)?;
            if side == "before" { before.push(regex) } else { after.push(regex) }
        }
        let nouns = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(NOUNS)
            .expect("forty words fit an automaton");
        Ok(Self { before, after, nouns })
    }

    /// Harvests the outlets that prose quotes.
    pub fn harvest(&self, draft: &mut Draft<'_>, outlets: &Outlets) {
        let mut names = self.lexical(draft.text, outlets);
        let known: Vec<Span> = names.iter().map(|named| named.name).collect();
        names.extend(
            self.by_noun(draft.text).into_iter().filter(|named| !overlaps_any(&known, named.whole)),
        );
        names.sort_by_key(|named| (named.name.start, std::cmp::Reverse(named.name.end)));
        let mut taken: Vec<Span> = draft.credits.iter().map(|found| found.span).collect();
        taken.sort();
        let mut last = 0;
        for named in names {
            let free = last <= named.name.start && !touches(&taken, named.name);
            let line =
                draft.line_at(named.name.start).filter(|line| draft.reasons[*line].is_none());
            let Some(line) = line.filter(|_| free) else { continue };
            if let Some(span) = self.quoted(draft.text, draft.lines[line].span, named) {
                last = span.end.max(named.whole.end);
                let written = named.name.slice(draft.text);
                let name =
                    outlets.find(written).map_or(written, |outlet| outlet.canonical).to_owned();
                let (name_span, kind) = (named.name, CreditKind::Quoting);
                draft.credits.push(Found { span, name_span, kind, name });
            }
        }
    }

    fn lexical(&self, text: &str, outlets: &Outlets) -> Vec<Named> {
        let span = |(start, end, _): (usize, usize, &_)| Span::of(start..end);
        outlets
            .names_in(text)
            .filter(|(_, _, outlet)| outlet.kind != "photo")
            .map(span)
            .map(|name| Named { name, whole: name })
            .collect()
    }

    /// Capitalised words beside a noun for outlets.
    fn by_noun(&self, text: &str) -> Vec<Named> {
        self.nouns
            .find_iter(text)
            .filter(|noun| whole_words(text, noun.start(), noun.end()))
            .filter_map(|noun| {
                let noun = Span::of(noun.start()..noun.end());
                let name = name_after(text, noun.end as usize)
                    .or_else(|| name_before(text, noun.start as usize))?;
                Some(Named { name, whole: name.cover(noun) })
            })
            .collect()
    }

    /// The span from cue to name or from name to cue, if there is a cue.
    fn quoted(&self, text: &str, line: Span, named: Named) -> Option<Span> {
        let before = before(text, line.start as usize, named.whole.start as usize);
        for regex in &self.before {
            if let Some(cue) = regex.find(before) {
                let start = named.whole.start as usize - before.len() + cue.start();
                return Some(Span::of(start..named.whole.end as usize));
            }
        }
        let after = after(text, line.end as usize, named.whole.end as usize);
        self.after
            .iter()
            .find_map(|regex| regex.find(after))
            .map(|cue| Span::of(named.whole.start as usize..named.whole.end as usize + cue.end()))
    }
}

/// Whether `span` overlaps one of `known`, which are in order and apart.
fn overlaps_any(known: &[Span], span: Span) -> bool {
    let after = known.partition_point(|known| known.end <= span.start);
    known.get(after).is_some_and(|known| known.overlaps(span))
}

fn touches(taken: &[Span], name: Span) -> bool {
    // Credits seldom nest, so the nearest few before a name are enough to look at.
    let after = taken.partition_point(|span| span.start < name.end);
    taken[..after].iter().rev().take(4).any(|span| span.overlaps(name))
}

/// Up to four capitalised words before `end`: the name in "Coast Press news agency". The noun of a
/// nationality alone names no outlet.
fn name_before(text: &str, end: usize) -> Option<Span> {
    let floor = floor(text, end.saturating_sub(60));
    let head = text[floor..end].trim_end_matches(' ');
    if head.len() + 1 < end - floor || head.len() == end - floor {
        return None;
    }
    let (mut start, mut words) = (head.len(), 0);
    for word in head.rsplit(' ').take(4) {
        if !is_name(word) {
            break;
        }
        start = start.saturating_sub(word.len() + usize::from(words > 0));
        words += 1;
    }
    let name = &head[start..];
    let name = strip_lead(name);
    let fits = !name.is_empty()
        && !name.rsplit(' ').next().is_some_and(is_nationality)
        && !is_common(name);
    let start = floor + head.len() - name.len();
    (fits && words < 5).then(|| Span::of(start..start + name.len()))
}

/// Up to four capitalised words or numbers after `start`: "broadcaster Coast 24".
fn name_after(text: &str, start: usize) -> Option<Span> {
    let rest = text[start..].strip_prefix(' ')?;
    let mut end = 0;
    for (index, word) in rest.split([' ', '\n']).take(4).enumerate() {
        let bare = word.trim_end_matches([',', '.', ':', ';', '"', '”', ')']);
        let number = 0 < index
            && !bare.is_empty()
            && bare.len() <= 3
            && bare.bytes().all(|byte| byte.is_ascii_digit());
        if !is_name(bare) && !number {
            break;
        }
        end = if index == 0 { bare.len() } else { end + 1 + bare.len() };
        if bare.len() < word.len() {
            break;
        }
    }
    let name = &rest[..end];
    let day = |word: &str| {
        crate::date::notation::weekday_named(word.as_bytes()).is_some()
            || crate::date::notation::month_named(word.as_bytes()).is_some()
    };
    let fits = !name.is_empty() && !day(name.split(' ').next().unwrap_or(name));
    fits.then(|| Span::of(start + 1..start + 1 + end))
}

/// Words that stand in capitals before a noun for outlets and name none.
fn is_common(name: &str) -> bool {
    const COMMON: [&str; 26] = [
        "Earlier",
        "Later",
        "Official",
        "International",
        "State",
        "Local",
        "National",
        "Foreign",
        "Independent",
        "Press",
        "PRESS",
        "News",
        "Live",
        "Satellite",
        "Government",
        "Public",
        "Private",
        "Opposition",
        "Another",
        "One",
        "Some",
        "This",
        "That",
        "Its",
        "Our",
        "Doctors",
    ];
    let word = name.split(' ').next().unwrap_or(name);
    let day = crate::date::notation::weekday_named(word.as_bytes()).is_some()
        || crate::date::notation::month_named(word.as_bytes()).is_some();
    let lone = !name.contains(' ')
        && (COMMON.contains(&name)
            || name.contains('-') && name.ends_with(char::is_lowercase) && name.contains("-l"));
    lone || day || name.ends_with("'s") || name.ends_with("’s")
}

fn is_name(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase)
        && chars.all(|c| c.is_alphanumeric() || "-'’&".contains(c))
}

/// "The" and nationalities at the start of a name: "The Russian Coast Press".
fn strip_lead(mut name: &str) -> &str {
    while let Some((first, rest)) = name.split_once(' ') {
        let lead = matches!(
            first,
            "The" | "A" | "An" | "But" | "And" | "On" | "In" | "As" | "While" | "When"
        ) || is_nationality(first);
        if !lead {
            break;
        }
        name = rest;
    }
    if matches!(name, "The" | "A" | "An" | "In" | "On" | "But" | "And") { "" } else { name }
}

fn is_nationality(word: &str) -> bool {
    const ODD: [&str; 16] = [
        "British",
        "French",
        "Greek",
        "Czech",
        "Thai",
        "Swiss",
        "Dutch",
        "Arab",
        "US",
        "UK",
        "State",
        "Arabic",
        "Uzbek",
        "Western",
        "Satellite",
        "National",
    ];
    ODD.contains(&word)
        || [
            "ian", "ean", "ese", "ish", "aqi", "eli", "udi", "ani", "wan", "san", "rman", "xican",
            "rican",
        ]
        .iter()
        .any(|end| word.ends_with(end))
            && 4 < word.len()
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// What stands before a name in its sentence.
fn before(text: &str, line: usize, end: usize) -> &str {
    let start = floor(text, end.saturating_sub(WINDOW).max(line).min(end));
    let window = &text[start..end];
    let sentence = [". ", "? ", "! ", "\n"]
        .iter()
        .filter_map(|mark| window.rfind(mark).map(|at| at + mark.len()))
        .max();
    &window[sentence.unwrap_or(0)..]
}

/// What stands after a name in its sentence.
fn after(text: &str, line: usize, start: usize) -> &str {
    let mut end = (start + WINDOW).min(line).max(start);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let window = &text[start..end];
    let sentence = [". ", "? ", "! ", "\n"].iter().filter_map(|mark| window.find(mark)).min();
    &window[..sentence.unwrap_or(window.len())]
}

fn cue(table: &Table, row: &Row) -> Result<(&'static str, Regex), LexiconFault> {
    let side = row.cell(table.column("side")?);
    let pattern =
        row.cell(table.column("pattern")?).replace("{mods}", MODS).replace("{nouns}", NOUNS_AFTER);
    let pattern = match side {
        "before" => format!("(?:{pattern})$"),
        "after" => format!("^(?:{pattern})"),
        other => return Err(table.fault(row, format!("`{other}` is no side: use before or after"))),
    };
    let regex =
        Regex::new(&cheap(&pattern)).map_err(|fault| table.fault(row, fault.to_string()))?;
    Ok((side, regex))
}

/// Every cue against its own two sentences.
pub(super) fn check(outlets: &Outlets) -> Vec<LexiconFault> {
    let table = match Table::parse("clean/quoting.tsv", TEXT) {
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
    let (side, regex) = cue(table, row)?;
    let fires = |sentence: &str| {
        outlets.names_in(sentence).any(|(start, end, _)| match side {
            "before" => regex.is_match(before(sentence, 0, start)),
            _ => regex.is_match(after(sentence, sentence.len(), end)),
        })
    };
    let mut faults = Vec::new();
    if !fires(row.cell(table.column("match")?)) {
        faults
            .push(table.fault(row, "does not fire on its match; change the pattern or the match"));
    }
    if fires(row.cell(table.column("miss")?)) {
        faults.push(table.fault(row, "fires on its miss; narrow the pattern"));
    }
    Ok(faults)
}

/// Domains that prose names as a source: "according to harbour.example".
pub(super) fn harvest_domains(draft: &mut Draft<'_>, outlets: &Outlets, cues: &Cues) {
    for line in draft.open().collect::<Vec<_>>() {
        let span = draft.lines[line].span;
        let words = span.slice(draft.text);
        for (dot, _) in words.match_indices('.').take(2000) {
            let inside = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
            let start = words[..dot]
                .rfind(|c: char| !inside(c))
                .map_or(0, |at| at + words[at..].chars().next().map_or(1, char::len_utf8));
            let end = words[dot..].find(|c: char| !inside(c)).map_or(words.len(), |at| dot + at);
            let candidate = words[start..end].trim_end_matches('.');
            let top = candidate.rsplit('.').next().unwrap_or("");
            let fits = dot == start + candidate.find('.').unwrap_or(usize::MAX >> 1)
                && 5 <= candidate.len()
                && matches!(
                    top,
                    "com"
                        | "org"
                        | "net"
                        | "ru"
                        | "info"
                        | "news"
                        | "tv"
                        | "uk"
                        | "ua"
                        | "ir"
                        | "cn"
                        | "de"
                        | "fr"
                );
            if !fits || domain(candidate).is_none() {
                continue;
            }
            let name = Span::of(
                span.start as usize + start..span.start as usize + start + candidate.len(),
            );
            if let Some(found) = cues.quoted(draft.text, span, Named { name, whole: name }) {
                let written = candidate.to_ascii_lowercase();
                let name_of = outlets
                    .find(&written)
                    .map_or(written.clone(), |outlet| outlet.canonical.to_owned());
                draft.credits.push(Found {
                    span: found,
                    name_span: name,
                    kind: CreditKind::Quoting,
                    name: name_of,
                });
            }
        }
    }
}
