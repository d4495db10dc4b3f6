//! When something happened: the time by its clause; else the tense, and the day that the report tells of.

use chancery_text::Interval;

use super::WhenBasis;
use crate::syntax::{Relation, Tense, Tree, Upos};
use crate::time::{Time, TimexType};
use crate::{Annotations, Read};

/// Sentences that bring the news.
const LEAD: u32 = 3;
/// Days before the report on which its news may be.
const FRESH: i32 = 2;
/// How far up a tree is climbed.
const CLIMB: usize = 8;

/// The times of a report by the words that head them, and the day of its news.
pub(super) struct Calendar<'a> {
    times: Vec<Anchor<'a>>,
    title: Option<u32>,
    published: Interval,
    news: Interval,
}

/// A time, hung onto the trees.
struct Anchor<'a> {
    time: &'a Time,
    head: u32,
    sentence: u32,
}

/// What a verb's form says of when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Past,
    Present,
    Perfect,
    PastPerfect,
    Gerund,
    Participle,
    /// "will meet", "would meet", "to meet".
    Ahead,
    Noun,
}

impl<'a> Calendar<'a> {
    pub(super) fn new(text: Read<'a>, annotations: &'a Annotations) -> Self {
        let observed = &annotations.observed;
        let published = observed.date.interval;
        let times: Vec<_> =
            observed.times.iter().filter_map(|time| Anchor::of(text, time)).collect();
        let title = title(text, annotations);
        let mut calendar = Self { times, title, published, news: published };
        calendar.news = calendar.day_of_news(text).unwrap_or(published);
        calendar
    }

    /// The day that the first sentences tell something to have happened on, if it is that of the report or
    /// just before.
    fn day_of_news(&self, text: Read<'_>) -> Option<Interval> {
        let now = self.published.single_day()?;
        let fresh = |anchor: &&Anchor<'_>| {
            let day = days(anchor.time).and_then(Interval::single_day);
            day.is_some_and(|day| (0..=FRESH).contains(&(now - day).get_days()))
        };
        let past = |anchor: &&Anchor<'_>| {
            let sentence = &text.sentences[anchor.sentence as usize];
            let tree = Tree::new(text.syntax, sentence);
            let verb = governing_verb(&tree, anchor.head);
            verb.is_some_and(|verb| {
                matches!(form(&tree, verb), Form::Past | Form::Perfect | Form::PastPerfect)
            })
        };
        let lead = self.times.iter().take_while(|anchor| anchor.sentence <= LEAD);
        lead.filter(fresh).find(past).and_then(|anchor| days(anchor.time))
    }

    /// The days of what `head` tells; `carrier` is the light verb over it, `said` tells a verb of saying.
    pub(super) fn days(
        &self,
        tree: &Tree<'_>,
        sentence: u32,
        head: u32,
        carrier: Option<u32>,
        said: bool,
    ) -> (Interval, WhenBasis) {
        let verb = carrier.unwrap_or(head);
        let form = form(tree, verb);
        if tree.negated(verb) {
            return OPEN;
        }
        // The time by "says" is of what is said.
        let own = !(said && form == Form::Present);
        let stated = self.stated(tree, sentence, head, form).filter(|_| own);
        let stated = stated.or_else(|| self.stated(tree, sentence, carrier?, form));
        if let Some(days) = stated {
            return (days, WhenBasis::Stated);
        }
        if self.is_news(tree, sentence, verb, form, said) {
            return (self.news, WhenBasis::News);
        }
        match (form, tree.word(verb).head) {
            (Form::Gerund, Some(above)) if said && tree.word(above).upos == Upos::Verb => {
                self.days(tree, sentence, above, None, false)
            }
            _ => OPEN,
        }
    }

    /// Whether something without a time is told as the news of the report.
    fn is_news(&self, tree: &Tree<'_>, sentence: u32, head: u32, form: Form, said: bool) -> bool {
        if self.news.single_day().is_none() {
            return false;
        }
        if self.title == Some(sentence) {
            return matches!(form, Form::Present | Form::Past | Form::Participle)
                && tree.word(head).upos == Upos::Verb;
        }
        match form {
            Form::Past => true,
            Form::Perfect => said || sentence <= LEAD,
            Form::Present => said,
            _ => false,
        }
    }

    /// The days of a time by the clause of a verb, or under a noun.
    fn stated(&self, tree: &Tree<'_>, sentence: u32, head: u32, form: Form) -> Option<Interval> {
        let from = self.times.partition_point(|anchor| anchor.sentence < sentence);
        let here = self.times[from..].iter().take_while(|anchor| anchor.sentence == sentence);
        let beside = |anchor: &&Anchor<'_>| match form {
            Form::Noun => is_under(tree, anchor.head, head),
            _ if tree.word(head).upos == Upos::Verb => {
                governing_verb(tree, anchor.head) == Some(head)
            }
            _ => is_under(tree, anchor.head, head),
        };
        let told = matches!(form, Form::Past | Form::Present | Form::Perfect | Form::PastPerfect);
        let ahead = |days: &Interval| {
            days.first.zip(self.published.last).is_some_and(|(first, now)| now < first)
        };
        here.filter(beside)
            .filter(|anchor| !is_led(tree, anchor.head))
            .filter_map(|anchor| days(anchor.time))
            .find(|days| !(told && ahead(days)))
    }
}

const OPEN: (Interval, WhenBasis) = (Interval::OPEN, WhenBasis::Open);

impl<'a> Anchor<'a> {
    fn of(text: Read<'_>, time: &'a Time) -> Option<Self> {
        let tokens = text.tokens;
        let from = tokens.partition_point(|token| token.span.end <= time.span.start);
        let to = tokens.partition_point(|token| token.span.start < time.span.end);
        let words = &text.syntax.words;
        let outside = |token: &usize| {
            words[*token].head.is_none_or(|head| !(from..to).contains(&(head as usize)))
        };
        let head = (from..to).rev().find(outside)? as u32;
        let sentence = text.sentences.partition_point(|sentence| sentence.tokens.end <= head);
        Some(Self { time, head, sentence: sentence as u32 })
    }
}

/// The days of a time that has a place in the calendar.
fn days(time: &Time) -> Option<Interval> {
    let placed = matches!(time.timex, TimexType::Date | TimexType::Time);
    let exact = time.value.starts_with(|c: char| c.is_ascii_digit());
    Some(time.interval)
        .filter(|days| placed && exact && days.first.is_some() && days.last.is_some())
}

/// The sentence that is the headline: the one marked as such, else a first one without a full stop.
pub(super) fn title(text: Read<'_>, annotations: &Annotations) -> Option<u32> {
    if let Some(title) = annotations.observed.title {
        let at = text.sentences.iter().position(|sentence| title.contains(sentence.span));
        return at.map(|at| at as u32);
    }
    let first = text.sentences.first()?;
    let ends = text.report.slice(first.span).ends_with(['.', '!', '?', '”', '"']);
    (!ends).then_some(0)
}

fn form(tree: &Tree<'_>, head: u32) -> Form {
    if tree.word(head).upos != Upos::Verb {
        return Form::Noun;
    }
    let form = tree.verb_form(head);
    match form.tense {
        _ if form.modal.is_some() || form.infinitive => Form::Ahead,
        Tense::Past if form.perfect => Form::PastPerfect,
        _ if form.perfect => Form::Perfect,
        Tense::Past => Form::Past,
        Tense::Present => Form::Present,
        _ if tree.word(head).xpos == "VBG" => Form::Gerund,
        _ => Form::Participle,
    }
}

/// The verb that a word hangs under.
fn governing_verb(tree: &Tree<'_>, token: u32) -> Option<u32> {
    tree.head_chain(token).take(CLIMB).find(|at| tree.word(*at).upos == Upos::Verb)
}

/// Whether a word hangs under a noun with no verb between.
fn is_under(tree: &Tree<'_>, token: u32, noun: u32) -> bool {
    let above = tree.head_chain(token).take(CLIMB);
    let mut near = above.take_while(|at| *at == noun || tree.word(*at).upos != Upos::Verb);
    near.any(|at| at == noun)
}

/// Whether a time bounds what happened instead of dating it: "since May".
fn is_led(tree: &Tree<'_>, head: u32) -> bool {
    let bounds =
        ["since", "until", "till", "before", "after", "by", "to", "from", "through", "following"];
    tree.children_by(head, &[Relation::Case])
        .any(|case| bounds.contains(&tree.word(case).lemma.as_str()))
}
