//! What the origins disagree on. Both sides are shown and no verdict is given; a change over time,
//! a rounding and a spelling are no disagreements.

use std::collections::{BTreeMap, BTreeSet};

use chancery_annotate::event::{EventType, Status};
use chancery_annotate::figure::{Bound, Figure};
use chancery_text::{Kind, RowId, Span};

use super::alignment::agreement;
use super::events::{Happening, Member};
use super::statements::{Said, Saying, Speakers, speakers};
use super::told::{Told, shortened};
use super::{Case, made_of};
use crate::record::{Disagreement, Evidence, Topic};
use crate::words::{stem, words};

/// Disagreements shown for one row and topic.
const SHOWN: usize = 4;
/// Mentions with one key that each is compared with.
const NEAR: usize = 16;
/// Content words that clauses must share to tell one act with another circumstance.
const SAME_WORDS: usize = 5;
/// Share of the shorter clause's content words that must be shared.
const SAME_SHARE: f64 = 0.7;

/// Disagreements, sorted by id.
pub(super) fn find(
    case: Case<'_>,
    happenings: &[Happening],
    sayings: &[Saying],
) -> Vec<Disagreement> {
    let mut rows = figures(case, happenings);
    for happening in happenings {
        rows.extend(polarity(case, happening));
    }
    rows.extend(circumstances(case, happenings));
    for saying in sayings {
        rows.extend(speaker(case, saying));
        rows.extend(wording(case, saying));
    }
    rows.extend(headlines(case));
    rows.sort_by_key(|row| row.id);
    rows.dedup_by_key(|row| row.id);
    rows
}

/// One side of a disagreement.
struct Side {
    report: usize,
    span: Span,
    row: Option<RowId>,
}

fn row(
    case: Case<'_>,
    topic: Topic,
    about: Option<RowId>,
    sides: [Side; 2],
    sentence: String,
) -> Disagreement {
    let roles = ["side-a", "side-b"];
    let evidence: Vec<Evidence> = sides
        .iter()
        .zip(roles)
        .map(|(side, role)| case.told[side.report].evidence(side.span, role, side.row))
        .collect();
    let place = |e: &Evidence| format!("{} {}-{}", e.report, e.span.start, e.span.end);
    let mut places: Vec<_> = evidence.iter().map(place).collect();
    places.sort();
    places.push(topic.name().to_owned());
    Disagreement { id: made_of(Kind::Disagreement, places), topic, sentence, about, evidence }
}

/// Whether two reports are of different origins.
fn apart(case: Case<'_>, left: usize, right: usize) -> bool {
    case.origins[left] != case.origins[right]
}

/// A count, with what comparison looks at.
#[derive(Debug, Clone)]
struct Count {
    report: usize,
    figure: usize,
    low: f64,
    high: f64,
    /// The event it stands in, if any.
    event: Option<usize>,
}

/// Two numbers for one count: the same noun and state, in mentions of one event.
fn figures(case: Case<'_>, happenings: &[Happening]) -> Vec<Disagreement> {
    let mut told_in: BTreeMap<usize, Vec<(Span, usize)>> = BTreeMap::new();
    for (at, happening) in happenings.iter().enumerate() {
        for member in &happening.members {
            let event = &case.told[member.report].reading.observed.events[member.event];
            told_in.entry(member.report).or_default().push((event.span, at));
        }
    }
    let mut counts: BTreeMap<(String, String, usize), Vec<Count>> = BTreeMap::new();
    for (at, told) in case.told.iter().enumerate() {
        for (figure, row) in told.reading.observed.figures.iter().enumerate() {
            let Some((low, high)) = bounds(row) else { continue };
            let (Some(noun), Some(state)) = (counted(told, row), &row.state) else { continue };
            for event in events_at(told_in.get(&at), row.span) {
                let key = (noun.clone(), state.clone(), event);
                let count = Count { report: at, figure, low, high, event: Some(event) };
                counts.entry(key).or_default().push(count);
            }
        }
    }
    counts.values().flat_map(|counts| clashes(case, happenings, counts)).collect()
}

/// The lowest and highest number that a figure allows; a rounded number allows its rounding.
fn bounds(figure: &Figure) -> Option<(f64, f64)> {
    let (low, high) = (figure.low?, figure.high.or(figure.low)?);
    Some(match figure.bound {
        Bound::Exact => (low - rounding(low), high + rounding(high)),
        Bound::Range => (low, high),
        Bound::AtLeast | Bound::MoreThan => (low, f64::INFINITY),
        Bound::AtMost | Bound::LessThan => (0.0, high),
        Bound::About => (low * 0.85, high * 1.15),
        Bound::Vague => return None,
    })
}

/// Half of the last place that is not zero, for numbers that look rounded.
fn rounding(number: f64) -> f64 {
    let mut place = 1.0;
    while number.fract() == 0.0 && place < 1e12 && 100.0 <= number && number % (place * 10.0) == 0.0
    {
        place *= 10.0;
    }
    if place <= 1.0 { 0.0 } else { place / 2.0 }
}

fn counted(told: &Told<'_>, figure: &Figure) -> Option<String> {
    let span = figure.counted?;
    let noun = words(&told.reading.report.text, span).pop()?;
    let person = ["people", "person", "persons", "civilians", "men", "dead", "others", "victims"];
    let human = person.contains(&noun.norm.as_str());
    Some(if human { "people".to_owned() } else { stem(&noun.norm).to_owned() })
}

/// Events that a report tells in a clause that holds the figure.
fn events_at(told_in: Option<&Vec<(Span, usize)>>, figure: Span) -> BTreeSet<usize> {
    let clauses = told_in.into_iter().flatten();
    clauses.filter(|(clause, _)| clause.contains(figure)).map(|(_, event)| *event).collect()
}

fn clashes(case: Case<'_>, happenings: &[Happening], counts: &[Count]) -> Vec<Disagreement> {
    let mut rows = Vec::new();
    for (at, left) in counts.iter().enumerate() {
        for right in &counts[at + 1..] {
            let differ = left.high < right.low || right.high < left.low;
            if rows.len() < SHOWN
                && differ
                && apart(case, left.report, right.report)
                && !grew(case, left, right)
            {
                rows.push(figure_row(case, happenings, left, right));
            }
        }
    }
    rows
}

/// Whether the later report has the higher number: a toll that rose.
fn grew(case: Case<'_>, left: &Count, right: &Count) -> bool {
    let (lower, higher) = if left.high < right.low { (left, right) } else { (right, left) };
    let (before, after) = (case.told[lower.report].date, case.told[higher.report].date);
    match (before.first, after.last) {
        (Some(before), Some(after)) => before < after,
        // Without dates nobody can tell a change from a clash.
        _ => true,
    }
}

fn figure_row(
    case: Case<'_>,
    happenings: &[Happening],
    left: &Count,
    right: &Count,
) -> Disagreement {
    let phrase = |count: &Count| {
        let told = &case.told[count.report];
        shortened(told.slice(told.reading.observed.figures[count.figure].span), 80)
    };
    let names = (case.told[left.report].name(), case.told[right.report].name());
    let about = left.event.map(|event| &happenings[event].row);
    let of = about.map_or(String::new(), |event| format!(" of “{}”", event.summary));
    let sentence =
        format!("{} says {}, {} says {}{of}", names.0, phrase(left), names.1, phrase(right));
    let side = |count: &Count| {
        let figure = &case.told[count.report].reading.observed.figures[count.figure];
        Side { report: count.report, span: figure.span, row: Some(figure.id) }
    };
    row(case, Topic::Figure, about.map(|event| event.id), [side(left), side(right)], sentence)
}

/// One report says that it happened, another of the same day or later that it did not.
fn polarity(case: Case<'_>, happening: &Happening) -> Vec<Disagreement> {
    let yes = |member: &&Member| matches!(member.status, Status::Happened | Status::UnderWay);
    let no = |member: &&Member| matches!(member.status, Status::Negated | Status::Denied);
    let mut rows = Vec::new();
    for left in happening.members.iter().filter(yes) {
        for right in happening.members.iter().filter(no) {
            if rows.len() < SHOWN && apart(case, left.report, right.report) {
                rows.push(polarity_row(case, happening, left, right));
            }
        }
    }
    rows
}

fn polarity_row(case: Case<'_>, happening: &Happening, yes: &Member, no: &Member) -> Disagreement {
    let clause = |member: &Member| {
        let told = &case.told[member.report];
        shortened(told.slice(told.reading.observed.events[member.event].span), 120)
    };
    let names = (case.told[yes.report].name(), case.told[no.report].name());
    let sentence = format!(
        "{} says that it happened: “{}”; {} says that it did not: “{}”",
        names.0,
        clause(yes),
        names.1,
        clause(no)
    );
    let side = |member: &Member| {
        let event = &case.told[member.report].reading.observed.events[member.event];
        Side { report: member.report, span: event.span, row: Some(event.id) }
    };
    row(case, Topic::Polarity, Some(happening.row.id), [side(yes), side(no)], sentence)
}

/// Events that are told in the same words but for the day, the place or the one who acted.
fn circumstances(case: Case<'_>, happenings: &[Happening]) -> Vec<Disagreement> {
    let mut blocks: BTreeMap<(EventType, &str, u64), Vec<(usize, &Member)>> = BTreeMap::new();
    for (at, happening) in happenings.iter().enumerate() {
        for member in happening.members.iter().filter(|m| m.status == Status::Happened) {
            let rarest = member.content.iter().take(8);
            for stem in rarest {
                let key = (member.plover, member.trigger.as_str(), *stem);
                blocks.entry(key).or_default().push((at, member));
            }
        }
    }
    let mut rows = Vec::new();
    let mut seen = BTreeSet::new();
    for block in blocks.values() {
        for (at, (left, a)) in block.iter().enumerate() {
            for (right, b) in block[at + 1..].iter().take(NEAR) {
                if left != right && apart(case, a.report, b.report) && seen.insert((*left, *right))
                {
                    rows.extend(circumstance(case, happenings[*left].row.id, a, b));
                }
            }
        }
    }
    rows
}

/// The one circumstance that differs between two mentions told in nearly the same words.
fn circumstance(
    case: Case<'_>,
    about: RowId,
    left: &Member,
    right: &Member,
) -> Option<Disagreement> {
    let (shared, share) = left.shares(right);
    if shared < SAME_WORDS || share < SAME_SHARE {
        return None;
    }
    let (day_a, day_b) = (left.when.single_day()?, right.when.single_day()?);
    let apart_days = day_a.until(day_b).map_or(99, |span| span.get_days().abs());
    let meets = |a: &[String], b: &[String]| {
        a.iter().any(|a| b.iter().any(|b| case.names.compatible(a, b)))
    };
    let place = left.place.as_ref().zip(right.place.as_ref()).filter(|(a, b)| a.0 != b.0);
    let acted = !left.sources.is_empty() && !right.sources.is_empty();
    let other_actor = acted && !meets(&left.sources, &right.sources);
    let (topic, sides) = match (apart_days, place, other_actor) {
        (1..=3, None, false) => (Topic::Date, [day_a.to_string(), day_b.to_string()]),
        (0, Some((a, b)), false) if named_apart(a, b) => (Topic::Place, [a.1.clone(), b.1.clone()]),
        (0, None, true) => {
            let name = |keys: &[String]| case.names.name(&keys[0]);
            (Topic::Actor, [name(&left.sources), name(&right.sources)])
        }
        _ => return None,
    };
    let names = (case.told[left.report].name(), case.told[right.report].name());
    let told = &case.told[left.report];
    let clause = shortened(told.slice(told.reading.observed.events[left.event].span), 120);
    let question = match topic {
        Topic::Date => "on which day",
        Topic::Place => "where",
        _ => "who did it",
    };
    let sentence = format!(
        "{} and {} differ on {question}, {} or {}: “{clause}”",
        names.0, names.1, sides[0], sides[1]
    );
    let side = |member: &Member| {
        let event = &case.told[member.report].reading.observed.events[member.event];
        Side { report: member.report, span: event.span, row: Some(event.id) }
    };
    Some(row(case, topic, Some(about), [side(left), side(right)], sentence))
}

/// Whether two places are apart: not a country and a town that may lie in it.
fn named_apart(left: &(String, String), right: &(String, String)) -> bool {
    left.0.starts_with("country:") == right.0.starts_with("country:")
}

/// Two speakers of one sentence.
fn speaker(case: Case<'_>, saying: &Saying) -> Vec<Disagreement> {
    let mut seen = BTreeSet::new();
    let mut rows = Vec::new();
    for (left, right) in pairs(&saying.members) {
        let keys = (
            left.speaker.clone().min(right.speaker.clone()),
            left.speaker.clone().max(right.speaker.clone()),
        );
        if speakers(case.names, left, right) == Speakers::Different
            && left.report != right.report
            && rows.len() < SHOWN
            && seen.insert(keys)
        {
            rows.push(speaker_row(case, saying, left, right));
        }
    }
    rows
}

fn pairs(members: &[Said]) -> impl Iterator<Item = (&Said, &Said)> {
    let members = &members[..members.len().min(60)];
    members
        .iter()
        .enumerate()
        .flat_map(move |(at, left)| members[at + 1..].iter().map(move |r| (left, r)))
}

fn speaker_row(case: Case<'_>, saying: &Saying, left: &Said, right: &Said) -> Disagreement {
    let who = |said: &Said| {
        said.speaker.as_deref().map_or(said.source.clone(), |key| case.names.name(key))
    };
    let names = (case.told[left.report].name(), case.told[right.report].name());
    let words = shortened(&left.text, 100);
    let sentence = format!(
        "{} has {} say “{words}”, {} has {} say it",
        names.0,
        who(left),
        names.1,
        who(right)
    );
    row(case, Topic::Speaker, Some(saying.id), [side(left), side(right)], sentence)
}

fn side(said: &Said) -> Side {
    Side { report: said.report, span: said.span, row: Some(said.id) }
}

/// Two wordings of one saying that differ in a negation or a number.
fn wording(case: Case<'_>, saying: &Saying) -> Vec<Disagreement> {
    let mut rows = Vec::new();
    let mut seen = BTreeSet::new();
    for (left, right) in pairs(&saying.members) {
        if left.report == right.report || SHOWN <= rows.len() {
            continue;
        }
        if let Some(what) = turned(left, right)
            && seen.insert((left.report, right.report))
        {
            let names = (case.told[left.report].name(), case.told[right.report].name());
            let sentence = format!(
                "{} and {} give one saying with {what}: “{}” against “{}”",
                names.0,
                names.1,
                shortened(&left.text, 140),
                shortened(&right.text, 140)
            );
            rows.push(row(
                case,
                Topic::Wording,
                Some(saying.id),
                [side(left), side(right)],
                sentence,
            ));
        }
    }
    rows
}

/// What differs in meaning: another number, or a negation, in wordings that are otherwise whole.
fn turned(left: &Said, right: &Said) -> Option<&'static str> {
    let (shorter, longer) =
        (left.content.len().min(right.content.len()), left.content.len().max(right.content.len()));
    let alike = agreement(&left.content, &right.content).share;
    if (shorter as f64) < 0.7 * longer as f64 || alike < 0.7 {
        return None;
    }
    let facts = |said: &Said| {
        let all = words(&said.text, Span::of(0..said.text.len()));
        let numbers: Vec<_> = all.iter().filter(|w| w.number).map(|w| w.norm.clone()).collect();
        let negations =
            all.iter().enumerate().filter(|(at, word)| negates(&all, *at, &word.norm)).count();
        (numbers, negations)
    };
    let ((a, no_a), (b, no_b)) = (facts(left), facts(right));
    if !a.is_empty() && a.len() == b.len() && a != b {
        return Some("another number");
    }
    // A tail that one leaves out may hold a negation without turning the sense.
    let whole = longer <= agreement(&left.content, &right.content).words + 1;
    (whole && (no_a == 0) != (no_b == 0)).then_some("a negation that the other does not have")
}

fn negates(all: &[crate::words::Word], at: usize, norm: &str) -> bool {
    let apart = norm == "t" && 0 < at && all[at - 1].norm.ends_with('n');
    apart || ["not", "never", "cannot", "no", "nobody", "nothing", "without"].contains(&norm)
}

/// A headline with a number that its body does not have.
fn headlines(case: Case<'_>) -> Vec<Disagreement> {
    (0..case.told.len()).filter_map(|at| headline(case, at)).collect()
}

fn headline(case: Case<'_>, at: usize) -> Option<Disagreement> {
    let told = &case.told[at];
    let title = told.reading.observed.title?;
    let figures = &told.reading.observed.figures;
    let head =
        figures.iter().find(|figure| title.contains(figure.span) && figure.state.is_some())?;
    let (low, high) = bounds(head)?;
    let noun = counted(told, head)?;
    let below = |figure: &&Figure| !title.overlaps(figure.span) && figure.unit == head.unit;
    let same = |figure: &&Figure| {
        figure.state == head.state && counted(told, figure).as_ref() == Some(&noun)
    };
    let all: Vec<_> = figures.iter().filter(below).collect();
    let body: Vec<_> = all.iter().copied().filter(same).collect();
    let fits = |figure: &Figure| bounds(figure).is_none_or(|(l, h)| low <= h && l <= high);
    // A headline may add up what the body counts apart.
    let sum: f64 = body.iter().filter_map(|figure| figure.low).sum();
    let first = *body.first()?;
    if all.iter().any(|figure| fits(figure)) || (low <= sum && sum <= high) {
        return None;
    }
    let name = told.name();
    let sentence = format!(
        "the headline of {name} says {}, its body says {}",
        shortened(told.slice(head.span), 80),
        shortened(told.slice(first.span), 80)
    );
    let side = |figure: &Figure| Side { report: at, span: figure.span, row: Some(figure.id) };
    Some(row(case, Topic::Headline, None, [side(head), side(first)], sentence))
}

#[cfg(test)]
mod tests {
    use super::super::{resolve, sample::Sample};
    use super::*;

    fn blast(outlet: &str, date: &str, number: &str, value: f64, bound: Bound) -> crate::Reading {
        let phrase = format!("{number} people");
        let clause = format!("a rebel bomb killed {phrase} in Tavish market");
        Sample::new(&format!("On Monday {clause}, {outlet} reports."))
            .outlet(outlet)
            .dated(date)
            .person("rebel", "group:orlen-rebels", "", "")
            .event(
                &clause,
                "killed",
                EventType::Assault,
                ("rebel", ""),
                "2021-07-05",
                Status::Happened,
            )
            .bounded(&phrase, value, "people", "kill", bound)
            .reading()
    }

    fn topics(readings: &[crate::Reading]) -> Vec<Topic> {
        resolve(readings).disagreements.into_iter().map(|row| row.topic).collect()
    }

    #[test]
    fn two_tolls_of_one_day_disagree() {
        let left = blast("Merrow Post", "2021-07-05", "nine", 9.0, Bound::Exact);
        let right = blast("Tarn Times", "2021-07-05", "four", 4.0, Bound::Exact);
        assert_eq!(topics(&[left, right]), [Topic::Figure]);
    }

    #[test]
    fn a_toll_that_rises_is_a_change_over_time() {
        let left = blast("Merrow Post", "2021-07-05", "four", 4.0, Bound::Exact);
        let right = blast("Tarn Times", "2021-07-06", "nine", 9.0, Bound::Exact);
        assert_eq!(topics(&[left, right]), []);
    }

    #[test]
    fn at_least_four_and_nine_agree() {
        let left = blast("Merrow Post", "2021-07-05", "at least four", 4.0, Bound::AtLeast);
        let right = blast("Tarn Times", "2021-07-05", "nine", 9.0, Bound::Exact);
        assert_eq!(topics(&[left, right]), []);
    }

    #[test]
    fn a_rounded_number_agrees_with_what_it_was_rounded_from() {
        let left = blast("Merrow Post", "2021-07-05", "14,000", 14_000.0, Bound::Exact);
        let right = blast("Tarn Times", "2021-07-05", "14,453", 14_453.0, Bound::Exact);
        assert_eq!(topics(&[left, right]), []);
    }

    #[test]
    fn two_speakers_of_one_sentence_disagree() {
        let words =
            "the hasty withdrawal of Sallet troops marks the failure of its northern policy";
        let by = |name: &str, key: &str| {
            Sample::new(&format!("{name} said {words}."))
                .person(name, key, "", "")
                .says(name, words)
                .reading()
        };
        let readings = [by("Ruta Kolm", "person:ruta-kolm"), by("Odo Brandt", "person:odo-brandt")];
        let record = resolve(&readings);
        assert_eq!(record.statements.len(), 1);
        let topics: Vec<_> = record.disagreements.iter().map(|row| row.topic).collect();
        assert_eq!(topics, [Topic::Speaker]);
    }
}
