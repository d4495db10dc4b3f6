//! Agencies and outlets by their names and domains.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::lexicon::{LexiconFault, Table};

const TEXT: &str = include_str!("../../../../data/clean/outlets.tsv");

/// An agency or outlet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlet {
    /// The one name that all its names stand for.
    pub canonical: &'static str,
    /// `agency`, `newspaper`, `broadcaster`, `magazine`, `outlet`, `photo`.
    pub kind: &'static str,
    /// ISO 3166 code of its seat, or `UN`.
    pub country: &'static str,
    /// Its main domain; empty if it has none.
    pub domain: &'static str,
    /// ISO 639-1 code of its main language.
    pub language: &'static str,
}

impl Outlet {
    /// Whether it sells copy or pictures to others.
    pub fn is_agency(&self) -> bool {
        matches!(self.kind, "agency" | "photo")
    }
}

/// The lexicon of outlets.
#[derive(Debug)]
pub(super) struct Outlets {
    outlets: Vec<Outlet>,
    by_name: HashMap<String, usize>,
    by_domain: HashMap<&'static str, usize>,
    automaton: AhoCorasick,
}

impl Outlets {
    pub(super) fn read() -> Result<Self, LexiconFault> {
        let table = Table::parse("clean/outlets.tsv", TEXT)?;
        let column = |name| table.column(name);
        let (name, canonical, kind) = (column("name")?, column("canonical")?, column("kind")?);
        let (country, domain, language) =
            (column("country")?, column("domain")?, column("language")?);
        let outlets: Vec<_> = table
            .rows
            .iter()
            .map(|row| Outlet {
                canonical: row.cell(canonical),
                kind: row.cell(kind),
                country: row.cell(country),
                domain: row.cell(domain),
                language: row.cell(language),
            })
            .collect();
        let names: Vec<_> = table.rows.iter().map(|row| row.cell(name)).collect();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .kind(Some(AhoCorasickKind::DFA))
            .build(&names)
            .expect("a thousand names fit an automaton");
        let canonical = outlets.iter().enumerate().map(|(i, outlet)| (key(outlet.canonical), i));
        let by_name = canonical.chain((0..).zip(&names).map(|(i, name)| (key(name), i))).collect();
        let by_domain = outlets.iter().enumerate().rev().map(|(i, outlet)| (outlet.domain, i));
        let by_domain = by_domain.filter(|(domain, _)| !domain.is_empty()).collect();
        Ok(Self { outlets, by_name, by_domain, automaton })
    }

    /// The outlet of a name, whatever its case, with or without "the"; or of a domain or address.
    pub(super) fn find(&self, name: &str) -> Option<&Outlet> {
        if name.len() > 200 {
            return None;
        }
        let index = self.by_name.get(&key(name)).copied().or_else(|| self.of_domain(name))?;
        Some(&self.outlets[index])
    }

    fn of_domain(&self, name: &str) -> Option<usize> {
        let domain = domain(name)?;
        let mut rest = domain.as_str();
        loop {
            if let Some(index) = self.by_domain.get(rest) {
                return Some(*index);
            }
            rest = rest.split_once('.')?.1;
        }
    }

    /// Where names stand in `text`, by whole words: `(start, end, outlet)`.
    pub(super) fn names_in<'a>(
        &'a self,
        text: &'a str,
    ) -> impl Iterator<Item = (usize, usize, &'a Outlet)> {
        self.automaton.find_iter(text).filter_map(|found| {
            let (start, end) = (found.start(), found.end());
            whole_words(text, start, end)
                .then(|| (start, end, &self.outlets[found.pattern().as_usize()]))
        })
    }
}

/// Whether `start..end` is neither preceded nor followed by a letter or digit, and is no part of
/// an address or a handle.
pub(super) fn whole_words(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    let inside = |c: char| c.is_alphanumeric() || c == '_';
    !before.is_some_and(|c| inside(c) || matches!(c, '@' | '#' | '.' | '/'))
        && !after.is_some_and(|c| inside(c) || c == '@')
}

fn key(name: &str) -> String {
    let lower = name.trim().trim_matches(['.', ',', ':', '"', '“', '”']).to_lowercase();
    lower.strip_prefix("the ").map_or(lower.clone(), str::to_owned)
}

/// The domain in an address or a bare domain name, in lower case, without `www.`.
pub(super) fn domain(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches(['.', ',', ')']);
    let bare = text.split_once("://").map_or(text, |(_, rest)| rest);
    let host = bare.split(['/', '?', '#']).next()?.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let (_, top) = host.rsplit_once('.')?;
    let letters =
        |label: &str| label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let fits = host.split('.').all(|label| !label.is_empty() && letters(label));
    let top = (2..=13).contains(&top.len()) && top.bytes().all(|byte| byte.is_ascii_lowercase());
    (fits && top).then(|| host.to_owned())
}

pub(super) fn check() -> Vec<LexiconFault> {
    match Table::parse("clean/outlets.tsv", TEXT) {
        Ok(table) => table.check_form(),
        Err(fault) => vec![fault],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlet_is_known_by_name_domain_and_address() {
        let outlets = Outlets::read().unwrap();
        let canonical = |name: &str| outlets.find(name).map(|outlet| outlet.canonical);
        assert_eq!(canonical("agence france-presse"), Some("AFP"));
        assert_eq!(canonical("the Wall Street Journal"), Some("The Wall Street Journal"));
        assert_eq!(canonical("sputniknews.com"), Some("Sputnik"));
        assert_eq!(canonical("https://edition.cnn.com/2021/x"), Some("CNN"));
        assert_eq!(canonical("The Harbour Courier"), None);
        assert_eq!(canonical("courier.example"), None);
    }

    #[test]
    fn names_stand_as_whole_words() {
        let outlets = Outlets::read().unwrap();
        let text = "CNNs of Reuters; @Reuters, TASS-like";
        let found: Vec<_> = outlets.names_in(text).map(|(s, e, _)| &text[s..e]).collect();
        assert_eq!(found, ["Reuters", "TASS"]);
    }
}
