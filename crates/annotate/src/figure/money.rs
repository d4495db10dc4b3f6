//! Signs and words of money, and whose money a word means.

use std::collections::HashMap;

use chancery_text::Span;

use crate::lexicon::{LexiconFault, Table};
use crate::mention::Mention;
use crate::place::Place;

pub(super) const CURRENCIES: &str = include_str!("../../../../data/figure/currencies.tsv");

/// The currency of a sign.
pub(super) fn of_sign(sign: char) -> Option<&'static str> {
    Some(match sign {
        '$' => "USD",
        '£' => "GBP",
        '€' => "EUR",
        '¥' => "JPY",
        '₹' | '₨' => "INR",
        '₽' => "RUB",
        '₪' => "ILS",
        '₺' => "TRY",
        '₩' => "KRW",
        '₴' => "UAH",
        '₦' => "NGN",
        '₱' => "PHP",
        '₫' => "VND",
        '฿' => "THB",
        '₸' => "KZT",
        '₾' => "GEL",
        '₵' => "GHS",
        '₡' => "CRC",
        '₲' => "PYG",
        _ => return None,
    })
}

/// Words of money that several states use: the currency that a word is taken for, then by state.
pub(super) type Shared = HashMap<&'static str, HashMap<&'static str, &'static str>>;

pub(super) fn read_shared() -> Result<Shared, LexiconFault> {
    let table = Table::parse("figure/currencies.tsv", CURRENCIES)?;
    let (default, country, currency) =
        (table.column("default")?, table.column("country")?, table.column("currency")?);
    let mut shared = Shared::new();
    for row in &table.rows {
        let of = shared.entry(row.cell(default)).or_default();
        of.insert(row.cell(country), row.cell(currency));
    }
    Ok(shared)
}

/// The states that a report tells of, in its order.
#[derive(Debug, Default)]
pub(super) struct States<'a> {
    named: Vec<(Span, &'a str)>,
}

impl<'a> States<'a> {
    pub fn of(mentions: &'a [Mention], places: &'a [Place]) -> Self {
        let code = |key: &'a str| {
            key.strip_prefix("state:")
                .or_else(|| key.strip_prefix("people:"))
                .map(|code| code.split(':').next().unwrap_or(code))
        };
        let actors = mentions
            .iter()
            .filter_map(|mention| Some((mention.span, code(mention.actor.as_deref()?)?)));
        let places =
            places.iter().filter_map(|place| Some((place.span, place.country.as_deref()?)));
        let mut named: Vec<_> = actors.chain(places).collect();
        named.sort();
        Self { named }
    }

    /// The state whose money is meant by a word of `sentence`: of those that use the word, the one that
    /// the sentence names, else the one that the report names most.
    pub fn whose(
        &self,
        by_state: &HashMap<&'static str, &'static str>,
        sentence: Span,
    ) -> Option<&'static str> {
        let users =
            || self.named.iter().filter_map(|(span, code)| Some((*span, *by_state.get(code)?)));
        let within =
            |(span, currency): (Span, &'static str)| sentence.contains(span).then_some(currency);
        users().find_map(within).or_else(|| {
            let mut counts: Vec<(usize, &'static str)> = Vec::new();
            for (_, currency) in users() {
                match counts.iter_mut().find(|(_, other)| *other == currency) {
                    Some((count, _)) => *count += 1,
                    None => counts.push((1, currency)),
                }
            }
            counts.into_iter().max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(a.1))).map(|(_, most)| most)
        })
    }
}
