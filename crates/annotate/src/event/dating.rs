//! When an act happened: the time expression by its clause, and how the clause lies to it.
//!
//! A time dates the clause that it stands in. What stands "after the truce of Monday" happened on that
//! day or later, so the preposition or conjunction on the way from the time to the verb opens one end
//! of the days ([`Bound`]).

use chancery_text::Interval;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::syntax::{Relation, Upos};
use crate::time::{Time, TimexType};

use super::grammar::{Grammar, Index};
use super::moment::{Anchor, governing_verb, is_bounded, is_under, within};
use super::words::Mask;

/// How many steps of a tree are climbed.
const CLIMB: u32 = 8;

/// A time, and how an act lies to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dated {
    /// The number of the time.
    pub(super) time: u32,
    /// The number of the time that goes on from it: "on Monday and Tuesday".
    pub(super) until: Option<u32>,
    pub(super) bound: Bound,
}

/// How an act lies to a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// At it.
    On,
    /// At it or later: "since Monday".
    After,
    /// At it or sooner: "before Monday".
    Before,
    /// What came before something of that time: "closed it in May after it was stormed". Within a month
    /// or a year it is as a rule of that month or year too.
    Led,
}

impl Bound {
    const fn turned(self) -> Self {
        match self {
            Self::On => Self::On,
            Self::After => Self::Led,
            Self::Before | Self::Led => Self::After,
        }
    }

    /// The days of an act that lies so to `days`, told by a report written until `told`; `real` if it
    /// is told as done.
    pub(super) fn days(self, days: Interval, told: Interval, real: bool) -> Interval {
        let (first, last) = if real { (None, told.last) } else { (told.first, None) };
        let bounded = match self {
            Self::On => return days,
            Self::Led if is_long(days) => return days,
            Self::After => Interval { first: days.first, last },
            Self::Before | Self::Led => Interval { first, last: days.last },
        };
        match (bounded.first, bounded.last) {
            (Some(first), Some(last)) if last < first => days,
            _ => bounded,
        }
    }
}

/// Whether days are a month or more.
fn is_long(days: Interval) -> bool {
    days.first.zip(days.last).is_some_and(|(first, last)| 27 <= (last - first).get_days())
}

/// A clause that asks for its time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asking<'a> {
    pub(super) head: Index,
    pub(super) verb: Index,
    /// What completes the verb: "evacuate" of "began to evacuate".
    pub(super) completed: &'a [Index],
    pub(super) sentence: (Index, Index),
}

/// The time of a clause, else of the sentence if it has just one that dates no verb of saying.
pub(super) fn time(
    grammar: &Grammar<'_>,
    times: &[Anchor],
    asking: Asking<'_>,
    say: Mask,
    eventful: Mask,
) -> Option<Dated> {
    let here = within(times, asking.sentence);
    let under = |anchor: &&Anchor| is_under(grammar, anchor.token, asking.head);
    let is_own = |verb: Index| verb == asking.verb || asking.completed.contains(&verb);
    let beside = |anchor: &&Anchor| governing_verb(grammar, anchor.token).is_some_and(is_own);
    let own = match here.iter().find(under) {
        Some(anchor) => Some((anchor, asking.head)),
        None => here.iter().find(beside).map(|anchor| (anchor, asking.verb)),
    };
    if let Some((anchor, stop)) = own {
        let bound = match on_the_way(grammar, anchor.token, stop).unwrap_or(Bound::On) {
            Bound::On if answers(grammar, anchor.token, stop, eventful) => Bound::After,
            bound => bound,
        };
        return Some(dated(grammar, here, anchor, bound));
    }
    if let Some(occasion) = of_governor(grammar, here, asking, say) {
        return Some(occasion);
    }
    let only = here.first()?;
    let rest = &here[1..];
    if rest.iter().any(|other| !goes_on(grammar, only, other)) {
        return None;
    }
    let governor = governing_verb(grammar, only.token)?;
    let told = !is_own(governor) && grammar.is(governor, say);
    let bound = across(grammar, only.token, governor, asking.verb, eventful).filter(|_| !told)?;
    Some(dated(grammar, here, only, bound))
}

/// The time beside the verb that governs a noun: "captured it on Monday in the clash".
fn of_governor(
    grammar: &Grammar<'_>,
    here: &[Anchor],
    asking: Asking<'_>,
    say: Mask,
) -> Option<Dated> {
    if asking.verb != asking.head || !grammar.is_nominal(asking.head) {
        return None;
    }
    let verb = governing_verb(grammar, asking.head).filter(|verb| !grammar.is(*verb, say))?;
    let beside = |anchor: &&Anchor| governing_verb(grammar, anchor.token) == Some(verb);
    let anchor = here.iter().find(beside)?;
    let led = on_the_way(grammar, anchor.token, verb)?;
    let bound = match on_the_way(grammar, asking.head, verb)? {
        Bound::On => led,
        bound => bound.turned(),
    };
    let answered = grammar.relation(asking.head) == Relation::Obj && bound == Bound::On;
    let bound = if answered { Bound::Before } else { bound };
    Some(dated(grammar, here, anchor, bound))
}

fn dated(grammar: &Grammar<'_>, here: &[Anchor], anchor: &Anchor, bound: Bound) -> Dated {
    let next = here.iter().find(|other| goes_on(grammar, anchor, other));
    Dated { time: anchor.number, until: next.map(|other| other.number), bound }
}

/// "on Monday and Tuesday", "between Monday and Tuesday".
fn goes_on(grammar: &Grammar<'_>, one: &Anchor, other: &Anchor) -> bool {
    grammar.relation(other.token) == Relation::Conj && grammar.head(other.token) == Some(one.token)
}

/// How what hangs on `stop` lies to a time under it; `None` if it does not hang there.
fn on_the_way(grammar: &Grammar<'_>, from: Index, stop: Index) -> Option<Bound> {
    let mut at = from;
    for _ in 0..CLIMB {
        if at == stop {
            return Some(Bound::On);
        }
        if let Some(bound) = bound_of(grammar, at) {
            return Some(bound);
        }
        at = grammar.head(at)?;
    }
    None
}

/// "condemned the raid of Monday": the time is that of what the act is an answer to.
fn answers(grammar: &Grammar<'_>, time: Index, verb: Index, eventful: Mask) -> bool {
    let object =
        |at: &Index| grammar.relation(*at) == Relation::Obj && grammar.head(*at) == Some(verb);
    let mut above = std::iter::successors(Some(time), |at| grammar.head(*at)).take(CLIMB as usize);
    grammar.is_verbal(verb)
        && !grammar.is(verb, grammar.light())
        && above.find(object).is_some_and(|noun| noun != time && grammar.is(noun, eventful))
}

/// What the preposition or conjunction over a phrase or clause says of what it hangs on.
fn bound_of(grammar: &Grammar<'_>, token: Index) -> Option<Bound> {
    let mut leads = grammar.kids(token).iter().filter(|kid| {
        matches!(grammar.relation(**kid), Relation::Case | Relation::Mark | Relation::Advmod)
    });
    leads.find_map(|kid| match grammar.word(*kid).lemma.as_str() {
        "after" | "since" | "following" | "follow" => Some(Bound::After),
        "before" | "until" | "till" | "ahead" => Some(Bound::Before),
        _ => None,
    })
}

/// How a verb lies to the time of another clause of its sentence; `None` if that does not date it.
fn across(
    grammar: &Grammar<'_>,
    time: Index,
    governor: Index,
    verb: Index,
    eventful: Mask,
) -> Option<Bound> {
    let led = on_the_way(grammar, time, governor).unwrap_or(Bound::On);
    if let Some(above) = climbs(grammar, governor, verb) {
        return above.is_part(eventful, grammar).then(|| above.bound.unwrap_or(led));
    }
    let below = climbs(grammar, verb, governor);
    if below.as_ref().is_some_and(|below| below.content) {
        return None;
    }
    if below.is_none() && is_aside(grammar, governor) {
        return None;
    }
    let turned = below.and_then(|below| below.bound).map(Bound::turned);
    match (turned, perfect(grammar, verb)) {
        (Some(bound), _) => Some(bound),
        _ if shares_auxiliary(grammar, verb, governor) => Some(led),
        (None, Some("had")) => Some(Bound::Before),
        (None, Some(_)) => None,
        (None, None) => Some(led),
    }
}

/// Whether a clause stands in a relative clause: its time is its own.
fn is_aside(grammar: &Grammar<'_>, verb: Index) -> bool {
    let up = std::iter::successors(Some(verb), |at| grammar.head(*at)).take(CLIMB as usize);
    up.into_iter().any(|at| grammar.relation(at) == Relation::AclRelcl)
}

/// What lies between a verb and one above it.
struct Climb {
    bound: Option<Bound>,
    /// The noun that the lower one's relative clause says something of.
    described: Option<Index>,
    /// Whether the lower one is what the upper one tells.
    content: bool,
}

impl Climb {
    /// Whether the upper clause has the time of the lower one: "in the raids which took place on
    /// Monday", but not "the men who left on Monday".
    fn is_part(&self, eventful: Mask, grammar: &Grammar<'_>) -> bool {
        self.described.is_none_or(|noun| grammar.is(noun, eventful))
    }
}

fn climbs(grammar: &Grammar<'_>, from: Index, to: Index) -> Option<Climb> {
    let is_time = |at: Index| grammar.is(at, grammar.time()) || grammar.word(at).upos == Upos::Num;
    let mut climb = Climb { bound: None, described: None, content: false };
    let mut at = from;
    for _ in 0..CLIMB {
        if at == to {
            return Some(climb);
        }
        // Of "since May, when it left" the time is that of what is told of it.
        climb.bound = climb.bound.or_else(|| bound_of(grammar, at).filter(|_| !is_time(at)));
        climb.content |= grammar.relation(at) == Relation::Ccomp && grammar.is_finite(at);
        let head = grammar.head(at)?;
        if matches!(grammar.relation(at), Relation::AclRelcl | Relation::Acl) {
            climb.described = Some(head);
        }
        at = head;
    }
    None
}

/// "has" or "had" over a verb.
pub(super) fn perfect(grammar: &Grammar<'_>, verb: Index) -> Option<&'static str> {
    grammar.kids(verb).iter().find_map(|kid| {
        let word = grammar.word(*kid);
        let have = grammar.relation(*kid) == Relation::Aux && word.lemma == "have";
        have.then_some(if word.xpos == "VBD" { "had" } else { "has" })
    })
}

fn shares_auxiliary(grammar: &Grammar<'_>, verb: Index, governor: Index) -> bool {
    let conjoined = |one: Index, other: Index| {
        grammar.relation(one) == Relation::Conj && grammar.head(one) == Some(other)
    };
    conjoined(verb, governor) || conjoined(governor, verb)
}

/// The days of a vague distance from the day that the report was written on: "months ago" is more than
/// one month and less than a year. `None` for any other time.
pub(super) fn vaguely_ago(words: &str, now: Date) -> Option<Interval> {
    let words = words.to_lowercase();
    let unit = words.strip_suffix(" ago")?.rsplit(' ').next()?.to_owned();
    let (most, least) = match unit.as_str() {
        "days" => (14.days(), 2.days()),
        "weeks" => (10.weeks(), 2.weeks()),
        "months" => (12.months(), 2.months()),
        _ => return None,
    };
    let back = |span: jiff::Span| now.checked_sub(span).ok();
    Some(Interval { first: Some(back(most)?), last: Some(back(least)?) })
}

/// The days that a time means to an event: those it states, else what "months ago" leaves open; `None`
/// for a length of time without a place in the calendar.
pub(super) fn days_of(time: &Time, words: &str, now: Option<Date>) -> Option<Interval> {
    let vague = time.value.ends_with("_REF");
    match time.timex {
        TimexType::Date | TimexType::Time if vague => vaguely_ago(words, now?),
        TimexType::Date | TimexType::Time => Some(time.interval),
        TimexType::Duration => Some(time.interval).filter(|days| is_bounded(*days)),
        TimexType::Set => None,
    }
}
