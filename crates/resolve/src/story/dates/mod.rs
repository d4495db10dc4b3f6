//! The reports' dates in the light of each other: an undated copy is no older than its source, and
//! a report that says "on Wednesday" or "last month" of something that another report dates was
//! written in that week or the month after, and none is older than what it tells as done.

mod lead;
mod news;

use std::collections::BTreeMap;

use chancery_annotate::date::{DateBasis, DateReason};
use chancery_annotate::event::Status;
use chancery_text::{Interval, ReportId, Span};
use jiff::civil::{Date, Weekday};

use super::actors::Names;
use super::events::{self, Member};
use super::statements::{self, Said};
use super::told::{Told, shortened};
use crate::record::{Passage, ReportDated};
use news::News;

/// Days after an event within which a report still calls its day by the bare weekday.
const WEEK: i64 = 6;
/// A date that leaves more days open than this is looked at again.
const LOOSE: i32 = 3;
/// Event mentions of a story that are looked at for dates, the fullest first.
const MENTIONS: usize = 4096;
/// Dated mentions that each is compared with.
const ANCHORS: usize = 512;

/// Dates every report, writes what was concluded into `told`, and gives a row for each, sorted by
/// report.
pub(super) fn find(told: &mut [Told<'_>], passages: &[Passage], names: &Names) -> Vec<ReportDated> {
    let mut members = events::members(told, names);
    members.truncate(MENTIONS);
    let anchors: Vec<_> = members.iter().filter(|member| is_anchor(told, member)).collect();
    let said = statements::all(told, names);
    let quoted = alike(names, &said);
    let news = News::of(told);
    let rows: Vec<_> = (0..told.len())
        .map(|at| {
            let told: &[Told<'_>] = told;
            let row = dated(told, passages, &news, at);
            let of_report = members.iter().filter(|member| member.report == at);
            let row =
                of_report.fold(row, |row, member| by_event(told, names, &anchors, member, row));
            let pairs = quoted.iter().filter(|(mine, _)| said[*mine].report == at);
            pairs.fold(row, |row, (mine, other)| by_saying(told, &said[*mine], &said[*other], row))
        })
        .collect();
    for (told, row) in told.iter_mut().zip(&rows) {
        told.date = row.interval;
    }
    rows
}

fn dated(told: &[Told<'_>], passages: &[Passage], news: &News, at: usize) -> ReportDated {
    let report = told[at].report();
    let own = &told[at].reading.observed.date;
    let reasons = own.reasons.iter().map(|reason| (report, reason.clone())).collect();
    let row = ReportDated { report, interval: own.interval, basis: own.basis, reasons };
    if !loose(own.interval) || own.basis == DateBasis::Stated {
        return row;
    }
    let row = match news.date(told, at) {
        Some((interval, reasons)) => narrowed(row, interval, reasons),
        None => row,
    };
    if !loose(row.interval) {
        return row;
    }
    match weekday(told, passages, at) {
        Some((interval, reasons)) => narrowed(row, interval, reasons),
        None => row,
    }
}

/// Whether a mention dates an act that happened to a day, in a report whose own date is known.
fn is_anchor(told: &[Told<'_>], member: &Member) -> bool {
    let sure = !loose(told[member.report].date);
    sure && member.status == Status::Happened && member.when.single_day().is_some()
}

/// What one event mention says of its report's date, if a dated report tells the same act.
fn by_event(
    told: &[Told<'_>],
    names: &Names,
    anchors: &[&Member],
    member: &Member,
    row: ReportDated,
) -> ReportDated {
    if !loose(row.interval) || row.basis == DateBasis::Stated || member.status != Status::Happened {
        return row;
    }
    let like = |anchor: &&&Member| {
        anchor.report != member.report && events::one_act(names, anchor, member)
    };
    let Some(anchor) = anchors.iter().take(ANCHORS).find(like) else { return row };
    let Some(day) = anchor.when.single_day() else { return row };
    let (mine, other) = (&told[member.report], &told[anchor.report]);
    let mention = &mine.reading.observed.events[member.event];
    let time = mention.time.and_then(|id| mine.time(id));
    let words = time.map_or("", |time| mine.slice(time.span));
    let interval = written(day, words);
    let dating = other.reading.observed.events[anchor.event].span;
    let tells = shortened(mine.slice(mention.span), 60);
    let said = if words.is_empty() { String::new() } else { format!(" “{words}”") };
    let here = DateReason {
        span: Some(time.map_or(mention.span, |time| time.span)),
        text: format!("it tells{said} of “{tells}”, which {} dates {day}", other.name()),
    };
    let there = DateReason {
        span: Some(dating),
        text: format!("{} dates the same act {day}", other.name()),
    };
    narrowed(row, interval, vec![(mine.report(), here), (other.report(), there)])
}

/// Pairs of quotations of one utterance in two reports, each both ways, sorted.
fn alike(names: &Names, said: &[Said]) -> Vec<(usize, usize)> {
    let pairs = statements::candidates(said).into_iter().filter(|(left, right)| {
        let (left, right) = (&said[*left], &said[*right]);
        left.report != right.report && statements::likeness(names, left, right).is_some()
    });
    let mut pairs: Vec<_> = pairs.flat_map(|(l, r)| [(l, r), (r, l)]).collect();
    pairs.sort_unstable();
    pairs
}

/// What a saying told with a bare weekday says of its report's date, if a dated report gives the
/// same saying.
fn by_saying(told: &[Told<'_>], mine: &Said, theirs: &Said, row: ReportDated) -> ReportDated {
    let (here, there) = (&told[mine.report], &told[theirs.report]);
    if !loose(row.interval) || row.basis == DateBasis::Stated || loose(there.date) {
        return row;
    }
    let sentence = here.sentence(mine.span);
    let times = here.reading.observed.times.iter();
    let named = times
        .filter(|time| sentence.contains(time.span) && !mine.span.contains(time.span))
        .find_map(|time| Some((time.span, weekday_of(here.slice(time.span))?)));
    let said = theirs.day.and_then(|days| days.single_day());
    let day = said.or(there.date.single_day());
    let (Some((span, weekday)), Some(day)) = (named, day) else { return row };
    let Ok(last) = day.checked_add(jiff::Span::new().days(WEEK)) else { return row };
    if day.weekday() != weekday {
        return row;
    }
    let quote = shortened(here.slice(span), 40);
    let words = shortened(&theirs.text, 60);
    let reasons = vec![
        (
            here.report(),
            DateReason {
                span: Some(span),
                text: format!("it says “{quote}” of a saying that {} has by {day}", there.name()),
            },
        ),
        (
            there.report(),
            DateReason {
                span: Some(theirs.span),
                text: format!("{} has the saying by {day}: “{words}”", there.name()),
            },
        ),
    ];
    narrowed(row, Interval::between(day, last), reasons)
}

/// The days on which an act of `day` is told with these words of time.
fn written(day: Date, words: &str) -> Interval {
    let within = |days: i64| day.checked_add(jiff::Span::new().days(days)).unwrap_or(day);
    let lower = words.to_lowercase();
    match weekday_of(words) {
        Some(weekday) if weekday == day.weekday() => return Interval::between(day, within(WEEK)),
        _ => {}
    }
    match lower.as_str() {
        "today" => Interval::day(day),
        "yesterday" => Interval::day(within(1)),
        "last week" => Interval::between(within(1), within(14)),
        "last month" => next_month(day),
        _ => Interval { first: Some(day), last: None },
    }
}

fn next_month(day: Date) -> Interval {
    let first = day.last_of_month().tomorrow();
    first.map_or(Interval::OPEN, |first| Interval::between(first, first.last_of_month()))
}

fn loose(interval: Interval) -> bool {
    match (interval.first, interval.last) {
        (Some(first), Some(last)) => LOOSE < first.until(last).map_or(0, |span| span.get_days()),
        _ => true,
    }
}

fn narrowed(
    mut row: ReportDated,
    interval: Interval,
    reasons: Vec<(ReportId, DateReason)>,
) -> ReportDated {
    let Some(both) = row.interval.intersection(interval) else { return row };
    if both == row.interval {
        return row;
    }
    row.interval = both;
    row.reasons.extend(reasons);
    if row.basis == DateBasis::Unknown {
        row.basis = DateBasis::Inferred;
    }
    row
}

/// A bare weekday in a passage or beside a quotation that a dated report tells too.
fn weekday(
    told: &[Told<'_>],
    passages: &[Passage],
    at: usize,
) -> Option<(Interval, Vec<(ReportId, DateReason)>)> {
    let index: BTreeMap<ReportId, usize> =
        told.iter().enumerate().map(|(at, told)| (told.report(), at)).collect();
    let report = told[at].report();
    let sides = passages.iter().filter_map(|passage| {
        if passage.left.0 == report {
            Some((passage.left.1, passage.right))
        } else if passage.right.0 == report {
            Some((passage.right.1, passage.left))
        } else {
            None
        }
    });
    let mut best: Option<(Interval, Vec<(ReportId, DateReason)>)> = None;
    for (mine, (other, theirs)) in sides {
        let other = &told[index[&other]];
        let Some(found) = same_week(&told[at], mine, other, theirs) else { continue };
        match &best {
            // Words that are dated twice are a formula, and date nothing.
            Some((interval, _)) if !interval.meets(found.0) => return None,
            Some((interval, _)) if *interval <= found.0 => {}
            _ => best = Some(found),
        }
    }
    best
}

fn same_week(
    told: &Told<'_>,
    mine: Span,
    other: &Told<'_>,
    theirs: Span,
) -> Option<(Interval, Vec<(ReportId, DateReason)>)> {
    if loose(other.reading.observed.date.interval) {
        return None;
    }
    let (span, weekday) = bare_weekday(told, mine)?;
    let (dating, day) = dated_day(other, theirs, weekday)?;
    let last = day.checked_add(jiff::Span::new().days(WEEK)).ok()?;
    let quote = shortened(told.slice(span), 40);
    let here = DateReason {
        span: Some(span),
        text: format!("it says “{quote}” of what {} dates {day}", other.name()),
    };
    let there = DateReason {
        span: Some(dating),
        text: format!("{} dates the same words {day}", other.name()),
    };
    Some((Interval::between(day, last), vec![(told.report(), here), (other.report(), there)]))
}

/// A weekday named without a date in the sentences of a passage.
fn bare_weekday(told: &Told<'_>, passage: Span) -> Option<(Span, Weekday)> {
    let near = told.sentence(passage).cover(passage);
    let times = told.reading.observed.times.iter().filter(|time| near.contains(time.span));
    times.filter_map(|time| Some((time.span, weekday_of(told.slice(time.span))?))).next()
}

/// The day that another report gives for the same words.
fn dated_day(told: &Told<'_>, passage: Span, weekday: Weekday) -> Option<(Span, Date)> {
    let near = told.sentence(passage).cover(passage);
    let times = told.reading.observed.times.iter().filter(|time| near.contains(time.span));
    let days = times.filter_map(|time| Some((time.span, time.interval.single_day()?)));
    days.filter(|(_, day)| day.weekday() == weekday).min_by_key(|(_, day)| *day)
}

fn weekday_of(text: &str) -> Option<Weekday> {
    let word = text.split_whitespace().last()?.trim_matches(|c: char| !c.is_alphabetic());
    let bare = text.split_whitespace().count() <= 2 && !text.to_lowercase().contains("last");
    let day = match word {
        "Monday" => Weekday::Monday,
        "Tuesday" => Weekday::Tuesday,
        "Wednesday" => Weekday::Wednesday,
        "Thursday" => Weekday::Thursday,
        "Friday" => Weekday::Friday,
        "Saturday" => Weekday::Saturday,
        "Sunday" => Weekday::Sunday,
        _ => return None,
    };
    bare.then_some(day)
}

#[cfg(test)]
mod tests {
    use super::super::{resolve, sample::Sample};
    use super::*;
    use chancery_annotate::event::EventType;

    fn met(text: &str, clause: &str, when: &str) -> Sample {
        Sample::new(text)
            .person("Ruta Kolm", "person:ruta-kolm", "RUV", "foreign minister")
            .state("Sallet", "SAL")
            .event(
                clause,
                "met",
                EventType::Consult,
                ("Ruta Kolm", "Sallet"),
                when,
                Status::Happened,
            )
    }

    #[test]
    fn an_undated_report_is_no_older_than_what_it_tells_as_done() {
        let clause = "Ruta Kolm met the envoys of Sallet";
        let dated = met(&format!("{clause} on 5 July."), clause, "2021-07-05").dated("2021-07-06");
        let undated = met(&format!("{clause}, it was said."), clause, "../..").reading();
        let record = resolve(&[dated.reading(), undated.clone()]);
        let row = record.dates.iter().find(|row| row.report == undated.report.id).unwrap();
        assert_eq!(row.interval.to_string(), "2021-07-05/..");
        assert_eq!(row.basis, DateBasis::Inferred);
        assert_eq!(row.reasons.len(), 2);
    }

    #[test]
    fn words_of_time_say_when_a_report_was_written() {
        let day = jiff::civil::date(2021, 7, 28);
        assert_eq!(written(day, "Wednesday").to_string(), "2021-07-28/2021-08-03");
        assert_eq!(written(day, "last month").to_string(), "2021-08-01/2021-08-31");
    }
}
