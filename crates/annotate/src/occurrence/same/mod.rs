//! Which occurrences of a report are one.
//!
//! Each is one with the last earlier one of its deed that nothing speaks against ([`deed`]); if there is
//! none, with what the headline tells in other words ([`headline`]), or with what it refers to ([`refers`]).

mod deed;
mod headline;
mod refers;
mod told;

use std::collections::HashMap;

use chancery_text::Interval;

use self::deed::Telling;
use self::told::{Form, Told};
use super::{Occurrence, OccurrenceKit, WhenBasis};
use crate::Read;
use crate::syntax::Tree;

/// Earlier occurrences of one deed that are looked at.
const BACK: usize = 12;

/// The report that occurrences are told in.
pub(super) struct Page<'a> {
    pub text: Read<'a>,
    pub trees: &'a [Tree<'a>],
    pub kit: &'a OccurrenceKit,
    /// The number of the headline.
    pub title: Option<u32>,
}

impl<'a> Page<'a> {
    fn tree(&self, sentence: u32) -> &'a Tree<'a> {
        &self.trees[sentence as usize]
    }

    /// Whether a word may refer to what another one tells and tells nothing itself.
    pub(super) fn may_refer(&self, sentence: u32, head: u32) -> bool {
        let tree = self.tree(sentence);
        match told::form(tree, head) {
            Form::Relative | Form::Demonstrative => true,
            Form::Verb => false,
            Form::Noun => {
                told::is_definite(tree, head)
                    && self.kit.is_act(&tree.word(head).lemma.to_lowercase())
            }
        }
    }
}

/// Numbers occurrences that are one alike, and lends them their days. `heads` has the token of each. Linear
/// in the occurrences, but for those of the headline and the first sentence, each of which is compared
/// with each.
pub(super) fn number(page: &Page<'_>, heads: &[u32], occurrences: &mut [Occurrence]) {
    let told: Vec<_> =
        heads.iter().zip(&*occurrences).map(|(head, it)| Told::new(page, *head, it)).collect();
    let numbers = numbers(page, &told.iter().zip(&*occurrences).collect::<Vec<_>>());
    for (occurrence, number) in occurrences.iter_mut().zip(numbers) {
        occurrence.one = number;
    }
    lend(occurrences);
}

/// The number of each: that of the first that is one with it.
fn numbers(page: &Page<'_>, tellings: &[Telling<'_>]) -> Vec<u32> {
    let mut numbers: Vec<u32> = Vec::new();
    let mut by_deed: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut days: HashMap<u32, Interval> = HashMap::new();
    for (at, own) in tellings.iter().enumerate() {
        let before = by_deed.entry(&own.1.deed).or_default();
        let meets = |other: usize| days[&numbers[other]].meets(stated(own.1));
        let retold =
            |other: &usize| meets(*other) && deed::is_retold(tellings[*other], *own, page.kit);
        let earlier = if own.0.is_pronoun() {
            refers::of_pronoun(page, &tellings[..at], *own)
        } else {
            let last = before.iter().rev().take(BACK).find(|other| retold(other)).copied();
            last.or_else(|| other_words(page, tellings, at).filter(|other| meets(*other)))
        };
        let number = earlier.map_or(at as u32, |earlier| numbers[earlier]);
        let known = days.entry(number).or_insert(Interval::OPEN);
        *known = known.intersection(stated(own.1)).unwrap_or(*known);
        numbers.push(number);
        if !own.0.is_pronoun() {
            before.push(at);
        }
    }
    numbers
}

/// What an occurrence tells again by another word.
fn other_words(page: &Page<'_>, tellings: &[Telling<'_>], at: usize) -> Option<usize> {
    let (own, earlier) = (tellings[at], &tellings[..at]);
    refers::of_subject(page, earlier, own)
        .or_else(|| headline::told_by(tellings, own, page.kit))
        .or_else(|| refers::of_synonym(page, earlier, own))
        .or_else(|| refers::of_act(page, earlier, own))
}

/// The days of an occurrence, if a time states them: that it is told as news may be wrong.
fn stated(it: &Occurrence) -> Interval {
    if it.basis == WhenBasis::Stated { it.when } else { Interval::OPEN }
}

/// What is told without a time has the days of another telling.
fn lend(occurrences: &mut [Occurrence]) {
    let mut days = HashMap::new();
    for it in occurrences.iter().filter(|it| it.basis != WhenBasis::Open) {
        let best = days.entry(it.one).or_insert((it.basis, it.when));
        *best = (*best).min((it.basis, it.when));
    }
    for it in occurrences.iter_mut().filter(|it| it.basis == WhenBasis::Open) {
        if let Some((_, when)) = days.get(&it.one).filter(|_| it.nominal) {
            (it.when, it.basis) = (*when, WhenBasis::Retold);
        }
    }
}
