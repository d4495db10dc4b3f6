//! What one wording changes in another: the words that differ, and what kind of change it is.

use std::ops::Range;

use chancery_text::Span;

use super::closed::{FUTURE, direction, pronoun};
use super::unit::{Class, Unit};
use super::{LONGEST, heaviest};
use chancery_annotate::kin::{Kin, Part};

use crate::record::{Change, Difference};

/// A run of the words of each wording, one of which may be empty.
type Gap = (Range<usize>, Range<usize>);

/// A difference by the words that differ.
struct Turn {
    change: Change,
    at: Gap,
}

/// The differences of `own` from `best`, in the order of `best`. Both are cut at [`LONGEST`] words.
pub(in crate::story) fn differences(best: &[Unit], own: &[Unit]) -> Vec<Difference> {
    let (best, own) = (&best[..best.len().min(LONGEST)], &own[..own.len().min(LONGEST)]);
    let wordings = Wordings { best, own };
    let pairs = wordings.aligned();
    let mut turns: Vec<Turn> = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (to_i, to_j) in pairs.into_iter().chain([(best.len(), own.len())]) {
        turns.extend(wordings.gap((i..to_i, j..to_j)));
        if to_i < best.len() {
            turns.extend(wordings.change(to_i, to_j));
        }
        (i, j) = (to_i + 1, to_j + 1);
    }
    let turns = wordings.moved(turns);
    turns.into_iter().map(|turn| wordings.difference(turn)).collect()
}

/// What a pair of words is worth that only stand in one place.
const WEAK: u32 = 5;
/// Words in a row that may all be replaced.
const STRETCH: usize = 3;

struct Wordings<'a> {
    best: &'a [Unit],
    own: &'a [Unit],
}

impl Wordings<'_> {
    /// Pairs of words that stand for each other, in order: the same word, one in another form, a
    /// synonym, or one that stands in the other's place.
    fn aligned(&self) -> Vec<(usize, usize)> {
        let (best, own) = (self.best, self.own);
        let pairs = heaviest((best.len(), own.len()), |i, j| worth_of(&best[i], &own[j]));
        self.balanced(&pairs)
    }

    /// The pairs without words that only stand in each other's place where the words around do not
    /// bear it out: between two that match, both must have as many words of content.
    fn balanced(&self, pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
        let weak = |(i, j): (usize, usize)| {
            let worth = worth_of(&self.best[i], &self.own[j]);
            (1..=WEAK).contains(&worth) && self.best[i].full()
        };
        let ends = (self.best.len(), self.own.len());
        let strong: Vec<_> = pairs.iter().copied().filter(|pair| !weak(*pair)).collect();
        let kept = |&(i, j): &(usize, usize)| {
            let at = strong.partition_point(|pair| pair.0 < i);
            let from = at.checked_sub(1).map_or((0, 0), |at| (strong[at].0 + 1, strong[at].1 + 1));
            let to = strong.get(at).copied().unwrap_or(ends);
            let full = |units: &[Unit]| units.iter().filter(|unit| unit.full()).count();
            let (a, b) = (full(&self.best[from.0..to.0]), full(&self.own[from.1..to.1]));
            !weak((i, j)) || (a == b && a <= STRETCH)
        };
        pairs.iter().copied().filter(kept).collect()
    }

    /// What differs between two words that stand in one place.
    fn change(&self, i: usize, j: usize) -> Option<Turn> {
        let (left, right) = (&self.best[i], &self.own[j]);
        let change = match left.word.kin(&right.word) {
            Kin::Same => return None,
            _ if left.class == Class::Negation || right.class == Class::Negation => Change::Form,
            Kin::Spelling if left.class != Class::Number => Change::Spelling,
            _ if left.class == Class::Number => Change::Number,
            _ if matches!((left.class, right.class), (Class::Modal(a), Class::Modal(b)) if a & b == 0) => {
                Change::Modality
            }
            Kin::Form => Change::Form,
            _ if !left.full() || !right.full() => Change::Form,
            Kin::Opposite if !self.thing(left) => Change::Polarity,
            Kin::Opposite | Kin::Apart if self.thing(left) && self.thing(right) => self.party(i),
            Kin::Synonym => Change::Synonym,
            _ => Change::Rephrasing,
        };
        Some(Turn { change, at: (i..i + 1, j..j + 1) })
    }

    /// Whether a word names a thing, or which of several it is.
    fn thing(&self, unit: &Unit) -> bool {
        unit.noun() || direction(unit.norm())
    }

    /// Whether the one who acts is another, or what is acted on: a noun before the first verb of
    /// its clause acts.
    fn party(&self, at: usize) -> Change {
        let before = &self.best[..at];
        let starts = |unit: &Unit| {
            matches!(unit.norm(), "that" | "and" | "but" | "because" | "if" | "whether")
        };
        let from = before.iter().rposition(starts).map_or(0, |at| at + 1);
        let governed = before.last().is_some_and(preposition)
            || before.len().checked_sub(2).is_some_and(|at| {
                preposition(&before[at]) && before[at + 1].class == Class::Closed
            });
        let verb = |unit: &Unit| {
            matches!(unit.class, Class::Modal(_)) || unit.word.part() == Some(Part::Verb)
        };
        let acts =
            !governed && !before[from..].iter().any(verb) && !direction(self.best[at].norm());
        if acts { Change::Actor } else { Change::Object }
    }

    /// What differs between two runs of words of which none stands for another.
    fn gap(&self, (best, own): Gap) -> Vec<Turn> {
        let dropped = run(&self.best[best.clone()], Change::Omission).map(|(change, at)| Turn {
            change,
            at: (shifted(&at, best.start), own.start..own.start),
        });
        let added = run(&self.own[own.clone()], Change::Addition)
            .map(|(change, at)| Turn { change, at: (best.end..best.end, shifted(&at, own.start)) });
        dropped.into_iter().chain(added).collect()
    }

    /// Joins what is dropped in one place and put in at another with the same content: it has moved.
    fn moved(&self, mut turns: Vec<Turn>) -> Vec<Turn> {
        let content = |units: &[Unit]| {
            let mut norms: Vec<_> = units.iter().filter(|unit| unit.full()).collect();
            norms.sort_by(|a, b| a.norm().cmp(b.norm()));
            norms.into_iter().map(|unit| unit.norm().to_owned()).collect::<Vec<_>>()
        };
        for at in 0..turns.len() {
            if turns[at].change != Change::Omission {
                continue;
            }
            let words = content(&self.best[turns[at].at.0.clone()]);
            let again = |turn: &Turn| {
                turn.change == Change::Addition && content(&self.own[turn.at.1.clone()]) == words
            };
            if let Some(there) = turns.iter().position(again) {
                turns[at].at.1 = turns[there].at.1.clone();
                turns[at].change = Change::Order;
                turns[there].change = Change::Order;
                turns[there].at = (0..0, 0..0);
            }
        }
        turns.retain(|turn| turn.at != (0..0, 0..0));
        turns
    }

    fn difference(&self, turn: Turn) -> Difference {
        let cover = |units: &[Unit]| units.iter().map(|unit| unit.span).reduce(Span::cover);
        let (best, own) = turn.at;
        let change = turn.change;
        Difference { change, best: cover(&self.best[best]), own: cover(&self.own[own]) }
    }
}

fn shifted(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

/// What a run of words does that only one wording has; `content` if it says something by itself.
fn run(units: &[Unit], content: Change) -> Option<(Change, Range<usize>)> {
    match turn(units) {
        _ if units.is_empty() => None,
        Some((change, at)) => Some((change, at..at + 1)),
        None if units.iter().any(Unit::full) => Some((content, 0..units.len())),
        None => Some((Change::Form, 0..units.len())),
    }
}

fn preposition(unit: &Unit) -> bool {
    const PREPOSITIONS: &[&str] =
        &["at", "by", "for", "from", "in", "into", "of", "on", "over", "to", "towards", "with"];
    PREPOSITIONS.contains(&unit.norm())
}

/// How well one word stands for another; 0 if it does not.
fn worth_of(left: &Unit, right: &Unit) -> u32 {
    let content = left.full() && right.full();
    match left.word.kin(&right.word) {
        Kin::Same if content => 20,
        Kin::Same => 9,
        Kin::Form | Kin::Spelling if content => 18,
        Kin::Synonym if content => 14,
        Kin::Opposite if content => 12,
        _ => match (left.class, right.class) {
            (Class::Number, Class::Number) | (Class::Modal(_), Class::Modal(_)) => 10,
            (Class::Negation, Class::Negation) => 8,
            (Class::Name, Class::Name) => 5,
            (Class::Number, _) | (_, Class::Number) => 0,
            _ if content => u32::from(one_part(left, right)) * 4,
            (Class::Closed, Class::Closed) if pronoun(left.norm()) && pronoun(right.norm()) => 3,
            (Class::Closed, Class::Closed) => 1,
            _ => 0,
        },
    }
}

/// Whether two words may fill one place: both name things, or both are of one part of speech.
fn one_part(left: &Unit, right: &Unit) -> bool {
    let open = |unit: &Unit| unit.word.part().is_none();
    (left.noun() && right.noun())
        || left.word.part() == right.word.part()
        || (open(left) != open(right) && left.class == right.class)
}

/// A word that turns the sense of the words around it, in a run that has no content of its own: what
/// is left out with a whole phrase turns nothing.
fn turn(units: &[Unit]) -> Option<(Change, usize)> {
    if units.iter().any(Unit::full) {
        return None;
    }
    let negation = units.iter().position(|unit| unit.class == Class::Negation);
    let modal = |unit: &Unit| matches!(unit.class, Class::Modal(says) if says != FUTURE);
    negation
        .map(|at| (Change::Polarity, at))
        .or_else(|| units.iter().position(modal).map(|at| (Change::Modality, at)))
}

#[cfg(test)]
mod tests {
    use super::super::units;
    use super::*;

    /// Each difference as `class: dropped > added`.
    fn changes(best: &str, own: &str) -> Vec<String> {
        let all = |text: &str| units(text, &[Span::of(0..text.len())]);
        let slice = |text: &str, span: Option<Span>| {
            span.map_or(String::new(), |s| s.slice(text).to_owned())
        };
        differences(&all(best), &all(own))
            .into_iter()
            .map(|d| format!("{}: {} > {}", d.change, slice(best, d.best), slice(own, d.own)))
            .collect()
    }

    #[test]
    fn the_same_words_differ_in_nothing() {
        assert!(changes("remove all obstacles now", "Remove all obstacles, now").is_empty());
    }

    #[test]
    fn a_word_for_the_same_thing_is_a_synonym() {
        assert_eq!(
            changes("remove the obstacles", "remove the barriers"),
            ["synonym: obstacles > barriers"]
        );
    }

    #[test]
    fn what_is_left_out_and_put_in_is_told_with_its_small_words() {
        assert_eq!(
            changes("they told Sallet of the leak in March", "they told Sallet openly in March"),
            ["omission: of the leak > ", "addition:  > openly"]
        );
    }

    #[test]
    fn a_negation_that_only_one_has_turns_the_sense() {
        assert_eq!(changes("we will not send troops", "we will send troops"), ["polarity: not > "]);
        assert_eq!(changes("we don't agree", "we do not agree"), [] as [&str; 0]);
        assert_eq!(
            changes("they accepted it", "they rejected it"),
            ["polarity: accepted > rejected"]
        );
    }

    #[test]
    fn must_and_may_differ_in_modality_and_will_and_would_in_form() {
        assert_eq!(changes("they must go", "they may go"), ["modality: must > may"]);
        assert_eq!(changes("they will go", "they would go"), ["form: will > would"]);
    }

    #[test]
    fn numbers_in_words_and_digits_are_one() {
        assert!(changes("nine were hurt", "9 were hurt").is_empty());
        assert_eq!(changes("nine were hurt", "four were hurt"), ["number: nine > four"]);
    }

    #[test]
    fn another_doer_and_another_object_are_told_apart() {
        assert_eq!(
            changes("Sallet broke the truce", "Orlen broke the truce"),
            ["actor: Sallet > Orlen"]
        );
        assert_eq!(
            changes("we sailed to Sallet", "we sailed to Orlen"),
            ["object: Sallet > Orlen"]
        );
    }

    #[test]
    fn words_that_stand_elsewhere_have_moved() {
        let (best, own) = (
            "if it snows on Sunday the mine will close",
            "the mine will close if it snows on Sunday",
        );
        assert!(
            changes(best, own).iter().all(|change| !change.starts_with("omission")),
            "{:?}",
            changes(best, own)
        );
    }
}
