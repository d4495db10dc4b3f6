//! Which occurrences of a report are one.
//!
//! Each is one with the earlier one of its deed for which most speaks ([`deed`]); if there is none, with what the
//! headline tells in other words ([`headline`]), or with what it refers to ([`refers`]).

mod deed;
mod headline;
mod refers;
mod told;

use std::collections::HashMap;

use chancery_text::Interval;

pub use self::deed::Clue;
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
    /// For each token, whether quotation marks are open before it.
    pub quoted: Vec<bool>,
}

impl<'a> Page<'a> {
    pub(super) fn new(
        text: Read<'a>,
        trees: &'a [Tree<'a>],
        kit: &'a OccurrenceKit,
        title: Option<u32>,
    ) -> Self {
        Self { text, trees, kit, title, quoted: told::quoted(text) }
    }

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
    let told = told(page, heads, occurrences);
    let numbers = numbers(page, &told.iter().zip(&*occurrences).collect::<Vec<_>>());
    for (occurrence, number) in occurrences.iter_mut().zip(numbers) {
        occurrence.one = number;
    }
    lend(occurrences);
}

/// Each two tellings of one deed that are compared, the later one first, with their clues.
pub(super) fn pairs(
    page: &Page<'_>,
    heads: &[u32],
    occurrences: &[Occurrence],
) -> Vec<(usize, usize, Vec<Clue>)> {
    let told = told(page, heads, occurrences);
    let tellings: Vec<_> = told.iter().zip(occurrences).collect();
    let deeds = Deeds::new(&tellings);
    let later = 0..tellings.len();
    let pair = |(at, other): (usize, usize)| {
        let count = deeds.of(tellings[at]).len();
        (at, other, deed::clues(tellings[other], tellings[at], count))
    };
    later
        .flat_map(|at| deeds.before(&tellings, at).map(move |other| (at, other)))
        .map(pair)
        .collect()
}

fn told(page: &Page<'_>, heads: &[u32], occurrences: &[Occurrence]) -> Vec<Told> {
    heads.iter().zip(occurrences).map(|(head, it)| Told::new(page, *head, it)).collect()
}

/// The tellings of each deed, pronouns left out.
struct Deeds<'a>(HashMap<&'a str, Vec<usize>>);

impl<'a> Deeds<'a> {
    fn new(tellings: &[Telling<'a>]) -> Self {
        let mut deeds: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, own) in tellings.iter().enumerate().filter(|(_, own)| !own.0.is_pronoun()) {
            deeds.entry(&own.1.deed).or_default().push(at);
        }
        Self(deeds)
    }

    fn of(&self, own: Telling<'_>) -> &[usize] {
        self.0.get(own.1.deed.as_str()).map_or(&[], Vec::as_slice)
    }

    /// The earlier tellings of the deed of one that are looked at, the last first.
    fn before(&self, tellings: &[Telling<'_>], at: usize) -> impl Iterator<Item = usize> + '_ {
        let all = if tellings[at].0.is_pronoun() { &[] } else { self.of(tellings[at]) };
        all[..all.partition_point(|other| *other < at)].iter().rev().take(BACK).copied()
    }
}

/// The number of each: that of the first that is one with it.
fn numbers(page: &Page<'_>, tellings: &[Telling<'_>]) -> Vec<u32> {
    let mut numbers: Vec<u32> = Vec::new();
    let mut days: HashMap<u32, Interval> = HashMap::new();
    let deeds = Deeds::new(tellings);
    for (at, own) in tellings.iter().enumerate() {
        let meets = |other: &usize| days[&numbers[*other]].meets(stated(own.1));
        let earlier = if own.0.is_pronoun() {
            refers::of_pronoun(page, &tellings[..at], *own)
        } else {
            likeliest(page, tellings, &deeds, at, meets)
                .or_else(|| other_words(page, tellings, at).filter(meets))
        };
        let number = earlier.map_or(at as u32, |earlier| numbers[earlier]);
        let known = days.entry(number).or_insert(Interval::OPEN);
        *known = known.intersection(stated(own.1)).unwrap_or(*known);
        numbers.push(number);
    }
    numbers
}

/// The earlier telling of the same deed for which most speaks, if more than nothing does.
fn likeliest(
    page: &Page<'_>,
    tellings: &[Telling<'_>],
    deeds: &Deeds<'_>,
    at: usize,
    meets: impl Fn(&usize) -> bool,
) -> Option<usize> {
    let own = tellings[at];
    let count = deeds.of(own).len();
    let weigh = |other: usize| (other, deed::weigh(tellings[other], own, count, page.kit));
    let weighed = deeds.before(tellings, at).filter(meets).map(weigh);
    let fitting = weighed.filter(|(_, weight)| 0.0 < *weight);
    let best = fitting.reduce(|best, it| if best.1 < it.1 { it } else { best });
    best.map(|(other, _)| other)
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
