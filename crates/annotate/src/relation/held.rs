//! When a relation held: "since 2014", "from 2006 to 2014", "designated in 2018".

use chancery_text::{Interval, RowId};

use crate::event::{Index, head_of};
use crate::syntax::Relation as Dependency;
use crate::time::{Time, TimexType};

use super::described;
use super::rule::Phase;
use super::search::{Draft, Search};

/// How far a time may hang below what it dates.
const CLIMB: usize = 4;

/// Which end of a relation a time tells.
enum End {
    First,
    Last,
    Both,
}

impl Search<'_> {
    /// The first time expression that dates a relation, and the days on which it held.
    pub(super) fn held(&self, draft: &Draft) -> (Option<RowId>, Interval) {
        let (mut held, mut dated_by) = (Interval::OPEN, None);
        for (time, token) in self.times_of(draft.head) {
            dated_by = dated_by.or(Some(time.id));
            match (self.end_told(token), draft.phase) {
                (End::First, _) | (End::Both, Phase::Begins) => {
                    held.first = held.first.or(time.interval.first);
                }
                (End::Last, _) | (End::Both, Phase::Ends) => {
                    held.last = held.last.or(time.interval.last);
                }
                (End::Both, Phase::Holds) if held.is_open() => held = time.interval,
                (End::Both, Phase::Holds) => {}
            }
        }
        let (first, last) = (held.first, held.last);
        match first.zip(last).is_some_and(|(first, last)| last < first) {
            true => (None, Interval::OPEN),
            false => (dated_by, held),
        }
    }

    /// The times that hang on a word, with no verb between.
    fn times_of(&self, head: Index) -> impl Iterator<Item = (&Time, Index)> {
        let (first, last) = self.sentence(head);
        let times = &self.observed.times;
        let from = times.partition_point(|time| time.span.start < first);
        let here = times[from..].iter().take_while(move |time| time.span.start < last);
        // No time hangs on a title in front of a name, and "previously" names no days.
        let titled = self.name_of_title(head).is_some();
        let dated = here.filter(move |time| {
            matches!(time.timex, TimexType::Date | TimexType::Time)
                && !titled
                && !time.interval.is_open()
                && !time.value.ends_with("_REF")
        });
        let anchored = dated.filter_map(|time| Some((time, head_of(self.grammar, time.span)?)));
        let verb = described::verb_over(self, head);
        anchored.filter(move |(_, token)| {
            self.grammar.relation(*token) != Dependency::Nummod
                && (self.hangs_on(*token, head)
                    || verb.is_some_and(|verb| self.hangs_on(*token, verb)))
        })
    }

    fn hangs_on(&self, token: Index, head: Index) -> bool {
        let mut at = token;
        for _ in 0..CLIMB {
            match self.grammar.head(at) {
                Some(above) if above == head => return true,
                Some(above) if !self.grammar.is_verbal(above) => at = above,
                _ => return false,
            }
        }
        false
    }

    /// Start and end of the sentence around a token, in bytes.
    fn sentence(&self, token: Index) -> (u32, u32) {
        let sentences = self.grammar.text.sentences;
        let after = sentences.partition_point(|sentence| sentence.tokens.end <= token);
        sentences.get(after).map_or((0, 0), |it| (it.span.start, it.span.end))
    }

    fn end_told(&self, token: Index) -> End {
        let words = self.grammar.kids(token).iter().rev().map(|kid| self.grammar.word(*kid));
        let mut cases = words.map(|word| word.lemma.as_str());
        let told = cases.find_map(|case| match case {
            "since" | "from" | "after" => Some(End::First),
            "until" | "till" | "to" | "before" => Some(End::Last),
            _ => None,
        });
        told.unwrap_or(End::Both)
    }
}
