//! `quotations`: source, cue and content of PolNeAR's attributions.
//!
//! `content_exact_f1`: the very words of the content. `content_partial_f1`: soft overlap by words (see
//! [`soft`](crate::score::spans::soft)). For source and cue, answers are paired with gold attributions
//! by the words their contents share; a source or cue is right if it shares a word with the pair's
//! (articles and possessives aside), or is the very same: the colon of "Olmo: …" and the dash before
//! who signs have no word.
//!
//! In "the envoy, who said so" PolNeAR marks "who" as the source, and the stage gives whom it stands
//! for: a source that ends right before the gold's relative pronoun is right too.
//!
//! PolNeAR marks outermost attributions alone: of its 22,014 attributions for training and development
//! none stands in the content of another. So quotations within quotations are no answers here,
//! neither right nor wrong.

use std::path::PathBuf;

use chancery_annotate::Kit;
use chancery_annotate::quotation::Quotation;
use chancery_text::Span;

use crate::gold::brat::{self, Attribution};
use crate::line::read_document;
use crate::outcome::Case;
use crate::score::Counts;
use crate::score::spans::{self, Stretch};
use crate::tasks::place;
use crate::{EvalError, Outcome, Task, baseline};

#[derive(Default)]
struct Tally {
    partial: Counts,
    exact: Counts,
    source: Counts,
    cue: Counts,
}

pub fn run(sets: &[PathBuf], kit: &Kit) -> Result<Outcome, EvalError> {
    let (mut ours, mut theirs) = (Tally::default(), Tally::default());
    let (mut cases, mut items) = (Vec::new(), 0);
    for set in sets {
        for gold in brat::read(set)? {
            let text = &gold.document.report.text;
            let words = spans::words(text);
            let quotations = read_document(&gold.document, kit).observed.quotations;
            let outermost = quotations.iter().filter(|quotation| quotation.within.is_none());
            let found: Vec<_> = outermost.map(answer).collect();
            let pairs = ours.add(text, &words, &gold.attributions, &found);
            theirs.add(text, &words, &gold.attributions, &trivial(text));
            items += gold.attributions.len();
            let made = |(at, attribution): (usize, &Attribution)| {
                let pair = pairs.iter().find(|(g, _)| *g == at).map(|(_, f)| &found[*f]);
                case(&gold.document.id, text, &words, attribution, pair)
            };
            cases.extend(gold.attributions.iter().enumerate().map(made));
        }
    }
    let mut outcome = Outcome::new(Task::Quotations, items);
    outcome.add("content_partial_f1", ours.partial.f1(), theirs.partial.f1());
    outcome.add("content_exact_f1", ours.exact.f1(), theirs.exact.f1());
    outcome.add("source_f1", ours.source.f1(), theirs.source.f1());
    outcome.add("cue_f1", ours.cue.f1(), theirs.cue.f1());
    outcome.cases = cases;
    Ok(outcome)
}

fn answer(quotation: &Quotation) -> Attribution {
    Attribution {
        source: quotation.source.into_iter().collect(),
        cue: quotation.cue.into_iter().collect(),
        content: quotation.contents.clone(),
    }
}

/// Text between quotation marks, said by the nearest capitalised run.
fn trivial(text: &str) -> Vec<Attribution> {
    let runs = baseline::capitalised(text);
    let quoted = baseline::quoted(text).into_iter();
    quoted
        .map(|content| Attribution {
            source: baseline::nearest(&runs, content).into_iter().collect(),
            cue: Vec::new(),
            content: vec![content],
        })
        .collect()
}

impl Tally {
    /// Adds a document; gives the pairs of gold and found attributions.
    fn add(
        &mut self,
        text: &str,
        words: &[Span],
        gold: &[Attribution],
        found: &[Attribution],
    ) -> Vec<(usize, usize)> {
        let contents = |all: &[Attribution]| -> Vec<Stretch> {
            all.iter().map(|one| spans::stretch(words, &one.content)).collect()
        };
        let (expected, answers) = (contents(gold), contents(found));
        let pairs = spans::align(&expected, &answers);
        self.partial = self.partial.plus(spans::soft(&expected, &answers));
        self.exact = self.exact.plus(spans::exact(&expected, &answers));
        self.source = self.source.plus(part(text, words, gold, found, &pairs, |one| &one.source));
        self.cue = self.cue.plus(part(text, words, gold, found, &pairs, |one| &one.cue));
        pairs
    }
}

fn part(
    text: &str,
    words: &[Span],
    gold: &[Attribution],
    found: &[Attribution],
    pairs: &[(usize, usize)],
    of: fn(&Attribution) -> &Vec<Span>,
) -> Counts {
    let some = |all: &[Attribution]| all.iter().filter(|one| !of(one).is_empty()).count() as f64;
    let right =
        pairs.iter().filter(|(g, f)| shares(text, words, of(&gold[*g]), of(&found[*f]))).count()
            as f64;
    Counts { right, recalled: right, found: some(found), gold: some(gold) }
}

/// Whether two stretches are the same (cues may have no word: "Olmo: …"), share a word that is not a
/// mere article, or the answer is what the gold's relative pronoun stands for.
fn shares(text: &str, words: &[Span], gold: &[Span], found: &[Span]) -> bool {
    let telling = |spans: &[Span]| -> Stretch {
        let light = |at: usize| {
            matches!(words[at].slice(text).to_lowercase().as_str(), "the" | "a" | "an" | "s")
        };
        spans::stretch(words, spans).into_iter().filter(|at| !light(*at)).collect()
    };
    let same = !gold.is_empty() && gold == found;
    same || 0 < spans::shared(&telling(gold), &telling(found)) || stands_for(text, gold, found)
}

/// Whether the gold is a relative pronoun that comes right after the answer: "the envoy, who".
fn stands_for(text: &str, gold: &[Span], found: &[Span]) -> bool {
    let ([gold], Some(found)) = (gold, found.last()) else { return false };
    let pronoun = matches!(gold.slice(text), "who" | "whom" | "which" | "that");
    let between = text.get(found.end as usize..gold.start as usize);
    pronoun && between.is_some_and(|between| !between.contains(char::is_alphanumeric))
}

fn case(
    id: &str,
    text: &str,
    words: &[Span],
    gold: &Attribution,
    found: Option<&Attribution>,
) -> Case {
    let label = |one: &Attribution| {
        let places = |spans: &[Span]| {
            spans.iter().map(|span| place(text, *span)).collect::<Vec<_>>().join(" ")
        };
        format!("{} | {} | {}", places(&one.source), places(&one.cue), places(&one.content))
    };
    let score = found.map_or(0.0, |found| {
        let content = spans::soft(
            &[spans::stretch(words, &gold.content)],
            &[spans::stretch(words, &found.content)],
        );
        let right = |left: &[Span], right: &[Span]| {
            left.is_empty() && right.is_empty() || shares(text, words, left, right)
        };
        let parts = [right(&gold.source, &found.source), right(&gold.cue, &found.cue)];
        let parts = parts.iter().filter(|right| **right).count() as f64;
        (content.f1() * 2.0 + parts) / 4.0
    });
    Case {
        id: format!("{id}:{}", place(text, gold.content[0])),
        aspect: "source | cue | content".into(),
        expected: label(gold),
        found: found.map(label).unwrap_or_default(),
        score,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attribution(text: &str, source: &str, cue: &str, content: &str) -> Attribution {
        let span = |part: &str| {
            let at = text.find(part).unwrap();
            if part.is_empty() { vec![] } else { vec![Span::of(at..at + part.len())] }
        };
        Attribution { source: span(source), cue: span(cue), content: span(content) }
    }

    #[test]
    fn a_document_by_hand() {
        let text = "“We will come back,” the envoy said. Ana Lo denied that talks had failed.";
        let gold = [
            attribution(text, "the envoy", "said", "“We will come back,”"),
            attribution(text, "Ana Lo", "denied", "that talks had failed"),
        ];
        // The first is right but for its source; the second has half the content.
        let found = [
            attribution(text, "the", "said", "We will come back"),
            attribution(text, "Ana", "denied", "talks had"),
        ];
        let mut tally = Tally::default();
        tally.add(text, &spans::words(text), &gold, &found);
        assert_eq!((tally.partial.precision(), tally.partial.recall()), (1.0, 0.75));
        assert_eq!(tally.exact.f1(), 0.5);
        assert_eq!((tally.source.f1(), tally.cue.f1()), (0.5, 1.0));
    }

    #[test]
    fn a_cue_without_a_word_is_right_in_its_place() {
        let text = "Ana Lo: We will stay: now";
        let at = |place: usize| vec![Span::of(place..place + 1)];
        assert!(shares(text, &spans::words(text), &at(6), &at(6)));
        assert!(!shares(text, &spans::words(text), &at(6), &at(20)));
        assert!(!shares(text, &spans::words(text), &[], &[]));
    }

    #[test]
    fn what_a_relative_pronoun_stands_for_is_a_source() {
        let text = "Ana Lo, who said so, and the envoy, who left";
        let span = |part: &str| {
            let at = text.find(part).unwrap();
            vec![Span::of(at..at + part.len())]
        };
        assert!(shares(text, &spans::words(text), &span("who"), &span("Ana Lo")));
        assert!(!shares(text, &spans::words(text), &span("who"), &span("the envoy")));
    }
}
