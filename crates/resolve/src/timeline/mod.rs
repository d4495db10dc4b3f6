//! The timeline of one who is asked for by name: what reports tell of it, each happening once, by day.
//!
//! [`occurrences`](chancery_annotate::occurrence) of reports go in, [`Entry`]s come out. Tellings of one
//! happening are brought together across reports first ([`merge`]), so that what one report dates to a
//! month has the day that another gives. Pure, and the same for any order of reports.

mod called;
mod merge;
#[cfg(test)]
mod tests;

pub use merge::{Place, merge};

use chancery_annotate::event::Status;
use chancery_annotate::occurrence::{Occurrence, Party, WhenBasis};
use chancery_text::{Interval, ReportId, Span};

use called::Wanted;

/// The occurrences of one report.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The report.
    pub report: ReportId,
    /// What it tells to happen, in the order of the text.
    pub occurrences: &'a [Occurrence],
}

/// One happening of a timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The days it may have happened on; open if nobody says.
    pub when: Interval,
    /// How they are known.
    pub basis: WhenBasis,
    /// How it is told, by the telling that says most of when.
    pub told: Telling,
    /// Where it is told: report and trigger, sorted.
    pub mentions: Vec<(ReportId, Span)>,
}

chancery_text::named_enum! {
    /// How a happening is told.
    pub enum Telling {
        /// It happened, or goes on.
        Happened = "happened",
        /// It was said or written.
        Stated = "stated",
        /// It is to happen, or somebody wants it to.
        Planned = "planned",
        /// It may happen, or would if.
        Possible = "possible",
        /// It did not happen, or somebody says that it did not.
        Not = "not",
    }
}

impl Telling {
    /// Whether it lies behind the reports that tell it.
    pub const fn is_done(self) -> bool {
        matches!(self, Self::Happened | Self::Stated)
    }

    const fn of(occurrence: &Occurrence) -> Self {
        match occurrence.status {
            Status::Happened | Status::UnderWay | Status::Historical if occurrence.said => {
                Self::Stated
            }
            Status::Happened | Status::UnderWay | Status::Historical => Self::Happened,
            Status::Planned | Status::CalledFor => Self::Planned,
            Status::Hypothetical => Self::Possible,
            Status::Negated | Status::Denied => Self::Not,
        }
    }
}

/// What happens with one who is called `name`, by first day; what has no day comes last. What is planned and
/// what comes of it are two entries.
///
/// Cost: linear in the occurrences, but for those of one deed, of which each is compared with a bounded
/// number of others.
pub fn of_actor(name: &str, sources: &[Source<'_>]) -> Vec<Entry> {
    let wanted = Wanted::new(name);
    let has_rival = |source: &Source<'_>| {
        wanted.has_rival(source.occurrences.iter().flat_map(|it| &it.parties))
    };
    let rivals: Vec<_> = sources.iter().map(has_rival).collect();
    let takes_part = |at: &Place| {
        let parties = &sources[at.source].occurrences[at.occurrence].parties;
        parties.iter().any(|party| wanted.is(party, rivals[at.source]))
    };
    let names_others = |at: &Place| {
        sources[at.source].occurrences[at.occurrence].parties.iter().any(Party::is_named)
    };
    let refers = |at: &Place| sources[at.source].occurrences[at.occurrence].refers;
    let mut entries = Vec::new();
    for mut group in merge(sources) {
        if group.iter().any(takes_part) {
            group.retain(|at| (takes_part(at) || !names_others(at)) && !refers(at));
            let done =
                |at: &Place| Telling::of(&sources[at.source].occurrences[at.occurrence]).is_done();
            let (done, open): (Vec<_>, Vec<_>) = group.into_iter().partition(done);
            entries.extend([done, open].iter().filter_map(|group| entry(sources, group)));
        }
    }
    entries.sort_by_key(|entry| {
        let day = entry.when.first.or(entry.when.last);
        (day.is_none(), day, entry.when.last, entry.mentions.clone())
    });
    entries
}

/// The entry of some tellings, by the days that they themselves have: what one of them was lent by a telling
/// that is not of the actor may be of another happening.
fn entry(sources: &[Source<'_>], group: &[Place]) -> Option<Entry> {
    let told = |at: &Place| &sources[at.source].occurrences[at.occurrence];
    let best = group.iter().map(told).min_by_key(|it| (it.basis, it.nominal, it.status))?;
    let narrowed = |when: Interval, it: &Occurrence| when.intersection(it.when).unwrap_or(when);
    let is_dated = |it: &Occurrence| matches!(it.basis, WhenBasis::Stated | WhenBasis::News);
    let dated = group.iter().map(told).filter(|it| is_dated(it));
    let (days, basis) =
        if is_dated(best) { (best.when, best.basis) } else { (Interval::OPEN, WhenBasis::Open) };
    let mut mentions: Vec<_> =
        group.iter().map(|at| (sources[at.source].report, told(at).trigger)).collect();
    mentions.sort_unstable();
    Some(Entry { when: dated.fold(days, narrowed), basis, told: Telling::of(best), mentions })
}
