//! Whether two quotations are one utterance.

use chancery_annotate::quotation::QuotationKind;

use super::said::Said;
use crate::story::actors::Names;
use crate::story::alignment::agreement;

/// Content words that two wordings must share.
const LEAST: usize = 4;
/// Share of the shorter wording that must agree, by one speaker.
const ALIKE: f64 = 0.5;
/// Share that must agree where the speakers differ.
const IDENTICAL: f64 = 0.85;
/// Content words that must agree where the speakers differ.
const LEAST_IDENTICAL: usize = 7;
/// Content words of a quotation that its quoted part can stand for.
const SHORT: usize = 16;

/// How the speakers of two quotations stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Speakers {
    Same,
    /// One is not known, or one speaks for the other.
    Open,
    Different,
}

pub(super) fn speakers(names: &Names, left: &Said, right: &Said) -> Speakers {
    match (&left.speaker, &right.speaker) {
        (Some(a), Some(b)) if a == b => Speakers::Same,
        (Some(a), Some(b)) if !names.compatible(a, b) => Speakers::Different,
        (Some(_), Some(_)) => Speakers::Open,
        _ => Speakers::Open,
    }
}

/// How alike two quotations are; `None` if they are not one utterance.
pub(super) fn likeness(names: &Names, left: &Said, right: &Said) -> Option<f64> {
    let nested = left.report == right.report && left.span.overlaps(right.span);
    if left.denied != right.denied || (nested && left.speaker != right.speaker) {
        return None;
    }
    let agreement = agreement(&left.content, &right.content);
    let speakers = speakers(names, left, right);
    let alike = match speakers {
        Speakers::Different => LEAST_IDENTICAL <= agreement.words && IDENTICAL <= agreement.share,
        _ => LEAST <= agreement.words && ALIKE <= agreement.share,
    };
    if alike {
        return Some(agreement.share);
    }
    if let Some(found) = left.closest(right).filter(|found| found.is_most(left, right)) {
        let known = left.speaker.is_some() && right.speaker.is_some();
        let one = match speakers {
            Speakers::Different => found.direct() && (found.identical() || found.respun()),
            _ => found.identical() || found.respun() || (known && found.retold()),
        };
        if one {
            return Some(found.share);
        }
    }
    let fragment = || fragment(left, right) || fragment(right, left);
    (speakers == Speakers::Same && fragment()).then_some(0.3)
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
