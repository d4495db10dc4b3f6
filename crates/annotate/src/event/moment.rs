//! Where, when and on whose word: the places, times and quotations around a clause.

use chancery_text::{Interval, Span};

use crate::Observed;
use crate::place::{Place, PlaceKind, PlaceRole};
use crate::syntax::Relation;
use crate::time::TimexType;

use super::Status;
use super::grammar::{Grammar, Index};
use super::words::Mask;

const NOTHING: u32 = u32::MAX;

/// Places, times and quotations of a report, hung onto its trees.
pub(crate) struct Moments<'a> {
    observed: &'a Observed,
    places: Vec<Anchor>,
    times: Vec<Anchor>,
    quotation: Vec<u32>,
}

/// A row hung onto a token.
struct Anchor {
    number: u32,
    token: Index,
}

impl<'a> Moments<'a> {
    pub(crate) fn new(grammar: &Grammar<'_>, observed: &'a Observed) -> Self {
        let located = |place: &Place| {
            place.role == PlaceRole::Location
                && (place.kind != PlaceKind::Country || stands_in(grammar, place.span))
        };
        let dates = |time: &crate::time::Time| {
            matches!(time.timex, TimexType::Date | TimexType::Time) && !time.value.ends_with("_REF")
        };
        let places = observed.places.iter().map(|place| (located(place), place.span));
        let times = observed.times.iter().map(|time| (dates(time), time.span));
        Self {
            observed,
            places: anchors(grammar, places),
            times: anchors(grammar, times),
            quotation: paint(grammar, observed),
        }
    }

    /// The innermost quotation whose content holds the token.
    pub(crate) fn quotation(&self, token: Index) -> Option<&'a crate::quotation::Quotation> {
        let number = self.quotation[token as usize];
        self.observed.quotations.get(number as usize)
    }

    /// The number of the place of the clause, else of the sentence if it has just one and that is no
    /// country.
    pub(crate) fn place(
        &self,
        grammar: &Grammar<'_>,
        head: Index,
        verb: Index,
        sentence: (Index, Index),
    ) -> Option<u32> {
        let here = within(&self.places, sentence);
        let near = nearest(grammar, here, head, verb);
        let only = || here.first().filter(|_| here.len() == 1).map(|anchor| anchor.number);
        let country =
            |number: &u32| self.observed.places[*number as usize].kind == PlaceKind::Country;
        near.or_else(|| only().filter(|number| !country(number)))
    }

    /// The number of the time of the clause, else of the sentence if it has just one that dates no
    /// verb of saying.
    pub(crate) fn time(
        &self,
        grammar: &Grammar<'_>,
        head: Index,
        verb: Index,
        sentence: (Index, Index),
        say: Mask,
    ) -> Option<u32> {
        let here = within(&self.times, sentence);
        nearest(grammar, here, head, verb).or_else(|| {
            let only = here.first().filter(|_| here.len() == 1)?;
            let governor = governing_verb(grammar, only.token)?;
            let told = governor != verb && grammar.is(governor, say);
            (!told).then_some(only.number)
        })
    }

    /// The days an act may have happened on, from its time or else from the report's date.
    pub(crate) fn when(&self, time: Option<u32>, status: Status) -> Interval {
        let report = self.observed.date.interval;
        let time = time.and_then(|time| self.observed.times.get(time as usize));
        if let Some(time) = time.filter(|time| !time.interval.is_open()) {
            return time.interval;
        }
        match status {
            Status::Happened | Status::UnderWay | Status::Historical => {
                Interval { first: None, last: report.last }
            }
            Status::Planned | Status::CalledFor => Interval { first: report.first, last: None },
            _ => Interval::OPEN,
        }
    }

    /// Whether an act lies more than a year before the report.
    pub(crate) fn is_old(&self, when: Interval) -> bool {
        let (Some(last), Some(first)) = (when.last, self.observed.date.interval.first) else {
            return false;
        };
        when.first.is_some() && (first - last).get_days() > 366
    }

    /// Whether an act lies after the report.
    pub(crate) fn is_ahead(&self, when: Interval) -> bool {
        matches!((when.first, self.observed.date.interval.last), (Some(first), Some(last)) if last < first)
    }
}

/// Whether a country is said to be where something is: in most clauses its name is that of an actor.
fn stands_in(grammar: &Grammar<'_>, span: Span) -> bool {
    let Some(head) = head_of(grammar, span) else { return false };
    let hangs = matches!(grammar.relation(head), Relation::Obl | Relation::Nmod);
    let cases = grammar.kids(head).iter().filter(|kid| grammar.relation(**kid) == Relation::Case);
    let within = |kid: &Index| {
        let word = grammar.text.report.slice(grammar.text.tokens[*kid as usize].span);
        ["in", "inside", "within", "across", "throughout", "from"].contains(&&*word.to_lowercase())
    };
    hangs && cases.copied().any(|kid| within(&kid))
}

/// The token that starts at or covers the start of a span.
fn token_at(grammar: &Grammar<'_>, span: Span) -> Option<Index> {
    let tokens = grammar.text.tokens;
    let after = tokens.partition_point(|token| token.span.end <= span.start);
    tokens.get(after).filter(|token| token.span.start < span.end).map(|_| after as Index)
}

/// The token of a span that is governed from outside it.
pub(crate) fn head_of(grammar: &Grammar<'_>, span: Span) -> Option<Index> {
    let tokens = grammar.text.tokens;
    let first = token_at(grammar, span)?;
    let inside = |token: Index| span.contains(tokens[token as usize].span);
    let mut token = first;
    while (token as usize) < tokens.len()
        && token < first + 30
        && tokens[token as usize].span.start < span.end
    {
        if grammar.head(token).is_none_or(|head| !inside(head)) {
            return Some(token);
        }
        token += 1;
    }
    Some(first)
}

fn anchors(grammar: &Grammar<'_>, rows: impl Iterator<Item = (bool, Span)>) -> Vec<Anchor> {
    let mut anchors: Vec<Anchor> = (0..)
        .zip(rows)
        .filter(|(_, (use_it, _))| *use_it)
        .filter_map(|(number, (_, span))| Some(Anchor { number, token: head_of(grammar, span)? }))
        .collect();
    anchors.sort_by_key(|anchor| anchor.token);
    anchors
}

fn within(anchors: &[Anchor], (first, end): (Index, Index)) -> &[Anchor] {
    let from = anchors.partition_point(|anchor| anchor.token < first);
    let to = anchors.partition_point(|anchor| anchor.token < end);
    &anchors[from..to.min(from + 16)]
}

/// The anchor that hangs under the trigger, else the one whose next verb is the clause's.
fn nearest(grammar: &Grammar<'_>, anchors: &[Anchor], head: Index, verb: Index) -> Option<u32> {
    let under = |anchor: &&Anchor| is_under(grammar, anchor.token, head);
    let beside = |anchor: &&Anchor| governing_verb(grammar, anchor.token) == Some(verb);
    let best = anchors.iter().find(under).or_else(|| anchors.iter().find(beside));
    best.map(|anchor| anchor.number)
}

/// Whether a token hangs under a head with no verb between.
fn is_under(grammar: &Grammar<'_>, token: Index, head: Index) -> bool {
    let mut at = token;
    for _ in 0..8 {
        match grammar.head(at) {
            Some(above) if above == head => return true,
            Some(above) if !grammar.is_verbal(above) => at = above,
            _ => return false,
        }
    }
    false
}

fn governing_verb(grammar: &Grammar<'_>, token: Index) -> Option<Index> {
    let mut at = token;
    for _ in 0..8 {
        at = grammar.head(at)?;
        if grammar.is_verbal(at) || grammar.head(at).is_none() {
            return Some(at);
        }
    }
    None
}

/// The verb that a token's clause leans on: "said" over "would leave".
pub(crate) fn verb_above(grammar: &Grammar<'_>, token: Index) -> Option<Index> {
    let mut at = token;
    for _ in 0..4 {
        match grammar.relation(at) {
            Relation::Ccomp | Relation::Parataxis => {
                let head = grammar.head(at)?;
                return if grammar.is(head, grammar.time()) {
                    grammar.head(head)
                } else {
                    Some(head)
                };
            }
            Relation::Conj | Relation::Xcomp => at = grammar.head(at)?,
            _ => return None,
        }
    }
    None
}

/// For each token, the innermost quotation around it.
fn paint(grammar: &Grammar<'_>, observed: &Observed) -> Vec<u32> {
    let tokens = grammar.text.tokens;
    let mut painted = vec![NOTHING; tokens.len()];
    let mut order: Vec<(u32, Span)> = (0..)
        .zip(&observed.quotations)
        .filter(|(_, quotation)| quotation.is_said())
        .flat_map(|(number, quotation)| quotation.contents.iter().map(move |span| (number, *span)))
        .collect();
    order.sort_by_key(|(number, span)| (std::cmp::Reverse(span.len()), *number));
    let mut budget = tokens.len() * 8;
    for (number, span) in order {
        let from = tokens.partition_point(|token| token.span.end <= span.start);
        for (token, slot) in tokens[from..].iter().zip(&mut painted[from..]) {
            if span.end <= token.span.start || budget == 0 {
                break;
            }
            *slot = number;
            budget -= 1;
        }
    }
    painted
}
