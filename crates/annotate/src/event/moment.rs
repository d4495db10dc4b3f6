//! Where, when and on whose word: the places, times and quotations around a clause.

use chancery_text::{Interval, Span};

use crate::Observed;
use crate::place::{Place, PlaceKind, PlaceRole};
use crate::syntax::{Relation, Upos};
use crate::time::{Time, TimexType};

use super::Status;
use super::dating::{self, Asking, Bound, Dated, days_of};
use super::grammar::{Grammar, Index};
use super::words::Mask;

const NOTHING: u32 = u32::MAX;

/// Places, times and quotations of a report, hung onto its trees.
pub(crate) struct Moments<'a> {
    observed: &'a Observed,
    places: Vec<Anchor>,
    times: Vec<Anchor>,
    /// The days of each time; `None` for one that dates nothing.
    days: Vec<Option<Interval>>,
    quotation: Vec<u32>,
}

/// A row hung onto a token.
pub(super) struct Anchor {
    pub(super) number: u32,
    pub(super) token: Index,
}

impl<'a> Moments<'a> {
    pub(crate) fn new(grammar: &Grammar<'_>, observed: &'a Observed) -> Self {
        let located = |place: &Place| {
            place.role == PlaceRole::Location
                && (place.kind != PlaceKind::Country || stands_in(grammar, place.span))
        };
        let now = observed.date.interval.last;
        let dates = |time: &Time| {
            let words = grammar.text.report.slice(time.span);
            let days = days_of(time, words, now).filter(|days| !days.is_open())?;
            (!is_dateline(grammar, time.span, words, days == observed.date.interval))
                .then_some(days)
        };
        let days: Vec<_> = observed.times.iter().map(dates).collect();
        let places = observed.places.iter().map(|place| (located(place), place.span));
        let times =
            observed.times.iter().zip(&days).map(|(time, days)| (days.is_some(), time.span));
        Self {
            observed,
            places: anchors(grammar, places),
            times: anchors(grammar, times),
            days,
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

    /// The time of the clause, else of the sentence if it has just one that dates no verb of saying.
    pub(super) fn time(
        &self,
        grammar: &Grammar<'_>,
        asking: Asking<'_>,
        say: Mask,
        eventful: Mask,
    ) -> Option<Dated> {
        dating::time(grammar, &self.times, asking, say, eventful)
    }

    /// The days an act may have happened on, from its time or else from the report's date.
    pub(super) fn when(&self, dated: Option<Dated>, status: Status) -> Interval {
        let report = self.observed.date.interval;
        let real = matches!(status, Status::Happened | Status::UnderWay | Status::Historical);
        if let Some((dated, days)) = dated.and_then(|dated| Some((dated, self.days(dated)?))) {
            return self.bound(dated).days(days, report, real);
        }
        match status {
            // What goes on goes on when it is told.
            Status::UnderWay if is_bounded(report) => report,
            _ if real => Interval { first: None, last: report.last },
            Status::Planned | Status::CalledFor => Interval { first: report.first, last: None },
            _ => Interval::OPEN,
        }
    }

    /// "before dawn" is of the day of that dawn.
    fn bound(&self, dated: Dated) -> Bound {
        let time = self.observed.times.get(dated.time as usize);
        let hour = time.is_some_and(|time| time.timex == TimexType::Time);
        if hour && dated.bound == Bound::Before { Bound::On } else { dated.bound }
    }

    /// The days of the time or times; `None` if they are open.
    fn days(&self, dated: Dated) -> Option<Interval> {
        let days = |number: u32| self.days.get(number as usize).copied().flatten();
        let (from, until) = (days(dated.time)?, dated.until.and_then(days));
        let whole = until.filter(|until| from.last < until.last);
        Some(whole.map_or(from, |until| Interval { first: from.first, last: until.last }))
    }

    /// The days on which the news of the report happened, if it names none: its own or the one before.
    pub(super) fn news(&self) -> Option<Interval> {
        let report = self.observed.date.interval;
        let (first, last) = report.first.zip(report.last)?;
        let near = (last - first).get_days() <= 2;
        let first = first.yesterday().ok().filter(|_| near)?;
        Some(Interval { first: Some(first), last: Some(last) })
    }

    /// Whether an act lies more than a year before the report.
    pub(crate) fn is_old(&self, when: Interval) -> bool {
        let (Some(last), Some(first)) = (when.last, self.observed.date.interval.first) else {
            return false;
        };
        (first - last).get_days() > 366
    }

    /// Whether the days say no more than the report's own date does.
    pub(super) fn is_undated(&self, when: Interval) -> bool {
        when == Interval { first: None, last: self.observed.date.interval.last }
    }

    /// Whether an act lies after the report.
    pub(crate) fn is_ahead(&self, when: Interval) -> bool {
        matches!((when.first, self.observed.date.interval.last), (Some(first), Some(last)) if last < first)
    }
}

/// Whether neither end is open.
pub(super) const fn is_bounded(days: Interval) -> bool {
    days.first.is_some() && days.last.is_some()
}

/// Whether a date stands where a report says when it was written, "5 July 2015 Troops left": its own
/// day with the year, under no preposition.
fn is_dateline(grammar: &Grammar<'_>, span: Span, words: &str, own: bool) -> bool {
    let year = || words.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4);
    let led = |head: Index| grammar.cases(head).next().is_some();
    own && year() && head_of(grammar, span).is_some_and(|head| !led(head))
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

pub(super) fn within(anchors: &[Anchor], (first, end): (Index, Index)) -> &[Anchor] {
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
pub(super) fn is_under(grammar: &Grammar<'_>, token: Index, head: Index) -> bool {
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

pub(super) fn governing_verb(grammar: &Grammar<'_>, token: Index) -> Option<Index> {
    let mut at = token;
    for _ in 0..8 {
        at = grammar.head(at)?;
        if grammar.is_verbal(at) && grammar.is_around(at) {
            return verb_before(grammar, token);
        }
        if grammar.is_verbal(at) || grammar.head(at).is_none() {
            return Some(at);
        }
    }
    None
}

/// The next verb before a token with no mark between: what it stands beside where the tree has a
/// preposition as its verb ("left months ago amid").
fn verb_before(grammar: &Grammar<'_>, token: Index) -> Option<Index> {
    let near = (token.saturating_sub(12)..token).rev();
    let mut near = near.take_while(|at| grammar.word(*at).upos != Upos::Punct);
    near.find(|at| grammar.word(*at).upos == Upos::Verb)
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
