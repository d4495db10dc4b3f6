//! Whether two quotations are one utterance.

use chancery_annotate::quotation::QuotationKind;

use super::said::Said;
use crate::story::actors::Names;
use crate::story::alignment::{Overlap, overlap};

/// Content words of a quotation that its quoted part can stand for.
pub(super) const SHORT: usize = 24;
/// Share of what the shorter wording says that must be shared, by one speaker.
const ALIKE: f64 = 0.72;
/// The same where the shared words are very telling.
const ALIKE_LONG: f64 = 0.6;
/// Bits of words that one speaker does not use twice by chance.
const TELLING: f64 = 14.0;
/// Bits of words that nobody uses twice by chance.
const VERY_TELLING: f64 = 34.0;
/// Share that must be shared where one speaker is not known.
const OPEN: f64 = 0.8;
/// Share that must be shared where the speakers differ.
const IDENTICAL: f64 = 0.9;
/// Content words of the longer wording among the shared ones, for each of the shorter one: words that
/// are strewn over a longer text are not the shorter one again.
const SPREAD: f64 = 2.0;

/// How the speakers of two quotations stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::story) enum Speakers {
    Same,
    /// One is not known, or one speaks for the other.
    Open,
    Different,
}

pub(in crate::story) fn speakers(names: &Names, left: &Said, right: &Said) -> Speakers {
    match (&left.speaker, &right.speaker) {
        (Some(a), Some(b)) if a == b => Speakers::Same,
        (Some(a), Some(b)) if !names.compatible(a, b) => Speakers::Different,
        (Some(_), Some(_)) => Speakers::Open,
        _ => Speakers::Open,
    }
}

/// How alike two quotations are; `None` if they are not one utterance.
pub(in crate::story) fn likeness(names: &Names, left: &Said, right: &Said) -> Option<f64> {
    let nested = left.report == right.report && left.span.overlaps(right.span);
    if left.denied != right.denied || (nested && left.speaker != right.speaker) {
        return None;
    }
    let found = overlap(&left.units, &right.units);
    let speakers = speakers(names, left, right);
    let alike = match speakers {
        Speakers::Same => one_speaker(&found),
        Speakers::Open => one_speaker(&found) && OPEN <= found.share && 20.0 <= found.bits,
        Speakers::Different => two_speakers(&found),
    };
    if another_day(left, right, &found) {
        return None;
    }
    if alike {
        return Some(found.share);
    }
    one_sentence(speakers, left, right).or_else(|| {
        let fragment = || fragment(left, right) || fragment(right, left);
        (speakers == Speakers::Same && fragment()).then_some(0.3)
    })
}

fn one_speaker(found: &Overlap) -> bool {
    let long = ALIKE_LONG <= found.share && VERY_TELLING <= found.bits && 0.3 <= found.of_both;
    let compact = found.spread <= SPREAD;
    long || (ALIKE <= found.share && TELLING <= found.bits && compact)
}

fn two_speakers(found: &Overlap) -> bool {
    IDENTICAL <= found.share
        && VERY_TELLING <= found.bits
        && 5 <= found.words
        && 0.5 <= found.of_both
}

/// Whether each is of a day of its own: a formula is said on many days. What is long and the same word
/// for word is one saying, and one of the days is wrong.
fn another_day(left: &Said, right: &Said, found: &Overlap) -> bool {
    let long = 0.95 <= found.share && 80.0 <= found.bits;
    left.day.zip(right.day).is_some_and(|(a, b)| !a.meets(b)) && !long
}

/// Whether the two share a sentence that is most of both.
fn one_sentence(speakers: Speakers, left: &Said, right: &Said) -> Option<f64> {
    let found = left.closest(right).filter(|found| found.is_most(left, right))?;
    let known = left.speaker.is_some() && right.speaker.is_some();
    let one = match speakers {
        Speakers::Different => {
            found.direct() && found.long() && (found.identical() || found.respun())
        }
        _ => found.identical() || found.respun() || (known && found.retold()),
    };
    one.then_some(found.share)
}

/// Whether what a short quotation puts in quotation marks stands word for word in the other:
/// "a clean break".
fn fragment(short: &Said, long: &Said) -> bool {
    let whole = matches!(short.kind, QuotationKind::Direct).then_some(&short.content);
    let stands = |part: &Vec<u64>| {
        2 <= part.len()
            && part.len() < long.content.len()
            && long.content.windows(part.len()).any(|run| run == part)
    };
    short.parts == 1
        && short.content.len() <= SHORT
        && (short.quoted.iter().any(stands) || whole.is_some_and(stands))
}
