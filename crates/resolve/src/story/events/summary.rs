//! What a happening is called: its actors around the clause's own words where it runs straight.

use chancery_annotate::event::{Event as Told1, EventType, Status};
use chancery_annotate::mention::ActorKind;
use chancery_text::RowId;

use super::super::Case;
use super::super::told::{Told, listed};
use super::Member;

/// "Wang Yi met the Taliban delegation in Tianjin": the actors' names around the clause's own words
/// where it runs straight from act to object; the plain verb of the type where both sides have names
/// and no other verb would do; else the clause, quoted.
pub(super) fn summary(
    case: Case<'_>,
    best: &Member,
    sides: (&[String], &[String]),
    status: Status,
) -> String {
    let told = &case.told[best.report];
    let mention = &told.reading.observed.events[best.event];
    let names = |keys: &[String]| {
        let names: Vec<_> = keys.iter().take(3).map(|key| case.names.name(key)).collect();
        listed(&names)
    };
    let named = |keys: &[String]| {
        let name =
            |key: &String| case.names.who(key).is_some_and(|who| who.kind != ActorKind::Role);
        !keys.is_empty() && keys.iter().all(name)
    };
    let town = best.place.as_ref().filter(|(key, _)| !key.starts_with("country:"));
    let town = town.map(|(_, name)| format!(" in {name}")).unwrap_or_default();
    if named(sides.0) && best.sources == sides.0 {
        let sources = names(sides.0);
        if let Some(words) = own_words(told, mention, status) {
            return format!("{sources} {words}");
        }
        let plain = matches!(
            best.plover,
            EventType::Consult | EventType::Accuse | EventType::Threaten | EventType::Sanction
        );
        if plain && named(sides.1) {
            return format!("{sources} {} {}{town}", act(best.plover, status), names(sides.1));
        }
    }
    let clause = clause(told, mention);
    let unnamed = sides.0.iter().filter(|key| named(std::slice::from_ref(*key)));
    let unnamed: Vec<_> = unnamed.map(|key| case.names.name(key)).collect();
    let known = |name: &String| name.split(' ').any(|part| clause.contains(part));
    match unnamed.first() {
        Some(name) if !unnamed.iter().any(known) => format!("{name}: “{clause}”"),
        _ => format!("“{clause}”"),
    }
}

/// Words of a clause that a summary quotes.
const QUOTED: usize = 14;

/// The clause of an event without what hangs it onto another, cut around its trigger.
fn clause<'a>(told: &Told<'a>, mention: &Told1) -> String {
    const LINKS: &[&str] = &["and", "but", "that", "which", "who", "whether", "after", "as", "for"];
    let text = told.slice(mention.span);
    let start = mention.trigger.start.saturating_sub(mention.span.start) as usize;
    let before = text.get(..start).map_or(0, |head| head.split_whitespace().count());
    let words: Vec<&str> = text.split_whitespace().collect();
    let link = words.first().is_some_and(|word| LINKS.contains(word)) && 0 < before;
    let from = if before < QUOTED - 4 { usize::from(link) } else { before - 4 };
    let to = words.len().min(from + QUOTED);
    let marks = |c: char| c.is_whitespace() || "“”\"«»,;:".contains(c);
    let body = words[from.min(to)..to].join(" ");
    let (head, tail) = (if usize::from(link) < from { "… " } else { "" }, words.len() > to);
    format!("{head}{}{}", body.trim_matches(marks), if tail { " …" } else { "" })
}

/// The clause from its past-tense trigger on, as written.
fn own_words(told: &Told<'_>, mention: &Told1, status: Status) -> Option<String> {
    let told_as_done = matches!(status, Status::Happened | Status::Historical);
    let trigger = told.slice(mention.trigger);
    let verb = trigger.split_whitespace().next().unwrap_or("");
    if !told_as_done || mention.status != status || !past(verb) {
        return None;
    }
    let spans =
        |ids: &[RowId]| ids.iter().filter_map(|id| told.mention(*id)).map(|m| m.span).collect();
    let (sources, targets): (Vec<_>, Vec<_>) = (spans(&mention.sources), spans(&mention.targets));
    if sources.iter().any(|source| mention.trigger.end <= source.start) {
        return None;
    }
    let object = targets.iter().filter(|target| mention.trigger.end <= target.start).min();
    let before = targets.iter().any(|target| target.end <= mention.trigger.start);
    match object {
        Some(object) if 40 < object.start - mention.trigger.end => return None,
        None if before || targets.is_empty() && !trigger.contains(' ') => return None,
        _ => {}
    }
    let end = mention.span.end.max(mention.trigger.end);
    let words = told.slice(chancery_text::Span::new(mention.trigger.start, end));
    let all: Vec<&str> = words.split_whitespace().collect();
    let kept = all[..all.len().min(QUOTED - 2)].join(" ");
    let tail = if QUOTED - 2 < all.len() { " …" } else { "" };
    Some(format!("{}{tail}", kept.trim_end_matches([',', ';', ':', '“', '”'])))
}

/// Whether a word is a past tense, by its ending or as one of the irregular verbs of news.
fn past(verb: &str) -> bool {
    const IRREGULAR: &[&str] = &[
        "became", "began", "bore", "bought", "broke", "brought", "built", "came", "caught",
        "chose", "cut", "dealt", "did", "drew", "drove", "fell", "fled", "fought", "found", "gave",
        "got", "held", "hit", "kept", "laid", "led", "left", "let", "lost", "made", "met", "paid",
        "put", "ran", "rose", "said", "sat", "saw", "sent", "set", "shot", "shut", "sold",
        "sought", "spoke", "spent", "stood", "struck", "swept", "took", "told", "went", "withdrew",
        "won", "wrote",
    ];
    let lower = verb.to_lowercase();
    lower == verb && (verb.ends_with("ed") || IRREGULAR.binary_search(&verb).is_ok())
}

/// The act in plain words: past, and bare with what the status puts before it.
fn act(plover: EventType, status: Status) -> String {
    let (past, bare) = verbs(plover);
    match status {
        Status::Happened | Status::Historical => past.to_owned(),
        Status::UnderWay => format!("began to {bare}"),
        Status::Planned => format!("to {bare}"),
        Status::Hypothetical => format!("may {bare}"),
        Status::CalledFor => format!("called on to {bare}"),
        Status::Negated => format!("did not {bare}"),
        Status::Denied => format!("said not to {bare}"),
    }
}

const fn verbs(plover: EventType) -> (&'static str, &'static str) {
    match plover {
        EventType::Agree => ("agreed with", "agree with"),
        EventType::Consult => ("met", "meet"),
        EventType::Support => ("supported", "support"),
        EventType::Concede => ("yielded to", "yield to"),
        EventType::Cooperate => ("cooperated with", "cooperate with"),
        EventType::Aid => ("aided", "aid"),
        EventType::Retreat => ("withdrew from", "withdraw from"),
        EventType::Request => ("made a demand of", "make a demand of"),
        EventType::Accuse => ("accused", "accuse"),
        EventType::Reject => ("rejected", "reject"),
        EventType::Threaten => ("threatened", "threaten"),
        EventType::Protest => ("protested against", "protest against"),
        EventType::Sanction => ("sanctioned", "sanction"),
        EventType::Mobilize => ("mobilised against", "mobilise against"),
        EventType::Coerce => ("coerced", "coerce"),
        EventType::Assault => ("attacked", "attack"),
    }
}
