//! What the origins disagree on. Both sides are shown and no verdict is given; a change over time,
//! a rounding and a spelling are no disagreements.

use std::collections::{BTreeMap, BTreeSet};

use chancery_annotate::event::{EventType, Status};
use chancery_annotate::figure::{Bound, Figure};
use chancery_text::{Interval, Kind, RowId, Span};

use super::alignment::agreement;
use super::events::{Happening, Member};
use super::statements::{Match, Said, Saying, candidates};
use super::told::{Told, shortened};
use super::{Case, made_of};
use crate::frequency::rarity;
use crate::record::{Disagreement, Evidence, Topic};
use crate::words::{hash, stem, words};

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
    rows.extend(denials(case, happenings, sayings));
    rows.extend(speakers_of_one(case, sayings));
    rows.extend(circumstances(case, happenings));
    for saying in sayings {
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
    shown(case, topic, about, sides.map(|side| vec![side]), sentence)
}

/// A disagreement with all that stands on either side.
fn shown(
    case: Case<'_>,
    topic: Topic,
    about: Option<RowId>,
    sides: [Vec<Side>; 2],
    sentence: String,
) -> Disagreement {
    let roles = ["side-a", "side-b"];
    let evidence: Vec<Evidence> = sides
        .iter()
        .zip(roles)
        .flat_map(|(sides, role)| sides.iter().map(move |side| (side, role)))
        .map(|(side, role)| case.told[side.report].evidence(side.span, role, side.row))
        .collect();
    let place = |e: &Evidence| format!("{} {}-{}", e.report, e.span.start, e.span.end);
    let mut places: Vec<_> = evidence.iter().map(place).collect();
    places.sort();
    places.push(topic.name().to_owned());
    let first = evidence.iter().map(|e| e.report).min().expect("each side stands somewhere");
    let id = made_of(Kind::Disagreement, first, places);
    Disagreement { id, topic, sentence, about, evidence }
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
    /// The events it stands in.
    events: BTreeSet<usize>,
    /// Telling words of its sentence and its neighbours.
    context: BTreeSet<u64>,
    sentence: Span,
    /// Who gives it, if it stands in a quotation.
    voice: Option<String>,
}

/// Two numbers for one count: the same noun and state, in one event or in sentences about one thing
/// in reports of nearly the same days.
fn figures(case: Case<'_>, happenings: &[Happening]) -> Vec<Disagreement> {
    let mut told_in: BTreeMap<usize, Vec<(Span, usize)>> = BTreeMap::new();
    for (at, happening) in happenings.iter().enumerate() {
        for member in &happening.members {
            let event = &case.told[member.report].reading.observed.events[member.event];
            told_in.entry(member.report).or_default().push((event.span, at));
        }
    }
    let mut counts: BTreeMap<(String, String), Vec<Count>> = BTreeMap::new();
    for (at, told) in case.told.iter().enumerate() {
        for (figure, row) in told.reading.observed.figures.iter().enumerate() {
            let Some((low, high)) = bounds(row) else { continue };
            let (Some(noun), Some(state)) = (noun_of(told, figure), state(told, row)) else {
                continue;
            };
            let events = events_at(told_in.get(&at), row.span);
            let (context, sentence) = (context(told, row.span), told.sentence(row.span));
            let voice = voice(case, told, row.span);
            let count = Count { report: at, figure, low, high, events, context, sentence, voice };
            counts.entry((noun, state)).or_default().push(count);
        }
    }
    let deadly = |state: &str| matches!(state, "kill" | "wound");
    let all = counts.iter();
    all.flat_map(|((_, state), counts)| clashes(case, happenings, counts, deadly(state))).collect()
}

/// What a figure counts; "it holds 96" counts what the figure before it in the sentence does.
fn noun_of(told: &Told<'_>, at: usize) -> Option<String> {
    let figures = &told.reading.observed.figures;
    let figure = &figures[at];
    if figure.counted.is_some() {
        return counted(told, figure);
    }
    let person = figure.unit.as_deref() == Some("person");
    if figure.unit.is_some() && !person {
        return None;
    }
    let sentence = told.sentence(figure.span);
    let twin = figures.iter().filter(|other| {
        other.span.end <= figure.span.start
            && sentence.contains(other.span)
            && other.state == figure.state
            && figure.state.is_some()
    });
    let last = twin.max_by_key(|other| other.span).and_then(|last| counted(told, last));
    last.or_else(|| person.then(|| class("people")))
}

/// Nouns that are counted alike.
fn class(noun: &str) -> String {
    const PEOPLE: &[&str] =
        &["people", "person", "persons", "civilians", "men", "dead", "others", "victims", "lives"];
    const FIGHTERS: &[&str] =
        &["rebel", "fighter", "attacker", "militant", "insurgent", "gunman", "gunmen"];
    const SOLDIERS: &[&str] = &["soldier", "troop", "serviceman", "servicemen"];
    let stemmed = stem(noun);
    let known = [(PEOPLE, "people"), (FIGHTERS, "fighter"), (SOLDIERS, "soldier")];
    let found = known.iter().find(|(all, _)| all.contains(&noun) || all.contains(&stemmed));
    found.map_or(stemmed, |(_, name)| *name).to_owned()
}

/// What happened to what is counted: by the word before the figure if that says it.
fn state(told: &Told<'_>, figure: &Figure) -> Option<String> {
    let text = &told.reading.report.text;
    let sentence = told.sentence(figure.span);
    let before = text.get(sentence.start as usize..figure.span.start as usize).unwrap_or("");
    let last = before.split_whitespace().next_back().unwrap_or("").to_lowercase();
    harm(&last).map(str::to_owned).or_else(|| {
        let state = figure.state.as_deref()?;
        Some(harm(state).unwrap_or(state).to_owned())
    })
}

/// Words for death, wounds and prison that say the same of a count.
fn harm(word: &str) -> Option<&'static str> {
    Some(match word {
        "kill" | "killed" | "killing" | "kills" | "die" | "died" | "dead" | "lose" | "loses"
        | "lost" | "losing" => "kill",
        "wound" | "wounded" | "wounding" | "injure" | "injured" | "injuring" | "hurt" => "wound",
        "hold" | "holds" | "held" | "holding" | "detain" | "detained" | "jailed" | "arrested"
        | "arrest" => "hold",
        _ => return None,
    })
}

/// Telling words of a sentence and the ones beside it.
fn context(told: &Told<'_>, span: Span) -> BTreeSet<u64> {
    let sentences = &told.reading.observed.sentences;
    let at = sentences.partition_point(|sentence| sentence.end <= span.start);
    let near = &sentences[at.saturating_sub(1)..sentences.len().min(at + 2)];
    let text = &told.reading.report.text;
    let all = near.iter().flat_map(|sentence| words(text, *sentence));
    all.filter(|word| 6.0 <= rarity(&word.norm) && 2 < word.norm.len() && !word.number)
        .map(|word| hash(stem(&word.norm).as_bytes()))
        .collect()
}

/// Who says it: the speaker of the narrowest quotation around it.
fn voice(case: Case<'_>, told: &Told<'_>, span: Span) -> Option<String> {
    let said = told.reading.observed.quotations.iter().filter(|quotation| quotation.is_said());
    let around = said.filter_map(|quotation| {
        let content = quotation.contents.iter().find(|content| content.contains(span))?;
        Some((content.len(), quotation))
    });
    let (_, narrowest) = around.min_by_key(|(length, quotation)| (*length, quotation.id))?;
    let key = told.mention(narrowest.speaker?)?.actor.as_deref()?;
    Some(case.names.key(key).to_owned())
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
    Some(class(&noun.norm))
}

/// Events that a report tells in a clause that holds the figure.
fn events_at(told_in: Option<&Vec<(Span, usize)>>, figure: Span) -> BTreeSet<usize> {
    let clauses = told_in.into_iter().flatten();
    clauses.filter(|(clause, _)| clause.contains(figure)).map(|(_, event)| *event).collect()
}

fn clashes(
    case: Case<'_>,
    happenings: &[Happening],
    counts: &[Count],
    deadly: bool,
) -> Vec<Disagreement> {
    // Who says the same two numbers disagrees about the same thing.
    let mut claims: BTreeMap<[(u64, u64); 2], Vec<[&Count; 2]>> = BTreeMap::new();
    for (at, left) in counts.iter().enumerate() {
        for right in counts[at + 1..].iter().take(NEAR) {
            let differ = left.high < right.low || right.high < left.low;
            if differ && one_count(case, left, right, deadly) {
                let pair = if left.low < right.low { [left, right] } else { [right, left] };
                let key = pair.map(|count| (count.low.to_bits(), count.high.to_bits()));
                claims.entry(key).or_default().push(pair);
            }
        }
    }
    claims.values().take(SHOWN).map(|pairs| figure_row(case, happenings, pairs)).collect()
}

/// Whether two numbers answer one question: two voices in one sentence, or two origins in one event
/// or in sentences about one thing, on days too near for a change. The dead do not grow fewer.
fn one_count(case: Case<'_>, left: &Count, right: &Count, deadly: bool) -> bool {
    if left.report == right.report {
        let voices = left.voice.is_some() && right.voice.is_some() && left.voice != right.voice;
        return left.sentence == right.sentence && voices;
    }
    let shared = left.context.intersection(&right.context).count();
    let together = !left.events.is_disjoint(&right.events) || 3 <= shared;
    let days = days_between(case.told[left.report].date, case.told[right.report].date);
    let near = days.is_some_and(|days| days <= if deadly { 3 } else { 1 });
    together && near && apart(case, left.report, right.report) && !grew(case, left, right)
}

/// Days between two intervals, none if they meet; `None` where an end is open.
fn days_between(left: Interval, right: Interval) -> Option<i32> {
    let ((a, b), (c, d)) = (left.first.zip(left.last)?, right.first.zip(right.last)?);
    let gap = if b < c { b.until(c) } else { d.until(a) };
    Some(gap.ok()?.get_days().max(0))
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

fn figure_row(case: Case<'_>, happenings: &[Happening], pairs: &[[&Count; 2]]) -> Disagreement {
    let [left, right] = pairs[0];
    let phrase = |count: &Count| {
        let told = &case.told[count.report];
        shortened(told.slice(told.reading.observed.figures[count.figure].span), 80)
    };
    let names = (case.told[left.report].name(), case.told[right.report].name());
    let about = left.events.intersection(&right.events).next().map(|event| &happenings[*event].row);
    let own = |count: &Count| shortened(case.told[count.report].slice(count.sentence), 140);
    let sentence = if left.report == right.report {
        format!("{} has {} and {}: “{}”", names.0, phrase(left), phrase(right), own(left))
    } else {
        format!(
            "{} says {} (“{}”), {} says {} (“{}”)",
            names.0,
            phrase(left),
            own(left),
            names.1,
            phrase(right),
            own(right)
        )
    };
    let sides = [0, 1].map(|side| {
        let counts: BTreeSet<_> =
            pairs.iter().map(|pair| (pair[side].report, pair[side].figure)).collect();
        let side = |(report, figure): (usize, usize)| {
            let figure = &case.told[report].reading.observed.figures[figure];
            Side { report, span: figure.span, row: Some(figure.id) }
        };
        counts.into_iter().map(side).collect()
    });
    shown(case, Topic::Figure, about.map(|event| event.id), sides, sentence)
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

/// Acts of force that one who did them may deny.
const fn force(plover: EventType) -> bool {
    matches!(plover, EventType::Assault | EventType::Coerce | EventType::Mobilize)
}

/// Somebody says that he had nothing to do with an act that another report gives to him.
fn denials(case: Case<'_>, happenings: &[Happening], sayings: &[Saying]) -> Vec<Disagreement> {
    let mut rows = Vec::new();
    for saying in sayings {
        let denying: Vec<_> = saying.members.iter().filter(|said| washes_hands(said)).collect();
        for happening in happenings.iter().filter(|happening| force(happening.row.plover)) {
            rows.extend(denial(case, happening, &denying));
        }
    }
    rows
}

fn washes_hands(said: &Said) -> bool {
    let text = said.text.to_lowercase();
    ["nothing to do with", "no part in", "no role in", "not behind"]
        .iter()
        .any(|d| text.contains(d))
}

fn denial(case: Case<'_>, happening: &Happening, denying: &[&Said]) -> Option<Disagreement> {
    let members = &happening.members;
    let meant: Vec<_> = denying
        .iter()
        .filter(|said| members.iter().any(|member| member.report == said.report))
        .collect();
    let own = |said: &Said, keys: &[String]| {
        let speaker = said.speaker.as_ref();
        speaker.is_some_and(|who| keys.iter().any(|key| case.names.compatible(who, key)))
    };
    let done = members.iter().filter(|member| member.status == Status::Happened);
    let by = |member: &&Member| {
        meant
            .iter()
            .any(|said| own(said, &member.sources) && apart(case, said.report, member.report))
    };
    // One who later owns up speaks best against his denial.
    let admits = |member: &Member| {
        let event = &case.told[member.report].reading.observed.events[member.event];
        event.quotation.is_some()
    };
    let other = done.filter(by).max_by_key(|m| (admits(m), std::cmp::Reverse(m.id)))?;
    let meant: Vec<_> = meant
        .into_iter()
        .filter(|said| own(said, &other.sources) && apart(case, said.report, other.report))
        .collect();
    let first = meant.first()?;
    let event = &case.told[other.report].reading.observed.events[other.event];
    let sentence = format!(
        "{}: {} says “{}”; {}: “{}”",
        case.told[first.report].name(),
        case.names.name(first.speaker.as_deref()?),
        shortened(&first.text, 120),
        case.told[other.report].name(),
        shortened(case.told[other.report].slice(event.span), 120)
    );
    let against = Side { report: other.report, span: event.span, row: Some(event.id) };
    let sides = [meant.iter().map(|said| side(said)).collect(), vec![against]];
    Some(shown(case, Topic::Polarity, Some(happening.row.id), sides, sentence))
}

/// What mentions share that may be told in the same words: type, trigger and a content word.
type Wording<'a> = (EventType, &'a str, u64);

/// Events that are told in the same words but for the day, the place or the one who acted.
fn circumstances(case: Case<'_>, happenings: &[Happening]) -> Vec<Disagreement> {
    let mut blocks: BTreeMap<Wording<'_>, Vec<(usize, &Member)>> = BTreeMap::new();
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

/// Two speakers of one sentence: of one saying, or of a sentence that both quote word for word.
fn speakers_of_one(case: Case<'_>, sayings: &[Saying]) -> Vec<Disagreement> {
    let all: Vec<(&Said, RowId)> =
        sayings.iter().flat_map(|saying| saying.members.iter().map(|m| (m, saying.id))).collect();
    let said: Vec<&Said> = all.iter().map(|(said, _)| *said).collect();
    let mut seen = BTreeSet::new();
    let mut rows = Vec::new();
    for (i, j) in candidates(&said) {
        let ((left, saying), (right, other)) = (all[i], all[j]);
        let (Some(a), Some(b)) = (&left.speaker, &right.speaker) else { continue };
        if left.report == right.report || !case.names.rivals(a, b) {
            continue;
        }
        let sentence = left.closest_marked(right).filter(Match::identical);
        if (saying == other || sentence.is_some())
            && seen.insert((saying.min(other), a.min(b).clone(), a.max(b).clone()))
        {
            let words = sentence.map_or((left.span, right.span), |f| (f.left.span, f.right.span));
            rows.push(speaker_row(case, saying, (left, words.0), (right, words.1)));
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

fn speaker_row(
    case: Case<'_>,
    saying: RowId,
    left: (&Said, Span),
    right: (&Said, Span),
) -> Disagreement {
    let who = |said: &Said| {
        said.speaker.as_deref().map_or(said.source.clone(), |key| case.names.name(key))
    };
    let told = [left.0, right.0].map(|said| &case.told[said.report]);
    let marks = |c: char| c.is_whitespace() || "“”\",.".contains(c);
    let shorter = if left.1.len() <= right.1.len() { (0, left.1) } else { (1, right.1) };
    let words = told[shorter.0].slice(shorter.1).trim_matches(marks);
    let sentence = format!(
        "{} has {} say “{}”, {} has {} say it",
        told[0].name(),
        who(left.0),
        shortened(words, 120),
        told[1].name(),
        who(right.0)
    );
    let sides = [left, right].map(|(said, words)| {
        let source = said.source_span.map(|span| Side { report: said.report, span, row: None });
        let words = Side { report: said.report, span: words, row: Some(said.id) };
        [words].into_iter().chain(source).collect()
    });
    shown(case, Topic::Speaker, Some(saying), sides, sentence)
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
        if turned(left, right).is_none()
            && let Some(row) = respun(case, saying, left, right)
            && seen.insert((left.report, right.report))
        {
            rows.push(row);
        } else if let Some(what) = turned(left, right)
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

/// Two wordings in quotation marks of one sentence: they cannot both be its words.
fn respun(case: Case<'_>, saying: &Saying, left: &Said, right: &Said) -> Option<Disagreement> {
    let found = left.closest_marked(right)?;
    let (a, b) = (&case.told[left.report], &case.told[right.report]);
    let number = |told: &Told<'_>, span: Span| told.slice(span).split_whitespace().count();
    let (one, two) = (number(a, found.left.span), number(b, found.right.span));
    let whole = 8 <= one.min(two) && 3 * one.max(two) <= 4 * one.min(two);
    if !whole || 0.8 < found.share || found.share < 0.5 || !apart(case, left.report, right.report) {
        return None;
    }
    let marks = |c: char| c.is_whitespace() || "“”\"".contains(c);
    let quote = |told: &Told<'_>, span| shortened(told.slice(span).trim_matches(marks), 160);
    let sentence = format!(
        "{} and {} quote one saying in different words: “{}” against “{}”",
        a.name(),
        b.name(),
        quote(a, found.left.span),
        quote(b, found.right.span)
    );
    let side = |said: &Said, span| Side { report: said.report, span, row: Some(said.id) };
    let sides = [side(left, found.left.span), side(right, found.right.span)];
    Some(row(case, Topic::Wording, Some(saying.id), sides, sentence))
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
    fn who_says_the_same_two_numbers_stands_in_one_row() {
        let outlets =
            [("Merrow Post", "nine", 9.0), ("Tarn Times", "four", 4.0), ("Pelm", "four", 4.0)];
        let readings = outlets.map(|(outlet, number, value)| {
            blast(outlet, "2021-07-05", number, value, Bound::Exact)
        });
        let rows = resolve(&readings).disagreements;
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].evidence.len(), 3);
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

    #[test]
    fn one_sentence_within_two_longer_sayings_has_two_speakers() {
        let shared = "the failure of the northern policy of Sallet towards Orlen is plain";
        let long = "We have always kept out of the affairs of Orlen and of all its neighbours. ";
        let by = |name: &str, key: &str, before: &str| {
            let words = format!("{before}{shared}");
            Sample::new(&format!("“{words}.” That is what {name} said."))
                .person(name, key, "", "")
                .says(name, &words)
                .reading()
        };
        let left = by("Ruta Kolm", "person:ruta-kolm", "");
        let right = by("Odo Brandt", "person:odo-brandt", &long.repeat(2));
        let record = resolve(&[left, right]);
        let rows = &record.disagreements;
        assert_eq!(rows.iter().map(|row| row.topic).collect::<Vec<_>>(), [Topic::Speaker]);
        assert!(!rows[0].sentence.contains("sample.txt"), "{}", rows[0].sentence);
    }

    #[test]
    fn words_that_a_mixed_saying_gives_in_marks_have_two_speakers() {
        let shared = "failure of the northern policy of Sallet towards Orlen";
        let whole = format!("The hasty retreat marks the {shared}");
        let part = format!("that the retreat stood in contrast to the “{shared}”");
        let left = Sample::new(&format!("“{whole},” Ruta Kolm said."))
            .person("Ruta Kolm", "person:ruta-kolm", "", "")
            .says("Ruta Kolm", &whole);
        let right = Sample::new(&format!("Odo Brandt added {part}."))
            .person("Odo Brandt", "person:odo-brandt", "", "")
            .says("Odo Brandt", &part)
            .mixed();
        let rows = resolve(&[left.reading(), right.reading()]).disagreements;
        assert_eq!(rows.iter().map(|row| row.topic).collect::<Vec<_>>(), [Topic::Speaker]);
    }
}
